/* How long search_run() takes over half a year, for few units and for many. */
#include "kutsu/base/date.h"
#include "kutsu/base/memory.h"
#include "kutsu/domain/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define WEEKS	    26
#define MOST_RUNS   401
#define RUN_SECONDS 1.0 /* about this long for each figure */

/* What stands in the way of a shared hole. */
enum obstacle {
	OBSTACLE_NONE, /* closings, meetings, holidays and a school break, but nothing for good */
	OBSTACLE_ONE,  /* one unit has its hole on another day */
	OBSTACLE_TWO,  /* two units have, each on one of its own */
	OBSTACLES
};

struct region {
	struct unit_calendar *units;
	struct slot *slots;
	struct closing *closings;
	struct occupation *occupations;
	struct school_break autumn;
	struct search search;
};

/* Every unit has a hole on Wednesdays between 12 and 15, the hour from 13 in it; some have another
 * one; each eighth is closed for a week and each fifth has a meeting in the first 12 weeks. */
static void fill_unit(struct region *region, size_t i, int monday)
{
	struct slot *slots = &region->slots[2 * i];
	int shift = (int)(i % 5) * 15, week = (int)(i * 7 % 12);

	slots[0] = (struct slot) { .weekday = 3,
		.start = 720 + shift,
		.end = 840 + shift,
		.repeat = REPEAT_WEEKLY,
		.from_day = DAY_FIRST,
		.until_day = DAY_LAST,
		.capacity = 1 };
	slots[1] = (struct slot) { .weekday = (int)(i % 5) + 1,
		.start = 540,
		.end = 600,
		.repeat = REPEAT_FORTNIGHTLY,
		.from_day = monday + (int)(i % 5),
		.until_day = DAY_LAST,
		.capacity = 1 };
	region->closings[i] = (struct closing) { .from_day = monday + 7 * week,
		.until_day = monday + 7 * week + 6 };
	region->occupations[i] =
		(struct occupation) { monday + 7 * week + 2, 780, 840, i % 2 == 0, 0 };
	region->units[i] = (struct unit_calendar) { .school_based = i % 4 == 0,
		.municipality = i % 2 ? "Suistola" : "Vaara",
		.slots = slots,
		.slot_count = i % 3 ? 1 : 2,
		.closings = &region->closings[i],
		.closing_count = i % 8 == 0,
		.occupations = &region->occupations[i],
		.occupation_count = i % 5 == 0 };
}

static void region_fill(struct region *region, size_t units, enum obstacle obstacle)
{
	int monday = day_from_civil(2026, 11, 23);

	region->units = memory_new(units * sizeof(*region->units));
	region->slots = memory_new(2 * units * sizeof(*region->slots));
	region->closings = memory_new(units * sizeof(*region->closings));
	region->occupations = memory_new(units * sizeof(*region->occupations));
	for (size_t i = 0; i < units; i++)
		fill_unit(region, i, monday);
	for (size_t i = 0; i < (size_t)obstacle; i++)
		region->slots[2 * (units / 2 + i)].weekday = 2 + 2 * (int)i;
	region->autumn = (struct school_break) { .name = "joululoma",
		.from_day = day_from_civil(2026, 12, 20),
		.until_day = day_from_civil(2027, 1, 6) };
	region->search = (struct search) { .units = region->units,
		.unit_count = units,
		.breaks = &region->autumn,
		.break_count = 1,
		.minutes = 60,
		.first_day = monday,
		.days = 7 * WEEKS,
		.now_day = monday + 1,
		.now_minute = 642,
		.notice = 2,
		.limits = family_limits_none() };
}

static void region_release(struct region *region)
{
	free(region->units);
	free(region->slots);
	free(region->closings);
	free(region->occupations);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_figure(size_t units, enum obstacle obstacle)
{
	static const char *const texts[OBSTACLES] = {
		[OBSTACLE_NONE] = "shared by all in the weeks when nobody is away",
		[OBSTACLE_ONE] = "none shared: one unit is missing every week",
		[OBSTACLE_TWO] = "none shared: two units are missing every week",
	};
	double times[MOST_RUNS], begun = seconds();
	struct search_result result;
	struct region region;
	int runs = 0;

	region_fill(&region, units, obstacle);
	do {
		double start = seconds();

		search_run(&region.search, &result);
		times[runs++] = (seconds() - start) * 1e6;
		if (runs < MOST_RUNS && seconds() - begun < RUN_SECONDS)
			search_result_release(&result);
		else
			break;
	} while (true);
	qsort(times, (size_t)runs, sizeof(times[0]), compare_doubles);
	printf("%5zu units  %9.1f us  (%zu holes, %zu near misses)  %s\n", units, times[runs / 2],
		result.hole_count, result.near_miss_count, texts[obstacle]);
	search_result_release(&result);
	region_release(&region);
}

int main(int argc, char **argv)
{
	static const size_t sizes[] = { 3, 10, 100, 1000 };

	if (argc > 1) { /* for a profiler: one size, without a shared hole */
		print_figure(strtoul(argv[1], NULL, 10), OBSTACLE_ONE);
		return 0;
	}
	printf("search_run() over %d weeks, 60 minutes, all windows asked for: the median of up to "
	       "%d "
	       "runs in microseconds.\n"
	       "A call's screen searches for 3 to 10 units each time one is ticked; 100 and 1000 "
	       "show how it grows.\n",
		WEEKS, MOST_RUNS);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (int obstacle = 0; obstacle < OBSTACLES; obstacle++)
			print_figure(sizes[i], (enum obstacle)obstacle);
	}
	return 0;
}
