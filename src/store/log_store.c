#include "kutsu/store/log_store.h"

#include "kutsu/base/text.h"
#include "store_internal.h"

#include <assert.h>
#include <string.h>

#define MOST_FINDINGS 100

enum {
	LOG_ADD,
	LOG_ALL,
	LOG_EACH,
	LOG_EACH_NEWEST,
	LOG_OF_LOGIN,
	LOG_OF_LOGIN_NEWEST,
	LOG_OF_CASE,
	LOG_CASE_CODE,
	LOG_HEAD,
	LOG_SET_HEAD,
	LOG_UNSEALED,
	LOG_SEAL,
	LOG_QUERIES
};

/* As read_row() and, with the outcome itself, read_sealed_row() read them. */
#define COLUMNS(outcome)                                                                           \
	"id, at, clock_fixed, user_id, login, account, origin, role, use_case, " outcome           \
	", case_id, case_code, detail, reason, basis, recipient, hash"
#define ROW    COLUMNS("outcome = 'refused'")
#define SEALED COLUMNS("outcome")
#define HASH   16 /* its column */

const char *const log_sql[LOG_QUERIES + 1] = {
	[LOG_ADD] =
		"INSERT INTO access_log (id, at, clock_fixed, user_id, login, account, origin,"
		" role, use_case, outcome, case_id, case_code, detail, reason, basis, recipient,"
		" hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
		" ?16, ?17)",
	[LOG_ALL] = "SELECT " SEALED " FROM access_log ORDER BY id",
	[LOG_EACH] = "SELECT " ROW " FROM access_log WHERE at BETWEEN ?1 AND ?2"
		     " ORDER BY at, id LIMIT ?3",
	[LOG_EACH_NEWEST] = "SELECT " ROW " FROM access_log WHERE at BETWEEN ?1 AND ?2"
			    " ORDER BY at DESC, id DESC LIMIT ?3",
	[LOG_OF_LOGIN] = "SELECT " ROW " FROM access_log WHERE login = ?4 AND at BETWEEN ?1 AND ?2"
			 " ORDER BY at, id LIMIT ?3",
	[LOG_OF_LOGIN_NEWEST] =
		"SELECT " ROW " FROM access_log WHERE login = ?4 AND at BETWEEN ?1 AND ?2"
		" ORDER BY at DESC, id DESC LIMIT ?3",
	[LOG_OF_CASE] = "SELECT " ROW " FROM access_log WHERE case_id = ?4 AND (at BETWEEN ?1 AND "
			"?2 OR (clock_fixed AND ?5))"
			" ORDER BY id LIMIT ?3",
	[LOG_CASE_CODE] = "SELECT code FROM case_ref WHERE id = ?1",
	[LOG_HEAD] = "SELECT id, hash FROM access_log_head WHERE only = 1",
	[LOG_SET_HEAD] = "UPDATE access_log_head SET id = ?1, hash = ?2 WHERE only = 1",
	[LOG_UNSEALED] = "SELECT " SEALED " FROM access_log WHERE length(hash) = 0 ORDER BY id",
	[LOG_SEAL] = "UPDATE access_log SET hash = ?2 WHERE id = ?1",
};

static void put_integer(struct text *text, int64_t value)
{
	text_format(text, "i%lld;", (long long)value);
}

static void put_bytes(struct text *text, const char *bytes, size_t length)
{
	text_format(text, "t%zu:", length);
	text_add_bytes(text, bytes, length);
	text_add(text, ";");
}

static void put_text(struct text *text, const char *value)
{
	if (value)
		put_bytes(text, value, strlen(value));
	else
		text_add(text, "n;");
}

static void put_reference(struct text *text, int64_t id)
{
	if (id)
		put_integer(text, id);
	else
		text_add(text, "n;");
}

/* The columns of a row that is being written, as they are sealed. */
static void put_row(struct text *text, const struct log_row *row)
{
	put_integer(text, row->id);
	put_integer(text, row->at);
	put_integer(text, row->clock_fixed);
	put_reference(text, row->user_id);
	put_text(text, row->login);
	put_text(text, row->account);
	put_text(text, row->origin);
	put_text(text, row->role);
	put_text(text, row->use_case);
	put_text(text, row->is_refused ? "refused" : "done");
	put_reference(text, row->case_id);
	put_text(text, row->case_code);
	put_text(text, row->detail);
	put_text(text, row->reason);
	put_text(text, row->basis);
	put_text(text, row->recipient);
}

/* The seal of columns that follow a row sealed with `before`. */
static void seal(const char *columns, size_t length, const unsigned char before[DIGEST_SIZE],
	unsigned char hash[DIGEST_SIZE])
{
	struct text text = { 0 };

	text_add_bytes(&text, (const char *)before, DIGEST_SIZE);
	text_add_bytes(&text, columns, length);
	digest_blake2b(text.bytes, text.length, hash);
	text_release(&text);
}

static void read_hash(sqlite3_stmt *stmt, int column, unsigned char hash[DIGEST_SIZE])
{
	const void *bytes = sqlite3_column_blob(stmt, column);

	memset(hash, 0, DIGEST_SIZE);
	if (bytes && sqlite3_column_bytes(stmt, column) == DIGEST_SIZE)
		memcpy(hash, bytes, DIGEST_SIZE);
}

static void read_row(sqlite3_stmt *stmt, struct arena *arena, void *into)
{
	struct log_row *row = into;

	row->id = column_integer(stmt, 0);
	row->at = column_integer(stmt, 1);
	row->clock_fixed = column_int(stmt, 2) != 0;
	row->user_id = column_integer(stmt, 3);
	row->login = column_text(stmt, 4, arena);
	row->account = column_text(stmt, 5, arena);
	row->origin = column_text(stmt, 6, arena);
	row->role = column_text(stmt, 7, arena);
	row->use_case = column_text(stmt, 8, arena);
	row->is_refused = column_int(stmt, 9) != 0;
	row->case_id = column_integer(stmt, 10);
	row->case_code = column_text(stmt, 11, arena);
	row->detail = column_text(stmt, 12, arena);
	row->reason = column_text(stmt, 13, arena);
	row->basis = column_text(stmt, 14, arena);
	row->recipient = column_text(stmt, 15, arena);
	read_hash(stmt, HASH, row->hash);
}

/* A row with its columns as they stand in the file: to a struct log_row 0 and NULL, say, are one.
 */
struct sealed_row {
	struct log_seal seal;
	const char *columns;
	size_t length;
};

static void put_column(struct text *text, sqlite3_stmt *stmt, int column)
{
	const char *bytes;

	switch (sqlite3_column_type(stmt, column)) {
	case SQLITE_NULL:
		text_add(text, "n;");
		break;
	case SQLITE_INTEGER:
		put_integer(text, sqlite3_column_int64(stmt, column));
		break;
	case SQLITE_TEXT:
		bytes = (const char *)sqlite3_column_text(stmt, column);
		put_bytes(text, bytes, (size_t)sqlite3_column_bytes(stmt, column));
		break;
	default:
		text_add(text, "x;"); /* kutsu wrote no such thing: no seal has it */
	}
}

static void read_sealed_row(sqlite3_stmt *stmt, struct arena *arena, void *into)
{
	struct sealed_row *row = into;
	struct text text = { 0 };
	char *columns;

	for (int column = 0; column < HASH; column++)
		put_column(&text, stmt, column);
	columns = arena_new(arena, text.length);
	memcpy(columns, text.bytes, text.length);
	row->columns = columns;
	row->length = text.length;
	row->seal.id = column_integer(stmt, 0);
	read_hash(stmt, HASH, row->seal.hash);
	text_release(&text);
}

static void read_head(sqlite3_stmt *stmt, struct arena *arena, void *into)
{
	struct log_seal *head = into;

	(void)arena;
	head->id = column_integer(stmt, 0);
	read_hash(stmt, 1, head->hash);
}

bool store_log_head(struct store *store, struct log_seal *head, struct error *err)
{
	bool found;

	*head = (struct log_seal) { 0 };
	return statement_read_one(store, statement(store, FAMILY_LOG, LOG_HEAD, err, ""), NULL,
		read_head, head, &found, err);
}

static bool set_head(struct change *change, const struct log_seal *head, struct error *err)
{
	return statement_run(change->store,
		statement(change->store, FAMILY_LOG, LOG_SET_HEAD, err, "lb", head->id, head->hash,
			DIGEST_SIZE),
		err);
}

static bool insert(struct change *change, const struct log_row *row, struct error *err)
{
	return statement_run(change->store,
		statement(change->store, FAMILY_LOG, LOG_ADD, err, "llizttttttztttttb", row->id,
			row->at, (int)row->clock_fixed, row->user_id, row->login, row->account,
			row->origin, row->role, row->use_case, row->is_refused ? "refused" : "done",
			row->case_id, row->case_code, row->detail, row->reason, row->basis,
			row->recipient, row->hash, DIGEST_SIZE),
		err);
}

bool store_log_add(struct change *change, const struct log_row *given, struct error *err)
{
	struct store *store = change->store;
	struct arena arena = { 0 };
	struct text columns = { 0 };
	struct log_row row = *given;
	struct log_seal head;
	bool ok = true, found;

	row.case_code = NULL;
	if (row.case_id)
		ok = statement_read_one(store,
			statement(store, FAMILY_LOG, LOG_CASE_CODE, err, "l", row.case_id), &arena,
			read_first_text, &row.case_code, &found, err);
	ok = ok && store_log_head(store, &head, err);
	if (ok) {
		row.id = head.id + 1;
		put_row(&columns, &row);
		seal(columns.bytes, columns.length, head.hash, row.hash);
		head.id = row.id;
		memcpy(head.hash, row.hash, DIGEST_SIZE);
		ok = insert(change, &row, err) && set_head(change, &head, err);
	}
	text_release(&columns);
	arena_release(&arena);
	return ok;
}

bool log_seal_all(struct store *store, struct error *err)
{
	struct change change = { store };
	struct arena arena = { 0 };
	struct sealed_row *rows;
	struct log_seal head = { 0 };
	size_t count;
	bool ok = statement_read_all(store, statement(store, FAMILY_LOG, LOG_UNSEALED, err, ""),
		&arena, read_sealed_row, sizeof(*rows), (void **)&rows, &count, err);

	for (size_t i = 0; ok && i < count; i++) {
		seal(rows[i].columns, rows[i].length, head.hash, head.hash);
		head.id = rows[i].seal.id;
		ok = statement_run(store,
			statement(store, FAMILY_LOG, LOG_SEAL, err, "lb", head.id, head.hash,
				DIGEST_SIZE),
			err);
	}
	ok = ok && set_head(&change, &head, err);
	arena_release(&arena);
	return ok;
}

struct visit {
	log_visitor *visit;
	void *context;
};

static bool visit_row(void *context, const void *row, struct error *err)
{
	const struct visit *visit = context;

	return visit->visit(visit->context, row, err);
}

static sqlite3_stmt *choose(struct store *store, const struct log_filter *filter, struct error *err)
{
	int64_t limit = filter->limit ? filter->limit : -1;

	if (filter->case_id)
		return statement(store, FAMILY_LOG, LOG_OF_CASE, err, "lllli", filter->from,
			filter->until, limit, filter->case_id, (int)filter->with_fixed_clock);
	if (filter->login)
		return statement(store, FAMILY_LOG,
			filter->newest_first ? LOG_OF_LOGIN_NEWEST : LOG_OF_LOGIN, err, "lllt",
			filter->from, filter->until, limit, filter->login);
	return statement(store, FAMILY_LOG, filter->newest_first ? LOG_EACH_NEWEST : LOG_EACH, err,
		"lll", filter->from, filter->until, limit);
}

bool store_log_each(struct store *store, const struct log_filter *filter, log_visitor *visit,
	void *context, struct error *err)
{
	struct visit with = { visit, context };

	return statement_visit(store, choose(store, filter, err), read_row, sizeof(struct log_row),
		visit_row, &with, err);
}

/* How far a verification has come. */
struct verification {
	const struct log_seal *kept;
	bool kept_found;
	struct log_seal head, last;
	int64_t rows;
	struct arena *arena;
	struct log_finding_list *findings;
};

static void find(struct verification *v, enum log_fault fault, int64_t first, int64_t last)
{
	struct log_finding_list *list = v->findings;

	if (list->count == MOST_FINDINGS) {
		list->has_more = true;
		return;
	}
	list->items = arena_append(v->arena, list->items, &list->count, sizeof(*list->items));
	list->items[list->count - 1] = (struct log_finding) { fault, first, last };
}

/* A row that was not counted; those behind each other are one finding. */
static void find_added(struct verification *v, int64_t id)
{
	struct log_finding_list *list = v->findings;
	struct log_finding *latest = list->count ? &list->items[list->count - 1] : NULL;

	if (latest && latest->fault == LOG_NOT_SEALED && latest->last + 1 == id)
		latest->last = id;
	else
		find(v, LOG_NOT_SEALED, id, id);
}

static void verify_kept(struct verification *v, const struct log_seal *row)
{
	if (!v->kept || row->id != v->kept->id)
		return;
	v->kept_found = true;
	if (memcmp(v->kept->hash, row->hash, DIGEST_SIZE) != 0)
		find(v, LOG_OTHER_SEAL, row->id, row->id);
}

/*
 * The row before counts with the hash that stands in it, so that one change is told once. After a
 * gap there is none to count with, and the gap itself is told.
 */
static bool verify_row(void *context, const void *visited, struct error *err)
{
	const struct sealed_row *row = visited;
	struct verification *v = context;
	unsigned char expected[DIGEST_SIZE];

	(void)err;
	v->rows++;
	verify_kept(v, &row->seal);
	if (row->seal.id < 1 || row->seal.id > v->head.id) {
		find_added(v, row->seal.id);
		return true;
	}
	if (row->seal.id != v->last.id + 1) {
		find(v, LOG_MISSING, v->last.id + 1, row->seal.id - 1);
	} else {
		seal(row->columns, row->length, v->last.hash, expected);
		if (memcmp(expected, row->seal.hash, DIGEST_SIZE) != 0)
			find(v, LOG_CHANGED, row->seal.id, row->seal.id);
	}
	v->last = row->seal;
	return true;
}

static void verify_end(struct verification *v)
{
	if (v->head.id > v->last.id)
		find(v, LOG_MISSING, v->last.id + 1, v->head.id);
	else if (memcmp(v->head.hash, v->last.hash, DIGEST_SIZE) != 0)
		find(v, LOG_CHANGED, v->head.id, v->head.id);
	if (v->kept && !v->kept_found && v->kept->id != 0)
		find(v, LOG_MISSING, v->kept->id, v->kept->id);
}

bool store_log_verify(struct store *store, const struct log_seal *kept, struct arena *arena,
	int64_t *rows, struct log_finding_list *findings, struct error *err)
{
	struct verification v = { .kept = kept, .arena = arena, .findings = findings };

	*findings = (struct log_finding_list) { 0 };
	if (!store_log_head(store, &v.head, err)
		|| !statement_visit(store, statement(store, FAMILY_LOG, LOG_ALL, err, ""),
			read_sealed_row, sizeof(struct sealed_row), verify_row, &v, err))
		return false;
	verify_end(&v);
	*rows = v.rows;
	return true;
}
