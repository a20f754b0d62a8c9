/*
 * A part of the screen to draw into: texts by display columns, clipped; styles by meaning. Only
 * canvas.c and term.c know curses.
 */
#ifndef KUTSU_UI_CANVAS_INTERNAL_H
#define KUTSU_UI_CANVAS_INTERNAL_H

#include <stdbool.h>

/* Told by colour and, where there is none, by attribute; never by it alone. */
enum style {
	STYLE_NORMAL,
	STYLE_QUIET,   /* what matters less */
	STYLE_STRONG,  /* headings */
	STYLE_BAR,     /* the bars at top and foot */
	STYLE_CURSOR,  /* the row the keys act on */
	STYLE_FIELD,   /* where text can be typed */
	STYLE_GOOD,    /* open, done */
	STYLE_NOTICE,  /* held, unconfirmed, soon */
	STYLE_TROUBLE, /* late, missing, an error */
	STYLES
};

struct canvas {
	int row, column, rows, columns; /* on the whole screen */
	bool utf8;
};

struct canvas canvas_part(const struct canvas *canvas, int row, int column, int rows, int columns);

/* Draws one row of text from `column`, at most `width` columns of it; a text that is cut ends in
 * "…". Returns the columns it took. */
int canvas_text(const struct canvas *canvas, int row, int column, int width, enum style style,
	const char *text);
/* The same, and blanks in the style up to the width. */
void canvas_row(const struct canvas *canvas, int row, int column, int width, enum style style,
	const char *text);
/* A text that ends where these columns do; nothing is cut, nor else drawn of them. */
void canvas_right(const struct canvas *canvas, int row, int column, int width, enum style style,
	const char *text);
/* Draws a text from `row` on, over as many rows as it takes in this width, wrapped between words;
 * returns how many. NULL takes none. With no canvas they are only counted. */
int canvas_wrapped(const struct canvas *canvas, int row, int column, int width, enum style style,
	const char *text);
/* A frame around the canvas with a title in it; returns the part inside. */
struct canvas canvas_frame(const struct canvas *canvas, bool has_focus, const char *title);
void canvas_clear(const struct canvas *canvas);
void canvas_cursor(const struct canvas *canvas, int row, int column); /* where the cursor stands */

#endif
