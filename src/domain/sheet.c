#include "kutsu/domain/sheet.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define WORD_SIZE 64

/* What a heading says in each language, and other words that mean the same, folded. */
struct heading {
	const char *names[LANGUAGES];
	const char *others[8];
};

/* The English ones are the keys of JSON and CSV; the others those of the screens. */
static const struct heading headings[SHEET_COLUMNS] = {
	[SHEET_UNIT] = { { "yksikkö", "enhet", "unit" },
		{ "code", "koodi", "kod", "yksikönkoodi", "enhetskod", "unitcode" } },
	[SHEET_NAME] = { { "nimi", "namn", "name" },
		{ "yksikönnimi", "enhetensnamn", "unitname" } },
	[SHEET_SECTOR] = { { "sektori", "sektor", "sector" }, { NULL } },
	[SHEET_AREA] = { { "alue", "område", "area" }, { NULL } },
	[SHEET_MUNICIPALITY] = { { "kunta", "kommun", "municipality" }, { NULL } },
	[SHEET_SCHOOL_BASED] = { { "kiinni koulujen loma-aikoina", "stängd under skolloven",
					 "school_based" },
		{ "koululla", "toimiikoululla", "iskolan", "finnsiskolan", "inschools",
			"closedinschoolbreaks" } },
	[SHEET_EMAIL] = { { "sähköposti", "e-post", "email" }, { NULL } },
	[SHEET_PHONE] = { { "puhelin", "telefon", "phone" }, { NULL } },
	[SHEET_WEEKDAY] = { { "viikonpäivä", "veckodag", "weekday" }, { NULL } },
	[SHEET_START] = { { "alkaa", "börjar", "start" }, { "alku" } },
	[SHEET_END] = { { "päättyy", "slutar", "end" }, { "loppuu", "loppu", "slut" } },
	[SHEET_REPEAT] = { { "toistuu", "upprepas", "repeat" }, { "toisto", "upprepning" } },
	[SHEET_FROM] = { { "alkupäivä", "första dag", "from" },
		{ "ensimmäinenpäivä", "frånochmed", "firstday" } },
	[SHEET_UNTIL] = { { "loppupäivä", "sista dag", "until" },
		{ "viimeinenpäivä", "tillochmed", "lastday" } },
	[SHEET_CAPACITY] = { { "yhtä aikaa", "samtidigt", "capacity" },
		{ "kapasiteetti", "kapacitet", "meetingsatonce" } },
	[SHEET_PERSON] = { { "valmiudessa", "i beredskap", "person" },
		{ "valmiudessaoleva", "personiberedskap", "readyperson", "henkilö" } },
	[SHEET_DEPUTY] = { { "varahenkilö", "ersättare", "deputy" }, { NULL } },
	[SHEET_PLACE] = { { "paikka", "plats", "place" }, { NULL } },
	[SHEET_CONTACT] = { { "yhdyshenkilö", "kontaktperson", "contact" }, { NULL } },
	[SHEET_CONTACT_TITLE] = { { "yhdyshenkilön tehtävänimike",
					  "kontaktpersonens tjänstebeteckning", "contact_title" },
		{ "tehtävänimike", "tjänstebeteckning", "title" } },
};

const char *sheet_heading(enum sheet_column column)
{
	return headings[column].names[message_language()];
}

/* Small letters, without what one writes so and another otherwise. */
static void fold(const char *text, char to[WORD_SIZE])
{
	char *from = to;

	utf8_fold(strlen(text) < WORD_SIZE ? text : "", to, WORD_SIZE);
	for (; *from; from++) {
		if (!strchr(" \t\r\n_-.*:", *from))
			*to++ = *from;
	}
	*to = '\0';
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++) {
		if (strcmp(*words, word) == 0)
			return true;
	}
	return false;
}

static bool stands_for(const struct heading *heading, const char *word)
{
	char name[WORD_SIZE];

	for (int language = 0; language < LANGUAGES; language++) {
		fold(heading->names[language], name);
		if (strcmp(name, word) == 0)
			return true;
	}
	return is_one_of(word, heading->others);
}

bool sheet_column_parse(const char *heading, enum sheet_column *column)
{
	char word[WORD_SIZE];

	fold(heading, word);
	for (int i = 0; i < SHEET_COLUMNS; i++) {
		if (stands_for(&headings[i], word)) {
			*column = (enum sheet_column)i;
			return true;
		}
	}
	return false;
}

bool sheet_yes_parse(const char *text, bool *yes)
{
	static const char *const yeses[] = { "yes", "y", "kyllä", "k", "ja", "j", "on", "1", "x",
		"true", "tosi", "sant", NULL };
	static const char *const noes[] = { "no", "n", "ei", "e", "nej", "0", "false", "epätosi",
		"falskt", NULL };
	char word[WORD_SIZE];

	fold(text, word);
	if (!is_one_of(word, yeses) && !is_one_of(word, noes))
		return false;
	*yes = is_one_of(word, yeses);
	return true;
}

bool sheet_repeat_parse(const char *text, enum repeat *repeat)
{
	static const char *const words[REPEATS][10] = {
		[REPEAT_WEEKLY] = { "weekly", "everyweek", "viikoittain", "jokaviikko",
			"varjevecka" },
		[REPEAT_FORTNIGHTLY] = { "fortnightly", "everysecondweek", "everyotherweek",
			"jokatoinenviikko", "kahdenviikonvälein", "varannanvecka" },
		[REPEAT_MONTHLY] = { "monthly", "everymonth", "kuukausittain", "jokakuukausi",
			"varjemånad", "månatligen" },
	};
	char word[WORD_SIZE];

	fold(text, word);
	for (int i = 0; i < REPEATS; i++) {
		if (is_one_of(word, words[i])) {
			*repeat = (enum repeat)i;
			return true;
		}
	}
	return false;
}

bool sheet_weekday_parse(const char *text, int *weekday)
{
	int found = text[0] >= '1' && text[0] <= '7' && text[1] == '\0' ? text[0] - '0'
									: weekday_from_word(text);

	if (!found)
		return false;
	*weekday = found;
	return true;
}

/* Cells of the kind "time" are saved with their seconds. */
bool sheet_minute_parse(const char *text, int *minute)
{
	char plain[WORD_SIZE];
	size_t length = strlen(text);

	if (length >= 3 && length < WORD_SIZE
		&& (strcmp(text + length - 3, ":00") == 0
			|| strcmp(text + length - 3, ".00") == 0)) {
		snprintf(plain, sizeof(plain), "%.*s", (int)(length - 3), text);
		if (strpbrk(plain, ".:"))
			return minute_parse(plain, minute);
	}
	return minute_parse(text, minute);
}
