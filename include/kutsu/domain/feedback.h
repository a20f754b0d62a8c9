/*
 * Feedback (palaute): what families, children, workers and units say. Forms are data: their
 * questions, scales and languages stand in the database. Who said what is kept to ask each
 * respondent once, and is told to nobody: what is shown is of many, and of fewer than five
 * (FEEDBACK_LEAST) nothing but how many they are.
 */
#ifndef KUTSU_DOMAIN_FEEDBACK_H
#define KUTSU_DOMAIN_FEEDBACK_H

#include "kutsu/base/date.h"
#include "kutsu/base/error.h"
#include "kutsu/base/message.h"
#include "kutsu/domain/terms.h"

#include <stddef.h>
#include <stdint.h>

#define FEEDBACK_LEAST	      5	 /* answers of which figures are told */
#define FEEDBACK_NUMBERS      20 /* respondents of a kind about one meeting */
#define FEEDBACK_QUESTIONS    20 /* of a form, at most */
#define FEEDBACK_CODE_LONGEST 40

struct feedback_question {
	const char *code; /* "recommend": keeps its meaning from form to form */
	enum scale scale;
	const char *texts[LANGUAGES];
};

struct feedback_form {
	int64_t id;
	const char *code;     /* "family" */
	int valid_from;	      /* day */
	unsigned respondents; /* bit 1u << respondent of each who answers it */
	const char *texts[LANGUAGES];
	struct feedback_question *questions; /* in the order they are asked */
	size_t question_count;
};

struct feedback_form_list {
	struct feedback_form *items;
	size_t count;
};

/* An answer to one question. */
struct feedback_answer {
	bool is_given; /* false: was left out */
	bool is_known; /* false: "don't know" */
	int value;
	const char *text; /* of a question that asks for one */
};

/* What one respondent said, as it comes in. */
struct feedback {
	const char *form;
	enum respondent respondent;
	int64_t meeting_id;		 /* 0: a unit's, of a month */
	const char *unit;		 /* code: a worker's, or the unit's own; else NULL */
	struct month month;		 /* of a unit's */
	int number;			 /* 1; of a meeting's second guardian 2, and so on */
	struct feedback_answer *answers; /* one for each of the form's questions */
};

/* Lowest and highest value; a text has none (0, 0). */
int scale_least(enum scale scale);
int scale_most(enum scale scale);

/* Who answers it where nobody else is named: the first of them. */
enum respondent feedback_form_respondent(const struct feedback_form *form);

/* ERROR_INVALID  nothing was answered, or a value or text that the scale does not have; the
 *                question is named by its code */
bool feedback_check(const struct feedback_form *form, const struct feedback_answer *answers,
	struct error *err) MUST_CHECK;

/* ERROR_INVALID  a code, a text in one of the languages or the questions are missing or too many,
 *                or a code stands twice */
bool feedback_form_check(const struct feedback_form *form, struct error *err) MUST_CHECK;

/*
 * Net promoter score (suositteluindeksi, Reichheld 2003; THL's client feedback uses it): the per
 * cent of 9 and 10 less that of 0 to 6, to the nearest, -100 to 100. At least one answer.
 */
int nps_of(int promoters, int detractors, int count);

/* By when a unit's feedback of a month is due: that day of the next month. */
int feedback_due_day(struct month month, int day_of_month);

#endif
