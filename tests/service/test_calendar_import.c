/* A unit's calendar that another program wrote, read in again and again. */
#include "fixture.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/domain/calendar.h"
#include "kutsu/domain/holiday.h"
#include "kutsu/service/calendar_import.h"
#include "kutsu/service/exporting.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/registry.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/slot_store.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct session *s;
static struct arena arena;
static struct calendar_report report;
static struct error err;

static void begin(void)
{
	message_set_language(LANGUAGE_EN);
	s = fixture_session(); /* Tuesday 24.11.2026 */
	fixture_unit(s, "A");
	fixture_unit(s, "B");
}

static void end(void)
{
	arena_release(&arena);
	fixture_free(s);
}

TestSuite(calendar_import, .init = begin, .fini = end, .timeout = 120);

static bool run(struct calendar_order order, const char *body)
{
	order.bytes = arena_printf(&arena, "BEGIN:VCALENDAR\nVERSION:2.0\n%sEND:VCALENDAR\n", body);
	order.length = strlen(order.bytes);
	if (!order.unit)
		order.unit = "A";
	return calendar_import(s, &order, &arena, &report, &err);
}

static void import(const char *body)
{
	cr_assert(run((struct calendar_order) { 0 }, body), "%s", err.text);
}

#define HOLE(uid, lines) "BEGIN:VEVENT\nUID:" uid "\nSUMMARY:reikä\n" lines "\nEND:VEVENT\n"
#define BUSY(uid, lines) "BEGIN:VEVENT\nUID:" uid "\nSUMMARY:Hammas\n" lines "\nEND:VEVENT\n"
#define TUESDAYS	 "DTSTART:20261201T090000\nDTEND:20261201T110000\nRRULE:FREQ=WEEKLY"
#define FROM_10_TO_12	 "DTSTART:20261201T100000\nDTEND:20261201T120000\nRRULE:FREQ=WEEKLY"

static int64_t count(const char *what)
{
	return fixture_number(s, arena_printf(&arena, "SELECT count(*) FROM %s", what));
}

/* "+slot 540-660 2026-12-01; -closing ..." */
static const char *changes(void)
{
	static const char *const things[] = { "slot", "closing", "opening" };
	const char *all = "";

	for (size_t i = 0; i < report.change_count; i++) {
		const struct calendar_change *c = &report.changes[i];
		int day = c->thing == CALENDAR_SLOT	 ? c->slot.from_day
			  : c->thing == CALENDAR_CLOSING ? c->closing.from_day
							 : c->opening.day;
		int start = c->thing == CALENDAR_SLOT	   ? c->slot.start
			    : c->thing == CALENDAR_CLOSING ? c->closing.start
							   : c->opening.start;
		char text[DAY_TEXT_SIZE];

		all = arena_printf(&arena, "%s%s%s%s %s %d", all, i ? "; " : "",
			c->kind == CALENDAR_ADDED ? "+" : "-", things[c->thing],
			day_format_iso(day, text), start);
	}
	return all;
}

static void expect_changes(const char *body, const char *expected)
{
	import(body);
	cr_expect_str_eq(changes(), expected, "%s", changes());
}

Test(calendar_import, the_same_file_a_second_time_changes_nothing)
{
	const char *body = HOLE("h", TUESDAYS "\nEXDATE:20261208T090000\nRDATE:20261203T120000")
		BUSY("b", "DTSTART:20261215T100000\nDURATION:PT30M");
	char *before, *after;

	expect_changes(body,
		"+slot 2026-12-01 540; +closing 2026-12-08 540; +opening 2026-12-03 720;"
		" +closing 2026-12-15 600");
	before = fixture_dump_without_log(s);
	expect_changes(body, "");
	cr_expect_eq(report.unchanged, 2u);
	after = fixture_dump_without_log(s);
	cr_expect_str_eq(after, before);
	free(before);
	free(after);
}

Test(calendar_import, an_older_version_is_left_alone)
{
	import(HOLE("h", "SEQUENCE:2\n" TUESDAYS));
	expect_changes(HOLE("h", "SEQUENCE:1\n" FROM_10_TO_12), "");
	cr_expect_eq(report.older, 1u);
}

Test(calendar_import, a_changed_hole_keeps_its_past_and_begins_anew_today)
{
	import(HOLE("h", "DTSTART:20261124T090000\nDTEND:20261124T110000\nRRULE:FREQ=WEEKLY"));
	fixture_clock(s, "2026-12-15T08:00");
	expect_changes(HOLE("h", "SEQUENCE:1\nDTSTART:20261124T100000\nDTEND:20261124T120000\n"
				 "RRULE:FREQ=WEEKLY"),
		"-slot 2026-12-15 540; +slot 2026-12-15 600");
	cr_expect_eq(fixture_number(s, "SELECT until_day FROM slot WHERE start_minute = 540"),
		fixture_day("2026-12-14"));
	cr_expect_eq(fixture_number(s, "SELECT from_day FROM slot WHERE start_minute = 540"),
		fixture_day("2026-11-24"));
}

Test(calendar_import, a_change_touches_no_closing_or_opening_that_is_past)
{
	import(HOLE("h", TUESDAYS "\nEXDATE:20261208T090000,20261222T090000\n"
				  "RDATE:20261203T120000,20261217T120000"));
	fixture_clock(s, "2026-12-15T08:00");
	expect_changes(HOLE("h", TUESDAYS), "-closing 2026-12-22 540; -opening 2026-12-17 720");
	cr_expect_eq(count("closing"), 1);
	cr_expect_eq(count("opening"), 1);
}

Test(calendar_import, what_was_is_not_written_afterwards)
{
	expect_changes(HOLE("h", "DTSTART:20260901T090000\nDTEND:20260901T110000\n"
				 "RRULE:FREQ=WEEKLY;INTERVAL=2\nEXDATE:20260915T090000\n"
				 "RDATE:20260903T090000")
			       HOLE("past", "DTSTART:20260901T090000\nDTEND:20260901T110000") HOLE(
				       "over", "DTSTART:20260901T090000\nDTEND:20260901T110000\n"
					       "RRULE:FREQ=WEEKLY;COUNT=3"),
		"+slot 2026-11-24 540");
}

Test(calendar_import, a_cancelled_hole_ends_yesterday)
{
	import(HOLE("h", TUESDAYS "\nEXDATE:20261208T090000,20261222T090000"));
	fixture_clock(s, "2026-12-15T08:00");
	expect_changes(HOLE("h", "SEQUENCE:1\nSTATUS:CANCELLED\n" TUESDAYS),
		"-slot 2026-12-15 540; -closing 2026-12-22 540");
	cr_expect_eq(fixture_number(s, "SELECT until_day FROM slot"), fixture_day("2026-12-14"));
	expect_changes(HOLE("h", "SEQUENCE:1\nSTATUS:CANCELLED\n" TUESDAYS), "");
}

Test(calendar_import, events_that_are_not_in_the_file_are_left_alone)
{
	import(HOLE("h", TUESDAYS));
	expect_changes(HOLE("other", FROM_10_TO_12), "+slot 2026-12-01 600");
	cr_expect_eq(count("slot WHERE until_day IS NULL"), 2);
}

#define WHOLE                                                                                      \
	(struct calendar_order)                                                                    \
	{                                                                                          \
		.whole = true                                                                      \
	}

Test(calendar_import, what_a_whole_calendar_has_no_more_is_taken_back)
{
	const char *kept = HOLE("kept", FROM_10_TO_12);

	import(arena_printf(&arena, "%s%s", kept,
		HOLE("h", TUESDAYS "\nEXDATE:20261208T090000,20261222T090000\n"
				   "RDATE:20261203T120000,20261217T120000") HOLE("new",
			"DTSTART:20261217T090000\nDTEND:20261217T110000\n"
			"RRULE:FREQ=WEEKLY") BUSY("b", "DTSTART:20261229T100000\nDURATION:PT30M")));
	fixture_slot(s, "A", 5, "09:00", "11:00");
	fixture_clock(s, "2026-12-15T08:00");
	cr_assert(run(WHOLE, kept), "%s", err.text);
	cr_expect_eq(report.change_count, 5u, "%s", changes());
	cr_expect_eq(report.unchanged, 1u);
	cr_expect_eq(fixture_number(s, "SELECT until_day FROM slot WHERE start_minute = 540"
				       " AND weekday = 2"),
		fixture_day("2026-12-14"));
	cr_expect_eq(count("slot WHERE weekday = 4"), 0, "it was never in force");
	cr_expect_eq(count("slot WHERE until_day IS NULL"), 2, "the one kept, the one by hand");
	cr_expect_eq(count("closing"), 1, "the one that is past");
	cr_expect_eq(count("opening"), 1, "the one that is past");
	cr_assert(run(WHOLE, kept), "%s", err.text);
	cr_expect_eq(report.change_count, 0u, "%s", changes());
}

Test(calendar_import, what_was_taken_back_may_come_again)
{
	import(HOLE("h", TUESDAYS));
	cr_assert(run(WHOLE, ""), "%s", err.text);
	cr_expect_str_eq(changes(), "-slot 2026-12-01 540");
	expect_changes(HOLE("h", TUESDAYS), "+slot 2026-12-01 540");
}

Test(calendar_import, an_event_that_cant_be_taken_is_in_a_whole_calendar_still)
{
	import(HOLE("h", TUESDAYS));
	cr_assert(run((struct calendar_order) { .whole = true, .partial = true },
			  HOLE("h", "DTSTART:20261201T230000\nDTEND:20261202T010000")),
		"%s", err.text);
	cr_expect_eq(report.trouble_count, 1u);
	cr_expect_eq(report.change_count, 0u, "%s", changes());
}

Test(calendar_import, a_whole_calendar_takes_back_nothing_of_another_unit)
{
	import(HOLE("h", TUESDAYS));
	cr_assert(run((struct calendar_order) { .unit = "B", .whole = true }, ""), "%s", err.text);
	cr_expect_eq(report.change_count, 0u, "%s", changes());
}

Test(calendar_import, a_busy_time_closes_no_hole_that_is_taken_back_with_it)
{
	import(HOLE("h", TUESDAYS));
	cr_assert(run(WHOLE, BUSY("b", "DTSTART:20261201T100000\nDURATION:PT30M")), "%s", err.text);
	cr_expect_str_eq(changes(), "-slot 2026-12-01 540");
}

Test(calendar_import, a_hole_that_somebody_ended_here_stays_ended)
{
	import(HOLE("h", TUESDAYS));
	cr_assert(registry_end_slot(s, 1, fixture_day("2026-12-08"), &err));
	expect_changes(HOLE("h", TUESDAYS), "");
}

/* ---- What was typed in here. ---- */

static void type_in(const char *what)
{
	fixture_sql(s, arena_printf(&arena, "UPDATE slot SET %s", what));
}

#define PEOPLE "ready_person = 'Aino', deputy = 'Eero', place = 'Luokka 5', capacity = 3"

Test(calendar_import, a_hole_that_was_made_by_hand_already_becomes_the_events)
{
	fixture_slot(s, "A", 2, "09:00", "11:00");
	type_in(PEOPLE);
	expect_changes(HOLE("h", TUESDAYS "\nLOCATION:Muu"), "");
	cr_expect_eq(report.unchanged, 1u);
	cr_expect_eq(count("slot"), 1);
	cr_expect_eq(count("slot WHERE until_day IS NULL AND event_id IS NOT NULL"
			   " AND ready_person = 'Aino' AND place = 'Luokka 5' AND capacity = 3"),
		1);
	/* It is the event's from now on. */
	expect_changes(
		HOLE("h", "SEQUENCE:1\nSTATUS:CANCELLED\n" TUESDAYS), "-slot 2026-11-24 540");
}

Test(calendar_import, a_hole_made_by_hand_is_one_events_only)
{
	fixture_slot(s, "A", 2, "09:00", "11:00");
	expect_changes(HOLE("1", TUESDAYS) HOLE("2", TUESDAYS), "+slot 2026-12-01 540");
	cr_expect_eq(count("slot WHERE event_id IS NOT NULL"), 2);
}

Test(calendar_import, a_hole_by_hand_of_another_time_repeat_or_fortnight_is_none_of_the_events)
{
	fixture_slot(s, "A", 2, "09:00", "11:30");
	fixture_slot(s, "A", 2, "09:00", "11:00");
	fixture_sql(s, "UPDATE slot SET repeat = 'fortnightly', from_day = 20781 WHERE id = 2");
	cr_assert_eq(fixture_day("2026-11-24"), 20781);
	expect_changes(HOLE("weekly", TUESDAYS) HOLE("other", TUESDAYS ";INTERVAL=2"),
		"+slot 2026-12-01 540; +slot 2026-12-01 540");
	expect_changes(HOLE("same", "DTSTART:20261208T090000\nDTEND:20261208T110000\n"
				    "RRULE:FREQ=WEEKLY;INTERVAL=2"),
		"");
}

Test(calendar_import, a_hole_by_hand_that_ends_sooner_goes_on_as_the_events)
{
	fixture_slot(s, "A", 2, "09:00", "11:00");
	type_in(PEOPLE ", from_day = 20700, until_day = 20790");
	expect_changes(HOLE("h", TUESDAYS), "-slot 2026-11-24 540; +slot 2026-12-01 540");
	cr_expect_eq(count("slot WHERE until_day IS NULL AND deputy = 'Eero'"), 1);
}

Test(calendar_import, another_day_left_out_leaves_the_hole_and_what_was_typed_in_alone)
{
	import(HOLE("h", TUESDAYS "\nEXDATE:20261208T090000"));
	type_in(PEOPLE);
	expect_changes(HOLE("h", TUESDAYS "\nEXDATE:20261208T090000,20261215T090000\n"
					  "LOCATION:Muu\nX-KUTSU-CAPACITY:2"),
		"+closing 2026-12-15 540");
	cr_expect_eq(count("slot WHERE until_day IS NULL AND capacity = 3"
			   " AND ready_person = 'Aino' AND deputy = 'Eero' AND place = 'Luokka 5'"),
		1);
	cr_expect_eq(count("slot"), 1);
}

static void change_from(int64_t id, const char *day)
{
	struct slot slot;

	cr_assert(registry_slot_get(s, id, &arena, &slot, &err));
	slot.from_day = fixture_day(day);
	slot.capacity = 3;
	cr_assert(promise_change(s, id, &slot, &err), "%s", err.text);
}

Test(calendar_import, a_hole_that_was_changed_here_from_a_day_on_stays_in_its_parts)
{
	import(HOLE("h", TUESDAYS));
	change_from(1, "2026-12-08");
	expect_changes(HOLE("h", TUESDAYS "\nEXDATE:20261215T090000"), "+closing 2026-12-15 540");
	cr_expect_eq(count("slot WHERE capacity = 3 AND until_day IS NULL"), 1);
}

Test(calendar_import, the_parts_of_a_hole_that_was_made_by_hand_become_the_events)
{
	fixture_slot(s, "A", 2, "09:00", "11:00");
	change_from(1, "2026-12-08");
	expect_changes(HOLE("h", TUESDAYS), "");
	cr_expect_eq(count("slot WHERE event_id IS NOT NULL"), 2);
	expect_changes(HOLE("h", TUESDAYS "\nEXDATE:20261215T090000"), "+closing 2026-12-15 540");
}

Test(calendar_import, a_hole_that_moves_takes_its_people_and_its_place_along)
{
	import(HOLE("h", TUESDAYS ";BYDAY=TU,TH"));
	type_in("ready_person = 'Aino', deputy = 'Eero', place = 'Luokka 5'");
	fixture_sql(s, "UPDATE slot SET ready_person = 'Liisa' WHERE weekday = 4");
	expect_changes(HOLE("h", FROM_10_TO_12 ";BYDAY=TH,TU,FR"),
		"-slot 2026-12-01 540; -slot 2026-12-03 540; +slot 2026-12-03 600;"
		" +slot 2026-12-01 600; +slot 2026-12-04 600");
	cr_expect_eq(count("slot WHERE weekday = 2 AND ready_person = 'Aino'"
			   " AND deputy = 'Eero' AND place = 'Luokka 5'"),
		1);
	cr_expect_eq(count("slot WHERE weekday = 4 AND ready_person = 'Liisa'"), 1);
	cr_expect_eq(count("slot WHERE weekday = 5 AND ready_person IS NULL"), 1);
	expect_changes(HOLE("h", TUESDAYS ";BYDAY=TU\nLOCATION:Muu"),
		"-slot 2026-12-03 600; -slot 2026-12-01 600; -slot 2026-12-04 600;"
		" +slot 2026-12-01 540");
	cr_expect_eq(count("slot WHERE place = 'Muu' AND ready_person = 'Aino'"), 1);
}

Test(calendar_import, a_hole_that_has_not_begun_begins_when_its_event_does)
{
	import(HOLE("h", TUESDAYS));
	expect_changes(HOLE("h", "DTSTART:20270112T090000\nDTEND:20270112T110000\n"
				 "RRULE:FREQ=WEEKLY"),
		"-slot 2026-12-01 540; +slot 2027-01-12 540");
}

Test(calendar_import, of_a_replaced_hole_that_was_never_in_force_nothing_stays)
{
	import(HOLE("h", TUESDAYS));
	import(HOLE("h", FROM_10_TO_12));
	cr_expect_eq(count("slot"), 1);
	cr_expect_eq(count("slot WHERE start_minute = 600"), 1);
}

Test(calendar_import, only_holes_that_they_overlap_are_closed_by_busy_times)
{
	fixture_slot(s, "A", 2, "09:00", "11:00");
	fixture_slot(s, "B", 3, "09:00", "11:00");
	expect_changes(BUSY("1", "DTSTART:20261201T103000\nDURATION:PT2H") BUSY(
			       "2", "DTSTART:20261201T110000\nDURATION:PT2H") BUSY("3",
			       "DTSTART:20261202T090000\nDURATION:PT2H") BUSY("4",
			       "DTSTART:20261201T090000\nDURATION:PT2H\nTRANSP:TRANSPARENT"),
		"+closing 2026-12-01 630");
	cr_expect_eq(count("imported_event"), 1, "of the others nothing is kept");
}

Test(calendar_import, a_hole_that_becomes_a_busy_time_is_none_for_the_others_to_close)
{
	const char *busy = BUSY("1", "DTSTART:20261202T090000\nDURATION:PT1H")
		BUSY("2", "DTSTART:20261201T090000\nDURATION:PT1H");

	import(HOLE("2", "DTSTART:20261202T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"));
	expect_changes(busy, "-slot 2026-12-02 540");
	expect_changes(busy, "");
	/* And back. */
	expect_changes(HOLE("2", "DTSTART:20261202T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY")
			       BUSY("1", "DTSTART:20261202T090000\nDURATION:PT1H"),
		"+slot 2026-12-02 540; +closing 2026-12-02 540");
}

Test(calendar_import, busy_days_close_whole_days)
{
	fixture_slot(s, "A", 2, "09:00", "11:00");
	import(BUSY("1", "DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261224"));
	cr_expect_eq(fixture_number(s, "SELECT until_day - from_day + 1 FROM closing"), 23);
	cr_expect_eq(count("closing WHERE start_minute IS NULL"), 1);
}

Test(calendar_import, nothing_of_a_busy_event_is_kept_but_its_time)
{
	char *dump;

	fixture_slot(s, "A", 2, "09:00", "11:00");
	import(BUSY("salainen@example.org", "DTSTART:20261201T093000\nDURATION:PT1H\n"
					    "LOCATION:Sairaala\nDESCRIPTION:syy"));
	dump = fixture_dump(s);
	cr_expect_null(strstr(dump, "Hammas"));
	cr_expect_null(strstr(dump, "Sairaala"));
	cr_expect_null(strstr(dump, "salainen"));
	cr_expect_eq(count("closing WHERE reason IS NULL"), 1);
	free(dump);
}

Test(calendar_import, a_busy_time_that_moves_takes_its_closing_along)
{
	fixture_slot(s, "A", 2, "09:00", "11:00");
	import(BUSY("1", "DTSTART:20261201T090000\nDURATION:PT1H"));
	expect_changes(BUSY("1", "SEQUENCE:1\nDTSTART:20261208T090000\nDURATION:PT1H"),
		"-closing 2026-12-01 540; +closing 2026-12-08 540");
	expect_changes(BUSY("1", "SEQUENCE:2\nSTATUS:CANCELLED"), "-closing 2026-12-08 540");
}

Test(calendar_import, an_absence_that_is_cancelled_midway_was_until_yesterday)
{
	import(BUSY("1", "DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261231"));
	fixture_clock(s, "2026-12-15T08:00");
	import(BUSY("1", "SEQUENCE:1\nSTATUS:CANCELLED"));
	cr_expect_eq(fixture_number(s, "SELECT until_day FROM closing"), fixture_day("2026-12-14"));
	cr_expect_eq(count("closing"), 1);
}

Test(calendar_import, an_absence_that_began_before_closes_no_day_before_today)
{
	const char *body = BUSY("1", "DTSTART;VALUE=DATE:20261101\nDTEND;VALUE=DATE:20261231");

	expect_changes(body, "+closing 2026-11-24 0");
	fixture_clock(s, "2026-12-15T08:00");
	expect_changes(body, "");
	cr_expect_eq(fixture_number(s, "SELECT from_day FROM closing"), fixture_day("2026-11-24"));
	cr_expect_eq(count("closing"), 1);
}

Test(calendar_import, a_holiday_needs_no_closing)
{
	struct school_break school_break = { .name = "loma",
		.from_day = fixture_day("2027-02-22"),
		.until_day = fixture_day("2027-02-28") };

	fixture_sql(s, "UPDATE unit SET school_based = 1 WHERE code = 'A'");
	cr_assert(registry_add_break(s, &school_break, &err));
	/* Independence Day 2027 is a Monday, 23.2. a Tuesday. */
	expect_changes(HOLE("h", "DTSTART:20261130T090000\nDTEND:20261130T110000\n"
				 "RRULE:FREQ=WEEKLY;BYDAY=MO,TU\n"
				 "EXDATE:20271206T090000,20270223T090000,20270301T090000"),
		"+slot 2026-11-30 540; +slot 2026-12-01 540; +closing 2027-03-01 540");
}

Test(calendar_import, all_or_nothing_and_the_rest_where_it_is_asked_for)
{
	const char *body = HOLE("h", TUESDAYS) HOLE("late", "DTSTART:20261201T230000\n"
							    "DTEND:20261202T010000");
	char *before = fixture_dump(s), *after;

	cr_expect_not(run((struct calendar_order) { 0 }, body));
	cr_expect_eq(err.code, ERROR_FAILED);
	cr_expect_eq(report.trouble_count, 1u);
	cr_expect_eq(report.troubles[0].line, 10);
	after = fixture_dump(s);
	cr_expect_str_eq(after, before);
	cr_expect(run((struct calendar_order) { .partial = true }, body), "%s", err.text);
	cr_expect_eq(report.trouble_count, 1u);
	cr_expect_eq(count("slot"), 1);
	free(before);
	free(after);
}

Test(calendar_import, a_dry_run_tells_the_same_and_changes_nothing)
{
	const char *body = HOLE("h", TUESDAYS);
	char *before = fixture_dump_without_log(s), *after;
	const char *told;

	cr_assert(run((struct calendar_order) { .dry_run = true }, body), "%s", err.text);
	told = changes();
	after = fixture_dump_without_log(s);
	cr_expect_str_eq(after, before);
	expect_changes(body, told);
	cr_expect_eq(count("access_log WHERE use_case = 'import_calendar'"), 2);
	free(before);
	free(after);
}

Test(calendar_import, a_booked_meeting_that_loses_its_hole_is_told_and_stays)
{
	const char *code = fixture_case(s);
	int64_t meeting;

	fixture_slot(s, "A", 2, "09:00", "11:00");
	meeting = fixture_meeting(s, code, "A", "2026-12-01T09:00");
	fixture_meeting(s, code, "A", "2026-12-08T09:00");
	import(BUSY("1", "DTSTART:20261201T090000\nDURATION:PT1H"));
	cr_assert_eq(report.meetings.count, 1u);
	cr_expect_eq(report.meetings.items[0].id, meeting);
	cr_expect_eq(count("meeting WHERE status = 'booked'"), 2);
}

Test(calendar_import, our_own_meeting_in_a_calendar_closes_nothing)
{
	const char *code = fixture_case(s);

	fixture_slot(s, "A", 2, "09:00", "11:00");
	fixture_meeting(s, code, "A", "2026-12-01T09:00");
	fixture_sql(s, "UPDATE meeting SET uid = 'm1@kutsu'");
	expect_changes(BUSY("m1@kutsu", "DTSTART:20261201T090000\nDURATION:PT1H"), "");
}

Test(calendar_import, some_occurrences_of_a_known_series_are_no_new_version_of_it)
{
	import(HOLE("h", TUESDAYS));
	cr_expect_not(run((struct calendar_order) { 0 },
		HOLE("h", "RECURRENCE-ID:20261208T090000\nSTATUS:CANCELLED")));
	cr_expect_eq(report.trouble_count, 1u);
	cr_expect_eq(count("slot WHERE until_day IS NULL"), 1);
}

Test(calendar_import, of_several_units_only_the_own_ones_are_taken)
{
	const char *several =
		HOLE("1", TUESDAYS "\nX-KUTSU-UNIT:A") HOLE("2", FROM_10_TO_12 "\nX-KUTSU-UNIT:B");

	expect_changes(several, "+slot 2026-12-01 540");
	expect_changes(HOLE("2", FROM_10_TO_12 "\nX-KUTSU-UNIT:B"), "+slot 2026-12-01 600");
}

Test(calendar_import, no_such_unit_and_no_calendar_are_told)
{
	cr_expect_not(run((struct calendar_order) { .unit = "X" }, HOLE("h", TUESDAYS)));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_not(run((struct calendar_order) { 0 }, "END:VEVENT\n"));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_eq(report.refused_line, 3);
}

/* ---- Our own export, read in again. ---- */

#define YEAR 380 /* with week 53 of 2026 and both days on which the clock is moved */

static uint64_t state;

static int any(int least, int most)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return least + (int)((state >> 33) % (uint64_t)(most - least + 1));
}

/* Slots of one unit that lie on each other can't be told apart by a closing: one a weekday. */
static void any_slot(int weekday)
{
	int first = fixture_day("2026-08-03") + any(0, 30) * 7 + weekday - 1;
	struct slot slot = { .unit = "A",
		.weekday = weekday,
		.start = any(0, 20) * 60 + any(0, 59),
		.repeat = (enum repeat)any(0, REPEATS - 1),
		.from_day = DAY_FIRST,
		.until_day = any(0, 1) ? DAY_LAST : first + any(0, 500),
		.capacity = any(1, 3),
		.place = any(0, 1) ? "Kesälän koulu, 2. krs; \"ovi\" B" : NULL };

	slot.end = slot.start + any(15, 180);
	if (slot.repeat != REPEAT_WEEKLY || any(0, 1))
		slot.from_day = first;
	cr_assert(registry_add_slot(s, &slot, &err), "%s", err.text);
}

static void any_exceptions(void)
{
	for (int i = 0; i < 6; i++) {
		int day = s ? fixture_day("2026-11-24") + any(0, YEAR - 10) : 0;
		struct closing closing = {
			.unit = "A", .from_day = day, .until_day = day + any(0, 9)
		};
		struct opening opening = { .unit = "A",
			.day = fixture_day("2026-11-24") + any(0, YEAR - 10),
			.start = any(0, 600),
			.end = any(601, 1440) };

		cr_assert(registry_close(s, &closing, &err));
		cr_assert(registry_open(s, &opening, &err));
	}
}

/* What a unit has open, minute by minute of each day, as text; free() */
static char *open_times(const char *code)
{
	static const struct school_break none;
	struct unit_calendar calendar;
	struct occurrence_list list = { 0 };
	struct text text = { 0 };
	int64_t id = fixture_number(
		s, arena_printf(&arena, "SELECT id FROM unit WHERE code = '%s'", code));

	cr_assert(store_calendar_read(
		s->store, id, session_today(s), YEAR, session_now(s), 0, &arena, &calendar, &err));
	calendar_add_occurrences(&calendar, &none, 0, session_today(s), YEAR, &list);
	for (size_t i = 0; i < list.count; i++) {
		const struct occurrence *o = &list.items[i];

		if (o->state == OCCURRENCE_OPEN)
			text_format(&text, "%d %d-%d x%d %s\n", o->day, o->start, o->end,
				o->capacity, o->slot && o->slot->place ? o->slot->place : "");
	}
	free(list.items);
	return text.bytes ? text.bytes : strdup("");
}

static void export_slots(const char *unit, char **bytes, size_t *size)
{
	const struct export_order order = { .what = EXPORT_SLOTS,
		.format = EXPORT_ICS,
		.unit = unit,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST };
	FILE *file = open_memstream(bytes, size);

	cr_assert(export_write(s, &order, file, &err), "%s", err.text);
	fclose(file);
}

static void import_bytes(const char *unit, const char *bytes, size_t size)
{
	struct calendar_order order = { .unit = unit, .bytes = bytes, .length = size };

	cr_assert(calendar_import(s, &order, &arena, &report, &err), "%s", err.text);
}

static void round_trip(void)
{
	char *ours, *theirs, *bytes;
	size_t size;

	for (int weekday = 1; weekday <= 7; weekday++)
		any_slot(weekday);
	any_exceptions();
	export_slots("A", &bytes, &size);
	import_bytes("B", bytes, size);
	ours = open_times("A");
	theirs = open_times("B");
	cr_assert_str_eq(theirs, ours, "%s", bytes);
	cr_assert_str_not_empty(ours);
	import_bytes("B", bytes, size);
	cr_assert_eq(report.change_count, 0u, "%s", changes());
	/* And into the unit that it came from. */
	import_bytes("A", bytes, size);
	cr_assert_eq(report.change_count, 0u, "%s", changes());
	free(bytes);
	free(ours);
	free(theirs);
}

Test(calendar_import, our_own_export_gives_the_same_holes)
{
	state = 53;
	for (int i = 0; i < 40; i++) {
		round_trip();
		end();
		memset(&arena, 0, sizeof(arena));
		begin();
	}
}

Test(calendar_import, an_export_of_one_unit_has_no_others_holes)
{
	char *bytes;
	size_t size;

	fixture_slot(s, "A", 2, "09:00", "11:00");
	fixture_slot(s, "B", 3, "09:00", "11:00");
	export_slots("A", &bytes, &size);
	cr_expect_not_null(strstr(bytes, "X-KUTSU-UNIT:A"));
	cr_expect_null(strstr(bytes, "X-KUTSU-UNIT:B"));
	free(bytes);
	export_slots(NULL, &bytes, &size);
	cr_expect_not_null(strstr(bytes, "X-KUTSU-UNIT:B"));
	import_bytes("A", bytes, size);
	cr_expect_eq(report.change_count, 0u, "%s", changes());
	free(bytes);
}
