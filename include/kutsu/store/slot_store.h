/* Slots, closings, extra openings, school breaks. */
#ifndef KUTSU_STORE_SLOT_STORE_H
#define KUTSU_STORE_SLOT_STORE_H

#include "kutsu/domain/slot.h"
#include "kutsu/store/store.h"

struct arena;

/* unit_id 0: of all units. */
bool store_slot_list(struct store *store, int64_t unit_id, struct arena *arena,
	struct slot_list *list, struct error *err) MUST_CHECK;
bool store_closing_list(struct store *store, int64_t unit_id, struct arena *arena,
	struct closing_list *list, struct error *err) MUST_CHECK;
bool store_opening_list(struct store *store, int64_t unit_id, struct arena *arena,
	struct opening_list *list, struct error *err) MUST_CHECK;
bool store_school_break_list(struct store *store, struct arena *arena,
	struct school_break_list *list, struct error *err) MUST_CHECK;

/* ERROR_NOT_FOUND */
bool store_slot_get(struct store *store, int64_t id, struct arena *arena, struct slot *slot,
	struct error *err) MUST_CHECK;

/* Each: ERROR_NOT_FOUND */
bool store_closing_get(struct store *store, int64_t id, struct arena *arena,
	struct closing *closing, struct error *err) MUST_CHECK;
bool store_opening_get(struct store *store, int64_t id, struct arena *arena,
	struct opening *opening, struct error *err) MUST_CHECK;
bool store_school_break_get(struct store *store, int64_t id, struct arena *arena,
	struct school_break *school_break, struct error *err) MUST_CHECK;

/* Each writes the new id into what it is given. */
bool store_slot_add(struct change *change, struct slot *slot, struct error *err) MUST_CHECK;
bool store_closing_add(
	struct change *change, struct closing *closing, struct error *err) MUST_CHECK;
bool store_opening_add(
	struct change *change, struct opening *opening, struct error *err) MUST_CHECK;
bool store_school_break_add(
	struct change *change, struct school_break *school_break, struct error *err) MUST_CHECK;

/* What was made by hand is an imported event's from now on. ERROR_NOT_FOUND */
bool store_slot_adopt(
	struct change *change, int64_t id, int64_t event_id, struct error *err) MUST_CHECK;

/* ERROR_NOT_FOUND, as those below; the first three: its last day. */
bool store_slot_end(struct change *change, int64_t id, int until_day, struct error *err) MUST_CHECK;
bool store_closing_end(
	struct change *change, int64_t id, int until_day, struct error *err) MUST_CHECK;
bool store_school_break_end(
	struct change *change, int64_t id, int until_day, struct error *err) MUST_CHECK;
/* One that never came into force. */
bool store_slot_remove(struct change *change, int64_t id, struct error *err) MUST_CHECK;
bool store_closing_remove(struct change *change, int64_t id, struct error *err) MUST_CHECK;
bool store_opening_remove(struct change *change, int64_t id, struct error *err) MUST_CHECK;
bool store_school_break_remove(struct change *change, int64_t id, struct error *err) MUST_CHECK;

#endif
