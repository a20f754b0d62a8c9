/*
 * The month in figures: how many called, who, to what it led, and how long families waited. No
 * person is in them; who may see them only as figures gets them with small cells hidden.
 */
#ifndef KUTSU_DOMAIN_FIGURES_H
#define KUTSU_DOMAIN_FIGURES_H

#include "kutsu/base/date.h"
#include "kutsu/domain/suppression.h"
#include "kutsu/domain/terms.h"

#define FIGURE_HIDDEN CELL_HIDDEN
#define FIGURE_NONE   (-2) /* there is nothing to tell: the median of no meetings */

/* Calls that came in the month. */
struct call_figures {
	int total;
	int by_source[SOURCES];
	int by_outcome[OUTCOMES]; /* OUTCOME_MEETING: those that needed one */
	/* Of those that needed one; the others are still open. */
	int shared_hole;    /* a meeting of all the units they asked for was booked */
	int no_shared_hole; /* none was, and a search of those units found none */
	int by_age[AGE_GROUPS];
};

/* Calls that needed a meeting, by the area where the family lives. */
struct area_calls {
	const char *area; /* NULL: not known, or not to be told */
	int calls;
};

struct area_calls_list {
	struct area_calls *items;
	size_t count;
};

/* The child's age group in the year of the call; birth_year 0: not known. */
enum age_group age_group_of(int birth_year, int call_year);

/* Days from a case's first call, come in the month, to its first meeting that is not cancelled. */
struct delay_figures {
	int meetings;
	int median, p90, longest;
	int within_7, within_14; /* meetings */
};

struct month_figures {
	struct month month;
	bool is_full; /* nothing is hidden */
	struct call_figures calls;
	struct area_calls_list areas; /* borrowed */
	int families;		      /* cases whose first call came in the month */
	struct delay_figures delays;
};

/* The nearest rank: the smallest of the values that per_cent of them do not exceed. At least one
 * value, in order. */
int percentile(const int *values, size_t count, int per_cent);

/* Puts the days in order. */
struct delay_figures delay_figures_of(int *days, size_t count);

/*
 * Hides small cells, and so that they can't be worked out from one another: sources and outcomes
 * have one total, and the families with a meeting are among the calls that needed one, so how many
 * of those have none is a cell, too. Where few met within a week, in the second or later, only the
 * median is told of the waits. Ages, areas and shared holes have the calls that needed a meeting as
 * their total, and are hidden with it.
 */
void figures_suppress(struct month_figures *figures);

#define FIGURE_TEXT_SIZE 16

/* "18", ".." for a hidden one, "-" for none; returns `to`. ".." is no "<5": it may be more that is
 * hidden for the sake of another. */
const char *figure_format(int figure, char to[FIGURE_TEXT_SIZE]);

#endif
