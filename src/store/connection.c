#include "kutsu/base/clock.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "store_struct_internal.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LONGEST_PAUSE_MS 20

sqlite3 *store_connection(struct store *store)
{
	return store->db;
}

void store_set_patience(struct store *store, int milliseconds)
{
	store->patience_ms = milliseconds;
}

/*
 * SQLite's own busy_timeout lets a busy neighbour starve others; short pauses of random length are
 * fair.
 */
bool connection_wait(struct store *store, int tries)
{
	int64_t now = clock_steady_ms();
	unsigned pause;

	if (tries == 0)
		store->waits_until = now + store->patience_ms;
	if (now >= store->waits_until)
		return false;
	store->jitter = store->jitter * 1103515245u + 12345u;
	pause = 1 + (store->jitter >> 16) % LONGEST_PAUSE_MS;
	nanosleep(&(struct timespec) { .tv_nsec = (long)pause * 1000000 }, NULL);
	return true;
}

static int wait_for_lock(void *context, int tries)
{
	return connection_wait(context, tries);
}

bool connection_run(struct store *store, const char *sql, struct error *err)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
	       || store_fail(store, err);
}

bool connection_read(struct store *store, const char *sql, int64_t *value, struct error *err)
{
	sqlite3_stmt *stmt;
	bool ok;

	if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK)
		return store_fail(store, err);
	ok = sqlite3_step(stmt) == SQLITE_ROW;
	if (ok)
		*value = sqlite3_column_int64(stmt, 0);
	else
		store_fail(store, err);
	sqlite3_finalize(stmt);
	return ok;
}

static void configure(struct store *store)
{
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* Until the file is known to be ours, closing it may not fold a log into it. */
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_handler(store->db, wait_for_lock, store);
}

/* The path as SQLite's URI (RFC 3986: what has a meaning there is written as %XX). */
static void make_uri(const char *path, struct text *uri)
{
	text_add(uri, path[0] == '/' ? "file://" : "file:");
	for (; *path; path++) {
		if (strchr("?#%", *path))
			text_format(uri, "%%%02X", (unsigned)(unsigned char)*path);
		else
			text_add_bytes(uri, path, 1);
	}
	text_add(uri, "?mode=ro&immutable=1");
}

static bool open_kind(struct store *store, const char *path, enum connection_kind kind)
{
	struct text uri = { 0 };
	int status;

	if (kind != CONNECTION_LOOKS)
		return sqlite3_open_v2(path, &store->db,
			       kind == CONNECTION_WRITES ? SQLITE_OPEN_READWRITE
							 : SQLITE_OPEN_READONLY,
			       NULL)
		       == SQLITE_OK;
	make_uri(path, &uri);
	status = sqlite3_open_v2(
		uri.bytes, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
	text_release(&uri);
	return status == SQLITE_OK;
}

bool connection_fail(const char *path, int why, struct error *err)
{
	if (why == EACCES || why == EPERM)
		return error_set(err, ERROR_DATABASE,
			_("%s can't be opened: you have no right to it; run kutsu as its owner"),
			path);
	return error_set(err, ERROR_DATABASE, _("%s can't be opened (%s)"), path, strerror(why));
}

bool connection_open(
	const char *path, enum connection_kind kind, struct store **result, struct error *err)
{
	struct store *store = memory_new(sizeof(*store));

	*result = store;
	store->patience_ms = STORE_PATIENCE_MS;
	store->jitter = (unsigned)getpid() * 2654435761u + (unsigned)clock_steady_ms();
	if (!open_kind(store, path, kind))
		return (sqlite3_errcode(store->db) & 0xFF) == SQLITE_CANTOPEN
			       ? connection_fail(path, sqlite3_system_errno(store->db), err)
			       : store_fail(store, err);
	/* Where it may not write to the file, SQLite opens it to read. */
	if (kind == CONNECTION_WRITES && sqlite3_db_readonly(store->db, "main") == 1)
		return error_set(err, ERROR_DATABASE,
			_("%s may only be read; give its owner the right to write to it"), path);
	configure(store);
	return true;
}

bool connection_prepare(struct store *store, struct error *err)
{
	if (!connection_run(store,
		    "PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		    "PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY",
		    err))
		return false;
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	return true;
}

void connection_take_back(struct store *store)
{
	/* SQLite may have rolled back by itself (disk full): then there is nothing to take back. */
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

void connection_close(struct store *store)
{
	for (int f = 0; f < FAMILIES; f++) {
		for (int q = 0; q < FAMILY_MOST_QUERIES; q++)
			sqlite3_finalize(store->statements[f][q]);
	}
	sqlite3_close(store->db);
	store->db = NULL;
	memset(store->statements, 0, sizeof(store->statements));
}
