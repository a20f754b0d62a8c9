#include "kutsu/base/utf8.h"

#include <string.h>
#include <wchar.h>

#define REPLACEMENT 0xFFFDu

/* The length a lead byte tells, or 0 for a byte that can't lead. */
static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	if (lead >= 0xF0 && lead <= 0xF4)
		return 4;
	return 0;
}

static size_t decode_strict(const char *text, uint32_t *code_point)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *bytes = (const unsigned char *)text;
	size_t length = sequence_length(bytes[0]);
	uint32_t value;

	if (length == 0)
		return 0;
	value = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (bytes[i] & 0x3Fu);
	}
	if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return 0;
	*code_point = value;
	return length;
}

bool utf8_is_valid(const char *text)
{
	uint32_t code_point;

	while (*text) {
		size_t length = decode_strict(text, &code_point);

		if (length == 0)
			return false;
		text += length;
	}
	return true;
}

size_t utf8_decode(const char *text, uint32_t *code_point)
{
	size_t length = decode_strict(text, code_point);

	if (length)
		return length;
	*code_point = REPLACEMENT;
	return 1;
}

size_t utf8_encode(uint32_t c, char bytes[5])
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n - 1; i > 0; i--) {
		bytes[i] = (char)(0x80 | (c & 0x3F));
		c >>= 6;
	}
	bytes[0] = (char)(n == 1 ? c : (0xF00u >> n & 0xFF) | c);
	bytes[n] = '\0';
	return n;
}

static int code_point_width(uint32_t c)
{
	int width = wcwidth((wchar_t)c);

	return width < 0 ? 1 : width;
}

int utf8_width_bytes(const char *text, size_t length)
{
	int width = 0;
	size_t at = 0;

	while (at < length && text[at]) {
		uint32_t c;

		at += utf8_decode(text + at, &c);
		width += code_point_width(c);
	}
	return width;
}

int utf8_width(const char *text)
{
	return utf8_width_bytes(text, SIZE_MAX);
}

size_t utf8_next(const char *text, size_t at)
{
	uint32_t c;

	if (text[at] == '\0')
		return at;
	at += utf8_decode(text + at, &c);
	while (text[at]) {
		size_t length = utf8_decode(text + at, &c);

		if (code_point_width(c) != 0)
			break;
		at += length;
	}
	return at;
}

static size_t code_point_before(const char *text, size_t at)
{
	do
		at--;
	while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80);
	return at;
}

void utf8_trim(char *text)
{
	size_t length = strlen(text);
	size_t last;

	if (length == 0)
		return;
	last = code_point_before(text, length);
	if (last + sequence_length((unsigned char)text[last]) > length)
		text[last] = '\0';
}

static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

void utf8_clean(char *text)
{
	char *to = text;

	while (*text) {
		uint32_t c;
		size_t length = decode_strict(text, &c);

		if (length && is_control(c))
			*to++ = ' ';
		else
			to = (char *)memmove(to, text, length) + length;
		text += length ? length : 1;
	}
	*to = '\0';
}

size_t utf8_previous(const char *text, size_t at)
{
	uint32_t c;

	while (at > 0) {
		at = code_point_before(text, at);
		utf8_decode(text + at, &c);
		if (code_point_width(c) != 0)
			break;
	}
	return at;
}

size_t utf8_fit(const char *text, int columns, int *width)
{
	size_t at = 0;
	int taken = 0;

	while (text[at]) {
		uint32_t c;
		size_t length = utf8_decode(text + at, &c);
		int wide = code_point_width(c);

		if (taken + wide > columns)
			break;
		taken += wide;
		at += length;
	}
	if (width)
		*width = taken;
	return at;
}

size_t utf8_wrap(const char *text, size_t at, int columns, size_t *next)
{
	size_t line = at + strcspn(text + at, "\n");
	size_t end = at + utf8_fit(text + at, columns, NULL), blank;

	if (line <= end) {
		*next = line + (text[line] == '\n');
		return line;
	}
	for (blank = end; blank > at && text[blank] != ' '; blank--)
		continue;
	if (blank > at) {
		*next = blank + 1;
		return blank;
	}
	*next = end > at ? end : utf8_next(text, at);
	return *next;
}

bool utf8_has_control(const char *text)
{
	uint32_t c;

	while (*text) {
		text += utf8_decode(text, &c);
		if (is_control(c) && c != '\n')
			return true;
	}
	return false;
}

/* ASCII, Latin-1 and the pairs of Latin Extended-A, where the capital comes first. */
static uint32_t to_lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
		return c + 0x20;
	if (c == 0x130 || c == 0x138 || c == 0x149) /* İ, ĸ, ŉ: of no pair */
		return c;
	if (c == 0x178) /* Ÿ: its pair is in Latin-1 */
		return 0xFF;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		return c + (c & 1);
	if (c >= 0x100 && c <= 0x177)
		return c | 1;
	return c;
}

void utf8_fold(const char *text, char *to, size_t size)
{
	size_t used = 0;
	uint32_t c;

	while (*text) {
		char bytes[5];
		size_t length;

		text += utf8_decode(text, &c);
		length = utf8_encode(to_lower(c), bytes);
		if (used + length >= size)
			break;
		memcpy(to + used, bytes, length);
		used += length;
	}
	to[used] = '\0';
}

static char ascii_for(uint32_t c)
{
	static const struct {
		uint32_t c;
		char ascii;
	} table[] = {
		{ 0xC4, 'A' },
		{ 0xC5, 'A' },
		{ 0xD6, 'O' },
		{ 0xDC, 'U' },
		{ 0xC9, 'E' },
		{ 0xE4, 'a' },
		{ 0xE5, 'a' },
		{ 0xF6, 'o' },
		{ 0xFC, 'u' },
		{ 0xE9, 'e' },
		{ 0x160, 'S' },
		{ 0x161, 's' },
		{ 0x17D, 'Z' },
		{ 0x17E, 'z' },
		{ 0x2010, '-' },
		{ 0x2011, '-' },
		{ 0x2012, '-' },
		{ 0x2013, '-' },
		{ 0x2014, '-' },
		{ 0x2018, '\'' },
		{ 0x2019, '\'' },
		{ 0x201C, '"' },
		{ 0x201D, '"' },
		{ 0x2022, '*' },
		{ 0x2026, '~' },
		{ 0x2192, '>' },
		{ 0x2190, '<' },
		{ 0x25BE, 'v' },
		{ 0x25B8, '>' },
		{ 0x2191, '^' },
		{ 0x2193, 'v' },
		{ 0xB7, '.' },
		{ 0xA0, ' ' },
	};

	if (c < 0x80)
		return (char)c;
	if (c >= 0x2500 && c <= 0x257F)
		return c <= 0x2501 ? '-' : c <= 0x2503 ? '|' : '+';
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].c == c)
			return table[i].ascii;
	}
	return '?';
}

void utf8_to_ascii(const char *text, char *to, size_t size)
{
	size_t used = 0;
	uint32_t c;

	while (*text) {
		text += utf8_decode(text, &c);
		for (int i = code_point_width(c); i > 0 && used + 1 < size; i--)
			to[used++] = ascii_for(c);
	}
	to[used] = '\0';
}
