/*
 * What a coordinator waits for: the start, each view, a letter typed into a call, a unit ticked.
 * Runs the program on a pseudo-terminal over the database it is given and prints medians in
 * milliseconds:
 *
 *     kutsu --db now.db demo; kutsu --db ten.db demo --years 10
 *     bench_keys now.db; bench_keys ten.db
 */
#include "pty_term.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 15
#define LIMIT  5000

struct step {
	const char *what, *keys, *shows;
};

/* In order: each step's text is not on the screen before its keys. */
static const struct step steps[] = {
	{ "view 2, the cases", "2", "Search" },
	{ "view 3, the week's holes", "3", "promised" },
	{ "view 4, the meetings", "4", "Meetings to come" },
	{ "view 5, what is to be followed", "5", "Follow-up meetings" },
	{ "view 6, the units", "6", "Suistolan neuvola" },
	{ "n, the phone rings", "n", "The phone rings" },
	{ "1, the empty form", "1", "New call" },
	{ "a letter of the caller", "\tQ", " Q " },
	{ "a letter of the child's name", "\t\t\t\tZ", " Z " },
	{ "F3 and a letter of the filter", "\033ORq", "/ q" },
	{ "a unit's name", "\025pst-kes", "/ pst-kes" },
	{ "its tick: the search for holes", " ", "[x] PST-KES" },
};

#define STEPS (sizeof(steps) / sizeof(steps[0]))

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), compare);
	return values[ROUNDS / 2];
}

static struct pty_term *start(const char *database)
{
	const char *const argv[] = { KUTSU_PROGRAM, "--db", database, "--lang", "en", NULL };
	const char *const env[] = { "TERM=xterm-256color", "LC_ALL=C.UTF-8", NULL };

	return pty_term_start(&(struct pty_term_options) { 40, 120, argv, env, NULL });
}

/* One run of the program through all steps; times[0] is the start. */
static bool run(const char *database, double times[STEPS + 1])
{
	double began = now_ms();
	struct pty_term *t = start(database);
	bool ok = t && pty_term_wait_text(t, "1 Today", LIMIT);

	times[0] = now_ms() - began;
	for (size_t i = 0; ok && i < STEPS; i++) {
		began = now_ms();
		pty_term_send(t, steps[i].keys);
		ok = pty_term_wait_text(t, steps[i].shows, LIMIT);
		times[i + 1] = now_ms() - began;
		if (!ok)
			fprintf(stderr, "%s: no \"%s\"\n", steps[i].what, steps[i].shows);
	}
	pty_term_free(t);
	return ok;
}

int main(int argc, char **argv)
{
	double times[STEPS + 1][ROUNDS];

	if (argc != 2) {
		fputs("usage: bench_keys DATABASE\n", stderr);
		return 2;
	}
	for (int round = 0; round < ROUNDS; round++) {
		double of_round[STEPS + 1];

		if (!run(argv[1], of_round))
			return 1;
		for (size_t i = 0; i <= STEPS; i++)
			times[i][round] = of_round[i];
	}
	printf("From key to screen in milliseconds, the median of %d runs of the program.\n",
		ROUNDS);
	printf("%8.1f  the start, to the first screen\n", median(times[0]));
	for (size_t i = 0; i < STEPS; i++)
		printf("%8.1f  %s\n", median(times[i + 1]), steps[i].what);
	return 0;
}
