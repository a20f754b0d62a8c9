#include "command_internal.h"

#include "kutsu/service/region.h"

static bool run_init(struct cli *cli, struct error *err)
{
	const struct cli_options *options = cli->options;

	if (!region_init(options->database, given_text(cli, "region"), &options->identity,
		    options->clock, err))
		return false;
	fprintf(stderr, _("%s is ready; add units with \"kutsu unit add\"\n"), options->database);
	return true;
}

static const struct option_spec init_options[] = {
	{ "region", OPTION_TEXT, "NAME", N_("the region's name, shown on every screen") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ NULL, "", N_("makes a new, empty database; you become its administrator and coordinator"),
		init_options, NEEDS_NOTHING, false, run_init },
};

const struct command init_command = { "init", N_("a new, empty database"), COMMAND_AT_HOST,
	VERBS(verbs) };
