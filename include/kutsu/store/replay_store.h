/* A period's calls with the units they needed: what is replayed. */
#ifndef KUTSU_STORE_REPLAY_STORE_H
#define KUTSU_STORE_REPLAY_STORE_H

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

#endif
