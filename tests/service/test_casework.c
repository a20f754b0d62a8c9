#include "fixture.h"

#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/drafting.h"
#include "kutsu/service/exporting.h"
#include "kutsu/service/intake.h"
#include "kutsu/service/registry.h"
#include "kutsu/service/writer.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct disclosure no_disclosure;

static struct session *region(void)
{
	struct session *session = fixture_session();

	fixture_unit(session, "A");
	fixture_unit(session, "B");
	fixture_slot(session, "A", 3, "12:00", "15:00");
	fixture_slot(session, "B", 3, "12:00", "15:00");
	return session;
}

static struct intake intake_of(enum call_outcome outcome)
{
	return (struct intake) { .source = SOURCE_SCHOOL,
		.outcome = outcome,
		.caller = "rehtori",
		.phone = "2100",
		.concern = "huolestunut",
		.child = "A. K.",
		.municipality = "Suistola",
		.birth_year = 2016,
		.limits = family_limits_none() };
}

static enum error_code take(
	struct session *session, const struct intake *intake, struct intake_result *result)
{
	struct intake_result ignored;
	struct error err = { 0 };

	return intake_take(session, intake, result ? result : &ignored, &err) ? ERROR_NONE
									      : err.code;
}

static bool dump_has(struct session *session, const char *text)
{
	char *dump = fixture_dump(session);
	bool found = strstr(dump, text) != NULL;

	free(dump);
	return found;
}

/* ---- Taking calls. */

Test(intake, a_notification_keeps_source_time_and_outcome_only)
{
	struct session *s = region();
	struct intake intake = intake_of(OUTCOME_NOTIFICATION);
	struct intake_result result;

	cr_expect_eq(take(s, &intake, &result), ERROR_NONE);
	cr_expect_str_empty(result.case_code);
	cr_expect_eq(
		fixture_number(s, "SELECT count(*) FROM call WHERE source = 'school' AND outcome ="
				  " 'notification' AND received_at > 0"),
		1);
	cr_expect_not(dump_has(s, "rehtori"));
	cr_expect_not(dump_has(s, "2100"));
	cr_expect_not(dump_has(s, "huolestunut"));
	cr_expect_not(dump_has(s, "A. K."));
	cr_expect_not(dump_has(s, "Suistola"));
	fixture_free(s);
}

Test(intake, only_a_call_for_a_meeting_needs_caller_and_concern)
{
	struct session *s = region();
	struct intake intake = { .outcome = OUTCOME_NOTIFICATION, .limits = family_limits_none() };

	cr_expect_eq(take(s, &intake, NULL), ERROR_NONE);
	intake.outcome = OUTCOME_ADVICE;
	cr_expect_eq(take(s, &intake, NULL), ERROR_NONE);
	intake.outcome = OUTCOME_MEETING;
	cr_expect_eq(take(s, &intake, NULL), ERROR_INVALID);
	fixture_free(s);
}

Test(intake, advice_and_discussion_keep_nothing_of_the_child)
{
	static const enum call_outcome outcomes[] = { OUTCOME_ADVICE, OUTCOME_DISCUSSION };

	for (size_t i = 0; i < 2; i++) {
		struct session *s = region();
		struct intake intake = intake_of(outcomes[i]);

		intake.adults = (const char *const[]) { "mummo" };
		intake.adult_count = 1;
		cr_expect_eq(take(s, &intake, NULL), ERROR_NONE);
		cr_expect(dump_has(s, "huolestunut"));
		cr_expect_not(dump_has(s, "A. K."));
		cr_expect_not(dump_has(s, "Suistola"));
		cr_expect_not(dump_has(s, "mummo"));
		cr_expect_eq(fixture_number(s, "SELECT count(*) FROM case_ref"), 0);
		fixture_free(s);
	}
}

Test(intake, with_a_case_fills_in_what_was_not_known)
{
	struct session *s = region();
	const char *code = fixture_case(s); /* caller and concern alone */
	struct intake intake = intake_of(OUTCOME_MEETING);
	struct intake_result result;
	struct case_view view;
	struct error err;

	intake.case_code = code;
	cr_expect_eq(take(s, &intake, &result), ERROR_NONE);
	cr_expect_str_eq(result.case_code, code);
	cr_assert(case_look(s, LOOK_NEW, code, &s->arena, &view, &err));
	cr_expect_eq(view.calls.count, 2u);
	cr_expect_str_eq(view.case_ref.child, "A. K.");
	cr_expect_str_eq(view.case_ref.concern, "huoli", "of the call that opened it");
	intake = (struct intake) {
		.case_code = code, .caller = "c", .concern = "c", .limits = family_limits_none()
	};
	cr_expect_eq(take(s, &intake, &result), ERROR_NONE);
	cr_assert(case_look(s, LOOK_NEW, code, &s->arena, &view, &err));
	cr_expect_str_eq(view.case_ref.child, "A. K.", "what is known stays");
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM case_ref"), 1);
	fixture_free(s);
}

Test(intake, a_case_of_the_next_year_is_numbered_anew)
{
	struct session *s = region();

	cr_expect_str_eq(fixture_case(s), "2026-0001");
	cr_expect_str_eq(fixture_case(s), "2026-0002");
	fixture_clock(s, "2027-01-01T00:00");
	cr_expect_str_eq(fixture_case(s), "2027-0001");
	fixture_free(s);
}

Test(intake, whose_time_was_taken_saves_nothing)
{
	struct session *s = region();
	const char *units[] = { "A" };
	struct booking booking = { .units = units,
		.unit_count = 1,
		.day = fixture_day("2026-11-25"),
		.start = 720,
		.minutes = 60 };
	struct intake intake = intake_of(OUTCOME_MEETING);
	char *before, *after;

	fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	intake.units = units;
	intake.unit_count = 1;
	intake.consent_by = "huoltaja";
	intake.booking = &booking;
	before = fixture_dump(s);
	cr_expect_eq(take(s, &intake, NULL), ERROR_CONFLICT);
	after = fixture_dump(s);
	cr_expect(strcmp(before, after) == 0);
	free(before);
	free(after);
	fixture_free(s);
}

#define IDENTITY_CODE "koodi 010115A901C tässä"

Test(intake, refuses_a_personal_identity_code_in_every_text)
{
	struct session *s = region();
	struct intake intake = { 0 };
	const char **const fields[] = { &intake.caller, &intake.phone, &intake.concern,
		&intake.child, &intake.municipality, &intake.consent_by, &intake.consent_how };
	static const char *const adults[] = { "äiti", IDENTITY_CODE };

	for (int outcome = 0; outcome < OUTCOMES; outcome++) {
		for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
			intake = intake_of((enum call_outcome)outcome);
			*fields[i] = IDENTITY_CODE;
			cr_expect_eq(take(s, &intake, NULL), ERROR_INVALID, "field %zu, outcome %d",
				i, outcome);
		}
		intake = intake_of((enum call_outcome)outcome);
		intake.adults = adults;
		intake.adult_count = 2;
		cr_expect_eq(take(s, &intake, NULL), ERROR_INVALID);
	}
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM call"), 0);
	fixture_free(s);
}

/* ---- Consent. */

static enum error_code give(struct session *s, const char *code, const char *unit)
{
	struct error err = { 0 };

	return consent_give(s, code, &unit, 1, "huoltaja", NULL, &err) ? ERROR_NONE : err.code;
}

static enum error_code withdraw(struct session *s, const char *code, const char *unit)
{
	struct error err = { 0 };

	return consent_withdraw(s, code, &unit, 1, &err) ? ERROR_NONE : err.code;
}

Test(consent, is_in_force_once_and_can_be_given_again)
{
	struct session *s = region();
	const char *code = fixture_case(s);

	cr_expect_eq(withdraw(s, code, "A"), ERROR_NOT_FOUND);
	cr_expect_eq(give(s, code, "A"), ERROR_NONE);
	cr_expect_eq(give(s, code, "A"), ERROR_CONFLICT);
	cr_expect_eq(give(s, code, "B"), ERROR_NONE, "each unit has its own");
	cr_expect_eq(withdraw(s, code, "A"), ERROR_NONE);
	cr_expect_eq(withdraw(s, code, "A"), ERROR_NOT_FOUND);
	cr_expect_eq(give(s, code, "A"), ERROR_NONE);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM consent"), 3, "what was stays");
	cr_expect_eq(fixture_number(
			     s, "SELECT count(*) FROM access_log WHERE use_case LIKE 'consent_%'"),
		4);
	fixture_free(s);
}

Test(consent, can_be_withdrawn_from_a_closed_case)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	struct error err;

	give(s, code, "A");
	cr_assert(case_close(s, code, "valmis", &err));
	cr_expect_eq(give(s, code, "B"), ERROR_CONFLICT);
	cr_expect_eq(withdraw(s, code, "A"), ERROR_NONE);
	fixture_free(s);
}

Test(consent, to_a_unit_that_was_retired_since_can_be_withdrawn)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	struct error err;

	give(s, code, "A");
	cr_assert(registry_retire_unit(s, "A", &err));
	cr_expect_eq(withdraw(s, code, "A"), ERROR_NONE);
	fixture_free(s);
}

Test(consent, of_an_intake_leaves_alone_what_is_in_force)
{
	struct session *s = region();
	struct intake intake = intake_of(OUTCOME_MEETING);

	intake.case_code = fixture_case(s);
	intake.units = (const char *const[]) { "A", "B" };
	intake.unit_count = 2;
	intake.consent_by = "huoltaja";
	give(s, intake.case_code, "A");
	cr_expect_eq(take(s, &intake, NULL), ERROR_NONE);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM consent"), 2);
	fixture_free(s);
}

/* ---- Records. */

static const char *const unit_a[] = { "A" };
static const char *const unit_b[] = { "B" };

static enum error_code record(struct session *s, int64_t id, const struct meeting_record *made)
{
	struct error err = { 0 };

	return meeting_record_make(s, id, made, &err) ? ERROR_NONE : err.code;
}

Test(record, waits_for_the_meeting_to_begin)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	struct meeting_record made = { .attended = unit_a, .attended_count = 1 };

	fixture_clock(s, "2026-11-25T11:59");
	cr_expect_eq(record(s, id, &made), ERROR_CONFLICT);
	fixture_clock(s, "2026-11-25T12:00");
	cr_expect_eq(record(s, id, &made), ERROR_NONE);
	fixture_free(s);
}

Test(record, names_units_that_were_invited_and_each_once)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	const char *unknown[] = { "NO" };
	struct meeting_record not_invited = { .attended = unit_b, .attended_count = 1 };
	struct meeting_record twice = {
		.attended = unit_a, .attended_count = 1, .absent = unit_a, .absent_count = 1
	};
	struct meeting_record none = { .absent = unknown, .absent_count = 1 };
	char *before, *after;

	fixture_clock(s, "2026-11-25T13:00");
	before = fixture_dump(s);
	cr_expect_eq(record(s, id, &not_invited), ERROR_INVALID);
	cr_expect_eq(record(s, id, &twice), ERROR_INVALID);
	cr_expect_eq(record(s, id, &none), ERROR_NOT_FOUND);
	after = fixture_dump(s);
	cr_expect(strcmp(before, after) == 0, "what fails changes nothing");
	free(before);
	free(after);
	fixture_free(s);
}

Test(record, made_again_takes_the_old_ones_place)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A,B", "2026-11-25T12:00");
	struct agreed_action actions[] = { { .who = "w", .what = "x", .due_day = DAY_LAST },
		{ .who = "w", .what = "y", .due_day = DAY_LAST } };
	struct meeting_record first = { .attended = unit_a,
		.attended_count = 1,
		.absent = unit_b,
		.absent_count = 1,
		.notes = "vanha",
		.actions = actions,
		.action_count = 2 };
	struct meeting_record second = { .attended = unit_b,
		.attended_count = 1,
		.notes = "uusi",
		.actions = actions,
		.action_count = 1 };

	fixture_clock(s, "2026-11-25T13:00");
	cr_expect_eq(record(s, id, &first), ERROR_NONE);
	cr_expect_eq(record(s, id, &second), ERROR_NONE);
	cr_expect_not(dump_has(s, "vanha"));
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM agreed_action"), 1);
	cr_expect_eq(
		fixture_number(s, "SELECT count(*) FROM meeting_unit WHERE attended IS NULL"), 1);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM access_log WHERE use_case ="
				       " 'meeting_record'"),
		2);
	fixture_free(s);
}

static int64_t done_at(struct session *s, const char *what)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT done_at FROM agreed_action WHERE what = '%s'", what);
	return fixture_number(s, sql);
}

Test(record, made_again_leaves_what_was_done_as_it_was)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00"), then;
	struct agreed_action actions[] = { { .who = "w", .what = "x", .due_day = DAY_LAST },
		{ .who = "w", .what = "y", .due_day = DAY_LAST },
		{ .who = "w", .what = "z", .due_day = DAY_LAST },
		{ .who = "w", .what = "new", .due_day = DAY_LAST, .done = true } };
	struct meeting_record made = { .actions = actions, .action_count = 3 };
	struct error err = { 0 };

	fixture_clock(s, "2026-11-25T13:00");
	then = session_now(s);
	cr_expect_eq(record(s, id, &made), ERROR_NONE);
	cr_expect(action_mark_done(s, 1, &err) && action_mark_done(s, 2, &err), "%s", err.text);
	fixture_clock(s, "2026-11-26T13:00");
	actions[0].done = true; /* as a form that has read the record gives it */
	actions[1].id = 2;
	actions[1].what = "other words";
	made.action_count = 4;
	cr_expect_eq(record(s, id, &made), ERROR_NONE);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM agreed_action"), 4);
	cr_expect_eq(done_at(s, "x"), then);
	cr_expect_eq(done_at(s, "other words"), then);
	cr_expect_eq(done_at(s, "z"), 0);
	cr_expect_eq(done_at(s, "new"), session_now(s));
	fixture_free(s);
}

/* ---- Follow-ups. */

static void record_needing_follow_up(struct session *s, int64_t id)
{
	struct meeting_record made = { .follow_up_needed = KNOWN_YES, .follow_up_within_weeks = 4 };

	cr_assert_eq(record(s, id, &made), ERROR_NONE);
}

static struct follow_up_list follow_ups(struct session *s)
{
	struct follow_up_list list;
	struct error err;

	cr_assert(store_follow_up_list(
			  s->store, fixture_day("2026-12-03"), 100, &s->arena, &list, &err),
		"%s", err.text);
	return list;
}

Test(follow_up, is_listed_once_by_the_latest_meeting_and_the_next_one_booked)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	int64_t first = fixture_meeting(s, code, "A", "2026-11-25T12:00");
	int64_t second = fixture_meeting(s, code, "A", "2026-12-02T12:00");
	int64_t third = fixture_meeting(s, code, "A", "2026-12-02T13:00"), next;
	struct follow_up_list list;

	fixture_clock(s, "2026-12-03T09:00");
	record_needing_follow_up(s, first);
	record_needing_follow_up(s, second);
	record_needing_follow_up(s, third);
	list = follow_ups(s);
	cr_assert_eq(list.count, 1u);
	cr_expect_eq(list.items[0].meeting_id, third);
	cr_expect_eq(list.items[0].booked_id, 0);
	cr_expect_eq(list.items[0].due_day, fixture_day("2026-12-30"));
	fixture_meeting(s, code, "A", "2026-12-16T12:00"); /* the later of two ahead comes first */
	next = fixture_meeting(s, code, "A", "2026-12-09T12:00");
	list = follow_ups(s);
	cr_assert_eq(list.count, 1u);
	cr_expect_eq(list.items[0].meeting_id, third);
	cr_expect_eq(list.items[0].booked_id, next);
	cr_expect_eq(list.items[0].booked_day, fixture_day("2026-12-09"));
	fixture_free(s);
}

/* ---- Lists of cases. */

Test(silent, says_when_the_case_was_opened_and_how_many_units_it_needs)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	int64_t opened = session_now(s);
	struct waiting_case_list list;
	struct error err;

	fixture_clock(s, "2026-11-25T13:00");
	cr_expect_eq(record(s, id, &(struct meeting_record) { 0 }), ERROR_NONE);
	fixture_sql(s, "INSERT INTO call (case_id, received_at, source, outcome, taken_by)"
		       " VALUES (1, unixepoch('2026-11-26'), 'other', 'meeting', 1);"
		       " INSERT OR IGNORE INTO needed_unit VALUES (1, 1), (1, 2)");
	cr_assert(store_case_silent(s->store, opened + 100 * 86400, fixture_day("2027-03-01"), 10,
			  &s->arena, &list, &err),
		"%s", err.text);
	cr_assert_eq(list.count, 1u);
	cr_expect_eq(list.items[0].opened_at, opened);
	cr_expect_eq(list.items[0].needed_units, 2);
	fixture_free(s);
}

Test(record, of_a_meeting_whose_unit_was_retired_since_can_be_made)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	struct meeting_record made = { .attended = unit_a, .attended_count = 1 };
	struct error err = { 0 };

	fixture_clock(s, "2026-11-26T12:00");
	cr_assert(registry_retire_unit(s, "A", &err), "%s", err.text);
	cr_expect_eq(record(s, id, &made), ERROR_NONE);
	fixture_free(s);
}

Test(record, refuses_a_personal_identity_code_in_every_text)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	static const char *const adults[] = { IDENTITY_CODE };
	struct agreed_action action = { .who = "w", .what = "x", .due_day = DAY_LAST };
	struct meeting_record made = { 0 };
	const char **const fields[] = { &made.facilitator, &made.strengths, &made.vulnerabilities,
		&made.notes, &made.follow_up_reason };

	fixture_clock(s, "2026-11-25T13:00");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		made = (struct meeting_record) { 0 };
		*fields[i] = IDENTITY_CODE;
		cr_expect_eq(record(s, id, &made), ERROR_INVALID, "field %zu", i);
	}
	made = (struct meeting_record) { .adults = adults, .adult_count = 1 };
	cr_expect_eq(record(s, id, &made), ERROR_INVALID);
	made = (struct meeting_record) { .actions = &action, .action_count = 1 };
	action.who = IDENTITY_CODE;
	cr_expect_eq(record(s, id, &made), ERROR_INVALID);
	action = (struct agreed_action) { .who = "w", .what = IDENTITY_CODE, .due_day = DAY_LAST };
	cr_expect_eq(record(s, id, &made), ERROR_INVALID);
	fixture_free(s);
}

/* ---- Closing. */

static enum error_code close_case(struct session *s, const char *code)
{
	struct error err = { 0 };

	return case_close(s, code, "valmis", &err) ? ERROR_NONE : err.code;
}

Test(closing, waits_for_meetings_ahead_and_happens_once)
{
	struct session *s = region();
	const char *code = fixture_case(s);

	fixture_meeting(s, code, "A", "2026-11-25T12:00");
	cr_expect_eq(close_case(s, code), ERROR_CONFLICT);
	fixture_clock(s, "2026-11-25T12:59");
	cr_expect_eq(close_case(s, code), ERROR_CONFLICT, "it goes on");
	fixture_clock(s, "2026-11-25T13:00");
	cr_expect_eq(close_case(s, code), ERROR_NONE);
	cr_expect_eq(close_case(s, code), ERROR_CONFLICT);
	fixture_free(s);
}

Test(closing, does_not_wait_for_a_cancelled_meeting)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	struct error err;

	cr_assert(booking_cancel(
		s, fixture_meeting(s, code, "A", "2026-11-25T12:00"), "syy", LEAVES_LATER, &err));
	cr_expect_eq(close_case(s, code), ERROR_NONE);
	fixture_free(s);
}

Test(retiring, waits_for_meetings_ahead)
{
	struct session *s = region();
	struct error err = { 0 };

	fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	cr_expect_not(registry_retire_unit(s, "A", &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect(registry_retire_unit(s, "B", &err), "%s", err.text);
	fixture_free(s);
}

/* ---- Drafts. */

static enum error_code keep(struct session *s, int64_t id, const char *writer, const char *value)
{
	struct draft_field field = { "concern", value };
	struct error err = { 0 };

	return draft_keep(s, id, writer, &field, 1, &err) ? ERROR_NONE : err.code;
}

Test(draft, who_lost_it_to_a_colleague_is_told_and_writes_no_more)
{
	struct session *s = region();
	struct error err = { 0 };
	int64_t id;

	cr_assert(draft_begin(s, "mine", &id, &err), "%s", err.text);
	cr_expect_eq(keep(s, id, "mine", "yksi"), ERROR_NONE);
	cr_assert(draft_take_over(s, id, "theirs", &err), "%s", err.text);
	cr_expect_eq(keep(s, id, "mine", "kaksi"), ERROR_CONFLICT);
	cr_expect_not(dump_has(s, "kaksi"));
	cr_expect_eq(keep(s, id, "theirs", "kolme"), ERROR_NONE);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM draft_field"), 1);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM access_log WHERE use_case ="
				       " 'draft_take_over'"),
		1);
	fixture_free(s);
}

Test(draft, goes_with_the_call_that_it_becomes)
{
	struct session *s = region();
	struct intake intake = intake_of(OUTCOME_MEETING);
	struct error err = { 0 };

	cr_assert(draft_begin(s, "mine", &intake.draft_id, &err));
	keep(s, intake.draft_id, "mine", "yksi");
	intake.writer = "theirs";
	cr_expect_eq(take(s, &intake, NULL), ERROR_CONFLICT, "a colleague's draft is theirs");
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM call"), 0);
	intake.writer = "mine";
	cr_expect_eq(take(s, &intake, NULL), ERROR_NONE);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM draft"), 0);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM draft_field"), 0);
	cr_expect_eq(keep(s, intake.draft_id, "mine", "kaksi"), ERROR_CONFLICT);
	cr_expect_not(draft_take_over(s, intake.draft_id, "theirs", &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	fixture_free(s);
}

Test(draft, a_writer_is_alive_as_long_as_its_process)
{
	char name[WRITER_SIZE];
	pid_t child;

	writer_name(name);
	cr_expect(writer_is_alive(name));
	strcat(name, "0");
	cr_expect_not(writer_is_alive(name), "another that had the same number");
	child = fork();
	if (child == 0)
		_exit(0);
	waitpid(child, NULL, 0);
	*(strchr(name, ':') + 1) = '\0';
	snprintf(name + strlen(name), 20, "%ld:0", (long)child);
	cr_expect_not(writer_is_alive(name));
	cr_expect_not(writer_is_alive("another-host:1:0"));
}

/* ---- Two at one record. */

static struct session *colleague_of(struct session *s, const char *login)
{
	const struct identity identity = { .login = login, .account = login };
	struct session *other = calloc(1, sizeof(*other));
	struct error err;
	char sql[200];

	snprintf(sql, sizeof(sql),
		"INSERT INTO user (login) VALUES ('%s'); INSERT INTO user_role (user_id, role)"
		" VALUES (last_insert_rowid(), 'coordinator')",
		login);
	fixture_sql(s, sql);
	cr_assert(session_begin(other, s->store, s->clock, &identity, &err), "%s", err.text);
	return other;
}

static enum error_code record_as(struct session *s, int64_t id, int revision, const char *notes)
{
	struct meeting_record record = { .revision = revision, .notes = notes };
	struct error err;

	return meeting_record_make(s, id, &record, &err) ? ERROR_NONE : err.code;
}

Test(conflict, a_record_is_not_written_over_by_who_has_not_seen_it)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	struct session *other = colleague_of(s, "koord-2");

	fixture_clock(s, "2026-11-25T13:30");
	fixture_clock(other, "2026-11-25T13:30");
	cr_expect_eq(record_as(s, id, RECORD_NEW, "first"), ERROR_NONE);
	cr_expect_eq(record_as(other, id, RECORD_NEW, "second"), ERROR_CONFLICT);
	cr_expect_eq(record_as(other, id, 0, "not told"), ERROR_CONFLICT);
	cr_expect_eq(record_as(s, id, 0, "the own one again"), ERROR_NONE);
	cr_expect_eq(record_as(other, id, 1, "an older one seen"), ERROR_CONFLICT);
	cr_expect_eq(record_as(other, id, 2, "seen"), ERROR_NONE);
	cr_expect_eq(record_as(s, id, 2, "late"), ERROR_CONFLICT);
	cr_expect_eq(
		fixture_number(s, "SELECT revision FROM meeting_record WHERE notes = 'seen'"), 3);
	session_end(other);
	free(other);
	fixture_free(s);
}

Test(conflict, a_unit_is_not_written_over_by_who_has_not_seen_it)
{
	struct session *s = region();
	struct unit mine, theirs;
	struct error err;

	cr_assert(registry_unit_get(s, "A", &s->arena, &mine, &err));
	theirs = mine;
	theirs.phone = "1";
	mine.phone = "2";
	cr_assert(registry_edit_unit(s, &theirs, &err), "%s", err.text);
	cr_assert_not(registry_edit_unit(s, &mine, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect_not_null(strstr(err.text, FIXTURE_LOGIN), "%s", err.text);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM unit WHERE phone = '1'"), 1);
	fixture_free(s);
}

/* ---- Exports. */

static void add_many_meetings(struct session *s, int count)
{
	char sql[600];

	snprintf(sql, sizeof(sql),
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d)"
		" INSERT INTO meeting (case_id, kind, day, start_minute, end_minute, place, "
		"status, uid,"
		" booked_by, changed_at) SELECT 1, 'invited', i / 8, 60 * (i %% 8), 60 * (i %% 8) "
		"+ 60,"
		" 'huone', 'booked', 'uid-' || i, 1, 0 FROM n",
		count);
	fixture_sql(s, sql);
}

static bool write_all(struct session *s, enum export_what what, enum export_format format,
	FILE *file, struct error *err)
{
	const struct export_order order = { .what = what,
		.format = format,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.disclosure = no_disclosure };

	return export_write(s, &order, file, err);
}

/* Kilobytes that a child needs to export so many meetings, besides what the rows themselves take.
 */
static long export_memory(int meetings, enum export_format format)
{
	struct session *s = region();
	struct rusage before, after;
	struct error err = { 0 };
	FILE *nowhere = fopen("/dev/null", "w");

	fixture_case(s);
	add_many_meetings(s, meetings);
	getrusage(RUSAGE_SELF, &before);
	cr_assert(write_all(s, EXPORT_MEETINGS, format, nowhere, &err), "%s", err.text);
	getrusage(RUSAGE_SELF, &after);
	fclose(nowhere);
	fixture_free(s);
	return after.ru_maxrss - before.ru_maxrss;
}

#ifdef __SANITIZE_ADDRESS__
#define MANY	       5000 /* what is freed is kept by the sanitizer: its memory says nothing */
#define MOST_KILOBYTES LONG_MAX
#else
#define MANY	       100000
#define MOST_KILOBYTES 4096
#endif

Test(export, of_100000_meetings_needs_no_more_memory_than_a_few)
{
	for (int format = 0; format < EXPORT_FORMATS; format++) {
		long more = export_memory(MANY, (enum export_format)format);

		cr_expect_lt(more, MOST_KILOBYTES, "format %d: %ld kB", format, more);
	}
}

Test(export, is_logged_before_anything_leaves)
{
	struct session *s = region();
	struct error err = { 0 };
	FILE *full = fopen("/dev/full", "w");

	cr_expect_not(write_all(s, EXPORT_UNITS, EXPORT_CSV, full, &err));
	cr_expect_eq(err.code, ERROR_FAILED);
	cr_expect_eq(fixture_number(s,
			     "SELECT count(*) FROM access_log WHERE use_case = 'export_registry'"),
		1);
	fclose(full);
	fixture_free(s);
}

Test(export, of_slots_knows_of_closings_earlier_in_the_week)
{
	struct session *s = region();
	struct error err = { 0 };
	char *bytes = NULL;
	size_t size;
	FILE *file = open_memstream(&bytes, &size);

	fixture_slot(s, "A", 1, "12:00", "13:00");
	fixture_sql(s, "INSERT INTO closing (unit_id, from_day, until_day)"
		       " SELECT 1, d, d FROM (SELECT unixepoch('2026-11-23') / 86400 AS d)");
	cr_assert(write_all(s, EXPORT_SLOTS, EXPORT_ICS, file, &err), "%s", err.text);
	fclose(file);
	cr_expect(strstr(bytes, "EXDATE;TZID=Europe/Helsinki:20261123T120000"), "%s", bytes);
	free(bytes);
	fixture_free(s);
}

Test(export, leaves_holds_out)
{
	struct session *s = region();
	char bytes[2000] = "";
	struct error err = { 0 };
	FILE *file = fmemopen(bytes, sizeof(bytes), "w");

	fixture_hold(s, "A", "2026-11-25T12:00");
	cr_assert(write_all(s, EXPORT_MEETINGS, EXPORT_JSON, file, &err));
	fclose(file);
	cr_expect_null(strstr(bytes, "hold"), "%s", bytes);
	fixture_free(s);
}

/* ---- The log. */

Test(log, a_look_at_a_case_or_meeting_is_logged)
{
	struct session *s = region();
	const char *code = fixture_case(s);
	int64_t id = fixture_meeting(s, code, "A", "2026-11-25T12:00");
	struct meeting_view meeting;
	struct case_view view;
	struct error err;

	cr_assert(case_look(s, LOOK_NEW, code, &s->arena, &view, &err));
	cr_assert(meeting_look(s, LOOK_NEW, id, &s->arena, &meeting, &err));
	cr_expect_eq(fixture_number(s,
			     "SELECT count(*) FROM access_log WHERE case_id = 1 AND use_case IN"
			     " ('case_look', 'meeting_look')"),
		2);
	cr_expect_not(case_look(s, LOOK_NEW, "1999-0001", &s->arena, &view, &err));
	cr_expect_eq(
		fixture_number(s, "SELECT count(*) FROM access_log WHERE use_case = 'case_look'"),
		1);
	fixture_free(s);
}

Test(log, each_change_of_the_registry_is_logged)
{
	struct session *s = region();
	struct closing closing = { .unit = "A", .from_day = 20800, .until_day = 20801 };
	struct opening opening = { .unit = "A", .day = 20800, .start = 1, .end = 2 };
	struct school_break school_break = {
		.name = "loma", .from_day = 20800, .until_day = 20801
	};
	struct error err;

	cr_assert(registry_close(s, &closing, &err) && registry_open(s, &opening, &err)
		  && registry_add_break(s, &school_break, &err)
		  && registry_end_slot(s, 1, 20900, &err)
		  && registry_remove_closing(s, closing.id, &err)
		  && registry_remove_opening(s, opening.id, &err)
		  && registry_retire_unit(s, "B", &err));
	cr_expect_eq(fixture_number(s, "SELECT count(DISTINCT use_case) FROM access_log"), 9);
	fixture_free(s);
}

Test(log, an_actions_done_and_undone_are_logged_with_their_case)
{
	struct session *s = region();
	int64_t id = fixture_meeting(s, fixture_case(s), "A", "2026-11-25T12:00");
	struct agreed_action action = { .who = "w", .what = "x", .due_day = DAY_LAST };
	struct meeting_record made = { .actions = &action, .action_count = 1 };
	struct error err = { 0 };

	fixture_clock(s, "2026-11-25T13:00");
	cr_expect_eq(record(s, id, &made), ERROR_NONE);
	cr_expect(action_mark_done(s, 1, &err), "%s", err.text);
	cr_expect(action_mark_undone(s, 1, &err), "%s", err.text);
	cr_expect_not(action_mark_done(s, 99, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_eq(fixture_number(s,
			     "SELECT count(*) FROM access_log WHERE case_id = 1 AND use_case IN"
			     " ('action_done', 'action_undone')"),
		2);
	fixture_free(s);
}

static size_t count_found(struct session *s, const char *words)
{
	struct case_filter filter = { .search = words };
	struct case_list list;
	struct error err;

	cr_assert(store_case_list(s->store, &filter, &s->arena, &list, &err), "%s", err.text);
	return list.count;
}

/* The child is called as the place is: by that it is found still. */
Test(intake, a_case_that_comes_under_non_disclosure_is_not_found_by_its_municipality)
{
	struct session *s = region();
	struct intake intake = intake_of(OUTCOME_MEETING);
	struct intake_result result;

	intake.child = "Aura";
	intake.municipality = "Aura Suistola";
	cr_assert_eq(take(s, &intake, &result), ERROR_NONE);
	cr_expect_eq(count_found(s, "suistola"), 1u);
	intake.case_code = result.case_code;
	intake.child = intake.municipality = NULL;
	intake.nondisclosure = true;
	cr_assert_eq(take(s, &intake, NULL), ERROR_NONE);
	cr_expect_eq(count_found(s, "suistola"), 0u);
	cr_expect_eq(count_found(s, "aura"), 1u);
	cr_expect_eq(count_found(s, "rehtori"), 1u);
	fixture_free(s);
}

Test(intake, a_case_is_found_by_its_number_alone)
{
	struct session *s = region();
	struct intake intake = intake_of(OUTCOME_MEETING);
	struct case_filter filter = { .search = "0001" };
	struct arena arena = { 0 };
	struct case_list list;
	struct error err;

	cr_assert_eq(take(s, &intake, NULL), ERROR_NONE);
	cr_assert(store_case_list(s->store, &filter, &arena, &list, &err));
	cr_expect_eq(list.count, 1);
	filter.search = "0002";
	cr_assert(store_case_list(s->store, &filter, &arena, &list, &err));
	cr_expect_eq(list.count, 0);
	arena_release(&arena);
	fixture_free(s);
}

Test(registry, a_school_break_added_by_mistake_can_be_removed_once)
{
	struct session *s = region();
	struct school_break school_break = { .name = "talviloma",
		.from_day = session_today(s) + 7,
		.until_day = session_today(s) + 13 };
	struct error err;

	cr_assert(registry_add_break(s, &school_break, &err));
	cr_assert(registry_remove_break(s, school_break.id, &err));
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM school_break"), 0);
	cr_expect_not(registry_remove_break(s, school_break.id, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	fixture_free(s);
}

/* The code of the open case that these signs bring up, or "". */
static const char *known(struct session *s, struct caller_signs signs, const char *shown)
{
	static char code[CASE_CODE_SIZE];
	struct arena arena = { 0 };
	struct case_ref c;
	struct error err;
	bool found;

	cr_assert(case_known_look(s, &signs, shown, &arena, &c, &found, &err));
	snprintf(code, sizeof(code), "%s", found ? c.code : "");
	arena_release(&arena);
	return code;
}

Test(earlier_contact, is_known_by_phone_child_or_caller_of_the_place_and_by_no_role_alone)
{
	struct session *s = region();
	struct intake intake = intake_of(OUTCOME_MEETING);
	struct intake_result result;

	cr_assert_eq(take(s, &intake, &result), ERROR_NONE);
	cr_expect_str_eq(
		known(s, (struct caller_signs) { .phone = "21 00" }, ""), result.case_code);
	cr_expect_str_eq(known(s, (struct caller_signs) { .child = "a.k" }, ""), result.case_code);
	cr_expect_str_eq(
		known(s, (struct caller_signs) { .caller = "Rehtori", .municipality = "Suistola" },
			""),
		result.case_code);
	cr_expect_str_eq(known(s, (struct caller_signs) { .caller = "rehtori" }, ""), "");
	cr_expect_str_eq(
		known(s, (struct caller_signs) { .caller = "rehtori", .municipality = "Malmila" },
			""),
		"");
	cr_expect_str_eq(known(s, (struct caller_signs) { .child = "A." }, ""), "");
	cr_expect_str_eq(known(s, (struct caller_signs) { .child = "K. A." }, ""), "");
	cr_expect_str_eq(
		known(s, (struct caller_signs) { .child = "A. K.", .birth_year = 2010 }, ""), "");
	cr_expect_str_eq(known(s, (struct caller_signs) { .phone = "210" }, ""), "");
	fixture_free(s);
}

Test(earlier_contact, is_logged_when_it_is_first_shown_and_no_more_with_every_key)
{
	static const char logged[] = "SELECT count(*) FROM access_log WHERE use_case = 'case_known'"
				     " AND case_id IS NOT NULL";
	struct session *s = region();
	struct intake intake = intake_of(OUTCOME_MEETING);
	struct caller_signs signs = { .child = "A. K." };
	struct intake_result result;

	cr_assert_eq(take(s, &intake, &result), ERROR_NONE);
	known(s, signs, "");
	cr_expect_eq(fixture_number(s, logged), 1);
	known(s, signs, result.case_code);
	cr_expect_eq(fixture_number(s, logged), 1);
	signs.child = "Q. Q.";
	known(s, signs, "");
	cr_expect_eq(fixture_number(s, logged), 1, "nothing was shown");
	fixture_free(s);
}

/* A form that was begun while the phone rang and finished the next day. */
Test(intake, a_call_was_received_when_its_draft_was_begun)
{
	struct session *session = region();
	struct intake intake = intake_of(OUTCOME_MEETING);
	struct intake_result result;
	int64_t draft, rang = session_now(session);
	struct error err;

	cr_assert(draft_begin(session, "run", &draft, &err), "%s", err.text);
	fixture_clock(session, "2026-11-25T09:00");
	intake.draft_id = draft;
	intake.writer = "run";
	cr_assert(intake_take(session, &intake, &result, &err), "%s", err.text);
	cr_expect_eq(fixture_number(session, "SELECT received_at FROM call"), rang);
	cr_expect_gt(session_now(session), rang);
	fixture_free(session);
}
