#include "screen.h"
#include "widgets/editor_internal.h"

#include "kutsu/base/utf8.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

TestSuite(editor, .init = fake_screen_locale, .fini = fake_screen_end);
TestSuite(wrap, .init = fake_screen_locale);

static bool press(struct editor *editor, int press)
{
	struct key key = fake_press(press);
	bool changed;

	return editor_key(editor, &key, &changed);
}

static void type(struct editor *editor, const char *text)
{
	while (*text) {
		struct key key = fake_next_letter(&text);
		bool changed;

		cr_expect(editor_key(editor, &key, &changed));
		cr_expect(changed);
	}
}

/* The text with "|" where the cursor stands. */
static void expect(const struct editor *editor, const char *expected)
{
	struct text shown = { 0 };

	text_add(&shown, editor_get(editor));
	text_insert(&shown, editor->at, "|", 1);
	cr_expect_str_eq(text_get(&shown), expected);
	text_release(&shown);
}

static struct editor editor_with(const char *text)
{
	struct editor editor = { .width = 20 };

	editor_set(&editor, text);
	return editor;
}

static void press_times(struct editor *editor, int key, int times)
{
	while (times-- > 0)
		press(editor, key);
}

Test(editor, types_where_its_cursor_stands)
{
	struct editor editor = { 0 };

	type(&editor, "aåäö");
	expect(&editor, "aåäö|");
	press_times(&editor, PRESS_LEFT, 2);
	type(&editor, "Å");
	expect(&editor, "aåÅ|äö");
	editor_release(&editor);
}

Test(editor, begins_at_the_end_of_what_it_is_given)
{
	struct editor editor = editor_with("yö");

	expect(&editor, "yö|");
	editor_set(&editor, NULL);
	expect(&editor, "|");
	editor_release(&editor);
}

Test(editor, steps_and_deletes_by_what_is_seen_as_one_character)
{
	struct editor editor = editor_with("e\u0301\u6F22\U0001F44Db");

	press(&editor, PRESS_LEFT);
	expect(&editor, "e\u0301\u6F22\U0001F44D|b");
	press(&editor, PRESS_BACKSPACE);
	expect(&editor, "e\u0301\u6F22|b");
	press(&editor, PRESS_LEFT);
	press(&editor, PRESS_LEFT);
	expect(&editor, "|e\u0301\u6F22b");
	press(&editor, PRESS_RIGHT);
	expect(&editor, "e\u0301|\u6F22b");
	press(&editor, PRESS_DELETE);
	expect(&editor, "e\u0301|b");
	press(&editor, PRESS_BACKSPACE);
	expect(&editor, "|b");
	editor_release(&editor);
}

Test(editor, at_its_ends_does_nothing_and_says_so)
{
	static const int keys[] = { PRESS_LEFT, PRESS_BACKSPACE, PRESS_WORD_LEFT, PRESS_HOME,
		PRESS_CONTROL + 'W', PRESS_CONTROL + 'U' };
	static const int keys_at_end[] = { PRESS_RIGHT, PRESS_DELETE, PRESS_WORD_RIGHT, PRESS_END,
		PRESS_CONTROL + 'K', PRESS_CONTROL + 'E' };
	struct editor editor = editor_with("ab");

	press(&editor, PRESS_HOME);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct key key = fake_press(keys[i]);
		bool changed = true;

		cr_expect(editor_key(&editor, &key, &changed));
		cr_expect_not(changed);
		expect(&editor, "|ab");
	}
	press(&editor, PRESS_END);
	for (size_t i = 0; i < sizeof(keys_at_end) / sizeof(keys_at_end[0]); i++) {
		struct key key = fake_press(keys_at_end[i]);
		bool changed = true;

		cr_expect(editor_key(&editor, &key, &changed));
		cr_expect_not(changed);
		expect(&editor, "ab|");
	}
	editor_release(&editor);
}

Test(editor, goes_and_deletes_by_words)
{
	struct editor editor = editor_with("äiti on väsynyt");

	press(&editor, PRESS_WORD_LEFT);
	expect(&editor, "äiti on |väsynyt");
	press(&editor, PRESS_WORD_LEFT);
	expect(&editor, "äiti |on väsynyt");
	press(&editor, PRESS_WORD_RIGHT);
	expect(&editor, "äiti on |väsynyt");
	press(&editor, PRESS_CONTROL + 'W');
	expect(&editor, "äiti |väsynyt");
	press(&editor, PRESS_CONTROL + 'K');
	expect(&editor, "äiti |");
	press(&editor, PRESS_CONTROL + 'U');
	expect(&editor, "|");
	editor_release(&editor);
}

Test(editor, of_one_row_leaves_enter_up_and_down_to_its_form)
{
	struct editor editor = editor_with("ab");

	cr_expect_not(press(&editor, PRESS_ENTER));
	cr_expect_not(press(&editor, PRESS_UP));
	cr_expect_not(press(&editor, PRESS_DOWN));
	cr_expect_not(press(&editor, PRESS_TAB));
	cr_expect_not(press(&editor, PRESS_ESC));
	expect(&editor, "ab|");
	editor_release(&editor);
}

Test(editor, of_several_rows_breaks_lines_and_keeps_to_the_line)
{
	struct editor editor = { .width = 20, .is_multiline = true };

	type(&editor, "one");
	cr_expect(press(&editor, PRESS_ENTER));
	type(&editor, "two");
	expect(&editor, "one\ntwo|");
	press(&editor, PRESS_HOME);
	expect(&editor, "one\n|two");
	press(&editor, PRESS_CONTROL + 'U');
	expect(&editor, "one\n|two");
	press(&editor, PRESS_UP);
	expect(&editor, "|one\ntwo");
	press(&editor, PRESS_END);
	expect(&editor, "one|\ntwo");
	press(&editor, PRESS_CONTROL + 'K');
	expect(&editor, "one|\ntwo");
	editor_release(&editor);
}

Test(editor, goes_up_and_down_by_the_rows_that_are_seen)
{
	struct editor editor = { .width = 10, .is_multiline = true };

	editor_set(&editor, "aaaa bbbb cccc dddd"); /* "aaaa bbbb", "cccc dddd" */
	press(&editor, PRESS_UP);
	expect(&editor, "aaaa bbbb| cccc dddd");
	cr_expect_not(press(&editor, PRESS_UP), "the form's, above the first row");
	press(&editor, PRESS_HOME);
	press_times(&editor, PRESS_RIGHT, 2);
	press(&editor, PRESS_DOWN);
	expect(&editor, "aaaa bbbb cc|cc dddd");
	cr_expect_not(press(&editor, PRESS_DOWN), "the form's, below the last row");
	editor_release(&editor);
}

Test(editor, takes_no_more_than_its_limit)
{
	struct editor editor = { 0 };
	struct key key = fake_letter("ä");
	bool changed = true;

	for (int i = 0; i < 20000 && changed; i++)
		editor_key(&editor, &key, &changed);
	cr_expect_not(changed);
	cr_expect_eq(strlen(editor_get(&editor)), 20000);
	cr_expect(utf8_is_valid(editor_get(&editor)));
	press(&editor, PRESS_BACKSPACE);
	cr_expect_eq(strlen(editor_get(&editor)), 19998);
	editor_release(&editor);
}

static const char *const letters[] = { "a", "ä", "e\u0301", "\u6F22", "\U0001F44D", " ", "  ", "b",
	"pitkäsana", "\u0301" };

static unsigned next_random(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 16;
}

static void press_anything(struct editor *editor, unsigned *state)
{
	static const int keys[] = { PRESS_LEFT, PRESS_RIGHT, PRESS_UP, PRESS_DOWN, PRESS_HOME,
		PRESS_END, PRESS_BACKSPACE, PRESS_DELETE, PRESS_WORD_LEFT, PRESS_WORD_RIGHT,
		PRESS_ENTER, PRESS_CONTROL + 'W', PRESS_CONTROL + 'K' };
	unsigned choice = next_random(state) % 40;

	if (choice < sizeof(keys) / sizeof(keys[0]))
		press(editor, keys[choice]);
	else
		type(editor, letters[choice % (sizeof(letters) / sizeof(letters[0]))]);
}

Test(editor, random_keys_leave_valid_text_and_the_cursor_between_characters)
{
	unsigned state = 1;

	for (int run = 0; run < 40; run++) {
		struct editor editor = { .width = 1 + (int)(next_random(&state) % 30),
			.is_multiline = run % 2 };

		for (int i = 0; i < 200; i++) {
			const char *text;

			press_anything(&editor, &state);
			text = editor_get(&editor);
			cr_assert(utf8_is_valid(text));
			cr_assert_leq(editor.at, strlen(text));
			cr_assert((text[editor.at] & 0xC0) != 0x80);
		}
		editor_release(&editor);
	}
}

/* The cursor is seen wherever one types, and nothing is drawn beside the field. */
static void expect_cursor_seen(bool is_multiline, int rows)
{
	unsigned state = 2;

	for (int run = 0; run < 60; run++) {
		int columns = 2 + (int)(next_random(&state) % 30);
		struct editor editor = { .width = columns, .is_multiline = is_multiline };

		for (int i = 0; i < 60; i++) {
			struct canvas whole = fake_screen(10, 50), field;
			int row, column;

			press_anything(&editor, &state);
			field = canvas_part(&whole, 3, 5, rows, columns);
			editor_draw(&editor, &field, true);
			cr_assert(fake_screen_cursor(&row, &column),
				"no cursor in %d x %d, at %zu in \"%s\"", rows, columns, editor.at,
				editor_get(&editor));
			cr_assert(
				row >= 3 && row < 3 + rows && column >= 5 && column < 5 + columns);
			for (int r = 0; r < 10; r++)
				cr_assert_eq(strspn(fake_screen_part(r, 5 + columns, 50), " "),
					strlen(fake_screen_part(r, 5 + columns, 50)));
			cr_assert_str_eq(fake_screen_row(3 + rows), "");
		}
		editor_release(&editor);
	}
}

Test(editor, of_one_row_always_shows_its_cursor)
{
	expect_cursor_seen(false, 1);
}

Test(editor, of_several_rows_always_shows_its_cursor)
{
	expect_cursor_seen(true, 3);
}

Test(editor, of_one_row_shows_the_part_around_its_cursor)
{
	struct editor editor = editor_with("abcdefghijklmnopqrst");
	struct canvas canvas = fake_screen(1, 8);

	editor_draw(&editor, &canvas, true);
	cr_expect_str_eq(fake_screen_row(0), "nopqrst");
	press(&editor, PRESS_HOME);
	canvas = fake_screen(1, 8);
	editor_draw(&editor, &canvas, true);
	cr_expect_eq(strncmp(fake_screen_row(0), "abcdefg", 7), 0, "%s", fake_screen_row(0));
	editor_release(&editor);
}

Test(editor, of_several_rows_scrolls_to_its_cursor)
{
	struct editor editor = { .width = 6, .is_multiline = true };
	struct canvas canvas = fake_screen(2, 6);

	editor_set(&editor, "one two three four");
	editor_draw(&editor, &canvas, true);
	cr_expect_str_eq(fake_screen_row(0), "three");
	cr_expect_str_eq(fake_screen_row(1), "four");
	canvas = fake_screen(2, 6);
	editor_draw(&editor, &canvas, false);
	cr_expect_str_eq(fake_screen_row(0), "one");
	editor_release(&editor);
}

Test(wrap, loses_no_letter_and_no_row_is_too_wide)
{
	unsigned state = 3;

	for (int run = 0; run < 2000; run++) {
		int columns = 1 + (int)(next_random(&state) % 20);
		struct text text = { 0 };
		size_t at = 0, next = 0;

		for (int i = (int)(next_random(&state) % 30); i > 0; i--)
			text_add(&text, i % 11 == 0 ? "\n" : letters[next_random(&state) % 9]);
		while (text_get(&text)[at]) {
			size_t end = wrap_row(text_get(&text), at, columns, &next);
			struct text row = { 0 };

			cr_assert_geq(end, at);
			cr_assert_gt(next, at, "no step forward");
			cr_assert(next == end || next == end + 1);
			if (next > end)
				cr_assert(strchr(" \n", text_get(&text)[end]));
			text_add_bytes(&row, text_get(&text) + at, end - at);
			cr_assert(utf8_width(text_get(&row)) <= columns || columns == 1);
			text_release(&row);
			at = next;
		}
		text_release(&text);
	}
}
