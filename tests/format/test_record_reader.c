#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/record_reader.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* As in the manual. */
static const char example[] =
	"{\"attended\": [\"PNE-KES\", \"KTH-1\"], \"absent\": [\"SOS\"],\n"
	" \"adults\": [\"äiti\", \"mummi\"], \"facilitator\": \"Aino\", \"child_present\": true,\n"
	" \"child_heard\": false, \"strengths\": \"sisu\", \"vulnerabilities\": \"uni\",\n"
	" \"notes\": \"rivi\\ntoinen\", \"actions\": [{\"who\": \"luokanopettaja\", \"what\":\n"
	" \"soittaa\", \"where\": \"school\", \"due\": \"2026-12-15\"}, {\"who\": \"äiti\",\n"
	" \"what\": \"iltasatu\", \"where\": \"home\"}],\n"
	" \"follow_up\": {\"needed\": true, \"within_weeks\": 6}}\n";

static struct arena arena;
static struct meeting_record record;
static struct error err;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(record_reader, .init = set_up, .fini = tear_down);

static bool read_text(const char *json)
{
	return record_read(json, strlen(json), &arena, &record, &err);
}

Test(record_reader, the_manuals_example_is_read_in_full)
{
	cr_assert(read_text(example), "%s", err.text);
	cr_assert_eq(record.attended_count, 2);
	cr_assert_str_eq(record.attended[1], "KTH-1");
	cr_assert_eq(record.absent_count, 1);
	cr_assert_str_eq(record.absent[0], "SOS");
	cr_assert_eq(record.adult_count, 2);
	cr_assert_str_eq(record.adults[0], "äiti");
	cr_assert_str_eq(record.facilitator, "Aino");
	cr_assert_eq(record.child_present, KNOWN_YES);
	cr_assert_eq(record.child_heard, KNOWN_NO);
	cr_assert_str_eq(record.strengths, "sisu");
	cr_assert_str_eq(record.vulnerabilities, "uni");
	cr_assert_str_eq(record.notes, "rivi\ntoinen");
	cr_assert_eq(record.follow_up_needed, KNOWN_YES);
	cr_assert_eq(record.follow_up_within_weeks, 6);
	cr_assert_null(record.follow_up_reason);
}

Test(record_reader, actions_are_read_with_place_and_date)
{
	cr_assert(read_text(example), "%s", err.text);
	cr_assert_eq(record.action_count, 2);
	cr_assert_str_eq(record.actions[0].who, "luokanopettaja");
	cr_assert_str_eq(record.actions[0].what, "soittaa");
	cr_assert_eq(record.actions[0].environment, ENVIRONMENT_SCHOOL);
	cr_assert_eq(record.actions[0].due_day, day_from_civil(2026, 12, 15));
	cr_assert_eq(record.actions[1].environment, ENVIRONMENT_HOME);
	cr_assert_eq(record.actions[1].due_day, DAY_LAST);
}

Test(record_reader, an_empty_object_is_a_record_of_nothing)
{
	cr_assert(read_text("{}"));
	cr_assert_eq(record.attended_count, 0);
	cr_assert_eq(record.action_count, 0);
	cr_assert_eq(record.child_present, KNOWN_NOT);
	cr_assert_eq(record.follow_up_needed, KNOWN_NOT);
	cr_assert_null(record.notes);
}

Test(record_reader, null_is_the_same_as_not_given)
{
	cr_assert(read_text("{\"attended\": null, \"notes\": null, \"child_heard\": null, "
			    "\"actions\": null, \"follow_up\": null}"));
	cr_assert_eq(record.child_heard, KNOWN_NOT);
}

Test(record_reader, no_follow_up_has_its_reason)
{
	cr_assert(read_text("{\"follow_up\": {\"needed\": false, \"reason\": \"muutto\"}}"));
	cr_assert_eq(record.follow_up_needed, KNOWN_NO);
	cr_assert_str_eq(record.follow_up_reason, "muutto");
}

Test(record_reader, texts_outlive_the_input)
{
	char *copy = strdup(example);

	cr_assert(read_text(copy));
	memset(copy, 'x', strlen(copy));
	free(copy);
	cr_assert_str_eq(record.facilitator, "Aino");
}

static const struct {
	const char *json, *error;
} wrong_ones[] = {
	{ "{\"notez\": \"Liisa\"}", "notez: there is no such key; correct it or leave it out" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": \"b\", \"where\": \"home\", \"when\": 1}]}",
		"actions[0].when: there is no such key; correct it or leave it out" },
	{ "{\"follow_up\": {\"needed\": true, \"weeks\": 2}}",
		"follow_up.weeks: there is no such key; correct it or leave it out" },
	{ "{\"a\\u001b[31m\": 1}", "...: there is no such key; correct it or leave it out" },
	{ "{\"a\\nb\": 1}", "...: there is no such key; correct it or leave it out" },
	{ "{\"notes\": \"Liisa\",\n \"notes\": \"Liisa\"}",
		"notes: the key stands twice (line 2); leave one of them" },
	{ "{\"actions\": [{\"who\": \"a\", \"who\": \"b\"}]}",
		"who: the key stands twice (line 1); leave one of them" },
	{ "{\"x\": 1, \"x\": 2}", "...: the key stands twice (line 1); leave one of them" },
	{ "{\"child_present\": \"Liisa\"}", "child_present: true or false is wanted" },
	{ "{\"child_heard\": 1}", "child_heard: true or false is wanted" },
	{ "{\"notes\": 7}", "notes: text is wanted" },
	{ "{\"facilitator\": [\"Aino\"]}", "facilitator: text is wanted" },
	{ "{\"strengths\": {}}", "strengths: text is wanted" },
	{ "{\"vulnerabilities\": false}", "vulnerabilities: text is wanted" },
	{ "{\"attended\": \"PNE\"}", "attended: a list is wanted" },
	{ "{\"absent\": {\"a\": 1}}", "absent: a list is wanted" },
	{ "{\"adults\": [\"Liisa\", null]}", "adults[1]: text is wanted" },
	{ "{\"actions\": {}}", "actions: a list is wanted" },
	{ "{\"actions\": [\"Liisa\"]}", "actions[0]: an object {...} is wanted" },
	{ "{\"actions\": [{\"what\": \"b\", \"where\": \"home\"}]}",
		"actions[0].who: it is missing; give it" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": null, \"where\": \"home\"}]}",
		"actions[0].what: it is missing; give it" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": \"b\"}]}",
		"actions[0].where: it is missing; give it" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": \"b\", \"where\": \"Liisa\"}]}",
		"actions[0].where: one of these is wanted: home, early_education, school, leisure, "
		"services" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": \"b\", \"where\": \"home\"}, {\"who\": 3, "
	  "\"what\": \"b\", \"where\": \"home\"}]}",
		"actions[1].who: text is wanted" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": \"b\", \"where\": \"home\", \"due\": "
	  "\"15.12.2026\"}]}",
		"actions[0].due: a date such as 2026-12-15 is wanted" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": \"b\", \"where\": \"home\", \"due\": "
	  "\"2026-02-30\"}]}",
		"actions[0].due: a date such as 2026-12-15 is wanted" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": \"b\", \"where\": \"home\", \"due\": "
	  "\" 2026-12-1\"}]}",
		"actions[0].due: a date such as 2026-12-15 is wanted" },
	{ "{\"actions\": [{\"who\": \"a\", \"what\": \"b\", \"where\": \"home\", \"due\": 5}]}",
		"actions[0].due: text is wanted" },
	{ "{\"follow_up\": true}", "follow_up: an object {...} is wanted" },
	{ "{\"follow_up\": {}}", "follow_up.needed: it is missing; give it" },
	{ "{\"follow_up\": {\"needed\": null}}", "follow_up.needed: it is missing; give it" },
	{ "{\"follow_up\": {\"needed\": \"yes\"}}", "follow_up.needed: true or false is wanted" },
	{ "{\"follow_up\": {\"needed\": true, \"within_weeks\": \"6\"}}",
		"follow_up.within_weeks: a number of weeks is wanted" },
	{ "{\"follow_up\": {\"needed\": true, \"within_weeks\": 6.5}}",
		"follow_up.within_weeks: a number of weeks is wanted" },
	{ "{\"follow_up\": {\"needed\": true, \"within_weeks\": 0}}",
		"follow_up.within_weeks: a number of weeks is wanted" },
	{ "{\"follow_up\": {\"needed\": true, \"within_weeks\": 4294967297}}",
		"follow_up.within_weeks: a number of weeks is wanted" },
	{ "{\"follow_up\": {\"needed\": false, \"reason\": 3}}",
		"follow_up.reason: text is wanted" },
	{ "[]", "this is no JSON object; begin it with { and end it with }" },
	{ "\"Liisa\"", "this is no JSON object; begin it with { and end it with }" },
	{ "null", "this is no JSON object; begin it with { and end it with }" },
	{ "", "this is no JSON (line 1, column 0); correct it" },
	{ "{\"notes\":\n \"Liisa}", "this is no JSON (line 2, column 8); correct it" },
	{ "{\"notes\": \"Li\\u0000isa\"}", "this is no JSON (line 1, column 23); correct it" },
	{ "{} Liisa", "this is no JSON (line 1, column 8); correct it" },
	{ "{\"notes\": \"\xe4iti\"}", "this is not UTF-8 (line 1); save it as UTF-8" },
};

Test(record_reader, each_wrong_thing_is_named_and_nothing_else)
{
	for (size_t i = 0; i < sizeof(wrong_ones) / sizeof(wrong_ones[0]); i++) {
		cr_expect_not(read_text(wrong_ones[i].json), "%s", wrong_ones[i].json);
		cr_expect_eq(err.code, ERROR_INVALID);
		cr_expect_str_eq(err.text, wrong_ones[i].error);
		cr_expect_eq(record.actions, NULL);
		cr_expect_eq(record.notes, NULL);
	}
}

Test(record_reader, a_nul_byte_is_refused)
{
	static const char json[] = "{\"notes\": \"Li\0isa\"}";
	static const char behind[] = "{}\0{}";

	cr_assert_not(record_read(json, sizeof(json) - 1, &arena, &record, &err));
	cr_assert_not(record_read(behind, sizeof(behind) - 1, &arena, &record, &err));
}

Test(record_reader, a_record_too_large_is_refused)
{
	char *json = calloc(1, RECORD_LARGEST + 2);

	memset(json, ' ', RECORD_LARGEST + 1);
	memcpy(json, "{}", 2);
	cr_assert(record_read(json, RECORD_LARGEST, &arena, &record, &err));
	cr_assert_not(record_read(json, RECORD_LARGEST + 1, &arena, &record, &err));
	cr_assert_str_eq(err.text, "this is larger than 1024 kilobytes; shorten it");
	free(json);
}

Test(record_reader, deep_nesting_is_refused_and_no_crash)
{
	char *json = malloc(RECORD_LARGEST);

	memset(json, '[', RECORD_LARGEST);
	cr_assert_not(record_read(json, RECORD_LARGEST, &arena, &record, &err));
	free(json);
}

/* Each copy has its own block, so that the sanitizer sees a byte read too far. */
static void read_copy(const char *json, size_t length)
{
	char *copy = malloc(length ? length : 1);

	memcpy(copy, json, length);
	if (!record_read(copy, length, &arena, &record, &err)) {
		cr_assert_eq(err.code, ERROR_INVALID);
		cr_assert_not(strstr(err.text, "mummi"));
	}
	free(copy);
	arena_reset(&arena);
}

Test(record_reader, every_cut_of_the_example_is_refused_and_no_crash)
{
	for (size_t length = 0; length < sizeof(example); length++)
		read_copy(example, length);
}

Test(record_reader, random_changes_of_the_example_never_crash)
{
	static const char bytes[] = "{}[]\",:\\nulltruefalse0129-+.eE \n\x00\xff\xc3\xed";
	char json[sizeof(example)];

	srand(20261124);
	for (int trial = 0; trial < 30000; trial++) {
		memcpy(json, example, sizeof(example));
		for (int change = rand() % 4; change >= 0; change--)
			json[(size_t)rand() % (sizeof(example) - 1)] =
				rand() % 2 ? bytes[(size_t)rand() % (sizeof(bytes) - 1)]
					   : (char)rand();
		read_copy(json, sizeof(example) - 1);
	}
}
