#include "store_internal.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "store_struct_internal.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LIST_SEPARATOR '\x1f'

static const char *const *const families[FAMILIES] = {
	[FAMILY_STORE] = store_sql,
	[FAMILY_SETTING] = setting_sql,
	[FAMILY_USER] = user_sql,
	[FAMILY_LOG] = log_sql,
	[FAMILY_UNIT] = unit_sql,
	[FAMILY_SLOT] = slot_sql,
	[FAMILY_READINESS] = readiness_sql,
	[FAMILY_CALENDAR] = calendar_sql,
	[FAMILY_IMPORT] = import_sql,
	[FAMILY_FINDING] = finding_sql,
	[FAMILY_CASE] = case_sql,
	[FAMILY_CALL] = call_sql,
	[FAMILY_CONSENT] = consent_sql,
	[FAMILY_MEETING] = meeting_sql,
	[FAMILY_INVITATION] = invitation_sql,
	[FAMILY_MESSAGE] = message_sql,
	[FAMILY_RECORD] = record_sql,
	[FAMILY_ACTION] = action_sql,
	[FAMILY_DRAFT] = draft_sql,
	[FAMILY_FEEDBACK] = feedback_sql,
	[FAMILY_FIGURE] = figure_sql,
	[FAMILY_INDICATOR] = indicator_sql,
	[FAMILY_LEARNING] = learning_sql,
	[FAMILY_REPLAY] = replay_sql,
	[FAMILY_PURGE] = purge_sql,
	[FAMILY_CHECK] = check_sql,
};

const char *family_sql(enum family family, int query)
{
	return families[family][query];
}

static bool fail_constraint(int code, const char *why, struct error *err)
{
	if (code == SQLITE_CONSTRAINT_TRIGGER && strcmp(why, "kutsu: no room") == 0)
		return error_set(err, ERROR_CONFLICT,
			_("the hole has just been taken; choose another time"));
	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return error_set(
			err, ERROR_CONFLICT, _("it is there already; nothing was changed"));
	return error_set(err, ERROR_DATABASE, _("the database can't be used (%s)"), why);
}

/* What the system's error is, SQLite knows only of some failures. */
static bool fail_system(int code, int why, struct error *err)
{
	if (code == SQLITE_FULL || why == ENOSPC || why == EDQUOT)
		return error_set(err, ERROR_DATABASE,
			_("the disk is full and nothing was saved; make room and try again"));
	/* A commit whose sync fails is taken back, but it stands in SQLite's log: where the disk
	 * does not let the last one out clear that away, the next to open finds it made. */
	if (code == SQLITE_IOERR_FSYNC)
		return error_set(err, ERROR_DATABASE,
			_("the disk failed (SQLite's error %d) and this may or may not be saved; "
			  "start "
			  "kutsu again and look"),
			code);
	if ((code & 0xFF) == SQLITE_READONLY || (code == SQLITE_CANTOPEN && why == EACCES))
		return error_set(err, ERROR_DATABASE,
			_("the files beside the database can't be made or opened; give its owner "
			  "the right to them and to the folder"));
	return error_set(err, ERROR_DATABASE,
		_("the disk failed (SQLite's error %d) and nothing was saved; tell the "
		  "administrator"),
		code);
}

bool store_fail(struct store *store, struct error *err)
{
	int code = sqlite3_extended_errcode(store->db);
	const char *why = sqlite3_errmsg(store->db);

	switch (code & 0xFF) {
	case SQLITE_BUSY:
		return error_set(err, ERROR_BUSY,
			_("the database has been locked by others for too long; try again"));
	case SQLITE_CONSTRAINT:
		return fail_constraint(code, why, err);
	case SQLITE_FULL:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_IOERR:
		return fail_system(code, sqlite3_system_errno(store->db), err);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return error_set(
			err, ERROR_DATABASE, _("the database is damaged; take a backup into use"));
	default:
		return error_set(err, ERROR_DATABASE, _("the database can't be used (%s)"), why);
	}
}

static sqlite3_stmt *prepare(struct store *store, enum family family, int query, struct error *err)
{
	sqlite3_stmt **slot = &store->statements[family][query];

	assert(query < FAMILY_MOST_QUERIES);
	if (!*slot
		&& sqlite3_prepare_v3(store->db, families[family][query], -1,
			   SQLITE_PREPARE_PERSISTENT, slot, NULL)
			   != SQLITE_OK)
		store_fail(store, err);
	return *slot;
}

sqlite3_stmt *statement(struct store *store, enum family family, int query, struct error *err,
	const char *kinds, ...)
{
	sqlite3_stmt *stmt = prepare(store, family, query, err);
	va_list args;

	if (!stmt)
		return NULL;
	sqlite3_reset(stmt);
	sqlite3_clear_bindings(stmt);
	assert((int)strlen(kinds) == sqlite3_bind_parameter_count(stmt));
	va_start(args, kinds);
	for (int i = 1; kinds[i - 1]; i++) {
		const unsigned char *bytes;
		int64_t integer;
		int day;

		switch (kinds[i - 1]) {
		case 'i':
			sqlite3_bind_int(stmt, i, va_arg(args, int));
			break;
		case 'l':
			sqlite3_bind_int64(stmt, i, va_arg(args, int64_t));
			break;
		case 't':
			sqlite3_bind_text(stmt, i, va_arg(args, const char *), -1, SQLITE_STATIC);
			break;
		case 'z':
			integer = va_arg(args, int64_t);
			if (integer)
				sqlite3_bind_int64(stmt, i, integer);
			break;
		case 'd':
			day = va_arg(args, int);
			if (day != DAY_FIRST && day != DAY_LAST)
				sqlite3_bind_int(stmt, i, day);
			break;
		case 'b':
			bytes = va_arg(args, const unsigned char *);
			sqlite3_bind_blob(stmt, i, bytes, va_arg(args, int), SQLITE_STATIC);
			break;
		default:
			assert(!"a kind of value that is none");
		}
	}
	va_end(args);
	return stmt;
}

bool statement_run(struct store *store, sqlite3_stmt *stmt, struct error *err)
{
	bool ok;

	if (!stmt)
		return false;
	ok = sqlite3_step(stmt) == SQLITE_DONE;
	if (!ok)
		store_fail(store, err);
	sqlite3_reset(stmt);
	return ok;
}

bool statement_change(struct store *store, sqlite3_stmt *stmt, int *changed, struct error *err)
{
	if (!statement_run(store, stmt, err))
		return false;
	*changed = sqlite3_changes(store->db);
	return true;
}

int64_t store_last_id(struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

/* Statements are reset before control goes back: one left open would stop checkpoints. */
static bool finish(struct store *store, sqlite3_stmt *stmt, int status, struct error *err)
{
	bool ok = status == SQLITE_DONE || status == SQLITE_ROW;

	if (!ok)
		store_fail(store, err);
	sqlite3_reset(stmt);
	return ok;
}

bool statement_read_one(struct store *store, sqlite3_stmt *stmt, struct arena *arena,
	row_reader *read, void *row, bool *found, struct error *err)
{
	int status;

	if (!stmt)
		return false;
	status = sqlite3_step(stmt);
	*found = status == SQLITE_ROW;
	if (*found)
		read(stmt, arena, row);
	return finish(store, stmt, status, err);
}

bool statement_read_all(struct store *store, sqlite3_stmt *stmt, struct arena *arena,
	row_reader *read, size_t size, void **items, size_t *count, struct error *err)
{
	int status;

	*items = NULL;
	*count = 0;
	if (!stmt)
		return false;
	while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
		*items = arena_append(arena, *items, count, size);
		read(stmt, arena, (char *)*items + (*count - 1) * size);
	}
	return finish(store, stmt, status, err);
}

bool statement_visit(struct store *store, sqlite3_stmt *stmt, row_reader *read, size_t size,
	row_visitor *visit, void *context, struct error *err)
{
	struct arena arena = { 0 };
	int status;

	if (!stmt)
		return false;
	while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
		void *row = arena_new(&arena, size);

		read(stmt, &arena, row);
		if (!visit(context, row, err)) {
			sqlite3_reset(stmt);
			arena_release(&arena);
			return false;
		}
		arena_reset(&arena);
	}
	arena_release(&arena);
	return finish(store, stmt, status, err);
}

const char *column_text(sqlite3_stmt *stmt, int column, struct arena *arena)
{
	return arena_text(arena, (const char *)sqlite3_column_text(stmt, column));
}

int64_t column_integer(sqlite3_stmt *stmt, int column)
{
	return sqlite3_column_int64(stmt, column);
}

int column_int(sqlite3_stmt *stmt, int column)
{
	return sqlite3_column_int(stmt, column);
}

int column_day(sqlite3_stmt *stmt, int column, int otherwise)
{
	return sqlite3_column_type(stmt, column) == SQLITE_NULL ? otherwise
								: column_int(stmt, column);
}

void read_first_text(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	*(const char **)row = column_text(stmt, 0, arena);
}

void read_first_integer(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	(void)arena;
	*(int64_t *)row = column_integer(stmt, 0);
}

const char *const *column_list(sqlite3_stmt *stmt, int column, struct arena *arena, size_t *count)
{
	char *text = arena_text(arena, (const char *)sqlite3_column_text(stmt, column));
	const char **items = NULL;

	*count = 0;
	while (text) {
		char *end = strchr(text, LIST_SEPARATOR);
		size_t at = *count;

		items = arena_append(arena, items, count, sizeof(*items));
		items[at] = text;
		if (end)
			*end++ = '\0';
		text = end;
	}
	return items;
}
