/*
 * iCalendar (RFC 5545) as other programs write it: what an event says of a unit's holes. Any bytes
 * at all are either read or refused with their line, in bounded time and memory; an event that
 * can't be taken is a trouble of its own and spoils no other.
 *
 * An event whose summary or category says that it is a hole becomes slots (weekly, fortnightly,
 * monthly on the nth weekday), closings (EXDATE, moved and cancelled occurrences) and openings
 * (RDATE, single and moved occurrences). Every other event that takes its owner's time becomes
 * closings. Times come on the wall clock of the process's zone. Of the texts only a hole's place
 * is kept.
 */
#ifndef KUTSU_FORMAT_ICAL_READER_H
#define KUTSU_FORMAT_ICAL_READER_H

#include "kutsu/base/error.h"
#include "kutsu/domain/slot.h"

#include <stddef.h>

struct arena;

#define ICAL_LARGEST	 (16 * 1024 * 1024) /* bytes */
#define ICAL_MOST_EVENTS 100000
#define ICAL_MOST_OF_UID 10000 /* more of one UID are a trouble */

/* All that stands under one UID: nothing where it is cancelled. Without unit and ids. */
struct ical_event {
	int line; /* of its first BEGIN:VEVENT */
	const char *uid;
	int sequence;
	bool is_hole;
	bool is_part;	  /* occurrences of a series that is not in the file itself */
	const char *unit; /* that it names (X-KUTSU-UNIT), or NULL */
	struct slot *slots;
	size_t slot_count;
	/* Of a hole: its occurrences that are not. Else when its owner is busy in the days that
	 * were asked for, by the time on one day or, without a time, as whole days. */
	struct closing *closings;
	size_t closing_count;
	struct opening *openings;
	size_t opening_count;
};

/* What can't be taken. */
struct ical_trouble {
	int line;
	const char *reason; /* translated */
};

struct ical_reading {
	struct ical_event *events; /* in the file's order */
	size_t event_count;
	struct ical_trouble *troubles; /* in no order */
	size_t trouble_count;
	const char **uids; /* of all its events, be they taken or not */
	size_t uid_count;
	bool names_hole;  /* an event that says that it is a hole, be it taken or not */
	int refused_line; /* where the file is refused as a whole */
};

/*
 * Reads all of it into the arena. `zone` is the name of the process's zone. Busy times are looked
 * for in the `days` days from first_day.
 *
 * ERROR_INVALID  it is no iCalendar file, broken off, or too large; reading->refused_line tells
 *                where, the text why
 */
bool ical_read(const char *bytes, size_t length, const char *zone, int first_day, int days,
	struct arena *arena, struct ical_reading *reading, struct error *err) MUST_CHECK;

#endif
