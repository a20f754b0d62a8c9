#include "call_form_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/service/casework.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define YEAR_MOST 9999

static const char *source_choice(int value)
{
	return value < SOURCES ? term_label(&source_terms, value) : NULL;
}

static const struct field fields[] = {
	{ "source", N_("Caller"), FIELD_CHOICE, 0, 2, source_choice, NULL },
	{ "caller", "", FIELD_TEXT, 0, 3, NULL, N_("who, by role") },
	{ "phone", N_("Phone"), FIELD_TEXT, 1, 3, NULL, NULL },
	{ "language", N_("language"), FIELD_TEXT, 1, 1, NULL, "fi" },
	{ "interpreter", N_("interpreter"), FIELD_TEXT, 1, 1, NULL, NULL },
	{ "child", N_("Child"), FIELD_TEXT, 2, 3, NULL, N_("initials") },
	{ "birth_year", N_("born"), FIELD_TEXT, 2, 2, NULL, NULL },
	{ "municipality", "", FIELD_TEXT, 2, 3, NULL, N_("municipality") },
	{ "nondisclosure", N_("non-disclosure"), FIELD_TICK, 2, 0, NULL, NULL },
	{ "concern", N_("Concern"), FIELD_AREA, 3, 1, NULL,
		N_("in the caller's words, facts only") },
	{ "adults", N_("Everyday adults"), FIELD_TEXT, 4, 1, NULL,
		N_("mother; teacher; grandmother") },
	{ "consent_by", N_("Consent"), FIELD_TEXT, 5, 2, NULL, N_("who gives it") },
	{ "consent_how", N_("how"), FIELD_TEXT, 5, 2, NULL, N_("by phone, in writing") },
	{ "limits", N_("Does not suit"), FIELD_TEXT, 6, 3, NULL, N_("Mon, Fri; after 15:00") },
	{ "minutes", N_("minutes"), FIELD_TEXT, 6, 1, NULL, NULL },
	{ "email", N_("E-mail"), FIELD_TEXT, 7, 1, NULL, N_("the family's, for its invitation") },
	{ 0 },
};

/* The limits as far as they are understood; what is not is told under the form. */
struct family_limits call_form_limits(struct call_form *self)
{
	const char *text = form_text(&self->form, "limits");
	struct family_limits limits;
	struct error err;

	self->limits_trouble[0] = '\0';
	if (!family_limits_parse(text ? text : "", &limits, &err))
		snprintf(self->limits_trouble, sizeof(self->limits_trouble), "%s", err.text);
	return limits;
}

int call_form_minutes(const struct call_form *self)
{
	int minutes = MEETING_MINUTES_DEFAULT;
	struct error err;

	/* What is wrong with it is told when it is used. */
	if (!form_number(&self->form, "minutes", 1, MEETING_MINUTES_LONGEST, &minutes, &err))
		return MEETING_MINUTES_DEFAULT;
	return minutes;
}

static bool load_draft(struct call_form *self, struct ui *ui, struct error *err)
{
	struct draft_field_list list;
	struct arena arena = { 0 };
	bool ok = form_draft_take(&self->draft, ui, &self->form, &arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++) {
		if (strcmp(list.items[i].name, "units") == 0)
			unit_pane_set_as_text(&self->units, list.items[i].value);
		else if (strcmp(list.items[i].name, "case") == 0)
			snprintf(self->case_code, sizeof(self->case_code), "%s",
				list.items[i].value);
		else if (strcmp(list.items[i].name, "revision") == 0)
			self->case_revision = atoi(list.items[i].value);
	}
	arena_release(&arena);
	return ok;
}

/* An open case's own data stands in the form from the start. */
static void fill_from_case(struct call_form *self, const struct case_ref *c, struct arena *arena)
{
	struct text limits = { 0 };

	family_limits_format(&c->limits, &limits);
	form_set_text(&self->form, "child", c->child);
	if (c->birth_year)
		form_set_text(&self->form, "birth_year", arena_printf(arena, "%d", c->birth_year));
	form_set_text(&self->form, "municipality", case_shown_municipality(c));
	form_set_value(&self->form, "nondisclosure", c->nondisclosure);
	form_set_text(&self->form, "language", c->language);
	form_set_text(&self->form, "interpreter", c->interpreter);
	form_set_text(&self->form, "email", c->email);
	form_set_text(&self->form, "adults", arena_join(arena, c->adults, c->adult_count, "; "));
	form_set_text(&self->form, "limits", text_get(&limits));
	text_release(&limits);
}

static bool load_case(struct call_form *self, struct ui *ui, struct error *err)
{
	struct arena arena = { 0 };
	struct case_view view;
	bool ok = case_look(ui->session, LOOK_NEW, self->case_code, &arena, &view, err);

	if (ok) {
		fill_from_case(self, &view.case_ref, &arena);
		self->case_revision = view.case_ref.revision;
		unit_pane_set_as_text(&self->units,
			arena_join(&arena, view.needed_units, view.needed_unit_count, " "));
	}
	arena_release(&arena);
	return ok;
}

void call_form_keep(struct call_form *self, struct ui *ui)
{
	struct draft_field more[DRAFT_MOST_MORE];
	struct text units = { 0 };
	char revision[16];
	size_t count = 0;

	snprintf(revision, sizeof(revision), "%d", self->case_revision);
	if (self->units_are_dirty) {
		unit_pane_get_as_text(&self->units, &units);
		more[count++] = (struct draft_field) { "units", text_get(&units) };
	}
	if (self->case_is_dirty
		|| (*self->case_code && !self->draft.id && !form_is_clean(&self->form))) {
		more[count++] = (struct draft_field) { "case", self->case_code };
		more[count++] = (struct draft_field) { "revision", revision };
	}
	if (form_draft_keep(&self->draft, ui, &self->form, more, count))
		self->units_are_dirty = self->case_is_dirty = false;
	text_release(&units);
}

static const char *year_text(struct arena *arena, int year)
{
	return year ? arena_printf(arena, "%d", year) : NULL;
}

static struct screen *conflict_screen(const struct call_form *self, struct arena *arena,
	const struct case_ref *theirs, conflict_choice *keep_mine, conflict_choice *take_theirs,
	void *context)
{
	const struct form *form = &self->form;
	const struct conflict_row rows[] = {
		{ _("Child"), theirs->child, form_text(form, "child") },
		{ _("born"), year_text(arena, theirs->birth_year), form_text(form, "birth_year") },
		{ _("municipality"), case_shown_municipality(theirs),
			form_text(form, "municipality") },
		{ _("language"), theirs->language, form_text(form, "language") },
		{ _("e-mail"), theirs->email, form_text(form, "email") },
		{ _("interpreter"), theirs->interpreter, form_text(form, "interpreter") },
		{ _("non-disclosure"), theirs->nondisclosure ? _("yes") : _("no"),
			form_value(form, "nondisclosure") ? _("yes") : _("no") },
	};

	return conflict_new(&(struct conflict) { .title = self->case_code,
		.note = changed_text(arena, theirs->changed_by, theirs->changed_at),
		.rows = rows,
		.row_count = sizeof(rows) / sizeof(rows[0]),
		.keep_mine = keep_mine,
		.take_theirs = take_theirs,
		.context = context });
}

bool call_form_compare(struct call_form *self, struct ui *ui, conflict_choice *keep_mine,
	conflict_choice *take_theirs, void *context, struct screen **screen, struct error *err)
{
	struct arena arena = { 0 };
	struct case_view view;
	bool ok = true;

	*screen = NULL;
	if (*self->case_code && self->case_revision) {
		ok = case_look(ui->session, LOOK_AGAIN, self->case_code, &arena, &view, err);
		if (ok && view.case_ref.revision != self->case_revision) {
			self->their_revision = view.case_ref.revision;
			*screen = conflict_screen(
				self, &arena, &view.case_ref, keep_mine, take_theirs, context);
		}
	}
	arena_release(&arena);
	return ok;
}

void call_form_keep_mine(struct call_form *self)
{
	self->case_revision = self->their_revision;
	self->case_is_dirty = true;
}

bool call_form_take_theirs(struct call_form *self, struct ui *ui, struct error *err)
{
	struct arena arena = { 0 };
	struct case_view view;
	bool ok = case_look(ui->session, LOOK_AGAIN, self->case_code, &arena, &view, err);

	if (ok) {
		fill_from_case(self, &view.case_ref, &arena);
		self->case_revision = view.case_ref.revision;
		self->case_is_dirty = true;
	}
	arena_release(&arena);
	return ok;
}

bool call_form_is_kept(const struct call_form *self)
{
	return form_is_clean(&self->form) && !self->units_are_dirty && !self->case_is_dirty;
}

/* The form as an intake; its texts are borrowed from the form and the arena. */
bool call_form_intake(
	struct call_form *self, struct arena *arena, struct intake *intake, struct error *err)
{
	const struct form *form = &self->form;
	int source = form_value(form, "source"), minutes = 0;

	*intake = (struct intake) {
		.source = source < 0 ? SOURCE_OTHER : (enum call_source)source,
		.outcome = OUTCOME_MEETING,
		.case_revision = self->case_revision,
		.caller = form_text(form, "caller"),
		.concern = form_text(form, "concern"),
		.phone = form_text(form, "phone"),
		.email = form_text(form, "email"),
		.case_code = *self->case_code ? self->case_code : NULL,
		.child = form_text(form, "child"),
		.municipality = form_text(form, "municipality"),
		.language = form_text(form, "language"),
		.interpreter = form_text(form, "interpreter"),
		.nondisclosure = form_value(form, "nondisclosure") != 0,
		.consent_by = form_text(form, "consent_by"),
		.consent_how = form_text(form, "consent_how"),
		.limits = call_form_limits(self),
		.draft_id = self->draft.id,
	};
	intake->adults = form_parts(form, "adults", arena, &intake->adult_count);
	intake->units = unit_pane_codes(&self->units, arena, &intake->unit_count);
	if (*self->limits_trouble)
		return error_set(err, ERROR_INVALID, "%s", self->limits_trouble);
	if (!intake->caller && source >= 0)
		intake->caller = source_choice(source);
	return form_number(form, "birth_year", 1, YEAR_MOST, &intake->birth_year, err)
	       && form_number(form, "minutes", 1, MEETING_MINUTES_LONGEST, &minutes, err);
}

void call_form_forget_draft(struct call_form *self)
{
	self->draft.id = 0;
	form_mark_clean(&self->form);
	self->units_are_dirty = self->case_is_dirty = false;
}

void call_form_init(struct call_form *self, int64_t draft_id, const char *case_code)
{
	char minutes[16];

	self->draft.id = draft_id;
	self->draft.is_old = draft_id != 0;
	if (case_code)
		snprintf(self->case_code, sizeof(self->case_code), "%s", case_code);
	self->case_is_unread = case_code != NULL;
	form_init(&self->form, fields);
	snprintf(minutes, sizeof(minutes), "%d", MEETING_MINUTES_DEFAULT);
	form_set_text(&self->form, "minutes", minutes);
}

void call_form_release(struct call_form *self)
{
	form_release(&self->form);
	unit_pane_release(&self->units);
}

bool call_form_read(struct call_form *self, struct ui *ui, struct error *err)
{
	if (!session_ask(ui->session, USE_CALL_TAKE, err) || !unit_pane_read(&self->units, ui, err))
		return false;
	if (self->draft.is_old)
		return load_draft(self, ui, err);
	if (self->case_is_unread)
		self->case_is_unread = !load_case(self, ui, err);
	return !self->case_is_unread;
}
