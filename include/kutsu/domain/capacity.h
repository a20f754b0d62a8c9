/*
 * Whether what the units promise is enough (riittävyys): the hours they promised and what became of
 * them, week by week, and which units are missing. It is of holes and units; no person is in it.
 */
#ifndef KUTSU_DOMAIN_CAPACITY_H
#define KUTSU_DOMAIN_CAPACITY_H

#include "kutsu/base/error.h"
#include "kutsu/domain/calendar.h"
#include "kutsu/domain/figures.h"
#include "kutsu/domain/finding.h"
#include "kutsu/domain/unit.h"

struct arena;

#define CAPACITY_WEEKS	    13	 /* a period, where no days are given */
#define CAPACITY_DAYS_MOST  3700 /* ten years and a bit */
#define CAPACITY_DAYS_AHEAD 182	 /* how far the next free hole is looked for */
#define CAPACITY_NO_AREA    "-"	 /* of the units without one */

/* Minutes of holes, times their capacity; booked and used ones are of meetings. */
struct capacity_minutes {
	int64_t promised;  /* whatever closed them */
	int64_t offered;   /* those that nothing closed */
	int64_t confirmed; /* offered, and the unit or its deputy said so */
	int64_t booked;	   /* of meetings booked or recorded */
	int64_t used;	   /* of recorded ones to which the unit came */
};

/* Of one week, minutes. */
struct capacity_load {
	int64_t offered, booked;
};

/* Booked of the offered, to the nearest; more than 100 where meetings stand in closed holes.
 * FIGURE_NONE: nothing was offered. */
int capacity_percent(const struct capacity_load *load);

/* A unit's, an area's or all units' hours. */
struct capacity_row {
	const char *unit, *name; /* code and name; NULL: it is no unit's */
	const char *area;	 /* NULL: all areas */
	struct capacity_minutes minutes;
	struct capacity_load *weeks; /* as many as the period touches */
};

/* A unit that a search stood still for. */
struct capacity_obstacle {
	int64_t unit_id;
	const char *unit;
	int count; /* of searches that it stood in the way of */
};

/* A unit whose next free hole is later than families should wait. */
struct capacity_far {
	const char *unit, *area;
	int next_day; /* DAY_LAST: none in CAPACITY_DAYS_AHEAD days */
	int days;     /* from today */
};

/* Days from the call to the first hole that its units share. Hidden where fewer than 5 waited. */
struct capacity_wait {
	int count, median, p90;
};

struct capacity {
	int from_day, until_day; /* both included */
	int target_days;
	int monday; /* of the first week */
	size_t week_count;
	struct capacity_row all;
	struct capacity_row *areas, *units; /* in the order in which units were added */
	size_t area_count, unit_count;
	int found_none, found_late;	     /* searches, in the period */
	struct capacity_obstacle *obstacles; /* most often first */
	size_t obstacle_count;
	struct capacity_far *far; /* the latest first */
	size_t far_count;
	struct capacity_wait wait;
};

/* A meeting of one of its units. */
struct capacity_meeting {
	int64_t unit_id;
	int day, start, end;
	bool is_used; /* recorded, and the unit came */
};

struct capacity_meeting_list {
	struct capacity_meeting *items;
	size_t count;
};

/* What capacity is computed from. */
struct capacity_source {
	int from_day, until_day;
	struct unit_list units;
	struct unit_calendar *calendars; /* of the units, for the period */
	struct school_break_list breaks;
	struct capacity_meeting_list meetings; /* of the period, booked or recorded */
	struct finding_list findings;	       /* of the period */
	int now_day, now_minute, target_days;
	int ahead_day;		     /* the first on which a hole can be had */
	struct unit_calendar *ahead; /* of the units, CAPACITY_DAYS_AHEAD days from now_day */
};

/* The CAPACITY_WEEKS ISO weeks that end with this one's Sunday. */
int capacity_last_day(int today);
int capacity_first_day(int last_day);

/* ERROR_INVALID: the last comes before the first, or they are too many. */
bool capacity_days_check(int from_day, int until_day, struct error *err) MUST_CHECK;

/* All but the wait. Lists lie in the arena, texts are the source's. */
void capacity_compute(
	const struct capacity_source *source, struct arena *arena, struct capacity *capacity);

/* Puts the days in order. */
struct capacity_wait capacity_wait_of(int *days, size_t count);

#endif
