/* The encodings in which spreadsheets save text. */
#ifndef KUTSU_FORMAT_ENCODING_INTERNAL_H
#define KUTSU_FORMAT_ENCODING_INTERNAL_H

#include "kutsu/base/error.h"

#include <stddef.h>

struct arena;

/*
 * The bytes as UTF-8 without a mark, in the arena: from UTF-8 or UTF-16, by their mark, from UTF-8
 * without one, else from Windows-1252.
 *
 * ERROR_INVALID  a workbook; a NUL; not the encoding that the mark says
 */
bool encoding_read(const char *bytes, size_t length, struct arena *arena, char **text,
	struct error *err) MUST_CHECK;

#endif
