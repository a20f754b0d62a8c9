/*
 * The end of retention: names, numbers and free text are taken out of closed cases, of calls that
 * opened none and of drafts that nobody finished. What is counted stays: sources, outcomes, days,
 * units, sectors, environments, how many there were of each.
 */
#ifndef KUTSU_STORE_PURGE_STORE_H
#define KUTSU_STORE_PURGE_STORE_H

#include "kutsu/store/store.h"

#include <stddef.h>

struct arena;

/* A closed case that still has its names and texts. */
struct expired_case {
	int64_t id;
	const char *code;
	int64_t closed_at;
	bool was_exported; /* the log tells that it was given out for the official record: not of
			      one meeting alone */
};

struct expired_case_list {
	struct expired_case *items;
	size_t count;
};

/* Those closed before the moment (UTC seconds), longest closed first. limit 0: all. */
bool store_purge_list(struct store *store, int64_t closed_before, int64_t limit,
	struct arena *arena, struct expired_case_list *list, struct error *err) MUST_CHECK;

/*
 * Purges these cases, which are marked with `at`. The words they are found by stand in one list
 * that is read as a whole, so that many cases at once cost little more than one.
 *
 * ERROR_CONFLICT  one of them is open, or purged already
 */
bool store_purge_cases(struct change *change, const int64_t *ids, size_t count, int64_t at,
	struct error *err) MUST_CHECK;

/* Purges calls that opened no case, received before the moment; *count is how many had anything
 * left. */
bool store_purge_calls(
	struct change *change, int64_t received_before, int *count, struct error *err) MUST_CHECK;

/* Removes drafts that were last kept before the moment; *count is how many. */
bool store_purge_drafts(
	struct change *change, int64_t saved_before, int *count, struct error *err) MUST_CHECK;

/*
 * Makes what was deleted unreadable in the files, after the change that deleted it: the file is
 * written anew, since SQLite overwrites what it deletes but not the copies that were left where
 * rows had moved from one page to another, and the -wal file is emptied. It takes the memory and,
 * in the -wal file, the room of the whole database. Others wait for it as for any change.
 *
 * *complete is false where others hindered it for longer than is waited: then it is to be done
 * again later.
 */
bool store_forget(struct store *store, bool *complete, struct error *err) MUST_CHECK;

#endif
