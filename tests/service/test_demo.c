/* The demonstration region against the tables of its design. */
#include "demo_expected.h"
#include "fixture.h"

#include "../../src/service/demo_region_internal.h"
#include "kutsu/base/date.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/region.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CLOCK_A "2026-11-21T12:00"
#define CLOCK_B "2026-12-18T12:00"
#define LOGIN	"testaaja"

static const struct identity identity = { .login = LOGIN, .account = LOGIN };

#define CALLS 64

/* A demonstration of its own, opened. */
struct made {
	char folder[FIXTURE_FOLDER_SIZE];
	struct store *store;
	struct session session;
	struct arena arena;
};

static void make_with(
	struct made *made, struct clock clock, unsigned long seed, int years, int scale)
{
	struct demo_options options = { .seed = seed, .years = years, .scale = scale };
	struct error err = { 0 };
	char path[FIXTURE_FOLDER_SIZE + 16];

	memset(made, 0, sizeof(*made));
	fixture_folder(made->folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", made->folder);
	cr_assert(region_demo(path, &options, &identity, clock, &err), "%s", err.text);
	cr_assert(store_open(path, &made->store, &err), "%s", err.text);
	cr_assert(
		session_begin(&made->session, made->store, clock, &identity, &err), "%s", err.text);
}

static void make(struct made *made, const char *clock)
{
	make_with(made, fixture_clock_at(clock), 1, 0, 1);
}

static void unmake(struct made *made)
{
	arena_release(&made->arena);
	session_end(&made->session);
	store_close(made->store);
	fixture_folder_remove(made->folder);
}

static size_t find_call(const char *name)
{
	for (size_t i = 0; i < demo_call_count; i++) {
		if (strcmp(demo_calls[i].name, name) == 0)
			return i;
	}
	cr_assert_fail("%s", name);
	return 0;
}

/* When the region's first call came: that of demo_calls[0]'s concern. */
static int64_t first_call_at(struct made *made)
{
	return fixture_number(&made->session, "SELECT min(received_at) FROM call WHERE concern "
					      "LIKE 'Lapsi on alkanut vetäytyä ryhmästä%'");
}

struct own_calls {
	struct call *calls;
	size_t count;
	struct arena *arena;
};

static bool add_call(void *context, const struct call *call, struct error *err)
{
	struct own_calls *own = context;

	(void)err;
	cr_assert_lt(own->count, (size_t)CALLS);
	own->calls[own->count] = *call;
	own->calls[own->count++].case_code = arena_text(own->arena, call->case_code);
	return true;
}

/* The region's own calls as the database has them, by time: the i-th is demo_calls[i]. Of their
 * texts only the case's code. */
static size_t read_calls(struct made *made, struct call calls[CALLS])
{
	struct own_calls own = { .calls = calls, .arena = &made->arena };
	struct error err;

	cr_assert(
		store_call_each(made->store, first_call_at(made), INT64_MAX, add_call, &own, &err),
		"%s", err.text);
	return own.count;
}

/* The n-th meeting of a case that is no follow-up. */
static const struct meeting *nth_invited(struct made *made, const char *code, size_t n)
{
	struct meeting_list list;
	struct case_ref case_ref;
	struct error err;

	cr_assert(store_case_get(made->store, code, &made->arena, &case_ref, &err));
	cr_assert(store_meeting_of_case(made->store, case_ref.id, &made->arena, &list, &err));
	for (const struct meeting *meeting = list.items; list.count > 0; meeting++, list.count--) {
		if (meeting->kind == MEETING_INVITED && n-- == 0)
			return meeting;
	}
	return NULL;
}

static const char *moment_text(int day, int minute, char text[32])
{
	char first[DAY_TEXT_SIZE], second[MINUTE_TEXT_SIZE];

	snprintf(text, 32, "%sT%s", day_format_iso(day, first), minute_format_iso(minute, second));
	return text;
}

static void expect_booked_in_order(struct made *made, size_t calls_expected)
{
	struct call calls[CALLS];
	size_t count = read_calls(made, calls);

	cr_assert_eq(count, calls_expected);
	for (size_t i = 0; i < sizeof(demo_expected) / sizeof(demo_expected[0]); i++) {
		const struct demo_expected *expected = &demo_expected[i];
		size_t at = find_call(expected->call), earlier = 0;
		const struct meeting *meeting;
		char text[32];

		if (at >= count)
			continue;
		cr_assert_not_null(calls[at].case_code, "%s has no case", expected->call);
		for (size_t c = 0; c < at; c++)
			earlier += calls[c].case_code
				   && strcmp(calls[c].case_code, calls[at].case_code) == 0;
		meeting = nth_invited(made, calls[at].case_code, earlier);
		cr_expect_eq(meeting == NULL, expected->in_order == NULL, "%s", expected->call);
		if (!meeting || !expected->in_order)
			continue;
		moment_text(meeting->day, meeting->start, text);
		cr_expect_str_eq(text, expected->in_order, "%s at %s", expected->call, text);
		cr_expect_eq(meeting->end - meeting->start, 60, "%s", expected->call);
	}
}

Test(demo, at_clock_a_the_calls_so_far_are_booked_in_order)
{
	struct made made;

	make(&made, CLOCK_A);
	expect_booked_in_order(&made, 15);
	unmake(&made);
}

Test(demo, at_clock_b_all_calls_are_booked_in_order)
{
	struct made made;

	make(&made, CLOCK_B);
	expect_booked_in_order(&made, 20);
	unmake(&made);
}

/* What is found by units, at the time the call came. */
static void ask(struct made *made, const char *received, const char *const *units, size_t count,
	struct hole_answer *answer)
{
	struct hole_query query = { .units = units,
		.unit_count = count,
		.minutes = 60,
		.weeks = 26,
		.notice = NOTICE_DEFAULT,
		.limits = family_limits_none(),
		.limit = 1 };
	struct error err;

	fixture_clock(&made->session, received);
	query.first_day = session_today(&made->session);
	cr_assert(find_holes(&made->session, &query, &made->arena, answer, &err), "%s", err.text);
}

static size_t count_units(const struct demo_call *call)
{
	size_t count = 0;

	while (count < DEMO_CALL_MOST_UNITS && call->units[count])
		count++;
	return count;
}

Test(demo, each_call_alone_gets_its_earliest_hole)
{
	struct made made;

	make(&made, CLOCK_B);
	fixture_sql(&made.session, "UPDATE meeting SET status = 'cancelled'");
	for (size_t i = 0; i < sizeof(demo_expected) / sizeof(demo_expected[0]); i++) {
		const struct demo_expected *expected = &demo_expected[i];
		const struct demo_call *call = &demo_calls[find_call(expected->call)];
		struct hole_answer answer;
		char text[32];

		ask(&made, call->received, call->units, count_units(call), &answer);
		cr_expect_eq(
			answer.found.hole_count, expected->alone ? 1u : 0u, "%s", expected->call);
		if (expected->alone && answer.found.hole_count) {
			moment_text(answer.found.holes[0].day, answer.found.holes[0].start, text);
			cr_expect_str_eq(text, expected->alone, "%s at %s", expected->call, text);
		}
		hole_answer_release(&answer);
	}
	unmake(&made);
}

static void expect_subset(
	const char *received, const char *const *units, size_t count, const char *start)
{
	struct made made;
	struct hole_answer answer;
	char text[32];

	make(&made, received); /* only what had been booked by then stands in the way */
	ask(&made, received, units, count, &answer);
	cr_assert_eq(answer.found.hole_count, 1u);
	moment_text(answer.found.holes[0].day, answer.found.holes[0].start, text);
	cr_expect_str_eq(text, start);
	hole_answer_release(&answer);
	unmake(&made);
}

Test(demo, y02_without_the_home_service_is_possible_on_the_tenth)
{
	expect_subset("2026-11-03T10:10", (const char *const[]) { "OPH-POH", "PST-POH" }, 2,
		"2026-11-10T09:30");
}

Test(demo, y11_without_the_substance_service_is_possible_on_the_24th)
{
	expect_subset("2026-11-16T12:20", (const char *const[]) { "ENT-POH", "ASO-MK" }, 2,
		"2026-11-24T10:00");
}

static void expect_near_miss(const char *name, const char *start, int end, const char *missing)
{
	const struct demo_call *call = &demo_calls[find_call(name)];
	struct hole_answer answer;
	struct made made;
	char text[32];

	make(&made, call->received);
	ask(&made, call->received, call->units, count_units(call), &answer);
	cr_assert_geq(answer.found.near_miss_count, 1u);
	moment_text(answer.found.near_misses[0].day, answer.found.near_misses[0].start, text);
	cr_expect_str_eq(text, start);
	cr_expect_eq(answer.found.near_misses[0].end, end, "ends at %d",
		answer.found.near_misses[0].end);
	cr_assert_eq(answer.found.near_misses[0].missing_count, 1u);
	cr_expect_str_eq(answer.units.items[answer.found.near_misses[0].missing[0]].code, missing);
	hole_answer_release(&answer);
	unmake(&made);
}

Test(demo, y02s_nearest_miss_names_the_home_service)
{
	expect_near_miss("Y02", "2026-11-10T09:30", 11 * 60 + 30, "KOT-POH");
}

Test(demo, y11s_nearest_miss_names_the_substance_service)
{
	expect_near_miss("Y11", "2026-11-24T10:00", 11 * 60, "PAI-MK");
}

Test(demo, it_has_48_units_57_holes_and_13_municipalities)
{
	struct made made;

	make(&made, CLOCK_B);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM unit"), 48);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM slot"), 57);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM municipality"), 13);
	cr_expect_eq(fixture_number(&made.session,
			     "SELECT count(*) FROM unit WHERE NOT EXISTS (SELECT 1 FROM slot WHERE"
			     " unit_id = unit.id)"),
		1, "PNE-LAN alone has no hole");
	cr_expect_eq(fixture_number(&made.session,
			     "SELECT count(DISTINCT unit_id) FROM slot WHERE deputy IS NULL"),
		3, "KOT-POH, ENT-POH and NVL-HEI have no deputy");
	cr_expect_eq(fixture_number(&made.session,
			     "SELECT count(*) FROM slot WHERE repeat = 'fortnightly'"),
		1);
	cr_expect_eq(
		fixture_number(&made.session, "SELECT count(*) FROM slot WHERE repeat = 'monthly'"),
		1);
	unmake(&made);
}

Test(demo, its_calls_have_the_outcomes_of_the_tables)
{
	struct made made;

	make(&made, CLOCK_B);
	cr_expect_eq(fixture_number(
			     &made.session, "SELECT count(*) FROM call WHERE outcome = 'meeting'"),
		17);
	cr_expect_eq(
		fixture_number(&made.session, "SELECT count(*) FROM call WHERE outcome = 'advice'"),
		1);
	cr_expect_eq(fixture_number(&made.session,
			     "SELECT count(*) FROM call WHERE outcome = 'discussion'"),
		1);
	cr_expect_eq(fixture_number(&made.session,
			     "SELECT count(*) FROM call WHERE outcome = 'notification'"),
		1);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM case_ref"), 16,
		"the last call adds to the sixth's case");
	unmake(&made);
}

Test(demo, records_end_with_their_follow_ups_booked)
{
	struct made made;

	make(&made, CLOCK_A);
	cr_expect_eq(
		fixture_number(&made.session, "SELECT count(*) FROM meeting WHERE kind = "
					      "'follow_up' AND status = 'booked'"
					      " AND day = 20789 AND start_minute IN (750, 780)"),
		2, "Y01's and Y05's are on 2.12.2026 at 13.00 and 12.30");
	cr_expect_geq(fixture_number(&made.session, "SELECT count(*) FROM agreed_action"), 6);
	unmake(&made);
}

Test(demo, the_same_seed_and_clock_make_the_same_content)
{
	struct made one, other;
	char *first, *second;

	make_with(&one, fixture_clock_at(CLOCK_A), 9, 1, 1);
	make_with(&other, fixture_clock_at(CLOCK_A), 9, 1, 1);
	first = fixture_dump(&one.session);
	second = fixture_dump(&other.session);
	cr_expect_gt(strlen(first), 100000u);
	cr_expect(strcmp(first, second) == 0);
	free(first);
	free(second);
	unmake(&one);
	unmake(&other);
}

Test(demo, another_seed_makes_other_years)
{
	struct made one, other;
	char *first, *second;

	make_with(&one, fixture_clock_at(CLOCK_A), 7, 1, 1);
	make_with(&other, fixture_clock_at(CLOCK_A), 8, 1, 1);
	first = fixture_dump(&one.session);
	second = fixture_dump(&other.session);
	cr_expect(strcmp(first, second) != 0);
	free(first);
	free(second);
	unmake(&one);
	unmake(&other);
}

Test(demo, scale_multiplies_region_and_traffic)
{
	struct made made;

	make_with(&made, fixture_clock_at(CLOCK_B), 1, 0, 3);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM unit"), 3 * 48);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM slot"), 3 * 57);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM call"), 3 * 20);
	unmake(&made);
}

Test(demo, generated_years_leave_the_regions_own_meetings_where_they_are)
{
	struct made made;

	for (unsigned long seed = 0; seed < 3; seed++) {
		make_with(&made, fixture_clock_at(CLOCK_B), seed, 1, 1);
		expect_booked_in_order(&made, 20);
		cr_expect_gt(fixture_number(&made.session, "SELECT count(*) FROM call"), 500);
		unmake(&made);
	}
}

Test(demo, generated_years_are_possible_with_any_seed)
{
	struct made made;

	for (unsigned long seed = 0; seed < 12; seed++) {
		make_with(&made, fixture_clock_at(seed % 2 ? CLOCK_A : CLOCK_B), seed, 1, 1);
		unmake(&made);
	}
}

Test(demo, without_a_fixed_clock_week_47_falls_into_the_present_week)
{
	struct clock running = { 0 };
	struct call calls[CALLS];
	struct made made;
	struct wall_time now, first;
	size_t count;

	cr_assert(zone_set("Europe/Helsinki"));
	make_with(&made, running, 1, 0, 1);
	now = clock_wall(&running);
	count = read_calls(&made, calls);
	cr_assert_geq(count, 10u, "weeks 45 and 46 are behind: Y01 to Y10");
	first = zone_to_wall(calls[0].received_at);
	/* Y01 came on Monday of week 45, two weeks before. */
	cr_expect_eq(day_weekday(first.day), 1);
	cr_expect_eq(first.minute, 8 * 60 + 45);
	cr_expect_eq(first.day, now.day - day_weekday(now.day) + 1 - 14);
	for (size_t i = 0; i < count; i++)
		cr_expect_leq(
			calls[i].received_at, clock_now(&running), "call %zu is yet to come", i);
	unmake(&made);
}

/* Where a running clock stands in the tests below; 0: the system's. */
static time_t pretended_time;

/* In place of the C library's, for this binary alone. */
time_t time(time_t *at)
{
	struct timespec now = { .tv_sec = pretended_time };

	if (!pretended_time)
		clock_gettime(CLOCK_REALTIME, &now);
	if (at)
		*at = now.tv_sec;
	return now.tv_sec;
}

Test(demo, without_a_fixed_clock_it_can_be_made_in_any_week)
{
	struct clock running = { 0 };
	struct made made;
	int first = fixture_day("2026-11-04");
	int week_of_independence_day = fixture_day("2028-11-22");

	for (int week = 0; week <= 56; week++) {
		int day = week < 56 ? first + 7 * week : week_of_independence_day;

		pretended_time = (time_t)day * 86400 + 10 * 3600;
		make_with(&made, running, 1, 0, 1);
		unmake(&made);
	}
}

/* ---- The weekly check of week 48. */

static enum readiness expected_readiness(const char *unit)
{
	static const struct {
		const char *unit;
		enum readiness readiness;
	} table[] = {
		{ "NVL-SUI", READINESS_CONFIRMED },
		{ "KUR-SUI", READINESS_CONFIRMED },
		{ "PST-KES", READINESS_CONFIRMED },
		{ "VEO-SUI", READINESS_CONFIRMED },
		{ "OPH-POH", READINESS_CONFIRMED },
		{ "PST-POH", READINESS_CONFIRMED },
		{ "NVL-HII", READINESS_CONFIRMED },
		{ "PST-ETE", READINESS_CONFIRMED },
		{ "OPH-LAN", READINESS_CONFIRMED },
		{ "PST-LAN", READINESS_CONFIRMED },
		{ "LMI-MK", READINESS_CONFIRMED },
		{ "JAR-MK", READINESS_CONFIRMED },
		{ "KTH-SUI", READINESS_CONFIRMED },
		{ "PNE-KES", READINESS_DECLINED },
		{ "LAS-KES", READINESS_DEPUTY },
		{ "PEO-MK", READINESS_CONFIRMED },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strcmp(table[i].unit, unit) == 0)
			return table[i].readiness;
	}
	return READINESS_UNCONFIRMED;
}

Test(demo, week_48_is_answered_for_as_the_tables_say)
{
	static const char *const clocks[] = { CLOCK_A, CLOCK_B };
	struct unit_days *units;
	struct made made;
	struct error err;
	size_t count;

	for (size_t c = 0; c < 2; c++) {
		make(&made, clocks[c]);
		cr_assert(find_occurrences(&made.session, NULL, fixture_day("2026-11-23"), 7,
			&made.arena, &units, &count, &err));
		for (size_t u = 0; u < count; u++) {
			for (size_t i = 0; i < units[u].occurrences.count; i++)
				cr_expect_eq(units[u].occurrences.items[i].readiness,
					expected_readiness(units[u].unit.code), "%s",
					units[u].unit.code);
			cr_expect_eq(calendar_has_promise(
					     &units[u].calendar, fixture_day("2026-11-23"), 7),
				strcmp(units[u].unit.code, "PNE-LAN") != 0, "%s",
				units[u].unit.code);
		}
		unit_days_release(units, count);
		unmake(&made);
	}
}

/* Y02 and Y11 had no shared hole, Y19 and Y20 met the winter break. */
Test(demo, searches_that_found_too_little_are_kept)
{
	struct made made;

	make(&made, CLOCK_A);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM finding"), 2);
	cr_expect_eq(fixture_number(&made.session,
			     "SELECT count(*) FROM finding_unit JOIN unit ON unit.id = unit_id"
			     " WHERE in_the_way AND code IN ('KOT-POH', 'PAI-MK')"),
		2);
	cr_expect_eq(
		fixture_number(&made.session, "SELECT count(*) FROM finding_unit WHERE in_the_way"),
		2);
	unmake(&made);
	make(&made, CLOCK_B);
	cr_expect_eq(fixture_number(&made.session, "SELECT count(*) FROM finding"), 4);
	cr_expect_eq(fixture_number(&made.session,
			     "SELECT count(*) FROM finding WHERE first_day IS NOT NULL"),
		2);
	unmake(&made);
}
