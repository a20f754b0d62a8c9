/* The month in figures on the screen: what it shows, at which sizes, and how one goes on. */
#include "fixture.h"
#include "screen.h"
#include "screens/indicator_rows_internal.h"
#include "screens/screens_internal.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define ROWS 20 /* of an 80x24 terminal, without the frame */

static struct session *session;
static struct ui ui;
static struct screen *shown;

static void press(int press);

/* On the page of calls. */
static void begin(void)
{
	fake_screen_locale();
	message_set_language(LANGUAGE_EN);
	session = fixture_session();
	ui = (struct ui) { .session = session, .writer = "test", .utf8 = true };
	shown = figures_screen_new();
	press(PRESS_TAB);
	press(PRESS_TAB);
}

static void end(void)
{
	shown->ops->free(shown);
	fixture_free(session);
	fake_screen_end();
}

TestSuite(figures_screen, .init = begin, .fini = end);

static void show(int rows, int columns)
{
	struct canvas canvas = fake_screen(rows, columns);
	struct error err;

	canvas.utf8 = ui.utf8;
	ui.rows = rows;
	ui.columns = columns;
	if (!shown->is_read && shown->ops->read)
		cr_assert(shown->ops->read(shown, &ui, &err), "%s", err.text);
	shown->is_read = true;
	if (shown->ops->resize)
		shown->ops->resize(shown, &ui);
	shown->ops->draw(shown, &ui, &canvas);
}

static struct next press_key(struct key key)
{
	int action = 0;

	for (const struct key_binding *b = shown->ops->keys; b->key; b++) {
		if (key_is(&key, b->key))
			action = b->action;
	}
	return shown->ops->act(shown, &ui, action, &key);
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

/* So many calls on the 10th of the month: 20737 is 10.10.2026, 20768 10.11.2026. */
#define OCTOBER	 20737
#define NOVEMBER 20768

static void add_calls(int day, int count, const char *source, const char *outcome)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO call (received_at, source, outcome, taken_by)"
		" SELECT %d * 86400 + 36000 + i, '%s', '%s', 1 FROM n",
		count, day, source, outcome);
	fixture_sql(session, sql);
}

/* Cases with a meeting so many days behind the call. */
static void add_met(int first_case, int count, int days)
{
	for (int i = first_case; i < first_case + count; i++) {
		char sql[700];

		snprintf(sql, sizeof(sql),
			"INSERT INTO case_ref (id, year, number, code, opened_at)"
			" VALUES (%d, 2026, %d, '2026-%04d', 0);"
			"INSERT INTO call (case_id, received_at, source, outcome, taken_by)"
			" VALUES (%d, %d * 86400 + 36000, 'school', 'meeting', 1);"
			"INSERT INTO meeting (case_id, kind, day, start_minute, end_minute, status,"
			" uid, booked_by, changed_at)"
			" VALUES (%d, 'invited', %d, 600, 660, 'booked', 'uid-%d', 1, 0)",
			i, i, i, i, NOVEMBER, i, NOVEMBER + days, i);
		fixture_sql(session, sql);
	}
}

static void add_month(void)
{
	add_met(1, 6, 5);
	add_met(7, 8, 12);
	add_calls(NOVEMBER, 25, "family", "advice");
	add_calls(NOVEMBER, 7, "health", "notification");
}

Test(figures_screen, shows_every_label_and_figure_whole_at_80_and_120_columns)
{
	static const char *const texts[] = { "November 2026 (so far)   46 calls", "Who called",
		"family", "25 █", "organisation or parish", "Let's Talk discussion first",
		"duty to notify", "7 █", "Days to the first meeting", "half met within (median)",
		"nine of ten met within", "the longest wait", "12", "families with a meeting", "14",
		"met within 7 days", "met within 14 days", "fewer than 5 (<5)" };
	static const int sizes[][2] = { { ROWS, 80 }, { 36, 120 } };

	add_month();
	for (size_t size = 0; size < 2; size++) {
		show(sizes[size][0], sizes[size][1]);
		for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
			expect(texts[i]);
		expect_not("…");
	}
}

Test(figures_screen, shows_no_small_figure)
{
	add_calls(NOVEMBER, 33, "family", "advice");
	add_calls(NOVEMBER, 3, "health", "notification");
	add_calls(NOVEMBER, 18, "school", "discussion");
	show(ROWS, 80);
	expect("54 calls");
	expect("health care                   ..");
	expect("school                        ..");
	expect("family                        33");
	expect("duty to notify                ..");
	expect("discussion first   ..");
	expect_not(" 3 ");
	expect_not("18");
}

/* How many characters the bar of that label has. */
static int bar_of(const char *label)
{
	int length = 0;

	for (int row = 0; row < ROWS; row++) {
		const char *bar = strstr(fake_screen_row(row), label);

		while (bar && (bar = strstr(bar, "█"))) {
			length++;
			bar += strlen("█");
		}
	}
	return length;
}

Test(figures_screen, draws_bars_as_long_as_their_share_of_the_longest)
{
	add_calls(NOVEMBER, 20, "family", "advice");
	add_calls(NOVEMBER, 10, "school", "advice");
	add_calls(NOVEMBER, 5, "ngo", "advice");
	show(ROWS, 120);
	cr_expect_eq(bar_of("family"), 34);
	cr_expect_eq(bar_of("school"), 17);
	cr_expect_eq(bar_of("organisation or parish"), 8);
	cr_expect_eq(bar_of("health care"), 0);
}

Test(figures_screen, draws_bars_in_ascii_where_there_is_nothing_else)
{
	add_calls(NOVEMBER, 20, "family", "advice");
	ui.utf8 = false;
	show(ROWS, 80);
	expect("20 ###");
	expect_not("█");
}

Test(figures_screen, goes_from_month_to_month_but_not_past_this_one)
{
	add_calls(NOVEMBER, 20, "family", "advice");
	add_calls(OCTOBER, 30, "family", "advice");
	show(ROWS, 80);
	expect("November 2026 (so far)   20 calls");
	press(PRESS_RIGHT);
	show(ROWS, 80);
	expect("November 2026 (so far)   20 calls");
	press(PRESS_LEFT);
	show(ROWS, 80);
	expect("October 2026   30 calls");
	press(PRESS_LEFT);
	show(ROWS, 80);
	expect("September 2026");
	press(PRESS_RIGHT);
	show(ROWS, 80);
	expect("October 2026   30 calls");
	press_key(fake_letter("t"));
	show(ROWS, 80);
	expect("November 2026 (so far)");
}

Test(figures_screen, of_a_month_without_calls_says_so)
{
	show(ROWS, 80);
	expect("November 2026");
	expect("no calls came in this month");
	expect_not("Who called");
}

Test(figures_screen, of_a_month_with_too_few_calls_says_so_and_not_how_many)
{
	add_calls(NOVEMBER, 3, "family", "advice");
	show(ROWS, 80);
	expect("too few calls came");
	expect_not("3");
	expect_not("Who called");
}

Test(figures_screen, of_a_month_without_meetings_says_so)
{
	add_calls(NOVEMBER, 20, "family", "advice");
	show(ROWS, 80);
	expect("no meeting yet");
	expect_not("median");
}

Test(figures_screen, in_a_small_window_is_scrolled_to_its_end_and_back)
{
	add_month();
	show(10, 60);
	expect("Who called");
	expect_not("met within 14 days");
	for (int i = 0; i < 40; i++)
		press(PRESS_DOWN);
	show(10, 60);
	expect("met within 14 days");
	press(PRESS_UP);
	show(10, 60);
	expect_not("met within 14 days");
	press(PRESS_END);
	show(10, 60);
	expect("met within 14 days");
	press(PRESS_HOME);
	show(10, 60);
	expect("Who called");
	press(PRESS_END);
	show(36, 120);
	expect("Who called");
}

static int64_t looks(const char *month)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM access_log WHERE use_case = 'figures_look' AND detail = '%s'",
		month);
	return fixture_number(session, sql);
}

Test(figures_screen, is_logged_once_for_each_month_that_is_looked_at)
{
	show(ROWS, 80);
	shown->is_read = false;
	show(ROWS, 80);
	cr_expect_eq(looks("2026-11"), 1);
	press(PRESS_LEFT);
	show(ROWS, 80);
	shown->is_read = false;
	show(ROWS, 80);
	cr_expect_eq(looks("2026-11"), 1);
	cr_expect_eq(looks("2026-10"), 1);
}

Test(figures_screen, shows_nothing_to_who_may_not_see_it)
{
	struct canvas canvas = fake_screen(ROWS, 80);
	struct error err = { 0 };

	add_calls(NOVEMBER, 20, "family", "advice");
	fixture_sql(session, "DELETE FROM user_role WHERE role = 'coordinator'");
	cr_expect_not(shown->ops->read(shown, &ui, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	shown->ops->draw(shown, &ui, &canvas);
	expect_not("20 calls");
	expect_not("no calls");
	expect_not("Who called");
}

/* ---- The indicators, and their map. ---- */

static void turn_to_indicators(void)
{
	press(PRESS_TAB);
}

Test(figures_screen, shows_an_indicator_beside_its_months_before_and_its_goal)
{
	add_calls(OCTOBER, 20, "family", "advice");
	add_calls(NOVEMBER, 30, "school", "advice");
	fixture_sql(session, "INSERT INTO goal VALUES ('calls', 4000)");
	turn_to_indicators();
	show(ROWS, 80);
	expect("Common agenda");
	expect("calls                          30       20        -       40");
	expect("13 months");
}

Test(figures_screen, draws_the_months_as_blocks_and_in_ascii_as_signs)
{
	add_calls(OCTOBER, 20, "family", "advice");
	add_calls(NOVEMBER, 30, "school", "advice");
	turn_to_indicators();
	show(ROWS, 80);
	expect("▁█");
	ui.utf8 = false;
	show(ROWS, 80);
	expect("_=");
	expect_not("█");
}

Test(figures_screen, in_a_narrow_window_keeps_the_names_and_the_last_months)
{
	add_calls(OCTOBER, 20, "family", "advice");
	add_calls(NOVEMBER, 30, "school", "advice");
	turn_to_indicators();
	show(8, 50);
	expect("accessibility of service");
	for (int i = 0; i < 4; i++)
		press(PRESS_DOWN);
	show(8, 50);
	expect("calls                             30       20");
	press(PRESS_TAB);
	show(8, 50);
	expect("calls");
	expect(" 3  4  5  6  7  8  9 10 11");
	expect("░░ ██");
}

Test(figures_screen, shows_no_small_figure_among_the_indicators)
{
	add_calls(NOVEMBER, 4, "school", "advice");
	turn_to_indicators();
	show(ROWS, 80);
	expect("calls                          ..");
}

Test(figures_screen, tells_the_definition_of_the_chosen_one)
{
	turn_to_indicators();
	show(ROWS, 80);
	expect("Of the families whose first call came in the month");
	press(PRESS_DOWN);
	show(ROWS, 80);
	expect("The mean of the statements, 1 to 5");
}

Test(figures_screen, tells_what_the_tables_of_calls_count)
{
	struct screen *calls = shown;
	struct key enter = fake_press(PRESS_ENTER);

	add_calls(NOVEMBER, 20, "family", "advice");
	show(ROWS, 80);
	shown = press_key(enter).screen;
	cr_assert_not_null(shown);
	show(ROWS, 80);
	expect("The month's calls by who was on the phone.");
	shown->ops->free(shown);
	shown = calls;
}

Test(figures_screen, maps_thirteen_months_by_shade)
{
	add_calls(OCTOBER, 20, "family", "advice");
	add_calls(NOVEMBER, 30, "school", "advice");
	turn_to_indicators();
	press(PRESS_TAB);
	show(ROWS, 80);
	expect("11 12  1  2  3  4  5  6  7  8  9 10 11");
	expect("░░ ██");
}

Test(figures_screen, each_row_of_the_indicators_is_one_of_them_or_a_heading)
{
	int found[INDICATORS] = { 0 }, headings = 0;

	for (int row = 0; row < indicator_row_count(); row++) {
		enum indicator indicator = indicator_of_row(row);

		if (indicator == INDICATORS)
			headings++;
		else
			found[indicator]++;
	}
	cr_expect_eq(headings, CONDITIONS);
	for (int i = 0; i < INDICATORS; i++)
		cr_expect_eq(found[i], 1, "%s", indicator_code((enum indicator)i));
}

/* A window may be too small to show anything: keys come all the same. */
Test(figures_screen, takes_keys_before_anything_was_read)
{
	static const int presses[] = { PRESS_ENTER, PRESS_LEFT, PRESS_RIGHT, PRESS_DOWN,
		PRESS_TAB };

	for (size_t i = 0; i < sizeof(presses) / sizeof(presses[0]); i++)
		press(presses[i]);
	press_key(fake_letter("a"));
	press_key(fake_letter("A"));
	press_key(fake_letter("E"));
	show(ROWS, 80);
	expect("November 2026");
}
