/* The calls of a month and how long families waited, in one or two columns of bars. */
#include "calls_page_internal.h"

#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/report_table.h"

#include <assert.h>

#define LABEL_WIDTH   27
#define FIGURE_WIDTH  5
#define BAR_LEAST     4
#define LEFT_SHARE    57 /* per cent of the screen */
#define COLUMNS_LEAST 68 /* for two columns */

enum line_kind { LINE_BLANK, LINE_HEADING, LINE_NOTE, LINE_DAYS, LINE_COUNT };

struct line {
	enum line_kind kind;
	const char *label;
	int figure;
	int most; /* of a count: as long as its bar can be */
};

struct lines {
	struct line items[CALLS_PAGE_LINES];
	int count;
};

static void add_line(
	struct lines *lines, enum line_kind kind, const char *label, int figure, int most)
{
	assert(lines->count < CALLS_PAGE_LINES);
	lines->items[lines->count++] = (struct line) { kind, label, figure, most };
}

static void add_terms(
	struct lines *lines, const char *title, const struct term_list *terms, const int *counts)
{
	int most = 0;

	for (int i = 0; i < terms->count; i++)
		most = counts[i] > most ? counts[i] : most;
	add_line(lines, LINE_HEADING, title, 0, 0);
	for (int i = 0; i < terms->count; i++)
		add_line(lines, LINE_COUNT, term_label(terms, i), counts[i], most);
}

static void add_calls(struct lines *lines, const struct call_figures *calls)
{
	add_terms(lines, report_table_title(REPORT_TABLE_SOURCE), &source_terms, calls->by_source);
	add_line(lines, LINE_BLANK, NULL, 0, 0);
	add_terms(
		lines, report_table_title(REPORT_TABLE_OUTCOME), &outcome_terms, calls->by_outcome);
}

static void add_delays(struct lines *lines, const struct delay_figures *delays)
{
	int all = delays->meetings;

	add_line(lines, LINE_HEADING, report_table_title(REPORT_TABLE_DELAYS), 0, 0);
	if (all == 0) {
		add_line(lines, LINE_NOTE, _("no meeting yet"), 0, 0);
		return;
	}
	add_line(lines, LINE_DAYS, _("half met within (median)"), delays->median, 0);
	add_line(lines, LINE_DAYS, _("nine of ten met within"), delays->p90, 0);
	add_line(lines, LINE_DAYS, _("the longest wait"), delays->longest, 0);
	add_line(lines, LINE_BLANK, NULL, 0, 0);
	add_line(lines, LINE_COUNT, _("families with a meeting"), all, all);
	add_line(lines, LINE_COUNT, _("met within 7 days"), delays->within_7, all);
	add_line(lines, LINE_COUNT, _("met within 14 days"), delays->within_14, all);
}

/* The lines of the one or two columns that the screen has room for; returns how many those are. */
static int lay_out(const struct month_figures *figures, int columns, struct lines lines[2])
{
	int used = columns < COLUMNS_LEAST ? 1 : 2;

	lines[0].count = lines[1].count = 0;
	add_calls(&lines[0], &figures->calls);
	if (used == 1)
		add_line(&lines[0], LINE_BLANK, NULL, 0, 0);
	add_delays(&lines[used - 1], &figures->delays);
	return used;
}

/* ---- How it is drawn. ---- */

static void draw_bar(const struct canvas *canvas, int row, int column, const struct line *line)
{
	int room = canvas->columns - column;
	int length = line->most > 0 ? line->figure * room / line->most : 0;
	struct text bar = { 0 };

	if (room < BAR_LEAST || line->figure <= 0)
		return;
	for (int i = 0; i < length || i == 0; i++)
		text_add(&bar, canvas->utf8 ? "█" : "#");
	canvas_text(canvas, row, column, room, STYLE_GOOD, text_get(&bar));
	text_release(&bar);
}

static void draw_figure(const struct canvas *canvas, int row, const struct line *line)
{
	int label = canvas->columns - FIGURE_WIDTH - 2;
	bool is_hidden = line->figure == FIGURE_HIDDEN;
	char text[FIGURE_TEXT_SIZE];
	int width;

	if (label > LABEL_WIDTH)
		label = LABEL_WIDTH;
	canvas_text(canvas, row, 1, label, STYLE_NORMAL, line->label);
	figure_format(line->figure, text);
	width = utf8_width(text);
	canvas_text(canvas, row, label + 1 + FIGURE_WIDTH - width, width,
		is_hidden ? STYLE_QUIET : STYLE_STRONG, text);
	if (line->kind == LINE_COUNT)
		draw_bar(canvas, row, label + FIGURE_WIDTH + 2, line);
}

static void draw_line(const struct canvas *canvas, int row, const struct line *line)
{
	switch (line->kind) {
	case LINE_HEADING:
		canvas_text(canvas, row, 0, canvas->columns, STYLE_STRONG, line->label);
		break;
	case LINE_NOTE:
		canvas_text(canvas, row, 1, canvas->columns - 1, STYLE_QUIET, line->label);
		break;
	case LINE_DAYS:
	case LINE_COUNT:
		draw_figure(canvas, row, line);
		break;
	default:
		break;
	}
}

static void draw_lines(const struct canvas *canvas, const struct lines *lines, int top)
{
	for (int row = 0; row < canvas->rows && top + row < lines->count; row++)
		draw_line(canvas, row, &lines->items[top + row]);
}

int calls_page_last_top(const struct month_figures *figures, int rows, int columns)
{
	struct lines lines[2];
	int count;

	lay_out(figures, columns, lines);
	count = lines[0].count > lines[1].count ? lines[0].count : lines[1].count;
	return count > rows ? count - rows : 0;
}

void calls_page_draw(const struct canvas *canvas, const struct month_figures *figures, int top)
{
	struct lines lines[2];
	int used = lay_out(figures, canvas->columns, lines);
	int left = used == 1 ? canvas->columns - 2 : canvas->columns * LEFT_SHARE / 100;
	struct canvas first = canvas_part(canvas, 0, 1, canvas->rows, left);
	struct canvas second =
		canvas_part(canvas, 0, left + 3, canvas->rows, canvas->columns - left - 4);

	draw_lines(&first, &lines[0], top);
	if (used == 2)
		draw_lines(&second, &lines[1], top);
}
