#include "kutsu/store/figure_store.h"

#include "kutsu/base/zone.h"
#include "kutsu/domain/slot.h"
#include "store_internal.h"

enum { FIGURE_CALLS, FIGURE_MEETINGS, FIGURE_QUERIES };

const char *const figure_sql[FIGURE_QUERIES + 1] = {
	/* One statement: figures that were read one after the other might not agree. */
	[FIGURE_CALLS] = "SELECT c.source, c.outcome, c.received_at,"
			 " CASE WHEN c.id = (SELECT id FROM call WHERE case_id = c.case_id"
			 "  ORDER BY received_at, id LIMIT 1)"
			 " THEN (SELECT day FROM meeting WHERE case_id = c.case_id"
			 "  AND status IN ('booked', 'recorded') ORDER BY day LIMIT 1) END"
			 " FROM call c WHERE c.received_at >= ?1 AND c.received_at < ?2",
	/* By day first, as calendars are read. */
	[FIGURE_MEETINGS] = "SELECT mu.unit_id, m.day, m.start_minute, m.end_minute,"
			    " m.status = 'recorded' AND mu.attended IS NOT 0"
			    " FROM meeting m CROSS JOIN meeting_unit mu ON mu.meeting_id = m.id"
			    " WHERE m.day BETWEEN ?1 AND ?2 AND m.status IN ('booked', 'recorded')"
			    " ORDER BY m.day, m.start_minute",
};

struct figure_call {
	int source, outcome;
	int64_t received_at;
	int meeting_day; /* of the case whose first call it is; DAY_LAST: none */
};

static void read_figure_call(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct figure_call *call = row;

	(void)arena;
	call->source = SOURCE_OTHER;
	call->outcome = OUTCOME_MEETING;
	term_parse(&source_terms, (const char *)sqlite3_column_text(stmt, 0), &call->source);
	term_parse(&outcome_terms, (const char *)sqlite3_column_text(stmt, 1), &call->outcome);
	call->received_at = column_integer(stmt, 2);
	call->meeting_day = column_day(stmt, 3, DAY_LAST);
}

struct tally {
	struct call_figures calls;
	struct arena arena;
	int *days;
	size_t day_count;
};

static bool count_call(void *context, const void *row, struct error *err)
{
	const struct figure_call *call = row;
	struct tally *tally = context;
	int days;

	(void)err;
	tally->calls.total++;
	tally->calls.by_source[call->source]++;
	tally->calls.by_outcome[call->outcome]++;
	if (call->meeting_day == DAY_LAST)
		return true;
	days = call->meeting_day - zone_to_wall(call->received_at).day;
	tally->days =
		arena_append(&tally->arena, tally->days, &tally->day_count, sizeof(*tally->days));
	tally->days[tally->day_count - 1] = days > 0 ? days : 0; /* a clock was put back */
	return true;
}

bool store_figures_between(struct store *store, int64_t from, int64_t until,
	struct month_figures *figures, struct error *err)
{
	struct tally tally = { 0 };
	bool ok = statement_visit(store,
		statement(store, FAMILY_FIGURE, FIGURE_CALLS, err, "ll", from, until),
		read_figure_call, sizeof(struct figure_call), count_call, &tally, err);

	if (ok) {
		figures->calls = tally.calls;
		figures->delays = delay_figures_of(tally.days, tally.day_count);
	}
	arena_release(&tally.arena);
	return ok;
}

static void read_capacity_meeting(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct capacity_meeting *meeting = row;

	(void)arena;
	meeting->unit_id = column_integer(stmt, 0);
	meeting->day = column_int(stmt, 1);
	meeting->start = column_int(stmt, 2);
	meeting->end = column_int(stmt, 3);
	meeting->is_used = column_int(stmt, 4) != 0;
}

bool store_capacity_meetings(struct store *store, int first_day, int last_day, struct arena *arena,
	struct capacity_meeting_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_FIGURE, FIGURE_MEETINGS, err, "ii", first_day, last_day),
		arena, read_capacity_meeting, sizeof(*list->items), (void **)&list->items,
		&list->count, err);
}
