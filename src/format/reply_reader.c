#include "kutsu/format/reply_reader.h"

#include "ical_reader_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/field.h"
#include "mail_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NAME_SIZE 200

static const char *const kept_names[] = { "ATTENDEE", "COMMENT", "DTSTAMP", "DTSTART",
	"RECURRENCE-ID", "SEQUENCE", "UID", NULL };

static bool refuse(const char *why, struct error *err)
{
	return error_set(err, ERROR_INVALID, "%s", why);
}

/* "mailto:seija@example.fi" */
static const char *address_of(struct arena *arena, const char *value)
{
	const char *address = strncasecmp(value, "mailto:", 7) == 0 ? value + 7 : value;

	return email_is_valid(address) ? arena_text(arena, address) : NULL;
}

static bool read_attendee(const struct ical_component *event, bool is_counter, struct arena *arena,
	struct reply *reply, struct error *err)
{
	static const struct {
		const char *status;
		enum answer answer;
	} known[] = { { "ACCEPTED", ANSWER_ACCEPTED }, { "DECLINED", ANSWER_DECLINED },
		{ "DELEGATED", ANSWER_DEPUTY } };
	const struct ical_line *found = NULL;
	char status[NAME_SIZE];

	for (size_t i = 0; i < event->count; i++) {
		if (strcmp(event->lines[i].name, "ATTENDEE") != 0)
			continue;
		/* Who answers by a deputy names the deputy, too; a counter may name everybody it
		 * knows of, which is the one we invited. */
		ical_parameter(&event->lines[i], "DELEGATED-FROM", status, sizeof(status));
		if (*status)
			continue;
		if (found)
			return refuse(
				_("the answer is of several people; each answers alone"), err);
		found = &event->lines[i];
	}
	reply->attendee = found ? address_of(arena, found->value) : NULL;
	if (!reply->attendee)
		return refuse(_("the answer does not say whose it is (ATTENDEE)"), err);
	if (is_counter) {
		reply->answer = ANSWER_COUNTER;
		return true;
	}
	ical_parameter(found, "PARTSTAT", status, sizeof(status));
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcasecmp(status, known[i].status) == 0) {
			reply->answer = known[i].answer;
			return true;
		}
	}
	return refuse(_("the answer says neither yes nor no; the unit is still waited for"), err);
}

static void read_comment(
	const struct ical_component *event, struct arena *arena, struct reply *reply)
{
	const struct ical_line *line = ical_line_of(event, "COMMENT");
	struct error ignored;
	char *text;

	if (!line)
		return;
	text = ical_text(arena, line->value);
	if (!utf8_is_valid(text))
		return;
	utf8_clean(text);
	/* A long one, or one with a personal identity code in it, is not kept. */
	if (!text_is_blank(text) && field_check("", text, FIELD_SHORT, &ignored))
		reply->note = text;
}

static bool read_stamp(const struct ical_component *event, struct reply *reply, struct error *err)
{
	const struct ical_line *line = ical_line_of(event, "DTSTAMP");
	struct ical_time time;

	if (!line || !ical_time_parse(line->value, ical_zone_utc(), &time) || time.is_date)
		return refuse(_("the answer does not say when it was given (DTSTAMP)"), err);
	reply->stamp = ical_to_moment(time.zone, time.day, time.minute) + time.second;
	return true;
}

static bool read_counter(struct ical_zones *zones, const struct ical_component *event,
	struct reply *reply, struct error *err)
{
	const struct ical_line *line = ical_line_of(event, "DTSTART");
	const struct ical_zone *zone = ical_zone_wall();
	char tzid[NAME_SIZE];
	struct ical_time time;
	struct ical_wall wall;

	if (line && *ical_parameter(line, "TZID", tzid, sizeof(tzid)))
		zone = ical_zone_find(zones, event->calendar, tzid);
	if (!line || !zone || !ical_time_parse(line->value, zone, &time) || time.is_date
		|| !ical_zone_has_day(time.zone, time.day))
		return refuse(_("the answer offers another time that can't be read"), err);
	wall = ical_to_wall(time.zone, time.day, time.minute);
	reply->counter_day = wall.day;
	reply->counter_start = wall.minute;
	return true;
}

static bool read_sequence(
	const struct ical_component *event, struct reply *reply, struct error *err)
{
	const struct ical_line *line = ical_line_of(event, "SEQUENCE");
	long sequence = 0;
	char *end;

	if (line) {
		sequence = strtol(line->value, &end, 10);
		if (*end || sequence < 0 || sequence > 1000000)
			return refuse(_("the answer's SEQUENCE can't be read"), err);
	}
	reply->sequence = (int)sequence;
	return true;
}

static bool read_event(struct ical_file *file, const char *zone, struct arena *arena,
	struct reply *reply, struct error *err)
{
	const char *method = file->calendars[0].method;
	bool is_counter = strcmp(method, "COUNTER") == 0, ok = true;
	const struct ical_component *event;
	const struct ical_line *uid;
	struct ical_zones zones;

	if (!is_counter && strcmp(method, "REPLY") != 0)
		return refuse(_("this is no answer to an invitation (METHOD is not REPLY or "
				"COUNTER)"),
			err);
	if (file->event_count != 1 || file->calendar_count != 1)
		return refuse(_("the answer is not of one meeting"), err);
	event = &file->events[0];
	uid = ical_line_of(event, "UID");
	if (!uid || text_is_blank(uid->value) || ical_line_of(event, "RECURRENCE-ID"))
		return refuse(_("the answer does not say which meeting it is of (UID)"), err);
	reply->uid = ical_text(arena, uid->value);
	read_comment(event, arena, reply);
	if (is_counter) {
		ical_zones_init(&zones, arena, zone, file);
		ok = read_counter(&zones, event, reply, err);
		ical_zones_release(&zones);
	}
	return ok && read_stamp(event, reply, err) && read_sequence(event, reply, err)
	       && read_attendee(event, is_counter, arena, reply, err);
}

static bool is_calendar(const char *bytes, size_t length)
{
	static const char beginning[] = "BEGIN:VCALENDAR";

	if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	while (length > 0 && strchr(" \t\r\n", *bytes)) {
		bytes++;
		length--;
	}
	return length >= sizeof(beginning) - 1
	       && strncasecmp(bytes, beginning, sizeof(beginning) - 1) == 0;
}

bool reply_read(const char *bytes, size_t length, const char *zone, struct arena *arena,
	struct reply *reply, struct error *err)
{
	struct mail_calendar mail = { .bytes = bytes, .length = length };
	struct ical_file file;
	int line = 0;
	char *copy;

	*reply = (struct reply) { 0 };
	if (length > REPLY_LARGEST)
		return error_set(err, ERROR_INVALID,
			_("the answer is larger than %d megabytes; send it without attachments"),
			REPLY_LARGEST / 1024 / 1024);
	if (!is_calendar(bytes, length)) {
		if (!mail_read_calendar(bytes, length, arena, &mail, err))
			return false;
		if (!mail.from)
			return refuse(
				_("the e-mail does not say from which one address it is"), err);
	}
	copy = arena_new(arena, mail.length + 1);
	memcpy(copy, mail.bytes, mail.length);
	if (!ical_file_read(copy, mail.length, kept_names, arena, &file, &line, err)
		|| !read_event(&file, zone, arena, reply, err)) {
		*reply = (struct reply) { 0 };
		return false;
	}
	reply->from = mail.from;
	return true;
}
