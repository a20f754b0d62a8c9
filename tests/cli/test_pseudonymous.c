/* Exports for research, from the command line: nothing of what was said, of whom, or where. */
#include "installation.h"

#include <unistd.h>

#define KEY    "8Zk1yVvJt0m1yq0q3yN5b8m4v0m2xw7o1r9c6d5e4f3="
#define PSEUDO "--pseudonymous --key-file key"

static const char *const things[] = { "calls", "cases", "meetings", "actions" };

#define THINGS (sizeof(things) / sizeof(things[0]))

static struct program *demo(void)
{
	struct program *p = program_new();

	program_ok(p, "demo");
	program_write(p, "key", KEY "\n");
	return p;
}

/* ---- What must not come out. */

/* A word of a short list may stand in both. */
static bool is_text_of_its_own(const char *key)
{
	static const char *const words[] = { "status", "from", "outcome", "kind", "where",
		"municipality", "language", "interpreter" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i], key) == 0)
			return false;
	}
	return true;
}

static void expect_missing(const char *out, const char *key, json_t *value)
{
	size_t i;
	json_t *item;

	if (json_is_string(value) && strlen(json_string_value(value)) > 3)
		cr_expect_null(strstr(out, json_string_value(value)), "%s: \"%s\" in %s", key,
			json_string_value(value), out);
	if (strcmp(key, "units") == 0) /* codes of units are words of a list, too */
		return;
	json_array_foreach(value, i, item) expect_missing(out, key, item);
}

static void expect_nothing_of(json_t *plain, const char *out)
{
	json_t *row, *value;
	const char *key;
	size_t i;

	json_array_foreach(plain, i, row)
	{
		json_object_foreach(row, key, value)
		{
			if (is_text_of_its_own(key))
				expect_missing(out, key, value);
		}
	}
}

Test(pseudonymous, export_has_no_code_no_moment_and_no_text_of_the_plain_one)
{
	static const char *const options[] = { "--format csv", "--format json",
		"--format csv --dates shift" };
	struct program *p = demo();

	for (size_t i = 0; i < THINGS; i++) {
		json_t *plain = json_of(program_ok(p, "export %s --format json", things[i]));

		cr_assert_gt(json_array_size(plain), 0u);
		for (size_t j = 0; j < sizeof(options) / sizeof(options[0]); j++)
			expect_nothing_of(plain,
				program_ok(p, "export %s " PSEUDO " %s", things[i], options[j]));
		json_decref(plain);
	}
	program_free(p);
}

Test(pseudonymous, export_is_the_same_with_the_same_key_alone)
{
	struct program *p = demo();
	char *first = strdup(program_ok(p, "export cases " PSEUDO " --format csv"));

	cr_expect_str_eq(program_ok(p, "export cases " PSEUDO " --format csv"), first);
	program_write(p, "other", "x" KEY);
	cr_expect_str_neq(
		program_ok(p, "export cases --pseudonymous --key-file other --format csv"), first);
	program_input(p, KEY "\n");
	cr_expect_str_eq(
		program_ok(p, "export cases --pseudonymous --key-file - --format csv"), first);
	free(first);
	program_free(p);
}

static json_t *pseudonyms_of(struct program *p, const char *thing)
{
	return json_of(program_ok(p, "export %s " PSEUDO " --format json", thing));
}

Test(pseudonymous, tables_can_be_joined)
{
	struct program *p = demo();
	json_t *cases = pseudonyms_of(p, "cases"), *meetings = pseudonyms_of(p, "meetings");
	json_t *meeting, *case_ref;
	size_t i, j;

	json_array_foreach(meetings, i, meeting)
	{
		const char *code = json_string_value(json_object_get(meeting, "case"));
		bool found = false;

		json_array_foreach(cases, j, case_ref) found =
			found
			|| strcmp(code, json_string_value(json_object_get(case_ref, "code"))) == 0;
		cr_expect(found, "%s", code);
	}
	expect_keys(json_array_get(cases, 0),
		"code opened status age_group municipality closed language interpreter");
	expect_keys(json_array_get(meetings, 0), "id case kind start status units");
	json_decref(cases);
	json_decref(meetings);
	program_free(p);
}

static size_t count_of(struct program *p, const char *thing, const char *options)
{
	json_t *list = json_of(program_ok(p, "export %s --format json %s", thing, options));
	size_t count = json_array_size(list);

	json_decref(list);
	return count;
}

Test(pseudonymous, export_leaves_cases_under_a_non_disclosure_order_out_with_all_of_theirs)
{
	struct program *p = installation();

	program_write(p, "key", KEY);
	program_ok(p, "meeting book " CASE_1 " --unit A B --start 2026-11-25T12:00");
	program_set(p, "KUTSU_NOW", "2026-11-25T14:00");
	program_input(p, RECORD);
	program_ok(p, "meeting record 1 --file -");
	for (size_t i = 0; i < THINGS; i++)
		cr_expect_eq(count_of(p, things[i], PSEUDO), 1u, "%s", things[i]);
	program_ok(p, "call add --case " CASE_1 " --from family --caller c --concern c"
		      " --non-disclosure");
	for (size_t i = 0; i < THINGS; i++) {
		cr_expect_eq(count_of(p, things[i], PSEUDO), 0u, "%s", things[i]);
		cr_expect_gt(count_of(p, things[i], ""), 0u, "%s", things[i]);
	}
	program_free(p);
}

/* ---- The dictionary, the log, the key. */

Test(pseudonymous, export_into_a_file_has_its_dictionary_beside_it)
{
	struct program *p = demo();
	char *beside;

	program_ok(p, "export cases " PSEUDO " --format csv -o cases.csv");
	beside = program_read(program_path(p, "cases.csv.dictionary.csv"), NULL);
	cr_expect_eq(strncmp(beside, "column,type,meaning,made\r\ncode,", 31), 0, "%s", beside);
	beside[strlen(beside) - 1] = '\0';
	cr_expect_str_eq(program_ok(p, "export cases --dictionary"), beside);
	free(beside);
	program_free(p);
}

Test(pseudonymous, export_is_logged_as_one_and_its_key_is_kept_nowhere)
{
	struct program *p = demo();
	sqlite3 *db = database_open(p);
	char *bytes;
	size_t size;

	program_ok(p, "export cases " PSEUDO " --format csv --basis 'research permit 7/2026'"
		      " --recipient THL");
	cr_expect_eq(database_number(db, "SELECT count(*) FROM access_log WHERE use_case = 'export'"
					 " AND detail = 'cases, pseudonymous' AND outcome = 'done'"
					 " AND basis = 'research permit 7/2026'"
					 " AND recipient = 'THL'"),
		1);
	sqlite3_close(db);
	bytes = program_read(program_database(p), &size);
	for (size_t i = 0; i + strlen(KEY) <= size; i++)
		cr_assert_neq(memcmp(bytes + i, KEY, strlen(KEY)), 0);
	free(bytes);
	program_free(p);
}

Test(pseudonymous, export_is_refused_where_it_makes_no_sense)
{
	static const struct {
		int status;
		const char *text, *line;
	} refusals[] = {
		{ 2, "--key-file is needed", "export cases --format csv --pseudonymous" },
		{ 2, "31 bytes", "export cases --format csv --pseudonymous --key-file short" },
		{ 1, "nowhere", "export cases --format csv --pseudonymous --key-file nowhere" },
		{ 2, "too long", "export cases --format csv --pseudonymous --key-file long" },
		{ 2, "as a whole", "export meetings --format ics " PSEUDO },
		{ 2, "as a whole", "export slots --format csv " PSEUDO },
		{ 2, "as a whole", "export units --format json " PSEUDO },
		{ 2, "as a whole", "export meetings --format csv --unit A " PSEUDO },
		{ 2, "week, shift", "export cases --format csv --dates month " PSEUDO },
		{ 2, "belong to --pseudonymous", "export cases --format csv --key-file key" },
		{ 2, "belong to --pseudonymous", "export cases --format csv --dates week" },
		{ 2, "data dictionary", "export units --dictionary" },
	};
	struct program *p = installation();
	sqlite3 *db = database_open(p);
	char many[5001] = "";
	int64_t before;

	program_write(p, "key", KEY);
	memset(many, 'x', sizeof(many) - 1);
	program_write(p, "long", many);
	many[31] = '\0';
	program_write(p, "short", many);
	before = database_version(db);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		program_refused(p, refusals[i].status, refusals[i].text, "%s", refusals[i].line);
	cr_expect_eq(database_version(db), before);
	sqlite3_close(db);
	program_free(p);
}

Test(pseudonymous, export_over_ssh_takes_the_key_from_the_other_end_only)
{
	struct program *p = installation();
	const char *row;

	program_write(p, "key", KEY);
	program_ok(p, "user add koord --role coordinator");
	program_set(p, "SSH_ORIGINAL_COMMAND", "export cases --format csv " PSEUDO);
	program_refused(p, 4, "ssh", "--db %s --lang en shell --as koord", program_database(p));
	program_input(p, KEY);
	program_set(
		p, "SSH_ORIGINAL_COMMAND", "export cases --format csv --pseudonymous --key-file -");
	row = program_ok(p, "--db %s --lang en shell --as koord", program_database(p));
	cr_expect_not_null(strstr(row, ",2026-W48,open,"), "%s", row);
	program_free(p);
}
