/* Every statement of the store: it prepares, and it finds its rows by an index. */
#include "place.h"

/* Tables that grow with the years, under their names and the names they have in the statements. */
static const char *const big[] = { "call", "case_ref", "meeting", "meeting_unit", "agreed_action",
	"case_word", "access_log", "consent", "meeting_record", "everyday_adult", "c", "m", "mu",
	"a", "r", "b", "n", "message", "invitation", "g", "i", "feedback", "feedback_answer", "f" };

static bool is_big(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(big) / sizeof(big[0]); i++) {
		if (strlen(big[i]) == length && strncmp(big[i], name, length) == 0)
			return true;
	}
	return false;
}

/* Indexes of the few rows that are still to be dealt with: to read one from end to end is well. */
static const char *const partial_indexes[] = { "case_open", "meeting_held", "meeting_unrecorded",
	"action_undone", "message_unsent" };

/* What may go through a big table, by how its FROM clause ends, and why. */
static const struct {
	const char *ends, *why;
} known_scans[] = {
	{ "FROM case_ref c WHERE ?1 = 0 OR c.closed_at IS NULL ORDER BY c.id DESC LIMIT ?2",
		"lists all cases, or the newest, by number" },
	{ "JOIN case_ref c ON c.id = m.case_id  ORDER BY a.due_day IS NULL, a.due_day, a.id LIMIT "
	  "?1",
		"lists all actions" },
	{ "WHERE (+a.due_day BETWEEN ?2 AND ?3 OR (?4 AND +a.due_day IS NULL)) ORDER BY a.id LIMIT "
	  "?1",
		"exports actions in the order agreed, without sorting them in memory" },
	{ "FROM access_log ORDER BY id", "verifies the whole log" },
	{ "FROM access_log WHERE length(hash) = 0 ORDER BY id", "seals an older version's log" },
	{ "DELETE FROM case_word WHERE (SELECT purged_at FROM case_ref WHERE id = case_id) IS NOT "
	  "NULL",
		"purges the words of all cases at once: they have no index by case" },
};

static bool is_known(const char *sql, const char *detail)
{
	const char *index = strstr(detail, "INDEX ");

	for (size_t i = 0; index && i < sizeof(partial_indexes) / sizeof(partial_indexes[0]); i++) {
		if (strcmp(index + strlen("INDEX "), partial_indexes[i]) == 0)
			return true;
	}
	for (size_t i = 0; i < sizeof(known_scans) / sizeof(known_scans[0]); i++) {
		const char *end = strstr(sql, known_scans[i].ends);

		if (end && strcmp(end, known_scans[i].ends) == 0)
			return true;
	}
	return false;
}

/* It may go through so many big tables in a way that is not known. */
static void check_plan(sqlite3 *db, const char *sql, int allowed)
{
	char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
	sqlite3_stmt *stmt;
	int scans = 0;

	cr_assert_eq(sqlite3_prepare_v2(db, explain, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(stmt, 3);

		if (strncmp(detail, "SCAN ", 5) == 0 && is_big(detail + 5, strcspn(detail + 5, " "))
			&& !is_known(sql, detail))
			cr_expect(++scans <= allowed, "%s in\n%s", detail, sql);
	}
	sqlite3_finalize(stmt);
	sqlite3_free(explain);
}

Test(statements, all_prepare)
{
	struct place place;
	int count = 0;

	place_new(&place);
	for (int family = 0; family < FAMILIES; family++) {
		for (int query = 0; family_sql((enum family)family, query); query++) {
			const char *sql = family_sql((enum family)family, query);
			sqlite3_stmt *stmt;

			cr_assert_lt(query, FAMILY_MOST_QUERIES);
			cr_expect_eq(sqlite3_prepare_v2(
					     store_connection(place.store), sql, -1, &stmt, NULL),
				SQLITE_OK, "%s: %s", sql,
				sqlite3_errmsg(store_connection(place.store)));
			sqlite3_finalize(stmt);
			count++;
		}
	}
	cr_expect_gt(count, 60);
	place_remove(&place);
}

Test(statements, none_but_the_known_reads_a_big_table_as_a_whole)
{
	struct place place;

	place_new(&place);
	for (int family = FAMILY_SETTING; family < FAMILIES; family++) {
		for (int query = 0; family_sql((enum family)family, query); query++)
			check_plan(store_connection(place.store),
				family_sql((enum family)family, query),
				/* A check goes through a table, and asks by index of each row. */
				family == FAMILY_CHECK);
	}
	place_remove(&place);
}
