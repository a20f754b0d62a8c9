/* kutsu import csv: what it prints, how it ends, and a whole region that goes out and comes in. */
#include "installation.h"

#include <ctype.h>

#define SHEET                                                                                      \
	"unit,name,sector,weekday,start,end,contact\n"                                             \
	"N,Clinic,TER,3,12,14,yhd-n\n"                                                             \
	"N,,,4,9:00,10:30,\n"

static struct program *empty(void)
{
	struct program *p = program_new();

	program_ok(p, "init");
	return p;
}

static const char *sheet(struct program *p, const char *text)
{
	program_write(p, "sheet.csv", text);
	return program_path(p, "sheet.csv");
}

Test(import_csv, prints_what_it_adds_and_how_much)
{
	struct program *p = empty();

	cr_expect_str_eq(program_ok(p, "import csv %s", sheet(p, SHEET)),
		"+ unit N Clinic\n"
		"+ hole N Wed 12:00–14:00 weekly\n"
		"+ hole N Thu 09:00–10:30 weekly\n"
		"+ contact yhd-n: N\n"
		"added: units 1, holes 2, contacts 1; there already: 0");
	cr_expect_str_eq(program_ok(p, "import csv %s", sheet(p, SHEET)),
		"added: units 0, holes 0, contacts 0; there already: 4");
	program_free(p);
}

Test(import_csv, a_dry_run_prints_the_same_and_adds_nothing)
{
	struct program *p = empty();
	const char *out = program_ok(p, "import csv --dry-run %s", sheet(p, SHEET));

	cr_expect(strstr(out, "+ hole N Thu"), "%s", out);
	cr_expect(strstr(out, "would be added: units 1, holes 2, contacts 1; there already: 0"),
		"%s", out);
	cr_expect_str_eq(program_ok(p, "unit list --json"), "[]");
	program_free(p);
}

Test(import_csv, tells_it_in_json)
{
	struct program *p = empty();
	json_t *told = json_of(program_ok(p, "import csv --dry-run --json %s", sheet(p, SHEET)));
	json_t *slot = json_array_get(json_object_get(told, "slots"), 0),
	       *contact = json_array_get(json_object_get(told, "contacts"), 0);

	expect_keys(told, "dry_run there_already units slots contacts");
	expect_value(told, "dry_run", "true");
	expect_value(told, "there_already", "0");
	expect_keys(json_array_get(json_object_get(told, "units"), 0), KEYS_UNIT);
	expect_keys(slot, KEYS_SLOT);
	expect_value(slot, "id", "null");
	expect_keys(contact, "login title units new");
	expect_value(contact, "units", "[\"N\"]");
	expect_value(contact, "new", "true");
	json_decref(told);
	told = json_of(program_ok(p, "import csv --json %s", sheet(p, SHEET)));
	expect_value(told, "dry_run", "false");
	expect_value(json_array_get(json_object_get(told, "slots"), 1), "id", "2");
	json_decref(told);
	program_free(p);
}

Test(import_csv, names_every_fault_with_file_and_line_and_ends_with_1)
{
	struct program *p = empty();
	const char *path = sheet(p, "unit,name,sector,phone\nA,,SOS,010100A123D\n\nB,B,XX,\n");
	char wanted[2000];

	snprintf(wanted, sizeof(wanted),
		"kutsu: %s:2: phone: the text seems to hold a personal identity code, and kutsu "
		"keeps none; take it out\n"
		"kutsu: %s:2: name: it is missing; fill it in\n"
		"kutsu: %s:4: sector: \"XX\" is none of these: TER, KTH, OPH, SOS, MIE, AIK, VAK, "
		"SIV, NUO, JAR, SRK\n"
		"kutsu: 3 faults were found and nothing taken; correct them and import again\n",
		path, path, path);
	cr_expect_eq(program_do(p, "import csv %s", path), 1);
	cr_expect_str_eq(program_err(p), wanted);
	cr_expect_str_empty(program_out(p));
	cr_expect_eq(program_do(p, "import csv --dry-run --json %s", path), 1);
	cr_expect_str_eq(program_err(p), wanted);
	cr_expect_str_empty(program_out(p));
	cr_expect_str_eq(program_ok(p, "unit list --json"), "[]");
	program_free(p);
}

Test(import_csv, of_a_file_that_is_no_sheet_no_line_is_named)
{
	struct program *p = empty();
	const char *path = sheet(p, "PK\003\004");

	cr_expect_eq(program_do(p, "import csv %s", path), 1);
	cr_expect(strstr(program_err(p), ".csv: the file is no text;"), "%s", program_err(p));
	program_free(p);
}

Test(import_csv, reads_standard_input)
{
	struct program *p = empty();

	program_input(p, SHEET);
	cr_expect(strstr(program_ok(p, "import csv -"), "+ unit N Clinic"));
	program_input(p, "unit\n");
	cr_expect_eq(program_do(p, "import csv -"), 1);
	cr_expect(strstr(program_err(p), "kutsu: -:1: "), "%s", program_err(p));
	program_free(p);
}

Test(import_csv, wrong_usage_ends_with_2_a_file_that_is_not_there_with_1)
{
	struct program *p = empty();

	program_refused(p, 2, "--template", "import csv");
	program_refused(p, 2, "--template", "import csv x --template");
	program_refused(p, 2, "--template", "import csv --template --dry-run");
	program_refused(p, 2, "--template", "import csv --template --json");
	program_refused(p, 2, "\"y\"", "import csv x y");
	program_refused(p, 2, "import --help", "import");
	program_refused(p, 1, "can't be read", "import csv nowhere.csv");
	program_refused(p, 1, "can't be read", "import csv .");
	program_set(p, "KUTSU_DB", program_path(p, "none.db"));
	program_refused(p, 6, "none.db", "import csv %s", sheet(p, SHEET));
	program_free(p);
}

/* It is done, and says so: exit status 1 would mean that nothing changed. */
Test(import_csv, is_done_even_where_that_cant_be_written)
{
	struct program *p = empty();
	const char *path = sheet(p, SHEET);

	program_output(p, "/dev/full");
	cr_expect_eq(program_do(p, "import csv %s", path), 0);
	cr_expect(
		strstr(program_err(p), "the import is done, but the output"), "%s", program_err(p));
	cr_expect(strstr(program_ok(p, "unit list"), "Clinic"));
	program_free(p);
}

/* ---- The template. */

Test(import_csv, the_template_comes_in_without_a_fault_in_each_language)
{
	static const char *const languages[] = { "fi", "sv", "en" };

	for (size_t written = 0; written < 3; written++) {
		for (size_t read = 0; read < 3; read++) {
			struct program *p = empty();
			const char *path = program_path(p, "template.csv");

			program_ok(p, "--lang %s import csv --template -o %s", languages[written],
				path);
			program_ok(p, "--lang %s import csv %s", languages[read], path);
			cr_expect(strstr(program_ok(p, "import csv %s", path), "there already: 6"),
				"%s read as %s", languages[written], languages[read]);
			program_free(p);
		}
	}
}

/* In Finnish and Swedish as Excel there wants it: else its letters come out as others. */
Test(import_csv, the_template_is_as_the_spreadsheets_of_its_language_want_it)
{
	static const char mark[] = "\xEF\xBB\xBF";
	struct program *p = program_new(); /* with no database */
	const char *csv = program_ok(p, "--lang fi import csv --template");

	cr_expect_eq(strncmp(csv, mark, 3), 0);
	cr_expect(strstr(csv, "yksikkö;nimi;"));
	csv = program_ok(p, "--lang sv import csv --template");
	cr_expect_eq(strncmp(csv, mark, 3), 0);
	cr_expect(strstr(csv, "enhet;namn;"));
	csv = program_ok(p, "--lang en import csv --template");
	cr_expect_eq(strncmp(csv, "unit,name,", 10), 0);
	for (; *csv; csv++)
		cr_expect(isascii((unsigned char)*csv));
	program_free(p);
}

/* ---- A whole region. */

/* A row of the sheet: the unit's cells, and the hole's where it has one. Fields are comma-free. */
static void put_cell(FILE *to, const char *text)
{
	fputc('"', to);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', to);
		fputc(*text, to);
	}
	fputs("\";", to);
}

/* Of an exported table the fields of one line, unquoted in place; returns the next line. */
static char *split(char *line, char **fields, size_t most)
{
	for (size_t count = 0; count < most; count++) {
		char *to = line;
		bool quoted = *line == '"';

		fields[count] = to;
		for (line += quoted;
			quoted ? *line != '"' || *++line == '"' : !strchr(",\r", *line);)
			*to++ = *line++;
		if (*line == '\r') {
			*to = '\0';
			return line + 2;
		}
		line++;
		*to = '\0';
	}
	return line;
}

#define UNIT_FIELDS 7
#define SLOT_FIELDS 12

/* The slots of one unit, a row each, or one row where it has none. */
static void put_unit(FILE *to, char **unit, const char *slots)
{
	char *copy = strdup(slots), *line = strchr(copy, '\n') + 1, *slot[SLOT_FIELDS];
	bool is_first = true;

	while (*line) {
		line = split(line, slot, SLOT_FIELDS);
		if (strcmp(slot[1], unit[0]) != 0)
			continue;
		put_cell(to, unit[0]);
		for (size_t i = 1; i < UNIT_FIELDS - 1; i++)
			put_cell(to, is_first ? unit[i] : "");
		for (size_t i = 2; i < SLOT_FIELDS; i++)
			put_cell(to, slot[i]);
		fputs("\r\n", to);
		is_first = false;
	}
	for (size_t i = 0; is_first && i < UNIT_FIELDS - 1; i++)
		put_cell(to, unit[i]);
	fputs(is_first ? "\r\n" : "", to);
	free(copy);
}

/* One sheet of both exports; free() */
static char *sheet_of(const char *units, const char *slots)
{
	char *copy = strdup(units), *line = strchr(copy, '\n') + 1, *unit[UNIT_FIELDS], *csv;
	size_t size;
	FILE *to = open_memstream(&csv, &size);

	fputs("unit;name;sector;area;municipality;school_based;weekday;start;end;repeat;from;"
	      "until;capacity;person;deputy;place\r\n",
		to);
	while (*line) {
		line = split(line, unit, UNIT_FIELDS);
		put_unit(to, unit, slots);
	}
	fclose(to);
	free(copy);
	return csv;
}

static char *copy_of(struct program *p, const char *command)
{
	cr_assert_eq(program_do(p, "%s", command), 0, "%s", program_err(p));
	return strdup(program_out(p));
}

static void expect_same(struct program *p, const char *command, const char *wanted)
{
	char *told = copy_of(p, command);

	cr_expect_str_eq(told, wanted, "%s", command);
	free(told);
}

/* What is promised: the demo's meetings and absences are not in a sheet. */
static void keep_promises_only(struct program *p)
{
	sqlite3 *db = database_open(p);

	cr_assert_eq(sqlite3_exec(db,
			     "UPDATE meeting SET status = 'cancelled', hold_until = NULL,"
			     " hold_writer = NULL;"
			     "DELETE FROM closing; DELETE FROM opening; DELETE FROM school_break;"
			     "DELETE FROM readiness",
			     NULL, NULL, NULL),
		SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

Test(import_csv, a_region_that_went_out_comes_in_the_same)
{
	static const char week[] = "slot list --week 2026-W48 --json";
	struct program *demo = program_new(), *p = empty();
	char *units, *slots, *weeks, *csv;

	program_ok(demo, "demo");
	keep_promises_only(demo);
	units = copy_of(demo, "export units --format csv");
	slots = copy_of(demo, "export slots --format csv");
	weeks = copy_of(demo, week);
	csv = sheet_of(units, slots);
	cr_expect(strstr(program_ok(p, "import csv %s", sheet(p, csv)),
			  "added: units 48, holes 57, contacts 0; there already: 0"),
		"%s", program_out(p));
	expect_same(p, week, weeks);
	expect_same(p, "export units --format csv", units);
	expect_same(p, "export slots --format csv", slots);
	cr_expect_gt(strlen(weeks), 1000u);
	free(units);
	free(slots);
	free(weeks);
	free(csv);
	program_free(p);
	program_free(demo);
}
