/*
 * The access log as somebody who has the file may change it, by plain SQL and past the triggers:
 * a verification names the rows. The seal is reckoned here a second time, from what log_store.h
 * says of it alone.
 */
#include "place.h"

#include "kutsu/base/text.h"
#include "kutsu/store/log_store.h"

#define ROWS	30
#define CHANGES 2000

/* A log of 30 rows, a copy of its file without the triggers, and the rows as they were. */
struct forgery {
	struct place place; /* of the copy */
	struct log_seal seal;
	struct arena arena;
	struct text found;
};

static struct log_row row_of(int n)
{
	static const char *const use_cases[] = { "case_look", "case_list", "slot_add",
		"consent_give", "export" };
	bool is_full = n % 5 == 0; /* 5, 10, 15, ... have every column filled */

	return (struct log_row) {
		.at = 1764000000 + 60 * n,
		.clock_fixed = n % 3 == 0,
		.user_id = n % 7 ? 1 : 0,
		.login = n % 2 ? "koord-1" : "yhteys-ä",
		.account = "kutsu",
		.origin = is_full ? "10.1.2.3" : NULL,
		.role = n % 4 ? "coordinator" : NULL,
		.use_case = use_cases[n % 5],
		.is_refused = n % 4 == 0,
		.case_id = n % 5 == 0 ? 1 : 0,
		.detail = is_full ? "2026-0001" : NULL,
		.reason = is_full ? "erityinen syy" : NULL,
		.basis = is_full ? "own_task" : NULL,
		.recipient = is_full ? "hallinto-oikeus" : NULL,
	};
}

static void write_log(struct place *place)
{
	struct error err = { 0 };

	for (int n = 1; n <= ROWS; n++) {
		struct log_row row = row_of(n);
		struct change change;

		cr_assert(change_begin(&change, place->store, &err), "%s", err.text);
		cr_assert(change_end(&change, store_log_add(&change, &row, &err), &err), "%s",
			err.text);
	}
}

/* The file alone, with nothing left beside it; then its copy is opened instead. */
static void take_copy(struct forgery *f)
{
	struct place *place = &f->place;
	struct error err = { 0 };
	size_t size;
	char *bytes;

	sqlite3_close(place->raw);
	store_close(place->store);
	bytes = file_bytes(place->path, &size);
	snprintf(place->path, sizeof(place->path), "%s/copy.db", place->folder);
	file_write(place->path, bytes, size);
	free(bytes);
	place->raw = raw_open(place->path);
	raw(place->raw, "PRAGMA synchronous = OFF;"
			"DROP TRIGGER access_log_stays;"
			"DROP TRIGGER access_log_appends;"
			"DROP TRIGGER access_log_keeps;"
			"CREATE TEMP TABLE log_before AS SELECT * FROM access_log;"
			"CREATE TEMP TABLE head_before AS SELECT * FROM access_log_head");
	cr_assert(store_open(place->path, &place->store, &err), "%s", err.text);
}

static void forgery_new(struct forgery *f)
{
	struct error err = { 0 };

	*f = (struct forgery) { 0 };
	place_new(&f->place);
	raw_registry(f->place.raw);
	write_log(&f->place);
	cr_assert(store_log_head(f->place.store, &f->seal, &err));
	cr_assert_eq(f->seal.id, ROWS);
	take_copy(f);
}

static void forgery_remove(struct forgery *f)
{
	arena_release(&f->arena);
	text_release(&f->found);
	place_remove(&f->place);
}

static void undo(struct forgery *f)
{
	raw(f->place.raw, "BEGIN; DELETE FROM access_log;"
			  "INSERT INTO access_log SELECT * FROM log_before;"
			  "INSERT OR REPLACE INTO access_log_head SELECT * FROM head_before; END");
}

/* "changed 15-16, missing 20": what a verification finds, neighbours together. */
static const char *find(struct forgery *f, const struct log_seal *kept)
{
	static const char *const names[] = { [LOG_CHANGED] = "changed",
		[LOG_MISSING] = "missing",
		[LOG_NOT_SEALED] = "added",
		[LOG_OTHER_SEAL] = "other" };
	struct log_finding_list list;
	struct error err = { 0 };
	int64_t rows;

	arena_reset(&f->arena);
	text_clear(&f->found);
	cr_assert(store_log_verify(f->place.store, kept, &f->arena, &rows, &list, &err), "%s",
		err.text);
	for (size_t i = 0; i < list.count; i++) {
		struct log_finding one = list.items[i];

		while (i + 1 < list.count && list.items[i + 1].fault == one.fault
			&& list.items[i + 1].first <= one.last + 1)
			one.last = list.items[++i].last;
		text_format(&f->found, "%s%s %lld", f->found.length ? ", " : "", names[one.fault],
			(long long)one.first);
		if (one.last != one.first)
			text_format(&f->found, "-%lld", (long long)one.last);
	}
	return text_get(&f->found);
}

/* ---- The seal, reckoned again. ---- */

static void add_column(struct text *text, sqlite3_stmt *stmt, int column)
{
	switch (sqlite3_column_type(stmt, column)) {
	case SQLITE_NULL:
		text_add(text, "n;");
		break;
	case SQLITE_INTEGER:
		text_format(text, "i%lld;", (long long)sqlite3_column_int64(stmt, column));
		break;
	default:
		text_format(text, "t%d:", sqlite3_column_bytes(stmt, column));
		text_add(text, (const char *)sqlite3_column_text(stmt, column));
		text_add(text, ";");
	}
}

static void seal_again(sqlite3 *db, int64_t id, const unsigned char before[DIGEST_SIZE],
	unsigned char hash[DIGEST_SIZE])
{
	struct text text = { 0 };
	sqlite3_stmt *stmt;

	cr_assert_eq(sqlite3_prepare_v2(db,
			     "SELECT id, at, clock_fixed, user_id, login, account, origin, role,"
			     " use_case, outcome, case_id, case_code, detail, reason, basis,"
			     " recipient FROM access_log WHERE id = ?1",
			     -1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, id);
	cr_assert_eq(sqlite3_step(stmt), SQLITE_ROW);
	text_add_bytes(&text, (const char *)before, DIGEST_SIZE);
	for (int column = 0; column < sqlite3_column_count(stmt); column++)
		add_column(&text, stmt, column);
	digest_blake2b(text.bytes, text.length, hash);
	sqlite3_finalize(stmt);
	text_release(&text);
}

static void hash_of(sqlite3 *db, int64_t id, unsigned char hash[DIGEST_SIZE])
{
	sqlite3_stmt *stmt;

	memset(hash, 0, DIGEST_SIZE);
	cr_assert_eq(sqlite3_prepare_v2(
			     db, "SELECT hash FROM access_log WHERE id = ?1", -1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, id);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		memcpy(hash, sqlite3_column_blob(stmt, 0), DIGEST_SIZE);
	sqlite3_finalize(stmt);
}

static void set_hash(sqlite3 *db, const char *sql, int64_t id, unsigned char hash[DIGEST_SIZE])
{
	sqlite3_stmt *stmt;

	cr_assert_eq(
		sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_bind_int64(stmt, 1, id);
	sqlite3_bind_blob(stmt, 2, hash, DIGEST_SIZE, SQLITE_STATIC);
	cr_assert_eq(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
}

/* As one could who knows how: rows first to last sealed anew, each with the one before. */
static void reseal(struct forgery *f, int64_t first, int64_t last)
{
	unsigned char hash[DIGEST_SIZE];

	for (int64_t id = first; id <= last; id++) {
		hash_of(f->place.raw, id - 1, hash);
		seal_again(f->place.raw, id, hash, hash);
		set_hash(f->place.raw, "UPDATE access_log SET hash = ?2 WHERE id = ?1", id, hash);
	}
}

static void reseal_head(struct forgery *f, int64_t last)
{
	unsigned char hash[DIGEST_SIZE];

	hash_of(f->place.raw, last, hash);
	set_hash(f->place.raw, "UPDATE access_log_head SET id = ?1, hash = ?2", last, hash);
}

Test(log, that_nobody_touched_is_whole_and_sealed_as_the_header_says)
{
	struct forgery f;
	struct log_seal seal = { 0 };

	forgery_new(&f);
	cr_expect_str_empty(find(&f, NULL));
	cr_expect_str_empty(find(&f, &f.seal));
	for (seal.id = 1; seal.id <= ROWS; seal.id++) {
		seal_again(f.place.raw, seal.id, seal.hash, seal.hash);
		cr_expect_str_empty(find(&f, &seal), "row %d", (int)seal.id);
	}
	forgery_remove(&f);
}

/* ---- Each kind of change. ---- */

#define COPY_OF(from, id, hash)                                                                    \
	"INSERT INTO access_log SELECT " id ", at, clock_fixed, user_id, login, account, origin,"  \
	" role, use_case, outcome, case_id, case_code, detail, reason, basis, recipient, " hash    \
	" FROM access_log WHERE id = " from ";"
/* By way of numbers below zero: no two rows have the same one meanwhile. */
#define SHIFT_FROM(id)                                                                             \
	"UPDATE access_log SET id = -id - 1 WHERE id >= " id ";"                                   \
	"UPDATE access_log SET id = -id WHERE id < 0;"
#define SWAP(a, b)                                                                                 \
	"UPDATE access_log SET id = -1 WHERE id = " a ";"                                          \
	"UPDATE access_log SET id = " a " WHERE id = " b ";"                                       \
	"UPDATE access_log SET id = " b " WHERE id = -1;"

static const struct kind {
	const char *what, *sql, *found;
} kinds[] = {
	{ "removed in the middle", "DELETE FROM access_log WHERE id = 15", "missing 15" },
	{ "the first removed", "DELETE FROM access_log WHERE id = 1", "missing 1" },
	{ "the last removed", "DELETE FROM access_log WHERE id = 30", "missing 30" },
	{ "the last three removed", "DELETE FROM access_log WHERE id >= 28", "missing 28-30" },
	{ "two gaps", "DELETE FROM access_log WHERE id IN (3, 4, 20)", "missing 3-4, missing 20" },
	{ "all removed", "DELETE FROM access_log", "missing 1-30" },
	{ "added at the end, any hash", COPY_OF("30", "31", "randomblob(32)"), "added 31" },
	{ "two added", COPY_OF("3", "31", "hash") COPY_OF("3", "32", "hash"), "added 31-32" },
	{ "added far behind the end", COPY_OF("30", "9223372036854775807", "randomblob(32)"),
		"added 9223372036854775807" },
	{ "added before the first", COPY_OF("30", "0", "hash") COPY_OF("30", "-7", "hash"),
		"added -7, added 0" },
	{ "inserted in the middle", SHIFT_FROM("15") COPY_OF("14", "15", "randomblob(32)"),
		"changed 15-30, added 31, changed 30" },
	{ "inserted and counted",
		SHIFT_FROM("15")
			COPY_OF("14", "15", "randomblob(32)") "UPDATE access_log_head SET id = 31",
		"changed 15-31" },
	{ "removed and the gap closed",
		"DELETE FROM access_log WHERE id = 15;"
		"UPDATE access_log SET id = id - 1 WHERE id > 15;"
		"UPDATE access_log_head SET id = 29",
		"changed 15-29" },
	{ "two neighbours swapped", SWAP("10", "11"), "changed 10-12" },
	{ "two others swapped", SWAP("10", "20"), "changed 10-11, changed 20-21" },
	{ "the first and the last swapped", SWAP("1", "30"), "changed 1-2, changed 30" },
	{ "moved to the end", "UPDATE access_log SET id = 1000 WHERE id = 15",
		"missing 15, added 1000" },
	{ "moved before the first", "UPDATE access_log SET id = -15 WHERE id = 15",
		"added -15, missing 15" },
	{ "the head's number raised", "UPDATE access_log_head SET id = 31", "missing 31" },
	{ "the head's number lowered", "UPDATE access_log_head SET id = 29",
		"added 30, changed 29" },
	{ "the head's hash", "UPDATE access_log_head SET hash = randomblob(32)", "changed 30" },
	{ "the head's hash of no length", "UPDATE access_log_head SET hash = x''", "changed 30" },
	{ "the head removed", "DELETE FROM access_log_head", "added 1-30" },
	{ "a text's letter", "UPDATE access_log SET login = 'Koord-1' WHERE id = 15",
		"changed 15" },
	{ "a text longer behind its end",
		"UPDATE access_log SET detail = detail || char(0) || 'x' WHERE id = 15",
		"changed 15" },
	{ "one text's end to the next one's beginning",
		"UPDATE access_log SET basis = 'own_tas', recipient = 'k' || recipient"
		" WHERE id = 15",
		"changed 15" },
	{ "an empty text where there was none", "UPDATE access_log SET role = '' WHERE id = 16",
		"changed 16" },
	{ "a nought where there was none", "UPDATE access_log SET case_id = 0 WHERE id = 16",
		"changed 16" },
	{ "user 0 where there was none", "UPDATE access_log SET user_id = 0 WHERE id = 14",
		"changed 14" },
	{ "refused made done", "UPDATE access_log SET outcome = 'done' WHERE id = 20",
		"changed 20" },
	{ "done in another writing", "UPDATE access_log SET outcome = 'DONE' WHERE id = 15",
		"changed 15" },
	{ "a clock that is fixed twice", "UPDATE access_log SET clock_fixed = 2 WHERE id = 15",
		"changed 15" },
	{ "a hash of no length", "UPDATE access_log SET hash = x'' WHERE id = 15",
		"changed 15-16" },
	{ "a hash that is longer",
		"UPDATE access_log SET hash = CAST(hash || x'00' AS BLOB) WHERE id = 15",
		"changed 15-16" },
	{ "many", "UPDATE access_log SET at = at + 1 WHERE id % 2 = 0 AND id < 9",
		"changed 2, changed 4, changed 6, changed 8" },
};

Test(log, of_each_kind_of_change_the_rows_are_named)
{
	struct forgery f;

	forgery_new(&f);
	raw(f.place.raw, "PRAGMA ignore_check_constraints = ON");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		raw(f.place.raw, kinds[i].sql);
		cr_expect_str_eq(find(&f, NULL), kinds[i].found, "%s: \"%s\", not \"%s\"",
			kinds[i].what, text_get(&f.found), kinds[i].found);
		undo(&f);
		cr_assert_str_empty(find(&f, &f.seal), "%s is not undone", kinds[i].what);
	}
	forgery_remove(&f);
}

/* Another value of the same kind. */
static void other_value(const char *column, bool is_integer, char value[100])
{
	static const char *const special[][2] = {
		{ "id", "id + 1000" },
		{ "clock_fixed", "1 - clock_fixed" },
		{ "outcome", "CASE outcome WHEN 'done' THEN 'refused' ELSE 'done' END" },
		{ "hash", "randomblob(32)" },
	};

	snprintf(
		value, 100, is_integer ? "coalesce(%s, 0) + 1" : "coalesce(%s, '') || 'x'", column);
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
		if (strcmp(special[i][0], column) == 0)
			snprintf(value, 100, "%s", special[i][1]);
	}
}

/* The row alone; with its hash the next one, which was sealed with that; with its number the gap
 * and where it is now. */
static void expected_of(const char *column, int id, char expected[100])
{
	if (strcmp(column, "id") == 0 && id == ROWS)
		snprintf(expected, 100, "added %d, missing %d", id + 1000, id);
	else if (strcmp(column, "id") == 0)
		snprintf(expected, 100, "missing %d, added %d", id, id + 1000);
	else if (strcmp(column, "hash") == 0 && id != ROWS)
		snprintf(expected, 100, "changed %d-%d", id, id + 1);
	else
		snprintf(expected, 100, "changed %d", id);
}

static void expect_column_watched(struct forgery *f, const char *column, bool is_integer, int id)
{
	char sql[200], value[100], expected[100];

	other_value(column, is_integer, value);
	snprintf(
		sql, sizeof(sql), "UPDATE access_log SET %s = %s WHERE id = %d", column, value, id);
	raw(f->place.raw, sql);
	expected_of(column, id, expected);
	cr_expect_str_eq(find(f, NULL), expected, "%s: %s", sql, text_get(&f->found));
	undo(f);
}

Test(log, every_column_of_the_first_a_middle_and_the_last_row_is_watched)
{
	static const int ids[] = { 1, 15, 16, ROWS };
	struct forgery f;
	sqlite3_stmt *columns;
	int count = 0;

	forgery_new(&f);
	cr_assert_eq(sqlite3_prepare_v2(f.place.raw,
			     "SELECT name, type FROM pragma_table_info('access_log')", -1, &columns,
			     NULL),
		SQLITE_OK);
	while (sqlite3_step(columns) == SQLITE_ROW) {
		char *name = strdup((const char *)sqlite3_column_text(columns, 0));
		bool is_integer =
			strcmp((const char *)sqlite3_column_text(columns, 1), "INTEGER") == 0;

		for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
			expect_column_watched(&f, name, is_integer, ids[i]);
		free(name);
		count++;
	}
	sqlite3_finalize(columns);
	cr_expect_eq(count, 17);
	forgery_remove(&f);
}

/* ---- By those who know how it is sealed. ---- */

#define EDIT(id) "UPDATE access_log SET login = 'joku-muu' WHERE id = " id

Test(log, a_row_that_was_sealed_anew_is_told_by_the_next_one_or_the_head)
{
	struct forgery f;

	forgery_new(&f);
	raw(f.place.raw, EDIT("15"));
	reseal(&f, 15, 15);
	cr_expect_str_eq(find(&f, NULL), "changed 16");
	undo(&f);
	raw(f.place.raw, EDIT("15"));
	reseal(&f, 15, 29);
	cr_expect_str_eq(find(&f, NULL), "changed 30");
	undo(&f);
	raw(f.place.raw, EDIT("30"));
	reseal(&f, 30, 30);
	cr_expect_str_eq(find(&f, NULL), "changed 30");
	undo(&f);
	raw(f.place.raw, COPY_OF("30", "31", "hash"));
	reseal(&f, 31, 31);
	cr_expect_str_eq(find(&f, NULL), "added 31");
	forgery_remove(&f);
}

Test(log, that_was_sealed_anew_to_its_end_is_told_by_a_kept_seal_alone)
{
	struct forgery f;
	struct log_seal early;

	forgery_new(&f);
	early.id = 10;
	hash_of(f.place.raw, 10, early.hash);
	raw(f.place.raw, EDIT("15"));
	reseal(&f, 15, ROWS);
	reseal_head(&f, ROWS);
	cr_expect_str_empty(find(&f, NULL));
	cr_expect_str_eq(find(&f, &f.seal), "other 30");
	cr_expect_str_empty(find(&f, &early), "what was sealed then is whole");
	raw(f.place.raw, COPY_OF("30", "31", "hash"));
	reseal(&f, 31, 31);
	reseal_head(&f, 31);
	cr_expect_str_empty(find(&f, NULL));
	cr_expect_str_eq(find(&f, &f.seal), "other 30", "also when it has grown since");
	forgery_remove(&f);
}

Test(log, that_was_cut_and_sealed_anew_is_told_by_a_kept_seal_alone)
{
	struct forgery f;

	forgery_new(&f);
	raw(f.place.raw, "DELETE FROM access_log WHERE id > 27");
	reseal_head(&f, 27);
	cr_expect_str_empty(find(&f, NULL));
	cr_expect_str_eq(find(&f, &f.seal), "missing 30");
	raw(f.place.raw, "DELETE FROM access_log;"
			 "UPDATE access_log_head SET id = 0, hash = zeroblob(32)");
	cr_expect_str_empty(find(&f, NULL));
	cr_expect_str_eq(find(&f, &f.seal), "missing 30");
	forgery_remove(&f);
}

/* ---- Anything at all. ---- */

static uint64_t next_random(uint64_t *random)
{
	uint64_t z = *random += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static long long pick(uint64_t *random, long long low, long long high)
{
	return low + (long long)(next_random(random) % (uint64_t)(high - low + 1));
}

/* One row's column to a value that it may or may not have in an honest log. */
static void change_integer(uint64_t *random, char sql[400])
{
	static const char *const columns[] = { "at", "clock_fixed", "user_id", "case_id" };
	const char *column = columns[pick(random, 0, 3)];
	char value[32] = "NULL";

	if (pick(random, 0, 3) > 0)
		snprintf(value, sizeof(value), "%lld", pick(random, -3, 3));
	snprintf(sql, 400, "UPDATE access_log SET %s = %s WHERE id = %lld", column, value,
		pick(random, 1, ROWS));
}

static void change_text(uint64_t *random, char sql[400])
{
	static const char *const columns[] = { "login", "account", "origin", "role", "use_case",
		"outcome", "case_code", "detail", "reason", "basis", "recipient" };
	const char *column = columns[pick(random, 0, 10)];
	const char *const values[] = { "NULL", "''", "'n;'", "'kutsu'", "old || char(0)",
		"old || char(127)", "coalesce(old, '') || 'a'", "substr(old, 2)", "upper(old)",
		"replace(old, 'o', 'ö')" };

	snprintf(sql, 400,
		"UPDATE access_log SET %s = (SELECT %s FROM (SELECT %s AS old)) WHERE id = %lld",
		column, values[pick(random, 0, 9)], column, pick(random, 1, ROWS));
}

static void change_hash(uint64_t *random, char sql[400])
{
	static const char *const values[] = { "randomblob(32)", "zeroblob(32)", "x''",
		"randomblob(31)", "(SELECT hash FROM log_before WHERE id = 3)" };
	const char *value = values[pick(random, 0, 4)];

	if (pick(random, 0, 3) == 0)
		snprintf(sql, 400, "UPDATE access_log_head SET hash = %s", value);
	else
		snprintf(sql, 400, "UPDATE access_log SET hash = %s WHERE id = %lld", value,
			pick(random, 1, ROWS));
}

static void change_order(uint64_t *random, char sql[400])
{
	long long a = pick(random, 1, ROWS), b = pick(random, 1, ROWS);

	switch (pick(random, 0, 4)) {
	case 0:
		snprintf(sql, 400, "DELETE FROM access_log WHERE id BETWEEN %lld AND %lld", a,
			a + pick(random, 0, 3));
		break;
	case 1:
		snprintf(sql, 400,
			"UPDATE access_log SET id = -1000 WHERE id = %lld;"
			"UPDATE access_log SET id = %lld WHERE id = %lld;"
			"UPDATE access_log SET id = %lld WHERE id = -1000",
			a, a, b, b);
		break;
	case 2:
		snprintf(sql, 400, "UPDATE access_log SET id = %lld WHERE id = %lld",
			pick(random, -40, 40), a);
		break;
	case 3:
		snprintf(sql, 400,
			"INSERT INTO access_log (id, at, clock_fixed, login, account, use_case,"
			" outcome, hash) VALUES (%lld, 0, 0, 'x', 'x', 'x', 'done',"
			" randomblob(32))",
			pick(random, 0, 1) ? pick(random, -40, 0) : pick(random, 31, 70));
		break;
	default:
		snprintf(sql, 400, "UPDATE access_log_head SET id = %lld", pick(random, -3, 40));
	}
}

static bool is_changed(struct forgery *f)
{
	return raw_number(f->place.raw,
		       "SELECT count(*) FROM (SELECT * FROM (SELECT * FROM access_log"
		       "  EXCEPT SELECT * FROM log_before)"
		       " UNION ALL SELECT * FROM (SELECT * FROM log_before"
		       "  EXCEPT SELECT * FROM access_log))")
	       + raw_number(f->place.raw, "SELECT count(*) FROM (SELECT * FROM head_before"
					  " EXCEPT SELECT * FROM access_log_head)");
}

/* What can't be written, as NULL where something must stand, is no change. */
static bool try_change(struct forgery *f, uint64_t *random, char sql[400])
{
	switch (pick(random, 0, 4)) {
	case 0:
		change_hash(random, sql);
		break;
	case 1:
		change_order(random, sql);
		break;
	case 2:
		change_integer(random, sql);
		break;
	default:
		change_text(random, sql);
	}
	raw_try(f->place.raw, "%s", sql);
	return is_changed(f);
}

Test(log, no_random_change_goes_unnoticed)
{
	uint64_t random = 20261124;
	struct forgery f;
	char sql[400];
	int changes = 0;

	forgery_new(&f);
	raw(f.place.raw, "PRAGMA ignore_check_constraints = ON");
	for (int tries = 0; changes < CHANGES; tries++) {
		cr_assert_lt(tries, 3 * CHANGES);
		if (!try_change(&f, &random, sql))
			continue;
		cr_expect(*find(&f, NULL), "%s", sql);
		undo(&f);
		changes++;
	}
	cr_expect_str_empty(find(&f, &f.seal));
	forgery_remove(&f);
}
