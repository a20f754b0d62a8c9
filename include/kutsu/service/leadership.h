/* The agenda pack of the leadership group. */
#ifndef KUTSU_SERVICE_LEADERSHIP_H
#define KUTSU_SERVICE_LEADERSHIP_H

#include "kutsu/domain/leadership_agenda.h"
#include "kutsu/service/session.h"

struct arena;

/* With the report of that month, without small figures: the look is logged as the report's. */
bool leadership_agenda_look(struct session *session, struct month month, struct arena *arena,
	struct leadership_agenda *agenda, struct error *err) MUST_CHECK;

#endif
