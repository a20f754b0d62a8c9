/* Calls, and the case a call opens or adds to. ("case" is a word of C and of SQL.) */
#ifndef KUTSU_DOMAIN_CASE_REF_H
#define KUTSU_DOMAIN_CASE_REF_H

#include "kutsu/domain/limits.h"
#include "kutsu/domain/terms.h"

#include <stddef.h>
#include <stdint.h>

#define CASE_CODE_SIZE 24

struct case_ref {
	int64_t id;
	const char *code;  /* "2026-0147": the year, and the case's number in it */
	int64_t opened_at; /* UTC seconds, as all _at are */
	enum case_status status;
	int64_t closed_at;		    /* 0 while open */
	int64_t purged_at;		    /* 0: its names, numbers and texts are there still */
	const char *closed_reason;	    /* or NULL; "" when purged */
	const char *child, *municipality;   /* or NULL */
	int birth_year;			    /* 0: not known */
	const char *concern;		    /* of the call that opened it */
	const char *language, *interpreter; /* ISO 639-1, or NULL */
	const char *email;		    /* the family's, for its invitation; or NULL */
	bool nondisclosure; /* turvakielto: no municipality or place in lists and exports */
	struct family_limits limits;
	int revision;		   /* grows with each change of what stands above */
	const char *changed_by;	   /* login of the last change, or NULL */
	int64_t changed_at;	   /* 0: never */
	const char *const *adults; /* the everyday adults */
	size_t adult_count;
};

struct case_list {
	struct case_ref *items;
	size_t count;
};

struct call {
	int64_t id;
	const char *case_code; /* or NULL */
	bool nondisclosure;    /* its case's */
	int64_t received_at;
	enum call_source source;
	const char *caller, *phone, *concern; /* or NULL: a notification keeps none of them */
	enum call_outcome outcome;
};

struct call_list {
	struct call *items;
	size_t count;
};

struct consent {
	int64_t id;
	const char *unit;		/* its code */
	const char *given_by;		/* "huoltaja"; "" when purged */
	const char *how;		/* or NULL */
	int64_t given_at, withdrawn_at; /* withdrawn_at 0: in force */
};

struct consent_list {
	struct consent *items;
	size_t count;
};

/* Whether one is in force for the unit of that code. */
bool consent_is_in_force(const struct consent_list *list, const char *unit);

/* The municipality as lists, exports and invitations may show it, or NULL. */
const char *case_shown_municipality(const struct case_ref *case_ref);

#endif
