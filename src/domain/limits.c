#include "kutsu/domain/limits.h"

#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define WORD_SIZE     32
#define EVERY_WEEKDAY 0xFEu
#define BLANKS	      " \t\r\n"
#define SEPARATORS    BLANKS ",;"

struct family_limits family_limits_none(void)
{
	return (struct family_limits) { 0, 0, MINUTES_IN_DAY };
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
	static const char *const words[] = { "klo", "kello", "kl", "kl.", "at", "ja", "och", "and",
		"ei", "inte", "not", NULL };

	return is_one_of(word, words)
	       || (message_language() == LANGUAGE_EN && strcmp(word, "on") == 0);
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
	bool has_after, has_before;
};

static bool refuse_time(struct error *err)
{
	return error_set(err, ERROR_INVALID,
		_("is it before or after? write as in \"Mon, Fri; after 15:00\""));
}

static bool set_edge(struct reading *reading, int direction, int time, struct error *err)
{
	/* What does not suit is told: "after 15" leaves the time before it. */
	int *edge = direction > 0 ? &reading->limits->before : &reading->limits->after;
	bool *has_edge = direction > 0 ? &reading->has_before : &reading->has_after;

	if (*has_edge)
		return refuse_time(err);
	*edge = time;
	*has_edge = true;
	reading->time = -1;
	reading->direction = 0;
	return true;
}

static bool read_weekdays(struct family_limits *limits, const char *word)
{
	char first[WORD_SIZE], last[WORD_SIZE];
	int from, to;

	if (sscanf(word, "%31[^-]-%31s", first, last) == 2) {
		from = weekday_from_word(first);
		to = weekday_from_word(last);
	} else {
		from = to = weekday_from_word(word);
	}
	if (!from || !to)
		return false;
	for (int weekday = from;; weekday = weekday % 7 + 1) {
		limits->not_weekdays |= 1u << weekday;
		if (weekday == to)
			return true;
	}
}

static bool read_direction(struct reading *reading, int direction, struct error *err)
{
	if (reading->direction)
		return refuse_time(err);
	if (reading->time >= 0)
		return set_edge(reading, direction, reading->time, err);
	reading->direction = direction;
	return true;
}

static bool read_time(struct reading *reading, int minute, struct error *err)
{
	if (reading->time >= 0)
		return refuse_time(err);
	if (reading->direction)
		return set_edge(reading, reading->direction, minute, err);
	reading->time = minute;
	return true;
}

static bool read_word(struct reading *reading, const char *word, struct error *err)
{
	int minute;

	if (is_filler(word) || read_weekdays(reading->limits, word))
		return true;
	if (means_after(word))
		return read_direction(reading, 1, err);
	if (means_before(word))
		return read_direction(reading, -1, err);
	if (minute_parse(word, &minute))
		return read_time(reading, minute, err);
	return error_set(err, ERROR_INVALID,
		_("\"%s\" is no weekday or time; write as in \"Mon, Fri; after 15:00\""), word);
}

/* The length of a hyphen or a dash, or 0. */
static size_t dash_length(const char *text)
{
	uint32_t c;
	size_t length = utf8_decode(text, &c);

	return c == '-' || c == 0x2013 ? length : 0;
}

/* Behind a dash with the blanks around it, or where it was. */
static const char *skip_dash(const char *text)
{
	const char *dash = text + strspn(text, BLANKS);
	size_t length = dash_length(dash);

	return length ? dash + length + strspn(dash + length, BLANKS) : text;
}

/* Copies the next word, folded, and moves *text behind it. Of "ma – ke" it makes one, "ma-ke". */
static bool next_word(const char **text, char word[WORD_SIZE])
{
	struct text raw = { 0 };

	*text += strspn(*text, SEPARATORS);
	while (**text) {
		const char *behind_dash = skip_dash(*text);
		uint32_t c;
		size_t length = utf8_decode(*text, &c);

		if (behind_dash > *text) {
			text_add(&raw, "-");
			*text = behind_dash;
		} else if (c < 0x80 && strchr(SEPARATORS, (int)c)) {
			break;
		} else {
			text_add_bytes(&raw, *text, length);
			*text += length;
		}
	}
	utf8_fold(text_get(&raw), word, WORD_SIZE);
	text_release(&raw);
	return word[0] != '\0';
}

/* Makes one word, "mon-wed", of an English "Mon to Wed", and moves *text behind it. */
static void join_weekdays(const char **text, char word[WORD_SIZE])
{
	const char *at = *text + strspn(*text, BLANKS);
	char first[WORD_SIZE], last[WORD_SIZE];

	if (message_language() != LANGUAGE_EN || strncasecmp(at, "to", 2) != 0)
		return;
	at += 2;
	if (*at == '\0' || !strchr(BLANKS, *at) || strchr(",;", at[strspn(at, BLANKS)]))
		return;
	if (!weekday_from_word(word) || !next_word(&at, last) || !weekday_from_word(last))
		return;
	memcpy(first, word, WORD_SIZE);
	snprintf(word, WORD_SIZE, "%.15s-%.15s", first, last);
	*text = at;
}

bool family_limits_parse(const char *text, struct family_limits *limits, struct error *err)
{
	struct reading reading = { .limits = limits, .time = -1 };
	char word[WORD_SIZE];

	*limits = family_limits_none();
	while (next_word(&text, word)) {
		join_weekdays(&text, word);
		if (!read_word(&reading, word, err))
			return false;
	}
	if (reading.time >= 0 || reading.direction)
		return refuse_time(err);
	if (limits->not_weekdays == EVERY_WEEKDAY)
		return error_set(err, ERROR_INVALID, _("no day would be left"));
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
