#include "kutsu/base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*restore_terminal)(void);

void memory_on_exhaustion(void (*restore)(void))
{
	restore_terminal = restore;
}

static void *checked(void *block)
{
	if (block)
		return block;
	if (restore_terminal)
		restore_terminal();
	fputs("kutsu: out of memory\n", stderr);
	exit(1);
}

void *memory_new(size_t size)
{
	return checked(calloc(1, size ? size : 1));
}

void *memory_resize(void *block, size_t size)
{
	return checked(realloc(block, size));
}

void *memory_grow(void *items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity ? *capacity * 2 : 16;
	return memory_resize(items, *capacity * size);
}

char *memory_copy_text(const char *text)
{
	return checked(strdup(text));
}
