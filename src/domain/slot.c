#include "kutsu/domain/slot.h"

#include "kutsu/base/date.h"

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
