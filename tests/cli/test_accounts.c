/* Users, their roles and keys, the settings and the log, as an administrator and an auditor run
 * them; and the ssh entrance's lines and refusals. */
#include "installation.h"

#include <pwd.h>
#include <unistd.h>

#define KEYS_USER     "login title roles units active keys"
#define KEYS_USER_KEY "fingerprint type comment added"
#define KEYS_SETTING  "name value default"
#define KEYS_LOG                                                                                   \
	"id at clock_fixed login account origin role use_case outcome case detail reason basis"    \
	" recipient hash"

#define KEY_1	      "AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
#define FINGERPRINT_1 "SHA256:RXm/ruZ0eTzRXKwi1AQEDynB0VgHQ2ac9KPSFdf/YnA" /* of ssh-keygen -l */
#define KEY_2	      "AAAAC3NzaC1lZDI1NTE5AAAAIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC"

/* Whose the tests' process is: who has made the installation. */
static const char *me(void)
{
	const struct passwd *entry = getpwuid(getuid());

	cr_assert_not_null(entry);
	return entry->pw_name;
}

static json_t *find(json_t *list, const char *key, const char *value)
{
	size_t i;
	json_t *item;

	json_array_foreach(list, i, item)
	{
		const char *text = json_string_value(json_object_get(item, key));

		if (text && strcmp(text, value) == 0)
			return item;
	}
	cr_assert_fail("no \"%s\": \"%s\"", key, value);
	return NULL;
}

static void expect_user(struct program *p, const char *login, const char *title, const char *roles,
	const char *units, const char *active)
{
	json_t *list = json_of(program_ok(p, "user list --json"));
	json_t *user = find(list, "login", login);

	expect_keys(user, KEYS_USER);
	expect_value(user, "title", title);
	expect_value(user, "roles", roles);
	expect_value(user, "units", units);
	expect_value(user, "active", active);
	json_decref(list);
}

/* ---- Users. */

Test(user, is_added_with_roles_units_and_title_and_listed)
{
	struct program *p = installation();

	cr_expect_str_eq(
		program_ok(p, "user add maija --role coordinator contact --unit A,B --title"
			      " palveluohjaaja"),
		"maija");
	expect_user(p, "maija", "palveluohjaaja", "[\"coordinator\",\"contact\"]", "[\"A\",\"B\"]",
		"true");
	expect_user(p, me(), "null", "[\"coordinator\",\"admin\"]", "[]", "true");
	cr_expect_not_null(strstr(program_ok(p, "user list"), "palveluohjaaja"));
	program_free(p);
}

Test(user, is_edited_in_what_is_given_alone)
{
	struct program *p = installation();

	program_ok(p, "user add maija --role contact --unit A --title t");
	program_ok(p, "user edit maija --title johtaja");
	expect_user(p, "maija", "johtaja", "[\"contact\"]", "[\"A\"]", "true");
	program_ok(p, "user edit maija --unit B C");
	expect_user(p, "maija", "johtaja", "[\"contact\"]", "[\"B\",\"C\"]", "true");
	program_ok(p, "user edit maija --role contact leader");
	expect_user(p, "maija", "johtaja", "[\"contact\",\"leader\"]", "[\"B\",\"C\"]", "true");
	program_ok(p, "user edit maija --role auditor");
	expect_user(p, "maija", "johtaja", "[\"auditor\"]", "[]", "true");
	program_free(p);
}

Test(user, who_has_retired_stays_listed_and_may_come_back)
{
	struct program *p = installation();

	program_ok(p, "user add maija --role leader");
	program_ok(p, "user retire maija");
	expect_user(p, "maija", "null", "[\"leader\"]", "[]", "false");
	program_refused(p, 3, "retired already", "user retire maija");
	program_ok(p, "user edit maija --title t");
	expect_user(p, "maija", "t", "[\"leader\"]", "[]", "false");
	program_ok(p, "user edit maija --active");
	expect_user(p, "maija", "t", "[\"leader\"]", "[]", "true");
	program_free(p);
}

Test(user, who_has_retired_exits_with_4)
{
	struct program *p = installation();

	program_ok(p, "user add maija --role admin");
	program_ok(p, "user retire %s", me());
	program_refused(p, 4, "retired", "unit list");
	program_refused(p, 4, "retired", "user edit %s --active", me());
	program_free(p);
}

Test(user, the_last_administrator_can_neither_retire_nor_be_something_else)
{
	struct program *p = installation();

	program_refused(p, 3, "last administrator", "user retire %s", me());
	program_refused(p, 3, "last administrator", "user edit %s --role coordinator", me());
	program_ok(p, "user add maija --role admin");
	program_ok(p, "user retire maija");
	program_refused(p, 3, "last administrator", "user retire %s", me());
	program_ok(p, "user edit maija --active");
	program_ok(p, "user edit %s --role coordinator", me());
	program_refused(p, 4, "user_list", "user list");
	program_free(p);
}

struct refusal {
	int status;
	const char *text, *line;
};

static void expect_refusals(struct program *p, const struct refusal *table, size_t count)
{
	sqlite3 *db = database_open(p);

	for (size_t i = 0; i < count; i++) {
		int64_t before = database_version(db);

		program_refused(p, table[i].status, table[i].text, "%s", table[i].line);
		cr_expect_eq(database_version(db), before, "%s changed something", table[i].line);
	}
	sqlite3_close(db);
}

Test(user, that_cant_be_is_refused_and_nothing_changes)
{
	static const struct refusal table[] = {
		{ 2, "LOGIN", "user add" },
		{ 2, "no role", "user add pekka" },
		{ 2, "\"king\"", "user add pekka --role king" },
		{ 2, "needs a unit", "user add pekka --role contact" },
		{ 2, "only a contact", "user add pekka --role leader --unit A" },
		{ 2, "\"a b\"", "user add 'a b' --role leader" },
		{ 2, "\"-x\"", "user add --role=leader -- -x" },
		{ 2, "\"ä\"", "user add ä --role leader" },
		{ 2, "\"\"", "user add '' --role leader" },
		{ 2, "identity code", "user add pekka --role leader --title 010115A901C" },
		{ 5, "NO", "user add pekka --role contact --unit NO" },
		{ 3, "maija", "user add maija --role leader" },
		{ 5, "ei-ketaan", "user edit ei-ketaan --title t" },
		{ 5, "ei-ketaan", "user retire ei-ketaan" },
		{ 5, "ei-ketaan", "user key ei-ketaan --list" },
		{ 2, "only a contact", "user edit maija --unit A" },
		{ 2, "needs a unit", "user edit maija --role contact" },
		{ 2, "identity code", "user edit maija --title 'hetu 010115A901C'" },
	};
	struct program *p = installation();

	program_ok(p, "user add maija --role leader");
	expect_refusals(p, table, sizeof(table) / sizeof(table[0]));
	program_free(p);
}

Test(user, is_for_administrators_alone)
{
	static const char *const lines[] = { "user list", "user add pekka --role admin",
		"user edit maija --role admin", "user retire maija", "user key maija --list",
		"user key maija --remove x", "config get notice", "config list",
		"config set notice 3" };
	struct program *p = installation();
	sqlite3 *db = database_open(p);

	program_ok(p, "user add maija --role admin");
	program_ok(p, "user edit %s --role coordinator", me());
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		program_refused(p, 4, me(), "%s", lines[i]);
	cr_expect_eq(
		database_number(db, "SELECT count(*) FROM access_log WHERE outcome = 'refused'"),
		(int64_t)(sizeof(lines) / sizeof(lines[0])));
	sqlite3_close(db);
	program_free(p);
}

/* ---- Keys. */

Test(key, is_added_from_a_file_or_standard_input_listed_and_removed)
{
	struct program *p = installation();
	json_t *list, *key;

	program_ok(p, "user add maija --role leader");
	program_write(p, "maija.pub", "ssh-ed25519 " KEY_1 " maijan läppäri\n");
	cr_expect_str_eq(program_ok(p, "user key maija --add maija.pub"), FINGERPRINT_1);
	program_input(p, "ssh-ed25519 " KEY_2 "\n");
	cr_expect_eq(strncmp(program_ok(p, "user key maija --add -"), "SHA256:", 7), 0);
	list = json_of(program_ok(p, "user key maija --list --json"));
	cr_assert_eq(json_array_size(list), 2u);
	key = json_array_get(list, 0);
	expect_keys(key, KEYS_USER_KEY);
	expect_value(key, "fingerprint", FINGERPRINT_1);
	expect_value(key, "type", "ssh-ed25519");
	expect_value(key, "comment", "maijan läppäri");
	expect_value(key, "added", "2026-11-24T10:42+02:00");
	expect_value(json_array_get(list, 1), "comment", "null");
	json_decref(list);
	program_ok(p, "user key maija --remove " FINGERPRINT_1);
	list = json_of(program_ok(p, "user key maija --list --json"));
	cr_expect_eq(json_array_size(list), 1u);
	json_decref(list);
	program_free(p);
}

Test(key, that_cant_be_is_refused_and_nothing_changes)
{
	static const struct refusal table[] = {
		{ 2, "--add", "user key maija" },
		{ 2, "--add", "user key maija --list --add maija.pub" },
		{ 2, "--add", "user key maija --add maija.pub --remove x" },
		{ 1, "missing.pub", "user key maija --add missing.pub" },
		{ 2, "", "user key maija --add private" },
		{ 3, FINGERPRINT_1, "user key maija --add maija.pub" },
		{ 3, FINGERPRINT_1, "user key pekka --add maija.pub" },
		{ 5, "ei-ketaan", "user key ei-ketaan --add other.pub" },
		{ 5, "no such key", "user key pekka --remove " FINGERPRINT_1 },
		{ 5, "no such key", "user key maija --remove SHA256:x" },
	};
	struct program *p = installation();

	program_ok(p, "user add maija --role leader");
	program_ok(p, "user add pekka --role leader");
	program_write(p, "maija.pub", "ssh-ed25519 " KEY_1 "\n");
	program_write(p, "other.pub", "ssh-ed25519 " KEY_2 "\n");
	program_write(p, "private", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n");
	program_ok(p, "user key maija --add maija.pub");
	expect_refusals(p, table, sizeof(table) / sizeof(table[0]));
	program_free(p);
}

/* ---- Settings. */

Test(config, is_listed_read_and_changed)
{
	struct program *p = installation();
	json_t *list = json_of(program_ok(p, "config list --json")), *notice;

	notice = find(list, "name", "notice");
	expect_keys(notice, KEYS_SETTING);
	expect_value(notice, "value", "0");
	expect_value(notice, "default", "0");
	expect_value(find(list, "name", "region"), "value", "Koe");
	json_decref(list);
	program_ok(p, "config set notice 3");
	cr_expect_str_eq(program_ok(p, "config get notice"), "3");
	cr_expect_str_eq(program_ok(p, "config get hold_minutes"), "15");
	cr_expect_str_eq(program_ok(p, "config get coordinator_phone"), "");
	cr_expect_not_null(strstr(program_ok(p, "config list"), "hold_minutes"));
	program_free(p);
}

Test(config, that_cant_be_is_refused_and_nothing_changes)
{
	static const struct refusal table[] = {
		{ 2, "NAME", "config get" },
		{ 2, "NAME VALUE", "config set notice" },
		{ 5, "\"nonsense\"", "config get nonsense" },
		{ 5, "\"nonsense\"", "config set nonsense 1" },
		{ 5, "\"demo\"", "config set demo 1" },
		{ 2, "0 to 60", "config set notice 61" },
		{ 2, "0 to 60", "config set notice soon" },
		{ 2, "time zone", "config set zone Europe/Vaara" },
		{ 2, "identity code", "config set region 010115A901C" },
	};
	struct program *p = installation();

	expect_refusals(p, table, sizeof(table) / sizeof(table[0]));
	program_free(p);
}

/* ---- The log. */

/* An installation whose owner is its auditor too. */
static struct program *audited(void)
{
	struct program *p = installation();

	program_ok(p, "user edit %s --role admin coordinator auditor", me());
	return p;
}

static size_t count_of(struct program *p, const char *line)
{
	json_t *list = json_of(program_ok(p, "%s --json", line));
	size_t count = json_array_size(list);

	json_decref(list);
	return count;
}

Test(audit, list_tells_each_row_and_can_be_narrowed)
{
	struct program *p = audited();
	json_t *list, *row;

	program_set(p, "SSH_CONNECTION", "10.1.2.3 5001 10.1.2.4 22");
	program_ok(p, "case show " CASE_1);
	list = json_of(program_ok(p, "audit list --json"));
	row = find(list, "use_case", "case_look");
	expect_keys(row, KEYS_LOG);
	expect_value(row, "at", "2026-11-24T08:42:00Z");
	expect_value(row, "clock_fixed", "true");
	expect_value(row, "login", me());
	expect_value(row, "account", me());
	expect_value(row, "origin", "10.1.2.3");
	expect_value(row, "role", "coordinator");
	expect_value(row, "outcome", "done");
	expect_value(row, "case", CASE_1);
	expect_value(json_array_get(list, 0), "use_case", "init");
	expect_value(json_array_get(list, 0), "origin", "null");
	json_decref(list);
	cr_expect_eq(count_of(p, "audit list --case " CASE_1), 3u, "call, look, and this one");
	cr_expect_eq(count_of(p, "audit list --user ei-ketaan"), 0u);
	cr_expect_gt(count_of(p, "audit list --from 2026-11-24 --to 2026-11-24"), 5u);
	cr_expect_eq(count_of(p, "audit list --from 2026-11-25"), 0u);
	cr_expect_eq(count_of(p, "audit list --to 2026-11-23"), 0u);
	cr_expect_not_null(strstr(program_ok(p, "audit list"), "looked at the case"));
	program_free(p);
}

Test(audit, list_tells_what_an_account_may_from_then_on)
{
	struct program *p = audited();
	json_t *list;

	program_ok(p, "user add maija --role contact leader --unit B A");
	program_ok(p, "user retire maija");
	list = json_of(program_ok(p, "audit list --json"));
	expect_value(find(list, "use_case", "user_add"), "detail", "maija contact leader B A");
	expect_value(find(list, "use_case", "user_retire"), "detail", "maija");
	json_decref(list);
	program_free(p);
}

Test(audit, refused_attempts_are_told)
{
	struct program *p = installation();
	json_t *list, *row;

	program_refused(p, 4, "audit_list", "audit list");
	program_refused(p, 4, "audit_case", "audit case " CASE_1);
	program_ok(p, "user edit %s --role admin auditor", me());
	list = json_of(program_ok(p, "audit list --json"));
	row = find(list, "use_case", "audit_case");
	expect_value(row, "outcome", "refused");
	expect_value(row, "role", "null");
	expect_value(row, "case", CASE_1);
	json_decref(list);
	cr_expect_not_null(strstr(program_ok(p, "audit list"), "REFUSED: looked at the log"));
	program_refused(p, 4, "case_look", "case show " CASE_1);
	program_free(p);
}

Test(audit, case_is_the_report_a_client_may_ask_for)
{
	struct program *p = audited();
	const char *report;
	json_t *list;

	program_ok(p, "case show " CASE_1);
	report = program_ok(p, "audit case " CASE_1);
	cr_expect_not_null(strstr(report, CASE_1));
	cr_expect_not_null(strstr(report, "took a call"));
	cr_expect_not_null(strstr(report, "looked at the case"));
	list = json_of(program_ok(p, "audit case " CASE_1 " --reason 'kantelu' --json"));
	cr_assert_eq(json_array_size(list), 3u, "call, look, the report before");
	expect_keys(json_array_get(list, 2), KEYS_LOG);
	expect_value(json_array_get(list, 2), "basis", "client_request");
	json_decref(list);
	list = json_of(program_ok(p, "audit list --case " CASE_1 " --json"));
	expect_value(json_array_get(list, 3), "reason", "kantelu");
	json_decref(list);
	program_set(p, "KUTSU_NOW", "2028-11-25T10:00");
	cr_expect_eq(count_of(p, "audit case " CASE_1), 0u, "two years are gone");
	cr_expect_geq(count_of(p, "audit case " CASE_1 " --reason r"), 4u);
	program_refused(p, 5, "1999-0001", "audit case 1999-0001");
	program_free(p);
}

/* Past the program and its triggers. */
static void forge(struct program *p, const char *sql)
{
	sqlite3 *db = database_open(p);

	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void expect_fault(struct program *p, const char *line, const char *finding)
{
	cr_expect_eq(program_do(p, "%s", line), 6, "%s", line);
	cr_expect_not_null(strstr(program_out(p), finding), "%s: %s", line, program_out(p));
	cr_expect_eq(strncmp(program_err(p), "kutsu: the log is not", 21), 0, "%s", program_err(p));
}

Test(audit, verify_names_the_row_and_exits_with_6)
{
	struct program *p = audited();

	cr_expect_not_null(strstr(program_ok(p, "audit verify"), "whole"));
	forge(p, "DROP TRIGGER access_log_stays; UPDATE access_log SET login = 'x' WHERE id = 3");
	expect_fault(p, "audit verify", "row 3 ");
	program_free(p);
}

Test(audit, seal_shows_also_a_log_that_was_cut)
{
	struct program *p = audited();
	char seal[100], line[130], finding[40];

	snprintf(seal, sizeof(seal), "%s", program_ok(p, "audit seal"));
	program_ok(p, "unit list");
	cr_expect_not_null(strstr(program_ok(p, "audit verify --seal %s", seal), "whole"));
	program_refused(p, 2, "no seal", "audit verify --seal x");
	program_refused(p, 2, "no seal", "audit verify --seal %.20s", seal);
	forge(p, "DROP TRIGGER access_log_keeps;"
		 "DELETE FROM access_log WHERE id > 5;"
		 "UPDATE access_log_head SET id = 5,"
		 " hash = (SELECT hash FROM access_log WHERE id = 5)");
	program_ok(p, "audit verify");
	snprintf(line, sizeof(line), "audit verify --seal %s", seal);
	snprintf(finding, sizeof(finding), "row %d is missing", atoi(seal));
	expect_fault(p, line, finding);
	program_free(p);
}

/* ---- The ssh entrance. */

static struct program *with_key(void)
{
	struct program *p = installation();

	program_ok(p, "user add maija --role contact --unit A");
	program_write(p, "maija.pub", "ssh-ed25519 " KEY_1 " a comment\n");
	program_ok(p, "user key maija --add maija.pub");
	return p;
}

static void expect_line(const char *text, const char *options, const char *key, const char *login)
{
	char program[4096], expected[6000];

	cr_assert_not_null(realpath(KUTSU_PROGRAM, program));
	snprintf(expected, sizeof(expected),
		"command=\"%s%s shell --as %s\",restrict,pty ssh-ed25519 %s %s", program, options,
		login, key, login);
	cr_expect_str_eq(text, expected);
}

Test(authorized_keys, bind_each_key_to_its_user_and_to_nothing_else)
{
	struct program *p = with_key();
	char options[600];

	/* KUTSU_DB, by which the tests name it, is nothing to "shell". */
	snprintf(options, sizeof(options), " --db %s", program_database(p));
	expect_line(program_ok(p, "authorized-keys"), options, KEY_1, "maija");
	expect_line(program_ok(p, "--db %s authorized-keys", program_database(p)), options, KEY_1,
		"maija");
	program_free(p);
}

Test(authorized_keys, are_of_active_users_and_can_be_asked_for_one_by_one)
{
	struct program *p = with_key();
	char options[600];

	program_ok(p, "user add pekka --role leader");
	program_input(p, "ssh-ed25519 " KEY_2 "\n");
	program_ok(p, "user key pekka --add -");
	cr_expect_not_null(strstr(program_ok(p, "authorized-keys"), "--as pekka"));
	snprintf(options, sizeof(options), " --db %s", program_database(p));
	expect_line(program_ok(p, "authorized-keys --fingerprint " FINGERPRINT_1), options, KEY_1,
		"maija");
	program_ok(p, "user retire pekka");
	expect_line(program_ok(p, "authorized-keys"), options, KEY_1, "maija");
	cr_expect_str_empty(program_ok(p, "authorized-keys --fingerprint SHA256:x"));
	program_free(p);
}

Test(authorized_keys, quote_a_path_for_the_shell_and_for_the_line)
{
	struct program *p = program_new();
	char *path = strdup(program_path(p, "a \"b\".db"));
	char options[600];

	program_run(p, "--db", path, "init", NULL);
	program_run(p, "--db", path, "user", "add", "maija", "--role", "leader", NULL);
	program_input(p, "ssh-ed25519 " KEY_1 "\n");
	program_run(p, "--db", path, "user", "key", "maija", "--add", "-", NULL);
	cr_assert_eq(
		program_run(p, "--db", path, "authorized-keys", NULL), 0, "%s", program_err(p));
	snprintf(options, sizeof(options), " --db '%s/a \\\"b\\\".db' shell --as maija\",",
		program_folder(p));
	cr_expect_not_null(strstr(program_out(p), options), "%s", program_out(p));
	free(path);
	program_free(p);
}

/* Over ssh the environment's KUTSU_DB counts for nothing. */
static int shell(struct program *p, const char *login, const char *command)
{
	program_set(p, "SSH_ORIGINAL_COMMAND", command);
	return program_do(p, "--lang en --db %s shell --as %s", program_database(p), login);
}

Test(shell, runs_a_command_as_the_user_and_the_log_tells_whose_process_it_was)
{
	struct program *p = with_key();
	sqlite3 *db = database_open(p);
	char sql[400];

	program_set(p, "SSH_CONNECTION", "10.1.2.3 5001 10.1.2.4 22");
	cr_expect_eq(shell(p, "maija", "slot list"), 0, "%s", program_err(p));
	cr_expect_not_null(strstr(program_out(p), "12:00"));
	cr_expect_null(strstr(program_out(p), "B "), "another's: %s", program_out(p));
	cr_expect_eq(shell(p, "maija", "case list"), 4);
	cr_expect_eq(shell(p, "maija", "case show " CASE_1), 5);
	cr_expect_eq(shell(p, "maija", "case show 1999-0001"), 5);
	cr_expect_eq(shell(p, "maija", "slot close B --from 2026-12-01"), 4);
	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM access_log WHERE login = 'maija' AND account = '%s'"
		" AND origin = '10.1.2.3' AND outcome = 'refused' AND clock_fixed = 0",
		me());
	cr_expect_eq(database_number(db, sql), 3);
	sqlite3_close(db);
	program_free(p);
}

Test(shell, is_refused_to_who_has_retired_or_is_no_user)
{
	struct program *p = with_key();

	program_ok(p, "user retire maija");
	cr_expect_eq(shell(p, "maija", "slot list"), 4);
	cr_expect_not_null(strstr(program_err(p), "retired"));
	cr_expect_eq(shell(p, "pekka", "slot list"), 4);
	cr_expect_not_null(strstr(program_err(p), "no user"));
	program_free(p);
}

Test(shell, takes_one_login_and_nothing_else)
{
	static const struct refusal table[] = {
		{ 2, "--as LOGIN", "--lang en shell" },
		{ 2, "--as LOGIN", "--lang en shell --as" },
		{ 2, "--as LOGIN", "--lang en shell maija" },
		{ 2, "--as LOGIN", "--lang en shell --as maija unit" },
		{ 2, "--as LOGIN", "--lang en shell --as maija --db x" },
		{ 2, "\"a b\"", "--lang en shell --as 'a b'" },
		{ 2, "\"\"", "--lang en shell --as=" },
		{ 2, "\"../x\"", "--lang en shell --as ../x" },
	};
	struct program *p = with_key();

	expect_refusals(p, table, sizeof(table) / sizeof(table[0]));
	program_free(p);
}

/* A database that is another account's; where only root could make one so, another's file. */
static const char *foreign(struct program *p)
{
	if (geteuid() != 0)
		return "/etc/passwd";
	cr_assert_eq(chown(program_database(p), 65534, (gid_t)-1), 0);
	return program_database(p);
}

Test(shell, and_keys_are_for_the_owner_of_the_database_alone)
{
	struct program *p = with_key();
	const char *path = foreign(p);

	program_set(p, "SSH_ORIGINAL_COMMAND", "unit list");
	program_refused(p, 4, "another account's", "--lang en --db %s shell --as maija", path);
	program_refused(p, 4, "another account's", "--db %s authorized-keys", path);
	program_refused(p, 6, "nowhere.db", "--lang en --db nowhere.db shell --as maija");
	program_refused(p, 6, "nowhere.db", "--db nowhere.db authorized-keys");
	program_free(p);
}
