#include "kutsu/store/user_store.h"

#include "kutsu/base/message.h"
#include "store_internal.h"

enum {
	USER_GET,
	USER_LIST,
	USER_ROLES,
	USER_ADD,
	USER_UPDATE,
	USER_ADD_ROLE,
	USER_CLEAR_ROLES,
	USER_COUNT_OF_ROLE,
	USER_KEYS,
	USER_KEY_ADD,
	USER_KEY_REMOVE,
	USER_QUERIES
};

/* read by read_user() */
#define COLUMNS                                                                                    \
	"SELECT id, login, title, active,"                                                         \
	" (SELECT count(*) FROM user_key WHERE user_id = user.id) FROM user "

const char *const user_sql[USER_QUERIES + 1] = {
	[USER_GET] = COLUMNS "WHERE login = ?1",
	[USER_LIST] = COLUMNS "ORDER BY login",
	[USER_ROLES] = "SELECT role, unit_id, unit.code FROM user_role"
		       " LEFT JOIN unit ON unit.id = unit_id WHERE user_id = ?1 ORDER BY unit.code",
	[USER_ADD] = "INSERT INTO user (login, title) VALUES (?1, ?2)",
	[USER_UPDATE] = "UPDATE user SET title = ?2, active = ?3 WHERE id = ?1",
	[USER_ADD_ROLE] = "INSERT INTO user_role (user_id, role, unit_id) VALUES (?1, ?2, ?3)"
			  " ON CONFLICT DO NOTHING",
	[USER_CLEAR_ROLES] = "DELETE FROM user_role WHERE user_id = ?1",
	[USER_COUNT_OF_ROLE] = "SELECT count(DISTINCT user_id) FROM user_role"
			       " JOIN user ON user.id = user_id WHERE active AND role = ?1",
	[USER_KEYS] =
		"SELECT login, type, key, fingerprint, comment, added_at FROM user_key"
		" JOIN user ON user.id = user_id WHERE user_id = ?1 OR (?1 IS NULL AND active)"
		" ORDER BY login, user_key.id",
	[USER_KEY_ADD] = "INSERT INTO user_key (user_id, type, key, fingerprint, comment, added_at)"
			 " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[USER_KEY_REMOVE] = "DELETE FROM user_key WHERE user_id = ?1 AND fingerprint = ?2",
};

static void read_user(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct user *user = row;

	user->id = column_integer(stmt, 0);
	user->login = column_text(stmt, 1, arena);
	user->title = column_text(stmt, 2, arena);
	user->active = column_int(stmt, 3) != 0;
	user->key_count = column_int(stmt, 4);
}

struct role_row {
	int role;
	int64_t unit_id;
	const char *unit;
};

static void read_role(sqlite3_stmt *stmt, struct arena *arena, void *into)
{
	struct role_row *row = into;

	/* A role of a newer version gives no right here. */
	if (!term_parse(&role_terms, (const char *)sqlite3_column_text(stmt, 0), &row->role))
		row->role = ROLES;
	row->unit_id = column_integer(stmt, 1);
	row->unit = column_text(stmt, 2, arena);
}

static bool read_roles(
	struct store *store, struct arena *arena, struct user *user, struct error *err)
{
	struct role_row *rows;
	size_t count;
	int64_t *ids;
	const char **codes;

	if (!statement_read_all(store,
		    statement(store, FAMILY_USER, USER_ROLES, err, "l", user->id), arena, read_role,
		    sizeof(*rows), (void **)&rows, &count, err))
		return false;
	ids = arena_new(arena, (count + 1) * sizeof(*ids));
	codes = arena_new(arena, (count + 1) * sizeof(*codes));
	for (size_t i = 0; i < count; i++) {
		if (rows[i].role < ROLES)
			user->roles |= 1u << rows[i].role;
		if (rows[i].role != ROLE_CONTACT || !rows[i].unit)
			continue;
		ids[user->unit_count] = rows[i].unit_id;
		codes[user->unit_count++] = rows[i].unit;
	}
	user->unit_ids = ids;
	user->units = codes;
	return true;
}

bool store_user_get(struct store *store, const char *login, struct arena *arena, struct user *user,
	struct error *err)
{
	bool found;

	*user = (struct user) { 0 };
	return statement_read_one(store, statement(store, FAMILY_USER, USER_GET, err, "t", login),
		       arena, read_user, user, &found, err)
	       && (!found || read_roles(store, arena, user, err));
}

bool store_user_list(
	struct store *store, struct arena *arena, struct user_list *list, struct error *err)
{
	if (!statement_read_all(store, statement(store, FAMILY_USER, USER_LIST, err, ""), arena,
		    read_user, sizeof(*list->items), (void **)&list->items, &list->count, err))
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (!read_roles(store, arena, &list->items[i], err))
			return false;
	}
	return true;
}

bool store_user_add(
	struct change *change, const char *login, const char *title, int64_t *id, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(
		    store, statement(store, FAMILY_USER, USER_ADD, err, "tt", login, title), err))
		return false;
	*id = store_last_id(store);
	return true;
}

bool store_user_update(struct change *change, const struct user *user, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_USER, USER_UPDATE, err, "lti", user->id, user->title,
			(int)user->active),
		err);
}

bool store_user_add_role(
	struct change *change, int64_t user_id, enum role role, int64_t unit_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_USER, USER_ADD_ROLE, err, "ltz", user_id,
			term_code(&role_terms, (int)role), unit_id),
		err);
}

bool store_user_clear_roles(struct change *change, int64_t user_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(
		store, statement(store, FAMILY_USER, USER_CLEAR_ROLES, err, "l", user_id), err);
}

bool store_user_count_of_role(
	struct store *store, enum role role, int64_t *count, struct error *err)
{
	bool found;

	return statement_read_one(store,
		statement(store, FAMILY_USER, USER_COUNT_OF_ROLE, err, "t",
			term_code(&role_terms, (int)role)),
		NULL, read_first_integer, count, &found, err);
}

static void read_key(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct user_key *key = row;

	key->login = column_text(stmt, 0, arena);
	key->type = column_text(stmt, 1, arena);
	key->key = column_text(stmt, 2, arena);
	key->fingerprint = column_text(stmt, 3, arena);
	key->comment = column_text(stmt, 4, arena);
	key->added_at = column_integer(stmt, 5);
}

bool store_user_key_list(struct store *store, int64_t user_id, struct arena *arena,
	struct user_key_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_USER, USER_KEYS, err, "z", user_id), arena, read_key,
		sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_user_key_add(
	struct change *change, int64_t user_id, const struct user_key *key, struct error *err)
{
	struct store *store = change->store;
	bool ok = statement_run(store,
		statement(store, FAMILY_USER, USER_KEY_ADD, err, "lttttl", user_id, key->type,
			key->key, key->fingerprint, key->comment, key->added_at),
		err);

	if (!ok && err->code == ERROR_CONFLICT)
		error_set(err, ERROR_CONFLICT,
			_("the key %s is there already; a key is one person's only"),
			key->fingerprint);
	return ok;
}

bool store_user_key_remove(
	struct change *change, int64_t user_id, const char *fingerprint, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_USER, USER_KEY_REMOVE, err, "lt", user_id, fingerprint),
		    &changed, err))
		return false;
	return changed
	       || error_set(err, ERROR_NOT_FOUND,
		       _("there is no such key; see \"kutsu user key LOGIN --list\""));
}
