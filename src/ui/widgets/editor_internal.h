/* A text being typed, on one row or several. */
#ifndef KUTSU_UI_WIDGETS_EDITOR_INTERNAL_H
#define KUTSU_UI_WIDGETS_EDITOR_INTERNAL_H

#include "canvas_internal.h"
#include "key_internal.h"
#include "kutsu/base/text.h"

struct editor {
	struct text text;
	size_t at; /* the cursor, a byte offset */
	int width; /* columns it is drawn in: up and down go by them */
	bool is_multiline;
};

void editor_set(struct editor *editor, const char *text); /* the cursor goes to its end */
const char *editor_get(const struct editor *editor);
void editor_release(struct editor *editor);

/* Whether the key was the editor's; *changed says whether the text is another now. */
bool editor_key(struct editor *editor, const struct key *key, bool *changed);

/* Draws the part around the cursor. */
void editor_draw(const struct editor *editor, const struct canvas *canvas, bool has_focus);

/* The end of the display row that begins at `at`: at a line feed, or wrapped behind a word. *next
 * is where the row after it begins. */
size_t wrap_row(const char *text, size_t at, int columns, size_t *next);

#endif
