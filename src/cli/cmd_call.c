#include "command_internal.h"

#include "kutsu/service/intake.h"

#define BIRTH_YEAR_LEAST 1900
#define BIRTH_YEAR_MOST	 2199

static void tell_what_was_kept(enum call_outcome outcome)
{
	if (outcome == OUTCOME_NOTIFICATION)
		fprintf(stderr, "%s\n",
			_("duty to notify: the caller makes the child welfare notification without "
			  "delay; "
			  "in an emergency call 112. Only source, time and outcome were kept."));
	else
		fprintf(stderr, "%s\n", _("the call was saved; it opened no case"));
}

static bool run_add(struct cli *cli, struct error *err)
{
	int source = 0, outcome = OUTCOME_MEETING;
	struct intake intake = {
		.caller = given_text(cli, "caller"),
		.concern = given_text(cli, "concern"),
		.child = given_text(cli, "child"),
		.municipality = given_text(cli, "municipality"),
		.phone = given_text(cli, "phone"),
		.email = given_text(cli, "email"),
		.language = given_text(cli, "language"),
		.interpreter = given_text(cli, "interpreter"),
		.case_code = given_text(cli, "case"),
		.nondisclosure = given_flag(cli, "non-disclosure"),
		.limits = family_limits_none(),
	};
	struct intake_result result;

	intake.adults = given_list(cli, "adult", &intake.adult_count);
	if (!given_needed(cli, "from", err) || !given_term(cli, "from", &source_terms, &source, err)
		|| !given_term(cli, "outcome", &outcome_terms, &outcome, err)
		|| !given_number(cli, "birth-year", BIRTH_YEAR_LEAST, BIRTH_YEAR_MOST,
			&intake.birth_year, err))
		return false;
	if (outcome == OUTCOME_MEETING
		&& (!given_needed(cli, "caller", err) || !given_needed(cli, "concern", err)))
		return false;
	intake.source = (enum call_source)source;
	intake.outcome = (enum call_outcome)outcome;
	if (!intake_take(cli->session, &intake, &result, err))
		return false;
	if (*result.case_code)
		print_made(cli, "%s", result.case_code);
	else
		tell_what_was_kept(intake.outcome);
	return true;
}

static const struct option_spec add_options[] = {
	{ "from", OPTION_TEXT, "SOURCE",
		N_("family young_person early_education school health social adult_services ngo "
		   "other") },
	{ "caller", OPTION_TEXT, "WHO", N_("who calls, by role") },
	{ "email", OPTION_TEXT, "ADDRESS", N_("the family's, for its invitation") },
	{ "concern", OPTION_TEXT, "TEXT", N_("the concern, in the caller's words") },
	{ "child", OPTION_TEXT, "NAME", N_("initials or a first name") },
	{ "birth-year", OPTION_TEXT, "Y", N_("the child's") },
	{ "municipality", OPTION_TEXT, "M", N_("the child's") },
	{ "phone", OPTION_TEXT, "P", N_("the caller's") },
	{ "adult", OPTION_EACH, "WHO", N_("an everyday adult; may be given again") },
	{ "language", OPTION_TEXT, "CODE", N_("the family's language, as in sv") },
	{ "interpreter", OPTION_TEXT, "CODE", N_("the interpreter's language, as in ar") },
	{ "non-disclosure", OPTION_FLAG, NULL, N_("the family has a non-disclosure order") },
	{ "case", OPTION_TEXT, "CASE", N_("adds the call to this open case") },
	{ "outcome", OPTION_TEXT, "OUTCOME", N_("meeting advice discussion notification") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "add", "", N_("takes a call; prints the case's code"), add_options, NEEDS_SESSION, false,
		run_add },
};

const struct command call_command = { "call", N_("calls"), COMMAND_BY_ENTRANCE, VERBS(verbs) };
