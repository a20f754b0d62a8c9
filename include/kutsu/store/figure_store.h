/* Counts over a month, without persons. */
#ifndef KUTSU_STORE_FIGURE_STORE_H
#define KUTSU_STORE_FIGURE_STORE_H

#include "kutsu/domain/figures.h"
#include "kutsu/store/store.h"

#include <stdint.h>

/*
 * The calls that came from the moment `from` on and before `until` (UTC seconds), and the delays of
 * the cases whose first call is among them, by the wall clock: their first meeting is the earliest
 * that is booked or recorded. Nothing is hidden; the rest of *figures stays as it is. All is read
 * at one moment.
 */
bool store_figures_between(struct store *store, int64_t from, int64_t until,
	struct month_figures *figures, struct error *err) MUST_CHECK;

#endif
