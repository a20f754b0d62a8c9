#include "command_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/localtext.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/registry.h"
#include "listing_internal.h"

static bool read_week(
	const struct cli *cli, const char *text, struct iso_week *week, struct error *err)
{
	return iso_week_parse(text, cli_today(cli), week)
	       || error_set(err, ERROR_INVALID,
		       _("--week: \"%.40s\" is no week; write as in 2026-W48"), text);
}

static bool run_add(struct cli *cli, struct error *err)
{
	int repeat = REPEAT_WEEKLY;
	struct slot slot = {
		.unit = given_word(cli, 0),
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1,
		.ready_person = given_text(cli, "person"),
		.deputy = given_text(cli, "deputy"),
		.place = given_text(cli, "place"),
	};

	if (!given_needed(cli, "weekday", err) || !given_needed(cli, "start", err)
		|| !given_needed(cli, "end", err)
		|| !given_number(cli, "weekday", 1, 7, &slot.weekday, err)
		|| !given_minute(cli, "start", &slot.start, err)
		|| !given_minute(cli, "end", &slot.end, err)
		|| !given_term(cli, "repeat", &repeat_terms, &repeat, err)
		|| !given_day(cli, "from", &slot.from_day, err)
		|| !given_day(cli, "until", &slot.until_day, err)
		|| !given_number(cli, "capacity", 1, 100, &slot.capacity, err))
		return false;
	slot.repeat = (enum repeat)repeat;
	if (!registry_add_slot(cli->session, &slot, err))
		return false;
	print_made(cli, "%lld", (long long)slot.id);
	return true;
}

/* What is given of a hole, over what it is. */
static bool given_slot(struct cli *cli, struct slot *slot, struct error *err)
{
	int repeat = (int)slot->repeat;

	if (given_text(cli, "person"))
		slot->ready_person = given_text(cli, "person");
	if (given_text(cli, "deputy"))
		slot->deputy = given_text(cli, "deputy");
	if (given_text(cli, "place"))
		slot->place = given_text(cli, "place");
	if (!given_number(cli, "weekday", 1, 7, &slot->weekday, err)
		|| !given_minute(cli, "start", &slot->start, err)
		|| !given_minute(cli, "end", &slot->end, err)
		|| !given_term(cli, "repeat", &repeat_terms, &repeat, err)
		|| !given_day(cli, "from", &slot->from_day, err)
		|| !given_day(cli, "until", &slot->until_day, err)
		|| !given_number(cli, "capacity", 1, SLOT_CAPACITY_MOST, &slot->capacity, err))
		return false;
	slot->repeat = (enum repeat)repeat;
	return true;
}

/* The meetings of these days that stand where the unit has no hole any more: a person decides, and
 * must know. */
static bool tell_unsettled(
	struct cli *cli, const char *unit, int from_day, int until_day, struct error *err)
{
	struct unsettled_list list;

	if (!session_may(cli->session, USE_MEETING_LIST))
		return true;
	if (!promise_unsettled(cli->session, unit, cli->arena, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct meeting *meeting = &list.items[i].meeting;

		if (meeting->day < from_day || meeting->day > until_day)
			continue;
		fprintf(stderr,
			_("kutsu: done, but meeting %lld stands where %s has no hole now; see "
			  "\"kutsu slot settle --help\", or move or cancel it\n"),
			(long long)meeting->id, unit);
	}
	return true;
}

static bool run_change(struct cli *cli, struct error *err)
{
	struct slot slot;
	int64_t id;

	if (!given_needed(cli, "from", err) || !word_id(cli, 0, &id, err)
		|| !registry_slot_get(cli->session, id, cli->arena, &slot, err)
		|| !given_slot(cli, &slot, err) || !promise_change(cli->session, id, &slot, err))
		return false;
	print_made(cli, "%lld", (long long)slot.id);
	return tell_unsettled(cli, slot.unit, slot.from_day, DAY_LAST, err);
}

/* What a unit can say; the rest follows from its calendar. */
static const enum readiness answers[] = { READINESS_CONFIRMED, READINESS_DEPUTY, READINESS_DECLINED,
	READINESS_UNCONFIRMED };
static const struct term answer_words[] = { { "confirmed", "" }, { "deputy", "" },
	{ "declined", "" }, { "unconfirmed", "" } };
static const struct term_list promise_terms = { answer_words, 4 };

/* Those of enum asked that ask for something. */
static const struct term ask_words[] = { { "move", "" }, { "cancel", "" } };
static const struct term_list ask_terms = { ask_words, 2 };

static bool run_confirm(struct cli *cli, struct error *err)
{
	int state = 0;
	struct promise_answer answer = {
		.unit = given_word(cli, 0),
		.start = WHOLE_WEEK,
		.note = given_text(cli, "note"),
		.person = given_text(cli, "person"),
		.place = given_text(cli, "place"),
	};
	const char *week = given_text(cli, "week");
	struct iso_week parsed;

	if (week && given_text(cli, "date"))
		return error_set(err, ERROR_INVALID, _("give either --week or --date"));
	if (given_text(cli, "date")) {
		if (!given_needed(cli, "start", err) || !given_day(cli, "date", &answer.day, err)
			|| !given_minute(cli, "start", &answer.start, err))
			return false;
	} else {
		if (!given_needed(cli, "week", err) || !read_week(cli, week, &parsed, err))
			return false;
		answer.day = day_from_iso_week(parsed);
	}
	if (!given_term(cli, "state", &promise_terms, &state, err))
		return false;
	answer.state = answers[state];
	return promise_answer_give(cli->session, &answer, err)
	       && tell_unsettled(cli, answer.unit, answer.day,
		       answer.start == WHOLE_WEEK ? answer.day + 6 : answer.day, err);
}

static bool run_settle(struct cli *cli, struct error *err)
{
	int asks = -1;
	int64_t id;

	if (given_flag(cli, "take-back"))
		return word_id(cli, 1, &id, err)
		       && promise_unsettle(cli->session, id, given_word(cli, 0), err);
	return word_id(cli, 1, &id, err) && given_term(cli, "ask", &ask_terms, &asks, err)
	       && promise_settle(cli->session, id, given_word(cli, 0), (enum asked)(asks + 1),
		       given_text(cli, "person"), err);
}

static bool run_end(struct cli *cli, struct error *err)
{
	int until = 0;
	int64_t id;

	struct slot slot;

	return given_needed(cli, "until", err) && given_day(cli, "until", &until, err)
	       && word_id(cli, 0, &id, err) && registry_end_slot(cli->session, id, until, err)
	       && registry_slot_get(cli->session, id, cli->arena, &slot, err)
	       && tell_unsettled(cli, slot.unit, until + 1, DAY_LAST, err);
}

static bool run_close(struct cli *cli, struct error *err)
{
	struct closing closing = { .unit = given_word(cli, 0),
		.reason = given_text(cli, "reason") };

	if (!given_needed(cli, "from", err) || !given_day(cli, "from", &closing.from_day, err))
		return false;
	closing.until_day = closing.from_day;
	if (!given_day(cli, "until", &closing.until_day, err)
		|| !registry_close(cli->session, &closing, err))
		return false;
	print_made(cli, "%lld", (long long)closing.id);
	return tell_unsettled(cli, closing.unit, closing.from_day, closing.until_day, err);
}

static bool run_open(struct cli *cli, struct error *err)
{
	struct opening opening = { .unit = given_word(cli, 0) };

	if (!given_needed(cli, "date", err) || !given_needed(cli, "start", err)
		|| !given_needed(cli, "end", err) || !given_day(cli, "date", &opening.day, err)
		|| !given_minute(cli, "start", &opening.start, err)
		|| !given_minute(cli, "end", &opening.end, err)
		|| !registry_open(cli->session, &opening, err))
		return false;
	print_made(cli, "%lld", (long long)opening.id);
	return true;
}

static const char *validity(struct cli *cli, const struct slot *slot)
{
	char from[LOCALTEXT_SIZE] = "", until[LOCALTEXT_SIZE] = "";

	if (slot->from_day == DAY_FIRST && slot->until_day == DAY_LAST)
		return "";
	if (slot->from_day != DAY_FIRST)
		local_day(slot->from_day, from);
	if (slot->until_day != DAY_LAST)
		local_day(slot->until_day, until);
	return arena_printf(cli->arena, "%s–%s", from, until);
}

static void list_slots(struct cli *cli, const struct slot_list *slots)
{
	struct listing listing;

	listing_begin(&listing, cli, 7);
	for (size_t i = 0; i < slots->count; i++) {
		const struct slot *slot = &slots->items[i];
		char span[LOCALTEXT_SIZE];
		struct row row;

		row_init(&row, cli->arena);
		row_of_slot(&row, slot);
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, arena_printf(cli->arena, "%lld", (long long)slot->id),
			slot->unit,
			arena_printf(cli->arena, "%s %s", local_weekday(slot->weekday),
				local_span(slot->start, slot->end, span)),
			term_label(&repeat_terms, (int)slot->repeat), validity(cli, slot),
			slot->ready_person, slot->place);
	}
	listing_end(&listing);
}

static void list_occurrence(struct listing *listing, const char *unit, const struct occurrence *o)
{
	struct arena *arena = listing->cli->arena;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	struct row row;

	row_init(&row, arena);
	row_of_occurrence(&row, unit, o);
	if (listing->cli->json)
		listing_row(listing, &row);
	table_add(&listing->table, unit,
		arena_printf(arena, "%s %s", local_short_day(o->day, day),
			local_span(o->start, o->end, span)),
		term_label(&occurrence_terms, (int)o->state),
		arena_printf(arena, "%d/%d", o->booked, o->capacity),
		term_label(&readiness_terms, (int)o->readiness),
		o->answer && o->answer->note ? o->answer->note
		: o->closing		     ? o->closing->reason
					     : NULL);
}

/* A unit that has promised nothing stands in the list, too: somebody should know. */
static void list_no_occurrence(struct listing *listing, const struct unit_days *unit, int monday)
{
	const struct readiness_answer *answer = readiness_find(
		unit->calendar.answers, unit->calendar.answer_count, monday, WEEK_WITHOUT_HOLE);
	struct row row;

	row_init(&row, listing->cli->arena);
	row_of_no_occurrence(&row, unit->unit.code, answer);
	if (listing->cli->json)
		listing_row(listing, &row);
	table_add(&listing->table, unit->unit.code, "", "", "",
		term_label(&readiness_terms, READINESS_NONE), answer ? answer->note : NULL);
}

static void list_occurrences(
	struct cli *cli, const struct unit_days *units, size_t count, int monday)
{
	struct listing listing;

	listing_begin(&listing, cli, 6);
	for (size_t u = 0; u < count; u++) {
		if (units[u].occurrences.count == 0
			&& !calendar_has_promise(&units[u].calendar, monday, 7))
			list_no_occurrence(&listing, &units[u], monday);
		for (size_t i = 0; i < units[u].occurrences.count; i++)
			list_occurrence(
				&listing, units[u].unit.code, &units[u].occurrences.items[i]);
	}
	listing_end(&listing);
}

static bool list_week(struct cli *cli, const char *unit, struct error *err)
{
	const char *text = given_text(cli, "week");
	struct unit_days *units;
	struct iso_week week;
	size_t count;

	if (!read_week(cli, text, &week, err)
		|| !find_occurrences(cli->session, unit, day_from_iso_week(week), 7, cli->arena,
			&units, &count, err))
		return false;
	list_occurrences(cli, units, count, day_from_iso_week(week));
	unit_days_release(units, count);
	return true;
}

static bool run_list(struct cli *cli, struct error *err)
{
	const char *code = given_text(cli, "unit");
	struct slot_list slots;

	if (given_text(cli, "week"))
		return list_week(cli, code, err);
	if (!registry_slot_list(cli->session, code, cli->arena, &slots, err))
		return false;
	list_slots(cli, &slots);
	return true;
}

static const struct option_spec add_options[] = {
	{ "weekday", OPTION_TEXT, "1..7", N_("1 is Monday") },
	{ "start", OPTION_TEXT, "HH:MM", N_("when it begins") },
	{ "end", OPTION_TEXT, "HH:MM", N_("when it ends") },
	{ "repeat", OPTION_TEXT, "weekly|fortnightly|monthly",
		N_("how often; weekly if not given") },
	{ "from", OPTION_TEXT, "DATE", N_("its first day; fortnights and months count from it") },
	{ "until", OPTION_TEXT, "DATE", N_("its last day") },
	{ "capacity", OPTION_TEXT, "N", N_("how many meetings at once; 1 if not given") },
	{ "person", OPTION_TEXT, "P", N_("the ready person, by role") },
	{ "deputy", OPTION_TEXT, "P", N_("the deputy, by role") },
	{ "place", OPTION_TEXT, "TEXT", N_("where") },
	{ 0 },
};

static const struct option_spec list_options[] = {
	{ "unit", OPTION_TEXT, "U", N_("of this unit only") },
	{ "week", OPTION_TEXT, "2026-W48", N_("that week's occurrences and their state") },
	{ 0 },
};

static const struct option_spec change_options[] = {
	{ "from", OPTION_TEXT, "DATE", N_("from which day; before it the hole stays as it was") },
	{ "weekday", OPTION_TEXT, "1..7", N_("1 is Monday") },
	{ "start", OPTION_TEXT, "HH:MM", N_("when it begins") },
	{ "end", OPTION_TEXT, "HH:MM", N_("when it ends") },
	{ "repeat", OPTION_TEXT, "weekly|fortnightly|monthly", N_("how often") },
	{ "until", OPTION_TEXT, "DATE", N_("its last day") },
	{ "capacity", OPTION_TEXT, "N", N_("how many meetings at once") },
	{ "person", OPTION_TEXT, "P", N_("the ready person, by role") },
	{ "deputy", OPTION_TEXT, "P", N_("the deputy, by role") },
	{ "place", OPTION_TEXT, "TEXT", N_("where") },
	{ 0 },
};

static const struct option_spec confirm_options[] = {
	{ "week", OPTION_TEXT, "2026-W48", N_("all the unit's holes of that week") },
	{ "date", OPTION_TEXT, "DATE", N_("one hole only: its day") },
	{ "start", OPTION_TEXT, "HH:MM", N_("and when it begins") },
	{ "state", OPTION_TEXT, "confirmed|deputy|declined|unconfirmed",
		N_("confirmed if not given; unconfirmed takes the answer back") },
	{ "note", OPTION_TEXT, "TEXT", N_("why; nothing about anyone's health") },
	{ "person", OPTION_TEXT, "P", N_("who goes, if it is another, by role") },
	{ "place", OPTION_TEXT, "TEXT", N_("where, if it is elsewhere") },
	{ 0 },
};

static const struct option_spec settle_options[] = {
	{ "person", OPTION_TEXT, "P", N_("who goes, by role; the deputy if not given") },
	{ "take-back", OPTION_FLAG, NULL, N_("it waits for somebody again") },
	{ "ask", OPTION_TEXT, "move|cancel", N_("asks the coordinator to do that instead") },
	{ 0 },
};

static const struct option_spec end_options[] = {
	{ "until", OPTION_TEXT, "DATE", N_("its last day") },
	{ 0 },
};

static const struct option_spec close_options[] = {
	{ "from", OPTION_TEXT, "DATE", N_("the first day away") },
	{ "until", OPTION_TEXT, "DATE", N_("the last day away; one day if not given") },
	{ "reason", OPTION_TEXT, "TEXT", N_("why; nothing about anyone's health") },
	{ 0 },
};

static const struct option_spec open_options[] = {
	{ "date", OPTION_TEXT, "DATE", N_("the day") },
	{ "start", OPTION_TEXT, "HH:MM", N_("when it begins") },
	{ "end", OPTION_TEXT, "HH:MM", N_("when it ends") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "add", "UNIT", N_("promises a hole; prints its number"), add_options, NEEDS_SESSION,
		false, run_add },
	{ "list", "", N_("lists the holes"), list_options, NEEDS_SESSION, true, run_list },
	{ "change", "SLOT", N_("what it is from a day on; prints its new number"), change_options,
		NEEDS_SESSION, false, run_change },
	{ "confirm", "UNIT", N_("the unit's answer for a week's holes"), confirm_options,
		NEEDS_SESSION, false, run_confirm },
	{ "settle", "UNIT MEETING", N_("somebody goes to a meeting whose hole has closed"),
		settle_options, NEEDS_SESSION, false, run_settle },
	{ "end", "SLOT", N_("a hole's last day"), end_options, NEEDS_SESSION, false, run_end },
	{ "close", "UNIT", N_("the unit is away"), close_options, NEEDS_SESSION, false, run_close },
	{ "open", "UNIT", N_("an extra hole"), open_options, NEEDS_SESSION, false, run_open },
};

const struct command slot_command = { "slot", N_("holes in the units' calendars"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
