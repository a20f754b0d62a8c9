#include "command_internal.h"

#include "kutsu/service/entrance.h"

#include <errno.h>
#include <string.h>

void log_over_ssh(const struct cli_options *options, const char *what)
{
	entrance_log_refusal(options->database, options->clock, &options->identity, what);
}

bool check_path(const struct cli *cli, const char *path, struct error *err)
{
	if (!cli->options->by_entrance || strcmp(path, "-") == 0)
		return true;
	log_over_ssh(cli->options, "file");
	return error_set(err, ERROR_DENIED,
		_("files of the host can't be used over ssh; use - and your own end's files"));
}

bool read_input(struct cli *cli, const char *path, size_t most, char **bytes, size_t *length,
	struct error *err)
{
	FILE *file;
	bool ok;

	if (!check_path(cli, path, err))
		return false;
	file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	if (!file)
		return error_set(
			err, ERROR_FAILED, _("%s can't be read (%s)"), path, strerror(errno));
	*bytes = arena_new(cli->arena, most + 1);
	*length = fread(*bytes, 1, most + 1, file);
	ok = !ferror(file);
	if (!ok)
		error_set(err, ERROR_FAILED, _("%s can't be read (%s)"), path, strerror(errno));
	if (file != stdin)
		fclose(file);
	return ok;
}
