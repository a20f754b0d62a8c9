/*
 * The indicators (indikaattorit) of the monthly report: what each counts, in which unit, which way
 * is the right one, and under which of the five conditions of collective impact it stands (Kania &
 * Kramer 2011: common agenda, shared measurement, mutually reinforcing activities, continuous
 * communication, backbone support).
 */
#ifndef KUTSU_DOMAIN_INDICATOR_H
#define KUTSU_DOMAIN_INDICATOR_H

#include <stdbool.h>
#include <stdint.h>

enum condition {
	CONDITION_HEADLINE, /* the three figures that come first */
	CONDITION_COMMON_AGENDA,
	CONDITION_SHARED_MEASUREMENT,
	CONDITION_REINFORCING_ACTIVITIES,
	CONDITION_CONTINUOUS_COMMUNICATION,
	CONDITION_BACKBONE_SUPPORT,
	CONDITIONS
};

enum indicator {
	/* headline */
	INDICATOR_ACCESSIBILITY,
	INDICATOR_SATISFACTION,
	INDICATOR_CHILD_PARTICIPATION,
	/* common agenda */
	INDICATOR_CALLS,
	INDICATOR_NEEDING_MEETING,
	INDICATOR_REPEAT_CALLS,
	INDICATOR_HANDOFFS,
	/* shared measurement */
	INDICATOR_DELAY_MEDIAN,
	INDICATOR_DELAY_P90,
	INDICATOR_WITHIN_7,
	INDICATOR_WITHIN_14,
	INDICATOR_NPS,
	INDICATOR_FAMILY_ANSWERS,
	INDICATOR_CHILD_ANSWERS,
	INDICATOR_CHILD_SMILES,
	INDICATOR_WORKER_OPINION,
	/* mutually reinforcing activities */
	INDICATOR_NO_SHARED_HOLE,
	INDICATOR_SECTORS,
	INDICATOR_HOME_ACTIONS,
	INDICATOR_SCHOOL_ACTIONS,
	INDICATOR_LEISURE_ACTIONS,
	INDICATOR_ACTIONS_IN_TIME,
	INDICATOR_FOLLOW_UPS_HELD,
	/* continuous communication */
	INDICATOR_INVITATIONS_ANSWERED,
	INDICATOR_WORKER_ANSWERS,
	INDICATOR_UNIT_ANSWERS,
	INDICATOR_UNIT_OPINION,
	/* backbone support */
	INDICATOR_HOLES_PROMISED,
	INDICATOR_HOLES_CONFIRMED,
	INDICATOR_HOLES_USED,
	INDICATORS
};

enum indicator_kind {
	INDICATOR_COUNT,
	INDICATOR_DAYS,
	INDICATOR_SHARE, /* so many of n */
	INDICATOR_MEAN,	 /* a sum by n */
	INDICATOR_SCORE	 /* so many less so many, of n: -100 to 100 */
};

enum direction { DIRECTION_DOWN = -1, DIRECTION_NONE, DIRECTION_UP };

const char *condition_code(enum condition condition);  /* "common_agenda" */
const char *condition_label(enum condition condition); /* translated */

const char *indicator_code(enum indicator indicator);	    /* "delay_median" */
const char *indicator_label(enum indicator indicator);	    /* translated; this and the next */
const char *indicator_definition(enum indicator indicator); /* what is counted, in one sentence */
enum condition indicator_condition(enum indicator indicator);
enum indicator_kind indicator_kind(enum indicator indicator);
const char *indicator_kind_code(enum indicator_kind kind);    /* "share" */
enum direction indicator_direction(enum indicator indicator); /* the right one */
/* Whether small ones of it would tell of people. */
bool indicator_is_of_people(enum indicator indicator);
bool indicator_parse(const char *code, enum indicator *indicator);

#define MEASURE_HIDDEN (-1) /* a value, or n, that is not shown */
#define MEASURE_NONE   (-2) /* a value: there is nothing to tell */

/* One month of an indicator, as counted: nothing is rounded until it is shown. */
struct measure {
	int value;  /* a count, days, how many of n, a sum, or the plus of a score */
	int less;   /* the minus of a score */
	int n;	    /* of a count 0 */
	int people; /* who stand behind it, where they are fewer than n */
};

/* Whether it is neither hidden nor none. */
bool measure_is_told(const struct measure *measure);

/* What is told, in hundredths, to the nearest: of a share, per cent. Only where it is told. */
int64_t measure_hundredths(enum indicator_kind kind, const struct measure *measure);

/* The sign of a - b, exactly. Both are told. */
int measure_compare(enum indicator_kind kind, const struct measure *a, const struct measure *b);

/*
 * Hides what would tell of fewer than five people: n itself, a share of which fewer than five are
 * in or out, a mean of fewer than five, a score from which the small part of n could be solved.
 */
void measure_suppress(enum indicator indicator, struct measure *measure);

#endif
