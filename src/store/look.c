#include "look_internal.h"

#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "migrations_internal.h"
#include "store_struct_internal.h"

#include <sys/stat.h>
#include <unistd.h>

/* What the connection's last failure says of the file. */
static enum look look_of_failure(const struct store *store)
{
	switch (sqlite3_errcode(store->db) & 0xFF) {
	case SQLITE_NOTADB:
		return LOOK_NO_DATABASE;
	case SQLITE_CORRUPT:
		return LOOK_DAMAGED;
	default:
		return LOOK_FAILED;
	}
}

static enum look look_whose(struct store *store, struct error *err)
{
	int64_t id, version;

	if (!connection_read(store, "PRAGMA application_id", &id, err)
		|| !connection_read(store, "PRAGMA user_version", &version, err))
		return look_of_failure(store);
	if (id != APPLICATION_ID || version < 0)
		return LOOK_ANOTHERS;
	return version > (int64_t)migration_count ? LOOK_NEWER : LOOK_OURS;
}

/* SQLite rounds a page cut short up to a whole one. */
static enum look look_at_length(struct store *store, const char *path, struct error *err)
{
	int64_t page_size;
	struct stat file;

	if (!connection_read(store, "PRAGMA page_size", &page_size, err))
		return look_of_failure(store);
	return stat(path, &file) == 0 && file.st_size % page_size != 0 ? LOOK_DAMAGED : LOOK_OURS;
}

bool look_has_log(const char *path)
{
	struct text log = { 0 };
	bool has_log;

	text_format(&log, "%s-wal", path);
	has_log = access(log.bytes, F_OK) == 0;
	text_release(&log);
	return has_log;
}

/*
 * Where a log lies beside it the file alone may be half a checkpoint: then only what never changes
 * counts.
 */
enum look look_at_file(const char *path, struct error *err)
{
	struct store *store = NULL;
	enum look look = LOOK_FAILED;
	bool has_log = look_has_log(path);

	if (connection_open(path, CONNECTION_LOOKS, &store, err))
		look = look_whose(store, err);
	if (look == LOOK_OURS && !has_log)
		look = look_at_length(store, path, err);
	if (look == LOOK_DAMAGED && has_log)
		look = LOOK_OURS;
	store_close(store);
	return look;
}

enum look look_through(const char *path, struct error *err)
{
	struct store *store = NULL;
	enum look look = look_at_file(path, err);
	int64_t is_sound;

	if (look != LOOK_OURS)
		return look;
	if (!connection_open(path, CONNECTION_LOOKS, &store, err))
		look = LOOK_FAILED;
	else if (!connection_read(store, "SELECT quick_check = 'ok' FROM pragma_quick_check(1)",
			 &is_sound, err))
		look = look_of_failure(store);
	else if (!is_sound)
		look = LOOK_DAMAGED;
	store_close(store);
	return look;
}

/* Every table's root must be there, or a loss would be noticed only when its rows are read. */
enum look look_inside(struct store *store, struct error *err)
{
	enum look look = look_whose(store, err);
	int64_t tables;

	if (look == LOOK_OURS
		&& !connection_read(store, "SELECT count(*) FROM sqlite_schema", &tables, err))
		look = look_of_failure(store);
	return look;
}

bool look_tell(enum look look, const char *path, struct error *err)
{
	switch (look) {
	case LOOK_NO_DATABASE:
		return error_set(err, ERROR_DATABASE,
			_("%s is no database; give kutsu's own file with --db"), path);
	case LOOK_ANOTHERS:
		return error_set(err, ERROR_DATABASE,
			_("%s is not kutsu's database; give kutsu's own file with --db"), path);
	case LOOK_NEWER:
		return error_set(err, ERROR_DATABASE,
			_("%s was made by a newer kutsu; install that one"), path);
	case LOOK_DAMAGED:
		return error_set(
			err, ERROR_DATABASE, _("%s is damaged; take a backup into use"), path);
	case LOOK_OURS:
	case LOOK_FAILED:
		break;
	}
	return look == LOOK_OURS;
}
