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

enum age_group age_group_of(int birth_year, int call_year)
{
	static const int oldest[] = { 2, 6, 12, 15, 17 };
	int age = call_year - birth_year;

	if (!birth_year)
		return AGE_UNKNOWN;
	for (int group = AGE_0_2; group < AGE_18_OR_OVER; group++) {
		if (age <= oldest[group])
			return (enum age_group)group;
	}
	return AGE_18_OR_OVER;
}

/* What stands below the calls that needed a meeting. */
static void hide_parts(struct month_figures *figures)
{
	figures->calls.shared_hole = FIGURE_HIDDEN;
	figures->calls.no_shared_hole = FIGURE_HIDDEN;
	for (int i = 0; i < AGE_GROUPS; i++)
		figures->calls.by_age[i] = FIGURE_HIDDEN;
	for (size_t i = 0; i < figures->areas.count; i++)
		figures->areas.items[i].calls = FIGURE_HIDDEN;
}

static void hide_all(struct month_figures *figures)
{
	hide_parts(figures);
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

#define MOST_AREAS 64

/* False where the total would have to be hidden with them. */
static bool suppress_areas(struct area_calls_list *areas, int total)
{
	int cells[MOST_AREAS];
	size_t count = areas->count < MOST_AREAS ? areas->count : MOST_AREAS;

	assert(areas->count <= MOST_AREAS);
	if (!count)
		return true;
	for (size_t i = 0; i < count; i++)
		cells[i] = areas->items[i].calls;
	suppress_cells(cells, count, &total);
	for (size_t i = 0; i < count; i++)
		areas->items[i].calls = cells[i];
	return total != CELL_HIDDEN;
}

/*
 * What the calls that needed a meeting are made of. The families with a meeting say nothing of
 * shared holes that those don't say themselves: a hole may be of other units than were asked for.
 */
static bool suppress_parts(struct month_figures *figures)
{
	struct call_figures *calls = &figures->calls;
	int needing = calls->by_outcome[OUTCOME_MEETING], of_ages = needing, of_holes = needing;
	int holes[] = { calls->shared_hole, calls->no_shared_hole,
		needing - calls->shared_hole - calls->no_shared_hole };

	suppress_cells(calls->by_age, AGE_GROUPS, &of_ages);
	suppress_cells(holes, sizeof(holes) / sizeof(holes[0]), &of_holes);
	calls->shared_hole = holes[0];
	calls->no_shared_hole = holes[1];
	return suppress_areas(&figures->areas, needing) && of_ages != CELL_HIDDEN
	       && of_holes != CELL_HIDDEN;
}

/* Hidden parts of a total that is shown would tell that they are of a kind that hides it. */
static void hide_needing(struct month_figures *figures)
{
	for (int i = 0; i < OUTCOMES; i++)
		figures->calls.by_outcome[i] = FIGURE_HIDDEN;
	figures->delays = hidden_delays;
	hide_parts(figures);
}

void figures_suppress(struct month_figures *figures)
{
	int of_sources = figures->calls.total, of_outcomes = of_sources;

	figures->is_full = false;
	suppress_cells(figures->calls.by_source, SOURCES, &of_sources);
	suppress_outcomes(figures, &of_outcomes);
	if (figures->calls.by_outcome[OUTCOME_MEETING] == FIGURE_HIDDEN)
		hide_parts(figures);
	else if (!suppress_parts(figures))
		hide_needing(figures);
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
