#include "command_internal.h"

#include "kutsu/service/recovery.h"

#include <string.h>

static bool run_backup(struct cli *cli, struct error *err)
{
	const char *path = given_word(cli, 0);
	struct disclosure disclosure = given_disclosure(cli);

	if (!check_path(cli, path, err)
		|| !recovery_backup(cli->session, path, cli->out, &disclosure, err))
		return false;
	if (strcmp(path, "-") != 0)
		print_made(cli, "%s", path);
	return true;
}

static const struct option_spec options[] = {
	{ "basis", OPTION_TEXT, "TEXT", N_("by which right it is given out, for the log") },
	{ "recipient", OPTION_TEXT, "TEXT", N_("to whom it is given, for the log") },
	{ "reason", OPTION_TEXT, "TEXT", N_("why, for the log") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ NULL, "FILE", N_("copies the database while others write; - is standard output"), options,
		NEEDS_SESSION, false, run_backup },
};

const struct command backup_command = { "backup", N_("a sound copy of the database"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
