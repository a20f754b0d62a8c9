#include "kutsu/base/message.h"

#include <criterion/criterion.h>

static void in_english(void)
{
	message_set_language(LANGUAGE_EN);
}

TestSuite(message, .init = in_english);

Test(message, english_is_the_source)
{
	cr_expect_str_eq(message_get("week %d"), "week %d");
	cr_expect_str_eq(message_get(""), "");
}

Test(message, one_is_singular_and_every_other_number_plural)
{
	cr_expect_str_eq(message_plural("%ld unit", "%ld units", 1), "%ld unit");
	cr_expect_str_eq(message_plural("%ld unit", "%ld units", 0), "%ld units");
	cr_expect_str_eq(message_plural("%ld unit", "%ld units", 2), "%ld units");
	cr_expect_str_eq(message_plural("%ld unit", "%ld units", 101), "%ld units");
	cr_expect_str_eq(message_plural("%ld unit", "%ld units", -1), "%ld units");
}

Test(message, a_text_without_a_translation_stays_english_in_every_language)
{
	for (int language = 0; language < LANGUAGES; language++) {
		message_set_language((enum language)language);
		cr_expect_str_eq(
			message_get("no text of the program's"), "no text of the program's");
		cr_expect_str_eq(message_plural("no one", "no many", 1), "no one");
		cr_expect_str_eq(message_plural("no one", "no many", 5), "no many");
		cr_expect_str_eq(message_get(""), "", "the catalogue's header is no text");
	}
}

Test(message, the_language_is_read_from_a_locales_name)
{
	static const struct {
		const char *text;
		enum language language;
	} known[] = { { "fi", LANGUAGE_FI }, { "fi_FI.UTF-8", LANGUAGE_FI },
		{ "sv_FI", LANGUAGE_SV }, { "sv.UTF-8", LANGUAGE_SV }, { "en", LANGUAGE_EN },
		{ "en_GB@euro", LANGUAGE_EN }, { "fi-FI", LANGUAGE_FI } };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		enum language language = LANGUAGES;

		cr_expect(language_parse(known[i].text, &language), "%s", known[i].text);
		cr_expect_eq(language, known[i].language);
	}
}

Test(message, other_languages_are_refused)
{
	static const char *const unknown[] = { "", "f", "C", "C.UTF-8", "POSIX", "de_DE", "fin",
		"fil_PH", "svenska", "english" };

	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		enum language language = LANGUAGE_EN;

		cr_expect_not(language_parse(unknown[i], &language), "%s", unknown[i]);
		cr_expect_eq(language, LANGUAGE_EN);
	}
}

Test(message, a_languages_code_is_read_back)
{
	static const char *const codes[LANGUAGES] = { "fi", "sv", "en" };

	for (int i = 0; i < LANGUAGES; i++) {
		enum language language = LANGUAGES;

		cr_expect(language_parse(codes[i], &language));
		cr_expect_eq((int)language, i);
	}
}
