/*
 * Closed cases in which a secret was said wherever something can be, and what the service then
 * tells of them.
 */
#ifndef KUTSU_TESTS_SAID_H
#define KUTSU_TESTS_SAID_H

#include "fixture.h"

#include "kutsu/base/message.h"
#include "kutsu/base/text.h"
#include "kutsu/domain/slot.h"
#include "kutsu/service/booking.h"
#include "kutsu/service/casework.h"
#include "kutsu/service/exporting.h"
#include "kutsu/service/intake.h"
#include "kutsu/service/registry.h"
#include "kutsu/service/retention.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET "Salaisuus"

static const struct disclosure said_to_nobody;

/* For twenty meetings at once. */
static inline void said_hole(struct session *s, const char *unit)
{
	struct slot slot = { .unit = unit,
		.weekday = 3,
		.start = fixture_minute("8:00"),
		.end = fixture_minute("16:00"),
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 20 };
	struct error err = { 0 };

	cr_assert(registry_add_slot(s, &slot, &err), "%s", err.text);
}

/* Units of three sectors: A and B have holes and are invited, C never is. */
static inline struct session *said_region(void)
{
	static const struct unit units[] = {
		{ .code = "A", .name = "Perheneuvola", .sector = SECTOR_FAMILY_SOCIAL },
		{ .code = "B", .name = "Terveydenhoito", .sector = SECTOR_SCHOOL_HEALTH },
		{ .code = "C", .name = "Nuorisotyö", .sector = SECTOR_YOUTH },
	};
	struct session *s = fixture_session();
	struct error err = { 0 };

	message_set_language(LANGUAGE_EN);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct unit unit = units[i];

		unit.active = true;
		cr_assert(registry_add_unit(s, &unit, &err), "%s", err.text);
	}
	said_hole(s, "A");
	said_hole(s, "B");
	return s;
}

/* ---- Cases with the secret in all that was said of them. */

static inline const char *said_call(struct session *s, enum call_source source)
{
	struct intake intake = { .source = source,
		.caller = SECRET " caller",
		.phone = SECRET "-0401234567",
		.concern = SECRET " concern",
		.child = SECRET " child",
		.municipality = "Suistola",
		.birth_year = 2016,
		.language = "sv",
		.limits = family_limits_none(),
		.adults = (const char *const[]) { SECRET " adult" },
		.adult_count = 1,
		.units = (const char *const[]) { "A", "B" },
		.unit_count = 2 };
	struct intake_result result;
	struct error err = { 0 };

	cr_assert(intake_take(s, &intake, &result, &err), "%s", err.text);
	return arena_text(&s->arena, result.case_code);
}

/* To unit A alone: B's sector has none in force. */
static inline void said_consent(struct session *s, const char *code)
{
	const char *const unit = "A";
	struct error err = { 0 };

	cr_assert(consent_give(s, code, &unit, 1, SECRET " guardian", SECRET " how", &err), "%s",
		err.text);
}

static inline void said_record(struct session *s, int64_t meeting)
{
	struct agreed_action action = { .who = SECRET " teacher",
		.what = SECRET " breakfast",
		.environment = ENVIRONMENT_SCHOOL,
		.due_day = DAY_LAST };
	struct meeting_record made = { .attended = (const char *const[]) { "A" },
		.attended_count = 1,
		.absent = (const char *const[]) { "B" },
		.absent_count = 1,
		.adults = (const char *const[]) { SECRET " mother" },
		.adult_count = 1,
		.facilitator = SECRET " facilitator",
		.strengths = SECRET " strengths",
		.vulnerabilities = SECRET " vulnerabilities",
		.notes = SECRET " notes",
		.actions = &action,
		.action_count = 1,
		.follow_up_needed = KNOWN_NO,
		.follow_up_reason = SECRET " reason" };
	struct error err = { 0 };

	cr_assert(meeting_record_make(s, meeting, &made, &err), "%s", err.text);
}

static inline int64_t said_booking(struct session *s, const char *code, const char *day)
{
	struct booking booking = { .case_code = code,
		.units = (const char *const[]) { "A", "B" },
		.unit_count = 2,
		.day = fixture_day(day),
		.start = fixture_minute("9:00"),
		.minutes = 30,
		.place = SECRET " street" };
	struct error err = { 0 };
	int64_t id;

	cr_assert(booking_make(s, &booking, &id, &err), "%s", err.text);
	return id;
}

/* Two meetings on a Wednesday, one cancelled and one recorded that day; *meeting is the latter. */
static inline const char *said_case(
	struct session *s, enum call_source source, const char *wednesday, int64_t *meeting)
{
	struct error err = { 0 };
	int64_t cancelled;
	const char *code;
	char at[32];

	snprintf(at, sizeof(at), "%sT08:00", wednesday);
	fixture_clock(s, at);
	code = said_call(s, source);
	said_consent(s, code);
	cancelled = said_booking(s, code, wednesday);
	cr_assert(booking_cancel(s, cancelled, SECRET " ill", LEAVES_LATER, &err), "%s", err.text);
	*meeting = said_booking(s, code, wednesday);
	snprintf(at, sizeof(at), "%sT09:30", wednesday);
	fixture_clock(s, at);
	said_record(s, *meeting);
	return code;
}

static inline void said_close(struct session *s, const char *code, const char *at)
{
	struct error err = { 0 };

	fixture_clock(s, at);
	cr_assert(case_close(s, code, SECRET " closed", &err), "%s", err.text);
	fixture_clock(s, FIXTURE_NOW);
}

static inline const char *said_closed_case(struct session *s, const char *at)
{
	int64_t meeting;
	const char *code = said_case(s, SOURCE_SCHOOL, "2025-11-05", &meeting);

	said_close(s, code, at);
	return code;
}

/* ---- What the service tells of a case. */

static inline void said_put(struct text *to, const char *text)
{
	text_format(to, "%s|", text ? text : "-");
}

static inline void said_put_list(struct text *to, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		said_put(to, texts[i]);
}

static inline void said_put_case(struct session *s, const char *code, struct text *to)
{
	struct error err = { 0 };
	struct case_view view;

	cr_assert(case_look(s, LOOK_NEW, code, &s->arena, &view, &err), "%s", err.text);
	said_put(to, view.case_ref.code);
	said_put(to, view.case_ref.closed_reason);
	said_put(to, view.case_ref.child);
	said_put(to, view.case_ref.municipality);
	said_put(to, view.case_ref.concern);
	said_put_list(to, view.case_ref.adults, view.case_ref.adult_count);
	for (size_t i = 0; i < view.calls.count; i++) {
		said_put(to, view.calls.items[i].caller);
		said_put(to, view.calls.items[i].phone);
		said_put(to, view.calls.items[i].concern);
	}
	for (size_t i = 0; i < view.consents.count; i++) {
		said_put(to, view.consents.items[i].given_by);
		said_put(to, view.consents.items[i].how);
	}
	for (size_t i = 0; i < view.meetings.count; i++) {
		said_put(to, view.meetings.items[i].place);
		said_put(to, view.meetings.items[i].cancelled_reason);
	}
}

static inline void said_put_meeting(struct session *s, int64_t id, struct text *to)
{
	struct error err = { 0 };
	struct meeting_view view;

	cr_assert(meeting_look(s, LOOK_NEW, id, &s->arena, &view, &err), "%s", err.text);
	said_put(to, view.meeting.place);
	said_put(to, view.record.facilitator);
	said_put(to, view.record.strengths);
	said_put(to, view.record.vulnerabilities);
	said_put(to, view.record.notes);
	said_put(to, view.record.follow_up_reason);
	said_put_list(to, view.record.adults, view.record.adult_count);
	for (size_t i = 0; i < view.record.action_count; i++) {
		said_put(to, view.record.actions[i].who);
		said_put(to, view.record.actions[i].what);
	}
}

static inline void said_put_memo(struct session *s, const char *code, int sector, struct text *to)
{
	struct error err = { 0 };
	struct memo memo;
	char *bytes = NULL;
	size_t size;
	FILE *file;

	cr_assert(case_memo(s, code, sector, &said_to_nobody, &s->arena, &memo, &err), "%s",
		err.text);
	file = open_memstream(&bytes, &size);
	memo_write_text(file, &memo, sector);
	fclose(file);
	text_add(to, bytes);
	free(bytes);
}

static inline void said_put_export(struct session *s, enum export_what what, struct text *to)
{
	const struct export_order order = { .what = what,
		.format = EXPORT_CSV,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.disclosure = said_to_nobody };
	struct error err = { 0 };
	char *bytes = NULL;
	size_t size;
	FILE *file = open_memstream(&bytes, &size);

	cr_assert(export_write(s, &order, file, &err), "%s", err.text);
	fclose(file);
	text_add(to, bytes);
	free(bytes);
}

static inline size_t said_count(const char *text, const char *part)
{
	size_t count = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		count++;
	return count;
}

#endif
