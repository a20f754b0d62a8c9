/* What stands below the capacity screen's heat map: hours, searches, units that are missing. */
#ifndef KUTSU_UI_SCREENS_CAPACITY_DETAILS_INTERNAL_H
#define KUTSU_UI_SCREENS_CAPACITY_DETAILS_INTERNAL_H

#include "canvas_internal.h"
#include "kutsu/domain/capacity.h"

#define CAPACITY_HOURS	 5 /* promised, confirmed, offered, booked, used */
#define CAPACITY_DETAILS 3 /* lists */

struct detail;

struct detail_list {
	struct detail *items;
	size_t count;
};

struct capacity_details {
	struct arena *arena; /* borrowed */
	struct detail_list lists[CAPACITY_DETAILS];
};

const char *capacity_hour_label(int hour); /* translated */
void capacity_list_hours(const struct capacity_row *row, int64_t minutes[CAPACITY_HOURS]);

/* Tells of the row's hours, and of missing units in the area; NULL: in all. What it keeps lies in
 * the arena. */
void capacity_details_fill(struct capacity_details *details, const struct capacity *capacity,
	const struct capacity_row *row, const char *area);
/* How many rows they take, beside or below each other. */
int capacity_details_rows(const struct capacity_details *details, bool beside);
/* The first stands in that row, which may be above the canvas. */
void capacity_details_draw(
	const struct capacity_details *details, const struct canvas *canvas, bool beside, int row);

#endif
