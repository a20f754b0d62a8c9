/*
 * The end of retention: nothing that was said of a purged case is left, in any column of any table
 * nor in the files, and what is counted stays. Tables and columns are found by the schema itself:
 * one that is added later is either purged or named here as a figure.
 */
#include "place.h"

#include "kutsu/domain/slot.h"
#include "kutsu/store/case_store.h"
#include "kutsu/store/draft_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/purge_store.h"

#define WEDNESDAY 20782 /* 25.11.2026 */
#define SECRET	  "Salaisuus"
#define CLOSED_AT 1000000
#define PURGED_AT 2000000

/* Texts that stay: codes of closed lists, numbers of things, places that are counted. */
static const char *const figures[] = { "case_ref.code", "case_ref.municipality",
	"case_ref.language", "case_ref.interpreter", "call.source", "call.outcome", "meeting.kind",
	"meeting.status", "meeting.uid", "meeting.hold_writer", "agreed_action.environment",
	"settlement.asks", "draft.writer", "draft_field.name", "invitation.answer",
	"invitation.reason", "message.kind", "message.state", "message.message_id",
	"message.sender", "feedback.respondent", "feedback_answer.picked" };

/* What purging marks or resets. */
static const char *const changed[] = { "case_ref.purged_at", "case_ref.not_weekdays",
	"case_ref.not_before_minute", "case_ref.not_after_minute" };

/* Their rows go as a whole. */
static const char *const removed[] = { "everyday_adult", "case_word", "draft", "draft_field" };

#define NAMES(list, name) is_named(list, sizeof(list) / sizeof((list)[0]), name)

static bool is_named(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], name) == 0)
			return true;
	}
	return false;
}

/* ---- The schema: which tables hold rows of a case, and which rows those are. */

/*
 * Writes the condition on the rows of case n, and false where the table has none. The log holds no
 * personal data of a client and only grows. A draft is told by its number (see add_case()).
 */
static bool write_condition(sqlite3 *db, const char *table, int n, sqlite3_str *where)
{
	sqlite3_stmt *keys;
	bool found = false;

	if (strcmp(table, "case_ref") == 0 || strcmp(table, "draft") == 0) {
		sqlite3_str_appendf(where, table[0] == 'c' ? "id = %d" : "id / 10 = %d", n);
		return true;
	}
	if (strcmp(table, "access_log") == 0)
		return false;
	cr_assert_eq(sqlite3_prepare_v2(db,
			     "SELECT \"table\", \"from\" FROM pragma_foreign_key_list(?1)", -1,
			     &keys, NULL),
		SQLITE_OK);
	sqlite3_bind_text(keys, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(keys) == SQLITE_ROW) {
		const char *parent = (const char *)sqlite3_column_text(keys, 0);
		sqlite3_str *inner;
		const char *id = strcmp(parent, "meeting_record") == 0 ? "meeting_id" : "id";
		bool is_of_case;
		char *condition;

		if (strcmp(parent, table) == 0)
			continue; /* a tree of its own */
		inner = sqlite3_str_new(db);
		is_of_case = write_condition(db, parent, n, inner);
		condition = sqlite3_str_finish(inner);
		if (is_of_case)
			sqlite3_str_appendf(where, "%s\"%w\" IN (SELECT %s FROM \"%w\" WHERE %s)",
				found ? " OR " : "", sqlite3_column_text(keys, 1), id, parent,
				condition);
		found = found || is_of_case;
		sqlite3_free(condition);
	}
	sqlite3_finalize(keys);
	return found;
}

/* NULL: the table holds nothing of any case. sqlite3_free() */
static char *condition_of(sqlite3 *db, const char *table, int n)
{
	sqlite3_str *where = sqlite3_str_new(db);
	bool found = write_condition(db, table, n, where);
	char *condition = sqlite3_str_finish(where);

	if (found)
		return condition;
	sqlite3_free(condition);
	return NULL;
}

struct column {
	const char *table, *name;
	bool is_text;
};

typedef void column_visitor(sqlite3 *db, const struct column *column, void *context);

static void each_column(sqlite3 *db, column_visitor *visit, void *context)
{
	sqlite3_stmt *stmt;

	cr_assert_eq(sqlite3_prepare_v2(db,
			     "SELECT t.name, c.name, c.type = 'TEXT' FROM pragma_table_list t"
			     " JOIN pragma_table_info(t.name) c WHERE t.schema = 'main'"
			     " AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
			     " ORDER BY t.name, c.cid",
			     -1, &stmt, NULL),
		SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		visit(db,
			&(struct column) { (const char *)sqlite3_column_text(stmt, 0),
				(const char *)sqlite3_column_text(stmt, 1),
				sqlite3_column_int(stmt, 2) != 0 },
			context);
	sqlite3_finalize(stmt);
}

static bool is_figure(const struct column *column)
{
	char name[100];

	snprintf(name, sizeof(name), "%s.%s", column->table, column->name);
	return !column->is_text || NAMES(figures, name);
}

/* ---- A case with something in every table, and a secret in every text that is no figure. */

static void add_registry(sqlite3 *db)
{
	raw(db, "INSERT INTO user (id, login) VALUES (1, 'u');"
		"INSERT INTO unit (id, code, name, sector) VALUES (1, 'A', 'A', 'SOS'),"
		" (2, 'B', 'B', 'SOS');"
		"INSERT INTO slot (unit_id, weekday, start_minute, end_minute, repeat, capacity)"
		" VALUES (1, 3, 0, 1440, 'weekly', 100), (2, 3, 0, 1440, 'weekly', 100)");
}

/* Meetings n * 10 and one more, drafts n * 10 and one more. */
static void add_case(sqlite3 *db, int n)
{
	static const char sql[] =
		"INSERT INTO case_ref (id, year, number, code, opened_at, closed_at, closed_reason,"
		" email, child, birth_year, municipality, language, interpreter, not_weekdays,"
		" not_before_minute, not_after_minute) VALUES (:n, 2026, :n, printf('2026-%04d', "
		":n),"
		" 500, 1000000, 'x', 'x', 'x', 2016, 'Suistola', 'ar', 'ar', 6, 600, 900);"
		"INSERT INTO everyday_adult VALUES (:n, 1, 'x'), (:n, 2, 'y');"
		"INSERT INTO needed_unit VALUES (:n, 1), (:n, 2);"
		"INSERT INTO call (case_id, received_at, source, caller, phone, concern, outcome,"
		" taken_by) VALUES (:n, 500, 'school', 'x', 'x', 'x', 'meeting', 1),"
		" (:n, 5000000, 'family', NULL, NULL, NULL, 'meeting', 1);"
		"INSERT INTO case_word VALUES ('x' || :n, :n), ('y' || :n, :n);"
		"INSERT INTO consent (case_id, unit_id, given_by, how, given_at, withdrawn_at)"
		" VALUES (:n, 1, 'x', 'x', 500, 600), (:n, 2, 'x', NULL, 500, NULL);"
		"INSERT INTO meeting (id, case_id, kind, day, start_minute, end_minute, place,"
		" status, uid, booked_by, changed_at, cancelled_reason) VALUES"
		" (:n * 10, :n, 'invited', 20782, 600, 660, 'x', 'recorded', 'u' || :n, 1, 500, "
		"NULL),"
		" (:n * 10 + 1, :n, 'follow_up', 20782, 660, 700, 'x', 'cancelled', 'v' || :n, 1,"
		" 500, 'x');"
		"INSERT INTO meeting_unit VALUES (:n * 10, 1, 1, 1), (:n * 10, 2, 2, 0);"
		"INSERT INTO meeting_record VALUES (:n * 10, 700, 1, 'x', 1, 0, 'x', 'x', 'x', 1, "
		"6,"
		" 'x', 3);"
		"INSERT INTO meeting_adult VALUES (:n * 10, 1, 'x'), (:n * 10, 2, 'y');"
		"INSERT INTO settlement VALUES (:n * 10, 1, 20782, 600, 'move', 'x', 1, 700);"
		"INSERT INTO invitation (meeting_id, unit_id, answer, reason, note, answered_at)"
		" VALUES (:n * 10, 1, 'declined', 'staff', 'x', 600);"
		"INSERT INTO message (meeting_id, unit_id, kind, sequence, state, recipient,"
		" message_id, content, error, created_by, created_at, sent_at) VALUES"
		" (:n * 10, NULL, 'family', 0, 'sent', 'x', 'm' || :n, NULL, 'x', 1, 500, 600);"
		"INSERT INTO feedback (id, form_id, respondent, meeting_id, day, entered_by) VALUES"
		" (:n * 10, 1, 'guardian', :n * 10, 20783, 1);"
		"INSERT INTO feedback_answer VALUES (:n * 10, 1, 9, NULL, NULL),"
		" (:n * 10, 7, NULL, 'x', 'x');"
		"INSERT INTO agreed_action (meeting_id, who, what, environment, due_day, done_at)"
		" VALUES (:n * 10, 'x', 'x', 'school', 20790, 800), (:n * 10, 'x', 'x', 'home', "
		"NULL,"
		" NULL);"
		"INSERT INTO draft VALUES (:n * 10, 1, 'w', 1, 1), (:n * 10 + 1, 1, 'w', 1, 1);"
		"INSERT INTO draft_field VALUES (:n * 10, 'meeting', CAST(:n * 10 AS TEXT)),"
		" (:n * 10, 'notes', 'x'), (:n * 10 + 1, 'case', printf('2026-%04d', :n)),"
		" (:n * 10 + 1, 'concern', 'x')";
	const char *rest = sql;

	while (*rest) {
		sqlite3_stmt *stmt;

		cr_assert_eq(sqlite3_prepare_v2(db, rest, -1, &stmt, &rest), SQLITE_OK, "%s",
			sqlite3_errmsg(db));
		sqlite3_bind_int(stmt, 1, n);
		cr_assert_eq(sqlite3_step(stmt), SQLITE_DONE, "%s", sqlite3_errmsg(db));
		sqlite3_finalize(stmt);
	}
}

struct hiding {
	int n;
	const char *secret;
	int columns;
};

/* The values by which a draft is known to be a case's stay; the two rows beside them tell of it. */
static void hide_in(sqlite3 *db, const struct column *column, void *context)
{
	struct hiding *hiding = context;
	char *condition = condition_of(db, column->table, hiding->n), *sql;

	if (condition && !is_figure(column)) {
		sql = sqlite3_mprintf("UPDATE \"%w\" SET \"%w\" = %Q || hex(randomblob(4))"
				      " WHERE (%s)%s",
			column->table, column->name, hiding->secret, condition,
			strcmp(column->table, "draft_field") == 0
				? " AND name NOT IN ('meeting', 'case')"
				: "");
		raw(db, sql);
		cr_assert_gt(sqlite3_changes(db), 0,
			"%s.%s: give case %d a row of it in add_case()", column->table,
			column->name, hiding->n);
		sqlite3_free(sql);
		hiding->columns++;
	}
	sqlite3_free(condition);
}

static void add_case_with_secrets(sqlite3 *db, int n, const char *secret)
{
	struct hiding hiding = { n, secret, 0 };

	add_case(db, n);
	each_column(db, hide_in, &hiding);
	cr_assert_geq(hiding.columns, 20);
}

static void begin(struct place *place)
{
	place_new(place);
	raw(place->raw, "PRAGMA foreign_keys=ON");
	add_registry(place->raw);
	add_case_with_secrets(place->raw, 1, SECRET);
	add_case_with_secrets(place->raw, 2, "other");
}

static bool try_purge(struct place *place, const int64_t *ids, size_t count, struct error *err)
{
	struct change change;
	bool ok = change_begin(&change, place->store, err);

	ok = ok && store_purge_cases(&change, ids, count, PURGED_AT, err);
	return change_end(&change, ok, err);
}

static void purge(struct place *place, int64_t id)
{
	struct error err = { 0 };

	cr_assert(try_purge(place, &id, 1, &err), "%s", err.text);
}

/* ---- What goes. */

static void find_secret(sqlite3 *db, const struct column *column, void *context)
{
	char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\" WHERE instr(CAST(\"%w\" AS TEXT),"
				    " %Q)",
		column->table, column->name, SECRET);
	int64_t rows = raw_number(db, sql), *all = context;

	if (!all)
		cr_expect_eq(rows, 0, "%s.%s", column->table, column->name);
	else
		*all += rows;
	sqlite3_free(sql);
}

Test(purge, leaves_no_text_of_the_case_in_any_column_of_any_table)
{
	struct place place;
	int64_t before = 0;

	begin(&place);
	each_column(place.raw, find_secret, &before);
	cr_assert_geq(before, 30, "the test looks in the right places");
	purge(&place, 1);
	each_column(place.raw, find_secret, NULL);
	place_remove(&place);
}

Test(purge, takes_the_municipality_only_where_it_is_not_to_be_told)
{
	struct place place;

	begin(&place);
	raw(place.raw, "UPDATE case_ref SET nondisclosure = 1 WHERE id = 1");
	purge(&place, 1);
	purge(&place, 2);
	cr_expect_eq(
		raw_number(place.raw, "SELECT municipality IS NULL FROM case_ref WHERE id = 1"), 1);
	cr_expect_eq(raw_number(place.raw, "SELECT municipality = 'Suistola' FROM case_ref"
					   " WHERE id = 2"),
		1);
	place_remove(&place);
}

Test(purge, forgets_the_times_that_did_not_suit)
{
	struct place place;

	begin(&place);
	purge(&place, 1);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM case_ref WHERE id = 1 AND"
					   " not_weekdays = 0 AND not_before_minute = 0 AND"
					   " not_after_minute = 1440"),
		1);
	place_remove(&place);
}

Test(purge, of_several_cases_purges_each)
{
	const int64_t ids[] = { 1, 2 };
	struct error err = { 0 };
	struct place place;

	begin(&place);
	add_case_with_secrets(place.raw, 3, "third");
	cr_assert(try_purge(&place, ids, 2, &err), "%s", err.text);
	cr_expect_eq(
		raw_number(place.raw, "SELECT count(*) FROM case_ref WHERE purged_at = 2000000"),
		2);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM case_word WHERE case_id < 3"), 0);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM case_word WHERE case_id = 3"), 2);
	place_remove(&place);
}

/* ---- What stays. */

struct dump {
	sqlite3_str *text;
	int n;	       /* the case it is of, */
	bool is_other; /* or is not of */
	char table[60];
};

static void dump_column(sqlite3 *db, const struct column *column, void *context)
{
	struct dump *dump = context;
	char *condition = condition_of(db, column->table, dump->n), *sql = NULL, *rows, name[100];

	snprintf(name, sizeof(name), "%s.%s", column->table, column->name);
	if (dump->is_other)
		sql = sqlite3_mprintf("SELECT \"%w\" FROM \"%w\" WHERE NOT (%s)", column->name,
			column->table, condition ? condition : "0");
	else if (condition && is_figure(column) && !NAMES(changed, name)
		 && !NAMES(removed, column->table))
		sql = sqlite3_mprintf("SELECT \"%w\" FROM \"%w\" WHERE %s", column->name,
			column->table, condition);
	if (sql) {
		rows = raw_rows(db, sql);
		sqlite3_str_appendf(dump->text, "%s\n%s", name, rows);
		free(rows);
	}
	sqlite3_free(sql);
	sqlite3_free(condition);
}

/* sqlite3_free() */
static char *dump(sqlite3 *db, int n, bool is_other)
{
	struct dump dump = { sqlite3_str_new(db), n, is_other, "" };

	each_column(db, dump_column, &dump);
	return sqlite3_str_finish(dump.text);
}

static void expect_same(bool is_other)
{
	struct place place;
	char *before, *after;

	begin(&place);
	before = dump(place.raw, 1, is_other);
	cr_assert_gt(strlen(before), 500u);
	purge(&place, 1);
	after = dump(place.raw, 1, is_other);
	cr_expect_str_eq(after, before);
	sqlite3_free(before);
	sqlite3_free(after);
	place_remove(&place);
}

Test(purge, leaves_everything_of_others_as_it_was)
{
	expect_same(true);
}

Test(purge, leaves_each_figure_of_the_case_as_it_was)
{
	expect_same(false);
}

Test(purge, does_not_change_what_is_counted_by_source_outcome_environment_and_month)
{
	static const char *const counts[] = {
		"SELECT source, outcome, received_at / 2592000, count(*) FROM call GROUP BY 1, 2, "
		"3",
		"SELECT kind, status, day / 30, count(*) FROM meeting GROUP BY 1, 2, 3",
		"SELECT environment, due_day / 30, done_at IS NULL, count(*) FROM agreed_action"
		" GROUP BY 1, 2, 3",
		"SELECT opened_at / 2592000, closed_at, municipality, birth_year, language, "
		"count(*)"
		" FROM case_ref GROUP BY 1, 2, 3, 4, 5",
		"SELECT unit_id, attended, count(*) FROM meeting_unit GROUP BY 1, 2",
		"SELECT child_present, child_heard, follow_up_needed, follow_up_within_weeks,"
		" count(*) FROM meeting_record GROUP BY 1, 2, 3, 4",
		"SELECT meeting_id, count(*) FROM meeting_adult GROUP BY 1",
		"SELECT unit_id, withdrawn_at IS NULL, count(*) FROM consent GROUP BY 1, 2",
		"SELECT unit_id, count(*) FROM needed_unit GROUP BY 1",
	};
	enum { COUNTS = sizeof(counts) / sizeof(counts[0]) };
	struct place place;
	char *before[COUNTS];

	begin(&place);
	for (size_t i = 0; i < COUNTS; i++)
		before[i] = raw_rows(place.raw, counts[i]);
	purge(&place, 1);
	for (size_t i = 0; i < COUNTS; i++) {
		char *after = raw_rows(place.raw, counts[i]);

		cr_expect_str_eq(after, before[i], "%s", counts[i]);
		free(after);
		free(before[i]);
	}
	place_remove(&place);
}

/* ---- Which cases. */

Test(purge, of_an_open_case_is_refused_and_changes_nothing)
{
	struct error err = { 0 };
	const int64_t ids[] = { 2, 1 };
	struct place place;
	char *before, *after;

	begin(&place);
	raw(place.raw, "UPDATE case_ref SET closed_at = NULL, closed_reason = NULL WHERE id = 1");
	before = dump(place.raw, 9, true);
	cr_expect_not(try_purge(&place, ids, 2, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	after = dump(place.raw, 9, true);
	cr_expect_str_eq(after, before);
	sqlite3_free(before);
	sqlite3_free(after);
	place_remove(&place);
}

Test(purge, happens_once)
{
	struct error err = { 0 };
	const int64_t id = 1;
	struct place place;

	begin(&place);
	purge(&place, id);
	cr_expect_not(try_purge(&place, &id, 1, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	place_remove(&place);
}

static void add_log(sqlite3 *db, int case_id, const char *use_case, const char *outcome)
{
	cr_assert_eq(raw_try(db,
			     "INSERT INTO access_log (at, clock_fixed, login, account, use_case,"
			     " outcome, case_id, hash) VALUES (1, 0, 'u', 'u', '%s', '%s', %d,"
			     " randomblob(32))",
			     use_case, outcome, case_id),
		SQLITE_OK);
}

Test(purge_list, has_what_was_closed_before_and_is_not_purged_with_whether_it_was_exported)
{
	struct expired_case_list list;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct place place;

	begin(&place);
	for (int n = 3; n <= 6; n++)
		add_case(place.raw, n);
	raw(place.raw, "UPDATE case_ref SET closed_at = 999998 WHERE id = 2;"
		       "UPDATE case_ref SET closed_at = 999999 WHERE id = 1;"
		       "UPDATE case_ref SET closed_at = 10 WHERE id = 5;"
		       "UPDATE case_ref SET closed_at = NULL, closed_reason = NULL WHERE id = 4");
	purge(&place, 5);
	add_log(place.raw, 1, "case_export", "done");
	add_log(place.raw, 2, "case_export", "refused");
	add_log(place.raw, 2, "case_look", "done");
	cr_assert(store_purge_list(place.store, CLOSED_AT, 0, &arena, &list, &err), "%s", err.text);
	cr_assert_eq(list.count, 2u, "%zu", list.count);
	cr_expect_eq(list.items[0].id, 2);
	cr_expect_str_eq(list.items[0].code, "2026-0002");
	cr_expect_eq(list.items[0].closed_at, 999998);
	cr_expect_not(list.items[0].was_exported);
	cr_expect_eq(list.items[1].id, 1);
	cr_expect(list.items[1].was_exported);
	cr_assert(store_purge_list(place.store, INT64_MAX, 3, &arena, &list, &err));
	cr_expect_eq(list.count, 3u);
	arena_release(&arena);
	place_remove(&place);
}

/* ---- What belongs to no case. */

typedef bool purge_before(struct change *change, int64_t before, int *count, struct error *err);

static int purge_older(struct place *place, purge_before *purge_them, int64_t before)
{
	struct error err = { 0 };
	struct change change;
	int count = -1;
	bool ok = change_begin(&change, place->store, &err);

	ok = ok && purge_them(&change, before, &count, &err);
	cr_assert(change_end(&change, ok, &err), "%s", err.text);
	return count;
}

Test(purge_calls, takes_who_called_and_why_where_no_case_was_opened_and_counts_them)
{
	struct place place;
	char *before, *after;

	begin(&place);
	before = dump(place.raw, 9, true);
	raw(place.raw, "INSERT INTO call (id, received_at, source, caller, phone, concern, "
		       "outcome, taken_by)"
		       " VALUES (91, 400, 'family', 'a', NULL, NULL, 'advice', 1),"
		       " (92, 400, 'family', NULL, 'b', NULL, 'discussion', 1),"
		       " (93, 400, 'family', NULL, NULL, 'c', 'advice', 1),"
		       " (94, 400, 'family', NULL, NULL, NULL, 'notification', 1),"
		       " (95, 400, 'family', NULL, NULL, NULL, 'advice', 1),"
		       " (96, 600, 'family', 'a', 'b', 'c', 'advice', 1)");
	cr_expect_eq(purge_older(&place, store_purge_calls, 600), 3);
	cr_expect_eq(
		raw_number(place.raw, "SELECT count(*) FROM call WHERE id BETWEEN 91 AND 95 AND"
				      " caller IS NULL AND phone IS NULL AND concern IS NULL"),
		5);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM call WHERE id = 96 AND"
					   " caller = 'a' AND phone = 'b' AND concern = 'c'"),
		1);
	cr_expect_eq(
		purge_older(&place, store_purge_calls, 600), 0, "there is nothing left in them");
	raw(place.raw, "DELETE FROM call WHERE id > 90");
	after = dump(place.raw, 9, true);
	cr_expect_str_eq(after, before, "calls of cases go with their cases");
	sqlite3_free(before);
	sqlite3_free(after);
	place_remove(&place);
}

Test(purge_drafts, takes_those_that_nobody_went_on_with_and_counts_them)
{
	struct place place;

	begin(&place);
	raw(place.raw, "UPDATE draft SET saved_at = 400 WHERE id IN (10, 20)");
	raw(place.raw, "UPDATE draft SET saved_at = 600 WHERE id IN (11, 21)");
	cr_expect_eq(purge_older(&place, store_purge_drafts, 600), 2);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM draft WHERE id IN (11, 21)"), 2);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM draft_field WHERE draft_id IN"
					   " (10, 20)"),
		0);
	place_remove(&place);
}

/* ---- The files. */

/* Numbers that are the same each time. */
static unsigned next_number(unsigned *seed, unsigned most)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % most;
}

static void write_record(sqlite3 *db, int meeting, int length)
{
	cr_assert_eq(
		raw_try(db,
			"INSERT OR REPLACE INTO meeting_record (meeting_id, recorded_at,"
			" recorded_by, notes) VALUES (%d, 1, 1, substr(replace(hex(zeroblob(%d)),"
			" '00', '%s-'), 1, %d))",
			meeting, length, SECRET, length),
		SQLITE_OK);
}

/*
 * Records that were written over with longer and shorter ones: rows move from page to page, and
 * copies of them stay where they were.
 */
static void add_much(sqlite3 *db)
{
	unsigned seed = 1;

	raw(db, "BEGIN");
	for (int n = 1; n <= 400; n++) {
		cr_assert_eq(raw_try(db,
				     "INSERT INTO case_ref (id, year, number, code, opened_at,"
				     " closed_at, closed_reason) VALUES (%d, 2026, %d, 'c%d', 0, "
				     "1, 'x');"
				     "INSERT INTO meeting (id, case_id, kind, day, start_minute,"
				     " end_minute, status, uid, booked_by, changed_at) VALUES"
				     " (%d, %d, 'invited', 0, 0, 1, 'recorded', 'u%d', 1, 0)",
				     n, n, n, n, n, n),
			SQLITE_OK);
		for (int i = 0; i < 3; i++)
			write_record(db, i ? 1 + (int)next_number(&seed, (unsigned)n) : n,
				(int)next_number(&seed, 3000));
	}
	raw(db, "COMMIT");
}

static void expect_nowhere(struct place *place)
{
	char wal[128];

	snprintf(wal, sizeof(wal), "%s-wal", place->path);
	cr_expect_not(file_has(place->path, SECRET), "in the database");
	cr_expect_not(file_has(wal, SECRET), "in the -wal file");
}

static bool forget(struct place *place)
{
	struct error err = { 0 };
	bool complete;

	cr_assert(store_forget(place->store, &complete, &err), "%s", err.text);
	return complete;
}

Test(forgetting, leaves_nothing_in_the_files)
{
	struct error err = { 0 };
	struct place place;
	int64_t ids[400];

	place_new(&place);
	add_registry(place.raw);
	add_much(store_connection(place.store));
	raw(place.raw, "PRAGMA wal_checkpoint(TRUNCATE)");
	cr_assert(file_has(place.path, SECRET), "the test looks in the right place");
	for (int i = 0; i < 400; i++)
		ids[i] = i + 1;
	cr_assert(try_purge(&place, ids, 400, &err), "%s", err.text);
	cr_expect(forget(&place));
	expect_nowhere(&place);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM pragma_integrity_check WHERE"
					   " integrity_check = 'ok'"),
		1);
	cr_expect_eq(raw_number(place.raw, "PRAGMA application_id"), APPLICATION_ID);
	place_remove(&place);
}

Test(forgetting, that_a_reader_hinders_is_not_complete_and_no_failure)
{
	struct place place;

	begin(&place);
	raw(place.raw, "BEGIN");
	cr_assert_eq(raw_number(place.raw, "SELECT count(*) FROM case_ref"), 2);
	purge(&place, 1);
	sqlite3_busy_timeout(store_connection(place.store), 20);
	cr_expect_not(forget(&place));
	raw(place.raw, "COMMIT");
	cr_expect(forget(&place), "done again later it is");
	expect_nowhere(&place);
	place_remove(&place);
}

Test(forgetting, that_a_writer_hinders_is_not_complete_and_no_failure)
{
	struct place place;

	begin(&place);
	purge(&place, 1);
	raw(place.raw, "BEGIN IMMEDIATE");
	sqlite3_busy_timeout(store_connection(place.store), 20);
	cr_expect_not(forget(&place));
	raw(place.raw, "COMMIT");
	cr_expect(forget(&place));
	expect_nowhere(&place);
	place_remove(&place);
}

static int end_reading(void *context, int tries)
{
	raw(context, "COMMIT");
	return tries == 0;
}

Test(forgetting, waits_for_a_reader_as_any_change_does)
{
	struct place place;

	begin(&place);
	raw(place.raw, "BEGIN");
	cr_assert_eq(raw_number(place.raw, "SELECT count(*) FROM case_ref"), 2);
	purge(&place, 1);
	sqlite3_busy_handler(store_connection(place.store), end_reading, place.raw);
	cr_expect(forget(&place));
	expect_nowhere(&place);
	place_remove(&place);
}

Test(forgetting, goes_on_with_the_same_store)
{
	struct error err = { 0 };
	struct arena arena = { 0 };
	struct case_ref case_ref;
	struct place place;

	begin(&place);
	cr_assert(store_case_get(place.store, "2026-0002", &arena, &case_ref, &err));
	cr_assert(forget(&place));
	cr_expect(
		store_case_get(place.store, "2026-0002", &arena, &case_ref, &err), "%s", err.text);
	purge(&place, 2);
	arena_release(&arena);
	place_remove(&place);
}

/* ---- What reads a purged case. */

Test(purged, is_told_by_the_case_and_its_texts_are_empty)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct consent_list consents;
	struct call_list calls;
	struct case_ref c;
	struct place place;

	begin(&place);
	purge(&place, 1);
	cr_assert(store_case_get(place.store, "2026-0001", &arena, &c, &err), "%s", err.text);
	cr_expect_eq(c.purged_at, PURGED_AT);
	cr_expect_eq(c.status, CASE_CLOSED);
	cr_expect_str_eq(c.closed_reason, "");
	cr_expect_null(c.child);
	cr_expect_null(c.concern);
	cr_expect_eq(c.adult_count, 0u);
	cr_assert(store_call_list(place.store, 1, &arena, &calls, &err));
	cr_assert_eq(calls.count, 2u);
	cr_expect_eq(calls.items[0].source, SOURCE_SCHOOL);
	cr_expect_null(calls.items[0].caller);
	cr_assert(store_consent_list(place.store, 1, &arena, &consents, &err));
	cr_assert_eq(consents.count, 2u);
	cr_expect_str_eq(consents.items[0].given_by, "");
	cr_expect_eq(consents.items[0].withdrawn_at, 600);
	cr_assert(store_case_get(place.store, "2026-0002", &arena, &c, &err));
	cr_expect_eq(c.purged_at, 0);
	arena_release(&arena);
	place_remove(&place);
}

Test(purged, records_have_as_many_adults_and_actions_as_before)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct meeting_record record;
	struct place place;
	bool found;

	begin(&place);
	purge(&place, 1);
	cr_assert(store_record_get(place.store, 10, &arena, &record, &found, &err) && found);
	cr_assert_eq(record.adult_count, 2u);
	cr_expect_str_eq(record.adults[0], "");
	cr_expect_str_eq(record.adults[1], "");
	cr_expect_null(record.facilitator);
	cr_expect_null(record.strengths);
	cr_expect_eq(record.child_present, KNOWN_YES);
	cr_expect_eq(record.follow_up_within_weeks, 6);
	cr_assert_eq(record.action_count, 2u);
	cr_expect_str_eq(record.actions[0].who, "");
	cr_expect_str_eq(record.actions[0].what, "");
	cr_expect_eq(record.actions[0].environment, ENVIRONMENT_SCHOOL);
	cr_expect_eq(record.actions[0].due_day, 20790);
	cr_expect(record.actions[0].done);
	cr_expect_eq(record.attended_count, 1u);
	cr_expect_eq(record.absent_count, 1u);
	arena_release(&arena);
	place_remove(&place);
}

static bool try_record(struct place *place, int64_t meeting, struct error *err)
{
	struct meeting_record record = { .notes = SECRET };
	struct change change;
	bool ok = change_begin(&change, place->store, err);

	ok = ok && store_record_write(&change, meeting, 1, 900, &record, NULL, NULL, err);
	return change_end(&change, ok, err);
}

static bool try_cancel(struct place *place, int64_t meeting, struct error *err)
{
	struct change change;
	bool ok = change_begin(&change, place->store, err);

	ok = ok && store_meeting_cancel(&change, meeting, SECRET, 900, err);
	return change_end(&change, ok, err);
}

Test(purged, takes_no_text_any_more)
{
	struct error err = { 0 };
	struct place place;

	begin(&place);
	raw(place.raw, "UPDATE meeting SET status = 'booked' WHERE id IN (10, 11, 20, 21)");
	purge(&place, 1);
	cr_expect_not(try_record(&place, 10, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect_not(try_cancel(&place, 11, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	each_column(place.raw, find_secret, NULL);
	cr_expect(try_record(&place, 20, &err), "%s", err.text);
	cr_expect(try_cancel(&place, 21, &err), "%s", err.text);
	place_remove(&place);
}

static size_t count_actions(struct place *place, enum action_choice choice, struct arena *arena)
{
	struct action_list list;
	struct error err = { 0 };

	cr_assert(store_action_list(place->store, choice, 30000, 0, arena, &list, &err));
	return list.count;
}

Test(purged, waits_for_nothing_and_is_found_by_its_code_alone)
{
	struct arena arena = { 0 };
	struct meeting_list meetings;
	struct case_list cases;
	struct error err = { 0 };
	struct place place;

	begin(&place);
	raw(place.raw, "UPDATE meeting SET status = 'booked' WHERE id IN (10, 20);"
		       "UPDATE agreed_action SET done_at = NULL, due_day = 20790");
	purge(&place, 1);
	cr_assert(store_meeting_unrecorded(place.store, 30000, 0, 99, &arena, &meetings, &err));
	cr_assert_eq(meetings.count, 1u);
	cr_expect_str_eq(meetings.items[0].case_code, "2026-0002");
	cr_expect_eq(count_actions(&place, ACTIONS_UNDONE, &arena), 2u);
	cr_expect_eq(count_actions(&place, ACTIONS_LATE, &arena), 2u);
	cr_expect_eq(count_actions(&place, ACTIONS_ALL, &arena), 4u, "all are counted");
	cr_assert(store_case_list(place.store, &(struct case_filter) { .search = "salaisuus" },
		&arena, &cases, &err));
	cr_expect_eq(cases.count, 0u);
	cr_assert(store_case_list(place.store, &(struct case_filter) { 0 }, &arena, &cases, &err));
	cr_expect_eq(cases.count, 2u);
	arena_release(&arena);
	place_remove(&place);
}
