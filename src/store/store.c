#include "kutsu/store/store.h"

#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "migrations_internal.h"
#include "store_struct_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define APPLICATION_ID	 0x6B757473 /* "kuts" */
#define LONGEST_WAIT_MS	 10000
#define LONGEST_PAUSE_MS 20

#define MIGRATION_SEALS_LOG 2 /* what it finds in the log is sealed: SQL can't */

enum { STORE_BEGIN, STORE_COMMIT, STORE_DATA_VERSION, STORE_QUERIES };

const char *const store_sql[STORE_QUERIES + 1] = {
	[STORE_BEGIN] = "BEGIN IMMEDIATE",
	[STORE_COMMIT] = "COMMIT",
	[STORE_DATA_VERSION] = "PRAGMA data_version",
};

sqlite3 *store_connection(struct store *store)
{
	return store->db;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * SQLite's own busy_timeout lets a busy neighbour starve others; short pauses of random length are
 * fair.
 */
static int wait_for_lock(void *context, int tries)
{
	struct store *store = context;
	int64_t now = now_ms();
	unsigned pause;

	if (tries == 0)
		store->waits_until = now + LONGEST_WAIT_MS;
	if (now >= store->waits_until)
		return 0;
	store->jitter = store->jitter * 1103515245u + 12345u;
	pause = 1 + (store->jitter >> 16) % LONGEST_PAUSE_MS;
	nanosleep(&(struct timespec) { .tv_nsec = (long)pause * 1000000 }, NULL);
	return 1;
}

static bool execute(struct store *store, const char *sql, struct error *err)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
	       || store_fail(store, err);
}

static bool read_pragma(struct store *store, const char *pragma, int64_t *value, struct error *err)
{
	sqlite3_stmt *stmt;
	bool ok;

	if (sqlite3_prepare_v2(store->db, pragma, -1, &stmt, NULL) != SQLITE_OK)
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

static bool connect(const char *path, int flags, struct store **result, struct error *err)
{
	struct store *store = memory_new(sizeof(*store));

	*result = store;
	store->jitter = (unsigned)getpid() * 2654435761u + (unsigned)now_ms();
	if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK)
		return error_set(err, ERROR_DATABASE, _("%s can't be opened (%s)"), path,
			sqlite3_errmsg(store->db));
	configure(store);
	return true;
}

static bool prepare_connection(struct store *store, struct error *err)
{
	if (!execute(store,
		    "PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		    "PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY",
		    err))
		return false;
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	return true;
}

static bool run_migration(struct store *store, unsigned long number, struct error *err)
{
	char pragma[64];

	snprintf(pragma, sizeof(pragma), "PRAGMA user_version=%lu", number);
	return execute(store, (const char *)migrations[number - 1].sql, err)
	       && (number != MIGRATION_SEALS_LOG || log_seal_all(store, err))
	       && execute(store, pragma, err);
}

/* Two processes may begin at once: the version is read again inside the transaction. */
static bool migrate_once(struct store *store, bool *done, struct error *err)
{
	int64_t version;
	bool ok;

	if (!execute(store, "BEGIN IMMEDIATE", err))
		return false;
	ok = read_pragma(store, "PRAGMA user_version", &version, err);
	*done = ok && version >= (int64_t)migration_count;
	ok = ok && (*done || run_migration(store, (unsigned long)version + 1, err));
	if (ok && execute(store, "COMMIT", err))
		return true;
	sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

static bool migrate(struct store *store, struct error *err)
{
	bool done = false;
	int64_t version;

	if (!read_pragma(store, "PRAGMA user_version", &version, err))
		return false;
	if (version == (int64_t)migration_count)
		return true;
	while (!done) {
		if (!migrate_once(store, &done, err))
			return false;
	}
	return true;
}

static bool fail_damaged(const char *path, struct error *err)
{
	return error_set(err, ERROR_DATABASE, _("%s is damaged; take a backup into use"), path);
}

/* Whether the last failure of the connection was that. */
static bool found_damage(const struct store *store)
{
	return (sqlite3_errcode(store->db) & 0xFF) == SQLITE_CORRUPT;
}

static bool check_is_ours(struct store *store, const char *path, struct error *err)
{
	int64_t id, version;

	if (!read_pragma(store, "PRAGMA application_id", &id, err)
		|| !read_pragma(store, "PRAGMA user_version", &version, err)) {
		if (sqlite3_errcode(store->db) == SQLITE_NOTADB)
			return error_set(err, ERROR_DATABASE,
				_("%s is no database; give kutsu's own file with --db"), path);
		return found_damage(store) ? fail_damaged(path, err) : false;
	}
	if (id != APPLICATION_ID || version < 0)
		return error_set(err, ERROR_DATABASE,
			_("%s is not kutsu's database; give kutsu's own file with --db"), path);
	if (version > (int64_t)migration_count)
		return error_set(err, ERROR_DATABASE,
			_("%s was made by a newer kutsu; install that one"), path);
	return true;
}

/* SQLite rounds a page cut short up to a whole one. */
static bool check_length(struct store *store, const char *path, struct error *err)
{
	int64_t page_size;
	struct stat file;

	if (!read_pragma(store, "PRAGMA page_size", &page_size, err))
		return false;
	if (stat(path, &file) == 0 && file.st_size % page_size != 0)
		return fail_damaged(path, err);
	return true;
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

/*
 * A look at the file without a lock or a neighbouring file, so that one that is not ours is left as
 * it was. Where a log lies beside it the file alone may be half a checkpoint: then only what never
 * changes counts.
 */
static bool look_first(const char *path, struct error *err)
{
	struct text uri = { 0 }, log = { 0 };
	struct store *store = NULL;
	bool has_log, ok;

	make_uri(path, &uri);
	text_format(&log, "%s-wal", path);
	has_log = access(log.bytes, F_OK) == 0;
	ok = connect(uri.bytes, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, &store, err)
	     && check_is_ours(store, path, err) && (has_log || check_length(store, path, err));
	if (!ok && has_log && store && found_damage(store))
		ok = true;
	store_close(store);
	text_release(&uri);
	text_release(&log);
	return ok;
}

/* Every table's root must be there, or a loss would be noticed only when its rows are read. */
static bool check_is_whole(struct store *store, const char *path, struct error *err)
{
	int64_t tables;

	if (read_pragma(store, "SELECT count(*) FROM sqlite_schema", &tables, err))
		return true;
	return found_damage(store) ? fail_damaged(path, err) : false;
}

bool store_open(const char *path, struct store **result, struct error *err)
{
	struct store *store = NULL;

	*result = NULL;
	if (access(path, F_OK) != 0)
		return error_set(err, ERROR_DATABASE,
			_("%s is missing; make one with \"kutsu init\" or \"kutsu demo\""), path);
	if (!look_first(path, err))
		return false;
	if (connect(path, SQLITE_OPEN_READWRITE, &store, err) && check_is_ours(store, path, err)
		&& check_is_whole(store, path, err) && prepare_connection(store, err)
		&& migrate(store, err)) {
		*result = store;
		return true;
	}
	store_close(store);
	return false;
}

static bool make_folders(const char *path, struct error *err)
{
	char *copy = memory_copy_text(path);
	bool ok = true;

	for (char *slash = strchr(copy + 1, '/'); ok && slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		ok = mkdir(copy, 0700) == 0 || errno == EEXIST;
		if (!ok)
			error_set(err, ERROR_FAILED, _("%s can't be made (%s)"), copy,
				strerror(errno));
		*slash = '/';
	}
	free(copy);
	return ok;
}

/* An empty file that only its owner may read: SQLite gives its other files the same rights. */
static bool make_file(const char *path, struct error *err)
{
	int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

	if (file < 0)
		return error_set(
			err, ERROR_FAILED, _("%s can't be made (%s)"), path, strerror(errno));
	close(file);
	return true;
}

static bool set_up(struct store *store, struct error *err)
{
	char pragma[64];

	snprintf(pragma, sizeof(pragma), "PRAGMA application_id=%d", APPLICATION_ID);
	return execute(store, pragma, err) && prepare_connection(store, err) && migrate(store, err);
}

/* A file without its name yet may be lost in a crash: it is made durable when it gets the name. */
static bool make_durable(struct store *store, struct error *err)
{
	return execute(store, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)", err);
}

static void sync_folder(const char *path)
{
	char *copy = memory_copy_text(path);
	char *slash = strrchr(copy, '/');
	int folder;

	if (slash)
		slash[slash == copy ? 1 : 0] = '\0';
	folder = open(slash ? copy : ".", O_RDONLY | O_CLOEXEC);
	if (folder >= 0) {
		fsync(folder);
		close(folder);
	}
	free(copy);
}

static bool make_beside(const char *path, struct store **store, struct error *err)
{
	struct text made = { 0 };
	bool ok;

	if (access(path, F_OK) == 0)
		return error_set(err, ERROR_FAILED,
			_("%s is there already and was left as it is; give another name with --db"),
			path);
	text_format(&made, "%s.new-%ld", path, (long)getpid());
	ok = make_folders(path, err) && make_file(made.bytes, err)
	     && connect(made.bytes, SQLITE_OPEN_READWRITE, store, err);
	if (*store) {
		(*store)->made_path = memory_copy_text(made.bytes);
		(*store)->publish_path = memory_copy_text(path);
	}
	text_release(&made);
	return ok;
}

bool store_create(const char *path, struct store **result, struct error *err)
{
	struct store *store = NULL;
	bool ok;

	*result = NULL;
	ok = strcmp(path, ":memory:") == 0 ? connect(path, SQLITE_OPEN_READWRITE, &store, err)
					   : make_beside(path, &store, err);
	if (ok && set_up(store, err) && execute(store, "PRAGMA synchronous=OFF", err)) {
		*result = store;
		return true;
	}
	store_close(store);
	return false;
}

static void disconnect(struct store *store)
{
	for (int f = 0; f < FAMILIES; f++) {
		for (int q = 0; q < FAMILY_MOST_QUERIES; q++)
			sqlite3_finalize(store->statements[f][q]);
	}
	sqlite3_close(store->db);
	store->db = NULL;
	memset(store->statements, 0, sizeof(store->statements));
}

bool store_publish(struct store *store, struct error *err)
{
	bool durable = make_durable(store, err);

	disconnect(store);
	if (!durable)
		return false;
	/* link() refuses a name that is taken, where rename() would write over it. */
	if (link(store->made_path, store->publish_path) != 0)
		return error_set(err, ERROR_FAILED, _("%s can't be made (%s)"), store->publish_path,
			strerror(errno));
	sync_folder(store->publish_path);
	return true;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	disconnect(store);
	if (store->made_path)
		unlink(store->made_path);
	free(store->made_path);
	free(store->publish_path);
	free(store);
}

bool change_begin(struct change *change, struct store *store, struct error *err)
{
	change->store = store;
	return statement_run(store, statement(store, FAMILY_STORE, STORE_BEGIN, err, ""), err);
}

bool change_end(struct change *change, bool ok, struct error *err)
{
	struct store *store = change->store;

	if (ok && statement_run(store, statement(store, FAMILY_STORE, STORE_COMMIT, err, ""), err))
		return true;
	/* SQLite may have rolled back by itself (disk full): then there is nothing to take back. */
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

bool store_version(struct store *store, int64_t *version, struct error *err)
{
	bool found;

	return statement_read_one(store,
		statement(store, FAMILY_STORE, STORE_DATA_VERSION, err, ""), NULL,
		read_first_integer, version, &found, err);
}
