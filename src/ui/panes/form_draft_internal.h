/* A form that is kept in a draft as it is typed. */
#ifndef KUTSU_UI_PANES_FORM_DRAFT_INTERNAL_H
#define KUTSU_UI_PANES_FORM_DRAFT_INTERNAL_H

#include "kutsu/service/drafting.h"
#include "screen_internal.h"
#include "widgets/form_internal.h"

struct form_draft {
	int64_t id;	  /* 0 while nothing was typed */
	bool is_old;	  /* its fields are still to be read */
	bool is_lost;	  /* a colleague has it now */
	int64_t saved_at; /* 0: not yet */
};

#define DRAFT_MOST_MORE 4 /* fields besides the form's */

/*
 * Keeps the form's changed fields, and those of `more` (borrowed) where there are any. Returns
 * whether all is kept; the form is clean then. A failure is shown.
 */
bool form_draft_keep(struct form_draft *draft, struct ui *ui, struct form *form,
	const struct draft_field *more, size_t more_count);

/* Takes an old draft over, fills the form, and gives all its fields, in the arena. */
bool form_draft_take(struct form_draft *draft, struct ui *ui, struct form *form,
	struct arena *arena, struct draft_field_list *fields, struct error *err);

/* Asks before two screens, this one and the form's, are left with what could not be kept. */
struct screen *form_draft_leave_new(void);

/* Removes it for good. A failure is shown. */
bool form_draft_discard(struct form_draft *draft, struct ui *ui);

#endif
