/* The month's report: its JSON, its text, and what a leader is not told. */
#include "installation.h"

#define KEYS_REPORT                                                                                \
	"month region full accepted_by accepted_on calls delay_days definitions indicators units " \
	"texts"
#define KEYS_DEFINITIONS "by_source by_outcome shared_hole by_age by_area delay_days units"
#define KEYS_CALLS                                                                                 \
	"total needing_meeting shared_hole no_shared_hole by_source by_outcome by_age by_area"
#define KEYS_DELAYS  "n median p90 max within_7 within_14"
#define KEYS_OUTCOME "meeting advice discussion notification"
#define KEYS_SOURCE                                                                                \
	"family young_person early_education school health social adult_services ngo other"

static struct program *november(void)
{
	struct program *p = program_new();

	program_set(p, "KUTSU_NOW", "2026-12-18T12:00");
	program_ok(p, "demo");
	return p;
}

/* Over ssh, as another account. */
static const char *as(struct program *p, const char *login, const char *line)
{
	const char *out;

	program_set(p, "SSH_ORIGINAL_COMMAND", line);
	out = program_ok(p, "--db %s shell --as %s", program_database(p), login);
	program_set(p, "SSH_ORIGINAL_COMMAND", NULL);
	return out;
}

static void expect_all(json_t *object, const char *keys, const char *value)
{
	char *copy = strdup(keys), *rest = copy, *key;

	expect_keys(object, keys);
	while ((key = strtok_r(rest, " ", &rest)))
		expect_value(object, key, value);
	free(copy);
}

Test(report, month_in_full_tells_every_figure)
{
	struct program *p = november();
	json_t *report = json_of(program_ok(p, "report month 2026-11 --full --json"));
	json_t *calls = json_object_get(report, "calls");
	json_t *delays = json_object_get(report, "delay_days");

	expect_keys(report, KEYS_REPORT);
	expect_value(report, "month", "2026-11");
	expect_keys(json_object_get(report, "definitions"), KEYS_DEFINITIONS);
	expect_keys(calls, KEYS_CALLS);
	expect_value(calls, "total", "18");
	expect_value(calls, "needing_meeting", "15");
	expect_value(calls, "shared_hole", "13");
	expect_value(calls, "no_shared_hole", "2");
	expect_keys(json_object_get(calls, "by_source"), KEYS_SOURCE);
	expect_value(json_object_get(calls, "by_source"), "family", "4");
	expect_value(json_object_get(calls, "by_source"), "ngo", "0");
	expect_keys(json_object_get(calls, "by_outcome"), KEYS_OUTCOME);
	expect_value(json_object_get(calls, "by_outcome"), "meeting", "15");
	expect_value(json_object_get(calls, "by_outcome"), "advice", "1");
	expect_keys(delays, KEYS_DELAYS);
	expect_value(delays, "n", "13");
	expect_value(delays, "median", "6");
	expect_value(delays, "p90", "12");
	expect_value(delays, "max", "14");
	expect_value(delays, "within_7", "10");
	expect_value(delays, "within_14", "13");
	json_decref(report);
	program_free(p);
}

static void expect_suppressed(const char *text)
{
	json_t *report = json_of(text), *calls = json_object_get(report, "calls");
	json_t *delays = json_object_get(report, "delay_days");

	expect_value(calls, "total", "18");
	expect_value(calls, "needing_meeting", "null");
	expect_value(json_object_get(calls, "by_source"), "family", "null");
	expect_value(json_object_get(calls, "by_source"), "ngo", "0");
	expect_all(json_object_get(calls, "by_outcome"), KEYS_OUTCOME, "null");
	expect_value(delays, "n", "13");
	expect_value(delays, "median", "6");
	expect_value(delays, "p90", "null");
	expect_value(delays, "max", "null");
	expect_value(delays, "within_7", "null");
	expect_value(delays, "within_14", "null");
	json_decref(report);
}

Test(report, month_says_null_of_what_is_small)
{
	struct program *p = november();

	expect_suppressed(program_ok(p, "report month 2026-11 --json"));
	expect_suppressed(as(p, "joht-1", "kutsu report month 2026-11 --json"));
	program_free(p);
}

Test(report, month_without_calls_has_noughts_and_no_median)
{
	struct program *p = november();
	json_t *report = json_of(program_ok(p, "report month 2025-11 --json"));
	json_t *delays = json_object_get(report, "delay_days");

	expect_all(
		json_object_get(json_object_get(report, "calls"), "by_source"), KEYS_SOURCE, "0");
	expect_value(delays, "n", "0");
	expect_value(delays, "median", "null");
	expect_value(delays, "within_7", "0");
	json_decref(report);
	program_free(p);
}

/* A line of the text that begins with the label and ends with the figure. */
static void expect_line(const char *text, const char *label, const char *figure)
{
	char *copy = strdup(text), *rest = copy, *line;
	bool found = false;

	while ((line = strtok_r(rest, "\n", &rest))) {
		size_t length = strlen(line), end = strlen(figure);

		line += strspn(line, " ");
		length = strlen(line);
		found = found
			|| (strncmp(line, label, strlen(label)) == 0 && length >= end
				&& strcmp(line + length - end, figure) == 0);
	}
	cr_expect(found, "no line \"%s ... %s\" in\n%s", label, figure, text);
	free(copy);
}

Test(report, month_as_text_says_what_the_two_stops_are)
{
	struct program *p = november();
	const char *text = program_ok(p, "report month 2026-11");

	expect_line(text, "November 2026, Vaara", "");
	expect_line(text, "calls", "18");
	expect_line(text, "family", "..");
	expect_line(text, "half met within (median)", "6");
	cr_expect_not_null(strstr(text, "\n.. is not shown: fewer than 5 (<5)"), "%s", text);
	program_free(p);
}

Test(report, month_as_text_in_full_says_nothing_of_stops)
{
	struct program *p = november();
	const char *text = program_ok(p, "report month 2026-11 --full");

	expect_line(text, "family", "4");
	cr_expect_null(strstr(text, ".."), "%s", text);
	program_free(p);
}

Test(report, month_is_refused_in_full_to_a_leader_and_whole_to_an_administrator)
{
	struct program *p = november();

	program_set(p, "SSH_ORIGINAL_COMMAND", "kutsu report month 2026-11 --full");
	program_refused(p, 4, "--full", "--db %s shell --as joht-1", program_database(p));
	program_set(p, "SSH_ORIGINAL_COMMAND", "kutsu report month 2026-11");
	program_refused(p, 4, "figures_look", "--db %s shell --as paak-1", program_database(p));
	program_free(p);
}

Test(report, month_that_is_none_is_refused)
{
	struct program *p = november();

	program_refused(p, 2, "MONTH", "report month");
	program_refused(p, 2, "\"2026-13\"", "report month 2026-13");
	program_refused(p, 2, "\"marraskuu\"", "report month marraskuu");
	program_refused(p, 2, "report --help", "report year 2026");
	program_free(p);
}

/* ---- The same report in other forms. ---- */

Test(report, month_as_json_is_the_same_by_format_and_by_flag)
{
	struct program *p = november();
	char *one = strdup(program_ok(p, "report month 2026-11 --json"));

	cr_expect_str_eq(one, program_ok(p, "report month 2026-11 --format json"));
	free(one);
	program_refused(p, 2, "text, json, html, xlsx", "report month 2026-11 --format pdf");
	program_free(p);
}

Test(report, month_has_each_indicator_with_its_definition_and_thirteen_months)
{
	struct program *p = november();
	json_t *report = json_of(program_ok(p, "report month 2026-11 --full --json"));
	json_t *list = json_of(program_ok(p, "report indicators --json"));
	json_t *indicators = json_object_get(report, "indicators"), *item;
	size_t i;

	cr_expect_eq(json_object_size(indicators), json_array_size(list));
	json_array_foreach(list, i, item)
	{
		json_t *indicator = json_object_get(
			indicators, json_string_value(json_object_get(item, "indicator")));

		expect_keys(indicator,
			"condition kind right_direction value n last_month year_ago goal "
			"goal_reached label definition trend months");
		cr_expect(json_equal(json_object_get(indicator, "definition"),
			json_object_get(item, "definition")));
		cr_expect_eq(json_array_size(json_object_get(indicator, "months")), 13);
	}
	expect_value(json_object_get(indicators, "accessibility"), "n", "15");
	expect_value(json_object_get(indicators, "nps"), "n", "5");
	cr_expect_eq(json_number_value(json_object_get(
			     json_object_get(indicators, "accessibility"), "value")),
		86.67);
	cr_expect_eq(
		json_number_value(json_object_get(json_object_get(indicators, "nps"), "value")),
		20.0);
	json_decref(list);
	json_decref(report);
	program_free(p);
}

/* Without wrapping, and with &#39; as it is read. */
static char *as_one_line(const char *out)
{
	char *line = malloc(strlen(out) + 1), *to = line;

	for (; *out; out++) {
		if (strncmp(out, "&#39;", 5) == 0) {
			*to++ = '\'';
			out += 4;
		} else if (*out != '\n' && *out != ' ') {
			*to++ = *out;
		} else if (to > line && to[-1] != ' ') {
			*to++ = ' ';
		}
	}
	*to = '\0';
	return line;
}

Test(report, month_as_text_and_html_has_each_tables_definition_beside_it)
{
	static const char *const formats[] = { "text", "html" };
	struct program *p = november();
	json_t *definitions = json_object_get(
		json_of(program_ok(p, "report month 2026-11 --full --json")), "definitions");

	for (int i = 0; i < 2; i++) {
		char *page = as_one_line(
			program_ok(p, "report month 2026-11 --full --format %s", formats[i]));
		json_t *definition;
		const char *table;

		json_object_foreach(definitions, table, definition) cr_expect_not_null(
			strstr(page, json_string_value(definition)), "%s as %s", table, formats[i]);
		free(page);
	}
	program_free(p);
}

Test(report, month_as_html_is_one_page_without_script_or_reference)
{
	struct program *p = november();
	const char *page = program_ok(p, "--lang sv report month 2026-11 --format html");

	cr_expect_eq(strncmp(page, "<!DOCTYPE html>\n<html lang=\"sv\">", 32), 0);
	cr_expect_not_null(strstr(page, "</html>"));
	cr_expect_not_null(strstr(page, "<svg "));
	cr_expect_null(strstr(page, "<script"));
	cr_expect_null(strstr(page, "http://"));
	cr_expect_null(strstr(page, "https://"));
	cr_expect_null(strstr(page, " src="));
	cr_expect_null(strstr(page, " href="));
	program_free(p);
}

Test(report, month_as_a_spreadsheet_opens_elsewhere)
{
	struct program *p = november(), *office = program_new_other("/usr/bin/soffice");
	char profile[500];
	char *sheet;

	program_set(office, "SAL_USE_VCLPLUGIN", "svp");
	snprintf(profile, sizeof(profile), "-env:UserInstallation=file://%s/profile",
		program_folder(office));
	program_ok(p, "report month 2026-11 --full --format xlsx -o month.xlsx");
	cr_assert_eq(
		program_run(office, "--headless", profile, "--convert-to",
			"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,"
			"false,false,-1",
			"--outdir", program_folder(office), program_path(p, "month.xlsx"), NULL),
		0, "%s", program_err(office));
	sheet = program_read(program_path(office, "month-indicators.csv"), NULL);
	cr_expect_not_null(strstr(sheet, "accessibility of services,86.67,15,"), "%s", sheet);
	free(sheet);
	sheet = program_read(program_path(office, "month-Calls.csv"), NULL);
	cr_expect_not_null(strstr(sheet, "Who called,family,4,"), "%s", sheet);
	free(sheet);
	program_free(office);
	program_free(p);
}

Test(report, month_that_was_accepted_is_the_same_ever_after)
{
	struct program *p = november();
	sqlite3 *db = database_open(p);
	char *before;

	program_refused(p, 4, "report_accept", "report accept 2026-11");
	cr_assert_eq(sqlite3_exec(db,
			     "INSERT INTO user_role SELECT user_id, 'leader', NULL FROM user_role"
			     " WHERE role = 'admin'",
			     NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	program_ok(p, "report accept 2026-11");
	before = strdup(program_ok(p, "report month 2026-11 --full --json"));
	program_set(p, "KUTSU_NOW", "2027-03-01T12:00");
	program_input(p, "{\"recommend\": 0}");
	program_ok(p, "feedback add --form family --meeting 3 --file -");
	cr_expect_str_eq(before, program_ok(p, "report month 2026-11 --full --json"));
	cr_expect_not_null(strstr(program_ok(p, "report month 2026-11"), "accepted 18.12.2026"));
	program_refused(p, 3, "accepted before", "report accept 2026-11");
	free(before);
	program_free(p);
}

Test(report, goal_takes_a_number_with_either_comma_and_stands_in_the_month)
{
	struct program *p = november();
	json_t *report;

	as(p, "kehi-1", "kutsu report goal accessibility 80");
	as(p, "kehi-1", "kutsu report goal satisfaction 4,5");
	report = json_of(program_ok(p, "report month 2026-11 --full --json"));
	expect_value(json_object_get(json_object_get(report, "indicators"), "accessibility"),
		"goal_reached", "true");
	cr_expect_eq(json_number_value(json_object_get(
			     json_object_get(json_object_get(report, "indicators"), "satisfaction"),
			     "goal")),
		4.5);
	json_decref(report);
	as(p, "kehi-1", "kutsu report goal accessibility none");
	report = json_of(program_ok(p, "report month 2026-11 --json"));
	expect_value(json_object_get(json_object_get(report, "indicators"), "accessibility"),
		"goal", "null");
	json_decref(report);
	program_refused(p, 5, "indicators", "report goal happiness 5");
	program_refused(p, 2, "\"5x\"", "report goal nps 5x");
	program_refused(p, 4, "goal_set", "report goal nps 5");
	program_free(p);
}
