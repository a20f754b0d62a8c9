/* What a check finds, and that it finds nothing where nothing is wrong. */
#include "place.h"

#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/store/log_store.h"
#include "kutsu/store/recovery.h"

#define WEDNESDAY 20782 /* 25.11.2026 */

/* What was told, a line each, behind the kind's letter. */
struct told {
	struct text text;
	int64_t most; /* after so many it wants no more; 0: all */
	int64_t count;
	sqlite3 *meanwhile; /* makes a case without a call at the first problem, or NULL */
};

static bool note(void *context, const struct check_problem *problem, struct error *err)
{
	struct told *told = context;

	text_format(&told->text, "%c %s\n", "DLRM"[problem->kind], problem -> text);
	if (told->meanwhile && told->count == 0)
		raw(told->meanwhile, "INSERT INTO case_ref (id, year, number, code, opened_at)"
				     " VALUES (9, 2026, 9, '2026-0009', 0)");
	if (++told->count == told->most)
		return error_set(err, ERROR_FAILED, "enough");
	return true;
}

static bool add_log_row(struct store *store, struct error *err)
{
	struct change change;
	bool ok;

	if (!change_begin(&change, store, err))
		return false;
	ok = store_log_add(
		&change, &(struct log_row) { .login = "a", .account = "a", .use_case = "x" }, err);
	return change_end(&change, ok, err);
}

/* Case 1 with its call; meeting 1 booked, 2 recorded, 3 on hold, 4 cancelled; a log of three rows.
 */
static void place_sound(struct place *place)
{
	struct error err = { 0 };

	message_set_language(LANGUAGE_EN);
	place_new(place);
	raw_registry(place->raw);
	raw(place->raw,
		"INSERT INTO call (case_id, received_at, source, outcome, taken_by)"
		" VALUES (1, 0, 'school', 'meeting', 1);"
		"INSERT INTO slot (id, unit_id, weekday, start_minute, end_minute, repeat, "
		"capacity)"
		" VALUES (1, 1, 3, 720, 900, 'weekly', 1), (2, 2, 3, 720, 900, 'weekly', 2);"
		"INSERT INTO meeting (id, case_id, kind, day, start_minute, end_minute, status, "
		"uid,"
		" booked_by, changed_at, hold_until) VALUES"
		" (1, 1, 'invited', 20782, 720, 780, 'booked', 'u1', 1, 0, NULL),"
		" (2, 1, 'invited', 20775, 720, 780, 'recorded', 'u2', 1, 0, NULL),"
		" (3, NULL, 'invited', 20789, 720, 780, 'hold', 'u3', 1, 0, 1),"
		" (4, 1, 'invited', 20783, 0, 1, 'cancelled', 'u4', 1, 0, NULL);"
		"INSERT INTO meeting_unit (meeting_id, unit_id, position) VALUES (1, 1, 1),"
		" (1, 2, 2), (2, 1, 1), (3, 1, 1), (4, 1, 1);"
		"INSERT INTO meeting_record (meeting_id, recorded_at, recorded_by) VALUES (2, 0, "
		"1);"
		"INSERT INTO agreed_action (id, meeting_id, who, what, environment)"
		" VALUES (1, 2, 'w', 'w', 'home');"
		"INSERT INTO draft (user_id, writer, started_at, saved_at) VALUES (1, 'w', 0, 0)");
	for (int i = 0; i < 3; i++)
		cr_assert(add_log_row(place->store, &err), "%s", err.text);
}

/* By plain SQL that no rule stops. */
static void spoil(struct place *place, const char *sql)
{
	raw(place->raw, "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON");
	raw(place->raw, sql);
}

static void expect_told(struct store *store, const char *lines)
{
	struct error err = { 0 };
	struct told told = { 0 };
	int64_t problems;

	cr_assert(store_check(store, note, &told, &problems, &err), "%s", err.text);
	cr_expect_str_eq(text_get(&told.text), lines);
	cr_expect_eq(problems, told.count);
	cr_expect_eq(err.code, ERROR_NONE, "written only on failure");
	text_release(&told.text);
}

/* Each alone, in a database that is sound otherwise. */
static void expect_found(const char *sql, const char *lines)
{
	struct place place;

	place_sound(&place);
	spoil(&place, sql);
	expect_told(place.store, lines);
	place_remove(&place);
}

Test(check, finds_nothing_in_a_sound_database)
{
	struct error err = { 0 };
	struct store *empty;

	expect_found("SELECT 1", "");
	cr_assert(store_create(":memory:", &empty, &err), "%s", err.text);
	expect_told(empty, "");
	store_close(empty);
}

Test(check, finds_rows_whose_other_is_gone)
{
	expect_found("UPDATE draft SET user_id = 99",
		"D row 1 of draft refers to a row of user that is not there\n");
	expect_found("INSERT INTO needed_unit VALUES (1, 99)",
		"D a row of needed_unit refers to a row of unit that is not there\n");
}

Test(check, finds_what_a_rule_of_a_column_forbids)
{
	expect_found("UPDATE slot SET capacity = 0 WHERE id = 1; UPDATE slot SET capacity = 1", "");
	expect_found("UPDATE case_ref SET nondisclosure = 7",
		"D the file is damaged: CHECK constraint failed in case_ref\n");
}

Test(check, finds_a_case_without_a_call)
{
	expect_found("DELETE FROM call", "R case 2026-0001 has no call\n");
	expect_found("DELETE FROM call; UPDATE case_ref SET purged_at = 1", "");
}

Test(check, finds_meetings_without_what_they_need)
{
	expect_found("UPDATE meeting SET case_id = NULL WHERE id = 1",
		"D the file is damaged: CHECK constraint failed in meeting\n"
		"R meeting 1 has no case\n");
	expect_found("DELETE FROM meeting_unit WHERE meeting_id = 1", "R meeting 1 has no unit\n");
	expect_found("DELETE FROM meeting_record", "R meeting 2 is recorded without a record\n");
	expect_found("DELETE FROM meeting_record; UPDATE case_ref SET purged_at = 1", "");
	expect_found("UPDATE meeting SET status = 'booked' WHERE id = 2",
		"R meeting 2 has a record and is not recorded\n"
		"R action 1 is of a meeting that is not recorded\n");
}

Test(check, finds_meetings_ahead_that_have_no_room)
{
	static const char room[] = "M meeting %d has no room in unit A: its hole was taken back, or"
				   " it is booked twice; move or cancel it\n";
	char one[300], two[600], held[300];

	snprintf(one, sizeof(one), room, 1);
	snprintf(held, sizeof(held), room, 3);
	snprintf(two, sizeof(two), room, 1);
	snprintf(two + strlen(two), sizeof(two) - strlen(two), room, 5);
	expect_found("UPDATE slot SET until_day = 20788 WHERE id = 1", held);
	expect_found("UPDATE slot SET from_day = 20789 WHERE id = 1", one);
	expect_found(
		"DROP TRIGGER meeting_unit_has_room;"
		"INSERT INTO meeting (id, case_id, kind, day, start_minute, end_minute, status,"
		" uid, booked_by, changed_at)"
		" VALUES (5, 1, 'invited', 20782, 720, 780, 'booked', 'u5', 1, 0);"
		"INSERT INTO meeting_unit (meeting_id, unit_id, position) VALUES (5, 1, 1);"
		"CREATE TRIGGER meeting_unit_has_room AFTER INSERT ON meeting_unit"
		" BEGIN SELECT 1; END",
		two);
}

Test(check, finds_what_was_done_to_the_log)
{
	expect_found(
		"DROP TRIGGER access_log_stays; UPDATE access_log SET login = 'b' WHERE id = 2",
		"L a guard of the database is gone: access_log_stays\n"
		"L row 2 of the log was changed\n");
	expect_found("DROP TRIGGER access_log_keeps; DELETE FROM access_log WHERE id = 2",
		"L a guard of the database is gone: access_log_keeps\n"
		"L row 2 of the log is missing\n");
	expect_found("DROP TRIGGER access_log_keeps; DELETE FROM access_log WHERE id > 1",
		"L a guard of the database is gone: access_log_keeps\n"
		"L rows 2 to 3 of the log are missing\n");
	expect_found(
		"INSERT INTO access_log (id, at, clock_fixed, login, account, use_case, outcome,"
		" hash) VALUES (4, 0, 0, 'a', 'a', 'x', 'done', zeroblob(32))",
		"L rows 4 to 4 of the log were added by other means\n");
}

Test(check, is_of_one_moment_whoever_writes_meanwhile)
{
	struct error err = { 0 };
	struct told told = { 0 };
	struct place place;
	int64_t problems;

	place_sound(&place);
	spoil(&place, "INSERT INTO needed_unit VALUES (1, 99)");
	told.meanwhile = place.raw;
	cr_assert(store_check(place.store, note, &told, &problems, &err), "%s", err.text);
	cr_expect_eq(problems, 1, "%s", text_get(&told.text));
	told.meanwhile = NULL;
	cr_assert(store_check(place.store, note, &told, &problems, &err), "%s", err.text);
	cr_expect_eq(problems, 2, "%s", text_get(&told.text));
	text_release(&told.text);
	place_remove(&place);
}

Test(check, ends_when_its_visitor_wants_no_more_and_the_store_works_on)
{
	struct error err = { 0 };
	struct told told = { .most = 2 };
	struct place place;
	int64_t problems;

	place_sound(&place);
	spoil(&place, "DELETE FROM user");
	cr_expect_not(store_check(place.store, note, &told, &problems, &err));
	cr_expect_str_eq(err.text, "enough");
	cr_expect_eq(told.count, 2);
	cr_expect(add_log_row(place.store, &err), "%s", err.text);
	text_release(&told.text);
	place_remove(&place);
}

/* ---- Damage. */

/* A sound database, closed and without a page that is not in use. Returns its bytes. */
static char *make_bytes(struct place *place, size_t *size)
{
	place_sound(place);
	raw(place->raw, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(place->raw);
	store_close(place->store);
	place->raw = NULL;
	place->store = NULL;
	return file_bytes(place->path, size);
}

/* As the command does it: through the store where it opens, else the file alone. */
static bool check_either(struct place *place, struct told *told, int64_t *problems, bool *opened)
{
	struct error err = { 0 };
	bool ok;

	*problems = 0;
	*opened = store_open(place->path, &place->store, &err);
	ok = *opened ? store_check(place->store, note, told, problems, &err)
		     : store_check_file(place->path, note, told, problems, &err);
	store_close(place->store);
	place->store = NULL;
	return ok;
}

Test(damage, of_any_page_is_a_problem, .timeout = 120)
{
	struct place place;
	size_t size;
	char *bytes = make_bytes(&place, &size);
	int opened_count = 0;

	for (size_t page = 0; page < size; page += 4096) {
		struct told told = { 0 };
		size_t at = page ? page : 100;
		char kept[8];
		int64_t problems;
		bool opened;

		memcpy(kept, bytes + at, sizeof(kept));
		memset(bytes + at, 0xFF, sizeof(kept));
		file_write(place.path, bytes, size);
		cr_expect(check_either(&place, &told, &problems, &opened));
		cr_expect_gt(problems, 0, "page %zu", page / 4096 + 1);
		cr_expect_eq(problems, told.count);
		opened_count += opened;
		memcpy(bytes + at, kept, sizeof(kept));
		text_release(&told.text);
	}
	cr_expect_gt(opened_count, 20);
	free(bytes);
	place_remove(&place);
}

Test(damage, anywhere_does_not_end_the_program, .timeout = 300)
{
	struct place place;
	unsigned random = 20261124;
	size_t size;
	char *bytes = make_bytes(&place, &size);

	for (int i = 0; i < 300; i++) {
		struct told told = { 0 };
		char kept[16];
		size_t at[sizeof(kept)];
		int64_t problems;
		bool opened;

		for (size_t n = 0; n < sizeof(kept); n++) {
			random = random * 1103515245u + 12345u;
			at[n] = 100 + (random >> 4) % (size - 100);
			kept[n] = bytes[at[n]];
			bytes[at[n]] = (char)(random >> 20);
		}
		file_write(place.path, bytes, size);
		(void)check_either(&place, &told, &problems, &opened);
		for (size_t n = sizeof(kept); n > 0; n--)
			bytes[at[n - 1]] = kept[n - 1];
		text_release(&told.text);
	}
	free(bytes);
	place_remove(&place);
}

static void expect_file(struct place *place, const char *line)
{
	struct error err = { 0 };
	struct told told = { 0 };
	int64_t problems;
	size_t files;

	cr_expect_not(store_open(place->path, &place->store, &err));
	files = place_count_files(place);
	cr_assert(store_check_file(place->path, note, &told, &problems, &err), "%s", err.text);
	cr_expect_gt(problems, 0);
	cr_expect(strstr(text_get(&told.text), line), "\"%s\" is not in %s", line,
		text_get(&told.text));
	cr_expect_eq(place_count_files(place), files);
	text_release(&told.text);
}

Test(damage, that_keeps_a_database_from_opening_is_told_and_left_as_it_is)
{
	struct place place;
	size_t size, after;
	char *bytes = make_bytes(&place, &size), *left;

	bytes = realloc(bytes, size + 100);
	memset(bytes + size, 0, 100);
	file_write(place.path, bytes, size + 100);
	expect_file(&place, "D the file is damaged: its last page is not whole\n");
	file_write(place.path, bytes, size - 4096);
	expect_file(&place, "D the file is damaged: database disk image is malformed\n");
	memset(bytes + 100, 0xFF, 8);
	file_write(place.path, bytes, size);
	expect_file(&place, "D the file is damaged: ");
	left = file_bytes(place.path, &after);
	cr_expect(after == size && memcmp(left, bytes, size) == 0);
	free(left);
	free(bytes);
	place_remove(&place);
}

Test(damage, is_not_looked_for_in_what_is_not_ours)
{
	struct error err = { 0 };
	struct told told = { 0 };
	struct place place;
	int64_t problems = 5;
	sqlite3 *db;

	place_folder(&place);
	db = raw_open(place.path);
	raw(db, "CREATE TABLE t (a)");
	sqlite3_close(db);
	cr_expect_not(store_check_file(place.path, note, &told, &problems, &err));
	cr_expect_eq(err.code, ERROR_DATABASE);
	cr_expect_eq(problems, 0);
	cr_expect_eq(told.count, 0);
	place_remove(&place);
}
