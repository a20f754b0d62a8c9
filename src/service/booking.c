#include "kutsu/service/booking.h"

#include "inviting_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/service/writer.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/slot_store.h"
#include "service_internal.h"

static bool check_not_past(struct session *session, int day, int start, struct error *err)
{
	struct wall_time now = session_wall(session);

	if (day < now.day || (day == now.day && start < now.minute))
		return error_set(err, ERROR_INVALID, _("the time is past; choose a later one"));
	return true;
}

/* Asks each unit's calendar. A meeting that moves (its id is not 0) does not stand in its own way.
 */
static bool check_room(struct session *session, const struct unit_list *units,
	const struct meeting *meeting, struct arena *arena, struct error *err)
{
	struct school_break_list breaks;

	if (!store_school_break_list(session->store, arena, &breaks, err))
		return false;
	for (size_t i = 0; i < units->count; i++) {
		struct unit_calendar calendar;

		if (!store_calendar_read(session->store, units->items[i].id, meeting->day, 1,
			    session_now(session), meeting->id, arena, &calendar, err))
			return false;
		if (!calendar_has_room(&calendar, breaks.items, breaks.count, meeting->day,
			    meeting->start, meeting->end))
			return error_set(err, ERROR_CONFLICT,
				_("%s has no hole then, or it is taken; choose another time"),
				units->items[i].code);
	}
	return true;
}

static bool check_booking(struct session *session, const struct booking *booking, struct error *err)
{
	if (booking->unit_count == 0)
		return error_set(err, ERROR_INVALID, _("no unit was given; name at least one"));
	return meeting_time_check(booking->start, booking->minutes, err)
	       && field_check(_("place"), booking->place, FIELD_SHORT, err)
	       && check_not_past(session, booking->day, booking->start, err);
}

static bool add_meeting(struct use *use, struct meeting *meeting, int64_t case_id,
	const struct unit_list *units, enum leaving leaving, struct arena *arena, struct error *err)
{
	struct session *session = use->session;
	int64_t *ids = arena_new(arena, units->count * sizeof(*ids));
	char uid[UID_SIZE];

	for (size_t i = 0; i < units->count; i++)
		ids[i] = units->items[i].id;
	make_uid(session, uid);
	meeting->uid = arena_printf(arena, "%s@kutsu", uid); /* for ever (RFC 5545, 3.8.4.7) */
	meeting->changed_at = session_now(session);
	if (!store_meeting_add(
		    &use->change, meeting, case_id, session->user.id, ids, units->count, err))
		return false;
	return meeting->status == MEETING_HOLD
	       || inviting_book(use, meeting->id, case_id, units, leaving, err);
}

static bool is_abandoned(const struct meeting *hold)
{
	return hold->hold_writer && !writer_is_alive(hold->hold_writer);
}

/* Removes the holds of programs that have ended. What is freed so is in the log, too. */
static bool remove_abandoned(
	struct session *session, struct change *change, int *removed, struct error *err)
{
	struct arena arena = { 0 };
	struct meeting_list holds;
	bool ok = store_hold_list(session->store, session_now(session), &arena, &holds, err);

	*removed = 0;
	for (size_t i = 0; ok && i < holds.count; i++) {
		if (!is_abandoned(&holds.items[i]))
			continue;
		ok = store_hold_remove(change, holds.items[i].id, holds.items[i].hold_writer,
			     session_now(session), err)
		     && log_in_passing(session, change, USE_HOLD_RELEASE,
			     arena_printf(&arena, "%lld of %s: its program has ended",
				     (long long)holds.items[i].id, holds.items[i].held_by),
			     err);
		++*removed;
	}
	arena_release(&arena);
	return ok;
}

bool booking_free_abandoned(struct session *session, int *freed, struct error *err)
{
	struct arena arena = { 0 };
	struct meeting_list holds;
	struct change change;
	bool ok = store_hold_list(session->store, session_now(session), &arena, &holds, err);
	bool is_any = false;

	*freed = 0;
	for (size_t i = 0; ok && i < holds.count; i++)
		is_any = is_any || is_abandoned(&holds.items[i]);
	arena_release(&arena);
	if (!ok || !is_any)
		return ok;
	return change_begin(&change, session->store, err)
	       && change_end(&change, remove_abandoned(session, &change, freed, err), err);
}

bool booking_hold_list(
	struct session *session, struct arena *arena, struct meeting_list *list, struct error *err)
{
	*list = (struct meeting_list) { 0 };
	return use_check(session, USE_SLOT_LIST, NULL, err)
	       && store_hold_list(session->store, session_now(session), arena, list, err);
}

/* Holds that ran out are cleared away first: the database's own rule counts them. */
static bool place_meeting(struct use *use, const struct booking *booking, struct meeting *meeting,
	int64_t case_id, struct error *err)
{
	struct session *session = use->session;
	struct arena arena = { 0 };
	struct unit_list units;
	int removed;
	bool ok = store_hold_remove(&use->change, booking->hold_id, booking->writer,
			  session_now(session), err)
		  && remove_abandoned(session, &use->change, &removed, err)
		  && get_units(session, booking->units, booking->unit_count, UNITS_ACTIVE, &arena,
			  &units, err)
		  && check_room(session, &units, meeting, &arena, err)
		  && add_meeting(use, meeting, case_id, &units, booking->leaving, &arena, err);

	arena_release(&arena);
	return ok;
}

static struct meeting meeting_of(const struct booking *booking, enum meeting_status status)
{
	return (struct meeting) {
		.kind = booking->kind,
		.day = booking->day,
		.start = booking->start,
		.end = booking->start + booking->minutes,
		.place = booking->place,
		.status = status,
	};
}

bool book(struct use *use, const struct booking *booking, const struct case_ref *case_ref,
	int64_t *meeting_id, struct error *err)
{
	struct session *session = use->session;
	struct meeting meeting = meeting_of(booking, MEETING_BOOKED);

	if (!check_booking(session, booking, err)
		|| !place_meeting(use, booking, &meeting, case_ref->id, err))
		return false;
	*meeting_id = meeting.id;
	return use_log_number(use, USE_MEETING_BOOK, case_ref->id, meeting.id, err);
}

bool booking_make(struct session *session, const struct booking *booking, int64_t *meeting_id,
	struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct use use;
	int64_t id;
	bool ok;

	if (!check_booking(session, booking, err)
		|| !use_begin(&use, session, USE_MEETING_BOOK, booking->case_code, err))
		return false;
	ok = get_open_case(session, booking->case_code, &arena, &case_ref, err)
	     && book(&use, booking, &case_ref, &id, err);
	arena_release(&arena);
	ok = use_end(&use, ok, err);
	if (ok)
		*meeting_id = id;
	return ok;
}

bool booking_hold(
	struct session *session, const struct booking *booking, int64_t *hold_id, struct error *err)
{
	struct meeting meeting = meeting_of(booking, MEETING_HOLD);
	struct use use;
	int minutes;
	bool ok;

	if (!check_booking(session, booking, err)
		|| !store_setting_number(session->store, SETTING_HOLD_MINUTES, &minutes, err)
		|| !use_begin(&use, session, USE_HOLD, NULL, err))
		return false;
	meeting.hold_until = session_now(session) + (int64_t)minutes * 60;
	meeting.hold_writer = booking->writer;
	ok = place_meeting(&use, booking, &meeting, 0, err)
	     && use_log_number(&use, USE_HOLD, 0, meeting.id, err);
	ok = use_end(&use, ok, err);
	if (ok)
		*hold_id = meeting.id;
	return ok;
}

bool booking_release(
	struct session *session, int64_t hold_id, const char *writer, struct error *err)
{
	struct use use;
	bool ok;

	if (!use_begin(&use, session, USE_HOLD_RELEASE, NULL, err))
		return false;
	ok = store_hold_remove(&use.change, hold_id, writer, session_now(session), err)
	     && use_log_number(&use, USE_HOLD_RELEASE, 0, hold_id, err);
	return use_end(&use, ok, err);
}

static bool move(struct use *use, int64_t meeting_id, int sequence, int day, int start,
	enum leaving leaving, struct arena *arena, struct error *err)
{
	struct session *session = use->session;
	struct meeting meeting;
	struct case_ref case_ref;
	struct unit_list units;
	int removed;

	if (!store_meeting_get(session->store, meeting_id, arena, &meeting, err))
		return false;
	if (meeting.status != MEETING_BOOKED)
		return error_set(err, ERROR_CONFLICT,
			_("the meeting is recorded or cancelled and can't be moved"));
	if (sequence != SEQUENCE_UNTOLD && sequence != meeting.sequence)
		return error_set(err, ERROR_CONFLICT,
			_("somebody has moved the meeting meanwhile; look at its time and decide "
			  "anew"));
	meeting.day = day;
	meeting.end = start + (meeting.end - meeting.start);
	meeting.start = start;
	meeting.changed_at = session_now(session);
	return meeting_time_check(start, meeting.end - start, err)
	       && check_not_past(session, day, start, err)
	       && store_hold_remove(&use->change, 0, NULL, session_now(session), err)
	       && remove_abandoned(session, &use->change, &removed, err)
	       && get_open_case(session, meeting.case_code, arena, &case_ref, err)
	       && get_units(
		       session, meeting.units, meeting.unit_count, UNITS_ACTIVE, arena, &units, err)
	       && check_room(session, &units, &meeting, arena, err)
	       && store_meeting_move(&use->change, &meeting, err)
	       && inviting_move(use, meeting_id, meeting.sequence + 1, leaving, err)
	       && use_log_number(use, USE_MEETING_MOVE, case_ref.id, meeting_id, err);
}

bool booking_move(struct session *session, int64_t meeting_id, int sequence, int day, int start,
	enum leaving leaving, struct error *err)
{
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_MEETING_MOVE, meeting_id, err))
		return false;
	ok = move(&use, meeting_id, sequence, day, start, leaving, &arena, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool booking_cancel(struct session *session, int64_t meeting_id, const char *reason,
	enum leaving leaving, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct meeting meeting;
	struct use use;
	bool ok;

	if (!field_check_given(_("reason"), reason, FIELD_SHORT, err)
		|| !use_begin_number(&use, session, USE_MEETING_CANCEL, meeting_id, err))
		return false;
	ok = store_meeting_get(session->store, meeting_id, &arena, &meeting, err);
	if (ok && meeting.status == MEETING_HOLD)
		ok = error_set(err, ERROR_CONFLICT, _("the time is only held, not booked"));
	ok = ok && store_case_get(session->store, meeting.case_code, &arena, &case_ref, err)
	     && store_meeting_cancel(&use.change, meeting_id, reason, session_now(session), err)
	     && inviting_cancel(&use, &meeting, meeting.sequence + 1, leaving, err)
	     && use_log_number(&use, USE_MEETING_CANCEL, case_ref.id, meeting_id, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}
