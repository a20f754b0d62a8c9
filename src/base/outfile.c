#include "kutsu/base/outfile.h"

#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool outfile_flush(FILE *file, bool ok, struct error *err)
{
	bool written = fflush(file) == 0 && !ferror(file);

	if (ok && !written)
		return error_set(
			err, ERROR_FAILED, _("the output can't be written (%s)"), strerror(errno));
	return ok;
}

static bool fail(const struct outfile *output, struct error *err)
{
	return error_set(
		err, ERROR_FAILED, _("%s can't be written (%s)"), output->path, strerror(errno));
}

static void release(struct outfile *output)
{
	free(output->path);
	free(output->made);
	*output = (struct outfile) { 0 };
}

bool outfile_begin(struct outfile *output, const char *path, struct error *err)
{
	struct text made = { 0 };
	int file;

	text_format(&made, "%s.new-%ld", path, (long)getpid());
	*output = (struct outfile) { .path = memory_copy_text(path), .made = made.bytes };
	file = open(output->made, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	output->file = file >= 0 ? fdopen(file, "w") : NULL;
	if (output->file)
		return true;
	fail(output, err);
	release(output);
	return false;
}

bool outfile_end(struct outfile *output, bool ok, struct error *err)
{
	ok = outfile_flush(output->file, ok, err);
	if (ok && (fsync(fileno(output->file)) != 0 || rename(output->made, output->path) != 0))
		ok = fail(output, err);
	fclose(output->file);
	if (!ok)
		unlink(output->made);
	release(output);
	return ok;
}
