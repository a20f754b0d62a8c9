/* Where output goes, in which language, and what happens where it can't go. */
#include "installation.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const commands[] = { "init", "demo", "unit", "slot", "break", "free", "call",
	"case", "consent", "meeting", "memo", "action", "export" };

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static size_t count_files(struct program *p)
{
	DIR *files = opendir(program_folder(p));
	size_t count = 0;

	while (readdir(files))
		count++;
	closedir(files);
	return count;
}

Test(output, o_writes_what_would_have_been_shown)
{
	struct program *p = installation();
	char *shown = strdup(program_ok(p, "unit list --json"));
	char *text;
	struct stat status;

	cr_expect_str_empty(program_ok(p, "unit list --json -o units.json"));
	text = program_read(program_path(p, "units.json"), NULL);
	text[strlen(text) - 1] = '\0';
	cr_expect_str_eq(text, shown);
	cr_expect_eq(stat(program_path(p, "units.json"), &status), 0);
	cr_expect_eq(status.st_mode & 0777, 0600u);
	free(shown);
	free(text);
	program_free(p);
}

Test(output, o_takes_an_old_files_place_by_rename)
{
	struct program *p = installation();
	const char *name = program_path(p, "out.csv"), *linked = program_path(p, "linked.csv");
	char *old;

	program_write(p, "out.csv", "old");
	cr_assert_eq(link(name, linked), 0);
	program_ok(p, "export units --format csv -o out.csv");
	old = program_read(linked, NULL);
	cr_expect_str_eq(old, "old", "the old file itself was written to");
	free(old);
	old = program_read(name, NULL);
	cr_expect_not_null(strstr(old, "Unit A"));
	free(old);
	program_free(p);
}

Test(output, o_leaves_the_old_file_and_nothing_else_when_the_command_fails)
{
	struct program *p = installation();
	size_t files;
	char *old;

	program_write(p, "out.json", "old");
	files = count_files(p);
	program_refused(p, 5, "NO", "unit show NO --json -o out.json");
	program_refused(p, 2, "xml", "export units --format xml -o out.json");
	program_refused(p, 2, "iCalendar", "export units --format ics -o out.json");
	program_refused(p, 5, "1999-0001", "case show 1999-0001 -o out.json");
	old = program_read(program_path(p, "out.json"), NULL);
	cr_expect_str_eq(old, "old");
	cr_expect_eq(count_files(p), files);
	free(old);
	program_free(p);
}

Test(output, o_into_a_folder_that_is_not_there_exits_with_1)
{
	struct program *p = installation();
	sqlite3 *db = database_open(p);
	int64_t before = database_version(db);

	program_refused(p, 1, "nowhere/x", "unit list -o nowhere/x");
	program_refused(
		p, 1, "nowhere/x", "call add --from family --caller c --concern c -o nowhere/x");
	program_refused(p, 1, "nowhere/x",
		"meeting book " CASE_1 " --unit A --start 2026-12-02T12:00 -o nowhere/x");
	cr_expect_eq(database_version(db), before);
	sqlite3_close(db);
	program_free(p);
}

static void expect_unwritable(struct program *p, const char *line)
{
	program_output(p, "/dev/full");
	program_refused(p, 1, "written", "%s", line);
}

Test(output, that_cant_be_written_exits_with_1)
{
	struct program *p = installation();

	expect_unwritable(p, "unit list");
	expect_unwritable(p, "unit list --json");
	expect_unwritable(p, "unit show A");
	expect_unwritable(p, "slot list --json");
	expect_unwritable(p, "free --unit A");
	expect_unwritable(p, "case list");
	expect_unwritable(p, "case show " CASE_1 " --json");
	expect_unwritable(p, "export calls --format csv");
	expect_unwritable(p, "export slots --format json");
	expect_unwritable(p, "export slots --format ics");
	expect_unwritable(p, "export slots --format xlsx");
	program_free(p);
}

Test(output, of_help_and_version_that_cant_be_written_exits_with_1)
{
	struct program *p = program_new();

	expect_unwritable(p, "--help");
	expect_unwritable(p, "--version");
	expect_unwritable(p, "unit --help");
	expect_unwritable(p, "unit list --help");
	program_free(p);
}

/* Exit code 1 would say that nothing was changed: what was made is told on standard error. */
Test(output, that_cant_be_written_tells_what_was_made)
{
	struct program *p = installation();
	const struct {
		const char *command, *made;
	} cases[] = {
		{ "call add --from family --caller c --concern c", "kutsu: 2026-0" },
		{ "unit add D --name D --sector SOS", "kutsu: D " },
		{ "slot add A --weekday 1 --start 12 --end 13", "kutsu: " },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		program_output(p, "/dev/full");
		cr_expect_eq(program_do(p, "%s", cases[i].command), 0, "%s", cases[i].command);
		cr_expect(strncmp(program_err(p), cases[i].made, strlen(cases[i].made)) == 0,
			"%s: %s", cases[i].command, program_err(p));
	}
	program_ok(p, "unit show D");
	program_free(p);
}

Test(output, help_is_there_for_every_command)
{
	struct program *p = program_new();
	const char *all = program_ok(p, "--help");

	for (size_t i = 0; i < COMMANDS; i++)
		cr_expect_not_null(strstr(all, commands[i]), "%s", commands[i]);
	for (size_t i = 0; i < COMMANDS; i++) {
		char wanted[40];

		snprintf(wanted, sizeof(wanted), "kutsu %s", commands[i]);
		cr_expect_not_null(
			strstr(program_ok(p, "%s --help", commands[i]), wanted), "%s", commands[i]);
	}
	program_free(p);
}

Test(output, help_is_there_for_every_verb_without_a_database)
{
	static const char *const verbs[] = { "unit add", "unit list", "unit show", "unit edit",
		"unit retire", "slot add", "slot list", "slot end", "slot close", "slot open",
		"break add", "break list", "call add", "case list", "case show", "case close",
		"consent give", "consent withdraw", "meeting book", "meeting list", "meeting show",
		"meeting move", "meeting cancel", "meeting record", "action list", "action done" };
	struct program *p = program_new();

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		const char *help = program_ok(p, "%s --help", verbs[i]);

		cr_expect_not_null(strstr(help, verbs[i]), "%s: %s", verbs[i], help);
	}
	program_free(p);
}

Test(output, version_is_one_line)
{
	struct program *p = program_new();

	cr_expect_str_eq(program_ok(p, "--version"), "kutsu " KUTSU_VERSION);
	program_free(p);
}

Test(output, messages_go_to_standard_error_only)
{
	struct program *p = program_new();

	cr_expect_str_empty(program_ok(p, "init"));
	cr_expect_not_null(strstr(program_err(p), "is ready"));
	program_free(p);
}

Test(output, that_is_no_terminal_has_no_escape_sequences)
{
	struct program *p = installation();
	static const char *const lines[] = { "unit list", "slot list", "slot list --week 2026-W48",
		"free --unit A", "free --unit A C", "case list", ("case show " CASE_1), "--help" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		cr_expect_null(strchr(program_ok(p, "%s", lines[i]), '\033'), "%s", lines[i]);
	program_free(p);
}

Test(options, db_goes_before_the_environment)
{
	struct program *p = installation();

	program_ok(p, "--db other.db init");
	cr_expect_str_eq(program_ok(p, "--db other.db unit list --json"), "[]");
	cr_expect_str_eq(program_ok(p, "--db=other.db unit list --json"), "[]");
	cr_expect_not_null(strstr(program_ok(p, "unit list"), "Unit A"));
	program_free(p);
}

Test(options, without_a_database_named_it_is_in_the_data_folder)
{
	struct program *p = program_new();
	char folder[300];

	program_set(p, "KUTSU_DB", NULL);
	program_ok(p, "init");
	cr_expect_eq(access(program_path(p, ".local/share/kutsu/kutsu.db"), F_OK), 0);
	snprintf(folder, sizeof(folder), "%s/data", program_folder(p));
	program_set(p, "XDG_DATA_HOME", folder);
	program_refused(p, 6, "data/kutsu/kutsu.db", "unit list");
	program_ok(p, "init");
	cr_expect_eq(access(program_path(p, "data/kutsu/kutsu.db"), F_OK), 0);
	program_free(p);
}

Test(options, two_hyphens_end_them)
{
	struct program *p = installation();

	program_ok(p, "unit add --name D --sector SOS -- D");
	program_ok(p, "-- unit show D");
	program_free(p);
}

static void expect_language(struct program *p, const char *options, const char *word)
{
	program_do(p, "%s unit show NO", options);
	cr_expect_not_null(strstr(program_err(p), word), "%s: %s", options, program_err(p));
}

#define FI "yksikköä"
#define SV "enhet"
#define EN "there is no unit"

Test(language, is_chosen_by_option_environment_and_locale_in_this_order)
{
	struct program *p = installation();

	program_set(p, "KUTSU_LANG", NULL);
	program_set(p, "LC_ALL", NULL);
	expect_language(p, "", FI);
	program_set(p, "LANG", "en_GB.UTF-8");
	expect_language(p, "", EN);
	program_set(p, "LC_MESSAGES", "sv_FI.UTF-8");
	expect_language(p, "", SV);
	program_set(p, "LC_ALL", "en_US.UTF-8");
	expect_language(p, "", EN);
	program_set(p, "KUTSU_LANG", "sv");
	expect_language(p, "", SV);
	expect_language(p, "--lang fi", FI);
	expect_language(p, "--lang=en", EN);
	program_free(p);
}

Test(language, of_the_plain_c_locale_is_finnish)
{
	static const char *const locales[] = { "C", "POSIX", "C.UTF-8", "de_DE.UTF-8" };
	struct program *p = installation();

	program_set(p, "KUTSU_LANG", NULL);
	for (size_t i = 0; i < sizeof(locales) / sizeof(locales[0]); i++) {
		program_set(p, "LC_ALL", locales[i]);
		expect_language(p, "", FI);
	}
	program_free(p);
}

Test(language, works_where_its_locale_is_not_installed)
{
	struct program *p = installation();

	program_set(p, "KUTSU_LANG", NULL);
	program_set(p, "LC_ALL", "sv_FI.UTF-8");
	expect_language(p, "", SV);
	cr_expect_not_null(
		strstr(program_ok(p, "free --unit A --limit 1"), "kl. 12"), "%s", program_out(p));
	program_free(p);
}

Test(language, json_is_the_same_in_each)
{
	static const char *const lines[] = { "unit list --json", "slot list --json",
		"slot list --week 2026-W48 --json", "free --unit A --json", "case list --json",
		"meeting list --json", "export calls --format csv" };
	struct program *p = installation();

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char *english = strdup(program_ok(p, "--lang en %s", lines[i]));

		cr_expect_str_eq(program_ok(p, "--lang fi %s", lines[i]), english);
		cr_expect_str_eq(program_ok(p, "--lang sv %s", lines[i]), english);
		free(english);
	}
	program_free(p);
}

Test(language, none_such_is_refused)
{
	struct program *p = installation();

	program_refused(p, 2, "\"de\"", "--lang de unit list");
	program_set(p, "KUTSU_LANG", "klingon");
	program_refused(p, 2, "klingon", "unit list");
	program_free(p);
}

Test(zone, summer_and_winter_have_their_offsets)
{
	struct program *p = installation();
	json_t *found = json_of(program_ok(p, "free --unit A --from 2027-03-24 --weeks 2 --json"));
	json_t *windows = json_object_get(found, "windows");

	expect_value(json_array_get(windows, 0), "start", "2027-03-24T12:00+02:00");
	expect_value(json_array_get(windows, 1), "start", "2027-03-31T12:00+03:00");
	json_decref(found);
	program_free(p);
}

Test(zone, is_the_installations_and_not_the_processes)
{
	struct program *p = installation();
	json_t *found;

	program_set(p, "TZ", "America/New_York");
	found = json_of(program_ok(p, "free --unit A --limit 1 --json"));
	expect_value(json_array_get(json_object_get(found, "windows"), 0), "start",
		"2026-11-25T12:00+02:00");
	json_decref(found);
	program_free(p);
}
