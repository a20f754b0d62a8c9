/*
 * A real program on a pseudo-terminal, its screen kept by libvterm.
 *
 * Only the wait functions, pty_term_send() and its kin, and pty_term_resize() read what the child
 * has written; the others look at the screen as it was then. A frame may arrive in parts: wait for
 * the part which is drawn last.
 */
#ifndef PTY_TERM_H
#define PTY_TERM_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct pty_term;

struct pty_term_options {
	int rows; /* 1 or more */
	int cols; /* 2 or more */
	/* Ends with NULL; argv[0] is looked for in the child's PATH. */
	const char *const *argv;
	/*
	 * "NAME=value", ends with NULL, NULL for none. It is the whole environment (no TERM, LANG
	 * or ASAN_OPTIONS come from the caller's); PATH alone is kept when not given.
	 */
	const char *const *env;
	/* NULL: the caller's. */
	const char *cwd;
};

/* All as xterm-256color's terminfo has them in application mode (smkx). */
enum pty_key {
	PTY_KEY_ENTER,
	PTY_KEY_ESC,
	PTY_KEY_TAB,
	PTY_KEY_BACKTAB,
	PTY_KEY_UP,
	PTY_KEY_DOWN,
	PTY_KEY_LEFT,
	PTY_KEY_RIGHT,
	PTY_KEY_PAGE_UP,
	PTY_KEY_PAGE_DOWN,
	PTY_KEY_HOME,
	PTY_KEY_END,
	PTY_KEY_F1,
	PTY_KEY_F2,
	PTY_KEY_F3,
	PTY_KEY_F4,
	PTY_KEY_BACKSPACE,
	PTY_KEY_DELETE,
};

/*
 * NULL and errno when there is no terminal or process to be had, EINVAL for a bad size. A program
 * which cannot be run is seen only as exit status 127. The child dies with the thread which called
 * this.
 */
struct pty_term *pty_term_start(const struct pty_term_options *options);

/* Kills and reaps the child and its process group if it lives; NULL is allowed. */
void pty_term_free(struct pty_term *t);

/*
 * The text must stand in one row; blanks match, those at the row's end too. False at the limit, or
 * sooner when the child has ended and nothing more can come.
 */
bool pty_term_wait_text(struct pty_term *t, const char *utf8, int timeout_ms);

/* True once the text stands nowhere on the screen. */
bool pty_term_wait_gone(struct pty_term *t, const char *utf8, int timeout_ms);

/*
 * Reads the child's last output too. *status (may be NULL) is the exit status or 128 + signal; it
 * is left alone on false. May be called again after true.
 */
bool pty_term_wait_exit(struct pty_term *t, int timeout_ms, int *status);

/*
 * Complains on stderr and drops the rest when the child has not taken it in 10 s. While the kernel
 * edits lines (the program has not set its own mode), it drops what is over 4095 bytes in a line.
 */
void pty_term_send(struct pty_term *t, const char *bytes);
void pty_term_key(struct pty_term *t, enum pty_key key);

/* A letter of either case, or one of @[\]^_ (@ sends NUL). */
void pty_term_ctrl(struct pty_term *t, char letter);

/* The child gets SIGWINCH from the kernel. A size not fit to start with is ignored. */
void pty_term_resize(struct pty_term *t, int rows, int cols);

/* Nothing happens when the child's end has been seen already. */
void pty_term_kill(struct pty_term *t, int signal);

/* Not to be trusted after the child's end has been seen. */
pid_t pty_term_pid(const struct pty_term *t);

/*
 * UTF-8 without the blanks at its end, "" for a row off the screen. Borrowed, until the next call
 * with the same t.
 */
const char *pty_term_row(struct pty_term *t, int row);

void pty_term_dump(struct pty_term *t, FILE *to);

/* False when the cursor is hidden; row and col (may be NULL) are set either way. */
bool pty_term_cursor(const struct pty_term *t, int *row, int *col);

/* The topmost, leftmost place; row and col (may be NULL) are in cells, untouched on false. */
bool pty_term_find(struct pty_term *t, const char *text, int *row, int *col);

/*
 * Both halves of a wide character answer alike; false off the screen and where the screen was
 * erased and not written since.
 */
bool pty_term_cell_reverse(const struct pty_term *t, int row, int col);
bool pty_term_cell_bold(const struct pty_term *t, int row, int col);

/* True when any cell, blank ones too, has a foreground or background that is not the default. */
bool pty_term_any_colour(const struct pty_term *t);

#endif
