/* What Tänään shows of promises: what lost its hole, and whom to ask. */
#include "stage.h"

static struct stage stage;

/* A and B meet on Wednesday 2.12.; both have a hole then, and A all that belongs to a promise. */
static void begin(void)
{
	stage_begin(&stage);
	fixture_unit(stage.session, "A");
	fixture_unit(stage.session, "B");
	fixture_slot(stage.session, "A", 3, "12:00", "15:00");
	fixture_slot(stage.session, "B", 2, "09:00", "11:00");
	fixture_slot(stage.session, "B", 3, "12:30", "15:00");
	fixture_sql(stage.session, "UPDATE slot SET ready_person = 'nurse', deputy = 'head nurse'"
				   " WHERE unit_id = 1;"
				   "UPDATE unit SET phone = '2101' WHERE id = 1");
	fixture_meeting(stage.session, fixture_case(stage.session), "A,B", "2026-12-02T13:00");
}

static void end(void)
{
	stage_end(&stage);
}

TestSuite(today_screen, .init = begin, .fini = end);

Test(today_screen, shows_what_lost_its_hole_until_it_is_settled)
{
	stage_push(&stage, today_screen_new());
	stage_expect_not("Booked, but the hole closed");
	fixture_close(stage.session, "A", "2026-12-02");
	stage_show_anew(&stage);
	stage_expect("Booked, but the hole closed (1)");
	stage_press(&stage, PRESS_HOME);
	stage_expect_chosen(&stage, "Wed 2.12. 13:00–14:00  meeting 1  A  training");
	stage_press(&stage, PRESS_ENTER);
	stage_expect("A: booked, but the hole closed");
	stage_type(&stage, "d");
	cr_expect_str_eq(stage.top->ops->title, "Today");
	stage_expect_not("Booked, but the hole closed");
}

Test(today_screen, names_the_units_to_ask_with_person_and_phone)
{
	fixture_unit(stage.session, "C");
	stage_push(&stage, today_screen_new());
	stage_expect("Units to ask (6)");
	stage_expect("C  no hole in the calendar");
	stage_expect("A  unconfirmed Wed 25.11. 12:00–15:00  2101  nurse");
	stage_expect("B  unconfirmed Tue 24.11. 09:00–11:00");
	stage_expect("B  a hole without a ready person");
	stage_expect("B  a hole without a deputy");
	stage_press(&stage, PRESS_END);
	stage_press(&stage, PRESS_ENTER);
	cr_expect_str_eq(stage.top->ops->title, "Unit");
	stage_expect("B  B");
}

Test(today_screen, asks_nobody_to_confirm_before_the_deadline_or_when_it_is_over)
{
	fixture_clock(stage.session, "2026-11-23T08:59");
	stage_push(&stage, today_screen_new());
	stage_expect_not("unconfirmed");
	fixture_clock(stage.session, "2026-11-24T11:00");
	stage_show_anew(&stage);
	stage_expect("A  unconfirmed Wed 25.11.");
	stage_expect_not("Tue 24.11.");
}

Test(today_screen, keeps_to_the_hole_the_cursor_is_on)
{
	stage_push(&stage, today_screen_new());
	while (!strstr(stage_chosen(&stage), "B  unconfirmed Wed"))
		stage_press(&stage, PRESS_DOWN);
	stage_show_anew(&stage);
	stage_expect_chosen(&stage, "B  unconfirmed Wed");
}

Test(today_screen, confirms_a_hole_for_the_unit_that_phoned_and_keeps_where_it_is)
{
	fixture_sql(stage.session,
		"INSERT INTO readiness (unit_id, day, start_minute, state, place, "
		"answered_by, answered_at)"
		" VALUES (2, 20782, 750, 'unconfirmed', 'Teams', 1, 0)");
	stage_push(&stage, today_screen_new());
	stage_expect("Units to ask (5)");
	while (!strstr(stage_chosen(&stage), "B  unconfirmed Wed"))
		stage_press(&stage, PRESS_DOWN);
	stage_type(&stage, "c");
	stage_expect_said(&stage, "confirmed: B Wed 25.11. 12:30–15:00");
	stage_expect("Units to ask (4)");
	stage_expect_not("B  unconfirmed Wed");
	cr_expect_eq(fixture_number(stage.session, "SELECT count(*) FROM readiness"
						   " WHERE state = 'confirmed' AND unit_id = 2"
						   " AND day = 20782 AND place = 'Teams'"),
		1);
}

Test(today_screen, confirms_nothing_in_other_rows)
{
	stage_push(&stage, today_screen_new());
	stage_press(&stage, PRESS_END);
	stage_expect_chosen(&stage, "a hole without a deputy");
	stage_type(&stage, "c");
	stage_expect_said(&stage, "c confirms a hole that is unconfirmed");
	cr_expect_eq(fixture_number(stage.session, "SELECT count(*) FROM readiness"), 0);
}
