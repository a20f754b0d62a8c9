/* Taking a call: the call, its case, what the case needs and the first meeting, all in one. */
#ifndef KUTSU_SERVICE_INTAKE_H
#define KUTSU_SERVICE_INTAKE_H

#include "kutsu/domain/case_ref.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/session.h"

struct intake {
	enum call_source source;
	enum call_outcome outcome;
	const char *caller, *concern; /* needed for a meeting; a notification keeps neither */
	const char *email;	      /* the family's, for its invitation; or NULL */
	const char *phone;	      /* this and those below: or NULL */
	const char *case_code;	      /* the open case it adds to; NULL: a new one */
	int case_revision;	      /* of that case, as it was seen; 0: not told */
	const char *child, *municipality, *language, *interpreter;
	int birth_year; /* 0: not known */
	bool nondisclosure;
	struct family_limits limits;
	const char *const *adults;
	size_t adult_count;
	const char *const *units; /* needed ones */
	size_t unit_count;
	const char *consent_by,
		*consent_how;	       /* consent for all those units; consent_by NULL: none */
	const struct booking *booking; /* its meeting: units above, case_code ignored; or NULL */
	int64_t draft_id;	       /* the draft it was, which then goes; or 0 */
	const char *writer;	       /* the run that has the draft */
};

struct intake_result {
	char case_code[CASE_CODE_SIZE]; /* empty where no case was opened or added to */
	int64_t call_id, meeting_id;	/* meeting_id 0: none booked */
};

/* What intake_take() asks of the texts, before anything else is done. ERROR_INVALID */
bool intake_check(
	struct session *session, const struct intake *intake, struct error *err) MUST_CHECK;

/*
 * An outcome other than a meeting opens no case and keeps nothing of the child; a notification
 * keeps source, time and outcome only.
 *
 * ERROR_INVALID    a text is missing, too long, or holds a personal identity code; a birth year or
 *                  language code that can't be
 * ERROR_NOT_FOUND  no such case or unit
 * ERROR_CONFLICT   the case is closed, or what is known of it has changed since it was seen, and
 * would be written over; a colleague has taken the draft over; or the time was taken:
 * then nothing is saved
 */
bool intake_take(struct session *session, const struct intake *intake, struct intake_result *result,
	struct error *err) MUST_CHECK;

#endif
