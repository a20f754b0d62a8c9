/*
 * The forms with which a unit's promises are given, ended and suspended: dialogs over the screen
 * that asks. What they are given is copied.
 */
#ifndef KUTSU_UI_SCREENS_PROMISE_DIALOGS_INTERNAL_H
#define KUTSU_UI_SCREENS_PROMISE_DIALOGS_INTERNAL_H

#include "screen_internal.h"

#include <stdint.h>

struct screen *hole_add_dialog(const char *unit);
struct screen *hole_end_dialog(const char *unit, int64_t slot_id);
struct screen *away_dialog(const char *unit);
struct screen *extra_hole_dialog(const char *unit);

#endif
