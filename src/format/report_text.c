#include "kutsu/format/report_text.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/report_words.h"
#include "paper_internal.h"

#define LABEL_WIDTH	  38
#define VALUE_WIDTH	  10
#define COUNT_WIDTH	  8
#define UNIT_WIDTH	  20
#define HOLES_WIDTH	  14
#define INDENT		  2
#define DEFINITION_INDENT 4

static void put_left(FILE *file, const char *text, int width)
{
	int taken;
	size_t fit = utf8_fit(text, width, &taken);

	fprintf(file, "%.*s%*s", (int)fit, text, width - taken, "");
}

static void put_right(FILE *file, const char *text, int width)
{
	int taken = utf8_width(text);

	fprintf(file, "%*s%s", taken < width ? width - taken : 0, "", text);
}

static void put_heading(FILE *file, const char *text)
{
	fputc('\n', file);
	paper_put_underlined(file, text, '-');
}

static void put_note(FILE *file, const struct monthly_report *report, enum report_table table)
{
	paper_put_rows(
		file, DEFINITION_INDENT, DEFINITION_INDENT, report_table_note(report, table));
}

static void put_title(FILE *file, const struct monthly_report *report, enum report_table table)
{
	fprintf(file, "\n%s\n", report_table_title(table));
	put_note(file, report, table);
}

/* ---- Indicators. ---- */

static void put_columns(FILE *file)
{
	put_left(file, "", INDENT + LABEL_WIDTH);
	put_right(file, _("month"), VALUE_WIDTH);
	put_right(file, _("before"), VALUE_WIDTH);
	put_right(file, _("year ago"), VALUE_WIDTH);
	put_right(file, _("goal"), COUNT_WIDTH);
	fputc('\n', file);
}

static const char *goal_text(enum indicator indicator, const struct report_figure *figure,
	char to[REPORT_VALUE_SIZE + 4])
{
	int is_reached = report_goal_is_reached(indicator, figure);
	char goal[REPORT_VALUE_SIZE];

	snprintf(to, REPORT_VALUE_SIZE + 4, "%s%s",
		report_goal(indicator_kind(indicator), figure->goal, goal),
		is_reached == 1 ? " +" : "");
	return to;
}

static void put_moving(FILE *file, enum indicator indicator, const struct report_figure *figure)
{
	const struct measure *now = &figure->months[REPORT_NOW];
	enum direction right = indicator_direction(indicator);
	char n[REPORT_VALUE_SIZE];

	report_n(indicator_kind(indicator), now, n);
	fprintf(file, "%*s%s%s%s\n", DEFINITION_INDENT, "", n, *n ? ", " : "",
		trend_label(&figure->trend, right));
}

static void put_indicator(FILE *file, enum indicator indicator, const struct report_figure *figure)
{
	enum indicator_kind kind = indicator_kind(indicator);
	enum language language = message_language();
	char value[REPORT_VALUE_SIZE], goal[REPORT_VALUE_SIZE + 4];

	fprintf(file, "%*s", INDENT, "");
	put_left(file, figure->label[language], LABEL_WIDTH);
	put_right(file, report_value(kind, &figure->months[REPORT_NOW], value), VALUE_WIDTH);
	put_right(file, report_value(kind, &figure->months[REPORT_BEFORE], value), VALUE_WIDTH);
	put_right(file, report_value(kind, &figure->months[REPORT_YEAR_AGO], value), VALUE_WIDTH);
	put_right(file, goal_text(indicator, figure, goal), COUNT_WIDTH);
	fputc('\n', file);
	put_moving(file, indicator, figure);
	paper_put_rows(file, DEFINITION_INDENT, DEFINITION_INDENT, figure->definition[language]);
}

static void put_condition(FILE *file, enum condition condition, const struct monthly_report *report)
{
	put_heading(file, condition_label(condition));
	put_columns(file);
	for (int i = 0; i < INDICATORS; i++) {
		if (indicator_condition((enum indicator)i) == condition)
			put_indicator(file, (enum indicator)i, &report->indicators[i]);
	}
}

/* ---- Tables of calls and units. ---- */

static void put_count(FILE *file, const char *label, int count)
{
	char text[FIGURE_TEXT_SIZE];

	fprintf(file, "%*s", INDENT, "");
	put_left(file, label, LABEL_WIDTH);
	put_right(file, figure_format(count, text), VALUE_WIDTH);
	fputc('\n', file);
}

static void put_terms(FILE *file, const struct term_list *terms, const int *counts)
{
	for (int i = 0; i < terms->count; i++)
		put_count(file, term_label(terms, i), counts[i]);
}

static void put_calls(FILE *file, const struct monthly_report *report)
{
	const struct call_figures *calls = &report->figures.calls;
	const struct area_calls_list *areas = &report->figures.areas;

	put_heading(file, _("Calls"));
	put_count(file, _("calls"), calls->total);
	put_title(file, report, REPORT_TABLE_SOURCE);
	put_terms(file, &source_terms, calls->by_source);
	put_title(file, report, REPORT_TABLE_OUTCOME);
	put_terms(file, &outcome_terms, calls->by_outcome);
	put_title(file, report, REPORT_TABLE_SHARED_HOLE);
	put_count(file, _("with a shared hole"), calls->shared_hole);
	put_count(file, _("without a shared hole"), calls->no_shared_hole);
	put_title(file, report, REPORT_TABLE_AGE);
	put_terms(file, &age_group_terms, calls->by_age);
	put_title(file, report, REPORT_TABLE_AREA);
	for (size_t i = 0; i < areas->count; i++)
		put_count(file, report_area(areas->items[i].area), areas->items[i].calls);
}

static void put_delays(FILE *file, const struct monthly_report *report)
{
	const struct delay_figures *delays = &report->figures.delays;

	put_heading(file, report_table_title(REPORT_TABLE_DELAYS));
	put_note(file, report, REPORT_TABLE_DELAYS);
	put_count(file, _("families with a meeting"), delays->meetings);
	put_count(file, _("half met within (median)"), delays->median);
	put_count(file, _("nine of ten met within"), delays->p90);
	put_count(file, _("the longest wait"), delays->longest);
	put_count(file, _("met within 7 days"), delays->within_7);
	put_count(file, _("met within 14 days"), delays->within_14);
}

static void put_unit(FILE *file, const struct report_unit *unit)
{
	const int counts[] = { unit->promised, unit->confirmed, unit->used, unit->no_shared_hole };
	char text[FIGURE_TEXT_SIZE];

	fprintf(file, "%*s", INDENT, "");
	put_left(file, unit->unit, UNIT_WIDTH);
	for (int i = 0; i < 4; i++)
		put_right(file, figure_format(counts[i], text), HOLES_WIDTH);
	fputc('\n', file);
}

static void put_units(FILE *file, const struct monthly_report *report)
{
	const struct report_unit_list *units = &report->units;

	put_heading(file, report_table_title(REPORT_TABLE_UNITS));
	put_note(file, report, REPORT_TABLE_UNITS);
	put_left(file, "", INDENT + UNIT_WIDTH);
	put_right(file, _("promised"), HOLES_WIDTH);
	put_right(file, _("confirmed"), HOLES_WIDTH);
	put_right(file, _("used"), HOLES_WIDTH);
	put_right(file, _("in the way"), HOLES_WIDTH);
	fputc('\n', file);
	for (size_t i = 0; i < units->count; i++)
		put_unit(file, &units->items[i]);
}

static void put_texts(FILE *file, const struct report_text_list *texts)
{
	put_heading(file, _("In their own words"));
	if (!texts->count)
		paper_put_rows(file, INDENT, INDENT, _("nothing was picked for this month"));
	for (size_t i = 0; i < texts->count; i++) {
		paper_put_rows(file, INDENT, INDENT, texts->items[i]);
		fputs(i + 1 < texts->count ? "\n" : "", file);
	}
}

void report_write_text(FILE *file, const struct monthly_report *report)
{
	char month[LOCALTEXT_SIZE], state[REPORT_STATE_SIZE];

	fprintf(file, "%s%s%s\n%s\n", local_month(report->month, month), report->region ? ", " : "",
		report->region ? report->region : "", report_state(report, state));
	for (int i = 0; i < CONDITIONS; i++)
		put_condition(file, (enum condition)i, report);
	put_calls(file, report);
	put_delays(file, report);
	put_units(file, report);
	put_texts(file, &report->texts);
	fputc('\n', file);
	paper_put_rows(file, 0, 0, report_note_trend());
	if (!report->is_full)
		paper_put_rows(file, 0, 0, report_note_hidden());
}
