/* From observation to decision, and its way back to everyone. */
#ifndef KUTSU_SERVICE_LEARNING_H
#define KUTSU_SERVICE_LEARNING_H

#include "kutsu/domain/learning.h"
#include "kutsu/service/session.h"
#include "kutsu/store/learning_store.h"

/* Each ERROR_INVALID as domain/learning.h says; each made thing gets its id. Lists lie in the
 * arena. */

/* Neither the database nor the log knows whose it is. */
bool observation_add(
	struct session *session, struct observation *observation, struct error *err) MUST_CHECK;
bool observation_list(struct session *session, enum observation_choice choice, struct arena *arena,
	struct observation_list *list, struct error *err) MUST_CHECK;

/* A new phenomenon of these observations; `count` may be 0. ERROR_NOT_FOUND: one of them. */
bool phenomenon_add(struct session *session, struct phenomenon *phenomenon, const int64_t *ids,
	size_t count, struct error *err) MUST_CHECK;
/* Adds observations; phenomenon_id 0 takes them out. ERROR_NOT_FOUND */
bool phenomenon_group(struct session *session, int64_t phenomenon_id, const int64_t *ids,
	size_t count, struct error *err) MUST_CHECK;
bool phenomenon_close(
	struct session *session, int64_t id, const char *reason, struct error *err) MUST_CHECK;
bool phenomenon_list(struct session *session, bool open_only, struct arena *arena,
	struct phenomenon_list *list, struct error *err) MUST_CHECK;

/* ERROR_NOT_FOUND: no such phenomenon. */
bool initiative_add(
	struct session *session, struct initiative *initiative, struct error *err) MUST_CHECK;
bool initiative_list(struct session *session, struct arena *arena, struct initiative_list *list,
	struct error *err) MUST_CHECK;
bool initiative_set_status(struct session *session, int64_t id, enum initiative_status status,
	struct error *err) MUST_CHECK;
bool initiative_add_step(struct session *session, int64_t id, const char *what, int due_day,
	int64_t *step_id, struct error *err) MUST_CHECK;
bool initiative_step_done(struct session *session, int64_t step_id, struct error *err) MUST_CHECK;
/* ERROR_INVALID: its value is none of 1 to 5. */
bool initiative_add_feedback(struct session *session, int64_t id,
	struct initiative_feedback *feedback, struct error *err) MUST_CHECK;

bool group_list(struct session *session, struct arena *arena, struct leadership_group_list *list,
	struct error *err) MUST_CHECK;
/* An area's group, under the county's. */
bool group_add(
	struct session *session, struct leadership_group *group, struct error *err) MUST_CHECK;
/* Makes or changes the seat of that name. ERROR_NOT_FOUND: no such group. */
bool group_set_seat(struct session *session, int64_t group_id, const struct seat *seat,
	struct error *err) MUST_CHECK;

/* decision->group_id 0: the county's. ERROR_NOT_FOUND: no such group or initiative. */
bool decision_make(
	struct session *session, struct decision *decision, struct error *err) MUST_CHECK;
bool decision_list(struct session *session, int limit, struct arena *arena,
	struct decision_list *list, struct error *err) MUST_CHECK;

/* Decisions that the user has not seen yet. */
bool notice_list(struct session *session, struct arena *arena, struct decision_list *list,
	struct error *err) MUST_CHECK;
/* The user has seen it: it is counted. ERROR_NOT_FOUND */
bool notice_see(struct session *session, int64_t decision_id, struct error *err) MUST_CHECK;

#endif
