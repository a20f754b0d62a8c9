#include "kutsu/service/worklist.h"

#include "service_internal.h"

static bool read_today(struct session *session, int64_t most, struct arena *arena,
	struct work_today *work, struct error *err)
{
	struct wall_time now = session_wall(session);
	struct meeting_filter today = { .from_day = now.day, .until_day = now.day };
	int silent_since = now.day - WORK_SILENT_DAYS;
	struct store *store = session->store;

	return store_draft_list(store, arena, &work->drafts, err)
	       && store_case_waiting(store, most, arena, &work->waiting, err)
	       && store_meeting_list(store, &today, most, arena, &work->meetings, err)
	       && store_meeting_unrecorded(
		       store, now.day, now.minute, most, arena, &work->unrecorded, err)
	       && store_follow_up_list(store, now.day, most, arena, &work->follow_ups, err)
	       && store_action_list(store, ACTIONS_LATE, now.day, most, arena, &work->late, err)
	       && store_case_silent(store, zone_to_moment(silent_since, 0), silent_since, most,
		       arena, &work->silent, err);
}

bool work_look_today(struct session *session, enum look look, int64_t most, struct arena *arena,
	struct work_today *work, struct error *err)
{
	struct use use;
	bool ok;

	*work = (struct work_today) { 0 };
	if (look == LOOK_AGAIN)
		return use_check(session, USE_WORK_LOOK, NULL, err)
		       && read_today(session, most, arena, work, err);
	if (!use_begin(&use, session, USE_WORK_LOOK, "today", err))
		return false;
	ok = read_today(session, most, arena, work, err) && use_log(&use, 0, "today", err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*work = (struct work_today) { 0 };
	return ok;
}

static bool read_follow(struct session *session, int64_t most, struct arena *arena,
	struct work_follow *work, struct error *err)
{
	struct store *store = session->store;
	int today = session_today(session);

	return store_follow_up_list(store, today, most, arena, &work->follow_ups, err)
	       && store_action_list(store, ACTIONS_UNDONE, today, most, arena, &work->actions, err);
}

bool work_look_follow(struct session *session, enum look look, int64_t most, struct arena *arena,
	struct work_follow *work, struct error *err)
{
	struct use use;
	bool ok;

	*work = (struct work_follow) { 0 };
	if (look == LOOK_AGAIN)
		return use_check(session, USE_WORK_LOOK, NULL, err)
		       && read_follow(session, most, arena, work, err);
	if (!use_begin(&use, session, USE_WORK_LOOK, "follow-up", err))
		return false;
	ok = read_follow(session, most, arena, work, err) && use_log(&use, 0, "follow-up", err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*work = (struct work_follow) { 0 };
	return ok;
}
