/* E-mails by way of GMime (RFC 5322, 2045, 2047): the only files that include it. */
#ifndef KUTSU_FORMAT_MAIL_INTERNAL_H
#define KUTSU_FORMAT_MAIL_INTERNAL_H

#include "kutsu/base/error.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

struct mail_parts {
	const char *from, *from_name; /* the name: or NULL */
	const char *to, *message_id;
	int64_t date;
	const char *subject, *body; /* UTF-8 */
	const char *calendar;	    /* iCalendar with CRLF, or NULL */
	const char *method;	    /* of the calendar */
};

/* The same parts make the same bytes, with CRLF, in the arena. */
const char *mail_write(const struct mail_parts *parts, struct arena *arena);

/* What a calendar's e-mail holds. */
struct mail_calendar {
	const char *from;  /* address of the first From */
	const char *bytes; /* of the first text/calendar part, decoded, UTF-8 */
	size_t length;
};

/*
 * Finds the calendar in an e-mail, in the arena. Any bytes at all are read in bounded time.
 * ERROR_INVALID: no e-mail, or one without a calendar in it.
 */
bool mail_read_calendar(const char *bytes, size_t length, struct arena *arena,
	struct mail_calendar *calendar, struct error *err) MUST_CHECK;

#endif
