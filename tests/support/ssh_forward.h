/* Whether a server lets others' connections pass through it. */
#ifndef KUTSU_TESTS_SSH_FORWARD_H
#define KUTSU_TESTS_SSH_FORWARD_H

#include "ssh_server.h"

enum ssh_way {
	SSH_LOCAL,   /* -L */
	SSH_REMOTE,  /* -R */
	SSH_DYNAMIC, /* -D */
	SSH_STDIO,   /* -W */
	SSH_WAYS
};

/* One is made that way, to the server's own port: whether it arrives. */
bool ssh_forwards(struct ssh_server *server, const char *person, enum ssh_way way);

#endif
