/*
 * Backups, taking one into use and the check, as the service does them: who may, what the log tells
 * of it and when, and what is left where it fails.
 */
#include "fixture.h"

#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/service/recovery.h"
#include "kutsu/service/region.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE (FIXTURE_FOLDER_SIZE + 32)

static const struct disclosure said_nothing;
static const struct identity stranger = { "outo", "outo", NULL },
			     by_entrance = { FIXTURE_LOGIN, "kutsu", "10.1.2.3" };

/* ---- An installation in a file, and a session in it. */

static char folder[FIXTURE_FOLDER_SIZE], path[PATH_SIZE], backup[PATH_SIZE], again[PATH_SIZE];
static struct session s;

static void open_session(void)
{
	struct error err = { 0 };
	struct store *store;

	cr_assert(store_open(path, &store, &err), "%s", err.text);
	cr_assert(session_begin(&s, store, fixture_clock_at(FIXTURE_NOW), &fixture_identity, &err),
		"%s", err.text);
}

static void close_session(void)
{
	struct store *store = s.store;

	session_end(&s);
	store_close(store);
}

static void begin(void)
{
	struct error err = { 0 };

	message_set_language(LANGUAGE_EN);
	fixture_folder(folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", folder);
	snprintf(backup, sizeof(backup), "%s/backup", folder);
	snprintf(again, sizeof(again), "%s/again.db", folder);
	cr_assert(region_init(path, "Alue", &fixture_identity, fixture_clock_at(FIXTURE_NOW), &err),
		"%s", err.text);
	open_session();
	fixture_case(&s);
}

static void end(void)
{
	close_session();
	fixture_folder_remove(folder);
}

TestSuite(recovery_backup, .init = begin, .fini = end);
TestSuite(recovery_restore, .init = begin, .fini = end);
TestSuite(recovery_check, .init = begin, .fini = end);

static sqlite3 *raw_open(const char *file)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	return db;
}

static int64_t number_in(const char *file, const char *sql)
{
	sqlite3 *db = raw_open(file);
	sqlite3_stmt *stmt;
	int64_t number;

	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	cr_assert_eq(sqlite3_step(stmt), SQLITE_ROW, "%s: %s", sql, sqlite3_errmsg(db));
	number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return number;
}

/* By plain SQL that no rule stops. */
static void spoil(const char *file, const char *sql)
{
	sqlite3 *db = raw_open(file);

	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* Writes over the start of a page; the file is open nowhere. */
static void damage_page(const char *file, int64_t page)
{
	int descriptor = open(file, O_WRONLY | O_CLOEXEC);
	off_t at = page == 1 ? 100 : (off_t)(page - 1) * 4096;

	cr_assert_geq(descriptor, 0);
	cr_assert_eq(pwrite(descriptor, "\377\377\377\377\377\377\377\377", 8, at), 8);
	close(descriptor);
}

static int64_t page_of(const char *name)
{
	char sql[100];

	snprintf(sql, sizeof(sql), "SELECT rootpage FROM sqlite_schema WHERE name = '%s'", name);
	return number_in(path, sql);
}

static void set_role(const char *role)
{
	char sql[160];

	snprintf(sql, sizeof(sql),
		"DELETE FROM user_role; INSERT INTO user_role (user_id, role) VALUES (1, '%s')",
		role);
	fixture_sql(&s, sql);
}

static size_t count_files(void)
{
	char command[PATH_SIZE + 32], line[300];
	size_t count = 0;
	FILE *list;

	snprintf(command, sizeof(command), "ls %s", folder);
	list = popen(command, "r");
	cr_assert_not_null(list);
	while (fgets(line, sizeof(line), list))
		count++;
	pclose(list);
	return count;
}

static void make_backup(void)
{
	struct error err = { 0 };

	cr_assert(recovery_backup(&s, backup, NULL, &said_nothing, &err), "%s", err.text);
}

#define ROWS "SELECT count(*) FROM access_log WHERE use_case = "

/* ---- Backups. */

Test(recovery_backup, has_the_row_that_tells_of_it_which_was_written_first)
{
	const struct disclosure disclosure = { "safety", "the vault", "daily" };
	struct error err = { 0 };

	cr_assert(recovery_backup(&s, backup, NULL, &disclosure, &err), "%s", err.text);
	cr_expect_eq(number_in(backup, "SELECT detail LIKE '%/backup' AND basis = 'safety'"
				       " AND recipient = 'the vault' AND reason = 'daily'"
				       " AND role = 'admin' AND use_case = 'backup'"
				       " FROM access_log ORDER BY id DESC LIMIT 1"),
		1);
	cr_expect_eq(number_in(backup, "SELECT count(*) FROM case_ref"), 1);
}

Test(recovery_backup, into_a_stream_is_logged_too)
{
	struct error err = { 0 };
	FILE *file = fopen(backup, "wb");

	cr_assert(recovery_backup(&s, "-", file, &said_nothing, &err), "%s", err.text);
	fclose(file);
	cr_expect_eq(number_in(backup, ROWS "'backup' AND detail = '-' AND basis = 'own_task'"), 1);
}

Test(recovery_backup, that_cannot_be_written_is_in_the_log_all_the_same)
{
	FILE *full = fopen("/dev/full", "wb"), *file = fopen(backup, "wb");
	struct error err = { 0 };
	struct stat kept;

	fputs("kept", file);
	fclose(file);
	cr_expect_not(recovery_backup(&s, backup, NULL, &said_nothing, &err));
	cr_expect_eq(err.code, ERROR_FAILED, "%s", err.text);
	cr_expect_eq(stat(backup, &kept), 0);
	cr_expect_eq(kept.st_size, 4, "the file that was there was not left as it was");
	cr_expect_not(recovery_backup(&s, "-", full, &said_nothing, &err));
	cr_expect_eq(err.code, ERROR_FAILED, "%s", err.text);
	fclose(full);
	cr_expect_not(recovery_backup(&s, "/none/such", NULL, &said_nothing, &err));
	cr_expect_eq(err.code, ERROR_FAILED, "%s", err.text);
	cr_expect_eq(fixture_number(&s, ROWS "'backup' AND outcome = 'done'"), 3);
}

Test(recovery_backup, that_cannot_be_logged_is_not_written)
{
	struct error err = { 0 };
	size_t size = 1, files = count_files();
	char *bytes = NULL;
	FILE *file = open_memstream(&bytes, &size);

	fixture_sql(&s, "CREATE TRIGGER fails BEFORE INSERT ON access_log"
			" WHEN NEW.use_case = 'backup' BEGIN SELECT RAISE(ABORT, 'enough'); END");
	cr_expect_not(recovery_backup(&s, backup, NULL, &said_nothing, &err));
	cr_expect_not(recovery_backup(&s, "-", file, &said_nothing, &err));
	fclose(file);
	cr_expect_eq(size, 0u);
	cr_expect_eq(count_files(), files);
	free(bytes);
}

Test(recovery_backup, is_an_administrators_alone)
{
	size_t files = count_files();

	for (int role = 0; role < ROLES; role++) {
		struct error err = { 0 };

		if (role == ROLE_ADMIN)
			continue;
		set_role(term_code(&role_terms, role));
		cr_expect_not(recovery_backup(&s, backup, NULL, &said_nothing, &err));
		cr_expect_eq(err.code, ERROR_DENIED, "%s", err.text);
	}
	cr_expect_eq(count_files(), files);
	cr_expect_eq(fixture_number(&s, ROWS "'backup' AND outcome = 'refused'"), ROLES - 1);
	cr_expect_eq(fixture_number(&s, ROWS "'backup' AND outcome = 'done'"), 0);
}

Test(recovery_backup, tells_no_personal_identity_code_to_the_log)
{
	const struct disclosure disclosure = { .reason = "131052-308T" };
	struct error err = { 0 };
	size_t files = count_files();

	cr_expect_not(recovery_backup(&s, backup, NULL, &disclosure, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_eq(count_files(), files);
	cr_expect_eq(fixture_number(&s, ROWS "'backup'"), 0);
}

/* ---- Taking one into use. */

static bool restore(const char *to, const struct identity *identity, struct error *err)
{
	return recovery_restore(backup, to, fixture_clock_at(FIXTURE_NOW), identity, err);
}

static bool ignore(void *context, const struct check_problem *problem, struct error *err)
{
	(void)context;
	(void)problem;
	(void)err;
	return true;
}

static int64_t check_problems(const char *file)
{
	struct error err = { 0 };
	int64_t problems;

	cr_assert(recovery_check(file, fixture_clock_at(FIXTURE_NOW), &fixture_identity, ignore,
			  NULL, &problems, &err),
		"%s", err.text);
	return problems;
}

Test(recovery_restore, is_in_the_log_as_who_did_it_also_where_that_is_no_user_of_it)
{
	struct error err = { 0 };

	make_backup();
	cr_assert(restore(again, &stranger, &err), "%s", err.text);
	cr_expect_eq(number_in(again, "SELECT use_case = 'restore' AND login = 'outo' AND account"
				      " = 'outo' AND user_id IS NULL AND outcome = 'done'"
				      " AND detail LIKE '%/backup' AND clock_fixed = 1"
				      " FROM access_log ORDER BY id DESC LIMIT 1"),
		1);
	cr_expect_eq(number_in(again, "SELECT count(*) FROM case_ref"), 1);
	cr_expect_eq(check_problems(again), 0);
	cr_expect_eq(fixture_number(&s, ROWS "'restore'"), 0, "the other has no such row");
}

Test(recovery_restore, never_takes_the_place_of_a_file)
{
	struct error err = { 0 };
	size_t files;
	struct stat kept;
	FILE *file;

	make_backup();
	file = fopen(again, "wb");
	fputs("kept", file);
	fclose(file);
	files = count_files();
	cr_expect_not(restore(again, &fixture_identity, &err));
	cr_expect_eq(err.code, ERROR_FAILED, "%s", err.text);
	cr_expect_eq(stat(again, &kept), 0);
	cr_expect_eq(kept.st_size, 4);
	cr_expect_not(restore(path, &fixture_identity, &err));
	cr_expect_eq(err.code, ERROR_FAILED, "%s", err.text);
	cr_expect_eq(fixture_number(&s, "SELECT count(*) FROM case_ref"), 1);
	cr_expect_eq(count_files(), files, "something was left");
}

/* Else a name with a line in it would stand in the log as a row that nobody wrote. */
Test(recovery_restore, and_backup_have_a_files_name_in_the_log_as_one_line_of_text)
{
	struct error err = { 0 };
	char odd[PATH_SIZE + 16];

	snprintf(odd, sizeof(odd), "%s/a\n99 \377\033[1m", folder);
	cr_assert(recovery_backup(&s, odd, NULL, &said_nothing, &err), "%s", err.text);
	cr_expect_eq(fixture_number(&s, ROWS "'backup' AND detail LIKE '%/a 99  [1m'"), 1);
	cr_assert(recovery_restore(
			  odd, again, fixture_clock_at(FIXTURE_NOW), &fixture_identity, &err),
		"%s", err.text);
	cr_expect_eq(number_in(again, ROWS "'restore' AND detail LIKE '%/a 99  [1m'"), 1);
}

static void expect_not_restored(const char *text)
{
	struct error err = { 0 };
	size_t files = count_files();

	cr_expect_not(restore(again, &fixture_identity, &err), "%s", text);
	cr_expect_eq(err.code, ERROR_DATABASE, "%s", err.text);
	cr_expect(strstr(err.text, text), "\"%s\" is not in \"%s\"", text, err.text);
	cr_expect_eq(count_files(), files, "%s: something was left", text);
}

Test(recovery_restore, of_a_backup_whose_log_was_changed_is_refused)
{
	make_backup();
	spoil(backup,
		"DROP TRIGGER access_log_stays; UPDATE access_log SET login = 'x' WHERE id = 1;"
		"CREATE TRIGGER access_log_stays BEFORE UPDATE ON access_log BEGIN SELECT 1; END");
	expect_not_restored("row 1 of the log was changed");
}

Test(recovery_restore, of_a_backup_with_a_row_that_lost_another_is_refused)
{
	make_backup();
	spoil(backup, "INSERT INTO needed_unit VALUES (1, 99)");
	expect_not_restored("a row of needed_unit refers to a row of unit that is not there");
}

Test(recovery_restore, of_a_backup_with_a_damaged_page_is_refused)
{
	int64_t page;

	make_backup();
	page = number_in(backup, "SELECT rootpage FROM sqlite_schema WHERE name = 'call'");
	damage_page(backup, page);
	expect_not_restored("the backup is damaged or cut short");
}

/* It is opened as whoever comes in opens it: what would not open then is not taken into use. */
Test(recovery_restore, that_cannot_be_logged_leaves_nothing)
{
	make_backup();
	spoil(backup, "UPDATE setting SET value = 'Nowhere/Never' WHERE name = 'zone'");
	expect_not_restored("time zone");
}

Test(recovery_restore, of_what_is_not_there_leaves_nothing)
{
	struct error err = { 0 };
	size_t files = count_files();

	cr_expect_not(restore(again, &fixture_identity, &err));
	cr_expect_eq(err.code, ERROR_FAILED, "%s", err.text);
	cr_expect_eq(count_files(), files);
}

/* ---- The check. */

struct told {
	struct text text;
	int64_t count;
};

static bool note(void *context, const struct check_problem *problem, struct error *err)
{
	struct told *told = context;

	(void)err;
	text_format(&told->text, "%s\n", problem->text);
	told->count++;
	return true;
}

/* Whether it could be checked; what was told must be as many as was said, and none where it could
 * not. */
static bool check_as(const struct identity *identity, struct told *told, struct error *err)
{
	int64_t problems;
	bool ok;

	*told = (struct told) { 0 };
	ok = recovery_check(
		path, fixture_clock_at(FIXTURE_NOW), identity, note, told, &problems, err);
	cr_expect_eq(problems, told->count);
	cr_expect(ok || told->count == 0, "%s", text_get(&told->text));
	return ok;
}

static void expect_told(const char *line)
{
	struct error err = { 0 };
	struct told told;

	cr_assert(check_as(&fixture_identity, &told, &err), "%s", err.text);
	cr_expect(
		strstr(text_get(&told.text), line), "no \"%s\" in %s", line, text_get(&told.text));
	text_release(&told.text);
}

Test(recovery_check, of_a_sound_database_finds_nothing_and_is_logged)
{
	cr_expect_eq(check_problems(path), 0);
	cr_expect_eq(fixture_number(&s, ROWS "'check' AND detail = '0 problems' AND role = 'admin'"
					     " AND outcome = 'done'"),
		1);
}

Test(recovery_check, finds_a_row_of_the_log_that_was_changed_and_logs_how_many)
{
	spoil(path,
		"DROP TRIGGER access_log_stays; UPDATE access_log SET login = 'x' WHERE id = 1;"
		"CREATE TRIGGER access_log_stays BEFORE UPDATE ON access_log BEGIN SELECT 1; END");
	expect_told("row 1 of the log was changed\n");
	cr_expect_eq(fixture_number(&s, ROWS "'check' AND detail = '1 problems'"), 1);
}

Test(recovery_check, finds_a_row_that_lost_another)
{
	spoil(path, "INSERT INTO needed_unit VALUES (1, 99)");
	expect_told("a row of needed_unit refers to a row of unit that is not there\n");
}

Test(recovery_check, is_an_administrators_and_an_auditors)
{
	struct told told;

	for (int role = 0; role < ROLES; role++) {
		bool may = role == ROLE_ADMIN || role == ROLE_AUDITOR;
		struct error err = { 0 };

		set_role(term_code(&role_terms, role));
		cr_expect_eq(check_as(&fixture_identity, &told, &err), may, "%s",
			term_code(&role_terms, role));
		cr_expect_eq(err.code, may ? ERROR_NONE : ERROR_DENIED, "%s", err.text);
	}
	cr_expect_eq(fixture_number(&s, ROWS "'check' AND outcome = 'refused'"), ROLES - 2);
}

/* There is something to be told: of it they get nothing. */
Test(recovery_check, tells_who_has_no_right_that_alone)
{
	struct error err = { 0 };
	struct told told;

	spoil(path, "INSERT INTO needed_unit VALUES (1, 99)");
	cr_expect_not(check_as(&stranger, &told, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_expect(strstr(err.text, "is no user of this database"), "%s", err.text);
	set_role("coordinator");
	cr_expect_not(check_as(&fixture_identity, &told, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_expect(strstr(err.text, "ask the administrator for the role"), "%s", err.text);
}

/* ---- The check of what is damaged. */

/* Each table and index in turn, as if by a bad disk. free() */
static char *put_aside(size_t *size)
{
	struct text bytes = { 0 };
	char block[4096];
	size_t got;
	FILE *file;

	close_session();
	file = fopen(path, "rb");
	while ((got = fread(block, 1, sizeof(block), file)) > 0)
		text_add_bytes(&bytes, block, got);
	fclose(file);
	*size = bytes.length;
	return bytes.bytes;
}

static void put_back(const char *bytes, size_t size)
{
	static const char *const beside[] = { "-wal", "-shm" };
	FILE *file = fopen(path, "wb");

	cr_assert_eq(fwrite(bytes, 1, size, file), size);
	fclose(file);
	for (size_t i = 0; i < 2; i++) {
		char other[PATH_SIZE + 8];

		snprintf(other, sizeof(other), "%s%s", path, beside[i]);
		unlink(other);
	}
}

Test(recovery_check, at_the_host_tells_of_damage_wherever_it_is)
{
	size_t size;
	char *bytes = put_aside(&size);

	for (int64_t page = 1; page <= (int64_t)size / 4096; page++) {
		struct error err = { 0 };
		struct told told;

		damage_page(path, page);
		cr_expect(check_as(&fixture_identity, &told, &err), "page %lld: %s",
			(long long)page, err.text);
		cr_expect_gt(told.count, 0, "page %lld", (long long)page);
		cr_expect_eq(err.code, ERROR_NONE, "page %lld: %s", (long long)page, err.text);
		text_release(&told.text);
		put_back(bytes, size);
	}
	free(bytes);
	open_session();
}

/* The identity of who comes by ssh: another's account, which alone may read the file. */
Test(recovery_check, by_the_entrance_tells_of_a_damaged_file_nothing_but_that)
{
	int64_t pages[] = { 1, page_of("user"), page_of("setting") };
	size_t size;
	char *bytes = put_aside(&size);

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct error err = { 0 };
		struct told told;

		damage_page(path, pages[i]);
		cr_expect_not(check_as(&by_entrance, &told, &err));
		cr_expect_eq(err.code, ERROR_DATABASE, "%s", err.text);
		cr_expect(strstr(err.text, "damaged"), "%s", err.text);
		put_back(bytes, size);
	}
	free(bytes);
	open_session();
}

Test(recovery_check, by_the_entrance_tells_an_administrator_of_damage_elsewhere)
{
	int64_t page = page_of("call");
	struct error err = { 0 };
	struct told told;

	close_session();
	damage_page(path, page);
	cr_expect(check_as(&by_entrance, &told, &err), "%s", err.text);
	cr_expect_gt(told.count, 0);
	text_release(&told.text);
	cr_expect_eq(
		number_in(path, ROWS "'check' AND origin = '10.1.2.3' AND account = 'kutsu'"), 1);
	open_session();
}

Test(recovery_check, of_a_database_that_is_not_there_or_not_ours_is_no_check)
{
	struct error err = { 0 };
	int64_t problems = 5;

	cr_expect_not(recovery_check(again, fixture_clock_at(FIXTURE_NOW), &fixture_identity,
		ignore, NULL, &problems, &err));
	cr_expect_eq(err.code, ERROR_DATABASE);
	cr_expect_eq(problems, 0);
	cr_expect_neq(access(again, F_OK), 0, "it made one");
}
