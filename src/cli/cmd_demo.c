#include "command_internal.h"

#include "kutsu/service/region.h"

#define SEED_MOST  1000000000
#define YEARS_MOST 30
#define SCALE_MOST 50

static bool run_demo(struct cli *cli, struct error *err)
{
	const struct cli_options *options = cli->options;
	struct demo_options demo = { .scale = 1 };
	int seed = 0;

	if (!given_number(cli, "seed", 0, SEED_MOST, &seed, err)
		|| !given_number(cli, "years", 0, YEARS_MOST, &demo.years, err)
		|| !given_number(cli, "scale", 1, SCALE_MOST, &demo.scale, err))
		return false;
	demo.seed = (unsigned long)seed;
	if (!region_demo(options->database, &demo, &options->identity, options->clock, err))
		return false;
	fprintf(stderr, _("%s holds the demonstration region; all of it is invented\n"),
		options->database);
	return true;
}

static const struct option_spec demo_options[] = {
	{ "seed", OPTION_TEXT, "N", N_("another number makes other generated years") },
	{ "years", OPTION_TEXT, "Y", N_("adds so many years of generated past") },
	{ "scale", OPTION_TEXT, "K", N_("so many regions, each with its traffic") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ NULL, "", N_("makes a new database with a fictitious region to try things in"),
		demo_options, NEEDS_NOTHING, false, run_demo },
};

const struct command demo_command = { "demo", N_("a new database with a fictitious region"),
	COMMAND_AT_HOST, VERBS(verbs) };
