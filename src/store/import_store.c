#include "kutsu/store/import_store.h"

#include "store_internal.h"

enum { IMPORT_LIST, IMPORT_ADD, IMPORT_UPDATE, IMPORT_MEETING, IMPORT_QUERIES };

const char *const import_sql[IMPORT_QUERIES + 1] = {
	[IMPORT_LIST] = "SELECT id, unit_id, uid_hash, sequence, content_hash FROM imported_event"
			" WHERE unit_id = ?1 ORDER BY uid_hash",
	[IMPORT_ADD] = "INSERT INTO imported_event (unit_id, uid_hash, sequence, content_hash,"
		       " imported_by, imported_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[IMPORT_UPDATE] = "UPDATE imported_event SET sequence = ?2, content_hash = ?3,"
			  " imported_by = ?4, imported_at = ?5 WHERE id = ?1",
	[IMPORT_MEETING] = "SELECT id FROM meeting WHERE uid = ?1",
};

static void read_event(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct imported_event *event = row;

	event->id = column_integer(stmt, 0);
	event->unit_id = column_integer(stmt, 1);
	event->uid_hash = column_text(stmt, 2, arena);
	event->sequence = column_int(stmt, 3);
	event->content_hash = column_text(stmt, 4, arena);
}

bool store_import_list(struct store *store, int64_t unit_id, struct arena *arena,
	struct imported_event_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_IMPORT, IMPORT_LIST, err, "l", unit_id), arena, read_event,
		sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_import_add(struct change *change, struct imported_event *event, int64_t user_id,
	int64_t at, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_IMPORT, IMPORT_ADD, err, "ltitll", event->unit_id,
			    event->uid_hash, event->sequence, event->content_hash, user_id, at),
		    err))
		return false;
	event->id = store_last_id(store);
	return true;
}

bool store_import_update(struct change *change, const struct imported_event *event, int64_t user_id,
	int64_t at, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_IMPORT, IMPORT_UPDATE, err, "litll", event->id,
			event->sequence, event->content_hash, user_id, at),
		err);
}

bool store_import_is_meeting(
	struct store *store, const char *uid, bool *is_meeting, struct error *err)
{
	int64_t id = 0;

	return statement_read_one(store,
		statement(store, FAMILY_IMPORT, IMPORT_MEETING, err, "t", uid), NULL,
		read_first_integer, &id, is_meeting, err);
}
