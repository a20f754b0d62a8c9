#include "kutsu/base/arena.h"
#include "memo_internal.h"
#include "paper_internal.h"

#define INDENT 2

static int indent_of(const struct memo_writer *to)
{
	return to->in_thing ? INDENT : 0;
}

static void text_begin(struct memo_writer *to, const char *title)
{
	paper_put_underlined(to->file, title, '=');
}

static void text_section(struct memo_writer *to, const char *heading)
{
	fputc('\n', to->file);
	paper_put_underlined(to->file, heading, '-');
}

static void text_thing(struct memo_writer *to, const char *heading)
{
	paper_put_rows(to->file, 0, 0, heading);
}

static void text_field(struct memo_writer *to, const char *label, const char *text)
{
	int indent = indent_of(to);

	paper_put_rows(
		to->file, indent, indent + INDENT, arena_printf(&to->arena, "%s: %s", label, text));
}

static void text_line(struct memo_writer *to, const char *text)
{
	paper_put_rows(to->file, indent_of(to), indent_of(to), text);
}

static void text_end(struct memo_writer *to, const char *text)
{
	fputc('\n', to->file);
	paper_put_rows(to->file, 0, 0, text);
}

void memo_write_text(FILE *file, const struct memo *memo, int sector)
{
	static const struct memo_form form = { text_begin, text_section, text_thing, text_field,
		text_line, text_end };

	memo_walk(file, memo, sector, &form);
}
