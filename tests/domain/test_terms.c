#include "kutsu/domain/terms.h"

#include "kutsu/base/message.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

static const struct term_list *const lists[] = { &sector_terms, &repeat_terms, &source_terms,
	&outcome_terms, &case_status_terms, &meeting_kind_terms, &meeting_status_terms,
	&environment_terms, &occurrence_terms, &answer_terms, &decline_reason_terms,
	&message_kind_terms, &message_state_terms, &age_group_terms, &initiative_status_terms,
	&respondent_terms, &scale_terms, &role_terms };

#define LISTS (sizeof(lists) / sizeof(lists[0]))

Test(terms, every_value_has_a_code_that_is_read_back_and_a_label)
{
	message_set_language(LANGUAGE_EN);
	for (size_t l = 0; l < LISTS; l++) {
		for (int value = 0; value < lists[l]->count; value++) {
			int read = -1;

			cr_assert_not_null(term_code(lists[l], value));
			cr_expect(term_parse(lists[l], term_code(lists[l], value), &read));
			cr_expect_eq(read, value, "%s", term_code(lists[l], value));
			cr_expect_gt(strlen(term_label(lists[l], value)), 0);
		}
	}
}

Test(terms, a_code_may_be_typed_in_capitals)
{
	int value = -1;

	cr_expect(term_parse(&repeat_terms, "FortNightly", &value));
	cr_expect_eq(value, REPEAT_FORTNIGHTLY);
	cr_expect(term_parse(&sector_terms, "ter", &value));
	cr_expect_eq(value, SECTOR_HEALTH_CLINIC);
}

Test(terms, an_unknown_code_is_refused_and_the_value_left)
{
	int value = 77;

	cr_expect_not(term_parse(&role_terms, "king", &value));
	cr_expect_not(term_parse(&role_terms, "", &value));
	cr_expect_not(term_parse(&role_terms, "admi", &value));
	cr_expect_not(term_parse(&role_terms, "admin ", &value));
	cr_expect_eq(value, 77);
}

Test(terms, codes_are_safe_in_sql_json_and_options)
{
	for (size_t l = 0; l < LISTS; l++) {
		for (int value = 0; value < lists[l]->count; value++) {
			for (const char *c = term_code(lists[l], value); *c; c++)
				cr_expect(isalnum((unsigned char)*c) || *c == '_');
		}
	}
}
