/*
 * A form: fields with labels, laid out in rows. It knows texts, lines of choices and boxes to tick,
 * and nothing of what they mean.
 */
#ifndef KUTSU_UI_WIDGETS_FORM_INTERNAL_H
#define KUTSU_UI_WIDGETS_FORM_INTERNAL_H

#include "editor_internal.h"
#include "kutsu/base/arena.h"
#include "kutsu/base/error.h"

#define FORM_MOST_FIELDS 24

enum field_kind { FIELD_TEXT, FIELD_AREA, FIELD_CHOICE, FIELD_TICK };

struct field {
	const char *name;  /* under which a draft keeps it; NULL ends a form */
	const char *label; /* source text */
	enum field_kind kind;
	int row;			  /* fields of one row stand side by side */
	int weight;			  /* how they share it */
	const char *(*choice)(int value); /* FIELD_CHOICE: the translated text of one, NULL past the
					     last */
	const char *hint; /* source text: what may be typed, shown while it is empty; or NULL */
};

struct form {
	const struct field *fields; /* borrowed, ended by a NULL name */
	int count;
	int focus; /* index of the field with the cursor */
	struct editor editors[FORM_MOST_FIELDS];
	int values[FORM_MOST_FIELDS];	 /* of choices (-1: none chosen) and ticks */
	bool is_dirty[FORM_MOST_FIELDS]; /* changed since form_mark_clean() */
	int area_rows;			 /* how high a FIELD_AREA is; at least 1 */
	int columns;
};

void form_init(struct form *form, const struct field *fields);
void form_release(struct form *form);

/* Its size; up and down in an area go by it. */
void form_resize(struct form *form, int columns, int area_rows);
int form_rows(const struct form *form); /* how many rows it takes */

/* Keys of fields, and Tab, Backtab, up and down between them. False: not the form's (Tab past the
 * last field, Backtab before the first, Enter in a line of text). */
bool form_key(struct form *form, const struct key *key);
void form_draw(const struct form *form, const struct canvas *canvas, bool has_focus);

int form_find(const struct form *form, const char *name);
const char *form_text(const struct form *form, const char *name); /* blank is NULL */
int form_value(const struct form *form, const char *name);
/* A date as people write it, `otherwise` where the field is empty. ERROR_INVALID */
bool form_day(const struct form *form, const char *name, int today, int otherwise, int *day,
	struct error *err) MUST_CHECK;
/*
 * A whole number from `least` to `most`; *value is let be where nothing was typed.
 * ERROR_INVALID: something else was typed; the field is named by its label.
 */
bool form_number(const struct form *form, const char *name, int least, int most, int *value,
	struct error *err) MUST_CHECK;
/* The parts of "mother; teacher", without the blanks around them, in the arena. */
const char **form_parts(
	const struct form *form, const char *name, struct arena *arena, size_t *count);
void form_set_text(struct form *form, const char *name, const char *text);
void form_set_value(struct form *form, const char *name, int value);
void form_focus(struct form *form, const char *name);
bool form_is_clean(const struct form *form);
void form_mark_clean(struct form *form);

/* Any field as text, for drafts: the text itself, or a choice's or tick's number. */
void form_get_as_text(const struct form *form, int field, struct text *text);
void form_set_as_text(struct form *form, int field, const char *text);

#endif
