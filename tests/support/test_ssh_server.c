/* The harness itself, with a small script where kutsu is to be. */
#include "loopback.h"
#include "process.h"
#include "ssh_forward.h"
#include "ssh_server.h"

#include <criterion/criterion.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIMIT_MS 8000

TestSuite(ssh_server, .timeout = 60);

static const char stub[] = "#!/bin/sh\n"
			   "echo \"person $1\"\n"
			   "echo \"command $SSH_ORIGINAL_COMMAND\"\n"
			   "echo \"connection $SSH_CONNECTION\"\n"
			   "case $SSH_ORIGINAL_COMMAND in\n"
			   "'exit '*) exit \"${SSH_ORIGINAL_COMMAND#exit }\" ;;\n"
			   "cat) exec cat ;;\n"
			   "env) exec env ;;\n"
			   "wrong) echo \"it went wrong\" >&2; exit 1 ;;\n"
			   "esac\n"
			   "stty size\n"
			   "read -r line\n"
			   "echo \"typed $line\"\n";

struct place {
	struct program *program;
	struct ssh_server *server;
	char keys[4096]; /* authorized_keys */
};

static struct place place_begin(void)
{
	struct place place = { .program = program_new() };

	program_write(place.program, "stub", stub);
	cr_assert_eq(chmod(program_path(place.program, "stub"), 0755), 0);
	place.server = ssh_server_start(place.program);
	return place;
}

static void place_end(struct place *place)
{
	ssh_server_stop(place->server);
	program_free(place->program);
}

/* %s in the options is the folder. */
static void let_in(struct place *place, const char *person, const char *options)
{
	char *key = program_read(ssh_server_key(place->server, person), NULL);
	size_t length = strlen(place->keys);

	snprintf(place->keys + length, sizeof(place->keys) - length, "%s %s", options, key);
	free(key);
	ssh_server_authorize(place->server, place->keys);
}

/* As kutsu's lines will be. */
static void let_into_stub(struct place *place, const char *person)
{
	char options[256];

	snprintf(options, sizeof(options), "command=\"%s/stub %s\",restrict,pty",
		program_folder(place->program), person);
	let_in(place, person, options);
}

/* One who may do all that sshd gives. */
static void let_in_freely(struct place *place, const char *person)
{
	char options[256];

	snprintf(options, sizeof(options), "command=\"%s/stub %s\"", program_folder(place->program),
		person);
	let_in(place, person, options);
}

static void expect_in(const char *text, const char *part)
{
	cr_expect(strstr(text, part), "no \"%s\" in \"%s\"", part, text);
}

static void see(struct pty_term *t, const char *text)
{
	if (pty_term_wait_text(t, text, LIMIT_MS))
		return;
	pty_term_dump(t, stderr);
	cr_assert_fail("\"%s\" did not appear", text);
}

static void end_well(struct pty_term *t)
{
	int status = -1;

	cr_expect(pty_term_wait_exit(t, LIMIT_MS, &status));
	cr_expect_eq(status, 0, "exit %d", status);
	pty_term_free(t);
}

Test(ssh_server, two_keys_at_once_run_each_its_own_command)
{
	struct place place = place_begin();
	struct pty_term *first, *second;

	let_into_stub(&place, "first");
	let_into_stub(&place, "second");
	first = ssh_pty(place.server, "first", 24, 80);
	second = ssh_pty(place.server, "second", 24, 80);
	see(first, "24 80");
	see(second, "24 80");
	cr_expect(pty_term_find(first, "person first", NULL, NULL));
	cr_expect(pty_term_find(second, "person second", NULL, NULL));
	pty_term_send(second, "b\n");
	see(second, "typed b");
	pty_term_send(first, "a\n");
	see(first, "typed a");
	end_well(first);
	end_well(second);
	place_end(&place);
}

Test(ssh_server, gives_the_command_and_where_it_comes_from)
{
	struct place place = place_begin();
	const char *out;

	let_into_stub(&place, "first");
	ssh_run(place.server, "first", NULL, &out, NULL, "case list", "--json; id 'x y'", NULL);
	expect_in(out, "person first\ncommand case list --json; id 'x y'\nconnection 127.0.0.1 ");
	place_end(&place);
}

Test(ssh_server, hands_on_the_exit_status_and_what_is_written_and_read)
{
	struct place place = place_begin();
	const char *out, *err;

	let_into_stub(&place, "first");
	for (int status = 0; status < 256; status += 51) {
		char command[16];

		snprintf(command, sizeof(command), "exit %d", status);
		cr_expect_eq(
			ssh_run(place.server, "first", NULL, NULL, NULL, command, NULL), status);
	}
	cr_expect_eq(ssh_run(place.server, "first", "äiti\n", &out, &err, "cat", NULL), 0);
	expect_in(out, "\näiti\n");
	cr_expect_str_empty(err);
	cr_expect_eq(ssh_run(place.server, "first", NULL, NULL, &err, "wrong", NULL), 1);
	cr_expect_str_eq(err, "it went wrong\n");
	place_end(&place);
}

Test(ssh_server, lets_in_nobody_whose_key_it_does_not_have)
{
	struct place place = place_begin();
	const char *out, *err;

	let_into_stub(&place, "first");
	ssh_server_key(place.server, "second");
	cr_expect_eq(ssh_run(place.server, "second", NULL, &out, &err, "exit 0", NULL), 255);
	cr_expect_str_empty(out);
	expect_in(err, "Permission denied");
	ssh_server_authorize(place.server, "");
	cr_expect_eq(ssh_run(place.server, "first", NULL, NULL, NULL, "exit 0", NULL), 255);
	place_end(&place);
}

Test(ssh_server, a_pty_has_its_size_and_follows_a_new_one)
{
	struct place place = place_begin();
	struct pty_term *t;

	let_in(&place, "first",
		"command=\"trap 'stty size' WINCH; stty size; while :; do read -r line; done\","
		"restrict,pty");
	t = ssh_pty(place.server, "first", 30, 100);
	see(t, "30 100");
	pty_term_resize(t, 40, 132);
	/* A line wakes a shell that slept in its read when the signal came. */
	for (int i = 0; i < LIMIT_MS / 100 && !pty_term_wait_text(t, "40 132", 100); i++)
		pty_term_send(t, "\n");
	see(t, "40 132");
	pty_term_free(t);
	place_end(&place);
}

Test(ssh_server, a_client_that_is_killed_leaves_no_session)
{
	struct place place = place_begin();
	struct pty_term *t;
	char session[256];

	snprintf(session, sizeof(session), "%s/stub first", program_folder(place.program));
	let_into_stub(&place, "first");
	t = ssh_pty(place.server, "first", 24, 80);
	see(t, "24 80");
	cr_expect_neq(process_find(session), 0);
	pty_term_kill(t, SIGKILL);
	pty_term_free(t);
	cr_expect(process_wait_gone(session, LIMIT_MS));
	place_end(&place);
}

Test(ssh_server, takes_variables_from_the_client_and_its_home_from_the_test)
{
	struct place place = place_begin();
	char home[256];
	const char *out;

	snprintf(home, sizeof(home), "\nHOME=%s\n", program_folder(place.program));
	let_into_stub(&place, "first");
	ssh_env_set(place.server, "LANG", "sv_FI.UTF-8");
	ssh_env_set(place.server, "KUTSU_NOW", "2020-01-01T12:00");
	ssh_env_set(place.server, "KUTSU_DB", NULL);
	ssh_run(place.server, "first", NULL, &out, NULL, "env", NULL);
	expect_in(out, "\nLANG=sv_FI.UTF-8\n");
	expect_in(out, "\nKUTSU_NOW=2020-01-01T12:00\n");
	expect_in(out, home);
	cr_expect_null(strstr(out, "KUTSU_DB"));
	place_end(&place);
}

Test(ssh_server, forwards_all_ways_for_a_key_that_is_not_restricted)
{
	struct place place = place_begin();

	let_in_freely(&place, "free");
	for (int way = 0; way < SSH_WAYS; way++)
		cr_expect(ssh_forwards(place.server, "free", (enum ssh_way)way), "way %d", way);
	place_end(&place);
}

Test(ssh_server, forwards_no_way_for_a_key_that_is_restricted)
{
	struct place place = place_begin();

	let_into_stub(&place, "bound");
	for (int way = 0; way < SSH_WAYS; way++)
		cr_expect_not(
			ssh_forwards(place.server, "bound", (enum ssh_way)way), "way %d", way);
	place_end(&place);
}

Test(ssh_server, takes_an_agent_and_a_display_only_for_a_key_that_is_not_restricted)
{
	struct place place = place_begin();
	const char *out;

	let_in_freely(&place, "free");
	let_into_stub(&place, "bound");
	ssh_offer_agent_and_display(place.server);
	cr_expect_eq(ssh_run(place.server, "free", NULL, &out, NULL, "env", NULL), 0);
	expect_in(out, "\nSSH_AUTH_SOCK=");
	expect_in(out, "\nDISPLAY=");
	ssh_run(place.server, "bound", NULL, &out, NULL, "env", NULL);
	expect_in(out, "\nHOME=");
	cr_expect_null(strstr(out, "SSH_AUTH_SOCK"));
	cr_expect_null(strstr(out, "DISPLAY"));
	place_end(&place);
}

static bool copies(struct place *place, const char *person, const char *option)
{
	const char *from = program_path(place->program, "stub");
	const char *made = program_path(place->program, "made");
	char to[256];
	int status;
	bool there;

	snprintf(to, sizeof(to), "%s:%s", person, made);
	status = ssh_copy(place->server, "scp", option, from, to, NULL);
	there = access(made, F_OK) == 0;
	cr_expect_eq(status == 0, there);
	unlink(made);
	return there;
}

Test(ssh_server, copies_files_only_for_a_key_that_is_bound_to_no_command)
{
	struct place place = place_begin();

	let_in(&place, "free", "no-pty");
	let_into_stub(&place, "bound");
	cr_expect(copies(&place, "free", "-s")); /* by sftp */
	cr_expect(copies(&place, "free", "-O"));
	cr_expect_not(copies(&place, "bound", "-s"));
	cr_expect_not(copies(&place, "bound", "-O"));
	place_end(&place);
}

Test(ssh_server, is_gone_with_its_test)
{
	struct place place = place_begin();
	char listener[256];
	int port = ssh_server_port(place.server);

	snprintf(listener, sizeof(listener), "-f %s/sshd_config", program_folder(place.program));
	cr_expect_neq(process_find(listener), 0);
	place_end(&place);
	cr_expect_eq(process_find(listener), 0);
	cr_expect_lt(loopback_connect(port), 0);
}
