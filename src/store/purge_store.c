#include "kutsu/store/purge_store.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/right.h"
#include "store_internal.h"

enum {
	PURGE_LIST,
	PURGE_CASE,
	PURGE_DRAFTS_OF_CASE, /* from here to PURGE_ACTIONS: ?1 is the case */
	PURGE_ADULTS,
	PURGE_CALLS_OF_CASE,
	PURGE_CONSENTS,
	PURGE_MEETINGS,
	PURGE_RECORDS,
	PURGE_MEETING_ADULTS,
	PURGE_SETTLEMENTS,
	PURGE_INVITATIONS,
	PURGE_MESSAGES,
	PURGE_FEEDBACK,
	PURGE_ACTIONS,
	PURGE_WORDS,
	PURGE_CALLS,
	PURGE_DRAFTS,
	PURGE_REWRITE,
	PURGE_CHECKPOINT,
	PURGE_QUERIES
};

#define OF_CASE	   "WHERE case_id = ?1"
#define OF_MEETING "WHERE meeting_id IN (SELECT id FROM meeting WHERE case_id = ?1)"

const char *const purge_sql[PURGE_QUERIES + 1] = {
	[PURGE_LIST] = "SELECT id, code, closed_at, EXISTS (SELECT 1 FROM access_log"
		       "  WHERE case_id = c.id AND use_case = ?2 AND outcome = 'done'"
		       "  AND coalesce(detail, '') NOT LIKE 'meeting %')"
		       " FROM case_ref c WHERE closed_at < ?1 AND purged_at IS NULL"
		       " ORDER BY closed_at, id LIMIT ?3",
	[PURGE_CASE] = "UPDATE case_ref SET purged_at = ?2, closed_reason = '', child = NULL, "
		       "email = NULL,"
		       " municipality = CASE WHEN nondisclosure = 0 THEN municipality END,"
		       " not_weekdays = 0, not_before_minute = 0, not_after_minute = 1440"
		       " WHERE id = ?1 AND closed_at IS NOT NULL AND purged_at IS NULL",
	/* A call's draft has its case's code, a record's its meeting's number. */
	[PURGE_DRAFTS_OF_CASE] =
		"DELETE FROM draft WHERE id IN (SELECT draft_id FROM draft_field"
		" WHERE (name = 'case' AND value = (SELECT code FROM case_ref WHERE id = ?1))"
		" OR (name = 'meeting' AND value IN"
		"  (SELECT CAST(id AS TEXT) FROM meeting WHERE case_id = ?1)))",
	[PURGE_ADULTS] = "DELETE FROM everyday_adult " OF_CASE,
	[PURGE_CALLS_OF_CASE] =
		"UPDATE call SET caller = NULL, phone = NULL, concern = NULL " OF_CASE,
	[PURGE_CONSENTS] = "UPDATE consent SET given_by = '', how = NULL " OF_CASE,
	[PURGE_MEETINGS] = "UPDATE meeting SET place = NULL, cancelled_reason = NULL " OF_CASE,
	[PURGE_RECORDS] =
		"UPDATE meeting_record SET facilitator = NULL, strengths = NULL,"
		" vulnerabilities = NULL, notes = NULL, follow_up_reason = NULL " OF_MEETING,
	[PURGE_MEETING_ADULTS] = "UPDATE meeting_adult SET who = '' " OF_MEETING,
	[PURGE_SETTLEMENTS] = "UPDATE settlement SET person = NULL " OF_MEETING,
	[PURGE_INVITATIONS] = "UPDATE invitation SET note = NULL " OF_MEETING,
	[PURGE_MESSAGES] = "UPDATE message SET recipient = NULL, content = '', error = NULL,"
			   " sender = NULL " OF_MEETING,
	/* What was picked for a report has no names in it. */
	[PURGE_FEEDBACK] = "UPDATE feedback_answer SET text = NULL WHERE feedback_id IN"
			   " (SELECT id FROM feedback " OF_MEETING ")",
	[PURGE_ACTIONS] = "UPDATE agreed_action SET who = '', what = '' " OF_MEETING,
	[PURGE_WORDS] = "DELETE FROM case_word"
			" WHERE (SELECT purged_at FROM case_ref WHERE id = case_id) IS NOT NULL",
	[PURGE_CALLS] = "UPDATE call SET caller = NULL, phone = NULL, concern = NULL"
			" WHERE case_id IS NULL AND received_at < ?1 AND"
			" (caller IS NOT NULL OR phone IS NOT NULL OR concern IS NOT NULL)",
	[PURGE_DRAFTS] = "DELETE FROM draft WHERE saved_at < ?1",
	[PURGE_REWRITE] = "VACUUM",
	[PURGE_CHECKPOINT] = "PRAGMA wal_checkpoint(TRUNCATE)",
};

static void read_expired(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct expired_case *expired = row;

	expired->id = column_integer(stmt, 0);
	expired->code = column_text(stmt, 1, arena);
	expired->closed_at = column_integer(stmt, 2);
	expired->was_exported = column_int(stmt, 3) != 0;
}

bool store_purge_list(struct store *store, int64_t closed_before, int64_t limit,
	struct arena *arena, struct expired_case_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_PURGE, PURGE_LIST, err, "ltl", closed_before,
			use_case_code(USE_CASE_EXPORT), limit ? limit : (int64_t)-1),
		arena, read_expired, sizeof(*list->items), (void **)&list->items, &list->count,
		err);
}

static bool purge_case(struct store *store, int64_t id, int64_t at, struct error *err)
{
	bool ok = true;
	int changed;

	if (!statement_change(store, statement(store, FAMILY_PURGE, PURGE_CASE, err, "ll", id, at),
		    &changed, err))
		return false;
	if (!changed)
		return error_set(
			err, ERROR_CONFLICT, _("a case is open or purged already; try again"));
	for (int query = PURGE_DRAFTS_OF_CASE; ok && query <= PURGE_ACTIONS; query++)
		ok = statement_run(store, statement(store, FAMILY_PURGE, query, err, "l", id), err);
	return ok;
}

bool store_purge_cases(
	struct change *change, const int64_t *ids, size_t count, int64_t at, struct error *err)
{
	struct store *store = change->store;

	for (size_t i = 0; i < count; i++) {
		if (!purge_case(store, ids[i], at, err))
			return false;
	}
	return statement_run(store, statement(store, FAMILY_PURGE, PURGE_WORDS, err, ""), err);
}

static bool purge_before(
	struct change *change, int query, int64_t before, int *count, struct error *err)
{
	struct store *store = change->store;

	return statement_change(
		store, statement(store, FAMILY_PURGE, query, err, "l", before), count, err);
}

bool store_purge_calls(
	struct change *change, int64_t received_before, int *count, struct error *err)
{
	return purge_before(change, PURGE_CALLS, received_before, count, err);
}

bool store_purge_drafts(struct change *change, int64_t saved_before, int *count, struct error *err)
{
	return purge_before(change, PURGE_DRAFTS, saved_before, count, err);
}

/* temp_store=MEMORY: the copy that VACUUM makes stands in no other file. */
static bool rewrite(struct store *store, bool *hindered, struct error *err)
{
	struct error why;

	*hindered = false;
	if (statement_run(store, statement(store, FAMILY_PURGE, PURGE_REWRITE, &why, ""), &why))
		return true;
	*hindered = (sqlite3_errcode(store_connection(store)) & 0xFF) == SQLITE_BUSY;
	if (!*hindered)
		*err = why;
	return *hindered;
}

bool store_forget(struct store *store, bool *complete, struct error *err)
{
	int64_t is_busy = 0;
	bool hindered, found;

	*complete = false;
	if (!rewrite(store, &hindered, err))
		return false;
	if (hindered)
		return true;
	if (!statement_read_one(store, statement(store, FAMILY_PURGE, PURGE_CHECKPOINT, err, ""),
		    NULL, read_first_integer, &is_busy, &found, err))
		return false;
	*complete = !is_busy;
	return true;
}
