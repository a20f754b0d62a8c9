/* From observation to decision: what there is, and what a person makes of it. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/learning.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/list_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum row_kind { ROW_HEADING, ROW_DECISION, ROW_INITIATIVE, ROW_PHENOMENON, ROW_OBSERVATION };

struct row_of {
	enum row_kind kind;
	enum style style;
	const char *text;
	int64_t id; /* of an observation */
	const struct decision *decision;
	const struct initiative *initiative;
};

struct learning_screen {
	struct screen screen;
	struct arena arena;
	struct row_of *rows;
	size_t count;
	int64_t *marked; /* observations */
	size_t marked_count, marked_room;
	struct list list;
};

enum {
	ACTION_OBSERVE = 1,
	ACTION_MARK,
	ACTION_PHENOMENON,
	ACTION_DECIDE,
	ACTION_OPEN,
	ACTION_BACK
};

/* ---- An observation. ---- */

static const struct field observation_fields[] = {
	{ "text", N_("What"), FIELD_TEXT, 0, 1, NULL, N_("one line, nobody's name") },
	{ "place", N_("Where"), FIELD_TEXT, 1, 1, NULL, N_("a municipality or an area") },
	{ 0 },
};

static bool submit_observation(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct observation observation = { .text = form_text(form, "text"),
		.place = form_text(form, "place") };

	(void)context;
	if (!observation_add(ui->session, &observation, err))
		return false;
	ui_say(ui, "%s", _("written down; nobody knows whose it is"));
	return true;
}

struct screen *observation_dialog_new(void)
{
	struct form *form;

	return form_dialog_new(
		&(struct form_dialog) { .title = _("What have you noticed?"),
			.note = _(
				"In everyday life, about children and families in general. Neither "
				"the database nor the log knows whose it is."),
			.fields = observation_fields,
			.submit = submit_observation },
		&form);
}

/* ---- What is read. ---- */

static void add(struct learning_screen *self, struct row_of row)
{
	self->rows = arena_append(&self->arena, self->rows, &self->count, sizeof(row));
	self->rows[self->count - 1] = row;
}

static void add_heading(struct learning_screen *self, const char *text, size_t count)
{
	add(self, (struct row_of) { .kind = ROW_HEADING,
			  .style = STYLE_STRONG,
			  .text = arena_printf(&self->arena, "%s (%zu)", text, count) });
}

static bool add_decisions(struct learning_screen *self, struct ui *ui, struct error *err)
{
	struct decision_list list;

	if (!decision_list(ui->session, 0, &self->arena, &list, err))
		return false;
	add_heading(self, _("Decisions"), list.count);
	for (size_t i = 0; i < list.count; i++) {
		const struct decision *decision = &list.items[i];
		char day[LOCALTEXT_SIZE];

		add(self, (struct row_of) { .kind = ROW_DECISION,
				  .decision = decision,
				  .style = decision->is_seen ? STYLE_NORMAL : STYLE_NOTICE,
				  .text = arena_printf(&self->arena, "%s  %s  %s",
					  local_day(decision->day, day),
					  arena_printf(&self->arena, _("seen %d/%d"),
						  decision->seen, decision->users),
					  decision->text) });
	}
	return true;
}

static bool add_initiatives(struct learning_screen *self, struct ui *ui, struct error *err)
{
	struct initiative_list list;

	if (!initiative_list(ui->session, &self->arena, &list, err))
		return false;
	add_heading(self, _("Initiatives"), list.count);
	for (size_t i = 0; i < list.count; i++)
		add(self, (struct row_of) { .kind = ROW_INITIATIVE,
				  .initiative = &list.items[i],
				  .text = arena_printf(&self->arena, "%s (%s)  %s",
					  list.items[i].title,
					  term_label(&initiative_status_terms,
						  (int)list.items[i].status),
					  list.items[i].pilot_area) });
	return true;
}

static bool add_phenomena(struct learning_screen *self, struct ui *ui, struct error *err)
{
	struct phenomenon_list list;

	if (!phenomenon_list(ui->session, true, &self->arena, &list, err))
		return false;
	add_heading(self, _("Open phenomena"), list.count);
	for (size_t i = 0; i < list.count; i++)
		add(self,
			(struct row_of) { .kind = ROW_PHENOMENON,
				.text = arena_printf(&self->arena, "%s  (%s)", list.items[i].title,
					arena_printf(&self->arena,
						P_("%d observation", "%d observations",
							list.items[i].observations),
						list.items[i].observations)) });
	return true;
}

static bool is_marked(const struct learning_screen *self, int64_t id)
{
	for (size_t i = 0; i < self->marked_count; i++) {
		if (self->marked[i] == id)
			return true;
	}
	return false;
}

/* Those that look alike have the same letter before them. */
static bool add_observations(struct learning_screen *self, struct ui *ui, struct error *err)
{
	struct observation_list list;
	int *groups;

	if (!session_may(ui->session, USE_OBSERVATION_LIST))
		return true;
	if (!observation_list(ui->session, OBSERVATIONS_UNGROUPED, &self->arena, &list, err))
		return false;
	groups = arena_new(&self->arena, (list.count + 1) * sizeof(*groups));
	observation_suggest(&list, groups);
	add_heading(
		self, _("Observations of no phenomenon; a letter: these look alike"), list.count);
	for (size_t i = 0; i < list.count; i++) {
		const struct observation *observation = &list.items[i];
		char day[LOCALTEXT_SIZE],
			letter = groups[i] ? (char)('A' + (groups[i] - 1) % 26) : ' ';

		add(self, (struct row_of) { .kind = ROW_OBSERVATION,
				  .id = observation->id,
				  .text = arena_printf(&self->arena, "%s %c %s  %s%s%s",
					  is_marked(self, observation->id) ? "[x]" : "[ ]", letter,
					  local_day(observation->day, day), observation->text,
					  observation->place ? ", " : "",
					  observation->place ? observation->place : "") });
	}
	return true;
}

static bool learning_read(struct screen *screen, struct ui *ui, struct error *err)
{
	struct learning_screen *self = (struct learning_screen *)screen;

	arena_reset(&self->arena);
	self->rows = NULL;
	self->count = 0;
	if (!add_decisions(self, ui, err) || !add_initiatives(self, ui, err)
		|| !add_phenomena(self, ui, err) || !add_observations(self, ui, err))
		return false;
	list_set_count(&self->list, (int)self->count);
	return true;
}

static void learning_draw(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct learning_screen *self = (const struct learning_screen *)screen;
	int top = list_top(&self->list, canvas->rows);

	(void)ui;
	for (int row = 0; row < canvas->rows && top + row < (int)self->count; row++) {
		const struct row_of *item = &self->rows[top + row];
		enum style style = top + row == self->list.cursor ? STYLE_CURSOR : item->style;

		canvas_row(canvas, row, item->kind == ROW_HEADING ? 1 : 2, canvas->columns - 3,
			style, item->text);
	}
}

/* ---- What keys do. ---- */

static void mark(struct learning_screen *self)
{
	const struct row_of *item = self->count ? &self->rows[self->list.cursor] : NULL;

	if (!item || item->kind != ROW_OBSERVATION)
		return;
	self->screen.is_read = false;
	for (size_t i = 0; i < self->marked_count; i++) {
		if (self->marked[i] == item->id) {
			self->marked[i] = self->marked[--self->marked_count];
			return;
		}
	}
	self->marked = memory_grow(
		self->marked, self->marked_count, &self->marked_room, sizeof(*self->marked));
	self->marked[self->marked_count++] = item->id;
}

static const struct field title_fields[] = {
	{ "title", N_("Phenomenon"), FIELD_TEXT, 0, 1, NULL, N_("what it is, in one line") },
	{ 0 },
};

static bool submit_phenomenon(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct learning_screen *self = context;
	struct phenomenon phenomenon = { .title = form_text(form, "title") };

	if (!phenomenon_add(ui->session, &phenomenon, self->marked, self->marked_count, err))
		return false;
	ui_say(ui, _("phenomenon %lld of %zu observations"), (long long)phenomenon.id,
		self->marked_count);
	self->marked_count = 0;
	return true;
}

static struct next make_phenomenon(struct learning_screen *self, struct ui *ui)
{
	struct form *form;

	if (!self->marked_count) {
		ui_say(ui, "%s", _("mark observations with Space first"));
		return next_stay();
	}
	return next_push(form_dialog_new(&(struct form_dialog) { .title = _("A phenomenon"),
						 .fields = title_fields,
						 .submit = submit_phenomenon,
						 .context = self },
		&form));
}

static const struct field decision_fields[] = {
	{ "text", N_("Decision"), FIELD_AREA, 0, 1, NULL, N_("what is done from now on") },
	{ "reason", N_("Why"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "child", N_("For children"), FIELD_TEXT, 2, 1, NULL, N_("what it means for them") },
	{ "from", N_("From"), FIELD_TEXT, 3, 1, NULL, N_("as in 1.2.; today") },
	{ 0 },
};

static bool submit_decision(struct ui *ui, struct form *form, void *context, struct error *err)
{
	int today = session_today(ui->session);
	struct decision decision = { .text = form_text(form, "text"),
		.reason = form_text(form, "reason"),
		.child_effect = form_text(form, "child"),
		.day = today,
		.target = NO_TARGET,
		.target_day = DAY_LAST };

	(void)context;
	if (!form_day(form, "from", today, today, &decision.from_day, err)
		|| !decision_make(ui->session, &decision, err))
		return false;
	ui_say(ui, "%s", _("everyone sees it from now on, until they have said so"));
	return true;
}

static struct next decide(void)
{
	struct form *form;

	return next_push(form_dialog_new(&(struct form_dialog) { .title = _("A decision"),
						 .fields = decision_fields,
						 .submit = submit_decision },
		&form));
}

static void write_initiative(const struct initiative *initiative, struct text *text)
{
	char day[LOCALTEXT_SIZE];

	text_format(text, "%s (%s)\n\n", initiative->title,
		term_label(&initiative_status_terms, (int)initiative->status));
	text_format(text, "%s, %s\n", initiative->pilot_area, initiative->owner);
	for (size_t i = 0; i < initiative->partner_count; i++)
		text_format(text, "%s%s", i ? ", " : "", initiative->partners[i]);
	text_format(text, "\n\n%s\n\n", initiative->text ? initiative->text : "");
	for (size_t i = 0; i < initiative->step_count; i++) {
		const struct initiative_step *step = &initiative->steps[i];

		text_format(text, "%s %s %s\n",
			step->done_day == DAY_LAST ? _("not done:") : _("done:"),
			step->due_day == DAY_LAST ? "" : local_day(step->due_day, day), step->what);
	}
	for (size_t i = 0; i < initiative->feedback_count; i++) {
		const struct initiative_feedback *feedback = &initiative->feedback[i];

		text_format(text, "\n%s %d/5: %s",
			feedback->is_of_families ? _("families") : _("workers"), feedback->value,
			feedback->text ? feedback->text : "");
	}
}

static struct next open_row(const struct learning_screen *self)
{
	const struct row_of *item = self->count ? &self->rows[self->list.cursor] : NULL;
	struct text text = { 0 };
	struct screen *screen;

	if (!item || item->kind == ROW_HEADING)
		return next_stay();
	if (item->decision)
		text_format(&text, "%s\n\n%s: %s\n\n%s: %s", item->decision->text, _("Why"),
			item->decision->reason, _("What it means for children"),
			item->decision->child_effect);
	else if (item->initiative)
		write_initiative(item->initiative, &text);
	else
		text_add(&text, item->text);
	screen = text_screen_new("", text_get(&text));
	text_release(&text);
	return next_push(screen);
}

static struct next learning_act(
	struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct learning_screen *self = (struct learning_screen *)screen;

	self->list.rows = ui->rows;
	switch (action) {
	case ACTION_OBSERVE:
		return next_push(observation_dialog_new());
	case ACTION_MARK:
		mark(self);
		return next_stay();
	case ACTION_PHENOMENON:
		return make_phenomenon(self, ui);
	case ACTION_DECIDE:
		return decide();
	case ACTION_OPEN:
		return open_row(self);
	case ACTION_BACK:
		return next_back();
	default:
		list_key(&self->list, key);
		return next_stay();
	}
}

static void learning_free(struct screen *screen)
{
	struct learning_screen *self = (struct learning_screen *)screen;

	free(self->marked);
	arena_release(&self->arena);
	free(self);
}

static const struct key_binding keys[] = {
	{ PRESS_ENTER, ACTION_OPEN, NULL, N_("read it") },
	{ PRESS_CHARACTER + 'h', ACTION_OBSERVE, NULL, N_("observation") },
	{ PRESS_CHARACTER + ' ', ACTION_MARK, N_("Space"), N_("mark") },
	{ PRESS_CHARACTER + 'i', ACTION_PHENOMENON, NULL, N_("phenomenon of the marked") },
	{ PRESS_CHARACTER + 'd', ACTION_DECIDE, NULL, N_("decision") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct action_right rights[] = {
	{ ACTION_OBSERVE, USE_OBSERVATION_ADD },
	{ ACTION_MARK, USE_PHENOMENON_KEEP },
	{ ACTION_PHENOMENON, USE_PHENOMENON_KEEP },
	{ ACTION_DECIDE, USE_DECISION_MAKE },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = N_("What was learned"),
	.keys = keys,
	.rights = rights,
	.draw = learning_draw,
	.act = learning_act,
	.read = learning_read,
	.free = learning_free,
};

struct screen *learning_screen_new(void)
{
	struct learning_screen *self = memory_new(sizeof(*self));

	self->screen.ops = &ops;
	return &self->screen;
}
