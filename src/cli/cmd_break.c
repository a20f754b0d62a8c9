#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/service/registry.h"
#include "listing_internal.h"

static bool run_add(struct cli *cli, struct error *err)
{
	struct school_break school_break = { .name = given_word(cli, 0),
		.municipality = given_text(cli, "municipality") };

	return given_needed(cli, "from", err) && given_needed(cli, "until", err)
	       && given_day(cli, "from", &school_break.from_day, err)
	       && given_day(cli, "until", &school_break.until_day, err)
	       && registry_add_break(cli->session, &school_break, err);
}

static bool run_list(struct cli *cli, struct error *err)
{
	struct listing listing;
	struct school_break_list list;

	if (!registry_break_list(cli->session, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 3);
	for (size_t i = 0; i < list.count; i++) {
		const struct school_break *b = &list.items[i];
		char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE];
		struct row row;

		row_init(&row, cli->arena);
		row_of_school_break(&row, b);
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, b->name,
			arena_printf(cli->arena, "%s–%s", local_day(b->from_day, from),
				local_day(b->until_day, until)),
			b->municipality);
	}
	listing_end(&listing);
	return true;
}

static const struct option_spec add_options[] = {
	{ "from", OPTION_TEXT, "DATE", N_("the first day") },
	{ "until", OPTION_TEXT, "DATE", N_("the last day") },
	{ "municipality", OPTION_TEXT, "M", N_("only there") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "add", "NAME", N_("adds a school break"), add_options, NEEDS_SESSION, false, run_add },
	{ "list", "", N_("lists the school breaks"), NULL, NEEDS_SESSION, true, run_list },
};

const struct command break_command = { "break", N_("school breaks"), COMMAND_BY_ENTRANCE,
	VERBS(verbs) };
