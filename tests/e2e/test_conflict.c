/* Two people change the same thing: the second sees both and chooses. */
#include "e2e.h"

static void record_by_command(struct program *program, const char *notes)
{
	char json[200];

	snprintf(json, sizeof(json),
		"{\"notes\": \"%s\", \"follow_up\": {\"needed\": false, \"reason\": \"r\"}}",
		notes);
	program_input(program, json);
	program_ok(program, "meeting record 2 --file -");
}

/* The record of meeting 2 with notes typed, when somebody else has saved "theirs". */
static struct pty_term *record_second(struct program *program)
{
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_see(t, "Mon 9.11. at 13:00–14:00");
	for (int i = 0; i < 5; i++)
		pty_term_key(t, PTY_KEY_DOWN);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Meeting 2, case 2026-0003");
	pty_term_send(t, "r");
	e2e_see(t, "Record: Mon 9.11.2026");
	pty_term_send(t, "\t\t\t\t\t\tmine\tno");
	pty_term_send(t, "\t\twhy not");
	e2e_see(t, "why not");
	record_by_command(program, "theirs");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "root saved this first");
	e2e_see(t, "theirs    theirs");
	e2e_see(t, "yours     mine");
	return t;
}

Test(conflict, the_second_to_record_a_meeting_sees_both_and_may_keep_the_own_one)
{
	struct program *program = e2e_demo();
	struct pty_term *t = record_second(program);

	e2e_expect_in(program_ok(program, "meeting show 2 --json"), "\"notes\": \"theirs\"");
	pty_term_send(t, "m");
	e2e_see(t, "yours is kept");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "the meeting is recorded");
	e2e_quit(t);
	e2e_expect_in(program_ok(program, "meeting show 2 --json"), "\"notes\": \"mine\"");
	e2e_expect_in(program_ok(program, "meeting show 2 --json"), "\"revision\": 2");
	program_free(program);
}

Test(conflict, the_second_to_record_a_meeting_may_take_the_first_ones)
{
	struct program *program = e2e_demo();
	struct pty_term *t = record_second(program);

	pty_term_send(t, "t");
	e2e_see(t, "theirs stays");
	e2e_see(t, "Meeting 2, case 2026-0003");
	e2e_quit(t);
	e2e_expect_in(program_ok(program, "meeting show 2 --json"), "\"notes\": \"theirs\"");
	e2e_count(program, "SELECT count(*) FROM draft", 0);
	program_free(program);
}

Test(conflict, the_second_to_edit_a_unit_sees_both)
{
	struct program *program = e2e_empty();
	struct pty_term *t;

	program_ok(program, "unit add A --name 'Unit A' --sector SOS --phone 1");
	t = e2e_open(program, 24, 80);
	pty_term_send(t, "6");
	e2e_see(t, "Unit A");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "the unit has no hole");
	pty_term_send(t, "e");
	e2e_see(t, "closed in school breaks");
	pty_term_send(t, " mine");
	e2e_see(t, "Unit A mine");
	program_ok(program, "unit edit A --phone 2");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "root saved this first");
	e2e_see(t, "yours     Unit A mine");
	pty_term_send(t, "m");
	e2e_see(t, "yours is kept");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "Unit A mine");
	e2e_esc(t, "Units");
	e2e_quit(t);
	e2e_expect_in(program_ok(program, "unit show A"), "Unit A mine");
	program_free(program);
}

/* Another call to case 2026-0002, whose child somebody else names meanwhile. */
static struct pty_term *call_second(struct program *program)
{
	struct pty_term *t = e2e_open(program, 24, 80);

	pty_term_send(t, "2");
	e2e_see(t, "2026-0002");
	pty_term_key(t, PTY_KEY_END);
	pty_term_key(t, PTY_KEY_UP);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Case 2026-0002");
	pty_term_send(t, "u");
	e2e_see(t, "2026-0002");
	e2e_tab(t, FIELD_CALLER);
	pty_term_send(t, "teacher");
	e2e_tab(t, FIELD_CHILD - FIELD_CALLER);
	pty_term_send(t, "Mine");
	e2e_tab(t, FIELD_CONCERN - FIELD_CHILD);
	pty_term_send(t, "absences");
	e2e_see(t, "absences");
	program_ok(program,
		"call add --from school --caller c --concern c --case 2026-0002 --child Theirs");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "root saved this first");
	e2e_see(t, "theirs    Theirs");
	return t;
}

Test(conflict, the_second_to_tell_of_a_child_sees_both_and_may_keep_the_own_words)
{
	struct program *program = e2e_demo();
	struct pty_term *t = call_second(program);

	pty_term_send(t, "m");
	e2e_see(t, "yours is kept");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "the call was added to case 2026-0002");
	e2e_quit(t);
	e2e_expect_in(program_ok(program, "case show 2026-0002 --json"), "Mine\"");
	program_free(program);
}

Test(conflict, the_second_to_tell_of_a_child_may_take_the_first_ones)
{
	struct program *program = e2e_demo();
	struct pty_term *t = call_second(program);

	pty_term_send(t, "t");
	e2e_see(t, "theirs stands in the form now");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "the call was added to case 2026-0002");
	e2e_quit(t);
	e2e_expect_in(program_ok(program, "case show 2026-0002 --json"), "\"child\": \"Theirs\"");
	program_free(program);
}
