/*
 * What a unit's ready person sees: the own units' meetings as time, place and who; of a case the
 * concern alone, under consent in force for an own unit that is invited; else nothing at all.
 */
#include "fixture.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/accounts.h"
#include "kutsu/service/agenda.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/exporting.h"
#include "kutsu/service/intake.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define CONTACT "yht-1"
#define CONCERN "poissaoloja yhä enemmän"

static struct session *s; /* coordinator, administrator and auditor */
static struct session contact;
static struct error err;

/* Units A, B and C with holes on Wednesdays; the contact's are those given. */
static void begin(const char *const *units, size_t count, unsigned more_roles)
{
	static const char *const codes[] = { "A", "B", "C" };
	struct account account = { .login = CONTACT,
		.roles = 1u << ROLE_CONTACT | more_roles,
		.units = units,
		.unit_count = count };
	struct identity identity = { CONTACT, "kutsu", "10.1.2.3" };

	message_set_language(LANGUAGE_EN);
	s = fixture_session();
	for (size_t i = 0; i < 3; i++) {
		fixture_unit(s, codes[i]);
		fixture_slot(s, codes[i], 3, "12:00", "15:00");
	}
	cr_assert(account_add(s, &account, &err), "%s", err.text);
	cr_assert(session_begin(&contact, s->store, s->clock, &identity, &err), "%s", err.text);
}

static void begin_of_a(void)
{
	begin((const char *const[]) { "A" }, 1, 0);
}

static void begin_of_a_and_c(void)
{
	begin((const char *const[]) { "A", "C" }, 2, 0);
}

static void end(void)
{
	session_end(&contact);
	fixture_free(s);
}

TestSuite(contact, .fini = end);

/* A case with all that a contact is not to see. */
static const char *new_case(void)
{
	struct intake intake = { .source = SOURCE_SCHOOL,
		.caller = "rehtori",
		.phone = "2100",
		.concern = CONCERN,
		.child = "A. K.",
		.municipality = "Suistola",
		.birth_year = 2016,
		.language = "ar",
		.interpreter = "ar",
		.limits = { .not_weekdays = 1u << 5, .after = 480, .before = 960 },
		.adults = (const char *const[]) { "isoäiti" },
		.adult_count = 1,
		.units = (const char *const[]) { "A", "B", "C" },
		.unit_count = 3 };
	struct intake_result result;

	cr_assert(intake_take(s, &intake, &result, &err), "%s", err.text);
	return arena_text(&s->arena, result.case_code);
}

static void give(const char *code, const char *unit)
{
	cr_assert(consent_give(s, code, &unit, 1, "huoltaja", "puhelimessa", &err), "%s", err.text);
}

static void withdraw(const char *code, const char *unit)
{
	cr_assert(consent_withdraw(s, code, &unit, 1, &err), "%s", err.text);
}

static void cancel(int64_t meeting)
{
	cr_assert(booking_cancel(s, meeting, "perhe pyysi", LEAVES_LATER, &err), "%s", err.text);
}

static enum error_code look_case(enum look look, const char *code, struct case_view *view)
{
	err = (struct error) { 0 };
	return case_look(&contact, look, code, &contact.arena, view, &err) ? ERROR_NONE : err.code;
}

static enum error_code look_meeting(enum look look, int64_t id, struct meeting_view *view)
{
	err = (struct error) { 0 };
	return meeting_look(&contact, look, id, &contact.arena, view, &err) ? ERROR_NONE : err.code;
}

/* Whichever way it is looked at, of a case and of a meeting of its. */
static void expect_concern(const char *code, int64_t meeting, bool is_seen, const char *when)
{
	for (enum look look = LOOK_NEW; look <= LOOK_AGAIN; look = (enum look)(look + 1)) {
		struct meeting_view of_meeting;
		struct case_view of_case;

		cr_expect_eq(look_case(look, code, &of_case),
			is_seen ? ERROR_NONE : ERROR_NOT_FOUND, "%s", when);
		cr_expect_eq(of_case.case_ref.concern != NULL, is_seen, "%s", when);
		cr_expect_eq(of_case.calls.count, is_seen ? 1u : 0u, "%s", when);
		cr_assert_eq(look_meeting(look, meeting, &of_meeting), ERROR_NONE, "%s", err.text);
		cr_expect_eq(of_meeting.concern != NULL, is_seen, "%s", when);
		cr_expect_eq(of_meeting.meeting.case_code != NULL, is_seen, "%s", when);
	}
}

/* ---- Lists of meetings. */

static void expect_shown(const struct meeting *meeting)
{
	cr_expect_neq(meeting->status, MEETING_HOLD);
	cr_expect_null(meeting->case_code);
	cr_expect_null(meeting->cancelled_reason);
	cr_expect_gt(meeting->unit_count, 0u, "who comes is told");
}

static void expect_list(const struct meeting_list *list, const int64_t *ids, size_t count)
{
	cr_assert_eq(list->count, count);
	for (size_t i = 0; i < count; i++) {
		cr_expect_eq(list->items[i].id, ids[i]);
		expect_shown(&list->items[i]);
	}
}

static bool gather(void *context, const struct meeting *meeting, struct error *ignored)
{
	struct meeting_list *list = context;

	(void)ignored;
	list->items = arena_append(&contact.arena, list->items, &list->count, sizeof(*list->items));
	list->items[list->count - 1] = *meeting;
	return true;
}

/* agenda_list() and agenda_each(), all days. */
static void expect_agenda(const char *unit, const int64_t *ids, size_t count)
{
	struct agenda_query query = { DAY_FIRST, DAY_LAST, unit };
	struct meeting_list list, each = { 0 };

	cr_assert(agenda_list(&contact, &query, 0, &contact.arena, &list, &err), "%s", err.text);
	expect_list(&list, ids, count);
	cr_assert(agenda_each(&contact, &query, gather, &each, &err), "%s", err.text);
	cr_expect_eq(each.count, count);
	for (size_t i = 0; i < each.count && i < count; i++) {
		cr_expect_eq(each.items[i].id, ids[i]);
		cr_expect_null(each.items[i].case_code);
		cr_expect_null(each.items[i].cancelled_reason);
	}
}

Test(contact, lists_the_own_units_meetings_without_holds_and_cases, .init = begin_of_a)
{
	const char *code = new_case();
	int64_t of_a = fixture_meeting(s, code, "A", "2026-11-25T12:00");
	int64_t of_b = fixture_meeting(s, code, "B", "2026-11-25T12:00");
	int64_t of_both = fixture_meeting(s, code, "B,A", "2026-12-02T12:00");
	int64_t cancelled = fixture_meeting(s, code, "A", "2026-12-09T12:00");
	const int64_t own[] = { of_a, of_both, cancelled };

	fixture_hold(s, "A", "2026-11-25T13:00");
	cancel(cancelled);
	give(code, "A");
	expect_agenda(NULL, own, 3);
	expect_agenda("A", own, 3);
	expect_agenda("B", &of_both, 1);
	expect_agenda("C", NULL, 0);
	(void)of_b;
}

Test(contact, lists_the_own_units_past_meetings_newest_first, .init = begin_of_a)
{
	const char *code = new_case();
	int64_t first = fixture_meeting(s, code, "A", "2026-11-25T12:00");
	int64_t of_b = fixture_meeting(s, code, "B", "2026-11-25T12:00");
	int64_t second = fixture_meeting(s, code, "A,B", "2026-12-02T12:00");
	struct meeting_list list;

	fixture_clock(s, "2026-12-10T10:00");
	contact.clock = s->clock;
	cr_assert(agenda_past(&contact, 100, &contact.arena, &list, &err), "%s", err.text);
	expect_list(&list, (const int64_t[]) { second, first }, 2);
	(void)of_b;
}

/* ---- One meeting. */

Test(contact, sees_time_place_and_who_of_an_own_meeting_and_no_record, .init = begin_of_a)
{
	const char *code = new_case();
	int64_t id = fixture_meeting(s, code, "A,B", "2026-11-25T12:00");
	struct meeting_record record = { .attended = (const char *const[]) { "A" },
		.attended_count = 1,
		.notes = "puhuttiin kotioloista" };
	struct meeting_view view;

	fixture_clock(s, "2026-11-25T13:00");
	contact.clock = s->clock;
	cr_assert(meeting_record_make(s, id, &record, &err), "%s", err.text);
	give(code, "A");
	for (enum look look = LOOK_NEW; look <= LOOK_AGAIN; look = (enum look)(look + 1)) {
		cr_assert_eq(look_meeting(look, id, &view), ERROR_NONE, "%s", err.text);
		cr_expect_eq(view.meeting.start, 720);
		cr_expect_eq(view.meeting.unit_count, 2u);
		cr_expect_not(view.has_record);
		cr_expect_null(view.record.notes);
		cr_expect_eq(view.record.attended_count, 0u);
		cr_expect_str_eq(view.concern, CONCERN);
	}
}

/* The refusal, with the number taken out. */
static void expect_no_meeting(int64_t id, char text[300])
{
	struct meeting_view view;
	char number[24], *at;

	cr_expect_eq(look_meeting(LOOK_NEW, id, &view), ERROR_NOT_FOUND);
	cr_expect_eq(view.meeting.id, 0);
	cr_expect_null(view.concern);
	snprintf(number, sizeof(number), "%lld", (long long)id);
	at = strstr(err.text, number);
	cr_assert_not_null(at, "%s", err.text);
	snprintf(text, 300, "%.*s#%s", (int)(at - err.text), err.text, at + strlen(number));
}

Test(contact, is_told_of_anothers_meeting_and_of_a_hold_as_of_none, .init = begin_of_a)
{
	const char *code = new_case();
	int64_t of_b = fixture_meeting(s, code, "B", "2026-11-25T12:00");
	int64_t held = fixture_hold(s, "A", "2026-11-25T13:00");
	char none[300], others[300], hold[300];

	give(code, "A");
	give(code, "B");
	expect_no_meeting(4711, none);
	expect_no_meeting(of_b, others);
	expect_no_meeting(held, hold);
	cr_expect_str_eq(others, none);
	cr_expect_str_eq(hold, none);
}

/* ---- The case. */

Test(contact, sees_the_concern_from_consent_to_withdrawal, .init = begin_of_a)
{
	const char *code = new_case();
	int64_t id = fixture_meeting(s, code, "A,B", "2026-11-25T12:00");

	expect_concern(code, id, false, "without consent");
	give(code, "B");
	expect_concern(code, id, false, "consent for another unit");
	give(code, "A");
	expect_concern(code, id, true, "consent");
	withdraw(code, "A");
	expect_concern(code, id, false, "withdrawn");
	give(code, "A");
	expect_concern(code, id, true, "given again");
	withdraw(code, "B");
	expect_concern(code, id, true, "another unit's withdrawn");
}

Test(contact, sees_no_case_to_which_the_own_unit_is_not_invited, .init = begin_of_a)
{
	const char *code = new_case();
	struct case_view view;

	give(code, "A");
	cr_expect_eq(look_case(LOOK_NEW, code, &view), ERROR_NOT_FOUND, "not invited yet");
	fixture_meeting(s, code, "B", "2026-11-25T12:00");
	cr_expect_eq(look_case(LOOK_NEW, code, &view), ERROR_NOT_FOUND, "another is invited");
	fixture_meeting(s, code, "A", "2026-11-25T12:00");
	cr_expect_eq(look_case(LOOK_NEW, code, &view), ERROR_NONE);
}

Test(contact, loses_the_case_with_its_last_meeting, .init = begin_of_a)
{
	const char *code = new_case();
	int64_t first = fixture_meeting(s, code, "A", "2026-11-25T12:00");
	int64_t second = fixture_meeting(s, code, "A", "2026-12-02T12:00");
	struct meeting_view of_meeting;
	struct case_view view;

	give(code, "A");
	cancel(first);
	cr_expect_eq(look_case(LOOK_NEW, code, &view), ERROR_NONE, "another is ahead");
	cr_expect_eq(view.meetings.count, 1u);
	cr_assert_eq(look_meeting(LOOK_NEW, first, &of_meeting), ERROR_NONE);
	cr_expect_null(of_meeting.concern, "of a meeting that was cancelled");
	cr_expect_null(of_meeting.meeting.case_code);
	cancel(second);
	expect_concern(code, second, false, "cancelled");
	fixture_meeting(s, code, "A", "2026-12-09T12:00");
	cr_expect_eq(look_case(LOOK_AGAIN, code, &view), ERROR_NONE, "booked anew");
}

Test(contact, sees_of_a_case_the_concern_and_what_is_the_own_units, .init = begin_of_a)
{
	const char *code = new_case();
	int64_t own = fixture_meeting(s, code, "A", "2026-11-25T12:00");
	struct case_view v;

	fixture_meeting(s, code, "B", "2026-11-25T12:00");
	cancel(fixture_meeting(s, code, "A", "2026-12-02T12:00"));
	give(code, "A");
	give(code, "B");
	cr_assert_eq(look_case(LOOK_NEW, code, &v), ERROR_NONE, "%s", err.text);
	cr_expect_str_eq(v.case_ref.code, code);
	cr_expect_str_eq(v.case_ref.concern, CONCERN);
	cr_expect(!v.case_ref.child && !v.case_ref.municipality && !v.case_ref.birth_year);
	cr_expect(!v.case_ref.language && !v.case_ref.interpreter && !v.case_ref.closed_reason);
	cr_expect_eq(v.case_ref.adult_count, 0u);
	cr_expect_eq(v.case_ref.limits.not_weekdays, 0u);
	cr_expect_eq(v.needed_unit_count, 0u);
	cr_assert_eq(v.calls.count, 1u);
	cr_expect(!v.calls.items[0].caller && !v.calls.items[0].phone);
	cr_assert_eq(v.consents.count, 1u);
	cr_expect_str_eq(v.consents.items[0].unit, "A");
	cr_assert_eq(v.meetings.count, 1u);
	cr_expect_eq(v.meetings.items[0].id, own);
}

/* ---- Several units, several roles. */

Test(contact, of_two_units_needs_consent_for_the_one_that_is_invited, .init = begin_of_a_and_c)
{
	const char *code = new_case();
	int64_t of_a = fixture_meeting(s, code, "A", "2026-11-25T12:00");
	int64_t of_c;

	give(code, "C");
	expect_concern(code, of_a, false, "consent for the own unit that is not invited");
	of_c = fixture_meeting(s, code, "C", "2026-11-25T12:00");
	expect_concern(code, of_c, true, "both invited, one with consent");
	withdraw(code, "C");
	give(code, "A");
	expect_concern(code, of_a, true, "the other with consent");
	expect_agenda(NULL, (const int64_t[]) { of_a, of_c }, 2);
}

Test(contact, of_two_units_sees_both_units_consents_and_meetings, .init = begin_of_a_and_c)
{
	const char *code = new_case();
	struct case_view view;

	fixture_meeting(s, code, "A", "2026-11-25T12:00");
	fixture_meeting(s, code, "B", "2026-11-25T12:00");
	fixture_meeting(s, code, "C", "2026-11-25T12:00");
	give(code, "A");
	give(code, "B");
	give(code, "C");
	cr_assert_eq(look_case(LOOK_NEW, code, &view), ERROR_NONE);
	cr_expect_eq(view.meetings.count, 2u);
	cr_expect_eq(view.consents.count, 2u);
}

Test(contact, who_coordinates_too_sees_the_whole_case)
{
	const char *code;
	struct case_view view;

	begin((const char *const[]) { "A" }, 1, 1u << ROLE_COORDINATOR);
	code = new_case();
	cr_assert_eq(look_case(LOOK_NEW, code, &view), ERROR_NONE);
	cr_expect_str_eq(view.case_ref.child, "A. K.");
	cr_expect_str_eq(view.calls.items[0].caller, "rehtori");
}

Test(contact, who_administers_too_sees_no_more_of_a_case)
{
	const char *code;
	struct case_view view;

	begin((const char *const[]) { "A" }, 1, 1u << ROLE_ADMIN | 1u << ROLE_AUDITOR);
	code = new_case();
	fixture_meeting(s, code, "B", "2026-11-25T12:00");
	give(code, "B");
	cr_expect_eq(look_case(LOOK_NEW, code, &view), ERROR_NOT_FOUND);
}

/* ---- The log. */

#define BY_CONTACT                                                                                 \
	" FROM access_log WHERE login = '" CONTACT "' AND account = 'kutsu'"                       \
	" AND origin = '10.1.2.3' AND role = 'contact' AND "

Test(contact, is_logged_where_the_case_stays_hidden_and_told_the_same_as_of_none,
	.init = begin_of_a)
{
	const char *code = new_case();
	struct case_view view;
	char expected[300], *at;

	fixture_meeting(s, code, "B", "2026-11-25T12:00");
	give(code, "B");
	cr_expect_eq(look_case(LOOK_NEW, "2026-4711", &view), ERROR_NOT_FOUND);
	at = strstr(err.text, "2026-4711");
	cr_assert_not_null(at);
	snprintf(expected, sizeof(expected), "%.*s%s%s", (int)(at - err.text), err.text, code,
		at + strlen("2026-4711"));
	cr_expect_eq(fixture_number(s, "SELECT count(*)" BY_CONTACT "1"), 0, "of none nothing");
	cr_expect_eq(look_case(LOOK_NEW, code, &view), ERROR_NOT_FOUND);
	cr_expect_str_eq(err.text, expected);
	cr_expect_eq(fixture_number(s, "SELECT count(*)" BY_CONTACT "1"), 1);
	cr_expect_eq(fixture_number(s, "SELECT count(*)" BY_CONTACT
				       "outcome = 'refused' AND use_case = 'case_look'"
				       " AND case_code = '2026-0001' AND case_id = 1"),
		1);
}

Test(contact, is_logged_with_the_case_where_a_meeting_stays_hidden, .init = begin_of_a)
{
	struct meeting_view view;
	int64_t id = fixture_meeting(s, new_case(), "B", "2026-11-25T12:00");

	cr_expect_eq(look_meeting(LOOK_NEW, id, &view), ERROR_NOT_FOUND);
	cr_expect_eq(fixture_number(s, "SELECT count(*)" BY_CONTACT
				       "outcome = 'refused' AND use_case = 'meeting_look'"
				       " AND case_code = '2026-0001' AND detail = '1'"),
		1);
	cr_expect_eq(look_meeting(LOOK_NEW, 4711, &view), ERROR_NOT_FOUND);
	cr_expect_eq(fixture_number(s, "SELECT count(*)" BY_CONTACT "1"), 1);
}

Test(contact, is_logged_once_for_each_opening_of_what_may_be_seen, .init = begin_of_a)
{
	const char *code = new_case();
	int64_t id = fixture_meeting(s, code, "A", "2026-11-25T12:00");

	give(code, "A");
	expect_concern(code, id, true, "once new and once again");
	cr_expect_eq(fixture_number(s, "SELECT count(*)" BY_CONTACT
				       "outcome = 'done' AND case_code = '2026-0001'"
				       " AND use_case IN ('case_look', 'meeting_look')"),
		2);
	withdraw(code, "A");
	expect_concern(code, id, false, "an opening is refused, what was open ends");
	cr_expect_eq(fixture_number(s, "SELECT count(*)" BY_CONTACT "outcome = 'refused'"), 1);
}

/* ---- A unit's calendar. */

/* What the session's user gets; NULL where that is refused. free() */
static char *export_of(
	struct session *by, enum export_what what, enum export_format format, const char *unit)
{
	const struct export_order order = { .what = what,
		.format = format,
		.unit = unit,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST };
	size_t size;
	char *bytes = NULL;
	FILE *file = open_memstream(&bytes, &size);
	bool ok;

	err = (struct error) { 0 };
	ok = export_write(by, &order, file, &err);
	fclose(file);
	if (!ok) {
		cr_expect_str_empty(bytes);
		free(bytes);
		bytes = NULL;
	}
	return bytes;
}

static void expect_parts(const char *text, bool are_there, const char *const *parts)
{
	cr_assert_not_null(text, "%s", err.text);
	for (; *parts; parts++)
		cr_expect_eq(strstr(text, *parts) != NULL, are_there, "\"%s\": %s", *parts, text);
}

#define PARTS(...) ((const char *const[]) { __VA_ARGS__, NULL })

Test(contact, exports_the_meetings_of_an_own_unit_without_the_case, .init = begin_of_a)
{
	static const enum export_format formats[] = { EXPORT_CSV, EXPORT_JSON, EXPORT_ICS };
	const char *code = new_case();
	int64_t cancelled = fixture_meeting(s, code, "A", "2026-12-02T12:00");

	fixture_meeting(s, code, "A,B", "2026-11-25T12:00");
	fixture_meeting(s, code, "B", "2026-12-09T12:00");
	fixture_hold(s, "A", "2026-12-16T12:00");
	give(code, "A");
	cancel(cancelled);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		bool is_calendar = formats[i] == EXPORT_ICS;
		char *text = export_of(&contact, EXPORT_MEETINGS, formats[i], "A");

		expect_parts(text, true,
			is_calendar ? PARTS("20261125T120000", "20261202T120000", "CANCELLED")
				    : PARTS("2026-11-25T12:00", "2026-12-02T12:00", "cancelled"));
		expect_parts(text, false,
			PARTS(code, CONCERN, "perhe pyysi", "A. K.", "2026-12-09", "20261209",
				"2026-12-16", "20261216"));
		free(text);
	}
}

Test(contact, exports_the_holes_of_an_own_unit, .init = begin_of_a)
{
	char *text = export_of(&contact, EXPORT_SLOTS, EXPORT_ICS, "A");

	expect_parts(text, true, PARTS("X-KUTSU-UNIT:A"));
	expect_parts(text, false, PARTS("X-KUTSU-UNIT:B", "X-KUTSU-UNIT:C"));
	free(text);
	cr_expect_eq(fixture_number(s, "SELECT count(*)" BY_CONTACT
				       "outcome = 'done' AND use_case = 'export_unit_slots'"
				       " AND detail = 'slots, unit A' AND basis = 'own_task'"),
		1);
}

Test(contact, exports_nothing_of_anothers_unit_and_nothing_as_a_whole, .init = begin_of_a)
{
	for (int what = 0; what < EXPORTS; what++) {
		cr_expect_null(export_of(&contact, (enum export_what)what, EXPORT_CSV, NULL));
		cr_expect_eq(err.code, ERROR_DENIED, "%d", what);
	}
	cr_expect_null(export_of(&contact, EXPORT_MEETINGS, EXPORT_CSV, "B"));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_expect_null(export_of(&contact, EXPORT_SLOTS, EXPORT_ICS, "B"));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_expect_eq(fixture_number(s,
			     "SELECT count(*)" BY_CONTACT "outcome = 'refused' AND detail = 'B'"),
		2);
}

Test(contact, gets_a_calendar_that_has_no_case_in_it_from_a_coordinator_too, .init = begin_of_a)
{
	const char *code = new_case();
	char *calendar, *table;

	fixture_meeting(s, code, "A", "2026-11-25T12:00");
	calendar = export_of(s, EXPORT_MEETINGS, EXPORT_ICS, "A");
	table = export_of(s, EXPORT_MEETINGS, EXPORT_CSV, "A");
	expect_parts(calendar, false, PARTS(code));
	expect_parts(table, true, PARTS(code));
	free(calendar);
	free(table);
}
