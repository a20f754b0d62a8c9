/* Backups of a database in use, and taking one into use. */
#include "place.h"

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
