#include "command_internal.h"

#include "kutsu/service/recovery.h"
#include "listing_internal.h"

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

static bool tell(void *context, const struct check_problem *problem, struct error *err)
{
	struct listing *listing = context;
	struct cli *cli = listing->cli;
	struct arena arena = { 0 };
	struct row row;

	(void)err;
	if (cli->json) {
		row_init(&row, &arena);
		row_add_text(&row, "kind", kind_code(problem->kind));
		row_add_text(&row, "text", problem->text);
		listing_row(listing, &row);
	} else {
		fprintf(cli->out, "%s\n", problem->text);
	}
	arena_release(&arena);
	return true;
}

static bool run_check(struct cli *cli, struct error *err)
{
	const struct cli_options *options = cli->options;
	struct listing listing;
	int64_t problems;

	listing_begin(&listing, cli, 1);
	if (!recovery_check(options->database, options->clock, &options->identity, tell, &listing,
		    &problems, err))
		return false;
	listing_end(&listing);
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
