/* Answers that another library's calendar makes (Debian's icalendar, khal's own), state by state.
 */
#include "mail.h"

/* Meeting 1 of A and B, whose invitations have left into a folder. */
struct asked {
	struct program *p, *script;
	const char *folder, *reply;
	sqlite3 *db;
};

static void send(struct asked *s)
{
	program_ok(s->p, "outbox send --meeting 1 --folder %s", s->folder);
}

static struct asked begin(void)
{
	struct asked s = { .p = mail_installation(), .script = mail_script_new() };

	s.folder = mail_folder(s.p, "sent");
	s.reply = program_path(s.p, "reply");
	s.db = database_open(s.p);
	mail_book(s.p);
	send(&s);
	return s;
}

static void end(struct asked *s)
{
	sqlite3_close(s->db);
	program_free(s->script);
	program_free(s->p);
}

/* The e-mail with the calendar of that SEQUENCE to "a@vaara.example". */
static const char *mail_of(struct asked *s, const char *to, int sequence)
{
	json_t *all = mail_read_all(s->folder), *mail;
	const char *found = NULL;
	char name[100];
	size_t i;

	json_array_foreach(all, i, mail)
	{
		if (strcmp(json_string_value(json_array_get(json_object_get(mail, "to"), 0)), to)
				== 0
			&& json_is_object(mail_value(mail, "calendar"))
			&& mail_number(mail, "calendar.sequence") == sequence) {
			snprintf(name, sizeof(name), "sent/%s", mail_text(mail, "file"));
			found = program_path(s->p, name);
		}
	}
	cr_assert_not_null(found, "no e-mail of SEQUENCE %d to %s", sequence, to);
	json_decref(all);
	return found;
}

/* Writes the reply that the options make of an e-mail. */
#define make(s, ...) write_reply(s, mail_script((s)->script, "--reply", __VA_ARGS__, NULL))

static void write_reply(struct asked *s, const char *text)
{
	program_write(s->p, "reply", text);
}

/* "A:accepted@1794... B:-", with the notes and offered times. */
static char *answers(struct asked *s)
{
	static const char sql[] =
		"SELECT group_concat(u.code || ':' || i.sequence || ':' || i.is_off || ':'"
		" || coalesce(i.answer, '-') || ':' || coalesce(i.answered_at, '-') || ':'"
		" || coalesce(i.note, '-') || ':' || coalesce(i.counter_day, '-'), ' ')"
		" FROM invitation i JOIN unit u ON u.id = i.unit_id";
	sqlite3_stmt *stmt;
	char *text;

	cr_assert_eq(sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL), SQLITE_OK);
	cr_assert_eq(sqlite3_step(stmt), SQLITE_ROW);
	text = strdup((const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return text;
}

static void expect_taken(struct asked *s, const char *told)
{
	cr_expect_str_eq(program_ok(s->p, "reply %s", s->reply), told, "%s", program_out(s->p));
}

/* With this exit status, and no answer is another afterwards. */
static void expect_refused(struct asked *s, int status, const char *why)
{
	char *before = answers(s), *after;

	program_refused(s->p, status, why, "reply %s", s->reply);
	after = answers(s);
	cr_expect_str_eq(before, after);
	free(before);
	free(after);
}

#define A	 "a@vaara.example"
#define B	 "b@vaara.example"
#define INVALID	 2
#define CONFLICT 3
#define DENIED	 4
#define MISSING	 5

Test(replies, each_answer_is_taken, .timeout = 60)
{
	static const char *const known[][2] = { { "ACCEPTED", "1 A accepted" },
		{ "DECLINED", "1 A declined" }, { "DELEGATED", "1 A deputy" },
		{ "COUNTER@20261209T120000", "1 A counter Wed 9.12.2026 at 12:00" },
		{ "COUNTER@20270609T120000", "1 A counter Wed 9.6.2027 at 12:00" } };
	struct asked s = begin();
	const char *mail = mail_of(&s, A, 0);

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		char stamp[32];

		snprintf(stamp, sizeof(stamp), "20261124T08420%zuZ", i);
		program_set(s.p, "KUTSU_NOW", "2026-11-24T10:43");
		make(&s, known[i][0], "--stamp", stamp, mail);
		expect_taken(&s, known[i][1]);
	}
	end(&s);
}

Test(replies, another_time_that_is_past_or_the_meetings_own_is_refused, .timeout = 60)
{
	struct asked s = begin();
	const char *mail = mail_of(&s, A, 0);

	make(&s, "COUNTER@20200101T120000", mail);
	expect_refused(&s, INVALID, "the time is past");
	make(&s, "COUNTER@20261202T120000", mail);
	expect_refused(&s, INVALID, "the meeting's own time");
	end(&s);
}

Test(replies, of_two_units_with_one_address_neither_answers, .timeout = 60)
{
	struct asked s = begin();
	const char *mail;

	program_ok(s.p, "unit edit B --email " A);
	program_ok(s.p, "meeting move 1 --start 2026-12-09T12:00 --invite");
	send(&s);
	mail = mail_of(&s, A, 1);
	make(&s, "ACCEPTED", mail);
	expect_refused(&s, CONFLICT, "is the address of several invited units");
	end(&s);
}

Test(replies, a_newer_remark_to_the_same_answer_is_kept, .timeout = 60)
{
	static const char note[] = "SELECT count(*) FROM invitation WHERE answer = 'declined' AND "
				   "note = 'staff is ill'";
	struct asked s = begin();
	const char *mail = mail_of(&s, A, 0);

	make(&s, "DECLINED", "--comment", "deputy goes", mail);
	expect_taken(&s, "1 A declined");
	make(&s, "DECLINED", "--comment", "staff is ill", "--stamp", "20261124T090000Z", mail);
	expect_taken(&s, "1 A declined");
	cr_expect_eq(database_number(s.db, note), 1);
	end(&s);
}

Test(replies, umlauts_of_a_comment_come_through, .timeout = 60)
{
	struct asked s = begin();
	char *kept;

	make(&s, "DECLINED", "--comment", "Päällekkäin; työryhmä, jota en siirrä",
		mail_of(&s, A, 0));
	expect_taken(&s, "1 A declined");
	kept = answers(&s);
	cr_expect(strstr(kept, "Päällekkäin; työryhmä, jota en siirrä"), "%s", kept);
	free(kept);
	end(&s);
}

Test(replies, a_calendar_alone_and_standard_input_will_do, .timeout = 60)
{
	struct asked s = begin();

	make(&s, "ACCEPTED", "--bare", mail_of(&s, A, 0));
	expect_taken(&s, "1 A accepted");
	program_input(s.p, mail_script(s.script, "--reply", "DECLINED", mail_of(&s, B, 0), NULL));
	cr_expect_str_eq(program_ok(s.p, "reply -"), "1 B declined");
	end(&s);
}

Test(replies, twice_is_as_once, .timeout = 60)
{
	struct asked s = begin();
	char *once, *twice;

	make(&s, "ACCEPTED", mail_of(&s, A, 0));
	expect_taken(&s, "1 A accepted");
	once = answers(&s);
	expect_taken(&s, "1 A accepted (as before)");
	twice = answers(&s);
	cr_expect_str_eq(once, twice);
	free(once);
	free(twice);
	end(&s);
}

/* E-mails overtake each other: the later said counts, not the later come. */
Test(replies, an_older_answer_does_not_replace_a_newer_one, .timeout = 60)
{
	struct asked s = begin();
	const char *mail = mail_of(&s, A, 0);

	program_set(s.p, "KUTSU_NOW", "2026-11-24T14:00");
	make(&s, "ACCEPTED", "--stamp", "20261124T110000Z", mail);
	expect_taken(&s, "1 A accepted");
	make(&s, "DECLINED", "--stamp", "20261124T100000Z", mail);
	expect_refused(&s, CONFLICT, "older than the one that is kept");
	make(&s, "DECLINED", "--stamp", "20261124T110001Z", mail);
	expect_taken(&s, "1 A declined");
	end(&s);
}

Test(replies, a_clock_that_is_ahead_makes_no_later_answer_old, .timeout = 60)
{
	struct asked s = begin();
	const char *mail = mail_of(&s, A, 0);

	make(&s, "ACCEPTED", "--stamp", "20270124T110000Z", mail);
	expect_taken(&s, "1 A accepted");
	program_set(s.p, "KUTSU_NOW", "2026-11-24T14:00");
	make(&s, "DECLINED", "--stamp", "20261124T110000Z", mail);
	expect_taken(&s, "1 A declined");
	end(&s);
}

Test(replies, after_a_move_only_answers_to_the_new_time_count, .timeout = 60)
{
	struct asked s = begin();
	char *kept;

	make(&s, "ACCEPTED", mail_of(&s, A, 0));
	expect_taken(&s, "1 A accepted");
	program_ok(s.p, "meeting move 1 --start 2026-12-09T13:30");
	kept = answers(&s);
	cr_expect_str_eq(kept, "A:1:0:-:-:-:- B:1:0:-:-:-:-", "asked anew: %s", kept);
	free(kept);
	expect_refused(&s, CONFLICT, "to an earlier time");
	make(&s, "ACCEPTED", "--sequence", "1", mail_of(&s, A, 0));
	expect_refused(&s, CONFLICT, "never left (SEQUENCE 1)");
	send(&s);
	make(&s, "ACCEPTED", mail_of(&s, A, 0));
	expect_refused(&s, CONFLICT, "to an earlier time");
	make(&s, "DECLINED", mail_of(&s, A, 1));
	expect_taken(&s, "1 A declined");
	end(&s);
}

Test(replies, to_a_cancelled_meeting_come_too_late, .timeout = 60)
{
	struct asked s = begin();

	program_ok(s.p, "meeting cancel 1 --reason x");
	make(&s, "ACCEPTED", mail_of(&s, A, 0));
	expect_refused(&s, CONFLICT, "cancelled");
	send(&s);
	expect_refused(&s, CONFLICT, "cancelled");
	make(&s, "ACCEPTED", mail_of(&s, A, 1));
	expect_refused(&s, CONFLICT, "cancelled");
	end(&s);
}

Test(replies, to_a_meeting_that_is_over_come_too_late, .timeout = 60)
{
	struct asked s = begin();

	make(&s, "ACCEPTED", mail_of(&s, A, 0));
	program_set(s.p, "KUTSU_NOW", "2026-12-02T12:30");
	expect_taken(&s, "1 A accepted"); /* while they sit together */
	make(&s, "DECLINED", "--stamp", "20261202T110000Z", mail_of(&s, A, 0));
	program_set(s.p, "KUTSU_NOW", "2026-12-02T13:00");
	expect_refused(&s, CONFLICT, "over");
	end(&s);
}

Test(replies, who_was_taken_out_answers_again_once_invited_again, .timeout = 60)
{
	struct asked s = begin();

	program_ok(s.p, "meeting uninvite 1 --unit A");
	make(&s, "ACCEPTED", mail_of(&s, A, 0));
	expect_refused(&s, CONFLICT, "not invited any more");
	send(&s);
	make(&s, "ACCEPTED", mail_of(&s, A, 1));
	expect_refused(&s, CONFLICT, "not invited any more");
	program_ok(s.p, "meeting invite 1 --unit A");
	expect_refused(&s, CONFLICT, "earlier time");
	send(&s);
	expect_refused(&s, CONFLICT, "earlier time");
	make(&s, "ACCEPTED", mail_of(&s, A, 2));
	expect_taken(&s, "1 A accepted");
	end(&s);
}

/* The cancellation leaves by itself; consent that comes again invites again. */
Test(replies, consent_withdrawn_ends_the_units_part, .timeout = 60)
{
	struct asked s = begin();

	program_ok(s.p, "consent withdraw " CASE_1 " --unit A");
	make(&s, "ACCEPTED", mail_of(&s, A, 0));
	expect_refused(&s, CONFLICT, "not invited any more");
	program_ok(s.p, "outbox send --folder %s", s.folder);
	mail_of(&s, A, 1);
	program_ok(s.p, "consent give " CASE_1 " --unit A --by guardian --how phone");
	send(&s);
	make(&s, "ACCEPTED", mail_of(&s, A, 2));
	expect_taken(&s, "1 A accepted");
	end(&s);
}

Test(replies, from_another_address_than_who_answers_are_refused_and_logged, .timeout = 60)
{
	static const char logged[] = "SELECT count(*) FROM access_log";
	struct asked s = begin();
	int64_t before = database_number(s.db, logged);

	make(&s, "ACCEPTED", "--from", "evil@elsewhere.example", mail_of(&s, A, 0));
	expect_refused(&s, DENIED, "evil@elsewhere.example");
	cr_expect_eq(database_number(s.db, logged), before + 1);
	make(&s, "ACCEPTED", "--from", B, mail_of(&s, A, 0));
	expect_refused(&s, DENIED, "ask the unit");
	make(&s, "ACCEPTED", "--from", "A@Vaara.Example", mail_of(&s, A, 0));
	expect_taken(&s, "1 A accepted");
	end(&s);
}

Test(replies, of_who_was_not_invited_or_to_no_meeting_are_refused, .timeout = 60)
{
	struct asked s = begin();
	char *text, *uid;

	make(&s, "ACCEPTED", "--attendee", "c@vaara.example", mail_of(&s, A, 0));
	expect_refused(&s, MISSING, "not invited");
	text = strdup(
		mail_script(s.script, "--reply", "ACCEPTED", "--bare", mail_of(&s, A, 0), NULL));
	uid = strstr(text, "UID:");
	cr_assert_not_null(uid);
	uid[4] = uid[4] == '0' ? '1' : '0';
	write_reply(&s, text);
	expect_refused(&s, MISSING, "");
	free(text);
	end(&s);
}

Test(replies, before_the_invitation_left_are_to_nothing, .timeout = 60)
{
	struct asked s = begin();

	program_ok(s.p, "meeting invite 1 --unit C"); /* there is no consent for it */
	send(&s);
	make(&s, "ACCEPTED", "--attendee", "c@vaara.example", mail_of(&s, A, 0));
	expect_refused(&s, CONFLICT, "never left (SEQUENCE 0)");
	program_ok(s.p, "consent give " CASE_1 " --unit C --by guardian --how phone");
	send(&s);
	expect_taken(&s, "1 C accepted");
	end(&s);
}

/* An answer goes by the address that the invitation left for, whatever the unit's is now. */
Test(replies, go_by_the_address_that_was_invited, .timeout = 60)
{
	struct asked s = begin();

	program_ok(s.p, "unit edit A --email uusi@vaara.example");
	make(&s, "ACCEPTED", "--attendee", "uusi@vaara.example", mail_of(&s, A, 0));
	expect_refused(&s, MISSING, "not invited");
	make(&s, "ACCEPTED", mail_of(&s, A, 0));
	expect_taken(&s, "1 A accepted");
	end(&s);
}

Test(replies, that_say_neither_yes_nor_no_leave_the_unit_waited_for, .timeout = 60)
{
	struct asked s = begin();

	make(&s, "TENTATIVE", mail_of(&s, A, 0));
	expect_refused(&s, INVALID, "neither yes nor no");
	end(&s);
}

Test(replies, our_own_messages_are_no_answers, .timeout = 60)
{
	struct asked s = begin();

	program_refused(s.p, INVALID, "METHOD", "reply %s", mail_of(&s, A, 0));
	end(&s);
}
