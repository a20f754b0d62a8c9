#include "kutsu/base/words.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"

#include <string.h>

/* The rest of the line, and where the next byte of a word goes: never past the line's length. */
struct reading {
	const char *at;
	char *to;
};

enum quoting { UNQUOTED, QUOTED };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_one_of(char c, const char *signs)
{
	return c != '\0' && strchr(signs, c);
}

static bool refuse_sign(char sign, struct error *err)
{
	return error_set(err, ERROR_INVALID,
		_("\"%c\" means something to a shell, and no shell is here; put it in single "
		  "quotes"),
		sign);
}

static bool is_control(const char *text)
{
	uint32_t c;

	utf8_decode(text, &c);
	return (c < 0x20 && c != '\t') || (c >= 0x7F && c <= 0x9F);
}

/* Takes the next byte as it is. */
static bool keep(struct reading *reading, enum quoting quoting, struct error *err)
{
	bool is_line_feed = *reading->at == '\n';

	if (is_control(reading->at) && !(is_line_feed && quoting == QUOTED))
		return error_set(err, ERROR_INVALID,
			_("a line feed or control character stands in the command, and no shell "
			  "is here; leave it out"));
	*reading->to++ = *reading->at++;
	return true;
}

static bool read_escaped(struct reading *reading, struct error *err)
{
	reading->at++;
	if (*reading->at == '\0')
		return error_set(err, ERROR_INVALID,
			_("nothing stands behind the last \\; leave it out or put it in single "
			  "quotes"));
	return keep(reading, UNQUOTED, err);
}

static bool read_single(struct reading *reading, struct error *err)
{
	while (*reading->at && *reading->at != '\'') {
		if (!keep(reading, QUOTED, err))
			return false;
	}
	return true;
}

static bool read_double(struct reading *reading, struct error *err)
{
	while (*reading->at && *reading->at != '"') {
		bool is_escaped = *reading->at == '\\' && is_one_of(reading->at[1], "\\\"$`\n");

		if (is_one_of(*reading->at, "$`"))
			return refuse_sign(*reading->at, err);
		if (!(is_escaped ? read_escaped(reading, err) : keep(reading, QUOTED, err)))
			return false;
	}
	return true;
}

static bool read_quoted(struct reading *reading, struct error *err)
{
	char quote = *reading->at++;

	if (!(quote == '"' ? read_double(reading, err) : read_single(reading, err)))
		return false;
	if (*reading->at == '\0')
		return error_set(err, ERROR_INVALID,
			_("a %c is not ended; end it, or put a backslash before it"), quote);
	reading->at++;
	return true;
}

static bool read_plain(struct reading *reading, bool begins_word, struct error *err)
{
	if (is_one_of(*reading->at, ";&|<>()$`*?[#") || (begins_word && *reading->at == '~'))
		return refuse_sign(*reading->at, err);
	return keep(reading, UNQUOTED, err);
}

static bool read_word(struct reading *reading, struct error *err)
{
	const char *start = reading->at;

	while (*reading->at && !is_blank(*reading->at)) {
		bool ok;

		if (is_one_of(*reading->at, "'\""))
			ok = read_quoted(reading, err);
		else if (*reading->at == '\\')
			ok = read_escaped(reading, err);
		else
			ok = read_plain(reading, reading->at == start, err);
		if (!ok)
			return false;
	}
	*reading->to++ = '\0';
	return true;
}

bool words_split(
	const char *line, struct arena *arena, char ***words, size_t *count, struct error *err)
{
	struct reading reading = { .at = line, .to = arena_new(arena, strlen(line) + 1) };
	char **list = NULL;
	size_t n = 0;

	*words = NULL;
	*count = 0;
	if (!utf8_is_valid(line)) /* of parts that are none a control character could be joined */
		return error_set(err, ERROR_INVALID, _("the command is not UTF-8; type it anew"));
	for (;;) {
		reading.at += strspn(reading.at, " \t");
		list = arena_append(arena, list, &n, sizeof(*list));
		if (*reading.at == '\0')
			break;
		list[n - 1] = reading.to;
		if (!read_word(&reading, err))
			return false;
	}
	*words = list;
	*count = n - 1;
	return true;
}
