/*
 * search_run() against a second implementation that is slow and plain: a mask of free units for
 * every minute, and every set of missing units tried. It has its own table of days, so that it
 * shares no reckoning with src/.
 *
 * KUTSU_SEED=N runs one calendar; KUTSU_ROUNDS=N asks for other than the usual number of them.
 */
#include "kutsu/domain/search.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_UNITS    6
#define MOST_OPTIONAL 2
#define MOST_SLOTS    4
#define MOST_OTHERS   3
#define MOST_DAYS     56
#define MOST_RESULTS  8192
#define DAY_MINUTES   1440

/* ---- Days, counted by hand from Wednesday 1.1.2025. ---- */

#define TABLE_FIRST 20089 /* 1.1.2025 in days since 1.1.1970: 55 years and 14 leap days */
#define TABLE_DAYS  1916  /* to 31.3.2030 */

struct table_day {
	int year, month, mday, weekday;
	int nth; /* which such weekday of its month */
	bool is_holiday;
};

static struct table_day table[TABLE_DAYS];

/* Month and day, from the almanac. */
static const int holidays[][15] = {
	{ 101, 106, 418, 420, 421, 501, 529, 608, 620, 621, 1101, 1206, 1224, 1225,
		1226 }, /* 2025 */
	{ 101, 106, 403, 405, 406, 501, 514, 524, 619, 620, 1031, 1206, 1224, 1225, 1226 },
	{ 101, 106, 326, 328, 329, 501, 506, 516, 625, 626, 1106, 1206, 1224, 1225, 1226 },
	{ 101, 106, 414, 416, 417, 501, 525, 604, 623, 624, 1104, 1206, 1224, 1225, 1226 },
	{ 101, 106, 330, 401, 402, 501, 510, 520, 622, 623, 1103, 1206, 1224, 1225,
		1226 }, /* 2029 */
	{ 101, 106 },	/* 2030, to March */
};

static void table_fill(void)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct table_day day = { 2025, 1, 1, 3, 0, false };

	for (int i = 0; i < TABLE_DAYS; i++) {
		int length = lengths[day.month - 1] + (day.month == 2 && day.year == 2028);

		day.nth = 1;
		for (int back = 7; day.mday - back >= 1; back += 7)
			day.nth++;
		day.is_holiday = false;
		for (int h = 0; h < 15; h++)
			day.is_holiday |=
				holidays[day.year - 2025][h] == day.month * 100 + day.mday;
		table[i] = day;
		day.weekday = day.weekday == 7 ? 1 : day.weekday + 1;
		if (++day.mday > length) {
			day.mday = 1;
			day.month++;
		}
		if (day.month > 12) {
			day.month = 1;
			day.year++;
		}
	}
}

static const struct table_day *look_up(int day)
{
	cr_assert(day >= TABLE_FIRST && day < TABLE_FIRST + TABLE_DAYS, "the table has no day %d",
		day);
	return &table[day - TABLE_FIRST];
}

static int day_of(int year, int month, int mday)
{
	for (int i = 0; i < TABLE_DAYS; i++) {
		if (table[i].year == year && table[i].month == month && table[i].mday == mday)
			return TABLE_FIRST + i;
	}
	cr_assert_fail("the table has no %d.%d.%d", mday, month, year);
	return 0;
}

/* ---- A random world. ---- */

struct world {
	uint64_t seed, random;
	struct unit_calendar calendars[MOST_UNITS + MOST_OPTIONAL]; /* the optional ones last */
	struct slot slots[MOST_UNITS + MOST_OPTIONAL][MOST_SLOTS];
	struct closing closings[MOST_UNITS + MOST_OPTIONAL][MOST_OTHERS];
	struct opening openings[MOST_UNITS + MOST_OPTIONAL][MOST_OTHERS];
	struct occupation occupations[MOST_UNITS + MOST_OPTIONAL][MOST_OTHERS];
	struct school_break breaks[MOST_OTHERS];
	struct search search;
	int weekday, base, step; /* where most of the holes are, so that they meet */
	bool is_generous;	 /* the holes are longer and closer together */
};

static const char *const municipalities[] = { "Suistola", "Korpiselkä", NULL };

/* splitmix64 */
static uint64_t next_random(struct world *world)
{
	uint64_t z = world->random += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static int pick(struct world *world, int low, int high)
{
	return low + (int)(next_random(world) % (uint64_t)(high - low + 1));
}

static bool chance(struct world *world, int percent)
{
	return pick(world, 1, 100) <= percent;
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static void pick_times(struct world *world, int *start, int *end)
{
	int length = world->search.minutes + world->step * pick(world, -2, 8);
	int shift = world->step * pick(world, -5, 5);

	if (world->is_generous) {
		length = world->search.minutes + world->step * pick(world, 2, 10);
		shift = world->step * pick(world, -3, 1);
	}
	*start = clamp(world->base + shift, 0, DAY_MINUTES - 15);
	*end = clamp(*start + clamp(length, 15, 300), *start + 15, DAY_MINUTES);
}

/* A day of the search's range, mostly with the usual weekday. */
static int pick_day(struct world *world)
{
	int day = world->search.first_day + pick(world, 0, world->search.days - 1);

	for (int i = 0; i < 7 && chance(world, 97) && look_up(day)->weekday != world->weekday; i++)
		day++;
	return day;
}

static void pick_validity(struct world *world, struct slot *slot)
{
	bool counted = slot->repeat != REPEAT_WEEKLY;

	slot->from_day = DAY_FIRST;
	slot->until_day = DAY_LAST;
	if (counted || chance(world, 50))
		slot->from_day = world->search.first_day + pick(world, -40, 20);
	while (counted && look_up(slot->from_day)->weekday != slot->weekday)
		slot->from_day++;
	if (chance(world, 12))
		slot->until_day = world->search.first_day + pick(world, 0, world->search.days);
}

static void add_slot(struct world *world, int unit, bool is_usual)
{
	struct unit_calendar *calendar = &world->calendars[unit];
	struct slot *slot = &world->slots[unit][calendar->slot_count];
	const struct slot *last = calendar->slot_count ? slot - 1 : NULL;
	int repeat = pick(world, 1, 100);

	slot->weekday = is_usual ? world->weekday : pick(world, 1, 7);
	pick_times(world, &slot->start, &slot->end);
	if (last && chance(world, 40)) { /* touches or overlaps the one before */
		slot->weekday = last->weekday;
		slot->start = chance(world, 50) ? last->end : (last->start + last->end) / 2;
		slot->start = clamp(slot->start, 0, DAY_MINUTES - 15);
		slot->end = clamp(slot->start + pick(world, 15, 120), 0, DAY_MINUTES);
	}
	slot->repeat = repeat <= 70   ? REPEAT_WEEKLY
		       : repeat <= 87 ? REPEAT_FORTNIGHTLY
				      : REPEAT_MONTHLY;
	slot->capacity = chance(world, 70) ? 1 : pick(world, 2, 3);
	pick_validity(world, slot);
	calendar->slot_count++;
}

static void add_others(struct world *world, int unit)
{
	struct unit_calendar *calendar = &world->calendars[unit];

	while (calendar->closing_count < MOST_OTHERS && chance(world, 12)) {
		struct closing *closing = &world->closings[unit][calendar->closing_count++];

		closing->from_day = chance(world, 10) ? DAY_FIRST : pick_day(world);
		closing->until_day = pick_day(world);
		if (chance(world, 10))
			closing->until_day = DAY_LAST;
	}
	while (calendar->opening_count < MOST_OTHERS && chance(world, 12)) {
		struct opening *opening = &world->openings[unit][calendar->opening_count++];

		opening->day = pick_day(world);
		pick_times(world, &opening->start, &opening->end);
	}
	while (calendar->occupation_count < MOST_OTHERS && chance(world, 22)) {
		struct occupation *taken = &world->occupations[unit][calendar->occupation_count++];

		taken->day = pick_day(world);
		pick_times(world, &taken->start, &taken->end);
		taken->is_hold = chance(world, 50);
	}
}

static void add_unit(struct world *world, int unit, bool is_silent)
{
	struct unit_calendar *calendar = &world->calendars[unit];
	int wanted = clamp(pick(world, 0, MOST_SLOTS + 3) - 2, 0, MOST_SLOTS);

	calendar->school_based = chance(world, 40);
	calendar->municipality = municipalities[pick(world, 0, 2)];
	calendar->slots = world->slots[unit];
	calendar->closings = world->closings[unit];
	calendar->openings = world->openings[unit];
	calendar->occupations = world->occupations[unit];
	if (!is_silent && chance(world, 92))
		add_slot(world, unit, true);
	while ((int)calendar->slot_count < wanted)
		add_slot(world, unit, !is_silent && chance(world, 60));
	add_others(world, unit);
}

static void add_breaks(struct world *world)
{
	while (world->search.break_count < MOST_OTHERS && chance(world, 25)) {
		struct school_break *b = &world->breaks[world->search.break_count++];

		b->from_day = pick_day(world) - pick(world, 0, 3);
		b->until_day = b->from_day + pick(world, 0, 12);
		b->municipality = municipalities[pick(world, 0, 2)];
	}
}

/* Makes units wait for weeks, so that there are days before the first shared hole. */
static void delay_some(struct world *world)
{
	for (int n = chance(world, 35) ? 2 : 1; n > 0; n--) {
		int unit = pick(world, 0, (int)world->search.unit_count - 1);
		struct unit_calendar *calendar = &world->calendars[unit];

		if (calendar->closing_count < MOST_OTHERS)
			world->closings[unit][calendar->closing_count++] =
				(struct closing) { .from_day = world->search.first_day - 3,
					.until_day = world->search.first_day + pick(world, 5, 30) };
	}
}

static void pick_limits(struct world *world)
{
	struct family_limits *limits = &world->search.limits;

	*limits = (struct family_limits) { 0, 0, DAY_MINUTES };
	if (chance(world, 15))
		limits->not_weekdays =
			(unsigned)(pick(world, 0, 255) & pick(world, 0, 255)) & 0xFEu;
	if (chance(world, 15))
		limits->after = clamp(world->base + pick(world, -60, 60), 0, DAY_MINUTES - 1);
	if (chance(world, 15))
		limits->before =
			clamp(world->base + pick(world, 30, 180), limits->after + 1, DAY_MINUTES);
}

static void pick_now(struct world *world)
{
	struct search *search = &world->search;

	search->now_day = search->first_day - pick(world, 0, 8);
	search->now_minute = pick(world, 0, DAY_MINUTES - 1);
	if (chance(world, 35)) {
		search->now_day = pick_day(world);
		search->now_minute = clamp(world->base + pick(world, -10, 90), 0, DAY_MINUTES - 1);
	}
	search->notice = chance(world, 60) ? 0 : pick(world, 1, 3);
}

static void world_make(struct world *world, uint64_t seed, int first_day, bool on_sundays)
{
	struct search *search = &world->search;
	int silent;

	memset(world, 0, sizeof(*world));
	world->seed = world->random = seed;
	world->weekday =
		on_sundays && chance(world, 50) ? 7 : pick(world, 1, chance(world, 90) ? 5 : 7);
	world->base = chance(world, 90) ? pick(world, 32, 60) * 15 : pick(world, 0, 1) * 1380;
	world->step = chance(world, 75) ? 15 : pick(world, 1, 14);
	search->minutes = chance(world, 70) ? pick(world, 1, 8) * 15 : pick(world, 15, 120);
	search->first_day = first_day + pick(world, -10, 3);
	search->days = chance(world, 85) ? 7 * pick(world, 1, 8) : pick(world, 1, MOST_DAYS);
	search->unit_count =
		(size_t)(chance(world, 75) ? pick(world, 2, 4) : pick(world, 1, MOST_UNITS));
	search->optional_count = (size_t)(chance(world, 50) ? 0 : pick(world, 1, MOST_OPTIONAL));
	search->units = world->calendars;
	search->optional = world->calendars + MOST_UNITS;
	search->breaks = world->breaks;
	search->limit = chance(world, 70) ? 0 : (size_t)pick(world, 1, 4);
	world->is_generous = chance(world, 65);
	silent = chance(world, 20) ? pick(world, 1, 2) : 0;
	for (int unit = 0; unit < (int)search->unit_count; unit++)
		add_unit(world, unit, unit < silent);
	for (int unit = 0; unit < (int)search->optional_count; unit++)
		add_unit(world, MOST_UNITS + unit, false);
	add_breaks(world);
	if (chance(world, 35))
		delay_some(world);
	pick_limits(world);
	pick_now(world);
}

/* ---- The slow search. ---- */

static bool slow_falls_on(const struct slot *slot, int day)
{
	if (look_up(day)->weekday != slot->weekday || day < slot->from_day || day > slot->until_day)
		return false;
	if (slot->repeat == REPEAT_MONTHLY)
		return look_up(day)->nth == look_up(slot->from_day)->nth;
	if (slot->repeat == REPEAT_WEEKLY)
		return true;
	for (int d = slot->from_day; d <= day; d += 14) {
		if (d == day)
			return true;
	}
	return false;
}

static bool slow_is_closed(
	const struct unit_calendar *calendar, const struct search *search, int day)
{
	bool closed = look_up(day)->is_holiday;

	for (size_t i = 0; i < calendar->closing_count; i++)
		closed |= calendar->closings[i].from_day <= day
			  && day <= calendar->closings[i].until_day;
	for (size_t i = 0; i < search->break_count; i++) {
		const struct school_break *b = &search->breaks[i];
		const char *here = calendar->municipality ? calendar->municipality : "";

		if (calendar->school_based
			&& (!b->municipality || strcmp(b->municipality, here) == 0))
			closed |= b->from_day <= day && day <= b->until_day;
	}
	return closed;
}

/* False when the unit has nothing that day. */
static bool slow_room(const struct unit_calendar *calendar, const struct search *search, int day,
	signed char room[DAY_MINUTES])
{
	bool closed = slow_is_closed(calendar, search, day), any = false;

	memset(room, 0, DAY_MINUTES);
	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *slot = &calendar->slots[i];

		if (closed || !slow_falls_on(slot, day))
			continue;
		for (int m = slot->start; m < slot->end; m++)
			room[m] = (signed char)(room[m] + slot->capacity);
		any = true;
	}
	for (size_t i = 0; i < calendar->opening_count; i++) {
		const struct opening *opening = &calendar->openings[i];

		if (opening->day != day)
			continue;
		for (int m = opening->start; m < opening->end; m++)
			room[m]++;
		any = true;
	}
	for (size_t i = 0; i < calendar->occupation_count; i++) {
		const struct occupation *taken = &calendar->occupations[i];

		for (int m = taken->start; taken->day == day && m < taken->end; m++)
			room[m]--;
	}
	return any;
}

static bool slow_suits(const struct search *search, int first_possible, int day, int minute)
{
	const struct family_limits *limits = &search->limits;

	if (day < search->now_day || (day == search->now_day && minute < search->now_minute))
		return false;
	if (day < first_possible)
		return false;
	if (limits->not_weekdays >> look_up(day)->weekday & 1)
		return false;
	return minute >= limits->after && minute < limits->before;
}

static int slow_first_possible(const struct search *search)
{
	int day = search->now_day;

	for (int left = search->notice; left > 0;) {
		day++;
		if (look_up(day)->weekday < 6 && !look_up(day)->is_holiday)
			left--;
	}
	return day;
}

struct slow {
	unsigned char masks[MOST_DAYS][DAY_MINUTES + 1]; /* free units; 0 where nothing suits */
	bool is_used[MOST_DAYS];
	struct shared_hole holes[MOST_RESULTS];
	bool optional_free[MOST_RESULTS][MOST_OPTIONAL];
	size_t hole_count;
	struct near_miss near_misses[MOST_RESULTS];
	size_t near_miss_count;
};

static void slow_fill_masks(const struct search *search, struct slow *slow)
{
	int first_possible = slow_first_possible(search);
	signed char room[DAY_MINUTES];

	for (int d = 0; d < search->days; d++) {
		int day = search->first_day + d;

		slow->is_used[d] = false;
		memset(slow->masks[d], 0, sizeof(slow->masks[d]));
		for (size_t unit = 0; unit < search->unit_count; unit++) {
			if (!slow_room(&search->units[unit], search, day, room))
				continue;
			slow->is_used[d] = true;
			for (int m = 0; m < DAY_MINUTES; m++) {
				if (room[m] > 0 && slow_suits(search, first_possible, day, m))
					slow->masks[d][m] |= (unsigned char)(1u << unit);
			}
		}
	}
}

/* The next maximal window of a day, from *end on, in which all units but those of `missing` are
 * free. False when there is none. */
static bool slow_next_window(
	const struct slow *slow, int d, unsigned all, unsigned missing, int *start, int *end)
{
	const unsigned char *masks = slow->masks[d];

	*start = *end;
	while (*start < DAY_MINUTES && (masks[*start] | missing) != all)
		++*start;
	*end = *start;
	while (*end < DAY_MINUTES && (masks[*end] | missing) == all)
		++*end;
	return *start < DAY_MINUTES;
}

static void slow_find_holes(const struct search *search, struct slow *slow)
{
	unsigned all = (1u << search->unit_count) - 1;
	signed char room[DAY_MINUTES];

	slow->hole_count = 0;
	for (int d = 0; d < search->days; d++) {
		int start, end = 0;

		while (slow->is_used[d] && slow_next_window(slow, d, all, 0, &start, &end)) {
			size_t n = slow->hole_count;

			if (end - start < search->minutes)
				continue;
			slow->holes[n] =
				(struct shared_hole) { search->first_day + d, start, end, NULL };
			for (size_t o = 0; o < search->optional_count; o++) {
				bool is_free = true;

				slow_room(
					&search->optional[o], search, search->first_day + d, room);
				for (int m = start; m < end; m++)
					is_free &= room[m] > 0;
				slow->optional_free[n][o] = is_free;
			}
			slow->hole_count++;
		}
	}
}

static bool slow_all_needed(const struct slow *slow, int d, int start, int end, unsigned missing)
{
	unsigned seen = 0;

	for (int m = start; m < end; m++)
		seen |= missing & ~(unsigned)slow->masks[d][m];
	return seen == missing;
}

static bool comes_before(const struct near_miss *a, const struct near_miss *b)
{
	if (a->day != b->day)
		return a->day < b->day;
	if (a->start != b->start)
		return a->start < b->start;
	if (a->end != b->end)
		return a->end > b->end;
	if (a->missing[0] != b->missing[0])
		return a->missing[0] < b->missing[0];
	return a->missing[1] < b->missing[1];
}

static void slow_add_near_miss(struct slow *slow, struct near_miss near_miss)
{
	size_t at = slow->near_miss_count++;

	cr_assert_lt(at, MOST_RESULTS);
	for (; at > 0 && comes_before(&near_miss, &slow->near_misses[at - 1]); at--)
		slow->near_misses[at] = slow->near_misses[at - 1];
	slow->near_misses[at] = near_miss;
}

static void slow_find_missing(const struct search *search, struct slow *slow, int days,
	const size_t *missing, size_t missing_count)
{
	unsigned all = (1u << search->unit_count) - 1, set = 0;

	for (size_t i = 0; i < missing_count; i++)
		set |= 1u << missing[i];
	for (int d = 0; d < days; d++) {
		int start, end = 0;

		while (slow->is_used[d] && slow_next_window(slow, d, all, set, &start, &end)) {
			struct near_miss found = { search->first_day + d, start, end,
				{ missing[0] }, missing_count };

			if (end - start < search->minutes
				|| !slow_all_needed(slow, d, start, end, set))
				continue;
			if (missing_count == 2)
				found.missing[1] = missing[1];
			slow_add_near_miss(slow, found);
		}
	}
}

static void slow_find_near_misses(const struct search *search, struct slow *slow)
{
	int days = slow->hole_count ? slow->holes[0].day - search->first_day : search->days;
	size_t units = search->unit_count;

	slow->near_miss_count = 0;
	for (size_t a = 0; a < units && units > 1; a++)
		slow_find_missing(search, slow, days, (size_t[]) { a }, 1);
	if (slow->near_miss_count > 0)
		return;
	for (size_t a = 0; a < units && units > 2; a++) {
		for (size_t b = a + 1; b < units; b++)
			slow_find_missing(search, slow, days, (size_t[]) { a, b }, 2);
	}
}

static void slow_run(const struct search *search, struct slow *slow)
{
	slow_fill_masks(search, slow);
	slow_find_holes(search, slow);
	slow_find_near_misses(search, slow);
}

/* ---- What a failure tells. ---- */

static const char *day_name(int day, char to[32])
{
	static const char *const weekdays[] = { "ma", "ti", "ke", "to", "pe", "la", "su" };
	const struct table_day *d;

	if (day < TABLE_FIRST || day >= TABLE_FIRST + TABLE_DAYS)
		return day < TABLE_FIRST ? "-" : "...";
	d = look_up(day);
	snprintf(to, 32, "%s %d.%d.%d", weekdays[d->weekday - 1], d->mday, d->month, d->year);
	return to;
}

static void print_time(FILE *to, int start, int end)
{
	fprintf(to, " %d.%02d-%d.%02d", start / 60, start % 60, end / 60, end % 60);
}

static void print_calendar(FILE *to, const struct unit_calendar *calendar)
{
	static const char *const repeats[] = { "weekly", "fortnightly", "monthly" };
	char a[32], b[32];

	fprintf(to, "%s, %s\n", calendar->municipality ? calendar->municipality : "nowhere",
		calendar->school_based ? "school-based" : "not school-based");
	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *slot = &calendar->slots[i];

		fprintf(to, "    slot weekday %d", slot->weekday);
		print_time(to, slot->start, slot->end);
		fprintf(to, " %s, %s to %s, capacity %d\n", repeats[slot->repeat],
			day_name(slot->from_day, a), day_name(slot->until_day, b), slot->capacity);
	}
	for (size_t i = 0; i < calendar->closing_count; i++)
		fprintf(to, "    closed %s to %s\n", day_name(calendar->closings[i].from_day, a),
			day_name(calendar->closings[i].until_day, b));
	for (size_t i = 0; i < calendar->opening_count; i++) {
		fprintf(to, "    opening %s", day_name(calendar->openings[i].day, a));
		print_time(to, calendar->openings[i].start, calendar->openings[i].end);
		fprintf(to, "\n");
	}
	for (size_t i = 0; i < calendar->occupation_count; i++) {
		fprintf(to, "    %s %s", calendar->occupations[i].is_hold ? "held" : "taken",
			day_name(calendar->occupations[i].day, a));
		print_time(to, calendar->occupations[i].start, calendar->occupations[i].end);
		fprintf(to, "\n");
	}
}

static void print_search(FILE *to, const struct search *search)
{
	char a[32], b[32];

	fprintf(to, "%zu units, %d min, %d days from %s; now %s %d.%02d, notice %d, limit %zu\n",
		search->unit_count, search->minutes, search->days, day_name(search->first_day, a),
		day_name(search->now_day, b), search->now_minute / 60, search->now_minute % 60,
		search->notice, search->limit);
	fprintf(to, "family: not weekdays %#x, only", search->limits.not_weekdays);
	print_time(to, search->limits.after, search->limits.before);
	fprintf(to, "\n");
	for (size_t i = 0; i < search->break_count; i++)
		fprintf(to, "break %s to %s, %s\n", day_name(search->breaks[i].from_day, a),
			day_name(search->breaks[i].until_day, b),
			search->breaks[i].municipality ? search->breaks[i].municipality
						       : "everywhere");
	for (size_t i = 0; i < search->unit_count; i++) {
		fprintf(to, "unit %zu: ", i);
		print_calendar(to, &search->units[i]);
	}
	for (size_t i = 0; i < search->optional_count; i++) {
		fprintf(to, "optional %zu: ", i);
		print_calendar(to, &search->optional[i]);
	}
}

static void print_results(FILE *to, const char *who, const struct shared_hole *holes,
	size_t hole_count, const struct near_miss *near_misses, size_t near_miss_count)
{
	char a[32];

	fprintf(to, "%s:\n", who);
	for (size_t i = 0; i < hole_count; i++) {
		fprintf(to, "    hole %s", day_name(holes[i].day, a));
		print_time(to, holes[i].start, holes[i].end);
		fprintf(to, "\n");
	}
	for (size_t i = 0; i < near_miss_count; i++) {
		fprintf(to, "    near miss %s", day_name(near_misses[i].day, a));
		print_time(to, near_misses[i].start, near_misses[i].end);
		fprintf(to, " without %zu", near_misses[i].missing[0]);
		if (near_misses[i].missing_count > 1)
			fprintf(to, " and %zu", near_misses[i].missing[1]);
		fprintf(to, "\n");
	}
}

static void fail(const struct world *world, const struct search_result *fast,
	const struct slow *slow, const char *what, size_t at)
{
	char *dump = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&dump, &size);

	cr_assert_not_null(to);
	fprintf(to, "%s %zu differs; again with KUTSU_SEED=%llu\n", what, at,
		(unsigned long long)world->seed);
	print_search(to, &world->search);
	print_results(to, "search_run", fast->holes, fast->hole_count, fast->near_misses,
		fast->near_miss_count);
	print_results(to, "the slow search", slow->holes, slow->hole_count, slow->near_misses,
		slow->near_miss_count);
	fclose(to);
	fputs(dump, stderr); /* whole: Criterion indents it less readably */
	free(dump);
	cr_assert_fail("%s %zu differs; again with KUTSU_SEED=%llu", what, at,
		(unsigned long long)world->seed);
}

/* ---- The comparison. ---- */

struct tally {
	int runs, with_holes, with_one_missing, with_two_missing, with_holes_after_misses;
	int with_nothing, cut_by_limit, with_optional_free, with_optional_busy;
};

static size_t least(size_t limit, size_t count)
{
	return limit && limit < count ? limit : count;
}

static bool same_hole(const struct shared_hole *a, const struct shared_hole *b,
	const bool *optional_free, size_t optional_count)
{
	if (a->day != b->day || a->start != b->start || a->end != b->end)
		return false;
	if (optional_count == 0)
		return !a->optional_free;
	for (size_t i = 0; i < optional_count; i++) {
		if (a->optional_free[i] != optional_free[i])
			return false;
	}
	return true;
}

static bool same_near_miss(const struct near_miss *a, const struct near_miss *b)
{
	if (a->day != b->day || a->start != b->start || a->end != b->end
		|| a->missing_count != b->missing_count)
		return false;
	for (size_t i = 0; i < a->missing_count; i++) {
		if (a->missing[i] != b->missing[i])
			return false;
	}
	return true;
}

static void compare(
	const struct world *world, const struct search_result *fast, const struct slow *slow)
{
	const struct search *search = &world->search;
	size_t holes = least(search->limit, slow->hole_count);
	size_t near_misses = least(search->limit, slow->near_miss_count);

	for (size_t i = 0; i < holes || i < fast->hole_count; i++) {
		if (i >= holes || i >= fast->hole_count
			|| !same_hole(&fast->holes[i], &slow->holes[i], slow->optional_free[i],
				search->optional_count))
			fail(world, fast, slow, "hole", i);
	}
	for (size_t i = 0; i < near_misses || i < fast->near_miss_count; i++) {
		if (i >= near_misses || i >= fast->near_miss_count
			|| !same_near_miss(&fast->near_misses[i], &slow->near_misses[i]))
			fail(world, fast, slow, "near miss", i);
	}
}

static void count(const struct world *world, const struct slow *slow, struct tally *tally)
{
	const struct search *search = &world->search;
	size_t missing = slow->near_miss_count ? slow->near_misses[0].missing_count : 0;

	tally->runs++;
	tally->with_holes += slow->hole_count > 0;
	tally->with_one_missing += missing == 1;
	tally->with_two_missing += missing == 2;
	tally->with_holes_after_misses += slow->hole_count > 0 && missing > 0;
	tally->with_nothing += slow->hole_count == 0 && missing == 0;
	tally->cut_by_limit +=
		search->limit
		&& (search->limit < slow->hole_count || search->limit < slow->near_miss_count);
	if (search->optional_count > 0 && slow->hole_count > 0) {
		tally->with_optional_free += slow->optional_free[0][0];
		tally->with_optional_busy += !slow->optional_free[0][0];
	}
}

static void compare_one(uint64_t seed, int first_day, bool on_sundays, struct tally *tally)
{
	static struct world world;
	static struct slow slow;
	struct search_result fast;

	world_make(&world, seed, first_day, on_sundays);
	search_run(&world.search, &fast);
	slow_run(&world.search, &slow);
	compare(&world, &fast, &slow);
	count(&world, &slow, tally);
	search_result_release(&fast);
	cr_assert(fast.hole_count == 0 && !fast.holes && !fast.near_misses);
}

/* Each kind of outcome often enough for the comparison to show something. */
static void check_variety(const struct tally *tally)
{
	const struct {
		const char *kind;
		int times, least;
	} kinds[] = {
		{ "shared holes", tally->with_holes, tally->runs / 10 },
		{ "near misses of one", tally->with_one_missing, tally->runs / 10 },
		{ "near misses of two", tally->with_two_missing, tally->runs / 10 },
		{ "near misses before holes", tally->with_holes_after_misses, tally->runs / 20 },
		{ "nothing at all", tally->with_nothing, tally->runs / 20 },
		{ "more than the limit", tally->cut_by_limit, tally->runs / 20 },
		{ "an optional unit free", tally->with_optional_free, tally->runs / 50 },
		{ "an optional unit not free", tally->with_optional_busy, tally->runs / 50 },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		cr_expect_gt(kinds[i].times, kinds[i].least, "%s: only %d times of %d",
			kinds[i].kind, kinds[i].times, tally->runs);
}

static void compare_many(
	uint64_t salt, int rounds, const int (*first_days)[3], int day_count, bool on_sundays)
{
	struct tally tally = { 0 };
	const char *seed = getenv("KUTSU_SEED"), *wanted = getenv("KUTSU_ROUNDS");
	uint64_t first = salt << 32, last;

	table_fill();
	if (wanted)
		rounds = atoi(wanted);
	last = first + (uint64_t)rounds;
	if (seed) {
		first = strtoull(seed, NULL, 10);
		last = first + (first >> 32 == salt);
	}
	for (uint64_t s = first; s < last; s++) {
		const int *day = first_days[s % (uint64_t)day_count];

		compare_one(s, day_of(day[0], day[1], day[2]) + (int)(s / (uint64_t)day_count % 7),
			on_sundays, &tally);
	}
	if (!seed)
		check_variety(&tally);
}

#define COMPARE(salt, rounds, days, on_sundays)                                                    \
	compare_many(salt, rounds, days, sizeof(days) / sizeof(days[0]), on_sundays)

TestSuite(search_property, .timeout = 600);

Test(search_property, agrees_with_the_slow_search_on_ordinary_weeks)
{
	static const int days[][3] = { { 2025, 2, 20 }, { 2025, 8, 20 }, { 2026, 1, 20 },
		{ 2026, 9, 1 }, { 2027, 8, 25 }, { 2028, 2, 1 }, { 2028, 9, 12 }, { 2029, 9, 4 } };

	COMPARE(1, 4000, days, false);
}

Test(search_property, agrees_with_the_slow_search_around_new_year_and_week_53)
{
	static const int days[][3] = { { 2026, 12, 10 }, { 2026, 12, 27 }, { 2025, 12, 20 },
		{ 2027, 12, 15 }, { 2028, 12, 20 } };

	COMPARE(2, 2500, days, false);
}

Test(search_property, agrees_with_the_slow_search_where_the_clocks_are_moved)
{
	static const int days[][3] = { { 2026, 3, 24 }, { 2026, 10, 20 }, { 2027, 3, 25 },
		{ 2027, 10, 28 }, { 2028, 3, 20 }, { 2028, 10, 20 } };

	COMPARE(3, 1500, days, true);
}

Test(search_property, agrees_with_the_slow_search_from_easter_to_midsummer)
{
	static const int days[][3] = { { 2025, 4, 10 }, { 2026, 3, 28 }, { 2027, 3, 20 },
		{ 2028, 4, 8 }, { 2029, 3, 26 }, { 2026, 5, 20 }, { 2027, 6, 10 } };

	COMPARE(4, 2500, days, false);
}
