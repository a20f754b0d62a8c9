/* Who uses the installation. */
#ifndef KUTSU_STORE_USER_STORE_H
#define KUTSU_STORE_USER_STORE_H

#include "kutsu/domain/terms.h"
#include "kutsu/store/store.h"

struct arena;

struct user {
	int64_t id;
	const char *login;
};

/* user->id is 0 where there is none. */
bool store_user_get(struct store *store, const char *login, struct arena *arena, struct user *user,
	struct error *err) MUST_CHECK;
/* `title` is that of a role ("palveluohjaaja"), no name; or NULL. */
bool store_user_add(struct change *change, const char *login, const char *title, int64_t *id,
	struct error *err) MUST_CHECK;
/* unit_id 0: none. A role the user has is let be. */
bool store_user_add_role(struct change *change, int64_t user_id, enum role role, int64_t unit_id,
	struct error *err) MUST_CHECK;

#endif
