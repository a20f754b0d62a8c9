#include "kutsu/format/feedback_reader.h"

#include "kutsu/base/arena.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;
static struct error err;
static struct feedback_answer *answers;

static struct feedback_question questions[] = {
	{ "recommend", SCALE_RECOMMEND, { 0 } },
	{ "kept", SCALE_YES_NO, { 0 } },
	{ "text", SCALE_TEXT, { 0 } },
};
static const struct feedback_form form = { .questions = questions, .question_count = 3 };

static void set_up(void)
{
	arena = (struct arena) { 0 };
	message_set_language(LANGUAGE_EN);
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(feedback_reader, .init = set_up, .fini = tear_down);

static bool read_it(const char *json)
{
	return feedback_read(json, strlen(json), &form, &arena, &answers, &err);
}

Test(feedback_reader, values_come_by_the_questions_codes)
{
	cr_assert(
		read_it("{\"text\": \"hyvä\", \"kept\": true, \"recommend\": 9}"), "%s", err.text);
	cr_expect(answers[0].is_given && answers[0].is_known && answers[0].value == 9);
	cr_expect(answers[1].is_given && answers[1].is_known && answers[1].value == 1);
	cr_expect_str_eq(answers[2].text, "hyvä");
}

Test(feedback_reader, null_is_not_known_and_a_missing_one_was_left_out)
{
	cr_assert(read_it("{\"recommend\": null}"), "%s", err.text);
	cr_expect(answers[0].is_given && !answers[0].is_known);
	cr_expect_not(answers[1].is_given);
	cr_expect_not(answers[2].is_given);
}

static void expect_refused(const char *json, const char *text)
{
	cr_assert_not(read_it(json), "%s", json);
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_str_eq(err.text, text);
}

Test(feedback_reader, what_is_wrong_is_named)
{
	expect_refused("[]", "this is no JSON object; begin it with { and end it with }");
	expect_refused(
		"{\"recomend\": 9}", "recomend: there is no such key; correct it or leave it out");
	expect_refused("{\"recommend\": \"9\"}", "recommend: a number is wanted, or null");
	expect_refused("{\"recommend\": 1, \"recommend\": 2}",
		"recommend: the key stands twice (line 1); leave one of them");
	expect_refused("{\"text\": 5}", "text: text is wanted");
	expect_refused("{\"recommend\": 4294967305}", "recommend: a number is wanted, or null");
}

#define TEXTS "{\"en\": \"a\", \"fi\": \"b\", \"sv\": \"c\"}"

Test(feedback_reader, a_form_comes_with_its_questions_in_order)
{
	const char *json =
		"{\"code\": \"family\", \"valid_from\": \"2027-01-01\","
		" \"respondents\": [\"guardian\", \"young_person\"], \"text\": " TEXTS
		", \"questions\": [{\"code\": \"one\", \"scale\": \"faces\", \"text\": " TEXTS
		"}, {\"code\": \"two\", \"scale\": \"text\", \"text\": " TEXTS "}]}";
	struct feedback_form made;

	cr_assert(feedback_form_read(json, strlen(json), &arena, &made, &err), "%s", err.text);
	cr_expect_str_eq(made.code, "family");
	cr_expect_eq(made.respondents, 1u << RESPONDENT_GUARDIAN | 1u << RESPONDENT_YOUNG_PERSON);
	cr_assert_eq(made.question_count, 2);
	cr_expect_str_eq(made.questions[0].code, "one");
	cr_expect_eq(made.questions[0].scale, SCALE_FACES);
	cr_expect_str_eq(made.questions[1].texts[LANGUAGE_FI], "b");
	cr_expect_str_eq(made.texts[LANGUAGE_SV], "c");
}

Test(feedback_reader, a_form_without_a_language_is_refused)
{
	const char *json = "{\"code\": \"family\", \"text\": {\"en\": \"a\", \"fi\": \"b\"}}";
	struct feedback_form made;

	cr_assert_not(feedback_form_read(json, strlen(json), &arena, &made, &err));
	cr_expect_str_eq(err.text, "text.sv: it is missing; give it");
}
