/* Riittävyys: are the holes enough? A heat map of weeks, by area or unit, and what is missing. */
#include "capacity_details_internal.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/service/capacity.h"
#include "screens_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_SHOWN    (7 * CAPACITY_WEEKS)
#define PERIODS_AHEAD 2
#define HEAD_ROWS     2
#define FOOT_MOST     2
#define LEGEND_ROWS   2 /* the second is blank */

#define CELL_WIDTH    4
#define CELL_NARROW   3	  /* of two digits and a blank */
#define NAMES_LEAST   16  /* columns of a label in which a unit's name is worth its room */
#define COLUMNS_LEAST 68  /* for wide cells, and details beside each other */
#define COLUMNS_HOURS 116 /* for each row's hours beside it */
#define HOURS_LEAST   6	  /* columns of an hour's figure */

#define HALF	    50 /* per cent */
#define NEARLY_FULL 85

struct capacity_screen {
	struct screen screen;
	struct arena arena;
	bool shows_units;
	char *area;    /* whose units; NULL: of all */
	int until_day; /* 0 before it is first read */
	struct capacity capacity;
	bool has_capacity;
	bool is_logged;			  /* the log has the look at these days */
	const struct capacity_row **rows; /* the sum first */
	size_t row_count;
	struct capacity_details details;
	struct list list; /* the rows, and behind them so far as there is more to be seen */
};

enum { ACTION_BACK = 1, ACTION_OPEN, ACTION_EARLIER, ACTION_LATER, ACTION_NOW };

/* ---- What is shown. ---- */

static bool is_of_area(const struct capacity_screen *self, const char *area)
{
	return !self->area || strcmp(self->area, area) == 0;
}

static void add_row(struct capacity_screen *self, const struct capacity_row *row)
{
	self->rows = arena_append(&self->arena, self->rows, &self->row_count, sizeof(*self->rows));
	self->rows[self->row_count - 1] = row;
}

static void choose_rows(struct capacity_screen *self)
{
	const struct capacity *capacity = &self->capacity;

	self->rows = NULL;
	self->row_count = 0;
	if (!self->area)
		add_row(self, &capacity->all);
	for (size_t i = 0; i < capacity->area_count; i++) {
		if (self->area ? is_of_area(self, capacity->areas[i].area) : !self->shows_units)
			add_row(self, &capacity->areas[i]);
	}
	for (size_t i = 0; self->shows_units && i < capacity->unit_count; i++) {
		if (is_of_area(self, capacity->units[i].area))
			add_row(self, &capacity->units[i]);
	}
}

static bool capacity_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct capacity_screen *self = (struct capacity_screen *)screen;

	if (!self->until_day)
		self->until_day = capacity_last_day(session_today(ui->session));
	arena_reset(&self->arena);
	self->row_count = 0;
	self->has_capacity = capacity_look(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW,
		capacity_first_day(self->until_day), self->until_day, &self->arena, &self->capacity,
		err);
	self->is_logged = self->is_logged || self->has_capacity;
	if (!self->has_capacity)
		return false;
	choose_rows(self);
	if (self->row_count == 0) /* the area's last unit has gone */
		add_row(self, &self->capacity.all);
	self->details.arena = &self->arena;
	capacity_details_fill(&self->details, &self->capacity, self->rows[0], self->area);
	return true;
}

/* ---- Where it is drawn: the head, rows, a legend and details that scroll, the foot. ---- */

struct layout {
	int rows;		 /* of what scrolls, all of it */
	int room;		 /* for it */
	int foot;		 /* rows */
	int chosen;		 /* row under the cursor */
	int top;		 /* first row shown */
	int cursors;		 /* how many places the cursor has */
	int label, cell, column; /* columns of a row's label and of a week, and where weeks begin */
	bool has_hours_beside;
	bool is_wide;
};

static int hour_width(int hour)
{
	int width = utf8_width(capacity_hour_label(hour));

	return (width > HOURS_LEAST ? width : HOURS_LEAST) + 2;
}

static void format_foot(const struct capacity_screen *self, int chosen, struct text *foot)
{
	const struct capacity_row *row = self->rows[chosen];
	char text[CAPACITY_HOURS][LOCALTEXT_SIZE];
	int64_t hours[CAPACITY_HOURS];

	capacity_list_hours(row, hours);
	for (int i = 0; i < CAPACITY_HOURS; i++)
		local_hours(hours[i], text[i]);
	text_format(foot, _("%s: promised %s, confirmed %s, offered %s, booked %s, used %s h"),
		row->unit   ? row->unit
		: row->area ? row->area
			    : _("all"),
		text[0], text[1], text[2], text[3], text[4]);
}

/* As many whichever row is chosen; the sum's hours stand among the details as well. */
static int foot_rows(const struct capacity_screen *self, const struct layout *at, int columns)
{
	int most = 0;

	for (int i = at->is_wide; !at->has_hours_beside && i < (int)self->row_count; i++) {
		struct text foot = { 0 };
		int rows;

		format_foot(self, i, &foot);
		rows = canvas_wrapped(NULL, 0, 1, columns - 2, STYLE_NORMAL, text_get(&foot));
		most = rows > most ? rows : most;
		text_release(&foot);
	}
	return most < FOOT_MOST ? most : FOOT_MOST;
}

static void lay_out_columns(struct layout *at, int columns)
{
	int hours = 0;

	at->is_wide = columns >= COLUMNS_LEAST;
	at->has_hours_beside = columns >= COLUMNS_HOURS;
	for (int i = 0; at->has_hours_beside && i < CAPACITY_HOURS; i++)
		hours += hour_width(i);
	at->cell = at->is_wide ? CELL_WIDTH : CELL_NARROW;
	at->label = columns - 2 - hours - CAPACITY_WEEKS * at->cell;
	at->column = at->label + 1;
}

/* The rows first; where the cursor has gone past the last, what is below comes up. */
static struct layout lay_out(const struct capacity_screen *self, int rows, int columns)
{
	int count = (int)self->row_count, hidden, below;
	struct layout at = { 0 };

	lay_out_columns(&at, columns);
	at.rows = count + LEGEND_ROWS + capacity_details_rows(&self->details, at.is_wide);
	at.chosen = self->list.cursor < count ? self->list.cursor : count - 1;
	at.foot = foot_rows(self, &at, columns);
	at.room = rows - HEAD_ROWS - at.foot;
	at.room = at.room > 1 ? at.room : 1;
	hidden = count > at.room ? count - at.room : 0;
	below = at.rows - at.room - hidden;
	below = below > 0 ? below : 0;
	at.cursors = count + below;
	at.top = at.chosen - at.room / 2;
	at.top = at.top < hidden ? at.top : hidden;
	at.top = at.top > 0 ? at.top : 0;
	if (self->list.cursor >= count)
		at.top = hidden
			 + (self->list.cursor < at.cursors ? self->list.cursor - count + 1 : below);
	return at;
}

/* ---- How it is drawn. ---- */

static enum style style_of(int percent)
{
	if (percent == FIGURE_NONE)
		return STYLE_QUIET;
	if (percent < HALF)
		return STYLE_GOOD;
	return percent < NEARLY_FULL ? STYLE_NOTICE : STYLE_TROUBLE;
}

static const char *nothing_offered(const struct canvas *canvas)
{
	return canvas->utf8 ? "··" : "..";
}

static void draw_cell(const struct canvas *canvas, const struct layout *at, int row, int week,
	const struct capacity_load *load)
{
	int percent = capacity_percent(load);
	char digits[FIGURE_TEXT_SIZE];
	const char *text = digits;

	snprintf(digits, sizeof(digits), "%d", percent < 999 ? percent : 999);
	if (percent == FIGURE_NONE)
		text = nothing_offered(canvas);
	else if (percent >= 100 && at->cell == CELL_NARROW)
		text = "**";
	canvas_right(canvas, row, at->column + week * at->cell, at->cell, style_of(percent), text);
}

static void draw_hours(const struct canvas *canvas, const struct layout *at, int row,
	const struct capacity_row *shown)
{
	int column = at->column + CAPACITY_WEEKS * at->cell;
	int64_t hours[CAPACITY_HOURS];

	capacity_list_hours(shown, hours);
	for (int i = 0; i < CAPACITY_HOURS; i++) {
		char text[LOCALTEXT_SIZE];

		canvas_right(canvas, row, column, hour_width(i), STYLE_NORMAL,
			local_hours(hours[i], text));
		column += hour_width(i);
	}
}

static void draw_label(const struct canvas *canvas, const struct layout *at, int row,
	const struct capacity_row *shown, bool is_chosen)
{
	enum style style = is_chosen ? STYLE_CURSOR : shown->unit ? STYLE_NORMAL : STYLE_STRONG;
	struct text label = { 0 };

	text_add(&label, shown->unit ? shown->unit : shown->area ? shown->area : _("all"));
	if (at->label >= NAMES_LEAST && shown->name && strcmp(shown->name, shown->unit) != 0)
		text_format(&label, " %s", shown->name);
	canvas_row(canvas, row, 1, at->label - 1, style, text_get(&label));
	text_release(&label);
}

static void draw_row(const struct capacity_screen *self, const struct canvas *canvas,
	const struct layout *at, int row, int index)
{
	const struct capacity_row *shown = self->rows[index];

	draw_label(canvas, at, row, shown, index == at->chosen);
	for (int week = 0; week < (int)self->capacity.week_count; week++)
		draw_cell(canvas, at, row, week, &shown->weeks[week]);
	if (at->has_hours_beside)
		draw_hours(canvas, at, row, shown);
}

/* What colours and signs mean. */
static void draw_legend(const struct canvas *canvas, const struct layout *at, int row)
{
	struct text text = { 0 };
	int column = 1;

	column += canvas_text(canvas, row, column, 12, STYLE_GOOD, "0–49") + 2;
	column += canvas_text(canvas, row, column, 12, STYLE_NOTICE, "50–84") + 2;
	column += canvas_text(canvas, row, column, 12, STYLE_TROUBLE, "85+") + 2;
	text_format(&text, _("%s nothing offered"), nothing_offered(canvas));
	if (at->cell == CELL_NARROW)
		text_add(&text, _("  ** 100 or more"));
	canvas_text(canvas, row, column, canvas->columns - column, STYLE_QUIET, text_get(&text));
	text_release(&text);
}

static void draw_head(const struct capacity_screen *self, const struct ui *ui,
	const struct canvas *canvas, const struct layout *at)
{
	const struct capacity *capacity = &self->capacity;
	int column = at->column + CAPACITY_WEEKS * at->cell;
	int today = session_today(ui->session);
	char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE];
	struct text title = { 0 };

	if (self->area)
		text_format(&title, "%s  ", self->area);
	text_format(&title, _("%s–%s  booked of offered, %%"), local_day(capacity->from_day, from),
		local_day(capacity->until_day, until));
	canvas_text(canvas, 0, 1, canvas->columns - 2, STYLE_STRONG, text_get(&title));
	text_release(&title);
	canvas_text(canvas, 1, 1, at->label - 1, STYLE_QUIET, _("week"));
	for (int week = 0; week < (int)capacity->week_count; week++) {
		int monday = capacity->monday + 7 * week;
		bool is_this = today >= monday && today < monday + 7;
		char number[FIGURE_TEXT_SIZE];

		snprintf(number, sizeof(number), "%d", day_iso_week(monday).week);
		canvas_right(canvas, 1, at->column + week * at->cell, at->cell,
			is_this ? STYLE_STRONG : STYLE_QUIET, number);
	}
	for (int i = 0; at->has_hours_beside && i < CAPACITY_HOURS; i++) {
		canvas_right(canvas, 1, column, hour_width(i), STYLE_QUIET, capacity_hour_label(i));
		column += hour_width(i);
	}
}

static void draw_foot(
	const struct capacity_screen *self, const struct canvas *canvas, const struct layout *at)
{
	struct canvas part =
		canvas_part(canvas, canvas->rows - at->foot, 0, at->foot, canvas->columns);
	struct text foot = { 0 };

	format_foot(self, at->chosen, &foot);
	canvas_wrapped(&part, 0, 1, canvas->columns - 2, STYLE_STRONG, text_get(&foot));
	text_release(&foot);
}

static void capacity_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct capacity_screen *self = (const struct capacity_screen *)screen;
	struct layout at;
	struct canvas body;

	if (!self->has_capacity)
		return;
	at = lay_out(self, canvas->rows, canvas->columns);
	body = canvas_part(canvas, HEAD_ROWS, 0, at.room, canvas->columns);
	draw_head(self, ui, canvas, &at);
	for (int i = at.top; i < (int)self->row_count && i - at.top < at.room; i++)
		draw_row(self, &body, &at, i - at.top, i);
	draw_legend(&body, &at, (int)self->row_count - at.top);
	capacity_details_draw(
		&self->details, &body, at.is_wide, (int)self->row_count + LEGEND_ROWS - at.top);
	if (at.foot && (at.chosen > 0 || !at.is_wide))
		draw_foot(self, canvas, &at);
}

/* ---- What keys do. ---- */

static struct next show_until(struct capacity_screen *self, int until_day)
{
	if (until_day != self->until_day)
		self->is_logged = false;
	self->until_day = until_day;
	self->screen.is_read = false;
	return next_stay();
}

static struct next move(struct capacity_screen *self, const struct ui *ui, int days)
{
	int until = self->until_day + days;
	int last = capacity_last_day(session_today(ui->session)) + PERIODS_AHEAD * DAYS_SHOWN;

	if (capacity_first_day(until) < 0 || until > last)
		return next_stay();
	return show_until(self, until);
}

static struct capacity_screen *new_screen(bool shows_units);

/* An area's units, or all of them; what the log tells of these days it has told. */
static struct next open_units(struct capacity_screen *self)
{
	int cursor = self->list.cursor;
	struct capacity_screen *units;

	if (self->shows_units || !self->has_capacity || cursor >= (int)self->row_count)
		return next_stay();
	units = new_screen(true);
	if (self->rows[cursor]->area)
		units->area = memory_copy_text(self->rows[cursor]->area);
	units->until_day = self->until_day;
	units->is_logged = self->is_logged;
	return next_push(&units->screen);
}

static struct next scroll(struct capacity_screen *self, const struct ui *ui, const struct key *key)
{
	struct layout at;

	if (!self->has_capacity)
		return next_stay();
	at = lay_out(self, ui->rows, ui->columns);
	self->list.rows = at.room;
	list_set_count(&self->list, at.cursors);
	list_key(&self->list, key);
	return next_stay();
}

static struct next capacity_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct capacity_screen *self = (struct capacity_screen *)screen;

	switch (action) {
	case ACTION_BACK:
		return next_back();
	case ACTION_OPEN:
		return open_units(self);
	case ACTION_EARLIER:
		return move(self, ui, -DAYS_SHOWN);
	case ACTION_LATER:
		return move(self, ui, DAYS_SHOWN);
	case ACTION_NOW:
		return show_until(self, capacity_last_day(session_today(ui->session)));
	default:
		return scroll(self, ui, key);
	}
}

static void capacity_free(struct screen *screen)
{
	struct capacity_screen *self = (struct capacity_screen *)screen;

	arena_release(&self->arena);
	free(self->area);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("its units") },
	{ PRESS_LEFT, ACTION_EARLIER, "←", N_("earlier") },
	{ PRESS_RIGHT, ACTION_LATER, "→", N_("later") },
	{ PRESS_CHARACTER + 't', ACTION_NOW, NULL, N_("to today") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct screen_ops areas_ops = {
	.title = N_("Sufficiency"),
	.keys = keys,
	.draw = capacity_draw,
	.act = capacity_act,
	.read = capacity_read,
	.free = capacity_free,
};

/* From a unit there is nowhere to go. */
static const struct screen_ops units_ops = {
	.title = N_("Sufficiency"),
	.keys = keys + 1,
	.draw = capacity_draw,
	.act = capacity_act,
	.read = capacity_read,
	.free = capacity_free,
};

static struct capacity_screen *new_screen(bool shows_units)
{
	struct capacity_screen *self = memory_new(sizeof(*self));

	self->screen.ops = shows_units ? &units_ops : &areas_ops;
	self->shows_units = shows_units;
	return self;
}

struct screen *capacity_screen_new(void)
{
	return &new_screen(false)->screen;
}
