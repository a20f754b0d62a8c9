#include "given_internal.h"

#include "kutsu/domain/slot.h"
#include "kutsu/service/exporting.h"

#include <string.h>
#include <unistd.h>

#define KEY_LONGEST 4096

static bool given_what(struct cli *cli, enum export_what *what, struct error *err)
{
	const char *word = given_word(cli, 0);

	return export_what_parse(word, what)
	       || error_set(
		       err, ERROR_INVALID, _("there is no \"%.40s\" to export; see --help"), word);
}

static bool given_format(struct cli *cli, enum export_format *format, struct error *err)
{
	const char *name = given_text(cli, "format");

	if (!given_needed(cli, "format", err))
		return false;
	if (!export_format_parse(name, format))
		return error_set(err, ERROR_INVALID, _("--format: \"%.40s\" is none of %s"), name,
			"csv, json, ics, xlsx");
	if (*format == EXPORT_XLSX && !cli->given->output && isatty(STDOUT_FILENO))
		return error_set(err, ERROR_INVALID,
			_("a spreadsheet can't be shown on a terminal; give -o FILE"));
	return true;
}

static bool given_dates(struct cli *cli, enum pseudonym_dates *dates, struct error *err)
{
	const char *name = given_text(cli, "dates");

	*dates = name && strcmp(name, "shift") == 0 ? PSEUDONYM_SHIFTED : PSEUDONYM_WEEKS;
	return !name || *dates == PSEUDONYM_SHIFTED || strcmp(name, "week") == 0
	       || error_set(err, ERROR_INVALID, _("--dates: \"%.40s\" is none of %s"), name,
		       "week, shift");
}

/* What is for research has its key; what is not has no use for one. */
static bool given_pseudonyms(
	struct cli *cli, struct export_pseudonyms *pseudonyms, bool *are_given, struct error *err)
{
	const char *path = given_text(cli, "key-file");
	char *key;

	*are_given = given_flag(cli, "pseudonymous");
	if (!*are_given)
		return (!path && !given_text(cli, "dates"))
		       || error_set(err, ERROR_INVALID,
			       _("--key-file and --dates belong to --pseudonymous"));
	if (!given_needed(cli, "key-file", err) || !given_dates(cli, &pseudonyms->dates, err)
		|| !read_input(cli, path, KEY_LONGEST, &key, &pseudonyms->key_length, err))
		return false;
	pseudonyms->key = key;
	return pseudonyms->key_length <= KEY_LONGEST
	       || error_set(err, ERROR_INVALID, _("%s is too long for a key"), path);
}

/* FILE.dictionary.csv, beside what -o FILE names. */
static bool put_dictionary_beside(
	struct cli *cli, const struct export_order *order, struct error *err)
{
	struct outfile output;

	if (!cli->given->output || !order->pseudonyms)
		return true;
	return output_begin(cli, arena_printf(cli->arena, "%s.dictionary.csv", cli->given->output),
		       &output, err)
	       && outfile_end(&output,
		       export_write_dictionary(
			       order->what, order->pseudonyms->dates, output.file, err),
		       err);
}

static bool put_dictionary(struct cli *cli, struct error *err)
{
	enum pseudonym_dates dates;
	enum export_what what;

	return given_what(cli, &what, err) && given_dates(cli, &dates, err)
	       && export_write_dictionary(what, dates, cli->out, err);
}

static bool run_export(struct cli *cli, struct error *err)
{
	struct export_order order = { .unit = given_text(cli, "unit"),
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.disclosure = given_disclosure(cli),
		.progress = progress_step };
	struct export_pseudonyms pseudonyms = { 0 };
	struct progress progress;
	bool is_pseudonymous, ok;

	if (given_flag(cli, "dictionary"))
		return put_dictionary(cli, err);
	if (!given_what(cli, &order.what, err) || !given_format(cli, &order.format, err)
		|| !given_day(cli, "from", &order.from_day, err)
		|| !given_day(cli, "to", &order.until_day, err)
		|| !given_pseudonyms(cli, &pseudonyms, &is_pseudonymous, err))
		return false;
	if (is_pseudonymous)
		order.pseudonyms = &pseudonyms;
	/* CSV and JSON have no place for it: their shape is a contract. */
	if (cli->session->is_demo)
		fprintf(stderr, "%s\n", _("DEMONSTRATION DATA - INVENTED"));
	progress = progress_begin(cli);
	order.progress_context = &progress;
	ok = export_write(cli->session, &order, cli->out, err);
	progress_end(&progress);
	return ok && put_dictionary_beside(cli, &order, err);
}

static const struct option_spec export_options[] = {
	{ "format", OPTION_TEXT, "csv|json|ics|xlsx", N_("the form") },
	{ "unit", OPTION_TEXT, "U", N_("of this unit only: meetings, slots") },
	{ "from", OPTION_TEXT, "DATE", N_("the first day") },
	{ "to", OPTION_TEXT, "DATE", N_("the last day") },
	{ "pseudonymous", OPTION_FLAG, NULL, N_("for research: hashes for who, no free text") },
	{ "key-file", OPTION_TEXT, "FILE",
		N_("of the hashes; made by: head -c 32 /dev/urandom | base64 > FILE") },
	{ "dates", OPTION_TEXT, "week|shift", N_("pseudonymous dates; week if not given") },
	{ "dictionary", OPTION_FLAG, NULL,
		N_("what the pseudonymous columns are, instead of them") },
	{ "basis", OPTION_TEXT, "TEXT", N_("by which right it is given out, for the log") },
	{ "recipient", OPTION_TEXT, "TEXT", N_("to whom it is given, for the log") },
	{ "reason", OPTION_TEXT, "TEXT", N_("why, for the log") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ NULL, "calls|cases|meetings|actions|slots|units",
		N_("writes them out; meetings and slots also as iCalendar"), export_options,
		NEEDS_SESSION, false, run_export },
};

const struct command export_command = { "export", N_("writes out what is there"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
