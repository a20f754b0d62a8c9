/* The chain as commands: from an observation to everyone's notice. */
#include "installation.h"

static struct program *county(void)
{
	struct program *p = installation();
	sqlite3 *db = database_open(p);

	cr_assert_eq(sqlite3_exec(db,
			     "INSERT INTO user_role SELECT id, 'developer_worker', NULL FROM user",
			     NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	return p;
}

static json_t *first_of(json_t *list)
{
	return json_array_get(list, 0);
}

Test(learning_command, an_observation_becomes_a_phenomenon_and_an_initiative)
{
	struct program *p = county();
	json_t *list;

	cr_expect_str_eq(program_ok(p, "observation add --text 'poissaolot puhuttavat' --place "
				       "Suistola"),
		"1");
	cr_expect_str_eq(
		program_ok(p, "observation add --text 'poissaoloja on' --sector SIV"), "2");
	list = json_of(program_ok(p, "observation suggest --json"));
	cr_expect_eq(json_array_size(first_of(list)), 2);
	expect_keys(first_of(first_of(list)), "id day text place sector phenomenon");
	json_decref(list);
	cr_expect_str_eq(program_ok(p, "phenomenon add --title Poissaolot --observation 1 2"), "1");
	list = json_of(program_ok(p, "phenomenon list --json"));
	expect_keys(first_of(list),
		"id title indicator observations places opened closed closed_reason");
	expect_value(first_of(list), "observations", "2");
	json_decref(list);
	program_refused(p, 2, "two partners",
		"initiative add --title T --partner koulu --area A --owner O --phenomenon 1");
	cr_expect_str_eq(program_ok(p, "initiative add --title T --partner koulu --partner 'työ, "
				       "muu' --area A --owner O --phenomenon 1"),
		"1");
	program_ok(p, "initiative step 1 --what soitto --due 2026-12-01");
	program_ok(p, "initiative done 1");
	program_ok(p, "initiative feedback 1 --value 4 --families --text auttoi");
	program_ok(p, "initiative status 1 under_way");
	list = json_of(program_ok(p, "initiative list --json"));
	expect_keys(first_of(list),
		"id title text phenomenon partners pilot_area owner from until status steps_done "
		"steps step_list feedback");
	expect_value(first_of(list), "steps_done", "1");
	expect_value(first_of(list), "status", "under_way");
	json_decref(list);
	program_free(p);
}

Test(learning_command, a_decision_is_a_notice_until_it_is_seen)
{
	struct program *p = county();
	json_t *list;

	program_refused(p, 2, "child-effect", "decision add --text T --reason R");
	cr_expect_str_eq(program_ok(p, "decision add --text T --reason R --child-effect C "
				       "--indicator no_shared_hole --target 5 --by 2027-07-31"),
		"1");
	list = json_of(program_ok(p, "notice list --json"));
	expect_keys(first_of(list),
		"id group day text reason child_effect from initiative indicator "
		"target target_by seen users");
	expect_value(first_of(list), "target_by", "2027-07-31");
	json_decref(list);
	program_ok(p, "notice seen 1");
	list = json_of(program_ok(p, "notice list --json"));
	cr_expect_eq(json_array_size(list), 0);
	json_decref(list);
	list = json_of(program_ok(p, "decision list --json"));
	expect_value(first_of(list), "seen", "1");
	json_decref(list);
	program_refused(p, 5, "7", "notice seen 7");
	program_free(p);
}

Test(learning_command, groups_show_their_missing_seats)
{
	struct program *p = county();
	json_t *list;

	program_ok(p, "group seat 1 --seat järjestöt --elected-by 'järjestöt ja seurakunnat'");
	program_ok(p, "group seat 1 --seat koulu --member rehtori --until 2026-11-01");
	program_ok(p, "group add --name Pohjoinen --area POH");
	program_refused(p, 3, "there", "group add --name Pohjoinen --area POH");
	list = json_of(program_ok(p, "group list --json"));
	cr_expect_eq(json_array_size(list), 2);
	expect_keys(first_of(list), "id name area seats");
	expect_value(first_of(json_object_get(first_of(list), "seats")), "missing", "true");
	expect_value(
		json_array_get(json_object_get(first_of(list), "seats"), 1), "missing", "true");
	json_decref(list);
	program_free(p);
}

Test(learning_command, the_agenda_comes_as_text_json_and_html)
{
	struct program *p = county();
	json_t *agenda;

	program_ok(p, "decision add --text 'Kutsutaan ajoissa' --reason R --child-effect C");
	cr_expect_not_null(strstr(program_ok(p, "report agenda"), "Kutsutaan ajoissa"));
	cr_expect_not_null(
		strstr(program_ok(p, "report agenda --format html"), "Kutsutaan ajoissa"));
	agenda = json_of(program_ok(p, "report agenda --month 2026-11 --json"));
	expect_keys(agenda, "missing_seats phenomena initiatives decisions report");
	expect_value(json_object_get(agenda, "report"), "month", "2026-11");
	json_decref(agenda);
	program_refused(p, 2, "text, json, html", "report agenda --format xlsx");
	program_free(p);
}

Test(learning_command, each_is_written_out)
{
	static const char *const things[] = { "feedback", "observations", "phenomena",
		"initiatives", "decisions" };
	struct program *p = county();

	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
		cr_expect_gt(strlen(program_ok(p, "export %s --format csv", things[i])), 10u);
		json_decref(json_of(program_ok(p, "export %s --format json", things[i])));
		program_ok(p, "export %s --format xlsx -o out.xlsx", things[i]);
	}
	program_free(p);
}
