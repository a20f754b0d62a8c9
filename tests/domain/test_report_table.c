/* The tables beside the indicators. */
#include "kutsu/domain/report_table.h"

#include "kutsu/base/message.h"

#include <criterion/criterion.h>
#include <string.h>

Test(report_table, each_has_a_code_of_its_own_a_title_and_a_definition)
{
	message_set_language(LANGUAGE_EN);
	for (int i = 0; i < REPORT_TABLES; i++) {
		enum report_table table = (enum report_table)i;

		cr_expect_gt(strlen(report_table_title(table)), 5u);
		cr_expect_gt(strlen(report_table_definition(table)), 20u);
		for (int j = 0; j < i; j++)
			cr_expect_str_neq(
				report_table_code(table), report_table_code((enum report_table)j));
	}
}
