#include "replay_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/domain/holiday.h"

#include <stdlib.h>
#include <string.h>

void replay_count(int *counts, const struct replay *replay, size_t call, int day, int by)
{
	int wait = replay->in.days;

	if (day != REPLAY_NEVER)
		wait = day - (replay->in.calls[call].day - replay->period.first_day);
	counts[wait] += by;
}

static int rank_of(const int *counts, int days, int calls, int per_cent)
{
	int rank = (int)(((int64_t)calls * per_cent + 99) / 100), seen = 0;

	for (int wait = 0; wait < days; wait++) {
		seen += counts[wait];
		if (seen >= rank)
			return wait;
	}
	return REPLAY_NEVER;
}

struct replay_waits replay_waits_of(const struct replay *replay, const int *counts)
{
	int calls = (int)replay->in.call_count, days = replay->in.days;
	struct replay_waits waits = {
		.never = counts[days], .median = REPLAY_NEVER, .p90 = REPLAY_NEVER
	};

	waits.met = calls - waits.never;
	if (calls > 0) {
		waits.median = rank_of(counts, days, calls, 50);
		waits.p90 = rank_of(counts, days, calls, 90);
	}
	return waits;
}

int replay_wait_at(const struct replay *replay, size_t call, const struct place *place)
{
	return place->day == REPLAY_NEVER
		       ? REPLAY_NEVER
		       : place->day - (replay->in.calls[call].day - replay->period.first_day);
}

static void lay_out_holes(struct replay *replay, size_t unit)
{
	struct holes *holes = &replay->holes[unit];
	struct open_piece_list list = { 0 };
	int at = 0;

	calendar_add_open(&replay->in.units[unit], &replay->period, &list);
	holes->pieces = list.items;
	holes->count = list.count;
	holes->day_at = memory_new(((size_t)replay->period.days + 1) * sizeof(*holes->day_at));
	for (int day = 0; day <= replay->period.days; day++) {
		while ((size_t)at < list.count
			&& list.items[at].day - replay->period.first_day < day)
			at++;
		holes->day_at[day] = at;
	}
}

static void lay_out_calls(struct replay *replay)
{
	const struct replay_input *in = &replay->in;
	size_t *next;

	replay->node_at = memory_new((in->call_count + 1) * sizeof(*replay->node_at));
	replay->calls_at = memory_new((in->unit_count + 2) * sizeof(*replay->calls_at));
	for (size_t c = 0; c < in->call_count; c++) {
		replay->node_at[c + 1] = replay->node_at[c] + in->calls[c].unit_count;
		for (size_t i = 0; i < in->calls[c].unit_count; i++)
			replay->calls_at[in->calls[c].units[i] + 1]++;
	}
	for (size_t u = 0; u < in->unit_count; u++)
		replay->calls_at[u + 1] += replay->calls_at[u];
	replay->calls = memory_new((replay->node_at[in->call_count] + 1) * sizeof(*replay->calls));
	replay->call_of_node =
		memory_new((replay->node_at[in->call_count] + 1) * sizeof(*replay->call_of_node));
	next = memory_new((in->unit_count + 1) * sizeof(*next));
	memcpy(next, replay->calls_at, in->unit_count * sizeof(*next));
	for (size_t c = 0; c < in->call_count; c++) {
		for (size_t i = 0; i < in->calls[c].unit_count; i++) {
			replay->calls[next[in->calls[c].units[i]]++] = c;
			replay->call_of_node[replay->node_at[c] + i] = (int)c;
		}
	}
	free(next);
}

static void choose_period(struct replay *replay)
{
	const struct replay_input *in = &replay->in;
	int first = in->call_count ? in->calls[0].day : 0;
	int last = in->call_count ? in->calls[in->call_count - 1].day : 0;

	period_init(
		&replay->period, first, last - first + in->days + 1, in->breaks, in->break_count);
}

/* Notices are counted a day at a time: many calls share one. */
static void find_first_possible(struct replay *replay)
{
	const struct replay_input *in = &replay->in;
	int day = INT_MIN, possible = 0;

	replay->first_possible = memory_new((in->call_count + 1) * sizeof(int));
	for (size_t c = 0; c < in->call_count; c++) {
		if (in->calls[c].day != day) {
			day = in->calls[c].day;
			possible = in->notice > 0 ? day_after_working_days(day, in->notice) : day;
		}
		replay->first_possible[c] = possible - replay->period.first_day;
	}
}

static void place_call(struct replay *replay, size_t index, struct place place)
{
	const struct replay_call *call = &replay->in.calls[index];

	replay->places[index] = place;
	replay_count(replay->counts, replay, index, place.day, 1);
	for (size_t i = 0; place.day != REPLAY_NEVER && i < call->unit_count; i++) {
		size_t at = replay_cell(replay, call->units[i], place.day);
		int node = (int)(replay->node_at[index] + i);

		replay->next[node] = replay->heads[at];
		replay->heads[at] = node;
	}
}

static void run(struct replay *replay)
{
	struct replay_try *try = replay_try_new(replay);

	for (size_t c = 0; c < replay->in.call_count; c++)
		place_call(replay, c, replay_search(try, c));
	replay_try_free(try);
}

struct replay *replay_new(const struct replay_input *input)
{
	struct replay *replay = memory_new(sizeof(*replay));
	size_t cells;

	replay->in = *input;
	choose_period(replay);
	cells = input->unit_count * (size_t)replay->period.days + 1;
	replay->holes = memory_new((input->unit_count + 1) * sizeof(*replay->holes));
	for (size_t u = 0; u < input->unit_count; u++)
		lay_out_holes(replay, u);
	lay_out_calls(replay);
	find_first_possible(replay);
	replay->places = memory_new((input->call_count + 1) * sizeof(*replay->places));
	replay->next = memory_new((replay->node_at[input->call_count] + 1) * sizeof(*replay->next));
	replay->heads = memory_new(cells * sizeof(*replay->heads));
	for (size_t i = 0; i < cells; i++)
		replay->heads[i] = NO_NODE;
	replay->counts = memory_new(((size_t)input->days + 1) * sizeof(*replay->counts));
	run(replay);
	return replay;
}

void replay_free(struct replay *replay)
{
	if (!replay)
		return;
	for (size_t u = 0; u < replay->in.unit_count; u++) {
		free(replay->holes[u].pieces);
		free(replay->holes[u].day_at);
	}
	period_release(&replay->period);
	free(replay->holes);
	free(replay->places);
	free(replay->first_possible);
	free(replay->node_at);
	free(replay->call_of_node);
	free(replay->next);
	free(replay->heads);
	free(replay->calls_at);
	free(replay->calls);
	free(replay->counts);
	free(replay);
}

int replay_wait(const struct replay *replay, size_t call)
{
	return replay_wait_at(replay, call, &replay->places[call]);
}

struct replay_waits replay_waits(const struct replay *replay)
{
	return replay_waits_of(replay, replay->counts);
}
