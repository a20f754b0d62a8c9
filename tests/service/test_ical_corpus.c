/*
 * Calendars that other programs wrote (scripts/ical-corpus fetches them): each is read in or
 * refused, soon, and a second time changes nothing.
 */
#include "fixture.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/service/calendar_import.h"

#include <criterion/criterion.h>
#include <criterion/logging.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define FILES		KUTSU_SOURCE_DIR "/build/ical-corpus/files"
#define SECONDS		5 /* for one file, as it is and as holes */
#define MOST_MEGABYTES	512
#define MOST_OPEN_FILES 16

static struct session *session;
static struct arena arena;
static size_t file_count, refused_count, taken_count, change_count, trouble_count;

static char *read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *bytes = malloc(ICAL_LARGEST + 1);

	cr_assert(file && bytes, "%s", path);
	*length = fread(bytes, 1, ICAL_LARGEST, file);
	bytes[*length] = '\0';
	fclose(file);
	return bytes;
}

static bool import(
	const char *unit, const char *bytes, size_t length, struct calendar_report *report)
{
	struct calendar_order order = {
		.unit = unit, .bytes = bytes, .length = length, .partial = true
	};
	struct error err = { 0 };
	bool ok = calendar_import(session, &order, &arena, report, &err);

	cr_expect(ok || (err.code == ERROR_INVALID && report->refused_line > 0), "%s", err.text);
	return ok;
}

/* Only what is ahead is taken: it is read on the day on which its first event is. */
static void set_clock_by(const char *bytes)
{
	const char *start = strstr(bytes, "DTSTART"), *colon = start ? strchr(start, ':') : NULL;
	char now[40] = FIXTURE_NOW;
	int year, month, day;

	if (colon && sscanf(colon, ":%4d%2d%2d", &year, &month, &day) == 3
		&& civil_date_is_valid(year, month, day) && year >= 1971 && year <= 2100)
		snprintf(now, sizeof(now), "%04d-%02d-%02dT00:00", year, month, day);
	fixture_clock(session, now);
}

/* For a unit of its own, with holes that may be closed. */
static void import_twice(const char *path, const char *bytes, size_t length)
{
	static int unit_count;
	struct calendar_report report, again;
	char unit[16];

	snprintf(unit, sizeof(unit), "U%d", ++unit_count);
	fixture_unit(session, unit);
	for (int weekday = 1; weekday <= 7; weekday++)
		fixture_slot(session, unit, weekday, "09:00", "11:00");
	if (!import(unit, bytes, length, &report)) {
		refused_count++;
		return;
	}
	taken_count += report.change_count > 0;
	change_count += report.change_count;
	trouble_count += report.trouble_count;
	cr_assert(import(unit, bytes, length, &again));
	cr_expect_eq(again.change_count, 0u, "%s: %zu changes again", path, again.change_count);
	cr_expect_eq(again.trouble_count, report.trouble_count, "%s", path);
}

/* The same calendar, had somebody called every event a hole. */
static char *make_holes(const char *bytes, size_t *length)
{
	struct text text = { 0 };
	const char *at = bytes, *end;

	while ((end = strstr(at, "\nEND:VEVENT"))) {
		text_add_bytes(&text, at, (size_t)(end - at));
		text_add(&text, "\nCATEGORIES:hole");
		text_add_bytes(&text, end, strlen("\nEND:VEVENT"));
		at = end + strlen("\nEND:VEVENT");
	}
	text_add(&text, at);
	*length = text.length;
	return text.bytes;
}

static int try_file(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	char *bytes, *holes;
	size_t length;

	(void)status;
	(void)walk;
	if (kind != FTW_F)
		return 0;
	bytes = read_file(path, &length);
	set_clock_by(bytes);
	alarm(SECONDS);
	import_twice(path, bytes, length);
	holes = make_holes(bytes, &length);
	import_twice(path, holes, length);
	alarm(0);
	file_count++;
	arena_reset(&arena);
	free(holes);
	free(bytes);
	return 0;
}

Test(ical_corpus, each_file_is_read_or_refused_and_changes_nothing_again, .timeout = 600)
{
	struct rusage usage;

	if (access(FILES, R_OK) != 0)
		cr_skip_test("no calendars of other programs; scripts/ical-corpus fetches them");
	message_set_language(LANGUAGE_EN);
	session = fixture_session();
	nftw(FILES, try_file, MOST_OPEN_FILES, FTW_PHYS);
	fixture_free(session);
	arena_release(&arena);
	getrusage(RUSAGE_SELF, &usage);
	cr_log_info("%zu files, each as it is and as holes: %zu refused, %zu changed something"
		    " (%zu changes), %zu troubles,"
		    " %ld MB\n",
		file_count, refused_count, taken_count, change_count, trouble_count,
		usage.ru_maxrss / 1024);
	cr_expect_gt(file_count, 0u);
	cr_expect_lt(usage.ru_maxrss / 1024, MOST_MEGABYTES);
}
