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

/* For their owner alone. */
static bool make_folders(const char *path, struct error *err)
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

static bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

/* What SQLite keeps beside a database, and would take for this one's. */
static const char *const beside[] = { "-wal", "-shm", "-journal" };

#define BESIDE (sizeof(beside) / sizeof(beside[0]))

static bool fail_taken(const char *path, struct error *err)
{
	return error_set(err, ERROR_FAILED,
		_("%s is there already and was left as it is; give another name"), path);
}

static bool check_no_log(const char *path, struct error *err)
{
	struct text other = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < BESIDE; i++) {
		text_clear(&other);
		text_format(&other, "%s%s", path, beside[i]);
		if (exists(other.bytes))
			ok = error_set(err, ERROR_FAILED,
				_("%s is left of an earlier database; end the programs that use "
				  "it, "
				  "move it away and try again"),
				other.bytes);
	}
	text_release(&other);
	return ok;
}

bool file_check_free(const char *path, struct error *err)
{
	return exists(path) ? fail_taken(path, err) : check_no_log(path, err);
}

bool file_make_beside(const char *path, char **made, struct error *err)
{
	struct text name = { 0 };
	int file;

	/* Not the process's number: one that was killed may have left its file. */
	text_format(&name, "%s.new-XXXXXX", path);
	file = mkstemp(name.bytes);
	*made = file >= 0 ? memory_copy_text(name.bytes) : NULL;
	text_release(&name);
	if (file < 0)
		return error_set(err, ERROR_FAILED, _("no file can be made beside %s (%s)"), path,
			strerror(errno));
	close(file);
	return true;
}

bool file_make_new(const char *path, char **made, struct error *err)
{
	return file_check_free(path, err) && make_folders(path, err)
	       && file_make_beside(path, made, err);
}

bool file_open(const char *path, FILE **file, struct error *err)
{
	*file = fopen(path, "rb");
	return *file
	       || error_set(err, ERROR_FAILED, _("%s can't be read (%s)"), path, strerror(errno));
}

bool file_sync(const char *path, struct error *err)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = file >= 0 && fsync(file) == 0;

	if (!ok)
		error_set(err, ERROR_FAILED, _("%s can't be written (%s)"), path, strerror(errno));
	if (file >= 0)
		close(file);
	return ok;
}

void file_remove(const char *made)
{
	struct text other = { 0 };

	unlink(made);
	for (size_t i = 0; i < BESIDE; i++) {
		text_clear(&other);
		text_format(&other, "%s%s", made, beside[i]);
		unlink(other.bytes);
	}
	text_release(&other);
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
	if (!check_no_log(path, err))
		return false;
	/* link() refuses a name that is taken, where rename() would write over it. */
	if (link(made, path) != 0)
		return errno == EEXIST ? fail_taken(path, err) : fail_making(path, err);
	sync_folder(path);
	return true;
}
