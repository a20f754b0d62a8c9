/* What leaves: calls, cases, meetings, actions, slots, units as CSV, JSON, iCalendar or a
 * spreadsheet.
 */
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

enum export_format { EXPORT_CSV, EXPORT_JSON, EXPORT_ICS, EXPORT_XLSX, EXPORT_FORMATS };

bool export_what_parse(const char *text, enum export_what *what);
bool export_format_parse(const char *text, enum export_format *format);

/* What is to be written. */
struct export_order {
	enum export_what what;
	enum export_format format;
	const char *unit; /* its code; NULL: all */
	/* Bound calls by when they came, cases by when they were opened, meetings by their day,
	 * actions by their due day; DAY_FIRST and DAY_LAST: all. */
	int from_day, until_day;
	struct disclosure disclosure;
};

/*
 * Streams it to the file, row by row (a spreadsheet by way of a temporary file), and logs it as a
 * disclosure, before the first byte is written. A unit bounds meetings and slots, and
 * a contact may write those of an own one: its meetings have no case then, nor have any unit's in
 * iCalendar, whoever writes them.
 *
 * ERROR_INVALID  that thing has no such format, or belongs to no one unit; or a spreadsheet can't
 *                hold it
 * ERROR_NOT_FOUND  no such unit
 * ERROR_FAILED   the file can't be written
 */
bool export_write(struct session *session, const struct export_order *order, FILE *file,
	struct error *err) MUST_CHECK;

#endif
