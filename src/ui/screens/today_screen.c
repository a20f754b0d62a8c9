/* Tänään: what waits for somebody, in one list. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/worklist.h"
#include "kutsu/service/writer.h"
#include "promise_text_internal.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTION_MOST 50

/* By section: the same case or meeting may stand in several. */
enum row_kind {
	ROW_HEADING,
	ROW_DRAFT,
	ROW_UNSETTLED,
	ROW_WAITING,
	ROW_MEETING_TODAY,
	ROW_UNRECORDED,
	ROW_FOLLOW_UP,
	ROW_LATE,
	ROW_SILENT,
	ROW_GAP
};

struct today_row {
	enum row_kind kind;
	enum style style;
	const char *text;
	const char *code;   /* of a case or a unit */
	int64_t id;	    /* of a draft, a meeting, an action or of what lacks */
	int64_t meeting_id; /* that it opens; of a draft: whose record it is, or 0 */
	bool is_mine;	    /* a draft that nobody else is writing */
};

struct today_screen {
	struct screen screen;
	struct arena arena;
	struct today_row *rows;
	size_t row_count;
	struct list list;
	struct today_row chosen; /* the row under the cursor when it was last read: not its texts */
	char chosen_code[UNIT_CODE_LONGEST + 1];
	bool is_logged;		/* the log has this look */
	struct today_row asked; /* about which a question is open: the rows may go meanwhile */
};

enum { ACTION_OPEN = 1 };

static void add_row(struct today_screen *self, struct today_row row)
{
	self->rows = arena_append(&self->arena, self->rows, &self->row_count, sizeof(row));
	self->rows[self->row_count - 1] = row;
}

static void add_heading(struct today_screen *self, const char *title, size_t count)
{
	add_row(self, (struct today_row) { .kind = ROW_HEADING,
			      .style = STYLE_STRONG,
			      .text = arena_printf(&self->arena, "%s (%zu)", title, count) });
}

static const char *draft_text(struct today_screen *self, const struct draft *draft, bool is_live)
{
	struct wall_time at = zone_to_wall(draft->saved_at);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	const char *what;

	if (draft->meeting_id)
		what = arena_printf(
			&self->arena, _("record of meeting %lld"), (long long)draft->meeting_id);
	else
		what = arena_printf(&self->arena, "%s: %s",
			draft->caller ? draft->caller : _("(caller not told)"),
			draft->concern ? draft->concern : "…");
	return arena_printf(&self->arena, "%s %s  %s%s  %s", local_short_day(at.day, day),
		local_clock(at.minute, clock), draft->login, is_live ? _(" (is typing)") : "",
		what);
}

static void add_drafts(
	struct today_screen *self, const struct ui *ui, const struct draft_list *list)
{
	if (list->count)
		add_heading(self, _("Unfinished"), list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct draft *draft = &list->items[i];
		bool is_live =
			strcmp(draft->writer, ui->writer) != 0 && writer_is_alive(draft->writer);

		add_row(self, (struct today_row) { .kind = ROW_DRAFT,
				      .style = is_live ? STYLE_QUIET : STYLE_NOTICE,
				      .id = draft->id,
				      .meeting_id = draft->meeting_id,
				      .is_mine = !is_live,
				      .text = draft_text(self, draft, is_live) });
	}
}

static struct screen *draft_screen(const struct today_row *row)
{
	return row->meeting_id ? record_screen_new(row->meeting_id, row->id)
			       : call_screen_new(row->id, NULL);
}

static void add_waiting(struct today_screen *self, const struct waiting_case_list *list, int today)
{
	if (list->count)
		add_heading(self, _("Waiting for a meeting"), list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct waiting_case *c = &list->items[i];
		long days = today - zone_to_wall(c->opened_at).day;

		add_row(self, (struct today_row) { .kind = ROW_WAITING,
				      .style = days > 7 ? STYLE_TROUBLE : STYLE_NOTICE,
				      .code = c->code,
				      .text = arena_printf(&self->arena,
					      P_("%s  %ld day  %d units needed",
						      "%s  %ld days  %d units needed", days),
					      c->code, days, c->needed_units) });
	}
}

static const char *meeting_text(struct today_screen *self, const struct meeting *meeting)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	const char *place = meeting_shown_place(meeting);
	const char *units = arena_join(&self->arena, meeting->units, meeting->unit_count, ", ");

	return arena_printf(&self->arena, "%s %s  %s  %s  %s", local_short_day(meeting->day, day),
		local_clock_span(meeting->start, meeting->end, span),
		meeting->case_code ? meeting->case_code : "", units, place ? place : "");
}

static void add_meetings(struct today_screen *self, const char *title,
	const struct meeting_list *list, enum row_kind kind, enum style style)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->items[i].status != MEETING_CANCELLED
			 && list->items[i].status != MEETING_HOLD;
	if (count)
		add_heading(self, title, count);
	for (size_t i = 0; i < list->count; i++) {
		const struct meeting *meeting = &list->items[i];

		if (meeting->status == MEETING_CANCELLED || meeting->status == MEETING_HOLD)
			continue;
		add_row(self, (struct today_row) { .kind = kind,
				      .style = style,
				      .id = meeting->id,
				      .meeting_id = meeting->id,
				      .text = meeting_text(self, meeting) });
	}
}

static void add_late(struct today_screen *self, const struct action_list *list)
{
	if (list->count)
		add_heading(self, _("Late actions"), list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct agreed_action *action = &list->items[i];
		char day[LOCALTEXT_SIZE];

		add_row(self, (struct today_row) { .kind = ROW_LATE,
				      .style = STYLE_TROUBLE,
				      .id = action->id,
				      .meeting_id = action->meeting_id,
				      .text = arena_printf(&self->arena, "%s  %s  %s: %s",
					      local_short_day(action->due_day, day),
					      action->case_code, action->who, action->what) });
	}
}

static void add_follow_ups(struct today_screen *self, const struct follow_up_list *list, int today)
{
	size_t missing = 0;

	for (size_t i = 0; i < list->count; i++)
		missing += list->items[i].booked_id == 0;
	if (missing)
		add_heading(self, _("Follow-ups without a time"), missing);
	for (size_t i = 0; i < list->count; i++) {
		const struct follow_up *follow_up = &list->items[i];
		char met[LOCALTEXT_SIZE], day[LOCALTEXT_SIZE], due[LOCALTEXT_SIZE] = "";

		if (follow_up->booked_id)
			continue;
		if (follow_up->due_day != DAY_LAST)
			snprintf(due, sizeof(due), _("by %s"),
				local_short_day(follow_up->due_day, day));
		add_row(self,
			(struct today_row) { .kind = ROW_FOLLOW_UP,
				.style = follow_up->due_day < today ? STYLE_TROUBLE : STYLE_NOTICE,
				.id = follow_up->meeting_id,
				.code = follow_up->case_code,
				.text = arena_printf(&self->arena, _("%s  met %s %s"),
					follow_up->case_code,
					local_short_day(follow_up->met_day, met), due) });
	}
}

static void add_silent(struct today_screen *self, const struct waiting_case_list *list)
{
	if (list->count)
		add_heading(self, _("Silent for six weeks: follow up or close"), list->count);
	for (size_t i = 0; i < list->count; i++)
		add_row(self, (struct today_row) { .kind = ROW_SILENT,
				      .style = STYLE_NOTICE,
				      .code = list->items[i].code,
				      .text = list->items[i].code });
}

static void add_unsettled(struct today_screen *self, const struct unsettled_list *list)
{
	if (list->count)
		add_heading(self, _("Booked, but the hole closed"), list->count);
	for (size_t i = 0; i < list->count; i++)
		add_row(self, (struct today_row) { .kind = ROW_UNSETTLED,
				      .style = STYLE_TROUBLE,
				      .code = list->items[i].unit,
				      .id = list->items[i].meeting.id,
				      .text = unsettled_text(&self->arena, &list->items[i]) });
}

static void add_gaps(struct today_screen *self, const struct promise_gap_list *list)
{
	if (list->count)
		add_heading(self, _("Units to ask"), list->count);
	for (size_t i = 0; i < list->count && i < SECTION_MOST; i++) {
		const struct promise_gap *gap = &list->items[i];

		add_row(self,
			(struct today_row) { .kind = ROW_GAP,
				.style = gap->gap == GAP_NO_HOLE ? STYLE_TROUBLE : STYLE_NOTICE,
				.code = gap->unit->code,
				.id = ((int64_t)gap->day * MINUTES_IN_DAY + gap->start) * GAPS
				      + gap->gap,
				.text = gap_text(&self->arena, gap) });
	}
}

/* The cursor never rests on a heading. */
static void skip_headings(struct today_screen *self, int step)
{
	int cursor = self->list.cursor;

	while (cursor >= 0 && cursor < self->list.count && self->rows[cursor].kind == ROW_HEADING)
		cursor += step;
	if (cursor < 0)
		skip_headings(self, 1);
	else if (cursor < self->list.count)
		self->list.cursor = cursor;
}

/* What the cursor is on, to find it again when rows have come or gone. */
static void remember(struct today_screen *self)
{
	const struct today_row *row = &self->rows[self->list.cursor];

	self->chosen = *row;
	snprintf(self->chosen_code, sizeof(self->chosen_code), "%s", row->code ? row->code : "");
}

static void choose_again(struct today_screen *self)
{
	for (size_t i = 0; i < self->row_count; i++) {
		const struct today_row *row = &self->rows[i];

		if (row->kind == self->chosen.kind && row->id == self->chosen.id
			&& strcmp(row->code ? row->code : "", self->chosen_code) == 0) {
			self->list.cursor = (int)i;
			return;
		}
	}
}

static bool today_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct today_screen *self = (struct today_screen *)screen;
	int today = session_today(ui->session);
	struct unsettled_list unsettled = { 0 };
	struct promise_gap_list gaps = { 0 };
	struct work_today work;
	bool ok;

	if (self->list.count)
		remember(self);
	arena_reset(&self->arena);
	self->rows = NULL;
	self->row_count = 0;
	ok = work_look_today(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW, SECTION_MOST,
		&self->arena, &work, err);
	self->is_logged = self->is_logged || ok;
	ok = ok && promise_unsettled(ui->session, NULL, &self->arena, &unsettled, err)
	     && promise_gaps(ui->session, &self->arena, &gaps, err);
	add_drafts(self, ui, &work.drafts);
	add_unsettled(self, &unsettled);
	add_waiting(self, &work.waiting, today);
	add_meetings(self, _("Meetings today"), &work.meetings, ROW_MEETING_TODAY, STYLE_NORMAL);
	add_meetings(self, _("Held and not yet recorded"), &work.unrecorded, ROW_UNRECORDED,
		STYLE_NOTICE);
	add_follow_ups(self, &work.follow_ups, today);
	add_late(self, &work.late);
	add_silent(self, &work.silent);
	add_gaps(self, &gaps);
	list_set_count(&self->list, (int)self->row_count);
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
		const struct today_row *r = &self->rows[top + row];
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

static struct next open_row(struct today_screen *self)
{
	const struct today_row *row;

	if (self->list.count == 0)
		return next_stay();
	row = &self->rows[self->list.cursor];
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
	case ROW_MEETING_TODAY:
	case ROW_UNRECORDED:
	case ROW_LATE:
		return next_push(meeting_screen_new(row->meeting_id));
	default:
		return next_stay();
	}
}

static struct next today_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct today_screen *self = (struct today_screen *)screen;
	int before = self->list.cursor;

	self->list.rows = ui->rows;
	if (action == ACTION_OPEN)
		return open_row(self);
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
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Today"),
	.keys = keys,
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
