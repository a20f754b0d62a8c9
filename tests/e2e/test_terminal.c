/* Terminals of all kinds: without colour, without UTF-8, without a terminal, and keys of all kinds.
 */
#include "e2e.h"

#define ROWS 24
#define COLS 80

/* Each view, and what the foot of no other view says. */
static const struct {
	const char *digit, *foot;
} views[] = {
	{ "1", "open it  c confirm  n new call" },
	{ "2", "/ search" },
	{ "3", "week before" },
	{ "4", "past or to come" },
	{ "5", "take back" },
	{ "6", "school breaks" },
};

#define VIEWS (sizeof(views) / sizeof(views[0]))

struct picture {
	char rows[VIEWS + 1][ROWS][4 * COLS + 1];
};

/* The foot is drawn last, yet a frame may come in parts: until nothing more comes. */
static void take(struct pty_term *t, char rows[ROWS][4 * COLS + 1])
{
	pty_term_wait_text(t, "\001", 100);
	for (int row = 0; row < ROWS; row++)
		snprintf(rows[row], 4 * COLS + 1, "%s", pty_term_row(t, row));
}

/* All views and the call screen. */
static void look_at_all(struct program *program, struct picture *picture, bool *colour)
{
	struct pty_term *t = e2e_open(program, ROWS, COLS);

	*colour = false;
	for (size_t i = 0; i < VIEWS; i++) {
		pty_term_send(t, views[i].digit);
		e2e_see(t, views[i].foot);
		take(t, picture->rows[i]);
		*colour = *colour || pty_term_any_colour(t);
	}
	e2e_new_call(t);
	e2e_tick(t, "PNE-KES", "[x] PNE-KES");
	e2e_see(t, "Wed 2.12.");
	e2e_see(t, "kept");
	take(t, picture->rows[VIEWS]);
	*colour = *colour || pty_term_any_colour(t);
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "Units to invite");
	e2e_quit(t);
}

static void expect_same_texts(const struct picture *a, const struct picture *b)
{
	for (size_t i = 0; i <= VIEWS; i++) {
		for (int row = 0; row < ROWS; row++)
			cr_expect_str_eq(
				a->rows[i][row], b->rows[i][row], "view %zu, row %d", i + 1, row);
	}
}

static void without_colour_as_with_it(const char *name, const char *value)
{
	struct program *with = e2e_demo(), *without = e2e_demo();
	struct picture *coloured = calloc(1, sizeof(*coloured));
	struct picture *plain = calloc(1, sizeof(*plain));
	bool colour;

	look_at_all(with, coloured, &colour);
	cr_expect(colour, "there is colour to leave out");
	program_set(without, name, value);
	look_at_all(without, plain, &colour);
	cr_expect_not(colour, "there is colour with %s=%s", name, value);
	expect_same_texts(coloured, plain);
	free(coloured);
	free(plain);
	program_free(with);
	program_free(without);
}

Test(terminal, with_no_color_set_shows_the_same_without_colour)
{
	without_colour_as_with_it("NO_COLOR", "1");
}

Test(terminal, without_colours_shows_the_same)
{
	without_colour_as_with_it("TERM", "vt100");
}

/* Which row the keys act on is seen without colour. */
Test(terminal, without_colours_the_chosen_row_is_reversed)
{
	struct program *program = e2e_demo();
	struct pty_term *t;
	int row, col;

	program_set(program, "TERM", "vt100");
	t = e2e_open(program, ROWS, COLS);
	pty_term_send(t, "4");
	e2e_see(t, "past or to come");
	cr_assert(pty_term_find(t, "2026-0011", &row, &col));
	pty_term_wait_text(t, "\001", 100);
	cr_expect(pty_term_cell_reverse(t, row, col));
	cr_expect_not(pty_term_cell_reverse(t, row + 1, col));
	cr_assert(pty_term_find(t, "4 Meetings", &row, &col));
	cr_expect(pty_term_cell_reverse(t, row, col));
	cr_expect_not(pty_term_cell_reverse(t, row, 1));
	e2e_quit(t);
	program_free(program);
}

Test(terminal, without_utf8_gets_ascii_only)
{
	struct program *program = e2e_demo();
	struct picture *picture = calloc(1, sizeof(*picture));
	bool colour, frame = false;

	program_set(program, "LC_ALL", "C");
	look_at_all(program, picture, &colour);
	for (size_t i = 0; i <= VIEWS; i++) {
		for (int row = 0; row < ROWS; row++) {
			const char *text = picture->rows[i][row];

			for (const char *c = text; *c; c++)
				cr_assert_lt((unsigned char)*c, 0x80, "view %zu: %s", i + 1, text);
			cr_expect_null(strstr(text, "??"), "view %zu: %s", i + 1, text);
			frame = frame || strstr(text, "+--");
		}
	}
	cr_expect(frame, "no frame of + - |");
	free(picture);
	program_free(program);
}

Test(terminal, of_a_utf8_locale_that_is_not_installed_gets_utf8)
{
	struct program *program = e2e_empty();
	struct pty_term *t;

	program_set(program, "LC_ALL", "fi_FI.UTF-8");
	t = e2e_open(program, ROWS, COLS);
	e2e_new_call(t);
	e2e_see(t, "┌");
	e2e_tell(t, "äiti", "yöllä Åbo");
	e2e_see(t, "äiti");
	e2e_see(t, "yöllä Åbo");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "saved as 2026-0001");
	e2e_quit(t);
	e2e_expect_in(
		program_ok(program, "case show 2026-0001 --json"), "\"concern\": \"yöllä Åbo\"");
	program_free(program);
}

Test(terminal, of_the_users_locale_chooses_the_language)
{
	struct program *program = e2e_empty();
	struct pty_term *t;

	program_set(program, "KUTSU_LANG", NULL);
	program_set(program, "LC_ALL", "fi_FI.UTF-8");
	t = e2e_open(program, ROWS, COLS);
	e2e_see(t, "ti 24.11.2026 klo 10.42");
	e2e_quit(t);
	program_free(program);
}

Test(terminal, that_is_none_ends_the_program_with_one_line)
{
	struct program *program = e2e_empty();

	program_refused(program, 1, "there is no terminal", "%s", "");
	program_free(program);
}

Test(terminal, that_is_unknown_ends_the_program_with_one_line)
{
	static const char *const names[] = { "kutsu-no-such-terminal", "" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct program *program = e2e_empty();
		const char *const argv[] = { KUTSU_PROGRAM, NULL };
		struct pty_term_options options = { ROWS, COLS, argv, NULL, NULL };
		struct pty_term *t;
		int status = -1;

		program_set(program, "TERM", names[i]);
		/* newterm() itself leaks where it fails. */
		program_set(program, "ASAN_OPTIONS", "detect_leaks=0");
		options.env = program_env(program);
		t = pty_term_start(&options);
		cr_assert_not_null(t);
		cr_assert(pty_term_wait_exit(t, E2E_LIMIT_MS, &status));
		cr_expect_eq(status, 1, "TERM=%s: %d", names[i], status);
		cr_expect(strncmp(pty_term_row(t, 0), "kutsu: ", 7) == 0, "%s", pty_term_row(t, 0));
		cr_expect_not_null(
			strstr(pty_term_row(t, 0), "not known"), "%s", pty_term_row(t, 0));
		cr_expect_str_empty(pty_term_row(t, 3));
		pty_term_free(t);
		program_free(program);
	}
}

Test(terminal, is_left_as_it_was)
{
	struct program *program = e2e_empty();
	const char *const argv[] = { "/bin/sh", "-c",
		"stty -a >before; " KUTSU_PROGRAM "; stty -a >after; cmp before after && echo SAME",
		NULL };
	struct pty_term_options options = { ROWS, COLS, argv, NULL, program_folder(program) };
	struct pty_term *t;

	options.env = program_env(program);
	t = pty_term_start(&options);
	cr_assert_not_null(t);
	e2e_see(t, "n new call");
	pty_term_send(t, "q");
	e2e_see(t, "SAME");
	cr_expect(pty_term_cursor(t, NULL, NULL), "the cursor is hidden");
	e2e_expect_end(t, 0);
	program_free(program);
}

/* A small generator, the same on every machine. */
static unsigned next_random(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 16;
}

static void press_anything(struct pty_term *t, unsigned *state)
{
	static const char *const keys[] = { "\t", "\033[Z", "\r", " ", "\033OA", "\033OB", "\033OC",
		"\033OD", "\033OH", "\033OF", "\033[5~", "\033[6~", "\033[3~", "\177", "\033OP",
		"\033OQ", "\033OR", "\033OS", "\033[15~", "\033[17~", "\033[19~", "\023", "\027",
		"\025", "\013", "\001", "\005", "\014", "\003", "\033", "\033", "\033[",
		"\033[200~", "\033[<0;10;10M", "\377", "\303", "\342\202", "\300\200",
		"\355\240\200", "ä", "Å", "e\u0301", "\u0301", "\u6F22", "\U0001F44D", "n1", "n2",
		"n3", "n41", "n51", "1", "2", "3", "4", "5", "6", "7", "8", "h", "l", "i", "A", "L",
		"a", "b", "c", "d", "e", "j", "k", "m", "o", "p", "q", "r", "s", "t", "u", "w", "x",
		"/", "?", "12", "15:00", "15.12.", "2016", "131052-308T", "äiti", "\033OR pne ",
		"\033OS\r" };
	unsigned choice = next_random(state) % (sizeof(keys) / sizeof(keys[0]) + 2);

	if (choice < sizeof(keys) / sizeof(keys[0]))
		pty_term_send(t, keys[choice]);
	else
		pty_term_resize(
			t, 1 + (int)(next_random(state) % 60), 2 + (int)(next_random(state) % 198));
}

/* q and ^C end it: then it is started again. */
static void press_keys(struct program *program, unsigned seed, int count)
{
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	unsigned state = seed;
	int status = -1;

	for (int i = 0; i < count; i++) {
		press_anything(t, &state);
		if (i % 20 == 19 && pty_term_wait_exit(t, 1, &status)) {
			if (status != 0)
				pty_term_dump(t, stderr);
			cr_assert_eq(status, 0, "seed %u, %d keys: ended with %d", seed, i, status);
			pty_term_free(t);
			t = e2e_open(program, ROWS, COLS);
		}
	}
	pty_term_kill(t, SIGTERM);
	e2e_expect_end(t, 0);
	e2e_integrity(program);
	program_ok(program, "case list");
	program_ok(program, "meeting list");
	program_free(program);
}

Test(terminal, random_keys_never_end_it_badly_in_the_demo_region)
{
	press_keys(e2e_demo(), 20261124, 1000);
}

Test(terminal, other_random_keys_never_end_it_badly_in_the_demo_region)
{
	press_keys(e2e_demo(), 48, 1000);
}

Test(terminal, random_keys_never_end_it_badly_where_there_is_nothing)
{
	press_keys(e2e_empty(), 7, 1000);
}
