#include "kutsu/base/message.h"

#include <stdint.h>
#include <string.h>

extern const unsigned char message_catalogue_fi[];
extern const unsigned char message_catalogue_sv[];

static enum language current = LANGUAGE_FI;

static const struct {
	const char *code;
	const unsigned char *catalogue; /* NULL where the source texts serve */
} languages[LANGUAGES] = {
	[LANGUAGE_FI] = { "fi", message_catalogue_fi },
	[LANGUAGE_SV] = { "sv", message_catalogue_sv },
	[LANGUAGE_EN] = { "en", NULL },
};

void message_set_language(enum language language)
{
	current = language;
}

enum language message_language(void)
{
	return current;
}

bool language_parse(const char *text, enum language *language)
{
	for (int i = 0; i < LANGUAGES; i++) {
		if (strncmp(text, languages[i].code, 2) == 0
			&& (text[2] == '\0' || strchr("_.@-", text[2]))) {
			*language = (enum language)i;
			return true;
		}
	}
	return false;
}

static uint32_t word(const unsigned char *catalogue, uint32_t at)
{
	uint32_t value;

	memcpy(&value, catalogue + at, sizeof(value));
	return value;
}

/*
 * The .mo format (GNU gettext manual, "The Format of GNU MO Files"): two tables of length and
 * offset, source texts sorted. A plural's source is its first form, NUL, its second.
 */
static const char *look_up(const char *source)
{
	const unsigned char *mo = languages[current].catalogue;
	uint32_t low = 0, high, sources, targets;

	if (!mo)
		return NULL;
	high = word(mo, 8);
	sources = word(mo, 12);
	targets = word(mo, 16);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(source, (const char *)mo + word(mo, sources + middle * 8 + 4));

		if (order == 0)
			return (const char *)mo + word(mo, targets + middle * 8 + 4);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *message_get(const char *source)
{
	const char *target = look_up(source);

	return target && *source ? target : source;
}

const char *message_plural(const char *one, const char *many, long count)
{
	const char *target = look_up(one);

	if (!target)
		return count == 1 ? one : many;
	return count == 1 ? target : target + strlen(target) + 1;
}
