#include "answer_dialogs_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"

#include <stdlib.h>

/* Lives as long as its dialog. */
struct answer_dialog {
	struct arena arena;
	struct promise_answer answer;
	struct slot slot; /* id 0: an extra hole */
	const char *title;
};

void hole_format(const char *unit, const struct occurrence *hole, struct text *text)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	text_format(text, "%s %s %s", unit, local_short_day(hole->day, day),
		local_span(hole->start, hole->end, span));
}

struct promise_answer answer_of(const char *unit, const struct occurrence *hole)
{
	const struct readiness_answer *answer = hole->answer;
	struct promise_answer again = {
		.unit = unit,
		.day = hole->day,
		.start = hole->start,
		.state = READINESS_UNCONFIRMED,
	};

	if (answer) {
		again.state = answer->state;
		again.note = answer->note;
		again.person = answer->person;
		again.place = answer->place;
	}
	return again;
}

static struct answer_dialog *context_new(const char *unit, const struct occurrence *hole)
{
	struct answer_dialog *self = memory_new(sizeof(*self));
	struct arena *arena = &self->arena;
	struct text title = { 0 };

	self->answer = answer_of(arena_text(arena, unit), hole);
	self->answer.note = arena_text(arena, self->answer.note);
	self->answer.person = arena_text(arena, self->answer.person);
	self->answer.place = arena_text(arena, self->answer.place);
	if (hole->slot) {
		self->slot = *hole->slot;
		self->slot.unit = self->answer.unit;
		self->slot.ready_person = arena_text(arena, hole->slot->ready_person);
		self->slot.deputy = arena_text(arena, hole->slot->deputy);
		self->slot.place = arena_text(arena, hole->slot->place);
	}
	hole_format(unit, hole, &title);
	self->title = arena_text(arena, text_get(&title));
	text_release(&title);
	return self;
}

static void free_dialog(void *context)
{
	struct answer_dialog *self = context;

	arena_release(&self->arena);
	free(self);
}

static struct screen *then_settle(struct ui *ui, void *context)
{
	const struct answer_dialog *self = context;

	return unsettled_screen_of_any(ui, self->answer.unit);
}

static struct screen *open_dialog(struct answer_dialog *self, const char *note,
	const struct field *fields, dialog_submit *submit, struct form **form)
{
	return form_dialog_new(&(struct form_dialog) { .title = self->title,
				       .note = note,
				       .fields = fields,
				       .submit = submit,
				       .free_context = free_dialog,
				       .context = self,
				       .then = then_settle },
		form);
}

static const struct field note_fields[] = {
	{ "note", N_("Reason"), FIELD_TEXT, 0, 1, NULL, N_("training; nothing about health") },
	{ 0 },
};

static bool submit_decline(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct answer_dialog *self = context;
	struct promise_answer answer = self->answer;

	answer.state = READINESS_DECLINED;
	answer.note = form_text(form, "note");
	answer.person = NULL;
	if (!promise_answer_give(ui->session, &answer, err))
		return false;
	ui_say(ui, _("nobody comes: %s; what is booked stays booked"), self->title);
	return true;
}

struct screen *decline_dialog(const char *unit, const struct occurrence *hole)
{
	struct form *form;

	return open_dialog(context_new(unit, hole),
		_("Nobody can come. The hole closes for others; Enter alone gives no reason."),
		note_fields, submit_decline, &form);
}

static const struct field person_fields[] = {
	{ "person", N_("Who goes"), FIELD_TEXT, 0, 1, NULL, N_("a role, as in psychologist") },
	{ 0 },
};

static bool submit_deputy(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct answer_dialog *self = context;
	struct promise_answer answer = self->answer;

	answer.state = READINESS_DEPUTY;
	answer.note = NULL;
	answer.person = form_text(form, "person");
	if (!answer.person)
		return error_set(
			err, ERROR_INVALID, _("who goes? write a role, as in psychologist"));
	if (!promise_answer_give(ui->session, &answer, err))
		return false;
	ui_say(ui, _("%s goes: %s"), answer.person, self->title);
	return true;
}

struct screen *deputy_dialog(const char *unit, const struct occurrence *hole)
{
	struct form *form;

	return open_dialog(context_new(unit, hole), _("The promise names no deputy."),
		person_fields, submit_deputy, &form);
}

enum from_when { THIS_DAY, FROM_THIS_DAY, FROM_WHENS };

static const char *from_when_choice(int value)
{
	return value == THIS_DAY	? _("this day only")
	       : value == FROM_THIS_DAY ? _("from this day on")
					: NULL;
}

static const struct field place_fields[] = {
	{ "place", N_("Place"), FIELD_TEXT, 0, 1, NULL, N_("where, or Teams") },
	{ "when", N_("When"), FIELD_CHOICE, 1, 1, from_when_choice, NULL },
	{ 0 },
};

static const struct field day_place_fields[] = {
	{ "place", N_("Place"), FIELD_TEXT, 0, 1, NULL, N_("where, or Teams") },
	{ 0 },
};

static bool answer_place(
	const struct answer_dialog *self, struct ui *ui, const char *place, struct error *err)
{
	struct promise_answer answer = self->answer;

	answer.place = place;
	return promise_answer_give(ui->session, &answer, err);
}

/* What the day alone had would go over what holds from it on. */
static bool change_place(
	struct answer_dialog *self, struct ui *ui, const char *place, struct error *err)
{
	struct slot slot = self->slot;

	slot.from_day = self->answer.day;
	slot.place = place;
	return promise_change(ui->session, self->slot.id, &slot, err)
	       && (!self->answer.place || answer_place(self, ui, NULL, err));
}

static bool submit_place(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct answer_dialog *self = context;
	const char *place = form_text(form, "place");
	bool from_now = self->slot.id && form_value(form, "when") == FROM_THIS_DAY;

	if (!(from_now ? change_place(self, ui, place, err) : answer_place(self, ui, place, err)))
		return false;
	ui_say(ui,
		from_now ? _("from this day on: %s, %s; before it the promise stays as it was")
			 : _("this day only: %s, %s"),
		self->title, place ? place : _("no place"));
	return true;
}

struct screen *place_dialog(const char *unit, const struct occurrence *hole)
{
	struct answer_dialog *self = context_new(unit, hole);
	struct form *form;
	struct screen *screen = open_dialog(
		self, NULL, self->slot.id ? place_fields : day_place_fields, submit_place, &form);

	form_set_text(form, "place", self->answer.place ? self->answer.place : self->slot.place);
	if (self->slot.id)
		form_set_value(form, "when", THIS_DAY);
	return screen;
}
