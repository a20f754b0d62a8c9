/* What goes wrong with a file, a folder or a disk is told in one line that says what to do. */
#include "place.h"

#include "kutsu/base/message.h"
#include "kutsu/store/recovery.h"
#include "kutsu/store/user_store.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define NOBODY 65534

static bool try_change(struct store *store, struct error *err)
{
	struct change change;
	int64_t id;
	bool ok;

	if (!change_begin(&change, store, err))
		return false;
	ok = store_user_add(&change, "a", NULL, &id, err);
	return change_end(&change, ok, err);
}

/* ---- The file is taken away under a running program. */

static void expect_gone(struct place *place, const char *what)
{
	struct error err = { 0 };
	int64_t version;

	message_set_language(LANGUAGE_EN);
	cr_expect_not(try_change(place->store, &err), "%s", what);
	cr_expect_eq(err.code, ERROR_DATABASE, "%s", what);
	cr_expect(strstr(err.text, "removed, renamed or replaced"), "%s: %s", what, err.text);
	err = (struct error) { 0 };
	cr_expect_not(store_version(place->store, &version, &err), "%s", what);
	cr_expect_eq(err.code, ERROR_DATABASE, "%s", what);
}

static void move_away(struct place *place, char other[128])
{
	snprintf(other, 128, "%s-other", place->path);
	cr_assert_eq(rename(place->path, other), 0);
}

Test(moved, a_file_that_was_removed_is_told)
{
	struct place place;

	place_new(&place);
	cr_assert_eq(unlink(place.path), 0);
	expect_gone(&place, "removed");
	place_remove(&place);
}

Test(moved, a_file_that_was_renamed_is_told_until_it_is_back)
{
	struct error err = { 0 };
	struct place place;
	char other[128];

	place_new(&place);
	move_away(&place, other);
	expect_gone(&place, "renamed");
	cr_assert_eq(rename(other, place.path), 0);
	cr_expect(try_change(place.store, &err), "%s", err.text);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM user"), 1);
	place_remove(&place);
}

Test(moved, a_file_that_was_replaced_is_told_and_its_follower_is_let_be)
{
	struct place place;
	char other[128];
	char *before, *after;
	size_t size;

	place_new(&place);
	sqlite3_close(place.raw);
	place.raw = NULL;
	move_away(&place, other);
	before = file_bytes(other, &size);
	file_write(place.path, before, size);
	expect_gone(&place, "replaced");
	store_close(place.store);
	place.store = NULL;
	after = file_bytes(place.path, &size);
	cr_expect(memcmp(before, after, size) == 0, "what was written to it came from elsewhere");
	free(before);
	free(after);
	place_remove(&place);
}

Test(moved, a_database_in_memory_has_no_file_to_lose)
{
	struct error err = { 0 };
	struct store *store;
	int64_t version;

	cr_assert(store_create(":memory:", &store, &err), "%s", err.text);
	cr_expect(try_change(store, &err), "%s", err.text);
	cr_expect(store_version(store, &version, &err), "%s", err.text);
	store_close(store);
}

/* ---- Rights, and a disk that fails: told to a process for whom they count. */

typedef void trouble(struct place *place, struct error *err);

/* What it was told, or a text that says that nothing went wrong. */
static void tell(int pipe_end, struct place *place, trouble *act)
{
	struct error err = { ERROR_NONE, "nothing went wrong" };

	message_set_language(LANGUAGE_EN);
	if (geteuid() == 0 && setuid(NOBODY) != 0)
		_exit(1);
	act(place, &err);
	_exit(write(pipe_end, &err, sizeof(err)) != sizeof(err));
}

/* Runs with no connection open in this process, whose locks a child may not inherit. */
static void expect_told(struct place *place, trouble *act, enum error_code code, const char *text)
{
	struct error err = { 0 };
	int ends[2], status;
	pid_t child;

	cr_assert_eq(pipe(ends), 0);
	child = fork();
	if (child == 0)
		tell(ends[1], place, act);
	close(ends[1]);
	cr_assert_eq(read(ends[0], &err, sizeof(err)), (ssize_t)sizeof(err));
	close(ends[0]);
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_expect_eq(status, 0);
	cr_expect_eq(err.code, code, "%s", err.text);
	cr_expect(strstr(err.text, text), "\"%s\" is not \"%s\"", err.text, text);
}

/* A closed database, whose rights count also where the test is run by root. */
static void place_closed(struct place *place)
{
	place_new(place);
	sqlite3_close(place->raw);
	store_close(place->store);
	place->raw = NULL;
	place->store = NULL;
	if (geteuid() == 0) {
		cr_assert_eq(chown(place->folder, NOBODY, (gid_t)-1), 0);
		cr_assert_eq(chown(place->path, NOBODY, (gid_t)-1), 0);
	}
}

static void place_open_up(struct place *place)
{
	chmod(place->folder, 0700);
	place_remove(place);
}

static void open_and_change(struct place *place, struct error *err)
{
	struct store *store;

	if (store_open(place->path, &store, err))
		try_change(store, err);
	store_close(store);
}

Test(trouble, a_file_that_may_only_be_read)
{
	struct place place;

	place_closed(&place);
	cr_assert_eq(chmod(place.path, 0400), 0);
	expect_told(&place, open_and_change, ERROR_DATABASE,
		"kutsu.db may only be read; give its owner the right to write to it");
	cr_expect_eq(place_count_files(&place), 1u);
	place_open_up(&place);
}

Test(trouble, a_file_that_may_not_be_read)
{
	struct place place;

	place_closed(&place);
	cr_assert_eq(chmod(place.path, 0), 0);
	expect_told(&place, open_and_change, ERROR_DATABASE,
		"kutsu.db can't be opened: you have no right to it; run kutsu as its owner");
	place_open_up(&place);
}

Test(trouble, a_folder_that_may_not_be_looked_into_is_not_called_a_missing_file)
{
	struct place place;

	place_closed(&place);
	cr_assert_eq(chmod(place.folder, 0), 0);
	expect_told(&place, open_and_change, ERROR_DATABASE,
		"kutsu.db can't be opened: you have no right to it; run kutsu as its owner");
	place_open_up(&place);
}

#define BESIDE                                                                                     \
	"the files beside the database can't be made or opened; give its owner the right to them " \
	"and to the folder"

Test(trouble, a_folder_that_may_not_be_written_to)
{
	static const char *const modes[] = { "PRAGMA journal_mode=WAL",
		"PRAGMA journal_mode=DELETE" };

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		struct place place;

		place_closed(&place);
		place.raw = raw_open(place.path);
		raw(place.raw, modes[i]);
		sqlite3_close(place.raw);
		place.raw = NULL;
		cr_assert_eq(chmod(place.folder, 0500), 0);
		expect_told(&place, open_and_change, ERROR_DATABASE, BESIDE);
		place_open_up(&place);
	}
}

Test(trouble, a_log_beside_the_file_that_may_not_be_opened)
{
	struct place place;
	char log[128];

	place_closed(&place);
	snprintf(log, sizeof(log), "%s-wal", place.path);
	file_write(log, "", 0);
	cr_assert_eq(chmod(log, 0), 0);
	expect_told(&place, open_and_change, ERROR_DATABASE, BESIDE);
	place_open_up(&place);
}

static void change_on_a_disk_that_fails(struct place *place, struct error *err)
{
	struct store *store;

	if (!store_open(place->path, &store, err))
		return;
	/* A limit of the process is the one thing that fails a write and takes no other disk. */
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit) { 0, 0 });
	try_change(store, err);
}

Test(trouble, a_disk_that_fails)
{
	struct place place;

	place_closed(&place);
	expect_told(&place, change_on_a_disk_that_fails, ERROR_DATABASE,
		"the disk failed (SQLite's error 778) and nothing was saved; tell the "
		"administrator");
	place_open_up(&place);
}

static void back_up_on_a_disk_that_fails(struct place *place, struct error *err)
{
	struct store *store;
	char path[128];

	if (!store_open(place->path, &store, err))
		return;
	snprintf(path, sizeof(path), "%s-backup", place->path);
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit) { 100000, 100000 });
	if (store_backup(store, path, err))
		store_close(store);
}

Test(trouble, a_disk_that_fails_a_backup_keeps_nothing_of_it)
{
	struct place place;

	place_closed(&place);
	expect_told(&place, back_up_on_a_disk_that_fails, ERROR_DATABASE,
		"the disk failed (SQLite's error 778) and nothing was saved; tell the "
		"administrator");
	cr_expect_eq(place_count_files(&place), 3u, "the database, its log and the log's index");
	place_open_up(&place);
}

static void restore_on_a_disk_that_fails(struct place *place, struct error *err)
{
	struct store *store;
	char path[128];
	FILE *from = fopen(place->path, "rb");

	snprintf(path, sizeof(path), "%s-again", place->path);
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit) { 100000, 100000 });
	if (from && store_restore_begin(from, path, &store, err))
		store_close(store);
}

Test(trouble, a_disk_that_fails_a_restoration_keeps_nothing_of_it)
{
	struct place place;

	place_closed(&place);
	expect_told(&place, restore_on_a_disk_that_fails, ERROR_FAILED,
		"kutsu.db-again can't be written (File too large)");
	cr_expect_eq(place_count_files(&place), 1u);
	place_open_up(&place);
}

Test(trouble, a_disk_that_is_full)
{
	struct error err = { 0 };
	struct place place;
	sqlite3 *db;
	bool ok = true;

	message_set_language(LANGUAGE_EN);
	place_new(&place);
	db = store_connection(place.store);
	cr_assert_eq(raw_try(db, "PRAGMA max_page_count=%lld",
			     (long long)raw_number(db, "PRAGMA page_count")),
		SQLITE_OK);
	for (int i = 0; ok && i < 1000; i++) {
		struct change change;
		char login[500];
		int64_t id;

		memset(login, 'x', sizeof(login));
		snprintf(login + 490, 10, "%d", i);
		cr_assert(change_begin(&change, place.store, &err), "%s", err.text);
		ok = change_end(&change, store_user_add(&change, login, NULL, &id, &err), &err);
	}
	cr_expect_eq(err.code, ERROR_DATABASE);
	cr_expect_str_eq(
		err.text, "the disk is full and nothing was saved; make room and try again");
	place_remove(&place);
}

Test(trouble, a_lock_that_is_held_for_too_long, .timeout = 60)
{
	struct error err = { 0 };
	struct place place;

	message_set_language(LANGUAGE_EN);
	place_new(&place);
	raw(place.raw, "BEGIN IMMEDIATE");
	cr_expect_not(try_change(place.store, &err));
	cr_expect_eq(err.code, ERROR_BUSY);
	cr_expect_str_eq(
		err.text, "the database has been locked by others for too long; try again");
	raw(place.raw, "ROLLBACK");
	cr_expect(try_change(place.store, &err), "%s", err.text);
	place_remove(&place);
}

static int64_t elapsed_ms(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)(now.tv_sec - since->tv_sec) * 1000
	       + (now.tv_nsec - since->tv_nsec) / 1000000;
}

Test(trouble, a_lock_is_waited_for_as_long_as_one_has_patience)
{
	struct error err = { 0 };
	struct timespec began;
	struct place place;
	int64_t waited;

	place_new(&place);
	raw(place.raw, "BEGIN EXCLUSIVE");
	store_set_patience(place.store, 100);
	clock_gettime(CLOCK_MONOTONIC, &began);
	cr_expect_not(try_change(place.store, &err));
	waited = elapsed_ms(&began);
	cr_expect_eq(err.code, ERROR_BUSY);
	/* Both clocks are cut to whole milliseconds. */
	cr_expect(waited >= 98 && waited < 5000, "%lld ms", (long long)waited);
	raw(place.raw, "ROLLBACK");
	cr_expect(try_change(place.store, &err), "%s", err.text);
	place_remove(&place);
}

Test(trouble, damage_that_is_met_later)
{
	struct error err = { 0 };
	struct place place;
	long root;
	FILE *file;

	message_set_language(LANGUAGE_EN);
	place_new(&place);
	root = (long)raw_number(
		place.raw, "SELECT rootpage FROM sqlite_schema WHERE name = 'user'");
	raw(place.raw, "PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(place.raw);
	store_close(place.store);
	file = fopen(place.path, "r+");
	cr_assert_eq(fseek(file, (root - 1) * 4096, SEEK_SET), 0);
	cr_assert_eq(fwrite("\377\377\377\377\377\377\377\377", 1, 8, file), 8u);
	fclose(file);
	place.raw = NULL;
	cr_assert(store_open(place.path, &place.store, &err), "%s", err.text);
	cr_expect_not(try_change(place.store, &err));
	cr_expect_eq(err.code, ERROR_DATABASE);
	cr_expect_str_eq(err.text, "the database is damaged; take a backup into use");
	place_remove(&place);
}
