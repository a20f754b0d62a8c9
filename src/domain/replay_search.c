#include "replay_internal.h"

#include "kutsu/base/date.h"

size_t replay_cell(const struct replay *replay, size_t unit, int day)
{
	return unit * (size_t)replay->period.days + (size_t)day;
}

/* ---- What a unit has free on a day, for one call. */

static bool slot_is_open(struct replay_try *try, int day)
{
	const struct replay *replay = try->replay;
	int real_day = replay->period.first_day + day;

	if (!try->is_open[day])
		try->is_open[day] =
			slot_falls_on(try->slot, real_day)
					&& !calendar_closes_in(&replay->in.units[try->unit],
						&replay->period, real_day, try->slot->start,
						try->slot->end)
				? 1
				: -1;
	return try->is_open[day] > 0;
}

static bool has_added(struct replay_try *try, size_t unit, int day)
{
	return try->slot && unit == try->unit && slot_is_open(try, day);
}

static bool has_hole(struct replay_try *try, size_t unit, int day)
{
	const int *day_at = try->replay->holes[unit].day_at;

	return day_at[day + 1] > day_at[day] || has_added(try, unit, day);
}

static void take_fixed(struct replay_try *try, size_t unit, int day)
{
	const struct unit_calendar *calendar = &try->replay->in.units[unit];
	int real_day = try->replay->period.first_day + day;
	size_t low = 0, high = calendar->occupation_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (calendar->occupations[middle].day < real_day)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < calendar->occupation_count && calendar->occupations[low].day == real_day;
		low++)
		room_add(&try->edges, calendar->occupations[low].start,
			calendar->occupations[low].end, -1);
}

static void take(struct replay_try *try, const struct place *place, size_t call)
{
	room_add(&try->edges, place->start, place->start + try->replay->in.calls[call].minutes, -1);
}

/* The meetings of the calls before this one. */
static void take_meetings(struct replay_try *try, size_t unit, int day, size_t call)
{
	const struct replay *replay = try->replay;
	size_t at = replay_cell(replay, unit, day);

	for (int node = replay->heads[at]; node != NO_NODE; node = replay->next[node]) {
		size_t other = (size_t)replay->call_of_node[node];

		if (other < call && try->changed[other] != try->stamp)
			take(try, &replay->places[other], other);
	}
	if (try->head_stamps[at] != try->stamp)
		return;
	for (int node = try->heads[at]; node != NO_NODE; node = try->next[node]) {
		size_t other = (size_t)replay->call_of_node[node];

		if (other < call)
			take(try, &try->places[other], other);
	}
}

static void find_free(
	struct replay_try *try, size_t unit, int day, size_t call, struct room_spans *spans)
{
	const struct holes *holes = &try->replay->holes[unit];

	try->edges.count = 0;
	for (int i = holes->day_at[day]; i < holes->day_at[day + 1]; i++)
		room_add(&try->edges, holes->pieces[i].start, holes->pieces[i].end,
			holes->pieces[i].capacity);
	if (has_added(try, unit, day))
		room_add(&try->edges, try->slot->start, try->slot->end, try->slot->capacity);
	take_fixed(try, unit, day);
	take_meetings(try, unit, day, call);
	room_find(&try->edges, spans);
}

/* ---- The search for one call. */

/* The first time of the day at which all its units can meet, within what suits the family. */
static bool find_on_day(struct replay_try *try, size_t index, int day, int *start)
{
	const struct replay *replay = try->replay;
	const struct replay_call *call = &replay->in.calls[index];
	int real_day = replay->period.first_day + day;
	int after = call->limits.after, before = call->limits.before;

	if (call->limits.not_weekdays && call->limits.not_weekdays & 1u << day_weekday(real_day))
		return false;
	if (real_day == call->day && after < call->minute)
		after = call->minute;
	for (size_t i = 0; i < call->unit_count; i++) {
		if (!has_hole(try, call->units[i], day))
			return false;
	}
	find_free(try, call->units[0], day, index, &try->shared);
	for (size_t i = 1; i < call->unit_count && try->shared.count > 0; i++) {
		find_free(try, call->units[i], day, index, &try->spans);
		room_meet(&try->shared, &try->spans, &try->scratch);
	}
	for (size_t i = 0; i < try->shared.count; i++) {
		int from = try->shared.items[i].start, until = try->shared.items[i].end;

		from = from > after ? from : after;
		until = until < before ? until : before;
		if (until - from >= call->minutes) {
			*start = from;
			return true;
		}
	}
	return false;
}

/* The unit with the fewest holes, other than the one with a hole added. */
static size_t choose_driver(const struct replay_try *try, const struct replay_call *call)
{
	const struct holes *holes = try->replay->holes;
	size_t best = call->units[0];

	for (size_t i = 1; i < call->unit_count; i++) {
		size_t unit = call->units[i];
		bool is_added = try->slot && best == try->unit;

		if (try->slot && unit == try->unit)
			continue;
		if (is_added || holes[unit].count < holes[best].count)
			best = unit;
	}
	return best;
}

static int last_day(const struct replay *replay, size_t call)
{
	return replay->in.calls[call].day - replay->period.first_day + replay->in.days - 1;
}

struct place replay_search(struct replay_try *try, size_t index)
{
	const struct replay *replay = try->replay;
	size_t driver = choose_driver(try, &replay->in.calls[index]);
	const struct holes *holes = &replay->holes[driver];
	bool every_day = try->slot && driver == try->unit;
	int last = last_day(replay, index);
	struct place place = { .day = replay->first_possible[index] };

	while (place.day <= last) {
		int next;

		if (find_on_day(try, index, place.day, &place.start))
			return place;
		next = holes->day_at[place.day + 1];
		if (every_day)
			place.day++;
		else if ((size_t)next == holes->count)
			break;
		else
			place.day = holes->pieces[next].day - replay->period.first_day;
	}
	return (struct place) { REPLAY_NEVER, 0 };
}

/* Nothing but the added hole is other than in the replay: only its days can be better. */
struct place replay_search_added(struct replay_try *try, size_t index)
{
	const struct replay *replay = try->replay;
	struct place before = replay->places[index], place;
	int first = replay->period.first_day;
	int last = before.day == REPLAY_NEVER ? last_day(replay, index) : before.day;
	int day = slot_next_day(try->slot, first + replay->first_possible[index]);

	for (; day != DAY_LAST && day - first <= last; day = slot_next_day(try->slot, day + 7)) {
		place.day = day - first;
		if (slot_is_open(try, place.day)
			&& find_on_day(try, index, place.day, &place.start))
			return place;
	}
	return before;
}
