/* What the indicators count, month by month, without persons. */
#ifndef KUTSU_STORE_INDICATOR_STORE_H
#define KUTSU_STORE_INDICATOR_STORE_H

#include "kutsu/domain/monthly_report.h"
#include "kutsu/store/store.h"

struct arena;

/*
 * Counts those of the indicators that rows tell, of one month, into `measures` (INDICATORS of
 * them); what is over is what lies before `today`. Those of calls, waits and holes stay as they
 * are: see store_figures_between() and the units' calendars.
 */
bool store_indicators(struct store *store, struct month month, int today,
	struct measure measures[INDICATORS], struct error *err) MUST_CHECK;

/* Searches of these days that found no shared hole, by each unit that stood in the way. */
struct obstacle {
	int64_t unit_id;
	int count;
};

struct obstacle_list {
	struct obstacle *items;
	size_t count;
};

bool store_obstacles(struct store *store, int from_day, int until_day, struct arena *arena,
	struct obstacle_list *list, struct error *err) MUST_CHECK;

/* Goals in hundredths; GOAL_NONE where none is set. */
bool store_goals(struct store *store, int64_t goals[INDICATORS], struct error *err) MUST_CHECK;
bool store_goal_set(struct change *change, enum indicator indicator, int64_t goal,
	struct error *err) MUST_CHECK;

/* A report that was accepted, as format/report_json.h writes it. */
struct accepted_report {
	const char *content; /* NULL: there is none */
};

bool store_accepted_report(struct store *store, struct month month, bool full, struct arena *arena,
	struct accepted_report *report, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: it was accepted before. */
bool store_report_accept(struct change *change, struct month month, bool full, int day,
	int64_t user_id, const char *content, struct error *err) MUST_CHECK;

#endif
