#include "kutsu/store/unit_store.h"

#include "kutsu/base/message.h"
#include "store_internal.h"

enum { UNIT_GET, UNIT_LIST, UNIT_ADD, UNIT_UPDATE, MUNICIPALITY_ADD, UNIT_QUERIES };

/* read by read_unit() */
#define COLUMNS                                                                                    \
	"id, code, name, sector, area, municipality, school_based, email, phone, active, "         \
	"revision,"                                                                                \
	" (SELECT login FROM user WHERE user.id = changed_by), changed_at"

const char *const unit_sql[UNIT_QUERIES + 1] = {
	[UNIT_GET] = "SELECT " COLUMNS " FROM unit WHERE code = ?1",
	[UNIT_LIST] = "SELECT " COLUMNS " FROM unit WHERE active OR ?1 ORDER BY id",
	[UNIT_ADD] =
		"INSERT INTO unit (code, name, sector, area, municipality, school_based, email,"
		" phone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[UNIT_UPDATE] =
		"UPDATE unit SET name = ?2, sector = ?3, area = ?4, municipality = ?5,"
		" school_based = ?6, email = ?7, phone = ?8, active = ?9, revision = revision + 1,"
		" changed_by = ?10, changed_at = ?11 WHERE id = ?1",
	[MUNICIPALITY_ADD] = "INSERT INTO municipality (name, area, population) VALUES (?1, ?2, ?3)"
			     " ON CONFLICT DO NOTHING",
};

static void read_unit(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct unit *unit = row;
	const char *sector = column_text(stmt, 3, arena);
	int value = 0;

	unit->id = column_integer(stmt, 0);
	unit->code = column_text(stmt, 1, arena);
	unit->name = column_text(stmt, 2, arena);
	term_parse(&sector_terms, sector, &value);
	unit->sector = (enum sector)value;
	unit->area = column_text(stmt, 4, arena);
	unit->municipality = column_text(stmt, 5, arena);
	unit->school_based = column_int(stmt, 6) != 0;
	unit->email = column_text(stmt, 7, arena);
	unit->phone = column_text(stmt, 8, arena);
	unit->active = column_int(stmt, 9) != 0;
	unit->revision = column_int(stmt, 10);
	unit->changed_by = column_text(stmt, 11, arena);
	unit->changed_at = column_integer(stmt, 12);
}

bool store_unit_get(struct store *store, const char *code, struct arena *arena, struct unit *unit,
	struct error *err)
{
	bool found;

	if (!statement_read_one(store, statement(store, FAMILY_UNIT, UNIT_GET, err, "t", code),
		    arena, read_unit, unit, &found, err))
		return false;
	return found
	       || error_set(err, ERROR_NOT_FOUND,
		       _("there is no unit %.40s; see \"kutsu unit list\""), code);
}

bool store_unit_list(struct store *store, enum unit_choice choice, struct arena *arena,
	struct unit_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_UNIT, UNIT_LIST, err, "i", choice == UNITS_ALL), arena,
		read_unit, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_unit_add(struct change *change, struct unit *unit, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_UNIT, UNIT_ADD, err, "tttttitt", unit->code, unit->name,
			    term_code(&sector_terms, (int)unit->sector), unit->area,
			    unit->municipality, (int)unit->school_based, unit->email, unit->phone),
		    err))
		return false;
	unit->id = store_last_id(store);
	return true;
}

bool store_unit_update(struct change *change, const struct unit *unit, int64_t user_id, int64_t at,
	struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_UNIT, UNIT_UPDATE, err, "lttttittizl", unit->id, unit->name,
			term_code(&sector_terms, (int)unit->sector), unit->area, unit->municipality,
			(int)unit->school_based, unit->email, unit->phone, (int)unit->active,
			user_id, at),
		err);
}

bool store_municipality_add(
	struct change *change, const struct municipality *municipality, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_UNIT, MUNICIPALITY_ADD, err, "ttz", municipality->name,
			municipality->area, (int64_t)municipality->population),
		err);
}
