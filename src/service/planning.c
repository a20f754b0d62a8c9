#include "kutsu/service/planning.h"

#include "kutsu/base/date.h"
#include "kutsu/domain/suppression.h"
#include "replay_data_internal.h"
#include "service_internal.h"

#include <stdio.h>

static bool find_index(struct session *session, const struct replay_data *data, const char *code,
	size_t *index, struct error *err)
{
	struct arena arena = { 0 };
	struct unit_list found;
	bool ok = get_units(session, &code, 1, UNITS_ALL, &arena, &found, err);

	if (ok)
		*index = replay_unit_index(data, found.items[0].id);
	arena_release(&arena);
	return ok;
}

static void hide(const struct session *session, struct what_if *what_if)
{
	if (!replay_hides_small(session))
		return;
	what_if->is_hidden = cell_is_small(what_if->calls);
	if (what_if->is_hidden) {
		*what_if = (struct what_if) { .is_hidden = true };
		return;
	}
	what_if->calls = cell_in_fives(what_if->calls);
	replay_hide_waits(&what_if->without);
	replay_hide_small(&what_if->with);
}

static struct what_if try_hole(
	struct session *session, struct replay_data *data, size_t unit, const struct slot *slot)
{
	struct what_if what_if = { .calls = (int)data->input.call_count };
	struct replay_try *try;

	replay_data_run(data);
	try = replay_try_new(data->replay);
	what_if.without = replay_waits(data->replay);
	what_if.with = replay_with(try, unit, slot);
	replay_try_free(try);
	hide(session, &what_if);
	return what_if;
}

static bool log_hole(struct use *use, const struct slot *slot, const struct planning_period *period,
	struct error *err)
{
	char start[MINUTE_TEXT_SIZE], end[MINUTE_TEXT_SIZE], detail[160];
	char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];

	snprintf(detail, sizeof(detail), "what-if %s %d %s-%s of %s..%s", slot->unit, slot->weekday,
		minute_format_iso(slot->start, start), minute_format_iso(slot->end, end),
		day_format_iso(period->from_day, from), day_format_iso(period->until_day, until));
	return use_log(use, 0, detail, err);
}

bool plan_what_if(struct session *session, const struct slot *slot,
	const struct planning_period *period, struct what_if *what_if, struct error *err)
{
	struct replay_data data = { 0 };
	struct use use;
	size_t unit = 0;
	bool ok;

	*what_if = (struct what_if) { 0 };
	if (!slot_check(slot, err) || !use_begin(&use, session, USE_FIGURES_LOOK, slot->unit, err))
		return false;
	ok = replay_data_read(session, period, &data, err)
	     && find_index(session, &data, slot->unit, &unit, err)
	     && log_hole(&use, slot, period, err);
	ok = use_end(&use, ok, err);
	if (ok)
		*what_if = try_hole(session, &data, unit, slot);
	replay_data_release(&data);
	return ok;
}

bool plan_waits(struct session *session, const struct planning_period *period, struct arena *arena,
	int **waits, size_t *count, struct error *err)
{
	struct replay_data data;
	bool ok = replay_data_read(session, period, &data, err);

	*count = 0;
	if (ok) {
		replay_data_run(&data);
		*waits = arena_new(arena, (data.input.call_count + 1) * sizeof(**waits));
		*count = data.input.call_count;
		for (size_t i = 0; i < *count; i++)
			(*waits)[i] = replay_wait(data.replay, i);
	}
	replay_data_release(&data);
	return ok;
}
