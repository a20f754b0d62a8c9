#include "kutsu/base/text.h"

#include "kutsu/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_room(struct text *text, size_t more)
{
	size_t needed = text->length + more + 1;

	if (needed <= text->capacity)
		return;
	text->capacity = needed < 64 ? 64 : needed * 2;
	text->bytes = memory_resize(text->bytes, text->capacity);
	text->bytes[text->length] = '\0';
}

void text_insert(struct text *text, size_t at, const char *bytes, size_t length)
{
	make_room(text, length);
	memmove(text->bytes + at + length, text->bytes + at, text->length - at + 1);
	memcpy(text->bytes + at, bytes, length);
	text->length += length;
}

void text_remove(struct text *text, size_t at, size_t length)
{
	if (length == 0)
		return;
	memmove(text->bytes + at, text->bytes + at + length, text->length - at - length + 1);
	text->length -= length;
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
	text_insert(text, text->length, bytes, length);
}

void text_add(struct text *text, const char *part)
{
	text_add_bytes(text, part, strlen(part));
}

void text_format(struct text *text, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	make_room(text, (size_t)length);
	va_start(args, format);
	vsnprintf(text->bytes + text->length, (size_t)length + 1, format, args);
	va_end(args);
	text->length += (size_t)length;
}

void text_clear(struct text *text)
{
	text->length = 0;
	if (text->bytes)
		text->bytes[0] = '\0';
}

void text_release(struct text *text)
{
	free(text->bytes);
	*text = (struct text) { 0 };
}

const char *text_get(const struct text *text)
{
	return text->bytes ? text->bytes : "";
}

bool text_is_blank(const char *text)
{
	return !text || text[strspn(text, " \t\r\n")] == '\0';
}
