/* The holes of a calendar day by day, closed ones too: what all questions about it are asked of. */
#ifndef KUTSU_DOMAIN_PIECES_INTERNAL_H
#define KUTSU_DOMAIN_PIECES_INTERNAL_H

#include "calendar_internal.h"
#include "kutsu/base/date.h"

#define MINUTES_OF_ROOM (MINUTES_IN_DAY + 1) /* the last is always without room */

/* A hole on one day, with its slot or (NULL) as an extra opening. */
struct piece {
	int day, start, end, capacity;
	const struct slot *slot;
	bool is_suspended;	       /* by a holiday or a break of the unit's schools */
	const struct closing *closing; /* or NULL */
	const struct readiness_answer *answer;
	bool is_closed; /* by any of these: it gives no room */
};

struct piece_list {
	struct piece *items;
	size_t count, capacity;
};

/* The slots' pieces, whether closed or not, and the extra openings', by day and start. */
void pieces_collect(const struct unit_calendar *calendar, const struct period *period,
	struct piece_list *pieces);
/* How many from that one on are of the same day. */
size_t pieces_of_day(const struct piece_list *pieces, size_t at);
enum readiness piece_readiness(const struct piece *piece);

/* Room at each minute of one day: promised places less the taken ones. */
void room_fill_minutes(const struct unit_calendar *calendar, const struct piece *pieces,
	size_t count, bool with_holds, int room[MINUTES_OF_ROOM]);

#endif
