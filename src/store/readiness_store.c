#include "kutsu/store/readiness_store.h"

#include "kutsu/base/message.h"
#include "store_internal.h"

enum {
	READINESS_OF_UNIT,
	READINESS_BETWEEN,
	READINESS_SET,
	READINESS_MOVE,
	READINESS_REMOVE,
	SETTLEMENT_FROM,
	SETTLEMENT_SET,
	SETTLEMENT_REMOVE,
	READINESS_QUERIES
};

/* read by read_answer() */
#define ANSWER                                                                                     \
	"SELECT unit_id, day, start_minute, state, note, person, place, login,"                    \
	" answered_at FROM readiness JOIN user ON user.id = answered_by "

const char *const readiness_sql[READINESS_QUERIES + 1] = {
	[READINESS_OF_UNIT] =
		ANSWER "WHERE unit_id = ?3 AND day BETWEEN ?1 AND ?2 ORDER BY day, start_minute",
	[READINESS_BETWEEN] =
		ANSWER "WHERE day BETWEEN ?1 AND ?2 ORDER BY unit_id, day, start_minute",
	[READINESS_SET] =
		("INSERT INTO readiness (unit_id, day, start_minute, state, note, person, place,"
		 " answered_by, answered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
		 " ON CONFLICT (unit_id, day, start_minute) DO UPDATE SET state = excluded.state,"
		 " note = excluded.note, person = excluded.person, place = excluded.place,"
		 " answered_by = excluded.answered_by,"
		 " answered_at = excluded.answered_at"),
	[READINESS_MOVE] = "UPDATE readiness SET start_minute = ?4,"
			   " state = CASE state WHEN 'confirmed' THEN 'unconfirmed' ELSE state END"
			   " WHERE unit_id = ?1 AND day = ?2 AND start_minute = ?3",
	[SETTLEMENT_FROM] =
		"SELECT meeting_id, unit_id, day, start_minute, asks, person, login, settled_at"
		" FROM settlement JOIN user ON user.id = settled_by WHERE day >= ?1"
		" ORDER BY meeting_id, unit_id",
	[SETTLEMENT_SET] =
		("INSERT INTO settlement (meeting_id, unit_id, day, start_minute, asks, person,"
		 " settled_by, settled_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
		 " ON CONFLICT (meeting_id, unit_id) DO UPDATE SET day = excluded.day,"
		 " start_minute = excluded.start_minute, asks = excluded.asks,"
		 " person = excluded.person, settled_by = excluded.settled_by,"
		 " settled_at = excluded.settled_at"),
	[SETTLEMENT_REMOVE] = "DELETE FROM settlement WHERE meeting_id = ?1 AND unit_id = ?2",
	[READINESS_REMOVE] = "DELETE FROM readiness"
			     " WHERE unit_id = ?1 AND day = ?2 AND start_minute = ?3",
};

static void read_answer(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct readiness_answer *answer = row;
	int state = READINESS_UNCONFIRMED;

	term_parse(&readiness_terms, (const char *)sqlite3_column_text(stmt, 3), &state);
	answer->unit_id = column_integer(stmt, 0);
	answer->day = column_int(stmt, 1);
	answer->start = column_int(stmt, 2);
	answer->state = (enum readiness)state;
	answer->note = column_text(stmt, 4, arena);
	answer->person = column_text(stmt, 5, arena);
	answer->place = column_text(stmt, 6, arena);
	answer->answered_by = column_text(stmt, 7, arena);
	answer->answered_at = column_integer(stmt, 8);
}

bool store_readiness_list(struct store *store, int64_t unit_id, int first_day, int last_day,
	struct arena *arena, struct readiness_answer_list *list, struct error *err)
{
	return statement_read_all(store,
		unit_id ? statement(store, FAMILY_READINESS, READINESS_OF_UNIT, err, "iil",
			first_day, last_day, unit_id)
			: statement(store, FAMILY_READINESS, READINESS_BETWEEN, err, "ii",
				first_day, last_day),
		arena, read_answer, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_readiness_set(struct change *change, const struct readiness_answer *answer,
	int64_t user_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_READINESS, READINESS_SET, err, "liittttll", answer->unit_id,
			answer->day, answer->start, term_code(&readiness_terms, (int)answer->state),
			answer->note, answer->person, answer->place, user_id, answer->answered_at),
		err);
}

bool store_readiness_move(struct change *change, int64_t unit_id, int day, int start, int new_start,
	struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_READINESS, READINESS_MOVE, err, "liii", unit_id, day, start,
			new_start),
		err);
}

bool store_readiness_remove(
	struct change *change, int64_t unit_id, int day, int start, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(
			store, FAMILY_READINESS, READINESS_REMOVE, err, "lii", unit_id, day, start),
		err);
}

static void read_settlement(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	const char *asks = (const char *)sqlite3_column_text(stmt, 4);
	struct settlement *settlement = row;
	int asked = ASKED_NOTHING;

	if (asks)
		term_parse(&asked_terms, asks, &asked);
	settlement->meeting_id = column_integer(stmt, 0);
	settlement->unit_id = column_integer(stmt, 1);
	settlement->day = column_int(stmt, 2);
	settlement->start = column_int(stmt, 3);
	settlement->asks = (enum asked)asked;
	settlement->person = column_text(stmt, 5, arena);
	settlement->settled_by = column_text(stmt, 6, arena);
	settlement->settled_at = column_integer(stmt, 7);
}

bool store_settlement_list(struct store *store, int from_day, struct arena *arena,
	struct settlement_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_READINESS, SETTLEMENT_FROM, err, "i", from_day), arena,
		read_settlement, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_settlement_set(struct change *change, const struct settlement *settlement,
	int64_t user_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_READINESS, SETTLEMENT_SET, err, "lliittll",
			settlement->meeting_id, settlement->unit_id, settlement->day,
			settlement->start,
			settlement->asks == ASKED_NOTHING
				? NULL
				: term_code(&asked_terms, (int)settlement->asks),
			settlement->person, user_id, settlement->settled_at),
		err);
}

bool store_settlement_remove(
	struct change *change, int64_t meeting_id, int64_t unit_id, struct error *err)
{
	struct store *store = change->store;
	int changed;

	if (!statement_change(store,
		    statement(store, FAMILY_READINESS, SETTLEMENT_REMOVE, err, "ll", meeting_id,
			    unit_id),
		    &changed, err))
		return false;
	return changed
	       || error_set(err, ERROR_NOT_FOUND,
		       _("nothing is settled there, so nothing is taken back"));
}
