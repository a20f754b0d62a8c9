/* Accounts: who uses the installation, in which roles, and the ssh keys by which they come. */
#ifndef KUTSU_DOMAIN_USER_H
#define KUTSU_DOMAIN_USER_H

#include "kutsu/base/error.h"
#include "kutsu/domain/terms.h"

#include <stddef.h>
#include <stdint.h>

#define USER_LOGIN_LONGEST 32

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

/*
 * A login stands in the command of an authorized_keys file: letters, digits, dot, underscore and
 * hyphen, a letter or digit first. ERROR_INVALID
 */
bool user_login_check(const char *login, struct error *err) MUST_CHECK;

/*
 * Whether roles and units agree: at least one role; a contact has a unit, and only a contact.
 * ERROR_INVALID
 */
bool user_roles_check(unsigned roles, size_t unit_count, struct error *err) MUST_CHECK;

#endif
