#include "command_internal.h"

#include "kutsu/service/casework.h"

static bool run_give(struct cli *cli, struct error *err)
{
	size_t count;
	const char *const *units = given_list(cli, "unit", &count);

	return given_needed(cli, "unit", err) && given_needed(cli, "by", err)
	       && consent_give(cli->session, given_word(cli, 0), units, count,
		       given_text(cli, "by"), given_text(cli, "how"), err);
}

static bool run_withdraw(struct cli *cli, struct error *err)
{
	size_t count;
	const char *const *units = given_list(cli, "unit", &count);

	return given_needed(cli, "unit", err)
	       && consent_withdraw(cli->session, given_word(cli, 0), units, count, err);
}

static const struct option_spec give_options[] = {
	{ "unit", OPTION_MANY, "U", N_("to whom the family's matter may be told") },
	{ "by", OPTION_TEXT, "TEXT", N_("who gives it, as in \"guardian\"") },
	{ "how", OPTION_TEXT, "TEXT", N_("in writing, by phone") },
	{ 0 },
};

static const struct option_spec withdraw_options[] = {
	{ "unit", OPTION_MANY, "U", N_("for which units") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "give", "CASE", N_("records a consent"), give_options, NEEDS_SESSION, false, run_give },
	{ "withdraw", "CASE", N_("records that it was withdrawn"), withdraw_options, NEEDS_SESSION,
		false, run_withdraw },
};

const struct command consent_command = { "consent", N_("consents"), COMMAND_BY_ENTRANCE,
	VERBS(verbs) };
