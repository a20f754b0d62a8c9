#include "kutsu/domain/setting.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/field.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void in_english(void)
{
	message_set_language(LANGUAGE_EN);
	cr_assert(zone_set("Europe/Helsinki"));
}

TestSuite(setting, .init = in_english);

Test(setting, every_one_has_a_name_that_is_read_back_a_help_line_and_a_default_that_passes)
{
	for (int i = 0; i < SETTINGS; i++) {
		enum setting setting = (enum setting)i, found = SETTINGS;
		struct error err = { 0 };

		cr_expect(setting_parse_name(setting_name(setting), &found));
		cr_expect_eq(found, setting, "%s", setting_name(setting));
		cr_expect_gt(strlen(setting_help(setting)), 0u);
		cr_expect_null(strchr(setting_help(setting), '\n'));
		cr_expect(setting_check(setting, setting_default(setting), &err), "%s", err.text);
	}
}

Test(setting, what_the_program_keeps_for_itself_and_other_names_are_none)
{
	static const char *const names[] = { "demo", "", "Region", "zone ", "hold",
		"hold_minutes2" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		enum setting found = SETTINGS;

		cr_expect_not(setting_parse_name(names[i], &found), "%s", names[i]);
		cr_expect_eq(found, SETTINGS);
	}
}

Test(setting, a_number_has_its_range_and_the_refusal_tells_it)
{
	static const struct {
		enum setting setting;
		int least, most, otherwise;
	} numbers[] = {
		{ SETTING_NOTICE, 0, 60, 0 },
		{ SETTING_HOLD_MINUTES, 1, 240, 15 },
		{ SETTING_RETENTION_MONTHS, 1, 600, 12 },
		{ SETTING_TARGET_DAYS, 1, 365, 14 },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		char wanted[40], text[20];

		snprintf(
			wanted, sizeof(wanted), "give %d to %d", numbers[i].least, numbers[i].most);
		snprintf(text, sizeof(text), "%d", numbers[i].otherwise);
		cr_expect_str_eq(setting_default(numbers[i].setting), text);
		for (int n = -2; n < 700; n++) {
			struct error err = { 0 };
			bool ok;

			snprintf(text, sizeof(text), "%d", n);
			ok = setting_check(numbers[i].setting, text, &err);
			cr_expect_eq(ok, n >= numbers[i].least && n <= numbers[i].most, "%s", text);
			if (!ok) {
				cr_expect_eq(err.code, ERROR_INVALID);
				cr_expect(strstr(err.text, wanted), "%s", err.text);
				cr_expect(strstr(err.text, setting_name(numbers[i].setting)));
			}
		}
	}
}

Test(setting, what_is_no_plain_number_is_refused)
{
	static const char *const values[] = { "", " 5", "5 ", "+5", "-0", "5.0", "0x5", "five",
		"1e1", "99999999999999999999", "00005" };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct error err = { 0 };

		cr_expect_not(setting_check(SETTING_NOTICE, values[i], &err), "\"%s\"", values[i]);
	}
}

Test(setting, a_zone_must_be_known_and_asking_leaves_the_processs_own)
{
	struct error err = { 0 };

	cr_expect(setting_check(SETTING_ZONE, "Asia/Tokyo", &err), "%s", err.text);
	cr_expect_eq(zone_offset_minutes(day_from_civil(2026, 12, 1), 720), 120);
	cr_expect_not(setting_check(SETTING_ZONE, "", &err));
	cr_expect_not(setting_check(SETTING_ZONE, "Europe/Hellsinki", &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect(strstr(err.text, "Europe/Hellsinki") && strstr(err.text, "Europe/Helsinki"), "%s",
		err.text);
}

Test(setting, a_text_may_be_empty_and_has_the_length_of_a_short_field)
{
	static const enum setting texts[] = { SETTING_REGION, SETTING_COORDINATOR_PHONE };
	char text[FIELD_SHORT + 2];

	memset(text, 'x', sizeof(text));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct error err = { 0 };

		cr_expect(setting_check(texts[i], "", &err));
		cr_expect(setting_check(texts[i], "Vaaran hyvinvointialue 013 330 0000", &err));
		text[FIELD_SHORT] = '\0';
		cr_expect(setting_check(texts[i], text, &err), "%s", err.text);
		text[FIELD_SHORT] = 'x';
		text[FIELD_SHORT + 1] = '\0';
		cr_expect_not(setting_check(texts[i], text, &err));
		cr_expect_eq(err.code, ERROR_INVALID);
	}
}

Test(setting, a_text_holds_no_personal_identity_code)
{
	struct error err = { 0 };

	cr_expect_not(setting_check(SETTING_REGION, "Vaara 010115A901C", &err));
	cr_expect_null(strstr(err.text, "901C"), "it is not said again");
	cr_expect_not(setting_check(SETTING_COORDINATOR_PHONE, "131052-308T", &err));
}

Test(setting, the_deadline_is_a_weekday_and_a_time)
{
	static const char *const good[] = { "1 09:00", "7 0:00", "5 12", "3 24:00" };
	static const char *const bad[] = { "", "09:00", "0 09:00", "8 09:00", "1", "1 ", "1 25:00",
		"ma 9.00", "1  " };
	struct error err;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		cr_expect(setting_check(SETTING_CONFIRM_BY, good[i], &err), "%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_not(setting_check(SETTING_CONFIRM_BY, bad[i], &err), "%s", bad[i]);
}

Test(setting, office_hours_are_two_times_an_hour_apart_or_more)
{
	static const char *const bad[] = { "", "8", "8-", "-16", "8-8:59", "16-8", "8:00-25:00",
		"8:00-16:00-17:00", "00000000000000000000008-16" };
	struct error err;
	int start = 0, end = 0;

	cr_expect(setting_check(SETTING_OFFICE_HOURS, "8-16.30", &err));
	cr_assert(office_hours_parse("8-16.30", &start, &end));
	cr_expect_eq(start, 480);
	cr_expect_eq(end, 990);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_not(setting_check(SETTING_OFFICE_HOURS, bad[i], &err), "%s", bad[i]);
}
