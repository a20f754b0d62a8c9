/* The command line: one file per command, one table of them. */
#ifndef KUTSU_CLI_CLI_H
#define KUTSU_CLI_CLI_H

#include "kutsu/base/clock.h"
#include "kutsu/base/error.h"
#include "kutsu/service/session.h"

/* What a command is run with. */
struct cli_options {
	const char *database;	/* path; borrowed */
	bool database_is_given; /* by --db or the environment */
	struct identity identity;
	struct clock clock;
	bool by_entrance; /* over ssh for a person who may not touch the host's files */
};

/* argv[0] is the command's name. Returns the program's exit code; see exit_code_of(). */
int cli_run(const struct cli_options *options, int argc, char **argv);

/* `kutsu --help`, on standard output. */
void cli_help(void);

/* Ends what was printed: 0, or 1 (told on standard error) where it can't be written. */
int cli_finish(void);

/*
 * 0 done, 1 failed, 2 wrong usage or input, 3 conflict, 4 not allowed, 5 no such thing, 6 the
 * database can't be used.
 */
int exit_code_of(enum error_code code);

/* "kutsu: what happened; what to do" on standard error. Returns the exit code. */
int cli_fail(const struct error *err);

#endif
