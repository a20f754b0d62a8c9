#include "ical_reader_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/text.h"
#include "kutsu/base/zone.h"

#include <ctype.h>
#include <libical/ical.h>
#include <string.h>
#include <strings.h>

#define MOST_ZONES	 100 /* different ones in a file */
#define ZONE_MOST_LINES	 2000
#define MOST_OBSERVANCES 64
#define MOST_RULES	 20
#define MOST_RULE_LENGTH 200
#define MOST_DATES	 500
#define LAST_YEAR	 2100
#define MOST_DURATION	 (10LL * 366 * MINUTES_IN_DAY)

enum zone_kind { ZONE_WALL, ZONE_UTC, ZONE_OTHER, ZONE_UNKNOWN };

struct ical_zone {
	enum zone_kind kind;
	size_t calendar;
	const char *name;
	icaltimezone *rules;
	bool is_own; /* the rules are to be freed */
};

static const struct ical_zone utc_zone = { .kind = ZONE_UTC };
static const struct ical_zone wall_zone = { .kind = ZONE_WALL };

const struct ical_zone *ical_zone_utc(void)
{
	return &utc_zone;
}

const struct ical_zone *ical_zone_wall(void)
{
	return &wall_zone;
}

bool ical_zone_is_wall(const struct ical_zone *zone)
{
	return zone->kind == ZONE_WALL;
}

bool ical_zone_has_day(const struct ical_zone *zone, int day)
{
	return zone->kind != ZONE_OTHER || day <= day_from_civil(LAST_YEAR, 12, 31);
}

void ical_zones_init(struct ical_zones *zones, struct arena *arena, const char *wall,
	const struct ical_file *file)
{
	*zones = (struct ical_zones) { .arena = arena, .wall = wall, .file = file };
	icalerror_set_errors_are_fatal(0);
}

void ical_zones_release(struct ical_zones *zones)
{
	for (size_t i = 0; i < zones->count; i++) {
		if (zones->known[i]->is_own)
			icaltimezone_free(zones->known[i]->rules, 1);
	}
	icaltimezone_free_builtin_timezones();
	*zones = (struct ical_zones) { 0 };
}

/* ---- A definition in the file. libical gets only what was looked through. */

static bool is_offset(const char *text)
{
	size_t length = strlen(text);

	return (length == 5 || length == 7) && (*text == '+' || *text == '-')
	       && strspn(text + 1, "0123456789") == length - 1 && text[1] <= '1';
}

/* What of a definition was looked through. Each of its changes costs libical time in each year:
 * there are at most so many. */
struct definition {
	struct text text;
	struct arena *arena;
	int observances, rules, dates;
};

/* Outlook's begin in 1601: nobody needs those years worked out. */
static bool add_start(struct text *text, const char *value)
{
	bool is_old = strncmp(value, "1970", 4) < 0;

	if (strlen(value) != 15 || strspn(value, "0123456789") != 8 || value[8] != 'T'
		|| strspn(value + 9, "0123456789") != 6 || strncmp(value, "2101", 4) >= 0)
		return false;
	text_format(text, "DTSTART:%.4s%s\r\n", is_old ? "1970" : value, value + 4);
	return true;
}

static bool count_day(void *context, int day)
{
	int *count = context;

	(void)day;
	(*count)++;
	return true;
}

/* Whatever its interval and end: a rule that gives more than one day a year is no summer time. */
static bool is_once_a_year(const struct ical_rule *given)
{
	struct ical_rule rule = *given;
	int first = day_from_civil(2020, 1, 1), last = day_from_civil(2029, 12, 31), count = 0;
	int64_t budget = 20 * 366;

	rule.interval = 1;
	rule.count = 0;
	return rule.frequency == ICAL_YEARLY
	       && ical_rule_each(&rule, first, first + 1, last, &budget, count_day, &count)
	       && count <= 10;
}

static bool add_rule(struct definition *made, const char *value)
{
	struct ical_rule rule;
	struct error ignored;

	if (++made->rules > MOST_RULES || strlen(value) > MOST_RULE_LENGTH
		|| !ical_rule_parse(arena_text(made->arena, value), &rule, &ignored)
		|| !is_once_a_year(&rule))
		return false;
	text_format(&made->text, "RRULE:%s\r\n", value);
	return true;
}

static bool add_dates(struct definition *made, const char *value)
{
	if (value[strspn(value, "0123456789T,")])
		return false;
	for (const char *at = value; at; at = strchr(at + 1, ',')) {
		if (++made->dates > MOST_DATES)
			return false;
	}
	text_format(&made->text, "RDATE:%s\r\n", value);
	return true;
}

static bool add_edge(struct definition *made, const char *name, const char *value)
{
	if ((strcmp(value, "STANDARD") != 0 && strcmp(value, "DAYLIGHT") != 0)
		|| (*name == 'B' && ++made->observances > MOST_OBSERVANCES))
		return false;
	text_format(&made->text, "%s:%s\r\n", name, value);
	return true;
}

static bool add_zone_line(struct definition *made, const struct ical_line *line)
{
	const char *name = line->name, *value = line->value;

	if (strcmp(name, "BEGIN") == 0 || strcmp(name, "END") == 0)
		return add_edge(made, name, value);
	if (strcmp(name, "DTSTART") == 0)
		return add_start(&made->text, value);
	if (strcmp(name, "RRULE") == 0)
		return add_rule(made, value);
	if (strcmp(name, "RDATE") == 0)
		return add_dates(made, value);
	if (strcmp(name, "TZOFFSETFROM") == 0 || strcmp(name, "TZOFFSETTO") == 0) {
		if (!is_offset(value))
			return false;
		text_format(&made->text, "%s:%s\r\n", name, value);
	}
	return true;
}

/* At once to the last year: else each later year would be worked out from the first again. */
static void work_out(icaltimezone *rules)
{
	struct icaltimetype last = icaltime_null_time();
	int is_daylight;

	last.year = LAST_YEAR;
	last.month = 12;
	last.day = 31;
	icaltimezone_get_utc_offset(rules, &last, &is_daylight);
}

static icaltimezone *make_rules(const char *text)
{
	icalcomponent *component = icalparser_parse_string(text);
	icaltimezone *rules = icaltimezone_new();

	if (component && icalcomponent_isa(component) == ICAL_VTIMEZONE_COMPONENT
		&& icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT)
		&& icaltimezone_set_component(rules, component)) {
		work_out(rules);
		return rules;
	}
	if (component)
		icalcomponent_free(component);
	icaltimezone_free(rules, 1);
	return NULL;
}

static icaltimezone *read_rules(const struct ical_component *component, struct arena *arena)
{
	struct definition made = { .arena = arena };
	icaltimezone *rules = NULL;
	bool ok = component->count < ZONE_MOST_LINES;

	text_add(&made.text, "BEGIN:VTIMEZONE\r\nTZID:kutsu\r\n");
	for (size_t i = 0; ok && i < component->count; i++)
		ok = add_zone_line(&made, &component->lines[i]);
	text_add(&made.text, "END:VTIMEZONE\r\n");
	if (ok)
		rules = make_rules(text_get(&made.text));
	text_release(&made.text);
	return rules;
}

static const struct ical_component *find_definition(
	const struct ical_zones *zones, size_t calendar, const char *name)
{
	for (size_t i = 0; i < zones->file->zone_count; i++) {
		const struct ical_component *component = &zones->file->zones[i];
		const struct ical_line *id = ical_line_of(component, "TZID");

		if (component->calendar == calendar && id && strcmp(id->value, name) == 0)
			return component;
	}
	return NULL;
}

/* ---- A name that others know. */

/* "/example.org/2020_1/Europe/Helsinki" is "Europe/Helsinki". */
static const char *skip_maker(const char *name)
{
	for (const char *at = name; *name == '/' && (at = strchr(at, '/')); at++) {
		if (at[1] && strchr(at + 1, '/') && zone_is_known(at + 1))
			return at + 1;
	}
	return name;
}

static void find_by_name(const struct ical_zones *zones, struct ical_zone *zone)
{
	const char *windows = ical_windows_zone(zone->name);
	const char *name = windows ? windows : skip_maker(zone->name);

	if (strcmp(name, zones->wall) == 0)
		zone->kind = ZONE_WALL;
	else if (strcasecmp(name, "UTC") == 0 || strcasecmp(name, "GMT") == 0
		 || strcasecmp(name, "Etc/UTC") == 0 || strcmp(name, "Z") == 0)
		zone->kind = ZONE_UTC;
	else if (zone_is_known(name))
		zone->rules = icaltimezone_get_builtin_timezone(name);
	if (zone->rules)
		zone->kind = ZONE_OTHER;
}

static void find_rules(struct ical_zones *zones, struct ical_zone *zone)
{
	const struct ical_component *definition;

	if (strcmp(zone->name, zones->wall) == 0) {
		zone->kind = ZONE_WALL;
		return;
	}
	definition = find_definition(zones, zone->calendar, zone->name);
	if (definition)
		zone->rules = read_rules(definition, zones->arena);
	zone->is_own = zone->rules != NULL;
	if (zone->rules)
		zone->kind = ZONE_OTHER;
	else
		find_by_name(zones, zone);
}

const struct ical_zone *ical_zone_find(struct ical_zones *zones, size_t calendar, const char *tzid)
{
	struct ical_zone *zone;

	for (size_t i = 0; i < zones->count; i++) {
		zone = zones->known[i];
		if (zone->calendar == calendar && strcmp(zone->name, tzid) == 0)
			return zone->kind == ZONE_UNKNOWN ? NULL : zone;
	}
	if (zones->count == MOST_ZONES)
		return NULL;
	zone = arena_new(zones->arena, sizeof(*zone));
	*zone = (struct ical_zone) {
		.kind = ZONE_UNKNOWN, .calendar = calendar, .name = arena_text(zones->arena, tzid)
	};
	zones->known =
		arena_append(zones->arena, zones->known, &zones->count, sizeof(*zones->known));
	zones->known[zones->count - 1] = zone;
	find_rules(zones, zone);
	return zone->kind == ZONE_UNKNOWN ? NULL : zone;
}

/* ---- Times. */

static bool parse_digits(const char *text, int count, int *number)
{
	*number = 0;
	for (int i = 0; i < count; i++) {
		if (!isdigit((unsigned char)text[i]))
			return false;
		*number = *number * 10 + text[i] - '0';
	}
	return true;
}

static bool parse_clock(const char *text, struct ical_time *time)
{
	int hour, minute, length = 4;

	if (!parse_digits(text, 2, &hour) || !parse_digits(text + 2, 2, &minute) || hour > 23
		|| minute > 59)
		return false;
	if (isdigit((unsigned char)text[4])) {
		if (!parse_digits(text + 4, 2, &time->second) || time->second > 60)
			return false;
		length = 6;
	}
	time->minute = hour * 60 + minute;
	if (strcmp(text + length, "Z") == 0)
		time->zone = &utc_zone;
	else if (text[length])
		return false;
	return true;
}

bool ical_time_parse(const char *text, const struct ical_zone *zone, struct ical_time *time)
{
	int year, month, mday;

	*time = (struct ical_time) { .zone = zone };
	if (!parse_digits(text, 4, &year) || !parse_digits(text + 4, 2, &month)
		|| !parse_digits(text + 6, 2, &mday) || !civil_date_is_valid(year, month, mday))
		return false;
	time->day = day_from_civil(year, month, mday);
	time->is_date = text[8] == '\0';
	return time->is_date || (text[8] == 'T' && parse_clock(text + 9, time));
}

static bool add_part(int64_t *seconds, int64_t number, char unit, bool is_time)
{
	static const char units[] = "WDHMS";
	static const int64_t sizes[] = { 7 * 86400, 86400, 3600, 60, 1 };
	const char *at = unit ? strchr(units, unit) : NULL;

	if (!at || (at - units >= 2) != is_time)
		return false;
	*seconds += number * sizes[at - units];
	return true;
}

bool ical_duration_parse(const char *text, int64_t *minutes)
{
	int64_t seconds = 0;
	bool is_time = false;
	int sign = *text == '-' ? -1 : 1;

	text += *text == '-' || *text == '+';
	if (*text++ != 'P')
		return false;
	while (*text) {
		int64_t number = 0;
		size_t digits = strspn(text, "0123456789");

		if (*text == 'T' && !is_time) {
			is_time = true;
			text++;
			continue;
		}
		if (digits == 0 || digits > 9)
			return false;
		for (size_t i = 0; i < digits; i++)
			number = number * 10 + text[i] - '0';
		if (!add_part(&seconds, number, text[digits], is_time))
			return false;
		text += digits + 1;
	}
	*minutes = sign * (seconds + 59) / 60;
	return seconds / 60 <= MOST_DURATION;
}

int64_t ical_to_moment(const struct ical_zone *zone, int day, int64_t minute)
{
	struct civil_date date;
	struct icaltimetype time = icaltime_null_time();

	day += (int)(minute / MINUTES_IN_DAY);
	minute %= MINUTES_IN_DAY;
	if (zone->kind == ZONE_WALL)
		return zone_to_moment(day, (int)minute);
	if (zone->kind == ZONE_UTC)
		return (int64_t)day * 86400 + minute * 60;
	date = day_to_civil(day);
	time.year = date.year;
	time.month = date.month;
	time.day = date.mday;
	time.hour = (int)minute / 60;
	time.minute = (int)minute % 60;
	return (int64_t)icaltime_as_timet_with_zone(time, zone->rules);
}

struct ical_wall ical_to_wall(const struct ical_zone *zone, int day, int64_t minute)
{
	struct wall_time wall;

	if (zone->kind == ZONE_WALL)
		return (struct ical_wall) { day + (int)(minute / MINUTES_IN_DAY),
			(int)(minute % MINUTES_IN_DAY) };
	wall = zone_to_wall(ical_to_moment(zone, day, minute));
	return (struct ical_wall) { wall.day, wall.minute };
}

struct ical_wall ical_from_moment(const struct ical_zone *zone, int64_t moment)
{
	struct wall_time wall;
	struct icaltimetype time;
	int64_t day = moment >= 0 ? moment / 86400 : -((-moment + 86399) / 86400);

	if (zone->kind == ZONE_UTC)
		return (struct ical_wall) { (int)day, (int)((moment - day * 86400) / 60) };
	if (zone->kind == ZONE_WALL) {
		wall = zone_to_wall(moment);
		return (struct ical_wall) { wall.day, wall.minute };
	}
	time = icaltime_from_timet_with_zone((time_t)moment, 0, icaltimezone_get_utc_timezone());
	time = icaltime_convert_to_zone(time, zone->rules);
	return (struct ical_wall) { day_from_civil(time.year, time.month, time.day),
		time.hour * 60 + time.minute };
}
