/* One respondent's feedback, asked question by question: on the phone, from paper. */
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/feedback.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"
#include "widgets/editor_internal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define ANSWER_WIDTH 20
#define HEAD_ROWS    2
#define TEXT_ROWS    3

struct feedback_form_screen {
	struct screen screen;
	struct arena arena;
	struct feedback_form form;
	struct feedback feedback; /* its answers are these */
	struct feedback_answer answers[FEEDBACK_QUESTIONS];
	struct editor editor; /* of the text */
	int focus;	      /* a question */
	bool is_dirty;
};

enum { ACTION_KEEP = 1, ACTION_BACK };

static const struct feedback_question *question_at(const struct feedback_form_screen *self)
{
	return &self->form.questions[self->focus];
}

static bool is_text(const struct feedback_form_screen *self, int at)
{
	return self->form.questions[at].scale == SCALE_TEXT;
}

/* ---- What it shows. ---- */

static const char *face_of(int value)
{
	return value == 1 ? _(":-(  sad") : value == 2 ? _(":-|  neutral") : _(":-)  smile");
}

static const char *answer_text(
	const struct feedback_form_screen *self, int at, char to[ANSWER_WIDTH * 4])
{
	const struct feedback_answer *answer = &self->answers[at];
	enum scale scale = self->form.questions[at].scale;

	if (!answer->is_given)
		snprintf(to, ANSWER_WIDTH * 4, "%s", term_label(&scale_terms, (int)scale));
	else if (!answer->is_known)
		snprintf(to, ANSWER_WIDTH * 4, "%s", _("doesn't know"));
	else if (scale == SCALE_FACES)
		snprintf(to, ANSWER_WIDTH * 4, "%s", face_of(answer->value));
	else if (scale == SCALE_YES_NO)
		snprintf(to, ANSWER_WIDTH * 4, "%s", answer->value ? _("yes") : _("no"));
	else
		snprintf(to, ANSWER_WIDTH * 4, "%d", answer->value);
	return to;
}

/* Returns the next row. */
static int draw_question(
	const struct feedback_form_screen *self, const struct canvas *canvas, int row, int at)
{
	const struct feedback_question *question = &self->form.questions[at];
	bool has_focus = at == self->focus;
	enum style style = has_focus ? STYLE_CURSOR : STYLE_NORMAL;
	const char *text = question->texts[message_language()];
	int width = canvas->columns - ANSWER_WIDTH - 4;
	char answer[ANSWER_WIDTH * 4];
	struct canvas box;

	if (!is_text(self, at)) {
		canvas_text(canvas, row, canvas->columns - ANSWER_WIDTH - 1, ANSWER_WIDTH,
			self->answers[at].is_given ? STYLE_STRONG : STYLE_QUIET,
			answer_text(self, at, answer));
		return row + canvas_wrapped(canvas, row, 1, width, style, text);
	}
	row += canvas_wrapped(canvas, row, 1, canvas->columns - 2, style, text);
	box = canvas_part(canvas, row, 1, TEXT_ROWS, canvas->columns - 2);
	editor_draw(&self->editor, &box, has_focus);
	return row + TEXT_ROWS;
}

static const char *about(const struct feedback_form_screen *self, struct arena *arena)
{
	char month[LOCALTEXT_SIZE];

	if (self->feedback.meeting_id)
		return arena_printf(arena, _("meeting %lld, %s%s%s"),
			(long long)self->feedback.meeting_id,
			term_label(&respondent_terms, (int)self->feedback.respondent),
			self->feedback.unit ? ", " : "",
			self->feedback.unit ? self->feedback.unit : "");
	return arena_printf(
		arena, "%s, %s", self->feedback.unit, local_month(self->feedback.month, month));
}

static void form_draw_all(
	const struct screen *screen, const struct ui *ui, const struct canvas *canvas)
{
	const struct feedback_form_screen *self = (const struct feedback_form_screen *)screen;
	struct arena arena = { 0 };
	int row = HEAD_ROWS;

	(void)ui;
	canvas_text(canvas, 0, 1, canvas->columns - 2, STYLE_STRONG,
		arena_printf(&arena, "%s: %s", self->form.texts[message_language()],
			about(self, &arena)));
	for (size_t i = 0; i < self->form.question_count && row < canvas->rows; i++)
		row = draw_question(self, canvas, row, (int)i);
	arena_release(&arena);
}

/* ---- What keys do. ---- */

static void set_value(struct feedback_form_screen *self, bool is_known, int value)
{
	self->answers[self->focus] =
		(struct feedback_answer) { .is_given = true, .is_known = is_known, .value = value };
	self->is_dirty = true;
}

/* A digit is the answer; one behind another makes a number as far as the scale goes. */
static void type_digit(struct feedback_form_screen *self, int digit)
{
	struct feedback_answer *answer = &self->answers[self->focus];
	enum scale scale = question_at(self)->scale;
	int longer = answer->value * 10 + digit;

	if (answer->is_given && answer->is_known && answer->value > 0
		&& longer <= scale_most(scale))
		set_value(self, true, longer);
	else if (digit >= scale_least(scale) && digit <= scale_most(scale))
		set_value(self, true, digit);
}

static void type_character(struct feedback_form_screen *self, char c)
{
	if (c >= '0' && c <= '9')
		type_digit(self, c - '0');
	else if (c == '-')
		set_value(self, false, 0);
	else if (c == ' ')
		self->answers[self->focus] = (struct feedback_answer) { 0 };
	else if (question_at(self)->scale == SCALE_YES_NO && (c == 'k' || c == 'j' || c == 'y'))
		set_value(self, true, 1);
	else if (question_at(self)->scale == SCALE_YES_NO && (c == 'e' || c == 'n'))
		set_value(self, true, 0);
}

static void move(struct feedback_form_screen *self, int by)
{
	int focus = self->focus + by;

	if (focus >= 0 && focus < (int)self->form.question_count)
		self->focus = focus;
}

static struct next keep(struct feedback_form_screen *self, struct ui *ui)
{
	struct error err;
	int64_t id;

	for (size_t i = 0; i < self->form.question_count; i++) {
		if (is_text(self, (int)i)) {
			const char *text = editor_get(&self->editor);

			self->answers[i].is_given = !text_is_blank(text);
			self->answers[i].text = text_is_blank(text) ? NULL : text;
		}
	}
	if (!feedback_add(ui->session, &self->feedback, &id, &err)) {
		ui_fail(ui, &err);
		return next_stay();
	}
	ui_say(ui, "%s", _("kept; what is shown is of all together only"));
	return next_back();
}

static struct next leave(struct ui *ui, void *context)
{
	(void)ui;
	(void)context;
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

static struct next form_act(struct screen *screen, struct ui *ui, int action, const struct key *key)
{
	struct feedback_form_screen *self = (struct feedback_form_screen *)screen;
	bool changed = false;

	if (action == ACTION_KEEP)
		return keep(self, ui);
	if (action == ACTION_BACK)
		return self->is_dirty ? next_push(confirm_new(_("Leave"),
			       _("What was answered here is not kept. Leave?"), leave, self))
				      : next_back();
	if (key->press == PRESS_UP || key->press == PRESS_BACKTAB) {
		move(self, -1);
	} else if (key->press == PRESS_DOWN || key->press == PRESS_TAB
		   || key->press == PRESS_ENTER) {
		move(self, 1);
	} else if (is_text(self, self->focus)) {
		editor_key(&self->editor, key, &changed);
		self->is_dirty = self->is_dirty || changed;
	} else if (key->press == PRESS_TEXT && !key->text[1]) {
		type_character(self, key->text[0]);
	}
	return next_stay();
}

static void form_free(struct screen *screen)
{
	struct feedback_form_screen *self = (struct feedback_form_screen *)screen;

	editor_release(&self->editor);
	arena_release(&self->arena);
	free(self);
}

static void form_resize_all(struct screen *screen, const struct ui *ui)
{
	((struct feedback_form_screen *)screen)->editor.width = ui->columns - 2;
}

static const struct key_binding keys[] = {
	{ PRESS_CONTROL + 'S', ACTION_KEEP, NULL, N_("keep it") },
	{ PRESS_FUNCTION + 9, 0, "0-9", N_("answer") },
	{ PRESS_FUNCTION + 9, 0, "-", N_("doesn't know") },
	{ PRESS_FUNCTION + 9, 0, "↓", N_("next question") },
	{ PRESS_ESC, ACTION_BACK, NULL, N_("back") },
	{ 0 },
};

static const struct screen_ops ops = {
	.title = "",
	.keys = keys,
	.takes_text = true,
	.draw = form_draw_all,
	.act = form_act,
	.resize = form_resize_all,
	.free = form_free,
};

struct screen *feedback_form_screen_new(
	struct ui *ui, const struct feedback *feedback, struct error *err)
{
	struct feedback_form_screen *self = memory_new(sizeof(*self));

	if (!feedback_form_get(ui->session, feedback->form, &self->arena, &self->form, err)) {
		form_free(&self->screen);
		return NULL;
	}
	assert(self->form.question_count <= FEEDBACK_QUESTIONS);
	self->screen.ops = &ops;
	self->editor.is_multiline = true;
	self->feedback = *feedback;
	self->feedback.form = self->form.code;
	self->feedback.unit = arena_text(&self->arena, feedback->unit);
	self->feedback.answers = self->answers;
	return &self->screen;
}

struct screen *feedback_of_unit_new(struct ui *ui, const char *unit, struct month month)
{
	struct feedback feedback = { .form = "unit",
		.respondent = RESPONDENT_UNIT,
		.unit = unit,
		.month = month,
		.number = 1 };
	struct error err;
	struct screen *screen = feedback_form_screen_new(ui, &feedback, &err);

	if (!screen)
		ui_fail(ui, &err);
	return screen;
}
