/*
 * An arena: many small things that die together. Rows read from the store live in the arena the
 * caller gives; a screen resets its arena when it reads anew.
 */
#ifndef KUTSU_BASE_ARENA_H
#define KUTSU_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first; {0} is an empty arena */
};

void *arena_new(struct arena *arena, size_t size);	 /* zeroed */
char *arena_text(struct arena *arena, const char *text); /* NULL stays NULL */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_join(
	struct arena *arena, const char *const *texts, size_t count, const char *separator);

/*
 * Room for one more item of `size` bytes behind *items, which it may move; the new item is zeroed,
 * also where one was taken off before (*count made smaller).
 */
void *arena_append(struct arena *arena, void *items, size_t *count, size_t size);

void arena_reset(struct arena *arena); /* empties it, keeping one block to use again */
void arena_release(struct arena *arena);

#endif
