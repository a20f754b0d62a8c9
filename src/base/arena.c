#include "kutsu/base/arena.h"

#include "kutsu/base/memory.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The sanitizer is told what may be touched: it knows of blocks only, not of the things in them. */
#ifndef __has_feature /* clang's way to tell */
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define FORBID(bytes, size) ASAN_POISON_MEMORY_REGION(bytes, size)
#define ALLOW(bytes, size)  ASAN_UNPOISON_MEMORY_REGION(bytes, size)
#else
#define FORBID(bytes, size) (void)(bytes)
#define ALLOW(bytes, size)  (void)(bytes)
#endif

#define BLOCK_SIZE 8192

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	_Alignas(max_align_t) unsigned char bytes[];
};

static void block_add(struct arena *arena, size_t size)
{
	size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	struct arena_block *block = memory_new(sizeof(*block) + room);

	block->size = room;
	block->next = arena->blocks;
	arena->blocks = block;
	FORBID(block->bytes, room);
}

void *arena_new(struct arena *arena, size_t size)
{
	size_t rounded = (size + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
	void *result;

	if (!arena->blocks || arena->blocks->size - arena->blocks->used < rounded)
		block_add(arena, rounded);
	result = arena->blocks->bytes + arena->blocks->used;
	arena->blocks->used += rounded;
	ALLOW(result, size);
	return memset(result, 0, size);
}

char *arena_text(struct arena *arena, const char *text)
{
	size_t size;

	if (!text)
		return NULL;
	size = strlen(text) + 1;
	return memcpy(arena_new(arena, size), text, size);
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	int length;
	char *result;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	result = arena_new(arena, (size_t)length + 1);
	va_start(args, format);
	vsnprintf(result, (size_t)length + 1, format, args);
	va_end(args);
	return result;
}

char *arena_join(struct arena *arena, const char *const *texts, size_t count, const char *separator)
{
	size_t gap = strlen(separator), size = 1;
	char *joined, *at;

	for (size_t i = 0; i < count; i++)
		size += strlen(texts[i]) + (i ? gap : 0);
	joined = at = arena_new(arena, size);
	for (size_t i = 0; i < count; i++) {
		if (i)
			at = stpcpy(at, separator);
		at = stpcpy(at, texts[i]);
	}
	return joined;
}

/* The capacity is the power of two at or above the count, so it needs no field of its own. */
void *arena_append(struct arena *arena, void *items, size_t *count, size_t size)
{
	size_t n = (*count)++;
	void *grown;

	if ((n > 0 && n < 4) || (n & (n - 1)) != 0) {
		memset((char *)items + n * size, 0, size); /* an item may have been taken off */
		return items;
	}
	grown = arena_new(arena, (n ? n * 2 : 4) * size);
	if (n)
		memcpy(grown, items, n * size);
	return grown;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	while (block && block->next) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	if (block) {
		block->used = 0;
		FORBID(block->bytes, block->size);
	}
	arena->blocks = block;
}

void arena_release(struct arena *arena)
{
	arena_reset(arena);
	free(arena->blocks);
	arena->blocks = NULL;
}
