/* Tänään: what waits for somebody, in one list. */
#include "answer_dialogs_internal.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "screens_internal.h"
#include "today_rows_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct today_screen {
	struct screen screen;
	struct arena arena;
	struct today_rows rows;
	struct list list;
	struct today_row chosen; /* the row under the cursor when it was last read: not its texts */
	char chosen_code[UNIT_CODE_LONGEST + 1];
	bool is_logged;		/* the log has this look */
	struct today_row asked; /* about which a question is open: the rows may go meanwhile */
};

enum { ACTION_OPEN = 1, ACTION_CONFIRM };

static struct screen *draft_screen(const struct today_row *row)
{
	return row->meeting_id ? record_screen_new(row->meeting_id, row->id)
			       : call_screen_new(row->id, NULL);
}

/* The cursor never rests on a heading. */
static void skip_headings(struct today_screen *self, int step)
{
	int cursor = self->list.cursor;

	while (cursor >= 0 && cursor < self->list.count
		&& self->rows.items[cursor].kind == ROW_HEADING)
		cursor += step;
	if (cursor < 0)
		skip_headings(self, 1);
	else if (cursor < self->list.count)
		self->list.cursor = cursor;
}

/* What the cursor is on, to find it again when rows have come or gone. */
static void remember(struct today_screen *self)
{
	const struct today_row *row = &self->rows.items[self->list.cursor];

	self->chosen = *row;
	snprintf(self->chosen_code, sizeof(self->chosen_code), "%s", row->code ? row->code : "");
}

static void choose_again(struct today_screen *self)
{
	for (size_t i = 0; i < self->rows.count; i++) {
		const struct today_row *row = &self->rows.items[i];

		if (row->kind == self->chosen.kind && row->id == self->chosen.id
			&& strcmp(row->code ? row->code : "", self->chosen_code) == 0) {
			self->list.cursor = (int)i;
			return;
		}
	}
}

static bool read_work(
	struct today_screen *self, struct ui *ui, struct today_work *work, struct error *err)
{
	bool ok = work_look_today(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW,
		SECTION_MOST, &self->arena, &work->waits, err);

	self->is_logged = self->is_logged || ok;
	return ok && promise_unsettled(ui->session, NULL, &self->arena, &work->unsettled, err)
	       && promise_gaps(ui->session, &self->arena, &work->gaps, err)
	       && invitation_list_ahead(ui->session, &self->arena, &work->invitations, err)
	       && outbox_list(ui->session, MESSAGES_UNSENT, 0, &self->arena, &work->unsent, err)
	       && feedback_missing_look(ui->session, &self->arena, &work->feedback, err);
}

static bool today_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct today_screen *self = (struct today_screen *)screen;
	struct today_work work = { 0 };
	bool ok;

	if (self->list.count)
		remember(self);
	arena_reset(&self->arena);
	self->rows = (struct today_rows) { .arena = &self->arena };
	ok = read_work(self, ui, &work, err);
	today_rows_add(&self->rows, ui, &work);
	list_set_count(&self->list, (int)self->rows.count);
	choose_again(self);
	if (self->list.count)
		skip_headings(self, 1);
	return ok;
}

static void today_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct today_screen *self = (const struct today_screen *)screen;
	int top = list_top(&self->list, canvas->rows);

	(void)ui;
	if (self->list.count == 0) {
		canvas_text(canvas, 1, 2, canvas->columns - 4, STYLE_GOOD,
			_("Nothing waits. Press n when the phone rings."));
		return;
	}
	for (int row = 0; row < canvas->rows && top + row < self->list.count; row++) {
		const struct today_row *r = &self->rows.items[top + row];
		bool chosen = top + row == self->list.cursor;
		int indent = r->kind == ROW_HEADING ? 1 : 3;

		canvas_row(canvas, row, indent, canvas->columns - indent - 1,
			chosen ? STYLE_CURSOR : r->style, r->text);
	}
}

static struct next take_over(struct ui *ui, void *context)
{
	struct today_screen *self = context;

	(void)ui;
	return (struct next) { .kind = NEXT_REPLACE, .screen = draft_screen(&self->asked) };
}

static struct next open_row(struct today_screen *self, const struct ui *ui)
{
	const struct today_row *row;

	if (self->list.count == 0)
		return next_stay();
	row = &self->rows.items[self->list.cursor];
	switch (row->kind) {
	case ROW_DRAFT:
		if (row->is_mine)
			return next_push(draft_screen(row));
		self->asked = *row;
		return next_push(confirm_new(_("Take it over?"),
			_("A colleague is typing just now. You go on from what is kept; they "
			  "are told."),
			take_over, self));
	case ROW_WAITING:
	case ROW_FOLLOW_UP:
	case ROW_SILENT:
		return next_push(case_screen_new(row->code));
	case ROW_UNSETTLED:
		return next_push(unsettled_screen_new(row->code));
	case ROW_GAP:
		return next_push(unit_screen_new(row->code));
	case ROW_FEEDBACK:
		return next_push(feedback_screen_of_month(
			month_add(day_month(session_today(ui->session)), -1)));
	case ROW_ANSWERED:
	case ROW_FAILED:
	case ROW_UNSENT:
	case ROW_UNANSWERED:
		return next_push(invitations_screen_new(row->meeting_id));
	case ROW_MEETING_TODAY:
	case ROW_UNRECORDED:
	case ROW_LATE:
		return next_push(meeting_screen_new(row->meeting_id));
	default:
		return next_stay();
	}
}

/* For the unit that phoned; who goes and where, were it told, stays. */
static void confirm_hole(struct today_screen *self, struct ui *ui, const struct promise_gap *gap)
{
	struct occurrence hole = { .day = gap->day, .start = gap->start, .end = gap->end };
	struct promise_answer answer = { .unit = gap->unit->code,
		.day = gap->day,
		.start = gap->start,
		.state = READINESS_CONFIRMED,
		.rest_only = true };
	struct text text = { 0 };
	struct error err;

	self->screen.is_read = false;
	hole_format(gap->unit->code, &hole, &text);
	if (promise_answer_give(ui->session, &answer, &err))
		ui_say(ui, "%s %s", _("confirmed:"), text_get(&text));
	else
		ui_fail(ui, &err);
	text_release(&text);
}

static struct next confirm_row(struct today_screen *self, struct ui *ui)
{
	const struct promise_gap *gap =
		self->list.count ? self->rows.items[self->list.cursor].gap : NULL;

	if (gap && gap->gap == GAP_UNCONFIRMED)
		confirm_hole(self, ui, gap);
	else
		ui_say(ui, "%s",
			_("c confirms a hole that is unconfirmed: choose one in the list"));
	return next_stay();
}

static struct next today_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct today_screen *self = (struct today_screen *)screen;
	int before = self->list.cursor;

	self->list.rows = ui->rows;
	if (action == ACTION_OPEN)
		return open_row(self, ui);
	if (action == ACTION_CONFIRM)
		return confirm_row(self, ui);
	if (list_key(&self->list, key) && self->list.count)
		skip_headings(self, self->list.cursor < before ? -1 : 1);
	return next_stay();
}

static void today_free(struct screen *screen)
{
	struct today_screen *self = (struct today_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("open it") },
	{ PRESS_CHARACTER + 'c', ACTION_CONFIRM, NULL, N_("confirm") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_CONFIRM, USE_SLOT_CONFIRM },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Today"),
	.keys = keys,
	.rights = rights,
	.draw = today_draw,
	.act = today_act,
	.read = today_read,
	.free = today_free,
};

struct screen *today_screen_new(void)
{
	struct today_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
