/* The list of meetings: what it says where there is none. */
#include "stage.h"

static struct stage stage;

static void begin(void)
{
	stage_begin(&stage);
	fixture_unit(stage.session, "A");
}

static void end(void)
{
	stage_end(&stage);
}

TestSuite(meetings_screen, .init = begin, .fini = end);

Test(meetings_screen, speaks_of_n_only_to_who_takes_calls)
{
	stage_push(&stage, meetings_screen_new());
	stage_expect("none booked: press n when the phone rings");
	stage_be_contact(&stage, "A");
	stage_show_anew(&stage);
	stage_expect("none booked");
	stage_expect_not("press n");
}
