/* Nothing is double-booked: the database's own rule, against plain SQL of a second connection. */
#include "place.h"

#include "kutsu/base/date.h"

#define WEDNESDAY 20782 /* 25.11.2026 */
#define REFUSED	  SQLITE_CONSTRAINT

/* Unit 1 has a hole on Wednesdays 12-15 for one, unit 2 for two. */
static void begin(struct place *place, bool foreign_keys)
{
	place_new(place);
	raw_registry(place->raw);
	raw(place->raw, "INSERT INTO slot (id, unit_id, weekday, start_minute, end_minute, repeat,"
			" capacity) VALUES (1, 1, 3, 720, 900, 'weekly', 1),"
			" (2, 2, 3, 720, 900, 'weekly', 2)");
	raw(place->raw, foreign_keys ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF");
}

static int try_meeting(sqlite3 *db, int id, int day, int start, int end)
{
	return raw_try(db,
		"INSERT INTO meeting (id, case_id, kind, day, start_minute, end_minute, status, "
		"uid,"
		" booked_by, changed_at) VALUES (%d, 1, 'invited', %d, %d, %d, 'booked', 'u%d', 1, "
		"0)",
		id, day, start, end, id);
}

static int try_unit(sqlite3 *db, int meeting, int unit)
{
	return raw_try(db,
		"INSERT INTO meeting_unit (meeting_id, unit_id, position) VALUES (%d, %d, 1)",
		meeting, unit);
}

static int try_booking(sqlite3 *db, int id, int unit, int day, int start, int end)
{
	int status;

	raw(db, "SAVEPOINT booking");
	status = try_meeting(db, id, day, start, end);
	if (status == SQLITE_OK)
		status = try_unit(db, id, unit);
	raw(db, status == SQLITE_OK ? "RELEASE booking" : "ROLLBACK TO booking; RELEASE booking");
	return status;
}

/* Runs a test with foreign keys on and off. */
static void with_both(void (*check)(sqlite3 *db))
{
	for (int foreign_keys = 0; foreign_keys < 2; foreign_keys++) {
		struct place place;

		begin(&place, foreign_keys != 0);
		check(place.raw);
		place_remove(&place);
	}
}

static void check_one(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 720, 780), REFUSED, "the same time");
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 779, 800), REFUSED, "its last minute");
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 725, 730), REFUSED, "inside it");
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 780, 840), SQLITE_OK, "touching it");
	cr_expect_eq(try_booking(db, 3, 1, WEDNESDAY, 760, 870), REFUSED, "over both");
	cr_expect_eq(try_booking(db, 3, 1, WEDNESDAY + 7, 720, 780), SQLITE_OK, "another day");
	cr_expect_eq(try_booking(db, 4, 2, WEDNESDAY, 720, 780), SQLITE_OK, "another unit");
}

Test(rule, room_for_one_takes_one)
{
	with_both(check_one);
}

static void check_around(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 780, 840), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 720, 900), REFUSED);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 720, 781), REFUSED);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 839, 900), REFUSED);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 3, 1, WEDNESDAY, 840, 900), SQLITE_OK);
}

Test(rule, a_meeting_around_another_is_refused_and_one_on_either_side_is_not)
{
	with_both(check_around);
}

static void check_two(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 2, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 2, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 3, 2, WEDNESDAY, 720, 780), REFUSED);
	cr_expect_eq(try_booking(db, 3, 2, WEDNESDAY, 780, 840), SQLITE_OK);
	cr_expect_eq(try_booking(db, 4, 2, WEDNESDAY, 750, 810), REFUSED, "three from 12.30 on");
	/* Two that do not overlap each other leave room beside them. */
	cr_expect_eq(try_booking(db, 4, 2, WEDNESDAY + 7, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 5, 2, WEDNESDAY + 7, 780, 840), SQLITE_OK);
	cr_expect_eq(try_booking(db, 6, 2, WEDNESDAY + 7, 720, 840), SQLITE_OK);
	cr_expect_eq(try_booking(db, 7, 2, WEDNESDAY + 7, 779, 780), REFUSED);
}

Test(rule, room_for_two_takes_two_and_not_three)
{
	with_both(check_two);
}

static void check_outside(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 719, 780), REFUSED, "begins before the hole");
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 840, 901), REFUSED, "ends after it");
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY + 1, 720, 780), REFUSED, "no hole that day");
	raw(db, "INSERT INTO slot (unit_id, weekday, start_minute, end_minute, repeat) VALUES"
		" (1, 3, 930, 990, 'weekly'), (1, 3, 990, 1020, 'weekly')");
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 870, 960), REFUSED, "over a gap");
	cr_expect_eq(
		try_booking(db, 1, 1, WEDNESDAY, 960, 1020), SQLITE_OK, "two holes that touch");
}

Test(rule, a_meeting_lies_within_the_holes)
{
	with_both(check_outside);
}

static void check_overlapping(sqlite3 *db)
{
	raw(db, "INSERT INTO slot (unit_id, weekday, start_minute, end_minute, repeat) VALUES"
		" (1, 3, 780, 840, 'weekly')");
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 900), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 780, 840), SQLITE_OK, "they add up");
	cr_expect_eq(try_booking(db, 3, 1, WEDNESDAY, 780, 790), REFUSED);
}

Test(rule, overlapping_holes_add_up)
{
	with_both(check_overlapping);
}

static void check_opening(sqlite3 *db)
{
	raw(db, "INSERT INTO opening (unit_id, day, start_minute, end_minute) VALUES (1, 20783, "
		"480, 540),"
		" (1, 20782, 900, 930)");
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY + 1, 480, 540), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY + 1, 480, 540), REFUSED);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY + 8, 480, 540), REFUSED, "that day only");
	cr_expect_eq(
		try_booking(db, 2, 1, WEDNESDAY, 870, 930), SQLITE_OK, "it lengthens the hole");
}

Test(rule, an_extra_opening_has_room_for_one)
{
	with_both(check_opening);
}

static void check_repeats(sqlite3 *db)
{
	raw(db, "DELETE FROM slot");
	/* Every second Wednesday from 25.11.; each month's 4th Wednesday from then; 2.12. to 9.12.
	 */
	raw(db, "INSERT INTO slot (unit_id, weekday, start_minute, end_minute, repeat, from_day,"
		" until_day) VALUES (1, 3, 480, 540, 'fortnightly', 20782, NULL),"
		" (1, 3, 600, 660, 'monthly', 20782, NULL), (1, 3, 720, 780, 'weekly', 20789, "
		"20796)");
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 480, 540), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY + 7, 480, 540), REFUSED);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY + 14, 480, 540), SQLITE_OK);
	cr_expect_eq(
		try_booking(db, 3, 1, WEDNESDAY - 14, 480, 540), REFUSED, "before its first day");
	cr_expect_eq(try_booking(db, 3, 1, WEDNESDAY, 600, 660), SQLITE_OK);
	cr_expect_eq(
		try_booking(db, 4, 1, WEDNESDAY + 21, 600, 660), REFUSED, "16.12. is the third");
	cr_expect_eq(
		try_booking(db, 4, 1, WEDNESDAY + 28, 600, 660), SQLITE_OK, "23.12. is the fourth");
	cr_expect_eq(try_booking(db, 5, 1, WEDNESDAY, 720, 780), REFUSED);
	cr_expect_eq(try_booking(db, 5, 1, WEDNESDAY + 7, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 6, 1, WEDNESDAY + 14, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 7, 1, WEDNESDAY + 21, 720, 780), REFUSED);
}

Test(rule, repeats_and_validity_count)
{
	with_both(check_repeats);
}

static void check_update(sqlite3 *db)
{
	raw(db, "UPDATE slot SET end_minute = 1000");
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 840, 900), SQLITE_OK);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET start_minute = 770 WHERE id = 2"), REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET end_minute = 850 WHERE id = 1"), REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET start_minute = 700 WHERE id = 1"), REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET end_minute = 1001 WHERE id = 2"), REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET day = day + 1 WHERE id = 2"), REFUSED);
	cr_expect_eq(
		raw_try(db, "UPDATE OR REPLACE meeting SET start_minute = 720, end_minute = 780"),
		REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET start_minute = 780 WHERE id = 2"), SQLITE_OK);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET day = day + 7 WHERE id = 2"), SQLITE_OK);
	cr_expect_eq(
		raw_try(db, "UPDATE meeting SET day = 20782, start_minute = 720, end_minute = 730"
			    " WHERE id = 2"),
		REFUSED);
	cr_expect_eq(raw_number(db, "SELECT count(*) FROM meeting_without_room"), 0);
}

Test(rule, a_change_of_time_is_asked_too)
{
	with_both(check_update);
}

static void check_status(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(
		raw_try(db, "UPDATE meeting SET status = 'cancelled' WHERE id = 1"), SQLITE_OK);
	cr_expect_eq(
		try_booking(db, 2, 1, WEDNESDAY, 750, 810), SQLITE_OK, "a cancelled one frees");
	cr_expect_eq(raw_try(db, "UPDATE meeting SET status = 'booked' WHERE id = 1"), REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET status = 'recorded' WHERE id = 1"), REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET status = 'hold', hold_until = 9 WHERE id = 1"),
		REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting SET start_minute = 0 WHERE id = 1"), SQLITE_OK,
		"a cancelled one takes no room");
	cr_expect_eq(raw_try(db, "UPDATE meeting SET status = 'recorded' WHERE id = 2"), SQLITE_OK);
	cr_expect_eq(try_booking(db, 3, 1, WEDNESDAY, 750, 810), REFUSED, "a recorded one stands");
}

Test(rule, coming_back_from_cancelled_is_asked_too)
{
	with_both(check_status);
}

static void check_hold(sqlite3 *db)
{
	raw(db, "INSERT INTO meeting (id, kind, day, start_minute, end_minute, status, uid, "
		"booked_by,"
		" changed_at, hold_until) VALUES (1, 'invited', 20782, 720, 780, 'hold', 'u1', 1, "
		"0,"
		" 4000000000); INSERT INTO meeting_unit VALUES (1, 1, 1, NULL)");
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 720, 780), REFUSED);
	cr_expect_eq(
		raw_try(db, "UPDATE meeting SET status = 'booked', hold_until = NULL, case_id = 1"),
		SQLITE_OK, "it becomes a booking");
}

Test(rule, a_hold_takes_its_time)
{
	with_both(check_hold);
}

static void check_replace(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY + 7, 720, 780), SQLITE_OK);
	/* Its unit's row stays where foreign keys are off, and goes with the old row otherwise. */
	raw_try(db,
		"INSERT OR REPLACE INTO meeting (id, case_id, kind, day, start_minute, end_minute,"
		" status, uid, booked_by, changed_at)"
		" VALUES (2, 1, 'invited', 20782, 720, 780, 'booked', 'u2', 1, 0)");
	raw_try(db, "INSERT OR REPLACE INTO meeting_unit VALUES (2, 1, 1, NULL)");
	cr_expect_eq(raw_number(db, "SELECT count(*) FROM occupation WHERE day = 20782"), 1);
	raw_try(db, "INSERT OR REPLACE INTO meeting_unit VALUES (1, 1, 2, NULL)");
	cr_expect_eq(raw_number(db, "SELECT count(*) FROM meeting_without_room"), 0);
}

Test(rule, insert_or_replace_does_not_get_around_it)
{
	with_both(check_replace);
}

static void check_upsert(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY + 7, 720, 780), SQLITE_OK);
	cr_expect_eq(
		raw_try(db, "INSERT INTO meeting (id, case_id, kind, day, start_minute, end_minute,"
			    " status, uid, booked_by, changed_at)"
			    " VALUES (2, 1, 'invited', 20782, 720, 780, 'booked', 'u2', 1, 0)"
			    " ON CONFLICT (id) DO UPDATE SET day = excluded.day"),
		REFUSED);
}

Test(rule, an_upsert_does_not_get_around_it)
{
	with_both(check_upsert);
}

Test(rule, units_that_are_there_before_their_meeting_are_asked)
{
	struct place place;

	begin(&place, false);
	cr_expect_eq(try_booking(place.raw, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_unit(place.raw, 2, 1), SQLITE_OK, "nobody's yet");
	cr_expect_eq(try_meeting(place.raw, 2, WEDNESDAY, 720, 780), REFUSED);
	cr_expect_eq(try_meeting(place.raw, 2, WEDNESDAY, 780, 840), SQLITE_OK);
	place_remove(&place);
}

Test(rule, with_foreign_keys_deferred_units_before_their_meeting_are_asked)
{
	struct place place;

	begin(&place, true);
	cr_expect_eq(try_booking(place.raw, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	raw(place.raw, "BEGIN; PRAGMA defer_foreign_keys=ON");
	cr_expect_eq(try_unit(place.raw, 2, 1), SQLITE_OK);
	cr_expect_eq(try_meeting(place.raw, 2, WEDNESDAY, 720, 780), REFUSED);
	raw(place.raw, "ROLLBACK");
	place_remove(&place);
}

static void check_ids(sqlite3 *db)
{
	static const char *const names[] = { "id", "rowid", "_rowid_", "oid" };

	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		raw(db, "BEGIN; PRAGMA defer_foreign_keys=ON");
		/* A unit waits for a meeting, and a meeting without units takes on its number. */
		cr_expect_eq(try_unit(db, 99, 1), SQLITE_OK);
		cr_expect_eq(try_meeting(db, 5, WEDNESDAY, 720, 780), SQLITE_OK);
		raw_try(db, "UPDATE meeting SET %s = 99 WHERE id = 5", names[i]);
		cr_expect_eq(raw_number(db, "SELECT count(*) FROM occupation WHERE day = 20782"), 1,
			"booked twice by a change of %s", names[i]);
		raw(db, "ROLLBACK");
	}
}

Test(rule, a_change_of_number_does_not_get_around_it)
{
	with_both(check_ids);
}

static void check_move_of_unit(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(try_booking(db, 2, 2, WEDNESDAY, 720, 780), SQLITE_OK);
	cr_expect_eq(
		raw_try(db, "UPDATE meeting_unit SET unit_id = 1 WHERE meeting_id = 2"), REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE OR REPLACE meeting_unit SET meeting_id = 1"), REFUSED);
	cr_expect_eq(raw_try(db, "UPDATE meeting_unit SET position = 2, attended = 1"), SQLITE_OK);
}

Test(rule, a_meetings_unit_is_not_changed_into_another)
{
	with_both(check_move_of_unit);
}

static void check_withdrawal(sqlite3 *db)
{
	cr_expect_eq(try_booking(db, 1, 1, WEDNESDAY, 720, 780), SQLITE_OK);
	raw(db, "UPDATE slot SET until_day = 20000 WHERE id = 1");
	cr_expect_eq(
		raw_try(db, "UPDATE meeting SET place = 'x', status = 'recorded' WHERE id = 1"),
		SQLITE_OK, "what is booked can still be recorded");
	cr_expect_eq(try_booking(db, 2, 1, WEDNESDAY, 780, 840), REFUSED);
}

Test(rule, a_promise_withdrawn_leaves_its_booking)
{
	with_both(check_withdrawal);
}

/* ---- Random plain SQL against a slow twin that counts minute by minute. */

#define TWIN_SLOTS    5
#define TWIN_OPENINGS 4
#define TWIN_MEETINGS 40
#define TWIN_DAYS     42
#define GRAIN	      15 /* minutes; times are multiples of it, which makes touching common */

struct twin_span {
	int weekday, day, start, end, from, until, repeat, capacity;
};

struct twin_meeting {
	bool is_there, is_cancelled;
	int day, start, end;
};

struct twin {
	struct twin_span slots[TWIN_SLOTS], openings[TWIN_OPENINGS];
	struct twin_meeting meetings[TWIN_MEETINGS];
	unsigned random;
};

static int pick(struct twin *twin, int below)
{
	twin->random = twin->random * 1103515245u + 12345u;
	return (int)((twin->random >> 16) % (unsigned)below);
}

static int twin_weekday(int day)
{
	return (day + 3) % 7 + 1; /* 1.1.1970 was a Thursday */
}

static bool twin_falls_on(const struct twin_span *slot, int day)
{
	if (twin_weekday(day) != slot->weekday || day < slot->from || day > slot->until)
		return false;
	if (slot->repeat == 1)
		return (day - slot->from) % 14 == 0;
	if (slot->repeat == 2)
		return (day_to_civil(day).mday - 1) / 7 == (day_to_civil(slot->from).mday - 1) / 7;
	return true;
}

static int twin_room(const struct twin *twin, int day, int minute)
{
	int room = 0;

	for (int i = 0; i < TWIN_SLOTS; i++) {
		const struct twin_span *slot = &twin->slots[i];

		if (twin_falls_on(slot, day) && slot->start <= minute && minute < slot->end)
			room += slot->capacity;
	}
	for (int i = 0; i < TWIN_OPENINGS; i++) {
		const struct twin_span *opening = &twin->openings[i];

		room += opening->day == day && opening->start <= minute && minute < opening->end;
	}
	for (int i = 0; i < TWIN_MEETINGS; i++) {
		const struct twin_meeting *m = &twin->meetings[i];

		room -= m->is_there && !m->is_cancelled && m->day == day && m->start <= minute
			&& minute < m->end;
	}
	return room;
}

/* Whether the meeting, as it stands now, has room at every minute. */
static bool twin_fits(const struct twin *twin, const struct twin_meeting *meeting)
{
	for (int minute = meeting->start; minute < meeting->end; minute++) {
		if (twin_room(twin, meeting->day, minute) < 0)
			return false;
	}
	return true;
}

static void make_registry(struct twin *twin, sqlite3 *db)
{
	static const char *const repeats[] = { "weekly", "fortnightly", "monthly" };

	raw(db, "DELETE FROM meeting_unit; DELETE FROM meeting; DELETE FROM slot; DELETE FROM "
		"opening");
	memset(twin->meetings, 0, sizeof(twin->meetings));
	for (int i = 0; i < TWIN_SLOTS; i++) {
		struct twin_span *slot = &twin->slots[i];

		slot->from = WEDNESDAY - 7 + pick(twin, 14);
		slot->weekday = twin_weekday(slot->from);
		slot->until = slot->from + 7 + pick(twin, TWIN_DAYS);
		slot->repeat = pick(twin, 3);
		slot->start = 480 + GRAIN * pick(twin, 16);
		slot->end = slot->start + GRAIN * (1 + pick(twin, 16));
		slot->capacity = 1 + pick(twin, 2);
		cr_assert_eq(raw_try(db,
				     "INSERT INTO slot (unit_id, weekday, start_minute, end_minute,"
				     " repeat, from_day, until_day, capacity)"
				     " VALUES (1, %d, %d, %d, '%s', %d, %d, %d)",
				     slot->weekday, slot->start, slot->end, repeats[slot->repeat],
				     slot->from, slot->until, slot->capacity),
			SQLITE_OK);
	}
	for (int i = 0; i < TWIN_OPENINGS; i++) {
		struct twin_span *opening = &twin->openings[i];

		opening->day = WEDNESDAY + pick(twin, TWIN_DAYS);
		opening->start = 480 + GRAIN * pick(twin, 16);
		opening->end = opening->start + GRAIN * (1 + pick(twin, 16));
		cr_assert_eq(raw_try(db,
				     "INSERT INTO opening (unit_id, day, start_minute, end_minute)"
				     " VALUES (1, %d, %d, %d)",
				     opening->day, opening->start, opening->end),
			SQLITE_OK);
	}
}

/* A time that often has a hole: on a day and near the times of one of the slots. */
static void pick_time(struct twin *twin, struct twin_meeting *meeting)
{
	const struct twin_span *near = &twin->slots[pick(twin, TWIN_SLOTS)];

	meeting->day = near->from + 7 * pick(twin, TWIN_DAYS / 7);
	if (pick(twin, 4) == 0)
		meeting->day = twin->openings[pick(twin, TWIN_OPENINGS)].day;
	meeting->start = near->start + GRAIN * (pick(twin, 10) - 1);
	meeting->end = meeting->start + GRAIN * (1 + pick(twin, 5));
}

static int run_random_step(struct twin *twin, sqlite3 *db, bool *expected)
{
	int id = pick(twin, TWIN_MEETINGS);
	struct twin_meeting *meeting = &twin->meetings[id], before = *meeting;
	int status;

	*expected = true;
	if (!meeting->is_there) {
		pick_time(twin, meeting);
		meeting->is_there = true;
		meeting->is_cancelled = false;
		status = try_booking(db, id + 1, 1, meeting->day, meeting->start, meeting->end);
		*expected = twin_fits(twin, meeting);
	} else if (pick(twin, 4) == 0) {
		meeting->is_there = false;
		status = raw_try(db,
			"DELETE FROM meeting_unit WHERE meeting_id = %d;"
			" DELETE FROM meeting WHERE id = %d",
			id + 1, id + 1);
	} else if (pick(twin, 2) == 0) {
		meeting->is_cancelled = !meeting->is_cancelled;
		status = raw_try(db, "UPDATE meeting SET status = '%s' WHERE id = %d",
			meeting->is_cancelled ? "cancelled" : "booked", id + 1);
		*expected = meeting->is_cancelled || twin_fits(twin, meeting);
	} else {
		pick_time(twin, meeting);
		status = raw_try(db,
			"UPDATE meeting SET day = %d, start_minute = %d, end_minute = %d WHERE id "
			"= %d",
			meeting->day, meeting->start, meeting->end, id + 1);
		*expected = meeting->is_cancelled || twin_fits(twin, meeting);
	}
	if (status != SQLITE_OK)
		*meeting = before;
	return status;
}

Test(rule, random_plain_sql_does_what_a_slow_twin_allows)
{
	struct twin twin = { .random = 1 };
	int allowed = 0, refused = 0;
	struct place place;

	begin(&place, true);
	raw(place.raw, "PRAGMA synchronous=OFF");
	for (int region = 0; region < 25; region++) {
		make_registry(&twin, place.raw);
		raw(place.raw, "BEGIN");
		for (int step = 0; step < 160; step++) {
			bool expected;
			int status = run_random_step(&twin, place.raw, &expected);

			cr_assert_eq(status, expected ? SQLITE_OK : REFUSED,
				"region %d, step %d: %s, but the twin says %d", region, step,
				sqlite3_errmsg(place.raw), expected);
			allowed += expected;
			refused += !expected;
		}
		raw(place.raw, "COMMIT");
		cr_expect_eq(raw_number(place.raw, "SELECT count(*) FROM meeting_without_room"), 0);
	}
	cr_expect_gt(allowed, 500);
	cr_expect_gt(refused, 500);
	place_remove(&place);
}
