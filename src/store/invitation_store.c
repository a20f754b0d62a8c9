#include "kutsu/store/invitation_store.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "store_internal.h"

enum {
	INVITATION_LIST,
	INVITATION_GET,
	INVITATION_AHEAD,
	INVITATION_BEGIN,
	INVITATION_END,
	INVITATION_ANSWER,
	INVITATION_QUERIES
};

#define HAS_CONSENT                                                                                \
	"EXISTS (SELECT 1 FROM consent WHERE consent.case_id = m.case_id"                          \
	" AND consent.unit_id = i.unit_id AND withdrawn_at IS NULL)"
#define OF_SEQUENCE                                                                                \
	"FROM message WHERE meeting_id = i.meeting_id AND unit_id = i.unit_id"                     \
	" AND sequence = i.sequence"

/* What is just leaving tells the time that it tells. */
#define IN_HAND(column)                                                                            \
	"coalesce((SELECT " column " FROM message WHERE meeting_id = i.meeting_id"                 \
	" AND unit_id = i.unit_id AND kind = 'request' AND sender IS NOT NULL"                     \
	" ORDER BY id DESC LIMIT 1), i." column ")"
/* read by read_invitation() */
#define INVITATION                                                                                 \
	"SELECT i.meeting_id, i.unit_id, u.code, nullif(u.email, ''), i.sequence, "                \
	"i.is_off, " HAS_CONSENT                                                                   \
	", i.answer, i.reason, i.note, i.counter_day, i.counter_minute, i.answered_at,"            \
	" user.login, (SELECT max(sent_at) " OF_SEQUENCE " AND kind = 'request'),"                 \
	" (SELECT max(created_at) " OF_SEQUENCE " AND kind = 'reminder'),"                         \
	" i.was_sent OR EXISTS (SELECT 1 FROM message WHERE meeting_id = i.meeting_id"             \
	"  AND unit_id = i.unit_id AND kind = 'request' AND sender IS NOT NULL),"                  \
	" EXISTS (SELECT 1 " OF_SEQUENCE                                                           \
	" AND kind = 'request' AND (state = 'sent' OR may_have_left OR sender IS NOT NULL)),"      \
	" m.day, m.start_minute, m.end_minute, " IN_HAND("told_day") ", " IN_HAND(                 \
		"told_start") ", " IN_HAND("told_end") " FROM meeting m CROSS JOIN invitation i "  \
						       "ON i.meeting_id = m.id"                    \
						       " JOIN unit u ON u.id = i.unit_id LEFT "    \
						       "JOIN user ON user.id = i.answered_by "

const char *const invitation_sql[INVITATION_QUERIES + 1] = {
	[INVITATION_LIST] = INVITATION
	"LEFT JOIN meeting_unit mu ON mu.meeting_id = i.meeting_id AND mu.unit_id = i.unit_id"
	" WHERE m.id = ?1 ORDER BY mu.position IS NULL, mu.position, u.code",
	[INVITATION_GET] = INVITATION "WHERE m.id = ?1 AND i.unit_id = ?2",
	[INVITATION_AHEAD] = INVITATION
	"WHERE m.status = 'booked' AND m.day >= ?1 AND CASE i.is_off WHEN 0 THEN i.answer IS NULL "
	"OR i.answer IN ('declined', 'counter')"
	" ELSE EXISTS (SELECT 1 FROM meeting_unit mu WHERE mu.meeting_id = m.id"
	"  AND mu.unit_id = i.unit_id) END"
	" AND (?2 IS NULL OR EXISTS (SELECT 1 FROM user_role ur WHERE ur.unit_id = i.unit_id"
	"  AND ur.role = 'contact' AND ur.user_id = ?2))"
	" ORDER BY m.day, m.start_minute, m.id, u.code LIMIT ?3",
	[INVITATION_BEGIN] = "INSERT INTO invitation (meeting_id, unit_id, sequence)"
			     " VALUES (?1, ?2, ?3)"
			     " ON CONFLICT (meeting_id, unit_id) DO UPDATE SET"
			     " sequence = excluded.sequence, is_off = 0, answer = NULL,"
			     " reason = NULL, note = NULL, counter_day = NULL,"
			     " counter_minute = NULL, answered_at = NULL, answered_by = NULL",
	[INVITATION_END] = "UPDATE invitation SET is_off = 1, sequence = ?3"
			   " WHERE meeting_id = ?1 AND unit_id = ?2",
	[INVITATION_ANSWER] = "UPDATE invitation SET answer = ?3, reason = ?4, note = ?5,"
			      " counter_day = ?6, counter_minute = ?7, answered_at = ?8,"
			      " answered_by = ?9 WHERE meeting_id = ?1 AND unit_id = ?2",
};

static int parse_term(const struct term_list *terms, sqlite3_stmt *stmt, int column)
{
	const char *code = (const char *)sqlite3_column_text(stmt, column);
	int value = 0;

	if (code)
		term_parse(terms, code, &value);
	return value;
}

static void read_invitation(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct invitation *invitation = row;

	invitation->meeting_id = column_integer(stmt, 0);
	invitation->unit_id = column_integer(stmt, 1);
	invitation->unit = column_text(stmt, 2, arena);
	invitation->email = column_text(stmt, 3, arena);
	invitation->sequence = column_int(stmt, 4);
	invitation->is_off = column_int(stmt, 5) != 0;
	invitation->has_consent = column_int(stmt, 6) != 0;
	invitation->answer = (enum answer)parse_term(&answer_terms, stmt, 7);
	invitation->reason = (enum decline_reason)parse_term(&decline_reason_terms, stmt, 8);
	invitation->note = column_text(stmt, 9, arena);
	invitation->counter_day = column_int(stmt, 10);
	invitation->counter_start = column_int(stmt, 11);
	invitation->answered_at = column_integer(stmt, 12);
	invitation->answered_by = column_text(stmt, 13, arena);
	invitation->sent_at = column_integer(stmt, 14);
	invitation->reminded_at = column_integer(stmt, 15);
	invitation->was_sent = column_int(stmt, 16) != 0;
	invitation->was_told = column_int(stmt, 17) != 0;
	invitation->day = column_int(stmt, 18);
	invitation->start = column_int(stmt, 19);
	invitation->end = column_int(stmt, 20);
	invitation->told_day = column_int(stmt, 21);
	invitation->told_start = column_int(stmt, 22);
	invitation->told_end = column_int(stmt, 23);
}

static bool read_invitations(struct store *store, sqlite3_stmt *stmt, struct arena *arena,
	struct invitation_list *list, struct error *err)
{
	return statement_read_all(store, stmt, arena, read_invitation, sizeof(*list->items),
		(void **)&list->items, &list->count, err);
}

bool store_invitation_list(struct store *store, int64_t meeting_id, struct arena *arena,
	struct invitation_list *list, struct error *err)
{
	return read_invitations(store,
		statement(store, FAMILY_INVITATION, INVITATION_LIST, err, "l", meeting_id), arena,
		list, err);
}

bool store_invitation_get(struct store *store, int64_t meeting_id, int64_t unit_id,
	struct arena *arena, struct invitation *invitation, struct error *err)
{
	bool found;

	*invitation = (struct invitation) { 0 };
	if (!statement_read_one(store,
		    statement(store, FAMILY_INVITATION, INVITATION_GET, err, "ll", meeting_id,
			    unit_id),
		    arena, read_invitation, invitation, &found, err))
		return false;
	return found
	       || error_set(err, ERROR_NOT_FOUND,
		       _("the unit is not invited to meeting %lld; see \"kutsu meeting show\""),
		       (long long)meeting_id);
}

bool store_invitation_ahead(struct store *store, int day, int64_t contact_id, int64_t limit,
	struct arena *arena, struct invitation_list *list, struct error *err)
{
	return read_invitations(store,
		statement(store, FAMILY_INVITATION, INVITATION_AHEAD, err, "izl", day, contact_id,
			limit ? limit : (int64_t)-1),
		arena, list, err);
}

bool store_invitation_begin(
	struct change *change, int64_t meeting_id, int64_t unit_id, int sequence, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_INVITATION, INVITATION_BEGIN, err, "lli", meeting_id,
			unit_id, sequence),
		err);
}

bool store_invitation_end(
	struct change *change, int64_t meeting_id, int64_t unit_id, int sequence, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_INVITATION, INVITATION_END, err, "lli", meeting_id, unit_id,
			sequence),
		err);
}

bool store_invitation_answer(struct change *change, const struct invitation *invitation,
	int64_t user_id, struct error *err)
{
	const struct invitation *i = invitation;
	struct store *store = change->store;
	int none = DAY_LAST; /* bound as NULL */
	bool is_counter = i->answer == ANSWER_COUNTER;

	return statement_run(store,
		statement(store, FAMILY_INVITATION, INVITATION_ANSWER, err, "lltttddzz",
			i->meeting_id, i->unit_id,
			i->answer == ANSWER_NONE ? NULL : term_code(&answer_terms, (int)i->answer),
			i->reason == DECLINE_UNTOLD
				? NULL
				: term_code(&decline_reason_terms, (int)i->reason),
			i->note, is_counter ? i->counter_day : none,
			is_counter ? i->counter_start : none, i->answered_at, user_id),
		err);
}
