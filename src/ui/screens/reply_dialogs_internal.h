/* What a unit answers to an invitation, told by phone or by its contact. */
#ifndef KUTSU_UI_SCREENS_REPLY_DIALOGS_INTERNAL_H
#define KUTSU_UI_SCREENS_REPLY_DIALOGS_INTERNAL_H

#include "screen_internal.h"

/* A menu of the answers; a no asks why, another time asks when. */
struct screen *reply_menu_new(int64_t meeting_id, const char *unit);

#endif
