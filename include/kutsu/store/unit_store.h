/* Units, and the municipalities they serve. */
#ifndef KUTSU_STORE_UNIT_STORE_H
#define KUTSU_STORE_UNIT_STORE_H

#include "kutsu/domain/unit.h"
#include "kutsu/store/store.h"

struct arena;

enum unit_choice { UNITS_ACTIVE, UNITS_ALL };

/* ERROR_NOT_FOUND. Retired units are found too. */
bool store_unit_get(struct store *store, const char *code, struct arena *arena, struct unit *unit,
	struct error *err) MUST_CHECK;
/* In the order in which they were added. */
bool store_unit_list(struct store *store, enum unit_choice choice, struct arena *arena,
	struct unit_list *list, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: the code is taken. Writes unit->id. */
bool store_unit_add(struct change *change, struct unit *unit, struct error *err) MUST_CHECK;
/* Its revision grows by one; `user_id` changes it `at` (UTC seconds). */
bool store_unit_update(struct change *change, const struct unit *unit, int64_t user_id, int64_t at,
	struct error *err) MUST_CHECK;

struct municipality {
	const char *name, *area; /* area: or NULL */
	int population;		 /* 0: not known */
};

bool store_municipality_add(struct change *change, const struct municipality *municipality,
	struct error *err) MUST_CHECK;

#endif
