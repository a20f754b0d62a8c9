#include "form_draft_internal.h"

#include "kutsu/domain/field.h"
#include "kutsu/domain/personal_id.h"
#include "widgets/dialog_internal.h"

#include <assert.h>
#include <stdint.h>

/* A field with a personal identity code in it is not kept, and that is told. */
static bool may_keep(struct ui *ui, const char *label, const char *text)
{
	struct error err;

	if (!text_contains_personal_id(text))
		return true;
	if (!field_check(label, text, SIZE_MAX, &err))
		ui_fail(ui, &err);
	return false;
}

static size_t add_changed(const struct form *form, struct ui *ui, struct arena *arena,
	struct draft_field *changed, bool kept[FORM_MOST_FIELDS])
{
	struct text text = { 0 };
	size_t count = 0;

	for (int i = 0; i < form->count; i++) {
		if (!form->is_dirty[i])
			continue;
		form_get_as_text(form, i, &text);
		kept[i] = may_keep(ui, _(form->fields[i].label), text_get(&text));
		if (!kept[i])
			continue;
		changed[count].name = form->fields[i].name;
		changed[count++].value = arena_text(arena, text_get(&text));
	}
	text_release(&text);
	return count;
}

static bool save(
	struct form_draft *draft, struct ui *ui, const struct draft_field *fields, size_t count)
{
	struct error err;

	if ((draft->id || draft_begin(ui->session, ui->writer, &draft->id, &err))
		&& draft_keep(ui->session, draft->id, ui->writer, fields, count, &err)) {
		draft->saved_at = session_now(ui->session);
		return true;
	}
	draft->is_lost = err.code == ERROR_CONFLICT || err.code == ERROR_DENIED;
	if (err.code == ERROR_BUSY)
		error_set(&err, ERROR_BUSY,
			_("the database is locked by others; what is typed stays here and is saved "
			  "later"));
	return ui_fail(ui, &err);
}

bool form_draft_keep(struct form_draft *draft, struct ui *ui, struct form *form,
	const struct draft_field *more, size_t more_count)
{
	struct draft_field changed[FORM_MOST_FIELDS + DRAFT_MOST_MORE];
	bool kept[FORM_MOST_FIELDS] = { false };
	struct arena arena = { 0 };
	size_t count = add_changed(form, ui, &arena, changed, kept);
	bool ok;

	assert(more_count <= DRAFT_MOST_MORE);
	for (size_t i = 0; i < more_count; i++)
		changed[count++] = more[i];
	ok = !draft->is_lost && (count == 0 || save(draft, ui, changed, count));
	for (int i = 0; ok && i < form->count; i++)
		form->is_dirty[i] = form->is_dirty[i] && !kept[i];
	arena_release(&arena);
	return ok;
}

bool form_draft_take(struct form_draft *draft, struct ui *ui, struct form *form,
	struct arena *arena, struct draft_field_list *fields, struct error *err)
{
	if (!draft_take_over(ui->session, draft->id, ui->writer, err)
		|| !draft_fields(ui->session, draft->id, arena, fields, err))
		return false;
	draft->is_old = false;
	for (size_t i = 0; i < fields->count; i++) {
		int field = form_find(form, fields->items[i].name);

		if (field >= 0)
			form_set_as_text(form, field, fields->items[i].value);
	}
	return true;
}

static struct next leave(struct ui *ui, void *context)
{
	(void)ui;
	(void)context;
	return (struct next) { .kind = NEXT_BACK, .count = 2 };
}

struct screen *form_draft_leave_new(void)
{
	return confirm_new(_("Leave it unkept?"),
		_("What was typed since it was last kept can't be kept now: it would be lost."),
		leave, NULL);
}

bool form_draft_discard(struct form_draft *draft, struct ui *ui)
{
	struct error err;

	if (draft->id && !draft->is_lost
		&& !draft_discard(ui->session, draft->id, ui->writer, &err))
		return ui_fail(ui, &err);
	*draft = (struct form_draft) { 0 };
	return true;
}
