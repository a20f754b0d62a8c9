/* A unit's promise is changed, and what was promised before is kept. */
#include "stage.h"

static struct stage stage;

static void begin(void)
{
	stage_begin(&stage);
	fixture_unit(stage.session, "A");
	fixture_slot(stage.session, "A", 3, "12:00", "15:00");
	fixture_sql(stage.session, "UPDATE slot SET ready_person = 'nurse', deputy = 'head nurse',"
				   " place = 'Kaisla'");
	stage_push(&stage, unit_screen_new("A"));
}

static void end(void)
{
	stage_end(&stage);
}

TestSuite(unit_screen, .init = begin, .fini = end);

static void open_change(void)
{
	stage_type(&stage, "m");
	stage_expect("Change the hole");
}

Test(unit_screen, changes_a_hole_from_a_day_on_and_keeps_what_it_was)
{
	open_change();
	stage_type(&stage, "2.12.");
	for (int i = 0; i < 3; i++)
		stage_press(&stage, PRESS_TAB);
	stage_press(&stage, PRESS_CONTROL + 'U');
	stage_type(&stage, "9");
	stage_press(&stage, PRESS_ENTER);
	stage_expect("Wed 12:00–15:00  weekly  –1.12.2026  nurse / head nurse  Kaisla");
	stage_expect("Wed 09:00–15:00  weekly  2.12.2026–  nurse / head nurse  Kaisla");
	stage_expect_said(&stage, "changed from Wed 2.12.2026 on; the promise before it is kept");
}

Test(unit_screen, changes_no_hole_without_the_first_day)
{
	open_change();
	stage_press(&stage, PRESS_ENTER);
	stage_expect_said(&stage, "from which day?");
	stage_expect("Change the hole");
	cr_expect_eq(fixture_number(stage.session, "SELECT count(*) FROM slot"), 1);
}

Test(unit_screen, shows_what_has_lost_its_hole_by_a_change)
{
	fixture_meeting(stage.session, fixture_case(stage.session), "A", "2026-12-02T13:00");
	open_change();
	stage_type(&stage, "2.12.");
	for (int i = 0; i < 4; i++)
		stage_press(&stage, PRESS_TAB);
	stage_press(&stage, PRESS_CONTROL + 'U');
	stage_type(&stage, "13:30");
	stage_press(&stage, PRESS_ENTER);
	stage_expect("A: booked, but the hole closed");
	stage_expect("meeting 1");
}

Test(unit_screen, shows_the_whole_change_in_the_smallest_window)
{
	stage.ui.rows = 8;
	stage.ui.columns = 50;
	open_change();
	stage_expect("(15.12.)");
	stage_expect("Place        Kaisla");
}

Test(unit_screen, says_that_only_a_hole_can_be_changed)
{
	stage_press(&stage, PRESS_HOME);
	stage_type(&stage, "m");
	stage_expect_said(&stage, "choose one in the list");
}

Test(unit_screen, begins_on_the_first_hole_that_has_not_ended)
{
	fixture_slot(stage.session, "A", 1, "08:00", "09:00");
	fixture_slot(stage.session, "A", 2, "09:00", "11:00");
	fixture_sql(stage.session, "UPDATE slot SET until_day = 20700 WHERE weekday = 1");
	stage_push(&stage, unit_screen_new("A"));
	stage_expect_chosen(&stage, "Tue 09:00–11:00");
	stage_press(&stage, PRESS_DOWN);
	stage_show_anew(&stage);
	stage_expect_chosen(&stage, "Wed 12:00–15:00");
}

Test(unit_screen, shows_below_the_whole_row_that_is_cut)
{
	fixture_sql(stage.session, "UPDATE slot SET deputy = 'head nurse of maternity clinics',"
				   " place = 'Ruunavaaran perhekeskus'");
	stage_show_anew(&stage);
	stage_expect("nurse / head nurse of maternity clinics");
	cr_expect_not_null(
		strstr(fake_screen_row(18), "perhekeskus"), "\"%s\"", fake_screen_row(18));
	stage_press(&stage, PRESS_HOME);
	stage_expect_not("perhekeskus");
}
