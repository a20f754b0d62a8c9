#include "indicator_rows_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/report_words.h"

#include <assert.h>
#include <stdio.h>

#define VALUE_WIDTH 9
#define VALUES	    4 /* now, before, a year ago, the goal */
#define SPARK_WIDTH (REPORT_MONTHS + 2)
#define SIGN_WIDTH  2
#define WORDS_LEAST 110 /* columns where there is room for how it moves, in words */
#define WORDS_WIDTH 36
#define LABEL_LEAST 20
#define MAP_CELL    3
#define STEPS	    8

int indicator_row_count(void)
{
	return INDICATORS + CONDITIONS;
}

enum indicator indicator_of_row(int row)
{
	int at = 0;

	for (int i = 0; i < INDICATORS; i++) {
		bool begins = i == 0
			      || indicator_condition((enum indicator)i)
					 != indicator_condition((enum indicator)(i - 1));

		at += begins;
		if (at > row)
			return INDICATORS;
		if (at++ == row)
			return (enum indicator)i;
	}
	return INDICATORS;
}

/* The condition whose heading the row is. */
static enum condition condition_of_row(int row)
{
	assert(indicator_of_row(row) == INDICATORS);
	return indicator_condition(indicator_of_row(row + 1));
}

static int words_width(const struct canvas *canvas)
{
	return canvas->columns >= WORDS_LEAST ? WORDS_WIDTH : SIGN_WIDTH;
}

/* Without a name no figure tells anything: where there is no room, the latter ones give way. */
static bool is_narrow(const struct canvas *canvas)
{
	return canvas->columns < 3 + LABEL_LEAST + VALUES * VALUE_WIDTH + SPARK_WIDTH + SIGN_WIDTH;
}

static int values_shown(const struct canvas *canvas)
{
	return is_narrow(canvas) ? 2 : VALUES;
}

static int spark_width(const struct canvas *canvas)
{
	return is_narrow(canvas) ? 0 : SPARK_WIDTH;
}

static int label_width(const struct canvas *canvas)
{
	return canvas->columns - 3 - values_shown(canvas) * VALUE_WIDTH - spark_width(canvas)
	       - words_width(canvas);
}

void indicator_draw_head(const struct canvas *canvas)
{
	const char *const heads[VALUES] = { _("now"), _("last mo."), _("year ago"), _("goal") };
	int column = 2 + label_width(canvas);

	for (int i = 0; i < values_shown(canvas); i++)
		canvas_right(
			canvas, 0, column + i * VALUE_WIDTH, VALUE_WIDTH, STYLE_QUIET, heads[i]);
	if (!is_narrow(canvas))
		canvas_text(canvas, 0, column + VALUES * VALUE_WIDTH + 2, SPARK_WIDTH, STYLE_QUIET,
			_("13 months"));
}

/* ---- Months by how high they are among those that are told. ---- */

struct range {
	int64_t least, most;
	bool is_any;
};

static struct range range_of(enum indicator_kind kind, const struct report_figure *figure)
{
	struct range range = { 0 };

	for (int at = 0; at < REPORT_MONTHS; at++) {
		int64_t value;

		if (!measure_is_told(&figure->months[at]))
			continue;
		value = measure_hundredths(kind, &figure->months[at]);
		range.least = !range.is_any || value < range.least ? value : range.least;
		range.most = !range.is_any || value > range.most ? value : range.most;
		range.is_any = true;
	}
	return range;
}

/* 0 to steps - 1; -1 where it is not told. */
static int step_of(enum indicator_kind kind, const struct measure *measure,
	const struct range *range, int steps)
{
	int64_t span = range->most - range->least;

	if (!measure_is_told(measure))
		return -1;
	if (span == 0)
		return steps / 2;
	return (int)((measure_hundredths(kind, measure) - range->least) * (steps - 1) / span);
}

static void draw_spark(const struct canvas *canvas, int at, int column, enum indicator indicator,
	const struct report_figure *figure)
{
	static const char *const blocks[STEPS] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	static const char *const digits[STEPS] = { "_", "_", ".", ".", "-", "-", "=", "=" };
	enum indicator_kind kind = indicator_kind(indicator);
	struct range range = range_of(kind, figure);

	for (int i = 0; i < REPORT_MONTHS; i++) {
		int step = step_of(kind, &figure->months[i], &range, STEPS);
		enum style style = i == REPORT_NOW ? STYLE_STRONG : STYLE_GOOD;

		if (step >= 0)
			canvas_text(canvas, at, column + i, 1, style,
				canvas->utf8 ? blocks[step] : digits[step]);
		else
			canvas_text(
				canvas, at, column + i, 1, STYLE_QUIET, canvas->utf8 ? "·" : " ");
	}
}

static void draw_movement(const struct canvas *canvas, int at, int column, enum indicator indicator,
	const struct report_figure *figure)
{
	enum direction right = indicator_direction(indicator);
	const struct trend *trend = &figure->trend;
	enum style style = trend->movement != MOVEMENT_SURE && trend->movement != MOVEMENT_MAYBE
				   ? STYLE_QUIET
			   : right == DIRECTION_NONE   ? STYLE_NORMAL
			   : trend->direction == right ? STYLE_GOOD
						       : STYLE_TROUBLE;

	if (words_width(canvas) == SIGN_WIDTH)
		canvas_text(canvas, at, column, SIGN_WIDTH, style, trend_sign(trend, canvas->utf8));
	else
		canvas_text(canvas, at, column, WORDS_WIDTH - 1, style, trend_label(trend, right));
}

static void draw_heading(const struct canvas *canvas, int at, int row, bool is_chosen)
{
	canvas_row(canvas, at, 1, canvas->columns - 2, is_chosen ? STYLE_CURSOR : STYLE_STRONG,
		condition_label(condition_of_row(row)));
}

void indicator_draw_row(const struct canvas *canvas, int at, const struct monthly_report *report,
	int row, bool is_chosen)
{
	static const enum style styles[VALUES] = { STYLE_STRONG, STYLE_NORMAL, STYLE_NORMAL,
		STYLE_QUIET };
	enum indicator indicator = indicator_of_row(row);
	int column = 2 + label_width(canvas), shown = values_shown(canvas);
	char values[VALUES][REPORT_VALUE_SIZE];
	const struct report_figure *figure;
	enum indicator_kind kind;

	if (indicator == INDICATORS) {
		draw_heading(canvas, at, row, is_chosen);
		return;
	}
	figure = &report->indicators[indicator];
	kind = indicator_kind(indicator);
	canvas_row(canvas, at, 2, label_width(canvas), is_chosen ? STYLE_CURSOR : STYLE_NORMAL,
		figure->label[message_language()]);
	report_value(kind, &figure->months[REPORT_NOW], values[0]);
	report_value(kind, &figure->months[REPORT_BEFORE], values[1]);
	report_value(kind, &figure->months[REPORT_YEAR_AGO], values[2]);
	report_goal(kind, figure->goal, values[3]);
	for (int i = 0; i < shown; i++)
		canvas_right(
			canvas, at, column + i * VALUE_WIDTH, VALUE_WIDTH, styles[i], values[i]);
	if (!is_narrow(canvas))
		draw_spark(canvas, at, column + shown * VALUE_WIDTH + 2, indicator, figure);
	draw_movement(canvas, at, column + shown * VALUE_WIDTH + spark_width(canvas) + 1, indicator,
		figure);
}

/* ---- The map. ---- */

/* The last ones that there is room for. */
static int months_shown(const struct canvas *canvas)
{
	int room = (canvas->columns - 3 - LABEL_LEAST) / MAP_CELL;

	return room < REPORT_MONTHS ? room : REPORT_MONTHS;
}

static int map_label_width(const struct canvas *canvas)
{
	return canvas->columns - 3 - months_shown(canvas) * MAP_CELL;
}

void indicator_draw_map_head(const struct canvas *canvas, const struct monthly_report *report)
{
	int column = 2 + map_label_width(canvas), shown = months_shown(canvas);

	for (int i = 0; i < shown; i++) {
		struct month month = month_add(report->month, i - shown + 1);
		char text[8];

		snprintf(text, sizeof(text), "%d", month.month);
		canvas_right(canvas, 0, column + i * MAP_CELL, MAP_CELL, STYLE_QUIET, text);
	}
}

void indicator_draw_map_row(const struct canvas *canvas, int at,
	const struct monthly_report *report, int row, bool is_chosen)
{
	static const char *const shades[] = { "░░", "▒▒", "▓▓", "██" };
	static const char *const letters[] = { "--", "++", "xx", "##" };
	enum indicator indicator = indicator_of_row(row);
	const struct report_figure *figure;
	enum indicator_kind kind;
	int shown = months_shown(canvas);
	struct range range;

	if (indicator == INDICATORS) {
		draw_heading(canvas, at, row, is_chosen);
		return;
	}
	figure = &report->indicators[indicator];
	kind = indicator_kind(indicator);
	range = range_of(kind, figure);
	canvas_row(canvas, at, 2, map_label_width(canvas), is_chosen ? STYLE_CURSOR : STYLE_NORMAL,
		figure->label[message_language()]);
	for (int i = 0; i < shown; i++) {
		int step = step_of(kind, &figure->months[REPORT_MONTHS - shown + i], &range, 4);
		int column = 2 + map_label_width(canvas) + i * MAP_CELL + 1;

		if (step < 0)
			canvas_text(canvas, at, column, 2, STYLE_QUIET, canvas->utf8 ? " ·" : " .");
		else
			canvas_text(canvas, at, column, 2, STYLE_GOOD,
				canvas->utf8 ? shades[step] : letters[step]);
	}
}
