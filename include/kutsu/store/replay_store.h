/* What a replay needs: a period's calls with their units, and the meetings that stay. */
#ifndef KUTSU_STORE_REPLAY_STORE_H
#define KUTSU_STORE_REPLAY_STORE_H

#include "kutsu/domain/calendar.h"
#include "kutsu/domain/limits.h"
#include "kutsu/store/store.h"

struct arena;

/* One unit of one call that needs a meeting. */
struct call_need {
	int64_t call_id, received_at, unit_id;
	struct family_limits limits; /* its case's */
};

struct call_need_list {
	struct call_need *items;
	size_t count;
};

/* Of the calls received from `from` up to before `until` (UTC seconds), by time, call and unit. */
bool store_call_need_list(struct store *store, int64_t from, int64_t until, struct arena *arena,
	struct call_need_list *list, struct error *err) MUST_CHECK;

/*
 * The meetings, booked or recorded, from first_day to last_day that are not first meetings of those
 * calls' cases, by unit, day and start.
 */
bool store_kept_occupations(struct store *store, int first_day, int last_day, int64_t from,
	int64_t until, struct arena *arena, struct occupation **items, size_t *count,
	struct error *err) MUST_CHECK;

#endif
