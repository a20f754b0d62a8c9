/*
 * What people give as JSON, read with errors that name keys as jq does: "actions[0].due: ..." is
 * the first action's. A key that is not given and one that is null are the same: not known.
 */
#ifndef KUTSU_FORMAT_JSON_PART_INTERNAL_H
#define KUTSU_FORMAT_JSON_PART_INTERNAL_H

#include "kutsu/base/error.h"
#include "kutsu/format/record_reader.h"

#include <jansson.h>

#define PART_PATH_SIZE	  40
#define JSON_PART_LARGEST RECORD_LARGEST

/* One object of it, and how its keys are named to the user: "actions[0]." before them. */
struct part {
	json_t *object;
	char path[PART_PATH_SIZE];
	struct arena *arena; /* texts live in it */
};

/*
 * Reads the whole as one object; json_decref(whole->object). `known` are lists of keys, ended by
 * NULL: one of them that stands twice is told by its name, another one is not, since it may be
 * about people. ERROR_INVALID
 */
bool part_load(struct part *whole, const char *json, size_t length, struct arena *arena,
	const char *const *const *known, size_t known_count, struct error *err) MUST_CHECK;

/* `path` names the object itself; its keys come behind `path` and a full stop. */
bool part_open(struct part *part, json_t *object, const char *path, struct arena *arena,
	struct error *err) MUST_CHECK;

json_t *part_get(const struct part *part, const char *key);
/* All keys are among these, which NULL ends. */
bool part_check_keys(
	const struct part *part, const char *const *keys, struct error *err) MUST_CHECK;
bool part_read_text(
	const struct part *part, const char *key, const char **text, struct error *err) MUST_CHECK;
bool part_read_given(
	const struct part *part, const char *key, const char **text, struct error *err) MUST_CHECK;
bool part_read_known(
	const struct part *part, const char *key, enum known *known, struct error *err) MUST_CHECK;
/* *array is NULL where it is not given. */
bool part_read_array(
	const struct part *part, const char *key, json_t **array, struct error *err) MUST_CHECK;
bool part_read_list(const struct part *part, const char *key, const char *const **list,
	size_t *count, struct error *err) MUST_CHECK;
/* 1 or more; `wrong` says what is wanted. */
bool part_read_number(const struct part *part, const char *key, const char *wrong, int *to,
	struct error *err) MUST_CHECK;
bool part_read_term(const struct part *part, const char *key, const struct term_list *terms,
	int *value, struct error *err) MUST_CHECK;
/* DAY_LAST where it is not given. */
bool part_read_day(
	const struct part *part, const char *key, int *day, struct error *err) MUST_CHECK;

/* A key as an error may show it: it is somebody else's text. */
const char *part_shown_key(const char *key);

#endif
