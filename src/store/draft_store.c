#include "kutsu/store/draft_store.h"

#include "kutsu/base/message.h"
#include "store_internal.h"

enum {
	DRAFT_LIST,
	DRAFT_FIELDS,
	DRAFT_ADD,
	DRAFT_TOUCH,
	DRAFT_SAVE,
	DRAFT_TAKE,
	DRAFT_STARTED,
	DRAFT_REMOVE,
	DRAFT_QUERIES
};

/* read by read_draft() */
#define COLUMNS                                                                                    \
	"SELECT d.id, user.login, d.writer, d.started_at, d.saved_at,"                             \
	" (SELECT value FROM draft_field WHERE draft_id = d.id AND name = 'caller'),"              \
	" (SELECT value FROM draft_field WHERE draft_id = d.id AND name = 'concern'),"             \
	" (SELECT value FROM draft_field WHERE draft_id = d.id AND name = 'meeting')"              \
	" FROM draft d JOIN user ON user.id = d.user_id "

const char *const draft_sql[DRAFT_QUERIES + 1] = {
	[DRAFT_LIST] = COLUMNS "ORDER BY d.saved_at DESC, d.id DESC",
	[DRAFT_FIELDS] = "SELECT name, value FROM draft_field WHERE draft_id = ?1",
	[DRAFT_ADD] = "INSERT INTO draft (user_id, writer, started_at, saved_at)"
		      " VALUES (?1, ?2, ?3, ?3)",
	[DRAFT_TOUCH] = "UPDATE draft SET saved_at = ?3 WHERE id = ?1 AND writer = ?2",
	[DRAFT_SAVE] = "INSERT INTO draft_field (draft_id, name, value) VALUES (?1, ?2, ?3)"
		       " ON CONFLICT (draft_id, name) DO UPDATE SET value = excluded.value",
	[DRAFT_TAKE] = "UPDATE draft SET user_id = ?2, writer = ?3 WHERE id = ?1",
	[DRAFT_STARTED] = "SELECT started_at FROM draft WHERE id = ?1",
	[DRAFT_REMOVE] = "DELETE FROM draft WHERE id = ?1 AND writer = ?2",
};

static void read_draft(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct draft *draft = row;

	draft->id = column_integer(stmt, 0);
	draft->login = column_text(stmt, 1, arena);
	draft->writer = column_text(stmt, 2, arena);
	draft->started_at = column_integer(stmt, 3);
	draft->saved_at = column_integer(stmt, 4);
	draft->caller = column_text(stmt, 5, arena);
	draft->concern = column_text(stmt, 6, arena);
	draft->meeting_id = column_integer(stmt, 7);
}

static bool gone(struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND, _("the draft is gone: a colleague has finished it"));
}

bool store_draft_list(
	struct store *store, struct arena *arena, struct draft_list *list, struct error *err)
{
	return statement_read_all(store, statement(store, FAMILY_DRAFT, DRAFT_LIST, err, ""), arena,
		read_draft, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

static void read_field(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct draft_field *field = row;

	field->name = column_text(stmt, 0, arena);
	field->value = column_text(stmt, 1, arena);
}

bool store_draft_fields(struct store *store, int64_t id, struct arena *arena,
	struct draft_field_list *list, struct error *err)
{
	return statement_read_all(store, statement(store, FAMILY_DRAFT, DRAFT_FIELDS, err, "l", id),
		arena, read_field, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_draft_add(struct change *change, int64_t user_id, const char *writer, int64_t at,
	int64_t *id, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_DRAFT, DRAFT_ADD, err, "ltl", user_id, writer, at),
		    err))
		return false;
	*id = store_last_id(store);
	return true;
}

bool store_draft_save(struct change *change, int64_t id, const char *writer, int64_t at,
	const struct draft_field *fields, size_t count, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_DRAFT, DRAFT_TOUCH, err, "ltl", id, writer, at),
		    &changed, err))
		return false;
	if (!changed)
		return error_set(err, ERROR_CONFLICT,
			_("a colleague has taken the draft over or finished it"));
	for (size_t i = 0; i < count; i++) {
		if (!statement_run(store,
			    statement(store, FAMILY_DRAFT, DRAFT_SAVE, err, "ltt", id,
				    fields[i].name, fields[i].value),
			    err))
			return false;
	}
	return true;
}

bool store_draft_take(
	struct change *change, int64_t id, int64_t user_id, const char *writer, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_DRAFT, DRAFT_TAKE, err, "llt", id, user_id, writer),
		    &changed, err))
		return false;
	return changed || gone(err);
}

bool store_draft_started(struct store *store, int64_t id, int64_t *started_at, struct error *err)
{
	bool found;

	*started_at = 0;
	return statement_read_one(store,
		statement(store, FAMILY_DRAFT, DRAFT_STARTED, err, "l", id), NULL,
		read_first_integer, started_at, &found, err);
}

bool store_draft_remove(
	struct change *change, int64_t id, const char *writer, bool *removed, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_DRAFT, DRAFT_REMOVE, err, "lt", id, writer), &changed,
		    err))
		return false;
	*removed = changed > 0;
	return true;
}
