/* What the tests of the command line share: a small installation, its database, JSON. */
#ifndef KUTSU_TESTS_INSTALLATION_H
#define KUTSU_TESTS_INSTALLATION_H

#include "program.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASE_1 "2026-0001"

/*
 * Units A and B with holes on Wednesdays 12-15, A's with room for one and B's for two; C without
 * one. A case, open, to which nothing has been booked. Today is Tuesday 24.11.2026.
 */
static inline struct program *installation(void)
{
	struct program *program = program_new();

	program_ok(program, "init --region Koe");
	program_ok(program,
		"unit add A --name 'Unit A' --sector SOS --area KES --municipality Suistola"
		" --email a@vaara.example --phone 2101");
	program_ok(program, "unit add B --name 'Unit B' --sector KTH --school-based");
	program_ok(program, "unit add C --name 'Unit C' --sector JAR");
	program_ok(program, "slot add A --weekday 3 --start 12:00 --end 15:00 --person p --deputy d"
			    " --place 'Room 1'");
	program_ok(program, "slot add B --weekday 3 --start 12:00 --end 15:00 --capacity 2");
	program_ok(program,
		"call add --from school --caller teacher --concern 'many absences'"
		" --child 'A. K.' --birth-year 2016 --municipality Suistola --adult mother"
		" --adult teacher");
	return program;
}

static inline sqlite3 *database_open(struct program *program)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open_v2(program_database(program), &db, SQLITE_OPEN_READWRITE, NULL),
		SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	return db;
}

static inline int64_t database_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;
	int64_t number = 0;

	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	if (sqlite3_step(stmt) == SQLITE_ROW)
		number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return number;
}

/* Differs as soon as another connection has committed anything at all. */
static inline int64_t database_version(sqlite3 *db)
{
	return database_number(db, "PRAGMA data_version");
}

/* What the program wrote. json_decref() */
static inline json_t *json_of(const char *text)
{
	json_error_t wrong;
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &wrong);

	cr_assert_not_null(json, "%s in line %d of %s", wrong.text, wrong.line, text);
	return json;
}

/* These keys and no others, "a b c". */
static inline void expect_keys(json_t *object, const char *keys)
{
	char *copy = strdup(keys), *rest = copy, *key;
	size_t count = 0;

	cr_assert(json_is_object(object));
	while ((key = strtok_r(rest, " ", &rest))) {
		cr_expect_not_null(json_object_get(object, key), "\"%s\" is missing", key);
		count++;
	}
	cr_expect_eq(json_object_size(object), count, "%zu keys, not those of \"%s\"",
		json_object_size(object), keys);
	free(copy);
}

/* A value as JSON writes it: text without its quotes, true, null, ["A","B"]. */
static inline void expect_value(json_t *object, const char *key, const char *expected)
{
	json_t *value = json_object_get(object, key);
	char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : strdup("(none)");

	if (json_is_string(value))
		cr_expect_str_eq(json_string_value(value), expected, "%s: %s", key, text);
	else
		cr_expect_str_eq(text, expected, "%s: %s", key, text);
	free(text);
}

#define KEYS_UNIT "code name sector area municipality school_based active"
#define KEYS_SLOT "id unit weekday start end repeat from until capacity person deputy place"
#define KEYS_WEEK                                                                                  \
	"unit start end state booked capacity readiness confirmed_by confirmed_at note person "    \
	"place"
#define KEYS_FREE    "units minutes windows near_misses"
#define KEYS_CALL    "id case received from caller concern outcome"
#define KEYS_MEETING "id case kind start end place status units"
#define KEYS_ACTION  "id meeting case who what where due done"
/* The contract's, and behind them what was added. */
#define KEYS_CASE                                                                                  \
	"code opened status child birth_year municipality concern adults"                          \
	" closed closed_reason language interpreter non_disclosure purged"

#define RECORD                                                                                     \
	"{\"attended\": [\"A\"], \"absent\": [\"B\"], \"adults\": [\"mother\"], "                  \
	"\"facilitator\": \"coordinator\", \"child_present\": true, \"child_heard\": false, "      \
	"\"strengths\": \"friends\", \"vulnerabilities\": \"mornings\", \"notes\": \"n\", "        \
	"\"actions\": [{\"who\": \"teacher\", \"what\": \"calls\", \"where\": \"school\", "        \
	"\"due\": \"2026-12-15\"}], \"follow_up\": {\"needed\": true, \"within_weeks\": 6}}"

#endif
