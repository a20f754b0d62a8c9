#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "kutsu/store/meeting_store.h"
#include "store_internal.h"

enum {
	RECORD_MARK,
	RECORD_WRITE,
	RECORD_GET,
	RECORD_ATTENDANCE,
	RECORD_ATTENDED,
	RECORD_FORGET_ATTENDANCE,
	RECORD_FORGET_ADULTS,
	RECORD_ADD_ADULT,
	RECORD_LAST_ACTION,
	RECORD_ADD_ACTION,
	RECORD_FORGET_ACTIONS,
	RECORD_ACTIONS,
	RECORD_QUERIES
};

/* read by read_action() */
#define ACTION                                                                                     \
	"SELECT a.id, a.meeting_id, c.code, a.who, a.what, a.environment, a.due_day,"              \
	" a.done_at IS NOT NULL FROM agreed_action a JOIN meeting m ON m.id = a.meeting_id"        \
	" JOIN case_ref c ON c.id = m.case_id "

const char *const record_sql[RECORD_QUERIES + 1] = {
	[RECORD_MARK] = "UPDATE meeting SET status = 'recorded', changed_at = ?2"
			" WHERE id = ?1 AND status IN ('booked', 'recorded')" NOT_PURGED,
	[RECORD_WRITE] =
		"INSERT OR REPLACE INTO meeting_record (meeting_id, recorded_at, recorded_by,"
		" facilitator, child_present, child_heard, strengths, vulnerabilities, notes,"
		" follow_up_needed, follow_up_within_weeks, follow_up_reason, revision)"
		" VALUES (?1, ?2, ?3, ?4, ?5 - 1, ?6 - 1, ?7, ?8, ?9, ?10 - 1, ?11, ?12, coalesce("
		"(SELECT revision FROM meeting_record WHERE meeting_id = ?1), 0) + 1)",
	[RECORD_GET] = "SELECT facilitator, child_present, child_heard, strengths, vulnerabilities,"
		       " notes, follow_up_needed, follow_up_within_weeks, follow_up_reason,"
		       " (SELECT group_concat(who, char(31)) FROM (SELECT who FROM meeting_adult"
		       "  WHERE meeting_id = ?1 ORDER BY position)),"
		       " revision, user.login, recorded_at FROM meeting_record"
		       " JOIN user ON user.id = recorded_by WHERE meeting_id = ?1",
	[RECORD_ATTENDANCE] = "UPDATE meeting_unit SET attended = ?3"
			      " WHERE meeting_id = ?1 AND unit_id = ?2",
	[RECORD_ATTENDED] =
		"SELECT unit.code FROM meeting_unit mu JOIN unit ON unit.id = mu.unit_id"
		" WHERE mu.meeting_id = ?1 AND mu.attended = ?2 ORDER BY mu.position",
	[RECORD_FORGET_ATTENDANCE] =
		"UPDATE meeting_unit SET attended = NULL WHERE meeting_id = ?1",
	[RECORD_FORGET_ADULTS] = "DELETE FROM meeting_adult WHERE meeting_id = ?1",
	[RECORD_ADD_ADULT] = "INSERT INTO meeting_adult (meeting_id, position, who)"
			     " VALUES (?1, ?2, ?3)",
	[RECORD_LAST_ACTION] = "SELECT coalesce(max(id), 0) FROM agreed_action",
	/* Until the old ones go, those up to ?8 tell when it was done. */
	[RECORD_ADD_ACTION] =
		"INSERT INTO agreed_action (meeting_id, who, what, environment, due_day,"
		" done_at) VALUES (?1, ?2, ?3, ?4, ?5, coalesce((SELECT o.done_at"
		"  FROM agreed_action o WHERE o.meeting_id = ?1 AND o.id <= ?8"
		"  AND (o.id = ?7 OR (o.who = ?2 AND o.what = ?3))"
		"  ORDER BY o.id = ?7 DESC, o.done_at IS NULL LIMIT 1), ?6))",
	[RECORD_FORGET_ACTIONS] = "DELETE FROM agreed_action WHERE meeting_id = ?1 AND id <= ?2",
	[RECORD_ACTIONS] = ACTION "WHERE a.meeting_id = ?1 ORDER BY a.id",
};

static enum known column_known(sqlite3_stmt *stmt, int column)
{
	if (sqlite3_column_type(stmt, column) == SQLITE_NULL)
		return KNOWN_NOT;
	return column_int(stmt, column) ? KNOWN_YES : KNOWN_NO;
}

/* Known: 0 not known, 1 no, 2 yes; in the table NULL, 0, 1. */
static bool write_row(struct store *store, int64_t id, int64_t user_id, int64_t at,
	const struct meeting_record *record, struct error *err)
{
	return statement_run(store,
		statement(store, FAMILY_RECORD, RECORD_WRITE, err, "llltzztttzzt", id, at, user_id,
			record->facilitator, (int64_t)record->child_present,
			(int64_t)record->child_heard, record->strengths, record->vulnerabilities,
			record->notes, (int64_t)record->follow_up_needed,
			(int64_t)record->follow_up_within_weeks, record->follow_up_reason),
		err);
}

static bool forget(struct store *store, int query, int64_t id, struct error *err)
{
	return statement_run(store, statement(store, FAMILY_RECORD, query, err, "l", id), err);
}

static bool write_attendance(struct store *store, int64_t id, const int64_t *units, size_t count,
	int attended, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		int changed;

		if (!statement_change(store,
			    statement(store, FAMILY_RECORD, RECORD_ATTENDANCE, err, "lli", id,
				    units[i], attended),
			    &changed, err))
			return false;
		if (!changed)
			return error_set(err, ERROR_INVALID,
				_("a unit was not invited to the meeting; take it out"));
	}
	return true;
}

static bool write_adults(
	struct store *store, int64_t id, const struct meeting_record *record, struct error *err)
{
	for (size_t i = 0; i < record->adult_count; i++) {
		if (!statement_run(store,
			    statement(store, FAMILY_RECORD, RECORD_ADD_ADULT, err, "lit", id,
				    (int)i + 1, record->adults[i]),
			    err))
			return false;
	}
	return true;
}

static bool write_actions(struct store *store, int64_t id, int64_t at,
	const struct meeting_record *record, struct error *err)
{
	int64_t last;
	bool found;

	if (!statement_read_one(store, statement(store, FAMILY_RECORD, RECORD_LAST_ACTION, err, ""),
		    NULL, read_first_integer, &last, &found, err))
		return false;
	for (size_t i = 0; i < record->action_count; i++) {
		const struct agreed_action *action = &record->actions[i];

		if (!statement_run(store,
			    statement(store, FAMILY_RECORD, RECORD_ADD_ACTION, err, "ltttdzzl", id,
				    action->who, action->what,
				    term_code(&environment_terms, (int)action->environment),
				    action->due_day, action->done ? at : (int64_t)0, action->id,
				    last),
			    err))
			return false;
	}
	return statement_run(store,
		statement(store, FAMILY_RECORD, RECORD_FORGET_ACTIONS, err, "ll", id, last), err);
}

bool store_record_write(struct change *change, int64_t id, int64_t user_id, int64_t at,
	const struct meeting_record *record, const int64_t *attended, const int64_t *absent,
	struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_RECORD, RECORD_MARK, err, "ll", id, at), &changed, err))
		return false;
	if (!changed)
		return error_set(err, ERROR_CONFLICT,
			_("the meeting was cancelled, is only held, or its case was purged; it "
			  "can't be recorded"));
	return write_row(store, id, user_id, at, record, err)
	       && forget(store, RECORD_FORGET_ATTENDANCE, id, err)
	       && write_attendance(store, id, attended, record->attended_count, 1, err)
	       && write_attendance(store, id, absent, record->absent_count, 0, err)
	       && forget(store, RECORD_FORGET_ADULTS, id, err)
	       && write_adults(store, id, record, err) && write_actions(store, id, at, record, err);
}

static void read_record(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct meeting_record *record = row;

	record->facilitator = column_text(stmt, 0, arena);
	record->child_present = column_known(stmt, 1);
	record->child_heard = column_known(stmt, 2);
	record->strengths = column_text(stmt, 3, arena);
	record->vulnerabilities = column_text(stmt, 4, arena);
	record->notes = column_text(stmt, 5, arena);
	record->follow_up_needed = column_known(stmt, 6);
	record->follow_up_within_weeks = column_int(stmt, 7);
	record->follow_up_reason = column_text(stmt, 8, arena);
	record->adults = column_list(stmt, 9, arena, &record->adult_count);
	record->revision = column_int(stmt, 10);
	record->recorded_by = column_text(stmt, 11, arena);
	record->recorded_at = column_integer(stmt, 12);
}

static bool read_attended(struct store *store, int64_t id, int attended, struct arena *arena,
	const char *const **codes, size_t *count, struct error *err)
{
	void *items;
	bool ok = statement_read_all(store,
		statement(store, FAMILY_RECORD, RECORD_ATTENDED, err, "li", id, attended), arena,
		read_first_text, sizeof(const char *), &items, count, err);

	*codes = items;
	return ok;
}

static void read_action(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct agreed_action *action = row;
	int environment = 0;

	action->id = column_integer(stmt, 0);
	action->meeting_id = column_integer(stmt, 1);
	action->case_code = column_text(stmt, 2, arena);
	action->who = column_text(stmt, 3, arena);
	action->what = column_text(stmt, 4, arena);
	term_parse(&environment_terms, (const char *)sqlite3_column_text(stmt, 5), &environment);
	action->environment = (enum environment)environment;
	action->due_day = column_day(stmt, 6, DAY_LAST);
	action->done = column_int(stmt, 7) != 0;
}

bool store_record_get(struct store *store, int64_t id, struct arena *arena,
	struct meeting_record *record, bool *found, struct error *err)
{
	*record = (struct meeting_record) { 0 };
	return statement_read_one(store, statement(store, FAMILY_RECORD, RECORD_GET, err, "l", id),
		       arena, read_record, record, found, err)
	       && read_attended(
		       store, id, 1, arena, &record->attended, &record->attended_count, err)
	       && read_attended(store, id, 0, arena, &record->absent, &record->absent_count, err)
	       && statement_read_all(store,
		       statement(store, FAMILY_RECORD, RECORD_ACTIONS, err, "l", id), arena,
		       read_action, sizeof(*record->actions), (void **)&record->actions,
		       &record->action_count, err);
}

enum {
	ACTION_UNDONE,
	ACTION_LATE,
	ACTION_ALL,
	ACTION_BETWEEN,
	ACTION_DONE,
	ACTION_NOT_DONE,
	ACTION_CASE,
	ACTION_QUERIES
};

#define BY_DUE " ORDER BY a.due_day IS NULL, a.due_day, a.id LIMIT ?1"

const char *const action_sql[ACTION_QUERIES + 1] = {
	[ACTION_UNDONE] = ACTION "WHERE a.done_at IS NULL AND c.purged_at IS NULL" BY_DUE,
	[ACTION_LATE] =
		ACTION "WHERE a.done_at IS NULL AND a.due_day < ?2 AND c.purged_at IS NULL" BY_DUE,
	[ACTION_ALL] = ACTION BY_DUE,
	/* "+": by way of the index the rows' numbers would be gathered in memory first. */
	[ACTION_BETWEEN] = ACTION "WHERE (+a.due_day BETWEEN ?2 AND ?3"
				  " OR (?4 AND +a.due_day IS NULL)) ORDER BY a.id LIMIT ?1",
	[ACTION_DONE] = "UPDATE agreed_action SET done_at = coalesce(done_at, ?2) WHERE id = ?1",
	[ACTION_NOT_DONE] = "UPDATE agreed_action SET done_at = NULL WHERE id = ?1",
	[ACTION_CASE] = ("SELECT m.case_id FROM agreed_action a"
			 " JOIN meeting m ON m.id = a.meeting_id WHERE a.id = ?1"),
};

bool store_action_list(struct store *store, enum action_choice choice, int today, int64_t limit,
	struct arena *arena, struct action_list *list, struct error *err)
{
	int64_t most = limit ? limit : -1;
	sqlite3_stmt *stmt;

	if (choice == ACTIONS_LATE)
		stmt = statement(store, FAMILY_ACTION, ACTION_LATE, err, "li", most, today);
	else
		stmt = statement(store, FAMILY_ACTION,
			choice == ACTIONS_UNDONE ? ACTION_UNDONE : ACTION_ALL, err, "l", most);
	return statement_read_all(store, stmt, arena, read_action, sizeof(*list->items),
		(void **)&list->items, &list->count, err);
}

struct action_visit {
	action_visitor *visit;
	void *context;
};

static bool visit_action(void *context, const void *row, struct error *err)
{
	struct action_visit *inner = context;

	return inner->visit(inner->context, row, err);
}

bool store_action_each(struct store *store, int from_day, int until_day, action_visitor *visit,
	void *context, struct error *err)
{
	struct action_visit inner = { visit, context };
	int64_t all = -1;

	return statement_visit(store,
		statement(store, FAMILY_ACTION, ACTION_BETWEEN, err, "llli", all, (int64_t)from_day,
			(int64_t)until_day, from_day == DAY_FIRST && until_day == DAY_LAST),
		read_action, sizeof(struct agreed_action), visit_action, &inner, err);
}

static bool no_such_action(int64_t id, struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND,
		_("there is no action %lld; see \"kutsu action list\""), (long long)id);
}

bool store_action_case(struct store *store, int64_t id, int64_t *case_id, struct error *err)
{
	bool found;

	if (!statement_read_one(store, statement(store, FAMILY_ACTION, ACTION_CASE, err, "l", id),
		    NULL, read_first_integer, case_id, &found, err))
		return false;
	return found || no_such_action(id, err);
}

static bool change_action(struct store *store, sqlite3_stmt *stmt, int64_t id, struct error *err)
{
	int changed;

	if (!statement_change(store, stmt, &changed, err))
		return false;
	return changed || no_such_action(id, err);
}

bool store_action_done(struct change *change, int64_t id, int64_t at, struct error *err)
{
	struct store *store = change->store;

	return change_action(
		store, statement(store, FAMILY_ACTION, ACTION_DONE, err, "ll", id, at), id, err);
}

bool store_action_undone(struct change *change, int64_t id, struct error *err)
{
	struct store *store = change->store;

	return change_action(
		store, statement(store, FAMILY_ACTION, ACTION_NOT_DONE, err, "l", id), id, err);
}
