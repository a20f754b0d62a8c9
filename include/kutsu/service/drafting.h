/* Call forms as they are being typed: kept field by field, found again after anything. */
#ifndef KUTSU_SERVICE_DRAFTING_H
#define KUTSU_SERVICE_DRAFTING_H

#include "kutsu/service/session.h"
#include "kutsu/store/draft_store.h"

/* Newest first; in the arena. */
bool draft_list(struct session *session, struct arena *arena, struct draft_list *list,
	struct error *err) MUST_CHECK;
bool draft_fields(struct session *session, int64_t id, struct arena *arena,
	struct draft_field_list *list, struct error *err) MUST_CHECK;

/* Logged once: what is typed from then on belongs to it. */
bool draft_begin(
	struct session *session, const char *writer, int64_t *id, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: another has taken it over or finished it. ERROR_INVALID: a personal identity code
 * is in one of the fields: none of them is kept. */
bool draft_keep(struct session *session, int64_t id, const char *writer,
	const struct draft_field *fields, size_t count, struct error *err) MUST_CHECK;
/* From then on only `writer` may write it. ERROR_NOT_FOUND: it is gone. */
bool draft_take_over(
	struct session *session, int64_t id, const char *writer, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: another has taken it over or finished it. */
bool draft_discard(
	struct session *session, int64_t id, const char *writer, struct error *err) MUST_CHECK;

#endif
