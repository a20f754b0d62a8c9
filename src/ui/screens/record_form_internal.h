/* What is ticked and typed of a meeting: kept as a draft, saved as its record. */
#ifndef KUTSU_UI_SCREENS_RECORD_FORM_INTERNAL_H
#define KUTSU_UI_SCREENS_RECORD_FORM_INTERNAL_H

#include "kutsu/domain/meeting.h"
#include "kutsu/domain/slot.h"
#include "panes/form_draft_internal.h"
#include "widgets/conflict_internal.h"

struct record_form {
	int64_t id;	    /* the meeting's */
	struct arena arena; /* of the meeting */
	struct arena kept;  /* of the actions typed here */
	struct meeting meeting;
	const char **names; /* of the invited units; this and came: in the arena */
	bool *came;
	struct form form;
	struct agreed_action *actions;
	size_t action_count;
	int revision;	    /* of the record that the writing began from, or RECORD_NEW */
	int their_revision; /* of the one shown beside what is typed */
	bool is_filled;	    /* what the database has was read into the form */
	bool is_changed;    /* who came or what was agreed, since the draft was kept */
	struct form_draft draft;
};

/* draft_id 0: the draft of its record that there may be. Begins zeroed. */
void record_form_init(struct record_form *self, int64_t meeting_id, int64_t draft_id);
void record_form_release(struct record_form *self);

/* Reads meeting, record and draft, once. */
bool record_form_read(struct record_form *self, struct ui *ui, struct error *err);
/* The texts are copied. */
void record_form_add_action(struct record_form *self, const struct agreed_action *action);

/* Keeps in the draft what has changed; a failure is shown. */
void record_form_keep(struct record_form *self, struct ui *ui);
/* Whether there is nothing in it that the draft has not. */
bool record_form_is_kept(const struct record_form *self);
/* Removes the draft: nothing is left to be kept. False, shown: it could not be removed. */
bool record_form_forget(struct record_form *self, struct ui *ui);
/*
 * What somebody else has recorded since beside what is typed here: *screen is NULL where nobody
 * has. `context` is for the two choices.
 */
bool record_form_compare(struct record_form *self, struct ui *ui, conflict_choice *keep_mine,
	conflict_choice *take_theirs, void *context, struct screen **screen, struct error *err);
/* From then on what is typed goes over what was shown. */
void record_form_keep_mine(struct record_form *self);
/* Makes the record. Errors as of meeting_record_make(). */
bool record_form_save(struct record_form *self, struct ui *ui, struct error *err);

#endif
