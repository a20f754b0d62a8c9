#define _GNU_SOURCE /* asprintf, closefrom, environ */

#include "pty_term.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum {
	/* How often a wait looks whether the child has ended, of which poll() tells nothing. */
	TICK_MS = 10,
	SEND_LIMIT_MS = 10000,
	/* What one drain reads at most, so that a child which never stops writing is not fatal;
	 * more than the kernel keeps for a pty. */
	DRAIN_MAX = 256 * 1024,
	UTF8_MAX = 4,
	READ_MAX = 4096,
};

struct pty_term {
	VTerm *vt;
	VTermScreen *screen;
	int rows;
	int cols;
	bool cursor_visible;

	int master;
	pid_t pid;
	bool hung_up; /* nobody had the other end open at the last read */
	bool reaped;
	int status;

	/* What was read, and how much of it waits for the rest of a character. */
	char in[READ_MAX];
	size_t in_len;

	/* Waiting to be written: keys, and libvterm's answers to queries. */
	char *out;
	size_t out_len;
	size_t out_size;

	/* One row as UTF-8, and for each byte its cell's column. */
	char *line;
	int *line_col;
};

static const char *const key_bytes[] = {
	[PTY_KEY_ENTER] = "\r",
	[PTY_KEY_ESC] = "\033",
	[PTY_KEY_TAB] = "\t",
	[PTY_KEY_BACKTAB] = "\033[Z",
	[PTY_KEY_UP] = "\033OA",
	[PTY_KEY_DOWN] = "\033OB",
	[PTY_KEY_LEFT] = "\033OD",
	[PTY_KEY_RIGHT] = "\033OC",
	[PTY_KEY_PAGE_UP] = "\033[5~",
	[PTY_KEY_PAGE_DOWN] = "\033[6~",
	[PTY_KEY_HOME] = "\033OH",
	[PTY_KEY_END] = "\033OF",
	[PTY_KEY_F1] = "\033OP",
	[PTY_KEY_F2] = "\033OQ",
	[PTY_KEY_F3] = "\033OR",
	[PTY_KEY_F4] = "\033OS",
	[PTY_KEY_BACKSPACE] = "\177",
	[PTY_KEY_DELETE] = "\033[3~",
};

static long long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void *must(void *memory)
{
	if (!memory) {
		fputs("pty_term: out of memory\n", stderr);
		abort();
	}
	return memory;
}

static void out_append(const char *bytes, size_t len, void *user)
{
	struct pty_term *t = user;

	if (t->out_size - t->out_len < len) {
		t->out_size = (t->out_len + len) * 2;
		t->out = must(realloc(t->out, t->out_size));
	}
	memcpy(t->out + t->out_len, bytes, len);
	t->out_len += len;
}

static int on_termprop(VTermProp prop, VTermValue *val, void *user)
{
	struct pty_term *t = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor_visible = val->boolean;
	return 1;
}

static const VTermScreenCallbacks screen_callbacks = { .settermprop = on_termprop };

static void set_size(struct pty_term *t, int rows, int cols)
{
	size_t room = (size_t)cols * VTERM_MAX_CHARS_PER_CELL * UTF8_MAX + 1;

	t->rows = rows;
	t->cols = cols;
	t->line = must(realloc(t->line, room));
	t->line_col = must(realloc(t->line_col, room * sizeof(*t->line_col)));
}

static struct winsize winsize_of(const struct pty_term *t)
{
	return (struct winsize) { .ws_row = (unsigned short)t->rows,
		.ws_col = (unsigned short)t->cols };
}

static bool is_size(int rows, int cols)
{
	/* libvterm 0.1.4 writes out of bounds when a wide character comes to a single column. */
	return rows >= 1 && cols >= 2 && rows <= USHRT_MAX && cols <= USHRT_MAX;
}

static void free_strings(char **list)
{
	for (char **s = list; *s; s++)
		free(*s);
	free(list);
}

/* A copy, with room for one string more. */
static char **copy_strings(const char *const *list)
{
	size_t n = 0;
	while (list && list[n])
		n++;

	char **copy = must(calloc(n + 2, sizeof(*copy)));
	for (size_t i = 0; i < n; i++)
		copy[i] = must(strdup(list[i]));
	return copy;
}

static char **make_environ(const char *const *list)
{
	char **env = copy_strings(list);
	char **s = env;
	while (*s && strncmp(*s, "PATH=", 5) != 0)
		s++;

	const char *path = getenv("PATH");
	if (!*s && path && asprintf(s, "PATH=%s", path) < 0)
		must(NULL);
	return env;
}

/* Nothing here may allocate or take a lock: the caller may have had threads. */
static _Noreturn void run_child(char **argv, char **env, const char *cwd, pid_t parent)
{
	static const char sorry[] = "pty_term: cannot run the program\r\n";
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	struct termios tio;
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	closefrom(3);

	for (int sig = 1; sig < NSIG; sig++)
		sigaction(sig, &dfl, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);

	/* As terminal emulators do: the kernel's own line editing erases whole characters. */
	if (tcgetattr(STDIN_FILENO, &tio) == 0) {
		tio.c_iflag |= IUTF8;
		tcsetattr(STDIN_FILENO, TCSANOW, &tio);
	}

	if (!cwd || chdir(cwd) == 0) {
		/* execvpe() would search the caller's PATH. */
		environ = env;
		execvp(argv[0], argv);
	}
	ssize_t ignored = write(STDERR_FILENO, sorry, sizeof(sorry) - 1);
	(void)ignored;
	_exit(127);
}

struct pty_term *pty_term_start(const struct pty_term_options *options)
{
	if (!is_size(options->rows, options->cols) || !options->argv || !options->argv[0]) {
		errno = EINVAL;
		return NULL;
	}

	struct pty_term *t = must(calloc(1, sizeof(*t)));
	set_size(t, options->rows, options->cols);
	t->vt = must(vterm_new(t->rows, t->cols));
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, out_append, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_set_callbacks(t->screen, &screen_callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);

	char **argv = copy_strings(options->argv);
	char **env = make_environ(options->env);
	struct winsize size = winsize_of(t);
	pid_t parent = getpid();
	t->pid = forkpty(&t->master, NULL, NULL, &size);
	if (t->pid == 0)
		run_child(argv, env, options->cwd, parent);
	int error = errno;
	free_strings(argv);
	free_strings(env);

	if (t->pid < 0) {
		t->reaped = true;
		t->master = -1;
		pty_term_free(t);
		errno = error;
		return NULL;
	}
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
	fcntl(t->master, F_SETFL, O_RDWR | O_NONBLOCK);
	return t;
}

/* True when the child has ended. */
static bool reap(struct pty_term *t, int flags)
{
	int status;
	pid_t pid;

	if (t->reaped)
		return true;
	do {
		pid = waitpid(t->pid, &status, flags);
	} while (pid < 0 && errno == EINTR);
	if (pid == 0)
		return false;

	t->reaped = true;
	if (pid < 0)
		t->status = -1;
	else if (WIFSIGNALED(status))
		t->status = 128 + WTERMSIG(status);
	else
		t->status = WEXITSTATUS(status);
	return true;
}

void pty_term_free(struct pty_term *t)
{
	if (!t)
		return;
	if (!t->reaped) {
		/* Twice: the child may not yet have made its process group. */
		kill(-t->pid, SIGKILL);
		kill(t->pid, SIGKILL);
		reap(t, 0);
	}
	if (t->master >= 0)
		close(t->master);
	vterm_free(t->vt);
	free(t->out);
	free(t->line);
	free(t->line_col);
	free(t);
}

static void flush_out(struct pty_term *t)
{
	while (t->out_len > 0) {
		ssize_t n = write(t->master, t->out, t->out_len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN)
			t->out_len = 0;
		if (n <= 0)
			return;
		t->out_len -= (size_t)n;
		memmove(t->out, t->out + n, t->out_len);
	}
}

/* How many bytes at the end begin a character and do not end it. */
static size_t cut_utf8(const char *bytes, size_t len)
{
	for (size_t n = 1; n < UTF8_MAX && n <= len; n++) {
		unsigned char c = (unsigned char)bytes[len - n];
		if (c < 0x80)
			return 0;
		if (c >= 0xc0) {
			size_t need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
			return n < need ? n : 0;
		}
	}
	return 0;
}

/*
 * libvterm 0.1.4 itself loses a character which is cut in a run of text that began with ASCII: the
 * two parts go to different decoders.
 */
static void feed(struct pty_term *t, size_t read_len)
{
	size_t len = t->in_len + read_len;
	size_t cut = cut_utf8(t->in, len);

	vterm_input_write(t->vt, t->in, len - cut);
	memmove(t->in, t->in + len - cut, cut);
	t->in_len = cut;
}

/* Takes what can be read now to the screen and writes what can be written. */
static void drain(struct pty_term *t)
{
	flush_out(t);
	for (size_t total = 0; total < DRAIN_MAX;) {
		ssize_t n = read(t->master, t->in + t->in_len, sizeof(t->in) - t->in_len);
		if (n < 0 && errno == EINTR)
			continue;
		/* EIO is not for good while the child lives: it may open its terminal again. */
		t->hung_up = n == 0 || (n < 0 && errno != EAGAIN);
		if (n <= 0)
			break;
		feed(t, (size_t)n);
		flush_out(t);
		total += (size_t)n;
	}
}

static bool wait_until(struct pty_term *t, int timeout_ms,
	bool (*done)(struct pty_term *t, const char *arg), const char *arg)
{
	long long deadline = now_ms() + timeout_ms;

	for (;;) {
		drain(t);
		if (done(t, arg))
			return true;
		if (t->hung_up && reap(t, WNOHANG)) {
			/* It may have written between the drain and its end. */
			drain(t);
			return done(t, arg);
		}

		long long left = deadline - now_ms();
		if (left <= 0)
			return false;
		/* poll() overlooks -1, but would return at once for a hung-up terminal. */
		struct pollfd pfd = {
			.fd = t->hung_up ? -1 : t->master,
			.events = (short)(t->out_len > 0 ? POLLIN | POLLOUT : POLLIN),
		};
		poll(&pfd, 1, left < TICK_MS ? (int)left : TICK_MS);
	}
}

static bool text_stands(struct pty_term *t, const char *utf8)
{
	return pty_term_find(t, utf8, NULL, NULL);
}

static bool text_gone(struct pty_term *t, const char *utf8)
{
	return !pty_term_find(t, utf8, NULL, NULL);
}

static bool child_ended(struct pty_term *t, const char *unused)
{
	(void)unused;
	return reap(t, WNOHANG);
}

static bool all_sent(struct pty_term *t, const char *unused)
{
	(void)unused;
	return t->out_len == 0;
}

bool pty_term_wait_text(struct pty_term *t, const char *utf8, int timeout_ms)
{
	return wait_until(t, timeout_ms, text_stands, utf8);
}

bool pty_term_wait_gone(struct pty_term *t, const char *utf8, int timeout_ms)
{
	return wait_until(t, timeout_ms, text_gone, utf8);
}

bool pty_term_wait_exit(struct pty_term *t, int timeout_ms, int *status)
{
	if (!wait_until(t, timeout_ms, child_ended, NULL))
		return false;
	drain(t);
	if (status)
		*status = t->status;
	return true;
}

static void send_bytes(struct pty_term *t, const char *bytes, size_t len)
{
	out_append(bytes, len, t);
	wait_until(t, SEND_LIMIT_MS, all_sent, NULL);
	if (t->out_len > 0) {
		fprintf(stderr, "pty_term: %zu bytes could not be sent\n", t->out_len);
		t->out_len = 0;
	}
}

void pty_term_send(struct pty_term *t, const char *bytes)
{
	send_bytes(t, bytes, strlen(bytes));
}

void pty_term_key(struct pty_term *t, enum pty_key key)
{
	pty_term_send(t, key_bytes[key]);
}

void pty_term_ctrl(struct pty_term *t, char letter)
{
	char c = (char)(letter & 0x1f);

	send_bytes(t, &c, 1);
}

void pty_term_resize(struct pty_term *t, int rows, int cols)
{
	if (!is_size(rows, cols))
		return;
	/* What was drawn for the old size is to be laid out in it. */
	drain(t);
	set_size(t, rows, cols);
	/* Before the child hears of it and draws for the new size. */
	vterm_set_size(t->vt, rows, cols);
	struct winsize size = winsize_of(t);
	ioctl(t->master, TIOCSWINSZ, &size);
}

void pty_term_kill(struct pty_term *t, int signal)
{
	if (!t->reaped)
		kill(t->pid, signal);
}

pid_t pty_term_pid(const struct pty_term *t)
{
	return t->pid;
}

static size_t put_utf8(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | (c >> 18 & 0x07));
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static bool get_cell(const struct pty_term *t, int row, int col, VTermScreenCell *cell)
{
	if (row < 0 || row >= t->rows || col < 0 || col >= t->cols)
		return false;
	return vterm_screen_get_cell(t->screen, (VTermPos) { row, col }, cell);
}

static bool is_right_half(const VTermScreenCell *cell)
{
	return cell->chars[0] == (uint32_t)-1;
}

/* Such a cell keeps the pen's attributes in libvterm; a real terminal fills in colour alone. */
static bool was_erased(const VTermScreenCell *cell)
{
	return cell->chars[0] == 0;
}

/* Makes t->line and t->line_col of a row on the screen, blanks and all; returns its length. */
static size_t make_line(struct pty_term *t, int row)
{
	VTermScreenCell cell;
	size_t len = 0;

	for (int col = 0; col < t->cols; col++) {
		size_t start = len;

		if (!get_cell(t, row, col, &cell) || is_right_half(&cell))
			continue;
		if (was_erased(&cell))
			t->line[len++] = ' ';
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			len += put_utf8(t->line + len, cell.chars[i]);
		for (size_t i = start; i < len; i++)
			t->line_col[i] = col;
	}
	t->line[len] = '\0';
	t->line_col[len] = t->cols;
	return len;
}

const char *pty_term_row(struct pty_term *t, int row)
{
	if (row < 0 || row >= t->rows)
		return "";
	size_t len = make_line(t, row);
	while (len > 0 && t->line[len - 1] == ' ')
		len--;
	t->line[len] = '\0';
	return t->line;
}

void pty_term_dump(struct pty_term *t, FILE *to)
{
	int row, col;
	bool visible = pty_term_cursor(t, &row, &col);

	fprintf(to, "%d rows, %d columns, cursor %d,%d%s\n", t->rows, t->cols, row, col,
		visible ? "" : " (hidden)");
	for (int i = 0; i < t->rows; i++)
		fprintf(to, "%3d|%s\n", i, pty_term_row(t, i));
	fflush(to);
}

bool pty_term_cursor(const struct pty_term *t, int *row, int *col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &pos);
	if (row)
		*row = pos.row;
	if (col)
		*col = pos.col;
	return t->cursor_visible;
}

bool pty_term_find(struct pty_term *t, const char *text, int *row, int *col)
{
	for (int i = 0; i < t->rows; i++) {
		make_line(t, i);
		const char *at = strstr(t->line, text);
		if (!at)
			continue;
		if (row)
			*row = i;
		if (col)
			*col = t->line_col[at - t->line];
		return true;
	}
	return false;
}

/* libvterm keeps no attributes for the right half of a wide character. */
static bool get_drawn_cell(const struct pty_term *t, int row, int col, VTermScreenCell *cell)
{
	if (!get_cell(t, row, col, cell))
		return false;
	return !is_right_half(cell) || get_cell(t, row, col - 1, cell);
}

bool pty_term_cell_reverse(const struct pty_term *t, int row, int col)
{
	VTermScreenCell cell;

	return get_drawn_cell(t, row, col, &cell) && !was_erased(&cell) && cell.attrs.reverse;
}

bool pty_term_cell_bold(const struct pty_term *t, int row, int col)
{
	VTermScreenCell cell;

	return get_drawn_cell(t, row, col, &cell) && !was_erased(&cell) && cell.attrs.bold;
}

bool pty_term_any_colour(const struct pty_term *t)
{
	VTermScreenCell cell;

	for (int row = 0; row < t->rows; row++) {
		for (int col = 0; col < t->cols; col++) {
			if (get_drawn_cell(t, row, col, &cell)
				&& (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)
					|| !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)))
				return true;
		}
	}
	return false;
}
