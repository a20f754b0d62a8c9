/* Reiät: the week as a grid, units by sector against the days. */
#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/promise.h"
#include "panes/hole_pane_internal.h"
#include "screens_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEEKDAYS     5
#define CODE_WIDTH   8
#define NAME_SHARE   26 /* per cent of the screen */
#define MINUTES_HOUR 60.0
#define FOOT_COLUMNS 112
#define FOOT_ROWS    14

struct slots_screen {
	struct screen screen;
	struct arena arena;
	int monday; /* 0 before it is first read */
	struct unit_days *units;
	size_t unit_count;
	int *order; /* the units' indexes by sector */
	struct list list;
	char chosen[UNIT_CODE_LONGEST + 1]; /* under the cursor when they were last read */
	struct meeting_list held;	    /* times somebody is about to book */
	struct promise_gap_list gaps;	    /* among them what nobody confirmed in time */
	int64_t now;			    /* when they were read, UTC */
};

enum { ACTION_OPEN = 1, ACTION_EARLIER, ACTION_LATER, ACTION_THIS_WEEK, ACTION_EXPORT };

static void release_units(struct slots_screen *self)
{
	unit_days_release(self->units, self->unit_count);
	self->units = NULL;
	self->unit_count = 0;
	arena_reset(&self->arena);
}

static void sort_by_sector(struct slots_screen *self)
{
	int at = 0;

	self->order = arena_new(&self->arena, (self->unit_count + 1) * sizeof(*self->order));
	for (int sector = 0; sector < SECTORS; sector++) {
		for (size_t i = 0; i < self->unit_count; i++) {
			if ((int)self->units[i].unit.sector == sector)
				self->order[at++] = (int)i;
		}
	}
}

static const char *code_at(const struct slots_screen *self, int row)
{
	return self->units[self->order[row]].unit.code;
}

/* The unit that the cursor was on, though others have come before it. */
static void choose_again(struct slots_screen *self)
{
	for (int row = 0; row < self->list.count; row++) {
		if (strcmp(code_at(self, row), self->chosen) == 0)
			self->list.cursor = row;
	}
}

static bool slots_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct slots_screen *self = (struct slots_screen *)screen;
	int today = session_today(ui->session);

	if (self->list.count)
		snprintf(
			self->chosen, sizeof(self->chosen), "%s", code_at(self, self->list.cursor));
	release_units(self);
	self->list.count = 0;
	if (!self->monday)
		self->monday = today - day_weekday(today) + 1;
	if (!find_occurrences(ui->session, NULL, self->monday, WEEKDAYS, &self->arena, &self->units,
		    &self->unit_count, err)
		|| !booking_hold_list(ui->session, &self->arena, &self->held, err)
		|| !promise_gaps(ui->session, &self->arena, &self->gaps, err))
		return false;
	self->now = session_now(ui->session);
	sort_by_sector(self);
	list_set_count(&self->list, (int)self->unit_count);
	choose_again(self);
	return true;
}

/* Past the deadline; it can be booked all the same. */
static bool is_unconfirmed(const struct slots_screen *self, const struct unit_days *unit,
	const struct occurrence *hole)
{
	for (size_t i = 0; i < self->gaps.count; i++) {
		const struct promise_gap *gap = &self->gaps.items[i];

		if (gap->gap == GAP_UNCONFIRMED && gap->unit->id == unit->unit.id
			&& gap->day == hole->day && gap->start == hole->start)
			return true;
	}
	return false;
}

/* How a hole is shown: the letters say what the colour says. */
struct hole_look {
	const char *mark;  /* of its state */
	const char *ready; /* of what its unit has said */
	enum style style;
};

static struct hole_look look_of(const struct slots_screen *self, const struct unit_days *unit,
	const struct occurrence *hole)
{
	static const struct hole_look looks[OCCURRENCE_STATES] = {
		[OCCURRENCE_OPEN] = { "", "", STYLE_GOOD },
		[OCCURRENCE_HELD] = { "~", "", STYLE_NOTICE },
		[OCCURRENCE_BOOKED] = { "#", "", STYLE_STRONG },
		[OCCURRENCE_CLOSED] = { "x", "", STYLE_QUIET },
	};
	struct hole_look look = looks[hole->state];

	if (hole->state == OCCURRENCE_CLOSED)
		return look;
	if (hole->readiness == READINESS_DEPUTY) {
		look.ready = "v";
	} else if (is_unconfirmed(self, unit, hole)) {
		look.ready = "?";
		look.style = STYLE_NOTICE;
	}
	return look;
}

/* "12–15", "12.30–15": whole hours short, so that a day fits its column. */
static void short_time(struct text *text, int minute)
{
	text_format(text, minute % 60 ? "%d.%02d" : "%d", minute / 60, minute % 60);
}

/* "?(1)12–15": what is cut off is the end of the time. */
static void format_hole(
	const struct occurrence *hole, const struct hole_look *look, struct text *text)
{
	text_add(text, look->mark);
	text_add(text, look->ready);
	if (hole->booked && hole->state == OCCURRENCE_OPEN)
		text_format(text, "(%d)", hole->booked);
	short_time(text, hole->start);
	text_add(text, "–");
	short_time(text, hole->end);
}

static void format_cell(const struct slots_screen *self, const struct unit_days *unit, int day,
	struct text *text, enum style *style)
{
	text_clear(text);
	for (size_t i = 0; i < unit->occurrences.count; i++) {
		const struct occurrence *o = &unit->occurrences.items[i];
		struct hole_look look;

		if (o->day != day)
			continue;
		look = look_of(self, unit, o);
		text_add(text, text->length ? " " : "");
		format_hole(o, &look, text);
		*style = look.style;
	}
}

static void draw_unit(
	const struct slots_screen *self, const struct canvas *canvas, int row, int index)
{
	const struct unit_days *unit = &self->units[self->order[index]];
	bool chosen = index == self->list.cursor;
	int names = canvas->columns * NAME_SHARE / 100;
	int width = (canvas->columns - names - 6) / WEEKDAYS;
	struct text cell = { 0 };

	canvas_row(canvas, row, 0, canvas->columns, chosen ? STYLE_CURSOR : STYLE_NORMAL, "");
	canvas_text(canvas, row, 1, 4, chosen ? STYLE_CURSOR : STYLE_QUIET,
		term_code(&sector_terms, (int)unit->unit.sector));
	canvas_text(
		canvas, row, 5, CODE_WIDTH, chosen ? STYLE_CURSOR : STYLE_NORMAL, unit->unit.code);
	canvas_text(canvas, row, 6 + CODE_WIDTH, names - CODE_WIDTH - 2,
		chosen ? STYLE_CURSOR : STYLE_NORMAL, unit->unit.name);
	for (int d = 0; d < WEEKDAYS; d++) {
		enum style style = STYLE_GOOD;

		format_cell(self, unit, self->monday + d, &cell, &style);
		canvas_text(canvas, row, names + 5 + d * width, width - 1,
			chosen ? STYLE_CURSOR : style, text_get(&cell));
	}
	text_release(&cell);
}

/* The chosen unit's hold in this week, or NULL. */
static const struct meeting *chosen_hold(const struct slots_screen *self)
{
	const char *code;

	if (self->list.count == 0)
		return NULL;
	code = code_at(self, self->list.cursor);
	for (size_t i = 0; i < self->held.count; i++) {
		const struct meeting *hold = &self->held.items[i];

		for (size_t u = 0; u < hold->unit_count; u++) {
			if (strcmp(hold->units[u], code) == 0 && hold->day >= self->monday
				&& hold->day < self->monday + WEEKDAYS)
				return hold;
		}
	}
	return NULL;
}

/* Below the grid: the marks' meaning has a row of its own where it finds no room beside the sum. */
static int foot_rows(int rows, int columns)
{
	return columns < FOOT_COLUMNS && rows >= FOOT_ROWS ? 2 : 1;
}

/* Who holds a time of the chosen unit, else what the marks mean. */
static void draw_legend(const struct slots_screen *self, const struct canvas *canvas, int row)
{
	const struct meeting *hold = chosen_hold(self);
	bool is_beside = foot_rows(canvas->rows, canvas->columns) == 1;
	int column = is_beside ? canvas->columns * 45 / 100 + 2 : 1;
	struct text text = { 0 };

	if (hold) {
		hold_format(hold, self->now, &text);
	} else {
		text_add(&text, _("(1) booked, # full, ~ held, x away, ? unconfirmed, v deputy"));
	}
	canvas_text(canvas, row, column, canvas->columns - column - 1,
		hold ? STYLE_NOTICE : STYLE_QUIET, text_get(&text));
	text_release(&text);
}

/* How full the week is: hours promised and open, meetings booked. */
static void draw_sum(const struct slots_screen *self, const struct canvas *canvas)
{
	int row = canvas->rows - foot_rows(canvas->rows, canvas->columns);
	double open = 0, promised = 0;
	struct text sum = { 0 };
	int booked = 0;

	for (size_t u = 0; u < self->unit_count; u++) {
		for (size_t i = 0; i < self->units[u].occurrences.count; i++) {
			const struct occurrence *o = &self->units[u].occurrences.items[i];

			promised += (o->end - o->start) / MINUTES_HOUR;
			if (o->state != OCCURRENCE_CLOSED)
				open += (o->end - o->start) / MINUTES_HOUR;
			booked += o->booked;
		}
	}
	text_format(&sum, _("promised %.0f h, open %.0f h, booked %d"), promised, open, booked);
	canvas_text(canvas, row, 1, canvas->columns * 45 / 100, STYLE_STRONG, text_get(&sum));
	draw_legend(self, canvas, canvas->rows - 1);
	text_release(&sum);
}

static void slots_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct slots_screen *self = (const struct slots_screen *)screen;
	int names = canvas->columns * NAME_SHARE / 100;
	int width = (canvas->columns - names - 6) / WEEKDAYS;
	int foot = foot_rows(canvas->rows, canvas->columns);
	struct canvas rows = canvas_part(canvas, 1, 0, canvas->rows - 1 - foot, canvas->columns);
	int top = list_top(&self->list, rows.rows);
	int today = session_today(ui->session);
	char week[LOCALTEXT_SIZE];

	canvas_text(canvas, 0, 1, names, STYLE_STRONG,
		local_week(day_iso_week(self->monday).week, week));
	for (int d = 0; d < WEEKDAYS; d++) {
		char day[LOCALTEXT_SIZE];

		canvas_text(canvas, 0, names + 5 + d * width, width - 1,
			self->monday + d == today ? STYLE_CURSOR : STYLE_STRONG,
			local_short_day(self->monday + d, day));
	}
	if (self->list.count == 0)
		canvas_text(&rows, 1, 1, rows.columns - 2, STYLE_QUIET,
			_("no units yet: add them in view 6"));
	for (int row = 0; row < rows.rows && top + row < self->list.count; row++)
		draw_unit(self, &rows, row, top + row);
	draw_sum(self, canvas);
}

static struct next slots_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct slots_screen *self = (struct slots_screen *)screen;

	self->list.rows = ui->rows - 1 - foot_rows(ui->rows, ui->columns);
	switch (action) {
	case ACTION_EXPORT:
		return next_push(export_dialog_new(ui, EXPORT_SLOTS, NULL));
	case ACTION_OPEN:
		if (self->list.count)
			return next_push(unit_screen_new(code_at(self, self->list.cursor)));
		return next_stay();
	case ACTION_EARLIER:
		self->monday -= 7;
		break;
	case ACTION_LATER:
		self->monday += 7;
		break;
	case ACTION_THIS_WEEK:
		self->monday = 0;
		break;
	default:
		list_key(&self->list, key);
		return next_stay();
	}
	self->screen.is_read = false;
	return next_stay();
}

static void slots_free(struct screen *screen)
{
	struct slots_screen *self = (struct slots_screen *)screen;

	release_units(self);
	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_LEFT, ACTION_EARLIER, "←", N_("week before") },
	{ PRESS_RIGHT, ACTION_LATER, "→", N_("week after") },
	{ PRESS_CHARACTER + 't', ACTION_THIS_WEEK, NULL, N_("this week") },
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("the unit") },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_EXPORT, USE_EXPORT_REGISTRY },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Holes"),
	.keys = keys,
	.rights = rights,
	.draw = slots_draw,
	.act = slots_act,
	.read = slots_read,
	.free = slots_free,
};

struct screen *slots_screen_new(void)
{
	struct slots_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
