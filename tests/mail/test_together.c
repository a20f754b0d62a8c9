/* Senders that are killed at random moments, and several at once. */
#include "mail.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#define SENDERS	   4
#define KILLS	   200
#define PER_KILL   10 /* messages that are queued before each */
#define PER_SERVER 25 /* kills; a test's process lives for two minutes */

struct sending {
	struct program *p;
	struct mail_server *server;
	const char *folder;
	sqlite3 *db;
};

static const char *const send[] = { "outbox", "send", NULL };

static struct sending begin(void)
{
	struct sending s = { .p = mail_installation() };

	s.server = mail_server_start(s.p, NULL);
	s.folder = mail_folder(s.p, "mail");
	s.db = database_open(s.p);
	mail_way_out(s.p, s.server, "none");
	mail_book(s.p);
	program_ok(s.p, "outbox send --meeting 1");
	return s;
}

static void end(struct sending *s)
{
	sqlite3_close(s->db);
	mail_server_stop(s->server);
	program_free(s->p);
}

/* To A, B and the family, in turn. */
static void queue(struct sending *s, int count)
{
	char sql[600];

	snprintf(sql, sizeof(sql),
		"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO message (meeting_id, unit_id, kind, sequence, state, is_approved,"
		" created_by, created_at) SELECT 1, CASE i %% 3 WHEN 2 THEN NULL ELSE (SELECT id"
		" FROM unit WHERE code = char(65 + i %% 3)) END, CASE i %% 3 WHEN 2 THEN 'family'"
		" ELSE 'request' END, 0, 'queued', 1, 1, 0 FROM n",
		count - 1);
	cr_assert_eq(
		sqlite3_exec(s->db, sql, NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(s->db));
}

/* Of one e-mail: its bytes are those that the database has under its Message-ID. */
static void count_arrival(struct sending *s, const char *path)
{
	static const char head[] = "\r\nMessage-Id: <";
	size_t size;
	char *bytes = program_read(path, &size), *id = strstr(bytes, head), *id_end;
	sqlite3_stmt *stmt;

	cr_assert_not_null(id, "%s", path);
	id += sizeof(head) - 1;
	id_end = strchr(id, '>');
	cr_assert_eq(sqlite3_prepare_v2(s->db, "SELECT content FROM message WHERE message_id = ?1",
			     -1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_text(stmt, 1, id, (int)(id_end - id), SQLITE_STATIC);
	cr_assert_eq(sqlite3_step(stmt), SQLITE_ROW, "%s is no message of the database", path);
	cr_expect(strcmp((const char *)sqlite3_column_text(stmt, 0), bytes) == 0,
		"%s is not what was to leave", path);
	sqlite3_finalize(stmt);
	cr_assert_eq(
		sqlite3_prepare_v2(s->db, "INSERT INTO temp.arrived VALUES (?1)", -1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_text(stmt, 1, id, (int)(id_end - id), SQLITE_STATIC);
	cr_assert_eq(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
	free(bytes);
}

static void count_arrivals(struct sending *s)
{
	char **paths = mail_paths(s->folder);

	cr_assert_eq(sqlite3_exec(s->db, "CREATE TEMP TABLE arrived (id TEXT)", NULL, NULL, NULL),
		SQLITE_OK);
	for (size_t i = 0; paths[i]; i++)
		count_arrival(s, paths[i]);
	mail_paths_free(paths);
}

static void expect_none_lost(struct sending *s)
{
	cr_expect_eq(
		database_number(s->db, "SELECT count(*) FROM message WHERE state <> 'sent'"), 0);
	cr_expect_eq(database_number(s->db, "SELECT count(*) FROM message WHERE message_id NOT IN"
					    " (SELECT id FROM temp.arrived)"),
		0, "a message that is marked as sent never arrived");
	cr_expect_eq(database_number(s->db, "SELECT count(*) FROM pragma_integrity_check"
					    " WHERE integrity_check = 'ok'"),
		1);
}

Test(together, four_senders_send_each_message_once, .timeout = 120)
{
	struct sending s = begin();
	pid_t senders[SENDERS];

	queue(&s, 97); /* and the meeting's own three */
	for (int i = 0; i < SENDERS; i++)
		senders[i] = program_start(s.p, program_path(s.p, "said"), send);
	for (int i = 0; i < SENDERS; i++)
		cr_expect_eq(program_wait(senders[i]), 0);
	count_arrivals(&s);
	expect_none_lost(&s);
	cr_expect_eq(database_number(s.db, "SELECT count(*) FROM temp.arrived"), 100);
	cr_expect_eq(database_number(s.db, "SELECT count(DISTINCT id) FROM temp.arrived"), 100);
	cr_expect_eq(database_number(s.db, "SELECT count(*) FROM message WHERE attempts <> 1"), 0);
	cr_expect_eq(database_number(s.db, "SELECT count(*) FROM access_log WHERE use_case ="
					   " 'outbox_send'"),
		100, "the log tells of each once");
	end(&s);
}

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* How long a run is here, so that the kills fall on all of it on any build and machine. */
static int64_t measure_run(struct sending *s)
{
	int64_t began;

	queue(s, PER_KILL);
	began = now_us();
	program_ok(s->p, "outbox send");
	return now_us() - began;
}

static void kill_within(struct sending *s, int64_t us)
{
	pid_t pid = program_start(s->p, NULL, send);

	nanosleep(&(struct timespec) { us / 1000000, us % 1000000 * 1000 }, NULL);
	kill(pid, SIGKILL);
	program_wait(pid);
}

static void change_server(struct sending *s)
{
	mail_server_stop(s->server);
	s->server = mail_server_start(s->p, NULL);
	program_ok(s->p, "config set mail.url smtp://localhost:%d", mail_server_port(s->server));
}

Test(together, a_sender_killed_200_times_loses_nothing_and_repeats_only_the_same, .timeout = 300)
{
	struct sending s = begin();
	int64_t run = measure_run(&s), claimed = 0;
	unsigned random = 20261124;

	for (int i = 0; i < KILLS; i++) {
		if (i % PER_SERVER == PER_SERVER - 1)
			change_server(&s);
		queue(&s, PER_KILL);
		random = random * 1103515245u + 12345u;
		kill_within(&s, run * (int64_t)(random >> 16 & 1023) / 1023);
		claimed += database_number(
			s.db, "SELECT count(*) FROM message WHERE sender IS NOT NULL");
	}
	program_ok(s.p, "outbox send");
	count_arrivals(&s);
	expect_none_lost(&s);
	cr_expect_eq(
		database_number(s.db, "SELECT count(*) FROM message"), 3 + PER_KILL * (KILLS + 1));
	cr_expect_gt(claimed, 0, "no kill fell between claiming and marking");
	end(&s);
}
