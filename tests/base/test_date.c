#include "kutsu/base/date.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void in_utc(void)
{
	setenv("TZ", "UTC0", 1);
	tzset();
}

TestSuite(date, .init = in_utc);

/* Tuesday 24.11.2026, vk 48. */
static int today(void)
{
	return day_from_civil(2026, 11, 24);
}

Test(date, days_are_counted_from_1_1_1970)
{
	cr_expect_eq(day_from_civil(1970, 1, 1), 0);
	cr_expect_eq(day_from_civil(1969, 12, 31), -1);
	cr_expect_eq(day_from_civil(2000, 3, 1), 11017);
	cr_expect_eq(day_from_civil(2026, 11, 24), 20781);
}

/* By counting on from 1.1.1900, a Monday. */
Test(date, every_day_of_three_centuries_goes_there_and_back)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int day = -25567, weekday = 1;

	for (int year = 1900; year < 2200; year++) {
		bool leap = year % 4 == 0 && (year % 100 != 0 || year == 2000);

		for (int month = 1; month <= 12; month++) {
			int length = lengths[month - 1] + (month == 2 && leap);

			for (int mday = 1; mday <= length; mday++, day++) {
				struct civil_date date = day_to_civil(day);

				cr_assert_eq(day_from_civil(year, month, mday), day);
				cr_assert(date.year == year && date.month == month
					  && date.mday == mday);
				cr_assert_eq(day_weekday(day), weekday);
				weekday = weekday % 7 + 1;
			}
			cr_expect(civil_date_is_valid(year, month, length));
			cr_expect_not(civil_date_is_valid(year, month, length + 1));
			cr_expect_not(civil_date_is_valid(year, month, 0));
		}
		cr_expect_not(civil_date_is_valid(year, 0, 1));
		cr_expect_not(civil_date_is_valid(year, 13, 1));
	}
}

Test(date, only_years_1900_to_2199_are_valid)
{
	cr_expect(civil_date_is_valid(1900, 1, 1));
	cr_expect(civil_date_is_valid(2199, 12, 31));
	cr_expect_not(civil_date_is_valid(1899, 12, 31));
	cr_expect_not(civil_date_is_valid(2200, 1, 1));
}

Test(date, weeks_are_those_of_strftime)
{
	for (int day = day_from_civil(1900, 1, 1); day <= day_from_civil(2199, 12, 31); day++) {
		struct iso_week week = day_iso_week(day);
		time_t moment = (time_t)day * 86400;
		char theirs[16], ours[32];
		struct tm tm;

		cr_assert_not_null(gmtime_r(&moment, &tm));
		strftime(theirs, sizeof(theirs), "%G-%V", &tm);
		snprintf(ours, sizeof(ours), "%04d-%02d", week.year, week.week);
		cr_assert_str_eq(ours, theirs);
		cr_assert_eq(day_from_iso_week(week), day - day_weekday(day) + 1);
	}
}

Test(date, these_years_have_53_weeks)
{
	static const int long_years[] = { 2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043, 2048 };
	size_t next = 0;

	for (int year = 2000; year < 2050; year++) {
		bool is_long = next < sizeof(long_years) / sizeof(long_years[0])
			       && long_years[next] == year;

		next += is_long;
		cr_expect_eq(iso_weeks_in_year(year), is_long ? 53 : 52, "%d", year);
	}
}

Test(date, week_53_of_2026_ends_on_3_1_2027)
{
	struct iso_week week = day_iso_week(day_from_civil(2027, 1, 3));

	cr_expect(week.year == 2026 && week.week == 53);
	week = day_iso_week(day_from_civil(2027, 1, 4));
	cr_expect(week.year == 2027 && week.week == 1);
	week = day_iso_week(day_from_civil(2024, 12, 30));
	cr_expect(week.year == 2025 && week.week == 1);
}

static void expect_day(const char *text, int year, int month, int mday)
{
	int day = INT_MIN;

	cr_expect(day_parse(text, today(), &day), "\"%s\" is refused", text);
	cr_expect_eq(day, day_from_civil(year, month, mday), "\"%s\" is %d", text, day);
}

Test(date, a_date_is_read_loosely)
{
	expect_day("2026-11-24", 2026, 11, 24);
	expect_day("24.11.2026", 2026, 11, 24);
	expect_day("1.2.2027", 2027, 2, 1);
	expect_day("01.02.2027", 2027, 2, 1);
	expect_day("24.11.26", 2026, 11, 24);
	expect_day("24.11.", 2026, 11, 24);
	expect_day("24.11", 2026, 11, 24);
	expect_day("24112026", 2026, 11, 24);
	expect_day("  24.11.2026\t", 2026, 11, 24);
	expect_day("\n24.11.2026\r\n", 2026, 11, 24);
	expect_day("24. 11. 2026", 2026, 11, 24);
	expect_day("29.2.2028", 2028, 2, 29);
	expect_day("1.1.1900", 1900, 1, 1);
	expect_day("31.12.2199", 2199, 12, 31);
}

Test(date, without_a_year_it_is_the_nearest_one)
{
	expect_day("1.12.", 2026, 12, 1);
	expect_day("7.1.", 2027, 1, 7);
	expect_day("1.6.", 2026, 6, 1);
	expect_day("24.5.", 2027, 5, 24); /* 181 days on, 184 days back */
	expect_day("26.5.", 2026, 5, 26); /* 183 days on, 182 days back */
}

/* 29.2.2028 is 462 days away, 29.2.2024 is 999. */
Test(date, the_nearest_leap_day_may_be_more_than_a_year_away)
{
	int day;

	expect_day("29.2.", 2028, 2, 29);
	cr_expect(day_parse("29.2.", day_from_civil(2099, 12, 1), &day));
	cr_expect_eq(day, day_from_civil(2096, 2, 29));
	cr_expect(day_parse("29.2.", day_from_civil(2103, 6, 1), &day));
	cr_expect_eq(day, day_from_civil(2104, 2, 29));
	cr_expect(day_parse("29.2.", day_from_civil(1900, 1, 1), &day));
	cr_expect_eq(day, day_from_civil(1904, 2, 29));
}

Test(date, what_is_no_date_is_refused_and_the_day_left)
{
	static const char *const texts[] = { "", " ", "x", "24", "24.", "24.13.", "31.11.", "0.1.",
		"1.0.", "29.2.2027", "30.2.2028", "24.11.026", "24.11.20266", "24.11.2026x",
		"24.11.2026 13", "24/11/2026", "2026-11-31", "2026-1-1", "2026-11", "2411",
		"2411202", "241120261", "31132026", "24.11.1899", "24.11.2200", "-1.1.2026",
		"+1.1.2026", "2026.11.24", "24.11.2", "24.\n11.", "24.11.2026.",
		"\xD9\xA1.1.2026" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int day = 77;

		cr_expect_not(
			day_parse(texts[i], today(), &day), "\"%s\" is read as %d", texts[i], day);
		cr_expect_eq(day, 77);
	}
}

Test(date, every_day_is_read_back_as_written)
{
	for (int day = day_from_civil(1900, 1, 1); day <= day_from_civil(2199, 12, 31); day += 5) {
		struct civil_date date = day_to_civil(day);
		char iso[DAY_TEXT_SIZE], finnish[40], compact[40];
		int read = 0;

		snprintf(finnish, sizeof(finnish), "%d.%d.%d", date.mday, date.month, date.year);
		snprintf(
			compact, sizeof(compact), "%02d%02d%04d", date.mday, date.month, date.year);
		cr_assert(day_parse(day_format_iso(day, iso), 0, &read) && read == day, "%s", iso);
		cr_assert(day_parse(finnish, 0, &read) && read == day, "%s", finnish);
		cr_assert(day_parse(compact, 0, &read) && read == day, "%s", compact);
	}
}

static void expect_minute(const char *text, int wanted)
{
	int minute = -1;

	cr_expect(minute_parse(text, &minute), "\"%s\" is refused", text);
	cr_expect_eq(minute, wanted, "\"%s\" is %d", text, minute);
}

Test(date, a_time_of_day_is_read_loosely)
{
	expect_minute("13", 780);
	expect_minute("13.00", 780);
	expect_minute("13:05", 785);
	expect_minute("1300", 780);
	expect_minute("900", 540);
	expect_minute("0900", 540);
	expect_minute("9", 540);
	expect_minute("9.15", 555);
	expect_minute(" 9:15 ", 555);
	expect_minute("0", 0);
	expect_minute("00:00", 0);
	expect_minute("23.59", 1439);
	expect_minute("24", 1440);
	expect_minute("24:00", 1440);
	expect_minute("\r\n9.15\n", 555);
}

Test(date, what_is_no_time_of_day_is_refused_and_the_minute_left)
{
	static const char *const texts[] = { "", "x", "25", "24:01", "13.60", "13.5", "13:", "13.",
		"13.000", "13:00:00", "1360", "2401", "12345", "13,00", "-1", "+9", "klo 13",
		"13 00", "9 am" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int minute = 77;

		cr_expect_not(
			minute_parse(texts[i], &minute), "\"%s\" is read as %d", texts[i], minute);
		cr_expect_eq(minute, 77);
	}
}

Test(date, every_minute_is_read_back_as_written)
{
	for (int minute = 0; minute <= MINUTES_IN_DAY; minute++) {
		char text[MINUTE_TEXT_SIZE];

		expect_minute(minute_format_iso(minute, text), minute);
	}
}

static void expect_week(const char *text, int year, int week)
{
	struct iso_week read = { 0, 0 };

	cr_expect(iso_week_parse(text, today(), &read), "\"%s\" is refused", text);
	cr_expect(read.year == year && read.week == week, "\"%s\" is %d-W%d", text, read.year,
		read.week);
}

Test(date, a_week_is_read_with_or_without_its_year)
{
	expect_week("2026-W48", 2026, 48);
	expect_week("2027-W01", 2027, 1);
	expect_week("2027-w1", 2027, 1);
	expect_week("48", 2026, 48);
	expect_week("vk 48", 2026, 48);
	expect_week("vk48", 2026, 48);
	expect_week("vko 53", 2026, 53);
	expect_week(" 7 ", 2026, 7);
	expect_week("viikko 48", 2026, 48);
	expect_week("Viikko  48", 2026, 48);
	expect_week("v. 48", 2026, 48);
	expect_week("v 48", 2026, 48);
	expect_week("V.48", 2026, 48);
	expect_week("week 48", 2026, 48);
	expect_week("WEEK 48\n", 2026, 48);
}

Test(date, a_week_that_the_year_has_not_is_refused)
{
	static const char *const texts[] = { "", "vk", "0", "54", "vk 0", "2027-W53", "2026-W00",
		"2026-W54", "2026", "2026-48", "2026W48", "20266", "480", "viikonloppu 48", "48 vk",
		"2026-W48x", "-5", "abcd5", "x 5", "vk. 48", "v.. 48", "viik 48", "vk\n48", ". 48",
		"1899-W01", "2200-W01" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct iso_week read = { 1, 1 };

		cr_expect_not(iso_week_parse(texts[i], today(), &read), "\"%s\"", texts[i]);
		cr_expect(read.year == 1 && read.week == 1);
	}
}

static void expect_moment(const char *text, int wanted_minute)
{
	int day = 0, minute = -1;

	cr_expect(moment_parse(text, &day, &minute), "\"%s\" is refused", text);
	cr_expect_eq(day, today());
	cr_expect_eq(minute, wanted_minute);
}

Test(date, a_moment_is_a_day_and_a_time)
{
	expect_moment("2026-11-24T13:00", 780);
	expect_moment("2026-11-24 13:00", 780);
	expect_moment("2026-11-24T13:00:59", 780);
	expect_moment(" 2026-11-24T00:00 ", 0);
	expect_moment("\n2026-11-24T13:00\r\n", 780);
	expect_moment("2026-11-24T23:59", 1439);
}

Test(date, what_is_no_moment_is_refused)
{
	static const char *const texts[] = { "", "2026-11-24", "2026-11-24T", "2026-11-24T24:00",
		"2026-11-24T13:60", "2026-11-24T13:00:60", "2026-11-24T13:00:5", "2026-11-24T1300",
		"2026-11-24T13:00Z", "2026-11-24T13:00+02:00", "24.11.2026 13.00",
		"2026-11-31T13:00", "2026-11-24  13:00", "2026-11-24T13:00 x" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int day = 77, minute = 77;

		cr_expect_not(moment_parse(texts[i], &day, &minute), "\"%s\"", texts[i]);
		cr_expect(day == 77 && minute == 77);
	}
}

Test(date, machines_read_iso_8601)
{
	char day[DAY_TEXT_SIZE], minute[MINUTE_TEXT_SIZE];

	cr_expect_str_eq(day_format_iso(day_from_civil(2027, 1, 2), day), "2027-01-02");
	cr_expect_str_eq(minute_format_iso(545, minute), "09:05");
	cr_expect_str_eq(minute_format_iso(1440, minute), "24:00");
}

Test(date, months_have_their_lengths)
{
	cr_expect_eq(days_in_month(2026, 1), 31);
	cr_expect_eq(days_in_month(2026, 2), 28);
	cr_expect_eq(days_in_month(2028, 2), 29);
	cr_expect_eq(days_in_month(1900, 2), 28);
	cr_expect_eq(days_in_month(2000, 2), 29);
	cr_expect_eq(days_in_month(2026, 4), 30);
	cr_expect_eq(days_in_month(2026, 12), 31);
}

Test(date, so_many_months_before_is_the_same_of_the_month_or_its_last)
{
	static const struct {
		int from[3], months, to[3];
	} cases[] = {
		{ { 2026, 11, 24 }, 12, { 2025, 11, 24 } },
		{ { 2026, 11, 24 }, 0, { 2026, 11, 24 } },
		{ { 2026, 1, 31 }, 1, { 2025, 12, 31 } },
		{ { 2026, 3, 31 }, 1, { 2026, 2, 28 } },
		{ { 2028, 3, 31 }, 1, { 2028, 2, 29 } },
		{ { 2028, 2, 29 }, 12, { 2027, 2, 28 } },
		{ { 2026, 12, 1 }, 11, { 2026, 1, 1 } },
		{ { 2026, 11, 24 }, 600, { 1976, 11, 24 } },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const int *from = cases[i].from, *to = cases[i].to;

		cr_expect_eq(day_months_before(
				     day_from_civil(from[0], from[1], from[2]), cases[i].months),
			day_from_civil(to[0], to[1], to[2]), "case %zu", i);
	}
}

Test(date, every_day_lies_in_its_month)
{
	for (int day = day_from_civil(2026, 1, 1); day < day_from_civil(2029, 1, 1); day++) {
		struct month month = day_month(day);

		cr_assert_leq(month_first_day(month), day);
		cr_assert_lt(day, month_first_day(month_add(month, 1)));
	}
}

Test(date, months_are_added_over_the_turn_of_the_year)
{
	struct month november = { 2026, 11 };
	char to[DAY_TEXT_SIZE];

	cr_expect_str_eq(month_format_iso(month_add(november, 0), to), "2026-11");
	cr_expect_str_eq(month_format_iso(month_add(november, 2), to), "2027-01");
	cr_expect_str_eq(month_format_iso(month_add(november, -11), to), "2025-12");
	cr_expect_str_eq(month_format_iso(month_add(november, -22), to), "2025-01");
}

Test(date, a_month_is_a_year_and_a_month)
{
	struct month month = { 0 };

	cr_expect(month_parse("2026-11", &month));
	cr_expect(month.year == 2026 && month.month == 11);
	cr_expect(month_parse(" 2027-01\n", &month));
	cr_expect(month.year == 2027 && month.month == 1);
}

Test(date, what_is_no_month_is_refused)
{
	static const char *const texts[] = { "", "2026", "2026-", "2026-0", "2026-00", "2026-13",
		"2026-1", "26-11", "2026-11-24", "2026-W48", "1899-12", "2200-01", "11.2026",
		"2026-11 x" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct month month = { 7, 7 };

		cr_expect_not(month_parse(texts[i], &month), "\"%s\"", texts[i]);
		cr_expect(month.year == 7 && month.month == 7);
	}
}

Test(date, a_weekday_has_names_in_three_languages)
{
	cr_expect_eq(weekday_from_word("ma"), 1);
	cr_expect_eq(weekday_from_word("Tiistai"), 2);
	cr_expect_eq(weekday_from_word("ke."), 3);
	cr_expect_eq(weekday_from_word("TORS"), 4);
	cr_expect_eq(weekday_from_word("Fri"), 5);
	cr_expect_eq(weekday_from_word("LÖRDAG"), 6);
	cr_expect_eq(weekday_from_word("sö"), 7);
}

Test(date, what_is_no_weekday_is_none)
{
	static const char *const words[] = { "", ".", "m", "3", "ma..", " ma", "maanantaisin",
		"keskiviikko ja torstai aina samaan aikaan" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		cr_expect_eq(weekday_from_word(words[i]), 0, "%s", words[i]);
}
