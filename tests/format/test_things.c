#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/zone.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/format/row.h"
#include "written.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;
static struct row row;

static void set_up(void)
{
	zone_set("Europe/Helsinki");
	row_init(&row, &arena);
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(things, .init = set_up, .fini = tear_down);

/* The whole row as one line of JSON: its keys, their order, their values. */
static void expect(const char *wanted)
{
	struct written written;
	struct json_writer writer;

	json_begin(&writer, written_open(&written));
	json_row(&writer, NULL, &row);
	json_end(&writer);
	written_close(&written);
	written.text[written.length - 1] = '\0';
	cr_assert_str_eq(written.text, wanted);
	free(written.text);
}

Test(things, unit_has_its_keys_and_neither_email_nor_phone)
{
	row_of_unit(&row, &(struct unit) { .id = 7,
				  .code = "PNE-KES",
				  .name = "Perheneuvola",
				  .sector = SECTOR_CHILD_MENTAL_HEALTH,
				  .municipality = "Kesälä",
				  .email = "nobody@example.fi",
				  .phone = "+358 40 000 0000",
				  .active = true });
	expect("{\"code\": \"PNE-KES\", \"name\": \"Perheneuvola\", \"sector\": \"MIE\", "
	       "\"area\": null, \"municipality\": \"Kesälä\", \"school_based\": false, "
	       "\"active\": true}");
}

Test(things, slot_without_an_end_has_null_until)
{
	row_of_slot(&row, &(struct slot) { .id = 3,
				  .unit = "A",
				  .weekday = 2,
				  .start = 13 * 60,
				  .end = 14 * 60 + 30,
				  .repeat = REPEAT_FORTNIGHTLY,
				  .from_day = day_from_civil(2026, 9, 1),
				  .until_day = DAY_LAST,
				  .capacity = 2,
				  .ready_person = "Aino" });
	expect("{\"id\": 3, \"unit\": \"A\", \"weekday\": 2, \"start\": \"13:00\", "
	       "\"end\": \"14:30\", \"repeat\": \"fortnightly\", \"from\": \"2026-09-01\", "
	       "\"until\": null, \"capacity\": 2, \"person\": \"Aino\", \"deputy\": null, "
	       "\"place\": null}");
}

Test(things, closing_until_further_notice_has_null_until)
{
	row_of_closing(&row, &(struct closing) { .unit = "A",
				     .from_day = day_from_civil(2026, 12, 21),
				     .until_day = DAY_LAST,
				     .reason = "loma" });
	expect("{\"unit\": \"A\", \"from\": \"2026-12-21\", \"until\": null, \"reason\": "
	       "\"loma\"}");
}

Test(things, opening_has_its_keys)
{
	row_of_opening(&row, &(struct opening) { .unit = "A",
				     .day = day_from_civil(2026, 12, 1),
				     .start = 480,
				     .end = 540 });
	expect("{\"unit\": \"A\", \"date\": \"2026-12-01\", \"start\": \"08:00\", "
	       "\"end\": \"09:00\"}");
}

Test(things, school_break_has_its_keys)
{
	row_of_school_break(&row, &(struct school_break) { .name = "hiihtoloma",
					  .from_day = day_from_civil(2027, 2, 22),
					  .until_day = day_from_civil(2027, 2, 26) });
	expect("{\"name\": \"hiihtoloma\", \"from\": \"2027-02-22\", \"until\": \"2027-02-26\", "
	       "\"municipality\": null}");
}

Test(things, occurrence_has_local_times_with_their_offset)
{
	row_of_occurrence(&row, "A",
		&(struct occurrence) { .day = day_from_civil(2026, 7, 1),
			.start = 780,
			.end = 840,
			.state = OCCURRENCE_HELD,
			.booked = 1,
			.capacity = 2,
			.readiness = READINESS_UNCONFIRMED });
	expect("{\"unit\": \"A\", \"start\": \"2026-07-01T13:00+03:00\", "
	       "\"end\": \"2026-07-01T14:00+03:00\", \"state\": \"held\", \"booked\": 1, "
	       "\"capacity\": 2, \"readiness\": \"unconfirmed\", \"confirmed_by\": null, "
	       "\"confirmed_at\": null, \"note\": null, \"person\": null, \"place\": null}");
}

Test(things, an_occurrence_tells_who_answered_and_who_goes_where)
{
	struct slot slot = { .ready_person = "psykologi", .deputy = "johtaja", .place = "Teams" };
	struct readiness_answer answer = { .state = READINESS_DEPUTY,
		.note = "koulutus",
		.place = "huone 2",
		.answered_by = "yhd-a",
		.answered_at = zone_to_moment(day_from_civil(2026, 6, 29), 8 * 60) };

	row_of_occurrence(&row, "A",
		&(struct occurrence) { .day = day_from_civil(2026, 7, 1),
			.start = 780,
			.end = 840,
			.capacity = 1,
			.readiness = READINESS_DEPUTY,
			.slot = &slot,
			.answer = &answer });
	expect("{\"unit\": \"A\", \"start\": \"2026-07-01T13:00+03:00\", "
	       "\"end\": \"2026-07-01T14:00+03:00\", \"state\": \"open\", \"booked\": 0, "
	       "\"capacity\": 1, \"readiness\": \"deputy\", \"confirmed_by\": \"yhd-a\", "
	       "\"confirmed_at\": \"2026-06-29T08:00+03:00\", \"note\": \"koulutus\", "
	       "\"person\": \"johtaja\", \"place\": \"huone 2\"}");
}

Test(things, a_unit_without_a_hole_has_an_occurrence_without_a_time)
{
	row_of_no_occurrence(&row, "A", NULL);
	expect("{\"unit\": \"A\", \"start\": null, \"end\": null, \"state\": \"closed\", "
	       "\"booked\": 0, \"capacity\": 0, \"readiness\": \"none\", \"confirmed_by\": null, "
	       "\"confirmed_at\": null, \"note\": null, \"person\": null, \"place\": null}");
}

Test(things, call_has_its_keys_and_no_phone)
{
	row_of_call(&row,
		&(struct call) { .id = 9,
			.case_code = "2026-0147",
			.received_at = zone_to_moment(day_from_civil(2026, 11, 24), 10 * 60 + 42),
			.source = SOURCE_YOUNG_PERSON,
			.caller = "nuori",
			.phone = "040",
			.outcome = OUTCOME_ADVICE });
	expect("{\"id\": 9, \"case\": \"2026-0147\", \"received\": \"2026-11-24T10:42+02:00\", "
	       "\"from\": \"young_person\", \"caller\": \"nuori\", \"concern\": null, "
	       "\"outcome\": \"advice\"}");
}

static struct case_ref some_case(void)
{
	static const char *const adults[] = { "äiti", "isä" };

	return (struct case_ref) { .code = "2026-0001",
		.opened_at = zone_to_moment(day_from_civil(2026, 11, 24), 540),
		.child = "L.",
		.municipality = "Kesälä",
		.adults = adults,
		.adult_count = 2 };
}

Test(things, case_has_its_keys_and_what_is_not_known_is_null)
{
	struct case_ref case_ref = some_case();

	row_of_case(&row, &case_ref);
	expect("{\"code\": \"2026-0001\", \"opened\": \"2026-11-24T09:00+02:00\", "
	       "\"status\": \"open\", \"child\": \"L.\", \"birth_year\": null, "
	       "\"municipality\": \"Kesälä\", \"concern\": null, \"adults\": [\"äiti\", \"isä\"], "
	       "\"closed\": null, \"closed_reason\": null, \"language\": null, "
	       "\"interpreter\": null, \"non_disclosure\": false, \"purged\": null}");
}

Test(things, case_under_non_disclosure_shows_no_municipality)
{
	struct case_ref case_ref = some_case();

	case_ref.nondisclosure = true;
	case_ref.status = CASE_CLOSED;
	case_ref.closed_at = zone_to_moment(day_from_civil(2026, 12, 24), 540);
	case_ref.closed_reason = "muutti";
	case_ref.birth_year = 2014;
	case_ref.adult_count = 0;
	row_of_case(&row, &case_ref);
	expect("{\"code\": \"2026-0001\", \"opened\": \"2026-11-24T09:00+02:00\", "
	       "\"status\": \"closed\", \"child\": \"L.\", \"birth_year\": 2014, "
	       "\"municipality\": null, \"concern\": null, \"adults\": [], "
	       "\"closed\": \"2026-12-24T09:00+02:00\", \"closed_reason\": \"muutti\", "
	       "\"language\": null, \"interpreter\": null, \"non_disclosure\": true, \"purged\": "
	       "null}");
}

static struct meeting some_meeting(void)
{
	static const char *const units[] = { "A", "B" };

	return (struct meeting) { .id = 12,
		.case_code = "2026-0147",
		.kind = MEETING_FOLLOW_UP,
		.day = day_from_civil(2026, 12, 1),
		.start = 780,
		.end = 840,
		.place = "Koulu",
		.status = MEETING_BOOKED,
		.units = units,
		.unit_count = 2 };
}

Test(things, meeting_has_its_keys)
{
	struct meeting meeting = some_meeting();

	row_of_meeting(&row, &meeting);
	expect("{\"id\": 12, \"case\": \"2026-0147\", \"kind\": \"follow_up\", "
	       "\"start\": \"2026-12-01T13:00+02:00\", \"end\": \"2026-12-01T14:00+02:00\", "
	       "\"place\": \"Koulu\", \"status\": \"booked\", \"units\": [\"A\", \"B\"]}");
}

Test(things, hold_under_non_disclosure_has_neither_case_nor_place)
{
	struct meeting meeting = some_meeting();

	meeting.case_code = NULL;
	meeting.nondisclosure = true;
	meeting.status = MEETING_HOLD;
	meeting.unit_count = 0;
	row_of_meeting(&row, &meeting);
	expect("{\"id\": 12, \"case\": null, \"kind\": \"follow_up\", "
	       "\"start\": \"2026-12-01T13:00+02:00\", \"end\": \"2026-12-01T14:00+02:00\", "
	       "\"place\": null, \"status\": \"hold\", \"units\": []}");
}

Test(things, action_without_a_date_has_null_due)
{
	row_of_action(&row, &(struct agreed_action) { .id = 5,
				    .meeting_id = 12,
				    .case_code = "2026-0147",
				    .who = "luokanopettaja",
				    .what = "soittaa",
				    .environment = ENVIRONMENT_SCHOOL,
				    .due_day = DAY_LAST,
				    .done = true });
	expect("{\"id\": 5, \"meeting\": 12, \"case\": \"2026-0147\", \"who\": \"luokanopettaja\", "
	       "\"what\": \"soittaa\", \"where\": \"school\", \"due\": null, \"done\": true}");
}

Test(things, consent_in_force_has_null_withdrawn)
{
	row_of_consent(
		&row, &(struct consent) { .unit = "A",
			      .given_by = "huoltaja",
			      .given_at = zone_to_moment(day_from_civil(2026, 11, 24), 600) });
	expect("{\"unit\": \"A\", \"given_by\": \"huoltaja\", \"how\": null, "
	       "\"given\": \"2026-11-24T10:00+02:00\", \"withdrawn\": null}");
}

Test(things, what_was_purged_is_null)
{
	struct case_ref case_ref = some_case();
	struct row other;

	case_ref.status = CASE_CLOSED;
	case_ref.closed_at = zone_to_moment(day_from_civil(2026, 12, 24), 540);
	case_ref.closed_reason = "";
	case_ref.purged_at = zone_to_moment(day_from_civil(2027, 12, 25), 120);
	case_ref.child = NULL;
	case_ref.adult_count = 0;
	row_of_case(&row, &case_ref);
	expect("{\"code\": \"2026-0001\", \"opened\": \"2026-11-24T09:00+02:00\", "
	       "\"status\": \"closed\", \"child\": null, \"birth_year\": null, "
	       "\"municipality\": \"Kesälä\", \"concern\": null, \"adults\": [], "
	       "\"closed\": \"2026-12-24T09:00+02:00\", \"closed_reason\": null, "
	       "\"language\": null, \"interpreter\": null, \"non_disclosure\": false, "
	       "\"purged\": \"2027-12-25T02:00+02:00\"}");
	row_init(&other, &arena);
	row_of_consent(&other, &(struct consent) { .unit = "A", .given_by = "" });
	row_of_action(
		&other, &(struct agreed_action) { .who = "", .what = "", .due_day = DAY_LAST });
	cr_expect_eq(other.values[1].kind, VALUE_NULL, "given_by");
	cr_expect_eq(other.values[8].kind, VALUE_NULL, "who");
	cr_expect_eq(other.values[9].kind, VALUE_NULL, "what");
}

Test(things, record_has_its_keys_and_what_is_not_known_is_null)
{
	static const char *const attended[] = { "A" }, *const adults[] = { "äiti", "isä" };

	row_of_record(&row, &(struct meeting_record) { .attended = attended,
				    .attended_count = 1,
				    .adults = adults,
				    .adult_count = 2,
				    .child_present = KNOWN_YES,
				    .child_heard = KNOWN_NO,
				    .strengths = "sisko" });
	expect("{\"attended\": [\"A\"], \"absent\": [], \"adults\": [\"äiti\", \"isä\"], "
	       "\"facilitator\": null, \"child_present\": true, \"child_heard\": false, "
	       "\"strengths\": \"sisko\", \"vulnerabilities\": null, \"notes\": null}");
}

Test(things, follow_up_has_its_keys_whether_needed_or_not_known)
{
	row_of_follow_up(&row, &(struct meeting_record) { .follow_up_needed = KNOWN_YES,
				       .follow_up_within_weeks = 6 });
	expect("{\"needed\": true, \"within_weeks\": 6, \"reason\": null}");
	row_init(&row, &arena);
	row_of_follow_up(&row, &(struct meeting_record) { .follow_up_needed = KNOWN_NO,
				       .follow_up_reason = "sovittu tuki riittää" });
	expect("{\"needed\": false, \"within_weeks\": null, \"reason\": \"sovittu tuki riittää\"}");
	row_init(&row, &arena);
	row_of_follow_up(&row, &(struct meeting_record) { 0 });
	expect("{\"needed\": null, \"within_weeks\": null, \"reason\": null}");
}

Test(things, the_end_of_a_day_is_the_beginning_of_the_next)
{
	row_add_wall(&row, "end", day_from_civil(2026, 12, 31), MINUTES_IN_DAY);
	cr_assert_str_eq(row.values[0].text, "2027-01-01T00:00+02:00");
}

Test(things, the_hour_that_comes_twice_keeps_the_offset_of_its_moment)
{
	int64_t first = zone_to_moment(day_from_civil(2026, 10, 25), 3 * 60 + 30);

	row_add_moment(&row, "first", first);
	row_add_moment(&row, "second", first + 3600);
	cr_assert_str_eq(row.values[0].text, "2026-10-25T03:30+03:00");
	cr_assert_str_eq(row.values[1].text, "2026-10-25T03:30+02:00");
}

Test(things, offsets_west_of_greenwich_are_negative)
{
	cr_assert(zone_set("America/St_Johns"));
	row_add_moment(&row, "at", 1796137800); /* 2026-12-01T15:10:00Z */
	cr_assert_str_eq(row.values[0].text, "2026-12-01T11:40-03:30");
}

Test(things, days_without_bounds_are_null)
{
	row_add_day(&row, "from", DAY_FIRST);
	row_add_day(&row, "until", DAY_LAST);
	cr_assert_eq(row.values[0].kind, VALUE_NULL);
	cr_assert_eq(row.values[1].kind, VALUE_NULL);
}
