#include "kutsu/domain/feedback.h"

#include <criterion/criterion.h>
#include <string.h>

static struct error err;

static struct feedback_question questions[] = {
	{ "recommend", SCALE_RECOMMEND, { "a", "b", "c" } },
	{ "heard", SCALE_AGREE, { "a", "b", "c" } },
	{ "text", SCALE_TEXT, { "a", "b", "c" } },
};

static struct feedback_form form_of(size_t count)
{
	return (struct feedback_form) { .code = "family",
		.respondents = 1u << RESPONDENT_GUARDIAN,
		.texts = { "a", "b", "c" },
		.questions = questions,
		.question_count = count };
}

static bool takes(int recommend, int heard, const char *text)
{
	struct feedback_form form = form_of(3);
	struct feedback_answer answers[] = { { recommend >= -1, recommend >= 0, recommend, NULL },
		{ heard >= -1, heard >= 0, heard, NULL }, { text != NULL, false, 0, text } };

	return feedback_check(&form, answers, &err);
}

#define LEFT_OUT (-2)
#define UNKNOWN	 (-1)

Test(feedback, values_are_taken_within_their_scale_only)
{
	for (int value = 0; value <= 12; value++) {
		cr_expect_eq(takes(value, LEFT_OUT, NULL), value <= 10, "%d", value);
		cr_expect_eq(takes(LEFT_OUT, value, NULL), value >= 1 && value <= 5, "%d", value);
	}
	cr_assert_not(takes(11, 3, NULL));
	cr_expect_not_null(strstr(err.text, "recommend"), "%s", err.text);
}

Test(feedback, one_question_at_least_is_answered)
{
	cr_expect(takes(LEFT_OUT, LEFT_OUT, "kiitos"));
	cr_expect(takes(5, UNKNOWN, NULL));
	cr_expect_not(takes(LEFT_OUT, LEFT_OUT, NULL));
	cr_expect_not(takes(UNKNOWN, UNKNOWN, NULL));
}

Test(feedback, a_text_takes_no_personal_identity_code)
{
	cr_expect_not(takes(5, 5, "lapsi 131052-308T"));
}

Test(feedback, a_form_needs_its_code_texts_respondents_and_questions)
{
	struct feedback_form form = form_of(3);

	cr_expect(feedback_form_check(&form, &err), "%s", err.text);
	form.code = "Family form";
	cr_expect_not(feedback_form_check(&form, &err));
	form = form_of(3);
	form.texts[LANGUAGE_SV] = NULL;
	cr_expect_not(feedback_form_check(&form, &err));
	form = form_of(3);
	form.respondents = 0;
	cr_expect_not(feedback_form_check(&form, &err));
	form = form_of(0);
	cr_expect_not(feedback_form_check(&form, &err));
}

Test(feedback, a_form_asks_each_question_once)
{
	struct feedback_question twice[] = { questions[1], questions[1] };
	struct feedback_form form = form_of(2);

	form.questions = twice;
	cr_expect_not(feedback_form_check(&form, &err));
}

Test(feedback, nps_is_promoters_less_detractors_in_per_cent_to_the_nearest)
{
	for (int count = 1; count <= 30; count++) {
		for (int promoters = 0; promoters <= count; promoters++) {
			for (int detractors = 0; promoters + detractors <= count; detractors++) {
				double exact = 100.0 * (promoters - detractors) / count;

				cr_expect_eq(nps_of(promoters, detractors, count),
					(int)(exact + (exact < 0 ? -0.5 : 0.5)), "%d %d of %d",
					promoters, detractors, count);
			}
		}
	}
}

Test(feedback, a_month_is_due_on_that_day_of_the_next)
{
	int day;

	cr_assert(day_parse("2027-01-05", 0, &day));
	cr_expect_eq(feedback_due_day((struct month) { 2026, 12 }, 5), day);
}
