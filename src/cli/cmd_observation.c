#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/learning_rows.h"
#include "kutsu/service/learning.h"
#include "listing_internal.h"

#include <stdlib.h>

static const char *number_text(struct cli *cli, int64_t number)
{
	return number ? arena_printf(cli->arena, "%lld", (long long)number) : "";
}

static const char *day_text(struct cli *cli, int day)
{
	char text[LOCALTEXT_SIZE];

	return day == DAY_LAST ? "" : arena_text(cli->arena, local_day(day, text));
}

/* ---- Observations. ---- */

static bool run_observation_add(struct cli *cli, struct error *err)
{
	struct observation observation = { .text = given_text(cli, "text"),
		.place = given_text(cli, "place"),
		.sector = given_text(cli, "sector") };

	if (!given_needed(cli, "text", err) || !observation_add(cli->session, &observation, err))
		return false;
	print_made(cli, "%lld", (long long)observation.id);
	return true;
}

static void put_observation(struct listing *listing, const struct observation *observation)
{
	struct cli *cli = listing->cli;
	struct row row;

	row_init(&row, cli->arena);
	row_of_observation(&row, observation);
	if (cli->json)
		listing_row(listing, &row);
	table_add(&listing->table, number_text(cli, observation->id),
		day_text(cli, observation->day), observation->place,
		number_text(cli, observation->phenomenon_id), observation->text);
}

static bool run_observation_list(struct cli *cli, struct error *err)
{
	enum observation_choice choice =
		given_flag(cli, "ungrouped") ? OBSERVATIONS_UNGROUPED : OBSERVATIONS_ALL;
	struct observation_list list;
	struct listing listing;

	if (!observation_list(cli->session, choice, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 5);
	for (size_t i = 0; i < list.count; i++)
		put_observation(&listing, &list.items[i]);
	listing_end(&listing);
	return true;
}

static void print_group(
	struct cli *cli, const struct observation_list *list, const int *groups, int group)
{
	struct table table = { .arena = cli->arena, .columns = 3 };

	fprintf(cli->out, _("Maybe one phenomenon:\n"));
	for (size_t i = 0; i < list->count; i++) {
		if (groups[i] == group)
			table_add(&table,
				arena_printf(cli->arena, "  %lld", (long long)list->items[i].id),
				list->items[i].place, list->items[i].text);
	}
	table_print(&table, cli->out);
	fputc('\n', cli->out);
}

static void put_groups(
	struct cli *cli, const struct observation_list *list, const int *groups, int count)
{
	struct json_writer json;

	json_begin(&json, cli->out);
	json_open_array(&json, NULL);
	for (int group = 1; group <= count; group++) {
		json_open_array(&json, NULL);
		for (size_t i = 0; i < list->count; i++) {
			struct row row;

			if (groups[i] != group)
				continue;
			row_init(&row, cli->arena);
			row_of_observation(&row, &list->items[i]);
			json_row(&json, NULL, &row);
		}
		json_close_array(&json);
	}
	json_close_array(&json);
	json_end(&json);
}

static bool run_observation_suggest(struct cli *cli, struct error *err)
{
	struct observation_list list;
	int *groups, count;

	if (!observation_list(cli->session, OBSERVATIONS_UNGROUPED, cli->arena, &list, err))
		return false;
	groups = arena_new(cli->arena, (list.count + 1) * sizeof(*groups));
	count = observation_suggest(&list, groups);
	if (cli->json) {
		put_groups(cli, &list, groups, count);
		return true;
	}
	for (int group = 1; group <= count; group++)
		print_group(cli, &list, groups, group);
	if (!count)
		fprintf(cli->out, "%s\n", _("no observations are alike"));
	return true;
}

/* ---- Phenomena. ---- */

static bool given_ids(struct cli *cli, int64_t **ids, size_t *count, struct error *err)
{
	const char *const *words = given_list(cli, "observation", count);

	*ids = arena_new(cli->arena, (*count + 1) * sizeof(**ids));
	for (size_t i = 0; i < *count; i++) {
		char *end;

		(*ids)[i] = strtoll(words[i], &end, 10);
		if (*end || (*ids)[i] < 1)
			return error_set(err, ERROR_INVALID,
				_("\"%.40s\" is no observation's number"), words[i]);
	}
	return true;
}

static bool run_phenomenon_add(struct cli *cli, struct error *err)
{
	struct phenomenon phenomenon = { .title = given_text(cli, "title"),
		.indicator = given_text(cli, "indicator") };
	int64_t *ids;
	size_t count;

	if (!given_needed(cli, "title", err) || !given_ids(cli, &ids, &count, err)
		|| !phenomenon_add(cli->session, &phenomenon, ids, count, err))
		return false;
	print_made(cli, "%lld", (long long)phenomenon.id);
	return true;
}

static bool run_phenomenon_group(struct cli *cli, struct error *err)
{
	int64_t id, *ids;
	size_t count;

	return word_id(cli, 0, &id, err) && given_needed(cli, "observation", err)
	       && given_ids(cli, &ids, &count, err)
	       && phenomenon_group(cli->session, given_flag(cli, "undo") ? 0 : id, ids, count, err);
}

static bool run_phenomenon_close(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && given_needed(cli, "reason", err)
	       && phenomenon_close(cli->session, id, given_text(cli, "reason"), err);
}

static bool run_phenomenon_list(struct cli *cli, struct error *err)
{
	struct phenomenon_list list;
	struct listing listing;

	if (!phenomenon_list(cli->session, given_flag(cli, "open"), cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 4);
	for (size_t i = 0; i < list.count; i++) {
		const struct phenomenon *phenomenon = &list.items[i];
		struct row row;

		row_init(&row, cli->arena);
		row_of_phenomenon(&row, phenomenon);
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, number_text(cli, phenomenon->id),
			arena_printf(cli->arena,
				P_("%d observation", "%d observations", phenomenon->observations),
				phenomenon->observations),
			phenomenon->closed_day == DAY_LAST ? _("open") : _("closed"),
			phenomenon->title);
	}
	listing_end(&listing);
	return true;
}

static const struct option_spec observation_options[] = {
	{ "text", OPTION_TEXT, "TEXT", N_("what was noticed, in one line; nobody's name") },
	{ "place", OPTION_TEXT, "PLACE", N_("where: a municipality or an area") },
	{ "sector", OPTION_TEXT, "S", N_("the sector of who noticed it") },
	{ 0 },
};

static const struct option_spec observation_list_options[] = {
	{ "ungrouped", OPTION_FLAG, NULL, N_("only those of no phenomenon yet") },
	{ 0 },
};

static const struct verb observation_verbs[] = {
	{ "add", "", N_("writes an observation down; nobody knows whose it is"),
		observation_options, NEEDS_SESSION, false, run_observation_add },
	{ "list", "", N_("lists the observations, the newest first"), observation_list_options,
		NEEDS_SESSION, true, run_observation_list },
	{ "suggest", "", N_("which may be of one phenomenon, by words and place"), NULL,
		NEEDS_SESSION, true, run_observation_suggest },
};

static const struct option_spec phenomenon_options[] = {
	{ "title", OPTION_TEXT, "TEXT", N_("what it is, in one line") },
	{ "observation", OPTION_MANY, "N", N_("observations that it is of") },
	{ "indicator", OPTION_TEXT, "I", N_("the indicator that tells of it") },
	{ 0 },
};

static const struct option_spec group_options[] = {
	{ "observation", OPTION_MANY, "N", N_("observations that it is of") },
	{ "undo", OPTION_FLAG, NULL, N_("takes them out again") },
	{ 0 },
};

static const struct option_spec close_options[] = {
	{ "reason", OPTION_TEXT, "TEXT", N_("why, in one line") },
	{ 0 },
};

static const struct option_spec phenomenon_list_options[] = {
	{ "open", OPTION_FLAG, NULL, N_("only the open ones") },
	{ 0 },
};

static const struct verb phenomenon_verbs[] = {
	{ "add", "", N_("makes a phenomenon of observations"), phenomenon_options, NEEDS_SESSION,
		false, run_phenomenon_add },
	{ "group", "PHENOMENON", N_("adds observations to it"), group_options, NEEDS_SESSION, false,
		run_phenomenon_group },
	{ "close", "PHENOMENON", N_("closes it"), close_options, NEEDS_SESSION, false,
		run_phenomenon_close },
	{ "list", "", N_("lists the phenomena"), phenomenon_list_options, NEEDS_SESSION, true,
		run_phenomenon_list },
};

const struct command observation_command = { "observation", N_("what somebody has noticed"),
	COMMAND_BY_ENTRANCE, VERBS(observation_verbs) };
const struct command phenomenon_command = { "phenomenon", N_("what observations have in common"),
	COMMAND_BY_ENTRANCE, VERBS(phenomenon_verbs) };
