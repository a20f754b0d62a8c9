#include "kutsu/format/json_writer.h"

#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>

#define REAL_DIGITS 15 /* so that 0.1 is written as it is */

/* Only a damaged database holds broken UTF-8; what can be read of it is written all the same. */
static json_t *new_repaired_string(const char *text)
{
	struct text repaired = { 0 };
	json_t *string;

	while (*text) {
		uint32_t code_point;
		char bytes[5];

		text += utf8_decode(text, &code_point);
		text_add_bytes(&repaired, bytes, utf8_encode(code_point, bytes));
	}
	string = json_string(text_get(&repaired));
	text_release(&repaired);
	return string;
}

static json_t *new_string(const char *text)
{
	json_t *string = json_string(text);

	return string ? string : new_repaired_string(text);
}

static json_t *new_list(const char *const *list, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, new_string(list[i]));
	return array;
}

static json_t *new_value(const struct value *value)
{
	switch (value->kind) {
	case VALUE_TEXT:
	case VALUE_DAY:
	case VALUE_MINUTE:
	case VALUE_WALL:
		return new_string(value->text);
	case VALUE_INTEGER:
		return json_integer(value->integer);
	case VALUE_REAL:
		return json_real(value->real);
	case VALUE_BOOLEAN:
		return json_boolean(value->integer);
	case VALUE_LIST:
		return new_list(value->list, value->count);
	default:
		return json_null();
	}
}

static json_t *new_object(const struct row *row)
{
	json_t *object = json_object();

	for (size_t i = 0; i < row->count; i++)
		json_object_set_new(object, row->values[i].key, new_value(&row->values[i]));
	return object;
}

static void write_and_free(struct json_writer *writer, json_t *json)
{
	json_dumpf(json, writer->file, JSON_ENCODE_ANY | JSON_REAL_PRECISION(REAL_DIGITS));
	json_decref(json);
}

/* In an array each item has its own line; in an object they follow each other. */
static void begin_item(struct json_writer *writer, const char *key)
{
	if (!writer->is_first)
		fputs(key ? ", " : ",", writer->file);
	if (!key && writer->depth > 0)
		fputc('\n', writer->file);
	if (key) {
		write_and_free(writer, new_string(key));
		fputs(": ", writer->file);
	}
	writer->is_first = false;
}

static void open_container(struct json_writer *writer, const char *key, char bracket)
{
	begin_item(writer, key);
	fputc(bracket, writer->file);
	writer->depth++;
	writer->is_first = true;
}

static void close_container(struct json_writer *writer, const char *bracket)
{
	assert(writer->depth > 0);
	fputs(bracket, writer->file);
	writer->depth--;
	writer->is_first = false;
}

void json_begin(struct json_writer *writer, FILE *file)
{
	/* Out of memory then ends the program here as elsewhere. */
	json_set_alloc_funcs(memory_new, free);
	*writer = (struct json_writer) { .file = file, .is_first = true };
}

void json_end(struct json_writer *writer)
{
	assert(writer->depth == 0);
	fputc('\n', writer->file);
}

void json_open_object(struct json_writer *writer, const char *key)
{
	open_container(writer, key, '{');
}

void json_open_array(struct json_writer *writer, const char *key)
{
	open_container(writer, key, '[');
}

void json_close_object(struct json_writer *writer)
{
	close_container(writer, "}");
}

void json_close_array(struct json_writer *writer)
{
	close_container(writer, writer->is_first ? "]" : "\n]");
}

void json_row(struct json_writer *writer, const char *key, const struct row *row)
{
	begin_item(writer, key);
	write_and_free(writer, new_object(row));
}

void json_row_values(struct json_writer *writer, const struct row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		begin_item(writer, row->values[i].key);
		write_and_free(writer, new_value(&row->values[i]));
	}
}
