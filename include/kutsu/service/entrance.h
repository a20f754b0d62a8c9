/*
 * The ssh entrance: many people on one host, one service account that owns the database (mode
 * 0600). Each person's key is bound to "kutsu shell --as LOGIN" (sshd(8), AUTHORIZED_KEYS FILE
 * FORMAT), so that sshd tells who comes and nobody gets a shell.
 */
#ifndef KUTSU_SERVICE_ENTRANCE_H
#define KUTSU_SERVICE_ENTRANCE_H

#include "kutsu/base/error.h"
#include "kutsu/service/session.h"

#include <stdio.h>

/*
 * To act as others is for the account that owns the database file.
 *
 * ERROR_DENIED    it is another's
 * ERROR_DATABASE  there is no such file
 */
bool entrance_check_owner(const char *database, struct error *err) MUST_CHECK;

/*
 * Logs that somebody who came by ssh tried what can't be done so: a command of the host, one of its
 * files. `what` is one word, the command's or the option's. That it could not be told changes
 * nothing for who asked.
 */
void entrance_log_refusal(const char *database, struct clock clock, const struct identity *identity,
	const char *what);

struct entrance_keys {
	const char *database;	 /* path */
	const char *program;	 /* absolute path of kutsu */
	bool names_database;	 /* the command says --db: it is not where kutsu looks by itself */
	const char *fingerprint; /* only the key of that fingerprint; NULL: all */
};

/*
 * Writes authorized_keys lines of all active users, for the owner of the database only. Needs no
 * user: sshd runs it before it knows who comes (sshd_config(5), AuthorizedKeysCommand).
 *
 * ERROR_DENIED   the database is another's
 * ERROR_INVALID  a path that can't stand in such a line
 */
bool entrance_write_keys(
	const struct entrance_keys *keys, FILE *file, struct error *err) MUST_CHECK;

#endif
