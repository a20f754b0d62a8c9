#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/casework.h"
#include "listing_internal.h"

static bool run_list(struct cli *cli, struct error *err)
{
	enum action_choice choice = given_flag(cli, "late") ? ACTIONS_LATE : ACTIONS_ALL;
	struct listing listing;
	struct action_list list;

	if (!action_list(cli->session, choice, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 6);
	for (size_t i = 0; i < list.count; i++) {
		const struct agreed_action *action = &list.items[i];
		char day[LOCALTEXT_SIZE] = "";
		struct row row;

		row_init(&row, cli->arena);
		row_of_action(&row, action);
		if (cli->json)
			listing_row(&listing, &row);
		if (action->due_day != DAY_LAST)
			local_day(action->due_day, day);
		table_add(&listing.table, arena_printf(cli->arena, "%lld", (long long)action->id),
			arena_text(cli->arena, day), action->case_code, action->who, action->what,
			action->done ? _("done") : "");
	}
	listing_end(&listing);
	return true;
}

static bool run_done(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && action_mark_done(cli->session, id, err);
}

static const struct option_spec list_options[] = {
	{ "late", OPTION_FLAG, NULL, N_("those past their day and not done") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "list", "", N_("lists the agreed actions, by day"), list_options, NEEDS_SESSION, true,
		run_list },
	{ "done", "ACTION", N_("marks an action done"), NULL, NEEDS_SESSION, false, run_done },
};

const struct command action_command = { "action", N_("agreed actions"), COMMAND_BY_ENTRANCE,
	VERBS(verbs) };
