/*
 * A real sshd on 127.0.0.1, run by whoever runs the tests, and people who come to it with the real
 * ssh, each with a key of their own.
 *
 * The server allows whatever a server can: forwarding, X11, sftp, KUTSU_* from the client. So what
 * is refused was refused by the key's line in authorized_keys, or by its command. A session's HOME
 * is the test's folder, never that of the account.
 */
#ifndef KUTSU_TESTS_SSH_SERVER_H
#define KUTSU_TESTS_SSH_SERVER_H

#include "program.h"
#include "pty_term.h"

struct ssh_server;

/*
 * Its files stand in the program's folder. It takes connections when this returns; it ends with the
 * test, at the latest. The clients' terminal is xterm-256color, their language English.
 */
struct ssh_server *ssh_server_start(struct program *program);
void ssh_server_stop(struct ssh_server *server); /* before program_free() */

int ssh_server_port(const struct ssh_server *server);

/* The path of that person's public key, made when it is asked for first. */
const char *ssh_server_key(struct ssh_server *server, const char *person);
/* All that stands in authorized_keys from now on. */
void ssh_server_authorize(struct ssh_server *server, const char *text);

/* In the clients' environment from now on; LANG, LC_* and KUTSU_* are sent. NULL: unset. */
void ssh_env_set(struct ssh_server *server, const char *name, const char *value);
/* From now on the clients offer an agent and a display: where a session takes them, it has
 * SSH_AUTH_SOCK and DISPLAY. */
void ssh_offer_agent_and_display(struct ssh_server *server);

/*
 * ssh with this person's key and these arguments, NULL-terminated; input may be NULL. Returns the
 * exit status, 255 where ssh itself failed. *out and *err hold until the next run, and may be NULL.
 */
int ssh_run(struct ssh_server *server, const char *person, const char *input, const char **out,
	const char **err, const char *argument, ...) __attribute__((sentinel));
/* The same, not waited for; what it says is lost. */
pid_t ssh_start(struct ssh_server *server, const char *person, const char *argument, ...)
	__attribute__((sentinel));
void ssh_end(pid_t pid);
/* scp or sftp, where a person is a host's name. */
int ssh_copy(struct ssh_server *server, const char *tool, const char *argument, ...)
	__attribute__((sentinel));
/* Without a command, on a terminal. */
struct pty_term *ssh_pty(struct ssh_server *server, const char *person, int rows, int columns);

#endif
