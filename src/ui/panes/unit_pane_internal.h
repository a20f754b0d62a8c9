/* The units to invite: a list to tick, filtered as one types. */
#ifndef KUTSU_UI_PANES_UNIT_PANE_INTERNAL_H
#define KUTSU_UI_PANES_UNIT_PANE_INTERNAL_H

#include "kutsu/domain/slot.h"
#include "kutsu/domain/unit.h"
#include "kutsu/service/promise.h"
#include "screen_internal.h"
#include "widgets/editor_internal.h"
#include "widgets/list_internal.h"

struct unit_pane {
	struct arena arena;
	struct unit_list units;
	const char **times; /* "ke 12–14", one a unit; NULL: it has no hole */
	enum gap *gaps; /* no hole; a hole of this week unconfirmed past the deadline; or GAPS */
	bool *is_ticked;
	struct editor filter;
	int *shown; /* indexes of the units that pass the filter */
	struct list list;
	struct text kept; /* codes of the ticked units while they are read anew */
};

bool unit_pane_read(struct unit_pane *pane, struct ui *ui, struct error *err);
void unit_pane_release(struct unit_pane *pane);

/* Space ticks, text filters. Whether the key was the pane's; *changed: other units are ticked. */
bool unit_pane_key(struct unit_pane *pane, const struct key *key, bool *changed);
void unit_pane_draw(const struct unit_pane *pane, const struct canvas *canvas, bool has_focus);

/* Codes of the ticked units, in the arena; and the same as one text with blanks between. */
const char *const *unit_pane_codes(
	const struct unit_pane *pane, struct arena *arena, size_t *count);
void unit_pane_get_as_text(const struct unit_pane *pane, struct text *text);
void unit_pane_set_as_text(struct unit_pane *pane, const char *codes);

#endif
