/*
 * Every role x every use case, by the table alone: what a role may is done and logged, what it may
 * not is refused and logged, and nothing else happens.
 */
#include "use_drivers.h"

#include "kutsu/service/region.h"

/* These come before there is anyone to ask for a right: they make the database. */
static const enum use_case before_rights[] = { USE_INIT, USE_RESTORE };

#define LOGIN	"tekija"
#define ACCOUNT "kutsu"
#define ORIGIN	"10.1.2.3"

static const struct identity identity = { LOGIN, ACCOUNT, ORIGIN };

static bool is_one_of(enum use_case use_case, const enum use_case *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i] == use_case)
			return true;
	}
	return false;
}

#define IS_ONE_OF(use_case, list) is_one_of(use_case, list, sizeof(list) / sizeof((list)[0]))

static bool is_logged(const struct driver *driver)
{
	return use_case_is_logged(driver->use_case) && !(driver->kind & GOES_ON);
}

/* One that writes the row, where there is one to be written. */
static bool has_driver(enum use_case use_case)
{
	for (size_t i = 0; i < DRIVERS; i++) {
		if (drivers[i].use_case == use_case
			&& is_logged(&drivers[i]) == use_case_is_logged(use_case))
			return true;
	}
	return false;
}

Test(rights, every_use_case_has_a_driver_but_those_that_have_no_service_yet)
{
	for (int i = USE_NONE + 1; i < USE_CASES; i++) {
		enum use_case u = (enum use_case)i;

		cr_expect_neq(has_driver(u), IS_ONE_OF(u, before_rights), "%s %s", use_case_code(u),
			has_driver(u) ? "has a driver and no right to ask for"
				      : "has no driver in use_drivers.h");
	}
}

/* ---- One attempt: what was before, and what came of it. ---- */

struct trial {
	struct world world;
	struct session session; /* of a user who has one role only */
	struct attempt attempt;
	enum role role;
	const struct driver *driver;
	char *before;
	int64_t last_row;
	struct error err;
	char what[100];
};

static void trial_new(struct trial *t)
{
	*t = (struct trial) { 0 };
	world_new(&t->world);
	world_user(t->world.keeper, LOGIN, 1u << ROLE_LEADER);
	cr_assert(session_begin(&t->session, t->world.keeper->store, t->world.keeper->clock,
			  &identity, &t->err),
		"%s", t->err.text);
}

static void trial_free(struct trial *t)
{
	free(t->before);
	arena_release(&t->attempt.arena);
	session_end(&t->session);
	world_free(&t->world);
}

/* Gives the user these roles instead, while the session goes on. */
static void give_roles(struct trial *t, unsigned roles)
{
	static const char *const own[] = { "A" };
	struct account account = { .login = LOGIN,
		.roles = roles,
		.units = own,
		.unit_count = roles & 1u << ROLE_CONTACT ? 1 : 0 };

	cr_assert(account_edit(t->world.keeper, &account, &t->err), "%s", t->err.text);
}

static void trial_of(struct trial *t, enum role role, const struct driver *driver, int of)
{
	give_roles(t, 1u << role);
	arena_release(&t->attempt.arena);
	t->attempt = (struct attempt) {
		.session = &t->session, .world = &t->world, .of = of, .with = driver->with
	};
	t->role = role;
	t->driver = driver;
	snprintf(t->what, sizeof(t->what), "%s, %s (%s %d%s)", term_code(&role_terms, (int)role),
		use_case_code(driver->use_case), driver->name, driver->with,
		of == OWN ? "" : ", another's");
}

static bool trial_run(struct trial *t)
{
	free(t->before);
	t->before = fixture_dump_without_log(t->world.keeper);
	t->last_row = fixture_number(t->world.keeper, "SELECT max(id) FROM access_log");
	t->err = (struct error) { 0 };
	return t->driver->run(&t->attempt, &t->err);
}

static bool has_changed(const struct trial *t)
{
	char *after = fixture_dump_without_log(t->world.keeper);
	bool changed = strcmp(t->before, after) != 0;

	free(after);
	return changed;
}

/* Rows since the trial began. */
static int64_t count_rows(const struct trial *t, const char *where)
{
	char sql[700];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM access_log WHERE id > %lld AND (%s)",
		(long long)t->last_row, where);
	return fixture_number(t->world.keeper, sql);
}

/* Who, as whom, from where, when and what: each as the session has it. */
static int64_t count_whole_rows(const struct trial *t, const char *outcome, const char *more)
{
	char where[600];

	snprintf(where, sizeof(where),
		"outcome = '%s' AND use_case = '%s' AND login = '" LOGIN "'"
		" AND account = '" ACCOUNT "' AND origin = '" ORIGIN "' AND user_id = %lld"
		" AND at = %lld AND clock_fixed = 1 AND %s",
		outcome, use_case_code(t->driver->use_case), (long long)t->session.user.id,
		(long long)session_now(&t->session), more);
	return count_rows(t, where);
}

/* ---- What must hold. ---- */

static void expect_nothing_happened(const struct trial *t)
{
	cr_expect_not(has_changed(t), "%s: something was changed", t->what);
	cr_expect_not(t->attempt.gave, "%s: something was given out", t->what);
}

static void expect_denied(struct trial *t, bool ok)
{
	cr_expect(!ok && t->err.code == ERROR_DENIED, "%s: not denied (%d)", t->what,
		(int)t->err.code);
	cr_expect_eq(count_rows(t, "1"), 1, "%s: not one row", t->what);
	cr_expect_eq(count_whole_rows(t, "refused", "role IS NULL"), 1, "%s: not logged", t->what);
	expect_nothing_happened(t);
}

/* What the row says of the case. */
static void case_condition(const struct trial *t, char condition[120])
{
	int kind = t->driver->kind;
	const char *code = kind & OF_CASE	  ? t->world.code[t->attempt.of]
			   : kind & OF_OTHER_CASE ? t->world.code[ANOTHERS]
						  : t->world.quiet_code;

	if (kind & (OF_CASE | OF_OTHER_CASE | OF_QUIET_CASE))
		snprintf(condition, 120,
			"case_code = '%s' AND case_id = (SELECT id FROM case_ref"
			" WHERE code = '%s')",
			code, code);
	else
		snprintf(condition, 120, "case_id IS NULL");
}

static void expect_done(struct trial *t, bool ok)
{
	char of_case[120], more[200];

	cr_expect(ok, "%s: %s", t->what, t->err.text);
	cr_expect_eq(has_changed(t), (t->driver->kind & CHANGES) != 0, "%s changed %s", t->what,
		t->driver->kind & CHANGES ? "nothing" : "something");
	cr_expect_eq(count_rows(t, "outcome = 'refused'"), 0, "%s: a refusal", t->what);
	case_condition(t, of_case);
	snprintf(more, sizeof(more), "role = '%s' AND %s", term_code(&role_terms, (int)t->role),
		of_case);
	if (is_logged(t->driver))
		cr_expect_geq(count_whole_rows(t, "done", more), 1, "%s: not logged", t->what);
	else
		cr_expect_eq(count_rows(t, "1"), 0, "%s: logged", t->what);
}

/* Of another's unit: refused, or there is no such thing; no row says that it was done. */
static void expect_kept_away(struct trial *t, bool ok)
{
	cr_expect(!ok && (t->err.code == ERROR_DENIED || t->err.code == ERROR_NOT_FOUND),
		"%s: not kept away (%d)", t->what, (int)t->err.code);
	cr_expect_eq(count_rows(t, "outcome = 'done'"), 0, "%s: said to be done", t->what);
	if (t->err.code == ERROR_DENIED)
		cr_expect_eq(count_whole_rows(t, "refused", "role = 'contact'"), 1,
			"%s: not logged", t->what);
	expect_nothing_happened(t);
}

/* ---- Every role x every use case. ---- */

/* Of one that changes something, in an installation of its own. */
static void try_allowed(enum role role, const struct driver *driver, int of)
{
	struct trial t;
	bool ok;

	trial_new(&t);
	trial_of(&t, role, driver, of);
	ok = trial_run(&t);
	if (of == OWN)
		expect_done(&t, ok);
	else
		expect_kept_away(&t, ok);
	trial_free(&t);
}

static void try_denied(struct trial *t, enum role role, const struct driver *driver)
{
	bool ok;

	trial_of(t, role, driver, OWN);
	ok = trial_run(t);
	expect_denied(t, ok);
}

static void try_all(enum role role)
{
	struct trial t;

	trial_new(&t);
	for (size_t i = 0; i < DRIVERS; i++) {
		enum scope scope = role_scope(role, drivers[i].use_case);

		if (scope == SCOPE_NONE)
			try_denied(&t, role, &drivers[i]);
		else
			try_allowed(role, &drivers[i], OWN);
		if (scope == SCOPE_OWN && !(drivers[i].kind & OF_ALL))
			try_allowed(role, &drivers[i], ANOTHERS);
	}
	trial_free(&t);
}

Test(rights, a_coordinator_has_what_the_table_says)
{
	try_all(ROLE_COORDINATOR);
}

Test(rights, a_contact_has_what_the_table_says_of_own_units_only)
{
	try_all(ROLE_CONTACT);
}

Test(rights, a_leader_has_what_the_table_says)
{
	try_all(ROLE_LEADER);
}

Test(rights, a_developer_worker_has_what_the_table_says)
{
	try_all(ROLE_DEVELOPER_WORKER);
}

Test(rights, an_administrator_has_what_the_table_says)
{
	try_all(ROLE_ADMIN);
}

Test(rights, an_auditor_has_what_the_table_says)
{
	try_all(ROLE_AUDITOR);
}

/* ---- The log. ---- */

/* The first role that may. */
static enum role role_for(enum use_case use_case)
{
	int role = 0;

	while (role_scope((enum role)role, use_case) == SCOPE_NONE) {
		role++;
		cr_assert_lt(role, ROLES, "%s is nobody's", use_case_code(use_case));
	}
	return (enum role)role;
}

/* A foreign key is asked for at the end only: there it fails. */
static const char *const faults[][2] = {
	{ "CREATE TRIGGER fault BEFORE INSERT ON access_log"
	  " BEGIN SELECT RAISE(ABORT, 'the log is full'); END",
		"DROP TRIGGER fault" },
	{ "CREATE TABLE promise (id INTEGER PRIMARY KEY, log_id INTEGER REFERENCES "
	  "access_log_head(only)"
	  "  DEFERRABLE INITIALLY DEFERRED);"
	  "CREATE TRIGGER fault AFTER INSERT ON access_log"
	  " BEGIN INSERT INTO promise (log_id) VALUES (2); END",
		"DROP TRIGGER fault; DROP TABLE promise" },
};

#define AT_THE_LOG    0
#define AT_THE_COMMIT 1

static bool run_with_fault(struct trial *t, int fault)
{
	bool ok;

	fixture_sql(t->world.keeper, faults[fault][0]);
	ok = trial_run(t);
	expect_nothing_happened(t);
	fixture_sql(t->world.keeper, faults[fault][1]);
	return ok;
}

static void expect_no_use_with_fault(int fault)
{
	struct trial t;

	trial_new(&t);
	for (size_t i = 0; i < DRIVERS; i++) {
		if (!is_logged(&drivers[i]))
			continue;
		trial_of(&t, role_for(drivers[i].use_case), &drivers[i], OWN);
		cr_expect_not(run_with_fault(&t, fault), "%s", t.what);
		cr_expect_eq(t.err.code, ERROR_DATABASE, "%s: %s", t.what, t.err.text);
	}
	trial_free(&t);
}

Test(rights, what_cant_be_logged_does_not_happen_and_is_not_given_out)
{
	expect_no_use_with_fault(AT_THE_LOG);
}

Test(rights, what_cant_be_committed_does_not_happen_and_is_not_given_out)
{
	expect_no_use_with_fault(AT_THE_COMMIT);
}

Test(rights, a_refusal_stays_one_where_it_cant_be_logged)
{
	struct trial t;

	trial_new(&t);
	for (size_t i = 0; i < DRIVERS; i++) {
		if (role_scope(ROLE_LEADER, drivers[i].use_case) != SCOPE_NONE)
			continue;
		trial_of(&t, ROLE_LEADER, &drivers[i], OWN);
		cr_expect_not(run_with_fault(&t, AT_THE_LOG), "%s", t.what);
		cr_expect_eq(t.err.code, ERROR_DENIED, "%s: %s", t.what, t.err.text);
	}
	trial_free(&t);
}

Test(rights, of_what_a_refused_attempt_was_about_only_a_code_is_kept)
{
	static const struct {
		const char *typed;
		bool is_kept;
	} codes[] = { { "2026-4711", true }, { "PNE-KES_1.x", true }, { "Aino Koskinen", false },
		{ "010115A901C", false }, { "red\033[31m", false }, { "\xff", false },
		{ "", false },
		{ "a234567890123456789012345678901234567890123456789012345678901234", false } };
	struct case_view view;
	struct trial t;

	trial_new(&t);
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		char sql[300];

		cr_expect_not(case_look(
			&t.session, LOOK_NEW, codes[i].typed, &t.attempt.arena, &view, &t.err));
		cr_expect_eq(t.err.code, ERROR_DENIED);
		snprintf(sql, sizeof(sql),
			"SELECT detail IS %s FROM access_log WHERE outcome = 'refused'"
			" ORDER BY id DESC LIMIT 1",
			codes[i].is_kept ? "NOT NULL" : "NULL");
		cr_expect_eq(fixture_number(t.world.keeper, sql), 1, "%s", codes[i].typed);
	}
	trial_free(&t);
}

Test(rights, a_refusal_tells_the_case_or_the_unit_that_it_was_about)
{
	struct attempt *a;
	struct trial t;

	trial_new(&t);
	a = &t.attempt;
	*a = (struct attempt) { .session = &t.session, .world = &t.world, .of = ANOTHERS };
	cr_expect_not(look_case(a, &t.err));
	cr_expect_not(look_meeting(a, &t.err));
	cr_expect_not(action_done(a, &t.err));
	cr_expect_eq(fixture_number(t.world.keeper,
			     "SELECT count(*) FROM access_log WHERE outcome = 'refused'"
			     " AND case_code = '2026-0002' AND role IS NULL"
			     " AND use_case IN ('case_look', 'meeting_look', 'action_done')"),
		3);
	give_roles(&t, 1u << ROLE_CONTACT);
	cr_expect_not(slot_adding(a, &t.err));
	cr_expect_not(slot_ending(a, &t.err));
	cr_expect_eq(fixture_number(t.world.keeper,
			     "SELECT count(*) FROM access_log WHERE outcome = 'refused'"
			     " AND detail = 'B' AND role = 'contact'"
			     " AND use_case IN ('slot_add', 'slot_end')"),
		2);
	cr_expect_not(slot_unclosing(a, &t.err));
	cr_expect_eq(t.err.code, ERROR_DENIED);
	cr_expect_null(strstr(t.err.text, "unit  "), "%s", t.err.text);
	trial_free(&t);
}

Test(rights, a_new_databases_log_begins_with_who_made_it)
{
	char folder[FIXTURE_FOLDER_SIZE], path[FIXTURE_FOLDER_SIZE + 16];
	struct session session = { 0 };
	struct store *store;
	struct error err = { 0 };

	fixture_folder(folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", folder);
	cr_assert(region_init(path, "Alue", &identity, fixture_clock_at(FIXTURE_NOW), &err), "%s",
		err.text);
	cr_assert(store_open(path, &store, &err));
	cr_assert(session_begin(&session, store, fixture_clock_at(FIXTURE_NOW), &identity, &err));
	cr_expect_eq(fixture_number(&session,
			     "SELECT count(*) FROM access_log WHERE id = 1 AND use_case = 'init'"
			     " AND outcome = 'done' AND login = '" LOGIN "' AND account = '" ACCOUNT
			     "' AND origin = '" ORIGIN "' AND user_id = 1"),
		1);
	session_end(&session);
	store_close(store);
	fixture_folder_remove(folder);
}

/* ---- Rights that end while somebody is in. ---- */

Test(rights, of_a_user_who_has_retired_meanwhile_are_none)
{
	struct trial t;
	bool ok;

	trial_new(&t);
	for (size_t i = 0; i < DRIVERS; i++) {
		struct account back = { .login = LOGIN, .comes_back = true };

		trial_of(&t, role_for(drivers[i].use_case), &drivers[i], OWN);
		cr_assert(account_retire(t.world.keeper, LOGIN, &t.err), "%s", t.err.text);
		ok = trial_run(&t);
		expect_denied(&t, ok);
		cr_assert(account_edit(t.world.keeper, &back, &t.err), "%s", t.err.text);
	}
	trial_free(&t);
}

/* The first role without a right to it. */
static unsigned role_without(enum use_case use_case)
{
	int role = 0;

	while (role_scope((enum role)role, use_case) != SCOPE_NONE) {
		role++;
		cr_assert_lt(role, ROLES, "%s is everyone's", use_case_code(use_case));
	}
	return 1u << role;
}

Test(rights, of_a_role_that_was_taken_away_meanwhile_are_none)
{
	struct trial t;
	bool ok;

	trial_new(&t);
	for (size_t i = 0; i < DRIVERS; i++) {
		static const enum use_case everyones[] = { USE_ENTER, USE_LEARNING_LOOK,
			USE_NOTICE_SEE };

		if (IS_ONE_OF(drivers[i].use_case, everyones))
			continue;
		trial_of(&t, role_for(drivers[i].use_case), &drivers[i], OWN);
		give_roles(&t, role_without(drivers[i].use_case));
		ok = trial_run(&t);
		expect_denied(&t, ok);
	}
	trial_free(&t);
}

static void try_with_other_unit(const struct driver *driver, int of)
{
	static const char *const units[] = { "B" };
	struct account account = { .login = LOGIN, .units = units, .unit_count = 1 };
	struct trial t;
	bool ok;

	trial_new(&t);
	trial_of(&t, ROLE_CONTACT, driver, of);
	cr_assert(account_edit(t.world.keeper, &account, &t.err), "%s", t.err.text);
	ok = trial_run(&t);
	if (of == OWN)
		expect_kept_away(&t, ok);
	else
		expect_done(&t, ok);
	trial_free(&t);
}

Test(rights, of_a_contact_whose_unit_was_changed_meanwhile_are_those_of_the_new_one)
{
	for (size_t i = 0; i < DRIVERS; i++) {
		enum use_case u = drivers[i].use_case;

		if (role_scope(ROLE_CONTACT, u) != SCOPE_OWN || drivers[i].kind & OF_ALL)
			continue;
		try_with_other_unit(&drivers[i], OWN);
		try_with_other_unit(&drivers[i], ANOTHERS);
	}
}
