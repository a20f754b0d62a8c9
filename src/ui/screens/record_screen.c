/* The record of a meeting: who came, what carries the child, what was agreed, what follows. */
#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/casework.h"
#include "kutsu/store/unit_store.h"
#include "panes/form_draft_internal.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEEKS_MOST    52
#define WEEKS_DEFAULT 6
#define WIDE_COLUMNS  110
#define WIDE_SHARE    60 /* per cent */

enum part { PART_UNITS, PART_FORM, PART_ACTIONS, PARTS };

struct record_screen {
	struct screen screen;
	int64_t id;
	struct arena arena; /* of the meeting */
	struct arena kept;  /* of the actions typed here */
	struct meeting meeting;
	const char **names; /* of the invited units; this and came: in the arena */
	bool *came;
	struct list units;
	struct form form;
	struct agreed_action *actions;
	size_t action_count;
	struct list action_list;
	enum part focus;
	bool is_filled;	 /* what the database has was read into the form */
	bool is_changed; /* who came or what was agreed, since the draft was kept */
	struct form_draft draft;
};

enum { ACTION_SAVE = 1, ACTION_LEAVE, ACTION_ADD, ACTION_REMOVE, ACTION_DISCARD };

static const char *known_choice(int value)
{
	return value == 0 ? "–" : value == 1 ? _("no") : value == 2 ? _("yes") : NULL;
}

static const char *environment_choice(int value)
{
	return value < ENVIRONMENTS ? term_label(&environment_terms, value) : NULL;
}

static const struct field fields[] = {
	{ "adults", N_("Adults present"), FIELD_TEXT, 0, 1, NULL,
		N_("mother; teacher; grandmother") },
	{ "facilitator", N_("Facilitator"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "child_present", N_("Child present"), FIELD_CHOICE, 2, 1, known_choice, NULL },
	{ "child_heard", N_("heard"), FIELD_CHOICE, 2, 1, known_choice, NULL },
	{ "strengths", N_("Strengths"), FIELD_AREA, 3, 1, NULL, N_("what carries the everyday") },
	{ "vulnerabilities", N_("Vulnerabilities"), FIELD_AREA, 4, 1, NULL, NULL },
	{ "notes", N_("Notes"), FIELD_AREA, 5, 1, NULL, NULL },
	{ "follow_up", N_("Follow-up needed"), FIELD_CHOICE, 6, 1, known_choice, NULL },
	{ "weeks", N_("within weeks"), FIELD_TEXT, 6, 1, NULL, NULL },
	{ "reason", N_("or why not"), FIELD_TEXT, 7, 1, NULL, NULL },
	{ 0 },
};

static void fill_form(struct record_screen *self, const struct meeting_record *record)
{
	struct form *form = &self->form;

	form_set_text(form, "adults",
		arena_join(&self->arena, record->adults, record->adult_count, "; "));
	form_set_text(form, "facilitator", record->facilitator);
	form_set_value(form, "child_present", (int)record->child_present);
	form_set_value(form, "child_heard", (int)record->child_heard);
	form_set_text(form, "strengths", record->strengths);
	form_set_text(form, "vulnerabilities", record->vulnerabilities);
	form_set_text(form, "notes", record->notes);
	form_set_value(form, "follow_up", (int)record->follow_up_needed);
	form_set_text(form, "weeks",
		record->follow_up_within_weeks
			? arena_printf(&self->arena, "%d", record->follow_up_within_weeks)
			: "");
	form_set_text(form, "reason", record->follow_up_reason);
}

static bool names(const char *const *codes, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(codes[i], code) == 0)
			return true;
	}
	return false;
}

static void add_action(struct record_screen *self, const struct agreed_action *action)
{
	struct agreed_action *added;

	self->actions = arena_append(
		&self->kept, self->actions, &self->action_count, sizeof(*self->actions));
	added = &self->actions[self->action_count - 1];
	*added = *action;
	added->who = arena_text(&self->kept, action->who);
	added->what = arena_text(&self->kept, action->what);
	list_set_count(&self->action_list, (int)self->action_count);
}

static bool read_names(struct record_screen *self, struct ui *ui, struct error *err)
{
	for (int i = 0; i < self->units.count; i++) {
		struct unit unit;

		if (!store_unit_get(
			    ui->session->store, self->meeting.units[i], &self->arena, &unit, err))
			return false;
		self->names[i] = unit.name;
	}
	return true;
}

/*
 * Who came and what was agreed as one text each for the draft: ticks as 1 and 0, an action a line,
 * its parts with U+001F between.
 */
static void write_draft(const struct record_screen *self, struct text *came, struct text *actions)
{
	for (int i = 0; i < self->units.count; i++)
		text_add(came, self->came[i] ? "1" : "0");
	for (size_t i = 0; i < self->action_count; i++) {
		const struct agreed_action *a = &self->actions[i];

		text_format(actions, "%s\x1f%s\x1f%d\x1f%d\x1f%d\n", a->who, a->what,
			(int)a->environment, a->due_day, (int)a->done);
	}
}

static void read_draft_actions(struct record_screen *self, char *text)
{
	self->action_count = 0;
	for (char *line = text; *line;) {
		char *end = strchr(line, '\n'), *parts[5] = { line };
		int count = 1;

		if (!end)
			return;
		*end = '\0';
		for (char *c = line; *c; c++) {
			if (*c == '\x1f' && count < 5) {
				*c = '\0';
				parts[count++] = c + 1;
			}
		}
		if (count == 5)
			add_action(self, &(struct agreed_action) { .who = parts[0],
						 .what = parts[1],
						 .environment = (enum environment)atoi(parts[2]),
						 .due_day = atoi(parts[3]),
						 .done = atoi(parts[4]) != 0 });
		line = end + 1;
	}
}

/* A draft of this meeting's record, should there be one that nobody is writing. */
static bool find_draft(struct record_screen *self, struct ui *ui, struct error *err)
{
	struct arena arena = { 0 };
	struct draft_list list;
	bool ok = store_draft_list(ui->session->store, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count && !self->draft.id; i++) {
		if (list.items[i].meeting_id == self->id
			&& !draft_writer_is_alive(list.items[i].writer))
			self->draft.id = list.items[i].id;
	}
	arena_release(&arena);
	return ok;
}

static bool read_draft(struct record_screen *self, struct ui *ui, struct error *err)
{
	struct draft_field_list list;
	struct arena arena = { 0 };
	bool ok;

	if (!self->draft.id && !find_draft(self, ui, err))
		return false;
	if (!self->draft.id)
		return true;
	ok = form_draft_take(&self->draft, ui, &self->form, &arena, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		const char *value = list.items[i].value;

		if (strcmp(list.items[i].name, "came") == 0) {
			for (int u = 0; u < self->units.count && value[u]; u++)
				self->came[u] = value[u] == '1';
		} else if (strcmp(list.items[i].name, "actions") == 0) {
			read_draft_actions(self, arena_text(&arena, value));
		}
	}
	arena_release(&arena);
	return ok;
}

static void keep(struct record_screen *self, struct ui *ui)
{
	struct text came = { 0 }, actions = { 0 };
	struct draft_field more[DRAFT_MOST_MORE];
	char meeting[24];
	size_t count = 0;

	if (!self->is_changed && form_is_clean(&self->form))
		return;
	write_draft(self, &came, &actions);
	snprintf(meeting, sizeof(meeting), "%lld", (long long)self->id);
	more[count++] = (struct draft_field) { "meeting", meeting };
	more[count++] = (struct draft_field) { "came", text_get(&came) };
	more[count++] = (struct draft_field) { "actions", text_get(&actions) };
	if (form_draft_keep(&self->draft, ui, &self->form, more, count))
		self->is_changed = false;
	text_release(&came);
	text_release(&actions);
}

static void record_tick(struct screen *screen, struct ui *ui)
{
	keep((struct record_screen *)screen, ui);
}

/* A meeting without a record: everyone invited is taken to have come. */
static bool record_read_in(struct screen *screen, struct ui *ui, struct error *err)
{
	struct record_screen *self = (struct record_screen *)screen;
	struct meeting_record record;
	bool has_record;

	if (self->is_filled)
		return true;
	if (!meeting_look(
		    ui->session, self->id, &self->arena, &self->meeting, &record, &has_record, err))
		return false;
	self->is_filled = true;
	self->names =
		arena_new(&self->arena, (self->meeting.unit_count + 1) * sizeof(*self->names));
	self->came = arena_new(&self->arena, self->meeting.unit_count + 1);
	list_set_count(&self->units, (int)self->meeting.unit_count);
	for (int i = 0; i < self->units.count; i++)
		self->came[i] =
			!has_record
			|| names(record.attended, record.attended_count, self->meeting.units[i]);
	if (has_record)
		fill_form(self, &record);
	for (size_t i = 0; i < record.action_count; i++)
		add_action(self, &record.actions[i]);
	return read_names(self, ui, err) && read_draft(self, ui, err);
}

/* Yes with its weeks, or no with its reason: a record without the word on it leaves people waiting.
 */
static bool check_follow_up(
	const struct record_screen *self, struct meeting_record *record, struct error *err)
{
	if (!self->is_filled)
		return error_set(err, ERROR_FAILED,
			_("the meeting could not be read; go back and try again"));
	if (record->follow_up_needed == KNOWN_NOT)
		return error_set(err, ERROR_INVALID,
			_("is a follow-up needed? choose yes, or no with the reason"));
	if (record->follow_up_needed == KNOWN_NO)
		return true;
	record->follow_up_within_weeks = WEEKS_DEFAULT;
	return form_number(
		&self->form, "weeks", 1, WEEKS_MOST, &record->follow_up_within_weeks, err);
}

static bool save(struct record_screen *self, struct ui *ui, struct error *err)
{
	const struct form *form = &self->form;
	int present = form_value(form, "child_present"), heard = form_value(form, "child_heard");
	int follow_up = form_value(form, "follow_up");
	struct arena arena = { 0 };
	const char **attended =
		arena_new(&arena, (self->meeting.unit_count + 1) * sizeof(*attended));
	const char **absent = arena_new(&arena, (self->meeting.unit_count + 1) * sizeof(*absent));
	struct meeting_record record = {
		.attended = attended,
		.absent = absent,
		.facilitator = form_text(form, "facilitator"),
		.child_present = present < 0 ? KNOWN_NOT : (enum known)present,
		.child_heard = heard < 0 ? KNOWN_NOT : (enum known)heard,
		.strengths = form_text(form, "strengths"),
		.vulnerabilities = form_text(form, "vulnerabilities"),
		.notes = form_text(form, "notes"),
		.actions = self->actions,
		.action_count = self->action_count,
		.follow_up_needed = follow_up < 0 ? KNOWN_NOT : (enum known)follow_up,
		.follow_up_reason = form_text(form, "reason"),
	};
	bool ok;

	ok = check_follow_up(self, &record, err);
	record.adults = form_parts(form, "adults", &arena, &record.adult_count);
	for (int i = 0; i < self->units.count; i++) {
		if (self->came[i])
			attended[record.attended_count++] = self->meeting.units[i];
		else
			absent[record.absent_count++] = self->meeting.units[i];
	}
	ok = ok && meeting_record_make(ui->session, self->id, &record, err);
	arena_release(&arena);
	return ok;
}

static bool forget(struct record_screen *self, struct ui *ui)
{
	form_mark_clean(&self->form);
	self->is_changed = false;
	return form_draft_discard(&self->draft, ui);
}

/* What was agreed about a follow-up is booked at once, while everybody remembers. */
static struct next save_and_go(struct record_screen *self, struct ui *ui)
{
	bool needs_time = form_value(&self->form, "follow_up") == KNOWN_YES
			  && self->meeting.status == MEETING_BOOKED;
	struct error err;

	if (!save(self, ui, &err)) {
		ui_fail(ui, &err);
		return next_stay();
	}
	forget(self, ui);
	if (needs_time) {
		ui_say(ui, "%s", _("recorded; now a time for the follow-up (Esc: later)"));
		return (struct next) { .kind = NEXT_REPLACE,
			.screen = booking_screen_new(self->meeting.case_code, MEETING_FOLLOW_UP,
				self->meeting.units, self->meeting.unit_count) };
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
	add_action(self, &action);
	self->is_changed = true;
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
	size_t at = (size_t)self->action_list.cursor;

	if (self->focus != PART_ACTIONS || self->action_count == 0)
		return;
	memmove(&self->actions[at], &self->actions[at + 1],
		(self->action_count - at - 1) * sizeof(*self->actions));
	self->action_count--;
	list_set_count(&self->action_list, (int)self->action_count);
	self->is_changed = true;
}

static struct next throw_away(struct ui *ui, void *context)
{
	struct record_screen *self = context;

	if (forget(self, ui))
		ui_say(ui, "%s", _("what was typed was thrown away"));
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

static struct next leave(struct record_screen *self, struct ui *ui)
{
	keep(self, ui);
	if (self->draft.id && !self->draft.is_lost)
		ui_say(ui, "%s", _("the record is kept unfinished: go on from view 1"));
	return next_back();
}

static void focus_next(struct record_screen *self, int step)
{
	self->focus = (enum part)(((int)self->focus + step + PARTS) % PARTS);
	if (self->focus == PART_FORM)
		self->form.focus = step > 0 ? 0 : self->form.count - 1;
}

static void part_key(struct record_screen *self, const struct key *key)
{
	bool moves_on = key->press == PRESS_TAB || key->press == PRESS_ENTER;

	if (self->focus == PART_FORM && form_key(&self->form, key))
		return;
	if (moves_on && self->focus == PART_FORM && key->press == PRESS_ENTER
		&& self->form.focus + 1 < self->form.count)
		self->form.focus++;
	else if (moves_on)
		focus_next(self, 1);
	else if (key->press == PRESS_BACKTAB)
		focus_next(self, -1);
	else if (self->focus == PART_UNITS && key_is(key, PRESS_CHARACTER + ' ')
		 && self->units.count) {
		self->came[self->units.cursor] = !self->came[self->units.cursor];
		self->is_changed = true;
	} else if (self->focus == PART_UNITS) {
		list_key(&self->units, key);
	} else if (self->focus == PART_ACTIONS) {
		list_key(&self->action_list, key);
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

		text_format(&text, "%s %s", self->came[top + row] ? "[x]" : "[ ]",
			self->names[top + row] ? self->names[top + row] : "");
		canvas_row(canvas, row, 0, canvas->columns,
			self->focus == PART_UNITS && top + row == self->units.cursor ? STYLE_CURSOR
										     : STYLE_NORMAL,
			text_get(&text));
		text_release(&text);
	}
}

static void draw_actions(const struct record_screen *self, const struct canvas *canvas)
{
	int top = list_top(&self->action_list, canvas->rows);

	if (self->action_count == 0)
		canvas_text(canvas, 0, 1, canvas->columns - 1, STYLE_QUIET,
			_("F6 adds what was agreed"));
	for (int row = 0; row < canvas->rows && top + row < self->action_list.count; row++) {
		const struct agreed_action *action = &self->actions[top + row];
		char day[LOCALTEXT_SIZE] = "";
		struct text text = { 0 };

		if (action->due_day != DAY_LAST)
			local_short_day(action->due_day, day);
		text_format(&text, "%s %s: %s", day, action->who, action->what);
		canvas_row(canvas, row, 0, canvas->columns,
			self->focus == PART_ACTIONS && top + row == self->action_list.cursor
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
	text_format(&title, _("Record: %s, case %s"), local_weekday_day(self->meeting.day, day),
		self->meeting.case_code ? self->meeting.case_code : "");
	inside = canvas_frame(&part, self->focus == PART_FORM, text_get(&title));
	text_release(&title);
	inside = canvas_part(&inside, 0, 1, inside.rows, inside.columns - 2);
	form_draw(&self->form, &inside, self->focus == PART_FORM);
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

	form_resize(&self->form, (wide ? ui->columns * WIDE_SHARE / 100 : ui->columns) - 4,
		room / 3 > 5 ? 5 : room / 3);
	self->units.rows = self->action_list.rows = 4;
}

static void record_free(struct screen *screen)
{
	struct record_screen *self = (struct record_screen *)screen;

	form_release(&self->form);
	arena_release(&self->arena);
	arena_release(&self->kept);
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
	.read = record_read_in,
	.resize = record_resize,
	.tick = record_tick,
	.free = record_free,
};

struct screen *record_screen_new(int64_t meeting_id, int64_t draft_id)
{
	struct record_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	self->id = meeting_id;
	self->draft.id = draft_id;
	self->focus = PART_FORM;
	form_init(&self->form, fields);
	return &self->screen;
}
