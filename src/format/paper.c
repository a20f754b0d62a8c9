#include "paper_internal.h"

#include "kutsu/base/utf8.h"

void paper_put_rows(FILE *file, int first, int other, const char *text)
{
	int blanks = first;
	size_t at = 0, next = 0;

	do {
		size_t end = utf8_wrap(text, at, PAPER_COLUMNS - blanks, &next);

		fprintf(file, "%*s%.*s\n", end > at ? blanks : 0, "", (int)(end - at), text + at);
		at = next;
		blanks = other;
	} while (text[at]);
}

void paper_put_underlined(FILE *file, const char *text, char line)
{
	int width = utf8_width(text);

	paper_put_rows(file, 0, 0, text);
	for (int i = 0; i < width && i < PAPER_COLUMNS; i++)
		fputc(line, file);
	fputc('\n', file);
}
