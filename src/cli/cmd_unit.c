#include "command_internal.h"

#include "kutsu/service/registry.h"
#include "listing_internal.h"

/* What was given goes over what is there. */
static bool fill(const struct cli *cli, struct unit *unit, struct error *err)
{
	int sector = (int)unit->sector;

	if (!given_term(cli, "sector", &sector_terms, &sector, err))
		return false;
	unit->sector = (enum sector)sector;
	unit->name = given_text(cli, "name") ? given_text(cli, "name") : unit->name;
	unit->area = given_text(cli, "area") ? given_text(cli, "area") : unit->area;
	if (given_text(cli, "municipality"))
		unit->municipality = given_text(cli, "municipality");
	unit->email = given_text(cli, "email") ? given_text(cli, "email") : unit->email;
	unit->phone = given_text(cli, "phone") ? given_text(cli, "phone") : unit->phone;
	if (given_flag(cli, "school-based") || given_flag(cli, "not-school-based"))
		unit->school_based = given_flag(cli, "school-based");
	return true;
}

static bool run_add(struct cli *cli, struct error *err)
{
	struct unit unit = { .code = given_word(cli, 0), .active = true };

	if (!given_needed(cli, "name", err) || !given_needed(cli, "sector", err)
		|| !fill(cli, &unit, err) || !registry_add_unit(cli->session, &unit, err))
		return false;
	print_made(cli, "%s", unit.code);
	return true;
}

static bool run_edit(struct cli *cli, struct error *err)
{
	struct unit unit;

	return registry_unit_get(cli->session, given_word(cli, 0), cli->arena, &unit, err)
	       && fill(cli, &unit, err) && registry_edit_unit(cli->session, &unit, err);
}

static bool run_retire(struct cli *cli, struct error *err)
{
	return registry_retire_unit(cli->session, given_word(cli, 0), err);
}

static bool run_list(struct cli *cli, struct error *err)
{
	enum unit_choice choice = given_flag(cli, "all") ? UNITS_ALL : UNITS_ACTIVE;
	struct listing listing;
	struct unit_list list;

	if (!registry_unit_list(cli->session, choice, cli->arena, &list, err))
		return false;
	listing_begin(&listing, cli, 5);
	for (size_t i = 0; i < list.count; i++) {
		const struct unit *unit = &list.items[i];
		struct row row;

		row_init(&row, cli->arena);
		row_of_unit(&row, unit);
		if (cli->json)
			listing_row(&listing, &row);
		table_add(&listing.table, unit->code, unit->name,
			term_code(&sector_terms, (int)unit->sector), unit->area,
			unit->active ? "" : _("retired"));
	}
	listing_end(&listing);
	return true;
}

static bool run_show(struct cli *cli, struct error *err)
{
	struct table table = { .arena = cli->arena, .columns = 2 };
	struct unit unit;

	if (!registry_unit_get(cli->session, given_word(cli, 0), cli->arena, &unit, err))
		return false;
	if (cli->json) {
		struct json_writer json;
		struct row row;

		row_init(&row, cli->arena);
		row_of_unit(&row, &unit);
		json_begin(&json, cli->out);
		json_row(&json, NULL, &row);
		json_end(&json);
		return true;
	}
	table_add(&table, _("code"), unit.code);
	table_add(&table, _("name"), unit.name);
	table_add(&table, _("sector"), term_label(&sector_terms, (int)unit.sector));
	table_add(&table, _("area"), unit.area);
	table_add(&table, _("municipality"), unit.municipality);
	table_add(&table, _("in schools"), unit.school_based ? _("yes") : _("no"));
	table_add(&table, _("e-mail"), unit.email);
	table_add(&table, _("phone"), unit.phone);
	table_add(&table, _("in use"), unit.active ? _("yes") : _("no, retired"));
	table_print(&table, cli->out);
	return true;
}

static const struct option_spec fields[] = {
	{ "name", OPTION_TEXT, "NAME", N_("the unit's name") },
	{ "sector", OPTION_TEXT, "SECTOR", N_("TER KTH OPH SOS MIE AIK VAK SIV NUO JAR or SRK") },
	{ "area", OPTION_TEXT, "A", N_("the area it serves") },
	{ "municipality", OPTION_TEXT, "M", N_("where it is") },
	{ "school-based", OPTION_FLAG, NULL, N_("closed in school breaks") },
	{ "not-school-based", OPTION_FLAG, NULL, N_("open in school breaks") },
	{ "email", OPTION_TEXT, "E", N_("where invitations go") },
	{ "phone", OPTION_TEXT, "P", N_("its phone") },
	{ 0 },
};

static const struct option_spec list_options[] = {
	{ "all", OPTION_FLAG, NULL, N_("retired ones too") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "add", "CODE", N_("adds a unit"), fields, NEEDS_SESSION, false, run_add },
	{ "list", "", N_("lists the units"), list_options, NEEDS_SESSION, true, run_list },
	{ "show", "CODE", N_("shows one unit"), NULL, NEEDS_SESSION, true, run_show },
	{ "edit", "CODE", N_("changes what is given"), fields, NEEDS_SESSION, false, run_edit },
	{ "retire", "CODE", N_("the unit is not invited any more; its past stays"), NULL,
		NEEDS_SESSION, false, run_retire },
};

const struct command unit_command = { "unit", N_("units: the services that are invited"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
