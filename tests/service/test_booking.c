#include "fixture.h"

#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/intake.h"
#include "kutsu/service/registry.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Units A and B, on Wednesdays 12-15. */
static struct session *region(void)
{
	struct session *session = fixture_session();

	fixture_unit(session, "A");
	fixture_unit(session, "B");
	fixture_slot(session, "A", 3, "12:00", "15:00");
	fixture_slot(session, "B", 3, "12:00", "15:00");
	return session;
}

static enum error_code book(struct session *session, const char *case_code, const char *unit,
	const char *day, const char *start)
{
	struct booking booking = { .case_code = case_code,
		.units = &unit,
		.unit_count = 1,
		.day = fixture_day(day),
		.start = fixture_minute(start),
		.minutes = 60 };
	struct error err = { 0 };
	int64_t id;

	return booking_make(session, &booking, &id, &err) ? ERROR_NONE : err.code;
}

static enum error_code move(struct session *session, int64_t id, const char *day, const char *start)
{
	struct error err = { 0 };

	return booking_move(session, id, SEQUENCE_UNTOLD, fixture_day(day), fixture_minute(start),
		       LEAVES_LATER, &err)
		       ? ERROR_NONE
		       : err.code;
}

static enum error_code cancel(struct session *session, int64_t id)
{
	struct error err = { 0 };

	return booking_cancel(session, id, "syy", LEAVES_LATER, &err) ? ERROR_NONE : err.code;
}

static enum error_code release(struct session *session, int64_t id)
{
	struct error err = { 0 };

	return booking_release(session, id, NULL, &err) ? ERROR_NONE : err.code;
}

Test(booking, takes_all_units_or_none)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	const char *units[] = { "B", "A" };
	struct booking booking = { .case_code = code,
		.units = units,
		.unit_count = 2,
		.day = fixture_day("2026-11-25"),
		.start = 720,
		.minutes = 60 };
	struct error err = { 0 };
	int64_t id;

	fixture_meeting(s, code, "A", "2026-11-25T12:00");
	cr_expect_not(booking_make(s, &booking, &id, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect_not_null(strstr(err.text, "A"), "who is taken is named: %s", err.text);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM meeting"), 1);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM meeting_unit"), 1);
	fixture_free(s);
}

Test(booking, a_past_time_is_refused_and_this_minute_is_not)
{
	struct session *s = region();
	const char *code = fixture_case(s);

	fixture_clock(s, "2026-11-25T12:30");
	cr_expect_eq(book(s, code, "A", "2026-11-25", "12:29"), ERROR_INVALID);
	cr_expect_eq(book(s, code, "A", "2026-11-18", "12:30"), ERROR_INVALID);
	cr_expect_eq(book(s, code, "A", "2026-11-25", "12:30"), ERROR_NONE);
	fixture_free(s);
}

Test(booking, a_closed_day_is_refused)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	struct closing closing = { .unit = "A",
		.from_day = fixture_day("2026-12-02"),
		.until_day = fixture_day("2026-12-02") };
	struct error err;

	cr_assert(registry_close(s, &closing, &err));
	cr_expect_eq(book(s, code, "A", "2026-12-02", "12:00"), ERROR_CONFLICT);
	cr_expect_eq(book(s, code, "B", "2026-12-02", "12:00"), ERROR_NONE);
	cr_expect_eq(book(s, code, "A", "2027-01-06", "12:00"), ERROR_CONFLICT, "Epiphany");
	cr_expect_eq(book(s, code, "A", "2026-12-03", "12:00"), ERROR_CONFLICT, "no hole");
	fixture_free(s);
}

Test(booking, a_retired_unit_is_not_found)
{
	struct session *s = region();
	struct error err;

	cr_assert(registry_retire_unit(s, "A", &err));
	cr_expect_eq(book(s, fixture_case(s), "A", "2026-11-25", "12:00"), ERROR_NOT_FOUND);
	fixture_free(s);
}

Test(booking, for_a_closed_case_is_a_conflict)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	struct error err;

	cr_assert(case_close(s, code, "valmis", &err));
	cr_expect_eq(book(s, code, "A", "2026-11-25", "12:00"), ERROR_CONFLICT);
	cr_expect_eq(book(s, "1999-0001", "A", "2026-11-25", "12:00"), ERROR_NOT_FOUND);
	fixture_free(s);
}

Test(booking, a_move_does_not_stand_in_its_own_way)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");

	cr_expect_eq(move(s, id, "2026-11-25", "12:30"), ERROR_NONE);
	cr_expect_eq(fixture_number(s, "SELECT start_minute FROM meeting"), 750);
	cr_expect_eq(fixture_number(s, "SELECT end_minute FROM meeting"), 810);
	cr_expect_eq(fixture_number(s, "SELECT sequence FROM meeting"), 1);
	fixture_free(s);
}

Test(booking, a_move_onto_another_past_or_closed_time_changes_nothing)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	int64_t id = fixture_meeting(s, code, "A", "2026-11-25T12:00");
	char *before, *after;

	fixture_meeting(s, code, "A", "2026-12-02T12:00");
	before = fixture_dump(s);
	cr_expect_eq(move(s, id, "2026-12-02", "12:59"), ERROR_CONFLICT);
	cr_expect_eq(move(s, id, "2026-11-18", "12:00"), ERROR_INVALID);
	cr_expect_eq(move(s, id, "2026-12-09", "14:30"), ERROR_CONFLICT);
	cr_expect_eq(move(s, id, "2026-12-10", "12:00"), ERROR_CONFLICT);
	cr_expect_eq(move(s, id + 5, "2026-12-09", "12:00"), ERROR_NOT_FOUND);
	after = fixture_dump(s);
	cr_expect(strcmp(before, after) == 0);
	free(before);
	free(after);
	fixture_free(s);
}

Test(booking, a_cancelled_one_frees_its_time_and_is_not_cancelled_or_moved_again)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	int64_t id = fixture_meeting(s, code, "A", "2026-11-25T12:00");

	cr_expect_eq(cancel(s, id), ERROR_NONE);
	cr_expect_eq(cancel(s, id), ERROR_CONFLICT);
	cr_expect_eq(move(s, id, "2026-12-02", "12:00"), ERROR_CONFLICT);
	cr_expect_eq(book(s, code, "A", "2026-11-25", "12:00"), ERROR_NONE);
	fixture_free(s);
}

/* ---- Holds. */

static size_t count_holes(struct session *session)
{
	struct hole_query query = { .units = (const char *const[]) { "A" },
		.unit_count = 1,
		.minutes = 180,
		.first_day = fixture_day("2026-11-25"),
		.weeks = 1,
		.limits = family_limits_none() };
	struct hole_answer answer;
	struct error err = { 0 };
	size_t count;

	cr_assert(find_holes(session, &query, &session->arena, &answer, &err), "%s", err.text);
	count = answer.found.hole_count;
	hole_answer_release(&answer);
	return count;
}

Test(hold, hides_the_hole_from_the_search_until_it_is_released)
{
	struct session *s = region();
	int64_t id = fixture_hold(s, "A", "2026-11-25T12:00");

	cr_expect_eq(count_holes(s), 0u);
	cr_expect_eq(book(s, fixture_case(s), "A", "2026-11-25", "12:00"), ERROR_CONFLICT);
	cr_expect_eq(release(s, id), ERROR_NONE);
	cr_expect_eq(count_holes(s), 1u);
	cr_expect_eq(release(s, id), ERROR_NONE, "one that is gone is let be");
	fixture_free(s);
}

Test(hold, runs_out_after_the_installations_minutes)
{
	struct session *s = region();

	fixture_hold(s, "A", "2026-11-25T12:00"); /* at 10.42, for 15 minutes */
	fixture_clock(s, "2026-11-24T10:56");
	cr_expect_eq(count_holes(s), 0u);
	fixture_clock(s, "2026-11-24T10:57");
	cr_expect_eq(count_holes(s), 1u);
	cr_expect_eq(book(s, fixture_case(s), "A", "2026-11-25", "12:00"), ERROR_NONE);
	fixture_free(s);
}

Test(hold, that_ran_out_does_not_stand_in_another_holds_or_moves_way)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-12-02T12:00");

	fixture_hold(s, "A", "2026-11-25T12:00");
	fixture_hold(s, "B", "2026-11-25T12:00");
	fixture_clock(s, "2026-11-24T11:00");
	cr_expect_eq(move(s, id, "2026-11-25", "12:00"), ERROR_NONE);
	fixture_hold(s, "B", "2026-11-25T12:00");
	fixture_free(s);
}

Test(hold, becomes_the_meeting_of_the_call_that_is_taken)
{
	struct session *s = region();
	const char *units[] = { "A" };
	struct booking booking = { .units = units,
		.unit_count = 1,
		.day = fixture_day("2026-11-25"),
		.start = 720,
		.minutes = 60,
		.hold_id = fixture_hold(s, "A", "2026-11-25T12:00") };
	struct intake intake = { .caller = "c",
		.concern = "c",
		.limits = family_limits_none(),
		.units = units,
		.unit_count = 1,
		.booking = &booking };
	struct intake_result result;
	struct error err = { 0 };

	cr_assert(intake_take(s, &intake, &result, &err), "%s", err.text);
	cr_expect_gt(result.meeting_id, 0);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM meeting WHERE status = 'hold'"), 0);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM meeting WHERE status = 'booked'"), 1);
	fixture_free(s);
}

Test(hold, is_neither_moved_nor_cancelled_nor_recorded)
{
	struct session *s = region();
	int64_t id = fixture_hold(s, "A", "2026-11-25T12:00");
	struct meeting_record record = { 0 };
	struct error err = { 0 };

	cr_expect_eq(move(s, id, "2026-12-02", "12:00"), ERROR_CONFLICT);
	cr_expect_eq(cancel(s, id), ERROR_CONFLICT);
	fixture_clock(s, "2026-11-25T13:00");
	cr_expect_not(meeting_record_make(s, id, &record, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	fixture_free(s);
}

Test(hold, release_takes_no_booking_away)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");

	cr_expect_eq(release(s, id), ERROR_NONE);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM meeting"), 1);
	fixture_free(s);
}

/* ---- The log. */

static void expect_logged(struct session *session, const char *use_case, int64_t count)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM access_log WHERE use_case = '%s' AND clock_fixed = 1"
		" AND user_id = 1 AND case_id = 1",
		use_case);
	cr_expect_eq(fixture_number(session, sql), count, "%s", use_case);
}

Test(log, has_a_row_of_each_use_case_of_a_booking_and_none_of_those_that_failed)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	int64_t id = fixture_meeting(s, code, "A", "2026-11-25T12:00");

	book(s, code, "A", "2026-11-25", "12:00");
	move(s, id, "2026-12-02", "12:00");
	move(s, id, "2026-12-03", "12:00");
	cancel(s, id);
	cancel(s, id);
	expect_logged(s, "call_take", 1);
	expect_logged(s, "meeting_book", 1);
	expect_logged(s, "meeting_move", 1);
	expect_logged(s, "meeting_cancel", 1);
	fixture_free(s);
}

Test(occurrences, that_can_not_be_read_leave_nothing_behind)
{
	struct session *s = region();
	struct unit_days *days = NULL;
	struct error err = { 0 };
	size_t count = 9;

	cr_assert(find_occurrences(
			  s, NULL, fixture_day("2026-11-23"), 7, &s->arena, &days, &count, &err),
		"%s", err.text);
	cr_expect_gt(count, 0u);
	unit_days_release(days, count);
	fixture_sql(s, "DROP TABLE opening");
	cr_expect_not(find_occurrences(
		s, NULL, fixture_day("2026-11-23"), 7, &s->arena, &days, &count, &err));
	cr_expect_null(days);
	cr_expect_eq(count, 0u);
	fixture_free(s);
}
