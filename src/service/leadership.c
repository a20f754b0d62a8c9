#include "kutsu/service/leadership.h"

#include "kutsu/service/learning.h"
#include "kutsu/service/monthly.h"
#include "service_internal.h"

static void keep_under_way(struct initiative_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		enum initiative_status status = list->items[i].status;

		if (status != INITIATIVE_DONE && status != INITIATIVE_ENDED)
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

bool leadership_agenda_look(struct session *session, struct month month, struct arena *arena,
	struct leadership_agenda *agenda, struct error *err)
{
	*agenda = (struct leadership_agenda) { .today = session_today(session) };
	if (!report_look(session, LOOK_NEW, month, false, arena, &agenda->report, err)
		|| !phenomenon_list(session, true, arena, &agenda->phenomena, err)
		|| !initiative_list(session, arena, &agenda->initiatives, err)
		|| !decision_list(session, AGENDA_DECISIONS, arena, &agenda->decisions, err)
		|| !group_list(session, arena, &agenda->groups, err))
		return false;
	keep_under_way(&agenda->initiatives);
	return true;
}
