/* A list written out with E: in which form, to which file, and how it is fetched over ssh. */
#include "stage.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static struct stage stage;
static char folder[FIXTURE_FOLDER_SIZE];

/* Files stand in a folder of their own, which is the user's HOME. */
static void begin(void)
{
	stage_begin(&stage);
	fixture_folder(folder);
	setenv("HOME", folder, 1);
	fixture_unit(stage.session, "A");
	fixture_unit(stage.session, "B");
	fixture_slot(stage.session, "A", 3, "12:00", "15:00");
	fixture_slot(stage.session, "B", 3, "12:00", "15:00");
	fixture_meeting(stage.session, fixture_case(stage.session), "A", "2026-12-02T13:00");
	fixture_meeting(stage.session, fixture_case(stage.session), "B", "2026-12-09T13:00");
}

static void end(void)
{
	stage_end(&stage);
	fixture_folder_remove(folder);
}

TestSuite(export_dialog, .init = begin, .fini = end);

static void open_dialog(enum export_what what, const char *unit)
{
	stage_push(&stage, today_screen_new());
	stage_push(&stage, export_dialog_new(&stage.ui, what, unit));
}

/* The dialog begins in the form of the file; a spreadsheet is the last. */
static void choose_format(enum export_format format)
{
	for (int i = EXPORT_XLSX; i > (int)format; i--)
		stage_press(&stage, PRESS_LEFT);
	stage_press(&stage, PRESS_TAB);
}

static void name_file(const char *name)
{
	stage_press(&stage, PRESS_CONTROL + 'U');
	stage_type(&stage, folder);
	stage_type(&stage, "/");
	stage_type(&stage, name);
}

static void enter(void)
{
	stage_press(&stage, PRESS_ENTER);
}

static int count_files(void)
{
	DIR *files = opendir(folder);
	struct dirent *entry;
	int count = 0;

	cr_assert_not_null(files);
	while ((entry = readdir(files)))
		count += entry->d_name[0] != '.';
	closedir(files);
	return count;
}

/* The file, NUL-terminated; what there is not is empty. Good until the next call. */
static const char *read_file(const char *name)
{
	static char text[20000];
	char path[300];
	FILE *file;
	size_t size = 0;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "r");
	if (file) {
		size = fread(text, 1, sizeof(text) - 1, file);
		fclose(file);
	}
	text[size] = '\0';
	return text;
}

static void expect_in_file(const char *name, const char *part)
{
	const char *text = read_file(name);

	cr_expect_not_null(strstr(text, part), "no \"%s\" in %s: %s", part, name, text);
}

static int64_t count_logged(void)
{
	return fixture_number(
		stage.session, "SELECT count(*) FROM access_log WHERE use_case LIKE 'export%'");
}

Test(export_dialog, writes_a_file_in_each_form)
{
	static const struct {
		enum export_format format;
		const char *name, *part;
	} forms[] = {
		{ EXPORT_CSV, "list.csv", "2026-12-02" },
		{ EXPORT_JSON, "list.json", "\"units\": [\"A\"]" },
		{ EXPORT_ICS, "list.ics", "BEGIN:VCALENDAR" },
		{ EXPORT_XLSX, "list.xlsx", "PK" },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		open_dialog(EXPORT_MEETINGS, NULL);
		choose_format(forms[i].format);
		name_file("list");
		enter();
		cr_expect_str_eq(stage.top->ops->title, "Today");
		expect_in_file(forms[i].name, forms[i].part);
		cr_expect_eq(count_files(), (int)i + 1);
		cr_expect_eq(count_logged(), (int64_t)i + 1);
	}
}

Test(export_dialog, offers_a_spreadsheet_in_the_home_folder_by_the_day_of_today)
{
	open_dialog(EXPORT_MEETINGS, NULL);
	stage_expect("spreadsheet");
	enter();
	stage_expect_said(&stage, "/meetings-2026-11-24.xlsx; the log tells of it");
	expect_in_file("meetings-2026-11-24.xlsx", "PK");
}

Test(export_dialog, says_to_which_file_it_wrote)
{
	char said[200];

	open_dialog(EXPORT_UNITS, NULL);
	choose_format(EXPORT_CSV);
	name_file("list");
	enter();
	snprintf(said, sizeof(said), "written to %s/list.csv; the log tells of it", folder);
	stage_expect_said(&stage, said);
}

Test(export_dialog, keeps_the_ending_that_a_name_has)
{
	open_dialog(EXPORT_UNITS, NULL);
	choose_format(EXPORT_CSV);
	name_file("list.txt");
	enter();
	expect_in_file("list.txt", "A");
	cr_expect_eq(count_files(), 1);
}

Test(export_dialog, takes_no_dot_of_a_folder_for_an_ending)
{
	open_dialog(EXPORT_UNITS, NULL);
	choose_format(EXPORT_CSV);
	name_file("./list");
	enter();
	expect_in_file("list.csv", "A");
}

Test(export_dialog, writes_over_no_file_that_is_there)
{
	open_dialog(EXPORT_UNITS, NULL);
	choose_format(EXPORT_CSV);
	name_file("list.csv");
	enter();
	fixture_unit(stage.session, "LATER");
	open_dialog(EXPORT_UNITS, NULL);
	choose_format(EXPORT_CSV);
	name_file("list");
	enter();
	stage_expect_said(&stage, "is there already; give another name");
	stage_expect("Write it out");
	cr_expect_null(strstr(read_file("list.csv"), "LATER"));
	cr_expect_eq(count_logged(), 1);
	stage_type(&stage, "2");
	enter();
	expect_in_file("list2.csv", "LATER");
}

Test(export_dialog, asks_for_a_name)
{
	open_dialog(EXPORT_UNITS, NULL);
	choose_format(EXPORT_CSV);
	stage_press(&stage, PRESS_CONTROL + 'U');
	enter();
	stage_expect_said(&stage, "to which file? write its name");
	cr_expect_eq(count_files(), 0);
}

Test(export_dialog, leaves_no_file_where_there_is_no_such_form)
{
	open_dialog(EXPORT_CASES, NULL);
	choose_format(EXPORT_ICS);
	name_file("list");
	enter();
	cr_expect_eq(stage.ui.status_kind, STATUS_ERROR);
	stage_expect("Write it out");
	cr_expect_eq(count_files(), 0);
	cr_expect_eq(count_logged(), 0);
}

Test(export_dialog, says_where_a_file_can_not_be_written)
{
	open_dialog(EXPORT_UNITS, NULL);
	choose_format(EXPORT_CSV);
	name_file("none/list.csv");
	enter();
	stage_expect_said(&stage, "none/list.csv can't be written");
	cr_expect_eq(count_logged(), 0);
}

Test(export_dialog, tells_the_log_to_whom_and_why)
{
	open_dialog(EXPORT_UNITS, NULL);
	choose_format(EXPORT_CSV);
	name_file("list");
	stage_press(&stage, PRESS_TAB);
	stage_type(&stage, "the county");
	stage_press(&stage, PRESS_TAB);
	stage_type(&stage, "yearly report");
	enter();
	cr_expect_eq(
		fixture_number(stage.session, "SELECT count(*) FROM access_log WHERE recipient ="
					      " 'the county' AND reason = 'yearly report'"),
		1);
}

Test(export_dialog, of_a_unit_writes_only_its_own)
{
	open_dialog(EXPORT_MEETINGS, "B");
	choose_format(EXPORT_CSV);
	name_file("list");
	enter();
	expect_in_file("list.csv", "2026-12-09");
	cr_expect_null(strstr(read_file("list.csv"), "2026-12-02"));
}

Test(export_dialog, of_a_contact_writes_the_own_units_without_the_case)
{
	stage_be_contact(&stage, "A");
	stage_push(&stage, own_unit_screen_new());
	stage_type(&stage, "E");
	stage_expect("Write it out");
	choose_format(EXPORT_CSV);
	name_file("list");
	enter();
	expect_in_file("list.csv", "2026-12-02");
	cr_expect_null(strstr(read_file("list.csv"), "2026-12-09"));
	cr_expect_null(strstr(read_file("list.csv"), "2026-0001"));
}

Test(export_dialog, over_ssh_tells_what_to_type_and_writes_nothing)
{
	setenv("USER", "kutsu-host", 1);
	stage.session->identity.origin = "10.1.2.3";
	stage.ui.columns = 120;
	open_dialog(EXPORT_MEETINGS, NULL);
	stage_expect("ssh kutsu-host@");
	stage_expect(" export meetings --format xlsx > meetings.xlsx");
	enter();
	stage_press(&stage, PRESS_ESC);
	cr_expect_str_eq(stage.top->ops->title, "Today");
	cr_expect_eq(count_files(), 0);
	cr_expect_eq(count_logged(), 0);
}

Test(export_dialog, over_ssh_names_the_unit)
{
	stage.session->identity.origin = "10.1.2.3";
	stage.ui.columns = 120;
	open_dialog(EXPORT_MEETINGS, "B");
	stage_expect(" export meetings --unit B --format xlsx > meetings.xlsx");
}

/* ---- Who is offered E. ---- */

static const struct key_binding *write_out(void)
{
	const struct key_binding *binding = stage.top->ops->keys;

	while (binding->key && binding->key != PRESS_CHARACTER + 'E')
		binding++;
	cr_assert(binding->key, "%s has no E", stage.top->ops->title);
	return binding;
}

static void be(const char *role)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"DELETE FROM user_role; INSERT INTO user_role SELECT 1, '%s',"
		" CASE '%s' WHEN 'contact' THEN 1 END",
		role, role);
	fixture_sql(stage.session, sql);
}

static bool is_offered(struct screen *screen, const char *role)
{
	struct error err;
	bool offered;

	be(role);
	cr_assert(session_ask(stage.session, USE_ENTER, &err), "%s", err.text);
	screen->below = stage.top;
	stage.top = screen;
	offered = screen_offers(screen, &stage.ui, write_out());
	stage_pop(&stage);
	return offered;
}

Test(export_dialog, is_offered_in_each_list_to_who_may_write_it_out)
{
	static const struct {
		struct screen *(*make)(void);
		const char *coordinator, *admin, *contact; /* "E" or "" */
	} lists[] = {
		{ meetings_screen_new, "E", "", "" },
		{ contacts_screen_new, "E", "", "" },
		{ follow_screen_new, "E", "", "" },
		{ units_screen_new, "E", "E", "" },
		{ slots_screen_new, "E", "E", "" },
		{ own_unit_screen_new, "E", "", "E" },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const char *title;
		struct screen *screen = lists[i].make();

		title = screen->ops->title;
		screen->ops->free(screen);
		cr_expect_eq(is_offered(lists[i].make(), "coordinator"),
			*lists[i].coordinator == 'E', "%s: coordinator", title);
		cr_expect_eq(is_offered(lists[i].make(), "admin"), *lists[i].admin == 'E',
			"%s: admin", title);
		cr_expect_eq(is_offered(lists[i].make(), "contact"), *lists[i].contact == 'E',
			"%s: contact", title);
		cr_expect_not(is_offered(lists[i].make(), "leader"), "%s: leader", title);
		cr_expect_not(is_offered(lists[i].make(), "auditor"), "%s: auditor", title);
	}
}

Test(export_dialog, opens_from_each_list_with_what_the_list_is_of)
{
	static const struct {
		struct screen *(*make)(void);
		const char *name;
	} lists[] = {
		{ meetings_screen_new, "/meetings-2026-11-24" },
		{ contacts_screen_new, "/cases-2026-11-24" },
		{ follow_screen_new, "/actions-2026-11-24" },
		{ units_screen_new, "/units-2026-11-24" },
		{ slots_screen_new, "/slots-2026-11-24" },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		stage_push(&stage, lists[i].make());
		stage_type(&stage, "E");
		stage_expect("Write it out");
		stage_expect(lists[i].name);
		stage_press(&stage, PRESS_ESC);
	}
}

Test(export_dialog, is_not_opened_by_a_contact_from_the_list_of_meetings)
{
	stage_be_contact(&stage, "A");
	stage_push(&stage, meetings_screen_new());
	stage_type(&stage, "E");
	stage_expect_not("Write it out");
}
