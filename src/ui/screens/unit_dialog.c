#include "unit_dialog_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/service/registry.h"
#include "widgets/conflict_internal.h"
#include "widgets/dialog_internal.h"

#include <stdlib.h>

/* Lives as long as the dialog. */
struct unit_dialog {
	struct arena arena;
	struct unit unit;    /* as the form began from it */
	int edited_revision; /* that what is typed goes over */
	int their_revision;  /* as it was shown beside what is typed */
};

static const struct field unit_fields[] = {
	{ "name", N_("Name"), FIELD_TEXT, 0, 1, NULL, NULL },
	{ "area", N_("Area"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "municipality", N_("Municipality"), FIELD_TEXT, 2, 1, NULL, NULL },
	{ "email", N_("E-mail"), FIELD_TEXT, 3, 1, NULL, NULL },
	{ "phone", N_("Phone"), FIELD_TEXT, 4, 1, NULL, NULL },
	{ "school_based", N_("closed in school breaks"), FIELD_TICK, 5, 0, NULL, NULL },
	{ 0 },
};

/* As it is typed; the texts are borrowed from the form. */
static struct unit unit_of_form(const struct unit_dialog *self, const struct form *form)
{
	struct unit unit = self->unit;

	unit.revision = self->edited_revision;
	unit.name = form_text(form, "name");
	unit.area = form_text(form, "area");
	unit.municipality = form_text(form, "municipality");
	unit.email = form_text(form, "email");
	unit.phone = form_text(form, "phone");
	unit.school_based = form_value(form, "school_based") != 0;
	return unit;
}

static bool submit_unit(struct ui *ui, struct form *form, void *context, struct error *err)
{
	struct unit unit = unit_of_form(context, form);

	return registry_edit_unit(ui->session, &unit, err);
}

/* From then on it is written over the change that was shown. */
static struct next keep_mine(struct ui *ui, void *context)
{
	struct unit_dialog *self = context;

	self->edited_revision = self->their_revision;
	ui_say(ui, "%s", _("yours is kept: Enter saves it over theirs"));
	return next_back();
}

static struct next take_theirs(struct ui *ui, void *context)
{
	(void)context;
	ui_say(ui, "%s", _("theirs stays; what you typed was let go"));
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

static struct screen *show_both(struct ui *ui, struct form *form, void *context)
{
	struct unit_dialog *self = context;
	struct unit mine = unit_of_form(self, form), theirs;
	struct arena arena = { 0 };
	struct screen *screen = NULL;
	struct error err;

	if (registry_unit_get(ui->session, self->unit.code, &arena, &theirs, &err)) {
		const struct conflict_row rows[] = {
			{ _("Name"), theirs.name, mine.name },
			{ _("Area"), theirs.area, mine.area },
			{ _("Municipality"), theirs.municipality, mine.municipality },
			{ _("E-mail"), theirs.email, mine.email },
			{ _("Phone"), theirs.phone, mine.phone },
			{ _("closed in school breaks"), theirs.school_based ? _("yes") : _("no"),
				mine.school_based ? _("yes") : _("no") },
		};

		self->their_revision = theirs.revision;
		screen = conflict_new(&(struct conflict) { .title = self->unit.code,
			.note = changed_text(&arena, theirs.changed_by, theirs.changed_at),
			.rows = rows,
			.row_count = sizeof(rows) / sizeof(rows[0]),
			.keep_mine = keep_mine,
			.take_theirs = take_theirs,
			.context = self });
	}
	arena_release(&arena);
	return screen;
}

static void free_dialog(void *context)
{
	struct unit_dialog *self = context;

	arena_release(&self->arena);
	free(self);
}

/* Of the texts only the code is needed behind the form's. */
static struct unit_dialog *context_new(const struct unit *unit)
{
	struct unit_dialog *self = memory_new(sizeof(*self));

	self->unit = *unit;
	self->unit.code = arena_text(&self->arena, unit->code);
	self->edited_revision = unit->revision;
	return self;
}

struct screen *unit_dialog_new(const struct unit *unit)
{
	struct form *form;
	struct screen *screen = form_dialog_new(&(struct form_dialog) { .title = unit->code,
							.fields = unit_fields,
							.submit = submit_unit,
							.conflict = show_both,
							.free_context = free_dialog,
							.context = context_new(unit) },
		&form);

	form_set_text(form, "name", unit->name);
	form_set_text(form, "area", unit->area);
	form_set_text(form, "municipality", unit->municipality);
	form_set_text(form, "email", unit->email);
	form_set_text(form, "phone", unit->phone);
	form_set_value(form, "school_based", unit->school_based);
	return screen;
}
