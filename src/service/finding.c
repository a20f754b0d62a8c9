/* A search that finds too little is kept: of which units, and which of them stood in the way. */
#include "kutsu/store/finding_store.h"
#include "kutsu/store/setting_store.h"
#include "service_internal.h"

#include <string.h>

/* The days from the first that was asked for to the first shared hole; DAY_LAST: there is none. */
static int wait_of(const struct search *search, const struct search_result *found)
{
	int from = search->first_day > search->now_day ? search->first_day : search->now_day;

	return found->hole_count ? found->holes[0].day - from : DAY_LAST;
}

static bool has_limits(const struct search *search)
{
	struct family_limits none = family_limits_none();

	return search->limits.not_weekdays != none.not_weekdays
	       || search->limits.after != none.after || search->limits.before != none.before;
}

/* Those that the soonest near miss lacks; a unit that was asked for alone. */
static void mark_in_the_way(const struct search_result *found, struct finding *finding)
{
	const struct near_miss *miss = found->near_misses;

	if (finding->unit_count == 1)
		finding->units[0].in_the_way = true;
	for (size_t i = 0; found->near_miss_count && i < miss->missing_count; i++)
		finding->units[miss->missing[i]].in_the_way = true;
}

static bool has_unit(const struct finding *finding, int64_t unit_id)
{
	for (size_t i = 0; i < finding->unit_count; i++) {
		if (finding->units[i].unit_id == unit_id)
			return true;
	}
	return false;
}

static bool is_part_of(const struct finding *part, const struct finding *whole)
{
	for (size_t i = 0; i < part->unit_count; i++) {
		if (!has_unit(whole, part->units[i].unit_id))
			return false;
	}
	return true;
}

/* Units are ticked one by one: only the largest sets are what was asked for. */
static bool replace(struct change *change, const struct finding_list *before,
	struct finding *finding, struct error *err)
{
	for (size_t i = 0; i < before->count; i++) {
		if (is_part_of(&before->items[i], finding)
			&& !store_finding_remove(change, before->items[i].id, err))
			return false;
	}
	return store_finding_add(change, finding, err);
}

static bool is_known(const struct finding_list *before, const struct finding *finding)
{
	for (size_t i = 0; i < before->count; i++) {
		if (is_part_of(finding, &before->items[i])
			&& before->items[i].minutes == finding->minutes)
			return true;
	}
	return false;
}

static bool keep(
	struct session *session, struct finding *finding, struct arena *arena, struct error *err)
{
	struct finding_list before;
	struct change change;

	if (!store_finding_list(session->store, finding->day, finding->day, finding->searcher,
		    arena, &before, err))
		return false;
	if (is_known(&before, finding))
		return true;
	return change_begin(&change, session->store, err)
	       && change_end(&change, replace(&change, &before, finding, err), err);
}

/* What the promises alone give: that a family has little time says nothing of them. */
static bool is_too_little(
	const struct search *search, int target, struct search_result *found, bool *has_own)
{
	struct search whole = *search;

	*has_own = false;
	/* Who asks of few days learns nothing of those after them. */
	if (search->days < target || wait_of(search, found) <= target)
		return false;
	if (!has_limits(search))
		return true;
	whole.limits = family_limits_none();
	whole.limit = 1;
	search_run(&whole, found);
	*has_own = true;
	return wait_of(&whole, found) > target;
}

bool finding_keep(struct session *session, const struct search *search,
	const struct unit_list *units, const struct search_result *answer, const char *searcher,
	struct error *err)
{
	struct search_result found = *answer;
	struct arena arena = { 0 };
	struct finding finding = { .day = search->now_day,
		.found_at = session_now(session),
		.minutes = search->minutes,
		.first_day = DAY_LAST,
		.searcher = searcher,
		.unit_count = units->count };
	bool ok, has_own = false;
	int target;

	ok = store_setting_number(session->store, SETTING_TARGET_DAYS, &target, err);
	if (ok && is_too_little(search, target, &found, &has_own)) {
		if (found.hole_count)
			finding.first_day = found.holes[0].day;
		finding.units = arena_new(&arena, units->count * sizeof(*finding.units));
		for (size_t i = 0; i < units->count; i++)
			finding.units[i].unit_id = units->items[i].id;
		mark_in_the_way(&found, &finding);
		ok = keep(session, &finding, &arena, err);
	}
	if (has_own)
		search_result_release(&found);
	arena_release(&arena);
	return ok;
}
