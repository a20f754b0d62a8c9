/* A file that is the whole calendar: what was read in before and is not in it is over. */
#include "calendar_import_internal.h"

#include <string.h>

/* As it would be cancelled. Should it come again, it is taken again. */
static bool withdraw(struct import *import, struct imported_event row, struct error *err)
{
	struct use *use = &import->use;
	struct ical_event gone = { .is_hole = true };
	struct event_plan none = { 0 };
	bool changed;

	if (!merge_event(import, &gone, &none, &row, &changed, err))
		return false;
	row.content_hash = hash_import(import->arena, "", 0);
	return !changed
	       || store_import_update(
		       &use->change, &row, use->session->user.id, session_now(use->session), err);
}

bool withdraw_missing(struct import *import, const struct ical_reading *reading, struct error *err)
{
	size_t count = import->known.count;
	bool *is_there = arena_new(import->arena, (count + 1) * sizeof(*is_there));

	for (size_t i = 0; i < reading->uid_count; i++) {
		const char *uid = reading->uids[i];
		const struct imported_event *known =
			find_imported(import, hash_import(import->arena, uid, strlen(uid)));

		if (known)
			is_there[known - import->known.items] = true;
	}
	for (size_t i = 0; i < count; i++) {
		if (!is_there[i] && !withdraw(import, import->known.items[i], err))
			return false;
	}
	return true;
}
