/* Whether promises are enough, on the screen: what it shows at which sizes, and how one goes on. */
#include "fixture.h"
#include "screen.h"
#include "screens/screens_internal.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define ROWS 20 /* of an 80x24 terminal, without the frame */

static struct session *session;
static struct ui ui;
static struct screen *shown;
static struct next next;

/*
 * Today is Tuesday of week 48. A and B, of KES, promise Wednesdays 12 to 15 since week 47, C of POH
 * nothing. A is booked for an hour and a half this week and for three hours the week before.
 */
static void begin(void)
{
	fake_screen_locale();
	message_set_language(LANGUAGE_EN);
	session = fixture_session();
	ui = (struct ui) { .session = session, .writer = "test", .utf8 = true };
	for (const char *code = "ABC"; *code; code++)
		fixture_unit(session, (char[2]) { *code, '\0' });
	fixture_slot(session, "A", 3, "12:00", "15:00");
	fixture_slot(session, "B", 3, "12:00", "15:00");
	fixture_sql(session, "UPDATE slot SET from_day = 20773;" /* 16.11.2026 */
			     "UPDATE unit SET area = CASE code WHEN 'C' THEN 'POH' ELSE 'KES' END;"
			     "UPDATE unit SET name = 'Neuvola' WHERE code = 'A'");
	fixture_sql(session,
		"INSERT INTO case_ref (id, year, number, code, opened_at)"
		" VALUES (1, 2026, 1, '2026-0001', 0);"
		"INSERT INTO meeting (id, case_id, kind, day, start_minute, end_minute, status,"
		" uid, booked_by, changed_at) VALUES"
		" (1, 1, 'invited', 20775, 720, 900, 'recorded', 'u1', 1, 0),"
		" (2, 1, 'invited', 20782, 720, 810, 'booked', 'u2', 1, 0);"
		"INSERT INTO meeting_unit (meeting_id, unit_id, position)"
		" SELECT value, unit.id, 0 FROM unit, json_each('[1, 2]') WHERE code = 'A'");
	shown = capacity_screen_new();
}

static void end(void)
{
	shown->ops->free(shown);
	fixture_free(session);
	fake_screen_end();
}

TestSuite(capacity_screen, .init = begin, .fini = end);

static void show(int rows, int columns)
{
	struct canvas canvas = fake_screen(rows, columns);
	struct error err;

	canvas.utf8 = ui.utf8;
	ui.rows = rows;
	ui.columns = columns;
	if (!shown->is_read)
		cr_assert(shown->ops->read(shown, &ui, &err), "%s", err.text);
	shown->is_read = true;
	shown->ops->draw(shown, &ui, &canvas);
}

static void press_key(struct key key)
{
	int action = 0;

	for (const struct key_binding *b = shown->ops->keys; b->key; b++) {
		if (key_is(&key, b->key))
			action = b->action;
	}
	next = shown->ops->act(shown, &ui, action, &key);
}

static void press(int press)
{
	press_key(fake_press(press));
}

static void expect(const char *text)
{
	cr_expect(fake_screen_shows(text), "no \"%s\"", text);
}

static void expect_not(const char *text)
{
	cr_expect_not(fake_screen_shows(text), "\"%s\" is shown", text);
}

/* The screen that was pushed takes the place of the one that is shown. */
static void follow(void)
{
	cr_assert_eq((int)next.kind, NEXT_PUSH);
	shown->ops->free(shown);
	shown = next.screen;
}

Test(capacity_screen, has_areas_by_week_with_the_percent_of_the_offered_hours_that_is_booked)
{
	show(ROWS, 80);
	expect(" 31.8.2026–29.11.2026  booked of offered, %");
	expect(" week                        36  37  38  39  40  41  42  43  44  45  46  47  48");
	expect(" all                         ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  50  25");
	expect(" KES                         ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  50  25");
	expect(" POH                         ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  ··");
	expect("·· nothing offered");
	cr_expect(fake_screen_is_reverse(2, 1));
	cr_expect_not(fake_screen_is_reverse(3, 1));
}

static void add_finding(int id, const char *first_day, const char *units)
{
	char sql[500];

	snprintf(sql, sizeof(sql),
		"INSERT INTO finding (id, day, found_at, minutes, first_day, searcher)"
		" VALUES (%d, 20781, 0, 60, %s, 's');"
		"INSERT INTO finding_unit SELECT %d, id, 1 FROM unit WHERE instr('%s', code)",
		id, first_day, id, units);
	fixture_sql(session, sql);
}

Test(capacity_screen, tells_of_hours_searches_and_missing_units_whole_at_80_and_120_columns)
{
	static const int sizes[][2] = { { ROWS, 80 }, { 36, 120 } };
	static const char *const texts[] = { "promised           12.0", "offered            12.0",
		"confirmed           0.0", "booked              4.5", "used                3.0",
		"half within (median)", "nine of ten within", "found no shared hole  2",
		"found one too late    1", "Units in the way", "C                     3",
		"B                     1", "No hole within 14 days", "none at all" };

	add_finding(1, "NULL", "C");
	add_finding(2, "NULL", "BC");
	add_finding(3, "20800", "C");
	show(ROWS, 80);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect(texts[i]);
	for (size_t size = 0; size < 2; size++) {
		show(sizes[size][0], sizes[size][1]);
		expect("Days from call to hole");
		expect("none at all");
		expect_not("…");
	}
	expect("promised  confirmed  offered  booked    used");
	expect("    12.0        0.0     12.0     4.5     3.0");
}

Test(capacity_screen, tells_below_of_the_hours_of_the_row_that_is_chosen)
{
	show(ROWS, 80);
	expect_not("promised 12.0");
	press(PRESS_DOWN);
	show(ROWS, 80);
	expect("KES: promised 12.0, confirmed 0.0, offered 12.0, booked 4.5, used 3.0 h");
	press(PRESS_DOWN);
	show(ROWS, 80);
	expect("POH: promised 0.0, confirmed 0.0,");
	cr_expect(fake_screen_is_reverse(4, 1));
}

Test(capacity_screen, opens_the_units_of_an_area_or_of_all)
{
	show(ROWS, 80);
	press(PRESS_DOWN);
	press(PRESS_ENTER);
	follow();
	show(ROWS, 80);
	expect(" KES  31.8.2026–29.11.2026");
	expect(" A Neuvola                   ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  ·· 100  50");
	expect(" B                           ··  ··  ··  ··  ··  ··  ··  ··  ··  ··  ··   0   0");
	expect_not(" C ");
	expect_not("none at all");
	press(PRESS_ENTER);
	cr_expect_eq((int)next.kind, NEXT_STAY);
	press(PRESS_ESC);
	cr_expect_eq((int)next.kind, NEXT_BACK);
	shown->ops->free(shown);
	shown = capacity_screen_new();
	show(ROWS, 80);
	press(PRESS_ENTER);
	follow();
	show(ROWS, 80);
	expect(" C ");
	expect("none at all");
}

Test(capacity_screen, has_narrow_cells_with_two_stars_for_100_and_more_in_50_columns)
{
	show(8, 50);
	expect(" week      36 37 38 39 40 41 42 43 44 45 46 47 48");
	expect(" KES       ·· ·· ·· ·· ·· ·· ·· ·· ·· ·· ·· 50 25");
	press(PRESS_ENTER);
	follow();
	show(8, 50);
	expect(" A         ·· ·· ·· ·· ·· ·· ·· ·· ·· ·· ·· ** 50");
	expect("all: promised 12.0, confirmed 0.0, offered 12.0,");
	expect("booked 4.5, used 3.0 h");
}

Test(capacity_screen, in_a_small_window_is_scrolled_to_its_end_and_back)
{
	show(8, 50);
	expect("POH");
	expect_not("none at all");
	for (int i = 0; i < 60; i++)
		press(PRESS_DOWN);
	show(8, 50);
	expect("none at all");
	expect("week");
	press(PRESS_HOME);
	show(8, 50);
	expect("POH");
	press(PRESS_END);
	show(8, 50);
	expect("none at all");
	press(PRESS_UP);
	show(8, 50);
	expect_not("none at all");
	press(PRESS_END);
	show(36, 120);
	expect(" all ");
	expect("none at all");
}

Test(capacity_screen, with_more_units_than_rows_keeps_the_chosen_one_in_sight_and_what_is_below_too)
{
	for (const char *code = "DEFGHIJ"; *code; code++)
		fixture_unit(session, (char[2]) { *code, '\0' });
	show(8, 50);
	press(PRESS_ENTER);
	follow();
	for (const char *code = "ABCDEFGHIJ"; *code; code++) {
		char label[] = { ' ', *code, ' ', '\0' };

		show(8, 50);
		expect(label);
		press(PRESS_DOWN);
	}
	show(8, 50);
	expect(" J ");
	expect_not("nothing offered");
	press(PRESS_DOWN);
	show(8, 50);
	expect("nothing offered");
	press(PRESS_END);
	show(8, 50);
	expect("J                 none at all");
}

Test(capacity_screen, is_of_digits_and_stops_where_there_is_no_utf8)
{
	ui.utf8 = false;
	show(36, 120);
	expect(".. nothing offered");
	expect("  ..  50  25");
	expect("####");
	expect_not("·");
	expect_not("█");
}

Test(capacity_screen, goes_13_weeks_back_and_on_as_far_as_holes_are_searched)
{
	show(ROWS, 80);
	press(PRESS_LEFT);
	show(ROWS, 80);
	expect("1.6.2026–30.8.2026");
	press(PRESS_RIGHT);
	show(ROWS, 80);
	expect("31.8.2026–29.11.2026");
	for (int i = 0; i < 5; i++)
		press(PRESS_RIGHT);
	show(ROWS, 80);
	expect("1.3.2027–30.5.2027");
	press_key(fake_letter("t"));
	show(ROWS, 80);
	expect("31.8.2026–29.11.2026");
}

static int64_t looks(const char *days)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM access_log WHERE use_case = 'figures_look' AND detail = "
		"'capacity %s'",
		days);
	return fixture_number(session, sql);
}

Test(capacity_screen, is_logged_once_for_each_period_its_units_included)
{
	show(ROWS, 80);
	shown->is_read = false;
	show(ROWS, 80);
	press_key(fake_letter("t"));
	show(ROWS, 80);
	cr_expect_eq(looks("2026-08-31..2026-11-29"), 1);
	press(PRESS_ENTER);
	follow();
	show(ROWS, 80);
	cr_expect_eq(looks("2026-08-31..2026-11-29"), 1);
	press(PRESS_LEFT);
	show(ROWS, 80);
	cr_expect_eq(looks("2026-06-01..2026-08-30"), 1);
}

Test(capacity_screen, shows_nothing_to_who_may_not_see_it)
{
	struct canvas canvas = fake_screen(ROWS, 80);
	struct error err = { 0 };

	show(ROWS, 80);
	canvas = fake_screen(ROWS, 80);
	fixture_sql(session, "DELETE FROM user_role WHERE role = 'coordinator'");
	cr_expect_not(shown->ops->read(shown, &ui, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	shown->ops->draw(shown, &ui, &canvas);
	press(PRESS_DOWN);
	press(PRESS_ENTER);
	cr_expect_eq((int)next.kind, NEXT_STAY);
	expect_not("KES");
	expect_not("promised");
}

Test(capacity_screen, is_opened_from_the_months_figures)
{
	shown->ops->free(shown);
	shown = figures_screen_new();
	show(ROWS, 80);
	press_key(fake_letter("c"));
	follow();
	show(ROWS, 80);
	expect("booked of offered");
}
