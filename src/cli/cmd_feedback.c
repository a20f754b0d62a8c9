#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/domain/figures.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/feedback_reader.h"
#include "kutsu/format/record_reader.h"
#include "kutsu/service/feedback.h"
#include "listing_internal.h"

#include <limits.h>

/* The month of --month, else this one. */
static bool given_month(struct cli *cli, struct month *month, struct error *err)
{
	const char *word = given_text(cli, "month");

	*month = day_month(session_today(cli->session));
	return !word || month_parse(word, month)
	       || error_set(err, ERROR_INVALID, _("\"%.40s\" is no month; write it as in 2026-11"),
		       word);
}

/* ---- Forms. ---- */

static void put_form(struct cli *cli, struct json_writer *json, const struct feedback_form *form)
{
	enum language language = message_language();
	const char *codes[RESPONDENTS];
	size_t count = 0;
	struct row row;

	for (int i = 0; i < RESPONDENTS; i++) {
		if (form->respondents & 1u << i)
			codes[count++] = term_code(&respondent_terms, i);
	}
	json_open_object(json, NULL);
	row_init(&row, cli->arena);
	row_add_text(&row, "code", form->code);
	row_add_day(&row, "valid_from", form->valid_from);
	row_add_list(&row, "respondents", codes, count);
	row_add_text(&row, "text", form->texts[language]);
	json_row_values(json, &row);
	json_open_array(json, "questions");
	for (size_t i = 0; i < form->question_count; i++) {
		const struct feedback_question *question = &form->questions[i];

		row_init(&row, cli->arena);
		row_add_text(&row, "code", question->code);
		row_add_text(&row, "scale", term_code(&scale_terms, (int)question->scale));
		row_add_text(&row, "text", question->texts[language]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
	json_close_object(json);
}

static void print_form(struct cli *cli, const struct feedback_form *form)
{
	struct table table = { .arena = cli->arena, .columns = 3 };
	enum language language = message_language();

	fprintf(cli->out, "%s: %s\n", form->code, form->texts[language]);
	for (size_t i = 0; i < form->question_count; i++) {
		const struct feedback_question *question = &form->questions[i];

		table_add(&table, arena_printf(cli->arena, "  %s", question->code),
			term_label(&scale_terms, (int)question->scale), question->texts[language]);
	}
	table_print(&table, cli->out);
	fputc('\n', cli->out);
}

static bool run_forms(struct cli *cli, struct error *err)
{
	struct feedback_form_list list;
	struct json_writer json;

	if (!feedback_forms(cli->session, cli->arena, &list, err))
		return false;
	if (!cli->json) {
		for (size_t i = 0; i < list.count; i++)
			print_form(cli, &list.items[i]);
		return true;
	}
	json_begin(&json, cli->out);
	json_open_array(&json, NULL);
	for (size_t i = 0; i < list.count; i++)
		put_form(cli, &json, &list.items[i]);
	json_close_array(&json);
	json_end(&json);
	return true;
}

static bool read_file(struct cli *cli, char **bytes, size_t *length, struct error *err)
{
	return given_needed(cli, "file", err)
	       && read_input(cli, given_text(cli, "file"), RECORD_LARGEST, bytes, length, err);
}

static bool run_form_add(struct cli *cli, struct error *err)
{
	struct feedback_form form;
	size_t length;
	char *bytes;

	if (!read_file(cli, &bytes, &length, err)
		|| !feedback_form_read(bytes, length, cli->arena, &form, err)
		|| !feedback_form_add(cli->session, &form, err))
		return false;
	print_made(cli, "%s", form.code);
	return true;
}

/* ---- One respondent's. ---- */

static bool read_who(struct cli *cli, const struct feedback_form *form, struct feedback *feedback,
	struct error *err)
{
	const char *month = given_text(cli, "month");
	int meeting = 0, respondent = (int)feedback_form_respondent(form);

	feedback->form = form->code;
	feedback->number = 1;
	feedback->unit = given_text(cli, "unit");
	if (!given_number(cli, "meeting", 1, INT_MAX, &meeting, err)
		|| !given_number(cli, "number", 1, FEEDBACK_NUMBERS, &feedback->number, err)
		|| !given_term(cli, "respondent", &respondent_terms, &respondent, err)
		|| (month && !given_month(cli, &feedback->month, err)))
		return false;
	feedback->meeting_id = meeting;
	feedback->respondent = (enum respondent)respondent;
	return true;
}

static bool run_add(struct cli *cli, struct error *err)
{
	struct feedback feedback = { 0 };
	struct feedback_form form;
	size_t length;
	char *bytes;
	int64_t id;

	if (!given_needed(cli, "form", err)
		|| !feedback_form_get(cli->session, given_text(cli, "form"), cli->arena, &form, err)
		|| !read_who(cli, &form, &feedback, err) || !read_file(cli, &bytes, &length, err)
		|| !feedback_read(bytes, length, &form, cli->arena, &feedback.answers, err)
		|| !feedback_add(cli->session, &feedback, &id, err))
		return false;
	print_made(cli, "%lld", (long long)id);
	return true;
}

static bool run_list(struct cli *cli, struct error *err)
{
	struct feedback_given_list list;
	struct listing listing;
	struct month month;
	int from, until;

	if (!given_month(cli, &month, err))
		return false;
	from = month_first_day(month);
	until = month_first_day(month_add(month, 1)) - 1;
	if (!feedback_list(cli->session, from, until, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 5);
	for (size_t i = 0; i < list.count; i++) {
		const struct feedback_given *given = &list.items[i];
		char day[LOCALTEXT_SIZE];
		struct row row;

		row_init(&row, cli->arena);
		row_add_integer(&row, "meeting", given->meeting_id);
		row_add_text(&row, "form", given->form);
		row_add_text(
			&row, "respondent", term_code(&respondent_terms, (int)given->respondent));
		row_add_text(&row, "unit", given->unit);
		row_add_integer(&row, "number", given->number);
		row_add_day(&row, "given_on", given->day);
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table,
			arena_printf(cli->arena, "%lld", (long long)given->meeting_id),
			term_label(&respondent_terms, (int)given->respondent), given->unit,
			arena_printf(cli->arena, "%d", given->number),
			arena_text(cli->arena, local_day(given->day, day)));
	}
	listing_end(&listing);
	return true;
}

static bool run_round(struct cli *cli, struct error *err)
{
	struct feedback_round round;
	struct listing listing;
	struct month month;
	int due;

	if (!given_month(cli, &month, err)
		|| !feedback_round_look(cli->session, month, cli->arena, &round, &due, err))
		return false;
	listing_begin(&listing, cli, 3);
	for (size_t i = 0; i < round.count; i++) {
		const struct feedback_turn *turn = &round.items[i];
		bool is_given = turn->day != DAY_LAST;
		char day[LOCALTEXT_SIZE] = "";
		struct row row;

		row_init(&row, cli->arena);
		row_add_text(&row, "unit", turn->unit);
		row_add_day(&row, "given_on", turn->day);
		row_add_day(&row, "due", due);
		row_add_boolean(&row, "late", !is_given && due < session_today(cli->session));
		if (cli->json)
			listing_row(&listing, &row);
		local_day(is_given ? turn->day : due, day);
		table_add(&listing.table, turn->unit, turn->name,
			arena_printf(
				cli->arena, is_given ? _("given %s") : _("missing, due %s"), day));
	}
	listing_end(&listing);
	return true;
}

/* ---- What was said in all. ---- */

static void add_count(struct row *row, const char *key, int count)
{
	if (count < 0)
		row_add_null(row, key);
	else
		row_add_integer(row, key, count);
}

static void row_of_sum(struct row *row, const struct feedback_sum *sum)
{
	row_add_text(row, "form", sum->form);
	row_add_text(row, "question", sum->question);
	row_add_text(row, "scale", term_code(&scale_terms, (int)sum->scale));
	add_count(row, "n", sum->count);
	add_count(row, "unknown", sum->unknown);
	if (sum->sum < 0 || sum->count == 0)
		row_add_null(row, "mean");
	else
		row_add_hundredths(row, "mean",
			(200 * (int64_t)sum->sum + sum->count) / (2 * (int64_t)sum->count));
	if (sum->scale != SCALE_RECOMMEND || sum->sum < 0 || sum->count == 0)
		row_add_null(row, "nps");
	else
		row_add_integer(row, "nps", nps_of(sum->promoters, sum->detractors, sum->count));
}

static void put_rate(struct cli *cli, struct json_writer *json, const char *key,
	const struct feedback_rate *rate)
{
	struct row row;

	row_init(&row, cli->arena);
	add_count(&row, "asked", rate->asked);
	add_count(&row, "answered", rate->answered);
	json_row(json, key, &row);
}

static void print_view_json(struct cli *cli, struct month month, const struct feedback_view *view)
{
	char text[DAY_TEXT_SIZE], id[FEEDBACK_TEXT_ID_SIZE];
	struct json_writer json;
	struct row row;

	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	row_init(&row, cli->arena);
	row_add_text(&row, "month", month_format_iso(month, text));
	json_row_values(&json, &row);
	json_open_object(&json, "rates");
	put_rate(cli, &json, "family", &view->rates.family);
	put_rate(cli, &json, "child", &view->rates.child);
	put_rate(cli, &json, "worker", &view->rates.worker);
	put_rate(cli, &json, "unit", &view->rates.unit);
	json_close_object(&json);
	json_open_array(&json, "questions");
	for (size_t i = 0; i < view->sums.count; i++) {
		row_init(&row, cli->arena);
		row_of_sum(&row, &view->sums.items[i]);
		json_row(&json, NULL, &row);
	}
	json_close_array(&json);
	json_open_array(&json, "texts");
	for (size_t i = 0; i < view->texts.count; i++) {
		const struct feedback_text *said = &view->texts.items[i];

		row_init(&row, cli->arena);
		row_add_text(&row, "id", feedback_text_id(said, id));
		row_add_text(&row, "text", said->text);
		row_add_text(&row, "picked", said->picked);
		json_row(&json, NULL, &row);
	}
	json_close_array(&json);
	json_close_object(&json);
	json_end(&json);
}

static const char *mean_text(struct cli *cli, const struct feedback_sum *sum)
{
	char text[LOCALTEXT_SIZE];

	if (sum->sum < 0)
		return "..";
	if (sum->count == 0)
		return "-";
	if (sum->scale == SCALE_RECOMMEND)
		return arena_printf(
			cli->arena, "NPS %+d", nps_of(sum->promoters, sum->detractors, sum->count));
	return arena_text(
		cli->arena, local_tenths((20 * sum->sum + sum->count) / (2 * sum->count), text));
}

static void add_rate(struct table *table, const char *who, const struct feedback_rate *rate)
{
	table_add(table, who,
		rate->asked < 0 ? ".."
				: arena_printf(table->arena, _("%d of %d answered"), rate->answered,
					rate->asked));
}

static void print_view(struct cli *cli, struct month month, const struct feedback_view *view)
{
	struct table rates = { .arena = cli->arena, .columns = 2 };
	struct table sums = { .arena = cli->arena, .columns = 4 };
	struct table texts = { .arena = cli->arena, .columns = 3 };
	char name[LOCALTEXT_SIZE], id[FEEDBACK_TEXT_ID_SIZE], n[FIGURE_TEXT_SIZE];

	fprintf(cli->out, "%s\n\n", local_month(month, name));
	add_rate(&rates, _("families, of meetings"), &view->rates.family);
	add_rate(&rates, _("children of 7 to 12, of meetings"), &view->rates.child);
	add_rate(&rates, _("workers, of units that came"), &view->rates.worker);
	add_rate(&rates, _("units, of the month"), &view->rates.unit);
	table_print(&rates, cli->out);
	fputc('\n', cli->out);
	for (size_t i = 0; i < view->sums.count; i++) {
		const struct feedback_sum *sum = &view->sums.items[i];

		table_add(&sums, sum->form, sum->texts[message_language()], mean_text(cli, sum),
			arena_printf(cli->arena, "n = %s", figure_format(sum->count, n)));
	}
	table_print(&sums, cli->out);
	fprintf(cli->out, "\n%s\n\n", _(".. is not shown: fewer than 5 answered"));
	for (size_t i = 0; i < view->texts.count; i++) {
		const struct feedback_text *said = &view->texts.items[i];

		table_add(&texts, arena_text(cli->arena, feedback_text_id(said, id)),
			said->picked ? _("picked") : "", said->picked ? said->picked : said->text);
	}
	table_print(&texts, cli->out);
}

static bool run_show(struct cli *cli, struct error *err)
{
	struct feedback_view view;
	struct month month;

	if (!given_month(cli, &month, err)
		|| !feedback_look(cli->session, LOOK_NEW, month, cli->arena, &view, err))
		return false;
	if (cli->json)
		print_view_json(cli, month, &view);
	else
		print_view(cli, month, &view);
	return true;
}

static bool run_pick(struct cli *cli, struct error *err)
{
	struct month month;

	return given_month(cli, &month, err)
	       && feedback_pick(cli->session, month, given_word(cli, 0),
		       given_flag(cli, "undo") ? "" : given_text(cli, "as"), err);
}

#define MONTH_OPTION                                                                               \
	{                                                                                          \
		"month", OPTION_TEXT, "MONTH",                                                     \
			N_("as in 2026-11; this month where it is not given")                      \
	}

static const struct option_spec file_options[] = {
	{ "file", OPTION_TEXT, "FILE", N_("JSON; - is standard input") },
	{ 0 },
};

static const struct option_spec add_options[] = {
	{ "form", OPTION_TEXT, "F", N_("the form's code, as in family") },
	{ "meeting", OPTION_TEXT, "M", N_("the meeting it is about") },
	{ "unit", OPTION_TEXT, "U", N_("whose worker answers, or the unit itself") },
	{ "month", OPTION_TEXT, "MONTH", N_("the month a unit's feedback is of") },
	{ "respondent", OPTION_TEXT, "WHO", N_("who answers, where the form asks several") },
	{ "number", OPTION_TEXT, "N", N_("2 for a second guardian, child or worker, and so on") },
	{ "file", OPTION_TEXT, "FILE", N_("JSON; - is standard input") },
	{ 0 },
};

static const struct option_spec month_options[] = {
	MONTH_OPTION,
	{ 0 },
};

static const struct option_spec pick_options[] = {
	MONTH_OPTION,
	{ "as", OPTION_TEXT, "TEXT", N_("as the report has it: with names taken out") },
	{ "undo", OPTION_FLAG, NULL, N_("the report has it no more") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "forms", "", N_("shows the forms and their questions"), NULL, NEEDS_SESSION, true,
		run_forms },
	{ "form-add", "", N_("adds a form, or a newer one of the same code"), file_options,
		NEEDS_SESSION, false, run_form_add },
	{ "add", "", N_("keeps what one respondent said; each is asked once"), add_options,
		NEEDS_SESSION, false, run_add },
	{ "list", "", N_("lists who has answered about a month's meetings, not what"),
		month_options, NEEDS_SESSION, true, run_list },
	{ "round", "", N_("which units have answered for a month, and until when they may"),
		month_options, NEEDS_SESSION, true, run_round },
	{ "show", "", N_("what was said in a month, of all together"), month_options, NEEDS_SESSION,
		true, run_show },
	{ "pick", "TEXT", N_("picks what somebody wrote for the month's report"), pick_options,
		NEEDS_SESSION, false, run_pick },
};

const struct command feedback_command = { "feedback",
	N_("what families, children, workers and units say"), COMMAND_BY_ENTRANCE, VERBS(verbs) };
