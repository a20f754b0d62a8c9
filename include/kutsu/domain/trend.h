/*
 * Whether an indicator is "moving" (liikkeessä): whether its months go up or down more than chance
 * would have it, and how sure that is.
 */
#ifndef KUTSU_DOMAIN_TREND_H
#define KUTSU_DOMAIN_TREND_H

#include "kutsu/domain/indicator.h"

#include <stddef.h>

#define TREND_MONTHS	   12
#define TREND_LEAST_MONTHS 6

enum movement {
	MOVEMENT_UNKNOWN, /* too few months are told */
	MOVEMENT_NONE,	  /* no more than chance would have it */
	MOVEMENT_MAYBE,	  /* chance would have as much in one of five such series, or more seldom */
	MOVEMENT_SURE,	  /* in one of twenty, or more seldom */
	MOVEMENTS
};

struct trend {
	enum movement movement;
	enum direction direction; /* in which it goes, where it may or does */
	int months;		  /* that are told */
	int chance_per_mille;	  /* how often chance alone would have as much of a movement */
};

/*
 * Mann-Kendall's test (Mann 1945; Kendall 1975), two-sided, by its exact distribution: of all pairs
 * of months, how many go up less how many go down, against all orders the months could have. Pairs
 * of equal months count as neither, which makes it say too little rather than too much. No size is
 * told and nothing is foretold. Months that are not told are left out; at most TREND_MONTHS.
 */
struct trend trend_of(enum indicator_kind kind, const struct measure *months, size_t count);

const char *movement_code(enum movement movement); /* "sure" */

/* "moves the right way, almost surely", translated; where no way is the right one, "goes up...". */
const char *trend_label(const struct trend *trend, enum direction right);
/* The same as one sign: an arrow, or "" where it does not move. */
const char *trend_sign(const struct trend *trend, bool utf8);

#endif
