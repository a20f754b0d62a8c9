/*
 * capacity_compute() of invented regions against a second implementation that is slow and plain:
 * day by day and minute by minute, with its own reckoning of when a hole falls and what closes it.
 *
 * KUTSU_SEED=N runs one region; KUTSU_ROUNDS=N asks for other than the usual number of them.
 */
#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/domain/capacity.h"
#include "kutsu/domain/holiday.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MINUTES   1440
#define MONDAY	      20780 /* 23.11.2026: December and its holidays are ahead */
#define MOST_UNITS    5
#define MOST_OF_EACH  4
#define MOST_MEETINGS 12
#define MOST_WEEKS    12
#define ROUNDS	      300

static struct arena arena;

static void end(void)
{
	arena_release(&arena);
}

struct region {
	uint64_t random;
	struct unit units[MOST_UNITS];
	struct unit_calendar calendars[MOST_UNITS];
	struct slot slots[MOST_UNITS][MOST_OF_EACH];
	struct closing closings[MOST_UNITS][MOST_OF_EACH];
	struct opening openings[MOST_UNITS][MOST_OF_EACH];
	struct readiness_answer answers[MOST_UNITS][MOST_OF_EACH];
	struct occupation occupations[MOST_UNITS][MOST_OF_EACH];
	struct school_break school_break;
	struct capacity_meeting meetings[MOST_MEETINGS];
	struct capacity_source source;
};

/* splitmix64 */
static uint64_t next_random(struct region *r)
{
	uint64_t z = r->random += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static int up_to(struct region *r, int least, int most)
{
	return least + (int)(next_random(r) % (uint64_t)(most - least + 1));
}

static void invent_time(struct region *r, int *start, int *end)
{
	*start = 480 + 15 * up_to(r, 0, 20);
	*end = *start + 15 * up_to(r, 1, 12);
}

/* Around the period, December and its holidays included. */
static int invent_day(struct region *r)
{
	return MONDAY + up_to(r, -20, 60);
}

static void invent_slot(struct region *r, struct slot *slot)
{
	int from = invent_day(r);

	*slot = (struct slot) { .weekday = (from + 3) % 7 + 1,
		.repeat = (enum repeat)up_to(r, REPEAT_WEEKLY, REPEAT_MONTHLY),
		.from_day = from,
		.until_day = up_to(r, 0, 2) ? DAY_LAST : from + up_to(r, -1, 40),
		.capacity = up_to(r, 1, 3) };
	if (slot->repeat == REPEAT_WEEKLY && up_to(r, 0, 1))
		slot->from_day = DAY_FIRST;
	invent_time(r, &slot->start, &slot->end);
}

/* Week after week of the first slot. */
static void invent_answers(struct region *r, int u)
{
	const struct slot *slot = &r->slots[u][0];
	int day = MONDAY + slot->weekday - 1 + 7 * up_to(r, -2, 5);

	for (int i = 0; i < MOST_OF_EACH; i++)
		r->answers[u][i] = (struct readiness_answer) { .day = day + 7 * i,
			.start = slot->start,
			.state = (enum readiness)up_to(r, READINESS_CONFIRMED, READINESS_DEPUTY) };
}

static void invent_unit(struct region *r, int u)
{
	static const char *const areas[] = { "KES", "POH", NULL };
	static const char *const codes[] = { "A", "B", "C", "D", "E" };
	struct unit_calendar *calendar = &r->calendars[u];

	r->units[u] = (struct unit) { .id = 90 - 7 * u, /* not in their order */
		.code = codes[u],
		.area = areas[up_to(r, 0, 2)],
		.active = true };
	*calendar = (struct unit_calendar) { .school_based = up_to(r, 0, 1),
		.slots = r->slots[u],
		.slot_count = (size_t)up_to(r, 0, 3),
		.closings = r->closings[u],
		.closing_count = (size_t)up_to(r, 0, 2),
		.openings = r->openings[u],
		.opening_count = (size_t)up_to(r, 0, 2),
		.answers = r->answers[u],
		.answer_count = (size_t)up_to(r, 0, MOST_OF_EACH),
		.occupations = r->occupations[u],
		.occupation_count = (size_t)up_to(r, 0, MOST_OF_EACH) };
	for (int i = 0; i < MOST_OF_EACH; i++) {
		struct closing *closing = &r->closings[u][i];
		struct opening *opening = &r->openings[u][i];
		struct occupation *taken = &r->occupations[u][i];

		invent_slot(r, &r->slots[u][i]);
		closing->from_day = invent_day(r);
		closing->until_day = closing->from_day + up_to(r, 0, 20);
		if (up_to(r, 0, 1))
			invent_time(r, &closing->start, &closing->end);
		opening->day = invent_day(r);
		invent_time(r, &opening->start, &opening->end);
		taken->day = up_to(r, 0, 1) ? opening->day : invent_day(r);
		taken->is_hold = up_to(r, 0, 3) == 0;
		invent_time(r, &taken->start, &taken->end);
	}
	invent_answers(r, u);
}

static struct region *invent(uint64_t seed)
{
	struct region *r = arena_new(&arena, sizeof(*r));
	struct capacity_source *source = &r->source;
	int units;

	r->random = seed;
	units = up_to(r, 0, MOST_UNITS);
	for (int u = 0; u < units; u++)
		invent_unit(r, u);
	r->school_break.from_day = invent_day(r);
	r->school_break.until_day = r->school_break.from_day + up_to(r, 0, 10);
	for (int i = 0; i < MOST_MEETINGS; i++) {
		struct capacity_meeting *meeting = &r->meetings[i];

		meeting->unit_id = 90 - 7 * up_to(r, 0, MOST_UNITS);
		meeting->is_used = up_to(r, 0, 1);
		invent_time(r, &meeting->start, &meeting->end);
	}
	source->from_day = invent_day(r);
	source->until_day = source->from_day + up_to(r, 0, 7 * (MOST_WEEKS - 2));
	for (int i = 0; i < MOST_MEETINGS; i++)
		r->meetings[i].day = up_to(r, source->from_day, source->until_day);
	source->units = (struct unit_list) { r->units, (size_t)units };
	source->calendars = source->ahead = r->calendars;
	source->breaks = (struct school_break_list) { &r->school_break, (size_t)up_to(r, 0, 1) };
	source->meetings = (struct capacity_meeting_list) { r->meetings, MOST_MEETINGS };
	source->now_day = invent_day(r);
	source->now_minute = up_to(r, 0, DAY_MINUTES - 1);
	source->ahead_day = source->now_day + up_to(r, 0, 3);
	source->target_days = up_to(r, 1, 30);
	return r;
}

/* One hole of one day, found the slow way. */
struct plain_hole {
	int start, end, capacity;
	bool is_closed, is_confirmed;
};

static int nth_of_month(int day)
{
	int month = day_to_civil(day).month, nth = 0;

	for (; day_to_civil(day).month == month; day -= 7)
		nth++;
	return nth;
}

static bool falls(const struct slot *slot, int day)
{
	if ((day + 3) % 7 + 1 != slot->weekday || day < slot->from_day || day > slot->until_day)
		return false;
	if (slot->repeat == REPEAT_FORTNIGHTLY)
		return (day - slot->from_day) % 14 == 0;
	return slot->repeat != REPEAT_MONTHLY || nth_of_month(day) == nth_of_month(slot->from_day);
}

static enum readiness said(const struct unit_calendar *calendar, int day, int start)
{
	for (size_t i = 0; i < calendar->answer_count; i++) {
		if (calendar->answers[i].day == day && calendar->answers[i].start == start)
			return calendar->answers[i].state;
	}
	return READINESS_UNCONFIRMED;
}

static bool closed(const struct region *r, const struct unit_calendar *calendar,
	const struct slot *slot, int day)
{
	const struct school_break *school = &r->school_break;

	if (day_is_holiday(day)
		|| (calendar->school_based && r->source.breaks.count && day >= school->from_day
			&& day <= school->until_day))
		return true;
	for (size_t i = 0; i < calendar->closing_count; i++) {
		const struct closing *c = &calendar->closings[i];

		for (int minute = slot->start; minute < slot->end; minute++) {
			if (day >= c->from_day && day <= c->until_day
				&& (c->end == 0 || (minute >= c->start && minute < c->end)))
				return true;
		}
	}
	return false;
}

static size_t plain_holes(const struct region *r, const struct unit_calendar *calendar, int day,
	struct plain_hole holes[2 * MOST_OF_EACH])
{
	size_t count = 0;

	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *slot = &calendar->slots[i];
		enum readiness state = said(calendar, day, slot->start);

		if (falls(slot, day))
			holes[count++] = (struct plain_hole) { slot->start, slot->end,
				slot->capacity,
				closed(r, calendar, slot, day) || state == READINESS_DECLINED,
				state == READINESS_CONFIRMED || state == READINESS_DEPUTY };
	}
	for (size_t i = 0; i < calendar->opening_count; i++) {
		const struct opening *opening = &calendar->openings[i];
		bool declined = said(calendar, day, opening->start) == READINESS_DECLINED;

		if (opening->day == day)
			holes[count++] = (struct plain_hole) { opening->start, opening->end, 1,
				declined, true };
	}
	return count;
}

/* Promised, offered, confirmed, by the minute; booked and used; and what is of one week. */
struct plain {
	int64_t promised, offered, confirmed, booked, used;
	int64_t week_offered[MOST_WEEKS], week_booked[MOST_WEEKS];
};

static int plain_week(const struct region *r, int day)
{
	int week = 0;

	for (int d = r->source.from_day; d < day; d++)
		week += (d + 3) % 7 == 6; /* a Sunday ends one */
	return week;
}

static void plain_unit(const struct region *r, size_t u, struct plain *sum)
{
	struct plain_hole holes[2 * MOST_OF_EACH];

	for (int day = r->source.from_day; day <= r->source.until_day; day++) {
		size_t count = plain_holes(r, &r->calendars[u], day, holes);

		for (size_t h = 0; h < count; h++) {
			for (int minute = holes[h].start; minute < holes[h].end; minute++) {
				int open = holes[h].is_closed ? 0 : holes[h].capacity;

				sum->promised += holes[h].capacity;
				sum->offered += open;
				sum->confirmed += holes[h].is_confirmed ? open : 0;
				sum->week_offered[plain_week(r, day)] += open;
			}
		}
	}
	for (size_t i = 0; i < r->source.meetings.count; i++) {
		const struct capacity_meeting *m = &r->source.meetings.items[i];
		int minutes = m->unit_id == r->units[u].id ? m->end - m->start : 0;

		sum->booked += minutes;
		sum->used += m->is_used ? minutes : 0;
		sum->week_booked[plain_week(r, m->day)] += minutes;
	}
}

static bool has_room(const struct unit_calendar *calendar, const struct plain_hole *holes,
	size_t count, int day, int minute)
{
	int room = 0;

	for (size_t h = 0; h < count; h++)
		room += !holes[h].is_closed && minute >= holes[h].start && minute < holes[h].end
				? holes[h].capacity
				: 0;
	for (size_t i = 0; i < calendar->occupation_count; i++) {
		const struct occupation *taken = &calendar->occupations[i];

		room -= taken->day == day && minute >= taken->start && minute < taken->end;
	}
	return room > 0;
}

static bool is_free(const struct unit_calendar *calendar, const struct plain_hole *holes,
	size_t count, int day, const struct plain_hole *hole)
{
	int run = 0, needed = hole->end - hole->start < 60 ? hole->end - hole->start : 60;

	for (int minute = hole->start; minute < hole->end; minute++) {
		run = has_room(calendar, holes, count, day, minute) ? run + 1 : 0;
		if (run == needed)
			return !hole->is_closed;
	}
	return false;
}

static int plain_next(const struct region *r, size_t u)
{
	const struct capacity_source *source = &r->source;
	struct plain_hole holes[2 * MOST_OF_EACH];

	for (int day = source->ahead_day; day < source->now_day + CAPACITY_DAYS_AHEAD; day++) {
		size_t count = plain_holes(r, &r->calendars[u], day, holes);

		for (size_t h = 0; h < count; h++) {
			if ((day > source->now_day || holes[h].start >= source->now_minute)
				&& is_free(&r->calendars[u], holes, count, day, &holes[h]))
				return day;
		}
	}
	return DAY_LAST;
}

static void expect_row(const struct region *r, uint64_t seed, const struct capacity *capacity,
	const struct capacity_row *row, const struct plain *plain)
{
	const struct capacity_minutes *minutes = &row->minutes;
	unsigned long long of = seed;
	const char *who = row->unit ? row->unit : row->area ? row->area : "all";

	cr_expect_eq(minutes->promised, plain->promised, "seed %llu, %s: promised", of, who);
	cr_expect_eq(minutes->offered, plain->offered, "seed %llu, %s: offered", of, who);
	cr_expect_eq(minutes->confirmed, plain->confirmed, "seed %llu, %s: confirmed", of, who);
	cr_expect_eq(minutes->booked, plain->booked, "seed %llu, %s: booked", of, who);
	cr_expect_eq(minutes->used, plain->used, "seed %llu, %s: used", of, who);
	cr_assert_eq(
		(int)capacity->week_count, plain_week(r, r->source.until_day) + 1, "seed %llu", of);
	for (size_t w = 0; w < capacity->week_count; w++) {
		cr_expect_eq(
			row->weeks[w].offered, plain->week_offered[w], "seed %llu, %s", of, who);
		cr_expect_eq(row->weeks[w].booked, plain->week_booked[w], "seed %llu, %s", of, who);
	}
}

static const struct capacity_far *find_far(const struct capacity *capacity, const char *unit)
{
	for (size_t i = 0; i < capacity->far_count; i++) {
		if (strcmp(capacity->far[i].unit, unit) == 0)
			return &capacity->far[i];
	}
	return NULL;
}

static void expect_next(
	const struct region *r, uint64_t seed, const struct capacity *capacity, size_t u)
{
	const struct capacity_far *far = find_far(capacity, r->units[u].code);
	int next = plain_next(r, u);
	bool is_far = next == DAY_LAST || next > r->source.now_day + r->source.target_days;

	cr_expect_eq(far != NULL, is_far, "seed %llu, %s: %s", (unsigned long long)seed,
		r->units[u].code, is_far ? "not far" : "far");
	if (far && is_far)
		cr_expect_eq(far->next_day, next, "seed %llu, %s: %d, not %d",
			(unsigned long long)seed, far->unit, far->next_day, next);
}

static const char *area_of(const struct unit *unit)
{
	return unit->area ? unit->area : "-";
}

static void compare(uint64_t seed)
{
	struct region *r = invent(seed);
	struct capacity capacity;
	struct plain all = { 0 };

	capacity_compute(&r->source, &arena, &capacity);
	cr_assert_eq(capacity.unit_count, r->source.units.count);
	for (size_t u = 0; u < capacity.unit_count; u++) {
		struct plain unit = { 0 };

		plain_unit(r, u, &unit);
		plain_unit(r, u, &all);
		expect_row(r, seed, &capacity, &capacity.units[u], &unit);
		expect_next(r, seed, &capacity, u);
	}
	expect_row(r, seed, &capacity, &capacity.all, &all);
	for (size_t a = 0; a < capacity.area_count; a++) {
		struct plain area = { 0 };

		for (size_t u = 0; u < capacity.unit_count; u++) {
			if (strcmp(area_of(&r->units[u]), capacity.areas[a].area) == 0)
				plain_unit(r, u, &area);
		}
		expect_row(r, seed, &capacity, &capacity.areas[a], &area);
	}
	arena_reset(&arena);
}

TestSuite(capacity_property, .fini = end);

Test(capacity_property, of_invented_regions_is_what_counting_minute_by_minute_gives)
{
	const char *seed = getenv("KUTSU_SEED"), *rounds = getenv("KUTSU_ROUNDS");
	int count = rounds ? atoi(rounds) : ROUNDS;

	if (seed) {
		compare(strtoull(seed, NULL, 10));
		return;
	}
	for (int i = 1; i <= count; i++)
		compare((uint64_t)i);
}
