/* Neuvonpidot: those to come, by start; or those past, latest first. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/agenda.h"
#include "screens_internal.h"
#include "widgets/list_internal.h"

#include <stdlib.h>

#define SHOWN_MOST 200

struct meetings_screen {
	struct screen screen;
	struct arena arena;
	struct meeting_list meetings;
	struct list list;
	bool shows_past;
};

enum { ACTION_OPEN = 1, ACTION_PAST, ACTION_EXPORT };

static bool meetings_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct meetings_screen *self = (struct meetings_screen *)screen;
	int today = session_today(ui->session);
	struct agenda_query ahead = { .from_day = today, .until_day = DAY_LAST };
	int64_t chosen = self->list.count ? self->meetings.items[self->list.cursor].id : 0;
	bool ok;

	arena_reset(&self->arena);
	self->meetings = (struct meeting_list) { 0 };
	if (self->shows_past)
		ok = agenda_past(ui->session, SHOWN_MOST, &self->arena, &self->meetings, err);
	else
		ok = agenda_list(
			ui->session, &ahead, SHOWN_MOST, &self->arena, &self->meetings, err);
	list_set_count(&self->list, (int)self->meetings.count);
	for (size_t i = 0; i < self->meetings.count; i++) {
		if (self->meetings.items[i].id == chosen)
			self->list.cursor = (int)i;
	}
	return ok;
}

static enum style style_of(const struct meeting *meeting, int today)
{
	if (meeting->status == MEETING_CANCELLED)
		return STYLE_QUIET;
	if (meeting->status == MEETING_HOLD
		|| (meeting->status == MEETING_BOOKED && meeting->day < today))
		return STYLE_NOTICE;
	return STYLE_NORMAL;
}

static void draw_meeting(const struct meetings_screen *self, const struct session *session,
	const struct canvas *canvas, int row, int index)
{
	const struct meeting *meeting = &self->meetings.items[index];
	int today = session_today(session);
	enum style style = index == self->list.cursor ? STYLE_CURSOR : style_of(meeting, today);
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	struct text units = { 0 }, status = { 0 };

	for (size_t i = 0; i < meeting->unit_count; i++)
		text_format(&units, "%s%s", i ? ", " : "", meeting->units[i]);
	canvas_row(canvas, row, 0, canvas->columns, style, "");
	canvas_text(canvas, row, 1, 14, style, local_weekday_day(meeting->day, day));
	canvas_text(canvas, row, 16, 12, style, local_span(meeting->start, meeting->end, span));
	canvas_text(canvas, row, 29, 10, style,
		meeting->case_code ? meeting->case_code
		: meeting->held_by ? meeting->held_by
				   : "");
	if (meeting->status == MEETING_HOLD)
		text_format(&status, _("%d min left"),
			(int)((meeting->hold_until - session_now(session) + 59) / 60));
	canvas_text(canvas, row, 40, 12, style,
		status.length ? text_get(&status)
		: meeting->status == MEETING_BOOKED && meeting->day < today
			? _("unrecorded")
			: term_label(&meeting_status_terms, (int)meeting->status));
	canvas_text(canvas, row, 53, canvas->columns - 54, style, text_get(&units));
	text_release(&units);
	text_release(&status);
}

/* n is for those who take calls. */
static const char *empty_text(const struct meetings_screen *self, const struct session *session)
{
	if (self->shows_past)
		return _("none yet");
	return session_may(session, USE_CALL_TAKE) ? _("none booked: press n when the phone rings")
						   : _("none booked");
}

static void meetings_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct meetings_screen *self = (const struct meetings_screen *)screen;
	int top = list_top(&self->list, canvas->rows - 1);

	canvas_text(canvas, 0, 1, canvas->columns - 2, STYLE_STRONG,
		self->shows_past ? _("Past meetings, latest first") : _("Meetings to come"));
	if (self->list.count == 0)
		canvas_text(canvas, 2, 1, canvas->columns - 2, STYLE_QUIET,
			empty_text(self, ui->session));
	for (int row = 0; row + 1 < canvas->rows && top + row < self->list.count; row++)
		draw_meeting(self, ui->session, canvas, row + 1, top + row);
}

static struct next meetings_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct meetings_screen *self = (struct meetings_screen *)screen;

	self->list.rows = ui->rows - 1;
	if (action == ACTION_EXPORT)
		return next_push(export_dialog_new(ui, EXPORT_MEETINGS, NULL));
	if (action == ACTION_PAST) {
		self->shows_past = !self->shows_past;
		list_set_count(&self->list, 0);
		self->screen.is_read = false;
	} else if (action == ACTION_OPEN && self->list.count) {
		const struct meeting *meeting = &self->meetings.items[self->list.cursor];

		if (meeting->status != MEETING_HOLD)
			return next_push(meeting_screen_new(meeting->id));
	} else {
		list_key(&self->list, key);
	}
	return next_stay();
}

static void meetings_free(struct screen *screen)
{
	struct meetings_screen *self = (struct meetings_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("open it") },
	{ PRESS_CHARACTER + 'p', ACTION_PAST, NULL, N_("past or to come") },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_EXPORT, USE_EXPORT },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Meetings"),
	.keys = keys,
	.rights = rights,
	.draw = meetings_draw,
	.act = meetings_act,
	.read = meetings_read,
	.free = meetings_free,
};

struct screen *meetings_screen_new(void)
{
	struct meetings_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
