/* Feedback: its forms, who has answered, and what all of them said together. */
#ifndef KUTSU_STORE_FEEDBACK_STORE_H
#define KUTSU_STORE_FEEDBACK_STORE_H

#include "kutsu/domain/feedback.h"
#include "kutsu/store/store.h"

struct arena;

/* The forms that are asked on a day, the newest of each code, in the order they were made. */
bool store_feedback_form_list(struct store *store, int day, struct arena *arena,
	struct feedback_form_list *list, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: there is one of that code and day. Writes form->id. */
bool store_feedback_form_add(
	struct change *change, struct feedback_form *form, struct error *err) MUST_CHECK;

/* unit_id 0: no unit's. ERROR_CONFLICT: that respondent has answered already. */
bool store_feedback_add(struct change *change, const struct feedback *feedback,
	const struct feedback_form *form, int64_t unit_id, int day, int64_t user_id, int64_t *id,
	struct error *err) MUST_CHECK;

/* That somebody answered, without what. */
struct feedback_given {
	const char *form;
	enum respondent respondent;
	int64_t meeting_id;
	const char *unit; /* or NULL */
	int number, day;
};

struct feedback_given_list {
	struct feedback_given *items;
	size_t count;
};

/* About meetings of these days, both included, by meeting. */
bool store_feedback_given(struct store *store, int from_day, int until_day, struct arena *arena,
	struct feedback_given_list *list, struct error *err) MUST_CHECK;

/* A unit's feedback of a month. */
struct feedback_turn {
	int64_t unit_id;
	const char *unit, *name;
	int day; /* on which it was given; DAY_LAST: it is missing */
};

struct feedback_round {
	struct feedback_turn *items; /* of the active units, in the order they were added */
	size_t count;
};

bool store_feedback_round(struct store *store, int month_day, struct arena *arena,
	struct feedback_round *round, struct error *err) MUST_CHECK;

/* How many were asked, and how many of those answered. */
struct feedback_rate {
	int asked, answered;
};

/*
 * Who could be asked about the meetings of these days that were not cancelled: of each its family,
 * its units (but those that did not come) and its child where it is 7 to 12. Nothing of the units'
 * months.
 */
struct feedback_rates {
	struct feedback_rate family, child, worker, unit;
};

bool store_feedback_rates(struct store *store, int from_day, int until_day,
	struct feedback_rates *rates, struct error *err) MUST_CHECK;

/* What was said to one question in all. */
struct feedback_sum {
	const char *form, *question;
	enum scale scale;
	const char *texts[LANGUAGES], *form_texts[LANGUAGES];
	int count, unknown; /* those who gave a value; those who don't know */
	int sum;
	int promoters, detractors; /* of 0 to 10: 9 and 10; 0 to 6 */
};

struct feedback_sum_list {
	struct feedback_sum *items; /* by form and question */
	size_t count;
};

/* Of what was given on these days, both included, and what units gave of months that begin on
 * them. */
bool store_feedback_sums(struct store *store, int from_day, int until_day, struct arena *arena,
	struct feedback_sum_list *list, struct error *err) MUST_CHECK;

/* One answer to one question. */
struct feedback_single {
	int day;
	const char *form, *question;
	enum scale scale;
	bool is_known;
	int value;
	const char *text; /* as it was picked, or NULL */
};

typedef bool feedback_visitor(
	void *context, const struct feedback_single *answer, struct error *err);

/* Each answer of these days, by question: in no order of who gave it. */
bool store_feedback_each(struct store *store, int from_day, int until_day, feedback_visitor *visit,
	void *context, struct error *err) MUST_CHECK;

/* What somebody wrote. */
struct feedback_text {
	int64_t feedback_id;
	int position;
	enum respondent respondent;
	const char *text;
	const char *picked; /* as the report has it, or NULL */
};

struct feedback_text_list {
	struct feedback_text *items; /* by text: in no order of meetings or days */
	size_t count;
};

bool store_feedback_texts(struct store *store, int from_day, int until_day, struct arena *arena,
	struct feedback_text_list *list, struct error *err) MUST_CHECK;
/* NULL: it is picked no more. */
bool store_feedback_pick(struct change *change, const struct feedback_text *text,
	const char *picked, struct error *err) MUST_CHECK;

#endif
