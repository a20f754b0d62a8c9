#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/store/log_store.h"
#include "kutsu/store/recovery.h"
#include "look_internal.h"
#include "store_struct_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	CHECK_PAGES,
	CHECK_REFERENCES,
	CASE_WITHOUT_CALL,
	MEETING_WITHOUT_CASE,
	MEETING_WITHOUT_UNIT,
	MEETING_WITHOUT_RECORD,
	MEETING_NOT_RECORDED,
	ACTION_NOT_RECORDED,
	MEETING_WITHOUT_ROOM,
	GUARD_MISSING,
	CHECK_QUERIES
};

/* A case that was purged may have lost what belonged to it. */
#define UNPURGED " NOT EXISTS (SELECT 1 FROM case_ref WHERE id = m.case_id AND purged_at > 0)"

/* read by read_found(): a number and up to two texts */
const char *const check_sql[CHECK_QUERIES + 1] = {
	[CHECK_PAGES] = "PRAGMA integrity_check",
	[CHECK_REFERENCES] = "SELECT rowid, \"table\", parent FROM pragma_foreign_key_check",
	[CASE_WITHOUT_CALL] = "SELECT c.id, c.code FROM case_ref c WHERE c.purged_at IS NULL"
			      " AND NOT EXISTS (SELECT 1 FROM call WHERE case_id = c.id)",
	[MEETING_WITHOUT_CASE] =
		"SELECT m.id FROM meeting m WHERE m.status <> 'hold' AND m.case_id IS NULL",
	[MEETING_WITHOUT_UNIT] = "SELECT m.id FROM meeting m WHERE NOT EXISTS"
				 " (SELECT 1 FROM meeting_unit WHERE meeting_id = m.id)",
	[MEETING_WITHOUT_RECORD] =
		"SELECT m.id FROM meeting m WHERE m.status = 'recorded' AND" UNPURGED
		" AND NOT EXISTS (SELECT 1 FROM meeting_record WHERE meeting_id = m.id)",
	[MEETING_NOT_RECORDED] = "SELECT m.id FROM meeting_record r JOIN meeting m"
				 " ON m.id = r.meeting_id WHERE m.status <> 'recorded'",
	[ACTION_NOT_RECORDED] = "SELECT a.id FROM agreed_action a JOIN meeting m"
				" ON m.id = a.meeting_id WHERE m.status <> 'recorded'",
	/* Of one meeting at a time the view asks little; as a whole it is slow. */
	[MEETING_WITHOUT_ROOM] =
		"SELECT ahead.id, unit.code FROM (SELECT id FROM meeting WHERE status = 'booked'"
		"  UNION ALL SELECT id FROM meeting WHERE status = 'hold') ahead"
		" CROSS JOIN meeting_unit mu ON mu.meeting_id = ahead.id"
		" JOIN unit ON unit.id = mu.unit_id"
		" WHERE EXISTS (SELECT 1 FROM meeting_without_room w"
		"  WHERE w.meeting_id = ahead.id AND w.unit_id = mu.unit_id)",
	/* Whoever changes the log or books twice by hand has to take these away first. */
	[GUARD_MISSING] =
		"SELECT 0, guard.name FROM (SELECT 'access_log_appends' AS name"
		" UNION ALL SELECT 'access_log_keeps' UNION ALL SELECT 'access_log_stays'"
		" UNION ALL SELECT 'meeting_begins_with_room' UNION ALL SELECT 'meeting_has_room'"
		" UNION ALL SELECT 'meeting_unit_has_room' UNION ALL SELECT 'meeting_unit_stays') "
		"guard"
		" WHERE NOT EXISTS (SELECT 1 FROM sqlite_schema s"
		"  WHERE s.type = 'trigger' AND s.name = guard.name)",
};

struct check {
	struct store *store;
	check_visitor *visit;
	void *context;
	int64_t problems;
	int query;	    /* whose rows are read */
	bool is_ended;	    /* by the visitor */
	bool is_unreadable; /* there is nothing more to be found out */
};

struct found {
	long long id;
	const char *text, *other;
};

static void read_found(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct found *found = row;
	int columns = sqlite3_column_count(stmt);

	found->id = column_integer(stmt, 0);
	found->text = columns > 1 ? column_text(stmt, 1, arena) : NULL;
	found->other = columns > 2 ? column_text(stmt, 2, arena) : NULL;
}

static bool tell(struct check *check, enum check_kind kind, struct error *err, const char *format,
	...) __attribute__((format(printf, 4, 5)));

/* A damaged file may have anything where a name should be. */
static bool tell(
	struct check *check, enum check_kind kind, struct error *err, const char *format, ...)
{
	struct check_problem problem = { kind, NULL };
	char text[300];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	utf8_trim(text);
	for (char *at = text; *at; at++) {
		if ((unsigned char)*at < ' ' || *at == 0x7F)
			*at = ' ';
	}
	problem.text = text;
	check->problems++;
	check->is_ended = !check->visit(check->context, &problem, err);
	return !check->is_ended;
}

/* ---- The file. */

/* SQLite gives a line for each fault, under a heading. */
static bool tell_pages(void *context, const void *row, struct error *err)
{
	struct check *check = context;
	char *line = *(char *const *)row, *rest = line;
	bool ok = true;

	while (ok && line && (line = strtok_r(rest, "\n", &rest))) {
		if (strcmp(line, "ok") != 0 && strncmp(line, "***", 3) != 0)
			ok = tell(check, CHECK_DAMAGE, err, _("the file is damaged: %s"), line);
	}
	return ok;
}

static bool check_pages(struct check *check, struct error *err)
{
	return statement_visit(check->store,
		statement(check->store, FAMILY_CHECK, CHECK_PAGES, err, ""), read_first_text,
		sizeof(char *), tell_pages, check, err);
}

/* ---- The log. */

static bool tell_finding(struct check *check, const struct log_finding *finding, struct error *err)
{
	long long first = finding->first, last = finding->last;

	switch (finding->fault) {
	case LOG_CHANGED:
	case LOG_OTHER_SEAL:
		return tell(check, CHECK_LOG, err, _("row %lld of the log was changed"), first);
	case LOG_MISSING:
		if (first == last)
			return tell(
				check, CHECK_LOG, err, _("row %lld of the log is missing"), first);
		return tell(check, CHECK_LOG, err, _("rows %lld to %lld of the log are missing"),
			first, last);
	case LOG_NOT_SEALED:
		break;
	}
	return tell(check, CHECK_LOG, err,
		_("rows %lld to %lld of the log were added by other means"), first, last);
}

static bool check_log(struct check *check, struct error *err)
{
	struct arena arena = { 0 };
	struct log_finding_list findings;
	int64_t rows;
	bool ok = store_log_verify(check->store, NULL, &arena, &rows, &findings, err);

	for (size_t i = 0; ok && i < findings.count; i++)
		ok = tell_finding(check, &findings.items[i], err);
	if (ok && findings.has_more)
		ok = tell(check, CHECK_LOG, err, _("there are more such rows of the log"));
	arena_release(&arena);
	return ok;
}

/* ---- Rows. */

static bool tell_reference(struct check *check, const struct found *found, struct error *err)
{
	if (!found->id) /* a table WITHOUT ROWID */
		return tell(check, CHECK_DAMAGE, err,
			_("a row of %s refers to a row of %s that is not there"), found->text,
			found->other);
	return tell(check, CHECK_DAMAGE, err,
		_("row %lld of %s refers to a row of %s that is not there"), found->id, found->text,
		found->other);
}

static bool tell_row(void *context, const void *row, struct error *err)
{
	const struct found *found = row;
	struct check *check = context;

	switch (check->query) {
	case CHECK_REFERENCES:
		return tell_reference(check, found, err);
	case CASE_WITHOUT_CALL:
		return tell(check, CHECK_ROWS, err, _("case %s has no call"), found->text);
	case MEETING_WITHOUT_CASE:
		return tell(check, CHECK_ROWS, err, _("meeting %lld has no case"), found->id);
	case MEETING_WITHOUT_UNIT:
		return tell(check, CHECK_ROWS, err, _("meeting %lld has no unit"), found->id);
	case MEETING_WITHOUT_RECORD:
		return tell(check, CHECK_ROWS, err, _("meeting %lld is recorded without a record"),
			found->id);
	case MEETING_NOT_RECORDED:
		return tell(check, CHECK_ROWS, err,
			_("meeting %lld has a record and is not recorded"), found->id);
	case ACTION_NOT_RECORDED:
		return tell(check, CHECK_ROWS, err,
			_("action %lld is of a meeting that is not recorded"), found->id);
	case GUARD_MISSING:
		return tell(check, CHECK_LOG, err, _("a guard of the database is gone: %s"),
			found->text);
	default:
		return tell(check, CHECK_ROOM, err,
			_("meeting %lld has no room in unit %s: its hole was taken back, or it is "
			  "booked twice; move or cancel it"),
			found->id, found->text);
	}
}

static bool check_rows(struct check *check, int query, struct error *err)
{
	check->query = query;
	return statement_visit(check->store, statement(check->store, FAMILY_CHECK, query, err, ""),
		read_found, sizeof(struct found), tell_row, check, err);
}

/* ---- All of it. */

static bool check_part(struct check *check, int query, struct error *err)
{
	check->query = query;
	if (query == CHECK_PAGES)
		return check_pages(check, err);
	return query == CHECK_QUERIES ? check_log(check, err) : check_rows(check, query, err);
}

/* What can't be read for damage is a problem too; the rest is looked at all the same. */
static bool tell_unreadable(struct check *check, const struct error *why, struct error *err)
{
	int code = sqlite3_errcode(check->store->db) & 0xFF;

	if (check->is_ended
		|| (code != SQLITE_CORRUPT && code != SQLITE_NOTADB && code != SQLITE_ERROR)) {
		*err = *why;
		return false;
	}
	check->is_unreadable = check->query == CHECK_PAGES;
	return tell(check, CHECK_DAMAGE, err, _("the file is damaged: %s"),
		sqlite3_errmsg(check->store->db));
}

bool store_check(struct store *store, check_visitor *visit, void *context, int64_t *problems,
	struct error *err)
{
	struct check check = { .store = store, .visit = visit, .context = context };
	bool ok = connection_run(store, "BEGIN", err);

	for (int query = 0; ok && !check.is_unreadable && query <= CHECK_QUERIES; query++) {
		struct error why = { 0 };

		ok = check_part(&check, query, &why) || tell_unreadable(&check, &why, err);
	}
	connection_take_back(store);
	*problems = check.problems;
	return ok;
}

static bool check_open(const char *path, struct store **store, struct error *err)
{
	return connection_open(
		       path, look_has_log(path) ? CONNECTION_READS : CONNECTION_LOOKS, store, err)
	       && connection_run(*store, "PRAGMA cell_size_check=ON", err);
}

bool store_check_file(
	const char *path, check_visitor *visit, void *context, int64_t *problems, struct error *err)
{
	struct store *store = NULL;
	enum look look = look_at_file(path, err);
	bool ok;

	*problems = 0;
	if (look != LOOK_DAMAGED && !look_tell(look, path, err))
		return false;
	ok = check_open(path, &store, err) && store_check(store, visit, context, problems, err);
	if (ok && look == LOOK_DAMAGED && *problems == 0) {
		struct check check = { .visit = visit, .context = context };

		ok = tell(&check, CHECK_DAMAGE, err,
			_("the file is damaged: its last page is not whole"));
		*problems = check.problems;
	}
	store_close(store);
	return ok;
}
