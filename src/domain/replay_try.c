#include "replay_internal.h"

#include "kutsu/base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which calls are to be searched for anew. */

static void push_call(struct replay_try *try, size_t call)
{
	size_t at = try->queue_count;

	if (try->queued[call] == try->stamp)
		return;
	try->queued[call] = try->stamp;
	try->queue_count++;
	for (; at > 0 && try->queue[(at - 1) / 2] > call; at = (at - 1) / 2)
		try->queue[at] = try->queue[(at - 1) / 2];
	try->queue[at] = call;
}

static size_t pop_call(struct replay_try *try)
{
	size_t first = try->queue[0], last = try->queue[--try->queue_count], at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= try->queue_count)
			break;
		if (child + 1 < try->queue_count && try->queue[child + 1] < try->queue[child])
			child++;
		if (try->queue[child] >= last)
			break;
		try->queue[at] = try->queue[child];
		at = child;
	}
	try->queue[at] = last;
	return first;
}

/* The position among the unit's calls of the first after `call`. */
static size_t next_of_unit(const struct replay *replay, size_t unit, size_t call)
{
	size_t low = replay->calls_at[unit], high = replay->calls_at[unit + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (replay->calls[middle] <= call)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Later calls that could meet on the day, or do, where the unit has other room on it now. */
static void push_later(struct replay_try *try, size_t unit, size_t call, int day)
{
	const struct replay *replay = try->replay;

	for (size_t at = next_of_unit(replay, unit, call); at < replay->calls_at[unit + 1]; at++) {
		size_t later = replay->calls[at];
		int meets = replay->places[later].day;

		if (replay->in.calls[later].day - replay->period.first_day > day)
			break;
		if (replay->first_possible[later] <= day && (meets == REPLAY_NEVER || day <= meets))
			push_call(try, later);
	}
}

static void keep_change(struct replay_try *try, size_t index, struct place place)
{
	const struct replay *replay = try->replay;
	const struct replay_call *call = &replay->in.calls[index];
	struct place before = replay->places[index];

	try->changed[index] = try->stamp;
	try->places[index] = place;
	replay_count(try->counts, replay, index, before.day, -1);
	replay_count(try->counts, replay, index, place.day, 1);
	for (size_t i = 0; i < call->unit_count; i++) {
		size_t unit = call->units[i];

		if (place.day != REPLAY_NEVER) {
			size_t at = replay_cell(replay, unit, place.day);
			int node = (int)(replay->node_at[index] + i);

			if (try->head_stamps[at] != try->stamp)
				try->heads[at] = NO_NODE;
			try->head_stamps[at] = try->stamp;
			try->next[node] = try->heads[at];
			try->heads[at] = node;
			push_later(try, unit, index, place.day);
		}
		if (before.day != REPLAY_NEVER)
			push_later(try, unit, index, before.day);
	}
}

static void compare(
	struct replay_outcome *outcome, const struct replay *replay, size_t call, struct place now)
{
	int before = replay_wait_at(replay, call, &replay->places[call]);
	int after = replay_wait_at(replay, call, &now);

	before = before == REPLAY_NEVER ? replay->in.days : before;
	after = after == REPLAY_NEVER ? replay->in.days : after;
	outcome->earlier += after < before;
	outcome->later += after > before;
	outcome->days_saved += before - after;
}

/* ---- A try. */

static void begin_try(struct replay_try *try, size_t unit, const struct slot *slot)
{
	const struct replay *replay = try->replay;

	try->stamp++;
	assert(try->stamp != 0);
	try->unit = unit;
	try->slot = slot;
	try->queue_count = 0;
	memcpy(try->counts, replay->counts, ((size_t)replay->in.days + 1) * sizeof(*try->counts));
	memset(try->is_open, 0, (size_t)replay->period.days);
}

struct replay_outcome replay_with(struct replay_try *try, size_t unit, const struct slot *slot)
{
	const struct replay *replay = try->replay;
	size_t at = replay->calls_at[unit], end = replay->calls_at[unit + 1];
	struct replay_outcome outcome = { 0 };

	begin_try(try, unit, slot);
	while (at < end || try->queue_count > 0) {
		bool is_queued =
			try->queue_count > 0 && (at == end || try->queue[0] <= replay->calls[at]);
		size_t call = is_queued ? pop_call(try) : replay->calls[at];
		struct place before = replay->places[call], place;

		if (at < end && replay->calls[at] == call)
			at++;
		place = is_queued ? replay_search(try, call) : replay_search_added(try, call);
		if (place.day == before.day && place.start == before.start)
			continue;
		keep_change(try, call, place);
		compare(&outcome, replay, call, place);
	}
	outcome.waits = replay_waits_of(replay, try->counts);
	return outcome;
}

int replay_wait_with(const struct replay_try *try, size_t call)
{
	return replay_wait_at(try->replay, call,
		try->changed[call] == try->stamp ? &try->places[call] : &try->replay->places[call]);
}

struct replay_try *replay_try_new(const struct replay *replay)
{
	struct replay_try *try = memory_new(sizeof(*try));
	size_t calls = replay->in.call_count + 1, nodes = replay->node_at[calls - 1] + 1;
	size_t cells = replay->in.unit_count * (size_t)replay->period.days + 1;

	*try = (struct replay_try) {
		.replay = replay,
		.changed = memory_new(calls * sizeof(*try->changed)),
		.places = memory_new(calls * sizeof(*try->places)),
		.head_stamps = memory_new(cells * sizeof(*try->head_stamps)),
		.heads = memory_new(cells * sizeof(*try->heads)),
		.next = memory_new(nodes * sizeof(*try->next)),
		.queue = memory_new(calls * sizeof(*try->queue)),
		.queued = memory_new(calls * sizeof(*try->queued)),
		.counts = memory_new(((size_t)replay->in.days + 1) * sizeof(*try->counts)),
		.is_open = memory_new((size_t)replay->period.days + 1),
	};
	/* Nothing is as in the try before the first one. */
	try->stamp = 1;
	return try;
}

void replay_try_free(struct replay_try *try)
{
	if (!try)
		return;
	free(try->changed);
	free(try->places);
	free(try->head_stamps);
	free(try->heads);
	free(try->next);
	free(try->queue);
	free(try->queued);
	free(try->counts);
	free(try->is_open);
	free(try->edges.items);
	free(try->shared.items);
	free(try->spans.items);
	free(try->scratch.items);
	free(try);
}
