/* The ssh entrance leads to kutsu's commands and to nothing else: no shell, no file, no network. */
#include "entrance.h"
#include "process.h"
#include "ssh_forward.h"

#include <pwd.h>
#include <unistd.h>

#define ADMIN "paak-1"

TestSuite(entrance_refusal, .timeout = 60);

struct refusal {
	const char *person;
	const char *before, *after; /* a file's path between them, where there is an after */
};

static void expect_refusal(struct entrance *e, const struct refusal *refusal, const char *made)
{
	char command[512];
	const char *line;
	int status;

	snprintf(command, sizeof(command), "%s%s%s", refusal->before, refusal->after ? made : "",
		refusal->after ? refusal->after : "");
	status = entrance_refused(e, refusal->person, command, &line);
	cr_expect(status == 2 || status == 4, "%s: exit %d, %s", command, status, line);
	cr_expect_null(strstr(line, "uid="), "%s: %s", command, line);
	cr_expect_null(strstr(line, "root:"), "%s: %s", command, line);
	cr_expect_neq(access(made, F_OK), 0, "%s made a file", command);
	unlink(made);
}

static void expect_refusals(const struct refusal *refusals, size_t count)
{
	struct entrance e = entrance_begin();
	const char *made = program_path(e.program, "made");

	entrance_let_in(&e, ADMIN);
	for (size_t i = 0; i < count; i++)
		expect_refusal(&e, &refusals[i], made);
	entrance_end(&e);
}

#define EXPECT_REFUSALS(table) expect_refusals(table, sizeof(table) / sizeof((table)[0]))

Test(entrance_refusal, of_what_a_shell_would_run)
{
	static const struct refusal table[] = {
		{ COORDINATOR, "sh -c id", NULL },
		{ COORDINATOR, "/bin/sh", NULL },
		{ COORDINATOR, "; id", NULL },
		{ COORDINATOR, "case list; id", NULL },
		{ COORDINATOR, "case list && id", NULL },
		{ COORDINATOR, "case list $(id)", NULL },
		{ COORDINATOR, "`id`", NULL },
		{ COORDINATOR, "case list\nid", NULL },
		{ COORDINATOR, "case list > ", "" },
		{ COORDINATOR, "case list | tee ", "" },
	};

	EXPECT_REFUSALS(table);
}

Test(entrance_refusal, of_the_hosts_files)
{
	static const struct refusal table[] = {
		{ COORDINATOR, "cat /etc/passwd", NULL },
		{ COORDINATOR, "export units --format csv -o ", "" },
		{ COORDINATOR, "export units --format csv --output=", "" },
		{ COORDINATOR, "case list -o ", "" },
		{ COORDINATOR, "meeting record 1 --file /etc/passwd", NULL },
		{ COORDINATOR, "meeting record 1 --file=/etc/passwd", NULL },
		{ COORDINATOR, "import ics /etc/passwd --unit " OWN_UNIT, NULL },
		{ ADMIN, "user key " ADMIN " --add /etc/passwd", NULL },
		{ ADMIN, "import csv /etc/passwd", NULL },
		{ ADMIN, "import csv --template -o ", "" },
		{ ADMIN, "backup ", "" },
		{ ADMIN, "restore ", "" },
		{ COORDINATOR, "restore x", NULL },
		/* What scp and sftp ask for. */
		{ COORDINATOR, "scp -f /etc/passwd", NULL },
		{ COORDINATOR, "internal-sftp", NULL },
		{ COORDINATOR, "/usr/lib/openssh/sftp-server", NULL },
	};

	EXPECT_REFUSALS(table);
}

Test(entrance_refusal, of_another_database_and_of_being_another)
{
	static const struct refusal table[] = {
		{ COORDINATOR, "kutsu --db ", " case list" },
		{ COORDINATOR, "--db=", " case list" },
		{ ADMIN, "--db ", " init" },
		{ ADMIN, "init", NULL },
		{ ADMIN, "demo", NULL },
		{ CONTACT, "shell --as " COORDINATOR, NULL },
		{ CONTACT, "kutsu shell --as=" COORDINATOR, NULL },
		{ COORDINATOR, "authorized-keys", NULL },
		{ ADMIN, "authorized-keys", NULL },
	};

	EXPECT_REFUSALS(table);
}

/* These would do, were they read. */
Test(entrance_refusal, of_the_hosts_files_as_input)
{
	struct entrance e = entrance_begin();
	const char *made = program_path(e.program, "made");
	char *meeting = entrance_unrecorded(&e), command[512];

	entrance_let_in(&e, ADMIN);
	program_write(e.program, "record", "{\"follow_up\": {\"needed\": true}}");
	snprintf(command, sizeof(command), "meeting record %s --file %s", meeting,
		program_path(e.program, "record"));
	expect_refusal(&e, &(struct refusal) { COORDINATOR, command, NULL }, made);
	entrance_expect(&e, "booked", "SELECT status FROM meeting WHERE id = ?1", meeting, NULL);
	snprintf(command, sizeof(command), "user key " ADMIN " --add %s",
		ssh_server_key(e.server, "stranger"));
	expect_refusal(&e, &(struct refusal) { ADMIN, command, NULL }, made);
	entrance_expect(&e, "3", "SELECT count(*) FROM user_key", NULL, NULL);
	free(meeting);
	entrance_end(&e);
}

/* "-" is standard output, not a file of that name where the session stands: the account's home. */
Test(entrance_refusal, of_a_file_for_the_output_also_where_its_name_is_a_dash)
{
	struct entrance e = entrance_begin();
	const char *out;
	char made[512];
	int status;

	snprintf(made, sizeof(made), "%s/-", getpwuid(getuid())->pw_dir);
	cr_assert_neq(access(made, F_OK), 0, "%s is in the way", made);
	status = ssh_run(
		e.server, COORDINATOR, NULL, &out, NULL, "export units --format csv -o -", NULL);
	cr_expect_eq(unlink(made), -1, "it made %s", made);
	if (status == 0)
		e2e_expect_in(out, OWN_UNIT);
	else
		cr_expect(status == 2 || status == 4, "exit %d", status);
	entrance_end(&e);
}

Test(entrance_refusal, of_the_interface_without_a_terminal)
{
	struct entrance e = entrance_begin();
	const char *out, *err;
	int status = ssh_run(e.server, COORDINATOR, NULL, &out, &err, "-T", NULL);

	cr_expect(status == 1 || status == 2, "exit %d", status);
	cr_expect_str_empty(out);
	e2e_expect_in(err, "kutsu: ");
	entrance_end(&e);
}

/* There and back, by scp's two protocols and by sftp. */
Test(entrance_refusal, of_scp_and_sftp)
{
	struct entrance e = entrance_begin();
	const char *made = program_path(e.program, "made"), *tool[] = { "-s", "-O" };
	char there[256];

	program_write(e.program, "batch", "get /etc/passwd\n");
	snprintf(there, sizeof(there), COORDINATOR ":%s", made);
	for (int i = 0; i < 2; i++) {
		cr_expect_neq(ssh_copy(e.server, "scp", tool[i], "/etc/passwd", there, NULL), 0);
		cr_expect_neq(access(made, F_OK), 0, "scp %s brought a file", tool[i]);
		cr_expect_neq(
			ssh_copy(e.server, "scp", tool[i], COORDINATOR ":/etc/passwd", made, NULL),
			0);
		cr_expect_neq(access(made, F_OK), 0, "scp %s fetched a file", tool[i]);
	}
	cr_expect_neq(ssh_copy(e.server, "sftp", "-b", program_path(e.program, "batch"),
			      COORDINATOR, NULL),
		0);
	entrance_end(&e);
}

Test(entrance_refusal, of_forwarding_any_way)
{
	static const char *const people[] = { COORDINATOR, CONTACT };
	struct entrance e = entrance_begin();

	for (int way = 0; way < SSH_WAYS; way++)
		cr_expect_not(
			ssh_forwards(e.server, people[way % 2], (enum ssh_way)way), "way %d", way);
	entrance_end(&e);
}

Test(entrance_refusal, of_an_agent_and_a_display)
{
	struct entrance e = entrance_begin();
	struct pty_term *t;
	char session[256];
	pid_t pid;

	snprintf(session, sizeof(session), "%s shell --as " COORDINATOR,
		program_database(e.program));
	ssh_offer_agent_and_display(e.server);
	t = entrance_open(&e, COORDINATOR);
	pid = process_find(session);
	cr_assert_neq(pid, 0);
	cr_expect(process_had_variable(pid, "SSH_CONNECTION"));
	cr_expect_not(process_had_variable(pid, "SSH_AUTH_SOCK"), "it has the person's agent");
	cr_expect_not(process_had_variable(pid, "DISPLAY"), "it has the person's display");
	e2e_quit(t);
	entrance_end(&e);
}

static char *line_of_refusal(struct entrance *e)
{
	const char *line;

	cr_expect_eq(entrance_refused(e, CONTACT, "case list", &line), 4);
	return strdup(line);
}

/* The server takes them: see AcceptEnv there. */
Test(entrance_refusal, of_kutsus_own_variables_from_the_client)
{
	struct entrance e = entrance_begin();
	char *last = entrance_ask(&e, "SELECT max(id) FROM access_log", NULL, NULL);
	char *before = line_of_refusal(&e), *after;
	const char *other = program_path(e.program, "other.db");

	ssh_env_set(e.server, "KUTSU_NOW", "2020-01-01T12:00");
	ssh_env_set(e.server, "KUTSU_LANG", "sv");
	ssh_env_set(e.server, "KUTSU_DB", other);
	after = line_of_refusal(&e);
	cr_expect_str_eq(after, before);
	cr_expect_neq(access(other, F_OK), 0);
	entrance_expect(&e, "2",
		"SELECT count(*) FROM access_log WHERE id > ?1 AND use_case = 'case_list'"
		" AND clock_fixed = 0 AND abs(at - unixepoch('now')) < 60",
		last, NULL);
	free(after);
	free(before);
	free(last);
	entrance_end(&e);
}

/* Takes each " --db FILE" out of the keys: the database is then where the account has it. */
static void authorize_without_database(struct entrance *e)
{
	char *keys = strdup(
		program_ok(e->program, "--db %s authorized-keys", program_database(e->program)));
	char option[256], *at;

	snprintf(option, sizeof(option), " --db %s", program_database(e->program));
	cr_assert_not_null(strstr(keys, option), "no%s in %s", option, keys);
	while ((at = strstr(keys, option)))
		memmove(at, at + strlen(option), strlen(at + strlen(option)) + 1);
	ssh_server_authorize(e->server, keys);
	free(keys);
}

Test(entrance_refusal, of_a_database_that_the_client_names)
{
	struct entrance e = entrance_begin();

	authorize_without_database(&e);
	ssh_env_set(e.server, "KUTSU_DB", program_database(e.program));
	entrance_expect_status(&e, COORDINATOR, 6, "meeting list");
	entrance_end(&e);
}
