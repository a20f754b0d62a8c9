/* What may be typed into any field. */
#ifndef KUTSU_DOMAIN_FIELD_H
#define KUTSU_DOMAIN_FIELD_H

#include "kutsu/base/error.h"

#include <stddef.h>

#define FIELD_SHORT 200	  /* bytes: names, titles, places */
#define FIELD_LONG  20000 /* bytes: concerns, notes */

/*
 * Checks one text. NULL passes. `name` is the field as the user knows it.
 *
 * ERROR_INVALID  not UTF-8, control characters, longer than `most` bytes, or a personal identity
 *                code in it (none is stored: GDPR art. 5(1)(c))
 */
bool field_check(const char *name, const char *text, size_t most, struct error *err) MUST_CHECK;

/* As field_check, and it must not be blank. */
bool field_check_given(
	const char *name, const char *text, size_t most, struct error *err) MUST_CHECK;

#endif
