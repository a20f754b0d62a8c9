#include "pty_term.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	ROWS = 6,
	COLS = 40,
	/* For what must come: long, as it is waited out only on failure. */
	LIMIT_MS = 20000,
	/* For what must not come. */
	SHORT_MS = 150,
};

TestSuite(pty_term, .timeout = 60);

static const char *const sh_env[] = { "TERM=xterm-256color", "LANG=C.UTF-8", NULL };

static struct pty_term *start_sh(const char *script)
{
	const char *argv[] = { "sh", "-c", script, NULL };
	struct pty_term *t = pty_term_start(&(struct pty_term_options) {
		.rows = ROWS,
		.cols = COLS,
		.argv = argv,
		.env = sh_env,
	});
	cr_assert_not_null(t);
	return t;
}

static void expect_text(struct pty_term *t, const char *text)
{
	bool found = pty_term_wait_text(t, text, LIMIT_MS);
	if (!found)
		pty_term_dump(t, stderr);
	cr_assert(found, "no \"%s\" on the screen", text);
}

static void expect_exit(struct pty_term *t, int expected)
{
	int status = -2;
	cr_assert(pty_term_wait_exit(t, LIMIT_MS, &status));
	cr_assert_eq(status, expected, "status %d, not %d", status, expected);
}

static long long now_ms(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/*
 * For a script that traps a signal and reads lines in a loop. A shell may look for signals just
 * before this one comes and then sleep in its read with the trap not run: a line wakes it.
 */
static void nudge(struct pty_term *t)
{
	pty_term_send(t, "\n");
}

Test(pty_term, text_typed_to_cat_appears)
{
	const char *argv[] = { "cat", NULL };
	struct pty_term *t = pty_term_start(
		&(struct pty_term_options) { .rows = ROWS, .cols = COLS, .argv = argv });
	cr_assert_not_null(t);
	pty_term_send(t, "moi");
	pty_term_key(t, PTY_KEY_ENTER);
	expect_text(t, "moi");
	pty_term_ctrl(t, 'd');
	expect_exit(t, 0);
	/* The kernel's echo, and cat's. */
	cr_assert_str_eq(pty_term_row(t, 0), "moi");
	cr_assert_str_eq(pty_term_row(t, 1), "moi");
	pty_term_free(t);
}

Test(pty_term, absent_text_times_out)
{
	struct pty_term *t = start_sh("echo here; read x");
	expect_text(t, "here");
	long long start = now_ms();
	cr_assert_not(pty_term_wait_text(t, "nowhere", SHORT_MS));
	cr_assert_geq(now_ms() - start, SHORT_MS);
	cr_assert_not(pty_term_wait_gone(t, "here", SHORT_MS));
	cr_assert_not(pty_term_wait_exit(t, SHORT_MS, NULL));
	cr_assert_not(pty_term_wait_text(t, "nowhere", 0));
	cr_assert(pty_term_wait_text(t, "here", 0));
	pty_term_free(t);
}

Test(pty_term, wait_for_text_ends_with_the_child)
{
	struct pty_term *t = start_sh("echo here");
	long long start = now_ms();
	cr_assert_not(pty_term_wait_text(t, "nowhere", LIMIT_MS));
	cr_assert_lt(now_ms() - start, LIMIT_MS);
	cr_assert(pty_term_wait_text(t, "here", 0));
	cr_assert_not(pty_term_wait_gone(t, "here", LIMIT_MS));
	expect_exit(t, 0);
	pty_term_free(t);
}

Test(pty_term, text_goes)
{
	struct pty_term *t = start_sh("printf 'here'; read x; printf '\\033[H\\033[2J'; read x");
	expect_text(t, "here");
	pty_term_send(t, "\n");
	cr_assert(pty_term_wait_gone(t, "here", LIMIT_MS));
	cr_assert_str_eq(pty_term_row(t, 0), "");
	pty_term_free(t);
}

Test(pty_term, an_endless_writer_does_not_hang_a_wait)
{
	struct pty_term *t = start_sh("exec yes");
	expect_text(t, "y");
	cr_assert_not(pty_term_wait_text(t, "n", SHORT_MS));
	pty_term_kill(t, SIGTERM);
	expect_exit(t, 128 + SIGTERM);
	pty_term_free(t);
}

Test(pty_term, exit_status)
{
	struct pty_term *t = start_sh("exit 7");
	expect_exit(t, 7);
	expect_exit(t, 7);
	pty_term_kill(t, SIGTERM);
	pty_term_send(t, "to nobody");
	pty_term_free(t);
}

Test(pty_term, exit_by_signal)
{
	struct pty_term *t = start_sh("echo ready; read x");
	expect_text(t, "ready");
	pty_term_kill(t, SIGUSR1);
	expect_exit(t, 128 + SIGUSR1);
	pty_term_free(t);
}

Test(pty_term, signals_are_as_by_default)
{
	signal(SIGTERM, SIG_IGN);
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	struct pty_term *t = start_sh("echo ready; read x");
	expect_text(t, "ready");
	pty_term_kill(t, SIGTERM);
	expect_exit(t, 128 + SIGTERM);
	pty_term_free(t);
}

Test(pty_term, a_handled_signal_is_seen)
{
	struct pty_term *t = start_sh("trap 'echo got hup; exit 3' HUP; echo ready; "
				      "while :; do read x; done");
	expect_text(t, "ready");
	cr_assert_eq(kill(pty_term_pid(t), SIGHUP), 0);
	nudge(t);
	expect_exit(t, 3);
	cr_assert(pty_term_find(t, "got hup", NULL, NULL));
	pty_term_free(t);
}

Test(pty_term, much_output_before_exit_is_read)
{
	struct pty_term *t = start_sh("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); "
				      "echo line number $i; done; exit 5");
	expect_exit(t, 5);
	cr_assert_str_eq(pty_term_row(t, ROWS - 2), "line number 20000");
	pty_term_free(t);
}

Test(pty_term, a_program_which_cannot_run_is_127)
{
	const char *argv[] = { "no-such-program-here", NULL };
	struct pty_term *t = pty_term_start(
		&(struct pty_term_options) { .rows = ROWS, .cols = COLS, .argv = argv });
	expect_exit(t, 127);
	pty_term_free(t);
}

Test(pty_term, a_bad_size_is_refused)
{
	const char *argv[] = { "cat", NULL };
	struct pty_term_options options = { .rows = 0, .cols = COLS, .argv = argv };
	cr_assert_null(pty_term_start(&options));
	cr_assert_eq(errno, EINVAL);
	pty_term_free(NULL);
}

Test(pty_term, environment_is_replaced)
{
	setenv("LEAKED", "leaked", 1);
	const char *argv[] = { "sh", "-c", "echo \"[$LEAKED][$GIVEN]\"; test -n \"$PATH\"", NULL };
	const char *env[] = { "GIVEN=given", NULL };
	struct pty_term *t = pty_term_start(&(struct pty_term_options) {
		.rows = ROWS, .cols = COLS, .argv = argv, .env = env });
	expect_exit(t, 0);
	cr_assert_str_eq(pty_term_row(t, 0), "[][given]");
	pty_term_free(t);
}

Test(pty_term, a_given_path_is_searched)
{
	const char *argv[] = { "sh", NULL };
	const char *env[] = { "PATH=/nowhere", NULL };
	struct pty_term *t = pty_term_start(&(struct pty_term_options) {
		.rows = ROWS, .cols = COLS, .argv = argv, .env = env });
	expect_exit(t, 127);
	pty_term_free(t);
}

Test(pty_term, cwd)
{
	const char *argv[] = { "pwd", NULL };
	struct pty_term_options options = {
		.rows = ROWS, .cols = COLS, .argv = argv, .cwd = "/usr"
	};
	struct pty_term *t = pty_term_start(&options);
	expect_exit(t, 0);
	cr_assert_str_eq(pty_term_row(t, 0), "/usr");
	pty_term_free(t);

	options.cwd = "/no/such/place";
	t = pty_term_start(&options);
	expect_exit(t, 127);
	pty_term_free(t);
}

Test(pty_term, descriptors_do_not_leak)
{
	cr_assert_eq(dup2(STDERR_FILENO, 9), 9);
	struct pty_term *t = start_sh("[ -e /proc/self/fd/9 ] && exit 1; tty");
	expect_exit(t, 0);
	cr_assert(pty_term_find(t, "/dev/pts/", NULL, NULL));
	pty_term_free(t);
}

Test(pty_term, free_kills_the_child_and_its_group)
{
	/* What is orphaned comes here to be waited for. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	struct pty_term *t = start_sh("trap '' HUP TERM; sleep 600 & echo $! started; wait");
	expect_text(t, "started");
	pid_t sleeper = (pid_t)atol(pty_term_row(t, 0));
	pid_t pid = pty_term_pid(t);
	pty_term_free(t);

	cr_assert_eq(kill(pid, 0), -1);
	int status;
	cr_assert_eq(waitpid(sleeper, &status, 0), sleeper);
	cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

Test(pty_term, free_kills_a_stopped_child)
{
	struct pty_term *t = start_sh("echo ready; read x");
	expect_text(t, "ready");
	pty_term_kill(t, SIGSTOP);
	pty_term_free(t);

	t = start_sh("exec yes");
	pty_term_free(t);
}

Test(pty_term, child_dies_with_its_starter)
{
	int fd[2];
	cr_assert_eq(pipe(fd), 0);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid_t starter = fork();
	if (starter == 0) {
		const char *argv[] = { "sh", "-c", "trap '' HUP; echo ready; exec sleep 600",
			NULL };
		struct pty_term *t = pty_term_start(
			&(struct pty_term_options) { .rows = ROWS, .cols = COLS, .argv = argv });
		bool ready = t && pty_term_wait_text(t, "ready", LIMIT_MS);
		pid_t pid = ready ? pty_term_pid(t) : 0;
		_exit(write(fd[1], &pid, sizeof(pid)) == sizeof(pid) ? 0 : 1);
	}
	pid_t pid;
	cr_assert_eq(read(fd[0], &pid, sizeof(pid)), sizeof(pid));
	cr_assert_gt(pid, 0);
	int status;
	cr_assert_eq(waitpid(starter, &status, 0), starter);
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

Test(pty_term, resize_is_seen_by_the_child)
{
	struct pty_term *t =
		start_sh("stty -echo; trap 'printf \"\\r$(stty size)\"' WINCH; stty size; "
			 "while :; do read x; done");
	expect_text(t, "6 40");
	pty_term_resize(t, 10, 25);
	nudge(t);
	expect_text(t, "10 25");
	pty_term_resize(t, 24, 132);
	nudge(t);
	expect_text(t, "24 132");
	pty_term_resize(t, 0, 80);
	pty_term_resize(t, 20, 1);
	pty_term_resize(t, 1, 9);
	nudge(t);
	expect_text(t, "1 9");
	cr_assert_str_eq(pty_term_row(t, 1), "");
	pty_term_free(t);
}

Test(pty_term, drawing_for_the_new_size_fits)
{
	struct pty_term *t =
		start_sh("stty -echo; trap 'printf \"\\033[2J\\033[20;95Hcorner\"' WINCH; "
			 "echo ready; while :; do read x; done");
	expect_text(t, "ready");
	pty_term_resize(t, 20, 100);
	nudge(t);
	expect_text(t, "corner");
	int row, col;
	cr_assert(pty_term_find(t, "corner", &row, &col));
	cr_assert_eq(row, 19);
	cr_assert_eq(col, 94);
	pty_term_free(t);
}

Test(pty_term, narrow_letters_and_accents)
{
	struct pty_term *t = start_sh("stty -echo; printf 'yötyö \\303'; read x; "
				      "printf '\\244iti e\\314\\201 €|'; read x");
	expect_text(t, "yötyö");
	/* The letter's second half comes in another read. */
	pty_term_send(t, "\n");
	expect_text(t, "|");
	cr_assert_str_eq(pty_term_row(t, 0), "yötyö äiti e\314\201 €|");
	int row, col;
	cr_assert(pty_term_find(t, "|", &row, &col));
	cr_assert_eq(row, 0);
	cr_assert_eq(col, 14);
	cr_assert(pty_term_find(t, "äiti", NULL, &col));
	cr_assert_eq(col, 6);
	pty_term_free(t);
}

Test(pty_term, characters_cut_by_writes_are_whole)
{
	static const struct {
		const char *first, *second, *whole;
	} cuts[] = {
		{ "a\\303", "\\244.", "aä." },
		{ "b\\342", "\\202\\254.", "b€." },
		{ "c\\342\\202", "\\254.", "c€." },
		{ "d\\360", "\\237\\231\\202.", "d🙂." },
		{ "e\\360\\237", "\\231\\202.", "e🙂." },
		{ "f\\360\\237\\231", "\\202.", "f🙂." },
	};

	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		char script[200];
		snprintf(script, sizeof(script), "stty -echo; printf '%s'; read x; printf '%s'",
			cuts[i].first, cuts[i].second);
		struct pty_term *t = start_sh(script);
		expect_text(t, (char[]) { cuts[i].whole[0], '\0' });
		pty_term_send(t, "\n");
		expect_exit(t, 0);
		cr_assert_str_eq(pty_term_row(t, 0), cuts[i].whole);
		pty_term_free(t);
	}
}

Test(pty_term, characters_cut_by_reads_are_whole)
{
	enum { LINES = 199 };
	/* Some 50 kB, far more than one read gives. */
	const char *script = "p=' ä€🙂'; p=$p$p$p; p=$p$p$p$p$p$p$p; i=0; "
			     "while [ $i -lt 199 ]; do i=$((i+1)); s=\"$s$i$p\n\"; done; "
			     "printf %s \"$s\"";
	const char *argv[] = { "sh", "-c", script, NULL };
	struct pty_term *t = pty_term_start(&(struct pty_term_options) {
		.rows = LINES + 1, .cols = 120, .argv = argv, .env = sh_env });
	expect_exit(t, 0);
	for (int i = 1; i <= LINES; i++) {
		char expected[400];
		size_t len = (size_t)snprintf(expected, sizeof(expected), "%d", i);
		for (int n = 0; n < 21; n++)
			len += (size_t)snprintf(
				expected + len, sizeof(expected) - len, " ä€🙂");
		cr_assert_str_eq(pty_term_row(t, i - 1), expected);
	}
	pty_term_free(t);
}

Test(pty_term, wide_characters)
{
	struct pty_term *t = start_sh("printf '日本語|\\033[1;7m字\\033[0m🙂.'; read x");
	expect_text(t, "🙂.");
	cr_assert_str_eq(pty_term_row(t, 0), "日本語|字🙂.");
	int row, col;
	cr_assert(pty_term_find(t, "本語", &row, &col));
	cr_assert_eq(col, 2);
	cr_assert(pty_term_find(t, ".", &row, &col));
	cr_assert_eq(col, 11);
	cr_assert_not(pty_term_cell_reverse(t, 0, 6));
	cr_assert(pty_term_cell_reverse(t, 0, 7));
	cr_assert(pty_term_cell_reverse(t, 0, 8));
	cr_assert(pty_term_cell_bold(t, 0, 8));
	cr_assert_not(pty_term_cell_reverse(t, 0, 9));
	pty_term_free(t);
}

Test(pty_term, backspace_in_the_kernels_line_editing_takes_a_whole_letter)
{
	struct pty_term *t = start_sh("echo ready; read x; echo \"[$x]\"; read x");
	expect_text(t, "ready");
	pty_term_send(t, "abö");
	pty_term_key(t, PTY_KEY_BACKSPACE);
	pty_term_key(t, PTY_KEY_ENTER);
	expect_text(t, "[ab]");
	pty_term_free(t);
}

Test(pty_term, blanks_match_and_are_trimmed)
{
	struct pty_term *t = start_sh("printf 'a\\033[5Cb'; read x");
	expect_text(t, "a     b   ");
	cr_assert_str_eq(pty_term_row(t, 0), "a     b");
	cr_assert_str_eq(pty_term_row(t, -1), "");
	cr_assert_str_eq(pty_term_row(t, ROWS), "");
	pty_term_free(t);
}

Test(pty_term, find_leaves_the_place_alone_when_absent)
{
	struct pty_term *t = start_sh("printf 'x\\n  xy'; read x");
	expect_text(t, "xy");
	int row = -5, col = -6;
	cr_assert_not(pty_term_find(t, "zz", &row, &col));
	cr_assert_eq(row, -5);
	cr_assert_eq(col, -6);
	cr_assert(pty_term_find(t, "x", &row, &col));
	cr_assert_eq(row, 0);
	cr_assert_eq(col, 0);
	pty_term_free(t);
}

Test(pty_term, attributes)
{
	struct pty_term *t =
		start_sh("printf 'p\\033[7mr \\033[0;1mb\\033[0m\\n\\033[1;7m\\033[K'; "
			 "printf '\\033[0mend'; read x");
	expect_text(t, "end");
	cr_assert_not(pty_term_cell_reverse(t, 0, 0));
	cr_assert_not(pty_term_cell_bold(t, 0, 0));
	cr_assert(pty_term_cell_reverse(t, 0, 1));
	cr_assert(pty_term_cell_reverse(t, 0, 2));
	cr_assert_not(pty_term_cell_reverse(t, 0, 3));
	cr_assert(pty_term_cell_bold(t, 0, 3));
	/* Erased with the reverse pen. */
	cr_assert_not(pty_term_cell_reverse(t, 1, 20));
	cr_assert_not(pty_term_cell_bold(t, 1, 20));
	cr_assert_not(pty_term_cell_reverse(t, -1, 0));
	cr_assert_not(pty_term_cell_reverse(t, 0, COLS));
	cr_assert_not(pty_term_any_colour(t));
	pty_term_free(t);
}

Test(pty_term, colours)
{
	static const char *const coloured[] = { "31mx", "42mx", "38;5;7mx", "48;2;1;2;3mx",
		"41m\\033[K", "97mx" };

	for (size_t i = 0; i < sizeof(coloured) / sizeof(coloured[0]); i++) {
		char script[200];
		snprintf(script, sizeof(script),
			"printf '\\033[%s\\033[0m\\033[2Hone'; read x; "
			"printf '\\033[39;49m\\033[H\\033[2J\\033[1;7mtwo'; read x",
			coloured[i]);
		struct pty_term *t = start_sh(script);
		expect_text(t, "one");
		cr_assert(pty_term_any_colour(t), "%s", coloured[i]);
		pty_term_send(t, "\n");
		expect_text(t, "two");
		cr_assert_not(pty_term_any_colour(t), "%s", coloured[i]);
		pty_term_resize(t, ROWS + 5, COLS + 5);
		cr_assert_not(pty_term_any_colour(t), "%s", coloured[i]);
		pty_term_free(t);
	}
}

Test(pty_term, cursor)
{
	struct pty_term *t = start_sh("stty -echo; printf 'one\\033[3;5H'; read x; "
				      "printf '\\033[?25ltwo'; read x; printf '\\033[?25hthree'; "
				      "read x");
	int row, col;
	expect_text(t, "one");
	cr_assert(pty_term_cursor(t, &row, &col));
	cr_assert_eq(row, 2);
	cr_assert_eq(col, 4);
	pty_term_send(t, "\n");
	expect_text(t, "two");
	cr_assert_not(pty_term_cursor(t, &row, &col));
	cr_assert_eq(col, 7);
	pty_term_send(t, "\n");
	expect_text(t, "three");
	cr_assert(pty_term_cursor(t, NULL, NULL));
	pty_term_free(t);
}

Test(pty_term, keys)
{
	static const struct {
		enum pty_key key;
		const char *shown;
	} keys[] = {
		{ PTY_KEY_ENTER, "^M" },
		{ PTY_KEY_ESC, "^[" },
		{ PTY_KEY_TAB, "^I" },
		{ PTY_KEY_BACKTAB, "^[[Z" },
		{ PTY_KEY_UP, "^[OA" },
		{ PTY_KEY_DOWN, "^[OB" },
		{ PTY_KEY_LEFT, "^[OD" },
		{ PTY_KEY_RIGHT, "^[OC" },
		{ PTY_KEY_PAGE_UP, "^[[5~" },
		{ PTY_KEY_PAGE_DOWN, "^[[6~" },
		{ PTY_KEY_HOME, "^[OH" },
		{ PTY_KEY_END, "^[OF" },
		{ PTY_KEY_F1, "^[OP" },
		{ PTY_KEY_F2, "^[OQ" },
		{ PTY_KEY_F3, "^[OR" },
		{ PTY_KEY_F4, "^[OS" },
		{ PTY_KEY_BACKSPACE, "^?" },
		{ PTY_KEY_DELETE, "^[[3~" },
	};

	struct pty_term *t =
		start_sh("stty -icanon -echo -icrnl -isig -ixon -iexten; echo ready; exec cat -vT");
	expect_text(t, "ready");
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		char shown[20];
		snprintf(shown, sizeof(shown), "<%s>", keys[i].shown);
		pty_term_send(t, "<");
		pty_term_key(t, keys[i].key);
		pty_term_send(t, ">\n");
		expect_text(t, shown);
	}
	pty_term_send(t, "{");
	pty_term_ctrl(t, 'S');
	pty_term_ctrl(t, 'q');
	pty_term_ctrl(t, '@');
	pty_term_send(t, "}");
	expect_text(t, "{^S^Q^@}");
	pty_term_free(t);
}

Test(pty_term, ctrl_c_interrupts)
{
	struct pty_term *t = start_sh("echo ready; exec sleep 600");
	expect_text(t, "ready");
	pty_term_ctrl(t, 'C');
	expect_exit(t, 128 + SIGINT);
	pty_term_free(t);
}

Test(pty_term, queries_are_answered)
{
	struct pty_term *t = start_sh("stty raw -echo; printf '\\033[3;7H\\033[6n'; "
				      "dd bs=1 count=6 2>/dev/null | cat -v; read x");
	expect_text(t, "^[[3;7R");
	pty_term_free(t);
}

Test(pty_term, large_input_reaches_a_child_that_writes_it_back)
{
	enum { LEN = 200000 };
	struct pty_term *t = start_sh("stty raw -echo; echo ready; exec cat");
	expect_text(t, "ready");
	char *bytes = malloc(LEN + 1);
	cr_assert_not_null(bytes);
	memset(bytes, 'x', LEN);
	bytes[LEN] = '\0';
	pty_term_send(t, bytes);
	free(bytes);
	pty_term_send(t, "\r\nthe end");
	expect_text(t, "the end");
	pty_term_free(t);
}

Test(pty_term, alternate_screen_gives_the_first_one_back)
{
	struct pty_term *t = start_sh("stty -echo; printf first; read x; "
				      "printf '\\033[?1049h\\033[Hsecond'; read x; "
				      "printf '\\033[?1049l third'; read x");
	expect_text(t, "first");
	pty_term_send(t, "\n");
	expect_text(t, "second");
	cr_assert_not(pty_term_find(t, "first", NULL, NULL));
	pty_term_send(t, "\n");
	expect_text(t, "third");
	cr_assert_str_eq(pty_term_row(t, 0), "first third");
	pty_term_free(t);
}

Test(pty_term, line_drawing_and_repeats)
{
	/* terminfo's smacs and rep, which ncurses uses. */
	struct pty_term *t = start_sh("printf '\\033(0lqk\\033(Bz\\033[4b.'; read x");
	expect_text(t, "┌─┐zzzzz.");
	pty_term_free(t);
}

Test(pty_term, two_terminals_at_once)
{
	struct pty_term *a = start_sh("echo a ready; read x; echo \"a=$x\"; read x");
	struct pty_term *b = start_sh("echo b ready; read x; echo \"b=$x\"; read x");
	expect_text(b, "b ready");
	expect_text(a, "a ready");
	pty_term_send(a, "1\n");
	pty_term_send(b, "2\n");
	expect_text(a, "a=1");
	expect_text(b, "b=2");
	/* The one does not hold the other's terminal open. */
	pty_term_send(a, "\n");
	expect_exit(a, 0);
	pty_term_free(a);
	pty_term_send(b, "\n");
	expect_exit(b, 0);
	pty_term_free(b);
}

Test(pty_term, a_full_screen_program)
{
	struct pty_term *t = start_sh("command -v vi >/dev/null || exit 99; "
				      "echo before; exec vi -n -u NONE");
	if (!pty_term_wait_text(t, "~ ", LIMIT_MS)) {
		expect_exit(t, 99);
		pty_term_free(t);
		cr_skip_test("no vi here");
	}
	pty_term_send(t, "iyö ja päivä");
	expect_text(t, "yö ja päivä");
	pty_term_key(t, PTY_KEY_ESC);
	pty_term_resize(t, 12, 60);
	expect_text(t, "yö ja päivä");
	pty_term_send(t, ":q!");
	expect_text(t, ":q!");
	pty_term_key(t, PTY_KEY_ENTER);
	expect_exit(t, 0);
	cr_assert_not(pty_term_find(t, "~ ", NULL, NULL));
	cr_assert(pty_term_find(t, "before", NULL, NULL));
	pty_term_free(t);
}

Test(pty_term, dump)
{
	struct pty_term *t = start_sh("printf 'yö\\033[2;3H\\033[?25l!'; read x");
	expect_text(t, "!");
	char buf[400] = "";
	FILE *f = fmemopen(buf, sizeof(buf), "w");
	cr_assert_not_null(f);
	pty_term_dump(t, f);
	fclose(f);
	cr_assert_str_eq(buf, "6 rows, 40 columns, cursor 1,3 (hidden)\n"
			      "  0|yö\n  1|  !\n  2|\n  3|\n  4|\n  5|\n");
	pty_term_free(t);
}
