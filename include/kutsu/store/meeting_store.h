/* Meetings, holds, records and agreed actions. */
#ifndef KUTSU_STORE_MEETING_STORE_H
#define KUTSU_STORE_MEETING_STORE_H

#include "kutsu/domain/meeting.h"
#include "kutsu/store/store.h"

struct arena;

/* ERROR_NOT_FOUND */
bool store_meeting_get(struct store *store, int64_t id, struct arena *arena,
	struct meeting *meeting, struct error *err) MUST_CHECK;

/* Says that there is none; always false. The words for one that may not be seen, too. */
bool store_meeting_missing(int64_t id, struct error *err);

struct meeting_filter {
	int from_day, until_day; /* both included; DAY_FIRST and DAY_LAST: all */
	int64_t unit_id;	 /* 0: any */
	int64_t contact_id;	 /* user: booked ones of the own units only; 0: any */
};

typedef bool meeting_visitor(void *context, const struct meeting *meeting, struct error *err);

/* By start. Visits row by row; texts live until the visitor returns. */
bool store_meeting_each(struct store *store, const struct meeting_filter *filter,
	meeting_visitor *visit, void *context, struct error *err) MUST_CHECK;
/* At most `limit`, by start. */
bool store_meeting_list(struct store *store, const struct meeting_filter *filter, int64_t limit,
	struct arena *arena, struct meeting_list *list, struct error *err) MUST_CHECK;
/* Of one case, by start. */
bool store_meeting_of_case(struct store *store, int64_t case_id, struct arena *arena,
	struct meeting_list *list, struct error *err) MUST_CHECK;
/* Booked ones that are over and not recorded, oldest first; none of a purged case. */
bool store_meeting_unrecorded(struct store *store, int day, int minute, int64_t limit,
	struct arena *arena, struct meeting_list *list, struct error *err) MUST_CHECK;
/* The latest that are over, newest first, from `day` back. contact_id as in the filter. */
bool store_meeting_past(struct store *store, int day, int64_t contact_id, int64_t limit,
	struct arena *arena, struct meeting_list *list, struct error *err) MUST_CHECK;

/*
 * Adds a meeting for these units, all or none. Writes its id. `case_id` is 0 for a hold, `user_id`
 * who books it.
 *
 * ERROR_CONFLICT  a unit has no room (the database's own rule)
 */
bool store_meeting_add(struct change *change, struct meeting *meeting, int64_t case_id,
	int64_t user_id, const int64_t *unit_ids, size_t unit_count, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: no room, or it is no booking any more */
bool store_meeting_move(
	struct change *change, const struct meeting *meeting, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: it is no booking any more, or its case was purged */
bool store_meeting_cancel(struct change *change, int64_t id, const char *reason, int64_t at,
	struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: the unit has no room then. */
bool store_meeting_add_unit(
	struct change *change, int64_t id, int64_t unit_id, struct error *err) MUST_CHECK;
bool store_meeting_remove_unit(
	struct change *change, int64_t id, int64_t unit_id, struct error *err) MUST_CHECK;
/* The meeting of an iCalendar UID. ERROR_NOT_FOUND */
bool store_meeting_of_uid(struct store *store, const char *uid, struct arena *arena,
	struct meeting *meeting, struct error *err) MUST_CHECK;
/* The holds in force at `now` (UTC), by when they run out. */
bool store_hold_list(struct store *store, int64_t now, struct arena *arena,
	struct meeting_list *list, struct error *err) MUST_CHECK;
/*
 * Takes away the hold of that number if it is that writer's (a number that has run out may be
 * another's by now), and those that have run out by `now`. id 0: only those.
 */
bool store_hold_remove(struct change *change, int64_t id, const char *writer, int64_t now,
	struct error *err) MUST_CHECK;

/*
 * Writes the record, all in one; a record that is there is replaced, its actions included. One of
 * its actions that was done stays done, since the same moment: it is known by its id, where one is
 * given, or by who and what. Others that are given as done are done `at`.
 * ERROR_CONFLICT: the meeting was cancelled or is only held, or its case was purged.
 */
bool store_record_write(struct change *change, int64_t meeting_id, int64_t user_id, int64_t at,
	const struct meeting_record *record, const int64_t *attended, const int64_t *absent,
	struct error *err) MUST_CHECK;
/* *found is false where the meeting has no record. */
bool store_record_get(struct store *store, int64_t meeting_id, struct arena *arena,
	struct meeting_record *record, bool *found, struct error *err) MUST_CHECK;

enum action_choice { ACTIONS_ALL, ACTIONS_UNDONE, ACTIONS_LATE };

/* By due day, those without one last. `today` says what is late. limit 0: all. What is undone or
 * late of a purged case waits for nobody. */
bool store_action_list(struct store *store, enum action_choice choice, int today, int64_t limit,
	struct arena *arena, struct action_list *list, struct error *err) MUST_CHECK;
typedef bool action_visitor(void *context, const struct agreed_action *action, struct error *err);
/* Due between two days, both included; those without a day only when there are no bounds. In the
 * order agreed: sorting a million rows would take their memory. */
bool store_action_each(struct store *store, int from_day, int until_day, action_visitor *visit,
	void *context, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND. One that is done stays so. */
bool store_action_done(struct change *change, int64_t id, int64_t at, struct error *err) MUST_CHECK;
/* The case it belongs to. ERROR_NOT_FOUND */
bool store_action_case(
	struct store *store, int64_t id, int64_t *case_id, struct error *err) MUST_CHECK;
/* Takes "done" back. ERROR_NOT_FOUND */
bool store_action_undone(struct change *change, int64_t id, struct error *err) MUST_CHECK;

/* A recorded meeting after which a follow-up was to come. */
struct follow_up {
	int64_t meeting_id;
	const char *case_code;
	int met_day;	   /* of the meeting that asked for it */
	int due_day;	   /* DAY_LAST: no time was set */
	int64_t booked_id; /* 0: none is booked */
	int booked_day, booked_start, booked_end;
};

struct follow_up_list {
	struct follow_up *items;
	size_t count;
};

/* Of open cases, each met last: those missing, and those booked for `today` or later; by day. */
bool store_follow_up_list(struct store *store, int today, int64_t limit, struct arena *arena,
	struct follow_up_list *list, struct error *err) MUST_CHECK;

#endif
