#include "kutsu/format/record_reader.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/slot.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE	  40
#define KEY_LONGEST_SHOWN 40

static const char *const record_keys[] = { "attended", "absent", "adults", "facilitator",
	"child_present", "child_heard", "strengths", "vulnerabilities", "notes", "actions",
	"follow_up", "revision", NULL };
static const char *const action_keys[] = { "who", "what", "where", "due", NULL };
static const char *const follow_up_keys[] = { "needed", "within_weeks", "reason", NULL };

/* One object of the record, and how its keys are named to the user: "actions[0]." before them. */
struct part {
	json_t *object;
	char path[PATH_SIZE];
	struct arena *arena;
};

/* A key that is not given and one that is null are the same: not known. */
static json_t *part_get(const struct part *part, const char *key)
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

/* The key is somebody else's text: it must not upset the terminal the error is shown on. */
static const char *shown_key(const char *key)
{
	bool is_plain =
		strlen(key) <= KEY_LONGEST_SHOWN && !utf8_has_control(key) && !strchr(key, '\n');

	return is_plain ? key : "...";
}

static bool part_check_keys(const struct part *part, const char *const *keys, struct error *err)
{
	const char *key;
	json_t *value;

	json_object_foreach(part->object, key, value)
	{
		if (!is_key(key, keys))
			return error_set(err, ERROR_INVALID,
				_("%s%s: a record has no such key; correct it or leave it out"),
				part->path, shown_key(key));
	}
	return true;
}

static bool part_read_text(
	const struct part *part, const char *key, const char **text, struct error *err)
{
	json_t *value = part_get(part, key);

	if (value && !json_is_string(value))
		return error_set(err, ERROR_INVALID, _("%s%s: text is wanted"), part->path, key);
	*text = arena_text(part->arena, json_string_value(value));
	return true;
}

static bool part_read_given(
	const struct part *part, const char *key, const char **text, struct error *err)
{
	if (!part_get(part, key))
		return error_set(
			err, ERROR_INVALID, _("%s%s: it is missing; give it"), part->path, key);
	return part_read_text(part, key, text, err);
}

static bool part_read_known(
	const struct part *part, const char *key, enum known *known, struct error *err)
{
	json_t *value = part_get(part, key);

	if (value && !json_is_boolean(value))
		return error_set(
			err, ERROR_INVALID, _("%s%s: true or false is wanted"), part->path, key);
	*known = !value ? KNOWN_NOT : json_is_true(value) ? KNOWN_YES : KNOWN_NO;
	return true;
}

static bool part_read_array(
	const struct part *part, const char *key, json_t **array, struct error *err)
{
	*array = part_get(part, key);
	if (*array && !json_is_array(*array))
		return error_set(err, ERROR_INVALID, _("%s%s: a list is wanted"), part->path, key);
	return true;
}

static bool part_read_list(const struct part *part, const char *key, const char *const **list,
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

static bool part_read_number(
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

static bool part_read_environment(
	const struct part *part, const char *key, enum environment *environment, struct error *err)
{
	const char *code;
	int value;
	struct text codes = { 0 };

	if (!part_read_given(part, key, &code, err))
		return false;
	if (term_parse(&environment_terms, code, &value)) {
		*environment = (enum environment)value;
		return true;
	}
	list_codes(&environment_terms, &codes);
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

static bool part_read_day(const struct part *part, const char *key, int *day, struct error *err)
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

/* `path` names the object itself; its keys come behind `path` and a full stop. */
static bool part_open(
	struct part *part, json_t *object, const char *path, struct arena *arena, struct error *err)
{
	if (!json_is_object(object))
		return error_set(err, ERROR_INVALID, _("%s: an object {...} is wanted"), path);
	*part = (struct part) { .object = object, .arena = arena };
	snprintf(part->path, sizeof(part->path), "%s.", path);
	return true;
}

static bool read_action(json_t *object, size_t index, struct arena *arena,
	struct agreed_action *action, struct error *err)
{
	char path[PATH_SIZE - 1];
	struct part part;

	snprintf(path, sizeof(path), "actions[%zu]", index);
	return part_open(&part, object, path, arena, err)
	       && part_check_keys(&part, action_keys, err)
	       && part_read_given(&part, "who", &action->who, err)
	       && part_read_given(&part, "what", &action->what, err)
	       && part_read_environment(&part, "where", &action->environment, err)
	       && part_read_day(&part, "due", &action->due_day, err);
}

static bool read_actions(const struct part *part, struct meeting_record *record, struct error *err)
{
	json_t *array;
	bool ok = true;

	if (!part_read_array(part, "actions", &array, err))
		return false;
	record->action_count = json_array_size(array);
	record->actions = arena_new(part->arena, record->action_count * sizeof(*record->actions));
	for (size_t i = 0; ok && i < record->action_count; i++)
		ok = read_action(
			json_array_get(array, i), i, part->arena, &record->actions[i], err);
	return ok;
}

static bool read_follow_up(
	const struct part *record_part, struct meeting_record *record, struct error *err)
{
	json_t *object = part_get(record_part, "follow_up");
	struct part part;

	if (!object)
		return true;
	if (!part_open(&part, object, "follow_up", record_part->arena, err)
		|| !part_check_keys(&part, follow_up_keys, err))
		return false;
	if (!part_get(&part, "needed"))
		return error_set(
			err, ERROR_INVALID, _("%s%s: it is missing; give it"), part.path, "needed");
	return part_read_known(&part, "needed", &record->follow_up_needed, err)
	       && part_read_number(&part, "within_weeks", _("a number of weeks is wanted"),
		       &record->follow_up_within_weeks, err)
	       && part_read_text(&part, "reason", &record->follow_up_reason, err);
}

static bool read_people(const struct part *part, struct meeting_record *record, struct error *err)
{
	return part_read_list(part, "attended", &record->attended, &record->attended_count, err)
	       && part_read_list(part, "absent", &record->absent, &record->absent_count, err)
	       && part_read_list(part, "adults", &record->adults, &record->adult_count, err)
	       && part_read_text(part, "facilitator", &record->facilitator, err)
	       && part_read_known(part, "child_present", &record->child_present, err)
	       && part_read_known(part, "child_heard", &record->child_heard, err);
}

static bool read_record(
	json_t *json, struct arena *arena, struct meeting_record *record, struct error *err)
{
	struct part part = { .object = json, .path = "", .arena = arena };

	if (!json_is_object(json))
		return error_set(err, ERROR_INVALID,
			_("the record is no JSON object; begin it with { and end it with }"));
	return part_check_keys(&part, record_keys, err) && read_people(&part, record, err)
	       && part_read_text(&part, "strengths", &record->strengths, err)
	       && part_read_text(&part, "vulnerabilities", &record->vulnerabilities, err)
	       && part_read_text(&part, "notes", &record->notes, err)
	       && part_read_number(&part, "revision", _("the record's revision is wanted"),
		       &record->revision, err)
	       && read_actions(&part, record, err) && read_follow_up(&part, record, err);
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

static bool refuse_repeated_key(const char *json, const json_error_t *wrong, struct error *err)
{
	const char *const *const lists[] = { record_keys, action_keys, follow_up_keys };
	const char *key = NULL;

	for (size_t i = 0; !key && i < sizeof(lists) / sizeof(lists[0]); i++)
		key = key_before(json, (size_t)wrong->position, lists[i]);
	return error_set(err, ERROR_INVALID,
		_("%s: the key stands twice (line %d); leave one of them"), key ? key : "...",
		wrong->line);
}

/* jansson's own text quotes the input, which may be about people. */
static bool refuse_json(const char *json, const json_error_t *wrong, struct error *err)
{
	switch (json_error_code(wrong)) {
	case json_error_duplicate_key:
		return refuse_repeated_key(json, wrong, err);
	case json_error_invalid_utf8:
		return error_set(err, ERROR_INVALID,
			_("the record is not UTF-8 (line %d); save it as UTF-8"), wrong->line);
	default:
		return error_set(err, ERROR_INVALID,
			_("the record is no JSON (line %d, column %d); correct it"), wrong->line,
			wrong->column);
	}
}

bool record_read(const char *json, size_t length, struct arena *arena,
	struct meeting_record *record, struct error *err)
{
	json_error_t wrong;
	json_t *root;
	bool ok;

	*record = (struct meeting_record) { 0 };
	if (length > RECORD_LARGEST)
		return error_set(err, ERROR_INVALID,
			_("the record is larger than %d kilobytes; shorten it"),
			RECORD_LARGEST / 1024);
	json_set_alloc_funcs(memory_new, free);
	root = json_loadb(json, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &wrong);
	if (!root)
		return refuse_json(json, &wrong, err);
	ok = read_record(root, arena, record, err);
	json_decref(root);
	if (!ok)
		*record = (struct meeting_record) { 0 };
	return ok;
}
