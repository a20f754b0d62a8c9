#include "fixture.h"
#include "panes/hole_pane_internal.h"
#include "panes/unit_pane_internal.h"
#include "screen.h"

#include "kutsu/base/zone.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct session *session;
static struct ui ui;
static struct unit_pane units;
static struct hole_pane holes;

static void begin(void)
{
	struct error err;

	fake_screen_locale();
	message_set_language(LANGUAGE_EN);
	session = fixture_session();
	ui = (struct ui) {
		.session = session, .writer = "test", .utf8 = true, .rows = 20, .columns = 80
	};
	fixture_unit(session, "A");
	fixture_unit(session, "A-B");
	fixture_unit(session, "PNE");
	fixture_unit(session, "YO");
	fixture_sql(session, "UPDATE unit SET name = 'Yökylä' WHERE code = 'YO'");
	fixture_slot(session, "A", 3, "12:00", "15:00");
	fixture_slot(session, "A-B", 3, "13:00", "15:30");
	fixture_slot(session, "PNE", 4, "09:00", "10:00");
	cr_assert(unit_pane_read(&units, &ui, &err));
}

static void end(void)
{
	unit_pane_release(&units);
	hole_pane_release(&holes);
	fixture_free(session);
	fake_screen_end();
}

TestSuite(unit_pane, .init = begin, .fini = end);
TestSuite(hole_pane, .init = begin, .fini = end);

static bool press_unit(int press)
{
	struct key key = fake_press(press);
	bool changed;

	cr_expect(unit_pane_key(&units, &key, &changed));
	return changed;
}

/* Whether another unit is ticked now. */
static bool type(const char *text)
{
	bool any = false, changed;

	while (*text) {
		struct key key = fake_next_letter(&text);

		cr_expect(unit_pane_key(&units, &key, &changed));
		any = any || changed;
	}
	return any;
}

static void expect_ticked(const char *codes)
{
	struct text text = { 0 };

	unit_pane_get_as_text(&units, &text);
	cr_expect_str_eq(text_get(&text), codes);
	text_release(&text);
}

Test(unit_pane, filters_by_letters_of_code_or_name_in_any_case)
{
	cr_expect_eq(units.list.count, 4);
	cr_expect_not(type("pn"));
	cr_expect_eq(units.list.count, 1);
	press_unit(PRESS_BACKSPACE);
	press_unit(PRESS_BACKSPACE);
	cr_expect_eq(units.list.count, 4);
	type("yö");
	cr_expect_eq(units.list.count, 1);
	type("x");
	cr_expect_eq(units.list.count, 0);
	cr_expect_not(type(" "), "there is nothing to tick");
}

Test(unit_pane, j_and_k_are_letters_of_the_filter)
{
	type("j");
	cr_expect_str_eq(editor_get(&units.filter), "j");
}

/* A has a hole on Wednesday, and the clock is past Monday's deadline. */
Test(unit_pane, marks_a_unit_that_has_not_confirmed_this_week_at_every_width)
{
	static const struct {
		int columns;
		const char *row;
	} shown[] = { { 20, "[ ] A   A          ?" }, { 33, "[ ] A   A             unconfirmed" },
		{ 60, "unconfirmed Wed 12:00–15:00" } };
	struct error err;

	for (int i = 0; i < 3; i++) {
		struct canvas canvas = fake_screen(8, shown[i].columns);

		unit_pane_draw(&units, &canvas, false);
		cr_expect_not_null(strstr(fake_screen_row(0), shown[i].row), "%d: \"%s\"",
			shown[i].columns, fake_screen_row(0));
	}
	fixture_clock(session, "2026-11-23T08:59");
	cr_assert(unit_pane_read(&units, &ui, &err));
	for (int i = 0; i < 3; i++) {
		struct canvas canvas = fake_screen(8, shown[i].columns);

		unit_pane_draw(&units, &canvas, false);
		cr_expect_not(fake_screen_shows("unconfirmed"));
		cr_expect_not(fake_screen_shows("?"));
	}
}

Test(unit_pane, marks_a_unit_without_a_hole_at_every_width)
{
	static const struct {
		int columns;
		const char *row;
	} shown[] = { { 20, "[ ] YO  Yökylä     -" }, { 33, "[ ] YO  Yökylä            no hole" },
		{ 60, "Yökylä                                       no hole" } };

	for (int i = 0; i < 3; i++) {
		struct canvas canvas = fake_screen(8, shown[i].columns);

		unit_pane_draw(&units, &canvas, false);
		cr_expect_not_null(strstr(fake_screen_row(3), shown[i].row), "%d: \"%s\"",
			shown[i].columns, fake_screen_row(3));
	}
}

Test(unit_pane, ticks_the_chosen_unit_and_tells_that_it_did)
{
	type("pne");
	cr_expect(type(" "));
	expect_ticked("PNE");
	press_unit(PRESS_CONTROL + 'U');
	type("pne");
	cr_expect(type(" "));
	expect_ticked("");
}

Test(unit_pane, keeps_its_ticks_when_it_is_read_anew)
{
	struct error err;

	type("pne");
	type(" ");
	fixture_unit(session, "0-NEW");
	cr_assert(unit_pane_read(&units, &ui, &err));
	cr_expect_eq(units.units.count, 5);
	expect_ticked("PNE");
}

Test(unit_pane, knows_codes_from_those_that_hold_them)
{
	unit_pane_set_as_text(&units, "A-B");
	expect_ticked("A-B");
	unit_pane_set_as_text(&units, "A");
	expect_ticked("A");
	unit_pane_set_as_text(&units, "A-B A PNE GONE");
	expect_ticked("A A-B PNE");
	unit_pane_set_as_text(&units, "");
	expect_ticked("");
}

Test(unit_pane, gives_the_codes_of_the_ticked)
{
	struct arena arena = { 0 };
	const char *const *codes;
	size_t count;

	unit_pane_set_as_text(&units, "PNE A");
	codes = unit_pane_codes(&units, &arena, &count);
	cr_assert_eq(count, 2);
	cr_expect_str_eq(codes[0], "A");
	cr_expect_str_eq(codes[1], "PNE");
	arena_release(&arena);
}

Test(unit_pane, shows_ticks_and_times)
{
	struct canvas canvas = fake_screen(6, 76);

	unit_pane_set_as_text(&units, "PNE");
	unit_pane_draw(&units, &canvas, true);
	cr_expect(fake_screen_shows("[x] PNE"));
	cr_expect(fake_screen_shows("[ ] A"));
	cr_expect(fake_screen_shows("Wed 12:00–15:00"));
	cr_expect(fake_screen_shows("no hole"));
}

Test(unit_pane, of_any_size_draws_nothing_outside_itself)
{
	for (int rows = 0; rows < 6; rows++) {
		for (int columns = 0; columns < 50; columns++) {
			struct canvas whole = fake_screen(8, 60);
			struct canvas part = canvas_part(&whole, 1, 3, rows, columns);

			unit_pane_draw(&units, &part, true);
			for (int row = 0; row < 8; row++)
				cr_expect_eq(strspn(fake_screen_part(row, 3 + columns, 60), " "),
					strlen(fake_screen_part(row, 3 + columns, 60)),
					"%d x %d: \"%s\"", rows, columns, fake_screen_row(row));
			cr_expect_str_eq(fake_screen_row(0), "");
			cr_expect_str_eq(fake_screen_row(1 + rows), "");
		}
	}
}

static void search(const char *const *codes, size_t count)
{
	struct family_limits limits = family_limits_none();

	hole_pane_search(&holes, &ui, codes, count, 60, &limits);
}

static void expect_row(int row, const char *expected)
{
	struct text text = { 0 };

	hole_format_row(&holes.answer, row, &text);
	cr_expect_str_eq(text_get(&text), expected);
	text_release(&text);
}

Test(hole_pane, says_when_all_are_free)
{
	static const char *const codes[] = { "A", "A-B" };

	search(codes, 2);
	cr_expect_gt(holes.list.count, 1);
	expect_row(0, "Wed 25.11. 13:00–15:00  all 2  unconfirmed: A, A-B");
	expect_row(1, "Wed 2.12. 13:00–15:00  all 2");
	message_set_language(LANGUAGE_FI);
	expect_row(0, "ke 25.11. 13.00–15.00  kaikki 2  vahvistamatta: A, A-B");
}

Test(hole_pane, keeps_what_a_form_searched_in_vain_once_and_only_where_it_is_told_to)
{
	static const char *const codes[] = { "A", "A-B", "PNE" };

	search(codes, 3);
	cr_expect_eq(fixture_number(session, "SELECT count(*) FROM finding"), 0);
	holes.keeps_findings = true;
	search(&codes[2], 1);
	search(codes, 3);
	search(codes, 3);
	search(&codes[1], 2);
	cr_expect_eq(fixture_number(session, "SELECT count(*) FROM finding"), 1);
	cr_expect_eq(fixture_number(session, "SELECT count(*) FROM finding_unit"), 3);
}

Test(hole_pane, names_the_unit_that_is_missing)
{
	static const char *const codes[] = { "A", "A-B", "PNE" };
	struct hole_choice choice;

	search(codes, 3);
	cr_expect_eq(holes.answer.found.hole_count, 0);
	expect_row(0, "Wed 25.11. 13:00–15:00 2/3 not PNE");
	message_set_language(LANGUAGE_FI);
	expect_row(0, "ke 25.11. 13.00–15.00 2/3 ei: PNE");
	cr_assert(hole_pane_chosen(&holes, &choice));
	cr_expect_eq(choice.unit_count, 2);
	cr_expect_str_eq(choice.units[0], "A");
	cr_expect_str_eq(choice.units[1], "A-B");
}

Test(hole_pane, names_both_where_two_are_missing)
{
	static const char *const codes[] = { "A", "PNE", "YO" };

	search(codes, 3);
	cr_expect_eq(holes.answer.found.hole_count, 0);
	expect_row(0, "Wed 25.11. 12:00–15:00 1/3 not PNE, YO");
}

Test(hole_pane, without_units_has_nothing_to_choose)
{
	struct canvas canvas = fake_screen(4, 70);
	struct hole_choice choice;

	search(NULL, 0);
	cr_expect_not(hole_pane_chosen(&holes, &choice));
	hole_pane_draw(&holes, &canvas, true);
	cr_expect(fake_screen_shows("tick the units"));
}

Test(hole_pane, chooses_the_row_of_its_cursor)
{
	static const char *const codes[] = { "A", "A-B" };
	struct key down = fake_press(PRESS_DOWN);
	struct hole_choice choice;

	search(codes, 2);
	list_key(&holes.list, &down);
	cr_assert(hole_pane_chosen(&holes, &choice));
	cr_expect_eq(choice.day, fixture_day("2026-12-02"));
	cr_expect_eq(choice.start, fixture_minute("13:00"));
	cr_expect_eq(choice.end, fixture_minute("15:00"));
	cr_expect_eq(choice.unit_count, 2);
}

/* What a row says is what its choice books. */
Test(hole_pane, its_rows_say_what_they_choose)
{
	static const char *const codes[] = { "A", "A-B" };
	struct text row = { 0 };

	fixture_sql(session, "UPDATE slot SET weekday = 5 WHERE start_minute = 780;"
			     "INSERT INTO opening (unit_id, day, start_minute, end_minute)"
			     " SELECT id, 20800, 720, 900 FROM unit WHERE code = 'A-B'");
	search(codes, 2);
	for (int i = 0; i < holes.list.count; i++) {
		struct hole_choice choice;
		char units_free[32];

		holes.list.cursor = i;
		cr_assert(hole_pane_chosen(&holes, &choice));
		hole_format_row(&holes.answer, i, &row);
		snprintf(units_free, sizeof(units_free), "%zu/2", choice.unit_count);
		cr_expect_not_null(
			strstr(text_get(&row), choice.unit_count == 2 ? "all 2" : units_free),
			"%s: %zu units", text_get(&row), choice.unit_count);
	}
	text_release(&row);
}
