/* One unit: its holes, when it is away, its extra holes. */
#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/agenda.h"
#include "kutsu/service/registry.h"
#include "screens_internal.h"
#include "widgets/conflict_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAPACITY_MOST 100

enum row_kind { ROW_TEXT, ROW_SLOT, ROW_CLOSING, ROW_OPENING };

struct unit_row {
	enum row_kind kind;
	enum style style;
	const char *text;
	int64_t id;
};

struct unit_screen {
	struct screen screen;
	char code[UNIT_CODE_LONGEST + 1];
	struct arena arena;
	struct unit unit;
	struct unit_row *rows;
	size_t row_count;
	struct list list;
	int64_t asked_id;    /* of the row about which a question is open */
	int edited_revision; /* of the unit, as the form began from it */
	int their_revision;  /* as it was shown beside what is typed */
};

enum {
	ACTION_SLOT = 1,
	ACTION_CLOSE,
	ACTION_OPEN,
	ACTION_END,
	ACTION_EDIT,
	ACTION_RETIRE,
	ACTION_BACK
};

static void add_row(struct unit_screen *self, enum row_kind kind, enum style style,
	const char *text, int64_t id)
{
	self->rows = arena_append(&self->arena, self->rows, &self->row_count, sizeof(*self->rows));
	self->rows[self->row_count - 1] = (struct unit_row) { kind, style, text, id };
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
	arena_release(&old);
	return ok;
}

static void unit_draw(const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct unit_screen *self = (const struct unit_screen *)screen;
	struct text title = { 0 };
	struct canvas inside;
	int top;

	(void)ui;
	text_format(&title, "%s  %s", self->code, self->row_count ? self->unit.name : "");
	inside = canvas_frame(canvas, true, text_get(&title));
	text_release(&title);
	top = list_top(&self->list, inside.rows);
	for (int row = 0; row < inside.rows && top + row < self->list.count; row++) {
		const struct unit_row *r = &self->rows[top + row];

		canvas_row(&inside, row, r->kind == ROW_TEXT ? 1 : 3, inside.columns - 4,
			top + row == self->list.cursor ? STYLE_CURSOR : r->style, r->text);
	}
}

static const char *weekday_choice(int value)
{
	return value < 7 ? local_weekday(value + 1) : NULL;
}

static const char *repeat_choice(int value)
{
	return value < REPEATS ? term_label(&repeat_terms, value) : NULL;
}

static const struct field slot_fields[] = {
	{ "weekday", N_("Weekday"), FIELD_CHOICE, 0, 1, weekday_choice, NULL },
	{ "start", N_("from"), FIELD_TEXT, 0, 1, NULL, "12" },
	{ "end", N_("to"), FIELD_TEXT, 0, 1, NULL, "15" },
	{ "repeat", N_("Repeat"), FIELD_CHOICE, 1, 2, repeat_choice, NULL },
	{ "capacity", N_("meetings at once"), FIELD_TEXT, 1, 1, NULL, "1" },
	{ "from", N_("First day"), FIELD_TEXT, 2, 1, NULL, N_("if it is not from now on") },
	{ "until", N_("Last day"), FIELD_TEXT, 3, 1, NULL, N_("if it has one") },
	{ "person", N_("Ready person"), FIELD_TEXT, 4, 1, NULL, N_("a role, as in psychologist") },
	{ "deputy", N_("Deputy"), FIELD_TEXT, 5, 1, NULL, NULL },
	{ "place", N_("Place"), FIELD_TEXT, 6, 1, NULL, N_("where, or Teams") },
	{ 0 },
};

static bool read_minute(const struct form *form, const char *name, int *minute, struct error *err)
{
	const char *text = form_text(form, name);

	if (text && minute_parse(text, minute))
		return true;
	return error_set(err, ERROR_INVALID, _("from when to when? write as in 13 or 13:30"));
}

static bool submit_slot(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct unit_screen *self = context;
	struct slot slot = {
		.unit = self->code,
		.weekday = form_value(form, "weekday") + 1,
		.repeat = (enum repeat)form_value(form, "repeat"),
		.capacity = 1,
		.ready_person = form_text(form, "person"),
		.deputy = form_text(form, "deputy"),
		.place = form_text(form, "place"),
	};

	return form_number(form, "capacity", 1, CAPACITY_MOST, &slot.capacity, err)
	       && read_minute(form, "start", &slot.start, err)
	       && read_minute(form, "end", &slot.end, err)
	       && form_day(form, "from", session_today(ui->session), DAY_FIRST, &slot.from_day, err)
	       && form_day(
		       form, "until", session_today(ui->session), DAY_LAST, &slot.until_day, err)
	       && registry_add_slot(ui->session, &slot, err);
}

static struct next add_promise(struct unit_screen *self)
{
	struct form *form;
	struct screen *screen =
		form_dialog_new(&(struct form_dialog) { .title = _("A hole in the calendar"),
					.fields = slot_fields,
					.submit = submit_slot,
					.context = self },
			&form);

	form_set_value(form, "weekday", 0);
	form_set_value(form, "repeat", REPEAT_WEEKLY);
	return next_push(screen);
}

static const struct field closing_fields[] = {
	{ "from", N_("From"), FIELD_TEXT, 0, 1, NULL, N_("15.12.") },
	{ "until", N_("Until"), FIELD_TEXT, 1, 1, NULL, N_("empty: that day only") },
	{ "reason", N_("Reason"), FIELD_TEXT, 2, 1, NULL, N_("training; nothing about health") },
	{ 0 },
};

/* What is booked stays booked when its hole closes: a person decides, and must know. */
static bool tell_meetings(
	struct unit_screen *self, struct ui *ui, const struct closing *closing, struct error *err)
{
	struct agenda_query query = { closing->from_day, closing->until_day, self->code };
	struct text numbers = { 0 };
	struct arena arena = { 0 };
	struct meeting_list list;
	bool ok = true;

	if (!session_may(ui->session, USE_MEETING_LIST))
		return true;
	ok = agenda_list(ui->session, &query, 0, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		if (list.items[i].status == MEETING_BOOKED)
			text_format(&numbers, "%s%lld", numbers.length ? ", " : "",
				(long long)list.items[i].id);
	}
	if (ok && numbers.length)
		ui_say(ui, _("booked in that time, move or cancel it: meeting %s"),
			text_get(&numbers));
	text_release(&numbers);
	arena_release(&arena);
	return ok;
}

static bool submit_closing(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct unit_screen *self = context;
	struct closing closing = { .unit = self->code, .reason = form_text(form, "reason") };

	if (!form_text(form, "from"))
		return error_set(err, ERROR_INVALID, _("from which day? write as in 15.12."));
	if (!(form_day(form, "from", session_today(ui->session), 0, &closing.from_day, err)
		    && form_day(form, "until", session_today(ui->session), closing.from_day,
			    &closing.until_day, err)
		    && registry_close(ui->session, &closing, err)))
		return false;
	return tell_meetings(self, ui, &closing, err);
}

static const struct field opening_fields[] = {
	{ "day", N_("Day"), FIELD_TEXT, 0, 2, NULL, N_("15.12.") },
	{ "start", N_("from"), FIELD_TEXT, 0, 1, NULL, "12" },
	{ "end", N_("to"), FIELD_TEXT, 0, 1, NULL, "15" },
	{ 0 },
};

static bool submit_opening(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct unit_screen *self = context;
	struct opening opening = { .unit = self->code };

	if (!form_text(form, "day"))
		return error_set(err, ERROR_INVALID, _("which day? write as in 15.12."));
	return form_day(form, "day", session_today(ui->session), 0, &opening.day, err)
	       && read_minute(form, "start", &opening.start, err)
	       && read_minute(form, "end", &opening.end, err)
	       && registry_open(ui->session, &opening, err);
}

static const struct field end_fields[] = {
	{ "until", N_("Last day"), FIELD_TEXT, 0, 1, NULL, N_("15.12.") },
	{ 0 },
};

static bool submit_end(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct unit_screen *self = context;
	int until;

	if (!form_text(form, "until"))
		return error_set(err, ERROR_INVALID, _("which day? write as in 15.12."));
	return form_day(form, "until", session_today(ui->session), 0, &until, err)
	       && registry_end_slot(ui->session, self->asked_id, until, err);
}

static const struct field unit_fields[] = {
	{ "name", N_("Name"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ "area", N_("Area"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "municipality", N_("Municipality"), FIELD_TEXT, 2, 1, NULL, NULL },
	{ "email", N_("E-mail"), FIELD_TEXT, 3, 1, NULL, NULL },
	{ "phone", N_("Phone"), FIELD_TEXT, 4, 1, NULL, NULL },
	{ "school_based", N_("closed in school breaks"), FIELD_TICK, 5, 0, NULL, NULL },
	{ 0 },
};

/* As it is typed; the texts are borrowed from the form. */
static struct unit unit_of_form(const struct unit_screen *self, const struct form *form)
{
	struct unit unit = self->unit;

	unit.revision = self->edited_revision;
	unit.name = form_text(form, "name");
	unit.area = form_text(form, "area");
	unit.municipality = form_text(form, "municipality");
	unit.email = form_text(form, "email");
	unit.phone = form_text(form, "phone");
	unit.school_based = form_value(form, "school_based") != 0;
	return unit;
}

static bool submit_unit(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct unit unit = unit_of_form(context, form);

	return registry_edit_unit(ui->session, &unit, err);
}

/* From then on it is written over the change that was shown. */
static struct next keep_mine(struct ui *ui, void *context)
{
	struct unit_screen *self = context;

	self->edited_revision = self->their_revision;
	ui_say(ui, "%s", _("yours is kept: Enter saves it over theirs"));
	return next_back();
}

static struct next take_theirs(struct ui *ui, void *context)
{
	(void)context;
	ui_say(ui, "%s", _("theirs stays; what you typed was let go"));
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

static struct screen *show_both(struct ui *ui, struct form *form, void *context)
{
	struct unit_screen *self = context;
	struct unit mine = unit_of_form(self, form), theirs;
	struct arena arena = { 0 };
	struct screen *screen = NULL;
	struct error err;

	if (registry_unit_get(ui->session, self->code, &arena, &theirs, &err)) {
		const struct conflict_row rows[] = {
			{ _("Name"), theirs.name, mine.name },
			{ _("Area"), theirs.area, mine.area },
			{ _("Municipality"), theirs.municipality, mine.municipality },
			{ _("E-mail"), theirs.email, mine.email },
			{ _("Phone"), theirs.phone, mine.phone },
			{ _("closed in school breaks"), theirs.school_based ? _("yes") : _("no"),
				mine.school_based ? _("yes") : _("no") },
		};

		self->their_revision = theirs.revision;
		screen = conflict_new(&(struct conflict) { .title = self->code,
			.note = changed_text(&arena, theirs.changed_by, theirs.changed_at),
			.rows = rows,
			.row_count = sizeof(rows) / sizeof(rows[0]),
			.keep_mine = keep_mine,
			.take_theirs = take_theirs,
			.context = self });
	}
	arena_release(&arena);
	return screen;
}

static struct next edit_unit(struct unit_screen *self)
{
	struct form *form;
	struct screen *screen = form_dialog_new(&(struct form_dialog) { .title = self->code,
							.fields = unit_fields,
							.submit = submit_unit,
							.conflict = show_both,
							.context = self },
		&form);

	self->edited_revision = self->unit.revision;
	form_set_text(form, "name", self->unit.name);
	form_set_text(form, "area", self->unit.area);
	form_set_text(form, "municipality", self->unit.municipality);
	form_set_text(form, "email", self->unit.email);
	form_set_text(form, "phone", self->unit.phone);
	form_set_value(form, "school_based", self->unit.school_based);
	return next_push(screen);
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
	struct error err;

	if (!registry_remove_opening(ui->session, self->asked_id, &err))
		ui_fail(ui, &err);
	return next_back();
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

static struct next ask(struct unit_screen *self, const char *title, const struct field *fields,
	dialog_submit *submit)
{
	struct form *form;

	return next_push(form_dialog_new(
		&(struct form_dialog) {
			.title = title, .fields = fields, .submit = submit, .context = self },
		&form));
}

/* What ends depends on the row: a promise, an absence or an extra hole. */
static struct next end_row(struct unit_screen *self)
{
	const struct unit_row *row = self->list.count ? &self->rows[self->list.cursor] : NULL;

	self->asked_id = row ? row->id : 0;
	if (row && row->kind == ROW_SLOT)
		return ask(self, _("The hole's last day"), end_fields, submit_end);
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

	self->list.rows = ui->rows - 2;
	switch (action) {
	case ACTION_BACK:
		return next_back();
	case ACTION_SLOT:
		return add_promise(self);
	case ACTION_CLOSE:
		return ask(self, _("The unit is away"), closing_fields, submit_closing);
	case ACTION_OPEN:
		return ask(self, _("An extra hole"), opening_fields, submit_opening);
	case ACTION_END:
		return end_row(self);
	case ACTION_EDIT:
		return self->row_count ? edit_unit(self) : next_stay();
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
