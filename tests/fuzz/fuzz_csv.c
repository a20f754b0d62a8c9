/* A sheet as a spreadsheet program may save it, in whichever encoding. */
#include "fuzz.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/csv_reader.h"

#include <stdio.h>

static void check_rows(const struct csv_table *table)
{
	size_t line = 0;

	assert(table->count <= CSV_MOST_ROWS && strchr(",;\t", table->separator));
	for (size_t i = 0; i < table->count; i++) {
		const struct csv_row *row = &table->rows[i];

		assert(row->line > line);
		line = row->line;
		assert(row->count > 0 && row->count <= CSV_MOST_FIELDS);
		for (size_t f = 0; f < row->count; f++)
			assert(utf8_is_valid(row->fields[f]));
	}
}

static void write_field(FILE *file, const char *field)
{
	fputc('"', file);
	for (; *field; field++) {
		if (*field == '"')
			fputc('"', file);
		fputc(*field, file);
	}
	fputc('"', file);
}

/* With everything quoted, and nothing that looks like a guard. */
static char *write_again(const struct csv_table *table, size_t *length)
{
	char *bytes = NULL;
	FILE *file = open_memstream(&bytes, length);

	assert(file);
	fprintf(file, "sep=%c\r\n", table->separator);
	for (size_t i = 0; i < table->count; i++) {
		for (size_t f = 0; f < table->rows[i].count; f++) {
			const char *field = table->rows[i].fields[f];

			if (f)
				fputc(table->separator, file);
			write_field(file, field[0] == '\'' ? "'" : field);
		}
		fputs("\r\n", file);
	}
	fclose(file);
	return bytes;
}

static void check_same(const struct csv_table *one, const struct csv_table *other)
{
	assert(one->count == other->count && one->separator == other->separator);
	for (size_t i = 0; i < one->count; i++) {
		assert(one->rows[i].count == other->rows[i].count && !other->rows[i].fault);
		for (size_t f = 0; f < one->rows[i].count; f++) {
			const char *field = one->rows[i].fields[f];

			assert(field[0] == '\'' || strcmp(field, other->rows[i].fields[f]) == 0);
		}
	}
}

static bool is_all_blank(const struct csv_row *row)
{
	bool blank = true;

	for (size_t f = 0; f < row->count; f++)
		blank = blank && row->fields[f][strspn(row->fields[f], " \t\r\n")] == '\0';
	return blank;
}

/* What was read is read the same when it is written well. */
static void check_again(const struct csv_table *table, struct arena *arena)
{
	struct csv_table again;
	struct error err;
	size_t length;
	char *bytes;
	bool ok;

	for (size_t i = 0; i < table->count; i++) {
		if (is_all_blank(&table->rows[i])) /* it had a fault, and would be none */
			return;
	}
	bytes = write_again(table, &length);
	ok = csv_read(bytes, length, arena, &again, &err);
	assert(ok || length > CSV_LARGEST);
	free(bytes);
	if (ok)
		check_same(table, &again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *file = malloc(size ? size : 1); /* with no NUL behind it */
	struct arena arena = { 0 };
	struct csv_table table;
	struct error err;
	bool ok;

	assert(file);
	if (size)
		memcpy(file, bytes, size);
	ok = csv_read(file, size, &arena, &table, &err);
	free(file); /* the table has no part of it */
	if (ok) {
		check_rows(&table);
		check_again(&table, &arena);
	} else {
		assert(err.code == ERROR_INVALID && !table.rows && !table.count);
		assert(utf8_is_valid(err.text) && !utf8_has_control(err.text));
	}
	arena_release(&arena);
	return 0;
}
