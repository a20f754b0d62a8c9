/*
 * Who is invited to a meeting, what they were told and what they answer. Booking, moving and
 * cancelling queue the messages of it in their own transaction (service/booking.h); here a person
 * lets them leave, changes who is invited and notes answers.
 */
#ifndef KUTSU_SERVICE_INVITING_H
#define KUTSU_SERVICE_INVITING_H

#include "kutsu/domain/invitation.h"
#include "kutsu/service/session.h"

/* Whether what is to be told waits as a draft until somebody lets it leave. */
enum leaving { LEAVES_LATER, LEAVES_NOW };

/*
 * Lets the drafts of a meeting leave: those with consent are queued, the others go as soon as it
 * comes. *count says how many. A meeting without any, booked by an older version, gets them first.
 *
 * ERROR_NOT_FOUND  no such meeting
 * ERROR_CONFLICT   it is over
 */
bool invitation_let_leave(
	struct session *session, int64_t meeting_id, int *count, struct error *err) MUST_CHECK;

/*
 * Invites one unit more, or one again whose part was cancelled.
 *
 * ERROR_CONFLICT  it is invited; it has no room then; the meeting is not booked or is over
 */
bool invitation_add(struct session *session, int64_t meeting_id, const char *unit,
	enum leaving leaving, struct error *err) MUST_CHECK;
/*
 * The meeting goes without the unit: its hole is free again, and it is told so if it was invited.
 *
 * ERROR_CONFLICT  it is the last one (cancel the meeting then); the meeting is not booked
 */
bool invitation_remove(struct session *session, int64_t meeting_id, const char *unit,
	enum leaving leaving, struct error *err) MUST_CHECK;

struct invitation_answer {
	enum answer answer; /* ANSWER_NONE takes it back */
	enum decline_reason reason;
	const char *note;		/* or NULL */
	int counter_day, counter_start; /* of a counter */
};

/*
 * What a unit answers, as somebody tells it; a contact for an own unit.
 *
 * ERROR_CONFLICT   the meeting is not booked any more, or the unit's part was cancelled
 * ERROR_NOT_FOUND  the unit is not invited
 * ERROR_INVALID    a counter without a time, or in the past
 */
bool invitation_answer(struct session *session, int64_t meeting_id, const char *unit,
	const struct invitation_answer *answer, struct error *err) MUST_CHECK;

/* A unit of a meeting at another time. */
struct counter_unit {
	const char *unit;
	bool is_free;
};

/* What a time that one unit offers would mean for the others; in the arena. */
struct counter_look {
	struct counter_unit *units;
	size_t count;
	bool suits_all; /* the meeting can be moved there */
	bool is_past;
};

bool invitation_look_at_counter(struct session *session, int64_t meeting_id, int day, int start,
	struct arena *arena, struct counter_look *look, struct error *err) MUST_CHECK;

/* What is left when a unit does not come; in the arena. */
struct without_unit {
	const char *deputy; /* whom its hole names, or NULL */
	bool has_other;	    /* another hole that all of them share */
	int other_day, other_start, other_end;
	size_t others; /* units that come all the same */
};

bool invitation_look_without(struct session *session, int64_t meeting_id, const char *unit,
	struct arena *arena, struct without_unit *look, struct error *err) MUST_CHECK;

/* Of booked meetings ahead: not answered, declined, or with another time offered; by the meeting's
 * start. A contact's own, a coordinator's all. */
bool invitation_list_ahead(struct session *session, struct arena *arena,
	struct invitation_list *list, struct error *err) MUST_CHECK;

#endif
