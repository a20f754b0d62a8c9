/* What if: which hole more would have helped families most. Worked out on all cores meanwhile. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/base/utf8.h"
#include "kutsu/service/planning.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOP	     200
#define TITLE_ROWS   5
#define CODE_WIDTH   9
#define TIME_WIDTH   17
#define BAR_WIDTH    14 /* with the days before it */
#define DAYS_WIDTH   6
#define WIDE_COLUMNS 100 /* from which on the units' names have room */

struct advice_screen {
	struct screen screen;
	struct planning_period period; /* until_day 0 before it is first read */
	struct advice_run *run;
	struct advice advice;
	bool is_done;
	int per_cent;
	struct list list;
	char tried[STATUS_SIZE]; /* what an own try said, or "" */
};

enum { ACTION_EARLIER = 1, ACTION_LATER, ACTION_TRY, ACTION_TRY_THIS, ACTION_ANEW, ACTION_BACK };

static void stop(struct advice_screen *self)
{
	advice_end(self->run);
	self->run = NULL;
	self->is_done = false;
	self->per_cent = 0;
	self->list.count = 0;
}

static bool begin(struct advice_screen *self, struct ui *ui, struct error *err)
{
	if (!self->period.until_day) {
		self->period.until_day = session_today(ui->session);
		self->period.from_day = self->period.until_day - PLANNING_DAYS;
	}
	return advice_begin(ui->session, &self->period, &self->run, err);
}

/* What others change meanwhile is a year's least part: it is not worked out anew for that. */
static bool advice_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct advice_screen *self = (struct advice_screen *)screen;

	return self->run ? session_ask(ui->session, USE_FIGURES_LOOK, err) : begin(self, ui, err);
}

static void advice_tick(struct screen *screen, struct ui *ui)
{
	struct advice_screen *self = (struct advice_screen *)screen;

	(void)ui;
	if (!self->run || self->is_done)
		return;
	self->per_cent = advice_per_cent(self->run);
	self->is_done = advice_wait(self->run, 0);
	if (self->is_done) {
		advice_get(self->run, TOP, &self->advice);
		list_set_count(&self->list, (int)self->advice.line_count);
	}
}

/* ---- How it is drawn. ---- */

static const char *days_text(int days, char to[16])
{
	if (days == REPLAY_NEVER)
		return _("never");
	snprintf(to, 16, "%d", days);
	return to;
}

static void format_now(const struct replay_waits *now, struct text *text)
{
	char median[16], p90[16];

	if (now->p90 != REPLAY_NEVER)
		text_format(text, _("Now half meet within %s d, nine of ten within %s d"),
			days_text(now->median, median), days_text(now->p90, p90));
	else if (now->median != REPLAY_NEVER)
		text_format(text, _("Now half meet within %s d"), days_text(now->median, median));
	else
		text_add(text, _("Now more than half find no time"));
	if (now->never > 0)
		text_format(text, P_("; %d found no time", "; %d found no time", now->never),
			now->never);
}

static void draw_title(const struct advice_screen *self, const struct canvas *canvas)
{
	char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE];
	struct text text = { 0 };

	text_format(&text, "%s   %s–%s", _("One hole more: whom would it have helped?"),
		local_day(self->period.from_day, from), local_day(self->period.until_day, until));
	canvas_text(canvas, 0, 1, canvas->columns - 2, STYLE_STRONG, text_get(&text));
	text_clear(&text);
	if (self->is_done && !self->advice.is_hidden) {
		text_format(&text,
			P_("%d family needed a meeting. ", "%d families needed a meeting. ",
				self->advice.calls),
			self->advice.calls);
		format_now(&self->advice.now, &text);
	}
	canvas_text(canvas, 1, 1, canvas->columns - 2, STYLE_NORMAL, text_get(&text));
	canvas_text(canvas, 2, 1, canvas->columns - 2, STYLE_NOTICE, self->tried);
	text_release(&text);
}

static void draw_progress(const struct advice_screen *self, const struct canvas *canvas)
{
	int width = canvas->columns - 12 < 60 ? canvas->columns - 12 : 60;
	struct text bar = { 0 };

	for (int i = 0; i < width; i++)
		text_add(&bar, i * 100 < self->per_cent * width ? canvas->utf8 ? "█" : "#"
			       : canvas->utf8			? "░"
								: ".");
	text_format(&bar, " %d %%", self->per_cent);
	canvas_text(canvas, TITLE_ROWS, 2, canvas->columns - 4, STYLE_GOOD, text_get(&bar));
	canvas_text(canvas, TITLE_ROWS + 1, 2, canvas->columns - 4, STYLE_QUIET,
		_("every hole of an hour is tried for each unit; Esc stops it"));
	text_release(&bar);
}

/* As long as the days it saves, against the best. */
static void draw_bar(const struct advice_screen *self, const struct canvas *canvas, int row,
	int column, enum style style, const struct advice_line *line)
{
	int64_t most = 1;
	struct text bar = { 0 };

	for (size_t i = 0; i < self->advice.line_count; i++) {
		if (self->advice.lines[i].outcome.days_saved > most)
			most = self->advice.lines[i].outcome.days_saved;
	}
	if (!line->outcome.is_saving_hidden && line->outcome.days_saved)
		text_format(&bar, "%*lld ", DAYS_WIDTH, (long long)line->outcome.days_saved);
	for (int64_t i = 0; i * most < line->outcome.days_saved * (BAR_WIDTH - DAYS_WIDTH - 1); i++)
		text_add(&bar, canvas->utf8 ? "█" : "#");
	canvas_text(canvas, row, column, BAR_WIDTH, style == STYLE_NORMAL ? STYLE_GOOD : style,
		text_get(&bar));
	text_release(&bar);
}

static void format_families(const struct advice_line *line, struct text *text)
{
	int families = line->outcome.earlier;

	if (line->has_no_hole && line->outcome.days_saved == 0)
		text_format(text,
			P_("no hole; beside %d other", "no hole; beside %d others",
				line->alongside),
			line->alongside);
	else if (families == FIGURE_HIDDEN)
		text_add(text, _("under 5 families"));
	else
		text_format(text, P_("%d family", "%d families", families), families);
}

static void format_change(
	const struct advice_screen *self, const struct advice_line *line, struct text *text)
{
	int later = line->outcome.later;
	char before[16], after[16];

	if (line->has_no_hole && line->outcome.days_saved == 0)
		return;
	text_format(text, _("%s → %s d"), days_text(self->advice.now.median, before),
		days_text(line->outcome.waits.median, after));
	if (later > 0)
		text_format(text, P_("; %d later", "; %d later", later), later);
	else if (later == FIGURE_HIDDEN)
		text_format(text, "; %s", _("some later"));
}

static int names_width(const struct canvas *canvas)
{
	return canvas->columns >= WIDE_COLUMNS ? canvas->columns - WIDE_COLUMNS + 20 : 0;
}

static void draw_headings(const struct canvas *canvas)
{
	int time = 1 + CODE_WIDTH + names_width(canvas), bar = time + TIME_WIDTH;
	int families = bar + BAR_WIDTH + 1;

	canvas_text(canvas, TITLE_ROWS - 1, 1, time - 2, STYLE_QUIET, _("Unit"));
	canvas_text(canvas, TITLE_ROWS - 1, time, TIME_WIDTH - 1, STYLE_QUIET, _("New hole"));
	canvas_text(canvas, TITLE_ROWS - 1, bar, BAR_WIDTH, STYLE_QUIET, _("Days saved"));
	canvas_text(canvas, TITLE_ROWS - 1, families, canvas->columns - families - 1, STYLE_QUIET,
		_("Would have met earlier, median"));
}

static void draw_line(
	const struct advice_screen *self, const struct canvas *canvas, int row, int index)
{
	const struct advice_line *line = &self->advice.lines[index];
	bool chosen = index == self->list.cursor;
	enum style style = chosen		  ? STYLE_CURSOR
			   : line->is_alternative ? STYLE_QUIET
						  : STYLE_NORMAL;
	int names = names_width(canvas);
	int column = 1 + CODE_WIDTH + names;
	char span[LOCALTEXT_SIZE];
	struct text text = { 0 };

	canvas_row(canvas, row, 0, canvas->columns, chosen ? STYLE_CURSOR : STYLE_NORMAL, "");
	canvas_text(canvas, row, 1, CODE_WIDTH - 1, style, line->unit);
	if (names)
		canvas_text(canvas, row, 1 + CODE_WIDTH, names - 1, style, line->name);
	text_format(&text, "%s %s", local_weekday(line->weekday),
		local_span(line->start, line->end, span));
	canvas_text(canvas, row, column, TIME_WIDTH - 1, style, text_get(&text));
	draw_bar(self, canvas, row, column + TIME_WIDTH, style, line);
	text_clear(&text);
	format_families(line, &text);
	text_add(&text, "  ");
	format_change(self, line, &text);
	if (line->is_alternative)
		text_format(&text, "  %s", _("(instead)"));
	column += TIME_WIDTH + BAR_WIDTH + 1;
	canvas_text(canvas, row, column, canvas->columns - column - 1, style, text_get(&text));
	text_release(&text);
}

static void draw_lines(const struct advice_screen *self, const struct canvas *canvas)
{
	struct canvas rows =
		canvas_part(canvas, TITLE_ROWS, 0, canvas->rows - TITLE_ROWS, canvas->columns);
	int top = list_top(&self->list, rows.rows);
	const char *empty = NULL;

	if (self->advice.is_hidden)
		empty = _("too few calls for figures that tell of nobody");
	else if (self->advice.calls == 0)
		empty = _("no call of this time needed a meeting");
	else if (self->list.count == 0)
		empty = _("no hole more would have helped");
	if (empty) {
		canvas_text(&rows, 0, 2, rows.columns - 4, STYLE_QUIET, empty);
		return;
	}
	draw_headings(canvas);
	for (int row = 0; row < rows.rows && top + row < self->list.count; row++)
		draw_line(self, &rows, row, top + row);
}

static void advice_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct advice_screen *self = (const struct advice_screen *)screen;

	(void)ui;
	draw_title(self, canvas);
	if (self->is_done)
		draw_lines(self, canvas);
	else
		draw_progress(self, canvas);
}

/* ---- An own try. ---- */

static const char *weekday_choice(int value)
{
	return value < 7 ? local_weekday(value + 1) : NULL;
}

static const struct field try_fields[] = {
	{ "unit", N_("Unit"), FIELD_TEXT, 0, 1, NULL, N_("its code") },
	{ "weekday", N_("Weekday"), FIELD_CHOICE, 1, 1, weekday_choice, NULL },
	{ "start", N_("from"), FIELD_TEXT, 1, 1, NULL, "12" },
	{ "end", N_("to"), FIELD_TEXT, 1, 1, NULL, "13" },
	{ 0 },
};

static void say_what_if(
	struct advice_screen *self, const struct slot *slot, const struct what_if *what_if)
{
	char span[LOCALTEXT_SIZE], before[16], after[16];
	struct text text = { 0 };

	text_format(&text, "%s %s %s: ", slot->unit, local_weekday(slot->weekday),
		local_span(slot->start, slot->end, span));
	if (what_if->is_hidden) {
		text_add(&text, _("too few calls for figures that tell of nobody"));
	} else {
		if (what_if->with.earlier == FIGURE_HIDDEN)
			text_add(&text, _("fewer than 5 families would have met earlier"));
		else
			text_format(&text,
				P_("%d family would have met earlier",
					"%d families would have met earlier",
					what_if->with.earlier),
				what_if->with.earlier);
		text_add(&text, ", ");
		text_format(&text, _("median %s → %s d"),
			days_text(what_if->without.median, before),
			days_text(what_if->with.waits.median, after));
	}
	snprintf(self->tried, sizeof(self->tried), "%s", text_get(&text));
	utf8_trim(self->tried);
	text_release(&text);
}

static bool submit_try(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct advice_screen *self = context;
	const char *start = form_text(form, "start"), *end = form_text(form, "end");
	struct slot slot = { .unit = form_text(form, "unit"),
		.weekday = form_value(form, "weekday") + 1,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
	struct what_if what_if;

	if (!slot.unit)
		return error_set(err, ERROR_INVALID, _("which unit? write its code"));
	if (!start || !end || !minute_parse(start, &slot.start) || !minute_parse(end, &slot.end))
		return error_set(
			err, ERROR_INVALID, _("from when to when? write as in 13 or 13:30"));
	if (!plan_what_if(ui->session, &slot, &self->period, &what_if, err))
		return false;
	say_what_if(self, &slot, &what_if);
	return true;
}

static struct next ask_try(struct advice_screen *self, const struct advice_line *line)
{
	char minute[LOCALTEXT_SIZE];
	struct form *form;
	struct screen *screen =
		form_dialog_new(&(struct form_dialog) { .title = _("What if there were a hole"),
					.fields = try_fields,
					.submit = submit_try,
					.context = self },
			&form);

	form_set_value(form, "weekday", line ? line->weekday - 1 : 0);
	if (line) {
		form_set_text(form, "unit", line->unit);
		form_set_text(form, "start", local_minute(line->start, minute));
		form_set_text(form, "end", local_minute(line->end, minute));
	}
	return next_push(screen);
}

/* ---- What keys do. ---- */

static struct next show_period(struct advice_screen *self, int days)
{
	stop(self);
	self->tried[0] = '\0';
	self->period.from_day += days;
	self->period.until_day += days;
	self->screen.is_read = false;
	return next_stay();
}

static struct next advice_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct advice_screen *self = (struct advice_screen *)screen;
	bool has_line = self->is_done && self->list.count > 0;

	self->list.rows = ui->rows - TITLE_ROWS;
	switch (action) {
	case ACTION_BACK:
		return next_back();
	case ACTION_EARLIER:
		return show_period(self, -PLANNING_DAYS);
	case ACTION_LATER:
		if (self->period.until_day + PLANNING_DAYS <= session_today(ui->session))
			return show_period(self, PLANNING_DAYS);
		return next_stay();
	case ACTION_ANEW:
		return show_period(self, 0);
	case ACTION_TRY:
		return ask_try(self, NULL);
	case ACTION_TRY_THIS:
		return ask_try(self, has_line ? &self->advice.lines[self->list.cursor] : NULL);
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void advice_free(struct screen *screen)
{
	struct advice_screen *self = (struct advice_screen *)screen;

	advice_end(self->run);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_TRY_THIS, NULL, N_("another time") },
	{ PRESS_CHARACTER + 'w', ACTION_TRY, NULL, N_("what if") },
	{ PRESS_LEFT, ACTION_EARLIER, "←", N_("year before") },
	{ PRESS_RIGHT, ACTION_LATER, "→", N_("year after") },
	{ PRESS_CHARACTER + 'r', ACTION_ANEW, NULL, N_("anew") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("What if"),
	.keys = keys,
	.draw = advice_draw,
	.act = advice_act,
	.read = advice_read,
	.tick = advice_tick,
	.free = advice_free,
};

struct screen *advice_screen_new(void)
{
	struct advice_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
