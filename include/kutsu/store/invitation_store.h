/* Invitations, what was answered to them, and the outbox of their messages. */
#ifndef KUTSU_STORE_INVITATION_STORE_H
#define KUTSU_STORE_INVITATION_STORE_H

#include "kutsu/domain/invitation.h"
#include "kutsu/store/store.h"

struct arena;

/* A meeting's, those whose part was cancelled, too; in the order in which units were invited. */
bool store_invitation_list(struct store *store, int64_t meeting_id, struct arena *arena,
	struct invitation_list *list, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND */
bool store_invitation_get(struct store *store, int64_t meeting_id, int64_t unit_id,
	struct arena *arena, struct invitation *invitation, struct error *err) MUST_CHECK;
/* Of booked meetings from `day` on: those that are not answered, and those whose unit does not come
 * or offers another time. Of a contact's own units, or of all where contact_id is 0. */
bool store_invitation_ahead(struct store *store, int day, int64_t contact_id, int64_t limit,
	struct arena *arena, struct invitation_list *list, struct error *err) MUST_CHECK;

/* Adds it, or begins it anew: without an answer, on. */
bool store_invitation_begin(struct change *change, int64_t meeting_id, int64_t unit_id,
	int sequence, struct error *err) MUST_CHECK;
/* Nobody waits for its answer any more. */
bool store_invitation_end(struct change *change, int64_t meeting_id, int64_t unit_id, int sequence,
	struct error *err) MUST_CHECK;
/* answer, reason, note, counter and answered_at are written; user_id 0: it came by e-mail. */
bool store_invitation_answer(struct change *change, const struct invitation *invitation,
	int64_t user_id, struct error *err) MUST_CHECK;

/* kind, sequence, state, is_approved, created_at, meeting and unit are read; fills its id. */
bool store_message_add(struct change *change, struct message *message, int64_t user_id,
	struct error *err) MUST_CHECK;

enum message_choice { MESSAGES_ALL, MESSAGES_UNSENT };

/* In the order they were made. meeting_id 0: of all. limit 0: all. */
bool store_message_list(struct store *store, enum message_choice choice, int64_t meeting_id,
	int64_t limit, struct arena *arena, struct message_list *list,
	struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND */
bool store_message_get(struct store *store, int64_t id, struct arena *arena,
	struct message *message, struct error *err) MUST_CHECK;
/* Those that may leave at `now`: queued, with an address, under consent, of a case that is not
 * purged; oldest first. */
bool store_message_due(struct store *store, int64_t now, int64_t limit, struct arena *arena,
	struct message_list *list, struct error *err) MUST_CHECK;
/* When the next is tried again; 0: nothing waits for its time. */
bool store_message_next(struct store *store, int64_t *at, struct error *err) MUST_CHECK;

/* What may leave leaves, and what waits for consent does so as soon as it comes. */
bool store_message_approve(struct change *change, int64_t id, struct error *err) MUST_CHECK;
/*
 * `sender` sends it now: nobody else does. What is there of message_id, content and recipient
 * stays, else these are taken. *claimed is false where somebody else was first, or it may not leave
 * any more.
 */
bool store_message_claim(struct change *change, const struct message *message, const char *sender,
	bool *claimed, struct error *err) MUST_CHECK;
bool store_message_sent(struct change *change, int64_t id, const char *sender, int64_t at,
	struct error *err) MUST_CHECK;
/* It is tried again at `next`, or failed for good where that is 0; it may have left where nobody
 * knows. */
bool store_message_not_sent(struct change *change, int64_t id, const char *sender,
	const char *error, int64_t next, bool may_have_left, struct error *err) MUST_CHECK;
/* Its sender has ended: it is nobody's again. */
bool store_message_release(struct change *change, int64_t id, struct error *err) MUST_CHECK;
/* It is tried at once. */
bool store_message_hurry(struct change *change, int64_t id, struct error *err) MUST_CHECK;
/* It was told another way: by phone, on paper. */
bool store_message_told(
	struct change *change, int64_t id, int64_t at, struct error *err) MUST_CHECK;
/* Takes it away; one that has left, or is leaving now, is let be. */
bool store_message_drop(
	struct change *change, int64_t id, int *dropped, struct error *err) MUST_CHECK;
enum unsent { UNSENT_ALL, UNSENT_BUT_CANCELLATIONS };

/* Those to the unit (0: the family) that have not left, nor are leaving. */
bool store_message_drop_unsent(struct change *change, int64_t meeting_id, int64_t unit_id,
	enum unsent unsent, struct error *err) MUST_CHECK;

/* Those of a meeting that have not left, nor are leaving. */
bool store_message_drop_of_meeting(
	struct change *change, int64_t meeting_id, struct error *err) MUST_CHECK;

/* What waited for consent for the unit in the case's meetings may leave, or is a draft. */
bool store_message_consent_given(
	struct change *change, int64_t case_id, int64_t unit_id, struct error *err) MUST_CHECK;
/* What has not left waits. */
bool store_message_consent_withdrawn(
	struct change *change, int64_t case_id, int64_t unit_id, struct error *err) MUST_CHECK;

#endif
