/* What units have said of their holes, one answer a hole, and of meetings whose hole closed. */
#ifndef KUTSU_STORE_READINESS_STORE_H
#define KUTSU_STORE_READINESS_STORE_H

#include "kutsu/domain/readiness.h"
#include "kutsu/store/store.h"

struct arena;

/* A unit's answers for the days from first_day to last_day, by day and start; unit_id 0: of all
 * units, by unit. */
bool store_readiness_list(struct store *store, int64_t unit_id, int first_day, int last_day,
	struct arena *arena, struct readiness_answer_list *list, struct error *err) MUST_CHECK;
/* In the place of the answer that there may be; `user_id` gives it. */
bool store_readiness_set(struct change *change, const struct readiness_answer *answer,
	int64_t user_id, struct error *err) MUST_CHECK;
/* To the hole that begins at new_start, of which nothing is said yet; a confirmation becomes
 * unconfirmed. */
bool store_readiness_move(struct change *change, int64_t unit_id, int day, int start, int new_start,
	struct error *err) MUST_CHECK;
/* One that is not there is let be. */
bool store_readiness_remove(
	struct change *change, int64_t unit_id, int day, int start, struct error *err) MUST_CHECK;

/* Of meetings from from_day on, by meeting and unit. */
bool store_settlement_list(struct store *store, int from_day, struct arena *arena,
	struct settlement_list *list, struct error *err) MUST_CHECK;
/* In the place of the one that there may be; `user_id` settles it. */
bool store_settlement_set(struct change *change, const struct settlement *settlement,
	int64_t user_id, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND  nothing is settled there */
bool store_settlement_remove(
	struct change *change, int64_t meeting_id, int64_t unit_id, struct error *err) MUST_CHECK;

#endif
