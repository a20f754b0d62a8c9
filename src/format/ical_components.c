#include "ical_reader_internal.h"

#include "encoding_internal.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"

#include <string.h>

#define DEEPEST		8
#define MOST_LINES	1000000 /* that are kept, in the whole file */
#define ZONE_MOST_LINES 2000

/* The file as it is being gone through: what is open, and what was kept. */
struct builder {
	struct arena *arena;
	const char *const *kept;
	struct ical_file *file;
	struct {
		const char *name;
		int line;
	} open[DEEPEST];
	int depth;
	size_t line_count;
	struct ical_component *component; /* that is open, or NULL */
	int *refused_line;
};

static bool is_kept(const struct builder *builder, const char *name)
{
	for (const char *const *kept = builder->kept; *kept; kept++) {
		if (strcmp(*kept, name) == 0)
			return true;
	}
	return false;
}

static bool refuse(struct builder *builder, int line, const char *why, struct error *err)
{
	*builder->refused_line = line;
	return error_set(err, ERROR_INVALID, "%s", why);
}

static bool is_zone(const struct builder *builder)
{
	return builder->depth >= 2 && strcmp(builder->open[1].name, "VTIMEZONE") == 0;
}

static bool open_calendar(struct builder *builder, struct error *err)
{
	struct ical_file *file = builder->file;
	const char *name = builder->open[0].name;

	if (strcmp(name, "VCALENDAR") != 0)
		return refuse(builder, builder->open[0].line,
			_("this is no iCalendar file; it does not begin with BEGIN:VCALENDAR"),
			err);
	file->calendars = arena_append(
		builder->arena, file->calendars, &file->calendar_count, sizeof(*file->calendars));
	file->calendars[file->calendar_count - 1] = (struct ical_calendar) { "", "" };
	return true;
}

static bool open_component(struct builder *builder, const struct ical_line *line, struct error *err)
{
	struct ical_file *file = builder->file;
	struct ical_component *made;

	if (strcmp(line->value, "VEVENT") == 0) {
		if (file->event_count == ICAL_MOST_EVENTS)
			return refuse(builder, line->number,
				_("there are too many events; export fewer years"), err);
		file->events = arena_append(
			builder->arena, file->events, &file->event_count, sizeof(*file->events));
		made = &file->events[file->event_count - 1];
	} else if (strcmp(line->value, "VTIMEZONE") == 0) {
		file->zones = arena_append(
			builder->arena, file->zones, &file->zone_count, sizeof(*file->zones));
		made = &file->zones[file->zone_count - 1];
	} else {
		return true;
	}
	made->line = line->number;
	made->calendar = file->calendar_count - 1;
	builder->component = made;
	return true;
}

static bool keep_line(struct builder *builder, const struct ical_line *line, struct error *err)
{
	struct ical_component *component = builder->component;

	if (is_zone(builder) && component->count == ZONE_MOST_LINES)
		return true;
	if (builder->line_count++ == MOST_LINES)
		return refuse(builder, line->number,
			_("there is too much in it; export fewer years"), err);
	component->lines = arena_append(
		builder->arena, component->lines, &component->count, sizeof(*component->lines));
	component->lines[component->count - 1] = *line;
	return true;
}

static bool begin(struct builder *builder, struct ical_line *line, struct error *err)
{
	if (builder->depth == DEEPEST)
		return refuse(
			builder, line->number, _("components lie too deep in each other"), err);
	builder->open[builder->depth].name = line->value;
	builder->open[builder->depth].line = line->number;
	builder->depth++;
	if (builder->depth == 1)
		return open_calendar(builder, err);
	if (builder->depth == 2)
		return open_component(builder, line, err);
	return !is_zone(builder) || keep_line(builder, line, err);
}

static bool end(struct builder *builder, const struct ical_line *line, struct error *err)
{
	if (builder->depth == 0
		|| strcmp(builder->open[builder->depth - 1].name, line->value) != 0) {
		*builder->refused_line = line->number;
		if (builder->depth == 0)
			return error_set(err, ERROR_INVALID,
				_("END:%.30s ends nothing; export the calendar again"),
				line->value);
		return error_set(err, ERROR_INVALID,
			_("END:%.30s ends no %.30s (line %d); export the calendar again"),
			line->value, builder->open[builder->depth - 1].name,
			builder->open[builder->depth - 1].line);
	}
	if (is_zone(builder) && builder->depth > 2 && !keep_line(builder, line, err))
		return false;
	builder->depth--;
	if (builder->depth == 1)
		builder->component = NULL;
	return true;
}

static bool take_of_calendar(
	struct builder *builder, const struct ical_line *line, struct error *err)
{
	struct ical_calendar *calendar =
		&builder->file->calendars[builder->file->calendar_count - 1];

	if (strcmp(line->name, "METHOD") == 0)
		calendar->method = line->value;
	else if (strcmp(line->name, "X-WR-TIMEZONE") == 0)
		calendar->zone = line->value;
	else if (strcmp(line->name, "VERSION") == 0 && strcmp(line->value, "1.0") == 0)
		return refuse(builder, line->number,
			_("this is vCalendar 1.0; export as iCalendar (.ics)"), err);
	return true;
}

/* Which encoding it is shows only here: in UTF-8 a fold may stand inside a character. What is no
 * text in Windows-1252 either stays as it is. */
static void decode(struct arena *arena, struct ical_line *line)
{
	struct error ignored;
	char *text;

	if (!utf8_is_valid(line->value)
		&& encoding_read(line->value, strlen(line->value), arena, &text, &ignored))
		line->value = text;
	if (!utf8_is_valid(line->parameters)
		&& encoding_read(
			line->parameters, strlen(line->parameters), arena, &text, &ignored))
		line->parameters = text;
}

static bool take_line(struct builder *builder, struct ical_line *line, struct error *err)
{
	if (strcmp(line->name, "BEGIN") == 0)
		return begin(builder, line, err);
	if (builder->depth == 0)
		return refuse(builder, line->number,
			builder->file->calendar_count
				? _("something stands behind END:VCALENDAR")
				: _("this is no iCalendar file; it does not begin with "
				    "BEGIN:VCALENDAR"),
			err);
	if (strcmp(line->name, "END") == 0)
		return end(builder, line, err);
	if (builder->depth == 1)
		return take_of_calendar(builder, line, err);
	if (builder->component
		&& (is_zone(builder) || (builder->depth == 2 && is_kept(builder, line->name)))) {
		decode(builder->arena, line);
		return keep_line(builder, line, err);
	}
	return true;
}

/* Names of components and methods are written in any case, some with blanks behind. */
static void clean_word(struct ical_line *line)
{
	size_t length = strlen(line->value);

	if (strcmp(line->name, "BEGIN") != 0 && strcmp(line->name, "END") != 0
		&& strcmp(line->name, "METHOD") != 0 && strcmp(line->name, "VERSION") != 0)
		return;
	while (length > 0 && strchr(" \t", line->value[length - 1]))
		line->value[--length] = '\0';
	for (char *c = line->value; *c; c++) {
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
}

static int count_lines(const char *bytes, size_t length)
{
	int count = 1;

	for (size_t i = 0; i < length; i++)
		count += bytes[i] == '\n';
	return count;
}

static bool check_bytes(
	struct builder *builder, const char *bytes, size_t length, struct error *err)
{
	const char *nul = memchr(bytes, '\0', length);

	if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return refuse(builder, 1, _("this is UTF-16; save it as UTF-8"), err);
	if (nul)
		return refuse(builder, count_lines(bytes, (size_t)(nul - bytes)),
			_("this is no text; export the calendar as iCalendar (.ics)"), err);
	return true;
}

bool ical_file_read(char *bytes, size_t length, const char *const *kept, struct arena *arena,
	struct ical_file *file, int *refused_line, struct error *err)
{
	struct builder builder = {
		.arena = arena, .kept = kept, .file = file, .refused_line = refused_line
	};
	struct ical_scanner scanner = { bytes, bytes + length, 1 };
	struct ical_line line;

	*file = (struct ical_file) { 0 };
	if (!check_bytes(&builder, bytes, length, err))
		return false;
	if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		scanner.at += 3;
	while (ical_scan(&scanner, &line)) {
		clean_word(&line);
		if (!take_line(&builder, &line, err))
			return false;
	}
	if (builder.depth > 0) {
		*refused_line = builder.open[builder.depth - 1].line;
		return error_set(err, ERROR_INVALID,
			_("the file breaks off in the %.30s that begins here; get all of it"),
			builder.open[builder.depth - 1].name);
	}
	if (!file->calendar_count)
		return refuse(&builder, 1,
			_("this is no iCalendar file; it does not begin with BEGIN:VCALENDAR"),
			err);
	return true;
}

const struct ical_line *ical_line_of(const struct ical_component *component, const char *name)
{
	for (size_t i = 0; i < component->count; i++) {
		if (strcmp(component->lines[i].name, name) == 0)
			return &component->lines[i];
	}
	return NULL;
}
