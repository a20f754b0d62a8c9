#include "kutsu/store/recovery.h"

#include "file_internal.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "look_internal.h"
#include "store_struct_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool copy_pages(struct store *store, struct store *copy, struct error *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", store->db, "main");
	int status, tries = 0;

	if (!backup)
		return store_fail(copy, err);
	/* In one step: a change between two would begin the copy anew. */
	do
		status = sqlite3_backup_step(backup, -1);
	while ((status == SQLITE_BUSY || status == SQLITE_LOCKED)
		&& connection_wait(store, tries++));
	sqlite3_backup_finish(backup);
	return status == SQLITE_DONE || store_fail(copy, err);
}

/*
 * Read through by a connection of its own, which sees what is in the file. None has it open in the
 * end, so that it may be opened and closed as any file.
 */
static bool copy_into(struct store *store, const char *made, struct error *err)
{
	struct store *copy = NULL;
	enum look look = LOOK_FAILED;

	if (connection_open(made, CONNECTION_WRITES, &copy, err)
		&& connection_run(copy, "PRAGMA synchronous=OFF", err)
		&& copy_pages(store, copy, err)
		&& connection_run(copy, "PRAGMA journal_mode=DELETE", err))
		look = LOOK_OURS;
	store_close(copy);
	if (look == LOOK_OURS)
		look = look_through(made, err);
	if (look == LOOK_OURS || look == LOOK_FAILED)
		return look == LOOK_OURS;
	return error_set(err, ERROR_DATABASE,
		_("the database is damaged and no backup was made; take an earlier one into use"));
}

bool store_backup(struct store *store, const char *path, struct error *err)
{
	char *made;
	bool ok;

	if (!file_check_free(path, err) || !file_make_beside(path, &made, err))
		return false;
	ok = copy_into(store, made, err) && file_sync(made, err) && file_publish(made, path, err);
	file_remove(made);
	free(made);
	return ok;
}

/* On failure errno says why, and ferror() of which. */
static bool pour(FILE *from, FILE *into)
{
	char block[1 << 16];
	size_t size;

	while ((size = fread(block, 1, sizeof(block), from)) > 0) {
		if (fwrite(block, 1, size, into) != size)
			return false;
	}
	return !ferror(from) && fflush(into) == 0;
}

static bool send_copy(FILE *copy, FILE *file, struct error *err)
{
	if (pour(copy, file))
		return true;
	return ferror(copy) ? error_set(
		       err, ERROR_FAILED, _("the copy can't be read (%s)"), strerror(errno))
			    : error_set(err, ERROR_FAILED, _("the output can't be written (%s)"),
				    strerror(errno));
}

bool store_backup_stream(struct store *store, FILE *file, struct error *err)
{
	FILE *copy = NULL;
	char *made;
	bool ok;

	if (!file_make_beside(sqlite3_db_filename(store->db, "main"), &made, err))
		return false;
	ok = copy_into(store, made, err) && file_open(made, &copy, err);
	/* Whoever reads may take long, or never end: the copy does not outlive this program. */
	file_remove(made);
	free(made);
	ok = ok && send_copy(copy, file, err);
	if (copy)
		fclose(copy);
	return ok;
}

/* ---- Taking one into use. */

bool store_backup_open(const char *path, FILE **file, struct error *err)
{
	*file = NULL;
	if (look_has_log(path))
		return error_set(err, ERROR_FAILED,
			_("%s is a database with a log beside it, no backup; make one of it with "
			  "\"kutsu backup\""),
			path);
	return file_open(path, file, err);
}

static bool receive(FILE *from, const char *made, const char *path, struct error *err)
{
	FILE *into = fopen(made, "wb");
	bool ok = into && pour(from, into) && fsync(fileno(into)) == 0;

	if (!ok && ferror(from))
		error_set(err, ERROR_FAILED, _("the backup can't be read (%s)"), strerror(errno));
	else if (!ok)
		error_set(err, ERROR_FAILED, _("%s can't be written (%s)"), path, strerror(errno));
	else if (ftell(into) == 0)
		ok = error_set(err, ERROR_DATABASE,
			_("the backup is empty; see whether what was to write it ended well"));
	if (into)
		fclose(into);
	return ok;
}

static bool tell_backup(enum look look, struct error *err)
{
	switch (look) {
	case LOOK_NO_DATABASE:
		return error_set(err, ERROR_DATABASE,
			_("the backup is no database; give a file that \"kutsu backup\" made"));
	case LOOK_ANOTHERS:
		return error_set(err, ERROR_DATABASE,
			_("the backup is not kutsu's; give a file that \"kutsu backup\" made"));
	case LOOK_NEWER:
		return error_set(err, ERROR_DATABASE,
			_("the backup was made by a newer kutsu; install that one"));
	case LOOK_DAMAGED:
		return error_set(err, ERROR_DATABASE,
			_("the backup is damaged or cut short; take another one"));
	case LOOK_OURS:
	case LOOK_FAILED:
		break;
	}
	return look == LOOK_OURS;
}

static bool open_received(const char *made, struct store **store, struct error *err)
{
	enum look look = look_through(made, err);

	if (look == LOOK_OURS)
		look = look_and_open(made, store, err);
	return tell_backup(look, err);
}

/* That a hole was taken back from under a meeting is daily life: a person decides. */
static bool refuse(void *context, const struct check_problem *problem, struct error *err)
{
	(void)context;
	return problem->kind == CHECK_ROOM
	       || error_set(err, ERROR_DATABASE,
		       _("the backup is not sound (%s); take another one"), problem->text);
}

bool store_restore_begin(FILE *from, const char *path, struct store **result, struct error *err)
{
	struct store *store = NULL;
	int64_t problems;
	char *made;

	*result = NULL;
	if (!file_make_new(path, &made, err))
		return false;
	if (receive(from, made, path, err) && open_received(made, &store, err)
		&& store_check(store, refuse, NULL, &problems, err)) {
		store->made_path = made;
		store->publish_path = memory_copy_text(path);
		*result = store;
		return true;
	}
	store_close(store);
	file_remove(made);
	free(made);
	return false;
}
