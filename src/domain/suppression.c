#include "kutsu/domain/suppression.h"

#include "kutsu/base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool is_small(int64_t count)
{
	return count >= 1 && count <= SUPPRESSION_MOST;
}

/* ---- One row. */

/*
 * With its total shown, a row gives away a cell that is hidden alone, and ones that are hidden
 * together: their sum is their number.
 */
static bool row_tells(const int64_t *counts, size_t count, const bool *hidden)
{
	int64_t sum = 0, cells = 0;

	for (size_t i = 0; i < count; i++) {
		cells += hidden[i];
		sum += hidden[i] ? counts[i] : 0;
	}
	return !hidden[count] && cells > 0 && (cells == 1 || sum == cells);
}

/* The smallest that is shown and not zero; else the total. */
static size_t next_in_row(const int64_t *counts, size_t count, const bool *hidden)
{
	size_t next = count;

	for (size_t i = 0; i < count; i++) {
		if (!hidden[i] && counts[i] > 0 && (next == count || counts[i] < counts[next]))
			next = i;
	}
	return next;
}

void suppress_row(const int64_t *counts, size_t count, bool *hidden)
{
	int64_t total = 0;

	for (size_t i = 0; i < count; i++) {
		hidden[i] = is_small(counts[i]);
		total += counts[i];
	}
	hidden[count] = is_small(total);
	while (row_tells(counts, count, hidden))
		hidden[next_in_row(counts, count, hidden)] = true;
}

/* ---- A table. */

struct cell {
	size_t row, column;
};

/* With its totals as the last row and column. */
struct grid {
	size_t rows, columns;
	int64_t *values;
	bool *hidden;  /* the caller's */
	bool *reached; /* rows, then columns: of a search */
	size_t *queue;
};

static int64_t value_at(const struct grid *grid, size_t row, size_t column)
{
	return grid->values[row * grid->columns + column];
}

static bool *hidden_at(const struct grid *grid, size_t row, size_t column)
{
	return &grid->hidden[row * grid->columns + column];
}

static bool is_total(const struct grid *grid, size_t row, size_t column)
{
	return row + 1 == grid->rows || column + 1 == grid->columns;
}

/*
 * Whether a reader must allow that a hidden cell is one more (or one less) than it is. Totals stand
 * on the other side of the sums than what they are of, but the total of all does not: `up` is said
 * with its sign.
 */
static bool may_change(const struct grid *grid, size_t row, size_t column, bool up)
{
	bool is_other_side = (row + 1 == grid->rows) != (column + 1 == grid->columns);

	return *hidden_at(grid, row, column)
	       && (up != is_other_side || value_at(grid, row, column) > 1);
}

static void reach(struct grid *grid, size_t node, size_t *queued)
{
	if (grid->reached[node])
		return;
	grid->reached[node] = true;
	grid->queue[(*queued)++] = node;
}

/*
 * Rows and columns are nodes, hidden cells go between them: up from a row to a column, down from a
 * column to a row. Going round, each row and column met has one up and one down: all sums stay as
 * they were. Whether there is a way from one node to another past the cell `except`.
 */
static bool has_way(struct grid *grid, size_t from, size_t to, struct cell except)
{
	size_t queued = 0;

	memset(grid->reached, 0, (grid->rows + grid->columns) * sizeof(*grid->reached));
	reach(grid, from, &queued);
	for (size_t done = 0; done < queued && !grid->reached[to]; done++) {
		size_t node = grid->queue[done];
		bool is_row = node < grid->rows;

		for (size_t i = 0; i < (is_row ? grid->columns : grid->rows); i++) {
			size_t row = is_row ? node : i, column = is_row ? i : node - grid->rows;

			if ((row != except.row || column != except.column)
				&& may_change(grid, row, column, is_row))
				reach(grid, is_row ? grid->rows + i : i, &queued);
		}
	}
	return grid->reached[to];
}

/* Whether the sums leave nothing else for a hidden cell than what it is. */
static bool is_told(struct grid *grid, struct cell cell)
{
	size_t row = cell.row, column = grid->rows + cell.column;

	return !(may_change(grid, cell.row, cell.column, true) && has_way(grid, column, row, cell))
	       && !(may_change(grid, cell.row, cell.column, false)
		       && has_way(grid, row, column, cell));
}

static bool tells_something(struct grid *grid)
{
	struct cell cell;

	for (cell.row = 0; cell.row < grid->rows; cell.row++) {
		for (cell.column = 0; cell.column < grid->columns; cell.column++) {
			if (*hidden_at(grid, cell.row, cell.column) && is_told(grid, cell))
				return true;
		}
	}
	return false;
}

/* Lines are rows and, behind them, columns. */
static size_t count_hidden(const struct grid *grid, size_t line)
{
	bool is_row = line < grid->rows;
	size_t count = 0;

	for (size_t i = 0; i < (is_row ? grid->columns : grid->rows); i++)
		count += *hidden_at(grid, is_row ? line : i, is_row ? i : line - grid->rows);
	return count;
}

static bool find_alone(const struct grid *grid, size_t *line)
{
	for (*line = 0; *line < grid->rows + grid->columns; (*line)++) {
		if (count_hidden(grid, *line) == 1)
			return true;
	}
	return false;
}

/*
 * Which of two is better hidden: no total; one in whose row and column others are hidden, so that
 * it does not ask for the next in its turn; the smaller.
 */
static bool is_better(const struct grid *grid, struct cell a, struct cell b)
{
	bool a_is_total = is_total(grid, a.row, a.column);
	bool a_ends = count_hidden(grid, a.row) && count_hidden(grid, grid->rows + a.column);
	bool b_ends = count_hidden(grid, b.row) && count_hidden(grid, grid->rows + b.column);

	if (a_is_total != is_total(grid, b.row, b.column))
		return !a_is_total;
	if (a_ends != b_ends)
		return a_ends;
	return value_at(grid, a.row, a.column) < value_at(grid, b.row, b.column);
}

#define ANY_LINE SIZE_MAX

/* Hides one more of the line, no zero. */
static void hide_one_more(struct grid *grid, size_t line)
{
	struct cell best = { 0, 0 };
	bool found = false;

	for (size_t row = 0; row < grid->rows; row++) {
		for (size_t column = 0; column < grid->columns; column++) {
			struct cell cell = { row, column };

			if ((line != ANY_LINE && line != row && line != grid->rows + column)
				|| *hidden_at(grid, row, column) || value_at(grid, row, column) == 0
				|| (found && !is_better(grid, cell, best)))
				continue;
			best = cell;
			found = true;
		}
	}
	assert(found); /* with all but zeros hidden nothing is told */
	*hidden_at(grid, best.row, best.column) = true;
}

static void fill(struct grid *grid, const int64_t *counts)
{
	size_t rows = grid->rows - 1, columns = grid->columns - 1;

	for (size_t row = 0; row < rows; row++) {
		for (size_t column = 0; column < columns; column++) {
			int64_t count = counts[row * columns + column];

			grid->values[row * grid->columns + column] = count;
			grid->values[row * grid->columns + columns] += count;
			grid->values[rows * grid->columns + column] += count;
			grid->values[rows * grid->columns + columns] += count;
		}
	}
	for (size_t i = 0; i < grid->rows * grid->columns; i++)
		grid->hidden[i] = is_small(grid->values[i]);
}

void suppress_table(const int64_t *counts, size_t rows, size_t columns, bool *hidden)
{
	struct grid grid = { .rows = rows + 1, .columns = columns + 1, .hidden = hidden };
	size_t line;

	grid.values = memory_new(grid.rows * grid.columns * sizeof(*grid.values));
	grid.reached = memory_new((grid.rows + grid.columns) * sizeof(*grid.reached));
	grid.queue = memory_new((grid.rows + grid.columns) * sizeof(*grid.queue));
	fill(&grid, counts);
	for (;;) {
		if (find_alone(&grid, &line))
			hide_one_more(&grid, line);
		else if (tells_something(&grid))
			hide_one_more(&grid, ANY_LINE);
		else
			break;
	}
	free(grid.values);
	free(grid.reached);
	free(grid.queue);
}
