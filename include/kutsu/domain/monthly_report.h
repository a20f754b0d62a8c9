/*
 * The monthly report (kuukausiraportti): a month's figures beside the month before and the same
 * month a year before, the goals, whether each moves, and what people wrote that was picked. No
 * person is in it. Once it is accepted it stays as it is, definitions and all.
 */
#ifndef KUTSU_DOMAIN_MONTHLY_REPORT_H
#define KUTSU_DOMAIN_MONTHLY_REPORT_H

#include "kutsu/base/message.h"
#include "kutsu/domain/figures.h"
#include "kutsu/domain/indicator.h"
#include "kutsu/domain/report_table.h"
#include "kutsu/domain/trend.h"

#define REPORT_MONTHS	13
#define REPORT_NOW	(REPORT_MONTHS - 1)
#define REPORT_BEFORE	(REPORT_MONTHS - 2)
#define REPORT_YEAR_AGO 0

#define GOAL_NONE (-1)

struct report_figure {
	struct measure months[REPORT_MONTHS]; /* the report's own month last */
	int64_t goal;			      /* in hundredths; GOAL_NONE */
	struct trend trend; /* of the last TREND_MONTHS, as far as they are told */
	/* In each language, as they were when the report was accepted. */
	const char *label[LANGUAGES], *definition[LANGUAGES];
};

/* A unit's month. */
struct report_unit {
	const char *unit, *name;
	const char *area;    /* or NULL */
	int no_shared_hole;  /* searches without a shared hole that it stood in the way of */
	int promised;	     /* holes, whatever closed them */
	int confirmed, used; /* of those that nothing closed */
};

struct report_unit_list {
	struct report_unit *items; /* in the order in which units were added */
	size_t count;
};

struct report_text_list {
	const char **items; /* as a person picked them */
	size_t count;
};

struct monthly_report {
	struct month month;
	bool is_full;		 /* nothing is hidden */
	const char *region;	 /* or NULL */
	const char *accepted_by; /* login; NULL: it is not accepted */
	int accepted_day;
	struct month_figures figures; /* of the month */
	struct report_figure indicators[INDICATORS];
	const char *tables[REPORT_TABLES][LANGUAGES]; /* definitions, kept as those above */
	struct report_unit_list units;
	struct report_text_list texts;
};

/*
 * Hides what tells of fewer than five people, in each month by itself: `months` are the figures of
 * each of REPORT_MONTHS, the last one the report's, and are hidden with it. What follows from one
 * another is hidden together: the waits, the calls that needed a meeting and what has their number.
 */
void monthly_report_suppress(
	struct monthly_report *report, struct month_figures months[REPORT_MONTHS]);

/* Fills the trends from the months as they are told. */
void monthly_report_add_trends(struct monthly_report *report);

/* Whether the goal is reached by the month: 1, 0, or -1 where there is none or it is not told. */
int report_goal_is_reached(enum indicator indicator, const struct report_figure *figure);

#endif
