#include "report_row_internal.h"

void report_row_add_count(struct row *row, const char *key, int count)
{
	if (count < 0)
		row_add_null(row, key);
	else
		row_add_integer(row, key, count);
}

void report_row_add_measure(
	struct row *row, const char *key, enum indicator_kind kind, const struct measure *measure)
{
	if (measure_is_told(measure))
		row_add_hundredths(row, key, measure_hundredths(kind, measure));
	else
		row_add_null(row, key);
}

void report_row_add_goal(struct row *row, const char *key, int64_t goal)
{
	if (goal == GOAL_NONE)
		row_add_null(row, key);
	else
		row_add_hundredths(row, key, goal);
}
