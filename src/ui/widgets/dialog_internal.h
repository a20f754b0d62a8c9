/* Small screens over others: a question, a short form, a menu. They call back to what opened them.
 */
#ifndef KUTSU_UI_WIDGETS_DIALOG_INTERNAL_H
#define KUTSU_UI_WIDGETS_DIALOG_INTERNAL_H

#include "form_internal.h"
#include "screen_internal.h"

/* `context` is the screen below, which outlives the dialog. */
typedef struct next dialog_answer(struct ui *ui, void *context);

/* Enter says yes; Esc goes back. The texts are copied. */
struct screen *confirm_new(
	const char *title, const char *question, dialog_answer *yes, void *context);

/* False keeps the dialog open and shows the error. */
typedef bool dialog_submit(struct ui *ui, struct form *form, void *context, struct error *err);

/* Somebody else was first (ERROR_CONFLICT): a screen that shows both, or NULL for the error alone.
 */
typedef struct screen *dialog_conflict(struct ui *ui, struct form *form, void *context);

struct form_dialog {
	const char *title; /* translated; copied */
	const char *note;  /* translated, above the form, copied; or NULL */
	const struct field *fields;
	dialog_submit *submit;
	dialog_conflict *conflict;	     /* or NULL */
	void (*free_context)(void *context); /* when the dialog ends; or NULL */
	void *context;
	int goes_back; /* how many screens are left after success; 0 is the dialog alone */
	/* Makes what stands in the dialog's place after success; it gives NULL where nothing does.
	 * Or NULL. */
	struct screen *(*then)(struct ui *ui, void *context);
};

/* *form is for filling in what is known beforehand. */
struct screen *form_dialog_new(const struct form_dialog *dialog, struct form **form);

struct menu_item {
	char key;
	const char *text; /* source text */
	int value;
};

typedef struct next menu_choose(struct ui *ui, void *context, int value);

/* Items end with key 0; they are borrowed. free_context is called when the menu ends, or NULL. */
struct screen *menu_new(const char *title, const struct menu_item *items, menu_choose *choose,
	void (*free_context)(void *context), void *context);

#endif
