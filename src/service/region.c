#include "kutsu/service/region.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/service/session.h"
#include "kutsu/store/setting_store.h"
#include "kutsu/store/user_store.h"
#include "region_internal.h"
#include "service_internal.h"

bool region_add_user(struct change *change, const char *login, const char *title,
	const enum role *roles, size_t role_count, struct error *err)
{
	int64_t id;

	if (!store_user_add(change, login, title, &id, err))
		return false;
	for (size_t i = 0; i < role_count; i++) {
		if (!store_user_add_role(change, id, roles[i], 0, err))
			return false;
	}
	return true;
}

static bool fill(struct store *store, const char *name, const char *login, struct error *err)
{
	static const enum role roles[] = { ROLE_ADMIN, ROLE_COORDINATOR };
	struct change change;
	bool ok;

	if (!change_begin(&change, store, err))
		return false;
	ok = (!name || store_setting_set(&change, "region", name, err))
	     && region_add_user(&change, login, NULL, roles, sizeof(roles) / sizeof(roles[0]), err);
	return change_end(&change, ok, err);
}

static bool log_init(
	struct store *store, struct clock clock, const struct identity *identity, struct error *err)
{
	struct session session;
	bool ok = session_begin(&session, store, clock, identity, err)
		  && use_log_alone(&session, USE_INIT, NULL, err);

	session_end(&session);
	return ok;
}

bool region_init(const char *path, const char *name, const struct identity *identity,
	struct clock clock, struct error *err)
{
	struct store *store;
	bool ok;

	if (!field_check(_("region"), name, FIELD_SHORT, err) || !store_create(path, &store, err))
		return false;
	ok = fill(store, name, identity->login, err) && log_init(store, clock, identity, err)
	     && store_publish(store, err);
	store_close(store);
	return ok;
}
