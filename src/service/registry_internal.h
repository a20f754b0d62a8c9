/* Keeping the registry inside a use case that has begun: for what adds much at once. */
#ifndef KUTSU_SERVICE_REGISTRY_INTERNAL_H
#define KUTSU_SERVICE_REGISTRY_INTERNAL_H

#include "kutsu/domain/slot.h"
#include "kutsu/service/accounts.h"
#include "service_internal.h"

#define CAPACITY_MOST 100

/* ERROR_INVALID: as the functions of registry.h that take them */
bool check_unit_code(const char *code, struct error *err) MUST_CHECK;
bool check_unit(const struct unit *unit, struct error *err) MUST_CHECK;

/* Each writes and logs what was checked; errors as those of registry_add_unit() and the like. */
bool add_unit(struct use *use, struct unit *unit, struct error *err) MUST_CHECK;
bool add_slot(struct use *use, struct slot *slot, struct error *err) MUST_CHECK;
bool add_account(struct use *use, const struct account *account, struct error *err) MUST_CHECK;
bool edit_account(struct use *use, const struct account *account, struct error *err) MUST_CHECK;

#endif
