/*
 * JSON written as it comes, so that a million rows need no more memory than one. Errors of the
 * file are the caller's to look for (ferror) when all is written.
 */
#ifndef KUTSU_FORMAT_JSON_WRITER_H
#define KUTSU_FORMAT_JSON_WRITER_H

#include "kutsu/format/row.h"

#include <stdio.h>

struct json_writer {
	FILE *file; /* borrowed */
	int depth;
	bool is_first; /* nothing yet in what is open */
};

void json_begin(struct json_writer *writer, FILE *file);
void json_end(struct json_writer *writer); /* a line feed; everything must be closed */

/* A key is needed inside an object, and NULL inside an array or at the top. */
void json_open_object(struct json_writer *writer, const char *key);
void json_open_array(struct json_writer *writer, const char *key);
void json_close_object(struct json_writer *writer);
void json_close_array(struct json_writer *writer);
void json_row(struct json_writer *writer, const char *key, const struct row *row); /* an object */
void json_row_values(struct json_writer *writer, const struct row *row); /* into the open object */

#endif
