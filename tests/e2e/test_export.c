/* What is written where a person looks on. */
#include "e2e.h"

static struct pty_term *run(struct program *program, const char *const *argv)
{
	struct pty_term_options options = { 24, 80, argv, program_env(program),
		program_folder(program) };
	struct pty_term *t = pty_term_start(&options);

	cr_assert_not_null(t);
	return t;
}

Test(export, of_a_spreadsheet_to_a_terminal_is_refused_in_one_line)
{
	const char *const argv[] = { KUTSU_PROGRAM, "export", "units", "--format", "xlsx", NULL };
	struct program *program = e2e_empty();
	struct pty_term *t = run(program, argv);

	e2e_see(t, "kutsu: a spreadsheet can't be shown on a terminal; give -o FILE");
	e2e_expect_end(t, 2);
	program_free(program);
}

Test(export, that_is_done_at_once_says_nothing_of_its_progress)
{
	const char *const argv[] = { KUTSU_PROGRAM, "export", "units", "--format", "csv", "-o",
		"units.csv", NULL };
	struct program *program = e2e_empty();
	struct pty_term *t = run(program, argv);
	int status;

	cr_assert(pty_term_wait_exit(t, E2E_LIMIT_MS, &status));
	cr_expect_eq(status, 0);
	cr_expect_str_eq(pty_term_row(t, 0), "");
	pty_term_free(t);
	program_free(program);
}
