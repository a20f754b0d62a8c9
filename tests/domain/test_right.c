/* The table of role x use case by its own rules: what each role is for, and no more. */
#include "kutsu/domain/right.h"

#include "kutsu/base/message.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

static void in_english(void)
{
	message_set_language(LANGUAGE_EN);
}

TestSuite(right, .init = in_english);

static bool is_one_of(enum use_case use_case, const enum use_case *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i] == use_case)
			return true;
	}
	return false;
}

#define IS_ONE_OF(use_case, list) is_one_of(use_case, list, sizeof(list) / sizeof((list)[0]))

/* ---- What stands in the log. */

Test(right, every_use_case_has_a_code_and_a_label_of_its_own)
{
	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		enum use_case u = (enum use_case)i;
		const char *code = use_case_code(u);

		cr_assert(code && *code, "use case %d has no code", (int)u);
		for (const char *c = code; *c; c++)
			cr_expect(islower((unsigned char)*c) || *c == '_', "%s", code);
		cr_expect(*use_case_label(code) && strcmp(use_case_label(code), code) != 0,
			"%s has no label", code);
		for (int other = USE_NONE + 1; other < i; other++) {
			const char *before = use_case_code((enum use_case)other);

			cr_expect_str_neq(code, before);
			cr_expect_str_neq(use_case_label(code), use_case_label(before));
		}
	}
}

Test(right, a_code_of_another_version_is_its_own_label)
{
	cr_expect_str_eq(use_case_label("case_sing"), "case_sing");
	cr_expect_str_eq(use_case_label(""), "");
	cr_expect_str_eq(use_case_label("case_loo"), "case_loo");
}

Test(right, only_what_tells_of_no_case_and_changes_nothing_is_not_logged)
{
	static const enum use_case quiet[] = { USE_HOLE_FIND, USE_MEETING_LIST, USE_UNIT_LIST,
		USE_SLOT_LIST, USE_OWN_UNIT_LOOK, USE_USER_LIST, USE_CONFIG_LIST, USE_OUTBOX_LIST,
		USE_FEEDBACK_FORMS, USE_FEEDBACK_LIST, USE_FEEDBACK_ROUND, USE_OBSERVATION_ADD,
		USE_OBSERVATION_LIST, USE_LEARNING_LOOK, USE_ENTER };

	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		enum use_case u = (enum use_case)i;

		cr_expect_eq(use_case_is_logged(u), !IS_ONE_OF(u, quiet), "%s", use_case_code(u));
	}
}

/* ---- What each role is for. */

/* They tell of no family and of no unit what it keeps to itself. */
static bool is_of_units(enum use_case u)
{
	return u == USE_UNIT_LIST || u == USE_FEEDBACK_FORMS || u == USE_OBSERVATION_ADD;
}

/* These use cases and no others, in this scope or less. */
static void expect_only(enum role role, const enum use_case *list, size_t count, enum scope most)
{
	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		enum use_case u = (enum use_case)i;
		enum scope scope = role_scope(role, u);

		if (u == USE_ENTER || (is_of_units(u) && role == ROLE_CONTACT))
			continue;
		if (u == USE_LEARNING_LOOK || u == USE_NOTICE_SEE)
			continue; /* everyone's */
		if (is_one_of(u, list, count))
			cr_expect(scope != SCOPE_NONE && scope <= most, "%s: %s",
				term_code(&role_terms, (int)role), use_case_code(u));
		else
			cr_expect_eq(scope, SCOPE_NONE, "%s: %s", term_code(&role_terms, (int)role),
				use_case_code(u));
	}
}

#define EXPECT_ONLY(role, list, most)                                                              \
	expect_only(role, list, sizeof(list) / sizeof((list)[0]), most)

Test(right, a_leader_and_a_developer_worker_have_figures_only)
{
	static const enum use_case figures[] = { USE_FIGURES_LOOK, USE_REPORT_ACCEPT, USE_GOAL_SET,
		USE_OBSERVATION_ADD, USE_OBSERVATION_LIST, USE_DECISION_MAKE, USE_EXPORT_LEARNING,
		USE_FEEDBACK_FORMS, USE_FEEDBACK_ROUND, USE_FEEDBACK_LOOK };
	static const enum use_case developers[] = { USE_OBSERVATION_ADD, USE_OBSERVATION_LIST,
		USE_PHENOMENON_KEEP, USE_INITIATIVE_KEEP, USE_GROUP_KEEP, USE_DECISION_MAKE,
		USE_EXPORT_LEARNING, USE_FIGURES_LOOK, USE_REPORT_ACCEPT, USE_GOAL_SET,
		USE_FEEDBACK_FORMS, USE_FEEDBACK_ROUND, USE_FEEDBACK_LOOK, USE_FEEDBACK_PICK };

	EXPECT_ONLY(ROLE_LEADER, figures, SCOPE_ALL);
	EXPECT_ONLY(ROLE_DEVELOPER_WORKER, developers, SCOPE_ALL);
}

/* Decisions come back to all who work, whatever they do. */
Test(right, everyone_is_told_of_decisions_and_says_that_they_have_seen_them)
{
	for (int role = 0; role < ROLES; role++) {
		cr_expect_eq(role_scope((enum role)role, USE_LEARNING_LOOK), SCOPE_ALL);
		cr_expect_eq(role_scope((enum role)role, USE_NOTICE_SEE), SCOPE_ALL);
	}
}

Test(right, a_contact_has_the_own_units_holes_and_meetings_and_nothing_as_a_whole)
{
	static const enum use_case own[] = { USE_CASE_LOOK, USE_MEETING_LIST, USE_MEETING_LOOK,
		USE_MEETING_ANSWER, USE_OWN_UNIT_LOOK, USE_SLOT_LIST, USE_SLOT_ADD, USE_SLOT_CHANGE,
		USE_SLOT_END, USE_SLOT_CONFIRM, USE_SLOT_CLOSE, USE_SLOT_CLOSE_REMOVE,
		USE_SLOT_OPEN, USE_SLOT_OPEN_REMOVE, USE_IMPORT_CALENDAR, USE_EXPORT_UNIT_MEETINGS,
		USE_EXPORT_UNIT_SLOTS, USE_FEEDBACK_ADD, USE_FEEDBACK_ROUND };

	EXPECT_ONLY(ROLE_CONTACT, own, SCOPE_OWN);
	/* Who is invited is told by the units' names, others' too: they are in no way secret. */
	cr_expect_eq(role_scope(ROLE_CONTACT, USE_UNIT_LIST), SCOPE_ALL);
	cr_expect_eq(role_scope(ROLE_CONTACT, USE_FEEDBACK_FORMS), SCOPE_ALL);
}

Test(right, only_a_contact_has_something_in_the_scope_of_own_units)
{
	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		enum use_case u = (enum use_case)i;

		for (int role = 0; role < ROLES; role++)
			cr_expect(
				role == ROLE_CONTACT || role_scope((enum role)role, u) != SCOPE_OWN,
				"%s: %s", term_code(&role_terms, role), use_case_code(u));
	}
}

Test(right, an_administrator_has_the_registry_accounts_settings_and_database_and_no_case)
{
	static const enum use_case kept[] = { USE_HOLE_FIND, USE_UNIT_LIST, USE_UNIT_ADD,
		USE_UNIT_EDIT, USE_UNIT_RETIRE, USE_SLOT_LIST, USE_SLOT_ADD, USE_SLOT_CHANGE,
		USE_SLOT_END, USE_SLOT_CONFIRM, USE_SLOT_CLOSE, USE_SLOT_CLOSE_REMOVE,
		USE_SLOT_OPEN, USE_SLOT_OPEN_REMOVE, USE_IMPORT_CALENDAR, USE_BREAK_ADD,
		USE_BREAK_REMOVE, USE_EXPORT_REGISTRY, USE_EXPORT_UNIT_SLOTS, USE_IMPORT_REGISTRY,
		USE_USER_LIST, USE_USER_ADD, USE_USER_EDIT, USE_USER_RETIRE, USE_USER_KEY_ADD,
		USE_USER_KEY_REMOVE, USE_CONFIG_LIST, USE_CONFIG_SET, USE_BACKUP, USE_CHECK,
		USE_PURGE, USE_AUDIT_VERIFY, USE_AUDIT_SEAL, USE_OUTBOX_LIST, USE_OUTBOX_SEND,
		USE_OUTBOX_KEEP, USE_REPLY_TAKE, USE_FEEDBACK_FORMS, USE_FEEDBACK_FORM_ADD,
		USE_GROUP_KEEP };
	static const enum use_case of_cases[] = { USE_CALL_TAKE, USE_DRAFT_WRITE,
		USE_DRAFT_TAKE_OVER, USE_DRAFT_DISCARD, USE_WORK_LOOK, USE_CASE_LIST,
		USE_CASE_KNOWN, USE_CASE_LOOK, USE_CASE_CLOSE, USE_CASE_EXPORT, USE_CONSENT_GIVE,
		USE_CONSENT_WITHDRAW, USE_HOLD, USE_HOLD_RELEASE, USE_MEETING_BOOK,
		USE_MEETING_LIST, USE_MEETING_LOOK, USE_MEETING_MOVE, USE_MEETING_CANCEL,
		USE_MEETING_RECORD, USE_ACTION_LIST, USE_ACTION_DONE, USE_ACTION_UNDONE, USE_EXPORT,
		USE_EXPORT_UNIT_MEETINGS, USE_AUDIT_LIST, USE_AUDIT_CASE, USE_INVITE,
		USE_MEETING_ANSWER, USE_OUTBOX_LOOK };

	EXPECT_ONLY(ROLE_ADMIN, kept, SCOPE_ALL);
	for (size_t i = 0; i < sizeof(of_cases) / sizeof(of_cases[0]); i++)
		cr_expect_eq(role_scope(ROLE_ADMIN, of_cases[i]), SCOPE_NONE, "%s",
			use_case_code(of_cases[i]));
}

Test(right, an_auditor_has_the_log_and_changes_nothing)
{
	static const enum use_case log[] = { USE_USER_LIST, USE_CHECK, USE_AUDIT_LIST,
		USE_AUDIT_CASE, USE_AUDIT_VERIFY, USE_AUDIT_SEAL };

	EXPECT_ONLY(ROLE_AUDITOR, log, SCOPE_ALL);
}

Test(right, a_coordinator_has_no_accounts_settings_or_log)
{
	static const enum use_case of_others[] = { USE_OWN_UNIT_LOOK, USE_IMPORT_REGISTRY,
		USE_UNIT_ADD, USE_UNIT_EDIT, USE_UNIT_RETIRE, USE_USER_LIST, USE_USER_ADD,
		USE_USER_EDIT, USE_USER_RETIRE, USE_USER_KEY_ADD, USE_USER_KEY_REMOVE,
		USE_CONFIG_LIST, USE_CONFIG_SET, USE_BACKUP, USE_CHECK, USE_PURGE, USE_AUDIT_LIST,
		USE_AUDIT_CASE, USE_AUDIT_VERIFY, USE_AUDIT_SEAL, USE_INIT, USE_RESTORE,
		USE_FEEDBACK_FORM_ADD, USE_REPORT_ACCEPT, USE_GOAL_SET, USE_GROUP_KEEP,
		USE_DECISION_MAKE };

	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		enum use_case u = (enum use_case)i;

		cr_expect_eq(role_scope(ROLE_COORDINATOR, u),
			IS_ONE_OF(u, of_others) ? SCOPE_NONE : SCOPE_ALL, "%s", use_case_code(u));
	}
}

Test(right, everyone_may_come_in_and_nobody_needs_a_role_to_make_a_database)
{
	for (int role = 0; role < ROLES; role++) {
		cr_expect_eq(role_scope((enum role)role, USE_ENTER), SCOPE_ALL);
		cr_expect_eq(role_scope((enum role)role, USE_INIT), SCOPE_NONE);
		cr_expect_eq(role_scope((enum role)role, USE_RESTORE), SCOPE_NONE);
	}
}

Test(right, a_role_that_is_none_has_nothing)
{
	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		enum use_case u = (enum use_case)i;
		enum role by = ROLES;

		cr_expect_eq(role_scope(ROLES, u), SCOPE_NONE);
		cr_expect_eq(right_scope(0, u, &by), SCOPE_NONE);
		cr_expect_eq(right_scope(~0u << ROLES, u, &by), SCOPE_NONE);
		cr_expect_eq(by, ROLES, "no role gave it");
	}
}

/* ---- Several roles. */

Test(right, scopes_stand_in_order)
{
	cr_expect_lt(SCOPE_NONE, SCOPE_OWN);
	cr_expect_lt(SCOPE_OWN, SCOPE_ALL);
}

/* Asked of one role after the other, from the last to the first. */
static enum scope widest_of(unsigned roles, enum use_case use_case, enum role *first)
{
	enum scope widest = SCOPE_NONE;

	for (int role = ROLES - 1; role >= 0; role--) {
		enum scope scope = role_scope((enum role)role, use_case);

		if (roles & 1u << role && scope != SCOPE_NONE && scope >= widest) {
			widest = scope;
			*first = (enum role)role;
		}
	}
	return widest;
}

Test(right, of_several_roles_the_widest_counts_and_the_first_that_gives_it_is_told)
{
	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		for (unsigned roles = 0; roles < 1u << ROLES; roles++) {
			enum role first = ROLES, by = ROLES;
			enum use_case u = (enum use_case)i;

			cr_expect_eq(right_scope(roles, u, &by), widest_of(roles, u, &first),
				"%s, roles %x", use_case_code(u), roles);
			cr_expect_eq(by, first, "%s, roles %x", use_case_code(u), roles);
		}
	}
}

Test(right, a_contact_who_coordinates_too_sees_all_as_a_coordinator)
{
	enum role by = ROLES;

	cr_expect_eq(right_scope(1u << ROLE_CONTACT | 1u << ROLE_COORDINATOR, USE_CASE_LOOK, &by),
		SCOPE_ALL);
	cr_expect_eq(by, ROLE_COORDINATOR);
	cr_expect_eq(
		right_scope(1u << ROLE_CONTACT | 1u << ROLE_ADMIN, USE_CASE_LOOK, &by), SCOPE_OWN);
	cr_expect_eq(by, ROLE_CONTACT);
}
