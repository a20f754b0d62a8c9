/* Booked, but the hole closed: who goes all the same, or is it moved or cancelled? */
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/promise.h"
#include "promise_text_internal.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DETAIL_ROWS 2

struct unsettled_screen {
	struct screen screen;
	char unit[UNIT_CODE_LONGEST + 1];
	struct arena arena;
	struct unsettled_list unsettled;
	const char **texts, **details;
	struct list list;
	size_t waiting; /* how many still need the user */
	bool settles;	/* the last key was no mere move: what it empties is left */
	/* About which a question is open: the rows may go meanwhile. */
	int64_t asked_id;
	char asked_unit[UNIT_CODE_LONGEST + 1];
	enum asked asks;
};

enum {
	ACTION_OPEN = 1,
	ACTION_DEPUTY,
	ACTION_MOVE,
	ACTION_CANCEL,
	ACTION_ASK_MOVE,
	ACTION_ASK_CANCEL,
	ACTION_BACK
};

static const struct key_binding coordinator_keys[] = {
	{ PRESS_CHARACTER + 'd', ACTION_DEPUTY, NULL, N_("deputy goes") },
	{ PRESS_CHARACTER + 'm', ACTION_MOVE, NULL, N_("move") },
	{ PRESS_CHARACTER + 'c', ACTION_CANCEL, NULL, N_("cancel it") },
	{ 0 },
};

static const struct key_binding contact_keys[] = {
	{ PRESS_CHARACTER + 'd', ACTION_DEPUTY, NULL, N_("deputy goes") },
	{ PRESS_CHARACTER + 'm', ACTION_ASK_MOVE, NULL, N_("ask to move") },
	{ PRESS_CHARACTER + 'c', ACTION_ASK_CANCEL, NULL, N_("ask to cancel") },
	{ 0 },
};

static bool is_same(const void *screen, int row, const void *sought)
{
	const struct unsettled *item =
		&((const struct unsettled_screen *)screen)->unsettled.items[row];

	return item->meeting.id == *(const int64_t *)sought;
}

/* What a contact has asked of the coordinator waits for the coordinator alone. */
static size_t count_waiting(const struct unsettled_list *list, const struct ui *ui)
{
	bool decides = session_may(ui->session, USE_MEETING_MOVE);
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += decides || list->items[i].asks == ASKED_NOTHING;
	return count;
}

/* Left by itself when the user has settled the last that waited, or the last of all. */
static void note_done(struct unsettled_screen *self, const struct ui *ui)
{
	size_t waiting = count_waiting(&self->unsettled, ui);
	bool fewer = (self->waiting && !waiting) || (self->list.count && !self->unsettled.count);

	self->waiting = waiting;
	self->screen.is_done = waiting == 0 && (self->screen.is_done || (self->settles && fewer));
}

static bool unsettled_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct unsettled_screen *self = (struct unsettled_screen *)screen;
	struct unsettled_list *list = &self->unsettled;
	int64_t chosen = self->list.count ? list->items[self->list.cursor].meeting.id : 0;
	bool ok;

	arena_reset(&self->arena);
	ok = promise_unsettled(ui->session, self->unit, &self->arena, list, err);
	if (!ok)
		*list = (struct unsettled_list) { 0 };
	self->texts = arena_new(&self->arena, (list->count + 1) * sizeof(*self->texts));
	self->details = arena_new(&self->arena, (list->count + 1) * sizeof(*self->details));
	for (size_t i = 0; i < list->count; i++) {
		const char *deputy = list->items[i].deputy;

		self->texts[i] = unsettled_text(&self->arena, &list->items[i]);
		self->details[i] = arena_printf(&self->arena, "%s; %s%s", self->texts[i],
			deputy ? _("deputy ") : "", deputy ? deputy : _("no deputy"));
	}
	if (ok)
		note_done(self, ui);
	list_set_count(&self->list, (int)list->count);
	list_find(&self->list, is_same, self, &chosen);
	self->screen.keys =
		session_may(ui->session, USE_MEETING_MOVE) ? coordinator_keys : contact_keys;
	return ok;
}

static void unsettled_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct unsettled_screen *self = (const struct unsettled_screen *)screen;
	struct text title = { 0 };
	struct canvas inside, rows;
	int first, top;

	(void)ui;
	text_format(&title, _("%s: booked, but the hole closed"), self->unit);
	inside = canvas_frame(canvas, true, text_get(&title));
	text_release(&title);
	first = canvas_wrapped(&inside, 0, 1, inside.columns - 2, STYLE_QUIET,
		self->list.count ? _("Nothing was cancelled. Does somebody go all the same, or is "
				     "another time needed?")
				 : _("All that is booked is settled. Esc goes back."));
	if (self->list.count == 0)
		return;
	rows = canvas_part(&inside, first, 0, inside.rows - first - DETAIL_ROWS, inside.columns);
	top = list_top(&self->list, rows.rows);
	for (int row = 0; row < rows.rows && top + row < self->list.count; row++)
		canvas_row(&rows, row, 1, rows.columns - 2,
			top + row == self->list.cursor ? STYLE_CURSOR : STYLE_TROUBLE,
			self->texts[top + row]);
	rows = canvas_part(&inside, inside.rows - DETAIL_ROWS, 0, DETAIL_ROWS, inside.columns);
	canvas_wrapped(
		&rows, 0, 1, rows.columns - 2, STYLE_NORMAL, self->details[self->list.cursor]);
}

static void say_deputy(struct ui *ui, int64_t meeting_id)
{
	ui_say(ui, _("settled: meeting %lld stays as it is booked"), (long long)meeting_id);
}

static const struct field person_fields[] = {
	{ "person", N_("Who goes"), FIELD_TEXT, 0, 1, NULL, N_("a role, as in psychologist") },
	{ 0 },
};

/* Lives as long as the question who goes. */
struct person_asked {
	int64_t meeting_id;
	char unit[UNIT_CODE_LONGEST + 1];
};

static bool submit_person(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct person_asked *self = context;
	const char *person = form_text(form, "person");

	if (!person)
		return error_set(
			err, ERROR_INVALID, _("who goes? write a role, as in psychologist"));
	if (!promise_settle(ui->session, self->meeting_id, self->unit, ASKED_NOTHING, person, err))
		return false;
	say_deputy(ui, self->meeting_id);
	return true;
}

static struct next ask_person(const struct unsettled *item)
{
	struct person_asked *context = memory_new(sizeof(*context));
	struct form *form;

	context->meeting_id = item->meeting.id;
	snprintf(context->unit, sizeof(context->unit), "%s", item->unit);
	return next_push(
		form_dialog_new(&(struct form_dialog) { .title = _("Who goes all the same?"),
					.fields = person_fields,
					.submit = submit_person,
					.free_context = free,
					.context = context },
			&form));
}

static struct next send_deputy(
	struct unsettled_screen *self, struct ui *ui, const struct unsettled *item)
{
	struct error err;

	if (!item->deputy)
		return ask_person(item);
	self->screen.is_read = false;
	if (promise_settle(ui->session, item->meeting.id, item->unit, ASKED_NOTHING, NULL, &err))
		say_deputy(ui, item->meeting.id);
	else
		ui_fail(ui, &err);
	return next_stay();
}

/* A contact can't move or cancel what concerns other units and the family, too. */
static struct next send_request(struct ui *ui, void *context)
{
	const struct unsettled_screen *self = context;
	long long id = self->asked_id;
	struct error err;

	if (!promise_settle(ui->session, self->asked_id, self->asked_unit, self->asks, NULL, &err))
		ui_fail(ui, &err);
	else
		ui_say(ui,
			self->asks == ASKED_MOVE
				? _("the coordinator is asked to move meeting %lld; it "
				    "stays booked until then")
				: _("the coordinator is asked to cancel meeting %lld; "
				    "it stays booked until then"),
			id);
	return next_back();
}

static struct next ask_coordinator(
	struct unsettled_screen *self, const struct unsettled *item, enum asked asks)
{
	struct text question = { 0 };
	struct screen *screen;

	self->asks = asks;
	self->asked_id = item->meeting.id;
	snprintf(self->asked_unit, sizeof(self->asked_unit), "%s", item->unit);
	text_format(&question,
		asks == ASKED_MOVE ? _("Ask the coordinator to move meeting %lld?")
				   : _("Ask the coordinator to cancel meeting %lld?"),
		(long long)item->meeting.id);
	screen = confirm_new(
		_("A request to the coordinator"), text_get(&question), send_request, self);
	text_release(&question);
	return next_push(screen);
}

static struct next unsettled_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct unsettled_screen *self = (struct unsettled_screen *)screen;
	const struct unsettled *item;

	self->list.rows = ui->rows - 2 - 1 - DETAIL_ROWS;
	if (action == ACTION_BACK)
		return next_back();
	if (self->list.count == 0)
		return next_stay();
	item = &self->unsettled.items[self->list.cursor];
	self->settles = action != 0;
	switch (action) {
	case ACTION_OPEN:
		return next_push(meeting_screen_new(item->meeting.id));
	case ACTION_DEPUTY:
		return send_deputy(self, ui, item);
	case ACTION_MOVE:
		return next_push(moving_screen_new(&item->meeting));
	case ACTION_CANCEL:
		return next_push(cancel_dialog_new(item->meeting.id));
	case ACTION_ASK_MOVE:
		return ask_coordinator(self, item, ASKED_MOVE);
	case ACTION_ASK_CANCEL:
		return ask_coordinator(self, item, ASKED_CANCEL);
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void unsettled_free(struct screen *screen)
{
	struct unsettled_screen *self = (struct unsettled_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("the meeting") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_DEPUTY, USE_SLOT_CONFIRM },
	{ ACTION_MOVE, USE_MEETING_MOVE },
	{ ACTION_CANCEL, USE_MEETING_CANCEL },
	{ ACTION_ASK_MOVE, USE_SLOT_CONFIRM },
	{ ACTION_ASK_CANCEL, USE_SLOT_CONFIRM },
	{ ACTION_OPEN, USE_MEETING_LOOK },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Booked, but the hole closed"),
	.keys = keys,
	.rights = rights,
	.draw = unsettled_draw,
	.act = unsettled_act,
	.read = unsettled_read,
	.free = unsettled_free,
};

struct screen *unsettled_screen_new(const char *unit)
{
	struct unsettled_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	snprintf(self->unit, sizeof(self->unit), "%s", unit);
	return &self->screen;
}

struct screen *unsettled_screen_of_any(struct ui *ui, const char *unit)
{
	struct unsettled_list list = { 0 };
	struct arena arena = { 0 };
	struct error err;

	if (session_may(ui->session, USE_MEETING_LIST)
		&& !promise_unsettled(ui->session, unit, &arena, &list, &err))
		ui_fail(ui, &err);
	arena_release(&arena);
	return list.count ? unsettled_screen_new(unit) : NULL;
}
