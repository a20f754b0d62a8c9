#include "kutsu/base/date.h"
#include "kutsu/service/promise.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/readiness_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/slot_store.h"
#include "service_internal.h"

#include <stdlib.h>
#include <string.h>

/* All that is asked of calendars for the coming days: the units in the scope, their calendars. */
struct view {
	struct session *session;
	struct arena *arena;
	int first_day, days;
	struct unit_list units;
	struct unit_calendar *calendars;
	struct school_break_list breaks;
};

static bool read_view(struct view *view, enum scope scope, const char *code, struct error *err)
{
	struct session *session = view->session;
	size_t kept = 0;
	bool ok = code ? get_units(session, &code, 1, UNITS_ALL, view->arena, &view->units, err)
		       : store_unit_list(
			       session->store, UNITS_ACTIVE, view->arena, &view->units, err);

	if (!ok)
		return false;
	for (size_t i = 0; i < view->units.count; i++) {
		if (scope == SCOPE_ALL || is_own_unit(session, view->units.items[i].id))
			view->units.items[kept++] = view->units.items[i];
	}
	view->units.count = kept;
	return store_school_break_list(session->store, view->arena, &view->breaks, err)
	       && store_calendar_list(session->store, &view->units, view->first_day, view->days,
		       session_now(session), view->arena, &view->calendars, err);
}

static const char *deputy_on(const struct unit_calendar *calendar, int day, int minute)
{
	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *slot = &calendar->slots[i];

		if (slot_falls_on(slot, day) && slot->start <= minute && minute < slot->end)
			return slot->deputy;
	}
	return calendar->slot_count ? calendar->slots[0].deputy : NULL;
}

static const char *reason_on(const struct unit_calendar *calendar, const struct meeting *meeting)
{
	const char *note = NULL;

	for (size_t i = 0; i < calendar->closing_count; i++) {
		const struct closing *closing = &calendar->closings[i];

		if (closing->reason
			&& closing_covers(closing, meeting->day, meeting->start, meeting->end))
			return closing->reason;
	}
	for (size_t i = 0; i < calendar->answer_count; i++) {
		const struct readiness_answer *answer = &calendar->answers[i];

		if (answer->day == meeting->day && answer->start <= meeting->start
			&& answer->state == READINESS_DECLINED)
			note = answer->note;
	}
	return note;
}

/* Of the meeting at the time it has now, or NULL. */
static const struct settlement *find_settlement(
	const struct settlement_list *list, const struct meeting *meeting, int64_t unit_id)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct settlement *s = &list->items[i];

		if (s->meeting_id == meeting->id && s->unit_id == unit_id && s->day == meeting->day
			&& s->start == meeting->start)
			return s;
	}
	return NULL;
}

static void add_unsettled(const struct view *view, const struct meeting *meeting, size_t unit,
	const struct settlement_list *settlements, struct unsettled_list *list)
{
	const struct unit_calendar *calendar = &view->calendars[unit];
	const struct settlement *settled =
		find_settlement(settlements, meeting, view->units.items[unit].id);

	if ((settled && settled->asks == ASKED_NOTHING)
		|| !calendar_has_lost(calendar, view->breaks.items, view->breaks.count,
			meeting->day, meeting->start, meeting->end))
		return;
	list->items = arena_append(view->arena, list->items, &list->count, sizeof(*list->items));
	list->items[list->count - 1] = (struct unsettled) {
		.meeting = *meeting,
		.unit_id = view->units.items[unit].id,
		.unit = view->units.items[unit].code,
		.deputy = deputy_on(calendar, meeting->day, meeting->start),
		.reason = reason_on(calendar, meeting),
		.asks = settled ? settled->asks : ASKED_NOTHING,
		.asked_by = settled ? settled->settled_by : NULL,
	};
}

static bool read_unsettled(struct session *session, enum scope scope, const char *unit,
	struct arena *arena, struct unsettled_list *list, struct error *err)
{
	struct view view = { .session = session, .arena = arena };
	struct meeting_filter ahead = { .from_day = session_today(session),
		.until_day = DAY_LAST,
		.contact_id = scope == SCOPE_OWN ? session->user.id : 0 };
	struct settlement_list settlements;
	struct meeting_list meetings;

	if (!store_meeting_list(session->store, &ahead, 0, arena, &meetings, err)
		|| !store_settlement_list(session->store, ahead.from_day, arena, &settlements, err))
		return false;
	if (meetings.count == 0)
		return true;
	view.first_day = ahead.from_day;
	view.days = meetings.items[meetings.count - 1].day - view.first_day + 1;
	if (!read_view(&view, scope, unit, err))
		return false;
	for (size_t m = 0; m < meetings.count; m++) {
		struct meeting *meeting = &meetings.items[m];

		if (meeting->status != MEETING_BOOKED)
			continue;
		if (scope == SCOPE_OWN)
			meeting_for_contact(meeting);
		for (size_t u = 0; u < view.units.count; u++) {
			if (meeting_has_unit(meeting, view.units.items[u].code))
				add_unsettled(&view, meeting, u, &settlements, list);
		}
	}
	return true;
}

/* Who sees the holes and the meetings of a unit sees where they don't agree. */
bool promise_unsettled(struct session *session, const char *unit, struct arena *arena,
	struct unsettled_list *list, struct error *err)
{
	enum scope scope;

	*list = (struct unsettled_list) { 0 };
	return use_check(session, USE_MEETING_LIST, &scope, err)
	       && read_unsettled(session, scope, unit, arena, list, err);
}

static void add_gap(struct promise_gap_list *list, struct arena *arena, enum gap gap,
	const struct unit *unit, const struct occurrence *hole)
{
	struct promise_gap *added;

	list->items = arena_append(arena, list->items, &list->count, sizeof(*list->items));
	added = &list->items[list->count - 1];
	*added = (struct promise_gap) { .gap = gap, .unit = unit };
	if (hole) {
		added->day = hole->day;
		added->start = hole->start;
		added->end = hole->end;
		added->booked = hole->booked;
		added->person = hole->slot ? hole->slot->ready_person : NULL;
	}
}

struct lack {
	bool hole, ready_person, deputy;
};

static struct lack find_lack(const struct unit_calendar *calendar, int today)
{
	struct lack lack = { .hole = true };

	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *slot = &calendar->slots[i];

		if (slot->until_day < today || slot->until_day < slot->from_day)
			continue;
		lack.hole = false;
		lack.ready_person = lack.ready_person || !slot->ready_person;
		lack.deputy = lack.deputy || !slot->deputy;
	}
	return lack;
}

static void add_lacking(const struct view *view, enum gap gap, struct promise_gap_list *list)
{
	for (size_t u = 0; u < view->units.count; u++) {
		struct lack lack = find_lack(&view->calendars[u], view->first_day);
		bool lacks = gap == GAP_NO_HOLE		  ? lack.hole
			     : gap == GAP_NO_READY_PERSON ? lack.ready_person
							  : lack.deputy;

		if (lacks)
			add_gap(list, view->arena, gap, &view->units.items[u], NULL);
	}
}

/* Those in which somebody is to be met, or the others. */
static void add_unconfirmed(
	const struct view *view, int minute, bool booked, struct promise_gap_list *list)
{
	struct occurrence_list holes = { 0 };

	for (size_t u = 0; u < view->units.count; u++) {
		holes.count = 0;
		calendar_add_occurrences(&view->calendars[u], view->breaks.items,
			view->breaks.count, view->first_day, view->days, &holes);
		for (size_t i = 0; i < holes.count; i++) {
			const struct occurrence *hole = &holes.items[i];
			bool is_over = hole->day == view->first_day && hole->end <= minute;

			if (hole->readiness == READINESS_UNCONFIRMED && !is_over
				&& (hole->booked > 0) == booked)
				add_gap(list, view->arena, GAP_UNCONFIRMED, &view->units.items[u],
					hole);
		}
	}
	free(holes.items);
}

bool read_deadline(struct session *session, struct confirm_deadline *deadline, struct error *err)
{
	struct arena arena = { 0 };
	const char *text;
	bool ok = store_setting_get(
		session->store, setting_name(SETTING_CONFIRM_BY), &arena, &text, err);

	if (ok && (!text || !confirm_deadline_parse(text, deadline)))
		ok = confirm_deadline_parse(setting_default(SETTING_CONFIRM_BY), deadline);
	arena_release(&arena);
	return ok;
}

static bool read_gaps(struct session *session, enum scope scope, struct arena *arena,
	struct promise_gap_list *list, struct error *err)
{
	struct wall_time now = session_wall(session);
	struct view view = { .session = session,
		.arena = arena,
		.first_day = now.day,
		.days = 8 - day_weekday(now.day) };
	struct confirm_deadline deadline;

	if (!read_deadline(session, &deadline, err) || !read_view(&view, scope, NULL, err))
		return false;
	add_lacking(&view, GAP_NO_HOLE, list);
	if (confirm_deadline_is_past(&deadline, now.day, now.day, now.minute)) {
		add_unconfirmed(&view, now.minute, true, list);
		add_unconfirmed(&view, now.minute, false, list);
	}
	add_lacking(&view, GAP_NO_READY_PERSON, list);
	add_lacking(&view, GAP_NO_DEPUTY, list);
	return true;
}

bool promise_gaps(struct session *session, struct arena *arena, struct promise_gap_list *list,
	struct error *err)
{
	enum scope scope;

	*list = (struct promise_gap_list) { 0 };
	return use_check(session, USE_SLOT_LIST, &scope, err)
	       && read_gaps(session, scope, arena, list, err);
}

static void fill_units(const struct view *view, struct own_weeks *weeks)
{
	weeks->units = arena_new(view->arena, (view->units.count + 1) * sizeof(*weeks->units));
	weeks->unit_count = view->units.count;
	for (size_t u = 0; u < view->units.count; u++) {
		struct unit_days *of_unit = &weeks->units[u];

		of_unit->unit = view->units.items[u];
		of_unit->calendar = view->calendars[u];
		calendar_add_occurrences(&of_unit->calendar, view->breaks.items, view->breaks.count,
			view->first_day, view->days, &of_unit->occurrences);
	}
}

static bool read_own_meetings(const struct view *view, struct meeting_list *list, struct error *err)
{
	struct meeting_filter filter = { .from_day = view->first_day,
		.until_day = view->first_day + view->days - 1,
		.contact_id = view->session->user.id };

	if (!store_meeting_list(view->session->store, &filter, 0, view->arena, list, err))
		return false;
	for (size_t i = 0; i < list->count; i++)
		meeting_for_contact(&list->items[i]);
	return true;
}

/* In the role of a contact alone, whatever other roles the user has. */
bool own_weeks_look(
	struct session *session, struct arena *arena, struct own_weeks *weeks, struct error *err)
{
	int today = session_today(session);
	struct view view = { .session = session, .arena = arena, .days = OWN_UNIT_WEEKS * 7 };

	*weeks = (struct own_weeks) { .monday = today - day_weekday(today) + 1 };
	view.first_day = weeks->monday;
	if (!use_check(session, USE_OWN_UNIT_LOOK, NULL, err)
		|| !read_deadline(session, &weeks->deadline, err)
		|| !read_view(&view, SCOPE_OWN, NULL, err)
		|| !read_own_meetings(&view, &weeks->meetings, err))
		return false;
	fill_units(&view, weeks);
	return read_unsettled(session, SCOPE_OWN, NULL, arena, &weeks->unsettled, err)
	       && read_gaps(session, SCOPE_OWN, arena, &weeks->gaps, err);
}

void own_weeks_release(struct own_weeks *weeks)
{
	unit_days_release(weeks->units, weeks->unit_count);
	weeks->units = NULL;
	weeks->unit_count = 0;
}
