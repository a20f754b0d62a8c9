#include "hole_pane_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/text.h"

#include <stdio.h>
#include <string.h>

#define SHOWN_MOST  200
#define MISSES_MOST 3

/* The misses shown: where there are shared holes, a few of those that would be sooner. */
static int miss_count(const struct search_result *found)
{
	int misses = (int)found->near_miss_count;

	return found->hole_count && misses > MISSES_MOST ? MISSES_MOST : misses;
}

/* By date: the misses are all before the first shared hole. A miss is -1 - its index. */
static int row_meaning(const struct search_result *found, int row)
{
	int misses = miss_count(found);

	return row < misses ? -1 - row : row - misses;
}

static int row_count(const struct search_result *found)
{
	return (int)found->hole_count + miss_count(found);
}

/* Whether the same units were asked for before. */
static bool remember_units(struct hole_pane *pane, const char *const *units, size_t unit_count)
{
	struct text asked = { 0 };
	bool same;

	for (size_t i = 0; i < unit_count; i++)
		text_format(&asked, "%s ", units[i]);
	same = strcmp(text_get(&asked), text_get(&pane->asked)) == 0;
	text_release(&pane->asked);
	pane->asked = asked;
	return same;
}

/* The cursor stays with the time it was on, though others have gone from before it. */
static void choose_again(struct hole_pane *pane, const struct hole_choice *before)
{
	int cursor = pane->list.cursor;

	for (int row = 0; row < pane->list.count; row++) {
		struct hole_choice choice;

		pane->list.cursor = row;
		if (hole_pane_chosen(pane, &choice) && choice.day == before->day
			&& choice.start == before->start && choice.end == before->end
			&& choice.unit_count == before->unit_count)
			return;
	}
	pane->list.cursor = cursor;
}

static void format_time(struct text *text, int day, int start, int end)
{
	char date[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	text_format(text, "%s %s", local_short_day(day, date), local_span(start, end, span));
}

void hold_format(const struct meeting *hold, int64_t now, struct text *text)
{
	int64_t left = (hold->hold_until - now + 59) / 60;

	format_time(text, hold->day, hold->start, hold->end);
	text_format(text, _(" held %d min: %s"), (int)left, hold->held_by);
}

/* The holds of others: what is behind one's own is known. */
static void keep_held(struct hole_pane *pane, const struct ui *ui)
{
	const struct meeting_list *held = &pane->answer.held;
	struct text line = { 0 };
	size_t count = 0;

	memset(pane->held, 0, sizeof(pane->held));
	for (size_t i = 0; i < held->count && count < sizeof(pane->held) / sizeof(pane->held[0]);
		i++) {
		const struct meeting *hold = &held->items[i];

		if (hold->hold_writer && strcmp(hold->hold_writer, ui->writer) == 0)
			continue;
		text_clear(&line);
		hold_format(hold, session_now(ui->session), &line);
		pane->held[count++] = arena_text(&pane->arena, text_get(&line));
	}
	text_release(&line);
}

/* A form's searches are one: its units are ticked one by one. */
static const char *searcher_of(struct hole_pane *pane, struct ui *ui)
{
	if (!pane->keeps_findings)
		return NULL;
	if (!*pane->searcher)
		snprintf(pane->searcher, sizeof(pane->searcher), "%s %u", ui->writer,
			++ui->searchers);
	return pane->searcher;
}

void hole_pane_search(struct hole_pane *pane, struct ui *ui, const char *const *units,
	size_t unit_count, int minutes, const struct family_limits *limits)
{
	struct hole_query query = { .units = units,
		.unit_count = unit_count,
		.minutes = minutes,
		.first_day = session_today(ui->session),
		.weeks = FINDER_WEEKS_DEFAULT,
		.notice = NOTICE_DEFAULT,
		.limits = *limits,
		.limit = SHOWN_MOST,
		.searcher = searcher_of(pane, ui) };
	struct hole_choice before = { 0 };
	bool had_choice = hole_pane_chosen(pane, &before);
	struct error err;

	hole_answer_release(&pane->answer);
	arena_reset(&pane->arena);
	pane->answer = (struct hole_answer) { 0 };
	pane->trouble[0] = '\0';
	pane->minutes = minutes;
	if (unit_count && !find_holes(ui->session, &query, &pane->arena, &pane->answer, &err))
		snprintf(pane->trouble, sizeof(pane->trouble), "%s", err.text);
	keep_held(pane, ui);
	list_set_count(&pane->list, row_count(&pane->answer.found));
	if (!remember_units(pane, units, unit_count))
		pane->list.cursor = pane->answer.found.hole_count
					    ? miss_count(&pane->answer.found)
					    : 0; /* the first that suits all */
	else if (had_choice)
		choose_again(pane, &before);
}

void hole_pane_release(struct hole_pane *pane)
{
	hole_answer_release(&pane->answer);
	arena_release(&pane->arena);
	text_release(&pane->asked);
}

static bool is_missing(const struct near_miss *miss, size_t unit)
{
	for (size_t i = 0; miss && i < miss->missing_count; i++) {
		if (miss->missing[i] == unit)
			return true;
	}
	return false;
}

bool hole_pane_chosen(const struct hole_pane *pane, struct hole_choice *choice)
{
	const struct search_result *found = &pane->answer.found;
	int meaning = row_meaning(found, pane->list.cursor);
	const struct near_miss *miss = NULL;

	if (pane->list.count == 0)
		return false;
	*choice = (struct hole_choice) { 0 };
	if (meaning >= 0) {
		choice->day = found->holes[meaning].day;
		choice->start = found->holes[meaning].start;
		choice->end = found->holes[meaning].end;
	} else {
		miss = &found->near_misses[-1 - meaning];
		choice->day = miss->day;
		choice->start = miss->start;
		choice->end = miss->end;
	}
	for (size_t i = 0; i < pane->answer.units.count && choice->unit_count < 64; i++) {
		if (!is_missing(miss, i))
			choice->units[choice->unit_count++] = pane->answer.units.items[i].code;
	}
	return true;
}

void hole_pane_title(const struct hole_pane *pane, struct text *title)
{
	size_t units = pane->answer.units.count;

	text_clear(title);
	text_format(title,
		P_("Shared holes: %zu unit, %d min", "Shared holes: %zu units, %d min",
			(long)units),
		units, pane->minutes);
}

/* What is to be known of a shared hole before it is booked. */
static void add_marks(const struct hole_answer *answer, int hole, struct text *text)
{
	const struct unconfirmed *unconfirmed = &answer->unconfirmed[hole];

	if (unconfirmed->count)
		text_format(text, "  %s: %s", term_label(&readiness_terms, READINESS_UNCONFIRMED),
			unconfirmed->units[0]);
	for (size_t i = 1; i < unconfirmed->count; i++)
		text_format(text, ", %s", unconfirmed->units[i]);
}

void hole_format_row(const struct hole_answer *answer, int row, struct text *text)
{
	const struct search_result *found = &answer->found;
	const struct near_miss *miss;
	int meaning = row_meaning(found, row);
	size_t units = answer->units.count;

	text_clear(text);
	if (meaning >= 0) {
		const struct shared_hole *hole = &found->holes[meaning];

		format_time(text, hole->day, hole->start, hole->end);
		text_add(text, "  ");
		text_format(text, _("all %zu"), units);
		add_marks(answer, meaning, text);
		return;
	}
	miss = &found->near_misses[-1 - meaning];
	format_time(text, miss->day, miss->start, miss->end);
	text_format(text, " %zu/%zu ", units - miss->missing_count, units);
	text_format(text, _("not %s"), answer->units.items[miss->missing[0]].code);
	if (miss->missing_count == 2)
		text_format(text, ", %s", answer->units.items[miss->missing[1]].code);
}

/* What somebody is about to book, above what is free. Returns the rows it took. */
static int draw_held(const struct hole_pane *pane, const struct canvas *canvas)
{
	int row = 0;

	for (size_t i = 0; i < sizeof(pane->held) / sizeof(pane->held[0]); i++) {
		if (pane->held[i] && row + 1 < canvas->rows)
			canvas_text(
				canvas, row++, 2, canvas->columns - 2, STYLE_NOTICE, pane->held[i]);
	}
	return row;
}

static void draw_empty(const struct hole_pane *pane, const struct canvas *canvas, int row)
{
	const char *text = pane->trouble;

	if (!*text)
		text = pane->answer.units.count
			       ? _("no shared hole, and no near miss in 26 weeks")
			       : _("tick the units: the holes they share appear here");
	canvas_text(canvas, row, 1, canvas->columns - 1,
		*pane->trouble ? STYLE_TROUBLE : STYLE_QUIET, text);
}

void hole_pane_draw(const struct hole_pane *pane, const struct canvas *canvas, bool has_focus)
{
	const struct search_result *found = &pane->answer.found;
	int first = draw_held(pane, canvas);
	struct text row = { 0 };

	if (pane->list.count == 0) {
		draw_empty(pane, canvas, first);
		return;
	}
	if (found->hole_count == 0)
		canvas_text(canvas, first++, 1, canvas->columns - 1, STYLE_TROUBLE,
			_("no shared hole; the nearest misses:"));
	for (int i = list_top(&pane->list, canvas->rows - first), at = first;
		i < pane->list.count && at < canvas->rows; i++, at++) {
		bool is_miss = row_meaning(found, i) < 0;
		bool chosen = i == pane->list.cursor;

		hole_format_row(&pane->answer, i, &row);
		canvas_text(canvas, at, 0, 1, STYLE_STRONG, chosen ? ">" : " ");
		canvas_row(canvas, at, 2, canvas->columns - 2,
			chosen && has_focus ? STYLE_CURSOR
			: is_miss	    ? STYLE_NOTICE
					    : STYLE_NORMAL,
			text_get(&row));
	}
	text_release(&row);
}
