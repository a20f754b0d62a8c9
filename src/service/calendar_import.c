#include "kutsu/service/calendar_import.h"

#include "calendar_import_internal.h"
#include "kutsu/base/date.h"
#include "kutsu/base/digest.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/slot_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- What was there. */

static int compare_ids(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_slots(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;
	int order = compare_ids(x->event_id, y->event_id);

	return order ? order : compare_ids(x->id, y->id);
}

static int compare_closings(const void *a, const void *b)
{
	return compare_ids(
		((const struct closing *)a)->event_id, ((const struct closing *)b)->event_id);
}

static int compare_openings(const void *a, const void *b)
{
	return compare_ids(
		((const struct opening *)a)->event_id, ((const struct opening *)b)->event_id);
}

static void sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(items, count, size, compare);
}

static bool find_unit(struct import *import, const char *code, struct error *err)
{
	struct unit_list units;

	if (!get_units(import->use.session, &code, 1, UNITS_ACTIVE, import->arena, &units, err))
		return false;
	import->unit = units.items[0];
	return use_unit(&import->use, import->unit.id, import->unit.code, err);
}

static bool read_unit(struct import *import, const char *code, struct error *err)
{
	struct store *store = import->use.session->store;
	struct arena *arena = import->arena;

	if (!find_unit(import, code, err)
		|| !store_import_list(store, import->unit.id, arena, &import->known, err)
		|| !store_slot_list(store, import->unit.id, arena, &import->slots, err)
		|| !store_closing_list(store, import->unit.id, arena, &import->closings, err)
		|| !store_opening_list(store, import->unit.id, arena, &import->openings, err)
		|| !store_school_break_list(store, arena, &import->breaks, err))
		return false;
	sort(import->slots.items, import->slots.count, sizeof(struct slot), compare_slots);
	sort(import->closings.items, import->closings.count, sizeof(struct closing),
		compare_closings);
	sort(import->openings.items, import->openings.count, sizeof(struct opening),
		compare_openings);
	return true;
}

/* ---- Which events are for this unit. */

/* Of a file that names several units only what is the unit's own. */
static bool names_several_units(const struct ical_reading *reading)
{
	const char *first = NULL;

	for (size_t i = 0; i < reading->event_count; i++) {
		const char *unit = reading->events[i].unit;

		if (unit && first && strcasecmp(unit, first) != 0)
			return true;
		first = unit ? unit : first;
	}
	return false;
}

static bool is_own_slot(const struct import *import, long long id, const struct ical_event *event)
{
	const struct slot *told = event->slot_count == 1 ? &event->slots[0] : NULL;
	struct arena arena = { 0 };
	struct error ignored;
	struct slot slot;
	bool is_own = told
		      && store_slot_get(import->use.session->store, id, &arena, &slot, &ignored)
		      && slot.unit_id == import->unit.id && slot.weekday == told->weekday
		      && slot.start == told->start && slot.end == told->end
		      && slot.repeat == told->repeat;

	arena_release(&arena);
	return is_own;
}

static bool is_own_opening(
	const struct import *import, long long id, const struct ical_event *event)
{
	const struct opening *told = event->opening_count == 1 ? &event->openings[0] : NULL;

	if (!told)
		return false;
	for (size_t i = 0; i < import->openings.count; i++) {
		const struct opening *opening = &import->openings.items[i];

		if (opening->id == id)
			return opening->day == told->day && opening->start == told->start
			       && opening->end == told->end;
	}
	return false;
}

/* What we wrote out ourselves: a hole that is still there, or a meeting in somebody's calendar. */
static bool check_ours(
	struct import *import, const struct ical_event *event, bool *ours, struct error *err)
{
	size_t length = strlen(event->uid);
	long long id;
	int end = 0;

	if (sscanf(event->uid, "slot-%18lld@kutsu%n", &id, &end) == 1 && (size_t)end == length
		&& (*ours = is_own_slot(import, id, event)))
		return true;
	if (sscanf(event->uid, "opening-%18lld@kutsu%n", &id, &end) == 1 && (size_t)end == length
		&& (*ours = is_own_opening(import, id, event)))
		return true;
	return store_import_is_meeting(import->use.session->store, event->uid, ours, err);
}

/* ---- One event. */

const char *hash_import(struct arena *arena, const char *text, size_t length)
{
	unsigned char digest[DIGEST_SIZE];
	char hex[DIGEST_HEX_SIZE];

	digest_blake2b(text, length, digest);
	return arena_text(arena, digest_hex(digest, hex));
}

/* Of what the file says, whatever day it is read on. Busy times depend on that: they are compared
 * one by one. */
static const char *hash_content(struct arena *arena, const struct ical_event *event)
{
	struct text text = { 0 };
	const char *hash;

	for (size_t i = 0; i < event->slot_count; i++) {
		const struct slot *s = &event->slots[i];

		text_format(&text, "s %d %d %d %d %d %d %d %s\n", s->weekday, s->start, s->end,
			(int)s->repeat, s->from_day, s->until_day, s->capacity,
			s->place ? s->place : "");
	}
	for (size_t i = 0; event->is_hole && i < event->closing_count; i++) {
		const struct closing *c = &event->closings[i];

		text_format(&text, "c %d %d %d %d\n", c->from_day, c->until_day, c->start, c->end);
	}
	for (size_t i = 0; i < event->opening_count; i++) {
		const struct opening *o = &event->openings[i];

		text_format(&text, "o %d %d %d\n", o->day, o->start, o->end);
	}
	hash = hash_import(arena, text_get(&text), text.length);
	text_release(&text);
	return hash;
}

static int compare_known(const void *hash, const void *event)
{
	return strcmp(hash, ((const struct imported_event *)event)->uid_hash);
}

const struct imported_event *find_imported(const struct import *import, const char *uid_hash)
{
	return import->known.count ? bsearch(uid_hash, import->known.items, import->known.count,
		       sizeof(*import->known.items), compare_known)
				   : NULL;
}

static struct imported_event find_known(const struct import *import, const char *hash)
{
	const struct imported_event *found = find_imported(import, hash);

	return found ? *found
		     : (struct imported_event) { .unit_id = import->unit.id, .uid_hash = hash };
}

static void add_trouble(struct import *import, int line, const char *reason)
{
	struct calendar_report *report = import->report;

	report->troubles = arena_append(
		import->arena, report->troubles, &report->trouble_count, sizeof(*report->troubles));
	report->troubles[report->trouble_count - 1] =
		(struct ical_trouble) { line, arena_text(import->arena, reason) };
}

static bool change_event(struct import *import, const struct ical_event *event,
	struct imported_event *row, const char *content, struct error *err)
{
	struct use *use = &import->use;
	bool is_known = row->id != 0, is_new = strcmp(row->content_hash, content) != 0;
	bool is_told_new = is_new || row->sequence != event->sequence;
	struct event_plan plan;
	bool changed;

	row->content_hash = content;
	row->sequence = event->sequence;
	plan_event(import, event, &plan);
	import->closes |= !event->is_hole && plan.closing_count > 0;
	if (!merge_event(import, event, &plan, row, &changed, err))
		return false;
	import->report->unchanged += row->id && !changed;
	return !is_known || !is_told_new
	       || store_import_update(
		       &use->change, row, use->session->user.id, session_now(use->session), err);
}

static bool take_event(struct import *import, const struct ical_event *event, struct error *err)
{
	const char *content = hash_content(import->arena, event);
	struct imported_event row =
		find_known(import, hash_import(import->arena, event->uid, strlen(event->uid)));
	bool is_same = row.id && strcmp(row.content_hash, content) == 0;
	bool ours;

	if (row.id && event->sequence < row.sequence) {
		import->report->older++;
		return true;
	}
	if (row.id && event->is_part && !is_same) {
		add_trouble(import, event->line,
			_("only some occurrences of a series stand in the file; export all of it"));
		return true;
	}
	if (!check_ours(import, event, &ours, err))
		return false;
	if (ours || (is_same && event->is_hole)) {
		import->report->unchanged++;
		return true;
	}
	if (!row.id)
		row.content_hash = "";
	return change_event(import, event, &row, content, err);
}

/* Of what was a hole and is busy now no hole is left for others to close. */
static bool withdraw_event(struct import *import, const struct ical_event *event, struct error *err)
{
	struct imported_event row =
		find_known(import, hash_import(import->arena, event->uid, strlen(event->uid)));

	return event->is_hole || !row.id || event->is_part || event->sequence < row.sequence
	       || withdraw_slots(import, event, &row, err);
}

typedef bool event_taker(struct import *import, const struct ical_event *event, struct error *err);

static bool take_hole(struct import *import, const struct ical_event *event, struct error *err)
{
	return !event->is_hole || take_event(import, event, err);
}

static bool take_busy(struct import *import, const struct ical_event *event, struct error *err)
{
	return event->is_hole || take_event(import, event, err);
}

static bool take_each(struct import *import, const struct ical_reading *reading, event_taker *take,
	struct error *err)
{
	bool several = names_several_units(reading);

	for (size_t i = 0; i < reading->event_count; i++) {
		const struct ical_event *event = &reading->events[i];
		bool is_others =
			several && event->unit && strcasecmp(event->unit, import->unit.code) != 0;

		if (!is_others && !take(import, event, err))
			return false;
	}
	return true;
}

/* Holes first: a busy time may close one that comes with the same file. */
static bool take_events(
	struct import *import, const struct ical_reading *reading, struct error *err)
{
	return take_each(import, reading, take_hole, err)
	       && take_each(import, reading, withdraw_event, err)
	       && (!import->whole || withdraw_missing(import, reading, err))
	       && count_hole_minutes(import, err) && take_each(import, reading, take_busy, err);
}

/* ---- Meetings that lose their hole. */

struct ahead {
	struct meeting_list meetings; /* booked ones */
	bool *was_open;
};

static bool read_ahead(struct import *import, struct ahead *ahead, struct error *err)
{
	struct meeting_filter filter = {
		.from_day = import->today, .until_day = DAY_LAST, .unit_id = import->unit.id
	};
	size_t kept = 0;

	if (!store_meeting_list(
		    import->use.session->store, &filter, 0, import->arena, &ahead->meetings, err))
		return false;
	for (size_t i = 0; i < ahead->meetings.count; i++) {
		if (ahead->meetings.items[i].status == MEETING_BOOKED)
			ahead->meetings.items[kept++] = ahead->meetings.items[i];
	}
	ahead->meetings.count = kept;
	ahead->was_open = arena_new(import->arena, (kept + 1) * sizeof(bool));
	return true;
}

/* Which of them are in a hole of the unit, as its calendar is now. */
static bool find_open(
	struct import *import, const struct ahead *ahead, bool *is_open, struct error *err)
{
	struct session *session = import->use.session;
	const struct meeting_list *list = &ahead->meetings;
	struct unit_calendar calendar;

	if (!list->count)
		return true;
	if (!store_calendar_read(session->store, import->unit.id, import->today,
		    list->items[list->count - 1].day - import->today + 1, session_now(session), 0,
		    import->arena, &calendar, err))
		return false;
	for (size_t i = 0; i < list->count; i++)
		is_open[i] = calendar_is_open(&calendar, import->breaks.items, import->breaks.count,
			list->items[i].day, list->items[i].start, list->items[i].end);
	return true;
}

static bool find_losers(struct import *import, struct ahead *ahead, struct error *err)
{
	struct meeting_list *list = &ahead->meetings;
	bool *is_open = arena_new(import->arena, (list->count + 1) * sizeof(bool));
	size_t kept = 0;

	if (!find_open(import, ahead, is_open, err))
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (ahead->was_open[i] && !is_open[i])
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
	/* Who keeps the registry alone is told of no meeting. */
	if (session_may(import->use.session, USE_MEETING_LIST))
		import->report->meetings = *list;
	return true;
}

/* ---- All of it. */

static int compare_troubles(const void *a, const void *b)
{
	const struct ical_trouble *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

static bool take(struct import *import, const struct ical_reading *reading, const char *unit,
	struct error *err)
{
	struct ahead ahead;
	bool ok;

	ok = read_unit(import, unit, err) && read_ahead(import, &ahead, err)
	     && find_open(import, &ahead, ahead.was_open, err) && take_events(import, reading, err)
	     && find_losers(import, &ahead, err);
	import->report->busy_only = import->closes && !reading->names_hole;
	return ok;
}

static bool refuse_troubles(
	const struct calendar_order *order, const struct calendar_report *report, struct error *err)
{
	return order->partial || report->trouble_count == 0
	       || error_set(err, ERROR_FAILED,
		       P_("nothing was taken: %zu event can't be; correct it or use --partial",
			       "nothing was taken: %zu events can't be; correct them or use "
			       "--partial",
			       (long)report->trouble_count),
		       report->trouble_count);
}

/* A look ahead is done and taken back; the log tells of it by itself. */
static bool end_dry_run(struct use *use, struct session *session, bool ok, const char *unit,
	struct arena *arena, struct error *err)
{
	struct error taken_back = { 0 };

	if (!use_end(use, false, ok ? &taken_back : err) && !ok)
		return false;
	return use_begin(use, session, USE_IMPORT_CALENDAR, unit, err)
	       && use_end(use, use_log(use, 0, arena_printf(arena, "%s dry run", unit), err), err);
}

static bool import_reading(struct session *session, const struct calendar_order *order,
	const struct ical_reading *reading, struct import *import, struct error *err)
{
	struct calendar_report *report = import->report;
	struct use *use = &import->use;
	bool ok;

	if (!use_begin(use, session, USE_IMPORT_CALENDAR, order->unit, err))
		return false;
	ok = take(import, reading, order->unit, err);
	if (report->trouble_count > 1)
		qsort(report->troubles, report->trouble_count, sizeof(*report->troubles),
			compare_troubles);
	if (order->dry_run)
		return end_dry_run(use, session, ok, import->unit.code, import->arena, err)
		       && refuse_troubles(order, report, err);
	ok = ok && refuse_troubles(order, report, err) && use_log(use, 0, import->unit.code, err);
	return use_end(use, ok, err);
}

bool calendar_import(struct session *session, const struct calendar_order *order,
	struct arena *arena, struct calendar_report *report, struct error *err)
{
	struct import import = { .arena = arena, .report = report, .whole = order->whole };
	struct ical_reading reading;
	bool ok;

	*report = (struct calendar_report) { 0 };
	import.today = session_today(session);
	if (!use_check(session, USE_IMPORT_CALENDAR, NULL, err))
		return false;
	ok = ical_read(order->bytes, order->length, session->zone, import.today, IMPORT_DAYS, arena,
		&reading, err);
	report->refused_line = reading.refused_line;
	if (!ok)
		return false;
	report->troubles = reading.troubles;
	report->trouble_count = reading.trouble_count;
	ok = import_reading(session, order, &reading, &import, err);
	if (!ok && err->code != ERROR_FAILED)
		*report = (struct calendar_report) { 0 };
	return ok;
}
