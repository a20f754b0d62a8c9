#include "kutsu/format/letter.h"

#include "ical_parts_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "mail_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMNS  14
#define LETTER_COLUMNS 72

static bool is_cancelled(const struct letter *letter)
{
	return letter->kind == MESSAGE_CANCEL || letter->meeting->status == MEETING_CANCELLED;
}

static const char *time_text(const struct letter *letter, struct arena *arena)
{
	const struct meeting *meeting = letter->meeting;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	return arena_printf(arena, "%s %s", local_weekday_day(meeting->day, day),
		local_clock_span(meeting->start, meeting->end, span));
}

static const char *kind_text(const struct letter *letter)
{
	return letter->meeting->kind == MEETING_FOLLOW_UP ? _("Follow-up meeting")
							  : _("Invited network meeting");
}

static const char *subject(const struct letter *letter, struct arena *arena)
{
	const char *time = time_text(letter, arena);
	long long number = (long long)letter->meeting->id;

	if (letter->kind == MESSAGE_FAMILY && is_cancelled(letter))
		return arena_printf(arena, _("The meeting is cancelled: %s"), time);
	if (letter->kind == MESSAGE_FAMILY && letter->is_new_time)
		return arena_printf(arena, _("The meeting has a new time: %s"), time);
	if (letter->kind == MESSAGE_FAMILY)
		return arena_printf(arena, _("The meeting we agreed on: %s"), time);
	if (is_cancelled(letter))
		return arena_printf(
			arena, _("Cancelled: %s %lld, %s"), kind_text(letter), number, time);
	if (letter->kind == MESSAGE_REMINDER)
		return arena_printf(
			arena, _("Reminder: %s %lld, %s"), kind_text(letter), number, time);
	if (letter->is_new_time)
		return arena_printf(
			arena, _("New time: %s %lld, %s"), kind_text(letter), number, time);
	return arena_printf(arena, "%s %lld, %s", kind_text(letter), number, time);
}

static void put_row(struct text *text, const char *label, const char *value)
{
	int columns = utf8_width(label);

	if (!value || !*value)
		return;
	text_format(text, "%s%*s%s\n", label, columns < LABEL_COLUMNS ? LABEL_COLUMNS - columns : 1,
		"", value);
}

static void put_facts(const struct letter *letter, struct text *text, struct arena *arena)
{
	const struct meeting *meeting = letter->meeting;
	const char *place = meeting_shown_place(meeting);

	put_row(text, _("Time"), time_text(letter, arena));
	if (letter->kind == MESSAGE_CANCEL) /* it may be the place of another time */
		place = NULL;
	else if (!place)
		place = meeting->nondisclosure ? _("told by phone") : _("told later");
	put_row(text, _("Place"), place);
	put_row(text, _("Meeting no."), arena_printf(arena, "%lld", (long long)meeting->id));
	put_row(text, _("Invited by"),
		letter->region
			? arena_printf(arena, _("the family's coordinator, %s"), letter->region)
			: _("the family's coordinator"));
	put_row(text, _("Phone"), letter->phone);
}

/* A paragraph, in lines that every mail program shows whole. */
static void put_paragraph(struct text *text, const char *paragraph)
{
	size_t at = 0, end, next;

	while (paragraph[at]) {
		end = utf8_wrap(paragraph, at, LETTER_COLUMNS, &next);
		text_format(text, "%.*s\n", (int)(end - at), paragraph + at);
		at = next;
	}
}

static const char *unit_opening(const struct letter *letter)
{
	if (letter->kind == MESSAGE_CANCEL)
		return letter->meeting->status == MEETING_CANCELLED
			       ? _("The meeting is cancelled.")
			       : _("Your unit is not needed in this meeting any more.");
	if (letter->kind == MESSAGE_REMINDER)
		return _("The family and the coordinator are waiting for your answer.");
	if (letter->is_new_time)
		return _("The meeting has another time now. Please answer anew.");
	if (letter->meeting->kind == MEETING_FOLLOW_UP)
		return _("Your unit is invited to a follow-up meeting, at a time that you have "
			 "promised.");
	return _("Your unit is invited to a family's network meeting, at a time that you have "
		 "promised.");
}

static void put_unit_body(const struct letter *letter, struct text *text, struct arena *arena)
{
	put_paragraph(text, unit_opening(letter));
	text_add(text, "\n");
	put_facts(letter, text, arena);
	if (letter->kind == MESSAGE_CANCEL)
		return;
	text_add(text, "\n");
	put_paragraph(text,
		_("Please answer by the buttons of the calendar's invitation, in the program "
		  "kutsu or by phone: comes, the deputy comes, can't come, or another time."));
	text_add(text, "\n");
	put_paragraph(text,
		_("This message tells nothing of the family on purpose. Please write nothing of "
		  "it in your answer either."));
}

static const char *family_opening(const struct letter *letter)
{
	if (is_cancelled(letter))
		return _("The meeting that we agreed on is cancelled. If you want a new time, "
			 "please call.");
	if (letter->is_new_time)
		return _("The meeting that we agreed on has a new time. The time that you were "
			 "told before does not hold any more.");
	return _("You are invited to a meeting. We sit down together and agree on what helps in "
		 "everyday life. Those whom we agreed on with you will be there.");
}

static void put_family_body(const struct letter *letter, struct text *text, struct arena *arena)
{
	put_paragraph(text, _("Hello!"));
	text_add(text, "\n");
	put_paragraph(text, family_opening(letter));
	text_add(text, "\n");
	put_facts(letter, text, arena);
	if (is_cancelled(letter))
		return;
	text_add(text, "\n");
	put_paragraph(text,
		_("If the time does not suit you, or you want to ask something, please call. You "
		  "may bring along somebody who matters to you."));
}

/* Dates and words are those of the letter's language, whoever writes it. */
static const char *in_its_language(const struct letter *letter, struct arena *arena,
	const char *(*make)(const struct letter *letter, struct arena *arena))
{
	enum language before = message_language();
	const char *text;

	message_set_language(letter->language);
	text = make(letter, arena);
	message_set_language(before);
	return text;
}

static const char *body(const struct letter *letter, struct arena *arena)
{
	struct text text = { 0 };
	const char *kept;

	if (letter->is_demo)
		text_format(&text, "%s\n\n", _("DEMONSTRATION DATA - INVENTED"));
	if (letter->kind == MESSAGE_FAMILY)
		put_family_body(letter, &text, arena);
	else
		put_unit_body(letter, &text, arena);
	kept = arena_text(arena, text_get(&text));
	text_release(&text);
	return kept;
}

const char *letter_subject(const struct letter *letter, struct arena *arena)
{
	return in_its_language(letter, arena, subject);
}

const char *letter_body(const struct letter *letter, struct arena *arena)
{
	return in_its_language(letter, arena, body);
}

static const char *summary(const struct letter *letter, struct arena *arena)
{
	return arena_printf(arena, "%s %lld", kind_text(letter), (long long)letter->meeting->id);
}

static icalproperty *new_attendee(const struct letter *letter, struct arena *arena)
{
	icalproperty *attendee =
		icalproperty_new_attendee(arena_printf(arena, "mailto:%s", letter->to));

	icalproperty_add_parameter(attendee, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
	if (letter->kind == MESSAGE_CANCEL)
		return attendee;
	icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
	icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
	return attendee;
}

static icalcomponent *new_alarm(const struct letter *letter, const char *text)
{
	struct icaltriggertype trigger = icaltriggertype_from_int(-60 * letter->alarm_minutes);

	return icalcomponent_vanew(ICAL_VALARM_COMPONENT,
		icalproperty_new_action(ICAL_ACTION_DISPLAY), icalproperty_new_trigger(trigger),
		icalproperty_new_description(text), (void *)0);
}

static icalcomponent *new_event(const struct letter *letter, struct arena *arena)
{
	const struct meeting *meeting = letter->meeting;
	const char *place = meeting_shown_place(meeting);
	const char *title = in_its_language(letter, arena, summary);
	icalcomponent *event = ical_new_event(letter->zone, letter->stamp, meeting->uid, title,
		meeting->day, meeting->start, meeting->end);

	ical_add(event, icalproperty_new_sequence(letter->sequence));
	ical_add(event, icalproperty_new_organizer(arena_printf(arena, "mailto:%s", letter->from)));
	ical_add(event, new_attendee(letter, arena));
	ical_add(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
	ical_add(event,
		icalproperty_new_status(letter->kind == MESSAGE_CANCEL ? ICAL_STATUS_CANCELLED
								       : ICAL_STATUS_CONFIRMED));
	ical_add(event, icalproperty_new_description(letter_body(letter, arena)));
	if (place && letter->kind != MESSAGE_CANCEL)
		ical_add(event, icalproperty_new_location(place));
	if (letter->alarm_minutes && letter->kind != MESSAGE_CANCEL)
		icalcomponent_add_component(event, new_alarm(letter, title));
	return event;
}

bool letter_calendar(
	const struct letter *letter, struct arena *arena, const char **calendar, struct error *err)
{
	icalcomponent *zone, *whole;
	char *text;

	*calendar = NULL;
	if (letter->kind == MESSAGE_FAMILY)
		return true;
	assert(letter->to);
	zone = ical_new_timezone(letter->zone);
	if (!zone)
		return error_set(err, ERROR_FAILED,
			_("the time zone %s has no rules on this computer; install tzdata"),
			letter->zone);
	whole = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
		icalproperty_new_prodid("-//kutsu//kutsu//EN"),
		icalproperty_new_method(
			letter->kind == MESSAGE_CANCEL ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST),
		zone, new_event(letter, arena), (void *)0);
	text = icalcomponent_as_ical_string_r(whole);
	*calendar = arena_text(arena, text);
	free(text);
	icalcomponent_free(whole);
	icaltimezone_free_builtin_timezones();
	return true;
}

bool letter_mail(
	const struct letter *letter, struct arena *arena, const char **mail, struct error *err)
{
	struct mail_parts parts = { .from = letter->from,
		.from_name = letter->region,
		.to = letter->to,
		.message_id = letter->message_id,
		.date = letter->stamp,
		.subject = letter_subject(letter, arena),
		.body = letter_body(letter, arena),
		.method = letter->kind == MESSAGE_CANCEL ? "CANCEL" : "REQUEST" };

	assert(letter->to && letter->message_id);
	*mail = NULL;
	if (!letter_calendar(letter, arena, &parts.calendar, err))
		return false;
	*mail = mail_write(&parts, arena);
	return true;
}
