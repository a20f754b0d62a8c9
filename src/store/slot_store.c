#include "kutsu/store/slot_store.h"

#include "kutsu/base/message.h"
#include "slot_row_internal.h"
#include "store_internal.h"

enum {
	SLOT_LIST,
	SLOT_LIST_OF_UNIT,
	SLOT_GET,
	SLOT_ADD,
	SLOT_END,
	SLOT_ADOPT,
	SLOT_REMOVE,
	CLOSING_LIST,
	CLOSING_LIST_OF_UNIT,
	CLOSING_ADD,
	CLOSING_GET,
	CLOSING_END,
	CLOSING_REMOVE,
	OPENING_LIST,
	OPENING_LIST_OF_UNIT,
	OPENING_ADD,
	OPENING_GET,
	OPENING_REMOVE,
	SCHOOL_BREAK_LIST,
	SCHOOL_BREAK_GET,
	SCHOOL_BREAK_ADD,
	SCHOOL_BREAK_END,
	SCHOOL_BREAK_REMOVE,
	SLOT_QUERIES
};

/* read by read_slot() */
#define SLOT                                                                                       \
	"SELECT slot.id, unit_id, unit.code, weekday, start_minute, end_minute, repeat, from_day," \
	" until_day, capacity, ready_person, deputy, place, event_id"                              \
	" FROM slot JOIN unit ON unit.id = slot.unit_id "

const char *const slot_sql[SLOT_QUERIES + 1] = {
	[SLOT_LIST] = SLOT "ORDER BY unit.id, weekday, start_minute, slot.id",
	[SLOT_LIST_OF_UNIT] = SLOT "WHERE unit_id = ?1 ORDER BY weekday, start_minute, slot.id",
	[SLOT_GET] = SLOT "WHERE slot.id = ?1",
	[SLOT_ADD] =
		"INSERT INTO slot (unit_id, weekday, start_minute, end_minute, repeat, from_day,"
		" until_day, capacity, ready_person, deputy, place, event_id)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
	[SLOT_END] = "UPDATE slot SET until_day = ?2 WHERE id = ?1",
	[SLOT_ADOPT] = "UPDATE slot SET event_id = ?2 WHERE id = ?1",
	[SLOT_REMOVE] = "DELETE FROM slot WHERE id = ?1",
	[CLOSING_LIST] = CLOSING "ORDER BY from_day, closing.id",
	[CLOSING_LIST_OF_UNIT] = CLOSING "WHERE unit_id = ?1 ORDER BY from_day, closing.id",
	[CLOSING_ADD] = "INSERT INTO closing (unit_id, from_day, until_day, reason, start_minute,"
			" end_minute, event_id) VALUES (?1, ?2, ?3, ?4,"
			" CASE WHEN ?6 > 0 THEN ?5 END, CASE WHEN ?6 > 0 THEN ?6 END, ?7)",
	[CLOSING_GET] = CLOSING "WHERE closing.id = ?1",
	[CLOSING_END] = "UPDATE closing SET until_day = ?2 WHERE id = ?1",
	[CLOSING_REMOVE] = "DELETE FROM closing WHERE id = ?1",
	[OPENING_LIST] = OPENING "ORDER BY day, start_minute, opening.id",
	[OPENING_LIST_OF_UNIT] =
		OPENING "WHERE unit_id = ?1 ORDER BY day, start_minute, opening.id",
	[OPENING_ADD] = "INSERT INTO opening (unit_id, day, start_minute, end_minute, event_id)"
			" VALUES (?1, ?2, ?3, ?4, ?5)",
	[OPENING_GET] = OPENING "WHERE opening.id = ?1",
	[OPENING_REMOVE] = "DELETE FROM opening WHERE id = ?1",
	[SCHOOL_BREAK_REMOVE] = "DELETE FROM school_break WHERE id = ?1",
	[SCHOOL_BREAK_LIST] = "SELECT id, name, from_day, until_day, municipality FROM school_break"
			      " ORDER BY from_day, id",
	[SCHOOL_BREAK_GET] = "SELECT id, name, from_day, until_day, municipality FROM school_break"
			     " WHERE id = ?1",
	[SCHOOL_BREAK_END] = "UPDATE school_break SET until_day = ?2 WHERE id = ?1",
	[SCHOOL_BREAK_ADD] = "INSERT INTO school_break (name, from_day, until_day, municipality)"
			     " VALUES (?1, ?2, ?3, ?4)",
};

static void read_slot(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct slot *slot = row;
	int repeat = 0;

	slot->id = column_integer(stmt, 0);
	slot->unit_id = column_integer(stmt, 1);
	slot->unit = column_text(stmt, 2, arena);
	slot->weekday = column_int(stmt, 3);
	slot->start = column_int(stmt, 4);
	slot->end = column_int(stmt, 5);
	term_parse(&repeat_terms, (const char *)sqlite3_column_text(stmt, 6), &repeat);
	slot->repeat = (enum repeat)repeat;
	slot->from_day = column_day(stmt, 7, DAY_FIRST);
	slot->until_day = column_day(stmt, 8, DAY_LAST);
	slot->capacity = column_int(stmt, 9);
	slot->ready_person = column_text(stmt, 10, arena);
	slot->deputy = column_text(stmt, 11, arena);
	slot->place = column_text(stmt, 12, arena);
	slot->event_id = column_integer(stmt, 13);
}

static void read_school_break(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct school_break *school_break = row;

	school_break->id = column_integer(stmt, 0);
	school_break->name = column_text(stmt, 1, arena);
	school_break->from_day = column_int(stmt, 2);
	school_break->until_day = column_int(stmt, 3);
	school_break->municipality = column_text(stmt, 4, arena);
}

/* One unit's, or all where unit_id is 0. */
static sqlite3_stmt *choose(
	struct store *store, int64_t unit_id, int all, int of_unit, struct error *err)
{
	return unit_id ? statement(store, FAMILY_SLOT, of_unit, err, "l", unit_id)
		       : statement(store, FAMILY_SLOT, all, err, "");
}

bool store_slot_list(struct store *store, int64_t unit_id, struct arena *arena,
	struct slot_list *list, struct error *err)
{
	return statement_read_all(store, choose(store, unit_id, SLOT_LIST, SLOT_LIST_OF_UNIT, err),
		arena, read_slot, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_closing_list(struct store *store, int64_t unit_id, struct arena *arena,
	struct closing_list *list, struct error *err)
{
	return statement_read_all(store,
		choose(store, unit_id, CLOSING_LIST, CLOSING_LIST_OF_UNIT, err), arena,
		read_closing, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_opening_list(struct store *store, int64_t unit_id, struct arena *arena,
	struct opening_list *list, struct error *err)
{
	return statement_read_all(store,
		choose(store, unit_id, OPENING_LIST, OPENING_LIST_OF_UNIT, err), arena,
		read_opening, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_school_break_list(
	struct store *store, struct arena *arena, struct school_break_list *list, struct error *err)
{
	return statement_read_all(store, statement(store, FAMILY_SLOT, SCHOOL_BREAK_LIST, err, ""),
		arena, read_school_break, sizeof(*list->items), (void **)&list->items, &list->count,
		err);
}

static bool no_such_slot(int64_t id, struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND, _("there is no hole %lld; see \"kutsu slot list\""),
		(long long)id);
}

bool store_slot_get(
	struct store *store, int64_t id, struct arena *arena, struct slot *slot, struct error *err)
{
	bool found;

	if (!statement_read_one(store, statement(store, FAMILY_SLOT, SLOT_GET, err, "l", id), arena,
		    read_slot, slot, &found, err))
		return false;
	return found || no_such_slot(id, err);
}

bool store_slot_add(struct change *change, struct slot *slot, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_SLOT, SLOT_ADD, err, "liiitdditttz", slot->unit_id,
			    slot->weekday, slot->start, slot->end,
			    term_code(&repeat_terms, (int)slot->repeat), slot->from_day,
			    slot->until_day, slot->capacity, slot->ready_person, slot->deputy,
			    slot->place, slot->event_id),
		    err))
		return false;
	slot->id = store_last_id(store);
	return true;
}

bool store_closing_add(struct change *change, struct closing *closing, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_SLOT, CLOSING_ADD, err, "liitiiz", closing->unit_id,
			    closing->from_day, closing->until_day, closing->reason, closing->start,
			    closing->end, closing->event_id),
		    err))
		return false;
	closing->id = store_last_id(store);
	return true;
}

bool store_opening_add(struct change *change, struct opening *opening, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_SLOT, OPENING_ADD, err, "liiiz", opening->unit_id,
			    opening->day, opening->start, opening->end, opening->event_id),
		    err))
		return false;
	opening->id = store_last_id(store);
	return true;
}

bool store_school_break_add(
	struct change *change, struct school_break *school_break, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_SLOT, SCHOOL_BREAK_ADD, err, "tiit", school_break->name,
			    school_break->from_day, school_break->until_day,
			    school_break->municipality),
		    err))
		return false;
	school_break->id = store_last_id(store);
	return true;
}

bool store_slot_end(struct change *change, int64_t id, int until_day, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_SLOT, SLOT_END, err, "ld", id, until_day), &changed,
		    err))
		return false;
	return changed || no_such_slot(id, err);
}

bool store_slot_adopt(struct change *change, int64_t id, int64_t event_id, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_SLOT, SLOT_ADOPT, err, "ll", id, event_id), &changed,
		    err))
		return false;
	return changed || no_such_slot(id, err);
}

static bool gone(struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND, _("it has been removed already"));
}

static bool read_one(struct store *store, int query, int64_t id, struct arena *arena,
	row_reader *read, void *row, struct error *err)
{
	bool found;

	if (!statement_read_one(store, statement(store, FAMILY_SLOT, query, err, "l", id), arena,
		    read, row, &found, err))
		return false;
	return found || gone(err);
}

bool store_closing_get(struct store *store, int64_t id, struct arena *arena,
	struct closing *closing, struct error *err)
{
	return read_one(store, CLOSING_GET, id, arena, read_closing, closing, err);
}

bool store_opening_get(struct store *store, int64_t id, struct arena *arena,
	struct opening *opening, struct error *err)
{
	return read_one(store, OPENING_GET, id, arena, read_opening, opening, err);
}

bool store_school_break_get(struct store *store, int64_t id, struct arena *arena,
	struct school_break *school_break, struct error *err)
{
	return read_one(store, SCHOOL_BREAK_GET, id, arena, read_school_break, school_break, err);
}

static bool end_row(struct change *change, int query, int64_t id, int until_day, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store, statement(store, FAMILY_SLOT, query, err, "li", id, until_day),
		    &changed, err))
		return false;
	return changed || gone(err);
}

bool store_closing_end(struct change *change, int64_t id, int until_day, struct error *err)
{
	return end_row(change, CLOSING_END, id, until_day, err);
}

bool store_school_break_end(struct change *change, int64_t id, int until_day, struct error *err)
{
	return end_row(change, SCHOOL_BREAK_END, id, until_day, err);
}

static bool remove_row(struct change *change, int query, int64_t id, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(
		    store, statement(store, FAMILY_SLOT, query, err, "l", id), &changed, err))
		return false;
	return changed || gone(err);
}

bool store_slot_remove(struct change *change, int64_t id, struct error *err)
{
	return remove_row(change, SLOT_REMOVE, id, err);
}

bool store_closing_remove(struct change *change, int64_t id, struct error *err)
{
	return remove_row(change, CLOSING_REMOVE, id, err);
}

bool store_opening_remove(struct change *change, int64_t id, struct error *err)
{
	return remove_row(change, OPENING_REMOVE, id, err);
}

bool store_school_break_remove(struct change *change, int64_t id, struct error *err)
{
	return remove_row(change, SCHOOL_BREAK_REMOVE, id, err);
}
