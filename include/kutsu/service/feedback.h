/* Feedback: entered once by each respondent, and told of many together only. */
#ifndef KUTSU_SERVICE_FEEDBACK_H
#define KUTSU_SERVICE_FEEDBACK_H

#include "kutsu/domain/feedback.h"
#include "kutsu/service/session.h"
#include "kutsu/store/feedback_store.h"

/* The forms that are asked today, in the arena. */
bool feedback_forms(struct session *session, struct arena *arena, struct feedback_form_list *list,
	struct error *err) MUST_CHECK;
/* The form of that code, as it is asked today. ERROR_NOT_FOUND */
bool feedback_form_get(struct session *session, const char *code, struct arena *arena,
	struct feedback_form *form, struct error *err) MUST_CHECK;

/*
 * ERROR_INVALID   as feedback_form_check() says, or it is valid from a day that is over
 * ERROR_CONFLICT  there is one of that code and day
 */
bool feedback_form_add(
	struct session *session, struct feedback_form *form, struct error *err) MUST_CHECK;

/*
 * Keeps what one respondent said. A contact enters a worker's of an own unit, and the unit's own.
 *
 * ERROR_INVALID    the answers, as feedback_check() says; a respondent whom the form does not ask;
 *                  a meeting, unit or month is missing or too much; a month that has not begun
 * ERROR_NOT_FOUND  no such form, meeting or unit; or the unit was not invited
 * ERROR_CONFLICT   that respondent has answered; the meeting was cancelled or has not begun
 */
bool feedback_add(struct session *session, const struct feedback *feedback, int64_t *id,
	struct error *err) MUST_CHECK;

/* Who has answered about the meetings of these days, both included. */
bool feedback_list(struct session *session, int from_day, int until_day, struct arena *arena,
	struct feedback_given_list *list, struct error *err) MUST_CHECK;

/* The units' turn of a month; a contact's own ones. *due_day is the last day for it. */
bool feedback_round_look(struct session *session, struct month month, struct arena *arena,
	struct feedback_round *round, int *due_day, struct error *err) MUST_CHECK;

/* Who has still to give feedback of the month that is over last; a contact's own units. */
struct feedback_missing {
	struct month month;
	int due_day;
	struct feedback_round units; /* those that have not; none before the county began */
};

bool feedback_missing_look(struct session *session, struct arena *arena,
	struct feedback_missing *missing, struct error *err) MUST_CHECK;

/*
 * What was said in a month. For who does not see small figures CELL_HIDDEN stands for a family's or
 * child's rate of fewer than five, asked, answered or not, and for how many said something where
 * they are fewer.
 */
struct feedback_view {
	struct feedback_rates rates;	 /* of the meetings of that month, and its units */
	struct feedback_sum_list sums;	 /* of fewer than FEEDBACK_LEAST: count alone, sum -1 */
	struct feedback_text_list texts; /* for who may pick; else those that were picked */
};

/* LOOK_NEW is logged, with the month. In the arena. */
bool feedback_look(struct session *session, enum look look, struct month month, struct arena *arena,
	struct feedback_view *view, struct error *err) MUST_CHECK;

#define FEEDBACK_TEXT_ID_SIZE 9

/* What a text is named by: nothing of whose it is follows from it. Returns `to`. */
const char *feedback_text_id(const struct feedback_text *text, char to[FEEDBACK_TEXT_ID_SIZE]);

/*
 * Picks a text of that month for the report, as `picked` says it without names; NULL: as it is
 * written; "": no more.
 *
 * ERROR_NOT_FOUND  no text of that month has the id
 */
bool feedback_pick(struct session *session, struct month month, const char *text_id,
	const char *picked, struct error *err) MUST_CHECK;

#endif
