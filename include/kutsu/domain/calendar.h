/*
 * A unit's calendar: its holes day by day, with closings, extra openings, breaks and holidays
 * taken off or added and meetings counted against the capacity.
 */
#ifndef KUTSU_DOMAIN_CALENDAR_H
#define KUTSU_DOMAIN_CALENDAR_H

#include "kutsu/domain/readiness.h"
#include "kutsu/domain/slot.h"

/* A meeting, or a hold for one, that takes one place of a unit. */
struct occupation {
	int day, start, end;
	bool is_hold;
	int64_t unit_id;
};

struct unit_calendar {
	bool school_based;
	const char *municipality; /* or NULL */
	const struct slot *slots;
	size_t slot_count;
	const struct closing *closings;
	size_t closing_count;
	const struct opening *openings;
	size_t opening_count;
	const struct occupation *occupations;
	size_t occupation_count;
	const struct readiness_answer *answers; /* by day and start */
	size_t answer_count;
};

struct day_span {
	int day, start, end;
};

struct day_span_list {
	struct day_span *items; /* free() */
	size_t count, capacity;
};

/* One occurrence of a hole, as the week's grid shows it. */
struct occurrence {
	int day, start, end;
	enum occurrence_state state;
	int booked; /* meetings in it, holds left out */
	int capacity;
	enum readiness readiness;
	/* These are borrowed from the calendar. */
	const struct slot *slot;	       /* NULL for an extra opening */
	const struct readiness_answer *answer; /* or NULL */
	const struct closing *closing;	       /* that closes it, or NULL */
};

/* Who goes, and where; or NULL. */
const char *occurrence_person(const struct occurrence *occurrence);
const char *occurrence_place(const struct occurrence *occurrence);

struct occurrence_list {
	struct occurrence *items; /* free() */
	size_t count, capacity;
};

/* Whether a hole of the unit's slots is suspended then: by a holiday, a closing, a break of its
 * schools, or because the unit has declined. */
bool calendar_closes(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end);

/* Whether the unit has a hole throughout the time, taken or not. */
bool calendar_is_open(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end);

/* Whether one of the unit's slots is in force on some of these days, though it may not fall on
 * them. */
bool calendar_has_promise(const struct unit_calendar *calendar, int first_day, int days);

/* Whether some of the time lies in a hole that nobody has confirmed, whatever the deadline. */
bool calendar_is_unconfirmed(const struct unit_calendar *calendar,
	const struct school_break *breaks, size_t break_count, int day, int start, int end);

/* Adds to *spans the times with room for one more meeting in the `days` days from first_day, in
 * order, touching ones joined. */
void calendar_add_free(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int first_day, int days, struct day_span_list *spans);

/* Whether a meeting at this time would find room. */
bool calendar_has_room(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end);

/* Whether a meeting of that time, which is among the occupations, has no hole any more, or shares
 * one with more meetings than it has room for. */
bool calendar_has_lost(const struct unit_calendar *calendar, const struct school_break *breaks,
	size_t break_count, int day, int start, int end);

/*
 * Adds the occurrences of the `days` days from first_day, by day and start. An occurrence counts
 * as booked when less than an hour (or than the whole, if it is shorter) is left without a break;
 * as held when it would be open but for the holds.
 */
void calendar_add_occurrences(const struct unit_calendar *calendar,
	const struct school_break *breaks, size_t break_count, int first_day, int days,
	struct occurrence_list *occurrences);

#endif
