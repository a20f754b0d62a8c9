/*
 * The field's closed lists of words: each with its code, the same in SQL, JSON and options, and
 * its label in the user's language.
 */
#ifndef KUTSU_DOMAIN_TERMS_H
#define KUTSU_DOMAIN_TERMS_H

#include <stdbool.h>

struct term {
	const char *code;
	const char *label; /* source text: show it with term_label() */
};

struct term_list {
	const struct term *terms;
	int count;
};

enum sector {
	SECTOR_HEALTH_CLINIC,
	SECTOR_SCHOOL_HEALTH,
	SECTOR_PUPIL_WELFARE,
	SECTOR_FAMILY_SOCIAL,
	SECTOR_CHILD_MENTAL_HEALTH,
	SECTOR_ADULT_SERVICES,
	SECTOR_EARLY_EDUCATION,
	SECTOR_SCHOOL,
	SECTOR_YOUTH,
	SECTOR_NGO,
	SECTOR_PARISH,
	SECTORS
};

enum repeat { REPEAT_WEEKLY, REPEAT_FORTNIGHTLY, REPEAT_MONTHLY, REPEATS };

enum call_source {
	SOURCE_FAMILY,
	SOURCE_YOUNG_PERSON,
	SOURCE_EARLY_EDUCATION,
	SOURCE_SCHOOL,
	SOURCE_HEALTH,
	SOURCE_SOCIAL,
	SOURCE_ADULT_SERVICES,
	SOURCE_NGO,
	SOURCE_OTHER,
	SOURCES
};

enum call_outcome {
	OUTCOME_MEETING,
	OUTCOME_ADVICE,
	OUTCOME_DISCUSSION,
	OUTCOME_NOTIFICATION,
	OUTCOMES
};

enum case_status { CASE_OPEN, CASE_CLOSED, CASE_STATUSES };

enum meeting_kind { MEETING_INVITED, MEETING_FOLLOW_UP, MEETING_KINDS };

enum meeting_status {
	MEETING_HOLD,
	MEETING_BOOKED,
	MEETING_RECORDED,
	MEETING_CANCELLED,
	MEETING_STATUSES
};

enum environment {
	ENVIRONMENT_HOME,
	ENVIRONMENT_EARLY_EDUCATION,
	ENVIRONMENT_SCHOOL,
	ENVIRONMENT_LEISURE,
	ENVIRONMENT_SERVICES,
	ENVIRONMENTS
};

enum occurrence_state {
	OCCURRENCE_OPEN,
	OCCURRENCE_HELD,
	OCCURRENCE_BOOKED,
	OCCURRENCE_CLOSED,
	OCCURRENCE_STATES
};

/* What a unit has said of a hole. */
enum readiness {
	READINESS_CONFIRMED,
	READINESS_UNCONFIRMED,
	READINESS_DECLINED,
	READINESS_DEPUTY, /* the deputy goes */
	READINESS_PAUSED, /* suspended: a long absence, a school break, a public holiday */
	READINESS_NONE,	  /* the unit has no hole */
	READINESSES
};

/* What an invited unit answers. */
enum answer {
	ANSWER_NONE,
	ANSWER_ACCEPTED,
	ANSWER_DECLINED,
	ANSWER_DEPUTY,
	ANSWER_COUNTER,
	ANSWERS
};

/* Why a unit declines. Nothing about anybody's health. */
enum decline_reason {
	DECLINE_UNTOLD,
	DECLINE_ABSENT,
	DECLINE_OTHER_MEETING,
	DECLINE_STAFF,
	DECLINE_NOT_OURS,
	DECLINE_OTHER,
	DECLINE_REASONS
};

enum message_kind {
	MESSAGE_REQUEST,
	MESSAGE_CANCEL,
	MESSAGE_REMINDER,
	MESSAGE_FAMILY,
	MESSAGE_KINDS
};

enum message_state {
	MESSAGE_WAITING_CONSENT,
	MESSAGE_DRAFT,
	MESSAGE_QUEUED,
	MESSAGE_SENT,
	MESSAGE_FAILED,
	MESSAGE_STATES
};

/* A child's age in the calendar year of the call. */
enum age_group {
	AGE_0_2,
	AGE_3_6,
	AGE_7_12,
	AGE_13_15,
	AGE_16_17,
	AGE_18_OR_OVER,
	AGE_UNKNOWN,
	AGE_GROUPS
};

enum initiative_status {
	INITIATIVE_PLANNED,
	INITIATIVE_UNDER_WAY,
	INITIATIVE_DONE,
	INITIATIVE_ENDED, /* before it was done */
	INITIATIVE_STATUSES
};

/* Who answers a feedback form. */
enum respondent {
	RESPONDENT_GUARDIAN,
	RESPONDENT_YOUNG_PERSON, /* 13 and older */
	RESPONDENT_CHILD,	 /* 7 to 12 */
	RESPONDENT_WORKER,	 /* of an invited unit */
	RESPONDENT_UNIT,	 /* once a month */
	RESPONDENTS
};

/* How a question of a feedback form is answered. */
enum scale {
	SCALE_RECOMMEND, /* 0 to 10 */
	SCALE_AGREE,	 /* 1 to 5 */
	SCALE_FACES,	 /* 1 to 3: sad, neutral, smile */
	SCALE_YES_NO,	 /* 1 is yes */
	SCALE_COUNT,	 /* 0 to 999 */
	SCALE_TEXT,
	SCALES
};

enum role {
	ROLE_COORDINATOR,
	ROLE_CONTACT,
	ROLE_LEADER,
	ROLE_DEVELOPER_WORKER,
	ROLE_ADMIN,
	ROLE_AUDITOR,
	ROLES
};

extern const struct term_list sector_terms, repeat_terms, source_terms, outcome_terms,
	case_status_terms, meeting_kind_terms, meeting_status_terms, environment_terms,
	occurrence_terms, readiness_terms, asked_terms, answer_terms, decline_reason_terms,
	message_kind_terms, message_state_terms, age_group_terms, initiative_status_terms,
	respondent_terms, scale_terms, role_terms;

const char *term_code(const struct term_list *list, int value);
const char *term_label(const struct term_list *list, int value); /* translated */

/* Finds a code, without regard to the case of ASCII letters. */
bool term_parse(const struct term_list *list, const char *code, int *value);

#endif
