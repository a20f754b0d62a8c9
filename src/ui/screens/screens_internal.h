/* How each screen is opened. A string argument is copied. */
#ifndef KUTSU_UI_SCREENS_SCREENS_INTERNAL_H
#define KUTSU_UI_SCREENS_SCREENS_INTERNAL_H

#include "kutsu/base/date.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/exporting.h"
#include "screen_internal.h"

struct screen *today_screen_new(void);
struct screen *own_unit_screen_new(void);
struct screen *contacts_screen_new(void);
struct screen *slots_screen_new(void);
struct screen *meetings_screen_new(void);
struct screen *follow_screen_new(void);
struct screen *units_screen_new(void);
struct screen *figures_screen_new(void);
struct screen *log_screen_new(void);
struct screen *feedback_screen_new(void);
struct screen *feedback_screen_of_month(struct month month);

/* One respondent's answers, asked question by question. NULL: *err says why. */
struct feedback;
struct feedback_form;
struct screen *feedback_form_screen_new(
	struct ui *ui, const struct feedback *feedback, struct error *err);
/* The unit's own of a month. NULL: a failure, which is shown. */
struct screen *feedback_of_unit_new(struct ui *ui, const char *unit, struct month month);
/* Asks for which form and of whom, then for the answers. unit: what stands there beforehand, or
 * NULL. NULL: a failure, which is shown. */
struct screen *feedback_menu_new(struct ui *ui, const char *unit);
struct screen *feedback_who_dialog_new(
	struct ui *ui, const struct feedback_form *form, const char *unit);
/* Decisions that the user has not seen. */
struct screen *notice_screen_new(void);
/* Observations, phenomena, initiatives, decisions. */
struct screen *learning_screen_new(void);
struct screen *observation_dialog_new(void);

/* Whether promises are enough: by area, for the weeks up to this one. */
struct screen *capacity_screen_new(void);

/* The phone rings: what kind of call is it? */
struct screen *call_kind_screen_new(void);
/* A new call's form. draft_id 0: a new draft. case_code: the case it adds to, or NULL. */
struct screen *call_screen_new(int64_t draft_id, const char *case_code);

struct screen *case_screen_new(const char *code);
struct screen *meeting_screen_new(int64_t meeting_id);
/* draft_id 0: the draft of its record that there may be. */
struct screen *record_screen_new(int64_t meeting_id, int64_t draft_id);

/* A time for a case that is there: a first meeting or a follow-up, for these units (or none yet).
 */
struct screen *booking_screen_new(
	const char *case_code, enum meeting_kind kind, const char *const *units, size_t unit_count);
/* Another time for a meeting. */
struct screen *moving_screen_new(const struct meeting *meeting);
/* Asks for the reason, and cancels it. */
struct screen *cancel_dialog_new(int64_t meeting_id);

/* Who is invited to a meeting, what they were told and answered. */
struct screen *invitations_screen_new(int64_t meeting_id);
/* The same where something has not left yet, else NULL: for what has just booked or moved. A
 * failure is shown. */
struct screen *invitations_screen_of_any(struct ui *ui, int64_t meeting_id);
/* Writes things out to a file, of one unit or (NULL) of all; over ssh it tells how to fetch them.
 */
struct screen *export_dialog_new(struct ui *ui, enum export_what what, const char *unit);
/* The same of what a command writes out, "audit list --json": it tells what to type. */
struct screen *fetch_screen_new(struct ui *ui, const char *command, const char *file);
/* A text to be read, with line feeds in it. */
struct screen *text_screen_new(const char *title, const char *text);

/* Which hole more would help families most. */
struct screen *advice_screen_new(void);

struct screen *unit_screen_new(const char *code);
/* What is booked in holes of the unit that have closed. */
struct screen *unsettled_screen_new(const char *unit);
/* The same where there is any, else NULL: for what closes holes. A failure is shown. */
struct screen *unsettled_screen_of_any(struct ui *ui, const char *unit);

/* Lists cases; Enter chooses one for `choose`. */
typedef struct next case_chosen(struct ui *ui, void *context, const char *code);
struct screen *case_pick_screen_new(case_chosen *choose, void *context);

#endif
