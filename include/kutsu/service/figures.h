/* The month in figures, for those who are to see no person behind them. */
#ifndef KUTSU_SERVICE_FIGURES_H
#define KUTSU_SERVICE_FIGURES_H

#include "kutsu/domain/figures.h"
#include "kutsu/service/session.h"

/*
 * LOOK_NEW is logged, with the month. Small cells are hidden (domain/figures.h says how), but where
 * `full` is asked for: that is logged as such each time, and is
 *
 * ERROR_DENIED  for who may not list all cases
 */
bool figures_look(struct session *session, enum look look, struct month month, bool full,
	struct month_figures *figures, struct error *err) MUST_CHECK;

#endif
