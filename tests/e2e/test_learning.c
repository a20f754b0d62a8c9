/* Feedback by keys, a decision that comes back to everyone, the month that is accepted. */
#include "e2e.h"

#include <pwd.h>
#include <unistd.h>

#define CLOCK_B "2026-12-18T12:00"

static struct program *demo(void)
{
	struct program *program = e2e_place();

	program_set(program, "KUTSU_NOW", CLOCK_B);
	program_ok(program, "demo");
	return program;
}

static int64_t number(struct program *program, const char *sql)
{
	sqlite3_stmt *stmt;
	int64_t value = -1;
	sqlite3 *db;

	cr_assert_eq(sqlite3_open_v2(program_database(program), &db, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK
		&& sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return value;
}

/* Whoever runs the tests has that one role from then on. */
static struct pty_term *open_as(struct program *program, const char *role, const char *unit,
	const char *sees, int rows, int cols)
{
	const char *const argv[] = { KUTSU_PROGRAM, NULL };
	struct pty_term_options options = { rows, cols, argv, program_env(program),
		program_folder(program) };
	const char *login = getpwuid(getuid())->pw_name;
	struct pty_term *t;
	char sql[400];
	sqlite3 *db;

	snprintf(sql, sizeof(sql),
		"DELETE FROM user_role WHERE user_id = (SELECT id FROM user WHERE login = '%s');"
		"INSERT INTO user_role (user_id, role, unit_id) SELECT id, '%s',"
		" (SELECT id FROM unit WHERE code = '%s') FROM user WHERE login = '%s'",
		login, role, unit, login);
	cr_assert_eq(sqlite3_open(program_database(program), &db), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	t = pty_term_start(&options);
	cr_assert_not_null(t);
	e2e_see(t, sees);
	return t;
}

Test(learning, a_decision_stands_on_everyones_first_screen_until_it_is_seen)
{
	static const struct {
		const char *role, *unit, *sees;
	} all[] = { { "coordinator", "", "1 Today" }, { "contact", "NVL-SUI", "0 Own unit" },
		{ "leader", "", "Situation" }, { "admin", "", "Units" }, { "auditor", "", "Log" } };
	struct program *program = demo();

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct pty_term *t =
			open_as(program, all[i].role, all[i].unit, all[i].sees, 24, 80);

		e2e_see(t, "L: decision of 10.12.2026");
		e2e_quit(t);
	}
	program_free(program);
}

Test(learning, a_decision_that_was_seen_is_counted_and_gone)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "coordinator", "", "L: decision", 24, 80);

	pty_term_send(t, "L");
	e2e_see(t, "What it means for children");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "What it means for children");
	e2e_see_gone(t, "L: decision");
	cr_expect_eq(number(program, "SELECT count(*) FROM decision_seen"), 1);
	e2e_quit(t);
	t = e2e_open(program, 24, 80);
	cr_expect_not(pty_term_find(t, "L: decision", NULL, NULL));
	e2e_quit(t);
	program_free(program);
}

Test(learning, a_decision_put_off_stays)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "coordinator", "", "L: decision", 24, 80);

	pty_term_send(t, "L");
	e2e_see(t, "What it means for children");
	e2e_esc(t, "L: decision");
	cr_expect_eq(number(program, "SELECT count(*) FROM decision_seen"), 0);
	e2e_quit(t);
	program_free(program);
}

/* What a leader writes down while somebody works is told them at once. */
Test(learning, a_decision_made_meanwhile_appears_by_itself)
{
	struct program *program = e2e_empty();
	struct pty_term *t = e2e_open(program, 24, 80);

	cr_expect_not(pty_term_find(t, "L: decision", NULL, NULL));
	cr_assert_neq(number(program, "INSERT INTO user_role SELECT id, 'leader', NULL FROM user"
				      " RETURNING 1"),
		-1);
	program_ok(program, "decision add --text Kutsutaan --reason R --child-effect C");
	e2e_see(t, "L: decision of");
	e2e_quit(t);
	program_free(program);
}

static void give_answers(struct pty_term *t)
{
	pty_term_send(t, "9");
	pty_term_key(t, PTY_KEY_DOWN);
	pty_term_send(t, "5");
	pty_term_key(t, PTY_KEY_DOWN);
	pty_term_send(t, "-");
	e2e_see(t, "doesn't know");
}

Test(learning, feedback_is_asked_question_by_question_and_kept_once)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "coordinator", "", "Enter", 24, 80);

	pty_term_send(t, "7");
	e2e_see(t, "Who has answered");
	pty_term_send(t, "a");
	e2e_see(t, "Whose feedback?");
	pty_term_send(t, "1");
	e2e_see(t, "Which one");
	pty_term_send(t, "3");
	pty_term_key(t, PTY_KEY_TAB);
	pty_term_key(t, PTY_KEY_TAB);
	pty_term_send(t, "2");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "I got help soon enough.");
	give_answers(t);
	pty_term_send(t, "\023"); /* ^S */
	e2e_see(t, "kept; what is shown is of all together only");
	cr_expect_eq(number(program, "SELECT count(*) FROM feedback WHERE meeting_id = 3 AND"
				     " number = 2"),
		1);
	cr_expect_eq(number(program, "SELECT value FROM feedback_answer ORDER BY feedback_id DESC,"
				     " position LIMIT 1"),
		9);
	e2e_quit(t);
	program_free(program);
}

Test(learning, feedback_half_given_is_not_left_without_a_question)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "contact", "NVL-SUI", "0 Own unit", 24, 80);

	pty_term_send(t, "f");
	e2e_see(t, "Whose feedback?");
	cr_expect_not(pty_term_find(t, "The family's", NULL, NULL), "a coordinator enters those");
	pty_term_send(t, "2");
	e2e_see(t, "2026-11");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "The weekly hole has worked.");
	pty_term_send(t, "4");
	e2e_esc(t, "What was answered here is not kept. Leave?");
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "is not kept");
	pty_term_send(t, "\023");
	e2e_see(t, "kept; what is shown is of all together only");
	cr_expect_eq(number(program, "SELECT count(*) FROM feedback WHERE respondent = 'unit' AND"
				     " unit_id = (SELECT id FROM unit WHERE code = 'NVL-SUI')"),
		1);
	e2e_quit(t);
	program_free(program);
}

Test(learning, an_observation_is_written_by_a_contact_and_nobody_knows_whose_it_is)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "contact", "NVL-SUI", "0 Own unit", 24, 80);
	int64_t rows = number(program, "SELECT count(*) FROM access_log");

	pty_term_send(t, "h");
	e2e_see(t, "What have you noticed?");
	pty_term_send(t, "aamut ovat vaikeita");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "nobody knows whose it is");
	cr_expect_eq(number(program, "SELECT count(*) FROM observation WHERE text = 'aamut ovat"
				     " vaikeita'"),
		1);
	cr_expect_eq(number(program, "SELECT count(*) FROM access_log"), rows);
	e2e_quit(t);
	program_free(program);
}

Test(learning, observations_are_marked_and_made_a_phenomenon)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "developer_worker", "", "Situation", 24, 80);

	pty_term_send(t, "l");
	e2e_see(t, "Bussivuoro");
	for (int i = 0; i < 7; i++)
		pty_term_key(t, PTY_KEY_DOWN);
	pty_term_send(t, " ");
	e2e_see(t, "[x]");
	pty_term_send(t, "i");
	e2e_see(t, "A phenomenon");
	pty_term_send(t, "Kyydit");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "of 1 observations");
	e2e_see(t, "Kyydit");
	e2e_esc(t, "Situation");
	e2e_quit(t);
	program_free(program);
}

Test(learning, a_leader_accepts_the_month_after_a_question)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "leader", "", "Situation", 40, 120);

	e2e_see(t, "December 2026");
	pty_term_key(t, PTY_KEY_LEFT);
	e2e_see(t, "November 2026");
	pty_term_send(t, "A");
	e2e_see(t, "There is no way back");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "accepted: it stays as it is");
	e2e_see(t, "(accepted)");
	cr_expect_eq(number(program, "SELECT count(*) FROM accepted_report"), 2);
	e2e_quit(t);
	program_free(program);
}

Test(learning, the_agenda_comes_with_one_key)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "leader", "", "Situation", 24, 80);

	pty_term_send(t, "a");
	e2e_see(t, "Missing seats");
	e2e_see(t, "Aamut sujuviksi");
	e2e_esc(t, "Situation");
	e2e_quit(t);
	program_free(program);
}

Test(learning, a_contact_is_reminded_on_the_first_screen_until_the_unit_has_answered)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "contact", "NVL-SUI", "0 Own unit", 24, 80);

	e2e_see(t, "NVL-SUI: the feedback of November 2026 is missing");
	for (int i = 0; i < 30; i++)
		pty_term_key(t, PTY_KEY_UP);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "The weekly hole has worked.");
	pty_term_send(t, "4");
	pty_term_send(t, "\023");
	e2e_see(t, "kept; what is shown is of all together only");
	e2e_see_gone(t, "is missing, due");
	e2e_quit(t);
	program_free(program);
}

Test(learning, a_coordinator_sees_how_many_units_have_not_answered)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "coordinator", "", "Enter", 40, 120);

	e2e_see(t, "Units without monthly feedback (43)");
	pty_term_key(t, PTY_KEY_END);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "The units' monthly feedback: 43 of 48 missing");
	e2e_quit(t);
	program_free(program);
}

Test(learning, the_keys_tell_of_the_decision_while_it_is_not_seen)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "coordinator", "", "1 Today", 24, 80);

	pty_term_send(t, "?");
	e2e_see(t, "the decision not seen yet");
	pty_term_key(t, PTY_KEY_ESC);
	pty_term_send(t, "L");
	e2e_see(t, "I have seen it");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see_gone(t, "L: decision");
	pty_term_send(t, "?");
	e2e_see(t, "draw the screen anew");
	cr_expect_not(pty_term_find(t, "the decision not seen", NULL, NULL));
	pty_term_key(t, PTY_KEY_ESC);
	e2e_see_gone(t, "draw the screen anew");
	e2e_quit(t);
	program_free(program);
}

Test(learning, enter_in_feedback_says_what_it_is_for_and_is_not_offered_to_a_leader)
{
	struct program *program = demo();
	struct pty_term *t = open_as(program, "coordinator", "", "1 Today", 24, 80);

	pty_term_send(t, "7");
	e2e_see(t, "Enter choose");
	pty_term_key(t, PTY_KEY_HOME);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "on what somebody wrote: for the report");
	e2e_quit(t);
	t = open_as(program, "leader", "", "Situation", 24, 80);
	pty_term_send(t, "7");
	e2e_see(t, "Who has answered");
	cr_expect_not(pty_term_find(t, "Enter choose", NULL, NULL));
	e2e_quit(t);
	program_free(program);
}
