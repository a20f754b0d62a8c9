/* What the month's figures count, from rows written by plain SQL. */
#include "place.h"

#include "kutsu/base/zone.h"
#include "kutsu/store/figure_store.h"

static struct place place;

static void begin(void)
{
	cr_assert(zone_set("Europe/Helsinki"));
	place_new(&place);
	raw(place.raw, "INSERT INTO user (id, login) VALUES (1, 'u')");
}

static void end(void)
{
	place_remove(&place);
}

TestSuite(figure_store, .init = begin, .fini = end);

static int64_t moment(const char *text)
{
	int day, minute;

	cr_assert(moment_parse(text, &day, &minute), "%s", text);
	return zone_to_moment(day, minute);
}

/* case_id 0: none. The case is opened with its first call. */
static void add_call(int case_id, const char *received, const char *source, const char *outcome)
{
	if (case_id)
		raw_try(place.raw,
			"INSERT INTO case_ref (id, year, number, code, opened_at)"
			" VALUES (%d, 2026, %d, '2026-%04d', 0)",
			case_id, case_id, case_id);
	cr_assert_eq(raw_try(place.raw,
			     "INSERT INTO call (case_id, received_at, source, outcome, taken_by)"
			     " VALUES (nullif(%d, 0), %lld, '%s', '%s', 1)",
			     case_id, (long long)moment(received), source, outcome),
		SQLITE_OK);
}

static void add_meeting(int case_id, const char *day_text, const char *status)
{
	static int number;
	int day;

	cr_assert(day_parse(day_text, 0, &day), "%s", day_text);
	cr_assert_eq(
		raw_try(place.raw,
			"INSERT INTO meeting (case_id, kind, day, start_minute, end_minute, status,"
			" uid, booked_by, changed_at, hold_until)"
			" VALUES (%d, 'invited', %d, 600, 660, '%s', 'uid-%d', 1, 0, %s)",
			case_id, day, status, number++,
			strcmp(status, "hold") == 0 ? "4000000000" : "NULL"),
		SQLITE_OK);
}

static struct month_figures november(void)
{
	struct month_figures figures = { .is_full = true };
	struct error err;

	cr_assert(store_figures_between(place.store, moment("2026-11-01T00:00"),
			  moment("2026-12-01T00:00"), NULL, &figures, &err),
		"%s", err.text);
	return figures;
}

Test(figure_store, counts_calls_by_source_and_outcome)
{
	struct month_figures figures;

	add_call(1, "2026-11-02T09:00", "school", "meeting");
	add_call(2, "2026-11-03T09:00", "family", "meeting");
	add_call(0, "2026-11-03T09:00", "family", "advice");
	add_call(0, "2026-11-30T15:00", "ngo", "notification");
	figures = november();
	cr_expect_eq(figures.calls.total, 4);
	cr_expect_eq(figures.calls.by_source[SOURCE_FAMILY], 2);
	cr_expect_eq(figures.calls.by_source[SOURCE_SCHOOL], 1);
	cr_expect_eq(figures.calls.by_source[SOURCE_NGO], 1);
	cr_expect_eq(figures.calls.by_source[SOURCE_HEALTH], 0);
	cr_expect_eq(figures.calls.by_outcome[OUTCOME_MEETING], 2);
	cr_expect_eq(figures.calls.by_outcome[OUTCOME_ADVICE], 1);
	cr_expect_eq(figures.calls.by_outcome[OUTCOME_DISCUSSION], 0);
	cr_expect_eq(figures.calls.by_outcome[OUTCOME_NOTIFICATION], 1);
}

Test(figure_store, of_an_empty_month_are_noughts)
{
	struct month_figures figures;

	add_call(1, "2026-10-31T23:59", "school", "meeting");
	add_call(2, "2026-12-01T00:00", "school", "meeting");
	figures = november();
	cr_expect_eq(figures.calls.total, 0);
	cr_expect_eq(figures.delays.meetings, 0);
	cr_expect_eq(figures.delays.median, FIGURE_NONE);
	cr_expect(figures.is_full);
}

Test(figure_store, the_month_is_the_wall_clocks)
{
	add_call(0, "2026-11-01T00:00", "school", "advice");
	add_call(0, "2026-11-30T23:59", "school", "advice");
	cr_expect_eq(november().calls.total, 2);
}

/* Half past midnight in Helsinki is the day before in UTC. */
Test(figure_store, a_delay_is_in_days_of_the_wall_clock)
{
	add_call(1, "2026-11-03T00:30", "school", "meeting");
	add_call(2, "2026-11-03T23:30", "school", "meeting");
	add_meeting(1, "2026-11-10", "booked");
	add_meeting(2, "2026-11-10", "booked");
	cr_expect_eq(november().delays.meetings, 2);
	cr_expect_eq(november().delays.median, 7);
	cr_expect_eq(november().delays.longest, 7);
	cr_expect_eq(november().delays.within_7, 2);
}

Test(figure_store, a_delay_ends_with_the_first_meeting_that_is_booked_or_recorded)
{
	add_call(1, "2026-11-02T09:00", "school", "meeting");
	add_meeting(1, "2026-11-03", "cancelled");
	add_meeting(1, "2026-11-04", "hold");
	add_meeting(1, "2026-12-21", "booked");
	add_meeting(1, "2026-11-16", "recorded");
	cr_expect_eq(november().delays.meetings, 1);
	cr_expect_eq(november().delays.longest, 14);
	cr_expect_eq(november().delays.within_14, 1);
	cr_expect_eq(november().delays.within_7, 0);
}

Test(figure_store, a_case_without_a_meeting_has_no_delay)
{
	add_call(1, "2026-11-02T09:00", "school", "meeting");
	add_meeting(1, "2026-11-03", "cancelled");
	add_meeting(1, "2026-11-04", "hold");
	cr_expect_eq(november().delays.meetings, 0);
	cr_expect_eq(november().calls.by_outcome[OUTCOME_MEETING], 1);
}

Test(figure_store, a_case_is_of_the_month_of_its_first_call)
{
	add_call(1, "2026-10-30T09:00", "school", "meeting");
	add_call(1, "2026-11-02T09:00", "school", "meeting");
	add_meeting(1, "2026-11-05", "booked");
	add_call(2, "2026-11-20T09:00", "school", "meeting");
	add_call(2, "2026-11-19T09:00", "family", "meeting");
	add_call(2, "2026-12-02T09:00", "school", "meeting");
	add_meeting(2, "2026-12-03", "booked");
	cr_expect_eq(november().calls.total, 3);
	cr_expect_eq(november().delays.meetings, 1);
	cr_expect_eq(november().delays.longest, 14, "from the first of its calls");
}

Test(figure_store, of_two_calls_at_one_moment_one_is_the_first)
{
	add_call(1, "2026-11-02T09:00", "school", "meeting");
	add_call(1, "2026-11-02T09:00", "school", "meeting");
	add_meeting(1, "2026-11-05", "booked");
	cr_expect_eq(november().delays.meetings, 1);
}

Test(figure_store, a_meeting_before_the_call_is_no_negative_delay)
{
	add_call(1, "2026-11-02T09:00", "school", "meeting");
	add_meeting(1, "2026-10-05", "booked");
	cr_expect_eq(november().delays.longest, 0);
}

Test(figure_store, goes_by_the_index_on_the_time_of_calls)
{
	char *plan,
		*explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", family_sql(FAMILY_FIGURE, 0));
	sqlite3_str *text = sqlite3_str_new(place.raw);
	sqlite3_stmt *stmt;

	cr_assert_eq(sqlite3_prepare_v2(place.raw, explain, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		sqlite3_str_appendf(text, "%s\n", sqlite3_column_text(stmt, 3));
	plan = sqlite3_str_finish(text);
	cr_expect_not_null(strstr(plan, "c USING INDEX call_by_time (received_at>"), "%s", plan);
	cr_expect_not_null(strstr(plan, "INDEX call_by_case (case_id="), "%s", plan);
	cr_expect_not_null(strstr(plan, "INDEX meeting_by_case (case_id="), "%s", plan);
	cr_expect_null(strstr(plan, "SCAN"), "%s", plan);
	cr_expect_null(strstr(plan, "B-TREE"), "%s", plan);
	sqlite3_finalize(stmt);
	sqlite3_free(explain);
	sqlite3_free(plan);
}

/* ---- The units' meetings. ---- */

static void add_unit_meeting(int meeting, int day, const char *status, const char *attended)
{
	cr_assert_eq(
		raw_try(place.raw,
			"INSERT INTO meeting (id, case_id, kind, day, start_minute, end_minute,"
			" status, uid, booked_by, changed_at, hold_until)"
			" VALUES (%d, %s, 'invited', %d, 600, 690, '%s',"
			" 'unit-%d', 1, 0, %s)",
			meeting, strcmp(status, "hold") == 0 ? "NULL" : "1", day, status, meeting,
			strcmp(status, "hold") == 0 ? "4000000000" : "NULL"),
		SQLITE_OK);
	cr_assert_eq(raw_try(place.raw,
			     "INSERT INTO meeting_unit (meeting_id, unit_id, position, attended)"
			     " VALUES (%d, 1, 0, %s)",
			     meeting, attended),
		SQLITE_OK);
}

Test(figure_store, units_meetings_are_those_booked_or_recorded_and_used_ones_were_come_to)
{
	static const bool is_used[] = { false, true, false, true };
	struct capacity_meeting_list list;
	struct arena arena = { 0 };
	struct error err;

	raw(place.raw, "INSERT INTO unit (id, code, name, sector) VALUES (1, 'A', 'A', 'SOS');"
		       "INSERT INTO slot (unit_id, weekday, start_minute, end_minute, repeat,"
		       " capacity) SELECT 1, value, 600, 700, 'weekly', 9 FROM"
		       " json_each('[1, 2, 3, 4, 5, 6, 7]');"
		       "INSERT INTO case_ref (id, year, number, code, opened_at)"
		       " VALUES (1, 2026, 1, '2026-0001', 0)");
	add_unit_meeting(1, 99, "recorded", "1");
	add_unit_meeting(2, 100, "booked", "NULL");
	add_unit_meeting(3, 101, "recorded", "1");
	add_unit_meeting(4, 102, "recorded", "0");
	add_unit_meeting(5, 103, "recorded", "NULL");
	add_unit_meeting(6, 103, "cancelled", "NULL");
	add_unit_meeting(7, 103, "hold", "NULL");
	add_unit_meeting(8, 104, "booked", "NULL");
	cr_assert(store_capacity_meetings(place.store, 100, 103, &arena, &list, &err), "%s",
		err.text);
	cr_assert_eq(list.count, 4);
	for (int i = 0; i < 4; i++) {
		cr_expect_eq(list.items[i].unit_id, 1);
		cr_expect_eq(list.items[i].day, 100 + i);
		cr_expect_eq(list.items[i].start, 600);
		cr_expect_eq(list.items[i].end, 690);
		cr_expect_eq(list.items[i].is_used, is_used[i], "on day %d", 100 + i);
	}
	arena_release(&arena);
}
