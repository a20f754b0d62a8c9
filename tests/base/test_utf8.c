#include "kutsu/base/utf8.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wctype.h>

static void in_utf_8(void)
{
	cr_assert_not_null(setlocale(LC_ALL, "C.UTF-8"));
}

TestSuite(utf8, .init = in_utf_8);

static const char *const invalid[] = {
	"\x80", "a\xBF", "\xC3", "\xC3(", "\xE2\x82", "\xE2\x82(", "\xF0\x9F\x98",
	"\xF0\x9F(", /* cut */
	"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80",
	"\xF0\x8F\xBF\xBF",					/* overlong */
	"\xED\xA0\x80", "\xED\xBF\xBF",				/* surrogates */
	"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", /* beyond U+10FFFF */
	"\xF8\x88\x80\x80\x80", "\xE4iti"			/* Latin 1 */
};

#define INVALID (sizeof(invalid) / sizeof(invalid[0]))

Test(utf8, overlong_forms_surrogates_and_broken_sequences_are_invalid)
{
	for (size_t i = 0; i < INVALID; i++)
		cr_expect_not(utf8_is_valid(invalid[i]), "%zu", i);
}

Test(utf8, ordinary_text_is_valid)
{
	cr_expect(utf8_is_valid(""));
	cr_expect(utf8_is_valid("äiti – 24.11. \U0001F469\u200D\U0001F467"));
	cr_expect(utf8_is_valid("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"));
}

Test(utf8, a_broken_byte_is_read_as_the_replacement_character_and_passed_singly)
{
	uint32_t c;

	for (size_t i = 0; i < INVALID; i++) {
		const char *text = invalid[i] + (invalid[i][0] == 'a');

		cr_expect_eq(utf8_decode(text, &c), 1, "%zu", i);
		cr_expect_eq(c, 0xFFFD, "%zu", i);
	}
}

Test(utf8, every_code_point_is_encoded_and_decoded)
{
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		uint32_t read = 0;
		char bytes[5];
		size_t length;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		length = utf8_encode(c, bytes);
		cr_assert_eq(strlen(bytes), length);
		cr_assert_eq(utf8_decode(bytes, &read), length);
		cr_assert_eq(read, c);
	}
}

Test(utf8, width_is_counted_in_columns)
{
	cr_expect_eq(utf8_width(""), 0);
	cr_expect_eq(utf8_width("abc"), 3);
	cr_expect_eq(utf8_width("äiti"), 4);
	cr_expect_eq(utf8_width("a\u0308iti"), 4);   /* a combining diaeresis */
	cr_expect_eq(utf8_width("\u4E2D\u6587"), 4); /* wide */
	cr_expect_eq(utf8_width("\U0001F9D2"), 2);
	cr_expect_eq(utf8_width("13.00–14.00"), 11);
	cr_expect_eq(utf8_width("\xE4iti"), 4); /* a broken byte takes a column */
}

Test(utf8, one_step_takes_a_character_with_its_combining_marks)
{
	const char *text = "a\u0308\u0301b\u4E2D";

	cr_expect_eq(utf8_next(text, 0), 5);
	cr_expect_eq(utf8_next(text, 5), 6);
	cr_expect_eq(utf8_next(text, 6), 9);
	cr_expect_eq(utf8_next(text, 9), 9);
	cr_expect_eq(utf8_previous(text, 9), 6);
	cr_expect_eq(utf8_previous(text, 6), 5);
	cr_expect_eq(utf8_previous(text, 5), 0);
	cr_expect_eq(utf8_previous(text, 0), 0);
}

Test(utf8, marks_at_the_beginning_are_one_step)
{
	cr_expect_eq(utf8_next("\u0301\u0301x", 0), 4);
	cr_expect_eq(utf8_previous("\u0301\u0301x", 4), 0);
}

static void expect_same_steps_both_ways(const char *text)
{
	size_t stops[64], count = 0, at = 0;

	while (text[at]) {
		cr_assert_lt(count, 64);
		stops[count++] = at;
		cr_assert_gt(utf8_next(text, at), at);
		at = utf8_next(text, at);
	}
	cr_expect_eq(at, strlen(text));
	while (count > 0) {
		at = utf8_previous(text, at);
		cr_expect_eq(
			at, stops[--count], "in \"%s\" to %zu, not %zu", text, at, stops[count]);
	}
}

Test(utf8, the_steps_back_are_the_steps_forward)
{
	expect_same_steps_both_ways("äiti ja isä");
	expect_same_steps_both_ways("a\u0308\u0301b\u4E2D\u0301 \U0001F9D2!");
	expect_same_steps_both_ways("\U0001F469\u200D\U0001F467 x");
	expect_same_steps_both_ways("\U0001F44D\U0001F3FD\uFE0F.");
	expect_same_steps_both_ways("\u1112\u1161\u11AB\n\t");
}

Test(utf8, a_step_over_broken_bytes_ends_within_the_text)
{
	for (size_t i = 0; i < INVALID; i++) {
		size_t length = strlen(invalid[i]), at = 0;

		for (size_t steps = 0; steps < 10 && at < length; steps++)
			at = utf8_next(invalid[i], at);
		cr_expect_eq(at, length);
		cr_expect_lt(utf8_previous(invalid[i], length), length);
	}
}

Test(utf8, fit_cuts_no_character_and_leaves_no_mark_behind)
{
	int width = -1;

	cr_expect_eq(utf8_fit("äiti", 2, &width), 3);
	cr_expect_eq(width, 2);
	cr_expect_eq(utf8_fit("a\u4E2D", 2, &width), 1);
	cr_expect_eq(width, 1);
	cr_expect_eq(utf8_fit("a\u0308b", 1, &width), 3);
	cr_expect_eq(utf8_fit("abc", 10, &width), 3);
	cr_expect_eq(width, 3);
	cr_expect_eq(utf8_fit("abc", 0, NULL), 0);
	cr_expect_eq(utf8_fit("", 5, &width), 0);
	cr_expect_eq(width, 0);
}

Test(utf8, control_characters_are_found_but_for_line_feed)
{
	for (int c = 1; c < 0x20; c++) {
		char text[] = { 'a', (char)c, '\0' };

		cr_expect_eq(utf8_has_control(text), c != '\n', "%d", c);
	}
	cr_expect(utf8_has_control("\x7F"));
	cr_expect(utf8_has_control("\xC2\x80"));
	cr_expect(utf8_has_control("a\xC2\x9F"));
	cr_expect_not(utf8_has_control("\u00A0äöå\n"));
}

static void expect_fold(const char *text, const char *wanted)
{
	char folded[64];

	utf8_fold(text, folded, sizeof(folded));
	cr_expect_str_eq(folded, wanted);
}

Test(utf8, folding_makes_latin_letters_small)
{
	expect_fold("", "");
	expect_fold("Äiti JA Öljy, Åse", "äiti ja öljy, åse");
	expect_fold("ŠAMAANI Žiguli ÉCLAIR", "šamaani žiguli éclair");
	expect_fold("123 \u4E2D", "123 \u4E2D");
}

Test(utf8, folding_does_not_depend_on_the_locale)
{
	setlocale(LC_ALL, "C");
	expect_fold("ÄITI Ö Å", "äiti ö å");
	expect_fold("ŠAMAANI Žiguli", "šamaani žiguli");
}

/* Up to U+017F as the C library has it, but for the dotted I, whose small letter is ASCII. */
Test(utf8, folding_agrees_with_the_c_library_in_latin)
{
	for (uint32_t c = 1; c <= 0x17F; c++) {
		char text[5], wanted[5];

		utf8_encode(c, text);
		utf8_encode(c == 0x130 ? c : (uint32_t)towlower((wint_t)c), wanted);
		expect_fold(text, wanted);
	}
	expect_fold("\u0130 \u0391 \u0410", "\u0130 \u0391 \u0410");
}

Test(utf8, folding_ends_where_the_room_does_and_cuts_no_character)
{
	char folded[4];

	utf8_fold("ABCDEF", folded, sizeof(folded));
	cr_expect_str_eq(folded, "abc");
	utf8_fold("ABÄ", folded, sizeof(folded));
	cr_expect_str_eq(folded, "ab");
	utf8_fold("\xFF\xFF", folded, sizeof(folded));
	cr_expect_str_eq(folded, "\uFFFD");
	utf8_fold("A", folded, 1);
	cr_expect_str_eq(folded, "");
}

static void expect_ascii(const char *text, const char *wanted)
{
	char ascii[64];

	utf8_to_ascii(text, ascii, sizeof(ascii));
	cr_expect_str_eq(ascii, wanted);
}

Test(utf8, terminals_without_utf_8_get_the_nearest_ascii)
{
	expect_ascii("Äiti, Åse ja Öljy – …", "Aiti, Ase ja Oljy - ~");
	expect_ascii("ŠšŽž ’”", "SsZz '\"");
	expect_ascii("\u4E2D.", "??.");
	expect_ascii("┌─ │", "+- |");
	expect_ascii("a\u0308", "a");
	expect_ascii("\xFF", "?");
}

Test(utf8, ascii_ends_where_the_room_does)
{
	char ascii[4];

	utf8_to_ascii("ÄÄÄÄÄ", ascii, sizeof(ascii));
	cr_expect_str_eq(ascii, "AAA");
}

Test(utf8, the_width_of_the_first_bytes_is_that_of_the_characters_that_begin_there)
{
	cr_expect_eq(utf8_width_bytes("äiti", 0), 0);
	cr_expect_eq(utf8_width_bytes("äiti", 2), 1);
	cr_expect_eq(utf8_width_bytes("äiti", 3), 2);
	cr_expect_eq(utf8_width_bytes("äiti", 99), 4);
	cr_expect_eq(utf8_width_bytes("\u4E2Da\u0308", 3), 2);
}

static void expect_trimmed(const char *text, const char *wanted)
{
	char trimmed[64];

	snprintf(trimmed, sizeof(trimmed), "%s", text);
	utf8_trim(trimmed);
	cr_expect_str_eq(trimmed, wanted);
}

Test(utf8, only_an_incomplete_last_character_is_trimmed_off)
{
	expect_trimmed("", "");
	expect_trimmed("äitiä", "äitiä");
	expect_trimmed("a\u20AC\U0001F467", "a\u20AC\U0001F467");
	expect_trimmed("äiti\xC3", "äiti");
	expect_trimmed("a\xE2\x82", "a");
	expect_trimmed("a\xF0\x9F\x91", "a");
	expect_trimmed("\xC3", "");
}

Test(utf8, a_cleaned_text_has_no_broken_bytes_and_no_control_characters)
{
	static const struct {
		const char *text, *clean;
	} cases[] = {
		{ "", "" },
		{ "äiti – 😀", "äiti – 😀" },
		{ "\xC3", "" },
		{ "a\xC3z\xA4\xFF", "az" },
		{ "\xE2\x80", "" },
		{ "a\n\tb\x7F", "a  b " },
		{ "\xC2\x85ä\xC2\x9F", " ä " },
		{ "\xED\xA0\x80\xC0\x80", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[40];

		snprintf(text, sizeof(text), "%s", cases[i].text);
		utf8_clean(text);
		cr_expect_str_eq(text, cases[i].clean, "%zu", i);
		cr_expect(utf8_is_valid(text) && !utf8_has_control(text));
	}
}

/* The rows with "|" between, as they are cut from the text. */
static void expect_rows(const char *text, int columns, const char *wanted)
{
	char rows[200] = "";
	size_t at = 0, next = 0;

	do {
		size_t end = utf8_wrap(text, at, columns, &next);

		snprintf(rows + strlen(rows), sizeof(rows) - strlen(rows), "%s%.*s", at ? "|" : "",
			(int)(end - at), text + at);
		cr_assert(next > at || !text[at], "it goes on");
		at = next;
	} while (text[at]);
	cr_expect_str_eq(rows, wanted);
}

Test(utf8, text_is_wrapped_at_blanks_and_line_feeds)
{
	expect_rows("", 5, "");
	expect_rows("aa bb cc", 5, "aa bb|cc");
	expect_rows("aa bb cc", 4, "aa|bb|cc");
	expect_rows("äää ööö", 3, "äää|ööö");
	expect_rows("aa\nbb cc\n", 9, "aa|bb cc");
	expect_rows("aa\n\nbb", 9, "aa||bb");
	expect_rows("aa  bb", 3, "aa |bb");
}

Test(utf8, a_word_longer_than_the_row_is_cut_between_characters)
{
	expect_rows("äitiäiti", 3, "äit|iäi|ti");
	expect_rows("a bbbbbb", 3, "a|bbb|bbb");
	expect_rows("\u4E2D\u4E2D", 1, "\u4E2D|\u4E2D");
	expect_rows("a\u0308b", 1, "a\u0308|b");
}
