/* The family's own limits: what times do not suit. */
#ifndef KUTSU_DOMAIN_LIMITS_H
#define KUTSU_DOMAIN_LIMITS_H

#include "kutsu/base/error.h"
#include "kutsu/base/text.h"

struct family_limits {
	unsigned not_weekdays; /* bit 1 << weekday, Monday is 1 */
	int after, before;     /* nothing starts before `after` or ends after `before` */
};

struct family_limits family_limits_none(void); /* 0:00 to 24:00, every day */

/*
 * Reads what a coordinator types into "Ei sovi": weekdays ("ma, pe", "ma-ke", "maanantai") and
 * "klo 15 jälkeen" or "ennen klo 9", in any of the three languages whichever is in use. Where
 * that is English, two weekdays of the others are English words: "on" is no Wednesday, and "to" is
 * no Thursday between two weekdays ("Mon to Wed").
 *
 * ERROR_INVALID  a word is not understood, a time is not said to be before or after, one of the
 *                two is said twice, or nothing would be left; *limits holds what was understood
 */
bool family_limits_parse(
	const char *text, struct family_limits *limits, struct error *err) MUST_CHECK;

/* The same in the language in use, readable by the above. */
void family_limits_format(const struct family_limits *limits, struct text *text);

#endif
