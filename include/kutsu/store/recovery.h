/* Copies of a database that is in use. */
#ifndef KUTSU_STORE_RECOVERY_H
#define KUTSU_STORE_RECOVERY_H

#include "kutsu/store/store.h"

#include <stdio.h>

/*
 * Copies the database as it is at one moment, whoever writes meanwhile, into a new file that only
 * its owner may read. The copy is one file, needs no other, and has its name only when it was read
 * through and is on the disk.
 *
 * ERROR_FAILED  something of that name is there already, or it can't be written
 */
bool store_backup(struct store *store, const char *path, struct error *err) MUST_CHECK;

/*
 * The same bytes into a stream, as for a program that encrypts them. Until the first is written the
 * copy lies beside the database; from then on it has no name. ERROR_FAILED: they can't be written.
 */
bool store_backup_stream(struct store *store, FILE *file, struct error *err) MUST_CHECK;

#endif
