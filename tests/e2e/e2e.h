/* What the tests on a pseudo-terminal share: an installation, the program in it, waiting for text.
 */
#ifndef KUTSU_TESTS_E2E_H
#define KUTSU_TESTS_E2E_H

#include "program.h"
#include "pty_term.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define E2E_LIMIT_MS 8000

#define E2E_UNFINISHED "Unfinished (1)" /* Today's heading over one draft */

/*
 * xterm-256color, English; the program's leaks are told by its exit status. The folder goes with
 * program_free().
 */
static inline struct program *e2e_place(void)
{
	struct program *program = program_new();

	program_set(program, "TERM", "xterm-256color");
	program_set(program, "ASAN_OPTIONS", "detect_leaks=1");
	return program;
}

static inline struct program *e2e_demo(void)
{
	struct program *program = e2e_place();

	program_ok(program, "demo");
	return program;
}

static inline struct program *e2e_empty(void)
{
	struct program *program = e2e_place();

	program_ok(program, "init --region Koe");
	return program;
}

/* These wait for it, and show the screen where it does not come. */
static inline void e2e_see(struct pty_term *t, const char *text)
{
	if (pty_term_wait_text(t, text, E2E_LIMIT_MS))
		return;
	pty_term_dump(t, stderr);
	cr_assert_fail("\"%s\" did not appear", text);
}

static inline void e2e_see_gone(struct pty_term *t, const char *text)
{
	if (pty_term_wait_gone(t, text, E2E_LIMIT_MS))
		return;
	pty_term_dump(t, stderr);
	cr_assert_fail("\"%s\" did not go away", text);
}

/* Today is shown when this returns. */
static inline struct pty_term *e2e_open(struct program *program, int rows, int cols)
{
	const char *const argv[] = { KUTSU_PROGRAM, NULL };
	struct pty_term_options options = { rows, cols, argv, program_env(program),
		program_folder(program) };
	struct pty_term *t = pty_term_start(&options);

	cr_assert_not_null(t);
	e2e_see(t, "1 ");
	e2e_see(t, "Enter");
	return t;
}

static inline void e2e_expect_end(struct pty_term *t, int expected)
{
	int status = -1;

	if (!pty_term_wait_exit(t, E2E_LIMIT_MS, &status) || status != expected) {
		pty_term_dump(t, stderr);
		cr_assert_fail("exit status %d where %d was due", status, expected);
	}
	pty_term_free(t);
}

/* From a screen where q is a command. */
static inline void e2e_quit(struct pty_term *t)
{
	pty_term_send(t, "q");
	e2e_expect_end(t, 0);
}

static inline void e2e_function_key(struct pty_term *t, int number)
{
	static const char *const keys[] = { "\033OP", "\033OQ", "\033OR", "\033OS", "\033[15~",
		"\033[17~", "\033[18~", "\033[19~" };

	pty_term_send(t, keys[number - 1]);
}

static inline void e2e_tab(struct pty_term *t, int times)
{
	while (times-- > 0)
		pty_term_key(t, PTY_KEY_TAB);
}

/* An Esc must not run into what is sent behind it: wait for what it leads to. */
static inline void e2e_esc(struct pty_term *t, const char *leads_to)
{
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see(t, leads_to);
}

/* The fields of the call form, in the order of Tab. */
enum e2e_field {
	FIELD_SOURCE,
	FIELD_CALLER,
	FIELD_PHONE,
	FIELD_LANGUAGE,
	FIELD_INTERPRETER,
	FIELD_CHILD,
	FIELD_BIRTH_YEAR,
	FIELD_MUNICIPALITY,
	FIELD_NONDISCLOSURE,
	FIELD_CONCERN,
	FIELD_ADULTS,
	FIELD_CONSENT_BY,
	FIELD_CONSENT_HOW,
	FIELD_LIMITS,
	FIELD_MINUTES
};

/* A new call's empty form, the cursor in its first field. */
static inline void e2e_new_call(struct pty_term *t)
{
	pty_term_send(t, "n");
	e2e_see(t, "The phone rings");
	pty_term_send(t, "1");
	e2e_see(t, "New call");
}

/* Who calls and the concern: all that is needed. The cursor is in the concern then. */
static inline void e2e_tell(struct pty_term *t, const char *caller, const char *concern)
{
	e2e_tab(t, FIELD_CALLER);
	pty_term_send(t, caller);
	e2e_tab(t, FIELD_CONCERN - FIELD_CALLER);
	pty_term_send(t, concern);
}

/* Ticks a unit by a part of its name or code; the filter is empty again then. */
static inline void e2e_tick(struct pty_term *t, const char *filter, const char *ticked)
{
	e2e_function_key(t, 3);
	pty_term_send(t, filter);
	pty_term_send(t, " ");
	e2e_see(t, ticked);
	pty_term_ctrl(t, 'U');
}

static inline int64_t e2e_number(struct program *program, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db;
	int64_t number;

	cr_assert_eq(sqlite3_open_v2(program_database(program), &db, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	cr_assert_eq(sqlite3_step(stmt), SQLITE_ROW, "%s", sql);
	number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return number;
}

static inline void e2e_count(struct program *program, const char *sql, int64_t expected)
{
	int64_t count = e2e_number(program, sql);

	cr_expect_eq(count, expected, "%s: %lld", sql, (long long)count);
}

/* Waits until the query's answer is 1, reading what the program writes meanwhile. */
static inline void e2e_await(struct pty_term *t, struct program *program, const char *sql)
{
	for (int waited = 0; waited < E2E_LIMIT_MS; waited += 20) {
		if (e2e_number(program, sql) == 1)
			return;
		pty_term_wait_text(t, "\001", 20);
	}
	pty_term_dump(t, stderr);
	cr_assert_fail("%s never was 1", sql);
}

static inline void e2e_integrity(struct program *program)
{
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db;

	cr_assert_eq(sqlite3_open_v2(program_database(program), &db, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	cr_assert_eq(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, NULL), SQLITE_OK);
	cr_assert_eq(sqlite3_step(stmt), SQLITE_ROW);
	cr_expect_str_eq((const char *)sqlite3_column_text(stmt, 0), "ok");
	sqlite3_finalize(stmt);
	cr_assert_eq(
		sqlite3_prepare_v2(db, "PRAGMA foreign_key_check", -1, &stmt, NULL), SQLITE_OK);
	cr_expect_eq(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static inline void e2e_expect_in(const char *text, const char *part)
{
	cr_expect_not_null(strstr(text, part), "no %s in %s", part, text);
}

#endif
