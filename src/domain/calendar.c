#include "pieces_internal.h"

#include "kutsu/base/memory.h"

#include <stdlib.h>
#include <string.h>

static void add_span(struct day_span_list *list, int day, int start, int end)
{
	list->items = memory_grow(list->items, list->count, &list->capacity, sizeof(*list->items));
	list->items[list->count++] = (struct day_span) { day, start, end };
}

static bool is_occupied(const struct unit_calendar *calendar, int day)
{
	for (size_t i = 0; i < calendar->occupation_count; i++) {
		if (calendar->occupations[i].day == day)
			return true;
	}
	return false;
}

void room_fill_minutes(const struct unit_calendar *calendar, const struct piece *pieces,
	size_t count, bool with_holds, int room[MINUTES_OF_ROOM])
{
	memset(room, 0, sizeof(int) * MINUTES_OF_ROOM);
	for (size_t i = 0; i < count; i++) {
		for (int minute = pieces[i].start; !pieces[i].is_closed && minute < pieces[i].end;
			minute++)
			room[minute] += pieces[i].capacity;
	}
	for (size_t i = 0; i < calendar->occupation_count; i++) {
		const struct occupation *taken = &calendar->occupations[i];

		if (taken->day != pieces[0].day || (taken->is_hold && !with_holds))
			continue;
		for (int minute = taken->start; minute < taken->end; minute++)
			room[minute]--;
	}
}

/* The times of one day with room, from its pieces. */
static void add_day(const struct unit_calendar *calendar, const struct piece *pieces, size_t count,
	struct day_span_list *spans)
{
	int room[MINUTES_OF_ROOM];
	int start = -1, last = 0;

	if (count == 1 && pieces[0].is_closed)
		return;
	if (count == 1 && pieces[0].capacity > 0 && !is_occupied(calendar, pieces[0].day)) {
		add_span(spans, pieces[0].day, pieces[0].start, pieces[0].end);
		return;
	}
	room_fill_minutes(calendar, pieces, count, true, room);
	for (size_t i = 0; i < count; i++)
		last = pieces[i].end > last ? pieces[i].end : last;
	for (int minute = pieces[0].start; minute <= last; minute++) {
		if (room[minute] > 0 && start < 0)
			start = minute;
		if (room[minute] <= 0 && start >= 0) {
			add_span(spans, pieces[0].day, start, minute);
			start = -1;
		}
	}
}

void calendar_add_free_of(const struct unit_calendar *calendar, const struct period *period,
	struct day_span_list *spans)
{
	struct piece_list pieces = { 0 };

	pieces_collect(calendar, period, &pieces);
	for (size_t at = 0, count; at < pieces.count; at += count) {
		count = pieces_of_day(&pieces, at);
		add_day(calendar, &pieces.items[at], count, spans);
	}
	free(pieces.items);
}

void calendar_add_free(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int first_day, int days, struct day_span_list *spans)
{
	struct period period;

	period_init(&period, first_day, days, breaks, break_count);
	calendar_add_free_of(calendar, &period, spans);
	period_release(&period);
}

bool calendar_has_room(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end)
{
	struct day_span_list spans = { 0 };
	bool found = false;

	calendar_add_free(calendar, breaks, break_count, day, 1, &spans);
	for (size_t i = 0; i < spans.count; i++)
		found = found || (spans.items[i].start <= start && end <= spans.items[i].end);
	free(spans.items);
	return found;
}

bool calendar_is_open(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end)
{
	struct unit_calendar empty = *calendar;

	empty.occupation_count = 0;
	return calendar_has_room(&empty, breaks, break_count, day, start, end);
}

bool calendar_is_unconfirmed(const struct unit_calendar *calendar,
	const struct school_break *breaks, size_t break_count, int day, int start, int end)
{
	struct piece_list pieces = { 0 };
	struct period period;
	bool is_unconfirmed = false, is_sure = false;

	period_init(&period, day, 1, breaks, break_count);
	pieces_collect(calendar, &period, &pieces);
	for (size_t i = 0; i < pieces.count; i++) {
		const struct piece *piece = &pieces.items[i];
		bool is_open = !piece->is_closed && piece->start < end && start < piece->end;
		bool is_said = piece_readiness(piece) != READINESS_UNCONFIRMED;

		is_unconfirmed = is_unconfirmed || (is_open && !is_said);
		is_sure = is_sure
			  || (is_open && is_said && piece->start <= start && end <= piece->end);
	}
	free(pieces.items);
	period_release(&period);
	return is_unconfirmed && !is_sure;
}

bool calendar_has_lost(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end)
{
	struct piece_list pieces = { 0 };
	int room[MINUTES_OF_ROOM];
	struct period period;
	bool has_lost = true;

	period_init(&period, day, 1, breaks, break_count);
	pieces_collect(calendar, &period, &pieces);
	if (pieces.count) {
		room_fill_minutes(calendar, pieces.items, pieces.count, false, room);
		has_lost = false;
		for (int minute = start; minute < end; minute++)
			has_lost = has_lost || room[minute] < 0;
	}
	free(pieces.items);
	period_release(&period);
	return has_lost;
}
