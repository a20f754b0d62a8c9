/*
 * kutsu: the one-contact principle of Finnish services for families, in a terminal.
 *
 * The tree, from here down; each layer calls only what stands below it:
 *
 *   main.c     options, the database's path, the clock; hands over to ui or cli
 *   ui/        the terminal: its loop, widgets/ and screens/. The only <curses.h>
 *   cli/       one file per command
 *   service/   use cases: one call is one change, with its transaction and its log row
 *   store/     SQLite: opening, migrations, every query. The only <sqlite3.h>
 *   format/    JSON, CSV and iCalendar. The only <jansson.h> and <libical/ical.h>
 *   domain/    what things are and the rules: calendars, the search. Pure
 *   base/      errors, texts, dates, languages; knows nothing of kutsu
 */
#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/base/message.h"
#include "kutsu/base/utf8.h"
#include "kutsu/cli/cli.h"
#include "kutsu/cli/entrance.h"
#include "kutsu/ui/ui.h"

#include <langinfo.h>
#include <locale.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONE_DEFAULT "Europe/Helsinki"
#define ENTRANCE     "shell"
#define LOGIN_SIZE   64
#define ORIGIN_SIZE  64

/* What stands before the command. */
struct arguments {
	const char *database, *language;
	bool help, version;
	int rest; /* index of the command in argv, or argc */
};

static bool takes_value(const char *argument, const char *name, int argc, char **argv, int *at,
	const char **value, struct error *err)
{
	size_t length = strlen(name);

	if (strncmp(argument, name, length) != 0)
		return false;
	if (argument[length] == '=') {
		*value = argument + length + 1;
		return true;
	}
	if (argument[length] != '\0')
		return false;
	if (*at + 1 >= argc) {
		error_set(err, ERROR_INVALID, _("%s needs a value; see --help"), name);
		return false;
	}
	*value = argv[++*at];
	return true;
}

static bool read_arguments(int argc, char **argv, struct arguments *arguments, struct error *err)
{
	int at = 1;

	for (; at < argc && argv[at][0] == '-' && argv[at][1] != '\0'; at++) {
		const char *argument = argv[at];

		if (strcmp(argument, "--") == 0) {
			at++;
			break;
		}
		if (takes_value(argument, "--db", argc, argv, &at, &arguments->database, err)
			|| takes_value(
				argument, "--lang", argc, argv, &at, &arguments->language, err))
			continue;
		if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
			arguments->help = true;
		else if (strcmp(argument, "--version") == 0)
			arguments->version = true;
		else if (err->code == ERROR_NONE)
			error_set(err, ERROR_INVALID, _("there is no option %.60s; see --help"),
				argument);
	}
	arguments->rest = at;
	return err->code == ERROR_NONE;
}

/* The first of these that is set decides, as in setlocale(3). */
static const char *locale_name(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "";
}

static bool choose_language(const char *wanted, struct error *err)
{
	const char *from_environment = getenv("KUTSU_LANG");
	enum language language = LANGUAGE_FI;

	if (!wanted && from_environment && *from_environment)
		wanted = from_environment;
	if (wanted && !language_parse(wanted, &language))
		return error_set(err, ERROR_INVALID,
			_("there is no language \"%.20s\"; choose fi, sv or en"), wanted);
	if (!wanted)
		language_parse(locale_name(), &language);
	message_set_language(language);
	return true;
}

static bool names_utf8(const char *locale)
{
	const char *codeset = strchr(locale, '.');

	return codeset
	       && (strncasecmp(codeset + 1, "utf-8", 5) == 0
		       || strncasecmp(codeset + 1, "utf8", 4) == 0);
}

static const char *ctype_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "";
}

/*
 * Characters as the user's locale has them; where it is a UTF-8 locale that is not installed here
 * (over ssh it often is), the one that always is. Returns whether the terminal takes UTF-8.
 */
static bool choose_characters(void)
{
	bool utf8;

	if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	utf8 = names_utf8(ctype_locale());
	setlocale(LC_CTYPE, "C.UTF-8");
	return utf8;
}

static bool choose_clock(struct clock *clock, struct error *err)
{
	const char *text = getenv("KUTSU_NOW");
	int day, minute;

	*clock = (struct clock) { 0 };
	if (!text || !*text)
		return true;
	if (!moment_parse(text, &day, &minute))
		return error_set(err, ERROR_INVALID,
			_("KUTSU_NOW: \"%.40s\" is no date and time; write as in 2026-12-01T13:00"),
			text);
	*clock = (struct clock) { true, zone_to_moment(day, minute) };
	return true;
}

/* Whose the process is: never what LOGNAME or USER say, which anyone may set. */
static void read_login(char login[LOGIN_SIZE])
{
	const struct passwd *entry = getpwuid(getuid());

	if (entry && *entry->pw_name)
		snprintf(login, LOGIN_SIZE, "%s", entry->pw_name);
	else
		snprintf(login, LOGIN_SIZE, "uid-%lu", (unsigned long)getuid());
}

/* Where the person sits: the first word of what sshd tells of the connection (ssh(1)), or NULL. */
static const char *read_origin(char origin[ORIGIN_SIZE])
{
	const char *connection = getenv("SSH_CONNECTION");
	size_t length = connection ? strcspn(connection, " ") : 0;

	if (length == 0 || length >= ORIGIN_SIZE)
		return NULL;
	memcpy(origin, connection, length);
	origin[length] = '\0';
	return utf8_is_valid(origin) && !utf8_has_control(origin) ? origin : NULL;
}

/* The caller frees it. */
static char *database_path(const char *wanted)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	const char *from_environment = getenv("KUTSU_DB");
	char path[4096];

	if (wanted)
		return memory_copy_text(wanted);
	if (from_environment && *from_environment)
		return memory_copy_text(from_environment);
	if (data && data[0] == '/')
		snprintf(path, sizeof(path), "%s/kutsu/kutsu.db", data);
	else
		snprintf(path, sizeof(path), "%s/.local/share/kutsu/kutsu.db", home ? home : "");
	return memory_copy_text(path);
}

static int run_ui(const struct cli_options *options, bool utf8)
{
	struct error err = { 0 };
	bool ok = ui_run(
		&(struct ui_options) { options->database, options->identity, options->clock, utf8 },
		&err);

	return ok ? 0 : cli_fail(&err);
}

/* Somebody who came by ssh: one command of those that are for it, or the user interface. */
static int run_entrance(struct cli_options *options, bool utf8, int argc, char **argv)
{
	struct entrance entrance;
	struct arena arena = { 0 };
	struct error err = { 0 };
	int status;

	options->by_entrance = true;
	if (!entrance_read(argc, argv, options->database, getenv("SSH_ORIGINAL_COMMAND"), &arena,
		    &entrance, &err)
		|| (entrance.language && !choose_language(entrance.language, &err))) {
		status = cli_fail(&err);
	} else {
		options->identity.login = entrance.login;
		status = entrance.word_count
				 ? cli_run(options, (int)entrance.word_count, entrance.words)
				 : run_ui(options, utf8);
	}
	arena_release(&arena);
	return status;
}

static int run(const struct arguments *arguments, bool utf8, int argc, char **argv)
{
	char login[LOGIN_SIZE], from[ORIGIN_SIZE];
	char *path = database_path(arguments->database);
	struct cli_options options = { .database = path,
		.database_is_given = arguments->database || getenv("KUTSU_DB") };
	struct error err = { 0 };
	int status;

	argc -= arguments->rest;
	argv += arguments->rest;
	read_login(login);
	options.identity =
		(struct identity) { .login = login, .account = login, .origin = read_origin(from) };
	zone_set(ZONE_DEFAULT);
	if (!choose_clock(&options.clock, &err))
		status = cli_fail(&err);
	else if (argc == 0)
		status = run_ui(&options, utf8);
	else if (strcmp(argv[0], ENTRANCE) == 0)
		status = run_entrance(&options, utf8, argc, argv);
	else
		status = cli_run(&options, argc, argv);
	free(path);
	return status;
}

/*
 * What a process could tell of the people in the database after its end, or another user say in
 * its name: no core file, no files that others may read; and who comes by ssh may send variables.
 */
static void be_careful(int argc, char **argv)
{
	static const char *const ours[] = { "KUTSU_DB", "KUTSU_LANG", "KUTSU_NOW" };
	struct rlimit no_core = { 0, 0 };
	struct arguments arguments = { 0 };
	struct error err = { 0 };

	setrlimit(RLIMIT_CORE, &no_core);
	umask(077);
	read_arguments(argc, argv, &arguments, &err);
	if (arguments.rest >= argc || strcmp(argv[arguments.rest], ENTRANCE) != 0)
		return;
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		unsetenv(ours[i]);
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct error err = { 0 }, language_err = { 0 };
	bool utf8 = choose_characters();
	bool ok;

	be_careful(argc, argv);
	/* The language first, so that what is wrong with the rest is told in it. */
	choose_language(NULL, &language_err);
	ok = read_arguments(argc, argv, &arguments, &err);
	if (arguments.language)
		ok = choose_language(arguments.language, &err) && ok;
	else if (ok && language_err.code != ERROR_NONE) {
		err = language_err;
		ok = false;
	}
	if (!ok)
		return cli_fail(&err);
	if (arguments.help) {
		cli_help();
		return cli_finish();
	}
	if (arguments.version) {
		printf("kutsu %s\n", KUTSU_VERSION);
		return cli_finish();
	}
	return run(&arguments, utf8, argc, argv);
}
