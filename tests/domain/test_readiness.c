#include "kutsu/domain/readiness.h"

#include "kutsu/base/date.h"
#include "kutsu/domain/calendar.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define WEDNESDAY day_from_civil(2026, 11, 25)
#define NOON	  (12 * 60)
#define THREE	  (15 * 60)

static struct slot wednesdays(void)
{
	return (struct slot) { .weekday = 3,
		.start = NOON,
		.end = THREE,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
}

static struct occurrence first_of(const struct unit_calendar *calendar, int day,
	const struct school_break *breaks, size_t break_count)
{
	struct occurrence_list list = { 0 };
	struct occurrence first;

	calendar_add_occurrences(calendar, breaks, break_count, day, 1, &list);
	cr_assert_geq(list.count, 1u);
	first = list.items[0];
	free(list.items);
	return first;
}

Test(readiness, the_answer_of_a_hole_is_found_by_its_day_and_start)
{
	struct readiness_answer answers[] = { { .day = 5, .start = 60 }, { .day = 5, .start = 120 },
		{ .day = 6, .start = WEEK_WITHOUT_HOLE }, { .day = 7, .start = 0 } };

	for (size_t i = 0; i < 4; i++)
		cr_expect_eq(
			readiness_find(answers, 4, answers[i].day, answers[i].start), &answers[i]);
	cr_expect_null(readiness_find(answers, 4, 5, 61));
	cr_expect_null(readiness_find(answers, 4, 4, 60));
	cr_expect_null(readiness_find(NULL, 0, 5, 60));
}

Test(readiness, a_hole_is_unconfirmed_until_its_unit_has_answered)
{
	static const enum readiness states[] = { READINESS_CONFIRMED, READINESS_DEPUTY,
		READINESS_DECLINED, READINESS_UNCONFIRMED };
	struct slot slot = wednesdays();
	struct readiness_answer answer = { .day = WEDNESDAY, .start = NOON };
	struct unit_calendar calendar = { .slots = &slot, .slot_count = 1 };

	cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).readiness, READINESS_UNCONFIRMED);
	calendar.answers = &answer;
	calendar.answer_count = 1;
	for (size_t i = 0; i < 4; i++) {
		struct occurrence o;

		answer.state = states[i];
		o = first_of(&calendar, WEDNESDAY, NULL, 0);
		cr_expect_eq(o.readiness, states[i]);
		cr_expect_eq(o.answer, &answer);
		cr_expect_eq(o.state == OCCURRENCE_CLOSED, states[i] == READINESS_DECLINED);
		cr_expect_eq(first_of(&calendar, WEDNESDAY + 7, NULL, 0).readiness,
			READINESS_UNCONFIRMED);
	}
}

Test(readiness, a_declined_hole_has_no_room_and_the_units_other_hole_of_the_day_has)
{
	struct slot slots[] = { wednesdays(), wednesdays() };
	struct readiness_answer answer = {
		.day = WEDNESDAY, .start = NOON, .state = READINESS_DECLINED
	};
	struct unit_calendar calendar = {
		.slots = slots, .slot_count = 2, .answers = &answer, .answer_count = 1
	};

	slots[1].start = 9 * 60;
	slots[1].end = 10 * 60;
	cr_expect_not(calendar_has_room(&calendar, NULL, 0, WEDNESDAY, NOON, NOON + 60));
	cr_expect(calendar_has_room(&calendar, NULL, 0, WEDNESDAY, 9 * 60, 10 * 60));
	cr_expect(calendar_has_room(&calendar, NULL, 0, WEDNESDAY + 7, NOON, NOON + 60));
}

Test(readiness, a_short_absence_declines_and_one_of_a_week_pauses)
{
	struct slot slot = wednesdays();
	struct closing closing = { .from_day = WEDNESDAY };
	struct unit_calendar calendar = {
		.slots = &slot, .slot_count = 1, .closings = &closing, .closing_count = 1
	};

	for (int days = 1; days < 10; days++) {
		closing.until_day = WEDNESDAY + days - 1;
		cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).readiness,
			days < 7 ? READINESS_DECLINED : READINESS_PAUSED, "%d days", days);
	}
	closing.until_day = DAY_LAST;
	cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).readiness, READINESS_PAUSED);
	cr_expect_eq(first_of(&calendar, WEDNESDAY + 7 * 500, NULL, 0).readiness, READINESS_PAUSED);
}

Test(readiness, holidays_and_school_breaks_pause)
{
	struct slot slot = wednesdays();
	struct school_break school_break = { .from_day = WEDNESDAY, .until_day = WEDNESDAY };
	struct unit_calendar calendar = { .slots = &slot, .slot_count = 1, .school_based = true };

	cr_expect_eq(first_of(&calendar, WEDNESDAY, &school_break, 1).readiness, READINESS_PAUSED);
	cr_expect_eq(first_of(&calendar, day_from_civil(2027, 1, 6), NULL, 0).readiness,
		READINESS_PAUSED);
}

Test(readiness, who_was_to_come_was_said_of_a_hole_that_was_open)
{
	struct slot slot = wednesdays();
	struct closing closing = { .from_day = WEDNESDAY, .until_day = WEDNESDAY };
	struct readiness_answer answer = {
		.day = WEDNESDAY, .start = NOON, .state = READINESS_CONFIRMED
	};
	struct unit_calendar calendar = { .slots = &slot,
		.slot_count = 1,
		.closings = &closing,
		.closing_count = 1,
		.answers = &answer,
		.answer_count = 1 };

	cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).readiness, READINESS_DECLINED);
	answer.state = READINESS_DEPUTY;
	cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).readiness, READINESS_DECLINED);
	cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).state, OCCURRENCE_CLOSED);
}

Test(readiness, an_extra_hole_is_confirmed_by_being_offered_and_can_be_declined)
{
	struct opening opening = { .day = WEDNESDAY, .start = NOON, .end = THREE };
	struct readiness_answer answer = {
		.day = WEDNESDAY, .start = NOON, .state = READINESS_DECLINED
	};
	struct unit_calendar calendar = { .openings = &opening, .opening_count = 1 };

	cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).readiness, READINESS_CONFIRMED);
	calendar.answers = &answer;
	calendar.answer_count = 1;
	cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).readiness, READINESS_DECLINED);
	cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).state, OCCURRENCE_CLOSED);
}

Test(readiness, a_closing_with_a_time_closes_the_holes_that_it_overlaps_and_no_others)
{
	static const struct {
		int start, end;
		bool closes;
	} times[] = { { 0, NOON, false }, { NOON - 1, NOON + 1, true },
		{ NOON + 60, NOON + 90, true }, { THREE - 1, THREE + 60, true },
		{ THREE, THREE + 60, false } };
	struct slot slot = wednesdays();

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		struct closing closing = { .from_day = WEDNESDAY,
			.until_day = WEDNESDAY,
			.start = times[i].start,
			.end = times[i].end };
		struct unit_calendar calendar = {
			.slots = &slot, .slot_count = 1, .closings = &closing, .closing_count = 1
		};

		cr_expect_eq(first_of(&calendar, WEDNESDAY, NULL, 0).state == OCCURRENCE_CLOSED,
			times[i].closes, "%zu", i);
		cr_expect_neq(first_of(&calendar, WEDNESDAY + 7, NULL, 0).state, OCCURRENCE_CLOSED);
	}
}

Test(readiness, a_time_is_unconfirmed_where_a_hole_in_it_is_and_no_sure_one_covers_it)
{
	struct slot slots[] = { wednesdays(), wednesdays() };
	struct readiness_answer answer = {
		.day = WEDNESDAY, .start = NOON, .state = READINESS_CONFIRMED
	};
	struct unit_calendar calendar = { .slots = slots, .slot_count = 1 };

	cr_expect(calendar_is_unconfirmed(&calendar, NULL, 0, WEDNESDAY, NOON, NOON + 60));
	calendar.answers = &answer;
	calendar.answer_count = 1;
	cr_expect_not(calendar_is_unconfirmed(&calendar, NULL, 0, WEDNESDAY, NOON, NOON + 60));
	calendar.slot_count = 2;
	slots[1].start = NOON + 60;
	slots[1].end = THREE + 60;
	cr_expect_not(calendar_is_unconfirmed(&calendar, NULL, 0, WEDNESDAY, NOON + 60, THREE));
	cr_expect(calendar_is_unconfirmed(&calendar, NULL, 0, WEDNESDAY, NOON + 60, THREE + 30));
}

Test(readiness, the_deadline_lies_in_the_holes_own_week)
{
	struct confirm_deadline deadline;
	int monday = WEDNESDAY - 2;

	cr_assert(confirm_deadline_parse("1 09:00", &deadline));
	for (int day = monday; day < monday + 7; day++) {
		cr_expect_eq(confirm_deadline_day(&deadline, day), monday);
		cr_expect_not(confirm_deadline_is_past(&deadline, day, monday - 1, 1439));
		cr_expect_not(confirm_deadline_is_past(&deadline, day, monday, 539));
		cr_expect(confirm_deadline_is_past(&deadline, day, monday, 540));
		cr_expect(confirm_deadline_is_past(&deadline, day, monday + 1, 0));
		cr_expect_not(confirm_deadline_is_past(&deadline, day + 7, monday + 1, 0));
	}
}

/* Friday 1.1.2027 is in week 53 of 2026. */
Test(readiness, the_last_week_of_a_year_of_53_has_its_deadline_in_december)
{
	struct confirm_deadline deadline = { 1, 540 };

	cr_expect_eq(confirm_deadline_day(&deadline, day_from_civil(2027, 1, 1)),
		day_from_civil(2026, 12, 28));
	cr_expect_eq(confirm_deadline_day(&deadline, day_from_civil(2027, 1, 4)),
		day_from_civil(2027, 1, 4));
}
