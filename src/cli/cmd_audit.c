#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/audit.h"
#include "listing_internal.h"

#include <string.h>

static const char *moment_text(struct cli *cli, int64_t moment)
{
	struct wall_time wall = zone_to_wall(moment);
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];

	return arena_printf(
		cli->arena, "%s %s", local_day(wall.day, day), local_clock(wall.minute, clock));
}

/* "koord-1 (kutsu, 10.1.2.3)": as whom, whose process, from where. */
static const char *who_text(struct cli *cli, const struct log_row *row)
{
	bool is_other = strcmp(row->login, row->account) != 0;

	if (!is_other && !row->origin)
		return arena_text(cli->arena, row->login);
	return arena_printf(cli->arena, "%s (%s%s%s)", row->login, is_other ? row->account : "",
		is_other && row->origin ? ", " : "", row->origin ? row->origin : "");
}

static const char *what_text(struct cli *cli, const struct log_row *row)
{
	return arena_printf(cli->arena, "%s%s%s%s%s", row->is_refused ? _("REFUSED: ") : "",
		use_case_label(row->use_case), row->detail ? " " : "",
		row->detail ? row->detail : "", row->clock_fixed ? _(" (clock set by hand)") : "");
}

static const char *why_text(struct cli *cli, const struct log_row *row)
{
	const char *parts[3];
	size_t count = 0;

	if (row->basis)
		parts[count++] = row->basis;
	if (row->recipient)
		parts[count++] = row->recipient;
	if (row->reason)
		parts[count++] = row->reason;
	return arena_join(cli->arena, parts, count, "; ");
}

/* Row by row: the log of years is not gathered in memory. */
static bool list_one(void *context, const struct log_row *log_row, struct error *err)
{
	struct listing *listing = context;
	struct cli *cli = listing->cli;
	struct row row;

	(void)err;
	if (cli->json) {
		row_init(&row, cli->arena);
		row_of_log_row(&row, log_row);
		listing_row(listing, &row);
	} else {
		fprintf(cli->out, "%lld  %s  %s  %s  %s  %s\n", (long long)log_row->id,
			moment_text(cli, log_row->at), who_text(cli, log_row),
			what_text(cli, log_row), log_row->case_code ? log_row->case_code : "",
			why_text(cli, log_row));
	}
	arena_reset(cli->arena);
	return true;
}

static bool run_list(struct cli *cli, struct error *err)
{
	struct audit_query query = { .login = given_text(cli, "user"),
		.case_code = given_text(cli, "case"),
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST };
	struct arena rows = { 0 };
	struct cli each = *cli;
	struct listing listing;
	bool ok;

	if (!given_day(cli, "from", &query.from_day, err)
		|| !given_day(cli, "to", &query.until_day, err))
		return false;
	each.arena = &rows;
	listing_begin(&listing, &each, 1);
	ok = audit_each(cli->session, LOOK_NEW, &query, list_one, &listing, err);
	if (ok)
		listing_end(&listing);
	arena_release(&rows);
	return ok;
}

static void print_report(struct cli *cli, const char *code, const struct log_list *list)
{
	struct table table = { .arena = cli->arena, .columns = 5 };

	fprintf(cli->out, _("Log report of case %s, %s\n\n"), code,
		moment_text(cli, session_now(cli->session)));
	table_add(&table, _("when"), _("who"), _("role"), _("what"), _("basis, to whom, why"));
	for (size_t i = 0; i < list->count; i++) {
		const struct log_row *row = &list->items[i];
		int role;

		table_add(&table, moment_text(cli, row->at), who_text(cli, row),
			row->role && term_parse(&role_terms, row->role, &role)
				? term_label(&role_terms, role)
				: "",
			what_text(cli, row), why_text(cli, row));
	}
	table_print(&table, cli->out);
	fprintf(cli->out, "\n%s\n",
		_("What was given out of all cases at once, exports and backups, stands in the "
		  "whole "
		  "log: kutsu audit list."));
}

static bool run_case(struct cli *cli, struct error *err)
{
	struct listing listing;
	struct log_list list;

	if (!audit_case(cli->session, given_word(cli, 0), given_text(cli, "reason"), cli->arena,
		    &list, err))
		return false;
	if (!cli->json) {
		print_report(cli, given_word(cli, 0), &list);
		return true;
	}
	listing_begin(&listing, cli, 1);
	for (size_t i = 0; i < list.count; i++) {
		struct row row;

		row_init(&row, cli->arena);
		row_of_log_row(&row, &list.items[i]);
		listing_row(&listing, &row);
	}
	listing_end(&listing);
	return true;
}

static bool read_seal(
	struct cli *cli, struct log_seal *seal, struct log_seal **given, struct error *err)
{
	const char *text = given_text(cli, "seal");

	*given = NULL;
	if (!text)
		return true;
	if (!log_seal_parse(text, seal))
		return error_set(err, ERROR_INVALID,
			_("--seal: that is no seal; give the line that \"kutsu audit seal\" "
			  "printed"));
	*given = seal;
	return true;
}

static bool run_verify(struct cli *cli, struct error *err)
{
	struct log_seal seal, *given;
	struct audit_report report;

	if (!read_seal(cli, &seal, &given, err)
		|| !audit_verify(cli->session, given, cli->arena, &report, err))
		return false;
	for (size_t i = 0; i < report.findings.count; i++)
		fprintf(cli->out, "%s\n",
			audit_finding_text(&report.findings.items[i], cli->arena));
	if (report.findings.has_more)
		fprintf(cli->out, "%s\n", _("... and more"));
	if (report.findings.count)
		return error_set(err, ERROR_DATABASE,
			_("the log is not as kutsu wrote it; keep the file and find out who had "
			  "it"));
	fprintf(cli->out, _("the log is whole: %lld rows\n"), (long long)report.rows);
	return true;
}

static bool run_seal(struct cli *cli, struct error *err)
{
	char text[LOG_SEAL_TEXT_SIZE];
	struct log_seal seal;

	if (!audit_seal(cli->session, &seal, err))
		return false;
	fprintf(cli->out, "%s\n", log_seal_format(&seal, text));
	return true;
}

static const struct option_spec list_options[] = {
	{ "user", OPTION_TEXT, "LOGIN", N_("of this user only") },
	{ "case", OPTION_TEXT, "CASE", N_("of this case only") },
	{ "from", OPTION_TEXT, "DATE", N_("the first day") },
	{ "to", OPTION_TEXT, "DATE", N_("the last day") },
	{ 0 },
};

static const struct option_spec case_options[] = {
	{ "reason", OPTION_TEXT, "TEXT", N_("the special reason for rows older than two years") },
	{ 0 },
};

static const struct option_spec verify_options[] = {
	{ "seal", OPTION_TEXT, "SEAL", N_("the seal that was kept elsewhere") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "list", "", N_("lists who looked at or changed what"), list_options, NEEDS_SESSION, true,
		run_list },
	{ "case", "CASE", N_("the log report a client may ask for"), case_options, NEEDS_SESSION,
		true, run_case },
	{ "verify", "", N_("finds rows that were changed, removed, inserted or moved"),
		verify_options, NEEDS_SESSION, false, run_verify },
	{ "seal", "", N_("prints the log's seal, to be kept elsewhere"), NULL, NEEDS_SESSION, false,
		run_seal },
};

const struct command audit_command = { "audit", N_("the access log"), COMMAND_BY_ENTRANCE,
	VERBS(verbs) };
