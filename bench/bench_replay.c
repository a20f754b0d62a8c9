/*
 * What-if: how many calls times candidates a second, one thread and all cores. Over a county's ten
 * years:
 *
 *     kutsu --db ten.db demo --years 10
 *     bench_replay ten.db
 */
#include "kutsu/base/date.h"
#include "kutsu/service/planning.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const struct error *err)
{
	fprintf(stderr, "bench_replay: %s\n", err->text);
	exit(1);
}

static void measure(struct session *session, const struct planning_period *period)
{
	double began = now(), ready, done, calls;
	struct advice_run *run;
	struct what_if what_if;
	struct advice advice;
	struct error err;
	struct slot slot = { .unit = "PAI-MK",
		.weekday = 2,
		.start = 600,
		.end = 660,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };

	if (!plan_what_if(session, &slot, period, &what_if, &err))
		fail(&err);
	printf("what-if, reading and one hole  %8.1f ms\n", (now() - began) * 1e3);
	began = now();
	if (!advice_begin(session, period, &run, &err))
		fail(&err);
	ready = now();
	while (!advice_wait(run, 10000))
		;
	done = now();
	advice_get(run, 10, &advice);
	calls = (double)advice.calls * (double)advice.tried;
	printf("calls that need a meeting      %8d\n", advice.calls);
	printf("candidates                     %8zu\n", advice.tried);
	printf("reading, the first replay      %8.1f ms\n", (ready - began) * 1e3);
	printf("all candidates                 %8.1f ms, %.1f million calls x candidates a "
	       "second\n",
		(done - ready) * 1e3, calls / (done - ready) / 1e6);
	printf("ranking                        %8.1f ms\n", (now() - done) * 1e3);
	advice_end(run);
}

int main(int argc, char **argv)
{
	struct planning_period period = { day_from_civil(2010, 1, 1), day_from_civil(2040, 1, 1) };
	const char *login = getenv("USER") ? getenv("USER") : "root";
	const struct identity identity = { .login = login, .account = login };
	struct session session = { 0 };
	struct store *store;
	struct error err;

	if (argc != 2) {
		fprintf(stderr, "bench_replay: give a database\n");
		return 2;
	}
	if (!store_open(argv[1], &store, &err)
		|| !session_begin(&session, store, (struct clock) { 0 }, &identity, &err))
		fail(&err);
	measure(&session, &period);
	session_end(&session);
	store_close(store);
	return 0;
}
