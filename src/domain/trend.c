#include "kutsu/domain/trend.h"

#include "kutsu/base/message.h"

#include <assert.h>

#define SURE_PER_MILLE	50
#define MAYBE_PER_MILLE 200
#define MOST_PAIRS	(TREND_MONTHS * (TREND_MONTHS - 1) / 2)

/*
 * In how many of the orders of n things at least so many pairs of them are turned round: the
 * number of orders with k turned pairs of n things is the sum over where the last one stands.
 */
static double share_of_orders(int n, int least)
{
	double ways[MOST_PAIRS + 1] = { 1 }, all = 1, found = 0;
	int pairs = 0;

	for (int things = 2; things <= n; things++) {
		double next[MOST_PAIRS + 1] = { 0 };

		for (int k = 0; k <= pairs; k++) {
			for (int more = 0; more < things; more++)
				next[k + more] += ways[k];
		}
		pairs += things - 1;
		all *= things;
		for (int k = 0; k <= pairs; k++)
			ways[k] = next[k];
	}
	for (int k = least; k <= pairs; k++)
		found += ways[k];
	return found / all;
}

static int score_of(enum indicator_kind kind, const struct measure *const *told, int count)
{
	int score = 0;

	for (int i = 0; i < count; i++) {
		for (int j = i + 1; j < count; j++)
			score += measure_compare(kind, told[j], told[i]);
	}
	return score;
}

struct trend trend_of(enum indicator_kind kind, const struct measure *months, size_t count)
{
	const struct measure *told[TREND_MONTHS];
	struct trend trend = { .chance_per_mille = 1000 };
	int score, pairs;
	double chance;

	assert(count <= TREND_MONTHS);
	for (size_t i = 0; i < count; i++) {
		if (measure_is_told(&months[i]))
			told[trend.months++] = &months[i];
	}
	if (trend.months < TREND_LEAST_MONTHS)
		return trend;
	pairs = trend.months * (trend.months - 1) / 2;
	score = score_of(kind, told, trend.months);
	/* A score of s is of (pairs + s) / 2 pairs that go that way; ties count half, down. */
	chance = 2 * share_of_orders(trend.months, (pairs + (score < 0 ? -score : score)) / 2);
	trend.chance_per_mille = chance > 1 ? 1000 : (int)(chance * 1000 + 0.5);
	trend.direction = score > 0 ? DIRECTION_UP : score < 0 ? DIRECTION_DOWN : DIRECTION_NONE;
	if (chance * 1000 <= SURE_PER_MILLE)
		trend.movement = MOVEMENT_SURE;
	else if (chance * 1000 <= MAYBE_PER_MILLE)
		trend.movement = MOVEMENT_MAYBE;
	else
		trend.movement = MOVEMENT_NONE;
	return trend;
}

const char *movement_code(enum movement movement)
{
	static const char *const codes[MOVEMENTS] = { "unknown", "none", "maybe", "sure" };

	return codes[movement];
}

static const char *neutral_label(const struct trend *trend)
{
	bool is_up = trend->direction == DIRECTION_UP;

	if (trend->movement == MOVEMENT_SURE)
		return is_up ? _("goes up, almost surely") : _("goes down, almost surely");
	return is_up ? _("goes up, perhaps") : _("goes down, perhaps");
}

const char *trend_label(const struct trend *trend, enum direction right)
{
	bool is_right = trend->direction == right;

	if (trend->movement == MOVEMENT_UNKNOWN)
		return _("too few months to say");
	if (trend->movement == MOVEMENT_NONE)
		return _("no movement beyond chance");
	if (right == DIRECTION_NONE)
		return neutral_label(trend);
	if (trend->movement == MOVEMENT_SURE)
		return is_right ? _("moves the right way, almost surely")
				: _("moves the wrong way, almost surely");
	return is_right ? _("moves the right way, perhaps") : _("moves the wrong way, perhaps");
}

const char *trend_sign(const struct trend *trend, bool utf8)
{
	if (trend->movement != MOVEMENT_SURE && trend->movement != MOVEMENT_MAYBE)
		return "";
	if (trend->direction == DIRECTION_UP)
		return utf8 ? "↗" : "/";
	return utf8 ? "↘" : "\\";
}
