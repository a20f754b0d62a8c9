/* What leaves: calls, cases, meetings, actions, slots, units, feedback and what was learned as CSV,
 * JSON, iCalendar or a spreadsheet.
 */
#ifndef KUTSU_SERVICE_EXPORTING_H
#define KUTSU_SERVICE_EXPORTING_H

#include "kutsu/format/pseudonym.h"
#include "kutsu/service/session.h"

#include <stdio.h>

enum export_what {
	EXPORT_CALLS,
	EXPORT_CASES,
	EXPORT_MEETINGS,
	EXPORT_ACTIONS,
	EXPORT_SLOTS,
	EXPORT_UNITS,
	EXPORT_FEEDBACK, /* each answer, of no meeting, unit or day: of its month */
	EXPORT_OBSERVATIONS,
	EXPORT_PHENOMENA,
	EXPORT_INITIATIVES,
	EXPORT_DECISIONS,
	EXPORTS
};

enum export_format { EXPORT_CSV, EXPORT_JSON, EXPORT_ICS, EXPORT_XLSX, EXPORT_FORMATS };

const char *export_what_name(enum export_what what); /* "meetings" */
bool export_what_parse(const char *text, enum export_what *what);
bool export_format_parse(const char *text, enum export_format *format);

/* That calls, cases, meetings or actions are to be written for research: see
 * kutsu/format/pseudonym.h. Cases under a non-disclosure order are left out, and all of theirs. */
struct export_pseudonyms {
	const char *key; /* borrowed; the key is nobody's but the county's, and is kept nowhere */
	size_t key_length;
	enum pseudonym_dates dates;
};

/* What is to be written. */
struct export_order {
	enum export_what what;
	enum export_format format;
	const char *unit; /* its code; NULL: all */
	/* Bound calls by when they came, cases by when they were opened, meetings by their day,
	 * actions by their due day; DAY_FIRST and DAY_LAST: all. */
	int from_day, until_day;
	struct disclosure disclosure;
	const struct export_pseudonyms *pseudonyms;   /* NULL: as it is */
	void (*progress)(void *context, size_t rows); /* told of each row; or NULL */
	void *progress_context;
};

/* The data dictionary of what is written for research, CSV. ERROR_INVALID: there is none of it */
bool export_write_dictionary(enum export_what what, enum pseudonym_dates dates, FILE *file,
	struct error *err) MUST_CHECK;

/*
 * Streams it to the file, row by row (a spreadsheet by way of a temporary file), and logs it as a
 * disclosure, before the first byte is written. A unit bounds meetings and slots, and
 * a contact may write those of an own one: its meetings have no case then, nor have any unit's in
 * iCalendar, whoever writes them.
 *
 * ERROR_INVALID  that thing has no such format, belongs to no one unit or is nothing for research;
 *                the key is too short; a spreadsheet can't hold it
 * ERROR_NOT_FOUND  no such unit
 * ERROR_FAILED   the file can't be written
 */
bool export_write(struct session *session, const struct export_order *order, FILE *file,
	struct error *err) MUST_CHECK;

#endif
