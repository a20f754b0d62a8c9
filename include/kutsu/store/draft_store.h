/* Drafts of call forms and records, kept field by field as they are typed. */
#ifndef KUTSU_STORE_DRAFT_STORE_H
#define KUTSU_STORE_DRAFT_STORE_H

#include "kutsu/store/store.h"

#include <stddef.h>

struct arena;

struct draft {
	int64_t id;
	const char *login;  /* whose it is */
	const char *writer; /* the run of the program that may write it */
	int64_t started_at, saved_at;
	const char *caller, *concern; /* to know a call by, or NULL */
	int64_t meeting_id;	      /* the meeting whose record it is; 0: it is a call */
};

struct draft_list {
	struct draft *items;
	size_t count;
};

struct draft_field {
	const char *name, *value;
};

struct draft_field_list {
	struct draft_field *items;
	size_t count;
};

/* Newest first. */
bool store_draft_list(struct store *store, struct arena *arena, struct draft_list *list,
	struct error *err) MUST_CHECK;
bool store_draft_fields(struct store *store, int64_t id, struct arena *arena,
	struct draft_field_list *list, struct error *err) MUST_CHECK;
bool store_draft_add(struct change *change, int64_t user_id, const char *writer, int64_t at,
	int64_t *id, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: another has taken it over, or it is gone. */
bool store_draft_save(struct change *change, int64_t id, const char *writer, int64_t at,
	const struct draft_field *fields, size_t count, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND */
bool store_draft_take(struct change *change, int64_t id, int64_t user_id, const char *writer,
	struct error *err) MUST_CHECK;
/* *removed is false where another has it now, or it is gone. */
/* When it was begun, UTC seconds: the phone rang. 0: there is none. */
bool store_draft_started(
	struct store *store, int64_t id, int64_t *started_at, struct error *err) MUST_CHECK;
bool store_draft_remove(struct change *change, int64_t id, const char *writer, bool *removed,
	struct error *err) MUST_CHECK;

#endif
