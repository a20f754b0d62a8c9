/* Rows of closings and extra openings, which lists and calendars read alike. */
#ifndef KUTSU_STORE_SLOT_ROW_INTERNAL_H
#define KUTSU_STORE_SLOT_ROW_INTERNAL_H

#include "store_internal.h"

/* read by read_closing() and read_opening() */
#define CLOSING                                                                                    \
	"SELECT closing.id, unit_id, unit.code, from_day, until_day, reason, start_minute,"        \
	" end_minute, event_id FROM closing JOIN unit ON unit.id = closing.unit_id "
#define OPENING                                                                                    \
	"SELECT opening.id, unit_id, unit.code, day, start_minute, end_minute, event_id"           \
	" FROM opening JOIN unit ON unit.id = opening.unit_id "

row_reader read_closing, read_opening;

#endif
