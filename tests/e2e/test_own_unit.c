/* A contact's own unit in the terminal: the first view, one key a row, and what lost its hole. */
#include "e2e.h"

#include <pwd.h>
#include <unistd.h>

#define OWN_UNIT "NVL-SUI" /* a hole each Wednesday at 12, meeting 13 in it on 2.12. */

static void change(struct program *program, const char *sql)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open_v2(program_database(program), &db, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* The demonstration region before anybody has said anything of the holes. */
static struct program *demo(void)
{
	struct program *program = e2e_demo();

	change(program, "DELETE FROM readiness");
	return program;
}

/* Whoever runs the tests has that one role from then on. */
static void be(struct program *program, const char *role, const char *unit)
{
	const char *login = getpwuid(getuid())->pw_name;
	char sql[400];

	snprintf(sql, sizeof(sql),
		"DELETE FROM user_role WHERE user_id = (SELECT id FROM user WHERE login = '%s');"
		"INSERT INTO user_role (user_id, role, unit_id) SELECT id, '%s',"
		" (SELECT id FROM unit WHERE code = '%s') FROM user WHERE login = '%s'",
		login, role, unit, login);
	change(program, sql);
}

static struct pty_term *open_as_contact(struct program *program, int rows, int cols)
{
	const char *const argv[] = { KUTSU_PROGRAM, NULL };
	struct pty_term_options options = { rows, cols, argv, program_env(program),
		program_folder(program) };
	struct pty_term *t;

	be(program, "contact", OWN_UNIT);
	t = pty_term_start(&options);
	cr_assert_not_null(t);
	e2e_see(t, "0 Own unit");
	e2e_see(t, "Wed 25.11.");
	e2e_see(t, "? keys");
	return t;
}

static struct pty_term *open_as_coordinator(struct program *program)
{
	be(program, "coordinator", "");
	return e2e_open(program, 24, 80);
}

Test(own_unit, is_a_contacts_first_view_at_every_size)
{
	static const int sizes[][2] = { { 24, 80 }, { 40, 120 }, { 12, 50 } };
	struct program *program = demo();

	for (int i = 0; i < 3; i++) {
		struct pty_term *t = open_as_contact(program, sizes[i][0], sizes[i][1]);

		e2e_see(t, "NOT CONFIRMED by Mon 23.11. at 09:00");
		e2e_see(t, "Wed 25.11. 12:00–15:00  unconfirmed");
		e2e_see(t, "Suistolan neuvola; ");
		e2e_see(t, "c confirm");
		cr_expect_not(pty_term_find(t, "new call", NULL, NULL));
		e2e_quit(t);
	}
	program_free(program);
}

Test(own_unit, has_its_week_confirmed_with_one_key)
{
	struct program *program = demo();
	struct pty_term *t = open_as_contact(program, 24, 80);

	pty_term_send(t, "C");
	e2e_see(t, OWN_UNIT ", week 48: 1 hole confirmed");
	e2e_see(t, "Wed 25.11. 12:00–15:00  confirmed");
	e2e_see_gone(t, "NOT CONFIRMED");
	e2e_count(program, "SELECT count(*) FROM readiness WHERE state = 'confirmed'", 1);
	e2e_quit(t);
	t = open_as_coordinator(program);
	pty_term_send(t, "3");
	e2e_see(t, "?12–14");
	e2e_see(t, "NVL-SUI  Suistolan…                     12–15");
	e2e_quit(t);
	program_free(program);
}

/* Away when meeting 13 is booked; the list of what lost its hole is shown then. */
static void be_away(struct pty_term *t)
{
	pty_term_key(t, PTY_KEY_DOWN);
	e2e_see(t, "meeting 13 at 13:00–14:00");
	pty_term_send(t, "w");
	e2e_see(t, "nothing about health");
	e2e_see(t, "2.12.2026");
	pty_term_send(t, "\t\tkoulutus");
	e2e_see(t, "koulutus");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, OWN_UNIT ": booked, but the hole closed");
	e2e_see(t, "what is booked stays booked");
	e2e_see(t, "meeting 13");
}

static void expect_on_today(struct program *program, const char *text)
{
	struct pty_term *t = open_as_coordinator(program);

	e2e_see(t, "Booked, but the hole closed (1)");
	e2e_see(t, text);
	e2e_quit(t);
}

Test(own_unit, that_is_away_settles_what_is_booked_and_the_coordinator_sees_it_until_then)
{
	struct program *program = demo();
	struct pty_term *t = open_as_contact(program, 24, 80);

	be_away(t);
	e2e_see(t, "m ask to move");
	pty_term_send(t, "m");
	e2e_see(t, "Ask the coordinator to move meeting 13?");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "the coordinator is asked to move meeting 13");
	e2e_see(t, "Enter settles it");
	e2e_quit(t);
	expect_on_today(program, "meeting 13  " OWN_UNIT "  to be moved, asks ");
	t = open_as_contact(program, 24, 80);
	pty_term_key(t, PTY_KEY_HOME);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, OWN_UNIT ": booked, but the hole closed");
	pty_term_send(t, "d");
	e2e_see(t, "settled: meeting 13 stays as it is booked");
	e2e_see(t, "Wed 2.12.  12:00–15:00  can't come");
	e2e_quit(t);
	e2e_count(program, "SELECT count(*) FROM meeting WHERE id = 13 AND status = 'booked'", 1);
	t = open_as_coordinator(program);
	e2e_see(t, "Waiting for a meeting");
	cr_expect_not(pty_term_find(t, "Booked, but the hole closed", NULL, NULL));
	e2e_quit(t);
	program_free(program);
}

Test(own_unit, that_is_away_is_seen_by_the_coordinator_who_cancels)
{
	struct program *program = demo();
	struct pty_term *t = open_as_contact(program, 24, 80);

	be_away(t);
	e2e_esc(t, "Enter settles it");
	e2e_quit(t);
	t = open_as_coordinator(program);
	e2e_see(t, "Booked, but the hole closed (1)");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, OWN_UNIT ": booked, but the hole closed");
	pty_term_send(t, "c");
	e2e_see(t, "Cancel the meeting");
	pty_term_send(t, "koulutus");
	e2e_see(t, "Reason koulutus");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "meeting 13 was cancelled");
	e2e_see(t, "Waiting for a meeting");
	cr_expect_not(pty_term_find(t, "Booked, but the hole closed", NULL, NULL));
	e2e_quit(t);
	program_free(program);
}
