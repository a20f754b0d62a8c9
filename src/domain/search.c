#include "kutsu/domain/search.h"

#include "calendar_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/domain/holiday.h"

#include <stdlib.h>
#include <string.h>

/* A time at which one needed unit is free. */
struct entry {
	int start, end;
	size_t unit;
};

/* What all the steps of one search share. Entries lie day by day. */
struct work {
	const struct search *search;
	int first_day, days;
	struct entry *entries;
	size_t *day_at; /* days + 1 indexes into entries */
	struct search_result *result;
	size_t hole_capacity, near_miss_capacity;
};

/* A part of a day in which the same units are free throughout. */
struct segment {
	int start, end;
	size_t missing[NEAR_MISS_MOST_MISSING];
	size_t missing_count; /* more than the most: too many to name */
};

/* The part of the day that may be used at all: empty on days that do not suit. */
static struct day_span usable_part(const struct search *search, int day)
{
	struct day_span part = { day, search->limits.after, search->limits.before };

	if (search->limits.not_weekdays & 1u << day_weekday(day))
		part.end = part.start;
	else if (day == search->now_day && part.start < search->now_minute)
		part.start = search->now_minute;
	return part;
}

static void choose_days(struct work *work)
{
	const struct search *search = work->search;
	int end = search->first_day + search->days;

	work->first_day = search->first_day;
	if (work->first_day < search->now_day)
		work->first_day = search->now_day;
	if (search->notice > 0) {
		int possible = day_after_working_days(search->now_day, search->notice);

		if (work->first_day < possible)
			work->first_day = possible;
	}
	work->days = end > work->first_day ? end - work->first_day : 0;
}

/* Free times of all needed units, each with its unit, in `units` order. */
static struct day_span_list collect_free(const struct work *work, size_t *unit_at)
{
	const struct search *search = work->search;
	struct day_span_list spans = { 0 };
	struct period period;

	period_init(&period, work->first_day, work->days, search->breaks, search->break_count);
	for (size_t i = 0; i < search->unit_count; i++) {
		unit_at[i] = spans.count;
		calendar_add_free_of(&search->units[i], &period, &spans);
	}
	unit_at[search->unit_count] = spans.count;
	period_release(&period);
	return spans;
}

static bool cut(const struct work *work, struct day_span *span)
{
	struct day_span part = usable_part(work->search, span->day);

	if (span->start < part.start)
		span->start = part.start;
	if (span->end > part.end)
		span->end = part.end;
	return span->start < span->end;
}

/* Sorts the free times by day (a counting sort), cut to what suits. */
static void lay_out_days(struct work *work)
{
	size_t units = work->search->unit_count;
	size_t *unit_at = memory_new((units + 1) * sizeof(*unit_at));
	struct day_span_list spans = collect_free(work, unit_at);
	size_t *next;

	work->entries = memory_new((spans.count + 1) * sizeof(*work->entries));
	work->day_at = memory_new(((size_t)work->days + 2) * sizeof(*work->day_at));
	for (size_t i = 0; i < spans.count; i++)
		work->day_at[spans.items[i].day - work->first_day + 1]++;
	for (int d = 0; d < work->days; d++)
		work->day_at[d + 1] += work->day_at[d];
	next = memory_new(((size_t)work->days + 1) * sizeof(*next));
	memcpy(next, work->day_at, ((size_t)work->days + 1) * sizeof(*next));
	for (size_t unit = 0; unit < units; unit++) {
		for (size_t i = unit_at[unit]; i < unit_at[unit + 1]; i++) {
			struct day_span span = spans.items[i];
			bool usable = cut(work, &span);

			work->entries[next[span.day - work->first_day]++] =
				(struct entry) { span.start, usable ? span.end : span.start, unit };
		}
	}
	free(next);
	free(spans.items);
	free(unit_at);
}

/* Where on one day units become free (+1 each) and cease to be (-1). */
struct edges {
	int first, last;		 /* none lies outside */
	int changes[MINUTES_IN_DAY + 1]; /* may be 0 at an edge too: one ceases, one begins */
	bool is_edge[MINUTES_IN_DAY + 1];
};

static void find_edges(const struct entry *entries, size_t count, struct edges *edges)
{
	*edges = (struct edges) { .first = MINUTES_IN_DAY };
	for (size_t i = 0; i < count; i++) {
		int start = entries[i].start, end = entries[i].end;

		edges->changes[start]++;
		edges->changes[end]--;
		edges->is_edge[start] = edges->is_edge[end] = true;
		edges->first = start < edges->first ? start : edges->first;
		edges->last = end > edges->last ? end : edges->last;
	}
}

static bool is_full(const struct work *work, size_t count)
{
	return work->search->limit && count >= work->search->limit;
}

static void add_hole(struct work *work, int day, int start, int end)
{
	struct search_result *result = work->result;

	if (end - start < work->search->minutes || is_full(work, result->hole_count))
		return;
	result->holes = memory_grow(
		result->holes, result->hole_count, &work->hole_capacity, sizeof(*result->holes));
	result->holes[result->hole_count++] = (struct shared_hole) { day, start, end, NULL };
}

static void find_holes_of_day(struct work *work, int day, const struct entry *entries, size_t count)
{
	int all = (int)work->search->unit_count, free_units = 0, start = -1;
	struct edges edges;

	if (count < work->search->unit_count)
		return;
	find_edges(entries, count, &edges);
	for (int minute = edges.first; minute <= edges.last; minute++) {
		free_units += edges.changes[minute];
		if (free_units == all && start < 0)
			start = minute;
		if (free_units < all && start >= 0) {
			add_hole(work, day, start, minute);
			start = -1;
		}
	}
}

static void add_near_miss(struct work *work, const struct near_miss *near_miss)
{
	struct search_result *result = work->result;

	result->near_misses = memory_grow(result->near_misses, result->near_miss_count,
		&work->near_miss_capacity, sizeof(*result->near_misses));
	result->near_misses[result->near_miss_count++] = *near_miss;
}

/* The units not free in a segment that lacks few; `is_free` is room for one flag a unit. */
static void name_missing(const struct entry *entries, size_t count, size_t units, bool *is_free,
	struct segment *segment)
{
	size_t named = 0;

	memset(is_free, 0, units * sizeof(*is_free));
	for (size_t i = 0; i < count; i++) {
		if (entries[i].start <= segment->start && segment->end <= entries[i].end)
			is_free[entries[i].unit] = true;
	}
	for (size_t unit = 0; named < segment->missing_count; unit++) {
		if (!is_free[unit])
			segment->missing[named++] = unit;
	}
}

/* Cuts the day at every start and end. `segments` has room for 2 * count. */
static size_t cut_into_segments(
	const struct entry *entries, size_t count, size_t units, struct segment *segments)
{
	bool *is_free = memory_new(units * sizeof(*is_free));
	size_t segment_count = 0;
	struct edges edges;
	int free_units, start;

	find_edges(entries, count, &edges);
	start = edges.first;
	free_units = edges.changes[start];
	for (int minute = start + 1; minute <= edges.last; minute++) {
		struct segment *segment = &segments[segment_count];

		if (!edges.is_edge[minute])
			continue;
		*segment = (struct segment) { .start = start, .end = minute };
		segment->missing_count = units - (size_t)free_units;
		if (segment->missing_count <= NEAR_MISS_MOST_MISSING)
			name_missing(entries, count, units, is_free, segment);
		segment_count++;
		start = minute;
		free_units += edges.changes[minute];
	}
	free(is_free);
	return segment_count;
}

/* Whether everybody but those in `without` is free. */
static bool serves_without(const struct segment *segment, const struct near_miss *without)
{
	size_t known = 0;

	if (segment->missing_count > without->missing_count)
		return false;
	for (size_t i = 0; i < segment->missing_count; i++) {
		for (size_t m = 0; m < without->missing_count; m++)
			known += segment->missing[i] == without->missing[m];
	}
	return known == segment->missing_count;
}

/*
 * The maximal windows of the day in which all but those of `without` are free. Each of those is
 * not free for a part of it: else it would be a shared hole, or a near miss with fewer missing, and
 * where there is one of these find_near_misses() does not come here.
 */
static void find_without(
	struct work *work, const struct segment *segments, size_t count, struct near_miss without)
{
	size_t i = 0;

	while (i < count) {
		if (!serves_without(&segments[i], &without)) {
			i++;
			continue;
		}
		without.start = segments[i].start;
		do
			without.end = segments[i++].end;
		while (i < count && serves_without(&segments[i], &without));
		if (without.end - without.start >= work->search->minutes)
			add_near_miss(work, &without);
	}
}

/* The units missing from some segment that lacks no more than `most`, rising, once each. */
static size_t list_missing(
	const struct segment *segments, size_t count, size_t most, size_t units, size_t *list)
{
	bool *is_missing = memory_new(units * sizeof(*is_missing));
	size_t listed = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t m = 0;
			segments[i].missing_count <= most && m < segments[i].missing_count; m++)
			is_missing[segments[i].missing[m]] = true;
	}
	for (size_t unit = 0; unit < units; unit++) {
		if (is_missing[unit])
			list[listed++] = unit;
	}
	free(is_missing);
	return listed;
}

static void find_near_misses_of_day(
	struct work *work, int day, const struct entry *entries, size_t count, size_t most)
{
	size_t units = work->search->unit_count;
	struct segment *segments;
	size_t segment_count, *missing, missing_count;

	if (count == 0 || count + most < units)
		return;
	segments = memory_new(2 * count * sizeof(*segments));
	missing = memory_new(units * sizeof(*missing));
	segment_count = cut_into_segments(entries, count, units, segments);
	missing_count = list_missing(segments, segment_count, most, units, missing);
	for (size_t a = 0; a < missing_count; a++) {
		struct near_miss without = {
			.day = day, .missing = { missing[a] }, .missing_count = most
		};

		if (most == 1)
			find_without(work, segments, segment_count, without);
		for (size_t b = a + 1; most == 2 && b < missing_count; b++) {
			without.missing[1] = missing[b];
			find_without(work, segments, segment_count, without);
		}
	}
	free(missing);
	free(segments);
}

/*
 * No two begin at once: from there on they could only differ in a part where a unit that one of
 * them names stands in the way, and there the other ends without having needed its own.
 */
static int compare_near_misses(const void *a, const void *b)
{
	const struct near_miss *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->start - y->start;
}

/* Day by day up to the first shared hole's, with one missing; with two only where that finds none.
 */
static void find_near_misses(struct work *work)
{
	struct search_result *result = work->result;
	int days = result->hole_count ? result->holes[0].day - work->first_day : work->days;

	for (size_t most = 1; most <= NEAR_MISS_MOST_MISSING && result->near_miss_count == 0;
		most++) {
		for (int d = 0; d < days && most < work->search->unit_count; d++) {
			find_near_misses_of_day(work, work->first_day + d,
				work->entries + work->day_at[d],
				work->day_at[d + 1] - work->day_at[d], most);
			if (is_full(work, result->near_miss_count))
				break;
		}
	}
	if (result->near_miss_count)
		qsort(result->near_misses, result->near_miss_count, sizeof(*result->near_misses),
			compare_near_misses);
	if (is_full(work, result->near_miss_count))
		result->near_miss_count = work->search->limit;
}

static void mark_optional(const struct search *search, struct shared_hole *hole)
{
	if (search->optional_count == 0)
		return;
	hole->optional_free = memory_new(search->optional_count * sizeof(*hole->optional_free));
	for (size_t i = 0; i < search->optional_count; i++)
		hole->optional_free[i] = calendar_has_room(&search->optional[i], search->breaks,
			search->break_count, hole->day, hole->start, hole->end);
}

void search_run(const struct search *search, struct search_result *result)
{
	struct work work = { .search = search, .result = result };

	*result = (struct search_result) { 0 };
	choose_days(&work);
	lay_out_days(&work);
	for (int d = 0; d < work.days && !is_full(&work, result->hole_count); d++)
		find_holes_of_day(&work, work.first_day + d, work.entries + work.day_at[d],
			work.day_at[d + 1] - work.day_at[d]);
	find_near_misses(&work);
	for (size_t i = 0; i < result->hole_count; i++)
		mark_optional(search, &result->holes[i]);
	free(work.entries);
	free(work.day_at);
}

void search_result_release(struct search_result *result)
{
	for (size_t i = 0; i < result->hole_count; i++)
		free(result->holes[i].optional_free);
	free(result->holes);
	free(result->near_misses);
	*result = (struct search_result) { 0 };
}
