#include "kutsu/format/report_xlsx.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/localtext.h"
#include "kutsu/format/report_words.h"
#include "kutsu/format/xlsx_writer.h"
#include "report_row_internal.h"

struct sheet {
	struct xlsx_writer *xlsx;
	struct arena arena;
	const struct monthly_report *report;
};

/* ---- Indicators, a row each, and the months they are compared with. ---- */

static void fill_indicator(
	struct row *row, enum indicator indicator, const struct report_figure *figure)
{
	enum indicator_kind kind = indicator_kind(indicator);

	row_add_text(row, _("condition"), condition_label(indicator_condition(indicator)));
	row_add_text(row, _("indicator"), figure->label[message_language()]);
	report_row_add_measure(row, _("month"), kind, &figure->months[REPORT_NOW]);
	report_row_add_count(row, "n", figure->months[REPORT_NOW].n);
	report_row_add_measure(row, _("before"), kind, &figure->months[REPORT_BEFORE]);
	report_row_add_measure(row, _("year ago"), kind, &figure->months[REPORT_YEAR_AGO]);
	report_row_add_goal(row, _("goal"), figure->goal);
	row_add_text(row, _("moving"), trend_label(&figure->trend, indicator_direction(indicator)));
	row_add_text(row, _("definition"), figure->definition[message_language()]);
}

static bool put_indicators(struct sheet *sheet, struct error *err)
{
	const struct report_figure *figures = sheet->report->indicators;
	struct row row;
	bool ok;

	row_init(&row, &sheet->arena);
	fill_indicator(&row, INDICATOR_ACCESSIBILITY, &figures[INDICATOR_ACCESSIBILITY]);
	ok = xlsx_sheet(sheet->xlsx, _("indicators"), &row, err);
	for (int i = 0; ok && i < INDICATORS; i++) {
		row_init(&row, &sheet->arena);
		fill_indicator(&row, (enum indicator)i, &figures[i]);
		ok = xlsx_row(sheet->xlsx, &row, err);
	}
	return ok;
}

static void fill_months(struct sheet *sheet, struct row *row, int indicator)
{
	const struct report_figure *figure = &sheet->report->indicators[indicator];

	row_add_text(row, _("indicator"), figure->label[message_language()]);
	for (int at = 0; at < REPORT_MONTHS; at++) {
		char month[DAY_TEXT_SIZE];

		month_format_iso(month_add(sheet->report->month, at - REPORT_NOW), month);
		report_row_add_measure(row, arena_text(&sheet->arena, month),
			indicator_kind((enum indicator)indicator), &figure->months[at]);
	}
}

static bool put_months(struct sheet *sheet, struct error *err)
{
	struct row row;
	bool ok;

	row_init(&row, &sheet->arena);
	fill_months(sheet, &row, 0);
	ok = xlsx_sheet(sheet->xlsx, _("months"), &row, err);
	for (int i = 0; ok && i < INDICATORS; i++) {
		row_init(&row, &sheet->arena);
		fill_months(sheet, &row, i);
		ok = xlsx_row(sheet->xlsx, &row, err);
	}
	return ok;
}

/* ---- Calls, by what they are told apart. ---- */

static bool put_count(struct sheet *sheet, enum report_table table, const char *what, int count,
	struct error *err)
{
	struct row row;

	row_init(&row, &sheet->arena);
	row_add_text(&row, _("by"), report_table_title(table));
	row_add_text(&row, _("what"), what);
	report_row_add_count(&row, _("calls"), count);
	row_add_text(&row, _("definition"), report_table_note(sheet->report, table));
	return xlsx_row(sheet->xlsx, &row, err);
}

static bool put_terms(struct sheet *sheet, enum report_table table, const struct term_list *terms,
	const int *counts, struct error *err)
{
	bool ok = true;

	for (int i = 0; ok && i < terms->count; i++)
		ok = put_count(sheet, table, term_label(terms, i), counts[i], err);
	return ok;
}

static bool put_calls(struct sheet *sheet, struct error *err)
{
	const struct month_figures *figures = &sheet->report->figures;
	const struct call_figures *calls = &figures->calls;
	struct row row;
	bool ok;

	row_init(&row, &sheet->arena);
	row_add_text(&row, _("by"), NULL);
	row_add_text(&row, _("what"), NULL);
	row_add_integer(&row, _("calls"), 0);
	row_add_text(&row, _("definition"), NULL);
	ok = xlsx_sheet(sheet->xlsx, _("Calls"), &row, err)
	     && put_terms(sheet, REPORT_TABLE_SOURCE, &source_terms, calls->by_source, err)
	     && put_terms(sheet, REPORT_TABLE_OUTCOME, &outcome_terms, calls->by_outcome, err)
	     && put_count(sheet, REPORT_TABLE_SHARED_HOLE, _("with a shared hole"),
		     calls->shared_hole, err)
	     && put_count(sheet, REPORT_TABLE_SHARED_HOLE, _("without a shared hole"),
		     calls->no_shared_hole, err)
	     && put_terms(sheet, REPORT_TABLE_AGE, &age_group_terms, calls->by_age, err);
	for (size_t i = 0; ok && i < figures->areas.count; i++)
		ok = put_count(sheet, REPORT_TABLE_AREA, report_area(figures->areas.items[i].area),
			figures->areas.items[i].calls, err);
	return ok;
}

/* ---- Units, and texts. ---- */

static void fill_unit(struct row *row, const struct report_unit *unit, const char *definition)
{
	row_add_text(row, _("unit"), unit->unit);
	row_add_text(row, _("name"), unit->name);
	row_add_text(row, _("area"), unit->area);
	report_row_add_count(row, _("promised"), unit->promised);
	report_row_add_count(row, _("confirmed"), unit->confirmed);
	report_row_add_count(row, _("used"), unit->used);
	report_row_add_count(row, _("in the way"), unit->no_shared_hole);
	row_add_text(row, _("definition"), definition);
}

static bool put_units(struct sheet *sheet, struct error *err)
{
	static const struct report_unit none;
	const struct report_unit_list *units = &sheet->report->units;
	struct row row;
	bool ok;

	row_init(&row, &sheet->arena);
	fill_unit(&row, &none, NULL);
	ok = xlsx_sheet(sheet->xlsx, report_table_title(REPORT_TABLE_UNITS), &row, err);
	for (size_t i = 0; ok && i < units->count; i++) {
		row_init(&row, &sheet->arena);
		fill_unit(&row, &units->items[i],
			report_table_note(sheet->report, REPORT_TABLE_UNITS));
		ok = xlsx_row(sheet->xlsx, &row, err);
	}
	return ok;
}

static bool put_texts(struct sheet *sheet, struct error *err)
{
	const struct report_text_list *texts = &sheet->report->texts;
	struct row row;
	bool ok;

	row_init(&row, &sheet->arena);
	row_add_text(&row, _("In their own words"), NULL);
	ok = xlsx_sheet(sheet->xlsx, _("In their own words"), &row, err);
	for (size_t i = 0; ok && i < texts->count; i++) {
		row_init(&row, &sheet->arena);
		row_add_text(&row, _("In their own words"), texts->items[i]);
		ok = xlsx_row(sheet->xlsx, &row, err);
	}
	return ok;
}

bool report_write_xlsx(
	FILE *file, const struct monthly_report *report, int64_t now, struct error *err)
{
	struct sheet sheet = { .report = report };
	char month[LOCALTEXT_SIZE];
	bool ok = xlsx_new(local_month(report->month, month), now, &sheet.xlsx, err);

	if (!ok)
		return false;
	ok = put_indicators(&sheet, err) && put_months(&sheet, err) && put_calls(&sheet, err)
	     && put_units(&sheet, err) && put_texts(&sheet, err)
	     && xlsx_finish(sheet.xlsx, file, err);
	xlsx_free(sheet.xlsx);
	arena_release(&sheet.arena);
	return ok;
}
