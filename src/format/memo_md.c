/* A memo as Markdown (CommonMark), to paste into what reads it. */
#include "memo_internal.h"

#include <ctype.h>
#include <string.h>

/* Marks that Markdown, or GitHub's, may read anywhere in a line. */
#define MARKS "\\`*_[]<>&|~$"

/* Of the line's first marks those that would begin a list, a heading, a quotation or a rule. */
static size_t put_line_begin(FILE *file, const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (strchr("#-+=", *text)) {
		fprintf(file, "\\%c", *text);
		return 1;
	}
	if (digits && (text[digits] == '.' || text[digits] == ')')) {
		fprintf(file, "%.*s\\%c", (int)digits, text, text[digits]);
		return digits + 1;
	}
	return 0;
}

/* Blanks at a line's beginning and end are Markdown's own. */
static size_t trim(const char **line, size_t length)
{
	while (length > 0 && isspace((unsigned char)**line)) {
		(*line)++;
		length--;
	}
	while (length > 0 && isspace((unsigned char)(*line)[length - 1]))
		length--;
	return length;
}

static void put_one_line(FILE *file, const char *line, size_t length)
{
	size_t at;

	length = trim(&line, length);
	at = length > 0 ? put_line_begin(file, line) : 0;
	for (; at < length; at++) {
		if (strchr(MARKS, line[at]))
			fputc('\\', file);
		fputc(line[at], file);
	}
}

/* A line feed stays one: a backslash before it. `next` stands before each line but the first. */
static void put_text(FILE *file, const char *text, const char *next)
{
	for (;;) {
		size_t length = strcspn(text, "\n");

		put_one_line(file, text, length);
		text += length;
		if (!*text)
			break;
		fprintf(file, "%s\n%s", text[1] && text[1] != '\n' && length > 0 ? "\\" : "", next);
		text++;
	}
}

static void put_heading(struct memo_writer *to, const char *marks, const char *text)
{
	fprintf(to->file, "%s ", marks);
	put_text(to->file, text, "");
	fputs("\n\n", to->file);
}

static void md_begin(struct memo_writer *to, const char *title)
{
	put_heading(to, "#", title);
}

static void md_section(struct memo_writer *to, const char *heading)
{
	fputc('\n', to->file);
	put_heading(to, "##", heading);
}

static void md_thing(struct memo_writer *to, const char *heading)
{
	fputc('\n', to->file);
	put_heading(to, "###", heading);
}

static void md_field(struct memo_writer *to, const char *label, const char *text)
{
	fprintf(to->file, "- **%s:** ", label);
	put_text(to->file, text, "  ");
	fputc('\n', to->file);
}

static void md_line(struct memo_writer *to, const char *text)
{
	fputs("- ", to->file);
	put_text(to->file, text, "  ");
	fputc('\n', to->file);
}

static void md_end(struct memo_writer *to, const char *text)
{
	fputs("\n---\n\n", to->file);
	put_text(to->file, text, "");
	fputc('\n', to->file);
}

void memo_write_md(FILE *file, const struct memo *memo, int sector)
{
	static const struct memo_form form = { md_begin, md_section, md_thing, md_field, md_line,
		md_end };

	memo_walk(file, memo, sector, &form);
}
