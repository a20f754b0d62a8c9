#include "fault_vfs.h"

#include "fault_disk.h"

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNTED_FILES (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)
#define MOST_FILES    4

/* SQLite knows its VFSs for the whole process, so this is one too. */
static struct {
	sqlite3_vfs shim, *real;
	enum fault fault;
	int at, count;
	char where[40];
	struct disk_file *files[MOST_FILES]; /* followed while the power may go */
} vfs;

struct fault_file {
	sqlite3_file base;
	sqlite3_file *real;
	const char *suffix;	/* "", "-wal"; NULL: not counted */
	struct disk_file *disk; /* or NULL */
};

enum verdict { GOES, BREAKS /* the fault comes here */, FAILS };

bool fault_vfs_came(void)
{
	return vfs.fault != FAULT_NONE && vfs.count >= vfs.at;
}

const char *fault_vfs_where(void)
{
	return vfs.where;
}

static bool is_dark(void)
{
	return vfs.fault == FAULT_POWER && fault_vfs_came();
}

static enum verdict count(const char *operation, const char *suffix)
{
	if (!suffix)
		return GOES;
	vfs.count++;
	if (vfs.count == vfs.at)
		snprintf(vfs.where, sizeof(vfs.where), "%s%s%s", operation, *suffix ? " " : "",
			suffix);
	return vfs.count < vfs.at ? GOES : vfs.count == vfs.at ? BREAKS : FAILS;
}

/* Of a writing operation. */
static enum verdict judge(const char *operation, const char *suffix)
{
	bool is_write = strcmp(operation, "write") == 0;
	enum verdict verdict;

	if (vfs.fault == FAULT_NONE || vfs.fault == FAULT_READ)
		return GOES;
	verdict = count(operation, suffix);
	if ((vfs.fault == FAULT_ERROR_ONCE && verdict == FAILS)
		|| (vfs.fault == FAULT_FULL && !is_write))
		return GOES;
	return verdict;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct fault_file *)file)->real;
}

static int fault_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int fault_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
	const struct fault_file *f = (struct fault_file *)file;

	if (is_dark() || (vfs.fault == FAULT_READ && count("read", f->suffix) == BREAKS))
		return SQLITE_IOERR_READ;
	return f->real->pMethods->xRead(f->real, bytes, length, offset);
}

/* A write that fails may have been done in part. */
static int fault_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
	struct fault_file *f = (struct fault_file *)file;
	enum verdict verdict = judge("write", f->suffix);

	if (verdict != FAILS && f->disk)
		disk_file_write(f->disk, bytes, (size_t)length, (size_t)offset);
	if (verdict == BREAKS)
		f->real->pMethods->xWrite(f->real, bytes, length / 2, offset);
	if (verdict != GOES)
		return vfs.fault == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	return f->real->pMethods->xWrite(f->real, bytes, length, offset);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct fault_file *f = (struct fault_file *)file;
	enum verdict verdict = judge("truncate", f->suffix);

	if (verdict != FAILS && f->disk)
		disk_file_cut(f->disk, (size_t)size);
	if (verdict != GOES)
		return SQLITE_IOERR_TRUNCATE;
	return f->real->pMethods->xTruncate(f->real, size);
}

/* The real disk need not wait: its power stays on. */
static int fault_sync(sqlite3_file *file, int flags)
{
	struct fault_file *f = (struct fault_file *)file;

	if (judge("sync", f->suffix) != GOES)
		return SQLITE_IOERR_FSYNC;
	if (f->disk)
		disk_file_sync(f->disk);
	return f->suffix ? SQLITE_OK : f->real->pMethods->xSync(f->real, flags);
}

static int fault_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return is_dark() ? SQLITE_IOERR_FSTAT
			 : real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int fault_lock(sqlite3_file *file, int lock)
{
	return is_dark() ? SQLITE_IOERR_LOCK : real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int fault_unlock(sqlite3_file *file, int lock)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int fault_check_lock(sqlite3_file *file, int *is_reserved)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is_reserved);
}

static int fault_control(sqlite3_file *file, int operation, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int fault_sector_size(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int fault_characteristics(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int fault_shm_map(
	sqlite3_file *file, int page, int size, int extend, void volatile **address)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, address);
}

static int fault_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void fault_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int fault_shm_unmap(sqlite3_file *file, int remove)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

/* Version 2: shared memory, but no mapping of files past xRead and xWrite. */
static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = fault_close,
	.xRead = fault_read,
	.xWrite = fault_write,
	.xTruncate = fault_truncate,
	.xSync = fault_sync,
	.xFileSize = fault_size,
	.xLock = fault_lock,
	.xUnlock = fault_unlock,
	.xCheckReservedLock = fault_check_lock,
	.xFileControl = fault_control,
	.xSectorSize = fault_sector_size,
	.xDeviceCharacteristics = fault_characteristics,
	.xShmMap = fault_shm_map,
	.xShmLock = fault_shm_lock,
	.xShmBarrier = fault_shm_barrier,
	.xShmUnmap = fault_shm_unmap,
};

/* ---- Files by name. */

static struct disk_file **find(const char *path)
{
	for (size_t i = 0; i < MOST_FILES; i++) {
		if (!vfs.files[i] || strcmp(disk_file_path(vfs.files[i]), path) == 0)
			return &vfs.files[i];
	}
	cr_assert(false, "too many files");
	return NULL;
}

/* Through its handle: closing another one of the file would drop SQLite's locks. */
static unsigned char *read_whole(sqlite3_file *real, size_t *size)
{
	sqlite3_int64 length;
	unsigned char *bytes;

	cr_assert_eq(real->pMethods->xFileSize(real, &length), SQLITE_OK);
	bytes = malloc((size_t)length + 1);
	cr_assert_not_null(bytes);
	if (length > 0)
		cr_assert_eq(real->pMethods->xRead(real, bytes, (int)length, 0), SQLITE_OK);
	*size = (size_t)length;
	return bytes;
}

static struct disk_file *follow(const char *path, sqlite3_file *real, bool was_there)
{
	struct disk_file **file = find(path);

	if (!*file) {
		size_t size = 0;
		unsigned char *bytes = was_there ? read_whole(real, &size) : NULL;

		*file = disk_file_new(path, bytes, size);
	}
	disk_file_make(*file);
	return *file;
}

static const char *suffix_of(const char *path)
{
	size_t length = strlen(path);

	if (length > 4 && strcmp(path + length - 4, "-wal") == 0)
		return "-wal";
	return length > 8 && strcmp(path + length - 8, "-journal") == 0 ? "-journal" : "";
}

static int fault_open(
	sqlite3_vfs *shim, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
	struct fault_file *f = (struct fault_file *)file;
	bool was_there = path && access(path, F_OK) == 0;
	int status;

	(void)shim;
	*f = (struct fault_file) { .real = (sqlite3_file *)(f + 1) };
	if (is_dark())
		return SQLITE_CANTOPEN;
	status = vfs.real->xOpen(vfs.real, path, f->real, flags, out_flags);
	if (status != SQLITE_OK)
		return status;
	if (path && (flags & COUNTED_FILES)) {
		f->suffix = suffix_of(path);
		if (vfs.fault == FAULT_POWER)
			f->disk = follow(path, f->real, was_there);
	}
	f->base.pMethods = &methods;
	return SQLITE_OK;
}

static int fault_delete(sqlite3_vfs *shim, const char *path, int sync_folder)
{
	enum verdict verdict = judge("remove", suffix_of(path));
	struct disk_file *file = vfs.fault == FAULT_POWER ? *find(path) : NULL;

	(void)shim;
	if (verdict != FAILS && file)
		disk_file_remove(file, verdict == GOES && sync_folder);
	return verdict == GOES ? vfs.real->xDelete(vfs.real, path, 0) : SQLITE_IOERR_DELETE;
}

static int fault_access(sqlite3_vfs *shim, const char *path, int flags, int *result)
{
	(void)shim;
	return is_dark() ? SQLITE_IOERR_ACCESS : vfs.real->xAccess(vfs.real, path, flags, result);
}

/* ---- What tests ask for. */

void fault_vfs_install(void)
{
	vfs.real = sqlite3_vfs_find(NULL);
	cr_assert_not_null(vfs.real);
	vfs.shim = *vfs.real;
	vfs.shim.zName = "fault";
	vfs.shim.szOsFile = (int)sizeof(struct fault_file) + vfs.real->szOsFile;
	vfs.shim.xOpen = fault_open;
	vfs.shim.xDelete = fault_delete;
	vfs.shim.xAccess = fault_access;
	cr_assert_eq(sqlite3_vfs_register(&vfs.shim, 1), SQLITE_OK);
}

void fault_vfs_arm(enum fault fault, int n)
{
	for (size_t i = 0; i < MOST_FILES; i++) {
		disk_file_free(vfs.files[i]);
		vfs.files[i] = NULL;
	}
	vfs.fault = fault;
	vfs.at = n;
	vfs.count = 0;
	vfs.where[0] = '\0';
}

void fault_vfs_remove(void)
{
	fault_vfs_arm(FAULT_NONE, 0);
	sqlite3_vfs_unregister(&vfs.shim);
}

void fault_vfs_cut_power(void)
{
	cr_assert_eq(vfs.fault, FAULT_POWER, "nothing was followed");
	vfs.at = vfs.count;
}

void fault_vfs_reboot(unsigned seed)
{
	struct luck luck = luck_of(seed);

	vfs.fault = FAULT_NONE;
	for (size_t i = 0; i < MOST_FILES && vfs.files[i]; i++) {
		char index[600];

		disk_file_settle(vfs.files[i], &luck);
		snprintf(index, sizeof(index), "%s-shm", disk_file_path(vfs.files[i]));
		unlink(index);
	}
}
