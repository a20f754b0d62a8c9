/*
 * What the store's files share: statements by family and number, prepared when first used and kept,
 * and reading of rows into an arena.
 */
#ifndef KUTSU_STORE_STORE_INTERNAL_H
#define KUTSU_STORE_STORE_INTERNAL_H

#include "kutsu/base/arena.h"
#include "kutsu/store/store.h"

#include <sqlite3.h>
#include <stddef.h>

enum family {
	FAMILY_STORE,
	FAMILY_SETTING,
	FAMILY_USER,
	FAMILY_LOG,
	FAMILY_UNIT,
	FAMILY_SLOT,
	FAMILY_READINESS,
	FAMILY_CALENDAR,
	FAMILY_IMPORT,
	FAMILY_FINDING,
	FAMILY_CASE,
	FAMILY_CALL,
	FAMILY_CONSENT,
	FAMILY_MEETING,
	FAMILY_INVITATION,
	FAMILY_MESSAGE,
	FAMILY_RECORD,
	FAMILY_ACTION,
	FAMILY_DRAFT,
	FAMILY_FEEDBACK,
	FAMILY_FIGURE,
	FAMILY_INDICATOR,
	FAMILY_LEARNING,
	FAMILY_REPLAY,
	FAMILY_PURGE,
	FAMILY_CHECK, /* goes through whole tables, as checks do */
	FAMILIES
};

#define FAMILY_MOST_QUERIES 32

/* For what writes text to a meeting: nothing would purge it any more. */
#define NOT_PURGED                                                                                 \
	" AND NOT EXISTS (SELECT 1 FROM case_ref WHERE id = case_id AND purged_at IS NOT NULL)"

/* Each family's SQL, one place per family: <thing>_store.c. NULL ends it. */
extern const char *const store_sql[];
extern const char *const setting_sql[];
extern const char *const user_sql[];
extern const char *const log_sql[];
extern const char *const unit_sql[];
extern const char *const slot_sql[];
extern const char *const readiness_sql[];
extern const char *const calendar_sql[];
extern const char *const import_sql[];
extern const char *const finding_sql[];
extern const char *const case_sql[];
extern const char *const call_sql[];
extern const char *const consent_sql[];
extern const char *const meeting_sql[];
extern const char *const invitation_sql[];
extern const char *const message_sql[];
extern const char *const record_sql[];
extern const char *const action_sql[];
extern const char *const draft_sql[];
extern const char *const feedback_sql[];
extern const char *const figure_sql[];
extern const char *const indicator_sql[];
extern const char *const learning_sql[];
extern const char *const replay_sql[];
extern const char *const purge_sql[];
extern const char *const check_sql[];

const char *family_sql(enum family family, int query); /* NULL past the last */

/*
 * The statement, reset, with values bound in the order of `kinds`: 'i' int, 'l' int64_t, 't' text
 * or NULL, 'z' int64_t where 0 is NULL, 'd' an int day where DAY_FIRST and DAY_LAST are NULL, 'b'
 * bytes (const unsigned char *) and their int count.
 * NULL on failure. Texts are borrowed until the statement is run.
 */
sqlite3_stmt *statement(struct store *store, enum family family, int query, struct error *err,
	const char *kinds, ...);

/* Runs a statement that returns no rows. */
bool statement_run(struct store *store, sqlite3_stmt *stmt, struct error *err);
/* As statement_run; *changed says how many rows it changed. */
bool statement_change(struct store *store, sqlite3_stmt *stmt, int *changed, struct error *err);
int64_t store_last_id(struct store *store);

/* Fills one row from the statement's columns: a zeroed one, but for statement_read_one(), where
 * the row is as the caller gives it. */
typedef void row_reader(sqlite3_stmt *stmt, struct arena *arena, void *row);
/* Of the first column alone: into a const char * in the arena, into an int64_t. */
row_reader read_first_text, read_first_integer;

/* At most one row; *found says whether there was one. */
bool statement_read_one(struct store *store, sqlite3_stmt *stmt, struct arena *arena,
	row_reader *read, void *row, bool *found, struct error *err);
/* All rows, `size` bytes each, in the arena. */
bool statement_read_all(struct store *store, sqlite3_stmt *stmt, struct arena *arena,
	row_reader *read, size_t size, void **items, size_t *count, struct error *err);
/* Row by row, each gone when the next is read. */
typedef bool row_visitor(void *context, const void *row, struct error *err);
bool statement_visit(struct store *store, sqlite3_stmt *stmt, row_reader *read, size_t size,
	row_visitor *visit, void *context, struct error *err);

const char *column_text(sqlite3_stmt *stmt, int column, struct arena *arena); /* NULL stays NULL */
int64_t column_integer(sqlite3_stmt *stmt, int column);			      /* NULL is 0 */
int column_int(sqlite3_stmt *stmt, int column);
int column_day(sqlite3_stmt *stmt, int column, int otherwise); /* NULL is `otherwise` */
/* A text of parts with U+001F between, in the arena. */
const char *const *column_list(sqlite3_stmt *stmt, int column, struct arena *arena, size_t *count);

/* Seals the rows of the log that an older version wrote, in the transaction that is open. */
bool log_seal_all(struct store *store, struct error *err);

/* Fills *err from the last failure of the connection. */
bool store_fail(struct store *store, struct error *err);

sqlite3 *store_connection(struct store *store); /* for tests of the store's own */

#endif
