/* Copies of a database that is in use, and whether one is sound. */
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
