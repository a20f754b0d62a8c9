/* A contact's first view: what it shows, and what each of its keys leaves behind. */
#include "stage.h"

#include "kutsu/service/promise.h"

#define WED_25 "20782" /* 25.11.2026 as a day number */

static struct stage stage;

/*
 * Two units with a hole on Wednesdays and meeting 1 in both on 2.12.; A has a ready person and a
 * deputy, B has neither.
 */
static void begin(void)
{
	stage_begin(&stage);
	fixture_unit(stage.session, "A");
	fixture_unit(stage.session, "B");
	fixture_slot(stage.session, "A", 3, "12:00", "15:00");
	fixture_slot(stage.session, "B", 3, "12:30", "15:00");
	fixture_sql(stage.session, "UPDATE slot SET ready_person = 'nurse', deputy = 'head nurse',"
				   " place = 'Kaisla' WHERE unit_id = 1");
	fixture_meeting(stage.session, fixture_case(stage.session), "A,B", "2026-12-02T13:00");
	fixture_sql(stage.session, "UPDATE meeting SET place = 'Teams'");
}

static void end(void)
{
	stage_end(&stage);
}

TestSuite(own_unit_screen, .init = begin, .fini = end);
TestSuite(unsettled_screen, .init = begin, .fini = end);

static void open_as_contact_of(const char *codes)
{
	stage_be_contact(&stage, codes);
	stage_push(&stage, own_unit_screen_new());
}

static void letter(const char *letters)
{
	stage_type(&stage, letters);
}

static void enter(void)
{
	stage_press(&stage, PRESS_ENTER);
}

static void expect_number(const char *sql, int64_t expected)
{
	int64_t number = fixture_number(stage.session, sql);

	cr_expect_eq(number, expected, "%s: %lld", sql, (long long)number);
}

Test(own_unit_screen, shows_each_hole_of_eight_weeks_with_what_was_said_and_booked)
{
	open_as_contact_of("A");
	stage_expect("Wed 25.11. 12:00–15:00  unconfirmed  nurse");
	stage_expect("Wed 2.12.  12:00–15:00  unconfirmed  nurse  meeting 1 at 13:00–14:00, Teams");
	stage_expect("Wed 13.1.  12:00–15:00");
	stage_expect_not("Wed 20.1.");
	stage_expect("week 49   confirm by Mon 30.11. at 09:00");
}

Test(own_unit_screen, shows_a_meeting_in_the_rows_of_its_own_units_only)
{
	fixture_meeting(stage.session, fixture_case(stage.session), "B", "2026-12-09T13:00");
	open_as_contact_of("A,B");
	while (!strstr(stage_chosen(&stage), "Wed 9.12.  12:00"))
		stage_press(&stage, PRESS_DOWN);
	stage_expect_not("A; meeting 2");
	stage_press(&stage, PRESS_DOWN);
	stage_expect("B; meeting 2 at 13:00–14:00");
}

Test(own_unit_screen, marks_a_week_that_is_unconfirmed_past_its_deadline)
{
	fixture_clock(stage.session, "2026-11-23T08:59");
	open_as_contact_of("A");
	stage_expect("week 48   confirm by Mon 23.11. at 09:00");
	fixture_clock(stage.session, "2026-11-23T09:00");
	stage_show_anew(&stage);
	stage_expect("week 48   NOT CONFIRMED by Mon 23.11. at 09:00");
	letter("c");
	stage_expect_not("23.11.");
}

Test(own_unit_screen, leaves_out_holes_that_are_over)
{
	fixture_clock(stage.session, "2026-11-25T14:59");
	open_as_contact_of("A");
	stage_expect("Wed 25.11.");
	fixture_clock(stage.session, "2026-11-25T15:00");
	stage_show_anew(&stage);
	stage_expect_not("Wed 25.11.");
}

Test(own_unit_screen, confirms_a_hole_and_goes_on_to_the_next_with_one_key)
{
	open_as_contact_of("A");
	stage_expect_chosen(&stage, "Wed 25.11.");
	letter("c");
	stage_expect("Wed 25.11. 12:00–15:00  confirmed");
	stage_expect_said(&stage, "confirmed: A Wed 25.11. 12:00–15:00");
	stage_expect_chosen(&stage, "Wed 2.12.");
	letter("c");
	stage_expect_chosen(&stage, "Wed 9.12.");
	expect_number("SELECT count(*) FROM readiness WHERE state = 'confirmed'", 2);
}

Test(own_unit_screen, confirms_the_rest_of_the_units_week_with_one_key)
{
	fixture_slot(stage.session, "A", 4, "09:00", "10:00");
	fixture_slot(stage.session, "A", 5, "09:00", "10:00");
	open_as_contact_of("A,B");
	stage_expect_chosen(&stage, "Wed 25.11. 12:00–15:00  A");
	letter("d");
	letter("C");
	stage_expect("Wed 25.11. 12:00–15:00  A  the deputy goes");
	stage_expect("Wed 25.11. 12:30–15:00  B  unconfirmed");
	stage_expect("Thu 26.11. 09:00–10:00  A  confirmed");
	stage_expect("Fri 27.11. 09:00–10:00  A  confirmed");
	stage_expect("Thu 3.12.  09:00–10:00  A  unconfirmed");
	stage_expect_said(&stage, "A, week 48: 2 holes confirmed");
	letter("C");
	stage_expect_said(&stage, "nothing is left to confirm");
}

Test(own_unit_screen, closes_a_hole_for_which_nobody_can_come)
{
	open_as_contact_of("A");
	letter("e");
	stage_expect("nothing about health");
	letter("training");
	enter();
	stage_expect("Wed 25.11. 12:00–15:00  can't come");
	stage_expect_said(&stage, "nobody comes: A Wed 25.11. 12:00–15:00");
	stage_expect_chosen(&stage, "can't come");
	stage_expect("reason: training");
	stage_expect_not("booked, but the hole closed");
}

Test(own_unit_screen, asks_of_what_is_booked_in_a_hole_for_which_nobody_can_come)
{
	open_as_contact_of("A");
	stage_press(&stage, PRESS_DOWN);
	letter("e");
	enter();
	stage_expect("A: booked, but the hole closed");
	stage_expect("meeting 1");
}

Test(own_unit_screen, asks_who_goes_only_where_the_promise_names_no_deputy)
{
	open_as_contact_of("A,B");
	letter("d");
	stage_expect("Wed 25.11. 12:00–15:00  A  the deputy goes");
	stage_expect("head nurse");
	stage_press(&stage, PRESS_DOWN);
	letter("d");
	stage_expect("The promise names no deputy.");
	enter();
	stage_expect_said(&stage, "who goes?");
	letter("psychologist");
	enter();
	stage_expect("Wed 25.11. 12:30–15:00  B  the deputy goes");
	stage_expect("B; psychologist");
	letter("c");
	stage_expect("Wed 25.11. 12:30–15:00  B  confirmed");
	expect_number("SELECT count(*) FROM readiness WHERE person IS NOT NULL", 0);
}

Test(own_unit_screen, changes_the_place_of_one_day_and_keeps_what_was_answered)
{
	open_as_contact_of("A");
	letter("c");
	stage_press(&stage, PRESS_UP);
	letter("p");
	stage_press(&stage, PRESS_CONTROL + 'U');
	letter("Teams");
	enter();
	stage_expect("Wed 25.11. 12:00–15:00  confirmed");
	stage_expect("deputy head nurse; Teams");
	expect_number("SELECT count(*) FROM slot WHERE place = 'Kaisla'", 1);
	expect_number("SELECT count(*) FROM slot", 2);
	letter("c");
	expect_number("SELECT count(*) FROM readiness WHERE state = 'confirmed' AND place = 'Teams'"
		      " AND day = " WED_25,
		1);
}

Test(own_unit_screen, changes_the_place_from_a_day_on_and_keeps_the_promise_before_it)
{
	open_as_contact_of("A");
	stage_press(&stage, PRESS_DOWN);
	letter("p");
	stage_press(&stage, PRESS_CONTROL + 'U');
	letter("Teams");
	stage_press(&stage, PRESS_TAB);
	stage_press(&stage, PRESS_RIGHT);
	enter();
	expect_number("SELECT count(*) FROM slot WHERE unit_id = 1 AND place = 'Teams'"
		      " AND from_day = " WED_25 " + 7 AND ready_person = 'nurse'",
		1);
	expect_number("SELECT count(*) FROM slot WHERE unit_id = 1 AND place = 'Kaisla'"
		      " AND until_day = " WED_25 " + 6",
		1);
	stage_expect_chosen(&stage, "Wed 2.12.");
}

Test(own_unit_screen, takes_an_answer_back)
{
	open_as_contact_of("A");
	letter("u");
	stage_expect_said(&stage, "nothing to take back");
	letter("c");
	stage_press(&stage, PRESS_UP);
	letter("u");
	stage_expect("Wed 25.11. 12:00–15:00  unconfirmed");
	expect_number("SELECT count(*) FROM readiness", 0);
}

Test(own_unit_screen, takes_an_absence_back_after_asking)
{
	fixture_close(stage.session, "A", "2026-11-25");
	open_as_contact_of("A");
	stage_expect("Wed 25.11. 12:00–15:00  can't come");
	letter("c");
	stage_expect_said(&stage, "take the absence back first");
	letter("u");
	stage_expect("Not away after all?");
	enter();
	stage_expect("Wed 25.11. 12:00–15:00  unconfirmed");
	expect_number("SELECT count(*) FROM closing", 0);
}

Test(own_unit_screen, takes_a_request_back_first_and_says_that_the_absence_stays)
{
	fixture_close(stage.session, "A", "2026-12-02");
	open_as_contact_of("A");
	stage_push(&stage, unsettled_screen_new("A"));
	letter("m");
	enter();
	while (!strstr(stage_chosen(&stage), "Wed 2.12.  12:00"))
		stage_press(&stage, PRESS_DOWN);
	letter("u");
	stage_expect_said(
		&stage, "the request is taken back; the absence stays, u again takes it back");
	expect_number("SELECT count(*) FROM settlement", 0);
	expect_number("SELECT count(*) FROM closing", 1);
	letter("u");
	stage_expect("Not away after all?");
}

Test(own_unit_screen, away_begins_with_the_rows_day_and_asks_of_what_is_booked)
{
	open_as_contact_of("A");
	stage_press(&stage, PRESS_DOWN);
	letter("w");
	stage_expect("2.12.2026");
	stage_expect("nothing about health");
	enter();
	stage_expect("A: booked, but the hole closed");
	stage_expect("Wed 2.12. 13:00–14:00  meeting 1  A");
	stage_expect_said(&stage, "A is away Wed 2.12.; what is booked stays booked");
	stage_press(&stage, PRESS_ESC);
	stage_expect("Booked, but the hole closed: Enter settles it");
	expect_number("SELECT count(*) FROM meeting WHERE status = 'booked'", 1);
}

Test(own_unit_screen, away_without_anything_booked_asks_nothing)
{
	open_as_contact_of("A");
	letter("w");
	enter();
	stage_expect("Wed 25.11. 12:00–15:00  can't come");
	stage_expect_not("booked, but the hole closed");
}

Test(own_unit_screen, offers_an_extra_hole_of_the_rows_day)
{
	open_as_contact_of("A");
	letter("x");
	stage_expect("25.11.2026");
	stage_press(&stage, PRESS_TAB);
	letter("9");
	stage_press(&stage, PRESS_TAB);
	letter("10");
	enter();
	stage_expect("Wed 25.11. 09:00–10:00  confirmed");
	stage_expect_said(&stage, "an extra hole: A Wed 25.11. 09:00–10:00");
}

Test(own_unit_screen, names_the_unit_of_what_w_and_x_ask)
{
	open_as_contact_of("A,B");
	stage_press(&stage, PRESS_DOWN);
	stage_expect_chosen(&stage, "Wed 25.11. 12:30–15:00  B");
	letter("w");
	stage_expect("B: The unit is away");
	stage_press(&stage, PRESS_ESC);
	letter("x");
	stage_expect("B: An extra hole");
}

Test(own_unit_screen, tells_a_reason_only_of_a_hole_for_which_nobody_comes)
{
	struct promise_answer answer = { .unit = "A",
		.day = fixture_day("2026-11-25"),
		.start = fixture_minute("12:00"),
		.state = READINESS_CONFIRMED,
		.note = "by the back door" };
	struct error err;

	cr_assert(promise_answer_give(stage.session, &answer, &err), "%s", err.text);
	open_as_contact_of("A");
	stage_expect("note: by the back door");
	stage_expect_not("reason:");
	letter("e");
	stage_press(&stage, PRESS_CONTROL + 'U');
	letter("training");
	enter();
	stage_expect("reason: training");
	stage_expect_not("note:");
}

Test(own_unit_screen, opens_the_meeting_of_a_row_else_the_unit)
{
	open_as_contact_of("A");
	enter();
	cr_expect_str_eq(stage.top->ops->title, "Unit");
	stage_pop(&stage);
	stage_show(&stage);
	stage_press(&stage, PRESS_DOWN);
	enter();
	cr_expect_str_eq(stage.top->ops->title, "Meeting");
}

Test(own_unit_screen, warns_of_what_the_promise_lacks)
{
	fixture_unit(stage.session, "C");
	open_as_contact_of("A,B,C");
	stage_expect("C: no hole in the calendar");
	stage_expect("B: a hole without a ready person");
	stage_expect("B: a hole without a deputy");
	stage_expect_not("A: a hole");
}

Test(own_unit_screen, without_a_unit_or_a_hole_says_what_to_do)
{
	fixture_sql(stage.session, "DELETE FROM user_role;"
				   "INSERT INTO user_role VALUES (1, 'contact', NULL)");
	stage_push(&stage, own_unit_screen_new());
	stage_expect("No unit is yours yet: ask the administrator");
	letter("cCedwpxu");
	enter();
	cr_expect_str_eq(stage.top->ops->title, "Own unit");
}

Test(own_unit_screen, keeps_its_place_when_rows_come_above_it)
{
	open_as_contact_of("A");
	stage_press(&stage, PRESS_DOWN);
	stage_press(&stage, PRESS_DOWN);
	stage_expect_chosen(&stage, "Wed 9.12.");
	fixture_close(stage.session, "A", "2026-12-02");
	stage_show_anew(&stage);
	stage_expect("Booked, but the hole closed");
	stage_expect_chosen(&stage, "Wed 9.12.");
}

Test(own_unit_screen, in_a_small_window_shows_time_and_state_and_the_rest_below)
{
	fixture_sql(stage.session,
		"UPDATE unit SET name = 'Ruunavaaran perhekeskuksen neuvola ja vastaanotto'"
		" WHERE code = 'A'");
	stage.ui.rows = 8;
	stage.ui.columns = 50;
	open_as_contact_of("A,B");
	stage_press(&stage, PRESS_DOWN);
	stage_press(&stage, PRESS_DOWN);
	stage_expect_chosen(&stage, "Wed 2.12.  12:00–15:00  A  unconfirmed");
	stage_expect("meeting 1 at");
}

static void open_unsettled_again(void)
{
	stage_push(&stage, unsettled_screen_new("A"));
}

static void open_unsettled(void)
{
	fixture_close(stage.session, "A", "2026-12-02");
	open_unsettled_again();
}

Test(unsettled_screen, shows_the_meeting_why_the_hole_closed_and_the_deputy)
{
	open_unsettled();
	stage_expect("Wed 2.12. 13:00–14:00  meeting 1  A  training; deputy head nurse");
}

Test(unsettled_screen, is_settled_and_left_when_the_deputy_goes)
{
	stage_be_contact(&stage, "A");
	stage_push(&stage, own_unit_screen_new());
	stage_press(&stage, PRESS_DOWN);
	letter("w");
	enter();
	letter("d");
	stage_expect_said(&stage, "settled: meeting 1 stays as it is booked");
	cr_expect_str_eq(stage.top->ops->title, "Own unit");
	stage_expect("Wed 2.12.  12:00–15:00  can't come");
	stage_expect_not("Enter settles it");
}

Test(unsettled_screen, asks_who_goes_where_there_is_no_deputy)
{
	fixture_sql(stage.session, "UPDATE slot SET deputy = NULL");
	stage_push(&stage, today_screen_new());
	open_unsettled();
	letter("d");
	stage_expect("Who goes all the same?");
	enter();
	stage_expect_said(&stage, "who goes?");
	letter("psychologist");
	enter();
	stage_expect_said(&stage, "settled: meeting 1 stays as it is booked");
	cr_expect_str_eq(stage.top->ops->title, "Today");
	expect_number("SELECT count(*) FROM settlement WHERE person = 'psychologist'", 1);
}

Test(unsettled_screen, of_a_contact_asks_the_coordinator_to_move_or_cancel)
{
	stage_be_contact(&stage, "A");
	open_unsettled();
	letter("m");
	stage_expect("Ask the coordinator to move meeting 1?");
	enter();
	stage_expect_said(&stage, "the coordinator is asked to move meeting 1");
	stage_expect("to be moved, asks koord-1");
	expect_number("SELECT count(*) FROM settlement WHERE asks = 'move'", 1);
	letter("c");
	stage_expect("Ask the coordinator to cancel meeting 1?");
	enter();
	stage_expect_said(&stage, "the coordinator is asked to cancel meeting 1");
	stage_expect("to be cancelled, asks koord-1");
	expect_number("SELECT count(*) FROM meeting WHERE status = 'booked'", 1);
}

Test(unsettled_screen, of_a_contact_asks_nothing_of_the_coordinator_before_a_yes)
{
	stage_be_contact(&stage, "A");
	open_unsettled();
	letter("c");
	stage_press(&stage, PRESS_ESC);
	letter("m");
	stage_press(&stage, PRESS_ESC);
	expect_number("SELECT count(*) FROM readiness", 0);
	cr_expect_str_eq(stage.top->ops->title, "Booked, but the hole closed");
}

static const char *help_of(const char *letter)
{
	for (const struct key_binding *b = stage.top->keys; b && b->key; b++) {
		if (b->key == PRESS_CHARACTER + *letter)
			return b->help;
	}
	return "";
}

Test(unsettled_screen, names_its_keys_by_what_they_do_for_the_user)
{
	open_unsettled();
	cr_expect_str_eq(help_of("m"), "move");
	cr_expect_str_eq(help_of("c"), "cancel it");
	stage_be_contact(&stage, "A");
	stage_show_anew(&stage);
	cr_expect_str_eq(help_of("m"), "ask to move");
	cr_expect_str_eq(help_of("c"), "ask to cancel");
}

Test(unsettled_screen, is_left_by_a_contact_when_each_is_settled_or_asked_for)
{
	fixture_meeting(stage.session, fixture_case(stage.session), "A", "2026-12-09T14:00");
	fixture_close(stage.session, "A", "2026-12-09");
	stage_be_contact(&stage, "A");
	stage_push(&stage, own_unit_screen_new());
	open_unsettled();
	letter("m");
	enter();
	cr_expect_str_eq(stage.top->ops->title, "Booked, but the hole closed");
	stage_press(&stage, PRESS_DOWN);
	letter("c");
	enter();
	stage_expect_said(&stage, "the coordinator is asked to cancel meeting 2");
	cr_expect_str_eq(stage.top->ops->title, "Own unit");
	open_unsettled_again();
	letter("m");
	enter();
	cr_expect_str_eq(stage.top->ops->title, "Booked, but the hole closed");
}

Test(unsettled_screen, of_a_coordinator_moves_and_cancels)
{
	stage_push(&stage, today_screen_new());
	open_unsettled();
	letter("m");
	cr_expect_str_eq(stage.top->ops->title, "Find a time");
	stage_press(&stage, PRESS_ESC);
	cr_expect_str_eq(stage.top->ops->title, "Booked, but the hole closed");
	letter("c");
	stage_expect("Cancel the meeting");
	letter("illness");
	enter();
	stage_expect_said(&stage, "meeting 1 was cancelled");
	cr_expect_str_eq(stage.top->ops->title, "Today");
	expect_number("SELECT count(*) FROM meeting WHERE status = 'cancelled'", 1);
}

Test(unsettled_screen, has_a_meeting_that_a_hole_no_longer_covers_when_the_hole_ends)
{
	stage_push(&stage, unit_screen_new("A"));
	letter("d");
	letter("25.11.");
	enter();
	stage_expect("A: booked, but the hole closed");
}
