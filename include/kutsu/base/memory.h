/* Allocation that does not fail: out of memory ends the program, the terminal restored. */
#ifndef KUTSU_BASE_MEMORY_H
#define KUTSU_BASE_MEMORY_H

#include <stddef.h>

void *memory_new(size_t size); /* zeroed; free() */
void *memory_resize(void *block, size_t size);
/* Room for one more item of `size` bytes behind `count` ones; it may move them. free() */
void *memory_grow(void *items, size_t count, size_t *capacity, size_t size);
char *memory_copy_text(const char *text); /* free() */

/* What to call before the program ends for want of memory, or NULL. */
void memory_on_exhaustion(void (*restore)(void));

#endif
