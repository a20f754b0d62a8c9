/* The events of calendars that were read in, known by unit and digest of their UID. */
#ifndef KUTSU_STORE_IMPORT_STORE_H
#define KUTSU_STORE_IMPORT_STORE_H

#include "kutsu/store/store.h"

#include <stddef.h>

struct arena;

struct imported_event {
	int64_t id, unit_id;
	const char *uid_hash;
	int sequence;
	const char *content_hash;
};

struct imported_event_list {
	struct imported_event *items;
	size_t count;
};

/* By uid_hash, in the order of strcmp(). */
bool store_import_list(struct store *store, int64_t unit_id, struct arena *arena,
	struct imported_event_list *list, struct error *err) MUST_CHECK;

/* Writes its id. */
bool store_import_add(struct change *change, struct imported_event *event, int64_t user_id,
	int64_t at, struct error *err) MUST_CHECK;
/* Its sequence and content. */
bool store_import_update(struct change *change, const struct imported_event *event, int64_t user_id,
	int64_t at, struct error *err) MUST_CHECK;

/* Whether it is the UID of one of our own meetings, as it stands in the calendar of who was
 * invited. */
bool store_import_is_meeting(
	struct store *store, const char *uid, bool *is_meeting, struct error *err) MUST_CHECK;

#endif
