/* "kutsu import ics": texts, exit status, what is kept. */
#include "installation.h"

#define CALENDAR(events) "BEGIN:VCALENDAR\nVERSION:2.0\n" events "END:VCALENDAR\n"
#define HOLE                                                                                       \
	"BEGIN:VEVENT\nUID:h\nSUMMARY:reikä\nDTSTART:20261203T090000\nDTEND:20261203T110000\n"    \
	"RRULE:FREQ=WEEKLY\nEXDATE:20261210T090000\nLOCATION:Room 5\nEND:VEVENT\n"
#define BUSY                                                                                       \
	"BEGIN:VEVENT\nUID:b\nSUMMARY:dentist\nDTSTART:20261202T120000\nDTEND:20261202T130000\n"   \
	"END:VEVENT\n"
#define OVER_MIDNIGHT                                                                              \
	"BEGIN:VEVENT\nUID:m\nSUMMARY:hole\nDTSTART:20261203T230000\nDTEND:20261204T010000\n"      \
	"END:VEVENT\n"

static int64_t number(struct program *p, const char *sql)
{
	sqlite3 *db = database_open(p);
	int64_t value = database_number(db, sql);

	sqlite3_close(db);
	return value;
}

Test(import_ics, tells_what_changes_and_does_it)
{
	struct program *p = installation();

	program_write(p, "a.ics", CALENDAR(HOLE BUSY));
	cr_expect_str_eq(program_ok(p, "import ics a.ics --unit A"),
		"+  hole  Thu 09:00–11:00             weekly  3.12.2026–  Room 5\n"
		"+  away  Thu 10.12.2026 09:00–11:00\n"
		"+  away  Wed 2.12.2026 12:00–13:00\n"
		"added 3, ended 0; events unchanged 0, older than what is there 0");
	cr_expect_str_eq(program_ok(p, "import ics a.ics --unit A"),
		"added 0, ended 0; events unchanged 2, older than what is there 0");
	cr_expect_str_empty(program_err(p));
	program_free(p);
}

Test(import_ics, reads_standard_input)
{
	struct program *p = installation();

	program_input(p, CALENDAR(HOLE));
	program_ok(p, "import ics - --unit C");
	cr_expect_eq(number(p, "SELECT count(*) FROM slot WHERE place = 'Room 5'"), 1);
	program_free(p);
}

Test(import_ics, only_tells_in_a_dry_run)
{
	struct program *p = installation();

	program_write(p, "a.ics", CALENDAR(HOLE));
	cr_expect_not_null(strstr(
		program_ok(p, "import ics a.ics --unit A --dry-run"), "would be added 2, ended 0"));
	cr_expect_eq(number(p, "SELECT count(*) FROM slot"), 2);
	cr_expect_eq(number(p, "SELECT count(*) FROM imported_event"), 0);
	program_free(p);
}

Test(import_ics, tells_the_booked_meeting_that_loses_its_hole)
{
	struct program *p = installation();

	program_ok(p, "meeting book " CASE_1 " --unit A --start 2026-12-02T12:00");
	program_write(p, "a.ics", CALENDAR(BUSY));
	cr_expect_not_null(strstr(program_ok(p, "import ics a.ics --unit A"),
		"! meeting 1, Wed 2.12.2026 at 12:00–13:00, stays booked without a hole\n"));
	program_free(p);
}

#define BUSY_ONLY "kutsu: a.ics: no event is named a hole (reikä, lucka, hole); busy times only\n"

Test(import_ics, tells_where_no_event_is_named_a_hole_but_some_close_holes)
{
	struct program *p = installation();

	program_write(p, "a.ics", CALENDAR(BUSY));
	program_ok(p, "import ics a.ics --unit A --dry-run");
	cr_expect_str_eq(program_err(p), BUSY_ONLY);
	program_ok(p, "import ics a.ics --unit A");
	cr_expect_str_eq(program_err(p), BUSY_ONLY);
	program_ok(p, "import ics a.ics --unit C");
	cr_expect_str_empty(program_err(p), "it closes nothing there");
	program_write(p, "a.ics", CALENDAR(BUSY OVER_MIDNIGHT));
	program_ok(p, "import ics a.ics --unit A --partial");
	cr_expect_null(strstr(program_err(p), "busy times only"));
	program_free(p);
}

Test(import_ics, takes_back_what_a_whole_calendar_has_no_more)
{
	struct program *p = installation();

	program_write(p, "a.ics", CALENDAR(HOLE BUSY));
	program_ok(p, "import ics a.ics --unit A");
	program_write(p, "a.ics", CALENDAR(BUSY));
	cr_expect_not_null(strstr(program_ok(p, "import ics a.ics --unit A"), "added 0, ended 0"));
	cr_expect_str_eq(program_ok(p, "import ics a.ics --unit A --whole"),
		"-  hole  Thu 09:00–11:00             weekly  3.12.2026–  Room 5\n"
		"-  away  Thu 10.12.2026 09:00–11:00\n"
		"added 0, ended 2; events unchanged 1, older than what is there 0");
	cr_expect_eq(number(p, "SELECT count(*) FROM slot"), 2);
	program_free(p);
}

Test(import_ics, takes_nothing_where_something_cant_be_taken)
{
	struct program *p = installation();

	program_write(p, "a.ics", CALENDAR(HOLE OVER_MIDNIGHT));
	cr_expect_eq(program_do(p, "import ics a.ics --unit A"), 1);
	cr_expect_str_empty(program_out(p));
	cr_expect_str_eq(program_err(p),
		"kutsu: a.ics:12: a hole can't go on over midnight; end it before\n"
		"kutsu: nothing was taken: 1 event can't be; correct it or use --partial\n");
	cr_expect_eq(number(p, "SELECT count(*) FROM slot"), 2);
	cr_expect_eq(program_do(p, "import ics a.ics --unit A --dry-run"), 1);
	cr_expect_not_null(strstr(program_out(p), "would be added 2"));
	cr_expect_eq(number(p, "SELECT count(*) FROM slot"), 2);
	cr_expect_eq(program_do(p, "import ics a.ics --unit A --partial"), 0);
	cr_expect_str_eq(program_err(p),
		"kutsu: a.ics:12: a hole can't go on over midnight; end it before\n");
	cr_expect_eq(number(p, "SELECT count(*) FROM slot"), 3);
	program_free(p);
}

Test(import_ics, refuses_what_is_no_calendar_with_file_and_line)
{
	struct program *p = installation();

	program_write(p, "a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n");
	program_refused(p, 2, "a.ics:2: the file breaks off in the VEVENT",
		"import ics a.ics --unit A --partial");
	program_write(p, "a.ics", "");
	program_refused(p, 2, "a.ics:1: this is no iCalendar file", "import ics a.ics --unit A");
	program_refused(p, 2, "--unit", "import ics a.ics");
	program_write(p, "a.ics", CALENDAR(HOLE));
	program_refused(p, 5, "no unit", "import ics a.ics --unit X --partial");
	program_refused(p, 1, "can't be read", "import ics none.ics --unit A");
	program_free(p);
}

Test(import_ics, is_json_too)
{
	struct program *p = installation();
	json_t *told, *change;

	program_write(p, "a.ics", CALENDAR(HOLE OVER_MIDNIGHT));
	told = json_of(program_ok(p, "import ics a.ics --unit A --partial --json"));
	expect_keys(told, "dry_run unchanged older changes meetings troubles");
	expect_value(told, "dry_run", "false");
	change = json_array_get(json_object_get(told, "changes"), 0);
	expect_keys(change, "change thing line " KEYS_SLOT);
	expect_value(change, "change", "added");
	expect_value(change, "thing", "slot");
	expect_value(change, "line", "3");
	expect_value(change, "place", "Room 5");
	change = json_array_get(json_object_get(told, "changes"), 1);
	expect_keys(change, "change thing line unit from until reason start end");
	expect_keys(json_array_get(json_object_get(told, "troubles"), 0), "line reason");
	json_decref(told);
	program_free(p);
}

Test(import_ics, of_our_own_export_to_another_unit_gives_the_same_slots)
{
	struct program *p = installation();
	json_t *slots;

	program_ok(p, "export slots --format ics --unit B -o b.ics");
	program_ok(p, "import ics b.ics --unit C");
	slots = json_of(program_ok(p, "slot list --unit C --json"));
	cr_assert_eq(json_array_size(slots), 1u);
	expect_value(json_array_get(slots, 0), "weekday", "3");
	expect_value(json_array_get(slots, 0), "start", "12:00");
	expect_value(json_array_get(slots, 0), "capacity", "2");
	json_decref(slots);
	program_refused(p, 2, "only meetings and slots", "export units --format csv --unit B");
	program_refused(p, 5, "no unit", "export slots --format csv --unit X");
	program_free(p);
}
