/* Palaute: what was said in a month, of all together; who has not answered yet. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/utf8.h"
#include "kutsu/domain/figures.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/feedback.h"
#include "kutsu/service/learning.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TITLE_ROWS  2
#define VALUE_WIDTH 9
#define N_WIDTH	    8
#define BAR_WIDTH   20
#define BAR_LEAST   60 /* columns of a screen with bars */

enum row_kind { ROW_HEADING, ROW_LINE, ROW_SUM, ROW_UNIT, ROW_TEXT };

struct row_of {
	enum row_kind kind;
	enum style style;
	const char *text;
	const struct feedback_sum *sum;
	const struct feedback_text *said;
	const struct feedback_turn *turn;
};

struct feedback_screen {
	struct screen screen;
	struct arena arena;
	struct month month; /* year 0 before it is first read */
	struct feedback_view view;
	struct feedback_round round;
	int due_day;
	bool begins_at_units; /* the cursor goes to the first that is missing */
	bool is_logged;	      /* the log has the look at this month */
	struct row_of *rows;
	size_t count;
	struct list list;
};

enum {
	ACTION_EARLIER = 1,
	ACTION_LATER,
	ACTION_ADD,
	ACTION_OBSERVE,
	ACTION_CHAIN,
	ACTION_OPEN,
	ACTION_EXPORT,
	ACTION_BACK
};

static void add(struct feedback_screen *self, struct row_of row)
{
	self->rows = arena_append(&self->arena, self->rows, &self->count, sizeof(row));
	self->rows[self->count - 1] = row;
}

static void add_heading(struct feedback_screen *self, const char *text)
{
	if (self->count)
		add(self, (struct row_of) { .kind = ROW_LINE, .text = "" });
	add(self, (struct row_of) { .kind = ROW_HEADING, .style = STYLE_STRONG, .text = text });
}

/* ---- What is read. ---- */

static void add_rate(
	struct feedback_screen *self, const char *who, const struct feedback_rate *rate)
{
	const char *answered = rate->asked < 0 ? ".."
					       : arena_printf(&self->arena, _("%d of %d answered"),
						       rate->answered, rate->asked);

	add(self, (struct row_of) { .kind = ROW_LINE,
			  .text = arena_printf(&self->arena, "%s: %s", who, answered) });
}

static void add_rates(struct feedback_screen *self)
{
	add_heading(self, _("Who has answered"));
	add_rate(self, _("families, of meetings"), &self->view.rates.family);
	add_rate(self, _("children of 7 to 12, of meetings"), &self->view.rates.child);
	add_rate(self, _("workers, of units that came"), &self->view.rates.worker);
	add_rate(self, _("units, of the month"), &self->view.rates.unit);
}

static void add_sums(struct feedback_screen *self)
{
	const char *form = "";

	for (size_t i = 0; i < self->view.sums.count; i++) {
		const struct feedback_sum *sum = &self->view.sums.items[i];

		if (strcmp(form, sum->form) != 0)
			add_heading(self, sum->form_texts[message_language()]);
		form = sum->form;
		add(self, (struct row_of) { .kind = ROW_SUM,
				  .text = sum->texts[message_language()],
				  .sum = sum });
	}
}

static void add_texts(struct feedback_screen *self, bool may_pick)
{
	if (self->view.texts.count)
		add_heading(self, may_pick ? _("In their own words: + is in the month's report")
					   : _("In their own words"));
	for (size_t i = 0; i < self->view.texts.count; i++) {
		const struct feedback_text *said = &self->view.texts.items[i];

		add(self, (struct row_of) { .kind = ROW_TEXT,
				  .said = said,
				  .style = said->picked ? STYLE_GOOD : STYLE_NORMAL,
				  .text = arena_printf(&self->arena, "%s %s",
					  said->picked ? "+" : " ",
					  said->picked ? said->picked : said->text) });
	}
}

static void add_round(struct feedback_screen *self, int today)
{
	char day[LOCALTEXT_SIZE];
	int missing = 0;

	for (size_t i = 0; i < self->round.count; i++)
		missing += self->round.items[i].day == DAY_LAST;
	if (!self->round.count)
		return;
	add_heading(self, arena_printf(&self->arena,
				  _("The units' monthly feedback: %d of %zu missing, due %s"),
				  missing, self->round.count, local_day(self->due_day, day)));
	for (size_t i = 0; i < self->round.count; i++) {
		const struct feedback_turn *turn = &self->round.items[i];

		if (turn->day != DAY_LAST)
			continue;
		add(self, (struct row_of) { .kind = ROW_UNIT,
				  .turn = turn,
				  .style = self->due_day < today ? STYLE_TROUBLE : STYLE_NOTICE,
				  .text = arena_printf(
					  &self->arena, "%-12s %s", turn->unit, turn->name) });
	}
}

static void choose_unit(struct feedback_screen *self)
{
	self->begins_at_units = false;
	for (size_t i = 0; i < self->count; i++) {
		if (self->rows[i].kind == ROW_UNIT) {
			self->list.cursor = (int)i;
			return;
		}
	}
}

static bool feedback_read_all(struct screen *screen, struct ui *ui, struct error *err)
{
	struct feedback_screen *self = (struct feedback_screen *)screen;
	bool may_look = session_may(ui->session, USE_FEEDBACK_LOOK);

	if (!self->month.year)
		self->month = day_month(session_today(ui->session));
	arena_reset(&self->arena);
	self->rows = NULL;
	self->count = 0;
	if (may_look
		&& !feedback_look(ui->session, self->is_logged ? LOOK_AGAIN : LOOK_NEW, self->month,
			&self->arena, &self->view, err))
		return false;
	self->is_logged = true;
	if (!feedback_round_look(
		    ui->session, self->month, &self->arena, &self->round, &self->due_day, err))
		return false;
	if (may_look) {
		add_rates(self);
		add_sums(self);
		add_texts(self, session_may(ui->session, USE_FEEDBACK_PICK));
	}
	add_round(self, session_today(ui->session));
	list_set_count(&self->list, (int)self->count);
	if (self->begins_at_units)
		choose_unit(self);
	return true;
}

/* ---- How it is drawn. ---- */

static const char *value_of(const struct feedback_sum *sum, char to[LOCALTEXT_SIZE])
{
	if (sum->sum < 0)
		return "..";
	if (sum->count == 0)
		return "-";
	if (sum->scale == SCALE_RECOMMEND) {
		snprintf(to, LOCALTEXT_SIZE, "NPS %+d",
			nps_of(sum->promoters, sum->detractors, sum->count));
		return to;
	}
	return local_tenths((20 * sum->sum + sum->count) / (2 * sum->count), to);
}

static void draw_bar(
	const struct canvas *canvas, int row, int column, const struct feedback_sum *sum)
{
	int most = scale_most(sum->scale) * sum->count, length;

	if (sum->sum <= 0 || most <= 0)
		return;
	length = sum->sum * BAR_WIDTH / most;
	for (int i = 0; i < length; i++)
		canvas_text(canvas, row, column + i, 1, STYLE_GOOD, canvas->utf8 ? "█" : "#");
}

static void draw_sum(
	const struct canvas *canvas, int row, enum style style, const struct row_of *item)
{
	bool has_bar = canvas->columns >= BAR_LEAST;
	int right = has_bar ? BAR_WIDTH + 2 : 0;
	int label = canvas->columns - VALUE_WIDTH - N_WIDTH - right - 3;
	char value[LOCALTEXT_SIZE], count[FIGURE_TEXT_SIZE], n[32];

	canvas_row(canvas, row, 2, label, style, item->text);
	canvas_right(canvas, row, 2 + label, VALUE_WIDTH, STYLE_STRONG, value_of(item->sum, value));
	snprintf(n, sizeof(n), "n = %s", figure_format(item->sum->count, count));
	canvas_right(canvas, row, 2 + label + VALUE_WIDTH, N_WIDTH, STYLE_QUIET, n);
	if (has_bar)
		draw_bar(canvas, row, 2 + label + VALUE_WIDTH + N_WIDTH + 1, item->sum);
}

static void draw_row(
	const struct feedback_screen *self, const struct canvas *canvas, int row, int at)
{
	const struct row_of *item = &self->rows[at];
	enum style style = at == self->list.cursor ? STYLE_CURSOR : item->style;

	if (item->kind == ROW_SUM)
		draw_sum(canvas, row, style, item);
	else
		canvas_row(canvas, row, item->kind == ROW_HEADING ? 1 : 2, canvas->columns - 3,
			style, item->text);
}

static void feedback_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct feedback_screen *self = (const struct feedback_screen *)screen;
	struct canvas inside =
		canvas_part(canvas, TITLE_ROWS, 0, canvas->rows - TITLE_ROWS, canvas->columns);
	int top = list_top(&self->list, inside.rows);
	char month[LOCALTEXT_SIZE];

	(void)ui;
	canvas_text(
		canvas, 0, 1, canvas->columns - 2, STYLE_STRONG, local_month(self->month, month));
	for (int row = 0; row < inside.rows && top + row < (int)self->count; row++)
		draw_row(self, &inside, row, top + row);
}

/* ---- What keys do. ---- */

static struct next show_month(struct feedback_screen *self, int by)
{
	self->month = month_add(self->month, by);
	self->is_logged = false;
	self->list.cursor = 0;
	self->screen.is_read = false;
	return next_stay();
}

static const struct field pick_fields[] = {
	{ "text", N_("In the report"), FIELD_AREA, 0, 1, NULL,
		N_("empty: not in the report; take names out") },
	{ 0 },
};

struct pick {
	struct month month;
	char id[FEEDBACK_TEXT_ID_SIZE];
};

static bool submit_pick(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct pick *self = context;
	const char *text = form_text(form, "text");

	if (!feedback_pick(ui->session, self->month, self->id, text ? text : "", err))
		return false;
	ui_say(ui, "%s", text ? _("it is in the month's report") : _("it is not in the report"));
	return true;
}

static struct next pick(const struct feedback_screen *self, const struct feedback_text *said)
{
	struct pick *context = memory_new(sizeof(*context));
	struct screen *screen;
	struct form *form;

	context->month = self->month;
	feedback_text_id(said, context->id);
	screen = form_dialog_new(&(struct form_dialog) { .title = _("For the month's report"),
					 .fields = pick_fields,
					 .submit = submit_pick,
					 .free_context = free,
					 .context = context },
		&form);
	form_set_text(form, "text", said->picked ? said->picked : said->text);
	return next_push(screen);
}

static struct next ask_unit(const struct feedback_screen *self, struct ui *ui, const char *unit)
{
	struct screen *screen = feedback_of_unit_new(ui, unit, self->month);

	return screen ? next_push(screen) : next_stay();
}

static struct next open_row(const struct feedback_screen *self, struct ui *ui)
{
	const struct row_of *item = self->count ? &self->rows[self->list.cursor] : NULL;

	if (item && item->said && session_may(ui->session, USE_FEEDBACK_PICK))
		return pick(self, item->said);
	if (item && item->turn && session_may(ui->session, USE_FEEDBACK_ADD))
		return ask_unit(self, ui, item->turn->unit);
	ui_say(ui, "%s", _("on what somebody wrote: for the report; on a unit: its feedback"));
	return next_stay();
}

static struct next feedback_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct feedback_screen *self = (struct feedback_screen *)screen;
	struct month now = day_month(session_today(ui->session));
	struct screen *menu;

	/* In a window that is too small nothing was read yet. */
	if (!self->month.year)
		return next_stay();
	self->list.rows = ui->rows - TITLE_ROWS;
	switch (action) {
	case ACTION_EARLIER:
		return show_month(self, -1);
	case ACTION_LATER:
		return self->month.year * 12 + self->month.month < now.year * 12 + now.month
			       ? show_month(self, 1)
			       : next_stay();
	case ACTION_ADD:
		menu = feedback_menu_new(ui, NULL);
		return menu ? next_push(menu) : next_stay();
	case ACTION_OBSERVE:
		return next_push(observation_dialog_new());
	case ACTION_CHAIN:
		return next_push(learning_screen_new());
	case ACTION_OPEN:
		return open_row(self, ui);
	case ACTION_EXPORT:
		return next_push(export_dialog_new(ui, EXPORT_FEEDBACK, NULL));
	case ACTION_BACK:
		return next_back();
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void feedback_free(struct screen *screen)
{
	struct feedback_screen *self = (struct feedback_screen *)screen;

	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_CHARACTER + 'a', ACTION_ADD, NULL, N_("give feedback") },
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("choose") },
	{ PRESS_CHARACTER + 'h', ACTION_OBSERVE, NULL, N_("observation") },
	{ PRESS_CHARACTER + 'l', ACTION_CHAIN, NULL, N_("what was learned") },
	{ PRESS_LEFT, ACTION_EARLIER, "←", N_("month before") },
	{ PRESS_RIGHT, ACTION_LATER, "→", N_("month after") },
	{ PRESS_CHARACTER + 'E', ACTION_EXPORT, NULL, N_("write out") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_ADD, USE_FEEDBACK_ADD },
	{ ACTION_OPEN, USE_FEEDBACK_PICK },
	{ ACTION_OBSERVE, USE_OBSERVATION_ADD },
	{ ACTION_CHAIN, USE_LEARNING_LOOK },
	{ ACTION_EXPORT, USE_EXPORT },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("Feedback"),
	.keys = keys,
	.rights = rights,
	.draw = feedback_draw,
	.act = feedback_act,
	.read = feedback_read_all,
	.free = feedback_free,
};

struct screen *feedback_screen_new(void)
{
	struct feedback_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}

struct screen *feedback_screen_of_month(struct month month)
{
	struct screen *screen = feedback_screen_new();

	((struct feedback_screen *)screen)->month = month;
	((struct feedback_screen *)screen)->begins_at_units = true;
	return screen;
}
