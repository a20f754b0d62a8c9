#include "replay_data_internal.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/domain/suppression.h"
#include "kutsu/service/finder.h"
#include "kutsu/store/calendar_store.h"
#include "kutsu/store/replay_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/slot_store.h"
#include "service_internal.h"

/* Coarse enough that one family's days are not seen in it. */
#define SAVED_DAYS_STEP 50

static bool check_period(const struct planning_period *period, struct error *err)
{
	if (!days_check(period->from_day, period->until_day, err))
		return false;
	return (int64_t)period->until_day - period->from_day < PLANNING_DAYS_MOST
	       || error_set(err, ERROR_INVALID,
		       _("that is too long a time; ask for %d years at "
			 "most"),
		       PLANNING_DAYS_MOST / 366);
}

/* The units lie by their ids. */
size_t replay_unit_index(const struct replay_data *data, int64_t unit_id)
{
	const struct unit_list *units = &data->units;
	size_t low = 0, high = units->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (units->items[middle].id < unit_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct replay_call call_of(const struct call_need *need, size_t *units)
{
	struct wall_time wall = zone_to_wall(need->received_at);

	return (struct replay_call) { .day = wall.day,
		.minute = wall.minute,
		.minutes = MEETING_MINUTES_DEFAULT,
		.limits = need->limits,
		.units = units };
}

static void make_calls(struct replay_data *data, const struct call_need_list *needs)
{
	struct replay_call *calls = arena_new(&data->arena, (needs->count + 1) * sizeof(*calls));
	size_t *units = arena_new(&data->arena, (needs->count + 1) * sizeof(*units));
	size_t count = 0;

	for (size_t i = 0; i < needs->count; i++) {
		const struct call_need *need = &needs->items[i];

		if (i == 0 || need->call_id != needs->items[i - 1].call_id)
			calls[count++] = call_of(need, &units[i]);
		units[i] = replay_unit_index(data, need->unit_id);
		calls[count - 1].unit_count++;
	}
	data->input.calls = calls;
	data->input.call_count = count;
}

/* In place of the occupations that the calendars have: these lie by unit. */
static void give_occupations(struct replay_data *data, struct unit_calendar *calendars,
	struct occupation *items, size_t count)
{
	size_t at = 0;

	for (size_t u = 0; u < data->units.count; u++) {
		size_t first = at;

		while (at < count && items[at].unit_id == data->units.items[u].id)
			at++;
		calendars[u].occupations = items + first;
		calendars[u].occupation_count = at - first;
	}
}

static bool read_calendars(struct session *session, int64_t from, int64_t until,
	struct replay_data *data, struct error *err)
{
	const struct replay_input *in = &data->input;
	int first = in->call_count ? in->calls[0].day : 0;
	int last = in->call_count ? in->calls[in->call_count - 1].day + in->days : 0;
	struct unit_calendar *calendars;
	struct occupation *occupations;
	size_t count;

	if (!store_calendar_list(session->store, &data->units, first, last - first + 1,
		    session_now(session), &data->arena, &calendars, err)
		|| !store_kept_occupations(session->store, first, last, from, until, &data->arena,
			&occupations, &count, err))
		return false;
	give_occupations(data, calendars, occupations, count);
	data->input.units = calendars;
	data->input.unit_count = data->units.count;
	return true;
}

bool replay_data_read(struct session *session, const struct planning_period *period,
	struct replay_data *data, struct error *err)
{
	int64_t from, until;
	struct school_break_list breaks;
	struct call_need_list needs;

	*data = (struct replay_data) { .input = { .days = FINDER_WEEKS_DEFAULT * 7 } };
	if (!check_period(period, err))
		return false;
	from = zone_to_moment(period->from_day, 0);
	until = zone_to_moment(period->until_day + 1, 0);
	if (!store_setting_number(session->store, SETTING_NOTICE, &data->input.notice, err)
		|| !store_unit_list(session->store, UNITS_ALL, &data->arena, &data->units, err)
		|| !store_school_break_list(session->store, &data->arena, &breaks, err)
		|| !store_call_need_list(session->store, from, until, &data->arena, &needs, err))
		return false;
	data->input.breaks = breaks.items;
	data->input.break_count = breaks.count;
	make_calls(data, &needs);
	return read_calendars(session, from, until, data, err);
}

void replay_data_run(struct replay_data *data)
{
	data->replay = replay_new(&data->input);
}

void replay_data_release(struct replay_data *data)
{
	replay_free(data->replay);
	arena_release(&data->arena);
	*data = (struct replay_data) { 0 };
}

bool replay_hides_small(const struct session *session)
{
	enum role by;

	return right_scope(session->user.roles, USE_CASE_LIST, &by) != SCOPE_ALL;
}

void replay_hide_waits(struct replay_waits *waits)
{
	waits->met = cell_in_fives(waits->met);
	waits->never = cell_in_fives(waits->never);
}

/* Each by itself: what is told of one must not be taken for the other. How many days it is in all
 * would tell of the few. */
void replay_hide_small(struct replay_outcome *outcome)
{
	replay_hide_waits(&outcome->waits);
	if (cell_is_small(outcome->earlier) || cell_is_small(outcome->later)) {
		outcome->waits.met = outcome->waits.never = FIGURE_HIDDEN;
		outcome->is_saving_hidden = true;
		outcome->days_saved = 0;
	}
	outcome->earlier = cell_in_fives(outcome->earlier);
	outcome->later = cell_in_fives(outcome->later);
	outcome->days_saved -= outcome->days_saved % SAVED_DAYS_STEP;
}
