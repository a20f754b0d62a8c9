#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/domain/slot.h"
#include "kutsu/format/invitation_text.h"
#include "kutsu/format/json_writer.h"
#include "kutsu/format/record_reader.h"
#include "kutsu/service/agenda.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/promise.h"
#include "listing_internal.h"

/* Whether what the units and the family are to be told leaves at once. */
static enum leaving given_leaving(struct cli *cli)
{
	return given_flag(cli, "invite") ? LEAVES_NOW : LEAVES_LATER;
}

static bool run_book(struct cli *cli, struct error *err)
{
	struct booking booking = { .case_code = given_word(cli, 0),
		.minutes = MEETING_MINUTES_DEFAULT,
		.place = given_text(cli, "place"),
		.kind = given_flag(cli, "follow-up") ? MEETING_FOLLOW_UP : MEETING_INVITED,
		.leaving = given_leaving(cli) };
	int64_t id;

	booking.units = given_list(cli, "unit", &booking.unit_count);
	if (!given_needed(cli, "unit", err) || !given_needed(cli, "start", err)
		|| !given_moment(cli, "start", &booking.day, &booking.start, err)
		|| !given_number(cli, "minutes", 1, MEETING_MINUTES_LONGEST, &booking.minutes, err)
		|| !booking_make(cli->session, &booking, &id, err))
		return false;
	print_made(cli, "%lld", (long long)id);
	return true;
}

static const char *units_text(struct cli *cli, const struct meeting *meeting)
{
	return arena_join(cli->arena, meeting->units, meeting->unit_count, ", ");
}

static const char *known_text(enum known known)
{
	return known == KNOWN_YES ? _("yes") : known == KNOWN_NO ? _("no") : _("not told");
}

static bool list_one(void *context, const struct meeting *meeting, struct error *err)
{
	struct listing *listing = context;
	struct cli *cli = listing->cli;
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	struct arena arena = { 0 };
	struct row row;

	(void)err;
	if (cli->json) {
		row_init(&row, &arena);
		row_of_meeting(&row, meeting);
		listing_row(listing, &row);
		arena_release(&arena);
		return true;
	}
	table_add(&listing->table, arena_printf(cli->arena, "%lld", (long long)meeting->id),
		arena_printf(cli->arena, "%s %s", local_weekday_day(meeting->day, day),
			local_clock_span(meeting->start, meeting->end, span)),
		meeting->case_code ? arena_text(cli->arena, meeting->case_code) : "",
		term_label(&meeting_status_terms, (int)meeting->status), units_text(cli, meeting));
	return true;
}

static bool run_list(struct cli *cli, struct error *err)
{
	struct agenda_query query = { DAY_FIRST, DAY_LAST, given_text(cli, "unit") };
	struct listing listing;

	if (!given_day(cli, "from", &query.from_day, err)
		|| !given_day(cli, "to", &query.until_day, err))
		return false;
	listing_begin(&listing, cli, 5);
	if (!agenda_each(cli->session, &query, list_one, &listing, err))
		return false;
	listing_end(&listing);
	return true;
}

static void put_invitations(
	struct cli *cli, struct json_writer *json, const struct invitation_list *list)
{
	json_open_array(json, "invitations");
	for (size_t i = 0; i < list->count; i++) {
		struct row row;

		row_init(&row, cli->arena);
		row_of_invitation(&row, &list->items[i]);
		json_row(json, NULL, &row);
	}
	json_close_array(json);
}

static void put_follow_up(
	struct cli *cli, struct json_writer *json, const struct meeting_record *record)
{
	struct row row;

	if (record->follow_up_needed == KNOWN_NOT)
		return;
	row_init(&row, cli->arena);
	row_add_boolean(&row, "needed", record->follow_up_needed == KNOWN_YES);
	if (record->follow_up_within_weeks)
		row_add_integer(&row, "within_weeks", record->follow_up_within_weeks);
	if (record->follow_up_reason)
		row_add_text(&row, "reason", record->follow_up_reason);
	json_row(json, "follow_up", &row);
}

static void print_json(struct cli *cli, const struct meeting_view *view)
{
	const struct meeting_record *record = view->has_record ? &view->record : NULL;
	struct json_writer json;
	struct row row;

	json_begin(&json, cli->out);
	json_open_object(&json, NULL);
	row_init(&row, cli->arena);
	row_of_meeting(&row, &view->meeting);
	if (view->concern)
		row_add_text(&row, "concern", view->concern);
	if (record) {
		row_of_record(&row, record);
		row_add_integer(&row, "revision", record->revision);
		row_add_text(&row, "recorded_by", record->recorded_by);
		row_add_moment(&row, "recorded", record->recorded_at);
	}
	json_row_values(&json, &row);
	put_invitations(cli, &json, &view->invitations);
	if (record) {
		json_open_array(&json, "actions");
		for (size_t i = 0; i < record->action_count; i++) {
			row_init(&row, cli->arena);
			row_of_action(&row, &record->actions[i]);
			json_row(&json, NULL, &row);
		}
		json_close_array(&json);
		put_follow_up(cli, &json, record);
	}
	json_close_object(&json);
	json_end(&json);
}

static void print_text(struct cli *cli, const struct meeting_view *view)
{
	const struct meeting_record *record = view->has_record ? &view->record : NULL;
	const struct meeting *meeting = &view->meeting;
	struct table table = { .arena = cli->arena, .columns = 2 };
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];

	table_add(&table, _("meeting"), arena_printf(cli->arena, "%lld", (long long)meeting->id));
	table_add(&table, _("case"), meeting->case_code);
	table_add(&table, _("kind"), term_label(&meeting_kind_terms, (int)meeting->kind));
	table_add(&table, _("time"),
		arena_printf(cli->arena, "%s %s", local_weekday_day(meeting->day, day),
			local_clock_span(meeting->start, meeting->end, span)));
	table_add(&table, _("place"),
		meeting->nondisclosure ? _("(non-disclosure order)") : meeting->place);
	table_add(&table, _("status"), term_label(&meeting_status_terms, (int)meeting->status));
	if (meeting->cancelled_reason)
		table_add(&table, _("cancelled because"), meeting->cancelled_reason);
	table_add(&table, _("units"), units_text(cli, meeting));
	for (size_t i = 0; i < view->invitations.count; i++)
		table_add(&table, view->invitations.items[i].unit,
			invitation_text(&view->invitations.items[i], session_today(cli->session),
				cli->arena));
	if (view->concern)
		table_add(&table, _("concern"), view->concern);
	if (record) {
		table_add(&table, _("came"),
			arena_join(cli->arena, record->attended, record->attended_count, ", "));
		table_add(&table, _("did not come"),
			arena_join(cli->arena, record->absent, record->absent_count, ", "));
		table_add(&table, _("adults"),
			arena_join(cli->arena, record->adults, record->adult_count, ", "));
		table_add(&table, _("child present"), known_text(record->child_present));
		table_add(&table, _("child heard"), known_text(record->child_heard));
		table_add(&table, _("strengths"), record->strengths);
		table_add(&table, _("vulnerabilities"), record->vulnerabilities);
		table_add(&table, _("notes"), record->notes);
	}
	for (size_t i = 0; record && i < record->action_count; i++)
		table_add(&table, _("action"),
			arena_printf(cli->arena, "%lld  %s: %s", (long long)record->actions[i].id,
				record->actions[i].who, record->actions[i].what));
	if (record && record->follow_up_needed != KNOWN_NOT)
		table_add(&table, _("follow-up"),
			record->follow_up_needed == KNOWN_YES ? _("needed")
							      : record->follow_up_reason);
	table_print(&table, cli->out);
}

/* The units that have no hole for it any more. */
static bool print_unsettled(struct cli *cli, int64_t id, struct error *err)
{
	struct unsettled_list list;

	if (!promise_unsettled(cli->session, NULL, cli->arena, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].meeting.id == id)
			fprintf(cli->out, _("%s has no hole then any more%s%s\n"),
				list.items[i].unit, list.items[i].reason ? ": " : "",
				list.items[i].reason ? list.items[i].reason : "");
	}
	return true;
}

/* What the time that a unit offers would mean for the others. */
static bool print_counter(
	struct cli *cli, int64_t id, const struct invitation *invitation, struct error *err)
{
	char day[LOCALTEXT_SIZE], clock[LOCALTEXT_SIZE];
	const char **taken;
	struct counter_look look;
	size_t count = 0;

	if (!invitation_look_at_counter(cli->session, id, invitation->counter_day,
		    invitation->counter_start, cli->arena, &look, err))
		return false;
	taken = arena_new(cli->arena, (look.count + 1) * sizeof(*taken));
	for (size_t i = 0; i < look.count; i++) {
		if (!look.units[i].is_free)
			taken[count++] = look.units[i].unit;
	}
	fprintf(cli->out, "%s %s: %s%s\n", local_weekday_day(invitation->counter_day, day),
		local_clock(invitation->counter_start, clock),
		look.is_past	 ? _("the time is past")
		: look.suits_all ? _("suits all of the units")
				 : _("does not suit "),
		look.is_past ? "" : arena_join(cli->arena, taken, count, ", "));
	return true;
}

/* What is left when a unit does not come. */
static bool print_without(
	struct cli *cli, int64_t id, const struct invitation *invitation, struct error *err)
{
	char day[LOCALTEXT_SIZE], span[LOCALTEXT_SIZE];
	struct without_unit look;

	if (!invitation_look_without(cli->session, id, invitation->unit, cli->arena, &look, err))
		return false;
	fprintf(cli->out,
		_("%s does not come. Deputy: %s. Next shared hole: %s. Without it: %zu left.\n"),
		invitation->unit, look.deputy ? look.deputy : _("none is named"),
		look.has_other
			? arena_printf(cli->arena, "%s %s", local_weekday_day(look.other_day, day),
				local_span(look.other_start, look.other_end, span))
			: _("none"),
		look.others);
	return true;
}

static bool print_answers(
	struct cli *cli, int64_t id, const struct meeting_view *view, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < view->invitations.count; i++) {
		const struct invitation *invitation = &view->invitations.items[i];

		if (invitation->is_off || !session_may(cli->session, USE_INVITE))
			continue;
		if (invitation->answer == ANSWER_COUNTER)
			ok = print_counter(cli, id, invitation, err);
		else if (invitation->answer == ANSWER_DECLINED)
			ok = print_without(cli, id, invitation, err);
	}
	return ok;
}

static bool run_show(struct cli *cli, struct error *err)
{
	struct meeting_view view;
	int64_t id;

	if (!word_id(cli, 0, &id, err)
		|| !meeting_look(cli->session, LOOK_NEW, id, cli->arena, &view, err))
		return false;
	if (cli->json) {
		print_json(cli, &view);
		return true;
	}
	print_text(cli, &view);
	return view.meeting.status != MEETING_BOOKED
	       || (print_unsettled(cli, id, err) && print_answers(cli, id, &view, err));
}

static bool run_move(struct cli *cli, struct error *err)
{
	int day = 0, minute = 0;
	int64_t id;

	return given_needed(cli, "start", err) && given_moment(cli, "start", &day, &minute, err)
	       && word_id(cli, 0, &id, err)
	       && booking_move(
		       cli->session, id, SEQUENCE_UNTOLD, day, minute, given_leaving(cli), err);
}

static bool run_cancel(struct cli *cli, struct error *err)
{
	int64_t id;

	return given_needed(cli, "reason", err) && word_id(cli, 0, &id, err)
	       && booking_cancel(
		       cli->session, id, given_text(cli, "reason"), given_leaving(cli), err);
}

static bool run_record(struct cli *cli, struct error *err)
{
	struct meeting_record record;
	size_t length = 0;
	char *bytes = NULL;
	int64_t id;

	return given_needed(cli, "file", err) && word_id(cli, 0, &id, err)
	       && read_input(cli, given_text(cli, "file"), RECORD_LARGEST, &bytes, &length, err)
	       && record_read(bytes, length, cli->arena, &record, err)
	       && meeting_record_make(cli->session, id, &record, err);
}

#define INVITE_OPTION                                                                              \
	{                                                                                          \
		"invite", OPTION_FLAG, NULL,                                                       \
			N_("what the units and the family are told leaves at once; else it waits") \
	}

static const struct option_spec book_options[] = {
	{ "unit", OPTION_MANY, "U", N_("the units that are invited") },
	{ "start", OPTION_TEXT, "2026-12-01T13:00", N_("when it begins") },
	{ "minutes", OPTION_TEXT, "60", N_("how long it is") },
	{ "place", OPTION_TEXT, "TEXT", N_("where") },
	{ "follow-up", OPTION_FLAG, NULL, N_("it is a follow-up meeting") },
	INVITE_OPTION,
	{ 0 },
};

static bool run_answer(struct cli *cli, struct error *err)
{
	int answer = ANSWER_NONE, reason = DECLINE_UNTOLD;
	struct invitation_answer given = { .note = given_text(cli, "note") };
	int64_t id;

	if (!word_id(cli, 0, &id, err) || !given_needed(cli, "unit", err))
		return false;
	if (!term_parse(&answer_terms, given_word(cli, 1), &answer))
		return error_set(err, ERROR_INVALID, _("%.40s: give one of %s"), given_word(cli, 1),
			"accepted, declined, deputy, counter, none");
	if (answer == ANSWER_COUNTER
		&& (!given_needed(cli, "start", err)
			|| !given_moment(
				cli, "start", &given.counter_day, &given.counter_start, err)))
		return false;
	if (!given_term(cli, "reason", &decline_reason_terms, &reason, err))
		return false;
	given.answer = (enum answer)answer;
	given.reason = (enum decline_reason)reason;
	return invitation_answer(cli->session, id, given_text(cli, "unit"), &given, err);
}

static bool run_invite(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && given_needed(cli, "unit", err)
	       && invitation_add(
		       cli->session, id, given_text(cli, "unit"), given_leaving(cli), err);
}

static bool run_uninvite(struct cli *cli, struct error *err)
{
	int64_t id;

	return word_id(cli, 0, &id, err) && given_needed(cli, "unit", err)
	       && invitation_remove(
		       cli->session, id, given_text(cli, "unit"), given_leaving(cli), err);
}

static const struct option_spec list_options[] = {
	{ "from", OPTION_TEXT, "DATE", N_("the first day") },
	{ "to", OPTION_TEXT, "DATE", N_("the last day") },
	{ "unit", OPTION_TEXT, "U", N_("of this unit only") },
	{ 0 },
};

static const struct option_spec move_options[] = {
	{ "start", OPTION_TEXT, "2026-12-01T13:00", N_("when it begins") },
	INVITE_OPTION,
	{ 0 },
};

static const struct option_spec cancel_options[] = {
	{ "reason", OPTION_TEXT, "TEXT", N_("why") },
	INVITE_OPTION,
	{ 0 },
};

static const struct option_spec record_options[] = {
	{ "file", OPTION_TEXT, "FILE", N_("the record as JSON; - is standard input") },
	{ 0 },
};

static const struct option_spec answer_options[] = {
	{ "unit", OPTION_TEXT, "U", N_("whose answer it is") },
	{ "reason", OPTION_TEXT, "REASON",
		N_("of a no: absent, other_meeting, staff, not_ours or other") },
	{ "note", OPTION_TEXT, "TEXT", N_("in the unit's words; nothing about health") },
	{ "start", OPTION_TEXT, "2026-12-01T13:00", N_("the time that a counter offers") },
	{ 0 },
};

static const struct option_spec invite_options[] = {
	{ "unit", OPTION_TEXT, "U", N_("the unit") },
	INVITE_OPTION,
	{ 0 },
};

static const struct verb verbs[] = {
	{ "book", "CASE", N_("books a meeting; prints its number"), book_options, NEEDS_SESSION,
		false, run_book },
	{ "list", "", N_("lists the meetings, by start"), list_options, NEEDS_SESSION, true,
		run_list },
	{ "show", "MEETING", N_("shows a meeting and its record; the log tells of it"), NULL,
		NEEDS_SESSION, true, run_show },
	{ "move", "MEETING", N_("moves a meeting"), move_options, NEEDS_SESSION, false, run_move },
	{ "cancel", "MEETING", N_("cancels a meeting"), cancel_options, NEEDS_SESSION, false,
		run_cancel },
	{ "answer", "MEETING ANSWER",
		N_("notes what a unit answers: accepted, declined, deputy, counter or none"),
		answer_options, NEEDS_SESSION, false, run_answer },
	{ "invite", "MEETING", N_("invites one unit more, or one again"), invite_options,
		NEEDS_SESSION, false, run_invite },
	{ "uninvite", "MEETING", N_("goes without a unit; its hole is free again"), invite_options,
		NEEDS_SESSION, false, run_uninvite },
	{ "record", "MEETING", N_("records what came of it"), record_options, NEEDS_SESSION, false,
		run_record },
};

const struct command meeting_command = { "meeting", N_("network meetings"), COMMAND_BY_ENTRANCE,
	VERBS(verbs) };
