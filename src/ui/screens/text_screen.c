/* A text to be read: a letter as it leaves, a memo. */
#include "kutsu/base/memory.h"
#include "kutsu/base/utf8.h"
#include "screens_internal.h"
#include "widgets/list_internal.h"

#include <stdlib.h>
#include <string.h>

struct text_screen {
	struct screen screen;
	struct arena arena;
	const char *title, *text;
	struct arena wrapped;
	const char **lines;
	size_t count;
	int columns, rows;
	int top; /* the first line shown */
};

enum { ACTION_BACK = 1 };

static void add_line(struct text_screen *self, const char *text, size_t length)
{
	self->lines = arena_append(&self->wrapped, self->lines, &self->count, sizeof(*self->lines));
	self->lines[self->count - 1] = arena_printf(&self->wrapped, "%.*s", (int)length, text);
}

static void wrap_line(struct text_screen *self, const char *text)
{
	size_t at = 0, end, next;

	if (!*text)
		add_line(self, "", 0);
	while (text[at]) {
		end = utf8_wrap(text, at, self->columns, &next);
		add_line(self, text + at, end - at);
		at = next;
	}
}

static void wrap(struct text_screen *self)
{
	const char *rest = self->text;

	arena_reset(&self->wrapped);
	self->lines = NULL;
	self->count = 0;
	while (*rest) {
		size_t length = strcspn(rest, "\n");

		wrap_line(self, arena_printf(&self->wrapped, "%.*s", (int)length, rest));
		rest += length + (rest[length] == '\n');
	}
}

static int last_top(const struct text_screen *self)
{
	return (int)self->count > self->rows ? (int)self->count - self->rows : 0;
}

static void text_resize(struct screen *screen, const struct ui *ui)
{
	struct text_screen *self = (struct text_screen *)screen;

	self->columns = ui->columns - 4;
	self->rows = ui->rows - 2;
	wrap(self);
	if (self->top > last_top(self))
		self->top = last_top(self);
}

static void text_draw(const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct text_screen *self = (const struct text_screen *)screen;
	struct canvas inside = canvas_frame(canvas, true, self->title);

	(void)ui;
	for (int row = 0; row < inside.rows && self->top + row < (int)self->count; row++)
		canvas_text(&inside, row, 1, inside.columns - 2, STYLE_NORMAL,
			self->lines[self->top + row]);
	if (self->top < last_top(self) && inside.rows > 0)
		canvas_right(&inside, inside.rows - 1, inside.columns - 2, 1, STYLE_QUIET, "↓");
}

/* The list's keys move the text itself. */
static struct next text_act(struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct text_screen *self = (struct text_screen *)screen;
	struct list lines = {
		.count = last_top(self) + 1, .cursor = self->top, .rows = self->rows
	};

	(void)ui;
	if (action == ACTION_BACK)
		return next_back();
	if (list_key(&lines, key))
		self->top = lines.cursor;
	return next_stay();
}

static void text_free(struct screen *screen)
{
	struct text_screen *self = (struct text_screen *)screen;

	arena_release(&self->wrapped);
	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_DOWN, 0, N_("arrows, PgDn"), N_("read on") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = "",
	.keys = keys,
	.draw = text_draw,
	.act = text_act,
	.resize = text_resize,
	.free = text_free,
};

struct screen *text_screen_new(const char *title, const char *text)
{
	struct text_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	self->title = arena_text(&self->arena, title);
	self->text = arena_text(&self->arena, text);
	return &self->screen;
}
