/* Rules against another reading of the same RFC: libical's. */
#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"
#include "kutsu/format/ical_reader.h"

#include <criterion/criterion.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#define DAYS   800
#define ROUNDS 500

static uint64_t state;

static int any(int least, int most)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return least + (int)((state >> 33) % (uint64_t)(most - least + 1));
}

/* Each once: of what stands twice libical counts both. */
static bool is_in(const char *list, const char *item)
{
	size_t length = strlen(item);

	for (const char *at = list; (at = strstr(at, item)); at++) {
		if ((at == list || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
			return true;
	}
	return false;
}

static const char *add_item(struct arena *arena, const char *list, const char *item)
{
	if (is_in(list, item))
		return list;
	return arena_printf(arena, "%s%s%s", list, *list ? "," : "", item);
}

static const char *list_of(struct arena *arena, int count, int least, int most)
{
	const char *text = "";

	for (int i = 0; i < count; i++) {
		int n = any(least, most);

		text = add_item(arena, text, arena_printf(arena, "%d", n ? n : 1));
	}
	return text;
}

static const char *weekdays_of(struct arena *arena, int count, int nth)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	const char *text = "";

	for (int i = 0; i < count; i++) {
		int n = nth ? any(1, nth) * (any(0, 1) ? 1 : -1) : 0;
		const char *number = n ? arena_printf(arena, "%d", n) : "";

		text = add_item(arena, text, arena_printf(arena, "%s%s", number, names[any(0, 6)]));
	}
	return text;
}

static const char *any_daily(struct arena *arena)
{
	switch (any(0, 3)) {
	case 0:
		return arena_printf(arena, "FREQ=DAILY;BYDAY=%s", weekdays_of(arena, 3, 0));
	case 1:
		return arena_printf(arena, "FREQ=DAILY;BYMONTH=%s", list_of(arena, 2, 1, 12));
	default:
		return "FREQ=DAILY";
	}
}

static const char *any_weekly(struct arena *arena)
{
	return any(0, 3) ? arena_printf(arena, "FREQ=WEEKLY;WKST=%s;BYDAY=%s",
		       weekdays_of(arena, 1, 0), weekdays_of(arena, any(1, 3), 0))
			 : "FREQ=WEEKLY";
}

static const char *any_monthly(struct arena *arena)
{
	switch (any(0, 4)) {
	case 0:
		return arena_printf(arena, "FREQ=MONTHLY;BYDAY=%s", weekdays_of(arena, 2, 5));
	case 1:
		return arena_printf(
			arena, "FREQ=MONTHLY;BYMONTHDAY=%s", list_of(arena, 2, -31, 31));
	case 2:
		return arena_printf(arena, "FREQ=MONTHLY;BYDAY=%s;BYSETPOS=%s",
			weekdays_of(arena, 3, 0), list_of(arena, 1, -4, 4));
	case 3:
		return arena_printf(arena, "FREQ=MONTHLY;BYDAY=%s;BYMONTHDAY=%s",
			weekdays_of(arena, 2, 0), list_of(arena, 8, 1, 28));
	default:
		return "FREQ=MONTHLY";
	}
}

static const char *any_yearly(struct arena *arena)
{
	switch (any(0, 4)) {
	case 0:
		return arena_printf(arena, "FREQ=YEARLY;BYMONTH=%s;BYDAY=%s",
			list_of(arena, 1, 1, 12), weekdays_of(arena, 1, 4));
	case 1:
		return arena_printf(arena, "FREQ=YEARLY;BYMONTH=%s;BYMONTHDAY=%s",
			list_of(arena, 2, 1, 12), list_of(arena, 2, 1, 31));
	case 2:
		return arena_printf(
			arena, "FREQ=YEARLY;BYYEARDAY=%s", list_of(arena, 3, -300, 366));
	case 3:
		return arena_printf(arena, "FREQ=YEARLY;BYWEEKNO=%s;BYDAY=%s",
			list_of(arena, 1, 2, 51), weekdays_of(arena, 1, 0));
	default:
		return "FREQ=YEARLY";
	}
}

static const char *any_rule(struct arena *arena)
{
	static const char *(*const kinds[])(
		struct arena *) = { any_daily, any_weekly, any_monthly, any_yearly };
	const char *rule = kinds[any(0, 3)](arena);

	if (any(0, 1))
		rule = arena_printf(arena, "%s;INTERVAL=%d", rule, any(1, 4));
	if (any(0, 2) == 0)
		rule = arena_printf(arena, "%s;COUNT=%d", rule, any(1, 60));
	else if (any(0, 2) == 0)
		rule = arena_printf(arena, "%s;UNTIL=202%d0615T090000", rule, any(5, 8));
	return rule;
}

/* The days of libical's occurrences; the first day is one in any case. */
static void expand(const char *rule, int first, int from, bool falls[DAYS])
{
	struct civil_date date = day_to_civil(first);
	struct icaltimetype start = icaltime_null_time(), next;
	icalrecur_iterator *at;

	start.year = date.year;
	start.month = date.month;
	start.day = date.mday;
	start.hour = 9;
	at = icalrecur_iterator_new(icalrecurrencetype_from_string(rule), start);
	cr_assert(at, "%s", rule);
	memset(falls, 0, DAYS * sizeof(bool));
	while (!icaltime_is_null_time(next = icalrecur_iterator_next(at))) {
		int day = day_from_civil(next.year, next.month, next.day);

		if (day >= from + DAYS)
			break;
		if (day >= from)
			falls[day - from] = true;
	}
	icalrecur_iterator_free(at);
}

static bool is_first_of(const char *rule, int first)
{
	bool falls[DAYS];

	expand(rule, first, first, falls);
	return falls[0];
}

static void compare(struct arena *arena, const char *rule, int first, int from)
{
	struct civil_date date = day_to_civil(first);
	const char *text = arena_printf(arena,
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nDTSTART:%04d%02d%02dT090000\n"
		"DURATION:PT1H\nRRULE:%s\nEND:VEVENT\nEND:VCALENDAR\n",
		date.year, date.month, date.mday, rule);
	struct ical_reading reading;
	bool ours[DAYS] = { false }, theirs[DAYS];
	struct error err;

	cr_assert(ical_read(
		text, strlen(text), "Europe/Helsinki", from, DAYS, arena, &reading, &err));
	cr_assert_eq(reading.event_count, 1u, "%s: %s", rule,
		reading.trouble_count ? reading.troubles[0].reason : "");
	for (size_t i = 0; i < reading.events[0].closing_count; i++)
		ours[reading.events[0].closings[i].from_day - from] = true;
	expand(rule, first, from, theirs);
	for (int i = 0; i < DAYS; i++)
		cr_assert_eq(ours[i], theirs[i], "%s from %d-%d-%d: day %d, ours %d", rule,
			date.year, date.month, date.mday, i, ours[i]);
}

Test(ical_rule, falls_on_the_days_that_libical_says)
{
	struct arena arena = { 0 };
	int compared = 0;

	message_set_language(LANGUAGE_EN);
	zone_set("Europe/Helsinki");
	state = 20261124;
	for (int i = 0; i < ROUNDS; i++) {
		int first = day_from_civil(2024, 1, 1) + any(0, 1000);
		int from = first + any(-10, 500);
		const char *rule = any_rule(&arena);

		/* Where the first day is none of the rule's, what COUNT counts is not agreed on. */
		for (int tries = 0; tries < 800 && !is_first_of(rule, first); tries++)
			first++;
		if (is_first_of(rule, first)) {
			compare(&arena, rule, first, from);
			compared++;
		}
		arena_reset(&arena);
	}
	arena_release(&arena);
	cr_expect_gt(compared, ROUNDS / 2, "%d", compared);
}
