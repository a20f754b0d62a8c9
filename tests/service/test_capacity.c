/*
 * Who sees whether promises are enough, what the log tells of it, and the demonstration's figures
 * at both of its clocks: counted a second time by SQL, day by day, from the tables.
 */
#include "fixture.h"

#include "kutsu/base/date.h"
#include "kutsu/service/capacity.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/region.h"
#include "kutsu/service/registry.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define CLOCK_A "2026-11-24T10:42"
#define CLOCK_B "2026-12-18T12:00"

/* The demonstration, opened by one of its accounts. */
struct made {
	char folder[FIXTURE_FOLDER_SIZE];
	const char *clock;
	struct store *store;
	struct session session;
};

static void begin_as(struct made *made, const char *login)
{
	const struct identity identity = { .login = login, .account = login };
	struct error err;

	session_end(&made->session);
	cr_assert(session_begin(&made->session, made->store, fixture_clock_at(made->clock),
			  &identity, &err),
		"%s", err.text);
}

static void make(struct made *made, const char *clock, int years)
{
	const struct identity maker = { .login = "testaaja", .account = "testaaja" };
	const struct demo_options options = { .seed = 1, .scale = 1, .years = years };
	char path[FIXTURE_FOLDER_SIZE + 16];
	struct error err;

	*made = (struct made) { .clock = clock };
	fixture_folder(made->folder);
	snprintf(path, sizeof(path), "%s/kutsu.db", made->folder);
	cr_assert(
		region_demo(path, &options, &maker, fixture_clock_at(clock), &err), "%s", err.text);
	cr_assert(store_open(path, &made->store, &err), "%s", err.text);
	begin_as(made, "koord-1");
}

static void unmake(struct made *made)
{
	session_end(&made->session);
	store_close(made->store);
	fixture_folder_remove(made->folder);
}

static struct capacity look(struct made *made, enum look look, const char *from, const char *until)
{
	struct session *s = &made->session;
	struct capacity capacity;
	struct error err;

	cr_assert(capacity_look(s, look, fixture_day(from), fixture_day(until), &s->arena,
			  &capacity, &err),
		"%s", err.text);
	return capacity;
}

/* ---- The second count. ---- */

/* Each hole of each day, with what it was: the days, then the unit's code or '%'. */
#define HOLES                                                                                      \
	"WITH RECURSIVE days (d) AS (SELECT %d UNION ALL SELECT d + 1 FROM days WHERE d < %d),"    \
	" holiday (d) AS (SELECT unixepoch(value) / 86400 FROM json_each("                         \
	"  '[\"2026-10-31\", \"2026-12-06\", \"2026-12-24\", \"2026-12-25\", \"2026-12-26\","      \
	"  \"2027-01-01\", \"2027-01-06\"]')),"                                                    \
	" unit_chosen AS (SELECT * FROM unit WHERE code LIKE '%s'),"                               \
	" fallen AS (SELECT u.*, s.start_minute AS start, s.end_minute AS end, s.capacity, d"      \
	"  FROM unit_chosen u JOIN slot s ON s.unit_id = u.id JOIN days"                           \
	"  WHERE CAST(strftime('%%w', d * 86400, 'unixepoch') AS INTEGER) = s.weekday %% 7"        \
	"   AND d BETWEEN coalesce(s.from_day, d) AND coalesce(s.until_day, d)"                    \
	"   AND CASE s.repeat WHEN 'weekly' THEN 1 WHEN 'fortnightly' THEN (d - s.from_day) %% 14" \
	"    = 0 ELSE (strftime('%%d', d * 86400, 'unixepoch') + 6) / 7"                           \
	"    = (strftime('%%d', s.from_day * 86400, 'unixepoch') + 6) / 7 END),"                   \
	" hole AS (SELECT h.*, d IN holiday"                                                       \
	"   OR (school_based AND EXISTS (SELECT 1 FROM school_break b WHERE d BETWEEN b.from_day"  \
	"    AND b.until_day AND coalesce(b.municipality, h.municipality) IS h.municipality))"     \
	"   OR EXISTS (SELECT 1 FROM closing c WHERE c.unit_id = h.id AND d BETWEEN c.from_day"    \
	"    AND c.until_day AND coalesce(c.start_minute, 0) < h.end"                              \
	"    AND coalesce(c.end_minute, 1440) > h.start)"                                          \
	"   OR coalesce((SELECT state = 'declined' FROM readiness r WHERE r.unit_id = h.id"        \
	"    AND r.day = d AND r.start_minute = h.start), 0) AS closed,"                           \
	"   (SELECT state IN ('confirmed', 'deputy') FROM readiness r WHERE r.unit_id = h.id"      \
	"    AND r.day = d AND r.start_minute = h.start) AS confirmed FROM fallen h"               \
	"  UNION ALL SELECT u.*, o.start_minute, o.end_minute, 1, d, 0, 1"                         \
	"   FROM unit_chosen u JOIN opening o ON o.unit_id = u.id JOIN days ON o.day = d) "

#define MEETINGS                                                                                   \
	"SELECT coalesce(sum(m.end_minute - m.start_minute), 0) FROM meeting m"                    \
	" JOIN meeting_unit mu ON mu.meeting_id = m.id JOIN unit u ON u.id = mu.unit_id"           \
	" WHERE m.day BETWEEN %d AND %d AND u.code LIKE '%s' AND m.status "

#define PROMISED  HOLES "SELECT coalesce(sum((end - start) * capacity), 0) FROM hole"
#define OFFERED	  PROMISED " WHERE NOT closed"
#define CONFIRMED OFFERED " AND confirmed"
#define BOOKED	  MEETINGS "IN ('booked', 'recorded')"
#define USED	  MEETINGS "= 'recorded' AND coalesce(mu.attended, 1)"

static int64_t count(struct made *made, const char *format, int from, int until, const char *unit)
{
	char sql[4000];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	cr_assert_lt(snprintf(sql, sizeof(sql), format, from, until, unit), (int)sizeof(sql));
#pragma GCC diagnostic pop
	return fixture_number(&made->session, sql);
}

static void expect_minutes(struct made *made, const struct capacity *capacity,
	const struct capacity_row *row, const char *unit)
{
	const struct {
		const char *sql;
		int64_t minutes;
	} all[] = { { PROMISED, row->minutes.promised }, { OFFERED, row->minutes.offered },
		{ CONFIRMED, row->minutes.confirmed }, { BOOKED, row->minutes.booked },
		{ USED, row->minutes.used } };

	for (size_t i = 0; i < 5; i++) {
		int64_t wanted =
			count(made, all[i].sql, capacity->from_day, capacity->until_day, unit);

		cr_expect_eq(all[i].minutes, wanted, "%s: figure %zu is %lld, not %lld", unit, i,
			(long long)all[i].minutes, (long long)wanted);
	}
}

/* One week of a unit, of those days that are in the period. */
static void add_week(struct made *made, const struct capacity *capacity, size_t week,
	const char *unit, struct capacity_load *load)
{
	int from = capacity->monday + 7 * (int)week, until = from + 6;

	from = from < capacity->from_day ? capacity->from_day : from;
	until = until > capacity->until_day ? capacity->until_day : until;
	load->offered += count(made, OFFERED, from, until, unit);
	load->booked += count(made, BOOKED, from, until, unit);
}

static void expect_area(
	struct made *made, const struct capacity *capacity, const struct capacity_row *area)
{
	for (size_t w = 0; w < capacity->week_count; w++) {
		struct capacity_load load = { 0 };

		for (size_t u = 0; u < capacity->unit_count; u++) {
			if (strcmp(capacity->units[u].area, area->area) == 0)
				add_week(made, capacity, w, capacity->units[u].unit, &load);
		}
		cr_expect_eq(area->weeks[w].offered, load.offered, "%s, week %zu: %lld, not %lld",
			area->area, w, (long long)area->weeks[w].offered, (long long)load.offered);
		cr_expect_eq(area->weeks[w].booked, load.booked, "%s, week %zu", area->area, w);
	}
}

/* The first day on which the search finds an hour of the unit alone, or of its short holes all. */
static int next_of(struct made *made, const char *unit)
{
	struct session *s = &made->session;
	struct hole_query query = { .units = &unit,
		.unit_count = 1,
		.minutes = 60,
		.first_day = session_today(s),
		.weeks = 26,
		.notice = NOTICE_DEFAULT,
		.limits = family_limits_none(),
		.limit = 1 };
	struct hole_answer answer;
	struct error err;
	char sql[300];
	int day;

	snprintf(sql, sizeof(sql),
		"SELECT coalesce(min(min(end_minute - start_minute), 60), 60) FROM slot"
		" JOIN unit ON unit.id = unit_id WHERE code = '%s'",
		unit);
	query.minutes = (int)fixture_number(s, sql);
	cr_assert(find_holes(s, &query, &s->arena, &answer, &err), "%s", err.text);
	day = answer.found.hole_count ? answer.found.holes[0].day : DAY_LAST;
	hole_answer_release(&answer);
	return day;
}

static void expect_far(struct made *made, const struct capacity *capacity, const char *unit)
{
	int today = session_today(&made->session), next = next_of(made, unit);
	const struct capacity_far *far = NULL;

	for (size_t i = 0; i < capacity->far_count; i++) {
		if (strcmp(capacity->far[i].unit, unit) == 0)
			far = &capacity->far[i];
	}
	cr_expect_eq(far != NULL, next == DAY_LAST || next - today > 14, "%s: %d", unit, next);
	if (far) {
		cr_expect_eq(far->next_day, next, "%s", unit);
		cr_expect_eq(far->days, next == DAY_LAST ? 0 : next - today, "%s", unit);
	}
}

static void expect_findings(struct made *made, const struct capacity *capacity)
{
	const char *none = "SELECT count(*) FROM finding WHERE day BETWEEN %d AND %d"
			   " AND first_day IS NULL AND '%s' <> ''";
	const char *late = "SELECT count(*) FROM finding WHERE day BETWEEN %d AND %d"
			   " AND first_day IS NOT NULL AND '%s' <> ''";
	const char *of_unit =
		"SELECT count(*) FROM finding f JOIN finding_unit ON finding_id = f.id"
		" JOIN unit ON unit.id = unit_id WHERE f.day BETWEEN %d AND %d"
		" AND in_the_way AND code LIKE '%s'";
	int from = capacity->from_day, until = capacity->until_day;
	int64_t sum = 0;

	cr_expect_eq(capacity->found_none, count(made, none, from, until, "-"));
	cr_expect_eq(capacity->found_late, count(made, late, from, until, "-"));
	for (size_t i = 0; i < capacity->obstacle_count; i++) {
		const struct capacity_obstacle *obstacle = &capacity->obstacles[i];

		cr_expect_eq(obstacle->count, count(made, of_unit, from, until, obstacle->unit));
		cr_expect(i == 0 || obstacle->count <= capacity->obstacles[i - 1].count);
		sum += obstacle->count;
	}
	cr_expect_eq(sum, count(made, of_unit, from, until, "%"));
}

static void expect_all(struct made *made, const struct capacity *capacity)
{
	cr_assert_eq(capacity->unit_count, 48);
	cr_assert_eq(capacity->area_count, 5);
	for (size_t u = 0; u < capacity->unit_count; u++) {
		const struct capacity_row *unit = &capacity->units[u];

		expect_minutes(made, capacity, unit, unit->unit);
		expect_far(made, capacity, unit->unit);
	}
	for (size_t a = 0; a < capacity->area_count; a++)
		expect_area(made, capacity, &capacity->areas[a]);
	expect_minutes(made, capacity, &capacity->all, "%");
	expect_findings(made, capacity);
}

Test(capacity, of_the_demonstration_in_november_is_what_a_second_count_gives)
{
	struct capacity capacity;
	struct made made;
	int until;

	make(&made, CLOCK_A, 0);
	until = capacity_last_day(session_today(&made.session));
	cr_expect_eq(until, fixture_day("2026-11-29"));
	cr_expect_eq(capacity_first_day(until), fixture_day("2026-08-31"));
	/* On its last day units have answered, and there are meetings. */
	capacity = look(&made, LOOK_NEW, "2026-08-31", "2026-11-25");
	cr_expect_eq(capacity.week_count, 13);
	cr_expect_gt(capacity.all.minutes.confirmed, 0);
	cr_expect_gt(capacity.all.minutes.booked, capacity.all.minutes.used);
	expect_all(&made, &capacity);
	unmake(&made);
}

Test(capacity, of_the_demonstration_in_december_over_christmas_is_what_a_second_count_gives)
{
	struct capacity capacity;
	struct made made;

	make(&made, CLOCK_B, 0);
	capacity = look(&made, LOOK_NEW, "2026-12-02", "2027-01-31");
	cr_expect_eq(capacity.week_count, 9);
	cr_expect_gt(capacity.all.minutes.promised, capacity.all.minutes.offered);
	expect_all(&made, &capacity);
	unmake(&made);
}

Test(capacity, of_two_invented_years_is_what_a_second_count_gives)
{
	struct capacity capacity;
	struct made made;

	make(&made, CLOCK_B, 2);
	capacity = look(&made, LOOK_NEW, "2026-09-21", "2026-12-20");
	cr_expect_gt(capacity.found_none + capacity.found_late, 0);
	cr_expect_gt(capacity.obstacle_count, 0);
	cr_expect_gt(capacity.all.minutes.used, 0);
	expect_all(&made, &capacity);
	unmake(&made);
}

/* ---- Who, and the log. ---- */

static int64_t log_rows(
	struct made *made, const char *login, const char *detail, const char *outcome)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM access_log WHERE use_case = 'figures_look' AND login = '%s'"
		" AND detail = '%s' AND outcome = '%s' AND case_id IS NULL",
		login, detail, outcome);
	return fixture_number(&made->session, sql);
}

Test(capacity, is_shown_to_coordinators_leaders_and_development_workers_and_logged_when_anew)
{
	static const char *const logins[] = { "koord-1", "joht-1", "kehi-1" };
	const char *detail = "capacity 2026-08-31..2026-11-29";
	struct made made;

	make(&made, CLOCK_A, 0);
	for (size_t i = 0; i < sizeof(logins) / sizeof(logins[0]); i++) {
		begin_as(&made, logins[i]);
		cr_expect_eq(look(&made, LOOK_NEW, "2026-08-31", "2026-11-29").unit_count, 48);
		cr_expect_eq(look(&made, LOOK_AGAIN, "2026-08-31", "2026-11-29").unit_count, 48);
		cr_expect_eq(log_rows(&made, logins[i], detail, "done"), 1, "%s", logins[i]);
	}
	unmake(&made);
}

Test(capacity, is_not_shown_to_contacts_administrators_and_auditors)
{
	static const char *const logins[] = { "yhd-nvl-sui", "paak-1", "tsv-1" };
	int from = fixture_day("2026-11-23");
	struct made made;

	make(&made, CLOCK_A, 0);
	for (size_t i = 0; i < sizeof(logins) / sizeof(logins[0]); i++) {
		struct session *s = &made.session;
		struct capacity capacity;
		struct error err = { 0 };

		begin_as(&made, logins[i]);
		cr_expect_not(
			capacity_look(s, LOOK_NEW, from, from + 6, &s->arena, &capacity, &err));
		cr_expect_eq(err.code, ERROR_DENIED);
		cr_expect_eq(capacity.unit_count, 0);
		cr_expect_not(
			capacity_look(s, LOOK_AGAIN, from, from + 6, &s->arena, &capacity, &err));
		cr_expect_eq(err.code, ERROR_DENIED);
		cr_expect_eq(log_rows(&made, logins[i], "capacity", "refused"), 1, "%s", logins[i]);
	}
	unmake(&made);
}

Test(capacity, of_more_than_ten_years_or_backwards_is_refused_and_logged_nowhere)
{
	struct session *s = fixture_session();
	int day = session_today(s);
	struct capacity capacity;
	struct error err = { 0 };

	cr_expect_not(capacity_look(s, LOOK_NEW, day, day + 3700, &s->arena, &capacity, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_not(capacity_look(s, LOOK_NEW, day, day - 1, &s->arena, &capacity, &err));
	cr_expect_eq(err.code, ERROR_INVALID);
	cr_expect_eq(fixture_number(s, "SELECT count(*) FROM access_log"
				       " WHERE use_case = 'figures_look'"),
		0);
	cr_expect(capacity_look(s, LOOK_NEW, day, day + 3699, &s->arena, &capacity, &err));
	fixture_free(s);
}

Test(capacity, leaves_out_a_unit_that_has_retired)
{
	struct session *s = fixture_session();
	int day = session_today(s);
	struct capacity capacity;
	struct error err;

	fixture_unit(s, "A");
	fixture_unit(s, "B");
	cr_assert(registry_retire_unit(s, "A", &err), "%s", err.text);
	cr_assert(capacity_look(s, LOOK_NEW, day, day, &s->arena, &capacity, &err), "%s", err.text);
	cr_assert_eq(capacity.unit_count, 1);
	cr_expect_str_eq(capacity.units[0].unit, "B");
	cr_assert_eq(capacity.far_count, 1);
	cr_expect_str_eq(capacity.far[0].unit, "B");
	fixture_free(s);
}

Test(capacity, counts_from_the_notice_and_to_the_target_days_that_are_set)
{
	struct session *s = fixture_session();
	int day = session_today(s); /* a Tuesday */
	struct capacity capacity;
	struct error err;

	fixture_unit(s, "A");
	fixture_slot(s, "A", 3, "12:00", "15:00");
	fixture_sql(s, "INSERT OR REPLACE INTO setting VALUES ('target_days', '7')");
	cr_assert(capacity_look(s, LOOK_NEW, day, day, &s->arena, &capacity, &err), "%s", err.text);
	cr_expect_eq(capacity.far_count, 0);
	fixture_sql(s, "INSERT OR REPLACE INTO setting VALUES ('notice', '2')");
	cr_assert(capacity_look(s, LOOK_NEW, day, day, &s->arena, &capacity, &err), "%s", err.text);
	cr_assert_eq(capacity.far_count, 1);
	cr_expect_eq(capacity.far[0].days, 8);
	fixture_free(s);
}
