#include "kutsu/service/replying.h"

#include "inviting_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/format/reply_reader.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/invitation_store.h"
#include "kutsu/store/meeting_store.h"

#include <stdio.h>
#include <string.h>

/* The address that the newest message to the unit left for. */
static const char *sent_to(const struct message_list *messages, int64_t unit_id)
{
	const char *to = NULL;

	for (size_t i = 0; i < messages->count; i++) {
		if (messages->items[i].unit_id == unit_id && messages->items[i].attempts > 0)
			to = messages->items[i].to;
	}
	return to;
}

/* Told by phone, it has left for no address: then the unit's own counts. */
static bool find_invitation(struct session *session, int64_t meeting_id, const char *attendee,
	struct arena *arena, struct invitation *found, struct error *err)
{
	struct invitation_list list;
	struct message_list messages;
	bool is_one_of_many = false;

	if (!store_invitation_list(session->store, meeting_id, arena, &list, err)
		|| !store_message_list(
			session->store, MESSAGES_ALL, meeting_id, 0, arena, &messages, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const char *to = sent_to(&messages, list.items[i].unit_id);

		to = to ? to : list.items[i].email;
		if (to && email_is_same(to, attendee)) {
			is_one_of_many =
				is_one_of_many
				|| (found->unit && !found->is_off && !list.items[i].is_off);
			if (!found->unit || found->is_off)
				*found = list.items[i];
		}
	}
	if (is_one_of_many)
		return error_set(err, ERROR_CONFLICT,
			_("%.100s is the address of several invited units; ask which of them "
			  "answers and note it by hand"),
			attendee);
	return found->unit
	       || error_set(err, ERROR_NOT_FOUND,
		       _("%.100s was not invited to meeting %lld; the answer is not taken"),
		       attendee, (long long)meeting_id);
}

static bool refuse(enum reply_fault fault, const struct reply *reply,
	const struct invitation *invitation, struct error *err)
{
	switch (fault) {
	case REPLY_FORGED:
		return error_set(err, ERROR_DENIED,
			_("the e-mail came from %.80s and answers for %.80s; ask the unit and note "
			  "its answer by hand"),
			reply->from, reply->attendee);
	case REPLY_OFF:
		return error_set(err, ERROR_CONFLICT,
			_("%s is not invited any more: its part was cancelled"), invitation->unit);
	case REPLY_TOO_NEW:
		return error_set(err, ERROR_CONFLICT,
			_("the answer is to an invitation that never left (SEQUENCE %d)"),
			reply->sequence);
	default:
		return error_set(err, ERROR_CONFLICT,
			_("the answer of %s is to an earlier time, or older than the one that is "
			  "kept"),
			invitation->unit);
	}
}

static bool keep(struct use *use, const struct reply *reply, const struct meeting *meeting,
	struct invitation *invitation, struct reply_result *result, struct error *err)
{
	int64_t now = session_now(use->session);
	enum reply_fault fault = reply_check(reply, invitation);
	struct invitation_answer answer = {
		.answer = reply->answer,
		.note = reply->note,
		.counter_day = reply->counter_day,
		.counter_start = reply->counter_start,
	};

	result->meeting_id = meeting->id;
	result->unit = invitation->unit;
	result->answer = reply->answer;
	result->counter_day = reply->counter_day;
	result->counter_start = reply->counter_start;
	result->is_repeated = fault == REPLY_REPEATED;
	if (result->is_repeated)
		return true;
	if (fault != REPLY_FITS)
		return refuse(fault, reply, invitation, err);
	/* A clock that is ahead must not make later answers old. */
	return keep_answer(
		use, meeting, invitation, &answer, reply->stamp < now ? reply->stamp : now, 0, err);
}

static bool take(struct use *use, const struct reply *reply, struct arena *arena,
	struct reply_result *result, struct error *err)
{
	struct session *session = use->session;
	struct invitation invitation = { 0 };
	struct case_ref case_ref;
	struct meeting meeting;

	return store_meeting_of_uid(session->store, reply->uid, arena, &meeting, err)
	       && (meeting.case_code
		       || error_set(
			       err, ERROR_NOT_FOUND, _("no meeting is known by that name (UID)")))
	       && store_case_get(session->store, meeting.case_code, arena, &case_ref, err)
	       && find_invitation(session, meeting.id, reply->attendee, arena, &invitation, err)
	       && keep(use, reply, &meeting, &invitation, result, err)
	       && use_log(use, case_ref.id,
		       arena_printf(arena, "%lld %s %s%s", (long long)meeting.id, invitation.unit,
			       term_code(&answer_terms, (int)reply->answer),
			       result->is_repeated ? ", again" : ""),
		       err);
}

bool reply_take(struct session *session, const char *bytes, size_t length, struct arena *arena,
	struct reply_result *result, struct error *err)
{
	struct reply reply;
	struct use use;

	*result = (struct reply_result) { 0 };
	if (!use_check(session, USE_REPLY_TAKE, NULL, err)
		|| !reply_read(bytes, length, session->zone, arena, &reply, err)
		|| !use_begin(&use, session, USE_REPLY_TAKE, NULL, err))
		return false;
	return use_end(&use, take(&use, &reply, arena, result, err), err);
}
