#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/base/zone.h"
#include "kutsu/format/ical_writer.h"
#include "written.h"

#include <criterion/criterion.h>
#include <libical/ical.h>
#include <string.h>

#define TWO_YEARS 731
#define LETTERS	  "ääääääääääääääääääää"
#define FAMILY	  "👨‍👩‍👧"

static struct written written;
static struct ical_writer writer;
static struct error err;
static icalcomponent *calendar;
static int today;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
	zone_set("Europe/Helsinki");
	today = day_from_civil(2026, 11, 24);
	writer = (struct ical_writer) { .file = written_open(&written),
		.zone = "Europe/Helsinki",
		.now = zone_to_moment(today, 10 * 60 + 42) };
	cr_assert(ical_begin(&writer, "kutsu", &err), "%s", err.text);
}

static void tear_down(void)
{
	if (calendar)
		icalcomponent_free(calendar);
	free(written.text);
}

TestSuite(ical_writer, .init = set_up, .fini = tear_down);

/* Ends the file and reads it back. */
static icalcomponent *first_event(void)
{
	ical_end(&writer);
	calendar = icalparser_parse_string(written_close(&written));
	cr_assert(calendar);
	cr_assert_eq(icalcomponent_count_errors(calendar), 0);
	return icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
}

static bool has_line(const char *line)
{
	char wanted[200];

	snprintf(wanted, sizeof(wanted), "\r\n%s\r\n", line);
	return strstr(written.text, wanted);
}

static struct meeting some_meeting(void)
{
	return (struct meeting) { .id = 12,
		.case_code = "2026-0147",
		.day = day_from_civil(2026, 12, 1),
		.start = 780,
		.end = 840,
		.place = "Kesälän koulu, 2. krs",
		.status = MEETING_BOOKED,
		.uid = "5f0d8a3e@kutsu",
		.sequence = 3,
		.changed_at = writer.now - 60 };
}

Test(ical_writer, the_calendar_has_its_head)
{
	icalcomponent *event = first_event();

	cr_assert_null(event);
	cr_assert(has_line("VERSION:2.0"));
	cr_assert(has_line("PRODID:-//kutsu//kutsu//EN"));
	cr_assert(has_line("X-WR-CALNAME:kutsu"));
	cr_assert_eq(strncmp(written.text, "BEGIN:VCALENDAR\r\n", 17), 0);
	cr_assert_str_eq(written.text + written.length - 15, "END:VCALENDAR\r\n");
}

Test(ical_writer, the_calendar_can_be_subscribed_to)
{
	first_event();
	cr_assert(has_line("METHOD:PUBLISH"));
	cr_assert(has_line("REFRESH-INTERVAL;VALUE=DURATION:PT1H"));
	cr_assert(has_line("X-PUBLISHED-TTL:PT1H"));
}

Test(ical_writer, a_meeting_whose_case_is_not_told_has_its_kind_for_a_summary)
{
	struct meeting meeting = some_meeting();

	meeting.case_code = NULL;
	ical_meeting(&writer, &meeting);
	cr_assert(first_event());
	cr_assert(has_line("SUMMARY:invited network meeting"));
	cr_assert(has_line("UID:5f0d8a3e@kutsu"));
}

Test(ical_writer, the_zone_has_its_plain_name_everywhere)
{
	struct meeting meeting = some_meeting();

	ical_meeting(&writer, &meeting);
	first_event();
	cr_assert(has_line("TZID:Europe/Helsinki"));
	cr_assert(has_line("DTSTART;TZID=Europe/Helsinki:20261201T130000"));
	cr_assert_not(strstr(written.text, "freeassociation"));
}

Test(ical_writer, an_unknown_zone_is_told)
{
	struct ical_writer other = { .file = written.file, .zone = "Europe/Nowhere" };

	cr_assert_not(ical_begin(&other, "kutsu", &err));
	cr_assert_eq(err.code, ERROR_FAILED);
	first_event();
}

Test(ical_writer, a_meeting_has_its_lines)
{
	struct meeting meeting = some_meeting();

	ical_meeting(&writer, &meeting);
	cr_assert(first_event());
	cr_assert(has_line("UID:5f0d8a3e@kutsu"));
	cr_assert(has_line("DTSTAMP:20261124T084200Z"));
	cr_assert(has_line("LAST-MODIFIED:20261124T084100Z"));
	cr_assert(has_line("SEQUENCE:3"));
	cr_assert(has_line("STATUS:CONFIRMED"));
	cr_assert(has_line("CLASS:PRIVATE"));
	cr_assert(has_line("SUMMARY:Invited network meeting 2026-0147"));
	cr_assert(has_line("LOCATION:Kesälän koulu\\, 2. krs"));
	cr_assert(has_line("DTEND;TZID=Europe/Helsinki:20261201T140000"));
}

Test(ical_writer, a_cancelled_follow_up_says_both)
{
	struct meeting meeting = some_meeting();

	meeting.status = MEETING_CANCELLED;
	meeting.kind = MEETING_FOLLOW_UP;
	ical_meeting(&writer, &meeting);
	cr_assert(first_event());
	cr_assert(has_line("STATUS:CANCELLED"));
	cr_assert(has_line("SUMMARY:Follow-up meeting 2026-0147"));
}

Test(ical_writer, non_disclosure_hides_the_place)
{
	struct meeting meeting = some_meeting();

	meeting.nondisclosure = true;
	ical_meeting(&writer, &meeting);
	cr_assert(first_event());
	cr_assert_not(strstr(written.text, "\r\nLOCATION"));
	cr_assert_not(strstr(written.text, "koulu"));
}

Test(ical_writer, nobody_is_named)
{
	struct meeting meeting = some_meeting();
	struct slot slot = { .id = 1,
		.weekday = 2,
		.start = 780,
		.end = 840,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.ready_person = "Aino Ahkera",
		.deputy = "Ville Vara",
		.place = "Huone 5" };
	struct closing closing = { .from_day = today, .until_day = today + 14, .reason = "sairas" };
	struct unit_calendar unit = { .closings = &closing, .closing_count = 1 };

	meeting.held_by = "aahkera";
	meeting.cancelled_reason = "Liisa muutti";
	ical_meeting(&writer, &meeting);
	ical_slot(&writer, &slot, "Perheneuvola", &unit, NULL, 0);
	cr_assert(first_event());
	cr_assert_not(strstr(written.text, "Aino"));
	cr_assert_not(strstr(written.text, "Ville"));
	cr_assert_not(strstr(written.text, "aahkera"));
	cr_assert_not(strstr(written.text, "Liisa"));
	cr_assert_not(strstr(written.text, "sairas"));
}

Test(ical_writer, an_end_at_midnight_is_on_the_next_day)
{
	struct meeting meeting = some_meeting();

	meeting.end = MINUTES_IN_DAY;
	ical_meeting(&writer, &meeting);
	cr_assert(first_event());
	cr_assert(has_line("DTEND;TZID=Europe/Helsinki:20261202T000000"));
}

static void expect_folded_lines(void)
{
	const char *line = written.text;

	cr_assert(utf8_is_valid(written.text));
	while (*line) {
		size_t length = strcspn(line, "\r\n");

		cr_assert_leq(length, 75, "%.*s", (int)length, line);
		cr_assert_eq(strncmp(line + length, "\r\n", 2), 0);
		line += length + 2;
	}
}

Test(ical_writer, lines_are_folded_at_75_octets_and_come_back)
{
	static const char place[] = LETTERS LETTERS LETTERS FAMILY FAMILY FAMILY FAMILY FAMILY
		"; \"talo\", C:\\koti\nrivi 2, loppu";
	struct meeting meeting = some_meeting();
	icalcomponent *event;

	meeting.place = place;
	ical_meeting(&writer, &meeting);
	event = first_event();
	expect_folded_lines();
	cr_assert_str_eq(icalcomponent_get_location(event), place);
}

Test(ical_writer, text_cannot_add_lines_of_its_own)
{
	struct meeting meeting = some_meeting();
	icalcomponent *event;

	meeting.place = "x\r\nEND:VEVENT\r\nBEGIN:VALARM";
	ical_meeting(&writer, &meeting);
	event = first_event();
	cr_assert_eq(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 1);
	cr_assert_eq(icalcomponent_count_components(event, ICAL_ANY_COMPONENT), 0);
	expect_folded_lines();
}

/* What libical makes of the rule, day by day. */
struct expansion {
	bool falls[TWO_YEARS + 14]; /* from the Monday of the writer's week */
	int count;
};

static void note_occurrence(icalcomponent *event, struct icaltime_span *span, void *to)
{
	struct expansion *expansion = to;
	struct wall_time start = zone_to_wall((int64_t)span->start);
	struct wall_time end = zone_to_wall((int64_t)span->end);
	int index = start.day - (today - day_weekday(today) + 1);

	(void)event;
	cr_assert_eq(start.minute, 780, "%d minutes on day %d", start.minute, index);
	cr_assert_eq(end.minute, 840);
	if (index < 0 || index >= TWO_YEARS + 14)
		return;
	cr_assert_not(expansion->falls[index]);
	expansion->falls[index] = true;
	expansion->count++;
}

static struct icaltimetype utc_day(int day)
{
	return icaltime_from_timet_with_zone(
		(time_t)zone_to_moment(day, 0), 0, icaltimezone_get_utc_timezone());
}

static void expand(icalcomponent *event, struct expansion *expansion)
{
	*expansion = (struct expansion) { 0 };
	icalcomponent_foreach_recurrence(event, utc_day(today - 1000), utc_day(today + TWO_YEARS),
		note_occurrence, expansion);
}

static struct slot some_slot(enum repeat repeat, int from_day, int until_day)
{
	return (struct slot) { .id = 5,
		.weekday = from_day == DAY_FIRST ? 2 : day_weekday(from_day),
		.start = 780,
		.end = 840,
		.repeat = repeat,
		.from_day = from_day,
		.until_day = until_day };
}

/* Writes the slot, has libical expand it and compares each day of two years with the domain. */
static void expect_as_domain(const struct slot *slot, const struct unit_calendar *unit,
	const struct school_break *breaks, size_t break_count)
{
	int first = today - day_weekday(today) + 1;
	struct expansion expansion;
	int wanted_count = 0;

	ical_slot(&writer, slot, "Perheneuvola", unit, breaks, break_count);
	expand(first_event(), &expansion);
	expect_folded_lines();
	for (int day = first; day < today + TWO_YEARS; day++) {
		bool wanted = slot_falls_on(slot, day)
			      && !calendar_closes(unit, breaks, break_count, day, 0, 1440);

		cr_assert_eq(expansion.falls[day - first], wanted, "day %d", day - first);
		wanted_count += wanted;
	}
	cr_assert_eq(expansion.count, wanted_count);
	cr_assert_gt(wanted_count, 0);
}

static void expect_plain(enum repeat repeat, int from_day, int until_day)
{
	struct slot slot = some_slot(repeat, from_day, until_day);

	expect_as_domain(&slot, &(struct unit_calendar) { 0 }, NULL, 0);
}

Test(ical_writer, weekly_falls_as_the_domain_says)
{
	expect_plain(REPEAT_WEEKLY, day_from_civil(2026, 9, 1), DAY_LAST);
	cr_assert(has_line("RRULE:FREQ=WEEKLY"));
	cr_assert(has_line("DTSTART;TZID=Europe/Helsinki:20260901T130000"));
	cr_assert(has_line("UID:slot-5@kutsu"));
	cr_assert(has_line("SUMMARY:Perheneuvola: hole in the calendar"));
	cr_assert(has_line("TRANSP:TRANSPARENT"));
}

Test(ical_writer, weekly_without_a_beginning_starts_in_the_writers_week)
{
	expect_plain(REPEAT_WEEKLY, DAY_FIRST, DAY_LAST);
	cr_assert(has_line("DTSTART;TZID=Europe/Helsinki:20261124T130000"));
}

Test(ical_writer, weekly_from_another_weekday_starts_on_its_own)
{
	struct slot slot = some_slot(REPEAT_WEEKLY, day_from_civil(2026, 12, 3), DAY_LAST);

	slot.weekday = 2;
	expect_as_domain(&slot, &(struct unit_calendar) { 0 }, NULL, 0);
	cr_assert(has_line("DTSTART;TZID=Europe/Helsinki:20261208T130000"));
}

Test(ical_writer, weekly_ends_on_its_last_day)
{
	expect_plain(REPEAT_WEEKLY, day_from_civil(2026, 9, 1), day_from_civil(2027, 6, 1));
	cr_assert(has_line("RRULE:FREQ=WEEKLY;UNTIL=20270601T100000Z"));
}

Test(ical_writer, weekly_keeps_its_wall_time_on_the_days_the_clock_is_moved)
{
	struct slot slot = some_slot(REPEAT_WEEKLY, day_from_civil(2026, 9, 6), DAY_LAST);

	cr_assert(slot_falls_on(&slot, day_from_civil(2027, 3, 28)));
	cr_assert(slot_falls_on(&slot, day_from_civil(2027, 10, 31)));
	expect_as_domain(&slot, &(struct unit_calendar) { 0 }, NULL, 0);
}

Test(ical_writer, fortnights_go_on_over_the_year_end)
{
	expect_plain(REPEAT_FORTNIGHTLY, day_from_civil(2026, 9, 8), DAY_LAST);
	cr_assert(has_line("RRULE:FREQ=WEEKLY;INTERVAL=2"));
}

Test(ical_writer, fortnights_on_sunday_count_from_their_first_day)
{
	expect_plain(REPEAT_FORTNIGHTLY, day_from_civil(2026, 9, 13), day_from_civil(2028, 1, 2));
}

Test(ical_writer, the_first_tuesday_of_the_month_falls_as_the_domain_says)
{
	expect_plain(REPEAT_MONTHLY, day_from_civil(2026, 9, 1), DAY_LAST);
	cr_assert(has_line("RRULE:FREQ=MONTHLY;BYDAY=1TU"));
}

Test(ical_writer, every_nth_weekday_falls_as_the_domain_says)
{
	for (int from = day_from_civil(2026, 8, 1); from < day_from_civil(2026, 9, 1); from++) {
		expect_plain(REPEAT_MONTHLY, from, DAY_LAST);
		icalcomponent_free(calendar);
		free(written.text);
		writer.file = written_open(&written);
		cr_assert(ical_begin(&writer, "kutsu", &err));
	}
	first_event();
}

Test(ical_writer, closings_breaks_and_holidays_are_exceptions)
{
	const struct closing closings[] = {
		{ .from_day = day_from_civil(2027, 1, 4), .until_day = day_from_civil(2027, 2, 7) },
		{ .from_day = day_from_civil(2028, 3, 1), .until_day = DAY_LAST },
	};
	const struct school_break breaks[] = {
		{ .from_day = day_from_civil(2027, 2, 22),
			.until_day = day_from_civil(2027, 2, 26) },
		{ .from_day = day_from_civil(2027, 3, 1),
			.until_day = day_from_civil(2027, 3, 5),
			.municipality = "Muu" },
	};
	struct unit_calendar unit = { .school_based = true,
		.municipality = "Kesälä",
		.closings = closings,
		.closing_count = 2 };

	for (int repeat = 0; repeat < REPEATS; repeat++) {
		struct slot slot = some_slot(repeat, day_from_civil(2026, 11, 25), DAY_LAST);

		expect_as_domain(&slot, &unit, breaks, 2);
		cr_assert(strstr(written.text, "\r\nEXDATE;TZID=Europe/Helsinki:202"));
		icalcomponent_free(calendar);
		free(written.text);
		writer.file = written_open(&written);
		cr_assert(ical_begin(&writer, "kutsu", &err));
	}
	first_event();
}

Test(ical_writer, a_closed_day_earlier_in_the_writers_week_is_an_exception)
{
	struct closing closing = { .from_day = today - 1, .until_day = today - 1 };
	struct unit_calendar unit = { .closings = &closing, .closing_count = 1 };
	struct slot slot = some_slot(REPEAT_WEEKLY, DAY_FIRST, DAY_LAST);

	slot.weekday = 1;
	expect_as_domain(&slot, &unit, NULL, 0);
	cr_assert(has_line("EXDATE;TZID=Europe/Helsinki:20261123T130000"));
}

Test(ical_writer, a_slot_that_never_falls_is_left_out)
{
	struct slot slot =
		some_slot(REPEAT_WEEKLY, day_from_civil(2026, 9, 2), day_from_civil(2026, 9, 4));

	slot.weekday = 2;
	ical_slot(&writer, &slot, "Perheneuvola", &(struct unit_calendar) { 0 }, NULL, 0);
	cr_assert_null(first_event());
}

Test(ical_writer, a_slots_place_is_its_location)
{
	struct slot slot = some_slot(REPEAT_WEEKLY, DAY_FIRST, DAY_LAST);

	ical_slot(&writer, &slot, "Perheneuvola", &(struct unit_calendar) { 0 }, NULL, 0);
	slot.place = "Kesälän koulu, 2. krs";
	ical_slot(&writer, &slot, "Perheneuvola", &(struct unit_calendar) { 0 }, NULL, 0);
	cr_assert_null(icalcomponent_get_first_property(first_event(), ICAL_LOCATION_PROPERTY));
	cr_assert(has_line("LOCATION:Kesälän koulu\\, 2. krs"));
}

Test(ical_writer, a_hole_says_whose_it_is_and_how_many_meetings_it_holds)
{
	struct slot slot = some_slot(REPEAT_WEEKLY, DAY_FIRST, DAY_LAST);
	struct opening opening = { .unit = "B-2", .day = today, .start = 540, .end = 600 };

	slot.unit = "PNE-KES";
	slot.capacity = 3;
	ical_slot(&writer, &slot, "Perheneuvola", &(struct unit_calendar) { 0 }, NULL, 0);
	ical_opening(&writer, &opening, "B");
	cr_assert(first_event());
	cr_assert(has_line("X-KUTSU-UNIT:PNE-KES"));
	cr_assert(has_line("X-KUTSU-CAPACITY:3"));
	cr_assert(has_line("X-KUTSU-UNIT:B-2"));
	cr_assert_null(strstr(written.text, "X-KUTSU-CAPACITY:1"));
}

Test(ical_writer, the_span_is_two_years_from_the_monday_of_the_writers_week)
{
	int first_day, days;

	ical_span(&writer, &first_day, &days);
	cr_assert_eq(first_day, today - 1);
	cr_assert_geq(first_day + days, today + TWO_YEARS);
	first_event();
}

Test(ical_writer, an_opening_is_one_event)
{
	struct opening opening = {
		.id = 8, .day = day_from_civil(2026, 12, 7), .start = 540, .end = 600
	};
	icalcomponent *event;

	ical_opening(&writer, &opening, "Perheneuvola");
	event = first_event();
	cr_assert_null(icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY));
	cr_assert(has_line("UID:opening-8@kutsu"));
	cr_assert(has_line("DTSTART;TZID=Europe/Helsinki:20261207T090000"));
	cr_assert(has_line("SUMMARY:Perheneuvola: extra hole in the calendar"));
}

Test(ical_writer, the_exporters_zone_need_not_be_the_processs)
{
	struct meeting meeting = some_meeting();

	zone_set("UTC");
	ical_meeting(&writer, &meeting);
	cr_assert(first_event());
	cr_assert(has_line("DTSTART;TZID=Europe/Helsinki:20261201T130000"));
}
