#include "encoding_internal.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"

#include <stdint.h>
#include <string.h>

#define LONGEST_OF_UNIT 3 /* bytes of UTF-8 for a byte of Windows-1252 or two of UTF-16 */

static bool begins_with(const char *bytes, size_t length, const char *mark)
{
	return length >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0;
}

static bool refuse_no_text(struct error *err)
{
	return error_set(err, ERROR_INVALID,
		_("the file is no text; save the sheet as CSV (comma-separated values)"));
}

static bool refuse_broken(struct error *err)
{
	return error_set(
		err, ERROR_INVALID, _("the file's characters are broken; save it as UTF-8"));
}

/* Of the bytes 80 to 9F; what has none stays a control character, which no field may hold. */
static uint32_t from_windows_1252(unsigned char byte)
{
	static const uint16_t high[0x20] = { 0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
		0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018,
		0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
		0x0153, 0x9D, 0x017E, 0x0178 };

	return byte >= 0x80 && byte <= 0x9F ? high[byte - 0x80] : byte;
}

static bool read_bytes(
	const char *bytes, size_t length, struct arena *arena, char **text, struct error *err)
{
	char *to = *text = arena_new(arena, length * LONGEST_OF_UNIT + 1);

	if (memchr(bytes, '\0', length))
		return refuse_no_text(err);
	memcpy(to, bytes, length);
	if (utf8_is_valid(to))
		return true;
	for (size_t i = 0; i < length; i++) {
		char encoded[5];
		size_t size = utf8_encode(from_windows_1252((unsigned char)bytes[i]), encoded);

		memcpy(to, encoded, size);
		to += size;
	}
	*to = '\0';
	return true;
}

static bool read_utf8(
	const char *bytes, size_t length, struct arena *arena, char **text, struct error *err)
{
	*text = arena_new(arena, length + 1);
	if (memchr(bytes, '\0', length))
		return refuse_no_text(err);
	memcpy(*text, bytes, length);
	return utf8_is_valid(*text) || refuse_broken(err);
}

/* The bytes of a unit: which of them is its low one. */
struct order {
	size_t low, high;
};

static uint32_t unit_at(const char *bytes, struct order order)
{
	return (uint32_t)(unsigned char)bytes[order.low]
	       | (uint32_t)(unsigned char)bytes[order.high] << 8;
}

/* Returns the bytes read, or 0 where a surrogate has no partner. */
static size_t read_code_point(
	const char *bytes, size_t length, struct order order, uint32_t *code_point)
{
	uint32_t unit = unit_at(bytes, order), next;

	*code_point = unit;
	if (unit < 0xD800 || unit > 0xDFFF)
		return 2;
	if (unit > 0xDBFF || length < 4)
		return 0;
	next = unit_at(bytes + 2, order);
	*code_point = 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00);
	return next >= 0xDC00 && next <= 0xDFFF ? 4 : 0;
}

static bool read_utf16(const char *bytes, size_t length, struct order order, struct arena *arena,
	char **text, struct error *err)
{
	char *to = *text = arena_new(arena, length / 2 * LONGEST_OF_UNIT + 1);

	if (length % 2 != 0)
		return refuse_broken(err);
	while (length > 0) {
		uint32_t code_point;
		size_t size = read_code_point(bytes, length, order, &code_point);
		char encoded[5];

		if (size == 0)
			return refuse_broken(err);
		if (code_point == 0)
			return refuse_no_text(err);
		bytes += size;
		length -= size;
		size = utf8_encode(code_point, encoded);
		memcpy(to, encoded, size);
		to += size;
	}
	*to = '\0';
	return true;
}

static bool is_workbook(const char *bytes, size_t length)
{
	return begins_with(bytes, length, "PK\003\004")		  /* .xlsx, .ods */
	       || begins_with(bytes, length, "\320\317\021\340"); /* .xls */
}

bool encoding_read(
	const char *bytes, size_t length, struct arena *arena, char **text, struct error *err)
{
	static const struct order little = { 0, 1 }, big = { 1, 0 };

	if (is_workbook(bytes, length))
		return refuse_no_text(err);
	if (begins_with(bytes, length, "\xFF\xFE"))
		return read_utf16(bytes + 2, length - 2, little, arena, text, err);
	if (begins_with(bytes, length, "\xFE\xFF"))
		return read_utf16(bytes + 2, length - 2, big, arena, text, err);
	if (begins_with(bytes, length, "\xEF\xBB\xBF"))
		return read_utf8(bytes + 3, length - 3, arena, text, err);
	return read_bytes(bytes, length, arena, text, err);
}
