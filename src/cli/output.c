#include "command_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool output_flush(FILE *file, bool ok, struct error *err)
{
	bool written = fflush(file) == 0 && !ferror(file);

	if (ok && !written)
		return error_set(
			err, ERROR_FAILED, _("the output can't be written (%s)"), strerror(errno));
	return ok;
}

bool output_begin(struct cli *cli, const char *path, struct output *output, struct error *err)
{
	int file;

	if (cli->options->by_entrance) {
		log_over_ssh(cli->options, "output");
		return error_set(err, ERROR_DENIED,
			_("-o can't be used over ssh; the output comes to your own end"));
	}
	output->path = path;
	output->made = arena_printf(cli->arena, "%s.new-%ld", path, (long)getpid());
	file = open(output->made, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	output->file = file >= 0 ? fdopen(file, "w") : NULL;
	return output->file
	       || error_set(
		       err, ERROR_FAILED, _("%s can't be written (%s)"), path, strerror(errno));
}

bool output_end(struct output *output, bool ok, struct error *err)
{
	ok = output_flush(output->file, ok, err);
	if (ok && (fsync(fileno(output->file)) != 0 || rename(output->made, output->path) != 0))
		ok = error_set(err, ERROR_FAILED, _("%s can't be written (%s)"), output->path,
			strerror(errno));
	fclose(output->file);
	if (!ok)
		unlink(output->made);
	return ok;
}
