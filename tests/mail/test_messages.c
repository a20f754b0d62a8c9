/* What leaves, as other programs read it: Python's email and icalendar, khal, calcurse. */
#include "mail.h"

#include <fcntl.h>
#include <sys/stat.h>

#define LONG_PLACE                                                                                    \
	"Ääkköstenmäen yhtenäiskoulu; \"B-talo\", käynti pihan puolelta, 2. kerros, huone 214 " \
	"(soita ovikelloa ☎ 👨‍👩‍👧 tai odota aulassa)"

static const char a[] = "a@vaara.example", b[] = "b@vaara.example", family[] = "perhe@koti.example";

/* All that may leave is written into a folder; what stands there by now. json_decref() */
static json_t *send_to_folder(struct program *p)
{
	const char *folder = mail_folder(p, "sent");

	program_ok(p, "outbox send --meeting 1 --folder %s", folder);
	return mail_read_all(folder);
}

/* The only one of that SEQUENCE to that address. */
static json_t *find(json_t *all, const char *address, int sequence)
{
	json_t *mail, *found = NULL;
	size_t i;

	json_array_foreach(all, i, mail)
	{
		if (strcmp(json_string_value(json_array_get(json_object_get(mail, "to"), 0)),
			    address)
				== 0
			&& mail_number(mail, "calendar.sequence") == sequence) {
			cr_assert_null(found, "two of SEQUENCE %d to %s", sequence, address);
			found = mail;
		}
	}
	cr_assert_not_null(found, "none of SEQUENCE %d to %s", sequence, address);
	return found;
}

/* The one whose subject has this in it. */
static json_t *find_subject(json_t *all, const char *address, const char *part)
{
	json_t *mail;
	size_t i;

	json_array_foreach(all, i, mail)
	{
		if (strcmp(json_string_value(json_array_get(json_object_get(mail, "to"), 0)),
			    address)
				== 0
			&& strstr(mail_text(mail, "subject"), part))
			return mail;
	}
	cr_assert_fail("no \"%s\" to %s", part, address);
	return NULL;
}

static void expect_text(json_t *mail, const char *path, const char *expected)
{
	cr_expect_str_eq(mail_text(mail, path), expected, "%s of %s: %s", path,
		mail_text(mail, "file"), mail_text(mail, path));
}

static void expect_part(json_t *mail, const char *path, const char *part)
{
	cr_expect(strstr(mail_text(mail, path), part), "%s of %s: %s", path,
		mail_text(mail, "file"), mail_text(mail, path));
}

/* What each e-mail keeps: RFC 5322's and 5545's lines, one sender, one recipient. */
static void expect_sound(json_t *mail)
{
	const char *file = mail_text(mail, "file");

	cr_expect_eq(json_array_size(mail_value(mail, "defects")), 0, "%s", file);
	cr_expect(json_is_true(mail_value(mail, "crlf_only")), "%s", file);
	cr_expect(json_is_true(mail_value(mail, "is_ascii")), "%s", file);
	cr_expect_leq(mail_number(mail, "longest_line"), 998, "%s", file);
	expect_text(mail, "from", FROM);
	expect_text(mail, "from_name", "Väärälä");
	cr_expect_eq(json_array_size(mail_value(mail, "to")), 1, "%s", file);
	expect_text(mail, "auto", "auto-generated");
	expect_text(mail, "date", "2026-11-24T10:42+0200");
	expect_part(mail, "message_id", "@vaara.example>");
}

static void expect_sound_calendar(json_t *mail, const char *method)
{
	const char *file = mail_text(mail, "file");
	char *types = json_dumps(mail_value(mail, "types"), JSON_COMPACT);
	char *to = json_dumps(mail_value(mail, "calendar.attendees"), JSON_COMPACT);
	char expected[100];

	expect_sound(mail);
	cr_expect_str_eq(types, "[\"multipart/alternative\",\"text/plain\",\"text/calendar\"]");
	expect_text(mail, "calendar.method", method);
	expect_text(mail, "calendar.method_parameter", method);
	expect_text(mail, "calendar.organizer", "mailto:" FROM);
	snprintf(expected, sizeof(expected), "[\"mailto:%s\"]",
		json_string_value(json_array_get(mail_value(mail, "to"), 0)));
	cr_expect_str_eq(to, expected, "the recipient is the only ATTENDEE");
	cr_expect_eq(mail_number(mail, "calendar.events"), 1, "%s", file);
	cr_expect_eq(json_array_size(mail_value(mail, "calendar.errors")), 0, "%s", file);
	cr_expect_leq(mail_number(mail, "calendar.longest_line"), 75, "%s", file);
	cr_expect(json_is_true(mail_value(mail, "calendar.crlf_only")), "%s", file);
	expect_text(mail, "calendar.dtstart_tzid", "Europe/Helsinki");
	expect_text(mail, "calendar.dtend_tzid", "Europe/Helsinki");
	free(types);
	free(to);
}

Test(messages, an_invitation_says_all_to_people_and_to_calendars, .timeout = 60)
{
	struct program *p = mail_installation();
	json_t *all, *mail;

	mail_book(p);
	all = send_to_folder(p);
	cr_expect_eq(json_array_size(all), 3);
	mail = mail_to(all, a);
	expect_sound_calendar(mail, "REQUEST");
	expect_text(mail, "subject", "Kutsuneuvonpito 1, ke 2.12.2026 klo 12.00–13.00");
	expect_part(mail, "body", "\nAika          ke 2.12.2026 klo 12.00–13.00\n");
	expect_part(mail, "body", "\nPaikka        " PLACE "\n");
	expect_part(mail, "body", "044 123 4567\n");
	expect_part(mail, "body", "perheen koordinaattori, Väärälä");
	expect_text(mail, "calendar.summary", "Kutsuneuvonpito 1");
	expect_text(mail, "calendar.location", PLACE);
	expect_text(mail, "calendar.description", mail_text(mail, "body"));
	expect_text(mail, "calendar.status", "CONFIRMED");
	expect_text(mail, "calendar.dtstart", "2026-12-02T12:00");
	expect_text(mail, "calendar.dtend", "2026-12-02T13:00");
	expect_text(mail, "calendar.dtstart_utc", "2026-12-02T10:00");
	cr_expect_eq(mail_number(mail, "calendar.sequence"), 0);
	cr_expect_eq(
		json_integer_value(json_array_get(mail_value(mail, "calendar.alarms"), 0)), -60);
	expect_text(mail_to(all, b), "calendar.uid", mail_text(mail, "calendar.uid"));
	cr_expect_str_neq(mail_text(mail_to(all, b), "message_id"), mail_text(mail, "message_id"));
	json_decref(all);
	program_free(p);
}

Test(messages, the_family_gets_words_alone_and_nobody_elses_address, .timeout = 60)
{
	struct program *p = mail_installation();
	json_t *all, *mail;

	mail_book(p);
	all = send_to_folder(p);
	mail = mail_to(all, family);
	expect_sound(mail);
	cr_expect(json_is_null(mail_value(mail, "calendar")));
	expect_text(mail, "subject", "Sovittu tapaaminen: ke 2.12.2026 klo 12.00–13.00");
	expect_part(mail, "body", "pöydän ääreen");
	cr_expect_not(strstr(mail_text(mail, "body"), "vaara.example"));
	json_decref(all);
	program_free(p);
}

Test(messages, moving_and_cancelling_tell_the_same_calendars_entry_anew, .timeout = 60)
{
	struct program *p = mail_installation();
	json_t *all, *first, *moved, *off;
	const char *uid;

	mail_book(p);
	json_decref(send_to_folder(p));
	program_ok(p, "meeting move 1 --start 2026-12-09T13:30");
	json_decref(send_to_folder(p));
	program_ok(p, "meeting cancel 1 --reason 'perhe muutti'");
	all = send_to_folder(p);
	cr_expect_eq(json_array_size(all), 9);
	first = find(all, a, 0);
	moved = find(all, a, 1);
	off = find(all, a, 2);
	uid = mail_text(first, "calendar.uid");
	expect_sound_calendar(moved, "REQUEST");
	expect_text(moved, "calendar.uid", uid);
	expect_text(moved, "subject", "Uusi aika: Kutsuneuvonpito 1, ke 9.12.2026 klo 13.30–14.30");
	expect_text(moved, "calendar.dtstart", "2026-12-09T13:30");
	expect_sound_calendar(off, "CANCEL");
	expect_text(off, "calendar.uid", uid);
	expect_text(off, "calendar.status", "CANCELLED");
	expect_text(off, "subject", "Peruttu: Kutsuneuvonpito 1, ke 9.12.2026 klo 13.30–14.30");
	cr_expect_eq(json_array_size(mail_value(off, "calendar.alarms")), 0);
	cr_expect_not(strstr(mail_text(off, "body"), "muutti"), "why is nobody's matter");
	find_subject(all, family, "Tapaaminen on peruttu: ke 9.12.2026 klo 13.30–14.30");
	json_decref(all);
	program_free(p);
}

/* In summer the clock is another; a place of 150 letters of all kinds is folded within letters. */
Test(messages, summer_time_and_long_places_come_through_whole, .timeout = 60)
{
	struct program *p = mail_installation();
	json_t *all, *mail;

	program_ok(p, "meeting book " CASE_1
		      " --unit A --start 2027-06-09T12:00 --place '" LONG_PLACE "'");
	all = send_to_folder(p);
	mail = mail_to(all, a);
	expect_sound_calendar(mail, "REQUEST");
	expect_text(mail, "calendar.location", LONG_PLACE);
	expect_part(mail, "body", LONG_PLACE);
	expect_text(mail, "calendar.dtstart", "2027-06-09T12:00");
	expect_text(mail, "calendar.dtstart_utc", "2027-06-09T09:00");
	json_decref(all);
	program_free(p);
}

Test(messages, are_in_the_settings_language, .timeout = 60)
{
	struct program *p = mail_installation();
	json_t *all;

	program_ok(p, "config set mail.language sv");
	mail_book(p);
	all = send_to_folder(p);
	expect_sound_calendar(mail_to(all, a), "REQUEST");
	expect_part(mail_to(all, a), "subject", "Rådslag 1, ");
	expect_part(mail_to(all, family), "subject", "Mötet vi kom överens om: ");
	json_decref(all);
	program_free(p);
}

Test(messages, a_reminder_is_the_invitation_again, .timeout = 60)
{
	struct program *p = mail_installation();
	json_t *all, *mail;

	mail_book(p);
	json_decref(send_to_folder(p));
	program_set(p, "KUTSU_NOW", "2026-11-27T10:42");
	program_ok(p, "outbox remind");
	all = send_to_folder(p);
	cr_expect_eq(json_array_size(all), 5);
	mail = find_subject(all, a, "Muistutus: Kutsuneuvonpito 1, ");
	expect_text(mail, "calendar.method", "REQUEST");
	cr_expect_eq(mail_number(mail, "calendar.sequence"), 0);
	json_decref(all);
	program_free(p);
}

/* ---- Other calendars. */

/* The calendar in an e-mail, as a file of its own. */
static const char *write_calendar(struct program *p, struct program *script, const char *mail)
{
	const char *path = program_path(p, "invitation.ics");
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file);
	fputs(mail_script(script, "--calendar", mail, NULL), file);
	fclose(file);
	return path;
}

static const char khal_config[] =
	"[calendars]\n[[c]]\npath = %s/khal\n[locale]\ntimeformat = %%H:%%M\n"
	"dateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\n"
	"datetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n"
	"local_timezone = Europe/Helsinki\ndefault_timezone = Europe/Helsinki\n"
	"[sqlite]\npath = %s/khal.db\n";

/* What khal shows on both days once it took the file in. */
static const char *khal_shows(struct program *khal, const char *file)
{
	char config[1000];

	snprintf(config, sizeof(config), khal_config, program_folder(khal), program_folder(khal));
	mail_folder(khal, "khal");
	program_write(khal, "config", config);
	program_set(khal, "LC_ALL", "C.UTF-8");
	program_set(khal, "TZ", "Europe/Helsinki");
	program_ok(khal, "-c config import --batch -a c %s", file);
	return program_ok(khal,
		"-c config list --day-format '' --format '{start} {end} {title}, {location}'"
		" 2026-12-01 30d");
}

static const char *calcurse_keeps(struct program *calcurse, const char *file)
{
	static char *kept;

	program_set(calcurse, "LC_ALL", "C.UTF-8");
	program_set(calcurse, "TZ", "Europe/Helsinki");
	mail_folder(calcurse, "calcurse");
	program_ok(calcurse, "-D calcurse -i %s", file);
	cr_expect(strstr(program_out(calcurse), " 0 skipped"), "%s", program_out(calcurse));
	free(kept);
	kept = program_read(program_path(calcurse, "calcurse/apts"), NULL);
	return kept;
}

Test(messages, khal_and_calcurse_take_an_invitation_in, .timeout = 60)
{
	struct program *p = mail_installation(), *script = mail_script_new();
	struct program *khal = program_new_other("/usr/bin/khal");
	struct program *calcurse = program_new_other("/usr/bin/calcurse");
	const char *shown, *file, *folder = mail_folder(p, "sent");
	char **paths;

	mail_book(p);
	program_ok(p, "outbox drop 2"); /* B's */
	program_ok(p, "outbox drop 3"); /* the family's */
	json_decref(send_to_folder(p));
	paths = mail_paths(folder);
	file = write_calendar(p, script, paths[0]);
	shown = khal_shows(khal, file);
	cr_expect_str_eq(shown, "2026-12-02 12:00 2026-12-02 13:00 Kutsuneuvonpito 1, " PLACE);
	shown = calcurse_keeps(calcurse, file);
	cr_expect(strstr(shown, "12/02/2026 @ 12:00 -> 12/02/2026 @ 13:00"), "%s", shown);
	cr_expect(strstr(shown, "Kutsuneuvonpito 1"), "%s", shown);
	mail_paths_free(paths);
	program_free(calcurse);
	program_free(khal);
	program_free(script);
	program_free(p);
}

Test(messages, a_move_moves_khals_entry_and_adds_none, .timeout = 60)
{
	struct program *p = mail_installation(), *script = mail_script_new();
	struct program *khal = program_new_other("/usr/bin/khal");
	const char *first = mail_folder(p, "first"), *second = mail_folder(p, "second");
	char **paths;

	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-12-02T12:00");
	program_ok(p, "outbox drop 2"); /* the family's */
	program_ok(p, "outbox send --meeting 1 --folder %s", first);
	paths = mail_paths(first);
	khal_shows(khal, write_calendar(p, script, paths[0]));
	mail_paths_free(paths);
	program_ok(p, "meeting move 1 --start 2026-12-09T13:30");
	program_ok(p, "outbox drop 4");
	program_ok(p, "outbox send --meeting 1 --folder %s", second);
	paths = mail_paths(second);
	cr_expect_str_eq(khal_shows(khal, write_calendar(p, script, paths[0])),
		"2026-12-09 13:30 2026-12-09 14:30 Kutsuneuvonpito 1, ");
	mail_paths_free(paths);
	program_free(khal);
	program_free(script);
	program_free(p);
}

/* ---- A command instead of a server. */

static void write_command(struct program *p, int status)
{
	char text[400];
	const char *path = program_path(p, "sendmail");

	snprintf(text, sizeof(text),
		"#!/bin/sh\necho \"$@\" >>%s/arguments\nif [ %d != 0 ]; then echo no good; exit %d;"
		" fi\ncat >%s/sent/$$.eml\n",
		program_folder(p), status, status, program_folder(p));
	program_write(p, "sendmail", text);
	cr_assert_eq(chmod(path, 0755), 0);
	mail_folder(p, "sent");
	program_ok(p, "config set mail.command '%s -i'", path);
}

Test(command, gets_the_addresses_as_words_and_the_e_mail_as_input, .timeout = 60)
{
	struct program *p = mail_installation();
	char *arguments;
	json_t *all;

	write_command(p, 0);
	mail_book(p);
	program_ok(p, "outbox send --meeting 1");
	arguments = program_read(program_path(p, "arguments"), NULL);
	cr_expect_str_eq(arguments, "-i -f " FROM " -- a@vaara.example\n"
				    "-i -f " FROM " -- b@vaara.example\n"
				    "-i -f " FROM " -- perhe@koti.example\n");
	all = mail_read_all(mail_folder(p, "sent"));
	cr_expect_eq(json_array_size(all), 3);
	expect_sound_calendar(mail_to(all, a), "REQUEST");
	json_decref(all);
	free(arguments);
	program_free(p);
}

Test(command, that_fails_for_a_time_or_for_good_says_so_by_its_exit_status, .timeout = 60)
{
	static const struct {
		int status;
		const char *state;
		bool may_have_left; /* of any other status nobody knows */
	} known[] = { { 75, "queued", false }, { 1, "queued", true }, { 67, "failed", false },
		{ 65, "failed", false } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct program *p = mail_installation();
		sqlite3 *db = database_open(p);
		char sql[200];

		write_command(p, known[i].status);
		mail_book(p);
		program_ok(p, "outbox send --meeting 1");
		snprintf(sql, sizeof(sql),
			"SELECT count(*) FROM message WHERE state = '%s' AND error = 'no good'"
			" AND may_have_left = %d",
			known[i].state, known[i].may_have_left);
		cr_expect_eq(database_number(db, sql), 3, "exit %d", known[i].status);
		sqlite3_close(db);
		program_free(p);
	}
}
