/*
 * From observation (havainto) to phenomenon (ilmiö), initiative (aloite) and decision (linjaus),
 * and back to everyone as a notice. Observations know nobody; persons group them, the program
 * suggests.
 */
#ifndef KUTSU_DOMAIN_LEARNING_H
#define KUTSU_DOMAIN_LEARNING_H

#include "kutsu/base/error.h"
#include "kutsu/domain/indicator.h"
#include "kutsu/domain/terms.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

#define OBSERVATION_LONGEST 300 /* bytes: one line */
#define PARTNERS_LEAST	    2
#define NO_TARGET	    INT64_MIN

struct observation {
	int64_t id;
	int day;
	const char *text, *place; /* place: or NULL */
	const char *sector;	  /* its code, or NULL */
	int64_t phenomenon_id;	  /* 0: in none yet */
};

struct observation_list {
	struct observation *items;
	size_t count;
};

struct phenomenon {
	int64_t id;
	const char *title;
	const char *indicator;	    /* code, or NULL */
	int opened_day, closed_day; /* closed_day DAY_LAST: open */
	const char *closed_reason;
	int observations; /* how many */
	int places;	  /* from how many */
};

struct phenomenon_list {
	struct phenomenon *items;
	size_t count;
};

struct initiative_step {
	int64_t id;
	const char *what;
	int due_day, done_day; /* DAY_LAST: none, not done */
};

struct initiative_feedback {
	int day;
	bool is_of_families; /* else of workers */
	int value;	     /* 1 to 5 */
	const char *text;    /* or NULL */
};

struct initiative {
	int64_t id;
	int64_t phenomenon_id; /* 0: none */
	const char *title, *text, *pilot_area, *owner;
	int from_day, until_day; /* until_day DAY_LAST: open */
	enum initiative_status status;
	const char *const *partners;
	size_t partner_count;
	struct initiative_step *steps;
	size_t step_count;
	struct initiative_feedback *feedback;
	size_t feedback_count;
};

struct initiative_list {
	struct initiative *items;
	size_t count;
};

struct decision {
	int64_t id;
	int64_t group_id, initiative_id; /* initiative_id 0: none */
	const char *group;		 /* its name */
	int day, from_day;
	const char *text, *reason, *child_effect;
	const char *indicator; /* code, or NULL */
	int64_t target;	       /* hundredths; NO_TARGET */
	int target_day;	       /* DAY_LAST: none */
	int seen, users;       /* how many have seen it, of all who work now */
	bool is_seen;	       /* by who asks */
};

struct decision_list {
	struct decision *items;
	size_t count;
};

struct seat {
	int64_t id;
	const char *name, *elector, *member; /* elector, member: or NULL */
	int until_day;			     /* DAY_LAST: without end */
};

struct leadership_group {
	int64_t id;
	const char *name, *area; /* area NULL: the county's */
	int64_t parent_id;	 /* 0: none above it */
	struct seat *seats;
	size_t seat_count;
};

struct leadership_group_list {
	struct leadership_group *items;
	size_t count;
};

/* Nobody sits there, or the member's term is over. */
bool seat_is_missing(const struct seat *seat, int today);

/* Each ERROR_INVALID: a text is missing, too long or holds a personal identity code; an indicator
 * that is none; days that can't be; an initiative of fewer than two partners; a target without its
 * indicator. */
bool observation_check(const struct observation *observation, struct error *err) MUST_CHECK;
bool phenomenon_check(const struct phenomenon *phenomenon, struct error *err) MUST_CHECK;
bool initiative_check(const struct initiative *initiative, struct error *err) MUST_CHECK;
bool decision_check(const struct decision *decision, struct error *err) MUST_CHECK;

/*
 * How much two observations have in common: for each word of four letters or more that begins as
 * one of the other's does (five letters; Finnish bends its words at the end) 2, for the same place
 * 1. A hint for a person, nothing more.
 */
int observation_likeness(const struct observation *a, const struct observation *b);

#define LIKENESS_LEAST 2 /* to be suggested */

/* Observations that may be of one phenomenon: groups[i] is the number, from 1 on, of the group of
 * the i-th, or 0 where it is like no other. Returns how many groups there are. */
int observation_suggest(const struct observation_list *list, int *groups);

#endif
