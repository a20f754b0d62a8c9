/* What is told of a month, and what can't be solved from it by who knows the rule. */
#include "kutsu/domain/indicator.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/suppression.h"

#include <criterion/criterion.h>
#include <string.h>

Test(indicator, each_has_a_code_of_its_own_a_label_and_a_definition)
{
	message_set_language(LANGUAGE_EN);
	for (int i = 0; i < INDICATORS; i++) {
		enum indicator indicator = (enum indicator)i, found;

		cr_assert(indicator_parse(indicator_code(indicator), &found));
		cr_expect_eq(found, indicator, "%s", indicator_code(indicator));
		cr_expect_gt(strlen(indicator_label(indicator)), 0u);
		cr_expect_gt(strlen(indicator_definition(indicator)), 20u);
		cr_expect_leq(
			strlen(indicator_label(indicator)), 38u, "%s", indicator_label(indicator));
	}
}

Test(indicator, shares_means_and_scores_are_to_the_nearest_hundredth)
{
	struct measure two_of_three = { .value = 2, .n = 3 };
	struct measure score = { .value = 1, .less = 3, .n = 6 };

	cr_expect_eq(measure_hundredths(INDICATOR_SHARE, &two_of_three), 6667);
	cr_expect_eq(measure_hundredths(INDICATOR_MEAN, &two_of_three), 67);
	cr_expect_eq(measure_hundredths(INDICATOR_SCORE, &score), -3333);
	cr_expect_eq(measure_hundredths(INDICATOR_DAYS, &two_of_three), 200);
}

Test(indicator, months_are_compared_exactly)
{
	struct measure a = { .value = 333, .n = 1000 }, b = { .value = 1, .n = 3 };

	cr_expect_eq(measure_compare(INDICATOR_SHARE, &a, &b), -1);
	cr_expect_eq(measure_compare(INDICATOR_SHARE, &b, &a), 1);
	cr_expect_eq(measure_compare(INDICATOR_SHARE, &a, &a), 0);
}

static struct measure shown_of(enum indicator indicator, struct measure measure)
{
	measure_suppress(indicator, &measure);
	return measure;
}

static bool is_alike(const struct measure *a, const struct measure *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* Each month that would be shown alike is tried: where all agree in a small part, it is known. */
static void attack_shares(int n)
{
	for (int value = 0; value <= n; value++) {
		struct measure shown = shown_of(INDICATOR_HOME_ACTIONS,
			(struct measure) { .value = value, .n = n, .people = n });
		bool value_known = true, rest_known = true;

		for (int other = 1; other <= 40; other++) {
			for (int of = 0; of <= other; of++) {
				struct measure alike = shown_of(INDICATOR_HOME_ACTIONS,
					(struct measure) {
						.value = of, .n = other, .people = other });

				if (!is_alike(&alike, &shown))
					continue;
				value_known = value_known && of == value;
				rest_known = rest_known && other - of == n - value;
			}
		}
		cr_expect_not(cell_is_small(value) && value_known, "%d of %d", value, n);
		cr_expect_not(cell_is_small(n - value) && rest_known, "rest of %d of %d", value, n);
		cr_expect_not(cell_is_small(shown.n), "n %d", n);
	}
}

Test(indicator, no_small_part_of_a_share_is_solved)
{
	for (int n = 1; n <= 30; n++)
		attack_shares(n);
}

/* The score is shown as a whole number. */
static int shown_score(const struct measure *measure)
{
	int64_t hundredths;

	if (!measure_is_told(measure))
		return 1000;
	hundredths = measure_hundredths(INDICATOR_SCORE, measure);
	return (int)((hundredths + (hundredths < 0 ? -50 : 50)) / 100);
}

static void attack_score(int n, int plus, int minus)
{
	struct measure shown = shown_of(INDICATOR_NPS,
		(struct measure) { .value = plus, .less = minus, .n = n, .people = n });
	bool known[3] = { true, true, true };
	const int parts[] = { plus, minus, n - plus - minus };

	if (!measure_is_told(&shown))
		return;
	for (int p = 0; p <= n; p++) {
		for (int m = 0; p + m <= n; m++) {
			struct measure other = { .value = p, .less = m, .n = n, .people = n };

			if (shown_score(&other) != shown_score(&shown))
				continue;
			known[0] = known[0] && p == plus;
			known[1] = known[1] && m == minus;
			known[2] = known[2] && n - p - m == parts[2];
		}
	}
	for (int i = 0; i < 3; i++)
		cr_expect_not(cell_is_small(parts[i]) && known[i], "part %d of %d + %d of %d", i,
			plus, minus, n);
}

Test(indicator, no_small_part_of_a_score_is_solved)
{
	for (int n = 1; n <= 25; n++) {
		for (int plus = 0; plus <= n; plus++) {
			for (int minus = 0; plus + minus <= n; minus++)
				attack_score(n, plus, minus);
		}
	}
}

Test(indicator, a_mean_of_fewer_than_five_people_is_hidden_whatever_n_is)
{
	struct measure shown = shown_of(
		INDICATOR_SATISFACTION, (struct measure) { .value = 90, .n = 20, .people = 4 });

	cr_expect_eq(shown.value, MEASURE_HIDDEN);
	cr_expect_eq(shown.n, MEASURE_HIDDEN);
	shown = shown_of(
		INDICATOR_SATISFACTION, (struct measure) { .value = 105, .n = 25, .people = 5 });
	cr_expect_eq(shown.value, 105);
}

Test(indicator, what_is_of_units_is_not_hidden)
{
	struct measure shown = shown_of(
		INDICATOR_HOLES_CONFIRMED, (struct measure) { .value = 2, .n = 3, .people = 3 });

	cr_expect_eq(shown.value, 2);
}

Test(indicator, of_nothing_there_is_nothing_to_hide)
{
	struct measure none = { .value = MEASURE_NONE };

	cr_expect_eq(shown_of(INDICATOR_NPS, none).value, MEASURE_NONE);
}
