#include "kutsu/domain/unit.h"

#include <criterion/criterion.h>

Test(unit, a_code_is_letters_digits_and_hyphens)
{
	cr_expect(unit_code_is_valid("PNE-KES"));
	cr_expect(unit_code_is_valid("a"));
	cr_expect(unit_code_is_valid("112"));
	cr_expect_not(unit_code_is_valid("PNE KES"));
	cr_expect_not(unit_code_is_valid("PNE_KES"));
	cr_expect_not(unit_code_is_valid("PNE.KES"));
	cr_expect_not(unit_code_is_valid("P\xC3\x84IV\xC3\x84"));
	cr_expect_not(unit_code_is_valid("PNE\n"));
	cr_expect_not(unit_code_is_valid("PNE,KES"));
	cr_expect_not(unit_code_is_valid("=PNE"));
}

Test(unit, a_code_is_not_empty_and_begins_with_no_hyphen)
{
	cr_expect_not(unit_code_is_valid(""));
	cr_expect_not(unit_code_is_valid("-KES")); /* would be read as an option */
	cr_expect_not(unit_code_is_valid("--"));
}

Test(unit, a_code_has_24_characters_at_the_most)
{
	cr_expect(unit_code_is_valid("ABCDEFGHIJKLMNOPQRSTUVWX"));
	cr_expect_not(unit_code_is_valid("ABCDEFGHIJKLMNOPQRSTUVWXY"));
}

Test(unit, school_health_pupil_welfare_and_schools_keep_to_the_school_year)
{
	for (int sector = 0; sector < SECTORS; sector++) {
		bool school = sector == SECTOR_SCHOOL || sector == SECTOR_PUPIL_WELFARE
			      || sector == SECTOR_SCHOOL_HEALTH;

		cr_expect_eq(sector_is_school_based((enum sector)sector), school, "%s",
			term_code(&sector_terms, sector));
	}
}
