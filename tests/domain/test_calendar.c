#include "kutsu/domain/calendar.h"

#include "kutsu/base/date.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* A Wednesday, vk 48. */
#define WEDNESDAY 20782

static struct slot slot_at(int start, int end, int capacity)
{
	return (struct slot) { .weekday = 3,
		.start = start,
		.end = end,
		.repeat = REPEAT_WEEKLY,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = capacity };
}

static struct day_span_list free_times(
	const struct unit_calendar *calendar, int first_day, int days)
{
	struct day_span_list list = { 0 };

	calendar_add_free(calendar, NULL, 0, first_day, days, &list);
	return list;
}

/* The free times of the Wednesday are exactly these pairs of start and end, closed by -1. */
static void expect_free(const struct unit_calendar *calendar, const int *times)
{
	struct day_span_list list = free_times(calendar, WEDNESDAY, 1);
	size_t count = 0;

	for (; times[2 * count] >= 0; count++) {
		cr_assert_lt(count, list.count, "only %zu free times", list.count);
		cr_expect_eq(list.items[count].day, WEDNESDAY);
		cr_expect_eq(list.items[count].start, times[2 * count]);
		cr_expect_eq(list.items[count].end, times[2 * count + 1]);
	}
	cr_expect_eq(list.count, count);
	free(list.items);
}

#define EXPECT_FREE(calendar, ...) expect_free(calendar, (const int[]) { __VA_ARGS__ })

static struct unit_calendar calendar_of(const struct slot *slots, size_t count)
{
	return (struct unit_calendar) { .slots = slots, .slot_count = count };
}

Test(calendar, wednesday_of_these_tests_is_25_november_2026)
{
	cr_assert_eq(WEDNESDAY, day_from_civil(2026, 11, 25));
}

Test(calendar, a_unit_without_slots_is_never_free)
{
	struct unit_calendar calendar = { 0 };

	EXPECT_FREE(&calendar, -1);
	cr_expect_not(calendar_has_room(&calendar, NULL, 0, WEDNESDAY, 720, 780));
}

Test(calendar, several_slots_none_of_which_falls_in_the_days_asked_for_give_nothing)
{
	struct slot slots[] = { slot_at(720, 780, 1), slot_at(780, 840, 1) };
	struct unit_calendar calendar = calendar_of(slots, 2);
	struct day_span_list list = free_times(&calendar, WEDNESDAY + 1, 6);

	cr_expect_eq(list.count, 0);
	free(list.items);
}

Test(calendar, a_weekly_slot_is_free_every_week)
{
	struct slot slot = slot_at(720, 840, 1);
	struct unit_calendar calendar = calendar_of(&slot, 1);
	struct day_span_list list = free_times(&calendar, WEDNESDAY - 2, 21);

	cr_assert_eq(list.count, 3);
	for (int i = 0; i < 3; i++)
		cr_expect_eq(list.items[i].day, WEDNESDAY + 7 * i);
	free(list.items);
}

Test(calendar, touching_slots_are_one_free_time)
{
	struct slot slots[] = { slot_at(780, 840, 1), slot_at(720, 780, 1) };
	struct unit_calendar calendar = calendar_of(slots, 2);

	EXPECT_FREE(&calendar, 720, 840, -1);
	cr_expect(calendar_has_room(&calendar, NULL, 0, WEDNESDAY, 750, 810));
}

Test(calendar, slots_a_minute_apart_are_two_free_times)
{
	struct slot slots[] = { slot_at(781, 840, 1), slot_at(720, 780, 1) };
	struct unit_calendar calendar = calendar_of(slots, 2);

	EXPECT_FREE(&calendar, 720, 780, 781, 840, -1);
	cr_expect_not(calendar_has_room(&calendar, NULL, 0, WEDNESDAY, 750, 810));
}

Test(calendar, a_meeting_cuts_a_slot_in_two)
{
	struct slot slot = slot_at(720, 900, 1);
	struct occupation taken = { WEDNESDAY, 780, 840, false, 0 };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = &taken;
	calendar.occupation_count = 1;
	EXPECT_FREE(&calendar, 720, 780, 840, 900, -1);
	cr_expect(calendar_has_room(&calendar, NULL, 0, WEDNESDAY, 720, 780));
	cr_expect_not(calendar_has_room(&calendar, NULL, 0, WEDNESDAY, 721, 781));
}

Test(calendar, a_hold_takes_a_place_as_a_meeting_does)
{
	struct slot slot = slot_at(720, 780, 1);
	struct occupation taken = { WEDNESDAY, 720, 780, true, 0 };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = &taken;
	calendar.occupation_count = 1;
	EXPECT_FREE(&calendar, -1);
}

Test(calendar, a_meeting_of_another_day_takes_nothing)
{
	struct slot slot = slot_at(720, 780, 1);
	struct occupation taken = { WEDNESDAY + 7, 720, 780, false, 0 };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = &taken;
	calendar.occupation_count = 1;
	EXPECT_FREE(&calendar, 720, 780, -1);
}

Test(calendar, capacity_is_how_many_meetings_there_is_room_for_at_once)
{
	struct slot slot = slot_at(720, 780, 2);
	struct occupation taken[] = { { WEDNESDAY, 720, 780, false, 0 },
		{ WEDNESDAY, 740, 780, true, 0 } };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = taken;
	calendar.occupation_count = 1;
	EXPECT_FREE(&calendar, 720, 780, -1);
	calendar.occupation_count = 2;
	EXPECT_FREE(&calendar, 720, 740, -1);
}

Test(calendar, overlapping_slots_add_up)
{
	struct slot slots[] = { slot_at(720, 840, 1), slot_at(780, 900, 1) };
	struct occupation taken = { WEDNESDAY, 720, 900, false, 0 };
	struct unit_calendar calendar = calendar_of(slots, 2);

	calendar.occupations = &taken;
	calendar.occupation_count = 1;
	EXPECT_FREE(&calendar, 780, 840, -1);
}

Test(calendar, a_slot_may_fill_the_day_from_midnight_to_midnight)
{
	struct slot slots[] = { slot_at(0, 1440, 1), slot_at(1380, 1440, 1) };
	struct unit_calendar calendar = calendar_of(slots, 2);

	EXPECT_FREE(&calendar, 0, 1440, -1);
	cr_expect(calendar_has_room(&calendar, NULL, 0, WEDNESDAY, 1380, 1440));
}

Test(calendar, free_times_of_two_units_in_one_list_are_not_joined)
{
	struct slot first = slot_at(720, 780, 1), second = slot_at(780, 840, 1);
	struct unit_calendar a = calendar_of(&first, 1), b = calendar_of(&second, 1);
	struct day_span_list list = free_times(&a, WEDNESDAY, 1);

	calendar_add_free(&b, NULL, 0, WEDNESDAY, 1, &list);
	cr_assert_eq(list.count, 2);
	cr_expect_eq(list.items[0].end, 780);
	cr_expect_eq(list.items[1].start, 780);
	free(list.items);
}

Test(calendar, a_closing_includes_its_first_and_last_day)
{
	struct slot slot = slot_at(720, 780, 1);
	struct closing closing = { .from_day = WEDNESDAY, .until_day = WEDNESDAY + 7 };
	struct unit_calendar calendar = calendar_of(&slot, 1);
	struct day_span_list list;

	calendar.closings = &closing;
	calendar.closing_count = 1;
	list = free_times(&calendar, WEDNESDAY - 7, 28);
	cr_assert_eq(list.count, 2);
	cr_expect_eq(list.items[0].day, WEDNESDAY - 7);
	cr_expect_eq(list.items[1].day, WEDNESDAY + 14);
	free(list.items);
}

Test(calendar, an_open_ended_closing_lasts)
{
	struct closing closing = { .from_day = WEDNESDAY, .until_day = DAY_LAST };
	struct unit_calendar calendar = { .closings = &closing, .closing_count = 1 };

	cr_expect_not(calendar_closes(&calendar, NULL, 0, WEDNESDAY - 1, 600, 660));
	cr_expect(calendar_closes(&calendar, NULL, 0, WEDNESDAY, 600, 660));
	cr_expect(calendar_closes(&calendar, NULL, 0, WEDNESDAY + 5000, 600, 660));
}

Test(calendar, school_breaks_close_school_based_units_of_the_municipality)
{
	struct school_break local = {
		.from_day = WEDNESDAY, .until_day = WEDNESDAY + 4, .municipality = "Suistola"
	};
	struct school_break everywhere = local;
	struct unit_calendar here = { .school_based = true, .municipality = "Suistola" };
	struct unit_calendar there = { .school_based = true, .municipality = "Korpiselkä" };
	struct unit_calendar nowhere = { .school_based = true };
	struct unit_calendar other = { .school_based = false, .municipality = "Suistola" };

	everywhere.municipality = NULL;
	cr_expect(calendar_closes(&here, &local, 1, WEDNESDAY, 600, 660));
	cr_expect(calendar_closes(&here, &local, 1, WEDNESDAY + 4, 600, 660));
	cr_expect_not(calendar_closes(&here, &local, 1, WEDNESDAY - 1, 600, 660));
	cr_expect_not(calendar_closes(&here, &local, 1, WEDNESDAY + 5, 600, 660));
	cr_expect_not(calendar_closes(&there, &local, 1, WEDNESDAY, 600, 660));
	cr_expect_not(calendar_closes(&nowhere, &local, 1, WEDNESDAY, 600, 660));
	cr_expect_not(calendar_closes(&other, &local, 1, WEDNESDAY, 600, 660));
	cr_expect(calendar_closes(&here, &everywhere, 1, WEDNESDAY, 600, 660));
	cr_expect(calendar_closes(&there, &everywhere, 1, WEDNESDAY, 600, 660));
	cr_expect(calendar_closes(&nowhere, &everywhere, 1, WEDNESDAY, 600, 660));
	cr_expect_not(calendar_closes(&other, &everywhere, 1, WEDNESDAY, 600, 660));
}

Test(calendar, public_holidays_close_every_unit)
{
	struct unit_calendar calendar = { 0 };

	cr_expect(calendar_closes(&calendar, NULL, 0, day_from_civil(2027, 1, 6), 600, 660));
	cr_expect(calendar_closes(&calendar, NULL, 0, day_from_civil(2026, 12, 24), 600, 660));
	cr_expect_not(calendar_closes(&calendar, NULL, 0, day_from_civil(2026, 12, 23), 600, 660));
}

Test(calendar, a_slot_on_a_public_holiday_is_not_free)
{
	struct slot slot = slot_at(720, 780, 1);
	struct unit_calendar calendar = calendar_of(&slot, 1);

	/* Wednesday 6.1.2027, loppiainen */
	cr_expect_not(calendar_has_room(&calendar, NULL, 0, day_from_civil(2027, 1, 6), 720, 780));
	cr_expect(calendar_has_room(&calendar, NULL, 0, day_from_civil(2027, 1, 13), 720, 780));
}

Test(calendar, an_extra_opening_holds_on_a_closed_day_while_the_slots_do_not)
{
	struct slot slot = slot_at(720, 780, 1);
	struct closing closing = { .from_day = WEDNESDAY, .until_day = WEDNESDAY };
	struct opening opening = { .day = WEDNESDAY, .start = 750, .end = 840 };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.openings = &opening;
	calendar.opening_count = 1;
	EXPECT_FREE(&calendar, 720, 840, -1);
	calendar.closings = &closing;
	calendar.closing_count = 1;
	EXPECT_FREE(&calendar, 750, 840, -1);
}

Test(calendar, an_opening_adds_one_place_to_the_slots)
{
	struct slot slot = slot_at(720, 780, 1);
	struct opening opening = { .day = WEDNESDAY, .start = 720, .end = 780 };
	struct occupation taken[] = { { WEDNESDAY, 720, 780, false, 0 },
		{ WEDNESDAY, 720, 780, false, 0 } };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.openings = &opening;
	calendar.opening_count = 1;
	calendar.occupations = taken;
	calendar.occupation_count = 1;
	EXPECT_FREE(&calendar, 720, 780, -1);
	calendar.occupation_count = 2;
	EXPECT_FREE(&calendar, -1);
}

Test(calendar, more_meetings_than_places_leave_no_room_and_do_no_harm)
{
	struct slot slot = slot_at(720, 900, 1);
	struct occupation taken[] = { { WEDNESDAY, 720, 780, false, 0 },
		{ WEDNESDAY, 720, 780, false, 0 }, { WEDNESDAY, 600, 700, false, 0 } };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = taken;
	calendar.occupation_count = 3;
	EXPECT_FREE(&calendar, 780, 900, -1);
}

/* ---- The week's grid. ---- */

static struct occurrence_list occurrences(
	const struct unit_calendar *calendar, int first_day, int days)
{
	struct occurrence_list list = { 0 };

	calendar_add_occurrences(calendar, NULL, 0, first_day, days, &list);
	return list;
}

/* The state of the Wednesday's only occurrence. */
static struct occurrence only_occurrence(const struct unit_calendar *calendar)
{
	struct occurrence_list list = occurrences(calendar, WEDNESDAY, 1);
	struct occurrence only;

	cr_assert_eq(list.count, 1);
	only = list.items[0];
	free(list.items);
	return only;
}

Test(calendar, occurrences_come_by_day_and_start_with_their_slots)
{
	struct slot slots[] = { slot_at(780, 840, 1), slot_at(720, 780, 3) };
	struct opening opening = { .day = WEDNESDAY + 1, .start = 600, .end = 660 };
	struct unit_calendar calendar = calendar_of(slots, 2);
	struct occurrence_list list;

	calendar.openings = &opening;
	calendar.opening_count = 1;
	list = occurrences(&calendar, WEDNESDAY, 8);
	cr_assert_eq(list.count, 5);
	cr_expect(list.items[0].day == WEDNESDAY && list.items[0].start == 720);
	cr_expect_eq(list.items[0].slot, &slots[1]);
	cr_expect_eq(list.items[0].capacity, 3);
	cr_expect_eq(list.items[1].slot, &slots[0]);
	cr_expect(list.items[2].day == WEDNESDAY + 1 && !list.items[2].slot);
	cr_expect_eq(list.items[3].day, WEDNESDAY + 7);
	free(list.items);
}

Test(calendar, an_occurrence_with_an_unbroken_hour_left_is_open)
{
	struct slot slot = slot_at(720, 900, 1);
	struct occupation taken = { WEDNESDAY, 720, 840, false, 0 };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = &taken;
	calendar.occupation_count = 1;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_OPEN);
	cr_expect_eq(only_occurrence(&calendar).booked, 1);
	taken.end = 841;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_BOOKED);
	taken.start = 779;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_BOOKED);
}

Test(calendar, a_short_occurrence_is_open_only_when_the_whole_of_it_is_free)
{
	struct slot slot = slot_at(720, 765, 1);
	struct occupation taken = { WEDNESDAY, 700, 720, false, 0 };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = &taken;
	calendar.occupation_count = 1;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_OPEN);
	cr_expect_eq(only_occurrence(&calendar).booked, 0);
	taken.end = 721;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_BOOKED);
}

Test(calendar, an_occurrence_that_would_be_open_but_for_a_hold_is_held)
{
	struct slot slot = slot_at(720, 780, 1);
	struct occupation taken[] = { { WEDNESDAY, 720, 780, true, 0 },
		{ WEDNESDAY, 720, 780, false, 0 } };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = taken;
	calendar.occupation_count = 1;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_HELD);
	cr_expect_eq(only_occurrence(&calendar).booked, 0, "holds are not counted as booked");
	calendar.occupation_count = 2;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_BOOKED);
	cr_expect_eq(only_occurrence(&calendar).booked, 1);
}

Test(calendar, an_occurrence_with_room_for_two_is_open_after_one_meeting)
{
	struct slot slot = slot_at(720, 780, 2);
	struct occupation taken[] = { { WEDNESDAY, 720, 780, false, 0 },
		{ WEDNESDAY, 720, 780, false, 0 } };
	struct unit_calendar calendar = calendar_of(&slot, 1);

	calendar.occupations = taken;
	calendar.occupation_count = 1;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_OPEN);
	calendar.occupation_count = 2;
	cr_expect_eq(only_occurrence(&calendar).state, OCCURRENCE_BOOKED);
	cr_expect_eq(only_occurrence(&calendar).booked, 2);
}

Test(calendar, a_closed_days_slots_are_closed_and_its_openings_are_not)
{
	struct slot slot = slot_at(720, 780, 1);
	struct closing closing = { .from_day = WEDNESDAY, .until_day = WEDNESDAY };
	struct opening opening = { .day = WEDNESDAY, .start = 900, .end = 960 };
	struct unit_calendar calendar = calendar_of(&slot, 1);
	struct occurrence_list list;

	calendar.closings = &closing;
	calendar.closing_count = 1;
	calendar.openings = &opening;
	calendar.opening_count = 1;
	list = occurrences(&calendar, WEDNESDAY, 1);
	cr_assert_eq(list.count, 2);
	cr_expect_eq(list.items[0].state, OCCURRENCE_CLOSED);
	cr_expect_eq(list.items[1].state, OCCURRENCE_OPEN);
	free(list.items);
}

Test(calendar, a_closed_slot_gives_no_room_to_an_opening_beside_it)
{
	struct slot slot = slot_at(720, 780, 1);
	struct closing closing = { .from_day = WEDNESDAY, .until_day = WEDNESDAY };
	struct opening opening = { .day = WEDNESDAY, .start = 720, .end = 780 };
	struct occupation taken = { WEDNESDAY, 720, 780, false, 0 };
	struct unit_calendar calendar = calendar_of(&slot, 1);
	struct occurrence_list list;

	calendar.closings = &closing;
	calendar.closing_count = 1;
	calendar.openings = &opening;
	calendar.opening_count = 1;
	calendar.occupations = &taken;
	calendar.occupation_count = 1;
	EXPECT_FREE(&calendar, -1);
	list = occurrences(&calendar, WEDNESDAY, 1);
	cr_assert_eq(list.count, 2);
	for (int i = 0; i < 2; i++)
		cr_expect_eq(list.items[i].state,
			list.items[i].slot ? OCCURRENCE_CLOSED : OCCURRENCE_BOOKED);
	free(list.items);
}
