/* A text that grows. {0} is an empty one. */
#ifndef KUTSU_BASE_TEXT_H
#define KUTSU_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
	char *bytes; /* NUL-terminated, or NULL while nothing was added */
	size_t length;
	size_t capacity;
};

void text_add(struct text *text, const char *part);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_insert(struct text *text, size_t at, const char *bytes, size_t length);
void text_remove(struct text *text, size_t at, size_t length);
void text_clear(struct text *text);
void text_release(struct text *text);
const char *text_get(const struct text *text); /* never NULL */

bool text_is_blank(const char *text); /* NULL, empty or white space only */

#endif
