/*
 * Promises: what units say of their coming holes, changes that keep what was promised before, and
 * what needs somebody because a hole closed or nobody has confirmed it.
 */
#ifndef KUTSU_SERVICE_PROMISE_H
#define KUTSU_SERVICE_PROMISE_H

#include "kutsu/domain/meeting.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/session.h"

#define WHOLE_WEEK     (-1) /* as a start: all the unit's holes of that ISO week */
#define OWN_UNIT_WEEKS 8

/* Of one hole, or of a week's. A contact answers for the own units. */
struct promise_answer {
	const char *unit;
	int day;	      /* the hole's, or one of the week */
	int start;	      /* the hole's, or WHOLE_WEEK */
	enum readiness state; /* unconfirmed takes the answer back */
	const char *note;     /* this and the two below: or NULL */
	const char *person;   /* who goes, where it is neither the ready person nor the deputy */
	const char *place;    /* where it is another than the promise's */
	bool rest_only;	      /* of a week: what nobody has answered for; where that is stays */
};

/*
 * Those of a week's holes that are past or suspended are let be. A unit without a hole in that week
 * may decline, with a note that says why.
 *
 * ERROR_NOT_FOUND  no such unit, or no such hole
 * ERROR_INVALID    a text, a state that nobody can give, or all of it is past
 * ERROR_CONFLICT   the unit is away then; the absence is to be taken back first
 */
bool promise_answer_give(
	struct session *session, const struct promise_answer *answer, struct error *err) MUST_CHECK;

/*
 * The promise `id` becomes `slot` from slot->from_day on and ends the day before: what it was is
 * kept. Writes the new promise's id and unit. What is booked stays booked.
 *
 * ERROR_NOT_FOUND  no such hole
 * ERROR_INVALID    as of registry_add_slot(), or the first day is past or not given
 */
bool promise_change(
	struct session *session, int64_t id, struct slot *slot, struct error *err) MUST_CHECK;

/* A booked meeting of which a unit has no hole any more. */
struct unsettled {
	struct meeting meeting; /* without its case for who may not see it */
	int64_t unit_id;
	const char *unit;	     /* that is away */
	const char *deputy, *reason; /* or NULL */
	enum asked asks;	     /* what its contact has asked for */
	const char *asked_by;	     /* login, or NULL */
};

struct unsettled_list {
	struct unsettled *items;
	size_t count;
};

/* From today on, by start, in the arena; of the own units for a contact. unit NULL: of all. */
bool promise_unsettled(struct session *session, const char *unit, struct arena *arena,
	struct unsettled_list *list, struct error *err) MUST_CHECK;

/*
 * Settles it for the unit: somebody goes all the same (`asks` ASKED_NOTHING; person NULL: the
 * deputy), or asks the coordinator to move or cancel it.
 *
 * ERROR_NOT_FOUND  no such meeting, or not of this unit
 * ERROR_CONFLICT   it needs nobody (any more)
 */
bool promise_settle(struct session *session, int64_t meeting_id, const char *unit, enum asked asks,
	const char *person, struct error *err) MUST_CHECK;
/* Takes that back: the meeting waits for somebody again. ERROR_NOT_FOUND */
bool promise_unsettle(struct session *session, int64_t meeting_id, const char *unit,
	struct error *err) MUST_CHECK;

/* What a promise lacks. */
enum gap { GAP_NO_HOLE, GAP_UNCONFIRMED, GAP_NO_READY_PERSON, GAP_NO_DEPUTY, GAPS };

struct promise_gap {
	enum gap gap;
	const struct unit *unit;
	int day, start, end; /* of the hole that is unconfirmed */
	int booked;	     /* meetings in it: these come first */
	const char *person;  /* to be asked, or NULL */
};

struct promise_gap_list {
	struct promise_gap *items;
	size_t count;
};

/*
 * Units without a hole, without a ready person or a deputy, and the holes from today to the end of
 * this week that nobody confirmed by the deadline; by kind, then by unit, in the arena. A contact's
 * are those of the own units.
 */
bool promise_gaps(struct session *session, struct arena *arena, struct promise_gap_list *list,
	struct error *err) MUST_CHECK;

/* A contact's own units for OWN_UNIT_WEEKS weeks from this week's Monday. */
struct own_weeks {
	int monday;
	struct confirm_deadline deadline;
	struct unit_days *units;
	size_t unit_count;
	struct meeting_list meetings; /* booked in these weeks */
	struct unsettled_list unsettled;
	struct promise_gap_list gaps;
};

/* Release with own_weeks_release(), also after a failure. */
bool own_weeks_look(struct session *session, struct arena *arena, struct own_weeks *weeks,
	struct error *err) MUST_CHECK;
void own_weeks_release(struct own_weeks *weeks);

#endif
