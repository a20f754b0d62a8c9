/* Whether promises are enough (riittävyys), for those who see figures. */
#ifndef KUTSU_SERVICE_CAPACITY_H
#define KUTSU_SERVICE_CAPACITY_H

#include "kutsu/domain/capacity.h"
#include "kutsu/service/session.h"

/*
 * Of the days from from_day to until_day, and of what lies ahead of today. LOOK_NEW is logged, with
 * the days. Lists and texts lie in the arena. Units that have retired are left out: when their
 * promises ended is not known.
 *
 * ERROR_INVALID  the days, as capacity_days_check() says
 */
bool capacity_look(struct session *session, enum look look, int from_day, int until_day,
	struct arena *arena, struct capacity *capacity, struct error *err) MUST_CHECK;

#endif
