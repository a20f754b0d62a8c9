/*
 * What is hidden, by example; and against somebody who knows the rule: for each thing that can be
 * shown, every table of that size is gone through that would be shown alike, and a hidden cell must
 * not be the same in all of them.
 */
#include "kutsu/domain/suppression.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CELLS 9

#define X CELL_HIDDEN

struct shown {
	int total, cells[MOST_CELLS];
};

static void expect_shown(
	const int *cells, const int *wanted, size_t count, int wanted_total, int line)
{
	int shown[MOST_CELLS], total = 0;

	for (size_t i = 0; i < count; i++) {
		shown[i] = cells[i];
		total += cells[i];
	}
	suppress_cells(shown, count, &total);
	cr_expect_eq(total, wanted_total, "line %d: the total is %d", line, total);
	for (size_t i = 0; i < count; i++)
		cr_expect_eq(shown[i], wanted[i], "line %d: cell %zu is %d", line, i, shown[i]);
}

/* A list in parentheses keeps its commas. */
#define LIST(...) __VA_ARGS__
#define EXPECT_SHOWN(cells, wanted, total)                                                         \
	expect_shown((const int[]) { LIST cells }, (const int[]) { LIST wanted },                  \
		sizeof((const int[]) { LIST cells }) / sizeof(int), total, __LINE__)

Test(suppression, shows_nothing_and_five_and_more)
{
	EXPECT_SHOWN((0, 0, 0), (0, 0, 0), 0);
	EXPECT_SHOWN((5, 0, 17), (5, 0, 17), 22);
	EXPECT_SHOWN((5), (5), 5);
}

Test(suppression, hides_one_to_four)
{
	EXPECT_SHOWN((1, 4, 17, 0), (X, X, 17, 0), 22);
	EXPECT_SHOWN((2, 2, 17), (X, X, 17), 21);
	EXPECT_SHOWN((3, 2, 1, 4, 5), (X, X, X, X, 5), 15);
}

Test(suppression, hides_the_smallest_other_with_a_cell_that_would_be_alone)
{
	EXPECT_SHOWN((3, 20, 9, 0), (X, 20, X, 0), 32);
	EXPECT_SHOWN((20, 4, 21), (X, X, 21), 45);
}

Test(suppression, hides_all_that_are_equally_small)
{
	EXPECT_SHOWN((9, 4, 9, 10), (X, X, X, 10), 32);
}

/* Three cells that share three are known, and two that share eight. */
Test(suppression, hides_another_with_cells_that_are_all_one_or_all_four)
{
	EXPECT_SHOWN((15, 1, 1, 1), (X, X, X, X), 18);
	EXPECT_SHOWN((4, 15, 4, 16), (X, X, X, 16), 39);
	EXPECT_SHOWN((15, 2, 1, 1), (15, X, X, X), 19);
	EXPECT_SHOWN((15, 4, 4, 3), (15, X, X, X), 26);
}

Test(suppression, hides_the_total_with_all_cells_where_no_other_is_left)
{
	EXPECT_SHOWN((4, 4, 0), (X, X, X), X);
	EXPECT_SHOWN((1, 1, 1, 1, 1, 0), (X, X, X, X, X, X), X);
}

Test(suppression, hides_a_small_total_with_all_cells)
{
	EXPECT_SHOWN((3), (X), X);
	EXPECT_SHOWN((0, 3, 0), (X, X, X), X);
	EXPECT_SHOWN((1, 1, 1, 1), (X, X, X, X), X);
	EXPECT_SHOWN((2, 1), (X, X), X);
}

/* ---- The one who knows the rule. ---- */

struct table {
	struct shown truth, shown;
};

struct tables {
	struct table *items;
	size_t count, capacity, cells;
};

static void check_plainly(const struct table *table, size_t cells)
{
	bool any_small = false;

	for (size_t i = 0; i < cells; i++) {
		int truth = table->truth.cells[i], shown = table->shown.cells[i];

		any_small = any_small || cell_is_small(truth);
		cr_assert(shown == truth || shown == CELL_HIDDEN);
		cr_assert_not(cell_is_small(shown));
		cr_assert(truth > 0 || shown == 0 || table->shown.total == CELL_HIDDEN);
		cr_assert(table->shown.total != CELL_HIDDEN || shown == CELL_HIDDEN);
	}
	cr_assert_not(cell_is_small(table->shown.total));
	if (!any_small)
		cr_assert_eq(memcmp(&table->shown, &table->truth, sizeof(table->shown)), 0);
}

static void add_table(struct tables *tables, const struct shown *truth)
{
	struct table *table;

	if (tables->count == tables->capacity) {
		tables->capacity = tables->capacity ? tables->capacity * 2 : 1024;
		tables->items = realloc(tables->items, tables->capacity * sizeof(*tables->items));
		cr_assert_not_null(tables->items);
	}
	table = &tables->items[tables->count++];
	*table = (struct table) { *truth, *truth };
	suppress_cells(table->shown.cells, tables->cells, &table->shown.total);
	check_plainly(table, tables->cells);
}

/* Every way to part what is left of the total among the cells from `at` on. */
static void add_tables(struct tables *tables, struct shown *truth, size_t at, int left)
{
	if (at + 1 == tables->cells) {
		truth->cells[at] = left;
		add_table(tables, truth);
		return;
	}
	for (int cell = 0; cell <= left; cell++) {
		truth->cells[at] = cell;
		add_tables(tables, truth, at + 1, left - cell);
	}
}

static int by_shown(const void *a, const void *b)
{
	return memcmp(&((const struct table *)a)->shown, &((const struct table *)b)->shown,
		sizeof(struct shown));
}

/* Of the tables that are shown alike, whether cell `at` is the same in all. */
static bool is_known(const struct table *tables, size_t count, size_t at)
{
	for (size_t i = 1; i < count; i++) {
		if (tables[i].truth.cells[at] != tables[0].truth.cells[at])
			return false;
	}
	return true;
}

static bool total_is_known(const struct table *tables, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (tables[i].truth.total != tables[0].truth.total)
			return false;
	}
	return true;
}

static void fail(const struct table *table, size_t cells, const char *what)
{
	char text[200] = "";

	for (size_t i = 0; i < cells; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), " %d",
			table->truth.cells[i]);
	cr_assert_fail("%s of%s is known", what, text);
}

static void attack(const struct tables *tables, size_t first, size_t count)
{
	const struct table *alike = &tables->items[first];

	if (alike->shown.total == CELL_HIDDEN && total_is_known(alike, count))
		fail(alike, tables->cells, "the total");
	for (size_t i = 0; i < tables->cells; i++) {
		if (alike->shown.cells[i] == CELL_HIDDEN && is_known(alike, count, i))
			fail(alike, tables->cells, "a cell");
	}
}

/* All tables of so many cells with totals up to `most`: no other table is shown as one of them. */
static void attack_all(size_t cells, int most, size_t least_tables)
{
	struct tables tables = { .cells = cells };
	size_t first = 0;

	for (int total = 0; total <= most; total++) {
		struct shown truth = { .total = total };

		add_tables(&tables, &truth, 0, total);
	}
	cr_assert_geq(tables.count, least_tables, "%zu tables", tables.count);
	qsort(tables.items, tables.count, sizeof(*tables.items), by_shown);
	for (size_t i = 1; i <= tables.count; i++) {
		if (i < tables.count && by_shown(&tables.items[first], &tables.items[i]) == 0)
			continue;
		attack(&tables, first, i - first);
		first = i;
	}
	free(tables.items);
}

Test(suppression, no_hidden_cell_is_worked_out_by_who_knows_the_rule)
{
	attack_all(1, 60, 61);
	attack_all(2, 60, 1000);
	attack_all(3, 40, 10000);
	attack_all(4, 30, 40000);
	attack_all(5, 22, 60000);
	attack_all(6, 16, 60000);
	attack_all(9, 10, 90000);
}
