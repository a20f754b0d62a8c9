/* The shared holes of some units, and the nearest misses: a list to choose from. */
#ifndef KUTSU_UI_PANES_HOLE_PANE_INTERNAL_H
#define KUTSU_UI_PANES_HOLE_PANE_INTERNAL_H

#include "kutsu/base/text.h"
#include "kutsu/service/finder.h"
#include "screen_internal.h"
#include "widgets/list_internal.h"

struct hole_pane {
	struct arena arena;
	struct hole_answer answer;
	bool keeps_findings; /* a search that finds too little tells of the promises */
	char searcher[96];   /* the name under which it does; "" before the first search */
	int minutes;
	struct text asked;	   /* the units' codes: where they are the same, the cursor stays */
	struct list list;	   /* by date: misses that would be sooner, then holes */
	const char *held[2];	   /* what others hold of these units, a line each; or NULL */
	char trouble[STATUS_SIZE]; /* why there is no answer, or "" */
};

/* What a row stands for. */
struct hole_choice {
	int day, start, end;
	const char *units[64]; /* codes of those that are free then; borrowed from the pane */
	size_t unit_count;
};

/* Searches anew for these units. A failure is shown in the pane. */
void hole_pane_search(struct hole_pane *pane, struct ui *ui, const char *const *units,
	size_t unit_count, int minutes, const struct family_limits *limits);
void hole_pane_release(struct hole_pane *pane);
/* False: nothing to choose. */
bool hole_pane_chosen(const struct hole_pane *pane, struct hole_choice *choice);
void hole_pane_title(const struct hole_pane *pane, struct text *title);
void hole_pane_draw(const struct hole_pane *pane, const struct canvas *canvas, bool has_focus);

/* "ke 2.12. 13.00–14.00 pito 12 min: koord-2": a time that somebody holds; `now` in UTC seconds. */
void hold_format(const struct meeting *hold, int64_t now, struct text *text);

/* What a row says: "ke 2.12. 13.00–14.00  kaikki 3". */
void hole_format_row(const struct hole_answer *answer, int row, struct text *text);

#endif
