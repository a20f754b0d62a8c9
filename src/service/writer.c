#include "kutsu/service/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HOST_SIZE 32

static void host_name(char host[HOST_SIZE])
{
	if (gethostname(host, HOST_SIZE) != 0)
		strcpy(host, "localhost");
	host[HOST_SIZE - 1] = '\0';
	for (char *colon = strchr(host, ':'); colon; colon = strchr(colon, ':'))
		*colon = '-';
}

/*
 * When the process began, in ticks since the host did: its number alone may be another's by now.
 * False where there is none, or it has ended and its parent not yet taken notice (proc(5), stat).
 */
static bool read_start(long pid, unsigned long long *start)
{
	char path[64], line[1024], state;
	const char *behind;
	FILE *file;
	bool ok;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	file = fopen(path, "r");
	if (!file)
		return false;
	ok = fgets(line, sizeof(line), file) != NULL;
	fclose(file);
	behind = ok ? strrchr(line, ')') : NULL; /* a program's name may hold anything */
	return behind
	       && sscanf(behind + 1,
			  " %c %*s %*s %*s %*s %*s %*s %*s %*s %*s" /* 4 to 12 */
			  " %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu",
			  &state, start)
			  == 2
	       && state != 'Z' && state != 'X';
}

void writer_name(char name[WRITER_SIZE])
{
	unsigned long long start = 0;
	char host[HOST_SIZE];

	host_name(host);
	read_start((long)getpid(), &start);
	snprintf(name, WRITER_SIZE, "%s:%ld:%llu", host, (long)getpid(), start);
}

bool writer_is_alive(const char *writer)
{
	unsigned long long told, start;
	char host[HOST_SIZE], *end;
	size_t length;
	long pid;

	host_name(host);
	length = strlen(host);
	if (strncmp(writer, host, length) != 0 || writer[length] != ':')
		return false;
	pid = strtol(writer + length + 1, &end, 10);
	if (pid <= 0 || *end != ':')
		return false;
	told = strtoull(end + 1, NULL, 10);
	return read_start(pid, &start) && start == told;
}
