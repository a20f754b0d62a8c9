#include "today_rows_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/service/writer.h"
#include "promise_text_internal.h"

#include <stdio.h>
#include <string.h>

static void add_row(struct today_rows *self, struct today_row row)
{
	self->items = arena_append(self->arena, self->items, &self->count, sizeof(row));
	self->items[self->count - 1] = row;
}

static void add_heading(struct today_rows *self, const char *title, size_t count)
{
	add_row(self, (struct today_row) { .kind = ROW_HEADING,
			      .style = STYLE_STRONG,
			      .text = arena_printf(self->arena, "%s (%zu)", title, count) });
}

static const char *draft_text(struct today_rows *self, const struct draft *draft, bool is_live)
{
	struct wall_time at = zone_to_wall(draft->saved_at);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	const char *what;

	if (draft->meeting_id)
		what = arena_printf(
			self->arena, _("record of meeting %lld"), (long long)draft->meeting_id);
	else
		what = arena_printf(self->arena, "%s: %s",
			draft->caller ? draft->caller : _("(caller not told)"),
			draft->concern ? draft->concern : "…");
	return arena_printf(self->arena, "%s %s  %s%s  %s", local_short_day(at.day, day),
		local_clock(at.minute, clock), draft->login, is_live ? _(" (is typing)") : "",
		what);
}

static void add_drafts(struct today_rows *self, const struct ui *ui, const struct draft_list *list)
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

static void add_waiting(struct today_rows *self, const struct waiting_case_list *list, int today)
{
	if (list->count)
		add_heading(self, _("Waiting for a meeting"), list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct waiting_case *c = &list->items[i];
		long days = today - zone_to_wall(c->opened_at).day;

		add_row(self, (struct today_row) { .kind = ROW_WAITING,
				      .style = days > 7 ? STYLE_TROUBLE : STYLE_NOTICE,
				      .code = c->code,
				      .text = arena_printf(self->arena,
					      P_("%s  %ld day  %d units needed",
						      "%s  %ld days  %d units needed", days),
					      c->code, days, c->needed_units) });
	}
}

static const char *meeting_text(struct today_rows *self, const struct meeting *meeting)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	const char *place = meeting_shown_place(meeting);
	const char *units = arena_join(self->arena, meeting->units, meeting->unit_count, ", ");

	return arena_printf(self->arena, "%s %s  %s  %s  %s", local_short_day(meeting->day, day),
		local_clock_span(meeting->start, meeting->end, span),
		meeting->case_code ? meeting->case_code : "", units, place ? place : "");
}

static void add_meetings(struct today_rows *self, const char *title,
	const struct meeting_list *list, enum today_row_kind kind, enum style style)
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

static void add_late(struct today_rows *self, const struct action_list *list)
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
				      .text = arena_printf(self->arena, "%s  %s  %s: %s",
					      local_short_day(action->due_day, day),
					      action->case_code, action->who, action->what) });
	}
}

static void add_follow_ups(struct today_rows *self, const struct follow_up_list *list, int today)
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
				.text = arena_printf(self->arena, _("%s  met %s %s"),
					follow_up->case_code,
					local_short_day(follow_up->met_day, met), due) });
	}
}

static void add_silent(struct today_rows *self, const struct waiting_case_list *list)
{
	if (list->count)
		add_heading(self, _("Silent for six weeks: follow up or close"), list->count);
	for (size_t i = 0; i < list->count; i++)
		add_row(self, (struct today_row) { .kind = ROW_SILENT,
				      .style = STYLE_NOTICE,
				      .code = list->items[i].code,
				      .text = list->items[i].code });
}

static void add_unsettled(struct today_rows *self, const struct unsettled_list *list)
{
	if (list->count)
		add_heading(self, _("Booked, but the hole closed"), list->count);
	for (size_t i = 0; i < list->count; i++)
		add_row(self, (struct today_row) { .kind = ROW_UNSETTLED,
				      .style = STYLE_TROUBLE,
				      .code = list->items[i].unit,
				      .id = list->items[i].meeting.id,
				      .text = unsettled_text(self->arena, &list->items[i]) });
}

static void add_gaps(struct today_rows *self, const struct promise_gap_list *list)
{
	if (list->count)
		add_heading(self, _("Units to ask"), list->count);
	for (size_t i = 0; i < list->count && i < SECTION_MOST; i++) {
		const struct promise_gap *gap = &list->items[i];

		add_row(self,
			(struct today_row) { .kind = ROW_GAP,
				.style = gap->gap == GAP_NO_HOLE ? STYLE_TROUBLE : STYLE_NOTICE,
				.code = gap->unit->code,
				.gap = gap,
				.id = ((int64_t)gap->day * MINUTES_IN_DAY + gap->start) * GAPS
				      + gap->gap,
				.text = gap_text(self->arena, gap) });
	}
}

void today_rows_add(struct today_rows *self, const struct ui *ui, const struct today_work *work)
{
	const struct work_today *waits = &work->waits;
	int today = session_today(ui->session);

	add_drafts(self, ui, &waits->drafts);
	add_unsettled(self, &work->unsettled);
	add_waiting(self, &waits->waiting, today);
	add_meetings(self, _("Meetings today"), &waits->meetings, ROW_MEETING_TODAY, STYLE_NORMAL);
	add_meetings(self, _("Held and not yet recorded"), &waits->unrecorded, ROW_UNRECORDED,
		STYLE_NOTICE);
	add_follow_ups(self, &waits->follow_ups, today);
	add_late(self, &waits->late);
	add_silent(self, &waits->silent);
	add_gaps(self, &work->gaps);
}
