#include "screen.h"

#include "kutsu/base/utf8.h"
#include "style_internal.h"
#include "term_internal.h"

#include <criterion/criterion.h>
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define ROW_SIZE 4096

static SCREEN *screen;
static FILE *nowhere;

void fake_screen_locale(void)
{
	cr_assert_not_null(setlocale(LC_CTYPE, "C.UTF-8"));
}

struct canvas fake_screen(int rows, int columns)
{
	if (!screen) {
		fake_screen_locale();
		nowhere = fopen("/dev/null", "r+");
		cr_assert_not_null(nowhere);
		screen = newterm("xterm-256color", nowhere, nowhere);
		cr_assert_not_null(screen);
	}
	cr_assert_eq(resizeterm(rows, columns), OK);
	return term_canvas(true);
}

void fake_screen_end(void)
{
	if (!screen)
		return;
	endwin();
	delscreen(screen);
	fclose(nowhere);
	screen = NULL;
}

static void add_cell(const cchar_t *cell, char *to, size_t *used)
{
	wchar_t wide[CCHARW_MAX + 1];
	attr_t attributes;
	short pair;

	cr_assert_eq(getcchar(cell, wide, &attributes, &pair, NULL), OK);
	for (int i = 0; i < CCHARW_MAX && wide[i]; i++)
		*used += utf8_encode((uint32_t)wide[i], to + *used);
}

const char *fake_screen_part(int row, int column, int columns)
{
	static char text[ROW_SIZE];
	size_t used = 0;

	text[0] = '\0';
	for (int at = column; at < column + columns && at < getmaxx(stdscr);) {
		size_t before = used;
		cchar_t cell;
		int width;

		cr_assert_eq(mvin_wch(row, at, &cell), OK);
		add_cell(&cell, text, &used);
		text[used] = '\0';
		width = utf8_width(text + before);
		at += width > 1 ? width : 1;
	}
	return text;
}

const char *fake_screen_row(int row)
{
	static char text[ROW_SIZE];
	size_t length;

	snprintf(text, sizeof(text), "%s", fake_screen_part(row, 0, getmaxx(stdscr)));
	length = strlen(text);
	while (length && text[length - 1] == ' ')
		text[--length] = '\0';
	return text;
}

bool fake_screen_shows(const char *text)
{
	for (int row = 0; row < getmaxy(stdscr); row++) {
		if (strstr(fake_screen_row(row), text))
			return true;
	}
	return false;
}

bool fake_screen_cursor(int *row, int *column)
{
	int before;

	term_show();
	getyx(stdscr, *row, *column);
	before = curs_set(0);
	return before == 1;
}

bool fake_screen_is_reverse(int row, int column)
{
	wchar_t wide[CCHARW_MAX + 1];
	attr_t attributes;
	cchar_t cell;
	short pair;

	cr_assert_eq(mvin_wch(row, column, &cell), OK);
	cr_assert_eq(getcchar(&cell, wide, &attributes, &pair, NULL), OK);
	return (attributes & A_REVERSE) != 0;
}

struct key fake_press(int press)
{
	return (struct key) { .press = press };
}

struct key fake_letter(const char *utf8)
{
	return fake_next_letter(&utf8);
}

struct key fake_next_letter(const char **text)
{
	struct key key = { .press = PRESS_TEXT };
	uint32_t c;
	size_t length = utf8_decode(*text, &c);

	memcpy(key.text, *text, length);
	*text += length;
	return key;
}
