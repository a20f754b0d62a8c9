/*
 * What an extra hole would have been worth: against a slow replay that really takes every call
 * again on a copy of the database, and in the demonstration's known story.
 */
#include "fixture.h"

#include "kutsu/base/date.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/planning.h"
#include "kutsu/service/region.h"
#include "kutsu/service/registry.h"
#include "kutsu/store/recovery.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLOCK_A	   "2026-11-21T12:00"
#define CLOCK_B	   "2026-12-18T12:00"
#define LOGIN	   "testaaja"
#define MOST_CALLS 400
#define HORIZON	   (26 * 7)

struct made {
	char folder[FIXTURE_FOLDER_SIZE], path[FIXTURE_FOLDER_SIZE + 16];
	struct store *store;
	struct session session;
};

static void begin_as(struct made *made, const char *login, const char *clock)
{
	const struct identity identity = { .login = login, .account = login };
	struct error err;

	session_end(&made->session);
	cr_assert(session_begin(
			  &made->session, made->store, fixture_clock_at(clock), &identity, &err),
		"%s", err.text);
}

static void make(struct made *made, const char *clock, int years)
{
	const struct identity maker = { .login = LOGIN, .account = LOGIN };
	const struct demo_options options = { .seed = 1, .scale = 1, .years = years };
	struct error err;

	memset(made, 0, sizeof(*made));
	fixture_folder(made->folder);
	snprintf(made->path, sizeof(made->path), "%s/kutsu.db", made->folder);
	cr_assert(region_demo(made->path, &options, &maker, fixture_clock_at(clock), &err), "%s",
		err.text);
	cr_assert(store_open(made->path, &made->store, &err), "%s", err.text);
	begin_as(made, LOGIN, clock);
}

static void unmake(struct made *made)
{
	session_end(&made->session);
	store_close(made->store);
	fixture_folder_remove(made->folder);
}

static struct slot hole(const char *unit, int weekday, const char *start, const char *end)
{
	return (struct slot) { .unit = unit,
		.weekday = weekday,
		.start = fixture_minute(start),
		.end = fixture_minute(end),
		.repeat = REPEAT_WEEKLY,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
}

static struct planning_period period_of(const char *from, const char *until)
{
	return (struct planning_period) { fixture_day(from), fixture_day(until) };
}

/* ---- The slow twin. */

/* A copy in which the period's cases are open and have no first meeting. */
static void copy(struct made *from, const struct planning_period *period, struct made *to)
{
	char sql[600];
	struct error err;

	memset(to, 0, sizeof(*to));
	fixture_folder(to->folder);
	snprintf(to->path, sizeof(to->path), "%s/copy.db", to->folder);
	cr_assert(store_backup(from->store, to->path, &err), "%s", err.text);
	cr_assert(store_open(to->path, &to->store, &err), "%s", err.text);
	begin_as(to, LOGIN, CLOCK_B);
	fixture_sql(&to->session, "UPDATE case_ref SET closed_at = NULL, closed_reason = NULL");
	snprintf(sql, sizeof(sql),
		"UPDATE meeting SET status = 'cancelled' WHERE kind = 'invited' AND case_id IN"
		" (SELECT case_id FROM call JOIN call_unit ON call_id = call.id"
		" WHERE received_at >= %lld AND received_at < %lld)",
		(long long)zone_to_moment(period->from_day, 0),
		(long long)zone_to_moment(period->until_day + 1, 0));
	fixture_sql(&to->session, sql);
}

static int64_t number_of(struct made *made, const char *what, int64_t call)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"SELECT %s FROM call JOIN case_ref c ON c.id = case_id WHERE call.id = %lld", what,
		(long long)call);
	return fixture_number(&made->session, sql);
}

static int64_t call_after(
	struct made *made, const struct planning_period *period, int64_t at, int64_t before)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
		"SELECT id FROM call WHERE (received_at, id) > (%lld, %lld) AND received_at >= %lld"
		" AND received_at < %lld AND EXISTS (SELECT 1 FROM call_unit WHERE call_id = id)"
		" ORDER BY received_at, id LIMIT 1",
		(long long)at, (long long)before, (long long)zone_to_moment(period->from_day, 0),
		(long long)zone_to_moment(period->until_day + 1, 0));
	return fixture_number(&made->session, sql);
}

static size_t units_of(struct made *made, int64_t call, const char **codes, struct arena *arena)
{
	struct unit_list units;
	struct error err;
	size_t count = 0;

	cr_assert(registry_unit_list(&made->session, UNITS_ALL, arena, &units, &err));
	for (size_t i = 0; i < units.count; i++) {
		char sql[120];

		snprintf(sql, sizeof(sql),
			"SELECT 1 FROM call_unit WHERE call_id = %lld AND unit_id = %lld",
			(long long)call, (long long)units.items[i].id);
		if (fixture_number(&made->session, sql))
			codes[count++] = units.items[i].code;
	}
	return count;
}

/* The code of a case by its parts, since only numbers are read. */
static const char *case_of(struct made *made, int64_t call, struct arena *arena)
{
	return arena_printf(arena, "%lld-%04lld", (long long)number_of(made, "c.year", call),
		(long long)number_of(made, "c.number", call));
}

static int take_again(struct made *made, int64_t call, struct arena *arena)
{
	int64_t at = number_of(made, "received_at", call);
	const char *codes[8];
	struct hole_query query = { .units = codes,
		.minutes = 60,
		.weeks = HORIZON / 7,
		.notice = NOTICE_DEFAULT,
		.limit = 1 };
	struct hole_answer answer;
	struct booking booking;
	int64_t meeting;
	struct error err;
	int wait = REPLAY_NEVER;

	made->session.clock = (struct clock) { .is_fixed = true, .fixed_at = at };
	query.first_day = session_today(&made->session);
	query.unit_count = units_of(made, call, codes, arena);
	query.limits = (struct family_limits) { (unsigned)number_of(made, "not_weekdays", call),
		(int)number_of(made, "not_before_minute", call),
		(int)number_of(made, "not_after_minute", call) };
	cr_assert(find_holes(&made->session, &query, arena, &answer, &err), "%s", err.text);
	if (answer.found.hole_count) {
		booking = (struct booking) { .case_code = case_of(made, call, arena),
			.units = codes,
			.unit_count = query.unit_count,
			.day = answer.found.holes[0].day,
			.start = answer.found.holes[0].start,
			.minutes = 60 };
		cr_assert(booking_make(&made->session, &booking, &meeting, &err), "%s", err.text);
		wait = booking.day - query.first_day;
	}
	hole_answer_release(&answer);
	return wait;
}

static size_t replay_slowly(struct made *from, const struct planning_period *period,
	const struct slot *added, int *waits)
{
	struct arena arena = { 0 };
	int64_t call = 0, at = 0;
	struct made made;
	size_t count = 0;
	struct error err;

	copy(from, period, &made);
	if (added) {
		struct slot slot = *added;

		cr_assert(registry_add_slot(&made.session, &slot, &err), "%s", err.text);
	}
	while ((call = call_after(&made, period, at, call))) {
		at = number_of(&made, "received_at", call);
		cr_assert_lt(count, (size_t)MOST_CALLS);
		waits[count++] = take_again(&made, call, &arena);
		arena_reset(&arena);
	}
	arena_release(&arena);
	unmake(&made);
	return count;
}

static int by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int share(const int *waits, size_t count, int per_cent)
{
	int sorted[MOST_CALLS], wait;

	for (size_t i = 0; i < count; i++)
		sorted[i] = waits[i] == REPLAY_NEVER ? HORIZON : waits[i];
	qsort(sorted, count, sizeof(*sorted), by_size);
	wait = percentile(sorted, count, per_cent);
	return wait == HORIZON ? REPLAY_NEVER : wait;
}

static void expect_same(struct made *made, const struct planning_period *period, struct slot added)
{
	static int before[MOST_CALLS], after[MOST_CALLS];
	size_t count = replay_slowly(made, period, NULL, before);
	int earlier = 0, later = 0;
	struct what_if what_if;
	int64_t saved = 0;
	struct error err;

	cr_assert_eq(replay_slowly(made, period, &added, after), count);
	for (size_t i = 0; i < count; i++) {
		int a = before[i] == REPLAY_NEVER ? HORIZON : before[i];
		int b = after[i] == REPLAY_NEVER ? HORIZON : after[i];

		earlier += b < a;
		later += b > a;
		saved += a - b;
	}
	cr_assert(plan_what_if(&made->session, &added, period, &what_if, &err), "%s", err.text);
	cr_expect_eq(what_if.calls, (int)count);
	cr_expect_eq(what_if.with.earlier, earlier, "%s: %d, not %d", added.unit,
		what_if.with.earlier, earlier);
	cr_expect_eq(what_if.with.later, later);
	cr_expect_eq(what_if.with.days_saved, saved);
	cr_expect_eq(what_if.without.median, share(before, count, 50));
	cr_expect_eq(what_if.without.p90, share(before, count, 90));
	cr_expect_eq(what_if.with.waits.median, share(after, count, 50));
	cr_expect_eq(what_if.with.waits.p90, share(after, count, 90));
}

Test(planning, is_as_a_slow_replay_on_a_copy_of_the_region)
{
	struct planning_period period = period_of("2026-11-01", "2026-12-18");
	struct made made;

	make(&made, CLOCK_B, 0);
	expect_same(&made, &period, hole("PAI-MK", 2, "10:00", "11:00"));
	expect_same(&made, &period, hole("KTH-SUI", 3, "14:00", "15:00"));
	unmake(&made);
}

Test(planning, is_as_a_slow_replay_on_a_copy_with_a_years_calls)
{
	struct planning_period period = period_of("2026-07-01", "2026-10-15");
	struct made made;

	make(&made, CLOCK_B, 1);
	expect_same(&made, &period, hole("PSY-SUI", 3, "12:30", "13:30"));
	unmake(&made);
}

/* ---- The known story. */

static void advise(struct made *made, const struct planning_period *period, size_t top,
	struct advice_run **run, struct advice *advice)
{
	struct error err;

	cr_assert(advice_begin(&made->session, period, run, &err), "%s", err.text);
	while (!advice_wait(*run, 1000))
		;
	cr_assert_eq(advice_per_cent(*run), 100);
	advice_get(*run, top, advice);
}

static void expect_line(
	const struct advice_line *line, const char *unit, int weekday, const char *start)
{
	cr_expect_str_eq(line->unit, unit);
	cr_expect_eq(line->weekday, weekday, "%s", unit);
	cr_expect_eq(line->start, fixture_minute(start), "%s", unit);
	cr_expect_eq(line->end, line->start + 60);
}

/* PNE-LAN has no hole, KOT-POH's lies half an hour too late, PAI-MK has none in the north. */
Test(planning, advice_tells_the_regions_known_story_first)
{
	static const char *const clocks[] = { CLOCK_A, CLOCK_B };

	for (size_t i = 0; i < 2; i++) {
		struct planning_period period = period_of("2026-11-01", "2026-12-18");
		struct advice_run *run;
		struct advice advice;
		struct made made;

		make(&made, clocks[i], 0);
		advise(&made, &period, 3, &run, &advice);
		cr_assert_eq(advice.line_count, 3u);
		expect_line(&advice.lines[0], "PNE-LAN", 1, "13:30");
		cr_expect(advice.lines[0].has_no_hole);
		expect_line(&advice.lines[1], "KOT-POH", 2, "10:30");
		cr_expect_eq(advice.lines[1].outcome.earlier, 1);
		expect_line(&advice.lines[2], "PAI-MK", 2, "10:00");
		cr_expect_eq(advice.lines[2].outcome.earlier, 1);
		advice_end(run);
		unmake(&made);
	}
}

Test(planning, each_advice_is_what_what_if_says_of_it)
{
	struct planning_period period = period_of("2026-11-01", "2026-12-18");
	struct advice_run *run;
	struct advice advice;
	struct what_if what_if;
	struct made made;
	struct error err;

	make(&made, CLOCK_B, 0);
	advise(&made, &period, 0, &run, &advice);
	cr_assert_gt(advice.line_count, 5u);
	for (size_t i = 0; i < advice.line_count; i++) {
		const struct advice_line *line = &advice.lines[i];
		struct slot slot = { .unit = line->unit,
			.weekday = line->weekday,
			.start = line->start,
			.end = line->end,
			.from_day = DAY_FIRST,
			.until_day = DAY_LAST,
			.capacity = 1 };

		cr_assert(plan_what_if(&made.session, &slot, &period, &what_if, &err));
		cr_expect_eq(what_if.with.days_saved, line->outcome.days_saved, "%s", line->unit);
		cr_expect_eq(what_if.with.earlier, line->outcome.earlier, "%s", line->unit);
		if (i > 1 && !line->is_alternative)
			cr_expect_leq(
				line->outcome.days_saved, advice.lines[i - 1].outcome.days_saved);
	}
	advice_end(run);
	unmake(&made);
}

Test(planning, a_run_that_is_ended_early_stops)
{
	struct planning_period period = period_of("2026-01-01", "2026-12-18");
	struct advice_run *run;
	struct made made;
	struct error err;

	make(&made, CLOCK_B, 1);
	cr_assert(advice_begin(&made.session, &period, &run, &err));
	advice_end(run);
	unmake(&made);
}

/* ---- Who sees what. */

Test(planning, who_sees_figures_only_is_not_told_of_fewer_than_five_families)
{
	struct planning_period all = period_of("2026-11-01", "2026-12-18");
	struct planning_period few = period_of("2026-11-02", "2026-11-05");
	struct slot slot = hole("PAI-MK", 2, "10:00", "11:00");
	struct what_if what_if;
	struct advice_run *run;
	struct advice advice;
	struct made made;
	struct error err;

	make(&made, CLOCK_B, 0);
	begin_as(&made, "joht-1", CLOCK_B);
	cr_assert(plan_what_if(&made.session, &slot, &all, &what_if, &err), "%s", err.text);
	cr_expect_not(what_if.is_hidden);
	cr_expect_eq(what_if.with.earlier, FIGURE_HIDDEN);
	cr_expect(what_if.with.is_saving_hidden);
	cr_expect_eq(what_if.with.days_saved, 0);
	cr_expect_eq(what_if.with.later, 0);
	cr_expect_eq(what_if.without.never, FIGURE_HIDDEN);
	cr_expect_eq(what_if.without.median, 7);
	cr_assert(plan_what_if(&made.session, &slot, &few, &what_if, &err));
	cr_expect(what_if.is_hidden);
	cr_expect_eq(what_if.calls, 0);
	advise(&made, &few, 0, &run, &advice);
	cr_expect(advice.is_hidden);
	cr_expect_eq(advice.line_count, 0u);
	advice_end(run);
	advise(&made, &all, 0, &run, &advice);
	for (size_t i = 0; i < advice.line_count; i++)
		cr_expect(advice.lines[i].outcome.earlier == FIGURE_HIDDEN
			  || advice.lines[i].outcome.earlier >= 5
			  || advice.lines[i].outcome.earlier == 0);
	advice_end(run);
	unmake(&made);
}

/* What is told of the many must not be taken for the few: of both only the small one is hidden. */
Test(planning, many_who_meet_earlier_are_told_though_a_few_meet_later)
{
	struct planning_period year = period_of("2025-12-18", "2026-12-18");
	struct slot slot = hole("PNE-KES", 1, "13:00", "14:00");
	struct what_if all, shown;
	struct made made;
	struct error err;

	make(&made, CLOCK_B, 2);
	cr_assert(plan_what_if(&made.session, &slot, &year, &all, &err));
	cr_assert_geq(all.with.earlier, 5, "%d", all.with.earlier);
	cr_assert(all.with.later > 0 && all.with.later < 5, "%d", all.with.later);
	begin_as(&made, "joht-1", CLOCK_B);
	cr_assert(plan_what_if(&made.session, &slot, &year, &shown, &err));
	cr_expect_eq(shown.with.earlier, all.with.earlier - all.with.earlier % 5);
	cr_expect_eq(shown.calls, all.calls - all.calls % 5);
	cr_expect_eq(shown.with.later, FIGURE_HIDDEN);
	cr_expect(shown.with.is_saving_hidden);
	cr_expect_eq(shown.with.waits.never, FIGURE_HIDDEN);
	unmake(&made);
}

Test(planning, a_unit_or_time_that_is_none_is_refused)
{
	struct planning_period period = period_of("2026-11-01", "2026-12-18");
	struct planning_period wrong = period_of("2026-12-01", "2026-11-18");
	struct slot slot = hole("EI-OLE", 2, "10:00", "11:00");
	struct what_if what_if;
	struct made made;
	struct error err;

	make(&made, CLOCK_B, 0);
	cr_expect_not(plan_what_if(&made.session, &slot, &period, &what_if, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	slot = hole("PAI-MK", 2, "11:00", "10:00");
	cr_expect_not(plan_what_if(&made.session, &slot, &period, &what_if, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	slot = hole("PAI-MK", 2, "10:00", "11:00");
	cr_expect_not(plan_what_if(&made.session, &slot, &wrong, &what_if, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	unmake(&made);
}
