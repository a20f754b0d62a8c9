/* How a command is described, and what it gets to run with. */
#ifndef KUTSU_CLI_COMMAND_INTERNAL_H
#define KUTSU_CLI_COMMAND_INTERNAL_H

#include "kutsu/base/arena.h"
#include "kutsu/base/message.h"
#include "kutsu/base/outfile.h"
#include "kutsu/cli/cli.h"
#include "kutsu/domain/terms.h"
#include "kutsu/service/session.h"

#include <stddef.h>
#include <stdio.h>

enum option_kind {
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_EACH, /* may be given again and again */
	OPTION_MANY  /* the same, and takes all words up to the next option; commas part them too */
};

struct option_spec {
	const char *name; /* NULL ends a list */
	enum option_kind kind;
	const char *value; /* what stands for it in the help, or NULL */
	const char *help;  /* source text */
};

struct given;

/* What one verb runs with. */
struct cli {
	const struct cli_options *options;
	const struct given *given; /* options and words as they were given */
	struct session *session;   /* begun where the verb needs it */
	struct arena *arena;	   /* released when the verb has ended */
	FILE *out;		   /* where data goes */
	bool json;
};

enum verb_needs { NEEDS_NOTHING, NEEDS_SESSION };

struct verb {
	const char *name;		   /* NULL: the command has this one only */
	const char *arguments;		   /* "CODE", "UNIT SLOT", "[FILE]" or "" */
	const char *summary;		   /* source text */
	const struct option_spec *options; /* or NULL */
	enum verb_needs needs;
	bool has_json;
	bool (*run)(struct cli *cli, struct error *err);
};

/* Over ssh only what is said to be for it can be run. */
enum command_place { COMMAND_AT_HOST, COMMAND_BY_ENTRANCE };

struct command {
	const char *name;
	const char *summary; /* source text */
	enum command_place place;
	const struct verb *verbs;
	size_t verb_count;
};

extern const struct command init_command, demo_command, unit_command, slot_command, break_command,
	free_command, call_command, case_command, consent_command, meeting_command, action_command,
	export_command, audit_command, backup_command, restore_command, check_command,
	purge_command, report_command, user_command, config_command, import_command,
	authorized_keys_command, memo_command, outbox_command, reply_command, feedback_command,
	observation_command, phenomenon_command, initiative_command, decision_command,
	notice_command, group_command;

#define VERBS(array) (array), sizeof(array) / sizeof((array)[0])

/* For a verb that needs one only at times: NEEDS_NOTHING. */
bool run_with_session(struct cli *cli, bool (*run_it)(struct cli *cli, struct error *err),
	struct error *err) MUST_CHECK;

/* What was given. Texts are borrowed from argv, lists from the verb's arena. */
const char *given_word(const struct cli *cli, size_t i);
bool given_flag(const struct cli *cli, const char *option);
const char *given_text(const struct cli *cli, const char *option); /* NULL: not given */
const char *const *given_list(const struct cli *cli, const char *option, size_t *count);

/* Each fills *value where the option was given, else leaves it; a wrong one is refused by name. */
bool given_number(const struct cli *cli, const char *option, int least, int most, int *value,
	struct error *err) MUST_CHECK;
bool given_day(const struct cli *cli, const char *option, int *value, struct error *err) MUST_CHECK;
bool given_minute(
	const struct cli *cli, const char *option, int *value, struct error *err) MUST_CHECK;
bool given_moment(const struct cli *cli, const char *option, int *day, int *minute,
	struct error *err) MUST_CHECK;
bool given_term(const struct cli *cli, const char *option, const struct term_list *terms,
	int *value, struct error *err) MUST_CHECK;
/* Each of a list; *set has bit 1u << value for each. */
bool given_terms(const struct cli *cli, const char *option, const struct term_list *terms,
	unsigned *set, struct error *err) MUST_CHECK;
/* ERROR_INVALID: the option is needed. */
bool given_needed(const struct cli *cli, const char *option, struct error *err) MUST_CHECK;

/* A word that is the number of a thing. */
bool word_id(const struct cli *cli, size_t i, int64_t *id, struct error *err) MUST_CHECK;

/*
 * Prints the code or number of what was made. It is made by then: an output that can't be written
 * is told, with that code, and does not count as a failure, which would say that nothing changed.
 */
void print_made(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What -o names. ERROR_DENIED: over ssh; ERROR_FAILED */
bool output_begin(
	struct cli *cli, const char *path, struct outfile *output, struct error *err) MUST_CHECK;

/* How far it is: one line on standard error for what takes longer than a second, where that is a
 * terminal. */
struct progress {
	bool shows;
	int width; /* of the line that stands there, or 0 */
	int64_t next_ms;
};

struct progress progress_begin(const struct cli *cli);
void progress_step(void *progress, size_t rows); /* so many are done */
void progress_end(struct progress *progress);	 /* takes the line away */

/* --basis, --recipient and --reason of what is given out. */
struct disclosure given_disclosure(const struct cli *cli);

/* The log tells of what somebody tried who came by ssh: "restore", "file". */
void log_over_ssh(const struct cli_options *options, const char *what);
/* A file of the host, or "-". ERROR_DENIED: over ssh, where only "-" may be used. */
bool check_path(const struct cli *cli, const char *path, struct error *err) MUST_CHECK;
/* The whole file, or standard input for "-", in the arena; at most one byte more than `most`. */
bool read_input(struct cli *cli, const char *path, size_t most, char **bytes, size_t *length,
	struct error *err) MUST_CHECK;

/* Today, also for verbs without a session. */
int cli_today(const struct cli *cli);

#endif
