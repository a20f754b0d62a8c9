/* The registry: units, their holes, closings, extra holes, and the school breaks. */
#ifndef KUTSU_SERVICE_REGISTRY_H
#define KUTSU_SERVICE_REGISTRY_H

#include "kutsu/domain/slot.h"
#include "kutsu/service/session.h"
#include "kutsu/store/unit_store.h"

/* Reading, into the arena. Of holes a contact gets those of the own units. */
bool registry_unit_list(struct session *session, enum unit_choice choice, struct arena *arena,
	struct unit_list *list, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND */
bool registry_unit_get(struct session *session, const char *code, struct arena *arena,
	struct unit *unit, struct error *err) MUST_CHECK;
/* unit_code NULL: of all units. ERROR_NOT_FOUND: no such unit. */
bool registry_slot_list(struct session *session, const char *unit_code, struct arena *arena,
	struct slot_list *list, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND; ERROR_DENIED: it is another unit's. */
bool registry_slot_get(struct session *session, int64_t id, struct arena *arena, struct slot *slot,
	struct error *err) MUST_CHECK;
bool registry_closing_list(struct session *session, const char *unit_code, struct arena *arena,
	struct closing_list *list, struct error *err) MUST_CHECK;
bool registry_opening_list(struct session *session, const char *unit_code, struct arena *arena,
	struct opening_list *list, struct error *err) MUST_CHECK;
bool registry_break_list(struct session *session, struct arena *arena,
	struct school_break_list *list, struct error *err) MUST_CHECK;

/* ERROR_INVALID: code or texts; ERROR_CONFLICT: the code is taken. Writes unit->id. */
bool registry_add_unit(struct session *session, struct unit *unit, struct error *err) MUST_CHECK;
/* All but the code. ERROR_CONFLICT: it is not the revision that was seen (0: not told) any more. */
bool registry_edit_unit(
	struct session *session, const struct unit *unit, struct error *err) MUST_CHECK;
/* Not asked for any more; its past stays. ERROR_CONFLICT: it has meetings ahead. */
bool registry_retire_unit(struct session *session, const char *code, struct error *err) MUST_CHECK;

/*
 * Each takes its unit's code and writes the ids. A contact keeps the own units' holes only.
 *
 * ERROR_NOT_FOUND  no such unit
 * ERROR_INVALID    times or days that can't be, or texts
 */
bool registry_add_slot(struct session *session, struct slot *slot, struct error *err) MUST_CHECK;
bool registry_close(struct session *session, struct closing *closing, struct error *err) MUST_CHECK;
bool registry_open(struct session *session, struct opening *opening, struct error *err) MUST_CHECK;
bool registry_add_break(
	struct session *session, struct school_break *school_break, struct error *err) MUST_CHECK;

/* The slot's last day: yesterday at the earliest, since what was promised stays. ERROR_NOT_FOUND,
 * ERROR_INVALID */
bool registry_end_slot(
	struct session *session, int64_t id, int until_day, struct error *err) MUST_CHECK;
/*
 * They take back what was added, from today on: one that has begun ends yesterday.
 *
 * ERROR_NOT_FOUND
 * ERROR_CONFLICT   it is past
 */
bool registry_remove_closing(struct session *session, int64_t id, struct error *err) MUST_CHECK;
bool registry_remove_opening(struct session *session, int64_t id, struct error *err) MUST_CHECK;
bool registry_remove_break(struct session *session, int64_t id, struct error *err) MUST_CHECK;

#endif
