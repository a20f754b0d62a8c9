#include "kutsu/base/message.h"
#include "kutsu/store/case_store.h"
#include "store_internal.h"

enum { CONSENT_LIST, CONSENT_GIVE, CONSENT_WITHDRAW, CONSENT_QUERIES };

const char *const consent_sql[CONSENT_QUERIES + 1] = {
	[CONSENT_LIST] = "SELECT consent.id, unit.code, given_by, how, given_at, withdrawn_at"
			 " FROM consent JOIN unit ON unit.id = unit_id WHERE case_id = ?1"
			 " ORDER BY given_at, consent.id",
	[CONSENT_GIVE] = "INSERT INTO consent (case_id, unit_id, given_by, how, given_at)"
			 " VALUES (?1, ?2, ?3, ?4, ?5)",
	[CONSENT_WITHDRAW] = "UPDATE consent SET withdrawn_at = ?3"
			     " WHERE case_id = ?1 AND unit_id = ?2 AND withdrawn_at IS NULL",
};

static void read_consent(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct consent *consent = row;

	consent->id = column_integer(stmt, 0);
	consent->unit = column_text(stmt, 1, arena);
	consent->given_by = column_text(stmt, 2, arena);
	consent->how = column_text(stmt, 3, arena);
	consent->given_at = column_integer(stmt, 4);
	consent->withdrawn_at = column_integer(stmt, 5);
}

bool store_consent_list(struct store *store, int64_t case_id, struct arena *arena,
	struct consent_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_CONSENT, CONSENT_LIST, err, "l", case_id), arena,
		read_consent, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_consent_give(struct change *change, int64_t case_id, int64_t unit_id,
	const char *given_by, const char *how, int64_t at, struct error *err)
{
	struct store *store = change->store;
	bool ok = statement_run(store,
		statement(store, FAMILY_CONSENT, CONSENT_GIVE, err, "llttl", case_id, unit_id,
			given_by, how, at),
		err);

	if (!ok && err->code == ERROR_CONFLICT)
		error_set(err, ERROR_CONFLICT,
			_("a consent for the unit is in force already; withdraw it first"));
	return ok;
}

bool store_consent_withdraw(
	struct change *change, int64_t case_id, int64_t unit_id, int64_t at, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_CONSENT, CONSENT_WITHDRAW, err, "lll", case_id, unit_id,
			    at),
		    &changed, err))
		return false;
	return changed || error_set(err, ERROR_NOT_FOUND, _("no consent for the unit is in force"));
}
