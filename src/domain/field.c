#include "kutsu/domain/field.h"

#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/personal_id.h"

#include <string.h>

bool field_check(const char *name, const char *text, size_t most, struct error *err)
{
	if (!text)
		return true;
	if (!utf8_is_valid(text) || utf8_has_control(text))
		return error_set(err, ERROR_INVALID,
			_("%s: it holds characters that are no text; write it again"), name);
	/* It stands in a row of a list, in the subject of an e-mail. */
	if (most <= FIELD_SHORT && strchr(text, '\n'))
		return error_set(err, ERROR_INVALID,
			_("%s: a line feed can't stand there; write one line"), name);
	if (strlen(text) > most)
		return error_set(err, ERROR_INVALID, _("%s: it is too long; shorten it"), name);
	if (text_contains_personal_id(text))
		return error_set(err, ERROR_INVALID,
			_("%s: the text seems to hold a personal identity code, and kutsu keeps "
			  "none; "
			  "take it out"),
			name);
	return true;
}

bool field_check_given(const char *name, const char *text, size_t most, struct error *err)
{
	if (text_is_blank(text))
		return error_set(err, ERROR_INVALID, _("%s: it is missing; fill it in"), name);
	return field_check(name, text, most, err);
}
