/*
 * Meetings by their days. A contact gets those to which an own unit is invited, without holds and
 * without what tells of the case: time, place and who comes.
 */
#ifndef KUTSU_SERVICE_AGENDA_H
#define KUTSU_SERVICE_AGENDA_H

#include "kutsu/service/session.h"
#include "kutsu/store/meeting_store.h"

struct agenda_query {
	int from_day, until_day; /* both included; DAY_FIRST and DAY_LAST: all */
	const char *unit;	 /* code, or NULL */
};

/* By start. Visits row by row; texts live until the visitor returns. ERROR_NOT_FOUND: the unit */
bool agenda_each(struct session *session, const struct agenda_query *query, meeting_visitor *visit,
	void *context, struct error *err) MUST_CHECK;
/* At most `most` (0: all), by start, in the arena. ERROR_NOT_FOUND: the unit */
bool agenda_list(struct session *session, const struct agenda_query *query, int64_t most,
	struct arena *arena, struct meeting_list *list, struct error *err) MUST_CHECK;
/* The latest that are over, newest first. */
bool agenda_past(struct session *session, int64_t most, struct arena *arena,
	struct meeting_list *list, struct error *err) MUST_CHECK;

#endif
