#include "calendar_import_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/store/slot_store.h"

#include <stdlib.h>
#include <string.h>

/* ---- What is planned. */

static bool is_closed_anyway(const struct import *import, int day)
{
	struct unit_calendar calendar = { .school_based = import->unit.school_based,
		.municipality = import->unit.municipality };

	return calendar_closes(
		&calendar, import->breaks.items, import->breaks.count, day, 0, MINUTES_IN_DAY);
}

static bool overlaps_hole(const struct import *import, const struct closing *closing)
{
	int day = closing->from_day - import->today;

	if (day < 0 || day >= IMPORT_DAYS || !import->hole_minutes)
		return false;
	return import->hole_minutes[day][closing->end] > import->hole_minutes[day][closing->start];
}

/* Whole days close whatever will be there; a time closes the holes that are, and is kept for no
 * other. */
static bool closes_something(
	const struct import *import, const struct ical_event *event, const struct closing *closing)
{
	if (closing->until_day < import->today)
		return false;
	if (!event->is_hole && !closing->end)
		return true;
	return !is_closed_anyway(import, closing->from_day)
	       && (event->is_hole || overlaps_hole(import, closing));
}

void plan_event(struct import *import, const struct ical_event *event, struct event_plan *plan)
{
	*plan = (struct event_plan) {
		.slots = arena_new(import->arena, event->slot_count * sizeof(*plan->slots)),
		.closings =
			arena_new(import->arena, event->closing_count * sizeof(*plan->closings)),
		.openings =
			arena_new(import->arena, event->opening_count * sizeof(*plan->openings)),
	};
	for (size_t i = 0; i < event->slot_count; i++) {
		struct slot slot = event->slots[i];

		slot.from_day = slot_next_day(&slot, import->today);
		if (slot.from_day != DAY_LAST)
			plan->slots[plan->slot_count++] = slot;
	}
	for (size_t i = 0; i < event->closing_count; i++) {
		struct closing closing = event->closings[i];

		if (!closes_something(import, event, &closing))
			continue;
		/* What was stays as it was. */
		if (closing.from_day < import->today)
			closing.from_day = import->today;
		plan->closings[plan->closing_count++] = closing;
	}
	for (size_t i = 0; i < event->opening_count; i++) {
		if (event->openings[i].day >= import->today)
			plan->openings[plan->opening_count++] = event->openings[i];
	}
}

static void count_slot(struct import *import, const struct slot *slot)
{
	int last = import->today + IMPORT_DAYS - 1;

	for (int day = slot_next_day(slot, import->today); day <= last;
		day = slot_next_day(slot, day + 7)) {
		short *minutes = import->hole_minutes[day - import->today];

		for (int minute = slot->start; minute < slot->end; minute++)
			minutes[minute + 1] = 1;
	}
}

bool count_hole_minutes(struct import *import, struct error *err)
{
	struct arena arena = { 0 };
	struct slot_list slots;

	if (!store_slot_list(import->use.session->store, import->unit.id, &arena, &slots, err)) {
		arena_release(&arena);
		return false;
	}
	import->hole_minutes =
		arena_new(import->arena, IMPORT_DAYS * sizeof(*import->hole_minutes));
	for (size_t i = 0; i < slots.count; i++)
		count_slot(import, &slots.items[i]);
	for (int day = 0; day < IMPORT_DAYS; day++) {
		for (int minute = 1; minute <= MINUTES_IN_DAY; minute++)
			import->hole_minutes[day][minute] =
				(short)(import->hole_minutes[day][minute]
					+ import->hole_minutes[day][minute - 1]);
	}
	arena_release(&arena);
	return true;
}

/* ---- What has to be done for it. */

struct calendar_change *merge_note(
	struct merge *merge, enum calendar_change_kind kind, enum calendar_thing thing)
{
	struct calendar_report *report = merge->import->report;

	report->changes = arena_append(merge->import->arena, report->changes, &report->change_count,
		sizeof(*report->changes));
	merge->changed = true;
	report->changes[report->change_count - 1] = (struct calendar_change) {
		.kind = kind, .thing = thing, .line = merge->event->line
	};
	return &report->changes[report->change_count - 1];
}

bool merge_need_row(struct merge *merge, struct error *err)
{
	struct use *use = &merge->import->use;

	return merge->row->id
	       || store_import_add(&use->change, merge->row, use->session->user.id,
		       session_now(use->session), err);
}

static bool add_closing(struct merge *merge, void *item, struct error *err)
{
	struct closing *closing = item;

	if (!merge_need_row(merge, err))
		return false;
	closing->unit_id = merge->import->unit.id;
	closing->unit = merge->import->unit.code;
	closing->event_id = merge->row->id;
	if (!store_closing_add(&merge->import->use.change, closing, err))
		return false;
	merge_note(merge, CALENDAR_ADDED, CALENDAR_CLOSING)->closing = *closing;
	return true;
}

static bool end_closing(struct merge *merge, void *item, struct error *err)
{
	struct change *change = &merge->import->use.change;
	struct closing *closing = item, past = *closing;

	if (!store_closing_remove(change, closing->id, err))
		return false;
	past.until_day = merge->import->today - 1;
	if (past.from_day <= past.until_day && !store_closing_add(change, &past, err))
		return false;
	merge_note(merge, CALENDAR_ENDED, CALENDAR_CLOSING)->closing = *closing;
	return true;
}

static bool add_opening(struct merge *merge, void *item, struct error *err)
{
	struct opening *opening = item;

	if (!merge_need_row(merge, err))
		return false;
	opening->unit_id = merge->import->unit.id;
	opening->unit = merge->import->unit.code;
	opening->event_id = merge->row->id;
	if (!store_opening_add(&merge->import->use.change, opening, err))
		return false;
	merge_note(merge, CALENDAR_ADDED, CALENDAR_OPENING)->opening = *opening;
	return true;
}

static bool end_opening(struct merge *merge, void *item, struct error *err)
{
	struct opening *opening = item;

	if (!store_opening_remove(&merge->import->use.change, opening->id, err))
		return false;
	merge_note(merge, CALENDAR_ENDED, CALENDAR_OPENING)->opening = *opening;
	return true;
}

static int order_of(const int *x, const int *y, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return 0;
}

#define ORDER_OF(x, y) order_of(x, y, sizeof(x) / sizeof((x)[0]))

static int compare_closings(const void *a, const void *b)
{
	const struct closing *x = a, *y = b;
	const int p[] = { x->from_day, x->start, x->until_day, x->end };
	const int q[] = { y->from_day, y->start, y->until_day, y->end };

	return ORDER_OF(p, q);
}

static int compare_openings(const void *a, const void *b)
{
	const struct opening *x = a, *y = b;
	const int p[] = { x->day, x->start, x->end };
	const int q[] = { y->day, y->start, y->end };

	return ORDER_OF(p, q);
}

/* How one kind of things is compared, added and ended. */
struct kind {
	size_t size;
	int (*compare)(const void *a, const void *b);
	bool (*add)(struct merge *merge, void *item, struct error *err);
	bool (*end)(struct merge *merge, void *item, struct error *err);
};

static const struct kind closing_kind = { sizeof(struct closing), compare_closings, add_closing,
	end_closing };
static const struct kind opening_kind = { sizeof(struct opening), compare_openings, add_opening,
	end_opening };

struct things {
	char *items;
	size_t count;
};

static void sort(struct things things, const struct kind *kind)
{
	if (things.count > 1)
		qsort(things.items, things.count, kind->size, kind->compare);
}

/* What is in both stays. */
static bool merge_things(struct merge *merge, const struct kind *kind, struct things there,
	struct things planned, struct error *err)
{
	size_t i = 0, j = 0;

	sort(there, kind);
	sort(planned, kind);
	while (i < there.count || j < planned.count) {
		void *old = there.items + i * kind->size, *new = planned.items + j * kind->size;
		int order = i == there.count	 ? 1
			    : j == planned.count ? -1
						 : kind->compare(old, new);

		if ((order < 0 && !kind->end(merge, old, err))
			|| (order > 0 && !kind->add(merge, new, err)))
			return false;
		i += order <= 0;
		j += order >= 0;
	}
	return true;
}

size_t first_of_event(const void *items, size_t count, size_t size, size_t event_at, int64_t event)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int64_t id;

		memcpy(&id, (const char *)items + middle * size + event_at, sizeof(id));
		if (id < event)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct things closings_there(struct import *import, int64_t event)
{
	struct closing_list found = { 0 };

	for (size_t i = FIRST_OF(import->closings, struct closing, event);
		i < import->closings.count && import->closings.items[i].event_id == event; i++) {
		const struct closing *closing = &import->closings.items[i];

		if (closing->until_day < import->today)
			continue;
		found.items =
			arena_append(import->arena, found.items, &found.count, sizeof(*closing));
		found.items[found.count - 1] = *closing;
	}
	return (struct things) { (char *)found.items, found.count };
}

static struct things openings_there(struct import *import, int64_t event)
{
	struct opening_list found = { 0 };

	for (size_t i = FIRST_OF(import->openings, struct opening, event);
		i < import->openings.count && import->openings.items[i].event_id == event; i++) {
		const struct opening *opening = &import->openings.items[i];

		if (opening->day < import->today)
			continue;
		found.items =
			arena_append(import->arena, found.items, &found.count, sizeof(*opening));
		found.items[found.count - 1] = *opening;
	}
	return (struct things) { (char *)found.items, found.count };
}

static int compare_ends(const void *a, const void *b)
{
	const struct closing *x = a, *y = b;
	const int p[] = { x->until_day, x->start, x->end };
	const int q[] = { y->until_day, y->start, y->end };

	return ORDER_OF(p, q);
}

/* One that is under way goes on, and keeps the day on which it began. */
static void keep_beginnings(
	const struct import *import, struct things there, struct event_plan *plan)
{
	struct things under_way = there;
	struct closing *old = (struct closing *)there.items;

	under_way.count = 0;
	for (size_t i = 0; i < there.count; i++) {
		struct closing closing = old[i];

		if (closing.from_day >= import->today)
			continue;
		old[i] = old[under_way.count];
		old[under_way.count++] = closing;
	}
	sort(under_way, &(struct kind) { sizeof(*old), compare_ends, NULL, NULL });
	for (size_t i = 0; under_way.count && i < plan->closing_count; i++) {
		struct closing *closing = &plan->closings[i];
		const struct closing *same =
			closing->from_day == import->today
				? bsearch(closing, old, under_way.count, sizeof(*old), compare_ends)
				: NULL;

		if (same)
			closing->from_day = same->from_day;
	}
}

static struct things none_there(void)
{
	return (struct things) { NULL, 0 };
}

bool merge_event(struct import *import, const struct ical_event *event, struct event_plan *plan,
	struct imported_event *row, bool *changed, struct error *err)
{
	struct merge merge = { import, event, row, false };
	int64_t id = row->id;
	struct things closings = { (char *)plan->closings, plan->closing_count };
	struct things openings = { (char *)plan->openings, plan->opening_count };
	struct things there = id ? closings_there(import, id) : none_there();
	bool ok;

	keep_beginnings(import, there, plan);
	ok = (!event->is_hole || merge_slots(&merge, plan->slots, plan->slot_count, err))
	     && merge_things(&merge, &closing_kind, there, closings, err)
	     && merge_things(&merge, &opening_kind, id ? openings_there(import, id) : none_there(),
		     openings, err);

	*changed = merge.changed;
	return ok;
}

bool withdraw_slots(struct import *import, const struct ical_event *event,
	struct imported_event *row, struct error *err)
{
	struct merge merge = { import, event, row, false };

	return merge_slots(&merge, NULL, 0, err);
}
