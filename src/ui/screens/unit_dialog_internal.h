/* A unit's name and addresses to be edited, beside a colleague's change where there is one. */
#ifndef KUTSU_UI_SCREENS_UNIT_DIALOG_INTERNAL_H
#define KUTSU_UI_SCREENS_UNIT_DIALOG_INTERNAL_H

#include "kutsu/domain/unit.h"
#include "screen_internal.h"

/* The unit is copied. */
struct screen *unit_dialog_new(const struct unit *unit);

#endif
