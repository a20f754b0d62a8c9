#include "kutsu/base/zone.h"

#include "kutsu/base/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define HELSINKI	 "Europe/Helsinki"
#define HELSINKI_BY_RULE "EET-2EEST,M3.5.0/3,M10.5.0/4"

/* A regular file that begins as tzfile(5) says: folders and lists of zones lie beside them. */
static bool is_zone_file(const char *path)
{
	char magic[4];
	struct stat status;
	FILE *file;
	bool is_zone;

	if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	file = fopen(path, "rb");
	if (!file)
		return false;
	is_zone = fread(magic, 1, sizeof(magic), file) == sizeof(magic)
		  && memcmp(magic, "TZif", sizeof(magic)) == 0;
	fclose(file);
	return is_zone;
}

static bool has_zone_file(const char *name)
{
	char path[256];

	if (strstr(name, "..") || name[0] == '/')
		return false;
	return snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name) < (int)sizeof(path)
	       && is_zone_file(path);
}

bool zone_is_known(const char *name)
{
	return has_zone_file(name) || strcmp(name, HELSINKI) == 0;
}

bool zone_set(const char *name)
{
	if (!zone_is_known(name))
		return false;
	setenv("TZ", has_zone_file(name) ? name : HELSINKI_BY_RULE, 1);
	tzset();
	return true;
}

struct wall_time zone_to_wall(int64_t moment)
{
	time_t t = (time_t)moment;
	struct tm tm;

	localtime_r(&t, &tm);
	return (struct wall_time) {
		.day = day_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday),
		.minute = tm.tm_hour * 60 + tm.tm_min,
		.second = tm.tm_sec,
	};
}

static int offset_at(int64_t moment)
{
	struct wall_time wall = zone_to_wall(moment);

	return (int)(((int64_t)wall.day * 86400 + wall.minute * 60 + wall.second - moment) / 60);
}

/* mktime's tm_isdst = -1 leaves doubtful hours open; the two offsets around them decide here. */
int64_t zone_to_moment(int day, int minute)
{
	int64_t as_utc = (int64_t)day * 86400 + (int64_t)minute * 60;
	int before = offset_at(as_utc - 86400);
	int after = offset_at(as_utc + 86400);
	int64_t early = as_utc - (int64_t)before * 60;
	int64_t late = as_utc - (int64_t)after * 60;

	if (before == after || offset_at(early) == before)
		return early;
	if (offset_at(late) == after)
		return late;
	return early;
}

int zone_offset_minutes(int day, int minute)
{
	return offset_at(zone_to_moment(day, minute));
}

static const char *format_iso(int day, int minute, int offset, char to[MOMENT_TEXT_SIZE])
{
	char date[DAY_TEXT_SIZE], clock[MINUTE_TEXT_SIZE];
	int size = abs(offset);

	snprintf(to, MOMENT_TEXT_SIZE, "%sT%s%c%02d:%02d", day_format_iso(day, date),
		minute_format_iso(minute, clock), offset < 0 ? '-' : '+', size / 60 % 100,
		size % 60);
	return to;
}

const char *zone_format_iso(int day, int minute, char to[MOMENT_TEXT_SIZE])
{
	return format_iso(day, minute, zone_offset_minutes(day, minute), to);
}

const char *zone_format_moment(int64_t moment, char to[MOMENT_TEXT_SIZE])
{
	struct wall_time wall = zone_to_wall(moment);

	return format_iso(wall.day, wall.minute, offset_at(moment), to);
}
