#include "kutsu/domain/personal_id.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const valid[] = { "131052-308T", "090920A2786", "090920F2786", "080839-616J",
	"080839U616J", "010115A901C", "290216B999N", "240620C944X" };

#define VALID (sizeof(valid) / sizeof(valid[0]))

Test(personal_id, a_code_with_its_right_check_character_is_found)
{
	for (size_t i = 0; i < VALID; i++)
		cr_expect(text_contains_personal_id(valid[i]), "%s", valid[i]);
}

Test(personal_id, a_wrong_check_character_date_or_century_sign_is_not_found)
{
	cr_expect_not(text_contains_personal_id("191086-838I"));
	cr_expect_not(text_contains_personal_id("321086-838X"));
	cr_expect_not(text_contains_personal_id("131052-308U"));
	cr_expect_not(text_contains_personal_id("131052J308T"));
	cr_expect_not(text_contains_personal_id("001052-308T"));
	cr_expect_not(text_contains_personal_id("131352-308T"));
	cr_expect_not(text_contains_personal_id("131052 308T"));
	cr_expect_not(text_contains_personal_id(""));
	cr_expect_not(text_contains_personal_id("131052-308"));
}

Test(personal_id, it_is_found_in_a_sentence_with_any_punctuation)
{
	static const char *const forms[] = { "%s", "Pojan tunnus on %s.", "(%s)",
		"hetu:%s, Suistola", "\"%s\"", "a\n%s\nb", "äiti %s isä", "hetu=%s;", "-%s-",
		" %s" };

	for (size_t f = 0; f < sizeof(forms) / sizeof(forms[0]); f++) {
		for (size_t i = 0; i < VALID; i++) {
			int before = (int)strcspn(forms[f], "%");
			char text[80];

			snprintf(text, sizeof(text), "%.*s%s%s", before, forms[f], valid[i],
				forms[f] + before + 2);
			cr_expect(text_contains_personal_id(text), "%s", text);
		}
	}
}

Test(personal_id, small_letters_are_found_too)
{
	cr_expect(text_contains_personal_id("131052-308t"));
	cr_expect(text_contains_personal_id("010115a901c"));
	cr_expect(text_contains_personal_id("080839u616j"));
}

/* The check character does not depend on the century sign; only the leap day does. */
Test(personal_id, every_century_sign_counts_and_no_other)
{
	for (int sign = 1; sign < 128; sign++) {
		char text[] = "080839?616J";
		bool known = strchr("+-UVWXYABCDEFuvwxyabcdef", sign) != NULL;

		text[6] = (char)sign;
		cr_expect_eq(text_contains_personal_id(text), known, "sign %d", sign);
	}
}

Test(personal_id, a_leap_day_needs_a_leap_year_of_its_century)
{
	cr_expect(text_contains_personal_id("290216B999N"));
	/* 2000 was a leap year; 1900 and 2001 were none, whatever the check character. */
	for (const char *check = "0123456789ABCDEFHJKLMNPRSTUVWXY"; *check; check++) {
		char in_1900[] = "290200-999?", in_2001[] = "290201A999?";

		in_1900[10] = in_2001[10] = *check;
		cr_expect_not(text_contains_personal_id(in_1900));
		cr_expect_not(text_contains_personal_id(in_2001));
	}
}

static int count_check_characters(const char *without_check)
{
	int found = 0;

	for (const char *check = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"; *check; check++) {
		char text[32];

		snprintf(text, sizeof(text), "%s%c", without_check, *check);
		found += text_contains_personal_id(text);
	}
	return found;
}

Test(personal_id, each_date_and_number_has_one_check_character)
{
	cr_expect_eq(count_check_characters("290200A999"), 1);
	cr_expect_eq(count_check_characters("010100+002"), 1);
	cr_expect_eq(count_check_characters("311299-899"), 1);
	cr_expect_eq(count_check_characters("010100A001"), 0); /* numbers begin at 002 */
	cr_expect_eq(count_check_characters("010100A000"), 0);
	cr_expect_eq(count_check_characters("310400A123"), 0);
	for (int number = 2; number < 1000; number++) {
		char text[16];

		snprintf(text, sizeof(text), "150675-%03d", number);
		cr_expect_eq(count_check_characters(text), 1, "%s", text);
	}
}

Test(personal_id, a_code_inside_a_longer_number_does_not_count)
{
	cr_expect_not(text_contains_personal_id("1131052-308T"));
	cr_expect_not(text_contains_personal_id("0010115A901C"));
	cr_expect_not(text_contains_personal_id("131052-308T1"));
	cr_expect_not(text_contains_personal_id("080839-61601"));
}

Test(personal_id, a_code_with_letters_behind_it_does_not_count)
{
	cr_expect_not(text_contains_personal_id("131052-308Tavara"));
	cr_expect_not(text_contains_personal_id("131052-308T\xC3\xA4"));
	cr_expect_not(text_contains_personal_id("131052-308T\u00C0"));
	cr_expect_not(text_contains_personal_id("131052-308T\u0161"));
	cr_expect_not(text_contains_personal_id("131052-308T\u024F"));
}

Test(personal_id, a_code_with_letters_before_it_is_found)
{
	cr_expect(text_contains_personal_id("viite131052-308T"));
	cr_expect(text_contains_personal_id("\xC3\xA4"
					    "131052-308T"));
}

/* Finnish quotation marks, the dash, the ellipsis and the hard space are not letters. */
Test(personal_id, punctuation_outside_ascii_ends_a_code)
{
	cr_expect(text_contains_personal_id("\u201D131052-308T\u201D"));
	cr_expect(text_contains_personal_id("131052-308T\u2013hetu"));
	cr_expect(text_contains_personal_id("131052-308T\u2026"));
	cr_expect(text_contains_personal_id("131052-308T\u00A0on"));
	cr_expect(text_contains_personal_id("131052-308T\u00D7"));
	cr_expect(text_contains_personal_id("131052-308T\u00F7"));
	cr_expect(text_contains_personal_id("131052-308T\xFF"));
}

Test(personal_id, the_second_of_two_is_found_though_the_first_is_none)
{
	cr_expect(text_contains_personal_id("131052-308U 131052-308T"));
	cr_expect(text_contains_personal_id("191086-838I, 010115A901C"));
}

Test(personal_id, a_code_with_any_one_character_changed_is_not_found)
{
	static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-";
	int tried = 0, found = 0;

	for (size_t i = 0; i < VALID; i++) {
		for (size_t at = 0; at < 11; at++) {
			for (const char *c = alphabet; *c; c++) {
				char text[12];

				strcpy(text, valid[i]);
				if (at == 6 || text[at] == *c)
					continue;
				text[at] = *c;
				tried++;
				found += text_contains_personal_id(text);
			}
		}
	}
	cr_expect_gt(tried, 2500);
	/* 31 is a prime that no digit's place value is a multiple of: a changed digit is always
	 * seen. */
	cr_expect_eq(found, 0);
}

Test(personal_id, dates_phone_numbers_and_case_codes_are_not_taken_for_one)
{
	static const char *const texts[] = { "24.11.2026 klo 13.00", "040 123 4567",
		"+358401234567", "2026-0147", "1.12.2026-5.12.2026", "FI2112345600000785",
		"010126-311226", "000000-0000" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		cr_expect_not(text_contains_personal_id(texts[i]), "%s", texts[i]);
}
