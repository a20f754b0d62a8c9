/* The record of a meeting: who came, what carries the child, what was agreed, what follows. */
#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "record_form_internal.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDE_COLUMNS 110
#define WIDE_SHARE   60 /* per cent */

enum part { PART_UNITS, PART_FORM, PART_ACTIONS, PARTS };

struct record_screen {
	struct screen screen;
	struct record_form record;
	struct list units, actions;
	enum part focus;
};

enum { ACTION_SAVE = 1, ACTION_LEAVE, ACTION_ADD, ACTION_REMOVE, ACTION_DISCARD };

static const char *environment_choice(int value)
{
	return value < ENVIRONMENTS ? term_label(&environment_terms, value) : NULL;
}

static bool record_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct record_screen *self = (struct record_screen *)screen;
	bool ok = record_form_read(&self->record, ui, err);

	list_set_count(&self->units, ok ? (int)self->record.meeting.unit_count : 0);
	list_set_count(&self->actions, (int)self->record.action_count);
	return ok;
}

static void record_tick(struct screen *screen, struct ui *ui)
{
	record_form_keep(&((struct record_screen *)screen)->record, ui);
}

/* What was agreed about a follow-up is booked at once, while everybody remembers. */
static struct next keep_mine(struct ui *ui, void *context)
{
	struct record_screen *self = context;

	record_form_keep_mine(&self->record);
	ui_say(ui, "%s", _("yours is kept: ^S saves it over theirs"));
	return next_back();
}

static struct next take_theirs(struct ui *ui, void *context)
{
	struct record_screen *self = context;

	if (!record_form_forget(&self->record, ui))
		return next_back();
	ui_say(ui, "%s", _("theirs stays; what you typed was let go"));
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

static struct next save_and_go(struct record_screen *self, struct ui *ui)
{
	bool needs_time = form_value(&self->record.form, "follow_up") == KNOWN_YES
			  && self->record.meeting.status == MEETING_BOOKED;
	struct screen *both;
	struct error err;

	if (!record_form_compare(&self->record, ui, keep_mine, take_theirs, self, &both, &err)) {
		ui_fail(ui, &err);
		return next_stay();
	}
	if (both)
		return next_push(both);
	if (!record_form_save(&self->record, ui, &err)) {
		ui_fail(ui, &err);
		return next_stay();
	}
	record_form_forget(&self->record, ui);
	if (needs_time) {
		ui_say(ui, "%s", _("recorded; now a time for the follow-up (Esc: later)"));
		return (struct next) { .kind = NEXT_REPLACE,
			.screen = booking_screen_new(self->record.meeting.case_code,
				MEETING_FOLLOW_UP, self->record.meeting.units,
				self->record.meeting.unit_count) };
	}
	ui_say(ui, "%s", _("the meeting is recorded"));
	return next_back();
}

static const struct field action_fields[] = {
	{ "what", N_("What"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ "who", N_("Who"), FIELD_TEXT, 1, 1, NULL, N_("mother, class teacher") },
	{ "where", N_("Where"), FIELD_CHOICE, 2, 1, environment_choice, NULL },
	{ "due", N_("By"), FIELD_TEXT, 3, 1, NULL, N_("15.12.") },
	{ 0 },
};

static bool submit_action(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct record_screen *self = context;
	const char *due = form_text(form, "due");
	struct agreed_action action = { .who = form_text(form, "who"),
		.what = form_text(form, "what"),
		.environment = (enum environment)form_value(form, "where"),
		.due_day = DAY_LAST };

	if (!action.what || !action.who)
		return error_set(err, ERROR_INVALID, _("what was agreed, and who does it?"));
	if (form_value(form, "where") < 0)
		return error_set(
			err, ERROR_INVALID, _("where does it happen? choose with the arrows"));
	if (due && !day_parse(due, session_today(ui->session), &action.due_day))
		return error_set(
			err, ERROR_INVALID, _("\"%.30s\" is no date; write as in 15.12."), due);
	record_form_add_action(&self->record, &action);
	list_set_count(&self->actions, (int)self->record.action_count);
	self->record.is_changed = true;
	return true;
}

static struct next ask_action(struct record_screen *self)
{
	struct form *form;
	struct screen *screen =
		form_dialog_new(&(struct form_dialog) { .title = _("What was agreed"),
					.fields = action_fields,
					.submit = submit_action,
					.context = self },
			&form);

	form_set_value(form, "where", ENVIRONMENT_HOME);
	return next_push(screen);
}

static void remove_action(struct record_screen *self)
{
	size_t at = (size_t)self->actions.cursor;

	if (self->focus != PART_ACTIONS || self->record.action_count == 0)
		return;
	memmove(&self->record.actions[at], &self->record.actions[at + 1],
		(self->record.action_count - at - 1) * sizeof(*self->record.actions));
	self->record.action_count--;
	list_set_count(&self->actions, (int)self->record.action_count);
	self->record.is_changed = true;
}

static struct next throw_away(struct ui *ui, void *context)
{
	struct record_screen *self = context;

	if (record_form_forget(&self->record, ui))
		ui_say(ui, "%s", _("what was typed was thrown away"));
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

static struct next leave(struct record_screen *self, struct ui *ui)
{
	record_form_keep(&self->record, ui);
	if (!record_form_is_kept(&self->record) && !self->record.draft.is_lost)
		return next_push(form_draft_leave_new());
	if (self->record.draft.id && !self->record.draft.is_lost)
		ui_say(ui, "%s", _("the record is kept unfinished: go on from view 1"));
	return next_back();
}

static void focus_next(struct record_screen *self, int step)
{
	self->focus = (enum part)(((int)self->focus + step + PARTS) % PARTS);
	if (self->focus == PART_FORM)
		self->record.form.focus = step > 0 ? 0 : self->record.form.count - 1;
}

static void part_key(struct record_screen *self, const struct key *key)
{
	bool moves_on = key->press == PRESS_TAB || key->press == PRESS_ENTER;

	if (self->focus == PART_FORM && form_key(&self->record.form, key))
		return;
	if (moves_on && self->focus == PART_FORM && key->press == PRESS_ENTER
		&& self->record.form.focus + 1 < self->record.form.count)
		self->record.form.focus++;
	else if (moves_on)
		focus_next(self, 1);
	else if (key->press == PRESS_BACKTAB)
		focus_next(self, -1);
	else if (self->focus == PART_UNITS && key_is(key, PRESS_CHARACTER + ' ')
		 && self->units.count) {
		self->record.came[self->units.cursor] = !self->record.came[self->units.cursor];
		self->record.is_changed = true;
	} else if (self->focus == PART_UNITS) {
		list_key(&self->units, key);
	} else if (self->focus == PART_ACTIONS) {
		list_key(&self->actions, key);
	}
}

static struct next record_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct record_screen *self = (struct record_screen *)screen;

	switch (action) {
	case ACTION_SAVE:
		return save_and_go(self, ui);
	case ACTION_ADD:
		return ask_action(self);
	case ACTION_REMOVE:
		remove_action(self);
		return next_stay();
	case ACTION_LEAVE:
		return leave(self, ui);
	case ACTION_DISCARD:
		return next_push(confirm_new(_("Throw away what was typed?"),
			_("What was recorded before stays as it was."), throw_away, self));
	default:
		part_key(self, key);
		return next_stay();
	}
}

static void draw_units(const struct record_screen *self, const struct canvas *canvas)
{
	int top = list_top(&self->units, canvas->rows);

	for (int row = 0; row < canvas->rows && top + row < self->units.count; row++) {
		struct text text = { 0 };

		text_format(&text, "%s %s", self->record.came[top + row] ? "[x]" : "[ ]",
			self->record.names[top + row] ? self->record.names[top + row] : "");
		canvas_row(canvas, row, 0, canvas->columns,
			self->focus == PART_UNITS && top + row == self->units.cursor ? STYLE_CURSOR
										     : STYLE_NORMAL,
			text_get(&text));
		text_release(&text);
	}
}

static void draw_actions(const struct record_screen *self, const struct canvas *canvas)
{
	int top = list_top(&self->actions, canvas->rows);

	if (self->record.action_count == 0)
		canvas_text(canvas, 0, 1, canvas->columns - 1, STYLE_QUIET,
			_("F6 adds what was agreed"));
	for (int row = 0; row < canvas->rows && top + row < self->actions.count; row++) {
		const struct agreed_action *action = &self->record.actions[top + row];
		char day[LOCALTEXT_SIZE] = "";
		struct text text = { 0 };

		if (action->due_day != DAY_LAST)
			local_short_day(action->due_day, day);
		text_format(&text, "%s %s: %s", day, action->who, action->what);
		canvas_row(canvas, row, 0, canvas->columns,
			self->focus == PART_ACTIONS && top + row == self->actions.cursor
				? STYLE_CURSOR
				: STYLE_NORMAL,
			text_get(&text));
		text_release(&text);
	}
}

static void record_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct record_screen *self = (const struct record_screen *)screen;
	bool wide = canvas->columns >= WIDE_COLUMNS;
	int form_height = wide ? canvas->rows : canvas->rows - 6;
	int form_width = wide ? canvas->columns * WIDE_SHARE / 100 : canvas->columns;
	int half = wide ? canvas->rows / 2 : canvas->columns * 40 / 100;
	struct canvas part = canvas_part(canvas, 0, 0, form_height, form_width), inside;
	struct text title = { 0 };
	char day[LOCALTEXT_SIZE];

	(void)ui;
	text_format(&title, _("Record: %s, case %s"),
		local_weekday_day(self->record.meeting.day, day),
		self->record.meeting.case_code ? self->record.meeting.case_code : "");
	inside = canvas_frame(&part, self->focus == PART_FORM, text_get(&title));
	text_release(&title);
	inside = canvas_part(&inside, 0, 1, inside.rows, inside.columns - 2);
	form_draw(&self->record.form, &inside, self->focus == PART_FORM);
	part = wide ? canvas_part(canvas, 0, form_width, half, canvas->columns - form_width)
		    : canvas_part(canvas, form_height, 0, 6, half);
	inside = canvas_frame(&part, self->focus == PART_UNITS, _("Who came"));
	draw_units(self, &inside);
	part = wide ? canvas_part(
		       canvas, half, form_width, canvas->rows - half, canvas->columns - form_width)
		    : canvas_part(canvas, form_height, half, 6, canvas->columns - half);
	inside = canvas_frame(&part, self->focus == PART_ACTIONS, _("What was agreed"));
	draw_actions(self, &inside);
}

static void record_resize(struct screen *screen, const struct ui *ui)
{
	struct record_screen *self = (struct record_screen *)screen;
	bool wide = ui->columns >= WIDE_COLUMNS;
	int room = (wide ? ui->rows : ui->rows - 6) - 2 - 5; /* the frame, and five rows of lines */

	form_resize(&self->record.form, (wide ? ui->columns * WIDE_SHARE / 100 : ui->columns) - 4,
		room / 3 > 5 ? 5 : room / 3);
	self->units.rows = self->actions.rows = 4;
}

static void record_free(struct screen *screen)
{
	struct record_screen *self = (struct record_screen *)screen;

	record_form_release(&self->record);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_CONTROL + 'S', ACTION_SAVE, NULL, N_("save") },
	{ PRESS_TAB, 0, N_("Tab"), N_("next") },
	{ PRESS_CHARACTER + ' ', 0, N_("Space"), N_("tick") },
	{ PRESS_FUNCTION + 6, ACTION_ADD, NULL, N_("add an action") },
	{ PRESS_FUNCTION + 8, ACTION_REMOVE, NULL, N_("remove it") },
	{ PRESS_ESC, ACTION_LEAVE, NULL, N_("later") },
	{ PRESS_FUNCTION + 9, ACTION_DISCARD, NULL, N_("throw away") },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Record"),
	.keys = keys,
	.takes_text = true,
	.draw = record_draw,
	.act = record_act,
	.read = record_read,
	.resize = record_resize,
	.tick = record_tick,
	.free = record_free,
};

struct screen *record_screen_new(int64_t meeting_id, int64_t draft_id)
{
	struct record_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	self->focus = PART_FORM;
	record_form_init(&self->record, meeting_id, draft_id);
	return &self->screen;
}
