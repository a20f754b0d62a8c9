#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/retention.h"
#include "listing_internal.h"

#include <string.h>

static bool run_list(struct cli *cli, struct error *err)
{
	struct case_filter filter = { .open_only = given_flag(cli, "open"),
		.search = given_text(cli, "search") };
	struct listing listing;
	struct case_list list;

	if (!case_list(cli->session, LOOK_NEW, &filter, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 4);
	for (size_t i = 0; i < list.count; i++) {
		const struct case_ref *c = &list.items[i];
		char day[LOCALTEXT_SIZE];
		struct row row;

		row_init(&row, cli->arena);
		row_of_case(&row, c);
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, c->code,
			arena_text(cli->arena, local_day(zone_to_wall(c->opened_at).day, day)),
			term_label(&case_status_terms, (int)c->status), case_shown_municipality(c));
	}
	listing_end(&listing);
	return true;
}

static void put_rows(struct cli *cli, struct json_writer *json, const struct case_view *view)
{
	struct row row;

	json_open_array(json, "calls");
	for (size_t i = 0; i < view->calls.count; i++) {
		row_init(&row, cli->arena);
		row_of_call(&row, &view->calls.items[i]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
	json_open_array(json, "consents");
	for (size_t i = 0; i < view->consents.count; i++) {
		row_init(&row, cli->arena);
		row_of_consent(&row, &view->consents.items[i]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
	json_open_array(json, "meetings");
	for (size_t i = 0; i < view->meetings.count; i++) {
		row_init(&row, cli->arena);
		row_of_meeting(&row, &view->meetings.items[i]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void print_json(struct cli *cli, const struct case_view *view)
{
	struct json_writer json;
	struct row row;

	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	row_init(&row, cli->arena);
	row_of_case(&row, &view->case_ref);
	row_add_text(&row, "email", view->case_ref.email);
	row_add_list(&row, "needed_units", view->needed_units, view->needed_unit_count);
	json_row_values(&json, &row);
	put_rows(cli, &json, view);
	json_close_object(&json);
	json_end(&json);
}

static const char *moment_text(struct cli *cli, int64_t moment)
{
	struct wall_time wall = zone_to_wall(moment);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];

	return arena_printf(cli->arena, "%s %s", local_weekday_day(wall.day, day),
		local_clock(wall.minute, clock));
}

/* What was said is gone once the retention time has passed; that there was a call stays. */
static const char *call_text(struct cli *cli, const struct call *call)
{
	return arena_printf(cli->arena, "%s%s%s%s%s", moment_text(cli, call->received_at),
		call->caller ? ", " : "", call->caller ? call->caller : "",
		call->concern ? ": " : "", call->concern ? call->concern : "");
}

static const char *meeting_text(struct cli *cli, const struct meeting *meeting)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	return arena_printf(cli->arena, "%lld  %s %s  %s  %s", (long long)meeting->id,
		local_weekday_day(meeting->day, day),
		local_clock_span(meeting->start, meeting->end, span),
		term_label(&meeting_status_terms, (int)meeting->status),
		arena_join(cli->arena, meeting->units, meeting->unit_count, ", "));
}

static void print_text(struct cli *cli, const struct case_view *view)
{
	const struct case_ref *c = &view->case_ref;
	struct table table = { .arena = cli->arena, .columns = 2 };

	table_add(&table, _("case"), c->code);
	table_add(&table, _("opened"), moment_text(cli, c->opened_at));
	table_add(&table, _("status"), term_label(&case_status_terms, (int)c->status));
	if (c->closed_reason && *c->closed_reason)
		table_add(&table, _("closed because"), c->closed_reason);
	table_add(&table, _("child"), c->child);
	table_add(&table, _("birth year"),
		c->birth_year ? arena_printf(cli->arena, "%d", c->birth_year) : "");
	table_add(&table, _("municipality"),
		c->nondisclosure ? _("(non-disclosure order)") : c->municipality);
	if (c->email)
		table_add(&table, _("e-mail"), c->email);
	table_add(&table, _("everyday adults"),
		arena_join(cli->arena, c->adults, c->adult_count, ", "));
	table_add(&table, _("needed units"),
		arena_join(cli->arena, view->needed_units, view->needed_unit_count, ", "));
	for (size_t i = 0; i < view->calls.count; i++)
		table_add(&table, _("call"), call_text(cli, &view->calls.items[i]));
	for (size_t i = 0; i < view->consents.count; i++) {
		const struct consent *consent = &view->consents.items[i];

		table_add(&table, consent->withdrawn_at ? _("consent withdrawn") : _("consent"),
			arena_printf(cli->arena, "%s%s%s", consent->unit,
				*consent->given_by ? ": " : "", consent->given_by));
	}
	for (size_t i = 0; i < view->meetings.count; i++)
		table_add(&table, _("meeting"), meeting_text(cli, &view->meetings.items[i]));
	table_print(&table, cli->out);
}

static bool run_show(struct cli *cli, struct error *err)
{
	struct case_view view;

	if (!case_look(cli->session, LOOK_NEW, given_word(cli, 0), cli->arena, &view, err))
		return false;
	if (cli->json)
		print_json(cli, &view);
	else
		print_text(cli, &view);
	return true;
}

static bool run_export(struct cli *cli, struct error *err)
{
	struct disclosure disclosure = given_disclosure(cli);
	const char *format = given_text(cli, "format");
	bool is_json = cli->json || (format && strcmp(format, "json") == 0);
	int sector = MEMO_ALL_SECTORS;
	struct memo memo;

	if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
		return error_set(err, ERROR_INVALID, _("--format: \"%.40s\" is none of %s"), format,
			"text, json");
	if (!given_term(cli, "sector", &sector_terms, &sector, err)
		|| !case_memo(cli->session, given_word(cli, 0), sector, &disclosure, cli->arena,
			&memo, err))
		return false;
	if (is_json)
		memo_write_json(cli->out, &memo, sector);
	else
		memo_write_text(cli->out, &memo, sector);
	return true;
}

static bool run_close(struct cli *cli, struct error *err)
{
	return given_needed(cli, "reason", err)
	       && case_close(cli->session, given_word(cli, 0), given_text(cli, "reason"), err);
}

static const struct option_spec list_options[] = {
	{ "open", OPTION_FLAG, NULL, N_("open ones only") },
	{ "search", OPTION_TEXT, "TEXT",
		N_("words that begin a word of the code, child, caller, municipality or concern") },
	{ 0 },
};

static const struct option_spec export_options[] = {
	{ "format", OPTION_TEXT, "text|json", N_("the form") },
	{ "sector", OPTION_TEXT, "SECTOR", N_("the extract for that sector's record only") },
	{ "basis", OPTION_TEXT, "TEXT", N_("by which right it is given out, for the log") },
	{ "recipient", OPTION_TEXT, "TEXT", N_("to whom it is given, for the log") },
	{ "reason", OPTION_TEXT, "TEXT", N_("why, for the log") },
	{ 0 },
};

static const struct option_spec close_options[] = {
	{ "reason", OPTION_TEXT, "TEXT", N_("why it is closed") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "list", "", N_("lists cases, newest first"), list_options, NEEDS_SESSION, true,
		run_list },
	{ "show", "CASE", N_("shows all that is known of a case; the log tells of it"), NULL,
		NEEDS_SESSION, true, run_show },
	{ "export", "CASE", N_("writes the memo for the official client record"), export_options,
		NEEDS_SESSION, true, run_export },
	{ "close", "CASE", N_("closes a case"), close_options, NEEDS_SESSION, false, run_close },
};

const struct command case_command = { "case", N_("cases"), COMMAND_BY_ENTRANCE, VERBS(verbs) };
