/* A time for a case that is there, or another time for a meeting: units and their shared holes. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "panes/hole_pane_internal.h"
#include "panes/unit_pane_internal.h"
#include "screens_internal.h"
#include "time_dialog_internal.h"

#include <stdio.h>
#include <stdlib.h>

struct booking_screen {
	struct screen screen;
	char case_code[CASE_CODE_SIZE];
	enum meeting_kind kind;
	int64_t moving_id;   /* the meeting that gets another time, or 0 */
	int moving_sequence; /* as it was when this began */
	int minutes;
	struct unit_pane units;
	struct hole_pane holes;
	struct text wanted; /* codes to tick at first */
	bool on_holes;	    /* the keys go to the holes */
};

enum { ACTION_BOOK = 1, ACTION_SWITCH, ACTION_BACK };

static struct family_limits limits_of_case(struct booking_screen *self, struct ui *ui)
{
	struct family_limits limits = family_limits_none();
	struct arena arena = { 0 };
	struct case_view view;
	struct error err;

	/* It was opened from the case, which the log tells of. */
	if (case_look(ui->session, LOOK_AGAIN, self->case_code, &arena, &view, &err))
		limits = view.case_ref.limits;
	arena_release(&arena);
	return limits;
}

static void search(struct booking_screen *self, struct ui *ui)
{
	struct family_limits limits = limits_of_case(self, ui);
	struct arena arena = { 0 };
	size_t count;
	const char *const *codes = unit_pane_codes(&self->units, &arena, &count);

	hole_pane_search(&self->holes, ui, codes, count, self->minutes, &limits);
	arena_release(&arena);
}

static bool booking_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct booking_screen *self = (struct booking_screen *)screen;
	bool ok = session_ask(ui->session, USE_MEETING_BOOK, err)
		  && unit_pane_read(&self->units, ui, err);

	if (ok && self->wanted.length) {
		unit_pane_set_as_text(&self->units, text_get(&self->wanted));
		text_clear(&self->wanted);
	}
	if (ok)
		search(self, ui);
	return ok;
}

static void booking_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct booking_screen *self = (const struct booking_screen *)screen;
	int left = canvas->columns / 2;
	struct canvas part = canvas_part(canvas, 0, 0, canvas->rows, left), inside;
	struct text title = { 0 };

	(void)ui;
	text_format(&title, self->moving_id ? _("Another time, case %s") : _("A time for case %s"),
		self->case_code);
	if (*editor_get(&self->units.filter))
		text_format(&title, " / %s", editor_get(&self->units.filter));
	inside = canvas_frame(&part, !self->on_holes, text_get(&title));
	unit_pane_draw(&self->units, &inside, !self->on_holes);
	part = canvas_part(canvas, 0, left, canvas->rows, canvas->columns - left);
	hole_pane_title(&self->holes, &title);
	inside = canvas_frame(&part, self->on_holes, text_get(&title));
	hole_pane_draw(&self->holes, &inside, self->on_holes);
	text_release(&title);
}

static bool take(struct ui *ui, const struct booking *time, void *context, int64_t *meeting_id,
	struct error *err)
{
	struct booking_screen *self = context;
	struct booking booking = *time;
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	int64_t id = self->moving_id;
	bool ok;

	booking.case_code = self->case_code;
	booking.kind = self->kind;
	ok = self->moving_id ? booking_move(ui->session, id, self->moving_sequence, booking.day,
		     booking.start, LEAVES_LATER, err)
			     : booking_make(ui->session, &booking, &id, err);
	*meeting_id = id;
	if (ok)
		ui_say(ui, _("booked: %s %s, meeting %lld, case %s"),
			local_weekday_day(booking.day, day), local_clock(booking.start, clock),
			(long long)id, self->case_code);
	return ok;
}

static struct next book(struct booking_screen *self, struct ui *ui)
{
	struct hole_choice choice;

	if (!hole_pane_chosen(&self->holes, &choice))
		return next_stay();
	return time_dialog_open(ui, &choice, self->minutes,
		self->moving_id ? TIME_TO_MOVE : TIME_TO_BOOK, take, self);
}

static struct next booking_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct booking_screen *self = (struct booking_screen *)screen;
	bool changed;

	self->holes.list.rows = self->units.list.rows = ui->rows - 2;
	if (action == ACTION_BACK)
		return next_back();
	if (action == ACTION_SWITCH) {
		self->on_holes = !self->on_holes || self->moving_id;
		return next_stay();
	}
	if (self->on_holes && key->press == PRESS_ENTER)
		return book(self, ui);
	if (self->on_holes)
		list_key(&self->holes.list, key);
	else if (unit_pane_key(&self->units, key, &changed) && changed)
		search(self, ui);
	return next_stay();
}

static void booking_free(struct screen *screen)
{
	struct booking_screen *self = (struct booking_screen *)screen;

	unit_pane_release(&self->units);
	hole_pane_release(&self->holes);
	text_release(&self->wanted);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, 0, NULL, N_("book") },
	{ PRESS_TAB, ACTION_SWITCH, N_("Tab"), N_("units or holes") },
	{ PRESS_CHARACTER + ' ', 0, N_("Space"), N_("tick") },
	{ PRESS_BACKTAB, ACTION_SWITCH, NULL, "" },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Find a time"),
	.keys = keys,
	.takes_text = true,
	.draw = booking_draw,
	.act = booking_act,
	.read = booking_read,
	.free = booking_free,
};

static struct booking_screen *booking_new(
	const char *case_code, const char *const *units, size_t unit_count)
{
	struct booking_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	self->minutes = MEETING_MINUTES_DEFAULT;
	snprintf(self->case_code, sizeof(self->case_code), "%s", case_code);
	for (size_t i = 0; i < unit_count; i++)
		text_format(&self->wanted, "%s%s", i ? " " : "", units[i]);
	self->on_holes = unit_count > 0;
	return self;
}

struct screen *booking_screen_new(
	const char *case_code, enum meeting_kind kind, const char *const *units, size_t unit_count)
{
	struct booking_screen *self = booking_new(case_code, units, unit_count);

	self->kind = kind;
	self->holes.keeps_findings = true;
	return &self->screen;
}

struct screen *moving_screen_new(const struct meeting *meeting)
{
	struct booking_screen *self =
		booking_new(meeting->case_code, meeting->units, meeting->unit_count);

	self->moving_id = meeting->id;
	self->moving_sequence = meeting->sequence;
	self->minutes = meeting->end - meeting->start;
	return &self->screen;
}
