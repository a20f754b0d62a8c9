/* Files that get their name only when they are whole. */
#ifndef KUTSU_STORE_FILE_INTERNAL_H
#define KUTSU_STORE_FILE_INTERNAL_H

#include "kutsu/base/error.h"

#include <stdio.h>

/* ERROR_FAILED: something of the name is there, or a log that SQLite would read as this file's. */
bool file_check_free(const char *path, struct error *err);

/*
 * An empty file beside the path that only its owner may read: SQLite gives its other files the same
 * rights. *made is its path; free().
 */
bool file_make_beside(const char *path, char **made, struct error *err);
/* The same of a path that is free, its folders made where they are missing. */
bool file_make_new(const char *path, char **made, struct error *err);

/* To read. */
bool file_open(const char *path, FILE **file, struct error *err);
/*
 * Makes what is in it durable. As with file_open(), no connection of this process may have it open:
 * closing a file takes the process's locks off it.
 */
bool file_sync(const char *path, struct error *err);

/* Gives what was made its name, durably, and never a name that is taken. Its own stays. */
bool file_publish(const char *made, const char *path, struct error *err);

/* With the files SQLite kept beside it. */
void file_remove(const char *made);

#endif
