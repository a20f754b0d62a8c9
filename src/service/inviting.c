/* What is queued when a meeting is booked, moved or cancelled, or a consent changes. */
#include "inviting_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/service/writer.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/invitation_store.h"
#include "kutsu/store/meeting_store.h"

#include <string.h>

bool is_over(const struct session *session, const struct meeting *meeting)
{
	struct wall_time now = session_wall(session);

	return meeting->day < now.day || (meeting->day == now.day && meeting->end <= now.minute);
}

bool is_ahead(const struct session *session, const struct meeting *meeting)
{
	return meeting->status == MEETING_BOOKED && !is_over(session, meeting);
}

static bool add_message(struct use *use, int64_t meeting_id, int64_t unit_id,
	enum message_kind kind, int sequence, enum message_state state, enum leaving leaving,
	struct error *err)
{
	struct session *session = use->session;
	struct message message = {
		.meeting_id = meeting_id,
		.unit_id = unit_id,
		.kind = kind,
		.sequence = sequence,
		.state = state,
		.is_approved = leaving == LEAVES_NOW,
		.created_at = session_now(session),
	};

	return store_message_add(&use->change, &message, session->user.id, err);
}

static enum message_state state_of(bool has_consent, enum leaving leaving)
{
	if (!has_consent)
		return MESSAGE_WAITING_CONSENT;
	return leaving == LEAVES_NOW ? MESSAGE_QUEUED : MESSAGE_DRAFT;
}

/* It takes back what was told: the time that its receiver knows, and no other. */
static bool take_back(struct use *use, const struct invitation *invitation, int sequence,
	enum leaving leaving, struct error *err)
{
	struct session *session = use->session;
	struct message message = {
		.meeting_id = invitation->meeting_id,
		.unit_id = invitation->unit_id,
		.kind = MESSAGE_CANCEL,
		.sequence = sequence,
		.state = state_of(true, leaving),
		.told_day = invitation->told_day,
		.told_start = invitation->told_start,
		.told_end = invitation->told_end,
		.is_approved = leaving == LEAVES_NOW,
		.created_at = session_now(session),
	};

	return store_message_add(&use->change, &message, session->user.id, err);
}

static bool request(struct use *use, int64_t meeting_id, int64_t unit_id, int sequence,
	bool has_consent, enum leaving leaving, struct error *err)
{
	return store_invitation_begin(&use->change, meeting_id, unit_id, sequence, err)
	       && add_message(use, meeting_id, unit_id, MESSAGE_REQUEST, sequence,
		       state_of(has_consent, leaving), leaving, err);
}

/* What has not left gives way to what is told now; but a cancellation must leave where a request
 * can't. */
static bool drop_unsent(
	struct use *use, int64_t meeting_id, int64_t unit_id, bool has_consent, struct error *err)
{
	return store_message_drop_unsent(&use->change, meeting_id, unit_id,
		has_consent ? UNSENT_ALL : UNSENT_BUT_CANCELLATIONS, err);
}

static bool tell_family(
	struct use *use, int64_t meeting_id, int sequence, enum leaving leaving, struct error *err)
{
	return add_message(use, meeting_id, 0, MESSAGE_FAMILY, sequence, state_of(true, leaving),
		leaving, err);
}

bool inviting_book(struct use *use, int64_t meeting_id, int64_t case_id,
	const struct unit_list *units, enum leaving leaving, struct error *err)
{
	struct arena arena = { 0 };
	struct consent_list consents;
	bool ok = store_consent_list(use->session->store, case_id, &arena, &consents, err);

	for (size_t i = 0; ok && i < units->count; i++)
		ok = request(use, meeting_id, units->items[i].id, 0,
			consent_is_in_force(&consents, units->items[i].code), leaving, err);
	ok = ok && tell_family(use, meeting_id, 0, leaving, err);
	arena_release(&arena);
	return ok;
}

/* What is known of a meeting's messages so far. */
struct told {
	struct invitation_list invitations;
	struct message_list messages;
};

/* What a sender that has ended held is nobody's again: it can be dropped. */
static bool release_claims(struct use *use, struct message_list *messages, struct error *err)
{
	for (size_t i = 0; i < messages->count; i++) {
		struct message *message = &messages->items[i];

		if (!message->sender || writer_is_alive(message->sender))
			continue;
		if (!store_message_release(&use->change, message->id, err))
			return false;
		message->sender = NULL;
	}
	return true;
}

static bool read_told(struct use *use, int64_t meeting_id, struct arena *arena, struct told *told,
	struct error *err)
{
	struct store *store = use->session->store;

	return store_invitation_list(store, meeting_id, arena, &told->invitations, err)
	       && store_message_list(
		       store, MESSAGES_ALL, meeting_id, 0, arena, &told->messages, err)
	       && release_claims(use, &told->messages, err);
}

/* Who let the message before leave meant that this is told: the new one goes in its place. */
static enum leaving leaving_of(const struct told *told, int64_t unit_id, enum leaving leaving)
{
	for (size_t i = 0; i < told->messages.count; i++) {
		const struct message *message = &told->messages.items[i];

		if (message->unit_id == unit_id && message->is_approved
			&& message->state != MESSAGE_SENT && message->kind != MESSAGE_CANCEL)
			return LEAVES_NOW;
	}
	return leaving;
}

static bool family_was_told(const struct told *told)
{
	for (size_t i = 0; i < told->messages.count; i++) {
		const struct message *message = &told->messages.items[i];

		if (message->kind == MESSAGE_FAMILY
			&& (message->state == MESSAGE_SENT || message->may_have_left))
			return true;
	}
	return false;
}

static int next_sequence(const struct invitation *invitation, int sequence)
{
	return sequence > invitation->sequence ? sequence : invitation->sequence + 1;
}

/* The address that the newest invitation to the unit left for, or NULL. */
static const char *left_for(const struct told *told, int64_t unit_id)
{
	const char *to = NULL;

	for (size_t i = 0; i < told->messages.count; i++) {
		const struct message *message = &told->messages.items[i];

		if (message->unit_id == unit_id && message->kind != MESSAGE_CANCEL
			&& message->message_id
			&& (message->state == MESSAGE_SENT || message->may_have_left))
			to = message->to;
	}
	return to;
}

/* A calendar that is no more the unit's is not to keep the old time. */
static bool tell_old_address(struct use *use, const struct told *told,
	const struct invitation *invitation, int sequence, enum leaving leaving, struct error *err)
{
	const char *to = left_for(told, invitation->unit_id);

	if (!to || !invitation->email || email_is_same(to, invitation->email))
		return true;
	return take_back(use, invitation, sequence, leaving, err);
}

bool inviting_move(
	struct use *use, int64_t meeting_id, int sequence, enum leaving leaving, struct error *err)
{
	struct arena arena = { 0 };
	struct told told;
	bool ok = read_told(use, meeting_id, &arena, &told, err);

	for (size_t i = 0; ok && i < told.invitations.count; i++) {
		const struct invitation *invitation = &told.invitations.items[i];

		if (invitation->is_off)
			continue;
		ok = drop_unsent(use, meeting_id, invitation->unit_id, invitation->has_consent, err)
		     && tell_old_address(use, &told, invitation,
			     next_sequence(invitation, sequence), leaving, err)
		     && request(use, meeting_id, invitation->unit_id,
			     next_sequence(invitation, sequence), invitation->has_consent,
			     leaving_of(&told, invitation->unit_id, leaving), err);
	}
	ok = ok && store_message_drop_unsent(&use->change, meeting_id, 0, UNSENT_ALL, err)
	     && tell_family(use, meeting_id, family_was_told(&told) ? sequence : 0,
		     leaving_of(&told, 0, leaving), err);
	arena_release(&arena);
	return ok;
}

/* The unit's part: what has not left never does, and what has is taken back. */
static bool call_off(struct use *use, const struct invitation *invitation, int sequence,
	enum leaving leaving, struct error *err)
{
	int64_t meeting_id = invitation->meeting_id, unit_id = invitation->unit_id;

	if (!store_message_drop_unsent(&use->change, meeting_id, unit_id, UNSENT_ALL, err)
		|| !store_invitation_end(&use->change, meeting_id, unit_id, sequence, err))
		return false;
	return !invitation->was_sent || take_back(use, invitation, sequence, leaving, err);
}

bool inviting_cancel(struct use *use, const struct meeting *meeting, int sequence,
	enum leaving leaving, struct error *err)
{
	bool tells = is_ahead(use->session, meeting);
	struct arena arena = { 0 };
	struct told told;
	bool ok = read_told(use, meeting->id, &arena, &told, err);

	for (size_t i = 0; ok && i < told.invitations.count; i++) {
		struct invitation *invitation = &told.invitations.items[i];

		invitation->was_sent = invitation->was_sent && tells;
		ok = invitation->is_off
		     || call_off(
			     use, invitation, next_sequence(invitation, sequence), leaving, err);
	}
	ok = ok && store_message_drop_unsent(&use->change, meeting->id, 0, UNSENT_ALL, err);
	if (ok && tells && family_was_told(&told))
		ok = tell_family(use, meeting->id, sequence, leaving, err);
	arena_release(&arena);
	return ok;
}

static const struct invitation *find(const struct told *told, int64_t unit_id)
{
	for (size_t i = 0; i < told->invitations.count; i++) {
		if (told->invitations.items[i].unit_id == unit_id)
			return &told->invitations.items[i];
	}
	return NULL;
}

bool inviting_add(struct use *use, int64_t meeting_id, int64_t case_id, const struct unit *unit,
	enum leaving leaving, struct error *err)
{
	struct arena arena = { 0 };
	struct consent_list consents;
	const struct invitation *before;
	struct told told;
	bool ok = read_told(use, meeting_id, &arena, &told, err)
		  && store_consent_list(use->session->store, case_id, &arena, &consents, err);

	if (ok) {
		bool is_consented = consent_is_in_force(&consents, unit->code);

		before = find(&told, unit->id);
		ok = drop_unsent(use, meeting_id, unit->id, is_consented, err)
		     && request(use, meeting_id, unit->id, before ? before->sequence + 1 : 0,
			     is_consented, leaving, err);
	}
	arena_release(&arena);
	return ok;
}

bool inviting_remove(struct use *use, int64_t meeting_id, const struct unit *unit,
	enum leaving leaving, struct error *err)
{
	struct arena arena = { 0 };
	const struct invitation *before;
	struct told told;
	bool ok = read_told(use, meeting_id, &arena, &told, err);

	before = ok ? find(&told, unit->id) : NULL;
	if (before && !before->is_off)
		ok = call_off(use, before, before->sequence + 1, leaving, err);
	arena_release(&arena);
	return ok;
}

/* The unit's invitations to the case's meetings that are still ahead and have it. */
static bool read_ahead(struct use *use, int64_t case_id, int64_t unit_id, struct arena *arena,
	struct invitation_list *list, struct error *err)
{
	struct session *session = use->session;
	struct meeting_list meetings;

	*list = (struct invitation_list) { 0 };
	if (!store_meeting_of_case(session->store, case_id, arena, &meetings, err))
		return false;
	for (size_t i = 0; i < meetings.count; i++) {
		struct invitation_list all;

		if (!is_ahead(session, &meetings.items[i]))
			continue;
		if (!store_invitation_list(session->store, meetings.items[i].id, arena, &all, err))
			return false;
		for (size_t k = 0; k < all.count; k++) {
			if (all.items[k].unit_id != unit_id
				|| !meeting_has_unit(&meetings.items[i], all.items[k].unit))
				continue;
			list->items = arena_append(
				arena, list->items, &list->count, sizeof(*list->items));
			list->items[list->count - 1] = all.items[k];
		}
	}
	return true;
}

bool inviting_consent_given(struct use *use, int64_t case_id, int64_t unit_id, struct error *err)
{
	struct arena arena = { 0 };
	struct invitation_list list;
	bool ok = store_message_consent_given(&use->change, case_id, unit_id, err)
		  && read_ahead(use, case_id, unit_id, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		/* Its part was cancelled when the consent was withdrawn: it is invited anew. */
		if (list.items[i].is_off)
			ok = store_message_drop_unsent(&use->change, list.items[i].meeting_id,
				     unit_id, UNSENT_BUT_CANCELLATIONS, err)
			     && request(use, list.items[i].meeting_id, unit_id,
				     list.items[i].sequence + 1, true, LEAVES_LATER, err);
	}
	arena_release(&arena);
	return ok;
}

/* The cancellation leaves by itself: nobody is to have to think of it. */
bool inviting_consent_withdrawn(
	struct use *use, int64_t case_id, int64_t unit_id, struct error *err)
{
	struct arena arena = { 0 };
	struct told told;
	struct invitation_list list;
	bool ok = read_ahead(use, case_id, unit_id, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		const struct invitation *invitation = &list.items[i];

		if (!invitation->is_off && invitation->was_sent)
			ok = read_told(use, invitation->meeting_id, &arena, &told, err)
			     && call_off(
				     use, invitation, invitation->sequence + 1, LEAVES_NOW, err);
	}
	ok = ok && store_message_consent_withdrawn(&use->change, case_id, unit_id, err);
	arena_release(&arena);
	return ok;
}
