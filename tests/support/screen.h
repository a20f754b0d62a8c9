/*
 * Curses in memory: what is drawn is read back as text, nothing is shown. For tests of what draws
 * on a canvas. What can't be had fails the test.
 */
#ifndef KUTSU_TESTS_SCREEN_H
#define KUTSU_TESTS_SCREEN_H

#include "canvas_internal.h"
#include "key_internal.h"

#include <stdbool.h>

/* Widths as in a UTF-8 terminal: for suites whose tests measure without drawing. */
void fake_screen_locale(void);

/* A terminal of this size, in UTF-8. May be called again: for another size, or an empty screen. */
struct canvas fake_screen(int rows, int columns);
void fake_screen_end(void);

/* UTF-8 without the blanks at its end. Good until the next call. */
const char *fake_screen_row(int row);
/* The row from a column on, this many columns of it, blanks and all. */
const char *fake_screen_part(int row, int column, int columns);
bool fake_screen_shows(const char *text);
/* False when it is hidden; both are set either way. */
bool fake_screen_cursor(int *row, int *column);
bool fake_screen_is_reverse(int row, int column);

/* The keys of a table, as PRESS_UP; and one key of one character. */
struct key fake_press(int press);
struct key fake_letter(const char *utf8);
/* The next character of a text as a key; moves on. */
struct key fake_next_letter(const char **text);

#endif
