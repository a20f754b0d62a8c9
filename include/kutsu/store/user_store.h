/* Who uses the installation: accounts, their roles and their ssh keys. */
#ifndef KUTSU_STORE_USER_STORE_H
#define KUTSU_STORE_USER_STORE_H

#include "kutsu/domain/terms.h"
#include "kutsu/store/store.h"

#include <stddef.h>

struct arena;

struct user {
	int64_t id;
	const char *login;
	const char *title; /* that of a role ("palveluohjaaja"), no name; or NULL */
	bool active;
	unsigned roles;		  /* bit 1u << enum role */
	const int64_t *unit_ids;  /* of a contact: the own units */
	const char *const *units; /* their codes */
	size_t unit_count;
	int key_count;
};

struct user_list {
	struct user *items;
	size_t count;
};

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

struct user_key {
	const char *login;
	const char *type, *key; /* "ssh-ed25519", base64 */
	const char *fingerprint;
	const char *comment; /* or NULL */
	int64_t added_at;
};

struct user_key_list {
	struct user_key *items;
	size_t count;
};

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
