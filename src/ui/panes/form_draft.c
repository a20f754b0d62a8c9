#include "form_draft_internal.h"

static size_t add_changed(const struct form *form, struct arena *arena, struct draft_field *changed)
{
	struct text text = { 0 };
	size_t count = 0;

	for (int i = 0; i < form->count; i++) {
		if (!form->is_dirty[i])
			continue;
		form_get_as_text(form, i, &text);
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
	draft->is_lost = err.code == ERROR_CONFLICT;
	return ui_fail(ui, &err);
}

bool form_draft_keep(struct form_draft *draft, struct ui *ui, struct form *form,
	const struct draft_field *more, size_t more_count)
{
	struct draft_field changed[FORM_MOST_FIELDS + DRAFT_MOST_MORE];
	struct arena arena = { 0 };
	size_t count = add_changed(form, &arena, changed);
	bool ok;

	for (size_t i = 0; i < more_count; i++)
		changed[count++] = more[i];
	ok = !draft->is_lost && (count == 0 || save(draft, ui, changed, count));
	if (ok)
		form_mark_clean(form);
	arena_release(&arena);
	return ok;
}

bool form_draft_take(struct form_draft *draft, struct ui *ui, struct form *form,
	struct arena *arena, struct draft_field_list *fields, struct error *err)
{
	draft->is_old = false;
	if (!draft_take_over(ui->session, draft->id, ui->writer, err)
		|| !store_draft_fields(ui->session->store, draft->id, arena, fields, err))
		return false;
	for (size_t i = 0; i < fields->count; i++) {
		int field = form_find(form, fields->items[i].name);

		if (field >= 0)
			form_set_as_text(form, field, fields->items[i].value);
	}
	return true;
}

bool form_draft_discard(struct form_draft *draft, struct ui *ui)
{
	struct error err;

	if (draft->id && !draft->is_lost && !draft_discard(ui->session, draft->id, &err))
		return ui_fail(ui, &err);
	*draft = (struct form_draft) { 0 };
	return true;
}
