/* Searches that found too little are kept, of nobody. */
#include "fixture.h"

#include "kutsu/base/date.h"
#include "kutsu/service/finder.h"
#include "kutsu/service/registry.h"
#include "kutsu/store/finding_store.h"

#include <criterion/criterion.h>
#include <string.h>

/* A: Wednesdays 12 to 15; B: Wednesdays 14.30 to 16, half an hour too late; C: Mondays 12 to 15. */
static struct session *installation(void)
{
	struct session *s = fixture_session();

	for (const char *code = "ABC"; *code; code++)
		fixture_unit(s, (char[2]) { *code, '\0' });
	fixture_slot(s, "A", 3, "12:00", "15:00");
	fixture_slot(s, "B", 3, "14:30", "16:00");
	fixture_slot(s, "C", 1, "12:00", "15:00");
	return s;
}

/* Searches for the units "AB". */
static void search(struct session *s, const char *letters, const char *searcher,
	struct family_limits limits, int weeks)
{
	const char *units[3];
	struct hole_query query = { .units = units,
		.minutes = 60,
		.first_day = session_today(s),
		.weeks = weeks,
		.limits = limits,
		.limit = 1,
		.searcher = searcher };
	struct hole_answer answer;
	struct error err;

	for (; *letters; letters++)
		units[query.unit_count++] = *letters == 'A' ? "A" : *letters == 'B' ? "B" : "C";
	cr_assert(find_holes(s, &query, &s->arena, &answer, &err), "%s", err.text);
	hole_answer_release(&answer);
}

static struct finding_list findings(struct session *s)
{
	struct finding_list list;
	struct error err;

	cr_assert(store_finding_list(s->store, DAY_FIRST, DAY_LAST, NULL, &s->arena, &list, &err));
	return list;
}

static void search_plainly(struct session *s, const char *letters)
{
	search(s, letters, "draft 1", family_limits_none(), 26);
}

Test(finding, a_search_that_finds_a_hole_in_time_leaves_nothing)
{
	struct session *s = installation();

	search_plainly(s, "A");
	cr_expect_eq(findings(s).count, 0u);
	fixture_free(s);
}

Test(finding, one_that_finds_nothing_tells_the_units_and_who_stood_in_the_way)
{
	struct session *s = installation();
	struct finding_list list;

	fixture_slot(s, "C", 3, "12:00", "15:00");
	search_plainly(s, "ABC");
	list = findings(s);
	cr_assert_eq(list.count, 1u);
	cr_expect_eq(list.items[0].day, session_today(s));
	cr_expect_eq(list.items[0].first_day, DAY_LAST);
	cr_assert_eq(list.items[0].unit_count, 3u);
	for (size_t i = 0; i < 3; i++)
		cr_expect_eq(list.items[0].units[i].in_the_way,
			strcmp(list.items[0].units[i].unit, "B") == 0, "%zu", i);
	fixture_free(s);
}

Test(finding, a_unit_asked_for_alone_stands_in_its_own_way)
{
	struct session *s = installation();

	fixture_unit(s, "D");
	fixture_sql(s, "DELETE FROM slot WHERE weekday = 1");
	search_plainly(s, "C");
	cr_assert_eq(findings(s).count, 1u);
	cr_expect(findings(s).items[0].units[0].in_the_way);
	fixture_free(s);
}

Test(finding, one_that_comes_after_the_target_time_tells_when)
{
	static const struct {
		const char *until;
		size_t count;
	} away[] = { { "2026-12-02", 0 }, { "2026-12-09", 1 } };

	for (size_t i = 0; i < 2; i++) {
		struct session *s = installation();
		struct closing closing = { .unit = "A",
			.from_day = fixture_day("2026-11-20"),
			.until_day = fixture_day(away[i].until) };
		struct error err;

		/* Today is 24.11.: 9.12. is after 15 days, 8.12. would be after 14. */
		fixture_sql(s, "UPDATE slot SET weekday = 2 WHERE weekday = 3");
		closing.until_day -= 1;
		cr_assert(registry_close(s, &closing, &err));
		search_plainly(s, "A");
		cr_assert_eq(findings(s).count, away[i].count, "%s", away[i].until);
		if (away[i].count)
			cr_expect_eq(findings(s).items[0].first_day, fixture_day("2026-12-15"));
		fixture_free(s);
	}
}

Test(finding, of_one_searcher_only_the_largest_sets_stay)
{
	struct session *s = installation();

	search_plainly(s, "AB");
	search_plainly(s, "ABC");
	cr_assert_eq(findings(s).count, 1u);
	cr_expect_eq(findings(s).items[0].unit_count, 3u);
	search_plainly(s, "AB");
	search_plainly(s, "BC");
	cr_expect_eq(findings(s).count, 1u);
	search(s, "AB", "draft 2", family_limits_none(), 26);
	cr_expect_eq(findings(s).count, 2u);
	fixture_free(s);
}

Test(finding, that_a_family_has_little_time_says_nothing_of_the_promises)
{
	struct family_limits limits = family_limits_none();
	struct session *s = installation();

	limits.not_weekdays = 1u << 3;
	search(s, "A", "draft 1", limits, 26);
	cr_expect_eq(findings(s).count, 0u);
	search(s, "AB", "draft 1", limits, 26);
	cr_expect_eq(findings(s).count, 1u);
	fixture_free(s);
}

Test(finding, who_asks_of_few_days_or_keeps_nothing_leaves_nothing)
{
	struct session *s = installation();

	search(s, "AB", "draft 1", family_limits_none(), 1);
	search(s, "AB", NULL, family_limits_none(), 26);
	cr_expect_eq(findings(s).count, 0u);
	fixture_free(s);
}

Test(finding, a_search_is_answered_though_nothing_can_be_kept)
{
	struct session *s = installation();

	fixture_sql(s,
		"CREATE TRIGGER no BEFORE INSERT ON finding BEGIN SELECT RAISE(ABORT, 'no'); "
		"END");
	search_plainly(s, "AB");
	cr_expect_eq(findings(s).count, 0u);
	fixture_free(s);
}
