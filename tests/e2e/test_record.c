/* After the meeting: its record, what was agreed, what follows. */
#include "e2e.h"

#define MEETING_2 "Mon 9.11. at 13:00–14:00"

/* Today's list: who does not come, two meetings' invitations, two cases that wait, then the
 * meetings that nobody has recorded. */
static void open_meeting_2(struct pty_term *t)
{
	e2e_see(t, MEETING_2);
	for (int i = 0; i < 5; i++)
		pty_term_key(t, PTY_KEY_DOWN);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Meeting 2, case 2026-0003");
}

static void add_action(struct pty_term *t)
{
	e2e_function_key(t, 6);
	e2e_see(t, "mother, class teacher"); /* what may be typed in the dialog */
	pty_term_send(t, "iltasatu joka ilta\tisä\t\t15.12.");
	e2e_see(t, "15.12.");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "isä: iltasatu joka ilta");
}

Test(record, with_an_action_and_a_follow_up_is_kept_and_the_follow_up_booked)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);
	const char *json;

	open_meeting_2(t);
	pty_term_send(t, "r");
	e2e_see(t, "Record: Mon 9.11.2026, case 2026-0003");
	e2e_see(t, "[x] Varhaiskasvatuksen");
	pty_term_key(t, PTY_KEY_BACKTAB);
	pty_term_key(t, PTY_KEY_DOWN);
	pty_term_send(t, " ");
	e2e_see(t, "[ ] Varhaiskasvatuksen");
	pty_term_send(t, "\täiti; isä\tkoordinaattori\ty\t");
	pty_term_key(t, PTY_KEY_RIGHT);
	pty_term_key(t, PTY_KEY_RIGHT); /* heard: no */
	pty_term_send(t, "\tleikki sujuu\taamut\tei muuta\ty\t5");
	e2e_see(t, "leikki sujuu");
	add_action(t);
	pty_term_ctrl(t, 'S');
	e2e_see(t, "recorded; now a time for the follow-up");
	e2e_see(t, "A time for case 2026-0003");
	e2e_see(t, "Shared holes: 3 units");
	e2e_see(t, "> Mon ");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Book the meeting");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "booked: Mon ");
	pty_term_send(t, "q");
	e2e_expect_end(t, 0);
	json = program_ok(program, "meeting show 2 --json");
	e2e_expect_in(json, "\"status\": \"recorded\"");
	e2e_expect_in(json, "\"attended\": [\"NVL-MAL\", \"LMI-MK\"], \"absent\": [\"VEO-LAN\"],"
			    " \"adults\": [\"äiti\", \"isä\"],"
			    " \"facilitator\": \"koordinaattori\", \"child_present\": true,"
			    " \"child_heard\": false, \"strengths\": \"leikki sujuu\","
			    " \"vulnerabilities\": \"aamut\", \"notes\": \"ei muuta\"");
	e2e_expect_in(json, "\"who\": \"isä\", \"what\": \"iltasatu joka ilta\","
			    " \"where\": \"home\", \"due\": \"2026-12-15\", \"done\": false");
	e2e_expect_in(json, "\"follow_up\": {\"needed\": true, \"within_weeks\": 5}");
	json = program_ok(program, "case show 2026-0003 --json");
	e2e_expect_in(json, "\"kind\": \"follow_up\"");
	e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 0);
	program_free(program);
}

Test(record, that_was_begun_is_kept_and_gone_on_with)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	open_meeting_2(t);
	pty_term_send(t, "r");
	e2e_see(t, "Record: Mon 9.11.2026");
	pty_term_send(t, "äiti väsynyt");
	e2e_see(t, "äiti väsynyt");
	pty_term_kill(t, SIGHUP);
	e2e_expect_end(t, 0);
	e2e_expect_in(program_ok(program, "meeting show 2 --json"), "\"status\": \"booked\"");
	t = e2e_open(program, 24, 80);
	e2e_see(t, E2E_UNFINISHED);
	pty_term_key(t, PTY_KEY_HOME);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Record: Mon 9.11.2026");
	e2e_see(t, "äiti väsynyt");
	e2e_esc(t, E2E_UNFINISHED);
	e2e_quit(t);
	program_free(program);
}

Test(record, thrown_away_leaves_the_meeting_as_it_was)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	open_meeting_2(t);
	pty_term_send(t, "r");
	e2e_see(t, "Record: Mon 9.11.2026");
	pty_term_send(t, "äiti väsynyt");
	e2e_see(t, "äiti väsynyt");
	pty_term_send(t, "\033[20~"); /* F9 */
	e2e_see(t, "Throw away what was typed?");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Meeting 2, case 2026-0003");
	e2e_quit(t);
	e2e_expect_in(program_ok(program, "meeting show 2 --json"), "\"status\": \"booked\"");
	e2e_count(program, "SELECT count(*) FROM draft", 0);
	program_free(program);
}

Test(record, with_a_personal_identity_code_is_refused)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	open_meeting_2(t);
	pty_term_send(t, "r");
	e2e_see(t, "Record: Mon 9.11.2026");
	pty_term_send(t, "äiti 131052-308T\t\t\t\t\t\t\ty");
	e2e_see(t, "131052-308T");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "personal identity code");
	pty_term_kill(t, SIGTERM);
	e2e_expect_end(t, 0);
	e2e_expect_in(program_ok(program, "meeting show 2 --json"), "\"status\": \"booked\"");
	program_free(program);
}

Test(follow_up, an_action_is_marked_done_and_taken_back)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);
	const char *undone = "SELECT count(*) FROM agreed_action WHERE done_at IS NULL";

	pty_term_send(t, "5");
	e2e_see(t, "Agreed actions, not done (6)");
	for (int i = 0; i < 4; i++)
		pty_term_key(t, PTY_KEY_DOWN);
	pty_term_send(t, "d");
	e2e_see(t, "marked done; u takes it back");
	e2e_see(t, "Agreed actions, not done (5)");
	e2e_see_gone(t, "kuvallinen viikko-ohjelma");
	e2e_count(program, undone, 5);
	e2e_expect_in(program_ok(program, "meeting show 1 --json"), "\"done\": true");
	pty_term_send(t, "u");
	e2e_see(t, "Agreed actions, not done (6)");
	e2e_see(t, "kuvallinen viikko-ohjelma");
	e2e_count(program, undone, 6);
	e2e_quit(t);
	program_free(program);
}

Test(meeting, is_cancelled_with_a_reason_and_its_hole_is_free_again)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	open_meeting_2(t);
	pty_term_send(t, "x");
	e2e_see(t, "Cancel the meeting");
	pty_term_send(t, "perhe pyysi");
	e2e_see(t, "perhe pyysi");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "meeting 2 was cancelled");
	e2e_see(t, "perhe pyysi");
	e2e_quit(t);
	e2e_expect_in(program_ok(program, "meeting show 2 --json"), "\"status\": \"cancelled\"");
	program_free(program);
}
