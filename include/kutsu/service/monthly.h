/* The monthly report: for those who are to see no person behind the figures. */
#ifndef KUTSU_SERVICE_MONTHLY_H
#define KUTSU_SERVICE_MONTHLY_H

#include "kutsu/domain/monthly_report.h"
#include "kutsu/service/session.h"

struct arena;

/*
 * The month's report, or the accepted one as it was. LOOK_NEW is logged, with the month. Small
 * cells are hidden (domain/monthly_report.h says how), but where `full` is asked for: that is
 * logged as such each time, and is
 *
 * ERROR_DENIED  for who may not list all cases
 */
bool report_look(struct session *session, enum look look, struct month month, bool full,
	struct arena *arena, struct monthly_report *report, struct error *err) MUST_CHECK;

/*
 * The leadership group accepts it: from now on it is as it is now, definitions and all.
 *
 * ERROR_INVALID   the month is not over
 * ERROR_CONFLICT  it was accepted before
 */
bool report_accept(struct session *session, struct month month, struct error *err) MUST_CHECK;

/* What an indicator is to reach, in hundredths; GOAL_NONE takes it away. ERROR_INVALID */
bool goal_set(struct session *session, enum indicator indicator, int64_t goal,
	struct error *err) MUST_CHECK;

#endif
