/* What is typed and ticked during a call: kept as a draft, read as an intake. */
#ifndef KUTSU_UI_SCREENS_CALL_FORM_INTERNAL_H
#define KUTSU_UI_SCREENS_CALL_FORM_INTERNAL_H

#include "kutsu/service/intake.h"
#include "panes/form_draft_internal.h"
#include "panes/unit_pane_internal.h"
#include "widgets/conflict_internal.h"

struct call_form {
	struct form form;
	struct unit_pane units;
	struct form_draft draft;
	bool units_are_dirty;		  /* other ones are ticked than the draft has */
	bool case_is_dirty;		  /* another case was chosen than the draft has */
	bool case_is_unread;		  /* what is known of the case is still to be filled in */
	char case_code[CASE_CODE_SIZE];	  /* the case it adds to, or "" */
	int case_revision;		  /* of it, as the form began from it; 0: it did not */
	int their_revision;		  /* as it was shown beside what is typed */
	char limits_trouble[STATUS_SIZE]; /* what is not understood of the limits, or "" */
};

/* draft_id 0: a new call; case_code: the case it adds to, or NULL. Begins zeroed. */
void call_form_init(struct call_form *self, int64_t draft_id, const char *case_code);
void call_form_release(struct call_form *self);

/* Reads the units and, the first time, the draft (which it takes over) or the case. */
bool call_form_read(struct call_form *self, struct ui *ui, struct error *err);

/* Keeps in the draft what has changed; a failure is shown. */
void call_form_keep(struct call_form *self, struct ui *ui);
/* Whether there is nothing in it that the draft has not. */
bool call_form_is_kept(const struct call_form *self);
/* The draft has become a call, or is thrown away: nothing is left to be kept. */
void call_form_forget_draft(struct call_form *self);

/* The limits as far as they are understood; see limits_trouble. */
struct family_limits call_form_limits(struct call_form *self);
int call_form_minutes(const struct call_form *self);

/*
 * What a colleague has changed of the case since the form began from it, beside what is typed here:
 * *screen is NULL where nothing is. `context` is for the two choices.
 */
bool call_form_compare(struct call_form *self, struct ui *ui, conflict_choice *keep_mine,
	conflict_choice *take_theirs, void *context, struct screen **screen, struct error *err);
/* From then on what is typed goes over what was shown, or what was shown stands in the form. */
void call_form_keep_mine(struct call_form *self);
bool call_form_take_theirs(struct call_form *self, struct ui *ui, struct error *err);

/* The form as an intake; its texts are borrowed from the form and the arena. ERROR_INVALID */
bool call_form_intake(
	struct call_form *self, struct arena *arena, struct intake *intake, struct error *err);

#endif
