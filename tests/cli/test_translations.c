/* Every text of the program stands in Finnish and Swedish. */
#include "program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Runs a shell line in the source tree; what it wrote is in `said`. Returns its exit status. */
static int run(const char *line, char *said, size_t size)
{
	FILE *output = popen(line, "r");
	size_t used = 0, got;

	cr_assert_not_null(output);
	while (used + 1 < size && (got = fread(said + used, 1, size - used - 1, output)) > 0)
		used += got;
	said[used] = '\0';
	while (fgetc(output) != EOF)
		continue;
	return pclose(output);
}

static void expect_complete(const char *language)
{
	char line[1000], said[4000];

	if (run("command -v msgcmp xgettext", said, sizeof(said)) != 0)
		cr_skip_test("gettext's tools are not here");
	snprintf(line, sizeof(line),
		"exec 2>&1; set -e; cd '%s'; . scripts/po-extract.sh; pot=$(mktemp);"
		" trap 'rm -f \"$pot\"' EXIT; po_extract \"$pot\"; msgfmt -c -o /dev/null po/%s.po;"
		" msgcmp po/%s.po \"$pot\"",
		KUTSU_SOURCE_DIR, language, language);
	cr_expect_eq(run(line, said, sizeof(said)), 0,
		"po/%s.po; scripts/po-update brings it up to"
		" date:\n%s",
		language, said);
}

Test(translations, finnish_is_complete)
{
	expect_complete("fi");
}

Test(translations, swedish_is_complete)
{
	expect_complete("sv");
}
