/*
 * What if: the calls of a period once more, in order, each taking the earliest shared hole, through
 * the same rules as the search (domain/search.h); and again with one hole added. What is replayed
 * is only what the added hole can change.
 *
 * The days that a family waits are those from the call to its meeting. One that finds none counts
 * as waiting for all the days that are looked at.
 */
#ifndef KUTSU_DOMAIN_REPLAY_H
#define KUTSU_DOMAIN_REPLAY_H

#include "kutsu/domain/calendar.h"
#include "kutsu/domain/limits.h"

#define REPLAY_NEVER (-1)

struct replay_call {
	int day, minute; /* when it came */
	int minutes;	 /* how long its meeting is */
	struct family_limits limits;
	const size_t *units; /* indexes of those it needs, each once; at least one */
	size_t unit_count;
};

/* All of it is borrowed for as long as the replay lives. */
struct replay_input {
	const struct unit_calendar *units; /* occupations by day and start: what stays as it is */
	size_t unit_count;
	const struct school_break *breaks;
	size_t break_count;
	const struct replay_call *calls; /* by time */
	size_t call_count;
	int notice; /* working days, as of a search */
	int days;   /* looked at from a call's day on */
};

struct replay_waits {
	int met, never;
	int median, p90; /* days, or REPLAY_NEVER: so many never met, or there was no call */
};

struct replay_outcome {
	int earlier, later;    /* calls that meet so, compared to without the hole */
	int64_t days_saved;    /* may be less than none */
	bool is_saving_hidden; /* it is not told: it would tell of few */
	struct replay_waits waits;
};

struct replay;	   /* the calls as they are; many tries may read it at once */
struct replay_try; /* room for one try at a time */

/* Replays the calls without any hole added. */
struct replay *replay_new(const struct replay_input *input);
void replay_free(struct replay *replay);

/* Days from the call to its meeting, or REPLAY_NEVER. */
int replay_wait(const struct replay *replay, size_t call);
struct replay_waits replay_waits(const struct replay *replay);

struct replay_try *replay_try_new(const struct replay *replay);
void replay_try_free(struct replay_try *try);

/* Once more with the slot as a promise of that unit. */
struct replay_outcome replay_with(struct replay_try *try, size_t unit, const struct slot *slot);

/* Days from the call to its meeting in the last try, or REPLAY_NEVER. */
int replay_wait_with(const struct replay_try *try, size_t call);

#endif
