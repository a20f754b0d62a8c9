/* How a message becomes a letter. */
#ifndef KUTSU_SERVICE_OUTBOX_INTERNAL_H
#define KUTSU_SERVICE_OUTBOX_INTERNAL_H

#include "kutsu/domain/case_ref.h"
#include "kutsu/domain/setting.h"
#include "kutsu/format/letter.h"
#include "kutsu/service/outbox.h"
#include "service_internal.h"

/* A message with what it tells of. */
struct told_meeting {
	struct meeting meeting;
	struct case_ref case_ref;
	struct letter letter; /* without a message_id where none is fixed */
};

/* All in the arena. */
bool read_letter(struct session *session, const struct message *message, struct arena *arena,
	struct told_meeting *told, struct error *err) MUST_CHECK;

/* A setting's text, "" where it is not set; in the arena. */
bool read_setting(struct session *session, enum setting setting, struct arena *arena,
	const char **value, struct error *err) MUST_CHECK;

#endif
