/* What is written of calendars by way of libical: of whole calendars and of single invitations. */
#ifndef KUTSU_FORMAT_ICAL_PARTS_INTERNAL_H
#define KUTSU_FORMAT_ICAL_PARTS_INTERNAL_H

#include <libical/ical.h>
#include <stdint.h>
#include <stdio.h>

/* A component takes what is added to it. */
void ical_add(icalcomponent *component, icalproperty *property);
/* A time on the wall clock of the zone. */
void ical_add_local(icalcomponent *component, const char *zone, icalproperty *property);
icalproperty *ical_new_x(const char *name, const char *value);

/* The VTIMEZONE of that name, or NULL where libical does not know the zone. */
icalcomponent *ical_new_timezone(const char *zone);
/* `now` is the DTSTAMP. */
icalcomponent *ical_new_event(const char *zone, int64_t now, const char *uid, const char *summary,
	int day, int start, int end);

struct icaltimetype ical_wall_time(int day, int minute);
struct icaltimetype ical_utc_time(int64_t moment);

void ical_write_and_free(FILE *file, icalcomponent *component);

#endif
