#include "own_unit_rows_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/format/invitation_text.h"
#include "promise_text_internal.h"

#include <stdlib.h>
#include <string.h>

#define GAP_WIDTH    2
#define PERSON_LEAST 10
#define BOOKED_LEAST 24

/* What making the rows needs. */
struct maker {
	struct arena *arena;
	const struct own_weeks *weeks;
	const struct invitation_list *invitations;
	struct wall_time now;
	struct own_rows rows;
};

struct own_hole {
	const struct unit *unit;
	const struct occurrence *hole;
};

static void add_row(struct maker *maker, struct own_row row)
{
	struct own_rows *rows = &maker->rows;

	rows->items = arena_append(maker->arena, rows->items, &rows->count, sizeof(row));
	rows->items[rows->count - 1] = row;
}

static void add_heading(struct maker *maker, enum style style, const char *text)
{
	add_row(maker, (struct own_row) { .kind = OWN_HEADING, .style = style, .text = text });
}

static void add_invitations(struct maker *maker, const struct invitation_list *list)
{
	bool any = false;

	for (size_t i = 0; i < list->count; i++) {
		const struct invitation *invitation = &list->items[i];
		char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

		if (!invitation_is_waited_for(invitation))
			continue;
		if (!any)
			add_heading(maker, STYLE_STRONG,
				_("Invited, waiting for your answer: a answers"));
		any = true;
		add_row(maker,
			(struct own_row) { .kind = OWN_INVITATION,
				.style = STYLE_NOTICE,
				.unit = invitation->unit,
				.meeting_id = invitation->meeting_id,
				.text = arena_printf(maker->arena, _("%s %s  %s, meeting %lld: %s"),
					local_short_day(invitation->day, day),
					local_clock_span(invitation->start, invitation->end, span),
					invitation->unit, (long long)invitation->meeting_id,
					invitation_text(
						invitation, maker->now.day, maker->arena)) });
	}
}

/* The reminder of the monthly round stands on a contact's first screen. */
static void add_feedback(struct maker *maker, const struct feedback_missing *missing)
{
	char month[LOCALTEXT_SIZE], day[LOCALTEXT_SIZE];

	for (size_t i = 0; i < missing->units.count; i++) {
		const char *unit = missing->units.items[i].unit;

		add_row(maker, (struct own_row) { .kind = OWN_FEEDBACK,
				       .style = missing->due_day < maker->now.day ? STYLE_TROUBLE
										  : STYLE_NOTICE,
				       .unit = unit,
				       .text = arena_printf(maker->arena,
					       _("%s: the feedback of %s is missing, due %s: Enter "
						 "gives it"),
					       unit, local_month(missing->month, month),
					       local_day(missing->due_day, day)) });
	}
}

static void add_unsettled(struct maker *maker)
{
	const struct unsettled_list *list = &maker->weeks->unsettled;

	if (list->count)
		add_heading(
			maker, STYLE_STRONG, _("Booked, but the hole closed: Enter settles it"));
	for (size_t i = 0; i < list->count; i++)
		add_row(maker, (struct own_row) { .kind = OWN_UNSETTLED,
				       .style = STYLE_TROUBLE,
				       .unit = list->items[i].unit,
				       .meeting_id = list->items[i].meeting.id,
				       .text = unsettled_text(maker->arena, &list->items[i]) });
}

/* What is unconfirmed stands among the holes. */
static void add_gaps(struct maker *maker)
{
	const struct promise_gap_list *list = &maker->weeks->gaps;
	bool any = false;

	for (size_t i = 0; i < list->count; i++) {
		const struct promise_gap *gap = &list->items[i];

		if (gap->gap == GAP_UNCONFIRMED)
			continue;
		if (!any)
			add_heading(maker, STYLE_STRONG, _("Missing from the promise"));
		any = true;
		add_row(maker, (struct own_row) { .kind = OWN_GAP,
				       .style = STYLE_NOTICE,
				       .unit = gap->unit->code,
				       .text = gap_advice(maker->arena, gap) });
	}
}

static bool is_over(const struct maker *maker, const struct occurrence *hole)
{
	return hole->day < maker->now.day
	       || (hole->day == maker->now.day && hole->end <= maker->now.minute);
}

static int compare_holes(const void *a, const void *b)
{
	const struct own_hole *x = a, *y = b;

	if (x->hole->day != y->hole->day)
		return x->hole->day < y->hole->day ? -1 : 1;
	if (x->hole->start != y->hole->start)
		return x->hole->start - y->hole->start;
	return strcmp(x->unit->code, y->unit->code);
}

static struct own_hole *collect_holes(const struct maker *maker, size_t *count)
{
	const struct own_weeks *weeks = maker->weeks;
	struct own_hole *holes = NULL;

	*count = 0;
	for (size_t u = 0; u < weeks->unit_count; u++) {
		const struct unit_days *unit = &weeks->units[u];

		for (size_t i = 0; i < unit->occurrences.count; i++) {
			if (is_over(maker, &unit->occurrences.items[i]))
				continue;
			holes = arena_append(maker->arena, holes, count, sizeof(*holes));
			holes[*count - 1] =
				(struct own_hole) { &unit->unit, &unit->occurrences.items[i] };
		}
	}
	if (*count)
		qsort(holes, *count, sizeof(*holes), compare_holes);
	return holes;
}

static bool is_of_unit(const struct meeting *meeting, const char *code)
{
	for (size_t i = 0; i < meeting->unit_count; i++) {
		if (strcmp(meeting->units[i], code) == 0)
			return true;
	}
	return false;
}

static bool is_booked_in(const struct meeting *meeting, const struct own_hole *hole)
{
	return meeting->status == MEETING_BOOKED && meeting->day == hole->hole->day
	       && meeting->start < hole->hole->end && hole->hole->start < meeting->end
	       && is_of_unit(meeting, hole->unit->code);
}

/* What the unit said to the meeting, where that is no plain yes; or NULL. */
static const char *answer_to(const struct maker *maker, int64_t meeting_id, int64_t unit_id)
{
	const struct invitation_list *list = maker->invitations;

	for (size_t i = 0; i < list->count; i++) {
		const struct invitation *invitation = &list->items[i];

		if (invitation->meeting_id == meeting_id && invitation->unit_id == unit_id
			&& invitation->answer != ANSWER_NONE)
			return term_label(&answer_terms, (int)invitation->answer);
	}
	return NULL;
}

/* "meeting 12 at 13:00–14:00, Perhekeskus" */
static void add_booked(const struct maker *maker, const struct own_hole *hole, struct own_row *row)
{
	const struct meeting_list *meetings = &maker->weeks->meetings;

	row->booked = "";
	for (size_t i = 0; i < meetings->count; i++) {
		const struct meeting *meeting = &meetings->items[i];
		const char *answer = answer_to(maker, meeting->id, hole->unit->id);
		const char *place = meeting_shown_place(meeting);
		char span[LOCALTEXT_SIZE];
		const char *number;

		if (!is_booked_in(meeting, hole))
			continue;
		row->meeting_id = row->meeting_id ? row->meeting_id : meeting->id;
		number = arena_printf(maker->arena, _("meeting %lld"), (long long)meeting->id);
		row->booked = arena_printf(maker->arena, "%s%s%s %s%s%s%s%s", row->booked,
			*row->booked ? "; " : "", number,
			local_clock_span(meeting->start, meeting->end, span), answer ? ": " : "",
			answer ? answer : "", place ? ", " : "", place ? place : "");
	}
}

static const char *person_of(const struct occurrence *hole)
{
	const char *person = hole->answer ? hole->answer->person : NULL;

	if (!person && hole->slot)
		person = hole->readiness == READINESS_DEPUTY ? hole->slot->deputy
							     : hole->slot->ready_person;
	return person ? person : "";
}

static const char *place_of(const struct occurrence *hole)
{
	if (hole->answer && hole->answer->place)
		return hole->answer->place;
	return hole->slot ? hole->slot->place : NULL;
}

/* Why nobody comes. */
static const char *reason_of(const struct occurrence *hole)
{
	if (hole->closing)
		return hole->closing->reason;
	if (hole->readiness == READINESS_PAUSED)
		return _("a public holiday or a school break");
	return hole->readiness == READINESS_DECLINED && hole->answer ? hole->answer->note : NULL;
}

/* What was said beside an answer that closes nothing. */
static const char *note_of(const struct occurrence *hole)
{
	return hole->answer && hole->answer->state != READINESS_DECLINED ? hole->answer->note
									 : NULL;
}

static void add_part(struct arena *arena, const char **text, const char *label, const char *part)
{
	if (part && *part)
		*text = arena_printf(arena, "%s%s%s%s", *text, **text ? "; " : "", label, part);
}

static const char *detail_of(
	const struct maker *maker, const struct own_hole *hole, const struct own_row *row)
{
	const struct occurrence *o = hole->hole;
	const char *text = "";

	add_part(maker->arena, &text, "", hole->unit->name);
	add_part(maker->arena, &text, "", row->booked);
	add_part(maker->arena, &text, _("reason: "), reason_of(o));
	add_part(maker->arena, &text, _("note: "), note_of(o));
	add_part(maker->arena, &text, "", row->person);
	if (o->slot && o->readiness != READINESS_DEPUTY)
		add_part(maker->arena, &text, _("deputy "), o->slot->deputy);
	add_part(maker->arena, &text, "", place_of(o));
	return text;
}

static enum style style_of(const struct maker *maker, const struct occurrence *hole)
{
	switch (hole->readiness) {
	case READINESS_CONFIRMED:
		return STYLE_GOOD;
	case READINESS_UNCONFIRMED:
		return confirm_deadline_is_past(&maker->weeks->deadline, hole->day, maker->now.day,
			       maker->now.minute)
			       ? STYLE_NOTICE
			       : STYLE_NORMAL;
	case READINESS_DEPUTY:
		return STYLE_GOOD;
	default:
		return STYLE_QUIET;
	}
}

static void widen(int *width, const char *text)
{
	int needed = utf8_width(text);

	*width = needed > *width ? needed : *width;
}

static void add_hole(struct maker *maker, const struct own_hole *hole)
{
	const struct occurrence *o = hole->hole;
	struct own_rows *rows = &maker->rows;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	struct own_row row = { .kind = OWN_HOLE,
		.style = style_of(maker, o),
		.unit = hole->unit->code,
		.hole = o,
		.state = term_label(&readiness_terms, (int)o->readiness),
		.person = o->state == OCCURRENCE_CLOSED && o->readiness != READINESS_DEPUTY
				  ? ""
				  : person_of(o),
		.text = arena_text(maker->arena, local_short_day(o->day, day)),
		.time = arena_text(maker->arena, local_span(o->start, o->end, span)) };

	add_booked(maker, hole, &row);
	row.detail = detail_of(maker, hole, &row);
	widen(&rows->day_width, row.text);
	widen(&rows->time_width, row.time);
	widen(&rows->unit_width, row.unit);
	widen(&rows->state_width, row.state);
	widen(&rows->person_width, row.person);
	widen(&rows->booked_width, row.booked);
	add_row(maker, row);
}

static int monday_of(int day)
{
	return day - day_weekday(day) + 1;
}

static void add_week(struct maker *maker, int monday, const struct own_hole *holes, size_t count)
{
	const struct confirm_deadline *by = &maker->weeks->deadline;
	bool is_past = confirm_deadline_is_past(by, monday, maker->now.day, maker->now.minute);
	char week[LOCALTEXT_SIZE], day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	bool waits = false;
	const char *until = "";

	for (size_t i = 0; i < count; i++)
		waits = waits || holes[i].hole->readiness == READINESS_UNCONFIRMED;
	if (waits)
		until = arena_printf(maker->arena,
			is_past ? _("NOT CONFIRMED by %s %s") : _("confirm by %s %s"),
			local_short_day(confirm_deadline_day(by, monday), day),
			local_clock(by->minute, clock));
	add_heading(maker, waits && is_past ? STYLE_NOTICE : STYLE_STRONG,
		arena_printf(maker->arena, "%s   %s", local_week(day_iso_week(monday).week, week),
			until));
	for (size_t i = 0; i < count; i++)
		add_hole(maker, &holes[i]);
}

struct own_rows own_rows_make(struct arena *arena, const struct own_weeks *weeks,
	const struct invitation_list *invitations, const struct feedback_missing *missing,
	struct wall_time now)
{
	struct maker maker = {
		.arena = arena, .weeks = weeks, .invitations = invitations, .now = now
	};
	size_t count;
	struct own_hole *holes = collect_holes(&maker, &count);

	maker.rows.has_units = weeks->unit_count > 1;
	add_invitations(&maker, invitations);
	add_feedback(&maker, missing);
	add_unsettled(&maker);
	add_gaps(&maker);
	for (size_t at = 0, of_week; at < count; at += of_week) {
		int monday = monday_of(holes[at].hole->day);

		of_week = 1;
		while (at + of_week < count && holes[at + of_week].hole->day < monday + 7)
			of_week++;
		add_week(&maker, monday, &holes[at], of_week);
	}
	return maker.rows;
}

/* The person gives way to what is booked, first in part, then all. */
static int person_width(const struct own_rows *rows, int left)
{
	int booked = rows->booked_width < BOOKED_LEAST ? rows->booked_width : BOOKED_LEAST;
	int person = left - booked - GAP_WIDTH;

	if (person >= rows->person_width)
		return rows->person_width;
	return person < PERSON_LEAST ? 0 : person;
}

/* Draws a column; returns where the next one begins. */
static int draw_column(const struct canvas *canvas, int at, int column, int width, enum style style,
	const char *text)
{
	int left = canvas->columns - 1 - column;

	if (left > 0)
		canvas_text(canvas, at, column, width < left ? width : left, style, text);
	return column + width + GAP_WIDTH;
}

void own_row_draw(const struct own_rows *rows, const struct own_row *row,
	const struct canvas *canvas, int at, bool is_chosen)
{
	enum style style = is_chosen ? STYLE_CURSOR : row->style;
	int column = 2, person;

	canvas_row(canvas, at, column, canvas->columns - 1 - column, style, "");
	column = draw_column(canvas, at, column, rows->day_width, style, row->text) - 1;
	column = draw_column(canvas, at, column, rows->time_width, style, row->time);
	if (rows->has_units)
		column = draw_column(canvas, at, column, rows->unit_width, style, row->unit);
	column = draw_column(canvas, at, column, rows->state_width, style, row->state);
	person = person_width(rows, canvas->columns - 1 - column);
	if (person)
		column = draw_column(canvas, at, column, person, style, row->person);
	draw_column(canvas, at, column, rows->booked_width, style, row->booked);
}
