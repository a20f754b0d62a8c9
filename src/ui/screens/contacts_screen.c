/* Yhteydenotot: cases found by words, newest first; also for choosing one. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/casework.h"
#include "screens_internal.h"
#include "widgets/editor_internal.h"
#include "widgets/list_internal.h"

#include <stdlib.h>

#define SHOWN_MOST 200

struct contacts_screen {
	struct screen screen;
	struct arena arena;
	struct case_list cases;
	struct list list;
	struct editor search;
	bool is_searching; /* the keys go to the search */
	bool open_only;
	bool is_logged;	     /* the look, once for each opening */
	case_chosen *choose; /* NULL: Enter opens the case */
	void *context;
};

enum { ACTION_OPEN = 1, ACTION_SEARCH, ACTION_OPEN_ONLY, ACTION_BACK, ACTION_EXPORT };

static bool contacts_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct contacts_screen *self = (struct contacts_screen *)screen;
	struct case_filter filter = { self->open_only, editor_get(&self->search), SHOWN_MOST };
	int64_t chosen = self->list.count && !self->is_searching
				 ? self->cases.items[self->list.cursor].id
				 : 0;
	bool ok;

	arena_reset(&self->arena);
	self->cases = (struct case_list) { 0 };
	ok = case_list(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW, &filter, &self->arena,
		&self->cases, err);
	self->is_logged = self->is_logged || ok;
	list_set_count(&self->list, (int)self->cases.count);
	for (size_t i = 0; i < self->cases.count; i++) {
		if (self->cases.items[i].id == chosen)
			self->list.cursor = (int)i;
	}
	return ok;
}

static void draw_case(
	const struct contacts_screen *self, const struct canvas *canvas, int row, int index)
{
	const struct case_ref *c = &self->cases.items[index];
	const char *municipality = case_shown_municipality(c);
	enum style style = index == self->list.cursor ? STYLE_CURSOR
			   : c->status == CASE_CLOSED ? STYLE_QUIET
						      : STYLE_NORMAL;
	char day[LOCALTEXT_SIZE];

	canvas_row(canvas, row, 0, canvas->columns, style, "");
	canvas_text(canvas, row, 1, 10, style, c->code);
	canvas_text(canvas, row, 12, 10, style, local_day(zone_to_wall(c->opened_at).day, day));
	canvas_text(canvas, row, 23, 9, style, term_label(&case_status_terms, (int)c->status));
	canvas_text(canvas, row, 33, 12, style,
		c->nondisclosure ? _("(order)")
		: municipality	 ? municipality
				 : "");
	canvas_text(canvas, row, 46, canvas->columns - 47, style, c->concern ? c->concern : "");
}

static void contacts_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct contacts_screen *self = (const struct contacts_screen *)screen;
	struct canvas field = canvas_part(canvas, 0, 12, 1, canvas->columns / 2);
	int top = list_top(&self->list, canvas->rows - 1);

	(void)ui;
	canvas_text(canvas, 0, 1, 10, STYLE_NORMAL, _("Search"));
	editor_draw(&self->search, &field, self->is_searching);
	canvas_text(canvas, 0, 14 + canvas->columns / 2, 24, STYLE_QUIET,
		self->cases.count == SHOWN_MOST ? _("the newest only: search")
		: self->open_only		? _("open ones only")
						: _("open and closed"));
	if (self->list.count == 0)
		canvas_text(canvas, 2, 1, canvas->columns - 2, STYLE_QUIET,
			*editor_get(&self->search)
				? _("no case has words that begin so")
				: _("no cases yet: press n when the phone rings"));
	for (int row = 0; row + 1 < canvas->rows && top + row < self->list.count; row++)
		draw_case(self, canvas, row + 1, top + row);
}

static struct next open_chosen(struct contacts_screen *self, struct ui *ui)
{
	const char *code;

	if (self->list.count == 0)
		return next_stay();
	code = self->cases.items[self->list.cursor].code;
	return self->choose ? self->choose(ui, self->context, code)
			    : next_push(case_screen_new(code));
}

static struct next search_key(struct contacts_screen *self, struct ui *ui, const struct key *key)
{
	bool changed;

	if (key->press == PRESS_ENTER && self->choose)
		return open_chosen(self, ui);
	if (key->press == PRESS_ENTER || key->press == PRESS_ESC || key->press == PRESS_TAB)
		self->is_searching = false;
	else if (key->press == PRESS_DOWN || key->press == PRESS_UP)
		list_key(&self->list, key);
	else if (editor_key(&self->search, key, &changed) && changed)
		self->screen.is_read = false;
	return next_stay();
}

static const struct screen_ops ops, searching_ops;

static void choose_keys(struct contacts_screen *self)
{
	self->screen.ops = self->is_searching ? &searching_ops : &ops;
}

static struct next contacts_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct contacts_screen *self = (struct contacts_screen *)screen;
	struct next next = next_stay();

	self->list.rows = ui->rows - 1;
	if (self->is_searching && !(self->choose && key->press == PRESS_ESC)) {
		next = search_key(self, ui, key);
	} else if (action == ACTION_SEARCH) {
		self->is_searching = true;
	} else if (action == ACTION_EXPORT && !self->choose) {
		return next_push(export_dialog_new(ui, EXPORT_CASES, NULL));
	} else if (action == ACTION_OPEN_ONLY) {
		self->open_only = !self->open_only;
		self->screen.is_read = false;
	} else if (action == ACTION_BACK || (self->choose && key->press == PRESS_ESC)) {
		return self->choose ? next_back() : next_stay();
	} else if (action == ACTION_OPEN) {
		return open_chosen(self, ui);
	} else {
		list_key(&self->list, key);
	}
	if (next.kind == NEXT_STAY)
		choose_keys(self);
	return next;
}

static void contacts_free(struct screen *screen)
{
	struct contacts_screen *self = (struct contacts_screen *)screen;

	arena_release(&self->arena);
	editor_release(&self->search);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("open it") },
	{ PRESS_CHARACTER + '/', ACTION_SEARCH, NULL, N_("search") },
	{ PRESS_CHARACTER + 'o', ACTION_OPEN_ONLY, NULL, N_("open or all") },
	{ PRESS_ESC, ACTION_BACK, NULL, "" },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ 0 },
};

static const struct key_binding searching_keys[] = {
	{ PRESS_ENTER, 0, NULL, N_("to the list") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_EXPORT, USE_EXPORT },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Contacts"),
	.keys = keys,
	.rights = rights,
	.draw = contacts_draw,
	.act = contacts_act,
	.read = contacts_read,
	.free = contacts_free,
};

static const struct screen_ops searching_ops = {
	.title = N_("Contacts"),
	.keys = searching_keys,
	.takes_text = true,
	.draw = contacts_draw,
	.act = contacts_act,
	.read = contacts_read,
	.free = contacts_free,
};

struct screen *contacts_screen_new(void)
{
	struct contacts_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}

struct screen *case_pick_screen_new(case_chosen *choose, void *context)
{
	struct contacts_screen *self = memory_new(sizeof(*self));

	self->choose = choose;
	self->context = context;
	self->open_only = true;
	self->is_searching = true;
	choose_keys(self);
	return &self->screen;
}
