/* Booking: holding a time, booking, moving and cancelling a meeting. */
#ifndef KUTSU_SERVICE_BOOKING_H
#define KUTSU_SERVICE_BOOKING_H

#include "kutsu/domain/meeting.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/session.h"

struct booking {
	const char *case_code; /* NULL for a hold */
	const char *const *units;
	size_t unit_count;
	int day, start, minutes;
	const char *place; /* or NULL */
	enum meeting_kind kind;
	enum leaving leaving; /* of its invitations */
	int64_t hold_id;      /* the hold it comes from, or 0 */
	const char *writer;   /* of a hold: the run of the program, with which it ends; or NULL */
};

/*
 * Books a meeting for an open case: all units or none. Its invitations are queued with it.
 *
 * ERROR_NOT_FOUND  no such case or unit
 * ERROR_CONFLICT   a unit is closed or taken then (it is named), or the case is closed
 * ERROR_INVALID    no unit, a length that can't be, a time that is past
 */
bool booking_make(struct session *session, const struct booking *booking, int64_t *meeting_id,
	struct error *err) MUST_CHECK;

/* Keeps the time for the installation's hold minutes (default 15). Errors as above. */
bool booking_hold(struct session *session, const struct booking *booking, int64_t *hold_id,
	struct error *err) MUST_CHECK;
/* The holds in force, by when they run out, in the arena: who holds what until when. */
bool booking_hold_list(struct session *session, struct arena *arena, struct meeting_list *list,
	struct error *err) MUST_CHECK;
/* Frees the times whose holder's program has ended; *freed says how many. */
bool booking_free_abandoned(struct session *session, int *freed, struct error *err) MUST_CHECK;
/* Lets the writer's hold go; one that is gone already is let be. */
bool booking_release(
	struct session *session, int64_t hold_id, const char *writer, struct error *err) MUST_CHECK;

#define SEQUENCE_UNTOLD (-1)

/*
 * To another time, as long as it was. Errors as of booking_make(); ERROR_CONFLICT also where its
 * sequence is not the one that was seen any more: somebody else has moved it.
 */
bool booking_move(struct session *session, int64_t meeting_id, int sequence, int day, int start,
	enum leaving leaving, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: it is recorded or cancelled already. */
bool booking_cancel(struct session *session, int64_t meeting_id, const char *reason,
	enum leaving leaving, struct error *err) MUST_CHECK;

#endif
