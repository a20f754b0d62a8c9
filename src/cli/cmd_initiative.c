#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/learning_rows.h"
#include "kutsu/service/learning.h"
#include "listing_internal.h"

#include <limits.h>

static bool read_initiative(struct cli *cli, struct initiative *initiative, struct error *err)
{
	int phenomenon = 0, status = INITIATIVE_PLANNED;

	*initiative = (struct initiative) { .title = given_text(cli, "title"),
		.text = given_text(cli, "text"),
		.pilot_area = given_text(cli, "area"),
		.owner = given_text(cli, "owner"),
		.from_day = session_today(cli->session),
		.until_day = DAY_LAST };
	initiative->partners = given_list(cli, "partner", &initiative->partner_count);
	if (!given_number(cli, "phenomenon", 1, INT_MAX, &phenomenon, err)
		|| !given_day(cli, "from", &initiative->from_day, err)
		|| !given_day(cli, "until", &initiative->until_day, err)
		|| !given_term(cli, "status", &initiative_status_terms, &status, err))
		return false;
	initiative->phenomenon_id = phenomenon;
	initiative->status = (enum initiative_status)status;
	return true;
}

static bool run_add(struct cli *cli, struct error *err)
{
	struct initiative initiative;

	if (!given_needed(cli, "title", err) || !given_needed(cli, "partner", err)
		|| !given_needed(cli, "area", err) || !given_needed(cli, "owner", err)
		|| !read_initiative(cli, &initiative, err)
		|| !initiative_add(cli->session, &initiative, err))
		return false;
	print_made(cli, "%lld", (long long)initiative.id);
	return true;
}

/* ---- Showing. ---- */

static void put_json(struct cli *cli, struct json_writer *json, const struct initiative *initiative)
{
	struct row row;

	json_open_object(json, NULL);
	row_init(&row, cli->arena);
	row_of_initiative(&row, initiative);
	json_row_values(json, &row);
	json_open_array(json, "step_list");
	for (size_t i = 0; i < initiative->step_count; i++) {
		row_init(&row, cli->arena);
		row_of_initiative_step(&row, &initiative->steps[i]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
	json_open_array(json, "feedback");
	for (size_t i = 0; i < initiative->feedback_count; i++) {
		row_init(&row, cli->arena);
		row_of_initiative_feedback(&row, &initiative->feedback[i]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
	json_close_object(json);
}

static void print_steps(struct cli *cli, const struct initiative *initiative)
{
	struct table table = { .arena = cli->arena, .columns = 3 };

	for (size_t i = 0; i < initiative->step_count; i++) {
		const struct initiative_step *step = &initiative->steps[i];
		char day[LOCALTEXT_SIZE] = "";

		if (step->due_day != DAY_LAST)
			local_day(step->due_day, day);
		table_add(&table,
			arena_printf(cli->arena, "  %s %lld",
				step->done_day == DAY_LAST ? "-" : "+", (long long)step->id),
			arena_text(cli->arena, day), step->what);
	}
	table_print(&table, cli->out);
}

static void print_initiative(struct cli *cli, const struct initiative *initiative)
{
	char from[LOCALTEXT_SIZE], until[LOCALTEXT_SIZE] = "";

	if (initiative->until_day != DAY_LAST)
		local_day(initiative->until_day, until);
	fprintf(cli->out, "%lld  %s (%s)\n  %s, %s, %s–%s\n  %s\n", (long long)initiative->id,
		initiative->title, term_label(&initiative_status_terms, (int)initiative->status),
		initiative->pilot_area, initiative->owner, local_day(initiative->from_day, from),
		until,
		arena_join(cli->arena, initiative->partners, initiative->partner_count, ", "));
	if (initiative->text)
		fprintf(cli->out, "  %s\n", initiative->text);
	print_steps(cli, initiative);
	for (size_t i = 0; i < initiative->feedback_count; i++) {
		const struct initiative_feedback *feedback = &initiative->feedback[i];

		fprintf(cli->out, "  %s %d/5: %s\n",
			feedback->is_of_families ? _("families") : _("workers"), feedback->value,
			feedback->text ? feedback->text : "");
	}
	fputc('\n', cli->out);
}

static bool run_list(struct cli *cli, struct error *err)
{
	struct initiative_list list;
	struct json_writer json;

	if (!initiative_list(cli->session, cli->arena, &list, err))
		return false;
	if (!cli->json) {
		for (size_t i = 0; i < list.count; i++)
			print_initiative(cli, &list.items[i]);
		return true;
	}
	json_begin(&json, cli->out);
	json_open_array(&json, NULL);
	for (size_t i = 0; i < list.count; i++)
		put_json(cli, &json, &list.items[i]);
	json_close_array(&json);
	json_end(&json);
	return true;
}

/* ---- Its progress. ---- */

static bool run_status(struct cli *cli, struct error *err)
{
	int status;
	int64_t id;

	if (!word_id(cli, 0, &id, err))
		return false;
	if (!term_parse(&initiative_status_terms, given_word(cli, 1), &status))
		return error_set(err, ERROR_INVALID, _("\"%.40s\" is none of %s"),
			given_word(cli, 1), "planned, under_way, done, ended");
	return initiative_set_status(cli->session, id, (enum initiative_status)status, err);
}

static bool run_step(struct cli *cli, struct error *err)
{
	int64_t id, step_id;
	int due = DAY_LAST;

	if (!word_id(cli, 0, &id, err) || !given_needed(cli, "what", err)
		|| !given_day(cli, "due", &due, err)
		|| !initiative_add_step(
			cli->session, id, given_text(cli, "what"), due, &step_id, err))
		return false;
	print_made(cli, "%lld", (long long)step_id);
	return true;
}

static bool run_done(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && initiative_step_done(cli->session, id, err);
}

static bool run_feedback(struct cli *cli, struct error *err)
{
	struct initiative_feedback feedback = { .is_of_families = given_flag(cli, "families"),
		.text = given_text(cli, "text") };
	int64_t id;

	return word_id(cli, 0, &id, err) && given_needed(cli, "value", err)
	       && given_number(cli, "value", 1, 5, &feedback.value, err)
	       && initiative_add_feedback(cli->session, id, &feedback, err);
}

static const struct option_spec add_options[] = {
	{ "title", OPTION_TEXT, "TEXT", N_("what it is, in one line") },
	{ "text", OPTION_TEXT, "TEXT", N_("what is agreed, in more words") },
	{ "partner", OPTION_EACH, "WHO", N_("who takes part; two at least") },
	{ "area", OPTION_TEXT, "AREA", N_("where it is tried") },
	{ "owner", OPTION_TEXT, "WHO", N_("who answers for it, a role title") },
	{ "from", OPTION_TEXT, "DATE", N_("the first day; today where it is not given") },
	{ "until", OPTION_TEXT, "DATE", N_("the last day") },
	{ "phenomenon", OPTION_TEXT, "P", N_("the phenomenon that it answers") },
	{ "status", OPTION_TEXT, "S", N_("planned, under_way, done or ended") },
	{ 0 },
};

static const struct option_spec step_options[] = {
	{ "what", OPTION_TEXT, "TEXT", N_("what is done") },
	{ "due", OPTION_TEXT, "DATE", N_("by then") },
	{ 0 },
};

static const struct option_spec feedback_options[] = {
	{ "value", OPTION_TEXT, "N", N_("1 to 5") },
	{ "text", OPTION_TEXT, "TEXT", N_("in their words") },
	{ "families", OPTION_FLAG, NULL, N_("families say it; else workers") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "add", "", N_("writes an initiative down"), add_options, NEEDS_SESSION, false, run_add },
	{ "list", "", N_("lists the initiatives with steps and feedback"), NULL, NEEDS_SESSION,
		true, run_list },
	{ "status", "INITIATIVE STATUS", N_("says how far it is"), NULL, NEEDS_SESSION, false,
		run_status },
	{ "step", "INITIATIVE", N_("adds a step"), step_options, NEEDS_SESSION, false, run_step },
	{ "done", "STEP", N_("marks a step done"), NULL, NEEDS_SESSION, false, run_done },
	{ "feedback", "INITIATIVE", N_("how it has gone, as workers or families say"),
		feedback_options, NEEDS_SESSION, false, run_feedback },
};

const struct command initiative_command = { "initiative", N_("what several try together"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
