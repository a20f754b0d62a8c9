#include "kutsu/store/finding_store.h"

#include "store_internal.h"

enum {
	FINDING_BETWEEN,
	FINDING_OF_SEARCHER,
	FINDING_UNITS,
	FINDING_ADD,
	FINDING_ADD_UNIT,
	FINDING_REMOVE,
	FINDING_QUERIES
};

/* read by read_finding() */
#define FINDING "SELECT id, day, found_at, minutes, first_day, searcher FROM finding "

const char *const finding_sql[FINDING_QUERIES + 1] = {
	[FINDING_BETWEEN] = FINDING "WHERE day BETWEEN ?1 AND ?2 ORDER BY day, id",
	[FINDING_OF_SEARCHER] =
		FINDING "WHERE searcher = ?3 AND day BETWEEN ?1 AND ?2 ORDER BY day, id",
	[FINDING_UNITS] = "SELECT unit_id, code, in_the_way"
			  " FROM finding_unit JOIN unit ON unit.id = unit_id"
			  " WHERE finding_id = ?1 ORDER BY unit_id",
	[FINDING_ADD] = "INSERT INTO finding (day, found_at, minutes, first_day, searcher)"
			" VALUES (?1, ?2, ?3, ?4, ?5)",
	[FINDING_ADD_UNIT] = "INSERT INTO finding_unit (finding_id, unit_id, in_the_way)"
			     " VALUES (?1, ?2, ?3)",
	[FINDING_REMOVE] = "DELETE FROM finding WHERE id = ?1",
};

static void read_finding(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct finding *finding = row;

	finding->id = column_integer(stmt, 0);
	finding->day = column_int(stmt, 1);
	finding->found_at = column_integer(stmt, 2);
	finding->minutes = column_int(stmt, 3);
	finding->first_day = column_day(stmt, 4, DAY_LAST);
	finding->searcher = column_text(stmt, 5, arena);
}

static void read_unit(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct finding_unit *unit = row;

	unit->unit_id = column_integer(stmt, 0);
	unit->unit = column_text(stmt, 1, arena);
	unit->in_the_way = column_int(stmt, 2) != 0;
}

static sqlite3_stmt *choose(
	struct store *store, int first_day, int last_day, const char *searcher, struct error *err)
{
	return searcher ? statement(store, FAMILY_FINDING, FINDING_OF_SEARCHER, err, "iit",
		       first_day, last_day, searcher)
			: statement(store, FAMILY_FINDING, FINDING_BETWEEN, err, "ii", first_day,
				last_day);
}

bool store_finding_list(struct store *store, int first_day, int last_day, const char *searcher,
	struct arena *arena, struct finding_list *list, struct error *err)
{
	bool ok = statement_read_all(store, choose(store, first_day, last_day, searcher, err),
		arena, read_finding, sizeof(*list->items), (void **)&list->items, &list->count,
		err);

	for (size_t i = 0; ok && i < list->count; i++) {
		struct finding *finding = &list->items[i];

		ok = statement_read_all(store,
			statement(store, FAMILY_FINDING, FINDING_UNITS, err, "l", finding->id),
			arena, read_unit, sizeof(*finding->units), (void **)&finding->units,
			&finding->unit_count, err);
	}
	return ok;
}

bool store_finding_add(struct change *change, struct finding *finding, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_FINDING, FINDING_ADD, err, "ilidt", finding->day,
			    finding->found_at, finding->minutes, finding->first_day,
			    finding->searcher),
		    err))
		return false;
	finding->id = store_last_id(store);
	for (size_t i = 0; i < finding->unit_count; i++) {
		const struct finding_unit *unit = &finding->units[i];

		if (!statement_run(store,
			    statement(store, FAMILY_FINDING, FINDING_ADD_UNIT, err, "lli",
				    finding->id, unit->unit_id, (int)unit->in_the_way),
			    err))
			return false;
	}
	return true;
}

bool store_finding_remove(struct change *change, int64_t id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(
		store, statement(store, FAMILY_FINDING, FINDING_REMOVE, err, "l", id), err);
}
