#include "kutsu/base/text.h"

#include <criterion/criterion.h>
#include <string.h>

Test(text, an_empty_one_reads_as_an_empty_string)
{
	struct text text = { 0 };

	cr_expect_str_eq(text_get(&text), "");
	text_clear(&text);
	text_release(&text);
}

Test(text, it_grows_as_parts_are_added)
{
	struct text text = { 0 };

	for (int i = 0; i < 1000; i++)
		text_add(&text, "äiti ");
	cr_expect_eq(text.length, 6000);
	cr_expect_eq(strlen(text_get(&text)), 6000);
	cr_expect_str_eq(text_get(&text) + 5994, "äiti ");
	text_release(&text);
	cr_expect_null(text.bytes);
}

Test(text, bytes_and_formatted_parts_are_added_behind)
{
	struct text text = { 0 };
	char longer[300];

	memset(longer, 'x', sizeof(longer));
	longer[299] = '\0';
	text_add_bytes(&text, "abcdef", 3);
	text_format(&text, " %d %s", 42, "ö");
	cr_expect_str_eq(text_get(&text), "abc 42 ö");
	text_format(&text, "%s", longer);
	cr_expect_eq(text.length, 9 + 299);
	cr_expect_eq(strlen(text_get(&text)), text.length);
	text_format(&text, "%s", "");
	cr_expect_eq(text.length, 9 + 299);
	text_release(&text);
}

Test(text, a_part_is_put_in_and_taken_out_anywhere)
{
	struct text text = { 0 };

	text_insert(&text, 0, "ad", 2);
	text_insert(&text, 1, "bc", 2);
	text_insert(&text, 4, "e", 1);
	text_insert(&text, 0, ">", 1);
	cr_expect_str_eq(text_get(&text), ">abcde");
	text_remove(&text, 0, 1);
	text_remove(&text, 1, 2);
	text_remove(&text, 2, 1);
	cr_expect_str_eq(text_get(&text), "ad");
	cr_expect_eq(text.length, 2);
	text_remove(&text, 0, 2);
	cr_expect_str_eq(text_get(&text), "");
	text_release(&text);
}

Test(text, taking_nothing_out_of_an_empty_one_does_no_harm)
{
	struct text text = { 0 };

	text_remove(&text, 0, 0);
	cr_expect_str_eq(text_get(&text), "");
	text_release(&text);
}

Test(text, a_cleared_one_is_filled_anew)
{
	struct text text = { 0 };

	text_add(&text, "old");
	text_clear(&text);
	cr_expect_str_eq(text_get(&text), "");
	text_add(&text, "new");
	cr_expect_str_eq(text_get(&text), "new");
	text_release(&text);
}

Test(text, blank_is_nothing_or_white_space)
{
	cr_expect(text_is_blank(NULL));
	cr_expect(text_is_blank(""));
	cr_expect(text_is_blank(" \t\r\n"));
	cr_expect_not(text_is_blank(" . "));
}
