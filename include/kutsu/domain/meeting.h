/* Meetings (kutsuneuvonpito and its follow-ups), what they recorded and what they agreed. */
#ifndef KUTSU_DOMAIN_MEETING_H
#define KUTSU_DOMAIN_MEETING_H

#include "kutsu/base/error.h"
#include "kutsu/domain/terms.h"

#include <stddef.h>
#include <stdint.h>

#define MEETING_MINUTES_DEFAULT 60
#define MEETING_MINUTES_LONGEST 480

struct meeting {
	int64_t id;
	const char *case_code; /* NULL for a hold */
	bool nondisclosure;    /* its case's */
	enum meeting_kind kind;
	int day, start, end; /* wall clock */
	const char *place;   /* or NULL */
	enum meeting_status status;
	const char *uid; /* stable, for iCalendar */
	int sequence;	 /* rises when it is moved (RFC 5545, 3.8.7.4) */
	int64_t changed_at;
	int64_t hold_until;	      /* 0 unless held */
	const char *held_by;	      /* login, NULL unless held */
	const char *hold_writer;      /* the run of the program that holds it; or NULL */
	const char *cancelled_reason; /* or NULL */
	const char *const *units;     /* codes */
	size_t unit_count;
};

struct meeting_list {
	struct meeting *items;
	size_t count;
};

/* Whether the unit of that code is invited. */
bool meeting_has_unit(const struct meeting *meeting, const char *code);

/* The place as lists, exports and invitations may show it, or NULL. */
const char *meeting_shown_place(const struct meeting *meeting);

enum known { KNOWN_NOT, KNOWN_NO, KNOWN_YES }; /* not known, no, yes */

struct agreed_action {
	int64_t id, meeting_id;
	const char *case_code;
	const char *who, *what; /* "" when purged */
	enum environment environment;
	int due_day; /* DAY_LAST: none */
	bool done;
};

struct action_list {
	struct agreed_action *items;
	size_t count;
};

#define RECORD_NEW (-1) /* as a revision: there was no record when the writing began */

struct meeting_record {
	/* Grows with each writing. Given to be written: the one the writer has seen; 0: not told.
	 */
	int revision;
	const char *recorded_by; /* login; this and the moment are read only */
	int64_t recorded_at;
	const char *const *attended, *const *absent; /* unit codes */
	size_t attended_count, absent_count;
	const char *const *adults;
	size_t adult_count;
	const char *facilitator; /* this and the texts below: or NULL */
	enum known child_present, child_heard;
	const char *strengths, *vulnerabilities, *notes;
	struct agreed_action *actions; /* who, what, environment, due_day */
	size_t action_count;
	enum known follow_up_needed;
	int follow_up_within_weeks;   /* 0: not said */
	const char *follow_up_reason; /* why none is needed */
};

/*
 * The record by itself: texts, a follow-up's weeks (1 to 52) or the reason why none is needed.
 *
 * ERROR_INVALID  names the first field that is wrong
 */
bool meeting_record_check(const struct meeting_record *record, struct error *err) MUST_CHECK;

/* A meeting's length. ERROR_INVALID: not 1 to 480 minutes, or past midnight. */
bool meeting_time_check(int start, int minutes, struct error *err) MUST_CHECK;

#endif
