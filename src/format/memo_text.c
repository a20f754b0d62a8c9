#include "kutsu/base/arena.h"
#include "kutsu/base/utf8.h"
#include "memo_internal.h"

#define INDENT 2

/* Wraps a text behind `first` blanks, and `other` ones from its second row on. */
static void put_rows(struct memo_writer *to, int first, int other, const char *text)
{
	int blanks = first;
	size_t at = 0, next = 0;

	do {
		size_t end = utf8_wrap(text, at, MEMO_COLUMNS - blanks, &next);

		fprintf(to->file, "%*s%.*s\n", end > at ? blanks : 0, "", (int)(end - at),
			text + at);
		at = next;
		blanks = other;
	} while (text[at]);
}

static int indent_of(const struct memo_writer *to)
{
	return to->in_thing ? INDENT : 0;
}

static void put_underlined(struct memo_writer *to, const char *text, char line)
{
	int width = utf8_width(text);

	put_rows(to, 0, 0, text);
	for (int i = 0; i < width && i < MEMO_COLUMNS; i++)
		fputc(line, to->file);
	fputc('\n', to->file);
}

static void text_begin(struct memo_writer *to, const char *title)
{
	put_underlined(to, title, '=');
}

static void text_section(struct memo_writer *to, const char *heading)
{
	fputc('\n', to->file);
	put_underlined(to, heading, '-');
}

static void text_thing(struct memo_writer *to, const char *heading)
{
	put_rows(to, 0, 0, heading);
}

static void text_field(struct memo_writer *to, const char *label, const char *text)
{
	int indent = indent_of(to);

	put_rows(to, indent, indent + INDENT, arena_printf(&to->arena, "%s: %s", label, text));
}

static void text_line(struct memo_writer *to, const char *text)
{
	put_rows(to, indent_of(to), indent_of(to), text);
}

static void text_end(struct memo_writer *to, const char *text)
{
	fputc('\n', to->file);
	put_rows(to, 0, 0, text);
}

void memo_write_text(FILE *file, const struct memo *memo, int sector)
{
	static const struct memo_form form = { text_begin, text_section, text_thing, text_field,
		text_line, text_end };

	memo_walk(file, memo, sector, &form);
}
