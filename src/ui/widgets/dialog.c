#include "dialog_internal.h"

#include "kutsu/base/memory.h"
#include "list_internal.h"

#include <stdlib.h>

#define DIALOG_COLUMNS 66

enum { ACTION_YES = 1, ACTION_NO };

/* The middle of the screen, emptied and framed. */
static struct canvas open_box(const struct canvas *canvas, int rows, const char *title)
{
	int columns = canvas->columns < DIALOG_COLUMNS ? canvas->columns : DIALOG_COLUMNS;
	int height = rows + 2 < canvas->rows ? rows + 2 : canvas->rows;
	struct canvas box = canvas_part(canvas, (canvas->rows - height) / 2,
		(canvas->columns - columns) / 2, height, columns);

	canvas_clear(&box);
	return canvas_frame(&box, true, title);
}

struct confirm {
	struct screen screen;
	char *title, *question;
	dialog_answer *yes;
	void *context;
};

static void confirm_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct confirm *self = (const struct confirm *)screen;
	int columns = (canvas->columns < DIALOG_COLUMNS ? canvas->columns : DIALOG_COLUMNS) - 4;
	struct canvas inside = open_box(canvas,
		canvas_wrapped(NULL, 0, 1, columns, STYLE_NORMAL, self->question), self->title);

	(void)ui;
	canvas_wrapped(&inside, 0, 1, columns, STYLE_NORMAL, self->question);
}

static struct next confirm_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct confirm *self = (struct confirm *)screen;

	(void)key;
	if (action == ACTION_YES)
		return self->yes(ui, self->context);
	return action == ACTION_NO ? next_back() : next_stay();
}

static void confirm_free(struct screen *screen)
{
	struct confirm *self = (struct confirm *)screen;

	free(self->title);
	free(self->question);
	free(self);
}

static const struct key_binding confirm_keys[] = {
	{ PRESS_ENTER, ACTION_YES, NULL, N_("yes") },
	{ PRESS_ESC, ACTION_NO, NULL, N_("no") },
	{ 0 },
};

static const struct screen_ops confirm_ops = {
	.title = "",
	.keys = confirm_keys,
	.is_overlay = true,
	.draw = confirm_draw,
	.act = confirm_act,
	.free = confirm_free,
};

struct screen *confirm_new(
	const char *title, const char *question, dialog_answer *yes, void *context)
{
	struct confirm *self = memory_new(sizeof(*self));

	*self = (struct confirm) { { .ops = &confirm_ops }, memory_copy_text(title),
		memory_copy_text(question), yes, context };
	return &self->screen;
}

struct form_screen {
	struct screen screen;
	struct form_dialog dialog;
	char *title, *note;
	int columns; /* of the note and the form */
	struct form form;
};

static int note_rows(const struct form_screen *self)
{
	return self->note ? canvas_wrapped(NULL, 0, 1, self->columns, STYLE_NORMAL, self->note) + 1
			  : 0;
}

static void form_screen_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct form_screen *self = (const struct form_screen *)screen;
	struct canvas inside =
		open_box(canvas, form_rows(&self->form) + note_rows(self), self->title);
	int top = note_rows(self);
	struct canvas part;

	(void)ui;
	canvas_wrapped(&inside, 0, 1, self->columns, STYLE_NORMAL, self->note);
	part = canvas_part(&inside, top, 1, inside.rows - top, inside.columns - 2);
	form_draw(&self->form, &part, true);
}

static void form_screen_resize(struct screen *screen, const struct ui *ui)
{
	struct form_screen *self = (struct form_screen *)screen;
	int columns = ui->columns < DIALOG_COLUMNS ? ui->columns : DIALOG_COLUMNS;

	self->columns = columns - 4;
	form_resize(&self->form, self->columns, 3);
}

static struct next submit(struct form_screen *self, struct ui *ui)
{
	struct error err = { 0 };
	struct screen *then;

	if (!self->dialog.submit(ui, &self->form, self->dialog.context, &err)) {
		struct screen *both =
			err.code == ERROR_CONFLICT && self->dialog.conflict
				? self->dialog.conflict(ui, &self->form, self->dialog.context)
				: NULL;

		if (both)
			return next_push(both);
		if (err.code != ERROR_NONE)
			ui_fail(ui, &err);
		return next_stay();
	}
	then = self->dialog.then ? self->dialog.then(ui, self->dialog.context) : NULL;
	if (then)
		return (struct next) {
			.kind = NEXT_REPLACE, .screen = then, .count = self->dialog.goes_back
		};
	return (struct next) { .kind = NEXT_BACK, .count = self->dialog.goes_back };
}

static struct next form_screen_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct form_screen *self = (struct form_screen *)screen;

	if (action == ACTION_NO)
		return next_back();
	if (key_is(key, PRESS_CONTROL + 'S'))
		return submit(self, ui);
	if (!form_key(&self->form, key)) {
		if (action == ACTION_YES)
			return submit(self, ui);
		if (key->press == PRESS_TAB)
			self->form.focus = 0;
		if (key->press == PRESS_BACKTAB)
			self->form.focus = self->form.count - 1;
	}
	return next_stay();
}

static void form_screen_free(struct screen *screen)
{
	struct form_screen *self = (struct form_screen *)screen;

	if (self->dialog.free_context)
		self->dialog.free_context(self->dialog.context);
	form_release(&self->form);
	free(self->title);
	free(self->note);
	free(self);
}

static const struct key_binding form_keys[] = {
	{ PRESS_ENTER, ACTION_YES, NULL, N_("accept") },
	{ PRESS_TAB, 0, N_("Tab"), N_("next field") },
	{ PRESS_ESC, ACTION_NO, NULL, N_("cancel") },
	{ 0 },
};

static const struct screen_ops form_ops = {
	.title = "",
	.keys = form_keys,
	.is_overlay = true,
	.takes_text = true,
	.draw = form_screen_draw,
	.act = form_screen_act,
	.resize = form_screen_resize,
	.free = form_screen_free,
};

struct screen *form_dialog_new(const struct form_dialog *dialog, struct form **form)
{
	struct form_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &form_ops;
	self->dialog = *dialog;
	self->title = memory_copy_text(dialog->title);
	self->note = dialog->note ? memory_copy_text(dialog->note) : NULL;
	form_init(&self->form, dialog->fields);
	*form = &self->form;
	return &self->screen;
}

struct menu {
	struct screen screen;
	char *title;
	const struct menu_item *items;
	menu_choose *choose;
	void (*free_context)(void *context);
	void *context;
	struct list list;
};

static void menu_draw(const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct menu *self = (const struct menu *)screen;
	struct canvas inside = open_box(canvas, self->list.count, self->title);

	(void)ui;
	for (int i = 0; i < self->list.count; i++) {
		struct text row = { 0 };

		text_format(&row, " %c  %s", self->items[i].key, _(self->items[i].text));
		canvas_row(&inside, i, 0, inside.columns,
			i == self->list.cursor ? STYLE_CURSOR : STYLE_NORMAL, text_get(&row));
		text_release(&row);
	}
}

static struct next menu_act(struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct menu *self = (struct menu *)screen;

	if (action == ACTION_NO)
		return next_back();
	if (action == ACTION_YES)
		return self->choose(ui, self->context, self->items[self->list.cursor].value);
	for (int i = 0; i < self->list.count; i++) {
		if (key_is(key, PRESS_CHARACTER + self->items[i].key))
			return self->choose(ui, self->context, self->items[i].value);
	}
	list_key(&self->list, key);
	return next_stay();
}

static void menu_free(struct screen *screen)
{
	struct menu *self = (struct menu *)screen;

	if (self->free_context)
		self->free_context(self->context);
	free(self->title);
	free(self);
}

static const struct key_binding menu_keys[] = {
	{ PRESS_ENTER, ACTION_YES, NULL, N_("choose") },
	{ PRESS_ESC, ACTION_NO, NULL, N_("cancel") },
	{ 0 },
};

static const struct screen_ops menu_ops = {
	.title = "",
	.keys = menu_keys,
	.is_overlay = true,
	.takes_text = true,
	.draw = menu_draw,
	.act = menu_act,
	.free = menu_free,
};

struct screen *menu_new(const char *title, const struct menu_item *items, menu_choose *choose,
	void (*free_context)(void *context), void *context)
{
	struct menu *self = memory_new(sizeof(*self));

	self->screen.ops = &menu_ops;
	self->title = memory_copy_text(title);
	self->items = items;
	self->choose = choose;
	self->free_context = free_context;
	self->context = context;
	while (items[self->list.count].key)
		self->list.count++;
	return &self->screen;
}
