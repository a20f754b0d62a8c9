/*
 * Days, times, weeks and what does not suit, as people type them. The first byte chooses the
 * language, two more are the day that is today.
 */
#include "fuzz.h"

#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/limits.h"

#include <locale.h>
#include <stdio.h>

#define HEAD		3
#define EVERY_WEEKDAY	0xFEu
#define DAYS_TO_NEAREST (4 * 366 + 4 * 365) /* the 29th of February may be eight years away */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	zone_set("Europe/Helsinki");
	return 0;
}

static int first_day(void)
{
	return day_from_civil(1900, 1, 1);
}

static int last_day(void)
{
	return day_from_civil(2199, 12, 31);
}

static void check_day(const char *text, int today)
{
	char iso[DAY_TEXT_SIZE], local[LOCALTEXT_SIZE];
	struct civil_date date;
	int day, again;

	if (!day_parse(text, today, &day))
		return;
	assert(day >= first_day() && day <= last_day());
	date = day_to_civil(day);
	assert(day_from_civil(date.year, date.month, date.mday) == day);
	assert(day_parse(day_format_iso(day, iso), today, &again) && again == day);
	assert(day_parse(local_day(day, local), today, &again) && again == day);
	/* Without a year it is the nearest one. */
	snprintf(local, sizeof(local), "%d.%d.", date.mday, date.month);
	assert(day_parse(local, today, &again) && abs(again - today) <= DAYS_TO_NEAREST);
	assert(abs(again - today) <= abs(day - today));
}

static void check_minute(const char *text)
{
	char iso[MINUTE_TEXT_SIZE], local[LOCALTEXT_SIZE];
	int minute, again;

	if (!minute_parse(text, &minute))
		return;
	assert(minute >= 0 && minute <= MINUTES_IN_DAY);
	assert(minute_parse(minute_format_iso(minute, iso), &again) && again == minute);
	assert(minute_parse(local_minute(minute, local), &again) && again == minute);
}

static void check_week(const char *text, int today)
{
	struct iso_week week, again;
	char iso[32];
	int monday;

	if (!iso_week_parse(text, today, &week))
		return;
	monday = day_from_iso_week(week);
	assert(day_weekday(monday) == 1);
	again = day_iso_week(monday);
	assert(again.year == week.year && again.week == week.week);
	snprintf(iso, sizeof(iso), "%d-W%02d", week.year, week.week);
	assert(iso_week_parse(iso, today, &again));
	assert(again.year == week.year && again.week == week.week);
}

static void check_moment(const char *text)
{
	char iso[MOMENT_TEXT_SIZE];
	int day, minute, again_day, again_minute;

	if (!moment_parse(text, &day, &minute))
		return;
	assert(day >= first_day() && day <= last_day());
	assert(minute >= 0 && minute < MINUTES_IN_DAY);
	zone_format_iso(day, minute, iso);
	iso[strlen("2026-11-24T13:00")] = '\0';
	assert(moment_parse(iso, &again_day, &again_minute));
	assert(again_day == day && again_minute == minute);
}

/* What was understood is told in a form that is understood the same way. */
static void check_limits(const char *text)
{
	struct family_limits limits, again;
	struct text told = { 0 };
	struct error err;

	if (!family_limits_parse(text, &limits, &err)) {
		assert(err.code == ERROR_INVALID);
		assert(utf8_is_valid(err.text) && !utf8_has_control(err.text));
		return;
	}
	assert((limits.not_weekdays & ~EVERY_WEEKDAY) == 0 && limits.not_weekdays != EVERY_WEEKDAY);
	assert(limits.after >= 0 && limits.after < limits.before);
	assert(limits.before <= MINUTES_IN_DAY);
	family_limits_format(&limits, &told);
	assert(family_limits_parse(text_get(&told), &again, &err));
	assert(again.not_weekdays == limits.not_weekdays);
	assert(again.after == limits.after && again.before == limits.before);
	text_release(&told);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	int days = last_day() - first_day(), today;
	char *text;

	if (size < HEAD)
		return 0;
	message_set_language((enum language)(bytes[0] % LANGUAGES));
	today = first_day() + (int)((int64_t)(bytes[1] << 8 | bytes[2]) * days / 0xFFFF);
	text = fuzz_text(bytes + HEAD, size - HEAD);
	check_day(text, today);
	check_minute(text);
	check_week(text, today);
	check_moment(text);
	check_limits(text);
	free(text);
	return 0;
}
