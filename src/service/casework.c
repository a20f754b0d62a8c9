#include "kutsu/service/casework.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"
#include "service_internal.h"

#include <string.h>

static bool log_look(
	struct session *session, const char *use_case, int64_t case_id, struct error *err)
{
	struct change change;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = use_log(session, &change, use_case, case_id, NULL, err);
	return change_end(&change, ok, err);
}

bool case_list_look(struct session *session, struct error *err)
{
	return log_look(session, "case_list", 0, err);
}

bool case_look_again(struct session *session, const char *code, struct arena *arena,
	struct case_view *view, struct error *err)
{
	struct store *store = session->store;
	int64_t id;

	*view = (struct case_view) { 0 };
	if (!store_case_get(store, code, arena, &view->case_ref, err))
		return false;
	id = view->case_ref.id;
	return store_call_list(store, id, arena, &view->calls, err)
	       && store_consent_list(store, id, arena, &view->consents, err)
	       && store_meeting_of_case(store, id, arena, &view->meetings, err)
	       && store_case_needed_units(
		       store, id, arena, &view->needed_units, &view->needed_unit_count, err);
}

/* A look that can't be logged does not happen: what was read is not given out then. */
bool case_look(struct session *session, const char *code, struct arena *arena,
	struct case_view *view, struct error *err)
{
	return case_look_again(session, code, arena, view, err)
	       && log_look(session, "case_look", view->case_ref.id, err);
}

bool case_known_look(struct session *session, const struct caller_signs *signs, const char *shown,
	struct arena *arena, struct case_ref *case_ref, bool *found, struct error *err)
{
	return store_case_known(session->store, signs, arena, case_ref, found, err)
	       && (!*found || strcmp(case_ref->code, shown) == 0
		       || log_look(session, "case_known", case_ref->id, err));
}

bool meeting_look_again(struct session *session, int64_t id, struct arena *arena,
	struct meeting *meeting, struct meeting_record *record, bool *has_record, struct error *err)
{
	return store_meeting_get(session->store, id, arena, meeting, err)
	       && store_record_get(session->store, id, arena, record, has_record, err);
}

bool meeting_look(struct session *session, int64_t id, struct arena *arena, struct meeting *meeting,
	struct meeting_record *record, bool *has_record, struct error *err)
{
	struct case_ref case_ref = { 0 };

	return meeting_look_again(session, id, arena, meeting, record, has_record, err)
	       && (!meeting->case_code
		       || store_case_get(session->store, meeting->case_code, arena, &case_ref, err))
	       && log_look(session, "meeting_look", case_ref.id, err);
}

static bool check_nothing_ahead(
	struct session *session, int64_t case_id, struct arena *arena, struct error *err)
{
	struct wall_time now = session_wall(session);
	struct meeting_list meetings;

	if (!store_meeting_of_case(session->store, case_id, arena, &meetings, err))
		return false;
	for (size_t i = 0; i < meetings.count; i++) {
		const struct meeting *meeting = &meetings.items[i];

		if (meeting->status == MEETING_BOOKED
			&& (meeting->day > now.day
				|| (meeting->day == now.day && meeting->end > now.minute)))
			return error_set(err, ERROR_CONFLICT,
				_("meeting %lld is still ahead; cancel it or close the case after "
				  "it"),
				(long long)meeting->id);
	}
	return true;
}

bool case_close(struct session *session, const char *code, const char *reason, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct change change;
	bool ok;

	if (!field_check_given(_("reason"), reason, FIELD_SHORT, err)
		|| !use_begin(session, &change, err))
		return false;
	ok = store_case_get(session->store, code, &arena, &case_ref, err)
	     && check_nothing_ahead(session, case_ref.id, &arena, err)
	     && store_case_close(&change, case_ref.id, session_now(session), reason, err)
	     && use_log(session, &change, "case_close", case_ref.id, NULL, err);
	arena_release(&arena);
	return change_end(&change, ok, err);
}

bool consent_give(struct session *session, const char *case_code, const char *const *units,
	size_t unit_count, const char *given_by, const char *how, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct unit_list list;
	struct change change;
	bool ok;

	if (!field_check_given(_("consent"), given_by, FIELD_SHORT, err)
		|| !field_check(_("consent"), how, FIELD_SHORT, err)
		|| !use_begin(session, &change, err))
		return false;
	ok = get_open_case(session, case_code, &arena, &case_ref, err)
	     && get_units(session, units, unit_count, UNITS_ACTIVE, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++)
		ok = store_consent_give(&change, case_ref.id, list.items[i].id, given_by, how,
			     session_now(session), err)
		     && use_log(session, &change, "consent_give", case_ref.id, list.items[i].code,
			     err);
	arena_release(&arena);
	return change_end(&change, ok, err);
}

bool consent_withdraw(struct session *session, const char *case_code, const char *const *units,
	size_t unit_count, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct unit_list list;
	struct change change;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = store_case_get(session->store, case_code, &arena, &case_ref, err)
	     && get_units(session, units, unit_count, UNITS_ALL, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++)
		ok = store_consent_withdraw(
			     &change, case_ref.id, list.items[i].id, session_now(session), err)
		     && use_log(session, &change, "consent_withdraw", case_ref.id,
			     list.items[i].code, err);
	arena_release(&arena);
	return change_end(&change, ok, err);
}

/* The ids of the units a record names; each unit once in both lists together. */
static bool get_attendance(struct session *session, const struct meeting_record *record,
	struct arena *arena, int64_t **ids, struct error *err)
{
	size_t count = record->attended_count + record->absent_count;
	const char **codes = arena_new(arena, (count + 1) * sizeof(*codes));
	struct unit_list units;

	for (size_t i = 0; i < count; i++)
		codes[i] = i < record->attended_count ? record->attended[i]
						      : record->absent[i - record->attended_count];
	if (!get_units(session, codes, count, UNITS_ALL, arena, &units, err))
		return false;
	if (units.count != count)
		return error_set(err, ERROR_INVALID, _("a unit is named twice; name each once"));
	*ids = arena_new(arena, (count + 1) * sizeof(**ids));
	for (size_t i = 0; i < count; i++)
		(*ids)[i] = units.items[i].id;
	return true;
}

static bool check_has_begun(
	struct session *session, const struct meeting *meeting, struct error *err)
{
	struct wall_time now = session_wall(session);

	if (meeting->day > now.day || (meeting->day == now.day && meeting->start > now.minute))
		return error_set(err, ERROR_CONFLICT,
			_("the meeting has not begun yet; record it when it has been held"));
	return true;
}

bool meeting_record_make(struct session *session, int64_t meeting_id,
	const struct meeting_record *record, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct meeting meeting;
	struct change change;
	int64_t *ids = NULL;
	bool ok;

	if (!meeting_record_check(record, err) || !use_begin(session, &change, err))
		return false;
	ok = store_meeting_get(session->store, meeting_id, &arena, &meeting, err)
	     && get_attendance(session, record, &arena, &ids, err);
	if (ok && meeting.status == MEETING_HOLD)
		ok = error_set(err, ERROR_CONFLICT, _("the time is only held, not booked"));
	ok = ok && check_has_begun(session, &meeting, err)
	     && store_case_get(session->store, meeting.case_code, &arena, &case_ref, err)
	     && store_record_write(&change, meeting_id, session->user_id, session_now(session),
		     record, ids, ids + record->attended_count, err)
	     && use_log(session, &change, "meeting_record", case_ref.id, NULL, err);
	arena_release(&arena);
	return change_end(&change, ok, err);
}

bool action_mark_done(struct session *session, int64_t id, struct error *err)
{
	struct change change;
	int64_t case_id;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = store_action_case(session->store, id, &case_id, err)
	     && store_action_done(&change, id, session_now(session), err)
	     && use_log(session, &change, "action_done", case_id, NULL, err);
	return change_end(&change, ok, err);
}

bool action_mark_undone(struct session *session, int64_t id, struct error *err)
{
	struct change change;
	int64_t case_id;
	bool ok;

	if (!use_begin(session, &change, err))
		return false;
	ok = store_action_case(session->store, id, &case_id, err)
	     && store_action_undone(&change, id, err)
	     && use_log(session, &change, "action_undone", case_id, NULL, err);
	return change_end(&change, ok, err);
}
