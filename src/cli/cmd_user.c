#include "command_internal.h"

#include "kutsu/base/localtext.h"
#include "kutsu/service/accounts.h"
#include "listing_internal.h"

#define KEY_FILE_LARGEST (16 * 1024)

static bool read_account(struct cli *cli, struct account *account, struct error *err)
{
	*account = (struct account) { .login = given_word(cli, 0),
		.title = given_text(cli, "title"),
		.comes_back = given_flag(cli, "active") };
	account->units = given_list(cli, "unit", &account->unit_count);
	return given_terms(cli, "role", &role_terms, &account->roles, err);
}

static bool run_add(struct cli *cli, struct error *err)
{
	struct account account;

	if (!read_account(cli, &account, err) || !account_add(cli->session, &account, err))
		return false;
	print_made(cli, "%s", account.login);
	return true;
}

static bool run_edit(struct cli *cli, struct error *err)
{
	struct account account;

	return read_account(cli, &account, err) && account_edit(cli->session, &account, err);
}

static bool run_retire(struct cli *cli, struct error *err)
{
	return account_retire(cli->session, given_word(cli, 0), err);
}

static void list_user(struct listing *listing, const struct user *user)
{
	struct cli *cli = listing->cli;
	const char *labels = "";
	struct row row;

	row_init(&row, cli->arena);
	row_of_user(&row, user);
	if (cli->json)
		listing_row(listing, &row);
	for (int role = 0; role < ROLES; role++) {
		if (user->roles & 1u << role)
			labels = arena_printf(cli->arena, "%s%s%s", labels, *labels ? ", " : "",
				term_label(&role_terms, role));
	}
	table_add(&listing->table, user->login, user->title, labels,
		arena_join(cli->arena, user->units, user->unit_count, ", "),
		user->active ? "" : _("has retired"));
}

static bool run_list(struct cli *cli, struct error *err)
{
	struct listing listing;
	struct user_list list;

	if (!account_list(cli->session, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 5);
	for (size_t i = 0; i < list.count; i++)
		list_user(&listing, &list.items[i]);
	listing_end(&listing);
	return true;
}

static bool add_key(struct cli *cli, const char *login, const char *path, struct error *err)
{
	const char *fingerprint;
	size_t length = 0;
	char *bytes = NULL;

	if (!read_input(cli, path, KEY_FILE_LARGEST, &bytes, &length, err)
		|| !account_key_add(
			cli->session, login, bytes, length, cli->arena, &fingerprint, err))
		return false;
	print_made(cli, "%s", fingerprint);
	return true;
}

static bool list_keys(struct cli *cli, const char *login, struct error *err)
{
	struct user_key_list list;
	struct listing listing;

	if (!account_key_list(cli->session, login, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 4);
	for (size_t i = 0; i < list.count; i++) {
		const struct user_key *key = &list.items[i];
		char day[LOCALTEXT_SIZE];
		struct row row;

		row_init(&row, cli->arena);
		row_of_user_key(&row, key);
		if (cli->json)
			listing_row(&listing, &row);
		local_day(zone_to_wall(key->added_at).day, day);
		table_add(&listing.table, key->fingerprint, key->type, arena_text(cli->arena, day),
			key->comment);
	}
	listing_end(&listing);
	return true;
}

static bool run_key(struct cli *cli, struct error *err)
{
	const char *login = given_word(cli, 0);
	const char *added = given_text(cli, "add"), *removed = given_text(cli, "remove");

	if ((added != NULL) + (removed != NULL) + given_flag(cli, "list") != 1)
		return error_set(err, ERROR_INVALID,
			_("give one of --add FILE, --remove FINGERPRINT and --list"));
	if (added)
		return add_key(cli, login, added, err);
	if (removed)
		return account_key_remove(cli->session, login, removed, err);
	return list_keys(cli, login, err);
}

static const struct option_spec add_options[] = {
	{ "role", OPTION_MANY, "ROLE",
		N_("coordinator, contact, leader, developer_worker, admin, auditor") },
	{ "unit", OPTION_MANY, "CODE", N_("a contact's own units") },
	{ "title", OPTION_TEXT, "TEXT", N_("the title of the work, no name") },
	{ 0 },
};

static const struct option_spec edit_options[] = {
	{ "role", OPTION_MANY, "ROLE", N_("these roles instead of the present ones") },
	{ "unit", OPTION_MANY, "CODE", N_("these units instead of the present ones") },
	{ "title", OPTION_TEXT, "TEXT", N_("the title of the work, no name") },
	{ "active", OPTION_FLAG, NULL, N_("one who has retired comes back") },
	{ 0 },
};

static const struct option_spec key_options[] = {
	{ "add", OPTION_TEXT, "FILE", N_("adds a public key (.pub); - is standard input") },
	{ "remove", OPTION_TEXT, "FINGERPRINT", N_("removes a key") },
	{ "list", OPTION_FLAG, NULL, N_("lists the keys") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "add", "LOGIN", N_("adds a user"), add_options, NEEDS_SESSION, false, run_add },
	{ "list", "", N_("lists the users"), NULL, NEEDS_SESSION, true, run_list },
	{ "edit", "LOGIN", N_("changes a user's title, roles or units"), edit_options,
		NEEDS_SESSION, false, run_edit },
	{ "retire", "LOGIN", N_("ends a user's rights; the account stays in the log"), NULL,
		NEEDS_SESSION, false, run_retire },
	{ "key", "LOGIN", N_("keeps a user's ssh keys"), key_options, NEEDS_SESSION, true,
		run_key },
};

const struct command user_command = { "user", N_("users, their roles and ssh keys"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
