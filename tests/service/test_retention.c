/*
 * The end of retention, as the service tells it: what was said of a closed case is read nowhere any
 * more, the figures stay, and the log tells of each case and of them all.
 */
#include "said.h"

#include "kutsu/service/accounts.h"

#define SAID_LEAST 18		/* texts of a case in which the secret stands */
#define LAST_DAY   "2025-11-23" /* 12 months and a day before FIXTURE_NOW */
#define FIRST_KEPT "2025-11-24"

static size_t search(struct session *s, const char *words)
{
	struct case_filter filter = { .search = words };
	struct error err = { 0 };
	struct case_list list;

	cr_assert(case_list(s, LOOK_NEW, &filter, &s->arena, &list, &err), "%s", err.text);
	return list.count;
}

static struct purge_report purge(struct session *s)
{
	struct purge_report report;
	struct error err = { 0 };

	cr_assert(retention_purge(s, false, &s->arena, &report, &err), "%s", err.text);
	return report;
}

static struct purge_report dry_run(struct session *s)
{
	struct purge_report report;
	struct error err = { .code = ERROR_CONFLICT };

	cr_assert(retention_purge(s, true, &s->arena, &report, &err), "%s", err.text);
	cr_expect_eq(err.code, ERROR_CONFLICT, "an error is written only on failure");
	return report;
}

/* ---- What goes, and what stays. */

Test(retention, nothing_that_was_said_of_a_purged_case_is_read_anywhere)
{
	struct session *s = said_region();
	struct text before = { 0 }, after = { 0 };
	int64_t meeting;
	const char *code = said_case(s, SOURCE_SCHOOL, "2025-11-05", &meeting);

	said_close(s, code, LAST_DAY "T12:00");
	said_put_case(s, code, &before);
	said_put_meeting(s, meeting, &before);
	cr_assert_geq(said_count(text_get(&before), SECRET), SAID_LEAST, "%s", text_get(&before));
	cr_expect_eq(purge(s).cases.count, 1u);
	said_put_case(s, code, &after);
	said_put_meeting(s, meeting, &after);
	said_put_memo(s, code, MEMO_ALL_SECTORS, &after);
	for (int what = 0; what < EXPORTS; what++)
		said_put_export(s, (enum export_what)what, &after);
	cr_expect_eq(said_count(text_get(&after), SECRET), 0u, "%s", text_get(&after));
	text_release(&before);
	text_release(&after);
	fixture_free(s);
}

Test(retention, a_purged_case_is_found_by_its_code_and_by_no_name)
{
	struct session *s = said_region();
	const char *purged = said_closed_case(s, LAST_DAY "T12:00"),
		   *kept = said_call(s, SOURCE_SCHOOL);

	cr_assert_eq(search(s, "salaisuus"), 2u);
	purge(s);
	cr_expect_eq(search(s, "salaisuus"), 1u);
	cr_expect_eq(search(s, "child"), 1u);
	cr_expect_eq(search(s, "concern"), 1u);
	cr_expect_eq(search(s, kept), 1u);
	cr_expect_eq(search(s, purged), 0u, "its words are gone, its code too");
	cr_expect_eq(search(s, NULL), 2u, "it is listed all the same");
	fixture_free(s);
}

static enum case_status status_of(struct session *s, const char *code, int64_t *purged_at)
{
	struct error err = { 0 };
	struct case_view view;

	cr_assert(case_look(s, LOOK_NEW, code, &s->arena, &view, &err), "%s", err.text);
	*purged_at = view.case_ref.purged_at;
	return view.case_ref.status;
}

static void expect_purged(struct session *s, const char *code, bool expected)
{
	int64_t purged_at;

	status_of(s, code, &purged_at);
	cr_expect_eq(purged_at, expected ? session_now(s) : 0, "case %s", code);
}

Test(retention, is_of_the_cases_closed_before_a_day_that_many_months_ago)
{
	struct session *s = said_region();
	const char *last = said_closed_case(s, LAST_DAY "T23:59"),
		   *first = said_closed_case(s, FIRST_KEPT "T00:00"),
		   *yesterday = said_closed_case(s, "2026-11-23T12:00"), *open;
	struct purge_report report;
	int64_t meeting;

	open = said_case(s, SOURCE_FAMILY, "2025-11-05", &meeting);
	fixture_clock(s, FIXTURE_NOW);
	report = purge(s);
	cr_expect_eq(report.months, 12);
	cr_expect_eq(report.before_day, fixture_day(FIRST_KEPT));
	cr_assert_eq(report.cases.count, 1u);
	cr_expect_str_eq(report.cases.items[0].code, last);
	expect_purged(s, last, true);
	expect_purged(s, first, false);
	expect_purged(s, yesterday, false);
	expect_purged(s, open, false);
	cr_expect_eq(search(s, "salaisuus"), 3u);
	fixture_free(s);
}

Test(retention, is_as_long_as_the_installation_has_set)
{
	struct session *s = said_region();
	const char *code = said_closed_case(s, FIRST_KEPT "T00:00");
	struct error err = { 0 };

	cr_assert(config_set(s, SETTING_RETENTION_MONTHS, "13", &err), "%s", err.text);
	cr_expect_eq(purge(s).before_day, fixture_day("2025-10-24"));
	expect_purged(s, code, false);
	cr_assert(config_set(s, SETTING_RETENTION_MONTHS, "1", &err), "%s", err.text);
	cr_expect_eq(purge(s).before_day, fixture_day("2026-10-24"));
	expect_purged(s, code, true);
	fixture_free(s);
}

/* By source, outcome and month: what the figures are counted from. */
static void put_figures(struct session *s, struct text *to)
{
	static const char *const months[] = { "2025-10", "2025-11", "2026-11" };
	char sql[300];

	for (int source = 0; source < SOURCES; source++) {
		for (int outcome = 0; outcome < OUTCOMES; outcome++) {
			for (size_t m = 0; m < sizeof(months) / sizeof(months[0]); m++) {
				snprintf(sql, sizeof(sql),
					"SELECT count(*) FROM call WHERE source = '%s' AND outcome"
					" = '%s' AND strftime('%%Y-%%m', received_at, 'unixepoch')"
					" = '%s'",
					term_code(&source_terms, source),
					term_code(&outcome_terms, outcome), months[m]);
				text_format(to, "%lld ", (long long)fixture_number(s, sql));
			}
		}
	}
}

/* A call that opens no case, of which caller, phone and concern are kept unless it is a duty to
 * notify. */
static void take_other_call(
	struct session *s, enum call_source source, enum call_outcome outcome, const char *at)
{
	struct intake intake = { .source = source,
		.outcome = outcome,
		.caller = SECRET,
		.phone = SECRET,
		.concern = SECRET,
		.limits = family_limits_none() };
	struct intake_result result;
	struct error err = { 0 };

	fixture_clock(s, at);
	cr_assert(intake_take(s, &intake, &result, &err), "%s", err.text);
	fixture_clock(s, FIXTURE_NOW);
}

Test(retention, leaves_the_figures_and_a_row_of_each_thing)
{
	struct session *s = said_region();
	struct text before = { 0 }, after = { 0 }, exported[2][EXPORTS] = { 0 };
	int64_t meeting;

	said_closed_case(s, LAST_DAY "T12:00");
	said_close(s, said_case(s, SOURCE_FAMILY, "2025-10-29", &meeting), LAST_DAY "T12:00");
	said_closed_case(s, "2026-11-23T12:00");
	take_other_call(s, SOURCE_HEALTH, OUTCOME_ADVICE, "2025-10-01T09:00");
	take_other_call(s, SOURCE_NGO, OUTCOME_NOTIFICATION, "2025-10-01T10:00");
	put_figures(s, &before);
	for (int what = 0; what < EXPORTS; what++)
		said_put_export(s, (enum export_what)what, &exported[0][what]);
	cr_expect_eq(purge(s).cases.count, 2u);
	put_figures(s, &after);
	cr_expect_str_eq(text_get(&after), text_get(&before));
	for (int what = 0; what < EXPORTS; what++) {
		said_put_export(s, (enum export_what)what, &exported[1][what]);
		cr_expect_eq(said_count(text_get(&exported[1][what]), "\r\n"),
			said_count(text_get(&exported[0][what]), "\r\n"), "rows of export %d",
			what);
		text_release(&exported[0][what]);
		text_release(&exported[1][what]);
	}
	text_release(&before);
	text_release(&after);
	fixture_free(s);
}

Test(retention, leaves_of_a_case_when_where_and_with_whom)
{
	struct session *s = said_region();
	struct error err = { 0 };
	struct meeting_view meeting;
	struct case_view view;
	int64_t id;
	const char *code = said_case(s, SOURCE_SCHOOL, "2025-11-05", &id);

	said_close(s, code, LAST_DAY "T12:00");
	purge(s);
	cr_assert(case_look(s, LOOK_NEW, code, &s->arena, &view, &err), "%s", err.text);
	cr_expect_eq(view.case_ref.status, CASE_CLOSED);
	cr_expect_eq(view.case_ref.birth_year, 2016);
	cr_expect_str_eq(view.case_ref.municipality, "Suistola");
	cr_expect_eq(view.calls.count, 1u);
	cr_expect_eq(view.consents.count, 1u);
	cr_expect_eq(view.meetings.count, 2u);
	cr_assert(meeting_look(s, LOOK_NEW, id, &s->arena, &meeting, &err), "%s", err.text);
	cr_expect_eq(meeting.meeting.status, MEETING_RECORDED);
	cr_expect_eq(meeting.meeting.unit_count, 2u);
	cr_assert(meeting.has_record);
	cr_expect_eq(meeting.record.attended_count, 1u);
	cr_expect_eq(meeting.record.absent_count, 1u);
	cr_assert_eq(meeting.record.action_count, 1u);
	cr_expect_eq(meeting.record.actions[0].environment, ENVIRONMENT_SCHOOL);
	fixture_free(s);
}

static void add_draft(struct session *s, int id, const char *saved_at)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"INSERT INTO draft (id, user_id, writer, started_at, saved_at) VALUES (%d, 1, 'w',"
		" 0, unixepoch('%s'))",
		id, saved_at);
	fixture_sql(s, sql);
	snprintf(sql, sizeof(sql), "INSERT INTO draft_field VALUES (%d, 'concern', '" SECRET "')",
		id);
	fixture_sql(s, sql);
}

Test(retention, is_of_calls_and_drafts_without_a_case_too)
{
	struct session *s = said_region();
	struct purge_report report;

	take_other_call(s, SOURCE_HEALTH, OUTCOME_ADVICE, LAST_DAY "T23:59");
	take_other_call(s, SOURCE_HEALTH, OUTCOME_DISCUSSION, FIRST_KEPT "T00:00");
	add_draft(s, 1, LAST_DAY " 12:00");
	add_draft(s, 2, "2026-11-23 12:00");
	report = purge(s);
	cr_expect_eq(report.calls, 1);
	cr_expect_eq(report.drafts, 1);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM call WHERE caller IS NOT NULL"), 1);
	cr_expect_eq(fixture_number(s, "SELECT group_concat(draft_id) FROM draft_field"), 2);
	report = purge(s);
	cr_expect_eq(report.calls, 0);
	cr_expect_eq(report.drafts, 0);
	fixture_free(s);
}

/* ---- What the report and the log tell. */

#define PURGE_ROWS "SELECT count(*) FROM access_log WHERE use_case = 'purge' AND outcome = 'done'"

Test(retention, has_a_row_in_the_log_for_each_case_and_one_for_them_all)
{
	struct session *s = said_region();

	said_closed_case(s, LAST_DAY "T12:00");
	said_closed_case(s, LAST_DAY "T13:00");
	said_closed_case(s, FIRST_KEPT "T13:00");
	take_other_call(s, SOURCE_HEALTH, OUTCOME_ADVICE, LAST_DAY "T23:59");
	purge(s);
	cr_expect_eq(fixture_number(s, PURGE_ROWS), 3);
	cr_expect_eq(fixture_number(s, PURGE_ROWS " AND case_id = 1 AND detail IS NULL"), 1);
	cr_expect_eq(fixture_number(s, PURGE_ROWS " AND case_code = '2025-0002'"), 1);
	cr_expect_eq(fixture_number(s, PURGE_ROWS " AND case_id IS NULL AND role = 'admin'"
						  " AND detail = '2 cases, 1 calls, 0 drafts'"),
		1);
	fixture_free(s);
}

Test(retention, a_dry_run_changes_nothing_but_the_log)
{
	struct session *s = said_region();
	char *before, *after;

	said_closed_case(s, LAST_DAY "T12:00");
	take_other_call(s, SOURCE_HEALTH, OUTCOME_ADVICE, LAST_DAY "T12:00");
	add_draft(s, 1, LAST_DAY " 12:00");
	before = fixture_dump_without_log(s);
	dry_run(s);
	after = fixture_dump_without_log(s);
	cr_expect_str_eq(after, before);
	cr_expect_eq(fixture_number(s, PURGE_ROWS), 1);
	cr_expect_eq(
		fixture_number(s, PURGE_ROWS " AND case_id IS NULL AND detail = 'dry run'"), 1);
	free(before);
	free(after);
	fixture_free(s);
}

static void expect_same_report(const struct purge_report *a, const struct purge_report *b)
{
	cr_expect_eq(a->months, b->months);
	cr_expect_eq(a->before_day, b->before_day);
	cr_expect_eq(a->calls, b->calls);
	cr_expect_eq(a->drafts, b->drafts);
	cr_assert_eq(a->cases.count, b->cases.count);
	for (size_t i = 0; i < a->cases.count; i++) {
		cr_expect_str_eq(a->cases.items[i].code, b->cases.items[i].code);
		cr_expect_eq(a->cases.items[i].was_exported, b->cases.items[i].was_exported);
	}
}

Test(retention, a_dry_run_reports_what_would_be_purged)
{
	struct session *s = said_region();
	struct purge_report told, done;

	said_closed_case(s, LAST_DAY "T13:00");
	said_closed_case(s, LAST_DAY "T12:00");
	take_other_call(s, SOURCE_HEALTH, OUTCOME_ADVICE, LAST_DAY "T12:00");
	add_draft(s, 1, LAST_DAY " 12:00");
	told = dry_run(s);
	done = purge(s);
	expect_same_report(&told, &done);
	cr_assert_eq(done.cases.count, 2u);
	cr_expect_str_eq(done.cases.items[0].code, "2025-0002", "longest closed first");
	cr_expect_str_eq(done.cases.items[1].code, "2025-0001");
	cr_expect(done.is_complete);
	fixture_free(s);
}

Test(retention, a_case_purged_is_not_purged_again)
{
	struct session *s = said_region();
	char *before, *after;

	said_closed_case(s, LAST_DAY "T12:00");
	purge(s);
	before = fixture_dump_without_log(s);
	fixture_clock(s, "2026-11-25T10:42");
	cr_expect_eq(purge(s).cases.count, 0u);
	after = fixture_dump_without_log(s);
	cr_expect_str_eq(after, before);
	cr_expect_eq(fixture_number(s, PURGE_ROWS), 3, "a case, and twice all of them");
	free(before);
	free(after);
	fixture_free(s);
}

static void set_role(struct session *s, const char *role)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"DELETE FROM user_role; INSERT INTO user_role (user_id, role, unit_id) SELECT 1,"
		" '%s', CASE WHEN '%s' = 'contact' THEN 1 END",
		role, role);
	fixture_sql(s, sql);
}

static bool try_memo(struct session *s, const char *code, struct error *err)
{
	struct memo memo = { .meeting_count = 5 };
	bool ok = case_memo(s, code, MEMO_ALL_SECTORS, &said_to_nobody, &s->arena, &memo, err);

	cr_expect(ok || (memo.case_ref.id == 0 && memo.meeting_count == 0), "it gave something");
	return ok;
}

Test(retention, reports_which_cases_never_went_to_the_official_record)
{
	struct session *s = said_region();
	struct error err = { 0 };
	struct purge_report report;
	const char *exported = said_closed_case(s, LAST_DAY "T12:00"),
		   *refused = said_closed_case(s, LAST_DAY "T13:00");

	said_closed_case(s, LAST_DAY "T14:00");
	cr_assert(try_memo(s, exported, &err), "%s", err.text);
	set_role(s, "leader");
	cr_expect_not(try_memo(s, refused, &err));
	set_role(s, "admin");
	report = purge(s);
	cr_assert_eq(report.cases.count, 3u);
	cr_expect(report.cases.items[0].was_exported);
	cr_expect_not(report.cases.items[1].was_exported, "an attempt is no export");
	cr_expect_not(report.cases.items[2].was_exported);
	fixture_free(s);
}

Test(retention, takes_the_memo_of_one_meeting_for_no_memo_of_the_case)
{
	struct session *s = said_region();
	struct error err = { 0 };
	struct purge_report report;
	struct memo memo;

	said_closed_case(s, LAST_DAY "T12:00");
	cr_assert(meeting_memo(s, fixture_number(s, "SELECT min(id) FROM meeting"),
			  MEMO_ALL_SECTORS, &said_to_nobody, &s->arena, &memo, &err),
		"%s", err.text);
	set_role(s, "admin");
	report = purge(s);
	cr_assert_eq(report.cases.count, 1u);
	cr_expect_not(report.cases.items[0].was_exported);
	fixture_free(s);
}

Test(retention, is_ended_by_an_administrator_alone)
{
	struct session *s = said_region();
	struct purge_report report;
	char *before, *after;

	said_closed_case(s, LAST_DAY "T12:00");
	before = fixture_dump_without_log(s);
	for (int role = 0; role < ROLES; role++) {
		struct error err = { 0 };

		if (role == ROLE_ADMIN)
			continue;
		set_role(s, term_code(&role_terms, role));
		cr_expect_not(retention_purge(s, false, &s->arena, &report, &err));
		cr_expect_eq(err.code, ERROR_DENIED, "%s", err.text);
		cr_expect_not(retention_purge(s, true, &s->arena, &report, &err));
		cr_expect_eq(err.code, ERROR_DENIED, "%s", err.text);
		cr_expect_eq(report.cases.count, 0u);
	}
	set_role(s, "coordinator");
	fixture_sql(s, "INSERT INTO user_role (user_id, role) VALUES (1, 'admin'), (1, 'auditor')");
	after = fixture_dump_without_log(s);
	cr_expect_str_eq(after, before);
	cr_expect_eq(fixture_number(s, PURGE_ROWS), 0);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM access_log WHERE use_case = 'purge'"
				       " AND outcome = 'refused'"),
		2 * (ROLES - 1));
	free(before);
	free(after);
	fixture_free(s);
}

/* ---- Many cases. */

#define MANY  1200
#define BATCH 500

static struct session *region_with_many(void)
{
	struct session *s = said_region();

	fixture_sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1200)"
		       " INSERT INTO case_ref (id, year, number, code, opened_at, closed_at,"
		       "  closed_reason, child)"
		       " SELECT i, 2020, i, printf('2020-%04d', i), 0, i, 'r', '" SECRET "' FROM n;"
		       "INSERT INTO call (case_id, received_at, source, outcome, taken_by, caller)"
		       " SELECT id, 0, 'school', 'meeting', 1, '" SECRET "' FROM case_ref");
	return s;
}

static int64_t count_purged(struct session *s)
{
	int64_t cases = fixture_number(s, "SELECT count(*) FROM case_ref WHERE purged_at > 0");

	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM case_ref WHERE child IS NULL"), cases);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM call WHERE caller IS NULL"), cases);
	cr_expect_eq(fixture_number(s, PURGE_ROWS " AND case_id > 0"), cases,
		"each has its row in the log");
	return cases;
}

Test(retention, of_1200_cases_is_ended_for_all, .timeout = 60)
{
	struct session *s = region_with_many();

	cr_expect_eq(purge(s).cases.count, (size_t)MANY);
	cr_expect_eq(count_purged(s), MANY);
	cr_expect_eq(fixture_number(s, PURGE_ROWS " AND detail LIKE '1200 cases, %'"), 1);
	fixture_free(s);
}

/* In the second batch, and in the third. */
Test(retention, an_error_in_the_middle_leaves_whole_batches, .timeout = 60)
{
	for (int batches = 1; batches <= 2; batches++) {
		struct session *s = region_with_many();
		struct purge_report report;
		struct error err = { 0 };
		char sql[200];

		snprintf(sql, sizeof(sql),
			"CREATE TRIGGER fails BEFORE UPDATE ON case_ref WHEN OLD.id = %d"
			" BEGIN SELECT RAISE(ABORT, 'enough'); END",
			batches * BATCH + BATCH / 3);
		fixture_sql(s, sql);
		cr_expect_not(retention_purge(s, false, &s->arena, &report, &err));
		cr_expect_neq(err.code, ERROR_NONE);
		cr_expect_eq(report.cases.count, 0u, "it reported what was not done");
		cr_expect_eq(count_purged(s), batches * BATCH);
		cr_expect_eq(fixture_number(s, PURGE_ROWS " AND case_id IS NULL"), 0,
			"there is no row that says it was done");
		fixture_sql(s, "DROP TRIGGER fails");
		cr_expect_eq(purge(s).cases.count, (size_t)(MANY - batches * BATCH));
		cr_expect_eq(count_purged(s), MANY);
		fixture_free(s);
	}
}
