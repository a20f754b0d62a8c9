/*
 * A search that found no shared hole, or none within the target time: what tells the leadership
 * group where holes are too few. It is of nobody: no case, no call, no person.
 */
#ifndef KUTSU_DOMAIN_FINDING_H
#define KUTSU_DOMAIN_FINDING_H

#include "kutsu/domain/slot.h"

struct finding_unit {
	int64_t unit_id;
	const char *unit; /* its code; read only */
	bool in_the_way;  /* without it there had been a hole, or a sooner one */
};

struct finding {
	int64_t id;
	int day; /* of the search */
	int64_t found_at;
	int minutes;
	int first_day;	      /* of the first shared hole, later than the target; DAY_LAST: none */
	const char *searcher; /* what searched: of one's sets of units only the largest stay */
	struct finding_unit *units;
	size_t unit_count;
};

struct finding_list {
	struct finding *items;
	size_t count;
};

#endif
