#include "kutsu/domain/holiday.h"

#include "kutsu/base/date.h"

#include <limits.h>
#include <stddef.h>

#define SATURDAY 6
#define ALWAYS   INT_MIN

/* A rule: so many days from a fixed date or from Easter, moved on to a weekday where one is named. */
struct holiday_rule {
	int month, mday;   /* month 0: counted from Easter Sunday, mday days */
	int weekday;       /* 0: the day itself; else the first such weekday from it on */
	int shift;         /* days added last */
	int first_year;    /* the rule as it stands has held since then */
};

static const struct holiday_rule rules[] = {
	{ 1, 1, 0, 0, ALWAYS },          /* uudenvuodenpäivä */
	{ 1, 6, 0, 0, 1992 },            /* loppiainen; moved to Saturdays in 1973-1991 */
	{ 0, -2, 0, 0, ALWAYS },         /* pitkäperjantai */
	{ 0, 0, 0, 0, ALWAYS },          /* pääsiäispäivä */
	{ 0, 1, 0, 0, ALWAYS },          /* 2. pääsiäispäivä */
	{ 5, 1, 0, 0, ALWAYS },          /* vappu */
	{ 0, 39, 0, 0, 1992 },           /* helatorstai; moved to Saturdays in 1973-1991 */
	{ 0, 49, 0, 0, ALWAYS },         /* helluntai */
	{ 6, 20, SATURDAY, -1, ALWAYS }, /* juhannusaatto */
	{ 6, 20, SATURDAY, 0, ALWAYS },  /* juhannuspäivä */
	{ 10, 31, SATURDAY, 0, ALWAYS }, /* pyhäinpäivä */
	{ 12, 6, 0, 0, ALWAYS },         /* itsenäisyyspäivä */
	{ 12, 24, 0, 0, ALWAYS },        /* jouluaatto */
	{ 12, 25, 0, 0, ALWAYS },        /* joulupäivä */
	{ 12, 26, 0, 0, ALWAYS },        /* tapaninpäivä */
};

int easter_sunday(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4;
	int f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return day_from_civil(year, n / 31, n % 31 + 1);
}

static int rule_day(const struct holiday_rule *rule, int year)
{
	int day;

	if (rule->month == 0)
		return easter_sunday(year) + rule->mday;
	day = day_from_civil(year, rule->month, rule->mday);
	if (rule->weekday)
		day += (rule->weekday - day_weekday(day) + 7) % 7;
	return day + rule->shift;
}

/* What a search asks for thousands of days: months that can't match are passed over unreckoned. */
static bool may_match(const struct holiday_rule *rule, struct civil_date date)
{
	if (date.year < rule->first_year)
		return false;
	if (rule->month == 0)
		return date.month >= 3 && date.month <= 6;
	return rule->weekday ? date.month == rule->month || date.month == rule->month + 1
			     : date.month == rule->month && date.mday == rule->mday;
}

bool day_is_holiday(int day)
{
	struct civil_date date = day_to_civil(day);

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (may_match(&rules[i], date) && rule_day(&rules[i], date.year) == day)
			return true;
	}
	return false;
}

bool day_is_working_day(int day)
{
	return day_weekday(day) <= 5 && !day_is_holiday(day);
}

int day_after_working_days(int day, int n)
{
	while (n > 0) {
		day++;
		if (day_is_working_day(day))
			n--;
	}
	return day;
}
