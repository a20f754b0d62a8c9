/*
 * The outbox of a county after years: what Tänään reads of it, and how fast messages leave.
 *
 *     bench_outbox DATABASE [SENT [QUEUED]]     100000 and 1000, in a database made by kutsu demo
 *
 * The messages are added to the database. They leave into a folder, which is removed again: the
 * mail server's own time is not counted.
 */
#include "kutsu/base/clock.h"
#include "kutsu/base/message.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/outbox.h"

#include <pwd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LOOKS 200

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool run_sql(sqlite3 *db, const char *sql, int count)
{
	sqlite3_stmt *stmt;
	bool ok = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK;

	if (ok) {
		sqlite3_bind_int(stmt, 1, count);
		ok = sqlite3_step(stmt) == SQLITE_DONE;
	}
	sqlite3_finalize(stmt);
	if (!ok)
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
	return ok;
}

/* Those that have left are of meetings that were; those about to leave are cancellations, which
 * need no consent. */
static bool fill(const char *path, int sent, int queued)
{
	static const char add_sent[] =
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
		" INSERT INTO message (meeting_id, unit_id, kind, sequence, state, recipient,"
		" message_id, content, attempts, created_by, created_at, sent_at)"
		" SELECT 1, 1, 'request', 0, 'sent', 'a@example.fi', 'bench-' || i || "
		"'@example.fi',"
		" hex(zeroblob(1500)), 1, 1, 0, 1 FROM n";
	static const char add_queued[] =
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
		" INSERT INTO message (meeting_id, unit_id, kind, sequence, state, is_approved,"
		" created_by, created_at) SELECT 1, 1, 'cancel', 1, 'queued', 1, 1, 0 FROM n";
	sqlite3 *db;
	bool ok = sqlite3_open(path, &db) == SQLITE_OK && run_sql(db, add_sent, sent)
		  && run_sql(db, add_queued, queued)
		  && run_sql(db,
			  "INSERT OR REPLACE INTO setting VALUES ('mail.from', 'kutsu@example.fi')",
			  0);

	sqlite3_close(db);
	return ok;
}

static bool look(struct session *session, double *ms, struct error *err)
{
	double began = now_ms();
	bool ok = true;

	for (int i = 0; ok && i < LOOKS; i++) {
		struct invitation_list invitations;
		struct arena arena = { 0 };
		struct message_list unsent;

		ok = invitation_list_ahead(session, &arena, &invitations, err)
		     && outbox_list(session, MESSAGES_UNSENT, 0, &arena, &unsent, err);
		arena_release(&arena);
	}
	*ms = (now_ms() - began) / LOOKS;
	return ok;
}

static bool send(
	struct session *session, struct outbox_result *result, double *ms, struct error *err)
{
	char folder[] = "/tmp/kutsu-bench-XXXXXX", clear[80];
	struct outbox_sending sending = { .folder = mkdtemp(folder) };
	double began = now_ms();
	bool ok = sending.folder && outbox_send(session, &sending, result, err);

	*ms = now_ms() - began;
	snprintf(clear, sizeof(clear), "rm -rf %s", folder);
	return system(clear) == 0 && ok;
}

static bool measure(const char *path, int sent, int queued, struct error *err)
{
	const struct passwd *user = getpwuid(getuid());
	struct identity identity = { user ? user->pw_name : "", user ? user->pw_name : "", NULL };
	struct session session = { 0 };
	struct outbox_result result = { 0 };
	double before = 0, after = 0, leaving = 0;
	struct clock clock = { 0 };
	struct store *store;
	bool ok = store_open(path, &store, err);

	if (!ok)
		return false;
	ok = session_begin(&session, store, clock, &identity, err) && look(&session, &before, err);
	if (ok && !fill(path, sent, queued))
		ok = error_set(err, ERROR_FAILED, "the messages can't be added");
	ok = ok && send(&session, &result, &leaving, err) && look(&session, &after, err);
	if (ok)
		printf("What Tänään reads: %.2f ms, with %d messages that have left %.2f ms.\n"
		       "%d messages left in %.0f ms: %.0f a second.\n",
			before, sent + result.sent, after, result.sent, leaving,
			result.sent * 1e3 / leaving);
	session_end(&session);
	store_close(store);
	return ok;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };

	if (argc < 2) {
		fputs("usage: bench_outbox DATABASE [SENT [QUEUED]]\n", stderr);
		return 2;
	}
	if (measure(argv[1], argc > 2 ? atoi(argv[2]) : 100000, argc > 3 ? atoi(argv[3]) : 1000,
		    &err))
		return 0;
	fprintf(stderr, "%s\n", err.text);
	return 1;
}
