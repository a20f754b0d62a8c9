/* The registry in the terminal: units, holes, absences, extra holes, school breaks. */
#include "e2e.h"

static void add_unit(struct pty_term *t)
{
	pty_term_send(t, "6");
	e2e_see(t, "none yet: a adds one");
	pty_term_send(t, "a");
	e2e_see(t, "A unit");
	pty_term_send(t, "PNE-1\tPerheneuvola Äänekoski\t");
	pty_term_key(t, PTY_KEY_RIGHT);
	pty_term_send(t, "\tKES\tSuistola\tpne@vaara.example\t2101\t ");
	e2e_see(t, "[x]");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "unit PNE-1 was added");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "the unit has no hole");
}

Test(unit, is_added_with_its_hole_absence_and_extra_hole)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);
	const char *json;

	add_unit(t);
	pty_term_send(t, "a");
	e2e_see(t, "A hole in the calendar");
	pty_term_key(t, PTY_KEY_RIGHT);
	pty_term_key(t, PTY_KEY_RIGHT); /* Wednesday */
	pty_term_send(t, "\t12\t15\t\t2\t\t\tpsykologi\tsosiaalityöntekijä\tPerhekeskus");
	e2e_see(t, "Perhekeskus");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Wed 12:00–15:00");
	e2e_see(t, "psykologi / sosiaalityöntekijä");
	pty_term_send(t, "w");
	e2e_see(t, "The unit is away");
	pty_term_send(t, "2.12.\t\tkoulutus");
	e2e_see(t, "koulutus");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Wed 2.12.2026");
	pty_term_send(t, "x");
	e2e_see(t, "An extra hole");
	pty_term_send(t, "4.12.\t9\t10:30");
	e2e_see(t, "10:30");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Fri 4.12.2026");
	e2e_esc(t, "school breaks");
	e2e_quit(t);
	json = program_ok(program, "unit show PNE-1 --json");
	e2e_expect_in(json, "\"name\": \"Perheneuvola Äänekoski\"");
	e2e_expect_in(json, "\"area\": \"KES\", \"municipality\": \"Suistola\","
			    " \"school_based\": true, \"active\": true");
	json = program_ok(program, "export slots --format json");
	e2e_expect_in(json, "\"weekday\": 3, \"start\": \"12:00\", \"end\": \"15:00\","
			    " \"repeat\": \"weekly\", \"from\": null, \"until\": null,"
			    " \"capacity\": 2, \"person\": \"psykologi\","
			    " \"deputy\": \"sosiaalityöntekijä\", \"place\": \"Perhekeskus\"");
	e2e_expect_in(json, "{\"unit\": \"PNE-1\", \"from\": \"2026-12-02\","
			    " \"until\": \"2026-12-02\", \"reason\": \"koulutus\"}");
	e2e_expect_in(json, "{\"unit\": \"PNE-1\", \"date\": \"2026-12-04\","
			    " \"start\": \"09:00\", \"end\": \"10:30\"}");
	program_free(program);
}

Test(unit, whose_hole_ends_and_whose_absence_and_extra_hole_are_taken_away)
{
	struct program *program = e2e_empty();
	const char *json;
	struct pty_term *t;

	program_ok(program, "unit add A --name 'Unit A' --sector SOS");
	program_ok(program, "slot add A --weekday 3 --start 12:00 --end 15:00");
	program_ok(program, "slot close A --from 2026-12-02 --reason training");
	program_ok(program, "slot open A --date 2026-12-04 --start 09:00 --end 10:30");
	t = e2e_open(program, 24, 80);
	pty_term_send(t, "6");
	e2e_see(t, "Unit A");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Fri 4.12.2026 09:00");
	pty_term_key(t, PTY_KEY_END);
	pty_term_send(t, "d");
	e2e_see(t, "Take the extra hole away?");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "Fri 4.12.2026");
	pty_term_key(t, PTY_KEY_END);
	pty_term_send(t, "d");
	e2e_see(t, "Not away after all?");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "Wed 2.12.2026");
	pty_term_key(t, PTY_KEY_END);
	pty_term_send(t, "d");
	e2e_see(t, "The hole's last day");
	pty_term_send(t, "31.12.");
	e2e_see(t, "31.12.");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "–31.12.2026");
	e2e_quit(t);
	json = program_ok(program, "export slots --format json");
	e2e_expect_in(json, "\"until\": \"2026-12-31\"");
	e2e_count(program, "SELECT count(*) FROM closing", 0);
	e2e_count(program, "SELECT count(*) FROM opening", 0);
	program_free(program);
}

Test(unit, is_edited_and_retired)
{
	struct program *program = e2e_empty();
	const char *json;
	struct pty_term *t;

	program_ok(program, "unit add A --name 'Unit A' --sector SOS --phone 2101");
	t = e2e_open(program, 24, 80);
	pty_term_send(t, "6");
	e2e_see(t, "Unit A");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "the unit has no hole");
	pty_term_send(t, "e");
	e2e_see(t, "E-mail");
	pty_term_ctrl(t, 'U');
	pty_term_send(t, "Yksikkö Ä");
	e2e_see(t, "Yksikkö Ä");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "A  Yksikkö Ä");
	pty_term_send(t, "r");
	e2e_see(t, "Retire the unit?");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "unit A is retired");
	e2e_quit(t);
	json = program_ok(program, "unit show A --json");
	e2e_expect_in(json, "\"name\": \"Yksikkö Ä\"");
	e2e_expect_in(json, "\"active\": false");
	program_free(program);
}

Test(unit, with_what_is_wrong_keeps_the_dialog_open_and_says_what)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	add_unit(t);
	pty_term_send(t, "a");
	e2e_see(t, "A hole in the calendar");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "from when to when?");
	pty_term_send(t, "\t15\t12");
	e2e_see(t, "12");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "from when to when?");
	e2e_see(t, "A hole in the calendar");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "A hole in the calendar");
	pty_term_send(t, "x");
	e2e_see(t, "An extra hole");
	pty_term_send(t, "31.2.\t9\t10");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "\"31.2.\" is no date");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "An extra hole");
	e2e_quit(t);
	e2e_count(program, "SELECT count(*) FROM slot", 0);
	e2e_count(program, "SELECT count(*) FROM opening", 0);
	program_free(program);
}

Test(school_break, is_added)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	pty_term_send(t, "6");
	e2e_see(t, "none yet: a adds one");
	pty_term_send(t, "b");
	e2e_see(t, "School breaks");
	pty_term_send(t, "a");
	e2e_see(t, "A school break");
	pty_term_send(t, "talviloma\t8.3.2027\t14.3.2027\tSuistola");
	e2e_see(t, "14.3.2027");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "talviloma  Suistola");
	e2e_quit(t);
	e2e_expect_in(program_ok(program, "export slots --format json"),
		"{\"name\": \"talviloma\", \"from\": \"2027-03-08\", \"until\": \"2027-03-14\","
		" \"municipality\": \"Suistola\"}");
	program_free(program);
}

/* The question names a row: that one goes, whatever comes to stand above it meanwhile. */
Test(unit, whose_absence_is_taken_away_keeps_one_that_was_just_added)
{
	struct program *program = e2e_empty();
	struct pty_term *t;

	program_ok(program, "unit add A --name 'Unit A' --sector SOS");
	program_ok(program, "slot add A --weekday 3 --start 12:00 --end 15:00");
	program_ok(program, "slot close A --from 2026-12-09 --reason training");
	t = e2e_open(program, 24, 80);
	pty_term_send(t, "6");
	e2e_see(t, "Unit A");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "training");
	pty_term_key(t, PTY_KEY_END);
	pty_term_send(t, "d");
	e2e_see(t, "Not away after all?");
	program_ok(program, "slot close A --from 2026-12-02 --reason holiday");
	e2e_see(t, "Wed 2.12.2026");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "Not away after all?");
	e2e_quit(t);
	e2e_count(program, "SELECT count(*) FROM closing WHERE reason = 'training'", 0);
	e2e_count(program, "SELECT count(*) FROM closing WHERE reason = 'holiday'", 1);
	program_free(program);
}
