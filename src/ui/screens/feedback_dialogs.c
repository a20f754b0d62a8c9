/* Whose feedback it is, before it is asked for. */
#include "kutsu/base/memory.h"
#include "kutsu/service/feedback.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"

#include <stdlib.h>

/* The forms to choose from; what is asked next lives with it. */
struct form_choice {
	struct arena arena;
	struct feedback_form_list forms;
	struct menu_item items[FEEDBACK_QUESTIONS + 1];
	const char *unit; /* a contact's, or NULL */
};

struct who_asked {
	struct arena arena;
	struct feedback_form copy;
};

static void free_choice(void *context)
{
	struct form_choice *self = context;

	arena_release(&self->arena);
	free(self);
}

static void free_asked(void *context)
{
	struct who_asked *self = context;

	arena_release(&self->arena);
	free(self);
}

static const struct field meeting_fields[] = {
	{ "meeting", N_("Meeting"), FIELD_TEXT, 0, 1, NULL, N_("its number, as in views 4 and 5") },
	{ "number", N_("Which one"), FIELD_TEXT, 1, 1, NULL,
		N_("2 for the second guardian, child...") },
	{ 0 },
};

static const char *who_choice(int value)
{
	return value == 0   ? term_label(&respondent_terms, RESPONDENT_GUARDIAN)
	       : value == 1 ? term_label(&respondent_terms, RESPONDENT_YOUNG_PERSON)
			    : NULL;
}

static const struct field family_fields[] = {
	{ "meeting", N_("Meeting"), FIELD_TEXT, 0, 1, NULL, N_("its number, as in views 4 and 5") },
	{ "who", N_("Who answers"), FIELD_CHOICE, 1, 1, who_choice, NULL },
	{ "number", N_("Which one"), FIELD_TEXT, 2, 1, NULL,
		N_("2 for the second guardian, child...") },
	{ 0 },
};

static const struct field worker_fields[] = {
	{ "meeting", N_("Meeting"), FIELD_TEXT, 0, 1, NULL, N_("its number, as in views 4 and 5") },
	{ "unit", N_("Unit"), FIELD_TEXT, 1, 1, NULL, N_("its code") },
	{ 0 },
};

static const struct field unit_fields[] = {
	{ "unit", N_("Unit"), FIELD_TEXT, 0, 1, NULL, N_("its code") },
	{ "month", N_("Month"), FIELD_TEXT, 1, 1, NULL, N_("as in 2026-11") },
	{ 0 },
};

static bool is_two_of(const struct feedback_form *form)
{
	return (form->respondents & 1u << RESPONDENT_GUARDIAN)
	       && (form->respondents & 1u << RESPONDENT_YOUNG_PERSON);
}

static const struct field *fields_of(const struct feedback_form *form)
{
	if (feedback_form_respondent(form) == RESPONDENT_UNIT)
		return unit_fields;
	if (feedback_form_respondent(form) == RESPONDENT_WORKER)
		return worker_fields;
	return is_two_of(form) ? family_fields : meeting_fields;
}

static bool read_who(const struct who_asked *self, const struct form *form,
	struct feedback *feedback, struct error *err)
{
	enum respondent respondent = feedback_form_respondent(&self->copy);
	const char *month = NULL;
	int meeting = 0;

	*feedback = (struct feedback) {
		.form = self->copy.code, .respondent = respondent, .number = 1
	};
	if (respondent == RESPONDENT_UNIT) {
		month = form_text(form, "month");
		feedback->unit = form_text(form, "unit");
		return (month && month_parse(month, &feedback->month))
		       || error_set(err, ERROR_INVALID,
			       _("\"%.40s\" is no month; write it as in 2026-11"),
			       month ? month : "");
	}
	if (!form_number(form, "meeting", 1, 999999999, &meeting, err))
		return false;
	feedback->meeting_id = meeting;
	if (respondent == RESPONDENT_WORKER) {
		feedback->unit = form_text(form, "unit");
		return true;
	}
	if (is_two_of(&self->copy) && form_value(form, "who") == 1)
		feedback->respondent = RESPONDENT_YOUNG_PERSON;
	return form_number(form, "number", 1, FEEDBACK_NUMBERS, &feedback->number, err);
}

/* The form follows in the dialog's place. */
static bool submit_who(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct who_asked *self = context;
	struct feedback feedback;
	struct screen *screen;

	if (!read_who(self, form, &feedback, err))
		return false;
	if (feedback.respondent != RESPONDENT_UNIT && !feedback.meeting_id)
		return error_set(err, ERROR_INVALID, _("which meeting? write its number"));
	screen = feedback_form_screen_new(ui, &feedback, err);
	if (!screen)
		return false;
	ui->chosen = screen;
	return true;
}

static struct screen *then_ask(struct ui *ui, void *context)
{
	struct screen *screen = ui->chosen;

	(void)context;
	ui->chosen = NULL;
	return screen;
}

struct screen *feedback_who_dialog_new(
	struct ui *ui, const struct feedback_form *form, const char *unit)
{
	struct who_asked *self = memory_new(sizeof(*self));
	struct month last = month_add(day_month(session_today(ui->session)), -1);
	char month[DAY_TEXT_SIZE];
	struct screen *screen;
	struct form *asked;

	self->copy = *form;
	self->copy.code = arena_text(&self->arena, form->code);
	screen = form_dialog_new(
		&(struct form_dialog) {
			.title = form->texts[message_language()],
			.fields = fields_of(form),
			.submit = submit_who,
			.free_context = free_asked,
			.context = self,
			.then = then_ask,
		},
		&asked);
	if (fields_of(form) == unit_fields)
		form_set_text(asked, "month", month_format_iso(last, month));
	if (unit && (fields_of(form) == unit_fields || fields_of(form) == worker_fields))
		form_set_text(asked, "unit", unit);
	if (fields_of(form) == family_fields)
		form_set_value(asked, "who", 0);
	return screen;
}

static struct next choose_form(struct ui *ui, void *context, int value)
{
	const struct form_choice *self = context;

	return (struct next) { .kind = NEXT_REPLACE,
		.screen = feedback_who_dialog_new(ui, &self->forms.items[value], self->unit) };
}

/* A contact enters what workers and units say. */
static bool may_enter(const struct ui *ui, const struct feedback_form *form)
{
	enum respondent respondent = feedback_form_respondent(form);

	return session_may(ui->session, USE_FEEDBACK_LIST) || respondent == RESPONDENT_WORKER
	       || respondent == RESPONDENT_UNIT;
}

struct screen *feedback_menu_new(struct ui *ui, const char *unit)
{
	struct form_choice *self = memory_new(sizeof(*self));
	struct error err;
	int count = 0;

	if (!feedback_forms(ui->session, &self->arena, &self->forms, &err)) {
		ui_fail(ui, &err);
		free_choice(self);
		return NULL;
	}
	self->unit = arena_text(&self->arena, unit);
	for (size_t i = 0; i < self->forms.count && count < 9; i++) {
		if (!may_enter(ui, &self->forms.items[i]))
			continue;
		self->items[count] = (struct menu_item) { (char)('1' + count),
			self->forms.items[i].texts[message_language()], (int)i };
		count++;
	}
	return menu_new(_("Whose feedback?"), self->items, choose_form, free_choice, self);
}
