/* Making, opening and refusing database files; the connection's settings; changes. */
#include "place.h"

#include "../../src/store/migrations_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/store/draft_store.h"
#include "kutsu/store/log_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/user_store.h"

#include <fcntl.h>
#include <sys/stat.h>

#define SCHEMA "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"

static void apply(sqlite3 *db, unsigned long until)
{
	raw(db, "PRAGMA application_id=0x6B757473; PRAGMA journal_mode=WAL");
	for (unsigned long i = 0; i < until; i++)
		raw(db, (const char *)migrations[i].sql);
	cr_assert_eq(raw_try(db, "PRAGMA user_version=%lu", until), SQLITE_OK);
}

Test(migration, each_older_schema_becomes_the_newest)
{
	struct place fresh;
	char *wanted;

	place_new(&fresh);
	wanted = raw_rows(fresh.raw, SCHEMA);
	for (unsigned long version = 0; version <= migration_count; version++) {
		struct error err = { 0 };
		struct place old;
		sqlite3 *db;
		char *found;

		place_folder(&old);
		db = raw_open(old.path);
		apply(db, version);
		sqlite3_close(db);
		cr_assert(store_open(old.path, &old.store, &err), "%s", err.text);
		old.raw = raw_open(old.path);
		found = raw_rows(old.raw, SCHEMA);
		cr_expect_str_eq(found, wanted, "from version %lu", version);
		cr_expect_eq(raw_number(old.raw, "PRAGMA user_version"), (int64_t)migration_count);
		free(found);
		place_remove(&old);
	}
	free(wanted);
	place_remove(&fresh);
}

Test(migration, the_log_of_an_older_version_is_sealed_as_it_was)
{
	struct error err = { 0 };
	struct log_finding_list findings;
	struct arena arena = { 0 };
	struct place old;
	int64_t rows;
	sqlite3 *db;

	place_folder(&old);
	db = raw_open(old.path);
	apply(db, 1);
	raw(db, "INSERT INTO user (id, login) VALUES (1, 'koord-1');"
		"INSERT INTO case_ref (id, year, number, code, opened_at)"
		" VALUES (1, 2026, 1, '2026-0001', 0);"
		"INSERT INTO access_log (at, clock_fixed, user_id, use_case, case_id, detail)"
		" VALUES (1, 0, 1, 'call_take', 1, NULL), (2, 1, 1, 'unit_add', NULL, 'A')");
	sqlite3_close(db);
	cr_assert(store_open(old.path, &old.store, &err), "%s", err.text);
	cr_assert(store_log_verify(old.store, NULL, &arena, &rows, &findings, &err));
	cr_expect_eq(rows, 2);
	cr_expect_eq(findings.count, 0u);
	old.raw = raw_open(old.path);
	cr_expect_eq(raw_number(old.raw, "SELECT count(*) FROM access_log WHERE id = 1 AND"
					 " login = 'koord-1' AND case_code = '2026-0001' AND"
					 " use_case = 'call_take' AND outcome = 'done'"),
		1);
	cr_expect_eq(raw_number(old.raw, "SELECT count(*) FROM access_log WHERE id = 2 AND"
					 " clock_fixed = 1 AND detail = 'A'"),
		1);
	arena_release(&arena);
	place_remove(&old);
}

Test(migration, a_new_database_says_whose_it_is_and_which_version)
{
	struct place place;

	place_new(&place);
	cr_expect_eq(raw_number(place.raw, "PRAGMA application_id"), APPLICATION_ID);
	cr_expect_eq(raw_number(place.raw, "PRAGMA user_version"), (int64_t)migration_count);
	place_remove(&place);
}

Test(migration, every_table_is_strict)
{
	struct place place;
	char *loose;

	place_new(&place);
	loose = raw_rows(place.raw,
		"SELECT name FROM pragma_table_list WHERE schema = 'main' AND type ="
		" 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'");
	cr_expect_str_empty(loose, "%s", loose);
	cr_expect_eq(
		raw_try(place.raw, "INSERT INTO user (login) VALUES (x'00')"), SQLITE_CONSTRAINT);
	free(loose);
	place_remove(&place);
}

Test(connection, has_the_settings_that_keep_data)
{
	struct place place;
	sqlite3 *db;
	char *mode;
	int on;

	place_new(&place);
	db = store_connection(place.store);
	cr_expect_eq(raw_number(db, "PRAGMA foreign_keys"), 1);
	cr_expect_eq(raw_number(db, "PRAGMA synchronous"), 2, "FULL");
	cr_expect_eq(raw_number(db, "PRAGMA secure_delete"), 1);
	mode = raw_rows(db, "PRAGMA journal_mode");
	cr_expect_str_eq(mode, "wal|\n");
	free(mode);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
	cr_expect_eq(on, 1);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, -1, &on);
	cr_expect_eq(on, 0);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, -1, &on);
	cr_expect_eq(on, 0, "a wrong column name is no text");
	place_remove(&place);
}

Test(file, is_its_owners_alone_and_so_are_those_beside_it)
{
	static const char *const names[] = { "", "-wal", "-shm" };
	struct place place;
	mode_t mask = umask(0);

	place_new(&place);
	umask(mask);
	raw(place.raw, "INSERT INTO user (login) VALUES ('x')");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct stat status;
		char path[128];

		snprintf(path, sizeof(path), "%s%s", place.path, names[i]);
		cr_assert_eq(stat(path, &status), 0, "%s", path);
		cr_expect_eq(status.st_mode & 0777, 0600u, "%s", path);
	}
	place_remove(&place);
}

Test(create, refuses_a_path_that_is_there)
{
	struct error err = { 0 };
	struct place place;
	struct store *store;
	size_t size;
	char *bytes;

	place_folder(&place);
	fclose(fopen(place.path, "w"));
	cr_expect_not(store_create(place.path, &store, &err));
	cr_expect_eq(err.code, ERROR_FAILED);
	cr_expect_null(store);
	bytes = file_bytes(place.path, &size);
	cr_expect_eq(size, 0u);
	cr_expect_eq(place_count_files(&place), 1u);
	free(bytes);
	place_remove(&place);
}

Test(create, refuses_a_path_beside_which_another_databases_log_lies)
{
	static const char *const beside[] = { "-wal", "-shm", "-journal" };

	message_set_language(LANGUAGE_EN);
	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		struct error err = { 0 };
		struct place place;
		struct store *store;
		char path[128];

		place_folder(&place);
		snprintf(path, sizeof(path), "%s%s", place.path, beside[i]);
		fclose(fopen(path, "w"));
		cr_expect_not(store_create(place.path, &store, &err), "%s", beside[i]);
		cr_expect_eq(err.code, ERROR_FAILED);
		cr_expect(strstr(err.text, beside[i]) && strstr(err.text, "move it away"), "%s",
			err.text);
		cr_expect_eq(place_count_files(&place), 1u);
		place_remove(&place);
	}
}

Test(create, is_not_hindered_by_what_a_killed_process_left)
{
	struct error err = { 0 };
	struct place place;
	char path[128];

	place_folder(&place);
	snprintf(path, sizeof(path), "%s.new-%ld", place.path, (long)getpid());
	fclose(fopen(path, "w"));
	cr_expect(store_create(place.path, &place.store, &err), "%s", err.text);
	place_remove(&place);
}

Test(create, that_is_not_published_leaves_nothing_behind)
{
	struct error err = { 0 };
	struct place place;

	place_folder(&place);
	cr_assert(store_create(place.path, &place.store, &err), "%s", err.text);
	cr_expect_neq(access(place.path, F_OK), 0, "it has no name before it is whole");
	store_close(place.store);
	place.store = NULL;
	cr_expect_eq(place_count_files(&place), 0u);
	place_remove(&place);
}

Test(create, that_is_published_leaves_the_database_alone)
{
	struct error err = { 0 };
	struct place place;

	place_folder(&place);
	cr_assert(store_create(place.path, &place.store, &err), "%s", err.text);
	cr_assert(store_publish(place.store, &err), "%s", err.text);
	store_close(place.store);
	place.store = NULL;
	cr_expect_eq(place_count_files(&place), 1u);
	cr_expect_eq(access(place.path, F_OK), 0);
	place_remove(&place);
}

Test(create, whose_name_was_taken_meanwhile_does_not_take_it)
{
	struct error err = { 0 };
	struct place place;
	struct stat status;

	place_folder(&place);
	cr_assert(store_create(place.path, &place.store, &err), "%s", err.text);
	fclose(fopen(place.path, "w"));
	cr_expect_not(store_publish(place.store, &err));
	cr_expect_eq(err.code, ERROR_FAILED);
	store_close(place.store);
	place.store = NULL;
	cr_expect_eq(stat(place.path, &status), 0);
	cr_expect_eq(status.st_size, 0);
	cr_expect_eq(place_count_files(&place), 1u);
	place_remove(&place);
}

Test(create, makes_the_folders_that_are_missing)
{
	struct error err = { 0 };
	char deep[160], folder[100];
	struct place place;
	struct stat status;

	place_folder(&place);
	snprintf(folder, sizeof(folder), "%s/one", place.folder);
	snprintf(deep, sizeof(deep), "%s/kutsu.db", folder);
	cr_assert(store_create(deep, &place.store, &err), "%s", err.text);
	cr_assert(store_publish(place.store, &err), "%s", err.text);
	cr_expect_eq(stat(folder, &status), 0);
	cr_expect_eq(status.st_mode & 0777, 0700u);
	store_close(place.store);
	place.store = NULL;
	unlink(deep);
	rmdir(folder);
	place_remove(&place);
}

Test(open, works_through_a_folder_that_is_a_link)
{
	struct error err = { 0 };
	struct store *store;
	struct place place;
	char link_path[100], path[128];

	place_new(&place);
	snprintf(link_path, sizeof(link_path), "%s-link", place.folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", link_path);
	cr_assert_eq(symlink(place.folder, link_path), 0);
	cr_expect(store_open(path, &store, &err), "%s", err.text);
	store_close(store);
	unlink(link_path);
	place_remove(&place);
}

/* ---- What is refused, and stays as it was. */

/* The file, its log and the log's index: which there are, and what they hold. */
struct snapshot {
	char *bytes[3];
	size_t sizes[3];
};

static void take(struct snapshot *snapshot, const char *path)
{
	static const char *const names[] = { "", "-wal", "-journal" };

	for (size_t i = 0; i < 3; i++) {
		char name[128];

		snprintf(name, sizeof(name), "%s%s", path, names[i]);
		snapshot->bytes[i] = file_bytes(name, &snapshot->sizes[i]);
	}
}

static void expect_refused(struct place *place, const char *what)
{
	struct snapshot before, after;
	struct error err = { 0 };
	struct store *store;
	size_t files = place_count_files(place);

	take(&before, place->path);
	cr_expect_not(store_open(place->path, &store, &err), "%s was opened", what);
	cr_expect_null(store);
	cr_expect_eq(err.code, ERROR_DATABASE, "%s: %s", what, err.text);
	cr_expect_null(strstr(err.text, "file:"), "the path as it was given: %s", err.text);
	take(&after, place->path);
	for (size_t i = 0; i < 3; i++) {
		cr_expect_eq(
			before.bytes[i] == NULL, after.bytes[i] == NULL, "%s: file %zu", what, i);
		cr_expect_eq(before.sizes[i], after.sizes[i], "%s: file %zu", what, i);
		if (before.bytes[i] && after.bytes[i] && before.sizes[i] == after.sizes[i])
			cr_expect(memcmp(before.bytes[i], after.bytes[i], before.sizes[i]) == 0,
				"%s was written to", what);
		free(before.bytes[i]);
		free(after.bytes[i]);
	}
	cr_expect_eq(place_count_files(place), files, "%s: files were left beside it", what);
}

Test(refusal, a_file_that_is_not_there)
{
	struct place place;

	place_folder(&place);
	expect_refused(&place, "nothing");
	place_remove(&place);
}

Test(refusal, a_text_an_empty_file_and_a_folder)
{
	static const char text[] =
		"Tämä on tekstiä eikä tietokanta, mutta riittävän pitkä otsakkeeksi:"
		" sata tavua ja vähän päälle, jotta SQLite lukee sen.\n";
	struct place place;

	place_folder(&place);
	file_write(place.path, text, sizeof(text) - 1);
	expect_refused(&place, "a text");
	file_write(place.path, "x", 1);
	expect_refused(&place, "a letter");
	file_write(place.path, "", 0);
	expect_refused(&place, "an empty file");
	unlink(place.path);
	cr_assert_eq(mkdir(place.path, 0700), 0);
	expect_refused(&place, "a folder");
	rmdir(place.path);
	place_remove(&place);
}

/* A database of kutsu's with some hundred rows, closed. Returns its bytes. */
static char *make_filled(struct place *place, size_t *size)
{
	place_new(place);
	raw_registry(place->raw);
	raw(place->raw, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 400)"
			" INSERT INTO access_log (at, clock_fixed, login, account, use_case,"
			" outcome, hash)"
			" SELECT i, 0, 'a', 'a', 'a use case of some length', 'done',"
			" randomblob(32) FROM n");
	sqlite3_close(place->raw);
	store_close(place->store);
	place->raw = NULL;
	place->store = NULL;
	return file_bytes(place->path, size);
}

Test(refusal, a_database_cut_short_anywhere)
{
	struct place place;
	size_t size;
	char *bytes = make_filled(&place, &size);

	cr_assert_gt(size, 100000u);
	for (size_t cut = 4096; cut < size; cut += 8192) {
		file_write(place.path, bytes, cut);
		expect_refused(&place, "a database cut at a page");
	}
	for (size_t cut = 1; cut < size; cut = cut * 2 + 777) {
		file_write(place.path, bytes, cut);
		expect_refused(&place, "a database cut in a page");
	}
	file_write(place.path, bytes, size - 1);
	expect_refused(&place, "a database cut by a byte");
	free(bytes);
	place_remove(&place);
}

Test(refusal, a_database_of_another_programs)
{
	struct place place;
	sqlite3 *db;

	place_folder(&place);
	db = raw_open(place.path);
	raw(db, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
	sqlite3_close(db);
	expect_refused(&place, "another program's database");
	place_remove(&place);
}

Test(refusal, a_wal_database_of_another_programs)
{
	struct place place;
	sqlite3 *db;

	place_folder(&place);
	db = raw_open(place.path);
	raw(db, "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
	sqlite3_close(db);
	cr_assert_eq(place_count_files(&place), 1u);
	expect_refused(&place, "another program's WAL database");
	place_remove(&place);
}

Test(refusal, a_wal_database_of_another_programs_with_its_log)
{
	struct place place;
	sqlite3 *db;

	place_folder(&place);
	db = raw_open(place.path);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	raw(db, "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
	sqlite3_close(db);
	cr_assert_geq(place_count_files(&place), 2u);
	expect_refused(&place, "another program's WAL database with its log");
	db = raw_open(place.path);
	cr_expect_eq(raw_number(db, "SELECT a FROM t"), 1);
	sqlite3_close(db);
	place_remove(&place);
}

Test(refusal, a_database_of_a_newer_version)
{
	struct place place;
	sqlite3 *db;
	size_t size;

	free(make_filled(&place, &size));
	db = raw_open(place.path);
	cr_assert_eq(raw_try(db, "PRAGMA user_version=%lu", migration_count + 1), SQLITE_OK);
	sqlite3_close(db);
	expect_refused(&place, "a newer version's database");
	place_remove(&place);
}

Test(refusal, a_database_of_a_version_below_the_first)
{
	struct error err = { 0 };
	struct place place;
	size_t size;
	sqlite3 *db;

	free(make_filled(&place, &size));
	db = raw_open(place.path);
	cr_assert_eq(raw_try(db, "PRAGMA user_version=-1"), SQLITE_OK);
	sqlite3_close(db);
	expect_refused(&place, "a version below the first");
	message_set_language(LANGUAGE_EN);
	cr_expect_not(store_open(place.path, &place.store, &err));
	cr_expect(strstr(err.text, "is not kutsu's database"), "%s", err.text);
	place_remove(&place);
}

Test(refusal, a_schema_that_is_whole_but_not_understood_is_not_called_damage)
{
	struct error err = { 0 };
	struct place place;
	size_t size;
	char *bytes = make_filled(&place, &size);

	bytes[47] = 5; /* the schema format number, of which SQLite knows 1 to 4 */
	file_write(place.path, bytes, size);
	cr_expect_not(store_open(place.path, &place.store, &err));
	cr_expect_eq(err.code, ERROR_DATABASE);
	cr_expect(strstr(err.text, "unsupported file format"), "%s", err.text);
	free(bytes);
	place_remove(&place);
}

/* ---- Changes. */

static bool add_user(struct store *store, const char *login, bool keep, struct error *err)
{
	struct change change;
	int64_t id;
	bool ok;

	if (!change_begin(&change, store, err))
		return false;
	ok = store_user_add(&change, login, NULL, &id, err);
	return change_end(&change, ok && keep, err);
}

Test(change, that_ends_badly_is_taken_back)
{
	struct error err = { 0 };
	struct place place;

	place_new(&place);
	cr_expect_not(add_user(place.store, "a", false, &err));
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM user"), 0);
	cr_expect(add_user(place.store, "a", true, &err));
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM user"), 1);
	place_remove(&place);
}

Test(change, that_breaks_a_unique_rule_is_a_conflict)
{
	struct error err = { 0 };
	struct place place;

	place_new(&place);
	cr_assert(add_user(place.store, "a", true, &err));
	cr_expect_not(add_user(place.store, "a", true, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect(add_user(place.store, "b", true, &err), "the store works on: %s", err.text);
	place_remove(&place);
}

static int64_t version_of(struct store *store)
{
	struct error err = { 0 };
	int64_t version;

	cr_assert(store_version(store, &version, &err), "%s", err.text);
	return version;
}

Test(version, changes_when_another_has_committed_and_only_then)
{
	struct error err = { 0 };
	struct place place;
	int64_t before;

	place_new(&place);
	before = version_of(place.store);
	cr_assert(add_user(place.store, "mine", true, &err));
	cr_expect_eq(version_of(place.store), before, "one's own changes do not count");
	raw(place.raw, "BEGIN; INSERT INTO user (login) VALUES ('b'); ROLLBACK");
	cr_expect_eq(version_of(place.store), before);
	raw(place.raw, "INSERT INTO user (login) VALUES ('b')");
	cr_expect_neq(version_of(place.store), before);
	place_remove(&place);
}

Test(change, that_finds_the_disk_full_leaves_the_database_whole)
{
	struct error err = { 0 };
	struct place place;
	sqlite3 *db;
	int64_t users = 0;
	bool ok = true;

	place_new(&place);
	db = store_connection(place.store);
	cr_assert_eq(raw_try(db, "PRAGMA max_page_count=%lld",
			     (long long)raw_number(db, "PRAGMA page_count") + 3),
		SQLITE_OK);
	for (int i = 0; ok && i < 10000; i++) {
		char login[300];

		memset(login, 'x', sizeof(login));
		snprintf(login + 290, 10, "%d", i);
		ok = add_user(place.store, login, true, &err);
		users = i;
	}
	cr_assert_not(ok);
	cr_expect_eq(err.code, ERROR_DATABASE);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM user"), users,
		"what was confirmed is there and no more");
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM pragma_integrity_check WHERE"
					   " integrity_check = 'ok'"),
		1);
	raw(db, "PRAGMA max_page_count=1000000");
	cr_expect(add_user(place.store, "with room again", true, &err), "%s", err.text);
	place_remove(&place);
}

#define LOG_COLUMNS	  "id, at, clock_fixed, login, account, use_case, outcome, hash"
#define LOG_ROW(use_case) " (1, 0, 0, 'a', 'a', '" use_case "', 'done', zeroblob(32))"

Test(log, only_grows)
{
	struct place place;

	place_new(&place);
	raw_registry(place.raw);
	raw(place.raw, "INSERT INTO access_log (" LOG_COLUMNS ") VALUES" LOG_ROW("x"));
	cr_expect_eq(raw_try(place.raw, "INSERT INTO access_log (" LOG_COLUMNS ") VALUES"
					" (2, 0, 0, 'a', 'a', 'x', 'done', x'')"),
		SQLITE_CONSTRAINT, "not sealed");
	cr_expect_eq(raw_try(place.raw, "DELETE FROM access_log"), SQLITE_CONSTRAINT);
	cr_expect_eq(raw_try(place.raw, "UPDATE access_log SET use_case = 'y'"), SQLITE_CONSTRAINT);
	cr_expect_eq(raw_try(place.raw, "UPDATE access_log SET rowid = 5"), SQLITE_CONSTRAINT);
	raw_try(place.raw,
		"INSERT OR REPLACE INTO access_log (" LOG_COLUMNS ") VALUES" LOG_ROW("replaced"));
	raw_try(place.raw, "INSERT INTO access_log (" LOG_COLUMNS ") VALUES" LOG_ROW(
				   "y") " ON CONFLICT (id) DO UPDATE SET use_case = 'y'");
	cr_expect_eq(
		raw_number(place.raw, "SELECT count(*) FROM access_log WHERE id = 1 AND use_case ="
				      " 'x'"),
		1, "a row was written over");
	place_remove(&place);
}

Test(deleting, leaves_nothing_of_it_in_the_files)
{
	static const char secret[] = "Salaisuus-joka-menee-pois";
	struct draft_field fields[] = { { "concern", secret } };
	struct error err = { 0 };
	struct change change;
	struct place place;
	char wal[128];
	int64_t id;
	bool removed;

	place_new(&place);
	raw_registry(place.raw);
	cr_assert(change_begin(&change, place.store, &err));
	cr_assert(store_draft_add(&change, 1, "writer", 0, &id, &err)
		  && store_draft_save(&change, id, "writer", 0, fields, 1, &err));
	cr_assert(change_end(&change, true, &err));
	raw(store_connection(place.store), "PRAGMA wal_checkpoint(TRUNCATE)");
	cr_assert(file_has(place.path, secret), "the test looks in the right place");
	cr_assert(change_begin(&change, place.store, &err));
	cr_assert(store_draft_remove(&change, id, "writer", &removed, &err) && removed);
	cr_assert(change_end(&change, true, &err));
	raw(store_connection(place.store), "PRAGMA wal_checkpoint(TRUNCATE)");
	snprintf(wal, sizeof(wal), "%s-wal", place.path);
	cr_expect_not(file_has(place.path, secret));
	cr_expect_not(file_has(wal, secret));
	place_remove(&place);
}
