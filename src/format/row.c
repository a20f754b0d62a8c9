#include "kutsu/format/row.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/text.h"
#include "kutsu/base/zone.h"

#include <assert.h>
#include <time.h>

#define LIST_SEPARATOR "; "

void value_join_list(const struct value *value, struct text *joined)
{
	for (size_t i = 0; i < value->count; i++) {
		text_add(joined, i ? LIST_SEPARATOR : "");
		text_add(joined, value->list[i]);
	}
}

void row_init(struct row *row, struct arena *arena)
{
	row->arena = arena;
	row->count = 0;
}

static struct value *add(struct row *row, const char *key, enum value_kind kind)
{
	struct value *value = &row->values[row->count];

	assert(row->count < ROW_MOST_VALUES);
	row->count++;
	*value = (struct value) { .key = key, .kind = kind };
	return value;
}

void row_add_text(struct row *row, const char *key, const char *text)
{
	if (text)
		add(row, key, VALUE_TEXT)->text = text;
	else
		row_add_null(row, key);
}

void row_add_integer(struct row *row, const char *key, int64_t integer)
{
	add(row, key, VALUE_INTEGER)->integer = integer;
}

void row_add_hundredths(struct row *row, const char *key, int64_t hundredths)
{
	add(row, key, VALUE_REAL)->real = (double)hundredths / 100;
}

void row_add_hours(struct row *row, const char *key, int64_t minutes)
{
	row_add_hundredths(row, key, (minutes * 5 + 1) / 3); /* of 100 an hour, to the nearest */
}

void row_add_boolean(struct row *row, const char *key, bool boolean)
{
	add(row, key, VALUE_BOOLEAN)->integer = boolean;
}

void row_add_null(struct row *row, const char *key)
{
	add(row, key, VALUE_NULL);
}

void row_add_list(struct row *row, const char *key, const char *const *list, size_t count)
{
	struct value *value = add(row, key, VALUE_LIST);

	value->list = list;
	value->count = count;
}

static struct value *add_time(
	struct row *row, const char *key, enum value_kind kind, const char *text)
{
	struct value *value = add(row, key, kind);

	value->text = arena_text(row->arena, text);
	return value;
}

static void add_wall(struct row *row, const char *key, int day, int minute, const char *text)
{
	struct value *value = add_time(row, key, VALUE_WALL, text);

	value->day = day;
	value->minute = minute;
}

void row_add_day(struct row *row, const char *key, int day)
{
	char text[DAY_TEXT_SIZE];

	if (day == DAY_FIRST || day == DAY_LAST)
		row_add_null(row, key);
	else
		add_time(row, key, VALUE_DAY, day_format_iso(day, text))->day = day;
}

void row_add_minute(struct row *row, const char *key, int minute)
{
	char text[MINUTE_TEXT_SIZE];

	add_time(row, key, VALUE_MINUTE, minute_format_iso(minute, text))->minute = minute;
}

void row_add_wall(struct row *row, const char *key, int day, int minute)
{
	char text[MOMENT_TEXT_SIZE];

	/* The end of a day is written as the beginning of the next: few readers know 24:00. */
	day += minute / MINUTES_IN_DAY;
	minute %= MINUTES_IN_DAY;
	add_wall(row, key, day, minute, zone_format_iso(day, minute, text));
}

void row_add_moment(struct row *row, const char *key, int64_t moment)
{
	struct wall_time wall = zone_to_wall(moment);
	char text[MOMENT_TEXT_SIZE];

	if (moment == 0)
		row_add_null(row, key);
	else
		add_wall(row, key, wall.day, wall.minute, zone_format_moment(moment, text));
}

void row_add_utc(struct row *row, const char *key, int64_t moment)
{
	time_t at = (time_t)moment;
	char text[MOMENT_TEXT_SIZE] = "";
	struct tm utc;

	if (gmtime_r(&at, &utc))
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	row_add_text(row, key, arena_text(row->arena, text));
}
