#include "kutsu/domain/capacity.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

int capacity_percent(const struct capacity_load *load)
{
	int64_t percent;

	if (load->offered <= 0)
		return FIGURE_NONE;
	percent = (load->booked * 100 + load->offered / 2) / load->offered;
	return percent < INT_MAX ? (int)percent : INT_MAX;
}

static int monday_of(int day)
{
	return day - day_weekday(day) + 1;
}

int capacity_last_day(int today)
{
	return monday_of(today) + 6;
}

int capacity_first_day(int last_day)
{
	return monday_of(last_day) - 7 * (CAPACITY_WEEKS - 1);
}

bool capacity_days_check(int from_day, int until_day, struct error *err)
{
	if (!days_check(from_day, until_day, err))
		return false;
	return (int64_t)until_day - from_day < CAPACITY_DAYS_MOST
	       || error_set(err, ERROR_INVALID,
		       _("that is more than ten years; give days that are closer together"));
}

struct capacity_wait capacity_wait_of(int *days, size_t count)
{
	struct delay_figures delays = delay_figures_of(days, count);
	struct capacity_wait wait = { delays.meetings, delays.median, delays.p90 };

	if (cell_is_small(wait.count))
		wait = (struct capacity_wait) { FIGURE_HIDDEN, FIGURE_HIDDEN, FIGURE_HIDDEN };
	return wait;
}

/* ---- Hours. ---- */

static struct capacity_row new_row(
	const struct capacity *capacity, struct arena *arena, const char *unit, const char *area)
{
	return (struct capacity_row) { .unit = unit,
		.area = area,
		.weeks = arena_new(arena, capacity->week_count * sizeof(struct capacity_load)) };
}

static struct capacity_load *week_of(
	const struct capacity *capacity, const struct capacity_row *row, int day)
{
	return &row->weeks[(day - capacity->monday) / 7];
}

static bool is_confirmed(const struct occurrence *hole)
{
	return hole->readiness == READINESS_CONFIRMED || hole->readiness == READINESS_DEPUTY;
}

static void add_hole(
	const struct capacity *capacity, const struct occurrence *hole, struct capacity_row *row)
{
	int64_t minutes = (int64_t)(hole->end - hole->start) * hole->capacity;

	row->minutes.promised += minutes;
	if (hole->state == OCCURRENCE_CLOSED)
		return;
	row->minutes.offered += minutes;
	row->minutes.confirmed += is_confirmed(hole) ? minutes : 0;
	week_of(capacity, row, hole->day)->offered += minutes;
}

static void add_holes(const struct capacity_source *source, size_t unit, struct capacity *capacity,
	struct occurrence_list *holes)
{
	holes->count = 0;
	calendar_add_occurrences(&source->calendars[unit], source->breaks.items,
		source->breaks.count, source->from_day, source->until_day - source->from_day + 1,
		holes);
	for (size_t i = 0; i < holes->count; i++)
		add_hole(capacity, &holes->items[i], &capacity->units[unit]);
}

static void add_meeting(const struct capacity *capacity, const struct capacity_meeting *meeting,
	struct capacity_row *row)
{
	int minutes = meeting->end - meeting->start;

	row->minutes.booked += minutes;
	row->minutes.used += meeting->is_used ? minutes : 0;
	week_of(capacity, row, meeting->day)->booked += minutes;
}

/* A unit among those of the source, in the order of their ids. */
struct known_unit {
	int64_t id;
	size_t at;
};

static int by_id(const void *a, const void *b)
{
	const struct known_unit *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static const struct known_unit *find_unit(
	const struct known_unit *known, size_t count, int64_t unit_id)
{
	const struct known_unit sought = { .id = unit_id };

	return count ? bsearch(&sought, known, count, sizeof(*known), by_id) : NULL;
}

static struct known_unit *sort_units(const struct unit_list *units, struct arena *arena)
{
	struct known_unit *known = arena_new(arena, (units->count + 1) * sizeof(*known));

	for (size_t i = 0; i < units->count; i++)
		known[i] = (struct known_unit) { units->items[i].id, i };
	qsort(known, units->count, sizeof(*known), by_id);
	return known;
}

static void add_meetings(
	const struct capacity_source *source, struct arena *arena, struct capacity *capacity)
{
	struct known_unit *known = sort_units(&source->units, arena);

	for (size_t i = 0; i < source->meetings.count; i++) {
		const struct capacity_meeting *meeting = &source->meetings.items[i];
		const struct known_unit *unit =
			find_unit(known, source->units.count, meeting->unit_id);

		if (unit)
			add_meeting(capacity, meeting, &capacity->units[unit->at]);
	}
}

static const char *area_of(const struct unit *unit)
{
	return unit->area && *unit->area ? unit->area : CAPACITY_NO_AREA;
}

static void compute_units(
	const struct capacity_source *source, struct arena *arena, struct capacity *capacity)
{
	struct occurrence_list holes = { 0 };

	capacity->unit_count = source->units.count;
	capacity->units = arena_new(arena, (source->units.count + 1) * sizeof(*capacity->units));
	for (size_t i = 0; i < source->units.count; i++) {
		const struct unit *unit = &source->units.items[i];

		capacity->units[i] = new_row(capacity, arena, unit->code, area_of(unit));
		capacity->units[i].name = unit->name;
		add_holes(source, i, capacity, &holes);
	}
	free(holes.items);
	add_meetings(source, arena, capacity);
}

static void add_row(
	const struct capacity *capacity, const struct capacity_row *part, struct capacity_row *sum)
{
	sum->minutes.promised += part->minutes.promised;
	sum->minutes.offered += part->minutes.offered;
	sum->minutes.confirmed += part->minutes.confirmed;
	sum->minutes.booked += part->minutes.booked;
	sum->minutes.used += part->minutes.used;
	for (size_t i = 0; i < capacity->week_count; i++) {
		sum->weeks[i].offered += part->weeks[i].offered;
		sum->weeks[i].booked += part->weeks[i].booked;
	}
}

static struct capacity_row *area_row(
	struct capacity *capacity, struct arena *arena, const char *area)
{
	for (size_t i = 0; i < capacity->area_count; i++) {
		if (strcmp(capacity->areas[i].area, area) == 0)
			return &capacity->areas[i];
	}
	capacity->areas = arena_append(
		arena, capacity->areas, &capacity->area_count, sizeof(*capacity->areas));
	capacity->areas[capacity->area_count - 1] = new_row(capacity, arena, NULL, area);
	return &capacity->areas[capacity->area_count - 1];
}

static void sum_areas(struct capacity *capacity, struct arena *arena)
{
	capacity->all = new_row(capacity, arena, NULL, NULL);
	for (size_t i = 0; i < capacity->unit_count; i++) {
		const struct capacity_row *unit = &capacity->units[i];

		add_row(capacity, unit, area_row(capacity, arena, unit->area));
		add_row(capacity, unit, &capacity->all);
	}
}

/* ---- What is missing. ---- */

static void add_obstacle(
	struct capacity *capacity, struct arena *arena, const struct finding_unit *unit)
{
	struct capacity_obstacle *obstacle;

	for (size_t i = 0; i < capacity->obstacle_count; i++) {
		if (capacity->obstacles[i].unit_id == unit->unit_id) {
			capacity->obstacles[i].count++;
			return;
		}
	}
	capacity->obstacles = arena_append(arena, capacity->obstacles, &capacity->obstacle_count,
		sizeof(*capacity->obstacles));
	obstacle = &capacity->obstacles[capacity->obstacle_count - 1];
	*obstacle = (struct capacity_obstacle) { unit->unit_id, unit->unit, 1 };
}

static int most_first(const void *a, const void *b)
{
	const struct capacity_obstacle *x = a, *y = b;

	return x->count != y->count ? y->count - x->count : strcmp(x->unit, y->unit);
}

static void count_findings(
	const struct finding_list *findings, struct arena *arena, struct capacity *capacity)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		if (finding->first_day == DAY_LAST)
			capacity->found_none++;
		else
			capacity->found_late++;
		for (size_t u = 0; u < finding->unit_count; u++) {
			if (finding->units[u].in_the_way)
				add_obstacle(capacity, arena, &finding->units[u]);
		}
	}
	if (capacity->obstacle_count)
		qsort(capacity->obstacles, capacity->obstacle_count, sizeof(*capacity->obstacles),
			most_first);
}

/* A hole of today that has begun is none to wait for. */
static bool is_ahead(const struct capacity_source *source, const struct occurrence *hole)
{
	return hole->day > source->now_day || hole->start >= source->now_minute;
}

/* The day of the first hole with an hour free, or all of it where it is shorter. */
static int next_free_day(
	const struct capacity_source *source, size_t unit, struct occurrence_list *holes)
{
	int days = source->now_day + CAPACITY_DAYS_AHEAD - source->ahead_day;

	holes->count = 0;
	if (days > 0)
		calendar_add_occurrences(&source->ahead[unit], source->breaks.items,
			source->breaks.count, source->ahead_day, days, holes);
	for (size_t i = 0; i < holes->count; i++) {
		if (holes->items[i].state == OCCURRENCE_OPEN && is_ahead(source, &holes->items[i]))
			return holes->items[i].day;
	}
	return DAY_LAST;
}

static int latest_first(const void *a, const void *b)
{
	const struct capacity_far *x = a, *y = b;

	if (x->next_day != y->next_day)
		return x->next_day > y->next_day ? -1 : 1;
	return strcmp(x->unit, y->unit);
}

static void add_far(const struct capacity_source *source, struct arena *arena,
	struct capacity *capacity, size_t unit, int next_day)
{
	capacity->far =
		arena_append(arena, capacity->far, &capacity->far_count, sizeof(*capacity->far));
	capacity->far[capacity->far_count - 1] = (struct capacity_far) {
		.unit = capacity->units[unit].unit,
		.area = capacity->units[unit].area,
		.next_day = next_day,
		.days = next_day == DAY_LAST ? 0 : next_day - source->now_day,
	};
}

static void find_far(
	const struct capacity_source *source, struct arena *arena, struct capacity *capacity)
{
	struct occurrence_list holes = { 0 };

	for (size_t i = 0; i < source->units.count; i++) {
		int next_day = next_free_day(source, i, &holes);

		if (next_day == DAY_LAST || next_day - source->now_day > source->target_days)
			add_far(source, arena, capacity, i, next_day);
	}
	free(holes.items);
	if (capacity->far_count)
		qsort(capacity->far, capacity->far_count, sizeof(*capacity->far), latest_first);
}

void capacity_compute(
	const struct capacity_source *source, struct arena *arena, struct capacity *capacity)
{
	*capacity = (struct capacity) { .from_day = source->from_day,
		.until_day = source->until_day,
		.target_days = source->target_days,
		.monday = monday_of(source->from_day) };
	capacity->week_count = (size_t)(source->until_day - capacity->monday) / 7 + 1;
	compute_units(source, arena, capacity);
	sum_areas(capacity, arena);
	count_findings(&source->findings, arena, capacity);
	find_far(source, arena, capacity);
}
