#include "kutsu/store/case_store.h"
#include "store_internal.h"

enum { CALL_ADD, CALL_ADD_UNIT, CALL_OF_CASE, CALL_BETWEEN, CALL_QUERIES };

/* read by read_call() */
#define COLUMNS                                                                                    \
	"SELECT call.id, c.code, call.received_at, call.source, call.caller, call.phone,"          \
	" call.concern, call.outcome, c.nondisclosure"                                             \
	" FROM call LEFT JOIN case_ref c ON c.id = call.case_id "

const char *const call_sql[CALL_QUERIES + 1] = {
	[CALL_ADD] =
		"INSERT INTO call (case_id, received_at, source, caller, phone, concern, outcome,"
		" taken_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[CALL_ADD_UNIT] = "INSERT INTO call_unit (call_id, unit_id) VALUES (?1, ?2)",
	[CALL_OF_CASE] = COLUMNS "WHERE call.case_id = ?1 ORDER BY call.received_at, call.id",
	[CALL_BETWEEN] = COLUMNS "WHERE call.received_at BETWEEN ?1 AND ?2"
				 " ORDER BY call.received_at, call.id",
};

static void read_call(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct call *call = row;
	int source = SOURCE_OTHER, outcome = OUTCOME_MEETING;

	call->id = column_integer(stmt, 0);
	call->case_code = column_text(stmt, 1, arena);
	call->received_at = column_integer(stmt, 2);
	term_parse(&source_terms, (const char *)sqlite3_column_text(stmt, 3), &source);
	call->source = (enum call_source)source;
	call->caller = column_text(stmt, 4, arena);
	call->phone = column_text(stmt, 5, arena);
	call->concern = column_text(stmt, 6, arena);
	term_parse(&outcome_terms, (const char *)sqlite3_column_text(stmt, 7), &outcome);
	call->outcome = (enum call_outcome)outcome;
	call->nondisclosure = column_int(stmt, 8) != 0;
}

bool store_call_add(struct change *change, struct call *call, int64_t case_id, int64_t user_id,
	struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_CALL, CALL_ADD, err, "zltttttl", case_id,
			    call->received_at, term_code(&source_terms, (int)call->source),
			    call->caller, call->phone, call->concern,
			    term_code(&outcome_terms, (int)call->outcome), user_id),
		    err))
		return false;
	call->id = store_last_id(store);
	return true;
}

bool store_call_add_unit(struct change *change, int64_t call_id, int64_t unit_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_CALL, CALL_ADD_UNIT, err, "ll", call_id, unit_id), err);
}

bool store_call_list(struct store *store, int64_t case_id, struct arena *arena,
	struct call_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_CALL, CALL_OF_CASE, err, "l", case_id), arena, read_call,
		sizeof(*list->items), (void **)&list->items, &list->count, err);
}

struct call_visit {
	call_visitor *visit;
	void *context;
};

static bool visit_call(void *context, const void *row, struct error *err)
{
	struct call_visit *inner = context;

	return inner->visit(inner->context, row, err);
}

bool store_call_each(struct store *store, int64_t from, int64_t until, call_visitor *visit,
	void *context, struct error *err)
{
	struct call_visit inner = { visit, context };

	return statement_visit(store,
		statement(store, FAMILY_CALL, CALL_BETWEEN, err, "ll", from, until), read_call,
		sizeof(struct call), visit_call, &inner, err);
}
