#include "kutsu/format/ical_writer.h"

#include "ical_parts_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"

#include <assert.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#define CALENDAR_END "END:VCALENDAR\r\n"
#define REFRESH	     "PT1H"	   /* how often who subscribes to a file is to read it anew */
#define SPAN_DAYS    (2 * 366 + 7) /* two years from any day of its first week */
#define TEXT_SIZE    400

/* RFC 7986, 5.7: libical does not know it by name yet. */
static icalproperty *new_refresh(void)
{
	icalproperty *property = ical_new_x("REFRESH-INTERVAL", REFRESH);

	icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_DURATION));
	return property;
}

bool ical_begin(struct ical_writer *writer, const char *calendar_name, struct error *err)
{
	icalcomponent *rules = ical_new_timezone(writer->zone);
	icalcomponent *calendar;
	char *text;

	if (!rules)
		return error_set(err, ERROR_FAILED,
			_("the time zone %s has no rules on this computer; install tzdata"),
			writer->zone);
	calendar = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
		icalproperty_new_prodid("-//kutsu//kutsu//EN"),
		icalproperty_new_method(ICAL_METHOD_PUBLISH),
		ical_new_x("X-WR-CALNAME", calendar_name), new_refresh(),
		ical_new_x("X-PUBLISHED-TTL", REFRESH), rules, (void *)0);
	text = icalcomponent_as_ical_string_r(calendar);
	/* The events come between this and the end that ical_end() writes. */
	fwrite(text, 1, strlen(text) - strlen(CALENDAR_END), writer->file);
	free(text);
	icalcomponent_free(calendar);
	return true;
}

void ical_end(struct ical_writer *writer)
{
	fputs(CALENDAR_END, writer->file);
	icaltimezone_free_builtin_timezones();
}

static void format_meeting_summary(const struct meeting *meeting, char to[TEXT_SIZE])
{
	if (!meeting->case_code)
		snprintf(to, TEXT_SIZE, "%s", term_label(&meeting_kind_terms, (int)meeting->kind));
	else if (meeting->kind == MEETING_FOLLOW_UP)
		snprintf(to, TEXT_SIZE, _("Follow-up meeting %s"), meeting->case_code);
	else
		snprintf(to, TEXT_SIZE, _("Invited network meeting %s"), meeting->case_code);
}

void ical_meeting(struct ical_writer *writer, const struct meeting *meeting)
{
	const char *place = meeting_shown_place(meeting);
	char summary[TEXT_SIZE];
	icalcomponent *event;

	assert(meeting->uid && meeting->status != MEETING_HOLD);
	format_meeting_summary(meeting, summary);
	event = ical_new_event(writer->zone, writer->now, meeting->uid, summary, meeting->day,
		meeting->start, meeting->end);
	ical_add(event, icalproperty_new_sequence(meeting->sequence));
	ical_add(event, icalproperty_new_status(meeting->status == MEETING_CANCELLED
							? ICAL_STATUS_CANCELLED
							: ICAL_STATUS_CONFIRMED));
	ical_add(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
	if (meeting->changed_at)
		ical_add(event, icalproperty_new_lastmodified(ical_utc_time(meeting->changed_at)));
	if (place)
		ical_add(event, icalproperty_new_location(place));
	ical_write_and_free(writer->file, event);
}

/* RFC 5545 wants UNTIL in UTC where the start has a zone. */
static struct icaltimetype last_start(const struct ical_writer *writer, const struct slot *slot)
{
	struct icaltimetype last = ical_wall_time(slot->until_day, slot->start);

	last.zone = icaltimezone_get_builtin_timezone(writer->zone);
	return icaltime_convert_to_zone(last, icaltimezone_get_utc_timezone());
}

static icalproperty *new_rule(const struct ical_writer *writer, const struct slot *slot)
{
	static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	char text[64] = "FREQ=WEEKLY";
	struct icalrecurrencetype rule;

	if (slot->repeat == REPEAT_FORTNIGHTLY)
		snprintf(text, sizeof(text), "FREQ=WEEKLY;INTERVAL=2");
	else if (slot->repeat == REPEAT_MONTHLY)
		snprintf(text, sizeof(text), "FREQ=MONTHLY;BYDAY=%d%s",
			day_nth_weekday(slot->from_day), weekdays[slot->weekday - 1]);
	rule = icalrecurrencetype_from_string(text);
	if (slot->until_day != DAY_LAST)
		rule.until = last_start(writer, slot);
	return icalproperty_new_rrule(rule);
}

void ical_span(const struct ical_writer *writer, int *first_day, int *days)
{
	int today = zone_to_wall(writer->now).day;

	*first_day = today - day_weekday(today) + 1;
	*days = SPAN_DAYS;
}

static void add_closed_days(icalcomponent *event, const struct ical_writer *writer,
	const struct slot *slot, const struct unit_calendar *calendar,
	const struct school_break *breaks, size_t break_count)
{
	int first, days;

	ical_span(writer, &first, &days);
	for (int day = first; day < first + days; day++) {
		if (slot_falls_on(slot, day)
			&& calendar_closes(
				calendar, breaks, break_count, day, slot->start, slot->end))
			ical_add_local(event, writer->zone,
				icalproperty_new_exdate(ical_wall_time(day, slot->start)));
	}
}

/* By these our own import knows whose it is and how many meetings it holds. */
static void add_own_terms(icalcomponent *event, const char *unit, int capacity)
{
	char number[16];

	if (unit)
		ical_add(event, ical_new_x("X-KUTSU-UNIT", unit));
	snprintf(number, sizeof(number), "%d", capacity);
	if (capacity > 1)
		ical_add(event, ical_new_x("X-KUTSU-CAPACITY", number));
}

/* A hole is a promise, not an appointment: it leaves its owner's time free. */
static icalcomponent *new_hole(const struct ical_writer *writer, const char *uid,
	const char *summary, int day, int start, int end)
{
	icalcomponent *event =
		ical_new_event(writer->zone, writer->now, uid, summary, day, start, end);

	ical_add(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	return event;
}

void ical_slot(struct ical_writer *writer, const struct slot *slot, const char *unit_name,
	const struct unit_calendar *calendar, const struct school_break *breaks, size_t break_count)
{
	char uid[64], summary[TEXT_SIZE];
	int monday, days, first;
	icalcomponent *event;

	ical_span(writer, &monday, &days);
	first = slot_next_day(slot, slot->from_day == DAY_FIRST ? monday : slot->from_day);
	if (first == DAY_LAST)
		return;
	snprintf(uid, sizeof(uid), "slot-%lld@kutsu", (long long)slot->id);
	snprintf(summary, sizeof(summary), _("%s: hole in the calendar"), unit_name);
	event = new_hole(writer, uid, summary, first, slot->start, slot->end);
	add_own_terms(event, slot->unit, slot->capacity);
	if (slot->place)
		ical_add(event, icalproperty_new_location(slot->place));
	ical_add(event, new_rule(writer, slot));
	add_closed_days(event, writer, slot, calendar, breaks, break_count);
	ical_write_and_free(writer->file, event);
}

void ical_opening(struct ical_writer *writer, const struct opening *opening, const char *unit_name)
{
	char uid[64], summary[TEXT_SIZE];
	icalcomponent *event;

	snprintf(uid, sizeof(uid), "opening-%lld@kutsu", (long long)opening->id);
	snprintf(summary, sizeof(summary), _("%s: extra hole in the calendar"), unit_name);
	event = new_hole(writer, uid, summary, opening->day, opening->start, opening->end);
	add_own_terms(event, opening->unit, 1);
	ical_write_and_free(writer->file, event);
}
