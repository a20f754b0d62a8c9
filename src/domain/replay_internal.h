/* The replay as its parts share it: what is laid out once, and the room of one try. */
#ifndef KUTSU_DOMAIN_REPLAY_INTERNAL_H
#define KUTSU_DOMAIN_REPLAY_INTERNAL_H

#include "calendar_internal.h"
#include "kutsu/domain/replay.h"
#include "room_internal.h"

#define NO_NODE (-1)

/* A unit's holes that give room, day by day. Days here count from the replay's first one. */
struct holes {
	struct open_piece *pieces;
	size_t count;
	int *day_at; /* days + 1 indexes into pieces */
};

/* Where a call's meeting is: day REPLAY_NEVER where it has none. */
struct place {
	int day, start;
};

/* A call's meeting in the calendar of one of its units: the node of the call's i-th unit has the
 * number node_at[call] + i. */
struct replay {
	struct replay_input in;
	struct period period;
	struct holes *holes;  /* per unit */
	struct place *places; /* per call */
	int *first_possible;  /* per call */
	size_t *node_at;      /* per call, and one more */
	int *call_of_node;
	int *next;		  /* per node: the next of the same unit and day */
	int *heads;		  /* per unit and day: a node */
	size_t *calls_at, *calls; /* per unit, and one more: its calls, in order */
	int *counts;		  /* of calls by the days they wait; the last: never */
};

struct replay_try {
	const struct replay *replay;
	unsigned stamp; /* of the try in hand: what bears another is as in the replay */
	unsigned *changed;
	struct place *places;
	unsigned *head_stamps;
	int *heads, *next;
	size_t *queue, queue_count; /* a heap of calls to be searched for anew */
	unsigned *queued;
	int *counts;
	size_t unit; /* that has one more hole */
	const struct slot *slot;
	signed char *is_open; /* the added hole's, per day: 0 not known, 1 open, -1 not */
	/* Room to work in. */
	struct room_edges edges;
	struct room_spans shared, spans, scratch;
};

/* The cell of a unit's day in `heads`. */
size_t replay_cell(const struct replay *replay, size_t unit, int day);

/* The earliest place of a call among all days, or among those of the added hole where these are
 * all that may be other than in the replay. */
struct place replay_search(struct replay_try *try, size_t call);
struct place replay_search_added(struct replay_try *try, size_t call);

/* Counts the call among those that wait so long. */
void replay_count(int *counts, const struct replay *replay, size_t call, int day, int by);
int replay_wait_at(const struct replay *replay, size_t call, const struct place *place);
struct replay_waits replay_waits_of(const struct replay *replay, const int *counts);

#endif
