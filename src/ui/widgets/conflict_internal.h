/* Two people changed the same thing: what the first one saved beside what the second one typed. */
#ifndef KUTSU_UI_WIDGETS_CONFLICT_INTERNAL_H
#define KUTSU_UI_WIDGETS_CONFLICT_INTERNAL_H

#include "screen_internal.h"

struct conflict_row {
	const char *label, *theirs, *mine; /* NULL: empty */
};

typedef struct next conflict_choice(struct ui *ui, void *context);

struct conflict {
	const char *title, *note; /* translated: what, and whose change came first */
	const struct conflict_row *rows;
	size_t row_count;
	conflict_choice *keep_mine, *take_theirs;
	void *context; /* the screen below, which outlives this one */
};

/* "koord-2 changed it first, at 10.41": in the arena. */
const char *changed_text(struct arena *arena, const char *login, int64_t at);

/* Shows the rows that differ. All texts are copied. Esc goes back to what was typed. */
struct screen *conflict_new(const struct conflict *conflict);

#endif
