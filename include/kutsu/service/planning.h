/*
 * Where a hole more would help: a period's calls replayed with it (domain/replay.h). The first
 * meetings of the calls' cases are taken out of the calendars and found anew; follow-ups and the
 * meetings of other cases stay. What is asked is logged.
 *
 * Who may not list all cases is not told how many met earlier where these are fewer than five, and
 * nothing of a period with fewer than five calls.
 */
#ifndef KUTSU_SERVICE_PLANNING_H
#define KUTSU_SERVICE_PLANNING_H

#include "kutsu/domain/figures.h"
#include "kutsu/domain/replay.h"
#include "kutsu/domain/unit.h"
#include "kutsu/service/session.h"

#define PLANNING_DAYS	   365 /* that are replayed where nothing else is asked for */
#define PLANNING_DAYS_MOST (40 * 366)

/* Both days included. */
struct planning_period {
	int from_day, until_day;
};

struct what_if {
	int calls;
	struct replay_waits without; /* the hole */
	struct replay_outcome with;  /* earlier, later: FIGURE_HIDDEN where they are not told */
	bool is_hidden;		     /* nothing is told: too few calls */
};

/*
 * slot->unit says whose it is.
 *
 * ERROR_NOT_FOUND  no such unit
 * ERROR_INVALID    as of registry_add_slot(); a period that can't be
 */
bool plan_what_if(struct session *session, const struct slot *slot,
	const struct planning_period *period, struct what_if *what_if,
	struct error *err) MUST_CHECK;

/* The days that each call of the period waits, replayed without any hole added, in order; in the
 * arena. REPLAY_NEVER: it finds none. For who may look at figures; it asks for no right itself. */
bool plan_waits(struct session *session, const struct planning_period *period, struct arena *arena,
	int **waits, size_t *count, struct error *err) MUST_CHECK;

/* A hole that was tried. */
struct advice_line {
	const char *unit, *name; /* code and name */
	int weekday, start, end;
	bool has_no_hole;    /* the unit has none at all: calls can't tell what it would be worth */
	bool is_alternative; /* whom it would help those above it would help as much */
	int alongside;	     /* other units of its area that have a hole then */
	struct replay_outcome outcome; /* as of struct what_if */
};

struct advice {
	struct planning_period period;
	int calls;
	size_t tried;
	bool is_hidden;
	struct replay_waits now;
	struct advice_line *lines; /* units without a hole, then by the days saved; alternatives to
				      them come last */
	size_t line_count;
};

/*
 * Tries every hole of an hour, Monday to Friday, at each half hour of the office hours, for each
 * active unit, on all cores; a unit's best of a weekday is told. Begin, wait (or ask how far it
 * is), get the advice once it is done, and end; ending early stops it.
 */
struct advice_run;

bool advice_begin(struct session *session, const struct planning_period *period,
	struct advice_run **run, struct error *err) MUST_CHECK;
/* Whether it is done, after so many milliseconds at the most. */
bool advice_wait(struct advice_run *run, int milliseconds);
int advice_per_cent(const struct advice_run *run);
/* Of a run that is done: at most `top` lines (0: all), which live as long as the run. */
void advice_get(struct advice_run *run, size_t top, struct advice *advice);
void advice_end(struct advice_run *run); /* NULL is let be */

#endif
