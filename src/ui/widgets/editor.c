#include "editor_internal.h"

#include "kutsu/base/utf8.h"

#include <string.h>

#define TEXT_MOST 20000 /* bytes */
#define ROWS_MOST 512

void editor_set(struct editor *editor, const char *text)
{
	text_clear(&editor->text);
	text_add(&editor->text, text ? text : "");
	editor->at = editor->text.length;
}

const char *editor_get(const struct editor *editor)
{
	return text_get(&editor->text);
}

void editor_release(struct editor *editor)
{
	text_release(&editor->text);
}

size_t wrap_row(const char *text, size_t at, int columns, size_t *next)
{
	size_t line = strcspn(text + at, "\n");
	size_t fits = utf8_fit(text + at, columns, NULL);
	size_t space;

	if (fits == 0 && text[at] && text[at] != '\n')
		fits = utf8_next(text + at, 0);
	if (line <= fits) {
		*next = at + line + (text[at + line] == '\n');
		return at + line;
	}
	for (space = fits; space > 0 && text[at + space] != ' '; space--)
		;
	if (space == 0) {
		*next = at + fits;
		return at + fits;
	}
	*next = at + space + 1;
	return at + space;
}

static size_t word_left(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n')
		at--;
	return at;
}

static size_t word_right(const char *text, size_t at)
{
	while (text[at] && text[at] != ' ')
		at++;
	while (text[at] == ' ')
		at++;
	return at;
}

static size_t line_start(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

static void cut(struct editor *editor, size_t from, size_t to, bool *changed)
{
	if (from >= to)
		return;
	text_remove(&editor->text, from, to - from);
	editor->at = from;
	*changed = true;
}

static void insert(struct editor *editor, const char *bytes, bool *changed)
{
	size_t length = strlen(bytes);

	if (editor->text.length + length > TEXT_MOST)
		return;
	text_insert(&editor->text, editor->at, bytes, length);
	editor->at += length;
	*changed = true;
}

/* Where each display row begins; returns how many there are. */
static int lay_out(const char *text, int columns, size_t starts[ROWS_MOST])
{
	size_t start = 0, next;
	int rows = 0;

	while (rows < ROWS_MOST) {
		starts[rows++] = start;
		wrap_row(text, start, columns, &next);
		if (text[next] == '\0' && (next == 0 || text[next - 1] != '\n'))
			break;
		if (next == start)
			break;
		start = next;
	}
	return rows;
}

static int row_of(const size_t *starts, int rows, size_t at)
{
	int row = 0;

	while (row + 1 < rows && starts[row + 1] <= at)
		row++;
	return row;
}

static int width_between(const char *text, size_t from, size_t to)
{
	return utf8_width_bytes(text + from, to - from);
}

static bool move_by_row(struct editor *editor, int direction)
{
	const char *text = editor_get(editor);
	size_t starts[ROWS_MOST], next, end, fits;
	int rows, row, column;

	if (!editor->is_multiline || editor->width < 1)
		return false;
	rows = lay_out(text, editor->width, starts);
	row = row_of(starts, rows, editor->at);
	column = width_between(text, starts[row], editor->at);
	row += direction;
	if (row < 0 || row >= rows)
		return false;
	end = wrap_row(text, starts[row], editor->width, &next);
	fits = utf8_fit(text + starts[row], column, NULL);
	editor->at = starts[row] + fits < end ? starts[row] + fits : end;
	return true;
}

static bool move_key(struct editor *editor, const struct key *key)
{
	const char *text = editor_get(editor);

	switch (key->press) {
	case PRESS_LEFT:
		editor->at = utf8_previous(text, editor->at);
		return true;
	case PRESS_RIGHT:
		editor->at = utf8_next(text, editor->at);
		return true;
	case PRESS_WORD_LEFT:
		editor->at = word_left(text, editor->at);
		return true;
	case PRESS_WORD_RIGHT:
		editor->at = word_right(text, editor->at);
		return true;
	case PRESS_HOME:
	case PRESS_CONTROL + 'A':
		editor->at = line_start(text, editor->at);
		return true;
	case PRESS_END:
	case PRESS_CONTROL + 'E':
		editor->at += strcspn(text + editor->at, "\n");
		return true;
	case PRESS_UP:
		return move_by_row(editor, -1);
	case PRESS_DOWN:
		return move_by_row(editor, 1);
	default:
		return false;
	}
}

static bool change_key(struct editor *editor, const struct key *key, bool *changed)
{
	const char *text = editor_get(editor);
	size_t at = editor->at;

	switch (key->press) {
	case PRESS_TEXT:
		insert(editor, key->text, changed);
		return true;
	case PRESS_ENTER:
		if (editor->is_multiline)
			insert(editor, "\n", changed);
		return editor->is_multiline;
	case PRESS_BACKSPACE:
		cut(editor, utf8_previous(text, at), at, changed);
		return true;
	case PRESS_DELETE:
		cut(editor, at, utf8_next(text, at), changed);
		return true;
	case PRESS_CONTROL + 'W':
		cut(editor, word_left(text, at), at, changed);
		return true;
	case PRESS_CONTROL + 'U':
		cut(editor, line_start(text, at), at, changed);
		return true;
	case PRESS_CONTROL + 'K':
		cut(editor, at, at + strcspn(text + at, "\n"), changed);
		return true;
	default:
		return false;
	}
}

bool editor_key(struct editor *editor, const struct key *key, bool *changed)
{
	*changed = false;
	return change_key(editor, key, changed) || move_key(editor, key);
}

/* The text is scrolled so that the cursor stands in the row, with one column to spare. */
static void draw_one_row(const struct editor *editor, const struct canvas *canvas, bool has_focus)
{
	const char *text = editor_get(editor);
	int column = has_focus ? width_between(text, 0, editor->at) : 0;
	size_t start = 0;

	while (column >= canvas->columns && start < editor->at) {
		size_t next = utf8_next(text, start);

		column -= width_between(text, start, next);
		start = next;
	}
	canvas_row(canvas, 0, 0, canvas->columns, STYLE_FIELD, text + start);
	if (has_focus)
		canvas_cursor(canvas, 0, column);
}

/* Behind a full row it stands on the last column. */
static void place_cursor(const struct canvas *canvas, int row, int column)
{
	canvas_cursor(canvas, row, column < canvas->columns ? column : canvas->columns - 1);
}

static void draw_rows(const struct editor *editor, const struct canvas *canvas, bool has_focus)
{
	const char *text = editor_get(editor);
	size_t starts[ROWS_MOST], next;
	int rows = lay_out(text, canvas->columns, starts);
	int cursor = row_of(starts, rows, editor->at);
	int top = has_focus && cursor >= canvas->rows ? cursor - canvas->rows + 1 : 0;
	struct text part = { 0 };

	for (int row = 0; row < canvas->rows; row++) {
		size_t from = row + top < rows ? starts[row + top] : editor->text.length;
		size_t end = wrap_row(text, from, canvas->columns, &next);

		text_clear(&part);
		text_add_bytes(&part, text + from, end - from);
		canvas_row(canvas, row, 0, canvas->columns, STYLE_FIELD, text_get(&part));
	}
	if (has_focus)
		place_cursor(canvas, cursor - top, width_between(text, starts[cursor], editor->at));
	text_release(&part);
}

void editor_draw(const struct editor *editor, const struct canvas *canvas, bool has_focus)
{
	if (canvas->columns < 1 || canvas->rows < 1)
		return;
	if (editor->is_multiline && canvas->rows > 1)
		draw_rows(editor, canvas, has_focus);
	else
		draw_one_row(editor, canvas, has_focus);
}
