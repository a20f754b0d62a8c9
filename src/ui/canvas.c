#include "canvas_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "style_internal.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_STRINGS 6

struct canvas canvas_part(const struct canvas *canvas, int row, int column, int rows, int columns)
{
	struct canvas part = { canvas->row + row, canvas->column + column, rows, columns,
		canvas->utf8 };

	if (row + part.rows > canvas->rows)
		part.rows = canvas->rows - row;
	if (column + part.columns > canvas->columns)
		part.columns = canvas->columns - column;
	part.rows = part.rows < 0 ? 0 : part.rows;
	part.columns = part.columns < 0 ? 0 : part.columns;
	return part;
}

/* The first line of a text, and as much of it as fits, "…" where it was cut. */
static char *cut_text(const char *text, int width, int *taken)
{
	size_t line = strcspn(text, "\n");
	char *copy = memory_new(line + 8);
	size_t fits;

	memcpy(copy, text, line);
	fits = utf8_fit(copy, width, taken);
	if (fits == line)
		return copy;
	copy[utf8_fit(copy, width - 1, taken)] = '\0';
	if (width > 0) {
		strcat(copy, "…");
		++*taken;
	}
	return copy;
}

static void put(const struct canvas *canvas, int row, int column, const char *text)
{
	char *ascii;

	if (canvas->utf8) {
		mvaddstr(row, column, text);
		return;
	}
	ascii = memory_new(strlen(text) + 1);
	utf8_to_ascii(text, ascii, strlen(text) + 1);
	mvaddstr(row, column, ascii);
	free(ascii);
}

int canvas_text(const struct canvas *canvas, int row, int column, int width, enum style style,
	const char *text)
{
	char *shown;
	int taken;

	if (width > canvas->columns - column)
		width = canvas->columns - column;
	if (row < 0 || row >= canvas->rows || column < 0 || width <= 0)
		return 0;
	shown = cut_text(text, width, &taken);
	style_begin(style);
	put(canvas, canvas->row + row, canvas->column + column, shown);
	style_end();
	free(shown);
	return taken;
}

void canvas_right(const struct canvas *canvas, int row, int column, int width, enum style style,
	const char *text)
{
	int taken = utf8_width(text);

	canvas_text(canvas, row, column + width - taken, taken, style, text);
}

void canvas_row(const struct canvas *canvas, int row, int column, int width, enum style style,
	const char *text)
{
	int taken;

	if (width > canvas->columns - column)
		width = canvas->columns - column;
	if (row < 0 || row >= canvas->rows || width <= 0)
		return;
	taken = canvas_text(canvas, row, column, width, style, text);
	style_begin(style);
	for (int i = taken; i < width; i++)
		mvaddch(canvas->row + row, canvas->column + column + i, ' ');
	style_end();
}

int canvas_wrapped(const struct canvas *canvas, int row, int column, int width, enum style style,
	const char *text)
{
	struct text part = { 0 };
	size_t at = 0, next;
	int rows = 0;

	for (; text && text[at]; at = next, rows++) {
		size_t end = utf8_wrap(text, at, width, &next);

		text_clear(&part);
		text_add_bytes(&part, text + at, end - at);
		if (canvas)
			canvas_text(canvas, row + rows, column, width, style, text_get(&part));
	}
	text_release(&part);
	return rows;
}

static void draw_edge(
	const struct canvas *canvas, int row, const char *left, const char *line, const char *right)
{
	canvas_text(canvas, row, 0, 1, STYLE_QUIET, left);
	for (int i = 1; i < canvas->columns - 1; i++)
		canvas_text(canvas, row, i, 1, STYLE_QUIET, line);
	canvas_text(canvas, row, canvas->columns - 1, 1, STYLE_QUIET, right);
}

struct canvas canvas_frame(const struct canvas *canvas, bool has_focus, const char *title)
{
	static const char *const lines[2][FRAME_STRINGS] = {
		{ "+", "+", "+", "+", "-", "|" },
		{ "┌", "┐", "└", "┘", "─", "│" },
	};
	const char *const *l = lines[canvas->utf8];
	int last = canvas->rows - 1;

	if (canvas->rows < 2 || canvas->columns < 2)
		return canvas_part(canvas, 0, 0, 0, 0);
	draw_edge(canvas, 0, l[0], l[4], l[1]);
	for (int row = 1; row < last; row++) {
		canvas_text(canvas, row, 0, 1, STYLE_QUIET, l[5]);
		canvas_text(canvas, row, canvas->columns - 1, 1, STYLE_QUIET, l[5]);
	}
	draw_edge(canvas, last, l[2], l[4], l[3]);
	canvas_text(canvas, 0, 2, 1, STYLE_QUIET, " ");
	if (title && *title) {
		int taken = canvas_text(canvas, 0, 3, canvas->columns - 6,
			has_focus ? STYLE_STRONG : STYLE_NORMAL, title);

		canvas_text(canvas, 0, 3 + taken, 1, STYLE_QUIET, " ");
		if (has_focus)
			canvas_text(canvas, 0, 2, 1, STYLE_STRONG, ">");
	}
	return canvas_part(canvas, 1, 1, canvas->rows - 2, canvas->columns - 2);
}

void canvas_clear(const struct canvas *canvas)
{
	for (int row = 0; row < canvas->rows; row++)
		canvas_row(canvas, row, 0, canvas->columns, STYLE_NORMAL, "");
}

void canvas_cursor(const struct canvas *canvas, int row, int column)
{
	if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
		return;
	term_place_cursor(canvas->row + row, canvas->column + column);
}
