/* Finding holes: the search over the calendars as the database has them now. */
#ifndef KUTSU_SERVICE_FINDER_H
#define KUTSU_SERVICE_FINDER_H

#include "kutsu/domain/meeting.h"
#include "kutsu/domain/search.h"
#include "kutsu/domain/unit.h"
#include "kutsu/service/session.h"

#define FINDER_WEEKS_DEFAULT 26
#define FINDER_WEEKS_MOST    260
#define NOTICE_DEFAULT	     (-1) /* the installation's setting */
#define NOTICE_MOST	     60

struct hole_query {
	const char *const *units; /* codes, each once or more */
	size_t unit_count;
	const char *const *optional;
	size_t optional_count;
	int minutes;
	int first_day, weeks;
	int notice; /* working days, or NOTICE_DEFAULT */
	struct family_limits limits;
	size_t limit; /* 0: all */
	/* What searches, a draft say; a search that finds too little is kept under it. NULL: it
	 * is not kept. */
	const char *searcher;
};

/* Of one shared hole: the units that have not confirmed theirs, though the deadline is past. */
struct unconfirmed {
	const char **units; /* codes */
	size_t count;
};

struct hole_answer {
	struct unit_list units, optional; /* as asked, each once; in the arena */
	struct search_result found;	  /* its indexes are those of the lists above */
	struct unconfirmed *unconfirmed;  /* per shared hole found */
	struct meeting_list held;	  /* times of these units that somebody holds just now */
};

/*
 * Release the answer with hole_answer_release(); its units live as long as the arena.
 *
 * ERROR_NOT_FOUND  no such unit, or a retired one
 * ERROR_INVALID    no unit at all; minutes, weeks or notice out of range
 */
bool find_holes(struct session *session, const struct hole_query *query, struct arena *arena,
	struct hole_answer *answer, struct error *err) MUST_CHECK;
void hole_answer_release(struct hole_answer *answer);

/* One unit's occurrences in a span of days. */
struct unit_days {
	struct unit unit;
	struct unit_calendar calendar;
	struct occurrence_list occurrences;
};

/* The units' occurrences, by unit. unit_code NULL: all active units. Release with
 * unit_days_release(). */
bool find_occurrences(struct session *session, const char *unit_code, int first_day, int days,
	struct arena *arena, struct unit_days **result, size_t *count,
	struct error *err) MUST_CHECK;
void unit_days_release(struct unit_days *days, size_t count);

#endif
