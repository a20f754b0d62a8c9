/* What a search asks of many calendars for the same days. */
#ifndef KUTSU_DOMAIN_CALENDAR_INTERNAL_H
#define KUTSU_DOMAIN_CALENDAR_INTERNAL_H

#include "kutsu/domain/calendar.h"

/* Days, with what closes any unit on them. */
struct period {
	int first_day, days;
	const struct school_break *breaks;
	size_t break_count;
	bool *is_holiday; /* per day */
};

void period_init(struct period *period, int first_day, int days, const struct school_break *breaks,
	size_t break_count);
void period_release(struct period *period);

/* calendar_add_free() for the days of the period. */
void calendar_add_free_of(const struct unit_calendar *calendar, const struct period *period,
	struct day_span_list *spans);

/* A hole that gives room on one day. */
struct open_piece {
	int day, start, end, capacity;
};

struct open_piece_list {
	struct open_piece *items; /* free() */
	size_t count, capacity;
};

/* The holes of the period that are not closed, by day and start. */
void calendar_add_open(const struct unit_calendar *calendar, const struct period *period,
	struct open_piece_list *list);

/* calendar_closes() on a day of the period. */
bool calendar_closes_in(const struct unit_calendar *calendar, const struct period *period, int day,
	int start, int end);

#endif
