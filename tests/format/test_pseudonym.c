/* Rows for research: what is the same and what is not, what stays and what must never come out. */
#include "kutsu/format/pseudonym.h"

#include "kutsu/base/arena.h"
#include "kutsu/base/date.h"
#include "kutsu/base/message.h"
#include "kutsu/base/zone.h"
#include "kutsu/domain/slot.h"
#include "written.h"

#include <criterion/criterion.h>
#include <string.h>

#define KEY_1	 "0123456789abcdef0123456789abcdef"
#define KEY_2	 "0123456789abcdef0123456789abcdeg"
#define MANY	 200
#define WEEK_MIN (-26)
#define WEEK_MAX 26

static struct arena arena;

static void set_up(void)
{
	zone_set("Europe/Helsinki");
	message_set_language(LANGUAGE_EN);
}

static void tear_down(void)
{
	arena_release(&arena);
}

TestSuite(pseudonym, .init = set_up, .fini = tear_down);

static struct pseudonym_set *set_of(
	enum pseudonym_table table, enum pseudonym_dates dates, const char *key)
{
	return pseudonym_set_new(table, dates, key, strlen(key));
}

static void add_case(struct pseudonym_set *set, const struct case_ref *case_ref)
{
	struct row row;

	row_init(&row, &arena);
	row_of_case(&row, case_ref);
	pseudonym_set_add(set, &row);
}

static void add_meeting(struct pseudonym_set *set, const struct meeting *meeting)
{
	struct row row;

	row_init(&row, &arena);
	row_of_meeting(&row, meeting);
	pseudonym_set_add(set, &row);
}

static void add_call(struct pseudonym_set *set, const struct call *call)
{
	struct row row;

	row_init(&row, &arena);
	row_of_call(&row, call);
	pseudonym_set_add(set, &row);
}

static struct case_ref some_case(int number)
{
	return (struct case_ref) { .code = arena_printf(&arena, "2026-%04d", number),
		.opened_at = zone_to_moment(day_from_civil(2026, 1, 7) + number, 600),
		.closed_at = zone_to_moment(day_from_civil(2026, 3, 4) + number, 601),
		.status = CASE_CLOSED,
		.closed_reason = "Salaisuus reason",
		.child = "Salaisuus child",
		.birth_year = 2016,
		.municipality = "Suistola",
		.language = "fi",
		.concern = "Salaisuus concern",
		.adults = (const char *const[]) { "Salaisuus adult" },
		.adult_count = 1 };
}

static const struct value *value_of(const struct row *row, const char *key)
{
	for (size_t i = 0; i < row->count; i++) {
		if (strcmp(row->values[i].key, key) == 0)
			return &row->values[i];
	}
	cr_assert_fail("no column %s", key);
	return NULL;
}

static struct row row_at(const struct pseudonym_set *set, size_t i)
{
	struct row row;

	row_init(&row, &arena);
	pseudonym_set_get(set, i, &row);
	return row;
}

/* The pseudonym of one case, call or meeting by itself. */
static const char *pseudonym_of_case(const char *code, const char *key)
{
	struct pseudonym_set *set = set_of(PSEUDONYM_CASES, PSEUDONYM_WEEKS, key);
	struct case_ref c = some_case(1);
	struct row row;
	const char *text;

	c.code = code;
	add_case(set, &c);
	pseudonym_set_end(set);
	row = row_at(set, 0);
	text = arena_text(&arena, value_of(&row, "code")->text);
	pseudonym_set_free(set);
	return text;
}

/* ---- Who. */

Test(pseudonym, is_the_same_with_the_same_key_and_another_with_another)
{
	for (int i = 1; i <= MANY; i++) {
		const char *code = arena_printf(&arena, "2026-%04d", i);
		const char *first = pseudonym_of_case(code, KEY_1);

		cr_expect_str_eq(pseudonym_of_case(code, KEY_1), first);
		cr_expect_str_neq(pseudonym_of_case(code, KEY_2), first);
		cr_expect_str_neq(
			pseudonym_of_case(arena_printf(&arena, "2026-%04d", i + 1), KEY_1), first);
		cr_expect_eq(strlen(first), 24u);
		cr_expect_eq(strspn(first, "0123456789abcdef"), 24u);
	}
}

Test(pseudonym, of_a_case_is_the_same_in_each_table_and_no_other_things)
{
	struct pseudonym_set *calls = set_of(PSEUDONYM_CALLS, PSEUDONYM_WEEKS, KEY_1);
	struct pseudonym_set *meetings = set_of(PSEUDONYM_MEETINGS, PSEUDONYM_WEEKS, KEY_1);
	const char *of_case = pseudonym_of_case("2026-0012", KEY_1);
	struct row call, meeting;

	add_call(calls,
		&(struct call) { .id = 12, .case_code = "2026-0012", .received_at = 1000000 });
	add_meeting(meetings, &(struct meeting) { .id = 12, .case_code = "2026-0012" });
	pseudonym_set_end(calls);
	pseudonym_set_end(meetings);
	call = row_at(calls, 0);
	meeting = row_at(meetings, 0);
	cr_expect_str_eq(value_of(&call, "case")->text, of_case);
	cr_expect_str_eq(value_of(&meeting, "case")->text, of_case);
	cr_expect_str_neq(value_of(&call, "id")->text, value_of(&meeting, "id")->text);
	pseudonym_set_free(calls);
	pseudonym_set_free(meetings);
}

Test(pseudonym, rows_stand_in_their_order_and_not_in_the_order_of_the_cases)
{
	struct pseudonym_set *set = set_of(PSEUDONYM_CASES, PSEUDONYM_WEEKS, KEY_1);
	size_t count;

	for (int i = 1; i <= MANY; i++) {
		struct case_ref c = some_case(i);

		add_case(set, &c);
	}
	count = pseudonym_set_end(set);
	cr_assert_eq(count, (size_t)MANY);
	for (size_t i = 1; i < count; i++) {
		struct row before = row_at(set, i - 1), row = row_at(set, i);

		cr_expect_lt(
			strcmp(value_of(&before, "code")->text, value_of(&row, "code")->text), 0);
	}
	pseudonym_set_free(set);
}

/* ---- When. */

Test(pseudonym, dates_are_iso_weeks)
{
	struct pseudonym_set *set = set_of(PSEUDONYM_CASES, PSEUDONYM_WEEKS, KEY_1);
	struct case_ref c = some_case(1);
	struct row row;

	c.opened_at = zone_to_moment(day_from_civil(2027, 1, 3), 1439); /* a Sunday */
	c.closed_at = 0;
	add_case(set, &c);
	pseudonym_set_end(set);
	row = row_at(set, 0);
	cr_expect_str_eq(value_of(&row, "opened")->text, "2026-W53");
	cr_expect_eq(value_of(&row, "closed")->kind, VALUE_NULL);
	pseudonym_set_free(set);
}

/* The weeks by which the case's opening was moved; its closing must have been so, too. */
static int weeks_of(int number, const char *key)
{
	struct pseudonym_set *set = set_of(PSEUDONYM_CASES, PSEUDONYM_SHIFTED, key);
	struct case_ref c = some_case(number);
	int opened = zone_to_wall(c.opened_at).day, closed = zone_to_wall(c.closed_at).day, by;
	struct row row;

	add_case(set, &c);
	pseudonym_set_end(set);
	row = row_at(set, 0);
	by = value_of(&row, "opened")->day - opened;
	cr_expect_eq(value_of(&row, "opened")->kind, VALUE_DAY);
	cr_expect_eq(value_of(&row, "closed")->day - closed, by, "%d: the interval", number);
	cr_expect_eq(by % 7, 0, "%d: the weekday", number);
	pseudonym_set_free(set);
	return by / 7;
}

Test(pseudonym, shift_keeps_intervals_and_weekdays_of_a_case_and_moves_each_by_its_own_weeks)
{
	bool seen[WEEK_MAX - WEEK_MIN + 1] = { false };
	int different = 0;

	for (int i = 1; i <= 10 * MANY; i++) {
		int weeks = weeks_of(i, KEY_1);

		cr_assert(weeks >= WEEK_MIN && weeks <= WEEK_MAX && weeks != 0, "%d", weeks);
		cr_expect_eq(weeks_of(i, KEY_1), weeks);
		different += weeks_of(i, KEY_2) != weeks;
		seen[weeks - WEEK_MIN] = true;
	}
	cr_expect_gt(different, 9 * MANY, "the key has no part in it");
	for (int weeks = WEEK_MIN; weeks <= WEEK_MAX; weeks++)
		cr_expect_eq(seen[weeks - WEEK_MIN], weeks != 0, "%d weeks", weeks);
}

Test(pseudonym, shift_moves_a_cases_calls_and_meetings_with_it)
{
	for (int i = 1; i <= MANY; i++) {
		struct pseudonym_set *calls = set_of(PSEUDONYM_CALLS, PSEUDONYM_SHIFTED, KEY_1);
		struct pseudonym_set *meetings =
			set_of(PSEUDONYM_MEETINGS, PSEUDONYM_SHIFTED, KEY_1);
		struct case_ref c = some_case(i);
		int day = day_from_civil(2026, 5, 6), weeks = weeks_of(i, KEY_1);
		struct row call, meeting;

		add_call(calls, &(struct call) { .id = i,
					.case_code = c.code,
					.received_at = zone_to_moment(day, 1) });
		add_meeting(
			meetings, &(struct meeting) { .id = i, .case_code = c.code, .day = day });
		pseudonym_set_end(calls);
		pseudonym_set_end(meetings);
		call = row_at(calls, 0);
		meeting = row_at(meetings, 0);
		cr_expect_eq(value_of(&call, "received")->day, day + 7 * weeks);
		cr_expect_eq(value_of(&meeting, "start")->day, day + 7 * weeks);
		pseudonym_set_free(calls);
		pseudonym_set_free(meetings);
	}
}

/* ---- Small groups. */

static size_t count_with(const struct pseudonym_set *set, const char *key, const char *text)
{
	size_t count = 0, rows = 0;

	for (; rows < MANY; rows++) {
		struct row row = row_at(set, rows);
		const struct value *value = value_of(&row, key);

		count += text ? value->kind == VALUE_TEXT && strcmp(value->text, text) == 0
			      : value->kind == VALUE_NULL;
	}
	return count;
}

/* MANY cases of Suistola, but of the first ones so many elsewhere. */
static struct pseudonym_set *cases_with(int honkalahti, int malmila)
{
	struct pseudonym_set *set = set_of(PSEUDONYM_CASES, PSEUDONYM_WEEKS, KEY_1);

	for (int i = 0; i < MANY; i++) {
		struct case_ref c = some_case(i + 1);

		if (i < honkalahti)
			c.municipality = "Honkalahti";
		else if (i < honkalahti + malmila)
			c.municipality = "Malmila";
		add_case(set, &c);
	}
	pseudonym_set_end(set);
	return set;
}

Test(pseudonym, what_five_cases_have_in_common_stays)
{
	struct pseudonym_set *set = cases_with(5, 6);

	cr_expect_eq(count_with(set, "municipality", "Honkalahti"), 5u);
	cr_expect_eq(count_with(set, "municipality", "Malmila"), 6u);
	cr_expect_eq(count_with(set, "municipality", "Suistola"), MANY - 11u);
	pseudonym_set_free(set);
}

Test(pseudonym, what_four_cases_have_in_common_goes_and_takes_the_next_with_it)
{
	struct pseudonym_set *set = cases_with(4, 6);

	cr_expect_eq(count_with(set, "municipality", "Honkalahti"), 0u);
	cr_expect_eq(count_with(set, "municipality", "Malmila"), 0u,
		"four that are left over could be told from what is there");
	cr_expect_eq(count_with(set, "municipality", NULL), 10u);
	pseudonym_set_free(set);
}

Test(pseudonym, two_that_are_small_hide_each_other)
{
	struct pseudonym_set *set = cases_with(4, 3);

	cr_expect_eq(count_with(set, "municipality", NULL), 7u);
	cr_expect_eq(count_with(set, "municipality", "Suistola"), MANY - 7u);
	pseudonym_set_free(set);
}

Test(pseudonym, age_is_a_group_at_the_opening)
{
	static const struct {
		int born;
		const char *group;
	} ages[] = { { 2026, "0-2" }, { 2024, "0-2" }, { 2023, "3-6" }, { 2020, "3-6" },
		{ 2019, "7-12" }, { 2014, "7-12" }, { 2013, "13-17" }, { 2009, "13-17" },
		{ 2008, "18+" }, { 2027, NULL }, { 0, NULL } };

	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		struct pseudonym_set *set = set_of(PSEUDONYM_CASES, PSEUDONYM_WEEKS, KEY_1);

		for (int j = 1; j <= MANY; j++) {
			struct case_ref c = some_case(j);

			c.birth_year = ages[i].born;
			c.opened_at = zone_to_moment(day_from_civil(2026, 6, 1), 0);
			add_case(set, &c);
		}
		pseudonym_set_end(set);
		cr_expect_eq(count_with(set, "age_group", ages[i].group), (size_t)MANY, "%d",
			ages[i].born);
		pseudonym_set_free(set);
	}
}

Test(pseudonym, units_are_counted_as_their_names_tell_of_the_area)
{
	struct pseudonym_set *set = set_of(PSEUDONYM_MEETINGS, PSEUDONYM_WEEKS, KEY_1);
	static const char *const units[] = { "PNE", "KOU" };

	for (int i = 1; i <= 20; i++)
		add_meeting(set, &(struct meeting) { .id = i,
					 .case_code = arena_printf(&arena, "2026-%04d", i),
					 .units = units,
					 .unit_count = 2 });
	pseudonym_set_end(set);
	for (size_t i = 0; i < 20; i++) {
		struct row row = row_at(set, i);
		const struct value *value = value_of(&row, "units");

		cr_assert_eq(value->kind, VALUE_INTEGER);
		cr_expect_eq(value->integer, 2);
	}
	pseudonym_set_free(set);
}

/* ---- What must not come out. */

Test(pseudonym, no_code_and_no_free_text_comes_out)
{
	for (int dates = 0; dates < PSEUDONYM_DATES; dates++) {
		struct pseudonym_set *set =
			set_of(PSEUDONYM_CASES, (enum pseudonym_dates)dates, KEY_1);

		for (int i = 1; i <= MANY; i++) {
			struct case_ref c = some_case(i);

			add_case(set, &c);
		}
		for (size_t i = pseudonym_set_end(set); i-- > 0;) {
			struct row row = row_at(set, i);

			for (size_t j = 0; j < row.count; j++) {
				const char *text = row.values[j].text;

				cr_expect_neq(row.values[j].kind, VALUE_INTEGER);
				cr_expect_not(text && strstr(text, "Salaisuus"), "%s", text);
				cr_expect_not(text && strncmp(text, "2026-0", 6) == 0
						      && row.values[j].kind == VALUE_TEXT,
					"%s", text);
			}
		}
		pseudonym_set_free(set);
	}
}

Test(pseudonym, dictionary_tells_of_each_column_that_is_there)
{
	for (int table = 0; table < PSEUDONYM_TABLES; table++) {
		struct written written;
		struct row row;

		row_init(&row, &arena);
		pseudonym_header((enum pseudonym_table)table, &row);
		pseudonym_write_dictionary(
			written_open(&written), (enum pseudonym_table)table, PSEUDONYM_WEEKS);
		written_close(&written);
		cr_expect_eq(strncmp(written.text, "column,type,meaning,made\r\n", 26), 0);
		for (size_t i = 0; i < row.count; i++)
			cr_expect(strstr(written.text,
					  arena_printf(&arena, "\r\n%s,", row.values[i].key)),
				"%s: %s", row.values[i].key, written.text);
		free(written.text);
	}
}
