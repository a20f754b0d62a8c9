#include "kutsu/format/feedback_reader.h"

#include "json_part_internal.h"
#include "kutsu/base/arena.h"

#include <limits.h>

static const char *const form_keys[] = { "code", "valid_from", "respondents", "text", "questions",
	NULL };
static const char *const question_keys[] = { "code", "scale", "text", NULL };
static const char *const text_keys[] = { "en", "fi", "sv", NULL };

static bool read_number(const struct part *part, const struct feedback_question *question,
	struct feedback_answer *answer, struct error *err)
{
	json_t *value = json_object_get(part->object, question->code);
	json_int_t number = json_integer_value(value);

	answer->is_known = !json_is_null(value);
	if (question->scale == SCALE_YES_NO && json_is_boolean(value)) {
		answer->value = json_is_true(value);
		return true;
	}
	if (answer->is_known && (!json_is_integer(value) || number < 0 || number > INT_MAX))
		return error_set(
			err, ERROR_INVALID, _("%s: a number is wanted, or null"), question->code);
	answer->value = (int)number;
	return true;
}

static bool read_answer(const struct part *part, const struct feedback_question *question,
	struct feedback_answer *answer, struct error *err)
{
	if (!json_object_get(part->object, question->code))
		return true;
	answer->is_given = true;
	if (question->scale == SCALE_TEXT)
		return part_read_text(part, question->code, &answer->text, err);
	return read_number(part, question, answer, err);
}

bool feedback_read(const char *json, size_t length, const struct feedback_form *form,
	struct arena *arena, struct feedback_answer **answers, struct error *err)
{
	const char **codes = arena_new(arena, (form->question_count + 1) * sizeof(*codes));
	const char *const *known = codes;
	struct part whole;
	bool ok;

	for (size_t i = 0; i < form->question_count; i++)
		codes[i] = form->questions[i].code;
	if (!part_load(&whole, json, length, arena, &known, 1, err))
		return false;
	*answers = arena_new(arena, form->question_count * sizeof(**answers));
	ok = part_check_keys(&whole, codes, err);
	for (size_t i = 0; ok && i < form->question_count; i++)
		ok = read_answer(&whole, &form->questions[i], &(*answers)[i], err);
	json_decref(whole.object);
	return ok;
}

static bool read_texts(
	const struct part *of, const char *path, const char *texts[LANGUAGES], struct error *err)
{
	struct part part;

	return part_open(&part, part_get(of, "text"), path, of->arena, err)
	       && part_check_keys(&part, text_keys, err)
	       && part_read_given(&part, "en", &texts[LANGUAGE_EN], err)
	       && part_read_given(&part, "fi", &texts[LANGUAGE_FI], err)
	       && part_read_given(&part, "sv", &texts[LANGUAGE_SV], err);
}

static bool read_question(json_t *object, size_t index, struct arena *arena,
	struct feedback_question *question, struct error *err)
{
	char path[PART_PATH_SIZE - 8], texts[PART_PATH_SIZE - 1];
	struct part part;
	int scale = 0;
	bool ok;

	snprintf(path, sizeof(path), "questions[%zu]", index);
	snprintf(texts, sizeof(texts), "%s.text", path);
	ok = part_open(&part, object, path, arena, err)
	     && part_check_keys(&part, question_keys, err)
	     && part_read_given(&part, "code", &question->code, err)
	     && part_read_term(&part, "scale", &scale_terms, &scale, err)
	     && read_texts(&part, texts, question->texts, err);
	question->scale = (enum scale)scale;
	return ok;
}

static bool read_questions(const struct part *part, struct feedback_form *form, struct error *err)
{
	json_t *array;
	bool ok = true;

	if (!part_read_array(part, "questions", &array, err))
		return false;
	form->question_count = json_array_size(array);
	form->questions =
		arena_new(part->arena, (form->question_count + 1) * sizeof(*form->questions));
	for (size_t i = 0; ok && i < form->question_count; i++)
		ok = read_question(
			json_array_get(array, i), i, part->arena, &form->questions[i], err);
	return ok;
}

static bool read_respondents(const struct part *part, struct feedback_form *form, struct error *err)
{
	const char *const *codes;
	size_t count;

	if (!part_read_list(part, "respondents", &codes, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		int respondent;

		if (!term_parse(&respondent_terms, codes[i], &respondent))
			return error_set(err, ERROR_INVALID,
				_("respondents[%zu]: nobody is known by that code"), i);
		form->respondents |= 1u << respondent;
	}
	return true;
}

bool feedback_form_read(const char *json, size_t length, struct arena *arena,
	struct feedback_form *form, struct error *err)
{
	static const char *const *const known[] = { form_keys, question_keys, text_keys };
	struct part whole;
	bool ok;

	*form = (struct feedback_form) { 0 };
	if (!part_load(&whole, json, length, arena, known, sizeof(known) / sizeof(known[0]), err))
		return false;
	ok = part_check_keys(&whole, form_keys, err)
	     && part_read_given(&whole, "code", &form->code, err)
	     && part_read_day(&whole, "valid_from", &form->valid_from, err)
	     && read_respondents(&whole, form, err) && read_texts(&whole, "text", form->texts, err)
	     && read_questions(&whole, form, err);
	json_decref(whole.object);
	return ok;
}
