/* The report of capacity: its JSON, its text, and who is refused what. */
#include "installation.h"

#define KEYS_CAPACITY "from to units areas weeks wait_days findings in_the_way far"
#define KEYS_HOURS    "promised confirmed offered booked used"

/* The installation, seen on Tuesday 24.11.2026, with a meeting of A and B on Wednesday 13 to 14:30,
 * A's hole confirmed, and B closed the week before. */
static struct program *booked(void)
{
	struct program *p = installation();

	program_ok(p, "meeting book " CASE_1 " --unit A B --start 2026-11-25T13:00 --minutes 90");
	program_ok(p, "slot confirm A --week 2026-W48");
	program_ok(p, "slot close B --from 2026-11-18");
	return p;
}

static json_t *item(json_t *report, const char *list, const char *key, const char *value)
{
	json_t *row;
	size_t i;

	json_array_foreach(json_object_get(report, list), i, row)
	{
		if (strcmp(json_string_value(json_object_get(row, key)), value) == 0)
			return row;
	}
	cr_assert_fail("%s has no %s %s", list, key, value);
	return NULL;
}

static void expect_hours(json_t *row, const char *promised, const char *confirmed,
	const char *offered, const char *was_booked, const char *used)
{
	expect_value(row, "promised", promised);
	expect_value(row, "confirmed", confirmed);
	expect_value(row, "offered", offered);
	expect_value(row, "booked", was_booked);
	expect_value(row, "used", used);
}

Test(report_capacity, has_all_keys_and_the_hours_of_units_and_areas)
{
	struct program *p = booked();
	json_t *report =
		json_of(program_ok(p, "report capacity --from 2026-11-16 --to 29.11.2026 --json"));
	json_t *unit = item(report, "units", "unit", "B");
	json_t *week = item(report, "weeks", "week", "2026-W48"), *load;

	expect_keys(report, KEYS_CAPACITY);
	expect_value(report, "from", "2026-11-16");
	expect_value(report, "to", "2026-11-29");
	expect_keys(unit, "unit area " KEYS_HOURS);
	expect_value(unit, "area", "-");
	expect_hours(unit, "12.0", "0.0", "6.0", "1.5", "0.0");
	expect_hours(item(report, "units", "unit", "A"), "6.0", "3.0", "6.0", "1.5", "0.0");
	expect_keys(item(report, "areas", "area", "KES"), "area " KEYS_HOURS);
	expect_hours(item(report, "areas", "area", "KES"), "6.0", "3.0", "6.0", "1.5", "0.0");
	cr_expect_eq(json_array_size(json_object_get(report, "weeks")), 2);
	expect_keys(week, "week load");
	load = json_array_get(json_object_get(week, "load"), 0);
	expect_keys(load, "area percent");
	expect_value(load, "area", "KES");
	expect_value(load, "percent", "50");
	expect_keys(json_object_get(report, "wait_days"), "n median p90");
	expect_value(json_object_get(report, "wait_days"), "median", "null");
	json_decref(report);
	program_free(p);
}

Test(report_capacity, has_null_for_the_percent_of_nothing)
{
	struct program *p = booked();
	json_t *report =
		json_of(program_ok(p, "report capacity --from 2026-11-18 --to 2026-11-18 --json"));
	json_t *load = json_object_get(json_array_get(json_object_get(report, "weeks"), 0), "load");

	expect_value(json_array_get(load, 0), "percent", "0");
	expect_value(json_array_get(load, 1), "area", "-");
	expect_value(json_array_get(load, 1), "percent", "null");
	json_decref(report);
	program_free(p);
}

Test(report_capacity, tells_of_searches_and_of_units_that_are_far)
{
	struct program *p = booked();
	json_t *report, *found, *far;

	program_ok(p, "slot add C --weekday 3 --start 14:30 --end 16:00 --from 2026-12-09");
	program_ok(p, "free --unit A C --minutes 60");
	program_ok(p, "free --unit C --minutes 90");
	report = json_of(program_ok(p, "report capacity --json"));
	expect_value(report, "from", "2026-08-31");
	expect_value(report, "to", "2026-11-29");
	cr_expect_eq(json_array_size(json_object_get(report, "weeks")), 13);
	found = json_object_get(report, "findings");
	expect_keys(found, "none late");
	expect_value(found, "none", "1");
	expect_value(found, "late", "1");
	expect_keys(item(report, "in_the_way", "unit", "C"), "unit count");
	far = item(report, "far", "unit", "C");
	expect_keys(far, "unit next days");
	expect_value(far, "next", "2026-12-09");
	expect_value(far, "days", "15");
	cr_expect_eq(json_array_size(json_object_get(report, "far")), 1);
	json_decref(report);
	program_free(p);
}

Test(report_capacity, has_null_for_the_next_hole_of_a_unit_that_has_none)
{
	struct program *p = booked();
	json_t *report = json_of(program_ok(p, "report capacity --json"));
	json_t *far = item(report, "far", "unit", "C");

	expect_value(far, "next", "null");
	expect_value(far, "days", "null");
	json_decref(report);
	program_free(p);
}

Test(report_capacity, as_text_has_areas_before_units_and_hours_with_one_decimal)
{
	struct program *p = booked();
	const char *text = program_ok(p, "report capacity --from 2026-11-16 --to 2026-11-29");

	cr_expect_not_null(strstr(text, "16.11.2026–29.11.2026, hours\n"), "%s", text);
	cr_expect_not_null(
		strstr(text, "area        promised  confirmed  offered   booked     used\n"
			     "KES              6.0        3.0      6.0      1.5      0.0\n"
			     "-               12.0        0.0      6.0      1.5      0.0\n"
			     "all             18.0        3.0     12.0      3.0      0.0\n\n"
			     "unit  area  promised  confirmed  offered   booked     used\n"
			     "A     KES        6.0        3.0      6.0      1.5      0.0\n"),
		"%s", text);
	cr_expect_not_null(strstr(text, "  C  none in 26 weeks"), "%s", text);
	text = program_ok(p, "--lang fi report capacity --from 2026-11-16 --to 2026-11-29");
	cr_expect_not_null(strstr(text, " 12,0 "), "%s", text);
	program_free(p);
}

Test(report_capacity, as_text_has_a_row_a_week_with_the_load_of_each_area)
{
	struct program *p = booked();
	const char *text =
		program_ok(p, "--lang en report capacity --from 2026-11-16 --to 2026-11-29");

	cr_expect_not_null(strstr(text, "booked of offered, per cent\n"
					"           KES     -   all\n2026-W47"),
		"%s", text);
	cr_expect_not_null(strstr(text, "\n2026-W48"), "%s", text);
	cr_expect_null(strstr(text, "\n2026-W49"), "%s", text);
	program_free(p);
}

Test(report_capacity, refuses_days_that_are_wrong_and_who_sees_no_figures)
{
	struct program *p = booked();

	program_refused(p, 2, "--from", "report capacity --from soon");
	program_refused(p, 2, "before the first", "report capacity --from 2026-12-24");
	program_refused(p, 2, "ten years", "report capacity --from 2016-01-01");
	program_ok(p, "user add audit --role auditor");
	program_set(p, "SSH_ORIGINAL_COMMAND", "kutsu report capacity");
	program_refused(p, 4, "figures_look", "--db %s shell --as audit", program_database(p));
	program_free(p);
}
