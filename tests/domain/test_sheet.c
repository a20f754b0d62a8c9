#include "kutsu/domain/sheet.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"

#include <criterion/criterion.h>

static void expect_column(const char *heading, enum sheet_column wanted)
{
	enum sheet_column column = SHEET_COLUMNS;

	cr_expect(sheet_column_parse(heading, &column), "\"%s\" is none", heading);
	cr_expect_eq(column, wanted, "\"%s\"", heading);
}

Test(sheet, a_heading_of_any_language_is_read_in_all)
{
	for (int written = 0; written < LANGUAGES; written++) {
		for (int read = 0; read < LANGUAGES; read++) {
			for (int i = 0; i < SHEET_COLUMNS; i++) {
				const char *heading;

				message_set_language((enum language)written);
				heading = sheet_heading((enum sheet_column)i);
				message_set_language((enum language)read);
				expect_column(heading, (enum sheet_column)i);
			}
		}
	}
}

/* The keys of the contract. */
Test(sheet, headings_are_the_words_of_json_in_english)
{
	static const char *const keys[SHEET_COLUMNS] = { "unit", "name", "sector", "area",
		"municipality", "school_based", "email", "phone", "weekday", "start", "end",
		"repeat", "from", "until", "capacity", "person", "deputy", "place", "contact",
		"contact_title" };

	message_set_language(LANGUAGE_EN);
	for (int i = 0; i < SHEET_COLUMNS; i++)
		cr_expect_str_eq(sheet_heading((enum sheet_column)i), keys[i]);
	expect_column("code", SHEET_UNIT);
}

Test(sheet, case_blanks_and_hyphens_of_a_heading_are_let_be)
{
	expect_column(" YKSIKKÖ ", SHEET_UNIT);
	expect_column("School-Based", SHEET_SCHOOL_BASED);
	expect_column("school based", SHEET_SCHOOL_BASED);
	expect_column("E-mail", SHEET_EMAIL);
	expect_column("Yhtä aikaa:", SHEET_CAPACITY);
	expect_column("Första\ndag", SHEET_FROM);
}

Test(sheet, a_heading_that_is_none_is_none)
{
	static const char *const none[] = { "", " ", "unitt", "nimi 2", "id", "active",
		"a heading that is far longer than any heading of a sheet could ever be, really" };
	enum sheet_column column = SHEET_COLUMNS;

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		cr_expect_not(sheet_column_parse(none[i], &column), "\"%s\"", none[i]);
	cr_expect_eq(column, SHEET_COLUMNS);
}

Test(sheet, yes_and_no_are_words_ticks_and_digits)
{
	static const char *const yeses[] = { "yes", "Kyllä", "JA", "x", "X", "1", "true", "TOSI" };
	static const char *const noes[] = { "no", "ei", "Nej", "0", "false", "EPÄTOSI" };
	bool yes = false;

	for (size_t i = 0; i < sizeof(yeses) / sizeof(yeses[0]); i++)
		cr_expect(sheet_yes_parse(yeses[i], &yes) && yes, "%s", yeses[i]);
	for (size_t i = 0; i < sizeof(noes) / sizeof(noes[0]); i++)
		cr_expect(sheet_yes_parse(noes[i], &yes) && !yes, "%s", noes[i]);
	cr_expect_not(sheet_yes_parse("2", &yes));
	cr_expect_not(sheet_yes_parse("", &yes));
	cr_expect_not(sheet_yes_parse("ehkä", &yes));
}

Test(sheet, how_often_is_read_as_code_and_as_every_screen_says_it)
{
	enum repeat repeat = REPEATS;

	for (int i = 0; i < REPEATS; i++) {
		cr_expect(sheet_repeat_parse(term_code(&repeat_terms, i), &repeat));
		cr_expect_eq((int)repeat, i);
		for (int language = 0; language < LANGUAGES; language++) {
			const char *label;

			message_set_language((enum language)language);
			label = term_label(&repeat_terms, i);
			cr_expect(sheet_repeat_parse(label, &repeat), "%s", label);
			cr_expect_eq((int)repeat, i, "%s", label);
		}
	}
	cr_expect_not(sheet_repeat_parse("", &repeat));
	cr_expect_not(sheet_repeat_parse("yearly", &repeat));
}

Test(sheet, a_weekday_is_a_digit_or_as_every_screen_says_it)
{
	int weekday = 0;

	for (int i = 1; i <= 7; i++) {
		char digit[] = { (char)('0' + i), '\0' };

		cr_expect(sheet_weekday_parse(digit, &weekday));
		cr_expect_eq(weekday, i);
		for (int language = 0; language < LANGUAGES; language++) {
			message_set_language((enum language)language);
			cr_expect(sheet_weekday_parse(local_weekday(i), &weekday), "%s",
				local_weekday(i));
			cr_expect_eq(weekday, i);
		}
	}
	cr_expect_not(sheet_weekday_parse("0", &weekday));
	cr_expect_not(sheet_weekday_parse("8", &weekday));
	cr_expect_not(sheet_weekday_parse("12", &weekday));
	cr_expect_not(sheet_weekday_parse("", &weekday));
}

Test(sheet, a_time_may_have_its_seconds)
{
	static const char *const ones[] = { "13", "13.00", "13:00", "1300", "13:00:00",
		"13.00.00" };
	int minute = 0;

	for (size_t i = 0; i < sizeof(ones) / sizeof(ones[0]); i++) {
		minute = 0;
		cr_expect(sheet_minute_parse(ones[i], &minute), "%s", ones[i]);
		cr_expect_eq(minute, 13 * 60, "%s", ones[i]);
	}
	cr_expect(sheet_minute_parse("9:30:00", &minute) && minute == 570);
	cr_expect_not(sheet_minute_parse("13:00:30", &minute));
	cr_expect_not(sheet_minute_parse("13:00:00:00", &minute));
	cr_expect_not(sheet_minute_parse("0,5416", &minute));
	cr_expect_not(sheet_minute_parse("", &minute));
}
