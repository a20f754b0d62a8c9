/*
 * A spreadsheet (Office Open XML): one sheet a table, with real dates and times, a header row that
 * stays and filters. Rows are written as they come; the workbook grows in temporary files without
 * a name and is copied out when it is whole.
 */
#ifndef KUTSU_FORMAT_XLSX_WRITER_H
#define KUTSU_FORMAT_XLSX_WRITER_H

#include "kutsu/base/error.h"
#include "kutsu/format/row.h"

#include <stdio.h>

struct xlsx_writer;

/* `title` and the moment `now` go into the document's properties. ERROR_FAILED: no temporary file
 */
bool xlsx_new(
	const char *title, int64_t now, struct xlsx_writer **writer, struct error *err) MUST_CHECK;
void xlsx_free(struct xlsx_writer *writer);

/* Begins a sheet; the row's keys are its header. `name` is borrowed. */
bool xlsx_sheet(struct xlsx_writer *writer, const char *name, const struct row *header,
	struct error *err) MUST_CHECK;

/*
 * Null is an empty cell, a list is joined by "; ", a moment stands as the local wall shows it, and
 * text is text, whatever it begins with.
 *
 * ERROR_INVALID  more rows, or a longer text, than a sheet can hold
 */
bool xlsx_row(struct xlsx_writer *writer, const struct row *row, struct error *err) MUST_CHECK;

/* Writes the whole; nothing may follow. ERROR_FAILED: no room. Errors of `file` itself are the
 * caller's to look for (ferror). */
bool xlsx_finish(struct xlsx_writer *writer, FILE *file, struct error *err) MUST_CHECK;

#endif
