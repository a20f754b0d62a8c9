/* What the files that read iCalendar share: lines, components, zones, rules. */
#ifndef KUTSU_FORMAT_ICAL_READER_INTERNAL_H
#define KUTSU_FORMAT_ICAL_READER_INTERNAL_H

#include "kutsu/base/arena.h"
#include "kutsu/format/ical_reader.h"

#include <limits.h>
#include <stdint.h>

/* ---- Lines (ical_lines.c). */

/* A content line, unfolded and taken apart. Its texts lie in the file's copy. */
struct ical_line {
	const char *name;	/* in capitals */
	const char *parameters; /* "TZID=Europe/Helsinki;VALUE=DATE", or "" */
	char *value;
	int number; /* of its first row in the file */
};

struct ical_scanner {
	char *at, *end;
	int number;
};

/* The next line that is one; false at the end. Writes over what it has passed. */
bool ical_scan(struct ical_scanner *scanner, struct ical_line *line);
/* The value of a parameter without its quotes, "" where there is none; cut to `size`. */
const char *ical_parameter(const struct ical_line *line, const char *name, char *to, size_t size);
/* A text value without its backslashes, in the arena. */
char *ical_text(struct arena *arena, const char *value);

/* ---- Components (ical_components.c). */

struct ical_calendar {
	const char *method; /* in capitals, or "" */
	const char *zone;   /* X-WR-TIMEZONE, or "" */
};

/* A VEVENT with the lines that matter, or a VTIMEZONE with all of its observances' lines. */
struct ical_component {
	int line; /* of its BEGIN */
	size_t calendar;
	struct ical_line *lines;
	size_t count;
};

struct ical_file {
	struct ical_calendar *calendars;
	size_t calendar_count;
	struct ical_component *events, *zones;
	size_t event_count, zone_count;
};

/* Of events only the lines of these names, in capitals and ended by NULL, are kept. Writes over the
 * bytes. */
bool ical_file_read(char *bytes, size_t length, const char *const *kept, struct arena *arena,
	struct ical_file *file, int *refused_line, struct error *err) MUST_CHECK;

const struct ical_line *ical_line_of(const struct ical_component *component, const char *name);

/* ---- Rules (ical_rule.c). */

enum ical_frequency { ICAL_DAILY, ICAL_WEEKLY, ICAL_MONTHLY, ICAL_YEARLY };

#define ICAL_MOST_NUMBERS 400

struct ical_weekday {
	int nth; /* 0: each; negative: from the end */
	int weekday;
};

struct ical_numbers {
	short items[ICAL_MOST_NUMBERS];
	int count;
};

struct ical_rule {
	enum ical_frequency frequency;
	int interval;
	int count;	   /* 0: without end, or `until` */
	const char *until; /* as written, or NULL */
	int week_start;	   /* 1 is Monday */
	struct ical_weekday weekdays[ICAL_MOST_NUMBERS];
	int weekday_count;
	struct ical_numbers month_days, year_days, weeks, months, positions;
};

/* Takes the text apart and points into it. ERROR_INVALID: it is no rule, or none to be taken. */
bool ical_rule_parse(char *text, struct ical_rule *rule, struct error *err) MUST_CHECK;

/* False: that is enough. */
typedef bool ical_day_visitor(void *context, int day);

/*
 * Visits the days from from_day to last_day on which a series falls that begins on `first`; that
 * day always belongs to it. Each day looked at is taken off *budget, with
 * long lists several times. False where that does not do.
 */
bool ical_rule_each(const struct ical_rule *rule, int first, int from_day, int last_day,
	int64_t *budget, ical_day_visitor *visit, void *context) MUST_CHECK;

/* ---- Times and zones (ical_zone.c). */

struct ical_zone;

struct ical_zones {
	struct arena *arena;
	const char *wall; /* the name of the process's zone */
	const struct ical_file *file;
	struct ical_zone **known;
	size_t count;
};

/* As it is written. */
struct ical_time {
	bool is_date;
	int day, minute; /* rounded down */
	int second;
	const struct ical_zone *zone;
};

void ical_zones_init(struct ical_zones *zones, struct arena *arena, const char *wall,
	const struct ical_file *file);
void ical_zones_release(struct ical_zones *zones);

/* The zone of a TZID in a calendar: its own definition, else one of that name. NULL: unknown. */
const struct ical_zone *ical_zone_find(struct ical_zones *zones, size_t calendar, const char *tzid);
const struct ical_zone *ical_zone_utc(void);
const struct ical_zone *ical_zone_wall(void);
bool ical_zone_is_wall(const struct ical_zone *zone);
/* Other zones are worked out until 2100 only. */
bool ical_zone_has_day(const struct ical_zone *zone, int day);

/* "20261201T130000", with Z of UTC, or "20261201". `zone` is for what has none. */
bool ical_time_parse(const char *text, const struct ical_zone *zone, struct ical_time *time);
/* "PT1H30M" in minutes, rounded up. */
bool ical_duration_parse(const char *text, int64_t *minutes);

/* From a zone's own day and minute (which may lie past midnight) to the wall clock and to UTC. */
struct ical_wall {
	int day, minute;
};

struct ical_wall ical_to_wall(const struct ical_zone *zone, int day, int64_t minute);
int64_t ical_to_moment(const struct ical_zone *zone, int day, int64_t minute);
/* The other way. */
struct ical_wall ical_from_moment(const struct ical_zone *zone, int64_t moment);

/* ---- Events (ical_reader.c, ical_busy.c, ical_hole.c). */

struct ical_reader {
	struct arena *arena;
	struct arena scratch; /* for one event at a time */
	struct ical_file file;
	struct ical_zones zones;
	int first_day, last_day; /* in which busy times are looked for */
	int64_t days_left;	 /* that may yet be looked at */
	int64_t spans_left;	 /* closings and openings that may yet be made */
	bool names_hole;	 /* any event so far */
};

/* One VEVENT. */
struct ical_vevent {
	const struct ical_component *component;
	const char *uid, *unit, *place;
	int sequence, capacity;
	bool is_hole, is_cancelled, is_free;
	bool is_override;
	struct ical_time overridden; /* the occurrence that it stands for */
	/* What takes nobody's time has none of these. */
	struct ical_time start;
	int64_t minutes;	/* 0: it has no length */
	struct ical_rule *rule; /* or NULL */
	int until_day;		/* the last on which it may begin, in its zone */
};

/* Occurrences that are left out: by day and minute of the wall clock, or (minute -1) by the day in
 * the event's zone. */
struct ical_exclusion {
	int day, minute;
};

struct ical_exclusions {
	struct ical_exclusion *items; /* in order */
	size_t count;
};

struct ical_series {
	const struct ical_vevent *master; /* or NULL */
	const struct ical_vevent *overrides;
	size_t override_count;
	struct ical_exclusions excluded;
};

/* What an event repeats without a rule: each RDATE. The times are freed with the arena. */
struct ical_dates {
	struct ical_time *items;
	size_t count;
};

/* ERROR_INVALID: it can't be taken; *line tells where. */
bool ical_vevent_read(struct ical_reader *reader, const struct ical_component *component,
	struct ical_vevent *v, int *line, struct error *err) MUST_CHECK;
bool ical_dates_read(struct ical_reader *reader, const struct ical_component *component,
	const char *name, struct ical_dates *dates, struct error *err) MUST_CHECK;
bool ical_is_excluded(const struct ical_exclusions *excluded, const struct ical_time *time);
/* Goes through the series of `v` from one day of its zone to another. */
bool ical_each(struct ical_reader *reader, const struct ical_vevent *v, int from_day, int last_day,
	ical_day_visitor *visit, void *context, struct error *err) MUST_CHECK;
bool ical_add_closing(struct ical_reader *reader, struct ical_event *event,
	const struct closing *closing, struct error *err) MUST_CHECK;
bool ical_add_opening(struct ical_reader *reader, struct ical_event *event,
	const struct opening *opening, struct error *err) MUST_CHECK;

/* Each adds to the event. ERROR_INVALID: it can't be taken. */
bool ical_take_busy(struct ical_reader *reader, const struct ical_series *series,
	struct ical_event *event, struct error *err) MUST_CHECK;
bool ical_take_hole(struct ical_reader *reader, const struct ical_series *series,
	struct ical_event *event, struct error *err) MUST_CHECK;
/* One occurrence alone, by its own times. */
bool ical_take_busy_time(struct ical_reader *reader, const struct ical_vevent *v,
	struct ical_event *event, struct error *err) MUST_CHECK;

/* "Europe/Helsinki" for "FLE Standard Time"; NULL: it is none of Windows' names. */
const char *ical_windows_zone(const char *name);

#endif
