/* When an event's owner is busy: nothing else of the event is looked at. */
#include "ical_reader_internal.h"

#include "kutsu/base/date.h"

/* A series that is being turned into closings. */
struct busy {
	struct ical_reader *reader;
	const struct ical_series *series;
	const struct ical_vevent *v;
	struct ical_event *event;
	struct error *err;
	bool ok;
};

static bool add_days(struct ical_reader *reader, struct ical_event *event, int from, int until,
	struct error *err)
{
	struct closing closing = { .from_day = from, .until_day = until };

	return until < reader->first_day || from > reader->last_day
	       || ical_add_closing(reader, event, &closing, err);
}

static bool add_time(struct ical_reader *reader, struct ical_event *event, struct ical_wall start,
	struct ical_wall end, struct error *err)
{
	int first = start.day < reader->first_day ? reader->first_day : start.day;
	int last = end.day > reader->last_day ? reader->last_day : end.day;

	for (int day = first; day <= last; day++) {
		struct closing closing = { .from_day = day,
			.until_day = day,
			.start = day == start.day ? start.minute : 0,
			.end = day == end.day ? end.minute : MINUTES_IN_DAY };

		if (closing.start < closing.end && !ical_add_closing(reader, event, &closing, err))
			return false;
	}
	return true;
}

/* The occurrence that begins on `day` of the event's zone. From midnight to midnight is whole
 * days, as some write them. */
static bool add_occurrence(struct ical_reader *reader, const struct ical_vevent *v, int day,
	int minute, struct ical_event *event, struct error *err)
{
	struct ical_wall start, end;

	if (v->minutes <= 0)
		return true;
	if (v->start.is_date)
		return add_days(
			reader, event, day, day + (int)(v->minutes / MINUTES_IN_DAY) - 1, err);
	start = ical_to_wall(v->start.zone, day, minute);
	end = ical_to_wall(v->start.zone, day, minute + v->minutes);
	if (start.minute == 0 && end.minute == 0 && start.day < end.day)
		return add_days(reader, event, start.day, end.day - 1, err);
	/* In the hour that comes twice in autumn. */
	if (end.day == start.day && end.minute <= start.minute)
		end.minute = start.minute + (int)v->minutes < MINUTES_IN_DAY
				     ? start.minute + (int)v->minutes
				     : MINUTES_IN_DAY;
	return add_time(reader, event, start, end, err);
}

static bool visit_day(void *context, int day)
{
	struct busy *busy = context;
	struct ical_time time = busy->v->start;

	time.day = day;
	if (!ical_is_excluded(&busy->series->excluded, &time))
		busy->ok = add_occurrence(
			busy->reader, busy->v, day, busy->v->start.minute, busy->event, busy->err);
	return busy->ok;
}

static bool add_dates(struct busy *busy)
{
	struct ical_dates dates;

	if (!ical_dates_read(busy->reader, busy->v->component, "RDATE", &dates, busy->err))
		return false;
	for (size_t i = 0; i < dates.count; i++) {
		struct ical_vevent v = *busy->v;

		if (ical_is_excluded(&busy->series->excluded, &dates.items[i]))
			continue;
		v.start = dates.items[i];
		if (!ical_take_busy_time(busy->reader, &v, busy->event, busy->err))
			return false;
	}
	return true;
}

bool ical_take_busy_time(struct ical_reader *reader, const struct ical_vevent *v,
	struct ical_event *event, struct error *err)
{
	return v->is_free || v->is_cancelled
	       || add_occurrence(reader, v, v->start.day, v->start.minute, event, err);
}

static bool take_master(struct ical_reader *reader, const struct ical_series *series,
	struct ical_event *event, struct error *err)
{
	const struct ical_vevent *v = series->master;
	int longest = (int)(v->minutes / MINUTES_IN_DAY) + 2;
	struct busy busy = { reader, series, v, event, err, true };

	if (v->is_free || v->is_cancelled || v->minutes <= 0)
		return true;
	if (v->rule)
		return ical_each(reader, v, reader->first_day - longest, reader->last_day + 2,
			       visit_day, &busy, err)
		       && busy.ok && add_dates(&busy);
	visit_day(&busy, v->start.day);
	return busy.ok && add_dates(&busy);
}

bool ical_take_busy(struct ical_reader *reader, const struct ical_series *series,
	struct ical_event *event, struct error *err)
{
	if (series->master && !take_master(reader, series, event, err))
		return false;
	for (size_t i = 0; i < series->override_count; i++) {
		if (!ical_take_busy_time(reader, &series->overrides[i], event, err))
			return false;
	}
	return true;
}
