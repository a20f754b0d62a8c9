/* The monthly report as JSON: for other programs, and as an accepted one is kept. */
#ifndef KUTSU_FORMAT_REPORT_JSON_H
#define KUTSU_FORMAT_REPORT_JSON_H

#include "kutsu/domain/monthly_report.h"
#include "kutsu/format/json_writer.h"

struct arena;

/* Labels and definitions are in the language in use; what is not shown is null. A key as of
 * json_open_object(). */
void report_json_write(
	struct json_writer *json, const char *key, const struct monthly_report *report);

/* The whole with labels and definitions in each language, as report_json_read() takes it. free() */
char *report_json_text(const struct monthly_report *report);

/* ERROR_DATABASE: it is none that this program wrote. Texts live in the arena. */
bool report_json_read(const char *json, struct arena *arena, struct monthly_report *report,
	struct error *err) MUST_CHECK;

#endif
