/* What capacity counts, rule by rule. */
#include "kutsu/domain/capacity.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"

#include <criterion/criterion.h>

#define MONDAY	  20780 /* 23.11.2026, vk 48 */
#define WEDNESDAY (MONDAY + 2)

static struct arena arena;

static void end(void)
{
	arena_release(&arena);
}

TestSuite(capacity, .fini = end);

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

/* One unit's weeks 48 and 49, seen on their first Monday. */
struct one {
	struct unit unit;
	struct unit_calendar calendar;
	struct capacity_source source;
	struct capacity capacity;
};

static void compute_one(struct one *one)
{
	one->unit = (struct unit) { .id = 7, .code = "A", .active = true };
	one->source.from_day = MONDAY;
	one->source.until_day = MONDAY + 13;
	one->source.units = (struct unit_list) { &one->unit, 1 };
	one->source.calendars = &one->calendar;
	one->source.ahead = &one->calendar;
	one->source.now_day = one->source.ahead_day = MONDAY;
	one->source.target_days = 14;
	capacity_compute(&one->source, &arena, &one->capacity);
}

static void expect_minutes(const struct one *one, int64_t promised, int64_t offered,
	int64_t confirmed, int64_t booked, int64_t used)
{
	const struct capacity_minutes *minutes = &one->capacity.units[0].minutes;

	cr_expect_eq(minutes->promised, promised, "%lld promised", (long long)minutes->promised);
	cr_expect_eq(minutes->offered, offered, "%lld offered", (long long)minutes->offered);
	cr_expect_eq(
		minutes->confirmed, confirmed, "%lld confirmed", (long long)minutes->confirmed);
	cr_expect_eq(minutes->booked, booked, "%lld booked", (long long)minutes->booked);
	cr_expect_eq(minutes->used, used, "%lld used", (long long)minutes->used);
}

Test(capacity, what_is_closed_is_promised_and_not_offered)
{
	struct slot slot = slot_at(720, 900, 2);
	struct closing closing = { .from_day = WEDNESDAY, .until_day = WEDNESDAY };
	struct one one = { .calendar = { .slots = &slot,
				   .slot_count = 1,
				   .closings = &closing,
				   .closing_count = 1 } };

	compute_one(&one);
	expect_minutes(&one, 720, 360, 0, 0, 0);
}

Test(capacity, confirmed_is_what_the_unit_or_its_deputy_said_of_what_is_offered)
{
	static const enum readiness states[] = { READINESS_CONFIRMED, READINESS_DEPUTY,
		READINESS_UNCONFIRMED, READINESS_DECLINED };
	static const int confirmed[] = { 180, 180, 0, 0 }, offered[] = { 360, 360, 360, 180 };
	struct slot slot = slot_at(720, 900, 1);

	for (size_t i = 0; i < 4; i++) {
		struct readiness_answer answer = {
			.day = WEDNESDAY, .start = 720, .state = states[i]
		};
		struct one one = { .calendar = { .slots = &slot,
					   .slot_count = 1,
					   .answers = &answer,
					   .answer_count = 1 } };

		compute_one(&one);
		expect_minutes(&one, 360, offered[i], confirmed[i], 0, 0);
	}
}

Test(capacity, a_deputy_who_goes_though_the_hole_closed_confirms_nothing_that_is_offered)
{
	struct slot slot = slot_at(720, 900, 1);
	struct closing closing = { .from_day = WEDNESDAY, .until_day = WEDNESDAY };
	struct readiness_answer answer = {
		.day = WEDNESDAY, .start = 720, .state = READINESS_DEPUTY
	};
	struct one one = { .calendar = { .slots = &slot,
				   .slot_count = 1,
				   .closings = &closing,
				   .closing_count = 1,
				   .answers = &answer,
				   .answer_count = 1 } };

	compute_one(&one);
	expect_minutes(&one, 360, 180, 0, 0, 0);
}

Test(capacity, used_is_of_booked_and_another_units_meeting_counts_nowhere)
{
	struct capacity_meeting meetings[] = { { 7, WEDNESDAY, 720, 780, true },
		{ 7, WEDNESDAY, 780, 870, false }, { 8, WEDNESDAY, 720, 780, true } };
	struct slot slot = slot_at(720, 900, 1);
	struct one one = { .calendar = { .slots = &slot, .slot_count = 1 },
		.source.meetings = { meetings, 3 } };

	compute_one(&one);
	expect_minutes(&one, 360, 360, 0, 150, 60);
	cr_expect_eq(capacity_percent(&one.capacity.units[0].weeks[0]), 83);
	cr_expect_eq(capacity_percent(&one.capacity.units[0].weeks[1]), 0);
}

Test(capacity, percent_of_nothing_offered_is_none_and_more_than_all_is_more_than_100)
{
	cr_expect_eq(capacity_percent(&(struct capacity_load) { 0, 0 }), FIGURE_NONE);
	cr_expect_eq(capacity_percent(&(struct capacity_load) { 0, 60 }), FIGURE_NONE);
	cr_expect_eq(capacity_percent(&(struct capacity_load) { 180, 60 }), 33);
	cr_expect_eq(capacity_percent(&(struct capacity_load) { 180, 120 }), 67);
	cr_expect_eq(capacity_percent(&(struct capacity_load) { 60, 90 }), 150);
}

Test(capacity, areas_are_sums_of_their_units_and_those_without_one_stand_together)
{
	struct unit units[] = { { .id = 1, .code = "A", .area = "KES" }, { .id = 2, .code = "B" },
		{ .id = 3, .code = "C", .area = "KES" }, { .id = 4, .code = "D", .area = "" } };
	struct slot slots[] = { slot_at(720, 780, 1), slot_at(720, 840, 1), slot_at(720, 900, 1),
		slot_at(720, 960, 1) };
	struct unit_calendar calendars[4];
	struct capacity_source source = { .from_day = MONDAY,
		.until_day = MONDAY + 6,
		.units = { units, 4 },
		.calendars = calendars,
		.now_day = MONDAY,
		.ahead_day = MONDAY,
		.ahead = calendars };
	struct capacity capacity;

	for (size_t i = 0; i < 4; i++)
		calendars[i] = (struct unit_calendar) { .slots = &slots[i], .slot_count = 1 };
	capacity_compute(&source, &arena, &capacity);
	cr_assert_eq(capacity.area_count, 2);
	cr_expect_str_eq(capacity.areas[0].area, "KES");
	cr_expect_eq(capacity.areas[0].minutes.promised, 240);
	cr_expect_str_eq(capacity.areas[1].area, "-");
	cr_expect_eq(capacity.areas[1].minutes.promised, 360);
	cr_expect_eq(capacity.all.minutes.promised, 600);
	cr_expect_eq(capacity.all.weeks[0].offered, 600);
}

Test(capacity, weeks_are_those_that_the_days_touch_and_count_their_days_only)
{
	struct slot slot = slot_at(720, 900, 1);
	struct one one = { .calendar = { .slots = &slot, .slot_count = 1 } };

	one.source.ahead = &one.calendar;
	compute_one(&one);
	cr_expect_eq(one.capacity.week_count, 2);
	one.source.from_day = WEDNESDAY + 1;
	one.source.until_day = MONDAY + 14;
	capacity_compute(&one.source, &arena, &one.capacity);
	cr_expect_eq(one.capacity.monday, MONDAY);
	cr_assert_eq(one.capacity.week_count, 3);
	cr_expect_eq(one.capacity.all.weeks[0].offered, 0);
	cr_expect_eq(one.capacity.all.weeks[1].offered, 180);
	cr_expect_eq(one.capacity.all.weeks[2].offered, 0);
}

Test(capacity, a_period_where_none_is_given_is_13_whole_weeks_to_this_weeks_sunday)
{
	for (int today = MONDAY; today < MONDAY + 7; today++) {
		int last = capacity_last_day(today);

		cr_expect_eq(last, MONDAY + 6);
		cr_expect_eq(capacity_first_day(last), MONDAY - 84);
	}
	cr_expect_eq(capacity_first_day(WEDNESDAY), MONDAY - 84);
}

Test(capacity, days_in_the_wrong_order_or_of_more_than_ten_years_are_refused)
{
	struct error err = { 0 };

	cr_expect(capacity_days_check(MONDAY, MONDAY, &err));
	cr_expect(capacity_days_check(MONDAY, MONDAY + CAPACITY_DAYS_MOST - 1, &err));
	cr_expect_not(capacity_days_check(MONDAY, MONDAY + CAPACITY_DAYS_MOST, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_not(capacity_days_check(MONDAY, MONDAY - 1, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_not(capacity_days_check(DAY_FIRST, DAY_LAST, &err));
}

Test(capacity, searches_are_counted_by_what_they_found_and_units_by_how_often_they_hindered)
{
	struct finding_unit first[] = { { 1, "A", true }, { 2, "B", false }, { 3, "C", true } };
	struct finding_unit second[] = { { 3, "C", true }, { 2, "B", true } };
	struct finding findings[] = { { .first_day = DAY_LAST, .units = first, .unit_count = 3 },
		{ .first_day = WEDNESDAY, .units = second, .unit_count = 2 },
		{ .first_day = DAY_LAST } };
	struct one one = { .source.findings = { findings, 3 } };
	const struct capacity *capacity = &one.capacity;

	compute_one(&one);
	cr_expect_eq(capacity->found_none, 2);
	cr_expect_eq(capacity->found_late, 1);
	cr_assert_eq(capacity->obstacle_count, 3);
	cr_expect_str_eq(capacity->obstacles[0].unit, "C");
	cr_expect_eq(capacity->obstacles[0].count, 2);
	cr_expect_str_eq(capacity->obstacles[1].unit, "A");
	cr_expect_str_eq(capacity->obstacles[2].unit, "B");
	cr_expect_eq(capacity->obstacles[2].count, 1);
}

static void expect_near(struct one *one)
{
	compute_one(one);
	cr_expect_eq(one->capacity.far_count, 0);
}

static void expect_far(struct one *one, int next_day, int days)
{
	compute_one(one);
	cr_assert_eq(one->capacity.far_count, 1);
	cr_expect_str_eq(one->capacity.far[0].unit, "A");
	cr_expect_eq(one->capacity.far[0].next_day, next_day);
	cr_expect_eq(one->capacity.far[0].days, days);
}

Test(capacity, a_unit_is_far_when_its_next_free_hole_is_past_the_target)
{
	struct slot slot = slot_at(720, 780, 1);
	struct one one = { .calendar = { .slots = &slot, .slot_count = 1 } };

	slot.from_day = MONDAY + 12;
	slot.weekday = day_weekday(MONDAY + 14);
	expect_near(&one);
	slot.weekday = day_weekday(MONDAY + 15);
	expect_far(&one, MONDAY + 15, 15);
	slot.from_day = MONDAY + CAPACITY_DAYS_AHEAD;
	expect_far(&one, DAY_LAST, 0);
}

Test(capacity, a_hole_with_less_than_an_hour_free_is_none_and_a_short_one_free_as_a_whole_is_one)
{
	struct occupation taken = { .day = WEDNESDAY, .start = 750, .end = 790 };
	struct slot slot = slot_at(720, 840, 1);
	struct one one = { .calendar = { .slots = &slot,
				   .slot_count = 1,
				   .occupations = &taken,
				   .occupation_count = 1 } };

	slot.from_day = slot.until_day = WEDNESDAY;
	expect_far(&one, DAY_LAST, 0);
	taken.start = 780;
	expect_near(&one);
	one.calendar.occupation_count = 0;
	slot.end = 750;
	expect_near(&one);
	one.calendar.occupation_count = 1;
	taken.start = 749;
	expect_far(&one, DAY_LAST, 0);
}

Test(capacity, a_hole_of_today_that_has_begun_is_no_next_one)
{
	struct slot slot = slot_at(720, 840, 1);
	struct one one = { .calendar = { .slots = &slot, .slot_count = 1 } };

	slot.weekday = 1;
	slot.from_day = slot.until_day = MONDAY;
	one.source.now_minute = 720;
	expect_near(&one);
	one.source.now_minute = 721;
	expect_far(&one, DAY_LAST, 0);
}

Test(capacity, the_wait_of_fewer_than_five_is_hidden)
{
	int days[] = { 9, 1, 30, 4, 5 };
	struct capacity_wait wait = capacity_wait_of(days, 4);

	cr_expect_eq(wait.count, FIGURE_HIDDEN);
	cr_expect_eq(wait.median, FIGURE_HIDDEN);
	cr_expect_eq(wait.p90, FIGURE_HIDDEN);
	wait = capacity_wait_of(days, 5);
	cr_expect_eq(wait.count, 5);
	cr_expect_eq(wait.median, 5);
	cr_expect_eq(wait.p90, 30);
	wait = capacity_wait_of(days, 0);
	cr_expect_eq(wait.count, 0);
	cr_expect_eq(wait.median, FIGURE_NONE);
}
