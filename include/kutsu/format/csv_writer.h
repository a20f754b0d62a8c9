/* CSV as RFC 4180: CRLF, quotes where needed, UTF-8. Lists are joined by "; ". */
#ifndef KUTSU_FORMAT_CSV_WRITER_H
#define KUTSU_FORMAT_CSV_WRITER_H

#include "kutsu/format/row.h"

#include <stdio.h>

void csv_header(FILE *file, const struct row *row); /* its keys */

/*
 * Null is an empty field, a boolean true or false. Text that a spreadsheet would take for a
 * formula (it begins with = + - @, tab or CR) gets an apostrophe before it (OWASP, CSV injection).
 */
void csv_row(FILE *file, const struct row *row);

#endif
