/* Yksiköt: the units and what they have promised; school breaks. */
#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/registry.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <limits.h>
#include <stdlib.h>

struct units_screen {
	struct screen screen;
	struct arena arena;
	struct unit_list units;
	struct slot_list slots;
	struct school_break_list breaks;
	struct list list;
	int today;
	int64_t asked_id; /* of the break about which a question is open */
	bool shows_breaks;
};

enum { ACTION_OPEN = 1, ACTION_ADD, ACTION_BREAKS, ACTION_REMOVE, ACTION_EXPORT };

/* A contact's own units: of others it knows no holes. */
static void keep_seen(struct units_screen *self, const struct session *session)
{
	size_t kept = 0;

	for (size_t i = 0; i < self->units.count; i++) {
		if (session_sees_holes(session, self->units.items[i].id))
			self->units.items[kept++] = self->units.items[i];
	}
	self->units.count = kept;
}

static int64_t id_at(const struct units_screen *self, int row)
{
	return self->shows_breaks ? self->breaks.items[row].id : self->units.items[row].id;
}

static void choose_again(struct units_screen *self, int64_t chosen)
{
	for (int row = 0; row < self->list.count; row++) {
		if (id_at(self, row) == chosen)
			self->list.cursor = row;
	}
}

static bool units_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct units_screen *self = (struct units_screen *)screen;
	int64_t chosen = self->list.cursor < self->list.count ? id_at(self, self->list.cursor) : 0;

	arena_reset(&self->arena);
	self->today = session_today(ui->session);
	self->units = (struct unit_list) { 0 };
	self->slots = (struct slot_list) { 0 };
	self->breaks = (struct school_break_list) { 0 };
	self->list.count = 0;
	if (!registry_unit_list(ui->session, UNITS_ALL, &self->arena, &self->units, err)
		|| !registry_slot_list(ui->session, NULL, &self->arena, &self->slots, err)
		|| !registry_break_list(ui->session, &self->arena, &self->breaks, err))
		return false;
	keep_seen(self, ui->session);
	list_set_count(
		&self->list, (int)(self->shows_breaks ? self->breaks.count : self->units.count));
	choose_again(self, chosen);
	return true;
}

/* "ke 12.00–15.00", or what is missing. */
static enum style format_promise(
	const struct units_screen *self, const struct unit *unit, struct text *text)
{
	enum style style = STYLE_NORMAL;

	text_clear(text);
	for (size_t i = 0; i < self->slots.count; i++) {
		const struct slot *slot = &self->slots.items[i];
		char span[LOCALTEXT_SIZE];

		if (slot->unit_id != unit->id || slot->until_day < self->today)
			continue;
		text_format(text, "%s%s %s", text->length ? ", " : "", local_weekday(slot->weekday),
			local_span(slot->start, slot->end, span));
		if (!slot->ready_person || !slot->deputy) {
			text_format(text, " (%s)",
				slot->ready_person ? _("no deputy") : _("no ready person"));
			style = STYLE_NOTICE;
		}
	}
	if (!unit->active) {
		text_clear(text);
		text_add(text, _("retired"));
		return STYLE_QUIET;
	}
	if (text->length)
		return style;
	text_add(text, _("no hole"));
	return STYLE_TROUBLE;
}

static void draw_unit(
	const struct units_screen *self, const struct canvas *canvas, int row, int index)
{
	const struct unit *unit = &self->units.items[index];
	int names = canvas->columns / 2 - 8;
	struct text promise = { 0 };
	enum style style = format_promise(self, unit, &promise);

	if (index == self->list.cursor)
		style = STYLE_CURSOR;
	canvas_row(canvas, row, 0, canvas->columns,
		index == self->list.cursor ? style : STYLE_NORMAL, "");
	canvas_text(canvas, row, 1, 12, style, unit->code);
	canvas_text(canvas, row, 14, names - 2, index == self->list.cursor ? style : STYLE_NORMAL,
		unit->name);
	canvas_text(canvas, row, 13 + names, 4, style, unit->area ? unit->area : "");
	canvas_text(
		canvas, row, 18 + names, canvas->columns - names - 19, style, text_get(&promise));
	text_release(&promise);
}

static void draw_break(
	const struct units_screen *self, const struct canvas *canvas, int row, int index)
{
	const struct school_break *b = &self->breaks.items[index];
	char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE];
	struct text text = { 0 };

	text_format(&text, " %s–%s  %s  %s", local_day(b->from_day, from),
		local_day(b->until_day, until), b->name,
		b->municipality ? b->municipality : _("everywhere"));
	canvas_row(canvas, row, 0, canvas->columns,
		index == self->list.cursor ? STYLE_CURSOR : STYLE_NORMAL, text_get(&text));
	text_release(&text);
}

static void units_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct units_screen *self = (const struct units_screen *)screen;
	int top = list_top(&self->list, canvas->rows - 1);

	(void)ui;
	canvas_text(canvas, 0, 1, canvas->columns - 2, STYLE_STRONG,
		self->shows_breaks ? _("School breaks") : _("Units"));
	if (self->list.count == 0)
		canvas_text(
			canvas, 2, 1, canvas->columns - 2, STYLE_QUIET, _("none yet: a adds one"));
	for (int row = 0; row + 1 < canvas->rows && top + row < self->list.count; row++) {
		if (self->shows_breaks)
			draw_break(self, canvas, row + 1, top + row);
		else
			draw_unit(self, canvas, row + 1, top + row);
	}
}

static const char *sector_choice(int value)
{
	return value < SECTORS ? term_label(&sector_terms, value) : NULL;
}

static const struct field unit_fields[] = {
	{ "code", N_("Code"), FIELD_TEXT, 0, 1, NULL, "PNE-KES" },
	{ "name", N_("Name"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "sector", N_("Sector"), FIELD_CHOICE, 2, 1, sector_choice, NULL },
	{ "area", N_("Area"), FIELD_TEXT, 3, 1, NULL, NULL },
	{ "municipality", N_("Municipality"), FIELD_TEXT, 4, 1, NULL, NULL },
	{ "email", N_("E-mail"), FIELD_TEXT, 5, 1, NULL, NULL },
	{ "phone", N_("Phone"), FIELD_TEXT, 6, 1, NULL, NULL },
	{ "school_based", N_("closed in school breaks"), FIELD_TICK, 7, 0, NULL, NULL },
	{ 0 },
};

static bool submit_unit(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct units_screen *self = context;
	struct unit unit = {
		.code = form_text(form, "code") ? form_text(form, "code") : "",
		.name = form_text(form, "name"),
		.sector = (enum sector)form_value(form, "sector"),
		.area = form_text(form, "area"),
		.municipality = form_text(form, "municipality"),
		.email = form_text(form, "email"),
		.phone = form_text(form, "phone"),
		.school_based = form_value(form, "school_based") != 0,
		.active = true,
	};

	if (form_value(form, "sector") < 0)
		return error_set(err, ERROR_INVALID, _("which sector? choose with the arrows"));
	if (!registry_add_unit(ui->session, &unit, err))
		return false;
	self->list.cursor = INT_MAX; /* the new one is the last */
	ui_say(ui, _("unit %s was added; Enter opens it to add its hole"), unit.code);
	return true;
}

static const struct field break_fields[] = {
	{ "name", N_("Name"), FIELD_TEXT, 0, 1, NULL, N_("winter break") },
	{ "from", N_("From"), FIELD_TEXT, 1, 1, NULL, N_("8.3.2027") },
	{ "until", N_("Until"), FIELD_TEXT, 2, 1, NULL, N_("14.3.2027") },
	{ "municipality", N_("Only in"), FIELD_TEXT, 3, 1, NULL,
		N_("municipality; empty: everywhere") },
	{ 0 },
};

static bool submit_break(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct school_break school_break = { .name = form_text(form, "name"),
		.municipality = form_text(form, "municipality") };
	const char *from = form_text(form, "from"), *until = form_text(form, "until");
	int today = session_today(ui->session);

	(void)context;
	if (!from || !day_parse(from, today, &school_break.from_day) || !until
		|| !day_parse(until, today, &school_break.until_day))
		return error_set(
			err, ERROR_INVALID, _("from when until when? write as in 8.3.2027"));
	return registry_add_break(ui->session, &school_break, err);
}

static struct next add(struct units_screen *self)
{
	struct form *form;

	return next_push(form_dialog_new(
		&(struct form_dialog) {
			.title = self->shows_breaks ? _("A school break") : _("A unit"),
			.fields = self->shows_breaks ? break_fields : unit_fields,
			.submit = self->shows_breaks ? submit_break : submit_unit,
			.context = self },
		&form));
}

static struct next remove_break(struct ui *ui, void *context)
{
	struct units_screen *self = context;
	struct error err;

	if (!registry_remove_break(ui->session, self->asked_id, &err))
		ui_fail(ui, &err);
	return next_back();
}

static struct next ask_remove(struct units_screen *self)
{
	const struct school_break *b;

	if (!self->shows_breaks || self->list.count == 0)
		return next_stay();
	b = &self->breaks.items[self->list.cursor];
	self->asked_id = b->id;
	return next_push(
		confirm_new(_("Take the school break away?"), b->name, remove_break, self));
}

static const struct screen_ops ops, break_ops;

static struct next units_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct units_screen *self = (struct units_screen *)screen;

	self->list.rows = ui->rows - 1;
	switch (action) {
	case ACTION_EXPORT:
		return next_push(export_dialog_new(ui, EXPORT_UNITS, NULL));
	case ACTION_OPEN:
		if (!self->shows_breaks && self->list.count)
			return next_push(
				unit_screen_new(self->units.items[self->list.cursor].code));
		return next_stay();
	case ACTION_ADD:
		return add(self);
	case ACTION_REMOVE:
		return ask_remove(self);
	case ACTION_BREAKS:
		self->shows_breaks = !self->shows_breaks;
		list_set_count(&self->list, 0);
		self->screen.ops = self->shows_breaks ? &break_ops : &ops;
		self->screen.is_read = false;
		return next_stay();
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void units_free(struct screen *screen)
{
	struct units_screen *self = (struct units_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("open it") },
	{ PRESS_CHARACTER + 'a', ACTION_ADD, NULL, N_("add") },
	{ PRESS_CHARACTER + 'b', ACTION_BREAKS, NULL, N_("school breaks") },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_EXPORT, USE_EXPORT_REGISTRY },
	{ ACTION_ADD, USE_UNIT_ADD },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Units"),
	.keys = keys,
	.rights = rights,
	.draw = units_draw,
	.act = units_act,
	.read = units_read,
	.free = units_free,
};

static const struct key_binding break_keys[] = {
	{ PRESS_CHARACTER + 'a', ACTION_ADD, NULL, N_("add") },
	{ PRESS_CHARACTER + 'd', ACTION_REMOVE, NULL, N_("remove a break") },
	{ PRESS_CHARACTER + 'b', ACTION_BREAKS, NULL, N_("units") },
	{ 0 },
};

static const struct action_right break_rights[] = {
	{ ACTION_ADD, USE_BREAK_ADD },
	{ ACTION_REMOVE, USE_BREAK_REMOVE },
	{ 0 },
};

static const struct screen_ops break_ops = {
	.title = N_("Units"),
	.keys = break_keys,
	.rights = break_rights,
	.draw = units_draw,
	.act = units_act,
	.read = units_read,
	.free = units_free,
};

struct screen *units_screen_new(void)
{
	struct units_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
