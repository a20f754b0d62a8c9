/* Units' calendars: what they have promised, with all that adds to it, suspends it or takes it. */
#ifndef KUTSU_STORE_CALENDAR_STORE_H
#define KUTSU_STORE_CALENDAR_STORE_H

#include "kutsu/domain/calendar.h"
#include "kutsu/domain/unit.h"
#include "kutsu/store/store.h"

struct arena;

/*
 * A unit's calendar for the `days` days from first_day, meetings and the holds still in force at
 * `now` (UTC seconds) included, but for the meeting `leave_out` (0: none).
 *
 * ERROR_NOT_FOUND
 */
bool store_calendar_read(struct store *store, int64_t unit_id, int first_day, int days, int64_t now,
	int64_t leave_out, struct arena *arena, struct unit_calendar *calendar,
	struct error *err) MUST_CHECK;

/* Of all these units, in their order; *calendars lies in the arena. A few reads, however many the
 * units are. */
bool store_calendar_list(struct store *store, const struct unit_list *units, int first_day,
	int days, int64_t now, struct arena *arena, struct unit_calendar **calendars,
	struct error *err) MUST_CHECK;

/*
 * The meetings, booked or recorded, from first_day to last_day that are not first meetings of cases
 * whose calls were received from `from` up to before `until` (UTC seconds), by unit, day and start.
 */
bool store_kept_occupations(struct store *store, int first_day, int last_day, int64_t from,
	int64_t until, struct arena *arena, struct occupation **items, size_t *count,
	struct error *err) MUST_CHECK;

#endif
