/*
 * The ssh entrance with a real sshd: the demo region, owned by whoever runs the tests as the
 * service account would, and two people with keys. The clock is the real one: an entrance has no
 * other.
 */
#ifndef KUTSU_TESTS_ENTRANCE_H
#define KUTSU_TESTS_ENTRANCE_H

#include "e2e.h"
#include "ssh_server.h"

#define COORDINATOR "koord-1"
#define CONTACT	    "yhd-nvl-sui"
#define OWN_UNIT    "NVL-SUI" /* the contact's */
#define OTHER_UNIT  "PST-LAN"

struct entrance {
	struct program *program; /* the service account's own */
	struct ssh_server *server;
};

static inline void entrance_let_in(struct entrance *e, const char *person)
{
	program_ok(e->program, "user key %s --add %s", person, ssh_server_key(e->server, person));
	ssh_server_authorize(e->server,
		program_ok(e->program, "--db %s authorized-keys", program_database(e->program)));
}

static inline struct entrance entrance_begin(void)
{
	struct entrance e = { .program = e2e_place() };

	program_set(e.program, "KUTSU_NOW", NULL);
	program_ok(e.program, "demo");
	e.server = ssh_server_start(e.program);
	entrance_let_in(&e, COORDINATOR);
	entrance_let_in(&e, CONTACT);
	return e;
}

static inline void entrance_end(struct entrance *e)
{
	ssh_server_stop(e->server);
	program_free(e->program);
}

/* The person's first view is shown when this returns. */
static inline struct pty_term *entrance_open(struct entrance *e, const char *person)
{
	struct pty_term *t = ssh_pty(e->server, person, 24, 100);

	e2e_see(t, person);
	e2e_see(t, "? keys");
	return t;
}

/* A command that must end well: what it wrote, until the next one. */
static inline const char *entrance_ok(struct entrance *e, const char *person, const char *command)
{
	const char *out, *err;
	int status = ssh_run(e->server, person, NULL, &out, &err, "--", command, NULL);

	cr_assert_eq(status, 0, "%s: %s: exit %d, %s", person, command, status, err);
	return out;
}

/*
 * A command that must be refused by kutsu itself, with one line and nothing else. Returns the exit
 * status; the line stands until the next command.
 */
static inline int entrance_refused(
	struct entrance *e, const char *person, const char *command, const char **line)
{
	const char *out, *err, *end;
	int status = ssh_run(e->server, person, NULL, &out, &err, "--", command, NULL);

	end = strchr(err, '\n');
	cr_expect_str_empty(out, "%s: %s wrote %s", person, command, out);
	cr_expect(strncmp(err, "kutsu: ", 7) == 0 && end && end[1] == '\0',
		"%s: %s: no line \"kutsu: ...\" but \"%s\"", person, command, err);
	if (line)
		*line = err;
	return status;
}

static inline void entrance_expect_status(
	struct entrance *e, const char *person, int expected, const char *command)
{
	const char *line;
	int status = entrance_refused(e, person, command, &line);

	cr_expect_eq(status, expected, "%s: %s: exit %d, %s", person, command, status, line);
}

/* The first answer, with ?1 and ?2 in the question; free() */
static inline char *entrance_ask(
	struct entrance *e, const char *sql, const char *first, const char *second)
{
	sqlite3_stmt *stmt = NULL;
	char *answer = NULL;
	sqlite3 *db;

	cr_assert_eq(
		sqlite3_open_v2(program_database(e->program), &db, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	if (first)
		sqlite3_bind_text(stmt, 1, first, -1, SQLITE_TRANSIENT);
	if (second)
		sqlite3_bind_text(stmt, 2, second, -1, SQLITE_TRANSIENT);
	if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_text(stmt, 0))
		answer = strdup((const char *)sqlite3_column_text(stmt, 0));
	cr_assert_not_null(answer, "%s: no answer (%s)", sql, sqlite3_errmsg(db));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return answer;
}

/* One that has been, and that nobody has recorded; free() */
static inline char *entrance_unrecorded(struct entrance *e)
{
	return entrance_ask(e,
		"SELECT min(id) FROM meeting WHERE status = 'booked'"
		" AND day < unixepoch('now') / 86400",
		NULL, NULL);
}

/* A start of the own unit's shared holes, on a day without any meeting yet. free() */
static inline char *entrance_free_start(struct entrance *e)
{
	const char *holes =
		entrance_ok(e, COORDINATOR, "free --unit " OWN_UNIT " --json --limit 20");

	return entrance_ask(e,
		"SELECT substr(w.value ->> 'start', 1, 16) AS start"
		" FROM json_each(?1, '$.windows') w WHERE NOT EXISTS (SELECT 1 FROM meeting"
		" WHERE day = unixepoch(substr(start, 1, 10)) / 86400) LIMIT 1",
		holes, NULL);
}

static inline void entrance_expect(struct entrance *e, const char *expected, const char *sql,
	const char *first, const char *second)
{
	char *answer = entrance_ask(e, sql, first, second);

	cr_expect_str_eq(answer, expected, "%s: %s where %s was due; %s", sql, answer, expected,
		first ? first : "");
	free(answer);
}

#endif
