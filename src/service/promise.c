#include "kutsu/service/promise.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/readiness_store.h"
#include "kutsu/store/slot_store.h"
#include "service_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHANGE_LOOKS_AHEAD (3 * 366) /* days of which something may have been said */

static bool check_answer(const struct promise_answer *answer, struct error *err)
{
	switch (answer->state) {
	case READINESS_CONFIRMED:
	case READINESS_UNCONFIRMED:
	case READINESS_DECLINED:
	case READINESS_DEPUTY:
		break;
	default:
		return error_set(err, ERROR_INVALID,
			_("\"%s\" is nothing to answer; give confirmed, deputy or declined"),
			term_code(&readiness_terms, (int)answer->state));
	}
	return field_check(_("note"), answer->note, FIELD_SHORT, err)
	       && field_check(_("ready person"), answer->person, FIELD_SHORT, err)
	       && field_check(_("place"), answer->place, FIELD_SHORT, err);
}

static int first_day_of(const struct promise_answer *answer)
{
	return answer->start == WHOLE_WEEK ? answer->day - day_weekday(answer->day) + 1
					   : answer->day;
}

/* The unit's holes that the answer is of. */
static bool read_holes(struct session *session, const struct promise_answer *answer,
	const struct unit *unit, struct arena *arena, struct occurrence_list *holes,
	struct error *err)
{
	int first = first_day_of(answer), days = answer->start == WHOLE_WEEK ? 7 : 1;
	struct school_break_list breaks;
	struct unit_calendar calendar;
	size_t kept = 0;

	if (!store_school_break_list(session->store, arena, &breaks, err)
		|| !store_calendar_read(session->store, unit->id, first, days, session_now(session),
			0, arena, &calendar, err))
		return false;
	calendar_add_occurrences(&calendar, breaks.items, breaks.count, first, days, holes);
	for (size_t i = 0; i < holes->count; i++) {
		if (answer->start == WHOLE_WEEK || holes->items[i].start == answer->start)
			holes->items[kept++] = holes->items[i];
	}
	holes->count = kept;
	return true;
}

static bool is_over(struct session *session, const struct occurrence *hole)
{
	struct wall_time now = session_wall(session);

	return hole->day < now.day || (hole->day == now.day && hole->end <= now.minute);
}

static bool says_somebody_comes(const struct promise_answer *answer)
{
	return answer->state == READINESS_CONFIRMED || answer->state == READINESS_DEPUTY;
}

/* Closed by something else than the unit's own answer. */
static bool is_away(const struct occurrence *hole)
{
	return hole->closing || hole->readiness == READINESS_PAUSED;
}

static bool keep_answer(struct use *use, const struct promise_answer *answer, int64_t unit_id,
	int day, int start, const struct readiness_answer *before, struct error *err)
{
	struct session *session = use->session;
	struct readiness_answer kept = {
		.unit_id = unit_id,
		.day = day,
		.start = start,
		.state = answer->state,
		.note = answer->note,
		.person = answer->person,
		.place = answer->place,
		.answered_at = session_now(session),
	};

	if (answer->rest_only && before) {
		kept.person = before->person;
		kept.place = before->place;
	}
	if (answer->state == READINESS_UNCONFIRMED && !answer->note && !answer->person
		&& !answer->place)
		return store_readiness_remove(&use->change, unit_id, day, start, err);
	return store_readiness_set(&use->change, &kept, session->user.id, err);
}

/* Why not one of the holes could be answered for. */
static bool refuse_holes(const struct unit *unit, const struct occurrence_list *holes,
	bool any_ahead, struct error *err)
{
	if (holes->count == 0)
		return error_set(err, ERROR_NOT_FOUND,
			_("unit %s has no hole then; see \"kutsu slot list --week\""), unit->code);
	if (!any_ahead)
		return error_set(
			err, ERROR_INVALID, _("the time is past; what was said of it stays"));
	return error_set(err, ERROR_CONFLICT,
		_("unit %s is away then; take the absence back first"), unit->code);
}

static bool keep_answers(struct use *use, const struct promise_answer *answer,
	const struct unit *unit, const struct occurrence_list *holes, struct error *err)
{
	bool any = false, any_ahead = false, ok = true;

	if (holes->count == 0 && answer->start == WHOLE_WEEK && !says_somebody_comes(answer)
		&& first_day_of(answer) + 6 >= session_today(use->session))
		return keep_answer(
			use, answer, unit->id, first_day_of(answer), WEEK_WITHOUT_HOLE, NULL, err);
	for (size_t i = 0; ok && i < holes->count; i++) {
		const struct occurrence *hole = &holes->items[i];

		if (is_over(use->session, hole))
			continue;
		any_ahead = true;
		if (is_away(hole) && says_somebody_comes(answer))
			continue;
		any = true;
		if (answer->rest_only && hole->readiness != READINESS_UNCONFIRMED)
			continue;
		ok = keep_answer(use, answer, unit->id, hole->day, hole->start, hole->answer, err);
	}
	return ok && (any || refuse_holes(unit, holes, any_ahead, err));
}

static bool log_answer(struct use *use, const struct promise_answer *answer,
	const struct unit *unit, struct error *err)
{
	char day[DAY_TEXT_SIZE], detail[128];

	snprintf(detail, sizeof(detail), "%s %s%s %s", unit->code,
		day_format_iso(first_day_of(answer), day),
		answer->start == WHOLE_WEEK ? " week" : "",
		term_code(&readiness_terms, (int)answer->state));
	return use_log(use, 0, detail, err);
}

bool promise_answer_give(
	struct session *session, const struct promise_answer *answer, struct error *err)
{
	struct occurrence_list holes = { 0 };
	struct arena arena = { 0 };
	struct unit unit;
	struct use use;
	bool ok;

	if (!check_answer(answer, err)
		|| !use_begin(&use, session, USE_SLOT_CONFIRM, answer->unit, err))
		return false;
	ok = use_kept_unit(&use, answer->unit, &arena, &unit, err)
	     && read_holes(session, answer, &unit, &arena, &holes, err)
	     && keep_answers(&use, answer, &unit, &holes, err)
	     && log_answer(&use, answer, &unit, err);
	free(holes.items);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

static bool is_free_of_others(
	const struct unit_calendar *calendar, const struct slot *slot, int day, int start)
{
	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *other = &calendar->slots[i];

		if (other->id != slot->id && other->start == start && slot_falls_on(other, day))
			return false;
	}
	for (size_t i = 0; i < calendar->opening_count; i++) {
		const struct opening *opening = &calendar->openings[i];

		if (opening->day == day && opening->start == start)
			return false;
	}
	return true;
}

/* What was said of its coming holes goes with them where the day stays; only a "yes" was for
 * another time. What was said of other holes that begin then stays. */
static bool move_answers(struct use *use, const struct slot *old, const struct slot *slot,
	const struct unit_calendar *before, struct error *err)
{
	for (size_t i = 0; i < before->answer_count; i++) {
		const struct readiness_answer *answer = &before->answers[i];
		int day = answer->day;

		if (answer->start != old->start || !slot_falls_on(old, day)
			|| !slot_falls_on(slot, day)
			|| !is_free_of_others(before, old, day, old->start)
			|| readiness_find(before->answers, before->answer_count, day, slot->start))
			continue;
		if (!store_readiness_move(
			    &use->change, slot->unit_id, day, old->start, slot->start, err))
			return false;
	}
	return true;
}

/* One that never came into force leaves nothing behind. */
static bool end_before(struct use *use, const struct slot *old, int from_day, struct error *err)
{
	return old->from_day != DAY_FIRST && old->from_day >= from_day
		       ? store_slot_remove(&use->change, old->id, err)
		       : store_slot_end(&use->change, old->id, from_day - 1, err);
}

static bool change(
	struct use *use, int64_t id, struct slot *slot, struct arena *arena, struct error *err)
{
	struct session *session = use->session;
	struct unit_calendar before;
	struct slot old;

	if (!store_slot_get(session->store, id, arena, &old, err)
		|| !use_unit(use, old.unit_id, old.unit, err))
		return false;
	if (old.until_day < slot->from_day)
		return error_set(err, ERROR_CONFLICT,
			_("the hole has ended by then; change the one that follows, or add one"));
	slot->unit_id = old.unit_id;
	return slot_check(slot, err)
	       && store_calendar_read(session->store, old.unit_id, slot->from_day,
		       CHANGE_LOOKS_AHEAD, session_now(session), 0, arena, &before, err)
	       && end_before(use, &old, slot->from_day, err)
	       && store_slot_add(&use->change, slot, err)
	       && (old.start == slot->start || move_answers(use, &old, slot, &before, err))
	       && use_log(use, 0,
		       arena_printf(arena, "%s %lld, before %lld", old.unit, (long long)slot->id,
			       (long long)id),
		       err);
}

bool promise_change(struct session *session, int64_t id, struct slot *slot, struct error *err)
{
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	if (slot->from_day == DAY_FIRST)
		return error_set(err, ERROR_INVALID,
			_("from which day? the promise before it is kept; give it with --from"));
	if (!use_begin_number(&use, session, USE_SLOT_CHANGE, id, err))
		return false;
	if (slot->from_day < session_today(session))
		ok = error_set(err, ERROR_INVALID,
			_("what was promised stays as it was; a change begins today or later"));
	else
		ok = change(&use, id, slot, &arena, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

/* Whether the meeting is ahead, booked, and without a hole of the unit. */
static bool check_lost(struct session *session, const struct meeting *meeting,
	const struct unit *unit, struct arena *arena, struct error *err)
{
	struct school_break_list breaks;
	struct unit_calendar calendar;

	if (!store_school_break_list(session->store, arena, &breaks, err)
		|| !store_calendar_read(session->store, unit->id, meeting->day, 1,
			session_now(session), 0, arena, &calendar, err))
		return false;
	if (meeting->day < session_today(session))
		return error_set(err, ERROR_CONFLICT, _("the meeting is past"));
	return (meeting->status == MEETING_BOOKED
		       && calendar_has_lost(&calendar, breaks.items, breaks.count, meeting->day,
			       meeting->start, meeting->end))
	       || error_set(err, ERROR_CONFLICT, _("the meeting has its hole"));
}

/* Of the own unit; who else is invited, and whether there is such a meeting, is not told. */
static bool find_invited(struct use *use, int64_t meeting_id, const char *code, struct arena *arena,
	struct meeting *meeting, struct unit *unit, struct error *err)
{
	struct unit_list units;

	if (!get_units(use->session, &code, 1, UNITS_ALL, arena, &units, err))
		return false;
	*unit = units.items[0];
	if (!use_unit(use, unit->id, unit->code, err))
		return false;
	if (store_meeting_get(use->session->store, meeting_id, arena, meeting, err)
		&& meeting_has_unit(meeting, unit->code))
		return true;
	return (err->code != ERROR_NOT_FOUND && !meeting->id)
	       || error_set(err, ERROR_NOT_FOUND, _("unit %.40s is not invited to meeting %lld"),
		       unit->code, (long long)meeting_id);
}

static bool log_settlement(struct use *use, const struct settlement *settlement, const char *unit,
	struct arena *arena, struct error *err)
{
	return use_log(use, 0,
		arena_printf(arena, "%s meeting %lld %s", unit, (long long)settlement->meeting_id,
			settlement->asks == ASKED_NOTHING
				? "somebody goes"
				: term_code(&asked_terms, (int)settlement->asks)),
		err);
}

static bool settle(struct use *use, struct settlement *settlement, const char *code,
	struct arena *arena, struct error *err)
{
	struct session *session = use->session;
	struct meeting meeting = { 0 };
	struct unit unit;

	if (!find_invited(use, settlement->meeting_id, code, arena, &meeting, &unit, err)
		|| !check_lost(session, &meeting, &unit, arena, err))
		return false;
	settlement->unit_id = unit.id;
	settlement->day = meeting.day;
	settlement->start = meeting.start;
	settlement->settled_at = session_now(session);
	return store_settlement_set(&use->change, settlement, session->user.id, err)
	       && log_settlement(use, settlement, unit.code, arena, err);
}

bool promise_settle(struct session *session, int64_t meeting_id, const char *unit, enum asked asks,
	const char *person, struct error *err)
{
	struct settlement settlement = {
		.meeting_id = meeting_id, .asks = asks, .person = asks ? NULL : person
	};
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	if (!field_check(_("ready person"), person, FIELD_SHORT, err)
		|| !use_begin(&use, session, USE_SLOT_CONFIRM, unit, err))
		return false;
	ok = settle(&use, &settlement, unit, &arena, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool promise_unsettle(
	struct session *session, int64_t meeting_id, const char *unit, struct error *err)
{
	struct arena arena = { 0 };
	struct meeting meeting = { 0 };
	struct unit found;
	struct use use;
	bool ok;

	if (!use_begin(&use, session, USE_SLOT_CONFIRM, unit, err))
		return false;
	ok = find_invited(&use, meeting_id, unit, &arena, &meeting, &found, err)
	     && store_settlement_remove(&use.change, meeting_id, found.id, err)
	     && use_log(&use, 0,
		     arena_printf(&arena, "%s meeting %lld taken back", found.code,
			     (long long)meeting_id),
		     err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}
