#include "command_internal.h"

#include "kutsu/service/recovery.h"

static bool run_restore(struct cli *cli, struct error *err)
{
	const struct cli_options *options = cli->options;

	if (!recovery_restore(
		    given_word(cli, 0), options->database, options->clock, &options->identity, err))
		return false;
	print_made(cli, "%s", options->database);
	return true;
}

static const struct verb verbs[] = {
	{ NULL, "FILE",
		N_("makes a new database of a backup, once it is found sound; - is standard input"),
		NULL, NEEDS_NOTHING, false, run_restore },
};

const struct command restore_command = { "restore", N_("takes a backup into use"), COMMAND_AT_HOST,
	VERBS(verbs) };
