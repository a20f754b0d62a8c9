/* Kutsut: who is invited to a meeting, what each was told and answered, and what waits for what. */
#include "invited_rows_internal.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/outbox.h"
#include "reply_dialogs_internal.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_ROWS    2
#define DETAIL_ROWS  4
#define LIST_ROWS    2 /* at least: the detail gives way */
#define ADVISED_ROWS 9 /* of fewer the advice takes none */

struct invitations_screen {
	struct screen screen;
	int64_t id;
	bool is_logged;
	struct arena arena;
	struct meeting_view view;
	struct message_list messages;
	struct invited_rows rows;
	const char *head; /* time and place */
	struct list list;
	/* About which a question is open: the rows may go meanwhile. */
	char asked_unit[UNIT_CODE_LONGEST + 1];
	int asked_day, asked_start, asked_sequence;
	bool is_moving; /* to any time: when that is done its invitations are shown above this */
};

enum {
	ACTION_READ = 1,
	ACTION_SEND,
	ACTION_ANSWER,
	ACTION_WITHOUT,
	ACTION_TAKE,
	ACTION_TOLD,
	ACTION_REMIND,
	ACTION_RETRY,
	ACTION_BACK
};

static bool read_rows(struct invitations_screen *self, struct ui *ui, struct error *err)
{
	const struct meeting *meeting = &self->view.meeting;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	const char *place;

	self->rows = (struct invited_rows) {
		.arena = &self->arena, .meeting_id = self->id, .messages = &self->messages
	};
	self->list.count = 0;
	if (!meeting_look(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW, self->id,
		    &self->arena, &self->view, err)
		|| !outbox_list(
			ui->session, MESSAGES_ALL, self->id, &self->arena, &self->messages, err))
		return false;
	self->is_logged = true;
	self->screen.is_done = self->is_moving && meeting->sequence != self->asked_sequence;
	self->is_moving = false;
	place = meeting_shown_place(meeting);
	self->head = arena_printf(&self->arena, "%s %s%s%s", local_weekday_day(meeting->day, day),
		local_clock_span(meeting->start, meeting->end, span), place ? ", " : "",
		place ? place : "");
	return invited_rows_add(&self->rows, ui, &self->view.invitations, err);
}

static bool is_same(const void *screen, int row, const void *sought)
{
	return strcmp(((const struct invitations_screen *)screen)->rows.items[row].who, sought)
	       == 0;
}

static bool invitations_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct invitations_screen *self = (struct invitations_screen *)screen;
	struct arena old = self->arena;
	const char *chosen = self->list.count ? self->rows.items[self->list.cursor].who : "";
	bool ok;

	self->arena = (struct arena) { 0 };
	ok = read_rows(self, ui, err);
	list_set_count(&self->list, ok ? (int)self->rows.count : 0);
	if (ok)
		list_find(&self->list, is_same, self, chosen);
	arena_release(&old);
	return ok;
}

static const char *advice(const struct invitations_screen *self)
{
	const struct invited_rows *rows = &self->rows;

	if (self->view.meeting.status == MEETING_CANCELLED)
		return rows->unsent ? _("The meeting is cancelled; s tells those who were invited.")
				    : _("The meeting is cancelled.");
	if (rows->failed)
		return _("Something could not be delivered: choose it, and e sends it again.");
	if (rows->unsent && rows->was_told)
		return _("What is new has not left yet. Enter shows a letter, s sends them.");
	/* A meeting of an older version has no rows yet: s makes its invitations. */
	if (rows->unsent || rows->count == 0)
		return _("Nothing has left yet. Enter shows a letter, s sends them, Esc leaves "
			 "them as drafts.");
	if (rows->untold)
		return _("The family is still to be told: by phone or on paper, then t notes it.");
	return _("All that was to be told has left, or is about to.");
}

static int detail_rows(int left)
{
	if (left < LIST_ROWS)
		return 0;
	return left - LIST_ROWS < DETAIL_ROWS ? left - LIST_ROWS : DETAIL_ROWS;
}

static void draw_detail(
	const struct invitations_screen *self, const struct canvas *inside, int count)
{
	struct canvas part = canvas_part(inside, inside->rows - count, 0, count, inside->columns);

	if (self->list.count)
		canvas_wrapped(&part, 0, 1, part.columns - 2, STYLE_NORMAL,
			self->rows.items[self->list.cursor].detail);
}

static void invitations_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct invitations_screen *self = (const struct invitations_screen *)screen;
	struct text title = { 0 };
	struct canvas inside, rows;
	int top, detail;

	(void)ui;
	text_format(&title, _("Invitations to meeting %lld"), (long long)self->id);
	inside = canvas_frame(canvas, true, text_get(&title));
	text_release(&title);
	canvas_text(&inside, 0, 1, inside.columns - 2, STYLE_STRONG, self->head ? self->head : "");
	top = HEAD_ROWS - 1;
	if (inside.rows >= ADVISED_ROWS)
		top += canvas_wrapped(
			&inside, top, 1, inside.columns - 2, STYLE_QUIET, advice(self));
	detail = detail_rows(inside.rows - top);
	rows = canvas_part(&inside, top, 0, inside.rows - top - detail, inside.columns);
	top = list_top(&self->list, rows.rows);
	for (int row = 0; row < rows.rows && top + row < self->list.count; row++) {
		const struct invited *r = &self->rows.items[top + row];
		enum style style = top + row == self->list.cursor ? STYLE_CURSOR : r->style;

		canvas_row(&rows, row, 1, rows.columns - 2, style, r->who);
		canvas_text(&rows, row, 1 + self->rows.who_width + 2,
			rows.columns - 2 - self->rows.who_width - 2, style, r->text);
	}
	draw_detail(self, &inside, detail);
}

/* The letter as it leaves, with whom it goes to. */
static struct next read_letter(struct ui *ui, const struct invited *row)
{
	struct arena arena = { 0 };
	struct message_view view;
	struct screen *screen;
	struct error err;

	if (!row->message) {
		ui_say(ui, "%s", _("nothing is to be told here"));
		return next_stay();
	}
	if (!outbox_look(ui->session, LOOK_NEW, row->message->id, &arena, &view, &err)) {
		ui_fail(ui, &err);
		arena_release(&arena);
		return next_stay();
	}
	screen = text_screen_new(view.subject,
		arena_printf(&arena, "%s%s%s\n%s%s%s%s", _("To"), ": ",
			view.message.to ? view.message.to : _("by phone or on paper"), "\n",
			view.body,
			view.other_language ? arena_printf(&arena,
				_("\n(the family's language is %s: tell it with an "
				  "interpreter)\n"),
				view.other_language)
					    : "",
			view.calendar ? _("\n(with an invitation for the calendar)\n") : ""));
	arena_release(&arena);
	return next_push(screen);
}

static struct next send(struct invitations_screen *self, struct ui *ui)
{
	struct error err;
	int count;

	self->screen.is_read = false;
	if (!invitation_let_leave(ui->session, self->id, &count, &err))
		ui_fail(ui, &err);
	else if (count == 0 && !self->rows.waiting)
		ui_say(ui, "%s", _("nothing to send"));
	else
		ui_say(ui,
			self->rows.waiting
				? P_("%d message leaves; without consent it waits for it",
					"%d messages leave; those without consent wait for it",
					(long)count)
				: P_("%d message leaves", "%d messages leave", (long)count),
			count);
	return next_stay();
}

static struct next go_without(struct ui *ui, void *context)
{
	struct invitations_screen *self = context;
	struct error err;

	if (!invitation_remove(ui->session, self->id, self->asked_unit, LEAVES_NOW, &err))
		ui_fail(ui, &err);
	else
		ui_say(ui, _("%s is not invited any more; its hole is free again"),
			self->asked_unit);
	return next_back();
}

static struct next ask_without(struct invitations_screen *self, const struct invited *row)
{
	struct text question = { 0 };
	struct screen *screen;

	snprintf(self->asked_unit, sizeof(self->asked_unit), "%s", row->invitation->unit);
	text_format(&question,
		_("The meeting is held without %s. Its hole becomes free; if it was invited, it is "
		  "told at once."),
		row->invitation->unit);
	screen = confirm_new(_("Without this unit?"), text_get(&question), go_without, self);
	text_release(&question);
	return next_push(screen);
}

static struct next take_time(struct ui *ui, void *context)
{
	struct invitations_screen *self = context;
	struct error err;

	if (!booking_move(ui->session, self->id, self->asked_sequence, self->asked_day,
		    self->asked_start, LEAVES_LATER, &err))
		ui_fail(ui, &err);
	else
		ui_say(ui, "%s", _("moved; s tells everybody the new time"));
	return next_back();
}

/* To the time that is offered, or to any. */
static struct next ask_take(
	struct invitations_screen *self, struct ui *ui, const struct invited *row)
{
	const struct invitation *invitation = row->invitation;
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	struct text question = { 0 };
	struct screen *screen;
	struct error err;

	if (self->view.meeting.status != MEETING_BOOKED) {
		error_set(&err, ERROR_CONFLICT,
			_("the meeting is recorded or cancelled and can't be moved"));
		ui_fail(ui, &err);
		return next_stay();
	}
	self->asked_sequence = self->view.meeting.sequence;
	if (!invitation || invitation->answer != ANSWER_COUNTER) {
		self->is_moving = true;
		return next_push(moving_screen_new(&self->view.meeting));
	}
	self->asked_day = invitation->counter_day;
	self->asked_start = invitation->counter_start;
	text_format(&question, _("Move the meeting to %s %s? All are asked anew."),
		local_weekday_day(self->asked_day, day), local_clock(self->asked_start, clock));
	screen = confirm_new(_("Move the meeting"), text_get(&question), take_time, self);
	text_release(&question);
	return next_push(screen);
}

static struct next told(struct invitations_screen *self, struct ui *ui, const struct invited *row)
{
	struct error err;

	self->screen.is_read = false;
	if (!row->message)
		ui_say(ui, "%s", _("nothing is to be told here"));
	else if (!outbox_told(ui->session, row->message->id, &err))
		ui_fail(ui, &err);
	else
		ui_say(ui, _("%s: noted as told"), row->who);
	return next_stay();
}

static struct next retry(struct invitations_screen *self, struct ui *ui, const struct invited *row)
{
	struct error err;

	self->screen.is_read = false;
	if (!row->message && row->invitation) {
		if (!invitation_add(ui->session, self->id, row->invitation->unit, LEAVES_NOW, &err))
			ui_fail(ui, &err);
		else
			ui_say(ui, _("%s: it leaves again"), row->who);
	} else if (!row->message)
		ui_say(ui, "%s", _("nothing is to be told here"));
	else if (!outbox_retry(ui->session, row->message->id, &err))
		ui_fail(ui, &err);
	else
		ui_say(ui, _("%s: it leaves again"), row->who);
	return next_stay();
}

static struct next remind(struct invitations_screen *self, struct ui *ui)
{
	struct error err;
	int count;

	self->screen.is_read = false;
	if (!outbox_remind(ui->session, self->id, &count, &err))
		ui_fail(ui, &err);
	else if (count == 0)
		ui_say(ui, "%s", _("nobody is to be reminded yet"));
	else
		ui_say(ui, P_("%d reminder leaves", "%d reminders leave", (long)count), count);
	return next_stay();
}

static struct next act_on_unit(
	struct invitations_screen *self, struct ui *ui, int action, const struct invited *row)
{
	if (!row->invitation) {
		ui_say(ui, "%s", _("that is for units; choose one"));
		return next_stay();
	}
	return action == ACTION_ANSWER ? next_push(reply_menu_new(self->id, row->invitation->unit))
				       : ask_without(self, row);
}

static struct next invitations_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct invitations_screen *self = (struct invitations_screen *)screen;
	const struct invited *row;

	self->list.rows = ui->rows - 2 - HEAD_ROWS - DETAIL_ROWS;
	if (action == ACTION_BACK)
		return next_back();
	if (action == ACTION_SEND)
		return send(self, ui);
	if (self->list.count == 0)
		return next_stay();
	row = &self->rows.items[self->list.cursor];
	switch (action) {
	case ACTION_READ:
		return read_letter(ui, row);
	case ACTION_ANSWER:
	case ACTION_WITHOUT:
		return act_on_unit(self, ui, action, row);
	case ACTION_TAKE:
		return ask_take(self, ui, row);
	case ACTION_TOLD:
		return told(self, ui, row);
	case ACTION_RETRY:
		return retry(self, ui, row);
	case ACTION_REMIND:
		return remind(self, ui);
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void invitations_free(struct screen *screen)
{
	struct invitations_screen *self = (struct invitations_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_CHARACTER + 's', ACTION_SEND, NULL, N_("send") },
	{ PRESS_ENTER, ACTION_READ, NULL, N_("letter") },
	{ PRESS_CHARACTER + 'a', ACTION_ANSWER, NULL, N_("note answer") },
	{ PRESS_CHARACTER + 'm', ACTION_TAKE, NULL, N_("move") },
	{ PRESS_CHARACTER + 'w', ACTION_WITHOUT, NULL, N_("go without") },
	{ PRESS_CHARACTER + 't', ACTION_TOLD, NULL, N_("note as told") },
	{ PRESS_CHARACTER + 'r', ACTION_REMIND, NULL, N_("remind") },
	{ PRESS_CHARACTER + 'e', ACTION_RETRY, NULL, N_("send again") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_SEND, USE_INVITE },
	{ ACTION_READ, USE_OUTBOX_LOOK },
	{ ACTION_ANSWER, USE_MEETING_ANSWER },
	{ ACTION_TAKE, USE_MEETING_MOVE },
	{ ACTION_WITHOUT, USE_INVITE },
	{ ACTION_TOLD, USE_OUTBOX_KEEP },
	{ ACTION_REMIND, USE_OUTBOX_KEEP },
	{ ACTION_RETRY, USE_OUTBOX_KEEP },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Invitations"),
	.keys = keys,
	.rights = rights,
	.draw = invitations_draw,
	.act = invitations_act,
	.read = invitations_read,
	.free = invitations_free,
};

struct screen *invitations_screen_new(int64_t meeting_id)
{
	struct invitations_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	self->id = meeting_id;
	return &self->screen;
}

struct screen *invitations_screen_of_any(struct ui *ui, int64_t meeting_id)
{
	struct message_list list = { 0 };
	struct arena arena = { 0 };
	struct screen *screen = NULL;
	struct error err;

	if (!session_may(ui->session, USE_INVITE))
		return NULL;
	if (!outbox_list(ui->session, MESSAGES_ALL, meeting_id, &arena, &list, &err))
		ui_fail(ui, &err);
	for (size_t i = 0; i < list.count && !screen; i++) {
		if (list.items[i].state != MESSAGE_SENT)
			screen = invitations_screen_new(meeting_id);
	}
	arena_release(&arena);
	return screen;
}
