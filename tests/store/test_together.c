/* Many processes at one database: each has its turn. */
#include "place.h"

#include "kutsu/store/log_store.h"
#include "kutsu/store/recovery.h"

#include <sys/wait.h>

#define PROCESSES 32
#define CHANGES	  20

static bool add_log_row(struct store *store, struct error *err)
{
	struct change change;
	bool ok;

	if (!change_begin(&change, store, err))
		return false;
	ok = store_log_add(
		&change, &(struct log_row) { .login = "a", .account = "a", .use_case = "x" }, err);
	return change_end(&change, ok, err);
}

/* Begins when all are there: the pipe's other end is closed then. Returns how many were refused. */
static int write_changes(const char *path, int start)
{
	struct error err = { 0 };
	struct store *store;
	int refused = 0;
	char byte;

	if (!store_open(path, &store, &err) || read(start, &byte, 1) != 0)
		return CHANGES + 1;
	for (int i = 0; i < CHANGES; i++)
		refused += !add_log_row(store, &err);
	store_close(store);
	return refused;
}

static bool tell_problem(void *context, const struct check_problem *problem, struct error *err)
{
	(void)context;
	(void)err;
	cr_expect(false, "%s", problem->text);
	return true;
}

Test(together, none_of_32_that_write_at_once_is_refused, .timeout = 120)
{
	struct error err = { 0 };
	struct place place;
	pid_t writers[PROCESSES];
	int64_t problems;
	int ends[2];

	place_new(&place);
	sqlite3_close(place.raw); /* no connection may be carried over a fork */
	store_close(place.store);
	cr_assert_eq(pipe(ends), 0);
	for (int i = 0; i < PROCESSES; i++) {
		writers[i] = fork();
		if (writers[i] == 0) {
			close(ends[1]);
			_exit(write_changes(place.path, ends[0]));
		}
	}
	close(ends[1]);
	for (int i = 0; i < PROCESSES; i++) {
		int status;

		cr_assert_eq(waitpid(writers[i], &status, 0), writers[i]);
		cr_expect_eq(status, 0, "%d refused", WEXITSTATUS(status));
	}
	close(ends[0]);
	place.raw = raw_open(place.path);
	cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM access_log"), PROCESSES * CHANGES);
	cr_assert(store_open(place.path, &place.store, &err), "%s", err.text);
	cr_expect(store_check(place.store, tell_problem, NULL, &problems, &err), "%s", err.text);
	cr_expect_eq(problems, 0);
	place_remove(&place);
}
