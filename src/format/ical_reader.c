/* From the file's events to what each UID becomes. */
#include "ical_reader_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DAYS  50000000 /* looked at while rules are gone through */
#define MOST_SPANS 200000

/* ---- What taking an event needs. */

/* What an event has that says nothing of holes, and may be long or personal, is not even kept. */
static const char *const kept_names[] = { "CATEGORIES", "DTEND", "DTSTART", "DURATION", "EXDATE",
	"EXRULE", "LOCATION", "RDATE", "RECURRENCE-ID", "RRULE", "SEQUENCE", "STATUS", "SUMMARY",
	"TRANSP", "UID", "X-KUTSU-CAPACITY", "X-KUTSU-UNIT", "X-MICROSOFT-CDO-BUSYSTATUS", NULL };

static int compare_exclusions(const void *a, const void *b)
{
	const struct ical_exclusion *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->minute - y->minute;
}

static bool has_exclusion(const struct ical_exclusions *excluded, int day, int minute)
{
	struct ical_exclusion wanted = { day, minute };

	return excluded->count
	       && bsearch(&wanted, excluded->items, excluded->count, sizeof(wanted),
		       compare_exclusions);
}

static struct ical_exclusion exclusion_of(const struct ical_time *time)
{
	struct ical_wall wall;

	if (time->is_date)
		return (struct ical_exclusion) { time->day, -1 };
	wall = ical_to_wall(time->zone, time->day, time->minute);
	return (struct ical_exclusion) { wall.day, wall.minute };
}

bool ical_is_excluded(const struct ical_exclusions *excluded, const struct ical_time *time)
{
	struct ical_exclusion exact;

	if (!excluded->count)
		return false;
	exact = exclusion_of(time);
	return has_exclusion(excluded, exact.day, exact.minute)
	       || has_exclusion(excluded, time->day, -1);
}

bool ical_each(struct ical_reader *reader, const struct ical_vevent *v, int from_day, int last_day,
	ical_day_visitor *visit, void *context, struct error *err)
{
	int last = v->until_day < last_day ? v->until_day : last_day;

	return ical_rule_each(
		       v->rule, v->start.day, from_day, last, &reader->days_left, visit, context)
	       || error_set(err, ERROR_INVALID,
		       _("its rule takes too long to work out; export fewer years"));
}

static bool take_span(struct ical_reader *reader, struct error *err)
{
	return reader->spans_left-- > 0
	       || error_set(
		       err, ERROR_INVALID, _("there are too many busy times; export fewer events"));
}

bool ical_add_closing(struct ical_reader *reader, struct ical_event *event,
	const struct closing *closing, struct error *err)
{
	if (!take_span(reader, err))
		return false;
	event->closings = arena_append(
		reader->arena, event->closings, &event->closing_count, sizeof(*event->closings));
	event->closings[event->closing_count - 1] = *closing;
	return true;
}

bool ical_add_opening(struct ical_reader *reader, struct ical_event *event,
	const struct opening *opening, struct error *err)
{
	if (!take_span(reader, err))
		return false;
	event->openings = arena_append(
		reader->arena, event->openings, &event->opening_count, sizeof(*event->openings));
	event->openings[event->opening_count - 1] = *opening;
	return true;
}

/* ---- One UID. */

/* The events of one UID, those that stand for an occurrence behind the others. */
struct group {
	const struct ical_component **items;
	size_t count;
	int line; /* where its trouble is */
};

static bool is_same_line(const struct ical_line *a, const struct ical_line *b)
{
	return strcmp(a->name, b->name) == 0 && strcmp(a->parameters, b->parameters) == 0
	       && strcmp(a->value, b->value) == 0;
}

static bool is_same(const struct ical_component *a, const struct ical_component *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!is_same_line(&a->lines[i], &b->lines[i]))
			return false;
	}
	return true;
}

/* Of two versions of one series the later counts. */
static bool choose_master(struct group *group, const struct ical_vevent *v,
	struct ical_vevent *master, bool *has_master, struct error *err)
{
	if (*has_master && v->sequence == master->sequence
		&& !is_same(v->component, master->component)) {
		group->line = v->component->line;
		return error_set(err, ERROR_INVALID, _("it has the UID of another event (line %d)"),
			master->component->line);
	}
	if (!*has_master || v->sequence > master->sequence)
		*master = *v;
	*has_master = true;
	return true;
}

/* An occurrence that was only renamed is where it was. */
static bool is_where_it_was(const struct ical_vevent *v, const struct ical_vevent *master)
{
	struct ical_exclusion is, was;

	if (!master || v->is_cancelled || v->is_hole != master->is_hole
		|| (v->is_free && !v->is_hole) || v->minutes != master->minutes
		|| v->capacity != master->capacity)
		return false;
	is = exclusion_of(&v->start);
	was = exclusion_of(&v->overridden);
	return is.day == was.day && is.minute == was.minute;
}

static void exclude(
	struct ical_reader *reader, struct ical_exclusions *excluded, const struct ical_time *time)
{
	excluded->items = arena_append(
		&reader->scratch, excluded->items, &excluded->count, sizeof(*excluded->items));
	excluded->items[excluded->count - 1] = exclusion_of(time);
}

static bool exclude_dates(struct ical_reader *reader, struct ical_series *series, struct error *err)
{
	struct ical_dates dates = { 0 };

	if (series->master
		&& !ical_dates_read(reader, series->master->component, "EXDATE", &dates, err))
		return false;
	for (size_t i = 0; i < dates.count; i++)
		exclude(reader, &series->excluded, &dates.items[i]);
	for (size_t i = 0; i < series->override_count; i++)
		exclude(reader, &series->excluded, &series->overrides[i].overridden);
	if (series->excluded.count)
		qsort(series->excluded.items, series->excluded.count,
			sizeof(*series->excluded.items), compare_exclusions);
	return true;
}

static void keep_moved(struct ical_vevent *overrides, struct ical_series *series)
{
	size_t kept = 0;

	for (size_t i = 0; i < series->override_count; i++) {
		if (!is_where_it_was(&overrides[i], series->master))
			overrides[kept++] = overrides[i];
	}
	series->override_count = kept;
}

/* All of one UID are in memory at the same time. */
static bool check_count(struct group *group, struct error *err)
{
	if (group->count <= ICAL_MOST_OF_UID)
		return true;
	group->line = group->items[0]->line;
	return error_set(err, ERROR_INVALID, _("%zu events have the same UID; export fewer years"),
		group->count);
}

static bool read_group(struct ical_reader *reader, struct group *group, struct ical_series *series,
	struct ical_vevent *master, struct error *err)
{
	struct ical_vevent *overrides = NULL;
	bool has_master = false;

	if (!check_count(group, err))
		return false;
	for (size_t i = 0; i < group->count; i++) {
		struct ical_vevent v;
		bool ok = ical_vevent_read(reader, group->items[i], &v, &group->line, err);

		reader->names_hole |= v.is_hole;
		if (!ok)
			return false;
		if (v.is_override) {
			overrides = arena_append(&reader->scratch, overrides,
				&series->override_count, sizeof(*overrides));
			overrides[series->override_count - 1] = v;
		} else if (!choose_master(group, &v, master, &has_master, err)) {
			return false;
		}
	}
	series->master = has_master ? master : NULL;
	series->overrides = overrides;
	group->line = group->items[0]->line;
	keep_moved(overrides, series);
	return exclude_dates(reader, series, err);
}

static bool take_group(struct ical_reader *reader, struct group *group, struct ical_event *event,
	struct error *err)
{
	struct ical_series series = { 0 };
	struct ical_vevent master;
	const struct ical_vevent *told;

	if (!read_group(reader, group, &series, &master, err))
		return false;
	told = series.master ? series.master : series.overrides;
	*event = (struct ical_event) { .line = group->items[0]->line,
		.uid = told->uid,
		.sequence = told->sequence,
		.is_hole = told->is_hole,
		.is_part = !series.master,
		.unit = told->unit };
	return told->is_hole ? ical_take_hole(reader, &series, event, err)
			     : ical_take_busy(reader, &series, event, err);
}

/* ---- The file. */

static const char *uid_of(const struct ical_component *component)
{
	const struct ical_line *uid = ical_line_of(component, "UID");

	return uid ? uid->value : "";
}

struct named {
	const char *uid;
	const struct ical_component *component;
};

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->uid, y->uid);

	if (order != 0)
		return order;
	return x->component->line < y->component->line ? -1 : 1;
}

static int compare_events(const void *a, const void *b)
{
	const struct ical_event *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

/* The reason may quote the file. */
static void add_trouble(
	struct ical_reader *reader, struct ical_reading *reading, int line, const char *reason)
{
	reading->troubles = arena_append(reader->arena, reading->troubles, &reading->trouble_count,
		sizeof(*reading->troubles));
	reading->troubles[reading->trouble_count - 1] =
		(struct ical_trouble) { line, arena_text(reader->arena, reason) };
}

static void take_events(struct ical_reader *reader, struct ical_reading *reading,
	const struct named *named, size_t count)
{
	const struct ical_component **items = arena_new(reader->arena, count * sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = named[i].component;
	for (size_t at = 0, size; at < count; at += size) {
		struct group group = { .items = &items[at] };
		struct ical_event event;
		struct error err;

		/* Those without a UID belong to nothing. */
		for (size = 1; at + size < count && *named[at].uid
			       && strcmp(named[at + size].uid, named[at].uid) == 0;)
			size++;
		group.count = size;
		arena_reset(&reader->scratch);
		if (!take_group(reader, &group, &event, &err)) {
			add_trouble(reader, reading, group.line, err.text);
			continue;
		}
		reading->events = arena_append(
			reader->arena, reading->events, &reading->event_count, sizeof(event));
		reading->events[reading->event_count - 1] = event;
	}
}

static void read_events(struct ical_reader *reader, struct ical_reading *reading)
{
	size_t count = reader->file.event_count;
	struct named *named;

	if (!count)
		return;
	named = arena_new(reader->arena, count * sizeof(*named));
	reading->uids = arena_new(reader->arena, count * sizeof(*reading->uids));
	reading->uid_count = count;
	for (size_t i = 0; i < count; i++) {
		reading->uids[i] = uid_of(&reader->file.events[i]);
		named[i] = (struct named) { reading->uids[i], &reader->file.events[i] };
	}
	qsort(named, count, sizeof(*named), compare_named);
	take_events(reader, reading, named, count);
	if (reading->event_count)
		qsort(reading->events, reading->event_count, sizeof(*reading->events),
			compare_events);
}

bool ical_read(const char *bytes, size_t length, const char *zone, int first_day, int days,
	struct arena *arena, struct ical_reading *reading, struct error *err)
{
	struct ical_reader reader = { .arena = arena,
		.first_day = first_day,
		.last_day = first_day + days - 1,
		.days_left = MOST_DAYS,
		.spans_left = MOST_SPANS };
	char *copy;

	*reading = (struct ical_reading) { .refused_line = 1 };
	if (length > ICAL_LARGEST)
		return error_set(err, ERROR_INVALID,
			_("the calendar is larger than %d megabytes; export fewer years"),
			ICAL_LARGEST / 1024 / 1024);
	copy = arena_new(arena, length + 1);
	if (length)
		memcpy(copy, bytes, length);
	if (!ical_file_read(
		    copy, length, kept_names, arena, &reader.file, &reading->refused_line, err))
		return false;
	reading->refused_line = 0;
	ical_zones_init(&reader.zones, arena, zone, &reader.file);
	read_events(&reader, reading);
	reading->names_hole = reader.names_hole;
	ical_zones_release(&reader.zones);
	arena_release(&reader.scratch);
	return true;
}
