#include "command_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/domain/meeting.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/service/finder.h"
#include "table_internal.h"

#include <string.h>

#define LIMIT_MOST 100000

static bool read_not_weekdays(struct cli *cli, struct family_limits *limits, struct error *err)
{
	size_t count;
	const char *const *texts = given_list(cli, "not-weekday", &count);

	for (size_t i = 0; i < count; i++) {
		if (strlen(texts[i]) != 1 || texts[i][0] < '1' || texts[i][0] > '7')
			return error_set(err, ERROR_INVALID,
				_("--not-weekday: \"%.40s\" is no weekday; give 1 (Monday) to 7"),
				texts[i]);
		limits->not_weekdays |= 1u << (texts[i][0] - '0');
	}
	return true;
}

static bool read_query(struct cli *cli, struct hole_query *query, struct error *err)
{
	int limit = 0;

	*query = (struct hole_query) { .minutes = MEETING_MINUTES_DEFAULT,
		.first_day = cli_today(cli),
		.weeks = FINDER_WEEKS_DEFAULT,
		.notice = NOTICE_DEFAULT,
		.limits = family_limits_none(),
		.searcher = arena_printf(cli->arena, "free %s", cli->session->login) };
	query->units = given_list(cli, "unit", &query->unit_count);
	query->optional = given_list(cli, "optional", &query->optional_count);
	if (!given_number(cli, "minutes", 1, MEETING_MINUTES_LONGEST, &query->minutes, err)
		|| !given_day(cli, "from", &query->first_day, err)
		|| !given_number(cli, "weeks", 1, FINDER_WEEKS_MOST, &query->weeks, err)
		|| !given_number(cli, "notice", 0, NOTICE_MOST, &query->notice, err)
		|| !given_minute(cli, "after", &query->limits.after, err)
		|| !given_minute(cli, "before", &query->limits.before, err)
		|| !given_number(cli, "limit", 1, LIMIT_MOST, &limit, err)
		|| !read_not_weekdays(cli, &query->limits, err))
		return false;
	query->limit = (size_t)limit;
	return true;
}

static void list_codes(struct cli *cli, struct row *row, const char *key,
	const struct unit_list *units, const bool *chosen)
{
	const char **codes = arena_new(cli->arena, (units->count + 1) * sizeof(*codes));
	size_t count = 0;

	for (size_t i = 0; i < units->count; i++) {
		if (!chosen || chosen[i])
			codes[count++] = units->items[i].code;
	}
	row_add_list(row, key, codes, count);
}

static void print_json(
	struct cli *cli, const struct hole_query *query, const struct hole_answer *answer)
{
	const struct search_result *found = &answer->found;
	size_t misses = found->hole_count ? 0 : found->near_miss_count;
	struct json_writer json;
	struct row row;

	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	row_init(&row, cli->arena);
	list_codes(cli, &row, "units", &answer->units, NULL);
	row_add_integer(&row, "minutes", query->minutes);
	json_row_values(&json, &row);
	json_open_array(&json, "windows");
	for (size_t i = 0; i < found->hole_count; i++) {
		const struct shared_hole *hole = &found->holes[i];
		bool none[1] = { false };

		row_init(&row, cli->arena);
		row_add_wall(&row, "start", hole->day, hole->start);
		row_add_wall(&row, "end", hole->day, hole->end);
		list_codes(cli, &row, "optional_free", &answer->optional,
			hole->optional_free ? hole->optional_free : none);
		if (answer->unconfirmed[i].count)
			row_add_list(&row, "unconfirmed", answer->unconfirmed[i].units,
				answer->unconfirmed[i].count);
		json_row(&json, NULL, &row);
	}
	json_close_array(&json);
	json_open_array(&json, "near_misses");
	for (size_t i = 0; i < misses; i++) {
		const struct near_miss *miss = &found->near_misses[i];
		const char *codes[NEAR_MISS_MOST_MISSING];

		for (size_t m = 0; m < miss->missing_count; m++)
			codes[m] = answer->units.items[miss->missing[m]].code;
		row_init(&row, cli->arena);
		row_add_wall(&row, "start", miss->day, miss->start);
		row_add_wall(&row, "end", miss->day, miss->end);
		row_add_list(&row, "missing", codes, miss->missing_count);
		json_row(&json, NULL, &row);
	}
	json_close_array(&json);
	json_close_object(&json);
	json_end(&json);
}

static const char *time_text(struct cli *cli, int day, int start, int end)
{
	char date[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	return arena_printf(cli->arena, "%s %s", local_weekday_day(day, date),
		local_clock_span(start, end, span));
}

static void print_near_misses(struct cli *cli, const struct hole_answer *answer)
{
	const struct search_result *found = &answer->found;
	struct table table = { .arena = cli->arena, .columns = 3 };
	size_t units = answer->units.count;

	fprintf(cli->out, "%s\n", _("no shared hole"));
	for (size_t i = 0; i < found->near_miss_count; i++) {
		const struct near_miss *miss = &found->near_misses[i];
		const char *missing = answer->units.items[miss->missing[0]].code;

		if (miss->missing_count == 2)
			missing = arena_printf(cli->arena, "%s, %s", missing,
				answer->units.items[miss->missing[1]].code);
		table_add(&table, time_text(cli, miss->day, miss->start, miss->end),
			arena_printf(cli->arena, "%zu/%zu", units - miss->missing_count, units),
			arena_printf(cli->arena, _("not %s"), missing));
	}
	table_print(&table, cli->out);
}

static const char *unconfirmed_text(struct cli *cli, const struct unconfirmed *unconfirmed)
{
	if (unconfirmed->count == 0)
		return "";
	return arena_printf(cli->arena, _("unconfirmed: %s"),
		arena_join(cli->arena, unconfirmed->units, unconfirmed->count, ", "));
}

static void print_holes(struct cli *cli, const struct hole_answer *answer)
{
	const struct search_result *found = &answer->found;
	struct table table = { .arena = cli->arena, .columns = 3 };

	for (size_t i = 0; i < found->hole_count; i++) {
		const struct shared_hole *hole = &found->holes[i];
		const char *also = "";

		for (size_t o = 0; o < answer->optional.count; o++) {
			if (hole->optional_free[o])
				also = arena_printf(cli->arena, "%s%s%s", also, *also ? ", " : "+ ",
					answer->optional.items[o].code);
		}
		table_add(&table, time_text(cli, hole->day, hole->start, hole->end), also,
			unconfirmed_text(cli, &answer->unconfirmed[i]));
	}
	table_print(&table, cli->out);
}

static bool run_free(struct cli *cli, struct error *err)
{
	struct hole_query query;
	struct hole_answer answer;

	if (!read_query(cli, &query, err)
		|| !find_holes(cli->session, &query, cli->arena, &answer, err))
		return false;
	if (cli->json)
		print_json(cli, &query, &answer);
	else if (answer.found.hole_count)
		print_holes(cli, &answer);
	else
		print_near_misses(cli, &answer);
	hole_answer_release(&answer);
	return true;
}

static const struct option_spec free_options[] = {
	{ "unit", OPTION_MANY, "U", N_("the units that are needed") },
	{ "optional", OPTION_MANY, "U", N_("units that are welcome if they are free") },
	{ "minutes", OPTION_TEXT, "60", N_("how long the meeting is") },
	{ "from", OPTION_TEXT, "DATE", N_("the first day to look at; today if not given") },
	{ "weeks", OPTION_TEXT, "26", N_("how many weeks to look at") },
	{ "notice", OPTION_TEXT, "WORKDAYS", N_("working days to the first possible day") },
	{ "not-weekday", OPTION_MANY, "1,5", N_("weekdays that do not suit the family") },
	{ "after", OPTION_TEXT, "HH:MM", N_("not before this time") },
	{ "before", OPTION_TEXT, "HH:MM", N_("ends by this time") },
	{ "limit", OPTION_TEXT, "N", N_("at most so many") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ NULL, "", N_("the holes that all the units share, or the nearest misses"), free_options,
		NEEDS_SESSION, true, run_free },
};

const struct command free_command = { "free", N_("finds the holes that units share"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
