/* Every sensible extra hole is tried, on all cores: what is read is not changed any more. */
#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/domain/suppression.h"
#include "kutsu/store/finding_store.h"
#include "kutsu/store/setting_store.h"
#include "replay_data_internal.h"
#include "service_internal.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WEEKDAYS     5
#define STEP_MINUTES 30
#define MOST_THREADS 16

struct trial {
	size_t unit;
	struct slot slot;
	struct replay_outcome outcome;
};

struct advice_run {
	struct planning_period period;
	struct replay_data data;
	bool hides_small;
	int today;
	int *in_the_way; /* per unit: findings that it stood in the way */
	struct trial *trials;
	size_t trial_count;
	atomic_size_t next, done; /* trials */
	atomic_bool stops;
	pthread_t threads[MOST_THREADS];
	size_t thread_count;
	pthread_mutex_t lock; /* guards `working` */
	pthread_cond_t ended;
	size_t working; /* threads */
	struct arena arena;
};

/* ---- What is tried. */

static void add_trials(struct advice_run *run, size_t unit, int office_start, int office_end)
{
	for (int weekday = 1; weekday <= WEEKDAYS; weekday++) {
		for (int start = office_start; start + MEETING_MINUTES_DEFAULT <= office_end;
			start += STEP_MINUTES) {
			run->trials = arena_append(
				&run->arena, run->trials, &run->trial_count, sizeof(*run->trials));
			run->trials[run->trial_count - 1] = (struct trial) {
				.unit = unit,
				.slot = { .weekday = weekday,
					.start = start,
					.end = start + MEETING_MINUTES_DEFAULT,
					.repeat = REPEAT_WEEKLY,
					.from_day = DAY_FIRST,
					.until_day = DAY_LAST,
					.capacity = 1 },
			};
		}
	}
}

static bool read_office_hours(struct session *session, int *start, int *end, struct error *err)
{
	struct arena arena = { 0 };
	const char *text;
	bool ok = store_setting_get(
		session->store, setting_name(SETTING_OFFICE_HOURS), &arena, &text, err);

	if (ok && (!text || !office_hours_parse(text, start, end)))
		ok = office_hours_parse(setting_default(SETTING_OFFICE_HOURS), start, end);
	arena_release(&arena);
	return ok;
}

static bool read_findings(struct session *session, struct advice_run *run, struct error *err)
{
	struct finding_list findings;

	run->in_the_way =
		arena_new(&run->arena, (run->data.units.count + 1) * sizeof(*run->in_the_way));
	if (!store_finding_list(session->store, run->period.from_day, run->period.until_day, NULL,
		    &run->arena, &findings, err))
		return false;
	for (size_t i = 0; i < findings.count; i++) {
		for (size_t u = 0; u < findings.items[i].unit_count; u++) {
			const struct finding_unit *unit = &findings.items[i].units[u];

			if (unit->in_the_way)
				run->in_the_way[replay_unit_index(&run->data, unit->unit_id)]++;
		}
	}
	return true;
}

static bool read_run(struct session *session, const struct planning_period *period,
	struct advice_run *run, struct error *err)
{
	int start, end;

	run->period = *period;
	if (!read_office_hours(session, &start, &end, err)
		|| !replay_data_read(session, period, &run->data, err)
		|| !read_findings(session, run, err))
		return false;
	for (size_t u = 0; u < run->data.units.count; u++) {
		if (run->data.units.items[u].active)
			add_trials(run, u, start, end);
	}
	run->today = session_today(session);
	run->hides_small = replay_hides_small(session);
	return true;
}

/* ---- The work. */

static void *work(void *context)
{
	struct advice_run *run = context;
	struct replay_try *try = replay_try_new(run->data.replay);

	while (!atomic_load(&run->stops)) {
		size_t at = atomic_fetch_add(&run->next, 1);
		struct trial *trial = &run->trials[at];

		if (at >= run->trial_count)
			break;
		trial->outcome = replay_with(try, trial->unit, &trial->slot);
		atomic_fetch_add(&run->done, 1);
	}
	replay_try_free(try);
	pthread_mutex_lock(&run->lock);
	run->working--;
	pthread_cond_broadcast(&run->ended);
	pthread_mutex_unlock(&run->lock);
	return NULL;
}

static void start_threads(struct advice_run *run)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	cores = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : cores;
	run->working = (size_t)cores;
	for (long i = 0; i < cores; i++) {
		if (pthread_create(&run->threads[run->thread_count], NULL, work, run) == 0) {
			run->thread_count++;
			continue;
		}
		pthread_mutex_lock(&run->lock);
		run->working--;
		pthread_mutex_unlock(&run->lock);
	}
	/* Where no thread can be had the work is done at once. */
	if (run->thread_count == 0) {
		run->working = 1;
		work(run);
	}
}

static bool log_run(struct use *use, struct advice_run *run, struct error *err)
{
	char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];

	return use_log(use, 0,
		arena_printf(&run->arena, "advice of %s..%s",
			day_format_iso(run->period.from_day, from),
			day_format_iso(run->period.until_day, until)),
		err);
}

bool advice_begin(struct session *session, const struct planning_period *period,
	struct advice_run **result, struct error *err)
{
	struct advice_run *run = memory_new(sizeof(*run));
	pthread_condattr_t steady;
	struct use use;
	bool ok = use_begin(&use, session, USE_FIGURES_LOOK, "advice", err);

	*result = NULL;
	pthread_mutex_init(&run->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&run->ended, &steady);
	pthread_condattr_destroy(&steady);
	if (ok) {
		ok = read_run(session, period, run, err) && log_run(&use, run, err);
		ok = use_end(&use, ok, err);
	}
	if (!ok) {
		advice_end(run);
		return false;
	}
	replay_data_run(&run->data);
	start_threads(run);
	*result = run;
	return true;
}

bool advice_wait(struct advice_run *run, int milliseconds)
{
	struct timespec until;
	bool done;
	int code = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += milliseconds / 1000;
	until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&run->lock);
	while (run->working > 0 && code != ETIMEDOUT)
		code = pthread_cond_timedwait(&run->ended, &run->lock, &until);
	done = run->working == 0;
	pthread_mutex_unlock(&run->lock);
	return done;
}

int advice_per_cent(const struct advice_run *run)
{
	return run->trial_count ? (int)(atomic_load(&run->done) * 100 / run->trial_count) : 100;
}

void advice_end(struct advice_run *run)
{
	if (!run)
		return;
	atomic_store(&run->stops, true);
	for (size_t i = 0; i < run->thread_count; i++)
		pthread_join(run->threads[i], NULL);
	pthread_cond_destroy(&run->ended);
	pthread_mutex_destroy(&run->lock);
	replay_data_release(&run->data);
	arena_release(&run->arena);
	free(run);
}

/* ---- What is told of it. */

/* Minutes of the slot that lie in a hole the unit has then, today. */
static int overlap_with(const struct unit_calendar *calendar, const struct slot *slot, int today)
{
	int most = 0;

	for (size_t i = 0; i < calendar->slot_count; i++) {
		const struct slot *own = &calendar->slots[i];
		int start = own->start > slot->start ? own->start : slot->start;
		int end = own->end < slot->end ? own->end : slot->end;

		if (own->weekday == slot->weekday && own->until_day >= today && end - start > most)
			most = end - start;
	}
	return most;
}

static bool is_near(const struct unit *a, const struct unit *b)
{
	return a->area && b->area && strcmp(a->area, b->area) == 0;
}

/* Other units of the area, active ones, that have a hole throughout the time. */
static int count_alongside(const struct advice_run *run, const struct trial *trial)
{
	const struct unit *units = run->data.units.items;
	int count = 0;

	for (size_t u = 0; u < run->data.units.count; u++) {
		count += u != trial->unit && units[u].active
			 && is_near(&units[u], &units[trial->unit])
			 && overlap_with(&run->data.input.units[u], &trial->slot, run->today)
				    == trial->slot.end - trial->slot.start;
	}
	return count;
}

/* A trial that is worth telling, with what it is ranked by. */
struct ranked {
	const struct trial *trial;
	bool has_no_hole; /* its unit */
	int in_the_way, overlap, alongside;
};

/*
 * Units without a hole, then the days saved; then who stood in the way of searches most; then what
 * costs the unit least, being in a hole it has
 * already; then where its area's others are; then the earlier in the week.
 */
static int compare(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	const struct replay_outcome *of_a = &a->trial->outcome, *of_b = &b->trial->outcome;

	if (a->has_no_hole != b->has_no_hole)
		return a->has_no_hole ? -1 : 1;
	if (of_a->days_saved != of_b->days_saved)
		return of_a->days_saved > of_b->days_saved ? -1 : 1;
	if (of_a->earlier != of_b->earlier)
		return of_b->earlier - of_a->earlier;
	if (a->in_the_way != b->in_the_way)
		return b->in_the_way - a->in_the_way;
	if (a->overlap != b->overlap)
		return b->overlap - a->overlap;
	if (a->alongside != b->alongside)
		return b->alongside - a->alongside;
	return a->trial < b->trial ? -1 : 1;
}

static struct ranked rank(const struct advice_run *run, const struct trial *trial)
{
	const struct unit_calendar *calendar = &run->data.input.units[trial->unit];

	return (struct ranked) { .trial = trial,
		.has_no_hole = !calendar_has_promise(calendar, run->today, run->data.input.days),
		.in_the_way = run->in_the_way[trial->unit],
		.overlap = overlap_with(calendar, &trial->slot, run->today),
		.alongside = count_alongside(run, trial) };
}

static struct advice_line line_of(const struct advice_run *run, const struct ranked *ranked)
{
	const struct trial *trial = ranked->trial;
	const struct unit *unit = &run->data.units.items[trial->unit];

	return (struct advice_line) { .unit = unit->code,
		.name = unit->name,
		.weekday = trial->slot.weekday,
		.start = trial->slot.start,
		.end = trial->slot.end,
		.has_no_hole = ranked->has_no_hole,
		.alongside = ranked->alongside,
		.outcome = trial->outcome };
}

/* Of a unit and weekday; of a unit without a hole: of the unit. */
static bool is_of_same(const struct ranked *a, const struct ranked *b)
{
	return a->trial->unit == b->trial->unit
	       && (a->has_no_hole || a->trial->slot.weekday == b->trial->slot.weekday);
}

/* The best of each. */
static struct ranked *choose_best(struct advice_run *run, size_t *count)
{
	struct ranked *best = arena_new(&run->arena, (run->trial_count + 1) * sizeof(*best));

	*count = 0;
	for (size_t i = 0; i < run->trial_count; i++) {
		struct ranked ranked = rank(run, &run->trials[i]);

		if (ranked.trial->outcome.days_saved <= 0 && !ranked.has_no_hole)
			continue;
		if (*count == 0 || !is_of_same(&best[*count - 1], &ranked))
			best[(*count)++] = ranked;
		else if (compare(&ranked, &best[*count - 1]) < 0)
			best[*count - 1] = ranked;
	}
	if (*count)
		qsort(best, *count, sizeof(*best), compare);
	return best;
}

/* Whether some family would wait less with it than with any hole that stands above it. */
static bool helps_more(
	struct advice_run *run, struct replay_try *try, const struct ranked *ranked, int *waits)
{
	bool helps = false;

	replay_with(try, ranked->trial->unit, &ranked->trial->slot);
	for (size_t c = 0; c < run->data.input.call_count; c++) {
		int wait = replay_wait_with(try, c);

		if (wait != REPLAY_NEVER && wait < waits[c]) {
			helps = true;
			waits[c] = wait;
		}
	}
	return helps;
}

/* Fills lines with those that help somebody anew, then the others; at most `top` in all. */
static size_t fill_lines(struct advice_run *run, const struct ranked *best, size_t count,
	size_t top, struct advice_line *lines)
{
	size_t calls = run->data.input.call_count, filled = 0, others = 0;
	int *waits = arena_new(&run->arena, (calls + 1) * sizeof(*waits));
	size_t *later = arena_new(&run->arena, (count + 1) * sizeof(*later));
	struct replay_try *try = replay_try_new(run->data.replay);

	for (size_t c = 0; c < calls; c++) {
		waits[c] = replay_wait(run->data.replay, c);
		waits[c] = waits[c] == REPLAY_NEVER ? run->data.input.days : waits[c];
	}
	for (size_t i = 0; i < count && filled < top; i++) {
		if (helps_more(run, try, &best[i], waits) || best[i].has_no_hole)
			lines[filled++] = line_of(run, &best[i]);
		else
			later[others++] = i;
	}
	for (size_t i = 0; i < others && filled < top; i++) {
		lines[filled] = line_of(run, &best[later[i]]);
		lines[filled++].is_alternative = true;
	}
	replay_try_free(try);
	return filled;
}

void advice_get(struct advice_run *run, size_t top, struct advice *advice)
{
	struct ranked *best;
	size_t count;

	*advice = (struct advice) { .period = run->period,
		.calls = (int)run->data.input.call_count,
		.tried = run->trial_count,
		.now = replay_waits(run->data.replay) };
	if (run->hides_small && cell_is_small(advice->calls)) {
		*advice = (struct advice) { .period = run->period, .is_hidden = true };
		return;
	}
	best = choose_best(run, &count);
	advice->lines = arena_new(&run->arena, (count + 1) * sizeof(*advice->lines));
	advice->line_count = fill_lines(run, best, count, top ? top : count, advice->lines);
	for (size_t i = 0; run->hides_small && i < advice->line_count; i++)
		replay_hide_small(&advice->lines[i].outcome);
	if (run->hides_small) {
		replay_hide_waits(&advice->now);
		advice->calls = cell_in_fives(advice->calls);
	}
}
