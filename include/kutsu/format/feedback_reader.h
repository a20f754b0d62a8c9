/* Feedback, and its forms, as JSON. */
#ifndef KUTSU_FORMAT_FEEDBACK_READER_H
#define KUTSU_FORMAT_FEEDBACK_READER_H

#include "kutsu/domain/feedback.h"

struct arena;

/*
 * Reads {"recommend": 9, "soon_enough": 5, "useful": null, "text": "..."}: a value for each of the
 * form's question codes; null is "don't know", and one that is missing was left out. A yes_no may
 * be true or false. *answers has one for each question, in the arena. The rules of feedback_check()
 * are not applied here.
 *
 * ERROR_INVALID  no JSON, a key that is no question's, a value of the wrong kind: each named
 */
bool feedback_read(const char *json, size_t length, const struct feedback_form *form,
	struct arena *arena, struct feedback_answer **answers, struct error *err) MUST_CHECK;

/*
 * Reads {"code", "valid_from", "respondents": [...], "text": {"en", "fi", "sv"}, "questions":
 * [{"code", "scale", "text": {...}}]} into the arena. ERROR_INVALID: as above.
 */
bool feedback_form_read(const char *json, size_t length, struct arena *arena,
	struct feedback_form *form, struct error *err) MUST_CHECK;

#endif
