#include "export_internal.h"

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
	int64_t unit_id = export->unit_id;

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

static bool put_slots_csv(struct export *export, const struct slot_book *book, struct error *err)
{
	for (size_t i = 0; i < book->slots.count; i++) {
		struct row row;

		row_init(&row, &export->arena);
		row_of_slot(&row, &book->slots.items[i]);
		if (!export_put_row(export, &row, err))
			return false;
	}
	return true;
}

static void put_list(struct export *export, const char *key, size_t count,
	void (*fill)(struct row *row, const struct slot_book *book, size_t i),
	const struct slot_book *book)
{
	json_open_array(&export->json, key);
	for (size_t i = 0; i < count; i++) {
		struct row row;

		row_init(&row, &export->arena);
		fill(&row, book, i);
		json_row(&export->json, NULL, &row);
		arena_reset(&export->arena);
	}
	json_close_array(&export->json);
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

static void put_slots_json(struct export *export, const struct slot_book *book)
{
	json_open_object(&export->json, NULL);
	put_list(export, "slots", book->slots.count, fill_slot, book);
	put_list(export, "closings", book->closings.count, fill_closing, book);
	put_list(export, "openings", book->openings.count, fill_opening, book);
	put_list(export, "breaks", book->breaks.count, fill_break, book);
	json_close_object(&export->json);
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

bool export_slots(struct export *export, struct error *err)
{
	struct arena arena = { 0 };
	struct slot_book book;
	bool ok = read_slot_book(export, &arena, &book, err);

	if (ok && export->order->format == EXPORT_JSON)
		put_slots_json(export, &book);
	else if (ok && export->order->format == EXPORT_CSV)
		ok = put_slots_csv(export, &book, err);
	else if (ok)
		ok = put_slots_ics(export, &book, &arena, err);
	arena_release(&arena);
	return ok && export_check_file(export, err);
}
