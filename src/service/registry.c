#include "kutsu/service/registry.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/domain/invitation.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/slot_store.h"
#include "kutsu/store/unit_store.h"
#include "registry_internal.h"

#include <stddef.h>
#include <string.h>

#define UNIT_SLOTS_MOST	  200 /* in force */
#define CLOSING_DAYS_BACK 7

bool check_unit_code(const char *code, struct error *err)
{
	return unit_code_is_valid(code)
	       || error_set(err, ERROR_INVALID,
		       _("the code \"%.30s\" won't do; use letters, digits and hyphens, at most "
			 "%d"),
		       code, UNIT_CODE_LONGEST);
}

/* An empty one takes the address away. */
static bool check_email(const char *email, struct error *err)
{
	if (!field_check(_("e-mail"), email, FIELD_SHORT, err))
		return false;
	return !email || !*email || email_is_valid(email)
	       || error_set(err, ERROR_INVALID,
		       _("e-mail: \"%.60s\" is no address; write one as in name@example.fi"),
		       email);
}

bool check_unit(const struct unit *unit, struct error *err)
{
	return check_unit_code(unit->code, err)
	       && field_check_given(_("name"), unit->name, FIELD_SHORT, err)
	       && field_check(_("area"), unit->area, FIELD_SHORT, err)
	       && field_check(_("municipality"), unit->municipality, FIELD_SHORT, err)
	       && check_email(unit->email, err)
	       && field_check(_("phone"), unit->phone, FIELD_SHORT, err);
}

bool add_unit(struct use *use, struct unit *unit, struct error *err)
{
	if (store_unit_add(&use->change, unit, err))
		return use_log_part(use, USE_UNIT_ADD, unit->code, err);
	if (err->code == ERROR_CONFLICT)
		error_set(err, ERROR_CONFLICT, _("there is a unit %s already; choose another code"),
			unit->code);
	return false;
}

bool registry_add_unit(struct session *session, struct unit *unit, struct error *err)
{
	struct use use;

	return check_unit(unit, err) && use_begin(&use, session, USE_UNIT_ADD, unit->code, err)
	       && use_end(&use, add_unit(&use, unit, err), err);
}

/* Nothing that somebody else wrote meanwhile is written over unseen. */
static bool check_revision(struct session *session, const struct unit *unit, struct error *err)
{
	struct arena arena = { 0 };
	struct unit now;
	bool ok = store_unit_get(session->store, unit->code, &arena, &now, err);

	if (ok && unit->revision && unit->revision != now.revision)
		ok = error_set(err, ERROR_CONFLICT,
			_("%.40s changed unit %s first; look at it and change it again"),
			now.changed_by ? now.changed_by : "?", now.code);
	arena_release(&arena);
	return ok;
}

bool registry_edit_unit(struct session *session, const struct unit *unit, struct error *err)
{
	struct use use;
	bool ok;

	if (!check_unit(unit, err) || !use_begin(&use, session, USE_UNIT_EDIT, unit->code, err))
		return false;
	ok = check_revision(session, unit, err)
	     && store_unit_update(&use.change, unit, session->user.id, session_now(session), err)
	     && use_log(&use, 0, unit->code, err);
	return use_end(&use, ok, err);
}

static bool check_no_meetings_ahead(
	struct session *session, const struct unit *unit, struct arena *arena, struct error *err)
{
	struct meeting_filter ahead = {
		.from_day = session_today(session), .until_day = DAY_LAST, .unit_id = unit->id
	};
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
	struct use use;
	struct unit unit;
	bool ok;

	if (!use_begin(&use, session, USE_UNIT_RETIRE, code, err))
		return false;
	ok = store_unit_get(session->store, code, &arena, &unit, err)
	     && check_no_meetings_ahead(session, &unit, &arena, err);
	if (ok) {
		unit.active = false;
		ok = store_unit_update(
			     &use.change, &unit, session->user.id, session_now(session), err)
		     && use_log(&use, 0, unit.code, err);
	}
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool use_kept_unit(struct use *use, const char *code, struct arena *arena, struct unit *unit,
	struct error *err)
{
	struct unit_list units;

	if (!get_units(use->session, &code, 1, UNITS_ACTIVE, arena, &units, err))
		return false;
	*unit = units.items[0];
	return use_unit(use, unit->id, unit->code, err);
}

static bool find_unit(struct use *use, const char *code, int64_t *id, struct error *err)
{
	struct arena arena = { 0 };
	struct unit unit;
	bool ok = use_kept_unit(use, code, &arena, &unit, err);

	if (ok)
		*id = unit.id;
	arena_release(&arena);
	return ok;
}

/* A calendar that is read through for every search stays small. */
static bool check_count(struct use *use, const struct slot *slot, struct error *err)
{
	int today = session_today(use->session), count = 0;
	struct arena arena = { 0 };
	struct slot_list list;
	bool ok = store_slot_list(use->session->store, slot->unit_id, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++)
		count += list.items[i].until_day >= today;
	if (ok && count >= UNIT_SLOTS_MOST)
		ok = error_set(err, ERROR_CONFLICT,
			_("unit %.40s has %d holes already; end some first"), slot->unit, count);
	arena_release(&arena);
	return ok;
}

bool add_slot(struct use *use, struct slot *slot, struct error *err)
{
	return find_unit(use, slot->unit, &slot->unit_id, err) && check_count(use, slot, err)
	       && store_slot_add(&use->change, slot, err)
	       && use_log_part(use, USE_SLOT_ADD, slot->unit, err);
}

bool registry_add_slot(struct session *session, struct slot *slot, struct error *err)
{
	struct use use;

	return slot_check(slot, err) && use_begin(&use, session, USE_SLOT_ADD, slot->unit, err)
	       && use_end(&use, add_slot(&use, slot, err), err);
}

bool registry_close(struct session *session, struct closing *closing, struct error *err)
{
	struct use use;
	bool ok;

	if (!days_check(closing->from_day, closing->until_day, err)
		|| !field_check(_("reason"), closing->reason, FIELD_SHORT, err)
		|| !use_begin(&use, session, USE_SLOT_CLOSE, closing->unit, err))
		return false;
	ok = find_unit(&use, closing->unit, &closing->unit_id, err)
	     && (closing->from_day >= session_today(session) - CLOSING_DAYS_BACK
		     || error_set(err, ERROR_INVALID,
			     _("an absence can be told a week back at most; what was before "
			       "stays")))
	     && store_closing_add(&use.change, closing, err)
	     && use_log(&use, 0, closing->unit, err);
	return use_end(&use, ok, err);
}

/* Offered for a time to come, and once. */
static bool check_opening(struct session *session, const struct opening *opening, struct error *err)
{
	struct opening_list list;
	struct arena arena = { 0 };
	bool ok;

	if (opening->day < session_today(session))
		return error_set(err, ERROR_INVALID,
			_("the day is past; an extra hole is offered for today or later"));
	ok = store_opening_list(session->store, opening->unit_id, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		const struct opening *other = &list.items[i];

		if (other->day == opening->day && other->start == opening->start
			&& other->end == opening->end)
			ok = error_set(err, ERROR_CONFLICT, _("the extra hole is there already"));
	}
	arena_release(&arena);
	return ok;
}

bool registry_open(struct session *session, struct opening *opening, struct error *err)
{
	struct use use;
	bool ok;

	if (!times_check(opening->start, opening->end, err)
		|| !use_begin(&use, session, USE_SLOT_OPEN, opening->unit, err))
		return false;
	ok = find_unit(&use, opening->unit, &opening->unit_id, err)
	     && check_opening(session, opening, err) && store_opening_add(&use.change, opening, err)
	     && use_log(&use, 0, opening->unit, err);
	return use_end(&use, ok, err);
}

bool registry_add_break(
	struct session *session, struct school_break *school_break, struct error *err)
{
	struct use use;
	bool ok;

	if (!field_check_given(_("name"), school_break->name, FIELD_SHORT, err)
		|| !field_check(_("municipality"), school_break->municipality, FIELD_SHORT, err)
		|| !days_check(school_break->from_day, school_break->until_day, err)
		|| !use_begin(&use, session, USE_BREAK_ADD, school_break->name, err))
		return false;
	ok = store_school_break_add(&use.change, school_break, err) && use_log(&use, 0, NULL, err);
	return use_end(&use, ok, err);
}

/* What was promised in March can be told in December. */
static bool keep_past(struct session *session, int until_day, struct error *err)
{
	return until_day >= session_today(session) - 1
	       || error_set(err, ERROR_INVALID,
		       _("what was promised stays as it was; the last day can be yesterday at the "
			 "earliest"));
}

static bool is_past(struct error *err)
{
	return error_set(err, ERROR_CONFLICT, _("it is past and stays as it was"));
}

bool registry_end_slot(struct session *session, int64_t id, int until_day, struct error *err)
{
	struct arena arena = { 0 };
	struct use use;
	struct slot slot;
	bool ok;

	if (!use_begin_number(&use, session, USE_SLOT_END, id, err))
		return false;
	ok = store_slot_get(session->store, id, &arena, &slot, err)
	     && use_unit(&use, slot.unit_id, slot.unit, err) && keep_past(session, until_day, err)
	     && (slot.until_day >= session_today(session) - 1
		     || error_set(
			     err, ERROR_CONFLICT, _("the hole has ended; add a new one instead")))
	     && store_slot_end(&use.change, id, until_day, err) && use_log(&use, 0, slot.unit, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

/* From today on: what has been of it stays. */
static bool take_closing_back(
	struct use *use, const struct closing *closing, int today, struct error *err)
{
	if (closing->until_day < today)
		return is_past(err);
	if (closing->from_day < today)
		return store_closing_end(&use->change, closing->id, today - 1, err);
	return store_closing_remove(&use->change, closing->id, err);
}

bool registry_remove_closing(struct session *session, int64_t id, struct error *err)
{
	struct arena arena = { 0 };
	struct closing closing;
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_SLOT_CLOSE_REMOVE, id, err))
		return false;
	ok = store_closing_get(session->store, id, &arena, &closing, err)
	     && use_unit(&use, closing.unit_id, NULL, err)
	     && take_closing_back(&use, &closing, session_today(session), err)
	     && use_log_number(&use, USE_SLOT_CLOSE_REMOVE, 0, id, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool registry_remove_opening(struct session *session, int64_t id, struct error *err)
{
	struct arena arena = { 0 };
	struct opening opening;
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_SLOT_OPEN_REMOVE, id, err))
		return false;
	ok = store_opening_get(session->store, id, &arena, &opening, err)
	     && use_unit(&use, opening.unit_id, NULL, err)
	     && (opening.day >= session_today(session) || is_past(err))
	     && store_opening_remove(&use.change, id, err)
	     && use_log_number(&use, USE_SLOT_OPEN_REMOVE, 0, id, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

static bool take_break_back(
	struct use *use, const struct school_break *school_break, int today, struct error *err)
{
	if (school_break->until_day < today)
		return is_past(err);
	if (school_break->from_day < today)
		return store_school_break_end(&use->change, school_break->id, today - 1, err);
	return store_school_break_remove(&use->change, school_break->id, err);
}

bool registry_remove_break(struct session *session, int64_t id, struct error *err)
{
	struct school_break school_break;
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	if (!use_begin(&use, session, USE_BREAK_REMOVE, NULL, err))
		return false;
	ok = store_school_break_get(session->store, id, &arena, &school_break, err)
	     && take_break_back(&use, &school_break, session_today(session), err)
	     && use_log_number(&use, USE_BREAK_REMOVE, 0, id, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool registry_unit_list(struct session *session, enum unit_choice choice, struct arena *arena,
	struct unit_list *list, struct error *err)
{
	*list = (struct unit_list) { 0 };
	return use_check(session, USE_UNIT_LIST, NULL, err)
	       && store_unit_list(session->store, choice, arena, list, err);
}

bool registry_unit_get(struct session *session, const char *code, struct arena *arena,
	struct unit *unit, struct error *err)
{
	return use_check(session, USE_UNIT_LIST, NULL, err)
	       && store_unit_get(session->store, code, arena, unit, err);
}

/* The unit a list of holes is asked of: its id, or 0 for all. */
static bool choose_unit(struct session *session, const char *code, struct arena *arena,
	enum scope *scope, int64_t *id, struct error *err)
{
	struct unit unit = { 0 };

	if (!use_check(session, USE_SLOT_LIST, scope, err)
		|| (code && !store_unit_get(session->store, code, arena, &unit, err)))
		return false;
	*id = unit.id;
	return true;
}

/*
 * Keeps of `count` items, `size` bytes each with an int64_t unit id `unit_at` bytes in, those of
 * the units in the scope; returns how many.
 */
static size_t keep_in_scope(const struct session *session, enum scope scope, void *items,
	size_t count, size_t size, size_t unit_at)
{
	char *bytes = items;
	size_t kept = 0;

	if (scope == SCOPE_ALL)
		return count;
	for (size_t i = 0; i < count; i++) {
		int64_t unit_id;

		memcpy(&unit_id, bytes + i * size + unit_at, sizeof(unit_id));
		if (is_own_unit(session, unit_id))
			memmove(bytes + kept++ * size, bytes + i * size, size);
	}
	return kept;
}

bool registry_slot_list(struct session *session, const char *unit_code, struct arena *arena,
	struct slot_list *list, struct error *err)
{
	enum scope scope;
	int64_t id;

	*list = (struct slot_list) { 0 };
	if (!choose_unit(session, unit_code, arena, &scope, &id, err)
		|| !store_slot_list(session->store, id, arena, list, err))
		return false;
	list->count = keep_in_scope(session, scope, list->items, list->count, sizeof(struct slot),
		offsetof(struct slot, unit_id));
	return true;
}

/* A contact's own units' only. */
bool registry_slot_get(struct session *session, int64_t id, struct arena *arena, struct slot *slot,
	struct error *err)
{
	enum scope scope;

	if (!use_check(session, USE_SLOT_LIST, &scope, err)
		|| !store_slot_get(session->store, id, arena, slot, err))
		return false;
	if (scope == SCOPE_ALL || is_own_unit(session, slot->unit_id))
		return true;
	log_refused(session, USE_SLOT_CHANGE, slot->unit);
	*slot = (struct slot) { 0 };
	return error_set(err, ERROR_DENIED, _("it is another unit's; you keep your own only"));
}

bool registry_closing_list(struct session *session, const char *unit_code, struct arena *arena,
	struct closing_list *list, struct error *err)
{
	enum scope scope;
	int64_t id;

	*list = (struct closing_list) { 0 };
	if (!choose_unit(session, unit_code, arena, &scope, &id, err)
		|| !store_closing_list(session->store, id, arena, list, err))
		return false;
	list->count = keep_in_scope(session, scope, list->items, list->count,
		sizeof(struct closing), offsetof(struct closing, unit_id));
	return true;
}

bool registry_opening_list(struct session *session, const char *unit_code, struct arena *arena,
	struct opening_list *list, struct error *err)
{
	enum scope scope;
	int64_t id;

	*list = (struct opening_list) { 0 };
	if (!choose_unit(session, unit_code, arena, &scope, &id, err)
		|| !store_opening_list(session->store, id, arena, list, err))
		return false;
	list->count = keep_in_scope(session, scope, list->items, list->count,
		sizeof(struct opening), offsetof(struct opening, unit_id));
	return true;
}

bool registry_break_list(struct session *session, struct arena *arena,
	struct school_break_list *list, struct error *err)
{
	*list = (struct school_break_list) { 0 };
	return use_check(session, USE_SLOT_LIST, NULL, err)
	       && store_school_break_list(session->store, arena, list, err);
}
