/*
 * The forms with which a unit's promises are given, changed, ended and suspended: dialogs over the
 * screen that asks. Where what is booked has lost its hole then, that is shown in their place. What
 * they are given is copied.
 */
#ifndef KUTSU_UI_SCREENS_PROMISE_DIALOGS_INTERNAL_H
#define KUTSU_UI_SCREENS_PROMISE_DIALOGS_INTERNAL_H

#include "kutsu/domain/slot.h"
#include "screen_internal.h"

struct screen *hole_add_dialog(const char *unit);
/* What was promised until the first day of the change stays. */
struct screen *hole_change_dialog(const struct slot *slot);
struct screen *hole_end_dialog(const char *unit, int64_t slot_id);
/* The days are to begin with. DAY_FIRST: none. */
struct screen *away_dialog(const char *unit, int day);
struct screen *extra_hole_dialog(const char *unit, int day);

#endif
