#include "kutsu/format/csv_reader.h"

#include "encoding_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"

#include <string.h>
#include <strings.h>

#define SEPARATORS ";,\t"

/* A file under way. Fields are taken out of their quotes where they stand. */
struct reading {
	char *at;
	char separator;
	size_t line;
	const char *fields[CSV_MOST_FIELDS]; /* of the row in hand */
	size_t count;
	const char *fault;
};

static bool ends_line(char c)
{
	return c == '\0' || c == '\r' || c == '\n';
}

/* Copies what stands in quotes and moves behind them; returns the end of the copy. */
static char *read_quoted(struct reading *reading)
{
	char *to = reading->at++;

	for (;;) {
		char c = *reading->at;

		if (c == '\0') {
			reading->fault = _("a quote that begins here is not ended; end it");
			return to;
		}
		if (c == '"' && *++reading->at != '"')
			return to;
		if (c == '\n' || (c == '\r' && reading->at[1] != '\n'))
			reading->line++;
		*to++ = *reading->at++;
	}
}

/* Moves to what ends the field; returns the end of its copy. */
static char *read_field(struct reading *reading)
{
	bool quoted = *reading->at == '"';
	char *to = quoted ? read_quoted(reading) : reading->at;

	while (!ends_line(*reading->at) && *reading->at != reading->separator) {
		if (quoted && !reading->fault)
			reading->fault = _("text stands behind a quote that has ended; double the "
					   "quotes inside a text");
		*to++ = *reading->at++;
	}
	return to;
}

/* The apostrophe of csv_writer.h. */
static const char *without_guard(const char *field)
{
	return field[0] == '\'' && field[1] && strchr("=+-@\t\r", field[1]) ? field + 1 : field;
}

static void add_field(struct reading *reading, const char *field)
{
	if (reading->count < CSV_MOST_FIELDS)
		reading->fields[reading->count++] = without_guard(field);
	else if (!text_is_blank(field) && !reading->fault)
		reading->fault = _("the row has too many columns; leave out those that aren't "
				   "asked for");
}

static void read_row(struct reading *reading)
{
	char end;

	reading->count = 0;
	reading->fault = NULL;
	do {
		char *field = reading->at, *to = read_field(reading);

		end = *reading->at;
		*to = '\0'; /* maybe over what ended it */
		add_field(reading, field);
		reading->at += end == reading->separator;
	} while (end == reading->separator);
	if (end == '\r' && reading->at[1] == '\n')
		reading->at++;
	reading->at += end != '\0';
	reading->line += end != '\0';
}

static bool is_blank(const struct reading *reading)
{
	for (size_t i = 0; i < reading->count; i++) {
		if (!text_is_blank(reading->fields[i]))
			return false;
	}
	return !reading->fault;
}

static void keep_row(
	struct reading *reading, size_t line, struct arena *arena, struct csv_table *table)
{
	const char **fields = arena_new(arena, reading->count * sizeof(*fields));

	memcpy(fields, reading->fields, reading->count * sizeof(*fields));
	table->rows = arena_append(arena, table->rows, &table->count, sizeof(*table->rows));
	table->rows[table->count - 1] =
		(struct csv_row) { line, fields, reading->count, reading->fault };
}

static bool read_rows(
	struct reading *reading, struct arena *arena, struct csv_table *table, struct error *err)
{
	while (*reading->at) {
		size_t line = reading->line;

		read_row(reading);
		if (is_blank(reading))
			continue;
		if (table->count == CSV_MOST_ROWS) {
			table->line = line;
			return error_set(err, ERROR_INVALID,
				_("the file has more than %d rows; make two of it"),
				CSV_MOST_ROWS - 1);
		}
		keep_row(reading, line, arena, table);
	}
	return true;
}

/* What stands most often in the first row, outside of quotes. */
static char find_separator(const char *text)
{
	size_t counts[sizeof(SEPARATORS) - 1] = { 0 }, most = 1; /* the comma where there is none */
	bool quoted = false;

	text += strspn(text, "\r\n ");
	for (; *text && (quoted || !ends_line(*text)); text++) {
		const char *separator = strchr(SEPARATORS, *text);

		if (*text == '"')
			quoted = !quoted;
		else if (separator && !quoted)
			counts[separator - SEPARATORS]++;
	}
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (counts[i] > counts[most])
			most = i;
	}
	return SEPARATORS[most];
}

/* Moves behind a line "sep=;". */
static bool read_separator(struct reading *reading, struct csv_table *table, struct error *err)
{
	char *at = reading->at;

	if (strncasecmp(at, "sep=", 4) != 0) {
		reading->separator = find_separator(at);
		return true;
	}
	if (at[4] == '\0' || !strchr(SEPARATORS, at[4]) || !ends_line(at[5])) {
		table->line = reading->line;
		return error_set(err, ERROR_INVALID,
			_("\"sep=\" names no separator; use a comma, a semicolon or a tab"));
	}
	reading->separator = at[4];
	reading->at = at + 5;
	return true;
}

bool csv_read(const char *bytes, size_t length, struct arena *arena, struct csv_table *table,
	struct error *err)
{
	struct reading reading = { .line = 1 };

	*table = (struct csv_table) { 0 };
	if (length > CSV_LARGEST)
		return error_set(err, ERROR_INVALID,
			_("the file is larger than %d megabytes; make two of it"),
			CSV_LARGEST / 1024 / 1024);
	if (!encoding_read(bytes, length, arena, &reading.at, err)
		|| !read_separator(&reading, table, err))
		return false;
	table->separator = reading.separator;
	if (read_rows(&reading, arena, table, err))
		return true;
	table->rows = NULL;
	table->count = 0;
	return false;
}
