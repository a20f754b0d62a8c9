#include "command_internal.h"

#include <sys/stat.h>

/* What lies there is replaced: that must not be what all of this is kept in. */
static bool check_not_database(struct cli *cli, const char *path, struct error *err)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	struct stat given, kept;

	if (stat(path, &given) != 0)
		return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		const char *file =
			arena_printf(cli->arena, "%s%s", cli->options->database, endings[i]);

		if (stat(file, &kept) == 0 && kept.st_dev == given.st_dev
			&& kept.st_ino == given.st_ino)
			return error_set(err, ERROR_FAILED,
				_("-o %s is the database itself; give another name"), path);
	}
	return true;
}

bool output_begin(struct cli *cli, const char *path, struct outfile *output, struct error *err)
{
	if (!cli->options->by_entrance)
		return check_not_database(cli, path, err) && outfile_begin(output, path, err);
	log_over_ssh(cli->options, "output");
	return error_set(err, ERROR_DENIED,
		_("-o can't be used over ssh; the output comes to your own end"));
}
