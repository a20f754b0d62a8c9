/* Dates and times as people read them, in the language in use: "ti 24.11.2026", "klo 13.00". */
#ifndef KUTSU_BASE_LOCALTEXT_H
#define KUTSU_BASE_LOCALTEXT_H

#include "kutsu/base/date.h"

#include <stddef.h>
#include <stdint.h>

#define LOCALTEXT_SIZE 48

/* Each writes to `to` and returns it. */
const char *local_weekday(int weekday);				     /* "ti" (not to be freed) */
const char *local_day(int day, char to[LOCALTEXT_SIZE]);	     /* "24.11.2026" */
const char *local_weekday_day(int day, char to[LOCALTEXT_SIZE]);     /* "ti 24.11.2026" */
const char *local_short_day(int day, char to[LOCALTEXT_SIZE]);	     /* "ti 24.11." */
const char *local_minute(int minute, char to[LOCALTEXT_SIZE]);	     /* "13.00" */
const char *local_span(int start, int end, char to[LOCALTEXT_SIZE]); /* "13.00–14.00" */
const char *local_clock(int minute, char to[LOCALTEXT_SIZE]);	     /* "klo 13.00" */
const char *local_clock_span(int start, int end, char to[LOCALTEXT_SIZE]); /* "klo 13.00–14.00" */
const char *local_tenths(int64_t tenths, char to[LOCALTEXT_SIZE]);	   /* "4,2"; 0 or more */
const char *local_hours(int64_t minutes, char to[LOCALTEXT_SIZE]);	   /* "12,5" */
const char *local_week(int week, char to[LOCALTEXT_SIZE]);		   /* "vk 48" */
const char *local_month(struct month month, char to[LOCALTEXT_SIZE]);	   /* "marraskuu 2026" */

#endif
