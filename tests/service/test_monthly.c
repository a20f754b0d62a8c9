/*
 * The monthly report: every figure of generated years against its definition in plain SQL, and an
 * accepted one that stays as it is.
 */
#include "fixture.h"

#include "kutsu/domain/holiday.h"
#include "kutsu/format/report_json.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/monthly.h"
#include "kutsu/service/region.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#define YEARS 2 /* the same code, in a tenth of the time */
#else
#define YEARS 10
#endif
#define CLOCK_B "2026-12-18T12:00"

static char folder[FIXTURE_FOLDER_SIZE];
static struct store *store;
static struct session session;
static struct error err;

static void make(int years)
{
	const struct identity maker = { .login = "testaaja", .account = "testaaja" };
	const struct demo_options options = { .seed = 7, .scale = 1, .years = years };
	char path[FIXTURE_FOLDER_SIZE + 16];

	message_set_language(LANGUAGE_EN);
	fixture_folder(folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", folder);
	cr_assert(region_demo(path, &options, &maker, fixture_clock_at(CLOCK_B), &err), "%s",
		err.text);
	cr_assert(store_open(path, &store, &err), "%s", err.text);
	cr_assert(session_begin(&session, store, fixture_clock_at(CLOCK_B),
			  &(struct identity) { "koord-1", "koord-1", NULL }, &err),
		"%s", err.text);
}

static void unmake(void)
{
	session_end(&session);
	store_close(store);
	fixture_folder_remove(folder);
}

static struct monthly_report look(struct month month, bool full)
{
	struct monthly_report report;

	cr_assert(report_look(&session, LOOK_NEW, month, full, &session.arena, &report, &err), "%s",
		err.text);
	return report;
}

/* ---- The second computation. ---- */

/*
 * Value, minus, and n of each, over tables that the test fills itself: `month` is the month's days
 * and moments, `days` its days and whether they are holidays, `wall` the wall clock's day of each
 * moment that is needed. Joins and groups where the program asks for what exists, or walks through
 * calendars.
 */
static const struct {
	enum indicator indicator;
	const char *sql;
} definitions[] = {
	{ INDICATOR_CALLS, "SELECT count(*), 0, 0 FROM call, month WHERE received_at >= begins AND"
			   " received_at < ends" },
	{ INDICATOR_NEEDING_MEETING,
		"SELECT count(*), 0, 0 FROM call, month WHERE received_at >= begins"
		" AND received_at < ends AND outcome = 'meeting'" },
	{ INDICATOR_ACCESSIBILITY,
		"SELECT sum(waited <= 14), 0, count(*) FROM first_wait WHERE of_month" },
	{ INDICATOR_WITHIN_7,
		"SELECT sum(waited <= 7), 0, count(waited) FROM first_wait WHERE of_month" },
	{ INDICATOR_WITHIN_14,
		"SELECT sum(waited <= 14), 0, count(waited) FROM first_wait WHERE of_month" },
	{ INDICATOR_DELAY_MEDIAN,
		"SELECT waited, 0, count(*) OVER () FROM first_wait WHERE of_month AND waited NOT "
		"NULL"
		" ORDER BY waited LIMIT 1 OFFSET (SELECT (count(waited) + 1) / 2 - 1"
		"  FROM first_wait WHERE of_month)" },
	{ INDICATOR_DELAY_P90,
		"SELECT waited, 0, count(*) OVER () FROM first_wait WHERE of_month AND waited NOT "
		"NULL"
		" ORDER BY waited LIMIT 1 OFFSET (SELECT (count(waited) * 9 + 9) / 10 - 1"
		"  FROM first_wait WHERE of_month)" },
	{ INDICATOR_REPEAT_CALLS,
		"SELECT sum(gap <= 90 * 86400), 0, count(*) FROM (SELECT received_at, received_at"
		"  - lag(received_at) OVER (PARTITION BY case_id ORDER BY received_at, id) gap"
		"  FROM call WHERE outcome = 'meeting'), month"
		" WHERE received_at >= begins AND received_at < ends" },
	{ INDICATOR_HANDOFFS,
		"SELECT sum(takers - 1), 0, count(*) FROM (SELECT count(DISTINCT taken_by) takers"
		"  FROM call, month WHERE received_at < ends AND case_id NOT NULL"
		"  GROUP BY case_id HAVING max(received_at) >= begins)" },
	{ INDICATOR_CHILD_PARTICIPATION,
		"SELECT sum(max(coalesce(child_present, 0), coalesce(child_heard, 0))), 0, count(*)"
		" FROM meeting_record JOIN meeting m ON m.id = meeting_id, month"
		" WHERE day >= first AND day <= last AND m.status = 'recorded'"
		" AND (child_present NOT NULL OR child_heard NOT NULL)" },
	{ INDICATOR_SECTORS,
		"SELECT sum(n), 0, count(*) FROM (SELECT m.id, count(DISTINCT sector) n"
		"  FROM month, meeting m LEFT JOIN meeting_unit mu ON mu.meeting_id = m.id"
		"  AND (attended = 1 OR attended IS NULL) LEFT JOIN unit u ON u.id = mu.unit_id"
		"  WHERE day >= first AND day <= last AND m.status = 'recorded' GROUP BY m.id)" },
	{ INDICATOR_HOME_ACTIONS, "SELECT count(home), 0, count(*) FROM recorded" },
	{ INDICATOR_SCHOOL_ACTIONS, "SELECT count(school), 0, count(*) FROM recorded" },
	{ INDICATOR_LEISURE_ACTIONS, "SELECT count(leisure), 0, count(*) FROM recorded" },
	{ INDICATOR_ACTIONS_IN_TIME,
		"SELECT sum(coalesce(w.day <= due_day, 0)), 0, count(*) FROM month, agreed_action a"
		" LEFT JOIN wall w ON w.moment = a.done_at"
		" WHERE due_day >= first AND due_day <= min(last, yesterday)" },
	{ INDICATOR_FOLLOW_UPS_HELD,
		"SELECT sum(status = 'recorded'), 0, count(*) FROM meeting, month WHERE kind ="
		" 'follow_up' AND day >= first AND day <= min(last, yesterday)"
		" AND status NOT IN ('hold', 'cancelled')" },
	{ INDICATOR_INVITATIONS_ANSWERED,
		"SELECT sum(answer NOT NULL), 0, count(*) FROM invitation JOIN meeting m"
		" ON m.id = meeting_id, month WHERE day >= first AND day <= last"
		" AND status NOT IN ('hold', 'cancelled') AND was_sent AND NOT is_off" },
	{ INDICATOR_SATISFACTION, "SELECT sum(value), 0, count(*) FROM said WHERE scale = 'agree'"
				  " AND respondent IN ('guardian', 'young_person') AND of_day" },
	{ INDICATOR_NPS,
		"SELECT sum(value BETWEEN 9 AND 10), sum(value BETWEEN 0 AND 6), count(*) FROM said"
		" WHERE scale = 'recommend' AND respondent IN ('guardian', 'young_person')"
		" AND of_day" },
	{ INDICATOR_CHILD_SMILES, "SELECT sum(value = 3), 0, count(*) FROM said WHERE scale ="
				  " 'faces' AND respondent = 'child' AND of_day" },
	{ INDICATOR_WORKER_OPINION, "SELECT sum(value), 0, count(*) FROM said WHERE scale ="
				    " 'agree' AND respondent = 'worker' AND of_day" },
	{ INDICATOR_UNIT_OPINION, "SELECT sum(value), 0, count(*) FROM said WHERE scale = 'agree'"
				  " AND respondent = 'unit' AND of_month" },
	{ INDICATOR_FAMILY_ANSWERS,
		"SELECT sum(family), 0, count(*) FROM (SELECT m.id, max(coalesce(respondent IN"
		"  ('guardian', 'young_person'), 0)) family FROM held m"
		"  LEFT JOIN feedback f ON f.meeting_id = m.id GROUP BY m.id)" },
	{ INDICATOR_CHILD_ANSWERS,
		"SELECT sum(child), 0, count(*) FROM (SELECT m.id, max(coalesce(respondent ="
		"  'child', 0)) child FROM held m JOIN case_ref c ON c.id = m.case_id"
		"  LEFT JOIN feedback f ON f.meeting_id = m.id, month"
		"  WHERE month.year - birth_year >= 7 AND month.year - birth_year <= 12 GROUP BY "
		"m.id)" },
	{ INDICATOR_WORKER_ANSWERS,
		"SELECT count(DISTINCT f.meeting_id || ' ' || f.unit_id), 0,"
		" count(DISTINCT m.id || ' ' || mu.unit_id) FROM held m JOIN meeting_unit mu"
		" ON mu.meeting_id = m.id AND coalesce(mu.attended, 1) = 1 LEFT JOIN feedback f"
		" ON f.meeting_id = m.id AND f.unit_id = mu.unit_id" },
	{ INDICATOR_UNIT_ANSWERS,
		"SELECT count(DISTINCT f.unit_id), 0, count(DISTINCT u.id) FROM month, unit u"
		" LEFT JOIN feedback f ON f.unit_id = u.id AND f.month = first AND respondent = "
		"'unit'"
		" WHERE u.active = 1" },
	{ INDICATOR_NO_SHARED_HOLE,
		"SELECT count(*), 0, (SELECT count(*) FROM call, month WHERE received_at >= begins"
		"  AND received_at < ends AND outcome = 'meeting') FROM call c, month"
		" WHERE received_at >= begins AND received_at < ends AND outcome = 'meeting'"
		" AND NOT EXISTS (SELECT 1 FROM asked a JOIN met t ON t.case_id = c.case_id"
		"  WHERE a.call_id = c.id AND t.day >= c.received_at / 86400"
		"  GROUP BY t.meeting_id HAVING sum(instr(t.units, a.unit) > 0) = count(*))"
		" AND EXISTS (SELECT 1 FROM searched s WHERE s.units = (SELECT"
		"   group_concat(unit, '') FROM (SELECT unit FROM asked WHERE call_id = c.id"
		"   ORDER BY unit)) AND s.day - c.received_at / 86400 BETWEEN 0 AND 30)" },
	{ INDICATOR_HOLES_PROMISED, "SELECT count(*), 0, 0 FROM hole" },
	{ INDICATOR_HOLES_CONFIRMED,
		"SELECT sum(is_confirmed), 0, count(*) FROM hole WHERE NOT is_closed" },
	{ INDICATOR_HOLES_USED, "SELECT sum(is_used), 0, count(*) FROM hole WHERE NOT is_closed" },
};

#define DEFINITIONS (sizeof(definitions) / sizeof(definitions[0]))

static bool is_defined(enum indicator indicator)
{
	for (size_t i = 0; i < DEFINITIONS; i++) {
		if (definitions[i].indicator == indicator)
			return true;
	}
	return false;
}

static void prepare_walls(void)
{
	int64_t count = fixture_number(&session, "SELECT count(*) FROM moments"), moment;
	char sql[200];

	for (int64_t i = 1; i <= count; i++) {
		snprintf(sql, sizeof(sql), "SELECT moment FROM moments WHERE rowid = %lld",
			(long long)i);
		moment = fixture_number(&session, sql);
		snprintf(sql, sizeof(sql), "INSERT OR IGNORE INTO wall VALUES (%lld, %d)",
			(long long)moment, zone_to_wall(moment).day);
		fixture_sql(&session, sql);
	}
}

static void prepare(void)
{
	fixture_sql(&session,
		"CREATE TEMP TABLE month (first, last, begins, ends, yesterday, year);"
		"CREATE TEMP TABLE wall (moment PRIMARY KEY, day);"
		"CREATE TEMP TABLE days (day, is_holiday);"
		"CREATE TEMP TABLE hole (unit_id, day, start_minute, end_minute, is_closed,"
		"  is_confirmed, is_used);"
		"CREATE TEMP TABLE moments AS SELECT DISTINCT moment FROM (SELECT received_at"
		"  moment FROM call WHERE case_id NOT NULL UNION SELECT done_at FROM agreed_action"
		"  WHERE done_at NOT NULL);"
		"CREATE TEMP TABLE asked AS SELECT call_id, '/' || unit_id || '/' unit FROM "
		"call_unit;"
		"CREATE INDEX temp.asked_by_call ON asked (call_id);"
		"CREATE TEMP TABLE met AS SELECT m.id meeting_id, case_id, day,"
		" group_concat('/' || unit_id || '/', '') units FROM meeting m JOIN meeting_unit mu"
		" ON mu.meeting_id = m.id WHERE status <> 'hold' GROUP BY m.id;"
		"CREATE INDEX temp.met_by_case ON met (case_id);"
		"CREATE TEMP TABLE searched AS SELECT day, (SELECT group_concat(unit, '') FROM"
		"  (SELECT '/' || unit_id || '/' unit FROM finding_unit WHERE finding_id = f.id"
		"   ORDER BY unit)) units FROM finding f WHERE first_day IS NULL;"
		"CREATE INDEX temp.searched_by_units ON searched (units, day);");
	fixture_sql(&session,
		"CREATE TEMP VIEW first_wait AS SELECT max(0, (SELECT min(m.day) FROM meeting m"
		"  WHERE m.case_id = c.case_id AND m.status IN ('booked', 'recorded')) - w.day) "
		"waited,"
		" w.day >= first AND w.day <= last of_month FROM month, wall w, (SELECT case_id,"
		"  min(received_at) received_at FROM call WHERE case_id NOT NULL GROUP BY case_id) "
		"c"
		" WHERE w.moment = c.received_at;"
		"CREATE TEMP VIEW held AS SELECT m.* FROM meeting m, month WHERE day >= first"
		" AND day <= min(last, yesterday + 1) AND status NOT IN ('hold', 'cancelled');"
		"CREATE TEMP VIEW recorded AS SELECT m.id, max(CASE environment WHEN 'home' THEN 1 "
		"END)"
		"  home, max(CASE WHEN environment IN ('school', 'early_education') THEN 1 END) "
		"school,"
		"  max(CASE environment WHEN 'leisure' THEN 1 END) leisure FROM month, meeting m"
		" LEFT JOIN agreed_action a ON a.meeting_id = m.id WHERE day >= first AND day <= "
		"last"
		" AND status = 'recorded' GROUP BY m.id;"
		"CREATE TEMP VIEW said AS SELECT f.*, q.scale, a.value, f.day >= first AND f.day <="
		" last of_day, f.month = first of_month FROM month, feedback f JOIN feedback_answer"
		" a ON a.feedback_id = f.id JOIN feedback_question q ON q.form_id = f.form_id"
		" AND q.position = a.position WHERE a.value NOT NULL");
	prepare_walls();
}

static int64_t part(const char *sql, const char *column)
{
	char whole[2400];

	snprintf(whole, sizeof(whole), "SELECT coalesce(%s, 0) FROM (SELECT * FROM (%s))", column,
		sql);
	return fixture_number(&session, whole);
}

/* The holes of each day: of slots in force that day, and the extra ones. */
static void prepare_holes(int first, int next)
{
	char sql[100];

	fixture_sql(&session, "DELETE FROM days");
	for (int day = first; day < next; day++) {
		snprintf(sql, sizeof(sql), "INSERT INTO days VALUES (%d, %d)", day,
			day_is_holiday(day));
		fixture_sql(&session, sql);
	}
	fixture_sql(&session,
		"DELETE FROM hole;"
		"INSERT INTO hole SELECT u.id, d.day, s.start_minute, s.end_minute,"
		"  is_holiday OR (school_based AND EXISTS (SELECT 1 FROM school_break b"
		"   WHERE d.day >= b.from_day AND d.day <= b.until_day"
		"   AND coalesce(b.municipality, u.municipality, '') = coalesce(u.municipality,"
		"    '')))"
		"  OR EXISTS (SELECT 1 FROM closing c WHERE c.unit_id = u.id AND d.day >= "
		"c.from_day"
		"   AND d.day <= c.until_day AND coalesce(c.start_minute, 0) < s.end_minute"
		"   AND coalesce(c.end_minute, 1440) > s.start_minute), 0, 0"
		" FROM days d JOIN slot s ON 1 + (d.day + 3) % 7 = s.weekday"
		"  AND d.day >= coalesce(s.from_day, 0) AND d.day <= coalesce(s.until_day, 99999)"
		" JOIN unit u ON u.id = s.unit_id AND active"
		" WHERE repeat = 'weekly' OR (repeat = 'fortnightly' AND (d.day - s.from_day) / 7 "
		"% 2"
		"  = 0) OR (repeat = 'monthly' AND (strftime('%d', d.day * 86400, 'unixepoch') + 6)"
		"  / 7 = (strftime('%d', s.from_day * 86400, 'unixepoch') + 6) / 7);"
		"INSERT INTO hole SELECT u.id, o.day, start_minute, end_minute, 0, 1, 0"
		" FROM opening o JOIN days USING (day) JOIN unit u ON u.id = unit_id AND active;"
		"UPDATE hole SET is_closed = is_closed OR r.state = 'declined',"
		"  is_confirmed = is_confirmed OR r.state IN ('confirmed', 'deputy')"
		" FROM readiness r WHERE r.unit_id = hole.unit_id AND r.day = hole.day"
		"  AND r.start_minute = hole.start_minute;"
		"UPDATE hole SET is_used = 1 FROM meeting m JOIN meeting_unit mu ON mu.meeting_id ="
		"  m.id WHERE mu.unit_id = hole.unit_id AND m.day = hole.day"
		"  AND m.status IN ('booked', 'recorded') AND m.end_minute > hole.start_minute"
		"  AND m.start_minute < hole.end_minute;");
}

static void set_month(struct month month)
{
	int first = month_first_day(month), next = month_first_day(month_add(month, 1));
	char sql[300];

	snprintf(sql, sizeof(sql),
		"DELETE FROM month; INSERT INTO month VALUES (%d, %d, %lld, %lld, %d, %d)", first,
		next - 1, (long long)zone_to_moment(first, 0), (long long)zone_to_moment(next, 0),
		session_today(&session) - 1, month.year);
	fixture_sql(&session, sql);
	prepare_holes(first, next);
}

static void expect_defined(const struct monthly_report *report, size_t d)
{
	enum indicator indicator = definitions[d].indicator;
	const struct measure *measure = &report->indicators[indicator].months[REPORT_NOW];
	char named[2000];
	int64_t value, less, n;
	bool is_count = indicator_kind(indicator) == INDICATOR_COUNT;

	snprintf(named, sizeof(named), "WITH row (value, less, n) AS (%s) SELECT * FROM row",
		definitions[d].sql);
	value = part(named, "value");
	less = part(named, "less");
	n = part(named, "n");
	if (!is_count && n == 0)
		cr_expect_eq(measure->value, MEASURE_NONE, "%s of %d-%d: %d of nothing",
			indicator_code(indicator), report->month.year, report->month.month,
			measure->value);
	else
		cr_expect(measure->value == value && measure->less == less && measure->n == n,
			"%s of %d-%d: %d - %d of %d, by its definition %lld - %lld of %lld",
			indicator_code(indicator), report->month.year, report->month.month,
			measure->value, measure->less, measure->n, (long long)value,
			(long long)less, (long long)n);
}

/* Tables of calls, by groups. */
static void expect_groups(const struct monthly_report *report)
{
	const struct call_figures *calls = &report->figures.calls;
	char sql[400];

	for (int i = 0; i < SOURCES; i++) {
		snprintf(sql, sizeof(sql),
			"SELECT count(*) FROM call, month WHERE received_at >= begins"
			" AND received_at < ends AND source = '%s'",
			term_code(&source_terms, i));
		cr_expect_eq(calls->by_source[i], fixture_number(&session, sql), "%s",
			term_code(&source_terms, i));
	}
	for (size_t i = 0; i < report->figures.areas.count; i++) {
		const struct area_calls *area = &report->figures.areas.items[i];

		snprintf(sql, sizeof(sql),
			"SELECT count(*) FROM call c JOIN case_ref r ON r.id = c.case_id LEFT JOIN"
			" municipality p ON p.name = r.municipality AND NOT r.nondisclosure, month"
			" WHERE received_at >= begins AND received_at < ends AND p.area IS %s%s%s",
			area->area ? "'" : "", area->area ? area->area : "NULL",
			area->area ? "'" : "");
		cr_expect_eq(area->calls, fixture_number(&session, sql));
	}
	for (int i = 0; i < OUTCOMES; i++) {
		snprintf(sql, sizeof(sql),
			"SELECT count(*) FROM call, month WHERE received_at >= begins"
			" AND received_at < ends AND outcome = '%s'",
			term_code(&outcome_terms, i));
		cr_expect_eq(calls->by_outcome[i], fixture_number(&session, sql), "%s",
			term_code(&outcome_terms, i));
	}
	cr_expect_eq(calls->shared_hole,
		fixture_number(&session,
			"SELECT count(*) FROM call c, month WHERE received_at >= begins AND"
			" received_at < ends AND outcome = 'meeting' AND EXISTS (SELECT 1 FROM"
			"  asked a JOIN met t ON t.case_id = c.case_id WHERE a.call_id = c.id"
			"  AND t.day >= c.received_at / 86400 GROUP BY t.meeting_id"
			"  HAVING sum(instr(t.units, a.unit) > 0) = count(*))"));
	if (report->figures.delays.meetings)
		cr_expect_eq(report->figures.delays.longest,
			fixture_number(
				&session, "SELECT max(waited) FROM first_wait WHERE of_month"));
}

static void expect_ages(const struct call_figures *calls)
{
	static const struct {
		enum age_group group;
		int from, to;
	} groups[] = { { AGE_0_2, 0, 2 }, { AGE_3_6, 3, 6 }, { AGE_7_12, 7, 12 },
		{ AGE_13_15, 13, 15 }, { AGE_16_17, 16, 17 }, { AGE_18_OR_OVER, 18, 200 } };

	cr_assert_eq(sizeof(groups) / sizeof(groups[0]), AGE_GROUPS - 1);
	for (int i = 0; i < AGE_GROUPS - 1; i++) {
		char sql[300];

		snprintf(sql, sizeof(sql),
			"SELECT count(*) FROM call c JOIN case_ref r ON r.id = c.case_id, month"
			" WHERE received_at >= begins AND received_at < ends"
			" AND month.year - birth_year BETWEEN %d AND %d",
			groups[i].from, groups[i].to);
		cr_expect_eq(calls->by_age[groups[i].group], fixture_number(&session, sql), "%s",
			term_code(&age_group_terms, groups[i].group));
	}
	cr_expect_eq(calls->by_age[AGE_UNKNOWN],
		fixture_number(&session,
			"SELECT count(*) FROM call c JOIN case_ref r ON r.id = c.case_id, month"
			" WHERE received_at >= begins AND received_at < ends AND birth_year IS "
			"NULL"));
}

static void expect_units(const struct report_unit_list *units)
{
	for (size_t i = 0; i < units->count; i++) {
		const struct report_unit *unit = &units->items[i];
		char sql[500];

		snprintf(sql, sizeof(sql),
			"SELECT count(*) * 1000000 + coalesce(sum(NOT is_closed AND is_confirmed),"
			"  0) * 1000 + coalesce(sum(NOT is_closed AND is_used), 0) FROM hole"
			" JOIN unit u ON u.id = unit_id WHERE code = '%s'",
			unit->unit);
		cr_expect_eq(unit->promised * 1000000LL + unit->confirmed * 1000LL + unit->used,
			fixture_number(&session, sql), "holes of %s", unit->unit);
		snprintf(sql, sizeof(sql),
			"SELECT coalesce(sum(in_the_way), 0) FROM finding_unit JOIN unit u"
			" ON u.id = unit_id JOIN finding f ON f.id = finding_id, month"
			" WHERE code = '%s' AND day >= first AND day <= last AND first_day IS NULL",
			unit->unit);
		cr_expect_eq(unit->no_shared_hole, fixture_number(&session, sql), "%s in the way",
			unit->unit);
	}
}

Test(monthly, every_figure_of_generated_years_is_that_of_its_definition_in_sql, .timeout = 300)
{
	struct month month = { 2026, 12 };

	make(YEARS);
	prepare();
	for (int i = 0; i < INDICATORS; i++)
		cr_expect(is_defined((enum indicator)i), "%s has no definition here",
			indicator_code((enum indicator)i));
	for (int back = 0; back <= YEARS * 12; back += back < 6 ? 1 : YEARS) {
		struct monthly_report report = look(month_add(month, -back), true);

		set_month(report.month);
		for (size_t d = 0; d < DEFINITIONS; d++)
			expect_defined(&report, d);
		expect_groups(&report);
		expect_ages(&report.figures.calls);
		expect_units(&report.units);
	}
	unmake();
}

Test(monthly, the_months_beside_are_those_months_own_reports)
{
	struct monthly_report report, before, year_ago;

	make(2);
	report = look((struct month) { 2026, 10 }, true);
	before = look((struct month) { 2026, 9 }, true);
	year_ago = look((struct month) { 2025, 10 }, true);
	for (int i = 0; i < INDICATORS; i++) {
		const struct report_figure *figure = &report.indicators[i];

		cr_expect_eq(
			memcmp(&figure->months[REPORT_BEFORE],
				&before.indicators[i].months[REPORT_NOW], sizeof(struct measure)),
			0, "%s", indicator_code((enum indicator)i));
		cr_expect_eq(
			memcmp(&figure->months[REPORT_YEAR_AGO],
				&year_ago.indicators[i].months[REPORT_NOW], sizeof(struct measure)),
			0, "%s", indicator_code((enum indicator)i));
	}
	unmake();
}

/* Of the months before the county began there are no noughts to compare with. */
Test(monthly, a_month_before_the_first_call_has_nothing_to_tell)
{
	struct monthly_report report;

	make(0);
	report = look((struct month) { 2026, 11 }, true);
	for (int i = 0; i < INDICATORS; i++) {
		cr_expect_eq(report.indicators[i].months[REPORT_BEFORE].value, MEASURE_NONE);
		cr_expect_eq(report.indicators[i].trend.movement, MOVEMENT_UNKNOWN);
	}
	unmake();
}

/* ---- Nothing small, whatever month. ---- */

static void expect_no_small(const struct monthly_report *report)
{
	for (int i = 0; i < INDICATORS; i++) {
		enum indicator indicator = (enum indicator)i;

		for (int at = 0; at < REPORT_MONTHS && indicator_is_of_people(indicator); at++) {
			const struct measure *measure = &report->indicators[i].months[at];
			bool is_count = indicator_kind(indicator) == INDICATOR_COUNT
					|| indicator_kind(indicator) == INDICATOR_SHARE;

			cr_expect_not(cell_is_small(measure->n), "%s n", indicator_code(indicator));
			cr_expect_not(is_count && cell_is_small(measure->value), "%s",
				indicator_code(indicator));
			cr_expect_not(indicator_kind(indicator) == INDICATOR_SHARE
					      && measure_is_told(measure)
					      && cell_is_small(measure->n - measure->value),
				"rest of %s", indicator_code(indicator));
		}
	}
	for (size_t i = 0; i < report->units.count; i++) {
		cr_expect_not(cell_is_small(report->units.items[i].used));
		cr_expect_not(cell_is_small(report->units.items[i].no_shared_hole));
	}
}

Test(monthly, no_month_of_generated_years_tells_of_fewer_than_five, .timeout = 300)
{
	make(3);
	for (int back = 0; back < 36; back++) {
		struct monthly_report report =
			look(month_add((struct month) { 2026, 12 }, -back), false);

		cr_expect_not(report.is_full);
		expect_no_small(&report);
	}
	unmake();
}

/* ---- Accepted. ---- */

static char *json_text(const struct monthly_report *report)
{
	return report_json_text(report);
}

static void begin_as(const char *login)
{
	session_end(&session);
	cr_assert(session_begin(&session, store, fixture_clock_at(CLOCK_B),
			  &(struct identity) { login, login, NULL }, &err),
		"%s", err.text);
}

Test(monthly, an_accepted_report_stays_as_it_was_in_part_and_in_full)
{
	struct month november = { 2026, 11 };
	struct monthly_report before[2], after[2];

	make(0);
	begin_as("joht-1");
	cr_assert(report_accept(&session, november, &err), "%s", err.text);
	begin_as("koord-1");
	before[0] = look(november, false);
	before[1] = look(november, true);
	cr_expect_str_eq(before[0].accepted_by, "joht-1");
	fixture_sql(&session, "UPDATE call SET source = 'ngo'; DELETE FROM feedback_answer;"
			      "UPDATE meeting_record SET child_heard = 0, child_present = 0;"
			      "INSERT INTO goal VALUES ('calls', 100)");
	after[0] = look(november, false);
	after[1] = look(november, true);
	for (int i = 0; i < 2; i++) {
		char *was = json_text(&before[i]), *is = json_text(&after[i]);

		cr_expect_str_eq(was, is);
		free(was);
		free(is);
	}
	cr_expect_eq(after[1].figures.calls.by_source[SOURCE_NGO], 0);
	cr_expect_eq(after[1].figures.calls.by_source[SOURCE_FAMILY], 4);
	unmake();
}

Test(monthly, is_accepted_once_and_when_the_month_is_over)
{
	make(0);
	begin_as("joht-1");
	cr_expect_not(report_accept(&session, (struct month) { 2026, 12 }, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect(report_accept(&session, (struct month) { 2026, 11 }, &err));
	cr_expect_not(report_accept(&session, (struct month) { 2026, 11 }, &err));
	cr_expect_eq(err.code, ERROR_CONFLICT);
	unmake();
}

Test(monthly, the_database_itself_keeps_an_accepted_report)
{
	make(0);
	begin_as("joht-1");
	cr_assert(report_accept(&session, (struct month) { 2026, 11 }, &err), "%s", err.text);
	cr_expect_not(fixture_sql_try(&session, "UPDATE accepted_report SET content = ''"));
	cr_expect_not(fixture_sql_try(&session, "DELETE FROM accepted_report"));
	unmake();
}

Test(monthly, reads_back_what_it_wrote)
{
	struct monthly_report report, read;
	char *written, *again;

	make(2);
	for (int full = 0; full <= 1; full++) {
		report = look((struct month) { 2026, 10 }, full);
		report.tables[REPORT_TABLE_AREA][LANGUAGE_SV] = "as it was defined then";
		written = json_text(&report);
		cr_assert(report_json_read(written, &session.arena, &read, &err), "%s", err.text);
		again = json_text(&read);
		cr_expect_str_eq(written, again);
		cr_expect_str_eq(
			read.tables[REPORT_TABLE_AREA][LANGUAGE_SV], "as it was defined then");
		free(written);
		free(again);
	}
	cr_expect_not(report_json_read("{\"month\": 5}", &session.arena, &read, &err));
	cr_expect_eq(err.code, ERROR_DATABASE);
	unmake();
}

Test(monthly, a_goal_is_reached_by_the_right_way)
{
	struct monthly_report report;

	make(0);
	begin_as("kehi-1");
	cr_assert(goal_set(&session, INDICATOR_DELAY_MEDIAN, 600, &err), "%s", err.text);
	cr_assert(goal_set(&session, INDICATOR_SATISFACTION, 450, &err), "%s", err.text);
	begin_as("koord-1");
	report = look((struct month) { 2026, 11 }, true);
	cr_expect_eq(report_goal_is_reached(
			     INDICATOR_DELAY_MEDIAN, &report.indicators[INDICATOR_DELAY_MEDIAN]),
		1, "six days, and lower is better");
	cr_expect_eq(report_goal_is_reached(
			     INDICATOR_SATISFACTION, &report.indicators[INDICATOR_SATISFACTION]),
		0);
	cr_expect_eq(report_goal_is_reached(INDICATOR_NPS, &report.indicators[INDICATOR_NPS]), -1);
	unmake();
}
