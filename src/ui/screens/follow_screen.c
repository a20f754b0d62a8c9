/* Seuranta: follow-ups and agreed actions by due day. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/worklist.h"
#include "screens_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>

#define SHOWN_MOST 200

enum row_kind { ROW_MEETINGS_HEADING, ROW_FOLLOW_UP, ROW_ACTIONS_HEADING, ROW_ACTION };

struct follow_row {
	enum row_kind kind;
	enum style style;
	const char *text, *case_code;
	int64_t id;	    /* of the action, or of the meeting that asked for the follow-up */
	int64_t meeting_id; /* that it opens */
};

struct follow_screen {
	struct screen screen;
	struct arena arena;
	struct follow_row *rows;
	size_t row_count;
	struct list list;
	bool is_logged;	   /* the log has this look */
	int64_t just_done; /* the action marked last: it stays in sight, to be taken back */
};

enum { ACTION_OPEN = 1, ACTION_DONE, ACTION_UNDO, ACTION_CASE, ACTION_EXPORT };

static struct follow_row *add_row(
	struct follow_screen *self, enum row_kind kind, enum style style, const char *text)
{
	struct follow_row *row;

	self->rows = arena_append(&self->arena, self->rows, &self->row_count, sizeof(*self->rows));
	row = &self->rows[self->row_count - 1];
	*row = (struct follow_row) { .kind = kind, .style = style, .text = text };
	return row;
}

/* "viimeistään ti 15.12.", or nothing where no time was set. */
static void due_text(const struct follow_up *follow_up, char to[LOCALTEXT_SIZE])
{
	char day[LOCALTEXT_SIZE];

	if (follow_up->due_day == DAY_LAST)
		to[0] = '\0';
	else
		snprintf(to, LOCALTEXT_SIZE, _("by %s"), local_short_day(follow_up->due_day, day));
}

static void add_follow_up(struct follow_screen *self, const struct follow_up *follow_up, int today)
{
	char met[LOCALTEXT_SIZE], due[LOCALTEXT_SIZE] = "", span[LOCALTEXT_SIZE];
	struct follow_row *row;
	const char *text;

	local_short_day(follow_up->met_day, met);
	if (follow_up->booked_id) {
		local_short_day(follow_up->booked_day, due);
		text = arena_printf(&self->arena, _("%s  booked %s %s (met %s)"),
			follow_up->case_code, due,
			local_clock_span(follow_up->booked_start, follow_up->booked_end, span),
			met);
		row = add_row(self, ROW_FOLLOW_UP, STYLE_GOOD, text);
		row->meeting_id = follow_up->booked_id;
	} else {
		due_text(follow_up, due);
		text = arena_printf(&self->arena, _("%s  NO TIME YET %s (met %s)"),
			follow_up->case_code, due, met);
		row = add_row(self, ROW_FOLLOW_UP,
			follow_up->due_day < today ? STYLE_TROUBLE : STYLE_NOTICE, text);
		row->meeting_id = follow_up->meeting_id;
	}
	row->id = follow_up->meeting_id;
	row->case_code = follow_up->case_code;
}

static void add_follow_ups(struct follow_screen *self, const struct follow_up_list *list, int today)
{
	add_row(self, ROW_MEETINGS_HEADING, STYLE_STRONG,
		arena_printf(&self->arena, "%s (%zu)", _("Follow-up meetings"), list->count));
	for (size_t i = 0; i < list->count; i++)
		add_follow_up(self, &list->items[i], today);
}

static void add_actions(struct follow_screen *self, const struct action_list *list, int today)
{
	add_row(self, ROW_ACTIONS_HEADING, STYLE_STRONG,
		arena_printf(&self->arena, "%s (%zu)", _("Agreed actions, not done"), list->count));
	for (size_t i = 0; i < list->count; i++) {
		const struct agreed_action *action = &list->items[i];
		bool late = action->due_day < today;
		char due[LOCALTEXT_SIZE] = "";
		struct follow_row *row;

		if (action->due_day != DAY_LAST)
			local_short_day(action->due_day, due);
		row = add_row(self, ROW_ACTION, late ? STYLE_TROUBLE : STYLE_NORMAL,
			arena_printf(&self->arena, "%-10s %s%s%s  %s: %s (%s)", due,
				late ? _("LATE") : "", late ? " " : "", action->case_code,
				action->who, action->what,
				term_label(&environment_terms, (int)action->environment)));
		row->id = action->id;
		row->meeting_id = action->meeting_id;
		row->case_code = action->case_code;
	}
}

/* The row that stands for the same thing, or the cursor's number where it is gone. */
static void choose_again(struct follow_screen *self, const struct follow_row *before)
{
	for (size_t i = 0; i < self->row_count; i++) {
		const struct follow_row *row = &self->rows[i];

		if (row->kind == before->kind && row->id == before->id)
			self->list.cursor = (int)i;
	}
}

static bool follow_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct follow_screen *self = (struct follow_screen *)screen;
	int today = session_today(ui->session);
	struct follow_row before = { 0 };
	struct work_follow work;
	bool ok;

	if (self->list.count)
		before = self->rows[self->list.cursor];
	arena_reset(&self->arena);
	self->rows = NULL;
	self->row_count = 0;
	ok = work_look_follow(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW, SHOWN_MOST,
		&self->arena, &work, err);
	self->is_logged = self->is_logged || ok;
	add_follow_ups(self, &work.follow_ups, today);
	add_actions(self, &work.actions, today);
	list_set_count(&self->list, (int)self->row_count);
	choose_again(self, &before);
	return ok;
}

static void follow_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct follow_screen *self = (const struct follow_screen *)screen;
	int top = list_top(&self->list, canvas->rows);

	(void)ui;
	for (int row = 0; row < canvas->rows && top + row < self->list.count; row++) {
		const struct follow_row *r = &self->rows[top + row];
		int indent = r->kind == ROW_FOLLOW_UP || r->kind == ROW_ACTION ? 3 : 1;

		canvas_row(canvas, row, indent, canvas->columns - indent - 1,
			top + row == self->list.cursor ? STYLE_CURSOR : r->style, r->text);
	}
}

static void mark(struct follow_screen *self, struct ui *ui, const struct follow_row *row)
{
	struct error err;

	if (row->kind == ROW_ACTION) {
		if (!action_mark_done(ui->session, row->id, &err)) {
			ui_fail(ui, &err);
			return;
		}
		self->just_done = row->id;
		ui_say(ui, "%s", _("marked done; u takes it back"));
	}
	self->screen.is_read = false;
}

static void take_back(struct follow_screen *self, struct ui *ui)
{
	struct error err;

	if (!self->just_done)
		return;
	if (!action_mark_undone(ui->session, self->just_done, &err))
		ui_fail(ui, &err);
	else
		ui_say(ui, "%s", _("it is not done again"));
	self->just_done = 0;
	self->screen.is_read = false;
}

static struct next follow_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct follow_screen *self = (struct follow_screen *)screen;
	const struct follow_row *row =
		self->list.count ? &self->rows[self->list.cursor] : &(struct follow_row) { 0 };

	self->list.rows = ui->rows;
	switch (action) {
	case ACTION_EXPORT:
		return next_push(export_dialog_new(ui, EXPORT_ACTIONS, NULL));
	case ACTION_DONE:
		mark(self, ui, row);
		return next_stay();
	case ACTION_UNDO:
		take_back(self, ui);
		return next_stay();
	case ACTION_OPEN:
		return row->meeting_id ? next_push(meeting_screen_new(row->meeting_id))
				       : next_stay();
	case ACTION_CASE:
		return row->case_code ? next_push(case_screen_new(row->case_code)) : next_stay();
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void follow_free(struct screen *screen)
{
	struct follow_screen *self = (struct follow_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("the meeting") },
	{ PRESS_CHARACTER + 'c', ACTION_CASE, NULL, N_("the case") },
	{ PRESS_CHARACTER + 'd', ACTION_DONE, NULL, N_("done") },
	{ PRESS_CHARACTER + 'u', ACTION_UNDO, NULL, N_("take back") },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_EXPORT, USE_EXPORT },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Follow-up"),
	.keys = keys,
	.rights = rights,
	.draw = follow_draw,
	.act = follow_act,
	.read = follow_read,
	.free = follow_free,
};

struct screen *follow_screen_new(void)
{
	struct follow_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
