#include "kutsu/base/zone.h"

#include "kutsu/base/clock.h"
#include "kutsu/base/date.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void in_helsinki(void)
{
	cr_assert(zone_set("Europe/Helsinki"));
}

TestSuite(zone, .init = in_helsinki);

/* The Sundays on which the clocks are moved (directive 2000/84/EC). */
static const struct {
	int year, march, october;
} sundays[] = { { 2026, 29, 25 }, { 2027, 28, 31 }, { 2028, 26, 29 } };

#define YEARS (sizeof(sundays) / sizeof(sundays[0]))

static int64_t utc(int day, int minute)
{
	return (int64_t)day * 86400 + (int64_t)minute * 60;
}

Test(zone, helsinki_is_two_hours_ahead_in_winter_and_three_in_summer)
{
	for (size_t i = 0; i < YEARS; i++) {
		int spring = day_from_civil(sundays[i].year, 3, sundays[i].march);
		int autumn = day_from_civil(sundays[i].year, 10, sundays[i].october);

		for (int day = day_from_civil(sundays[i].year, 1, 1);
			day <= day_from_civil(sundays[i].year, 12, 31); day++) {
			bool summer_at_noon = day >= spring && day < autumn;
			bool summer_at_one = day > spring && day <= autumn;

			cr_expect_eq(zone_offset_minutes(day, 720), summer_at_noon ? 180 : 120);
			cr_expect_eq(zone_offset_minutes(day, 60), summer_at_one ? 180 : 120);
			cr_expect_eq(zone_to_moment(day, 720),
				utc(day, 720 - (summer_at_noon ? 180 : 120)));
		}
	}
}

Test(zone, a_time_skipped_in_spring_is_taken_as_if_the_clock_had_not_been_moved)
{
	for (size_t i = 0; i < YEARS; i++) {
		int day = day_from_civil(sundays[i].year, 3, sundays[i].march);

		for (int minute = 180; minute < 240; minute++)
			cr_expect_eq(zone_to_moment(day, minute), utc(day, minute - 120));
		cr_expect_eq(zone_to_moment(day, 179), utc(day, 59));
		cr_expect_eq(zone_to_moment(day, 240), utc(day, 60));
	}
}

Test(zone, a_time_that_comes_twice_in_autumn_is_the_first_of_the_two)
{
	for (size_t i = 0; i < YEARS; i++) {
		int day = day_from_civil(sundays[i].year, 10, sundays[i].october);

		for (int minute = 180; minute < 240; minute++)
			cr_expect_eq(zone_to_moment(day, minute), utc(day, minute - 180));
		cr_expect_eq(zone_to_moment(day, 240), utc(day, 120));
		cr_expect_eq(zone_to_moment(day, 179), utc(day, -1));
	}
}

Test(zone, the_wall_shows_the_second_of_the_two_hours_as_well)
{
	int day = day_from_civil(2026, 10, 25);
	struct wall_time first = zone_to_wall(utc(day, 30)), second = zone_to_wall(utc(day, 90));

	cr_expect(first.day == day && first.minute == 210);
	cr_expect(second.day == day && second.minute == 210);
}

Test(zone, every_half_hour_of_three_years_goes_to_the_wall_and_back)
{
	int64_t last = utc(day_from_civil(2029, 1, 1), 0);

	for (int64_t moment = utc(day_from_civil(2026, 1, 1), 0); moment < last; moment += 1800) {
		struct wall_time wall = zone_to_wall(moment);
		int64_t back = zone_to_moment(wall.day, wall.minute);

		/* The second of a doubled hour comes back as the first. */
		cr_assert(back == moment || (back == moment - 3600 && wall.minute / 60 == 3),
			"%lld", (long long)moment);
	}
}

Test(zone, the_wall_has_seconds_and_days_before_1970)
{
	struct wall_time wall = zone_to_wall(utc(day_from_civil(2026, 11, 24), 0) + 59);

	cr_expect(wall.minute == 120 && wall.second == 59);
	wall = zone_to_wall(-86400 * 365);
	cr_expect_eq(wall.day, day_from_civil(1969, 1, 1));
}

Test(zone, iso_8601_tells_the_offset)
{
	char text[MOMENT_TEXT_SIZE];

	cr_expect_str_eq(
		zone_format_iso(day_from_civil(2026, 12, 1), 780, text), "2026-12-01T13:00+02:00");
	cr_expect_str_eq(
		zone_format_iso(day_from_civil(2026, 6, 1), 545, text), "2026-06-01T09:05+03:00");
	cr_assert(zone_set("America/St_Johns"));
	cr_expect_str_eq(
		zone_format_iso(day_from_civil(2026, 12, 1), 780, text), "2026-12-01T13:00-03:30");
}

Test(zone, other_zones_may_be_set_and_unknown_ones_are_refused)
{
	cr_expect(zone_set("Europe/Stockholm"));
	cr_expect_eq(zone_offset_minutes(day_from_civil(2026, 12, 1), 720), 60);
	cr_expect_not(zone_set("Europe/Nowhere"));
	cr_expect_not(zone_set(""));
	cr_expect_not(zone_set("../../etc/passwd"));
	cr_expect_not(zone_set("/etc/localtime"));
	cr_expect_eq(zone_offset_minutes(day_from_civil(2026, 12, 1), 720), 60,
		"a refusal changes nothing");
}

Test(zone, to_ask_whether_one_is_known_does_not_set_it)
{
	static const char *const names[] = { "Europe/Helsinki", "Europe/Stockholm", "Asia/Tokyo",
		"Europe/Nowhere", "", "Europe", "../../etc/passwd", "/etc/localtime", "zone.tab" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		bool known = zone_is_known(names[i]);

		cr_expect_eq(zone_offset_minutes(day_from_civil(2026, 12, 1), 720), 120);
		cr_expect_str_eq(getenv("TZ"), "Europe/Helsinki");
		cr_expect_eq(known, i < 3, "%s", names[i]);
		cr_expect_eq(zone_set(names[i]), known, "%s", names[i]);
		cr_assert(zone_set("Europe/Helsinki"));
	}
}

Test(zone, a_folder_of_zones_is_no_zone)
{
	cr_expect_not(zone_set("Europe"));
	cr_expect_not(zone_set("."));
}

Test(zone, only_a_file_of_zone_data_is_a_zone)
{
	char long_name[400];

	cr_expect_not(zone_set("zone.tab"));
	cr_expect_not(zone_set("tzdata.zi"));
	memset(long_name, 'x', sizeof(long_name));
	long_name[sizeof(long_name) - 1] = '\0';
	cr_expect_not(zone_set(long_name));
}

/* The rule that stands in for missing zone files. */
Test(zone, helsinki_by_rule_is_helsinki_by_file)
{
	for (int64_t moment = utc(day_from_civil(2026, 1, 1), 0);
		moment < utc(day_from_civil(2036, 1, 1), 0); moment += 3600) {
		struct wall_time by_file = zone_to_wall(moment), by_rule;

		setenv("TZ", "EET-2EEST,M3.5.0/3,M10.5.0/4", 1);
		tzset();
		by_rule = zone_to_wall(moment);
		setenv("TZ", "Europe/Helsinki", 1);
		tzset();
		cr_assert(by_file.day == by_rule.day && by_file.minute == by_rule.minute);
	}
}

Test(zone, a_fixed_clock_stands_still_and_the_systems_does_not_lie)
{
	struct clock clock = { .is_fixed = true,
		.fixed_at = utc(day_from_civil(2026, 11, 24), 522) };
	struct wall_time wall = clock_wall(&clock);
	int64_t now = (int64_t)time(NULL);

	cr_expect_eq(clock_now(&clock), clock.fixed_at);
	cr_expect(wall.day == day_from_civil(2026, 11, 24) && wall.minute == 642);
	clock.is_fixed = false;
	cr_expect(clock_now(&clock) >= now && clock_now(&clock) <= now + 5);
}

Test(zone, iso_8601_of_a_moment_tells_which_of_the_doubled_hours_it_is)
{
	int day = day_from_civil(2026, 10, 25);
	char text[MOMENT_TEXT_SIZE];

	cr_expect_str_eq(zone_format_moment(utc(day, 30), text), "2026-10-25T03:30+03:00");
	cr_expect_str_eq(zone_format_moment(utc(day, 90), text), "2026-10-25T03:30+02:00");
}
