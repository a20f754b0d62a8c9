/* Searches that found too little. */
#ifndef KUTSU_STORE_FINDING_STORE_H
#define KUTSU_STORE_FINDING_STORE_H

#include "kutsu/domain/finding.h"
#include "kutsu/store/store.h"

struct arena;

/* Of the days from first_day to last_day, with their units, by time. searcher NULL: anybody's. */
bool store_finding_list(struct store *store, int first_day, int last_day, const char *searcher,
	struct arena *arena, struct finding_list *list, struct error *err) MUST_CHECK;
/* Writes finding->id. */
bool store_finding_add(
	struct change *change, struct finding *finding, struct error *err) MUST_CHECK;
bool store_finding_remove(struct change *change, int64_t id, struct error *err) MUST_CHECK;

#endif
