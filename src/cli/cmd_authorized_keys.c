#include "command_internal.h"

#include "kutsu/service/entrance.h"

#include <stdlib.h>
#include <unistd.h>

#define PATH_SIZE 4096

/* sshd runs the command in the account's home, wherever this one was run. */
static const char *absolute(const struct cli *cli, const char *path)
{
	char *whole = realpath(path, NULL);
	const char *kept = whole ? arena_text(cli->arena, whole) : path;

	free(whole);
	return kept;
}

static bool run_keys(struct cli *cli, struct error *err)
{
	char program[PATH_SIZE];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	const char *database = absolute(cli, cli->options->database);
	struct entrance_keys keys = { .database = database,
		.program = program,
		.names_database = cli->options->database_is_given,
		.fingerprint = given_text(cli, "fingerprint") };

	if (length <= 0)
		return error_set(err, ERROR_FAILED, _("the program's own path can't be found"));
	program[length] = '\0';
	return entrance_write_keys(&keys, cli->out, err);
}

static const struct option_spec options[] = {
	{ "fingerprint", OPTION_TEXT, "SHA256:...", N_("the key of that fingerprint only") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ NULL, "", N_("prints the users' keys, each bound to \"kutsu shell\""), options,
		NEEDS_NOTHING, false, run_keys },
};

const struct command authorized_keys_command = { "authorized-keys",
	N_("the keys of the ssh entrance, for sshd"), COMMAND_AT_HOST, VERBS(verbs) };
