#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/retention.h"

static const char *const *codes_of(
	struct cli *cli, const struct purge_report *report, bool unexported_only, size_t *count)
{
	const char **codes = arena_new(cli->arena, (report->cases.count + 1) * sizeof(*codes));

	*count = 0;
	for (size_t i = 0; i < report->cases.count; i++) {
		if (!unexported_only || !report->cases.items[i].was_exported)
			codes[(*count)++] = report->cases.items[i].code;
	}
	return codes;
}

static void print_json(struct cli *cli, const struct purge_report *report, bool dry_run)
{
	struct json_writer json;
	const char *const *codes;
	struct row row;
	size_t count;

	row_init(&row, cli->arena);
	row_add_boolean(&row, "dry_run", dry_run);
	row_add_integer(&row, "retention_months", report->months);
	row_add_day(&row, "closed_before", report->before_day);
	row_add_integer(&row, "count", (int64_t)report->cases.count);
	codes = codes_of(cli, report, false, &count);
	row_add_list(&row, "cases", codes, count);
	codes = codes_of(cli, report, true, &count);
	row_add_list(&row, "not_exported", codes, count);
	row_add_integer(&row, "calls", report->calls);
	row_add_integer(&row, "drafts", report->drafts);
	row_add_boolean(&row, "complete", report->is_complete);
	json_begin(&json, cli->out);
	json_row(&json, NULL, &row);
	json_end(&json);
}

static void print_text(struct cli *cli, const struct purge_report *report, bool dry_run)
{
	char day[LOCALTEXT_SIZE];
	const char *const *codes;
	size_t count;

	fprintf(cli->out, _("closed before %s (retention %d months)\n"),
		local_day(report->before_day, day), report->months);
	fprintf(cli->out,
		dry_run ? _("would be purged: %zu cases, %d calls, %d drafts\n")
			: _("purged: %zu cases, %d calls, %d drafts\n"),
		report->cases.count, report->calls, report->drafts);
	codes = codes_of(cli, report, false, &count);
	for (size_t i = 0; i < count; i++)
		fprintf(cli->out, "%s\n", codes[i]);
	codes = codes_of(cli, report, true, &count);
	if (count)
		fprintf(stderr, _("never exported for the official record: %s\n"),
			arena_join(cli->arena, codes, count, ", "));
	if (!report->is_complete)
		fprintf(stderr, "%s\n",
			_("others hindered clearing the files of what was purged; purge again"));
}

static bool run_purge(struct cli *cli, struct error *err)
{
	bool dry_run = given_flag(cli, "dry-run");
	struct purge_report report;

	if (!retention_purge(cli->session, dry_run, cli->arena, &report, err))
		return false;
	if (cli->json)
		print_json(cli, &report, dry_run);
	else
		print_text(cli, &report, dry_run);
	return true;
}

static const struct option_spec options[] = {
	{ "dry-run", OPTION_FLAG, NULL, N_("only tells what would be purged") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ NULL, "", N_("takes names, numbers and texts out of cases closed long ago"), options,
		NEEDS_SESSION, true, run_purge },
};

const struct command purge_command = { "purge", N_("the end of retention"), COMMAND_BY_ENTRANCE,
	VERBS(verbs) };
