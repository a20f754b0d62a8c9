#include "kutsu/domain/slot.h"

#include "kutsu/base/date.h"

#include <criterion/criterion.h>

static struct slot slot_from(int weekday, enum repeat repeat, int from_day)
{
	return (struct slot) { .weekday = weekday,
		.start = 720,
		.end = 840,
		.repeat = repeat,
		.from_day = from_day,
		.until_day = DAY_LAST,
		.capacity = 1 };
}

Test(slot, weekly_falls_on_its_weekday_alone)
{
	struct slot slot = slot_from(3, REPEAT_WEEKLY, DAY_FIRST);

	for (int day = day_from_civil(2026, 1, 1); day < day_from_civil(2029, 1, 1); day++)
		cr_expect_eq(slot_falls_on(&slot, day), day_weekday(day) == 3);
}

Test(slot, validity_includes_its_first_and_last_day)
{
	int wednesday = day_from_civil(2026, 11, 25);
	struct slot slot = slot_from(3, REPEAT_WEEKLY, wednesday);

	slot.until_day = wednesday + 14;
	cr_expect_not(slot_falls_on(&slot, wednesday - 7));
	cr_expect(slot_falls_on(&slot, wednesday));
	cr_expect(slot_falls_on(&slot, wednesday + 14));
	cr_expect_not(slot_falls_on(&slot, wednesday + 21));
}

Test(slot, fortnights_are_counted_from_its_first_day_over_week_53)
{
	struct slot slot = slot_from(2, REPEAT_FORTNIGHTLY, day_from_civil(2026, 12, 15));

	cr_expect(slot_falls_on(&slot, day_from_civil(2026, 12, 15)));	   /* vk 51 */
	cr_expect_not(slot_falls_on(&slot, day_from_civil(2026, 12, 22))); /* vk 52 */
	cr_expect(slot_falls_on(&slot, day_from_civil(2026, 12, 29)));	   /* vk 53 */
	cr_expect_not(slot_falls_on(&slot, day_from_civil(2027, 1, 5)));   /* vk 1 */
	cr_expect(slot_falls_on(&slot, day_from_civil(2027, 1, 12)));	   /* vk 2 */
}

Test(slot, monthly_is_the_same_nth_weekday_as_its_first_day)
{
	struct slot slot =
		slot_from(4, REPEAT_MONTHLY, day_from_civil(2026, 9, 10)); /* 2nd Thursday */

	cr_expect(slot_falls_on(&slot, day_from_civil(2026, 10, 8)));
	cr_expect_not(slot_falls_on(&slot, day_from_civil(2026, 10, 1)));
	cr_expect_not(slot_falls_on(&slot, day_from_civil(2026, 10, 15)));
	cr_expect(slot_falls_on(&slot, day_from_civil(2026, 11, 12)));
	cr_expect(slot_falls_on(&slot, day_from_civil(2027, 1, 14)));
}

Test(slot, a_fifth_weekday_is_passed_over_in_months_without_one)
{
	struct slot slot = slot_from(2, REPEAT_MONTHLY, day_from_civil(2026, 9, 29));

	cr_expect_eq(
		slot_next_day(&slot, day_from_civil(2026, 9, 30)), day_from_civil(2026, 12, 29));
	cr_expect_eq(
		slot_next_day(&slot, day_from_civil(2026, 12, 30)), day_from_civil(2027, 3, 30));
}

Test(slot, a_fifth_weekday_may_be_17_weeks_away)
{
	struct slot slot = slot_from(1, REPEAT_MONTHLY, day_from_civil(2028, 1, 31));

	cr_expect_eq(slot_next_day(&slot, day_from_civil(2028, 2, 1)), day_from_civil(2028, 5, 29));
}

/* Its first day is then the first such weekday on or after from_day. */
Test(slot, from_day_need_not_be_on_the_slots_weekday)
{
	int wednesday = day_from_civil(2026, 11, 25);

	for (int before = 0; before < 7; before++) {
		for (int repeat = 0; repeat < REPEATS; repeat++) {
			struct slot exact = slot_from(3, (enum repeat)repeat, wednesday);
			struct slot early = slot_from(3, (enum repeat)repeat, wednesday - before);

			cr_expect_eq(slot_next_day(&early, DAY_FIRST), wednesday);
			for (int day = wednesday - 7; day < wednesday + 400; day++)
				cr_expect_eq(
					slot_falls_on(&early, day), slot_falls_on(&exact, day));
		}
	}
}

Test(slot, nth_weekday_of_the_month)
{
	cr_expect_eq(day_nth_weekday(day_from_civil(2026, 11, 1)), 1);
	cr_expect_eq(day_nth_weekday(day_from_civil(2026, 11, 7)), 1);
	cr_expect_eq(day_nth_weekday(day_from_civil(2026, 11, 8)), 2);
	cr_expect_eq(day_nth_weekday(day_from_civil(2026, 11, 28)), 4);
	cr_expect_eq(day_nth_weekday(day_from_civil(2026, 11, 29)), 5);
}

/* Of any repeat, from any weekday, whatever the day asked from. */
Test(slot, next_day_is_the_first_one_on_which_it_falls)
{
	int begin = day_from_civil(2024, 1, 1), end = day_from_civil(2030, 1, 1);

	for (int from = begin; from < begin + 62; from++) {
		for (int i = 0; i < 7 * REPEATS; i++) {
			int weekday = i % 7 + 1, repeat = i / 7;
			struct slot slot = slot_from(weekday, (enum repeat)repeat, from);
			int next = DAY_LAST;

			for (int day = end + 100; day >= from - 40; day--) {
				if (slot_falls_on(&slot, day))
					next = day;
				if (day < end && slot_next_day(&slot, day) != next)
					cr_assert_fail("from %d, weekday %d, repeat %d, day %d",
						from, weekday, repeat, day);
			}
		}
	}
}

Test(slot, there_is_no_next_day_after_the_last)
{
	int wednesday = day_from_civil(2026, 11, 25);
	struct slot slot = slot_from(3, REPEAT_WEEKLY, DAY_FIRST);

	slot.until_day = wednesday + 6;
	cr_expect_eq(slot_next_day(&slot, wednesday), wednesday);
	cr_expect_eq(slot_next_day(&slot, wednesday + 1), DAY_LAST);
	slot.from_day = wednesday + 1;
	cr_expect_eq(slot_next_day(&slot, wednesday), DAY_LAST);
}
