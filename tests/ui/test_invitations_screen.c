/* Kutsut: what stands there of each unit and of the family, and what each key leaves behind. */
#include "stage.h"

#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/outbox.h"

#define LONG_NAME "Ruunavaaran perhekeskuksen neuvola ja vastaanotto"
#define NEW_CODE  "2026-0001"

enum { CALLER_FIELD = 1, CONCERN_FIELD = 9 }; /* of the call, in the order of Tab */

static struct stage stage;

/*
 * A and B have a hole on Wednesdays from 12:30 to 15 and meeting 1 on 2.12. at 13:00. Both have an
 * address and consent; the family has no address.
 */
static void begin(void)
{
	stage_begin(&stage);
	fixture_unit(stage.session, "A");
	fixture_unit(stage.session, "B");
	fixture_slot(stage.session, "A", 3, "12:30", "15:00");
	fixture_slot(stage.session, "B", 3, "12:30", "15:00");
	fixture_sql(stage.session, "UPDATE unit SET email = lower(code) || '@example.org';"
				   "UPDATE slot SET deputy = 'head nurse' WHERE unit_id = 1");
	fixture_meeting(stage.session, fixture_case(stage.session), "A,B", "2026-12-02T13:00");
	fixture_sql(stage.session, "UPDATE meeting SET place = 'Kaisla'");
}

static void end(void)
{
	stage_end(&stage);
}

TestSuite(invitations_screen, .init = begin, .fini = end);

static void consent(const char *units)
{
	const char *const both[] = { "A", "B" };
	const char *const one[] = { units };
	struct error err;
	bool ok = strcmp(units, "A,B") == 0
			  ? consent_give(stage.session, NEW_CODE, both, 2, "äiti", NULL, &err)
			  : consent_give(stage.session, NEW_CODE, one, 1, "äiti", NULL, &err);

	cr_assert(ok, "%s", err.text);
}

/* As it stands when the meeting has been booked: nothing has left. */
static void open_drafts(void)
{
	consent("A,B");
	stage_push(&stage, invitations_screen_new(1));
}

/* Each unit's invitation has left now. */
static void leave(void)
{
	struct message_list list;
	struct error err;

	cr_assert(outbox_list(stage.session, MESSAGES_ALL, 1, &stage.session->arena, &list, &err));
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].unit_id && list.items[i].state != MESSAGE_SENT)
			cr_assert(
				outbox_told(stage.session, list.items[i].id, &err), "%s", err.text);
	}
}

static void open_sent(void)
{
	consent("A,B");
	leave();
	stage_push(&stage, invitations_screen_new(1));
}

static void answer(const char *unit, const struct invitation_answer *answer)
{
	struct error err;

	cr_assert(invitation_answer(stage.session, 1, unit, answer, &err), "%s", err.text);
	stage_show_anew(&stage);
}

static void decline(const char *unit)
{
	answer(unit, &(struct invitation_answer) { .answer = ANSWER_DECLINED,
			     .reason = DECLINE_STAFF,
			     .note = "training day" });
}

static void offer(const char *unit, const char *day, const char *start)
{
	answer(unit, &(struct invitation_answer) { .answer = ANSWER_COUNTER,
			     .counter_day = fixture_day(day),
			     .counter_start = fixture_minute(start) });
}

static void letter(const char *letters)
{
	stage_type(&stage, letters);
}

static void press(int key)
{
	stage_press(&stage, key);
}

static void enter(void)
{
	stage_press(&stage, PRESS_ENTER);
}

static void expect_title(const char *title)
{
	cr_expect_str_eq(stage.top->ops->title, title);
}

static void expect_number(const char *sql, int64_t expected)
{
	int64_t number = fixture_number(stage.session, sql);

	cr_expect_eq(number, expected, "%s: %lld", sql, (long long)number);
}

/* The screen as one text, over the ends of its rows. */
static void expect_words(const char *words)
{
	char all[20000] = "";
	size_t length = 0;

	for (int row = 0; row < stage.ui.rows; row++) {
		for (const char *c = fake_screen_row(row); *c; c++) {
			bool is_blank = *c == ' ' || strncmp(c, "│", strlen("│")) == 0;

			if (!is_blank)
				all[length++] = *c;
			else if (length && all[length - 1] != ' ')
				all[length++] = ' ';
			c += strncmp(c, "│", strlen("│")) == 0 ? strlen("│") - 1 : 0;
		}
	}
	all[length] = '\0';
	cr_expect_not_null(strstr(all, words), "no \"%s\" in %s", words, all);
}

/* "A       comes": the codes stand in a column as wide as "family". */
static void expect_row(const char *who, const char *text)
{
	char row[200];

	snprintf(row, sizeof(row), " %-6s  %s", who, text);
	stage_expect(row);
}

/* ---- What stands there. ---- */

Test(invitations_screen, shows_time_and_place_and_that_nothing_has_left)
{
	open_drafts();
	stage_expect("Invitations to meeting 1");
	stage_expect("Wed 2.12.2026 at 13:00–14:00, Kaisla");
	expect_words("Nothing has left yet.");
	expect_row("A", "not sent yet");
	expect_row("B", "not sent yet");
	expect_row("family", "draft");
}

Test(invitations_screen, tells_a_unit_without_consent_from_one_that_has_it)
{
	consent("A");
	stage_push(&stage, invitations_screen_new(1));
	expect_row("A", "not sent yet");
	expect_row("B", "waits for consent");
}

Test(invitations_screen, shows_that_consent_came_when_it_comes)
{
	stage_push(&stage, invitations_screen_new(1));
	expect_row("A", "waits for consent");
	consent("A");
	stage_show_anew(&stage);
	expect_row("A", "not sent yet");
	expect_row("B", "waits for consent");
}

Test(invitations_screen, tells_when_each_was_sent)
{
	open_sent();
	expect_row("A", "no answer yet; told Tue 24.11. at 10:42");
	stage_expect_not("Nothing has left yet.");
	stage_expect("A, a@example.org");
}

Test(invitations_screen, counts_the_days_without_an_answer)
{
	open_sent();
	fixture_clock(stage.session, "2026-11-25T00:01");
	stage_show_anew(&stage);
	expect_row("A", "no answer for 1 day;");
	fixture_clock(stage.session, "2026-11-27T09:00");
	stage_show_anew(&stage);
	expect_row("A", "no answer for 3 days;");
}

Test(invitations_screen, shows_a_plain_answer_alone)
{
	open_sent();
	answer("A", &(struct invitation_answer) { .answer = ANSWER_ACCEPTED });
	answer("B", &(struct invitation_answer) { .answer = ANSWER_DEPUTY });
	expect_row("A", "comes");
	expect_row("B", "the deputy comes");
	stage_expect_not("comes; sent");
}

Test(invitations_screen, of_a_unit_that_does_not_come_shows_the_reason_and_what_is_left)
{
	open_sent();
	decline("A");
	expect_row("A", "does not come: not enough staff; training day");
	expect_words("the deputy (head nurse)");
	expect_words("the next shared hole, Wed 25.11. 12:30");
	expect_words("or without it (units that stay: 1)");
}

Test(invitations_screen, says_where_neither_a_deputy_nor_another_hole_is_left)
{
	fixture_sql(stage.session, "UPDATE slot SET start_minute = 780, end_minute = 840,"
				   " from_day = 20789, until_day = 20789");
	open_sent();
	decline("B");
	press(PRESS_DOWN);
	expect_words("the deputy (none is named); the next shared hole, none;");
}

Test(invitations_screen, of_the_next_shared_hole_knows_what_does_not_suit_the_family)
{
	fixture_sql(stage.session, "UPDATE case_ref SET not_weekdays = not_weekdays | (1 << 3)");
	open_sent();
	decline("A");
	expect_words("the next shared hole, none;");
}

Test(invitations_screen, of_another_time_says_that_it_suits_all)
{
	open_sent();
	offer("A", "2026-12-09", "13:00");
	expect_row("A", "offers Wed 9.12. at 13:00");
	expect_words("suits all of the units: m moves the meeting there");
}

Test(invitations_screen, of_another_time_names_whom_it_does_not_suit)
{
	fixture_close(stage.session, "B", "2026-12-09");
	open_sent();
	offer("A", "2026-12-09", "13:00");
	expect_words("have no hole, or it is taken: B.");
	stage_expect_not("suits all");
}

Test(invitations_screen, of_another_time_says_when_it_has_passed)
{
	open_sent();
	offer("A", "2026-11-25", "13:00");
	expect_words("suits all");
	fixture_clock(stage.session, "2026-11-26T09:00");
	stage_show_anew(&stage);
	expect_words("The time that it offers is past.");
}

Test(invitations_screen, of_what_failed_shows_the_servers_words)
{
	open_drafts();
	letter("s");
	fixture_sql(stage.session, "UPDATE message SET state = 'failed', error = '550 no such "
				   "user' WHERE unit_id = 2");
	stage_show_anew(&stage);
	expect_row("A", "not sent yet; about to leave");
	expect_row("B", "not sent yet; could not be delivered: 550 no such user");
}

Test(invitations_screen, of_what_is_tried_again_shows_the_servers_words)
{
	open_drafts();
	letter("s");
	fixture_sql(stage.session, "UPDATE message SET error = '451 later' WHERE unit_id = 2");
	stage_show_anew(&stage);
	expect_row("B", "not sent yet; is tried again: 451 later");
}

Test(invitations_screen, of_a_unit_without_an_address_says_that_it_waits_for_one)
{
	fixture_sql(stage.session, "UPDATE unit SET email = NULL WHERE code = 'A'");
	open_drafts();
	stage_expect("A, no address");
	letter("s");
	expect_row("A", "not sent yet; waits for an address");
	expect_row("B", "not sent yet; about to leave");
}

Test(invitations_screen, of_an_order_of_non_disclosure_shows_the_place_nowhere)
{
	fixture_sql(stage.session, "UPDATE case_ref SET nondisclosure = 1");
	open_drafts();
	stage_expect("Wed 2.12.2026 at 13:00–14:00");
	stage_expect_not("Kaisla");
	enter();
	expect_words("kerrotaan puhelimessa");
	stage_expect_not("Kaisla");
	press(PRESS_ESC);
	press(PRESS_END);
	stage_expect_chosen(&stage, "family");
	enter();
	expect_words("kerrotaan puhelimessa");
	stage_expect_not("Kaisla");
}

Test(invitations_screen, shows_the_place_in_the_letters_where_no_order_forbids_it)
{
	open_drafts();
	enter();
	stage_expect("Kaisla");
}

Test(invitations_screen, in_a_small_window_shows_the_row_of_the_cursor_and_what_is_left)
{
	fixture_sql(stage.session, "UPDATE unit SET name = '" LONG_NAME "'");
	open_sent();
	decline("B");
	press(PRESS_DOWN);
	stage.ui.rows = 8;
	stage.ui.columns = 50;
	stage_show_anew(&stage);
	stage_expect_chosen(&stage, "B       does not come");
	expect_words("What is left: the deputy");
	expect_words("or without it");
	press(PRESS_UP);
	stage_expect_chosen(&stage, "A       no answer yet");
	press(PRESS_END);
	stage_expect_chosen(&stage, "family  draft");
	expect_words("No e-mail address is known");
}

Test(invitations_screen, at_every_size_keeps_within_its_frame)
{
	fixture_sql(stage.session, "UPDATE unit SET name = '" LONG_NAME "'");
	open_sent();
	decline("A");
	for (stage.ui.rows = 1; stage.ui.rows <= 20; stage.ui.rows++) {
		for (stage.ui.columns = 50; stage.ui.columns <= 120; stage.ui.columns += 10) {
			stage_show_anew(&stage);
			if (stage.ui.rows > 5)
				stage_expect_chosen(&stage, "does not come");
		}
	}
}

/* ---- Sending and telling. ---- */

Test(invitations_screen, sends_with_s_and_says_how_many)
{
	open_drafts();
	letter("s");
	stage_expect_said(&stage, "2 messages leave");
	expect_row("A", "not sent yet; about to leave");
	stage_expect("The family is still to be told");
	expect_number("SELECT count(*) FROM message WHERE state = 'queued'", 2);
	expect_number("SELECT count(*) FROM message WHERE kind = 'family' AND state = 'draft'", 1);
}

Test(invitations_screen, of_what_has_left_sends_nothing_and_says_so)
{
	open_drafts();
	letter("s");
	letter("s");
	stage_expect_said(&stage, "nothing to send");
	expect_number("SELECT count(*) FROM message WHERE state = 'queued'", 2);
}

Test(invitations_screen, lets_leave_what_waits_for_consent_when_that_comes)
{
	consent("A");
	stage_push(&stage, invitations_screen_new(1));
	letter("s");
	stage_expect_said(&stage, "2 messages leave; those without consent wait for it");
	expect_row("B", "waits for consent");
	expect_number("SELECT count(*) FROM message WHERE state = 'queued'", 1);
	consent("B");
	stage_show_anew(&stage);
	expect_row("B", "not sent yet; about to leave");
}

Test(invitations_screen, sends_to_the_family_too_where_it_has_an_address)
{
	fixture_sql(stage.session, "UPDATE case_ref SET email = 'perhe@example.org'");
	open_drafts();
	letter("s");
	stage_expect_said(&stage, "3 messages leave");
	expect_row("family", "about to leave");
	press(PRESS_END);
	stage_expect("perhe@example.org");
}

Test(invitations_screen, tells_a_family_without_an_address_with_t)
{
	open_drafts();
	press(PRESS_END);
	expect_words("then t notes that it was told");
	letter("t");
	stage_expect_said(&stage, "family: noted as told");
	expect_row("family", "told Tue 24.11. at 10:42");
	expect_number("SELECT count(*) FROM message WHERE kind = 'family' AND state = 'sent'", 1);
}

Test(invitations_screen, tells_a_unit_nothing_before_there_is_consent)
{
	stage_push(&stage, invitations_screen_new(1));
	letter("t");
	stage_expect_said(&stage, "there is no consent for A");
	expect_number("SELECT count(*) FROM message WHERE state = 'sent'", 0);
}

Test(invitations_screen, leaves_drafts_with_esc)
{
	consent("A,B");
	stage_push(&stage, meeting_screen_new(1));
	stage_push(&stage, invitations_screen_new(1));
	press(PRESS_ESC);
	expect_title("Meeting");
	expect_number("SELECT count(*) FROM message WHERE state = 'draft'", 3);
	expect_number("SELECT count(*) FROM message WHERE is_approved = 1", 0);
}

Test(invitations_screen, of_a_meeting_of_an_older_version_makes_invitations_and_sends_them)
{
	fixture_sql(stage.session, "DELETE FROM message; DELETE FROM invitation");
	open_drafts();
	expect_words("Nothing has left yet.");
	stage_expect_not("not sent yet");
	letter("awtre");
	enter();
	expect_title("Invitations");
	letter("s");
	stage_expect_said(&stage, "2 messages leave");
	expect_row("A", "not sent yet; about to leave");
	expect_row("B", "not sent yet; about to leave");
	expect_number("SELECT count(*) FROM invitation", 2);
}

Test(invitations_screen, invites_nobody_to_a_meeting_that_is_over)
{
	open_drafts();
	fixture_clock(stage.session, "2026-12-02T14:00");
	letter("s");
	stage_expect_said(&stage, "the meeting is over");
	expect_number("SELECT count(*) FROM message WHERE state = 'queued'", 0);
}

/* ---- The letters. ---- */

Test(invitations_screen, shows_the_units_letter_and_logs_the_look)
{
	open_drafts();
	enter();
	stage_expect("To: a@example.org");
	expect_words("Yksikkönne on kutsuttu perheen neuvonpitoon");
	stage_expect("with an invitation for the calendar");
	expect_number("SELECT count(*) FROM access_log WHERE use_case = 'outbox_look'", 1);
	press(PRESS_ESC);
	expect_title("Invitations");
}

Test(invitations_screen, shows_the_familys_letter_in_the_familys_language)
{
	fixture_sql(stage.session, "UPDATE case_ref SET language = 'sv'");
	open_drafts();
	press(PRESS_END);
	enter();
	stage_expect("To: by phone or on paper");
	stage_expect("Hej!");
	expect_words("Tid on 2.12.2026 kl. 13.00");
	stage_expect_not("interpreter");
}

Test(invitations_screen, says_when_the_familys_language_needs_an_interpreter)
{
	fixture_sql(stage.session, "UPDATE case_ref SET language = 'ar'");
	open_drafts();
	press(PRESS_END);
	enter();
	press(PRESS_END);
	expect_words("the family's language is ar: tell it with an interpreter");
}

/* ---- Answers. ---- */

static void choose_answer(const char *key)
{
	letter("a");
	stage_expect("A: answer to meeting 1");
	letter(key);
}

Test(invitations_screen, notes_a_plain_answer_with_one_key_of_its_menu)
{
	open_sent();
	choose_answer("y");
	expect_row("A", "comes");
	stage_expect_said(&stage, "A: answer to meeting 1: comes");
	choose_answer("d");
	expect_row("A", "the deputy comes");
	choose_answer("z");
	expect_row("A", "no answer yet");
	expect_number("SELECT count(*) FROM invitation WHERE answer IS NOT NULL", 0);
}

Test(invitations_screen, asks_why_a_unit_does_not_come)
{
	open_sent();
	choose_answer("n");
	stage_expect("The coordinator sees at once what is left.");
	stage_expect("nothing about health");
	for (int i = 0; i < DECLINE_REASONS && !fake_screen_shows("person is away"); i++)
		press(PRESS_RIGHT);
	press(PRESS_TAB);
	letter("course");
	enter();
	expect_title("Invitations");
	expect_row("A", "does not come: the ready person is away; course");
	expect_number("SELECT count(*) FROM invitation WHERE answer = 'declined'"
		      " AND reason = 'absent' AND note = 'course' AND answered_by = 1",
		1);
}

Test(invitations_screen, takes_a_no_without_any_reason)
{
	open_sent();
	choose_answer("n");
	enter();
	expect_row("A", "does not come");
	stage_expect_not("does not come:");
}

Test(invitations_screen, asks_when_another_time_would_be)
{
	open_sent();
	choose_answer("t");
	enter();
	stage_expect_said(&stage, "which day, and when does it begin?");
	letter("9.12.");
	press(PRESS_TAB);
	letter("13.00");
	enter();
	expect_title("Invitations");
	expect_row("A", "offers Wed 9.12. at 13:00");
	expect_words("suits all of the units");
}

Test(invitations_screen, takes_no_time_that_is_past)
{
	open_sent();
	choose_answer("t");
	letter("23.11.2026");
	press(PRESS_TAB);
	letter("13.00");
	enter();
	stage_expect_said(&stage, "the time is past");
	expect_number("SELECT count(*) FROM invitation WHERE answer IS NOT NULL", 0);
}

Test(invitations_screen, leaves_the_answer_as_it_was_with_esc)
{
	open_sent();
	choose_answer("n");
	press(PRESS_ESC);
	expect_title("Invitations");
	expect_row("A", "no answer yet");
}

Test(invitations_screen, has_no_answer_and_no_part_of_the_familys)
{
	open_sent();
	press(PRESS_END);
	letter("a");
	stage_expect_said(&stage, "that is for units");
	letter("w");
	stage_expect_said(&stage, "that is for units");
	expect_title("Invitations");
}

/* ---- Another time, without a unit, reminders, again. ---- */

Test(invitations_screen, moves_the_meeting_to_the_time_that_is_offered_after_asking)
{
	open_sent();
	offer("A", "2026-12-09", "13:00");
	letter("m");
	expect_words("Move the meeting to Wed 9.12.2026 at 13:00?");
	press(PRESS_ESC);
	expect_number("SELECT day FROM meeting", fixture_day("2026-12-02"));
	letter("m");
	enter();
	expect_title("Invitations");
	stage_expect("Wed 9.12.2026 at 13:00–14:00");
	expect_words("What is new has not left yet.");
	expect_row("A", "not sent yet");
	expect_row("B", "not sent yet");
	expect_number("SELECT count(*) FROM message WHERE state = 'draft' AND sequence = 1", 2);
}

Test(invitations_screen, moves_nothing_to_a_time_that_does_not_suit_the_others)
{
	fixture_close(stage.session, "B", "2026-12-09");
	open_sent();
	offer("A", "2026-12-09", "13:00");
	letter("m");
	enter();
	stage_expect_said(&stage, "B");
	cr_expect_eq(stage.ui.status_kind, STATUS_ERROR);
	expect_number("SELECT day FROM meeting", fixture_day("2026-12-02"));
	expect_row("A", "offers Wed 9.12. at 13:00");
}

Test(invitations_screen, moves_nothing_that_somebody_else_has_moved_meanwhile)
{
	struct error err;

	open_sent();
	offer("A", "2026-12-09", "13:00");
	letter("m");
	cr_assert(booking_move(stage.session, 1, SEQUENCE_UNTOLD, fixture_day("2026-12-16"),
			  fixture_minute("13:00"), LEAVES_LATER, &err),
		"%s", err.text);
	enter();
	cr_expect_eq(stage.ui.status_kind, STATUS_ERROR);
	stage_expect("Wed 16.12.2026");
}

Test(invitations_screen, where_no_time_is_offered_finds_another_and_comes_back_once)
{
	stage_push(&stage, meeting_screen_new(1));
	open_sent();
	letter("m");
	expect_title("Find a time");
	press(PRESS_ESC);
	expect_title("Invitations");
	letter("m");
	enter();
	stage_expect("Move the meeting");
	enter();
	expect_title("Invitations");
	expect_words("What is new has not left yet.");
	stage_expect_not("Wed 2.12.2026");
	press(PRESS_ESC);
	expect_title("Meeting");
}

Test(invitations_screen, moves_no_meeting_that_is_cancelled)
{
	struct error err;

	open_sent();
	cr_assert(booking_cancel(stage.session, 1, "illness", LEAVES_LATER, &err), "%s", err.text);
	stage_show_anew(&stage);
	letter("m");
	expect_title("Invitations");
	stage_expect_said(&stage, "the meeting is recorded or cancelled and can't be moved");
}

Test(invitations_screen, goes_without_a_unit_after_asking_and_frees_its_hole)
{
	open_sent();
	letter("w");
	expect_words("The meeting is held without A.");
	press(PRESS_ESC);
	expect_number("SELECT count(*) FROM meeting_unit", 2);
	letter("w");
	enter();
	stage_expect_said(&stage, "A is not invited any more; its hole is free again");
	expect_row("A", "its part is cancelled");
	expect_number("SELECT count(*) FROM meeting_unit", 1);
	expect_number("SELECT count(*) FROM message WHERE kind = 'cancel' AND state = 'queued'", 1);
	fixture_meeting(stage.session, fixture_case(stage.session), "A", "2026-12-02T13:00");
}

Test(invitations_screen, goes_without_a_unit_that_was_told_nothing_and_tells_it_nothing)
{
	open_drafts();
	letter("w");
	enter();
	expect_number("SELECT count(*) FROM message WHERE unit_id = 1", 0);
	expect_row("A", "its part is cancelled");
}

Test(invitations_screen, does_not_go_without_the_only_unit)
{
	open_sent();
	letter("w");
	enter();
	press(PRESS_HOME);
	while (!strstr(stage_chosen(&stage), " B "))
		press(PRESS_DOWN);
	letter("w");
	enter();
	stage_expect_said(&stage, "B is the only unit of the meeting");
	expect_number("SELECT count(*) FROM meeting_unit", 1);
}

Test(invitations_screen, reminds_who_has_not_answered_when_it_is_time)
{
	open_sent();
	answer("A", &(struct invitation_answer) { .answer = ANSWER_ACCEPTED });
	letter("r");
	stage_expect_said(&stage, "nobody is to be reminded yet");
	fixture_clock(stage.session, "2026-11-27T10:42");
	letter("r");
	stage_expect_said(&stage, "1 reminder leaves");
	expect_number("SELECT unit_id FROM message WHERE kind = 'reminder'", 2);
	letter("r");
	stage_expect_said(&stage, "nobody is to be reminded yet");
}

Test(invitations_screen, sends_again_what_failed)
{
	open_drafts();
	letter("s");
	fixture_sql(stage.session, "UPDATE message SET state = 'failed', error = '550 no such user'"
				   " WHERE unit_id = 1");
	stage_show_anew(&stage);
	letter("e");
	stage_expect_said(&stage, "A: it leaves again");
	expect_row("A", "not sent yet; about to leave");
	expect_number("SELECT count(*) FROM message WHERE unit_id = 1 AND state = 'queued'", 1);
}

Test(invitations_screen, sends_again_nothing_that_has_left_or_is_a_draft)
{
	open_drafts();
	letter("e");
	stage_expect_said(&stage, "has not been let leave");
	leave();
	letter("e");
	stage_expect_said(&stage, "has left");
	expect_number("SELECT count(*) FROM message WHERE state = 'queued'", 0);
}

Test(invitations_screen, keeps_to_the_unit_the_cursor_is_on)
{
	struct error err;

	open_sent();
	press(PRESS_DOWN);
	stage_expect_chosen(&stage, " B ");
	/* It goes below the others. */
	cr_assert(invitation_remove(stage.session, 1, "A", LEAVES_NOW, &err), "%s", err.text);
	stage_show_anew(&stage);
	stage_expect_chosen(&stage, " B ");
}

/* ---- Whose keys these are, and from where it comes. ---- */

static bool offers(int key)
{
	const struct key_binding *binding = stage.top->ops->keys;

	while (binding->key && binding->key != key)
		binding++;
	cr_assert(binding->key, "there is no such key");
	return screen_offers(stage.top, &stage.ui, binding);
}

static void be_without_rights(void)
{
	struct error err;

	fixture_sql(stage.session, "DELETE FROM user_role");
	cr_assert_not(session_ask(stage.session, USE_INVITE, &err));
}

Test(invitations_screen, offers_its_keys_only_to_who_may)
{
	static const char letters[] = "samwtre";

	open_drafts();
	for (const char *l = letters; *l; l++)
		cr_expect(offers(PRESS_CHARACTER + *l), "%c is not offered", *l);
	cr_expect(offers(PRESS_ENTER));
	be_without_rights();
	for (const char *l = letters; *l; l++)
		cr_expect_not(offers(PRESS_CHARACTER + *l), "%c is offered", *l);
	cr_expect_not(offers(PRESS_ENTER));
	cr_expect(offers(PRESS_ESC));
}

Test(invitations_screen, is_offered_to_no_contact_who_answers_in_the_meeting_instead)
{
	consent("A,B");
	leave();
	stage_push(&stage, meeting_screen_new(1));
	cr_expect(offers(PRESS_CHARACTER + 'i'));
	stage_be_contact(&stage, "A");
	stage_show_anew(&stage);
	cr_expect_not(offers(PRESS_CHARACTER + 'i'));
	letter("i");
	expect_title("Meeting");
	stage_expect("A  A: no answer yet");
	letter("a");
	stage_expect("A: answer to meeting 1");
	letter("y");
	stage_expect("A  A: comes");
}

Test(invitations_screen, of_a_contact_of_two_units_answers_for_the_one_of_the_row)
{
	consent("A,B");
	leave();
	stage_be_contact(&stage, "A,B");
	stage_push(&stage, meeting_screen_new(1));
	letter("a");
	stage_expect_said(&stage, "choose the row of the unit that answers");
	expect_title("Meeting");
	for (int row = 0; row < 4; row++) /* time, place, status, A */
		press(PRESS_DOWN);
	letter("a");
	stage_expect("B: answer to meeting 1");
	letter("y");
	stage_expect("B  B: comes");
	stage_expect("A  A: no answer yet");
}

Test(invitations_screen, comes_from_the_meeting_with_i_and_with_a)
{
	stage_push(&stage, meeting_screen_new(1));
	stage_expect("A  A: waits for consent");
	letter("i");
	expect_title("Invitations");
	press(PRESS_ESC);
	letter("a");
	expect_title("Invitations");
}

Test(invitations_screen, comes_up_when_a_case_has_got_a_time)
{
	const char *const units[] = { "A", "B" };

	stage_push(&stage, today_screen_new());
	stage_push(&stage, booking_screen_new(NEW_CODE, MEETING_INVITED, units, 2));
	enter();
	stage_expect("Book the meeting");
	enter();
	stage_expect("Invitations to meeting ");
	expect_words("Nothing has left yet.");
	stage_expect_said(&stage, "booked:");
	press(PRESS_ESC);
	expect_title("Today");
}

Test(invitations_screen, comes_up_when_a_call_has_led_to_a_meeting)
{
	stage_push(&stage, today_screen_new());
	stage_push(&stage, call_screen_new(0, NULL));
	press(PRESS_TAB);
	letter("teacher");
	for (int i = CALLER_FIELD; i < CONCERN_FIELD; i++)
		press(PRESS_TAB);
	letter("absences");
	press(PRESS_FUNCTION + 3);
	letter("A ");
	press(PRESS_FUNCTION + 4);
	enter();
	stage_expect("Book the meeting");
	enter();
	stage_expect("Invitations to meeting ");
	expect_row("A", "waits for consent");
	press(PRESS_ESC);
	expect_title("Today");
}

Test(invitations_screen, comes_up_when_a_meeting_was_moved)
{
	stage_push(&stage, meeting_screen_new(1));
	letter("m");
	enter();
	enter();
	stage_expect("Invitations to meeting 1");
	stage_expect_said(&stage, "booked:");
	press(PRESS_ESC);
	expect_title("Meeting");
}

Test(invitations_screen, comes_up_after_a_cancellation_that_is_to_be_told)
{
	consent("A,B");
	leave();
	stage_push(&stage, meeting_screen_new(1));
	letter("x");
	letter("illness");
	enter();
	stage_expect("The meeting is cancelled; s tells those who were invited.");
	stage_expect(" A  its part is cancelled");
	letter("s");
	stage_expect_said(&stage, "2 messages leave");
	stage_expect("The meeting is cancelled.");
	press(PRESS_ESC);
	expect_title("Meeting");
}

Test(invitations_screen, does_not_come_up_after_a_cancellation_that_nobody_needs_to_hear_of)
{
	consent("A,B");
	stage_push(&stage, meeting_screen_new(1));
	letter("x");
	letter("illness");
	enter();
	expect_title("Meeting");
	stage_expect_said(&stage, "meeting 1 was cancelled");
	expect_number("SELECT count(*) FROM message", 0);
}

Test(invitations_screen, does_not_come_up_after_a_cancellation_of_what_is_over)
{
	consent("A,B");
	leave();
	fixture_sql(stage.session, "DELETE FROM message WHERE kind = 'family'");
	fixture_clock(stage.session, "2026-12-03T09:00");
	stage_push(&stage, meeting_screen_new(1));
	letter("x");
	letter("illness");
	enter();
	expect_title("Meeting");
	expect_number("SELECT count(*) FROM message WHERE state = 'sent'", 2);
}
