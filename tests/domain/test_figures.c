/* Percentiles by hand; what is hidden of a month, by example and against who knows the rule. */
#include "kutsu/domain/figures.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define X FIGURE_HIDDEN

Test(figures, a_percentile_is_the_value_at_the_nearest_rank)
{
	static const int five[] = { 15, 20, 35, 40, 50 };
	static const int ten[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

	cr_expect_eq(percentile(five, 5, 5), 15);
	cr_expect_eq(percentile(five, 5, 30), 20);
	cr_expect_eq(percentile(five, 5, 40), 20);
	cr_expect_eq(percentile(five, 5, 50), 35);
	cr_expect_eq(percentile(five, 5, 100), 50);
	cr_expect_eq(percentile(ten, 10, 50), 5);
	cr_expect_eq(percentile(ten, 10, 90), 9);
	cr_expect_eq(percentile(ten, 10, 91), 10);
	cr_expect_eq(percentile(five, 1, 50), 15);
	cr_expect_eq(percentile(five, 1, 1), 15);
}

/* By its definition: the smallest value that so many per cent do not exceed. */
static int slow_percentile(const int *values, int count, int per_cent)
{
	for (int i = 0; i < count; i++) {
		int within = 0;

		for (int j = 0; j < count; j++)
			within += values[j] <= values[i];
		if (within * 100 >= per_cent * count)
			return values[i];
	}
	return -1;
}

Test(figures, percentiles_are_those_of_the_definition)
{
	unsigned random = 1;
	int values[40];

	for (int count = 1; count <= 40; count++) {
		for (int i = 0; i < count; i++) {
			random = random * 1103515245u + 12345u;
			values[i] = (i ? values[i - 1] : 0) + (int)(random >> 16) % 3;
		}
		for (int per_cent = 1; per_cent <= 100; per_cent++)
			cr_assert_eq(percentile(values, (size_t)count, per_cent),
				slow_percentile(values, count, per_cent), "%d %% of %d", per_cent,
				count);
	}
}

Test(figures, delays_are_told_from_days_in_any_order)
{
	int days[] = { 15, 7, 2, 14, 8, 3, 30, 7, 1, 0 };
	struct delay_figures delays = delay_figures_of(days, 10);

	cr_expect_eq(delays.meetings, 10);
	cr_expect_eq(delays.median, 7);
	cr_expect_eq(delays.p90, 15);
	cr_expect_eq(delays.longest, 30);
	cr_expect_eq(delays.within_7, 6);
	cr_expect_eq(delays.within_14, 8);
}

Test(figures, of_no_meetings_there_is_no_median)
{
	struct delay_figures delays = delay_figures_of(NULL, 0);

	cr_expect_eq(delays.meetings, 0);
	cr_expect_eq(delays.median, FIGURE_NONE);
	cr_expect_eq(delays.p90, FIGURE_NONE);
	cr_expect_eq(delays.longest, FIGURE_NONE);
	cr_expect_eq(delays.within_7, 0);
	cr_expect_eq(delays.within_14, 0);
}

/* How many families met in the first week, in the second and later; a day of each. */
struct bands {
	int weeks[3];
};

static struct delay_figures delays_of(const struct bands *bands)
{
	static const int day_of[] = { 3, 10, 20 };
	int days[200];
	size_t count = 0;

	for (int band = 0; band < 3; band++) {
		for (int i = 0; i < bands->weeks[band]; i++)
			days[count++] = day_of[band];
	}
	return delay_figures_of(days, count);
}

/* A month: families that have a meeting, calls that needed one beside them, the other outcomes. */
static struct month_figures month_of(
	struct bands bands, int waiting, int advice, int discussion, int notification)
{
	struct month_figures figures = { .is_full = true, .delays = delays_of(&bands) };
	int *outcomes = figures.calls.by_outcome;

	outcomes[OUTCOME_MEETING] = figures.delays.meetings + waiting;
	outcomes[OUTCOME_ADVICE] = advice;
	outcomes[OUTCOME_DISCUSSION] = discussion;
	outcomes[OUTCOME_NOTIFICATION] = notification;
	for (int i = 0; i < OUTCOMES; i++)
		figures.calls.total += outcomes[i];
	figures.calls.by_source[SOURCE_SCHOOL] = figures.calls.total;
	figures.calls.by_age[AGE_7_12] = outcomes[OUTCOME_MEETING];
	figures.calls.shared_hole = outcomes[OUTCOME_MEETING];
	return figures;
}

static void expect_outcomes(const struct month_figures *figures, int meeting, int advice,
	int discussion, int notification)
{
	const int *outcomes = figures->calls.by_outcome;

	cr_expect_eq(outcomes[OUTCOME_MEETING], meeting);
	cr_expect_eq(outcomes[OUTCOME_ADVICE], advice);
	cr_expect_eq(outcomes[OUTCOME_DISCUSSION], discussion);
	cr_expect_eq(outcomes[OUTCOME_NOTIFICATION], notification);
}

Test(figures, of_a_month_without_small_cells_all_are_shown)
{
	struct month_figures figures = month_of((struct bands) { { 20, 8, 6 } }, 5, 30, 0, 7);
	struct month_figures all = figures;

	all.is_full = false;
	figures_suppress(&figures);
	cr_expect_eq(memcmp(&figures, &all, sizeof(figures)), 0);
}

Test(figures, of_a_month_without_calls_are_noughts)
{
	struct month_figures figures = month_of((struct bands) { { 0 } }, 0, 0, 0, 0);
	struct month_figures all = figures;

	all.is_full = false;
	figures_suppress(&figures);
	cr_expect_eq(memcmp(&figures, &all, sizeof(figures)), 0);
}

Test(figures, say_no_longer_that_they_are_full)
{
	struct month_figures figures = month_of((struct bands) { { 20 } }, 0, 0, 0, 0);

	figures_suppress(&figures);
	cr_expect_not(figures.is_full);
}

/* As in the demonstration's November: 18 calls of which 15 needed a meeting would leave three for
 * three outcomes. */
Test(figures, tell_of_families_with_a_meeting_but_not_how_few_have_none)
{
	struct month_figures figures = month_of((struct bands) { { 13 } }, 2, 1, 1, 1);

	figures_suppress(&figures);
	cr_expect_eq(figures.calls.total, 18);
	expect_outcomes(&figures, X, X, X, X);
	cr_expect_eq(figures.delays.meetings, 13);
	cr_expect_eq(figures.delays.within_7, 13);
}

Test(figures, tell_of_outcomes_where_none_or_many_wait)
{
	struct month_figures figures = month_of((struct bands) { { 13 } }, 0, 3, 2, 0);

	figures_suppress(&figures);
	expect_outcomes(&figures, 13, X, X, 0);
	figures = month_of((struct bands) { { 13 } }, 6, 3, 2, 0);
	figures_suppress(&figures);
	expect_outcomes(&figures, 19, X, X, 0);
}

/* Fifteen of eighteen that needed a meeting have one: three are left for three outcomes. */
Test(figures, hide_the_families_with_a_meeting_where_they_would_tell_of_the_others)
{
	struct month_figures figures = month_of((struct bands) { { 15 } }, 0, 1, 1, 1);

	figures_suppress(&figures);
	cr_expect_eq(figures.calls.total, 18);
	expect_outcomes(&figures, X, X, X, X);
	cr_expect_eq(figures.delays.meetings, X);
	cr_expect_eq(figures.delays.median, X);
}

Test(figures, hide_another_outcome_with_few_calls_that_needed_a_meeting)
{
	struct month_figures figures = month_of((struct bands) { { 2 } }, 2, 16, 0, 20);

	figures_suppress(&figures);
	expect_outcomes(&figures, X, X, 0, 20);
}

Test(figures, hide_delays_of_fewer_than_five_meetings)
{
	struct month_figures figures = month_of((struct bands) { { 2, 2, 0 } }, 20, 30, 0, 0);

	figures_suppress(&figures);
	cr_expect_eq(figures.delays.meetings, X);
	cr_expect_eq(figures.delays.median, X);
	cr_expect_eq(figures.delays.p90, X);
	cr_expect_eq(figures.delays.longest, X);
	cr_expect_eq(figures.delays.within_7, X);
	cr_expect_eq(figures.delays.within_14, X);
}

Test(figures, where_few_met_in_a_week_tell_the_median_only)
{
	static const struct bands some[] = { { { 10, 3, 0 } }, { { 9, 8, 1 } }, { { 4, 9, 9 } } };

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		struct month_figures figures = month_of(some[i], 0, 0, 0, 0);
		struct delay_figures all = figures.delays;

		figures_suppress(&figures);
		cr_expect_eq(figures.delays.meetings, all.meetings);
		cr_expect_eq(figures.delays.median, all.median);
		cr_expect_eq(figures.delays.p90, X);
		cr_expect_eq(figures.delays.longest, X);
		cr_expect_eq(figures.delays.within_7, X);
		cr_expect_eq(figures.delays.within_14, X);
	}
}

static void expect_nothing(const struct month_figures *figures)
{
	cr_expect_eq(figures->calls.total, X);
	for (int i = 0; i < SOURCES; i++)
		cr_expect_eq(figures->calls.by_source[i], X);
	expect_outcomes(figures, X, X, X, X);
	cr_expect_eq(figures->delays.meetings, X);
	cr_expect_eq(figures->delays.median, X);
}

Test(figures, of_fewer_than_five_calls_tell_nothing)
{
	struct month_figures figures = month_of((struct bands) { { 3 } }, 1, 0, 0, 0);

	figures_suppress(&figures);
	expect_nothing(&figures);
}

/* Eight calls from two sources that are hidden are four and four. */
Test(figures, hide_the_total_of_outcomes_too_where_the_sources_need_it)
{
	struct month_figures figures = month_of((struct bands) { { 8 } }, 0, 0, 0, 0);

	figures.calls.by_source[SOURCE_SCHOOL] = 4;
	figures.calls.by_source[SOURCE_FAMILY] = 4;
	figures_suppress(&figures);
	expect_nothing(&figures);
}

Test(figures, hide_the_total_of_sources_too_where_the_outcomes_need_it)
{
	struct month_figures figures = month_of((struct bands) { { 4 } }, 0, 4, 0, 0);

	figures_suppress(&figures);
	expect_nothing(&figures);
}

Test(figures, that_are_hidden_are_two_stops_and_none_is_a_hyphen)
{
	char to[FIGURE_TEXT_SIZE];

	cr_expect_str_eq(figure_format(0, to), "0");
	cr_expect_str_eq(figure_format(118, to), "118");
	cr_expect_str_eq(figure_format(FIGURE_HIDDEN, to), "..");
	cr_expect_str_eq(figure_format(FIGURE_NONE, to), "-");
}

/* ---- Who knows the rule. Every month is gone through that would be shown alike. ---- */

enum { TOLD_TOTAL, TOLD_OUTCOMES, TOLD_MEETINGS = TOLD_OUTCOMES + OUTCOMES, TOLD_7, TOLD_14, TOLD };

struct told {
	int counts[TOLD];
	int median, p90, longest;
};

/* What is never told but could follow: calls left without a meeting, those of the second week and
 * later ones. */
enum { LEFT_WITHOUT, LEFT_SECOND_WEEK, LEFT_LATER, LEFT };

static int left_over(const struct told *truth, int which)
{
	const int *counts = truth->counts;

	switch (which) {
	case LEFT_WITHOUT:
		return counts[TOLD_OUTCOMES + OUTCOME_MEETING] - counts[TOLD_MEETINGS];
	case LEFT_SECOND_WEEK:
		return counts[TOLD_14] - counts[TOLD_7];
	default:
		return counts[TOLD_MEETINGS] - counts[TOLD_14];
	}
}

struct month_shown {
	struct told truth, shown;
};

static struct told told_of(const struct month_figures *figures)
{
	struct told told = { .median = figures->delays.median,
		.p90 = figures->delays.p90,
		.longest = figures->delays.longest };

	told.counts[TOLD_TOTAL] = figures->calls.total;
	for (int i = 0; i < OUTCOMES; i++)
		told.counts[TOLD_OUTCOMES + i] = figures->calls.by_outcome[i];
	told.counts[TOLD_MEETINGS] = figures->delays.meetings;
	told.counts[TOLD_7] = figures->delays.within_7;
	told.counts[TOLD_14] = figures->delays.within_14;
	return told;
}

static struct month_shown *months;
static size_t month_count;

#define MOST_MONTHS 400000
#define PARTS	    7 /* three weeks, waiting, advice, discussion, notification */

static void add_month(const int parts[PARTS])
{
	struct bands bands = { { parts[0], parts[1], parts[2] } };
	struct month_figures figures = month_of(bands, parts[3], parts[4], parts[5], parts[6]);
	struct month_shown *month = &months[month_count++];

	cr_assert_lt(month_count, MOST_MONTHS);
	month->truth = told_of(&figures);
	figures_suppress(&figures);
	month->shown = told_of(&figures);
}

static void add_months(int parts[PARTS], int at, int left)
{
	if (at + 1 == PARTS) {
		parts[at] = left;
		add_month(parts);
		return;
	}
	for (parts[at] = 0; parts[at] <= left; parts[at]++)
		add_months(parts, at + 1, left - parts[at]);
}

static int by_shown(const void *a, const void *b)
{
	return memcmp(&((const struct month_shown *)a)->shown,
		&((const struct month_shown *)b)->shown, sizeof(struct told));
}

static void attack(const struct month_shown *alike, size_t count)
{
	for (int f = 0; f < TOLD; f++) {
		bool is_known = alike[0].shown.counts[f] == FIGURE_HIDDEN;

		cr_assert_not(cell_is_small(alike[0].shown.counts[f]));
		for (size_t i = 1; is_known && i < count; i++)
			is_known = alike[i].truth.counts[f] == alike[0].truth.counts[f];
		if (is_known)
			cr_assert_fail("figure %d, %d, of %d calls and %d meetings is known", f,
				alike[0].truth.counts[f], alike[0].truth.counts[TOLD_TOTAL],
				alike[0].truth.counts[TOLD_MEETINGS]);
	}
}

static void attack_left_over(const struct month_shown *alike, size_t count)
{
	for (int f = 0; f < LEFT; f++) {
		int first = left_over(&alike[0].truth, f);
		bool is_known = cell_is_small(first);

		for (size_t i = 1; is_known && i < count; i++)
			is_known = left_over(&alike[i].truth, f) == first;
		if (is_known)
			cr_assert_fail("left over %d, %d, of %d calls and %d meetings is known", f,
				first, alike[0].truth.counts[TOLD_TOTAL],
				alike[0].truth.counts[TOLD_MEETINGS]);
	}
}

Test(figures, no_hidden_one_is_worked_out_by_who_knows_the_rule)
{
	int parts[PARTS];
	size_t first = 0;

	months = calloc(MOST_MONTHS, sizeof(*months));
	cr_assert_not_null(months);
	for (int total = 0; total <= 15; total++)
		add_months(parts, 0, total);
	cr_expect_gt(month_count, 150000u);
	qsort(months, month_count, sizeof(*months), by_shown);
	for (size_t i = 1; i <= month_count; i++) {
		if (i < month_count && by_shown(&months[first], &months[i]) == 0)
			continue;
		attack(&months[first], i - first);
		attack_left_over(&months[first], i - first);
		first = i;
	}
	free(months);
}

/* ---- What the calls that needed a meeting are made of. ---- */

#define PARTS_MOST 12

struct parts_shown {
	int truth[6]; /* three ages, shared, without, open */
	int shown[6], needing;
};

static struct parts_shown *made;
static size_t made_count;

static void add_parts(const int ages[3], int shared, int without)
{
	int needing = ages[0] + ages[1] + ages[2];
	struct month_figures figures = month_of((struct bands) { { needing } }, 0, 20, 0, 0);
	struct call_figures *calls = &figures.calls;
	struct parts_shown *parts = &made[made_count++];

	memset(calls->by_age, 0, sizeof(calls->by_age));
	calls->by_age[AGE_0_2] = parts->truth[0] = ages[0];
	calls->by_age[AGE_7_12] = parts->truth[1] = ages[1];
	calls->by_age[AGE_UNKNOWN] = parts->truth[2] = ages[2];
	calls->shared_hole = parts->truth[3] = shared;
	calls->no_shared_hole = parts->truth[4] = without;
	parts->truth[5] = needing - shared - without;
	figures_suppress(&figures);
	parts->needing = calls->by_outcome[OUTCOME_MEETING];
	parts->shown[0] = calls->by_age[AGE_0_2];
	parts->shown[1] = calls->by_age[AGE_7_12];
	parts->shown[2] = calls->by_age[AGE_UNKNOWN];
	parts->shown[3] = calls->shared_hole;
	parts->shown[4] = calls->no_shared_hole;
	/* What is left follows where all of it is told. */
	parts->shown[5] = parts->needing < 0 || parts->shown[3] < 0 || parts->shown[4] < 0
				  ? X
				  : parts->needing - parts->shown[3] - parts->shown[4];
}

static int by_parts(const void *a, const void *b)
{
	const struct parts_shown *x = a, *y = b;

	if (x->needing != y->needing)
		return x->needing < y->needing ? -1 : 1;
	return memcmp(x->shown, y->shown, sizeof(x->shown));
}

static void attack_parts(const struct parts_shown *alike, size_t count)
{
	for (int f = 0; f < 6; f++) {
		int truth = alike[0].truth[f];
		bool is_known = cell_is_small(truth);

		cr_assert_not(cell_is_small(alike[0].shown[f]));
		for (size_t i = 1; is_known && i < count; i++)
			is_known = alike[i].truth[f] == truth;
		if (is_known)
			cr_assert_fail("part %d is %d of %d calls that needed a meeting: known", f,
				truth, alike[0].truth[0] + alike[0].truth[1] + alike[0].truth[2]);
	}
}

Test(figures, no_small_part_of_the_calls_that_needed_a_meeting_is_solved)
{
	size_t first = 0;

	made = calloc(100000, sizeof(*made));
	cr_assert_not_null(made);
	for (int total = 0; total <= PARTS_MOST; total++) {
		for (int a = 0; a <= total; a++) {
			for (int b = 0; a + b <= total; b++) {
				const int ages[] = { a, b, total - a - b };

				for (int shared = 0; shared <= total; shared++)
					for (int without = 0; shared + without <= total; without++)
						add_parts(ages, shared, without);
			}
		}
	}
	cr_expect_gt(made_count, 20000u);
	qsort(made, made_count, sizeof(*made), by_parts);
	for (size_t i = 1; i <= made_count; i++) {
		if (i < made_count && by_parts(&made[first], &made[i]) == 0)
			continue;
		attack_parts(&made[first], i - first);
		first = i;
	}
	free(made);
}

Test(figures, a_child_is_of_the_age_group_of_the_year)
{
	cr_expect_eq(age_group_of(0, 2026), AGE_UNKNOWN);
	cr_expect_eq(age_group_of(2027, 2026), AGE_0_2);
	cr_expect_eq(age_group_of(2024, 2026), AGE_0_2);
	cr_expect_eq(age_group_of(2023, 2026), AGE_3_6);
	cr_expect_eq(age_group_of(2020, 2026), AGE_3_6);
	cr_expect_eq(age_group_of(2019, 2026), AGE_7_12);
	cr_expect_eq(age_group_of(2014, 2026), AGE_7_12);
	cr_expect_eq(age_group_of(2013, 2026), AGE_13_15);
	cr_expect_eq(age_group_of(2010, 2026), AGE_16_17);
	cr_expect_eq(age_group_of(2009, 2026), AGE_16_17);
	cr_expect_eq(age_group_of(2008, 2026), AGE_18_OR_OVER);
}
