#include "kutsu/cli/cli.h"

#include "given_internal.h"
#include "kutsu/base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

static const struct command *const commands[] = { &init_command, &demo_command, &unit_command,
	&slot_command, &break_command, &free_command, &call_command, &case_command,
	&consent_command, &meeting_command, &memo_command, &action_command, &export_command,
	&audit_command, &backup_command, &restore_command, &check_command, &purge_command,
	&report_command, &user_command, &config_command, &import_command, &authorized_keys_command,
	&outbox_command, &reply_command, &feedback_command, &observation_command,
	&phenomenon_command, &initiative_command, &decision_command, &notice_command,
	&group_command };

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

int exit_code_of(enum error_code code)
{
	switch (code) {
	case ERROR_NONE:
		return 0;
	case ERROR_INVALID:
		return 2;
	case ERROR_CONFLICT:
		return 3;
	case ERROR_DENIED:
		return 4;
	case ERROR_NOT_FOUND:
		return 5;
	case ERROR_DATABASE:
	case ERROR_BUSY:
		return 6;
	default:
		return 1;
	}
}

int cli_fail(const struct error *err)
{
	fprintf(stderr, "kutsu: %s\n", err->text);
	return exit_code_of(err->code);
}

static void print_padded(const char *text, int columns)
{
	int width = utf8_width(text);

	printf("  %s%*s", text, width < columns ? columns - width : 1, "");
}

int cli_finish(void)
{
	struct error err;

	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	error_set(&err, ERROR_FAILED, _("the output can't be written (%s)"), strerror(errno));
	return cli_fail(&err);
}

void cli_help(void)
{
	printf("%s\n\n", _("usage: kutsu [--db FILE] [--lang fi|sv|en] [COMMAND ...]"));
	printf("%s\n\n", _("With no command kutsu opens the user interface."));
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		print_padded(commands[i]->name, 16);
		printf("%s\n", _(commands[i]->summary));
	}
	printf("\n");
	print_padded("--db FILE", 18);
	printf("%s\n", _("the database (else KUTSU_DB, else ~/.local/share/kutsu/kutsu.db)"));
	print_padded("--lang fi|sv|en", 18);
	printf("%s\n", _("the language (else KUTSU_LANG, else the locale's, else Finnish)"));
	print_padded("--version", 18);
	printf("%s\n\n", _("the version"));
	printf("%s\n", _("\"kutsu COMMAND --help\" tells more; the manual is kutsu(1)."));
}

static void help_of_verb(const struct command *command, const struct verb *verb)
{
	printf("kutsu %s%s%s%s%s%s\n", command->name, verb->name ? " " : "",
		verb->name ? verb->name : "", *verb->arguments ? " " : "", verb->arguments,
		verb->options ? " [...]" : "");
	printf("    %s\n", _(verb->summary));
	for (const struct option_spec *spec = verb->options; spec && spec->name; spec++) {
		char name[64];

		snprintf(name, sizeof(name), "  --%s%s%s%s", spec->name, spec->value ? " " : "",
			spec->value ? spec->value : "", spec->kind == OPTION_MANY ? "..." : "");
		print_padded(name, 30);
		printf("%s\n", _(spec->help));
	}
	if (verb->has_json) {
		print_padded("  --json", 30);
		printf("%s\n", _("as JSON"));
	}
	printf("\n");
}

static int help_of_command(const struct command *command)
{
	printf("%s\n\n", _(command->summary));
	for (size_t i = 0; i < command->verb_count; i++)
		help_of_verb(command, &command->verbs[i]);
	printf("%s\n", _("-o FILE writes to a file instead, all of it or nothing."));
	return cli_finish();
}

void print_made(struct cli *cli, const char *format, ...)
{
	char made[4096]; /* a path, too */
	va_list args;

	va_start(args, format);
	vsnprintf(made, sizeof(made), format, args);
	va_end(args);
	if (fprintf(cli->out, "%s\n", made) >= 0 && fflush(cli->out) == 0)
		return;
	fprintf(stderr, _("kutsu: %s was made, but the output can't be written (%s)\n"), made,
		strerror(errno));
	clearerr(cli->out);
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	}
	return NULL;
}

/* Moves *argv behind the verb's name where the command has verbs. */
static const struct verb *find_verb(const struct command *command, int *argc, char ***argv)
{
	if (!command->verbs[0].name)
		return &command->verbs[0];
	for (size_t i = 0; *argc > 1 && i < command->verb_count; i++) {
		if (strcmp(command->verbs[i].name, (*argv)[1]) == 0) {
			(*argc)--;
			(*argv)++;
			return &command->verbs[i];
		}
	}
	return NULL;
}

static size_t count_words(const char *arguments)
{
	size_t count = 0;

	for (; *arguments; arguments++)
		count += *arguments != ' ' && (arguments[1] == ' ' || arguments[1] == '\0');
	return count;
}

static bool check_words(const struct command *command, const struct verb *verb,
	const struct given *given, struct error *err)
{
	size_t most = count_words(verb->arguments);
	bool optional = verb->arguments[0] == '[';

	if (given->word_count > most)
		return error_set(err, ERROR_INVALID,
			_("what is \"%.40s\"? see \"kutsu %s --help\""), given->words[most],
			command->name);
	if (given->word_count < most && !optional)
		return error_set(err, ERROR_INVALID, _("%s is needed; see \"kutsu %s --help\""),
			verb->arguments, command->name);
	return true;
}

bool run_with_session(
	struct cli *cli, bool (*run_it)(struct cli *cli, struct error *err), struct error *err)
{
	const struct cli_options *options = cli->options;
	struct store *store;
	bool ok;

	if (!store_open(options->database, &store, err))
		return false;
	ok = session_begin(cli->session, store, options->clock, &options->identity, err);
	ok = ok && run_it(cli, err);
	session_end(cli->session);
	store_close(store);
	return ok;
}

static bool run_verb(struct cli *cli, const struct verb *verb, struct error *err)
{
	return verb->needs == NEEDS_SESSION ? run_with_session(cli, verb->run, err)
					    : verb->run(cli, err);
}

static bool run_into_file(struct cli *cli, const struct verb *verb, struct error *err)
{
	struct outfile output;

	if (!output_begin(cli, cli->given->output, &output, err))
		return false;
	cli->out = output.file;
	return outfile_end(&output, run_verb(cli, verb, err), err);
}

static bool run(const struct cli_options *options, const struct command *command,
	const struct verb *verb, int argc, char **argv, struct error *err)
{
	struct arena arena = { 0 };
	struct given given = { 0 };
	struct session session = { 0 };
	struct cli cli = { .options = options,
		.given = &given,
		.session = &session,
		.arena = &arena,
		.out = stdout };
	bool ok = given_parse(verb, argc, argv, &arena, &given, err);

	if (ok && given.help) {
		help_of_verb(command, verb);
		ok = outfile_flush(stdout, true, err);
	} else if (ok && check_words(command, verb, &given, err)) {
		cli.json = given.json;
		ok = given.output ? run_into_file(&cli, verb, err)
				  : outfile_flush(stdout, run_verb(&cli, verb, err), err);
	} else {
		ok = false;
	}
	arena_release(&arena);
	return ok;
}

int cli_run(const struct cli_options *options, int argc, char **argv)
{
	const struct command *command = find_command(argv[0]);
	const struct verb *verb;
	struct error err = { 0 };

	if (strcmp(argv[0], "--help") == 0) {
		cli_help();
		return cli_finish();
	}
	if (command && options->by_entrance && command->place == COMMAND_AT_HOST) {
		log_over_ssh(options, command->name);
		error_set(&err, ERROR_DENIED,
			_("\"%.40s\" can't be run over ssh; it is done at the host"), argv[0]);
		return cli_fail(&err);
	}

	if (!command) {
		error_set(&err, ERROR_INVALID,
			_("there is no command \"%.40s\"; see \"kutsu --help\""), argv[0]);
		return cli_fail(&err);
	}
	verb = find_verb(command, &argc, &argv);
	if (!verb) {
		if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
			return help_of_command(command);
		error_set(&err, ERROR_INVALID, _("what is kutsu to do? see \"kutsu %s --help\""),
			command->name);
		return cli_fail(&err);
	}
	return run(options, command, verb, argc, argv, &err) ? 0 : cli_fail(&err);
}
