/* The sheet to begin from, in each language. All in it is invented. */
#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/sheet.h"
#include "kutsu/service/registry_import.h"

/*
 * Excel takes a file without a mark for Windows-1252, where headings in Finnish and Swedish have
 * letters that look otherwise; the English ones have none.
 */
#define UTF8_MARK "\xEF\xBB\xBF"

/* One row: texts of the language in use, and what is written as that language writes it. */
struct example {
	const char *code, *sector;
	bool school_based;
	int weekday, start, end, from_day; /* from_day 0: none */
	enum repeat repeat;
	const char *login;
	struct {
		const char *name, *area, *municipality, *person, *deputy, *place;
	} texts[LANGUAGES];
};

static const struct example examples[] = {
	{ "PNE", "SOS", false, 3, 12 * 60, 14 * 60, 0, REPEAT_WEEKLY, "yhd-pne",
		{ { "Perheneuvola", "Keskinen", "Suistola", "psykologi", "sosiaalityöntekijä",
			  "Perhekeskus" },
			{ "Familjerådgivningen", "Mellersta", "Suistola", "psykolog",
				"socialarbetare", "Familjecentret" },
			{ "Family counselling", "Middle", "Suistola", "psychologist",
				"social worker", "Family centre" } } },
	{ "KTH", "KTH", true, 4, 9 * 60, 10 * 60 + 30, 20825, /* Thursday 7.1.2027 */
		REPEAT_FORTNIGHTLY, "yhd-kth",
		{ { "Kouluterveydenhuolto", "Keskinen", "Suistola", "kouluterveydenhoitaja",
			  "koululääkäri", "Koulu" },
			{ "Skolhälsovården", "Mellersta", "Suistola", "skolhälsovårdare",
				"skolläkare", "Skolan" },
			{ "School health care", "Middle", "Suistola", "school nurse",
				"school doctor", "School" } } },
};

static void fill(const struct example *example, const char *cells[SHEET_COLUMNS],
	char times[3][LOCALTEXT_SIZE])
{
	enum language language = message_language();

	cells[SHEET_UNIT] = example->code;
	cells[SHEET_NAME] = example->texts[language].name;
	cells[SHEET_SECTOR] = example->sector;
	cells[SHEET_AREA] = example->texts[language].area;
	cells[SHEET_MUNICIPALITY] = example->texts[language].municipality;
	cells[SHEET_SCHOOL_BASED] = example->school_based ? _("yes") : _("no");
	cells[SHEET_WEEKDAY] = local_weekday(example->weekday);
	cells[SHEET_START] = local_minute(example->start, times[0]);
	cells[SHEET_END] = local_minute(example->end, times[1]);
	cells[SHEET_REPEAT] = term_label(&repeat_terms, (int)example->repeat);
	if (example->from_day)
		cells[SHEET_FROM] = local_day(example->from_day, times[2]);
	cells[SHEET_CAPACITY] = "1";
	cells[SHEET_PERSON] = example->texts[language].person;
	cells[SHEET_DEPUTY] = example->texts[language].deputy;
	cells[SHEET_PLACE] = example->texts[language].place;
	cells[SHEET_CONTACT] = example->login;
	cells[SHEET_CONTACT_TITLE] = example->texts[language].person;
}

/* What stands in it needs no quotes. */
static void write_cells(FILE *file, const char *const *cells)
{
	char separator = message_language() == LANGUAGE_EN ? ',' : ';';

	for (int i = 0; i < SHEET_COLUMNS; i++) {
		if (i)
			fputc(separator, file);
		fputs(cells[i] ? cells[i] : "", file);
	}
	fputs("\r\n", file);
}

void registry_import_template(FILE *file)
{
	const char *headings[SHEET_COLUMNS];

	for (int i = 0; i < SHEET_COLUMNS; i++)
		headings[i] = sheet_heading((enum sheet_column)i);
	if (message_language() != LANGUAGE_EN)
		fputs(UTF8_MARK, file);
	write_cells(file, headings);
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		const char *cells[SHEET_COLUMNS] = { 0 };
		char times[3][LOCALTEXT_SIZE];

		fill(&examples[i], cells, times);
		write_cells(file, cells);
	}
}
