/* Feedback, and a form of it, in JSON, as another program may write them. */
#include "fuzz.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/feedback_reader.h"

static void check_error(const struct error *err)
{
	assert(err->code == ERROR_INVALID);
	assert(utf8_is_valid(err->text) && !utf8_has_control(err->text));
}

static void check_form(const struct feedback_form *form)
{
	struct error err;

	assert(form->code && form->texts[LANGUAGE_FI] && utf8_is_valid(form->code));
	for (size_t i = 0; i < form->question_count; i++) {
		assert(form->questions[i].code && form->questions[i].scale < SCALES);
		assert(utf8_is_valid(form->questions[i].texts[LANGUAGE_SV]));
	}
	if (!feedback_form_check(form, &err))
		check_error(&err);
}

static void read_answers(const char *json, size_t size, struct arena *arena)
{
	static struct feedback_question questions[] = {
		{ "recommend", SCALE_RECOMMEND, { "a", "b", "c" } },
		{ "face", SCALE_FACES, { "a", "b", "c" } },
		{ "kept", SCALE_YES_NO, { "a", "b", "c" } },
		{ "text", SCALE_TEXT, { "a", "b", "c" } },
	};
	const struct feedback_form form = { .questions = questions, .question_count = 4 };
	struct feedback_answer *answers;
	struct error err;

	if (!feedback_read(json, size, &form, arena, &answers, &err)) {
		check_error(&err);
		return;
	}
	assert(!answers[3].text || utf8_is_valid(answers[3].text));
	if (!feedback_check(&form, answers, &err))
		check_error(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *json = malloc(size ? size : 1); /* with no NUL behind it */
	struct feedback_form form;
	struct arena arena = { 0 };
	struct error err;

	assert(json);
	if (size)
		memcpy(json, bytes, size);
	read_answers(json, size, &arena);
	if (feedback_form_read(json, size, &arena, &form, &err)) {
		free(json); /* the form has no part of it */
		check_form(&form);
	} else {
		free(json);
		check_error(&err);
	}
	arena_release(&arena);
	return 0;
}
