/* Backup, restore and check as one types them: exit codes, what is printed, and processes that are
 * killed or write meanwhile. */
#include "installation.h"

#include <dirent.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOUND	 "the database is sound"
#define ROUNDS	 10
#define WRITERS	 4
#define LIMIT_MS 20000

static int64_t size_of(const char *path)
{
	struct stat file;

	return stat(path, &file) == 0 ? (int64_t)file.st_size : -1;
}

static size_t count_files(struct program *p)
{
	DIR *files = opendir(program_folder(p));
	struct dirent *entry;
	size_t count = 0;

	while ((entry = readdir(files)))
		count += entry->d_name[0] != '.';
	closedir(files);
	return count;
}

static void expect_sound(struct program *p, const char *database)
{
	cr_expect_str_eq(program_ok(p, "--db %s check", database), SOUND);
}

/* By plain SQL that no rule stops. */
static void spoil(const char *path, const char *sql)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	sqlite3_close(db);
}

static int64_t count_rows(const char *path, const char *table)
{
	char sql[200];
	int64_t count;
	sqlite3 *db;

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
	cr_assert_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	count = database_number(db, sql);
	sqlite3_close(db);
	return count;
}

/* ---- Backup. */

Test(backup_command, prints_the_name_of_a_backup_that_restores_to_the_same)
{
	struct program *p = installation();
	char *cases = strdup(program_ok(p, "case list --json"));

	cr_expect_str_eq(program_ok(p, "backup monday --recipient vault --reason daily"), "monday");
	cr_expect_str_eq(program_ok(p, "--db again.db restore monday"), "again.db");
	expect_sound(p, "again.db");
	cr_expect_str_eq(program_ok(p, "--db again.db case list --json"), cases);
	cr_expect_not_null(strstr(program_ok(p, "--db again.db unit list"), "Unit A"));
	free(cases);
	program_free(p);
}

Test(backup_command, over_a_file_exits_with_1_and_leaves_it)
{
	struct program *p = installation();
	char *bytes;

	program_write(p, "monday", "kept");
	program_refused(p, 1, "monday is there already and was left as it is", "backup monday");
	bytes = program_read(program_path(p, "monday"), NULL);
	cr_expect_str_eq(bytes, "kept");
	program_refused(p, 1, "kutsu.db is there already", "backup kutsu.db");
	program_refused(p, 1, "no file can be made beside", "backup nowhere/monday");
	expect_sound(p, "kutsu.db");
	free(bytes);
	program_free(p);
}

Test(backup_command, to_standard_output_writes_a_sound_database_and_nothing_else)
{
	struct program *p = installation();
	size_t files = count_files(p);

	program_output(p, program_path(p, "monday"));
	program_ok(p, "backup -");
	cr_expect_str_empty(program_err(p));
	cr_expect_eq(count_files(p), files + 1);
	expect_sound(p, "monday");
	cr_expect_eq(count_rows(program_path(p, "monday"), "case_ref"), 1);
	program_free(p);
}

Test(backup_command, that_nobody_can_take_exits_with_1)
{
	struct program *p = installation();
	size_t files = count_files(p);

	program_output(p, "/dev/full");
	program_refused(p, 1, "the output can't be written", "backup -");
	cr_expect_eq(count_files(p), files);
	program_free(p);
}

Test(backup_command, with_o_writes_there_what_would_have_been_shown)
{
	struct program *p = installation();
	char *bytes;

	program_ok(p, "backup - -o monday");
	expect_sound(p, "monday");
	program_ok(p, "backup tuesday -o names");
	bytes = program_read(program_path(p, "names"), NULL);
	cr_expect_str_eq(bytes, "tuesday\n");
	expect_sound(p, "tuesday");
	program_refused(p, 1, "nowhere/monday can't be written", "backup - -o nowhere/monday");
	program_refused(p, 1, "is there already", "backup tuesday -o names");
	free(bytes);
	bytes = program_read(program_path(p, "names"), NULL);
	cr_expect_str_eq(bytes, "tuesday\n", "what failed leaves the old one");
	free(bytes);
	program_free(p);
}

/* ---- Restore. */

Test(restore_command, over_a_file_exits_with_1_and_leaves_it)
{
	struct program *p = installation();
	char *bytes;

	program_ok(p, "backup monday");
	program_refused(p, 1, "kutsu.db is there already and was left as it is", "restore monday");
	program_write(p, "other.db", "kept");
	program_refused(p, 1, "other.db is there already", "--db other.db restore monday");
	bytes = program_read(program_path(p, "other.db"), NULL);
	cr_expect_str_eq(bytes, "kept");
	expect_sound(p, "kutsu.db");
	free(bytes);
	program_free(p);
}

Test(restore_command, takes_a_backup_from_standard_input)
{
	struct program *p = installation();

	program_ok(p, "backup monday");
	program_input_file(p, program_path(p, "monday"));
	cr_expect_str_eq(program_ok(p, "--db again.db restore -"), "again.db");
	expect_sound(p, "again.db");
	cr_expect_eq(count_rows(program_path(p, "again.db"), "case_ref"), 1);
	program_refused(p, 6, "the backup is empty", "--db none.db restore -");
	program_input(p, "no database");
	program_refused(p, 6, "the backup is no database", "--db none.db restore -");
	cr_expect_neq(access(program_path(p, "none.db"), F_OK), 0);
	program_free(p);
}

Test(restore_command, of_a_backup_that_is_not_sound_exits_with_6_and_leaves_nothing)
{
	struct program *p = installation();
	size_t files;

	program_ok(p, "backup monday");
	spoil(program_path(p, "monday"), "INSERT INTO needed_unit VALUES (1, 99)");
	files = count_files(p);
	program_refused(p, 6, "the backup is not sound (", "--db again.db restore monday");
	program_refused(p, 1, "none can't be read", "--db again.db restore none");
	cr_expect_eq(count_files(p), files);
	program_free(p);
}

Test(restore_command, with_o_writes_the_name_there)
{
	struct program *p = installation();
	char *bytes;

	program_ok(p, "backup monday");
	program_ok(p, "--db again.db restore monday -o names");
	bytes = program_read(program_path(p, "names"), NULL);
	cr_expect_str_eq(bytes, "again.db\n");
	expect_sound(p, "again.db");
	free(bytes);
	program_free(p);
}

/* ---- Check. */

Test(check_command, of_a_sound_database_exits_with_0)
{
	struct program *p = installation();
	char *bytes;

	cr_expect_str_eq(program_ok(p, "check"), SOUND);
	cr_expect_str_eq(program_ok(p, "check --json"), "[]");
	program_ok(p, "check -o report");
	bytes = program_read(program_path(p, "report"), NULL);
	cr_expect_str_eq(bytes, SOUND "\n");
	free(bytes);
	program_free(p);
}

#define ORPHAN "a row of needed_unit refers to a row of unit that is not there"

static void expect_problem(struct program *p, size_t i, const char *kind, const char *text)
{
	json_t *list = json_of(program_out(p)), *problem = json_array_get(list, i);

	expect_keys(problem, "kind text");
	expect_value(problem, "kind", kind);
	expect_value(problem, "text", text);
	cr_expect_eq(json_array_size(list), 2u);
	json_decref(list);
}

Test(check_command, of_one_that_is_not_exits_with_6_and_has_a_line_for_each_problem)
{
	struct program *p = installation();

	spoil(program_database(p), "INSERT INTO needed_unit VALUES (1, 99); DELETE FROM call");
	cr_expect_eq(program_do(p, "check"), 6);
	cr_expect_str_eq(program_out(p), ORPHAN "\ncase 2026-0001 has no call\n");
	cr_expect_str_eq(
		program_err(p), "kutsu: 2 problems were found; keep the file and a backup of it\n");
	cr_expect_eq(program_do(p, "check --json"), 6);
	expect_problem(p, 0, "damage", ORPHAN);
	expect_problem(p, 1, "rows", "case 2026-0001 has no call");
	program_free(p);
}

/* Of a user table that can't be read, and of a log that takes no row. */
Test(check_command, of_a_damaged_page_is_told_as_whole_json_too)
{
	static const char *const tables[] = { "user", "setting", "access_log", "call" };
	struct program *p = installation();

	for (size_t i = 0; i < 4; i++) {
		sqlite3 *db = database_open(p);
		char sql[100], name[20];
		json_t *list;
		FILE *file;
		long page;

		snprintf(sql, sizeof(sql), "SELECT rootpage FROM sqlite_schema WHERE name = '%s'",
			tables[i]);
		page = (long)database_number(db, sql);
		sqlite3_close(db);
		snprintf(name, sizeof(name), "damaged-%zu", i);
		program_ok(p, "backup %s", name);
		file = fopen(program_path(p, name), "r+");
		fseek(file, (page - 1) * 4096, SEEK_SET);
		cr_assert_eq(fwrite("\377\377\377\377\377\377\377\377", 1, 8, file), 8u);
		fclose(file);
		cr_expect_eq(program_do(p, "--db %s check --json", name), 6);
		list = json_of(program_out(p));
		cr_expect_gt(json_array_size(list), 0u, "%s", tables[i]);
		cr_expect_not_null(strstr(program_err(p), "found; keep the file"), "%s: %s",
			tables[i], program_err(p));
		json_decref(list);
	}
	program_free(p);
}

Test(check_command, that_cannot_begin_writes_nothing)
{
	struct program *p = installation();

	program_refused(p, 6, "none.db is missing", "--db none.db check");
	program_refused(p, 6, "none.db is missing", "--db none.db check --json");
	program_write(p, "letters", "letters of the alphabet");
	program_refused(p, 6, "letters is no database", "--db letters check --json");
	program_free(p);
}

/* ---- Over the ssh entrance: as sshd runs it, for an administrator and for a contact. */

static void come_in(struct program *p)
{
	program_ok(p, "user add paak --role admin");
	program_ok(p, "user add yht --role contact --unit A");
}

#define ENTRANCE "--db %s --lang en shell --as %s"

static void expect_refused_by_entrance(
	struct program *p, const char *login, int status, const char *text, const char *line)
{
	program_set(p, "SSH_ORIGINAL_COMMAND", line);
	program_refused(p, status, text, ENTRANCE, program_database(p), login);
	program_set(p, "SSH_ORIGINAL_COMMAND", NULL);
}

Test(recovery_by_entrance, has_no_files_of_the_host_and_no_restore)
{
	struct program *p = installation();
	size_t files;

	come_in(p);
	program_ok(p, "backup monday");
	files = count_files(p);
	expect_refused_by_entrance(p, "paak", 4, "files of the host", "backup tuesday");
	expect_refused_by_entrance(p, "paak", 4, "-o can't be used", "backup - -o tuesday");
	expect_refused_by_entrance(p, "paak", 4, "done at the host", "restore monday");
	expect_refused_by_entrance(p, "paak", 4, "done at the host", "restore -");
	expect_refused_by_entrance(p, "yht", 4, "may not do this", "backup -");
	expect_refused_by_entrance(p, "yht", 4, "may not do this", "check");
	expect_refused_by_entrance(p, "yht", 4, "may not do this", "purge");
	cr_expect_eq(count_files(p), files);
	program_free(p);
}

Test(recovery_by_entrance, gives_an_administrator_a_backup_at_the_own_end)
{
	struct program *p = installation();

	come_in(p);
	program_set(p, "SSH_ORIGINAL_COMMAND", "backup - --recipient vault");
	program_output(p, program_path(p, "monday"));
	program_ok(p, ENTRANCE, program_database(p), "paak");
	program_set(p, "SSH_ORIGINAL_COMMAND", "check");
	cr_expect_str_eq(program_ok(p, ENTRANCE, program_database(p), "paak"), SOUND);
	program_set(p, "SSH_ORIGINAL_COMMAND", NULL);
	expect_sound(p, "monday");
	cr_expect_eq(count_rows(program_path(p, "monday"),
			     "access_log WHERE use_case = 'backup' AND login = 'paak'"
			     " AND recipient = 'vault'"),
		1);
	program_free(p);
}

/* ---- While others write. */

/* Takes one call after the other in its own process group until it is killed. */
static pid_t start_caller(struct program *p, const char *confirmed)
{
	static const char *const call[] = { "call", "add", "--from", "family", "--caller", "c",
		"--concern", "c", NULL };
	pid_t test = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	setpgid(0, 0);
	while (getppid() == test)
		program_wait(program_start(p, confirmed, call));
	_exit(0);
}

static void wait_for_write(sqlite3 *db)
{
	int64_t version = database_version(db);
	int waited = 0;

	for (; waited < LIMIT_MS && database_version(db) == version; waited++)
		poll(NULL, 0, 1);
	cr_assert_lt(waited, LIMIT_MS, "nobody writes");
}

static int64_t count_lines(const char *path)
{
	char *bytes = program_read(path, NULL);
	int64_t count = 0;

	for (const char *at = bytes; (at = strchr(at, '\n')); at++)
		count++;
	free(bytes);
	return count;
}

Test(backup_command, is_sound_each_time_while_four_processes_write, .timeout = 300)
{
	struct program *p = installation();
	const char *confirmed = program_path(p, "confirmed");
	sqlite3 *db = database_open(p);
	pid_t callers[WRITERS];

	program_write(p, "confirmed", "");
	for (int i = 0; i < WRITERS; i++)
		callers[i] = start_caller(p, confirmed);
	for (int i = 0; i < ROUNDS; i++) {
		char again[20];
		int64_t before;

		wait_for_write(db);
		before = count_lines(confirmed);
		program_ok(p, "backup monday-%d", i);
		wait_for_write(db);
		snprintf(again, sizeof(again), "again-%d.db", i);
		program_ok(p, "--db %s restore monday-%d", again, i);
		expect_sound(p, again);
		cr_expect_geq(count_rows(program_path(p, again), "case_ref"), before + 1,
			"what was confirmed before is in it");
	}
	for (int i = 0; i < WRITERS; i++) {
		kill(-callers[i], SIGKILL);
		kill(callers[i], SIGKILL);
		waitpid(callers[i], NULL, 0);
	}
	sqlite3_close(db);
	expect_sound(p, "kutsu.db");
	program_free(p);
}

/* ---- Killed. */

#define MANY_CALLS                                                                                 \
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000)"              \
	" INSERT INTO call (received_at, source, outcome, taken_by, concern)"                      \
	" SELECT i, 'school', 'advice', 1, hex(randomblob(100)) FROM n"

/* The size of "<name>.new-XXXXXX", the copy without its name yet; -1: there is none. */
static int64_t size_of_copy(struct program *p, const char *name)
{
	DIR *files = opendir(program_folder(p));
	struct dirent *entry;
	char path[600];
	int64_t size = -1;

	while (size < 0 && (entry = readdir(files))) {
		if (strncmp(entry->d_name, name, strlen(name)) != 0
			|| strncmp(entry->d_name + strlen(name), ".new-", 5) != 0
			|| strchr(entry->d_name + strlen(name) + 5, '-'))
			continue;
		snprintf(path, sizeof(path), "%s/%s", program_folder(p), entry->d_name);
		size = size_of(path);
	}
	closedir(files);
	return size;
}

static void remove_copies(struct program *p)
{
	DIR *files = opendir(program_folder(p));
	struct dirent *entry;
	char path[600];

	while ((entry = readdir(files))) {
		snprintf(path, sizeof(path), "%s/%s", program_folder(p), entry->d_name);
		if (strstr(entry->d_name, ".new-"))
			unlink(path);
	}
	closedir(files);
}

/* Kills it once its copy is that large, or it has ended. Whether it was killed. */
static bool kill_at(struct program *p, const char *const *arguments, const char *name, int64_t size)
{
	pid_t pid = program_start(p, NULL, arguments);
	int status = 0;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (size_of_copy(p, name) < size) {
			sched_yield();
			continue;
		}
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		break;
	}
	return WIFSIGNALED(status);
}

/* From the first byte of the copy on to the last, which is written before it is verified. */
static void kill_at_each(struct program *p, const char *const *arguments, const char *name)
{
	int64_t whole = size_of(program_path(p, "whole"));
	const char *made = program_path(p, name);
	int killed = 0;

	for (int i = 0; i <= ROUNDS; i++) {
		bool was_killed = kill_at(p, arguments, name, whole * i / ROUNDS);

		killed += was_killed;
		if (was_killed)
			cr_expect_neq(access(made, F_OK), 0, "half a file has its name");
		else
			expect_sound(p, name);
		unlink(made);
		remove_copies(p);
	}
	cr_expect_geq(killed, ROUNDS / 2, "it ended by itself before it was killed");
	expect_sound(p, "kutsu.db");
	program_ok(p, "call add --from family --caller c --concern c");
}

static struct program *large_installation(void)
{
	struct program *p = installation();

	spoil(program_database(p), MANY_CALLS);
	program_ok(p, "backup whole");
	return p;
}

Test(backup_command, killed_leaves_no_half_file_of_its_name_and_a_sound_database, .timeout = 300)
{
	static const char *const backup[] = { "backup", "monday", NULL };
	struct program *p = large_installation();

	kill_at_each(p, backup, "monday");
	program_ok(p, "backup monday");
	expect_sound(p, "monday");
	program_free(p);
}

Test(restore_command, killed_leaves_no_half_file_of_its_name_and_a_sound_backup, .timeout = 300)
{
	static const char *const restore[] = { "--db", "again.db", "restore", "whole", NULL };
	struct program *p = large_installation();

	kill_at_each(p, restore, "again.db");
	expect_sound(p, "whole");
	program_ok(p, "--db again.db restore whole");
	expect_sound(p, "again.db");
	program_free(p);
}
