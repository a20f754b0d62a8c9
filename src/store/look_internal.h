/* What a file is, before it is trusted. */
#ifndef KUTSU_STORE_LOOK_INTERNAL_H
#define KUTSU_STORE_LOOK_INTERNAL_H

#include "store_internal.h"

#define APPLICATION_ID 0x6B757473 /* "kuts" */

enum look {
	LOOK_OURS,
	LOOK_NO_DATABASE,
	LOOK_ANOTHERS, /* of another program */
	LOOK_NEWER,    /* made by a newer kutsu */
	LOOK_DAMAGED,
	LOOK_FAILED /* *err says why */
};

/*
 * A look at the file without a lock or a neighbouring file, so that one that is not ours is left as
 * it was.
 */
enum look look_at_file(const char *path, struct error *err);
/* The same of a file that stands alone, every page of it read. */
enum look look_through(const char *path, struct error *err);
/* The same through a connection that may write. */
enum look look_inside(struct store *store, struct error *err);

/* Opens and brings up to date what is ours; *store is NULL otherwise. In store.c. */
enum look look_and_open(const char *path, struct store **store, struct error *err);

/* Whether a log lies beside it, without which it is not whole. */
bool look_has_log(const char *path);
/* Returns whether it is ours; *err tells what else it is. */
bool look_tell(enum look look, const char *path, struct error *err);

#endif
