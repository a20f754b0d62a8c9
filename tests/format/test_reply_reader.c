#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/field.h"
#include "kutsu/format/reply_reader.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HELSINKI "Europe/Helsinki"

static struct arena arena;
static struct reply reply;
static struct error err;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
	zone_set(HELSINKI);
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(reply_reader, .init = set_up, .fini = tear_down);

static bool reads(const char *text)
{
	return reply_read(text, strlen(text), HELSINKI, &arena, &reply, &err);
}

static void expect_refused(const char *text, const char *why)
{
	cr_expect_not(reads(text), "%s", text);
	cr_expect_eq(err.code, ERROR_INVALID, "%s", text);
	cr_expect(strstr(err.text, why), "\"%s\", not \"%s\"", err.text, why);
	cr_expect_null(reply.uid, "after a failure nothing is filled");
}

static void expect_answer(enum answer answer, int sequence)
{
	cr_expect_str_eq(reply.uid, "5f0d8a3e");
	cr_expect_str_eq(reply.attendee, "a@vaara.example");
	cr_expect_eq(reply.answer, answer);
	cr_expect_eq(reply.sequence, sequence);
	cr_expect_eq(reply.stamp, zone_to_moment(day_from_civil(2026, 11, 24), 660) + 30);
}

/* A calendar with this method and these lines in its only event. */
static const char *calendar(const char *method, const char *lines)
{
	return arena_printf(&arena,
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nMETHOD:%s\r\n"
		"BEGIN:VEVENT\r\nUID:5f0d8a3e\r\nDTSTAMP:20261124T090030Z\r\n%sEND:VEVENT\r\n"
		"END:VCALENDAR\r\n",
		method, lines);
}

#define ACCEPTED "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@vaara.example\r\n"

/* ---- As other programs write them. */

static const char google[] =
	"BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\n"
	"CALSCALE:GREGORIAN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nDTSTART:20261202T110000Z\r\n"
	"DTEND:20261202T120000Z\r\nDTSTAMP:20261124T090030Z\r\n"
	"ORGANIZER:mailto:kutsu@vaara.example\r\nUID:5f0d8a3e\r\n"
	"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=a@vaar\r\n"
	" a.example;X-NUM-GUESTS=0:mailto:a@vaara.example\r\nCREATED:20261124T084200Z\r\n"
	"DESCRIPTION:\r\nLAST-MODIFIED:20261124T090030Z\r\nLOCATION:\r\nSEQUENCE:0\r\n"
	"STATUS:CONFIRMED\r\nSUMMARY:Kutsuneuvonpito 12\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\n"
	"END:VCALENDAR\r\n";

#define WINDOWS_ZONE                                                                               \
	"BEGIN:VTIMEZONE\r\nTZID:FLE Standard Time\r\nBEGIN:STANDARD\r\n"                          \
	"DTSTART:16010101T040000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\n"                    \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"                   \
	"BEGIN:DAYLIGHT\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\n"                      \
	"TZOFFSETTO:+0300\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\n"                \
	"END:DAYLIGHT\r\nEND:VTIMEZONE\r\n"

static const char outlook[] =
	"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nPRODID:Microsoft Exchange Server 2010\r\n"
	"VERSION:2.0\r\n" WINDOWS_ZONE "BEGIN:VEVENT\r\n"
	"ATTENDEE;PARTSTAT=DECLINED;CN=\"Virtanen, Seija\":MAILTO:a@vaara.example\r\n"
	"COMMENT;LANGUAGE=fi-FI:Olen poissa\\; tulen\\, jos aika vaihtuu.\\n\r\nUID:5f0d8a3e\r\n"
	"SUMMARY;LANGUAGE=fi-FI:Hylätty: Kutsuneuvonpito 12\r\n"
	"DTSTART;TZID=FLE Standard Time:20261202T130000\r\n"
	"DTEND;TZID=FLE Standard Time:20261202T140000\r\nCLASS:PRIVATE\r\nPRIORITY:5\r\n"
	"DTSTAMP:20261124T090030Z\r\nTRANSP:OPAQUE\r\nSTATUS:CONFIRMED\r\nSEQUENCE:3\r\n"
	"LOCATION;LANGUAGE=fi-FI:\r\nX-MICROSOFT-CDO-APPT-SEQUENCE:3\r\nEND:VEVENT\r\n"
	"END:VCALENDAR\r\n";

static const char outlook_counter[] =
	"BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nPRODID:Microsoft Exchange Server 2010\r\n"
	"VERSION:2.0\r\n" WINDOWS_ZONE "BEGIN:VEVENT\r\n"
	"ATTENDEE;PARTSTAT=TENTATIVE;CN=Seija:MAILTO:a@vaara.example\r\nUID:5f0d8a3e\r\n"
	"DTSTART;TZID=FLE Standard Time:20261209T120000\r\n"
	"DTEND;TZID=FLE Standard Time:20261209T130000\r\nDTSTAMP:20261124T090030Z\r\n"
	"SEQUENCE:2\r\nX-MICROSOFT-CDO-COUNTER:TRUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

Test(reply_reader, takes_googles_yes)
{
	cr_assert(reads(google), "%s", err.text);
	expect_answer(ANSWER_ACCEPTED, 0);
	cr_expect_null(reply.note);
	cr_expect_null(reply.from, "a calendar alone says of no sender");
}

Test(reply_reader, takes_outlooks_no_with_its_comment)
{
	cr_assert(reads(outlook), "%s", err.text);
	expect_answer(ANSWER_DECLINED, 3);
	cr_assert_not_null(reply.note);
	cr_expect(strstr(reply.note, "Olen poissa; tulen, jos aika vaihtuu."), "%s", reply.note);
}

Test(reply_reader, takes_outlooks_other_time_in_a_windows_zone)
{
	cr_assert(reads(outlook_counter), "%s", err.text);
	expect_answer(ANSWER_COUNTER, 2);
	cr_expect_eq(reply.counter_day, day_from_civil(2026, 12, 9));
	cr_expect_eq(reply.counter_start, 720);
}

Test(reply_reader, takes_another_time_in_utc_by_the_wall)
{
	cr_assert(reads(calendar("COUNTER", ACCEPTED "DTSTART:20261209T223000Z\r\n")), "%s",
		err.text);
	cr_expect_eq(reply.answer, ANSWER_COUNTER);
	cr_expect_eq(reply.counter_day, day_from_civil(2026, 12, 10));
	cr_expect_eq(reply.counter_start, 30);
	/* In summer it is three hours. */
	cr_assert(reads(calendar("COUNTER", ACCEPTED "DTSTART:20270609T100000Z\r\n")));
	cr_expect_eq(reply.counter_start, 780);
}

Test(reply_reader, takes_another_time_without_a_zone_as_the_walls)
{
	cr_assert(reads(calendar("COUNTER", ACCEPTED "DTSTART:20261209T123000\r\n")));
	cr_expect_eq(reply.counter_start, 750);
}

Test(reply_reader, another_time_that_can_t_be_read_is_refused)
{
	static const char *const starts[] = { "", "DTSTART;VALUE=DATE:20261209\r\n",
		"DTSTART:tomorrow\r\n", "DTSTART;TZID=Nowhere:20261209T123000\r\n" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		expect_refused(
			calendar("COUNTER", arena_printf(&arena, "%s%s", ACCEPTED, starts[i])),
			"another time that can't be read");
}

Test(reply_reader, who_sends_a_deputy_says_so)
{
	static const char delegating[] =
		"SEQUENCE:1\r\n"
		"ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:b@vaara.example\":"
		"mailto:a@vaara.example\r\n";
	static const char deputy[] =
		"ATTENDEE;PARTSTAT=NEEDS-ACTION;DELEGATED-FROM=\"mailto:a@vaara.example\":"
		"mailto:b@vaara.example\r\n";

	cr_assert(reads(calendar("REPLY", delegating)), "%s", err.text);
	expect_answer(ANSWER_DEPUTY, 1);
	cr_assert(reads(calendar("REPLY", arena_printf(&arena, "%s%s", delegating, deputy))), "%s",
		err.text);
	expect_answer(ANSWER_DEPUTY, 1);
	cr_assert(reads(calendar("REPLY", arena_printf(&arena, "%s%s", deputy, delegating))), "%s",
		err.text);
	expect_answer(ANSWER_DEPUTY, 1);
	expect_refused(calendar("REPLY", deputy), "whose it is");
}

Test(reply_reader, says_neither_yes_nor_no_is_no_answer)
{
	static const char *const statuses[] = { ";PARTSTAT=TENTATIVE", ";PARTSTAT=NEEDS-ACTION",
		";PARTSTAT=X-MAYBE", "", ";PARTSTAT=" };

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		expect_refused(
			calendar("REPLY",
				arena_printf(&arena, "ATTENDEE%s:mailto:a@x.fi\r\n", statuses[i])),
			"neither yes nor no");
}

Test(reply_reader, each_answers_alone)
{
	expect_refused(
		calendar("REPLY", ACCEPTED "ATTENDEE;PARTSTAT=DECLINED:mailto:b@vaara.example\r\n"),
		"several people");
	expect_refused(calendar("REPLY", ""), "whose it is");
	expect_refused(calendar("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:urn:x\r\n"), "whose it is");
}

Test(reply_reader, other_methods_are_no_answers)
{
	static const char *const methods[] = { "REQUEST", "CANCEL", "PUBLISH", "REFRESH", "ADD",
		"DECLINECOUNTER", "" };

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		expect_refused(calendar(methods[i], ACCEPTED), "no answer to an invitation");
}

Test(reply_reader, without_its_marks_it_is_refused)
{
	static const char begin[] = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n";
	static const char end[] = "END:VCALENDAR\r\n";
	static const struct {
		const char *events, *why;
	} known[] = {
		{ "", "not of one meeting" },
		{ "BEGIN:VEVENT\r\nDTSTAMP:20261124T090030Z\r\n" ACCEPTED "END:VEVENT\r\n",
			"(UID)" },
		{ "BEGIN:VEVENT\r\nUID: \r\nDTSTAMP:20261124T090030Z\r\n" ACCEPTED "END:VEVENT\r\n",
			"(UID)" },
		{ "BEGIN:VEVENT\r\nUID:u\r\n" ACCEPTED "END:VEVENT\r\n", "(DTSTAMP)" },
		{ "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:now\r\n" ACCEPTED "END:VEVENT\r\n",
			"(DTSTAMP)" },
		{ "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20261124T090030Z\r\n"
		  "RECURRENCE-ID:20261124T090030Z\r\n" ACCEPTED "END:VEVENT\r\n",
			"(UID)" },
		{ "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20261124T090030Z\r\nSEQUENCE:-1\r\n" ACCEPTED
		  "END:VEVENT\r\n",
			"SEQUENCE" },
		{ "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20261124T090030Z\r\nSEQUENCE:2x\r\n" ACCEPTED
		  "END:VEVENT\r\n",
			"SEQUENCE" },
		{ "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20261124T090030Z\r\n"
		  "SEQUENCE:99999999999999999999\r\n" ACCEPTED "END:VEVENT\r\n",
			"SEQUENCE" },
		{ "BEGIN:VEVENT\r\nUID:u\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nEND:VEVENT\r\n",
			"not of one meeting" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		expect_refused(
			arena_printf(&arena, "%s%s%s", begin, known[i].events, end), known[i].why);
}

Test(reply_reader, a_comment_that_no_field_may_hold_is_not_kept)
{
	char long_one[FIELD_SHORT + 2];

	memset(long_one, 'a', sizeof(long_one));
	long_one[sizeof(long_one) - 1] = '\0';
	cr_assert(reads(
		calendar("REPLY", arena_printf(&arena, "%sCOMMENT:%s\r\n", ACCEPTED, long_one))));
	cr_expect_null(reply.note);
	cr_assert(reads(calendar("REPLY", ACCEPTED "COMMENT:koodi 010115A901C tässä\r\n")));
	cr_expect_null(reply.note, "a personal identity code is never kept");
	cr_assert(reads(calendar("REPLY", ACCEPTED "COMMENT: \r\n")));
	cr_expect_null(reply.note);
	cr_assert(reads(calendar("REPLY", ACCEPTED "COMMENT:\x1b[2Jhei\r\n")));
	cr_expect(!reply.note || !strchr(reply.note, '\x1b'));
}

/* ---- E-mails. */

static const char base64_mail[] =
	"From: \"Unit A, Suistola\" <A@vaara.example>\r\nTo: kutsu@vaara.example\r\n"
	"Subject: =?UTF-8?Q?Hyv=C3=A4ksytty?=\r\nMIME-Version: 1.0\r\n"
	"Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\n"
	"Content-Type: text/plain; charset=UTF-8\r\n\r\nTullaan.\r\n--b1\r\n"
	"Content-Type: text/calendar; charset=UTF-8; method=REPLY\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\n%s\r\n--b1--\r\n";

/* Base64 in lines; glib's own is no part of this binary. */
static const char *base64(const char *text)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t length = strlen(text), used = 0, column = 0;
	char *to = arena_new(&arena, length * 3 / 2 + 16);

	for (size_t i = 0; i < length; i += 3) {
		unsigned a = (unsigned char)text[i];
		unsigned b = i + 1 < length ? (unsigned char)text[i + 1] : 0;
		unsigned c = i + 2 < length ? (unsigned char)text[i + 2] : 0;

		to[used++] = letters[a >> 2];
		to[used++] = letters[(a & 3) << 4 | b >> 4];
		to[used++] = i + 1 < length ? letters[(b & 15) << 2 | c >> 6] : '=';
		to[used++] = i + 2 < length ? letters[c & 63] : '=';
		if ((column += 4) == 76) {
			to[used++] = '\r';
			to[used++] = '\n';
			column = 0;
		}
	}
	to[used] = '\0';
	return to;
}

Test(reply_reader, takes_a_base64_e_mail_with_its_sender)
{
	cr_assert(reads(arena_printf(&arena, base64_mail, base64(google))), "%s", err.text);
	expect_answer(ANSWER_ACCEPTED, 0);
	cr_expect_str_eq(reply.from, "A@vaara.example");
}

Test(reply_reader, takes_a_quoted_printable_e_mail_in_another_alphabet)
{
	static const char mail[] =
		"From: a@vaara.example\nMIME-Version: 1.0\n"
		"Content-Type: multipart/mixed; boundary=out\n\n--out\n"
		"Content-Type: multipart/alternative; boundary=in\n\n--in\n"
		"Content-Type: text/plain\n\nEi\n--in\n"
		"Content-Type: TEXT/Calendar; charset=\"iso-8859-1\"; method=REPLY\n"
		"Content-Transfer-Encoding: quoted-printable\n\n"
		"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:5f0d8a3e\nSEQUENCE:1\n"
		"DTSTAMP:20261124T090030Z\nATTENDEE;PARTSTAT=3DDECLINED:mailto:a@vaara.=\nexample\n"
		"COMMENT:P=E4=E4llekk=E4in\nEND:VEVENT\nEND:VCALENDAR\n--in--\n--out\n"
		"Content-Type: application/pdf\nContent-Transfer-Encoding: "
		"base64\n\nAAAA\n--out--\n";

	cr_assert(reads(mail), "%s", err.text);
	expect_answer(ANSWER_DECLINED, 1);
	cr_expect_str_eq(reply.note, "Päällekkäin");
	cr_expect_str_eq(reply.from, "a@vaara.example");
}

Test(reply_reader, an_e_mail_without_a_calendar_or_sender_is_refused)
{
	expect_refused("From: a@x.fi\r\n\r\nTulen kyllä.\r\n", "no calendar in the e-mail");
	expect_refused(arena_printf(&arena, "Content-Type: text/calendar\r\n\r\n%s", google),
		"from which one address");
	expect_refused(arena_printf(&arena,
			       "From: a@vaara.example, b@x.fi\r\nContent-Type: text/calendar\r\n"
			       "\r\n%s",
			       google),
		"from which one address");
	expect_refused(arena_printf(&arena,
			       "From: a@vaara.example\r\nFrom: b@x.fi\r\n"
			       "Content-Type: text/calendar\r\n\r\n%s",
			       google),
		"from which one address");
	expect_refused(arena_printf(&arena,
			       "From: undisclosed:;\r\nContent-Type: text/calendar\r\n"
			       "\r\n%s",
			       google),
		"from which one address");
}

Test(reply_reader, an_answer_in_a_forwarded_e_mail_is_not_its_senders)
{
	expect_refused(arena_printf(&arena,
			       "From: b@x.fi\r\nMIME-Version: 1.0\r\n"
			       "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
			       "Content-Type: message/rfc822\r\n\r\nFrom: a@vaara.example\r\n"
			       "Content-Type: text/calendar; method=REPLY\r\n\r\n%s\r\n--b--\r\n",
			       google),
		"no calendar in the e-mail");
}

Test(reply_reader, any_bytes_at_all_are_refused_in_words)
{
	static const char *const garbage[] = { "", "\r\n", "BEGIN:VCALENDAR", "BEGIN:VEVENT\r\n",
		"\xef\xbb\xbf", "\xff\xfe\xff", "\x1f\x8b\x08", "%PDF-1.4", "{\"a\": 1}",
		"From: a@x\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
		("From: a@x\r\nContent-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n"
		 "\r\n!!!!") };

	for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
		cr_expect_not(reads(garbage[i]), "%zu", i);
		cr_expect_eq(err.code, ERROR_INVALID, "%zu", i);
		cr_expect_str_not_empty(err.text);
	}
}

Test(reply_reader, a_picture_in_the_signature_is_no_harm_and_a_film_is)
{
	size_t size = REPLY_LARGEST;
	char *bytes = malloc(size + 1);
	const char *mail = arena_printf(&arena, base64_mail, base64(google));

	memset(bytes, '\n', size + 1);
	memcpy(bytes, mail, strlen(mail));
	cr_expect(reply_read(bytes, size, HELSINKI, &arena, &reply, &err), "%s", err.text);
	cr_expect_not(reply_read(bytes, size + 1, HELSINKI, &arena, &reply, &err));
	cr_expect(strstr(err.text, "larger than 4"), "%s", err.text);
	free(bytes);
}
