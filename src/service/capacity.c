#include "kutsu/service/capacity.h"

#include "kutsu/base/date.h"
#include "kutsu/domain/holiday.h"
#include "kutsu/service/planning.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/figure_store.h"
#include "kutsu/store/finding_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/slot_store.h"
#include "replay_data_internal.h"
#include "service_internal.h"

#include <stdio.h>

static bool read_period(struct session *session, struct arena *arena,
	struct capacity_source *source, struct error *err)
{
	struct store *store = session->store;
	int from = source->from_day, until = source->until_day;

	return store_unit_list(store, UNITS_ACTIVE, arena, &source->units, err)
	       && store_school_break_list(store, arena, &source->breaks, err)
	       && store_calendar_list(store, &source->units, from, until - from + 1,
		       session_now(session), arena, &source->calendars, err)
	       && store_capacity_meetings(store, from, until, arena, &source->meetings, err)
	       && store_finding_list(store, from, until, NULL, arena, &source->findings, err);
}

static bool read_ahead(struct session *session, struct arena *arena, struct capacity_source *source,
	struct error *err)
{
	struct wall_time now = session_wall(session);
	int notice;

	source->now_day = now.day;
	source->now_minute = now.minute;
	if (!store_setting_number(session->store, SETTING_NOTICE, &notice, err)
		|| !store_setting_number(
			session->store, SETTING_TARGET_DAYS, &source->target_days, err))
		return false;
	source->ahead_day = day_after_working_days(now.day, notice);
	return store_calendar_list(session->store, &source->units, now.day, CAPACITY_DAYS_AHEAD,
		session_now(session), arena, &source->ahead, err);
}

/* From each call to the first hole that its units shared; one that found none is a finding. */
static bool read_wait(struct session *session, const struct capacity_source *source,
	struct capacity_wait *wait, struct error *err)
{
	struct planning_period period = { source->from_day, source->until_day };
	struct arena arena = { 0 };
	size_t count, met = 0;
	int *days = NULL;
	bool ok = plan_waits(session, &period, &arena, &days, &count, err);

	for (size_t i = 0; ok && i < count; i++) {
		if (days[i] != REPLAY_NEVER)
			days[met++] = days[i];
	}
	if (ok)
		*wait = capacity_wait_of(days, met);
	arena_release(&arena);
	return ok;
}

static bool read_all(struct session *session, struct arena *arena, struct capacity_source *source,
	struct capacity_wait *wait, struct error *err)
{
	return read_period(session, arena, source, err) && read_ahead(session, arena, source, err)
	       && read_wait(session, source, wait, err);
}

static bool read_logged(struct session *session, struct arena *arena,
	struct capacity_source *source, struct capacity_wait *wait, struct error *err)
{
	char detail[SUBJECT_SIZE], from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
	struct use use;
	bool ok;

	snprintf(detail, sizeof(detail), "capacity %s..%s", day_format_iso(source->from_day, from),
		day_format_iso(source->until_day, until));
	if (!use_begin(&use, session, USE_FIGURES_LOOK, "capacity", err))
		return false;
	ok = read_all(session, arena, source, wait, err) && use_log(&use, 0, detail, err);
	return use_end(&use, ok, err);
}

/* Of a day or a week that is chosen so, small ones would tell of a family. */
static void hide_small(struct capacity *capacity)
{
	capacity->wait.count = cell_in_fives(capacity->wait.count);
	capacity->found_none = cell_in_fives(capacity->found_none);
	capacity->found_late = cell_in_fives(capacity->found_late);
	for (size_t i = 0; i < capacity->obstacle_count; i++)
		capacity->obstacles[i].count = cell_in_fives(capacity->obstacles[i].count);
}

/* What takes the time is computed when the transaction is over. */
bool capacity_look(struct session *session, enum look look, int from_day, int until_day,
	struct arena *arena, struct capacity *capacity, struct error *err)
{
	struct capacity_source source = { .from_day = from_day, .until_day = until_day };
	struct capacity_wait wait;
	bool ok;

	*capacity = (struct capacity) { 0 };
	if (!capacity_days_check(from_day, until_day, err))
		return false;
	if (look == LOOK_NEW)
		ok = read_logged(session, arena, &source, &wait, err);
	else
		ok = use_check(session, USE_FIGURES_LOOK, NULL, err)
		     && read_all(session, arena, &source, &wait, err);
	if (!ok)
		return false;
	capacity_compute(&source, arena, capacity);
	capacity->wait = wait;
	if (replay_hides_small(session))
		hide_small(capacity);
	return true;
}
