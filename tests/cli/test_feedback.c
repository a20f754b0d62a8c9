/* What families say, as commands: in at one side, of all together out at the other. */
#include "installation.h"

/* A meeting of A and B that was held on 25.11.2026; its number is 1. */
static struct program *held(void)
{
	struct program *p = installation();

	program_ok(p, "meeting book " CASE_1 " --unit A B --start 2026-11-25T12:00");
	program_set(p, "KUTSU_NOW", "2026-11-26T09:00");
	return p;
}

static const char *give(struct program *p, const char *options, const char *answers)
{
	program_input(p, answers);
	return program_ok(p, "feedback add --meeting 1 %s --file -", options);
}

Test(feedback_command, what_five_said_comes_out_as_means_and_a_score)
{
	static const char *const answers[] = { "{\"recommend\": 9, \"heard\": 5}",
		"{\"recommend\": 10, \"heard\": 4}", "{\"recommend\": 6, \"heard\": 3}",
		"{\"recommend\": 7, \"heard\": 3}", "{\"recommend\": 8, \"heard\": null}" };
	struct program *p = held();
	json_t *view, *first, *second;

	for (int i = 0; i < 5; i++) {
		char options[60];

		snprintf(options, sizeof(options), "--form family --number %d", i + 1);
		give(p, options, answers[i]);
	}
	view = json_of(program_ok(p, "feedback show --month 2026-11 --json"));
	expect_keys(view, "month rates questions texts");
	first = json_array_get(json_object_get(view, "questions"), 0);
	expect_keys(first, "form question scale n unknown mean nps");
	expect_value(first, "question", "recommend");
	expect_value(first, "n", "5");
	expect_value(first, "nps", "20");
	cr_expect_eq(json_real_value(json_object_get(first, "mean")), 8.0);
	second = json_array_get(json_object_get(view, "questions"), 1);
	expect_value(second, "n", "4");
	expect_value(second, "unknown", "1");
	expect_value(second, "mean", "null");
	json_decref(view);
	program_free(p);
}

Test(feedback_command, a_respondent_is_asked_once_with_exit_3)
{
	struct program *p = held();

	give(p, "--form worker --unit A", "{\"roles_clear\": 4}");
	program_input(p, "{\"roles_clear\": 5}");
	program_refused(p, 3, "", "feedback add --meeting 1 --form worker --unit A --file -");
	give(p, "--form worker --unit B", "{\"roles_clear\": 4}");
	program_free(p);
}

Test(feedback_command, wrong_values_end_with_2_and_keep_nothing)
{
	struct program *p = held();
	sqlite3 *db = database_open(p);

	program_input(p, "{\"recommend\": 11}");
	program_refused(p, 2, "", "feedback add --meeting 1 --form family --file -");
	program_input(p, "{}");
	program_refused(p, 2, "", "feedback add --meeting 1 --form family --file -");
	program_input(p, "{\"recommend\": 5}");
	program_refused(p, 5, "", "feedback add --meeting 1 --form nobody --file -");
	cr_expect_eq(database_number(db, "SELECT count(*) FROM feedback"), 0);
	sqlite3_close(db);
	program_free(p);
}

Test(feedback_command, a_text_is_listed_without_its_meeting_and_picked_by_its_number)
{
	struct program *p = held();
	json_t *view, *text;
	char id[20];

	give(p, "--form family", "{\"text\": \"Liisa auttoi\"}");
	view = json_of(program_ok(p, "feedback show --json"));
	text = json_array_get(json_object_get(view, "texts"), 0);
	expect_keys(text, "id text picked");
	snprintf(id, sizeof(id), "%s", json_string_value(json_object_get(text, "id")));
	json_decref(view);
	program_ok(p, "feedback pick %s --as 'Työntekijä auttoi'", id);
	view = json_of(program_ok(p, "feedback show --json"));
	expect_value(
		json_array_get(json_object_get(view, "texts"), 0), "picked", "Työntekijä auttoi");
	json_decref(view);
	program_refused(p, 5, "", "feedback pick 00000000");
	program_free(p);
}

Test(feedback_command, the_round_tells_which_units_are_late)
{
	struct program *p = held();
	json_t *round;

	program_input(p, "{\"works\": 4, \"hole_kept\": true}");
	program_ok(p, "feedback add --form unit --unit B --month 2026-11 --file -");
	program_set(p, "KUTSU_NOW", "2026-12-06T09:00");
	round = json_of(program_ok(p, "feedback round --month 2026-11 --json"));
	expect_keys(json_array_get(round, 0), "unit given_on due late");
	expect_value(json_array_get(round, 0), "late", "true");
	expect_value(json_array_get(round, 0), "due", "2026-12-05");
	expect_value(json_array_get(round, 1), "given_on", "2026-11-26");
	expect_value(json_array_get(round, 1), "late", "false");
	json_decref(round);
	program_free(p);
}

Test(feedback_command, forms_are_data_and_come_in_three_languages)
{
	struct program *p = installation();
	json_t *forms = json_of(program_ok(p, "feedback forms --json"));

	expect_keys(json_array_get(forms, 0), "code valid_from respondents text questions");
	cr_expect_eq(json_array_size(forms), 4);
	json_decref(forms);
	cr_expect_not_null(strstr(program_ok(p, "--lang sv feedback forms"), "Jag blev hörd."));
	cr_expect_not_null(strstr(program_ok(p, "--lang fi feedback forms"), "Tulin kuulluksi."));
	program_input(p, "{\"code\": \"club\", \"respondents\": [\"worker\"], \"text\":"
			 " {\"en\": \"a\", \"fi\": \"b\", \"sv\": \"c\"}, \"questions\":"
			 " [{\"code\": \"fun\", \"scale\": \"faces\", \"text\":"
			 " {\"en\": \"a\", \"fi\": \"b\", \"sv\": \"c\"}}]}");
	cr_expect_str_eq(program_ok(p, "feedback form-add --file -"), "club");
	cr_expect_not_null(strstr(program_ok(p, "feedback forms"), "fun"));
	program_free(p);
}
