#include "kutsu/base/arena.h"
#include "kutsu/format/csv_writer.h"
#include "written.h"

#include <criterion/criterion.h>
#include <string.h>

#define FIELD_SIZE 256

static struct arena arena;
static struct written written;
static struct row row;

static void set_up(void)
{
	written_open(&written);
	row_init(&row, &arena);
}

static void tear_down(void)
{
	free(written.text);
	arena_release(&arena);
}

TestSuite(csv_writer, .init = set_up, .fini = tear_down);

/*
 * RFC 4180, section 2, by its grammar and with no help from the writer: reads one field and
 * returns what stands behind it, a comma or CRLF; NULL when it is against the grammar.
 */
static const char *parse_field(const char *csv, char field[FIELD_SIZE])
{
	bool quoted = *csv == '"';
	size_t used = 0;

	for (csv += quoted; *csv; csv++) {
		if (!quoted && (*csv == ',' || *csv == '\r'))
			break;
		if (!quoted && (*csv == '"' || *csv == '\n'))
			return NULL;
		if (quoted && *csv == '"' && *++csv != '"')
			break;
		field[used++] = *csv;
	}
	field[used] = '\0';
	return *csv == ',' || strncmp(csv, "\r\n", 2) == 0 ? csv : NULL;
}

/* Writes the row, and checks that it is one record of these fields. */
static void expect_fields(const char *const *wanted, size_t count)
{
	const char *csv;
	char field[FIELD_SIZE];

	csv_row(written.file, &row);
	csv = written_close(&written);
	for (size_t i = 0; i < count; i++) {
		csv = parse_field(csv, field);
		cr_assert(csv, "no field %zu in: %s", i, written.text);
		cr_assert_str_eq(field, wanted[i]);
		csv += *csv == ',' ? 1 : 2;
	}
	cr_assert_eq(*csv, '\0');
}

static void expect_field(const char *text, const char *wanted)
{
	const char *const fields[] = { "before", wanted, "after" };

	row_add_text(&row, "a", "before");
	row_add_text(&row, "b", text);
	row_add_text(&row, "c", "after");
	expect_fields(fields, 3);
}

Test(csv_writer, header_is_the_keys_and_crlf)
{
	row_add_null(&row, "id");
	row_add_null(&row, "case");
	csv_header(written.file, &row);
	cr_assert_str_eq(written_close(&written), "id,case\r\n");
}

Test(csv_writer, plain_text_is_not_quoted)
{
	expect_field("Kesälän koulu; 2. krs", "Kesälän koulu; 2. krs");
	cr_assert_str_eq(written.text, "before,Kesälän koulu; 2. krs,after\r\n");
}

Test(csv_writer, commas_come_back)
{
	expect_field("a,b,,", "a,b,,");
}

Test(csv_writer, quotes_come_back)
{
	expect_field("\"\"a\" b\"", "\"\"a\" b\"");
}

Test(csv_writer, line_breaks_come_back)
{
	expect_field("eka\ntoka\r\nkolmas\r", "eka\ntoka\r\nkolmas\r");
}

Test(csv_writer, all_together_come_back)
{
	expect_field("x\",\"\r\n\",=1", "x\",\"\r\n\",=1");
}

Test(csv_writer, a_formula_gets_an_apostrophe)
{
	static const char *const formulas[] = { "=1+1", "+358 40", "-5", "@SUM(A1)", "\tx", "\rx",
		"=HYPERLINK(\"http://x\",\"y\")\n" };
	char wanted[FIELD_SIZE];

	for (size_t i = 0; i < sizeof(formulas) / sizeof(formulas[0]); i++) {
		snprintf(wanted, sizeof(wanted), "'%s", formulas[i]);
		row_init(&row, &arena);
		expect_field(formulas[i], wanted);
		free(written.text);
		written_open(&written);
	}
	written_close(&written);
}

Test(csv_writer, a_formula_sign_inside_the_text_is_left_alone)
{
	expect_field("a=b", "a=b");
}

Test(csv_writer, null_is_empty_and_booleans_are_words)
{
	static const char *const wanted[] = { "", "true", "false", "-7", "" };

	row_add_null(&row, "a");
	row_add_boolean(&row, "b", true);
	row_add_boolean(&row, "c", false);
	row_add_integer(&row, "d", -7);
	row_add_text(&row, "e", "");
	expect_fields(wanted, 5);
	cr_assert_str_eq(written.text, ",true,false,-7,\r\n");
}

Test(csv_writer, hours_have_a_point_and_two_decimals_at_most)
{
	static const char *const wanted[] = { "3", "0.5", "100.67" };

	row_add_hours(&row, "whole", 180);
	row_add_hours(&row, "half", 30);
	row_add_hours(&row, "two_thirds", 100 * 60 + 40);
	expect_fields(wanted, 3);
}

Test(csv_writer, lists_are_joined)
{
	static const char *const list[] = { "äiti", "\"mummi\", 70", "isä" };
	static const char *const wanted[] = { "äiti; \"mummi\", 70; isä", "" };

	row_add_list(&row, "adults", list, 3);
	row_add_list(&row, "none", NULL, 0);
	expect_fields(wanted, 2);
}

Test(csv_writer, a_list_that_begins_as_a_formula_gets_an_apostrophe)
{
	static const char *const list[] = { "=cmd", "b" };
	static const char *const wanted[] = { "'=cmd; b" };

	row_add_list(&row, "adults", list, 2);
	expect_fields(wanted, 1);
}
