#include "kutsu/store/user_store.h"

#include "store_internal.h"

enum { USER_GET, USER_ADD, USER_ADD_ROLE, USER_QUERIES };

const char *const user_sql[USER_QUERIES + 1] = {
	[USER_GET] = "SELECT id, login FROM user WHERE login = ?1",
	[USER_ADD] = "INSERT INTO user (login, title) VALUES (?1, ?2)",
	[USER_ADD_ROLE] = "INSERT INTO user_role (user_id, role, unit_id) VALUES (?1, ?2, ?3)"
			  " ON CONFLICT DO NOTHING",
};

static void read_user(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct user *user = row;

	user->id = column_integer(stmt, 0);
	user->login = column_text(stmt, 1, arena);
}

bool store_user_get(struct store *store, const char *login, struct arena *arena, struct user *user,
	struct error *err)
{
	bool found;

	*user = (struct user) { 0 };
	return statement_read_one(store, statement(store, FAMILY_USER, USER_GET, err, "t", login),
		arena, read_user, user, &found, err);
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

bool store_user_add_role(
	struct change *change, int64_t user_id, enum role role, int64_t unit_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_USER, USER_ADD_ROLE, err, "ltz", user_id,
			term_code(&role_terms, (int)role), unit_id),
		err);
}
