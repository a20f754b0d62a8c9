/* What the own unit's view lists: what waits, then the holes week by week. */
#ifndef KUTSU_UI_SCREENS_OWN_UNIT_ROWS_INTERNAL_H
#define KUTSU_UI_SCREENS_OWN_UNIT_ROWS_INTERNAL_H

#include "canvas_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/invitation.h"
#include "kutsu/service/feedback.h"
#include "kutsu/service/promise.h"

enum own_row_kind { OWN_HEADING, OWN_FEEDBACK, OWN_INVITATION, OWN_UNSETTLED, OWN_GAP, OWN_HOLE };

struct own_row {
	enum own_row_kind kind;
	enum style style;
	const char *text;   /* of a hole: its day */
	const char *unit;   /* code; or NULL */
	int64_t meeting_id; /* booked, or 0 */
	/* Of a hole: */
	const struct occurrence *hole;
	const char *time, *state, *person, *booked; /* the last two: or "" */
	const char *detail;			    /* what finds no room in the row */
};

struct own_rows {
	struct own_row *items;
	size_t count;
	bool has_units; /* several: each row names its own */
	int day_width, time_width, unit_width, state_width, person_width, booked_width;
};

/* From the hole that lasts still on; all in the arena, beside the weeks. */
struct own_rows own_rows_make(struct arena *arena, const struct own_weeks *weeks,
	const struct invitation_list *invitations, const struct feedback_missing *missing,
	struct wall_time now);

/* One hole: what matters most is cut last. */
void own_row_draw(const struct own_rows *rows, const struct own_row *row,
	const struct canvas *canvas, int at, bool is_chosen);

#endif
