#include "calendar_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/domain/holiday.h"
#include "kutsu/domain/meeting.h"

#include <stdlib.h>
#include <string.h>

#define MINUTES_OF_ROOM (MINUTES_IN_DAY + 1) /* the last is always without room */

/* A hole on one day, with its slot or (NULL) as an extra opening. */
struct piece {
	int day, start, end, capacity;
	const struct slot *slot;
	bool is_suspended;	       /* by a holiday or a break of the unit's schools */
	const struct closing *closing; /* or NULL */
	const struct readiness_answer *answer;
	bool is_closed; /* by any of these: it gives no room */
};

struct piece_list {
	struct piece *items;
	size_t count, capacity;
};

static void add_piece(struct piece_list *list, const struct piece *piece)
{
	list->items = memory_grow(list->items, list->count, &list->capacity, sizeof(*list->items));
	list->items[list->count++] = *piece;
}

static void add_span(struct day_span_list *list, int day, int start, int end)
{
	list->items = memory_grow(list->items, list->count, &list->capacity, sizeof(*list->items));
	list->items[list->count++] = (struct day_span) { day, start, end };
}

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

static enum readiness readiness_of(const struct piece *piece)
{
	const struct closing *closing = piece->closing;

	if (piece->answer && piece->answer->state != READINESS_UNCONFIRMED
		&& (!piece->is_closed || piece->answer->state != READINESS_CONFIRMED))
		return piece->answer->state;
	if (piece->is_suspended || (closing && closing_days(closing) >= PAUSE_LEAST_DAYS))
		return READINESS_PAUSED;
	if (closing)
		return READINESS_DECLINED;
	/* Whoever offers an extra hole for a day has thought of that day. */
	return piece->slot ? READINESS_UNCONFIRMED : READINESS_CONFIRMED;
}

/* The slots' pieces, whether closed or not, and the extra openings', by day and start. */
static void collect_pieces(const struct unit_calendar *calendar, const struct period *period,
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

static bool is_occupied(const struct unit_calendar *calendar, int day)
{
	for (size_t i = 0; i < calendar->occupation_count; i++) {
		if (calendar->occupations[i].day == day)
			return true;
	}
	return false;
}

/* Room at each minute of one day: promised places less the taken ones. */
static void fill_room(const struct unit_calendar *calendar, const struct piece *pieces,
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
	fill_room(calendar, pieces, count, true, room);
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

static size_t count_of_day(const struct piece_list *pieces, size_t at)
{
	size_t count = 1;

	while (at + count < pieces->count && pieces->items[at + count].day == pieces->items[at].day)
		count++;
	return count;
}

void calendar_add_free_of(const struct unit_calendar *calendar, const struct period *period,
	struct day_span_list *spans)
{
	struct piece_list pieces = { 0 };

	collect_pieces(calendar, period, &pieces);
	for (size_t at = 0, count; at < pieces.count; at += count) {
		count = count_of_day(&pieces, at);
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

	collect_pieces(calendar, period, &pieces);
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

bool calendar_is_unconfirmed(const struct unit_calendar *calendar,
	const struct school_break *breaks, size_t break_count, int day, int start, int end)
{
	struct piece_list pieces = { 0 };
	struct period period;
	bool is_unconfirmed = false, is_sure = false;

	period_init(&period, day, 1, breaks, break_count);
	collect_pieces(calendar, &period, &pieces);
	for (size_t i = 0; i < pieces.count; i++) {
		const struct piece *piece = &pieces.items[i];
		bool is_open = !piece->is_closed && piece->start < end && start < piece->end;
		bool is_said = readiness_of(piece) != READINESS_UNCONFIRMED;

		is_unconfirmed = is_unconfirmed || (is_open && !is_said);
		is_sure = is_sure
			  || (is_open && is_said && piece->start <= start && end <= piece->end);
	}
	free(pieces.items);
	period_release(&period);
	return is_unconfirmed && !is_sure;
}

/* The piece in which a meeting begins, or NULL. */
static const struct piece *find_piece(const struct piece_list *pieces, int minute)
{
	for (size_t i = 0; i < pieces->count; i++) {
		if (pieces->items[i].start <= minute && minute < pieces->items[i].end)
			return &pieces->items[i];
	}
	return NULL;
}

bool calendar_is_unsettled(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end, int *hole_start)
{
	const struct readiness_answer *answer;
	struct piece_list pieces = { 0 };
	const struct piece *piece;
	struct period period;

	if (calendar_is_open(calendar, breaks, break_count, day, start, end))
		return false;
	period_init(&period, day, 1, breaks, break_count);
	collect_pieces(calendar, &period, &pieces);
	piece = find_piece(&pieces, start);
	*hole_start = piece ? piece->start : start;
	free(pieces.items);
	period_release(&period);
	answer = readiness_find(calendar->answers, calendar->answer_count, day, *hole_start);
	return !answer || answer->state != READINESS_DEPUTY;
}

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
	fill_room(calendar, pieces, count, true, room);
	if (longest_free(room, piece->start, piece->end) >= enough)
		return OCCURRENCE_OPEN;
	fill_room(calendar, pieces, count, false, room);
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
	collect_pieces(calendar, &period, &pieces);
	for (size_t at = 0, count; at < pieces.count; at += count) {
		const struct piece *of_day = &pieces.items[at];

		count = count_of_day(&pieces, at);
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
				.readiness = readiness_of(piece),
				.slot = piece->slot,
				.answer = piece->answer,
				.closing = piece->closing,
			};
		}
	}
	free(pieces.items);
	period_release(&period);
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
