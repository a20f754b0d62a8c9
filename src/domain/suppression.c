#include "kutsu/domain/suppression.h"

#include <assert.h>
#include <limits.h>

bool cell_is_small(int cell)
{
	return cell > 0 && cell < CELL_LEAST;
}

int cell_in_fives(int cell)
{
	if (cell < 0)
		return cell;
	return cell_is_small(cell) ? CELL_HIDDEN : cell - cell % CELL_LEAST;
}

static int sum_of(const int *cells, size_t count)
{
	int sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += cells[i];
	return sum;
}

/* Whether the small cells follow from their number and what the total leaves them. */
static bool can_be_worked_out(const int *cells, size_t count)
{
	int small = 0, sum = 0;

	for (size_t i = 0; i < count; i++) {
		if (cell_is_small(cells[i])) {
			small++;
			sum += cells[i];
		}
	}
	return small == 1 || (small > 1 && (sum == small || sum == small * (CELL_LEAST - 1)));
}

/* The smallest cell that would be shown and is not 0; INT_MAX: none. */
static int smallest_shown(const int *cells, size_t count)
{
	int smallest = INT_MAX;

	for (size_t i = 0; i < count; i++) {
		if (cells[i] >= CELL_LEAST && cells[i] < smallest)
			smallest = cells[i];
	}
	return smallest;
}

static void hide_all(int *cells, size_t count, int *total)
{
	for (size_t i = 0; i < count; i++)
		cells[i] = CELL_HIDDEN;
	*total = CELL_HIDDEN;
}

void suppress_cells(int *cells, size_t count, int *total)
{
	int with_them = 0; /* what is hidden though it is not small */

	assert(sum_of(cells, count) == *total);
	if (can_be_worked_out(cells, count))
		with_them = smallest_shown(cells, count);
	if (cell_is_small(*total) || with_them == INT_MAX) {
		hide_all(cells, count, total);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (cell_is_small(cells[i]) || (with_them && cells[i] == with_them))
			cells[i] = CELL_HIDDEN;
	}
}
