#include "command_internal.h"

#include "kutsu/format/json_writer.h"
#include "kutsu/service/recovery.h"

static const char *kind_code(enum check_kind kind)
{
	static const char *const codes[] = {
		[CHECK_DAMAGE] = "damage",
		[CHECK_LOG] = "log",
		[CHECK_ROWS] = "rows",
		[CHECK_ROOM] = "room",
	};

	return codes[kind];
}

struct checking {
	struct cli *cli;
	struct json_writer json;
};

static bool tell(void *context, const struct check_problem *problem, struct error *err)
{
	struct checking *checking = context;
	struct cli *cli = checking->cli;
	struct arena arena = { 0 };
	struct row row;

	(void)err;
	if (cli->json) {
		row_init(&row, &arena);
		row_add_text(&row, "kind", kind_code(problem->kind));
		row_add_text(&row, "text", problem->text);
		json_row(&checking->json, NULL, &row);
	} else {
		fprintf(cli->out, "%s\n", problem->text);
	}
	arena_release(&arena);
	return true;
}

static bool run_check(struct cli *cli, struct error *err)
{
	const struct cli_options *options = cli->options;
	struct checking checking = { .cli = cli };
	int64_t problems;

	if (cli->json) {
		json_begin(&checking.json, cli->out);
		json_open_array(&checking.json, NULL);
	}
	if (!recovery_check(options->database, options->clock, &options->identity, tell, &checking,
		    &problems, err))
		return false;
	if (cli->json) {
		json_close_array(&checking.json);
		json_end(&checking.json);
	}
	if (problems)
		return error_set(err, ERROR_DATABASE,
			P_("%lld problem was found; keep the file and a backup of it",
				"%lld problems were found; keep the file and a backup of it",
				(long)problems),
			(long long)problems);
	if (!cli->json)
		fprintf(cli->out, "%s\n", _("the database is sound"));
	return true;
}

static const struct verb verbs[] = {
	{ NULL, "", N_("reads all of the database and tells what is wrong with it"), NULL,
		NEEDS_NOTHING, true, run_check },
};

const struct command check_command = { "check", N_("whether the database is sound"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
