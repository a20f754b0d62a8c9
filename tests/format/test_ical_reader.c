/* What is read of calendars that other programs write: each habit, zones, rules, faults. */
#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/zone.h"
#include "kutsu/format/ical_reader.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAYS 400

static struct arena arena;
static struct ical_reading reading;
static struct error err;
static int today;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
	zone_set("Europe/Helsinki");
	today = day_from_civil(2026, 11, 24); /* a Tuesday */
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(ical_reader, .init = set_up, .fini = tear_down, .timeout = 60);

static bool read_bytes(const char *bytes, size_t length)
{
	return ical_read(bytes, length, "Europe/Helsinki", today, DAYS, &arena, &reading, &err);
}

static void read_text(const char *text)
{
	cr_assert(read_bytes(text, strlen(text)), "%d: %s", reading.refused_line, err.text);
}

/* In a calendar of its own: the first line of `body` is the file's third. */
static void read_body(const char *body)
{
	read_text(arena_printf(&arena, "BEGIN:VCALENDAR\nVERSION:2.0\n%s\nEND:VCALENDAR\n", body));
}

#define EVENT(lines) "BEGIN:VEVENT\nUID:u1\n" lines "\nEND:VEVENT"
#define HOLE(lines)  EVENT("SUMMARY:Reikä kalenterissa\n" lines)

static const struct ical_event *only_event(void)
{
	for (size_t i = 0; i < reading.trouble_count; i++)
		cr_assert_fail("line %d: %s", reading.troubles[i].line, reading.troubles[i].reason);
	cr_assert_eq(reading.event_count, 1u, "%zu events", reading.event_count);
	return &reading.events[0];
}

static const struct ical_event *event_of(const char *body)
{
	read_body(body);
	return only_event();
}

static void expect_trouble(const char *body, int line, const char *reason)
{
	read_body(body);
	cr_assert_eq(reading.trouble_count, 1u, "%zu troubles: %s", reading.trouble_count, body);
	cr_expect_eq(reading.event_count, 0u);
	cr_expect_eq(reading.troubles[0].line, line, "line %d: %s", reading.troubles[0].line,
		reading.troubles[0].reason);
	cr_expect_not_null(
		strstr(reading.troubles[0].reason, reason), "%s", reading.troubles[0].reason);
}

static const char *text_of_day(int day)
{
	char text[DAY_TEXT_SIZE];

	return day == DAY_FIRST || day == DAY_LAST ? "-"
						   : arena_text(&arena, day_format_iso(day, text));
}

/* "weekly 2 540-660 2026-12-01 -", one line each. */
static const char *slots_of(const struct ical_event *event)
{
	const char *all = "";

	for (size_t i = 0; i < event->slot_count; i++) {
		const struct slot *s = &event->slots[i];

		all = arena_printf(&arena, "%s%s%s %d %d-%d %s %s", all, i ? "; " : "",
			term_code(&repeat_terms, (int)s->repeat), s->weekday, s->start, s->end,
			text_of_day(s->from_day), text_of_day(s->until_day));
	}
	return all;
}

static const char *closings_of(const struct ical_event *event)
{
	const char *all = "";

	for (size_t i = 0; i < event->closing_count; i++) {
		const struct closing *c = &event->closings[i];

		all = arena_printf(&arena, "%s%s%s", all, i ? "; " : "", text_of_day(c->from_day));
		if (c->until_day != c->from_day)
			all = arena_printf(&arena, "%s..%s", all, text_of_day(c->until_day));
		if (c->end)
			all = arena_printf(&arena, "%s %d-%d", all, c->start, c->end);
	}
	return all;
}

static const char *openings_of(const struct ical_event *event)
{
	const char *all = "";

	for (size_t i = 0; i < event->opening_count; i++) {
		const struct opening *o = &event->openings[i];

		all = arena_printf(&arena, "%s%s%s %d-%d", all, i ? "; " : "", text_of_day(o->day),
			o->start, o->end);
	}
	return all;
}

static void expect_hole(const char *body, const char *slots)
{
	const struct ical_event *event = event_of(body);

	cr_expect(event->is_hole);
	cr_expect_str_eq(slots_of(event), slots, "%s: %s", body, slots_of(event));
}

static void expect_busy(const char *body, const char *closings)
{
	const struct ical_event *event = event_of(body);

	cr_expect_not(event->is_hole);
	cr_expect_eq(event->slot_count + event->opening_count, 0u);
	cr_expect_str_eq(closings_of(event), closings, "%s: %s", body, closings_of(event));
}

#define AT_9_TO_11                                                                                 \
	"DTSTART;TZID=Europe/Helsinki:20261201T090000\nDTEND;TZID=Europe/Helsinki:20261201T110000"

/* ---- Holes. */

Test(ical_reader, a_weekly_rule_is_a_weekly_slot)
{
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY"), "weekly 2 540-660 2026-12-01 -");
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU"),
		"fortnightly 2 540-660 2026-12-01 -");
}

Test(ical_reader, each_weekday_of_a_rule_is_a_slot_of_its_own)
{
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,TH"),
		"weekly 1 540-660 2026-12-07 -; weekly 2 540-660 2026-12-01 -;"
		" weekly 4 540-660 2026-12-03 -");
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU"),
		"fortnightly 1 540-660 2026-12-14 -; fortnightly 2 540-660 2026-12-01 -");
}

/* RFC 5545's own example of what WKST changes. */
Test(ical_reader, fortnights_count_from_the_day_on_which_weeks_begin)
{
	const char *start = "DTSTART:20261201T090000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;INTERVAL=2;";

	expect_hole(arena_printf(&arena, HOLE("%sBYDAY=TU,SU;WKST=MO"), start),
		"fortnightly 2 540-660 2026-12-01 -; fortnightly 7 540-660 2026-12-06 -");
	expect_hole(arena_printf(&arena, HOLE("%sBYDAY=TU,SU;WKST=SU"), start),
		"fortnightly 2 540-660 2026-12-01 -; fortnightly 7 540-660 2026-12-13 -");
}

Test(ical_reader, an_nth_weekday_of_the_month_is_a_monthly_slot)
{
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=MONTHLY;BYDAY=1TU"),
		"monthly 2 540-660 2026-12-01 -");
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1"),
		"monthly 2 540-660 2026-12-01 -");
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=MONTHLY;BYDAY=1TU,3TH"),
		"monthly 2 540-660 2026-12-01 -; monthly 4 540-660 2026-12-17 -");
}

Test(ical_reader, until_and_count_give_the_last_day)
{
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;UNTIL=20270105T070000Z"),
		"weekly 2 540-660 2026-12-01 2027-01-05");
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;UNTIL=20270105T065959Z"),
		"weekly 2 540-660 2026-12-01 2027-01-04");
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;UNTIL=20270105"),
		"weekly 2 540-660 2026-12-01 2027-01-05");
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;COUNT=3"),
		"weekly 2 540-660 2026-12-01 2026-12-15");
	expect_hole(HOLE(AT_9_TO_11 "\nRRULE:FREQ=MONTHLY;COUNT=2;BYDAY=1TU"),
		"monthly 2 540-660 2026-12-01 2027-01-05");
}

Test(ical_reader, what_is_left_out_is_closed_at_the_holes_time_alone)
{
	const struct ical_event *event = event_of(
		HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY\n"
				"EXDATE;TZID=Europe/Helsinki:20261208T090000,20261222T090000\n"
				"EXDATE:20261229T070000Z\nEXDATE;VALUE=DATE:20270105\n"
				"EXDATE:20261209T090000"));

	cr_expect_str_eq(closings_of(event),
		"2026-12-08 540-660; 2026-12-22 540-660; 2026-12-29 540-660; 2027-01-05 540-660");
}

Test(ical_reader, dates_of_their_own_are_extra_holes)
{
	const struct ical_event *event = event_of(
		HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY\n"
				"RDATE;TZID=Europe/Helsinki:20261203T100000,20261204T130000\n"
				"RDATE;VALUE=PERIOD:20261210T090000/PT2H"));

	cr_expect_str_eq(
		openings_of(event), "2026-12-03 600-720; 2026-12-04 780-900; 2026-12-10 540-660");
}

Test(ical_reader, a_hole_without_a_rule_is_an_extra_hole)
{
	const struct ical_event *event = event_of(HOLE(AT_9_TO_11 "\nX-KUTSU-CAPACITY:2"));

	cr_expect_eq(event->slot_count, 0u);
	cr_expect_str_eq(openings_of(event), "2026-12-01 540-660; 2026-12-01 540-660");
}

Test(ical_reader, a_moved_occurrence_closes_the_one_and_opens_the_other)
{
	const struct ical_event *event = event_of(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY") "\n" HOLE(
		"RECURRENCE-ID;TZID=Europe/Helsinki:20261208T090000\n"
		"DTSTART:20261209T120000\nDTEND:20261209T133000"));

	cr_expect_str_eq(closings_of(event), "2026-12-08 540-660");
	cr_expect_str_eq(openings_of(event), "2026-12-09 720-810");
}

Test(ical_reader, a_cancelled_occurrence_is_closed_and_a_renamed_one_is_not)
{
	const struct ical_event *event = event_of(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY") "\n" HOLE(
		"RECURRENCE-ID:"
		"20261208T070000Z\nSTATUS"
		":CANCELLED") "\n" HOLE("RECURRENCE-ID:20261215T070000Z\nDTSTART:20261215T070000Z\n"
					"DTEND:20261215T090000Z"));

	cr_expect_str_eq(closings_of(event), "2026-12-08 540-660");
	cr_expect_eq(event->opening_count, 0u);
}

Test(ical_reader, a_cancelled_series_is_nothing_and_known_by_its_uid)
{
	const struct ical_event *event =
		event_of(HOLE(AT_9_TO_11 "\nSEQUENCE:4\nRRULE:FREQ=WEEKLY\nSTATUS:CANCELLED"));

	cr_expect_str_eq(event->uid, "u1");
	cr_expect_eq(event->sequence, 4);
	cr_expect_eq(event->slot_count + event->opening_count + event->closing_count, 0u);
	read_text("BEGIN:VCALENDAR\nMETHOD:CANCEL\n" HOLE(AT_9_TO_11) "\nEND:VCALENDAR\n");
	cr_expect_eq(only_event()->opening_count, 0u);
}

Test(ical_reader, an_occurrence_without_its_series_says_so)
{
	const struct ical_event *event =
		event_of(HOLE(AT_9_TO_11 "\nRECURRENCE-ID:20261208T070000Z"));

	cr_expect(event->is_part);
	cr_expect_str_eq(openings_of(event), "2026-12-01 540-660");
}

Test(ical_reader, a_hole_is_known_by_a_word_of_its_summary_or_category_or_by_its_unit)
{
	static const char *const holes[] = { "SUMMARY:reikä", "SUMMARY:REIKÄ KALENTERISSA",
		"SUMMARY:Perheneuvola: hole in the calendar", "SUMMARY:Lucka i kalendern",
		"SUMMARY;LANGUAGE=fi:Reika\xcc\x88", "CATEGORIES:Työ,Kutsu", "SUMMARY:(hole)",
		"SUMMARY:YKP-reiät", "SUMMARY:REIÄT", "SUMMARY:reia\xcc\x88t",
		"SUMMARY:kaksi reikiä", "SUMMARY:Reikien aika", "SUMMARY:Luckor", "SUMMARY:luckan",
		"SUMMARY:Holes", "X-KUTSU-UNIT:PNE" };
	static const char *const others[] = { "SUMMARY:Kutsuneuvonpito 2026-0147",
		"SUMMARY:Reikäleipää", "SUMMARY:Reiättömyys", "SUMMARY:luckorna!",
		"SUMMARY:whole day", "SUMMARY:", "DESCRIPTION:hole", "CATEGORIES:pigeonhole" };

	for (size_t i = 0; i < sizeof(holes) / sizeof(holes[0]); i++)
		cr_expect(
			event_of(arena_printf(&arena, EVENT("%s\n" AT_9_TO_11), holes[i]))->is_hole,
			"%s", holes[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		cr_expect_not(event_of(arena_printf(&arena, EVENT("%s\n" AT_9_TO_11), others[i]))
				      ->is_hole,
			"%s", others[i]);
}

Test(ical_reader, a_hole_of_a_file_in_windows_1252_is_known_too)
{
	const struct ical_event *event = event_of(
		EVENT("SUMMARY:Reik\xe4\nRRULE:FREQ=WEEKLY\nLOCATION:Kes\xe4l\xe4\n" AT_9_TO_11));

	cr_expect(event->is_hole);
	cr_assert_eq(event->slot_count, 1u);
	cr_expect_str_eq(event->slots[0].place, "Kesälä");
	cr_expect(event_of(EVENT("SUMMARY:REI\xc4T\n" AT_9_TO_11))->is_hole);
	expect_trouble(EVENT("SUMMARY:Reik\xe4\n"
			     "\x80: \xe4\xe4\n"
			     "DTSTART:20261201T230000\nDTEND:20261202T010000"),
		3, "over midnight");
}

Test(ical_reader, a_character_of_utf_8_may_be_folded_in_two)
{
	cr_expect(event_of(EVENT("SUMMARY:Reik\xc3\n \xa4\n" AT_9_TO_11))->is_hole);
}

Test(ical_reader, a_holes_place_and_room_are_kept)
{
	const struct ical_event *event =
		event_of(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY\nLOCATION:Kesälän koulu\\, 2. krs\\; "
					 "ovi\nX-KUTSU-CAPACITY:3"));

	cr_expect_str_eq(event->slots[0].place, "Kesälän koulu, 2. krs; ovi");
	cr_expect_eq(event->slots[0].capacity, 3);
}

Test(ical_reader, a_hole_that_ends_at_midnight_ends_its_day)
{
	expect_hole(HOLE("DTSTART:20261201T220000\nDTEND:20261202T000000\nRRULE:FREQ=WEEKLY"),
		"weekly 2 1320-1440 2026-12-01 -");
	expect_hole(HOLE("DTSTART:20261201T220000\nDTEND:20261201T235959\nRRULE:FREQ=WEEKLY"),
		"weekly 2 1320-1440 2026-12-01 -");
}

Test(ical_reader, holes_that_cannot_be_are_told_with_line_and_reason)
{
	expect_trouble(HOLE("DTSTART:20261201T220000\nDTEND:20261202T010000"), 3, "midnight");
	expect_trouble(HOLE("DTSTART:20261201T090000"), 3, "needs an end");
	expect_trouble(HOLE("DTSTART;VALUE=DATE:20261201"), 3, "time of day");
	expect_trouble(HOLE(AT_9_TO_11 "\nRRULE:FREQ=DAILY"), 3, "none of these");
	expect_trouble(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;INTERVAL=3"), 3, "none of these");
	expect_trouble(HOLE(AT_9_TO_11 "\nRRULE:FREQ=MONTHLY"), 3, "none of these");
	expect_trouble(HOLE(AT_9_TO_11 "\nRRULE:FREQ=MONTHLY;BYDAY=-1TU"), 3, "none of these");
	expect_trouble(
		HOLE(AT_9_TO_11 "\nRRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU"), 3, "none of these");
	expect_trouble(HOLE(AT_9_TO_11 "\nRRULE:FREQ=SECONDLY"), 8, "within a day");
	expect_trouble(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY;COUNT=0"), 8, "COUNT=0");
	expect_trouble(HOLE(AT_9_TO_11 "\nRRULE:FREQ=WEEKLY\nRRULE:FREQ=WEEKLY;BYDAY=FR"), 9,
		"several rules");
	expect_trouble(HOLE(AT_9_TO_11 "\nX-KUTSU-CAPACITY:101"), 7, "capacity");
	expect_trouble(HOLE(AT_9_TO_11 "\nLOCATION:010115A901C"), 7, "personal identity code");
	expect_trouble(HOLE(AT_9_TO_11 "\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261208T070000Z"), 8,
		"all that come after");
}

/* ---- Busy times. */

Test(ical_reader, a_busy_event_is_its_time_and_no_more)
{
	expect_busy(EVENT("SUMMARY:Hammaslääkäri\n" AT_9_TO_11), "2026-12-01 540-660");
	expect_busy(EVENT(AT_9_TO_11), "2026-12-01 540-660");
	expect_busy(EVENT("DTSTART:20261201T220000\nDTEND:20261202T013000"),
		"2026-12-01 1320-1440; 2026-12-02 0-90");
}

Test(ical_reader, an_all_day_event_is_whole_days)
{
	expect_busy(EVENT("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261204"),
		"2026-12-01..2026-12-03");
	expect_busy(EVENT("DTSTART;VALUE=DATE:20261201"), "2026-12-01");
	expect_busy(EVENT("DTSTART:20261201\nDURATION:P1W"), "2026-12-01..2026-12-07");
	expect_busy(
		EVENT("DTSTART:20261201T000000\nDTEND:20261203T000000"), "2026-12-01..2026-12-02");
}

Test(ical_reader, what_takes_nobodys_time_is_nothing)
{
	expect_busy(EVENT(AT_9_TO_11 "\nTRANSP:TRANSPARENT"), "");
	expect_busy(EVENT(AT_9_TO_11 "\nX-MICROSOFT-CDO-BUSYSTATUS:FREE"), "");
	expect_busy(EVENT(AT_9_TO_11 "\nSTATUS:CANCELLED"), "");
	expect_busy(EVENT("DTSTART:20261201T090000"), "");
	expect_busy(EVENT("DTSTART:19991201T090000\nDTEND:19991201T100000"), "");
	expect_busy(EVENT("TRANSP:TRANSPARENT\nRRULE:FREQ=SECONDLY"), "");
	expect_busy(EVENT("DTSTART;VALUE=DATE:20261201\nTRANSP:TRANSPARENT\n"
			  "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
		"2026-12-01");
}

Test(ical_reader, a_repeated_busy_event_is_each_time_within_the_days_asked_for)
{
	expect_busy(EVENT("DTSTART:20200107T090000\nDTEND:20200107T100000\n"
			  "RRULE:FREQ=WEEKLY;UNTIL=20261215T090000\nEXDATE:20261201T090000"),
		"2026-11-24 540-600; 2026-12-08 540-600; 2026-12-15 540-600");
	expect_busy(EVENT("DTSTART:20261130T090000\nDTEND:20261130T100000\n"
			  "RRULE:FREQ=DAILY;COUNT=3") "\n" EVENT("RECURRENCE-ID:20261201T090000\n"
								 "DTSTART:20261201T140000\nDTEND:"
								 "20261201T150000"),
		"2026-11-30 540-600; 2026-12-02 540-600; 2026-12-01 840-900");
}

Test(ical_reader, a_year_of_birthdays_is_one_day_a_year)
{
	expect_busy(EVENT("DTSTART;VALUE=DATE:19600229\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6"),
		"2026-12-06; 2027-12-06");
}

/* ---- Zones. */

Test(ical_reader, utc_and_other_zones_come_to_the_clock_here)
{
	expect_busy(
		EVENT("DTSTART:20261201T070000Z\nDTEND:20261201T080000Z"), "2026-12-01 540-600");
	expect_busy(
		EVENT("DTSTART:20270601T070000Z\nDTEND:20270601T080000Z"), "2027-06-01 600-660");
	expect_busy(EVENT("DTSTART;TZID=Europe/Stockholm:20261201T080000\nDURATION:PT1H"),
		"2026-12-01 540-600");
	expect_busy(EVENT("DTSTART;TZID=America/New_York:20261130T180000\nDURATION:PT1H"),
		"2026-12-01 60-120");
	expect_busy(EVENT("DTSTART;TZID=\"FLE Standard Time\":20261201T090000\nDURATION:PT1H"),
		"2026-12-01 540-600");
	expect_busy(EVENT("DTSTART;TZID=W. Europe Standard Time:20270601T080000\nDURATION:PT1H"),
		"2027-06-01 540-600");
	expect_busy(EVENT("DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Europe/Stockholm:"
			  "20261201T080000\nDURATION:PT1H"),
		"2026-12-01 540-600");
	expect_busy(EVENT("DTSTART:20261201T090000\nDURATION:PT1H"), "2026-12-01 540-600");
}

#define CUSTOM_ZONE                                                                                \
	"BEGIN:VTIMEZONE\nTZID:%s\n"                                                               \
	"BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"          \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"                       \
	"BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"          \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"

Test(ical_reader, a_zone_of_the_files_own_is_taken_by_its_rules)
{
	expect_busy(arena_printf(&arena,
			    CUSTOM_ZONE EVENT("DTSTART;TZID=\"(UTC+01:00) Oma: aika\":"
					      "20261201T080000\nDURATION:PT1H"),
			    "(UTC+01:00) Oma: aika"),
		"2026-12-01 540-600");
	/* The day before summer time and the day after. */
	expect_busy(arena_printf(&arena,
			    CUSTOM_ZONE EVENT("DTSTART;TZID=X:20270327T080000\nDURATION:PT1H\n"
					      "RRULE:FREQ=DAILY;COUNT=3"),
			    "X"),
		"2027-03-27 540-600; 2027-03-28 540-600; 2027-03-29 540-600");
	expect_hole(arena_printf(&arena,
			    CUSTOM_ZONE HOLE("DTSTART;TZID=X:20261201T080000\nDURATION:PT2H\n"
					     "RRULE:FREQ=WEEKLY"),
			    "X"),
		"weekly 2 540-660 2026-12-01 -");
}

Test(ical_reader, a_zone_may_stand_behind_the_events_that_need_it)
{
	expect_busy(arena_printf(&arena,
			    EVENT("DTSTART;TZID=X:20261201T080000\nDURATION:PT1H") "\n" CUSTOM_ZONE,
			    "X"),
		"2026-12-01 540-600");
}

/* Apple's iCal 1.5 has written this. */
Test(ical_reader, a_known_zone_with_half_a_definition_is_taken_by_its_name)
{
	expect_busy("BEGIN:VTIMEZONE\nTZID:Europe/Paris\nBEGIN:STANDARD\nTZOFFSETTO:0100\n"
		    "END:STANDARD\nEND:VTIMEZONE\n" EVENT(
			    "DTSTART;TZID=Europe/Paris:20261201T080000\nDURATION:PT1H"),
		"2026-12-01 540-600");
}

Test(ical_reader, an_unknown_zone_is_never_taken_for_the_one_here)
{
	expect_trouble(EVENT("DTSTART;TZID=Nowhere/Town:20261201T080000\nDURATION:PT1H"), 5,
		"\"Nowhere/Town\" is not known");
	expect_trouble(EVENT("DTSTART;TZID=../../etc/passwd:20261201T080000\nDURATION:PT1H"), 5,
		"not known");
	/* One whose definition can't be used. */
	expect_trouble("BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:20260101T000000\n"
		       "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=SECONDLY\nEND:STANDARD\n"
		       "END:VTIMEZONE\n" EVENT("DTSTART;TZID=X:20261201T080000\nDURATION:PT1H"),
		14, "not known");
}

/* An event in the zone X, which has `count` times the observance with the line `line`. */
static const char *with_zone(int count, const char *line)
{
	struct text text = { 0 };
	const char *body;

	text_add(&text,
		EVENT("DTSTART;TZID=X:20261201T080000\nDURATION:PT1H") "\nBEGIN:VTIMEZONE\nTZID:"
								       "X\n");
	for (int i = 0; i < count; i++)
		text_format(&text,
			"BEGIN:STANDARD\nDTSTART:19700101T%02d%02d00\nTZOFFSETFROM:+0100\n"
			"TZOFFSETTO:+0100\n%s\nEND:STANDARD\n",
			i / 60, i % 60, line);
	text_add(&text, "END:VTIMEZONE");
	body = arena_text(&arena, text_get(&text));
	text_release(&text);
	return body;
}

Test(ical_reader, a_zone_that_would_take_long_is_a_trouble_of_its_events)
{
	const char *dates = "RDATE:20200101T000000";

	expect_busy(with_zone(64, "X-A:b"), "2026-12-01 540-600");
	expect_trouble(with_zone(65, "X-A:b"), 5, "\"X\" is not known");
	expect_busy(with_zone(20, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"), "2026-12-01 540-600");
	expect_trouble(with_zone(21, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"), 5, "not known");
	expect_trouble(with_zone(1, "RRULE:FREQ=YEARLY;BYDAY=SU"), 5, "not known");
	expect_trouble(with_zone(1, "RRULE:FREQ=YEARLY;COUNT=1;BYYEARDAY=1,2"), 5, "not known");
	expect_trouble(with_zone(1, arena_printf(&arena, "RRULE:FREQ=YEARLY;X-A=%0200d", 0)), 5,
		"not known");
	for (int i = 0; i < 500; i++)
		dates = arena_printf(&arena, "%s,20200101T000000", dates);
	expect_trouble(with_zone(1, dates), 5, "not known");
}

Test(ical_reader, far_years_of_other_zones_are_told)
{
	expect_trouble(EVENT("DTSTART;TZID=America/New_York:21010101T080000\nDURATION:PT1H"), 5,
		"until 2100");
	/* But a rule may go on that long, as many do that never end. */
	expect_busy(EVENT("DTSTART;TZID=Europe/Paris:20261201T080000\nDURATION:PT1H\n"
			  "RRULE:FREQ=YEARLY;UNTIL=21991231T235959Z"),
		"2026-12-01 540-600; 2027-12-01 540-600");
}

Test(ical_reader, a_hole_that_summer_time_would_move_is_told)
{
	expect_trouble(HOLE("DTSTART:20261201T070000Z\nDURATION:PT2H\nRRULE:FREQ=WEEKLY"), 3,
		"summer time");
	/* But not where it ends before. */
	expect_hole(HOLE("DTSTART:20261201T070000Z\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=10"),
		"weekly 2 540-660 2026-12-01 2027-02-02");
	/* Nor where the calendar says which clock it means, as Google's do. */
	read_text("BEGIN:VCALENDAR\nX-WR-TIMEZONE:Europe/Helsinki\n" HOLE(
		"DTSTART:20261201T070000Z\nDURATION:PT2H\nRRULE:FREQ=WEEKLY") "\nEND:VCALENDAR\n");
	cr_expect_str_eq(slots_of(only_event()), "weekly 2 540-660 2026-12-01 -");
}

Test(ical_reader, a_hole_of_a_far_zone_falls_on_the_weekday_here)
{
	expect_hole(HOLE("DTSTART;TZID=Asia/Tokyo:20261202T020000\nDURATION:PT2H\n"
			 "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=4"),
		"weekly 2 1140-1260 2026-12-01 2026-12-22");
}

Test(ical_reader, busy_times_keep_to_the_clock_on_the_days_it_is_moved)
{
	expect_busy(EVENT("DTSTART:20261025T000000Z\nDTEND:20261025T003000Z"), "");
	today = day_from_civil(2026, 10, 20);
	/* 3.30 comes twice that night: from the first to the second is an hour. */
	expect_busy(
		EVENT("DTSTART:20261025T003000Z\nDTEND:20261025T013000Z"), "2026-10-25 210-270");
	expect_busy(EVENT("DTSTART;TZID=Europe/Helsinki:20261025T090000\nDURATION:PT1H"),
		"2026-10-25 540-600");
}

/* ---- Habits. */

Test(ical_reader, folded_and_over_long_lines_are_one)
{
	struct text text = { 0 };

	expect_busy(EVENT("DTSTART;TZID=Europe/\n Helsinki:2026\n\t1201T090000\nDURA\n TION:PT1H"),
		"2026-12-01 540-600");
	text_add(&text, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u1\r\nX-ALT-DESC:");
	for (int i = 0; i < 100000; i++)
		text_add(&text, "0123456789");
	text_add(&text, "\r\n" AT_9_TO_11 "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
	read_text(text_get(&text));
	cr_expect_str_eq(closings_of(only_event()), "2026-12-01 540-660");
	text_release(&text);
}

Test(ical_reader, every_end_of_line_and_a_byte_order_mark_are_met)
{
	static const char *const files[] = {
		"\xef\xbb\xbf"
		"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTART:20261201T090000\r\n"
		"DURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u1\nDTSTART:20261201T090000\n"
		"DURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR",
		"\n\nBEGIN:VCALENDAR\r\r\n\nBEGIN:VEVENT \r\nuid:u1\r\ndtstart:20261201T090000\r\n"
		"Duration:PT1H\r\n\r\nend:vevent\r\nEND:VCALENDAR\r\n\r\n",
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		read_text(files[i]);
		cr_expect_str_eq(closings_of(only_event()), "2026-12-01 540-600", "%zu", i);
	}
}

Test(ical_reader, what_is_not_asked_for_may_be_any_text)
{
	expect_busy(EVENT("DESCRIPTION:ensimmäinen rivi\ntoinen rivi ilman taitosta\n"
			  "SUMMARY:\xe4\xf6 ei UTF-8\n" AT_9_TO_11
			  "\nBEGIN:VALARM\nTRIGGER:-PT15M\nDTSTART:x\nEND:VALARM"),
		"2026-12-01 540-660");
}

Test(ical_reader, an_events_version_with_the_higher_sequence_counts)
{
	expect_busy(EVENT("SEQUENCE:1\nDTSTART:20261201T090000\nDURATION:PT1H") "\n" EVENT(
			    "SEQUENCE:2\nDTSTART:20261201T120000\nDURATION:PT1H"),
		"2026-12-01 720-780");
	expect_busy(EVENT(AT_9_TO_11) "\n" EVENT(AT_9_TO_11), "2026-12-01 540-660");
	expect_trouble(EVENT("DTSTART:20261201T090000\nDURATION:PT1H") "\n" EVENT(
			       "DTSTART:20261201T120000\nDURATION:PT1H"),
		8, "UID of another event (line 3)");
}

Test(ical_reader, a_sequence_beyond_all_is_the_highest_and_one_below_zero_is_the_first)
{
	cr_expect_eq(event_of(HOLE(AT_9_TO_11 "\nSEQUENCE:99999999999"))->sequence, INT_MAX);
	cr_expect_eq(
		event_of(HOLE(AT_9_TO_11 "\nSEQUENCE:99999999999999999999999"))->sequence, INT_MAX);
	cr_expect_eq(event_of(HOLE(AT_9_TO_11 "\nSEQUENCE:-5"))->sequence, 0);
}

Test(ical_reader, what_is_no_event_is_passed_over)
{
	read_body("BEGIN:VTODO\nUID:t\nDTSTART:x\nEND:VTODO\nBEGIN:VJOURNAL\nEND:VJOURNAL");
	cr_expect_eq(reading.event_count + reading.trouble_count, 0u);
}

Test(ical_reader, several_calendars_may_stand_in_one_file)
{
	read_text("BEGIN:VCALENDAR\n" EVENT(AT_9_TO_11) "\nEND:VCALENDAR\nBEGIN:VCALENDAR\n"
							"BEGIN:VEVENT\nUID:u2\n" AT_9_TO_11
							"\nEND:VEVENT\nEND:VCALENDAR\n");
	cr_expect_eq(reading.event_count, 2u);
	cr_expect_eq(reading.events[1].line, 9);
}

/* ---- Faults. */

Test(ical_reader, events_that_cannot_be_are_told_and_spoil_no_other)
{
	static const struct {
		const char *lines;
		int line;
		const char *reason;
	} faults[] = {
		{ "SUMMARY:x", 3, "no beginning" },
		{ "DTSTART:20261301T090000", 5, "is no time" },
		{ "DTSTART:20260229", 5, "is no time" },
		{ "DTSTART:", 5, "is no time" },
		{ "DTSTART:20261201T2500", 5, "is no time" },
		{ "DTSTART:20261201T090000\nDTEND:tomorrow", 6, "is no time" },
		{ "DTSTART:20261201T090000\nDTEND:20261201T080000", 6, "ends before" },
		{ "DTSTART:20261201T090000\nDTEND;VALUE=DATE:20261202", 6, "both" },
		{ "DTSTART:20261201T090000\nDURATION:1H", 6, "is no time" },
		{ "DTSTART:20261201T090000\nDURATION:P999999999W", 6, "is no time" },
		{ "DTSTART:20261201T090000\nDTEND:20400101T090000", 6, "ten years" },
		{ "DTSTART:20261201T090000\nRRULE:FREQ=SECONDLY", 6, "within a day" },
		{ "DTSTART:20261201T090000\nRRULE:FREQ=NEVER", 6, "no frequency" },
		{ "DTSTART:20261201T090000\nRRULE:BYDAY=MO", 6, "no FREQ" },
		{ "DTSTART:20261201T090000\nRRULE:FREQ=WEEKLY;BYDAY=XX", 6, "BYDAY=XX" },
		{ "DTSTART:20261201T090000\nRRULE:FREQ=DAILY;INTERVAL=0", 6, "INTERVAL=0" },
		{ "DTSTART:20261201T090000\nRRULE:FREQ=DAILY;UNTIL=soon", 6, "is no time" },
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		expect_trouble(arena_printf(&arena, EVENT("%s"), faults[i].lines), faults[i].line,
			faults[i].reason);
	read_body(EVENT("DTSTART:x") "\nBEGIN:VEVENT\nUID:u2\n" AT_9_TO_11 "\nEND:VEVENT");
	cr_expect_eq(reading.event_count, 1u);
	cr_expect_eq(reading.trouble_count, 1u);
	expect_trouble("BEGIN:VEVENT\n" AT_9_TO_11 "\nEND:VEVENT", 3, "no UID");
}

static void expect_refusal(const char *text, int line, const char *reason)
{
	cr_assert_not(read_bytes(text, strlen(text)), "%s", text);
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_eq(reading.refused_line, line, "line %d: %s", reading.refused_line, err.text);
	cr_expect_not_null(strstr(err.text, reason), "%s", err.text);
}

Test(ical_reader, what_is_no_calendar_is_refused_with_its_line)
{
	expect_refusal("", 1, "no iCalendar file");
	expect_refusal("hello", 1, "no iCalendar file");
	expect_refusal("<html>\n<a href=\"http://x\">\n", 2, "no iCalendar file");
	expect_refusal("BEGIN:VCARD\nEND:VCARD\n", 1, "no iCalendar file");
	expect_refusal("BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n", 2, "vCalendar 1.0");
	expect_refusal("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\n", 2, "breaks off in the VEVENT");
	expect_refusal(
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3, "ends no VEVENT (line 2)");
	expect_refusal("END:VCALENDAR\n", 1, "no iCalendar file");
	expect_refusal("BEGIN:VCALENDAR\nEND:VCALENDAR\nX:y\n", 3, "behind");
	expect_refusal("\xff\xfe"
		       "B",
		1, "UTF-16");
	cr_assert_not(read_bytes("BEGIN:VCALENDAR\n\0\n", 18));
	cr_expect_eq(reading.refused_line, 2);
}

/* ---- Bounds. */

static double seconds_of(const char *text)
{
	clock_t before = clock();

	read_text(text);
	return (double)(clock() - before) / CLOCKS_PER_SEC;
}

static const char *many(int count, const char *lines)
{
	static struct text text;

	text_clear(&text);
	text_add(&text, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < count; i++)
		text_format(&text, "BEGIN:VEVENT\nUID:u%d\n%s\nEND:VEVENT\n", i, lines);
	text_add(&text, "END:VCALENDAR\n");
	return text_get(&text);
}

/* Each is the worst of its kind; the time is an order above what it takes. */
Test(ical_reader, no_file_takes_long)
{
	static const char *const worst[] = {
		"DTSTART:19000101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=1000000",
		"DTSTART:19000101T090000\nDURATION:PT1H\n"
		"RRULE:FREQ=YEARLY;COUNT=9;BYMONTH=2;BYMONTHDAY=30",
		"DTSTART:19000101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY",
		"DTSTART;TZID=America/New_York:19000101T090000\nDURATION:P3000D\nRRULE:FREQ=DAILY",
		"SUMMARY:hole\nDTSTART;TZID=America/New_York:19000101T090000\nDURATION:PT1H\n"
		"RRULE:FREQ=WEEKLY;COUNT=1000000",
	};

	for (size_t i = 0; i < sizeof(worst) / sizeof(worst[0]); i++) {
		cr_expect_lt(seconds_of(many(50000, worst[i])), 20.0, "%s", worst[i]);
		cr_expect_eq(reading.event_count + reading.trouble_count, 50000u);
		arena_reset(&arena);
	}
}

Test(ical_reader, long_lists_in_a_rule_count_as_more_work)
{
	const char *rule = "DTSTART:19000101T090000\nDURATION:PT1H\n"
			   "RRULE:FREQ=DAILY;COUNT=1000000;BYMONTHDAY=1";

	read_text(many(60, rule));
	cr_expect_eq(reading.trouble_count, 0u);
	for (int i = 1; i < 400; i++)
		rule = arena_printf(&arena, "%s,1", rule);
	read_text(many(60, rule));
	cr_assert_gt(reading.trouble_count, 0u);
	cr_expect_not_null(strstr(reading.troubles[0].reason, "too long to work out"));
}

/* Looked up for each date these would be 10^11 steps. */
Test(ical_reader, the_zone_of_many_dates_is_looked_up_once)
{
	struct text text = { 0 };

	text_add(&text, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nSUMMARY:hole\n" AT_9_TO_11
			"\nRRULE:FREQ=WEEKLY\nEXDATE;X-P=");
	for (int i = 0; i < 1000000; i++)
		text_add(&text, "a");
	text_add(&text, ":20261208T090000");
	for (int i = 0; i < 100000; i++)
		text_add(&text, ",20261208T090000");
	text_add(&text, "\nEND:VEVENT\nEND:VCALENDAR\n");
	cr_expect_lt(seconds_of(text_get(&text)), 20.0);
	cr_expect_str_eq(closings_of(only_event()), "2026-12-08 540-660");
	text_release(&text);
}

Test(ical_reader, too_many_events_of_one_uid_are_a_trouble)
{
	struct text text = { 0 };

	text_add(&text, "BEGIN:VCALENDAR\n");
	for (int i = 0; i <= ICAL_MOST_OF_UID; i++)
		text_add(&text, "BEGIN:VEVENT\nUID:u\nDTSTART:20270101\nRRULE:FREQ=DAILY\n"
				"END:VEVENT\n");
	text_add(&text, "BEGIN:VEVENT\nUID:v\nDTSTART:20270101\nEND:VEVENT\nEND:VCALENDAR\n");
	read_text(text_get(&text));
	text_release(&text);
	cr_assert_eq(reading.trouble_count, 1u);
	cr_expect_eq(reading.troubles[0].line, 2);
	cr_expect_not_null(strstr(reading.troubles[0].reason, "same UID"));
	cr_expect_eq(reading.event_count, 1u);
}

Test(ical_reader, too_many_events_are_refused)
{
	const char *text = many(ICAL_MOST_EVENTS + 1, "DTSTART:20261201");

	cr_assert_not(read_bytes(text, strlen(text)));
	cr_expect_eq(reading.refused_line, 2 + 4 * ICAL_MOST_EVENTS);
}
