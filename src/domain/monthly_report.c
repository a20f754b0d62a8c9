#include "kutsu/domain/monthly_report.h"

#include <assert.h>

static void hide(struct measure *measure)
{
	*measure = (struct measure) {
		.value = MEASURE_HIDDEN, .n = MEASURE_HIDDEN, .people = MEASURE_HIDDEN
	};
}

static void hide_if(bool condition, struct measure *measure)
{
	if (condition && measure->value != MEASURE_NONE)
		hide(measure);
}

/*
 * Families with a first call are at most the calls that needed a meeting, and those of them that
 * wait are what is left beside those that met.
 */
static void suppress_linked(
	struct monthly_report *report, int at, const struct month_figures *figures)
{
	struct report_figure *all = report->indicators;
	bool hides_needing = figures->calls.by_outcome[OUTCOME_MEETING] == FIGURE_HIDDEN;
	bool hides_waits = figures->delays.meetings == FIGURE_HIDDEN;
	bool hides_weeks = figures->delays.within_14 == FIGURE_HIDDEN;
	struct measure *access = &all[INDICATOR_ACCESSIBILITY].months[at];
	struct measure *handoffs = &all[INDICATOR_HANDOFFS].months[at];

	hide_if(figures->calls.total == FIGURE_HIDDEN, &all[INDICATOR_CALLS].months[at]);
	hide_if(hides_needing, &all[INDICATOR_NEEDING_MEETING].months[at]);
	hide_if(hides_needing, &all[INDICATOR_REPEAT_CALLS].months[at]);
	hide_if(hides_needing || figures->calls.no_shared_hole == FIGURE_HIDDEN,
		&all[INDICATOR_NO_SHARED_HOLE].months[at]);
	hide_if(hides_waits, &all[INDICATOR_DELAY_MEDIAN].months[at]);
	hide_if(hides_weeks, &all[INDICATOR_DELAY_P90].months[at]);
	hide_if(hides_weeks, &all[INDICATOR_WITHIN_7].months[at]);
	hide_if(hides_weeks, &all[INDICATOR_WITHIN_14].months[at]);
	hide_if(hides_needing || hides_weeks
			|| (access->n > 0 && cell_is_small(access->n - figures->delays.meetings)),
		access);
	/* How many of the calls were second ones of a case would follow from its number of cases.
	 */
	hide_if(hides_needing || handoffs->n < CELL_LEAST, handoffs);
	if (handoffs->n > 0)
		handoffs->n = MEASURE_HIDDEN;
}

/* Its own rule is in the links. */
static bool is_linked(enum indicator indicator)
{
	switch (indicator) {
	case INDICATOR_CALLS:
	case INDICATOR_NEEDING_MEETING:
	case INDICATOR_DELAY_MEDIAN:
	case INDICATOR_DELAY_P90:
	case INDICATOR_WITHIN_7:
	case INDICATOR_WITHIN_14:
	case INDICATOR_HANDOFFS:
		return true;
	default:
		return false;
	}
}

/* The units' holes with a meeting in them have the month's as their total. */
static void suppress_units(struct monthly_report *report)
{
	struct report_unit_list *units = &report->units;

	for (size_t i = 0; i < units->count; i++) {
		struct report_unit *unit = &units->items[i];

		if (cell_is_small(unit->no_shared_hole))
			unit->no_shared_hole = FIGURE_HIDDEN;
		if (cell_is_small(unit->used))
			unit->used = FIGURE_HIDDEN;
	}
}

/* One unit that is hidden alone would follow from the others and the total. */
static bool total_tells_unit(const struct monthly_report *report)
{
	const struct report_unit_list *units = &report->units;
	int hidden = 0, sum = 0;
	const struct measure *used = &report->indicators[INDICATOR_HOLES_USED].months[REPORT_NOW];

	if (!measure_is_told(used))
		return false;
	for (size_t i = 0; i < units->count; i++) {
		hidden += units->items[i].used == FIGURE_HIDDEN;
		sum += units->items[i].used > 0 ? units->items[i].used : 0;
	}
	return hidden == 1
	       || (hidden > 1
		       && (used->value - sum == hidden
			       || used->value - sum == hidden * (CELL_LEAST - 1)));
}

void monthly_report_suppress(
	struct monthly_report *report, struct month_figures months[REPORT_MONTHS])
{
	for (int at = 0; at < REPORT_MONTHS; at++) {
		figures_suppress(&months[at]);
		suppress_linked(report, at, &months[at]);
		for (int i = 0; i < INDICATORS; i++) {
			if (!is_linked((enum indicator)i))
				measure_suppress(
					(enum indicator)i, &report->indicators[i].months[at]);
		}
	}
	suppress_units(report);
	if (total_tells_unit(report))
		hide(&report->indicators[INDICATOR_HOLES_USED].months[REPORT_NOW]);
	report->figures = months[REPORT_NOW];
	report->is_full = false;
}

void monthly_report_add_trends(struct monthly_report *report)
{
	for (int i = 0; i < INDICATORS; i++) {
		struct report_figure *figure = &report->indicators[i];

		figure->trend = trend_of(indicator_kind((enum indicator)i),
			&figure->months[REPORT_MONTHS - TREND_MONTHS], TREND_MONTHS);
	}
}

int report_goal_is_reached(enum indicator indicator, const struct report_figure *figure)
{
	const struct measure *now = &figure->months[REPORT_NOW];
	int64_t value;

	if (figure->goal == GOAL_NONE || !measure_is_told(now)
		|| indicator_direction(indicator) == DIRECTION_NONE)
		return -1;
	value = measure_hundredths(indicator_kind(indicator), now);
	return indicator_direction(indicator) == DIRECTION_UP ? value >= figure->goal
							      : value <= figure->goal;
}
