#include "kutsu/format/memo.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/slot.h"
#include "written.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

static void set_up(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	zone_set("Europe/Helsinki");
	message_set_language(LANGUAGE_EN);
}

TestSuite(memo, .init = set_up);

/* ---- A case with three units of three sectors: one whose consent is in force, one whose was
 * withdrawn, one whose is in force but that was not at the first meeting. */

#define SOCIAL SECTOR_FAMILY_SOCIAL
#define SCHOOL SECTOR_SCHOOL
#define ADULTS SECTOR_ADULT_SERVICES

static struct unit units[] = {
	{ .code = "PNE", .name = "Suistolan perheneuvola", .sector = SOCIAL },
	{ .code = "KOU", .name = "Suistolan koulu", .sector = SCHOOL },
	{ .code = "AMT", .name = "Aikuisten mielenterveys", .sector = ADULTS },
	{ .code = "SRK", .name = "Seurakunta", .sector = SECTOR_PARISH },
};
static const char *const first_units[] = { "PNE", "KOU" }, *const second_units[] = { "KOU", "AMT" };
static const char *const adults[] = { "mother", "grandmother" };
static const char *const everyday[] = { "mother", "father" };
static struct agreed_action actions[] = {
	{ .id = 5,
		.meeting_id = 12,
		.case_code = "2026-0147",
		.who = "class teacher",
		.what = "calls on Fridays",
		.environment = ENVIRONMENT_SCHOOL,
		.done = true },
	{ .id = 6,
		.meeting_id = 12,
		.case_code = "2026-0147",
		.who = "father",
		.what = "swimming hall",
		.environment = ENVIRONMENT_LEISURE,
		.due_day = DAY_LAST },
};

static int64_t at(int month, int day, int minute)
{
	return zone_to_moment(day_from_civil(2026, month, day), minute);
}

struct fixture {
	struct memo memo;
	struct call calls[2];
	struct consent consents[3];
	struct memo_meeting meetings[2];
};

static void fill_first(struct memo_meeting *first)
{
	first->meeting = (struct meeting) { .id = 12,
		.case_code = "2026-0147",
		.day = day_from_civil(2026, 12, 2),
		.start = 780,
		.end = 840,
		.place = "Suistola, Kaarna",
		.status = MEETING_RECORDED,
		.units = first_units,
		.unit_count = 2 };
	first->has_record = true;
	first->record = (struct meeting_record) { .attended = first_units,
		.attended_count = 1,
		.absent = first_units + 1,
		.absent_count = 1,
		.adults = adults,
		.adult_count = 2,
		.facilitator = "midwife",
		.child_present = KNOWN_YES,
		.child_heard = KNOWN_NO,
		.strengths = "a friend next door",
		.vulnerabilities = "hard mornings",
		.notes = "sleeps badly",
		.actions = actions,
		.action_count = 2,
		.follow_up_needed = KNOWN_YES,
		.follow_up_within_weeks = 6 };
}

static void fill(struct fixture *f)
{
	*f = (struct fixture) { 0 };
	actions[0].due_day = day_from_civil(2026, 12, 15);
	f->calls[0] = (struct call) { .id = 1,
		.case_code = "2026-0147",
		.received_at = at(11, 24, 642),
		.source = SOURCE_SCHOOL,
		.caller = "class teacher",
		.phone = "2101",
		.concern = "more and more absences" };
	f->calls[1] = (struct call) { .id = 2,
		.case_code = "2026-0147",
		.received_at = at(11, 25, 540),
		.source = SOURCE_FAMILY,
		.phone = "2102" };
	f->consents[0] = (struct consent) { .unit = "PNE",
		.given_by = "guardian A",
		.how = "by phone",
		.given_at = at(11, 24, 0) };
	f->consents[1] = (struct consent) { .unit = "KOU",
		.given_by = "guardian B",
		.given_at = at(11, 24, 0),
		.withdrawn_at = at(11, 26, 0) };
	f->consents[2] = (struct consent) {
		.unit = "AMT", .given_by = "guardian C", .given_at = at(11, 24, 0)
	};
	fill_first(&f->meetings[0]);
	f->meetings[1].meeting = (struct meeting) { .id = 13,
		.case_code = "2026-0147",
		.kind = MEETING_FOLLOW_UP,
		.day = day_from_civil(2027, 1, 13),
		.start = 780,
		.end = 840,
		.place = "Suistola, Teams",
		.status = MEETING_CANCELLED,
		.cancelled_reason = "flu at home",
		.units = second_units,
		.unit_count = 2 };
	f->memo = (struct memo) {
		.case_ref = { .id = 147,
			.code = "2026-0147",
			.opened_at = at(11, 24, 642),
			.status = CASE_CLOSED,
			.closed_at = at(12, 30, 600),
			.closed_reason = "the support is enough",
			.child = "A. K.",
			.birth_year = 2016,
			.municipality = "Suistola",
			.language = "fi",
			.interpreter = "zz",
			.concern = "more and more absences",
			.adults = everyday,
			.adult_count = 2 },
		.calls = { f->calls, 2 },
		.consents = { f->consents, 3 },
		.meetings = f->meetings,
		.meeting_count = 2,
		.units = { units, sizeof(units) / sizeof(units[0]) },
	};
}

/* free() */
static char *text_of(const struct memo *memo, int sector)
{
	struct written written;

	memo_write_text(written_open(&written), memo, sector);
	written_close(&written);
	return written.text;
}

/* free() */
static char *json_of(const struct memo *memo, int sector)
{
	struct written written;

	memo_write_json(written_open(&written), memo, sector);
	written_close(&written);
	return written.text;
}

/* Both forms, one behind the other. free() */
static char *both_of(const struct memo *memo, int sector)
{
	char *text = text_of(memo, sector), *json = json_of(memo, sector);

	text = realloc(text, strlen(text) + strlen(json) + 1);
	strcat(text, json);
	free(json);
	return text;
}

/* free() */
static char *form_of(
	void (*write)(FILE *file, const struct memo *memo, int sector), const struct memo *memo)
{
	struct written written;

	write(written_open(&written), memo, MEMO_ALL_SECTORS);
	written_close(&written);
	return written.text;
}

static void expect_has(const char *text, const char *const *parts)
{
	for (; *parts; parts++)
		cr_expect(strstr(text, *parts), "\"%s\" is missing in\n%s", *parts, text);
}

static void expect_has_not(const char *text, const char *const *parts)
{
	for (; *parts; parts++)
		cr_expect_not(strstr(text, *parts), "\"%s\" stands in\n%s", *parts, text);
}

/* What was said, by whoever. */
static const char *const said[] = { "A. K.", "2016", "zz", "mother", "father", "class teacher",
	"absences", "midwife", "friend next door", "hard mornings", "sleeps badly", "Fridays",
	"swimming", "grandmother", "flu at home", "support is enough", NULL };

/* ---- The whole. */

Test(memo, has_all_that_is_known_of_the_case)
{
	struct fixture f;
	char *text;

	fill(&f);
	text = text_of(&f.memo, MEMO_ALL_SECTORS);
	cr_expect_str_eq(text,
		"Memo of case 2026-0147\n"
		"======================\n"
		"Opened: Tue 24.11.2026 at 10:42\n"
		"Closed: Wed 30.12.2026 at 10:00: the support is enough\n"
		"Child: A. K., born 2016\n"
		"Municipality: Suistola\n"
		"Language: fi, interpreter: zz\n"
		"Everyday adults: mother; father\n"
		"\n"
		"Calls\n"
		"-----\n"
		"Tue 24.11.2026 at 10:42\n"
		"  Caller: school, class teacher\n"
		"  Phone: 2101\n"
		"  Concern: more and more absences\n"
		"Wed 25.11.2026 at 09:00\n"
		"  Caller: family\n"
		"  Phone: 2102\n"
		"\n"
		"Consents\n"
		"--------\n"
		"PNE Suistolan perheneuvola\n"
		"  Given by: guardian A\n"
		"  How: by phone\n"
		"  Given: Tue 24.11.2026\n"
		"  In force\n"
		"KOU Suistolan koulu\n"
		"  Given by: guardian B\n"
		"  Given: Tue 24.11.2026\n"
		"  Withdrawn: Thu 26.11.2026\n"
		"AMT Aikuisten mielenterveys\n"
		"  Given by: guardian C\n"
		"  Given: Tue 24.11.2026\n"
		"  In force\n"
		"\n"
		"Meetings\n"
		"--------\n"
		"Wed 2.12.2026 at 13:00–14:00: invited network meeting (12)\n"
		"  Status: recorded\n"
		"  Place: Suistola, Kaarna\n"
		"  Invited: PNE Suistolan perheneuvola; KOU Suistolan koulu\n"
		"  Came: PNE Suistolan perheneuvola\n"
		"  Did not come: KOU Suistolan koulu\n"
		"  Adults present: mother; grandmother\n"
		"  Facilitator: midwife\n"
		"  Child present: yes\n"
		"  Child heard: no\n"
		"  Strengths: a friend next door\n"
		"  Vulnerabilities: hard mornings\n"
		"  Notes: sleeps badly\n"
		"  Agreed: class teacher – calls on Fridays – school – by Tue 15.12.2026 – done\n"
		"  Agreed: father – swimming hall – leisure\n"
		"  Follow-up: needed within 6 weeks\n"
		"Wed 13.1.2027 at 13:00–14:00: follow-up meeting (13)\n"
		"  Status: cancelled\n"
		"  Cancelled because: flu at home\n"
		"  Place: Suistola, Teams\n"
		"  Invited: KOU Suistolan koulu; AMT Aikuisten mielenterveys\n"
		"\n"
		"This is coordination data. The official record is that of the client\n"
		"information system.\n");
	free(text);
}

Test(memo, as_json_has_the_keys_of_the_lists)
{
	struct fixture f;
	char *json;

	fill(&f);
	f.memo.calls.count = 1;
	f.memo.consents.count = 1;
	f.memo.meeting_count = 1;
	f.meetings[0].record.action_count = 1;
	json = json_of(&f.memo, MEMO_ALL_SECTORS);
	cr_expect_str_eq(json,
		"{\"sector\": null, \"consent_in_force\": null, \"case\": {\"code\": "
		"\"2026-0147\", "
		"\"opened\": \"2026-11-24T10:42+02:00\", \"status\": \"closed\", \"child\": \"A. "
		"K.\", "
		"\"birth_year\": 2016, \"municipality\": \"Suistola\", "
		"\"concern\": \"more and more absences\", \"adults\": [\"mother\", \"father\"], "
		"\"closed\": \"2026-12-30T10:00+02:00\", \"closed_reason\": \"the support is "
		"enough\", "
		"\"language\": \"fi\", \"interpreter\": \"zz\", \"non_disclosure\": false, "
		"\"purged\": null}, \"calls\": [\n"
		"{\"id\": 1, \"case\": \"2026-0147\", \"received\": \"2026-11-24T10:42+02:00\", "
		"\"from\": \"school\", \"caller\": \"class teacher\", "
		"\"concern\": \"more and more absences\", \"outcome\": \"meeting\", "
		"\"phone\": \"2101\"}\n"
		"], \"consents\": [\n"
		"{\"unit\": \"PNE\", \"given_by\": \"guardian A\", \"how\": \"by phone\", "
		"\"given\": \"2026-11-24T00:00+02:00\", \"withdrawn\": null}\n"
		"], \"units\": [\n"
		"{\"code\": \"PNE\", \"name\": \"Suistolan perheneuvola\", \"sector\": \"SOS\"},\n"
		"{\"code\": \"KOU\", \"name\": \"Suistolan koulu\", \"sector\": \"SIV\"}\n"
		"], \"meetings\": [\n"
		"{\"id\": 12, \"case\": \"2026-0147\", \"kind\": \"invited\", "
		"\"start\": \"2026-12-02T13:00+02:00\", \"end\": \"2026-12-02T14:00+02:00\", "
		"\"place\": \"Suistola, Kaarna\", \"status\": \"recorded\", "
		"\"units\": [\"PNE\", \"KOU\"], \"attended\": [\"PNE\"], \"absent\": [\"KOU\"], "
		"\"adults\": [\"mother\", \"grandmother\"], \"facilitator\": \"midwife\", "
		"\"child_present\": true, \"child_heard\": false, "
		"\"strengths\": \"a friend next door\", \"vulnerabilities\": \"hard mornings\", "
		"\"notes\": \"sleeps badly\", \"actions\": [\n"
		"{\"id\": 5, \"meeting\": 12, \"case\": \"2026-0147\", \"who\": \"class teacher\", "
		"\"what\": \"calls on Fridays\", \"where\": \"school\", \"due\": "
		"\"2026-12-15\", "
		"\"done\": true}\n"
		"], \"follow_up\": {\"needed\": true, \"within_weeks\": 6, \"reason\": null}}\n"
		"]}\n");
	free(json);
}

Test(memo, tells_dates_as_the_language_in_use_does)
{
	struct fixture f;
	char *text;

	fill(&f);
	message_set_language(LANGUAGE_FI);
	text = text_of(&f.memo, MEMO_ALL_SECTORS);
	expect_has(text, (const char *const[]) { "ti 24.11.2026 klo 10.42",
				 "ke 2.12.2026 klo 13.00–14.00", "viimeistään ti", NULL });
	free(text);
}

Test(memo, of_no_calls_consents_or_meetings_says_so)
{
	struct memo memo = { .case_ref = { .code = "2026-0001", .opened_at = at(11, 24, 642) } };
	char *text = text_of(&memo, MEMO_ALL_SECTORS), *json = json_of(&memo, SCHOOL);

	expect_has(
		text, (const char *const[]) { "Calls\n-----\nnone\n", "Consents\n--------\nnone\n",
			      "Meetings\n--------\nnone\n", NULL });
	expect_has_not(text, (const char *const[]) { "(null)", "Child", "Closed", NULL });
	expect_has(json, (const char *const[]) { "\"meetings\": []", "\"units\": []", NULL });
	free(text);
	free(json);
}

Test(memo, tells_whether_a_follow_up_is_needed_and_if_not_why)
{
	static const struct {
		enum known needed;
		int weeks;
		const char *reason, *wanted;
	} cases[] = {
		{ KNOWN_YES, 1, NULL, "Follow-up: needed within 1 week\n" },
		{ KNOWN_YES, 0, NULL, "Follow-up: needed\n" },
		{ KNOWN_NO, 0, "all is well", "Follow-up: not needed: all is well\n" },
		{ KNOWN_NO, 0, NULL, "Follow-up: not needed\n" },
		{ KNOWN_NOT, 0, NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;
		char *text;

		fill(&f);
		f.meetings[0].record.follow_up_needed = cases[i].needed;
		f.meetings[0].record.follow_up_within_weeks = cases[i].weeks;
		f.meetings[0].record.follow_up_reason = cases[i].reason;
		text = text_of(&f.memo, MEMO_ALL_SECTORS);
		cr_expect(strstr(text, cases[i].wanted ? cases[i].wanted : "  Agreed"), "%s", text);
		cr_expect_eq(strstr(text, "Follow-up:") != NULL, cases[i].wanted != NULL);
		free(text);
	}
}

/* ---- The extract. */

Test(memo, extract_with_a_consent_in_force_has_what_was_said_at_the_sectors_meetings)
{
	struct fixture f;
	char *text;

	fill(&f);
	text = both_of(&f.memo, SOCIAL);
	expect_has(
		text, (const char *const[]) { "Extract for: social services for families\n",
			      "\"sector\": \"SOS\", \"consent_in_force\": true", "A. K., born 2016",
			      "more and more absences", "hard mornings", "sleeps badly",
			      "calls on Fridays", "KOU Suistolan koulu", "guardian A", NULL });
	expect_has_not(text, (const char *const[]) { "(13)", "\"id\": 13", "flu at home", "AMT",
				     "No unit of this sector", NULL });
	free(text);
}

Test(memo, extract_never_has_the_callers_phone)
{
	struct fixture f;
	char *whole;

	fill(&f);
	for (int sector = 0; sector < SECTORS; sector++) {
		char *text = both_of(&f.memo, sector);

		expect_has_not(text,
			(const char *const[]) { "2101", "2102", "Phone:", "\"phone\"", NULL });
		free(text);
	}
	whole = both_of(&f.memo, MEMO_ALL_SECTORS);
	expect_has(whole, (const char *const[]) { "Phone: 2101", "\"phone\": \"2102\"", NULL });
	free(whole);
}

Test(memo, extract_has_its_own_sectors_consents_and_no_others)
{
	static const struct {
		int sector;
		const char *own, *others[2];
	} cases[] = {
		{ SOCIAL, "guardian A", { "guardian B", "guardian C" } },
		{ SCHOOL, "guardian B", { "guardian A", "guardian C" } },
		{ ADULTS, "guardian C", { "guardian A", "guardian B" } },
	};
	struct fixture f;

	fill(&f);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = both_of(&f.memo, cases[i].sector);

		expect_has(text, (const char *const[]) { cases[i].own, NULL });
		expect_has_not(text,
			(const char *const[]) { cases[i].others[0], cases[i].others[1], NULL });
		free(text);
	}
}

Test(memo, extract_without_a_consent_in_force_says_so_and_nothing_that_was_said)
{
	struct fixture f;
	char *text, *json;

	fill(&f);
	text = text_of(&f.memo, SCHOOL);
	json = json_of(&f.memo, SCHOOL);
	expect_has_not(text, said);
	expect_has_not(json, said);
	cr_expect_str_eq(text,
		"Memo of case 2026-0147\n"
		"======================\n"
		"Extract for: basic education\n"
		"No unit of this sector has a consent in force: neither the concern nor what\n"
		"was said and agreed is told.\n"
		"Opened: Tue 24.11.2026 at 10:42\n"
		"Closed: Wed 30.12.2026 at 10:00\n"
		"\n"
		"Consents\n"
		"--------\n"
		"KOU Suistolan koulu\n"
		"  Given by: guardian B\n"
		"  Given: Tue 24.11.2026\n"
		"  Withdrawn: Thu 26.11.2026\n"
		"\n"
		"Meetings\n"
		"--------\n"
		"Wed 2.12.2026 at 13:00–14:00: invited network meeting (12)\n"
		"  Status: recorded\n"
		"  Place: Suistola, Kaarna\n"
		"  Invited: KOU Suistolan koulu\n"
		"  Did not come: KOU Suistolan koulu\n"
		"Wed 13.1.2027 at 13:00–14:00: follow-up meeting (13)\n"
		"  Status: cancelled\n"
		"  Place: Suistola, Teams\n"
		"  Invited: KOU Suistolan koulu\n"
		"\n"
		"This is coordination data. The official record is that of the client\n"
		"information system.\n");
	expect_has(json, (const char *const[]) { "\"consent_in_force\": false", "\"calls\": []",
				 "\"units\": [\"KOU\"]", "\"actions\": []", NULL });
	expect_has_not(json, (const char *const[]) { "PNE", "AMT", NULL });
	free(text);
	free(json);
}

Test(memo, extract_of_a_sector_that_was_never_invited_has_no_meeting)
{
	struct fixture f;

	fill(&f);
	f.consents[0].unit = "SRK"; /* consent alone gives no meeting */
	for (int sector = 0; sector < SECTORS; sector++) {
		char *json = json_of(&f.memo, sector);
		bool invited = sector == SOCIAL || sector == SCHOOL || sector == ADULTS;

		cr_expect_eq(strstr(json, "\"meetings\": []") == NULL, invited, "%s", json);
		free(json);
	}
}

Test(memo, unit_that_is_not_among_the_units_is_of_no_sector)
{
	struct fixture f;
	char *text;

	fill(&f);
	f.memo.units.count = 0;
	for (int sector = 0; sector < SECTORS; sector++) {
		text = both_of(&f.memo, sector);
		expect_has_not(text, said);
		expect_has_not(text, (const char *const[]) { "guardian", "(12)", NULL });
		free(text);
	}
	text = text_of(&f.memo, MEMO_ALL_SECTORS);
	expect_has(text, (const char *const[]) { "Invited: PNE; KOU\n", NULL });
	free(text);
}

Test(memo, extract_leaves_the_memo_as_it_was)
{
	struct fixture f;
	char *before, *after;

	fill(&f);
	f.memo.case_ref.nondisclosure = true;
	before = both_of(&f.memo, MEMO_ALL_SECTORS);
	for (int sector = 0; sector < SECTORS; sector++)
		free(both_of(&f.memo, sector));
	after = both_of(&f.memo, MEMO_ALL_SECTORS);
	cr_expect_str_eq(after, before);
	cr_expect_str_eq(f.meetings[0].meeting.place, "Suistola, Kaarna");
	free(before);
	free(after);
}

/* ---- Non-disclosure, purged cases, the page. */

Test(memo, under_non_disclosure_tells_neither_municipality_nor_place_and_says_so)
{
	struct fixture f;

	fill(&f);
	f.memo.case_ref.nondisclosure = true;
	for (int sector = MEMO_ALL_SECTORS; sector < SECTORS; sector++) {
		char *text = both_of(&f.memo, sector);

		expect_has_not(text, (const char *const[]) { "Suistola", "Kaarna", "Teams",
					     "Municipality", "Place:", NULL });
		expect_has(
			text, (const char *const[]) { "NON-DISCLOSURE ORDER",
				      "\"municipality\": null", "\"non_disclosure\": true", NULL });
		free(text);
	}
}

Test(memo, of_a_purged_case_says_that_its_texts_were_removed)
{
	struct fixture f;
	char *text;

	fill(&f);
	f.memo.case_ref.closed_reason = "";
	f.memo.case_ref.purged_at = at(12, 31, 0);
	f.memo.case_ref.child = f.memo.case_ref.concern = NULL;
	f.memo.case_ref.adult_count = 0;
	f.calls[0].caller = f.calls[0].phone = f.calls[0].concern = NULL;
	f.calls[1].phone = NULL;
	for (int i = 0; i < 3; i++) {
		f.consents[i].given_by = "";
		f.consents[i].how = NULL;
	}
	f.meetings[0].meeting.place = NULL;
	f.meetings[0].record = (struct meeting_record) { .attended = first_units,
		.attended_count = 2,
		.adults = (const char *const[]) { "", "" },
		.adult_count = 2,
		.actions = &(struct agreed_action) { .who = "", .what = "", .due_day = DAY_LAST },
		.action_count = 1 };
	f.memo.meeting_count = 1;
	text = both_of(&f.memo, MEMO_ALL_SECTORS);
	expect_has(text, (const char *const[]) { "removed on Thu 31.12.2026",
				 "Closed: Wed 30.12.2026 at 10:00\n", "Child: born 2016\n",
				 "  Agreed: home\n", "  Caller: school\n", "\"adults\": []",
				 "\"who\": null", "\"given_by\": null", NULL });
	expect_has_not(
		text, (const char *const[]) { "(null)", "Given by", "Adults present", NULL });
	free(text);
}

/* Long words, long texts, wide letters, line feeds. */
static const char *const awkward[] = {
	"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
	"yhdyssanayhdyssanayhdyssanayhdyssanayhdyssanayhdyssanayhdyssanayhdyssanayhdyssanayhdyssana"
	"yhdyssana",
	"ä\u0308äääääääää ääääääääää ääääääääää ääääääääää ääääääääää ääääääääää ääääääääää ääääää",
	"\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D"
	"\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D"
	"\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D\u4E2D"
	"\u4E2D",
	"first line\nsecond line\n\nfourth line",
};

static void expect_narrow(const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		cr_expect_leq(
			utf8_width_bytes(text, length), MEMO_COLUMNS, "%.*s", (int)length, text);
		text += length + (text[length] == '\n');
	}
}

Test(memo, no_row_is_wider_than_the_page_in_any_language)
{
	for (size_t i = 0; i < sizeof(awkward) / sizeof(awkward[0]); i++) {
		for (int language = 0; language < LANGUAGES; language++) {
			struct fixture f;

			fill(&f);
			message_set_language((enum language)language);
			f.memo.case_ref.code = awkward[i];
			f.memo.case_ref.closed_reason = awkward[i];
			f.calls[0].concern = f.calls[0].caller = awkward[i];
			f.consents[0].how = awkward[i];
			f.meetings[0].meeting.place = awkward[i];
			f.meetings[0].record.notes = awkward[i];
			for (int sector = MEMO_ALL_SECTORS; sector < SECTORS; sector++) {
				char *text = text_of(&f.memo, sector);

				expect_narrow(text);
				free(text);
			}
		}
	}
}

Test(memo, a_text_of_several_lines_keeps_them)
{
	struct fixture f;
	char *text;

	fill(&f);
	f.meetings[0].record.notes = awkward[4];
	text = text_of(&f.memo, MEMO_ALL_SECTORS);
	expect_has(
		text, (const char *const[]) {
			      "  Notes: first line\n    second line\n\n    fourth line\n", NULL });
	free(text);
}

/* ---- Of one meeting; Markdown and HTML. */

Test(memo, of_one_meeting_is_named_by_it_and_has_no_calls)
{
	struct fixture f;
	char *text;

	fill(&f);
	f.memo.meeting_id = 12;
	f.memo.meeting_count = 1;
	text = text_of(&f.memo, MEMO_ALL_SECTORS);
	expect_has(text, (const char *const[]) { "Memo of meeting 12 of case 2026-0147\n",
				 "Notes: sleeps badly", NULL });
	expect_has_not(
		text, (const char *const[]) { "Calls", "Caller", "Nothing is recorded", NULL });
	free(text);
}

Test(memo, of_a_meeting_without_a_record_has_the_invitation_and_says_so)
{
	struct fixture f;
	char *text;

	fill(&f);
	f.memo.meeting_id = 12;
	f.memo.meeting_count = 1;
	f.meetings[0].has_record = false;
	text = text_of(&f.memo, MEMO_ALL_SECTORS);
	expect_has(text, (const char *const[]) { "Invited: PNE Suistolan perheneuvola; KOU",
				 "  Nothing is recorded of it.\n", NULL });
	expect_has_not(text, (const char *const[]) { "sleeps badly", "Came", NULL });
	free(text);
}

Test(memo, in_markdown_has_headings_and_fields)
{
	struct fixture f;
	char *text;

	fill(&f);
	text = form_of(memo_write_md, &f.memo);
	expect_has(text,
		(const char *const[]) { "# Memo of case 2026-0147\n\n- **Opened:** Tue 24.11.2026",
			"\n\n## Calls\n\n\n### Tue 24.11.2026 at 10:42\n\n- **Caller:** school",
			"- **Notes:** sleeps badly\n", "\n---\n\nThis is coordination data.",
			NULL });
	free(text);
}

Test(memo, in_markdown_has_texts_that_are_read_as_they_were_written)
{
	static const char *const pairs[][2] = {
		{ "*a* _b_ `c` [d](e) <f> &amp; a|b ~g~ h\\i",
			"**Notes:** \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\&amp; a\\|b "
			"\\~g\\~"
			" h\\\\i\n" },
		{ "# one\n- two\n3. three\n4) four\n+ five\n=six\n>seven",
			"**Notes:** \\# one\\\n  \\- two\\\n  3\\. three\\\n  4\\) four\\\n  \\+ "
			"five"
			"\\\n  \\=six\\\n  \\>seven\n" },
		{ "one\n\n    two", "**Notes:** one\n  \n  two\n" },
		{ "at 3.5 and 2026", "**Notes:** at 3.5 and 2026\n" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct fixture f;
		char *text;

		fill(&f);
		f.meetings[0].record.notes = pairs[i][0];
		text = form_of(memo_write_md, &f.memo);
		expect_has(text, (const char *const[]) { pairs[i][1], NULL });
		free(text);
	}
}

Test(memo, in_html_is_one_page_in_the_language_in_use_that_runs_and_loads_nothing)
{
	static const char *const languages[] = { "lang=\"fi\"", "lang=\"sv\"", "lang=\"en\"" };

	for (int language = 0; language < LANGUAGES; language++) {
		struct fixture f;
		char *text;

		fill(&f);
		message_set_language((enum language)language);
		text = form_of(memo_write_html, &f.memo);
		expect_has(
			text, (const char *const[]) { "<!DOCTYPE html>\n", languages[language],
				      "<meta charset=\"utf-8\">", "default-src 'none'", "size: A4",
				      "sleeps badly</p>\n", "</body>\n</html>\n", NULL });
		expect_has_not(text, (const char *const[]) { "<script", "src=", "href=", "http:",
					     "https:", "url(", "@import", NULL });
		free(text);
	}
}

Test(memo, in_html_has_texts_that_are_no_tags)
{
	struct fixture f;
	char *text;

	fill(&f);
	f.meetings[0].record.notes = "</p><script>alert(\"1\" & '2')</script>\nnext";
	f.memo.case_ref.child = "<i>A</i>";
	text = form_of(memo_write_html, &f.memo);
	expect_has(text, (const char *const[]) { "&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot; "
						 "&amp; &#39;2&#39;)&lt;/script&gt;"
						 "\nnext</p>",
				 "&lt;i&gt;A&lt;/i&gt;", NULL });
	expect_has_not(text, (const char *const[]) { "<script", "<i>A", NULL });
	free(text);
}

Test(memo, says_the_same_in_each_form)
{
	struct fixture f;
	char *md, *html;

	fill(&f);
	md = form_of(memo_write_md, &f.memo);
	html = form_of(memo_write_html, &f.memo);
	expect_has(md, said);
	expect_has(html, said);
	free(md);
	free(html);
}
