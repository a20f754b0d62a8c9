/* The installation's settings. */
#ifndef KUTSU_STORE_SETTING_STORE_H
#define KUTSU_STORE_SETTING_STORE_H

#include "kutsu/domain/setting.h"
#include "kutsu/store/store.h"

struct arena;

/* *value is NULL where the setting is not there. */
bool store_setting_get(struct store *store, const char *name, struct arena *arena,
	const char **value, struct error *err) MUST_CHECK;
/* One of the installation's numbers: its default where it is not there or is none that it may be.
 */
bool store_setting_number(
	struct store *store, enum setting setting, int *value, struct error *err) MUST_CHECK;
bool store_setting_set(
	struct change *change, const char *name, const char *value, struct error *err) MUST_CHECK;

#endif
