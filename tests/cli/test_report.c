/* The month's report: its JSON, its text, and what a leader is not told. */
#include "installation.h"

#define KEYS_REPORT                                                                                \
	"month region full accepted_by accepted_on calls delay_days indicators units texts"
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
