#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/base/zone.h"
#include "kutsu/format/letter.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACE "Kesälän koulu, 2. krs"

static struct arena arena;
static struct meeting meeting;
static struct error err;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
	zone_set("Europe/Helsinki");
	meeting = (struct meeting) { .id = 12,
		.case_code = "2026-0147",
		.day = day_from_civil(2026, 12, 1),
		.start = 780,
		.end = 840,
		.place = PLACE,
		.status = MEETING_BOOKED,
		.uid = "5f0d8a3e" };
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(letter, .init = set_up, .fini = tear_down);

static struct letter a_letter(enum message_kind kind)
{
	return (struct letter) { .kind = kind,
		.meeting = &meeting,
		.stamp = zone_to_moment(day_from_civil(2026, 11, 24), 642),
		.language = LANGUAGE_FI,
		.zone = "Europe/Helsinki",
		.from = "kutsu@vaara.example",
		.to = "a@vaara.example",
		.message_id = "11111111-2222-4333-8444-555555555555@vaara.example",
		.region = "Väärä, alue",
		.phone = "044 123 4567",
		.alarm_minutes = 60 };
}

static const char *mail_of(const struct letter *letter)
{
	const char *mail;

	cr_assert(letter_mail(letter, &arena, &mail, &err), "%s", err.text);
	return mail;
}

static const char *calendar_of(const struct letter *letter)
{
	const char *calendar;

	cr_assert(letter_calendar(letter, &arena, &calendar, &err), "%s", err.text);
	return calendar;
}

/* Without the folds; free() */
static char *unfolded(const char *calendar)
{
	char *plain = strdup(calendar), *to = plain;

	for (const char *c = calendar; *c; c++) {
		if (strncmp(c, "\r\n ", 3) == 0)
			c += 2;
		else
			*to++ = *c;
	}
	*to = '\0';
	return plain;
}

static bool has_line(const char *calendar, const char *line)
{
	char *plain = unfolded(calendar);
	bool has = strstr(plain, arena_printf(&arena, "\r\n%s\r\n", line));

	free(plain);
	return has;
}

/* ---- What people read. */

Test(letter, each_kind_says_what_it_is_in_three_languages)
{
	static const struct {
		enum message_kind kind;
		int sequence;
		const char *subject[LANGUAGES];
	} known[] = {
		{ MESSAGE_REQUEST, 0,
			{ [LANGUAGE_FI] = "Kutsuneuvonpito 12, ",
				[LANGUAGE_SV] = "Rådslag 12, ",
				[LANGUAGE_EN] = "Invited network meeting 12, " } },
		{ MESSAGE_REQUEST, 1,
			{ [LANGUAGE_FI] = "Uusi aika: ",
				[LANGUAGE_SV] = "Ny tid: ",
				[LANGUAGE_EN] = "New time: " } },
		{ MESSAGE_REMINDER, 0,
			{ [LANGUAGE_FI] = "Muistutus: ",
				[LANGUAGE_SV] = "Påminnelse: ",
				[LANGUAGE_EN] = "Reminder: " } },
		{ MESSAGE_CANCEL, 1,
			{ [LANGUAGE_FI] = "Peruttu: ",
				[LANGUAGE_SV] = "Inställt: ",
				[LANGUAGE_EN] = "Cancelled: " } },
		{ MESSAGE_FAMILY, 0,
			{ [LANGUAGE_FI] = "Sovittu tapaaminen: ",
				[LANGUAGE_SV] = "Mötet vi kom överens om: ",
				[LANGUAGE_EN] = "The meeting we agreed on: " } },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		for (int language = 0; language < LANGUAGES; language++) {
			struct letter letter = a_letter(known[i].kind);
			const char *subject;

			letter.sequence = known[i].sequence;
			letter.is_new_time = known[i].sequence > 0;
			letter.language = (enum language)language;
			subject = letter_subject(&letter, &arena);
			cr_expect(strstr(subject, known[i].subject[language]), "%zu, %d: %s", i,
				language, subject);
		}
	}
}

Test(letter, is_in_its_own_language_whoever_writes_it_and_leaves_that_as_it_was)
{
	struct letter letter = a_letter(MESSAGE_REQUEST);
	const char *in_finnish, *mail;

	in_finnish = letter_body(&letter, &arena);
	mail = mail_of(&letter);
	message_set_language(LANGUAGE_SV);
	cr_expect_str_eq(letter_body(&letter, &arena), in_finnish);
	cr_expect_str_eq(mail_of(&letter), mail);
	cr_expect_eq(message_language(), LANGUAGE_SV);
	letter.language = LANGUAGE_EN;
	cr_expect_str_neq(letter_body(&letter, &arena), in_finnish);
	cr_expect_eq(message_language(), LANGUAGE_SV);
}

Test(letter, tells_time_place_number_caller_and_phone)
{
	struct letter letter = a_letter(MESSAGE_REQUEST);
	const char *body = letter_body(&letter, &arena);

	cr_expect(strstr(body, "ti 1.12.2026 klo 13.00–14.00"), "%s", body);
	cr_expect(strstr(body, PLACE), "%s", body);
	cr_expect(strstr(body, "12\n"), "%s", body);
	cr_expect(strstr(body, "Väärä, alue"), "%s", body);
	cr_expect(strstr(body, "044 123 4567"), "%s", body);
	cr_expect_not(strstr(body, "2026-0147"), "the case's code is no unit's matter: %s", body);
}

Test(letter, under_a_non_disclosure_order_no_place_leaves)
{
	for (int kind = 0; kind < MESSAGE_KINDS; kind++) {
		struct letter letter = a_letter((enum message_kind)kind);

		meeting.nondisclosure = true;
		cr_expect_not(strstr(letter_body(&letter, &arena), "Kesäl"), "%d", kind);
		if (kind != MESSAGE_FAMILY)
			cr_expect_not(strstr(calendar_of(&letter), "\r\nLOCATION"), "%d", kind);
	}
}

Test(letter, of_a_demonstration_says_so)
{
	struct letter letter = a_letter(MESSAGE_FAMILY);

	letter.language = LANGUAGE_EN;
	cr_expect_not(strstr(letter_body(&letter, &arena), "DEMONSTRATION"));
	letter.is_demo = true;
	cr_expect(strstr(letter_body(&letter, &arena), "DEMONSTRATION"));
}

/* ---- What calendars read. */

Test(letter, a_request_asks_the_one_unit_for_an_answer)
{
	struct letter letter = a_letter(MESSAGE_REQUEST);
	const char *calendar = calendar_of(&letter);

	cr_expect(has_line(calendar, "METHOD:REQUEST"));
	cr_expect(has_line(calendar, "UID:5f0d8a3e"));
	cr_expect(has_line(calendar, "SEQUENCE:0"));
	cr_expect(has_line(calendar, "DTSTAMP:20261124T084200Z"));
	cr_expect(has_line(calendar, "DTSTART;TZID=Europe/Helsinki:20261201T130000"));
	cr_expect(has_line(calendar, "DTEND;TZID=Europe/Helsinki:20261201T140000"));
	cr_expect(has_line(calendar, "TZID:Europe/Helsinki"));
	cr_expect(has_line(calendar, "ORGANIZER:mailto:kutsu@vaara.example"));
	cr_expect(
		has_line(calendar, "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:"
				   "mailto:a@vaara.example"));
	cr_expect(has_line(calendar, "STATUS:CONFIRMED"));
	cr_expect(has_line(calendar, "CLASS:PRIVATE"));
	cr_expect(has_line(calendar, "LOCATION:Kesälän koulu\\, 2. krs"), "%s", calendar);
}

Test(letter, a_reminder_is_the_same_request_again)
{
	struct letter letter = a_letter(MESSAGE_REMINDER);

	letter.sequence = 3;
	cr_expect(has_line(calendar_of(&letter), "METHOD:REQUEST"));
	cr_expect(has_line(calendar_of(&letter), "SEQUENCE:3"));
}

Test(letter, a_cancellation_cancels_and_asks_nothing)
{
	struct letter letter = a_letter(MESSAGE_CANCEL);
	const char *calendar;

	letter.sequence = 4;
	calendar = calendar_of(&letter);
	cr_expect(has_line(calendar, "METHOD:CANCEL"));
	cr_expect(has_line(calendar, "STATUS:CANCELLED"));
	cr_expect(has_line(calendar, "SEQUENCE:4"));
	cr_expect(has_line(calendar, "UID:5f0d8a3e"));
	cr_expect_not(strstr(calendar, "RSVP"));
	cr_expect_not(strstr(calendar, "VALARM"));
}

Test(letter, the_alarm_is_as_long_before_as_the_setting_says)
{
	struct letter letter = a_letter(MESSAGE_REQUEST);

	cr_expect(has_line(calendar_of(&letter), "BEGIN:VALARM"));
	cr_expect(has_line(calendar_of(&letter), "TRIGGER:-PT1H"), "%s", calendar_of(&letter));
	letter.alarm_minutes = 15;
	cr_expect(has_line(calendar_of(&letter), "TRIGGER:-PT15M"));
	letter.alarm_minutes = 0;
	cr_expect_not(strstr(calendar_of(&letter), "VALARM"));
}

Test(letter, the_familys_has_no_calendar)
{
	struct letter letter = a_letter(MESSAGE_FAMILY);

	cr_expect_null(calendar_of(&letter));
	cr_expect_not(strstr(mail_of(&letter), "text/calendar"));
}

Test(letter, a_zone_that_libical_does_not_know_is_told)
{
	struct letter letter = a_letter(MESSAGE_REQUEST);
	const char *text = "";

	letter.zone = "Europe/Nowhere";
	cr_expect_not(letter_calendar(&letter, &arena, &text, &err));
	cr_expect_eq(err.code, ERROR_FAILED);
	cr_expect_null(text);
	cr_expect_not(letter_mail(&letter, &arena, &text, &err));
	cr_expect_null(text);
}

/* ---- Bytes. */

Test(letter, the_same_letter_is_the_same_bytes)
{
	for (int kind = 0; kind < MESSAGE_KINDS; kind++) {
		struct letter letter = a_letter((enum message_kind)kind);

		cr_expect_str_eq(mail_of(&letter), mail_of(&letter));
	}
}

/* Longest line without its CRLF; -1 where a line ends otherwise. */
static int longest_line(const char *bytes)
{
	int longest = 0;

	while (*bytes) {
		size_t length = strcspn(bytes, "\r\n");

		if (strncmp(bytes + length, "\r\n", 2) != 0)
			return -1;
		longest = (int)length > longest ? (int)length : longest;
		bytes += length + 2;
	}
	return longest;
}

Test(letter, lines_are_folded_and_end_as_the_rfcs_ask)
{
	static char place[300];

	for (size_t i = 0; i + 2 < sizeof(place) - 100; i += 2)
		memcpy(place + i, "ä", 2);
	meeting.place = place;
	for (int kind = 0; kind < MESSAGE_KINDS; kind++) {
		struct letter letter = a_letter((enum message_kind)kind);
		const char *mail = mail_of(&letter), *calendar = calendar_of(&letter);

		cr_expect_gt(longest_line(mail), 0, "kind %d", kind);
		cr_expect_leq(longest_line(mail), 78, "kind %d: %d", kind, longest_line(mail));
		for (const char *c = mail; *c; c++)
			cr_assert((unsigned char)*c < 128, "an e-mail is ASCII: %s", c);
		if (!calendar)
			continue;
		cr_expect_gt(longest_line(calendar), 0, "kind %d", kind);
		cr_expect_leq(
			longest_line(calendar), 75, "kind %d: %d", kind, longest_line(calendar));
		cr_expect(utf8_is_valid(calendar));
	}
}
