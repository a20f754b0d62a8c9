/* Many processes at one database, and processes that are killed. */
#include "installation.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BOOKERS 24
#define KILLS	20

Test(together, one_of_24_gets_the_hole_and_the_others_are_told, .timeout = 120)
{
	static const char *const book[] = { "meeting", "book", CASE_1, "--unit", "A", "--start",
		"2026-12-02T12:00", "--minutes", "180", NULL };
	struct program *p = installation();
	sqlite3 *db = database_open(p);
	pid_t bookers[BOOKERS];
	int won = 0, conflicts = 0;

	for (int i = 0; i < BOOKERS; i++)
		bookers[i] = program_start(p, NULL, book);
	for (int i = 0; i < BOOKERS; i++) {
		int status = program_wait(bookers[i]);

		won += status == 0;
		conflicts += status == 3;
	}
	cr_expect_eq(won, 1);
	cr_expect_eq(conflicts, BOOKERS - 1);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM meeting"), 1);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM meeting_unit"), 1);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM access_log"
					 " WHERE use_case = 'meeting_book'"),
		1, "who lost left nothing in the log");
	cr_expect_eq(database_number(db, "SELECT count(*) FROM pragma_integrity_check"
					 " WHERE integrity_check = 'ok'"),
		1);
	sqlite3_close(db);
	program_free(p);
}

Test(together, room_for_two_is_given_twice, .timeout = 120)
{
	static const char *const book[] = { "meeting", "book", CASE_1, "--unit", "B", "--start",
		"2026-12-02T12:00", "--minutes", "180", NULL };
	struct program *p = installation();
	pid_t bookers[8];
	int won = 0;

	for (int i = 0; i < 8; i++)
		bookers[i] = program_start(p, NULL, book);
	for (int i = 0; i < 8; i++)
		won += program_wait(bookers[i]) == 0;
	cr_expect_eq(won, 2);
	program_free(p);
}

Test(together, calls_at_once_get_codes_of_their_own, .timeout = 120)
{
	static const char *const call[] = { "call", "add", "--from", "family", "--caller", "c",
		"--concern", "c", NULL };
	struct program *p = installation();
	sqlite3 *db = database_open(p);
	pid_t callers[12];

	for (int i = 0; i < 12; i++)
		callers[i] = program_start(p, NULL, call);
	for (int i = 0; i < 12; i++)
		cr_expect_eq(program_wait(callers[i]), 0);
	cr_expect_eq(database_number(db, "SELECT count(DISTINCT code) FROM case_ref"), 13);
	sqlite3_close(db);
	program_free(p);
}

/* Books one hole after the other in its own process group until it is killed. */
static pid_t start_booking(struct program *p, const char *confirmed, int from_week)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	setpgid(0, 0);
	for (int week = from_week;; week++) {
		char start[32];
		const char *book[] = { "meeting", "book", CASE_1, "--unit", "A", "--minutes", "10",
			"--start", start, NULL };
		time_t day = 1796169600 + (time_t)week * 7 * 86400; /* Wednesday 2.12.2026 */
		struct tm utc;

		gmtime_r(&day, &utc);
		strftime(start, sizeof(start), "%Y-%m-%dT12:00", &utc);
		program_wait(program_start(p, confirmed, book));
	}
}

static void sleep_ms(unsigned ms)
{
	nanosleep(&(struct timespec) { .tv_nsec = (long)ms * 1000000 }, NULL);
}

/* Every number that a booking printed is a booking in the database. */
static int count_confirmed(sqlite3 *db, const char *path)
{
	char *text = program_read(path, NULL), *rest = text, *line;
	int count = 0;

	while ((line = strtok_r(rest, "\n", &rest))) {
		char sql[100];

		snprintf(sql, sizeof(sql),
			"SELECT count(*) FROM meeting WHERE id = %lld AND status ="
			" 'booked'",
			atoll(line));
		cr_expect_eq(
			database_number(db, sql), 1, "meeting %s was confirmed and is gone", line);
		count++;
	}
	free(text);
	return count;
}

Test(together, what_was_confirmed_outlives_a_kill, .timeout = 300)
{
	struct program *p = installation();
	const char *confirmed = program_path(p, "confirmed");
	unsigned random = 20261124;
	sqlite3 *db;
	int count;

	program_write(p, "confirmed", "");
	for (int i = 0; i < KILLS; i++) {
		pid_t booking = start_booking(p, confirmed, i * 40);

		random = random * 1103515245u + 12345u;
		sleep_ms(60 + (random >> 16) % 120);
		kill(-booking, SIGKILL);
		kill(booking, SIGKILL);
		waitpid(booking, NULL, 0);
	}
	/* With its parent gone a booking dies of PR_SET_PDEATHSIG, or by the signal to the group.
	 */
	db = database_open(p);
	count = count_confirmed(db, confirmed);
	cr_expect_geq(count, KILLS, "only %d bookings in all", count);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM pragma_integrity_check"
					 " WHERE integrity_check = 'ok'"),
		1);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM meeting_without_room"), 0);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	cr_expect_eq(
		database_number(db, "SELECT count(*) FROM meeting m WHERE NOT EXISTS (SELECT 1 FROM"
				    " meeting_unit WHERE meeting_id = m.id)"),
		0, "a booking is whole or not there");
	cr_expect_eq(
		database_number(db, "SELECT (SELECT count(*) FROM meeting) - (SELECT count(*) FROM"
				    " access_log WHERE use_case = 'meeting_book')"),
		0, "each booking has its row in the log");
	sqlite3_close(db);
	program_ok(p, "meeting list");
	program_free(p);
}
