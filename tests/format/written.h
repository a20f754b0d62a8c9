/* What a writer wrote, caught in memory. */
#ifndef KUTSU_TESTS_FORMAT_WRITTEN_H
#define KUTSU_TESTS_FORMAT_WRITTEN_H

#include <stdio.h>
#include <stdlib.h>

struct written {
	FILE *file;
	char *text; /* after written_close() */
	size_t length;
};

static inline FILE *written_open(struct written *written)
{
	return written->file = open_memstream(&written->text, &written->length);
}

static inline const char *written_close(struct written *written)
{
	fclose(written->file);
	return written->text;
}

#endif
