/*
 * The replay against its slow, obvious twin: each call searched for by search_run(), in order, with
 * all meetings so far in the calendars.
 */
#include "kutsu/domain/replay.h"

#include "kutsu/base/date.h"
#include "kutsu/domain/search.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MONDAY	    day_from_civil(2026, 10, 5)
#define MOST_UNITS  5
#define MOST_CALLS  30
#define MOST_SLOTS  4
#define MOST_OTHERS 4
#define MOST_BREAKS 2
#define MOST_TAKEN  (MOST_OTHERS + MOST_CALLS)

/* One small region: its calendars and what came in. */
struct region {
	struct unit_calendar units[MOST_UNITS];
	struct slot slots[MOST_UNITS][MOST_SLOTS + 1];
	struct closing closings[MOST_UNITS][MOST_OTHERS];
	struct opening openings[MOST_UNITS][MOST_OTHERS];
	struct readiness_answer answers[MOST_UNITS][MOST_OTHERS];
	struct occupation taken[MOST_UNITS][MOST_TAKEN];
	struct school_break breaks[MOST_BREAKS];
	struct replay_call calls[MOST_CALLS];
	size_t needed[MOST_CALLS][MOST_UNITS];
	struct replay_input input;
};

static uint64_t state;

static int pick(int count)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (int)((state >> 33) % (uint64_t)count);
}

static int half_hour(int first, int last)
{
	return 30 * (first * 2 + pick((last - first) * 2 + 1));
}

static struct slot random_slot(void)
{
	struct slot slot = { .weekday = 1 + pick(5),
		.start = half_hour(8, 14),
		.repeat = pick(4) ? REPEAT_WEEKLY : (enum repeat)pick(REPEATS),
		.from_day = DAY_FIRST,
		.until_day = pick(8) ? DAY_LAST : MONDAY + pick(90),
		.capacity = pick(5) ? 1 : 2 };

	slot.end = slot.start + 30 * (1 + pick(6));
	if (slot.repeat != REPEAT_WEEKLY || pick(6) == 0)
		slot.from_day = MONDAY - 28 + 7 * pick(10) + slot.weekday - 1;
	return slot;
}

static int by_day_and_start(const void *a, const void *b)
{
	const struct readiness_answer *x = a, *y = b;

	return x->day != y->day ? x->day - y->day : x->start - y->start;
}

static int by_time(const void *a, const void *b)
{
	const struct occupation *x = a, *y = b;

	return x->day != y->day ? x->day - y->day : x->start - y->start;
}

static void fill_answers(struct region *r, size_t u)
{
	struct unit_calendar *c = &r->units[u];

	for (size_t i = 0; i < c->answer_count; i++) {
		const struct slot *slot = &r->slots[u][pick((int)c->slot_count)];

		r->answers[u][i] =
			(struct readiness_answer) { .day = slot_next_day(slot, MONDAY + pick(80)),
				.start = pick(3) ? slot->start : half_hour(8, 15),
				.state = pick(2) ? READINESS_DECLINED : READINESS_CONFIRMED };
	}
	qsort(r->answers[u], c->answer_count, sizeof(r->answers[u][0]), by_day_and_start);
}

static void fill_unit(struct region *r, size_t u)
{
	struct unit_calendar *c = &r->units[u];

	*c = (struct unit_calendar) { .school_based = pick(3) == 0,
		.slots = r->slots[u],
		.slot_count = (size_t)(1 + pick(MOST_SLOTS)),
		.closings = r->closings[u],
		.closing_count = (size_t)pick(MOST_OTHERS),
		.openings = r->openings[u],
		.opening_count = (size_t)pick(MOST_OTHERS),
		.occupations = r->taken[u],
		.occupation_count = (size_t)pick(MOST_OTHERS),
		.answers = r->answers[u],
		.answer_count = (size_t)pick(MOST_OTHERS) };
	for (size_t i = 0; i < c->slot_count; i++)
		r->slots[u][i] = random_slot();
	for (size_t i = 0; i < c->closing_count; i++) {
		struct closing *closing = &r->closings[u][i];

		*closing = (struct closing) { .from_day = MONDAY + pick(100) };
		closing->until_day = closing->from_day + pick(10);
		if (pick(2)) {
			closing->start = half_hour(8, 15);
			closing->end = closing->start + 60;
		}
	}
	for (size_t i = 0; i < c->opening_count; i++) {
		struct opening *opening = &r->openings[u][i];

		*opening =
			(struct opening) { .day = MONDAY + pick(100), .start = half_hour(8, 15) };
		opening->end = opening->start + 60 + 30 * pick(3);
	}
	for (size_t i = 0; i < c->occupation_count; i++) {
		const struct slot *slot = &r->slots[u][pick((int)c->slot_count)];

		r->taken[u][i] =
			(struct occupation) { .day = slot_next_day(slot, MONDAY + pick(80)),
				.start = slot->start,
				.end = slot->start + 60 };
	}
	qsort(r->taken[u], c->occupation_count, sizeof(r->taken[u][0]), by_time);
	fill_answers(r, u);
}

static void fill_calls(struct region *r)
{
	int day = MONDAY, minute = 480;

	r->input.call_count = (size_t)pick(MOST_CALLS + 1);
	for (size_t i = 0; i < r->input.call_count; i++) {
		struct replay_call *call = &r->calls[i];
		size_t units = r->input.unit_count;

		if (pick(3) == 0) {
			day += pick(6);
			minute = 480;
		}
		minute += pick(30);
		*call = (struct replay_call) { .day = day,
			.minute = minute,
			.minutes = pick(4) ? 60 : 30 + 30 * pick(4),
			.limits = family_limits_none(),
			.units = r->needed[i] };
		if (pick(4) == 0)
			call->limits.not_weekdays = 1u << (1 + pick(5));
		if (pick(4) == 0)
			call->limits.after = half_hour(8, 12);
		if (pick(4) == 0)
			call->limits.before = half_hour(12, 17);
		for (size_t u = 0; u < units; u++) {
			if (pick(2))
				r->needed[i][call->unit_count++] = u;
		}
		if (call->unit_count == 0)
			r->needed[i][call->unit_count++] = (size_t)pick((int)units);
	}
}

static void fill(struct region *r, uint64_t seed)
{
	memset(r, 0, sizeof(*r));
	state = seed;
	r->input = (struct replay_input) { .units = r->units,
		.unit_count = (size_t)(1 + pick(MOST_UNITS)),
		.breaks = r->breaks,
		.break_count = (size_t)pick(MOST_BREAKS),
		.calls = r->calls,
		.notice = pick(3),
		.days = 7 * (2 + pick(10)) };
	for (size_t i = 0; i < r->input.break_count; i++) {
		r->breaks[i].from_day = MONDAY + pick(60);
		r->breaks[i].until_day = r->breaks[i].from_day + 6;
	}
	for (size_t u = 0; u < r->input.unit_count; u++)
		fill_unit(r, u);
	fill_calls(r);
}

/* ---- The twin. */

static void replay_slowly(const struct region *from, int waits[MOST_CALLS])
{
	struct region *r = malloc(sizeof(*r));

	memcpy(r, from, sizeof(*r));
	for (size_t u = 0; u < r->input.unit_count; u++) {
		r->units[u].slots = r->slots[u];
		r->units[u].occupations = r->taken[u];
	}
	for (size_t c = 0; c < r->input.call_count; c++) {
		const struct replay_call *call = &r->calls[c];
		struct unit_calendar needed[MOST_UNITS];
		struct search search = { .units = needed,
			.unit_count = call->unit_count,
			.breaks = r->breaks,
			.break_count = r->input.break_count,
			.minutes = call->minutes,
			.first_day = call->day,
			.days = r->input.days,
			.now_day = call->day,
			.now_minute = call->minute,
			.notice = r->input.notice,
			.limits = call->limits,
			.limit = 1 };
		struct search_result found;

		for (size_t i = 0; i < call->unit_count; i++)
			needed[i] = r->units[from->needed[c][i]];
		search_run(&search, &found);
		waits[c] = REPLAY_NEVER;
		if (found.hole_count) {
			waits[c] = found.holes[0].day - call->day;
			for (size_t i = 0; i < call->unit_count; i++) {
				size_t u = from->needed[c][i];

				r->taken[u][r->units[u].occupation_count++] =
					(struct occupation) { .day = found.holes[0].day,
						.start = found.holes[0].start,
						.end = found.holes[0].start + call->minutes };
			}
		}
		search_result_release(&found);
	}
	free(r);
}

static int by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static struct replay_waits figures_slowly(const int *waits, size_t count, int days)
{
	struct replay_waits figures = { .median = REPLAY_NEVER, .p90 = REPLAY_NEVER };
	int sorted[MOST_CALLS];

	for (size_t i = 0; i < count; i++) {
		sorted[i] = waits[i] == REPLAY_NEVER ? days : waits[i];
		figures.never += waits[i] == REPLAY_NEVER;
	}
	figures.met = (int)count - figures.never;
	qsort(sorted, count, sizeof(*sorted), by_size);
	if (count) {
		int median = sorted[(count + 1) / 2 - 1], p90 = sorted[(count * 9 + 9) / 10 - 1];

		figures.median = median == days ? REPLAY_NEVER : median;
		figures.p90 = p90 == days ? REPLAY_NEVER : p90;
	}
	return figures;
}

static void expect_figures(
	struct replay_waits got, const int *waits, const struct region *r, uint64_t seed)
{
	struct replay_waits due = figures_slowly(waits, r->input.call_count, r->input.days);

	cr_assert_eq(got.met, due.met, "seed %llu", (unsigned long long)seed);
	cr_assert_eq(got.never, due.never);
	cr_assert_eq(got.median, due.median, "seed %llu: %d, not %d", (unsigned long long)seed,
		got.median, due.median);
	cr_assert_eq(got.p90, due.p90, "seed %llu", (unsigned long long)seed);
}

static void expect_outcome(const struct replay_outcome *got, const int *before, const int *after,
	const struct region *r, uint64_t seed)
{
	struct replay_outcome due = { 0 };

	for (size_t c = 0; c < r->input.call_count; c++) {
		int a = before[c] == REPLAY_NEVER ? r->input.days : before[c];
		int b = after[c] == REPLAY_NEVER ? r->input.days : after[c];

		due.earlier += b < a;
		due.later += b > a;
		due.days_saved += a - b;
	}
	cr_assert_eq(got->earlier, due.earlier, "seed %llu", (unsigned long long)seed);
	cr_assert_eq(got->later, due.later, "seed %llu", (unsigned long long)seed);
	cr_assert_eq(got->days_saved, due.days_saved, "seed %llu", (unsigned long long)seed);
}

/* ---- Both beside each other. */

static int try_one(
	struct region *r, struct replay_try *try, const int *before, uint64_t seed, bool *changed)
{
	size_t unit = (size_t)pick((int)r->input.unit_count);
	struct slot added = random_slot();
	struct replay_outcome outcome = replay_with(try, unit, &added);
	int after[MOST_CALLS];

	r->slots[unit][r->units[unit].slot_count++] = added;
	replay_slowly(r, after);
	r->units[unit].slot_count--;
	for (size_t c = 0; c < r->input.call_count; c++) {
		cr_assert_eq(replay_wait_with(try, c), after[c], "seed %llu, call %zu: %d, not %d",
			(unsigned long long)seed, c, replay_wait_with(try, c), after[c]);
		*changed = *changed || after[c] != before[c];
	}
	expect_outcome(&outcome, before, after, r, seed);
	expect_figures(outcome.waits, after, r, seed);
	return outcome.later;
}

Test(replay, is_as_its_slow_twin_with_each_hole_that_is_tried)
{
	struct region *r = malloc(sizeof(*r));
	int changes = 0, later = 0, met = 0;

	for (uint64_t seed = 1; seed <= 400; seed++) {
		int before[MOST_CALLS];
		struct replay *replay;
		struct replay_try *try;

		fill(r, seed);
		replay_slowly(r, before);
		replay = replay_new(&r->input);
		for (size_t c = 0; c < r->input.call_count; c++)
			cr_assert_eq(replay_wait(replay, c), before[c], "seed %llu, call %zu",
				(unsigned long long)seed, c);
		expect_figures(replay_waits(replay), before, r, seed);
		met += replay_waits(replay).met;
		try = replay_try_new(replay);
		for (int i = 0; i < 12; i++) {
			bool changed = false;

			later += try_one(r, try, before, seed, &changed) > 0;
			changes += changed;
		}
		replay_try_free(try);
		replay_free(replay);
	}
	/* It is no property of nothing. */
	cr_expect_gt(met, 1000);
	cr_expect_gt(changes, 500);
	cr_expect_gt(later, 20);
	free(r);
}

Test(replay, of_no_calls_tells_nothing)
{
	struct unit_calendar unit = { 0 };
	struct replay_input input = { .units = &unit, .unit_count = 1, .days = 182 };
	struct replay *replay = replay_new(&input);
	struct replay_try *try = replay_try_new(replay);
	struct slot slot = { .weekday = 1,
		.start = 600,
		.end = 660,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };

	cr_expect_eq(replay_waits(replay).median, REPLAY_NEVER);
	cr_expect_eq(replay_with(try, 0, &slot).earlier, 0);
	replay_try_free(try);
	replay_free(replay);
}

/* What follows is shown step by step: who meets earlier frees a hole for the next. */
Test(replay, a_hole_given_free_is_taken_by_the_next_call)
{
	struct slot weekly = { .weekday = 3,
		.start = 720,
		.end = 780,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
	struct slot added = weekly;
	struct unit_calendar unit = { .slots = &weekly, .slot_count = 1 };
	size_t needed[] = { 0 };
	struct replay_call calls[] = {
		{ MONDAY, 600, 60, { 0, 0, 1440 }, needed, 1 },
		{ MONDAY, 610, 60, { 0, 0, 1440 }, needed, 1 },
		{ MONDAY, 620, 60, { 0, 0, 1440 }, needed, 1 },
	};
	struct replay_input input = {
		.units = &unit, .unit_count = 1, .calls = calls, .call_count = 3, .days = 182
	};
	struct replay *replay = replay_new(&input);
	struct replay_try *try = replay_try_new(replay);
	struct replay_outcome outcome;

	added.weekday = 2;
	cr_expect_eq(replay_wait(replay, 0), 2);
	cr_expect_eq(replay_wait(replay, 1), 9);
	cr_expect_eq(replay_wait(replay, 2), 16);
	outcome = replay_with(try, 0, &added);
	cr_expect_eq(replay_wait_with(try, 0), 1);
	cr_expect_eq(replay_wait_with(try, 1), 2);
	cr_expect_eq(replay_wait_with(try, 2), 8);
	cr_expect_eq(outcome.earlier, 3);
	cr_expect_eq(outcome.days_saved, 1 + 7 + 8);
	cr_expect_eq(outcome.waits.median, 2);
	replay_try_free(try);
	replay_free(replay);
}
