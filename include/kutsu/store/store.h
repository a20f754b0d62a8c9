/*
 * The database: one SQLite file, shared by all who use kutsu on a host.
 *
 * Reads take a struct store, writes a struct change, so that nothing is written outside a
 * transaction. Rows read live in the arena the caller gives. Every function that can fail gives,
 * besides what it names itself,
 *
 * ERROR_DATABASE  the database is missing, damaged, full, not kutsu's, made by a newer version, or
 *                 may not be written to
 * ERROR_BUSY      others had it locked for longer than it was waited for
 */
#ifndef KUTSU_STORE_STORE_H
#define KUTSU_STORE_STORE_H

#include "kutsu/base/error.h"

#include <stdint.h>

#define STORE_PATIENCE_MS 10000

struct store;

/* An open transaction that may write; all of it happens or nothing. */
struct change {
	struct store *store;
};

/*
 * Opens an existing database and brings it to the newest schema. A file that is not kutsu's, or was
 * made by a newer version, is left as it was. Free with store_close().
 */
bool store_open(const char *path, struct store **store, struct error *err) MUST_CHECK;

/*
 * Makes a new, empty database beside `path`, under a name of its own until store_publish() gives
 * it the name, so that a file half made is never taken for one. Its folder is made where missing.
 * ":memory:" makes one that needs no publishing.
 *
 * ERROR_FAILED  something of that name, or a log of one, is there already, or it can't be written
 */
bool store_create(const char *path, struct store **store, struct error *err) MUST_CHECK;

/*
 * Closes a database made by store_create() or store_restore_begin() and gives it its name.
 * ERROR_FAILED: the name is taken.
 */
bool store_publish(struct store *store, struct error *err) MUST_CHECK;

/* NULL is let be. A database made but not published is removed. */
void store_close(struct store *store);

/* For how long others' locks are waited for from now on; STORE_PATIENCE_MS where nothing is told.
 */
void store_set_patience(struct store *store, int milliseconds);

/*
 * Begins a transaction, waiting for others (fairly, as long as the patience lasts).
 *
 * ERROR_DATABASE  also: its file was removed, renamed or replaced since it was opened
 */
bool change_begin(struct change *change, struct store *store, struct error *err) MUST_CHECK;

/*
 * Makes the change durable if `ok`, else takes it back. Returns whether it was made.
 *
 * ERROR_DATABASE  of a disk that fails in the last moment: it is taken back for all who have the
 *                 database open, but the next opening may find it made. The text says so.
 */
bool change_end(struct change *change, bool ok, struct error *err) MUST_CHECK;

/*
 * A number that differs after somebody else has changed the database (PRAGMA data_version).
 * ERROR_DATABASE as change_begin().
 */
bool store_version(struct store *store, int64_t *version, struct error *err) MUST_CHECK;

#endif
