#include "file_internal.h"

#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_making(const char *path, struct error *err)
{
	return error_set(err, ERROR_FAILED, _("%s can't be made (%s)"), path, strerror(errno));
}

bool file_make_folders(const char *path, struct error *err)
{
	char *copy = memory_copy_text(path);
	bool ok = true;

	for (char *slash = strchr(copy + 1, '/'); ok && slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		ok = mkdir(copy, 0700) == 0 || errno == EEXIST || fail_making(copy, err);
		*slash = '/';
	}
	free(copy);
	return ok;
}

bool file_make_beside(const char *path, char **made, struct error *err)
{
	struct text name = { 0 };
	int file;

	text_format(&name, "%s.new-%ld", path, (long)getpid());
	file = open(name.bytes, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	*made = file >= 0 ? memory_copy_text(name.bytes) : NULL;
	text_release(&name);
	if (file < 0)
		return fail_making(path, err);
	close(file);
	return true;
}

static void sync_folder(const char *path)
{
	char *copy = memory_copy_text(path);
	char *slash = strrchr(copy, '/');
	int folder;

	if (slash)
		slash[slash == copy ? 1 : 0] = '\0';
	folder = open(slash ? copy : ".", O_RDONLY | O_CLOEXEC);
	if (folder >= 0) {
		fsync(folder);
		close(folder);
	}
	free(copy);
}

bool file_publish(const char *made, const char *path, struct error *err)
{
	/* link() refuses a name that is taken, where rename() would write over it. */
	if (link(made, path) != 0)
		return fail_making(path, err);
	sync_folder(path);
	return true;
}
