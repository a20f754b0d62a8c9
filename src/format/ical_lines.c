#include "ical_reader_internal.h"

#include <string.h>
#include <strings.h>

/* The row at `at` without its end; moves `at` behind that. Some write two CRs before the LF. */
static size_t take_row(struct ical_scanner *scanner)
{
	char *row = scanner->at;
	char *feed = memchr(row, '\n', (size_t)(scanner->end - row));
	size_t length = (size_t)((feed ? feed : scanner->end) - row);

	scanner->at = feed ? feed + 1 : scanner->end;
	scanner->number++;
	while (length > 0 && row[length - 1] == '\r')
		length--;
	return length;
}

/* Rows that begin with a blank belong to the one before (RFC 5545, 3.1). */
static char *unfold(struct ical_scanner *scanner)
{
	char *text = scanner->at;
	size_t length = take_row(scanner);

	while (scanner->at < scanner->end && (*scanner->at == ' ' || *scanner->at == '\t')) {
		char *row = scanner->at + 1;
		size_t more = take_row(scanner);

		if (more > 1) {
			memmove(text + length, row, more - 1);
			length += more - 1;
		}
	}
	text[length] = '\0';
	return text;
}

static char *find_colon(char *text)
{
	bool is_quoted = false;

	for (; *text; text++) {
		if (*text == '"')
			is_quoted = !is_quoted;
		else if (*text == ':' && !is_quoted)
			return text;
	}
	return NULL;
}

static void make_capitals(char *name)
{
	for (; *name; name++) {
		if (*name >= 'a' && *name <= 'z')
			*name = (char)(*name - 'a' + 'A');
	}
}

static void trim(char *text)
{
	size_t length = strlen(text);

	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
		text[--length] = '\0';
}

/* A row without a colon is no content line: what somebody typed into a text and was not folded. */
static bool take_apart(char *text, struct ical_line *line)
{
	char *colon = find_colon(text), *semicolon;

	if (!colon) /* a quote that was never closed */
		colon = strchr(text, ':');
	if (!colon)
		return false;
	*colon = '\0';
	semicolon = strchr(text, ';');
	if (semicolon)
		*semicolon = '\0';
	make_capitals(text);
	trim(text);
	line->name = text;
	line->parameters = semicolon ? semicolon + 1 : "";
	line->value = colon + 1;
	return true;
}

bool ical_scan(struct ical_scanner *scanner, struct ical_line *line)
{
	while (scanner->at < scanner->end) {
		line->number = scanner->number;
		if (take_apart(unfold(scanner), line))
			return true;
	}
	return false;
}

static size_t length_of_parameter(const char *text)
{
	bool is_quoted = false;
	size_t length = 0;

	for (; text[length] && (is_quoted || text[length] != ';'); length++) {
		if (text[length] == '"')
			is_quoted = !is_quoted;
	}
	return length;
}

const char *ical_parameter(const struct ical_line *line, const char *name, char *to, size_t size)
{
	size_t name_length = strlen(name);

	*to = '\0';
	for (const char *at = line->parameters; *at;) {
		size_t length = length_of_parameter(at), used = 0;

		if (length > name_length && strncasecmp(at, name, name_length) == 0
			&& at[name_length] == '=') {
			for (size_t i = name_length + 1; i < length && used + 1 < size; i++) {
				if (at[i] != '"')
					to[used++] = at[i];
			}
			to[used] = '\0';
			return to;
		}
		at += length + (at[length] == ';');
	}
	return to;
}

char *ical_text(struct arena *arena, const char *value)
{
	char *text = arena_new(arena, strlen(value) + 1), *to = text;

	for (; *value; value++) {
		if (value[0] == '\\' && value[1]) {
			value++;
			*to++ = *value == 'n' || *value == 'N' ? ' ' : *value;
		} else {
			*to++ = *value;
		}
	}
	*to = '\0';
	return text;
}
