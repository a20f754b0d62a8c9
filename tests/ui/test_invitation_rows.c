/* What a coordinator's and a contact's first view say of invitations. */
#include "stage.h"

#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/outbox.h"

#define WHEN "Wed 2.12. at 13:00–14:00"

static struct stage stage;

/* A and B meet on Wednesday 2.12., meeting 1; there is consent for A, and the family has no
 * address. */
static void begin(void)
{
	const char *const units[] = { "A" };
	struct error err;

	stage_begin(&stage);
	fixture_unit(stage.session, "A");
	fixture_unit(stage.session, "B");
	fixture_slot(stage.session, "A", 3, "12:00", "15:00");
	fixture_slot(stage.session, "B", 3, "12:00", "15:00");
	fixture_sql(stage.session, "UPDATE unit SET email = lower(code) || '@example.org'");
	fixture_meeting(stage.session, fixture_case(stage.session), "A,B", "2026-12-02T13:00");
	cr_assert(consent_give(stage.session, "2026-0001", units, 1, "äiti", NULL, &err), "%s",
		err.text);
}

static void end(void)
{
	stage_end(&stage);
}

TestSuite(today_invitations, .init = begin, .fini = end);
TestSuite(own_invitations, .init = begin, .fini = end);

static void consent_of_b(void)
{
	const char *const units[] = { "B" };
	struct error err;

	cr_assert(consent_give(stage.session, "2026-0001", units, 1, "äiti", NULL, &err), "%s",
		err.text);
}

static void let_leave(void)
{
	struct error err;
	int count;

	cr_assert(invitation_let_leave(stage.session, 1, &count, &err), "%s", err.text);
}

/* What may be told has been told now; the family too. */
static void tell(void)
{
	struct message_list list;
	struct error err;

	cr_assert(outbox_list(stage.session, MESSAGES_ALL, 1, &stage.session->arena, &list, &err));
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].state != MESSAGE_WAITING_CONSENT
			&& list.items[i].state != MESSAGE_SENT)
			cr_assert(
				outbox_told(stage.session, list.items[i].id, &err), "%s", err.text);
	}
}

static void answer(const char *unit, enum answer value)
{
	struct invitation_answer answer = { .answer = value,
		.reason = value == ANSWER_DECLINED ? DECLINE_STAFF : DECLINE_UNTOLD,
		.counter_day = fixture_day("2026-12-09"),
		.counter_start = fixture_minute("13:00") };
	struct error err;

	cr_assert(invitation_answer(stage.session, 1, unit, &answer, &err), "%s", err.text);
}

static void open_today(void)
{
	stage_push(&stage, today_screen_new());
}

static void choose(const char *text)
{
	stage_press(&stage, PRESS_HOME);
	for (int i = 0; i < 30 && !strstr(stage_chosen(&stage), text); i++)
		stage_press(&stage, PRESS_DOWN);
	stage_expect_chosen(&stage, text);
}

static void expect_opens_invitations(const char *text)
{
	choose(text);
	stage_press(&stage, PRESS_ENTER);
	stage_expect("Invitations to meeting 1");
	stage_press(&stage, PRESS_ESC);
	stage_expect_chosen(&stage, text);
}

/* ---- Tänään. ---- */

Test(today_invitations, says_of_each_meeting_what_has_not_left)
{
	open_today();
	stage_expect("Messages that have not left (1)");
	stage_expect(WHEN "  meeting 1: 2 drafts, 1 waits for consent");
	expect_opens_invitations("2 drafts");
	let_leave();
	stage_show_anew(&stage);
	stage_expect(WHEN "  meeting 1: 1 draft, 1 waits for consent");
	consent_of_b();
	tell();
	stage_show_anew(&stage);
	stage_expect_not("Messages that have not left");
}

Test(today_invitations, counts_whom_it_knows_no_address_of)
{
	consent_of_b();
	fixture_sql(stage.session, "UPDATE unit SET email = NULL WHERE code = 'A'");
	let_leave();
	open_today();
	stage_expect(WHEN "  meeting 1: 1 draft, 1 has no address");
}

Test(today_invitations, has_one_row_for_each_meeting)
{
	fixture_meeting(stage.session, "2026-0001", "A", "2026-12-09T13:00");
	open_today();
	stage_expect("Messages that have not left (2)");
	stage_expect(WHEN "  meeting 1: 2 drafts, 1 waits for consent");
	stage_expect("Wed 9.12. at 13:00–14:00  meeting 2: 2 drafts");
}

Test(today_invitations, shows_who_does_not_come_and_why_until_it_is_settled)
{
	struct error err;

	tell();
	answer("A", ANSWER_DECLINED);
	open_today();
	stage_expect("A unit does not come, or offers another time (1)");
	stage_expect(WHEN "  meeting 1  A: does not come: not enough staff");
	expect_opens_invitations("A: does not come");
	cr_assert(invitation_remove(stage.session, 1, "A", LEAVES_NOW, &err), "%s", err.text);
	stage_show_anew(&stage);
	stage_expect_not("Does not come");
}

Test(today_invitations, shows_who_offers_another_time_until_the_meeting_is_moved)
{
	struct error err;

	tell();
	answer("A", ANSWER_COUNTER);
	open_today();
	stage_expect("A unit does not come, or offers another time (1)");
	stage_expect(WHEN "  meeting 1  A: offers Wed 9.12. at 13:00");
	cr_assert(booking_move(stage.session, 1, SEQUENCE_UNTOLD, fixture_day("2026-12-09"),
			  fixture_minute("13:00"), LEAVES_LATER, &err),
		"%s", err.text);
	stage_show_anew(&stage);
	stage_expect_not("A unit does not come, or offers another time");
}

Test(today_invitations, shows_who_has_not_answered_for_how_long)
{
	tell();
	open_today();
	stage_expect("Invited, no answer yet (1)");
	stage_expect(WHEN "  meeting 1  A: no answer yet");
	stage_expect_not("meeting 1  B: no answer");
	fixture_clock(stage.session, "2026-11-26T08:00");
	stage_show_anew(&stage);
	stage_expect(WHEN "  meeting 1  A: no answer for 2 days");
	expect_opens_invitations("A: no answer for 2 days");
	answer("A", ANSWER_ACCEPTED);
	stage_show_anew(&stage);
	stage_expect_not("Invited, no answer yet");
	stage_expect_not("meeting 1  A");
}

Test(today_invitations, shows_what_could_not_be_delivered_with_the_servers_words)
{
	let_leave();
	fixture_sql(stage.session, "UPDATE message SET state = 'failed', error = '550 no such "
				   "user' WHERE unit_id = 1");
	open_today();
	stage_expect("Could not be delivered (1)");
	stage_expect(WHEN "  meeting 1  A: 550 no such user");
	expect_opens_invitations("550 no such user");
	fixture_clock(stage.session, "2026-12-03T08:00");
	stage_show_anew(&stage);
	stage_expect_not("550 no such user");
}

Test(today_invitations, says_nothing_more_of_a_meeting_that_has_been)
{
	tell();
	answer("A", ANSWER_DECLINED);
	open_today();
	stage_expect("meeting 1  A: does not come");
	stage_expect("1 waits for consent");
	fixture_clock(stage.session, "2026-12-03T08:00");
	stage_show_anew(&stage);
	stage_expect_not("does not come");
	stage_expect_not("waits for consent");
}

Test(today_invitations, puts_who_does_not_come_before_who_has_not_answered)
{
	int declined, silent;

	consent_of_b();
	tell();
	answer("B", ANSWER_DECLINED);
	open_today();
	choose("B: does not come");
	for (declined = 0; !strstr(fake_screen_row(declined), "B: does not come"); declined++)
		;
	choose("A: no answer yet");
	for (silent = 0; !strstr(fake_screen_row(silent), "A: no answer yet"); silent++)
		;
	cr_expect_lt(declined, silent);
}

Test(today_invitations, keeps_to_the_unit_the_cursor_is_on)
{
	consent_of_b();
	tell();
	open_today();
	choose("B: no answer yet");
	answer("A", ANSWER_DECLINED);
	stage_show_anew(&stage);
	stage_expect_chosen(&stage, "B: no answer yet");
}

/* ---- Oma yksikkö. ---- */

static void open_as_contact_of(const char *codes)
{
	stage_be_contact(&stage, codes);
	stage_push(&stage, own_unit_screen_new());
}

#define WAITS "Invited, waiting for your answer: a answers"

Test(own_invitations, stand_above_the_holes_until_they_are_answered)
{
	tell();
	fixture_clock(stage.session, "2026-11-25T08:00");
	open_as_contact_of("A");
	cr_expect_not_null(strstr(fake_screen_row(0), WAITS), "%s", fake_screen_row(0));
	cr_expect_not_null(strstr(fake_screen_row(1), WHEN "  A, meeting 1: no answer for 1 day"),
		"%s", fake_screen_row(1));
	choose("A, meeting 1");
	stage_type(&stage, "ay");
	stage_expect_said(&stage, "A: answer to meeting 1: comes");
	stage_expect_not(WAITS);
	cr_expect_eq(fixture_number(stage.session, "SELECT count(*) FROM invitation"
						   " WHERE answer = 'accepted' AND unit_id = 1"),
		1);
}

Test(own_invitations, are_not_shown_before_they_have_left)
{
	let_leave();
	open_as_contact_of("A");
	stage_expect_not(WAITS);
}

Test(own_invitations, of_other_units_are_not_shown)
{
	consent_of_b();
	tell();
	open_as_contact_of("B");
	stage_expect("B, meeting 1: no answer yet");
	stage_expect_not("A, meeting 1");
}

Test(own_invitations, are_taken_away_when_the_units_part_is_cancelled)
{
	struct error err;

	tell();
	cr_assert(invitation_remove(stage.session, 1, "A", LEAVES_NOW, &err), "%s", err.text);
	open_as_contact_of("A");
	stage_expect_not(WAITS);
}

Test(own_invitations, are_answered_from_the_row_of_the_hole_too)
{
	tell();
	answer("A", ANSWER_ACCEPTED);
	open_as_contact_of("A");
	choose("meeting 1 at");
	stage_type(&stage, "an");
	stage_expect("nothing about health");
	stage_press(&stage, PRESS_ENTER);
	stage_expect_said(&stage, "A: answer to meeting 1: does not come");
	cr_expect_eq(
		fixture_number(stage.session, "SELECT count(*) FROM invitation"
					      " WHERE answer = 'declined' AND answered_by = 1"),
		1);
}

Test(own_invitations, are_answered_from_a_row_without_a_meeting_the_first_first)
{
	tell();
	open_as_contact_of("A");
	choose("Wed 25.11.");
	stage_type(&stage, "a");
	stage_expect("A: answer to meeting 1");
}

Test(own_invitations, open_their_meeting_where_a_answers_too)
{
	tell();
	open_as_contact_of("A");
	choose("A, meeting 1");
	stage_press(&stage, PRESS_ENTER);
	stage_expect("Meeting 1");
	stage_type(&stage, "at");
	stage_type(&stage, "9.12.");
	stage_press(&stage, PRESS_TAB);
	stage_type(&stage, "13.00");
	stage_press(&stage, PRESS_ENTER);
	stage_expect("A  A: offers Wed 9.12. at 13:00");
}

Test(own_invitations, leave_the_cursor_on_the_hole_it_was_on_when_they_come)
{
	open_as_contact_of("A");
	choose("Wed 9.12.");
	fixture_sql(stage.session, "UPDATE message SET state = 'sent', sent_at = 1795000000");
	stage_show_anew(&stage);
	stage_expect("A, meeting 1: no answer for 6 days");
	stage_expect_chosen(&stage, "Wed 9.12.");
}
