/* The struct behind the name, and its connection: for the store's files that open and close it. */
#ifndef KUTSU_STORE_STORE_STRUCT_INTERNAL_H
#define KUTSU_STORE_STORE_STRUCT_INTERNAL_H

#include "store_internal.h"

struct store {
	sqlite3 *db;
	sqlite3_stmt *statements[FAMILIES][FAMILY_MOST_QUERIES];
	char *made_path; /* of a database made and not yet published, or NULL */
	char *publish_path;
	int patience_ms;     /* for how long a lock is waited for */
	int64_t waits_until; /* monotonic milliseconds: when a lock has been waited for long enough
			      */
	unsigned jitter;
};

enum connection_kind {
	CONNECTION_WRITES,
	CONNECTION_READS,
	CONNECTION_LOOKS /* reads the file alone, without a lock or a neighbouring file */
};

/* *store is to be closed also after a failure. */
bool connection_open(
	const char *path, enum connection_kind kind, struct store **store, struct error *err);
/* Why a path can't be opened, by errno. */
bool connection_fail(const char *path, int why, struct error *err);
/* The settings that keep what is written: for a file known to be ours. */
bool connection_prepare(struct store *store, struct error *err);
bool connection_run(struct store *store, const char *sql, struct error *err);
/* The first column of the one row. */
bool connection_read(struct store *store, const char *sql, int64_t *value, struct error *err);
/* Waits for a lock that was tried for so many times already; false: for long enough now. */
bool connection_wait(struct store *store, int tries);
/* Ends the transaction that is open, if one is. */
void connection_take_back(struct store *store);
/* The struct stays. May be called again. */
void connection_close(struct store *store);

#endif
