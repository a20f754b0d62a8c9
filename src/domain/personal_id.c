#include "kutsu/domain/personal_id.h"

#include "kutsu/base/date.h"
#include "kutsu/base/utf8.h"

#include <ctype.h>
#include <string.h>

#define CODE_LENGTH 11

static int century_of(char sign)
{
	switch (toupper((unsigned char)sign)) {
	case '+':
		return 1800;
	case '-':
	case 'U':
	case 'V':
	case 'W':
	case 'X':
	case 'Y':
		return 1900;
	case 'A':
	case 'B':
	case 'C':
	case 'D':
	case 'E':
	case 'F':
		return 2000;
	default:
		return 0;
	}
}

static bool is_date(int year, int month, int mday)
{
	return month >= 1 && month <= 12 && mday >= 1 && mday <= days_in_month(year, month);
}

static int digits(const char *text, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

static bool all_digits(const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!isdigit((unsigned char)text[i]))
			return false;
	}
	return true;
}

/* A digit or a Latin letter, whatever the locale. */
static bool begins_with_word_character(const char *text)
{
	uint32_t c;

	utf8_decode(text, &c);
	if (c < 0x80)
		return isalnum((int)c);
	return c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7; /* not the signs × and ÷ */
}

static bool is_code(const char *text)
{
	static const char check_characters[] = "0123456789ABCDEFHJKLMNPRSTUVWXY";
	int century, date, number;

	if (!all_digits(text, 6))
		return false;
	century = century_of(text[6]);
	if (!century || !all_digits(text + 7, 3) || !text[10])
		return false;
	date = digits(text, 6);
	number = digits(text + 7, 3);
	return is_date(century + date % 100, date / 100 % 100, date / 10000) && number >= 2
	       && check_characters[((long)date * 1000 + number) % 31]
			  == toupper((unsigned char)text[10]);
}

bool text_contains_personal_id(const char *text)
{
	size_t length = strlen(text);

	for (size_t at = 0; at + CODE_LENGTH <= length; at++) {
		if (at > 0 && isdigit((unsigned char)text[at - 1]))
			continue;
		if (is_code(text + at) && !begins_with_word_character(text + at + CODE_LENGTH))
			return true;
	}
	return false;
}
