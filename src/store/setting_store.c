#include "kutsu/store/setting_store.h"

#include "store_internal.h"

#include <stdlib.h>

enum { SETTING_GET, SETTING_SET, SETTING_QUERIES };

const char *const setting_sql[SETTING_QUERIES + 1] = {
	[SETTING_GET] = "SELECT value FROM setting WHERE name = ?1",
	[SETTING_SET] = "INSERT INTO setting (name, value) VALUES (?1, ?2)"
			" ON CONFLICT (name) DO UPDATE SET value = excluded.value",
};

bool store_setting_get(struct store *store, const char *name, struct arena *arena,
	const char **value, struct error *err)
{
	bool found;

	*value = NULL;
	return statement_read_one(store,
		statement(store, FAMILY_SETTING, SETTING_GET, err, "t", name), arena,
		read_first_text, value, &found, err);
}

bool store_setting_number(struct store *store, enum setting setting, int *value, struct error *err)
{
	struct arena arena = { 0 };
	struct error ignored;
	const char *text;
	bool ok = store_setting_get(store, setting_name(setting), &arena, &text, err);

	if (!ok || !text || !setting_check(setting, text, &ignored))
		text = setting_default(setting);
	*value = atoi(text);
	arena_release(&arena);
	return ok;
}

bool store_setting_set(
	struct change *change, const char *name, const char *value, struct error *err)
{
	struct store *store = change->store;

	return statement_run(
		store, statement(store, FAMILY_SETTING, SETTING_SET, err, "tt", name, value), err);
}
