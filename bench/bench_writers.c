/*
 * Many who write at once to one file: how many changes are made, how fairly, and how long each
 * waits for its turn. Every change is one row of the log, durable when it is counted.
 *
 *     bench_writers [PROCESSES [SECONDS [FOLDER]]]      32 for 30 seconds in $TMPDIR or /tmp
 *
 * Fails where a change was refused.
 */
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/store/log_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_PROCESSES 1000

struct waits {
	double *items; /* milliseconds */
	size_t count, capacity;
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void add_wait(struct waits *waits, double ms)
{
	waits->items =
		memory_grow(waits->items, waits->count, &waits->capacity, sizeof(*waits->items));
	waits->items[waits->count++] = ms;
}

static bool make_database(const char *path, struct error *err)
{
	struct store *store;
	bool ok = store_create(path, &store, err) && store_publish(store, err);

	store_close(store);
	return ok;
}

static bool write_one(struct store *store, double *waited, struct error *err)
{
	struct change change;
	double began = now_ms();
	bool ok;

	if (!change_begin(&change, store, err))
		return false;
	*waited = now_ms() - began;
	ok = store_log_add(&change,
		&(struct log_row) {
			.at = (int64_t)time(NULL), .login = "a", .account = "a", .use_case = "x" },
		err);
	return change_end(&change, ok, err);
}

/* What one process gives its parent: how many were refused, then its waits. */
static int run_writer(const char *path, double until, FILE *result)
{
	struct waits waits = { 0 };
	struct error err = { 0 };
	struct store *store;
	size_t refused = 0;

	if (!store_open(path, &store, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	while (now_ms() < until) {
		double waited;

		if (write_one(store, &waited, &err)) {
			add_wait(&waits, waited);
		} else {
			fprintf(stderr, "%s\n", err.text);
			refused++;
		}
	}
	store_close(store);
	fwrite(&refused, sizeof(refused), 1, result);
	if (waits.count > 0)
		fwrite(waits.items, sizeof(*waits.items), waits.count, result);
	free(waits.items);
	return fflush(result) == 0 ? 0 : 1;
}

static size_t read_result(FILE *result, struct waits *all, size_t *refused)
{
	size_t count = all->count, of_one = 0;
	double ms;

	rewind(result);
	if (fread(&of_one, sizeof(of_one), 1, result) != 1)
		of_one = 1; /* it did not come to its end */
	*refused += of_one;
	while (fread(&ms, sizeof(ms), 1, result) == 1)
		add_wait(all, ms);
	fclose(result);
	return all->count - count;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Runs the processes and returns how many changes were refused. */
static size_t run(const char *path, int processes, double seconds)
{
	FILE *results[MOST_PROCESSES];
	double until = now_ms() + seconds * 1e3;
	size_t refused = 0, least = SIZE_MAX, most = 0;
	struct waits all = { 0 };

	for (int i = 0; i < processes; i++) {
		results[i] = tmpfile();
		if (results[i] && fork() == 0)
			_exit(run_writer(path, until, results[i]));
	}
	while (wait(NULL) > 0)
		continue;
	for (int i = 0; i < processes; i++) {
		size_t count = results[i] ? read_result(results[i], &all, &refused) : 0;

		least = count < least ? count : least;
		most = count > most ? count : most;
	}
	qsort(all.items, all.count, sizeof(*all.items), compare);
	printf("%d processes for %.0f s: %zu changes (%.0f a second), of one process %zu to %zu, "
	       "%zu refused\n",
		processes, seconds, all.count, (double)all.count / seconds, least, most, refused);
	if (all.count > 0)
		printf("waits for the turn in ms: p50 %.1f, p99 %.1f, worst %.1f\n",
			all.items[all.count / 2], all.items[all.count * 99 / 100],
			all.items[all.count - 1]);
	free(all.items);
	return refused;
}

int main(int argc, char **argv)
{
	int processes = argc > 1 ? atoi(argv[1]) : 32;
	double seconds = argc > 2 ? atof(argv[2]) : 30;
	const char *where = argc > 3 ? argv[3] : getenv("TMPDIR");
	struct error err = { 0 };
	char folder[200], path[220];
	size_t refused = 1;

	if (processes < 1 || processes > MOST_PROCESSES || seconds <= 0) {
		fputs("usage: bench_writers [PROCESSES [SECONDS [FOLDER]]]\n", stderr);
		return 2;
	}
	message_set_language(LANGUAGE_EN);
	snprintf(folder, sizeof(folder), "%.150s/kutsu-bench-XXXXXX", where ? where : "/tmp");
	if (!mkdtemp(folder)) {
		perror(folder);
		return 1;
	}
	snprintf(path, sizeof(path), "%s/kutsu.db", folder);
	if (make_database(path, &err))
		refused = run(path, processes, seconds);
	else
		fprintf(stderr, "%s\n", err.text);
	unlink(path);
	rmdir(folder);
	return refused > 0;
}
