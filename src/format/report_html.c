#include "kutsu/format/report_html.h"

#include "html_internal.h"
#include "kutsu/base/localtext.h"
#include "kutsu/format/report_words.h"
#include "report_html_internal.h"
#include "svg_internal.h"

#include <string.h>

#define MOST_BARS 32

/* Dark on white, 7:1 or more; nothing is told by colour alone. */
static const char style[] =
	"@page { size: A4; margin: 1.5cm; }\n"
	"body { font: 11pt/1.45 sans-serif; max-width: 19cm; margin: 1cm auto; padding: 0 .5cm;"
	" color: #111; background: #fff; }\n"
	"h1 { font-size: 20pt; margin-bottom: .1em; }\n"
	"h2 { font-size: 14pt; border-bottom: 2px solid #1d4f76; margin-top: 1.6em; }\n"
	"h3 { font-size: 11.5pt; margin: 1.2em 0 .2em; }\n"
	"h1, h2, h3, caption { break-after: avoid; }\n"
	".three { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5cm; }\n"
	".card { border: 1px solid #888; border-radius: 4px; padding: .3cm; break-inside: avoid; "
	"}\n"
	".card h3 { margin: 0; } .card p { margin: .2em 0; }\n"
	".card .value { font-size: 26pt; font-weight: bold; line-height: 1.1; }\n"
	"table { border-collapse: collapse; width: 100%; margin: .3em 0 1em; }\n"
	"caption { text-align: left; font-weight: bold; padding: .2em 0; }\n"
	"th, td { padding: .2em .4em; border-bottom: 1px solid #bbb; vertical-align: top;"
	" text-align: left; font-weight: normal; }\n"
	"thead th { font-weight: bold; border-bottom: 1.5px solid #444; }\n"
	"tr { break-inside: avoid; }\n"
	".figure { text-align: right; white-space: nowrap; }\n"
	".moving { width: 24%; }\n"
	"summary { cursor: pointer; color: #1d4f76; font-size: 9pt; }\n"
	".definition { color: #444; font-size: 9pt; display: block; }\n"
	"figure { margin: .3em 0 1em; break-inside: avoid; }\n"
	"svg { max-width: 100%; height: auto; }\n"
	"svg text { font: 12px sans-serif; fill: #111; }\n"
	"svg .label { text-anchor: end; } svg .month { text-anchor: middle; font-size: 10px; }\n"
	"svg .number { font-weight: bold; } svg .bar { fill: #1d4f76; }\n"
	"svg .line { fill: none; stroke: #1d4f76; stroke-width: 2; }\n"
	"svg .dot { fill: #1d4f76; } svg .axis { fill: none; stroke: #666; }\n"
	"svg .goal { stroke: #8a3b00; stroke-width: 1.5; stroke-dasharray: 5 3; }\n"
	"blockquote { margin: .5em 0; padding: .1em .6em; border-left: 4px solid #1d4f76; }\n"
	"footer { margin-top: 2em; border-top: 1px solid #444; font-size: 9pt; color: #333; }\n"
	"@media print { body { margin: 0; padding: 0; max-width: none; } }\n"
	"@media (max-width: 15cm) { .three { grid-template-columns: 1fr; } }\n";

static void put(FILE *file, const char *before, const char *text, const char *after)
{
	fputs(before, file);
	html_put_text(file, text);
	fputs(after, file);
}

/* ---- The head. ---- */

void report_html_begin(FILE *file, const struct monthly_report *report)
{
	char month[LOCALTEXT_SIZE], state[REPORT_STATE_SIZE], title[200];

	snprintf(title, sizeof(title), "%s: %s%s%.100s", _("Monthly report"),
		local_month(report->month, month), report->region ? ", " : "",
		report->region ? report->region : "");
	fprintf(file,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"" HTML_POLICY "\">\n",
		html_language());
	put(file, "<title>", title, "</title>\n");
	fprintf(file, "<style>\n%s</style>\n</head>\n<body>\n<header>\n", style);
	put(file, "<h1>", title, "</h1>\n");
	put(file, "<p>", report_state(report, state), "</p>\n</header>\n<main>\n");
}

/* ---- The three figures. ---- */

static void put_beside(FILE *file, enum indicator_kind kind, const struct report_figure *figure,
	const char *what, int at)
{
	char value[REPORT_VALUE_SIZE];

	html_put_text(file, what);
	put(file, " ", report_value(kind, &figure->months[at], value), "");
}

static void put_card(FILE *file, enum indicator indicator, const struct report_figure *figure)
{
	enum indicator_kind kind = indicator_kind(indicator);
	const struct measure *now = &figure->months[REPORT_NOW];
	char value[REPORT_VALUE_SIZE];

	put(file, "<section class=\"card\">\n<h3>", figure->label[message_language()], "</h3>\n");
	put(file, "<p class=\"value\">", report_value(kind, now, value), "</p>\n<p>");
	svg_sparkline(file, kind, figure->months, REPORT_MONTHS, figure->goal);
	put(file, "</p>\n<p>", report_n(kind, now, value), "");
	fputs(*value ? "<br>" : "", file);
	put_beside(file, kind, figure, _("month before:"), REPORT_BEFORE);
	fputs("<br>", file);
	put_beside(file, kind, figure, _("a year ago:"), REPORT_YEAR_AGO);
	if (figure->goal != GOAL_NONE) {
		put(file, "<br>", _("goal:"), " ");
		html_put_text(file, report_goal(kind, figure->goal, value));
	}
	put(file, "</p>\n<p><strong>", trend_label(&figure->trend, indicator_direction(indicator)),
		"</strong></p>\n");
	put(file, "<p class=\"definition\">", figure->definition[message_language()],
		"</p>\n</section>\n");
}

static void put_three(FILE *file, const struct monthly_report *report)
{
	put(file, "<h2>", condition_label(CONDITION_HEADLINE), "</h2>\n<div class=\"three\">\n");
	for (int i = 0; i < INDICATORS; i++) {
		if (indicator_condition((enum indicator)i) == CONDITION_HEADLINE)
			put_card(file, (enum indicator)i, &report->indicators[i]);
	}
	fputs("</div>\n", file);
}

/* ---- The indicators of a condition. ---- */

static void put_cell(FILE *file, const char *text)
{
	put(file, "<td class=\"figure\">", text, "</td>");
}

static void put_indicator(FILE *file, enum indicator indicator, const struct report_figure *figure)
{
	enum indicator_kind kind = indicator_kind(indicator);
	char value[REPORT_VALUE_SIZE], n[REPORT_VALUE_SIZE];

	put(file, "<tr><th scope=\"row\">", figure->label[message_language()], "");
	put(file, "<span class=\"definition\">", figure->definition[message_language()],
		"</span></th>");
	fputs("<td class=\"figure\"><strong>", file);
	html_put_text(file, report_value(kind, &figure->months[REPORT_NOW], value));
	report_n(kind, &figure->months[REPORT_NOW], n);
	put(file, "</strong>", *n ? " " : "", "");
	put(file, "<span class=\"definition\">", n, "</span></td>");
	put_cell(file, report_value(kind, &figure->months[REPORT_BEFORE], value));
	put_cell(file, report_value(kind, &figure->months[REPORT_YEAR_AGO], value));
	put_cell(file, report_goal(kind, figure->goal, value));
	fputs("<td>", file);
	svg_sparkline(file, kind, figure->months, REPORT_MONTHS, figure->goal);
	put(file, "<span class=\"definition\">",
		trend_label(&figure->trend, indicator_direction(indicator)), "</span></td></tr>\n");
}

static void put_column(FILE *file, const char *text, bool is_figure)
{
	fprintf(file, "<th scope=\"col\"%s>", is_figure ? " class=\"figure\"" : "");
	html_put_text(file, text);
	fputs("</th>", file);
}

static void put_condition(FILE *file, enum condition condition, const struct monthly_report *report)
{
	put(file, "<h2>", condition_label(condition), "</h2>\n<table>\n<thead><tr>");
	put_column(file, _("indicator"), false);
	put_column(file, _("month"), true);
	put_column(file, _("before"), true);
	put_column(file, _("year ago"), true);
	put_column(file, _("goal"), true);
	put(file, "<th scope=\"col\" class=\"moving\">", _("moving"), "</th>");
	fputs("</tr></thead>\n<tbody>\n", file);
	for (int i = 0; i < INDICATORS; i++) {
		if (indicator_condition((enum indicator)i) == condition)
			put_indicator(file, (enum indicator)i, &report->indicators[i]);
	}
	fputs("</tbody>\n</table>\n", file);
}

/* ---- Charts with their tables. ---- */

/* What a chart shows, for who can't see it and for who wants to copy it. */
static void begin_table(FILE *file, const char *title)
{
	put(file, "<details>\n<summary>", _("As a table"), "</summary>\n");
	put(file, "<table>\n<caption>", title, "</caption>\n<thead><tr>");
}

static void end_table(FILE *file)
{
	fputs("</tbody>\n</table>\n</details>\n</figure>\n", file);
}

static void put_note(FILE *file, const struct monthly_report *report, enum report_table table)
{
	put(file, "<p class=\"definition\">", report_table_note(report, table), "</p>\n");
}

static void put_bars(FILE *file, const struct monthly_report *report, enum report_table table,
	const struct svg_bar *bars, size_t count)
{
	const char *title = report_table_title(table);
	char text[FIGURE_TEXT_SIZE];

	put(file, "<h3>", title, "</h3>\n");
	put_note(file, report, table);
	fputs("<figure>\n", file);
	svg_bars(file, title, bars, count);
	begin_table(file, title);
	put_column(file, _("what"), false);
	put_column(file, _("calls"), true);
	fputs("</tr></thead>\n<tbody>\n", file);
	for (size_t i = 0; i < count; i++) {
		put(file, "<tr><th scope=\"row\">", bars[i].label, "</th>");
		put_cell(file, figure_format(bars[i].value, text));
		fputs("</tr>\n", file);
	}
	end_table(file);
}

static void put_terms(FILE *file, const struct monthly_report *report, enum report_table table,
	const struct term_list *terms, const int *counts)
{
	struct svg_bar bars[MOST_BARS];

	for (int i = 0; i < terms->count; i++)
		bars[i] = (struct svg_bar) { term_label(terms, i), counts[i] };
	put_bars(file, report, table, bars, (size_t)terms->count);
}

static void put_areas(FILE *file, const struct monthly_report *report)
{
	const struct area_calls_list *areas = &report->figures.areas;
	struct svg_bar bars[MOST_BARS];
	size_t count = areas->count < MOST_BARS ? areas->count : MOST_BARS;

	for (size_t i = 0; i < count; i++)
		bars[i] = (struct svg_bar) { report_area(areas->items[i].area),
			areas->items[i].calls };
	if (count)
		put_bars(file, report, REPORT_TABLE_AREA, bars, count);
}

static void put_calls(FILE *file, const struct monthly_report *report)
{
	const struct call_figures *calls = &report->figures.calls;
	const struct svg_bar holes[] = { { _("with a shared hole"), calls->shared_hole },
		{ _("without a shared hole"), calls->no_shared_hole } };

	put(file, "<h2>", _("Calls"), "</h2>\n");
	put_terms(file, report, REPORT_TABLE_SOURCE, &source_terms, calls->by_source);
	put_terms(file, report, REPORT_TABLE_OUTCOME, &outcome_terms, calls->by_outcome);
	put_bars(file, report, REPORT_TABLE_SHARED_HOLE, holes, 2);
	put_terms(file, report, REPORT_TABLE_AGE, &age_group_terms, calls->by_age);
	put_areas(file, report);
}

/* The median by month, and its table. */
static void put_waits(FILE *file, const struct monthly_report *report)
{
	const struct report_figure *figure = &report->indicators[INDICATOR_DELAY_MEDIAN];
	const char *names[REPORT_MONTHS], *title = figure->label[message_language()];
	char texts[REPORT_MONTHS][DAY_TEXT_SIZE], value[REPORT_VALUE_SIZE];

	for (int at = 0; at < REPORT_MONTHS; at++) {
		struct month month = month_add(report->month, at - REPORT_NOW);

		snprintf(texts[at], sizeof(texts[at]), "%d/%02d", month.month, month.year % 100);
		names[at] = texts[at];
	}
	put(file, "<h2>", report_table_title(REPORT_TABLE_DELAYS), "</h2>\n");
	put_note(file, report, REPORT_TABLE_DELAYS);
	fputs("<figure>\n", file);
	svg_line(file, title, INDICATOR_DAYS, figure->months, names, REPORT_MONTHS, figure->goal);
	begin_table(file, title);
	for (int at = 0; at < REPORT_MONTHS; at++)
		put_column(file, names[at], true);
	fputs("</tr></thead>\n<tbody><tr>", file);
	for (int at = 0; at < REPORT_MONTHS; at++)
		put_cell(file, report_value(INDICATOR_DAYS, &figure->months[at], value));
	fputs("</tr>", file);
	end_table(file);
}

static void put_units(FILE *file, const struct monthly_report *report)
{
	const struct report_unit_list *units = &report->units;
	char text[FIGURE_TEXT_SIZE];

	put(file, "<h2>", report_table_title(REPORT_TABLE_UNITS), "</h2>\n");
	put_note(file, report, REPORT_TABLE_UNITS);
	fputs("<table>\n<thead><tr>", file);
	put_column(file, _("unit"), false);
	put_column(file, _("area"), false);
	put_column(file, _("promised"), true);
	put_column(file, _("confirmed"), true);
	put_column(file, _("used"), true);
	put_column(file, _("in the way"), true);
	fputs("</tr></thead>\n<tbody>\n", file);
	for (size_t i = 0; i < units->count; i++) {
		const struct report_unit *unit = &units->items[i];

		put(file, "<tr><th scope=\"row\">", unit->name, "</th>");
		put(file, "<td>", unit->area ? unit->area : "", "</td>");
		put_cell(file, figure_format(unit->promised, text));
		put_cell(file, figure_format(unit->confirmed, text));
		put_cell(file, figure_format(unit->used, text));
		put_cell(file, figure_format(unit->no_shared_hole, text));
		fputs("</tr>\n", file);
	}
	fputs("</tbody>\n</table>\n", file);
}

static void put_texts(FILE *file, const struct report_text_list *texts)
{
	put(file, "<h2>", _("In their own words"), "</h2>\n");
	if (!texts->count)
		put(file, "<p>", _("nothing was picked for this month"), "</p>\n");
	for (size_t i = 0; i < texts->count; i++)
		put(file, "<blockquote><p>", texts->items[i], "</p></blockquote>\n");
}

void report_html_body(FILE *file, const struct monthly_report *report)
{
	put_three(file, report);
	for (int i = CONDITION_HEADLINE + 1; i < CONDITIONS; i++)
		put_condition(file, (enum condition)i, report);
	put_calls(file, report);
	put_waits(file, report);
	put_units(file, report);
	put_texts(file, &report->texts);
}

void report_html_end(FILE *file, const struct monthly_report *report)
{
	fputs("</main>\n<footer>\n", file);
	put(file, "<p>", report_note_trend(), "</p>\n");
	if (!report->is_full)
		put(file, "<p>", report_note_hidden(), "</p>\n");
	fputs("</footer>\n</body>\n</html>\n", file);
}

void report_write_html(FILE *file, const struct monthly_report *report)
{
	report_html_begin(file, report);
	report_html_body(file, report);
	report_html_end(file, report);
}
