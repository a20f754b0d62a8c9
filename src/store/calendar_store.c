#include "kutsu/store/calendar_store.h"

#include "kutsu/base/message.h"
#include "kutsu/store/readiness_store.h"
#include "kutsu/store/slot_store.h"
#include "slot_row_internal.h"

#include <stddef.h>
#include <string.h>

enum {
	CALENDAR_UNIT,
	CLOSING_OF_UNIT,
	CLOSING_BETWEEN,
	OPENING_OF_UNIT,
	OPENING_BETWEEN,
	OCCUPATION_OF_UNIT,
	OCCUPATION_BETWEEN,
	OCCUPATION_KEPT,
	CALENDAR_QUERIES
};

/* By day first: a unit's meetings grow with the years, those of some weeks do not. */
#define OCCUPATION                                                                                 \
	"SELECT m.day, m.start_minute, m.end_minute, m.status = 'hold', mu.unit_id"                \
	" FROM meeting m CROSS JOIN meeting_unit mu ON mu.meeting_id = m.id WHERE "
#define IN_FORCE " AND (m.status IN ('booked', 'recorded') OR m.hold_until > ?3)"

const char *const calendar_sql[CALENDAR_QUERIES + 1] = {
	[CALENDAR_UNIT] = "SELECT school_based, municipality FROM unit WHERE id = ?1",
	[CLOSING_OF_UNIT] = CLOSING "WHERE until_day >= ?1 AND from_day <= ?2 AND unit_id = ?3"
				    " ORDER BY from_day, closing.id",
	[CLOSING_BETWEEN] = CLOSING "WHERE until_day >= ?1 AND from_day <= ?2"
				    " ORDER BY unit_id, from_day, closing.id",
	[OPENING_OF_UNIT] = OPENING "WHERE day BETWEEN ?1 AND ?2 AND unit_id = ?3"
				    " ORDER BY day, start_minute, opening.id",
	[OPENING_BETWEEN] = OPENING "WHERE day BETWEEN ?1 AND ?2"
				    " ORDER BY unit_id, day, start_minute, opening.id",
	[OCCUPATION_OF_UNIT] =
		OCCUPATION "m.day BETWEEN ?1 AND ?2" IN_FORCE " AND mu.unit_id = ?4 AND m.id <> ?5"
			   " ORDER BY m.day, m.start_minute",
	[OCCUPATION_BETWEEN] = OCCUPATION "m.day BETWEEN ?1 AND ?2" IN_FORCE
					  " ORDER BY mu.unit_id, m.day, m.start_minute",
	[OCCUPATION_KEPT] =
		OCCUPATION "m.day BETWEEN ?1 AND ?2 AND m.status IN ('booked', 'recorded')"
			   " AND NOT (m.kind = 'invited' AND EXISTS (SELECT 1 FROM call"
			   " WHERE call.case_id = m.case_id AND call.received_at >= ?3"
			   " AND call.received_at < ?4"
			   " AND EXISTS (SELECT 1 FROM call_unit WHERE call_id = call.id)))"
			   " ORDER BY mu.unit_id, m.day, m.start_minute",
};

static void read_occupation(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct occupation *occupation = row;

	(void)arena;
	occupation->day = column_int(stmt, 0);
	occupation->start = column_int(stmt, 1);
	occupation->end = column_int(stmt, 2);
	occupation->is_hold = column_int(stmt, 3) != 0;
	occupation->unit_id = column_integer(stmt, 4);
}

/* What calendars are made of, each by unit where it is of several. */
struct parts {
	struct slot_list slots;
	struct closing_list closings;
	struct opening_list openings;
	struct readiness_answer_list answers;
	struct occupation *occupations;
	size_t occupation_count;
};

static bool read_of_unit(struct store *store, int64_t unit_id, int first_day, int last_day,
	int64_t now, int64_t leave_out, struct arena *arena, struct parts *parts, struct error *err)
{
	return store_slot_list(store, unit_id, arena, &parts->slots, err)
	       && statement_read_all(store,
		       statement(store, FAMILY_CALENDAR, CLOSING_OF_UNIT, err, "iil", first_day,
			       last_day, unit_id),
		       arena, read_closing, sizeof(struct closing), (void **)&parts->closings.items,
		       &parts->closings.count, err)
	       && statement_read_all(store,
		       statement(store, FAMILY_CALENDAR, OPENING_OF_UNIT, err, "iil", first_day,
			       last_day, unit_id),
		       arena, read_opening, sizeof(struct opening), (void **)&parts->openings.items,
		       &parts->openings.count, err)
	       && store_readiness_list(
		       store, unit_id, first_day, last_day, arena, &parts->answers, err)
	       && statement_read_all(store,
		       statement(store, FAMILY_CALENDAR, OCCUPATION_OF_UNIT, err, "iilll",
			       first_day, last_day, now, unit_id, leave_out),
		       arena, read_occupation, sizeof(struct occupation),
		       (void **)&parts->occupations, &parts->occupation_count, err);
}

static bool read_of_all(struct store *store, int first_day, int last_day, int64_t now,
	struct arena *arena, struct parts *parts, struct error *err)
{
	return store_slot_list(store, 0, arena, &parts->slots, err)
	       && statement_read_all(store,
		       statement(store, FAMILY_CALENDAR, CLOSING_BETWEEN, err, "ii", first_day,
			       last_day),
		       arena, read_closing, sizeof(struct closing), (void **)&parts->closings.items,
		       &parts->closings.count, err)
	       && statement_read_all(store,
		       statement(store, FAMILY_CALENDAR, OPENING_BETWEEN, err, "ii", first_day,
			       last_day),
		       arena, read_opening, sizeof(struct opening), (void **)&parts->openings.items,
		       &parts->openings.count, err)
	       && store_readiness_list(store, 0, first_day, last_day, arena, &parts->answers, err)
	       && statement_read_all(store,
		       statement(store, FAMILY_CALENDAR, OCCUPATION_BETWEEN, err, "iil", first_day,
			       last_day, now),
		       arena, read_occupation, sizeof(struct occupation),
		       (void **)&parts->occupations, &parts->occupation_count, err);
}

static void read_unit(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct unit_calendar *calendar = row;

	calendar->school_based = column_int(stmt, 0) != 0;
	calendar->municipality = column_text(stmt, 1, arena);
}

bool store_calendar_read(struct store *store, int64_t unit_id, int first_day, int days, int64_t now,
	int64_t leave_out, struct arena *arena, struct unit_calendar *calendar, struct error *err)
{
	struct parts parts;
	bool found;

	*calendar = (struct unit_calendar) { 0 };
	if (!statement_read_one(store,
		    statement(store, FAMILY_CALENDAR, CALENDAR_UNIT, err, "l", unit_id), arena,
		    read_unit, calendar, &found, err))
		return false;
	if (!found)
		return error_set(err, ERROR_NOT_FOUND, _("there is no such unit"));
	if (!read_of_unit(store, unit_id, first_day, first_day + days - 1, now, leave_out, arena,
		    &parts, err))
		return false;
	calendar->slots = parts.slots.items;
	calendar->slot_count = parts.slots.count;
	calendar->closings = parts.closings.items;
	calendar->closing_count = parts.closings.count;
	calendar->openings = parts.openings.items;
	calendar->opening_count = parts.openings.count;
	calendar->occupations = parts.occupations;
	calendar->occupation_count = parts.occupation_count;
	calendar->answers = parts.answers.items;
	calendar->answer_count = parts.answers.count;
	return true;
}

/* Items sorted by unit, `size` bytes each with the unit's id `unit_at` bytes in. */
struct sorted {
	const char *items;
	size_t count, size, unit_at;
};

static int64_t unit_of(const struct sorted *sorted, size_t at)
{
	int64_t unit_id;

	memcpy(&unit_id, sorted->items + at * sorted->size + sorted->unit_at, sizeof(unit_id));
	return unit_id;
}

/* The first that is of this unit or a later one. */
static size_t first_of(const struct sorted *sorted, int64_t unit_id)
{
	size_t low = 0, high = sorted->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (unit_of(sorted, middle) < unit_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* One unit's items, that lie together. */
static const void *choose(const struct sorted *sorted, int64_t unit_id, size_t *count)
{
	size_t first = first_of(sorted, unit_id);

	*count = first_of(sorted, unit_id + 1) - first;
	return sorted->items ? sorted->items + first * sorted->size : NULL;
}

#define SORTED(list, type, number)                                                                 \
	(&(struct sorted) { (const char *)(list), (number), sizeof(type), offsetof(type, unit_id) })

static struct unit_calendar calendar_of(const struct unit *unit, const struct parts *parts)
{
	struct unit_calendar calendar = { .school_based = unit->school_based,
		.municipality = unit->municipality };

	calendar.slots = choose(SORTED(parts->slots.items, struct slot, parts->slots.count),
		unit->id, &calendar.slot_count);
	calendar.closings =
		choose(SORTED(parts->closings.items, struct closing, parts->closings.count),
			unit->id, &calendar.closing_count);
	calendar.openings =
		choose(SORTED(parts->openings.items, struct opening, parts->openings.count),
			unit->id, &calendar.opening_count);
	calendar.occupations =
		choose(SORTED(parts->occupations, struct occupation, parts->occupation_count),
			unit->id, &calendar.occupation_count);
	calendar.answers =
		choose(SORTED(parts->answers.items, struct readiness_answer, parts->answers.count),
			unit->id, &calendar.answer_count);
	return calendar;
}

bool store_calendar_list(struct store *store, const struct unit_list *units, int first_day,
	int days, int64_t now, struct arena *arena, struct unit_calendar **calendars,
	struct error *err)
{
	struct parts parts;

	*calendars = arena_new(arena, (units->count + 1) * sizeof(**calendars));
	if (!read_of_all(store, first_day, first_day + days - 1, now, arena, &parts, err))
		return false;
	for (size_t i = 0; i < units->count; i++)
		(*calendars)[i] = calendar_of(&units->items[i], &parts);
	return true;
}

bool store_kept_occupations(struct store *store, int first_day, int last_day, int64_t from,
	int64_t until, struct arena *arena, struct occupation **items, size_t *count,
	struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_CALENDAR, OCCUPATION_KEPT, err, "iill", first_day, last_day,
			from, until),
		arena, read_occupation, sizeof(**items), (void **)items, count, err);
}
