#include "fixture.h"

#include "kutsu/base/date.h"
#include "kutsu/base/text.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/intake.h"
#include "kutsu/service/registry.h"
#include "kutsu/store/user_store.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_UNITS 8

/* Of src/store/store_internal.h, where it is kept for tests. */
sqlite3 *store_connection(struct store *store);

const struct identity fixture_identity = { .login = FIXTURE_LOGIN, .account = FIXTURE_LOGIN };

static void add_user(struct store *store)
{
	struct error err;
	struct change change;
	int64_t id;
	bool ok = change_begin(&change, store, &err);

	cr_assert(ok, "%s", err.text);
	ok = store_user_add(&change, FIXTURE_LOGIN, "koordinaattori", &id, &err)
	     && store_user_add_role(&change, id, ROLE_COORDINATOR, 0, &err)
	     && store_user_add_role(&change, id, ROLE_ADMIN, 0, &err)
	     && store_user_add_role(&change, id, ROLE_AUDITOR, 0, &err);
	cr_assert(change_end(&change, ok, &err), "%s", err.text);
}

struct session *fixture_session(void)
{
	struct session *session = calloc(1, sizeof(*session));
	struct store *store;
	struct error err;

	cr_assert(store_create(":memory:", &store, &err), "%s", err.text);
	add_user(store);
	cr_assert(session_begin(
			  session, store, fixture_clock_at(FIXTURE_NOW), &fixture_identity, &err),
		"%s", err.text);
	return session;
}

void fixture_free(struct session *session)
{
	struct store *store = session->store;

	session_end(session);
	store_close(store);
	free(session);
}

struct clock fixture_clock_at(const char *now)
{
	int day, minute;

	cr_assert(zone_set("Europe/Helsinki"));
	cr_assert(moment_parse(now, &day, &minute), "%s", now);
	return (struct clock) { true, zone_to_moment(day, minute) };
}

void fixture_clock(struct session *session, const char *now)
{
	session->clock = fixture_clock_at(now);
}

int fixture_day(const char *text)
{
	int day;

	cr_assert(day_parse(text, 0, &day), "%s", text);
	return day;
}

int fixture_minute(const char *text)
{
	int minute;

	cr_assert(minute_parse(text, &minute), "%s", text);
	return minute;
}

int64_t fixture_unit(struct session *session, const char *code)
{
	struct unit unit = {
		.code = code, .name = code, .sector = SECTOR_FAMILY_SOCIAL, .active = true
	};
	struct error err;

	cr_assert(registry_add_unit(session, &unit, &err), "%s", err.text);
	return unit.id;
}

int64_t fixture_slot(
	struct session *session, const char *unit, int weekday, const char *start, const char *end)
{
	struct slot slot = { .unit = unit,
		.weekday = weekday,
		.start = fixture_minute(start),
		.end = fixture_minute(end),
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
	struct error err;

	cr_assert(registry_add_slot(session, &slot, &err), "%s", err.text);
	return slot.id;
}

int64_t fixture_close(struct session *session, const char *unit, const char *day)
{
	struct closing closing = { .unit = unit,
		.from_day = fixture_day(day),
		.until_day = fixture_day(day),
		.reason = "training" };
	struct error err;

	cr_assert(registry_close(session, &closing, &err), "%s", err.text);
	return closing.id;
}

const char *fixture_case(struct session *session)
{
	struct intake intake = { .source = SOURCE_FAMILY,
		.caller = "äiti",
		.concern = "huoli",
		.limits = family_limits_none() };
	struct intake_result result;
	struct error err;

	cr_assert(intake_take(session, &intake, &result, &err), "%s", err.text);
	return arena_text(&session->arena, result.case_code);
}

static struct booking booking_of(struct session *session, const char *units, const char *start)
{
	const char **codes = arena_new(&session->arena, MOST_UNITS * sizeof(*codes));
	struct booking booking = { .units = codes, .minutes = 60 };
	char *part = arena_text(&session->arena, units);

	while (part) {
		char *comma = strchr(part, ',');

		if (comma)
			*comma++ = '\0';
		cr_assert_lt(booking.unit_count, (size_t)MOST_UNITS);
		codes[booking.unit_count++] = part;
		part = comma;
	}
	cr_assert(moment_parse(start, &booking.day, &booking.start), "%s", start);
	return booking;
}

int64_t fixture_meeting(
	struct session *session, const char *case_code, const char *units, const char *start)
{
	struct booking booking = booking_of(session, units, start);
	struct error err;
	int64_t id;

	booking.case_code = case_code;
	cr_assert(booking_make(session, &booking, &id, &err), "%s", err.text);
	return id;
}

int64_t fixture_hold(struct session *session, const char *units, const char *start)
{
	struct booking booking = booking_of(session, units, start);
	struct error err;
	int64_t id;

	cr_assert(booking_hold(session, &booking, &id, &err), "%s", err.text);
	return id;
}

void fixture_sql(struct session *session, const char *sql)
{
	sqlite3 *db = store_connection(session->store);

	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
}

bool fixture_sql_try(struct session *session, const char *sql)
{
	return sqlite3_exec(store_connection(session->store), sql, NULL, NULL, NULL) == SQLITE_OK;
}

int64_t fixture_number(struct session *session, const char *sql)
{
	sqlite3 *db = store_connection(session->store);
	sqlite3_stmt *stmt;
	int64_t number = 0;

	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	if (sqlite3_step(stmt) == SQLITE_ROW)
		number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return number;
}

static void dump_table(sqlite3 *db, const char *table, struct text *text)
{
	sqlite3_stmt *stmt;
	char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY 1, 2", table);

	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s", sql);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		text_add(text, table);
		for (int i = 0; i < sqlite3_column_count(stmt); i++) {
			const char *value = (const char *)sqlite3_column_text(stmt, i);

			text_add(text, "|");
			text_add(text, value ? value : "NULL");
		}
		text_add(text, "\n");
	}
	sqlite3_finalize(stmt);
	sqlite3_free(sql);
}

static char *dump(struct session *session, const char *tables_sql)
{
	sqlite3 *db = store_connection(session->store);
	struct text text = { 0 };
	sqlite3_stmt *tables;

	cr_assert_eq(sqlite3_prepare_v2(db, tables_sql, -1, &tables, NULL), SQLITE_OK);
	while (sqlite3_step(tables) == SQLITE_ROW)
		dump_table(db, (const char *)sqlite3_column_text(tables, 0), &text);
	sqlite3_finalize(tables);
	return text.bytes;
}

char *fixture_dump(struct session *session)
{
	return dump(session, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
}

char *fixture_dump_without_log(struct session *session)
{
	return dump(session, "SELECT name FROM sqlite_schema WHERE type = 'table'"
			     " AND name NOT IN ('access_log', 'access_log_head') ORDER BY name");
}

void fixture_folder(char folder[FIXTURE_FOLDER_SIZE])
{
	const char *where = getenv("TMPDIR");

	snprintf(folder, FIXTURE_FOLDER_SIZE, "%.40s/kutsu-test-XXXXXX", where ? where : "/tmp");
	cr_assert_not_null(mkdtemp(folder));
}

void fixture_folder_remove(const char *folder)
{
	DIR *files = opendir(folder);
	struct dirent *entry;
	char path[512];

	cr_assert_not_null(files);
	while ((entry = readdir(files))) {
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] != '.')
			unlink(path);
	}
	closedir(files);
	rmdir(folder);
}
