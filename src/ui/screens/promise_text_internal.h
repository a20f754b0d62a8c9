/* What waits because of promises, a line each: the same wherever it is listed. */
#ifndef KUTSU_UI_SCREENS_PROMISE_TEXT_INTERNAL_H
#define KUTSU_UI_SCREENS_PROMISE_TEXT_INTERNAL_H

#include "kutsu/service/promise.h"

/* "Wed 25.11. 13:00–14:00  meeting 12  NVL-SUI  to be moved, asks yhd-1  training" */
const char *unsettled_text(struct arena *arena, const struct unsettled *unsettled);
/* "NVL-SUI  unconfirmed Wed 25.11. 12:00–15:00  044 123  health visitor" */
const char *gap_text(struct arena *arena, const struct promise_gap *gap);
/* The same for who keeps the unit's holes: what lacks, and what to do. */
const char *gap_advice(struct arena *arena, const struct promise_gap *gap);

#endif
