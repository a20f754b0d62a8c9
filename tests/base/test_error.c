#include "kutsu/base/error.h"

#include "kutsu/base/utf8.h"

#include <criterion/criterion.h>
#include <string.h>

Test(error, setting_one_fills_it_and_returns_false)
{
	struct error err = { .code = ERROR_NONE };

	cr_expect_not(error_set(&err, ERROR_CONFLICT, "%s is taken; choose another", "ke 2.12."));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	cr_expect_str_eq(err.text, "ke 2.12. is taken; choose another");
}

Test(error, a_text_too_long_is_cut)
{
	struct error err;
	char longer[1000];

	memset(longer, 'x', sizeof(longer));
	longer[999] = '\0';
	cr_expect_not(error_set(&err, ERROR_FAILED, "%s", longer));
	cr_expect_eq(strlen(err.text), sizeof(err.text) - 1);
}

Test(error, a_text_is_not_cut_within_a_character)
{
	struct error err;
	char longer[1000];

	memset(longer, 'x', sizeof(longer));
	strcpy(longer + sizeof(err.text) - 2, "ääkköset");
	cr_expect_not(error_set(&err, ERROR_FAILED, "%s", longer));
	cr_expect_eq(strlen(err.text), sizeof(err.text) - 2);
	cr_expect(utf8_is_valid(err.text));
}

Test(error, what_is_quoted_is_cut_between_characters)
{
	struct error err;

	cr_expect_not(error_set(&err, ERROR_INVALID, "\"%.6s\" won't do", "xäääää"));
	cr_expect_str_eq(err.text, "\"xää\" won't do");
}

Test(error, what_is_quoted_can_not_upset_the_terminal)
{
	struct error err;

	cr_expect_not(
		error_set(&err, ERROR_INVALID, "\"%s\" won't do", "a\033[31m\nb\xC2\x9B\xFF"));
	cr_expect_str_eq(err.text, "\"a [31m b \" won't do");
}
