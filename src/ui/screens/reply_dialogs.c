#include "reply_dialogs_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/domain/unit.h"
#include "kutsu/service/inviting.h"
#include "widgets/dialog_internal.h"

#include <stdio.h>
#include <stdlib.h>

/* Lives as long as its dialog; the menu has one of its own. */
struct reply_asked {
	int64_t meeting_id;
	char unit[UNIT_CODE_LONGEST + 1];
	char title[80];
};

static struct reply_asked *asked_new(int64_t meeting_id, const char *unit)
{
	struct reply_asked *self = memory_new(sizeof(*self));

	self->meeting_id = meeting_id;
	snprintf(self->unit, sizeof(self->unit), "%s", unit);
	snprintf(self->title, sizeof(self->title), _("%s: answer to meeting %lld"), unit,
		(long long)meeting_id);
	return self;
}

static bool give(struct ui *ui, const struct reply_asked *asked,
	const struct invitation_answer *answer, struct error *err)
{
	if (!invitation_answer(ui->session, asked->meeting_id, asked->unit, answer, err))
		return false;
	ui_say(ui, "%s: %s", asked->title, term_label(&answer_terms, (int)answer->answer));
	return true;
}

static const char *reason_choice(int value)
{
	return value < DECLINE_REASONS ? term_label(&decline_reason_terms, value) : NULL;
}

static const struct field decline_fields[] = {
	{ "reason", N_("Reason"), FIELD_CHOICE, 0, 1, reason_choice, NULL },
	{ "note", N_("In words"), FIELD_TEXT, 1, 1, NULL, N_("nothing about health") },
	{ 0 },
};

static bool submit_decline(struct ui *ui, struct form *form, void *context, struct error *err)
{
	int reason = form_value(form, "reason");
	struct invitation_answer answer = { .answer = ANSWER_DECLINED,
		.reason = reason < 0 ? DECLINE_UNTOLD : (enum decline_reason)reason,
		.note = form_text(form, "note") };

	return give(ui, context, &answer, err);
}

static const struct field counter_fields[] = {
	{ "day", N_("Day"), FIELD_TEXT, 0, 1, NULL, N_("as in 9.12.") },
	{ "start", N_("Begins at"), FIELD_TEXT, 0, 1, NULL, N_("as in 13.00") },
	{ "note", N_("In words"), FIELD_TEXT, 1, 1, NULL, N_("nothing about health") },
	{ 0 },
};

static bool submit_counter(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct invitation_answer answer = { .answer = ANSWER_COUNTER,
		.note = form_text(form, "note") };
	const char *start = form_text(form, "start");

	if (!form_text(form, "day") || !start || !minute_parse(start, &answer.counter_start))
		return error_set(err, ERROR_INVALID,
			_("which day, and when does it begin? write as in 9.12. and 13.00"));
	return form_day(form, "day", session_today(ui->session), 0, &answer.counter_day, err)
	       && give(ui, context, &answer, err);
}

/* Its menu goes with it. */
static struct next ask(const struct reply_asked *menu, const char *note, const struct field *fields,
	dialog_submit *submit)
{
	struct reply_asked *self = asked_new(menu->meeting_id, menu->unit);
	struct form *form;

	return (struct next) { .kind = NEXT_REPLACE,
		.screen = form_dialog_new(&(struct form_dialog) { .title = self->title,
						  .note = note,
						  .fields = fields,
						  .submit = submit,
						  .free_context = free,
						  .context = self },
			&form) };
}

static struct next choose(struct ui *ui, void *context, int value)
{
	const struct reply_asked *self = context;
	struct invitation_answer answer = { .answer = (enum answer)value };
	struct error err;

	if (value == ANSWER_DECLINED)
		return ask(self, _("The coordinator sees at once what is left."), decline_fields,
			submit_decline);
	if (value == ANSWER_COUNTER)
		return ask(self,
			_("The coordinator sees what it means for the others. The meeting stays "
			  "where it is until then."),
			counter_fields, submit_counter);
	if (!give(ui, self, &answer, &err))
		ui_fail(ui, &err);
	return next_back();
}

static const struct menu_item items[] = {
	{ 'y', N_("comes"), ANSWER_ACCEPTED },
	{ 'd', N_("the deputy comes"), ANSWER_DEPUTY },
	{ 'n', N_("does not come"), ANSWER_DECLINED },
	{ 't', N_("offers another time"), ANSWER_COUNTER },
	{ 'z', N_("no answer yet"), ANSWER_NONE },
	{ 0 },
};

struct screen *reply_menu_new(int64_t meeting_id, const char *unit)
{
	struct reply_asked *self = asked_new(meeting_id, unit);

	return menu_new(self->title, items, choose, free, self);
}
