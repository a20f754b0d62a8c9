/*
 * The monthly report as one page that needs nothing else: charts are SVG inside it, no script is in
 * it, and behind each chart stands its table. For a meeting room's screen, and for A4.
 */
#ifndef KUTSU_FORMAT_REPORT_HTML_H
#define KUTSU_FORMAT_REPORT_HTML_H

#include "kutsu/domain/monthly_report.h"

#include <stdio.h>

/* Errors of the file are the caller's to look for (ferror). */
void report_write_html(FILE *file, const struct monthly_report *report);

#endif
