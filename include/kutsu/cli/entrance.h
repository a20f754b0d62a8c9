/* `kutsu shell --as LOGIN`: what a person who comes by ssh may run. */
#ifndef KUTSU_CLI_ENTRANCE_H
#define KUTSU_CLI_ENTRANCE_H

#include "kutsu/base/error.h"

#include <stddef.h>

struct arena;

/* What is to be run: as whom, in which language, and the words of the command. */
struct entrance {
	const char *login;
	const char *language; /* of --lang, or NULL */
	char **words;
	size_t word_count; /* 0: the user interface */
};

/*
 * Reads the arguments behind "shell" and the line that the person gave ssh (SSH_ORIGINAL_COMMAND,
 * sshd(8); NULL: none), for the owner of the database. A leading "kutsu" is passed over. Texts live
 * in the arena.
 *
 * ERROR_INVALID  no --as; a line with what only a shell understands, or with another option
 *                before the command than --lang
 * ERROR_DENIED   the database is another account's
 */
bool entrance_read(int argc, char **argv, const char *database, const char *line,
	struct arena *arena, struct entrance *entrance, struct error *err) MUST_CHECK;

#endif
