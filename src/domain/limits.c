#include "kutsu/domain/limits.h"

#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define WORD_SIZE 32

struct family_limits family_limits_none(void)
{
	return (struct family_limits){ 0, 0, MINUTES_IN_DAY };
}

/* Words of all three languages: a Swedish-speaking coordinator may type in Finnish. */
static int weekday_of(const char *word)
{
	static const struct {
		const char *word;
		int weekday;
	} words[] = {
		{ "ma", 1 }, { "ti", 2 }, { "ke", 3 }, { "to", 4 }, { "pe", 5 }, { "la", 6 }, { "su", 7 },
		{ "må", 1 }, { "on", 3 }, { "fr", 5 }, { "lö", 6 }, { "sö", 7 },
		{ "mon", 1 }, { "tue", 2 }, { "wed", 3 }, { "thu", 4 }, { "fri", 5 }, { "sat", 6 },
		{ "sun", 7 },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].word, word) == 0)
			return words[i].weekday;
	}
	return 0;
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++) {
		if (strcmp(*words, word) == 0)
			return true;
	}
	return false;
}

static bool is_filler(const char *word)
{
	static const char *const words[] = { "klo", "kl", "kl.", "at", "ja", "och", "and", "ei", "inte",
		"not", NULL };

	return is_one_of(word, words);
}

static bool means_after(const char *word)
{
	static const char *const words[] = { "jälkeen", "efter", "after", NULL };

	return is_one_of(word, words);
}

static bool means_before(const char *word)
{
	static const char *const words[] = { "ennen", "före", "before", NULL };

	return is_one_of(word, words);
}

/* What has been read so far of one text. */
struct reading {
	struct family_limits *limits;
	int time;      /* the last time of day, or -1: "klo 15" waits for "jälkeen" */
	int direction; /* -1 "before" or 1 "after" that waits for its time; 0 none */
};

static void set_edge(struct reading *reading, int direction, int time)
{
	/* What does not suit is told: "after 15" leaves the time before it. */
	if (direction > 0)
		reading->limits->before = time;
	else
		reading->limits->after = time;
	reading->time = -1;
	reading->direction = 0;
}

static bool read_weekdays(struct family_limits *limits, const char *word)
{
	char first[WORD_SIZE], last[WORD_SIZE];
	int from, to;

	if (sscanf(word, "%31[^-]-%31s", first, last) == 2) {
		from = weekday_of(first);
		to = weekday_of(last);
	} else {
		from = to = weekday_of(word);
	}
	if (!from || !to)
		return false;
	for (int weekday = from;; weekday = weekday % 7 + 1) {
		limits->not_weekdays |= 1u << weekday;
		if (weekday == to)
			return true;
	}
}

static bool read_word(struct reading *reading, const char *word)
{
	int direction = means_after(word) ? 1 : means_before(word) ? -1 : 0;
	int minute;

	if (is_filler(word) || read_weekdays(reading->limits, word))
		return true;
	if (direction) {
		if (reading->time >= 0)
			set_edge(reading, direction, reading->time);
		else
			reading->direction = direction;
		return true;
	}
	if (!minute_parse(word, &minute))
		return false;
	if (reading->direction)
		set_edge(reading, reading->direction, minute);
	else
		reading->time = minute;
	return true;
}

/* Copies the next word, folded and with plain hyphens, and moves *text behind it. */
static bool next_word(const char **text, char word[WORD_SIZE])
{
	char raw[WORD_SIZE] = "";
	size_t used = 0;

	*text += strspn(*text, " ,;\t\n");
	while (**text && !strchr(" ,;\t\n", **text)) {
		uint32_t c;
		size_t length = utf8_decode(*text, &c);
		const char *bytes = c == 0x2013 ? "-" : *text;
		size_t size = c == 0x2013 ? 1 : length;

		if (used + size < WORD_SIZE) {
			memcpy(raw + used, bytes, size);
			used += size;
		}
		*text += length;
	}
	raw[used] = '\0';
	utf8_fold(raw, word, WORD_SIZE);
	return used > 0;
}

bool family_limits_parse(const char *text, struct family_limits *limits, struct error *err)
{
	struct reading reading = { limits, -1, 0 };
	char word[WORD_SIZE];

	*limits = family_limits_none();
	while (next_word(&text, word)) {
		if (!read_word(&reading, word))
			return error_set(err, ERROR_INVALID,
				_("\"%s\" is no weekday or time; write as in \"Mon, Fri; after 15:00\""),
				word);
	}
	if (reading.time >= 0 || reading.direction)
		return error_set(err, ERROR_INVALID,
			_("is it before or after? write as in \"Mon, Fri; after 15:00\""));
	if (limits->after >= limits->before)
		return error_set(err, ERROR_INVALID, _("no time of day would be left"));
	return true;
}

static void add_separator(struct text *text, const char *separator)
{
	if (text->length)
		text_add(text, separator);
}

void family_limits_format(const struct family_limits *limits, struct text *text)
{
	char time[LOCALTEXT_SIZE];

	text_clear(text);
	for (int weekday = 1; weekday <= 7; weekday++) {
		if (limits->not_weekdays & 1u << weekday) {
			add_separator(text, ", ");
			text_add(text, local_weekday(weekday));
		}
	}
	if (limits->after > 0) {
		add_separator(text, "; ");
		text_format(text, _("before %s"), local_minute(limits->after, time));
	}
	if (limits->before < MINUTES_IN_DAY) {
		add_separator(text, "; ");
		text_format(text, _("after %s"), local_minute(limits->before, time));
	}
}
