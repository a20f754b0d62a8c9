/*
 * What a unit says of one of its holes where a text is needed: dialogs over the own unit's view.
 * What they are given is copied.
 */
#ifndef KUTSU_UI_SCREENS_ANSWER_DIALOGS_INTERNAL_H
#define KUTSU_UI_SCREENS_ANSWER_DIALOGS_INTERNAL_H

#include "kutsu/base/text.h"
#include "kutsu/service/promise.h"
#include "screen_internal.h"

/* "NVL-SUI Wed 25.11. 12:00–15:00" */
void hole_format(const char *unit, const struct occurrence *hole, struct text *text);

/* The answer that stands, to be given again with what is another now. Its texts are borrowed. */
struct promise_answer answer_of(const char *unit, const struct occurrence *hole);

struct screen *decline_dialog(const char *unit, const struct occurrence *hole);
struct screen *deputy_dialog(const char *unit, const struct occurrence *hole);
struct screen *place_dialog(const char *unit, const struct occurrence *hole);

#endif
