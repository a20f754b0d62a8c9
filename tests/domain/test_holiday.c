#include "kutsu/domain/holiday.h"

#include "kutsu/base/date.h"

#include <criterion/criterion.h>

/* Pairs of month and day, from the almanac; the eves of Christmas and Midsummer among them. */
static const struct {
	int year;
	int days[15][2];
} years[] = {
	{ 2026, { { 1, 1 }, { 1, 6 }, { 4, 3 }, { 4, 5 }, { 4, 6 }, { 5, 1 }, { 5, 14 }, { 5, 24 },
			{ 6, 19 }, { 6, 20 }, { 10, 31 }, { 12, 6 }, { 12, 24 }, { 12, 25 },
			{ 12, 26 } } },
	{ 2027, { { 1, 1 }, { 1, 6 }, { 3, 26 }, { 3, 28 }, { 3, 29 }, { 5, 1 }, { 5, 6 },
			{ 5, 16 }, { 6, 25 }, { 6, 26 }, { 11, 6 }, { 12, 6 }, { 12, 24 },
			{ 12, 25 }, { 12, 26 } } },
	{ 2028, { { 1, 1 }, { 1, 6 }, { 4, 14 }, { 4, 16 }, { 4, 17 }, { 5, 1 }, { 5, 25 },
			{ 6, 4 }, { 6, 23 }, { 6, 24 }, { 11, 4 }, { 12, 6 }, { 12, 24 },
			{ 12, 25 }, { 12, 26 } } },
};

static bool is_listed(const int days[15][2], struct civil_date date)
{
	for (int i = 0; i < 15; i++) {
		if (days[i][0] == date.month && days[i][1] == date.mday)
			return true;
	}
	return false;
}

Test(holiday, these_days_of_2026_to_2028_and_no_others_are_holidays)
{
	for (size_t y = 0; y < sizeof(years) / sizeof(years[0]); y++) {
		int last = day_from_civil(years[y].year, 12, 31);

		for (int day = day_from_civil(years[y].year, 1, 1); day <= last; day++) {
			struct civil_date date = day_to_civil(day);

			cr_expect_eq(day_is_holiday(day), is_listed(years[y].days, date),
				"%d.%d.%d", date.mday, date.month, date.year);
		}
	}
}

Test(holiday, those_of_a_run_of_days_are_marked_and_no_others)
{
	enum { DAYS = 1200 };
	int first = day_from_civil(2026, 12, 25);
	bool is_holiday[DAYS + 1] = { false };

	is_holiday[2] = true; /* 27.12.: stays as it is */
	holidays_mark(first, DAYS, is_holiday);
	for (int i = 0; i < DAYS; i++)
		cr_expect_eq(is_holiday[i], i == 2 || day_is_holiday(first + i), "%d", i);
	holidays_mark(first, 0, is_holiday + DAYS);
	cr_expect_not(is_holiday[DAYS]);
}

Test(holiday, those_moved_to_saturdays_before_1992_are_not_among_the_old_ones)
{
	cr_expect(day_is_holiday(day_from_civil(1992, 1, 6)));
	cr_expect_not(day_is_holiday(day_from_civil(1991, 1, 6)));
}

Test(holiday, easter_is_where_the_almanac_has_it)
{
	static const int easters[][2] = { { 4, 23 }, { 4, 15 }, { 3, 31 }, { 4, 20 }, { 4, 11 },
		{ 3, 27 }, { 4, 16 }, { 4, 8 }, { 3, 23 }, { 4, 12 }, { 4, 4 }, { 4, 24 }, { 4, 8 },
		{ 3, 31 }, { 4, 20 }, { 4, 5 }, { 3, 27 }, { 4, 16 }, { 4, 1 }, { 4, 21 },
		{ 4, 12 }, { 4, 4 }, { 4, 17 }, { 4, 9 }, { 3, 31 }, { 4, 20 }, { 4, 5 }, { 3, 28 },
		{ 4, 16 }, { 4, 1 } };

	for (int i = 0; i < 30; i++)
		cr_expect_eq(easter_sunday(2000 + i),
			day_from_civil(2000 + i, easters[i][0], easters[i][1]), "%d", 2000 + i);
}

Test(holiday, easter_is_a_sunday_between_22_march_and_25_april)
{
	for (int year = 1900; year < 2200; year++) {
		int day = easter_sunday(year);

		cr_expect_eq(day_weekday(day), 7);
		cr_expect_geq(day, day_from_civil(year, 3, 22));
		cr_expect_leq(day, day_from_civil(year, 4, 25));
	}
	cr_expect_eq(easter_sunday(1943), day_from_civil(1943, 4, 25));
	cr_expect_eq(easter_sunday(2038), day_from_civil(2038, 4, 25));
	cr_expect_eq(easter_sunday(2008), day_from_civil(2008, 3, 23));
	cr_expect_eq(easter_sunday(1913), day_from_civil(1913, 3, 23));
}

Test(holiday, midsummer_and_all_saints_are_saturdays_and_midsummers_eve_is_a_friday)
{
	for (int year = 2000; year < 2100; year++) {
		int june = 0, autumn = 0;

		for (int day = day_from_civil(year, 6, 19); day <= day_from_civil(year, 6, 26);
			day++) {
			if (!day_is_holiday(day))
				continue;
			june++;
			cr_expect(day_weekday(day) == 5 || day_weekday(day) == 6);
		}
		for (int day = day_from_civil(year, 10, 25); day <= day_from_civil(year, 11, 12);
			day++) {
			if (!day_is_holiday(day))
				continue;
			autumn++;
			cr_expect_eq(day_weekday(day), 6);
		}
		cr_expect_eq(june, 2, "%d", year);
		cr_expect_eq(autumn, 1, "%d", year);
	}
}

Test(holiday, a_working_day_is_monday_to_friday_and_no_holiday)
{
	cr_expect(day_is_working_day(day_from_civil(2026, 12, 23)));
	cr_expect_not(day_is_working_day(day_from_civil(2026, 12, 24)));
	cr_expect_not(day_is_working_day(day_from_civil(2026, 12, 27)));
	cr_expect(day_is_working_day(day_from_civil(2026, 12, 28)));
	cr_expect_not(day_is_working_day(day_from_civil(2026, 12, 26)));
	cr_expect_not(day_is_working_day(day_from_civil(2027, 1, 1)));
	cr_expect_not(day_is_working_day(day_from_civil(2026, 11, 28)));
}

Test(holiday, notice_counts_working_days_only)
{
	int thursday = day_from_civil(2026, 11, 26);
	int wednesday = day_from_civil(2026, 12, 23);

	cr_expect_eq(day_after_working_days(thursday, 1), thursday + 1);
	cr_expect_eq(day_after_working_days(thursday, 2), day_from_civil(2026, 11, 30));
	cr_expect_eq(day_after_working_days(wednesday, 1), day_from_civil(2026, 12, 28));
	cr_expect_eq(day_after_working_days(wednesday, 4), day_from_civil(2026, 12, 31));
	cr_expect_eq(day_after_working_days(wednesday, 5), day_from_civil(2027, 1, 4));
	cr_expect_eq(day_after_working_days(wednesday, 7), day_from_civil(2027, 1, 7));
}

Test(holiday, no_notice_is_the_day_itself_even_on_a_sunday)
{
	int sunday = day_from_civil(2026, 11, 29);

	cr_expect_eq(day_after_working_days(sunday, 0), sunday);
	cr_expect_eq(day_after_working_days(sunday, 1), sunday + 1);
}
