/* Trouble with the disk, the file or a lock is told while it lasts, and costs nobody what is typed.
 */
#define _GNU_SOURCE /* prlimit(), setresuid(), unshare() */
#include "e2e.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ROWS   24
#define COLS   80
#define NOBODY 65534

#define FULL	  "the disk is full and nothing was saved; make room and try again"
#define FAILED	  "the disk failed (SQLite's error 778) and nothing was saved"
#define LOCKED	  "the database is locked by others; what is typed stays here and is saved later"
#define GONE	  "the database file was removed, renamed or replaced while in use"
#define GONE_REST "tell the administrator"
#define UNREAD	  "this can't be read now; it is tried again"
#define UNKEPT	  "Leave it unkept?"

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void type_a_call(struct pty_term *t)
{
	e2e_new_call(t);
	e2e_tell(t, "teacher", "poissaoloja");
	e2e_see(t, "poissaoloja");
}

static void await_kept(struct pty_term *t, struct program *program, const char *concern)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM draft_field WHERE value = '%s'", concern);
	e2e_await(t, program, sql);
}

static void save_and_quit(struct pty_term *t, const char *saved)
{
	pty_term_ctrl(t, 'S');
	e2e_see(t, saved);
	e2e_quit(t);
}

/* ---- A disk that is full, or fails. */

struct disk {
	struct program *program;
	struct pty_term *t;
	void (*fill)(struct disk *disk);
	void (*make_room)(struct disk *disk);
	const char *message;
	char folder[64]; /* where it is mounted, or "" */
	struct rlimit before;
};

static void fill_the_disk(struct disk *disk)
{
	int file = open(program_path(disk->program, "filling"), O_WRONLY | O_CREAT, 0600);
	static const char zeros[4096];

	cr_assert_geq(file, 0);
	while (write(file, zeros, sizeof(zeros)) > 0)
		continue;
	cr_assert_eq(errno, ENOSPC);
	close(file);
}

static void make_room_on_it(struct disk *disk)
{
	cr_assert_eq(unlink(program_path(disk->program, "filling")), 0);
}

static void limit_files(struct disk *disk)
{
	struct rlimit none = { 1, RLIM_INFINITY };

	cr_assert_eq(prlimit(pty_term_pid(disk->t), RLIMIT_FSIZE, NULL, &disk->before), 0);
	none.rlim_max = disk->before.rlim_max;
	cr_assert_eq(prlimit(pty_term_pid(disk->t), RLIMIT_FSIZE, &none, NULL), 0);
}

static void end_the_limit(struct disk *disk)
{
	cr_assert_eq(prlimit(pty_term_pid(disk->t), RLIMIT_FSIZE, &disk->before, NULL), 0);
}

/* A disk of its own for who may mount one, which this process alone sees. */
static bool mount_small_disk(struct disk *disk)
{
	snprintf(disk->folder, sizeof(disk->folder), "/tmp/kutsu-disk-XXXXXX");
	cr_assert_not_null(mkdtemp(disk->folder));
	if (unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
		&& mount("none", disk->folder, "tmpfs", 0, "size=2m") == 0) {
		setenv("TMPDIR", disk->folder, 1);
		return true;
	}
	rmdir(disk->folder);
	return false;
}

static struct disk small_disk(void)
{
	struct disk disk = { .fill = fill_the_disk, .make_room = make_room_on_it, .message = FULL };

	if (!mount_small_disk(&disk))
		cr_skip_test("no disk can be mounted here");
	return disk;
}

static struct disk failing_disk(void)
{
	return (struct disk) { .fill = limit_files, .make_room = end_the_limit, .message = FAILED };
}

static void open_on(struct disk *disk)
{
	disk->program = e2e_empty();
	disk->t = e2e_open(disk->program, ROWS, COLS);
}

static void leave_disk(struct disk *disk)
{
	e2e_integrity(disk->program);
	program_free(disk->program);
	if (*disk->folder) {
		umount(disk->folder);
		rmdir(disk->folder);
	}
}

static void keep_typing_through_it(struct disk disk)
{
	struct pty_term *t;

	open_on(&disk);
	t = disk.t;
	type_a_call(t);
	await_kept(t, disk.program, "poissaoloja");
	disk.fill(&disk);
	pty_term_send(t, " yhä");
	e2e_see(t, disk.message);
	pty_term_ctrl(t, 'S');
	pty_term_send(t, " ja yhä"); /* once it is seen, the ^S is over */
	e2e_see(t, "poissaoloja yhä ja yhä");
	e2e_see(t, disk.message);
	e2e_integrity(disk.program);
	disk.make_room(&disk);
	await_kept(t, disk.program, "poissaoloja yhä ja yhä");
	e2e_see_gone(t, disk.message);
	save_and_quit(t, "saved as 2026-0001");
	leave_disk(&disk);
}

Test(trouble, a_full_disk_is_told_and_what_is_typed_is_kept_when_there_is_room)
{
	keep_typing_through_it(small_disk());
}

Test(trouble, a_failing_disk_is_told_and_what_is_typed_is_kept_when_it_works)
{
	keep_typing_through_it(failing_disk());
}

Test(trouble, what_a_full_disk_can_not_keep_is_left_only_when_asked_twice)
{
	struct disk disk = failing_disk();
	struct pty_term *t;

	open_on(&disk);
	t = disk.t;
	disk.fill(&disk);
	type_a_call(t);
	e2e_see(t, disk.message);
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see(t, UNKEPT);
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, UNKEPT);
	e2e_see(t, "poissaoloja");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see(t, UNKEPT);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "New call");
	e2e_quit(t);
	leave_disk(&disk);
}

/* A look must be logged; one that can't be shows nothing, and does not say that there is none. */
Test(trouble, a_view_that_a_full_disk_keeps_shut_opens_when_there_is_room)
{
	struct disk disk = failing_disk();
	struct pty_term *t;

	open_on(&disk);
	t = disk.t;
	disk.fill(&disk);
	pty_term_send(t, "2");
	e2e_see(t, UNREAD);
	e2e_see(t, disk.message);
	cr_expect_not(pty_term_find(t, "no cases yet", NULL, NULL));
	disk.make_room(&disk);
	e2e_see(t, "no cases yet");
	e2e_see_gone(t, disk.message);
	e2e_quit(t);
	leave_disk(&disk);
}

/* ---- Rights at the start. */

static struct program *program_of_nobody(void)
{
	struct program *program = e2e_empty();

	if (geteuid() == 0) {
		cr_assert_eq(chown(program_folder(program), NOBODY, (gid_t)-1), 0);
		cr_assert_eq(chown(program_database(program), NOBODY, (gid_t)-1), 0);
	}
	return program;
}

/* Started by nobody where the test is run by root, for whom rights do not count. */
static void expect_refused_at_start(struct program *program, const char *text)
{
	bool is_root = geteuid() == 0, may_run;
	const char *const argv[] = { KUTSU_PROGRAM, NULL };
	struct pty_term_options options = { ROWS, 3 * COLS, argv, program_env(program),
		program_folder(program) };
	struct pty_term *t;

	cr_assert(!is_root || setresuid(NOBODY, NOBODY, 0) == 0);
	may_run = access(KUTSU_PROGRAM, X_OK) == 0;
	t = pty_term_start(&options);
	cr_assert(!is_root || setresuid(0, 0, 0) == 0);
	cr_assert_not_null(t);
	if (!may_run)
		cr_skip_test("nobody may not run the program");
	cr_expect(pty_term_wait_text(t, text, E2E_LIMIT_MS), "no \"%s\"", text);
	cr_expect_eq(strncmp(pty_term_row(t, 0), "kutsu: ", 7), 0, "%s", pty_term_row(t, 0));
	cr_expect_str_empty(pty_term_row(t, 1));
	e2e_expect_end(t, 6);
}

Test(trouble, a_file_that_may_only_be_read_ends_it_with_one_line)
{
	struct program *program = program_of_nobody();

	cr_assert_eq(chmod(program_database(program), 0400), 0);
	expect_refused_at_start(program, "may only be read; give its owner the right to write");
	cr_assert_eq(chmod(program_database(program), 0), 0);
	expect_refused_at_start(program, "you have no right to it; run kutsu as its owner");
	program_free(program);
}

Test(trouble, a_folder_that_may_only_be_read_ends_it_with_one_line)
{
	struct program *program = program_of_nobody();

	cr_assert_eq(chmod(program_folder(program), 0500), 0);
	expect_refused_at_start(program,
		"the files beside the database can't be made or opened; give its owner the right");
	cr_assert_eq(chmod(program_folder(program), 0700), 0);
	program_free(program);
}

/* ---- The file is taken away. */

static void remove_database(struct program *program)
{
	unlink(program_database(program));
	unlink(program_path(program, "kutsu.db-wal"));
	unlink(program_path(program, "kutsu.db-shm"));
}

/* Ends on Today, from a call with text in it. */
static void expect_gone_is_told(struct pty_term *t)
{
	e2e_see(t, GONE);
	e2e_see(t, GONE_REST);
	pty_term_send(t, " yhä");
	e2e_see(t, "poissaoloja yhä");
	pty_term_ctrl(t, 'S');
	pty_term_send(t, " ja yhä"); /* once it is seen, the ^S is over */
	e2e_see(t, "poissaoloja yhä ja yhä");
	e2e_see(t, GONE);
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see(t, UNKEPT);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "New call");
	e2e_see(t, "Waiting for a meeting (2)");
	e2e_see(t, GONE);
}

Test(trouble, a_file_that_is_removed_is_told_and_what_was_read_stays)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);

	type_a_call(t);
	await_kept(t, program, "poissaoloja");
	remove_database(program);
	expect_gone_is_told(t);
	pty_term_send(t, "6");
	e2e_see(t, "NVL-SUI");
	e2e_see(t, GONE);
	e2e_quit(t);
	program_free(program);
}

Test(trouble, a_file_that_is_replaced_is_told_and_its_follower_is_let_be)
{
	struct program *program = e2e_demo();
	const char *other = program_path(program, "other.db");
	struct pty_term *t = e2e_open(program, ROWS, COLS);

	program_ok(program, "--db %s init --region Toinen", other);
	type_a_call(t);
	await_kept(t, program, "poissaoloja");
	remove_database(program);
	cr_assert_eq(rename(other, program_database(program)), 0);
	expect_gone_is_told(t);
	e2e_quit(t);
	e2e_integrity(program);
	e2e_count(program, "SELECT count(*) FROM draft", 0);
	e2e_count(program, "SELECT count(*) FROM setting WHERE value = 'Toinen'", 1);
	program_free(program);
}

/* ---- Others hold the lock. */

#define FREEZE_MS 2000 /* a moment's wait, and as much again for a busy machine */

static sqlite3 *lock(struct program *program)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open_v2(program_database(program), &db, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	cr_assert_eq(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	return db;
}

static void unlock(sqlite3 *db)
{
	cr_assert_eq(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* A letter, and a pause in which what is typed would be kept. Returns how long it took to appear.
 */
static int64_t type_letter(struct pty_term *t, const char *letter, const char *then_seen)
{
	int64_t begun = now_ms(), took;

	pty_term_send(t, letter);
	e2e_see(t, then_seen);
	took = now_ms() - begun;
	pty_term_wait_text(t, "\001", 400);
	return took;
}

Test(trouble, a_lock_does_not_keep_who_types_waiting)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	int64_t longest = 0;
	char typed[32] = "poissaoloja";
	sqlite3 *db;

	type_a_call(t);
	await_kept(t, program, "poissaoloja");
	db = lock(program);
	for (int i = 0; i < 6; i++) {
		int64_t took;

		strcat(typed, "x");
		took = type_letter(t, "x", typed);
		longest = took > longest ? took : longest;
	}
	cr_expect_leq(longest, FREEZE_MS, "a letter took %lld ms", (long long)longest);
	e2e_see(t, LOCKED);
	unlock(db);
	await_kept(t, program, typed);
	e2e_see_gone(t, LOCKED);
	save_and_quit(t, "saved as 2026-0001");
	e2e_integrity(program);
	program_free(program);
}

Test(trouble, a_view_opened_under_a_lock_is_read_when_the_lock_is_gone)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	sqlite3 *db = lock(program);
	int64_t begun = now_ms();

	pty_term_send(t, "2");
	e2e_see(t, UNREAD);
	cr_expect_leq(now_ms() - begun, FREEZE_MS, "it took long to say so");
	e2e_see(t, "locked by others");
	unlock(db);
	e2e_see(t, "2026-0014");
	e2e_see_gone(t, "locked by others");
	e2e_quit(t);
	program_free(program);
}

Test(trouble, a_lock_is_waited_for_by_who_asks_to_save)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	sqlite3 *db;

	type_a_call(t);
	await_kept(t, program, "poissaoloja");
	db = lock(program);
	pty_term_ctrl(t, 'S');
	/* Longer than typing waits. */
	cr_expect_not(pty_term_wait_text(t, "locked by others", 1500), "it gave up soon");
	unlock(db);
	e2e_see(t, "saved as 2026-0001");
	e2e_quit(t);
	program_free(program);
}

/* ---- The line is lost, or the program is told to end. */

static void open_call(struct pty_term *t)
{
	type_a_call(t);
}

static void open_record(struct pty_term *t)
{
	pty_term_send(t, "4p");
	e2e_see(t, "Past meetings");
	pty_term_key(t, PTY_KEY_END);
	pty_term_key(t, PTY_KEY_UP);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Meeting 2, case 2026-0003");
	pty_term_send(t, "r");
	e2e_see(t, "Record: Mon 9.11.2026");
	pty_term_send(t, "isoäiti");
	e2e_see(t, "isoäiti");
}

static void open_hold(struct pty_term *t)
{
	e2e_new_call(t);
	e2e_tell(t, "teacher", "yksinäisyys");
	e2e_tick(t, "PNE-KES", "[x] PNE-KES");
	e2e_see(t, "Wed 2.12.");
	e2e_function_key(t, 4);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Book the meeting");
}

static void open_log(struct pty_term *t)
{
	pty_term_send(t, "9");
	e2e_see(t, "The access log");
}

#define OF_DRAFT "SELECT count(*) FROM draft_field WHERE value = "

static const struct {
	void (*open)(struct pty_term *t);
	const char *kept; /* a query that says 1 */
} places[] = {
	{ open_call, OF_DRAFT "'poissaoloja'" },
	{ open_record, OF_DRAFT "'isoäiti'" },
	{ open_hold, OF_DRAFT "'yksinäisyys'" },
	{ open_log, "SELECT count(*) FROM access_log WHERE use_case = 'audit_list'" },
};

/* In a shell that tells how it ended and whether the terminal is as it was before. */
static struct pty_term *open_in_shell(struct program *program)
{
	const char *const argv[] = { "/bin/sh", "-c",
		"stty -a >before; " KUTSU_PROGRAM " --db \"$KUTSU_DB\"; echo ENDED $?;"
		" stty -a >after; cmp before after && echo SAME",
		NULL };
	struct pty_term_options options = { ROWS, COLS, argv, program_env(program),
		program_folder(program) };
	struct pty_term *t = pty_term_start(&options);

	cr_assert_not_null(t);
	e2e_see(t, "n new call");
	return t;
}

static void end_by(struct program *program, int signal)
{
	char line[200];

	program_ok(program, "user edit root --role coordinator --role auditor");
	snprintf(line, sizeof(line), "--db %s", program_database(program));
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct pty_term *t = open_in_shell(program);

		places[i].open(t);
		cr_assert_eq(kill(process_find(line), signal), 0);
		e2e_see(t, "ENDED 0");
		e2e_see(t, "SAME");
		cr_expect(pty_term_cursor(t, NULL, NULL), "the cursor is hidden");
		e2e_expect_end(t, 0);
		e2e_count(program, places[i].kept, 1);
		e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 0);
	}
	e2e_integrity(program);
	program_free(program);
}

Test(trouble, a_lost_line_ends_it_well_wherever_one_is)
{
	end_by(e2e_demo(), SIGHUP);
}

Test(trouble, being_told_to_end_ends_it_well_wherever_one_is)
{
	end_by(e2e_demo(), SIGTERM);
}
