/* What people do with invitations: let them leave, answer, invite one more or go without one. */
#include "inviting_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/service/finder.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/invitation_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/slot_store.h"

#include <string.h>

/* A meeting with its case, for a use case of it. */
struct of_meeting {
	struct meeting meeting;
	struct case_ref case_ref;
};

static bool read_meeting(
	struct use *use, int64_t id, struct arena *arena, struct of_meeting *of, struct error *err)
{
	struct store *store = use->session->store;

	if (!store_meeting_get(store, id, arena, &of->meeting, err))
		return false;
	if (!of->meeting.case_code)
		return error_set(err, ERROR_CONFLICT, _("the time is only held, not booked"));
	return store_case_get(store, of->meeting.case_code, arena, &of->case_ref, err);
}

static bool check_ahead(struct use *use, const struct meeting *meeting, struct error *err)
{
	return is_ahead(use->session, meeting)
	       || error_set(err, ERROR_CONFLICT,
		       _("the meeting is over, recorded or cancelled: nobody is invited to it any "
			 "more"));
}

/* A meeting that an older version booked has none yet. */
static bool make_invitations(
	struct use *use, const struct of_meeting *of, struct arena *arena, struct error *err)
{
	struct session *session = use->session;
	struct invitation_list known;
	struct unit_list units;

	if (!store_invitation_list(session->store, of->meeting.id, arena, &known, err))
		return false;
	return known.count > 0
	       || (get_units(session, of->meeting.units, of->meeting.unit_count, UNITS_ALL, arena,
			   &units, err)
		       && inviting_book(
			       use, of->meeting.id, of->case_ref.id, &units, LEAVES_LATER, err));
}

static bool approve_all(
	struct use *use, int64_t meeting_id, struct arena *arena, int *count, struct error *err)
{
	struct message_list list;

	if (!store_message_list(
		    use->session->store, MESSAGES_ALL, meeting_id, 0, arena, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct message *message = &list.items[i];

		if (message->is_approved
			|| (message->state != MESSAGE_DRAFT
				&& message->state != MESSAGE_WAITING_CONSENT))
			continue;
		/* To whom no address is known is told by phone or on paper: a person says so. */
		if (message->kind == MESSAGE_FAMILY && !message->to)
			continue;
		if (!store_message_approve(&use->change, message->id, err))
			return false;
		++*count;
	}
	return true;
}

bool invitation_let_leave(
	struct session *session, int64_t meeting_id, int *count, struct error *err)
{
	struct arena arena = { 0 };
	struct of_meeting of;
	struct use use;
	bool ok;

	*count = 0;
	if (!use_begin_number(&use, session, USE_INVITE, meeting_id, err))
		return false;
	ok = read_meeting(&use, meeting_id, &arena, &of, err);
	/* What tells of a cancellation leaves also when nothing is ahead any more. */
	if (ok && of.meeting.status != MEETING_CANCELLED)
		ok = check_ahead(&use, &of.meeting, err)
		     && make_invitations(&use, &of, &arena, err);
	ok = ok && approve_all(&use, meeting_id, &arena, count, err)
	     && use_log_number(&use, USE_INVITE, of.case_ref.id, meeting_id, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

/* "15 PNE-KES": what the log tells. */
static bool log_unit(struct use *use, const struct of_meeting *of, const char *unit,
	const char *what, struct error *err)
{
	struct arena arena = { 0 };
	bool ok = use_log(use, of->case_ref.id,
		arena_printf(&arena, "%lld %s %s", (long long)of->meeting.id, unit, what), err);

	arena_release(&arena);
	return ok;
}

static bool has_room(struct use *use, const struct meeting *meeting, const struct unit *unit,
	int day, int start, struct arena *arena, bool *free, struct error *err)
{
	struct session *session = use->session;
	struct school_break_list breaks;
	struct unit_calendar calendar;

	if (!store_school_break_list(session->store, arena, &breaks, err)
		|| !store_calendar_read(session->store, unit->id, day, 1, session_now(session),
			meeting->id, arena, &calendar, err))
		return false;
	*free = calendar_has_room(&calendar, breaks.items, breaks.count, day, start,
		start + meeting->end - meeting->start);
	return true;
}

/* Whether it was told, or will be: the message of one that was dropped is gone. */
static bool has_message(const struct message_list *messages, const struct invitation *invitation)
{
	for (size_t i = 0; i < messages->count; i++) {
		if (messages->items[i].unit_id == invitation->unit_id
			&& messages->items[i].kind == MESSAGE_REQUEST)
			return true;
	}
	return invitation->was_sent;
}

/* Takes the unit in where it was not, under a sequence that its calendar has not seen. */
static bool take_in(struct use *use, const struct of_meeting *of, const struct unit *unit,
	enum leaving leaving, struct arena *arena, struct error *err)
{
	struct store *store = use->session->store;
	bool is_in = meeting_has_unit(&of->meeting, unit->code), is_free = true;
	struct invitation_list list;
	struct message_list messages;

	if (!store_invitation_list(store, of->meeting.id, arena, &list, err)
		|| !store_message_list(
			store, MESSAGES_ALL, of->meeting.id, 0, arena, &messages, err))
		return false;
	for (size_t i = 0; is_in && i < list.count; i++) {
		if (list.items[i].unit_id == unit->id && !list.items[i].is_off
			&& has_message(&messages, &list.items[i]))
			return error_set(
				err, ERROR_CONFLICT, _("%s is invited already"), unit->code);
	}
	if (!is_in
		&& !has_room(use, &of->meeting, unit, of->meeting.day, of->meeting.start, arena,
			&is_free, err))
		return false;
	if (!is_free)
		return error_set(err, ERROR_CONFLICT,
			_("%s has no hole then, or it is taken; choose another time"), unit->code);
	return (is_in || store_meeting_add_unit(&use->change, of->meeting.id, unit->id, err))
	       && store_case_add_needed_unit(&use->change, of->case_ref.id, unit->id, err)
	       && inviting_add(use, of->meeting.id, of->case_ref.id, unit, leaving, err);
}

bool invitation_add(struct session *session, int64_t meeting_id, const char *unit_code,
	enum leaving leaving, struct error *err)
{
	struct arena arena = { 0 };
	struct of_meeting of;
	struct unit_list units;
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_INVITE, meeting_id, err))
		return false;
	ok = read_meeting(&use, meeting_id, &arena, &of, err) && check_ahead(&use, &of.meeting, err)
	     && get_units(session, &unit_code, 1, UNITS_ACTIVE, &arena, &units, err)
	     && take_in(&use, &of, &units.items[0], leaving, &arena, err)
	     && log_unit(&use, &of, units.items[0].code, "+", err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool invitation_remove(struct session *session, int64_t meeting_id, const char *unit_code,
	enum leaving leaving, struct error *err)
{
	struct arena arena = { 0 };
	struct of_meeting of;
	struct unit_list units;
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_INVITE, meeting_id, err))
		return false;
	ok = read_meeting(&use, meeting_id, &arena, &of, err) && check_ahead(&use, &of.meeting, err)
	     && get_units(session, &unit_code, 1, UNITS_ALL, &arena, &units, err);
	if (ok && !meeting_has_unit(&of.meeting, units.items[0].code))
		ok = error_set(err, ERROR_NOT_FOUND,
			_("the unit is not invited to meeting %lld; see \"kutsu meeting show\""),
			(long long)meeting_id);
	if (ok && of.meeting.unit_count == 1)
		ok = error_set(err, ERROR_CONFLICT,
			_("%s is the only unit of the meeting; cancel the meeting or invite "
			  "another first"),
			units.items[0].code);
	ok = ok && inviting_remove(&use, meeting_id, &units.items[0], leaving, err)
	     && store_meeting_remove_unit(&use.change, meeting_id, units.items[0].id, err)
	     && log_unit(&use, &of, units.items[0].code, "-", err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

static bool check_answer(
	struct session *session, const struct invitation_answer *answer, struct error *err)
{
	struct wall_time now = session_wall(session);

	if (!field_check(_("reason"), answer->note, FIELD_SHORT, err))
		return false;
	if (answer->answer != ANSWER_COUNTER)
		return true;
	if (answer->counter_day < now.day
		|| (answer->counter_day == now.day && answer->counter_start < now.minute))
		return error_set(err, ERROR_INVALID, _("the time is past; choose a later one"));
	return true;
}

static bool check_counter(struct use *use, const struct meeting *meeting,
	const struct invitation_answer *answer, struct error *err)
{
	if (!check_answer(use->session, answer, err))
		return false;
	return answer->answer != ANSWER_COUNTER || answer->counter_day != meeting->day
	       || answer->counter_start != meeting->start
	       || error_set(err, ERROR_INVALID,
		       _("that is the meeting's own time; answer that the unit comes"));
}

bool keep_answer(struct use *use, const struct meeting *meeting, struct invitation *invitation,
	const struct invitation_answer *answer, int64_t at, int64_t user_id, struct error *err)
{
	if (!check_ahead(use, meeting, err) || !check_counter(use, meeting, answer, err))
		return false;
	if (invitation->is_off)
		return error_set(err, ERROR_CONFLICT,
			_("%s is not invited any more: its part was cancelled"), invitation->unit);
	invitation->answer = answer->answer;
	invitation->reason = answer->answer == ANSWER_DECLINED ? answer->reason : DECLINE_UNTOLD;
	invitation->note = answer->answer == ANSWER_NONE ? NULL : answer->note;
	invitation->counter_day = answer->counter_day;
	invitation->counter_start = answer->counter_start;
	invitation->answered_at = answer->answer == ANSWER_NONE ? 0 : at;
	return store_invitation_answer(
		&use->change, invitation, answer->answer == ANSWER_NONE ? 0 : user_id, err);
}

/* Of a meeting that a contact's unit is not invited to there is none, as far as they are told. */
static bool hide_meeting(
	struct use *use, const struct of_meeting *of, const struct unit *unit, struct error *err)
{
	if (use->scope == SCOPE_ALL || meeting_has_unit(&of->meeting, unit->code))
		return true;
	use_hide(use, of->case_ref.id);
	return store_meeting_missing(of->meeting.id, err);
}

static bool answer_of_unit(struct use *use, int64_t meeting_id, const char *unit_code,
	const struct invitation_answer *answer, struct arena *arena, struct error *err)
{
	struct session *session = use->session;
	struct invitation invitation;
	struct of_meeting of;
	struct unit unit;

	return store_unit_get(session->store, unit_code, arena, &unit, err)
	       && use_unit(use, unit.id, unit.code, err)
	       && read_meeting(use, meeting_id, arena, &of, err)
	       && hide_meeting(use, &of, &unit, err) && make_invitations(use, &of, arena, err)
	       && store_invitation_get(session->store, meeting_id, unit.id, arena, &invitation, err)
	       && keep_answer(use, &of.meeting, &invitation, answer, session_now(session),
		       session->user.id, err)
	       && log_unit(use, &of, unit.code, term_code(&answer_terms, (int)answer->answer), err);
}

bool invitation_answer(struct session *session, int64_t meeting_id, const char *unit,
	const struct invitation_answer *answer, struct error *err)
{
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	if (!check_answer(session, answer, err)
		|| !use_begin_number(&use, session, USE_MEETING_ANSWER, meeting_id, err))
		return false;
	ok = answer_of_unit(&use, meeting_id, unit, answer, &arena, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool invitation_look_at_counter(struct session *session, int64_t meeting_id, int day, int start,
	struct arena *arena, struct counter_look *look, struct error *err)
{
	struct wall_time now = session_wall(session);
	struct use use = { .session = session };
	struct unit_list units;
	struct meeting meeting;

	*look = (struct counter_look) { 0 };
	if (!use_check(session, USE_HOLE_FIND, NULL, err)
		|| !store_meeting_get(session->store, meeting_id, arena, &meeting, err)
		|| !get_units(
			session, meeting.units, meeting.unit_count, UNITS_ALL, arena, &units, err))
		return false;
	look->units = arena_new(arena, (units.count + 1) * sizeof(*look->units));
	look->is_past = day < now.day || (day == now.day && start < now.minute);
	look->suits_all = !look->is_past;
	for (size_t i = 0; i < units.count; i++) {
		struct counter_unit *unit = &look->units[look->count++];

		unit->unit = units.items[i].code;
		if (!has_room(&use, &meeting, &units.items[i], day, start, arena, &unit->is_free,
			    err))
			return false;
		look->suits_all = look->suits_all && unit->is_free;
	}
	return true;
}

/* The deputy whom the unit's hole names. */
static bool find_deputy(struct session *session, const struct meeting *meeting,
	const struct unit *unit, struct arena *arena, struct without_unit *look, struct error *err)
{
	struct slot_list slots;

	if (!store_slot_list(session->store, unit->id, arena, &slots, err))
		return false;
	for (size_t i = 0; i < slots.count; i++) {
		const struct slot *slot = &slots.items[i];

		if (slot_falls_on(slot, meeting->day) && slot->start <= meeting->start
			&& meeting->start < slot->end && slot->deputy)
			look->deputy = slot->deputy;
	}
	return true;
}

static bool find_other(struct session *session, const struct meeting *meeting, struct arena *arena,
	struct without_unit *look, struct error *err)
{
	struct hole_answer answer = { 0 };
	struct case_ref case_ref;
	struct hole_query query = {
		.units = meeting->units,
		.unit_count = meeting->unit_count,
		.minutes = meeting->end - meeting->start,
		.first_day = session_today(session),
		.weeks = FINDER_WEEKS_DEFAULT,
		.notice = NOTICE_DEFAULT,
		.limit = 1,
	};
	bool ok;

	if (!store_case_get(session->store, meeting->case_code, arena, &case_ref, err))
		return false;
	query.limits = case_ref.limits;
	ok = find_holes(session, &query, arena, &answer, err);
	if (ok && answer.found.hole_count > 0) {
		look->has_other = true;
		look->other_day = answer.found.holes[0].day;
		look->other_start = answer.found.holes[0].start;
		look->other_end = answer.found.holes[0].end;
	}
	if (ok)
		hole_answer_release(&answer);
	return ok;
}

bool invitation_look_without(struct session *session, int64_t meeting_id, const char *unit_code,
	struct arena *arena, struct without_unit *look, struct error *err)
{
	struct meeting meeting;
	struct unit unit;

	*look = (struct without_unit) { 0 };
	if (!use_check(session, USE_HOLE_FIND, NULL, err)
		|| !store_meeting_get(session->store, meeting_id, arena, &meeting, err)
		|| !store_unit_get(session->store, unit_code, arena, &unit, err))
		return false;
	look->others = meeting.unit_count > 0 ? meeting.unit_count - 1 : 0;
	return find_deputy(session, &meeting, &unit, arena, look, err)
	       && find_other(session, &meeting, arena, look, err);
}

bool invitation_list_ahead(struct session *session, struct arena *arena,
	struct invitation_list *list, struct error *err)
{
	struct wall_time now = session_wall(session);
	enum scope scope = SCOPE_NONE;
	size_t kept = 0;

	*list = (struct invitation_list) { 0 };
	if (!use_check(session, USE_MEETING_LIST, &scope, err)
		|| !store_invitation_ahead(session->store, now.day,
			scope == SCOPE_OWN ? session->user.id : 0, 0, arena, list, err))
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].day > now.day || list->items[i].end > now.minute)
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
	return true;
}
