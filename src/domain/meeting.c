#include "kutsu/domain/meeting.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/domain/field.h"

#include <string.h>

#define FOLLOW_UP_MOST_WEEKS 52

bool meeting_has_unit(const struct meeting *meeting, const char *code)
{
	for (size_t i = 0; i < meeting->unit_count; i++) {
		if (strcmp(meeting->units[i], code) == 0)
			return true;
	}
	return false;
}

const char *meeting_shown_place(const struct meeting *meeting)
{
	return meeting->nondisclosure ? NULL : meeting->place;
}

static bool check_actions(const struct meeting_record *record, struct error *err)
{
	for (size_t i = 0; i < record->action_count; i++) {
		if (!field_check_given(_("who does it"), record->actions[i].who, FIELD_SHORT, err)
			|| !field_check_given(
				_("what was agreed"), record->actions[i].what, FIELD_LONG, err))
			return false;
	}
	return true;
}

static bool check_adults(const struct meeting_record *record, struct error *err)
{
	for (size_t i = 0; i < record->adult_count; i++) {
		if (!field_check_given(_("everyday adults"), record->adults[i], FIELD_SHORT, err))
			return false;
	}
	return true;
}

static bool check_follow_up(const struct meeting_record *record, struct error *err)
{
	int weeks = record->follow_up_within_weeks;

	if (weeks < 0 || weeks > FOLLOW_UP_MOST_WEEKS)
		return error_set(err, ERROR_INVALID,
			_("follow-up: %d weeks won't do; give 1 to %d"), weeks,
			FOLLOW_UP_MOST_WEEKS);
	if (record->follow_up_needed == KNOWN_NO && text_is_blank(record->follow_up_reason))
		return error_set(err, ERROR_INVALID,
			_("follow-up: the reason why none is needed is missing; give it"));
	return field_check(_("follow-up"), record->follow_up_reason, FIELD_LONG, err);
}

bool meeting_record_check(const struct meeting_record *record, struct error *err)
{
	return field_check(_("facilitator"), record->facilitator, FIELD_SHORT, err)
	       && field_check(_("strengths"), record->strengths, FIELD_LONG, err)
	       && field_check(_("vulnerabilities"), record->vulnerabilities, FIELD_LONG, err)
	       && field_check(_("notes"), record->notes, FIELD_LONG, err)
	       && check_adults(record, err) && check_actions(record, err)
	       && check_follow_up(record, err);
}

bool meeting_time_check(int start, int minutes, struct error *err)
{
	if (minutes < 1 || minutes > MEETING_MINUTES_LONGEST)
		return error_set(err, ERROR_INVALID,
			_("%d minutes won't do; a meeting takes 1 to %d"), minutes,
			MEETING_MINUTES_LONGEST);
	if (start + minutes > MINUTES_IN_DAY)
		return error_set(err, ERROR_INVALID,
			_("the meeting would end after midnight; begin earlier"));
	return true;
}
