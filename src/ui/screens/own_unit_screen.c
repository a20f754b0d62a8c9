/* Oma yksikkö: the next eight weeks of the own units' holes, one key a row. */
#include "answer_dialogs_internal.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/registry.h"
#include "own_unit_rows_internal.h"
#include "promise_dialogs_internal.h"
#include "reply_dialogs_internal.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DETAIL_ROWS 2

/* What the cursor is on, to find it again when rows have come or gone. */
struct chosen {
	enum own_row_kind kind;
	char unit[UNIT_CODE_LONGEST + 1];
	int day, start;
	int64_t meeting_id;
};

struct own_unit_screen {
	struct screen screen;
	struct arena arena;
	struct own_weeks weeks;
	struct own_rows rows;
	struct list list;
	struct chosen chosen;
	int64_t closing_id; /* about which a question is open */
};

enum {
	ACTION_CONFIRM = 1,
	ACTION_CONFIRM_WEEK,
	ACTION_DECLINE,
	ACTION_DEPUTY,
	ACTION_AWAY,
	ACTION_PLACE,
	ACTION_EXTRA,
	ACTION_TAKE_BACK,
	ACTION_ANSWER,
	ACTION_FEEDBACK,
	ACTION_OBSERVE,
	ACTION_EXPORT,
	ACTION_OPEN
};

static const struct own_row *row_at(const struct own_unit_screen *self)
{
	return self->list.count ? &self->rows.items[self->list.cursor] : NULL;
}

static void remember(struct own_unit_screen *self)
{
	const struct own_row *row = row_at(self);

	self->chosen = (struct chosen) { .kind = row->kind, .meeting_id = row->meeting_id };
	snprintf(self->chosen.unit, sizeof(self->chosen.unit), "%s", row->unit ? row->unit : "");
	if (row->hole) {
		self->chosen.day = row->hole->day;
		self->chosen.start = row->hole->start;
	}
}

static bool is_chosen(const void *screen, int at, const void *sought)
{
	const struct own_row *row = &((const struct own_unit_screen *)screen)->rows.items[at];
	const struct chosen *chosen = sought;

	if (row->kind != chosen->kind || !row->unit || strcmp(row->unit, chosen->unit) != 0)
		return false;
	return row->hole ? row->hole->day == chosen->day && row->hole->start == chosen->start
			 : row->meeting_id == chosen->meeting_id;
}

/* The cursor never rests on a heading. */
static void skip_headings(struct own_unit_screen *self, int step)
{
	int cursor = self->list.cursor;

	while (cursor >= 0 && cursor < self->list.count
		&& self->rows.items[cursor].kind == OWN_HEADING)
		cursor += step;
	if (cursor < 0)
		skip_headings(self, 1);
	else if (cursor < self->list.count)
		self->list.cursor = cursor;
}

/* At first on the first hole: what is above is read, what is below is acted on. */
static void choose_first(struct own_unit_screen *self)
{
	for (int i = 0; i < self->list.count; i++) {
		if (self->rows.items[i].kind == OWN_HOLE) {
			self->list.cursor = i;
			return;
		}
	}
	skip_headings(self, 1);
}

static bool own_unit_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct own_unit_screen *self = (struct own_unit_screen *)screen;
	bool was_empty = self->list.count == 0;
	struct invitation_list invitations;
	struct feedback_missing missing;
	bool ok;

	if (!was_empty)
		remember(self);
	own_weeks_release(&self->weeks);
	arena_reset(&self->arena);
	self->rows = (struct own_rows) { 0 };
	ok = own_weeks_look(ui->session, &self->arena, &self->weeks, err)
	     && invitation_list_ahead(ui->session, &self->arena, &invitations, err)
	     && feedback_missing_look(ui->session, &self->arena, &missing, err);
	if (ok)
		self->rows = own_rows_make(&self->arena, &self->weeks, &invitations, &missing,
			session_wall(ui->session));
	list_set_count(&self->list, (int)self->rows.count);
	if (self->list.count == 0)
		return ok;
	if (was_empty) {
		choose_first(self);
	} else {
		list_find(&self->list, is_chosen, self, &self->chosen);
		skip_headings(self, 1);
	}
	return ok;
}

static void draw_empty(const struct own_unit_screen *self, const struct canvas *canvas)
{
	canvas_wrapped(canvas, 1, 2, canvas->columns - 4, STYLE_QUIET,
		self->weeks.unit_count
			? _("No hole in the next eight weeks: x offers an extra one.")
			: _("No unit is yours yet: ask the administrator to name it for you."));
}

static void draw_row(
	const struct own_unit_screen *self, const struct canvas *canvas, int at, int index)
{
	const struct own_row *row = &self->rows.items[index];
	bool chosen = index == self->list.cursor;
	int indent = row->kind == OWN_HEADING ? 1 : 2;

	if (row->kind == OWN_HOLE)
		own_row_draw(&self->rows, row, canvas, at, chosen);
	else
		canvas_row(canvas, at, indent, canvas->columns - indent - 1,
			chosen ? STYLE_CURSOR : row->style, row->text);
}

static void own_unit_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct own_unit_screen *self = (const struct own_unit_screen *)screen;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - DETAIL_ROWS, canvas->columns);
	struct canvas detail =
		canvas_part(canvas, canvas->rows - DETAIL_ROWS, 0, DETAIL_ROWS, canvas->columns);
	const struct own_row *row = row_at(self);
	int top = list_top(&self->list, rows.rows);

	(void)ui;
	if (!row) {
		draw_empty(self, canvas);
		return;
	}
	for (int at = 0; at < rows.rows && top + at < self->list.count; at++)
		draw_row(self, &rows, at, top + at);
	canvas_wrapped(&detail, 0, 1, detail.columns - 2, STYLE_NORMAL,
		row->kind == OWN_HOLE ? row->detail : row->text);
}

/* The hole under the cursor, or NULL and a word about it. */
static const struct own_row *chosen_hole(const struct own_unit_screen *self, struct ui *ui)
{
	const struct own_row *row = row_at(self);

	if (row && row->kind == OWN_HOLE)
		return row;
	ui_say(ui, "%s", _("this key is for a hole: choose one in the list"));
	return NULL;
}

static void say_hole(struct ui *ui, const char *format, const struct own_row *row)
{
	struct text text = { 0 };

	hole_format(row->unit, row->hole, &text);
	ui_say(ui, "%s %s", format, text_get(&text));
	text_release(&text);
}

/* Gives it and tells so; a failure is shown. */
static bool give(struct own_unit_screen *self, struct ui *ui, const struct own_row *row,
	const struct promise_answer *answer, const char *told)
{
	struct error err;

	self->screen.is_read = false;
	if (!promise_answer_give(ui->session, answer, &err))
		return ui_fail(ui, &err);
	say_hole(ui, told, row);
	return true;
}

/* Where it is stays; who went instead does not. */
static struct promise_answer confirmation_of(const struct own_row *row)
{
	struct promise_answer answer = answer_of(row->unit, row->hole);

	if (answer.state == READINESS_DEPUTY)
		answer.person = NULL;
	answer.note = NULL;
	answer.state = READINESS_CONFIRMED;
	return answer;
}

static void confirm(struct own_unit_screen *self, struct ui *ui)
{
	const struct own_row *row = chosen_hole(self, ui);
	struct promise_answer answer;

	if (!row)
		return;
	answer = confirmation_of(row);
	if (!give(self, ui, row, &answer, _("confirmed:")))
		return;
	for (int i = self->list.cursor + 1; i < self->list.count; i++) {
		if (self->rows.items[i].kind == OWN_HOLE) {
			self->list.cursor = i;
			return;
		}
	}
}

static bool is_of_week(const struct own_row *row, const struct own_row *other)
{
	return other->kind == OWN_HOLE && strcmp(other->unit, row->unit) == 0
	       && other->hole->day - day_weekday(other->hole->day)
			  == row->hole->day - day_weekday(row->hole->day);
}

/* Of the row's week and unit what nobody has answered for: what was said of the rest stays. */
static int count_rest(const struct own_unit_screen *self, const struct own_row *row)
{
	int count = 0;

	for (size_t i = 0; i < self->rows.count; i++) {
		const struct own_row *other = &self->rows.items[i];

		count += is_of_week(row, other) && other->hole->readiness == READINESS_UNCONFIRMED;
	}
	return count;
}

static void confirm_week(struct own_unit_screen *self, struct ui *ui)
{
	const struct own_row *row = chosen_hole(self, ui);
	char week[LOCALTEXT_SIZE];
	struct promise_answer answer;
	struct error err;
	int count;

	if (!row)
		return;
	self->screen.is_read = false;
	local_week(day_iso_week(row->hole->day).week, week);
	count = count_rest(self, row);
	answer = (struct promise_answer) { .unit = row->unit,
		.day = row->hole->day,
		.start = WHOLE_WEEK,
		.state = READINESS_CONFIRMED,
		.rest_only = true };
	if (count && !promise_answer_give(ui->session, &answer, &err))
		ui_fail(ui, &err);
	else if (count == 0)
		ui_say(ui, _("%s, %s: nothing is left to confirm"), row->unit, week);
	else
		ui_say(ui, P_("%s, %s: %d hole confirmed", "%s, %s: %d holes confirmed", count),
			row->unit, week, count);
}

/* The meeting in the hole of which something is asked, or that waits for somebody at all; or NULL.
 */
static const struct unsettled *find_unsettled(
	const struct own_unit_screen *self, const struct own_row *row, bool asked)
{
	const struct unsettled_list *list = &self->weeks.unsettled;

	for (size_t i = 0; i < list->count; i++) {
		const struct unsettled *u = &list->items[i];

		if (strcmp(u->unit, row->unit) == 0 && u->meeting.day == row->hole->day
			&& u->meeting.start < row->hole->end && row->hole->start < u->meeting.end
			&& (!asked || u->asks != ASKED_NOTHING))
			return u;
	}
	return NULL;
}

static struct next send_deputy(struct own_unit_screen *self, struct ui *ui)
{
	const struct own_row *row = chosen_hole(self, ui);
	struct promise_answer answer;

	if (!row)
		return next_stay();
	if (row->hole->closing && find_unsettled(self, row, false))
		return next_push(unsettled_screen_new(row->unit));
	if (!row->hole->slot || !row->hole->slot->deputy)
		return next_push(deputy_dialog(row->unit, row->hole));
	answer = answer_of(row->unit, row->hole);
	answer.state = READINESS_DEPUTY;
	answer.person = answer.note = NULL;
	give(self, ui, row, &answer, _("the deputy goes:"));
	return next_stay();
}

static struct next remove_closing(struct ui *ui, void *context)
{
	struct own_unit_screen *self = context;
	struct error err;

	if (registry_remove_closing(ui->session, self->closing_id, &err))
		ui_say(ui, "%s", _("the absence is taken back; its holes are open again"));
	else
		ui_fail(ui, &err);
	return next_back();
}

static struct next ask_closing(struct own_unit_screen *self, const struct closing *closing)
{
	char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE];
	struct text question = { 0 };
	struct screen *screen;

	self->closing_id = closing->id;
	text_format(&question, "%s %s–%s  %s", closing->unit,
		local_weekday_day(closing->from_day, from),
		local_weekday_day(closing->until_day, until),
		closing->reason ? closing->reason : "");
	screen = confirm_new(_("Not away after all?"), text_get(&question), remove_closing, self);
	text_release(&question);
	return next_push(screen);
}

static struct next take_request_back(
	struct own_unit_screen *self, struct ui *ui, const struct unsettled *asked)
{
	struct error err;

	self->screen.is_read = false;
	if (promise_unsettle(ui->session, asked->meeting.id, asked->unit, &err))
		ui_say(ui, "%s",
			_("the request is taken back; the absence stays, u again takes it back"));
	else
		ui_fail(ui, &err);
	return next_stay();
}

/* A request to the coordinator, else the answer, else the absence that closes the hole. */
static struct next take_back(struct own_unit_screen *self, struct ui *ui)
{
	const struct own_row *row = chosen_hole(self, ui);
	const struct unsettled *asked;
	struct promise_answer answer;

	if (!row)
		return next_stay();
	asked = find_unsettled(self, row, true);
	if (asked)
		return take_request_back(self, ui, asked);
	answer = answer_of(row->unit, row->hole);
	if (row->hole->closing && answer.state == READINESS_UNCONFIRMED
		&& session_may(ui->session, USE_SLOT_CLOSE_REMOVE))
		return ask_closing(self, row->hole->closing);
	if (!row->hole->answer) {
		ui_say(ui, "%s", _("nothing was said of this hole: nothing to take back"));
		return next_stay();
	}
	answer.state = READINESS_UNCONFIRMED;
	answer.note = answer.person = answer.place = NULL;
	give(self, ui, row, &answer, _("taken back:"));
	return next_stay();
}

/* Of the row under the cursor, or else the first that waits. */
static struct next answer(const struct own_unit_screen *self, struct ui *ui)
{
	const struct own_row *row = row_at(self);

	for (size_t i = 0; i < self->rows.count; i++) {
		if (row && row->meeting_id
			&& (row->kind == OWN_INVITATION || row->kind == OWN_HOLE))
			return next_push(reply_menu_new(row->meeting_id, row->unit));
		row = self->rows.items[i].kind == OWN_INVITATION ? &self->rows.items[i] : NULL;
	}
	if (row)
		return next_push(reply_menu_new(row->meeting_id, row->unit));
	ui_say(ui, "%s", _("a answers an invitation: choose a row with a meeting"));
	return next_stay();
}

static struct next write_out(const struct own_unit_screen *self, struct ui *ui)
{
	const struct own_row *row = row_at(self);

	if (row && row->unit)
		return next_push(export_dialog_new(ui, EXPORT_MEETINGS, row->unit));
	ui_say(ui, "%s", _("whose meetings? choose a row of a unit"));
	return next_stay();
}

/* Of the month that is over last. */
static struct next ask_month(struct ui *ui, const char *unit)
{
	struct month last = month_add(day_month(session_today(ui->session)), -1);
	struct screen *screen = feedback_of_unit_new(ui, unit, last);

	return screen ? next_push(screen) : next_stay();
}

static struct next open_row(struct ui *ui, const struct own_row *row)
{
	if (row->kind == OWN_FEEDBACK)
		return ask_month(ui, row->unit);
	if (row->kind == OWN_UNSETTLED)
		return next_push(unsettled_screen_new(row->unit));
	if (row->meeting_id)
		return next_push(meeting_screen_new(row->meeting_id));
	return next_push(unit_screen_new(row->unit));
}

/* The unit and the day of the row, else the first unit and today. */
static struct next ask_days(struct own_unit_screen *self, struct ui *ui, int action)
{
	const struct own_row *row = row_at(self);
	int day = row && row->hole ? row->hole->day : session_today(ui->session);
	const char *unit;

	if (self->weeks.unit_count == 0)
		return next_stay();
	unit = row && row->unit ? row->unit : self->weeks.units[0].unit.code;
	return next_push(
		action == ACTION_AWAY ? away_dialog(unit, day) : extra_hole_dialog(unit, day));
}

static struct next move_cursor(struct own_unit_screen *self, const struct key *key)
{
	int before = self->list.cursor;

	if (list_key(&self->list, key) && self->list.count)
		skip_headings(self, self->list.cursor < before ? -1 : 1);
	return next_stay();
}

/* Of the row's unit, where there is one. */
static struct next give_feedback(const struct own_unit_screen *self, struct ui *ui)
{
	const struct own_row *row = row_at(self);
	const char *unit = row && row->unit	    ? row->unit
			   : self->weeks.unit_count ? self->weeks.units[0].unit.code
						    : NULL;
	struct screen *menu = feedback_menu_new(ui, unit);

	return menu ? next_push(menu) : next_stay();
}

static struct next own_unit_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct own_unit_screen *self = (struct own_unit_screen *)screen;
	const struct own_row *row;

	self->list.rows = ui->rows - DETAIL_ROWS;
	switch (action) {
	case ACTION_CONFIRM:
		confirm(self, ui);
		return next_stay();
	case ACTION_CONFIRM_WEEK:
		confirm_week(self, ui);
		return next_stay();
	case ACTION_DECLINE:
		row = chosen_hole(self, ui);
		return row ? next_push(decline_dialog(row->unit, row->hole)) : next_stay();
	case ACTION_PLACE:
		row = chosen_hole(self, ui);
		return row ? next_push(place_dialog(row->unit, row->hole)) : next_stay();
	case ACTION_DEPUTY:
		return send_deputy(self, ui);
	case ACTION_TAKE_BACK:
		return take_back(self, ui);
	case ACTION_AWAY:
	case ACTION_EXTRA:
		return ask_days(self, ui, action);
	case ACTION_ANSWER:
		return answer(self, ui);
	case ACTION_FEEDBACK:
		return give_feedback(self, ui);
	case ACTION_OBSERVE:
		return next_push(observation_dialog_new());
	case ACTION_EXPORT:
		return write_out(self, ui);
	case ACTION_OPEN:
		return row_at(self) ? open_row(ui, row_at(self)) : next_stay();
	default:
		return move_cursor(self, key);
	}
}

static void own_unit_free(struct screen *screen)
{
	struct own_unit_screen *self = (struct own_unit_screen *)screen;

	own_weeks_release(&self->weeks);
	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_CHARACTER + 'c', ACTION_CONFIRM, NULL, N_("confirm") },
	{ PRESS_CHARACTER + 'C', ACTION_CONFIRM_WEEK, NULL, N_("the week") },
	{ PRESS_CHARACTER + 'a', ACTION_ANSWER, NULL, N_("answer") },
	{ PRESS_CHARACTER + 'e', ACTION_DECLINE, NULL, N_("can't come") },
	{ PRESS_CHARACTER + 'd', ACTION_DEPUTY, NULL, N_("deputy goes") },
	{ PRESS_CHARACTER + 'w', ACTION_AWAY, NULL, N_("away") },
	{ PRESS_CHARACTER + 'p', ACTION_PLACE, NULL, N_("place") },
	{ PRESS_CHARACTER + 'x', ACTION_EXTRA, NULL, N_("extra hole") },
	{ PRESS_CHARACTER + 'u', ACTION_TAKE_BACK, NULL, N_("take back") },
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("open it") },
	{ PRESS_CHARACTER + 'f', ACTION_FEEDBACK, NULL, N_("feedback") },
	{ PRESS_CHARACTER + 'h', ACTION_OBSERVE, NULL, N_("observation") },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_CONFIRM, USE_SLOT_CONFIRM },
	{ ACTION_CONFIRM_WEEK, USE_SLOT_CONFIRM },
	{ ACTION_DECLINE, USE_SLOT_CONFIRM },
	{ ACTION_DEPUTY, USE_SLOT_CONFIRM },
	{ ACTION_AWAY, USE_SLOT_CLOSE },
	{ ACTION_PLACE, USE_SLOT_CHANGE },
	{ ACTION_EXTRA, USE_SLOT_OPEN },
	{ ACTION_TAKE_BACK, USE_SLOT_CONFIRM },
	{ ACTION_ANSWER, USE_MEETING_ANSWER },
	{ ACTION_EXPORT, USE_EXPORT_UNIT_MEETINGS },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Own unit"),
	.keys = keys,
	.rights = rights,
	.draw = own_unit_draw,
	.act = own_unit_act,
	.read = own_unit_read,
	.free = own_unit_free,
};

struct screen *own_unit_screen_new(void)
{
	struct own_unit_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
