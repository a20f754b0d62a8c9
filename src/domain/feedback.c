#include "kutsu/domain/feedback.h"

#include "kutsu/domain/field.h"

#include <ctype.h>
#include <string.h>

#define FACES_MOST     3
#define AGREE_MOST     5
#define RECOMMEND_MOST 10
#define COUNT_MOST     999

int scale_least(enum scale scale)
{
	return scale == SCALE_AGREE || scale == SCALE_FACES;
}

int scale_most(enum scale scale)
{
	switch (scale) {
	case SCALE_RECOMMEND:
		return RECOMMEND_MOST;
	case SCALE_AGREE:
		return AGREE_MOST;
	case SCALE_FACES:
		return FACES_MOST;
	case SCALE_YES_NO:
		return 1;
	case SCALE_COUNT:
		return COUNT_MOST;
	default:
		return 0;
	}
}

enum respondent feedback_form_respondent(const struct feedback_form *form)
{
	int respondent = 0;

	while (respondent < RESPONDENTS - 1 && !(form->respondents & 1u << respondent))
		respondent++;
	return (enum respondent)respondent;
}

static bool check_answer(const struct feedback_question *question,
	const struct feedback_answer *answer, struct error *err)
{
	int least = scale_least(question->scale), most = scale_most(question->scale);

	if (question->scale == SCALE_TEXT)
		return field_check(question->code, answer->text, FIELD_LONG, err);
	if (!answer->is_known || (answer->value >= least && answer->value <= most))
		return true;
	return error_set(err, ERROR_INVALID, _("%s: \"%d\" won't do; give %d to %d"),
		question->code, answer->value, least, most);
}

bool feedback_check(
	const struct feedback_form *form, const struct feedback_answer *answers, struct error *err)
{
	bool is_answered = false;

	for (size_t i = 0; i < form->question_count; i++) {
		if (!answers[i].is_given)
			continue;
		if (!check_answer(&form->questions[i], &answers[i], err))
			return false;
		is_answered = is_answered || answers[i].is_known || answers[i].text;
	}
	return is_answered
	       || error_set(err, ERROR_INVALID, _("no question is answered; answer one at least"));
}

static bool check_code(const char *code, struct error *err)
{
	size_t length = code ? strlen(code) : 0;

	for (size_t i = 0; i < length; i++) {
		if (!islower((unsigned char)code[i]) && code[i] != '_'
			&& !isdigit((unsigned char)code[i]))
			length = 0;
	}
	return (length > 0 && length <= FEEDBACK_CODE_LONGEST)
	       || error_set(err, ERROR_INVALID,
		       _("code: write small letters, digits and _, %d at most"),
		       FEEDBACK_CODE_LONGEST);
}

static bool check_texts(const char *code, const char *const *texts, struct error *err)
{
	for (int i = 0; i < LANGUAGES; i++) {
		if (!field_check_given(code, texts[i], FIELD_SHORT, err))
			return false;
	}
	return true;
}

static bool is_asked_before(const struct feedback_form *form, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (strcmp(form->questions[i].code, form->questions[at].code) == 0)
			return true;
	}
	return false;
}

bool feedback_form_check(const struct feedback_form *form, struct error *err)
{
	if (!check_code(form->code, err) || !check_texts(form->code, form->texts, err))
		return false;
	if (!form->respondents)
		return error_set(err, ERROR_INVALID, _("who answers the form is missing; give it"));
	if (form->question_count == 0 || form->question_count > FEEDBACK_QUESTIONS)
		return error_set(
			err, ERROR_INVALID, _("a form has 1 to %d questions"), FEEDBACK_QUESTIONS);
	for (size_t i = 0; i < form->question_count; i++) {
		const struct feedback_question *question = &form->questions[i];

		if (!check_code(question->code, err)
			|| !check_texts(question->code, question->texts, err))
			return false;
		if (is_asked_before(form, i))
			return error_set(
				err, ERROR_INVALID, _("%s: it is asked twice"), question->code);
	}
	return true;
}

int nps_of(int promoters, int detractors, int count)
{
	int score = 200 * (promoters - detractors);

	return (score + (score < 0 ? -count : count)) / (2 * count);
}

int feedback_due_day(struct month month, int day_of_month)
{
	return month_first_day(month_add(month, 1)) + day_of_month - 1;
}
