#include "kutsu/service/registry.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/slot_store.h"
#include "kutsu/store/unit_store.h"
#include "service_internal.h"

#define CAPACITY_MOST 100

static bool check_unit(const struct unit *unit, struct error *err)
{
	if (!unit_code_is_valid(unit->code))
		return error_set(err, ERROR_INVALID,
			_("the code \"%.30s\" won't do; use letters, digits and hyphens, at most "
			  "%d"),
			unit->code, UNIT_CODE_LONGEST);
	return field_check_given(_("name"), unit->name, FIELD_SHORT, err)
	       && field_check(_("area"), unit->area, FIELD_SHORT, err)
	       && field_check(_("municipality"), unit->municipality, FIELD_SHORT, err)
	       && field_check(_("e-mail"), unit->email, FIELD_SHORT, err)
	       && field_check(_("phone"), unit->phone, FIELD_SHORT, err);
}

bool registry_add_unit(struct session *session, struct unit *unit, struct error *err)
{
	struct change change;
	bool ok;

	if (!check_unit(unit, err) || !use_begin(session, &change, err))
		return false;
	ok = store_unit_add(&change, unit, err)
	     && use_log(session, &change, "unit_add", 0, unit->code, err);
	if (!ok && err->code == ERROR_CONFLICT)
		error_set(err, ERROR_CONFLICT, _("there is a unit %s already; choose another code"),
			unit->code);
	return change_end(&change, ok, err);
}

bool registry_edit_unit(struct session *session, const struct unit *unit, struct error *err)
{
	struct change change;
	bool ok;

	if (!check_unit(unit, err) || !use_begin(session, &change, err))
		return false;
	ok = store_unit_update(&change, unit, err)
	     && use_log(session, &change, "unit_edit", 0, unit->code, err);
	return change_end(&change, ok, err);
}

static bool check_no_meetings_ahead(
	struct session *session, const struct unit *unit, struct arena *arena, struct error *err)
{
	struct meeting_filter ahead = { session_today(session), DAY_LAST, unit->id };
	struct meeting_list list;

	if (!store_meeting_list(session->store, &ahead, 0, arena, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].status == MEETING_BOOKED)
			return error_set(err, ERROR_CONFLICT,
				_("unit %s has meetings ahead, %lld first; move or cancel them"),
				unit->code, (long long)list.items[i].id);
	}
	return true;
}

bool registry_retire_unit(struct session *session, const char *code, struct error *err)
{
	struct arena arena = { 0 };
	struct change change;
	struct unit unit;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = store_unit_get(session->store, code, &arena, &unit, err)
	     && check_no_meetings_ahead(session, &unit, &arena, err);
	if (ok) {
		unit.active = false;
		ok = store_unit_update(&change, &unit, err)
		     && use_log(session, &change, "unit_retire", 0, unit.code, err);
	}
	arena_release(&arena);
	return change_end(&change, ok, err);
}

static bool check_times(int start, int end, struct error *err)
{
	if (start < 0 || end > MINUTES_IN_DAY || start >= end)
		return error_set(err, ERROR_INVALID, _("the end must be later than the start"));
	return true;
}

static bool check_days(int from, int until, struct error *err)
{
	if (until < from)
		return error_set(
			err, ERROR_INVALID, _("the last day must not come before the first day"));
	return true;
}

static bool check_slot(const struct slot *slot, struct error *err)
{
	if (slot->weekday < 1 || slot->weekday > 7)
		return error_set(err, ERROR_INVALID, _("a weekday is 1 (Monday) to 7 (Sunday)"));
	if (slot->repeat != REPEAT_WEEKLY && slot->from_day == DAY_FIRST)
		return error_set(err, ERROR_INVALID,
			_("a hole that is not weekly needs its first day; give it with --from"));
	if (slot->repeat != REPEAT_WEEKLY && day_weekday(slot->from_day) != slot->weekday)
		return error_set(err, ERROR_INVALID,
			_("the first day is not on the hole's weekday; they must agree"));
	if (slot->capacity < 1 || slot->capacity > CAPACITY_MOST)
		return error_set(err, ERROR_INVALID, _("the capacity is 1 to %d"), CAPACITY_MOST);
	return check_times(slot->start, slot->end, err)
	       && check_days(slot->from_day, slot->until_day, err)
	       && field_check(_("ready person"), slot->ready_person, FIELD_SHORT, err)
	       && field_check(_("deputy"), slot->deputy, FIELD_SHORT, err)
	       && field_check(_("place"), slot->place, FIELD_SHORT, err);
}

static bool find_unit(struct session *session, const char *code, int64_t *id, struct error *err)
{
	struct arena arena = { 0 };
	struct unit_list units;
	bool ok = get_units(session, &code, 1, UNITS_ACTIVE, &arena, &units, err);

	if (ok)
		*id = units.items[0].id;
	arena_release(&arena);
	return ok;
}

bool registry_add_slot(struct session *session, struct slot *slot, struct error *err)
{
	struct change change;
	bool ok;

	if (!check_slot(slot, err) || !use_begin(session, &change, err))
		return false;
	ok = find_unit(session, slot->unit, &slot->unit_id, err)
	     && store_slot_add(&change, slot, err)
	     && use_log(session, &change, "slot_add", 0, slot->unit, err);
	return change_end(&change, ok, err);
}

bool registry_close(struct session *session, struct closing *closing, struct error *err)
{
	struct change change;
	bool ok;

	if (!check_days(closing->from_day, closing->until_day, err)
		|| !field_check(_("reason"), closing->reason, FIELD_SHORT, err)
		|| !use_begin(session, &change, err))
		return false;
	ok = find_unit(session, closing->unit, &closing->unit_id, err)
	     && store_closing_add(&change, closing, err)
	     && use_log(session, &change, "slot_close", 0, closing->unit, err);
	return change_end(&change, ok, err);
}

bool registry_open(struct session *session, struct opening *opening, struct error *err)
{
	struct change change;
	bool ok;

	if (!check_times(opening->start, opening->end, err) || !use_begin(session, &change, err))
		return false;
	ok = find_unit(session, opening->unit, &opening->unit_id, err)
	     && store_opening_add(&change, opening, err)
	     && use_log(session, &change, "slot_open", 0, opening->unit, err);
	return change_end(&change, ok, err);
}

bool registry_add_break(
	struct session *session, struct school_break *school_break, struct error *err)
{
	struct change change;
	bool ok;

	if (!field_check_given(_("name"), school_break->name, FIELD_SHORT, err)
		|| !field_check(_("municipality"), school_break->municipality, FIELD_SHORT, err)
		|| !check_days(school_break->from_day, school_break->until_day, err)
		|| !use_begin(session, &change, err))
		return false;
	ok = store_school_break_add(&change, school_break, err)
	     && use_log(session, &change, "break_add", 0, NULL, err);
	return change_end(&change, ok, err);
}

bool registry_end_slot(struct session *session, int64_t id, int until_day, struct error *err)
{
	struct arena arena = { 0 };
	struct change change;
	struct slot slot;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = store_slot_get(session->store, id, &arena, &slot, err)
	     && store_slot_end(&change, id, until_day, err)
	     && use_log(session, &change, "slot_end", 0, slot.unit, err);
	arena_release(&arena);
	return change_end(&change, ok, err);
}

bool registry_remove_closing(struct session *session, int64_t id, struct error *err)
{
	struct change change;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = store_closing_remove(&change, id, err)
	     && use_log(session, &change, "slot_close_remove", 0, NULL, err);
	return change_end(&change, ok, err);
}

bool registry_remove_opening(struct session *session, int64_t id, struct error *err)
{
	struct change change;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = store_opening_remove(&change, id, err)
	     && use_log(session, &change, "slot_open_remove", 0, NULL, err);
	return change_end(&change, ok, err);
}

bool registry_remove_break(struct session *session, int64_t id, struct error *err)
{
	struct change change;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = store_school_break_remove(&change, id, err)
	     && use_log(session, &change, "break_remove", 0, NULL, err);
	return change_end(&change, ok, err);
}
