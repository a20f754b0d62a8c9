#include "pieces_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/domain/meeting.h"

#include <stdlib.h>

static int longest_free(const int room[MINUTES_OF_ROOM], int start, int end)
{
	int longest = 0, run = 0;

	for (int minute = start; minute < end; minute++) {
		run = room[minute] > 0 ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static int count_booked(const struct unit_calendar *calendar, const struct piece *piece)
{
	int count = 0;

	for (size_t i = 0; i < calendar->occupation_count; i++) {
		const struct occupation *o = &calendar->occupations[i];

		count += !o->is_hold && o->day == piece->day && o->start < piece->end
			 && piece->start < o->end;
	}
	return count;
}

static enum occurrence_state occurrence_state_of(const struct unit_calendar *calendar,
	const struct piece *pieces, size_t count, const struct piece *piece)
{
	int length = piece->end - piece->start;
	int enough = length < MEETING_MINUTES_DEFAULT ? length : MEETING_MINUTES_DEFAULT;
	int room[MINUTES_OF_ROOM];

	if (piece->is_closed)
		return OCCURRENCE_CLOSED;
	room_fill_minutes(calendar, pieces, count, true, room);
	if (longest_free(room, piece->start, piece->end) >= enough)
		return OCCURRENCE_OPEN;
	room_fill_minutes(calendar, pieces, count, false, room);
	if (longest_free(room, piece->start, piece->end) >= enough)
		return OCCURRENCE_HELD;
	return OCCURRENCE_BOOKED;
}

void calendar_add_occurrences(const struct unit_calendar *calendar,
	const struct school_break *breaks, size_t break_count, int first_day, int days,
	struct occurrence_list *list)
{
	struct piece_list pieces = { 0 };
	struct period period;

	period_init(&period, first_day, days, breaks, break_count);
	pieces_collect(calendar, &period, &pieces);
	for (size_t at = 0, count; at < pieces.count; at += count) {
		const struct piece *of_day = &pieces.items[at];

		count = pieces_of_day(&pieces, at);
		for (size_t i = 0; i < count; i++) {
			const struct piece *piece = &of_day[i];

			list->items = memory_grow(
				list->items, list->count, &list->capacity, sizeof(*list->items));
			list->items[list->count++] = (struct occurrence) {
				.day = piece->day,
				.start = piece->start,
				.end = piece->end,
				.state = occurrence_state_of(calendar, of_day, count, piece),
				.booked = count_booked(calendar, piece),
				.capacity = piece->capacity,
				.readiness = piece_readiness(piece),
				.slot = piece->slot,
				.answer = piece->answer,
				.closing = piece->closing,
			};
		}
	}
	free(pieces.items);
	period_release(&period);
}

const char *occurrence_person(const struct occurrence *occurrence)
{
	if (occurrence->answer && occurrence->answer->person)
		return occurrence->answer->person;
	if (!occurrence->slot)
		return NULL;
	return occurrence->readiness == READINESS_DEPUTY ? occurrence->slot->deputy
							 : occurrence->slot->ready_person;
}

const char *occurrence_place(const struct occurrence *occurrence)
{
	if (occurrence->answer && occurrence->answer->place)
		return occurrence->answer->place;
	return occurrence->slot ? occurrence->slot->place : NULL;
}
