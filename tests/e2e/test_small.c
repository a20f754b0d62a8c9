/* A window too small to show anything in says so; what was there is there again in a larger one. */
#include "e2e.h"

#define ROWS 24
#define COLS 80

/* The message takes three rows of the five. */
static void expect_too_small(struct pty_term *t)
{
	e2e_see(t, "the window is too");
	e2e_see(t, "small; kutsu needs");
	e2e_see(t, "50 columns and 12");
	e2e_see(t, "rows");
}

static void make_small(struct pty_term *t)
{
	pty_term_resize(t, 5, 20);
	expect_too_small(t);
}

static void make_large(struct pty_term *t)
{
	pty_term_resize(t, ROWS, COLS);
	e2e_see_gone(t, "too small");
}

Test(small, window_shows_the_view_again_when_it_is_large)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);

	pty_term_send(t, "2");
	e2e_see(t, "2026-0014");
	make_small(t);
	cr_expect_not(pty_term_find(t, "2026", NULL, NULL));
	make_large(t);
	e2e_see(t, "2026-0014");
	e2e_see(t, "/ search");
	e2e_quit(t);
	program_free(program);
}

Test(small, window_keeps_a_call_and_the_cursor_in_it)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);
	int row, col, row_again, col_again;

	e2e_new_call(t);
	e2e_tell(t, "teacher", "poissaoloja");
	e2e_see(t, "poissaoloja");
	pty_term_wait_text(t, "\001", 100);
	cr_assert(pty_term_cursor(t, &row, &col));
	make_small(t);
	make_large(t);
	e2e_see(t, "teacher");
	e2e_see(t, "poissaoloja");
	e2e_see(t, "F1 keys");
	cr_expect(pty_term_cursor(t, &row_again, &col_again));
	cr_expect(row == row_again && col == col_again, "%d,%d", row_again, col_again);
	pty_term_send(t, "x");
	e2e_see(t, "poissaolojax");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "saved as 2026-0015");
	e2e_quit(t);
	program_free(program);
}

Test(small, window_keeps_a_dialog_and_what_is_typed_in_it)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);

	pty_term_send(t, "6");
	e2e_see(t, "NVL-SUI");
	pty_term_send(t, "a");
	e2e_see(t, "closed in school breaks");
	pty_term_send(t, "AAA\tUuden yk");
	e2e_see(t, "Uuden yk");
	make_small(t);
	make_large(t);
	e2e_see(t, "NVL-SUI");
	e2e_see(t, "AAA");
	e2e_see(t, "Uuden yk");
	pty_term_send(t, "s");
	e2e_see(t, "Uuden yks");
	e2e_esc(t, "b school breaks");
	e2e_quit(t);
	program_free(program);
}

Test(small, window_to_begin_with_can_be_made_larger)
{
	struct program *program = e2e_demo();
	const char *const argv[] = { KUTSU_PROGRAM, NULL };
	struct pty_term_options options = { 5, 20, argv, program_env(program),
		program_folder(program) };
	struct pty_term *t = pty_term_start(&options);

	cr_assert_not_null(t);
	expect_too_small(t);
	make_large(t);
	e2e_see(t, "Waiting for a meeting (2)");
	e2e_quit(t);
	program_free(program);
}

Test(small, window_can_be_left)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, ROWS, COLS);

	make_small(t);
	e2e_quit(t);
	t = e2e_open(program, ROWS, COLS);
	e2e_new_call(t);
	e2e_tell(t, "teacher", "poissaoloja");
	e2e_see(t, "poissaoloja");
	make_small(t);
	pty_term_kill(t, SIGHUP);
	e2e_expect_end(t, 0);
	e2e_count(program, "SELECT count(*) FROM draft_field WHERE value = 'poissaoloja'", 1);
	program_free(program);
}
