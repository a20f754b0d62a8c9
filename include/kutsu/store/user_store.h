/* Who uses the installation: accounts, their roles and their ssh keys. */
#ifndef KUTSU_STORE_USER_STORE_H
#define KUTSU_STORE_USER_STORE_H

#include "kutsu/domain/user.h"
#include "kutsu/store/store.h"

struct arena;

/* user->id is 0 where there is none. Those who have retired are found too. */
bool store_user_get(struct store *store, const char *login, struct arena *arena, struct user *user,
	struct error *err) MUST_CHECK;
/* By login. */
bool store_user_list(struct store *store, struct arena *arena, struct user_list *list,
	struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: there is one of that login. */
bool store_user_add(struct change *change, const char *login, const char *title, int64_t *id,
	struct error *err) MUST_CHECK;
/* Title and whether it is active. */
bool store_user_update(
	struct change *change, const struct user *user, struct error *err) MUST_CHECK;
/* unit_id 0: none. A role the user has is let be. */
bool store_user_add_role(struct change *change, int64_t user_id, enum role role, int64_t unit_id,
	struct error *err) MUST_CHECK;
bool store_user_clear_roles(struct change *change, int64_t user_id, struct error *err) MUST_CHECK;
/* Active users of a role. */
bool store_user_count_of_role(
	struct store *store, enum role role, int64_t *count, struct error *err) MUST_CHECK;

/* Of one user, or, user_id 0, of all active ones. */
bool store_user_key_list(struct store *store, int64_t user_id, struct arena *arena,
	struct user_key_list *list, struct error *err) MUST_CHECK;
/* ERROR_CONFLICT: the key is somebody's already. */
bool store_user_key_add(struct change *change, int64_t user_id, const struct user_key *key,
	struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND */
bool store_user_key_remove(struct change *change, int64_t user_id, const char *fingerprint,
	struct error *err) MUST_CHECK;

#endif
