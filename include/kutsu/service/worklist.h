/* What waits for a coordinator: today, and in follow-up. */
#ifndef KUTSU_SERVICE_WORKLIST_H
#define KUTSU_SERVICE_WORKLIST_H

#include "kutsu/service/session.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/draft_store.h"
#include "kutsu/store/meeting_store.h"

#define WORK_SILENT_DAYS 42 /* after which an open case without a sign of life is told */

struct work_today {
	struct draft_list drafts;	  /* newest first */
	struct waiting_case_list waiting; /* without a meeting, longest first */
	struct meeting_list meetings;	  /* of today, by start */
	struct meeting_list unrecorded;	  /* over and not recorded, oldest first */
	struct follow_up_list follow_ups; /* missing and coming, by day */
	struct action_list late;	  /* actions past their day */
	struct waiting_case_list silent;  /* for WORK_SILENT_DAYS, longest open first */
};

/* At most `most` of each, in the arena. LOOK_NEW is logged. */
bool work_look_today(struct session *session, enum look look, int64_t most, struct arena *arena,
	struct work_today *work, struct error *err) MUST_CHECK;

struct work_follow {
	struct follow_up_list follow_ups;
	struct action_list actions; /* not done, by due day */
};

bool work_look_follow(struct session *session, enum look look, int64_t most, struct arena *arena,
	struct work_follow *work, struct error *err) MUST_CHECK;

#endif
