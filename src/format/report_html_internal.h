/* The report's page in parts, for what puts more onto it. */
#ifndef KUTSU_FORMAT_REPORT_HTML_INTERNAL_H
#define KUTSU_FORMAT_REPORT_HTML_INTERNAL_H

#include "kutsu/domain/monthly_report.h"

#include <stdio.h>

/* Up to where headings of the second rank may stand. */
void report_html_begin(FILE *file, const struct monthly_report *report);
void report_html_body(FILE *file, const struct monthly_report *report);
void report_html_end(FILE *file, const struct monthly_report *report);

#endif
