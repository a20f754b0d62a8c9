/*
 * The search for shared holes.
 *
 * A shared hole of a set of units for D minutes is a maximal time window, within one day, of at
 * least D minutes, throughout which every one of the units is open and has room. A near miss is a
 * window in which all but one of the units are free, or all but two where no window lacks only
 * one; each unit it names is not free for some part of it.
 */
#ifndef KUTSU_DOMAIN_SEARCH_H
#define KUTSU_DOMAIN_SEARCH_H

#include "kutsu/domain/calendar.h"
#include "kutsu/domain/limits.h"

#define NEAR_MISS_MOST_MISSING 2

struct search {
	const struct unit_calendar *units; /* all needed, at least one */
	size_t unit_count;
	const struct unit_calendar *optional; /* welcome, if free */
	size_t optional_count;
	const struct school_break *breaks;
	size_t break_count;
	int minutes; /* at least 1 */
	int first_day, days;
	int now_day, now_minute;
	int notice; /* the first possible day is the Nth working day after now_day; 0: from now on
		     */
	struct family_limits limits;
	size_t limit; /* windows, and near misses, at the most; 0: all */
};

struct shared_hole {
	int day, start, end;
	bool *optional_free; /* per optional unit: free from start to end. NULL without any */
};

struct near_miss {
	int day, start, end;
	size_t missing[NEAR_MISS_MOST_MISSING]; /* indexes into units, rising */
	size_t missing_count;
};

struct search_result {
	struct shared_hole *holes; /* by start */
	size_t hole_count;
	struct near_miss *near_misses; /* on days before the first shared hole's, by start */
	size_t near_miss_count;
};

void search_run(const struct search *search, struct search_result *result);
void search_result_release(struct search_result *result);

#endif
