/* What the use cases share. */
#ifndef KUTSU_SERVICE_SERVICE_INTERNAL_H
#define KUTSU_SERVICE_SERVICE_INTERNAL_H

#include "kutsu/domain/case_ref.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/session.h"
#include "kutsu/store/unit_store.h"

/* Begins a use case's transaction. */
bool use_begin(struct session *session, struct change *change, struct error *err) MUST_CHECK;

/* Logs a use case in its transaction. case_id 0: none; detail without personal data, or NULL. */
bool use_log(struct session *session, struct change *change, const char *use_case, int64_t case_id,
	const char *detail, struct error *err) MUST_CHECK;

/* An open case. ERROR_NOT_FOUND, ERROR_CONFLICT */
bool get_open_case(struct session *session, const char *code, struct arena *arena,
	struct case_ref *case_ref, struct error *err) MUST_CHECK;

/* The units of these codes, each once, in the arena. ERROR_NOT_FOUND: none such, or retired where
 * only active ones are chosen. */
bool get_units(struct session *session, const char *const *codes, size_t count,
	enum unit_choice choice, struct arena *arena, struct unit_list *units,
	struct error *err) MUST_CHECK;

/* booking_make() inside a transaction that has begun. */
bool book(struct session *session, struct change *change, const struct booking *booking,
	const struct case_ref *case_ref, int64_t *meeting_id, struct error *err) MUST_CHECK;

#endif
