#include "kutsu/format/csv_writer.h"

#include "kutsu/base/text.h"

#include <inttypes.h>
#include <string.h>

static void write_quoted(FILE *file, const char *text, const char *guard)
{
	fprintf(file, "\"%s", guard);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', file);
		fputc(*text, file);
	}
	fputc('"', file);
}

static void write_text(FILE *file, const char *text)
{
	const char *guard = *text && strchr("=+-@\t\r", *text) ? "'" : "";

	if (strpbrk(text, ",\"\r\n"))
		write_quoted(file, text, guard);
	else
		fprintf(file, "%s%s", guard, text);
}

static void write_list(FILE *file, const struct value *value)
{
	struct text joined = { 0 };

	value_join_list(value, &joined);
	write_text(file, text_get(&joined));
	text_release(&joined);
}

static void write_value(FILE *file, const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		break;
	case VALUE_TEXT:
	case VALUE_DAY:
	case VALUE_MINUTE:
	case VALUE_WALL:
		write_text(file, value->text);
		break;
	case VALUE_INTEGER:
		fprintf(file, "%" PRId64, value->integer);
		break;
	case VALUE_REAL:
		fprintf(file, "%.15g", value->real);
		break;
	case VALUE_BOOLEAN:
		fputs(value->integer ? "true" : "false", file);
		break;
	case VALUE_LIST:
		write_list(file, value);
		break;
	}
}

void csv_header(FILE *file, const struct row *row)
{
	for (size_t i = 0; i < row->count; i++)
		fprintf(file, "%s%s", i ? "," : "", row->values[i].key);
	fputs("\r\n", file);
}

void csv_row(FILE *file, const struct row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		if (i)
			fputc(',', file);
		write_value(file, &row->values[i]);
	}
	fputs("\r\n", file);
}
