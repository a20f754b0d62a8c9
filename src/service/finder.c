#include "kutsu/service/finder.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/slot_store.h"
#include "kutsu/store/unit_store.h"
#include "service_internal.h"

#include <stdlib.h>
#include <string.h>

static bool check_query(const struct hole_query *query, struct error *err)
{
	if (query->unit_count == 0)
		return error_set(err, ERROR_INVALID, _("no unit was given; name at least one"));
	if (query->weeks < 1 || query->weeks > FINDER_WEEKS_MOST)
		return error_set(err, ERROR_INVALID, _("%d weeks won't do; give 1 to %d"),
			query->weeks, FINDER_WEEKS_MOST);
	if (query->notice > NOTICE_MOST || query->notice < NOTICE_DEFAULT)
		return error_set(err, ERROR_INVALID,
			_("a notice of %d working days won't do; give 0 to %d"), query->notice,
			NOTICE_MOST);
	return meeting_time_check(0, query->minutes, err);
}

static bool read_calendars(struct session *session, const struct unit_list *units,
	const struct search *search, struct arena *arena, const struct unit_calendar **result,
	struct error *err)
{
	struct unit_calendar *calendars =
		arena_new(arena, (units->count + 1) * sizeof(struct unit_calendar));

	*result = calendars;
	for (size_t i = 0; i < units->count; i++) {
		if (!store_calendar_read(session->store, units->items[i].id, search->first_day,
			    search->days, session_now(session), 0, arena, &calendars[i], err))
			return false;
	}
	return true;
}

static bool choose_notice(
	struct session *session, const struct hole_query *query, int *notice, struct error *err)
{
	*notice = query->notice;
	return query->notice != NOTICE_DEFAULT
	       || store_setting_number(session->store, SETTING_NOTICE, notice, err);
}

static bool names_unit(const struct meeting *meeting, const struct unit_list *units)
{
	for (size_t m = 0; m < meeting->unit_count; m++) {
		for (size_t u = 0; u < units->count; u++) {
			if (strcmp(meeting->units[m], units->items[u].code) == 0)
				return true;
		}
	}
	return false;
}

static bool find_held(
	struct session *session, struct arena *arena, struct hole_answer *answer, struct error *err)
{
	struct meeting_list *held = &answer->held;
	size_t kept = 0;

	if (!store_hold_list(session->store, session_now(session), arena, held, err))
		return false;
	for (size_t i = 0; i < held->count; i++) {
		if (names_unit(&held->items[i], &answer->units))
			held->items[kept++] = held->items[i];
	}
	held->count = kept;
	return true;
}

static struct unconfirmed unconfirmed_of(const struct search *search, const struct unit_list *units,
	const struct shared_hole *hole, struct arena *arena)
{
	struct unconfirmed found = { .units = arena_new(
					     arena, units->count * sizeof(*found.units)) };

	for (size_t i = 0; i < units->count; i++) {
		if (calendar_is_unconfirmed(&search->units[i], search->breaks, search->break_count,
			    hole->day, hole->start, hole->end))
			found.units[found.count++] = units->items[i].code;
	}
	return found;
}

/* Only of weeks whose deadline is past: these are few. */
static bool find_unconfirmed(struct session *session, const struct search *search,
	struct arena *arena, struct hole_answer *answer, struct error *err)
{
	const struct search_result *found = &answer->found;
	struct confirm_deadline deadline;

	if (!read_deadline(session, &deadline, err))
		return false;
	answer->unconfirmed =
		arena_new(arena, (found->hole_count + 1) * sizeof(*answer->unconfirmed));
	for (size_t i = 0; i < found->hole_count
			   && confirm_deadline_is_past(&deadline, found->holes[i].day,
				   search->now_day, search->now_minute);
		i++)
		answer->unconfirmed[i] =
			unconfirmed_of(search, &answer->units, &found->holes[i], arena);
	return true;
}

/* What is kept of it is for others: that it could not be kept is no reason to find nothing. */
static void keep_finding(struct session *session, const struct search *search,
	const struct hole_answer *answer, const char *searcher)
{
	struct error ignored;

	if (searcher
		&& !finding_keep(
			session, search, &answer->units, &answer->found, searcher, &ignored))
		return;
}

bool find_holes(struct session *session, const struct hole_query *query, struct arena *arena,
	struct hole_answer *answer, struct error *err)
{
	struct wall_time now = session_wall(session);
	struct school_break_list breaks;
	struct search search = {
		.minutes = query->minutes,
		.first_day = query->first_day,
		.days = query->weeks * 7,
		.now_day = now.day,
		.now_minute = now.minute,
		.limits = query->limits,
		.limit = query->limit,
	};

	*answer = (struct hole_answer) { 0 };
	if (!use_check(session, USE_HOLE_FIND, NULL, err) || !check_query(query, err)
		|| !choose_notice(session, query, &search.notice, err)
		|| !get_units(session, query->units, query->unit_count, UNITS_ACTIVE, arena,
			&answer->units, err)
		|| !get_units(session, query->optional, query->optional_count, UNITS_ACTIVE, arena,
			&answer->optional, err)
		|| !store_school_break_list(session->store, arena, &breaks, err)
		|| !read_calendars(session, &answer->units, &search, arena, &search.units, err)
		|| !read_calendars(
			session, &answer->optional, &search, arena, &search.optional, err)
		|| !find_held(session, arena, answer, err))
		return false;
	search.unit_count = answer->units.count;
	search.optional_count = answer->optional.count;
	search.breaks = breaks.items;
	search.break_count = breaks.count;
	search_run(&search, &answer->found);
	keep_finding(session, &search, answer, query->searcher);
	return find_unconfirmed(session, &search, arena, answer, err);
}

void hole_answer_release(struct hole_answer *answer)
{
	search_result_release(&answer->found);
}

/* Of all active units, or of one; a contact's own ones of them. */
static bool choose_units(struct session *session, const char *unit_code, struct arena *arena,
	struct unit_list *units, struct error *err)
{
	enum scope scope;
	size_t kept = 0;
	bool ok;

	if (!use_check(session, USE_SLOT_LIST, &scope, err))
		return false;
	ok = unit_code ? get_units(session, &unit_code, 1, UNITS_ACTIVE, arena, units, err)
		       : store_unit_list(session->store, UNITS_ACTIVE, arena, units, err);
	for (size_t i = 0; ok && i < units->count; i++) {
		if (scope == SCOPE_ALL || is_own_unit(session, units->items[i].id))
			units->items[kept++] = units->items[i];
	}
	units->count = kept;
	return ok;
}

bool find_occurrences(struct session *session, const char *unit_code, int first_day, int days,
	struct arena *arena, struct unit_days **result, size_t *count, struct error *err)
{
	struct unit_calendar *calendars;
	struct school_break_list breaks;
	struct unit_list units;

	*result = NULL;
	*count = 0;
	if (!choose_units(session, unit_code, arena, &units, err)
		|| !store_school_break_list(session->store, arena, &breaks, err)
		|| !store_calendar_list(session->store, &units, first_day, days,
			session_now(session), arena, &calendars, err))
		return false;
	*result = arena_new(arena, (units.count + 1) * sizeof(**result));
	*count = units.count;
	for (size_t i = 0; i < units.count; i++) {
		struct unit_days *of_unit = &(*result)[i];

		of_unit->unit = units.items[i];
		of_unit->calendar = calendars[i];
		calendar_add_occurrences(&of_unit->calendar, breaks.items, breaks.count, first_day,
			days, &of_unit->occurrences);
	}
	return true;
}

void unit_days_release(struct unit_days *days, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(days[i].occurrences.items);
		days[i].occurrences = (struct occurrence_list) { 0 };
	}
}
