/* The phone rings: what kind of call is it? The kinds that are no case take one key more. */
#include "kutsu/service/intake.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"

enum kind { KIND_NEW, KIND_MORE, KIND_ADVICE, KIND_NOTIFICATION, KIND_DISCUSSION, KIND_WRONG };

static const struct menu_item kinds[] = {
	{ '1', N_("a new need: a family asks for help"), KIND_NEW },
	{ '2', N_("more to an open case"), KIND_MORE },
	{ '3', N_("advice only"), KIND_ADVICE },
	{ '4', N_("duty to notify (child welfare notification)"), KIND_NOTIFICATION },
	{ '5', N_("a Let's Talk discussion first"), KIND_DISCUSSION },
	{ '6', N_("wrong number: nothing is kept"), KIND_WRONG },
	{ 0 },
};

static const struct menu_item sources[] = {
	{ '1', N_("family"), SOURCE_FAMILY },
	{ '2', N_("young person"), SOURCE_YOUNG_PERSON },
	{ '3', N_("early education"), SOURCE_EARLY_EDUCATION },
	{ '4', N_("school"), SOURCE_SCHOOL },
	{ '5', N_("health care"), SOURCE_HEALTH },
	{ '6', N_("social services"), SOURCE_SOCIAL },
	{ '7', N_("adult services"), SOURCE_ADULT_SERVICES },
	{ '8', N_("organisation or parish"), SOURCE_NGO },
	{ '9', N_("someone else"), SOURCE_OTHER },
	{ 0 },
};

/* A call that opens no case: its source says all that is kept. */
static struct next take(struct ui *ui, enum call_outcome outcome, int source)
{
	struct intake intake = { .source = (enum call_source)source,
		.outcome = outcome,
		.limits = family_limits_none() };
	struct intake_result result;
	struct error err;

	if (!intake_take(ui->session, &intake, &result, &err)) {
		ui_fail(ui, &err);
		return next_stay();
	}
	if (outcome == OUTCOME_NOTIFICATION)
		ui_say(ui, "%s",
			_("kept: source, time, outcome. The caller notifies without delay; "
			  "emergency: 112"));
	else
		ui_say(ui, _("kept: %s. It opened no case"),
			term_label(&outcome_terms, (int)outcome));
	return next_back();
}

static struct next take_advice(struct ui *ui, void *context, int source)
{
	(void)context;
	return take(ui, OUTCOME_ADVICE, source);
}

static struct next take_notification(struct ui *ui, void *context, int source)
{
	(void)context;
	return take(ui, OUTCOME_NOTIFICATION, source);
}

static struct next take_discussion(struct ui *ui, void *context, int source)
{
	(void)context;
	return take(ui, OUTCOME_DISCUSSION, source);
}

static struct next replace(struct screen *screen)
{
	return (struct next) { .kind = NEXT_REPLACE, .screen = screen };
}

static struct next add_to_case(struct ui *ui, void *context, const char *code)
{
	(void)ui;
	(void)context;
	return replace(call_screen_new(0, code));
}

static struct next choose(struct ui *ui, void *context, int kind)
{
	(void)context;
	switch (kind) {
	case KIND_NEW:
		return replace(call_screen_new(0, NULL));
	case KIND_MORE:
		return replace(case_pick_screen_new(add_to_case, NULL));
	case KIND_ADVICE:
		return replace(
			menu_new(_("Advice: who called?"), sources, take_advice, NULL, NULL));
	case KIND_NOTIFICATION:
		return replace(menu_new(
			_("Duty to notify: who called?"), sources, take_notification, NULL, NULL));
	case KIND_DISCUSSION:
		return replace(menu_new(_("Let's Talk discussion first: who called?"), sources,
			take_discussion, NULL, NULL));
	default:
		ui_say(ui, "%s", _("wrong number: nothing was kept"));
		return next_back();
	}
}

struct screen *call_kind_screen_new(void)
{
	return menu_new(_("The phone rings: what is it about?"), kinds, choose, NULL, NULL);
}
