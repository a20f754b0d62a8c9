/* The monthly report's figures as words, the same wherever they are shown. */
#ifndef KUTSU_FORMAT_REPORT_WORDS_H
#define KUTSU_FORMAT_REPORT_WORDS_H

#include "kutsu/domain/monthly_report.h"

#include <stddef.h>

#define REPORT_VALUE_SIZE 24

/* "77 %", "4,2", "6", "+20"; ".." where it is hidden, "-" where there is none. Returns `to`. */
const char *report_value(
	enum indicator_kind kind, const struct measure *measure, char to[REPORT_VALUE_SIZE]);
/* A goal or another value in hundredths, in the same way. "" for GOAL_NONE. */
const char *report_goal(enum indicator_kind kind, int64_t hundredths, char to[REPORT_VALUE_SIZE]);
/* "(n = 13)", or "" where it has no n or that is not told. */
const char *report_n(
	enum indicator_kind kind, const struct measure *measure, char to[REPORT_VALUE_SIZE]);

/* What the table counts, as it was when the report was accepted. */
const char *report_table_note(const struct monthly_report *report, enum report_table table);

/* What stands below each report: what ".." is, and what "moving" means. */
const char *report_note_hidden(void);
const char *report_note_trend(void);
/* "draft: figures may still come" or "accepted 10.12.2026". */
#define REPORT_STATE_SIZE 160
const char *report_state(const struct monthly_report *report, char to[REPORT_STATE_SIZE]);

/* The areas' name where it is not known. */
const char *report_area(const char *area);

#endif
