#include "form_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define GAP	     1
#define TICK_COLUMNS 3 /* "[x]"; a tick has no weight */

void form_init(struct form *form, const struct field *fields)
{
	*form = (struct form) { .fields = fields, .area_rows = 1 };
	while (fields[form->count].name) {
		assert(form->count < FORM_MOST_FIELDS);
		form->editors[form->count].is_multiline = fields[form->count].kind == FIELD_AREA;
		form->values[form->count] = fields[form->count].kind == FIELD_CHOICE ? -1 : 0;
		form->count++;
	}
}

void form_release(struct form *form)
{
	for (int i = 0; i < form->count; i++)
		editor_release(&form->editors[i]);
}

/* All labels that begin a row are as wide as the widest. */
static int label_width(const struct form *form)
{
	int widest = 0;

	for (int i = 0; i < form->count; i++) {
		bool begins_row = i == 0 || form->fields[i].row != form->fields[i - 1].row;
		int width = utf8_width(_(form->fields[i].label));

		if (begins_row && form->fields[i].kind != FIELD_TICK && width > widest)
			widest = width;
	}
	return widest;
}

/* The columns of one field's box, label left out. */
struct box {
	int label_at, at, columns;
};

static int label_columns(const struct form *form, int i, bool begins_row)
{
	int width = utf8_width(_(form->fields[i].label));

	return begins_row && form->fields[i].kind != FIELD_TICK ? label_width(form) : width;
}

static struct box box_of(const struct form *form, int field)
{
	int row = form->fields[field].row, total_weight = 0, fixed = 0, first = field, at = 0;
	int left;

	while (first > 0 && form->fields[first - 1].row == row)
		first--;
	for (int i = first; i < form->count && form->fields[i].row == row; i++) {
		int label = label_columns(form, i, i == first);

		total_weight += form->fields[i].weight;
		fixed += form->fields[i].kind == FIELD_TICK ? TICK_COLUMNS : 0;
		fixed += label + (label ? GAP : 0) + (i == first ? 0 : GAP);
	}
	left = form->columns - fixed;
	for (int i = first;; i++) {
		int label = label_columns(form, i, i == first);
		int share = total_weight ? left * form->fields[i].weight / total_weight : 0;
		int columns = form->fields[i].kind == FIELD_TICK ? TICK_COLUMNS : share;
		struct box box = { at, at + label + (label ? GAP : 0), columns < 0 ? 0 : columns };

		if (i == field)
			return box;
		at = box.at + box.columns + GAP;
	}
}

static int rows_of(const struct form *form, int row)
{
	for (int i = 0; i < form->count; i++) {
		if (form->fields[i].row == row && form->fields[i].kind == FIELD_AREA)
			return form->area_rows;
	}
	return 1;
}

static int top_of(const struct form *form, int row)
{
	int top = 0;

	for (int r = 0; r < row; r++)
		top += rows_of(form, r);
	return top;
}

int form_rows(const struct form *form)
{
	return form->count ? top_of(form, form->fields[form->count - 1].row + 1) : 0;
}

void form_resize(struct form *form, int columns, int area_rows)
{
	form->columns = columns;
	form->area_rows = area_rows < 1 ? 1 : area_rows;
	for (int i = 0; i < form->count; i++)
		form->editors[i].width = box_of(form, i).columns;
}

static int choice_count(const struct field *field)
{
	int count = 0;

	while (field->choice(count))
		count++;
	return count;
}

/* A letter goes to the next choice that begins with it. */
static bool choose_by_letter(struct form *form, int i, const char *letter)
{
	const struct field *field = &form->fields[i];
	int count = choice_count(field);

	for (int step = 1; step <= count; step++) {
		int value = ((form->values[i] < 0 ? -1 : form->values[i]) + step + count) % count;
		char wanted[8], first[64];

		utf8_fold(letter, wanted, sizeof(wanted));
		utf8_fold(field->choice(value), first, sizeof(first));
		if (strncmp(first, wanted, strlen(wanted)) == 0) {
			form->values[i] = value;
			return true;
		}
	}
	return false;
}

static bool choice_key(struct form *form, int i, const struct key *key)
{
	int count = choice_count(&form->fields[i]);
	int before = form->values[i];

	if (key->press == PRESS_RIGHT || key_is(key, PRESS_CHARACTER + ' '))
		form->values[i] = (before + 1) % count;
	else if (key->press == PRESS_LEFT)
		form->values[i] = before <= 0 ? count - 1 : before - 1;
	else if (key->press != PRESS_TEXT || !choose_by_letter(form, i, key->text))
		return key->press == PRESS_TEXT;
	form->is_dirty[i] = form->is_dirty[i] || before != form->values[i];
	return true;
}

static bool tick_key(struct form *form, int i, const struct key *key)
{
	if (!key_is(key, PRESS_CHARACTER + ' ') && !key_is(key, PRESS_CHARACTER + 'x'))
		return key->press == PRESS_TEXT;
	form->values[i] = !form->values[i];
	form->is_dirty[i] = true;
	return true;
}

static bool field_key(struct form *form, const struct key *key)
{
	int i = form->focus;
	bool changed, taken;

	switch (form->fields[i].kind) {
	case FIELD_CHOICE:
		return choice_key(form, i, key);
	case FIELD_TICK:
		return tick_key(form, i, key);
	default:
		taken = editor_key(&form->editors[i], key, &changed);
		form->is_dirty[i] = form->is_dirty[i] || changed;
		return taken;
	}
}

static bool go(struct form *form, int step)
{
	int focus = form->focus + step;

	if (focus < 0 || focus >= form->count)
		return false;
	form->focus = focus;
	return true;
}

/* The nearest field of the row above or below. */
static bool go_row(struct form *form, int step)
{
	int row = form->fields[form->focus].row + step;
	int column = box_of(form, form->focus).at, best = -1;

	for (int i = 0; i < form->count; i++) {
		if (form->fields[i].row == row
			&& (best < 0
				|| abs(box_of(form, i).at - column)
					   < abs(box_of(form, best).at - column)))
			best = i;
	}
	if (best < 0)
		return false;
	form->focus = best;
	return true;
}

bool form_key(struct form *form, const struct key *key)
{
	if (form->count == 0)
		return false;
	if (key->press == PRESS_TAB)
		return go(form, 1);
	if (key->press == PRESS_BACKTAB)
		return go(form, -1);
	if (field_key(form, key))
		return true;
	if (key->press == PRESS_DOWN)
		return go_row(form, 1);
	if (key->press == PRESS_UP)
		return go_row(form, -1);
	return false;
}

static void draw_choice(const struct form *form, int i, const struct canvas *box, bool focus)
{
	const char *chosen = form->values[i] < 0 ? "" : form->fields[i].choice(form->values[i]);
	enum style style = focus ? STYLE_CURSOR : STYLE_FIELD;

	canvas_row(box, 0, 0, box->columns - 2, style, chosen);
	canvas_text(box, 0, box->columns - 2, 2, style, " ▾");
	if (focus)
		canvas_cursor(box, 0, 0);
}

static void draw_tick(const struct form *form, int i, const struct canvas *box, bool focus)
{
	canvas_text(
		box, 0, 0, 3, focus ? STYLE_CURSOR : STYLE_NORMAL, form->values[i] ? "[x]" : "[ ]");
	if (focus)
		canvas_cursor(box, 0, 1);
}

/* In brackets, so that nobody takes it for something typed. */
static void draw_hint(const struct canvas *box, int column, const char *hint)
{
	struct text text = { 0 };

	text_format(&text, "(%s)", hint);
	canvas_text(box, 0, column, box->columns, STYLE_QUIET, text_get(&text));
	text_release(&text);
}

static void draw_field(const struct form *form, int i, const struct canvas *canvas, bool focus)
{
	const struct field *field = &form->fields[i];
	struct box at = box_of(form, i);
	int top = top_of(form, field->row);
	int rows = field->kind == FIELD_AREA ? form->area_rows : 1;
	struct canvas box = canvas_part(canvas, top, at.at, rows, at.columns);

	canvas_text(canvas, top, at.label_at, at.at - at.label_at,
		focus ? STYLE_STRONG : STYLE_NORMAL, _(field->label));
	if (field->kind == FIELD_CHOICE) {
		draw_choice(form, i, &box, focus);
	} else if (field->kind == FIELD_TICK) {
		draw_tick(form, i, &box, focus);
	} else {
		editor_draw(&form->editors[i], &box, focus);
		if (field->hint && !*editor_get(&form->editors[i]))
			draw_hint(&box, focus ? 1 : 0, _(field->hint));
	}
}

/* Where the canvas is too low, the rows around the focus are shown. */
void form_draw(const struct form *form, const struct canvas *canvas, bool has_focus)
{
	int wanted = top_of(form, form->fields[form->focus].row + 1);
	int top_of_focus = top_of(form, form->fields[form->focus].row);
	int scroll = wanted > canvas->rows ? wanted - canvas->rows : 0;

	/* A field higher than the canvas is shown from its first row on. */
	if (scroll > top_of_focus)
		scroll = top_of_focus;

	for (int i = 0; i < form->count; i++) {
		int top = top_of(form, form->fields[i].row) - scroll;
		struct canvas shifted = *canvas;

		if (top < 0 || top >= canvas->rows)
			continue;
		shifted.row -= scroll;
		shifted.rows += scroll;
		draw_field(form, i, &shifted, has_focus && i == form->focus);
	}
}

int form_find(const struct form *form, const char *name)
{
	for (int i = 0; i < form->count; i++) {
		if (strcmp(form->fields[i].name, name) == 0)
			return i;
	}
	return -1;
}

/* Of a field that is there: a name that is none is a slip of ours. */
static int index_of(const struct form *form, const char *name)
{
	int field = form_find(form, name);

	assert(field >= 0);
	return field;
}

const char *form_text(const struct form *form, const char *name)
{
	const char *text = editor_get(&form->editors[index_of(form, name)]);

	return text_is_blank(text) ? NULL : text;
}

int form_value(const struct form *form, const char *name)
{
	return form->values[index_of(form, name)];
}

void form_set_text(struct form *form, const char *name, const char *text)
{
	editor_set(&form->editors[index_of(form, name)], text);
}

void form_set_value(struct form *form, const char *name, int value)
{
	form->values[index_of(form, name)] = value;
}

void form_focus(struct form *form, const char *name)
{
	form->focus = index_of(form, name);
}

bool form_is_clean(const struct form *form)
{
	for (int i = 0; i < form->count; i++) {
		if (form->is_dirty[i])
			return false;
	}
	return true;
}

void form_mark_clean(struct form *form)
{
	memset(form->is_dirty, 0, sizeof(form->is_dirty));
}

bool form_number(const struct form *form, const char *name, int least, int most, int *value,
	struct error *err)
{
	const char *text = form_text(form, name);
	char *end;
	long number;

	if (!text)
		return true;
	errno = 0;
	number = strtol(text, &end, 10);
	if (errno || end == text || !text_is_blank(end) || number < least || number > most)
		return error_set(err, ERROR_INVALID, _("%s: \"%.40s\" won't do; give %d to %d"),
			_(form->fields[index_of(form, name)].label), text, least, most);
	*value = (int)number;
	return true;
}

const char **form_parts(
	const struct form *form, const char *name, struct arena *arena, size_t *count)
{
	const char *text = form_text(form, name);
	char *part = arena_text(arena, text ? text : "");
	const char **parts = NULL;

	*count = 0;
	while (part) {
		char *end = strchr(part, ';');
		size_t length;

		if (end)
			*end++ = '\0';
		part += strspn(part, " \n");
		length = strlen(part);
		while (length && part[length - 1] == ' ')
			part[--length] = '\0';
		if (length) {
			parts = arena_append(arena, parts, count, sizeof(*parts));
			parts[*count - 1] = part;
		}
		part = end;
	}
	return parts;
}

void form_get_as_text(const struct form *form, int field, struct text *text)
{
	text_clear(text);
	if (form->fields[field].kind == FIELD_CHOICE || form->fields[field].kind == FIELD_TICK)
		text_format(text, "%d", form->values[field]);
	else
		text_add(text, editor_get(&form->editors[field]));
}

void form_set_as_text(struct form *form, int field, const char *text)
{
	int value = atoi(text);

	if (form->fields[field].kind == FIELD_TICK)
		form->values[field] = value != 0;
	else if (form->fields[field].kind == FIELD_CHOICE)
		form->values[field] =
			value >= -1 && value < choice_count(&form->fields[field]) ? value : -1;
	else
		editor_set(&form->editors[field], text);
}

bool form_day(const struct form *form, const char *name, int today, int otherwise, int *day,
	struct error *err)
{
	const char *text = form_text(form, name);

	*day = otherwise;
	if (!text || day_parse(text, today, day))
		return true;
	return error_set(err, ERROR_INVALID, _("\"%.30s\" is no date; write as in 15.12."), text);
}
