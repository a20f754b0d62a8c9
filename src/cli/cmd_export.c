#include "given_internal.h"

#include "kutsu/domain/slot.h"
#include "kutsu/service/exporting.h"

#include <unistd.h>

static bool run_export(struct cli *cli, struct error *err)
{
	struct export_order order = { .unit = given_text(cli, "unit"),
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.disclosure = given_disclosure(cli) };
	const char *format_name = given_text(cli, "format");

	if (!export_what_parse(given_word(cli, 0), &order.what))
		return error_set(err, ERROR_INVALID,
			_("there is no \"%.40s\" to export; see --help"), given_word(cli, 0));
	if (!given_needed(cli, "format", err))
		return false;
	if (!export_format_parse(format_name, &order.format))
		return error_set(err, ERROR_INVALID, _("--format: \"%.40s\" is none of %s"),
			format_name, "csv, json, ics, xlsx");
	if (order.format == EXPORT_XLSX && !cli->given->output && isatty(STDOUT_FILENO))
		return error_set(err, ERROR_INVALID,
			_("a spreadsheet can't be shown on a terminal; give -o FILE"));
	if (!given_day(cli, "from", &order.from_day, err)
		|| !given_day(cli, "to", &order.until_day, err))
		return false;
	/* CSV and JSON have no place for it: their shape is a contract. */
	if (cli->session->is_demo)
		fprintf(stderr, "%s\n", _("DEMONSTRATION DATA - INVENTED"));
	return export_write(cli->session, &order, cli->out, err);
}

static const struct option_spec export_options[] = {
	{ "format", OPTION_TEXT, "csv|json|ics|xlsx", N_("the form") },
	{ "unit", OPTION_TEXT, "U", N_("of this unit only: meetings, slots") },
	{ "from", OPTION_TEXT, "DATE", N_("the first day") },
	{ "to", OPTION_TEXT, "DATE", N_("the last day") },
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
