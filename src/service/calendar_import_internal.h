/* One calendar being read in: what was there, and what an event makes of it. */
#ifndef KUTSU_SERVICE_CALENDAR_IMPORT_INTERNAL_H
#define KUTSU_SERVICE_CALENDAR_IMPORT_INTERNAL_H

#include "kutsu/base/arena.h"
#include "kutsu/domain/calendar.h"
#include "kutsu/service/calendar_import.h"
#include "kutsu/store/import_store.h"
#include "service_internal.h"

#define IMPORT_DAYS 400 /* ahead, in which busy times close holes */

struct import {
	struct use use;
	struct arena *arena;
	struct calendar_report *report;
	bool whole; /* the file is the whole calendar */
	struct unit unit;
	int today;
	struct imported_event_list known;
	/* Of the unit, by event; those from before the import. */
	struct slot_list slots;
	struct closing_list closings;
	struct opening_list openings;
	struct school_break_list breaks;
	/* Of each of the days ahead: how many of its minutes up to one lie in a hole. */
	short (*hole_minutes)[1441];
	bool closes; /* a busy time does */
};

/* What an event is to be from today on. */
struct event_plan {
	struct slot *slots;
	size_t slot_count;
	struct closing *closings;
	size_t closing_count;
	struct opening *openings;
	size_t opening_count;
};

/* One event's part of the merge. */
struct merge {
	struct import *import;
	const struct ical_event *event;
	struct imported_event *row;
	bool changed;
};

/* Of a hole's event, or of one that tells when somebody is busy. */
void plan_event(struct import *import, const struct ical_event *event, struct event_plan *plan);

/*
 * Makes what an event (0: a new one, whose id is written when it is needed) has in the database
 * from today on to what is planned. *changed says whether there was anything to do.
 */
bool merge_event(struct import *import, const struct ical_event *event, struct event_plan *plan,
	struct imported_event *row, bool *changed, struct error *err) MUST_CHECK;

/*
 * The same for its slots alone. One whose time, repeat and end are the same stays as it is, with
 * what was typed in here; one that the unit has already, made by hand, becomes the event's.
 */
bool merge_slots(
	struct merge *merge, struct slot *planned, size_t count, struct error *err) MUST_CHECK;

/* Notes a change for the report, to be filled in. */
struct calendar_change *merge_note(
	struct merge *merge, enum calendar_change_kind kind, enum calendar_thing thing);
/* The event's row is needed: its things point to it. */
bool merge_need_row(struct merge *merge, struct error *err) MUST_CHECK;

/* The first of an event's things in a list that is sorted by event, or its count. */
size_t first_of_event(const void *items, size_t count, size_t size, size_t event_at, int64_t event);

#define FIRST_OF(list, type, event)                                                                \
	first_of_event((list).items, (list).count, sizeof(type), offsetof(type, event_id), event)

/* Ends the slots of an event that was a hole and is a busy time now: merge_event() leaves those of
 * busy times alone. */
bool withdraw_slots(struct import *import, const struct ical_event *event,
	struct imported_event *row, struct error *err) MUST_CHECK;

/* Ends what came with events that the file has no more. */
bool withdraw_missing(
	struct import *import, const struct ical_reading *reading, struct error *err) MUST_CHECK;

const char *hash_import(struct arena *arena, const char *text, size_t length);
/* NULL: none of the unit's has a UID of that hash. */
const struct imported_event *find_imported(const struct import *import, const char *uid_hash);

/* Counts the minutes that lie in the unit's slots as they are now. */
bool count_hole_minutes(struct import *import, struct error *err) MUST_CHECK;

#endif
