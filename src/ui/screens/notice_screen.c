/* A decision, until who reads it says that they have seen it. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/learning.h"
#include "screens_internal.h"

#include <stdlib.h>

struct notice_screen {
	struct screen screen;
	struct arena arena;
	struct decision_list list; /* not seen yet */
};

enum { ACTION_SEEN = 1, ACTION_LATER };

static bool notice_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct notice_screen *self = (struct notice_screen *)screen;

	arena_reset(&self->arena);
	self->list = (struct decision_list) { 0 };
	if (!notice_list(ui->session, &self->arena, &self->list, err))
		return false;
	screen->is_done = self->list.count == 0;
	return true;
}

static int draw_part(const struct canvas *canvas, int row, const char *heading, const char *text)
{
	if (row >= canvas->rows)
		return row;
	canvas_text(canvas, row, 1, canvas->columns - 2, STYLE_QUIET, heading);
	row++;
	return row + canvas_wrapped(canvas, row, 1, canvas->columns - 2, STYLE_NORMAL, text) + 1;
}

static void notice_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct notice_screen *self = (const struct notice_screen *)screen;
	struct canvas inside = canvas_frame(canvas, true, _("Decision"));
	const struct decision *decision = self->list.items;
	char day[LOCALTEXT_SIZE], from[LOCALTEXT_SIZE];
	struct arena arena = { 0 };
	int row = 0;

	(void)ui;
	if (!self->list.count)
		return;
	canvas_text(&inside, row, 1, inside.columns - 2, STYLE_STRONG,
		arena_printf(&arena, _("%s %s, in force from %s"), decision->group,
			local_day(decision->day, day), local_day(decision->from_day, from)));
	row += 2;
	row += canvas_wrapped(&inside, row, 1, inside.columns - 2, STYLE_STRONG, decision->text);
	row = draw_part(&inside, row + 1, _("Why"), decision->reason);
	row = draw_part(&inside, row, _("What it means for children"), decision->child_effect);
	if (self->list.count > 1 && row < inside.rows)
		canvas_text(&inside, row, 1, inside.columns - 2, STYLE_NOTICE,
			arena_printf(&arena,
				P_("%d more follows", "%d more follow", (long)self->list.count - 1),
				(int)self->list.count - 1));
	arena_release(&arena);
}

static struct next notice_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct notice_screen *self = (struct notice_screen *)screen;
	struct error err;

	(void)key;
	if (action == ACTION_LATER)
		return next_back();
	if (action != ACTION_SEEN || !self->list.count)
		return next_stay();
	if (!notice_see(ui->session, self->list.items[0].id, &err))
		ui_fail(ui, &err);
	else if (self->list.count == 1)
		return next_back();
	screen->is_read = false;
	return next_stay();
}

static void notice_free(struct screen *screen)
{
	struct notice_screen *self = (struct notice_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_SEEN, NULL, N_("I have seen it") },
	{ PRESS_ESC, ACTION_LATER, NULL, N_("later") },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = "",
	.keys = keys,
	.draw = notice_draw,
	.act = notice_act,
	.read = notice_read,
	.free = notice_free,
};

struct screen *notice_screen_new(void)
{
	struct notice_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
