/* A meeting's invitations in the terminal: from booking to the answer, and lists fetched over ssh.
 */
#include "entrance.h"

#include <sys/stat.h>
#include <unistd.h>

#define SHOWN_WITHIN_MS 2000
#define MOST_MOVES	40
#define MOST_ROWS	60
#define CURSOR_COLUMN	4 /* behind a frame and a margin */
#define MOVED_WITHIN_MS 2000
#define LINE_SIZE	500

TestSuite(invitations, .timeout = 60);

/* Books a call's meeting with one unit that there is consent for; its invitations are shown then.
 */
static void book(struct pty_term *t)
{
	e2e_new_call(t);
	e2e_tell(t, "teacher", "absences");
	e2e_tab(t, FIELD_CONSENT_BY - FIELD_CONCERN);
	pty_term_send(t, "huoltaja");
	e2e_see(t, "huoltaja");
	e2e_tick(t, "PNE-KES", "[x] PNE-KES");
	e2e_see(t, "Wed 2.12.");
	e2e_function_key(t, 4);
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Book the meeting");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "Invitations to meeting 15");
}

Test(invitations, come_up_when_a_call_is_booked_and_leave_with_s)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	book(t);
	e2e_see(t, "Nothing has left yet.");
	e2e_see(t, "PNE-KES  not sent yet");
	e2e_expect_in(program_ok(program, "outbox list --meeting 15"), "draft");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "To: PNE-KES@");
	e2e_see(t, "↓");
	pty_term_key(t, PTY_KEY_END);
	e2e_see(t, "with an invitation for the calendar");
	e2e_esc(t, "Nothing has left yet.");
	pty_term_send(t, "s");
	e2e_see(t, "1 message leaves");
	e2e_see(t, "PNE-KES  not sent yet; about to leave");
	e2e_see(t, "The family is still to be told");
	e2e_expect_in(program_ok(program, "outbox list --meeting 15"), "about to leave");
	e2e_count(program,
		"SELECT count(*) FROM message WHERE meeting_id = 15 AND state = 'queued'", 1);
	e2e_esc(t, "Waiting for a meeting");
	e2e_quit(t);
	program_free(program);
}

Test(invitations, that_nobody_lets_leave_stay_on_today)
{
	struct program *program = e2e_demo();
	struct pty_term *t = e2e_open(program, 24, 80);

	book(t);
	e2e_esc(t, "meeting 15: 2 drafts");
	e2e_quit(t);
	e2e_count(program, "SELECT count(*) FROM message WHERE meeting_id = 15 AND state = 'draft'",
		2);
	program_free(program);
}

static bool is_cursor_on(struct pty_term *t, const char *text)
{
	int row, col;

	return pty_term_find(t, text, &row, &col) && pty_term_cell_reverse(t, row, col);
}

/* The row that the list's cursor is on, in a frame or not; 0: none. */
static int cursor_row(struct pty_term *t)
{
	for (int row = 2; row < MOST_ROWS; row++) {
		if (pty_term_cell_reverse(t, row, CURSOR_COLUMN))
			return row;
	}
	return 0;
}

/* One key that moves the cursor, and the screen after it: a key too many is not sent. */
static void move_cursor(struct pty_term *t, enum pty_key key)
{
	int before = cursor_row(t);
	char text[400];

	snprintf(text, sizeof(text), "%s", pty_term_row(t, before));
	pty_term_key(t, key);
	for (int waited = 0; waited < MOVED_WITHIN_MS; waited += 20) {
		pty_term_wait_text(t, "\001", 20); /* reads what has come */
		if (cursor_row(t)
			&& (cursor_row(t) != before || strcmp(pty_term_row(t, before), text) != 0))
			return;
	}
}

/* Down to the row that says this, or up where the cursor is below it. */
static void move_to(struct pty_term *t, const char *text)
{
	for (int i = 0; i < MOST_MOVES && !is_cursor_on(t, text); i++) {
		int row;

		move_cursor(t, pty_term_find(t, text, &row, NULL) && row < cursor_row(t)
				       ? PTY_KEY_UP
				       : PTY_KEY_DOWN);
	}
	if (is_cursor_on(t, text))
		return;
	pty_term_dump(t, stderr);
	cr_assert_fail("the cursor does not come to \"%s\"", text);
}

/* A call's meeting with the contact's unit, and its invitation has left. Returns its number. */
static int tell_own_unit(struct entrance *e)
{
	char command[200], *code, *start, *message;
	int meeting;

	code = strdup(entrance_ok(
		e, COORDINATOR, "call add --from school --caller teacher --concern absences"));
	snprintf(command, sizeof(command), "consent give %.9s --unit " OWN_UNIT " --by huoltaja",
		code);
	entrance_ok(e, COORDINATOR, command);
	start = entrance_free_start(e);
	snprintf(command, sizeof(command), "meeting book %.9s --unit " OWN_UNIT " --start %s", code,
		start);
	meeting = atoi(entrance_ok(e, COORDINATOR, command));
	snprintf(command, sizeof(command), "outbox list --json --meeting %d", meeting);
	message = entrance_ask(e,
		"SELECT m.value ->> 'id' FROM json_each(?1) m WHERE m.value ->> 'unit' = ?2",
		entrance_ok(e, COORDINATOR, command), OWN_UNIT);
	snprintf(command, sizeof(command), "outbox told %s", message);
	entrance_ok(e, COORDINATOR, command);
	free(message);
	free(start);
	free(code);
	return meeting;
}

static void decline(struct pty_term *t, int meeting)
{
	char text[64];

	snprintf(text, sizeof(text), OWN_UNIT ", meeting %d: no answer yet", meeting);
	e2e_see(t, "Invited, waiting for your answer: a answers");
	move_to(t, text);
	pty_term_send(t, "a");
	snprintf(text, sizeof(text), OWN_UNIT ": answer to meeting %d", meeting);
	e2e_see(t, text);
	pty_term_send(t, "n");
	e2e_see(t, "nothing about health");
	pty_term_send(t, "\tkoulutus");
	e2e_see(t, "koulutus");
	pty_term_key(t, PTY_KEY_ENTER);
	e2e_see(t, "does not come");
	e2e_see_gone(t, "Invited, waiting for your answer");
}

Test(invitations, that_a_contact_declines_are_seen_by_the_coordinator_at_once_with_what_is_left)
{
	struct entrance e = entrance_begin();
	int meeting = tell_own_unit(&e);
	struct pty_term *coordinator = entrance_open(&e, COORDINATOR);
	struct pty_term *contact = entrance_open(&e, CONTACT);
	char text[100];

	snprintf(text, sizeof(text), "meeting %d  " OWN_UNIT ": does not come: koulutus", meeting);
	cr_assert_not(pty_term_find(coordinator, text, NULL, NULL));
	decline(contact, meeting);
	if (!pty_term_wait_text(coordinator, text, SHOWN_WITHIN_MS)) {
		pty_term_dump(coordinator, stderr);
		cr_assert_fail("the coordinator does not see \"%s\"", text);
	}
	move_to(coordinator, text);
	pty_term_key(coordinator, PTY_KEY_ENTER);
	snprintf(text, sizeof(text), "Invitations to meeting %d", meeting);
	e2e_see(coordinator, text);
	move_to(coordinator, "does not come: koulutus");
	e2e_see(coordinator, "What is left: the deputy");
	e2e_quit(contact);
	e2e_quit(coordinator);
	entrance_end(&e);
}

/* ---- Over ssh: what E says is typed at the user's own end. ---- */

/* The words of a framed row, behind those that are there. */
static void add_words(char line[LINE_SIZE], const char *row)
{
	size_t length = strlen(line);
	const char *end = strstr(row, "│");

	snprintf(line + length, LINE_SIZE - length, "%s%.*s", length ? " " : "",
		end ? (int)(end - row) : (int)strlen(row), row);
	length = strlen(line);
	while (length && line[length - 1] == ' ')
		line[--length] = '\0';
}

/* "ssh account@host export ...", over as many rows as it takes. */
static void read_line(struct pty_term *t, char line[LINE_SIZE])
{
	int row, col;

	*line = '\0';
	cr_assert(pty_term_find(t, "    ssh ", &row, &col));
	add_words(line, strstr(pty_term_row(t, row), "ssh "));
	for (;;) {
		const char *text = pty_term_row(t, ++row);

		text += strncmp(text, "│", strlen("│")) == 0 ? strlen("│") : 0;
		text += strspn(text, " ");
		if (!*text || strncmp(text, "│", strlen("│")) == 0)
			return;
		add_words(line, text);
	}
}

static void with_format(char line[LINE_SIZE], const char *format)
{
	char typed[LINE_SIZE] = "", *at = line, *found;

	while ((found = strstr(at, "xlsx"))) {
		snprintf(typed + strlen(typed), sizeof(typed) - strlen(typed), "%.*s%s",
			(int)(found - at), at, format);
		at = found + strlen("xlsx");
	}
	snprintf(typed + strlen(typed), sizeof(typed) - strlen(typed), "%s", at);
	snprintf(line, LINE_SIZE, "%s", typed);
}

/*
 * Types it in a shell at the person's own end: "ssh" there knows the test's key and port, as the
 * person's own would. Returns the file; free()
 */
static char *type_line(
	struct entrance *e, const char *person, const char *line, const char *name, size_t *size)
{
	struct program *shell = program_new_other("/bin/sh");
	char script[1000], path[2000];
	char *text;
	int status;

	snprintf(script, sizeof(script), "#!/bin/sh\nPATH='%s' exec ssh -F '%s' -i '%s' \"$@\"\n",
		getenv("PATH"), program_path(e->program, "ssh_config"),
		program_path(e->program, person));
	program_write(shell, "ssh", script);
	cr_assert_eq(chmod(program_path(shell, "ssh"), 0700), 0);
	snprintf(path, sizeof(path), "%s:%s", program_folder(shell), getenv("PATH"));
	program_set(shell, "PATH", path);
	status = program_run(shell, "-c", line, NULL);
	cr_assert_eq(status, 0, "%s: %d %s", line, status, program_err(shell));
	text = program_read(program_path(shell, name), size);
	program_free(shell);
	return text;
}

Test(invitations, the_line_that_e_shows_over_ssh_fetches_a_spreadsheet)
{
	struct entrance e = entrance_begin();
	struct pty_term *t = entrance_open(&e, COORDINATOR);
	char line[LINE_SIZE], *sheet;
	size_t size = 0;

	pty_term_send(t, "4");
	e2e_see(t, "Meetings to come");
	pty_term_send(t, "E");
	e2e_see(t, "The log tells of it.");
	read_line(t, line);
	sheet = type_line(&e, COORDINATOR, line, "meetings.xlsx", &size);
	cr_expect_gt(size, 1000, "%s", line);
	cr_expect_eq(strncmp(sheet, "PK", 2), 0, "%s", line);
	free(sheet);
	e2e_esc(t, "Meetings to come");
	e2e_quit(t);
	entrance_end(&e);
}

Test(invitations, the_line_that_e_shows_a_contact_over_ssh_fetches_the_own_units_meetings)
{
	struct entrance e = entrance_begin();
	struct pty_term *t = entrance_open(&e, CONTACT);
	char line[LINE_SIZE], *list;

	pty_term_send(t, "E");
	e2e_see(t, "The log tells of it.");
	read_line(t, line);
	e2e_expect_in(line, "--unit " OWN_UNIT " --format xlsx > meetings.xlsx");
	with_format(line, "csv");
	list = type_line(&e, CONTACT, line, "meetings.csv", NULL);
	cr_expect_str_eq(
		list, entrance_ok(&e, CONTACT, "export meetings --unit " OWN_UNIT " --format csv"));
	e2e_expect_in(list, OWN_UNIT);
	free(list);
	e2e_esc(t, "Own unit");
	e2e_quit(t);
	entrance_end(&e);
}
