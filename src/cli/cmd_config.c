#include "command_internal.h"

#include "kutsu/service/accounts.h"
#include "listing_internal.h"

static bool read_name(struct cli *cli, enum setting *setting, struct error *err)
{
	return setting_parse_name(given_word(cli, 0), setting)
	       || error_set(err, ERROR_NOT_FOUND,
		       _("there is no setting \"%.40s\"; see \"kutsu config list\""),
		       given_word(cli, 0));
}

static bool run_get(struct cli *cli, struct error *err)
{
	enum setting setting;
	const char *value;

	if (!read_name(cli, &setting, err)
		|| !config_get(cli->session, setting, cli->arena, &value, err))
		return false;
	fprintf(cli->out, "%s\n", value);
	return true;
}

static bool run_set(struct cli *cli, struct error *err)
{
	enum setting setting;

	if (!read_name(cli, &setting, err))
		return false;
	if (cli->options->by_entrance && setting_is_of_host(setting)) {
		log_over_ssh(cli->options, "config");
		return error_set(err, ERROR_DENIED,
			_("%s is set at the host only: it names its files and commands"),
			setting_name(setting));
	}
	return config_set(cli->session, setting, given_word(cli, 1), err);
}

static bool run_list(struct cli *cli, struct error *err)
{
	struct listing listing;

	listing_begin(&listing, cli, 3);
	for (int i = 0; i < SETTINGS; i++) {
		enum setting setting = (enum setting)i;
		const char *value;
		struct row row;

		if (!config_get(cli->session, setting, cli->arena, &value, err))
			return false;
		row_init(&row, cli->arena);
		row_add_text(&row, "name", setting_name(setting));
		row_add_text(&row, "value", value);
		row_add_text(&row, "default", setting_default(setting));
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, setting_name(setting), value, setting_help(setting));
	}
	listing_end(&listing);
	return true;
}

static const struct verb verbs[] = {
	{ "get", "NAME", N_("prints a setting"), NULL, NEEDS_SESSION, false, run_get },
	{ "set", "NAME VALUE", N_("changes a setting"), NULL, NEEDS_SESSION, false, run_set },
	{ "list", "", N_("lists the settings"), NULL, NEEDS_SESSION, true, run_list },
};

const struct command config_command = { "config", N_("the installation's settings"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
