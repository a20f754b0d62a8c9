#include "kutsu/base/localtext.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"

#include <criterion/criterion.h>
#include <string.h>

static void in_english(void)
{
	message_set_language(LANGUAGE_EN);
}

TestSuite(localtext, .init = in_english);

Test(localtext, a_day_is_written_without_leading_zeros)
{
	char to[LOCALTEXT_SIZE];

	cr_expect_str_eq(local_day(day_from_civil(2027, 1, 2), to), "2.1.2027");
	cr_expect_str_eq(local_weekday_day(day_from_civil(2026, 11, 24), to), "Tue 24.11.2026");
	cr_expect_str_eq(local_short_day(day_from_civil(2026, 11, 24), to), "Tue 24.11.");
}

Test(localtext, finnish_and_swedish_times_have_a_full_stop_and_english_ones_a_colon)
{
	char to[LOCALTEXT_SIZE];

	cr_expect_str_eq(local_minute(545, to), "09:05");
	message_set_language(LANGUAGE_FI);
	cr_expect_str_eq(local_minute(545, to), "9.05");
	cr_expect_str_eq(local_span(780, 840, to), "13.00–14.00");
	message_set_language(LANGUAGE_SV);
	cr_expect_str_eq(local_minute(1440, to), "24.00");
}

Test(localtext, every_weekday_day_and_span_fits_in_every_language)
{
	for (int language = 0; language < LANGUAGES; language++) {
		message_set_language((enum language)language);
		for (int day = day_from_civil(2026, 12, 20); day < day_from_civil(2026, 12, 27);
			day++) {
			char to[LOCALTEXT_SIZE];

			cr_expect_lt(strlen(local_weekday_day(day, to)), LOCALTEXT_SIZE - 1);
			cr_expect_lt(strlen(local_clock_span(1430, 1440, to)), LOCALTEXT_SIZE - 1);
			cr_expect_gt(strlen(local_weekday(day_weekday(day))), 1);
		}
	}
}

Test(localtext, a_month_has_its_name_and_year)
{
	char to[LOCALTEXT_SIZE];

	cr_expect_str_eq(local_month((struct month) { 2026, 11 }, to), "November 2026");
	cr_expect_str_eq(local_month((struct month) { 2027, 1 }, to), "January 2027");
}

Test(localtext, hours_have_one_decimal_and_a_comma_but_in_english)
{
	char to[LOCALTEXT_SIZE];

	cr_expect_str_eq(local_hours(0, to), "0.0");
	cr_expect_str_eq(local_hours(750, to), "12.5");
	cr_expect_str_eq(local_hours(20, to), "0.3");
	cr_expect_str_eq(local_hours(57, to), "1.0");
	message_set_language(LANGUAGE_FI);
	cr_expect_str_eq(local_hours(750, to), "12,5");
	message_set_language(LANGUAGE_SV);
	cr_expect_str_eq(local_hours(60000, to), "1000,0");
}
