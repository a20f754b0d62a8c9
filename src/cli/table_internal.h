/* A table of texts with aligned columns, for people. */
#ifndef KUTSU_CLI_TABLE_INTERNAL_H
#define KUTSU_CLI_TABLE_INTERNAL_H

#include "kutsu/base/arena.h"

#include <stdio.h>

#define TABLE_MOST_COLUMNS 8

struct table_row {
	const char *cells[TABLE_MOST_COLUMNS];
};

struct table {
	struct arena *arena;
	size_t columns;
	struct table_row *rows;
	size_t row_count;
};

/* Adds a row of `table->columns` texts, kept by pointer; NULL is an empty cell. */
void table_add(struct table *table, ...);
void table_print(const struct table *table, FILE *file);

#endif
