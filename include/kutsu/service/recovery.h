/* Backups, taking one into use, and whether the database is sound: the administrator's care. */
#ifndef KUTSU_SERVICE_RECOVERY_H
#define KUTSU_SERVICE_RECOVERY_H

#include "kutsu/service/session.h"
#include "kutsu/store/recovery.h"

/*
 * Copies the database, as it is at one moment, into a new file, or into the stream where `path` is
 * "-". All that is in it leaves with it: logged as a disclosure, before anything is written.
 *
 * ERROR_FAILED  something of that name is there already, or it can't be written
 */
bool recovery_backup(struct session *session, const char *path, FILE *stream,
	const struct disclosure *disclosure, struct error *err) MUST_CHECK;

/*
 * Takes a backup ("-": standard input) into use at `path`, never in the place of a file. It is
 * verified first. Whoever may make a file there may do it; the restored log tells who did.
 *
 * ERROR_DATABASE  the backup is not kutsu's, newer, or not sound
 * ERROR_FAILED    the name is taken, or something can't be read or written
 */
bool recovery_restore(const char *from, const char *path, struct clock clock,
	const struct identity *identity, struct error *err) MUST_CHECK;

/* Reads all of the session's database and tells what is wrong with it; *problems is their number.
 */
bool recovery_check_session(struct session *session, check_visitor *visit, void *context,
	int64_t *problems, struct error *err) MUST_CHECK;

/*
 * Reads all of the database at `path` and tells what is wrong with it; *problems is their number. A
 * file too damaged to be opened, or to tell who its users are, is checked too, for whoever is at
 * the host and may read it. What was found is a result also where it is too damaged to be logged.
 */
bool recovery_check(const char *path, struct clock clock, const struct identity *identity,
	check_visitor *visit, void *context, int64_t *problems, struct error *err) MUST_CHECK;

#endif
