#include "kutsu/format/learning_rows.h"

#include "kutsu/domain/slot.h"

static void add_number(struct row *row, const char *key, int64_t id)
{
	if (id)
		row_add_integer(row, key, id);
	else
		row_add_null(row, key);
}

void row_of_observation(struct row *row, const struct observation *observation)
{
	row_add_integer(row, "id", observation->id);
	row_add_day(row, "day", observation->day);
	row_add_text(row, "text", observation->text);
	row_add_text(row, "place", observation->place);
	row_add_text(row, "sector", observation->sector);
	add_number(row, "phenomenon", observation->phenomenon_id);
}

void row_of_phenomenon(struct row *row, const struct phenomenon *phenomenon)
{
	row_add_integer(row, "id", phenomenon->id);
	row_add_text(row, "title", phenomenon->title);
	row_add_text(row, "indicator", phenomenon->indicator);
	row_add_integer(row, "observations", phenomenon->observations);
	row_add_integer(row, "places", phenomenon->places);
	row_add_day(row, "opened", phenomenon->opened_day);
	row_add_day(row, "closed", phenomenon->closed_day);
	row_add_text(row, "closed_reason", phenomenon->closed_reason);
}

static int steps_done(const struct initiative *initiative)
{
	int done = 0;

	for (size_t i = 0; i < initiative->step_count; i++)
		done += initiative->steps[i].done_day != DAY_LAST;
	return done;
}

void row_of_initiative(struct row *row, const struct initiative *initiative)
{
	row_add_integer(row, "id", initiative->id);
	row_add_text(row, "title", initiative->title);
	row_add_text(row, "text", initiative->text);
	add_number(row, "phenomenon", initiative->phenomenon_id);
	row_add_list(row, "partners", initiative->partners, initiative->partner_count);
	row_add_text(row, "pilot_area", initiative->pilot_area);
	row_add_text(row, "owner", initiative->owner);
	row_add_day(row, "from", initiative->from_day);
	row_add_day(row, "until", initiative->until_day);
	row_add_text(row, "status", term_code(&initiative_status_terms, (int)initiative->status));
	row_add_integer(row, "steps_done", steps_done(initiative));
	row_add_integer(row, "steps", (int64_t)initiative->step_count);
}

void row_of_initiative_step(struct row *row, const struct initiative_step *step)
{
	row_add_integer(row, "id", step->id);
	row_add_text(row, "what", step->what);
	row_add_day(row, "due", step->due_day);
	row_add_day(row, "done", step->done_day);
}

void row_of_initiative_feedback(struct row *row, const struct initiative_feedback *feedback)
{
	row_add_day(row, "day", feedback->day);
	row_add_text(row, "respondents", feedback->is_of_families ? "families" : "workers");
	row_add_integer(row, "value", feedback->value);
	row_add_text(row, "text", feedback->text);
}

void row_of_decision(struct row *row, const struct decision *decision)
{
	row_add_integer(row, "id", decision->id);
	row_add_text(row, "group", decision->group);
	row_add_day(row, "day", decision->day);
	row_add_text(row, "text", decision->text);
	row_add_text(row, "reason", decision->reason);
	row_add_text(row, "child_effect", decision->child_effect);
	row_add_day(row, "from", decision->from_day);
	add_number(row, "initiative", decision->initiative_id);
	row_add_text(row, "indicator", decision->indicator);
	if (decision->target == NO_TARGET)
		row_add_null(row, "target");
	else
		row_add_hundredths(row, "target", decision->target);
	row_add_day(row, "target_by", decision->target_day);
	row_add_integer(row, "seen", decision->seen);
	row_add_integer(row, "users", decision->users);
}

void row_of_seat(struct row *row, const struct seat *seat, int today)
{
	row_add_text(row, "seat", seat->name);
	row_add_text(row, "elected_by", seat->elector);
	row_add_text(row, "member", seat->member);
	row_add_day(row, "until", seat->until_day);
	row_add_boolean(row, "missing", seat_is_missing(seat, today));
}
