#include "kutsu/domain/slot.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"

int day_nth_weekday(int day)
{
	return (day_to_civil(day).mday - 1) / 7 + 1;
}

/* The first day from `day` on that has the slot's weekday. */
int64_t closing_days(const struct closing *closing)
{
	return (int64_t)closing->until_day - closing->from_day + 1;
}

bool closing_covers(const struct closing *closing, int day, int start, int end)
{
	if (day < closing->from_day || day > closing->until_day)
		return false;
	return closing->end == 0 || (closing->start < end && start < closing->end);
}

static int next_weekday(const struct slot *slot, int day)
{
	return day + (slot->weekday - day_weekday(day) + 7) % 7;
}

/* Of a day that is valid and has the slot's weekday. */
static bool repeats_on(const struct slot *slot, int day)
{
	switch (slot->repeat) {
	case REPEAT_FORTNIGHTLY:
		return (day - next_weekday(slot, slot->from_day)) % 14 == 0;
	case REPEAT_MONTHLY:
		return day_nth_weekday(day) == day_nth_weekday(next_weekday(slot, slot->from_day));
	default:
		return true;
	}
}

bool slot_falls_on(const struct slot *slot, int day)
{
	return day >= slot->from_day && day <= slot->until_day && day_weekday(day) == slot->weekday
	       && repeats_on(slot, day);
}

int slot_next_day(const struct slot *slot, int day)
{
	if (day < slot->from_day)
		day = slot->from_day;
	day = next_weekday(slot, day);
	/* A fifth weekday comes within 17 weeks: Monday 31.1.2028, then Monday 29.5.2028. */
	for (int week = 0; week < 17 && day <= slot->until_day; week++, day += 7) {
		if (repeats_on(slot, day))
			return day;
	}
	return DAY_LAST;
}

bool times_check(int start, int end, struct error *err)
{
	if (start < 0 || end > MINUTES_IN_DAY || start >= end)
		return error_set(err, ERROR_INVALID, _("the end must be later than the start"));
	return true;
}

bool days_check(int from, int until, struct error *err)
{
	if (until < from)
		return error_set(
			err, ERROR_INVALID, _("the last day must not come before the first day"));
	return true;
}

bool slot_check(const struct slot *slot, struct error *err)
{
	if (slot->weekday < 1 || slot->weekday > 7)
		return error_set(err, ERROR_INVALID, _("a weekday is 1 (Monday) to 7 (Sunday)"));
	if (slot->repeat != REPEAT_WEEKLY && slot->from_day == DAY_FIRST)
		return error_set(err, ERROR_INVALID,
			_("a hole that is not weekly needs its first day; give it with --from"));
	if (slot->repeat != REPEAT_WEEKLY && day_weekday(slot->from_day) != slot->weekday)
		return error_set(err, ERROR_INVALID,
			_("the first day is not on the hole's weekday; they must agree"));
	if (slot->capacity < 1 || slot->capacity > SLOT_CAPACITY_MOST)
		return error_set(
			err, ERROR_INVALID, _("the capacity is 1 to %d"), SLOT_CAPACITY_MOST);
	return times_check(slot->start, slot->end, err)
	       && days_check(slot->from_day, slot->until_day, err)
	       && field_check(_("ready person"), slot->ready_person, FIELD_SHORT, err)
	       && field_check(_("deputy"), slot->deputy, FIELD_SHORT, err)
	       && field_check(_("place"), slot->place, FIELD_SHORT, err);
}
