#include "kutsu/service/outbox.h"

#include "inviting_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/setting_store.h"
#include "outbox_internal.h"

#include <stdlib.h>
#include <string.h>

#define FROM_NOBODY "kutsu@localhost" /* in a preview, until mail.from is set */
#define DAY_SECONDS ((int64_t)86400)

bool read_setting(struct session *session, enum setting setting, struct arena *arena,
	const char **value, struct error *err)
{
	const char *kept;

	if (!store_setting_get(session->store, setting_name(setting), arena, &kept, err))
		return false;
	*value = kept ? kept : setting_default(setting);
	return true;
}

static const char *given(const char *text)
{
	return *text ? text : NULL;
}

/* The family's is in its own language, where that is one of ours. */
static enum language language_of(
	const struct message *message, const struct case_ref *case_ref, const char *otherwise)
{
	enum language language = LANGUAGE_FI;

	if (message->kind == MESSAGE_FAMILY && case_ref->language
		&& language_parse(case_ref->language, &language))
		return language;
	language_parse(otherwise, &language);
	return language;
}

bool read_letter(struct session *session, const struct message *message, struct arena *arena,
	struct told_meeting *told, struct error *err)
{
	struct store *store = session->store;
	const char *from, *phone, *language;
	int alarm;

	if (!store_meeting_get(store, message->meeting_id, arena, &told->meeting, err)
		|| !store_case_get(store, told->meeting.case_code, arena, &told->case_ref, err)
		|| !read_setting(session, SETTING_MAIL_FROM, arena, &from, err)
		|| !read_setting(session, SETTING_COORDINATOR_PHONE, arena, &phone, err)
		|| !read_setting(session, SETTING_MAIL_LANGUAGE, arena, &language, err)
		|| !store_setting_number(store, SETTING_MAIL_ALARM_MINUTES, &alarm, err))
		return false;
	told->meeting.day = message->told_day;
	told->meeting.start = message->told_start;
	told->meeting.end = message->told_end;
	told->letter = (struct letter) {
		.kind = message->kind,
		.meeting = &told->meeting,
		.sequence = message->sequence,
		.is_new_time = message->kind == MESSAGE_FAMILY ? message->sequence > 0
							       : message->is_new_time,
		.stamp = session_now(session),
		.language = language_of(message, &told->case_ref, language),
		.zone = session->zone,
		.from = *from ? from : FROM_NOBODY,
		.to = message->to,
		.message_id = message->message_id,
		.region = session->region ? given(session->region) : NULL,
		.phone = given(phone),
		.alarm_minutes = alarm,
		.is_demo = session->is_demo,
	};
	return true;
}

bool outbox_list(struct session *session, enum message_choice choice, int64_t meeting_id,
	struct arena *arena, struct message_list *list, struct error *err)
{
	*list = (struct message_list) { 0 };
	return use_check(session, USE_OUTBOX_LIST, NULL, err)
	       && store_message_list(session->store, choice, meeting_id, 0, arena, list, err);
}

static bool fill_view(struct session *session, struct arena *arena, struct message_view *view,
	int64_t *case_id, struct error *err)
{
	struct told_meeting told;
	enum language own;

	if (!read_letter(session, &view->message, arena, &told, err))
		return false;
	*case_id = told.case_ref.id;
	view->subject = letter_subject(&told.letter, arena);
	view->body = letter_body(&told.letter, arena);
	view->language = told.letter.language;
	if (view->message.kind == MESSAGE_FAMILY && told.case_ref.language
		&& !language_parse(told.case_ref.language, &own))
		view->other_language = told.case_ref.language;
	return !view->message.to || letter_calendar(&told.letter, arena, &view->calendar, err);
}

static bool read_view(struct session *session, int64_t id, struct arena *arena,
	struct message_view *view, int64_t *case_id, struct error *err)
{
	return store_message_get(session->store, id, arena, &view->message, err)
	       && fill_view(session, arena, view, case_id, err);
}

bool outbox_look(struct session *session, enum look look, int64_t id, struct arena *arena,
	struct message_view *view, struct error *err)
{
	int64_t case_id = 0;
	struct use use;
	bool ok;

	*view = (struct message_view) { 0 };
	if (look == LOOK_AGAIN)
		return use_check(session, USE_OUTBOX_LOOK, NULL, err)
		       && read_view(session, id, arena, view, &case_id, err);
	if (!use_begin_number(&use, session, USE_OUTBOX_LOOK, id, err))
		return false;
	ok = read_view(session, id, arena, view, &case_id, err)
	     && use_log_number(&use, USE_OUTBOX_LOOK, case_id, id, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*view = (struct message_view) { 0 };
	return ok;
}

/* A message that is to be kept another way, with its case. */
static bool read_kept(struct use *use, int64_t id, struct arena *arena, struct message *message,
	int64_t *case_id, struct error *err)
{
	struct store *store = use->session->store;
	struct case_ref case_ref;
	struct meeting meeting;

	if (!store_message_get(store, id, arena, message, err)
		|| !store_meeting_get(store, message->meeting_id, arena, &meeting, err)
		|| !store_case_get(store, meeting.case_code, arena, &case_ref, err))
		return false;
	*case_id = case_ref.id;
	if (message->state == MESSAGE_SENT || message->sender)
		return error_set(err, ERROR_CONFLICT,
			_("message %lld has left, or is leaving now; nothing was changed"),
			(long long)id);
	return true;
}

static bool log_kept(
	struct use *use, int64_t case_id, int64_t id, const char *what, struct error *err)
{
	struct arena arena = { 0 };
	bool ok = use_log(use, case_id, arena_printf(&arena, "%lld %s", (long long)id, what), err);

	arena_release(&arena);
	return ok;
}

/* What failed keeps its name and bytes for ever, so what is sent instead is another message. */
static bool send_anew(struct use *use, const struct message *failed, struct error *err)
{
	bool takes_back = failed->kind == MESSAGE_CANCEL;
	struct session *session = use->session;
	struct message anew = {
		.meeting_id = failed->meeting_id,
		.unit_id = failed->unit_id,
		.kind = failed->kind,
		.sequence = failed->sequence,
		.told_day = takes_back ? failed->told_day : 0,
		.told_start = takes_back ? failed->told_start : 0,
		.told_end = takes_back ? failed->told_end : 0,
		.state = MESSAGE_QUEUED,
		.is_approved = true,
		.created_at = session_now(session),
	};
	int dropped;

	return store_message_add(&use->change, &anew, session->user.id, err)
	       && store_message_drop(&use->change, failed->id, &dropped, err);
}

static bool retry(struct use *use, const struct message *message, struct error *err)
{
	if (message->state == MESSAGE_FAILED)
		return send_anew(use, message, err);
	if (message->state == MESSAGE_QUEUED)
		return store_message_hurry(&use->change, message->id, err);
	return error_set(err, ERROR_CONFLICT,
		_("message %lld has not been let leave; see \"kutsu outbox send --meeting\""),
		(long long)message->id);
}

static bool drop(struct use *use, const struct message *message, struct error *err)
{
	int dropped;

	return store_message_drop(&use->change, message->id, &dropped, err);
}

static bool mark_told(struct use *use, const struct message *message, struct error *err)
{
	if (message->state == MESSAGE_WAITING_CONSENT)
		return error_set(err, ERROR_CONFLICT,
			_("there is no consent for %s: nothing is told to it yet"), message->unit);
	return store_message_told(&use->change, message->id, session_now(use->session), err);
}

/* Told by a person it is a disclosure as one that leaves is. */
static bool log_told(
	struct use *use, int64_t case_id, const struct message *message, struct error *err)
{
	struct disclosure disclosure = {
		.basis = message->unit && message->kind != MESSAGE_CANCEL ? "consent" : NULL,
		.recipient = message->unit ? message->unit : "family",
	};
	struct arena arena = { 0 };
	bool ok = use_log_disclosure(use, case_id,
		arena_printf(&arena, "%lld told", (long long)message->id), &disclosure, err);

	arena_release(&arena);
	return ok;
}

typedef bool message_change(struct use *use, const struct message *message, struct error *err);

static bool keep(struct session *session, enum use_case use_case, int64_t id,
	message_change *change, const char *what, struct error *err)
{
	struct arena arena = { 0 };
	struct message message;
	int64_t case_id;
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, use_case, id, err))
		return false;
	ok = read_kept(&use, id, &arena, &message, &case_id, err) && change(&use, &message, err)
	     && (change == mark_told ? log_told(&use, case_id, &message, err)
				     : log_kept(&use, case_id, id, what, err));
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool outbox_retry(struct session *session, int64_t id, struct error *err)
{
	return keep(session, USE_OUTBOX_KEEP, id, retry, "retry", err);
}

bool outbox_drop(struct session *session, int64_t id, struct error *err)
{
	return keep(session, USE_INVITE, id, drop, "drop", err);
}

bool outbox_told(struct session *session, int64_t id, struct error *err)
{
	return keep(session, USE_INVITE, id, mark_told, "told", err);
}

static bool is_due(const struct invitation *invitation, int64_t now, int days)
{
	int64_t last = invitation->sent_at > invitation->reminded_at ? invitation->sent_at
								     : invitation->reminded_at;

	return invitation_is_waited_for(invitation) && invitation->has_consent
	       && now - last >= days * DAY_SECONDS;
}

static bool remind_one(struct use *use, const struct invitation *invitation, struct arena *arena,
	int *count, struct error *err)
{
	struct session *session = use->session;
	struct case_ref case_ref;
	struct meeting meeting;
	struct message reminder = {
		.meeting_id = invitation->meeting_id,
		.unit_id = invitation->unit_id,
		.kind = MESSAGE_REMINDER,
		.sequence = invitation->sequence,
		.state = MESSAGE_QUEUED,
		.is_approved = true,
		.created_at = session_now(session),
	};

	if (!store_meeting_get(session->store, invitation->meeting_id, arena, &meeting, err))
		return false;
	if (!is_ahead(session, &meeting))
		return true;
	++*count;
	return store_case_get(session->store, meeting.case_code, arena, &case_ref, err)
	       && store_message_add(&use->change, &reminder, session->user.id, err)
	       && log_kept(use, case_ref.id, reminder.id, "reminder", err);
}

bool outbox_remind(struct session *session, int64_t meeting_id, int *count, struct error *err)
{
	struct arena arena = { 0 };
	struct invitation_list list;
	struct use use;
	int days;
	bool ok;

	*count = 0;
	if (!use_begin_number(&use, session, USE_OUTBOX_KEEP, meeting_id, err))
		return false;
	ok = store_setting_number(session->store, SETTING_REMIND_DAYS, &days, err)
	     && store_invitation_ahead(
		     session->store, session_today(session), 0, 0, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		if ((!meeting_id || list.items[i].meeting_id == meeting_id)
			&& is_due(&list.items[i], session_now(session), days))
			ok = remind_one(&use, &list.items[i], &arena, count, err);
	}
	if (ok && *count == 0)
		use_needs_no_log(&use);
	arena_release(&arena);
	return use_end(&use, ok, err);
}
