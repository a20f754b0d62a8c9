/* Charts as SVG, to stand inside a page. What is not told is left out of them. */
#ifndef KUTSU_FORMAT_SVG_INTERNAL_H
#define KUTSU_FORMAT_SVG_INTERNAL_H

#include "kutsu/domain/indicator.h"

#include <stddef.h>
#include <stdio.h>

struct svg_bar {
	const char *label;
	int value; /* negative: not told */
};

/* Bars from left to right, each with its label and number. `title` is read out. */
void svg_bars(FILE *file, const char *title, const struct svg_bar *bars, size_t count);

/* The months of an indicator as a line, small enough to stand in a row; the goal is dashed where
 * it lies within. Read by eyes only: its numbers stand beside it. */
void svg_sparkline(FILE *file, enum indicator_kind kind, const struct measure *months, size_t count,
	int64_t goal);

/* The same with an axis, large. `names` are the months' names, one for each. */
void svg_line(FILE *file, const char *title, enum indicator_kind kind, const struct measure *months,
	const char *const *names, size_t count, int64_t goal);

#endif
