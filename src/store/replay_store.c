#include "kutsu/store/replay_store.h"

#include "store_internal.h"

enum { REPLAY_CALLS, REPLAY_QUERIES };

const char *const replay_sql[REPLAY_QUERIES + 1] = {
	[REPLAY_CALLS] = "SELECT call.id, call.received_at, cu.unit_id, c.not_weekdays,"
			 " c.not_before_minute, c.not_after_minute"
			 " FROM call JOIN call_unit cu ON cu.call_id = call.id"
			 " JOIN case_ref c ON c.id = call.case_id"
			 " WHERE call.received_at >= ?1 AND call.received_at < ?2"
			 " ORDER BY call.received_at, call.id, cu.unit_id",
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

bool store_call_need_list(struct store *store, int64_t from, int64_t until, struct arena *arena,
	struct call_need_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_REPLAY, REPLAY_CALLS, err, "ll", from, until), arena,
		read_need, sizeof(*list->items), (void **)&list->items, &list->count, err);
}
