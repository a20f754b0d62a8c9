#include "export_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/domain/slot.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/slot_store.h"
#include "service_internal.h"

/* Everything the holes are made of: a region has hundreds of slots, not millions. */
struct slot_book {
	struct slot_list slots;
	struct closing_list closings;
	struct opening_list openings;
	struct school_break_list breaks;
	struct unit_list units;
};

static bool read_slot_book(
	struct export *export, struct arena *arena, struct slot_book *book, struct error *err)
{
	struct store *store = export->session->store;
	int64_t unit_id = export->unit.id;

	return store_slot_list(store, unit_id, arena, &book->slots, err)
	       && store_closing_list(store, unit_id, arena, &book->closings, err)
	       && store_opening_list(store, unit_id, arena, &book->openings, err)
	       && store_school_break_list(store, arena, &book->breaks, err)
	       && store_unit_list(store, UNITS_ALL, arena, &book->units, err);
}

static const char *unit_name(const struct slot_book *book, int64_t id)
{
	for (size_t i = 0; i < book->units.count; i++) {
		if (book->units.items[i].id == id)
			return book->units.items[i].name;
	}
	return "";
}

static void fill_slot(struct row *row, const struct slot_book *book, size_t i)
{
	row_of_slot(row, &book->slots.items[i]);
}

static void fill_closing(struct row *row, const struct slot_book *book, size_t i)
{
	row_of_closing(row, &book->closings.items[i]);
}

static void fill_opening(struct row *row, const struct slot_book *book, size_t i)
{
	row_of_opening(row, &book->openings.items[i]);
}

static void fill_break(struct row *row, const struct slot_book *book, size_t i)
{
	row_of_school_break(row, &book->breaks.items[i]);
}

/* The tables that slots are told in, slots first. */
static const struct slot_table {
	const char *name;
	void (*fill)(struct row *row, const struct slot_book *book, size_t i);
} tables[] = {
	{ "slots", fill_slot },
	{ "closings", fill_closing },
	{ "openings", fill_opening },
	{ "breaks", fill_break },
};

#define TABLES (sizeof(tables) / sizeof(tables[0]))

static size_t count_rows(const struct slot_book *book, size_t table)
{
	const size_t counts[TABLES] = { book->slots.count, book->closings.count,
		book->openings.count, book->breaks.count };

	return counts[table];
}

static bool put_table(
	struct export *export, size_t table, const struct slot_book *book, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < count_rows(book, table); i++) {
		struct row row;

		row_init(&row, &export->arena);
		tables[table].fill(&row, book, i);
		ok = export_put_row(export, &row, err);
	}
	return ok;
}

static bool put_slots_json(struct export *export, const struct slot_book *book, struct error *err)
{
	bool ok = true;

	json_open_object(&export->json, NULL);
	for (size_t i = 0; ok && i < TABLES; i++) {
		json_open_array(&export->json, tables[i].name);
		ok = put_table(export, i, book, err);
		json_close_array(&export->json);
	}
	json_close_object(&export->json);
	return ok;
}

/* Begins a sheet with all the keys that a row of the table may have. */
static bool put_sheet(struct export *export, size_t table, struct error *err)
{
	struct slot slot = { 0 };
	struct closing closing = { .end = MINUTES_IN_DAY };
	struct opening opening = { 0 };
	struct school_break school_break = { 0 };
	const struct slot_book one_of_each = { .slots = { &slot, 1 },
		.closings = { &closing, 1 },
		.openings = { &opening, 1 },
		.breaks = { &school_break, 1 } };
	struct row row;

	row_init(&row, &export->arena);
	tables[table].fill(&row, &one_of_each, 0);
	return export_put_sheet(export, tables[table].name, &row, err);
}

/* The sheet of the slots themselves has begun. */
static bool put_slots_xlsx(struct export *export, const struct slot_book *book, struct error *err)
{
	bool ok = put_table(export, 0, book, err);

	for (size_t i = 1; ok && i < TABLES; i++)
		ok = put_sheet(export, i, err) && put_table(export, i, book, err);
	return ok;
}

static bool put_slots_ics(
	struct export *export, const struct slot_book *book, struct arena *arena, struct error *err)
{
	struct session *session = export->session;
	int first_day, days;

	ical_span(&export->ical, &first_day, &days);
	for (size_t i = 0; i < book->slots.count; i++) {
		const struct slot *slot = &book->slots.items[i];
		struct unit_calendar calendar;

		if (!store_calendar_read(session->store, slot->unit_id, first_day, days,
			    session_now(session), 0, arena, &calendar, err))
			return false;
		ical_slot(&export->ical, slot, unit_name(book, slot->unit_id), &calendar,
			book->breaks.items, book->breaks.count);
	}
	for (size_t i = 0; i < book->openings.count; i++)
		ical_opening(&export->ical, &book->openings.items[i],
			unit_name(book, book->openings.items[i].unit_id));
	return true;
}

static bool put_slots(
	struct export *export, const struct slot_book *book, struct arena *arena, struct error *err)
{
	switch (export->order->format) {
	case EXPORT_JSON:
		return put_slots_json(export, book, err);
	case EXPORT_ICS:
		return put_slots_ics(export, book, arena, err);
	case EXPORT_XLSX:
		return put_slots_xlsx(export, book, err);
	default:
		return put_table(export, 0, book, err);
	}
}

bool export_slots(struct export *export, struct error *err)
{
	struct arena arena = { 0 };
	struct slot_book book;
	bool ok =
		read_slot_book(export, &arena, &book, err) && put_slots(export, &book, &arena, err);

	arena_release(&arena);
	return ok && export_check_file(export, err);
}
