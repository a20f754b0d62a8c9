#include "term_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "style_internal.h"

#include <curses.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#define ESCAPE	  27
#define ESCAPE_MS 100 /* a slow line parts sequences; ncurses would wait a whole second */

static volatile sig_atomic_t told_to_end;
static bool has_colour;
static int cursor_row, cursor_column;

static void note_end(int signal)
{
	(void)signal;
	told_to_end = 1;
}

static void watch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGTERM, SIGINT };
	struct sigaction action = { .sa_handler = note_end };

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file at its limit is told like a disk that fails */
}

static void choose_colours(void)
{
	const char *no_colour = getenv("NO_COLOR");

	has_colour = !(no_colour && *no_colour) && has_colors();
	if (!has_colour)
		return;
	start_color();
	use_default_colors();
	init_pair(STYLE_QUIET, COLOR_CYAN, -1);
	init_pair(STYLE_BAR, COLOR_WHITE, COLOR_BLUE);
	init_pair(STYLE_GOOD, COLOR_GREEN, -1);
	init_pair(STYLE_NOTICE, COLOR_YELLOW, -1);
	init_pair(STYLE_TROUBLE, COLOR_RED, -1);
}

/* What terminals send that call themselves xterm and are not quite (PuTTY, tmux, the console). */
static void define_keys(void)
{
	static const struct {
		const char *sequence;
		int code;
	} keys[] = {
		{ "\033[1~", KEY_HOME },
		{ "\033[7~", KEY_HOME },
		{ "\033[H", KEY_HOME },
		{ "\033OH", KEY_HOME },
		{ "\033[4~", KEY_END },
		{ "\033[8~", KEY_END },
		{ "\033[F", KEY_END },
		{ "\033OF", KEY_END },
		{ "\033[A", KEY_UP },
		{ "\033[B", KEY_DOWN },
		{ "\033[C", KEY_RIGHT },
		{ "\033[D", KEY_LEFT },
		{ "\033[Z", KEY_BTAB },
		{ "\033[3~", KEY_DC },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		define_key(keys[i].sequence, keys[i].code);
}

bool term_begin(struct error *err)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_set(err, ERROR_FAILED,
			_("there is no terminal; give a command (see \"kutsu --help\")"));
	/* newterm() answers where initscr() would end the program. */
	if (!newterm(NULL, stdout, stdin)) {
		const char *name = getenv("TERM");

		return error_set(err, ERROR_FAILED,
			_("the terminal \"%.40s\" is not known here; set TERM, as in TERM=vt100"),
			name ? name : "");
	}
	memory_on_exhaustion(term_end);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	set_escdelay(ESCAPE_MS);
	define_keys();
	choose_colours();
	watch_signals();
	return true;
}

void term_end(void)
{
	memory_on_exhaustion(NULL);
	if (stdscr && !isendwin()) {
		curs_set(1);
		endwin();
	}
}

void style_begin(enum style style)
{
	static const attr_t with_colour[STYLES] = { [STYLE_STRONG] = A_BOLD,
		[STYLE_CURSOR] = A_REVERSE,
		[STYLE_FIELD] = A_UNDERLINE,
		[STYLE_TROUBLE] = A_BOLD };
	static const attr_t without[STYLES] = { [STYLE_STRONG] = A_BOLD,
		[STYLE_BAR] = A_REVERSE,
		[STYLE_CURSOR] = A_REVERSE,
		[STYLE_FIELD] = A_UNDERLINE,
		[STYLE_NOTICE] = A_BOLD,
		[STYLE_TROUBLE] = A_BOLD };
	bool paired = style == STYLE_QUIET || style == STYLE_BAR || style == STYLE_GOOD
		      || style == STYLE_NOTICE || style == STYLE_TROUBLE;

	attr_set(has_colour ? with_colour[style] : without[style],
		has_colour && paired ? (short)style : 0, NULL);
}

void style_end(void)
{
	attr_set(A_NORMAL, 0, NULL);
}

struct canvas term_canvas(bool utf8)
{
	cursor_row = -1;
	erase();
	return (struct canvas) { 0, 0, getmaxy(stdscr), getmaxx(stdscr), utf8 };
}

void term_place_cursor(int row, int column)
{
	cursor_row = row;
	cursor_column = column;
}

void term_show(void)
{
	curs_set(cursor_row >= 0);
	if (cursor_row >= 0)
		move(cursor_row, cursor_column);
	refresh();
}

void term_redraw(void)
{
	clearok(stdscr, TRUE);
}

static int function_press(wint_t code)
{
	static const struct {
		wint_t code;
		int press;
	} table[] = {
		{ KEY_UP, PRESS_UP },
		{ KEY_DOWN, PRESS_DOWN },
		{ KEY_LEFT, PRESS_LEFT },
		{ KEY_RIGHT, PRESS_RIGHT },
		{ KEY_PPAGE, PRESS_PAGE_UP },
		{ KEY_NPAGE, PRESS_PAGE_DOWN },
		{ KEY_HOME, PRESS_HOME },
		{ KEY_END, PRESS_END },
		{ KEY_BACKSPACE, PRESS_BACKSPACE },
		{ KEY_DC, PRESS_DELETE },
		{ KEY_BTAB, PRESS_BACKTAB },
		{ KEY_ENTER, PRESS_ENTER },
		{ KEY_RESIZE, PRESS_RESIZE },
		{ KEY_SLEFT, PRESS_WORD_LEFT },
		{ KEY_SRIGHT, PRESS_WORD_RIGHT },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].code == code)
			return table[i].press;
	}
	if (code > KEY_F0 && code <= KEY_F(12))
		return PRESS_FUNCTION + (int)(code - KEY_F0);
	return PRESS_NONE;
}

static int control_press(wint_t c)
{
	switch (c) {
	case '\r':
	case '\n':
		return PRESS_ENTER;
	case '\t':
		return PRESS_TAB;
	case 27:
		return PRESS_ESC;
	case 8:
	case 127:
		return PRESS_BACKSPACE;
	default:
		return PRESS_CONTROL + (int)c + 'A' - 1;
	}
}

/*
 * A sequence that nobody defined must not be taken for Esc and typed letters: it is read to its
 * final byte (ECMA-48, 5.4) and let be. Returns whether there was one.
 */
static bool skip_sequence(void)
{
	wint_t c;

	timeout(0);
	if (get_wch(&c) != OK)
		return false;
	if (c != '[' && c != 'O') {
		unget_wch((wchar_t)c);
		return false;
	}
	while (get_wch(&c) == OK && (c < 0x40 || c > 0x7E))
		;
	return true;
}

struct key term_read(int milliseconds)
{
	struct key key = { 0 };
	wint_t c = 0;
	int kind;

	if (told_to_end)
		return (struct key) { .press = PRESS_HANG_UP };
	timeout(milliseconds);
	kind = get_wch(&c);
	if (told_to_end || (kind == ERR && !isatty(STDIN_FILENO)))
		return (struct key) { .press = PRESS_HANG_UP };
	if (kind == KEY_CODE_YES) {
		key.press = function_press(c);
	} else if (kind == OK && (c < 32 || c == 127)) {
		key.press = c == ESCAPE && skip_sequence() ? PRESS_NONE : control_press(c);
	} else if (kind == OK) {
		key.press = PRESS_TEXT;
		utf8_encode((uint32_t)c, key.text);
	}
	return key;
}
