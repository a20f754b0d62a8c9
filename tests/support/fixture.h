/*
 * An installation in memory for tests of what stands on the store: a user, a fixed clock, no
 * units. What can't be made fails the test.
 */
#ifndef KUTSU_TESTS_FIXTURE_H
#define KUTSU_TESTS_FIXTURE_H

#include "kutsu/service/session.h"

#include <stdint.h>

#define FIXTURE_NOW   "2026-11-24T10:42" /* a Tuesday, week 48 */
#define FIXTURE_LOGIN "koord-1"

extern const struct identity fixture_identity;

/* A coordinator, administrator and auditor. Free it, its store and all that was made for it with
 * fixture_free(). */
struct session *fixture_session(void);
void fixture_free(struct session *session);

/* Sets the session's clock: "2026-11-24T10:42". */
void fixture_clock(struct session *session, const char *now);
struct clock fixture_clock_at(const char *now);

int fixture_day(const char *day);	/* "2026-12-02" */
int fixture_minute(const char *minute); /* "13:00" */

/* A unit named after its code. Returns its id. */
int64_t fixture_unit(struct session *session, const char *code);
/* A weekly hole for one meeting at a time. Returns its id. */
int64_t fixture_slot(
	struct session *session, const char *unit, int weekday, const char *start, const char *end);
/* The unit is away that day. Returns the closing's id. */
int64_t fixture_close(struct session *session, const char *unit, const char *day);
/* A call that opens a case. Returns the case's code, which lives as long as the session. */
const char *fixture_case(struct session *session);
/* An hour for the units "A,B". They return the meeting's id. */
int64_t fixture_meeting(
	struct session *session, const char *case_code, const char *units, const char *start);
int64_t fixture_hold(struct session *session, const char *units, const char *start);

/* By plain SQL on the session's own connection. */
void fixture_sql(struct session *session, const char *sql);
bool fixture_sql_try(struct session *session, const char *sql);	  /* whether it was done */
int64_t fixture_number(struct session *session, const char *sql); /* the first column; 0: no row */
/* All rows of all tables as text, in the order of tables and keys; without the log's. free() */
char *fixture_dump(struct session *session);
char *fixture_dump_without_log(struct session *session);

/* A new folder, and its end with the files in it. */
#define FIXTURE_FOLDER_SIZE 64
void fixture_folder(char folder[FIXTURE_FOLDER_SIZE]);
void fixture_folder_remove(const char *folder);

#endif
