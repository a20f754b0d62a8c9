/*
 * What a unit has said of its promise: each hole is confirmed week by week. A promise that nobody
 * confirmed by the week's deadline can still be booked, but is marked (vahvistamatta).
 */
#ifndef KUTSU_DOMAIN_READINESS_H
#define KUTSU_DOMAIN_READINESS_H

#include "kutsu/domain/terms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEEK_WITHOUT_HOLE (-1) /* as an answer's start: of a week in which the unit has no hole */
#define PAUSE_LEAST_DAYS  7    /* a unit away for as long as this is paused, else it has declined */

/* What is to be done with what is booked in a hole that closes, where its unit can't decide. */
enum asked { ASKED_NOTHING, ASKED_MOVE, ASKED_CANCEL, ASKED };

/* Of the hole that begins then. */
struct readiness_answer {
	int64_t unit_id;
	int day, start;
	enum readiness state;	    /* unconfirmed, confirmed, deputy or declined */
	const char *note;	    /* this and the two below: or NULL */
	const char *person, *place; /* where they are other than the promise's */
	const char *answered_by;    /* login; read only, as the moment */
	int64_t answered_at;
};

struct readiness_answer_list {
	struct readiness_answer *items; /* by day and start */
	size_t count;
};

/* What was settled of a meeting whose hole closed, for one of its units. */
struct settlement {
	int64_t meeting_id, unit_id;
	int day, start;		/* the meeting's then */
	enum asked asks;	/* nothing: somebody goes */
	const char *person;	/* or NULL: the deputy */
	const char *settled_by; /* login; read only, as the moment */
	int64_t settled_at;
};

struct settlement_list {
	struct settlement *items;
	size_t count;
};

/* The answer for the hole, or NULL. */
const struct readiness_answer *readiness_find(
	const struct readiness_answer *answers, size_t count, int day, int start);

/* By when a week's holes are to be confirmed: a time in that same week. */
struct confirm_deadline {
	int weekday, minute;
};

/* As the setting has it: "1 09:00". */
bool confirm_deadline_parse(const char *text, struct confirm_deadline *deadline);
/* The deadline's day for a hole on `day`. */
int confirm_deadline_day(const struct confirm_deadline *deadline, int day);
bool confirm_deadline_is_past(
	const struct confirm_deadline *deadline, int day, int now_day, int now_minute);

#endif
