#include "conflict_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "list_internal.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_EACH 3 /* the label, theirs, mine */

struct conflict_screen {
	struct screen screen;
	struct arena arena;
	struct conflict conflict;
	struct conflict_row *rows; /* those that differ */
	size_t row_count;
	struct list list;
};

enum { ACTION_MINE = 1, ACTION_THEIRS, ACTION_BACK };

static bool differs(const struct conflict_row *row)
{
	return strcmp(row->theirs ? row->theirs : "", row->mine ? row->mine : "") != 0;
}

static void draw_value(
	const struct canvas *canvas, int row, enum style style, const char *who, const char *value)
{
	canvas_text(canvas, row, 3, 9, STYLE_QUIET, who);
	canvas_text(canvas, row, 13, canvas->columns - 14, style, value ? value : _("(empty)"));
}

static void conflict_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct conflict_screen *self = (const struct conflict_screen *)screen;
	int shown = (canvas->rows - 4) / ROWS_EACH;
	int top = list_top(&self->list, shown);
	struct canvas inside;

	(void)ui;
	canvas_clear(canvas);
	inside = canvas_frame(canvas, true, self->conflict.title);
	canvas_text(&inside, 0, 1, inside.columns - 2, STYLE_NOTICE, self->conflict.note);
	for (int i = 0; i < shown && top + i < self->list.count; i++) {
		const struct conflict_row *row = &self->rows[top + i];
		int at = 2 + i * ROWS_EACH;

		canvas_text(&inside, at, 1, inside.columns - 2,
			top + i == self->list.cursor ? STYLE_CURSOR : STYLE_STRONG, row->label);
		draw_value(&inside, at + 1, STYLE_NORMAL, _("theirs"), row->theirs);
		draw_value(&inside, at + 2, STYLE_GOOD, _("yours"), row->mine);
	}
}

static struct next conflict_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct conflict_screen *self = (struct conflict_screen *)screen;

	self->list.rows = (ui->rows - 4) / ROWS_EACH;
	switch (action) {
	case ACTION_MINE:
		return self->conflict.keep_mine(ui, self->conflict.context);
	case ACTION_THEIRS:
		return self->conflict.take_theirs(ui, self->conflict.context);
	case ACTION_BACK:
		return next_back();
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void conflict_free(struct screen *screen)
{
	struct conflict_screen *self = (struct conflict_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

/* What is shown does not change; that it may be seen does. */
static bool conflict_read(struct screen *screen, struct ui *ui, struct error *err)
{
	(void)screen;
	return session_ask(ui->session, USE_ENTER, err);
}

static const struct key_binding keys[] = {
	{ PRESS_CHARACTER + 'm', ACTION_MINE, NULL, N_("keep mine") },
	{ PRESS_CHARACTER + 't', ACTION_THEIRS, NULL, N_("take theirs") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back to what I typed") },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = "",
	.keys = keys,
	.takes_text = true, /* what is typed below is not left by a digit */
	.draw = conflict_draw,
	.act = conflict_act,
	.read = conflict_read,
	.free = conflict_free,
};

struct screen *conflict_new(const struct conflict *conflict)
{
	struct conflict_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	self->conflict = *conflict;
	self->conflict.title = arena_text(&self->arena, conflict->title);
	self->conflict.note = arena_text(&self->arena, conflict->note);
	for (size_t i = 0; i < conflict->row_count; i++) {
		const struct conflict_row *row = &conflict->rows[i];

		if (!differs(row))
			continue;
		self->rows = arena_append(
			&self->arena, self->rows, &self->row_count, sizeof(*self->rows));
		self->rows[self->row_count - 1] =
			(struct conflict_row) { arena_text(&self->arena, row->label),
				arena_text(&self->arena, row->theirs),
				arena_text(&self->arena, row->mine) };
	}
	list_set_count(&self->list, (int)self->row_count);
	return &self->screen;
}

const char *changed_text(struct arena *arena, const char *login, int64_t at)
{
	struct wall_time wall = zone_to_wall(at);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];

	return arena_printf(arena, _("%s saved this first, %s %s. Which is to stay?"),
		login ? login : "?", local_short_day(wall.day, day),
		local_clock(wall.minute, clock));
}
