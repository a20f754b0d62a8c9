/* Copies of a database that is in use, taking one into use, and whether a database is sound. */
#ifndef KUTSU_STORE_RECOVERY_H
#define KUTSU_STORE_RECOVERY_H

#include "kutsu/store/store.h"

#include <stdio.h>

/*
 * Copies the database as it is at one moment, whoever writes meanwhile, into a new file that only
 * its owner may read. The copy is one file, needs no other, and has its name only when it was read
 * through and is on the disk.
 *
 * ERROR_FAILED  something of that name is there already, or it can't be written
 */
bool store_backup(struct store *store, const char *path, struct error *err) MUST_CHECK;

/*
 * The same bytes into a stream, as for a program that encrypts them. Until the first is written the
 * copy lies beside the database; from then on it has no name. ERROR_FAILED: they can't be written.
 */
bool store_backup_stream(struct store *store, FILE *file, struct error *err) MUST_CHECK;

/*
 * Opens a backup to read it; fclose(). ERROR_FAILED: it can't be read, or a log lies beside it, so
 * that it is no backup and the file not all of the database.
 */
bool store_backup_open(const char *path, FILE **file, struct error *err) MUST_CHECK;

/*
 * Takes a backup into use at `path`, never in the place of a file, and brings it to the newest
 * schema. As with store_create() it has its name from store_publish() on, and nothing is left of it
 * where store_close() comes first, or it is refused.
 *
 * ERROR_DATABASE  also: the backup is not kutsu's, of a newer version, cut short, or not sound as
 *                 store_check() finds (a meeting without room is). By hand, its file can be used.
 * ERROR_FAILED    the name is taken, or something can't be read or written
 */
bool store_restore_begin(
	FILE *from, const char *path, struct store **store, struct error *err) MUST_CHECK;

enum check_kind {
	CHECK_DAMAGE, /* a page, a key or a value is not as the schema has it */
	CHECK_LOG,    /* a row of the log is not as it was written, or is not there */
	CHECK_ROWS,   /* rows that no use case leaves so */
	CHECK_ROOM    /* a meeting ahead without room: also where its hole was taken back since */
};

/* One line, with ids and the names of tables, no personal data. Lives until the visitor returns. */
struct check_problem {
	enum check_kind kind;
	const char *text;
};

typedef bool check_visitor(void *context, const struct check_problem *problem, struct error *err);

/*
 * Reads everything, as it is at one moment. What is found is a result: *problems is their number.
 * A visitor's false ends it.
 */
bool store_check(struct store *store, check_visitor *visit, void *context, int64_t *problems,
	struct error *err) MUST_CHECK;

/*
 * The same for a file that store_open() refuses because it is damaged; it is left as it is.
 * ERROR_DATABASE also: it is not kutsu's, or there is nothing in it to be read.
 */
bool store_check_file(const char *path, check_visitor *visit, void *context, int64_t *problems,
	struct error *err) MUST_CHECK;

#endif
