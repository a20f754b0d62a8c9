/* The fictitious region, made by the same use cases that people use. */
#include "demo_region_internal.h"
#include "kutsu/base/date.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/intake.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/registry.h"
#include "kutsu/store/meeting_store.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/unit_store.h"
#include "kutsu/store/user_store.h"
#include "region_internal.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define DEMO_NOTICE  2
#define DEMO_MINUTES 60

/* One making of the region. */
struct demo {
	struct session *session;
	const struct demo_options *options;
	int shift;		    /* days, whole weeks */
	struct wall_time now;	    /* what has happened until then exists */
	const char *case_codes[64]; /* of the region's first copy, by call */
	int64_t meeting_ids[64];
	unsigned searches;
	struct arena arena;
};

static int shifted_day(const struct demo *demo, const char *iso)
{
	int day;
	bool ok = day_parse(iso, 0, &day);

	assert(ok);
	return ok ? day + demo->shift : 0;
}

static int minute_of(const char *text)
{
	int minute = 0;
	bool ok = minute_parse(text, &minute);

	assert(ok);
	return ok ? minute : 0;
}

static struct wall_time shifted_moment(const struct demo *demo, const char *iso)
{
	struct wall_time wall = { 0 };
	bool ok = moment_parse(iso, &wall.day, &wall.minute);

	assert(ok);
	if (ok)
		wall.day += demo->shift;
	return wall;
}

static bool is_past(const struct demo *demo, struct wall_time wall)
{
	return wall.day < demo->now.day
	       || (wall.day == demo->now.day && wall.minute <= demo->now.minute);
}

static void set_clock(struct demo *demo, int day, int minute)
{
	demo->session->clock =
		(struct clock) { .is_fixed = true, .fixed_at = zone_to_moment(day, minute) };
}

static bool add_units_of_copy(struct demo *demo, int copy, struct error *err)
{
	for (size_t i = 0; i < demo_unit_count; i++) {
		const struct demo_unit *from = &demo_units[i];
		struct unit unit = {
			.code = demo_unit_code(&demo->arena, from->code, copy),
			.name = copy == 0
					? from->name
					: arena_printf(&demo->arena, "%s %d", from->name, copy + 1),
			.sector = from->sector,
			.area = from->area,
			.municipality = from->municipality,
			.school_based = sector_is_school_based(from->sector),
			.email = arena_printf(&demo->arena, "%s@vaara.example", from->code),
			.phone = arena_printf(&demo->arena, "21%02zu", i + 1),
		};

		if (!registry_add_unit(demo->session, &unit, err))
			return false;
	}
	return true;
}

static bool add_slots_of_copy(struct demo *demo, int copy, struct error *err)
{
	for (size_t i = 0; i < demo_slot_count; i++) {
		const struct demo_slot *from = &demo_slots[i];
		/* A shift by weeks would move a month's nth weekday: that slot stays where it is.
		 */
		int shift = from->repeat == REPEAT_MONTHLY ? -demo->shift : 0;
		struct slot slot = {
			.unit = demo_unit_code(&demo->arena, from->unit, copy),
			.weekday = from->weekday,
			.start = minute_of(from->start),
			.end = minute_of(from->end),
			.repeat = from->repeat,
			.from_day = from->from ? shifted_day(demo, from->from) + shift : DAY_FIRST,
			.until_day = DAY_LAST,
			.capacity = 1,
			.ready_person = from->ready_person,
			.deputy = from->deputy,
			.place = from->place,
		};

		if (!registry_add_slot(demo->session, &slot, err))
			return false;
	}
	return true;
}

static bool add_closings_of_copy(struct demo *demo, int copy, struct error *err)
{
	for (size_t i = 0; i < demo_closing_count; i++) {
		const struct demo_closing *from = &demo_closings[i];
		struct closing closing = {
			.unit = demo_unit_code(&demo->arena, from->unit, copy),
			.from_day = shifted_day(demo, from->from),
			.until_day = shifted_day(demo, from->until),
			.reason = from->reason,
		};

		if (!registry_close(demo->session, &closing, err))
			return false;
	}
	return true;
}

static bool add_breaks(struct demo *demo, struct error *err)
{
	for (size_t i = 0; i < demo_break_count; i++) {
		struct school_break school_break = {
			.name = demo_breaks[i].name,
			.from_day = shifted_day(demo, demo_breaks[i].from),
			.until_day = shifted_day(demo, demo_breaks[i].until),
		};

		if (!registry_add_break(demo->session, &school_break, err))
			return false;
	}
	return true;
}

static bool add_registry(struct demo *demo, struct error *err)
{
	if (!add_breaks(demo, err))
		return false;
	for (int copy = 0; copy < demo->options->scale; copy++) {
		if (!add_units_of_copy(demo, copy, err) || !add_slots_of_copy(demo, copy, err)
			|| !add_closings_of_copy(demo, copy, err))
			return false;
	}
	return true;
}

static size_t count_texts(const char *const *texts, size_t most)
{
	size_t count = 0;

	while (count < most && texts[count])
		count++;
	return count;
}

static size_t index_of_call(const char *name)
{
	for (size_t i = 0; i < demo_call_count; i++) {
		if (strcmp(demo_calls[i].name, name) == 0)
			return i;
	}
	assert(!"a call that is none");
	return 0;
}

/* The place of the first unit's hole on that day, as the call screen would offer it. */
static const char *place_of(const char *unit, int day)
{
	for (size_t i = 0; i < demo_slot_count; i++) {
		if (strcmp(demo_slots[i].unit, unit) == 0
			&& demo_slots[i].weekday == day_weekday(day))
			return demo_slots[i].place;
	}
	return NULL;
}

static const char *place_of_meeting(const struct demo_call *call, int day)
{
	for (size_t i = 0; i < demo_record_count; i++) {
		if (strcmp(demo_records[i].call, call->name) == 0)
			return demo_records[i].place;
	}
	return place_of(call->units[0], day);
}

/* The note with its days as they are in a region that was shifted: "{2026-11-25}" is "25.11.". */
static const char *shifted_note(struct demo *demo, const char *note)
{
	const char *open = note ? strchr(note, '{') : NULL;
	struct civil_date date;
	char iso[DAY_TEXT_SIZE];
	size_t length;

	if (!open)
		return note;
	length = strcspn(open, "}");
	assert(length - 1 < sizeof(iso));
	snprintf(iso, sizeof(iso), "%.*s", (int)(length - 1), open + 1);
	date = day_to_civil(shifted_day(demo, iso));
	return shifted_note(demo, arena_printf(&demo->arena, "%.*s%d.%d.%s", (int)(open - note),
					  note, date.mday, date.month, open + length + 1));
}

static const char *contact_of(struct demo *demo, const char *unit)
{
	char *login = arena_printf(&demo->arena, "yhd-%s", unit);

	for (char *c = login; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return login;
}

/* By the unit's contact, as it would be. */
static bool give_answer(struct demo *demo, const struct demo_answer *from, struct error *err)
{
	struct promise_answer answer = { .unit = from->unit,
		.day = shifted_day(demo, from->week),
		.start = WHOLE_WEEK,
		.state = from->state,
		.note = shifted_note(demo, from->note) };
	struct identity identity = demo->session->identity;
	struct session session;
	bool ok;

	identity.login = from->is_coordinators ? "koord-1" : contact_of(demo, from->unit);
	ok = session_begin(&session, demo->session->store, demo->session->clock, &identity, err)
	     && promise_answer_give(&session, &answer, err);
	session_end(&session);
	return ok;
}

static bool give_answers(struct demo *demo, struct error *err)
{
	for (size_t i = 0; i < demo_answer_count; i++) {
		struct wall_time at = shifted_moment(demo, demo_answers[i].answered);

		if (!is_past(demo, at))
			continue;
		set_clock(demo, at.day, at.minute);
		if (!give_answer(demo, &demo_answers[i], err))
			return false;
	}
	return true;
}

/* Takes the earliest shared hole, where there is one. */
static bool book_earliest(struct demo *demo, const struct demo_call *call, const char *case_code,
	const char *const *units, size_t count, int64_t *meeting_id, struct error *err)
{
	struct hole_query query = { .units = units,
		.unit_count = count,
		.minutes = DEMO_MINUTES,
		.first_day = session_today(demo->session),
		.weeks = FINDER_WEEKS_DEFAULT,
		.notice = NOTICE_DEFAULT,
		.limits = family_limits_none(),
		.limit = 1,
		.searcher = arena_printf(&demo->arena, "search %u", ++demo->searches) };
	struct hole_answer answer;
	bool ok = find_holes(demo->session, &query, &demo->arena, &answer, err);

	if (ok && answer.found.hole_count) {
		const struct shared_hole *hole = &answer.found.holes[0];

		ok = booking_make(demo->session,
			&(struct booking) { .case_code = case_code,
				.units = units,
				.unit_count = count,
				.day = hole->day,
				.start = hole->start,
				.minutes = DEMO_MINUTES,
				.place = place_of_meeting(call, hole->day) },
			meeting_id, err);
	}
	hole_answer_release(&answer);
	return ok;
}

/* What was booked in the last three days stands there as drafts still. */
static bool invite(
	struct demo *demo, const struct demo_call *call, int64_t meeting_id, struct error *err)
{
	struct wall_time received = shifted_moment(demo, call->received), morning;

	morning = (struct wall_time) { .day = received.day + 3, .minute = 9 * 60 };
	if (!is_past(demo, morning))
		return true;
	if (!demo_tell(demo->session, meeting_id, err))
		return false;
	set_clock(demo, received.day + 1, 9 * 60);
	if (!demo_answer(demo->session, meeting_id, call->name, err))
		return false;
	set_clock(demo, received.day, received.minute);
	return true;
}

static bool take_call(struct demo *demo, size_t at, int copy, struct error *err)
{
	const struct demo_call *call = &demo_calls[at];
	size_t unit_count = count_texts(call->units, DEMO_CALL_MOST_UNITS);
	const char **units = arena_new(&demo->arena, (unit_count + 1) * sizeof(*units));
	struct intake intake = {
		.source = call->source,
		.outcome = call->outcome,
		.caller = call->caller,
		.concern = call->concern,
		.municipality = call->municipality,
		.birth_year = call->birth_year,
		.language = call->language,
		.interpreter = call->interpreter,
		.nondisclosure = call->nondisclosure,
		.limits = family_limits_none(),
		.adults = call->adults,
		.adult_count = count_texts(call->adults, DEMO_CALL_MOST_ADULTS),
		.units = units,
		.unit_count = unit_count,
		.consent_by = call->consent_by,
		.consent_how = call->consent_how,
	};
	struct intake_result result;
	int64_t meeting_id = 0;

	for (size_t i = 0; i < unit_count; i++)
		units[i] = demo_unit_code(&demo->arena, call->units[i], copy);
	/* Copies' second calls open cases of their own: only the first copy's codes are kept. */
	if (call->adds_to && copy == 0)
		intake.case_code = demo->case_codes[index_of_call(call->adds_to)];
	if (!intake_take(demo->session, &intake, &result, err))
		return false;
	if (call->outcome == OUTCOME_MEETING
		&& !book_earliest(
			demo, call, result.case_code, units, unit_count, &meeting_id, err))
		return false;
	if (meeting_id && !invite(demo, call, meeting_id, err))
		return false;
	if (copy == 0) {
		demo->case_codes[at] = arena_text(&demo->arena, result.case_code);
		demo->meeting_ids[at] = meeting_id;
	}
	return true;
}

static bool take_calls(struct demo *demo, struct error *err)
{
	assert(demo_call_count <= sizeof(demo->meeting_ids) / sizeof(demo->meeting_ids[0]));
	for (size_t i = 0; i < demo_call_count; i++) {
		struct wall_time received = shifted_moment(demo, demo_calls[i].received);

		if (!is_past(demo, received))
			continue;
		set_clock(demo, received.day, received.minute);
		for (int copy = 0; copy < demo->options->scale; copy++) {
			if (!take_call(demo, i, copy, err))
				return false;
		}
	}
	return true;
}

static bool write_record(struct demo *demo, const struct demo_record *from, int64_t meeting_id,
	const char *const *units, size_t unit_count, int met_day, struct error *err)
{
	struct agreed_action actions[DEMO_RECORD_MOST_ACTIONS] = { 0 };
	struct wall_time follow_up = shifted_moment(demo, from->follow_up);
	struct meeting_record record = {
		.attended = units,
		.attended_count = unit_count,
		.adults = from->adults,
		.adult_count = count_texts(from->adults, DEMO_CALL_MOST_ADULTS),
		.child_present = from->child_present,
		.child_heard = from->child_heard,
		.strengths = from->strengths,
		.vulnerabilities = from->vulnerabilities,
		.notes = from->notes,
		.actions = actions,
		.follow_up_needed = KNOWN_YES,
		.follow_up_within_weeks = (follow_up.day - met_day + 6) / 7,
	};

	while (record.action_count < DEMO_RECORD_MOST_ACTIONS
		&& from->actions[record.action_count].who) {
		const struct demo_action *action = &from->actions[record.action_count];

		actions[record.action_count++] = (struct agreed_action) {
			.who = action->who,
			.what = action->what,
			.environment = action->environment,
			.due_day = action->due ? shifted_day(demo, action->due) : DAY_LAST,
		};
	}
	return meeting_record_make(demo->session, meeting_id, &record, err);
}

/*
 * The follow-up at its time, or, where a shift has laid that on a holiday, at the first one after
 * it that the units share.
 */
static bool book_follow_up(struct demo *demo, const struct demo_record *from, size_t at,
	const char *const *units, size_t unit_count, struct error *err)
{
	struct wall_time start = shifted_moment(demo, from->follow_up);
	struct booking booking = { .case_code = demo->case_codes[at],
		.units = units,
		.unit_count = unit_count,
		.day = start.day,
		.start = start.minute,
		.minutes = DEMO_MINUTES,
		.place = from->follow_up_place,
		.kind = MEETING_FOLLOW_UP };
	struct hole_query query = { .units = units,
		.unit_count = unit_count,
		.minutes = DEMO_MINUTES,
		.first_day = start.day,
		.weeks = FINDER_WEEKS_DEFAULT,
		.limits = family_limits_none(),
		.limit = 1 };
	struct hole_answer answer;
	int64_t id;
	bool ok;

	if (booking_make(demo->session, &booking, &id, err))
		return true;
	if (err->code != ERROR_CONFLICT
		|| !find_holes(demo->session, &query, &demo->arena, &answer, err))
		return false;
	ok = true;
	if (answer.found.hole_count) {
		booking.day = answer.found.holes[0].day;
		booking.start = answer.found.holes[0].start;
		ok = booking_make(demo->session, &booking, &id, err);
	}
	hole_answer_release(&answer);
	return ok;
}

/* The record at the meeting's end, and the follow-up that it agreed. */
static bool record_meeting(struct demo *demo, const struct demo_record *from, struct error *err)
{
	size_t at = index_of_call(from->call);
	const char *const *units = demo_calls[at].units;
	size_t unit_count = count_texts(units, DEMO_CALL_MOST_UNITS);
	const struct meeting *meeting;
	struct meeting_view view;

	if (!demo->meeting_ids[at])
		return true;
	if (!meeting_look(demo->session, LOOK_NEW, demo->meeting_ids[at], &demo->arena, &view, err))
		return false;
	meeting = &view.meeting;
	if (!is_past(demo, (struct wall_time) { .day = meeting->day, .minute = meeting->end }))
		return true;
	set_clock(demo, meeting->day, meeting->end);
	return write_record(demo, from, meeting->id, units, unit_count, meeting->day, err)
	       && book_follow_up(demo, from, at, units, unit_count, err);
}

static bool record_meetings(struct demo *demo, struct error *err)
{
	for (size_t i = 0; i < demo_record_count; i++) {
		if (!record_meeting(demo, &demo_records[i], err))
			return false;
	}
	return true;
}

/* On the morning after the meeting. */
static bool give_feedback(struct demo *demo, struct error *err)
{
	for (size_t i = 0; i < demo_feedback_count; i++) {
		int64_t meeting_id = demo->meeting_ids[index_of_call(demo_feedback_call(i))];
		struct wall_time morning = { .minute = 9 * 60 };
		struct meeting meeting;

		if (!meeting_id)
			continue;
		if (!store_meeting_get(
			    demo->session->store, meeting_id, &demo->arena, &meeting, err))
			return false;
		morning.day = meeting.day + 1;
		if (!is_past(demo, morning))
			continue;
		set_clock(demo, morning.day, morning.minute);
		if (!demo_feedback_give(demo->session, i, meeting_id, &demo->arena, err))
			return false;
	}
	return true;
}

static bool give_feedback_of_month(struct demo *demo, struct error *err)
{
	struct wall_time at = shifted_moment(demo, "2026-12-03T10:00");

	if (!is_past(demo, at))
		return true;
	set_clock(demo, at.day, at.minute);
	return demo_feedback_of_month(
		demo->session, month_add(day_month(at.day), -1), &demo->arena, err);
}

/* As that account, at the demonstration's clock. */
static bool begin_as(
	struct demo *demo, const char *login, struct session *session, struct error *err)
{
	struct identity identity = demo->session->identity;

	identity.login = login;
	return session_begin(session, demo->session->store, demo->session->clock, &identity, err);
}

static bool initiate(struct demo *demo, const int64_t *ids, size_t count, struct error *err)
{
	struct wall_time at = shifted_moment(demo, "2026-11-19T10:00");
	struct session session;
	bool ok;

	if (!is_past(demo, at))
		return true;
	set_clock(demo, at.day, at.minute);
	ok = begin_as(demo, "kehi-1", &session, err)
	     && demo_initiate(&session, ids, count, shifted_day(demo, "2026-11-09"),
		     shifted_day(demo, "2027-05-31"), err);
	session_end(&session);
	return ok;
}

static bool decide(struct demo *demo, struct error *err)
{
	struct wall_time at = shifted_moment(demo, "2026-12-10T14:00");
	struct session session;
	bool ok;

	if (!is_past(demo, at))
		return true;
	set_clock(demo, at.day, at.minute);
	ok = begin_as(demo, "joht-1", &session, err)
	     && demo_decide(&session, shifted_day(demo, "2027-02-01"), err);
	session_end(&session);
	return ok;
}

/* Who sits where is known from the first week on. */
static bool add_seats(struct demo *demo, struct error *err)
{
	struct session session;
	bool ok = begin_as(demo, "kehi-1", &session, err) && demo_learning_seats(&session, err);

	session_end(&session);
	return ok;
}

static bool learn(struct demo *demo, struct error *err)
{
	int64_t *ids = arena_new(&demo->arena, demo_observation_count() * sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < demo_observation_count(); i++) {
		struct wall_time at = shifted_moment(demo, demo_observation_at(i));

		if (!is_past(demo, at))
			continue;
		set_clock(demo, at.day, at.minute);
		if (!demo_observe(demo->session, i, &ids[count], err))
			return false;
		count += ids[count] != 0;
	}
	return initiate(demo, ids, count, err) && decide(demo, err);
}

static bool add_municipalities(struct change *change, struct error *err)
{
	for (size_t i = 0; i < demo_municipality_count; i++) {
		const struct demo_municipality *from = &demo_municipalities[i];
		struct municipality municipality = { from->name, from->area, from->population };

		if (!store_municipality_add(change, &municipality, err))
			return false;
	}
	return true;
}

/* The caller sets up and tries everything: coordinator and administrator in one. */
static bool add_caller(struct change *change, const char *login, struct error *err)
{
	static const enum role roles[] = { ROLE_COORDINATOR, ROLE_ADMIN };
	struct arena arena = { 0 };
	struct user user;
	bool ok = store_user_get(change->store, login, &arena, &user, err);

	if (ok && !user.id)
		ok = region_add_user(change, login, NULL, roles, 2, err);
	for (size_t i = 0; ok && user.id && i < 2; i++)
		ok = store_user_add_role(change, user.id, roles[i], 0, err);
	arena_release(&arena);
	return ok;
}

static bool add_accounts(struct change *change, const char *login, struct error *err)
{
	for (size_t i = 0; i < demo_account_count; i++) {
		const struct demo_account *account = &demo_accounts[i];

		if (!region_add_user(
			    change, account->login, account->title, &account->role, 1, err))
			return false;
	}
	return add_caller(change, login, err);
}

static bool set_up(struct store *store, const char *login, struct error *err)
{
	char notice[8];
	struct change change;
	bool ok;

	snprintf(notice, sizeof(notice), "%d", DEMO_NOTICE);
	if (!change_begin(&change, store, err))
		return false;
	ok = store_setting_set(&change, "region", "Vaara", err)
	     && store_setting_set(&change, "demo", "1", err)
	     && store_setting_set(&change, "notice", notice, err)
	     && store_setting_set(&change, "coordinator_phone", "2100", err)
	     && add_municipalities(&change, err) && add_accounts(&change, login, err);
	return change_end(&change, ok, err);
}

/* A unit's contact: "yhd-pne-kes". */
static bool add_contacts(struct demo *demo, struct error *err)
{
	struct unit_list units;
	struct change change;
	bool ok;

	if (!store_unit_list(demo->session->store, UNITS_ALL, &demo->arena, &units, err)
		|| !change_begin(&change, demo->session->store, err))
		return false;
	ok = true;
	for (size_t i = 0; ok && i < units.count; i++) {
		int64_t id;

		ok = store_user_add(&change, contact_of(demo, units.items[i].code), "yhdyshenkilö",
			     &id, err)
		     && store_user_add_role(&change, id, ROLE_CONTACT, units.items[i].id, err);
	}
	return change_end(&change, ok, err);
}

static bool fill(struct demo *demo, struct error *err)
{
	struct wall_time first = shifted_moment(demo, demo_calls[0].received);
	int first_monday = first.day - day_weekday(first.day) + 1;

	set_clock(demo, first_monday - 7, 8 * 60);
	return add_registry(demo, err) && add_contacts(demo, err) && add_seats(demo, err)
	       && demo_add_history(demo->session, demo->options, first_monday, err)
	       && take_calls(demo, err) && record_meetings(demo, err) && give_answers(demo, err)
	       && give_feedback(demo, err) && give_feedback_of_month(demo, err) && learn(demo, err);
}

/* Week 47 of 2026 becomes the present week. */
static int weeks_to_shift(struct wall_time now)
{
	int monday = day_from_iso_week((struct iso_week) { 2026, 47 });

	return now.day - day_weekday(now.day) + 1 - monday;
}

bool region_demo(const char *path, const struct demo_options *options,
	const struct identity *identity, struct clock clock, struct error *err)
{
	struct session session = { 0 };
	struct demo demo = { .session = &session, .options = options };
	struct store *store;
	char seed[48];
	bool ok;

	if (!store_create(path, &store, err))
		return false;
	ok = set_up(store, identity->login, err)
	     && session_begin(&session, store, clock, identity, err);
	if (ok) {
		snprintf(seed, sizeof(seed), "demo-%lu", options->seed);
		session.uid_seed = seed;
		demo.now = clock_wall(&clock);
		demo.shift = clock.is_fixed ? 0 : weeks_to_shift(demo.now);
		ok = fill(&demo, err) && store_publish(store, err);
	}
	arena_release(&demo.arena);
	session_end(&session);
	store_close(store);
	return ok;
}
