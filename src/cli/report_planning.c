#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/planning.h"
#include "report_internal.h"
#include "table_internal.h"

#include <signal.h>
#include <unistd.h>

#define ADVICE_TOP	 10
#define ADVICE_TOP_MOST	 100000
#define PROGRESS_MS	 100
#define PROGRESS_COLUMNS 40

/* A year back from today, or as given. */
static bool given_period(struct cli *cli, struct planning_period *period, struct error *err)
{
	period->until_day = cli_today(cli);
	if (!given_day(cli, "to", &period->until_day, err))
		return false;
	period->from_day = period->until_day - PLANNING_DAYS;
	return given_day(cli, "from", &period->from_day, err);
}

static void add_figure(struct row *row, const char *key, int64_t figure)
{
	if (figure < 0)
		row_add_null(row, key);
	else
		row_add_integer(row, key, figure);
}

static void add_waits(struct row *row, const struct replay_waits *waits)
{
	add_figure(row, "met", waits->met);
	add_figure(row, "never", waits->never);
	add_figure(row, "median", waits->median);
	add_figure(row, "p90", waits->p90);
}

static void add_outcome(struct row *row, const struct replay_outcome *outcome)
{
	add_figure(row, "earlier", outcome->earlier);
	add_figure(row, "later", outcome->later);
	if (outcome->is_saving_hidden)
		row_add_null(row, "days_saved");
	else
		row_add_integer(row, "days_saved", outcome->days_saved);
}

static void add_period(struct row *row, const struct planning_period *period)
{
	row_add_day(row, "from", period->from_day);
	row_add_day(row, "to", period->until_day);
}

static void put_waits(struct cli *cli, struct json_writer *json, const char *key,
	const struct replay_waits *waits, const struct replay_outcome *outcome)
{
	struct row row;

	row_init(&row, cli->arena);
	add_waits(&row, waits);
	if (outcome)
		add_outcome(&row, outcome);
	json_row(json, key, &row);
}

static const char *span_text(struct cli *cli, int weekday, int start, int end)
{
	char span[LOCALTEXT_SIZE];

	return arena_printf(
		cli->arena, "%s %s", local_weekday(weekday), local_span(start, end, span));
}

/* "9", "never" for what so many never had. */
static const char *days_text(struct cli *cli, int days)
{
	return days == REPLAY_NEVER ? _("never") : arena_printf(cli->arena, "%d", days);
}

static const char *families_text(struct cli *cli, int families)
{
	if (families == FIGURE_HIDDEN)
		return _("fewer than 5 families would have met earlier");
	return arena_printf(cli->arena,
		P_("%d family would have met earlier", "%d families would have met earlier",
			families),
		families);
}

static const char *change_text(
	struct cli *cli, const struct replay_waits *before, const struct replay_waits *after)
{
	return arena_printf(cli->arena, _("median %s → %s days, nine of ten %s → %s"),
		days_text(cli, before->median), days_text(cli, after->median),
		days_text(cli, before->p90), days_text(cli, after->p90));
}

static void print_too_few(struct cli *cli)
{
	fprintf(cli->out, "%s\n", _("too few calls for figures that tell of nobody"));
}

static void print_what_if_json(struct cli *cli, const struct slot *slot,
	const struct planning_period *period, const struct what_if *what_if)
{
	struct json_writer json;
	struct row row;

	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	row_init(&row, cli->arena);
	row_add_text(&row, "unit", slot->unit);
	row_add_integer(&row, "weekday", slot->weekday);
	row_add_minute(&row, "start", slot->start);
	row_add_minute(&row, "end", slot->end);
	row_add_text(&row, "repeat", term_code(&repeat_terms, (int)slot->repeat));
	add_period(&row, period);
	if (what_if->is_hidden) {
		row_add_null(&row, "calls");
		json_row_values(&json, &row);
	} else {
		row_add_integer(&row, "calls", what_if->calls);
		add_outcome(&row, &what_if->with);
		json_row_values(&json, &row);
		put_waits(cli, &json, "without", &what_if->without, NULL);
		put_waits(cli, &json, "with", &what_if->with.waits, NULL);
	}
	json_close_object(&json);
	json_end(&json);
}

static void print_what_if(struct cli *cli, const struct slot *slot,
	const struct planning_period *period, const struct what_if *what_if)
{
	if (cli->json) {
		print_what_if_json(cli, slot, period, what_if);
		return;
	}
	if (what_if->is_hidden) {
		print_too_few(cli);
		return;
	}
	fprintf(cli->out, "%s %s: %s, %s\n", slot->unit,
		span_text(cli, slot->weekday, slot->start, slot->end),
		families_text(cli, what_if->with.earlier),
		change_text(cli, &what_if->without, &what_if->with.waits));
	if (what_if->with.later > 0)
		fprintf(cli->out,
			P_("%d family would have met later: the hole shifts others\n",
				"%d families would have met later: the hole shifts others\n",
				what_if->with.later),
			what_if->with.later);
}

bool run_what_if(struct cli *cli, struct error *err)
{
	int repeat = REPEAT_WEEKLY;
	struct slot slot = { .unit = given_text(cli, "unit"),
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
	struct planning_period period;
	struct what_if what_if;

	if (!given_needed(cli, "unit", err) || !given_needed(cli, "weekday", err)
		|| !given_needed(cli, "start", err) || !given_needed(cli, "end", err)
		|| !given_number(cli, "weekday", 1, 7, &slot.weekday, err)
		|| !given_minute(cli, "start", &slot.start, err)
		|| !given_minute(cli, "end", &slot.end, err)
		|| !given_term(cli, "repeat", &repeat_terms, &repeat, err)
		|| !given_day(cli, "first", &slot.from_day, err)
		|| !given_period(cli, &period, err))
		return false;
	slot.repeat = (enum repeat)repeat;
	/* Every second week, and a month's weekdays, are counted from some day. */
	if (slot.repeat != REPEAT_WEEKLY && slot.from_day == DAY_FIRST)
		slot.from_day =
			period.from_day + (slot.weekday - day_weekday(period.from_day) + 7) % 7;
	if (!plan_what_if(cli->session, &slot, &period, &what_if, err))
		return false;
	print_what_if(cli, &slot, &period, &what_if);
	return true;
}

/* ---- Advice. */

static void print_advice_json(struct cli *cli, const struct advice *advice)
{
	struct json_writer json;
	struct row row;

	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	row_init(&row, cli->arena);
	add_period(&row, &advice->period);
	add_figure(&row, "calls", advice->is_hidden ? FIGURE_HIDDEN : advice->calls);
	row_add_integer(&row, "tried", (int64_t)advice->tried);
	json_row_values(&json, &row);
	if (!advice->is_hidden)
		put_waits(cli, &json, "now", &advice->now, NULL);
	json_open_array(&json, "advice");
	for (size_t i = 0; i < advice->line_count; i++) {
		const struct advice_line *line = &advice->lines[i];

		row_init(&row, cli->arena);
		row_add_text(&row, "unit", line->unit);
		row_add_integer(&row, "weekday", line->weekday);
		row_add_minute(&row, "start", line->start);
		row_add_minute(&row, "end", line->end);
		row_add_text(&row, "repeat", term_code(&repeat_terms, REPEAT_WEEKLY));
		row_add_boolean(&row, "no_hole", line->has_no_hole);
		row_add_boolean(&row, "alternative", line->is_alternative);
		row_add_integer(&row, "alongside", line->alongside);
		add_outcome(&row, &line->outcome);
		add_waits(&row, &line->outcome.waits);
		json_row(&json, NULL, &row);
	}
	json_close_array(&json);
	json_close_object(&json);
	json_end(&json);
}

static const char *why_text(
	struct cli *cli, const struct advice *advice, const struct advice_line *line)
{
	if (line->has_no_hole && line->outcome.days_saved == 0)
		return arena_printf(cli->arena,
			P_("the unit has no hole; %d other of its area has one then",
				"the unit has no hole; %d others of its area have one then",
				line->alongside),
			line->alongside);
	return arena_printf(cli->arena, "%s%s, %s",
		line->has_no_hole      ? _("the unit has no hole; ")
		: line->is_alternative ? _("instead of one above: ")
				       : "",
		families_text(cli, line->outcome.earlier),
		change_text(cli, &advice->now, &line->outcome.waits));
}

static void print_advice(struct cli *cli, const struct advice *advice)
{
	if (cli->json) {
		print_advice_json(cli, advice);
		return;
	}
	if (advice->is_hidden) {
		print_too_few(cli);
		return;
	}
	if (advice->line_count == 0)
		fprintf(cli->out, "%s\n", _("no hole more would have helped"));
	for (size_t i = 0; i < advice->line_count; i++) {
		const struct advice_line *line = &advice->lines[i];

		fprintf(cli->out, "%s %s: %s\n", line->unit,
			span_text(cli, line->weekday, line->start, line->end),
			why_text(cli, advice, line));
	}
}

static volatile sig_atomic_t is_stopped;

static void stop(int number)
{
	(void)number;
	is_stopped = 1;
}

static void show_progress(int per_cent)
{
	char bar[PROGRESS_COLUMNS + 1];

	for (int i = 0; i < PROGRESS_COLUMNS; i++)
		bar[i] = i * 100 < per_cent * PROGRESS_COLUMNS ? '#' : ' ';
	bar[PROGRESS_COLUMNS] = '\0';
	fprintf(stderr, "\r[%s] %3d %%", bar, per_cent);
}

/* How far it is, on a terminal; Ctrl-C stops it. */
static bool wait_for_advice(struct advice_run *run, struct error *err)
{
	bool shows = isatty(STDERR_FILENO), done;
	struct sigaction old, action = { .sa_handler = stop };

	is_stopped = 0;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, &old);
	while (!(done = advice_wait(run, PROGRESS_MS)) && !is_stopped) {
		if (shows)
			show_progress(advice_per_cent(run));
	}
	sigaction(SIGINT, &old, NULL);
	if (shows)
		fprintf(stderr, "\r%*s\r", PROGRESS_COLUMNS + 8, "");
	return done || error_set(err, ERROR_FAILED, _("stopped; nothing was worked out"));
}

bool run_advice(struct cli *cli, struct error *err)
{
	int top = ADVICE_TOP;
	struct planning_period period;
	struct advice_run *run;
	struct advice advice;
	bool ok;

	if (!given_number(cli, "top", 1, ADVICE_TOP_MOST, &top, err)
		|| !given_period(cli, &period, err)
		|| !advice_begin(cli->session, &period, &run, err))
		return false;
	ok = wait_for_advice(run, err);
	if (ok) {
		advice_get(run, (size_t)top, &advice);
		print_advice(cli, &advice);
	}
	advice_end(run);
	return ok;
}

const struct option_spec what_if_options[] = {
	{ "unit", OPTION_TEXT, "U", N_("whose hole") },
	{ "weekday", OPTION_TEXT, "1..7", N_("1 is Monday") },
	{ "start", OPTION_TEXT, "HH:MM", N_("when it begins") },
	{ "end", OPTION_TEXT, "HH:MM", N_("when it ends") },
	{ "repeat", OPTION_TEXT, "weekly|fortnightly|monthly",
		N_("how often; weekly if not given") },
	{ "first", OPTION_TEXT, "DATE", N_("its first day; fortnights and months count from it") },
	{ "from", OPTION_TEXT, "DATE", N_("calls from this day on; a year back if not given") },
	{ "to", OPTION_TEXT, "DATE", N_("calls to this day; today if not given") },
	{ 0 },
};

const struct option_spec advice_options[] = {
	{ "top", OPTION_TEXT, "N", N_("so many at the most; 10 if not given") },
	{ "from", OPTION_TEXT, "DATE", N_("calls from this day on; a year back if not given") },
	{ "to", OPTION_TEXT, "DATE", N_("calls to this day; today if not given") },
	{ 0 },
};
