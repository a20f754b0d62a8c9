#include "kutsu/service/monthly.h"

#include "kutsu/base/message.h"
#include "kutsu/format/report_json.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/feedback_store.h"
#include "kutsu/store/figure_store.h"
#include "kutsu/store/indicator_store.h"
#include "kutsu/store/slot_store.h"
#include "service_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOAL_MOST 1000000

/* ---- Calls and waits, as indicators. ---- */

static struct measure count_of(int value)
{
	return (struct measure) { .value = value };
}

static struct measure share_of(int value, int n)
{
	return (struct measure) { .value = n ? value : MEASURE_NONE, .n = n, .people = n };
}

static struct measure days_of(int days, int n)
{
	return (struct measure) { .value = n ? days : MEASURE_NONE, .n = n, .people = n };
}

static void measure_calls(const struct month_figures *figures, struct measure *measures)
{
	const struct delay_figures *delays = &figures->delays;
	int needing = figures->calls.by_outcome[OUTCOME_MEETING];

	measures[INDICATOR_CALLS] = count_of(figures->calls.total);
	measures[INDICATOR_NEEDING_MEETING] = count_of(needing);
	measures[INDICATOR_NO_SHARED_HOLE] = share_of(figures->calls.no_shared_hole, needing);
	measures[INDICATOR_ACCESSIBILITY] = share_of(delays->within_14, figures->families);
	measures[INDICATOR_WITHIN_7] = share_of(delays->within_7, delays->meetings);
	measures[INDICATOR_WITHIN_14] = share_of(delays->within_14, delays->meetings);
	measures[INDICATOR_DELAY_MEDIAN] = days_of(delays->median, delays->meetings);
	measures[INDICATOR_DELAY_P90] = days_of(delays->p90, delays->meetings);
}

static bool read_month(struct session *session, struct month month, struct arena *arena,
	struct month_figures *figures, struct measure measures[INDICATORS], struct error *err)
{
	int64_t from = zone_to_moment(month_first_day(month), 0);
	int64_t until = zone_to_moment(month_first_day(month_add(month, 1)), 0);

	*figures = (struct month_figures) { .month = month, .is_full = true };
	if (!store_figures_between(session->store, from, until, arena, figures, err)
		|| !store_indicators(session->store, month, session_today(session), measures, err))
		return false;
	measure_calls(figures, measures);
	return true;
}

/* ---- Holes. ---- */

struct hole_counts {
	int promised, open, confirmed, used;
};

static bool is_confirmed(const struct occurrence *hole)
{
	return hole->readiness == READINESS_CONFIRMED || hole->readiness == READINESS_DEPUTY;
}

static void add_hole(const struct occurrence *hole, struct hole_counts *counts)
{
	counts->promised++;
	if (hole->state == OCCURRENCE_CLOSED)
		return;
	counts->open++;
	counts->confirmed += is_confirmed(hole);
	counts->used += hole->booked > 0;
}

static void put_holes(const struct hole_counts *counts, struct measure *measures[INDICATORS])
{
	*measures[INDICATOR_HOLES_PROMISED] = count_of(counts->promised);
	*measures[INDICATOR_HOLES_CONFIRMED] = share_of(counts->confirmed, counts->open);
	*measures[INDICATOR_HOLES_USED] = share_of(counts->used, counts->open);
}

struct hole_source {
	struct unit_list units;
	struct unit_calendar *calendars;
	struct school_break_list breaks;
	int first_day, days;
};

static bool read_holes(struct session *session, struct month first, struct month last,
	struct arena *arena, struct hole_source *source, struct error *err)
{
	struct store *store = session->store;

	source->first_day = month_first_day(first);
	source->days = month_first_day(month_add(last, 1)) - source->first_day;
	return store_unit_list(store, UNITS_ACTIVE, arena, &source->units, err)
	       && store_school_break_list(store, arena, &source->breaks, err)
	       && store_calendar_list(store, &source->units, source->first_day, source->days,
		       session_now(session), arena, &source->calendars, err);
}

static int months_between(struct month from, struct month until)
{
	return (until.year - from.year) * 12 + until.month - from.month;
}

/* Each unit's of the last month, and all units' of every month. */
static void count_holes(const struct hole_source *source, struct monthly_report *report)
{
	struct month first = month_add(report->month, -REPORT_NOW);
	struct hole_counts all[REPORT_MONTHS] = { 0 };
	struct occurrence_list holes = { 0 };

	for (size_t u = 0; u < source->units.count; u++) {
		struct report_unit *unit = &report->units.items[u];
		struct hole_counts own = { 0 };

		holes.count = 0;
		calendar_add_occurrences(&source->calendars[u], source->breaks.items,
			source->breaks.count, source->first_day, source->days, &holes);
		for (size_t i = 0; i < holes.count; i++) {
			int at = months_between(first, day_month(holes.items[i].day));

			add_hole(&holes.items[i], &all[at]);
			if (at == REPORT_NOW)
				add_hole(&holes.items[i], &own);
		}
		unit->promised = own.promised;
		unit->confirmed = own.confirmed;
		unit->used = own.used;
	}
	free(holes.items);
	for (int at = 0; at < REPORT_MONTHS; at++) {
		struct measure *measures[INDICATORS];

		for (int i = 0; i < INDICATORS; i++)
			measures[i] = &report->indicators[i].months[at];
		put_holes(&all[at], measures);
	}
}

static bool add_obstacles(struct session *session, const struct hole_source *source,
	struct arena *arena, struct monthly_report *report, struct error *err)
{
	int first = month_first_day(report->month);
	int last = month_first_day(month_add(report->month, 1)) - 1;
	struct obstacle_list list;

	if (!store_obstacles(session->store, first, last, arena, &list, err))
		return false;
	for (size_t u = 0; u < source->units.count; u++) {
		for (size_t i = 0; i < list.count; i++) {
			if (list.items[i].unit_id == source->units.items[u].id)
				report->units.items[u].no_shared_hole = list.items[i].count;
		}
	}
	return true;
}

static bool add_units(struct session *session, struct arena *arena, struct monthly_report *report,
	struct error *err)
{
	struct hole_source source = { 0 };

	if (!read_holes(session, month_add(report->month, -REPORT_NOW), report->month, arena,
		    &source, err))
		return false;
	report->units.count = source.units.count;
	report->units.items =
		arena_new(arena, (source.units.count + 1) * sizeof(*report->units.items));
	for (size_t i = 0; i < source.units.count; i++)
		report->units.items[i] = (struct report_unit) { .unit = source.units.items[i].code,
			.name = source.units.items[i].name,
			.area = source.units.items[i].area };
	count_holes(&source, report);
	return add_obstacles(session, &source, arena, report, err);
}

/* ---- The whole. ---- */

static bool add_texts(struct session *session, struct arena *arena, struct monthly_report *report,
	struct error *err)
{
	int first = month_first_day(report->month);
	int last = month_first_day(month_add(report->month, 1)) - 1;
	struct feedback_text_list list;

	if (!store_feedback_texts(session->store, first, last, arena, &list, err))
		return false;
	report->texts.items = arena_new(arena, (list.count + 1) * sizeof(*report->texts.items));
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].picked)
			report->texts.items[report->texts.count++] = list.items[i].picked;
	}
	return true;
}

static bool add_goals(struct session *session, struct monthly_report *report, struct error *err)
{
	int64_t goals[INDICATORS];

	if (!store_goals(session->store, goals, err))
		return false;
	for (int i = 0; i < INDICATORS; i++)
		report->indicators[i].goal = goals[i];
	return true;
}

/* In all languages, as they are now. */
static void add_definitions(struct arena *arena, struct monthly_report *report)
{
	enum language language = message_language();

	for (int l = 0; l < LANGUAGES; l++) {
		message_set_language((enum language)l);
		for (int i = 0; i < INDICATORS; i++) {
			report->indicators[i].label[l] =
				arena_text(arena, indicator_label((enum indicator)i));
			report->indicators[i].definition[l] =
				arena_text(arena, indicator_definition((enum indicator)i));
		}
		for (int i = 0; i < REPORT_TABLES; i++)
			report->tables[i][l] =
				arena_text(arena, report_table_definition((enum report_table)i));
	}
	message_set_language(language);
}

/* A month before the first call has nothing to tell, not even noughts. */
static bool clear_unbegun(struct session *session, struct monthly_report *report, struct error *err)
{
	int64_t begin;

	if (!store_figures_begin(session->store, &begin, err))
		return false;
	for (int at = 0; at < REPORT_NOW; at++) {
		struct month next = month_add(report->month, at - REPORT_NOW + 1);

		if (begin && zone_to_moment(month_first_day(next), 0) > begin)
			continue;
		for (int i = 0; i < INDICATORS; i++)
			report->indicators[i].months[at] =
				(struct measure) { .value = MEASURE_NONE };
	}
	return true;
}

static bool compute(struct session *session, struct month month, bool full, struct arena *arena,
	struct monthly_report *report, struct error *err)
{
	struct month_figures months[REPORT_MONTHS];
	struct measure measures[INDICATORS];

	*report = (struct monthly_report) {
		.month = month, .is_full = full, .region = session->region
	};
	for (int at = 0; at < REPORT_MONTHS; at++) {
		memset(measures, 0, sizeof(measures));
		if (!read_month(session, month_add(month, at - REPORT_NOW),
			    at == REPORT_NOW ? arena : NULL, &months[at], measures, err))
			return false;
		for (int i = 0; i < INDICATORS; i++)
			report->indicators[i].months[at] = measures[i];
	}
	report->figures = months[REPORT_NOW];
	if (!add_units(session, arena, report, err) || !add_texts(session, arena, report, err)
		|| !add_goals(session, report, err) || !clear_unbegun(session, report, err))
		return false;
	add_definitions(arena, report);
	if (!full)
		monthly_report_suppress(report, months);
	monthly_report_add_trends(report);
	return true;
}

static bool read_report(struct session *session, struct month month, bool full, struct arena *arena,
	struct monthly_report *report, struct error *err)
{
	struct accepted_report accepted;

	if (!store_accepted_report(session->store, month, full, arena, &accepted, err))
		return false;
	return accepted.content ? report_json_read(accepted.content, arena, report, err)
				: compute(session, month, full, arena, report, err);
}

static bool check_full(const struct session *session, struct error *err)
{
	return session_sees_small_figures(session)
	       || error_set(err, ERROR_DENIED,
		       _("%.40s may see figures without the small ones only; leave --full out"),
		       session->identity.login);
}

bool report_look(struct session *session, enum look look, struct month month, bool full,
	struct arena *arena, struct monthly_report *report, struct error *err)
{
	char detail[DAY_TEXT_SIZE + 8], text[DAY_TEXT_SIZE];
	struct use use;
	bool ok;

	*report = (struct monthly_report) { .month = month };
	if (look == LOOK_AGAIN && !full)
		return use_check(session, USE_FIGURES_LOOK, NULL, err)
		       && read_report(session, month, full, arena, report, err);
	snprintf(detail, sizeof(detail), full ? "%s full" : "%s", month_format_iso(month, text));
	if (!use_begin(&use, session, USE_FIGURES_LOOK, detail, err))
		return false;
	ok = (!full || check_full(session, err))
	     && read_report(session, month, full, arena, report, err)
	     && use_log(&use, 0, detail, err);
	ok = use_end(&use, ok, err);
	if (!ok)
		*report = (struct monthly_report) { .month = month };
	return ok;
}

/* ---- Accepting, and goals. ---- */

static bool keep(struct use *use, struct month month, bool full, struct error *err)
{
	struct session *session = use->session;
	struct arena arena = { 0 };
	struct monthly_report report;
	char *content = NULL;
	bool ok = compute(session, month, full, &arena, &report, err);

	if (ok) {
		report.accepted_by = session->user.login;
		report.accepted_day = session_today(session);
		content = report_json_text(&report);
		ok = store_report_accept(&use->change, month, full, report.accepted_day,
			session->user.id, content, err);
	}
	free(content);
	arena_release(&arena);
	return ok;
}

bool report_accept(struct session *session, struct month month, struct error *err)
{
	char detail[DAY_TEXT_SIZE];
	struct use use;
	bool ok;

	month_format_iso(month, detail);
	if (month_first_day(month_add(month, 1)) > session_today(session))
		return error_set(err, ERROR_INVALID,
			_("the month is not over; its report is accepted when it is"));
	if (!use_begin(&use, session, USE_REPORT_ACCEPT, detail, err))
		return false;
	ok = keep(&use, month, false, err) && keep(&use, month, true, err)
	     && use_log(&use, 0, detail, err);
	return use_end(&use, ok, err);
}

bool goal_set(struct session *session, enum indicator indicator, int64_t goal, struct error *err)
{
	struct use use;
	bool ok;

	if (goal != GOAL_NONE && (goal < -10000 || goal > GOAL_MOST))
		return error_set(err, ERROR_INVALID, _("that goal can't be reached by it"));
	if (!use_begin(&use, session, USE_GOAL_SET, indicator_code(indicator), err))
		return false;
	ok = store_goal_set(&use.change, indicator, goal, err)
	     && use_log(&use, 0, indicator_code(indicator), err);
	return use_end(&use, ok, err);
}
