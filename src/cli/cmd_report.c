#include "command_internal.h"

#include "goal_internal.h"
#include "kutsu/format/agenda_writer.h"
#include "kutsu/format/report_html.h"
#include "kutsu/format/report_json.h"
#include "kutsu/format/report_text.h"
#include "kutsu/format/report_xlsx.h"
#include "kutsu/service/leadership.h"
#include "kutsu/service/monthly.h"
#include "listing_internal.h"
#include "report_internal.h"

#include <string.h>

void report_add_figure(struct row *row, const char *key, int figure)
{
	if (figure == FIGURE_HIDDEN || figure == FIGURE_NONE)
		row_add_null(row, key);
	else
		row_add_integer(row, key, figure);
}

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_HTML, REPORT_XLSX, REPORT_FORMATS };

static bool given_format(struct cli *cli, enum report_format *format, struct error *err)
{
	static const char *const names[REPORT_FORMATS] = { "text", "json", "html", "xlsx" };
	const char *word = given_text(cli, "format");

	*format = cli->json ? REPORT_JSON : REPORT_TEXT;
	if (!word)
		return true;
	for (int i = 0; i < REPORT_FORMATS; i++) {
		if (strcmp(names[i], word) == 0) {
			*format = (enum report_format)i;
			return true;
		}
	}
	return error_set(err, ERROR_INVALID, _("--format: \"%.40s\" is none of %s"), word,
		"text, json, html, xlsx");
}

static bool print_report(struct cli *cli, enum report_format format,
	const struct monthly_report *report, struct error *err)
{
	struct json_writer json;

	switch (format) {
	case REPORT_JSON:
		json_begin(&json, cli->out);
		report_json_write(&json, NULL, report);
		json_end(&json);
		return true;
	case REPORT_HTML:
		report_write_html(cli->out, report);
		return true;
	case REPORT_XLSX:
		return report_write_xlsx(cli->out, report, session_now(cli->session), err);
	default:
		report_write_text(cli->out, report);
		return true;
	}
}

static bool word_month(struct cli *cli, struct month *month, struct error *err)
{
	const char *word = given_word(cli, 0);

	return month_parse(word, month)
	       || error_set(err, ERROR_INVALID, _("\"%.40s\" is no month; write it as in 2026-11"),
		       word);
}

static bool run_month(struct cli *cli, struct error *err)
{
	struct monthly_report report;
	enum report_format format;
	struct month month;

	return word_month(cli, &month, err) && given_format(cli, &format, err)
	       && report_look(cli->session, LOOK_NEW, month, given_flag(cli, "full"), cli->arena,
		       &report, err)
	       && print_report(cli, format, &report, err);
}

static bool run_accept(struct cli *cli, struct error *err)
{
	struct month month;

	return word_month(cli, &month, err) && report_accept(cli->session, month, err);
}

/* The month of --month, else the last one that is over. */
static bool agenda_month(struct cli *cli, struct month *month, struct error *err)
{
	const char *word = given_text(cli, "month");

	*month = month_add(day_month(session_today(cli->session)), -1);
	return !word || month_parse(word, month)
	       || error_set(err, ERROR_INVALID, _("\"%.40s\" is no month; write it as in 2026-11"),
		       word);
}

static bool run_agenda(struct cli *cli, struct error *err)
{
	struct leadership_agenda agenda;
	enum report_format format;
	struct month month;

	if (!agenda_month(cli, &month, err) || !given_format(cli, &format, err))
		return false;
	if (format == REPORT_XLSX)
		return error_set(err, ERROR_INVALID, _("--format: \"%.40s\" is none of %s"), "xlsx",
			"text, json, html");
	if (!leadership_agenda_look(cli->session, month, cli->arena, &agenda, err))
		return false;
	if (format == REPORT_JSON)
		agenda_write_json(cli->out, &agenda);
	else if (format == REPORT_HTML)
		agenda_write_html(cli->out, &agenda);
	else
		agenda_write_text(cli->out, &agenda);
	return true;
}

/* ---- Goals. ---- */

static bool run_goal(struct cli *cli, struct error *err)
{
	const char *word = given_word(cli, 1);
	enum indicator indicator;
	int64_t goal = GOAL_NONE;

	if (!indicator_parse(given_word(cli, 0), &indicator))
		return error_set(err, ERROR_NOT_FOUND,
			_("there is no indicator %.40s; see \"kutsu report indicators\""),
			given_word(cli, 0));
	return (strcmp(word, "none") == 0 || parse_goal(word, &goal, err))
	       && goal_set(cli->session, indicator, goal, err);
}

static bool run_indicators(struct cli *cli, struct error *err)
{
	struct listing listing;

	(void)err;
	listing_begin(&listing, cli, 3);
	for (int i = 0; i < INDICATORS; i++) {
		enum indicator indicator = (enum indicator)i;
		struct row row;

		row_init(&row, cli->arena);
		row_add_text(&row, "indicator", indicator_code(indicator));
		row_add_text(&row, "label", indicator_label(indicator));
		row_add_text(&row, "condition", condition_code(indicator_condition(indicator)));
		row_add_text(&row, "kind", indicator_kind_code(indicator_kind(indicator)));
		row_add_text(&row, "definition", indicator_definition(indicator));
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, indicator_code(indicator), indicator_label(indicator),
			indicator_definition(indicator));
	}
	listing_end(&listing);
	return true;
}

static const struct option_spec month_options[] = {
	{ "format", OPTION_TEXT, "FORMAT", N_("text, json, html or xlsx") },
	{ "full", OPTION_FLAG, NULL, N_("small figures too; the log tells of it") },
	{ 0 },
};

static const struct option_spec agenda_options[] = {
	{ "month", OPTION_TEXT, "MONTH", N_("whose report is in it; the last one that is over") },
	{ "format", OPTION_TEXT, "FORMAT", N_("text, json or html") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "month", "MONTH", N_("the month's report: figures only"), month_options, NEEDS_SESSION,
		true, run_month },
	{ "accept", "MONTH", N_("the leadership group accepts it: from now on it stays as it is"),
		NULL, NEEDS_SESSION, false, run_accept },
	{ "agenda", "", N_("what lies before the leadership group's next meeting, in one pack"),
		agenda_options, NEEDS_SESSION, true, run_agenda },
	{ "goal", "INDICATOR GOAL", N_("sets what an indicator is to reach; none takes it away"),
		NULL, NEEDS_SESSION, false, run_goal },
	{ "indicators", "", N_("lists what the report counts, with definitions"), NULL,
		NEEDS_NOTHING, true, run_indicators },
	{ "capacity", "", N_("whether the units' promises are enough: hours, searches, units"),
		capacity_options, NEEDS_SESSION, true, run_capacity },
	{ "what-if", "", N_("who would have met earlier with one hole more"), what_if_options,
		NEEDS_SESSION, true, run_what_if },
	{ "advice", "", N_("the holes more that would help most"), advice_options, NEEDS_SESSION,
		true, run_advice },
};

const struct command report_command = { "report", N_("what happened, in figures"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
