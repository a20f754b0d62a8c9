#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/csv_reader.h"
#include "kutsu/format/csv_writer.h"
#include "written.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;
static struct csv_table table;
static struct error err;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(csv_reader, .init = set_up, .fini = tear_down);

/* In a block of its own, so that the sanitizer sees a byte read too far. */
static bool read_bytes(const char *bytes, size_t length)
{
	char *copy = malloc(length + 1);
	bool ok;

	memcpy(copy, bytes, length);
	copy = realloc(copy, length ? length : 1);
	ok = csv_read(copy, length, &arena, &table, &err);
	free(copy);
	return ok;
}

/* Each row as "line: [field] [field]" and a line feed; in the arena. */
static const char *told(void)
{
	const char *text = "";

	for (size_t i = 0; i < table.count; i++) {
		const struct csv_row *row = &table.rows[i];

		text = arena_printf(&arena, "%s%zu:", text, row->line);
		for (size_t f = 0; f < row->count; f++)
			text = arena_printf(&arena, "%s [%s]", text, row->fields[f]);
		text = arena_printf(&arena, "%s%s\n", text, row->fault ? " fault" : "");
	}
	return text;
}

static void expect(const char *csv, const char *wanted)
{
	cr_assert(read_bytes(csv, strlen(csv)), "%s: %s", csv, err.text);
	cr_expect_str_eq(told(), wanted, "%s", csv);
}

#define EXPECT_BYTES(bytes, wanted)                                                                \
	do {                                                                                       \
		cr_assert(read_bytes(bytes, sizeof(bytes) - 1), "%s", err.text);                   \
		cr_expect_str_eq(told(), wanted);                                                  \
	} while (0)

#define EXPECT_REFUSED(bytes, words)                                                               \
	do {                                                                                       \
		cr_expect_not(read_bytes(bytes, sizeof(bytes) - 1));                               \
		cr_expect_eq(err.code, ERROR_INVALID);                                             \
		cr_expect(strstr(err.text, words), "%s", err.text);                                \
		cr_expect(!table.rows && !table.count);                                            \
	} while (0)

Test(csv_reader, lines_end_with_crlf_lf_or_cr)
{
	expect("a,b\r\nc,d\r\n", "1: [a] [b]\n2: [c] [d]\n");
	expect("a,b\nc,d\n", "1: [a] [b]\n2: [c] [d]\n");
	expect("a,b\rc,d\r", "1: [a] [b]\n2: [c] [d]\n");
	expect("a,b\r\nc\nd\re", "1: [a] [b]\n2: [c]\n3: [d]\n4: [e]\n");
}

Test(csv_reader, the_last_line_need_not_end)
{
	expect("a,b", "1: [a] [b]\n");
	expect("a,", "1: [a] []\n");
	expect("a,\"b\"", "1: [a] [b]\n");
}

Test(csv_reader, blank_rows_are_none_and_count_as_lines)
{
	expect("", "");
	expect("\n\r\n \n", "");
	expect("\n\na;b\n;\n ; \n\"\";\"\"\nc;d\n\n", "3: [a] [b]\n7: [c] [d]\n");
}

Test(csv_reader, what_is_quoted_may_hold_separators_quotes_and_line_breaks)
{
	expect("a,b\n\"1,\"\"2\"\"\",\"3\r\n4\"\n\"5\n\n6\",7\r\n8",
		"1: [a] [b]\n2: [1,\"2\"] [3\r\n4]\n4: [5\n\n6] [7]\n7: [8]\n");
	expect("\"\",\"\"\"\"\n", "1: [] [\"]\n");
}

Test(csv_reader, a_quote_inside_a_plain_field_is_a_quote)
{
	expect("a,5\"\n", "1: [a] [5\"]\n");
}

Test(csv_reader, a_row_that_is_written_wrongly_says_so_and_the_next_is_read)
{
	expect("a,b\n\"1\"2,3\n4,5\n", "1: [a] [b]\n2: [12] [3] fault\n3: [4] [5]\n");
	expect("a,b\n4,\"5\n6,7\n", "1: [a] [b]\n2: [4] [5\n6,7\n] fault\n");
}

Test(csv_reader, the_separator_is_what_stands_most_often_in_the_first_row)
{
	expect("a;b,c;d\n1,5;2", "1: [a] [b,c] [d]\n2: [1,5] [2]\n");
	expect("a\tb\n1,2,3;4\t5", "1: [a] [b]\n2: [1,2,3;4] [5]\n");
	expect("a,b\n1;2;3", "1: [a] [b]\n2: [1;2;3]\n");
	expect("a\n1", "1: [a]\n2: [1]\n");
	expect("\"a,b,\"\",\";c\n1;2", "1: [a,b,\",] [c]\n2: [1] [2]\n");
	expect("\n\na;b\n1;2", "3: [a] [b]\n4: [1] [2]\n");
}

Test(csv_reader, excels_line_names_the_separator)
{
	expect("sep=;\r\na,b,c\r\n1;2\r\n", "2: [a,b,c]\n3: [1] [2]\n");
	cr_expect_eq(table.separator, ';');
	expect("SEP=\t\na,b,c\td\n", "2: [a,b,c] [d]\n");
	EXPECT_REFUSED("sep=|\na|b\n", "\"sep=\"");
	cr_expect_eq(table.line, 1u);
	EXPECT_REFUSED("sep=;;\na\n", "\"sep=\"");
	EXPECT_REFUSED("sep=", "\"sep=\"");
}

Test(csv_reader, the_apostrophe_of_the_writer_is_taken_off)
{
	expect("a,'+358 40,'=1,'-5,'@x\n'a,'", "1: [a] [+358 40] [=1] [-5] [@x]\n2: ['a] [']\n");
}

/* ---- Encodings. */

Test(csv_reader, encodings_of_spreadsheets_are_all_the_same)
{
	static const char wanted[] = "1: [yksikkö] [nimi]\n2: [Ä€] [–å]\n";

	EXPECT_BYTES("yksikk\xC3\xB6;nimi\n\xC3\x84\xE2\x82\xAC;\xE2\x80\x93\xC3\xA5\n", wanted);
	EXPECT_BYTES("\xEF\xBB\xBFyksikk\xC3\xB6;nimi\n\xC3\x84\xE2\x82\xAC;\xE2\x80\x93\xC3\xA5\n",
		wanted);
	EXPECT_BYTES("yksikk\xF6;nimi\n\xC4\x80;\x96\xE5\n", wanted);
	EXPECT_BYTES("\xFF\xFEy\0k\0s\0i\0k\0k\0\xF6\0;\0n\0i\0m\0i\0\n\0"
		     "\xC4\0\xAC\x20;\0\x13\x20\xE5\0",
		wanted);
	EXPECT_BYTES("\xFE\xFF\0y\0k\0s\0i\0k\0k\0\xF6\0;\0n\0i\0m\0i\0\n"
		     "\0\xC4\x20\xAC\0;\x20\x13\0\xE5",
		wanted);
}

Test(csv_reader, letters_outside_the_basic_plane_come_from_pairs)
{
	EXPECT_BYTES("\xFE\xFF\xD8\x3D\xDE\x00", "1: [\xF0\x9F\x98\x80]\n");
	EXPECT_BYTES("\xFF\xFE\x3D\xD8\x00\xDE", "1: [\xF0\x9F\x98\x80]\n");
}

Test(csv_reader, what_is_no_text_is_refused)
{
	EXPECT_REFUSED("PK\003\004\024\0\006\0", "no text");
	EXPECT_REFUSED("\xD0\xCF\x11\xE0\xA1\xB1", "no text");
	EXPECT_REFUSED("a,b\0c", "no text");
	EXPECT_REFUSED("\xEF\xBB\xBF"
		       "a\0",
		"no text");
	EXPECT_REFUSED("\xFF\xFE\0\0"
		       "a\0\0\0",
		"no text");
}

Test(csv_reader, characters_that_belie_their_mark_are_refused)
{
	EXPECT_REFUSED("\xEF\xBB\xBFyksikk\xF6", "broken");
	EXPECT_REFUSED("\xFF\xFE"
		       "a\0b",
		"broken");
	EXPECT_REFUSED("\xFF\xFE\x3D\xD8"
		       "a\0",
		"broken");
	EXPECT_REFUSED("\xFF\xFE\x3D\xD8", "broken");
	EXPECT_REFUSED("\xFF\xFE\x00\xDE", "broken");
}

/* ---- Bounds. */

static char *many(const char *text, size_t count)
{
	size_t length = strlen(text);
	char *all = malloc(length * count + 1);

	for (size_t i = 0; i < count; i++)
		memcpy(all + i * length, text, length);
	all[length * count] = '\0';
	return all;
}

Test(csv_reader, rows_are_bounded)
{
	char *rows = many("a\n", CSV_MOST_ROWS + 1);

	cr_expect(csv_read(rows, 2 * CSV_MOST_ROWS, &arena, &table, &err), "%s", err.text);
	cr_expect_eq(table.count, (size_t)CSV_MOST_ROWS);
	cr_expect_not(csv_read(rows, 2 * CSV_MOST_ROWS + 2, &arena, &table, &err));
	cr_expect_eq(table.line, (size_t)CSV_MOST_ROWS + 1);
	cr_expect(strstr(err.text, "50000 rows"), "%s", err.text);
	free(rows);
}

Test(csv_reader, bytes_are_bounded)
{
	char *bytes = many(",", CSV_LARGEST + 1);

	cr_expect(csv_read(bytes, CSV_LARGEST, &arena, &table, &err), "%s", err.text);
	cr_expect_eq(table.count, 0u, "a blank row");
	cr_expect_not(csv_read(bytes, CSV_LARGEST + 1, &arena, &table, &err));
	cr_expect(strstr(err.text, "8 megabytes"), "%s", err.text);
	free(bytes);
}

Test(csv_reader, fields_of_a_row_are_bounded_where_something_stands_in_them)
{
	char *commas = many(",", CSV_MOST_FIELDS + 1);
	char *row = arena_printf(&arena, "a%s\na%sb\n", commas, commas);

	cr_assert(read_bytes(row, strlen(row)), "%s", err.text);
	cr_assert_eq(table.count, 2u);
	cr_expect_null(table.rows[0].fault);
	cr_expect(strstr(table.rows[1].fault, "too many columns"), "%s", table.rows[1].fault);
	free(commas);
}

/* ---- Whatever is written. */

static unsigned seed = 1;

static unsigned next_number(unsigned below)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % below;
}

/* Of what means something to CSV, and letters. */
static const char *any_text(size_t most)
{
	static const char *const parts[] = { "a", "ä", ",", ";", "\t", "\"", "\n", "\r", "\r\n",
		"'", "=", " ", "-", "x" };
	const char *text = "";

	for (size_t left = next_number((unsigned)most + 1); left > 0; left--)
		text = arena_printf(
			&arena, "%s%s", text, parts[next_number(sizeof(parts) / sizeof(parts[0]))]);
	return text;
}

/* A text that only looks as if the writer had guarded it comes back without its apostrophe. */
static const char *without_guard(const char *text)
{
	return text[0] == '\'' && text[1] && strchr("=+-@\t\r", text[1]) ? text + 1 : text;
}

Test(csv_reader, what_the_writer_writes_is_read_as_it_was)
{
	static const char *const keys[] = { "k0", "k1", "k2", "k3" };

	for (int trial = 0; trial < 3000; trial++) {
		struct written written;
		struct row row;
		const char *texts[4];

		written_open(&written);
		row_init(&row, &arena);
		for (size_t i = 0; i < 4; i++) {
			texts[i] = i == 0 ? "not blank" : any_text(6);
			row_add_text(&row, keys[i], texts[i]);
		}
		csv_header(written.file, &row);
		csv_row(written.file, &row);
		written_close(&written);
		cr_assert(read_bytes(written.text, written.length), "%s", err.text);
		cr_assert_eq(table.count, 2u, "%s", written.text);
		cr_assert(!table.rows[1].fault && table.rows[1].count == 4, "%s", written.text);
		for (size_t i = 0; i < 4; i++)
			cr_assert_str_eq(table.rows[1].fields[i], without_guard(texts[i]), "%s",
				written.text);
		free(written.text);
		arena_reset(&arena);
	}
}

/*
 * The same by the grammar, a character at a time and with no regard for speed: one row as told()
 * tells it. Moves *csv behind it and counts its lines.
 */
static const char *slow_row(const char **csv, char separator, size_t *lines, bool *is_blank)
{
	const char *fields = "", *field = "", *at = *csv;
	enum { BEGIN, PLAIN, QUOTED, BEHIND } where = BEGIN;
	bool fault = false;

	*is_blank = true;
	*lines = 0;
	for (;; at++) {
		bool breaks = *at == '\n' || (*at == '\r' && at[1] != '\n');

		if (where == QUOTED && *at) {
			if (at[0] == '"' && at[1] == '"')
				field = arena_printf(&arena, "%s%c", field, *at++);
			else if (*at == '"')
				where = BEHIND;
			else
				field = arena_printf(&arena, "%s%c", field, *at);
			*lines += breaks;
			continue;
		}
		fault = fault || where == QUOTED;
		if (*at == separator || *at == '\0' || *at == '\r' || *at == '\n') {
			field = without_guard(field);
			*is_blank = *is_blank && field[strspn(field, " \t\r\n")] == '\0';
			fields = arena_printf(&arena, "%s [%s]", fields, field);
			field = "";
			where = BEGIN;
			if (*at != separator)
				break;
			continue;
		}
		if (where == BEGIN && *at == '"') {
			where = QUOTED;
			continue;
		}
		fault = fault || where == BEHIND;
		where = where == BEHIND ? BEHIND : PLAIN;
		field = arena_printf(&arena, "%s%c", field, *at);
	}
	if (at[0] == '\r' && at[1] == '\n')
		at++;
	*lines += *at != '\0';
	*csv = *at ? at + 1 : at;
	*is_blank = *is_blank && !fault;
	return arena_printf(&arena, "%s%s\n", fields, fault ? " fault" : "");
}

static const char *slow_told(const char *csv, char separator)
{
	const char *text = "";
	size_t line = 1, lines;
	bool is_blank;

	while (*csv) {
		const char *row = slow_row(&csv, separator, &lines, &is_blank);

		if (!is_blank)
			text = arena_printf(&arena, "%s%zu:%s", text, line, row);
		line += lines;
	}
	return text;
}

Test(csv_reader, whatever_is_written_is_read_as_the_grammar_says)
{
	for (int trial = 0; trial < 20000; trial++) {
		const char *csv = any_text(20), *read;

		cr_assert(read_bytes(csv, strlen(csv)), "%s", err.text);
		read = told();
		cr_assert_str_eq(read, slow_told(csv, table.separator), "%s", csv);
		arena_reset(&arena);
	}
}
