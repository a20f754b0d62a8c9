#include "today_rows_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/format/invitation_text.h"
#include "kutsu/service/writer.h"
#include "promise_text_internal.h"

#include <stdio.h>
#include <stdlib.h>
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

static const char *of_meeting(struct today_rows *self, int64_t id, int day, int start, int end)
{
	char text[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	return arena_printf(self->arena, _("%s %s  meeting %lld"), local_short_day(day, text),
		local_clock_span(start, end, span), (long long)id);
}

static bool is_answered(const struct invitation *invitation)
{
	return invitation->answer != ANSWER_NONE || invitation->is_off;
}

/* Those of one kind: a unit that said no, or that has not said anything. */
static void add_invitations(struct today_rows *self, const struct invitation_list *list,
	bool (*is_of)(const struct invitation *invitation), const char *title,
	enum today_row_kind kind, int today)
{
	size_t count = 0, shown = 0;

	for (size_t i = 0; i < list->count; i++)
		count += is_of(&list->items[i]);
	if (count)
		add_heading(self, title, count);
	for (size_t i = 0; i < list->count && shown < SECTION_MOST; i++) {
		const struct invitation *invitation = &list->items[i];

		if (!is_of(invitation))
			continue;
		shown++;
		add_row(self,
			(struct today_row) { .kind = kind,
				.style = kind == ROW_ANSWERED ? STYLE_TROUBLE : STYLE_NORMAL,
				.code = invitation->unit,
				.id = invitation->meeting_id,
				.meeting_id = invitation->meeting_id,
				.text = arena_printf(self->arena, "%s  %s: %s",
					of_meeting(self, invitation->meeting_id, invitation->day,
						invitation->start, invitation->end),
					invitation->unit,
					invitation_text(invitation, today, self->arena)) });
	}
}

static void add_failed(struct today_rows *self, const struct message_list *list, int today)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->items[i].state == MESSAGE_FAILED && list->items[i].day >= today;
	if (count)
		add_heading(self, _("Could not be delivered"), count);
	for (size_t i = 0; i < list->count; i++) {
		const struct message *message = &list->items[i];

		if (message->state != MESSAGE_FAILED || message->day < today)
			continue;
		add_row(self, (struct today_row) { .kind = ROW_FAILED,
				      .style = STYLE_TROUBLE,
				      .id = message->id,
				      .meeting_id = message->meeting_id,
				      .text = arena_printf(self->arena, "%s  %s: %s",
					      of_meeting(self, message->meeting_id, message->day,
						      message->start, message->end),
					      message->unit ? message->unit : _("family"),
					      message->error ? message->error : "") });
	}
}

/* What waits for a person: a draft, a consent, an address. */
struct unsent_of_meeting {
	const struct message *first;
	int drafts, waiting, without_address;
};

static bool count_unsent(struct unsent_of_meeting *unsent, const struct message *message)
{
	if (message->state == MESSAGE_DRAFT)
		unsent->drafts++;
	else if (message->state == MESSAGE_WAITING_CONSENT)
		unsent->waiting++;
	else if (message->state == MESSAGE_QUEUED && !message->to)
		unsent->without_address++;
	else
		return false;
	return true;
}

static const char *unsent_text(struct today_rows *self, const struct unsent_of_meeting *unsent)
{
	const struct message *first = unsent->first;
	const char *parts[3];
	size_t count = 0;

	if (unsent->drafts)
		parts[count++] = arena_printf(self->arena,
			P_("%d draft", "%d drafts", (long)unsent->drafts), unsent->drafts);
	if (unsent->waiting)
		parts[count++] = arena_printf(self->arena,
			P_("%d waits for consent", "%d wait for consent", (long)unsent->waiting),
			unsent->waiting);
	if (unsent->without_address)
		parts[count++] = arena_printf(self->arena,
			P_("%d has no address", "%d have no address",
				(long)unsent->without_address),
			unsent->without_address);
	return arena_printf(self->arena, "%s: %s",
		of_meeting(self, first->meeting_id, first->day, first->start, first->end),
		arena_join(self->arena, parts, count, ", "));
}

static struct unsent_of_meeting *find_unsent(
	struct unsent_of_meeting *list, size_t count, int64_t meeting_id)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i].first->meeting_id == meeting_id)
			return &list[i];
	}
	return NULL;
}

static int compare_unsent(const void *a, const void *b)
{
	const struct message *x = ((const struct unsent_of_meeting *)a)->first;
	const struct message *y = ((const struct unsent_of_meeting *)b)->first;

	return x->day != y->day ? (x->day < y->day ? -1 : 1) : x->start - y->start;
}

/* One row a meeting, by its time. */
static void add_unsent(struct today_rows *self, const struct message_list *list, int today)
{
	struct unsent_of_meeting *meetings = NULL, *meeting;
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct message *message = &list->items[i];
		struct unsent_of_meeting one = { message, 0, 0, 0 };

		if (message->day < today || !count_unsent(&one, message))
			continue;
		meeting = find_unsent(meetings, count, message->meeting_id);
		if (meeting) {
			count_unsent(meeting, message);
			continue;
		}
		meetings = arena_append(self->arena, meetings, &count, sizeof(*meetings));
		meetings[count - 1] = one;
	}
	if (count) {
		qsort(meetings, count, sizeof(*meetings), compare_unsent);
		add_heading(self, _("Messages that have not left"), count);
	}
	for (size_t i = 0; i < count && i < SECTION_MOST; i++)
		add_row(self, (struct today_row) { .kind = ROW_UNSENT,
				      .style = STYLE_NOTICE,
				      .id = meetings[i].first->meeting_id,
				      .meeting_id = meetings[i].first->meeting_id,
				      .text = unsent_text(self, &meetings[i]) });
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

/* One row for all of them: whom to remind stands in view 7. */
static void add_feedback(struct today_rows *self, const struct feedback_missing *missing, int today)
{
	char month[LOCALTEXT_SIZE], day[LOCALTEXT_SIZE];

	if (!missing->units.count)
		return;
	add_heading(self, _("Units without monthly feedback"), missing->units.count);
	add_row(self, (struct today_row) { .kind = ROW_FEEDBACK,
			      .style = missing->due_day < today ? STYLE_TROUBLE : STYLE_NOTICE,
			      .text = arena_printf(self->arena, _("%s, due %s"),
				      local_month(missing->month, month),
				      local_short_day(missing->due_day, day)) });
}

void today_rows_add(struct today_rows *self, const struct ui *ui, const struct today_work *work)
{
	const struct work_today *waits = &work->waits;
	int today = session_today(ui->session);

	add_drafts(self, ui, &waits->drafts);
	add_unsettled(self, &work->unsettled);
	add_invitations(self, &work->invitations, is_answered,
		_("A unit does not come, or offers another time"), ROW_ANSWERED, today);
	add_failed(self, &work->unsent, today);
	add_unsent(self, &work->unsent, today);
	add_waiting(self, &waits->waiting, today);
	add_meetings(self, _("Meetings today"), &waits->meetings, ROW_MEETING_TODAY, STYLE_NORMAL);
	add_meetings(self, _("Held and not yet recorded"), &waits->unrecorded, ROW_UNRECORDED,
		STYLE_NOTICE);
	add_follow_ups(self, &waits->follow_ups, today);
	add_late(self, &waits->late);
	add_invitations(self, &work->invitations, invitation_is_waited_for,
		_("Invited, no answer yet"), ROW_UNANSWERED, today);
	add_silent(self, &waits->silent);
	add_gaps(self, &work->gaps);
	add_feedback(self, &work->feedback, today);
}
