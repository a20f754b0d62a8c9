/* A database in a folder of its own, opened by the store and by a plain second connection. */
#ifndef KUTSU_TESTS_PLACE_H
#define KUTSU_TESTS_PLACE_H

#include "../../src/store/store_internal.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID 0x6B757473

struct place {
	char folder[64], path[96];
	struct store *store;
	sqlite3 *raw;
};

static inline void place_folder(struct place *place)
{
	const char *where = getenv("TMPDIR");

	*place = (struct place) { 0 };
	snprintf(place->folder, sizeof(place->folder), "%.30s/kutsu-test-XXXXXX",
		where ? where : "/tmp");
	cr_assert_not_null(mkdtemp(place->folder));
	snprintf(place->path, sizeof(place->path), "%s/kutsu.db", place->folder);
}

static inline sqlite3 *raw_open(const char *path)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	return db;
}

/* Runs SQL; returns SQLite's result. */
static inline int raw_try(sqlite3 *db, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static inline int raw_try(sqlite3 *db, const char *format, ...)
{
	char sql[2000];
	va_list args;

	va_start(args, format);
	vsnprintf(sql, sizeof(sql), format, args);
	va_end(args);
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static inline void raw(sqlite3 *db, const char *sql)
{
	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
}

static inline int64_t raw_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;
	int64_t number = 0;

	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	if (sqlite3_step(stmt) == SQLITE_ROW)
		number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return number;
}

/* All rows, "a|b\n". free() */
static inline char *raw_rows(sqlite3 *db, const char *sql)
{
	sqlite3_str *text = sqlite3_str_new(db);
	sqlite3_stmt *stmt;
	char *rows;

	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql,
		sqlite3_errmsg(db));
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			sqlite3_str_appendf(text, "%s|", sqlite3_column_text(stmt, i));
		sqlite3_str_appendall(text, "\n");
	}
	sqlite3_finalize(stmt);
	rows = strdup(sqlite3_str_length(text) ? sqlite3_str_value(text) : "");
	sqlite3_free(sqlite3_str_finish(text));
	return rows;
}

static inline void place_new(struct place *place)
{
	struct error err = { 0 };

	place_folder(place);
	cr_assert(store_create(place->path, &place->store, &err), "%s", err.text);
	cr_assert(store_publish(place->store, &err), "%s", err.text);
	store_close(place->store);
	cr_assert(store_open(place->path, &place->store, &err), "%s", err.text);
	place->raw = raw_open(place->path);
}

static inline size_t place_count_files(struct place *place)
{
	DIR *files = opendir(place->folder);
	struct dirent *entry;
	size_t count = 0;

	while ((entry = readdir(files)))
		count += entry->d_name[0] != '.';
	closedir(files);
	return count;
}

static inline void place_remove(struct place *place)
{
	DIR *files;
	struct dirent *entry;
	char path[400];

	sqlite3_close(place->raw);
	store_close(place->store);
	files = opendir(place->folder);
	while ((entry = readdir(files))) {
		snprintf(path, sizeof(path), "%s/%s", place->folder, entry->d_name);
		if (entry->d_name[0] != '.')
			unlink(path);
	}
	closedir(files);
	rmdir(place->folder);
}

/* A whole file; NULL where there is none, or it is a folder. free() */
static inline char *file_bytes(const char *path, size_t *size)
{
	struct stat status;
	FILE *file = stat(path, &status) == 0 && S_ISREG(status.st_mode) ? fopen(path, "rb") : NULL;
	char *bytes;
	long length;

	*size = 0;
	if (!file)
		return NULL;
	fseek(file, 0, SEEK_END);
	length = ftell(file);
	rewind(file);
	bytes = malloc((size_t)length + 1);
	*size = fread(bytes, 1, (size_t)length, file);
	bytes[*size] = '\0';
	fclose(file);
	return bytes;
}

static inline void file_write(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");

	cr_assert_not_null(file);
	fwrite(bytes, 1, size, file);
	fclose(file);
}

static inline bool file_has(const char *path, const char *text)
{
	size_t size, length = strlen(text);
	char *bytes = file_bytes(path, &size);
	bool found = false;

	for (size_t i = 0; bytes && !found && i + length <= size; i++)
		found = memcmp(bytes + i, text, length) == 0;
	free(bytes);
	return found;
}

/* A user, the cases 1, units 1 and 2; Wednesdays are days of weekday 3. */
static inline void raw_registry(sqlite3 *db)
{
	raw(db, "INSERT INTO user (id, login) VALUES (1, 'u');"
		"INSERT INTO case_ref (id, year, number, code, opened_at) VALUES (1, 2026, 1, "
		"'2026-0001',"
		" 0);"
		"INSERT INTO unit (id, code, name, sector) VALUES (1, 'A', 'A', 'SOS'),"
		" (2, 'B', 'B', 'SOS')");
}

#endif
