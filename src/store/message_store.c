#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "kutsu/store/invitation_store.h"
#include "store_internal.h"

enum {
	MESSAGE_LIST_ALL,
	MESSAGE_LIST_UNSENT,
	MESSAGE_LIST_OF_MEETING,
	MESSAGE_GET,
	MESSAGE_DUE,
	MESSAGE_NEXT,
	MESSAGE_ADD,
	MESSAGE_APPROVE,
	MESSAGE_CLAIM,
	MESSAGE_MARK_SENT,
	MESSAGE_MARK_NOT_SENT,
	MESSAGE_RELEASE,
	MESSAGE_HURRY,
	MESSAGE_TOLD,
	MESSAGE_DROP,
	MESSAGE_DROP_UNSENT,
	MESSAGE_DROP_OF_MEETING,
	MESSAGE_CONSENT_GIVEN,
	MESSAGE_CONSENT_WITHDRAWN,
	MESSAGE_QUERIES
};

/* Whether the unit was told of another time than the meeting has. */
#define TELLS_NEW_TIME(message)                                                                    \
	"EXISTS (SELECT 1 FROM invitation i JOIN meeting m ON m.id = i.meeting_id WHERE"           \
	" i.meeting_id = " message ".meeting_id AND i.unit_id = " message ".unit_id"               \
	" AND (i.told_day <> m.day OR i.told_start <> m.start_minute"                              \
	"  OR i.told_end <> m.end_minute))"
/* What the message tells of is what it told of ever after. */
#define FIX_TIME                                                                                   \
	" is_new_time = CASE WHEN told_day IS NULL THEN " TELLS_NEW_TIME(                          \
		"message") " ELSE is_new_time END,"                                                \
			   " (told_day, told_start, told_end) = (SELECT coalesce(told_day, "       \
			   "m.day),"                                                               \
			   " coalesce(told_start, m.start_minute), coalesce(told_end, "            \
			   "m.end_minute)"                                                         \
			   " FROM meeting m WHERE m.id = message.meeting_id)"

/* Who it would go to today, where it has not left yet; lists are without what it holds. read by
 * read_message() */
#define MESSAGE(content, index)                                                                    \
	"SELECT g.id, g.meeting_id, g.unit_id, u.code,"                                            \
	" coalesce(g.recipient, CASE g.kind WHEN 'family' THEN c.email"                            \
	" WHEN 'cancel' THEN coalesce((SELECT recipient FROM message WHERE meeting_id = "          \
	"g.meeting_id"                                                                             \
	"  AND unit_id = g.unit_id AND id < g.id AND recipient IS NOT NULL ORDER BY id DESC "      \
	"LIMIT 1),"                                                                                \
	"  nullif(u.email, '')) ELSE nullif(u.email, '') END) AS too,"                             \
	" g.kind, g.sequence, g.state, g.is_approved, g.message_id, " content ", g.attempts,"      \
	" g.next_attempt_at, g.error, g.sender, g.created_at, g.sent_at,"                          \
	" m.day, m.start_minute, m.end_minute, g.may_have_left OR g.sender IS NOT NULL,"           \
	" coalesce(g.told_day, m.day), coalesce(g.told_start, m.start_minute),"                    \
	" coalesce(g.told_end, m.end_minute),"                                                     \
	" CASE WHEN g.told_day IS NULL THEN " TELLS_NEW_TIME(                                      \
		"g") " ELSE g.is_new_time END"                                                     \
		     " FROM message g " index " JOIN meeting m ON m.id = g.meeting_id"             \
		     " JOIN case_ref c ON c.id = m.case_id LEFT JOIN unit u ON u.id = g.unit_id "
/* By number they would be sought among all there ever were. */
#define UNSENT "INDEXED BY message_unsent"
#define CONSENT                                                                                    \
	"EXISTS (SELECT 1 FROM consent JOIN meeting ON meeting.case_id = consent.case_id"          \
	" WHERE meeting.id = message.meeting_id AND consent.unit_id = message.unit_id"             \
	" AND withdrawn_at IS NULL)"
#define OF_CASE_AND_UNIT                                                                           \
	" WHERE meeting_id IN (SELECT id FROM meeting WHERE case_id = ?1) AND unit_id = ?2"

const char *const message_sql[MESSAGE_QUERIES + 1] = {
	[MESSAGE_LIST_ALL] = MESSAGE("NULL", "") "WHERE g.id > ?1 ORDER BY g.id LIMIT ?2",
	[MESSAGE_LIST_UNSENT] =
		MESSAGE("NULL", UNSENT) "WHERE g.state <> 'sent' ORDER BY g.id LIMIT ?1",
	[MESSAGE_LIST_OF_MEETING] = MESSAGE("NULL", "") "WHERE g.meeting_id = ?1 ORDER BY g.id",
	[MESSAGE_GET] = MESSAGE("g.content", "") "WHERE g.id = ?1",
	[MESSAGE_DUE] = MESSAGE("g.content",
		UNSENT) "WHERE g.state <> 'sent' AND g.state = 'queued' AND g.next_attempt_at <= ?1"
			" AND too IS NOT NULL AND c.purged_at IS NULL"
			" ORDER BY g.id LIMIT ?2",
	[MESSAGE_NEXT] = "SELECT min(next_attempt_at) FROM message " UNSENT
			 " WHERE state <> 'sent' AND state = 'queued'",
	[MESSAGE_ADD] = "INSERT INTO message (meeting_id, unit_id, kind, sequence, state,"
			" is_approved, created_by, created_at, told_day, told_start, told_end)"
			" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
	[MESSAGE_APPROVE] = "UPDATE message SET is_approved = 1,"
			    " state = CASE state WHEN 'draft' THEN 'queued' ELSE state END"
			    " WHERE id = ?1",
	[MESSAGE_CLAIM] = "UPDATE message SET sender = ?2, attempts = attempts + 1,"
			  " may_have_left = may_have_left OR sender IS NOT NULL," FIX_TIME ","
			  " message_id = coalesce(message_id, ?3),"
			  " content = coalesce(content, ?4), recipient = coalesce(recipient, ?5)"
			  " WHERE id = ?1 AND state = 'queued' AND sender IS ?6"
			  " AND (kind IN ('cancel', 'family') OR " CONSENT ")",
	[MESSAGE_MARK_SENT] = "UPDATE message SET state = 'sent', sent_at = ?3, sender = NULL,"
			      " error = NULL WHERE id = ?1 AND sender = ?2",
	[MESSAGE_MARK_NOT_SENT] =
		"UPDATE message SET state = CASE WHEN ?4 = 0 THEN 'failed'"
		" WHEN kind IN ('cancel', 'family') OR " CONSENT " THEN state"
		" ELSE 'waiting_consent' END,"
		" next_attempt_at = ?4, error = ?3, sender = NULL,"
		" may_have_left = may_have_left OR ?5 WHERE id = ?1 AND sender = ?2",
	[MESSAGE_RELEASE] = "UPDATE message SET sender = NULL, may_have_left = 1 WHERE id = ?1",
	[MESSAGE_HURRY] = "UPDATE message SET next_attempt_at = 0"
			  " WHERE id = ?1 AND state = 'queued'",
	[MESSAGE_TOLD] =
		"UPDATE message SET state = 'sent', sent_at = ?2, is_approved = 1," FIX_TIME
		", error = NULL WHERE id = ?1 AND state <> 'sent' AND sender IS NULL",
	[MESSAGE_DROP] = "DELETE FROM message WHERE id = ?1 AND state <> 'sent' AND sender IS NULL",
	[MESSAGE_DROP_UNSENT] = "DELETE FROM message WHERE meeting_id = ?1 AND unit_id IS ?2"
				" AND state <> 'sent' AND sender IS NULL"
				" AND kind IS NOT ?3",
	[MESSAGE_DROP_OF_MEETING] = "DELETE FROM message WHERE meeting_id = ?1"
				    " AND state <> 'sent' AND sender IS NULL",
	[MESSAGE_CONSENT_GIVEN] =
		"UPDATE message SET state = CASE is_approved WHEN 1 THEN 'queued' ELSE 'draft' "
		"END" OF_CASE_AND_UNIT " AND state = 'waiting_consent'",
	[MESSAGE_CONSENT_WITHDRAWN] =
		"UPDATE message SET state = 'waiting_consent', is_approved = 0" OF_CASE_AND_UNIT
		" AND kind IN ('request', 'reminder') AND state IN ('draft', 'queued', 'failed')"
		" AND sender IS NULL",
};

static void read_message(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct message *message = row;
	int kind = 0, state = 0;

	message->id = column_integer(stmt, 0);
	message->meeting_id = column_integer(stmt, 1);
	message->unit_id = column_integer(stmt, 2);
	message->unit = column_text(stmt, 3, arena);
	message->to = column_text(stmt, 4, arena);
	term_parse(&message_kind_terms, (const char *)sqlite3_column_text(stmt, 5), &kind);
	message->kind = (enum message_kind)kind;
	message->sequence = column_int(stmt, 6);
	term_parse(&message_state_terms, (const char *)sqlite3_column_text(stmt, 7), &state);
	message->state = (enum message_state)state;
	message->is_approved = column_int(stmt, 8) != 0;
	message->message_id = column_text(stmt, 9, arena);
	message->content = column_text(stmt, 10, arena);
	message->attempts = column_int(stmt, 11);
	message->next_attempt_at = column_integer(stmt, 12);
	message->error = column_text(stmt, 13, arena);
	message->sender = column_text(stmt, 14, arena);
	message->created_at = column_integer(stmt, 15);
	message->sent_at = column_integer(stmt, 16);
	message->day = column_int(stmt, 17);
	message->start = column_int(stmt, 18);
	message->end = column_int(stmt, 19);
	message->may_have_left = column_int(stmt, 20) != 0;
	message->told_day = column_int(stmt, 21);
	message->told_start = column_int(stmt, 22);
	message->told_end = column_int(stmt, 23);
	message->is_new_time = column_int(stmt, 24) != 0;
}

static bool read_messages(struct store *store, sqlite3_stmt *stmt, struct arena *arena,
	struct message_list *list, struct error *err)
{
	return statement_read_all(store, stmt, arena, read_message, sizeof(*list->items),
		(void **)&list->items, &list->count, err);
}

bool store_message_list(struct store *store, enum message_choice choice, int64_t meeting_id,
	int64_t limit, struct arena *arena, struct message_list *list, struct error *err)
{
	int64_t most = limit ? limit : -1;

	if (meeting_id)
		return read_messages(store,
			statement(store, FAMILY_MESSAGE, MESSAGE_LIST_OF_MEETING, err, "l",
				meeting_id),
			arena, list, err);
	if (choice == MESSAGES_UNSENT)
		return read_messages(store,
			statement(store, FAMILY_MESSAGE, MESSAGE_LIST_UNSENT, err, "l", most),
			arena, list, err);
	return read_messages(store,
		statement(store, FAMILY_MESSAGE, MESSAGE_LIST_ALL, err, "ll", (int64_t)0, most),
		arena, list, err);
}

bool store_message_get(struct store *store, int64_t id, struct arena *arena,
	struct message *message, struct error *err)
{
	bool found;

	*message = (struct message) { 0 };
	if (!statement_read_one(store, statement(store, FAMILY_MESSAGE, MESSAGE_GET, err, "l", id),
		    arena, read_message, message, &found, err))
		return false;
	return found
	       || error_set(err, ERROR_NOT_FOUND,
		       _("there is no message %lld; see \"kutsu outbox list\""), (long long)id);
}

bool store_message_due(struct store *store, int64_t now, int64_t limit, struct arena *arena,
	struct message_list *list, struct error *err)
{
	return read_messages(store,
		statement(store, FAMILY_MESSAGE, MESSAGE_DUE, err, "ll", now,
			limit ? limit : (int64_t)-1),
		arena, list, err);
}

bool store_message_next(struct store *store, int64_t *at, struct error *err)
{
	bool found;

	*at = 0;
	return statement_read_one(store, statement(store, FAMILY_MESSAGE, MESSAGE_NEXT, err, ""),
		NULL, read_first_integer, at, &found, err);
}

bool store_message_add(
	struct change *change, struct message *message, int64_t user_id, struct error *err)
{
	bool is_told = message->told_end > 0; /* no meeting ends at midnight's start */
	struct store *store = change->store;
	int none = DAY_LAST; /* bound as NULL */

	if (!statement_run(store,
		    statement(store, FAMILY_MESSAGE, MESSAGE_ADD, err, "lztitillddd",
			    message->meeting_id, message->unit_id,
			    term_code(&message_kind_terms, (int)message->kind), message->sequence,
			    term_code(&message_state_terms, (int)message->state),
			    (int)message->is_approved, user_id, message->created_at,
			    is_told ? message->told_day : none,
			    is_told ? message->told_start : none,
			    is_told ? message->told_end : none),
		    err))
		return false;
	message->id = store_last_id(store);
	return true;
}

static bool run(struct change *change, sqlite3_stmt *stmt, struct error *err)
{
	return statement_run(change->store, stmt, err);
}

bool store_message_approve(struct change *change, int64_t id, struct error *err)
{
	return run(change, statement(change->store, FAMILY_MESSAGE, MESSAGE_APPROVE, err, "l", id),
		err);
}

bool store_message_claim(struct change *change, const struct message *message, const char *sender,
	bool *claimed, struct error *err)
{
	struct store *store = change->store;
	int changed = 0;
	bool ok = statement_change(store,
		statement(store, FAMILY_MESSAGE, MESSAGE_CLAIM, err, "lttttt", message->id, sender,
			message->message_id, message->content, message->to, message->sender),
		&changed, err);

	*claimed = ok && changed == 1;
	return ok;
}

bool store_message_sent(
	struct change *change, int64_t id, const char *sender, int64_t at, struct error *err)
{
	return run(change,
		statement(change->store, FAMILY_MESSAGE, MESSAGE_MARK_SENT, err, "ltl", id, sender,
			at),
		err);
}

bool store_message_not_sent(struct change *change, int64_t id, const char *sender,
	const char *error, int64_t next, bool may_have_left, struct error *err)
{
	return run(change,
		statement(change->store, FAMILY_MESSAGE, MESSAGE_MARK_NOT_SENT, err, "lttli", id,
			sender, error, next, (int)may_have_left),
		err);
}

bool store_message_release(struct change *change, int64_t id, struct error *err)
{
	return run(change, statement(change->store, FAMILY_MESSAGE, MESSAGE_RELEASE, err, "l", id),
		err);
}

bool store_message_hurry(struct change *change, int64_t id, struct error *err)
{
	return run(
		change, statement(change->store, FAMILY_MESSAGE, MESSAGE_HURRY, err, "l", id), err);
}

bool store_message_told(struct change *change, int64_t id, int64_t at, struct error *err)
{
	return run(change,
		statement(change->store, FAMILY_MESSAGE, MESSAGE_TOLD, err, "ll", id, at), err);
}

bool store_message_drop(struct change *change, int64_t id, int *dropped, struct error *err)
{
	return statement_change(change->store,
		statement(change->store, FAMILY_MESSAGE, MESSAGE_DROP, err, "l", id), dropped, err);
}

bool store_message_drop_unsent(struct change *change, int64_t meeting_id, int64_t unit_id,
	enum unsent unsent, struct error *err)
{
	const char *spared = unsent == UNSENT_BUT_CANCELLATIONS
				     ? term_code(&message_kind_terms, MESSAGE_CANCEL)
				     : NULL;

	return run(change,
		statement(change->store, FAMILY_MESSAGE, MESSAGE_DROP_UNSENT, err, "lzt",
			meeting_id, unit_id, spared),
		err);
}

bool store_message_drop_of_meeting(struct change *change, int64_t meeting_id, struct error *err)
{
	return run(change,
		statement(change->store, FAMILY_MESSAGE, MESSAGE_DROP_OF_MEETING, err, "l",
			meeting_id),
		err);
}

bool store_message_consent_given(
	struct change *change, int64_t case_id, int64_t unit_id, struct error *err)
{
	return run(change,
		statement(change->store, FAMILY_MESSAGE, MESSAGE_CONSENT_GIVEN, err, "ll", case_id,
			unit_id),
		err);
}

bool store_message_consent_withdrawn(
	struct change *change, int64_t case_id, int64_t unit_id, struct error *err)
{
	return run(change,
		statement(change->store, FAMILY_MESSAGE, MESSAGE_CONSENT_WITHDRAWN, err, "ll",
			case_id, unit_id),
		err);
}
