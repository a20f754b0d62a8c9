/* The month's indicators in rows: as a list with sparklines, and as a map of thirteen months. */
#ifndef KUTSU_UI_SCREENS_INDICATOR_ROWS_INTERNAL_H
#define KUTSU_UI_SCREENS_INDICATOR_ROWS_INTERNAL_H

#include "canvas_internal.h"
#include "kutsu/domain/monthly_report.h"

/* Headings of the conditions and the indicators below them. */
int indicator_row_count(void);
/* Of that row, INDICATORS for a heading. */
enum indicator indicator_of_row(int row);

/* Value, the month before, a year ago, the goal, the months as a line of blocks, how it moves. */
void indicator_draw_head(const struct canvas *canvas);
void indicator_draw_row(const struct canvas *canvas, int at, const struct monthly_report *report,
	int row, bool is_chosen);
/* Thirteen months, each as dark as it is high among them. */
void indicator_draw_map_head(const struct canvas *canvas, const struct monthly_report *report);
void indicator_draw_map_row(const struct canvas *canvas, int at,
	const struct monthly_report *report, int row, bool is_chosen);

#endif
