#include "import_internal.h"

static const struct option_spec csv_options[] = {
	{ "dry-run", OPTION_FLAG, NULL, N_("only tells what would be added") },
	{ "template", OPTION_FLAG, NULL, N_("prints a sheet to begin from") },
	{ 0 },
};

static const struct option_spec ics_options[] = {
	{ "unit", OPTION_TEXT, "U", N_("whose calendar it is") },
	{ "dry-run", OPTION_FLAG, NULL, N_("only tells what would change") },
	{ "partial", OPTION_FLAG, NULL, N_("takes the rest where something can't be taken") },
	{ "whole", OPTION_FLAG, NULL,
		N_("the file is the whole calendar: what it has no more is taken back") },
	{ 0 },
};

static const struct verb verbs[] = {
	{ "csv", "[FILE]", N_("units, their holes and contacts from a spreadsheet"), csv_options,
		NEEDS_NOTHING, true, run_import_csv },
	{ "ics", "FILE", N_("reads a unit's calendar in; - is standard input"), ics_options,
		NEEDS_SESSION, true, run_import_ics },
};

const struct command import_command = { "import", N_("brings in what was kept elsewhere"),
	COMMAND_BY_ENTRANCE, VERBS(verbs) };
