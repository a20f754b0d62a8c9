/*
 * RRULE (RFC 5545, 3.3.10) day by day: what repeats within a day is refused. Periods (days, weeks,
 * months, years) are gone through one after the other, so the work is bounded whatever the rule.
 */
#include "ical_reader_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MOST_INTERVAL  10000
#define MOST_COUNT     1000000
#define PERIOD_DAYS    372 /* an ISO year has up to 371 */
#define LISTED_AT_ONCE 16  /* numbers that are looked through about as fast as a day is made */

/* ---- Reading. */

static bool parse_number(const char **at, int least, int most, int *number)
{
	char *end;
	long value = strtol(*at, &end, 10);

	if (end == *at || isspace((unsigned char)**at) || value < least || value > most)
		return false;
	*at = end;
	*number = (int)value;
	return true;
}

static bool parse_one(const char *text, int least, int most, int *number)
{
	return parse_number(&text, least, most, number) && *text == '\0';
}

static bool parse_numbers(const char *text, int most, struct ical_numbers *numbers)
{
	numbers->count = 0;
	for (;;) {
		int number;

		if (numbers->count == ICAL_MOST_NUMBERS
			|| !parse_number(&text, -most, most, &number) || number == 0)
			return false;
		numbers->items[numbers->count++] = (short)number;
		if (*text == '\0')
			return true;
		if (*text++ != ',')
			return false;
	}
}

static int parse_weekday_name(const char *text)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

	for (int i = 0; i < 7; i++) {
		if (strncasecmp(text, names[i], 2) == 0)
			return i + 1;
	}
	return 0;
}

static bool parse_weekdays(const char *text, struct ical_rule *rule)
{
	rule->weekday_count = 0;
	for (;;) {
		struct ical_weekday day = { 0 };

		if (rule->weekday_count == ICAL_MOST_NUMBERS
			|| ((isdigit((unsigned char)*text) || *text == '-' || *text == '+')
				&& !parse_number(&text, -53, 53, &day.nth)))
			return false;
		day.weekday = parse_weekday_name(text);
		if (!day.weekday)
			return false;
		rule->weekdays[rule->weekday_count++] = day;
		text += 2;
		if (*text == '\0')
			return true;
		if (*text++ != ',')
			return false;
	}
}

static bool parse_frequency(const char *text, struct ical_rule *rule, struct error *err)
{
	static const char *const names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };

	for (int i = 0; i < 4; i++) {
		if (strcasecmp(text, names[i]) == 0) {
			rule->frequency = (enum ical_frequency)i;
			return true;
		}
	}
	if (strcasecmp(text, "SECONDLY") == 0 || strcasecmp(text, "MINUTELY") == 0
		|| strcasecmp(text, "HOURLY") == 0)
		return error_set(err, ERROR_INVALID,
			_("it repeats within a day (%.30s), which can't be taken"), text);
	return error_set(err, ERROR_INVALID, _("\"%.30s\" is no frequency"), text);
}

/* False: it is none of a rule's parts, or is not right. */
static bool parse_part(const char *key, const char *text, struct ical_rule *rule)
{
	static const char *const quiet[] = { "BYHOUR", "BYMINUTE", "BYSECOND" };

	if (strcasecmp(key, "INTERVAL") == 0)
		return parse_one(text, 1, MOST_INTERVAL, &rule->interval);
	if (strcasecmp(key, "COUNT") == 0)
		return parse_one(text, 1, MOST_COUNT, &rule->count);
	if (strcasecmp(key, "WKST") == 0)
		return (rule->week_start = parse_weekday_name(text)) != 0;
	if (strcasecmp(key, "BYDAY") == 0)
		return parse_weekdays(text, rule);
	if (strcasecmp(key, "BYMONTHDAY") == 0)
		return parse_numbers(text, 31, &rule->month_days);
	if (strcasecmp(key, "BYYEARDAY") == 0)
		return parse_numbers(text, 366, &rule->year_days);
	if (strcasecmp(key, "BYWEEKNO") == 0)
		return parse_numbers(text, 53, &rule->weeks);
	if (strcasecmp(key, "BYMONTH") == 0)
		return parse_numbers(text, 12, &rule->months);
	if (strcasecmp(key, "BYSETPOS") == 0)
		return parse_numbers(text, 366, &rule->positions);
	/* One time of the day is the start's, which some repeat here. */
	for (size_t i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++) {
		if (strcasecmp(key, quiet[i]) == 0)
			return !strchr(text, ',');
	}
	return strncasecmp(key, "X-", 2) == 0;
}

static bool take_part(const char *key, const char *value, struct ical_rule *rule, bool *has_freq,
	struct error *err)
{
	if (strcasecmp(key, "FREQ") == 0) {
		*has_freq = true;
		return parse_frequency(value, rule, err);
	}
	if (strcasecmp(key, "UNTIL") == 0) {
		rule->until = value;
		return true;
	}
	return parse_part(key, value, rule)
	       || error_set(
		       err, ERROR_INVALID, _("its rule can't be read at %.20s=%.30s"), key, value);
}

static bool check_rule(const struct ical_rule *rule, bool has_freq, struct error *err)
{
	if (!has_freq)
		return error_set(err, ERROR_INVALID, _("its rule has no FREQ"));
	if (rule->weeks.count && (rule->frequency != ICAL_YEARLY || rule->week_start != 1))
		return error_set(err, ERROR_INVALID,
			_("its rule has weeks by number, which are taken yearly and from Monday on "
			  "only"));
	return true;
}

/* The rule keeps pointing into `text`, which it takes apart. */
static bool parse_parts(char *text, struct ical_rule *rule, struct error *err)
{
	bool has_freq = false;
	char *rest = text, *part;

	while ((part = strtok_r(rest, ";", &rest))) {
		char *value = strchr(part, '=');

		if (!value)
			return error_set(
				err, ERROR_INVALID, _("its rule can't be read at %.30s"), part);
		*value++ = '\0';
		if (!take_part(part, value, rule, &has_freq, err))
			return false;
	}
	return check_rule(rule, has_freq, err);
}

bool ical_rule_parse(char *text, struct ical_rule *rule, struct error *err)
{
	*rule = (struct ical_rule) { .interval = 1, .week_start = 1 };
	return parse_parts(text, rule, err);
}

/* ---- Going through it. */

/* A day and what is asked of it. */
struct candidate {
	int day, weekday;
	struct civil_date date;
	int month_days, year_day, year_days;
};

static bool has_number(const struct ical_numbers *numbers, int number, int size)
{
	for (int i = 0; i < numbers->count; i++) {
		int wanted = numbers->items[i];

		if (wanted == number || (wanted < 0 && size + 1 + wanted == number))
			return true;
	}
	return false;
}

/* The nth of its weekday among `size` days, of which it is the `at`th; or from their end. */
static bool is_nth(int nth, int at, int size)
{
	return nth > 0 ? (at - 1) / 7 + 1 == nth : (size - at) / 7 + 1 == -nth;
}

static bool has_weekday(const struct ical_rule *rule, const struct candidate *c)
{
	bool by_month = rule->frequency == ICAL_MONTHLY || rule->months.count > 0;
	bool counts = rule->frequency >= ICAL_MONTHLY && !rule->weeks.count;

	for (int i = 0; i < rule->weekday_count; i++) {
		const struct ical_weekday *w = &rule->weekdays[i];

		if (w->weekday != c->weekday)
			continue;
		if (w->nth == 0 || !counts)
			return true;
		if (by_month ? is_nth(w->nth, c->date.mday, c->month_days)
			     : is_nth(w->nth, c->year_day, c->year_days))
			return true;
	}
	return false;
}

/* Of what the rule does not say the first day tells (RFC 5545, 3.3.10). */
static struct ical_rule complete(const struct ical_rule *given, int first)
{
	struct civil_date date = day_to_civil(first);
	struct ical_rule rule = *given;
	bool has_days = rule.weekday_count || rule.month_days.count || rule.year_days.count;

	if (rule.frequency == ICAL_DAILY || has_days)
		return rule;
	if (rule.frequency == ICAL_WEEKLY || rule.weeks.count) {
		rule.weekdays[0] = (struct ical_weekday) { 0, day_weekday(first) };
		rule.weekday_count = 1;
		return rule;
	}
	rule.month_days.items[0] = (short)date.mday;
	rule.month_days.count = 1;
	if (rule.frequency == ICAL_YEARLY && !rule.months.count) {
		rule.months.items[0] = (short)date.month;
		rule.months.count = 1;
	}
	return rule;
}

static bool falls_on(const struct ical_rule *rule, const struct candidate *c)
{
	struct iso_week week;

	if (rule->months.count && !has_number(&rule->months, c->date.month, 12))
		return false;
	if (rule->month_days.count && !has_number(&rule->month_days, c->date.mday, c->month_days))
		return false;
	if (rule->year_days.count && !has_number(&rule->year_days, c->year_day, c->year_days))
		return false;
	if (rule->weekday_count && !has_weekday(rule, c))
		return false;
	if (!rule->weeks.count)
		return true;
	week = day_iso_week(c->day);
	return has_number(&rule->weeks, week.week, iso_weeks_in_year(week.year));
}

struct period_days {
	int first, count;
};

static int week_begin(const struct ical_rule *rule, int day)
{
	return day - (day_weekday(day) - rule->week_start + 7) % 7;
}

/* The nth period, counted from the one that holds the first day. */
static struct period_days period_at(const struct ical_rule *rule, int first, int n)
{
	struct civil_date date = day_to_civil(first);
	struct month month = { date.year, date.month };
	int year = rule->weeks.count ? day_iso_week(first).year + n : date.year + n;

	switch (rule->frequency) {
	case ICAL_DAILY:
		return (struct period_days) { first + n, 1 };
	case ICAL_WEEKLY:
		return (struct period_days) { week_begin(rule, first) + 7 * n, 7 };
	case ICAL_MONTHLY:
		month = month_add(month, n);
		return (struct period_days) { month_first_day(month),
			days_in_month(month.year, month.month) };
	default:
		if (rule->weeks.count)
			return (struct period_days) { day_from_iso_week(
							      (struct iso_week) { year, 1 }),
				7 * iso_weeks_in_year(year) };
		return (struct period_days) { day_from_civil(year, 1, 1),
			day_from_civil(year + 1, 1, 1) - day_from_civil(year, 1, 1) };
	}
}

static size_t find_days(const struct ical_rule *rule, struct period_days period, int days[])
{
	struct civil_date date = day_to_civil(period.first);
	int new_year = day_from_civil(date.year, 1, 1), weekday = day_weekday(period.first);
	int month_days = days_in_month(date.year, date.month);
	int year_days = day_from_civil(date.year + 1, 1, 1) - new_year;
	size_t count = 0;

	for (int day = period.first; day < period.first + period.count; day++) {
		struct candidate c = { day, weekday, date, month_days, day - new_year + 1,
			year_days };

		if (falls_on(rule, &c))
			days[count++] = day;
		weekday = weekday % 7 + 1;
		if (++date.mday <= month_days)
			continue;
		date = day_to_civil(day + 1);
		month_days = days_in_month(date.year, date.month);
		new_year = day_from_civil(date.year, 1, 1);
		year_days = day_from_civil(date.year + 1, 1, 1) - new_year;
	}
	return count;
}

static bool is_at_position(const struct ical_rule *rule, size_t at, size_t count)
{
	return !rule->positions.count || has_number(&rule->positions, (int)at + 1, (int)count);
}

/* A series that is being gone through. */
struct walk {
	const struct ical_rule *rule;
	int first, from_day, last_day;
	int seen;
	bool is_over;
	ical_day_visitor *visit;
	void *context;
};

static void visit_day(struct walk *walk, int day)
{
	walk->seen++;
	if (day > walk->last_day)
		walk->is_over = true;
	else if (day >= walk->from_day)
		walk->is_over = !walk->visit(walk->context, day);
	if (walk->rule->count && walk->seen >= walk->rule->count)
		walk->is_over = true;
}

static void visit_period(struct walk *walk, struct period_days period)
{
	int days[PERIOD_DAYS];
	size_t count = find_days(walk->rule, period, days);

	for (size_t i = 0; i < count && !walk->is_over; i++) {
		if (days[i] > walk->first && is_at_position(walk->rule, i, count))
			visit_day(walk, days[i]);
	}
}

/* Without a count nothing needs to be known of the periods that lie before the days asked for. */
static int first_period(const struct ical_rule *rule, int first, int from_day)
{
	static const int longest_days[] = { 1, 7, 31, 371 };
	int n;

	if (rule->count || from_day <= first)
		return 0;
	n = (from_day - first) / longest_days[rule->frequency] - 1;
	return n > 0 ? n / rule->interval * rule->interval : 0;
}

/* What looking at a day costs: rules with long lists take as many times longer. */
static int cost_of_day(const struct ical_rule *rule)
{
	int numbers = rule->weekday_count + rule->month_days.count + rule->year_days.count
		      + rule->weeks.count + rule->months.count + rule->positions.count;

	return 1 + numbers / LISTED_AT_ONCE;
}

bool ical_rule_each(const struct ical_rule *given, int first, int from_day, int last_day,
	int64_t *budget, ical_day_visitor *visit, void *context)
{
	struct ical_rule rule = complete(given, first);
	struct walk walk = { .rule = &rule,
		.first = first,
		.from_day = from_day,
		.last_day = last_day,
		.visit = visit,
		.context = context };

	visit_day(&walk, first);
	for (int n = first_period(&rule, first, from_day); !walk.is_over; n += rule.interval) {
		struct period_days period = period_at(&rule, first, n);

		if (period.first > last_day)
			break;
		*budget -= (int64_t)period.count * cost_of_day(&rule);
		if (*budget < 0)
			return false;
		visit_period(&walk, period);
	}
	return true;
}
