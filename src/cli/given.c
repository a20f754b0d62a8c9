/* Options and words: what getopt_long found, kept by name. */
#include "given_internal.h"

#include "kutsu/base/date.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_LONG   256
#define LONG_OPTIONS 32

static const struct option_spec *find_spec(const struct verb *verb, const char *name)
{
	for (const struct option_spec *spec = verb->options; spec && spec->name; spec++) {
		if (strcmp(spec->name, name) == 0)
			return spec;
	}
	return NULL;
}

static void add_option(struct given *given, struct arena *arena, const char *name, const char *text)
{
	given->options =
		arena_append(arena, given->options, &given->option_count, sizeof(*given->options));
	given->options[given->option_count - 1] = (struct given_option) { name, text };
}

/* "A,B" is two. */
static void add_many(struct given *given, struct arena *arena, const char *name, const char *text)
{
	char *copy = arena_text(arena, text);

	for (char *part = copy; part;) {
		char *comma = strchr(part, ',');

		if (comma)
			*comma++ = '\0';
		if (*part)
			add_option(given, arena, name, part);
		part = comma;
	}
}

static void add_word(struct given *given, struct arena *arena, const char *word)
{
	given->words = arena_append(arena, given->words, &given->word_count, sizeof(*given->words));
	given->words[given->word_count - 1] = word;
}

static void describe(const struct verb *verb, struct option table[LONG_OPTIONS])
{
	size_t count = 0;

	memset(table, 0, LONG_OPTIONS * sizeof(*table));
	for (const struct option_spec *spec = verb->options; spec && spec->name; spec++) {
		table[count] = (struct option) { spec->name,
			spec->kind == OPTION_FLAG ? no_argument : required_argument, NULL,
			FIRST_LONG + (int)count };
		count++;
	}
	if (verb->has_json)
		table[count++] = (struct option) { "json", no_argument, NULL, 'j' };
	table[count++] = (struct option) { "output", required_argument, NULL, 'o' };
	table[count] = (struct option) { "help", no_argument, NULL, 'h' };
}

static bool refuse(int found, char **argv, struct error *err)
{
	const char *option = argv[optind - 1];

	if (found == ':')
		return error_set(err, ERROR_INVALID, _("%s needs a value; see --help"), option);
	return error_set(err, ERROR_INVALID, _("there is no option %.60s; see --help"), option);
}

bool given_parse(const struct verb *verb, int argc, char **argv, struct arena *arena,
	struct given *given, struct error *err)
{
	struct option table[LONG_OPTIONS];
	const char *many = NULL; /* the list to which a bare word goes */
	int found;

	describe(verb, table);
	opterr = 0;
	optind = 0;
	/* "-": words come in their place; ":": a missing value is told apart. */
	while ((found = getopt_long(argc, argv, "-:o:h", table, NULL)) != -1) {
		const struct option_spec *spec;

		if (found == '?' || found == ':')
			return refuse(found, argv, err);
		if (found == 1) {
			if (many)
				add_many(given, arena, many, optarg);
			else
				add_word(given, arena, optarg);
			continue;
		}
		many = NULL;
		if (found == 'h') {
			given->help = true;
		} else if (found == 'j') {
			given->json = true;
		} else if (found == 'o') {
			given->output = optarg;
		} else {
			spec = find_spec(verb, table[found - FIRST_LONG].name);
			if (spec->kind == OPTION_MANY) {
				many = spec->name;
				add_many(given, arena, spec->name, optarg);
			} else {
				add_option(given, arena, spec->name, optarg ? optarg : "");
			}
		}
	}
	while (optind < argc)
		add_word(given, arena, argv[optind++]);
	return true;
}

const char *given_word(const struct cli *cli, size_t i)
{
	return i < cli->given->word_count ? cli->given->words[i] : NULL;
}

const char *given_text(const struct cli *cli, const char *option)
{
	const char *text = NULL;

	for (size_t i = 0; i < cli->given->option_count; i++) {
		if (strcmp(cli->given->options[i].name, option) == 0)
			text = cli->given->options[i].text;
	}
	return text;
}

bool given_flag(const struct cli *cli, const char *option)
{
	return given_text(cli, option) != NULL;
}

const char *const *given_list(const struct cli *cli, const char *option, size_t *count)
{
	const char **list = NULL;

	*count = 0;
	for (size_t i = 0; i < cli->given->option_count; i++) {
		if (strcmp(cli->given->options[i].name, option) != 0)
			continue;
		list = arena_append(cli->arena, list, count, sizeof(*list));
		list[*count - 1] = cli->given->options[i].text;
	}
	return list;
}

bool given_needed(const struct cli *cli, const char *option, struct error *err)
{
	return given_text(cli, option)
	       || error_set(err, ERROR_INVALID, _("--%s is needed; see --help"), option);
}

bool given_number(const struct cli *cli, const char *option, int least, int most, int *value,
	struct error *err)
{
	const char *text = given_text(cli, option);
	char *end;
	long number;

	if (!text)
		return true;
	errno = 0;
	number = strtol(text, &end, 10);
	if (errno || end == text || *end || number < least || number > most)
		return error_set(err, ERROR_INVALID, _("--%s: \"%.40s\" won't do; give %d to %d"),
			option, text, least, most);
	*value = (int)number;
	return true;
}

bool given_day(const struct cli *cli, const char *option, int *value, struct error *err)
{
	const char *text = given_text(cli, option);

	if (!text || day_parse(text, cli_today(cli), value))
		return true;
	return error_set(err, ERROR_INVALID,
		_("--%s: \"%.40s\" is no date; write as in 2026-11-24 or 24.11.2026"), option,
		text);
}

bool given_minute(const struct cli *cli, const char *option, int *value, struct error *err)
{
	const char *text = given_text(cli, option);

	if (!text || minute_parse(text, value))
		return true;
	return error_set(err, ERROR_INVALID,
		_("--%s: \"%.40s\" is no time of day; write as in 13:00"), option, text);
}

bool given_moment(
	const struct cli *cli, const char *option, int *day, int *minute, struct error *err)
{
	const char *text = given_text(cli, option);

	if (!text || moment_parse(text, day, minute))
		return true;
	return error_set(err, ERROR_INVALID,
		_("--%s: \"%.40s\" is no date and time; write as in 2026-12-01T13:00"), option,
		text);
}

static bool read_term(const struct cli *cli, const char *option, const struct term_list *terms,
	const char *text, int *value, struct error *err)
{
	const char *all = "";

	if (term_parse(terms, text, value))
		return true;
	for (int i = 0; i < terms->count; i++)
		all = arena_printf(cli->arena, "%s%s%s", all, i ? ", " : "", term_code(terms, i));
	return error_set(err, ERROR_INVALID, _("--%s: \"%.40s\" is none of %s"), option, text, all);
}

bool given_term(const struct cli *cli, const char *option, const struct term_list *terms,
	int *value, struct error *err)
{
	const char *text = given_text(cli, option);

	return !text || read_term(cli, option, terms, text, value, err);
}

bool given_terms(const struct cli *cli, const char *option, const struct term_list *terms,
	unsigned *set, struct error *err)
{
	size_t count;
	const char *const *texts = given_list(cli, option, &count);

	*set = 0;
	for (size_t i = 0; i < count; i++) {
		int value;

		if (!read_term(cli, option, terms, texts[i], &value, err))
			return false;
		*set |= 1u << value;
	}
	return true;
}

bool word_id(const struct cli *cli, size_t i, int64_t *id, struct error *err)
{
	const char *text = given_word(cli, i);
	char *end;

	errno = 0;
	*id = strtoll(text, &end, 10);
	if (errno || end == text || *end || *id < 1)
		return error_set(err, ERROR_INVALID, _("\"%.40s\" is no number of a thing"), text);
	return true;
}

int cli_today(const struct cli *cli)
{
	return clock_wall(&cli->options->clock).day;
}

struct disclosure given_disclosure(const struct cli *cli)
{
	return (struct disclosure) {
		.basis = given_text(cli, "basis"),
		.recipient = given_text(cli, "recipient"),
		.reason = given_text(cli, "reason"),
	};
}
