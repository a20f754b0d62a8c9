#include "pieces_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/domain/holiday.h"

#include <stdlib.h>
#include <string.h>

void period_init(struct period *period, int first_day, int days, const struct school_break *breaks,
	size_t break_count)
{
	*period = (struct period) { first_day, days, breaks, break_count,
		memory_new((size_t)days * sizeof(*period->is_holiday)) };
	holidays_mark(first_day, days, period->is_holiday);
}

void period_release(struct period *period)
{
	free(period->is_holiday);
	*period = (struct period) { 0 };
}

static void add_piece(struct piece_list *list, const struct piece *piece)
{
	list->items = memory_grow(list->items, list->count, &list->capacity, sizeof(*list->items));
	list->items[list->count++] = *piece;
}

static bool is_in_break(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day)
{
	for (size_t i = 0; calendar->school_based && i < break_count; i++) {
		const struct school_break *b = &breaks[i];
		bool ours = !b->municipality
			    || (calendar->municipality
				    && strcmp(b->municipality, calendar->municipality) == 0);

		if (ours && day >= b->from_day && day <= b->until_day)
			return true;
	}
	return false;
}

/* The longest of those that close it, or NULL. */
static const struct closing *find_closing(
	const struct unit_calendar *calendar, int day, int start, int end)
{
	const struct closing *longest = NULL;

	for (size_t i = 0; i < calendar->closing_count; i++) {
		const struct closing *c = &calendar->closings[i];

		if (closing_covers(c, day, start, end)
			&& (!longest || closing_days(c) > closing_days(longest)))
			longest = c;
	}
	return longest;
}

static int compare_pieces(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->start != y->start)
		return x->start - y->start;
	return x->end - y->end;
}

static bool is_declined(const struct readiness_answer *answer)
{
	return answer && answer->state == READINESS_DECLINED;
}

static struct piece piece_of_slot(const struct unit_calendar *calendar, const struct period *period,
	const struct slot *slot, int day)
{
	struct piece piece = {
		.day = day,
		.start = slot->start,
		.end = slot->end,
		.capacity = slot->capacity,
		.slot = slot,
		.is_suspended = period->is_holiday[day - period->first_day]
				|| is_in_break(calendar, period->breaks, period->break_count, day),
		.closing = find_closing(calendar, day, slot->start, slot->end),
		.answer =
			readiness_find(calendar->answers, calendar->answer_count, day, slot->start),
	};

	piece.is_closed = piece.is_suspended || piece.closing || is_declined(piece.answer);
	return piece;
}

/* Open whatever else is closed that day. */
static struct piece piece_of_opening(
	const struct unit_calendar *calendar, const struct opening *opening)
{
	struct piece piece = {
		.day = opening->day,
		.start = opening->start,
		.end = opening->end,
		.capacity = 1,
		.answer = readiness_find(
			calendar->answers, calendar->answer_count, opening->day, opening->start),
	};

	piece.is_closed = is_declined(piece.answer);
	return piece;
}

enum readiness piece_readiness(const struct piece *piece)
{
	const struct closing *closing = piece->closing;

	/* Who was to come, the deputy too, was said of a hole that was open. */
	if (piece->answer && piece->answer->state != READINESS_UNCONFIRMED
		&& (!piece->is_closed || is_declined(piece->answer)))
		return piece->answer->state;
	if (piece->is_suspended || (closing && closing_days(closing) >= PAUSE_LEAST_DAYS))
		return READINESS_PAUSED;
	if (closing)
		return READINESS_DECLINED;
	/* Whoever offers an extra hole for a day has thought of that day. */
	return piece->slot ? READINESS_UNCONFIRMED : READINESS_CONFIRMED;
}

void pieces_collect(const struct unit_calendar *calendar, const struct period *period,
	struct piece_list *pieces)
{
	int first_day = period->first_day, last_day = first_day + period->days - 1;

	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *slot = &calendar->slots[i];

		for (int day = slot_next_day(slot, first_day); day <= last_day && day != DAY_LAST;
			day = slot_next_day(slot, day + 7)) {
			struct piece piece = piece_of_slot(calendar, period, slot, day);

			add_piece(pieces, &piece);
		}
	}
	for (size_t i = 0; i < calendar->opening_count; i++) {
		const struct opening *opening = &calendar->openings[i];

		if (opening->day >= first_day && opening->day <= last_day) {
			struct piece piece = piece_of_opening(calendar, opening);

			add_piece(pieces, &piece);
		}
	}
	if (pieces->count > 0 && calendar->slot_count + calendar->opening_count > 1)
		qsort(pieces->items, pieces->count, sizeof(*pieces->items), compare_pieces);
}

size_t pieces_of_day(const struct piece_list *pieces, size_t at)
{
	size_t count = 1;

	while (at + count < pieces->count && pieces->items[at + count].day == pieces->items[at].day)
		count++;
	return count;
}

bool calendar_closes_in(const struct unit_calendar *calendar, const struct period *period, int day,
	int start, int end)
{
	return period->is_holiday[day - period->first_day]
	       || is_in_break(calendar, period->breaks, period->break_count, day)
	       || find_closing(calendar, day, start, end)
	       || is_declined(
		       readiness_find(calendar->answers, calendar->answer_count, day, start));
}

void calendar_add_open(const struct unit_calendar *calendar, const struct period *period,
	struct open_piece_list *list)
{
	struct piece_list pieces = { 0 };

	pieces_collect(calendar, period, &pieces);
	for (size_t i = 0; i < pieces.count; i++) {
		const struct piece *p = &pieces.items[i];

		if (p->is_closed)
			continue;
		list->items = memory_grow(
			list->items, list->count, &list->capacity, sizeof(*list->items));
		list->items[list->count++] =
			(struct open_piece) { p->day, p->start, p->end, p->capacity };
	}
	free(pieces.items);
}

bool calendar_closes(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end)
{
	return day_is_holiday(day) || is_in_break(calendar, breaks, break_count, day)
	       || find_closing(calendar, day, start, end)
	       || is_declined(
		       readiness_find(calendar->answers, calendar->answer_count, day, start));
}

bool calendar_has_promise(const struct unit_calendar *calendar, int first_day, int days)
{
	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *slot = &calendar->slots[i];

		if (slot->until_day >= first_day && slot->from_day < first_day + days
			&& slot->until_day >= slot->from_day)
			return true;
	}
	return false;
}
