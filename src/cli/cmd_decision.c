#include "command_internal.h"

#include "goal_internal.h"
#include "kutsu/base/localtext.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/learning_rows.h"
#include "kutsu/service/learning.h"
#include "listing_internal.h"

#include <limits.h>

/* ---- Decisions. ---- */

static bool read_decision(struct cli *cli, struct decision *decision, struct error *err)
{
	const char *target = given_text(cli, "target");
	int group = 0, initiative = 0;

	*decision = (struct decision) { .text = given_text(cli, "text"),
		.reason = given_text(cli, "reason"),
		.child_effect = given_text(cli, "child-effect"),
		.indicator = given_text(cli, "indicator"),
		.day = session_today(cli->session),
		.from_day = session_today(cli->session),
		.target = NO_TARGET,
		.target_day = DAY_LAST };
	if (!given_number(cli, "group", 1, INT_MAX, &group, err)
		|| !given_number(cli, "initiative", 1, INT_MAX, &initiative, err)
		|| !given_day(cli, "day", &decision->day, err)
		|| !given_day(cli, "from", &decision->from_day, err)
		|| !given_day(cli, "by", &decision->target_day, err)
		|| (target && !parse_goal(target, &decision->target, err)))
		return false;
	decision->group_id = group;
	decision->initiative_id = initiative;
	return true;
}

static bool run_add(struct cli *cli, struct error *err)
{
	struct decision decision;

	if (!given_needed(cli, "text", err) || !given_needed(cli, "reason", err)
		|| !given_needed(cli, "child-effect", err) || !read_decision(cli, &decision, err)
		|| !decision_make(cli->session, &decision, err))
		return false;
	print_made(cli, "%lld", (long long)decision.id);
	return true;
}

static void print_decisions(struct cli *cli, const struct decision_list *list)
{
	struct listing listing;

	listing_begin(&listing, cli, 4);
	for (size_t i = 0; i < list->count; i++) {
		const struct decision *decision = &list->items[i];
		char day[LOCALTEXT_SIZE];
		struct row row;

		row_init(&row, cli->arena);
		row_of_decision(&row, decision);
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, arena_printf(cli->arena, "%lld", (long long)decision->id),
			arena_text(cli->arena, local_day(decision->day, day)),
			arena_printf(cli->arena, _("seen %d/%d"), decision->seen, decision->users),
			decision->text);
	}
	listing_end(&listing);
}

static bool run_list(struct cli *cli, struct error *err)
{
	struct decision_list list;

	if (!decision_list(cli->session, 0, cli->arena, &list, err))
		return false;
	print_decisions(cli, &list);
	return true;
}

/* ---- Notices: decisions that who asks has not seen. ---- */

static bool run_notices(struct cli *cli, struct error *err)
{
	struct decision_list list;

	if (!notice_list(cli->session, cli->arena, &list, err))
		return false;
	print_decisions(cli, &list);
	return true;
}

static bool run_seen(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && notice_see(cli->session, id, err);
}

/* ---- Groups and seats. ---- */

static bool run_group_add(struct cli *cli, struct error *err)
{
	struct leadership_group group = { .name = given_text(cli, "name"),
		.area = given_text(cli, "area") };

	if (!given_needed(cli, "name", err) || !given_needed(cli, "area", err)
		|| !group_add(cli->session, &group, err))
		return false;
	print_made(cli, "%lld", (long long)group.id);
	return true;
}

static bool run_seat(struct cli *cli, struct error *err)
{
	struct seat seat = { .name = given_text(cli, "seat"),
		.elector = given_text(cli, "elected-by"),
		.member = given_text(cli, "member"),
		.until_day = DAY_LAST };
	int64_t id;

	return word_id(cli, 0, &id, err) && given_needed(cli, "seat", err)
	       && given_day(cli, "until", &seat.until_day, err)
	       && group_set_seat(cli->session, id, &seat, err);
}

static void put_group(
	struct cli *cli, struct json_writer *json, const struct leadership_group *group)
{
	struct row row;

	json_open_object(json, NULL);
	row_init(&row, cli->arena);
	row_add_integer(&row, "id", group->id);
	row_add_text(&row, "name", group->name);
	row_add_text(&row, "area", group->area);
	json_row_values(json, &row);
	json_open_array(json, "seats");
	for (size_t i = 0; i < group->seat_count; i++) {
		row_init(&row, cli->arena);
		row_of_seat(&row, &group->seats[i], session_today(cli->session));
		json_row(json, NULL, &row);
	}
	json_close_array(json);
	json_close_object(json);
}

static void print_group(struct cli *cli, const struct leadership_group *group)
{
	struct table table = { .arena = cli->arena, .columns = 3 };

	fprintf(cli->out, "%lld  %s%s%s\n", (long long)group->id, group->name,
		group->area ? ", " : "", group->area ? group->area : "");
	for (size_t i = 0; i < group->seat_count; i++) {
		const struct seat *seat = &group->seats[i];
		bool is_missing = seat_is_missing(seat, session_today(cli->session));

		table_add(&table, arena_printf(cli->arena, "  %s", seat->name),
			is_missing ? _("MISSING") : seat->member,
			seat->elector ? arena_printf(cli->arena, _("elected by %s"), seat->elector)
				      : "");
	}
	table_print(&table, cli->out);
	fputc('\n', cli->out);
}

static bool run_groups(struct cli *cli, struct error *err)
{
	struct leadership_group_list list;
	struct json_writer json;

	if (!group_list(cli->session, cli->arena, &list, err))
		return false;
	if (!cli->json) {
		for (size_t i = 0; i < list.count; i++)
			print_group(cli, &list.items[i]);
		return true;
	}
	json_begin(&json, cli->out);
	json_open_array(&json, NULL);
	for (size_t i = 0; i < list.count; i++)
		put_group(cli, &json, &list.items[i]);
	json_close_array(&json);
	json_end(&json);
	return true;
}

static const struct option_spec add_options[] = {
	{ "text", OPTION_TEXT, "TEXT", N_("what was decided") },
	{ "reason", OPTION_TEXT, "TEXT", N_("why") },
	{ "child-effect", OPTION_TEXT, "TEXT", N_("what it means for children") },
	{ "day", OPTION_TEXT, "DATE", N_("when; today where it is not given") },
	{ "from", OPTION_TEXT, "DATE", N_("from when it is in force; today") },
	{ "indicator", OPTION_TEXT, "I", N_("the indicator that it should move") },
	{ "target", OPTION_TEXT, "N", N_("to this") },
	{ "by", OPTION_TEXT, "DATE", N_("by then") },
	{ "initiative", OPTION_TEXT, "N", N_("the initiative that it follows") },
	{ "group", OPTION_TEXT, "G", N_("the group that decided; the county's") },
	{ 0 },
};

static const struct verb decision_verbs[] = {
	{ "add", "", N_("writes a decision down: it is a notice to everyone at once"), add_options,
		NEEDS_SESSION, false, run_add },
	{ "list", "", N_("lists the decisions, and how many have seen them"), NULL, NEEDS_SESSION,
		true, run_list },
};

static const struct verb notice_verbs[] = {
	{ "list", "", N_("lists the decisions that you have not seen"), NULL, NEEDS_SESSION, true,
		run_notices },
	{ "seen", "DECISION", N_("says that you have seen it"), NULL, NEEDS_SESSION, false,
		run_seen },
};

static const struct option_spec group_options[] = {
	{ "name", OPTION_TEXT, "NAME", N_("the group's name") },
	{ "area", OPTION_TEXT, "AREA", N_("its area") },
	{ 0 },
};

static const struct option_spec seat_options[] = {
	{ "seat", OPTION_TEXT, "NAME", N_("whose seat it is, as in \"early education\"") },
	{ "member", OPTION_TEXT, "WHO", N_("a role title; without it the seat is empty") },
	{ "elected-by", OPTION_TEXT, "WHO", N_("who elects the member, where somebody does") },
	{ "until", OPTION_TEXT, "DATE", N_("the last day of the term") },
	{ 0 },
};

static const struct verb group_verbs[] = {
	{ "list", "", N_("lists the groups and their seats"), NULL, NEEDS_SESSION, true,
		run_groups },
	{ "add", "", N_("adds an area's group under the county's"), group_options, NEEDS_SESSION,
		false, run_group_add },
	{ "seat", "GROUP", N_("adds a seat, or seats another member"), seat_options, NEEDS_SESSION,
		false, run_seat },
};

const struct command decision_command = { "decision", N_("what a leadership group decided"),
	COMMAND_BY_ENTRANCE, VERBS(decision_verbs) };
const struct command notice_command = { "notice", N_("decisions that you have not seen"),
	COMMAND_BY_ENTRANCE, VERBS(notice_verbs) };
const struct command group_command = { "group", N_("leadership groups and their seats"),
	COMMAND_BY_ENTRANCE, VERBS(group_verbs) };
