/* Answers that come by e-mail. */
#ifndef KUTSU_SERVICE_REPLYING_H
#define KUTSU_SERVICE_REPLYING_H

#include "kutsu/domain/invitation.h"
#include "kutsu/service/session.h"

/* What was taken; in the arena. */
struct reply_result {
	int64_t meeting_id;
	const char *unit;
	enum answer answer;
	bool is_repeated; /* the same answer again: nothing was changed */
	int counter_day, counter_start;
};

/*
 * Takes an iTIP REPLY or COUNTER, alone or in an e-mail, to the invitation it answers: by UID,
 * attendee and sequence (RFC 5546, 2.1.5).
 *
 * ERROR_INVALID    no such answer (format/reply_reader.h)
 * ERROR_NOT_FOUND  an unknown meeting, or somebody who was not invited to it
 * ERROR_CONFLICT   it answers a time that is no more, or is older than the answer that is kept; the
 *                  unit's part was cancelled; the meeting is over
 * ERROR_DENIED     the e-mail is not from who it says answers: logged
 */
bool reply_take(struct session *session, const char *bytes, size_t length, struct arena *arena,
	struct reply_result *result, struct error *err) MUST_CHECK;

#endif
