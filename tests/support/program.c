#include "program.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_VARIABLES 24
#define MOST_ARGUMENTS 64
#define MOST_PATHS     32
#define PATH_SIZE      256

struct program {
	const char *executable;
	char folder[PATH_SIZE / 2];
	char database[PATH_SIZE];
	char *env[MOST_VARIABLES + 1];
	size_t env_count;
	char *paths[MOST_PATHS];
	size_t path_count;
	char *input, *input_path, *output_path;
	char *out, *err;
	char *line; /* the last that was typed */
};

static char *format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *format_text(const char *format, ...)
{
	char *text = malloc(2 * PATH_SIZE);
	va_list args;

	va_start(args, format);
	vsnprintf(text, 2 * PATH_SIZE, format, args);
	va_end(args);
	return text;
}

struct program *program_new_other(const char *executable)
{
	struct program *program = calloc(1, sizeof(*program));
	const char *where = getenv("TMPDIR"), *path = getenv("PATH");

	program->executable = executable;
	snprintf(program->folder, sizeof(program->folder), "%.80s/kutsu-test-XXXXXX",
		where ? where : "/tmp");
	cr_assert_not_null(mkdtemp(program->folder));
	snprintf(program->database, sizeof(program->database), "%s/kutsu.db", program->folder);
	program_set(program, "PATH", path ? path : "/usr/bin:/bin");
	program_set(program, "HOME", program->folder);
	return program;
}

struct program *program_new(void)
{
	struct program *program = program_new_other(KUTSU_PROGRAM);

	program_set(program, "KUTSU_DB", program->database);
	program_set(program, "KUTSU_NOW", PROGRAM_NOW);
	program_set(program, "KUTSU_LANG", "en");
	program_set(program, "LC_ALL", "C.UTF-8");
	program_set(program, "TZ", "Europe/Helsinki");
	return program;
}

static void remove_tree(const char *path)
{
	DIR *files = opendir(path);
	struct dirent *entry;

	if (!files) {
		unlink(path);
		return;
	}
	while ((entry = readdir(files))) {
		char *inner = format_text("%s/%s", path, entry->d_name);

		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0
			&& unlink(inner) != 0)
			remove_tree(inner);
		free(inner);
	}
	closedir(files);
	rmdir(path);
}

void program_free(struct program *program)
{
	remove_tree(program->folder);
	for (size_t i = 0; i < program->env_count; i++)
		free(program->env[i]);
	for (size_t i = 0; i < program->path_count; i++)
		free(program->paths[i]);
	free(program->input);
	free(program->input_path);
	free(program->output_path);
	free(program->out);
	free(program->err);
	free(program->line);
	free(program);
}

static size_t find_variable(struct program *program, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < program->env_count; i++) {
		if (strncmp(program->env[i], name, length) == 0 && program->env[i][length] == '=')
			return i;
	}
	return program->env_count;
}

void program_set(struct program *program, const char *name, const char *value)
{
	size_t at = find_variable(program, name);

	if (at < program->env_count) {
		free(program->env[at]);
		program->env[at] = program->env[--program->env_count];
		program->env[program->env_count] = NULL;
	}
	if (value) {
		cr_assert_lt(program->env_count, (size_t)MOST_VARIABLES);
		program->env[program->env_count++] = format_text("%s=%s", name, value);
	}
}

const char *const *program_env(struct program *program)
{
	return (const char *const *)program->env;
}

const char *program_folder(struct program *program)
{
	return program->folder;
}

const char *program_path(struct program *program, const char *name)
{
	cr_assert_lt(program->path_count, (size_t)MOST_PATHS);
	return program->paths[program->path_count++] = format_text("%s/%s", program->folder, name);
}

const char *program_database(struct program *program)
{
	return program->database;
}

void program_input(struct program *program, const char *text)
{
	free(program->input);
	program->input = strdup(text);
}

void program_input_file(struct program *program, const char *path)
{
	free(program->input_path);
	program->input_path = strdup(path);
}

void program_output(struct program *program, const char *path)
{
	free(program->output_path);
	program->output_path = strdup(path);
}

/* A file without a name, to be read or filled. */
static int nameless_file(const char *text)
{
	FILE *file = tmpfile();
	int copy;

	cr_assert_not_null(file);
	if (text)
		fwrite(text, 1, strlen(text), file);
	rewind(file);
	copy = dup(fileno(file));
	fclose(file);
	return copy;
}

static char *read_all(int file, size_t *size)
{
	size_t used = 0, capacity = 4096;
	char *bytes = malloc(capacity);
	ssize_t got;

	lseek(file, 0, SEEK_SET);
	while ((got = read(file, bytes + used, capacity - used - 1)) > 0) {
		used += (size_t)got;
		if (used + 1 == capacity)
			bytes = realloc(bytes, capacity *= 2);
	}
	close(file);
	bytes[used] = '\0';
	if (size)
		*size = used;
	return bytes;
}

/* Between fork and exec nothing is asserted. */
static void become_the_program(struct program *program, char *const *argv, int in, int out, int err)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 || chdir(program->folder) != 0)
		_exit(126);
	for (int file = 3; file < 256; file++)
		close(file);
	alarm(PROGRAM_SECONDS);
	execve(argv[0], argv, program->env);
	_exit(127);
}

static pid_t start(struct program *program, const char *const *arguments, int in, int out, int err)
{
	char *argv[MOST_ARGUMENTS + 2] = { strdup(program->executable) };
	pid_t pid;

	for (size_t i = 0; arguments[i]; i++) {
		cr_assert_lt(i, (size_t)MOST_ARGUMENTS);
		argv[i + 1] = strdup(arguments[i]);
	}
	pid = fork();
	cr_assert_geq(pid, 0);
	if (pid == 0)
		become_the_program(program, argv, in, out, err);
	for (size_t i = 0; argv[i]; i++)
		free(argv[i]);
	return pid;
}

int program_wait(pid_t pid)
{
	int status;

	cr_assert_eq(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

int program_run_list(struct program *program, const char *const *arguments)
{
	int in = program->input_path ? open(program->input_path, O_RDONLY | O_CLOEXEC)
				     : nameless_file(program->input);
	int err = nameless_file(NULL);
	int out = program->output_path ? open(program->output_path, O_WRONLY | O_CREAT, 0600)
				       : nameless_file(NULL);
	int status = program_wait(start(program, arguments, in, out, err));

	close(in);
	free(program->out);
	free(program->err);
	program->out = program->output_path ? (close(out), strdup("")) : read_all(out, NULL);
	program->err = read_all(err, NULL);
	free(program->input);
	free(program->input_path);
	free(program->output_path);
	program->input = program->input_path = program->output_path = NULL;
	return status;
}

int program_run(struct program *program, const char *argument, ...)
{
	const char *arguments[MOST_ARGUMENTS + 1] = { argument };
	size_t count = argument ? 1 : 0;
	va_list args;

	va_start(args, argument);
	while (argument && (argument = va_arg(args, const char *))) {
		cr_assert_lt(count, (size_t)MOST_ARGUMENTS);
		arguments[count++] = argument;
	}
	va_end(args);
	return program_run_list(program, arguments);
}

/* Cuts the line into words in place. */
static void split(char *line, const char *words[MOST_ARGUMENTS + 1])
{
	size_t count = 0;
	char *to;

	while (*line) {
		bool quoted = false;

		line += strspn(line, " ");
		if (!*line)
			break;
		cr_assert_lt(count, (size_t)MOST_ARGUMENTS);
		words[count++] = to = line;
		for (; *line && (quoted || *line != ' '); line++) {
			if (*line == '\'')
				quoted = !quoted;
			else
				*to++ = *line;
		}
		if (*line)
			line++;
		*to = '\0';
	}
	words[count] = NULL;
}

static int do_line(struct program *program, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static int do_line(struct program *program, const char *format, va_list args)
{
	const char *words[MOST_ARGUMENTS + 1];
	va_list again;
	char *line;
	int status, length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	line = malloc((size_t)length + 1);
	vsnprintf(line, (size_t)length + 1, format, args);
	free(program->line);
	program->line = strdup(line);
	split(line, words);
	status = program_run_list(program, words);
	free(line);
	return status;
}

int program_do(struct program *program, const char *format, ...)
{
	va_list args;
	int status;

	va_start(args, format);
	status = do_line(program, format, args);
	va_end(args);
	return status;
}

const char *program_ok(struct program *program, const char *format, ...)
{
	va_list args;
	size_t length;
	int status;

	va_start(args, format);
	status = do_line(program, format, args);
	va_end(args);
	cr_assert_eq(status, 0, "%s: exit %d, %s", program->line, status, program->err);
	length = strlen(program->out);
	if (length && program->out[length - 1] == '\n')
		program->out[length - 1] = '\0';
	return program->out;
}

void program_refused(struct program *program, int status, const char *text, const char *format, ...)
{
	const char *line_end;
	va_list args;
	int found;

	va_start(args, format);
	found = do_line(program, format, args);
	va_end(args);
	cr_expect_eq(found, status, "%s: exit %d, %s", program->line, found, program->err);
	cr_expect_str_empty(program->out, "%s wrote %s", program->line, program->out);
	line_end = strchr(program->err, '\n');
	cr_expect(strncmp(program->err, "kutsu: ", 7) == 0 && line_end && line_end[1] == '\0',
		"%s: no line \"kutsu: ...\" but \"%s\"", program->line, program->err);
	cr_expect(strstr(program->err, text), "%s: no \"%s\" in \"%s\"", program->line, text,
		program->err);
}

const char *program_out(struct program *program)
{
	return program->out;
}

const char *program_err(struct program *program)
{
	return program->err;
}

pid_t program_start(struct program *program, const char *output, const char *const *arguments)
{
	int none = open("/dev/null", O_RDWR | O_CLOEXEC);
	int out = output ? open(output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : none;
	pid_t pid = start(program, arguments, none, out, none);

	close(none);
	if (out != none)
		close(out);
	return pid;
}

void program_write(struct program *program, const char *name, const char *text)
{
	char *path = format_text("%s/%s", program->folder, name);
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file, "%s", path);
	fwrite(text, 1, strlen(text), file);
	fclose(file);
	free(path);
}

char *program_read(const char *path, size_t *size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);

	cr_assert_geq(file, 0, "%s", path);
	return read_all(file, size);
}
