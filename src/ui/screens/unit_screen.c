/* One unit: its holes, when it is away, its extra holes. */
#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/service/registry.h"
#include "promise_dialogs_internal.h"
#include "screens_internal.h"
#include "unit_dialog_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DETAIL_ROWS 2

enum row_kind { ROW_TEXT, ROW_SLOT, ROW_CLOSING, ROW_OPENING };

struct unit_row {
	enum row_kind kind;
	enum style style;
	const char *text;
	int64_t id;
	const struct slot *slot; /* of a hole's row */
};

struct unit_screen {
	struct screen screen;
	char code[UNIT_CODE_LONGEST + 1];
	struct arena arena;
	struct unit unit;
	struct unit_row *rows;
	size_t row_count;
	struct list list;
	int64_t asked_id; /* of the row about which a question is open */
};

enum {
	ACTION_SLOT = 1,
	ACTION_CLOSE,
	ACTION_OPEN,
	ACTION_CHANGE,
	ACTION_END,
	ACTION_EDIT,
	ACTION_RETIRE,
	ACTION_BACK
};

static void add_row(struct unit_screen *self, enum row_kind kind, enum style style,
	const char *text, int64_t id)
{
	self->rows = arena_append(&self->arena, self->rows, &self->row_count, sizeof(*self->rows));
	self->rows[self->row_count - 1] = (struct unit_row) { kind, style, text, id, NULL };
}

static void add_unit(struct unit_screen *self)
{
	const struct unit *unit = &self->unit;

	add_row(self, ROW_TEXT, STYLE_NORMAL,
		arena_printf(&self->arena, "%s  %s  %s%s",
			term_label(&sector_terms, (int)unit->sector), unit->area ? unit->area : "",
			unit->municipality ? unit->municipality : "",
			unit->school_based ? _("  (closed in school breaks)") : ""),
		0);
	add_row(self, ROW_TEXT, STYLE_NORMAL,
		arena_printf(&self->arena, "%s  %s", unit->email ? unit->email : "",
			unit->phone ? unit->phone : ""),
		0);
	if (!unit->active)
		add_row(self, ROW_TEXT, STYLE_TROUBLE, _("retired: it is not invited any more"), 0);
}

static void add_slot(struct unit_screen *self, const struct slot *slot, int today)
{
	char span[LOCALTEXT_SIZE], from[LOCALTEXT_SIZE] = "", until[LOCALTEXT_SIZE] = "";

	if (slot->from_day != DAY_FIRST)
		local_day(slot->from_day, from);
	if (slot->until_day != DAY_LAST)
		local_day(slot->until_day, until);
	add_row(self, ROW_SLOT, slot->until_day < today ? STYLE_QUIET : STYLE_GOOD,
		arena_printf(&self->arena, "%s %s  %s  %s%s%s  %s / %s  %s",
			local_weekday(slot->weekday), local_span(slot->start, slot->end, span),
			term_label(&repeat_terms, (int)slot->repeat), from,
			*from || *until ? "–" : "", until,
			slot->ready_person ? slot->ready_person : _("no ready person"),
			slot->deputy ? slot->deputy : _("no deputy"),
			slot->place ? slot->place : ""),
		slot->id);
	self->rows[self->row_count - 1].slot = slot;
}

static bool read_slots(struct unit_screen *self, struct ui *ui, struct error *err)
{
	int today = session_today(ui->session);
	struct slot_list slots;

	if (!registry_slot_list(ui->session, self->code, &self->arena, &slots, err))
		return false;
	add_row(self, ROW_TEXT, STYLE_STRONG, _("Holes"), 0);
	if (slots.count == 0)
		add_row(self, ROW_TEXT, STYLE_TROUBLE, _("the unit has no hole: a promises one"),
			0);
	for (size_t i = 0; i < slots.count; i++)
		add_slot(self, &slots.items[i], today);
	return true;
}

static bool read_exceptions(struct unit_screen *self, struct ui *ui, struct error *err)
{
	int today = session_today(ui->session);
	struct closing_list closings;
	struct opening_list openings;

	if (!registry_closing_list(ui->session, self->code, &self->arena, &closings, err)
		|| !registry_opening_list(ui->session, self->code, &self->arena, &openings, err))
		return false;
	if (closings.count)
		add_row(self, ROW_TEXT, STYLE_STRONG, _("Away"), 0);
	for (size_t i = 0; i < closings.count; i++) {
		const struct closing *c = &closings.items[i];
		char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE];

		add_row(self, ROW_CLOSING, c->until_day < today ? STYLE_QUIET : STYLE_NOTICE,
			arena_printf(&self->arena, "%s%s%s  %s",
				local_weekday_day(c->from_day, from),
				c->until_day == c->from_day ? "" : "–",
				c->until_day == c->from_day
					? ""
					: local_weekday_day(c->until_day, until),
				c->reason ? c->reason : ""),
			c->id);
	}
	if (openings.count)
		add_row(self, ROW_TEXT, STYLE_STRONG, _("Extra holes"), 0);
	for (size_t i = 0; i < openings.count; i++) {
		const struct opening *o = &openings.items[i];
		char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

		add_row(self, ROW_OPENING, o->day < today ? STYLE_QUIET : STYLE_GOOD,
			arena_printf(&self->arena, "%s %s", local_weekday_day(o->day, day),
				local_span(o->start, o->end, span)),
			o->id);
	}
	return true;
}

/* The rows that are only text are known by it. */
static bool is_row(const void *screen, int row, const void *sought)
{
	const struct unit_row *r = &((const struct unit_screen *)screen)->rows[row];
	const struct unit_row *before = sought;

	return r->kind == before->kind && r->id == before->id
	       && (r->kind != ROW_TEXT || strcmp(r->text, before->text) == 0);
}

/* At first on the first hole that still holds: the keys act on holes, not on what is above them. */
static void choose_first(struct unit_screen *self, int today)
{
	for (int i = 0; i < self->list.count; i++) {
		if (self->rows[i].slot && self->rows[i].slot->until_day >= today) {
			self->list.cursor = i;
			return;
		}
	}
}

static bool unit_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct unit_screen *self = (struct unit_screen *)screen;
	struct arena old = self->arena;
	const struct unit_row *chosen = self->list.count ? &self->rows[self->list.cursor] : NULL;
	bool ok;

	self->arena = (struct arena) { 0 };
	self->rows = NULL;
	self->row_count = 0;
	ok = registry_unit_get(ui->session, self->code, &self->arena, &self->unit, err);
	if (ok) {
		add_unit(self);
		ok = read_slots(self, ui, err) && read_exceptions(self, ui, err);
	}
	list_set_count(&self->list, (int)self->row_count);
	if (chosen)
		list_find(&self->list, is_row, self, chosen);
	else
		choose_first(self, session_today(ui->session));
	arena_release(&old);
	return ok;
}

static void draw_rows(const struct unit_screen *self, const struct canvas *canvas)
{
	int top = list_top(&self->list, canvas->rows);

	for (int row = 0; row < canvas->rows && top + row < self->list.count; row++) {
		const struct unit_row *r = &self->rows[top + row];

		canvas_row(canvas, row, r->kind == ROW_TEXT ? 1 : 3, canvas->columns - 4,
			top + row == self->list.cursor ? STYLE_CURSOR : r->style, r->text);
	}
}

/* The whole of a row that is cut. */
static void draw_detail(const struct unit_screen *self, const struct canvas *canvas)
{
	const char *text = self->list.count ? self->rows[self->list.cursor].text : "";

	if (utf8_width(text) > canvas->columns - 4)
		canvas_wrapped(canvas, 0, 1, canvas->columns - 2, STYLE_NORMAL, text);
}

static void unit_draw(const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct unit_screen *self = (const struct unit_screen *)screen;
	struct text title = { 0 };
	struct canvas inside, part;

	(void)ui;
	text_format(&title, "%s  %s", self->code, self->row_count ? self->unit.name : "");
	inside = canvas_frame(canvas, true, text_get(&title));
	text_release(&title);
	part = canvas_part(&inside, 0, 0, inside.rows - DETAIL_ROWS, inside.columns);
	draw_rows(self, &part);
	part = canvas_part(&inside, inside.rows - DETAIL_ROWS, 0, DETAIL_ROWS, inside.columns);
	draw_detail(self, &part);
}

static struct next remove_closing(struct ui *ui, void *context)
{
	struct unit_screen *self = context;
	struct error err;

	if (!registry_remove_closing(ui->session, self->asked_id, &err))
		ui_fail(ui, &err);
	return next_back();
}

static struct next remove_opening(struct ui *ui, void *context)
{
	struct unit_screen *self = context;
	struct screen *then;
	struct error err;

	if (!registry_remove_opening(ui->session, self->asked_id, &err)) {
		ui_fail(ui, &err);
		return next_back();
	}
	then = unsettled_screen_of_any(ui, self->code);
	return then ? (struct next) { .kind = NEXT_REPLACE, .screen = then } : next_back();
}

static struct next retire(struct ui *ui, void *context)
{
	struct unit_screen *self = context;
	struct error err;

	if (registry_retire_unit(ui->session, self->code, &err))
		ui_say(ui, _("unit %s is retired; its past stays"), self->code);
	else
		ui_fail(ui, &err);
	return next_back();
}

static struct next change_row(struct unit_screen *self, struct ui *ui)
{
	const struct unit_row *row = self->list.count ? &self->rows[self->list.cursor] : NULL;

	if (row && row->slot)
		return next_push(hole_change_dialog(row->slot));
	ui_say(ui, "%s", _("a hole can be changed: choose one in the list"));
	return next_stay();
}

/* What ends depends on the row: a promise, an absence or an extra hole. */
static struct next end_row(struct unit_screen *self)
{
	const struct unit_row *row = self->list.count ? &self->rows[self->list.cursor] : NULL;

	self->asked_id = row ? row->id : 0;
	if (row && row->kind == ROW_SLOT)
		return next_push(hole_end_dialog(self->code, row->id));
	if (row && row->kind == ROW_CLOSING)
		return next_push(
			confirm_new(_("Not away after all?"), row->text, remove_closing, self));
	if (row && row->kind == ROW_OPENING)
		return next_push(confirm_new(
			_("Take the extra hole away?"), row->text, remove_opening, self));
	return next_stay();
}

static struct next unit_act(struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct unit_screen *self = (struct unit_screen *)screen;

	self->list.rows = ui->rows - 2 - DETAIL_ROWS;
	switch (action) {
	case ACTION_BACK:
		return next_back();
	case ACTION_SLOT:
		return next_push(hole_add_dialog(self->code));
	case ACTION_CLOSE:
		return next_push(away_dialog(self->code, DAY_FIRST));
	case ACTION_OPEN:
		return next_push(extra_hole_dialog(self->code, DAY_FIRST));
	case ACTION_CHANGE:
		return change_row(self, ui);
	case ACTION_END:
		return end_row(self);
	case ACTION_EDIT:
		return self->row_count ? next_push(unit_dialog_new(&self->unit)) : next_stay();
	case ACTION_RETIRE:
		return next_push(confirm_new(_("Retire the unit?"),
			_("It is not invited any more. What was stays."), retire, self));
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void unit_free(struct screen *screen)
{
	struct unit_screen *self = (struct unit_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_CHARACTER + 'a', ACTION_SLOT, NULL, N_("add a hole") },
	{ PRESS_CHARACTER + 'm', ACTION_CHANGE, NULL, N_("change") },
	{ PRESS_CHARACTER + 'w', ACTION_CLOSE, NULL, N_("away") },
	{ PRESS_CHARACTER + 'x', ACTION_OPEN, NULL, N_("extra hole") },
	{ PRESS_CHARACTER + 'd', ACTION_END, NULL, N_("end or remove") },
	{ PRESS_CHARACTER + 'e', ACTION_EDIT, NULL, N_("edit") },
	{ PRESS_CHARACTER + 'r', ACTION_RETIRE, NULL, N_("retire") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_SLOT, USE_SLOT_ADD },
	{ ACTION_CLOSE, USE_SLOT_CLOSE },
	{ ACTION_OPEN, USE_SLOT_OPEN },
	{ ACTION_CHANGE, USE_SLOT_CHANGE },
	{ ACTION_END, USE_SLOT_END },
	{ ACTION_EDIT, USE_UNIT_EDIT },
	{ ACTION_RETIRE, USE_UNIT_RETIRE },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Unit"),
	.keys = keys,
	.rights = rights,
	.draw = unit_draw,
	.act = unit_act,
	.read = unit_read,
	.free = unit_free,
};

struct screen *unit_screen_new(const char *code)
{
	struct unit_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	snprintf(self->code, sizeof(self->code), "%s", code);
	return &self->screen;
}
