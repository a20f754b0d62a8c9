/* Whether something moves, against a slow twin that tries all orders. */
#include "kutsu/domain/trend.h"

#include "kutsu/base/message.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void fill(struct measure *months, const int *values, int count)
{
	for (int i = 0; i < count; i++)
		months[i] = (struct measure) { .value = values[i] };
}

static struct trend of(const int *values, int count)
{
	struct measure months[TREND_MONTHS];

	fill(months, values, count);
	return trend_of(INDICATOR_COUNT, months, (size_t)count);
}

static int score_of(const int *values, int count)
{
	int score = 0;

	for (int i = 0; i < count; i++) {
		for (int j = i + 1; j < count; j++)
			score += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0;
	}
	return score;
}

/* In how many orders of 1 to count the score is as far from nought, or farther. */
static void count_orders(int *values, int at, int count, int least, long *far, long *all)
{
	if (at == count) {
		(*all)++;
		*far += abs(score_of(values, count)) >= least;
		return;
	}
	for (int i = at; i < count; i++) {
		int kept = values[at];

		values[at] = values[i];
		values[i] = kept;
		count_orders(values, at + 1, count, least, far, all);
		kept = values[at];
		values[at] = values[i];
		values[i] = kept;
	}
}

Test(trend, chance_is_that_of_all_orders_of_the_months)
{
	static const int series[][7] = { { 1, 2, 3, 4, 5, 6, 7 }, { 7, 6, 5, 4, 3, 2, 1 },
		{ 2, 1, 4, 3, 6, 5, 7 }, { 4, 1, 7, 2, 6, 3, 5 }, { 1, 2, 3, 4, 5, 7, 6 },
		{ 3, 1, 2, 5, 4, 7, 6 } };

	for (size_t i = 0; i < sizeof(series) / sizeof(series[0]); i++) {
		for (int count = TREND_LEAST_MONTHS; count <= 7; count++) {
			int orders[7] = { 1, 2, 3, 4, 5, 6, 7 };
			struct trend trend = of(series[i], count);
			long far = 0, all = 0;
			int expected;

			count_orders(orders, 0, count, abs(score_of(series[i], count)), &far, &all);
			expected = (int)((double)far * 1000 / (double)all + 0.5);
			cr_expect_eq(trend.chance_per_mille, expected,
				"series %zu of %d: %d, not %d", i, count, trend.chance_per_mille,
				expected);
		}
	}
}

Test(trend, twelve_months_that_all_go_one_way_move_almost_surely)
{
	static const int up[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
	static const int down[] = { 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };

	cr_expect_eq(of(up, 12).movement, MOVEMENT_SURE);
	cr_expect_eq(of(up, 12).direction, DIRECTION_UP);
	cr_expect_eq(of(down, 12).movement, MOVEMENT_SURE);
	cr_expect_eq(of(down, 12).direction, DIRECTION_DOWN);
}

Test(trend, months_up_and_down_do_not_move)
{
	static const int noise[] = { 5, 9, 4, 8, 6, 7, 5, 8, 4, 9, 6, 7 };

	cr_expect_eq(of(noise, 12).movement, MOVEMENT_NONE);
}

Test(trend, the_same_every_month_does_not_move)
{
	static const int same[] = { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 };

	cr_expect_eq(of(same, 12).movement, MOVEMENT_NONE);
	cr_expect_eq(of(same, 12).chance_per_mille, 1000);
}

/* Equal months make it say less, never more. */
Test(trend, ties_never_make_it_surer_than_the_same_without_them)
{
	for (unsigned seed = 0; seed < 300; seed++) {
		int values[12], tied[12];
		unsigned random = seed * 2654435761u + 1;

		for (int i = 0; i < 12; i++) {
			random = random * 1103515245u + 12345u;
			values[i] = (int)(random >> 16) % 1000 * 12 + i;
			tied[i] = values[i] / 3000;
		}
		if (abs(score_of(tied, 12)) <= abs(score_of(values, 12)))
			cr_expect_geq(of(tied, 12).chance_per_mille,
				of(values, 12).chance_per_mille, "seed %u", seed);
	}
}

Test(trend, says_nothing_of_too_few_months_and_leaves_out_those_not_told)
{
	static const int up[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct measure months[8];
	struct trend trend;

	cr_expect_eq(of(up, 5).movement, MOVEMENT_UNKNOWN);
	fill(months, up, 8);
	months[0].value = MEASURE_HIDDEN;
	months[3].value = MEASURE_NONE;
	trend = trend_of(INDICATOR_COUNT, months, 8);
	cr_expect_eq(trend.months, 6);
	cr_expect_eq(trend.chance_per_mille, of(up, 6).chance_per_mille);
	months[5].value = MEASURE_HIDDEN;
	cr_expect_eq(trend_of(INDICATOR_COUNT, months, 8).movement, MOVEMENT_UNKNOWN);
}

Test(trend, the_right_way_is_the_indicators)
{
	struct trend up = { MOVEMENT_SURE, DIRECTION_UP, 12, 1 };

	message_set_language(LANGUAGE_EN);
	cr_expect_str_eq(trend_label(&up, DIRECTION_UP), "moves the right way, almost surely");
	cr_expect_str_eq(trend_label(&up, DIRECTION_DOWN), "moves the wrong way, almost surely");
	cr_expect_str_eq(trend_label(&up, DIRECTION_NONE), "goes up, almost surely");
	up.movement = MOVEMENT_NONE;
	cr_expect_str_eq(trend_label(&up, DIRECTION_UP), "no movement beyond chance");
	cr_expect_str_eq(trend_sign(&up, true), "");
}
