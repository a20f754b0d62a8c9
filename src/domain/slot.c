#include "kutsu/domain/slot.h"

#include "kutsu/base/date.h"

int day_nth_weekday(int day)
{
	return (day_to_civil(day).mday - 1) / 7 + 1;
}

bool slot_falls_on(const struct slot *slot, int day)
{
	if (day < slot->from_day || day > slot->until_day || day_weekday(day) != slot->weekday)
		return false;
	switch (slot->repeat) {
	case REPEAT_FORTNIGHTLY:
		return (day - slot->from_day) % 14 == 0;
	case REPEAT_MONTHLY:
		return day_nth_weekday(day) == day_nth_weekday(slot->from_day);
	default:
		return true;
	}
}

int slot_next_day(const struct slot *slot, int day)
{
	if (day < slot->from_day)
		day = slot->from_day;
	day += (slot->weekday - day_weekday(day) + 7) % 7;
	/* A fifth weekday comes within 17 weeks: Monday 31.1.2028, then Monday 29.5.2028. */
	for (int week = 0; week < 17 && day <= slot->until_day; week++, day += 7) {
		if (slot_falls_on(slot, day))
			return day;
	}
	return DAY_LAST;
}
