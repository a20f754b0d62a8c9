/* What may be seen of cases and meetings, by whom; changing them stands in casework.c. */
#include "kutsu/service/casework.h"

#include "kutsu/base/message.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/invitation_store.h"
#include "kutsu/store/meeting_store.h"
#include "service_internal.h"

#include <stdio.h>
#include <string.h>

/* Begins a look: a new one in a transaction that logs it, one that goes on by its right alone. */
static bool look_begin(struct use *use, struct session *session, enum look look,
	enum use_case use_case, const char *subject, struct error *err)
{
	if (look == LOOK_NEW)
		return use_begin(use, session, use_case, subject, err);
	*use = (struct use) { .session = session, .use_case = use_case };
	return use_check(session, use_case, &use->scope, err);
}

/* A look that can't be logged does not happen: what was read is not given out then. */
static bool look_end(struct use *use, enum look look, int64_t case_id, const char *detail, bool ok,
	struct error *err)
{
	if (look == LOOK_AGAIN)
		return ok;
	ok = ok && use_log(use, case_id, detail, err);
	return use_end(use, ok, err);
}

bool case_list(struct session *session, enum look look, const struct case_filter *filter,
	struct arena *arena, struct case_list *list, struct error *err)
{
	struct use use;
	bool ok;

	*list = (struct case_list) { 0 };
	if (!look_begin(&use, session, look, USE_CASE_LIST, NULL, err))
		return false;
	ok = look_end(&use, look, 0, NULL,
		store_case_list(session->store, filter, arena, list, err), err);
	if (!ok)
		*list = (struct case_list) { 0 };
	return ok;
}

static bool read_case(struct session *session, const char *code, struct arena *arena,
	struct case_view *view, struct error *err)
{
	struct store *store = session->store;
	int64_t id;

	if (!store_case_get(store, code, arena, &view->case_ref, err))
		return false;
	id = view->case_ref.id;
	return store_call_list(store, id, arena, &view->calls, err)
	       && store_consent_list(store, id, arena, &view->consents, err)
	       && store_meeting_of_case(store, id, arena, &view->meetings, err)
	       && store_case_needed_units(
		       store, id, arena, &view->needed_units, &view->needed_unit_count, err);
}

static bool is_own_code(const struct session *session, const char *code)
{
	for (size_t i = 0; i < session->user.unit_count; i++) {
		if (strcmp(session->user.units[i], code) == 0)
			return true;
	}
	return false;
}

/* Whether an own unit is invited: a time that is only held invites nobody. */
static bool invites_own(const struct session *session, const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->unit_count; i++) {
		if (is_own_code(session, meeting->units[i]))
			return meeting->status != MEETING_HOLD;
	}
	return false;
}

static bool is_invited(const char *unit, const struct meeting *meetings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < meetings[i].unit_count; j++) {
			if (strcmp(meetings[i].units[j], unit) == 0)
				return true;
		}
	}
	return false;
}

/* Consent in force for an own unit that is invited: only then may its contact see the concern. */
static bool has_own_consent(const struct session *session, const struct consent_list *consents,
	const struct meeting *meetings, size_t count)
{
	for (size_t i = 0; i < consents->count; i++) {
		const struct consent *consent = &consents->items[i];

		if (!consent->withdrawn_at && is_own_code(session, consent->unit)
			&& is_invited(consent->unit, meetings, count))
			return true;
	}
	return false;
}

/*
 * A case as a contact may see it: the concern, the own unit's consents, the meetings it is invited
 * to. False where there is none to see.
 */
static bool reduce_for_contact(const struct session *session, struct case_view *view)
{
	const struct case_ref whole = view->case_ref;
	size_t kept = 0;

	for (size_t i = 0; i < view->meetings.count; i++) {
		if (invites_own(session, &view->meetings.items[i])
			&& view->meetings.items[i].status != MEETING_CANCELLED)
			view->meetings.items[kept++] = view->meetings.items[i];
	}
	view->meetings.count = kept;
	if (!has_own_consent(session, &view->consents, view->meetings.items, kept))
		return false;
	kept = 0;
	for (size_t i = 0; i < view->consents.count; i++) {
		if (is_own_code(session, view->consents.items[i].unit))
			view->consents.items[kept++] = view->consents.items[i];
	}
	view->consents.count = kept;
	for (size_t i = 0; i < view->calls.count; i++)
		view->calls.items[i].caller = view->calls.items[i].phone = NULL;
	view->needed_unit_count = 0;
	view->case_ref = (struct case_ref) {
		.id = whole.id,
		.code = whole.code,
		.opened_at = whole.opened_at,
		.status = whole.status,
		.closed_at = whole.closed_at,
		.concern = whole.concern,
		.nondisclosure = whole.nondisclosure,
		.limits = family_limits_none(),
	};
	return true;
}

/* What may not be seen is answered as what is not there; only the log tells the difference. */
static bool hide_case(
	struct use *use, const char *code, const struct case_view *view, struct error *err)
{
	use_hide(use, view->case_ref.id);
	return store_case_missing(code, err);
}

bool case_look(struct session *session, enum look look, const char *code, struct arena *arena,
	struct case_view *view, struct error *err)
{
	struct use use;
	bool ok;

	*view = (struct case_view) { 0 };
	if (!look_begin(&use, session, look, USE_CASE_LOOK, code, err))
		return false;
	ok = read_case(session, code, arena, view, err);
	if (ok && use.scope == SCOPE_OWN && !reduce_for_contact(session, view))
		ok = hide_case(&use, code, view, err);
	ok = look_end(&use, look, view->case_ref.id, NULL, ok, err);
	if (!ok)
		*view = (struct case_view) { 0 };
	return ok;
}

static bool log_known(struct session *session, const struct case_ref *case_ref, struct error *err)
{
	struct use use;

	return use_begin(&use, session, USE_CASE_KNOWN, case_ref->code, err)
	       && use_end(&use, use_log(&use, case_ref->id, NULL, err), err);
}

bool case_known_look(struct session *session, const struct caller_signs *signs, const char *shown,
	struct arena *arena, struct case_ref *case_ref, bool *found, struct error *err)
{
	bool ok;

	*found = false;
	*case_ref = (struct case_ref) { 0 };
	ok = use_check(session, USE_CASE_KNOWN, NULL, err)
	     && store_case_known(session->store, signs, arena, case_ref, found, err);
	if (ok && *found && strcmp(case_ref->code, shown) != 0)
		ok = log_known(session, case_ref, err);
	if (!ok) {
		*found = false;
		*case_ref = (struct case_ref) { 0 };
	}
	return ok;
}

static void keep_own_invitations(const struct session *session, struct invitation_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (!is_own_unit(session, list->items[i].unit_id))
			continue;
		list->items[kept] = list->items[i];
		list->items[kept++].has_consent = true; /* that it lacks is the family's matter */
	}
	list->count = kept;
}

/* A meeting as a contact may see it: time, place, who; the concern under consent. */
static bool reduce_meeting(struct session *session, struct meeting_view *view, int64_t case_id,
	const struct case_ref *case_ref, struct arena *arena, struct error *err)
{
	struct consent_list consents;

	if (!store_consent_list(session->store, case_id, arena, &consents, err))
		return false;
	view->has_consent = has_own_consent(session, &consents, &view->meeting, 1);
	view->record = (struct meeting_record) { 0 };
	view->has_record = false;
	meeting_for_contact(&view->meeting);
	keep_own_invitations(session, &view->invitations);
	/* A meeting that was cancelled invites nobody any more. */
	if (view->has_consent && view->meeting.status != MEETING_CANCELLED) {
		view->concern = case_ref->concern;
		view->meeting.case_code = case_ref->code;
	}
	return true;
}

static bool read_meeting(struct use *use, int64_t id, struct arena *arena,
	struct meeting_view *view, int64_t *case_id, struct error *err)
{
	struct session *session = use->session;
	struct case_ref case_ref = { 0 };

	if (!store_meeting_get(session->store, id, arena, &view->meeting, err)
		|| !store_record_get(
			session->store, id, arena, &view->record, &view->has_record, err)
		|| !store_invitation_list(session->store, id, arena, &view->invitations, err)
		|| (view->meeting.case_code
			&& !store_case_get(
				session->store, view->meeting.case_code, arena, &case_ref, err)))
		return false;
	*case_id = case_ref.id;
	if (use->scope == SCOPE_ALL)
		return true;
	if (!invites_own(session, &view->meeting)) {
		use_hide(use, case_ref.id);
		return store_meeting_missing(id, err);
	}
	return reduce_meeting(session, view, case_ref.id, &case_ref, arena, err);
}

bool meeting_look(struct session *session, enum look look, int64_t id, struct arena *arena,
	struct meeting_view *view, struct error *err)
{
	char subject[24];
	int64_t case_id = 0;
	struct use use;
	bool ok;

	*view = (struct meeting_view) { 0 };
	snprintf(subject, sizeof(subject), "%lld", (long long)id);
	if (!look_begin(&use, session, look, USE_MEETING_LOOK, subject, err))
		return false;
	ok = read_meeting(&use, id, arena, view, &case_id, err);
	ok = look_end(&use, look, case_id, subject, ok, err);
	if (!ok)
		*view = (struct meeting_view) { 0 };
	return ok;
}

bool action_list(struct session *session, enum action_choice choice, struct arena *arena,
	struct action_list *list, struct error *err)
{
	struct use use;
	bool ok;

	*list = (struct action_list) { 0 };
	if (!use_begin(&use, session, USE_ACTION_LIST, NULL, err))
		return false;
	ok = store_action_list(session->store, choice, session_today(session), 0, arena, list, err)
	     && use_log(&use, 0, NULL, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*list = (struct action_list) { 0 };
	return ok;
}
