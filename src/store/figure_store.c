#include "kutsu/store/figure_store.h"

#include "kutsu/base/zone.h"
#include "kutsu/domain/slot.h"
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

enum { FIGURE_CALLS, FIGURE_FIRST, FIGURE_MEETINGS, FIGURE_QUERIES };

/* A search for a call's units is made while the caller waits, or when a consent has come. */
#define SEARCH_DAYS "30"

const char *const figure_sql[FIGURE_QUERIES + 1] = {
	/* One statement: figures that were read one after the other might not agree. */
	[FIGURE_CALLS] = "SELECT c.source, c.outcome, c.received_at,"
			 " c.id = (SELECT id FROM call WHERE case_id = c.case_id"
			 "  ORDER BY received_at, id LIMIT 1),"
			 " (SELECT day FROM meeting WHERE case_id = c.case_id"
			 "  AND status IN ('booked', 'recorded') ORDER BY day LIMIT 1),"
			 " r.birth_year, CASE WHEN r.nondisclosure = 0 THEN"
			 "  (SELECT area FROM municipality WHERE name = r.municipality) END,"
			 " CASE WHEN c.outcome <> 'meeting' THEN 0"
			 " WHEN EXISTS (SELECT 1 FROM meeting m WHERE m.case_id = c.case_id"
			 "  AND m.status <> 'hold' AND m.day >= c.received_at / 86400"
			 "  AND NOT EXISTS (SELECT 1 FROM call_unit n WHERE n.call_id = c.id"
			 "   AND NOT EXISTS (SELECT 1 FROM meeting_unit mu"
			 "    WHERE mu.meeting_id = m.id AND mu.unit_id = n.unit_id))) THEN 1"
			 " WHEN EXISTS (SELECT 1 FROM finding f WHERE f.day BETWEEN"
			 "  c.received_at / 86400 AND c.received_at / 86400 + " SEARCH_DAYS
			 "  AND f.first_day IS NULL AND NOT EXISTS (SELECT 1 FROM call_unit n"
			 "   WHERE n.call_id = c.id AND NOT EXISTS (SELECT 1 FROM finding_unit fu"
			 "    WHERE fu.finding_id = f.id AND fu.unit_id = n.unit_id))"
			 "  AND (SELECT count(*) FROM finding_unit WHERE finding_id = f.id)"
			 "   = (SELECT count(*) FROM call_unit WHERE call_id = c.id)) THEN 2 END"
			 " FROM call c LEFT JOIN case_ref r ON r.id = c.case_id"
			 " WHERE c.received_at >= ?1 AND c.received_at < ?2",
	[FIGURE_FIRST] = "SELECT coalesce(min(received_at), 0) FROM call",
	/* By day first, as calendars are read. */
	[FIGURE_MEETINGS] = "SELECT mu.unit_id, m.day, m.start_minute, m.end_minute,"
			    " m.status = 'recorded' AND mu.attended IS NOT 0"
			    " FROM meeting m CROSS JOIN meeting_unit mu ON mu.meeting_id = m.id"
			    " WHERE m.day BETWEEN ?1 AND ?2 AND m.status IN ('booked', 'recorded')"
			    " ORDER BY m.day, m.start_minute",
};

/* As FIGURE_CALLS has them. */
enum { HOLE_OPEN, HOLE_SHARED, HOLE_NONE };

struct figure_call {
	int source, outcome;
	int64_t received_at;
	bool is_first;	 /* of its case */
	int meeting_day; /* the case's first; DAY_LAST: none */
	int birth_year;
	const char *area; /* or NULL */
	int hole;	  /* HOLE_... */
};

static void read_figure_call(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct figure_call *call = row;

	call->source = SOURCE_OTHER;
	call->outcome = OUTCOME_MEETING;
	term_parse(&source_terms, (const char *)sqlite3_column_text(stmt, 0), &call->source);
	term_parse(&outcome_terms, (const char *)sqlite3_column_text(stmt, 1), &call->outcome);
	call->received_at = column_integer(stmt, 2);
	call->is_first = column_int(stmt, 3) != 0;
	call->meeting_day = column_day(stmt, 4, DAY_LAST);
	call->birth_year = column_int(stmt, 5);
	call->area = column_text(stmt, 6, arena);
	call->hole = column_int(stmt, 7);
}

struct tally {
	struct call_figures calls;
	struct area_calls_list areas;
	struct arena *kept; /* the caller's; NULL: areas are not asked for */
	struct arena arena;
	int families;
	int *days;
	size_t day_count;
};

static void count_area(struct tally *tally, const char *area)
{
	struct area_calls_list *areas = &tally->areas;

	if (!tally->kept)
		return;
	for (size_t i = 0; i < areas->count; i++) {
		const char *known = areas->items[i].area;

		if (known == area || (known && area && strcmp(known, area) == 0)) {
			areas->items[i].calls++;
			return;
		}
	}
	areas->items =
		arena_append(tally->kept, areas->items, &areas->count, sizeof(*areas->items));
	areas->items[areas->count - 1] = (struct area_calls) { arena_text(tally->kept, area), 1 };
}

static void count_needing(struct tally *tally, const struct figure_call *call)
{
	int year = day_to_civil(zone_to_wall(call->received_at).day).year;

	tally->calls.by_age[age_group_of(call->birth_year, year)]++;
	tally->calls.shared_hole += call->hole == HOLE_SHARED;
	tally->calls.no_shared_hole += call->hole == HOLE_NONE;
	count_area(tally, call->area);
	tally->families += call->is_first;
}

static bool count_call(void *context, const void *row, struct error *err)
{
	const struct figure_call *call = row;
	struct tally *tally = context;
	int days;

	(void)err;
	tally->calls.total++;
	tally->calls.by_source[call->source]++;
	tally->calls.by_outcome[call->outcome]++;
	if (call->outcome == OUTCOME_MEETING)
		count_needing(tally, call);
	if (!call->is_first || call->meeting_day == DAY_LAST)
		return true;
	days = call->meeting_day - zone_to_wall(call->received_at).day;
	tally->days =
		arena_append(&tally->arena, tally->days, &tally->day_count, sizeof(*tally->days));
	tally->days[tally->day_count - 1] = days > 0 ? days : 0; /* a clock was put back */
	return true;
}

/* By their codes; those without one last. */
static int by_area(const void *a, const void *b)
{
	const char *x = ((const struct area_calls *)a)->area,
		   *y = ((const struct area_calls *)b)->area;

	if (!x || !y)
		return !x - !y;
	return strcmp(x, y);
}

bool store_figures_between(struct store *store, int64_t from, int64_t until, struct arena *arena,
	struct month_figures *figures, struct error *err)
{
	struct tally tally = { .kept = arena };
	bool ok = statement_visit(store,
		statement(store, FAMILY_FIGURE, FIGURE_CALLS, err, "ll", from, until),
		read_figure_call, sizeof(struct figure_call), count_call, &tally, err);

	if (ok) {
		figures->calls = tally.calls;
		figures->families = tally.families;
		figures->areas = tally.areas;
		if (tally.areas.count)
			qsort(tally.areas.items, tally.areas.count, sizeof(*tally.areas.items),
				by_area);
		figures->delays = delay_figures_of(tally.days, tally.day_count);
	}
	arena_release(&tally.arena);
	return ok;
}

bool store_figures_begin(struct store *store, int64_t *moment, struct error *err)
{
	bool found;

	*moment = 0;
	return statement_read_one(store, statement(store, FAMILY_FIGURE, FIGURE_FIRST, err, ""),
		NULL, read_first_integer, moment, &found, err);
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
