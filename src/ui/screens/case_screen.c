/* One case: what is known, who is needed, its meetings; and what can be done with it. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/casework.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNITS_MOST  64
#define TEXT_MARGIN 22 /* the frame and the labels */

struct case_line {
	enum style style;
	const char *label, *text;
	int64_t meeting_id; /* what Enter opens, or 0 */
	const char *unit;   /* whose line it is, or NULL */
};

struct case_screen {
	struct screen screen;
	char code[CASE_CODE_SIZE];
	struct arena arena;
	struct case_view view;
	bool is_logged; /* the look, once for each opening */
	struct case_line *lines;
	size_t line_count;
	struct list list;
	struct arena asked_arena; /* what is asked about stays as it was asked */
	const char *asked[UNITS_MOST];
	size_t asked_count;
};

enum {
	ACTION_OPEN = 1,
	ACTION_BACK,
	ACTION_BOOK,
	ACTION_CALL,
	ACTION_CONSENT,
	ACTION_WITHDRAW,
	ACTION_CLOSE
};

static void add_line(struct case_screen *self, enum style style, const char *label,
	const char *text, int64_t meeting_id)
{
	self->lines =
		arena_append(&self->arena, self->lines, &self->line_count, sizeof(*self->lines));
	self->lines[self->line_count - 1] =
		(struct case_line) { style, label, text ? text : "", meeting_id, NULL };
}

static const char *moment_text(struct arena *arena, int64_t moment)
{
	struct wall_time wall = zone_to_wall(moment);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];

	return arena_printf(
		arena, "%s %s", local_weekday_day(wall.day, day), local_clock(wall.minute, clock));
}

static void add_child(struct case_screen *self)
{
	const struct case_ref *c = &self->view.case_ref;
	struct text limits = { 0 };

	add_line(self, STYLE_NORMAL, _("Opened"), moment_text(&self->arena, c->opened_at), 0);
	if (c->status == CASE_CLOSED)
		add_line(self, STYLE_QUIET, _("Closed"),
			arena_printf(&self->arena, "%s%s%s",
				moment_text(&self->arena, c->closed_at),
				*c->closed_reason ? ": " : "", c->closed_reason),
			0);
	add_line(self, STYLE_NORMAL, _("Child"),
		arena_printf(&self->arena, "%s  %.0d", c->child ? c->child : "", c->birth_year), 0);
	if (c->nondisclosure)
		add_line(self, STYLE_TROUBLE, _("Municipality"),
			_("NON-DISCLOSURE ORDER: place and municipality are not told"), 0);
	else
		add_line(self, STYLE_NORMAL, _("Municipality"), c->municipality, 0);
	add_line(self, STYLE_NORMAL, _("Everyday adults"),
		arena_join(&self->arena, c->adults, c->adult_count, ", "), 0);
	if (c->language || c->interpreter)
		add_line(self, STYLE_NOTICE, _("Language"),
			arena_printf(&self->arena, "%s  %s %s", c->language ? c->language : "",
				c->interpreter ? _("interpreter:") : "",
				c->interpreter ? c->interpreter : ""),
			0);
	family_limits_format(&c->limits, &limits);
	if (limits.length)
		add_line(self, STYLE_NORMAL, _("Does not suit"),
			arena_text(&self->arena, text_get(&limits)), 0);
	text_release(&limits);
}

/* A long text row by row, as wide as the screen is. */
static void add_wrapped(struct case_screen *self, const struct ui *ui, const char *text)
{
	size_t at = 0, next = 0;

	while (text && text[at]) {
		size_t end = wrap_row(text, at, ui->columns - TEXT_MARGIN, &next);

		add_line(self, STYLE_NORMAL, "",
			arena_printf(&self->arena, "%.*s", (int)(end - at), text + at), 0);
		if (next == at)
			return;
		at = next;
	}
}

static void add_calls(struct case_screen *self, const struct ui *ui)
{
	for (size_t i = 0; i < self->view.calls.count; i++) {
		const struct call *call = &self->view.calls.items[i];

		add_line(self, STYLE_STRONG, i ? "" : _("Calls"),
			arena_printf(&self->arena, "%s  %s  %s",
				moment_text(&self->arena, call->received_at),
				call->caller ? call->caller : "", call->phone ? call->phone : ""),
			0);
		add_wrapped(self, ui, call->concern);
	}
}

static bool has_consent(const struct case_view *view, const char *unit)
{
	for (size_t i = 0; i < view->consents.count; i++) {
		if (!view->consents.items[i].withdrawn_at
			&& strcmp(view->consents.items[i].unit, unit) == 0)
			return true;
	}
	return false;
}

static void add_units(struct case_screen *self)
{
	const struct case_view *view = &self->view;

	for (size_t i = 0; i < view->needed_unit_count; i++) {
		bool consent = has_consent(view, view->needed_units[i]);

		add_line(self, consent ? STYLE_GOOD : STYLE_NOTICE, i ? "" : _("Needed units"),
			arena_printf(&self->arena, "%s  %s", view->needed_units[i],
				consent ? _("consent in force")
					: _("no consent: nothing is told to them")),
			0);
		self->lines[self->line_count - 1].unit = view->needed_units[i];
	}
}

static void add_meetings(struct case_screen *self)
{
	for (size_t i = 0; i < self->view.meetings.count; i++) {
		const struct meeting *meeting = &self->view.meetings.items[i];
		char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

		add_line(self, meeting->status == MEETING_CANCELLED ? STYLE_QUIET : STYLE_NORMAL,
			i ? "" : _("Meetings"),
			arena_printf(&self->arena, "%s %s  %s, %s  %s",
				local_weekday_day(meeting->day, day),
				local_clock_span(meeting->start, meeting->end, span),
				term_label(&meeting_kind_terms, (int)meeting->kind),
				term_label(&meeting_status_terms, (int)meeting->status),
				arena_join(
					&self->arena, meeting->units, meeting->unit_count, ", ")),
			meeting->id);
	}
	if (self->view.meetings.count == 0)
		add_line(self, STYLE_TROUBLE, _("Meetings"),
			self->view.case_ref.status == CASE_OPEN ? _("none yet: b finds a time")
								: _("none"),
			0);
}

static bool read_lines(struct case_screen *self, struct ui *ui, struct error *err)
{
	self->lines = NULL;
	self->line_count = 0;
	self->list.count = 0;
	if (!case_look(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW, self->code,
		    &self->arena, &self->view, err))
		return false;
	self->is_logged = true;
	add_child(self);
	add_calls(self, ui);
	add_units(self);
	add_meetings(self);
	list_set_count(&self->list, (int)self->line_count);
	return true;
}

/* A meeting and a unit are known however their line reads now. */
static bool is_line(const void *screen, int row, const void *sought)
{
	const struct case_line *line = &((const struct case_screen *)screen)->lines[row];
	const struct case_line *before = sought;

	if (before->unit)
		return line->unit && strcmp(line->unit, before->unit) == 0;
	if (before->meeting_id)
		return line->meeting_id == before->meeting_id;
	return strcmp(line->text, before->text) == 0;
}

static bool case_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct case_screen *self = (struct case_screen *)screen;
	struct arena old = self->arena;
	const struct case_line *chosen = self->list.count ? &self->lines[self->list.cursor] : NULL;
	bool ok;

	self->arena = (struct arena) { 0 };
	ok = read_lines(self, ui, err);
	if (ok && chosen)
		list_find(&self->list, is_line, self, chosen);
	arena_release(&old);
	return ok;
}

static void case_draw(const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct case_screen *self = (const struct case_screen *)screen;
	struct text title = { 0 };
	struct canvas inside;
	int top;

	(void)ui;
	text_format(&title, _("Case %s"), self->code);
	if (self->line_count && self->view.case_ref.status == CASE_CLOSED)
		text_format(&title, " (%s)", term_label(&case_status_terms, CASE_CLOSED));
	inside = canvas_frame(canvas, true, text_get(&title));
	text_release(&title);
	top = list_top(&self->list, inside.rows);
	for (int row = 0; row < inside.rows && top + row < self->list.count; row++) {
		const struct case_line *line = &self->lines[top + row];
		bool chosen = top + row == self->list.cursor;

		canvas_text(&inside, row, 1, 16, STYLE_QUIET, line->label);
		canvas_row(&inside, row, 18, inside.columns - 19,
			chosen ? STYLE_CURSOR : line->style, line->text);
	}
}

static const struct field reason_fields[] = {
	{ "reason", N_("Reason"), FIELD_TEXT, 0, 1, NULL, N_("the agreed support is enough") },
	{ 0 },
};

static bool submit_close(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct case_screen *self = context;

	if (!case_close(ui->session, self->code, form_text(form, "reason"), err))
		return false;
	ui_say(ui, _("case %s is closed"), self->code);
	return true;
}

static struct next close_case(struct case_screen *self)
{
	struct form *form;

	return next_push(form_dialog_new(&(struct form_dialog) { .title = _("Close the case"),
						 .note = _("Figures stay; names and texts go when "
							   "the retention time has passed."),
						 .fields = reason_fields,
						 .submit = submit_close,
						 .context = self },
		&form));
}

static const struct field consent_fields[] = {
	{ "by", N_("Given by"), FIELD_TEXT, 0, 1, NULL, N_("guardian, the young person") },
	{ "how", N_("How"), FIELD_TEXT, 1, 1, NULL, N_("by phone, in writing") },
	{ 0 },
};

/* Keeps the needed units for which a consent is in force, or is not, to ask about them: all, or the
 * one under the cursor. */
static size_t ask_about(struct case_screen *self, bool in_force)
{
	const char *only = self->list.count ? self->lines[self->list.cursor].unit : NULL;

	arena_reset(&self->asked_arena);
	self->asked_count = 0;
	for (size_t i = 0; i < self->view.needed_unit_count; i++) {
		const char *unit = self->view.needed_units[i];

		if (has_consent(&self->view, unit) == in_force && (!only || strcmp(only, unit) == 0)
			&& self->asked_count < UNITS_MOST)
			self->asked[self->asked_count++] = arena_text(&self->asked_arena, unit);
	}
	return self->asked_count;
}

static bool submit_consent(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct case_screen *self = context;

	if (!consent_give(ui->session, self->code, self->asked, self->asked_count,
		    form_text(form, "by"), form_text(form, "how"), err))
		return false;
	ui_say(ui, "%s", _("the consent was recorded"));
	return true;
}

static struct next give_consent(struct case_screen *self, struct ui *ui)
{
	struct arena arena = { 0 };
	struct screen *screen;
	struct form *form;

	if (ask_about(self, false) == 0) {
		ui_say(ui, "%s", _("there is no unit to ask a consent for here"));
		return next_stay();
	}
	screen = form_dialog_new(
		&(struct form_dialog) { .title = _("Record a consent"),
			.note = arena_printf(&arena, _("For: %s"),
				arena_join(&arena, self->asked, self->asked_count, ", ")),
			.fields = consent_fields,
			.submit = submit_consent,
			.context = self },
		&form);
	arena_release(&arena);
	return next_push(screen);
}

static struct next withdraw(struct ui *ui, void *context)
{
	struct case_screen *self = context;
	struct error err;

	if (consent_withdraw(ui->session, self->code, self->asked, self->asked_count, &err))
		ui_say(ui, "%s", _("the consent was withdrawn; the units see the concern no more"));
	else
		ui_fail(ui, &err);
	return next_back();
}

static struct next ask_withdraw(struct case_screen *self, struct ui *ui)
{
	struct arena arena = { 0 };
	struct screen *screen;

	if (ask_about(self, true) == 0) {
		ui_say(ui, "%s", _("no consent is in force"));
		return next_stay();
	}
	screen = confirm_new(_("Withdraw the consent?"),
		arena_printf(&arena,
			_("For: %s. A unit that was invited gets a cancellation at once."),
			arena_join(&arena, self->asked, self->asked_count, ", ")),
		withdraw, self);
	arena_release(&arena);
	return next_push(screen);
}

static struct next book(struct case_screen *self)
{
	bool is_first = true;

	for (size_t i = 0; i < self->view.meetings.count; i++)
		is_first = is_first && self->view.meetings.items[i].status == MEETING_CANCELLED;
	return next_push(
		booking_screen_new(self->code, is_first ? MEETING_INVITED : MEETING_FOLLOW_UP,
			self->view.needed_units, self->view.needed_unit_count));
}

static struct next case_act(struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct case_screen *self = (struct case_screen *)screen;

	self->list.rows = ui->rows - 2;
	switch (action) {
	case ACTION_BACK:
		return next_back();
	case ACTION_BOOK:
		return book(self);
	case ACTION_CALL:
		return next_push(call_screen_new(0, self->code));
	case ACTION_CONSENT:
		return give_consent(self, ui);
	case ACTION_WITHDRAW:
		return ask_withdraw(self, ui);
	case ACTION_CLOSE:
		return close_case(self);
	case ACTION_OPEN:
		if (self->list.count && self->lines[self->list.cursor].meeting_id)
			return next_push(
				meeting_screen_new(self->lines[self->list.cursor].meeting_id));
		return next_stay();
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

/* The texts are wrapped anew. */
static void case_resize(struct screen *screen, const struct ui *ui)
{
	(void)ui;
	screen->is_read = false;
}

static void case_free(struct screen *screen)
{
	struct case_screen *self = (struct case_screen *)screen;

	arena_release(&self->arena);
	arena_release(&self->asked_arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_CHARACTER + 'b', ACTION_BOOK, NULL, N_("find a time") },
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("open the meeting") },
	{ PRESS_CHARACTER + 's', ACTION_CONSENT, NULL, N_("consent") },
	{ PRESS_CHARACTER + 'w', ACTION_WITHDRAW, NULL, N_("withdraw") },
	{ PRESS_CHARACTER + 'u', ACTION_CALL, NULL, N_("another call") },
	{ PRESS_CHARACTER + 'c', ACTION_CLOSE, NULL, N_("close") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_BOOK, USE_MEETING_BOOK },
	{ ACTION_OPEN, USE_MEETING_LOOK },
	{ ACTION_CONSENT, USE_CONSENT_GIVE },
	{ ACTION_WITHDRAW, USE_CONSENT_WITHDRAW },
	{ ACTION_CALL, USE_CALL_TAKE },
	{ ACTION_CLOSE, USE_CASE_CLOSE },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Case"),
	.keys = keys,
	.rights = rights,
	.draw = case_draw,
	.act = case_act,
	.read = case_read,
	.resize = case_resize,
	.free = case_free,
};

struct screen *case_screen_new(const char *code)
{
	struct case_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	snprintf(self->code, sizeof(self->code), "%s", code);
	return &self->screen;
}
