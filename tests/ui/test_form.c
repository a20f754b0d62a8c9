#include "screen.h"
#include "widgets/form_internal.h"

#include "kutsu/base/utf8.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char *animal(int value)
{
	static const char *const animals[] = { "Äyriäinen", "hiiri", "hauki", NULL };

	return value < 3 ? animals[value] : NULL;
}

static const struct field fields[] = {
	{ "animal", "Animal", FIELD_CHOICE, 0, 1, animal, NULL },
	{ "name", "", FIELD_TEXT, 0, 1, NULL, "its name" },
	{ "tame", "tame", FIELD_TICK, 0, 0, NULL, NULL },
	{ "story", "Story", FIELD_AREA, 1, 1, NULL, NULL },
	{ "owner", "Owner's name", FIELD_TEXT, 2, 2, NULL, NULL },
	{ "year", "year", FIELD_TEXT, 2, 1, NULL, NULL },
	{ 0 },
};

enum { ANIMAL, NAME, TAME, STORY, OWNER, YEAR, COUNT };

static struct form form;

static void begin(void)
{
	fake_screen_locale();
	form_init(&form, fields);
	form_resize(&form, 60, 3);
}

static void end(void)
{
	form_release(&form);
	fake_screen_end();
}

TestSuite(form, .init = begin, .fini = end);

static bool press(int press)
{
	struct key key = fake_press(press);

	return form_key(&form, &key);
}

static void type(const char *text)
{
	while (*text) {
		struct key key = fake_next_letter(&text);

		cr_expect(form_key(&form, &key));
	}
}

static void draw(int rows, int columns)
{
	struct canvas canvas = fake_screen(rows, columns);

	form_draw(&form, &canvas, true);
}

Test(form, goes_through_its_fields_with_tab_and_back)
{
	for (int i = 0; i < COUNT; i++) {
		cr_expect_eq(form.focus, i);
		cr_expect_eq(press(PRESS_TAB), i + 1 < COUNT, "past the last it is the screen's");
	}
	for (int i = COUNT - 1; i >= 0; i--) {
		cr_expect_eq(form.focus, i);
		cr_expect_eq(press(PRESS_BACKTAB), i > 0);
	}
}

Test(form, goes_up_and_down_to_the_nearest_field)
{
	form.focus = YEAR;
	cr_expect(press(PRESS_UP));
	cr_expect_eq(form.focus, STORY);
	cr_expect(press(PRESS_DOWN));
	cr_expect_eq(form.focus, OWNER);
	cr_expect_not(press(PRESS_DOWN), "below the last row it is the screen's");
	form.focus = NAME;
	cr_expect_not(press(PRESS_UP));
}

Test(form, chooses_by_the_first_letter_and_the_next_with_the_same)
{
	cr_expect_eq(form_value(&form, "animal"), -1);
	type("h");
	cr_expect_eq(form_value(&form, "animal"), 1);
	type("h");
	cr_expect_eq(form_value(&form, "animal"), 2);
	type("H");
	cr_expect_eq(form_value(&form, "animal"), 1);
	type("ä");
	cr_expect_eq(form_value(&form, "animal"), 0);
	form_mark_clean(&form);
	type("z");
	cr_expect_eq(form_value(&form, "animal"), 0);
	cr_expect_not(form.is_dirty[ANIMAL], "nothing was chosen");
}

Test(form, chooses_with_arrows_and_space_round_and_round)
{
	static const int right[] = { 0, 1, 2, 0 };

	for (int i = 0; i < 4; i++) {
		press(PRESS_RIGHT);
		cr_expect_eq(form_value(&form, "animal"), right[i]);
	}
	press(PRESS_LEFT);
	cr_expect_eq(form_value(&form, "animal"), 2);
	type(" ");
	cr_expect_eq(form_value(&form, "animal"), 0);
	form_set_value(&form, "animal", -1);
	press(PRESS_LEFT);
	cr_expect_eq(form_value(&form, "animal"), 2);
}

Test(form, ticks_with_space_and_x_and_takes_no_other_letter)
{
	form.focus = TAME;
	type(" ");
	cr_expect_eq(form_value(&form, "tame"), 1);
	type("x");
	cr_expect_eq(form_value(&form, "tame"), 0);
	form_mark_clean(&form);
	type("q");
	cr_expect_eq(form_value(&form, "tame"), 0);
	cr_expect_not(form.is_dirty[TAME]);
}

Test(form, knows_which_fields_were_changed)
{
	form.focus = NAME;
	type("Musti");
	cr_expect(form.is_dirty[NAME]);
	cr_expect_not(form.is_dirty[OWNER]);
	form_mark_clean(&form);
	press(PRESS_LEFT);
	cr_expect_not(form.is_dirty[NAME], "moving is no change");
	press(PRESS_BACKSPACE);
	cr_expect(form.is_dirty[NAME]);
	cr_expect_str_eq(form_text(&form, "name"), "Musi");
}

Test(form, has_no_text_where_there_are_blanks_only)
{
	form.focus = NAME;
	type("  ");
	cr_expect_null(form_text(&form, "name"));
	type("a");
	cr_expect_str_eq(form_text(&form, "name"), "  a");
}

Test(form, leaves_enter_in_a_line_to_its_screen_and_takes_it_in_an_area)
{
	form.focus = NAME;
	cr_expect_not(press(PRESS_ENTER));
	form.focus = STORY;
	cr_expect(press(PRESS_ENTER));
}

Test(form, comes_back_from_texts_as_it_was)
{
	struct text text = { 0 };
	struct form copy;

	type("h");
	form.focus = TAME;
	type(" ");
	form.focus = STORY;
	type("yö");
	press(PRESS_ENTER);
	type("päivä");
	form_init(&copy, fields);
	for (int i = 0; i < COUNT; i++) {
		form_get_as_text(&form, i, &text);
		form_set_as_text(&copy, i, text_get(&text));
	}
	cr_expect_eq(form_value(&copy, "animal"), 1);
	cr_expect_eq(form_value(&copy, "tame"), 1);
	cr_expect_str_eq(form_text(&copy, "story"), "yö\npäivä");
	cr_expect_null(form_text(&copy, "name"));
	text_release(&text);
	form_release(&copy);
}

Test(form, shows_labels_choices_ticks_and_hints)
{
	type("h");
	form_set_value(&form, "tame", 1);
	draw(5, 60);
	cr_expect(fake_screen_shows("Animal"));
	cr_expect(fake_screen_shows("hiiri"));
	cr_expect(fake_screen_shows("its name"));
	cr_expect(fake_screen_shows("tame [x]"));
	cr_expect(fake_screen_shows("Owner's name"));
}

/* What fills every field: the letter of the field. */
static void fill(void)
{
	for (int i = 0; i < COUNT; i++) {
		char filling[600];

		memset(filling, "ANTSOY"[i], sizeof(filling) - 1);
		filling[sizeof(filling) - 1] = '\0';
		form_set_as_text(&form, i, filling);
	}
	form_set_value(&form, "animal", 0);
	form_set_value(&form, "tame", 1);
}

/* Label, a blank, and at least so many letters of the field. */
static void expect_field(int row, const char *label, const char *begins)
{
	char wanted[80];

	snprintf(wanted, sizeof(wanted), "%s%s%s", label, *label ? " " : "", begins);
	cr_expect_not_null(strstr(fake_screen_row(row), wanted), "no \"%s\" in \"%s\"", wanted,
		fake_screen_row(row));
}

Test(form, its_boxes_never_overlap)
{
	fill();
	for (int columns = 40; columns <= 130; columns++) {
		form_resize(&form, columns, 3);
		draw(5, columns);
		expect_field(0, "", "Ä");
		expect_field(0, "", "NNN");
		expect_field(0, "tame", "[x]");
		expect_field(1, "Story       ", "SSS");
		expect_field(3, "", "SSS");
		expect_field(4, "Owner's name", "OOO");
		expect_field(4, "year", "YYY");
		for (int row = 0; row < 5; row++)
			cr_expect_leq(utf8_width(fake_screen_row(row)), columns);
	}
}

Test(form, too_narrow_or_low_draws_nothing_outside_itself)
{
	fill();
	for (int columns = 0; columns < 40; columns++) {
		for (int rows = 1; rows < 5; rows++) {
			struct canvas whole = fake_screen(8, 60), part;

			form.focus = columns % COUNT;
			form_resize(&form, columns, 3);
			part = canvas_part(&whole, 1, 2, rows, columns);
			form_draw(&form, &part, true);
			cr_expect_str_eq(fake_screen_row(0), "", "%d x %d", rows, columns);
			for (int row = 0; row < 8; row++)
				cr_expect_eq(strspn(fake_screen_part(row, 2 + columns, 60), " "),
					strlen(fake_screen_part(row, 2 + columns, 60)),
					"%d x %d, row %d: \"%s\"", rows, columns, row,
					fake_screen_row(row));
			cr_expect_str_eq(fake_screen_row(1 + rows), "", "%d x %d", rows, columns);
		}
	}
}

Test(form, too_high_shows_the_field_with_the_cursor)
{
	int row, column;

	fill();
	for (int rows = 1; rows < 5; rows++) {
		for (form.focus = 0; form.focus < COUNT; form.focus++) {
			draw(rows, 60);
			cr_expect(fake_screen_cursor(&row, &column), "%d rows, field %d", rows,
				form.focus);
			cr_expect(row >= 0 && row < rows, "%d rows, field %d: row %d", rows,
				form.focus, row);
		}
	}
}
