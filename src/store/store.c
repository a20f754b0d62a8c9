#include "kutsu/store/store.h"

#include "file_internal.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "look_internal.h"
#include "migrations_internal.h"
#include "store_struct_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MIGRATION_SEALS_LOG 2 /* what it finds in the log is sealed: SQL can't */

enum { STORE_BEGIN, STORE_COMMIT, STORE_DATA_VERSION, STORE_QUERIES };

const char *const store_sql[STORE_QUERIES + 1] = {
	[STORE_BEGIN] = "BEGIN IMMEDIATE",
	[STORE_COMMIT] = "COMMIT",
	[STORE_DATA_VERSION] = "PRAGMA data_version",
};

static bool run_migration(struct store *store, unsigned long number, struct error *err)
{
	char pragma[64];

	snprintf(pragma, sizeof(pragma), "PRAGMA user_version=%lu", number);
	return connection_run(store, (const char *)migrations[number - 1].sql, err)
	       && (number != MIGRATION_SEALS_LOG || log_seal_all(store, err))
	       && connection_run(store, pragma, err);
}

/* Two processes may begin at once: the version is read again inside the transaction. */
static bool migrate_once(struct store *store, bool *done, struct error *err)
{
	int64_t version;
	bool ok;

	if (!connection_run(store, "BEGIN IMMEDIATE", err))
		return false;
	ok = connection_read(store, "PRAGMA user_version", &version, err);
	*done = ok && version >= (int64_t)migration_count;
	ok = ok && (*done || run_migration(store, (unsigned long)version + 1, err));
	if (ok && connection_run(store, "COMMIT", err))
		return true;
	connection_take_back(store);
	return false;
}

static bool migrate(struct store *store, struct error *err)
{
	bool done = false;
	int64_t version;

	if (!connection_read(store, "PRAGMA user_version", &version, err))
		return false;
	if (version == (int64_t)migration_count)
		return true;
	while (!done) {
		if (!migrate_once(store, &done, err))
			return false;
	}
	return true;
}

enum look look_and_open(const char *path, struct store **result, struct error *err)
{
	struct store *store = NULL;
	enum look look = look_at_file(path, err);

	if (look == LOOK_OURS)
		look = connection_open(path, CONNECTION_WRITES, &store, err)
			       ? look_inside(store, err)
			       : LOOK_FAILED;
	if (look == LOOK_OURS && !(connection_prepare(store, err) && migrate(store, err)))
		look = LOOK_FAILED;
	if (look != LOOK_OURS) {
		store_close(store);
		store = NULL;
	}
	*result = store;
	return look;
}

bool store_open(const char *path, struct store **store, struct error *err)
{
	*store = NULL;
	if (access(path, F_OK) != 0 && errno != ENOENT && errno != ENOTDIR)
		return connection_fail(path, errno, err);
	if (access(path, F_OK) != 0)
		return error_set(err, ERROR_DATABASE,
			_("%s is missing; make one with \"kutsu init\" or \"kutsu demo\""), path);
	return look_tell(look_and_open(path, store, err), path, err);
}

static bool set_up(struct store *store, struct error *err)
{
	char pragma[64];

	snprintf(pragma, sizeof(pragma), "PRAGMA application_id=%d", APPLICATION_ID);
	return connection_run(store, pragma, err) && connection_prepare(store, err)
	       && migrate(store, err);
}

/* A file without its name yet may be lost in a crash: it is made durable when it gets the name. */
static bool make_durable(struct store *store, struct error *err)
{
	return connection_run(
		store, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)", err);
}

static bool make_beside(const char *path, struct store **store, struct error *err)
{
	char *made;
	bool ok;

	if (!file_make_new(path, &made, err))
		return false;
	ok = connection_open(made, CONNECTION_WRITES, store, err);
	(*store)->made_path = made;
	(*store)->publish_path = memory_copy_text(path);
	return ok;
}

bool store_create(const char *path, struct store **result, struct error *err)
{
	struct store *store = NULL;
	bool ok;

	*result = NULL;
	ok = strcmp(path, ":memory:") == 0 ? connection_open(path, CONNECTION_WRITES, &store, err)
					   : make_beside(path, &store, err);
	if (ok && set_up(store, err) && connection_run(store, "PRAGMA synchronous=OFF", err)) {
		*result = store;
		return true;
	}
	store_close(store);
	return false;
}

bool store_publish(struct store *store, struct error *err)
{
	bool durable = make_durable(store, err);

	connection_close(store);
	return durable && file_publish(store->made_path, store->publish_path, err);
}

void store_close(struct store *store)
{
	if (!store)
		return;
	connection_close(store);
	if (store->made_path)
		file_remove(store->made_path);
	free(store->made_path);
	free(store->publish_path);
	free(store);
}

/* What is written to a file without its name is lost when the last program that has it ends. */
static bool check_in_place(struct store *store, struct error *err)
{
	int moved = 0;

	/* A database in memory has no file, and no answer. */
	sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	return !moved
	       || error_set(err, ERROR_DATABASE,
		       _("the database file was removed, renamed or replaced while in use; nothing "
			 "is saved any more, tell the administrator"));
}

bool change_begin(struct change *change, struct store *store, struct error *err)
{
	change->store = store;
	if (!statement_run(store, statement(store, FAMILY_STORE, STORE_BEGIN, err, ""), err))
		return false;
	/* After the wait for others, which may be long. */
	if (check_in_place(store, err))
		return true;
	connection_take_back(store);
	return false;
}

bool change_end(struct change *change, bool ok, struct error *err)
{
	struct store *store = change->store;

	if (ok && statement_run(store, statement(store, FAMILY_STORE, STORE_COMMIT, err, ""), err))
		return true;
	connection_take_back(store);
	return false;
}

bool store_version(struct store *store, int64_t *version, struct error *err)
{
	bool found;

	return check_in_place(store, err)
	       && statement_read_one(store,
		       statement(store, FAMILY_STORE, STORE_DATA_VERSION, err, ""), NULL,
		       read_first_integer, version, &found, err);
}
