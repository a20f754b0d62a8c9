/* Feedback: each is asked once, and nobody learns who said what. */
#include "world.h"

#include "kutsu/domain/suppression.h"
#include "kutsu/service/retention.h"

static struct world w;
static struct error err;

static void set_up(void)
{
	message_set_language(LANGUAGE_EN);
	world_new(&w);
}

static void tear_down(void)
{
	world_free(&w);
}

TestSuite(feedback_service, .init = set_up, .fini = tear_down);

#define NOVEMBER ((struct month) { 2026, 11 })
#define DECEMBER ((struct month) { 2026, 12 })

static struct feedback_answer answers[FEEDBACK_QUESTIONS];

static struct feedback of_meeting(enum respondent respondent, int number)
{
	answers[0] = (struct feedback_answer) { true, true, 4, NULL };
	answers[6] = (struct feedback_answer) { 0 };
	return (struct feedback) { .form = respondent == RESPONDENT_WORKER ? "worker" : "family",
		.respondent = respondent,
		.meeting_id = w.past[OWN],
		.unit = respondent == RESPONDENT_WORKER ? "A" : NULL,
		.number = number,
		.answers = answers };
}

static enum error_code add_as(struct session *session, const struct feedback *feedback)
{
	int64_t id;

	return feedback_add(session, feedback, &id, &err) ? ERROR_NONE : err.code;
}

static enum error_code add(const struct feedback *feedback)
{
	return add_as(w.keeper, feedback);
}

Test(feedback_service, each_respondent_is_asked_once_of_a_meeting)
{
	struct feedback first = of_meeting(RESPONDENT_YOUNG_PERSON, 1);
	struct feedback second = of_meeting(RESPONDENT_GUARDIAN, 2);

	cr_expect_eq(add(&first), ERROR_NONE, "%s", err.text);
	cr_expect_eq(add(&first), ERROR_CONFLICT);
	cr_expect_eq(add(&second), ERROR_NONE, "%s", err.text);
	cr_expect_eq(add(&second), ERROR_CONFLICT);
}

Test(feedback_service, a_form_asks_only_its_respondents)
{
	struct feedback feedback = of_meeting(RESPONDENT_GUARDIAN, 1);

	feedback.form = "child";
	cr_expect_eq(add(&feedback), ERROR_INVALID);
	feedback.form = "none";
	cr_expect_eq(add(&feedback), ERROR_NOT_FOUND);
}

Test(feedback_service, a_worker_is_of_an_invited_unit_and_a_family_of_none)
{
	struct feedback feedback = of_meeting(RESPONDENT_WORKER, 1);

	feedback.unit = "B";
	cr_expect_eq(add(&feedback), ERROR_NOT_FOUND);
	feedback.unit = NULL;
	cr_expect_eq(add(&feedback), ERROR_INVALID);
	feedback = of_meeting(RESPONDENT_GUARDIAN, 3);
	feedback.unit = "A";
	cr_expect_eq(add(&feedback), ERROR_INVALID);
}

Test(feedback_service, a_meeting_that_was_cancelled_or_lies_ahead_is_not_asked_about)
{
	struct feedback feedback = of_meeting(RESPONDENT_GUARDIAN, 3);

	feedback.meeting_id = w.meeting[OWN];
	cr_expect_eq(add(&feedback), ERROR_CONFLICT);
	fixture_sql(w.keeper, "UPDATE meeting SET status = 'cancelled', cancelled_reason = 'x'"
			      " WHERE status = 'booked'");
	feedback.meeting_id = w.past[OWN];
	cr_expect_eq(add(&feedback), ERROR_CONFLICT);
	feedback.meeting_id = w.hold;
	cr_expect_neq(add(&feedback), ERROR_NONE);
}

static struct feedback of_unit(const char *unit, struct month month)
{
	answers[0] = (struct feedback_answer) { true, true, 4, NULL };
	return (struct feedback) { .form = "unit",
		.respondent = RESPONDENT_UNIT,
		.unit = unit,
		.month = month,
		.number = 1,
		.answers = answers };
}

Test(feedback_service, a_unit_answers_once_for_a_month_that_has_begun)
{
	struct feedback feedback = of_unit("A", NOVEMBER);

	cr_expect_eq(add(&feedback), ERROR_NONE, "%s", err.text);
	cr_expect_eq(add(&feedback), ERROR_CONFLICT);
	feedback.month = DECEMBER;
	cr_expect_eq(add(&feedback), ERROR_NONE, "%s", err.text);
	feedback.month = month_add(DECEMBER, 1);
	cr_expect_eq(add(&feedback), ERROR_INVALID);
	feedback.month = (struct month) { 0 };
	cr_expect_eq(add(&feedback), ERROR_INVALID);
}

Test(feedback_service, the_round_tells_who_is_missing_and_until_when)
{
	struct feedback feedback = of_unit("B", NOVEMBER);
	struct feedback_round round;
	int due;

	cr_assert_eq(add(&feedback), ERROR_NONE);
	cr_assert(feedback_round_look(w.keeper, NOVEMBER, &w.keeper->arena, &round, &due, &err));
	cr_expect_eq(due, fixture_day("2026-12-05"));
	cr_assert_eq(round.count, 3);
	cr_expect_str_eq(round.items[0].unit, "A");
	cr_expect_eq(round.items[0].day, DAY_LAST);
	cr_expect_eq(round.items[1].day, fixture_day("2026-12-01"));
}

static size_t missing_units(struct session *session)
{
	struct feedback_missing missing;

	cr_assert(feedback_missing_look(session, &w.keeper->arena, &missing, &err), "%s", err.text);
	cr_expect_eq(missing.month.month, 11);
	cr_expect_eq(missing.due_day, fixture_day("2026-12-05"));
	return missing.units.count;
}

Test(feedback_service, who_is_missing_is_of_the_month_that_is_over_and_a_contacts_own)
{
	static const struct identity identity = { "yhd", "kutsu", NULL };
	struct feedback feedback = of_unit("A", NOVEMBER);
	struct session contact;

	world_user(w.keeper, "yhd", 1u << ROLE_CONTACT);
	cr_assert(session_begin(&contact, w.keeper->store, w.keeper->clock, &identity, &err));
	cr_expect_eq(missing_units(w.keeper), 3);
	cr_expect_eq(missing_units(&contact), 1);
	cr_assert_eq(add_as(&contact, &feedback), ERROR_NONE, "%s", err.text);
	cr_expect_eq(missing_units(w.keeper), 2);
	cr_expect_eq(missing_units(&contact), 0);
	session_end(&contact);
}

Test(feedback_service, nobody_is_missing_in_a_month_before_the_first_call)
{
	fixture_sql(w.keeper, "UPDATE call SET received_at = unixepoch('2026-12-01')");
	cr_expect_eq(missing_units(w.keeper), 0);
}

static struct feedback_view look(struct session *session)
{
	struct feedback_view view;

	cr_assert(feedback_look(session, LOOK_NEW, NOVEMBER, &w.keeper->arena, &view, &err), "%s",
		err.text);
	return view;
}

static void give(int count)
{
	struct feedback feedback = of_meeting(RESPONDENT_GUARDIAN, 2);

	fixture_clock(w.keeper, "2026-11-28T10:00");
	for (int i = 0; i < count; i++) {
		cr_assert_eq(add(&feedback), ERROR_NONE, "%s", err.text);
		feedback.number++;
	}
	fixture_clock(w.keeper, WORLD_NOW);
}

Test(feedback_service, a_units_feedback_is_told_in_the_month_it_is_of)
{
	struct feedback feedback = of_unit("A", NOVEMBER);
	struct feedback_view view;

	cr_assert_eq(add(&feedback), ERROR_NONE, "%s", err.text);
	view = look(w.keeper);
	cr_assert_eq(view.sums.count, 2);
	cr_expect_str_eq(view.sums.items[1].form, "unit");
	cr_expect_eq(view.sums.items[1].count, 1);
	cr_assert(feedback_look(w.keeper, LOOK_NEW, DECEMBER, &w.keeper->arena, &view, &err));
	cr_expect_eq(view.sums.count, 0);
}

Test(feedback_service, of_fewer_than_five_nothing_is_told_but_how_many)
{
	struct feedback_view view;

	give(2); /* with the world's two: four */
	view = look(w.keeper);
	cr_assert_eq(view.sums.count, 1);
	cr_expect_eq(view.sums.items[0].count, 4);
	cr_expect_eq(view.sums.items[0].sum, -1);
	cr_expect_eq(view.sums.items[0].promoters, -1);
}

Test(feedback_service, of_five_the_sum_and_the_promoters_are_told)
{
	struct feedback_view view;

	give(3);
	view = look(w.keeper);
	cr_expect_eq(view.sums.items[0].count, 5);
	cr_expect_eq(view.sums.items[0].sum, 9 + 9 + 3 * 4);
	cr_expect_eq(view.sums.items[0].promoters, 2);
	cr_expect_eq(view.sums.items[0].detractors, 3);
}

Test(feedback_service, the_rate_is_of_meetings_held)
{
	struct feedback_view view = look(w.keeper);

	cr_expect_eq(view.rates.family.asked, 2);
	cr_expect_eq(view.rates.family.answered, 2);
	cr_expect_eq(view.rates.worker.asked, 2);
	cr_expect_eq(view.rates.worker.answered, 0);
	cr_expect_eq(view.rates.child.asked, 2, "born 2016, met 2026");
	cr_expect_eq(view.rates.unit.asked, 3);
}

static struct session leader(void)
{
	static const struct identity identity = { SOMEBODY, "kutsu", NULL };
	struct session session;

	cr_assert(session_begin(&session, w.keeper->store, w.keeper->clock, &identity, &err));
	return session;
}

Test(feedback_service, of_fewer_than_five_a_leader_is_not_told_how_many_either)
{
	struct session session = leader();
	struct feedback_view view = look(&session);

	cr_expect_eq(view.rates.family.asked, CELL_HIDDEN);
	cr_expect_eq(view.rates.family.answered, CELL_HIDDEN);
	cr_expect_eq(view.rates.child.asked, CELL_HIDDEN);
	cr_expect_eq(view.rates.unit.asked, 3);
	cr_expect_eq(view.sums.items[0].count, CELL_HIDDEN);
	give(3);
	view = look(&session);
	cr_expect_eq(view.sums.items[0].count, 5);
	cr_expect_eq(look(w.keeper).rates.family.asked, 2);
	session_end(&session);
}

Test(feedback_service, who_may_not_pick_reads_what_was_picked_as_it_was_picked)
{
	struct session session = leader();

	cr_expect_eq(look(&session).texts.count, 0);
	cr_assert(feedback_pick(w.keeper, NOVEMBER, w.said, "hyvä, ilman nimiä", &err));
	cr_assert_eq(look(&session).texts.count, 1);
	cr_expect_str_eq(look(&session).texts.items[0].text, "hyvä, ilman nimiä");
	cr_assert(feedback_pick(w.keeper, NOVEMBER, w.said, "", &err));
	cr_expect_eq(look(&session).texts.count, 0);
	session_end(&session);
}

Test(feedback_service, a_text_of_another_month_is_not_found)
{
	cr_expect_not(feedback_pick(w.keeper, DECEMBER, w.said, NULL, &err));
	cr_expect_eq(err.code, ERROR_NOT_FOUND);
}

Test(feedback_service, a_newer_form_is_asked_from_its_day_on_and_the_old_answers_stay)
{
	struct feedback_question question = { "recommend", SCALE_RECOMMEND, { "a", "b", "c" } };
	struct feedback_form form = { .code = "family",
		.valid_from = fixture_day("2026-12-03"),
		.respondents = 1u << RESPONDENT_GUARDIAN,
		.texts = { "a", "b", "c" },
		.questions = &question,
		.question_count = 1 };
	struct feedback_form now;

	cr_assert(feedback_form_add(w.keeper, &form, &err), "%s", err.text);
	cr_assert(feedback_form_get(w.keeper, "family", &w.keeper->arena, &now, &err));
	cr_expect_eq(now.question_count, 7);
	fixture_clock(w.keeper, "2026-12-03T08:00");
	cr_assert(feedback_form_get(w.keeper, "family", &w.keeper->arena, &now, &err));
	cr_expect_eq(now.question_count, 1);
	cr_expect_eq(look(w.keeper).sums.items[0].count, 2);
	form.valid_from = fixture_day("2026-12-02");
	cr_expect_not(feedback_form_add(w.keeper, &form, &err), "a day that is over");
}

Test(feedback_service, purging_a_case_leaves_the_values_and_what_was_picked)
{
	struct purge_report report;

	cr_assert(feedback_pick(w.keeper, NOVEMBER, w.said, "valittu", &err));
	fixture_sql(w.keeper, "UPDATE case_ref SET closed_at = 1, closed_reason = 'x'");
	cr_assert(
		retention_purge(w.keeper, false, &w.keeper->arena, &report, &err), "%s", err.text);
	cr_expect_eq(fixture_number(
			     w.keeper, "SELECT count(*) FROM feedback_answer WHERE text = 'hyvä'"),
		0);
	cr_expect_eq(fixture_number(w.keeper,
			     "SELECT count(*) FROM feedback_answer WHERE picked = 'valittu'"),
		1);
	cr_expect_eq(
		fixture_number(w.keeper, "SELECT count(*) FROM feedback_answer WHERE value = 9"),
		2);
}
