#include "ssh_forward.h"

#include "loopback.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_MS 10000
#define NAP_MS	 5
#define BANNER	 "SSH-2.0"

static bool forwards_stdio(struct ssh_server *server, const char *person)
{
	const char *out;
	char to[32];

	snprintf(to, sizeof(to), "127.0.0.1:%d", ssh_server_port(server));
	ssh_run(server, person, NULL, &out, NULL, "-W", to, NULL);
	return strstr(out, BANNER) != NULL;
}

static pid_t start_forwarding(
	struct ssh_server *server, const char *person, enum ssh_way way, int from)
{
	static const char *const options[] = {
		[SSH_LOCAL] = "-L", [SSH_REMOTE] = "-R", [SSH_DYNAMIC] = "-D"
	};
	char spec[64];

	if (way == SSH_DYNAMIC)
		snprintf(spec, sizeof(spec), "127.0.0.1:%d", from);
	else
		snprintf(spec, sizeof(spec), "127.0.0.1:%d:127.0.0.1:%d", from,
			ssh_server_port(server));
	return ssh_start(
		server, person, "-N", "-oExitOnForwardFailure=yes", options[way], spec, NULL);
}

/* The connection's file; -1 when the client has ended, and *pid is 0 then. */
static int wait_for_way(int port, pid_t *pid)
{
	int file = loopback_connect(port);

	for (int waited = 0; file < 0; waited += NAP_MS) {
		cr_assert_lt(waited, LIMIT_MS, "ssh neither listens nor ends");
		if (waitpid(*pid, NULL, WNOHANG) == *pid) {
			*pid = 0;
			return -1;
		}
		poll(NULL, 0, NAP_MS);
		file = loopback_connect(port);
	}
	return file;
}

/* SOCKS 4: connect to 127.0.0.1. */
static void ask_socks(int file, int port)
{
	const unsigned char bytes[] = { 4, 1, (unsigned char)(port >> 8), (unsigned char)port, 127,
		0, 0, 1, 0 };

	cr_assert_eq(write(file, bytes, sizeof(bytes)), (ssize_t)sizeof(bytes));
}

bool ssh_forwards(struct ssh_server *server, const char *person, enum ssh_way way)
{
	int from, from_file, file;
	bool arrives = false;
	pid_t pid;

	if (way == SSH_STDIO)
		return forwards_stdio(server, person);
	from_file = loopback_reserve(&from);
	pid = start_forwarding(server, person, way, from);
	file = wait_for_way(from, &pid);
	if (file >= 0) {
		if (way == SSH_DYNAMIC)
			ask_socks(file, ssh_server_port(server));
		arrives = loopback_says(file, BANNER, LIMIT_MS);
		close(file);
	}
	if (pid)
		ssh_end(pid);
	close(from_file);
	return arrives;
}
