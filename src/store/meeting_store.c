#include "kutsu/store/meeting_store.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "store_internal.h"

enum {
	MEETING_GET,
	MEETING_OF_UID,
	MEETING_BETWEEN,
	MEETING_OF_UNIT_BETWEEN,
	MEETING_OF_CASE,
	MEETING_UNRECORDED,
	MEETING_PAST,
	MEETING_ADD,
	MEETING_ADD_UNIT,
	MEETING_TAKE_UNIT_IN,
	MEETING_REMOVE_UNIT,
	MEETING_MOVE,
	MEETING_CANCEL,
	HOLD_LIST,
	HOLD_REMOVE,
	FOLLOW_UP_LIST,
	MEETING_QUERIES
};

/* read by read_meeting() */
#define COLUMNS                                                                                    \
	"SELECT m.id, c.code, c.nondisclosure, m.kind, m.day, m.start_minute, m.end_minute,"       \
	" m.place, m.status, m.uid, m.sequence, m.changed_at, m.hold_until,"                       \
	" CASE WHEN m.status = 'hold' THEN user.login END, m.hold_writer, m.cancelled_reason,"     \
	" (SELECT group_concat(code, char(31)) FROM (SELECT unit.code FROM meeting_unit mu"        \
	"  JOIN unit ON unit.id = mu.unit_id WHERE mu.meeting_id = m.id ORDER BY mu.position))"    \
	" FROM meeting m LEFT JOIN case_ref c ON c.id = m.case_id"                                 \
	" JOIN user ON user.id = m.booked_by "
#define BY_START " ORDER BY m.day, m.start_minute, m.id"
/* Of a contact's own units, booked at least; of anyone's where the contact is NULL. */
#define FOR_CONTACT(n)                                                                             \
	" AND (?" n " IS NULL OR (m.status <> 'hold' AND EXISTS (SELECT 1 FROM meeting_unit mu"    \
	" JOIN user_role ur ON ur.unit_id = mu.unit_id AND ur.role = 'contact'"                    \
	" WHERE mu.meeting_id = m.id AND ur.user_id = ?" n ")))"

const char *const meeting_sql[MEETING_QUERIES + 1] = {
	[MEETING_GET] = COLUMNS "WHERE m.id = ?1",
	[MEETING_OF_UID] = COLUMNS "WHERE m.uid = ?1",
	[MEETING_BETWEEN] =
		COLUMNS "WHERE m.day BETWEEN ?1 AND ?2" FOR_CONTACT("4") BY_START " LIMIT ?3",
	[MEETING_OF_UNIT_BETWEEN] = COLUMNS
	"WHERE m.day BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM meeting_unit"
	" WHERE meeting_id = m.id AND unit_id = ?5)" FOR_CONTACT("4") BY_START " LIMIT ?3",
	[MEETING_OF_CASE] = COLUMNS "WHERE m.case_id = ?1" BY_START,
	[MEETING_UNRECORDED] = COLUMNS
	"WHERE m.status = 'booked' AND m.day <= ?1 AND (m.day < ?1 OR m.end_minute <= ?2)"
	" AND c.purged_at IS NULL" BY_START " LIMIT ?3",
	[MEETING_PAST] = COLUMNS "WHERE m.day < ?1 AND m.status <> 'hold'" FOR_CONTACT(
		"3") " ORDER BY m.day DESC, m.start_minute DESC LIMIT ?2",
	[MEETING_ADD] = "INSERT INTO meeting (case_id, kind, day, start_minute, end_minute, place,"
			" status, uid, booked_by, changed_at, hold_until, hold_writer)"
			" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
	[MEETING_ADD_UNIT] = "INSERT INTO meeting_unit (meeting_id, unit_id, position)"
			     " VALUES (?1, ?2, ?3)",
	[MEETING_TAKE_UNIT_IN] =
		"INSERT INTO meeting_unit (meeting_id, unit_id, position) VALUES (?1, ?2,"
		" (SELECT coalesce(max(position), 0) + 1 FROM meeting_unit WHERE meeting_id = ?1))",
	[MEETING_REMOVE_UNIT] = "DELETE FROM meeting_unit WHERE meeting_id = ?1 AND unit_id = ?2",
	[MEETING_MOVE] = "UPDATE meeting SET day = ?2, start_minute = ?3, end_minute = ?4,"
			 " sequence = sequence + 1, changed_at = ?5"
			 " WHERE id = ?1 AND status = 'booked'",
	[MEETING_CANCEL] = "UPDATE meeting SET status = 'cancelled', cancelled_reason = ?2,"
			   " sequence = sequence + 1, changed_at = ?3"
			   " WHERE id = ?1 AND status = 'booked'" NOT_PURGED,
	[HOLD_LIST] = COLUMNS "WHERE m.status = 'hold' AND m.hold_until > ?1 ORDER BY m.hold_until",
	[HOLD_REMOVE] =
		"DELETE FROM meeting WHERE status = 'hold' AND ((id = ?1 AND hold_writer IS ?3)"
		" OR hold_until <= ?2)",
	[FOLLOW_UP_LIST] =
		"SELECT m.id, c.code, m.day, m.day + 7 * r.follow_up_within_weeks AS due,"
		" b.id, b.day, b.start_minute, b.end_minute"
		" FROM case_ref c"
		" CROSS JOIN meeting m ON m.case_id = c.id AND m.status = 'recorded'"
		" JOIN meeting_record r ON r.meeting_id = m.id AND r.follow_up_needed = 1"
		" LEFT JOIN meeting b ON b.id = (SELECT id FROM meeting" /* the case's next one */
		"  WHERE case_id = c.id AND status IN ('booked', 'recorded')"
		"  AND (day, start_minute, id) > (m.day, m.start_minute, m.id)"
		"  ORDER BY day, start_minute, id LIMIT 1)"
		" WHERE c.closed_at IS NULL AND (b.id IS NULL OR (b.status = 'booked' AND b.day >= "
		"?1))"
		" ORDER BY coalesce(b.day, due, 1 << 30), m.day LIMIT ?2",
};

static void read_meeting(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct meeting *meeting = row;
	int kind = 0, status = 0;

	meeting->id = column_integer(stmt, 0);
	meeting->case_code = column_text(stmt, 1, arena);
	meeting->nondisclosure = column_int(stmt, 2) != 0;
	term_parse(&meeting_kind_terms, (const char *)sqlite3_column_text(stmt, 3), &kind);
	meeting->kind = (enum meeting_kind)kind;
	meeting->day = column_int(stmt, 4);
	meeting->start = column_int(stmt, 5);
	meeting->end = column_int(stmt, 6);
	meeting->place = column_text(stmt, 7, arena);
	term_parse(&meeting_status_terms, (const char *)sqlite3_column_text(stmt, 8), &status);
	meeting->status = (enum meeting_status)status;
	meeting->uid = column_text(stmt, 9, arena);
	meeting->sequence = column_int(stmt, 10);
	meeting->changed_at = column_integer(stmt, 11);
	meeting->hold_until = column_integer(stmt, 12);
	meeting->held_by = column_text(stmt, 13, arena);
	meeting->hold_writer = column_text(stmt, 14, arena);
	meeting->cancelled_reason = column_text(stmt, 15, arena);
	meeting->units = column_list(stmt, 16, arena, &meeting->unit_count);
}

bool store_meeting_missing(int64_t id, struct error *err)
{
	return error_set(err, ERROR_NOT_FOUND,
		_("there is no meeting %lld; see \"kutsu meeting list\""), (long long)id);
}

bool store_meeting_get(struct store *store, int64_t id, struct arena *arena,
	struct meeting *meeting, struct error *err)
{
	bool found;

	*meeting = (struct meeting) { 0 };
	if (!statement_read_one(store, statement(store, FAMILY_MEETING, MEETING_GET, err, "l", id),
		    arena, read_meeting, meeting, &found, err))
		return false;
	return found || store_meeting_missing(id, err);
}

/* Bounds are bound as plain numbers here: DAY_FIRST and DAY_LAST compare as they should. */
static sqlite3_stmt *between(
	struct store *store, const struct meeting_filter *filter, int64_t limit, struct error *err)
{
	int64_t from = filter->from_day, until = filter->until_day;
	int64_t most = limit ? limit : -1;

	if (filter->unit_id)
		return statement(store, FAMILY_MEETING, MEETING_OF_UNIT_BETWEEN, err, "lllzl", from,
			until, most, filter->contact_id, filter->unit_id);
	return statement(store, FAMILY_MEETING, MEETING_BETWEEN, err, "lllz", from, until, most,
		filter->contact_id);
}

struct meeting_visit {
	meeting_visitor *visit;
	void *context;
};

static bool visit_meeting(void *context, const void *row, struct error *err)
{
	struct meeting_visit *inner = context;

	return inner->visit(inner->context, row, err);
}

bool store_meeting_each(struct store *store, const struct meeting_filter *filter,
	meeting_visitor *visit, void *context, struct error *err)
{
	struct meeting_visit inner = { visit, context };

	return statement_visit(store, between(store, filter, 0, err), read_meeting,
		sizeof(struct meeting), visit_meeting, &inner, err);
}

static bool read_meetings(struct store *store, sqlite3_stmt *stmt, struct arena *arena,
	struct meeting_list *list, struct error *err)
{
	return statement_read_all(store, stmt, arena, read_meeting, sizeof(*list->items),
		(void **)&list->items, &list->count, err);
}

bool store_meeting_list(struct store *store, const struct meeting_filter *filter, int64_t limit,
	struct arena *arena, struct meeting_list *list, struct error *err)
{
	return read_meetings(store, between(store, filter, limit, err), arena, list, err);
}

bool store_meeting_of_case(struct store *store, int64_t case_id, struct arena *arena,
	struct meeting_list *list, struct error *err)
{
	return read_meetings(store,
		statement(store, FAMILY_MEETING, MEETING_OF_CASE, err, "l", case_id), arena, list,
		err);
}

bool store_meeting_unrecorded(struct store *store, int day, int minute, int64_t limit,
	struct arena *arena, struct meeting_list *list, struct error *err)
{
	return read_meetings(store,
		statement(
			store, FAMILY_MEETING, MEETING_UNRECORDED, err, "iil", day, minute, limit),
		arena, list, err);
}

bool store_meeting_past(struct store *store, int day, int64_t contact_id, int64_t limit,
	struct arena *arena, struct meeting_list *list, struct error *err)
{
	return read_meetings(store,
		statement(store, FAMILY_MEETING, MEETING_PAST, err, "ilz", day, limit, contact_id),
		arena, list, err);
}

bool store_meeting_add(struct change *change, struct meeting *meeting, int64_t case_id,
	int64_t user_id, const int64_t *unit_ids, size_t unit_count, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_MEETING, MEETING_ADD, err, "ztiiitttllzt", case_id,
			    term_code(&meeting_kind_terms, (int)meeting->kind), meeting->day,
			    meeting->start, meeting->end, meeting->place,
			    term_code(&meeting_status_terms, (int)meeting->status), meeting->uid,
			    user_id, meeting->changed_at, meeting->hold_until,
			    meeting->hold_writer),
		    err))
		return false;
	meeting->id = store_last_id(store);
	for (size_t i = 0; i < unit_count; i++) {
		if (!statement_run(store,
			    statement(store, FAMILY_MEETING, MEETING_ADD_UNIT, err, "lli",
				    meeting->id, unit_ids[i], (int)i + 1),
			    err))
			return false;
	}
	return true;
}

static bool change_one(
	struct store *store, sqlite3_stmt *stmt, const char *otherwise, struct error *err)
{
	int changed;

	if (!statement_change(store, stmt, &changed, err))
		return false;
	return changed || error_set(err, ERROR_CONFLICT, "%s", otherwise);
}

bool store_meeting_move(struct change *change, const struct meeting *meeting, struct error *err)
{
	struct store *store = change->store;

	return change_one(store,
		statement(store, FAMILY_MEETING, MEETING_MOVE, err, "liiil", meeting->id,
			meeting->day, meeting->start, meeting->end, meeting->changed_at),
		_("the meeting is recorded or cancelled and can't be moved"), err);
}

bool store_meeting_cancel(
	struct change *change, int64_t id, const char *reason, int64_t at, struct error *err)
{
	struct store *store = change->store;

	return change_one(store,
		statement(store, FAMILY_MEETING, MEETING_CANCEL, err, "ltl", id, reason, at),
		_("the meeting is recorded or cancelled already, or its case was purged"), err);
}

bool store_meeting_add_unit(struct change *change, int64_t id, int64_t unit_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_MEETING, MEETING_TAKE_UNIT_IN, err, "ll", id, unit_id),
		err);
}

bool store_meeting_remove_unit(
	struct change *change, int64_t id, int64_t unit_id, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_MEETING, MEETING_REMOVE_UNIT, err, "ll", id, unit_id), err);
}

bool store_meeting_of_uid(struct store *store, const char *uid, struct arena *arena,
	struct meeting *meeting, struct error *err)
{
	bool found;

	*meeting = (struct meeting) { 0 };
	if (!statement_read_one(store,
		    statement(store, FAMILY_MEETING, MEETING_OF_UID, err, "t", uid), arena,
		    read_meeting, meeting, &found, err))
		return false;
	return found
	       || error_set(err, ERROR_NOT_FOUND, _("no meeting is known by that name (UID)"));
}

bool store_hold_list(struct store *store, int64_t now, struct arena *arena,
	struct meeting_list *list, struct error *err)
{
	return read_meetings(store, statement(store, FAMILY_MEETING, HOLD_LIST, err, "l", now),
		arena, list, err);
}

bool store_hold_remove(
	struct change *change, int64_t id, const char *writer, int64_t now, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_MEETING, HOLD_REMOVE, err, "llt", id, now, writer), err);
}

static void read_follow_up(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct follow_up *follow_up = row;

	follow_up->meeting_id = column_integer(stmt, 0);
	follow_up->case_code = column_text(stmt, 1, arena);
	follow_up->met_day = column_int(stmt, 2);
	follow_up->due_day = column_day(stmt, 3, DAY_LAST);
	follow_up->booked_id = column_integer(stmt, 4);
	follow_up->booked_day = column_int(stmt, 5);
	follow_up->booked_start = column_int(stmt, 6);
	follow_up->booked_end = column_int(stmt, 7);
}

bool store_follow_up_list(struct store *store, int today, int64_t limit, struct arena *arena,
	struct follow_up_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_MEETING, FOLLOW_UP_LIST, err, "il", today, limit), arena,
		read_follow_up, sizeof(*list->items), (void **)&list->items, &list->count, err);
}
