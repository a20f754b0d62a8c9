/* What canvas.c and term.c share of curses' state. */
#ifndef KUTSU_UI_STYLE_INTERNAL_H
#define KUTSU_UI_STYLE_INTERNAL_H

#include "canvas_internal.h"

void style_begin(enum style style);
void style_end(void);

/* The cursor is shown there when the screen is complete, else hidden. */
void term_place_cursor(int row, int column);

#endif
