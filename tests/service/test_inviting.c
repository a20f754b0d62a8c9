/* What is queued when a meeting is made, moved or ended, what leaves of it, and what is answered.
 */
#include "fixture.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/accounts.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/outbox.h"

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTACT "yht-1"
#define DEAD	"elsewhere:1:1" /* a sender that runs no more */

/* Of src/store/store_internal.h, where it is kept for tests. */
sqlite3 *store_connection(struct store *store);

static struct session *s;
static struct error err;
static const char *code; /* the case's */
static char folder[FIXTURE_FOLDER_SIZE];

static void set_up(void)
{
	static const char *const units[] = { "A", "B", "C" };

	message_set_language(LANGUAGE_EN);
	s = fixture_session();
	for (size_t i = 0; i < 3; i++) {
		fixture_unit(s, units[i]);
		fixture_slot(s, units[i], 3, "12:00", "15:00");
	}
	code = fixture_case(s);
	fixture_folder(folder);
	fixture_sql(s, "UPDATE unit SET email = lower(code) || '@vaara.example';"
		       "UPDATE case_ref SET email = 'perhe@koti.example';"
		       "INSERT INTO setting VALUES ('mail.from', 'kutsu@vaara.example')");
}

static void tear_down(void)
{
	fixture_free(s);
	fixture_folder_remove(folder);
}

TestSuite(inviting, .init = set_up, .fini = tear_down);

/* The first column of all rows, with blanks between; until the next call. */
static const char *texts(const char *sql)
{
	static struct text text;
	sqlite3_stmt *stmt;

	text_clear(&text);
	cr_assert_eq(sqlite3_prepare_v2(store_connection(s->store), sql, -1, &stmt, NULL),
		SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(store_connection(s->store)));
	while (sqlite3_step(stmt) == SQLITE_ROW)
		text_format(&text, "%s%s", *text_get(&text) ? " " : "",
			(const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return text_get(&text);
}

/* "A:request:0:draft": in the order they were made. */
static const char *messages(void)
{
	return texts("SELECT coalesce(u.code || ':', '') || g.kind || ':' || g.sequence || ':' ||"
		     " g.state FROM message g LEFT JOIN unit u ON u.id = g.unit_id ORDER BY g.id");
}

#define expect_messages(expected)                                                                  \
	do {                                                                                       \
		const char *found_ = messages();                                                   \
		cr_expect_str_eq(found_, expected, "%s", found_);                                  \
	} while (0)

static const char *invitations(void)
{
	return texts("SELECT u.code || ':' || i.sequence || ':' || CASE i.is_off WHEN 1 THEN 'off'"
		     " ELSE coalesce(i.answer, '-') END FROM invitation i JOIN unit u"
		     " ON u.id = i.unit_id ORDER BY u.code");
}

static void give(const char *unit)
{
	cr_assert(consent_give(s, code, &unit, 1, "huoltaja", NULL, &err), "%s", err.text);
}

static void withdraw(const char *unit)
{
	cr_assert(consent_withdraw(s, code, &unit, 1, &err), "%s", err.text);
}

static int64_t book(void)
{
	return fixture_meeting(s, code, "A,B", "2026-12-02T12:00");
}

static void let_leave(int64_t meeting)
{
	int count;

	cr_assert(invitation_let_leave(s, meeting, &count, &err), "%s", err.text);
}

static struct outbox_result send(void)
{
	struct outbox_sending sending = { .folder = folder };
	struct outbox_result result;

	cr_assert(outbox_send(s, &sending, &result, &err), "%s", err.text);
	return result;
}

static bool move(int64_t meeting, const char *day, enum leaving leaving)
{
	return booking_move(s, meeting, SEQUENCE_UNTOLD, fixture_day(day), 720, leaving, &err);
}

/* ---- Queued with the booking. */

Test(inviting, a_booking_makes_one_message_for_each_unit_and_the_family)
{
	give("A");
	book();
	expect_messages("A:request:0:draft B:request:0:waiting_consent family:0:draft");
	cr_expect_str_eq(invitations(), "A:0:- B:0:-");
	cr_expect_eq(send().sent, 0, "a person lets it leave");
}

Test(inviting, a_booking_that_fails_leaves_no_message)
{
	const char *const units[] = { "A", "B" };
	struct booking booking = { .case_code = code,
		.units = units,
		.unit_count = 2,
		.day = fixture_day("2026-12-02"),
		.start = 720,
		.minutes = 60,
		.leaving = LEAVES_NOW };
	char *before, *after;
	int64_t id;

	fixture_meeting(s, fixture_case(s), "B", "2026-12-02T12:00");
	before = fixture_dump(s);
	cr_expect_not(booking_make(s, &booking, &id, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	after = fixture_dump(s);
	cr_expect_str_eq(before, after);
	free(before);
	free(after);
}

Test(inviting, a_move_or_cancellation_that_fails_changes_no_message)
{
	int64_t meeting;
	char *before, *after;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	fixture_meeting(s, fixture_case(s), "B", "2026-12-09T12:00");
	before = fixture_dump(s);
	cr_expect_not(move(meeting, "2026-12-09", LEAVES_NOW));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	after = fixture_dump(s);
	cr_expect_str_eq(before, after);
	free(before);
	free(after);
}

/* ---- Consent. */

Test(inviting, without_consent_it_waits_and_goes_when_it_comes)
{
	int64_t meeting = book();

	let_leave(meeting);
	expect_messages("A:request:0:waiting_consent B:request:0:waiting_consent family:0:queued");
	cr_expect_eq(send().sent, 1);
	give("A");
	expect_messages("A:request:0:queued B:request:0:waiting_consent family:0:sent");
	cr_expect_eq(send().sent, 1);
	expect_messages("A:request:0:sent B:request:0:waiting_consent family:0:sent");
}

Test(inviting, consent_alone_lets_no_draft_leave)
{
	book();
	give("A");
	expect_messages("A:request:0:draft B:request:0:waiting_consent family:0:draft");
	cr_expect_eq(send().sent, 0);
}

Test(inviting, withdrawn_before_it_left_it_stays)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	withdraw("A");
	expect_messages("A:request:0:waiting_consent B:request:0:waiting_consent family:0:queued");
	cr_expect_eq(send().sent, 1, "the family's alone");
	give("A");
	expect_messages("A:request:0:draft B:request:0:waiting_consent family:0:sent");
}

Test(inviting, withdrawn_after_it_left_the_units_part_is_cancelled_at_once)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	withdraw("A");
	cr_expect_str_eq(invitations(), "A:1:off B:0:-");
	expect_messages("A:request:0:sent B:request:0:waiting_consent family:0:sent "
			"A:cancel:1:queued");
	cr_expect_eq(send().sent, 1);
	give("A");
	cr_expect_str_eq(invitations(), "A:2:- B:0:-");
	let_leave(meeting);
	send();
	expect_messages("A:request:0:sent B:request:0:waiting_consent family:0:sent "
			"A:cancel:1:sent A:request:2:sent");
}

/* Whoever writes, by whatever means. */
static void expect_sql_refused(const char *sql, const char *why)
{
	char *wrong = NULL;

	cr_expect_neq(sqlite3_exec(store_connection(s->store), sql, NULL, NULL, &wrong), SQLITE_OK,
		"%s", sql);
	cr_expect(wrong && strstr(wrong, why), "%s: %s", sql, wrong ? wrong : "(none)");
	sqlite3_free(wrong);
}

Test(inviting, the_database_itself_lets_nothing_leave_without_consent)
{
	static const char claim[] = "UPDATE message SET state = 'queued', content = 'x', sender ="
				    " 'me' WHERE unit_id = (SELECT id FROM unit WHERE code = 'A')";

	book();
	expect_sql_refused(claim, "no consent");
	give("A");
	withdraw("A");
	expect_sql_refused(claim, "no consent");
	give("B");
	expect_sql_refused(claim, "no consent");
	give("A");
	fixture_sql(s, claim);
}

Test(inviting, the_database_itself_keeps_what_left_as_it_was)
{
	give("A");
	let_leave(book());
	send();
	expect_sql_refused("UPDATE message SET content = 'x' WHERE id = 1", "stays as it left");
	expect_sql_refused("UPDATE message SET message_id = 'x' WHERE id = 1", "stays as it left");
	expect_sql_refused("UPDATE message SET sequence = 7 WHERE id = 1", "stays as it left");
	expect_sql_refused("UPDATE message SET recipient = 'x@x' WHERE id = 1", "stays as it left");
}

/* ---- Moving, cancelling, inviting again. */

Test(inviting, moved_before_anything_left_only_the_newest_leaves)
{
	int64_t meeting;

	give("A");
	meeting = book();
	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	expect_messages("A:request:1:draft B:request:1:waiting_consent family:0:draft");
	let_leave(meeting);
	cr_expect_eq(send().sent, 2);
}

Test(inviting, moved_after_it_was_let_leave_the_new_one_leaves_too)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	expect_messages("A:request:1:queued B:request:1:waiting_consent family:0:queued");
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM message WHERE is_approved"), 3);
}

Test(inviting, moved_after_all_left_it_waits_for_a_person_again)
{
	int64_t meeting;

	give("A");
	give("B");
	meeting = book();
	let_leave(meeting);
	send();
	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	expect_messages("A:request:0:sent B:request:0:sent family:0:sent A:request:1:draft "
			"B:request:1:draft family:1:draft");
	cr_assert(move(meeting, "2026-12-16", LEAVES_NOW), "%s", err.text);
	expect_messages("A:request:0:sent B:request:0:sent family:0:sent A:request:2:queued "
			"B:request:2:queued family:2:queued");
}

Test(inviting, cancelled_before_anything_left_nobody_is_told)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	cr_assert(booking_cancel(s, meeting, "x", LEAVES_NOW, &err), "%s", err.text);
	expect_messages("");
	cr_expect_eq(send().sent, 0);
}

Test(inviting, cancelled_after_it_left_those_who_were_told_are_told)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	cr_assert(booking_cancel(s, meeting, "x", LEAVES_LATER, &err), "%s", err.text);
	expect_messages("A:request:0:sent family:0:sent A:cancel:1:draft family:1:draft");
	let_leave(meeting);
	cr_expect_eq(send().sent, 2);
}

Test(inviting, one_taken_out_and_in_again_has_a_higher_sequence_each_time)
{
	int64_t meeting;

	give("A");
	give("B");
	meeting = book();
	let_leave(meeting);
	send();
	cr_assert(invitation_remove(s, meeting, "A", LEAVES_NOW, &err), "%s", err.text);
	cr_expect_not(invitation_remove(s, meeting, "A", LEAVES_NOW, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_not(invitation_remove(s, meeting, "B", LEAVES_NOW, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT, "the last one stays");
	send();
	cr_assert(invitation_add(s, meeting, "A", LEAVES_NOW, &err), "%s", err.text);
	cr_expect_not(invitation_add(s, meeting, "A", LEAVES_NOW, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	send();
	expect_messages("A:request:0:sent B:request:0:sent family:0:sent A:cancel:1:sent "
			"A:request:2:sent");
	cr_expect_str_eq(invitations(), "A:2:- B:0:-");
}

/* It was taken out by mistake: it never hears of that. */
Test(inviting, in_again_before_it_was_told_only_the_new_invitation_leaves)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	cr_assert(invitation_remove(s, meeting, "A", LEAVES_NOW, &err), "%s", err.text);
	cr_assert(invitation_add(s, meeting, "A", LEAVES_NOW, &err), "%s", err.text);
	send();
	expect_messages("A:request:0:sent B:request:0:waiting_consent family:0:sent "
			"A:request:2:sent");
}

/* Consent was withdrawn: what takes the invitation back leaves, whatever is to come after it. */
Test(inviting, in_again_without_consent_the_cancellation_still_leaves)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	withdraw("A");
	cr_assert(invitation_add(s, meeting, "A", LEAVES_NOW, &err), "%s", err.text);
	send();
	expect_messages("A:request:0:sent B:request:0:waiting_consent family:0:sent "
			"A:cancel:1:sent A:request:2:waiting_consent");
}

Test(inviting, in_again_without_consent_and_moved_the_cancellation_still_leaves)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	withdraw("A");
	cr_assert(invitation_add(s, meeting, "A", LEAVES_NOW, &err), "%s", err.text);
	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	send();
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM message WHERE kind = 'cancel' AND"
				       " state = 'sent'"),
		1);
}

/* The server had it, but did not say so: it is put off, and superseded or dropped meanwhile. */
Test(inviting, what_may_have_come_is_taken_back_though_its_message_is_gone)
{
	int64_t meeting;

	give("A");
	give("B");
	meeting = book();
	let_leave(meeting);
	fixture_sql(s, "UPDATE message SET may_have_left = 1, next_attempt_at = 4000000000,"
		       " message_id = id || '@x', content = 'x' WHERE unit_id IS NOT NULL");
	cr_assert(outbox_drop(s, 2, &err), "%s", err.text);
	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	cr_assert(booking_cancel(s, meeting, "x", LEAVES_NOW, &err), "%s", err.text);
	expect_messages("A:cancel:2:queued B:cancel:2:queued");
}

/* The subject of the newest message that is to tell the unit. */
static const char *newest_subject(const char *unit)
{
	static char subject[200];
	struct arena arena = { 0 };
	struct message_view view;
	char sql[200];
	int64_t id;

	snprintf(sql, sizeof(sql),
		"SELECT max(g.id) FROM message g JOIN unit u ON u.id = g.unit_id WHERE u.code = "
		"'%s'",
		unit);
	id = fixture_number(s, sql);
	cr_assert(outbox_look(s, LOOK_AGAIN, id, &arena, &view, &err), "%s", err.text);
	snprintf(subject, sizeof(subject), "%s", view.subject);
	arena_release(&arena);
	return subject;
}

#define expect_subject(unit, text)                                                                 \
	cr_expect(strstr(newest_subject(unit), text), "%s", newest_subject(unit))

Test(inviting, what_surely_has_not_left_is_not_taken_back)
{
	struct outbox_sending nowhere = { .folder = "/nonexistent/folder" };
	struct outbox_result result;
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	cr_expect_not(outbox_send(s, &nowhere, &result, &err), "it is no folder");
	cr_expect_eq(err.code, ERROR_FAILED);
	withdraw("A");
	expect_messages("A:request:0:waiting_consent B:request:0:waiting_consent family:0:queued");
	cr_assert(booking_cancel(s, meeting, "x", LEAVES_NOW, &err), "%s", err.text);
	expect_messages("");
}

Test(inviting, a_withdrawn_units_cancellation_tells_no_time_that_it_was_not_told)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	withdraw("A");
	cr_assert(move(meeting, "2026-12-09", LEAVES_NOW), "%s", err.text);
	expect_subject("A", "2.12.2026");
	send();
	expect_subject("A", "2.12.2026");
}

Test(inviting, a_removed_units_cancellation_keeps_its_time_through_a_move)
{
	int64_t meeting;

	give("A");
	give("B");
	meeting = book();
	let_leave(meeting);
	send();
	cr_assert(invitation_remove(s, meeting, "A", LEAVES_LATER, &err), "%s", err.text);
	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	expect_subject("A", "2.12.2026");
	expect_subject("B", "9.12.2026");
}

/* A's invitation for the meeting's time is in the hand of a sender that has died. */
static int64_t book_and_die(void)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	fixture_sql(s, "UPDATE message SET sender = '" DEAD "', message_id = 'one@x', content ="
		       " 'its bytes', recipient = 'a@vaara.example', attempts = 1, told_day ="
		       " (SELECT day FROM meeting), told_start = 720, told_end = 780"
		       " WHERE unit_id = (SELECT id FROM unit WHERE code = 'A')");
	return meeting;
}

Test(inviting, what_a_dead_sender_may_have_told_is_taken_back_as_it_was_told)
{
	int64_t meeting = book_and_die();

	withdraw("A");
	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	expect_subject("A", "2.12.2026");
}

Test(inviting, what_a_dead_sender_may_have_told_is_not_forgotten_by_a_move)
{
	int64_t meeting = book_and_die();

	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	expect_subject("A", "9.12.2026");
	withdraw("A");
	expect_subject("A", "2.12.2026");
}

Test(inviting, what_a_dead_sender_had_in_hand_may_have_left_whatever_comes_of_it_after)
{
	book_and_die();
	send();
	cr_expect_eq(fixture_number(s, "SELECT may_have_left FROM message WHERE message_id ="
				       " 'one@x'"),
		1);
}

Test(inviting, an_old_address_is_told_of_the_time_that_it_knows)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	fixture_sql(s, "UPDATE unit SET email = 'new@vaara.example' WHERE code = 'A'");
	cr_assert(move(meeting, "2026-12-09", LEAVES_NOW), "%s", err.text);
	cr_expect_str_eq(texts("SELECT g.kind || ':' || coalesce(date(g.told_day * 86400,"
			       " 'unixepoch'), '-') FROM message g WHERE g.state <> 'sent' AND"
			       " unit_id = (SELECT id FROM unit WHERE code = 'A') ORDER BY id"),
		"cancel:2026-12-02 request:-");
}

Test(inviting, a_new_time_is_told_only_to_who_was_told_another)
{
	int64_t meeting;

	give("A");
	give("B");
	meeting = book();
	cr_assert(invitation_remove(s, meeting, "A", LEAVES_LATER, &err), "%s", err.text);
	cr_assert(invitation_add(s, meeting, "A", LEAVES_LATER, &err), "%s", err.text);
	cr_expect_not(strstr(newest_subject("A"), "Uusi aika"), "it never had any");
	let_leave(meeting);
	send();
	withdraw("A");
	give("A");
	cr_expect_not(strstr(newest_subject("A"), "Uusi aika"), "the time is the same");
	cr_assert(move(meeting, "2026-12-09", LEAVES_NOW), "%s", err.text);
	expect_subject("A", "Uusi aika");
	send();
	expect_subject("A", "Uusi aika");
}

Test(inviting, to_a_meeting_that_is_over_nobody_is_invited_by_a_late_consent)
{
	let_leave(book());
	fixture_clock(s, "2026-12-20T09:00");
	give("A");
	give("B");
	cr_expect_eq(send().sent, 0);
	expect_messages("");
}

Test(inviting, who_has_answered_since_is_not_reminded)
{
	struct invitation_answer yes = { .answer = ANSWER_ACCEPTED };
	int64_t meeting;
	int count;

	give("A");
	give("B");
	meeting = book();
	let_leave(meeting);
	send();
	fixture_clock(s, "2026-11-30T09:00");
	cr_assert(outbox_remind(s, meeting, &count, &err), "%s", err.text);
	cr_expect_eq(count, 2);
	cr_assert(invitation_answer(s, meeting, "A", &yes, &err), "%s", err.text);
	cr_expect_eq(send().sent, 1);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM message WHERE kind = 'reminder'"), 1);
}

Test(inviting, another_time_is_not_the_meetings_own)
{
	struct invitation_answer other = { .answer = ANSWER_COUNTER,
		.counter_day = fixture_day("2026-12-02"),
		.counter_start = 720 };
	int64_t meeting = book();

	cr_expect_not(invitation_answer(s, meeting, "A", &other, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
}

Test(inviting, one_without_room_is_not_invited)
{
	int64_t meeting = book();

	fixture_meeting(s, fixture_case(s), "C", "2026-12-02T12:00");
	cr_expect_not(invitation_add(s, meeting, "C", LEAVES_NOW, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
}

Test(inviting, nothing_is_let_leave_of_what_is_over)
{
	int64_t meeting = book();
	int count;

	fixture_clock(s, "2026-12-02T13:00");
	cr_expect_not(invitation_let_leave(s, meeting, &count, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect_not(invitation_let_leave(s, 999, &count, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
}

Test(inviting, a_meeting_of_an_older_version_is_invited_when_it_is_let_leave)
{
	int64_t meeting;

	give("A");
	meeting = book();
	fixture_sql(s, "DELETE FROM message; DELETE FROM invitation");
	let_leave(meeting);
	expect_messages("A:request:0:queued B:request:0:waiting_consent family:0:queued");
}

Test(inviting, a_family_without_an_address_is_told_by_a_person)
{
	int64_t meeting;

	fixture_sql(s, "UPDATE case_ref SET email = NULL");
	meeting = book();
	let_leave(meeting);
	expect_messages("A:request:0:waiting_consent B:request:0:waiting_consent family:0:draft");
	cr_assert(outbox_told(s, fixture_number(s, "SELECT max(id) FROM message"), &err), "%s",
		err.text);
	expect_messages("A:request:0:waiting_consent B:request:0:waiting_consent family:0:sent");
}

/* ---- The outbox. */

static void expect_conflict(bool ok)
{
	cr_expect_not(ok);
	cr_expect_eq(err.code, ERROR_CONFLICT, "%s", err.text);
}

Test(inviting, what_has_left_is_neither_dropped_nor_told_nor_sent_again)
{
	give("A");
	let_leave(book());
	send();
	expect_conflict(outbox_drop(s, 1, &err));
	expect_conflict(outbox_told(s, 1, &err));
	expect_conflict(outbox_retry(s, 1, &err));
}

Test(inviting, what_is_leaving_now_is_let_be)
{
	give("A");
	let_leave(book());
	fixture_sql(s, "UPDATE message SET sender = 'x', content = 'x' WHERE id = 1");
	expect_conflict(outbox_drop(s, 1, &err));
	expect_conflict(outbox_told(s, 1, &err));
	expect_conflict(outbox_retry(s, 1, &err));
}

Test(inviting, a_draft_is_dropped_or_told_but_not_sent_again)
{
	give("A");
	book();
	expect_conflict(outbox_retry(s, 1, &err));
	cr_assert(outbox_told(s, 1, &err), "%s", err.text);
	cr_assert(outbox_drop(s, 3, &err), "%s", err.text);
	expect_messages("A:request:0:sent B:request:0:waiting_consent");
	expect_conflict(outbox_told(s, 2, &err));
	cr_expect_not(outbox_drop(s, 3, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
}

Test(inviting, what_failed_is_sent_as_another_message)
{
	give("A");
	let_leave(book());
	fixture_sql(s, "UPDATE message SET state = 'failed', content = 'x', message_id = 'x',"
		       " attempts = 1, error = '550 no' WHERE id = 1");
	cr_assert(outbox_retry(s, 1, &err), "%s", err.text);
	expect_messages("B:request:0:waiting_consent family:0:queued A:request:0:queued");
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM message WHERE message_id = 'x'"), 0);
	cr_expect_eq(send().sent, 2);
}

Test(inviting, what_waits_for_its_time_is_tried_at_once)
{
	give("A");
	let_leave(book());
	fixture_sql(s, "UPDATE message SET next_attempt_at = 4000000000");
	cr_expect_eq(send().sent, 0);
	cr_expect_eq(send().next_at, 4000000000);
	cr_assert(outbox_retry(s, 1, &err), "%s", err.text);
	cr_expect_eq(send().sent, 1);
}

Test(inviting, what_a_dead_sender_had_in_hand_leaves_as_it_was)
{
	static const char claimed[] =
		"SELECT count(*) FROM message WHERE id = 1 AND message_id = 'one@x' AND content ="
		" 'its bytes' AND recipient = 'old@x.fi' AND state = 'sent' AND attempts = 2";

	give("A");
	let_leave(book());
	fixture_sql(s, "UPDATE message SET sender = '" DEAD "', message_id = 'one@x', content ="
		       " 'its bytes', recipient = 'old@x.fi', attempts = 1 WHERE id = 1");
	cr_expect_eq(send().sent, 2);
	cr_expect_eq(fixture_number(s, claimed), 1);
}

Test(inviting, what_a_dead_sender_had_in_hand_never_leaves_again_once_it_is_taken_back)
{
	give("A");
	let_leave(book());
	fixture_sql(s, "UPDATE message SET sender = '" DEAD "', message_id = 'one@x', content ="
		       " 'its bytes', attempts = 1 WHERE id = 1");
	withdraw("A");
	cr_expect_eq(send().sent, 2, "the family's, and what takes it back");
	expect_messages("B:request:0:waiting_consent family:0:sent A:cancel:1:sent");
	give("A");
	expect_messages(
		"B:request:0:waiting_consent family:0:sent A:cancel:1:sent A:request:2:draft");
	cr_expect_eq(send().sent, 0, "a person lets it leave");
}

static const char *recipients(void)
{
	return texts("SELECT kind || ':' || recipient FROM message WHERE unit_id IS NOT NULL"
		     " AND recipient IS NOT NULL ORDER BY id");
}

Test(inviting, a_cancellation_goes_where_the_invitation_went)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	fixture_sql(s, "UPDATE unit SET email = 'uusi@vaara.example' WHERE code = 'A'");
	cr_assert(booking_cancel(s, meeting, "syy", LEAVES_NOW, &err), "%s", err.text);
	send();
	cr_expect_str_eq(recipients(), "request:a@vaara.example cancel:a@vaara.example");
}

Test(inviting, of_a_move_the_address_before_hears_that_its_time_is_off)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	fixture_sql(s, "UPDATE unit SET email = 'uusi@vaara.example' WHERE code = 'A'");
	cr_assert(move(meeting, "2026-12-09", LEAVES_NOW), "%s", err.text);
	send();
	cr_expect_str_eq(recipients(), "request:a@vaara.example cancel:a@vaara.example"
				       " request:uusi@vaara.example");
}

Test(inviting, a_unit_whose_draft_was_dropped_can_be_invited_again)
{
	int64_t meeting;

	give("A");
	meeting = book();
	cr_assert(outbox_drop(s, 1, &err), "%s", err.text);
	cr_assert(invitation_add(s, meeting, "A", LEAVES_LATER, &err), "%s", err.text);
	expect_messages("B:request:0:waiting_consent family:0:draft A:request:1:draft");
	cr_expect_not(invitation_add(s, meeting, "A", LEAVES_LATER, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
}

Test(inviting, a_unit_with_an_empty_address_has_none)
{
	give("A");
	fixture_sql(s, "UPDATE unit SET email = '' WHERE code = 'A'");
	let_leave(book());
	cr_expect_eq(send().sent, 1, "the family's");
	expect_messages("A:request:0:queued B:request:0:waiting_consent family:0:sent");
}

Test(inviting, a_consent_makes_the_unit_one_that_the_case_needs)
{
	give("C");
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM needed_unit JOIN unit ON id = unit_id"
				       " WHERE code = 'C'"),
		1);
}

Test(inviting, what_was_told_by_a_person_is_a_disclosure_in_the_log)
{
	give("A");
	book();
	cr_assert(outbox_told(s, 1, &err), "%s", err.text);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM access_log WHERE detail = '1 told'"
				       " AND basis = 'consent' AND recipient = 'A'"),
		1);
}

Test(inviting, a_meeting_that_is_recorded_lets_nothing_leave_any_more)
{
	struct meeting_record record = { .notes = "puhuttiin" };

	give("A");
	let_leave(book());
	fixture_clock(s, "2026-12-02T13:00");
	cr_assert(meeting_record_make(s, 1, &record, &err), "%s", err.text);
	expect_messages("");
}

Test(inviting, a_way_out_that_lacks_a_sender_is_refused)
{
	struct outbox_sending sending = { .folder = folder };
	struct outbox_result result;

	let_leave(book());
	fixture_sql(s, "DELETE FROM setting WHERE name = 'mail.from'");
	cr_expect_not(outbox_send(s, &sending, &result, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	sending.folder = NULL;
	cr_expect(outbox_send(s, &sending, &result, &err), "without a way out all stays");
	cr_expect_not(result.is_delivered);
}

/* ---- Reminders. */

static int remind(int64_t meeting)
{
	int count;

	cr_assert(outbox_remind(s, meeting, &count, &err), "%s", err.text);
	return count;
}

Test(inviting, who_has_not_answered_is_reminded_once_in_the_settings_days)
{
	struct invitation_answer no = { .answer = ANSWER_DECLINED };
	int64_t meeting;

	give("A");
	give("B");
	meeting = book();
	cr_expect_eq(remind(0), 0, "nothing has left");
	let_leave(meeting);
	send();
	fixture_clock(s, "2026-11-27T10:41");
	cr_expect_eq(remind(0), 0, "three days are not past");
	fixture_clock(s, "2026-11-27T10:42");
	cr_assert(invitation_answer(s, meeting, "B", &no, &err), "%s", err.text);
	cr_expect_eq(remind(999), 0);
	cr_expect_eq(remind(meeting), 1);
	cr_expect_eq(remind(0), 0, "nor twice at once");
	cr_expect_eq(send().sent, 1);
	fixture_clock(s, "2026-11-30T10:41");
	cr_expect_eq(remind(0), 0);
	fixture_clock(s, "2026-11-30T10:42");
	cr_expect_eq(remind(0), 1);
	fixture_clock(s, "2026-12-02T13:00");
	cr_expect_eq(remind(0), 0, "it is over");
}

Test(inviting, nobody_is_reminded_without_consent_or_of_an_old_time)
{
	int64_t meeting;

	give("A");
	meeting = book();
	let_leave(meeting);
	send();
	cr_assert(move(meeting, "2026-12-09", LEAVES_LATER), "%s", err.text);
	fixture_clock(s, "2026-11-30T10:42");
	cr_expect_eq(remind(0), 0, "the new time has not left");
	let_leave(meeting);
	send();
	fixture_clock(s, "2026-12-04T10:42");
	cr_expect_eq(remind(0), 1);
	withdraw("A");
	fixture_clock(s, "2026-12-08T10:42");
	cr_expect_eq(remind(0), 0);
	send();
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM message WHERE kind = 'reminder' AND"
				       " state = 'sent'"),
		0, "what was queued stays too");
}

/* ---- Answers. */

Test(inviting, an_answer_is_kept_with_who_noted_it_and_can_be_taken_back)
{
	struct invitation_answer answer = {
		.answer = ANSWER_DECLINED, .reason = DECLINE_STAFF, .note = "loma"
	};
	int64_t meeting = book();

	cr_assert(invitation_answer(s, meeting, "A", &answer, &err), "%s", err.text);
	cr_expect_str_eq(texts("SELECT i.answer || ',' || i.reason || ',' || i.note || ',' ||"
			       " user.login FROM invitation i JOIN user ON user.id ="
			       " i.answered_by"),
		"declined,staff,loma," FIXTURE_LOGIN);
	answer = (struct invitation_answer) { .answer = ANSWER_ACCEPTED, .reason = DECLINE_STAFF };
	cr_assert(invitation_answer(s, meeting, "A", &answer, &err), "%s", err.text);
	cr_expect_str_eq(texts("SELECT answer FROM invitation WHERE reason IS NULL AND answer IS"
			       " NOT NULL"),
		"accepted", "only a no has a reason");
	answer = (struct invitation_answer) { .answer = ANSWER_NONE };
	cr_assert(invitation_answer(s, meeting, "A", &answer, &err), "%s", err.text);
	cr_expect_str_eq(invitations(), "A:0:- B:0:-");
}

Test(inviting, another_time_that_is_past_is_no_answer)
{
	struct invitation_answer answer = { .answer = ANSWER_COUNTER,
		.counter_day = fixture_day("2026-11-24"),
		.counter_start = fixture_minute("10:41") };
	int64_t meeting = book();

	cr_expect_not(invitation_answer(s, meeting, "A", &answer, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	answer.counter_start = fixture_minute("10:43");
	cr_expect(invitation_answer(s, meeting, "A", &answer, &err), "%s", err.text);
}

Test(inviting, who_is_not_invited_or_off_has_no_answer)
{
	struct invitation_answer yes = { .answer = ANSWER_ACCEPTED };
	int64_t meeting = book();

	cr_expect_not(invitation_answer(s, meeting, "C", &yes, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_assert(invitation_remove(s, meeting, "B", LEAVES_NOW, &err), "%s", err.text);
	expect_conflict(invitation_answer(s, meeting, "B", &yes, &err));
	cr_assert(booking_cancel(s, meeting, "x", LEAVES_LATER, &err), "%s", err.text);
	expect_conflict(invitation_answer(s, meeting, "A", &yes, &err));
}

Test(inviting, a_contact_answers_for_an_own_unit_alone)
{
	static const char *const own[] = { "A" };
	struct account account = {
		.login = CONTACT, .roles = 1u << ROLE_CONTACT, .units = own, .unit_count = 1
	};
	struct identity identity = { CONTACT, "kutsu", "10.1.2.3" };
	struct invitation_answer yes = { .answer = ANSWER_ACCEPTED };
	struct invitation_list waited;
	struct session contact;
	int64_t meeting;
	int count;

	give("A");
	give("B");
	meeting = book();
	let_leave(meeting);
	send();
	cr_assert(account_add(s, &account, &err), "%s", err.text);
	cr_assert(session_begin(&contact, s->store, s->clock, &identity, &err), "%s", err.text);
	cr_assert(invitation_list_ahead(&contact, &s->arena, &waited, &err));
	cr_expect_eq(waited.count, 1);
	cr_expect_str_eq(waited.items[0].unit, "A");
	cr_expect_not(invitation_answer(&contact, meeting, "B", &yes, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_assert(invitation_answer(&contact, meeting, "A", &yes, &err), "%s", err.text);
	cr_expect_str_eq(invitations(), "A:0:accepted B:0:-");
	cr_expect_not(invitation_let_leave(&contact, meeting, &count, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	session_end(&contact);
}

/* ---- Whatever people do, each calendar ends up as the meeting is. */

/* A unit's calendar, as iTIP keeps it (RFC 5546, 2.1.5). */
struct kept_calendar {
	bool has_it;
	int sequence; /* -1: it never heard of it */
};

static void receive(struct kept_calendar *calendar, bool is_cancel, int sequence)
{
	if (sequence < calendar->sequence)
		return;
	calendar->sequence = sequence;
	calendar->has_it = !is_cancel;
}

/* What has left by now and was not received yet. */
static void receive_all(struct kept_calendar calendars[2])
{
	sqlite3_stmt *stmt;

	cr_assert_eq(sqlite3_prepare_v2(store_connection(s->store),
			     "SELECT u.code = 'B', g.kind = 'cancel', g.sequence FROM message g"
			     " JOIN unit u ON u.id = g.unit_id WHERE (g.state = 'sent' OR "
			     "g.may_have_left"
			     " OR g.sender IS NOT NULL) AND g.id NOT IN"
			     " (SELECT id FROM temp.received) ORDER BY g.id",
			     -1, &stmt, NULL),
		SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		receive(&calendars[sqlite3_column_int(stmt, 0)], sqlite3_column_int(stmt, 1),
			sqlite3_column_int(stmt, 2));
	sqlite3_finalize(stmt);
	fixture_sql(s, "INSERT OR IGNORE INTO temp.received SELECT id FROM message WHERE"
		       " state = 'sent' OR may_have_left OR sender IS NOT NULL");
}

/* The next that would leave is in the hand of a sender that dies with it, or it is put off though
 * it came. */
static void die_in_hand(const char *sender)
{
	char sql[500];

	snprintf(sql, sizeof(sql),
		"UPDATE message SET sender = %s, may_have_left = %d, message_id ="
		" coalesce(message_id, id || '@x'), content = coalesce(content, 'x'), recipient ="
		" coalesce(recipient, 'x@x.fi') WHERE id = (SELECT min(id) FROM message WHERE state"
		" = 'queued' AND sender IS NULL AND unit_id IS NOT NULL)",
		sender, strcmp(sender, "NULL") == 0);
	fixture_sql(s, sql);
}

static unsigned next_random(unsigned *random)
{
	*random = *random * 1103515245u + 12345u;
	return *random >> 16;
}

static void do_anything(int64_t meeting, unsigned *random)
{
	static const char *const days[] = { "2026-12-02", "2026-12-09", "2026-12-16" };
	static const char *const both[] = { "A", "B" };
	const char *const *unit = &both[next_random(random) % 2];
	int count;
	bool ok;

	switch (next_random(random) % 10) {
	case 0:
	case 1:
		ok = invitation_let_leave(s, meeting, &count, &err);
		break;
	case 2:
	case 3:
		send();
		return;
	case 4:
		ok = move(meeting, days[next_random(random) % 3],
			(enum leaving)(next_random(random) % 2));
		break;
	case 5:
		ok = invitation_remove(
			s, meeting, *unit, (enum leaving)(next_random(random) % 2), &err);
		break;
	case 6:
		ok = invitation_add(
			s, meeting, *unit, (enum leaving)(next_random(random) % 2), &err);
		break;
	case 7:
		ok = consent_give(s, code, unit, 1, "huoltaja", NULL, &err);
		break;
	case 8:
		ok = consent_withdraw(s, code, unit, 1, &err);
		break;
	default:
		die_in_hand(next_random(random) % 2 ? "'" DEAD "'" : "NULL");
		return;
	}
	cr_assert(ok || err.code == ERROR_CONFLICT || err.code == ERROR_NOT_FOUND, "%s", err.text);
}

static void expect_calendars_agree(
	int64_t meeting, const struct kept_calendar calendars[2], unsigned seed)
{
	for (int i = 0; i < 2; i++) {
		const char *unit = i ? "B" : "A";
		char sql[600];
		int64_t is_in;

		snprintf(sql, sizeof(sql),
			"SELECT i.sequence + 1 FROM invitation i JOIN unit u ON u.id = i.unit_id"
			" JOIN meeting m ON m.id = i.meeting_id JOIN meeting_unit mu ON"
			" mu.meeting_id = m.id AND mu.unit_id = u.id WHERE m.id = %lld AND u.code ="
			" '%s' AND m.status = 'booked' AND NOT i.is_off AND EXISTS (SELECT 1 FROM"
			" consent c WHERE c.case_id = m.case_id AND c.unit_id = u.id AND"
			" withdrawn_at IS NULL)",
			(long long)meeting, unit);
		is_in = fixture_number(s, sql);
		cr_expect_eq(calendars[i].has_it, is_in > 0, "run %u: %s %s it: %s", seed, unit,
			calendars[i].has_it ? "still has" : "lacks", messages());
		if (is_in)
			cr_expect_eq(calendars[i].sequence, is_in - 1,
				"run %u: %s has %d of %d: %s", seed, unit, calendars[i].sequence,
				(int)is_in - 1, messages());
	}
}

#define RUNS  60
#define STEPS 40

Test(inviting_at_random, whatever_people_do_each_calendar_ends_as_the_meeting_is, .timeout = 120)
{
	for (unsigned seed = 1; seed <= RUNS; seed++) {
		struct kept_calendar calendars[2] = { { false, -1 }, { false, -1 } };
		unsigned random = seed * 7919;
		int64_t meeting;
		int count;

		set_up();
		fixture_sql(s, "CREATE TEMP TABLE received (id INTEGER PRIMARY KEY)");
		meeting = book();
		for (int step = 0; step < STEPS; step++) {
			do_anything(meeting, &random);
			receive_all(calendars);
		}
		if (seed % 2 == 0)
			cr_assert(booking_cancel(s, meeting, "x", LEAVES_LATER, &err), "%s",
				err.text);
		cr_assert(invitation_let_leave(s, meeting, &count, &err), "%s", err.text);
		fixture_sql(s, "UPDATE message SET next_attempt_at = 0");
		send();
		receive_all(calendars);
		expect_calendars_agree(meeting, calendars, seed);
		tear_down();
	}
}
