/* What the use cases share. */
#ifndef KUTSU_SERVICE_SERVICE_INTERNAL_H
#define KUTSU_SERVICE_SERVICE_INTERNAL_H

#include "kutsu/domain/case_ref.h"
#include "kutsu/domain/readiness.h"
#include "kutsu/domain/search.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/session.h"
#include "kutsu/store/log_store.h"
#include "kutsu/store/unit_store.h"

#define SUBJECT_SIZE 64
#define UID_SIZE     40

/* A name that nothing else has: a UUID. */
void make_uid(struct session *session, char uid[UID_SIZE]);

/* session_begin() for what asks for no user: a database is restored. */
bool session_begin_unasked(struct session *session, struct store *store, struct clock clock,
	const struct identity *identity, struct error *err) MUST_CHECK;

/* A use case under way: the right to it, its transaction and its row in the log. */
struct use {
	struct session *session;
	enum use_case use_case;
	enum scope scope;
	enum role role; /* that gives the scope */
	struct change change;
	bool is_logged;
	char subject[SUBJECT_SIZE]; /* what it is about, for a refusal's row; or "" */
	int64_t hidden_case_id;	    /* of a case kept from the user, or 0 */
	bool is_hidden;
};

/*
 * Asks for the right and begins the transaction. `subject` is what the attempt was about (a case's
 * code, a unit's), for the log where it is refused; or NULL. ERROR_DENIED
 */
bool use_begin(struct use *use, struct session *session, enum use_case use_case,
	const char *subject, struct error *err) MUST_CHECK;
/* The same of a meeting or an action. */
bool use_begin_number(struct use *use, struct session *session, enum use_case use_case,
	int64_t number, struct error *err) MUST_CHECK;

/* Logs it. case_id 0: none; detail without personal data, or NULL. */
bool use_log(struct use *use, int64_t case_id, const char *detail, struct error *err) MUST_CHECK;
/* Logs it, or another use case that it includes, with a meeting's or another thing's number. */
bool use_log_number(struct use *use, enum use_case use_case, int64_t case_id, int64_t number,
	struct error *err) MUST_CHECK;
/* Logs it, or another use case that it includes, that is of no case. */
bool use_log_part(
	struct use *use, enum use_case use_case, const char *detail, struct error *err) MUST_CHECK;
/* It goes on with what a row tells of already: typing in a draft. */
void use_needs_no_log(struct use *use);
/* Logs what was given out: on which basis, to whom. */
bool use_log_disclosure(struct use *use, int64_t case_id, const char *detail,
	const struct disclosure *disclosure, struct error *err) MUST_CHECK;
/* A row about what happens in passing, as the holds of an ended program are cleared away. */
bool log_in_passing(struct session *session, struct change *change, enum use_case use_case,
	const char *detail, struct error *err) MUST_CHECK;
/* A refusal before any use case: of what can't be done by ssh. */
void log_refused_entry(struct session *session, const char *what);
/* A refusal of what needs no transaction of its own. */
void log_refused(struct session *session, enum use_case use_case, const char *what);
/* A row about what has no right to ask: a database was made. */
bool use_log_alone(struct session *session, enum use_case use_case, const char *detail,
	struct error *err) MUST_CHECK;
/* ERROR_INVALID: a text of it. */
bool disclosure_check(const struct disclosure *disclosure, struct error *err) MUST_CHECK;

/*
 * Ends it: what was done stays if `ok`, else nothing, and a refusal is logged by itself. A use case
 * that is to be logged and was not is a broken promise.
 */
bool use_end(struct use *use, bool ok, struct error *err) MUST_CHECK;

/* A right to read that needs no log row; *scope may be NULL where only all or nothing is given. */
bool use_check(struct session *session, enum use_case use_case, enum scope *scope,
	struct error *err) MUST_CHECK;

/* Whether the unit is the user's own. */
bool is_own_unit(const struct session *session, int64_t unit_id);
/* In the scope of own units: ERROR_DENIED, logged by use_end(), where the unit is another's. code
 * NULL: it is not known here. */
bool use_unit(struct use *use, int64_t unit_id, const char *code, struct error *err) MUST_CHECK;
/* *err says already that there is no such thing; the case behind it is told to the log only. */
void use_hide(struct use *use, int64_t case_id);

/* An active unit whose holes the user may keep; *unit lies in the arena. ERROR_NOT_FOUND */
bool use_kept_unit(struct use *use, const char *code, struct arena *arena, struct unit *unit,
	struct error *err) MUST_CHECK;

/* By when a week's holes are to be confirmed. */
bool read_deadline(
	struct session *session, struct confirm_deadline *deadline, struct error *err) MUST_CHECK;

/* Keeps what was searched where it found nothing, or nothing within the target time. `searcher` is
 * what searched: of one's sets of units only the largest stay. */
bool finding_keep(struct session *session, const struct search *search,
	const struct unit_list *units, const struct search_result *answer, const char *searcher,
	struct error *err) MUST_CHECK;

/* Takes out what a contact is not to see of a meeting. */
void meeting_for_contact(struct meeting *meeting);

/* An open case. ERROR_NOT_FOUND, ERROR_CONFLICT */
bool get_open_case(struct session *session, const char *code, struct arena *arena,
	struct case_ref *case_ref, struct error *err) MUST_CHECK;

/* The units of these codes, each once, in the arena. ERROR_NOT_FOUND: none such, or retired where
 * only active ones are chosen. */
bool get_units(struct session *session, const char *const *codes, size_t count,
	enum unit_choice choice, struct arena *arena, struct unit_list *units,
	struct error *err) MUST_CHECK;

/* booking_make() inside a use case that has begun. */
bool book(struct use *use, const struct booking *booking, const struct case_ref *case_ref,
	int64_t *meeting_id, struct error *err) MUST_CHECK;

#endif
