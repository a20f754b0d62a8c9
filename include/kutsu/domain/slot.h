/*
 * A hole in the calendar (reikä kalenterissa): what a unit has promised, and what suspends or adds
 * to the promise. Days and minutes are on the wall clock; an until_day is the last day.
 */
#ifndef KUTSU_DOMAIN_SLOT_H
#define KUTSU_DOMAIN_SLOT_H

#include "kutsu/base/error.h"
#include "kutsu/domain/terms.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#define DAY_FIRST INT_MIN /* no beginning */
#define DAY_LAST  INT_MAX /* no end */

#define SLOT_CAPACITY_MOST 100

struct slot {
	int64_t id, unit_id;
	const char *unit; /* its code */
	int weekday;	  /* 1 is Monday */
	int start, end;	  /* minutes of the day */
	enum repeat repeat;
	int from_day, until_day;		   /* DAY_FIRST and DAY_LAST when open-ended */
	int capacity;				   /* meetings at once */
	const char *ready_person, *deputy, *place; /* or NULL */
	int64_t event_id;			   /* of an imported calendar, or 0 */
};

struct slot_list {
	struct slot *items;
	size_t count;
};

struct closing {
	int64_t id, unit_id;
	const char *unit;
	int from_day, until_day;
	int start, end; /* it closes the holes that overlap this time; 0 and 0: those of the whole
			   day */
	const char *reason; /* or NULL */
	int64_t event_id;   /* of an imported calendar, or 0 */
};

struct closing_list {
	struct closing *items;
	size_t count;
};

struct opening {
	int64_t id, unit_id;
	const char *unit;
	int day, start, end;
	int64_t event_id; /* of an imported calendar, or 0 */
};

struct opening_list {
	struct opening *items;
	size_t count;
};

struct school_break {
	int64_t id;
	const char *name;
	int from_day, until_day;
	const char *municipality; /* or NULL: everywhere */
};

struct school_break_list {
	struct school_break *items;
	size_t count;
};

/* Which weekday of its month a day is: 1 for the 1st to the 7th. */
int day_nth_weekday(int day);

int64_t closing_days(const struct closing *closing); /* how many it lasts */
/* Whether it closes a hole of that day and time. */
bool closing_covers(const struct closing *closing, int day, int start, int end);

/* By weekday, validity and repeat alone. Fortnights and months count from the first such weekday
 * on or after from_day. */
bool slot_falls_on(const struct slot *slot, int day);

/* Each is ERROR_INVALID, with what is wrong. */
bool slot_check(const struct slot *slot, struct error *err) MUST_CHECK;
bool times_check(int start, int end, struct error *err) MUST_CHECK; /* of one day */
bool days_check(int from, int until, struct error *err) MUST_CHECK;

/* The first day from `day` on which the slot falls, or DAY_LAST. */
int slot_next_day(const struct slot *slot, int day);

#endif
