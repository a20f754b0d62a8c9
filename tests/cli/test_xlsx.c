/* A spreadsheet as a program that is not ours reads it: the same rows as the CSV. */
#include "installation.h"

#include <ctype.h>

#define SOFFICE "/usr/bin/soffice"
/* Commas, quotes where needed, UTF-8, from row 1, cells as they are shown, every sheet. */
#define TO_CSV	 "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
#define LONGEST	 4000
#define MOST_ROW 100000

static const char *const things[] = { "calls", "cases", "meetings", "actions", "slots", "units" };

#define THINGS (sizeof(things) / sizeof(things[0]))

static struct program *office_new(void)
{
	struct program *office = program_new_other(SOFFICE);

	program_set(office, "SAL_USE_VCLPLUGIN", "svp");
	return office;
}

/* The sheet of an exported spreadsheet as CSV; free(). */
static char *sheet_of(struct program *p, struct program *office, const char *thing)
{
	char file[100], sheet[100], profile[500];

	snprintf(file, sizeof(file), "%s.xlsx", thing);
	snprintf(sheet, sizeof(sheet), "%s-%s.csv", thing, thing);
	snprintf(profile, sizeof(profile), "-env:UserInstallation=file://%s/profile",
		program_folder(office));
	program_ok(p, "export %s --format xlsx -o %s", thing, file);
	cr_assert_eq(program_run(office, "--headless", profile, "--convert-to", TO_CSV, "--outdir",
			     program_folder(office), program_path(p, file), NULL),
		0, "%s: %s%s", thing, program_out(office), program_err(office));
	return program_read(program_path(office, sheet), NULL);
}

/* Reads one field of RFC 4180, moves on, and returns whether it ends its row. */
static bool read_field(const char **csv, char field[LONGEST])
{
	const char *at = *csv;
	bool quoted = *at == '"', ends;
	size_t used = 0;

	for (at += quoted; *at; at++) {
		if (!quoted && (*at == ',' || *at == '\r' || *at == '\n'))
			break;
		if (quoted && *at == '"' && *++at != '"')
			break;
		cr_assert_lt(used, LONGEST - 1u);
		field[used++] = *at;
	}
	field[used] = '\0';
	ends = *at != ',';
	at += *at == '\r';
	at += *at != '\0';
	*csv = at;
	return ends;
}

/* What differs by nature: a guarded formula, a moment's T and offset, how a boolean is shown. */
static void make_alike(char field[LONGEST])
{
	size_t length = strlen(field);

	if (*field == '\'' && field[1] && strchr("=+-@\t\r", field[1])) {
		memmove(field, field + 1, length);
	} else if (length == strlen("2026-12-01T13:00+02:00") && field[10] == 'T') {
		field[10] = ' ';
		field[16] = '\0';
	} else if (strcmp(field, "TRUE") == 0 || strcmp(field, "FALSE") == 0) {
		for (; *field; field++)
			*field = (char)tolower(*field);
	}
}

static void expect_same_rows(const char *thing, const char *csv, const char *sheet)
{
	int row = 0, column = 0;

	while (*csv && row < MOST_ROW) {
		char ours[LONGEST], theirs[LONGEST];
		bool ends = read_field(&csv, ours), they_end = read_field(&sheet, theirs);

		make_alike(ours);
		make_alike(theirs);
		cr_expect_str_eq(theirs, ours, "%s, row %d, column %d: \"%s\", not \"%s\"", thing,
			row, column, theirs, ours);
		cr_assert_eq(they_end, ends, "%s, row %d, column %d: the rows' ends", thing, row,
			column);
		column = ends ? 0 : column + 1;
		row += ends;
	}
	cr_expect_gt(row, 1, "%s has no rows", thing);
	cr_expect_str_eq(sheet, "", "%s: more rows: %s", thing, sheet);
}

static void expect_same(struct program *p, struct program *office, const char *thing)
{
	char *sheet = sheet_of(p, office, thing), *csv, name[100];

	snprintf(name, sizeof(name), "%s.csv", thing);
	program_ok(p, "export %s --format csv -o %s", thing, name);
	csv = program_read(program_path(p, name), NULL);
	expect_same_rows(thing, csv, sheet);
	free(csv);
	free(sheet);
}

Test(xlsx, of_the_demo_region_is_read_by_another_program_with_the_rows_of_the_csv)
{
	struct program *p = program_new(), *office = office_new();

	program_ok(p, "demo");
	for (size_t i = 0; i < THINGS; i++)
		expect_same(p, office, things[i]);
	program_free(office);
	program_free(p);
}

/* Each is told as a caller's words, a concern and a child. */
static const char *const awkward[] = { "=1+1", "+358401234567", "-5", "@SUM(A1)",
	"äidin \"oma\", sanottu; näin", "ensin\ntoiseksi\n\nviimeksi", "0401234567", "1/2", "1,5",
	"TRUE", "2026-01-01", "13:00", "_x0041_", " alussa ja lopussa ", "<b>&amp;</b>",
	"\xF0\x9F\x91\xA7 tytt\xC3\xB6 u\xCC\x88", "'lainattu", "1e5", "#REF!" };

Test(xlsx, has_texts_as_they_are_and_none_of_them_is_a_formula_or_a_number)
{
	struct program *p = installation(), *office = office_new();

	for (size_t i = 0; i < sizeof(awkward) / sizeof(awkward[0]); i++)
		cr_assert_eq(program_run(p, "call", "add", "--from", "family", "--caller", "x",
				     "--concern", awkward[i], NULL),
			0, "\"%s\": %s", awkward[i], program_err(p));
	expect_same(p, office, "calls");
	expect_same(p, office, "cases");
	program_free(office);
	program_free(p);
}

Test(xlsx, of_nothing_has_its_header_row)
{
	struct program *p = program_new(), *office = office_new();
	char *sheet;

	program_ok(p, "init");
	sheet = sheet_of(p, office, "actions");
	cr_expect_str_eq(sheet, "id,meeting,case,who,what,where,due,done\n");
	free(sheet);
	program_free(office);
	program_free(p);
}

/* Free text has its own bounds below a cell's; a list of adults has none. */
Test(xlsx, refuses_what_no_cell_can_hold_and_writes_nothing)
{
	struct program *p = installation();
	sqlite3 *db = database_open(p);

	cr_assert_eq(sqlite3_exec(db,
			     "UPDATE case_ref SET child = replace(hex(zeroblob(16384)), '0', 'ä')",
			     NULL, NULL, NULL),
		SQLITE_OK, "%s", sqlite3_errmsg(db));
	program_refused(p, 2, "too long for a cell", "export cases --format xlsx -o cases.xlsx");
	cr_expect_eq(fopen(program_path(p, "cases.xlsx"), "r"), NULL);
	sqlite3_close(db);
	program_free(p);
}

Test(xlsx, is_the_same_at_the_same_time)
{
	struct program *p = installation();
	char *first, *second;
	size_t size, other;

	program_ok(p, "export cases --format xlsx -o a.xlsx");
	program_ok(p, "export cases --format xlsx -o b.xlsx");
	first = program_read(program_path(p, "a.xlsx"), &size);
	second = program_read(program_path(p, "b.xlsx"), &other);
	cr_expect(size == other && memcmp(first, second, size) == 0);
	free(first);
	free(second);
	program_free(p);
}
