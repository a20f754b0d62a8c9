#include "json_part_internal.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/slot.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define KEY_LONGEST_SHOWN 40

json_t *part_get(const struct part *part, const char *key)
{
	json_t *value = json_object_get(part->object, key);

	return json_is_null(value) ? NULL : value;
}

static bool is_key(const char *key, const char *const *keys)
{
	for (; *keys; keys++) {
		if (strcmp(*keys, key) == 0)
			return true;
	}
	return false;
}

/* It must not upset the terminal the error is shown on. */
const char *part_shown_key(const char *key)
{
	bool is_plain =
		strlen(key) <= KEY_LONGEST_SHOWN && !utf8_has_control(key) && !strchr(key, '\n');

	return is_plain ? key : "...";
}

bool part_check_keys(const struct part *part, const char *const *keys, struct error *err)
{
	const char *key;
	json_t *value;

	json_object_foreach(part->object, key, value)
	{
		if (!is_key(key, keys))
			return error_set(err, ERROR_INVALID,
				_("%s%s: there is no such key; correct it or leave it out"),
				part->path, part_shown_key(key));
	}
	return true;
}

bool part_read_text(const struct part *part, const char *key, const char **text, struct error *err)
{
	json_t *value = part_get(part, key);

	if (value && !json_is_string(value))
		return error_set(err, ERROR_INVALID, _("%s%s: text is wanted"), part->path, key);
	*text = arena_text(part->arena, json_string_value(value));
	return true;
}

bool part_read_given(const struct part *part, const char *key, const char **text, struct error *err)
{
	if (!part_get(part, key))
		return error_set(
			err, ERROR_INVALID, _("%s%s: it is missing; give it"), part->path, key);
	return part_read_text(part, key, text, err);
}

bool part_read_known(const struct part *part, const char *key, enum known *known, struct error *err)
{
	json_t *value = part_get(part, key);

	if (value && !json_is_boolean(value))
		return error_set(
			err, ERROR_INVALID, _("%s%s: true or false is wanted"), part->path, key);
	*known = !value ? KNOWN_NOT : json_is_true(value) ? KNOWN_YES : KNOWN_NO;
	return true;
}

bool part_read_array(const struct part *part, const char *key, json_t **array, struct error *err)
{
	*array = part_get(part, key);
	if (*array && !json_is_array(*array))
		return error_set(err, ERROR_INVALID, _("%s%s: a list is wanted"), part->path, key);
	return true;
}

bool part_read_list(const struct part *part, const char *key, const char *const **list,
	size_t *count, struct error *err)
{
	json_t *array, *item;
	const char **texts;
	size_t i;

	if (!part_read_array(part, key, &array, err))
		return false;
	texts = arena_new(part->arena, json_array_size(array) * sizeof(*texts));
	json_array_foreach(array, i, item)
	{
		if (!json_is_string(item))
			return error_set(err, ERROR_INVALID, _("%s%s[%zu]: text is wanted"),
				part->path, key, i);
		texts[i] = arena_text(part->arena, json_string_value(item));
	}
	*list = texts;
	*count = json_array_size(array);
	return true;
}

bool part_read_number(
	const struct part *part, const char *key, const char *wrong, int *to, struct error *err)
{
	json_t *value = part_get(part, key);
	json_int_t number = json_integer_value(value);

	if (value && (!json_is_integer(value) || number < 1 || number > INT_MAX))
		return error_set(err, ERROR_INVALID, "%s%s: %s", part->path, key, wrong);
	*to = (int)number;
	return true;
}

/* "home, early_education, ...": every code there is. */
static void list_codes(const struct term_list *terms, struct text *text)
{
	for (int i = 0; i < terms->count; i++) {
		text_add(text, i ? ", " : "");
		text_add(text, term_code(terms, i));
	}
}

bool part_read_term(const struct part *part, const char *key, const struct term_list *terms,
	int *value, struct error *err)
{
	struct text codes = { 0 };
	const char *code;

	if (!part_read_given(part, key, &code, err))
		return false;
	if (term_parse(terms, code, value))
		return true;
	list_codes(terms, &codes);
	error_set(err, ERROR_INVALID, _("%s%s: one of these is wanted: %s"), part->path, key,
		text_get(&codes));
	text_release(&codes);
	return false;
}

/* day_parse() takes more forms: those of people, not of files. */
static bool is_iso_day(const char *text)
{
	return strlen(text) == 10 && strspn(text, "0123456789") == 4 && text[4] == '-'
	       && strspn(text + 5, "0123456789") == 2 && text[7] == '-'
	       && strspn(text + 8, "0123456789") == 2;
}

bool part_read_day(const struct part *part, const char *key, int *day, struct error *err)
{
	const char *text;

	if (!part_read_text(part, key, &text, err))
		return false;
	*day = DAY_LAST;
	if (text && (!is_iso_day(text) || !day_parse(text, 0, day)))
		return error_set(err, ERROR_INVALID, _("%s%s: a date such as 2026-12-15 is wanted"),
			part->path, key);
	return true;
}

bool part_open(
	struct part *part, json_t *object, const char *path, struct arena *arena, struct error *err)
{
	if (!json_is_object(object))
		return error_set(err, ERROR_INVALID, _("%s: an object {...} is wanted"), path);
	*part = (struct part) { .object = object, .arena = arena };
	snprintf(part->path, sizeof(part->path), "%s.", path);
	return true;
}

/* The key whose text, in its quotes, ends at `end`, or NULL. jansson does not tell it alone. */
static const char *key_before(const char *json, size_t end, const char *const *keys)
{
	for (; *keys; keys++) {
		size_t length = strlen(*keys);

		if (end >= length + 2 && json[end - 1] == '"' && json[end - length - 2] == '"'
			&& memcmp(json + end - length - 1, *keys, length) == 0)
			return *keys;
	}
	return NULL;
}

static bool refuse_repeated_key(const char *json, const json_error_t *wrong,
	const char *const *const *known, size_t known_count, struct error *err)
{
	const char *key = NULL;

	for (size_t i = 0; !key && i < known_count; i++)
		key = key_before(json, (size_t)wrong->position, known[i]);
	return error_set(err, ERROR_INVALID,
		_("%s: the key stands twice (line %d); leave one of them"), key ? key : "...",
		wrong->line);
}

/* jansson's own text quotes the input, which may be about people. */
static bool refuse_json(const char *json, const json_error_t *wrong,
	const char *const *const *known, size_t known_count, struct error *err)
{
	switch (json_error_code(wrong)) {
	case json_error_duplicate_key:
		return refuse_repeated_key(json, wrong, known, known_count, err);
	case json_error_invalid_utf8:
		return error_set(err, ERROR_INVALID,
			_("this is not UTF-8 (line %d); save it as UTF-8"), wrong->line);
	default:
		return error_set(err, ERROR_INVALID,
			_("this is no JSON (line %d, column %d); correct it"), wrong->line,
			wrong->column);
	}
}

bool part_load(struct part *whole, const char *json, size_t length, struct arena *arena,
	const char *const *const *known, size_t known_count, struct error *err)
{
	json_error_t wrong;
	json_t *root;

	if (length > JSON_PART_LARGEST)
		return error_set(err, ERROR_INVALID,
			_("this is larger than %d kilobytes; shorten it"),
			JSON_PART_LARGEST / 1024);
	json_set_alloc_funcs(memory_new, free);
	root = json_loadb(json, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &wrong);
	if (!root)
		return refuse_json(json, &wrong, known, known_count, err);
	*whole = (struct part) { .object = root, .arena = arena };
	if (json_is_object(root))
		return true;
	json_decref(root);
	return error_set(
		err, ERROR_INVALID, _("this is no JSON object; begin it with { and end it with }"));
}
