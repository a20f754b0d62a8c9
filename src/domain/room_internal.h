/* The room of one day: what is promised less what is taken, as times with room. */
#ifndef KUTSU_DOMAIN_ROOM_INTERNAL_H
#define KUTSU_DOMAIN_ROOM_INTERNAL_H

#include <stddef.h>

struct room_span {
	int start, end;
};

struct room_spans {
	struct room_span *items; /* free() */
	size_t count, capacity;
};

/* Minutes at which the room changes. */
struct room_edges {
	struct room_edge {
		int minute, change;
	} * items; /* free() */
	size_t count, capacity;
};

/* Adds `places` (taken: negative) from start to end. */
void room_add(struct room_edges *edges, int start, int end, int places);

/* The times with room, in order, touching ones joined, in place of what *spans holds. */
void room_find(struct room_edges *edges, struct room_spans *spans);

/* Leaves of *spans what lies in `others`, too; `scratch` is room to work in. */
void room_meet(
	struct room_spans *spans, const struct room_spans *others, struct room_spans *scratch);

#endif
