/*
 * iCalendar (RFC 5545) as it comes, every byte by way of libical: meetings and slots, with no
 * personal data in them. Times are in the installation's zone, with its VTIMEZONE. Written to a
 * file, it can be subscribed to.
 */
#ifndef KUTSU_FORMAT_ICAL_WRITER_H
#define KUTSU_FORMAT_ICAL_WRITER_H

#include "kutsu/base/error.h"
#include "kutsu/format/row.h"

#include <stdio.h>

struct ical_writer {
	FILE *file;	  /* borrowed */
	const char *zone; /* "Europe/Helsinki" */
	int64_t now;	  /* DTSTAMP */
};

/* ERROR_FAILED: libical does not know the zone. */
bool ical_begin(
	struct ical_writer *writer, const char *calendar_name, struct error *err) MUST_CHECK;
void ical_end(struct ical_writer *writer);

/* The days for which ical_slot() looks at the unit's calendar: two years from the Monday of the
 * writer's week. */
void ical_span(const struct ical_writer *writer, int *first_day, int *days);

/* Not a hold. Summary: the kind of meeting and the case's number, if told; the shown place;
 * STATUS. */
void ical_meeting(struct ical_writer *writer, const struct meeting *meeting);

/*
 * A slot as one VEVENT with RRULE (weekly, fortnightly or monthly by nth weekday, UNTIL) and an
 * EXDATE for every occurrence its unit is closed on in the days of ical_span(): the calendar must
 * have their closings. LOCATION is its place, X-KUTSU-UNIT its unit's code, X-KUTSU-CAPACITY its
 * capacity where that is more than 1. UID "slot-ID@kutsu". A slot without a beginning starts in the
 * writer's week.
 */
void ical_slot(struct ical_writer *writer, const struct slot *slot, const char *unit_name,
	const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count);

/* An extra opening, a single VEVENT. */
void ical_opening(struct ical_writer *writer, const struct opening *opening, const char *unit_name);

#endif
