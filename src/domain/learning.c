#include "kutsu/domain/learning.h"

#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/field.h"
#include "kutsu/domain/slot.h"

#include <string.h>

#define WORD_LEAST   4 /* letters */
#define WORD_BEGINS  5
#define WORDS_MOST   40
#define WORD_SIZE    64
#define FOLDED_SIZE  (2 * OBSERVATION_LONGEST + 1)
#define WORD_WEIGHT  2
#define PLACE_WEIGHT 1

bool seat_is_missing(const struct seat *seat, int today)
{
	return !seat->member || seat->until_day < today;
}

/* ---- What may be written. ---- */

static bool check_one_line(const char *name, const char *text, size_t most, struct error *err)
{
	if (text && strchr(text, '\n'))
		return error_set(err, ERROR_INVALID, _("%s: write it in one line"), name);
	return field_check(name, text, most, err);
}

static bool check_line_given(const char *name, const char *text, size_t most, struct error *err)
{
	return field_check_given(name, text, most, err) && check_one_line(name, text, most, err);
}

static bool check_indicator(const char *code, struct error *err)
{
	enum indicator indicator;

	return !code || indicator_parse(code, &indicator)
	       || error_set(err, ERROR_INVALID,
		       _("there is no indicator %.40s; see \"kutsu report indicators\""), code);
}

bool observation_check(const struct observation *observation, struct error *err)
{
	int sector;

	if (observation->sector && !term_parse(&sector_terms, observation->sector, &sector))
		return error_set(
			err, ERROR_INVALID, _("\"%.40s\" is no sector"), observation->sector);
	return check_line_given(_("observation"), observation->text, OBSERVATION_LONGEST, err)
	       && check_one_line(_("place"), observation->place, FIELD_SHORT, err);
}

bool phenomenon_check(const struct phenomenon *phenomenon, struct error *err)
{
	return check_line_given(_("title"), phenomenon->title, FIELD_SHORT, err)
	       && check_indicator(phenomenon->indicator, err);
}

bool initiative_check(const struct initiative *initiative, struct error *err)
{
	if (!check_line_given(_("title"), initiative->title, FIELD_SHORT, err)
		|| !field_check(_("text"), initiative->text, FIELD_LONG, err)
		|| !check_line_given(_("pilot area"), initiative->pilot_area, FIELD_SHORT, err)
		|| !check_line_given(_("owner"), initiative->owner, FIELD_SHORT, err))
		return false;
	for (size_t i = 0; i < initiative->partner_count; i++) {
		if (!check_line_given(_("partner"), initiative->partners[i], FIELD_SHORT, err))
			return false;
	}
	if (initiative->partner_count < PARTNERS_LEAST)
		return error_set(err, ERROR_INVALID,
			_("an initiative is of several: name two partners at least"));
	return initiative->until_day >= initiative->from_day
	       || error_set(err, ERROR_INVALID, _("it ends before it begins; correct the days"));
}

bool decision_check(const struct decision *decision, struct error *err)
{
	if (!decision->indicator
		&& (decision->target != NO_TARGET || decision->target_day != DAY_LAST))
		return error_set(err, ERROR_INVALID,
			_("a target needs the indicator that it is of; give both"));
	return field_check_given(_("decision"), decision->text, FIELD_LONG, err)
	       && field_check_given(_("reason"), decision->reason, FIELD_LONG, err)
	       && field_check_given(
		       _("effect on children"), decision->child_effect, FIELD_LONG, err)
	       && check_indicator(decision->indicator, err);
}

/* ---- What may belong together. ---- */

struct words {
	char items[WORDS_MOST][WORD_SIZE]; /* the beginnings of the words */
	int count;
};

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || c >= 0x80 || (c >= '0' && c <= '9');
}

/* How many bytes the first `letters` of a word take, at most `length`. */
static size_t bytes_of(const char *word, size_t length, int letters)
{
	size_t at = 0;

	while (at < length && letters-- > 0)
		at = utf8_next(word, at);
	return at < length ? at : length;
}

static void add_word(struct words *words, const char *word, size_t length)
{
	size_t least = bytes_of(word, length, WORD_LEAST - 1);
	size_t begins = bytes_of(word, length, WORD_BEGINS);

	if (least >= length || begins >= WORD_SIZE || words->count == WORDS_MOST)
		return;
	memcpy(words->items[words->count], word, begins);
	words->items[words->count++][begins] = '\0';
}

static void split_words(const char *text, struct words *words)
{
	char folded[FOLDED_SIZE];
	const char *at = folded;

	utf8_fold(text, folded, sizeof(folded));
	while (*at) {
		const char *begin = at;

		while (is_letter((unsigned char)*at))
			at++;
		add_word(words, begin, (size_t)(at - begin));
		at += *at != '\0';
	}
}

static bool has_word(const struct words *words, int before, const char *word)
{
	for (int i = 0; i < before; i++) {
		if (strcmp(words->items[i], word) == 0)
			return true;
	}
	return false;
}

int observation_likeness(const struct observation *a, const struct observation *b)
{
	struct words left = { .count = 0 }, right = { .count = 0 };
	int likeness = 0;

	split_words(a->text, &left);
	split_words(b->text, &right);
	for (int i = 0; i < left.count; i++) {
		if (!has_word(&left, i, left.items[i])
			&& has_word(&right, right.count, left.items[i]))
			likeness += WORD_WEIGHT;
	}
	if (a->place && b->place && strcmp(a->place, b->place) == 0)
		likeness += PLACE_WEIGHT;
	return likeness;
}

int observation_suggest(const struct observation_list *list, int *groups)
{
	int count = 0;

	memset(groups, 0, list->count * sizeof(*groups));
	for (size_t i = 0; i < list->count; i++) {
		for (size_t j = 0; j < i && !groups[i]; j++) {
			if (observation_likeness(&list->items[i], &list->items[j]) < LIKENESS_LEAST)
				continue;
			if (!groups[j])
				groups[j] = ++count;
			groups[i] = groups[j];
		}
	}
	return count;
}
