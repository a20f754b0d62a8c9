/* The view of what one hole more would have been worth. */
#include "fixture.h"
#include "screen.h"
#include "screens/screens_internal.h"

#include "kutsu/service/intake.h"

#include <criterion/criterion.h>
#include <string.h>

#define ROWS 20

static struct session *session;
static struct ui ui;
static struct screen *shown;

static void begin(void)
{
	fake_screen_locale();
	message_set_language(LANGUAGE_EN);
	session = fixture_session();
	ui = (struct ui) { .session = session, .writer = "test", .utf8 = true };
	shown = advice_screen_new();
}

static void end(void)
{
	shown->ops->free(shown);
	fixture_free(session);
	fake_screen_end();
}

TestSuite(advice_screen, .init = begin, .fini = end);

static void draw(int columns)
{
	struct canvas canvas = fake_screen(ROWS, columns);

	canvas.utf8 = ui.utf8;
	ui.rows = ROWS;
	ui.columns = columns;
	shown->ops->draw(shown, &ui, &canvas);
}

/* Draws when all is worked out. */
static void show(int columns)
{
	struct error err;

	if (!shown->is_read)
		cr_assert(shown->ops->read(shown, &ui, &err), "%s", err.text);
	shown->is_read = true;
	do {
		shown->ops->tick(shown, &ui);
		draw(columns);
	} while (fake_screen_shows("is tried for each unit"));
}

static void expect(const char *text)
{
	cr_expect(fake_screen_shows(text), "no \"%s\"", text);
}

static void take_call(const char *a, const char *b)
{
	const char *units[] = { a, b };
	struct intake intake = { .source = SOURCE_FAMILY,
		.caller = "äiti",
		.concern = "huoli",
		.limits = family_limits_none(),
		.units = units,
		.unit_count = b ? 2 : 1 };
	struct intake_result result;
	struct error err;

	cr_assert(intake_take(session, &intake, &result, &err), "%s", err.text);
}

/* A and B meet on Wednesdays; C has no hole, D's is on a day of its own. */
static void fill(void)
{
	for (const char *code = "ABCD"; *code; code++)
		fixture_unit(session, (char[2]) { *code, '\0' });
	fixture_slot(session, "A", 3, "12:00", "13:00");
	fixture_slot(session, "B", 3, "12:00", "13:00");
	fixture_slot(session, "D", 1, "12:00", "13:00");
	take_call("A", "B");
	take_call("A", "D");
}

Test(advice_screen, tells_that_no_call_needed_a_meeting)
{
	show(80);
	expect("no call of this time needed a meeting");
}

Test(advice_screen, tells_units_without_a_hole_and_then_what_would_have_helped)
{
	fill();
	show(80);
	expect("2 families needed a meeting. Now half meet within 1 d; 1 found no time");
	expect("C        ");
	expect("no hole; beside 0 others");
	expect("D        Wed 12:00–13:00");
	expect("1 family  1 → 1 d");
}

Test(advice_screen, shows_the_whole_time_of_day_at_80_columns)
{
	fill();
	show(80);
	cr_expect_not(fake_screen_shows("12:00–13:…"));
}

Test(advice_screen, tells_figures_only_users_nothing_of_fewer_than_five_calls)
{
	fill();
	fixture_sql(session, "DELETE FROM user_role WHERE role <> 'admin'");
	fixture_sql(session, "UPDATE user_role SET role = 'leader'");
	show(80);
	expect("too few calls for figures that tell of nobody");
	cr_expect_not(fake_screen_shows("families needed"));
}

Test(advice_screen, is_worked_out_anew_for_another_year)
{
	struct key left = fake_press(PRESS_LEFT);

	fill();
	show(80);
	shown->ops->act(shown, &ui, shown->ops->keys[2].action, &left);
	cr_expect_not(shown->is_read);
	show(80);
	expect("no call of this time needed a meeting");
}
