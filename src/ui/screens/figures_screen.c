/* Tilannekuva: a month in figures, without the small ones. */
#include "calls_page_internal.h"
#include "indicator_rows_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/format/agenda_writer.h"
#include "kutsu/format/report_words.h"
#include "kutsu/service/leadership.h"
#include "kutsu/service/monthly.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>

#define FIRST_YEAR	1970
#define TITLE_ROWS	2
#define NOTE_ROWS	2
#define DEFINITION_ROWS 3

enum page { PAGE_INDICATORS, PAGE_MAP, PAGE_CALLS, PAGES };

struct figures_screen {
	struct screen screen;
	enum page page;
	struct list chosen; /* of the indicators */
	struct month month; /* year 0 before it is first read */
	struct monthly_report report;
	struct arena arena; /* of the report */
	bool has_figures;
	bool is_logged;	    /* the log has the look at this month */
	struct list scroll; /* its cursor is the first line shown */
};

enum {
	ACTION_EARLIER = 1,
	ACTION_LATER,
	ACTION_THIS_MONTH,
	ACTION_CAPACITY,
	ACTION_ADVICE,
	ACTION_EXPORT,
	ACTION_PAGE,
	ACTION_DEFINITION,
	ACTION_ACCEPT,
	ACTION_AGENDA,
	ACTION_CHAIN
};

static struct month this_month(const struct ui *ui)
{
	return day_month(session_today(ui->session));
}

static bool figures_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct figures_screen *self = (struct figures_screen *)screen;

	if (!self->month.year)
		self->month = this_month(ui);
	arena_reset(&self->arena);
	self->has_figures = report_look(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW,
		self->month, false, &self->arena, &self->report, err);
	self->is_logged = self->is_logged || self->has_figures;
	return self->has_figures;
}

static int top_line(const struct figures_screen *self, int rows, int columns)
{
	int last = calls_page_last_top(&self->report.figures, rows, columns);

	return self->scroll.cursor < last ? self->scroll.cursor : last;
}

static void draw_title(
	const struct figures_screen *self, const struct ui *ui, const struct canvas *canvas)
{
	struct month now = this_month(ui);
	int total = self->report.figures.calls.total;
	char month[LOCALTEXT_SIZE];
	struct text title = { 0 };

	text_add(&title, local_month(self->month, month));
	if (self->month.year == now.year && self->month.month == now.month)
		text_format(&title, " %s", _("(so far)"));
	if (self->has_figures && self->report.accepted_by)
		text_format(&title, " %s", _("(accepted)"));
	if (self->has_figures && total > 0)
		text_format(&title, P_("   %d call", "   %d calls", total), total);
	else if (self->has_figures && total == 0 && self->page != PAGE_CALLS)
		text_format(&title, "   %s", _("no calls came in this month"));
	canvas_text(canvas, 0, 1, canvas->columns - 2, STYLE_STRONG, text_get(&title));
	text_release(&title);
}

/* The definition of the chosen one stands below. */
static void draw_indicators(const struct figures_screen *self, const struct canvas *canvas)
{
	struct canvas head = canvas_part(canvas, 1, 0, 1, canvas->columns);
	struct canvas inside = canvas_part(canvas, TITLE_ROWS, 0,
		canvas->rows - TITLE_ROWS - DEFINITION_ROWS, canvas->columns);
	enum indicator chosen = indicator_of_row(self->chosen.cursor);
	int top = list_top(&self->chosen, inside.rows);

	if (self->page == PAGE_MAP)
		indicator_draw_map_head(&head, &self->report);
	else
		indicator_draw_head(&head);
	for (int at = 0; at < inside.rows && top + at < self->chosen.count; at++) {
		bool is_chosen = top + at == self->chosen.cursor;

		if (self->page == PAGE_MAP)
			indicator_draw_map_row(&inside, at, &self->report, top + at, is_chosen);
		else
			indicator_draw_row(&inside, at, &self->report, top + at, is_chosen);
	}
	if (chosen == INDICATORS)
		return;
	inside = canvas_part(
		canvas, canvas->rows - DEFINITION_ROWS, 0, DEFINITION_ROWS, canvas->columns);
	canvas_wrapped(&inside, 0, 1, canvas->columns - 2, STYLE_QUIET,
		self->report.indicators[chosen].definition[message_language()]);
}

static void figures_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct figures_screen *self = (const struct figures_screen *)screen;
	struct canvas inside = canvas_part(
		canvas, TITLE_ROWS, 0, canvas->rows - TITLE_ROWS - NOTE_ROWS, canvas->columns);

	draw_title(self, ui, canvas);
	if (!self->has_figures)
		return;
	if (self->page != PAGE_CALLS) {
		draw_indicators(self, canvas);
		return;
	}
	if (self->report.figures.calls.total <= 0) {
		canvas_text(canvas, TITLE_ROWS, 1, canvas->columns - 2, STYLE_QUIET,
			self->report.figures.calls.total == 0
				? _("no calls came in this month")
				: _("too few calls came for figures that tell of nobody"));
		return;
	}
	calls_page_draw(
		&inside, &self->report.figures, top_line(self, inside.rows, inside.columns));
	canvas_text(canvas, canvas->rows - 1, 1, canvas->columns - 2, STYLE_QUIET,
		_(".. is not shown: fewer than 5 (<5), or it would tell of fewer than 5"));
}

/* ---- What keys do. ---- */

static bool is_before(struct month a, struct month b)
{
	return a.year < b.year || (a.year == b.year && a.month < b.month);
}

static struct next show_month(struct figures_screen *self, struct month month)
{
	self->month = month;
	self->is_logged = false;
	self->scroll.cursor = 0;
	self->screen.is_read = false;
	return next_stay();
}

static struct next scroll(struct figures_screen *self, const struct ui *ui, const struct key *key)
{
	int rows = ui->rows - TITLE_ROWS - NOTE_ROWS;

	self->scroll.rows = rows;
	self->scroll.cursor = top_line(self, rows, ui->columns);
	list_key(&self->scroll, key);
	self->scroll.cursor = top_line(self, rows, ui->columns);
	return next_stay();
}

static struct next write_out(const struct figures_screen *self, struct ui *ui)
{
	char month[DAY_TEXT_SIZE], command[60], file[40];

	month_format_iso(self->month, month);
	snprintf(command, sizeof(command), "report month %s --json", month);
	snprintf(file, sizeof(file), "%s.json", month);
	return next_push(fetch_screen_new(ui, command, file));
}

static struct next accept(struct ui *ui, void *context)
{
	struct figures_screen *self = context;
	struct error err;

	if (report_accept(ui->session, self->month, &err))
		ui_say(ui, "%s", _("accepted: it stays as it is"));
	else
		ui_fail(ui, &err);
	return next_back();
}

/* The chosen indicator, its months and what they mean. */
static struct screen *definition_screen(const struct figures_screen *self)
{
	enum indicator indicator = indicator_of_row(self->chosen.cursor);
	const struct report_figure *figure = &self->report.indicators[indicator];
	struct text text = { 0 };
	struct screen *screen;

	text_format(&text, "%s\n\n%s\n\n", figure->definition[message_language()],
		trend_label(&figure->trend, indicator_direction(indicator)));
	for (int at = REPORT_NOW; at >= 0; at--) {
		char month[LOCALTEXT_SIZE], value[REPORT_VALUE_SIZE], n[REPORT_VALUE_SIZE];
		enum indicator_kind kind = indicator_kind(indicator);

		text_format(&text, "%s: %s  %s\n",
			local_month(month_add(self->month, at - REPORT_NOW), month),
			report_value(kind, &figure->months[at], value),
			report_n(kind, &figure->months[at], n));
	}
	text_format(&text, "\n%s\n%s\n", report_note_trend(), report_note_hidden());
	screen = text_screen_new(figure->label[message_language()], text_get(&text));
	text_release(&text);
	return screen;
}

/* The tables' definitions, of the page of calls and of the report. */
static struct screen *tables_screen(const struct monthly_report *report)
{
	struct text text = { 0 };
	struct screen *screen;

	for (int i = 0; i < REPORT_TABLES; i++)
		text_format(&text, "%s\n%s\n\n", report_table_title((enum report_table)i),
			report_table_note(report, (enum report_table)i));
	text_format(&text, "%s\n", report_note_hidden());
	screen = text_screen_new(_("What the tables count"), text_get(&text));
	text_release(&text);
	return screen;
}

static struct next show_definition(const struct figures_screen *self)
{
	if (self->page == PAGE_CALLS)
		return next_push(tables_screen(&self->report));
	if (indicator_of_row(self->chosen.cursor) == INDICATORS)
		return next_stay();
	return next_push(definition_screen(self));
}

static struct next show_agenda(const struct figures_screen *self, struct ui *ui)
{
	struct leadership_agenda agenda;
	struct arena arena = { 0 };
	struct screen *screen = NULL;
	struct error err;
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);
	bool ok = file && leadership_agenda_look(ui->session, self->month, &arena, &agenda, &err);

	if (ok)
		agenda_write_text(file, &agenda);
	else if (file)
		ui_fail(ui, &err);
	if (file)
		fclose(file);
	if (ok)
		screen = text_screen_new(_("For the leadership group's meeting"), text);
	free(text);
	arena_release(&arena);
	return screen ? next_push(screen) : next_stay();
}

static struct next figures_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct figures_screen *self = (struct figures_screen *)screen;

	/* In a window that is too small nothing was read yet. */
	if (!self->has_figures && action != ACTION_PAGE)
		return next_stay();
	switch (action) {
	case ACTION_EARLIER:
		if (self->month.year > FIRST_YEAR)
			return show_month(self, month_add(self->month, -1));
		return next_stay();
	case ACTION_LATER:
		if (is_before(self->month, this_month(ui)))
			return show_month(self, month_add(self->month, 1));
		return next_stay();
	case ACTION_THIS_MONTH:
		return show_month(self, this_month(ui));
	case ACTION_EXPORT:
		return write_out(self, ui);
	case ACTION_PAGE:
		self->page = (enum page)((self->page + 1) % PAGES);
		return next_stay();
	case ACTION_DEFINITION:
		return show_definition(self);
	case ACTION_ACCEPT:
		return next_push(confirm_new(_("Accept the report"),
			_("From now on this month's report stays as it is now, whatever comes in "
			  "later. There is no way back. Accept it?"),
			accept, self));
	case ACTION_AGENDA:
		return show_agenda(self, ui);
	case ACTION_CHAIN:
		return next_push(learning_screen_new());
	case ACTION_CAPACITY:
		return next_push(capacity_screen_new());
	case ACTION_ADVICE:
		return next_push(advice_screen_new());
	default:
		if (self->page == PAGE_CALLS)
			return scroll(self, ui, key);
		self->chosen.rows = ui->rows - TITLE_ROWS - DEFINITION_ROWS;
		list_key(&self->chosen, key);
		return next_stay();
	}
}

static void figures_free(struct screen *screen)
{
	struct figures_screen *self = (struct figures_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_LEFT, ACTION_EARLIER, "←", N_("month before") },
	{ PRESS_RIGHT, ACTION_LATER, "→", N_("month after") },
	{ PRESS_TAB, ACTION_PAGE, "Tab", N_("next page") },
	{ PRESS_ENTER, ACTION_DEFINITION, NULL, N_("definition") },
	{ PRESS_CHARACTER + 'a', ACTION_AGENDA, NULL, N_("agenda") },
	{ PRESS_CHARACTER + 'A', ACTION_ACCEPT, NULL, N_("accept") },
	{ PRESS_CHARACTER + 'l', ACTION_CHAIN, NULL, N_("what was learned") },
	{ PRESS_CHARACTER + 'c', ACTION_CAPACITY, NULL, N_("sufficiency") },
	{ PRESS_CHARACTER + 'w', ACTION_ADVICE, NULL, N_("what if") },
	{ PRESS_CHARACTER + 't', ACTION_THIS_MONTH, NULL, N_("this month") },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_ACCEPT, USE_REPORT_ACCEPT },
	{ ACTION_CHAIN, USE_LEARNING_LOOK },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Situation"),
	.keys = keys,
	.rights = rights,
	.draw = figures_draw,
	.act = figures_act,
	.read = figures_read,
	.free = figures_free,
};

struct screen *figures_screen_new(void)
{
	struct figures_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	list_set_count(&self->scroll, CALLS_PAGE_LINES);
	list_set_count(&self->chosen, indicator_row_count());
	self->chosen.cursor = 1; /* the first figure, below its heading */
	return &self->screen;
}
