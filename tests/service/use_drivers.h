/*
 * Each use case as one call: a driver that does it in the world of world.h. What is added to the
 * services gets its line in the table at the end.
 */
#ifndef KUTSU_TESTS_USE_DRIVERS_H
#define KUTSU_TESTS_USE_DRIVERS_H

#include "world.h"

#include "kutsu/service/accounts.h"
#include "kutsu/service/agenda.h"
#include "kutsu/service/audit.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/calendar_import.h"
#include "kutsu/service/capacity.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/drafting.h"
#include "kutsu/service/exporting.h"
#include "kutsu/service/feedback.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/intake.h"
#include "kutsu/service/inviting.h"
#include "kutsu/service/leadership.h"
#include "kutsu/service/learning.h"
#include "kutsu/service/monthly.h"
#include "kutsu/service/outbox.h"
#include "kutsu/service/planning.h"
#include "kutsu/service/promise.h"
#include "kutsu/service/recovery.h"
#include "kutsu/service/registry.h"
#include "kutsu/service/registry_import.h"
#include "kutsu/service/replying.h"
#include "kutsu/service/retention.h"
#include "kutsu/service/worklist.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct attempt {
	struct session *session;
	const struct world *world;
	int of;	   /* OWN, or ANOTHERS */
	int with;  /* an enum look or export_what, where one is asked for */
	bool gave; /* something was given out */
	struct arena arena;
};

/* A list that tells nothing of the unit has not what was sought in it. */
static inline bool find_it(
	struct attempt *a, bool ok, bool gave, const char *what, struct error *err)
{
	a->gave = gave;
	return ok && (gave || error_set(err, ERROR_NOT_FOUND, "no %s was given", what));
}

static inline bool is_of(const struct attempt *a, const char *unit)
{
	return strcmp(unit, a->world->unit[a->of]) == 0;
}

static inline bool call_take(struct attempt *a, struct error *err)
{
	struct intake intake = { .source = SOURCE_FAMILY,
		.caller = "äiti",
		.concern = "huoli",
		.case_code = a->world->code[OWN],
		.limits = family_limits_none() };
	struct intake_result result;
	bool ok = intake_take(a->session, &intake, &result, err);

	a->gave = result.case_code[0] || result.call_id || result.meeting_id;
	return ok;
}

static inline bool draft_new(struct attempt *a, struct error *err)
{
	int64_t id = 0;
	bool ok = draft_begin(a->session, "another run", &id, err);

	a->gave = id != 0;
	return ok;
}

static inline bool draft_typing(struct attempt *a, struct error *err)
{
	struct draft_field field = { "concern", "huoli" };

	return draft_keep(a->session, a->world->draft, WRITER, &field, 1, err);
}

static inline bool draft_names(struct attempt *a, struct error *err)
{
	struct draft_list list;
	bool ok = draft_list(a->session, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "draft", err);
}

static inline bool draft_texts(struct attempt *a, struct error *err)
{
	struct draft_field_list list;
	bool ok = draft_fields(a->session, a->world->draft, &a->arena, &list, err);

	a->gave = list.count > 0;
	return ok;
}

static inline bool draft_taking(struct attempt *a, struct error *err)
{
	return draft_take_over(a->session, a->world->draft, "another run", err);
}

static inline bool draft_throwing(struct attempt *a, struct error *err)
{
	return draft_discard(a->session, a->world->draft, WRITER, err);
}

static inline bool look_today(struct attempt *a, struct error *err)
{
	struct work_today work;
	bool ok = work_look_today(a->session, (enum look)a->with, 100, &a->arena, &work, err);

	return find_it(a, ok,
		work.drafts.count + work.waiting.count + work.meetings.count + work.unrecorded.count
				+ work.follow_ups.count + work.late.count + work.silent.count
			> 0,
		"work", err);
}

static inline bool look_follow(struct attempt *a, struct error *err)
{
	struct work_follow work;
	bool ok = work_look_follow(a->session, (enum look)a->with, 100, &a->arena, &work, err);

	return find_it(a, ok, work.follow_ups.count + work.actions.count > 0, "work", err);
}

static inline bool look_cases(struct attempt *a, struct error *err)
{
	struct case_filter filter = { 0 };
	struct case_list list;
	bool ok = case_list(a->session, (enum look)a->with, &filter, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "case", err);
}

static inline bool case_known(struct attempt *a, struct error *err)
{
	struct caller_signs signs = { .phone = PHONE };
	struct case_ref case_ref = { 0 };
	bool found = false;
	bool ok = case_known_look(a->session, &signs, "", &a->arena, &case_ref, &found, err);

	return find_it(a, ok, found || case_ref.code || case_ref.concern, "case", err);
}

static inline bool look_case(struct attempt *a, struct error *err)
{
	struct case_view view;
	bool ok = case_look(
		a->session, (enum look)a->with, a->world->code[a->of], &a->arena, &view, err);

	return find_it(a, ok,
		view.case_ref.code || view.calls.count || view.consents.count || view.meetings.count
			|| view.needed_unit_count,
		"case", err);
}

static inline bool case_closing(struct attempt *a, struct error *err)
{
	return case_close(a->session, a->world->quiet_code, "valmis", err);
}

static inline bool consent_giving(struct attempt *a, struct error *err)
{
	return consent_give(a->session, a->world->code[OWN], &a->world->unit[ANOTHERS], 1,
		"huoltaja", NULL, err);
}

static inline bool consent_withdrawing(struct attempt *a, struct error *err)
{
	return consent_withdraw(a->session, a->world->code[OWN], &a->world->unit[OWN], 1, err);
}

static inline bool hole_find(struct attempt *a, struct error *err)
{
	struct hole_query query = { .units = &a->world->unit[OWN],
		.unit_count = 1,
		.minutes = 60,
		.first_day = session_today(a->session),
		.weeks = 4,
		.notice = NOTICE_DEFAULT,
		.limits = family_limits_none() };
	struct hole_answer answer;
	bool ok = find_holes(a->session, &query, &a->arena, &answer, err);
	bool gave = answer.found.hole_count > 0 || answer.units.count > 0;

	hole_answer_release(&answer);
	return find_it(a, ok, gave, "hole", err);
}

static inline struct booking booking_for(const struct attempt *a)
{
	return (struct booking) { .case_code = a->world->code[OWN],
		.units = &a->world->unit[OWN],
		.unit_count = 1,
		.day = fixture_day(FREE_DAY),
		.start = 720,
		.minutes = 60 };
}

static inline bool holding(struct attempt *a, struct error *err)
{
	struct booking booking = booking_for(a);
	int64_t id = 0;
	bool ok = booking_hold(a->session, &booking, &id, err);

	a->gave = id != 0;
	return ok;
}

static inline bool hold_releasing(struct attempt *a, struct error *err)
{
	return booking_release(a->session, a->world->hold, NULL, err);
}

static inline bool meeting_booking(struct attempt *a, struct error *err)
{
	struct booking booking = booking_for(a);
	int64_t id = 0;
	bool ok = booking_make(a->session, &booking, &id, err);

	a->gave = id != 0;
	return ok;
}

static inline bool has_meeting(const struct attempt *a, const struct meeting_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		for (size_t unit = 0; unit < list->items[i].unit_count; unit++) {
			if (is_of(a, list->items[i].units[unit]))
				return true;
		}
	}
	return false;
}

static inline bool meetings_list(struct attempt *a, struct error *err)
{
	struct agenda_query query = { DAY_FIRST, DAY_LAST, NULL };
	struct meeting_list list;
	bool ok = agenda_list(a->session, &query, 0, &a->arena, &list, err);

	return find_it(a, ok, has_meeting(a, &list), "meeting", err);
}

static inline bool meetings_of_unit(struct attempt *a, struct error *err)
{
	struct agenda_query query = { DAY_FIRST, DAY_LAST, a->world->unit[a->of] };
	struct meeting_list list;
	bool ok = agenda_list(a->session, &query, 0, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "meeting", err);
}

static inline bool meetings_past(struct attempt *a, struct error *err)
{
	struct meeting_list list;
	bool ok = agenda_past(a->session, 100, &a->arena, &list, err);

	return find_it(a, ok, has_meeting(a, &list), "meeting", err);
}

static inline bool see_meeting(void *context, const struct meeting *meeting, struct error *err)
{
	struct attempt *a = context;
	struct meeting one = *meeting;

	(void)err;
	a->gave = a->gave || has_meeting(a, &(struct meeting_list) { &one, 1 });
	return true;
}

static inline bool meetings_each(struct attempt *a, struct error *err)
{
	struct agenda_query query = { DAY_FIRST, DAY_LAST, NULL };
	bool ok = agenda_each(a->session, &query, see_meeting, a, err);

	return find_it(a, ok, a->gave, "meeting", err);
}

static inline bool look_meeting(struct attempt *a, struct error *err)
{
	struct meeting_view view;
	bool ok = meeting_look(
		a->session, (enum look)a->with, a->world->meeting[a->of], &a->arena, &view, err);

	return find_it(
		a, ok, view.meeting.id || view.concern || view.meeting.case_code, "meeting", err);
}

static inline bool meeting_moving(struct attempt *a, struct error *err)
{
	return booking_move(a->session, a->world->meeting[OWN], SEQUENCE_UNTOLD,
		fixture_day(FREE_DAY), 720, LEAVES_LATER, err);
}

static inline bool meeting_cancelling(struct attempt *a, struct error *err)
{
	return booking_cancel(a->session, a->world->meeting[OWN], "sairaus", LEAVES_LATER, err);
}

static inline bool meeting_recording(struct attempt *a, struct error *err)
{
	struct meeting_record record = {
		.attended = &a->world->unit[OWN], .attended_count = 1, .notes = "puhuttiin"
	};

	return meeting_record_make(a->session, a->world->past[OWN], &record, err);
}

static inline bool inviting(struct attempt *a, struct error *err)
{
	int count;

	return invitation_let_leave(a->session, a->world->meeting[OWN], &count, err);
}

static inline bool answering(struct attempt *a, struct error *err)
{
	struct invitation_answer answer = { .answer = ANSWER_ACCEPTED };

	return invitation_answer(
		a->session, a->world->meeting[a->of], a->world->unit[a->of], &answer, err);
}

static inline bool outbox_names(struct attempt *a, struct error *err)
{
	struct message_list list;
	bool ok = outbox_list(a->session, MESSAGES_ALL, 0, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "message", err);
}

static inline bool look_message(struct attempt *a, struct error *err)
{
	struct message_view view;
	bool ok = outbox_look(
		a->session, (enum look)a->with, a->world->family[OWN], &a->arena, &view, err);

	return find_it(a, ok, view.body || view.message.id, "message", err);
}

static inline bool outbox_sending_it(struct attempt *a, struct error *err)
{
	char folder[] = "/tmp/kutsu-outbox-XXXXXX", clear[80];
	struct outbox_sending sending = { .folder = mkdtemp(folder) };
	struct outbox_result result;
	bool ok = outbox_send(a->session, &sending, &result, err);

	snprintf(clear, sizeof(clear), "rm -rf %s", folder);
	cr_assert_eq(system(clear), 0);
	a->gave = result.sent > 0;
	return ok;
}

static inline bool outbox_dropping(struct attempt *a, struct error *err)
{
	return outbox_drop(a->session, a->world->family[OWN], err);
}

static inline bool reminding(struct attempt *a, struct error *err)
{
	int count;

	return outbox_remind(a->session, 0, &count, err);
}

static inline bool reply_taking(struct attempt *a, struct error *err)
{
	struct reply_result result;
	struct meeting meeting;
	struct error ignored;
	const char *text;

	if (!store_meeting_get(
		    a->session->store, a->world->meeting[OWN], &a->arena, &meeting, &ignored))
		return false;
	text = arena_printf(&a->arena,
		"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:%s\nDTSTAMP:20261201T070000Z\n"
		"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.fi\nEND:VEVENT\nEND:VCALENDAR\n",
		meeting.uid);
	return reply_take(a->session, text, strlen(text), &a->arena, &result, err);
}

static inline bool actions_list(struct attempt *a, struct error *err)
{
	struct action_list list;
	bool ok = action_list(a->session, ACTIONS_ALL, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "action", err);
}

static inline bool action_done(struct attempt *a, struct error *err)
{
	return action_mark_done(a->session, a->world->action, err);
}

static inline bool action_undone(struct attempt *a, struct error *err)
{
	return action_mark_undone(a->session, a->world->done_action, err);
}

static inline bool export_it(struct attempt *a, struct error *err)
{
	const struct export_order order = {
		.what = (enum export_what)a->with, .from_day = DAY_FIRST, .until_day = DAY_LAST
	};
	size_t size = 0;
	char *bytes = NULL;
	FILE *file = open_memstream(&bytes, &size);
	bool ok = export_write(a->session, &order, file, err);

	fclose(file);
	free(bytes);
	return find_it(a, ok, size > 0, "export", err);
}

/* Meetings or slots of the unit; a header alone is none. */
static inline bool export_unit(struct attempt *a, struct error *err)
{
	const struct export_order order = { .what = (enum export_what)a->with,
		.unit = a->world->unit[a->of],
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST };
	size_t size = 0;
	char *bytes = NULL;
	FILE *file = open_memstream(&bytes, &size);
	bool ok = export_write(a->session, &order, file, err);
	const char *header_end;

	fclose(file);
	header_end = strstr(bytes, "\r\n");
	ok = find_it(a, ok, header_end && header_end[2], "export", err);
	free(bytes);
	return ok;
}

static inline bool units_list(struct attempt *a, struct error *err)
{
	struct unit_list list;
	bool ok = registry_unit_list(a->session, UNITS_ALL, &a->arena, &list, err), gave = false;

	for (size_t i = 0; i < list.count; i++)
		gave = gave || is_of(a, list.items[i].code);
	return find_it(a, ok, gave, "unit", err);
}

static inline bool unit_show(struct attempt *a, struct error *err)
{
	struct unit unit = { 0 };
	bool ok = registry_unit_get(a->session, a->world->unit[a->of], &a->arena, &unit, err);

	return find_it(a, ok, unit.id != 0, "unit", err);
}

static inline bool unit_adding(struct attempt *a, struct error *err)
{
	struct unit unit = {
		.code = "D", .name = "D", .sector = SECTOR_FAMILY_SOCIAL, .active = true
	};

	return registry_add_unit(a->session, &unit, err);
}

static inline bool unit_editing(struct attempt *a, struct error *err)
{
	struct unit unit;

	if (!store_unit_get(a->session->store, a->world->unit[OWN], &a->arena, &unit, err))
		return false;
	unit.name = "toinen nimi";
	return registry_edit_unit(a->session, &unit, err);
}

static inline bool unit_retiring(struct attempt *a, struct error *err)
{
	return registry_retire_unit(a->session, UNUSED_UNIT, err);
}

static inline bool slots_list(struct attempt *a, struct error *err)
{
	struct slot_list list;
	bool ok = registry_slot_list(a->session, a->world->unit[a->of], &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "slot", err);
}

static inline bool slots_of_all(struct attempt *a, struct error *err)
{
	struct slot_list list;
	bool ok = registry_slot_list(a->session, NULL, &a->arena, &list, err), gave = false;

	for (size_t i = 0; i < list.count; i++)
		gave = gave || is_of(a, list.items[i].unit);
	return find_it(a, ok, gave, "slot", err);
}

static inline bool closings_list(struct attempt *a, struct error *err)
{
	struct closing_list list;
	bool ok = registry_closing_list(a->session, a->world->unit[a->of], &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "closing", err);
}

static inline bool openings_list(struct attempt *a, struct error *err)
{
	struct opening_list list;
	bool ok = registry_opening_list(a->session, a->world->unit[a->of], &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "opening", err);
}

static inline bool breaks_list(struct attempt *a, struct error *err)
{
	struct school_break_list list;
	bool ok = registry_break_list(a->session, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "break", err);
}

static inline bool week_list(struct attempt *a, struct error *err)
{
	struct unit_days *days;
	size_t count;
	bool ok = find_occurrences(a->session, a->world->unit[a->of], session_today(a->session), 7,
		&a->arena, &days, &count, err);

	unit_days_release(days, count);
	return find_it(a, ok, count > 0, "week", err);
}

static inline bool slot_adding(struct attempt *a, struct error *err)
{
	struct slot slot = { .unit = a->world->unit[a->of],
		.weekday = 4,
		.start = 600,
		.end = 660,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };

	return registry_add_slot(a->session, &slot, err);
}

static inline bool slot_changing(struct attempt *a, struct error *err)
{
	struct slot slot = { .weekday = 3,
		.start = 600,
		.end = 660,
		.from_day = fixture_day("2027-06-30"),
		.until_day = DAY_LAST,
		.capacity = 1 };

	return promise_change(a->session, a->world->slot[a->of], &slot, err);
}

static inline bool slot_confirming(struct attempt *a, struct error *err)
{
	struct promise_answer answer = { .unit = a->world->unit[a->of],
		.day = fixture_day(FREE_DAY),
		.start = WHOLE_WEEK,
		.state = READINESS_CONFIRMED };

	return promise_answer_give(a->session, &answer, err);
}

static inline bool gaps_list(struct attempt *a, struct error *err)
{
	struct promise_gap_list list;
	bool found = false, ok = promise_gaps(a->session, &a->arena, &list, err);

	for (size_t i = 0; ok && i < list.count; i++)
		found = found || is_of(a, list.items[i].unit->code);
	return find_it(a, ok, found, "gap", err);
}

static inline bool own_weeks(struct attempt *a, struct error *err)
{
	struct own_weeks weeks;
	bool found = false, ok = own_weeks_look(a->session, &a->arena, &weeks, err);

	for (size_t i = 0; ok && i < weeks.unit_count; i++)
		found = found || is_of(a, weeks.units[i].unit.code);
	own_weeks_release(&weeks);
	return find_it(a, ok, found, "unit", err);
}

static inline bool slot_ending(struct attempt *a, struct error *err)
{
	return registry_end_slot(a->session, a->world->slot[a->of], fixture_day("2027-06-30"), err);
}

static inline bool slot_closing(struct attempt *a, struct error *err)
{
	struct closing closing = { .unit = a->world->unit[a->of],
		.from_day = fixture_day(FREE_DAY),
		.until_day = fixture_day(FREE_DAY) };

	return registry_close(a->session, &closing, err);
}

static inline bool slot_unclosing(struct attempt *a, struct error *err)
{
	return registry_remove_closing(a->session, a->world->closing[a->of], err);
}

static inline bool slot_opening(struct attempt *a, struct error *err)
{
	struct opening opening = { .unit = a->world->unit[a->of],
		.day = fixture_day("2026-12-17"),
		.start = 600,
		.end = 660 };

	return registry_open(a->session, &opening, err);
}

static inline bool slot_unopening(struct attempt *a, struct error *err)
{
	return registry_remove_opening(a->session, a->world->opening[a->of], err);
}

/* `with`: only to look what would be. */
static inline bool calendar_importing(struct attempt *a, struct error *err)
{
	static const char calendar[] =
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:hole\nDTSTART:20261203T090000\n"
		"DURATION:PT2H\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n";
	struct calendar_order order = { .unit = a->world->unit[a->of],
		.bytes = calendar,
		.length = strlen(calendar),
		.dry_run = a->with != 0 };
	struct calendar_report report;
	bool ok = calendar_import(a->session, &order, &a->arena, &report, err);

	a->gave = report.change_count > 0 || report.meetings.count > 0 || report.trouble_count > 0;
	return ok;
}

static inline bool break_adding(struct attempt *a, struct error *err)
{
	struct school_break school_break = { .name = "syysloma",
		.from_day = fixture_day("2027-10-18"),
		.until_day = fixture_day("2027-10-24") };

	return registry_add_break(a->session, &school_break, err);
}

static inline bool break_removing(struct attempt *a, struct error *err)
{
	return registry_remove_break(a->session, a->world->school_break, err);
}

static inline struct planning_period year(const struct attempt *a)
{
	int today = session_today(a->session);

	return (struct planning_period) { today - PLANNING_DAYS, today };
}

static inline bool look_what_if(struct attempt *a, struct error *err)
{
	struct planning_period period = year(a);
	struct slot slot = { .unit = a->world->unit[a->of],
		.weekday = 4,
		.start = 600,
		.end = 660,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
	struct what_if what_if;
	bool ok = plan_what_if(a->session, &slot, &period, &what_if, err);

	a->gave = what_if.calls > 0;
	return ok;
}

static inline bool look_advice(struct attempt *a, struct error *err)
{
	struct planning_period period = year(a);
	struct advice_run *run;
	bool ok = advice_begin(a->session, &period, &run, err);

	a->gave = run != NULL;
	advice_end(run);
	return ok;
}

static inline bool import_it(struct attempt *a, struct error *err)
{
	static const char csv[] = "unit,name,sector,weekday,start,end,contact\n"
				  "E,E,SOS,3,12:00,13:00,uusi\n"
				  "A,,,4,12:00,13:00," SOMEBODY "\n";
	struct import_report report;
	bool ok = registry_import(
		a->session, csv, sizeof(csv) - 1, a->with != 0, &a->arena, &report, err);

	a->gave = report.units.count + report.slots.count + report.contact_count > 0;
	return ok;
}

static inline bool users_list(struct attempt *a, struct error *err)
{
	struct user_list list;
	bool ok = account_list(a->session, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "user", err);
}

static inline bool keys_list(struct attempt *a, struct error *err)
{
	struct user_key_list list;
	bool ok = account_key_list(a->session, SOMEBODY, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "key", err);
}

static inline bool user_adding(struct attempt *a, struct error *err)
{
	struct account account = { .login = "uusi", .roles = 1u << ROLE_LEADER };

	return account_add(a->session, &account, err);
}

static inline bool user_editing(struct attempt *a, struct error *err)
{
	struct account account = { .login = SOMEBODY, .title = "johtaja" };

	return account_edit(a->session, &account, err);
}

static inline bool user_retiring(struct attempt *a, struct error *err)
{
	return account_retire(a->session, SOMEBODY, err);
}

static inline bool key_adding(struct attempt *a, struct error *err)
{
	const char *fingerprint = NULL;
	bool ok = account_key_add(
		a->session, SOMEBODY, KEY_2, strlen(KEY_2), &a->arena, &fingerprint, err);

	a->gave = fingerprint != NULL;
	return ok;
}

static inline bool key_removing(struct attempt *a, struct error *err)
{
	return account_key_remove(a->session, SOMEBODY, a->world->fingerprint, err);
}

static inline bool setting_show(struct attempt *a, struct error *err)
{
	const char *value;
	bool ok = config_get(a->session, SETTING_NOTICE, &a->arena, &value, err);

	return find_it(a, ok, value != NULL, "setting", err);
}

static inline bool setting_changing(struct attempt *a, struct error *err)
{
	return config_set(a->session, SETTING_NOTICE, "3", err);
}

static inline bool look_log(struct attempt *a, struct error *err)
{
	struct audit_query query = { .from_day = DAY_FIRST, .until_day = DAY_LAST };
	struct log_list list;
	bool ok = audit_list(a->session, (enum look)a->with, &query, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "row", err);
}

static inline bool log_of_case(struct attempt *a, struct error *err)
{
	struct audit_query query = {
		.case_code = a->world->code[OWN], .from_day = DAY_FIRST, .until_day = DAY_LAST
	};
	struct log_list list;
	bool ok = audit_list(a->session, LOOK_NEW, &query, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "row", err);
}

static inline bool log_report(struct attempt *a, struct error *err)
{
	struct log_list list;
	bool ok = audit_case(a->session, a->world->code[OWN], NULL, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "row", err);
}

static inline bool log_verifying(struct attempt *a, struct error *err)
{
	struct audit_report report;
	bool ok = audit_verify(a->session, NULL, &a->arena, &report, err);

	cr_expect_eq(report.findings.count, 0u);
	return find_it(a, ok, report.rows > 0, "row", err);
}

static inline bool log_sealing(struct attempt *a, struct error *err)
{
	struct log_seal seal = { 0 };
	bool ok = audit_seal(a->session, &seal, err);

	return find_it(a, ok, seal.id != 0, "seal", err);
}

static inline bool case_exporting(struct attempt *a, struct error *err)
{
	struct disclosure none = { 0 };
	struct memo memo;
	bool ok = case_memo(
		a->session, a->world->code[OWN], MEMO_ALL_SECTORS, &none, &a->arena, &memo, err);

	return find_it(a, ok, memo.case_ref.id != 0, "memo", err);
}

static inline bool meeting_exporting(struct attempt *a, struct error *err)
{
	struct disclosure none = { 0 };
	struct memo memo;
	bool ok = meeting_memo(
		a->session, a->world->meeting[OWN], MEMO_ALL_SECTORS, &none, &a->arena, &memo, err);

	return find_it(a, ok, memo.case_ref.id != 0, "memo", err);
}

static inline bool forms_list(struct attempt *a, struct error *err)
{
	struct feedback_form_list list = { 0 };
	bool ok = feedback_forms(a->session, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "form", err);
}

static inline bool form_adding(struct attempt *a, struct error *err)
{
	struct feedback_question question = { "calm", SCALE_AGREE, { "fi", "sv", "en" } };
	struct feedback_form form = { .code = "worker",
		.valid_from = DAY_LAST,
		.respondents = 1u << RESPONDENT_WORKER,
		.texts = { "fi", "sv", "en" },
		.questions = &question,
		.question_count = 1 };

	return feedback_form_add(a->session, &form, err);
}

/* A worker's, or the unit's own. */
static inline bool feedback_adding(struct attempt *a, struct error *err)
{
	struct feedback_answer answers[FEEDBACK_QUESTIONS] = { { true, true, 4, NULL } };
	struct feedback feedback = { .form = a->with ? "unit" : "worker",
		.respondent = a->with ? RESPONDENT_UNIT : RESPONDENT_WORKER,
		.meeting_id = a->with ? 0 : a->world->past[a->of],
		.unit = a->world->unit[a->of],
		.month = { a->with ? 2026 : 0, a->with ? 11 : 0 },
		.number = 1,
		.answers = answers };
	int64_t id = 0;
	bool ok = feedback_add(a->session, &feedback, &id, err);

	a->gave = id != 0;
	return ok;
}

#define WORLD_MONTH ((struct month) { 2026, 11 })

static inline bool feedback_listing(struct attempt *a, struct error *err)
{
	struct feedback_given_list list = { 0 };
	bool ok = feedback_list(a->session, month_first_day(WORLD_MONTH),
		month_first_day(WORLD_MONTH) + 29, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "feedback", err);
}

static inline bool feedback_rounding(struct attempt *a, struct error *err)
{
	struct feedback_round round = { 0 };
	bool gave = false, ok;
	int due;

	ok = feedback_round_look(a->session, WORLD_MONTH, &a->arena, &round, &due, err);
	for (size_t i = 0; i < round.count; i++)
		gave = gave || is_of(a, round.items[i].unit);
	return find_it(a, ok, gave, "unit", err);
}

static inline bool look_feedback(struct attempt *a, struct error *err)
{
	struct feedback_view view = { 0 };
	bool ok = feedback_look(a->session, (enum look)a->with, WORLD_MONTH, &a->arena, &view, err);

	return find_it(a, ok, view.sums.count > 0, "answer", err);
}

static inline bool feedback_picking(struct attempt *a, struct error *err)
{
	return feedback_pick(a->session, WORLD_MONTH, a->world->said, "sanottiin", err);
}

/* ---- From observation to decision. ---- */

static inline bool observing(struct attempt *a, struct error *err)
{
	struct observation observation = { .text = "aamut eivät onnistu", .place = "Suistola" };
	bool ok = observation_add(a->session, &observation, err);

	a->gave = observation.id != 0;
	return ok;
}

static inline bool observations_list(struct attempt *a, struct error *err)
{
	struct observation_list list = { 0 };
	bool ok = observation_list(a->session, OBSERVATIONS_ALL, &a->arena, &list, err);

	return find_it(a, ok, list.count > 0, "observation", err);
}

enum { KEEP_NEW, KEEP_GROUP, KEEP_END, KEEP_STEP, KEEP_DONE, KEEP_FEEDBACK };

static inline bool phenomenon_keeping(struct attempt *a, struct error *err)
{
	const struct world *w = a->world;
	struct phenomenon phenomenon = { .title = "aamut" };

	switch (a->with) {
	case KEEP_NEW:
		return phenomenon_add(a->session, &phenomenon, &w->observation, 1, err);
	case KEEP_GROUP:
		return phenomenon_group(a->session, w->phenomenon, &w->observation, 1, err);
	default:
		return phenomenon_close(a->session, w->phenomenon, "on ohi", err);
	}
}

static inline bool initiative_keeping(struct attempt *a, struct error *err)
{
	static const char *const partners[] = { "koulu", "järjestö" };
	struct initiative initiative = { .title = "aamusoitto",
		.pilot_area = "Suistola",
		.owner = "kehittäjätyöntekijä",
		.until_day = DAY_LAST,
		.partners = partners,
		.partner_count = 2 };
	struct initiative_feedback feedback = { .value = 4 };
	int64_t id = a->world->initiative, step;

	switch (a->with) {
	case KEEP_NEW:
		return initiative_add(a->session, &initiative, err);
	case KEEP_END:
		return initiative_set_status(a->session, id, INITIATIVE_DONE, err);
	case KEEP_STEP:
		return initiative_add_step(a->session, id, "soitetaan", DAY_LAST, &step, err);
	case KEEP_DONE:
		return initiative_step_done(a->session, a->world->step, err);
	default:
		return initiative_add_feedback(a->session, id, &feedback, err);
	}
}

static inline bool group_keeping(struct attempt *a, struct error *err)
{
	struct leadership_group group = { .name = "etelän ryhmä", .area = "ETE" };
	struct seat seat = { .name = "koulu", .member = "rehtori", .until_day = DAY_LAST };

	return a->with == KEEP_NEW ? group_add(a->session, &group, err)
				   : group_set_seat(a->session, 1, &seat, err);
}

static inline bool deciding(struct attempt *a, struct error *err)
{
	struct decision decision = { .text = "kutsutaan ajoissa",
		.reason = "havainnot",
		.child_effect = "apu tulee",
		.target = NO_TARGET,
		.target_day = DAY_LAST };

	return decision_make(a->session, &decision, err);
}

static inline bool noticing(struct attempt *a, struct error *err)
{
	return notice_see(a->session, a->world->decision, err);
}

static inline bool look_learning(struct attempt *a, struct error *err)
{
	struct phenomenon_list phenomena = { 0 };
	struct initiative_list initiatives = { 0 };
	struct decision_list decisions = { 0 };
	struct leadership_group_list groups = { 0 };
	bool ok;

	switch (a->with) {
	case 0:
		ok = phenomenon_list(a->session, false, &a->arena, &phenomena, err);
		break;
	case 1:
		ok = initiative_list(a->session, &a->arena, &initiatives, err);
		break;
	case 2:
		ok = decision_list(a->session, 0, &a->arena, &decisions, err);
		break;
	case 3:
		ok = notice_list(a->session, &a->arena, &decisions, err);
		break;
	default:
		ok = group_list(a->session, &a->arena, &groups, err);
	}
	return find_it(a, ok,
		phenomena.count || initiatives.count || decisions.count || groups.count, "thing",
		err);
}

static inline bool look_agenda(struct attempt *a, struct error *err)
{
	struct leadership_agenda agenda = { 0 };
	bool ok = leadership_agenda_look(a->session, WORLD_MONTH, &a->arena, &agenda, err);

	return find_it(a, ok, agenda.decisions.count > 0, "decision", err);
}

static inline bool look_figures(struct attempt *a, struct error *err)
{
	struct monthly_report report = { 0 };
	bool ok = report_look(
		a->session, (enum look)a->with, WORLD_MONTH, false, &a->arena, &report, err);

	return find_it(a, ok, report.figures.calls.total != 0, "figure", err);
}

static inline bool report_accepting(struct attempt *a, struct error *err)
{
	return report_accept(a->session, WORLD_MONTH, err);
}

static inline bool goal_setting(struct attempt *a, struct error *err)
{
	return goal_set(a->session, INDICATOR_SATISFACTION, 450, err);
}

static inline bool look_capacity(struct attempt *a, struct error *err)
{
	int until = capacity_last_day(session_today(a->session));
	struct capacity capacity;
	bool ok = capacity_look(a->session, (enum look)a->with, capacity_first_day(until), until,
		&a->arena, &capacity, err);

	return find_it(a, ok, capacity.unit_count != 0, "unit", err);
}

static inline bool backing_up(struct attempt *a, struct error *err)
{
	FILE *file = fopen("/dev/full", "w");
	struct disclosure none = { 0 };
	bool ok;

	setvbuf(file, NULL, _IONBF, 0);
	/* What is in memory has no file to copy beside: that it was let come so far is enough. */
	ok = recovery_backup(a->session, "-", file, &none, err) || err->code == ERROR_FAILED;
	fclose(file);
	return ok;
}

static inline bool tell_nothing(
	void *context, const struct check_problem *problem, struct error *err)
{
	(void)context;
	(void)problem;
	(void)err;
	return true;
}

static inline bool checking(struct attempt *a, struct error *err)
{
	int64_t problems = 0;

	return recovery_check_session(a->session, tell_nothing, NULL, &problems, err);
}

static inline bool purging(struct attempt *a, struct error *err)
{
	struct purge_report report;

	return retention_purge(a->session, a->with != 0, &a->arena, &report, err);
}

static inline bool entering(struct attempt *a, struct error *err)
{
	struct session *s = a->session;
	struct session another;
	bool ok = session_begin(&another, s->store, s->clock, &s->identity, err);

	session_end(&another);
	return ok;
}

/* ---- Which use case each does. ---- */

enum {
	LOOKS = 0,
	CHANGES = 1, /* more than the log */
	GOES_ON = 2, /* a row tells of it already, or will: it adds none */
	OF_ALL = 4,  /* tells of no unit: in whatever scope it is the same */
	/* The case that its row names: of the own unit, of another's, that without meetings. */
	OF_CASE = 8,
	OF_OTHER_CASE = 16,
	OF_QUIET_CASE = 32
};

struct driver {
	enum use_case use_case;
	const char *name;
	bool (*run)(struct attempt *attempt, struct error *err);
	int with, kind;
};

#define DRIVER(use_case, run, kind) DRIVER_WITH(use_case, run, 0, kind)
#define DRIVER_WITH(use_case, run, with, kind)                                                     \
	{                                                                                          \
		use_case, #run, run, with, kind                                                    \
	}

static const struct driver drivers[] = {
	DRIVER(USE_CALL_TAKE, call_take, CHANGES | OF_CASE),
	DRIVER(USE_DRAFT_WRITE, draft_new, CHANGES),
	DRIVER(USE_DRAFT_WRITE, draft_typing, CHANGES | GOES_ON),
	DRIVER(USE_DRAFT_WRITE, draft_names, LOOKS | GOES_ON),
	DRIVER(USE_DRAFT_WRITE, draft_texts, LOOKS | GOES_ON),
	DRIVER(USE_DRAFT_TAKE_OVER, draft_taking, CHANGES),
	DRIVER(USE_DRAFT_DISCARD, draft_throwing, CHANGES),
	DRIVER_WITH(USE_WORK_LOOK, look_today, LOOK_NEW, LOOKS),
	DRIVER_WITH(USE_WORK_LOOK, look_today, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER_WITH(USE_WORK_LOOK, look_follow, LOOK_NEW, LOOKS),
	DRIVER_WITH(USE_WORK_LOOK, look_follow, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER_WITH(USE_CASE_LIST, look_cases, LOOK_NEW, LOOKS),
	DRIVER_WITH(USE_CASE_LIST, look_cases, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER(USE_CASE_KNOWN, case_known, LOOKS | OF_CASE),
	DRIVER_WITH(USE_CASE_LOOK, look_case, LOOK_NEW, LOOKS | OF_CASE),
	DRIVER_WITH(USE_CASE_LOOK, look_case, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER(USE_CASE_CLOSE, case_closing, CHANGES | OF_QUIET_CASE),
	DRIVER(USE_CONSENT_GIVE, consent_giving, CHANGES | OF_CASE),
	DRIVER(USE_CONSENT_WITHDRAW, consent_withdrawing, CHANGES | OF_CASE),
	DRIVER(USE_HOLE_FIND, hole_find, LOOKS),
	DRIVER(USE_HOLD, holding, CHANGES),
	DRIVER(USE_HOLD_RELEASE, hold_releasing, CHANGES),
	DRIVER(USE_MEETING_BOOK, meeting_booking, CHANGES | OF_CASE),
	DRIVER(USE_MEETING_LIST, meetings_list, LOOKS),
	DRIVER(USE_MEETING_LIST, meetings_of_unit, LOOKS),
	DRIVER(USE_MEETING_LIST, meetings_past, LOOKS),
	DRIVER(USE_MEETING_LIST, meetings_each, LOOKS),
	DRIVER_WITH(USE_MEETING_LOOK, look_meeting, LOOK_NEW, LOOKS | OF_CASE),
	DRIVER_WITH(USE_MEETING_LOOK, look_meeting, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER(USE_MEETING_MOVE, meeting_moving, CHANGES | OF_CASE),
	DRIVER(USE_MEETING_CANCEL, meeting_cancelling, CHANGES | OF_CASE),
	DRIVER(USE_MEETING_RECORD, meeting_recording, CHANGES | OF_CASE),
	DRIVER(USE_INVITE, inviting, CHANGES | OF_CASE),
	DRIVER(USE_MEETING_ANSWER, answering, CHANGES | OF_CASE),
	DRIVER(USE_OUTBOX_LIST, outbox_names, LOOKS),
	DRIVER_WITH(USE_OUTBOX_LOOK, look_message, LOOK_NEW, LOOKS | OF_CASE),
	DRIVER_WITH(USE_OUTBOX_LOOK, look_message, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER(USE_OUTBOX_SEND, outbox_sending_it, CHANGES | OF_OTHER_CASE),
	DRIVER(USE_INVITE, outbox_dropping, CHANGES | OF_CASE),
	DRIVER(USE_OUTBOX_KEEP, reminding, CHANGES | OF_CASE),
	DRIVER(USE_REPLY_TAKE, reply_taking, CHANGES | OF_CASE),
	DRIVER(USE_ACTION_LIST, actions_list, LOOKS),
	DRIVER(USE_ACTION_DONE, action_done, CHANGES | OF_OTHER_CASE),
	DRIVER(USE_ACTION_UNDONE, action_undone, CHANGES | OF_OTHER_CASE),
	DRIVER_WITH(USE_EXPORT, export_it, EXPORT_CALLS, LOOKS),
	DRIVER_WITH(USE_EXPORT, export_it, EXPORT_CASES, LOOKS),
	DRIVER_WITH(USE_EXPORT, export_it, EXPORT_MEETINGS, LOOKS),
	DRIVER_WITH(USE_EXPORT, export_it, EXPORT_ACTIONS, LOOKS),
	DRIVER_WITH(USE_EXPORT_UNIT_MEETINGS, export_unit, EXPORT_MEETINGS, LOOKS),
	DRIVER_WITH(USE_EXPORT_UNIT_SLOTS, export_unit, EXPORT_SLOTS, LOOKS),
	DRIVER(USE_UNIT_LIST, units_list, LOOKS),
	DRIVER(USE_UNIT_LIST, unit_show, LOOKS),
	DRIVER(USE_UNIT_ADD, unit_adding, CHANGES),
	DRIVER(USE_UNIT_EDIT, unit_editing, CHANGES),
	DRIVER(USE_UNIT_RETIRE, unit_retiring, CHANGES),
	DRIVER(USE_SLOT_LIST, slots_list, LOOKS),
	DRIVER(USE_SLOT_LIST, slots_of_all, LOOKS),
	DRIVER(USE_SLOT_LIST, closings_list, LOOKS),
	DRIVER(USE_SLOT_LIST, openings_list, LOOKS),
	DRIVER(USE_SLOT_LIST, breaks_list, LOOKS | OF_ALL),
	DRIVER(USE_SLOT_LIST, week_list, LOOKS),
	DRIVER(USE_SLOT_LIST, gaps_list, LOOKS),
	DRIVER(USE_OWN_UNIT_LOOK, own_weeks, LOOKS),
	DRIVER(USE_SLOT_ADD, slot_adding, CHANGES),
	DRIVER(USE_SLOT_CHANGE, slot_changing, CHANGES),
	DRIVER(USE_SLOT_CONFIRM, slot_confirming, CHANGES),
	DRIVER(USE_SLOT_END, slot_ending, CHANGES),
	DRIVER(USE_SLOT_CLOSE, slot_closing, CHANGES),
	DRIVER(USE_SLOT_CLOSE_REMOVE, slot_unclosing, CHANGES),
	DRIVER(USE_SLOT_OPEN, slot_opening, CHANGES),
	DRIVER(USE_SLOT_OPEN_REMOVE, slot_unopening, CHANGES),
	DRIVER_WITH(USE_IMPORT_CALENDAR, calendar_importing, 0, CHANGES),
	DRIVER_WITH(USE_IMPORT_CALENDAR, calendar_importing, 1, LOOKS),
	DRIVER(USE_BREAK_ADD, break_adding, CHANGES),
	DRIVER(USE_BREAK_REMOVE, break_removing, CHANGES),
	DRIVER_WITH(USE_EXPORT_REGISTRY, export_it, EXPORT_UNITS, LOOKS),
	DRIVER_WITH(USE_EXPORT_REGISTRY, export_it, EXPORT_SLOTS, LOOKS),
	DRIVER_WITH(USE_IMPORT_REGISTRY, import_it, 0, CHANGES),
	DRIVER_WITH(USE_IMPORT_REGISTRY, import_it, 1, LOOKS | GOES_ON),
	DRIVER(USE_USER_LIST, users_list, LOOKS),
	DRIVER(USE_USER_LIST, keys_list, LOOKS),
	DRIVER(USE_USER_ADD, user_adding, CHANGES),
	DRIVER(USE_USER_EDIT, user_editing, CHANGES),
	DRIVER(USE_USER_RETIRE, user_retiring, CHANGES),
	DRIVER(USE_USER_KEY_ADD, key_adding, CHANGES),
	DRIVER(USE_USER_KEY_REMOVE, key_removing, CHANGES),
	DRIVER(USE_CONFIG_LIST, setting_show, LOOKS),
	DRIVER(USE_CONFIG_SET, setting_changing, CHANGES),
	DRIVER_WITH(USE_AUDIT_LIST, look_log, LOOK_NEW, LOOKS),
	DRIVER_WITH(USE_AUDIT_LIST, look_log, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER(USE_AUDIT_LIST, log_of_case, LOOKS | OF_CASE),
	DRIVER(USE_AUDIT_CASE, log_report, LOOKS | OF_CASE),
	DRIVER(USE_AUDIT_VERIFY, log_verifying, LOOKS),
	DRIVER(USE_AUDIT_SEAL, log_sealing, LOOKS),
	DRIVER(USE_CASE_EXPORT, case_exporting, LOOKS | OF_CASE),
	DRIVER(USE_CASE_EXPORT, meeting_exporting, LOOKS | OF_CASE),
	DRIVER_WITH(USE_FIGURES_LOOK, look_figures, LOOK_NEW, LOOKS),
	DRIVER_WITH(USE_FIGURES_LOOK, look_figures, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER(USE_FIGURES_LOOK, look_what_if, LOOKS),
	DRIVER(USE_FIGURES_LOOK, look_advice, LOOKS),
	DRIVER_WITH(USE_FIGURES_LOOK, look_capacity, LOOK_NEW, LOOKS),
	DRIVER_WITH(USE_FIGURES_LOOK, look_capacity, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER(USE_REPORT_ACCEPT, report_accepting, CHANGES),
	DRIVER(USE_GOAL_SET, goal_setting, CHANGES),
	DRIVER(USE_FEEDBACK_FORMS, forms_list, LOOKS | OF_ALL),
	DRIVER(USE_FEEDBACK_FORM_ADD, form_adding, CHANGES),
	DRIVER_WITH(USE_FEEDBACK_ADD, feedback_adding, 0, CHANGES | OF_CASE),
	DRIVER_WITH(USE_FEEDBACK_ADD, feedback_adding, 1, CHANGES),
	DRIVER(USE_FEEDBACK_LIST, feedback_listing, LOOKS),
	DRIVER(USE_FEEDBACK_ROUND, feedback_rounding, LOOKS),
	DRIVER_WITH(USE_FEEDBACK_LOOK, look_feedback, LOOK_NEW, LOOKS),
	DRIVER_WITH(USE_FEEDBACK_LOOK, look_feedback, LOOK_AGAIN, LOOKS | GOES_ON),
	DRIVER(USE_FEEDBACK_PICK, feedback_picking, CHANGES),
	DRIVER(USE_OBSERVATION_ADD, observing, CHANGES | OF_ALL),
	DRIVER(USE_OBSERVATION_LIST, observations_list, LOOKS),
	DRIVER_WITH(USE_LEARNING_LOOK, look_learning, 0, LOOKS | OF_ALL),
	DRIVER_WITH(USE_LEARNING_LOOK, look_learning, 1, LOOKS | OF_ALL),
	DRIVER_WITH(USE_LEARNING_LOOK, look_learning, 2, LOOKS | OF_ALL),
	DRIVER_WITH(USE_LEARNING_LOOK, look_learning, 3, LOOKS | OF_ALL),
	DRIVER_WITH(USE_LEARNING_LOOK, look_learning, 4, LOOKS | OF_ALL),
	DRIVER(USE_FIGURES_LOOK, look_agenda, LOOKS),
	DRIVER_WITH(USE_PHENOMENON_KEEP, phenomenon_keeping, KEEP_NEW, CHANGES),
	DRIVER_WITH(USE_PHENOMENON_KEEP, phenomenon_keeping, KEEP_GROUP, CHANGES),
	DRIVER_WITH(USE_PHENOMENON_KEEP, phenomenon_keeping, KEEP_END, CHANGES),
	DRIVER_WITH(USE_INITIATIVE_KEEP, initiative_keeping, KEEP_NEW, CHANGES),
	DRIVER_WITH(USE_INITIATIVE_KEEP, initiative_keeping, KEEP_END, CHANGES),
	DRIVER_WITH(USE_INITIATIVE_KEEP, initiative_keeping, KEEP_STEP, CHANGES),
	DRIVER_WITH(USE_INITIATIVE_KEEP, initiative_keeping, KEEP_DONE, CHANGES),
	DRIVER_WITH(USE_INITIATIVE_KEEP, initiative_keeping, KEEP_FEEDBACK, CHANGES),
	DRIVER_WITH(USE_GROUP_KEEP, group_keeping, KEEP_NEW, CHANGES),
	DRIVER_WITH(USE_GROUP_KEEP, group_keeping, KEEP_END, CHANGES),
	DRIVER(USE_DECISION_MAKE, deciding, CHANGES),
	DRIVER(USE_NOTICE_SEE, noticing, CHANGES | OF_ALL),
	DRIVER_WITH(USE_EXPORT_LEARNING, export_it, EXPORT_OBSERVATIONS, LOOKS),
	DRIVER_WITH(USE_EXPORT_LEARNING, export_it, EXPORT_DECISIONS, LOOKS),
	DRIVER(USE_BACKUP, backing_up, LOOKS),
	DRIVER(USE_CHECK, checking, LOOKS),
	DRIVER_WITH(USE_PURGE, purging, 0, LOOKS),
	DRIVER_WITH(USE_PURGE, purging, 1, LOOKS),
	DRIVER(USE_ENTER, entering, LOOKS),
};

#define DRIVERS (sizeof(drivers) / sizeof(drivers[0]))

#endif
