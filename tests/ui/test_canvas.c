#include "screen.h"

#include "kutsu/base/utf8.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(canvas, .init = fake_screen_locale, .fini = fake_screen_end);

Test(canvas, a_text_that_fits_is_shown_whole)
{
	struct canvas canvas = fake_screen(3, 20);

	cr_expect_eq(canvas_text(&canvas, 1, 2, 5, STYLE_NORMAL, "yöllä"), 5);
	cr_expect_str_eq(fake_screen_row(1), "  yöllä");
}

Test(canvas, a_text_that_does_not_fit_is_cut_with_an_ellipsis)
{
	struct canvas canvas = fake_screen(3, 20);

	cr_expect_eq(canvas_text(&canvas, 0, 0, 4, STYLE_NORMAL, "yöllä"), 4);
	cr_expect_str_eq(fake_screen_row(0), "yöl…");
	cr_expect_eq(canvas_text(&canvas, 1, 0, 1, STYLE_NORMAL, "yöllä"), 1);
	cr_expect_str_eq(fake_screen_row(1), "…");
	cr_expect_eq(canvas_text(&canvas, 2, 0, 0, STYLE_NORMAL, "yöllä"), 0);
	cr_expect_str_eq(fake_screen_row(2), "");
}

Test(canvas, a_wide_character_is_not_cut_in_two)
{
	struct canvas canvas = fake_screen(4, 20);

	cr_expect_eq(canvas_text(&canvas, 0, 0, 4, STYLE_NORMAL, "\u6F22\u5B57"), 4);
	cr_expect_str_eq(fake_screen_row(0), "\u6F22\u5B57");
	cr_expect_eq(canvas_text(&canvas, 1, 0, 3, STYLE_NORMAL, "\u6F22\u5B57"), 3);
	cr_expect_str_eq(fake_screen_row(1), "\u6F22…");
	cr_expect_eq(canvas_text(&canvas, 2, 0, 2, STYLE_NORMAL, "\u6F22\u5B57"), 1);
	cr_expect_str_eq(fake_screen_row(2), "…");
	/* At the edge of the screen itself. */
	canvas_text(&canvas, 3, 17, 9, STYLE_NORMAL, "\u6F22\u5B57");
	cr_expect_str_eq(fake_screen_row(3), "                 \u6F22…");
}

Test(canvas, a_combining_mark_takes_no_column)
{
	struct canvas canvas = fake_screen(1, 20);

	cr_expect_eq(canvas_text(&canvas, 0, 0, 3, STYLE_NORMAL, "e\u0301e\u0301e\u0301"), 3);
	cr_expect_str_eq(fake_screen_row(0), "e\u0301e\u0301e\u0301");
}

Test(canvas, a_text_is_wrapped_between_words_over_the_rows_it_takes)
{
	struct canvas canvas = fake_screen(4, 20);

	cr_expect_eq(canvas_wrapped(&canvas, 1, 2, 9, STYLE_NORMAL, "yöllä hereillä\nja"), 3);
	cr_expect_str_eq(fake_screen_row(0), "");
	cr_expect_str_eq(fake_screen_row(1), "  yöllä");
	cr_expect_str_eq(fake_screen_row(2), "  hereillä");
	cr_expect_str_eq(fake_screen_row(3), "  ja");
	cr_expect_eq(canvas_wrapped(NULL, 0, 0, 4, STYLE_NORMAL, "yöllä hereillä"), 4);
	cr_expect_eq(canvas_wrapped(&canvas, 0, 0, 4, STYLE_NORMAL, NULL), 0);
	cr_expect_eq(canvas_wrapped(&canvas, 0, 0, 4, STYLE_NORMAL, ""), 0);
	cr_expect_gt(canvas_wrapped(&canvas, 0, 0, 0, STYLE_NORMAL, "yöllä"), 0);
}

Test(canvas, only_the_first_line_is_drawn)
{
	struct canvas canvas = fake_screen(2, 20);

	canvas_text(&canvas, 0, 0, 20, STYLE_NORMAL, "one\ntwo");
	cr_expect_eq(strncmp(fake_screen_row(0), "one", 3), 0);
	cr_expect_not(fake_screen_shows("two"));
}

Test(canvas, nothing_is_drawn_outside_it)
{
	static const char *const text = "aä\u6F22e\u0301bbbbbbbbbbbbbbbbbbbb";

	for (int column = 0; column < 8; column++) {
		for (int width = -1; width < 14; width++) {
			struct canvas whole = fake_screen(5, 20);
			struct canvas part = canvas_part(&whole, 2, 6, 1, 6);

			for (int row = -2; row < 3; row++) {
				canvas_text(&part, row, column, width, STYLE_NORMAL, text);
				canvas_row(&part, row, column, width, STYLE_CURSOR, text);
			}
			for (int row = 0; row < 5; row++) {
				if (row != 2)
					cr_expect_str_eq(fake_screen_row(row), "");
			}
			cr_expect_str_eq(fake_screen_part(2, 0, 6), "      ");
			cr_expect_str_eq(fake_screen_part(2, 12, 8), "        ",
				"from column %d, %d wide", column, width);
		}
	}
}

Test(canvas, a_part_never_leaves_its_whole)
{
	struct canvas whole = { 1, 2, 10, 30, true };

	for (int row = 0; row < 14; row++) {
		for (int column = 0; column < 36; column += 3) {
			struct canvas part = canvas_part(&whole, row, column, 7, 20);

			cr_expect_geq(part.rows, 0);
			cr_expect_geq(part.columns, 0);
			cr_expect(part.rows == 0 || part.row + part.rows <= 11);
			cr_expect(part.columns == 0 || part.column + part.columns <= 32);
		}
	}
}

Test(canvas, a_row_is_filled_to_its_width)
{
	struct canvas canvas = fake_screen(1, 20);

	canvas_row(&canvas, 0, 2, 6, STYLE_CURSOR, "ab");
	for (int column = 0; column < 20; column++)
		cr_expect_eq(fake_screen_is_reverse(0, column), column >= 2 && column < 8);
}

Test(canvas, a_frame_has_its_title_and_marks_the_focus)
{
	struct canvas canvas = fake_screen(4, 16);
	struct canvas inside = canvas_frame(&canvas, false, "Reiät");

	cr_expect_str_eq(fake_screen_row(0), "┌─ Reiät ──────┐");
	cr_expect_str_eq(fake_screen_row(1), "│              │");
	cr_expect_str_eq(fake_screen_row(3), "└──────────────┘");
	cr_expect(
		inside.row == 1 && inside.column == 1 && inside.rows == 2 && inside.columns == 14);
	canvas_frame(&canvas, true, "Reiät");
	cr_expect_str_eq(fake_screen_row(0), "┌─>Reiät ──────┐");
}

Test(canvas, a_long_title_is_cut_inside_the_frame)
{
	struct canvas canvas = fake_screen(3, 12);

	canvas_frame(&canvas, false, "Kutsuttavat yksiköt");
	cr_expect_eq(utf8_width(fake_screen_row(0)), 12);
	cr_expect_str_eq(fake_screen_part(0, 11, 1), "┐");
}

Test(canvas, a_frame_of_any_size_stays_inside_its_canvas)
{
	for (int rows = 0; rows < 4; rows++) {
		for (int columns = 0; columns < 9; columns++) {
			struct canvas whole = fake_screen(8, 20);
			struct canvas part = canvas_part(&whole, 2, 4, rows, columns);
			struct canvas inside = canvas_frame(&part, true, "Huoli");

			cr_expect_geq(inside.rows, 0);
			cr_expect_geq(inside.columns, 0);
			for (int row = 0; row < 8; row++) {
				cr_expect_str_eq(fake_screen_part(row, 0, 4), "    ");
				cr_expect_eq(strspn(fake_screen_part(row, 4 + columns, 20), " "),
					strlen(fake_screen_part(row, 4 + columns, 20)),
					"%d x %d, row %d", rows, columns, row);
				if (row < 2 || row >= 2 + rows)
					cr_expect_str_eq(fake_screen_row(row), "",
						"%d x %d, row %d", rows, columns, row);
			}
		}
	}
}

Test(canvas, without_utf8_draws_ascii_of_the_same_width)
{
	struct canvas canvas = fake_screen(5, 20);

	canvas.utf8 = false;
	canvas_text(&canvas, 0, 0, 20, STYLE_NORMAL, "Reiät 12–15, Åbo ö");
	cr_expect_str_eq(fake_screen_row(0), "Reiat 12-15, Abo o");
	canvas_text(&canvas, 1, 0, 4, STYLE_NORMAL, "yöllä");
	cr_expect_str_eq(fake_screen_row(1), "yol~");
	canvas = canvas_part(&canvas, 2, 0, 3, 17);
	canvas_frame(&canvas, true, "Huoli ── ä");
	cr_expect_str_eq(fake_screen_row(2), "+->Huoli -- a --+");
	cr_expect_str_eq(fake_screen_row(3), "|               |");
	cr_expect_str_eq(fake_screen_row(4), "+---------------+");
}

/* Else what stands right of it is overwritten, or moves. */
Test(canvas, without_utf8_a_wide_character_keeps_its_columns)
{
	struct canvas canvas = fake_screen(1, 20);
	int taken;

	canvas.utf8 = false;
	taken = canvas_text(&canvas, 0, 0, 10, STYLE_NORMAL, "a\u6F22b");
	cr_expect_eq(taken, (int)strlen(fake_screen_row(0)), "%d columns for \"%s\"", taken,
		fake_screen_row(0));
}

Test(canvas, the_cursor_stands_where_it_is_put_and_nowhere_else)
{
	struct canvas canvas = fake_screen(5, 20);
	struct canvas part = canvas_part(&canvas, 1, 5, 2, 4);
	int row, column;

	cr_expect_not(fake_screen_cursor(&row, &column));
	canvas_cursor(&part, 1, 3);
	cr_expect(fake_screen_cursor(&row, &column));
	cr_expect(row == 2 && column == 8, "%d,%d", row, column);
	canvas = fake_screen(5, 20);
	canvas_cursor(&part, 2, 0);
	canvas_cursor(&part, 0, 4);
	canvas_cursor(&part, -1, 0);
	cr_expect_not(fake_screen_cursor(&row, &column));
}
