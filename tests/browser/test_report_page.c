/* The month's report as people look at it: in Debian's Chromium, on paper, and read out. */
#include "program.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOOLS KUTSU_SOURCE_DIR "/build/browser"

static struct program *demo(void)
{
	struct program *p = program_new();

	program_set(p, "KUTSU_NOW", "2026-12-18T12:00");
	program_ok(p, "demo");
	return p;
}

/* What check.mjs found. json_decref() */
static json_t *check(const char *page)
{
	char command[2000];
	json_t *found;
	FILE *tool;

	snprintf(command, sizeof(command),
		"cd '" TOOLS "' && exec node check.mjs '%s' '%s.pdf' '%s.png'", page, page, page);
	tool = popen(command, "r");
	cr_assert_not_null(tool);
	found = json_loadf(tool, 0, NULL);
	cr_assert_eq(pclose(tool), 0, "%s: does scripts/browser-tools run?", command);
	cr_assert_not_null(found);
	return found;
}

static void expect_none(json_t *found, const char *key, const char *page)
{
	json_t *list = json_object_get(found, key);
	char *text = json_dumps(list, JSON_INDENT(1));

	cr_expect_eq(json_array_size(list), 0, "%s of %s: %s", key, page, text);
	free(text);
}

static bool has_bytes(const char *bytes, size_t size, const char *sought)
{
	size_t length = strlen(sought);

	for (size_t i = 0; i + length <= size; i++) {
		if (memcmp(bytes + i, sought, length) == 0)
			return true;
	}
	return false;
}

/* A4 is 595 by 842 points; Chromium rounds. */
static void expect_a4(const char *page)
{
	char path[1000];
	char *pdf;
	size_t size;

	snprintf(path, sizeof(path), "%s.pdf", page);
	pdf = program_read(path, &size);
	cr_expect_gt(size, 10000u);
	cr_expect_eq(strncmp(pdf, "%PDF-", 5), 0);
	cr_expect(has_bytes(pdf, size, "/MediaBox [0 0 59"), "no A4 page");
	free(pdf);
}

static void expect_good_page(struct program *p, const char *language, const char *options)
{
	const char *page = program_path(p, "report.html");
	json_t *found;

	program_ok(p, "--lang %s report month 2026-11 --format html -o %s %s", language, page,
		options);
	found = check(page);
	expect_none(found, "console", page);
	expect_none(found, "requests", page);
	expect_none(found, "violations", page);
	cr_expect_gt(json_integer_value(json_object_get(found, "checks")), 20);
	cr_expect_str_eq(json_string_value(json_object_get(found, "lang")), language);
	expect_a4(page);
	json_decref(found);
}

Test(report_page, has_no_error_asks_for_nothing_and_can_be_read_out, .timeout = 120)
{
	struct program *p = demo();

	expect_good_page(p, "fi", "");
	expect_good_page(p, "sv", "--full");
	expect_good_page(p, "en", "--full");
	program_free(p);
}

/* The check itself would see it. */
Test(report_page, is_checked_by_what_finds_a_bad_one, .timeout = 120)
{
	struct program *p = program_new();
	const char *page = program_path(p, "bad.html");
	json_t *found;

	program_write(p, "bad.html",
		"<html><head></head><body><img src=\"missing.png\"><p style=\"color:#eee;"
		"background:#fff\">pale</p><script>throw 1</script></body></html>");
	found = check(page);
	cr_expect_gt(json_array_size(json_object_get(found, "console")), 0u);
	cr_expect_gt(json_array_size(json_object_get(found, "requests")), 0u);
	cr_expect_gt(json_array_size(json_object_get(found, "violations")), 2u);
	json_decref(found);
	program_free(p);
}
