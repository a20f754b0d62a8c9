#include "table_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>

void table_add(struct table *table, ...)
{
	struct table_row *row;
	va_list args;

	table->rows = arena_append(table->arena, table->rows, &table->row_count, sizeof(*row));
	row = &table->rows[table->row_count - 1];
	va_start(args, table);
	for (size_t i = 0; i < table->columns; i++) {
		row->cells[i] = va_arg(args, const char *);
		if (!row->cells[i])
			row->cells[i] = "";
	}
	va_end(args);
}

static int column_width(const struct table *table, size_t column)
{
	int widest = 0;

	for (size_t i = 0; i < table->row_count; i++) {
		int width = utf8_width(table->rows[i].cells[column]);

		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Nothing that was typed somewhere steers the terminal it is shown on. */
static void print_cell(FILE *file, const char *cell, int blanks)
{
	char *clean = memory_copy_text(cell);

	utf8_clean(clean);
	fprintf(file, "%s%*s", clean, blanks, "");
	free(clean);
}

void table_print(const struct table *table, FILE *file)
{
	int widths[TABLE_MOST_COLUMNS] = { 0 };

	for (size_t c = 0; c < table->columns; c++)
		widths[c] = column_width(table, c);
	for (size_t i = 0; i < table->row_count; i++) {
		const char *const *cells = table->rows[i].cells;
		size_t last = table->columns;

		while (last > 0 && !*cells[last - 1])
			last--;
		for (size_t c = 0; c < last; c++)
			print_cell(file, cells[c],
				c + 1 < last ? widths[c] - utf8_width(cells[c]) + 2 : 0);
		fputc('\n', file);
	}
}
