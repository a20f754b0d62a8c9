#include "kutsu/service/learning.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/domain/slot.h"
#include "service_internal.h"

#define COUNTY_GROUP 1

/* ---- Observations. ---- */

bool observation_add(struct session *session, struct observation *observation, struct error *err)
{
	struct use use;
	bool ok;

	observation->day = session_today(session);
	if (!observation_check(observation, err)
		|| !use_begin(&use, session, USE_OBSERVATION_ADD, NULL, err))
		return false;
	use_needs_no_log(&use);
	ok = store_observation_add(&use.change, observation, err);
	return use_end(&use, ok, err);
}

bool observation_list(struct session *session, enum observation_choice choice, struct arena *arena,
	struct observation_list *list, struct error *err)
{
	return use_check(session, USE_OBSERVATION_LIST, NULL, err)
	       && store_observation_list(session->store, choice, 0, arena, list, err);
}

/* ---- Phenomena. ---- */

static bool group_all(
	struct use *use, int64_t phenomenon_id, const int64_t *ids, size_t count, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++)
		ok = store_observation_group(&use->change, ids[i], phenomenon_id, err);
	return ok;
}

bool phenomenon_add(struct session *session, struct phenomenon *phenomenon, const int64_t *ids,
	size_t count, struct error *err)
{
	struct use use;
	bool ok;

	phenomenon->opened_day = session_today(session);
	if (!phenomenon_check(phenomenon, err)
		|| !use_begin(&use, session, USE_PHENOMENON_KEEP, NULL, err))
		return false;
	ok = store_phenomenon_add(&use.change, phenomenon, err)
	     && group_all(&use, phenomenon->id, ids, count, err)
	     && use_log_number(&use, USE_PHENOMENON_KEEP, 0, phenomenon->id, err);
	return use_end(&use, ok, err);
}

static bool check_phenomenon(struct use *use, int64_t id, struct error *err)
{
	bool exists;

	return id == 0
	       || (store_phenomenon_exists(use->session->store, id, &exists, err)
		       && (exists
			       || error_set(err, ERROR_NOT_FOUND,
				       _("there is no phenomenon %lld; see \"kutsu phenomenon "
					 "list\""),
				       (long long)id)));
}

bool phenomenon_group(struct session *session, int64_t phenomenon_id, const int64_t *ids,
	size_t count, struct error *err)
{
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_PHENOMENON_KEEP, phenomenon_id, err))
		return false;
	ok = check_phenomenon(&use, phenomenon_id, err)
	     && group_all(&use, phenomenon_id, ids, count, err)
	     && use_log_number(&use, USE_PHENOMENON_KEEP, 0, phenomenon_id, err);
	return use_end(&use, ok, err);
}

bool phenomenon_close(struct session *session, int64_t id, const char *reason, struct error *err)
{
	struct use use;
	bool ok;

	if (!field_check_given(_("reason"), reason, FIELD_SHORT, err)
		|| !use_begin_number(&use, session, USE_PHENOMENON_KEEP, id, err))
		return false;
	ok = store_phenomenon_close(&use.change, id, session_today(session), reason, err)
	     && use_log_number(&use, USE_PHENOMENON_KEEP, 0, id, err);
	return use_end(&use, ok, err);
}

bool phenomenon_list(struct session *session, bool open_only, struct arena *arena,
	struct phenomenon_list *list, struct error *err)
{
	return use_check(session, USE_LEARNING_LOOK, NULL, err)
	       && store_phenomenon_list(session->store, open_only, arena, list, err);
}

/* ---- Initiatives. ---- */

bool initiative_add(struct session *session, struct initiative *initiative, struct error *err)
{
	struct use use;
	bool ok;

	if (!initiative_check(initiative, err)
		|| !use_begin(&use, session, USE_INITIATIVE_KEEP, NULL, err))
		return false;
	ok = check_phenomenon(&use, initiative->phenomenon_id, err)
	     && store_initiative_add(&use.change, initiative, err)
	     && use_log_number(&use, USE_INITIATIVE_KEEP, 0, initiative->id, err);
	return use_end(&use, ok, err);
}

bool initiative_list(struct session *session, struct arena *arena, struct initiative_list *list,
	struct error *err)
{
	return use_check(session, USE_LEARNING_LOOK, NULL, err)
	       && store_initiative_list(session->store, arena, list, err);
}

bool initiative_set_status(
	struct session *session, int64_t id, enum initiative_status status, struct error *err)
{
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_INITIATIVE_KEEP, id, err))
		return false;
	ok = store_initiative_set_status(&use.change, id, status, err)
	     && use_log_number(&use, USE_INITIATIVE_KEEP, 0, id, err);
	return use_end(&use, ok, err);
}

static bool check_initiative(struct use *use, int64_t id, struct error *err)
{
	bool exists;

	return store_initiative_exists(use->session->store, id, &exists, err)
	       && (exists
		       || error_set(err, ERROR_NOT_FOUND,
			       _("there is no initiative %lld; see \"kutsu initiative list\""),
			       (long long)id));
}

bool initiative_add_step(struct session *session, int64_t id, const char *what, int due_day,
	int64_t *step_id, struct error *err)
{
	struct use use;
	bool ok;

	if (!field_check_given(_("step"), what, FIELD_SHORT, err)
		|| !use_begin_number(&use, session, USE_INITIATIVE_KEEP, id, err))
		return false;
	ok = check_initiative(&use, id, err)
	     && store_initiative_add_step(&use.change, id, what, due_day, step_id, err)
	     && use_log_number(&use, USE_INITIATIVE_KEEP, 0, id, err);
	return use_end(&use, ok, err);
}

bool initiative_step_done(struct session *session, int64_t step_id, struct error *err)
{
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_INITIATIVE_KEEP, step_id, err))
		return false;
	ok = store_initiative_step_done(&use.change, step_id, session_today(session), err)
	     && use_log_number(&use, USE_INITIATIVE_KEEP, 0, step_id, err);
	return use_end(&use, ok, err);
}

bool initiative_add_feedback(struct session *session, int64_t id,
	struct initiative_feedback *feedback, struct error *err)
{
	struct use use;
	bool ok;

	feedback->day = session_today(session);
	if (feedback->value < 1 || feedback->value > 5)
		return error_set(err, ERROR_INVALID, _("%s: \"%d\" won't do; give %d to %d"),
			_("feedback"), feedback->value, 1, 5);
	if (!field_check(_("text"), feedback->text, FIELD_LONG, err)
		|| !use_begin_number(&use, session, USE_INITIATIVE_KEEP, id, err))
		return false;
	ok = check_initiative(&use, id, err)
	     && store_initiative_add_feedback(&use.change, id, feedback, err)
	     && use_log_number(&use, USE_INITIATIVE_KEEP, 0, id, err);
	return use_end(&use, ok, err);
}

/* ---- Leadership groups. ---- */

bool group_list(struct session *session, struct arena *arena, struct leadership_group_list *list,
	struct error *err)
{
	return use_check(session, USE_LEARNING_LOOK, NULL, err)
	       && store_group_list(session->store, arena, list, err);
}

bool group_add(struct session *session, struct leadership_group *group, struct error *err)
{
	struct use use;
	bool ok;

	group->parent_id = COUNTY_GROUP;
	if (!field_check_given(_("name"), group->name, FIELD_SHORT, err)
		|| !field_check_given(_("area"), group->area, FIELD_SHORT, err)
		|| !use_begin(&use, session, USE_GROUP_KEEP, NULL, err))
		return false;
	ok = store_group_add(&use.change, group, err)
	     && use_log_number(&use, USE_GROUP_KEEP, 0, group->id, err);
	return use_end(&use, ok, err);
}

static bool check_group(struct use *use, int64_t id, struct error *err)
{
	bool exists;

	return store_group_exists(use->session->store, id, &exists, err)
	       && (exists
		       || error_set(err, ERROR_NOT_FOUND,
			       _("there is no leadership group %lld; see \"kutsu group list\""),
			       (long long)id));
}

bool group_set_seat(
	struct session *session, int64_t group_id, const struct seat *seat, struct error *err)
{
	struct use use;
	bool ok;

	if (!field_check_given(_("seat"), seat->name, FIELD_SHORT, err)
		|| !field_check(_("elected by"), seat->elector, FIELD_SHORT, err)
		|| !field_check(_("member"), seat->member, FIELD_SHORT, err)
		|| !use_begin_number(&use, session, USE_GROUP_KEEP, group_id, err))
		return false;
	ok = check_group(&use, group_id, err) && store_seat_set(&use.change, group_id, seat, err)
	     && use_log_number(&use, USE_GROUP_KEEP, 0, group_id, err);
	return use_end(&use, ok, err);
}

/* ---- Decisions. ---- */

bool decision_make(struct session *session, struct decision *decision, struct error *err)
{
	struct use use;
	bool ok;

	decision->group_id = decision->group_id ? decision->group_id : COUNTY_GROUP;
	if (!decision_check(decision, err)
		|| !use_begin(&use, session, USE_DECISION_MAKE, NULL, err))
		return false;
	ok = check_group(&use, decision->group_id, err)
	     && (!decision->initiative_id || check_initiative(&use, decision->initiative_id, err))
	     && store_decision_add(&use.change, decision, err)
	     && use_log_number(&use, USE_DECISION_MAKE, 0, decision->id, err);
	return use_end(&use, ok, err);
}

bool decision_list(struct session *session, int limit, struct arena *arena,
	struct decision_list *list, struct error *err)
{
	return use_check(session, USE_LEARNING_LOOK, NULL, err)
	       && store_decision_list(
		       session->store, session->user.id, false, limit, arena, list, err);
}

bool notice_list(
	struct session *session, struct arena *arena, struct decision_list *list, struct error *err)
{
	return use_check(session, USE_LEARNING_LOOK, NULL, err)
	       && store_decision_list(session->store, session->user.id, true, 0, arena, list, err);
}

bool notice_see(struct session *session, int64_t decision_id, struct error *err)
{
	struct use use;
	bool ok;

	if (!use_begin_number(&use, session, USE_NOTICE_SEE, decision_id, err))
		return false;
	ok = store_decision_see(
		     &use.change, decision_id, session->user.id, session_now(session), err)
	     && use_log_number(&use, USE_NOTICE_SEE, 0, decision_id, err);
	return use_end(&use, ok, err);
}
