#include "ical_parts_internal.h"

#include "kutsu/base/date.h"

#include <stdlib.h>

void ical_add(icalcomponent *component, icalproperty *property)
{
	icalcomponent_add_property(component, property);
}

void ical_add_local(icalcomponent *component, const char *zone, icalproperty *property)
{
	icalproperty_add_parameter(property, icalparameter_new_tzid(zone));
	ical_add(component, property);
}

icalproperty *ical_new_x(const char *name, const char *value)
{
	icalproperty *property = icalproperty_new_x(value);

	icalproperty_set_x_name(property, name);
	return property;
}

/* libical's own TZID has a prefix of its maker's, which others' calendars show or don't know. */
icalcomponent *ical_new_timezone(const char *zone)
{
	icaltimezone *builtin = icaltimezone_get_builtin_timezone(zone);
	icalcomponent *known = builtin ? icaltimezone_get_component(builtin) : NULL;
	icalcomponent *component;

	if (!known)
		return NULL;
	component = icalcomponent_new_clone(known);
	icalproperty_set_tzid(
		icalcomponent_get_first_property(component, ICAL_TZID_PROPERTY), zone);
	return component;
}

icalcomponent *ical_new_event(const char *zone, int64_t now, const char *uid, const char *summary,
	int day, int start, int end)
{
	icalcomponent *event = icalcomponent_vanew(ICAL_VEVENT_COMPONENT, icalproperty_new_uid(uid),
		icalproperty_new_dtstamp(ical_utc_time(now)), icalproperty_new_summary(summary),
		(void *)0);

	ical_add_local(event, zone, icalproperty_new_dtstart(ical_wall_time(day, start)));
	ical_add_local(event, zone, icalproperty_new_dtend(ical_wall_time(day, end)));
	return event;
}

struct icaltimetype ical_wall_time(int day, int minute)
{
	struct civil_date date = day_to_civil(day + minute / MINUTES_IN_DAY);
	struct icaltimetype time = icaltime_null_time();

	time.year = date.year;
	time.month = date.month;
	time.day = date.mday;
	time.hour = minute % MINUTES_IN_DAY / 60;
	time.minute = minute % 60;
	return time;
}

struct icaltimetype ical_utc_time(int64_t moment)
{
	return icaltime_from_timet_with_zone((time_t)moment, 0, icaltimezone_get_utc_timezone());
}

void ical_write_and_free(FILE *file, icalcomponent *component)
{
	char *text = icalcomponent_as_ical_string_r(component);

	fputs(text, file);
	free(text);
	icalcomponent_free(component);
}
