/* What figures are counted from, without persons. */
#ifndef KUTSU_STORE_FIGURE_STORE_H
#define KUTSU_STORE_FIGURE_STORE_H

#include "kutsu/domain/capacity.h"
#include "kutsu/domain/figures.h"
#include "kutsu/store/store.h"

#include <stdint.h>

struct arena;

/*
 * The calls that came from the moment `from` on and before `until` (UTC seconds), and the delays of
 * the cases whose first call is among them, by the wall clock: their first meeting is the earliest
 * that is booked or recorded. Nothing is hidden; the rest of *figures stays as it is. All is read
 * at one moment. Areas lie in the arena; NULL: they are not asked for.
 */
bool store_figures_between(struct store *store, int64_t from, int64_t until, struct arena *arena,
	struct month_figures *figures, struct error *err) MUST_CHECK;

/* When the first call came, UTC seconds; 0: none has. */
bool store_figures_begin(struct store *store, int64_t *moment, struct error *err) MUST_CHECK;

/* The units' meetings of these days, both included, that are booked or recorded, by start. One
 * of which the record does not say whether the unit came counts as used. */
bool store_capacity_meetings(struct store *store, int first_day, int last_day, struct arena *arena,
	struct capacity_meeting_list *list, struct error *err) MUST_CHECK;

#endif
