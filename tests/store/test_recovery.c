/* Backups of a database in use, and taking one into use. */
#include "place.h"

#include "../../src/store/migrations_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/store/log_store.h"
#include "kutsu/store/recovery.h"
#include "kutsu/store/user_store.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#define DUMP                                                                                       \
	"SELECT login, title FROM user UNION ALL SELECT id, hex(hash) FROM access_log UNION ALL "  \
	"SELECT name, sql FROM sqlite_schema"

/* Two users and a row of the log, together or not at all. */
static bool add_pair(struct store *store, int number, struct error *err)
{
	struct change change;
	char login[2][20];
	int64_t id;
	bool ok = true;

	if (!change_begin(&change, store, err))
		return false;
	for (int i = 0; ok && i < 2; i++) {
		snprintf(login[i], sizeof(login[i]), "%c-%d", "ab"[i], number);
		ok = store_user_add(&change, login[i], NULL, &id, err);
	}
	ok = ok
	     && store_log_add(&change,
		     &(struct log_row) { .login = "a", .account = "a", .use_case = "pair" }, err);
	return change_end(&change, ok, err);
}

static void place_filled(struct place *place)
{
	struct error err = { 0 };

	message_set_language(LANGUAGE_EN);
	place_new(place);
	for (int i = 0; i < 20; i++)
		cr_assert(add_pair(place->store, i, &err), "%s", err.text);
}

/* Before a fork: a connection may not be carried over. */
static void place_close(struct place *place)
{
	sqlite3_close(place->raw);
	store_close(place->store);
	place->raw = NULL;
	place->store = NULL;
}

static const char *path_in(struct place *place, const char *name)
{
	static char path[160];

	snprintf(path, sizeof(path), "%s/%s", place->folder, name);
	return path;
}

static char *dump_of(const char *path)
{
	sqlite3 *db = raw_open(path);
	char *rows = raw_rows(db, DUMP);

	sqlite3_close(db);
	return rows;
}

/* ---- Into a file. */

Test(backup, has_all_that_was_committed_in_one_file_of_its_owners_alone)
{
	struct error err = { 0 };
	struct place place;
	struct stat status;
	size_t size, files;
	char *expected, *found, *bytes;
	mode_t mask = umask(0);

	place_filled(&place);
	files = place_count_files(&place);
	cr_assert(store_backup(place.store, path_in(&place, "backup"), &err), "%s", err.text);
	umask(mask);
	cr_expect_eq(place_count_files(&place), files + 1, "nothing beside it");
	cr_expect_eq(stat(path_in(&place, "backup"), &status), 0);
	cr_expect_eq(status.st_mode & 0777, 0600u);
	cr_expect_eq(status.st_nlink, 1u);
	bytes = file_bytes(path_in(&place, "backup"), &size);
	cr_expect(bytes[18] == 1 && bytes[19] == 1, "it needs no log of its own");
	expected = raw_rows(place.raw, DUMP);
	found = dump_of(path_in(&place, "backup"));
	cr_expect_str_eq(found, expected);
	free(bytes);
	free(expected);
	free(found);
	place_remove(&place);
}

/* In its own process: writes pairs until it is killed, or the test has ended without doing so. */
static pid_t start_writer(const char *path, int from)
{
	struct error err = { 0 };
	struct store *store;
	pid_t test = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	if (store_open(path, &store, &err)) {
		while (getppid() == test && add_pair(store, from++, &err))
			continue;
	}
	_exit(1);
}

/* Waits for one more commit than the version counts. */
static void wait_for_write(struct place *place, int64_t version)
{
	for (int i = 0; i < 10000 && raw_number(place->raw, "PRAGMA data_version") == version; i++)
		nanosleep(&(struct timespec) { .tv_nsec = 1000000 }, NULL);
	cr_assert_neq(raw_number(place->raw, "PRAGMA data_version"), version);
}

static void expect_whole(const char *path)
{
	struct error err = { 0 };
	struct arena arena = { 0 };
	struct log_finding_list findings;
	struct store *store;
	int64_t rows;

	cr_assert(store_open(path, &store, &err), "%s", err.text);
	cr_assert(store_log_verify(store, NULL, &arena, &rows, &findings, &err), "%s", err.text);
	cr_expect_eq(findings.count, 0u);
	cr_expect_eq(raw_number(store_connection(store), "SELECT count(*) FROM user"), 2 * rows,
		"half a change was copied");
	arena_release(&arena);
	store_close(store);
}

Test(backup, is_of_one_moment_whoever_writes_meanwhile, .timeout = 120)
{
	struct place place;
	pid_t writers[2];

	place_filled(&place);
	place_close(&place);
	for (int i = 0; i < 2; i++)
		writers[i] = start_writer(place.path, 1000 + i * 1000000);
	place.raw = raw_open(place.path);
	for (int i = 0; i < 20; i++) {
		struct error err = { 0 };
		char name[20];

		wait_for_write(&place, raw_number(place.raw, "PRAGMA data_version"));
		cr_assert(store_open(place.path, &place.store, &err), "%s", err.text);
		snprintf(name, sizeof(name), "backup-%d", i);
		cr_expect(store_backup(place.store, path_in(&place, name), &err), "%s", err.text);
		expect_whole(path_in(&place, name));
		store_close(place.store);
	}
	place.store = NULL;
	for (int i = 0; i < 2; i++) {
		kill(writers[i], SIGKILL);
		waitpid(writers[i], NULL, 0);
	}
	place_remove(&place);
}

static void expect_no_backup(struct place *place, const char *name, const char *text)
{
	struct error err = { 0 };
	size_t files = place_count_files(place);

	cr_expect_not(store_backup(place->store, path_in(place, name), &err), "%s", text);
	cr_expect(strstr(err.text, text), "\"%s\" is not \"%s\"", err.text, text);
	cr_expect_eq(place_count_files(place), files, "%s: something was left", text);
}

Test(backup, never_takes_the_place_of_a_file)
{
	struct place place;
	size_t size;
	char *bytes;

	place_filled(&place);
	file_write(path_in(&place, "backup"), "kept", 4);
	expect_no_backup(&place, "backup", "is there already and was left as it is");
	bytes = file_bytes(path_in(&place, "backup"), &size);
	cr_expect_str_eq(bytes, "kept");
	file_write(path_in(&place, "other-wal"), "", 0);
	expect_no_backup(&place, "other", "move it away");
	cr_assert_eq(symlink("nowhere", path_in(&place, "link")), 0);
	expect_no_backup(&place, "link", "is there already and was left as it is");
	expect_no_backup(&place, "no-such-folder/backup", "no file can be made beside");
	free(bytes);
	place_remove(&place);
}

/* Writes over the start of the table's first page, where the rows of a small one are found. */
static void damage(struct place *place, const char *table)
{
	char sql[100];
	long root;
	FILE *file;

	snprintf(sql, sizeof(sql), "SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
	root = (long)raw_number(place->raw, sql);
	place_close(place);
	file = fopen(place->path, "r+");
	cr_assert_eq(fseek(file, (root - 1) * 4096, SEEK_SET), 0);
	cr_assert_eq(fwrite("\377\377\377\377\377\377\377\377", 1, 8, file), 8u);
	fclose(file);
}

Test(backup, of_a_damaged_database_is_not_made)
{
	struct error err = { 0 };
	struct place place;

	place_filled(&place);
	damage(&place, "call");
	cr_assert(store_open(place.path, &place.store, &err), "%s", err.text);
	expect_no_backup(&place, "backup", "the database is damaged and no backup was made");
	place_remove(&place);
}

/* ---- Into a stream. */

Test(backup_stream, is_the_same_copy)
{
	struct error err = { 0 };
	struct place place;
	char *expected, *found;
	size_t files;
	FILE *file;

	place_filled(&place);
	files = place_count_files(&place);
	file = fopen(path_in(&place, "backup"), "wb");
	cr_assert(store_backup_stream(place.store, file, &err), "%s", err.text);
	fclose(file);
	cr_expect_eq(place_count_files(&place), files + 1);
	expected = raw_rows(place.raw, DUMP);
	found = dump_of(path_in(&place, "backup"));
	cr_expect_str_eq(found, expected);
	free(expected);
	free(found);
	place_remove(&place);
}

Test(backup_stream, leaves_no_copy_beside_the_database_while_it_is_read)
{
	struct error err = { 0 };
	struct place place;
	int ends[2], status;
	pid_t child;
	char byte;

	place_filled(&place);
	place_close(&place);
	cr_assert_eq(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		if (!store_open(place.path, &place.store, &err))
			_exit(2);
		_exit(store_backup_stream(place.store, fdopen(ends[1], "wb"), &err) ? 0 : 1);
	}
	close(ends[1]);
	cr_assert_eq(read(ends[0], &byte, 1), 1);
	/* It is longer than a pipe holds: the child is at it. */
	cr_expect_eq(waitpid(child, &status, WNOHANG), 0);
	cr_expect_eq(place_count_files(&place), 3u, "the database, its log and the log's index");
	signal(SIGPIPE, SIG_IGN);
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	close(ends[0]);
	place_remove(&place);
}

Test(backup_stream, that_cannot_be_written_is_told)
{
	struct error err = { 0 };
	struct place place;
	size_t files;
	FILE *full = fopen("/dev/full", "wb");

	place_filled(&place);
	files = place_count_files(&place);
	cr_assert_not_null(full);
	cr_expect_not(store_backup_stream(place.store, full, &err));
	fclose(full);
	cr_expect_eq(err.code, ERROR_FAILED);
	cr_expect_str_eq(err.text, "the output can't be written (No space left on device)");
	cr_expect_eq(place_count_files(&place), files);
	place_remove(&place);
}

/* ---- Taking one into use. */

/* A database and its backup beside it, closed. Returns the backup's bytes. */
static char *place_backed_up(struct place *place, size_t *size)
{
	struct error err = { 0 };

	place_filled(place);
	cr_assert(store_backup(place->store, path_in(place, "backup"), &err), "%s", err.text);
	place_close(place);
	return file_bytes(path_in(place, "backup"), size);
}

static bool begin_from(struct place *place, const char *name, const char *to, struct store **store,
	struct error *err)
{
	FILE *from = fopen(path_in(place, name), "rb");
	bool ok;

	cr_assert_not_null(from);
	ok = store_restore_begin(from, path_in(place, to), store, err);
	fclose(from);
	return ok;
}

static bool restore_from(struct place *place, const char *name, const char *to, struct error *err)
{
	struct store *store;
	bool ok = begin_from(place, name, to, &store, err) && store_publish(store, err);

	store_close(store);
	return ok;
}

Test(restore, gives_back_all_that_was_backed_up)
{
	struct error err = { 0 };
	struct place place;
	struct stat status;
	char *expected, *found;
	size_t size, files;

	free(place_backed_up(&place, &size));
	files = place_count_files(&place);
	cr_assert(restore_from(&place, "backup", "again", &err), "%s", err.text);
	cr_expect_eq(place_count_files(&place), files + 1, "nothing beside it");
	cr_expect_eq(stat(path_in(&place, "again"), &status), 0);
	cr_expect_eq(status.st_mode & 0777, 0600u);
	expected = dump_of(place.path);
	found = dump_of(path_in(&place, "again"));
	cr_expect_str_eq(found, expected);
	expect_whole(path_in(&place, "again"));
	free(expected);
	free(found);
	place_remove(&place);
}

Test(restore, can_be_written_to_before_it_has_its_name)
{
	struct error err = { 0 };
	struct store *store;
	struct place place;
	size_t size, files;

	free(place_backed_up(&place, &size));
	files = place_count_files(&place);
	cr_assert(begin_from(&place, "backup", "again", &store, &err), "%s", err.text);
	cr_expect_neq(access(path_in(&place, "again"), F_OK), 0);
	cr_expect(add_pair(store, 100, &err), "%s", err.text);
	cr_assert(store_publish(store, &err), "%s", err.text);
	store_close(store);
	cr_expect_eq(place_count_files(&place), files + 1);
	place.raw = raw_open(path_in(&place, "again"));
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM access_log"), 21);
	place_remove(&place);
}

Test(restore, that_is_not_published_leaves_nothing_behind)
{
	struct error err = { 0 };
	struct store *store;
	struct place place;
	size_t size, files;

	free(place_backed_up(&place, &size));
	files = place_count_files(&place);
	cr_assert(begin_from(&place, "backup", "again", &store, &err), "%s", err.text);
	store_close(store);
	cr_expect_eq(place_count_files(&place), files);
	place_remove(&place);
}

Test(restore, of_an_older_versions_backup_brings_it_to_the_newest_schema)
{
	struct error err = { 0 };
	struct place place;
	sqlite3 *db;

	place_folder(&place);
	db = raw_open(path_in(&place, "backup"));
	raw(db, "PRAGMA application_id=0x6B757473");
	raw(db, (const char *)migrations[0].sql);
	raw(db, "PRAGMA user_version=1; INSERT INTO user (id, login) VALUES (1, 'a');"
		"INSERT INTO access_log (at, clock_fixed, user_id, use_case) VALUES (1, 0, 1, "
		"'x')");
	sqlite3_close(db);
	cr_assert(restore_from(&place, "backup", "again", &err), "%s", err.text);
	place.raw = raw_open(path_in(&place, "again"));
	cr_expect_eq(raw_number(place.raw, "PRAGMA user_version"), (int64_t)migration_count);
	cr_expect_eq(raw_number(place.raw, "SELECT length(hash) FROM access_log"), 32);
	place_remove(&place);
}

static void expect_refused(struct place *place, const char *to, enum error_code code,
	const char *text, const char *what)
{
	struct error err = { 0 };
	size_t files = place_count_files(place);

	message_set_language(LANGUAGE_EN);
	cr_expect_not(restore_from(place, "backup", to, &err), "%s", what);
	cr_expect_eq(err.code, code, "%s: %s", what, err.text);
	cr_expect(strstr(err.text, text), "%s: \"%s\" is not \"%s\"", what, err.text, text);
	cr_expect_eq(place_count_files(place), files, "%s: something was left", what);
}

Test(restore, never_takes_the_place_of_a_file)
{
	struct place place;
	size_t size, after;
	char *before, *left;

	free(place_backed_up(&place, &size));
	before = file_bytes(place.path, &size);
	expect_refused(&place, "kutsu.db", ERROR_FAILED, "is there already and was left as it is",
		"a database");
	left = file_bytes(place.path, &after);
	cr_expect(after == size && memcmp(left, before, size) == 0);
	file_write(path_in(&place, "other-wal"), "", 0);
	expect_refused(&place, "other", ERROR_FAILED, "move it away", "another's log");
	free(before);
	free(left);
	place_remove(&place);
}

Test(restore, refuses_what_is_no_backup)
{
	static const char text[] = "Tämä ei ole varmuuskopio, mutta kuitenkin sata tavua pitkä: "
				   "ja siksi SQLite lukee otsakkeen asti.";
	struct place place;
	sqlite3 *db;

	place_folder(&place);
	file_write(path_in(&place, "backup"), "", 0);
	expect_refused(&place, "again", ERROR_DATABASE, "the backup is empty", "nothing");
	file_write(path_in(&place, "backup"), text, sizeof(text) - 1);
	expect_refused(&place, "again", ERROR_DATABASE, "the backup is no database", "a text");
	unlink(path_in(&place, "backup"));
	db = raw_open(path_in(&place, "backup"));
	raw(db, "CREATE TABLE t (a)");
	sqlite3_close(db);
	expect_refused(&place, "again", ERROR_DATABASE, "the backup is not kutsu's", "another's");
	place_remove(&place);
}

Test(restore, refuses_a_backup_of_a_newer_version)
{
	struct place place;
	size_t size;

	free(place_backed_up(&place, &size));
	place.raw = raw_open(path_in(&place, "backup"));
	cr_assert_eq(raw_try(place.raw, "PRAGMA user_version=%lu", migration_count + 1), SQLITE_OK);
	expect_refused(&place, "again", ERROR_DATABASE, "the backup was made by a newer kutsu",
		"a newer one's");
	place_remove(&place);
}

Test(restore, refuses_a_backup_cut_short_anywhere)
{
	struct place place;
	size_t size;
	char *bytes = place_backed_up(&place, &size);

	for (size_t cut = 200; cut < size; cut += 1 + cut / 2) {
		file_write(path_in(&place, "backup"), bytes, cut);
		expect_refused(&place, "again", ERROR_DATABASE,
			"the backup is damaged or cut short", "cut short");
	}
	for (size_t cut = 4096; cut < size; cut += 8 * 4096) {
		file_write(path_in(&place, "backup"), bytes, cut);
		expect_refused(&place, "again", ERROR_DATABASE,
			"the backup is damaged or cut short", "cut at a page");
	}
	file_write(path_in(&place, "backup"), bytes, size - 1);
	expect_refused(
		&place, "again", ERROR_DATABASE, "the backup is damaged or cut short", "a byte");
	free(bytes);
	place_remove(&place);
}

Test(restore, refuses_a_backup_with_a_damaged_page)
{
	struct place place;
	size_t size;
	char *bytes;
	long root;

	bytes = place_backed_up(&place, &size);
	place.raw = raw_open(path_in(&place, "backup"));
	root = (long)raw_number(
		place.raw, "SELECT rootpage FROM sqlite_schema WHERE name = 'call'");
	sqlite3_close(place.raw);
	place.raw = NULL;
	memset(bytes + (root - 1) * 4096, 0xFF, 8);
	file_write(path_in(&place, "backup"), bytes, size);
	expect_refused(&place, "again", ERROR_DATABASE, "the backup is damaged or cut short",
		"a damaged page");
	free(bytes);
	place_remove(&place);
}

static void spoil_backup(struct place *place, const char *sql)
{
	size_t size;

	free(place_backed_up(place, &size));
	place->raw = raw_open(path_in(place, "backup"));
	raw(place->raw, sql);
	sqlite3_close(place->raw);
	place->raw = NULL;
}

Test(restore, refuses_a_backup_that_a_check_finds_unsound)
{
	struct place place;

	spoil_backup(&place,
		"DROP TRIGGER access_log_stays; UPDATE access_log SET login = 'b' WHERE id = 7;"
		"CREATE TRIGGER access_log_stays BEFORE UPDATE ON access_log BEGIN SELECT 1; END");
	expect_refused(&place, "again", ERROR_DATABASE,
		"the backup is not sound (row 7 of the log was changed); take another one",
		"a changed log");
	place_remove(&place);
}

Test(restore, takes_a_backup_in_which_a_meeting_lost_its_hole)
{
	struct error err = { 0 };
	struct place place;

	spoil_backup(&place,
		"INSERT INTO case_ref (id, year, number, code, opened_at)"
		" VALUES (1, 2026, 1, '2026-0001', 0);"
		"INSERT INTO call (case_id, received_at, source, outcome, taken_by)"
		" VALUES (1, 0, 'school', 'meeting', 1);"
		"INSERT INTO unit (id, code, name, sector) VALUES (1, 'A', 'A', 'SOS');"
		"INSERT INTO slot (unit_id, weekday, start_minute, end_minute, repeat)"
		" VALUES (1, 3, 720, 900, 'weekly');"
		"INSERT INTO meeting (id, case_id, kind, day, start_minute, end_minute, status, "
		"uid,"
		" booked_by, changed_at) VALUES (1, 1, 'invited', 20782, 720, 780, 'booked', 'u', "
		"1, "
		"0);"
		"INSERT INTO meeting_unit (meeting_id, unit_id, position) VALUES (1, 1, 1);"
		"UPDATE slot SET until_day = 20000");
	cr_expect(restore_from(&place, "backup", "again", &err), "%s", err.text);
	place_remove(&place);
}

Test(restore, tells_that_a_backup_cannot_be_read)
{
	struct error err = { 0 };
	struct store *store;
	struct place place;
	FILE *folder, *file;

	message_set_language(LANGUAGE_EN);
	place_filled(&place);
	folder = fopen(place.folder, "rb");
	cr_assert_not_null(folder);
	cr_expect_not(store_restore_begin(folder, path_in(&place, "again"), &store, &err));
	cr_expect_str_eq(err.text, "the backup can't be read (Is a directory)");
	cr_expect_eq(place_count_files(&place), 3u, "the database, its log and the log's index");
	fclose(folder);
	cr_expect_not(store_backup_open(path_in(&place, "none"), &file, &err));
	cr_expect(strstr(err.text, "none can't be read (No such file"), "%s", err.text);
	cr_expect_not(store_backup_open(place.path, &file, &err));
	cr_expect(
		strstr(err.text, "is a database with a log beside it, no backup"), "%s", err.text);
	cr_expect_null(file);
	place_remove(&place);
}
