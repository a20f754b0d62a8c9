/* The call screen: from the ringing phone to a booked meeting. */
#include "e2e.h"

/* What the Finnish screen says. */
#define FI_RINGS  "Puhelin soi"
#define FI_FORM	  "Uusi yhteydenotto"
#define FI_KEPT	  "tallessa 10.42"
#define FI_UNITS  "Kutsuttavat yksiköt"
#define FI_HOLE	  "> ke 9.12."
#define FI_BOOK	  "Varaa neuvonpito"
#define FI_BOOKED "varattu: ke 9.12.2026 klo 13.00"

#define CONCERN                                                                                    \
	"Poissaoloja yhä enemmän, äiti uupunut, isä työmatkoilla; Åsa-mummo"                 \
	" auttaa, Örö-koira lohduttaa."

static void expect_booked(struct program *program)
{
	const char *json = program_ok(program, "case show 2026-0015 --json");

	e2e_expect_in(json, "\"child\": \"A. K.\"");
	e2e_expect_in(json, "\"birth_year\": 2016");
	e2e_expect_in(json, "\"municipality\": \"Suistola\"");
	e2e_expect_in(json, "\"concern\": \"" CONCERN "\"");
	e2e_expect_in(json, "\"adults\": [\"äiti\", \"luokanopettaja\"]");
	e2e_expect_in(json, "\"given_by\": \"huoltaja\"");
	e2e_expect_in(json, "\"from\": \"school\", \"caller\": \"luokanopettaja\"");
	json = program_ok(program, "meeting list --from 2026-12-09 --to 2026-12-09 --json");
	e2e_expect_in(json, "\"case\": \"2026-0015\", \"kind\": \"invited\","
			    " \"start\": \"2026-12-09T13:00+02:00\","
			    " \"end\": \"2026-12-09T14:00+02:00\"");
	e2e_expect_in(json, "\"status\": \"booked\","
			    " \"units\": [\"PNE-KES\", \"PST-KES\", \"AMI-MK\"]");
	e2e_count(program, "SELECT count(*) FROM draft", 0);
	e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 0);
}

static void whole_call_in_finnish(int rows, int cols)
{
	struct program *program = e2e_demo();
	int form_row = 0, units_row = 0;
	struct pty_term *t;

	program_set(program, "KUTSU_LANG", "fi");
	t = e2e_open(program, rows, cols);
	pty_term_send(t, "n");
	e2e_see(t, FI_RINGS);
	pty_term_send(t, "1");
	e2e_see(t, FI_FORM);
	e2e_see(t, FI_UNITS);
	cr_expect(pty_term_find(t, FI_FORM, &form_row, NULL));
	cr_expect(pty_term_find(t, FI_UNITS, &units_row, NULL));
	if (cols >= 120)
		cr_expect_eq(form_row, units_row, "the panes stand beside the form");
	else
		cr_expect_lt(form_row, units_row, "the panes stand below the form");
	pty_term_send(t, "k"); /* koulu */
	e2e_see(t, "koulu");
	e2e_tab(t, 1);
	pty_term_send(t, "luokanopettaja\t2101\t\t\tA. K.\t2016\tSuistola\t\t");
	pty_term_send(t, CONCERN "\täiti; luokanopettaja\thuoltaja\tpuhelimessa");
	e2e_see(t, "Poissaoloja yhä enemmän, äiti uupunut");
	e2e_see(t, "puhelimessa");
	e2e_see(t, FI_KEPT);
	e2e_tick(t, "perheneuvola", "[x] PNE-KES");
	e2e_tick(t, "perhesosiaalityö", "[x] PST-KES");
	e2e_tick(t, "mielenterveys", "[x] AMI-MK");
	e2e_see(t, FI_HOLE);
	e2e_function_key(t, 4);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, FI_BOOK);
	e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 1);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, FI_BOOKED);
	e2e_see(t, "2026-0015");
	e2e_quit(t);
	expect_booked(program);
	program_free(program);
}

Test(call, goes_from_n_to_a_booked_meeting_in_finnish_at_80x24)
{
	whole_call_in_finnish(24, 80);
}

Test(call, goes_from_n_to_a_booked_meeting_in_finnish_at_120x40)
{
	whole_call_in_finnish(40, 120);
}

Test(call, without_a_hole_names_the_unit_that_stands_in_the_way)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 40, 120);

	e2e_new_call(t);
	e2e_tick(t, "OPH-POH", "[x] OPH-POH");
	e2e_tick(t, "PST-POH", "[x] PST-POH");
	e2e_tick(t, "PNE-LAN", "[x] PNE-LAN");
	e2e_see(t, "no shared hole");
	e2e_see(t, "2/3 not PNE-LAN");
	e2e_esc(t, "Today");
	e2e_quit(t);
	program_free(program);
}

Test(call, is_booked_only_when_caller_and_concern_are_told)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tick(t, "PNE-KES", "[x] PNE-KES");
	e2e_see(t, "Wed 2.12.");
	e2e_function_key(t, 4);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "who calls?");
	pty_term_send(t, "\tteacher");
	e2e_see(t, "teacher");
	e2e_function_key(t, 4);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "what is the concern?");
	e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 0);
	e2e_esc(t, E2E_UNFINISHED);
	e2e_quit(t);
	program_free(program);
}

Test(call, that_is_left_at_the_question_gives_the_held_hole_back)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tell(t, "teacher", "absences");
	e2e_tick(t, "PNE-KES", "[x] PNE-KES");
	e2e_see(t, "Wed 2.12.");
	e2e_function_key(t, 4);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Book the meeting");
	e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 1);
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "Book the meeting");
	e2e_count(program, "SELECT count(*) FROM meeting WHERE status = 'hold'", 0);
	e2e_esc(t, E2E_UNFINISHED);
	e2e_quit(t);
	program_free(program);
}

#define HELD_SECONDS "SELECT hold_until - changed_at FROM meeting WHERE status = 'hold'"

Test(call, holds_a_hole_for_as_long_as_the_administrator_has_set)
{
	struct program *program = e2e_demo();

	for (int minutes = 15; minutes >= 5; minutes -= 10) {
		struct pty_term *t = e2e_open(program, 24, 80);

		e2e_new_call(t);
		e2e_tell(t, "teacher", "absences");
		e2e_tick(t, "PNE-KES", "[x] PNE-KES");
		e2e_see(t, "Wed 2.12.");
		e2e_function_key(t, 4);
		pty_term_key(t, PTY_KEY_ENTER);
		e2e_see(t, "Book the meeting");
		e2e_count(program, HELD_SECONDS, (int64_t)minutes * 60);
		pty_term_key(t, PTY_KEY_ESC);
		e2e_see_gone(t, "Book the meeting");
		pty_term_key(t, PTY_KEY_ESC);
		e2e_see(t, "Unfinished (");
		e2e_quit(t);
		program_ok(program, "config set hold_minutes 5");
	}
	program_free(program);
}

Test(call, saved_without_a_time_waits_on_today)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tell(t, "teacher", "absences");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "saved as 2026-0001");
	e2e_see(t, "Waiting for a meeting (1)");
	e2e_quit(t);
	e2e_expect_in(
		program_ok(program, "case show 2026-0001 --json"), "\"concern\": \"absences\"");
	e2e_count(program, "SELECT count(*) FROM draft", 0);
	program_free(program);
}

/* More to an open case: what is known of the child need not be asked again. */
Test(call, about_an_open_case_begins_with_what_is_known)
{
	struct program *program = e2e_empty();
	struct pty_term *t;

	program_ok(program, "call add --from school --caller teacher --concern absences"
			    " --child 'A. K.' --birth-year 2016 --municipality Suistola");
	t = e2e_open(program, 24, 80);
	pty_term_send(t, "n");
	e2e_see(t, "The phone rings");
	pty_term_send(t, "2");
	e2e_see(t, "2026-0001");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Call about case 2026-0001");
	cr_expect(pty_term_wait_text(t, "A. K.", 2000), "the child is not in the form");
	cr_expect(pty_term_wait_text(t, "2016", 2000), "the birth year is not in the form");
	e2e_tell(t, "mother", "more absences");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "added to case 2026-0001");
	e2e_quit(t);
	e2e_count(program, "SELECT count(*) FROM case_ref", 1);
	e2e_count(program, "SELECT count(*) FROM call WHERE case_id = 1", 2);
	program_free(program);
}

Test(call, from_a_known_child_is_offered_the_earlier_case)
{
	struct program *program = e2e_empty();
	struct pty_term *t;

	program_ok(program, "call add --from school --caller teacher --concern absences"
			    " --child Aino --birth-year 2016 --municipality Suistola");
	t = e2e_open(program, 24, 80);
	e2e_new_call(t);
	e2e_tab(t, FIELD_CHILD);
	pty_term_send(t, "Aino");
	e2e_see(t, "earlier contact (F5 adds to it): 2026-0001");
	e2e_function_key(t, 5);
	e2e_see(t, "Is it this family's case?");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "the call will be added to case 2026-0001");
	e2e_see(t, "Call about case 2026-0001");
	pty_term_send(t, "\t\t\t\tmore\033[Z\033[Z\033[Z\033[Z\033[Z\033[Z\033[Z\033[Zmother");
	e2e_see(t, "mother");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "added to case 2026-0001");
	e2e_quit(t);
	e2e_count(program, "SELECT count(*) FROM case_ref", 1);
	e2e_count(program, "SELECT count(*) FROM call WHERE caller = 'mother'", 1);
	program_free(program);
}

/* What is too long is cut between characters. */
Test(call, from_a_known_child_shows_the_earlier_concern_in_whole_characters)
{
	static const char *const begins[] = { "", "a" };

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
		struct program *program = e2e_empty();
		struct pty_term *t;
		int row;

		program_ok(program,
			"call add --from school --caller teacher --child Aino --concern"
			" %sääääääääääääääääääääääääääääääääääääääääääääääääääääääää",
			begins[i]);
		t = e2e_open(program, 30, 200);
		e2e_new_call(t);
		e2e_tab(t, FIELD_CHILD);
		pty_term_send(t, "Aino");
		e2e_see(t, "earlier contact (F5 adds to it): 2026-0001 ");
		e2e_see(t, "ääää");
		cr_assert(pty_term_find(t, "earlier contact", &row, NULL));
		cr_expect_null(strstr(pty_term_row(t, row), "\uFFFD"), "%s", pty_term_row(t, row));
		cr_expect_null(strstr(pty_term_row(t, row), "~"), "%s", pty_term_row(t, row));
		pty_term_key(t, PTY_KEY_ESC);
		e2e_see_gone(t, "New call");
		e2e_quit(t);
		program_free(program);
	}
}

Test(call, that_is_no_case_is_done_with_one_more_key)
{
	static const struct {
		const char *kind, *asks, *source, *done, *json;
	} kinds[] = {
		{ "3", "Advice: who called?", "1", "It opened no case",
			"\"from\": \"family\", \"caller\": null, \"concern\": null,"
			" \"outcome\": \"advice\"" },
		{ "4", "Duty to notify: who called?", "3", "notifies without delay",
			"\"from\": \"early_education\", \"caller\": null, \"concern\": null,"
			" \"outcome\": \"notification\"" },
		{ "5", "discussion first: who called?", "4", "It opened no case",
			"\"from\": \"school\", \"caller\": null, \"concern\": null,"
			" \"outcome\": \"discussion\"" },
	};
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		pty_term_send(t, "n");
		e2e_see(t, "The phone rings");
		pty_term_send(t, kinds[i].kind);
		e2e_see(t, kinds[i].asks);
		pty_term_send(t, kinds[i].source);
		e2e_see(t, kinds[i].done);
		e2e_see_gone(t, kinds[i].asks);
	}
	pty_term_send(t, "n");
	e2e_see(t, "The phone rings");
	pty_term_send(t, "6");
	e2e_see(t, "nothing was kept");
	e2e_quit(t);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		e2e_expect_in(program_ok(program, "export calls --format json"), kinds[i].json);
	e2e_count(program, "SELECT count(*) FROM call", 3);
	e2e_count(program, "SELECT count(*) FROM case_ref", 0);
	program_free(program);
}

Test(call, with_a_personal_identity_code_is_refused_with_the_reason)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tell(t, "teacher", "the child is 131052-308T");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "personal identity code");
	e2e_see(t, "New call");
	e2e_count(program, "SELECT count(*) FROM case_ref", 0);
	e2e_count(program, "SELECT count(*) FROM call", 0);
	e2e_function_key(t, 8);
	e2e_see(t, "Throw the call away?");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "the call was thrown away");
	e2e_quit(t);
	program_free(program);
}

/* Not in a draft either: it is gone from the program and stands in no file. */
Test(call, with_a_personal_identity_code_leaves_it_nowhere)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tell(t, "teacher", "the child is 131052-308T");
	e2e_see(t, "131052-308T");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see(t, "Leave it unkept?");
	e2e_see(t, "personal identity code");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "New call");
	e2e_quit(t);
	e2e_count(program, "SELECT count(*) FROM draft_field WHERE value LIKE '%131052-308T%'", 0);
	program_free(program);
}

static void expect_concern(struct program *program, const char *expected)
{
	char json[2048];

	snprintf(json, sizeof(json), "\"concern\": \"%s\"", expected);
	e2e_expect_in(program_ok(program, "case show 2026-0001 --json"), json);
}

Test(call, keeps_a_concern_of_300_characters)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);
	char concern[1024] = "";

	for (int i = 0; i < 30; i++)
		snprintf(concern + strlen(concern), sizeof(concern) - strlen(concern),
			"huoli %03d ", i);
	strcpy(concern + strlen(concern) - 1, "ä");
	e2e_new_call(t);
	e2e_tell(t, "teacher", concern);
	e2e_see(t, "huoli 029ä");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "saved as 2026-0001");
	e2e_quit(t);
	expect_concern(program, concern);
	program_free(program);
}

/* A letter with its combining mark and a wide character are one step and one deletion each. */
Test(call, edits_whole_characters)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tell(t, "teacher", "e\u0301a\u6F22\u5B57\U0001F44Dz");
	e2e_see(t, "\u6F22\u5B57\U0001F44Dz");
	pty_term_key(t, PTY_KEY_LEFT);	    /* before z */
	pty_term_key(t, PTY_KEY_BACKSPACE); /* the thumb */
	pty_term_key(t, PTY_KEY_LEFT);	    /* before the second wide one */
	pty_term_key(t, PTY_KEY_BACKSPACE); /* the first */
	pty_term_send(t, "ö");
	pty_term_key(t, PTY_KEY_HOME);
	pty_term_key(t, PTY_KEY_RIGHT); /* over e and its mark */
	pty_term_send(t, "Å");
	e2e_see(t, "Åaö\u5B57z");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "saved as 2026-0001");
	e2e_quit(t);
	expect_concern(program, "e\u0301Åaö\u5B57z");
	program_free(program);
}

static bool cursor_is_behind(struct pty_term *t, const char *text)
{
	int row, col, cursor_row, cursor_col;

	return pty_term_find(t, text, &row, &col) && pty_term_cursor(t, &cursor_row, &cursor_col)
	       && cursor_row == row && cursor_col == col + (int)strlen(text);
}

/* A frame may come in parts: the cursor is put in its place last. */
static void expect_cursor_behind(struct pty_term *t, const char *text)
{
	for (int waited = 0; waited < E2E_LIMIT_MS && !cursor_is_behind(t, text); waited += 20)
		pty_term_wait_text(t, "\001", 20);
	if (cursor_is_behind(t, text))
		return;
	pty_term_dump(t, stderr);
	cr_assert_fail("the cursor is not behind \"%s\"", text);
}

Test(call, loses_nothing_when_the_window_changes)
{
	static const int sizes[][2] = { { 40, 120 }, { 16, 60 }, { 24, 80 }, { 60, 200 } };
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tell(t, "teacher", "absences and more END");
	e2e_see(t, "END");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		/* First the size at which nothing is shown: the next frame is a new one. */
		pty_term_resize(t, 5, 20);
		e2e_see(t, "the window is too");
		pty_term_resize(t, sizes[i][0], sizes[i][1]);
		e2e_see(t, "END");
		e2e_see(t, "Tab next");
		expect_cursor_behind(t, "END");
	}
	pty_term_resize(t, 5, 20);
	e2e_see(t, "the window is too");
	pty_term_send(t, "!");
	pty_term_resize(t, 24, 80);
	e2e_see(t, "END!");
	e2e_see(t, "teacher");
	expect_cursor_behind(t, "END!");
	pty_term_ctrl(t, 'S');
	e2e_see(t, "saved as 2026-0001");
	e2e_quit(t);
	expect_concern(program, "absences and more END!");
	program_free(program);
}

Test(call, shows_the_field_with_the_cursor_at_the_smallest_size)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	e2e_tell(t, "teacher", "absences END");
	e2e_see(t, "END");
	pty_term_resize(t, 5, 20);
	e2e_see(t, "the window is too");
	for (int rows = 6; rows <= 24; rows++) {
		pty_term_resize(t, rows, 50);
		pty_term_key(t, PTY_KEY_END);
		if (pty_term_wait_text(t, "New call", 400))
			break;
	}
	e2e_see(t, "New call");
	e2e_see(t, "END");
	expect_cursor_behind(t, "END");
	e2e_esc(t, E2E_UNFINISHED);
	e2e_quit(t);
	program_free(program);
}

/* PuTTY and tmux send ESC [ 1 ~ for Home where the terminal's description says otherwise. */
Test(call, takes_other_terminals_home_and_no_sequence_for_esc)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	e2e_new_call(t);
	pty_term_send(t, "\tmother");
	e2e_see(t, "mother");
	pty_term_send(t, "\033[1~");
	pty_term_send(t, "grand");
	e2e_see(t, "grandmother");
	pty_term_send(t, "\033[57~");
	pty_term_send(t, "-");
	e2e_see(t, "grand-mother");
	pty_term_send(t, "\033[4~");
	pty_term_send(t, "s");
	e2e_see(t, "grand-mothers");
	e2e_see(t, "New call");
	e2e_esc(t, E2E_UNFINISHED);
	e2e_quit(t);
	program_free(program);
}
