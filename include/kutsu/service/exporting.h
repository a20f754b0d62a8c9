/* What leaves: calls, cases, meetings, actions, slots, units as CSV, JSON or iCalendar. */
#ifndef KUTSU_SERVICE_EXPORTING_H
#define KUTSU_SERVICE_EXPORTING_H

#include "kutsu/service/session.h"

#include <stdio.h>

enum export_what {
	EXPORT_CALLS,
	EXPORT_CASES,
	EXPORT_MEETINGS,
	EXPORT_ACTIONS,
	EXPORT_SLOTS,
	EXPORT_UNITS,
	EXPORTS
};

enum export_format { EXPORT_CSV, EXPORT_JSON, EXPORT_ICS, EXPORT_FORMATS };

bool export_what_parse(const char *text, enum export_what *what);
bool export_format_parse(const char *text, enum export_format *format);

/*
 * Streams it to the file, row by row, and logs it as a disclosure. Days bound calls by when they
 * came, cases by when they were opened, meetings by their day, actions by their due day, and are
 * DAY_FIRST and DAY_LAST for all. `unit` (NULL: all) bounds slots. It is logged before the first
 * byte is written.
 *
 * ERROR_INVALID  that thing has no such format, or belongs to no one unit
 * ERROR_NOT_FOUND  no such unit
 * ERROR_FAILED   the file can't be written
 */
bool export_write(struct session *session, enum export_what what, enum export_format format,
	const char *unit, int from_day, int until_day, const struct disclosure *disclosure,
	FILE *file, struct error *err) MUST_CHECK;

#endif
