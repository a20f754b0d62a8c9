#include "kutsu/store/indicator_store.h"

#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/slot.h"
#include "kutsu/store/feedback_store.h"
#include "store_internal.h"

#include <string.h>

enum {
	COUNT_CHILD_PARTICIPATION, /* from here to COUNT_UNIT_OPINION: days ?1 to ?2 */
	COUNT_SECTORS,
	COUNT_HOME,
	COUNT_SCHOOL,
	COUNT_LEISURE,
	COUNT_FOLLOW_UPS,
	COUNT_INVITATIONS,
	COUNT_SATISFACTION,
	COUNT_SMILES,
	COUNT_WORKER_OPINION,
	COUNT_NPS,
	COUNT_UNIT_ANSWERS,
	COUNT_UNIT_OPINION,
	COUNT_REPEAT_CALLS, /* this and the next: moments from ?1 to before ?2 */
	COUNT_HANDOFFS,
	LIST_ACTIONS,
	LIST_OBSTACLES,
	GOAL_LIST,
	GOAL_SET,
	GOAL_REMOVE,
	REPORT_GET,
	REPORT_ACCEPT,
	INDICATOR_QUERIES
};

/* Each counts: value, less, n, people; see struct measure. */
#define RECORDED "m.day BETWEEN ?1 AND ?2 AND m.status = 'recorded'"
#define COUNT_ACTIONS(environments)                                                                \
	"SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM agreed_action a"                      \
	"  WHERE a.meeting_id = m.id AND a.environment IN (" environments "))), 0, count(*),"      \
	" count(*) FROM meeting m WHERE " RECORDED
/* The answers of one scale that these gave; as people those who gave one. */
#define FROM_ANSWERS(scale, respondents, when)                                                     \
	" FROM feedback f JOIN feedback_answer a ON a.feedback_id = f.id"                          \
	" JOIN feedback_question q ON q.form_id = f.form_id AND q.position = a.position"           \
	" WHERE " when " BETWEEN ?1 AND ?2 AND f.respondent IN (" respondents ")"                  \
	" AND q.scale = '" scale "' AND a.value IS NOT NULL"
#define MEAN_OF(scale, respondents, when)                                                          \
	"SELECT coalesce(sum(a.value), 0), 0, count(*), count(DISTINCT f.id)" FROM_ANSWERS(        \
		scale, respondents, when)
#define NINETY_DAYS "7776000" /* seconds */

const char *const indicator_sql[INDICATOR_QUERIES + 1] = {
	[COUNT_CHILD_PARTICIPATION] =
		"SELECT count(*) FILTER (WHERE r.child_present = 1 OR r.child_heard = 1), 0,"
		" count(*), count(*) FROM meeting m JOIN meeting_record r ON r.meeting_id = m.id"
		" WHERE " RECORDED " AND coalesce(r.child_present, r.child_heard) IS NOT NULL",
	[COUNT_SECTORS] =
		"SELECT coalesce(sum((SELECT count(DISTINCT u.sector) FROM meeting_unit mu"
		"  JOIN unit u ON u.id = mu.unit_id WHERE mu.meeting_id = m.id"
		"  AND mu.attended IS NOT 0)), 0), 0, count(*), count(*) FROM meeting m"
		" WHERE " RECORDED,
	[COUNT_HOME] = COUNT_ACTIONS("'home'"),
	[COUNT_SCHOOL] = COUNT_ACTIONS("'school', 'early_education'"),
	[COUNT_LEISURE] = COUNT_ACTIONS("'leisure'"),
	[COUNT_FOLLOW_UPS] =
		"SELECT count(*) FILTER (WHERE m.status = 'recorded'), 0, count(*), count(*)"
		" FROM meeting m WHERE m.kind = 'follow_up' AND m.day BETWEEN ?1 AND ?2"
		" AND m.status IN ('booked', 'recorded')",
	[COUNT_INVITATIONS] =
		"SELECT count(i.answer), 0, count(*), count(*) FROM meeting m"
		" JOIN invitation i ON i.meeting_id = m.id WHERE m.day BETWEEN ?1 AND ?2"
		" AND m.status IN ('booked', 'recorded') AND i.is_off = 0 AND i.was_sent = 1",
	[COUNT_SATISFACTION] = MEAN_OF("agree", "'guardian', 'young_person'", "f.day"),
	[COUNT_SMILES] = "SELECT count(*) FILTER (WHERE a.value = 3), 0, count(*),"
			 " count(DISTINCT f.id)" FROM_ANSWERS("faces", "'child'", "f.day"),
	[COUNT_WORKER_OPINION] = MEAN_OF("agree", "'worker'", "f.day"),
	[COUNT_NPS] = "SELECT count(*) FILTER (WHERE a.value >= 9),"
		      " count(*) FILTER (WHERE a.value <= 6), count(*), count(DISTINCT "
		      "f.id)" FROM_ANSWERS("recommend", "'guardian', 'young_person'", "f.day"),
	[COUNT_UNIT_ANSWERS] = "SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM feedback f"
			       "  WHERE f.unit_id = u.id AND f.respondent = 'unit'"
			       "  AND f.month BETWEEN ?1 AND ?2)), 0, count(*), count(*)"
			       " FROM unit u WHERE u.active",
	[COUNT_UNIT_OPINION] = MEAN_OF("agree", "'unit'", "f.month"),
	[COUNT_REPEAT_CALLS] =
		"SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM call b"
		"  WHERE b.case_id = c.case_id AND b.received_at >= c.received_at - " NINETY_DAYS
		"  AND (b.received_at < c.received_at"
		"   OR (b.received_at = c.received_at AND b.id < c.id)))), 0, count(*), count(*)"
		" FROM call c WHERE c.received_at >= ?1 AND c.received_at < ?2"
		" AND c.outcome = 'meeting'",
	[COUNT_HANDOFFS] =
		"SELECT coalesce(sum((SELECT count(DISTINCT b.taken_by) - 1 FROM call b"
		"  WHERE b.case_id = of.case_id AND b.received_at < ?2)), 0), 0, count(*), count(*)"
		" FROM (SELECT DISTINCT c.case_id FROM call c WHERE c.received_at >= ?1"
		"  AND c.received_at < ?2 AND c.case_id IS NOT NULL) of",
	[LIST_ACTIONS] = "SELECT due_day, done_at FROM agreed_action a"
			 " WHERE due_day BETWEEN ?1 AND ?2",
	[LIST_OBSTACLES] = "SELECT fu.unit_id, count(*) FROM finding f"
			   " JOIN finding_unit fu ON fu.finding_id = f.id"
			   " WHERE f.day BETWEEN ?1 AND ?2 AND f.first_day IS NULL"
			   " AND fu.in_the_way = 1 GROUP BY fu.unit_id ORDER BY fu.unit_id",
	[GOAL_LIST] = "SELECT indicator, value FROM goal",
	[GOAL_SET] = "INSERT INTO goal (indicator, value) VALUES (?1, ?2)"
		     " ON CONFLICT (indicator) DO UPDATE SET value = excluded.value",
	[GOAL_REMOVE] = "DELETE FROM goal WHERE indicator = ?1",
	[REPORT_GET] = "SELECT content FROM accepted_report WHERE month = ?1 AND is_full = ?2",
	[REPORT_ACCEPT] = "INSERT INTO accepted_report (month, is_full, day, accepted_by, content)"
			  " VALUES (?1, ?2, ?3, ?4, ?5)",
};

static void read_measure(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct measure *measure = row;

	(void)arena;
	measure->value = column_int(stmt, 0);
	measure->less = column_int(stmt, 1);
	measure->n = column_int(stmt, 2);
	measure->people = column_int(stmt, 3);
	if (!measure->n)
		measure->value = MEASURE_NONE;
}

static bool count(struct store *store, int query, int64_t from, int64_t until,
	struct measure *measure, struct error *err)
{
	bool found;

	*measure = (struct measure) { 0 };
	return statement_read_one(store,
		statement(store, FAMILY_INDICATOR, query, err, "ll", from, until), NULL,
		read_measure, measure, &found, err);
}

/* ---- Actions, whose day of being done is the wall clock's. ---- */

struct action_days {
	int due_day;
	int64_t done_at; /* 0: it is not */
};

static void read_action_days(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct action_days *action = row;

	(void)arena;
	action->due_day = column_int(stmt, 0);
	action->done_at = column_integer(stmt, 1);
}

static bool count_action(void *context, const void *row, struct error *err)
{
	const struct action_days *action = row;
	struct measure *measure = context;

	(void)err;
	measure->n++;
	measure->people++;
	measure->value += action->done_at && zone_to_wall(action->done_at).day <= action->due_day;
	return true;
}

static bool count_actions(
	struct store *store, int from, int until, struct measure *measure, struct error *err)
{
	*measure = (struct measure) { 0 };
	if (!statement_visit(store,
		    statement(store, FAMILY_INDICATOR, LIST_ACTIONS, err, "ii", from, until),
		    read_action_days, sizeof(struct action_days), count_action, measure, err))
		return false;
	if (!measure->n)
		measure->value = MEASURE_NONE;
	return true;
}

/* ---- All of a month. ---- */

static struct measure measure_of_rate(const struct feedback_rate *rate)
{
	return (struct measure) { .value = rate->asked ? rate->answered : MEASURE_NONE,
		.n = rate->asked,
		.people = rate->asked };
}

static bool count_rates(struct store *store, int from, int until,
	struct measure measures[INDICATORS], struct error *err)
{
	struct feedback_rates rates = { 0 };

	if (!store_feedback_rates(store, from, until, &rates, err))
		return false;
	measures[INDICATOR_FAMILY_ANSWERS] = measure_of_rate(&rates.family);
	measures[INDICATOR_CHILD_ANSWERS] = measure_of_rate(&rates.child);
	measures[INDICATOR_WORKER_ANSWERS] = measure_of_rate(&rates.worker);
	return true;
}

bool store_indicators(struct store *store, struct month month, int today,
	struct measure measures[INDICATORS], struct error *err)
{
	static const struct {
		int query;
		enum indicator indicator;
	} of_days[] = {
		{ COUNT_CHILD_PARTICIPATION, INDICATOR_CHILD_PARTICIPATION },
		{ COUNT_SECTORS, INDICATOR_SECTORS },
		{ COUNT_HOME, INDICATOR_HOME_ACTIONS },
		{ COUNT_SCHOOL, INDICATOR_SCHOOL_ACTIONS },
		{ COUNT_LEISURE, INDICATOR_LEISURE_ACTIONS },
		{ COUNT_INVITATIONS, INDICATOR_INVITATIONS_ANSWERED },
		{ COUNT_SATISFACTION, INDICATOR_SATISFACTION },
		{ COUNT_SMILES, INDICATOR_CHILD_SMILES },
		{ COUNT_WORKER_OPINION, INDICATOR_WORKER_OPINION },
		{ COUNT_NPS, INDICATOR_NPS },
		{ COUNT_UNIT_ANSWERS, INDICATOR_UNIT_ANSWERS },
		{ COUNT_UNIT_OPINION, INDICATOR_UNIT_OPINION },
	};
	int first = month_first_day(month), last = month_first_day(month_add(month, 1)) - 1;
	int over = last < today ? last : today - 1;
	int64_t from = zone_to_moment(first, 0), until = zone_to_moment(last + 1, 0);
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof(of_days) / sizeof(of_days[0]); i++)
		ok = count(
			store, of_days[i].query, first, last, &measures[of_days[i].indicator], err);
	return ok
	       && count(store, COUNT_FOLLOW_UPS, first, over, &measures[INDICATOR_FOLLOW_UPS_HELD],
		       err)
	       && count_actions(store, first, over, &measures[INDICATOR_ACTIONS_IN_TIME], err)
	       && count(store, COUNT_REPEAT_CALLS, from, until, &measures[INDICATOR_REPEAT_CALLS],
		       err)
	       && count(store, COUNT_HANDOFFS, from, until, &measures[INDICATOR_HANDOFFS], err)
	       && count_rates(store, first, last < today ? last : today, measures, err);
}

static void read_obstacle(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct obstacle *obstacle = row;

	(void)arena;
	obstacle->unit_id = column_integer(stmt, 0);
	obstacle->count = column_int(stmt, 1);
}

bool store_obstacles(struct store *store, int from_day, int until_day, struct arena *arena,
	struct obstacle_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_INDICATOR, LIST_OBSTACLES, err, "ii", from_day, until_day),
		arena, read_obstacle, sizeof(*list->items), (void **)&list->items, &list->count,
		err);
}

/* ---- Goals. ---- */

struct goal_row {
	enum indicator indicator;
	bool is_known; /* another version may have had others */
	int64_t value;
};

static void read_goal(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct goal_row *goal = row;

	(void)arena;
	goal->is_known =
		indicator_parse((const char *)sqlite3_column_text(stmt, 0), &goal->indicator);
	goal->value = column_integer(stmt, 1);
}

static bool keep_goal(void *context, const void *row, struct error *err)
{
	const struct goal_row *goal = row;
	int64_t *goals = context;

	(void)err;
	if (goal->is_known)
		goals[goal->indicator] = goal->value;
	return true;
}

bool store_goals(struct store *store, int64_t goals[INDICATORS], struct error *err)
{
	for (int i = 0; i < INDICATORS; i++)
		goals[i] = GOAL_NONE;
	return statement_visit(store, statement(store, FAMILY_INDICATOR, GOAL_LIST, err, ""),
		read_goal, sizeof(struct goal_row), keep_goal, goals, err);
}

bool store_goal_set(
	struct change *change, enum indicator indicator, int64_t goal, struct error *err)
{
	struct store *store = change->store;
	const char *code = indicator_code(indicator);

	if (goal == GOAL_NONE)
		return statement_run(store,
			statement(store, FAMILY_INDICATOR, GOAL_REMOVE, err, "t", code), err);
	return statement_run(
		store, statement(store, FAMILY_INDICATOR, GOAL_SET, err, "tl", code, goal), err);
}

/* ---- Accepted ones. ---- */

bool store_accepted_report(struct store *store, struct month month, bool full, struct arena *arena,
	struct accepted_report *report, struct error *err)
{
	bool found;

	*report = (struct accepted_report) { 0 };
	return statement_read_one(store,
		statement(store, FAMILY_INDICATOR, REPORT_GET, err, "ii", month_first_day(month),
			(int)full),
		arena, read_first_text, &report->content, &found, err);
}

bool store_report_accept(struct change *change, struct month month, bool full, int day,
	int64_t user_id, const char *content, struct error *err)
{
	struct store *store = change->store;

	if (statement_run(store,
		    statement(store, FAMILY_INDICATOR, REPORT_ACCEPT, err, "iiilt",
			    month_first_day(month), (int)full, day, user_id, content),
		    err))
		return true;
	return err->code == ERROR_CONFLICT ? error_set(err, ERROR_CONFLICT,
		       _("the report of that month was accepted before; it stays as it is"))
					   : false;
}
