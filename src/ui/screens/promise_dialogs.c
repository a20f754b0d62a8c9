#include "promise_dialogs_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/text.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/registry.h"
#include "screens_internal.h"
#include "widgets/dialog_internal.h"

#include <stdio.h>
#include <stdlib.h>

/* Lives as long as its dialog. */
struct promise_dialog {
	char unit[UNIT_CODE_LONGEST + 1];
	int64_t slot_id; /* of the hole that changes or ends */
};

static struct promise_dialog *context_new(const char *unit)
{
	struct promise_dialog *self = memory_new(sizeof(*self));

	snprintf(self->unit, sizeof(self->unit), "%s", unit);
	return self;
}

static struct screen *then_settle(struct ui *ui, void *context)
{
	const struct promise_dialog *self = context;

	return unsettled_screen_of_any(ui, self->unit);
}

static struct screen *open_dialog(struct promise_dialog *self, const char *title,
	const struct field *fields, dialog_submit *submit, struct form **form)
{
	return form_dialog_new(&(struct form_dialog) { .title = title,
				       .fields = fields,
				       .submit = submit,
				       .free_context = free,
				       .context = self,
				       .then = then_settle },
		form);
}

/* The same of a unit's days: who has several units sees of which. */
static struct screen *open_days_dialog(const char *unit, const char *title,
	const struct field *fields, dialog_submit *submit, struct form **form)
{
	struct text text = { 0 };
	struct screen *screen;

	text_format(&text, "%s: %s", unit, title);
	screen = open_dialog(context_new(unit), text_get(&text), fields, submit, form);
	text_release(&text);
	return screen;
}

static const char *weekday_choice(int value)
{
	return value < 7 ? local_weekday(value + 1) : NULL;
}

static const char *repeat_choice(int value)
{
	return value < REPEATS ? term_label(&repeat_terms, value) : NULL;
}

static const struct field slot_fields[] = {
	{ "weekday", N_("Weekday"), FIELD_CHOICE, 0, 1, weekday_choice, NULL },
	{ "start", N_("from"), FIELD_TEXT, 0, 1, NULL, "12" },
	{ "end", N_("to"), FIELD_TEXT, 0, 1, NULL, "15" },
	{ "repeat", N_("Repeat"), FIELD_CHOICE, 1, 2, repeat_choice, NULL },
	{ "capacity", N_("meetings at once"), FIELD_TEXT, 1, 1, NULL, "1" },
	{ "from", N_("First day"), FIELD_TEXT, 2, 1, NULL, N_("if it is not from now on") },
	{ "until", N_("Last day"), FIELD_TEXT, 3, 1, NULL, N_("if it has one") },
	{ "person", N_("Ready person"), FIELD_TEXT, 4, 1, NULL, N_("a role, as in psychologist") },
	{ "deputy", N_("Deputy"), FIELD_TEXT, 5, 1, NULL, NULL },
	{ "place", N_("Place"), FIELD_TEXT, 6, 1, NULL, N_("where, or Teams") },
	{ 0 },
};

/* The same, and the day is needed: it stands first. */
static const struct field change_fields[] = {
	{ "from", N_("First day"), FIELD_TEXT, 0, 1, NULL, N_("15.12.") },
	{ "until", N_("Last day"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ "weekday", N_("Weekday"), FIELD_CHOICE, 1, 1, weekday_choice, NULL },
	{ "start", N_("from"), FIELD_TEXT, 1, 1, NULL, "12" },
	{ "end", N_("to"), FIELD_TEXT, 1, 1, NULL, "15" },
	{ "repeat", N_("Repeat"), FIELD_CHOICE, 2, 2, repeat_choice, NULL },
	{ "capacity", N_("meetings at once"), FIELD_TEXT, 2, 1, NULL, "1" },
	{ "person", N_("Ready person"), FIELD_TEXT, 3, 1, NULL, N_("a role, as in psychologist") },
	{ "deputy", N_("Deputy"), FIELD_TEXT, 4, 1, NULL, NULL },
	{ "place", N_("Place"), FIELD_TEXT, 5, 1, NULL, N_("where, or Teams") },
	{ 0 },
};

static bool read_minute(const struct form *form, const char *name, int *minute, struct error *err)
{
	const char *text = form_text(form, name);

	if (text && minute_parse(text, minute))
		return true;
	return error_set(err, ERROR_INVALID, _("from when to when? write as in 13 or 13:30"));
}

/* The texts are borrowed from the form. */
static bool slot_of_form(struct ui *ui, const struct promise_dialog *self, const struct form *form,
	struct slot *slot, struct error *err)
{
	int today = session_today(ui->session);

	*slot = (struct slot) {
		.unit = self->unit,
		.weekday = form_value(form, "weekday") + 1,
		.repeat = (enum repeat)form_value(form, "repeat"),
		.capacity = 1,
		.ready_person = form_text(form, "person"),
		.deputy = form_text(form, "deputy"),
		.place = form_text(form, "place"),
	};
	return form_number(form, "capacity", 1, SLOT_CAPACITY_MOST, &slot->capacity, err)
	       && read_minute(form, "start", &slot->start, err)
	       && read_minute(form, "end", &slot->end, err)
	       && form_day(form, "from", today, DAY_FIRST, &slot->from_day, err)
	       && form_day(form, "until", today, DAY_LAST, &slot->until_day, err);
}

static bool submit_slot(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct slot slot;

	return slot_of_form(ui, context, form, &slot, err)
	       && registry_add_slot(ui->session, &slot, err);
}

static bool submit_change(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct promise_dialog *self = context;
	char day[LOCALTEXT_SIZE];
	struct slot slot;

	if (!slot_of_form(ui, self, form, &slot, err))
		return false;
	if (slot.from_day == DAY_FIRST)
		return error_set(
			err, ERROR_INVALID, _("from which day? what was before it is kept"));
	if (!promise_change(ui->session, self->slot_id, &slot, err))
		return false;
	ui_say(ui, _("changed from %s on; the promise before it is kept"),
		local_weekday_day(slot.from_day, day));
	return true;
}

struct screen *hole_add_dialog(const char *unit)
{
	struct form *form;
	struct screen *screen = open_dialog(
		context_new(unit), _("A hole in the calendar"), slot_fields, submit_slot, &form);

	form_set_value(form, "weekday", 0);
	form_set_value(form, "repeat", REPEAT_WEEKLY);
	return screen;
}

static void set_minute(struct form *form, const char *name, int minute)
{
	char text[LOCALTEXT_SIZE];

	form_set_text(form, name, local_minute(minute, text));
}

static void set_day(struct form *form, const char *name, int day)
{
	char text[LOCALTEXT_SIZE];

	if (day != DAY_FIRST && day != DAY_LAST)
		form_set_text(form, name, local_day(day, text));
}

struct screen *hole_change_dialog(const struct slot *slot)
{
	struct promise_dialog *self = context_new(slot->unit);
	char capacity[16];
	struct form *form;
	struct screen *screen = open_dialog(
		self, _("Change the hole from a day on"), change_fields, submit_change, &form);

	self->slot_id = slot->id;
	snprintf(capacity, sizeof(capacity), "%d", slot->capacity);
	form_set_value(form, "weekday", slot->weekday - 1);
	set_minute(form, "start", slot->start);
	set_minute(form, "end", slot->end);
	form_set_value(form, "repeat", (int)slot->repeat);
	form_set_text(form, "capacity", capacity);
	set_day(form, "until", slot->until_day);
	form_set_text(form, "person", slot->ready_person);
	form_set_text(form, "deputy", slot->deputy);
	form_set_text(form, "place", slot->place);
	return screen;
}

static const struct field closing_fields[] = {
	{ "from", N_("From"), FIELD_TEXT, 0, 1, NULL, N_("15.12.") },
	{ "until", N_("Until"), FIELD_TEXT, 1, 1, NULL, N_("empty: that day only") },
	{ "reason", N_("Reason"), FIELD_TEXT, 2, 1, NULL, N_("training; nothing about health") },
	{ 0 },
};

static void say_away(struct ui *ui, const struct closing *closing)
{
	char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE];
	bool is_one_day = closing->from_day == closing->until_day;

	ui_say(ui, _("%s is away %s%s%s; what is booked stays booked"), closing->unit,
		local_short_day(closing->from_day, from), is_one_day ? "" : "–",
		is_one_day ? "" : local_short_day(closing->until_day, until));
}

static bool submit_closing(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct promise_dialog *self = context;
	struct closing closing = { .unit = self->unit, .reason = form_text(form, "reason") };

	if (!form_text(form, "from"))
		return error_set(err, ERROR_INVALID, _("from which day? write as in 15.12."));
	if (!(form_day(form, "from", session_today(ui->session), 0, &closing.from_day, err)
		    && form_day(form, "until", session_today(ui->session), closing.from_day,
			    &closing.until_day, err)
		    && registry_close(ui->session, &closing, err)))
		return false;
	say_away(ui, &closing);
	return true;
}

struct screen *away_dialog(const char *unit, int day)
{
	struct form *form;
	struct screen *screen = open_days_dialog(
		unit, _("The unit is away"), closing_fields, submit_closing, &form);

	set_day(form, "from", day);
	return screen;
}

static const struct field opening_fields[] = {
	{ "day", N_("Day"), FIELD_TEXT, 0, 2, NULL, N_("15.12.") },
	{ "start", N_("from"), FIELD_TEXT, 0, 1, NULL, "12" },
	{ "end", N_("to"), FIELD_TEXT, 0, 1, NULL, "15" },
	{ 0 },
};

static bool submit_opening(struct ui *ui, struct form *form, void *context, struct error *err)
{
	const struct promise_dialog *self = context;
	struct opening opening = { .unit = self->unit };
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	if (!form_text(form, "day"))
		return error_set(err, ERROR_INVALID, _("which day? write as in 15.12."));
	if (!(form_day(form, "day", session_today(ui->session), 0, &opening.day, err)
		    && read_minute(form, "start", &opening.start, err)
		    && read_minute(form, "end", &opening.end, err)
		    && registry_open(ui->session, &opening, err)))
		return false;
	ui_say(ui, _("an extra hole: %s %s %s"), self->unit, local_short_day(opening.day, day),
		local_span(opening.start, opening.end, span));
	return true;
}

struct screen *extra_hole_dialog(const char *unit, int day)
{
	struct form *form;
	struct screen *screen =
		open_days_dialog(unit, _("An extra hole"), opening_fields, submit_opening, &form);

	set_day(form, "day", day);
	return screen;
}

static const struct field end_fields[] = {
	{ "until", N_("Last day"), FIELD_TEXT, 0, 1, NULL, N_("15.12.") },
	{ 0 },
};

static bool submit_end(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct promise_dialog *self = context;
	int until;

	if (!form_text(form, "until"))
		return error_set(err, ERROR_INVALID, _("which day? write as in 15.12."));
	return form_day(form, "until", session_today(ui->session), 0, &until, err)
	       && registry_end_slot(ui->session, self->slot_id, until, err);
}

struct screen *hole_end_dialog(const char *unit, int64_t slot_id)
{
	struct promise_dialog *self = context_new(unit);
	struct form *form;

	self->slot_id = slot_id;
	return open_dialog(self, _("The hole's last day"), end_fields, submit_end, &form);
}
