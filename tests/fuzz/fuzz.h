/*
 * What the fuzz targets share: libFuzzer calls each with invented bytes. A promise that is broken
 * is an assert, as everywhere; the sanitizers tell the rest. A run leaves nothing behind.
 */
#ifndef KUTSU_TESTS_FUZZ_H
#define KUTSU_TESTS_FUZZ_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* As a text in a block of its own, so that the sanitizer sees a byte read too far. free() */
static inline char *fuzz_text(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);

	assert(text);
	if (size)
		memcpy(text, bytes, size);
	text[size] = '\0';
	return text;
}

#endif
