/* CSV as spreadsheets save it, and as csv_writer.h writes it (RFC 4180): rows of fields. */
#ifndef KUTSU_FORMAT_CSV_READER_H
#define KUTSU_FORMAT_CSV_READER_H

#include "kutsu/base/error.h"

#include <stddef.h>

struct arena;

#define CSV_LARGEST	(8 * 1024 * 1024) /* bytes */
#define CSV_MOST_ROWS	50001		  /* a header and 50,000 */
#define CSV_MOST_FIELDS 64		  /* in a row */

struct csv_row {
	size_t line; /* of the file, in which it begins; the first is 1 */
	const char *const *fields;
	size_t count;
	const char *fault; /* what is wrong with how it is written, translated; or NULL */
};

struct csv_table {
	struct csv_row *rows; /* the header's, too; none that is blank */
	size_t count;
	char separator;
	size_t line; /* after a failure: where, or 0 */
};

/*
 * Reads a file. Its separator is the comma, semicolon or tab that stands most often in the first
 * row, or what a first line "sep=;" says (Excel's). UTF-8; UTF-16 with its mark; what is not UTF-8
 * is taken for Windows-1252. Lines end with CRLF, LF or CR. The apostrophe that csv_writer.h sets
 * before what looks like a formula is taken off again. Texts live in the arena and are UTF-8.
 *
 * ERROR_INVALID  too large, too many rows; not a text at all
 */
bool csv_read(const char *bytes, size_t length, struct arena *arena, struct csv_table *table,
	struct error *err) MUST_CHECK;

#endif
