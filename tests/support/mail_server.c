#include "mail_server.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIMIT_MS       30000
#define MOST_ARGUMENTS 32
/* Debian's, which has Debian's modules; another may stand before it in PATH. */
#define PYTHON	"/usr/bin/python3"
#define SUPPORT KUTSU_SOURCE_DIR "/tests/support/"

struct mail_server {
	struct program *python;
	pid_t pid;
	int port;
};

const char *mail_folder(struct program *program, const char *name)
{
	const char *path = program_path(program, name);

	cr_assert(mkdir(path, 0755) == 0 || errno == EEXIST, "%s", path);
	return path;
}

/* "ready 12345": the first that it writes. */
static int read_port(int file)
{
	struct pollfd ready = { .fd = file, .events = POLLIN };
	char line[64] = "";
	size_t used = 0;
	ssize_t got = 1;
	int port = 0;

	while (got > 0 && !strchr(line, '\n') && used + 1 < sizeof(line)
		&& poll(&ready, 1, LIMIT_MS) > 0) {
		got = read(file, line + used, sizeof(line) - 1 - used);
		used += got > 0 ? (size_t)got : 0;
		line[used] = '\0';
	}
	cr_assert_eq(sscanf(line, "ready %d\n", &port), 1,
		"the mail server does not say that it is ready but \"%s\": install "
		"python3-aiosmtpd",
		line);
	return port;
}

struct mail_server *mail_server_start(struct program *program, const char *options)
{
	struct mail_server *server = calloc(1, sizeof(*server));
	const char *arguments[MOST_ARGUMENTS] = { "-u", SUPPORT "mail_server.py",
		mail_folder(program, "mail") };
	char *words = strdup(options ? options : ""), *rest = words, *word;
	const char *pipe = program_path(program, "mail.ready");
	size_t count = 3;
	int file;

	while ((word = strtok_r(rest, " ", &rest))) {
		cr_assert_lt(count + 1, (size_t)MOST_ARGUMENTS);
		arguments[count++] = word;
	}
	server->python = program_new_other(PYTHON);
	unlink(pipe);
	cr_assert_eq(mkfifo(pipe, 0600), 0);
	file = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	server->pid = program_start(server->python, pipe, arguments);
	server->port = read_port(file);
	close(file);
	free(words);
	return server;
}

void mail_server_stop(struct mail_server *server)
{
	kill(server->pid, SIGKILL);
	program_wait(server->pid);
	program_free(server->python);
	free(server);
}

int mail_server_port(const struct mail_server *server)
{
	return server->port;
}

static int is_mail(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 4 && *entry->d_name != '.'
	       && strcmp(entry->d_name + length - 4, ".eml") == 0;
}

char **mail_paths(const char *folder)
{
	struct dirent **found;
	int count = scandir(folder, &found, is_mail, alphasort);
	char **paths;

	cr_assert_geq(count, 0, "%s", folder);
	paths = calloc((size_t)count + 1, sizeof(*paths));
	for (int i = 0; i < count; i++) {
		size_t size = strlen(folder) + strlen(found[i]->d_name) + 2;

		paths[i] = malloc(size);
		snprintf(paths[i], size, "%s/%s", folder, found[i]->d_name);
		free(found[i]);
	}
	free(found);
	return paths;
}

void mail_paths_free(char **paths)
{
	for (size_t i = 0; paths[i]; i++)
		free(paths[i]);
	free(paths);
}

size_t mail_count(const char *folder)
{
	char **paths = mail_paths(folder);
	size_t count = 0;

	while (paths[count])
		count++;
	mail_paths_free(paths);
	return count;
}

struct program *mail_script_new(void)
{
	return program_new_other(PYTHON);
}

const char *mail_script(struct program *script, const char *argument, ...)
{
	const char *arguments[MOST_ARGUMENTS] = { SUPPORT "read_mail.py", argument };
	size_t count = 2;
	va_list args;
	int status;

	va_start(args, argument);
	while ((argument = va_arg(args, const char *))) {
		cr_assert_lt(count + 1, (size_t)MOST_ARGUMENTS);
		arguments[count++] = argument;
	}
	va_end(args);
	status = program_run_list(script, arguments);
	cr_assert_eq(status, 0, "read_mail.py: exit %d, %s", status, program_err(script));
	return program_out(script);
}
