#include "kutsu/domain/figures.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEEK	  7
#define TWO_WEEKS 14

int percentile(const int *values, size_t count, int per_cent)
{
	size_t rank = (count * (size_t)per_cent + 99) / 100;

	assert(count > 0 && per_cent > 0 && per_cent <= 100);
	return values[rank - 1];
}

static int by_length(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int count_within(const int *days, size_t count, int most)
{
	int within = 0;

	for (size_t i = 0; i < count; i++)
		within += days[i] <= most;
	return within;
}

struct delay_figures delay_figures_of(int *days, size_t count)
{
	struct delay_figures delays = { .meetings = (int)count,
		.median = FIGURE_NONE,
		.p90 = FIGURE_NONE,
		.longest = FIGURE_NONE };

	if (count == 0)
		return delays;
	qsort(days, count, sizeof(*days), by_length);
	delays.median = percentile(days, count, 50);
	delays.p90 = percentile(days, count, 90);
	delays.longest = days[count - 1];
	delays.within_7 = count_within(days, count, WEEK);
	delays.within_14 = count_within(days, count, TWO_WEEKS);
	return delays;
}

static const struct delay_figures hidden_delays = { FIGURE_HIDDEN, FIGURE_HIDDEN, FIGURE_HIDDEN,
	FIGURE_HIDDEN, FIGURE_HIDDEN, FIGURE_HIDDEN };

static void hide_all(struct month_figures *figures)
{
	figures->calls.total = FIGURE_HIDDEN;
	for (int i = 0; i < SOURCES; i++)
		figures->calls.by_source[i] = FIGURE_HIDDEN;
	for (int i = 0; i < OUTCOMES; i++)
		figures->calls.by_outcome[i] = FIGURE_HIDDEN;
	figures->delays = hidden_delays;
}

/* p90 and the longest wait are the last ones' own: of thirteen they say how many came after a week
 * where one or two did. */
static void suppress_waits(struct delay_figures *delays)
{
	if (!cell_is_small(delays->within_7) && !cell_is_small(delays->within_14 - delays->within_7)
		&& !cell_is_small(delays->meetings - delays->within_14))
		return;
	delays->within_7 = FIGURE_HIDDEN;
	delays->within_14 = FIGURE_HIDDEN;
	delays->p90 = FIGURE_HIDDEN;
	delays->longest = FIGURE_HIDDEN;
}

/*
 * Beside the families that have a meeting stand the other calls, those without one among the calls
 * that needed it. False where what is small among them could not be hidden.
 */
static bool suppress_others(const struct month_figures *figures, int outcomes[OUTCOMES])
{
	int meetings = figures->delays.meetings;
	int others = figures->calls.total - meetings;

	assert(meetings <= outcomes[OUTCOME_MEETING]);
	outcomes[OUTCOME_MEETING] -= meetings;
	suppress_cells(outcomes, OUTCOMES, &others);
	if (others == CELL_HIDDEN)
		return false;
	if (outcomes[OUTCOME_MEETING] != CELL_HIDDEN)
		outcomes[OUTCOME_MEETING] += meetings;
	return true;
}

static void suppress_outcomes(struct month_figures *figures, int *total)
{
	int outcomes[OUTCOMES];

	memcpy(outcomes, figures->calls.by_outcome, sizeof(outcomes));
	if (!cell_is_small(figures->delays.meetings) && suppress_others(figures, outcomes)) {
		memcpy(figures->calls.by_outcome, outcomes, sizeof(outcomes));
		suppress_waits(&figures->delays);
		return;
	}
	suppress_cells(figures->calls.by_outcome, OUTCOMES, total);
	figures->delays = hidden_delays;
}

void figures_suppress(struct month_figures *figures)
{
	int of_sources = figures->calls.total, of_outcomes = figures->calls.total;

	figures->is_full = false;
	suppress_cells(figures->calls.by_source, SOURCES, &of_sources);
	suppress_outcomes(figures, &of_outcomes);
	/* What hides the total of one hides it of both, and what follows from it. */
	if (of_sources == CELL_HIDDEN || of_outcomes == CELL_HIDDEN)
		hide_all(figures);
}

const char *figure_format(int figure, char to[FIGURE_TEXT_SIZE])
{
	if (figure == FIGURE_HIDDEN)
		return strcpy(to, "..");
	if (figure == FIGURE_NONE)
		return strcpy(to, "-");
	snprintf(to, FIGURE_TEXT_SIZE, "%d", figure);
	return to;
}
