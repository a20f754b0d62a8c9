/* One meeting: who is invited, and what came of it. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/invitation_text.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/registry.h"
#include "kutsu/service/retention.h"
#include "reply_dialogs_internal.h"
#include "screens_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_COLUMN 19 /* behind the labels */

struct line {
	enum style style;
	const char *label, *text;
	const struct invitation *invitation; /* of the unit that it tells of; NULL: of none */
};

struct meeting_screen {
	struct screen screen;
	int64_t id;
	struct arena arena;
	struct meeting_view view;
	bool is_logged;	  /* the look, once for each opening */
	int text_columns; /* beside the labels */
	struct line *lines;
	size_t line_count;
	struct list list;
};

enum {
	ACTION_RECORD = 1,
	ACTION_INVITATIONS,
	ACTION_ANSWER,
	ACTION_MEMO,
	ACTION_MOVE,
	ACTION_CANCEL,
	ACTION_CASE,
	ACTION_BACK
};

/* Over as many rows as it takes; NULL takes none. */
static void add_line(
	struct meeting_screen *self, enum style style, const char *label, const char *text)
{
	size_t at = 0, end, next;

	if (!text)
		return;
	do {
		end = utf8_wrap(text, at, self->text_columns, &next);
		self->lines = arena_append(
			&self->arena, self->lines, &self->line_count, sizeof(*self->lines));
		self->lines[self->line_count - 1] = (struct line) { style, at ? "" : label,
			arena_printf(&self->arena, "%.*s", (int)(end - at), text + at), NULL };
		at = next;
	} while (text[at]);
}

static const char *known_text(enum known known)
{
	return known == KNOWN_YES ? _("yes") : known == KNOWN_NO ? _("no") : _("not told");
}

static const struct invitation *invitation_of(const struct meeting_screen *self, const char *unit)
{
	const struct invitation_list *list = &self->view.invitations;

	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->items[i].unit, unit) == 0)
			return &list->items[i];
	}
	return NULL;
}

/* "PNE-KES  Perheneuvola: comes": of a meeting that is over only who was invited is told. */
static void add_unit(
	struct meeting_screen *self, struct ui *ui, const struct unit *unit, const char *label)
{
	const struct invitation *invitation = invitation_of(self, unit->code);
	bool is_told = invitation && self->view.meeting.status == MEETING_BOOKED;
	size_t first = self->line_count;

	add_line(self,
		is_told && invitation_needs_somebody(invitation) ? STYLE_NOTICE : STYLE_NORMAL,
		label,
		arena_printf(&self->arena, "%s  %s%s%s", unit->code, unit->name,
			is_told ? ": " : "",
			is_told ? invitation_text(
				invitation, session_today(ui->session), &self->arena)
				: ""));
	for (size_t i = first; i < self->line_count; i++)
		self->lines[i].invitation = invitation;
}

static bool add_units(struct meeting_screen *self, struct ui *ui, struct error *err)
{
	for (size_t i = 0; i < self->view.meeting.unit_count; i++) {
		struct unit unit;

		if (!registry_unit_get(
			    ui->session, self->view.meeting.units[i], &self->arena, &unit, err))
			return false;
		add_unit(self, ui, &unit, i ? "" : _("Invited"));
	}
	return true;
}

/* Which of the units have lost their hole, and what is asked for. */
static bool add_unsettled(struct meeting_screen *self, struct ui *ui, struct error *err)
{
	struct unsettled_list list;

	if (self->view.meeting.status != MEETING_BOOKED)
		return true;
	if (!promise_unsettled(ui->session, NULL, &self->arena, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct unsettled *u = &list.items[i];

		if (u->meeting.id == self->id)
			add_line(self, STYLE_TROUBLE, _("No hole"),
				arena_printf(&self->arena, "%s%s%s%s%s", u->unit,
					u->reason ? ": " : "", u->reason ? u->reason : "",
					u->asks ? "; " : "",
					u->asks ? term_label(&asked_terms, (int)u->asks) : ""));
	}
	return true;
}

static void add_list(struct meeting_screen *self, enum style style, const char *label,
	const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add_line(self, style, i ? "" : label, texts[i]);
}

static void add_actions(struct meeting_screen *self)
{
	for (size_t i = 0; i < self->view.record.action_count; i++) {
		const struct agreed_action *action = &self->view.record.actions[i];
		char day[LOCALTEXT_SIZE] = "";

		if (action->due_day != DAY_LAST)
			local_short_day(action->due_day, day);
		add_line(self, action->done ? STYLE_GOOD : STYLE_NORMAL, i ? "" : _("Agreed"),
			arena_printf(&self->arena, "%s %s: %s (%s) %s",
				action->done ? "[x]" : "[ ]", action->who, action->what,
				term_label(&environment_terms, (int)action->environment), day));
	}
}

static void add_record(struct meeting_screen *self)
{
	const struct meeting_record *record = &self->view.record;

	add_list(self, STYLE_GOOD, _("Came"), record->attended, record->attended_count);
	add_list(self, STYLE_TROUBLE, _("Did not come"), record->absent, record->absent_count);
	add_list(self, STYLE_NORMAL, _("Adults"), record->adults, record->adult_count);
	add_line(self, STYLE_NORMAL, _("Facilitator"), record->facilitator);
	add_line(self, STYLE_NORMAL, _("Child present"), known_text(record->child_present));
	add_line(self, STYLE_NORMAL, _("Child heard"), known_text(record->child_heard));
	add_line(self, STYLE_NORMAL, _("Strengths"), record->strengths);
	add_line(self, STYLE_NORMAL, _("Vulnerabilities"), record->vulnerabilities);
	add_line(self, STYLE_NORMAL, _("Notes"), record->notes);
	add_actions(self);
	if (record->follow_up_needed == KNOWN_YES)
		add_line(self, STYLE_NORMAL, _("Follow-up meeting"),
			arena_printf(&self->arena,
				P_("needed within %d week", "needed within %d weeks",
					(long)record->follow_up_within_weeks),
				record->follow_up_within_weeks));
	else if (record->follow_up_needed == KNOWN_NO)
		add_line(self, STYLE_NORMAL, _("Follow-up meeting"),
			arena_printf(&self->arena, _("not needed: %s"),
				record->follow_up_reason ? record->follow_up_reason : ""));
}

static bool read_lines(struct meeting_screen *self, struct ui *ui, struct error *err)
{
	const struct meeting *meeting = &self->view.meeting;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	self->lines = NULL;
	self->line_count = 0;
	self->list.count = 0;
	if (!meeting_look(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW, self->id,
		    &self->arena, &self->view, err))
		return false;
	self->is_logged = true;
	add_line(self, STYLE_STRONG, _("Time"),
		arena_printf(&self->arena, "%s %s", local_weekday_day(meeting->day, day),
			local_clock_span(meeting->start, meeting->end, span)));
	if (meeting->nondisclosure)
		add_line(self, STYLE_TROUBLE, _("Place"),
			_("NON-DISCLOSURE ORDER: place and municipality are not told"));
	else
		add_line(self, STYLE_NORMAL, _("Place"), meeting->place ? meeting->place : "");
	add_line(self, STYLE_NORMAL, _("Status"),
		arena_printf(&self->arena, "%s, %s",
			term_label(&meeting_kind_terms, (int)meeting->kind),
			term_label(&meeting_status_terms, (int)meeting->status)));
	add_line(self, STYLE_QUIET, _("Cancelled because"), meeting->cancelled_reason);
	if (!add_units(self, ui, err) || !add_unsettled(self, ui, err))
		return false;
	add_line(self, STYLE_NORMAL, _("Concern"), self->view.concern);
	if (self->view.has_record)
		add_record(self);
	list_set_count(&self->list, (int)self->line_count);
	return true;
}

static bool is_line(const void *screen, int row, const void *sought)
{
	const struct line *before = sought;

	return strcmp(((const struct meeting_screen *)screen)->lines[row].text, before->text) == 0;
}

static bool meeting_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct meeting_screen *self = (struct meeting_screen *)screen;
	struct arena old = self->arena;
	const struct line *chosen = self->list.count ? &self->lines[self->list.cursor] : NULL;
	bool ok;

	self->arena = (struct arena) { 0 };
	self->text_columns = ui->columns - 2 - TEXT_COLUMN - 1; /* the frame, and a blank */
	ok = read_lines(self, ui, err);
	if (ok && chosen)
		list_find(&self->list, is_line, self, chosen);
	arena_release(&old);
	return ok;
}

static void meeting_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct meeting_screen *self = (const struct meeting_screen *)screen;
	struct text title = { 0 };
	struct canvas inside;
	int top;

	(void)ui;
	text_format(&title, _("Meeting %lld"), (long long)self->id);
	if (self->view.meeting.case_code)
		text_format(&title, _(", case %s"), self->view.meeting.case_code);
	inside = canvas_frame(canvas, true, text_get(&title));
	text_release(&title);
	top = list_top(&self->list, inside.rows);
	for (int row = 0; row < inside.rows && top + row < self->list.count; row++) {
		const struct line *line = &self->lines[top + row];
		bool chosen = top + row == self->list.cursor;

		canvas_text(&inside, row, 1, TEXT_COLUMN - 2, STYLE_QUIET, line->label);
		canvas_row(&inside, row, TEXT_COLUMN, self->text_columns,
			chosen ? STYLE_CURSOR : line->style, line->text);
	}
}

/* Only what has begun, and was not cancelled, can have a record. */
static struct next record(struct meeting_screen *self, struct ui *ui)
{
	struct wall_time now = session_wall(ui->session);
	const struct meeting *meeting = &self->view.meeting;
	struct error err;

	if (meeting->status == MEETING_CANCELLED)
		error_set(&err, ERROR_CONFLICT, _("the meeting was cancelled; it has no record"));
	else if (meeting->day > now.day || (meeting->day == now.day && meeting->start > now.minute))
		error_set(&err, ERROR_CONFLICT,
			_("the meeting has not begun yet; record it when it has been held"));
	else
		return next_push(record_screen_new(self->id, 0));
	ui_fail(ui, &err);
	return next_stay();
}

/* A contact's own unit, of several the one on the cursor's row; who sees them all chooses among the
 * invitations. */
static struct next answer(struct meeting_screen *self, struct ui *ui)
{
	const struct invitation_list *own = &self->view.invitations;
	const struct invitation *chosen = self->lines[self->list.cursor].invitation;

	if (session_may(ui->session, USE_INVITE))
		return next_push(invitations_screen_new(self->id));
	if (!chosen && own->count == 1)
		chosen = &own->items[0];
	if (chosen)
		return next_push(reply_menu_new(self->id, chosen->unit));
	ui_say(ui, "%s",
		own->count ? _("choose the row of the unit that answers")
			   : _("no unit of yours is invited"));
	return next_stay();
}

/* As "kutsu memo" writes it. */
static struct next read_memo(struct meeting_screen *self, struct ui *ui)
{
	struct disclosure own_task = { 0 };
	struct screen *screen = NULL;
	struct arena arena = { 0 };
	struct memo memo;
	struct error err;
	char *text = NULL;
	size_t size = 0;
	FILE *file;

	if (!meeting_memo(
		    ui->session, self->id, MEMO_ALL_SECTORS, &own_task, &arena, &memo, &err)) {
		ui_fail(ui, &err);
	} else if ((file = open_memstream(&text, &size))) {
		memo_write_text(file, &memo, MEMO_ALL_SECTORS);
		fclose(file);
		screen = text_screen_new(_("The memo; kutsu memo writes it out"), text);
		free(text);
	}
	arena_release(&arena);
	return screen ? next_push(screen) : next_stay();
}

static struct next meeting_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct meeting_screen *self = (struct meeting_screen *)screen;
	struct error err;

	self->list.rows = ui->rows - 2;
	if (action == ACTION_BACK)
		return next_back();
	if (self->list.count == 0)
		return next_stay();
	switch (action) {
	case ACTION_RECORD:
		return record(self, ui);
	case ACTION_INVITATIONS:
		return next_push(invitations_screen_new(self->id));
	case ACTION_ANSWER:
		return answer(self, ui);
	case ACTION_MEMO:
		return read_memo(self, ui);
	case ACTION_CASE:
		if (!self->view.meeting.case_code) {
			ui_say(ui, "%s",
				_("no consent for your unit is in force: the case is not shown"));
			return next_stay();
		}
		return next_push(case_screen_new(self->view.meeting.case_code));
	case ACTION_MOVE:
	case ACTION_CANCEL:
		if (self->view.meeting.status == MEETING_BOOKED)
			return action == ACTION_MOVE
				       ? next_push(moving_screen_new(&self->view.meeting))
				       : next_push(cancel_dialog_new(self->id));
		error_set(&err, ERROR_CONFLICT,
			_("the meeting is recorded or cancelled and can't be moved"));
		ui_fail(ui, &err);
		return next_stay();
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

/* The texts are wrapped anew. */
static void meeting_resize(struct screen *screen, const struct ui *ui)
{
	(void)ui;
	screen->is_read = false;
}

static void meeting_free(struct screen *screen)
{
	struct meeting_screen *self = (struct meeting_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_CHARACTER + 'r', ACTION_RECORD, NULL, N_("record") },
	{ PRESS_CHARACTER + 'i', ACTION_INVITATIONS, NULL, N_("invitations") },
	{ PRESS_CHARACTER + 'a', ACTION_ANSWER, NULL, N_("answer") },
	{ PRESS_CHARACTER + 'p', ACTION_MEMO, NULL, N_("memo") },
	{ PRESS_CHARACTER + 'm', ACTION_MOVE, NULL, N_("move") },
	{ PRESS_CHARACTER + 'x', ACTION_CANCEL, NULL, N_("cancel it") },
	{ PRESS_CHARACTER + 'c', ACTION_CASE, NULL, N_("the case") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_RECORD, USE_MEETING_RECORD },
	{ ACTION_INVITATIONS, USE_INVITE },
	{ ACTION_ANSWER, USE_MEETING_ANSWER },
	{ ACTION_MEMO, USE_CASE_EXPORT },
	{ ACTION_MOVE, USE_MEETING_MOVE },
	{ ACTION_CANCEL, USE_MEETING_CANCEL },
	{ ACTION_CASE, USE_CASE_LOOK },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Meeting"),
	.keys = keys,
	.rights = rights,
	.draw = meeting_draw,
	.act = meeting_act,
	.read = meeting_read,
	.resize = meeting_resize,
	.free = meeting_free,
};

struct screen *meeting_screen_new(int64_t meeting_id)
{
	struct meeting_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	self->id = meeting_id;
	return &self->screen;
}
