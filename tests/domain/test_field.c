#include "kutsu/domain/field.h"

#include "kutsu/base/message.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

static void in_english(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	message_set_language(LANGUAGE_EN);
}

TestSuite(field, .init = in_english);

static bool passes(const char *text)
{
	struct error err = { .code = ERROR_NONE };
	bool ok = field_check("concern", text, FIELD_SHORT, &err);

	cr_expect_eq(err.code, ok ? ERROR_NONE : ERROR_INVALID);
	if (!ok)
		cr_expect_not_null(strstr(err.text, "concern"));
	return ok;
}

Test(field, ordinary_text_nothing_and_no_text_pass)
{
	cr_expect(passes(NULL));
	cr_expect(passes(""));
	cr_expect(passes("Poissaoloja yhä enemmän, äiti uupunut – \U0001F9D2"));
}

Test(field, text_that_is_not_utf_8_is_refused)
{
	cr_expect_not(passes("\xE4iti"));
	cr_expect_not(passes("\xC0\x80"));
	cr_expect_not(passes("a\xED\xA0\x80"));
}

Test(field, control_characters_are_refused)
{
	cr_expect_not(passes("a\033[2J"));
	cr_expect_not(passes("a\r"));
	cr_expect_not(passes("a\tb"));
	cr_expect_not(passes("a\x7F"));
	cr_expect_not(passes("a\xC2\x9B"));
}

/* A name with one could pass for two rows of a list, or for another line of an e-mail's head. */
Test(field, a_line_feed_stands_in_long_texts_only)
{
	struct error err;

	cr_expect_not(passes("a\nb"));
	cr_expect(field_check("concern", "a\nb", FIELD_LONG, &err));
}

Test(field, the_longest_text_passes_and_a_byte_more_does_not)
{
	char text[FIELD_SHORT + 2];

	memset(text, 'a', sizeof(text));
	text[FIELD_SHORT + 1] = '\0';
	cr_expect_not(passes(text));
	text[FIELD_SHORT] = '\0';
	cr_expect(passes(text));
}

Test(field, a_personal_identity_code_is_refused_and_not_repeated_in_the_message)
{
	struct error err;

	cr_expect_not(field_check("concern", "poika 131052-308T.", FIELD_LONG, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_null(strstr(err.text, "308T"));
}

Test(field, a_given_field_must_not_be_blank)
{
	static const char *const blanks[] = { NULL, "", " ", "\n", " \t\n " };

	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		struct error err = { .code = ERROR_NONE };

		cr_expect_not(field_check_given("who calls", blanks[i], FIELD_SHORT, &err));
		cr_expect_eq(err.code, ERROR_INVALID);
		cr_expect_not_null(strstr(err.text, "who calls"));
	}
}

Test(field, a_given_field_is_checked_as_any_other)
{
	struct error err;

	cr_expect(field_check_given("who calls", "koulu", FIELD_SHORT, &err));
	cr_expect_not(field_check_given("who calls", "131052-308T", FIELD_SHORT, &err));
	cr_expect_not(field_check_given("who calls", "koulu", 4, &err));
}
