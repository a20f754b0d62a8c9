/*
 * What went wrong: a code to branch on and one translated line to show.
 *
 * Functions that can fail return bool and take a struct error last; it is written only on
 * failure. The layer that knows the cause writes the text: lower case, no full stop, "what
 * happened; what to do", never personal data.
 */
#ifndef KUTSU_BASE_ERROR_H
#define KUTSU_BASE_ERROR_H

#include <stdbool.h>

#define MUST_CHECK __attribute__((warn_unused_result))

enum error_code {
	ERROR_NONE,
	ERROR_INVALID,	 /* the input is wrong: say what, change it */
	ERROR_NOT_FOUND, /* no such thing */
	ERROR_CONFLICT,	 /* somebody was first */
	ERROR_DENIED,	 /* not for this user */
	ERROR_DATABASE,	 /* the database can't be used */
	ERROR_BUSY,	 /* others have the database locked: try again */
	ERROR_FAILED	 /* anything else, a file that can't be written say */
};

struct error {
	enum error_code code;
	char text[400];
};

/*
 * Fills *err and returns false, so that a caller can `return error_set(...)`. What is quoted of the
 * input may hold anything and be cut anywhere ("%.40s"): the text is one clean line all the same.
 */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
