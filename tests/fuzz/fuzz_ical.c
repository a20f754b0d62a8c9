/* A calendar, as any other program may write it. */
#include "fuzz.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/utf8.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/field.h"
#include "kutsu/format/ical_reader.h"

#define ZONE "Europe/Helsinki"
#define DAYS 400

static void check_time(int start, int end)
{
	assert(start >= 0 && start < end && end <= MINUTES_IN_DAY);
}

/* What the database asks of a slot, too. */
static void check_slot(const struct slot *slot)
{
	struct error err;

	assert(slot->weekday >= 1 && slot->weekday <= 7);
	check_time(slot->start, slot->end);
	assert(slot->repeat < REPEATS && slot->capacity >= 1 && slot->capacity <= 100);
	assert(slot->from_day <= slot->until_day && day_weekday(slot->from_day) == slot->weekday);
	assert(field_check("place", slot->place, FIELD_SHORT, &err));
}

static void check_event(const struct ical_event *event, int first_day)
{
	assert(event->line > 0 && *event->uid && event->sequence >= 0);
	for (size_t i = 0; i < event->slot_count; i++)
		check_slot(&event->slots[i]);
	for (size_t i = 0; i < event->closing_count; i++) {
		const struct closing *closing = &event->closings[i];

		assert(closing->from_day <= closing->until_day && !closing->reason);
		if (closing->end)
			check_time(closing->start, closing->end);
		if (!event->is_hole)
			assert(closing->until_day >= first_day
				&& closing->from_day < first_day + DAYS);
	}
	for (size_t i = 0; i < event->opening_count; i++)
		check_time(event->openings[i].start, event->openings[i].end);
	assert(event->is_hole || event->slot_count + event->opening_count == 0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	zone_set(ZONE);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	int first_day = day_from_civil(2026, 11, 24);
	char *copy = malloc(size ? size : 1); /* with no NUL behind it */
	struct ical_reading reading;
	struct arena arena = { 0 };
	struct error err;

	assert(copy);
	if (size)
		memcpy(copy, bytes, size);
	if (ical_read(copy, size, ZONE, first_day, DAYS, &arena, &reading, &err)) {
		free(copy); /* the reading has no part of it */
		for (size_t i = 0; i < reading.event_count; i++)
			check_event(&reading.events[i], first_day);
		for (size_t i = 0; i < reading.trouble_count; i++) {
			assert(reading.troubles[i].line > 0);
			assert(utf8_is_valid(reading.troubles[i].reason));
			assert(!utf8_has_control(reading.troubles[i].reason));
		}
	} else {
		free(copy);
		assert(err.code == ERROR_INVALID && reading.refused_line > 0);
		assert(utf8_is_valid(err.text) && !utf8_has_control(err.text));
	}
	arena_release(&arena);
	return 0;
}
