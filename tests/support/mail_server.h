/*
 * A real SMTP server on 127.0.0.1 (Debian's aiosmtpd), and Python's email and icalendar as those
 * who read what it took and who answer it.
 */
#ifndef KUTSU_TESTS_MAIL_SERVER_H
#define KUTSU_TESTS_MAIL_SERVER_H

#include "program.h"

#include <stddef.h>

struct mail_server;

/*
 * It listens when this returns, and ends with the test at the latest. What it takes stands in
 * `mail` in the program's folder; another server after it goes on there. `options` are those of
 * mail_server.py, words with blanks between, or NULL.
 */
struct mail_server *mail_server_start(struct program *program, const char *options);
void mail_server_stop(struct mail_server *server); /* before program_free() */
int mail_server_port(const struct mail_server *server);

/* A folder in the program's, made where it is not there. */
const char *mail_folder(struct program *program, const char *name);
/* How many e-mails stand in the folder. */
size_t mail_count(const char *folder);
/* The paths of its e-mails by name, NULL-terminated; mail_paths_free(). */
char **mail_paths(const char *folder);
void mail_paths_free(char **paths);

/*
 * Runs tests/support/read_mail.py with these arguments, NULL-terminated. Returns what it wrote,
 * until its next run.
 */
const char *mail_script(struct program *script, const char *argument, ...)
	__attribute__((sentinel));
/* For it: free it with program_free(). */
struct program *mail_script_new(void);

#endif
