/* The memo that goes to the official client record: who gets what of it, and what the log tells. */
#include "said.h"

#define WEDNESDAY "2026-11-18"

/* An open case to whose one meeting A and B were invited; A alone has a consent in force. */
static const char *new_case(struct session *s)
{
	int64_t meeting;
	const char *code = said_case(s, SOURCE_SCHOOL, WEDNESDAY, &meeting);

	fixture_clock(s, FIXTURE_NOW);
	return code;
}

static enum error_code try_memo(struct session *s, const char *code, int sector,
	const struct disclosure *disclosure, struct memo *memo)
{
	struct error err = { 0 };

	*memo = (struct memo) { .meeting_count = 5, .case_ref.id = 5 };
	if (case_memo(s, code, sector, disclosure, &s->arena, memo, &err))
		return ERROR_NONE;
	cr_expect_eq(memo->case_ref.id, 0, "it gave something: %s", err.text);
	cr_expect_eq(memo->meeting_count, 0u, "it gave something: %s", err.text);
	return err.code;
}

#define EXPORTED "SELECT count(*) FROM access_log WHERE use_case = 'case_export'"

/* ---- The log. */

Test(case_memo, is_logged_as_a_disclosure_with_basis_recipient_and_reason)
{
	const struct disclosure disclosure = { "law 703/2023 5 §", "health records", "asked for" };
	struct session *s = said_region();
	const char *code = new_case(s);
	struct memo memo;

	cr_expect_eq(try_memo(s, code, MEMO_ALL_SECTORS, &disclosure, &memo), ERROR_NONE);
	cr_expect_eq(memo.case_ref.id, 1);
	cr_expect_eq(memo.meeting_count, 2u);
	cr_expect_eq(fixture_number(s, EXPORTED " AND outcome = 'done' AND case_id = 1"
						" AND role = 'coordinator' AND detail = 'all'"
						" AND basis = 'law 703/2023 5 §'"
						" AND recipient = 'health records'"
						" AND reason = 'asked for'"),
		1);
	cr_expect_eq(fixture_number(s, EXPORTED), 1);
	fixture_free(s);
}

Test(case_memo, of_a_sector_is_logged_with_it_and_without_more_as_ones_own_task)
{
	struct session *s = said_region();
	const char *code = new_case(s);
	struct memo memo;

	cr_expect_eq(try_memo(s, code, SECTOR_SCHOOL_HEALTH, &said_to_nobody, &memo), ERROR_NONE);
	cr_expect_eq(fixture_number(s, EXPORTED " AND detail = 'KTH' AND basis = 'own_task'"
						" AND recipient IS NULL AND reason IS NULL"),
		1);
	fixture_free(s);
}

Test(case_memo, that_cannot_be_logged_is_not_given)
{
	struct session *s = said_region();
	const char *code = new_case(s);
	struct memo memo;

	fixture_sql(s, "CREATE TRIGGER fails BEFORE INSERT ON access_log"
		       " WHEN NEW.use_case = 'case_export'"
		       " BEGIN SELECT RAISE(ABORT, 'enough'); END");
	cr_expect_neq(try_memo(s, code, MEMO_ALL_SECTORS, &said_to_nobody, &memo), ERROR_NONE);
	fixture_free(s);
}

Test(case_memo, tells_no_personal_identity_code_to_the_log)
{
	struct session *s = said_region();
	const char *code = new_case(s);
	const struct disclosure with_code[] = { { .basis = "131052-308T" },
		{ .recipient = "131052-308T" }, { .reason = "131052-308T" } };
	struct memo memo;

	for (size_t i = 0; i < 3; i++)
		cr_expect_eq(try_memo(s, code, MEMO_ALL_SECTORS, &with_code[i], &memo),
			ERROR_INVALID, "%zu", i);
	cr_expect_eq(fixture_number(s, EXPORTED), 0);
	fixture_free(s);
}

/* ---- Who gets one. */

Test(case_memo, of_a_case_that_is_not_there_is_not_found)
{
	struct session *s = said_region();
	struct memo memo;

	cr_expect_eq(try_memo(s, "2026-0001", MEMO_ALL_SECTORS, &said_to_nobody, &memo),
		ERROR_NOT_FOUND);
	cr_expect_eq(fixture_number(s, EXPORTED " AND outcome = 'done'"), 0);
	fixture_free(s);
}

Test(case_memo, is_the_coordinators_alone)
{
	struct session *s = said_region();
	const char *code = new_case(s);
	struct memo memo;

	for (int role = 0; role < ROLES; role++) {
		char sql[200];

		snprintf(sql, sizeof(sql),
			"DELETE FROM user_role; INSERT INTO user_role (user_id, role, unit_id)"
			" SELECT 1, '%s', %s",
			term_code(&role_terms, role), role == ROLE_CONTACT ? "1" : "NULL");
		fixture_sql(s, sql);
		cr_expect_eq(try_memo(s, code, SECTOR_FAMILY_SOCIAL, &said_to_nobody, &memo),
			role == ROLE_COORDINATOR ? ERROR_NONE : ERROR_DENIED, "%s",
			term_code(&role_terms, role));
	}
	cr_expect_eq(fixture_number(s, EXPORTED " AND outcome = 'done'"), 1);
	cr_expect_eq(fixture_number(s, EXPORTED " AND outcome = 'refused' AND case_id = 1"),
		ROLES - 1, "the case's log tells of the attempts");
	fixture_free(s);
}

/* ---- What is in it. */

static void expect_memo(struct session *s, const char *code, int sector, const char *const *there,
	const char *const *missing)
{
	struct text memo = { 0 };

	said_put_memo(s, code, sector, &memo);
	for (; *there; there++)
		cr_expect(strstr(text_get(&memo), *there), "%d: no \"%s\" in %s", sector, *there,
			text_get(&memo));
	for (; *missing; missing++)
		cr_expect_null(strstr(text_get(&memo), *missing), "%d: \"%s\" in %s", sector,
			*missing, text_get(&memo));
	text_release(&memo);
}

#define TEXTS(...) ((const char *const[]) { __VA_ARGS__, NULL })
#define NOTHING	   ((const char *const[]) { NULL })

Test(case_memo, of_the_whole_case_has_all_that_was_said)
{
	struct session *s = said_region();

	expect_memo(s, new_case(s), MEMO_ALL_SECTORS,
		TEXTS(SECRET " caller", SECRET "-0401234567", SECRET " concern", SECRET " child",
			SECRET " adult", SECRET " guardian", SECRET " how", SECRET " street",
			SECRET " ill", SECRET " mother", SECRET " facilitator", SECRET " strengths",
			SECRET " vulnerabilities", SECRET " notes", SECRET " teacher",
			SECRET " breakfast", SECRET " reason", "Suistola", "A Perheneuvola",
			"B Terveydenhoito"),
		NOTHING);
	fixture_free(s);
}

Test(case_memo, extract_of_a_sector_with_consent_has_what_was_said_but_the_phone)
{
	struct session *s = said_region();

	expect_memo(s, new_case(s), SECTOR_FAMILY_SOCIAL,
		TEXTS(SECRET " concern", SECRET " child", SECRET " guardian", SECRET " notes",
			SECRET " breakfast", SECRET " street", "A Perheneuvola"),
		TEXTS("0401234567"));
	fixture_free(s);
}

Test(case_memo, extract_of_a_sector_without_consent_has_when_and_where_alone)
{
	struct session *s = said_region();

	expect_memo(s, new_case(s), SECTOR_SCHOOL_HEALTH,
		TEXTS("18.11.2026", "09:00", SECRET " street", "B Terveydenhoito"),
		TEXTS(SECRET " caller", SECRET " concern", SECRET " child", SECRET " adult",
			SECRET " guardian", SECRET " notes", SECRET " mother", SECRET " breakfast",
			SECRET " ill", "Suistola", "A Perheneuvola", "0401234567"));
	fixture_free(s);
}

Test(case_memo, extract_follows_a_consent_that_is_withdrawn)
{
	struct session *s = said_region();
	const char *code = new_case(s);
	const char *const unit = "A";
	struct error err = { 0 };

	cr_assert(consent_withdraw(s, code, &unit, 1, &err), "%s", err.text);
	expect_memo(s, code, SECTOR_FAMILY_SOCIAL, TEXTS("A Perheneuvola"),
		TEXTS(SECRET " concern", SECRET " child", SECRET " notes"));
	fixture_free(s);
}

Test(case_memo, extract_of_a_sector_that_was_not_invited_has_no_meeting)
{
	struct session *s = said_region();

	expect_memo(s, new_case(s), SECTOR_YOUTH, TEXTS("Meetings"),
		TEXTS(SECRET, "18.11.2026 09:00", "Perheneuvola", "Terveydenhoito"));
	fixture_free(s);
}

/* ---- Of one meeting. */

static int64_t meeting_of(struct session *s, const char *code)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"SELECT min(meeting.id) FROM meeting JOIN case_ref ON case_ref.id = case_id"
		" WHERE code = '%s'",
		code);
	return fixture_number(s, sql);
}

Test(meeting_memo, has_that_meeting_alone_and_nothing_of_the_calls)
{
	struct session *s = said_region();
	const char *code = new_case(s);
	int64_t id = meeting_of(s, code);
	struct error err = { 0 };
	struct memo memo;

	cr_assert(meeting_memo(s, id, MEMO_ALL_SECTORS, &said_to_nobody, &s->arena, &memo, &err),
		"%s", err.text);
	cr_expect_eq(memo.meeting_id, id);
	cr_expect_eq(memo.meeting_count, 1u);
	cr_expect_eq(memo.meetings[0].meeting.id, id);
	cr_expect_eq(memo.calls.count, 0u);
	cr_expect_null(memo.case_ref.concern);
	for (size_t i = 0; i < memo.consents.count; i++)
		cr_expect(meeting_has_unit(&memo.meetings[0].meeting, memo.consents.items[i].unit));
	fixture_free(s);
}

Test(meeting_memo, is_logged_as_a_disclosure_of_the_case_with_the_meetings_number)
{
	const struct disclosure disclosure = { "law 703/2023 5 §", "school", "agreed" };
	struct session *s = said_region();
	int64_t id = meeting_of(s, new_case(s));
	struct error err = { 0 };
	struct memo memo;

	cr_assert(meeting_memo(s, id, SECTOR_SCHOOL_HEALTH, &disclosure, &s->arena, &memo, &err),
		"%s", err.text);
	cr_expect_eq(fixture_number(s, EXPORTED " AND outcome = 'done' AND case_id = 1"
						" AND detail = 'meeting 1, KTH'"
						" AND basis = 'law 703/2023 5 §'"
						" AND recipient = 'school' AND reason = 'agreed'"),
		1);
	fixture_free(s);
}

Test(meeting_memo, of_what_is_no_meeting_or_only_held_is_not_found)
{
	struct session *s = said_region();
	struct error err = { 0 };
	struct memo memo;

	new_case(s);
	fixture_hold(s, "A", "2026-11-25T12:00");
	cr_expect_not(
		meeting_memo(s, 4711, MEMO_ALL_SECTORS, &said_to_nobody, &s->arena, &memo, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	err = (struct error) { 0 };
	cr_expect_not(
		meeting_memo(s, fixture_number(s, "SELECT id FROM meeting WHERE case_id IS NULL"),
			MEMO_ALL_SECTORS, &said_to_nobody, &s->arena, &memo, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_eq(memo.case_ref.id, 0);
	fixture_free(s);
}

Test(meeting_memo, is_the_coordinators_alone_and_the_cases_log_tells_of_attempts)
{
	struct session *s = said_region();
	int64_t id = meeting_of(s, new_case(s));
	struct error err = { 0 };
	struct memo memo;

	fixture_sql(s, "DELETE FROM user_role; INSERT INTO user_role (user_id, role, unit_id)"
		       " VALUES (1, 'contact', 1)");
	cr_expect_not(
		meeting_memo(s, id, SECTOR_FAMILY_SOCIAL, &said_to_nobody, &s->arena, &memo, &err));
	cr_expect_eq(err.code, ERROR_DENIED);
	cr_expect_eq(fixture_number(s, EXPORTED " AND outcome = 'refused' AND case_id = 1"), 1);
	fixture_free(s);
}
