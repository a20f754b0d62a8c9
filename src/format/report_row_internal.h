/* What a report tells, in rows: null where it is not told. */
#ifndef KUTSU_FORMAT_REPORT_ROW_INTERNAL_H
#define KUTSU_FORMAT_REPORT_ROW_INTERNAL_H

#include "kutsu/domain/monthly_report.h"
#include "kutsu/format/row.h"

void report_row_add_count(struct row *row, const char *key, int count);
/* In its own unit, of a share per cent. */
void report_row_add_measure(
	struct row *row, const char *key, enum indicator_kind kind, const struct measure *measure);
void report_row_add_goal(struct row *row, const char *key, int64_t goal);

#endif
