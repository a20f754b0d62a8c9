/* Nothing typed is lost: killed programs, lost lines, colleagues. */
#include "e2e.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define TAKE_OVER "Take it over?"
#define CONCERN	  "poissaoloja yhä; äiti väsynyt, Åsa auttaa"

/* 1 when the last letter is in the database. */
#define ALL_KEPT "SELECT count(*) FROM draft_field WHERE name = 'concern' AND value = '" CONCERN "'"

static void continue_the_call(struct program *program)
{
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_see(t, E2E_UNFINISHED);
	e2e_see(t, "teacher: poissaoloja yhä");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "New call");
	e2e_see(t, CONCERN);
	e2e_see(t, "2101");
	e2e_see(t, "A. K.");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "saved as 2026-0001");
	e2e_quit(t);
	e2e_expect_in(
		program_ok(program, "case show 2026-0001 --json"), "\"concern\": \"" CONCERN "\"");
	e2e_count(program, "SELECT count(*) FROM draft", 0);
}

/* In one go: the first time it is kept is after the last letter. */
static void type_a_call(struct pty_term *t)
{
	e2e_new_call(t);
	pty_term_send(t, "\tteacher\t2101\t\t\tA. K.\t\t\t\t" CONCERN);
	e2e_see(t, CONCERN);
}

Test(draft, of_a_killed_program_is_continued_with_every_letter)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	type_a_call(t);
	e2e_see(t, "kept 10:42");
	e2e_await(t, program, ALL_KEPT);
	pty_term_kill(t, SIGKILL);
	e2e_expect_end(t, 128 + SIGKILL);
	e2e_integrity(program);
	continue_the_call(program);
	program_free(program);
}

Test(draft, keeps_the_last_letters_when_the_line_is_hung_up)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	type_a_call(t);
	pty_term_kill(t, SIGHUP);
	e2e_expect_end(t, 0);
	continue_the_call(program);
	program_free(program);
}

Test(draft, keeps_the_last_letters_when_the_program_is_told_to_end)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	type_a_call(t);
	pty_term_kill(t, SIGTERM);
	e2e_expect_end(t, 0);
	continue_the_call(program);
	program_free(program);
}

/* Reads until these bytes have come. */
static void read_until(int master, const char *bytes)
{
	char seen[1 << 16];
	size_t length = 0;

	while (length + 1 < sizeof(seen)) {
		struct pollfd ready = { .fd = master, .events = POLLIN };
		ssize_t got;

		cr_assert_gt(poll(&ready, 1, E2E_LIMIT_MS), 0, "\"%s\" did not come", bytes);
		got = read(master, seen + length, sizeof(seen) - 1 - length);
		cr_assert_gt(got, 0, "\"%s\" did not come", bytes);
		length += (size_t)got;
		seen[length] = '\0';
		if (strstr(seen, bytes))
			return;
	}
	cr_assert_fail("\"%s\" did not come", bytes);
}

static void send_bytes(int master, const char *bytes)
{
	cr_assert_eq(write(master, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

/* A terminal that can be closed under the program: nothing reads or writes there any more. */
static pid_t start_on_a_line(struct program *program, int *master)
{
	char name[] = KUTSU_PROGRAM;
	char *argv[] = { name, NULL }, *env[32] = { 0 };
	const char *const *variables = program_env(program);
	const char *slave;
	pid_t pid;

	for (int i = 0; variables[i] && i < 31; i++)
		env[i] = strdup(variables[i]);

	*master = posix_openpt(O_RDWR | O_NOCTTY);
	cr_assert(*master >= 0 && grantpt(*master) == 0 && unlockpt(*master) == 0);
	slave = ptsname(*master);
	pid = fork();
	cr_assert_geq(pid, 0);
	if (pid == 0) {
		int line;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setsid();
		line = open(slave, O_RDWR); /* becomes the controlling terminal */
		dup2(line, 0);
		dup2(line, 1);
		dup2(line, 2);
		for (int file = 3; file < 256; file++)
			close(file);
		execve(argv[0], argv, env);
		_exit(127);
	}
	for (int i = 0; env[i]; i++)
		free(env[i]);
	return pid;
}

Test(draft, keeps_the_last_letters_when_the_terminal_is_closed)
{
	struct program *program = e2e_empty();
	int master, status;
	pid_t pid;

	program_set(program, "LINES", "24");
	program_set(program, "COLUMNS", "80");
	pid = start_on_a_line(program, &master);
	read_until(master, "Enter");
	send_bytes(master, "n");
	read_until(master, "phone rings");
	send_bytes(master, "1");
	read_until(master, "New call");
	send_bytes(master, "\tteacher\t2101\t\t\tA. K.\t\t\t\t" CONCERN "\033OP");
	read_until(master, "throw away"); /* the list of keys: all is typed */
	close(master);
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "ended with %x", status);
	program_set(program, "LINES", NULL);
	program_set(program, "COLUMNS", NULL);
	continue_the_call(program);
	program_free(program);
}

/* Who types without a pause loses the last moment's typing only. */
Test(draft, is_kept_while_somebody_types_without_a_pause)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);
	bool kept = false;

	e2e_new_call(t);
	e2e_tab(t, FIELD_CALLER);
	/* A letter each 100 ms, for six seconds. */
	for (int i = 0; i < 60 && !kept; i++) {
		pty_term_send(t, "a");
		kept = pty_term_wait_text(t, "kept 10:42", 100);
	}
	cr_expect(kept, "nothing was kept in six seconds of typing");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "New call");
	e2e_quit(t);
	program_free(program);
}

Test(draft, being_typed_can_be_taken_over_and_its_writer_is_told)
{
	struct program *program = e2e_empty();
	struct pty_term *first = e2e_open(program, 24, 80), *second;

	type_a_call(first);
	e2e_await(first, program, ALL_KEPT);
	second = e2e_open(program, 24, 80);
	e2e_see(second, "(is typing)");
	pty_term_key(second, PTY_KEY_ENTER);
	e2e_see(second, TAKE_OVER);
	pty_term_key(second, PTY_KEY_ENTER);
	e2e_see(second, "New call");
	e2e_see(second, CONCERN);
	pty_term_send(first, "x");
	e2e_see(first, "a colleague has taken the draft over");
	pty_term_ctrl(second, 'S');
	e2e_see(second, "saved as 2026-0001");
	/* Not a second case from what the first still has on the screen. */
	pty_term_ctrl(first, 'S');
	cr_expect_not(pty_term_wait_text(first, "saved as", 1000), "it was saved a second time");
	e2e_count(program, "SELECT count(*) FROM case_ref", 1);
	pty_term_key(first, PTY_KEY_ESC);
	e2e_see_gone(first, "New call");
	e2e_quit(first);
	e2e_quit(second);
	e2e_expect_in(
		program_ok(program, "case show 2026-0001 --json"), "\"concern\": \"" CONCERN "\"");
	program_free(program);
}

Test(draft, finished_while_one_asks_to_take_it_over_is_told_gone)
{
	struct program *program = e2e_empty();
	struct pty_term *first = e2e_open(program, 24, 80), *second;

	type_a_call(first);
	e2e_await(first, program, ALL_KEPT);
	second = e2e_open(program, 24, 80);
	e2e_see(second, "(is typing)");
	pty_term_key(second, PTY_KEY_ENTER);
	e2e_see(second, TAKE_OVER);
	e2e_function_key(first, 8);
	e2e_see(first, "Throw the call away?");
	pty_term_key(first, PTY_KEY_ENTER);
	e2e_see(first, "the call was thrown away");
	e2e_see_gone(second, "(is typing)"); /* below the question */
	pty_term_key(second, PTY_KEY_ENTER);
	e2e_see_gone(second, TAKE_OVER);
	e2e_quit(first);
	pty_term_kill(second, SIGTERM);
	e2e_expect_end(second, 0);
	program_free(program);
}

Test(draft, thrown_away_is_gone)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	type_a_call(t);
	e2e_see(t, "kept 10:42");
	e2e_function_key(t, 8);
	e2e_see(t, "Throw the call away?");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "Throw the call away?");
	e2e_see(t, CONCERN);
	e2e_function_key(t, 8);
	e2e_see(t, "Throw the call away?");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "the call was thrown away");
	e2e_quit(t);
	e2e_count(program, "SELECT count(*) FROM draft", 0);
	e2e_count(program, "SELECT count(*) FROM draft_field", 0);
	program_free(program);
}

Test(draft, continued_goes_on_where_it_was_left)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	pty_term_send(t, "\tteacher\t\t\t\t\t\t\t \tabsences");
	e2e_tick(t, "PNE-KES", "[x] PNE-KES");
	e2e_see(t, "Wed 2.12.");
	e2e_esc(t, E2E_UNFINISHED);
	pty_term_key(t, PTY_KEY_HOME);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "New call");
	e2e_see(t, "non-disclosure [x]");
	e2e_see(t, "Shared holes: 1 unit");
	e2e_see(t, "Wed 2.12.");
	e2e_esc(t, E2E_UNFINISHED);
	e2e_quit(t);
	program_free(program);
}
