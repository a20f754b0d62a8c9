/* What a calendar answers to an invitation: iTIP's REPLY and COUNTER (RFC 5546, 3.2.3 and 3.2.7),
 * alone or in an e-mail (RFC 6047). */
#ifndef KUTSU_FORMAT_REPLY_READER_H
#define KUTSU_FORMAT_REPLY_READER_H

#include "kutsu/domain/invitation.h"

struct arena;

#define REPLY_LARGEST (4 * 1024 * 1024) /* bytes: an e-mail with somebody's signature picture */

/*
 * Reads one answer of one attendee, in the arena; `zone` is the name of the process's zone. The
 * comment is kept as far as it is a text of a field.
 *
 * ERROR_INVALID  no answer: another method, several events or attendees, a UID, DTSTAMP or time
 *                missing, an answer that says neither yes nor no (TENTATIVE)
 */
bool reply_read(const char *bytes, size_t length, const char *zone, struct arena *arena,
	struct reply *reply, struct error *err) MUST_CHECK;

#endif
