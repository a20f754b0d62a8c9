#include "transport_internal.h"

#include "kutsu/base/text.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define MOST_WORDS    40
#define WHOLE_SECONDS 120
#define KILLED	      (-1) /* by a signal, ours or another */
#define STEP_MS	      20

extern char **environ;

/* "/usr/sbin/sendmail -i -f FROM -- TO", as words. No shell reads any of it. */
static bool split(char *line, char *words[MOST_WORDS + 1])
{
	size_t count = 0;
	char *rest = NULL;

	for (char *word = strtok_r(line, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
		if (count == MOST_WORDS)
			return false;
		words[count++] = word;
	}
	words[count] = NULL;
	return count > 4;
}

static bool start(char *const words[], FILE *in, FILE *out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	bool ok;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fileno(in), STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fileno(out), STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fileno(out), STDERR_FILENO);
	ok = posix_spawn(pid, words[0], &actions, NULL, words, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	return ok;
}

/* One that hangs is ended: others wait behind it. */
static int wait_for(pid_t pid)
{
	const struct timespec step = { 0, STEP_MS * 1000000L };
	int status = 0;

	for (int waited = 0; waited < WHOLE_SECONDS * 1000; waited += STEP_MS) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFEXITED(status) ? WEXITSTATUS(status) : KILLED;
		nanosleep(&step, NULL);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return KILLED;
}

static void read_words(FILE *out, int status, char words[DELIVERY_WORDS_SIZE])
{
	char line[DELIVERY_WORDS_SIZE] = "";

	rewind(out);
	if (!fgets(line, sizeof(line), out) || text_is_blank(line))
		snprintf(line, sizeof(line), "exit status %d", status);
	words_set(words, line);
}

/* What sysexits.h calls a fault of the message or its addresses is for good. */
static enum delivery judge(int status)
{
	switch (status) {
	case EX_OK:
		return DELIVERED;
	case EX_DATAERR:
	case EX_NOUSER:
	case EX_NOHOST:
	case EX_UNAVAILABLE:
		return DELIVERY_REFUSED;
	case EX_TEMPFAIL:
		return DELIVERY_PUT_OFF;
	default: /* what it did before it ended so, nobody knows */
		return DELIVERY_IN_DOUBT;
	}
}

static enum delivery run(char *const words[], const struct envelope *envelope, FILE *in, FILE *out,
	char told[DELIVERY_WORDS_SIZE])
{
	size_t length = strlen(envelope->bytes);
	int status;
	pid_t pid;

	if (fwrite(envelope->bytes, 1, length, in) != length || fflush(in) != 0) {
		words_set(told, strerror(errno));
		return DELIVERY_PUT_OFF;
	}
	rewind(in);
	if (!start(words, in, out, &pid)) {
		words_set(told, "the command can't be run");
		return DELIVERY_PUT_OFF;
	}
	status = wait_for(pid);
	if (status != EX_OK)
		read_words(out, status, told);
	return judge(status);
}

enum delivery command_send(
	const char *command, const struct envelope *envelope, char words[DELIVERY_WORDS_SIZE])
{
	enum delivery delivery = DELIVERY_PUT_OFF;
	FILE *in = tmpfile(), *out = tmpfile();
	char *argv[MOST_WORDS + 1];
	struct text line = { 0 };

	text_format(&line, "%s -f %s -- %s", command, envelope->from, envelope->to);
	if (!in || !out)
		words_set(words, strerror(errno));
	else if (!split(line.bytes, argv))
		words_set(words, "mail.command has too many words");
	else
		delivery = run(argv, envelope, in, out, words);
	if (in)
		fclose(in);
	if (out)
		fclose(out);
	text_release(&line);
	return delivery;
}
