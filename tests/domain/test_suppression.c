#include "kutsu/domain/suppression.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SIDE  9 /* totals included */
#define MOST_CELLS (MOST_SIDE * MOST_SIDE)

/* ---- One row, by example. */

/* "x" for what is hidden, the total behind a blank. */
static void expect_row(const int64_t *counts, size_t count, const char *wanted)
{
	bool hidden[MOST_CELLS];
	char found[MOST_CELLS];
	size_t used = 0;

	suppress_row(counts, count, hidden);
	for (size_t i = 0; i <= count; i++) {
		if (i == count)
			found[used++] = ' ';
		found[used++] = hidden[i] ? 'x' : '.';
	}
	found[used] = '\0';
	cr_expect_str_eq(found, wanted);
}

#define ROW(wanted, ...)                                                                           \
	expect_row((const int64_t[]) { __VA_ARGS__ },                                              \
		sizeof((const int64_t[]) { __VA_ARGS__ }) / sizeof(int64_t), wanted)

Test(suppression, cells_of_one_to_four_are_hidden_and_others_are_not)
{
	ROW("... .", 0, 5, 12);
	ROW("xx. .", 1, 4, 5);
	ROW("xx.. .", 2, 3, 0, 100);
	ROW("... .", 0, 0, 0);
}

Test(suppression, cell_that_would_be_hidden_alone_takes_the_smallest_other_along_but_no_zero)
{
	ROW("x..x .", 3, 0, 12, 7);
	ROW("x.x .", 3, 0, 50);
	ROW("x. x", 3, 0);
}

Test(suppression, small_total_is_hidden_too)
{
	ROW("xx x", 1, 2);
	ROW("x x", 4);
}

Test(suppression, ones_that_add_up_to_their_number_take_another_along)
{
	ROW("xxxxx x", 1, 1, 1, 1, 1);
	ROW("xxx. .", 1, 1, 9, 30);
	ROW("xx.. .", 1, 2, 9, 30);
}

/* ---- A table, by example. */

static void expect_table(const int64_t *counts, size_t rows, size_t columns, const char *wanted)
{
	bool hidden[MOST_CELLS];
	char found[2 * MOST_CELLS];
	size_t used = 0;

	suppress_table(counts, rows, columns, hidden);
	for (size_t i = 0; i < (rows + 1) * (columns + 1); i++) {
		found[used++] = hidden[i] ? 'x' : '.';
		if (i % (columns + 1) == columns)
			found[used++] = ' ';
	}
	found[used] = '\0';
	cr_expect_str_eq(found, wanted);
}

Test(suppression, table_without_small_cells_is_shown_whole)
{
	expect_table((const int64_t[]) { 5, 0, 0, 90 }, 2, 2, "... ... ... ");
	expect_table((const int64_t[]) { 0, 0, 0, 0 }, 2, 2, "... ... ... ");
	expect_table((const int64_t[]) { 0 }, 1, 0, ". . ");
}

Test(suppression, small_cell_of_a_table_takes_along_what_it_could_be_worked_out_from)
{
	expect_table((const int64_t[]) { 3, 50, 60, 70 }, 2, 2, "xx. xx. ... ");
	expect_table((const int64_t[]) { 3, 10, 50, 9, 60, 70, 40, 80, 90 }, 3, 3,
		"xx.. xx.. .... .... ");
	/* Not the smallest of all, which would help nothing. */
	expect_table((const int64_t[]) { 3, 50, 60, 70, 80, 90, 75, 85, 9 }, 3, 3,
		"xx.. xx.. .... .... ");
}

/* Each row and each column has two, and yet the sums of the upper rows less those of the left
 * columns tell the one in the middle. */
Test(suppression, what_only_sums_over_several_rows_tell_is_worked_out_too)
{
	static const int64_t counts[] = {
		2, 3, 50, 60, /**/
		3, 2, 4, 70,  /**/
		50, 60, 3, 2, /**/
		70, 80, 2, 3, /**/
	};
	bool hidden[25];
	int extra = 0;

	suppress_table(counts, 4, 4, hidden);
	for (size_t i = 0; i < 25; i++)
		extra += hidden[i];
	cr_expect_gt(extra, 9, "the nine small ones alone do not do");
}

/* ---- Twins: what a reader can work out. */

static unsigned next_number(unsigned *seed, unsigned most)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % most;
}

struct table {
	size_t rows, columns; /* totals included */
	int64_t values[MOST_CELLS];
	bool hidden[MOST_CELLS];
};

/* Small cells are common, zeros as well. */
static void make_table(struct table *table, size_t rows, size_t columns, unsigned *seed)
{
	int64_t counts[MOST_CELLS];

	*table = (struct table) { .rows = rows + 1, .columns = columns + 1 };
	for (size_t i = 0; i < rows * columns; i++) {
		unsigned kind = next_number(seed, 4);

		counts[i] = kind == 0	? 0
			    : kind == 1 ? next_number(seed, 3)
					: next_number(seed, 12);
	}
	for (size_t i = 0; i < rows * columns; i++) {
		size_t row = i / columns, column = i % columns;

		table->values[row * table->columns + column] = counts[i];
		table->values[row * table->columns + columns] += counts[i];
		table->values[rows * table->columns + column] += counts[i];
		table->values[rows * table->columns + columns] += counts[i];
	}
	suppress_table(counts, rows, columns, table->hidden);
}

static char *describe(const struct table *table)
{
	static char text[2000];
	size_t used = 0;

	for (size_t i = 0; i < table->rows * table->columns; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%lld%s",
			i % table->columns ? " " : "\n", (long long)table->values[i],
			table->hidden[i] ? "x" : "");
	return text;
}

/*
 * Elimination: one equation for each row and column, one unknown for each hidden cell, reckoned
 * modulo a prime. An unknown that stands alone in its equation in the end is worked out.
 */
#define PRIME 1000003

static int64_t power(int64_t base, int64_t exponent)
{
	int64_t result = 1;

	for (; exponent; exponent /= 2, base = base * base % PRIME) {
		if (exponent % 2)
			result = result * base % PRIME;
	}
	return result;
}

struct equations {
	int64_t of[2 * MOST_SIDE][MOST_CELLS]; /* 1, PRIME - 1 for a total, or 0 */
	size_t count, unknowns;
};

static void set_up_equations(struct equations *e, const struct table *table)
{
	*e = (struct equations) { .count = table->rows + table->columns };
	for (size_t i = 0; i < table->rows * table->columns; i++) {
		size_t row = i / table->columns, column = i % table->columns;

		if (!table->hidden[i])
			continue;
		e->of[row][e->unknowns] = column + 1 == table->columns ? PRIME - 1 : 1;
		e->of[table->rows + column][e->unknowns++] = row + 1 == table->rows ? PRIME - 1 : 1;
	}
}

static void eliminate(struct equations *e)
{
	size_t done = 0;

	for (size_t unknown = 0; unknown < e->unknowns && done < e->count; unknown++) {
		size_t pivot = done;
		int64_t inverse;

		while (pivot < e->count && e->of[pivot][unknown] == 0)
			pivot++;
		if (pivot == e->count)
			continue;
		for (size_t u = 0; u < e->unknowns; u++) {
			int64_t kept = e->of[pivot][u];

			e->of[pivot][u] = e->of[done][u];
			e->of[done][u] = kept;
		}
		inverse = power(e->of[done][unknown], PRIME - 2);
		for (size_t r = 0; r < e->count; r++) {
			int64_t times = e->of[r][unknown] * inverse % PRIME;

			for (size_t u = 0; u < e->unknowns && r != done; u++)
				e->of[r][u] =
					(e->of[r][u] + (PRIME - times) * e->of[done][u]) % PRIME;
		}
		done++;
	}
}

static int count_eliminated(const struct table *table)
{
	struct equations e;
	int alone = 0;

	set_up_equations(&e, table);
	eliminate(&e);
	for (size_t r = 0; r < e.count; r++) {
		int unknowns = 0;

		for (size_t u = 0; u < e.unknowns; u++)
			unknowns += e.of[r][u] != 0;
		alone += unknowns == 1;
	}
	return alone;
}

Test(suppression, elimination_recovers_no_hidden_cell)
{
	unsigned seed = 7;

	for (int i = 0; i < 3000; i++) {
		struct table table;

		make_table(&table, 1 + next_number(&seed, MOST_SIDE - 1),
			1 + next_number(&seed, MOST_SIDE - 1), &seed);
		cr_assert_eq(count_eliminated(&table), 0, "%s", describe(&table));
	}
}

Test(suppression, elimination_recovers_cells_where_only_small_ones_are_hidden)
{
	unsigned seed = 7;
	int tables = 0;

	for (int i = 0; i < 300; i++) {
		struct table table;

		make_table(&table, 4, 4, &seed);
		for (size_t c = 0; c < 25; c++)
			table.hidden[c] = table.values[c] >= 1 && table.values[c] <= 4;
		tables += count_eliminated(&table) > 0;
	}
	cr_expect_gt(tables, 30, "the twin can find");
}

/* All tables of a reader who fills in what is hidden, with at least one and at most `MOST_GUESS` in
 * a cell: which values each cell may have. */
#define MOST_GUESS 14

struct guess {
	const struct table *table;
	int64_t values[MOST_CELLS];
	uint32_t possible[MOST_CELLS]; /* bit 1 << value, of hidden inner cells */
	bool total_varies[MOST_CELLS];
};

static bool fits_total(const struct guess *guess, size_t at, int64_t sum)
{
	return guess->table->hidden[at] || guess->table->values[at] == sum;
}

static bool fits(struct guess *guess, bool keep)
{
	const struct table *t = guess->table;
	size_t rows = t->rows - 1, columns = t->columns - 1;
	int64_t sums[MOST_CELLS] = { 0 };

	for (size_t row = 0; row < rows; row++) {
		for (size_t column = 0; column < columns; column++) {
			int64_t value = guess->values[row * t->columns + column];

			sums[row * t->columns + columns] += value;
			sums[rows * t->columns + column] += value;
			sums[rows * t->columns + columns] += value;
		}
	}
	for (size_t at = 0; at < t->rows * t->columns; at++) {
		if ((at / t->columns == rows || at % t->columns == columns)) {
			if (!fits_total(guess, at, sums[at]))
				return false;
			if (keep && sums[at] != t->values[at])
				guess->total_varies[at] = true;
		}
	}
	return true;
}

static void fill_in(struct guess *guess, size_t at)
{
	const struct table *t = guess->table;
	size_t inner = (t->rows - 1) * t->columns;

	while (at < inner && (at % t->columns + 1 == t->columns || !t->hidden[at]))
		at++;
	if (at >= inner) {
		if (!fits(guess, true))
			return;
		for (size_t i = 0; i < inner; i++) {
			if (t->hidden[i] && i % t->columns + 1 != t->columns)
				guess->possible[i] |= 1u << guess->values[i];
		}
		return;
	}
	for (int64_t value = 1; value <= MOST_GUESS; value++) {
		guess->values[at] = value;
		fill_in(guess, at + 1);
	}
	guess->values[at] = t->values[at];
}

static int count_hidden_inside(const struct table *table)
{
	int count = 0;

	for (size_t at = 0; at < (table->rows - 1) * table->columns; at++)
		count += table->hidden[at] && at % table->columns + 1 != table->columns;
	return count;
}

static void expect_nothing_certain(const struct table *table)
{
	struct guess guess = { .table = table };

	memcpy(guess.values, table->values, sizeof(guess.values));
	fill_in(&guess, 0);
	for (size_t at = 0; at < table->rows * table->columns; at++) {
		bool is_total = at % table->columns + 1 == table->columns
				|| at / table->columns + 1 == table->rows;
		bool varies = is_total ? guess.total_varies[at]
				       : (guess.possible[at] & (guess.possible[at] - 1)) != 0;

		if (table->hidden[at])
			cr_assert(varies, "cell %zu of%s", at, describe(table));
	}
}

Test(suppression, reader_who_tries_all_that_fits_is_certain_of_no_hidden_cell)
{
	unsigned seed = 11;
	int tried = 0;

	for (int i = 0; i < 1500; i++) {
		struct table table;

		make_table(&table, 1 + next_number(&seed, 3), 1 + next_number(&seed, 3), &seed);
		if (count_hidden_inside(&table) > 4)
			continue;
		expect_nothing_certain(&table);
		tried++;
	}
	cr_expect_gt(tried, 500);
}

Test(suppression, reader_of_a_row_who_tries_all_that_fits_is_certain_of_no_hidden_cell)
{
	unsigned seed = 13;

	for (int i = 0; i < 1000; i++) {
		size_t count = 1 + next_number(&seed, 5);
		struct table table = { .rows = 2, .columns = count + 1 };
		int64_t counts[8];

		for (size_t c = 0; c < count; c++) {
			counts[c] = next_number(&seed, next_number(&seed, 2) ? 3 : 14);
			table.values[c] = counts[c];
			table.values[count] += counts[c];
		}
		suppress_row(counts, count, table.hidden);
		/* Columns have no totals to be read. */
		for (size_t c = count + 1; c < 2 * (count + 1); c++)
			table.hidden[c] = true;
		for (size_t c = 0; c <= count; c++)
			cr_assert(table.hidden[c] || table.values[c] == 0 || table.values[c] > 4);
		if (count_hidden_inside(&table) <= 4) {
			struct guess guess = { .table = &table };

			memcpy(guess.values, table.values, sizeof(guess.values));
			fill_in(&guess, 0);
			for (size_t c = 0; c < count; c++)
				cr_assert(!table.hidden[c]
						  || (guess.possible[c] & (guess.possible[c] - 1)),
					"cell %zu of%s", c, describe(&table));
		}
	}
}

Test(suppression, every_small_cell_is_hidden_and_no_zero)
{
	unsigned seed = 17;

	for (int i = 0; i < 2000; i++) {
		struct table table;

		make_table(&table, 1 + next_number(&seed, 8), 1 + next_number(&seed, 8), &seed);
		for (size_t at = 0; at < table.rows * table.columns; at++) {
			bool small = table.values[at] >= 1 && table.values[at] <= 4;

			cr_assert(!small || table.hidden[at], "%s", describe(&table));
			cr_assert(
				table.values[at] > 0 || !table.hidden[at], "%s", describe(&table));
		}
	}
}
