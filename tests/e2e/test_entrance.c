/* People who come by ssh: each as oneself, all at once, each to the own matters. */
#include "entrance.h"
#include "process.h"

#include <pwd.h>
#include <unistd.h>

#define SHOWN_WITHIN_MS 2000
#define CONCERN		"poissaoloja yhä; äiti väsynyt, Åsa auttaa"
#define NOBODY		"65534"

TestSuite(entrance, .timeout = 60);

/* With # where the name stands. free() */
static char *without_name(const char *line, const char *name)
{
	char *text = malloc(strlen(line) + 1), *to = text;

	while (*line) {
		if (strncmp(line, name, strlen(name)) == 0) {
			*to++ = '#';
			line += strlen(name);
		} else {
			*to++ = *line++;
		}
	}
	*to = '\0';
	return text;
}

/* What a contact is told where there is no such thing, but for its name. free() */
static char *told_of_none(struct entrance *e, const char *command, const char *name)
{
	const char *line;
	char whole[128];
	int status;

	snprintf(whole, sizeof(whole), "%s %s", command, name);
	status = entrance_refused(e, CONTACT, whole, &line);
	cr_expect_eq(status, 5, "%s: exit %d, %s", whole, status, line);
	return without_name(line, name);
}

static void expect_told_alike(
	struct entrance *e, const char *command, const char *others, const char *none)
{
	char *of_others = told_of_none(e, command, others);
	char *of_none = told_of_none(e, command, none);

	cr_expect_str_eq(of_others, of_none, "%s: \"%s\" and \"%s\"", command, of_others, of_none);
	free(of_others);
	free(of_none);
}

static struct pty_term *open_meetings(struct entrance *e, const char *person)
{
	struct pty_term *t = entrance_open(e, person);

	pty_term_send(t, "4");
	e2e_see(t, "Meetings to come");
	return t;
}

static void expect_soon(struct pty_term *t, const char *who, const char *text)
{
	if (!pty_term_wait_text(t, text, SHOWN_WITHIN_MS)) {
		pty_term_dump(t, stderr);
		cr_expect_fail("%s does not see \"%s\"", who, text);
	}
}

Test(entrance, shows_what_one_books_on_the_others_screen_within_two_seconds)
{
	struct entrance e = entrance_begin();
	struct pty_term *coordinator = open_meetings(&e, COORDINATOR);
	struct pty_term *contact = open_meetings(&e, CONTACT);
	char *start = entrance_free_start(&e), command[256], day[32];
	char *code = entrance_ask(&e, "SELECT ?1 ->> '$[0].code'",
		entrance_ok(&e, COORDINATOR, "case list --open --json"), NULL);

	/* "Wed 9.12." begins every form of the day. */
	snprintf(day, sizeof(day), " %d.%d.", atoi(start + 8), atoi(start + 5));
	e2e_see_gone(contact, day); /* of the view before */
	snprintf(command, sizeof(command), "meeting book %s --unit " OWN_UNIT " --start %s", code,
		start);
	entrance_ok(&e, COORDINATOR, command);
	expect_soon(contact, CONTACT, day);
	expect_soon(coordinator, COORDINATOR, day);
	free(code);
	free(start);
	e2e_quit(contact);
	e2e_quit(coordinator);
	entrance_end(&e);
}

Test(entrance, lets_a_contact_list_no_cases)
{
	struct entrance e = entrance_begin();

	entrance_expect_status(&e, CONTACT, 4, "case list");
	entrance_expect_status(&e, CONTACT, 4, "case list --json");
	entrance_end(&e);
}

#define WITH_OWN_UNIT                                                                              \
	" EXISTS (SELECT 1 FROM meeting_unit w JOIN unit u ON u.id = w.unit_id"                    \
	" WHERE w.meeting_id = m.id AND u.code = '" OWN_UNIT "')"

Test(entrance, tells_a_contact_of_others_cases_and_meetings_what_it_tells_of_none)
{
	struct entrance e = entrance_begin();
	char *code = entrance_ask(&e,
		"SELECT c.code FROM case_ref c JOIN unit u ON u.code = '" OWN_UNIT "'"
		" WHERE NOT EXISTS (SELECT 1 FROM meeting m WHERE m.case_id = c.id"
		" AND" WITH_OWN_UNIT ") AND NOT EXISTS (SELECT 1 FROM consent s"
		" WHERE s.case_id = c.id AND s.unit_id = u.id) LIMIT 1",
		NULL, NULL);
	char *meeting = entrance_ask(
		&e, "SELECT m.id FROM meeting m WHERE NOT" WITH_OWN_UNIT " LIMIT 1", NULL, NULL);

	expect_told_alike(&e, "case show", code, "1999-0001");
	expect_told_alike(&e, "case show --json", code, "1999-0001");
	expect_told_alike(&e, "meeting show", meeting, "98765");
	free(meeting);
	free(code);
	entrance_end(&e);
}

Test(entrance, lists_a_contact_the_own_units_meetings_and_all_of_them)
{
	struct entrance e = entrance_begin();
	char *own = strdup(entrance_ok(&e, COORDINATOR, "meeting list --json --unit " OWN_UNIT));
	char *seen = strdup(entrance_ok(&e, CONTACT, "meeting list --json"));
	const char *out;

	entrance_expect(&e, "0",
		"SELECT count(*) FROM json_each(?1) m WHERE NOT EXISTS"
		" (SELECT 1 FROM json_each(m.value, '$.units') WHERE value = '" OWN_UNIT "')",
		seen, NULL);
	entrance_expect(&e, "1", "SELECT json_array_length(?1) > 0", seen, NULL);
	entrance_expect(&e, "1",
		"SELECT (SELECT group_concat(value ->> 'id') FROM json_each(?1))"
		" = (SELECT group_concat(value ->> 'id') FROM json_each(?2))",
		own, seen);
	/* Asking by name gives no more: refused, or nothing. */
	if (ssh_run(e.server, CONTACT, NULL, &out, NULL, "meeting list --json --unit " OTHER_UNIT,
		    NULL)
		== 0)
		entrance_expect(&e, "0", "SELECT json_array_length(?1)", out, NULL);
	free(seen);
	free(own);
	entrance_end(&e);
}

Test(entrance, lets_a_contact_be_away_for_the_own_unit_only)
{
	struct entrance e = entrance_begin();
	const char *closed = "SELECT count(*) FROM closing WHERE unit_id ="
			     " (SELECT id FROM unit WHERE code = ?1)";
	int status =
		entrance_refused(&e, CONTACT, "slot close " OTHER_UNIT " --from 2031-03-05", NULL);

	cr_expect(status == 4 || status == 5, "exit %d", status);
	entrance_expect(&e, "0", closed, OTHER_UNIT, NULL);
	entrance_ok(&e, CONTACT, "slot close " OWN_UNIT " --from 2031-03-05");
	entrance_expect(&e, "1", closed, OWN_UNIT, NULL);
	entrance_end(&e);
}

Test(entrance, takes_standard_input_and_gives_standard_output)
{
	struct entrance e = entrance_begin();
	char *meeting = entrance_unrecorded(&e);
	const char *out, *err;
	char command[64];
	int status;

	snprintf(command, sizeof(command), "meeting record %s --file -", meeting);
	status = ssh_run(e.server, COORDINATOR,
		"{\"adults\": [\"äiti\"], \"notes\": \"ei muuta; 'lainattu' \\\"sana\\\"\","
		" \"follow_up\": {\"needed\": false, \"reason\": \"sovittu\"}}",
		NULL, &err, command, NULL);
	cr_expect_eq(status, 0, "exit %d, %s", status, err);
	snprintf(command, sizeof(command), "meeting show %s --json", meeting);
	out = entrance_ok(&e, COORDINATOR, command);
	e2e_expect_in(out, "\"status\": \"recorded\"");
	e2e_expect_in(out, "\"notes\": \"ei muuta; 'lainattu' \\\"sana\\\"\"");
	entrance_expect(&e, "1", "SELECT json_array_length(?1) = (SELECT count(*) FROM case_ref)",
		entrance_ok(&e, COORDINATOR, "kutsu case list --json"), NULL);
	free(meeting);
	entrance_end(&e);
}

Test(entrance, keeps_what_was_typed_when_the_line_is_lost_and_leaves_no_program)
{
	struct entrance e = entrance_begin();
	struct pty_term *t = entrance_open(&e, COORDINATOR);
	char session[256];

	snprintf(session, sizeof(session), "%s shell --as " COORDINATOR,
		program_database(e.program));
	e2e_new_call(t);
	pty_term_send(t, "\tteacher\t2101\t\t\tA. K.\t\t\t\t" CONCERN);
	e2e_see(t, CONCERN);
	cr_expect_neq(process_find(session), 0);
	pty_term_kill(t, SIGKILL);
	pty_term_free(t);
	cr_expect(process_wait_gone(session, E2E_LIMIT_MS), "the program goes on");
	e2e_count(e.program,
		"SELECT count(*) FROM draft_field WHERE name = 'concern' AND value = '" CONCERN "'",
		1);
	t = entrance_open(&e, COORDINATOR);
	e2e_see(t, E2E_UNFINISHED);
	pty_term_key(t, PTY_KEY_HOME);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "New call");
	e2e_see(t, CONCERN);
	e2e_esc(t, E2E_UNFINISHED);
	e2e_quit(t);
	entrance_end(&e);
}

Test(entrance, logs_the_person_the_account_and_the_address)
{
	struct entrance e = entrance_begin();
	const char *account = getpwuid(getuid())->pw_name;
	char *last = entrance_ask(&e, "SELECT max(id) FROM access_log", NULL, NULL);
	const char *count = "SELECT count(*) FROM access_log WHERE id > ?1 AND account = ?2"
			    " AND origin = '127.0.0.1' AND use_case = 'case_list'"
			    " AND login || ' ' || outcome IN"
			    " ('" COORDINATOR " done', '" CONTACT " refused')";

	entrance_ok(&e, COORDINATOR, "case list");
	entrance_expect_status(&e, CONTACT, 4, "case list");
	entrance_expect(&e, "2", count, last, account);
	entrance_expect(&e, "0",
		"SELECT count(*) FROM access_log WHERE id > ?1 AND NOT (account = ?2"
		" AND origin IS '127.0.0.1' AND login IN ('" COORDINATOR "', '" CONTACT "'))",
		last, account);
	free(last);
	entrance_end(&e);
}

Test(entrance, lets_in_whoever_sends_nonsense_in_the_variables)
{
	struct entrance e = entrance_begin();

	ssh_env_set(e.server, "LANG", "xx_XX.UTF-8");
	ssh_env_set(e.server, "KUTSU_LANG", "nonsense");
	ssh_env_set(e.server, "KUTSU_NOW", "nonsense");
	entrance_ok(&e, COORDINATOR, "meeting list");
	entrance_end(&e);
}

/* As sshd would, but for who runs it. */
static void pretend_ssh(struct program *program)
{
	program_set(program, "SSH_CONNECTION", "127.0.0.1 50000 127.0.0.1 22");
	program_set(program, "SSH_ORIGINAL_COMMAND", "meeting list");
}

/* Where another account may read, write and run everything. Returns the folder. */
static const char *copy_for_all(struct program *program)
{
	struct program *tool = program_new_other("/usr/bin/install");
	const char *folder = program_path(program, "all");

	cr_assert_eq(program_run(tool, "-d", "-m", "0777", folder, NULL), 0);
	cr_assert_eq(program_run(tool, "-m", "0666", program_database(program), folder, NULL), 0);
	cr_assert_eq(program_run(tool, "-m", "0755", KUTSU_PROGRAM, folder, NULL), 0);
	cr_assert_eq(program_run(tool, "-d", "-m", "0755", program_folder(program), NULL), 0);
	program_free(tool);
	return folder;
}

static void expect_shut_for_nobody(void)
{
	struct program *program = e2e_demo(), *other = program_new_other("/usr/bin/setpriv");
	const char *folder = copy_for_all(program);
	char kutsu[256], database[256];
	int status;

	snprintf(kutsu, sizeof(kutsu), "%s/kutsu", folder);
	snprintf(database, sizeof(database), "%s/kutsu.db", folder);
	pretend_ssh(program);
	pretend_ssh(other);
	program_ok(program, "--db %s shell --as " COORDINATOR, database);
	status = program_run(other, "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", kutsu,
		"--db", database, "shell", "--as", COORDINATOR, NULL);
	cr_expect_eq(status, 4, "exit %d, %s", status, program_err(other));
	cr_expect_str_empty(program_out(other));
	e2e_expect_in(program_err(other), "kutsu: ");
	program_free(other);
	program_free(program);
}

Test(entrance, gives_nobody_elses_account_the_people_of_a_database_it_may_write)
{
	struct program *program = program_new();

	if (getuid() == 0)
		expect_shut_for_nobody();
	else /* who can become nobody else: a file of root's will do */
		program_refused(program, 4, "", "--db /etc/passwd shell --as " COORDINATOR);
	program_free(program);
}
