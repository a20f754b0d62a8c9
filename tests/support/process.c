#include "process.h"

#include "program.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAP_MS 5

static bool command_line_has(const char *process, const char *part)
{
	char path[300], line[4096];
	ssize_t length;
	int file;

	snprintf(path, sizeof(path), "/proc/%.200s/cmdline", process);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false; /* it has ended */
	length = read(file, line, sizeof(line) - 1);
	close(file);
	for (ssize_t i = 0; i < length; i++) {
		if (line[i] == '\0')
			line[i] = ' ';
	}
	line[length > 0 ? length : 0] = '\0';
	return strstr(line, part) != NULL;
}

pid_t process_find(const char *part)
{
	DIR *processes = opendir("/proc");
	const struct dirent *entry;
	pid_t found = 0;

	cr_assert_not_null(processes);
	while (!found && (entry = readdir(processes))) {
		if (strspn(entry->d_name, "0123456789") == strlen(entry->d_name)
			&& command_line_has(entry->d_name, part))
			found = (pid_t)atol(entry->d_name);
	}
	closedir(processes);
	return found;
}

bool process_wait_gone(const char *part, int limit_ms)
{
	for (int waited = 0; process_find(part); waited += NAP_MS) {
		if (waited >= limit_ms)
			return false;
		poll(NULL, 0, NAP_MS);
	}
	return true;
}

bool process_had_variable(pid_t pid, const char *name)
{
	size_t size, length = strlen(name);
	bool found = false;
	char path[64];
	char *all;

	snprintf(path, sizeof(path), "/proc/%ld/environ", (long)pid);
	all = program_read(path, &size);
	for (size_t at = 0; at < size && !found; at += strlen(all + at) + 1)
		found = strncmp(all + at, name, length) == 0 && all[at + length] == '=';
	free(all);
	return found;
}
