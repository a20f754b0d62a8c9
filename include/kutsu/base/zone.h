/* The installation's time zone: between a moment (seconds since the epoch, UTC) and the wall. */
#ifndef KUTSU_BASE_ZONE_H
#define KUTSU_BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Makes `name` ("Europe/Helsinki") the process's zone. Helsinki is known by rule where the system
 * has no zone files (EU summer time: directive 2000/84/EC). False when the zone is unknown.
 */
bool zone_set(const char *name);
/* Whether zone_set() would take it. The process's zone stays. */
bool zone_is_known(const char *name);

struct wall_time {
	int day, minute, second;
};

struct wall_time zone_to_wall(int64_t moment);

/* A time skipped in spring is taken as if the clock had not been moved; one that comes twice in
 * autumn is the first of the two. */
int64_t zone_to_moment(int day, int minute);

int zone_offset_minutes(int day, int minute); /* 120 in Helsinki's winter */

#define MOMENT_TEXT_SIZE 32

/* "2026-12-01T13:00+02:00"; they return `to`. In autumn's doubled hour only the moment knows which
 * of the two it is. */
const char *zone_format_iso(int day, int minute, char to[MOMENT_TEXT_SIZE]);
const char *zone_format_moment(int64_t moment, char to[MOMENT_TEXT_SIZE]);

#endif
