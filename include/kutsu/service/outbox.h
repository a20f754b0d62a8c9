/* The outbox: messages that wait, leave, failed or have left. */
#ifndef KUTSU_SERVICE_OUTBOX_H
#define KUTSU_SERVICE_OUTBOX_H

#include "kutsu/base/message.h"
#include "kutsu/domain/invitation.h"
#include "kutsu/service/session.h"
#include "kutsu/store/invitation_store.h"

/* In the order they were made, without their contents, in the arena. meeting_id 0: of all. */
bool outbox_list(struct session *session, enum message_choice choice, int64_t meeting_id,
	struct arena *arena, struct message_list *list, struct error *err) MUST_CHECK;

/* A message as it would leave now, or as it left; in the arena. */
struct message_view {
	struct message message;
	const char *subject, *body;
	const char *calendar; /* its iCalendar, or NULL */
	/* In which language it is; the family's own (ISO 639-1) where that is none of ours. */
	enum language language;
	const char *other_language;
};

/* LOOK_NEW is logged, as a look at its case. ERROR_NOT_FOUND */
bool outbox_look(struct session *session, enum look look, int64_t id, struct arena *arena,
	struct message_view *view, struct error *err) MUST_CHECK;

/* What failed is sent again, as a new message; what waits for its next try is tried at once.
 * ERROR_CONFLICT: it has left, or nobody has let it leave yet. */
bool outbox_retry(struct session *session, int64_t id, struct error *err) MUST_CHECK;
/* It never leaves. ERROR_CONFLICT: it has left, or is leaving now. */
bool outbox_drop(struct session *session, int64_t id, struct error *err) MUST_CHECK;
/* It was told by phone or on paper, and does not leave any more. ERROR_CONFLICT: as above, or there
 * is no consent for it. */
bool outbox_told(struct session *session, int64_t id, struct error *err) MUST_CHECK;

/* Queues a reminder to each unit that was sent an invitation to a meeting ahead, has not answered
 * and was neither invited nor reminded within the setting's days. meeting_id 0: of all meetings. */
bool outbox_remind(
	struct session *session, int64_t meeting_id, int *count, struct error *err) MUST_CHECK;

/* What came of sending. */
struct outbox_result {
	int sent, put_off, failed;
	int64_t next_at;   /* when something is tried again (UTC), 0: nothing waits for it */
	char words[400];   /* the last server's, "" where all went well */
	bool is_delivered; /* a way out is set: else all stays in the outbox */
};

struct outbox_sending {
	const char *folder; /* written there as .eml files, whatever the settings say; or NULL */
	bool (*go_on)(void *context); /* asked between two messages; or NULL */
	void *context;
};

/*
 * Sends what may leave now, each message in turn: claimed and logged in one transaction, handed
 * over outside of any, marked in another. Others send beside it, each message once. One whose
 * sender ended in between leaves again, byte for byte the same.
 *
 * ERROR_INVALID  a setting is missing or can't be used
 */
bool outbox_send(struct session *session, const struct outbox_sending *sending,
	struct outbox_result *result, struct error *err) MUST_CHECK;

#endif
