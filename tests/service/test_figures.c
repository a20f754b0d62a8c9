/* Who sees the month in figures, what the log tells of it, and the demonstration's November. */
#include "fixture.h"

#include "kutsu/service/monthly.h"
#include "kutsu/service/region.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define CLOCK_B "2026-12-18T12:00"
#define X	FIGURE_HIDDEN

static const struct month november = { 2026, 11 }, december = { 2026, 12 };

/* The demonstration, opened by one of its accounts. */
struct made {
	char folder[FIXTURE_FOLDER_SIZE];
	struct store *store;
	struct session session;
};

static void begin_as(struct made *made, const char *login)
{
	const struct identity identity = { .login = login, .account = login };
	struct error err;

	session_end(&made->session);
	cr_assert(session_begin(
			  &made->session, made->store, fixture_clock_at(CLOCK_B), &identity, &err),
		"%s", err.text);
}

static void make(struct made *made, const char *login)
{
	const struct identity maker = { .login = "testaaja", .account = "testaaja" };
	const struct demo_options options = { .seed = 1, .scale = 1 };
	char path[FIXTURE_FOLDER_SIZE + 16];
	struct error err;

	memset(made, 0, sizeof(*made));
	fixture_folder(made->folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", made->folder);
	cr_assert(region_demo(path, &options, &maker, fixture_clock_at(CLOCK_B), &err), "%s",
		err.text);
	cr_assert(store_open(path, &made->store, &err), "%s", err.text);
	begin_as(made, login);
}

static void unmake(struct made *made)
{
	session_end(&made->session);
	store_close(made->store);
	fixture_folder_remove(made->folder);
}

static struct month_figures look(
	struct session *session, enum look look, struct month month, bool full)
{
	struct month_figures figures;
	struct monthly_report report;
	struct error err;

	cr_assert(report_look(session, look, month, full, &session->arena, &report, &err), "%s",
		err.text);
	figures = report.figures;
	cr_expect(figures.month.year == month.year && figures.month.month == month.month);
	cr_expect_eq(figures.is_full, full);
	return figures;
}

static void expect_calls(const struct call_figures *calls, const struct call_figures *wanted)
{
	cr_expect_eq(calls->total, wanted->total, "%d calls", calls->total);
	for (int i = 0; i < SOURCES; i++)
		cr_expect_eq(calls->by_source[i], wanted->by_source[i], "%d from %s",
			calls->by_source[i], term_code(&source_terms, i));
	for (int i = 0; i < OUTCOMES; i++)
		cr_expect_eq(calls->by_outcome[i], wanted->by_outcome[i], "%d led to %s",
			calls->by_outcome[i], term_code(&outcome_terms, i));
	for (int i = 0; i < AGE_GROUPS; i++)
		cr_expect_eq(calls->by_age[i], wanted->by_age[i], "%d of %s", calls->by_age[i],
			term_code(&age_group_terms, i));
	cr_expect_eq(calls->shared_hole, wanted->shared_hole);
	cr_expect_eq(calls->no_shared_hole, wanted->no_shared_hole);
}

static void expect_delays(const struct delay_figures *delays, const struct delay_figures *wanted)
{
	cr_expect_eq(delays->meetings, wanted->meetings, "%d meetings", delays->meetings);
	cr_expect_eq(delays->median, wanted->median, "median %d", delays->median);
	cr_expect_eq(delays->p90, wanted->p90, "p90 %d", delays->p90);
	cr_expect_eq(delays->longest, wanted->longest, "longest %d", delays->longest);
	cr_expect_eq(delays->within_7, wanted->within_7, "%d within 7", delays->within_7);
	cr_expect_eq(delays->within_14, wanted->within_14, "%d within 14", delays->within_14);
}

/* 18 calls, 15 that need a meeting, 13 that have one; the region's design has the same. Its
 * grandparent and outreach worker are others, its clinics and school nurse health care, its family
 * counselling social services. */
Test(figures, of_the_demonstrations_november_are_those_of_its_design)
{
	static const struct call_figures calls = {
		18,
		{ [SOURCE_FAMILY] = 4,
			[SOURCE_YOUNG_PERSON] = 1,
			[SOURCE_EARLY_EDUCATION] = 2,
			[SOURCE_SCHOOL] = 3,
			[SOURCE_HEALTH] = 3,
			[SOURCE_SOCIAL] = 2,
			[SOURCE_ADULT_SERVICES] = 1,
			[SOURCE_OTHER] = 2 },
		{ [OUTCOME_MEETING] = 15,
			[OUTCOME_ADVICE] = 1,
			[OUTCOME_DISCUSSION] = 1,
			[OUTCOME_NOTIFICATION] = 1 },
		13, 2,
		{ [AGE_0_2] = 3, [AGE_3_6] = 4, [AGE_7_12] = 4, [AGE_13_15] = 2, [AGE_16_17] = 2 }
	};
	static const struct delay_figures delays = { 13, 6, 12, 14, 10, 13 };
	struct month_figures figures;
	struct made made;

	make(&made, "koord-1");
	figures = look(&made.session, LOOK_NEW, november, true);
	expect_calls(&figures.calls, &calls);
	expect_delays(&figures.delays, &delays);
	unmake(&made);
}

/* From each call that needed a meeting to the first one that began after it: also the second call
 * of a case, which the report leaves out, since its family has been met. */
Test(figures, of_all_fifteen_meetings_of_the_demonstration_are_those_of_its_design)
{
	struct delay_figures delays;
	struct made made;
	int days[20];
	char sql[500];
	int64_t count;

	make(&made, "koord-1");
	count = fixture_number(&made.session, "SELECT count(*) FROM call WHERE case_id NOT NULL");
	delays.meetings = 0;
	for (int64_t i = 0; i < count; i++) {
		int64_t received, met;

		snprintf(sql, sizeof(sql),
			"SELECT received_at FROM call WHERE case_id NOT NULL ORDER BY received_at"
			" LIMIT 1 OFFSET %lld",
			(long long)i);
		received = fixture_number(&made.session, sql);
		snprintf(sql, sizeof(sql),
			"SELECT min(m.day) FROM call c JOIN meeting m ON m.case_id = c.case_id "
			"WHERE"
			" c.received_at = %lld AND m.kind = 'invited' AND m.day >= %d",
			(long long)received, zone_to_wall(received).day);
		met = fixture_number(&made.session, sql);
		if (met)
			days[delays.meetings++] = (int)met - zone_to_wall(received).day;
	}
	cr_expect_eq(count, 17);
	delays = delay_figures_of(days, (size_t)delays.meetings);
	cr_expect_eq(delays.meetings, 15);
	cr_expect_eq(days[0], 2);
	cr_expect_eq(delays.median, 7, "%d", delays.median);
	cr_expect_eq(delays.longest, 29);
	unmake(&made);
}

static void expect_suppressed_november(const struct month_figures *figures)
{
	static const struct call_figures calls = { 18, { X, X, X, X, X, X, X, [SOURCE_OTHER] = X },
		{ X, X, X, X }, X, X, { X, X, X, X, X, X, X } };
	static const struct delay_figures delays = { 13, 6, X, X, X, X };

	expect_calls(&figures->calls, &calls);
	expect_delays(&figures->delays, &delays);
}

Test(figures, of_the_demonstrations_november_tell_a_leader_of_no_small_cell)
{
	struct month_figures figures;
	struct made made;

	make(&made, "joht-1");
	figures = look(&made.session, LOOK_NEW, november, false);
	expect_suppressed_november(&figures);
	figures = look(&made.session, LOOK_AGAIN, november, false);
	expect_suppressed_november(&figures);
	unmake(&made);
}

/* Y19 and Y20, which adds to a case of November. */
Test(figures, of_the_demonstrations_december_are_two_calls)
{
	static const struct delay_figures delays = { 1, 29, 29, 29, 0, 0 };
	struct month_figures figures;
	struct made made;

	make(&made, "koord-1");
	figures = look(&made.session, LOOK_NEW, december, true);
	cr_expect_eq(figures.calls.total, 2);
	expect_delays(&figures.delays, &delays);
	figures = look(&made.session, LOOK_NEW, december, false);
	cr_expect_eq(figures.calls.total, X);
	cr_expect_eq(figures.delays.longest, X);
	unmake(&made);
}

static int64_t log_rows(
	struct made *made, const char *login, const char *detail, const char *outcome)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM access_log WHERE use_case = 'figures_look' AND login = '%s'"
		" AND detail IS %s AND outcome = '%s' AND case_id IS NULL",
		login, detail, outcome);
	return fixture_number(&made->session, sql);
}

Test(figures, are_shown_to_coordinators_leaders_and_development_workers_and_small_cells_to_none)
{
	static const char *const logins[] = { "koord-1", "joht-1", "kehi-1" };
	struct made made;

	make(&made, "koord-1");
	for (size_t i = 0; i < sizeof(logins) / sizeof(logins[0]); i++) {
		struct month_figures figures;

		begin_as(&made, logins[i]);
		figures = look(&made.session, LOOK_NEW, november, false);
		expect_suppressed_november(&figures);
		cr_expect_eq(log_rows(&made, logins[i], "'2026-11'", "done"), 1, "%s", logins[i]);
	}
	unmake(&made);
}

static bool refuses(struct made *made, enum look look, bool full, struct month_figures *figures,
	struct error *err)
{
	struct monthly_report report;
	bool ok = report_look(
		&made->session, look, november, full, &made->session.arena, &report, err);

	*figures = report.figures;
	return !ok;
}

Test(figures, are_not_shown_to_contacts_administrators_and_auditors)
{
	static const char *const logins[] = { "yhd-nvl-sui", "paak-1", "tsv-1" };
	struct made made;

	make(&made, "koord-1");
	for (size_t i = 0; i < sizeof(logins) / sizeof(logins[0]); i++) {
		struct month_figures figures;
		struct error err = { 0 };

		begin_as(&made, logins[i]);
		cr_expect(refuses(&made, LOOK_NEW, false, &figures, &err));
		cr_expect_eq(err.code, ERROR_DENIED);
		cr_expect_eq(figures.calls.total, 0);
		cr_expect(refuses(&made, LOOK_AGAIN, false, &figures, &err));
		cr_expect_eq(err.code, ERROR_DENIED);
		cr_expect_eq(
			log_rows(&made, logins[i], "'2026-11'", "refused"), 1, "%s", logins[i]);
	}
	unmake(&made);
}

Test(figures, in_full_are_for_who_may_list_the_cases)
{
	static const char *const logins[] = { "joht-1", "kehi-1" };
	struct made made;

	make(&made, "koord-1");
	for (size_t i = 0; i < sizeof(logins) / sizeof(logins[0]); i++) {
		struct month_figures figures;
		struct error err = { 0 };

		begin_as(&made, logins[i]);
		cr_expect(refuses(&made, LOOK_NEW, true, &figures, &err));
		cr_expect_eq(err.code, ERROR_DENIED);
		cr_expect_eq(figures.calls.total, 0);
		cr_expect(refuses(&made, LOOK_AGAIN, true, &figures, &err));
		cr_expect_eq(err.code, ERROR_DENIED);
		cr_expect_eq(log_rows(&made, logins[i], "NULL", "refused"), 2, "%s", logins[i]);
		cr_expect_eq(log_rows(&made, logins[i], "'2026-11 full'", "done"), 0);
	}
	unmake(&made);
}

Test(figures, are_logged_when_looked_at_anew_and_in_full_each_time)
{
	struct made made;

	make(&made, "koord-1");
	look(&made.session, LOOK_NEW, november, false);
	look(&made.session, LOOK_AGAIN, november, false);
	look(&made.session, LOOK_AGAIN, december, false);
	cr_expect_eq(log_rows(&made, "koord-1", "'2026-11'", "done"), 1);
	cr_expect_eq(log_rows(&made, "koord-1", "'2026-12'", "done"), 0);
	look(&made.session, LOOK_NEW, december, true);
	look(&made.session, LOOK_AGAIN, december, true);
	cr_expect_eq(log_rows(&made, "koord-1", "'2026-12 full'", "done"), 2);
	unmake(&made);
}
