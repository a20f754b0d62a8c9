/* Every command of the contract, each option once, and the JSON that it writes. */
#include "installation.h"

static json_t *one_of(const char *text, size_t count)
{
	json_t *list = json_of(text), *first;

	cr_assert(json_is_array(list));
	cr_assert_eq(json_array_size(list), count, "%s", text);
	first = json_incref(json_array_get(list, 0));
	json_decref(list);
	return first;
}

static size_t count_of(struct program *p, const char *line)
{
	json_t *list = json_of(program_ok(p, "%s --json", line));
	size_t count = json_array_size(list);

	json_decref(list);
	return count;
}

Test(init, makes_an_empty_database_for_its_owner_alone)
{
	struct program *p = program_new();
	sqlite3 *db;

	cr_assert_str_empty(program_ok(p, "init --region Koe"));
	cr_expect_eq(count_of(p, "unit list"), 0u);
	db = database_open(p);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM user_role WHERE role IN ('admin',"
					 " 'coordinator')"),
		2);
	cr_expect_eq(
		database_number(db, "SELECT value = 'Koe' FROM setting WHERE name = 'region'"), 1);
	sqlite3_close(db);
	program_free(p);
}

Test(init, refuses_a_file_that_is_there)
{
	struct program *p = program_new();
	char *text;

	program_write(p, "kutsu.db", "letters");
	program_refused(p, 1, "is there already", "init");
	program_refused(p, 1, "is there already", "demo");
	text = program_read(program_database(p), NULL);
	cr_expect_str_eq(text, "letters");
	free(text);
	program_free(p);
}

Test(demo_command, takes_seed_years_and_scale)
{
	struct program *p = program_new();

	program_set(p, "KUTSU_NOW", "2026-11-21T12:00");
	program_ok(p, "demo --seed 7 --years 1 --scale 2");
	cr_expect_eq(count_of(p, "unit list"), 96u);
	program_free(p);
}

Test(unit, is_added_listed_shown_edited_and_retired)
{
	struct program *p = installation();
	json_t *unit;

	cr_expect_str_eq(program_ok(p, "unit add D --name 'Unit D' --sector TER"), "D");
	unit = one_of(program_ok(p, "unit list --json"), 4);
	expect_keys(unit, KEYS_UNIT);
	expect_value(unit, "code", "A");
	expect_value(unit, "name", "Unit A");
	expect_value(unit, "sector", "SOS");
	expect_value(unit, "area", "KES");
	expect_value(unit, "municipality", "Suistola");
	expect_value(unit, "school_based", "false");
	expect_value(unit, "active", "true");
	json_decref(unit);
	program_ok(p, "unit edit D --name 'Another' --sector NUO --area POH --municipality M"
		      " --school-based --email d@vaara.example --phone 2199");
	unit = json_of(program_ok(p, "unit show D --json"));
	expect_keys(unit, KEYS_UNIT);
	expect_value(unit, "name", "Another");
	expect_value(unit, "sector", "NUO");
	expect_value(unit, "school_based", "true");
	json_decref(unit);
	program_ok(p, "unit retire D");
	cr_expect_eq(count_of(p, "unit list"), 3u);
	unit = json_of(program_ok(p, "unit show D --json"));
	expect_value(unit, "active", "false");
	json_decref(unit);
	cr_expect_not_null(strstr(program_ok(p, "unit list"), "Unit A"));
	cr_expect_not_null(strstr(program_ok(p, "unit show A"), "2101"));
	program_free(p);
}

Test(slot, is_added_with_every_option_and_listed)
{
	struct program *p = installation();
	json_t *slot;

	cr_expect_str_eq(
		program_ok(p, "slot add C --weekday 4 --start 9:00 --end 10.30 --repeat monthly"
			      " --from 2026-12-03 --until 2027-05-31 --capacity 3 --person p"
			      " --deputy d --place here"),
		"3");
	slot = one_of(program_ok(p, "slot list --unit C --json"), 1);
	expect_keys(slot, KEYS_SLOT);
	expect_value(slot, "id", "3");
	expect_value(slot, "unit", "C");
	expect_value(slot, "weekday", "4");
	expect_value(slot, "start", "09:00");
	expect_value(slot, "end", "10:30");
	expect_value(slot, "repeat", "monthly");
	expect_value(slot, "from", "2026-12-03");
	expect_value(slot, "until", "2027-05-31");
	expect_value(slot, "capacity", "3");
	expect_value(slot, "person", "p");
	expect_value(slot, "deputy", "d");
	expect_value(slot, "place", "here");
	json_decref(slot);
	cr_expect_eq(count_of(p, "slot list"), 3u);
	cr_expect_not_null(strstr(program_ok(p, "slot list"), "Room 1"));
	program_free(p);
}

Test(slot, that_is_open_ended_says_null)
{
	struct program *p = installation();
	json_t *slot = one_of(program_ok(p, "slot list --unit B --json"), 1);

	expect_value(slot, "repeat", "weekly");
	expect_value(slot, "from", "null");
	expect_value(slot, "until", "null");
	expect_value(slot, "person", "null");
	json_decref(slot);
	program_free(p);
}

Test(slot, week_tells_what_is_open_held_booked_and_closed)
{
	struct program *p = installation();
	json_t *week;

	week = one_of(program_ok(p, "slot list --unit A --week 2026-W48 --json"), 1);
	expect_keys(week, KEYS_WEEK);
	expect_value(week, "unit", "A");
	expect_value(week, "start", "2026-11-25T12:00+02:00");
	expect_value(week, "end", "2026-11-25T15:00+02:00");
	expect_value(week, "state", "open");
	expect_value(week, "booked", "0");
	expect_value(week, "capacity", "1");
	json_decref(week);
	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-11-25T12:00 --minutes 180");
	week = one_of(program_ok(p, "slot list --unit A --week 2026-W48 --json"), 1);
	expect_value(week, "state", "booked");
	expect_value(week, "booked", "1");
	json_decref(week);
	program_ok(p, "slot close A --from 2026-12-02");
	week = one_of(program_ok(p, "slot list --unit A --week 2026-W49 --json"), 1);
	expect_value(week, "state", "closed");
	json_decref(week);
	cr_expect_eq(count_of(p, "slot list --unit A --week 2026-W48"), 1u);
	program_free(p);
}

Test(slot, end_takes_its_last_day)
{
	struct program *p = installation();

	program_ok(p, "slot end 1 --until 2026-12-01");
	cr_expect_eq(count_of(p, "slot list --unit A --week 2026-W48"), 1u);
	cr_expect_eq(count_of(p, "slot list --unit A --week 2026-W49"), 0u);
	program_free(p);
}

Test(slot, close_without_until_is_one_day)
{
	struct program *p = installation();
	json_t *week;

	program_ok(p, "slot close A --from 2026-11-25");
	week = one_of(program_ok(p, "slot list --unit A --week 2026-W48 --json"), 1);
	expect_value(week, "state", "closed");
	json_decref(week);
	week = one_of(program_ok(p, "slot list --unit A --week 2026-W49 --json"), 1);
	expect_value(week, "state", "open");
	json_decref(week);
	program_ok(p, "slot close A --from 2026-12-01 --until 2026-12-31 --reason leave");
	week = one_of(program_ok(p, "slot list --unit A --week 2026-W51 --json"), 1);
	expect_value(week, "state", "closed");
	json_decref(week);
	program_free(p);
}

Test(slot, open_adds_an_extra_hole)
{
	struct program *p = installation();
	json_t *week;

	program_ok(p, "slot open C --date 2026-11-27 --start 8:00 --end 9:30");
	week = one_of(program_ok(p, "slot list --unit C --week 2026-W48 --json"), 1);
	expect_value(week, "start", "2026-11-27T08:00+02:00");
	expect_value(week, "end", "2026-11-27T09:30+02:00");
	json_decref(week);
	program_free(p);
}

Test(school_break, closes_the_school_based_units_of_its_municipality)
{
	struct program *p = installation();
	json_t *item;

	program_ok(p, "unit edit B --municipality Suistola");
	program_ok(p,
		"break add autumn --from 2026-11-23 --until 2026-11-29 --municipality Elsewhere");
	item = one_of(program_ok(p, "slot list --unit B --week 2026-W48 --json"), 1);
	expect_value(item, "state", "open");
	json_decref(item);
	program_ok(p, "break add 'a second' --from 2026-11-23 --until 2026-11-29");
	item = one_of(program_ok(p, "slot list --unit B --week 2026-W48 --json"), 1);
	expect_value(item, "state", "closed");
	json_decref(item);
	item = one_of(program_ok(p, "break list --json"), 2);
	expect_keys(item, "name from until municipality");
	expect_value(item, "name", "autumn");
	expect_value(item, "from", "2026-11-23");
	expect_value(item, "until", "2026-11-29");
	expect_value(item, "municipality", "Elsewhere");
	json_decref(item);
	cr_expect_not_null(strstr(program_ok(p, "break list"), "a second"));
	program_free(p);
}

static json_t *free_windows(struct program *p, const char *options, size_t count)
{
	json_t *found = json_of(program_ok(p, "free %s --json", options));
	json_t *windows = json_incref(json_object_get(found, "windows"));

	expect_keys(found, KEYS_FREE);
	cr_assert_eq(
		json_array_size(windows), count, "free %s: %zu", options, json_array_size(windows));
	json_decref(found);
	return windows;
}

static void expect_first(
	struct program *p, const char *options, size_t count, const char *start, const char *end)
{
	json_t *windows = free_windows(p, options, count);

	expect_value(json_array_get(windows, 0), "start", start);
	expect_value(json_array_get(windows, 0), "end", end);
	json_decref(windows);
}

Test(free_command, finds_the_shared_holes)
{
	struct program *p = installation();
	json_t *found = json_of(program_ok(p, "free --unit A B --optional C --limit 2 --json"));
	json_t *window;

	expect_keys(found, KEYS_FREE);
	expect_value(found, "units", "[\"A\",\"B\"]");
	expect_value(found, "minutes", "60");
	expect_value(found, "near_misses", "[]");
	cr_assert_eq(json_array_size(json_object_get(found, "windows")), 2u);
	window = json_array_get(json_object_get(found, "windows"), 0);
	expect_keys(window, "start end optional_free unconfirmed");
	expect_value(window, "start", "2026-11-25T12:00+02:00");
	expect_value(window, "end", "2026-11-25T15:00+02:00");
	expect_value(window, "optional_free", "[]");
	expect_value(window, "unconfirmed", "[\"A\",\"B\"]");
	json_decref(found);
	cr_expect_not_null(strstr(program_ok(p, "free --unit A,B --limit 1"), "25.11.2026"));
	program_free(p);
}

Test(free_command, looks_at_26_weeks_and_leaves_out_holidays)
{
	struct program *p = installation();

	json_decref(free_windows(p, "--unit A", 25)); /* not on 6.1.2027 */
	program_free(p);
}

Test(free_command, minutes_is_the_least_length)
{
	struct program *p = installation();

	expect_first(p, "--unit A --minutes 180 --limit 1", 1, "2026-11-25T12:00+02:00",
		"2026-11-25T15:00+02:00");
	json_decref(free_windows(p, "--unit A --minutes 181", 0));
	program_free(p);
}

Test(free_command, from_and_weeks_bound_the_days)
{
	struct program *p = installation();

	expect_first(p, "--unit A --from 2026-12-03 --weeks 1", 1, "2026-12-09T12:00+02:00",
		"2026-12-09T15:00+02:00");
	json_decref(free_windows(p, "--unit A --weeks 3", 3));
	program_free(p);
}

Test(free_command, notice_counts_working_days)
{
	struct program *p = installation();

	expect_first(p, "--unit A --notice 1 --limit 1", 1, "2026-11-25T12:00+02:00",
		"2026-11-25T15:00+02:00");
	expect_first(p, "--unit A --notice 2 --limit 1", 1, "2026-12-02T12:00+02:00",
		"2026-12-02T15:00+02:00");
	program_free(p);
}

Test(free_command, the_familys_limits_are_cut_off)
{
	struct program *p = installation();

	expect_first(p, "--unit A --after 13:00 --before 14.30 --limit 1", 1,
		"2026-11-25T13:00+02:00", "2026-11-25T14:30+02:00");
	json_decref(free_windows(p, "--unit A --not-weekday 1,3", 0));
	json_decref(free_windows(p, "--unit A --not-weekday 1 5 --limit 1", 1));
	program_free(p);
}

Test(free_command, tells_which_optional_units_are_free)
{
	struct program *p = installation();
	json_t *windows = free_windows(p, "--unit A --optional B C --limit 1", 1);

	expect_value(json_array_get(windows, 0), "optional_free", "[\"B\"]");
	json_decref(windows);
	program_free(p);
}

Test(free_command, names_who_stands_in_the_way_when_there_is_none)
{
	struct program *p = installation();
	json_t *found = json_of(program_ok(p, "free --unit A --unit C --json")), *miss;

	expect_value(found, "windows", "[]");
	miss = json_array_get(json_object_get(found, "near_misses"), 0);
	expect_keys(miss, "start end missing");
	expect_value(miss, "start", "2026-11-25T12:00+02:00");
	expect_value(miss, "missing", "[\"C\"]");
	json_decref(found);
	cr_expect_not_null(strstr(program_ok(p, "free --unit A --unit C"), "not C"));
	program_free(p);
}

Test(free_command, leaves_out_what_is_booked)
{
	struct program *p = installation();

	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-11-25T12:00");
	expect_first(
		p, "--unit A --limit 1", 1, "2026-11-25T13:00+02:00", "2026-11-25T15:00+02:00");
	program_free(p);
}

Test(call, prints_the_cases_code_and_keeps_what_was_given)
{
	struct program *p = installation();
	json_t *item;

	cr_expect_str_eq(
		program_ok(p, "call add --from family --caller mother --concern 'at home'"
			      " --child B --birth-year 2019 --municipality Malmila --phone 2100"
			      " --adult mother --adult grandmother --language sv"
			      " --interpreter ar"),
		"2026-0002");
	item = one_of(program_ok(p, "case list --json"), 2);
	expect_keys(item, KEYS_CASE);
	expect_value(item, "code", "2026-0002");
	expect_value(item, "opened", "2026-11-24T10:42+02:00");
	expect_value(item, "status", "open");
	expect_value(item, "child", "B");
	expect_value(item, "birth_year", "2019");
	expect_value(item, "municipality", "Malmila");
	expect_value(item, "concern", "at home");
	expect_value(item, "adults", "[\"mother\",\"grandmother\"]");
	expect_value(item, "language", "sv");
	expect_value(item, "interpreter", "ar");
	json_decref(item);
	item = one_of(program_ok(p, "export calls --format json --from 2026-11-24"), 2);
	expect_keys(item, KEYS_CALL);
	expect_value(item, "case", CASE_1);
	expect_value(item, "received", "2026-11-24T10:42+02:00");
	expect_value(item, "from", "school");
	expect_value(item, "caller", "teacher");
	expect_value(item, "concern", "many absences");
	expect_value(item, "outcome", "meeting");
	json_decref(item);
	program_free(p);
}

Test(call, every_source_is_taken)
{
	static const char *const sources[] = { "family", "young_person", "early_education",
		"school", "health", "social", "adult_services", "ngo", "other" };
	struct program *p = installation();

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		program_ok(p, "call add --from %s --caller c --concern c", sources[i]);
	program_free(p);
}

Test(call, with_case_adds_to_it)
{
	struct program *p = installation();
	json_t *item;

	cr_expect_str_eq(program_ok(p, "call add --case " CASE_1 " --from family --caller father"
				       " --concern more"),
		CASE_1);
	item = json_of(program_ok(p, "case show " CASE_1 " --json"));
	cr_expect_eq(json_array_size(json_object_get(item, "calls")), 2u);
	expect_value(item, "concern", "many absences");
	json_decref(item);
	program_free(p);
}

Test(call, other_outcomes_open_no_case_and_print_none)
{
	struct program *p = installation();
	sqlite3 *db = database_open(p);

	cr_expect_str_empty(program_ok(p, "call add --from family --caller c --concern c --child X"
					  " --outcome advice"));
	cr_expect_str_empty(program_ok(p, "call add --from school --caller c --concern c"
					  " --outcome discussion"));
	cr_expect_str_empty(program_ok(p, "call add --from ngo --caller secret --concern secret"
					  " --outcome notification"));
	cr_expect_eq(count_of(p, "case list"), 1u);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM call"), 4);
	cr_expect_eq(database_number(db, "SELECT count(*) FROM call WHERE caller = 'secret'"), 0);
	sqlite3_close(db);
	program_free(p);
}

Test(call, a_non_disclosure_order_hides_municipality_and_place)
{
	struct program *p = installation();
	json_t *item;

	program_ok(p, "call add --from family --caller c --concern c --municipality Kaukana"
		      " --non-disclosure");
	program_ok(p, "meeting book 2026-0002 --unit A --start 2026-11-25T12:00 --place Piilossa");
	cr_expect_null(strstr(program_ok(p, "case list --json"), "Kaukana"));
	cr_expect_null(strstr(program_ok(p, "case list"), "Kaukana"));
	cr_expect_null(strstr(program_ok(p, "export cases --format csv"), "Kaukana"));
	cr_expect_null(strstr(program_ok(p, "meeting list --json"), "Piilossa"));
	cr_expect_null(strstr(program_ok(p, "meeting list"), "Piilossa"));
	cr_expect_null(strstr(program_ok(p, "export meetings --format csv"), "Piilossa"));
	cr_expect_null(strstr(program_ok(p, "export meetings --format ics"), "Piilossa"));
	cr_expect_null(strstr(program_ok(p, "export meetings --format ics"), "Kaukana"));
	item = one_of(program_ok(p, "case list --json"), 2);
	expect_value(item, "municipality", "null");
	expect_value(item, "non_disclosure", "true");
	json_decref(item);
	program_free(p);
}

Test(case_command, is_listed_searched_shown_and_closed)
{
	struct program *p = installation();
	json_t *item;

	program_ok(p, "call add --from family --caller mother --concern 'öisin hereillä'");
	cr_expect_eq(count_of(p, "case list"), 2u);
	cr_expect_eq(count_of(p, "case list --search absen"), 1u);
	cr_expect_eq(count_of(p, "case list --search ÖISIN"), 1u);
	cr_expect_eq(count_of(p, "case list --search 2026-0002"), 1u);
	cr_expect_eq(count_of(p, "case list --search nowhere"), 0u);
	item = json_of(program_ok(p, "case show " CASE_1 " --json"));
	expect_keys(item, KEYS_CASE " email needed_units calls consents meetings");
	expect_keys(json_array_get(json_object_get(item, "calls"), 0), KEYS_CALL);
	json_decref(item);
	cr_expect_not_null(strstr(program_ok(p, "case show " CASE_1), "many absences"));
	program_ok(p, "case close " CASE_1 " --reason 'all is well'");
	cr_expect_eq(count_of(p, "case list --open"), 1u);
	item = json_of(program_ok(p, "case show " CASE_1 " --json"));
	expect_value(item, "status", "closed");
	expect_value(item, "closed_reason", "all is well");
	json_decref(item);
	program_free(p);
}

static void database_do(struct program *p, const char *sql)
{
	sqlite3 *db = database_open(p);

	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* As a purge leaves it. */
Test(case_command, tells_of_a_call_whose_texts_are_gone_that_it_was)
{
	struct program *p = installation();
	const char *shown;

	program_ok(p, "call add --case " CASE_1 " --from family --caller mother --concern again");
	program_ok(p, "case close " CASE_1 " --reason 'all is well'");
	database_do(p, "UPDATE call SET caller = NULL, phone = NULL, concern = NULL WHERE id = 1;"
		       "UPDATE call SET concern = NULL WHERE id = 2;"
		       "UPDATE case_ref SET purged_at = closed_at, closed_reason = ''");
	shown = program_ok(p, "case show " CASE_1);
	cr_expect(strstr(shown, "Tue 24.11.2026 at 10:42\ncall"), "%s", shown);
	cr_expect_str_eq(strrchr(shown, ','), ", mother");
	cr_expect_not(strstr(shown, "null"), "%s", shown);
	cr_expect_not(strstr(shown, "closed because"), "%s", shown);
	program_free(p);
}

Test(case_command, a_look_is_logged)
{
	struct program *p = installation();
	sqlite3 *db = database_open(p);

	program_ok(p, "case show " CASE_1);
	cr_expect_eq(
		database_number(db, "SELECT count(*) FROM access_log WHERE use_case = 'case_look'"
				    " AND case_id = 1 AND clock_fixed = 1"),
		1);
	sqlite3_close(db);
	program_free(p);
}

Test(consent, is_given_and_withdrawn)
{
	struct program *p = installation();
	json_t *item, *consent;

	program_ok(p, "consent give " CASE_1 " --unit A B --by guardian --how 'in writing'");
	program_ok(p, "consent withdraw " CASE_1 " --unit B");
	item = json_of(program_ok(p, "case show " CASE_1 " --json"));
	consent = json_array_get(json_object_get(item, "consents"), 0);
	expect_keys(consent, "unit given_by how given withdrawn");
	expect_value(consent, "unit", "A");
	expect_value(consent, "given_by", "guardian");
	expect_value(consent, "how", "in writing");
	expect_value(consent, "given", "2026-11-24T10:42+02:00");
	expect_value(consent, "withdrawn", "null");
	expect_value(json_array_get(json_object_get(item, "consents"), 1), "withdrawn",
		"2026-11-24T10:42+02:00");
	json_decref(item);
	program_free(p);
}

Test(meeting, is_booked_listed_shown_moved_and_cancelled)
{
	struct program *p = installation();
	json_t *item;

	cr_expect_str_eq(program_ok(p, "meeting book " CASE_1 " --unit A B --start 2026-12-02T13:00"
				       " --minutes 90 --place 'Room 1' --follow-up"),
		"1");
	item = json_of(program_ok(p, "meeting show 1 --json"));
	expect_keys(item, KEYS_MEETING " invitations");
	expect_value(item, "id", "1");
	expect_value(item, "case", CASE_1);
	expect_value(item, "kind", "follow_up");
	expect_value(item, "start", "2026-12-02T13:00+02:00");
	expect_value(item, "end", "2026-12-02T14:30+02:00");
	expect_value(item, "place", "Room 1");
	expect_value(item, "status", "booked");
	expect_value(item, "units", "[\"A\",\"B\"]");
	json_decref(item);
	program_ok(p, "meeting move 1 --start 2026-12-09T12:00");
	item = one_of(program_ok(p, "meeting list --json"), 1);
	expect_keys(item, KEYS_MEETING);
	expect_value(item, "start", "2026-12-09T12:00+02:00");
	expect_value(item, "end", "2026-12-09T13:30+02:00");
	json_decref(item);
	cr_expect_not_null(strstr(program_ok(p, "meeting list"), CASE_1));
	cr_expect_not_null(strstr(program_ok(p, "meeting show 1"), "Room 1"));
	program_ok(p, "meeting cancel 1 --reason ill");
	item = json_of(program_ok(p, "meeting show 1 --json"));
	expect_value(item, "status", "cancelled");
	json_decref(item);
	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-12-09T12:00");
	program_free(p);
}

Test(meeting, list_is_by_start_and_bounded_on_both_ends_by_unit)
{
	struct program *p = installation();
	json_t *first;

	program_ok(p, "meeting book " CASE_1 " --unit B --start 2026-12-09T12:00");
	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-12-02T12:00");
	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-11-25T12:00");
	first = one_of(program_ok(p, "meeting list --json"), 3);
	expect_value(first, "id", "3");
	json_decref(first);
	cr_expect_eq(count_of(p, "meeting list --from 2026-12-02 --to 2026-12-09"), 2u);
	cr_expect_eq(count_of(p, "meeting list --from 2026-11-26 --to 2026-12-02"), 1u);
	cr_expect_eq(count_of(p, "meeting list --unit A"), 2u);
	cr_expect_eq(count_of(p, "meeting list --to 2026-11-24"), 0u);
	program_free(p);
}

/* A meeting that was held an hour ago. */
static void hold_a_meeting(struct program *p)
{
	program_ok(p, "meeting book " CASE_1 " --unit A B --start 2026-11-25T12:00");
	program_set(p, "KUTSU_NOW", "2026-11-25T14:00");
}

static void expect_recorded(struct program *p)
{
	json_t *item = json_of(program_ok(p, "meeting show 1 --json"));

	expect_keys(item, KEYS_MEETING
		" invitations attended absent adults facilitator child_present child_heard"
		" strengths vulnerabilities notes revision recorded_by recorded actions follow_up");
	expect_value(item, "status", "recorded");
	expect_value(item, "attended", "[\"A\"]");
	expect_value(item, "absent", "[\"B\"]");
	expect_value(item, "adults", "[\"mother\"]");
	expect_value(item, "facilitator", "coordinator");
	expect_value(item, "child_present", "true");
	expect_value(item, "child_heard", "false");
	expect_value(item, "strengths", "friends");
	expect_value(item, "vulnerabilities", "mornings");
	expect_value(item, "notes", "n");
	expect_value(item, "follow_up", "{\"needed\":true,\"within_weeks\":6}");
	json_decref(item);
}

Test(meeting, is_recorded_from_a_file)
{
	struct program *p = installation();

	hold_a_meeting(p);
	program_write(p, "record.json", RECORD);
	program_ok(p, "meeting record 1 --file record.json");
	expect_recorded(p);
	program_free(p);
}

Test(meeting, is_recorded_from_standard_input)
{
	struct program *p = installation();

	hold_a_meeting(p);
	program_input(p, RECORD);
	program_ok(p, "meeting record 1 --file -");
	expect_recorded(p);
	program_free(p);
}

Test(meeting, every_place_of_an_action_is_taken)
{
	static const char *const places[] = { "home", "early_education", "school", "leisure",
		"services" };
	struct program *p = installation();
	char record[200];

	hold_a_meeting(p);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(record, sizeof(record),
			"{\"actions\": [{\"who\": \"w\", \"what\": \"x\", \"where\": \"%s\"}], "
			"\"follow_up\": {\"needed\": false, \"reason\": \"r\"}}",
			places[i]);
		program_input(p, record);
		program_ok(p, "meeting record 1 --file -");
	}
	program_free(p);
}

Test(action, is_listed_and_done)
{
	struct program *p = installation();
	json_t *item;

	hold_a_meeting(p);
	program_input(p, RECORD);
	program_ok(p, "meeting record 1 --file -");
	item = one_of(program_ok(p, "action list --json"), 1);
	expect_keys(item, KEYS_ACTION);
	expect_value(item, "id", "1");
	expect_value(item, "meeting", "1");
	expect_value(item, "case", CASE_1);
	expect_value(item, "who", "teacher");
	expect_value(item, "what", "calls");
	expect_value(item, "where", "school");
	expect_value(item, "due", "2026-12-15");
	expect_value(item, "done", "false");
	json_decref(item);
	cr_expect_not_null(strstr(program_ok(p, "action list"), "calls"));
	cr_expect_eq(count_of(p, "action list --late"), 0u);
	program_set(p, "KUTSU_NOW", "2026-12-15T23:00");
	cr_expect_eq(count_of(p, "action list --late"), 0u, "due today is not late");
	program_set(p, "KUTSU_NOW", "2026-12-16T08:00");
	cr_expect_eq(count_of(p, "action list --late"), 1u);
	program_ok(p, "action done 1");
	cr_expect_eq(count_of(p, "action list --late"), 0u);
	item = one_of(program_ok(p, "action list --json"), 1);
	expect_value(item, "done", "true");
	json_decref(item);
	program_free(p);
}

Test(export, json_has_the_same_keys_as_the_lists)
{
	struct program *p = installation();
	static const char *const wanted[][2] = { { "calls", KEYS_CALL }, { "cases", KEYS_CASE },
		{ "meetings", KEYS_MEETING }, { "actions", KEYS_ACTION }, { "units", KEYS_UNIT } };

	hold_a_meeting(p);
	program_input(p, RECORD);
	program_ok(p, "meeting record 1 --file -");
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		json_t *list = json_of(program_ok(p, "export %s --format json", wanted[i][0]));

		cr_assert_geq(json_array_size(list), 1u);
		expect_keys(json_array_get(list, 0), wanted[i][1]);
		json_decref(list);
	}
	program_free(p);
}

Test(export, slots_tell_closings_openings_and_breaks_too)
{
	struct program *p = installation();
	json_t *slots;

	program_ok(p, "slot close A --from 2026-12-02 --until 2026-12-08 --reason away");
	program_ok(p, "slot open C --date 2026-12-03 --start 9 --end 10");
	program_ok(p, "break add winter --from 2027-03-08 --until 2027-03-14");
	slots = json_of(program_ok(p, "export slots --format json"));
	expect_keys(slots, "slots closings openings breaks");
	expect_keys(json_array_get(json_object_get(slots, "slots"), 0), KEYS_SLOT);
	expect_keys(
		json_array_get(json_object_get(slots, "closings"), 0), "unit from until reason");
	expect_keys(json_array_get(json_object_get(slots, "openings"), 0), "unit date start end");
	expect_keys(json_array_get(json_object_get(slots, "breaks"), 0),
		"name from until municipality");
	json_decref(slots);
	program_free(p);
}

Test(export, csv_has_one_header_row_with_the_keys)
{
	static const char *const things[][2] = { { "calls", KEYS_CALL }, { "cases", KEYS_CASE },
		{ "meetings", KEYS_MEETING }, { "actions", KEYS_ACTION }, { "slots", KEYS_SLOT },
		{ "units", KEYS_UNIT } };
	struct program *p = installation();

	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
		const char *csv = program_ok(p, "export %s --format csv", things[i][0]);
		char keys[300];
		size_t length = strcspn(csv, "\r");

		cr_assert_lt(length, sizeof(keys));
		snprintf(keys, sizeof(keys), "%.*s", (int)length, csv);
		for (char *comma = strchr(keys, ','); comma; comma = strchr(comma, ','))
			*comma = ' ';
		cr_expect_str_eq(keys, things[i][1], "%s", things[i][0]);
	}
	program_free(p);
}

Test(export, days_bound_what_is_written)
{
	struct program *p = installation();

	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-12-02T12:00");
	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-12-09T12:00");
	cr_expect_not_null(strstr(
		program_ok(p, "export meetings --format csv --from 2026-12-03 --to 2026-12-09"),
		"2026-12-09"));
	cr_expect_null(strstr(
		program_ok(p, "export meetings --format csv --from 2026-12-03 --to 2026-12-09"),
		"2026-12-02"));
	cr_expect_str_eq(program_ok(p, "export calls --format json --to 2026-11-23"), "[]");
	program_free(p);
}

Test(export, icalendar_holds_nothing_about_the_child)
{
	struct program *p = installation();
	const char *ics;

	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-12-02T12:00");
	ics = program_ok(p, "export meetings --format ics");
	cr_expect_not_null(strstr(ics, "BEGIN:VEVENT"));
	cr_expect_null(strstr(ics, "A. K."));
	cr_expect_null(strstr(ics, "absences"));
	cr_expect_null(strstr(ics, "mother"));
	cr_expect_not_null(strstr(program_ok(p, "export slots --format ics"), "RRULE:"));
	program_free(p);
}

Test(export, is_logged_as_a_disclosure)
{
	struct program *p = installation();
	sqlite3 *db = database_open(p);

	program_ok(p, "export cases --format json");
	cr_expect_eq(database_number(db, "SELECT count(*) FROM access_log WHERE use_case = 'export'"
					 " AND detail = 'cases'"),
		1);
	sqlite3_close(db);
	program_free(p);
}
