#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/figures.h"
#include "report_internal.h"
#include "table_internal.h"

void report_add_figure(struct row *row, const char *key, int figure)
{
	if (figure == FIGURE_HIDDEN || figure == FIGURE_NONE)
		row_add_null(row, key);
	else
		row_add_integer(row, key, figure);
}

static void put_terms(struct cli *cli, struct json_writer *json, const char *key,
	const struct term_list *terms, const int *counts)
{
	struct row row;

	row_init(&row, cli->arena);
	for (int i = 0; i < terms->count; i++)
		report_add_figure(&row, term_code(terms, i), counts[i]);
	json_row(json, key, &row);
}

static void put_calls(struct cli *cli, struct json_writer *json, const struct call_figures *calls)
{
	struct row row;

	json_open_object(json, "calls");
	row_init(&row, cli->arena);
	report_add_figure(&row, "total", calls->total);
	report_add_figure(&row, "needing_meeting", calls->by_outcome[OUTCOME_MEETING]);
	json_row_values(json, &row);
	put_terms(cli, json, "by_source", &source_terms, calls->by_source);
	put_terms(cli, json, "by_outcome", &outcome_terms, calls->by_outcome);
	json_close_object(json);
}

static void put_delays(
	struct cli *cli, struct json_writer *json, const struct delay_figures *delays)
{
	struct row row;

	row_init(&row, cli->arena);
	report_add_figure(&row, "n", delays->meetings);
	report_add_figure(&row, "median", delays->median);
	report_add_figure(&row, "p90", delays->p90);
	report_add_figure(&row, "max", delays->longest);
	report_add_figure(&row, "within_7", delays->within_7);
	report_add_figure(&row, "within_14", delays->within_14);
	json_row(json, "delay_days", &row);
}

static void print_json(struct cli *cli, const struct month_figures *figures)
{
	char month[DAY_TEXT_SIZE];
	struct json_writer json;
	struct row row;

	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	row_init(&row, cli->arena);
	row_add_text(&row, "month", month_format_iso(figures->month, month));
	json_row_values(&json, &row);
	put_calls(cli, &json, &figures->calls);
	put_delays(cli, &json, &figures->delays);
	json_close_object(&json);
	json_end(&json);
}

static void add_line(struct table *table, const char *indent, const char *label, int figure)
{
	char text[FIGURE_TEXT_SIZE];

	table_add(table, arena_printf(table->arena, "%s%s", indent, label),
		arena_printf(table->arena, "%5s", figure_format(figure, text)));
}

static void add_terms(
	struct table *table, const char *title, const struct term_list *terms, const int *counts)
{
	table_add(table, title, "");
	for (int i = 0; i < terms->count; i++)
		add_line(table, "  ", term_label(terms, i), counts[i]);
}

static void add_delays(struct table *table, const struct delay_figures *delays)
{
	table_add(table, _("days to the first meeting"), "");
	add_line(table, "  ", _("families with a meeting"), delays->meetings);
	add_line(table, "  ", _("half met within (median)"), delays->median);
	add_line(table, "  ", _("nine of ten met within"), delays->p90);
	add_line(table, "  ", _("the longest wait"), delays->longest);
	add_line(table, "  ", _("met within 7 days"), delays->within_7);
	add_line(table, "  ", _("met within 14 days"), delays->within_14);
}

static void print_text(struct cli *cli, const struct month_figures *figures)
{
	struct table table = { .arena = cli->arena, .columns = 2 };
	char month[LOCALTEXT_SIZE];

	fprintf(cli->out, "%s\n\n", local_month(figures->month, month));
	add_line(&table, "", _("calls"), figures->calls.total);
	add_terms(&table, _("who called"), &source_terms, figures->calls.by_source);
	add_terms(&table, _("led to"), &outcome_terms, figures->calls.by_outcome);
	add_delays(&table, &figures->delays);
	table_print(&table, cli->out);
	if (!figures->is_full)
		fprintf(cli->out, "\n%s\n",
			_(".. is not shown: fewer than 5 (<5), or it would tell of fewer than 5"));
}

static bool run_month(struct cli *cli, struct error *err)
{
	const char *word = given_word(cli, 0);
	struct month_figures figures;
	struct month month;

	if (!month_parse(word, &month))
		return error_set(err, ERROR_INVALID,
			_("\"%.40s\" is no month; write it as in 2026-11"), word);
	if (!figures_look(cli->session, LOOK_NEW, month, given_flag(cli, "full"), &figures, err))
		return false;
	if (cli->json)
		print_json(cli, &figures);
	else
		print_text(cli, &figures);
	return true;
}

static const struct option_spec month_options[] = {
	{ "full", OPTION_FLAG, NULL, N_("small figures too; the log tells of it") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "month", "MONTH", N_("a month's calls, and how long families waited; figures only"),
		month_options, NEEDS_SESSION, true, run_month },
	{ "capacity", "", N_("whether the units' promises are enough: hours, searches, units"),
		capacity_options, NEEDS_SESSION, true, run_capacity },
	{ "what-if", "", N_("who would have met earlier with one hole more"), what_if_options,
		NEEDS_SESSION, true, run_what_if },
	{ "advice", "", N_("the holes more that would help most"), advice_options, NEEDS_SESSION,
		true, run_advice },
};

const struct command report_command = { "report", N_("what happened, in figures"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
