/* What a replay reads of the database, kept apart from it: it can be worked on by other threads. */
#ifndef KUTSU_SERVICE_REPLAY_DATA_INTERNAL_H
#define KUTSU_SERVICE_REPLAY_DATA_INTERNAL_H

#include "kutsu/service/planning.h"
#include "kutsu/store/unit_store.h"

struct replay_data {
	struct arena arena;
	struct unit_list units; /* all, retired ones too */
	struct replay_input input;
	struct replay *replay;
};

/* Release with replay_data_release(), also after a failure. ERROR_INVALID: the period. What was
 * read is run by replay_data_run(), which needs no database. */
bool replay_data_read(struct session *session, const struct planning_period *period,
	struct replay_data *data, struct error *err) MUST_CHECK;
void replay_data_run(struct replay_data *data);
void replay_data_release(struct replay_data *data);

/* Of a unit that is in the database. */
size_t replay_unit_index(const struct replay_data *data, int64_t unit_id);

/* Whether small numbers of families are kept from the user. */
bool replay_hides_small(const struct session *session);
void replay_hide_waits(struct replay_waits *waits);
void replay_hide_small(struct replay_outcome *outcome);

#endif
