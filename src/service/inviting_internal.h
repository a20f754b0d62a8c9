/* What booking and consents do with invitations, inside a use case that has begun. */
#ifndef KUTSU_SERVICE_INVITING_INTERNAL_H
#define KUTSU_SERVICE_INVITING_INTERNAL_H

#include "kutsu/domain/case_ref.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/service/inviting.h"
#include "service_internal.h"

/* A meeting was booked with these units. */
bool inviting_book(struct use *use, int64_t meeting_id, int64_t case_id,
	const struct unit_list *units, enum leaving leaving, struct error *err) MUST_CHECK;
/* It has a new time, under this sequence. */
bool inviting_move(struct use *use, int64_t meeting_id, int sequence, enum leaving leaving,
	struct error *err) MUST_CHECK;
/* It is cancelled, under this sequence. Of one that is over nobody is told. */
bool inviting_cancel(struct use *use, const struct meeting *meeting, int sequence,
	enum leaving leaving, struct error *err) MUST_CHECK;

/* One unit more is invited, or one again; one is not any more. */
bool inviting_add(struct use *use, int64_t meeting_id, int64_t case_id, const struct unit *unit,
	enum leaving leaving, struct error *err) MUST_CHECK;
bool inviting_remove(struct use *use, int64_t meeting_id, const struct unit *unit,
	enum leaving leaving, struct error *err) MUST_CHECK;

/* Writes an answer given `at` to an invitation; user_id 0: it came by e-mail. ERROR_CONFLICT */
bool keep_answer(struct use *use, const struct meeting *meeting, struct invitation *invitation,
	const struct invitation_answer *answer, int64_t at, int64_t user_id,
	struct error *err) MUST_CHECK;

/* A consent for the unit came, or was withdrawn. */
bool inviting_consent_given(
	struct use *use, int64_t case_id, int64_t unit_id, struct error *err) MUST_CHECK;
bool inviting_consent_withdrawn(
	struct use *use, int64_t case_id, int64_t unit_id, struct error *err) MUST_CHECK;

/* Whether its time is over; whether it is booked and that is not. */
bool is_over(const struct session *session, const struct meeting *meeting);
bool is_ahead(const struct session *session, const struct meeting *meeting);

#endif
