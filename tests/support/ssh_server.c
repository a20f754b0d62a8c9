#include "ssh_server.h"

#include "loopback.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_MS       10000
#define NAP_MS	       5
#define MOST_ARGUMENTS 32
#define BANNER	       "SSH-2.0"

struct ssh_server {
	struct program *program; /* the test's: its folder */
	struct program *client;	 /* whatever is run here; env(1) finds it in PATH */
	const char *client_config;
	int port, port_file;
	pid_t pid;
	pid_t agent; /* or 0 */
};

static const char *sshd_path(void)
{
	static const char *const paths[] = { "/usr/sbin/sshd", "/usr/local/sbin/sshd",
		"/usr/bin/sshd" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		if (access(paths[i], X_OK) == 0)
			return paths[i];
	}
	cr_assert_fail("there is no sshd: install openssh-server");
	return NULL;
}

static const char *account(void)
{
	const struct passwd *entry = getpwuid(getuid());

	cr_assert_not_null(
		entry, "sshd lets nobody in as uid %u: it has no name", (unsigned)getuid());
	return entry->pw_name;
}

static void make_key(struct ssh_server *server, const char *name)
{
	int status = program_run(server->client, "ssh-keygen", "-q", "-t", "ed25519", "-N", "",
		"-C", name, "-f", program_path(server->program, name), NULL);

	cr_assert_eq(status, 0, "ssh-keygen: exit %d, %s", status, program_err(server->client));
}

/* sshd gives a display only where there is an xauth to tell its cookie: one that forgets it. */
static void write_xauth(struct ssh_server *server)
{
	program_write(server->program, "xauth", "#!/bin/sh\nexec cat >/dev/null\n");
	cr_assert_eq(chmod(program_path(server->program, "xauth"), 0755), 0);
}

static void write_server_config(struct ssh_server *server)
{
	const char *folder = program_folder(server->program);
	char text[2048];

	snprintf(text, sizeof(text),
		"ListenAddress 127.0.0.1\n"
		"Port %d\n"
		"HostKey %s/host_key\n"
		"AuthorizedKeysFile %s/authorized_keys\n"
		"PidFile none\n"
		"UsePAM no\n"
		"UseDNS no\n"
		"StrictModes no\n"
		"KexAlgorithms curve25519-sha256\n" /* the quickest */
		"PermitRootLogin prohibit-password\n"
		"PasswordAuthentication no\n"
		"KbdInteractiveAuthentication no\n"
		"AllowTcpForwarding yes\n"
		"X11Forwarding yes\n"
		"XAuthLocation %s/xauth\n"
		"Subsystem sftp internal-sftp\n"
		"AcceptEnv LANG LC_* KUTSU_*\n"
		"SetEnv HOME=%s\n"
		"PrintMotd no\n"
		"PrintLastLog no\n"
		"LogLevel VERBOSE\n",
		server->port, folder, folder, folder, folder);
	program_write(server->program, "sshd_config", text);
}

static void write_client_config(struct ssh_server *server)
{
	const char *folder = program_folder(server->program);
	char text[1024];

	snprintf(text, sizeof(text),
		"HostName 127.0.0.1\n"
		"Port %d\n"
		"User %s\n"
		"IdentityFile %s/%%n\n"
		"IdentitiesOnly yes\n"
		"BatchMode yes\n"
		"UserKnownHostsFile %s/known_hosts\n"
		"GlobalKnownHostsFile none\n"
		"StrictHostKeyChecking yes\n"
		"SendEnv LANG LC_* KUTSU_*\n"
		"EscapeChar none\n"
		"LogLevel ERROR\n",
		server->port, account(), folder, folder);
	program_write(server->program, "ssh_config", text);
}

/* Clients know the server by its key: another that answers at this port would not do. */
static void write_known_hosts(struct ssh_server *server)
{
	char *key = program_read(program_path(server->program, "host_key.pub"), NULL);
	char text[512];

	snprintf(text, sizeof(text), "[127.0.0.1]:%d %s", server->port, key);
	program_write(server->program, "known_hosts", text);
	free(key);
}

static void fail_with_log(struct ssh_server *server, const char *what)
{
	char *log = program_read(program_path(server->program, "sshd.log"), NULL);

	cr_assert_fail("%s: %s", what, log);
}

static bool answers(const struct ssh_server *server)
{
	int file = loopback_connect(server->port);
	bool yes = file >= 0 && loopback_says(file, BANNER, LIMIT_MS);

	if (file >= 0)
		close(file);
	return yes;
}

static void wait_until_it_answers(struct ssh_server *server)
{
	for (int waited = 0; waited < LIMIT_MS; waited += NAP_MS) {
		if (answers(server))
			return;
		if (waitpid(server->pid, NULL, WNOHANG) != 0)
			fail_with_log(server, "sshd ended");
		poll(NULL, 0, NAP_MS);
	}
	fail_with_log(server, "sshd does not answer");
}

struct ssh_server *ssh_server_start(struct program *program)
{
	struct ssh_server *server = calloc(1, sizeof(*server));
	const char *const arguments[] = { sshd_path(), "-D", "-f",
		program_path(program, "sshd_config"), "-E", program_path(program, "sshd.log"),
		NULL };

	server->program = program;
	server->client = program_new_other("/usr/bin/env");
	server->client_config = program_path(program, "ssh_config");
	server->port_file = loopback_reserve(&server->port);
	program_set(server->client, "TZ", "Europe/Helsinki"); /* sshd's, and so a session's */
	program_set(server->client, "TERM", "xterm-256color");
	program_set(server->client, "LANG", "en_GB.UTF-8");
	make_key(server, "host_key");
	write_xauth(server);
	write_known_hosts(server);
	write_client_config(server);
	write_server_config(server);
	program_write(program, "authorized_keys", "");
	program_write(program, "sshd.log", "");
	/* Where Debian's sshd, run by root, is shut in until it knows who comes. */
	if (getuid() == 0)
		cr_assert(mkdir("/run/sshd", 0755) == 0 || errno == EEXIST);
	server->pid = program_start(server->client, NULL, arguments);
	wait_until_it_answers(server);
	return server;
}

/* SIGTERM is lost on an ssh that is just about to wait for the line. */
void ssh_end(pid_t pid)
{
	kill(pid, SIGKILL);
	program_wait(pid);
}

void ssh_server_stop(struct ssh_server *server)
{
	ssh_end(server->pid);
	if (server->agent)
		ssh_end(server->agent);
	close(server->port_file);
	program_free(server->client);
	free(server);
}

int ssh_server_port(const struct ssh_server *server)
{
	return server->port;
}

const char *ssh_server_key(struct ssh_server *server, const char *person)
{
	const char *path;
	char name[64];

	snprintf(name, sizeof(name), "%s.pub", person);
	path = program_path(server->program, name);
	if (access(path, F_OK) != 0)
		make_key(server, person);
	return path;
}

void ssh_server_authorize(struct ssh_server *server, const char *text)
{
	program_write(server->program, "authorized_keys", text);
}

void ssh_env_set(struct ssh_server *server, const char *name, const char *value)
{
	program_set(server->client, name, value);
}

static void add_client_option(struct ssh_server *server, const char *line)
{
	FILE *file = fopen(server->client_config, "a");

	cr_assert_not_null(file);
	fprintf(file, "%s\n", line);
	fclose(file);
}

void ssh_offer_agent_and_display(struct ssh_server *server)
{
	const char *socket = program_path(server->program, "agent");
	const char *const arguments[] = { "ssh-agent", "-D", "-a", socket, NULL };

	server->agent = program_start(server->client, NULL, arguments);
	for (int waited = 0; access(socket, F_OK) != 0; waited += NAP_MS) {
		cr_assert_lt(waited, LIMIT_MS, "ssh-agent did not start");
		poll(NULL, 0, NAP_MS);
	}
	ssh_env_set(server, "SSH_AUTH_SOCK", socket);
	ssh_env_set(server, "DISPLAY", "127.0.0.1:99"); /* asked for, never used */
	add_client_option(server, "ForwardAgent yes");
	add_client_option(server, "ForwardX11 yes");
	add_client_option(server, "ForwardX11Trusted yes");
}

/* A tool's command line: these words, then those of the caller. */
struct words {
	const char *list[MOST_ARGUMENTS];
	size_t count;
};

static void add_word(struct words *words, const char *word)
{
	cr_assert_lt(words->count + 1, (size_t)MOST_ARGUMENTS);
	words->list[words->count++] = word;
}

static void add_words(struct words *words, const char *word, va_list rest)
{
	for (; word; word = va_arg(rest, const char *))
		add_word(words, word);
}

static struct words words_of(struct ssh_server *server, const char *tool)
{
	return (struct words) { { tool, "-F", server->client_config }, 3 };
}

int ssh_run(struct ssh_server *server, const char *person, const char *input, const char **out,
	const char **err, const char *argument, ...)
{
	struct words words = words_of(server, "ssh");
	va_list rest;
	int status;

	add_word(&words, person);
	va_start(rest, argument);
	add_words(&words, argument, rest);
	va_end(rest);
	if (input)
		program_input(server->client, input);
	status = program_run_list(server->client, words.list);
	if (out)
		*out = program_out(server->client);
	if (err)
		*err = program_err(server->client);
	return status;
}

pid_t ssh_start(struct ssh_server *server, const char *person, const char *argument, ...)
{
	struct words words = words_of(server, "ssh");
	va_list rest;

	add_word(&words, person);
	va_start(rest, argument);
	add_words(&words, argument, rest);
	va_end(rest);
	return program_start(server->client, NULL, words.list);
}

int ssh_copy(struct ssh_server *server, const char *tool, const char *argument, ...)
{
	struct words words = words_of(server, tool);
	va_list rest;

	va_start(rest, argument);
	add_words(&words, argument, rest);
	va_end(rest);
	return program_run_list(server->client, words.list);
}

struct pty_term *ssh_pty(struct ssh_server *server, const char *person, int rows, int columns)
{
	const char *const argv[] = { "ssh", "-F", server->client_config, "-t", person, NULL };
	struct pty_term_options options = { rows, columns, argv, program_env(server->client),
		program_folder(server->client) };
	struct pty_term *t = pty_term_start(&options);

	cr_assert_not_null(t);
	return t;
}
