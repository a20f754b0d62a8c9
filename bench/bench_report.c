/*
 * What the month's report costs in a county with years behind it.
 *
 *     bench_report DATABASE [TIMES]     20 times, in a database made by kutsu demo --years 10
 *
 * Each time all thirteen months are counted anew, small cells hidden, trends computed. The looks
 * are written to the log, as anyone's are.
 */
#include "kutsu/base/arena.h"
#include "kutsu/base/clock.h"
#include "kutsu/base/message.h"
#include "kutsu/service/monthly.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_length(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static bool measure(struct session *session, int times, struct error *err)
{
	struct month month = month_add(day_month(session_today(session)), -1);
	double *took = calloc((size_t)times, sizeof(*took));
	bool ok = took != NULL;

	for (int i = 0; ok && i < times; i++) {
		struct monthly_report report;
		struct arena arena = { 0 };
		double before = now_ms();

		ok = report_look(session, LOOK_NEW, month, false, &arena, &report, err);
		took[i] = now_ms() - before;
		arena_release(&arena);
	}
	if (ok) {
		qsort(took, (size_t)times, sizeof(*took), by_length);
		printf("the month's report: median %.1f ms, longest %.1f ms of %d\n",
			took[times / 2], took[times - 1], times);
	}
	free(took);
	return ok;
}

int main(int argc, char **argv)
{
	int times = argc > 2 ? atoi(argv[2]) : 20;
	const struct passwd *self = getpwuid(getuid());
	struct identity identity = { .login = self ? self->pw_name : "", .account = "bench" };
	struct session session = { 0 };
	struct store *store = NULL;
	struct error err = { 0 };
	struct clock clock = { 0 };
	bool ok;

	if (argc < 2 || times < 1) {
		fprintf(stderr, "usage: bench_report DATABASE [TIMES]\n");
		return 2;
	}
	ok = store_open(argv[1], &store, &err)
	     && session_begin(&session, store, clock, &identity, &err)
	     && measure(&session, times, &err);
	session_end(&session);
	store_close(store);
	if (!ok)
		fprintf(stderr, "%s\n", err.text);
	return ok ? 0 : 1;
}
