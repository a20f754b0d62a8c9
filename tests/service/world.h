/*
 * An installation in which every use case can be done: units, their holes, cases, meetings behind
 * and ahead, a record with actions, a draft, a hold, a user with a key.
 */
#ifndef KUTSU_TESTS_WORLD_H
#define KUTSU_TESTS_WORLD_H

#include "fixture.h"

#include "kutsu/service/accounts.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/drafting.h"
#include "kutsu/service/feedback.h"
#include "kutsu/service/intake.h"
#include "kutsu/service/learning.h"
#include "kutsu/service/registry.h"

#include "kutsu/domain/slot.h"

#include <criterion/criterion.h>
#include <string.h>

#define WORLD_NOW   "2026-12-01T10:00" /* a Tuesday */
#define WRITER	    "run"
#define PHONE	    "2100"
#define KEY_1	    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n"
#define KEY_2	    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC\n"
#define SOMEBODY    "joku"
#define UNUSED_UNIT "C"
#define FREE_DAY    "2026-12-16" /* on which nothing is booked */
#define OWN	    0
#define ANOTHERS    1

/* Units and what belongs to them: the own ones first, then another's. */
struct world {
	struct session *keeper; /* coordinator, administrator and auditor */
	const char *unit[2], *code[2];
	int64_t meeting[2], past[2], slot[2], closing[2], opening[2];
	const char *quiet_code; /* of a case without meetings */
	int64_t family[2];	/* messages to it: a draft, and one that is about to leave */
	int64_t action, done_action, hold, draft, school_break;
	const char *fingerprint;
	int64_t observation, phenomenon, initiative, step, decision;
	const char *said; /* the number of a text that somebody wrote */
};

static inline const char *world_case(struct session *s, const char *unit, const char *phone)
{
	struct intake intake = { .source = SOURCE_SCHOOL,
		.caller = "rehtori",
		.phone = phone,
		.concern = "poissaoloja",
		.child = "A. K.",
		.municipality = "Suistola",
		.birth_year = 2016,
		.limits = family_limits_none(),
		.units = &unit,
		.unit_count = 1,
		.consent_by = "huoltaja" };
	struct intake_result result;
	struct error err;

	cr_assert(intake_take(s, &intake, &result, &err), "%s", err.text);
	return arena_text(&s->arena, result.case_code);
}

/* A unit with its hole, its case, one meeting behind and one ahead, a closing and an opening. */
static inline void world_unit(struct world *w, int of, const char *unit)
{
	struct session *s = w->keeper;
	struct closing closing = { .unit = unit,
		.from_day = fixture_day("2027-02-03"),
		.until_day = fixture_day("2027-02-04") };
	struct opening opening = {
		.unit = unit, .day = fixture_day("2027-02-05"), .start = 600, .end = 660
	};
	struct error err;

	w->unit[of] = unit;
	fixture_unit(s, unit);
	w->slot[of] = fixture_slot(s, unit, 3, "12:00", "15:00");
	w->code[of] = world_case(s, unit, of == OWN ? PHONE : "2199");
	w->past[of] = fixture_meeting(s, w->code[of], unit, "2026-11-25T12:00");
	w->meeting[of] = fixture_meeting(s, w->code[of], unit, "2026-12-09T12:00");
	cr_assert(registry_close(s, &closing, &err), "%s", err.text);
	cr_assert(registry_open(s, &opening, &err), "%s", err.text);
	w->closing[of] = closing.id;
	w->opening[of] = opening.id;
}

static inline void world_record(struct world *w)
{
	struct session *s = w->keeper;
	struct agreed_action actions[] = {
		{ .who = "opettaja", .what = "soittaa", .due_day = DAY_LAST },
		{ .who = "isä", .what = "hakee", .due_day = DAY_LAST, .done = true }
	};
	struct meeting_record record = { .attended = &w->unit[ANOTHERS],
		.attended_count = 1,
		.actions = actions,
		.action_count = 2 };
	struct error err;

	cr_assert(meeting_record_make(s, w->past[ANOTHERS], &record, &err), "%s", err.text);
	w->action = fixture_number(s, "SELECT id FROM agreed_action WHERE done_at IS NULL");
	w->done_action = fixture_number(s, "SELECT id FROM agreed_action WHERE done_at > 0");
}

static inline void world_user(struct session *s, const char *login, unsigned roles)
{
	static const char *const own[] = { "A" };
	struct account account = { .login = login,
		.roles = roles,
		.units = own,
		.unit_count = roles & 1u << ROLE_CONTACT ? 1 : 0 };
	struct error err;

	cr_assert(account_add(s, &account, &err), "%s", err.text);
}

static inline void world_draft(struct world *w)
{
	struct draft_field field = { "caller", "naapuri" };
	struct error err;

	cr_assert(draft_begin(w->keeper, WRITER, &w->draft, &err), "%s", err.text);
	cr_assert(draft_keep(w->keeper, w->draft, WRITER, &field, 1, &err), "%s", err.text);
}

/* The meetings ahead: the units were told six days ago and have not answered. */
static inline void world_messages(struct world *w)
{
	struct session *s = w->keeper;

	fixture_sql(s, "UPDATE unit SET email = lower(code) || '@example.fi';"
		       "INSERT INTO setting VALUES ('mail.from', 'kutsu@example.fi');"
		       "UPDATE case_ref SET email = 'perhe@example.org';"
		       "UPDATE message SET state = 'sent', sent_at = unixepoch('2026-11-25')"
		       " WHERE kind = 'request'");
	w->family[OWN] = fixture_number(s,
		"SELECT g.id FROM message g JOIN meeting m ON m.id = g.meeting_id JOIN case_ref c"
		" ON c.id = m.case_id WHERE g.kind = 'family' AND m.day > 20790 ORDER BY g.id "
		"LIMIT 1");
	w->family[ANOTHERS] =
		fixture_number(s, "SELECT max(id) FROM message WHERE kind = 'family'");
	fixture_sql(s, "UPDATE message SET state = 'queued', is_approved = 1 WHERE id ="
		       " (SELECT max(id) FROM message WHERE kind = 'family')");
}

/* A guardian wrote something about each meeting behind. */
static inline void world_feedback(struct world *w)
{
	struct feedback_answer answers[FEEDBACK_QUESTIONS] = { { true, true, 9, NULL } };
	struct feedback feedback = { .form = "family", .number = 1, .answers = answers };
	struct feedback_view view;
	char id[FEEDBACK_TEXT_ID_SIZE];
	struct error err;
	int64_t ignored;

	fixture_clock(w->keeper, "2026-11-27T10:00");
	for (int of = OWN; of <= ANOTHERS; of++) {
		feedback.meeting_id = w->past[of];
		answers[6] = (struct feedback_answer) { .is_given = true, .text = "hyvä" };
		cr_assert(feedback_add(w->keeper, &feedback, &ignored, &err), "%s", err.text);
	}
	cr_assert(feedback_look(w->keeper, LOOK_AGAIN, (struct month) { 2026, 11 },
			  &w->keeper->arena, &view, &err),
		"%s", err.text);
	w->said = arena_text(&w->keeper->arena, feedback_text_id(&view.texts.items[0], id));
	fixture_clock(w->keeper, WORLD_NOW);
}

/* The chain from observation to decision, a link of each. */
static inline void world_learning(struct world *w)
{
	static const char *const partners[] = { "koulu", "nuorisotyö" };
	struct observation observation = { .text = "bussi lähtee ennen kerhon loppua" };
	struct phenomenon phenomenon = { .title = "kyydit" };
	struct initiative initiative = { .title = "kerhobussi",
		.pilot_area = "Suistola",
		.owner = "kehittäjätyöntekijä",
		.until_day = DAY_LAST,
		.partners = partners,
		.partner_count = 2 };
	struct decision decision = { .text = "bussi odottaa",
		.reason = "havainnot",
		.child_effect = "kerhoon pääsee",
		.target = NO_TARGET,
		.target_day = DAY_LAST };
	struct error err;

	cr_assert(observation_add(w->keeper, &observation, &err), "%s", err.text);
	w->observation = observation.id;
	fixture_sql(w->keeper, "INSERT INTO user_role SELECT id, 'developer_worker', NULL FROM user"
			       " WHERE login = '" FIXTURE_LOGIN "'");
	cr_assert(phenomenon_add(w->keeper, &phenomenon, NULL, 0, &err), "%s", err.text);
	w->phenomenon = phenomenon.id;
	cr_assert(initiative_add(w->keeper, &initiative, &err), "%s", err.text);
	w->initiative = initiative.id;
	cr_assert(
		initiative_add_step(w->keeper, initiative.id, "kysytään", DAY_LAST, &w->step, &err),
		"%s", err.text);
	cr_assert(decision_make(w->keeper, &decision, &err), "%s", err.text);
	w->decision = decision.id;
	fixture_sql(w->keeper, "DELETE FROM user_role WHERE role = 'developer_worker'");
}

static inline void world_new(struct world *w)
{
	struct school_break school_break = { .name = "talviloma",
		.from_day = fixture_day("2027-03-08"),
		.until_day = fixture_day("2027-03-14") };
	struct session *s = fixture_session();
	struct error err;

	*w = (struct world) { .keeper = s };
	world_unit(w, OWN, "A");
	world_unit(w, ANOTHERS, "B");
	fixture_unit(s, UNUSED_UNIT);
	w->quiet_code = fixture_case(s);
	fixture_clock(s, WORLD_NOW);
	world_record(w);
	w->hold = fixture_hold(s, "B", "2026-12-02T14:00");
	world_user(s, SOMEBODY, 1u << ROLE_LEADER);
	cr_assert(registry_add_break(s, &school_break, &err), "%s", err.text);
	world_draft(w);
	world_messages(w);
	world_feedback(w);
	world_learning(w);
	cr_assert(account_key_add(
			  s, SOMEBODY, KEY_1, strlen(KEY_1), &s->arena, &w->fingerprint, &err),
		"%s", err.text);
	w->school_break = school_break.id;
}

static inline void world_free(struct world *w)
{
	fixture_free(w->keeper);
}

#endif
