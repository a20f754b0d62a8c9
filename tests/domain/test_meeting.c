#include "kutsu/domain/meeting.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/case_ref.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

static void in_english(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	message_set_language(LANGUAGE_EN);
}

TestSuite(meeting, .init = in_english);

/* What the record's error says, or "" when it passes. */
static const char *refusal(const struct meeting_record *record)
{
	static struct error err;

	err = (struct error) { .code = ERROR_NONE };
	if (meeting_record_check(record, &err)) {
		cr_expect_eq(err.code, ERROR_NONE);
		return "";
	}
	cr_expect_eq(err.code, ERROR_INVALID);
	return err.text;
}

Test(meeting, an_empty_record_and_a_full_one_pass)
{
	const char *adults[] = { "äiti", "luokanopettaja" };
	struct agreed_action action = {
		.who = "luokanopettaja", .what = "aamutapaaminen", .environment = ENVIRONMENT_SCHOOL
	};
	struct meeting_record record = { .adults = adults,
		.adult_count = 2,
		.facilitator = "koordinaattori",
		.strengths = "jalkapallo",
		.notes = "rivi\nrivi",
		.actions = &action,
		.action_count = 1,
		.follow_up_needed = KNOWN_YES,
		.follow_up_within_weeks = 6 };

	cr_expect_str_eq(refusal(&record), "");
	cr_expect_str_eq(refusal(&(struct meeting_record) { 0 }), "");
}

Test(meeting, every_text_of_a_record_is_checked_for_personal_identity_codes)
{
	const char *code = "tunnus 131052-308T";
	struct agreed_action who = { .who = code, .what = "soittaa" };
	struct agreed_action what = { .who = "isä", .what = code };
	struct meeting_record records[] = { { .facilitator = code }, { .strengths = code },
		{ .vulnerabilities = code }, { .notes = code },
		{ .adults = &code, .adult_count = 1 }, { .actions = &who, .action_count = 1 },
		{ .actions = &what, .action_count = 1 }, { .follow_up_reason = code } };

	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		cr_expect_str_neq(refusal(&records[i]), "", "record %zu", i);
}

Test(meeting, the_first_wrong_field_is_named)
{
	struct meeting_record record = { .strengths = "\033", .notes = "\033" };

	cr_expect_not_null(strstr(refusal(&record), "strengths"));
	record.strengths = NULL;
	cr_expect_not_null(strstr(refusal(&record), "notes"));
}

Test(meeting, an_agreed_action_says_who_and_what)
{
	struct agreed_action actions[] = { { .who = "isä", .what = "vie harjoituksiin" },
		{ .who = " ", .what = "soittaa" } };
	struct meeting_record record = { .actions = actions, .action_count = 2 };

	cr_expect_str_neq(refusal(&record), "");
	actions[1] = (struct agreed_action) { .who = "isä", .what = NULL };
	cr_expect_str_neq(refusal(&record), "");
	record.action_count = 1;
	cr_expect_str_eq(refusal(&record), "");
}

Test(meeting, an_everyday_adult_has_a_name)
{
	const char *adults[] = { "äiti", "" };
	struct meeting_record record = { .adults = adults, .adult_count = 2 };

	cr_expect_str_neq(refusal(&record), "");
}

Test(meeting, a_follow_up_comes_within_1_to_52_weeks_or_it_is_not_said_when)
{
	struct meeting_record record = { .follow_up_needed = KNOWN_YES };

	for (int weeks = 0; weeks <= 52; weeks++) {
		record.follow_up_within_weeks = weeks;
		cr_expect_str_eq(refusal(&record), "");
	}
	record.follow_up_within_weeks = 53;
	cr_expect_str_neq(refusal(&record), "");
	record.follow_up_within_weeks = -1;
	cr_expect_str_neq(refusal(&record), "");
}

Test(meeting, no_follow_up_needs_its_reason)
{
	struct meeting_record record = { .follow_up_needed = KNOWN_NO };

	cr_expect_str_neq(refusal(&record), "");
	record.follow_up_reason = "  ";
	cr_expect_str_neq(refusal(&record), "");
	record.follow_up_reason = "perhe jatkaa neuvolan kanssa";
	cr_expect_str_eq(refusal(&record), "");
}

Test(meeting, a_meeting_takes_1_to_480_minutes)
{
	struct error err;

	cr_expect(meeting_time_check(600, 1, &err));
	cr_expect(meeting_time_check(600, 480, &err));
	cr_expect_not(meeting_time_check(600, 0, &err));
	cr_expect_not(meeting_time_check(600, -60, &err));
	cr_expect_not(meeting_time_check(600, 481, &err));
}

Test(meeting, a_meeting_may_end_at_midnight_but_not_after)
{
	struct error err;

	cr_expect(meeting_time_check(1380, 60, &err));
	cr_expect_not(meeting_time_check(1381, 60, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
}

Test(meeting, neither_place_nor_municipality_is_shown_under_a_non_disclosure_order)
{
	struct meeting meeting = { .place = "Suistolan koulu" };
	struct case_ref case_ref = { .municipality = "Suistola" };

	cr_expect_str_eq(meeting_shown_place(&meeting), "Suistolan koulu");
	cr_expect_str_eq(case_shown_municipality(&case_ref), "Suistola");
	meeting.nondisclosure = case_ref.nondisclosure = true;
	cr_expect_null(meeting_shown_place(&meeting));
	cr_expect_null(case_shown_municipality(&case_ref));
}
