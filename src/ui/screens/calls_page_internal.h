/* The page of the month's calls and waits. */
#ifndef KUTSU_UI_SCREENS_CALLS_PAGE_INTERNAL_H
#define KUTSU_UI_SCREENS_CALLS_PAGE_INTERNAL_H

#include "canvas_internal.h"
#include "kutsu/domain/figures.h"

#define CALLS_PAGE_LINES 32 /* at most */

/* The last first line, so that no row is left empty that could be filled. */
int calls_page_last_top(const struct month_figures *figures, int rows, int columns);
void calls_page_draw(const struct canvas *canvas, const struct month_figures *figures, int top);

#endif
