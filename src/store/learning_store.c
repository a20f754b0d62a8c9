#include "kutsu/store/learning_store.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/slot.h"
#include "store_internal.h"

enum {
	OBSERVATION_ADD,
	OBSERVATION_LIST,
	OBSERVATION_GROUP,
	PHENOMENON_ADD,
	PHENOMENON_LIST,
	PHENOMENON_CLOSE,
	PHENOMENON_EXISTS,
	INITIATIVE_ADD,
	INITIATIVE_LIST,
	INITIATIVE_STATUS,
	PARTNER_ADD,
	PARTNER_LIST,
	STEP_ADD,
	STEP_LIST,
	STEP_DONE,
	INITIATIVE_FEEDBACK_ADD,
	INITIATIVE_FEEDBACK_LIST,
	GROUP_ADD,
	GROUP_LIST,
	SEAT_SET,
	SEAT_LIST,
	DECISION_ADD,
	DECISION_LIST,
	DECISION_SEE,
	DECISION_EXISTS,
	INITIATIVE_EXISTS,
	GROUP_EXISTS,
	LEARNING_QUERIES
};

const char *const learning_sql[LEARNING_QUERIES + 1] = {
	[OBSERVATION_ADD] =
		"INSERT INTO observation (day, text, place, sector) VALUES (?1, ?2, ?3, ?4)",
	[OBSERVATION_LIST] =
		"SELECT id, day, text, place, sector, phenomenon_id FROM observation"
		" WHERE (?1 = 0 OR phenomenon_id IS NULL) AND (?2 = 0 OR phenomenon_id = ?2)"
		" ORDER BY day DESC, id DESC",
	[OBSERVATION_GROUP] = "UPDATE observation SET phenomenon_id = ?2 WHERE id = ?1",
	[PHENOMENON_ADD] =
		"INSERT INTO phenomenon (title, indicator, opened_day) VALUES (?1, ?2, ?3)",
	[PHENOMENON_LIST] =
		"SELECT p.id, p.title, p.indicator, p.opened_day, p.closed_day, p.closed_reason,"
		" (SELECT count(*) FROM observation WHERE phenomenon_id = p.id),"
		" (SELECT count(DISTINCT place) FROM observation WHERE phenomenon_id = p.id)"
		" FROM phenomenon p WHERE ?1 = 0 OR p.closed_day IS NULL ORDER BY p.id DESC",
	[PHENOMENON_CLOSE] = "UPDATE phenomenon SET closed_day = ?2, closed_reason = ?3"
			     " WHERE id = ?1 AND closed_day IS NULL",
	[PHENOMENON_EXISTS] = "SELECT id FROM phenomenon WHERE id = ?1",
	[INITIATIVE_ADD] =
		"INSERT INTO initiative (phenomenon_id, title, text, pilot_area, owner, from_day,"
		" until_day, status) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[INITIATIVE_LIST] =
		"SELECT id, phenomenon_id, title, text, pilot_area, owner, from_day, until_day,"
		" status FROM initiative ORDER BY id DESC",
	[INITIATIVE_STATUS] = "UPDATE initiative SET status = ?2 WHERE id = ?1",
	[PARTNER_ADD] = "INSERT INTO initiative_partner (initiative_id, position, partner)"
			" VALUES (?1, ?2, ?3)",
	[PARTNER_LIST] = "SELECT partner FROM initiative_partner WHERE initiative_id = ?1"
			 " ORDER BY position",
	[STEP_ADD] = "INSERT INTO initiative_step (initiative_id, what, due_day)"
		     " VALUES (?1, ?2, ?3)",
	[STEP_LIST] = "SELECT id, what, due_day, done_day FROM initiative_step"
		      " WHERE initiative_id = ?1 ORDER BY due_day IS NULL, due_day, id",
	[STEP_DONE] = "UPDATE initiative_step SET done_day = ?2 WHERE id = ?1 AND done_day IS NULL",
	[INITIATIVE_FEEDBACK_ADD] =
		"INSERT INTO initiative_feedback (initiative_id, day, respondents, value, text)"
		" VALUES (?1, ?2, ?3, ?4, ?5)",
	[INITIATIVE_FEEDBACK_LIST] =
		"SELECT day, respondents = 'families', value, text FROM initiative_feedback"
		" WHERE initiative_id = ?1 ORDER BY day, id",
	[GROUP_ADD] = "INSERT INTO leadership_group (name, area, parent_id) VALUES (?1, ?2, ?3)",
	[GROUP_LIST] = "SELECT id, name, area, parent_id FROM leadership_group"
		       " ORDER BY area IS NOT NULL, name",
	[SEAT_SET] = "INSERT INTO seat (group_id, name, elector, member, until_day)"
		     " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (group_id, name) DO UPDATE SET"
		     " elector = coalesce(excluded.elector, elector), member = excluded.member,"
		     " until_day = excluded.until_day",
	[SEAT_LIST] = "SELECT id, name, elector, member, until_day FROM seat WHERE group_id = ?1"
		      " ORDER BY id",
	[DECISION_ADD] =
		"INSERT INTO decision (group_id, initiative_id, day, text, reason, child_effect,"
		" from_day, indicator, target, target_day)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, CASE WHEN ?9 THEN ?10 END, ?11)",
	[DECISION_LIST] =
		"SELECT d.id, d.group_id, d.initiative_id, t.name, d.day, d.from_day, d.text,"
		" d.reason, d.child_effect, d.indicator, d.target IS NOT NULL, d.target,"
		" d.target_day, (SELECT count(*) FROM decision_seen s JOIN user u ON u.id ="
		"  s.user_id WHERE s.decision_id = d.id AND u.active),"
		" (SELECT count(*) FROM user WHERE active),"
		" EXISTS (SELECT 1 FROM decision_seen WHERE decision_id = d.id AND user_id = ?1)"
		" FROM decision d JOIN leadership_group t ON t.id = d.group_id"
		" WHERE ?2 = 0 OR NOT EXISTS (SELECT 1 FROM decision_seen"
		"  WHERE decision_id = d.id AND user_id = ?1)"
		" ORDER BY d.day DESC, d.id DESC LIMIT CASE WHEN ?3 THEN ?3 ELSE -1 END",
	[DECISION_SEE] = "INSERT INTO decision_seen (decision_id, user_id, at)"
			 " VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
	[INITIATIVE_EXISTS] = "SELECT id FROM initiative WHERE id = ?1",
	[GROUP_EXISTS] = "SELECT id FROM leadership_group WHERE id = ?1",
	[DECISION_EXISTS] = "SELECT id FROM decision WHERE id = ?1",
};

static sqlite3_stmt *of_id(struct store *store, int query, int64_t id, struct error *err)
{
	return statement(store, FAMILY_LEARNING, query, err, "l", id);
}

/* ERROR_NOT_FOUND, as `missing` says: nothing was changed. */
static bool change_one(
	struct store *store, sqlite3_stmt *stmt, const char *missing, struct error *err)
{
	int changed;

	if (!statement_change(store, stmt, &changed, err))
		return false;
	return changed || error_set(err, ERROR_NOT_FOUND, "%s", missing);
}

static bool exists(struct store *store, int query, int64_t id, bool *found, struct error *err)
{
	int64_t ignored;

	return statement_read_one(store, of_id(store, query, id, err), NULL, read_first_integer,
		&ignored, found, err);
}

/* ---- Observations. ---- */

bool store_observation_add(
	struct change *change, struct observation *observation, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_LEARNING, OBSERVATION_ADD, err, "ittt",
			    observation->day, observation->text, observation->place,
			    observation->sector),
		    err))
		return false;
	observation->id = store_last_id(store);
	return true;
}

static void read_observation(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct observation *observation = row;

	observation->id = column_integer(stmt, 0);
	observation->day = column_int(stmt, 1);
	observation->text = column_text(stmt, 2, arena);
	observation->place = column_text(stmt, 3, arena);
	observation->sector = column_text(stmt, 4, arena);
	observation->phenomenon_id = column_integer(stmt, 5);
}

bool store_observation_list(struct store *store, enum observation_choice choice,
	int64_t phenomenon_id, struct arena *arena, struct observation_list *list,
	struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_LEARNING, OBSERVATION_LIST, err, "il",
			(int)(choice == OBSERVATIONS_UNGROUPED), phenomenon_id),
		arena, read_observation, sizeof(*list->items), (void **)&list->items, &list->count,
		err);
}

bool store_observation_group(
	struct change *change, int64_t id, int64_t phenomenon_id, struct error *err)
{
	struct store *store = change->store;

	return change_one(store,
		statement(store, FAMILY_LEARNING, OBSERVATION_GROUP, err, "lz", id, phenomenon_id),
		_("there is no such observation; see \"kutsu observation list\""), err);
}

/* ---- Phenomena. ---- */

bool store_phenomenon_add(struct change *change, struct phenomenon *phenomenon, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_LEARNING, PHENOMENON_ADD, err, "tti", phenomenon->title,
			    phenomenon->indicator, phenomenon->opened_day),
		    err))
		return false;
	phenomenon->id = store_last_id(store);
	return true;
}

static void read_phenomenon(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct phenomenon *phenomenon = row;

	phenomenon->id = column_integer(stmt, 0);
	phenomenon->title = column_text(stmt, 1, arena);
	phenomenon->indicator = column_text(stmt, 2, arena);
	phenomenon->opened_day = column_int(stmt, 3);
	phenomenon->closed_day = column_day(stmt, 4, DAY_LAST);
	phenomenon->closed_reason = column_text(stmt, 5, arena);
	phenomenon->observations = column_int(stmt, 6);
	phenomenon->places = column_int(stmt, 7);
}

bool store_phenomenon_list(struct store *store, bool open_only, struct arena *arena,
	struct phenomenon_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_LEARNING, PHENOMENON_LIST, err, "i", (int)open_only), arena,
		read_phenomenon, sizeof(*list->items), (void **)&list->items, &list->count, err);
}

bool store_phenomenon_close(
	struct change *change, int64_t id, int day, const char *reason, struct error *err)
{
	struct store *store = change->store;

	return change_one(store,
		statement(store, FAMILY_LEARNING, PHENOMENON_CLOSE, err, "lit", id, day, reason),
		_("there is no such open phenomenon; see \"kutsu phenomenon list\""), err);
}

bool store_phenomenon_exists(struct store *store, int64_t id, bool *found, struct error *err)
{
	return exists(store, PHENOMENON_EXISTS, id, found, err);
}

bool store_initiative_exists(struct store *store, int64_t id, bool *found, struct error *err)
{
	return exists(store, INITIATIVE_EXISTS, id, found, err);
}

bool store_group_exists(struct store *store, int64_t id, bool *found, struct error *err)
{
	return exists(store, GROUP_EXISTS, id, found, err);
}

/* ---- Initiatives. ---- */

static bool add_partners(
	struct store *store, const struct initiative *initiative, struct error *err)
{
	for (size_t i = 0; i < initiative->partner_count; i++) {
		if (!statement_run(store,
			    statement(store, FAMILY_LEARNING, PARTNER_ADD, err, "lit",
				    initiative->id, (int)i + 1, initiative->partners[i]),
			    err))
			return false;
	}
	return true;
}

bool store_initiative_add(struct change *change, struct initiative *initiative, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_LEARNING, INITIATIVE_ADD, err, "zttttidt",
			    initiative->phenomenon_id, initiative->title, initiative->text,
			    initiative->pilot_area, initiative->owner, initiative->from_day,
			    initiative->until_day,
			    term_code(&initiative_status_terms, (int)initiative->status)),
		    err))
		return false;
	initiative->id = store_last_id(store);
	return add_partners(store, initiative, err);
}

static void read_initiative(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct initiative *initiative = row;
	int status = INITIATIVE_PLANNED;

	initiative->id = column_integer(stmt, 0);
	initiative->phenomenon_id = column_integer(stmt, 1);
	initiative->title = column_text(stmt, 2, arena);
	initiative->text = column_text(stmt, 3, arena);
	initiative->pilot_area = column_text(stmt, 4, arena);
	initiative->owner = column_text(stmt, 5, arena);
	initiative->from_day = column_int(stmt, 6);
	initiative->until_day = column_day(stmt, 7, DAY_LAST);
	term_parse(&initiative_status_terms, (const char *)sqlite3_column_text(stmt, 8), &status);
	initiative->status = (enum initiative_status)status;
}

static void read_step(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct initiative_step *step = row;

	step->id = column_integer(stmt, 0);
	step->what = column_text(stmt, 1, arena);
	step->due_day = column_day(stmt, 2, DAY_LAST);
	step->done_day = column_day(stmt, 3, DAY_LAST);
}

static void read_opinion(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct initiative_feedback *feedback = row;

	feedback->day = column_int(stmt, 0);
	feedback->is_of_families = column_int(stmt, 1) != 0;
	feedback->value = column_int(stmt, 2);
	feedback->text = column_text(stmt, 3, arena);
}

static bool read_parts(
	struct store *store, struct arena *arena, struct initiative *initiative, struct error *err)
{
	int64_t id = initiative->id;
	const char **partners = NULL;

	if (!statement_read_all(store, of_id(store, PARTNER_LIST, id, err), arena, read_first_text,
		    sizeof(*partners), (void **)&partners, &initiative->partner_count, err))
		return false;
	initiative->partners = partners;
	return statement_read_all(store, of_id(store, STEP_LIST, id, err), arena, read_step,
		       sizeof(*initiative->steps), (void **)&initiative->steps,
		       &initiative->step_count, err)
	       && statement_read_all(store, of_id(store, INITIATIVE_FEEDBACK_LIST, id, err), arena,
		       read_opinion, sizeof(*initiative->feedback), (void **)&initiative->feedback,
		       &initiative->feedback_count, err);
}

bool store_initiative_list(
	struct store *store, struct arena *arena, struct initiative_list *list, struct error *err)
{
	bool ok = statement_read_all(store,
		statement(store, FAMILY_LEARNING, INITIATIVE_LIST, err, ""), arena, read_initiative,
		sizeof(*list->items), (void **)&list->items, &list->count, err);

	for (size_t i = 0; ok && i < list->count; i++)
		ok = read_parts(store, arena, &list->items[i], err);
	return ok;
}

bool store_initiative_set_status(
	struct change *change, int64_t id, enum initiative_status status, struct error *err)
{
	struct store *store = change->store;

	return change_one(store,
		statement(store, FAMILY_LEARNING, INITIATIVE_STATUS, err, "lt", id,
			term_code(&initiative_status_terms, (int)status)),
		_("there is no such initiative; see \"kutsu initiative list\""), err);
}

bool store_initiative_add_step(struct change *change, int64_t initiative_id, const char *what,
	int due_day, int64_t *id, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_LEARNING, STEP_ADD, err, "ltd", initiative_id, what,
			    due_day),
		    err))
		return false;
	*id = store_last_id(store);
	return true;
}

bool store_initiative_step_done(struct change *change, int64_t step_id, int day, struct error *err)
{
	struct store *store = change->store;

	return change_one(store,
		statement(store, FAMILY_LEARNING, STEP_DONE, err, "li", step_id, day),
		_("there is no such step that is not done; see \"kutsu initiative list\""), err);
}

bool store_initiative_add_feedback(struct change *change, int64_t initiative_id,
	const struct initiative_feedback *feedback, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_LEARNING, INITIATIVE_FEEDBACK_ADD, err, "litit",
			initiative_id, feedback->day,
			feedback->is_of_families ? "families" : "workers", feedback->value,
			feedback->text),
		err);
}

/* ---- Groups. ---- */

static void read_group(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct leadership_group *group = row;

	group->id = column_integer(stmt, 0);
	group->name = column_text(stmt, 1, arena);
	group->area = column_text(stmt, 2, arena);
	group->parent_id = column_integer(stmt, 3);
}

static void read_seat(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct seat *seat = row;

	seat->id = column_integer(stmt, 0);
	seat->name = column_text(stmt, 1, arena);
	seat->elector = column_text(stmt, 2, arena);
	seat->member = column_text(stmt, 3, arena);
	seat->until_day = column_day(stmt, 4, DAY_LAST);
}

bool store_group_list(struct store *store, struct arena *arena, struct leadership_group_list *list,
	struct error *err)
{
	bool ok = statement_read_all(store, statement(store, FAMILY_LEARNING, GROUP_LIST, err, ""),
		arena, read_group, sizeof(*list->items), (void **)&list->items, &list->count, err);

	for (size_t i = 0; ok && i < list->count; i++) {
		struct leadership_group *group = &list->items[i];

		ok = statement_read_all(store, of_id(store, SEAT_LIST, group->id, err), arena,
			read_seat, sizeof(*group->seats), (void **)&group->seats,
			&group->seat_count, err);
	}
	return ok;
}

bool store_group_add(struct change *change, struct leadership_group *group, struct error *err)
{
	struct store *store = change->store;

	if (!statement_run(store,
		    statement(store, FAMILY_LEARNING, GROUP_ADD, err, "ttz", group->name,
			    group->area, group->parent_id),
		    err))
		return false;
	group->id = store_last_id(store);
	return true;
}

bool store_seat_set(
	struct change *change, int64_t group_id, const struct seat *seat, struct error *err)
{
	struct store *store = change->store;

	return statement_run(store,
		statement(store, FAMILY_LEARNING, SEAT_SET, err, "ltttd", group_id, seat->name,
			seat->elector, seat->member, seat->until_day),
		err);
}

/* ---- Decisions. ---- */

bool store_decision_add(struct change *change, struct decision *decision, struct error *err)
{
	struct store *store = change->store;
	bool has_target = decision->target != NO_TARGET;

	if (!statement_run(store,
		    statement(store, FAMILY_LEARNING, DECISION_ADD, err, "lzitttitild",
			    decision->group_id, decision->initiative_id, decision->day,
			    decision->text, decision->reason, decision->child_effect,
			    decision->from_day, decision->indicator, (int)has_target,
			    has_target ? decision->target : (int64_t)0, decision->target_day),
		    err))
		return false;
	decision->id = store_last_id(store);
	return true;
}

static void read_decision(sqlite3_stmt *stmt, struct arena *arena, void *row)
{
	struct decision *decision = row;

	decision->id = column_integer(stmt, 0);
	decision->group_id = column_integer(stmt, 1);
	decision->initiative_id = column_integer(stmt, 2);
	decision->group = column_text(stmt, 3, arena);
	decision->day = column_int(stmt, 4);
	decision->from_day = column_int(stmt, 5);
	decision->text = column_text(stmt, 6, arena);
	decision->reason = column_text(stmt, 7, arena);
	decision->child_effect = column_text(stmt, 8, arena);
	decision->indicator = column_text(stmt, 9, arena);
	decision->target = column_int(stmt, 10) ? column_integer(stmt, 11) : NO_TARGET;
	decision->target_day = column_day(stmt, 12, DAY_LAST);
	decision->seen = column_int(stmt, 13);
	decision->users = column_int(stmt, 14);
	decision->is_seen = column_int(stmt, 15) != 0;
}

bool store_decision_list(struct store *store, int64_t user_id, bool unseen_only, int limit,
	struct arena *arena, struct decision_list *list, struct error *err)
{
	return statement_read_all(store,
		statement(store, FAMILY_LEARNING, DECISION_LIST, err, "lii", user_id,
			(int)unseen_only, limit),
		arena, read_decision, sizeof(*list->items), (void **)&list->items, &list->count,
		err);
}

bool store_decision_see(
	struct change *change, int64_t id, int64_t user_id, int64_t at, struct error *err)
{
	struct store *store = change->store;
	bool found;

	if (!exists(store, DECISION_EXISTS, id, &found, err))
		return false;
	if (!found)
		return error_set(err, ERROR_NOT_FOUND,
			_("there is no decision %lld; see \"kutsu notice list\""), (long long)id);
	return statement_run(store,
		statement(store, FAMILY_LEARNING, DECISION_SEE, err, "lll", id, user_id, at), err);
}
