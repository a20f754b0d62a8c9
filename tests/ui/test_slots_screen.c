/* The week's grid: its marks. */
#include "stage.h"

#include "kutsu/service/promise.h"

static struct stage stage;

static void begin(void)
{
	stage_begin(&stage);
	fixture_unit(stage.session, "A");
	fixture_slot(stage.session, "A", 3, "12:00", "15:00");
}

static void end(void)
{
	stage_end(&stage);
}

TestSuite(slots_screen, .init = begin, .fini = end);

static void answer(enum readiness state)
{
	struct promise_answer answer = { .unit = "A",
		.day = fixture_day("2026-11-25"),
		.start = fixture_minute("12:00"),
		.state = state };
	struct error err;

	cr_assert(promise_answer_give(stage.session, &answer, &err), "%s", err.text);
	stage_show_anew(&stage);
}

Test(slots_screen, marks_a_hole_that_nobody_confirmed_in_time)
{
	fixture_clock(stage.session, "2026-11-23T08:59");
	stage_push(&stage, slots_screen_new());
	stage_expect(" 12–15");
	stage_expect_not("?12–15");
	fixture_clock(stage.session, "2026-11-23T09:00");
	stage_show_anew(&stage);
	stage_expect("?12–15");
	answer(READINESS_CONFIRMED);
	stage_expect_not("?12–15");
}

Test(slots_screen, marks_a_hole_to_which_the_deputy_goes)
{
	stage_push(&stage, slots_screen_new());
	answer(READINESS_DEPUTY);
	stage_expect("v12–15");
}

Test(slots_screen, explains_each_mark_whole_at_80_and_120_columns)
{
	stage_push(&stage, slots_screen_new());
	stage_expect("(1) booked, # full, ~ held, x away, ? unconfirmed, v deputy");
	stage.ui.columns = 120;
	stage_show(&stage);
	stage_expect("(1) booked, # full, ~ held, x away, ? unconfirmed, v deputy");
}

Test(slots_screen, marks_a_full_hole_that_is_unconfirmed_or_the_deputys_with_both)
{
	fixture_sql(stage.session, "UPDATE slot SET end_minute = 810");
	fixture_meeting(stage.session, fixture_case(stage.session), "A", "2026-11-25T12:30");
	stage_push(&stage, slots_screen_new());
	stage_expect("#?12–13.");
	answer(READINESS_CONFIRMED);
	stage_expect(" #12–13.30");
	answer(READINESS_DEPUTY);
	stage_expect("#v12–13.");
}

Test(slots_screen, tells_how_many_are_booked_before_what_can_be_cut)
{
	fixture_sql(stage.session, "UPDATE slot SET capacity = 2, start_minute = 750");
	fixture_meeting(stage.session, fixture_case(stage.session), "A", "2026-11-25T13:00");
	stage_push(&stage, slots_screen_new());
	stage_expect("?(1)12.3");
}
