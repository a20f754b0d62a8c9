/* Observations know nobody; decisions reach everyone, and who has seen them is counted. */
#include "world.h"

#include "kutsu/service/leadership.h"

static struct world w;
static struct error err;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
	world_new(&w);
	fixture_sql(w.keeper, "INSERT INTO user_role SELECT id, 'developer_worker', NULL FROM user"
			      " WHERE login = '" FIXTURE_LOGIN "'");
}

static void tear_down(void)
{
	world_free(&w);
}

TestSuite(learning_service, .init = set_up, .fini = tear_down);

Test(learning_service, of_an_observation_neither_table_nor_log_knows_whose_it_is)
{
	struct observation observation = { .text = "aamut eivät onnistu" };
	int64_t rows = fixture_number(w.keeper, "SELECT count(*) FROM access_log");

	cr_assert(observation_add(w.keeper, &observation, &err), "%s", err.text);
	cr_expect_eq(fixture_number(w.keeper, "SELECT count(*) FROM access_log"), rows);
	cr_expect_eq(fixture_number(w.keeper,
			     "SELECT count(*) FROM pragma_table_info('observation')"
			     " WHERE name LIKE '%user%' OR name LIKE '%by%' OR name LIKE '%_at'"),
		0);
}

Test(learning_service, observations_are_grouped_by_a_person_and_taken_out_again)
{
	struct phenomenon phenomenon = { .title = "kyydit" };
	struct observation_list list;

	cr_assert(phenomenon_add(w.keeper, &phenomenon, &w.observation, 1, &err), "%s", err.text);
	cr_assert(
		observation_list(w.keeper, OBSERVATIONS_UNGROUPED, &w.keeper->arena, &list, &err));
	cr_expect_eq(list.count, 0);
	cr_assert(phenomenon_group(w.keeper, 0, &w.observation, 1, &err), "%s", err.text);
	cr_assert(
		observation_list(w.keeper, OBSERVATIONS_UNGROUPED, &w.keeper->arena, &list, &err));
	cr_expect_eq(list.count, 1);
}

Test(learning_service, a_phenomenon_of_an_observation_that_is_none_is_not_made)
{
	struct phenomenon phenomenon = { .title = "kyydit" };
	const int64_t ids[] = { w.observation, 999 };
	int64_t before = fixture_number(w.keeper, "SELECT count(*) FROM phenomenon");

	cr_expect_not(phenomenon_add(w.keeper, &phenomenon, ids, 2, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_eq(fixture_number(w.keeper, "SELECT count(*) FROM phenomenon"), before);
	cr_expect_eq(fixture_number(w.keeper,
			     "SELECT count(*) FROM observation WHERE phenomenon_id IS NOT NULL"),
		0);
}

Test(learning_service, a_phenomenon_is_closed_once_with_its_reason)
{
	struct phenomenon_list list;

	cr_expect_not(phenomenon_close(w.keeper, w.phenomenon, "", &err));
	cr_expect(phenomenon_close(w.keeper, w.phenomenon, "on ohi", &err), "%s", err.text);
	cr_expect_not(phenomenon_close(w.keeper, w.phenomenon, "on ohi", &err));
	cr_assert(phenomenon_list(w.keeper, true, &w.keeper->arena, &list, &err));
	cr_expect_eq(list.count, 0);
}

static size_t unseen(struct session *session)
{
	struct decision_list list;

	cr_assert(notice_list(session, &w.keeper->arena, &list, &err), "%s", err.text);
	return list.count;
}

Test(learning_service, a_decision_is_a_notice_until_it_is_seen_and_seen_is_counted_once)
{
	static const struct identity identity = { SOMEBODY, "kutsu", NULL };
	struct decision_list list;
	struct session other;

	cr_assert(session_begin(&other, w.keeper->store, w.keeper->clock, &identity, &err));
	cr_expect_eq(unseen(w.keeper), 1);
	cr_expect_eq(unseen(&other), 1);
	cr_assert(notice_see(&other, w.decision, &err), "%s", err.text);
	cr_assert(notice_see(&other, w.decision, &err), "seen twice is no error");
	cr_expect_eq(unseen(&other), 0);
	cr_expect_eq(unseen(w.keeper), 1, "it is a notice to the others still");
	cr_assert(decision_list(w.keeper, 0, &w.keeper->arena, &list, &err));
	cr_expect_eq(list.items[0].seen, 1);
	cr_expect_eq(list.items[0].users, 2);
	session_end(&other);
}

Test(learning_service, a_decision_of_no_group_or_initiative_is_not_made)
{
	struct decision decision = { .group_id = 99,
		.text = "t",
		.reason = "r",
		.child_effect = "c",
		.target = NO_TARGET,
		.target_day = DAY_LAST };

	cr_expect_not(decision_make(w.keeper, &decision, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	decision.group_id = 0;
	decision.initiative_id = 99;
	cr_expect_not(decision_make(w.keeper, &decision, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
	cr_expect_not(notice_see(w.keeper, 99, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
}

Test(learning_service, a_step_is_done_once_and_progress_is_kept)
{
	struct initiative_list list;

	cr_assert(initiative_step_done(w.keeper, w.step, &err), "%s", err.text);
	cr_expect_not(initiative_step_done(w.keeper, w.step, &err));
	cr_assert(initiative_set_status(w.keeper, w.initiative, INITIATIVE_DONE, &err));
	cr_assert(initiative_list(w.keeper, &w.keeper->arena, &list, &err));
	cr_expect_eq(list.items[0].status, INITIATIVE_DONE);
	cr_expect_eq(list.items[0].steps[0].done_day, fixture_day("2026-12-01"));
	cr_expect_not(initiative_add_step(w.keeper, 99, "x", DAY_LAST, &w.step, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
}

Test(learning_service, a_seat_of_the_same_name_gets_another_member)
{
	struct seat seat = {
		.name = "järjestöt", .elector = "järjestöt ja seurakunnat", .until_day = DAY_LAST
	};
	struct leadership_group_list list;

	cr_assert(group_set_seat(w.keeper, 1, &seat, &err), "%s", err.text);
	seat.elector = NULL;
	seat.member = "toiminnanjohtaja";
	cr_assert(group_set_seat(w.keeper, 1, &seat, &err), "%s", err.text);
	cr_assert(group_list(w.keeper, &w.keeper->arena, &list, &err));
	cr_assert_eq(list.items[0].seat_count, 1);
	cr_expect_str_eq(list.items[0].seats[0].member, "toiminnanjohtaja");
	cr_expect_str_eq(list.items[0].seats[0].elector, "järjestöt ja seurakunnat");
}

Test(learning_service, the_agenda_has_what_is_open_and_no_small_figure)
{
	struct leadership_agenda agenda;

	cr_assert(leadership_agenda_look(
			  w.keeper, (struct month) { 2026, 11 }, &w.keeper->arena, &agenda, &err),
		"%s", err.text);
	cr_expect_eq(agenda.phenomena.count, 1);
	cr_expect_eq(agenda.initiatives.count, 1);
	cr_expect_eq(agenda.decisions.count, 1);
	cr_expect_not(agenda.report.is_full);
	cr_assert(initiative_set_status(w.keeper, w.initiative, INITIATIVE_ENDED, &err));
	cr_assert(leadership_agenda_look(
		w.keeper, (struct month) { 2026, 11 }, &w.keeper->arena, &agenda, &err));
	cr_expect_eq(agenda.initiatives.count, 0);
}
