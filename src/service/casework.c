#include "kutsu/service/casework.h"

#include "inviting_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/invitation_store.h"
#include "kutsu/store/meeting_store.h"
#include "service_internal.h"

#include <string.h>

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
	struct use use;
	bool ok;

	if (!field_check_given(_("reason"), reason, FIELD_SHORT, err)
		|| !use_begin(&use, session, USE_CASE_CLOSE, code, err))
		return false;
	ok = store_case_get(session->store, code, &arena, &case_ref, err)
	     && check_nothing_ahead(session, case_ref.id, &arena, err)
	     && store_case_close(&use.change, case_ref.id, session_now(session), reason, err)
	     && use_log(&use, case_ref.id, NULL, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool consent_give(struct session *session, const char *case_code, const char *const *units,
	size_t unit_count, const char *given_by, const char *how, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct unit_list list;
	struct use use;
	bool ok;

	if (!field_check_given(_("consent"), given_by, FIELD_SHORT, err)
		|| !field_check(_("consent"), how, FIELD_SHORT, err)
		|| !use_begin(&use, session, USE_CONSENT_GIVE, case_code, err))
		return false;
	ok = get_open_case(session, case_code, &arena, &case_ref, err)
	     && get_units(session, units, unit_count, UNITS_ACTIVE, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++)
		ok = store_consent_give(&use.change, case_ref.id, list.items[i].id, given_by, how,
			     session_now(session), err)
		     && store_case_add_needed_unit(&use.change, case_ref.id, list.items[i].id, err)
		     && inviting_consent_given(&use, case_ref.id, list.items[i].id, err)
		     && use_log(&use, case_ref.id, list.items[i].code, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool consent_withdraw(struct session *session, const char *case_code, const char *const *units,
	size_t unit_count, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct unit_list list;
	struct use use;
	bool ok;

	if (!use_begin(&use, session, USE_CONSENT_WITHDRAW, case_code, err))
		return false;
	ok = store_case_get(session->store, case_code, &arena, &case_ref, err)
	     && get_units(session, units, unit_count, UNITS_ALL, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++)
		ok = store_consent_withdraw(
			     &use.change, case_ref.id, list.items[i].id, session_now(session), err)
		     && inviting_consent_withdrawn(&use, case_ref.id, list.items[i].id, err)
		     && use_log(&use, case_ref.id, list.items[i].code, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
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

/*
 * Nothing that somebody else recorded meanwhile is written over unseen. Who does not tell what was
 * seen (a command) may replace the own record only.
 */
static bool check_revision(struct session *session, int64_t meeting_id,
	const struct meeting_record *record, struct arena *arena, struct error *err)
{
	struct meeting_record now;
	bool has_record;

	if (!store_record_get(session->store, meeting_id, arena, &now, &has_record, err))
		return false;
	if (!has_record || record->revision == now.revision
		|| (record->revision == 0 && strcmp(now.recorded_by, session->login) == 0))
		return true;
	return error_set(err, ERROR_CONFLICT,
		_("%.40s recorded the meeting first; look at it and record again with its "
		  "revision, "
		  "%d"),
		now.recorded_by, now.revision);
}

bool meeting_record_make(struct session *session, int64_t meeting_id,
	const struct meeting_record *record, struct error *err)
{
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct meeting meeting;
	struct use use;
	int64_t *ids = NULL;
	bool ok;

	if (!meeting_record_check(record, err)
		|| !use_begin_number(&use, session, USE_MEETING_RECORD, meeting_id, err))
		return false;
	ok = store_meeting_get(session->store, meeting_id, &arena, &meeting, err)
	     && get_attendance(session, record, &arena, &ids, err);
	if (ok && meeting.status == MEETING_HOLD)
		ok = error_set(err, ERROR_CONFLICT, _("the time is only held, not booked"));
	ok = ok && check_has_begun(session, &meeting, err)
	     && check_revision(session, meeting_id, record, &arena, err)
	     && store_case_get(session->store, meeting.case_code, &arena, &case_ref, err)
	     && store_record_write(&use.change, meeting_id, session->user.id, session_now(session),
		     record, ids, ids + record->attended_count, err)
	     && store_message_drop_of_meeting(&use.change, meeting_id, err)
	     && use_log_number(&use, USE_MEETING_RECORD, case_ref.id, meeting_id, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool action_mark_done(struct session *session, int64_t id, struct error *err)
{
	struct use use;
	int64_t case_id;
	bool ok;

	if (!use_begin_number(&use, session, USE_ACTION_DONE, id, err))
		return false;
	ok = store_action_case(session->store, id, &case_id, err)
	     && store_action_done(&use.change, id, session_now(session), err)
	     && use_log_number(&use, USE_ACTION_DONE, case_id, id, err);
	return use_end(&use, ok, err);
}

bool action_mark_undone(struct session *session, int64_t id, struct error *err)
{
	struct use use;
	int64_t case_id;
	bool ok;

	if (!use_begin_number(&use, session, USE_ACTION_UNDONE, id, err))
		return false;
	ok = store_action_case(session->store, id, &case_id, err)
	     && store_action_undone(&use.change, id, err)
	     && use_log_number(&use, USE_ACTION_UNDONE, case_id, id, err);
	return use_end(&use, ok, err);
}
