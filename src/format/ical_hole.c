/* What the events that say that they are holes promise: slots, closings and openings. */
#include "ical_reader_internal.h"

#include "kutsu/base/date.h"
#include "kutsu/base/message.h"

#define LONGEST_SEARCH 250 /* days in which a fifth weekday comes */

/* A series of holes: when it is on the wall clock, and what it becomes. */
struct hole {
	struct ical_reader *reader;
	const struct ical_vevent *v;
	struct ical_event *event;
	int start, end; /* on the wall clock */
	int shift;	/* its day there, less its day in its own zone */
	bool is_same;
	int last; /* its last day in its own zone, or DAY_LAST */
};

static bool find_times(struct hole *hole, int day, int minute, struct error *err)
{
	struct ical_wall start, end;

	if (hole->v->start.is_date)
		return error_set(err, ERROR_INVALID, _("a hole needs a time of day; give it one"));
	if (hole->v->minutes <= 0)
		return error_set(err, ERROR_INVALID, _("a hole needs an end; give it one"));
	start = ical_to_wall(hole->v->start.zone, day, minute);
	end = ical_to_wall(hole->v->start.zone, day, minute + hole->v->minutes);
	if (end.minute == 0 && end.day == start.day + 1)
		end = (struct ical_wall) { start.day, MINUTES_IN_DAY };
	if (end.day != start.day || end.minute <= start.minute)
		return error_set(
			err, ERROR_INVALID, _("a hole can't go on over midnight; end it before"));
	hole->start = start.minute;
	hole->end = end.minute;
	hole->shift = start.day - day;
	return true;
}

static bool add_openings(struct hole *hole, int day, struct error *err)
{
	struct opening opening = { .day = day, .start = hole->start, .end = hole->end };

	for (int i = 0; i < hole->v->capacity; i++) {
		if (!ical_add_opening(hole->reader, hole->event, &opening, err))
			return false;
	}
	return true;
}

/* ---- The rule as slots. */

static void add_slot(struct hole *hole, enum repeat repeat, int from_day)
{
	struct ical_event *event = hole->event;
	struct slot slot = { .weekday = day_weekday(from_day + hole->shift),
		.start = hole->start,
		.end = hole->end,
		.repeat = repeat,
		.from_day = from_day + hole->shift,
		.until_day = hole->last == DAY_LAST ? DAY_LAST : hole->last + hole->shift,
		.capacity = hole->v->capacity,
		.place = hole->v->place };

	if (slot.from_day > slot.until_day)
		return;
	event->slots =
		arena_append(hole->reader->arena, event->slots, &event->slot_count, sizeof(slot));
	event->slots[event->slot_count - 1] = slot;
}

static void add_weekly(struct hole *hole, int weekday)
{
	const struct ical_rule *rule = hole->v->rule;
	int first = hole->v->start.day;
	int week = first - (day_weekday(first) - rule->week_start + 7) % 7;
	int day = week + (weekday - rule->week_start + 7) % 7;

	if (day < first)
		day += 7 * rule->interval;
	add_slot(hole, rule->interval == 2 ? REPEAT_FORTNIGHTLY : REPEAT_WEEKLY, day);
}

static void add_monthly(struct hole *hole, int weekday, int nth)
{
	int first = hole->v->start.day;

	for (int day = first; day < first + LONGEST_SEARCH; day++) {
		if (day_weekday(day) == weekday && day_nth_weekday(day) == nth) {
			add_slot(hole, REPEAT_MONTHLY, day);
			return;
		}
	}
}

static bool refuse_rule(struct error *err)
{
	return error_set(err, ERROR_INVALID,
		_("a hole is every week, every second week, or each month on the same of its "
		  "weekdays counted from the beginning; this rule is none of these"));
}

static bool take_weekly(struct hole *hole, struct error *err)
{
	const struct ical_rule *rule = hole->v->rule;
	unsigned seen = 0;

	if (rule->interval > 2 || rule->positions.count)
		return refuse_rule(err);
	if (!rule->weekday_count)
		add_weekly(hole, day_weekday(hole->v->start.day));
	for (int i = 0; i < rule->weekday_count; i++) {
		int weekday = rule->weekdays[i].weekday;

		if (!(seen & 1u << weekday))
			add_weekly(hole, weekday);
		seen |= 1u << weekday;
	}
	return true;
}

/* BYDAY=2TU, or BYDAY=TU;BYSETPOS=2. */
static bool take_monthly(struct hole *hole, struct error *err)
{
	const struct ical_rule *rule = hole->v->rule;
	const struct ical_weekday *w = rule->weekdays;
	bool by_position = rule->weekday_count == 1 && w->nth == 0 && rule->positions.count > 0;
	int count = by_position ? rule->positions.count : rule->weekday_count;

	if (rule->interval != 1 || hole->shift || count == 0
		|| (rule->positions.count && !by_position))
		return refuse_rule(err);
	for (int i = 0; i < count; i++) {
		int nth = by_position ? rule->positions.items[i] : w[i].nth;

		if (nth < 1 || nth > 5)
			return refuse_rule(err);
		add_monthly(hole, by_position ? w->weekday : w[i].weekday, nth);
	}
	return true;
}

static bool note_last(void *context, int day)
{
	struct hole *hole = context;

	hole->last = day;
	return true;
}

static bool find_last(struct hole *hole, struct error *err)
{
	int end = day_from_civil(2199, 12, 31);

	hole->last = DAY_LAST;
	if (hole->v->rule->count)
		return ical_each(
			hole->reader, hole->v, hole->v->start.day, end, note_last, hole, err);
	hole->last = hole->v->until_day;
	return true;
}

static bool check_time(void *context, int day)
{
	struct hole *hole = context, other = *hole;
	struct error ignored;

	hole->is_same = find_times(&other, day, hole->v->start.minute, &ignored)
			&& other.start == hole->start && other.end == hole->end
			&& other.shift == hole->shift;
	return hole->is_same;
}

static bool take_first(void *context, int day)
{
	struct hole *hole = context;

	hole->last = day;
	return false;
}

/* Of another zone: on this wall clock it has to stay where it is, all year. */
static bool find_wall_times(struct hole *hole, struct error *err)
{
	const struct ical_vevent *v = hole->v;
	struct ical_reader *reader = hole->reader;
	int day = v->start.day;

	if (ical_zone_is_wall(v->start.zone))
		return find_times(hole, day, v->start.minute, err);
	hole->last = day;
	if (!ical_each(reader, v, reader->first_day, reader->last_day, take_first, hole, err)
		|| !find_times(hole, hole->last, v->start.minute, err))
		return false;
	hole->is_same = true;
	if (!ical_each(reader, v, reader->first_day, reader->last_day, check_time, hole, err))
		return false;
	return hole->is_same
	       || error_set(err, ERROR_INVALID,
		       _("summer time moves this hole on the clock here; write it in the zone of "
			 "the office"));
}

static bool falls_on(const struct ical_event *event, int day)
{
	for (size_t i = 0; i < event->slot_count; i++) {
		if (slot_falls_on(&event->slots[i], day))
			return true;
	}
	return false;
}

/* A first day that is none of its rule's still is an occurrence. */
static bool add_first(struct hole *hole, const struct ical_exclusions *excluded, struct error *err)
{
	const struct ical_time *start = &hole->v->start;
	int day = start->day + hole->shift;

	return falls_on(hole->event, day) || ical_is_excluded(excluded, start)
	       || add_openings(hole, day, err);
}

static bool close_excluded(
	struct hole *hole, const struct ical_exclusions *excluded, struct error *err)
{
	int before = DAY_FIRST;

	for (size_t i = 0; i < excluded->count; i++) {
		const struct ical_exclusion *e = &excluded->items[i];
		int day = e->minute < 0 ? e->day + hole->shift : e->day;
		struct closing closing = {
			.from_day = day, .until_day = day, .start = hole->start, .end = hole->end
		};
		bool is_its_time = e->minute < 0 || e->minute == hole->start;

		if (day != before && is_its_time && falls_on(hole->event, day)) {
			if (!ical_add_closing(hole->reader, hole->event, &closing, err))
				return false;
			before = day;
		}
	}
	return true;
}

static bool take_series(
	struct hole *hole, const struct ical_exclusions *excluded, struct error *err)
{
	const struct ical_rule *rule = hole->v->rule;

	if (rule->frequency != ICAL_WEEKLY && rule->frequency != ICAL_MONTHLY)
		return refuse_rule(err);
	if (rule->months.count || rule->month_days.count || rule->year_days.count
		|| rule->weeks.count)
		return refuse_rule(err);
	return find_wall_times(hole, err) && find_last(hole, err)
	       && (rule->frequency == ICAL_WEEKLY ? take_weekly(hole, err)
						  : take_monthly(hole, err))
	       && add_first(hole, excluded, err) && close_excluded(hole, excluded, err);
}

/* ---- Single occurrences. */

static bool take_single(struct hole *hole, const struct ical_time *start,
	const struct ical_exclusions *excluded, struct error *err)
{
	struct ical_vevent v = *hole->v;
	struct hole single = *hole;

	v.start = *start;
	single.v = &v;
	if (excluded && ical_is_excluded(excluded, start))
		return true;
	if (!find_times(&single, start->day, start->minute, err))
		return false;
	if (falls_on(hole->event, start->day + single.shift) && single.start == hole->start
		&& excluded)
		return true;
	return add_openings(&single, start->day + single.shift, err);
}

static bool take_dates(struct hole *hole, const struct ical_exclusions *excluded, struct error *err)
{
	struct ical_dates dates;

	if (!ical_dates_read(hole->reader, hole->v->component, "RDATE", &dates, err))
		return false;
	for (size_t i = 0; i < dates.count; i++) {
		if (!take_single(hole, &dates.items[i], excluded, err))
			return false;
	}
	return true;
}

static bool take_override(struct ical_reader *reader, const struct ical_vevent *v,
	struct ical_event *event, struct error *err)
{
	struct hole hole = { .reader = reader, .v = v, .event = event };

	if (v->is_cancelled)
		return true;
	return v->is_hole ? take_single(&hole, &v->start, NULL, err)
			  : ical_take_busy_time(reader, v, event, err);
}

bool ical_take_hole(struct ical_reader *reader, const struct ical_series *series,
	struct ical_event *event, struct error *err)
{
	const struct ical_vevent *master = series->master;
	struct hole hole = { .reader = reader, .v = master, .event = event };

	if (master && master->is_cancelled)
		return true;
	if (master
		&& (!(master->rule ? take_series(&hole, &series->excluded, err)
				   : take_single(&hole, &master->start, &series->excluded, err))
			|| !take_dates(&hole, &series->excluded, err)))
		return false;
	for (size_t i = 0; i < series->override_count; i++) {
		if (!take_override(reader, &series->overrides[i], event, err))
			return false;
	}
	return true;
}
