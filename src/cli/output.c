#include "command_internal.h"

bool output_begin(struct cli *cli, const char *path, struct outfile *output, struct error *err)
{
	if (!cli->options->by_entrance)
		return outfile_begin(output, path, err);
	log_over_ssh(cli->options, "output");
	return error_set(err, ERROR_DENIED,
		_("-o can't be used over ssh; the output comes to your own end"));
}
