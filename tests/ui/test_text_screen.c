/* A text to be read: how it is wrapped, and where it ends. */
#include "stage.h"

static struct stage stage;

static void begin(void)
{
	stage_begin(&stage);
}

static void end(void)
{
	stage_end(&stage);
}

TestSuite(text_screen, .init = begin, .fini = end);

static void open_text(const char *text, int rows, int columns)
{
	stage.ui.rows = rows;
	stage.ui.columns = columns;
	stage_push(&stage, text_screen_new("Letter", text));
}

static void expect_inside(int row, const char *expected)
{
	char text[200];
	size_t length;

	snprintf(text, sizeof(text), "%s", fake_screen_part(row + 1, 2, stage.ui.columns - 4));
	length = strlen(text);
	while (length && text[length - 1] == ' ')
		text[--length] = '\0';
	cr_expect_str_eq(text, expected, "row %d is \"%s\", not \"%s\"", row, text, expected);
}

/* "row 1" to "row 9" */
#define NINE "row 1\nrow 2\nrow 3\nrow 4\nrow 5\nrow 6\nrow 7\nrow 8\nrow 9\n"

Test(text_screen, keeps_its_lines_and_the_empty_ones_between)
{
	open_text("Hello!\n\nYou are invited.\n", 8, 50);
	stage_expect("Letter");
	expect_inside(0, "Hello!");
	expect_inside(1, "");
	expect_inside(2, "You are invited.");
	expect_inside(3, "");
	stage_expect_not("↓");
}

Test(text_screen, wraps_between_words)
{
	open_text("one two three four five six", 8, 17);
	expect_inside(0, "one two three");
	expect_inside(1, "four five six");
}

Test(text_screen, breaks_a_word_that_is_wider_than_the_screen)
{
	open_text("aaaaaaaaaabbbbbbbbbbcc", 8, 14);
	expect_inside(0, "aaaaaaaaaa");
	expect_inside(1, "bbbbbbbbbb");
	expect_inside(2, "cc");
}

Test(text_screen, wraps_umlauts_and_wide_characters_by_columns)
{
	open_text("ääää öööö åååå\n漢字漢字 漢字", 8, 13);
	expect_inside(0, "ääää öööö");
	expect_inside(1, "åååå");
	expect_inside(2, "漢字漢字");
	expect_inside(3, "漢字");
}

Test(text_screen, scrolls_to_its_end_and_not_beyond)
{
	open_text(NINE, 6, 50);
	expect_inside(0, "row 1");
	stage_expect("↓");
	stage_press(&stage, PRESS_DOWN);
	expect_inside(0, "row 2");
	expect_inside(3, "row 5                                        ↓");
	for (int i = 0; i < 20; i++)
		stage_press(&stage, PRESS_DOWN);
	expect_inside(0, "row 6");
	expect_inside(3, "row 9");
	stage_expect_not("↓");
	stage_press(&stage, PRESS_UP);
	expect_inside(0, "row 5");
}

Test(text_screen, goes_by_pages_to_its_end_and_back)
{
	open_text(NINE, 6, 50);
	stage_press(&stage, PRESS_PAGE_DOWN);
	expect_inside(0, "row 4");
	stage_press(&stage, PRESS_PAGE_DOWN);
	stage_press(&stage, PRESS_PAGE_DOWN);
	expect_inside(0, "row 6");
	stage_press(&stage, PRESS_HOME);
	expect_inside(0, "row 1");
	stage_press(&stage, PRESS_PAGE_UP);
	expect_inside(0, "row 1");
	stage_press(&stage, PRESS_END);
	expect_inside(3, "row 9");
}

Test(text_screen, does_not_scroll_where_all_of_it_is_shown)
{
	open_text(NINE, 11, 50);
	stage_press(&stage, PRESS_DOWN);
	stage_press(&stage, PRESS_END);
	expect_inside(0, "row 1");
	expect_inside(8, "row 9");
	stage_expect_not("↓");
}

Test(text_screen, is_wrapped_anew_when_the_window_changes)
{
	open_text("one two three four five six", 8, 17);
	expect_inside(1, "four five six");
	stage.ui.columns = 50;
	stage_show(&stage);
	expect_inside(0, "one two three four five six");
	expect_inside(1, "");
}

Test(text_screen, shows_its_end_still_when_the_window_grows)
{
	open_text(NINE, 6, 50);
	stage_press(&stage, PRESS_END);
	expect_inside(0, "row 6");
	stage.ui.rows = 9;
	stage_show(&stage);
	expect_inside(0, "row 3");
	expect_inside(6, "row 9");
	stage.ui.rows = 20;
	stage_show(&stage);
	expect_inside(0, "row 1");
}

Test(text_screen, may_be_empty)
{
	open_text("", 6, 50);
	stage_press(&stage, PRESS_DOWN);
	stage_press(&stage, PRESS_END);
	stage_press(&stage, PRESS_PAGE_UP);
	expect_inside(0, "");
	stage_expect("Letter");
	stage_expect_not("↓");
}

Test(text_screen, is_drawn_at_every_size)
{
	open_text(NINE "ääää öööö åååå", 1, 5);
	for (stage.ui.rows = 1; stage.ui.rows < 20; stage.ui.rows++) {
		for (stage.ui.columns = 5; stage.ui.columns < 60; stage.ui.columns++) {
			stage_show(&stage);
			stage_press(&stage, PRESS_END);
			if (stage.ui.rows > 2 && stage.ui.columns > 19)
				stage_expect("åååå");
		}
	}
}

Test(text_screen, is_left_with_esc)
{
	stage_push(&stage, today_screen_new());
	open_text(NINE, 6, 50);
	stage_press(&stage, PRESS_ESC);
	cr_expect_str_eq(stage.top->ops->title, "Today");
}
