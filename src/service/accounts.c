#include "kutsu/service/accounts.h"

#include "kutsu/base/message.h"
#include "kutsu/domain/field.h"
#include "kutsu/format/ssh_key.h"
#include "kutsu/store/setting_store.h"
#include "registry_internal.h"

bool account_list(
	struct session *session, struct arena *arena, struct user_list *list, struct error *err)
{
	*list = (struct user_list) { 0 };
	return use_check(session, USE_USER_LIST, NULL, err)
	       && store_user_list(session->store, arena, list, err);
}

static bool get_user(struct session *session, const char *login, struct arena *arena,
	struct user *user, struct error *err)
{
	if (!store_user_get(session->store, login, arena, user, err))
		return false;
	return user->id != 0
	       || error_set(err, ERROR_NOT_FOUND,
		       _("there is no user %.40s; see \"kutsu user list\""), login);
}

/* Gives the user exactly these roles. A contact's role stands there once for each unit. */
static bool set_roles(struct use *use, int64_t user_id, const struct account *account,
	struct arena *arena, struct error *err)
{
	struct unit_list units;

	if (!user_roles_check(account->roles, account->unit_count, err)
		|| !get_units(use->session, account->units, account->unit_count, UNITS_ALL, arena,
			&units, err)
		|| !store_user_clear_roles(&use->change, user_id, err))
		return false;
	for (int role = 0; role < ROLES; role++) {
		if (account->roles & 1u << role && role != ROLE_CONTACT
			&& !store_user_add_role(&use->change, user_id, (enum role)role, 0, err))
			return false;
	}
	for (size_t i = 0; i < units.count; i++) {
		if (!store_user_add_role(
			    &use->change, user_id, ROLE_CONTACT, units.items[i].id, err))
			return false;
	}
	return true;
}

/* Without an administrator nobody could ever bring one back. */
static bool check_admin_left(struct use *use, struct error *err)
{
	int64_t count;

	if (!store_user_count_of_role(use->session->store, ROLE_ADMIN, &count, err))
		return false;
	return count > 0
	       || error_set(err, ERROR_CONFLICT,
		       _("that is the last administrator; make somebody else one first"));
}

/* "maija coordinator contact A B": what may be done from then on, for the log. */
static const char *describe(const struct account *account, struct arena *arena)
{
	const char **words = arena_new(arena, (1 + ROLES + account->unit_count) * sizeof(*words));
	size_t count = 0;

	words[count++] = account->login;
	for (int role = 0; role < ROLES; role++) {
		if (account->roles & 1u << role)
			words[count++] = term_code(&role_terms, role);
	}
	for (size_t i = 0; i < account->unit_count; i++)
		words[count++] = account->units[i];
	return arena_join(arena, (const char *const *)words, count, " ");
}

bool add_account(struct use *use, const struct account *account, struct error *err)
{
	struct arena arena = { 0 };
	int64_t id;
	bool ok = store_user_add(&use->change, account->login, account->title, &id, err);

	if (!ok && err->code == ERROR_CONFLICT)
		error_set(err, ERROR_CONFLICT,
			_("there is a user %.40s already; see \"kutsu user list\""),
			account->login);
	ok = ok && set_roles(use, id, account, &arena, err)
	     && use_log_part(use, USE_USER_ADD, describe(account, &arena), err);
	arena_release(&arena);
	return ok;
}

bool account_add(struct session *session, const struct account *account, struct error *err)
{
	struct use use;

	return user_login_check(account->login, err)
	       && field_check(_("title"), account->title, FIELD_SHORT, err)
	       && use_begin(&use, session, USE_USER_ADD, account->login, err)
	       && use_end(&use, add_account(&use, account, err), err);
}

static bool edit(
	struct use *use, const struct account *wanted, struct arena *arena, struct error *err)
{
	struct account account = *wanted;
	struct user user;

	if (!get_user(use->session, account.login, arena, &user, err))
		return false;
	if (account.unit_count == 0 && (account.roles == 0 || account.roles & 1u << ROLE_CONTACT)) {
		account.units = user.units;
		account.unit_count = user.unit_count;
	}
	account.roles = account.roles ? account.roles : user.roles;
	user.title = account.title ? account.title : user.title;
	user.active = user.active || account.comes_back;
	return store_user_update(&use->change, &user, err)
	       && set_roles(use, user.id, &account, arena, err) && check_admin_left(use, err)
	       && use_log_part(use, USE_USER_EDIT, describe(&account, arena), err);
}

bool edit_account(struct use *use, const struct account *account, struct error *err)
{
	struct arena arena = { 0 };
	bool ok = edit(use, account, &arena, err);

	arena_release(&arena);
	return ok;
}

bool account_edit(struct session *session, const struct account *account, struct error *err)
{
	struct use use;

	return field_check(_("title"), account->title, FIELD_SHORT, err)
	       && use_begin(&use, session, USE_USER_EDIT, account->login, err)
	       && use_end(&use, edit_account(&use, account, err), err);
}

bool account_retire(struct session *session, const char *login, struct error *err)
{
	struct arena arena = { 0 };
	struct user user;
	struct use use;
	bool ok;

	if (!use_begin(&use, session, USE_USER_RETIRE, login, err))
		return false;
	ok = get_user(session, login, &arena, &user, err);
	if (ok && !user.active)
		ok = error_set(err, ERROR_CONFLICT, _("%.40s has retired already"), login);
	user.active = false;
	ok = ok && store_user_update(&use.change, &user, err) && check_admin_left(&use, err)
	     && use_log(&use, 0, login, err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool account_key_list(struct session *session, const char *login, struct arena *arena,
	struct user_key_list *list, struct error *err)
{
	struct user user;

	*list = (struct user_key_list) { 0 };
	return use_check(session, USE_USER_LIST, NULL, err)
	       && get_user(session, login, arena, &user, err)
	       && store_user_key_list(session->store, user.id, arena, list, err);
}

bool account_key_add(struct session *session, const char *login, const char *text, size_t length,
	struct arena *arena, const char **fingerprint, struct error *err)
{
	struct ssh_key key;
	struct user user;
	struct use use;
	bool ok;

	*fingerprint = NULL;
	if (!ssh_key_read(text, length, arena, &key, err)
		|| !use_begin(&use, session, USE_USER_KEY_ADD, login, err))
		return false;
	ok = get_user(session, login, arena, &user, err)
	     && store_user_key_add(&use.change, user.id,
		     &(struct user_key) { .type = key.type,
			     .key = key.key,
			     .fingerprint = key.fingerprint,
			     .comment = key.comment,
			     .added_at = session_now(session) },
		     err)
	     && use_log(&use, 0, arena_printf(arena, "%s %s", login, key.fingerprint), err);
	ok = use_end(&use, ok, err);
	if (ok)
		*fingerprint = key.fingerprint;
	return ok;
}

bool account_key_remove(
	struct session *session, const char *login, const char *fingerprint, struct error *err)
{
	struct arena arena = { 0 };
	struct user user;
	struct use use;
	bool ok;

	if (!use_begin(&use, session, USE_USER_KEY_REMOVE, login, err))
		return false;
	ok = get_user(session, login, &arena, &user, err)
	     && store_user_key_remove(&use.change, user.id, fingerprint, err)
	     && use_log(&use, 0, arena_printf(&arena, "%s %s", login, fingerprint), err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}

bool config_get(struct session *session, enum setting setting, struct arena *arena,
	const char **value, struct error *err)
{
	*value = NULL;
	if (!use_check(session, USE_CONFIG_LIST, NULL, err)
		|| !store_setting_get(session->store, setting_name(setting), arena, value, err))
		return false;
	if (!*value)
		*value = setting_default(setting);
	return true;
}

bool config_set(struct session *session, enum setting setting, const char *value, struct error *err)
{
	struct arena arena = { 0 };
	struct use use;
	bool ok;

	if (!setting_check(setting, value, err)
		|| !use_begin(&use, session, USE_CONFIG_SET, setting_name(setting), err))
		return false;
	ok = store_setting_set(&use.change, setting_name(setting), value, err)
	     && use_log(&use, 0, arena_printf(&arena, "%s=%s", setting_name(setting), value), err);
	arena_release(&arena);
	return use_end(&use, ok, err);
}
