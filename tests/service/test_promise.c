/* What units say of their holes, what they change, and what is booked where a hole closes. */
#include "fixture.h"

#include "kutsu/base/date.h"
#include "kutsu/service/accounts.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/registry.h"

#include <criterion/criterion.h>
#include <string.h>

/* Unit A has Wednesdays 12 to 15; now is Tuesday 24.11.2026, week 48, after Monday 9.00. */
#define WEDNESDAY fixture_day("2026-11-25")
#define NEXT	  fixture_day("2026-12-02")
#define NOON	  (12 * 60)
#define CONTACT	  "yhd-a"

static struct session *installation(void)
{
	static const char *const own[] = { "A" };
	struct account account = {
		.login = CONTACT, .roles = 1u << ROLE_CONTACT, .units = own, .unit_count = 1
	};
	struct session *s = fixture_session();
	struct error err;

	fixture_unit(s, "A");
	fixture_unit(s, "B");
	fixture_slot(s, "A", 3, "12:00", "15:00");
	cr_assert(account_add(s, &account, &err), "%s", err.text);
	return s;
}

static void begin_contact(struct session *contact, struct session *s)
{
	static const struct identity identity = { .login = CONTACT, .account = CONTACT };
	struct error err;

	cr_assert(session_begin(contact, s->store, s->clock, &identity, &err), "%s", err.text);
}

static bool answer(struct session *s, const char *unit, int day, int start, enum readiness state,
	struct error *err)
{
	return promise_answer_give(s,
		&(struct promise_answer) {
			.unit = unit, .day = day, .start = start, .state = state },
		err);
}

static void must_answer(struct session *s, int day, int start, enum readiness state)
{
	struct error err;

	cr_assert(answer(s, "A", day, start, state, &err), "%s", err.text);
}

static struct occurrence hole_on(struct session *s, int day, int start)
{
	struct occurrence found = { 0 };
	struct unit_days *units;
	struct error err;
	size_t count;

	cr_assert(
		find_occurrences(s, "A", day, 1, &s->arena, &units, &count, &err), "%s", err.text);
	for (size_t i = 0; i < units[0].occurrences.count; i++) {
		if (units[0].occurrences.items[i].start == start)
			found = units[0].occurrences.items[i];
	}
	unit_days_release(units, count);
	cr_assert_neq(found.end, 0, "no hole then");
	return found;
}

static size_t unsettled_count(struct session *s)
{
	struct unsettled_list list;
	struct error err;

	cr_assert(promise_unsettled(s, "A", &s->arena, &list, &err), "%s", err.text);
	return list.count;
}

static void close_day(struct session *s, int day)
{
	struct closing closing = {
		.unit = "A", .from_day = day, .until_day = day, .reason = "koulutus"
	};
	struct error err;

	cr_assert(registry_close(s, &closing, &err), "%s", err.text);
}

Test(promise, each_answer_can_follow_each_other_and_the_last_counts)
{
	static const enum readiness states[] = { READINESS_CONFIRMED, READINESS_DEPUTY,
		READINESS_DECLINED, READINESS_UNCONFIRMED };
	struct session *s = installation();

	for (size_t from = 0; from < 4; from++) {
		for (size_t to = 0; to < 4; to++) {
			must_answer(s, WEDNESDAY, NOON, states[from]);
			must_answer(s, WEDNESDAY, NOON, states[to]);
			cr_expect_eq(hole_on(s, WEDNESDAY, NOON).readiness, states[to]);
			cr_expect_eq(hole_on(s, WEDNESDAY, NOON).state == OCCURRENCE_CLOSED,
				states[to] == READINESS_DECLINED);
		}
	}
	fixture_free(s);
}

Test(promise, who_answered_and_when_is_known)
{
	struct session *s = installation(), contact;

	begin_contact(&contact, s);
	must_answer(&contact, WEDNESDAY, WHOLE_WEEK, READINESS_CONFIRMED);
	cr_expect_str_eq(hole_on(s, WEDNESDAY, NOON).answer->answered_by, CONTACT);
	cr_expect_eq(hole_on(s, WEDNESDAY, NOON).answer->answered_at, session_now(s));
	session_end(&contact);
	fixture_free(s);
}

Test(promise, a_week_is_answered_for_at_once_but_for_what_is_past)
{
	struct session *s = installation();
	struct error err;

	fixture_slot(s, "A", 1, "09:00", "10:00");
	fixture_slot(s, "A", 5, "09:00", "10:00");
	must_answer(s, WEDNESDAY, WHOLE_WEEK, READINESS_CONFIRMED);
	cr_expect_eq(hole_on(s, WEDNESDAY - 2, 540).readiness, READINESS_UNCONFIRMED);
	cr_expect_eq(hole_on(s, WEDNESDAY, NOON).readiness, READINESS_CONFIRMED);
	cr_expect_eq(hole_on(s, WEDNESDAY + 2, 540).readiness, READINESS_CONFIRMED);
	cr_expect_eq(hole_on(s, NEXT, NOON).readiness, READINESS_UNCONFIRMED);
	cr_expect_not(answer(s, "A", WEDNESDAY - 7, WHOLE_WEEK, READINESS_CONFIRMED, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	fixture_free(s);
}

Test(promise, the_rest_of_a_week_is_confirmed_and_what_was_said_stays)
{
	struct session *s = installation();
	struct promise_answer elsewhere = { .unit = "A",
		.day = WEDNESDAY + 2,
		.start = 540,
		.state = READINESS_UNCONFIRMED,
		.place = "huone 2" };
	struct promise_answer rest = { .unit = "A",
		.day = WEDNESDAY,
		.start = WHOLE_WEEK,
		.state = READINESS_CONFIRMED,
		.rest_only = true };
	struct error err;

	fixture_slot(s, "A", 5, "09:00", "10:00");
	must_answer(s, WEDNESDAY, NOON, READINESS_DEPUTY);
	cr_assert(promise_answer_give(s, &elsewhere, &err));
	cr_assert(promise_answer_give(s, &rest, &err), "%s", err.text);
	cr_expect_eq(hole_on(s, WEDNESDAY, NOON).readiness, READINESS_DEPUTY);
	cr_expect_eq(hole_on(s, WEDNESDAY + 2, 540).readiness, READINESS_CONFIRMED);
	cr_expect_str_eq(occurrence_place(&(struct occurrence) {
				 .answer = hole_on(s, WEDNESDAY + 2, 540).answer }),
		"huone 2");
	fixture_free(s);
}

Test(promise, a_hole_that_is_not_there_is_not_answered_for)
{
	struct session *s = installation();
	struct error err;

	cr_expect_not(answer(s, "A", WEDNESDAY, NOON + 60, READINESS_CONFIRMED, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_not(answer(s, "B", WEDNESDAY, WHOLE_WEEK, READINESS_CONFIRMED, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_not(answer(s, "C", WEDNESDAY, WHOLE_WEEK, READINESS_CONFIRMED, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_not(answer(s, "A", WEDNESDAY, WHOLE_WEEK, READINESS_PAUSED, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	fixture_free(s);
}

Test(promise, a_unit_without_a_hole_may_say_why)
{
	struct session *s = installation();
	struct error err;

	cr_assert(promise_answer_give(s,
		&(struct promise_answer) { .unit = "B",
			.day = WEDNESDAY,
			.start = WHOLE_WEEK,
			.state = READINESS_DECLINED,
			.note = "rekrytointi" },
		&err));
	cr_expect_eq(fixture_number(s, "SELECT start_minute FROM readiness"), WEEK_WITHOUT_HOLE);
	fixture_free(s);
}

Test(promise, for_who_is_away_nobody_comes)
{
	struct session *s = installation();
	struct error err;

	close_day(s, WEDNESDAY);
	cr_expect_not(answer(s, "A", WEDNESDAY, NOON, READINESS_CONFIRMED, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect_not(answer(s, "A", WEDNESDAY, NOON, READINESS_DEPUTY, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	fixture_free(s);
}

Test(promise, a_contact_answers_for_the_own_units_only)
{
	struct session *s = installation(), contact;
	struct error err;

	fixture_slot(s, "B", 3, "12:00", "13:00");
	begin_contact(&contact, s);
	cr_expect_not(answer(&contact, "B", WEDNESDAY, WHOLE_WEEK, READINESS_CONFIRMED, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	session_end(&contact);
	fixture_free(s);
}

Test(promise, what_is_booked_where_a_hole_closes_stays_booked_and_waits_for_somebody)
{
	struct session *s = installation();
	const char *code = fixture_case(s);

	fixture_meeting(s, code, "A", "2026-12-02T12:00");
	cr_expect_eq(unsettled_count(s), 0u);
	close_day(s, NEXT);
	cr_expect_eq(unsettled_count(s), 1u);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM meeting WHERE status = 'booked'"), 1);
	fixture_free(s);
}

Test(promise, a_declined_hole_and_an_ended_one_leave_meetings_unsettled_too)
{
	struct session *s = installation();
	const char *code = fixture_case(s);
	struct error err;

	fixture_meeting(s, code, "A", "2026-12-02T12:00");
	must_answer(s, NEXT, NOON, READINESS_DECLINED);
	cr_expect_eq(unsettled_count(s), 1u);
	must_answer(s, NEXT, NOON, READINESS_UNCONFIRMED);
	cr_expect_eq(unsettled_count(s), 0u);
	cr_assert(registry_end_slot(s, fixture_number(s, "SELECT id FROM slot"), WEDNESDAY, &err));
	cr_expect_eq(unsettled_count(s), 1u);
	fixture_free(s);
}

Test(promise, it_is_settled_by_a_deputy_a_move_a_cancellation_or_an_absence_taken_back)
{
	for (int way = 0; way < 4; way++) {
		struct session *s = installation();
		const char *code = fixture_case(s);
		int64_t meeting = fixture_meeting(s, code, "A", "2026-12-02T12:00");
		struct error err;
		bool ok = false;

		close_day(s, NEXT);
		if (way == 0)
			ok = promise_settle(s, meeting, "A", ASKED_NOTHING, NULL, &err);
		if (way == 1)
			ok = booking_move(
				s, meeting, SEQUENCE_UNTOLD, NEXT + 7, NOON, LEAVES_LATER, &err);
		if (way == 2)
			ok = booking_cancel(s, meeting, "ei ehditä", LEAVES_LATER, &err);
		if (way == 3)
			ok = registry_remove_closing(
				s, fixture_number(s, "SELECT id FROM closing"), &err);
		cr_assert(ok, "%d: %s", way, err.text);
		cr_expect_eq(unsettled_count(s), 0u, "%d", way);
		fixture_free(s);
	}
}

Test(promise, a_contact_asks_the_coordinator_to_move_and_it_waits_still)
{
	struct session *s = installation(), contact;
	const char *code = fixture_case(s);
	int64_t meeting = fixture_meeting(s, code, "A", "2026-12-02T12:00");
	struct unsettled_list list;
	struct error err;

	close_day(s, NEXT);
	begin_contact(&contact, s);
	cr_assert(promise_settle(&contact, meeting, "A", ASKED_MOVE, NULL, &err), "%s", err.text);
	cr_assert(promise_unsettled(s, NULL, &s->arena, &list, &err));
	cr_assert_eq(list.count, 1u);
	cr_expect_eq(list.items[0].asks, ASKED_MOVE);
	cr_expect_str_eq(list.items[0].asked_by, CONTACT);
	cr_expect_str_eq(list.items[0].meeting.case_code, code);
	cr_expect_str_eq(list.items[0].reason, "koulutus");
	cr_assert(promise_unsettled(&contact, NULL, &s->arena, &list, &err));
	cr_assert_eq(list.count, 1u);
	cr_expect_null(list.items[0].meeting.case_code);
	session_end(&contact);
	fixture_free(s);
}

Test(promise, it_is_settled_without_a_hole_too_and_can_be_taken_back)
{
	struct session *s = installation();
	const char *code = fixture_case(s);
	int64_t meeting = fixture_meeting(s, code, "A", "2026-12-02T13:00");
	struct error err;

	cr_assert(registry_end_slot(s, fixture_number(s, "SELECT id FROM slot"), WEDNESDAY, &err));
	cr_assert(promise_settle(s, meeting, "A", ASKED_NOTHING, "johtaja", &err), "%s", err.text);
	cr_expect_eq(unsettled_count(s), 0u);
	cr_expect_not(promise_settle(s, meeting, "B", ASKED_NOTHING, NULL, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_assert(promise_unsettle(s, meeting, "A", &err), "%s", err.text);
	cr_expect_eq(unsettled_count(s), 1u);
	fixture_free(s);
}

Test(promise, what_nobody_settled_cannot_be_taken_back_and_nothing_is_logged)
{
	struct session *s = installation();
	const char *code = fixture_case(s);
	int64_t meeting = fixture_meeting(s, code, "A", "2026-12-02T13:00");
	struct error err;
	int64_t logged;

	cr_assert(registry_end_slot(s, fixture_number(s, "SELECT id FROM slot"), WEDNESDAY, &err));
	logged = fixture_number(s, "SELECT count(*) FROM access_log");
	cr_assert_not(promise_unsettle(s, meeting, "A", &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM access_log"), logged);
	cr_expect_eq(unsettled_count(s), 1u);
	fixture_free(s);
}

Test(promise, settling_one_meeting_settles_no_other_and_opens_no_hole)
{
	struct session *s = installation();
	const char *code = fixture_case(s);
	int64_t meeting = fixture_meeting(s, code, "A", "2026-12-02T12:00");
	struct error err;

	fixture_meeting(s, code, "A", "2026-12-02T14:00");
	must_answer(s, NEXT, NOON, READINESS_DECLINED);
	cr_expect_eq(unsettled_count(s), 2u);
	cr_assert(promise_settle(s, meeting, "A", ASKED_NOTHING, NULL, &err));
	cr_expect_eq(unsettled_count(s), 1u);
	cr_expect_eq(hole_on(s, NEXT, NOON).state, OCCURRENCE_CLOSED);
	cr_expect_eq(hole_on(s, NEXT, NOON).readiness, READINESS_DECLINED);
	fixture_free(s);
}

Test(promise, a_deputy_named_before_an_absence_settles_nothing)
{
	struct session *s = installation();
	const char *code = fixture_case(s);

	must_answer(s, NEXT, NOON, READINESS_DEPUTY);
	fixture_meeting(s, code, "A", "2026-12-02T12:00");
	close_day(s, NEXT);
	cr_expect_eq(unsettled_count(s), 1u);
	fixture_free(s);
}

Test(promise, meetings_that_share_too_little_room_wait_for_somebody)
{
	struct session *s = installation();
	const char *code = fixture_case(s);

	fixture_sql(s, "UPDATE slot SET capacity = 2");
	fixture_meeting(s, code, "A", "2026-12-02T12:00");
	fixture_meeting(s, code, "A", "2026-12-02T12:00");
	cr_expect_eq(unsettled_count(s), 0u);
	fixture_sql(s, "UPDATE slot SET capacity = 1");
	cr_expect_eq(unsettled_count(s), 2u);
	fixture_free(s);
}

Test(promise, a_meeting_that_moved_left_its_settlement_behind)
{
	struct session *s = installation();
	const char *code = fixture_case(s);
	int64_t meeting = fixture_meeting(s, code, "A", "2026-12-02T12:00");
	struct error err;

	close_day(s, NEXT);
	cr_assert(promise_settle(s, meeting, "A", ASKED_NOTHING, NULL, &err));
	cr_assert(booking_move(s, meeting, SEQUENCE_UNTOLD, NEXT + 7, NOON, LEAVES_LATER, &err));
	close_day(s, NEXT + 7);
	cr_expect_eq(unsettled_count(s), 1u);
	fixture_free(s);
}

Test(promise, a_contact_learns_of_no_meeting_by_asking_to_settle)
{
	struct session *s = installation(), contact;
	const char *code = fixture_case(s);
	char first[400];
	int64_t meeting;
	struct error err;

	fixture_slot(s, "B", 3, "12:00", "15:00");
	meeting = fixture_meeting(s, code, "B", "2026-12-02T12:00");
	begin_contact(&contact, s);
	cr_expect_not(promise_settle(&contact, meeting, "B", ASKED_NOTHING, NULL, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	strcpy(first, err.text);
	cr_expect_not(promise_settle(&contact, meeting + 100, "B", ASKED_NOTHING, NULL, &err));
	cr_expect_str_eq(err.text, first);
	cr_expect_not(promise_settle(&contact, meeting, "A", ASKED_NOTHING, NULL, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_not(promise_settle(&contact, meeting + 100, "A", ASKED_NOTHING, NULL, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	session_end(&contact);
	fixture_free(s);
}

static struct slot thursdays(const char *from)
{
	return (struct slot) { .weekday = 4,
		.start = 600,
		.end = 660,
		.repeat = REPEAT_WEEKLY,
		.from_day = from ? fixture_day(from) : DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
}

Test(promise, a_change_ends_the_old_promise_the_day_before_and_keeps_it)
{
	struct session *s = installation();
	int64_t old = fixture_number(s, "SELECT id FROM slot");
	struct slot slot = thursdays("2026-12-10");
	struct error err;

	cr_assert(promise_change(s, old, &slot, &err), "%s", err.text);
	cr_expect_eq(fixture_number(s, "SELECT until_day FROM slot ORDER BY id"),
		fixture_day("2026-12-09"));
	cr_expect_eq(fixture_number(s, "SELECT from_day FROM slot ORDER BY id DESC"),
		fixture_day("2026-12-10"));
	/* What was promised is told from then on, too. */
	fixture_clock(s, "2027-06-01T10:00");
	cr_expect_eq(hole_on(s, fixture_day("2026-12-09"), NOON).start, NOON);
	cr_expect_eq(hole_on(s, fixture_day("2026-12-10"), 600).start, 600);
	fixture_free(s);
}

Test(promise, what_was_said_of_coming_holes_goes_with_another_time_of_the_same_weekday)
{
	struct session *s = installation();
	int64_t old = fixture_number(s, "SELECT id FROM slot");
	struct slot slot = thursdays("2026-12-01");
	struct error err;

	slot.weekday = 3;
	must_answer(s, WEDNESDAY, NOON, READINESS_CONFIRMED);
	must_answer(s, NEXT, NOON, READINESS_DECLINED);
	must_answer(s, NEXT + 7, NOON, READINESS_DEPUTY);
	must_answer(s, NEXT + 14, NOON, READINESS_CONFIRMED);
	cr_assert(promise_change(s, old, &slot, &err), "%s", err.text);
	cr_expect_eq(hole_on(s, WEDNESDAY, NOON).readiness, READINESS_CONFIRMED);
	cr_expect_eq(hole_on(s, NEXT, 600).readiness, READINESS_DECLINED);
	cr_expect_eq(hole_on(s, NEXT + 7, 600).readiness, READINESS_DEPUTY);
	cr_expect_eq(hole_on(s, NEXT + 14, 600).readiness, READINESS_UNCONFIRMED);
	fixture_free(s);
}

Test(promise, what_was_said_of_another_hole_that_begins_then_stays)
{
	struct session *s = installation();
	struct slot first = { .unit = "B",
		.weekday = 3,
		.start = 780,
		.end = 840,
		.repeat = REPEAT_FORTNIGHTLY,
		.from_day = NEXT,
		.until_day = DAY_LAST,
		.capacity = 1 };
	struct slot second = first, changed = first;
	struct error err;

	second.from_day = NEXT + 7;
	cr_assert(registry_add_slot(s, &first, &err));
	cr_assert(registry_add_slot(s, &second, &err));
	cr_assert(answer(s, "B", NEXT + 7, 780, READINESS_DECLINED, &err));
	changed.start = 540;
	changed.end = 600;
	cr_assert(promise_change(s, first.id, &changed, &err), "%s", err.text);
	cr_expect_eq(fixture_number(s, "SELECT start_minute FROM readiness"), 780);
	fixture_free(s);
}

Test(promise, a_promise_that_never_came_into_force_leaves_nothing_behind)
{
	struct session *s = installation();
	int64_t old = fixture_number(s, "SELECT id FROM slot");
	struct slot first = thursdays("2026-12-10"), second = thursdays("2026-12-10");
	struct error err;

	second.start = 540;
	cr_assert(promise_change(s, old, &first, &err));
	cr_assert(promise_change(s, first.id, &second, &err), "%s", err.text);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM slot"), 2);
	cr_expect_not(promise_change(s, old, &second, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	fixture_free(s);
}

Test(promise, an_extra_hole_is_offered_once_and_for_a_day_to_come)
{
	struct opening opening = { .unit = "A", .day = NEXT, .start = 540, .end = 600 };
	struct session *s = installation();
	struct error err;

	cr_assert(registry_open(s, &opening, &err));
	cr_expect_not(registry_open(s, &opening, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	opening.day = session_today(s) - 1;
	cr_expect_not(registry_open(s, &opening, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	fixture_free(s);
}

Test(promise, a_hole_in_which_somebody_is_to_be_met_is_asked_for_first)
{
	struct session *s = installation();
	const char *code = fixture_case(s);
	struct promise_gap_list list;
	struct error err;

	fixture_slot(s, "B", 4, "12:00", "15:00");
	fixture_meeting(s, code, "B", "2026-11-26T12:00");
	cr_assert(promise_gaps(s, &s->arena, &list, &err));
	cr_assert_geq(list.count, 2u);
	cr_expect_str_eq(list.items[0].unit->code, "B");
	cr_expect_eq(list.items[0].booked, 1);
	cr_expect_str_eq(list.items[1].unit->code, "A");
	fixture_free(s);
}

Test(promise, a_change_begins_today_or_later)
{
	struct session *s = installation();
	int64_t old = fixture_number(s, "SELECT id FROM slot");
	struct slot slot = thursdays("2026-11-23");
	struct error err;

	cr_expect_not(promise_change(s, old, &slot, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	slot = thursdays(NULL);
	cr_expect_not(promise_change(s, old, &slot, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	slot = thursdays("2026-12-10");
	cr_expect_not(promise_change(s, old + 100, &slot, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM slot"), 1);
	fixture_free(s);
}

Test(promise, another_units_hole_is_not_to_be_changed_and_who_tries_is_in_the_log)
{
	struct session *s = installation(), contact;
	int64_t other = fixture_slot(s, "B", 3, "12:00", "13:00");
	struct slot slot;
	struct error err;

	begin_contact(&contact, s);
	cr_expect_not(registry_slot_get(&contact, other, &s->arena, &slot, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM access_log WHERE outcome = 'refused'"
				       " AND use_case = 'slot_change' AND detail = 'B'"),
		1);
	session_end(&contact);
	fixture_free(s);
}

Test(promise, an_ended_hole_stays_ended_and_an_absence_is_told_a_week_back_at_most)
{
	struct session *s = installation();
	int64_t slot = fixture_number(s, "SELECT id FROM slot");
	struct closing closing = {
		.unit = "A", .from_day = WEDNESDAY - 30, .until_day = WEDNESDAY - 20
	};
	struct error err;

	cr_expect_not(registry_close(s, &closing, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	closing.from_day = closing.until_day = session_today(s) - 7;
	cr_expect(registry_close(s, &closing, &err), "%s", err.text);
	cr_assert(registry_end_slot(s, slot, WEDNESDAY, &err));
	fixture_clock(s, "2027-06-01T10:00");
	cr_expect_not(registry_end_slot(s, slot, fixture_day("2027-12-31"), &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	fixture_free(s);
}

Test(promise, what_was_promised_is_not_taken_back_afterwards)
{
	struct session *s = installation();
	struct opening opening = { .unit = "A", .day = WEDNESDAY, .start = 540, .end = 600 };
	struct closing closing = {
		.unit = "A", .from_day = WEDNESDAY, .until_day = WEDNESDAY + 14
	};
	struct error err;

	cr_assert(registry_close(s, &closing, &err));
	cr_assert(registry_open(s, &opening, &err));
	fixture_clock(s, "2026-12-03T10:00");
	cr_expect_not(registry_end_slot(
		s, fixture_number(s, "SELECT id FROM slot"), fixture_day("2026-12-01"), &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_not(registry_remove_opening(s, opening.id, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect(registry_remove_closing(s, closing.id, &err));
	cr_expect_eq(fixture_number(s, "SELECT until_day FROM closing"), fixture_day("2026-12-02"));
	cr_expect_not(registry_remove_closing(s, closing.id, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	fixture_free(s);
}

static size_t gaps_of(struct session *s, enum gap gap)
{
	struct promise_gap_list list;
	struct error err;
	size_t count = 0;

	cr_assert(promise_gaps(s, &s->arena, &list, &err), "%s", err.text);
	for (size_t i = 0; i < list.count; i++)
		count += list.items[i].gap == gap;
	return count;
}

Test(promise, units_are_warned_of_that_have_no_hole_ready_person_or_deputy)
{
	struct session *s = installation();

	cr_expect_eq(gaps_of(s, GAP_NO_HOLE), 1u);
	cr_expect_eq(gaps_of(s, GAP_NO_READY_PERSON), 1u);
	cr_expect_eq(gaps_of(s, GAP_NO_DEPUTY), 1u);
	fixture_sql(s, "UPDATE slot SET ready_person = 'p', deputy = 'd'");
	cr_expect_eq(gaps_of(s, GAP_NO_READY_PERSON) + gaps_of(s, GAP_NO_DEPUTY), 0u);
	fixture_sql(s, "UPDATE slot SET until_day = 20000");
	cr_expect_eq(gaps_of(s, GAP_NO_HOLE), 2u);
	fixture_free(s);
}

Test(promise, only_after_the_deadline_a_hole_ahead_in_this_week_is_to_be_asked_for)
{
	struct session *s = installation();

	fixture_clock(s, "2026-11-23T08:59");
	cr_expect_eq(gaps_of(s, GAP_UNCONFIRMED), 0u);
	fixture_clock(s, "2026-11-23T09:00");
	cr_expect_eq(gaps_of(s, GAP_UNCONFIRMED), 1u);
	must_answer(s, WEDNESDAY, NOON, READINESS_CONFIRMED);
	cr_expect_eq(gaps_of(s, GAP_UNCONFIRMED), 0u);
	must_answer(s, WEDNESDAY, NOON, READINESS_UNCONFIRMED);
	fixture_clock(s, "2026-11-26T09:00");
	cr_expect_eq(gaps_of(s, GAP_UNCONFIRMED), 0u);
	fixture_free(s);
}

Test(promise, the_search_marks_who_has_not_confirmed_past_the_deadline)
{
	const char *const units[] = { "A" };
	struct hole_query query = { .units = units,
		.unit_count = 1,
		.minutes = 60,
		.weeks = 2,
		.limits = family_limits_none() };
	struct session *s = installation();
	struct hole_answer found;
	struct error err;

	query.first_day = session_today(s);
	cr_assert(find_holes(s, &query, &s->arena, &found, &err), "%s", err.text);
	cr_assert_eq(found.found.hole_count, 2u);
	cr_expect_eq(found.unconfirmed[0].count, 1u);
	cr_expect_str_eq(found.unconfirmed[0].units[0], "A");
	cr_expect_eq(found.unconfirmed[1].count, 0u, "next week's deadline is to come");
	hole_answer_release(&found);
	must_answer(s, WEDNESDAY, NOON, READINESS_CONFIRMED);
	cr_assert(find_holes(s, &query, &s->arena, &found, &err));
	cr_expect_eq(found.unconfirmed[0].count, 0u);
	hole_answer_release(&found);
	fixture_free(s);
}

Test(promise, a_contact_sees_eight_weeks_of_the_own_units)
{
	struct session *s = installation(), contact;
	const char *code = fixture_case(s);
	struct own_weeks weeks;
	struct error err;

	fixture_slot(s, "B", 3, "12:00", "15:00");
	fixture_meeting(s, code, "A,B", "2026-12-02T12:00");
	fixture_meeting(s, code, "B", "2026-12-09T12:00");
	begin_contact(&contact, s);
	cr_assert(own_weeks_look(&contact, &s->arena, &weeks, &err), "%s", err.text);
	cr_assert_eq(weeks.unit_count, 1u);
	cr_expect_str_eq(weeks.units[0].unit.code, "A");
	cr_expect_eq(weeks.units[0].occurrences.count, 8u); /* and 6.1. is a holiday's */
	cr_expect_eq(weeks.meetings.count, 1u);
	cr_expect_eq(weeks.monday, fixture_day("2026-11-23"));
	own_weeks_release(&weeks);
	session_end(&contact);
	fixture_free(s);
}

/* Vk 53 is followed by vk 1: every second week counts from its first date. */
Test(promise, over_the_year_end_fortnights_go_on_counting)
{
	struct session *s = installation();
	struct slot slot = { .unit = "B",
		.weekday = 2,
		.start = 600,
		.end = 660,
		.repeat = REPEAT_FORTNIGHTLY,
		.from_day = fixture_day("2026-12-15"),
		.until_day = DAY_LAST,
		.capacity = 1 };
	struct error err;

	cr_assert(registry_add_slot(s, &slot, &err));
	cr_expect_not(
		answer(s, "B", fixture_day("2026-12-22"), WHOLE_WEEK, READINESS_CONFIRMED, &err));
	cr_expect(answer(s, "B", fixture_day("2026-12-29"), WHOLE_WEEK, READINESS_CONFIRMED, &err),
		"vk 53: %s", err.text);
	cr_expect_not(
		answer(s, "B", fixture_day("2027-01-05"), WHOLE_WEEK, READINESS_CONFIRMED, &err));
	cr_expect(answer(s, "B", fixture_day("2027-01-12"), WHOLE_WEEK, READINESS_CONFIRMED, &err),
		"vk 2: %s", err.text);
	fixture_free(s);
}

Test(promise, a_hole_on_a_holiday_or_in_a_school_break_is_paused_and_needs_no_answer)
{
	struct session *s = installation();
	struct error err;

	fixture_clock(s, "2027-01-04T10:00");
	cr_expect_eq(hole_on(s, fixture_day("2027-01-06"), NOON).readiness, READINESS_PAUSED);
	cr_expect_eq(gaps_of(s, GAP_UNCONFIRMED), 0u);
	cr_expect_not(
		answer(s, "A", fixture_day("2027-01-06"), WHOLE_WEEK, READINESS_CONFIRMED, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	fixture_free(s);
}

/* Summer time begins on 28.3.2027 and ends on 31.10.2027. */
Test(promise, the_clock_on_the_wall_counts_in_the_weeks_of_summer_time)
{
	static const char *const days[] = { "2027-03-24", "2027-03-31", "2027-10-27",
		"2027-11-03" };
	struct session *s = installation();

	fixture_clock(s, "2027-03-22T08:00");
	for (size_t i = 0; i < 4; i++) {
		must_answer(s, fixture_day(days[i]), NOON, READINESS_CONFIRMED);
		cr_expect_eq(hole_on(s, fixture_day(days[i]), NOON).readiness, READINESS_CONFIRMED);
		cr_expect_eq(hole_on(s, fixture_day(days[i]), NOON).end, 15 * 60);
	}
	fixture_free(s);
}
