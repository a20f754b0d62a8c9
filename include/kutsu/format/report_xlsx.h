/* The monthly report as a spreadsheet: indicators by month, calls, units, definitions. */
#ifndef KUTSU_FORMAT_REPORT_XLSX_H
#define KUTSU_FORMAT_REPORT_XLSX_H

#include "kutsu/base/error.h"
#include "kutsu/domain/monthly_report.h"

#include <stdio.h>

/* What is not shown is an empty cell. `now` goes into the document's properties. ERROR_FAILED: no
 * room for it. Errors of the file are the caller's to look for (ferror). */
bool report_write_xlsx(
	FILE *file, const struct monthly_report *report, int64_t now, struct error *err) MUST_CHECK;

#endif
