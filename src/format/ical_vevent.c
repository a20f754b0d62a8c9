/* One VEVENT: when it is, whether it is a hole, whether it takes its owner's time. */
#include "ical_reader_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/field.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MOST_MINUTES   (10LL * 366 * MINUTES_IN_DAY)
#define MOST_CAPACITY  100
#define TEXT_LOOKED_AT 1000
#define NAME_SIZE      200

/* ---- What it says of itself. */

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at++) {
		if ((at == text || !is_letter(at[-1])) && !is_letter(at[length]))
			return true;
	}
	return false;
}

/* As our own export and people in three languages call it; Finnish also with a separate
 * diaeresis. */
static bool says_hole(struct arena *arena, const char *value)
{
	static const char *const words[] = { "reikä", "reika\xcc\x88", "reiät", "reia\xcc\x88t",
		"reikiä", "reikia\xcc\x88", "reikien", "lucka", "luckan", "luckor", "hole", "holes",
		"kutsu" };
	char folded[TEXT_LOOKED_AT];

	utf8_fold(ical_text(arena, value), folded, sizeof(folded));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (has_word(folded, words[i]))
			return true;
	}
	return false;
}

static const char *value_of(const struct ical_component *component, const char *name)
{
	const struct ical_line *line = ical_line_of(component, name);

	return line ? line->value : "";
}

static bool is_called_hole(struct arena *arena, const struct ical_component *component)
{
	for (size_t i = 0; i < component->count; i++) {
		const struct ical_line *line = &component->lines[i];

		if (strcmp(line->name, "X-KUTSU-UNIT") == 0)
			return true;
		if ((strcmp(line->name, "SUMMARY") == 0 || strcmp(line->name, "CATEGORIES") == 0)
			&& says_hole(arena, line->value))
			return true;
	}
	return false;
}

/* Who is out of office is away whatever the event says of its transparency. */
static bool takes_no_time(const struct ical_component *component)
{
	const char *status = value_of(component, "X-MICROSOFT-CDO-BUSYSTATUS");

	if (strcasecmp(status, "OOF") == 0)
		return false;
	return strcasecmp(status, "FREE") == 0
	       || strcasecmp(value_of(component, "TRANSP"), "TRANSPARENT") == 0;
}

static bool read_place(struct ical_reader *reader, const struct ical_component *component,
	struct ical_vevent *v, struct error *err)
{
	const struct ical_line *line = ical_line_of(component, "LOCATION");
	char *place;

	if (!line)
		return true;
	place = ical_text(reader->arena, line->value);
	if (utf8_is_valid(place))
		utf8_clean(place);
	v->place = text_is_blank(place) ? NULL : place;
	return field_check(_("place"), v->place, FIELD_SHORT, err);
}

static bool read_capacity(
	const struct ical_component *component, struct ical_vevent *v, struct error *err)
{
	const char *text = value_of(component, "X-KUTSU-CAPACITY");
	char *end;
	long capacity = strtol(text, &end, 10);

	v->capacity = 1;
	if (!*text)
		return true;
	if (*end || capacity < 1 || capacity > MOST_CAPACITY)
		return error_set(err, ERROR_INVALID, _("the capacity is 1 to %d"), MOST_CAPACITY);
	v->capacity = (int)capacity;
	return true;
}

/* ---- Times. */

static const struct ical_zone *zone_of(struct ical_reader *reader, size_t calendar,
	const struct ical_line *line, struct error *err)
{
	const struct ical_zone *zone;
	char name[NAME_SIZE];

	ical_parameter(line, "TZID", name, sizeof(name));
	if (!*name)
		return ical_zone_wall();
	zone = ical_zone_find(&reader->zones, calendar, name);
	if (!zone)
		error_set(err, ERROR_INVALID, _("its time zone \"%.60s\" is not known"), name);
	return zone;
}

static bool parse_time(const struct ical_line *line, const struct ical_zone *zone, const char *text,
	struct ical_time *time, struct error *err)
{
	if (!ical_time_parse(text, zone, time))
		return error_set(
			err, ERROR_INVALID, _("%.20s: \"%.30s\" is no time"), line->name, text);
	return ical_zone_has_day(time->zone, time->day)
	       || error_set(err, ERROR_INVALID,
		       _("%.20s: times of other zones are taken until 2100 only"), line->name);
}

static bool read_time(struct ical_reader *reader, size_t calendar, const struct ical_line *line,
	struct ical_time *time, struct error *err)
{
	const struct ical_zone *zone = zone_of(reader, calendar, line, err);

	return zone && parse_time(line, zone, line->value, time, err);
}

/* A calendar that names its zone has its repeated times there, though written in UTC. */
static void bring_home(struct ical_reader *reader, struct ical_vevent *v)
{
	const char *name = reader->file.calendars[v->component->calendar].zone;
	const struct ical_zone *zone;
	struct ical_wall there;

	if (!*name || v->start.zone != ical_zone_utc())
		return;
	zone = ical_zone_find(&reader->zones, v->component->calendar, name);
	if (!zone || !ical_zone_has_day(zone, v->start.day))
		return;
	there = ical_from_moment(
		zone, ical_to_moment(v->start.zone, v->start.day, v->start.minute));
	v->start.zone = zone;
	v->start.day = there.day;
	v->start.minute = there.minute;
}

static int64_t minutes_between(const struct ical_time *start, const struct ical_time *end)
{
	int round_up = end->second > 0;

	if (start->zone == end->zone || start->is_date)
		return (int64_t)(end->day - start->day) * MINUTES_IN_DAY + end->minute
		       - start->minute + round_up;
	return (ical_to_moment(end->zone, end->day, end->minute)
		       - ical_to_moment(start->zone, start->day, start->minute))
		       / 60
	       + round_up;
}

static bool read_end(
	struct ical_reader *reader, struct ical_vevent *v, int *line, struct error *err)
{
	const struct ical_line *end = ical_line_of(v->component, "DTEND");
	const struct ical_line *duration = ical_line_of(v->component, "DURATION");
	struct ical_time time;

	v->minutes = 0;
	if (end) {
		*line = end->number;
		if (!read_time(reader, v->component->calendar, end, &time, err))
			return false;
		if (time.is_date != v->start.is_date)
			return error_set(err, ERROR_INVALID,
				_("its start and its end are not both days or both times"));
		v->minutes = minutes_between(&v->start, &time);
	} else if (duration) {
		*line = duration->number;
		if (!ical_duration_parse(duration->value, &v->minutes))
			return error_set(err, ERROR_INVALID, _("%.20s: \"%.30s\" is no time"),
				duration->name, duration->value);
	}
	if (v->minutes < 0)
		return error_set(err, ERROR_INVALID, _("it ends before it begins"));
	if (v->minutes > MOST_MINUTES)
		return error_set(err, ERROR_INVALID, _("it lasts longer than ten years"));
	if (v->start.is_date) /* whole days, one at least */
		v->minutes = v->minutes ? (v->minutes + MINUTES_IN_DAY - 1) / MINUTES_IN_DAY
						  * MINUTES_IN_DAY
					: MINUTES_IN_DAY;
	return true;
}

static const struct ical_line *second_of(const struct ical_component *component, const char *name)
{
	const struct ical_line *first = ical_line_of(component, name);

	for (size_t i = 0; first && i < component->count; i++) {
		if (&component->lines[i] != first && strcmp(component->lines[i].name, name) == 0)
			return &component->lines[i];
	}
	return NULL;
}

/* The last day on which an occurrence may begin, by the clock of the event's zone. */
static bool read_until(struct ical_vevent *v, struct error *err)
{
	struct ical_time until;
	struct ical_wall last;

	v->until_day = DAY_LAST;
	if (!v->rule->until)
		return true;
	if (!ical_time_parse(v->rule->until, v->start.zone, &until))
		return error_set(err, ERROR_INVALID, _("%.20s: \"%.30s\" is no time"), "UNTIL",
			v->rule->until);
	last = (struct ical_wall) { until.day, until.minute };
	if (until.zone != v->start.zone && !until.is_date
		&& ical_zone_has_day(v->start.zone, until.day))
		last = ical_from_moment(
			v->start.zone, ical_to_moment(until.zone, until.day, until.minute));
	v->until_day = last.day;
	if (!until.is_date && !v->start.is_date && last.minute < v->start.minute)
		v->until_day--;
	return true;
}

static bool read_rule(
	struct ical_reader *reader, struct ical_vevent *v, int *line, struct error *err)
{
	const struct ical_line *rule = ical_line_of(v->component, "RRULE");
	const struct ical_line *refused = ical_line_of(v->component, "EXRULE");

	if (!refused)
		refused = second_of(v->component, "RRULE");
	if (refused) {
		*line = refused->number;
		return error_set(err, ERROR_INVALID,
			_("it has several rules; give it one, and EXDATE for what is left out"));
	}
	if (!rule)
		return true;
	*line = rule->number;
	v->rule = arena_new(&reader->scratch, sizeof(*v->rule));
	if (!ical_rule_parse(arena_text(&reader->scratch, rule->value), v->rule, err))
		return false;
	bring_home(reader, v);
	return read_until(v, err);
}

static bool read_start(
	struct ical_reader *reader, struct ical_vevent *v, int *line, struct error *err)
{
	const struct ical_line *start = ical_line_of(v->component, "DTSTART");

	if (!start)
		return error_set(err, ERROR_INVALID, _("it has no beginning (DTSTART)"));
	*line = start->number;
	return read_time(reader, v->component->calendar, start, &v->start, err);
}

static bool read_override(
	struct ical_reader *reader, struct ical_vevent *v, int *line, struct error *err)
{
	const struct ical_line *id = ical_line_of(v->component, "RECURRENCE-ID");
	char range[NAME_SIZE];

	if (!id)
		return true;
	*line = id->number;
	v->is_override = true;
	if (*ical_parameter(id, "RANGE", range, sizeof(range)))
		return error_set(err, ERROR_INVALID,
			_("it changes this occurrence and all that come after, which can't be "
			  "taken; make two series of it"));
	return read_time(reader, v->component->calendar, id, &v->overridden, err);
}

static bool read_times(
	struct ical_reader *reader, struct ical_vevent *v, int *line, struct error *err)
{
	if (v->is_cancelled || (v->is_free && !v->is_hole))
		return true;
	return read_start(reader, v, line, err) && read_end(reader, v, line, err)
	       && read_rule(reader, v, line, err);
}

bool ical_vevent_read(struct ical_reader *reader, const struct ical_component *component,
	struct ical_vevent *v, int *line, struct error *err)
{
	const char *uid = value_of(component, "UID"), *unit = value_of(component, "X-KUTSU-UNIT");
	long sequence = strtol(value_of(component, "SEQUENCE"), NULL, 10);

	*v = (struct ical_vevent) { .component = component, .uid = uid, .until_day = DAY_LAST };
	*line = component->line;
	if (text_is_blank(uid))
		return error_set(err, ERROR_INVALID,
			_("it has no UID: the next import could not know it again"));
	if (sequence > INT_MAX)
		sequence = INT_MAX;
	v->sequence = sequence < 0 ? 0 : (int)sequence;
	v->unit = text_is_blank(unit) ? NULL : unit;
	v->is_hole = is_called_hole(&reader->scratch, component);
	v->is_free = takes_no_time(component);
	v->is_cancelled =
		strcasecmp(value_of(component, "STATUS"), "CANCELLED") == 0
		|| strcmp(reader->file.calendars[component->calendar].method, "CANCEL") == 0;
	return read_override(reader, v, line, err) && read_times(reader, v, line, err)
	       && (!v->is_hole
		       || (read_place(reader, component, v, err)
			       && read_capacity(component, v, err)));
}

/* The parameters may be as long as the dates are many: the zone is looked up once for all. */
static bool read_dates(struct ical_reader *reader, size_t calendar, const struct ical_line *line,
	struct ical_dates *dates, struct error *err)
{
	const struct ical_zone *zone = zone_of(reader, calendar, line, err);
	char *rest = arena_text(&reader->scratch, line->value), *part;

	if (!zone)
		return false;
	while ((part = strtok_r(rest, ",", &rest))) {
		struct ical_time time;

		part[strcspn(part, "/")] = '\0'; /* a period: as long as the event */
		if (!parse_time(line, zone, part, &time, err))
			return false;
		dates->items =
			arena_append(&reader->scratch, dates->items, &dates->count, sizeof(time));
		dates->items[dates->count - 1] = time;
	}
	return true;
}

bool ical_dates_read(struct ical_reader *reader, const struct ical_component *component,
	const char *name, struct ical_dates *dates, struct error *err)
{
	*dates = (struct ical_dates) { 0 };
	for (size_t i = 0; i < component->count; i++) {
		const struct ical_line *line = &component->lines[i];

		if (strcmp(line->name, name) == 0
			&& !read_dates(reader, component->calendar, line, dates, err))
			return false;
	}
	return true;
}
