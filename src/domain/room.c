#include "room_internal.h"

#include "kutsu/base/memory.h"

static void add_edge(struct room_edges *edges, int minute, int change)
{
	size_t at;

	edges->items =
		memory_grow(edges->items, edges->count, &edges->capacity, sizeof(*edges->items));
	/* In order: they are few, and most come so. */
	for (at = edges->count++; at > 0 && edges->items[at - 1].minute > minute; at--)
		edges->items[at] = edges->items[at - 1];
	edges->items[at] = (struct room_edge) { minute, change };
}

void room_add(struct room_edges *edges, int start, int end, int places)
{
	add_edge(edges, start, places);
	add_edge(edges, end, -places);
}

static void add_span(struct room_spans *spans, int start, int end)
{
	spans->items =
		memory_grow(spans->items, spans->count, &spans->capacity, sizeof(*spans->items));
	spans->items[spans->count++] = (struct room_span) { start, end };
}

void room_find(struct room_edges *edges, struct room_spans *spans)
{
	int room = 0, start = -1;

	spans->count = 0;
	for (size_t i = 0; i < edges->count;) {
		int minute = edges->items[i].minute;

		for (; i < edges->count && edges->items[i].minute == minute; i++)
			room += edges->items[i].change;
		if (room > 0 && start < 0)
			start = minute;
		if (room <= 0 && start >= 0) {
			add_span(spans, start, minute);
			start = -1;
		}
	}
}

void room_meet(
	struct room_spans *spans, const struct room_spans *others, struct room_spans *scratch)
{
	struct room_spans met = *scratch;

	met.count = 0;
	for (size_t i = 0, j = 0; i < spans->count && j < others->count;) {
		const struct room_span *a = &spans->items[i], *b = &others->items[j];
		int start = a->start > b->start ? a->start : b->start;
		int end = a->end < b->end ? a->end : b->end;

		if (start < end)
			add_span(&met, start, end);
		if (a->end < b->end)
			i++;
		else
			j++;
	}
	*scratch = *spans;
	*spans = met;
}
