#include "kutsu/domain/holiday.h"

#include "kutsu/base/date.h"

#include <limits.h>
#include <stddef.h>

#define SATURDAY 6
#define ALWAYS	 INT_MIN

/* So many days from a fixed date or from Easter, moved on to a weekday where one is named. */
struct holiday_rule {
	int month, mday; /* month 0: counted from Easter Sunday, mday days */
	int weekday;	 /* 0: the day itself; else the first such weekday from it on */
	int shift;	 /* days added last */
	int first_year;	 /* the rule as it stands has held since then */
};

static const struct holiday_rule rules[] = {
	{ 1, 1, 0, 0, ALWAYS },		 /* uudenvuodenpäivä */
	{ 1, 6, 0, 0, 1992 },		 /* loppiainen; moved to Saturdays in 1973-1991 */
	{ 0, -2, 0, 0, ALWAYS },	 /* pitkäperjantai */
	{ 0, 0, 0, 0, ALWAYS },		 /* pääsiäispäivä */
	{ 0, 1, 0, 0, ALWAYS },		 /* 2. pääsiäispäivä */
	{ 5, 1, 0, 0, ALWAYS },		 /* vappu */
	{ 0, 39, 0, 0, 1992 },		 /* helatorstai; moved to Saturdays in 1973-1991 */
	{ 0, 49, 0, 0, ALWAYS },	 /* helluntai */
	{ 6, 20, SATURDAY, -1, ALWAYS }, /* juhannusaatto */
	{ 6, 20, SATURDAY, 0, ALWAYS },	 /* juhannuspäivä */
	{ 10, 31, SATURDAY, 0, ALWAYS }, /* pyhäinpäivä */
	{ 12, 6, 0, 0, ALWAYS },	 /* itsenäisyyspäivä */
	{ 12, 24, 0, 0, ALWAYS },	 /* jouluaatto */
	{ 12, 25, 0, 0, ALWAYS },	 /* joulupäivä */
	{ 12, 26, 0, 0, ALWAYS },	 /* tapaninpäivä */
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

static int rule_day(const struct holiday_rule *rule, int year, int easter)
{
	int day;

	if (rule->month == 0)
		return easter + rule->mday;
	day = day_from_civil(year, rule->month, rule->mday);
	if (rule->weekday)
		day += (rule->weekday - day_weekday(day) + 7) % 7;
	return day + rule->shift;
}

void holidays_mark(int first_day, int days, bool *is_holiday)
{
	int last_year = day_to_civil(first_day + days).year;

	for (int year = day_to_civil(first_day).year; year <= last_year; year++) {
		int easter = easter_sunday(year);

		for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
			int day = rule_day(&rules[i], year, easter);

			if (year >= rules[i].first_year && day >= first_day
				&& day - first_day < days)
				is_holiday[day - first_day] = true;
		}
	}
}

bool day_is_holiday(int day)
{
	bool is_holiday = false;

	holidays_mark(day, 1, &is_holiday);
	return is_holiday;
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
