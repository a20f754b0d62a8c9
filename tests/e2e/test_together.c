/* Two programs on one database: what one does, the other sees without a key. */
#include "e2e.h"

#define HOLE "Wed 2.12."
#define HELD "Wed 2.12. 12:00–13:00 held 15 min: root"
#define FREE "Wed 2.12. 12:00–13:00  all 1"

static struct pty_term *call_with_holes(struct program *program)
{
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tell(t, "teacher", "absences");
	e2e_tick(t, "PNE-KES", "[x] PNE-KES");
	e2e_see(t, HOLE);
	e2e_function_key(t, 4);
	return t;
}

static void leave_call(struct pty_term *t)
{
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "New call");
	e2e_quit(t);
}

Test(together, a_hole_being_booked_is_shown_to_others_with_its_holder_and_the_time_left)
{
	struct program *program = e2e_demo();
	struct pty_term *a = call_with_holes(program), *b = call_with_holes(program);

	pty_term_key(b, PTY_KEY_ENTER);
	e2e_see(b, "Book the meeting");
	e2e_see(a, HELD);
	e2e_see_gone(a, FREE);
	pty_term_key(b, PTY_KEY_ENTER);
	e2e_see(b, "booked:");
	e2e_see_gone(a, HOLE);
	e2e_quit(b);
	cr_expect_not(pty_term_wait_text(a, HOLE, 600), "the booked hole came back");
	leave_call(a);
	program_free(program);
}

Test(together, a_hole_given_back_returns_to_the_others_list)
{
	struct program *program = e2e_demo();
	struct pty_term *a = call_with_holes(program), *b = call_with_holes(program);

	pty_term_key(b, PTY_KEY_ENTER);
	e2e_see(b, "Book the meeting");
	e2e_see(a, HELD);
	pty_term_key(b, PTY_KEY_ESC);
	e2e_see_gone(b, "Book the meeting");
	e2e_see_gone(a, HELD);
	e2e_see(a, HOLE);
	leave_call(b);
	leave_call(a);
	program_free(program);
}

Test(together, a_hole_booked_on_the_command_line_vanishes_from_the_list)
{
	struct program *program = e2e_demo();
	struct pty_term *a = call_with_holes(program);

	program_ok(program, "meeting book 2026-0002 --unit PNE-KES --start 2026-12-02T12:00");
	e2e_see_gone(a, HOLE);
	leave_call(a);
	program_free(program);
}

/* The keys act on the row one looks at, though another is booked above it. */
Test(together, the_chosen_hole_stays_chosen_when_another_vanishes)
{
	struct program *program = e2e_demo();
	struct pty_term *a = call_with_holes(program);

	pty_term_key(a, PTY_KEY_DOWN);
	e2e_see(a, "> Wed 9.12.");
	program_ok(program, "meeting book 2026-0002 --unit PNE-KES --start 2026-12-02T12:00");
	e2e_see_gone(a, HOLE);
	pty_term_wait_text(a, "\001", 300); /* the rest of the frame */
	cr_expect(pty_term_find(a, "> Wed 9.12.", NULL, NULL), "another hole is chosen now");
	leave_call(a);
	program_free(program);
}

/* Held for the writer; a program that ends gives it back. */
Test(together, a_hole_held_by_a_program_told_to_end_is_free_again)
{
	struct program *program = e2e_demo();
	struct pty_term *b = call_with_holes(program);

	pty_term_key(b, PTY_KEY_ENTER);
	e2e_see(b, "Book the meeting");
	pty_term_kill(b, SIGTERM);
	e2e_expect_end(b, 0);
	e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 0);
	program_free(program);
}

Test(together, a_hole_held_by_a_program_that_was_killed_is_free_again)
{
	struct program *program = e2e_demo();
	struct pty_term *a = call_with_holes(program), *b = call_with_holes(program);

	pty_term_key(b, PTY_KEY_ENTER);
	e2e_see(b, "Book the meeting");
	e2e_see(a, HELD);
	pty_term_kill(b, SIGKILL);
	e2e_see_gone(a, HELD);
	e2e_see(a, FREE);
	e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 0);
	e2e_count(program,
		"SELECT count(*) FROM access_log WHERE use_case = 'hold_release'"
		" AND detail LIKE '%its program has ended'",
		1);
	leave_call(a);
	pty_term_free(b);
	program_free(program);
}

Test(together, a_new_case_appears_in_the_others_views)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_see(t, "Nothing waits");
	program_ok(program, "call add --from school --caller teacher --concern absences");
	e2e_see(t, "Waiting for a meeting (1)");
	pty_term_send(t, "2");
	e2e_see(t, "2026-0001");
	program_ok(program, "call add --from school --caller teacher --concern absences");
	e2e_see(t, "2026-0002");
	e2e_quit(t);
	program_free(program);
}

static struct pty_term *case_on_screen(struct program *program)
{
	struct pty_term *t = e2e_open(program, 24, 80);

	pty_term_send(t, "2");
	e2e_see(t, "2026-0014");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Case 2026-0014");
	e2e_see(t, "VEO-SUI  consent in force");
	return t;
}

/* A log row is a commit: logged at every reading, two idle screens would keep each other busy. */
Test(together, a_case_on_two_screens_is_logged_once_for_each)
{
	struct program *program = e2e_demo();
	struct pty_term *a = case_on_screen(program), *b = case_on_screen(program);

	program_ok(program, "consent withdraw 2026-0014 --unit VEO-SUI");
	e2e_see(a, "VEO-SUI  no consent");
	e2e_see(b, "VEO-SUI  no consent");
	cr_expect_not(pty_term_wait_text(a, "no such text", 1000));
	e2e_count(program, "SELECT count(*) FROM access_log WHERE use_case = 'case_look'", 2);
	e2e_quit(a);
	e2e_quit(b);
	program_free(program);
}
