/* The monthly report for a terminal of 80 columns, or paper. */
#ifndef KUTSU_FORMAT_REPORT_TEXT_H
#define KUTSU_FORMAT_REPORT_TEXT_H

#include "kutsu/domain/monthly_report.h"

#include <stdio.h>

/* Errors of the file are the caller's to look for (ferror). */
void report_write_text(FILE *file, const struct monthly_report *report);

#endif
