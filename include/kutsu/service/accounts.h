/* Accounts and their ssh keys, and the installation's settings: the administrator's work. */
#ifndef KUTSU_SERVICE_ACCOUNTS_H
#define KUTSU_SERVICE_ACCOUNTS_H

#include "kutsu/domain/setting.h"
#include "kutsu/domain/user.h"
#include "kutsu/service/session.h"

#include <stdio.h>

/* What is to be of an account. */
struct account {
	const char *login;
	const char *title; /* that of a role, no name; NULL: none, or as it was */
	unsigned roles;	   /* bit 1u << enum role; 0: as they were */
	const char *const *units;
	size_t unit_count; /* 0: as they were, should the roles stay */
	bool comes_back;   /* a retired one is active again */
};

/* By login, those who have retired too; in the arena. */
bool account_list(struct session *session, struct arena *arena, struct user_list *list,
	struct error *err) MUST_CHECK;

/*
 * ERROR_INVALID    login, title, roles or units that can't be
 * ERROR_CONFLICT   the login is taken
 * ERROR_NOT_FOUND  no such unit
 */
bool account_add(
	struct session *session, const struct account *account, struct error *err) MUST_CHECK;
/* Errors as above; ERROR_NOT_FOUND: no such user; ERROR_CONFLICT: it is the last administrator. */
bool account_edit(
	struct session *session, const struct account *account, struct error *err) MUST_CHECK;
/* The account stays, since the log points at it, and may do nothing any more. Errors as above. */
bool account_retire(struct session *session, const char *login, struct error *err) MUST_CHECK;

bool account_key_list(struct session *session, const char *login, struct arena *arena,
	struct user_key_list *list, struct error *err) MUST_CHECK;
/* `text` is what the key's file holds (format/ssh_key.h). *fingerprint lives in the arena. */
bool account_key_add(struct session *session, const char *login, const char *text, size_t length,
	struct arena *arena, const char **fingerprint, struct error *err) MUST_CHECK;
/* ERROR_NOT_FOUND: no such user or key. */
bool account_key_remove(struct session *session, const char *login, const char *fingerprint,
	struct error *err) MUST_CHECK;

/* The value, or the default where none was set; in the arena. */
bool config_get(struct session *session, enum setting setting, struct arena *arena,
	const char **value, struct error *err) MUST_CHECK;
/* ERROR_INVALID: it may not have that value. */
bool config_set(struct session *session, enum setting setting, const char *value,
	struct error *err) MUST_CHECK;

#endif
