#include "kutsu/store/replay_store.h"

#include "store_internal.h"

enum { REPLAY_CALLS, REPLAY_OCCUPATIONS, REPLAY_QUERIES };

const char *const replay_sql[REPLAY_QUERIES + 1] = {
	[REPLAY_CALLS] = "SELECT call.id, call.received_at, cu.unit_id, c.not_weekdays,"
			 " c.not_before_minute, c.not_after_minute"
			 " FROM call JOIN call_unit cu ON cu.call_id = call.id"
			 " JOIN case_ref c ON c.id = call.case_id"
			 " WHERE call.received_at >= ?1 AND call.received_at < ?2"
			 " ORDER BY call.received_at, call.id, cu.unit_id",
	[REPLAY_OCCUPATIONS] =
		"SELECT m.day, m.start_minute, m.end_minute, mu.unit_id"
		" FROM meeting m CROSS JOIN meeting_unit mu ON mu.meeting_id = m.id"
		" WHERE m.day BETWEEN ?1 AND ?2 AND m.status IN ('booked', 'recorded')"
		" AND NOT (m.kind = 'invited' AND EXISTS (SELECT 1 FROM call"
		" WHERE call.case_id = m.case_id AND call.received_at >= ?3"
		" AND call.received_at < ?4"
		" AND EXISTS (SELECT 1 FROM call_unit WHERE call_id = call.id)))"
		" ORDER BY mu.unit_id, m.day, m.start_minute",
};

static void read_need(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct call_need *need = row;

	(void)arena;
	need->call_id = column_integer(stmt, 0);
	need->received_at = column_integer(stmt, 1);
	need->unit_id = column_integer(stmt, 2);
	need->limits = (struct family_limits) { (unsigned)column_int(stmt, 3), column_int(stmt, 4),
		column_int(stmt, 5) };
}

static void read_occupation(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct occupation *occupation = row;

	(void)arena;
	occupation->day = column_int(stmt, 0);
	occupation->start = column_int(stmt, 1);
	occupation->end = column_int(stmt, 2);
	occupation->unit_id = column_integer(stmt, 3);
}

bool store_call_need_list(struct store *store, int64_t from, int64_t until, struct arena *arena,
	struct call_need_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_REPLAY, REPLAY_CALLS, err, "ll", from, until), arena,
		read_need, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_kept_occupations(struct store *store, int first_day, int last_day, int64_t from,
	int64_t until, struct arena *arena, struct occupation **items, size_t *count,
	struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_REPLAY, REPLAY_OCCUPATIONS, err, "iill", first_day,
			last_day, from, until),
		arena, read_occupation, sizeof(**items), (void **)items, count, err);
}
