/* A case's life after the call: looking at it, consents, records, actions, closing. */
#ifndef KUTSU_SERVICE_CASEWORK_H
#define KUTSU_SERVICE_CASEWORK_H

#include "kutsu/domain/case_ref.h"
#include "kutsu/domain/invitation.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/service/session.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/meeting_store.h"

/* Cases as a list, concerns included; in the arena. LOOK_NEW is logged. */
bool case_list(struct session *session, enum look look, const struct case_filter *filter,
	struct arena *arena, struct case_list *list, struct error *err) MUST_CHECK;

/* All that is known of a case; in the arena. */
struct case_view {
	struct case_ref case_ref;
	struct call_list calls;
	struct consent_list consents;
	struct meeting_list meetings;
	const char *const *needed_units;
	size_t needed_unit_count;
};

/*
 * Looks at a case; LOOK_NEW is logged. A contact sees, under consent in force for an own unit that
 * is invited, the concern and the own units' meetings; another case is none.
 *
 * ERROR_NOT_FOUND
 */
bool case_look(struct session *session, enum look look, const char *code, struct arena *arena,
	struct case_view *view, struct error *err) MUST_CHECK;

/*
 * The open case that may be meant by who is calling (see store_case_known). Logged when it is
 * another than `shown`, the code of the one that is on screen already, or "".
 */
bool case_known_look(struct session *session, const struct caller_signs *signs, const char *shown,
	struct arena *arena, struct case_ref *case_ref, bool *found, struct error *err) MUST_CHECK;

/* A meeting with its record, if it has one. */
struct meeting_view {
	struct meeting meeting;
	struct meeting_record record;
	bool has_record;
	struct invitation_list invitations; /* a contact's: the own units' */
	/* For a contact, who gets no record: */
	bool has_consent;    /* for an own unit that is invited, in force */
	const char *concern; /* under that consent, unless it was cancelled; else NULL */
};

/*
 * Looks at a meeting; LOOK_NEW is logged as a look at its case. A contact sees those that an own
 * unit is invited to: time, place, who, and the concern under consent in force.
 *
 * ERROR_NOT_FOUND
 */
bool meeting_look(struct session *session, enum look look, int64_t id, struct arena *arena,
	struct meeting_view *view, struct error *err) MUST_CHECK;

/* The agreed actions, which tell of families: logged. In the arena. */
bool action_list(struct session *session, enum action_choice choice, struct arena *arena,
	struct action_list *list, struct error *err) MUST_CHECK;

/* ERROR_CONFLICT: closed already, or a meeting is still ahead. */
bool case_close(struct session *session, const char *code, const char *reason,
	struct error *err) MUST_CHECK;

/* For each of the units. ERROR_CONFLICT: one is in force. */
bool consent_give(struct session *session, const char *case_code, const char *const *units,
	size_t unit_count, const char *given_by, const char *how, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND: none is in force. */
bool consent_withdraw(struct session *session, const char *case_code, const char *const *units,
	size_t unit_count, struct error *err) MUST_CHECK;

/*
 * Writes a meeting's record; one that is there is replaced, if it is the one that the writer has
 * seen (record->revision).
 *
 * ERROR_INVALID    the record itself, or a unit in it that was not invited or is named twice
 * ERROR_CONFLICT   the meeting was cancelled or has not begun; or somebody else recorded it since
 * ERROR_NOT_FOUND  no such meeting or unit
 */
bool meeting_record_make(struct session *session, int64_t meeting_id,
	const struct meeting_record *record, struct error *err) MUST_CHECK;

/* ERROR_NOT_FOUND */
bool action_mark_done(struct session *session, int64_t id, struct error *err) MUST_CHECK;
bool action_mark_undone(struct session *session, int64_t id, struct error *err) MUST_CHECK;

#endif
