/* Observations, phenomena, initiatives, leadership groups and their decisions. */
#ifndef KUTSU_STORE_LEARNING_STORE_H
#define KUTSU_STORE_LEARNING_STORE_H

#include "kutsu/domain/learning.h"
#include "kutsu/store/store.h"

enum observation_choice { OBSERVATIONS_ALL, OBSERVATIONS_UNGROUPED };

/* Each add writes ->id, or *id. */
bool store_observation_add(
	struct change *change, struct observation *observation, struct error *err) MUST_CHECK;
/* The newest first; phenomenon_id 0: of any. */
bool store_observation_list(struct store *store, enum observation_choice choice,
	int64_t phenomenon_id, struct arena *arena, struct observation_list *list,
	struct error *err) MUST_CHECK;
/* phenomenon_id 0: takes it out of its phenomenon. ERROR_NOT_FOUND: no such observation. */
bool store_observation_group(
	struct change *change, int64_t id, int64_t phenomenon_id, struct error *err) MUST_CHECK;

bool store_phenomenon_add(
	struct change *change, struct phenomenon *phenomenon, struct error *err) MUST_CHECK;
/* The newest first. */
bool store_phenomenon_list(struct store *store, bool open_only, struct arena *arena,
	struct phenomenon_list *list, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND: there is none that is open. */
bool store_phenomenon_close(struct change *change, int64_t id, int day, const char *reason,
	struct error *err) MUST_CHECK;
bool store_phenomenon_exists(
	struct store *store, int64_t id, bool *exists, struct error *err) MUST_CHECK;
bool store_initiative_exists(
	struct store *store, int64_t id, bool *exists, struct error *err) MUST_CHECK;
bool store_group_exists(
	struct store *store, int64_t id, bool *exists, struct error *err) MUST_CHECK;

bool store_initiative_add(
	struct change *change, struct initiative *initiative, struct error *err) MUST_CHECK;
/* With partners, steps and feedback; the newest first. */
bool store_initiative_list(struct store *store, struct arena *arena, struct initiative_list *list,
	struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND */
bool store_initiative_set_status(struct change *change, int64_t id, enum initiative_status status,
	struct error *err) MUST_CHECK;
bool store_initiative_add_step(struct change *change, int64_t initiative_id, const char *what,
	int due_day, int64_t *id, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND: no such step is undone. */
bool store_initiative_step_done(
	struct change *change, int64_t step_id, int day, struct error *err) MUST_CHECK;
bool store_initiative_add_feedback(struct change *change, int64_t initiative_id,
	const struct initiative_feedback *feedback, struct error *err) MUST_CHECK;

/* The county's first, then the areas' by name; with seats. */
bool store_group_list(struct store *store, struct arena *arena, struct leadership_group_list *list,
	struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: the name is taken. */
bool store_group_add(
	struct change *change, struct leadership_group *group, struct error *err) MUST_CHECK;
/* A seat of that name is changed, or made. */
bool store_seat_set(struct change *change, int64_t group_id, const struct seat *seat,
	struct error *err) MUST_CHECK;

bool store_decision_add(
	struct change *change, struct decision *decision, struct error *err) MUST_CHECK;
/* The newest first, as that user has seen them; unseen_only: those the user has not. limit 0: all.
 */
bool store_decision_list(struct store *store, int64_t user_id, bool unseen_only, int limit,
	struct arena *arena, struct decision_list *list, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND: no such decision. Seen twice is seen once. */
bool store_decision_see(struct change *change, int64_t id, int64_t user_id, int64_t at,
	struct error *err) MUST_CHECK;

#endif
